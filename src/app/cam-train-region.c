/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision region of a run. The fit leaves its weights when asked to, a worker asks a network of its own for every cell of the plane, and the picture is drawn as any chart is. One
 * picture is under way at most, and the next starts with the newest weights. */
#include "cam-train-region.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-number.h>
#include <cam-region.h>

#include "cam-chart-card.h"
#include "cam-network-look.h"
#include "cam-words.h"

struct _CamTrainRegion
{
  CamChartCard  *card;          /* borrowed: the board has it */
  GtkWidget     *button;        /* borrowed */

  /* owned */
  GtkDropDown   *choices[2];    /* of the columns along x and y */
  GtkWidget     *others_box;
  CamDataset    *dataset;
  CamExperiment *experiment;    /* of the run whose network it is; NULL: no run */
  GArray        *columns;       /* guint: features that can be chosen */
  char         **cells;         /* of all features */
  CamNetworkLook *look;         /* its plan is a CamRegion; none: no plane, or no run */
  CamRegion     *points;        /* where there is no run */

  guint          axes[2];       /* places in @columns */
  gboolean       is_setting;
  guint          n_pictures;
};

/* The chart --------------------------------------------------------------------------------------------------------- */

static void
add_points (CamChart        *chart,
            const CamRegion *region,
            CamPreparation  *preparation)
{
  g_autofree double *x = g_new (double, region->n_points + 1), *y = g_new (double, region->n_points + 1);

  for (guint k = 0; k < region->n_classes; k++)
    {
      gsize n = 0;

      for (gsize i = 0; i < region->n_points; i++)
        if (region->point_class[i] == k && isfinite (region->point_x[i]) && isfinite (region->point_y[i]))
          {
            x[n] = region->point_x[i];
            y[n++] = region->point_y[i];
          }
      cam_chart_add_dots (chart, cam_preparation_get_class_name (preparation, k), x, y, n, k);
    }
}

static const char *
get_axis_name (const CamTrainRegion *self,
               guint                 axis)
{
  return cam_preparation_get_feature_name (cam_dataset_get_preparation (self->dataset), g_array_index (self->columns, guint, self->axes[axis]));
}

/* @shares: (nullable): NULL: the points alone. */
static void
show_picture (CamTrainRegion  *self,
              const CamRegion *region,
              const float     *shares)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  guint colours[64];

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    colours[i] = i % 10;
  cam_chart_set_axes (chart, get_axis_name (self, 0), get_axis_name (self, 1), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (shares != NULL && region->n_classes <= G_N_ELEMENTS (colours))
    cam_chart_set_region (chart, shares, region->width, region->height, region->n_classes, region->x_min, region->x_max, region->y_min, region->y_max, colours);
  else
    {
      cam_chart_set_x_range (chart, region->x_min, region->x_max);
      cam_chart_set_y_range (chart, region->y_min, region->y_max);
    }
  add_points (chart, region, cam_dataset_get_preparation (self->dataset));
  cam_chart_card_set_chart (self->card, chart);
}

static gpointer                               /* worker thread */
ask (gconstpointer  plan,
     CamNetwork    *network)
{
  return cam_region_ask (plan, network);
}

static void
answered_cb (gpointer       answer,
             gconstpointer  plan,
             gboolean       is_current,
             gint64         took,
             gpointer       user_data)
{
  CamTrainRegion *self = user_data;
  g_autofree float *shares = answer;

  if (shares == NULL)
    return;
  self->n_pictures++;
  if (is_current)
    show_picture (self, plan, shares);
}

/* The plane --------------------------------------------------------------------------------------------------------- */

static CamRegion *
new_region (CamTrainRegion *self)
{
  return cam_region_new (self->dataset, g_array_index (self->columns, guint, self->axes[0]), g_array_index (self->columns, guint, self->axes[1]),
                         (const char *const *) self->cells, CAM_REGION_WIDTH, CAM_REGION_HEIGHT);
}

static CamNetwork *
new_network (CamTrainRegion *self)
{
  CamShape shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset));

  return self->experiment != NULL ? cam_network_new (&shape, cam_experiment_get_network (self->experiment), NULL) : NULL;
}

static void
show_subtitle (CamTrainRegion *self)
{
  g_autofree char *text = NULL;

  if (cam_preparation_get_n_features (cam_dataset_get_preparation (self->dataset)) == 2)
    /* translators: a plane of two columns: the upward one first */
    text = g_strdup_printf (_("%s over %s"), get_axis_name (self, 1), get_axis_name (self, 0));
  else
    /* translators: a plane of two columns: the upward one first */
    text = g_strdup_printf (_("%s over %s, the other columns fixed"), get_axis_name (self, 1), get_axis_name (self, 0));
  cam_chart_card_set_subtitle (self->card, text);
}

/* After another choice of columns or values. */
static void
lay_out (CamTrainRegion *self)
{
  CamNetwork *network = new_network (self);
  CamRegion *region = new_region (self);

  g_clear_pointer (&self->points, cam_region_free);
  show_subtitle (self);
  if (region != NULL && network != NULL)
    {
      region->is_logits = json_is_true (json_object_get (json_object_get (cam_experiment_get_loss (self->experiment), "config"), "from_logits"));
      cam_network_look_set_plan (self->look, region, (GDestroyNotify) cam_region_free, network);
      if (!cam_network_look_has_weights (self->look))
        show_picture (self, region, NULL);
      return;
    }
  cam_network_look_set_plan (self->look, NULL, NULL, NULL);
  g_clear_pointer (&network, cam_network_free);
  self->points = region;
  if (region != NULL)
    show_picture (self, region, NULL);
  else
    cam_chart_card_set_chart (self->card, NULL);
}

static void fill_others (CamTrainRegion *self);

static void
choice_cb (CamTrainRegion *self,
           GParamSpec     *pspec,
           GtkDropDown    *choice)
{
  guint axis = choice == self->choices[1], chosen = gtk_drop_down_get_selected (choice);

  if (self->is_setting || chosen >= self->columns->len || chosen == self->axes[axis])
    return;
  /* The same column twice is no plane: then the two change places. */
  if (chosen == self->axes[!axis])
    {
      self->axes[!axis] = self->axes[axis];
      self->is_setting = TRUE;
      gtk_drop_down_set_selected (self->choices[!axis], self->axes[!axis]);
      self->is_setting = FALSE;
    }
  self->axes[axis] = chosen;
  fill_others (self);
  lay_out (self);
}

static void
slid_cb (CamTrainRegion *self,
         GtkRange       *range)
{
  guint feature = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (range), "cam-feature"));
  char text[CAM_NUMBER_BUF];

  g_free (self->cells[feature]);
  self->cells[feature] = g_strdup (cam_number_shortest (text, gtk_range_get_value (range), FALSE));
  lay_out (self);
}

static void
level_cb (CamTrainRegion *self,
          GParamSpec     *pspec,
          GtkDropDown    *choice)
{
  guint feature = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), "cam-feature"));
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (choice);

  if (chosen == NULL)
    return;
  g_free (self->cells[feature]);
  self->cells[feature] = g_strdup (gtk_string_object_get_string (chosen));
  lay_out (self);
}

static char *
format_cb (GtkScale *scale,
           double    value,
           gpointer  user_data)
{
  return cam_words_number (value);
}

static GtkWidget *
new_slider (CamTrainRegion *self,
            guint           column,
            guint           feature)
{
  CamColumnSummary summary;
  GtkWidget *scale;
  double value = g_ascii_strtod (self->cells[feature], NULL);

  cam_table_summarise (cam_dataset_get_table (self->dataset), column, &summary);
  if (!(summary.max > summary.min))
    return NULL;
  scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, summary.min, summary.max, (summary.max - summary.min) / 100);
  gtk_range_set_value (GTK_RANGE (scale), value);
  gtk_scale_set_draw_value (GTK_SCALE (scale), TRUE);
  gtk_scale_set_value_pos (GTK_SCALE (scale), GTK_POS_RIGHT);
  gtk_scale_set_format_value_func (GTK_SCALE (scale), format_cb, NULL, NULL);
  gtk_widget_set_size_request (scale, 220, -1);
  g_signal_connect_swapped (scale, "value-changed", G_CALLBACK (slid_cb), self);
  return scale;
}

static GtkWidget *
new_levels (CamTrainRegion *self,
            guint           column,
            guint           feature)
{
  CamTable *table = cam_dataset_get_table (self->dataset);
  g_autoptr(GtkStringList) levels = gtk_string_list_new (NULL);
  GtkWidget *choice;
  guint chosen = 0;

  for (guint i = 0; i < cam_table_get_n_levels (table, column); i++)
    {
      gtk_string_list_append (levels, cam_table_get_level (table, column, i));
      if (g_strcmp0 (cam_table_get_level (table, column, i), self->cells[feature]) == 0)
        chosen = i;
    }
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&levels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (level_cb), self);
  return choice;
}

static void
clear_others (CamTrainRegion *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->others_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->others_box), child);
}

static void
append_named (GtkWidget  *box,
              const char *name,
              GtkWidget  *editor)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "cam-secondary");
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), editor);
}

/* A slider or a choice for each feature that is not along an axis. */
static void
fill_others (CamTrainRegion *self)
{
  CamPreparation *preparation = cam_dataset_get_preparation (self->dataset);
  CamTable *table = cam_dataset_get_table (self->dataset);

  clear_others (self);
  for (guint i = 0; i < cam_preparation_get_n_features (preparation); i++)
    {
      const char *name = cam_preparation_get_feature_name (preparation, i);
      int column = cam_table_find (table, name);
      GtkWidget *editor;

      if (column < 0 || i == g_array_index (self->columns, guint, self->axes[0]) || i == g_array_index (self->columns, guint, self->axes[1]))
        continue;
      editor = cam_table_get_kind (table, (guint) column) == CAM_COLUMN_NUMBER ? new_slider (self, (guint) column, i)
               : cam_column_kind_is_category (cam_table_get_kind (table, (guint) column)) ? new_levels (self, (guint) column, i) : NULL;
      if (editor == NULL)
        continue;
      g_object_set_data (G_OBJECT (editor), "cam-feature", GUINT_TO_POINTER (i));
      append_named (self->others_box, name, editor);
    }
  gtk_widget_set_visible (self->button, self->columns->len > 2 || gtk_widget_get_first_child (self->others_box) != NULL);
}

/* Another dataset, or another network for it. */
static void
take (CamTrainRegion *self,
      CamDataset     *dataset,
      CamExperiment  *experiment)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  gboolean is_other = dataset != self->dataset;

  cam_network_look_forget (self->look);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  self->experiment = experiment != NULL ? cam_experiment_ref (experiment) : NULL;
  if (is_other)
    {
      cam_network_look_set_plan (self->look, NULL, NULL, NULL);
      g_clear_pointer (&self->dataset, cam_dataset_unref);
      g_clear_pointer (&self->columns, g_array_unref);
      g_strfreev (self->cells);
      self->dataset = cam_dataset_ref (dataset);
      self->columns = cam_region_list_columns (dataset);
      self->cells = cam_region_dup_cells (dataset);
      self->axes[0] = 0;
      self->axes[1] = 1;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->card), self->columns->len >= 2);
  if (self->columns->len < 2)
    return;
  if (is_other)
    {
      for (guint i = 0; i < self->columns->len; i++)
        gtk_string_list_append (names, cam_preparation_get_feature_name (preparation, g_array_index (self->columns, guint, i)));
      self->is_setting = TRUE;
      for (guint axis = 0; axis < 2; axis++)
        {
          gtk_drop_down_set_model (self->choices[axis], G_LIST_MODEL (names));
          gtk_drop_down_set_selected (self->choices[axis], self->axes[axis]);
        }
      self->is_setting = FALSE;
      fill_others (self);
    }
  lay_out (self);
}

/* All behind one button: the card is narrow. */
static void
make_control (CamTrainRegion *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *popover = gtk_popover_new (), *scrolled = gtk_scrolled_window_new ();
  const char *const labels[] = { _("Along x"), _("Along y") };

  for (guint axis = 0; axis < 2; axis++)
    {
      self->choices[axis] = GTK_DROP_DOWN (g_object_ref_sink (gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"))));
      g_signal_connect_swapped (self->choices[axis], "notify::selected", G_CALLBACK (choice_cb), self);
      append_named (box, labels[axis], GTK_WIDGET (self->choices[axis]));
    }
  self->others_box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_box_append (GTK_BOX (box), self->others_box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 380);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), _("Columns"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _("Which columns the plane is of, and values of the others"));
  gtk_widget_add_css_class (self->button, "cam-small");
  g_object_set (self->card, "control", self->button, NULL);
}

CamTrainRegion *
cam_train_region_new (CamTrainBoard *board)
{
  CamTrainRegion *self;

  g_return_val_if_fail (CAM_IS_TRAIN_BOARD (board), NULL);

  self = g_new0 (CamTrainRegion, 1);
  self->look = cam_network_look_new (ask, g_free, answered_cb, self);
  self->card = CAM_CHART_CARD (cam_chart_card_new ());
  cam_chart_card_set_title (self->card, _("Decision region"));
  cam_chart_card_set_memory (self->card, "train region");
  make_control (self);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  cam_train_board_add_chart (board, GTK_WIDGET (self->card));
  return self;
}

void
cam_train_region_free (CamTrainRegion *self)
{
  if (self == NULL)
    return;
  cam_network_look_free (self->look);
  clear_others (self);
  g_object_unref (self->others_box);
  for (guint axis = 0; axis < 2; axis++)
    {
      g_signal_handlers_disconnect_by_data (self->choices[axis], self);
      g_object_unref (self->choices[axis]);
    }
  g_clear_pointer (&self->points, cam_region_free);
  g_clear_pointer (&self->dataset, cam_dataset_unref);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_strfreev (self->cells);
  g_free (self);
}

void
cam_train_region_show (CamTrainRegion    *self,
                       CamRunner         *runner,
                       const CamRunFacts *facts,
                       CamDataset        *dataset)
{
  CamExperiment *experiment = facts != NULL ? cam_runner_get_experiment (runner) : NULL;
  g_autoptr(GBytes) weights = NULL;

  g_return_if_fail (self != NULL && CAM_IS_RUNNER (runner));

  if (dataset == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
      return;
    }
  if (dataset != self->dataset || experiment != self->experiment)
    take (self, dataset, experiment);
  gtk_widget_set_visible (GTK_WIDGET (self->card), self->columns->len >= 2);
  if (facts == NULL || !cam_network_look_has_plan (self->look) || self->columns->len < 2)
    return;
  weights = cam_runner_dup_weights (runner, NULL);
  if (weights != NULL && !cam_network_look_is_busy (self->look) && !cam_network_look_is_of (self->look, weights))
    cam_network_look_start (self->look, weights);
  if (facts->is_live)
    cam_runner_ask_weights (runner);
}

GtkWidget *
cam_train_region_get_card (const CamTrainRegion *self)
{
  return GTK_WIDGET (self->card);
}

guint
cam_train_region_get_n_pictures (const CamTrainRegion *self)
{
  return self->n_pictures;
}
