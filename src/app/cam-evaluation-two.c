/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two classes, or one of several labels: a threshold parts them, and all that follows from it moves with it. Each move counts rows by bisection and draws two small charts, so that it is done
 * within a frame however many rows there are. */
#include "cam-evaluation-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-evaluation-parts.h"
#include "cam-figure-card.h"
#include "cam-label.h"
#include "cam-matrix-view.h"
#include "cam-score-words.h"
#include "cam-words.h"

#define MOST_COST 1000000
#define LABELS_MS 60            /* after a move: all labels of all rows are counted, which takes longer than a frame where there are very many */

struct _CamTwoPage
{
  /* borrowed: the view has the page, the board the cards */
  CamEvaluationView  *view;
  CamChartCard       *matrix_card;
  CamMatrixView      *matrix;
  CamChartCard       *curve_card;
  GtkToggleButton    *roc_button;
  CamChartCard       *reliability_card;
  CamChartCard       *scores_card;
  GtkWidget          *threshold_card;
  GtkScale           *scale;
  GtkLabel           *threshold_label;
  GtkButton          *f1_button;
  GtkButton          *cheapest_button;
  GtkSpinButton      *costs[2];      /* of a false alarm, of a miss */
  GtkLabel           *cost_label;
  GtkLabel           *reading;
  GtkButton          *keep_button;
  GtkWidget          *figures_card;
  GtkWidget          *labels_card;   /* of all labels */

  /* owned */
  CamEvaluationSheet *sheet;         /* NULL: another page is shown */
  GArray             *counted;       /* of CamScore: those at the threshold */
  CamCounts           counts;
  double              threshold;
  double              cheapest;
  gboolean            is_setting;
  guint               labels_timer;
};

static const CamCutoffs *
get_cutoffs (CamTwoPage *self)
{
  return self->sheet->evaluation->cutoffs[self->sheet->output];
}

static const char *
name_class (CamTwoPage *self,
            gboolean    is_yes)
{
  const CamEvaluation *evaluation = self->sheet->evaluation;

  return evaluation->class_names != NULL ? evaluation->class_names[is_yes] : is_yes ? _("yes") : _("no");
}

static char *
format_threshold (double threshold)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (number, sizeof number, "%.2f", threshold));
}

/* What follows from the threshold ----------------------------------------------------------------------------------- */

static void
show_matrix (CamTwoPage *self)
{
  gsize cells[4] = { (gsize) self->counts.true_negative, (gsize) self->counts.false_positive, (gsize) self->counts.false_negative, (gsize) self->counts.true_positive };
  gsize truths[2] = { cells[0] + cells[1], cells[2] + cells[3] }, answers[2] = { cells[0] + cells[2], cells[1] + cells[3] };
  CamConfusion confusion = { 2, truths[0] + truths[1], cells, truths, answers };
  const char *names[] = { name_class (self, FALSE), name_class (self, TRUE), NULL };
  double numbers[4] = { self->counts.true_negative, self->counts.false_positive, self->counts.false_negative, self->counts.true_positive };
  g_autoptr(CamChart) chart = cam_evaluation_chart_matrix (&confusion, names, NULL, CAM_CONFUSION_BY_TRUTH);

  cam_chart_card_set_chart (self->matrix_card, chart);
  cam_matrix_view_set_chart (self->matrix, chart, names, numbers, 2);
}

static void
show_curve (CamTwoPage *self)
{
  gboolean is_roc = gtk_toggle_button_get_active (self->roc_button);
  CamChart *plain = self->sheet->charts[is_roc ? CAM_SHEET_ROC : CAM_SHEET_PRECISION];
  g_autoptr(CamChart) chart = cam_evaluation_chart_at (plain, get_cutoffs (self), self->threshold, is_roc);
  g_autoptr(CamChart) scores = cam_chart_copy (self->sheet->charts[CAM_SHEET_SCORES]);

  cam_chart_card_set_title (self->curve_card, is_roc ? _("ROC curve") : _("Precision and recall"));
  cam_chart_card_set_chart (self->curve_card, chart);
  cam_chart_set_marker (scores, self->threshold, NAN, NULL);
  cam_chart_card_set_chart (self->scores_card, scores);
}

static const CamScore *
find_score (CamTwoPage   *self,
            CamScoreKind  kind)
{
  GArray *lists[] = { self->counted, self->sheet->scores };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      if (g_array_index (lists[l], CamScore, i).kind == kind)
        return &g_array_index (lists[l], CamScore, i);
  return NULL;
}

static void
show_scores (CamTwoPage *self)
{
  static const CamScoreKind main_kinds[] = { CAM_SCORE_ACCURACY, CAM_SCORE_PRECISION, CAM_SCORE_RECALL, CAM_SCORE_F1, CAM_SCORE_MATTHEWS, CAM_SCORE_AUC };
  static const CamScoreKind all_kinds[] = {
    CAM_SCORE_ACCURACY, CAM_SCORE_BALANCED_ACCURACY, CAM_SCORE_PRECISION, CAM_SCORE_RECALL, CAM_SCORE_SPECIFICITY, CAM_SCORE_F1, CAM_SCORE_MATTHEWS,
    CAM_SCORE_AUC, CAM_SCORE_AVERAGE_PRECISION, CAM_SCORE_BRIER,
  };
  const CamScore *scores[G_N_ELEMENTS (all_kinds)];

  for (guint i = 0; i < G_N_ELEMENTS (main_kinds); i++)
    scores[i] = find_score (self, main_kinds[i]);
  cam_evaluation_view_show_scores (self->view, scores, G_N_ELEMENTS (main_kinds));
  for (guint i = 0; i < G_N_ELEMENTS (all_kinds); i++)
    scores[i] = find_score (self, all_kinds[i]);
  cam_evaluation_view_fill_figures (self->view, self->figures_card, scores, G_N_ELEMENTS (all_kinds));
}

static gboolean
labels_cb (gpointer user_data)
{
  CamTwoPage *self = user_data;
  guint n = self->sheet->evaluation->n_outputs;
  g_autofree double *thresholds = g_new (double, n);
  g_autoptr(GArray) scores = NULL;
  const CamScore *listed[8];

  self->labels_timer = 0;
  for (guint k = 0; k < n; k++)
    thresholds[k] = cam_evaluation_view_get_threshold (self->view, k);
  scores = cam_evaluation_list_labels (self->sheet->evaluation, thresholds);
  for (guint i = 0; i < MIN (scores->len, G_N_ELEMENTS (listed)); i++)
    listed[i] = &g_array_index (scores, CamScore, i);
  cam_evaluation_view_fill_figures (self->view, self->labels_card, listed, MIN (scores->len, G_N_ELEMENTS (listed)));
  return G_SOURCE_REMOVE;
}

/* Of several labels what they are worth together. */
static void
queue_labels (CamTwoPage *self)
{
  if (self->sheet->evaluation->task == CAM_TASK_MULTILABEL && self->labels_timer == 0)
    self->labels_timer = g_timeout_add (LABELS_MS, labels_cb, self);
}

static void
show_cost (CamTwoPage *self)
{
  double rows = self->counts.true_positive + self->counts.false_positive + self->counts.true_negative + self->counts.false_negative, best;
  double alarm = gtk_spin_button_get_value (self->costs[0]), miss = gtk_spin_button_get_value (self->costs[1]);
  double now = rows > 0.0 ? (alarm * self->counts.false_positive + miss * self->counts.false_negative) / rows : NAN;
  g_autofree char *threshold = NULL, *button = NULL, *now_text = NULL, *best_text = NULL, *text = NULL;

  self->cheapest = cam_cutoffs_find_cheapest (get_cutoffs (self), alarm, miss, &best);
  threshold = format_threshold (self->cheapest);
  /* translators: %s is a threshold between 0 and 1 */
  button = g_strdup_printf (_("Cheapest: %s"), threshold);
  now_text = cam_words_number (now);
  best_text = cam_words_number (best);
  /* translators: what errors cost for each row, now and at best */
  text = g_strdup_printf (_("%s per row now, %s at best"), now_text, best_text);
  gtk_button_set_label (self->cheapest_button, button);
  gtk_label_set_label (self->cost_label, text);
}

/* What the threshold means in rows, and what that of the best F1 would. */
static void
show_reading (CamTwoPage *self)
{
  g_autofree char *missed = cam_words_count ((guint64) self->counts.false_negative), *all = cam_words_count ((guint64) (self->counts.false_negative + self->counts.true_positive)),
                  *count = cam_words_count ((guint64) self->counts.false_positive);
  g_autofree char *alarms = g_strdup_printf (ngettext ("%s false alarm", "%s false alarms", (gulong) self->counts.false_positive), count);
  /* translators: rows that are missed, of how many; "9 false alarms" */
  g_autofree char *text = g_strdup_printf (_("%s of %s missed, with %s."), missed, all, alarms);
  CamCounts best;

  if (isfinite (self->sheet->best_f1_threshold))
    {
      cam_cutoffs_count (get_cutoffs (self), self->sheet->best_f1_threshold, &best);
      if (best.false_negative != self->counts.false_negative || best.false_positive != self->counts.false_positive)
        {
          g_autofree char *threshold = format_threshold (self->sheet->best_f1_threshold), *then_missed = cam_words_count ((guint64) best.false_negative),
                          *then_alarms = cam_words_count ((guint64) best.false_positive), *now = g_steal_pointer (&text);

          /* translators: a sentence about the present threshold; another threshold; rows missed there; false alarms there */
          text = g_strdup_printf (_("%s At %s it would be %s, with %s."), now, threshold, then_missed, then_alarms);
        }
    }
  gtk_label_set_label (self->reading, text);
}

/* Whether predictions go by this threshold already. */
static void
show_kept (CamTwoPage *self)
{
  gboolean is_kept = fabs (cam_evaluation_view_get_kept_threshold (self->view, self->sheet->output) - self->threshold) < 1e-9;

  gtk_button_set_label (self->keep_button, is_kept ? _("Used for predictions") : _("Use for predictions"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_button), !is_kept);
}

static void
show_threshold (CamTwoPage *self)
{
  g_autofree char *text = format_threshold (self->threshold);

  g_clear_pointer (&self->counted, g_array_unref);
  self->counted = cam_evaluation_list_counted (self->sheet->evaluation, self->sheet->output, self->threshold, &self->counts);
  gtk_label_set_label (self->threshold_label, text);
  self->is_setting = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), self->threshold);
  self->is_setting = FALSE;
  show_matrix (self);
  show_scores (self);
  show_curve (self);
  show_cost (self);
  show_reading (self);
  show_kept (self);
  queue_labels (self);
}

static void
set_threshold (CamTwoPage *self,
               double      threshold)
{
  if (self->sheet == NULL || !isfinite (threshold) || threshold == self->threshold)
    return;
  self->threshold = CLAMP (threshold, 0.0, 1.0);
  cam_evaluation_view_set_threshold (self->view, self->sheet->output, self->threshold);
  cam_evaluation_view_close_rows (self->view);
  cam_matrix_view_select (self->matrix, -1, -1);
  show_threshold (self);
}

/* What is done ------------------------------------------------------------------------------------------------------ */

static void
slid_cb (CamTwoPage *self)
{
  if (!self->is_setting)
    set_threshold (self, gtk_range_get_value (GTK_RANGE (self->scale)));
}

static void
f1_cb (CamTwoPage *self)
{
  set_threshold (self, self->sheet->best_f1_threshold);
}

static void
cheapest_cb (CamTwoPage *self)
{
  set_threshold (self, self->cheapest);
}

static void
keep_cb (CamTwoPage *self)
{
  cam_evaluation_view_keep_threshold (self->view, self->sheet->output);
  show_kept (self);
}

static void
cost_cb (CamTwoPage *self)
{
  if (self->sheet != NULL)
    show_cost (self);
}

static void
curve_cb (CamTwoPage *self)
{
  if (self->sheet != NULL)
    show_curve (self);
}

static void
cell_cb (CamTwoPage *self,
         guint       row,
         guint       column)
{
  g_autofree char *title = cam_matrix_view_describe (self->matrix, row, column);
  gsize n;
  gsize *samples = cam_evaluation_list_side (self->sheet->evaluation, self->sheet->output, (int) row, column ? self->threshold : -INFINITY, column ? INFINITY : self->threshold, &n);

  cam_matrix_view_select (self->matrix, (int) row, (int) column);
  cam_evaluation_view_open_rows (self->view, title, self->sheet->output, samples, n);
}

/* A bar of scores: the rows of both classes in it. */
static void
bar_cb (CamTwoPage *self,
        double      x)
{
  guint bin = (guint) CLAMP (floor (x * CAM_EVALUATION_SCORE_BINS), 0.0, CAM_EVALUATION_SCORE_BINS - 1.0);
  double low = (double) bin / CAM_EVALUATION_SCORE_BINS, high = (bin + 1.0) / CAM_EVALUATION_SCORE_BINS;
  gsize n;
  gsize *samples;
  g_autofree char *rows = NULL, *title = NULL, *from = format_threshold (low), *to = format_threshold (high);

  if (self->sheet == NULL)
    return;
  samples = cam_evaluation_list_side (self->sheet->evaluation, self->sheet->output, -1, bin == 0 ? -INFINITY : low, high, &n);
  rows = cam_words_rows (n);
  /* translators: "12 rows"; two probabilities */
  title = g_strdup_printf (_("%s with a probability between %s and %s"), rows, from, to);
  cam_matrix_view_select (self->matrix, -1, -1);
  cam_evaluation_view_open_rows (self->view, title, self->sheet->output, samples, n);
}

/* A point of a curve: its threshold. */
static void
point_cb (CamTwoPage *self,
          double      x)
{
  gboolean is_roc = gtk_toggle_button_get_active (self->roc_button);
  g_autoptr(GArray) points = NULL;
  double nearest = INFINITY, threshold = NAN;

  if (self->sheet == NULL)
    return;
  points = is_roc ? cam_cutoffs_list_roc (get_cutoffs (self), 400) : cam_cutoffs_list_precision (get_cutoffs (self), 400);
  for (guint i = 0; i < points->len; i++)
    {
      const CamCutoffPoint *point = &g_array_index (points, CamCutoffPoint, i);

      if (isfinite (point->threshold) && fabs (point->x - x) < nearest)
        {
          nearest = fabs (point->x - x);
          /* Just below, as rows above it count. */
          threshold = point->threshold - 1e-6;
        }
    }
  set_threshold (self, threshold);
}

/* Cards ------------------------------------------------------------------------------------------------------------- */

static GtkButton *
new_button (CamTwoPage *self,
            const char *tip,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "cam-small");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return GTK_BUTTON (button);
}

static GtkWidget *
new_cost (CamTwoPage *self,
          guint       which,
          const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = cam_label_new (text, "cam-body"), *spin = gtk_spin_button_new_with_range (0, MOST_COST, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_add_css_class (spin, "cam-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (cost_cb), self);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), spin);
  self->costs[which] = GTK_SPIN_BUTTON (spin);
  return row;
}

static void
make_threshold_card (CamTwoPage    *self,
                     CamTrainBoard *board)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8),
            *title = cam_label_new (_("Threshold"), "heading");

  self->threshold_card = card;
  self->threshold_label = GTK_LABEL (cam_label_new ("", "cam-card-title"));
  gtk_widget_add_css_class (GTK_WIDGET (self->threshold_label), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->threshold_label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("threshold"), -1);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->threshold_label));

  self->scale = GTK_SCALE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.01));
  gtk_scale_set_draw_value (self->scale, FALSE);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->scale), _("A row is said to be of the class where its probability is above this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Threshold"), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (slid_cb), self);

  self->f1_button = new_button (self, _("The threshold with the highest F1"), G_CALLBACK (f1_cb));
  self->cheapest_button = new_button (self, _("The threshold at which errors cost least"), G_CALLBACK (cheapest_cb));
  self->cost_label = GTK_LABEL (cam_label_new ("", "cam-secondary"));
  gtk_widget_add_css_class (GTK_WIDGET (self->cost_label), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->cost_label), "numeric");
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->f1_button));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->cheapest_button));

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "cam-card");
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->scale));
  self->reading = GTK_LABEL (cam_label_new ("", "cam-body"));
  gtk_label_set_ellipsize (self->reading, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (self->reading, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->reading), "numeric");
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->reading));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (GTK_BOX (card), new_cost (self, 0, _("A false alarm costs")));
  gtk_box_append (GTK_BOX (card), new_cost (self, 1, _("A missed row costs")));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->cost_label));
  self->keep_button = new_button (self, _("Predictions of this run, and models saved from it, go by this threshold"), G_CALLBACK (keep_cb));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->keep_button));
  gtk_widget_set_visible (card, FALSE);
  cam_train_board_add_side (board, card);
}

CamTwoPage *
cam_two_page_new (CamEvaluationView *view,
                  CamTrainBoard     *board)
{
  CamTwoPage *self = g_new0 (CamTwoPage, 1);

  self->view = view;
  self->matrix_card = cam_evaluation_add_card (board, _("Confusion matrix"), "evaluation matrix");
  self->matrix = CAM_MATRIX_VIEW (cam_matrix_view_new ());
  cam_chart_card_set_body (self->matrix_card, GTK_WIDGET (self->matrix));
  g_signal_connect_swapped (self->matrix, "cell-activated", G_CALLBACK (cell_cb), self);
  self->curve_card = cam_evaluation_add_card (board, _("ROC curve"), "evaluation curve");
  g_signal_connect_swapped (cam_chart_card_get_view (self->curve_card), "point-activated", G_CALLBACK (point_cb), self);
  self->roc_button = cam_evaluation_add_curve_switch (self->curve_card, G_CALLBACK (curve_cb), self);
  self->reliability_card = cam_evaluation_add_card (board, _("Reliability"), "evaluation reliability");
  self->scores_card = cam_evaluation_add_card (board, _("Probabilities by class"), "evaluation scores");
  g_signal_connect_swapped (cam_chart_card_get_view (self->scores_card), "point-activated", G_CALLBACK (bar_cb), self);
  make_threshold_card (self, board);
  self->figures_card = cam_figure_card_new ();
  cam_figure_card_set_title (CAM_FIGURE_CARD (self->figures_card), _("All scores"), NULL);
  gtk_widget_set_visible (self->figures_card, FALSE);
  cam_train_board_add_side (board, self->figures_card);
  self->labels_card = cam_figure_card_new ();
  cam_figure_card_set_title (CAM_FIGURE_CARD (self->labels_card), _("All labels together"), NULL);
  gtk_widget_set_visible (self->labels_card, FALSE);
  cam_train_board_add_side (board, self->labels_card);
  return self;
}

void
cam_two_page_free (CamTwoPage *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->labels_timer, g_source_remove);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  g_clear_pointer (&self->counted, g_array_unref);
  g_signal_handlers_disconnect_by_data (self->matrix, self);
  g_signal_handlers_disconnect_by_data (cam_chart_card_get_view (self->curve_card), self);
  g_signal_handlers_disconnect_by_data (cam_chart_card_get_view (self->scores_card), self);
  g_signal_handlers_disconnect_by_data (self->roc_button, self);
  g_signal_handlers_disconnect_by_data (self->scale, self);
  g_signal_handlers_disconnect_by_data (self->f1_button, self);
  g_signal_handlers_disconnect_by_data (self->cheapest_button, self);
  g_signal_handlers_disconnect_by_data (self->keep_button, self);
  g_signal_handlers_disconnect_by_data (self->costs[0], self);
  g_signal_handlers_disconnect_by_data (self->costs[1], self);
  g_free (self);
}

void
cam_two_page_show (CamTwoPage         *self,
                   CamEvaluationSheet *sheet)
{
  GtkWidget *cards[] = { GTK_WIDGET (self->matrix_card), GTK_WIDGET (self->curve_card), GTK_WIDGET (self->reliability_card), GTK_WIDGET (self->scores_card), self->threshold_card,
                         self->figures_card };
  g_autofree char *threshold = NULL, *button = NULL, *brier = NULL, *subtitle = NULL, *rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    gtk_widget_set_visible (cards[i], sheet != NULL);
  gtk_widget_set_visible (self->labels_card, sheet != NULL && sheet->evaluation->task == CAM_TASK_MULTILABEL);
  g_clear_handle_id (&self->labels_timer, g_source_remove);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  if (sheet == NULL)
    return;
  self->sheet = cam_evaluation_sheet_ref (sheet);
  self->threshold = cam_evaluation_view_get_threshold (self->view, sheet->output);
  threshold = format_threshold (sheet->best_f1_threshold);
  /* translators: %s is a threshold between 0 and 1 */
  button = g_strdup_printf (_("Best F1: %s"), isfinite (sheet->best_f1_threshold) ? threshold : "–");
  gtk_button_set_label (self->f1_button, button);
  cam_matrix_view_select (self->matrix, -1, -1);
  rows = cam_evaluation_view_dup_rows (self->view, _("press a cell to list its rows"));
  cam_chart_card_set_subtitle (self->matrix_card, rows);
  show_threshold (self);

  brier = cam_score_text (CAM_SCORE_BRIER, find_score (self, CAM_SCORE_BRIER)->value);
  subtitle = g_strdup_printf (_("Brier score %s"), brier);
  cam_chart_card_set_subtitle (self->reliability_card, subtitle);
  cam_chart_card_set_chart (self->reliability_card, sheet->charts[CAM_SHEET_RELIABILITY]);
}
