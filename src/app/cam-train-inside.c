/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gradients and units of a run under way. */
#include "cam-train-inside.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-chart-card.h"
#include "cam-chart-look.h"

#define MEMORY_GRADIENTS "train gradients"

struct _CamTrainInside
{
  /* borrowed: the board has them */
  CamChartCard *gradients;
  CamChartCard *units;

  /* owned */
  GtkSwitch    *toggle;
  CamRunner    *runner;         /* NULL until first shown */
};

static CamChart *
new_chart (CamRunner         *runner,
           const CamRunFacts *facts,
           const CamViewKind *kinds,
           guint              n_kinds,
           CamAxisFormat      format,
           const char        *none)
{
  CamChart *chart = cam_chart_new ();
  guint n_layers = cam_runner_get_n_layers (runner), n_seen = 0;
  static const CamLinePattern patterns[] = { CAM_LINE_SOLID, CAM_LINE_DASHED };

  for (guint k = 0; k < n_kinds; k++)
    for (guint layer = 0; layer < n_layers; layer++)
      {
        g_autofree double *epochs = NULL, *values = NULL;
        guint n = cam_runner_copy_views (runner, layer, kinds[k], &epochs, &values);
        const char *name = cam_runner_get_layer_name (runner, layer);
        /* translators: a layer's name; of its units those whose output lies at a bound */
        g_autofree char *saturated = g_strdup_printf (_("%s saturated"), name);
        gboolean is_there = FALSE;

        n_seen = MAX (n_seen, n);
        for (guint i = 0; i < n && !is_there; i++)
          is_there = isfinite (values[i]);
        if (is_there)
          cam_chart_add_curve (chart, kinds[k] == CAM_VIEW_SATURATED ? saturated : name, epochs, values, n, layer, patterns[k % 2]);
      }
  cam_chart_set_axes (chart, _("Epoch"), NULL, CAM_AXIS_NUMBER, format);
  cam_chart_set_x_range (chart, 0, MAX (facts != NULL ? facts->n_epochs : 0, 2));
  if (n_seen > 0 && facts != NULL && facts->best_epoch > 0 && facts->n_epochs > 1)
    {
      /* translators: a mark in a chart, where the best epoch was */
      g_autofree char *label = g_strdup_printf (_("best · epoch %u"), facts->best_epoch);

      cam_chart_set_marker (chart, facts->best_epoch, NAN, label);
    }
  cam_chart_set_empty_text (chart, n_seen > 0 ? none : _("Nothing was looked at yet"));
  return chart;
}

static void
switched_cb (CamTrainInside *self)
{
  gboolean is_on = gtk_switch_get_active (self->toggle);

  if (self->runner == NULL)
    return;
  cam_runner_set_watched (self->runner, is_on);
  gtk_widget_set_visible (GTK_WIDGET (self->gradients), is_on);
  gtk_widget_set_visible (GTK_WIDGET (self->units), is_on);
}

static GtkWidget *
new_switch_card (CamTrainInside *self)
{
  GtkWidget *list = gtk_list_box_new (), *row = adw_action_row_new ();

  self->toggle = GTK_SWITCH (g_object_ref_sink (gtk_switch_new ()));
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Watch gradients and units"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Looks into each layer some times a second"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->toggle));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "cam-compact");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (switched_cb), self);
  return list;
}

static CamChartCard *
new_card (CamTrainBoard *board,
          const char    *title,
          const char    *subtitle,
          const char    *memory)
{
  CamChartCard *card = CAM_CHART_CARD (cam_chart_card_new ());

  cam_chart_card_set_title (card, title);
  cam_chart_card_set_subtitle (card, subtitle);
  cam_chart_card_set_memory (card, memory);
  gtk_widget_set_visible (GTK_WIDGET (card), FALSE);
  cam_train_board_add_chart (board, GTK_WIDGET (card));
  return card;
}

CamTrainInside *
cam_train_inside_new (CamTrainBoard *board)
{
  static gboolean is_known;
  CamTrainInside *self;

  g_return_val_if_fail (CAM_IS_TRAIN_BOARD (board), NULL);

  /* Norms of layers are powers of ten apart; who wants them otherwise switches that once. */
  if (!is_known)
    cam_chart_look_get (MEMORY_GRADIENTS)->is_y_log = TRUE;
  is_known = TRUE;
  self = g_new0 (CamTrainInside, 1);
  self->gradients = new_card (board, _("Gradient norm"), _("Of each layer, in the last batch of the epoch"), MEMORY_GRADIENTS);
  self->units = new_card (board, _("Dead and saturated units"), _("Units that give 0 for every row, and outputs at a bound"), "train units");
  cam_train_board_add_side (board, new_switch_card (self));
  return self;
}

void
cam_train_inside_free (CamTrainInside *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->toggle, self);
  g_object_unref (self->toggle);
  g_clear_object (&self->runner);
  g_free (self);
}

void
cam_train_inside_show (CamTrainInside    *self,
                       CamRunner         *runner,
                       const CamRunFacts *facts,
                       gboolean           is_current)
{
  static const CamViewKind gradient[] = { CAM_VIEW_GRADIENT }, units[] = { CAM_VIEW_DEAD, CAM_VIEW_SATURATED };
  gboolean is_on;
  g_autoptr(CamChart) norms = NULL;
  g_autoptr(CamChart) shares = NULL;

  g_return_if_fail (self != NULL && CAM_IS_RUNNER (runner));

  if (self->runner == NULL)
    {
      self->runner = g_object_ref (runner);
      gtk_switch_set_active (self->toggle, cam_runner_get_watched (runner));
    }
  is_on = gtk_switch_get_active (self->toggle);
  gtk_widget_set_visible (GTK_WIDGET (self->gradients), is_on);
  gtk_widget_set_visible (GTK_WIDGET (self->units), is_on);
  if (!is_on)
    return;
  if (!is_current)
    {
      norms = cam_chart_new ();
      cam_chart_set_axes (norms, _("Epoch"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
      cam_chart_set_empty_text (norms, _("Only a run of this session can be looked into"));
      cam_chart_card_set_chart (self->gradients, norms);
      cam_chart_card_set_chart (self->units, norms);
      return;
    }
  norms = new_chart (runner, facts, gradient, G_N_ELEMENTS (gradient), CAM_AXIS_NUMBER, _("No layer has weights to learn"));
  shares = new_chart (runner, facts, units, G_N_ELEMENTS (units), CAM_AXIS_PERCENT, _("No layer has units that can die or saturate"));
  cam_chart_card_set_chart (self->gradients, norms);
  cam_chart_card_set_chart (self->units, shares);
}

GtkWidget *
cam_train_inside_get_gradients (const CamTrainInside *self)
{
  return GTK_WIDGET (self->gradients);
}

GtkWidget *
cam_train_inside_get_units (const CamTrainInside *self)
{
  return GTK_WIDGET (self->units);
}

GtkWidget *
cam_train_inside_get_switch (const CamTrainInside *self)
{
  return GTK_WIDGET (self->toggle);
}
