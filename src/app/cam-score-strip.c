/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores on the screen. */
#include "cam-score-strip.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-score-words.h"

static const char *
name_baseline (const CamEvaluation *evaluation,
               CamScoreKind         kind)
{
  if (kind == CAM_SCORE_AUC || kind == CAM_SCORE_AVERAGE_PRECISION)
    /* translators: before a score: what guessing would reach */
    return _("chance");
  if (evaluation->task == CAM_TASK_REGRESSION)
    /* translators: before a score: what would be reached by always saying the last value, or the mean */
    return evaluation->told != NULL ? _("last value") : _("mean");
  /* translators: before a score: what would be reached by always saying the mean, or the most frequent class */
  return evaluation->task == CAM_TASK_AUTOENCODER || kind == CAM_SCORE_BRIER ? _("mean") : _("majority");
}

static char *
dup_interval (const CamScore *score)
{
  g_autofree char *low = NULL, *high = NULL;

  if (!isfinite (score->interval.low) || !isfinite (score->interval.high))
    return NULL;
  low = cam_score_text (score->kind, score->interval.low);
  high = cam_score_text (score->kind, score->interval.high);
  return g_strdup_printf ("%s – %s", low, high);
}

static char *
dup_baseline (const CamEvaluation *evaluation,
              const CamScore      *score)
{
  g_autofree char *value = NULL;

  if (!isfinite (score->baseline))
    return NULL;
  value = cam_score_text (score->kind, score->baseline);
  return g_strdup_printf ("%s %s", name_baseline (evaluation, score->kind), value);
}

/* The labels of a card, in their order. */
typedef enum { LABEL_VALUE, LABEL_NAME, LABEL_INTERVAL, LABEL_BASELINE, N_LABELS } Label;

static void
make_cells (GtkFlowBox *strip)
{
  static const char *const classes[N_LABELS] = { "cam-score", "cam-score-name", "cam-caption", "cam-caption" };

  for (guint i = 0; i < CAM_SCORE_STRIP_MOST; i++)
    {
      GtkWidget *cell = gtk_flow_box_child_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      for (guint k = 0; k < N_LABELS; k++)
        {
          GtkWidget *label = gtk_label_new ("");

          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
          /* So narrow that all stand beside each other in the narrowest window. */
          gtk_label_set_max_width_chars (GTK_LABEL (label), 10);
          gtk_widget_add_css_class (label, classes[k]);
          gtk_widget_add_css_class (label, "numeric");
          if (k >= LABEL_INTERVAL)
            gtk_widget_add_css_class (label, "dim-label");
          gtk_box_append (GTK_BOX (box), label);
        }
      gtk_widget_add_css_class (box, "card");
      gtk_widget_add_css_class (box, "cam-score-card");
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (cell), box);
      gtk_widget_set_focusable (cell, FALSE);
      gtk_flow_box_append (strip, cell);
    }
}

static GtkLabel *
get_label (GtkFlowBoxChild *cell,
           Label            which)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_flow_box_child_get_child (cell));

  for (guint k = 0; k < which; k++)
    label = gtk_widget_get_next_sibling (label);
  return GTK_LABEL (label);
}

void
cam_score_strip_fill (GtkFlowBox            *box,
                      const CamEvaluation   *evaluation,
                      const CamScore *const *scores,
                      guint                  n)
{
  g_return_if_fail (GTK_IS_FLOW_BOX (box) && evaluation != NULL);

  if (gtk_flow_box_get_child_at_index (box, 0) == NULL)
    make_cells (box);
  gtk_flow_box_set_max_children_per_line (box, MAX (n, 3));
  for (guint i = 0; i < CAM_SCORE_STRIP_MOST; i++)
    {
      GtkFlowBoxChild *cell = gtk_flow_box_get_child_at_index (box, (int) i);
      g_autofree char *value = NULL, *interval = NULL, *baseline = NULL, *tip = NULL;

      gtk_widget_set_visible (GTK_WIDGET (cell), i < n);
      if (i >= n)
        continue;
      value = cam_score_text (scores[i]->kind, scores[i]->value);
      interval = dup_interval (scores[i]);
      baseline = dup_baseline (evaluation, scores[i]);
      gtk_label_set_label (get_label (cell, LABEL_VALUE), value);
      gtk_label_set_label (get_label (cell, LABEL_NAME), cam_score_name (scores[i]->kind));
      gtk_label_set_label (get_label (cell, LABEL_INTERVAL), interval != NULL ? interval : "–");
      gtk_label_set_label (get_label (cell, LABEL_BASELINE), baseline != NULL ? baseline : "");
      gtk_accessible_update_property (GTK_ACCESSIBLE (get_label (cell, LABEL_VALUE)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cam_score_name (scores[i]->kind), -1);
      /* translators: what a score is; then its 95 % interval and what would be reached without a network */
      tip = g_strdup_printf (_("%s.\n95 of 100 such samples of rows give a score between %s; without a network: %s"), cam_score_hint (scores[i]->kind),
                             interval != NULL ? interval : "–", baseline != NULL ? baseline : "–");
      gtk_widget_set_tooltip_text (GTK_WIDGET (cell), tip);
    }
}

void
cam_score_strip_fill_card (CamFigureCard         *card,
                           const CamScore *const *scores,
                           guint                  n)
{
  const char *rows[24] = { NULL };
  const char *columns[] = { _("value"), _("95 %"), _("without"), NULL };

  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (rows) - 1); i++)
    rows[i] = cam_score_brief (scores[i]->kind);
  cam_figure_card_set_shape (card, columns, rows);
  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *value = cam_score_text (scores[i]->kind, scores[i]->value), *interval = dup_interval (scores[i]),
                      *baseline = cam_score_text (scores[i]->kind, scores[i]->baseline);

      cam_figure_card_set (card, i, 0, value);
      cam_figure_card_set (card, i, 1, interval != NULL ? interval : "–");
      cam_figure_card_set (card, i, 2, baseline);
    }
}
