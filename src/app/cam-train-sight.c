/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network sees while it learns. */
#include "cam-train-sight.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-sight.h>

#include "cam-chart-card.h"
#include "cam-network-look.h"
#include "cam-tile-grid.h"

#define LOOK_US (100 * 1000)    /* between two looks … */
#define REST_PER_LOOK 19        /* … and so many times what one took */

struct _CamTrainSight
{
  /* borrowed: the board has the cards */
  GtkWidget     *tiles;
  CamChartCard  *forecast;
  CamTileGrid   *grid;
  GtkLabel      *subtitle;
  GtkWidget     *picture_box;
  GtkSpinButton *picture;
  GtkDropDown   *copies;

  /* owned */
  CamDataset    *dataset;
  CamExperiment *experiment;    /* of the run whose network it is; NULL: no run */
  CamNetworkLook *look;         /* its plan is a CamSight; none: nothing to see, or no run */

  CamSightKind   kind;
  gboolean       is_setting;
  gint64         next_look;     /* not before; monotonic */
  guint          n_views;
};

/* What comes back ----------------------------------------------------------------------------------------------------- */

static void
show_forecast (CamTrainSight      *self,
               const CamSightView *view)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  /* The first lies on top; dashes let the other be seen where both are alike. */
  guint series = cam_chart_add_curve (chart, _("forecast"), view->x, view->forecast, view->n, 1, CAM_LINE_DASHED);

  cam_chart_set_note (chart, series, _("What the network says of each row from the rows before it."));
  series = cam_chart_add_curve (chart, _("series"), view->x, view->truth, view->n, 8, CAM_LINE_SOLID);
  cam_chart_set_note (chart, series, _("What was measured."));
  cam_chart_set_axes (chart, _("Row"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (view->n_train > 0 && view->n_train < view->n)
    cam_chart_set_marker (chart, view->x[view->n_train], NAN, _("validation rows from here"));
  cam_chart_card_set_chart (self->forecast, chart);
}

static gpointer                               /* worker thread */
ask (gconstpointer  plan,
     CamNetwork    *network)
{
  return cam_sight_ask (plan, network);
}

static void
answered_cb (gpointer       answer,
             gconstpointer  plan,
             gboolean       is_current,
             gint64         took,
             gpointer       user_data)
{
  CamTrainSight *self = user_data;
  g_autoptr(CamSightView) view = answer;

  self->next_look = g_get_monotonic_time () + MAX (LOOK_US, REST_PER_LOOK * took);
  if (view == NULL)
    return;
  self->n_views++;
  if (is_current && self->kind == CAM_SIGHT_FORECAST)
    show_forecast (self, view);
  else if (is_current)
    cam_tile_grid_set_view (self->grid, g_steal_pointer (&view));
}

/* The plan ---------------------------------------------------------------------------------------------------------- */

static guint
get_choice (CamTrainSight *self)
{
  if (self->kind == CAM_SIGHT_FILTERS)
    return (guint) gtk_spin_button_get_value_as_int (self->picture) - 1;
  return self->kind == CAM_SIGHT_COPIES ? gtk_drop_down_get_selected (self->copies) : 0;
}

/* After another run, dataset or choice. */
static void
lay_out (CamTrainSight *self)
{
  CamShape shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset));
  CamNetwork *network = self->experiment != NULL ? cam_network_new (&shape, cam_experiment_get_network (self->experiment), NULL) : NULL;
  CamSight *sight = network != NULL ? cam_sight_new (self->dataset, get_choice (self)) : NULL;

  if (sight == NULL)
    g_clear_pointer (&network, cam_network_free);
  cam_network_look_set_plan (self->look, sight, (GDestroyNotify) cam_sight_free, network);
}

static void
chosen_cb (CamTrainSight *self)
{
  if (!self->is_setting && self->dataset != NULL)
    lay_out (self);
}

static void
show_cards (CamTrainSight *self,
            gboolean       is_shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->forecast), is_shown && self->kind == CAM_SIGHT_FORECAST);
  gtk_widget_set_visible (self->tiles, is_shown && (self->kind == CAM_SIGHT_FILTERS || self->kind == CAM_SIGHT_COPIES));
}

static void
take (CamTrainSight *self,
      CamDataset    *dataset,
      CamExperiment *experiment)
{
  gboolean is_other = dataset != self->dataset;

  cam_network_look_forget (self->look);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  self->experiment = experiment != NULL ? cam_experiment_ref (experiment) : NULL;
  self->next_look = 0;
  cam_tile_grid_set_view (self->grid, NULL);
  if (is_other)
    {
      g_clear_pointer (&self->dataset, cam_dataset_unref);
      self->dataset = cam_dataset_ref (dataset);
      self->kind = cam_sight_find_kind (dataset);
      self->is_setting = TRUE;
      gtk_spin_button_set_range (self->picture, 1, MAX ((double) cam_sight_count (dataset), 1));
      self->is_setting = FALSE;
      gtk_widget_set_visible (self->picture_box, self->kind == CAM_SIGHT_FILTERS);
      gtk_widget_set_visible (GTK_WIDGET (self->copies), self->kind == CAM_SIGHT_COPIES);
      gtk_label_set_label (self->subtitle, self->kind == CAM_SIGHT_COPIES ? _("What goes in, and what the network gives back") : _("First filters, and what they make of a picture"));
    }
  if (self->kind != CAM_SIGHT_NOTHING)
    lay_out (self);
  else
    cam_network_look_set_plan (self->look, NULL, NULL, NULL);
}

/* The cards --------------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_picture_box (CamTrainSight *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new_with_mnemonic (_("_Picture"));

  self->picture = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, 1, 1));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->picture), _("Which of the validation pictures"));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->picture));
  gtk_widget_add_css_class (label, "cam-secondary");
  gtk_widget_add_css_class (GTK_WIDGET (self->picture), "cam-small");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  g_signal_connect_swapped (self->picture, "value-changed", G_CALLBACK (chosen_cb), self);
  return box;
}

static GtkWidget *
new_tiles_card (CamTrainSight *self)
{
  const char *const choices[] = { _("Worst"), _("Best"), _("At random"), NULL };
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_("What the network sees"));

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "cam-card");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  self->subtitle = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->subtitle, 0);
  gtk_label_set_ellipsize (self->subtitle, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "cam-secondary");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->subtitle));
  self->picture_box = new_picture_box (self);
  self->copies = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (choices));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copies), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which rows"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->copies), "cam-small");
  g_signal_connect_swapped (self->copies, "notify::selected", G_CALLBACK (chosen_cb), self);
  gtk_widget_set_valign (self->picture_box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->copies), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->picture_box);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->copies));
  self->grid = CAM_TILE_GRID (cam_tile_grid_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->grid), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the network sees"), -1);
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->grid));
  return card;
}

CamTrainSight *
cam_train_sight_new (CamTrainBoard *board)
{
  CamTrainSight *self;

  g_return_val_if_fail (CAM_IS_TRAIN_BOARD (board), NULL);

  self = g_new0 (CamTrainSight, 1);
  self->look = cam_network_look_new (ask, (GDestroyNotify) cam_sight_view_free, answered_cb, self);
  self->tiles = g_object_ref_sink (new_tiles_card (self));
  self->forecast = g_object_ref_sink (CAM_CHART_CARD (cam_chart_card_new ()));
  cam_chart_card_set_title (self->forecast, _("Forecast"));
  cam_chart_card_set_subtitle (self->forecast, _("Drawn over the series, where validation begins"));
  cam_chart_card_set_memory (self->forecast, "train forecast");
  show_cards (self, FALSE);
  cam_train_board_add_chart (board, self->tiles);
  cam_train_board_add_chart (board, GTK_WIDGET (self->forecast));
  return self;
}

void
cam_train_sight_free (CamTrainSight *self)
{
  if (self == NULL)
    return;
  cam_network_look_free (self->look);
  g_signal_handlers_disconnect_by_data (self->picture, self);
  g_signal_handlers_disconnect_by_data (self->copies, self);
  g_object_unref (self->tiles);
  g_object_unref (self->forecast);
  g_clear_pointer (&self->dataset, cam_dataset_unref);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_free (self);
}

void
cam_train_sight_show (CamTrainSight     *self,
                      CamRunner         *runner,
                      const CamRunFacts *facts,
                      CamDataset        *dataset)
{
  CamExperiment *experiment = facts != NULL ? cam_runner_get_experiment (runner) : NULL;
  g_autoptr(GBytes) weights = NULL;
  gboolean is_due = g_get_monotonic_time () >= self->next_look;

  g_return_if_fail (self != NULL && CAM_IS_RUNNER (runner));

  if (dataset == NULL)
    {
      show_cards (self, FALSE);
      return;
    }
  if (dataset != self->dataset || experiment != self->experiment)
    take (self, dataset, experiment);
  /* There is no picture of a network before it has begun to learn. */
  show_cards (self, cam_network_look_has_plan (self->look));
  if (facts == NULL || !cam_network_look_has_plan (self->look) || (facts->is_live && !is_due))
    return;
  weights = cam_runner_dup_weights (runner, NULL);
  if (weights != NULL && !cam_network_look_is_of (self->look, weights))
    {
      gboolean is_busy = cam_network_look_is_busy (self->look);

      /* The last ones wait for the look under way: nobody shows this again. */
      if (is_busy && !facts->is_live)
        cam_network_look_follow (self->look);
      if (!is_busy || !facts->is_live)
        cam_network_look_start (self->look, weights);
    }
  if (facts->is_live)
    cam_runner_ask_weights (runner);
}

GtkWidget *
cam_train_sight_get_tiles (const CamTrainSight *self)
{
  return self->tiles;
}

GtkWidget *
cam_train_sight_get_forecast (const CamTrainSight *self)
{
  return GTK_WIDGET (self->forecast);
}

guint
cam_train_sight_get_n_views (const CamTrainSight *self)
{
  return self->n_views;
}
