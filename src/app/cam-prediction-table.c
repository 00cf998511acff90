/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and answers. A few rows are made at once; more come with scrolling. */

#include "cam-prediction-table.h"

#include <glib/gi18n-lib.h>

#include "cam-prediction-columns.h"
#include "cam-prediction-filter.h"
#include "cam-table-rows.h"
#include "cam-words.h"

#define FIRST_CELLS 1600
#define AT_ONCE 20000            /* rows that are filtered while one waits */

struct _CamPredictionTable
{
  AdwBin             parent_instance;

  /* owned */
  CamPrediction     *prediction;
  CamTableRows      *rows;
  CamPick            pick;             /* what is shown, and in which order */
  GCancellable      *picking;          /* the picking that counts; NULL: none under way */
  gsize             *picked;           /* the rows shown; NULL: all, as they stand */
  gsize              n_picked;
  CamPredictionProbe probe;

  /* template children */
  GtkScrolledWindow *scroller;
  CamPredictionFilter *filter;
  GtkColumnView     *view;
  GtkLabel          *more;
  GtkWidget         *nothing;
};

G_DEFINE_FINAL_TYPE (CamPredictionTable, cam_prediction_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_N_SHOWN, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { ROW_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear (CamPredictionTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  if (self->picking != NULL)
    g_cancellable_cancel (self->picking);
  g_clear_object (&self->picking);
  g_clear_pointer (&self->picked, g_free);
  cam_pick_clear (&self->pick);
  cam_pick_init (&self->pick);
  gtk_column_view_set_model (self->view, NULL);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, g_list_model_get_n_items (columns) - 1);

      gtk_column_view_remove_column (self->view, column);
    }
  g_clear_object (&self->rows);
  g_clear_pointer (&self->prediction, cam_prediction_unref);
}

static void
scrolled_cb (CamPredictionTable *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double value = gtk_adjustment_get_value (adjustment), page = gtk_adjustment_get_page_size (adjustment);

  if (self->rows != NULL && page > 0 && value > 0 && value + 2 * page > gtk_adjustment_get_upper (adjustment))
    cam_table_rows_grow (self->rows);
}

/* Which rows ------------------------------------------------------------------------------------------------------- */

static void selected_cb (CamPredictionTable *self, GParamSpec *pspec, GtkSingleSelection *selection);

/* @rows: taken; NULL: all. */
static void
show_rows (CamPredictionTable *self,
           gsize              *rows,
           gsize               n_rows)
{
  guint n_columns = g_list_model_get_n_items (gtk_column_view_get_columns (self->view));
  gsize n_all = cam_table_get_n_rows (self->prediction->table);
  GtkSingleSelection *selection = gtk_single_selection_new (NULL);

  g_free (self->picked);
  self->picked = rows != NULL ? g_memdup2 (rows, (n_rows + 1) * sizeof (gsize)) : NULL;
  self->n_picked = n_rows;
  g_clear_object (&self->rows);
  self->rows = cam_table_rows_new_of (self->prediction->table, rows, n_rows, CLAMP (FIRST_CELLS / n_columns, 30, 120));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (self->rows));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_widget_set_visible (self->nothing, n_rows == 0);
  cam_prediction_filter_set_count (self->filter, n_rows, n_all);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SHOWN]);
}

typedef struct
{
  CamPrediction *prediction;
  CamPick        pick;
  gsize          n;
} Picking;

static void
picking_free (gpointer data)
{
  Picking *picking = data;

  cam_prediction_unref (picking->prediction);
  cam_pick_clear (&picking->pick);
  g_free (picking);
}

static void
pick_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Picking *picking = task_data;

  g_task_return_pointer (task, cam_prediction_pick (picking->prediction, &picking->pick, cancellable, &picking->n), g_free);
}

static void
picked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CamPredictionTable *self = CAM_PREDICTION_TABLE (source);
  gboolean is_wanted = self->picking != NULL && self->picking == g_task_get_cancellable (G_TASK (result));
  gsize n = ((Picking *) g_task_get_task_data (G_TASK (result)))->n;
  gsize *rows = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!is_wanted || rows == NULL)
    {
      g_free (rows);
      return;
    }
  g_clear_object (&self->picking);
  show_rows (self, rows, n);
}

/* A few rows are there at once; of many a worker finds them. */
static void
update_rows (CamPredictionTable *self)
{
  g_autoptr(GTask) task = NULL;
  Picking *picking;
  gsize n = cam_table_get_n_rows (self->prediction->table);

  if (self->picking != NULL)
    g_cancellable_cancel (self->picking);
  g_clear_object (&self->picking);
  if (cam_pick_takes_all (&self->pick) && !self->pick.is_sorted)
    {
      show_rows (self, NULL, n);
      return;
    }
  if (n <= AT_ONCE)
    {
      gsize *rows = cam_prediction_pick (self->prediction, &self->pick, NULL, &n);

      show_rows (self, rows, n);
      return;
    }
  picking = g_new0 (Picking, 1);
  picking->prediction = cam_prediction_ref (self->prediction);
  picking->pick = self->pick;
  picking->pick.text = g_strdup (self->pick.text);
  self->picking = g_cancellable_new ();
  task = g_task_new (self, self->picking, picked_cb, NULL);
  g_task_set_task_data (task, picking, picking_free);
  g_task_run_in_thread (task, pick_in_thread);
}

static void
filtered_cb (CamPredictionTable *self)
{
  if (self->prediction == NULL)
    return;
  cam_prediction_filter_fill (self->filter, &self->pick);
  update_rows (self);
}

static void
sorted_cb (CamPredictionTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  g_autoptr(GObject) a = g_object_new (CAM_TYPE_TABLE_ROW, NULL);
  g_autoptr(GObject) b = g_object_new (CAM_TYPE_TABLE_ROW, NULL);
  GtkOrdering ordering;

  if (self->prediction == NULL || self->rows == NULL)
    return;
  self->probe.is_sorted = FALSE;
  ordering = gtk_sorter_compare (sorter, a, b);
  self->pick.is_sorted = self->probe.is_sorted;
  self->pick.key = self->probe.key;
  self->pick.index = self->probe.index;
  self->pick.is_descending = ordering == GTK_ORDERING_LARGER;
  update_rows (self);
}

static void
selected_cb (CamPredictionTable *self,
             GParamSpec         *pspec,
             GtkSingleSelection *selection)
{
  CamTableRow *row = gtk_single_selection_get_selected_item (selection);

  if (row != NULL)
    g_signal_emit (self, signals[ROW_CHOSEN], 0, (guint) cam_table_row_get_row (row));
}

static void
cam_prediction_table_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_SHOWN:
      g_value_set_uint64 (value, CAM_PREDICTION_TABLE (object)->n_picked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_prediction_table_dispose (GObject *object)
{
  CamPredictionTable *self = CAM_PREDICTION_TABLE (object);

  if (self->view != NULL && self->prediction != NULL)
    clear (self);
  G_OBJECT_CLASS (cam_prediction_table_parent_class)->dispose (object);
}

static void
cam_prediction_table_class_init (CamPredictionTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_prediction_table_dispose;
  G_OBJECT_CLASS (klass)->get_property = cam_prediction_table_get_property;

  properties[PROP_N_SHOWN] = g_param_spec_uint64 ("n-shown", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  signals[ROW_CHOSEN] = g_signal_new ("row-chosen", CAM_TYPE_PREDICTION_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (CAM_TYPE_PREDICTION_FILTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-prediction-table.ui");
  gtk_widget_class_bind_template_callback (widget_class, filtered_cb);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionTable, filter);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionTable, nothing);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionTable, view);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionTable, more);
}

static void
cam_prediction_table_init (CamPredictionTable *self)
{
  cam_pick_init (&self->pick);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

void
cam_prediction_table_set_prediction (CamPredictionTable *self,
                                     CamPrediction      *prediction)
{
  guint n_all;

  g_return_if_fail (CAM_IS_PREDICTION_TABLE (self));

  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  if (prediction == NULL)
    return;
  self->prediction = cam_prediction_ref (prediction);
  n_all = cam_table_get_n_columns (prediction->table);

  cam_prediction_columns_append (self->view, prediction, &self->probe);
  cam_prediction_filter_set_prediction (self->filter, prediction);
  gtk_widget_set_visible (GTK_WIDGET (self->filter), prediction->answers != NULL);
  show_rows (self, NULL, cam_table_get_n_rows (prediction->table));
  gtk_adjustment_set_value (gtk_scrolled_window_get_hadjustment (self->scroller), 0);
  if (n_all > CAM_PREDICTION_MAX_COLUMNS)
    {
      g_autofree char *text = g_strdup_printf (_("The first %u of %u columns are shown; all are used."), CAM_PREDICTION_MAX_COLUMNS, n_all);

      gtk_label_set_label (self->more, text);
      gtk_widget_set_visible (GTK_WIDGET (self->more), TRUE);
    }
}

void
cam_prediction_table_show_finding (CamPredictionTable *self,
                                   guint               finding)
{
  g_return_if_fail (CAM_IS_PREDICTION_TABLE (self));

  cam_prediction_filter_set_finding (self->filter, (int) finding);
}

const gsize *
cam_prediction_table_get_rows (CamPredictionTable *self,
                               gsize              *n)
{
  g_return_val_if_fail (CAM_IS_PREDICTION_TABLE (self), NULL);

  *n = self->n_picked;
  return self->picked;
}
