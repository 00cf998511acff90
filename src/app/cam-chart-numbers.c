/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column view over a chart's table. Rows are made when they are looked at, so that ten thousand epochs cost nothing. */
#include "cam-chart-numbers.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-words.h"

#define FOLLOW_US (500 * 1000)

/* The rows: each is an object that knows its place ------------------------------------------------------------------ */

#define CAM_TYPE_CHART_ROWS (cam_chart_rows_get_type ())
G_DECLARE_FINAL_TYPE (CamChartRows, cam_chart_rows, CAM, CHART_ROWS, GObject)

struct _CamChartRows
{
  GObject        parent_instance;

  CamChartTable *table;         /* owned; NULL: empty */
};

static GType
cam_chart_rows_get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
cam_chart_rows_get_n_items (GListModel *model)
{
  const CamChartTable *table = CAM_CHART_ROWS (model)->table;

  return table != NULL ? (guint) MIN (table->n_rows, (gsize) G_MAXINT) : 0;
}

static gpointer
cam_chart_rows_get_item (GListModel *model,
                         guint       position)
{
  return position < cam_chart_rows_get_n_items (model) ? gtk_string_object_new ("") : NULL;
}

static void
cam_chart_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = cam_chart_rows_get_item_type;
  iface->get_n_items = cam_chart_rows_get_n_items;
  iface->get_item = cam_chart_rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CamChartRows, cam_chart_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cam_chart_rows_list_model_init))

static void
cam_chart_rows_finalize (GObject *object)
{
  cam_chart_table_free (CAM_CHART_ROWS (object)->table);
  G_OBJECT_CLASS (cam_chart_rows_parent_class)->finalize (object);
}

static void
cam_chart_rows_class_init (CamChartRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_chart_rows_finalize;
}

static void
cam_chart_rows_init (CamChartRows *self)
{
}

/* Takes @table. What is the same at the beginning stays. */
static void
set_table (CamChartRows  *self,
           CamChartTable *table)
{
  CamChartTable *old = self->table;
  gsize n_old = old != NULL ? old->n_rows : 0;
  gboolean is_longer = old != NULL && old->n_columns == table->n_columns && n_old <= table->n_rows && table->row_names == NULL;

  for (guint column = 0; is_longer && column < table->n_columns; column++)
    is_longer = n_old == 0 || memcmp (old->columns[column], table->columns[column], n_old * sizeof (double)) == 0;
  self->table = table;
  if (!is_longer)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, (guint) n_old, (guint) table->n_rows);
  else if (table->n_rows > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), (guint) n_old, 0, (guint) (table->n_rows - n_old));
  cam_chart_table_free (old);
}

/* The widget -------------------------------------------------------------------------------------------------------- */

struct _CamChartNumbers
{
  AdwBin         parent_instance;

  /* owned */
  CamChart      *chart;
  CamChartRows  *rows;
  char         **names;         /* of the columns there are */
  guint          follow_timer;
  gint64         followed_at;

  /* children */
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (CamChartNumbers, cam_chart_numbers, ADW_TYPE_BIN)

static void
setup_cb (CamChartNumbers *self,
          GtkListItem     *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static char *
format_cell (const CamChartTable *table,
             guint                column,
             gsize                row)
{
  double value = table->columns[column][row];

  if (column == 0 && table->row_names != NULL)
    return g_strdup (table->row_names[row]);
  if (isnan (value))
    return g_strdup ("");
  return column == 0 && value == floor (value) && fabs (value) < 1e9 ? g_strdup_printf ("%.0f", value) : cam_words_number (value);
}

static void
bind_cb (CamChartNumbers *self,
         GtkListItem     *item,
         gpointer         factory)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (factory, "cam-column"));
  g_autofree char *text = NULL;

  if (column < self->rows->table->n_columns && gtk_list_item_get_position (item) < self->rows->table->n_rows)
    text = format_cell (self->rows->table, column, gtk_list_item_get_position (item));
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text != NULL ? text : "");
}

static void
make_columns (CamChartNumbers *self,
              const char      *const *names)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; names[i] != NULL; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (names[i], factory);

      g_object_set_data (G_OBJECT (factory), "cam-column", GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
      gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
    }
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
}

static void
follow (CamChartNumbers *self)
{
  CamChartTable *table;

  g_clear_handle_id (&self->follow_timer, g_source_remove);
  self->followed_at = g_get_monotonic_time ();
  if (self->chart == NULL)
    return;
  table = cam_chart_table_new (self->chart);
  if (self->names == NULL || !g_strv_equal ((const char *const *) self->names, (const char *const *) table->names))
    {
      /* No row may ask for a column that its table does not have yet. */
      gtk_column_view_set_model (self->view, NULL);
      set_table (self->rows, table);
      make_columns (self, (const char *const *) table->names);
      gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)))));
      return;
    }
  set_table (self->rows, table);
}

static gboolean
follow_cb (gpointer user_data)
{
  CamChartNumbers *self = user_data;

  self->follow_timer = 0;
  follow (self);
  return G_SOURCE_REMOVE;
}

static void
queue_follow (CamChartNumbers *self)
{
  gint64 wait = self->followed_at + FOLLOW_US - g_get_monotonic_time ();

  if (self->follow_timer != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (wait > 0)
    self->follow_timer = g_timeout_add ((guint) (wait / 1000) + 1, follow_cb, self);
  else
    follow (self);
}

static void
cam_chart_numbers_map (GtkWidget *widget)
{
  follow (CAM_CHART_NUMBERS (widget));
  GTK_WIDGET_CLASS (cam_chart_numbers_parent_class)->map (widget);
}

static void
cam_chart_numbers_dispose (GObject *object)
{
  CamChartNumbers *self = CAM_CHART_NUMBERS (object);

  g_clear_handle_id (&self->follow_timer, g_source_remove);
  g_clear_pointer (&self->chart, cam_chart_unref);
  G_OBJECT_CLASS (cam_chart_numbers_parent_class)->dispose (object);
}

static void
cam_chart_numbers_finalize (GObject *object)
{
  CamChartNumbers *self = CAM_CHART_NUMBERS (object);

  g_clear_object (&self->rows);
  g_strfreev (self->names);
  G_OBJECT_CLASS (cam_chart_numbers_parent_class)->finalize (object);
}

static void
cam_chart_numbers_class_init (CamChartNumbersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_chart_numbers_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_chart_numbers_finalize;
  GTK_WIDGET_CLASS (klass)->map = cam_chart_numbers_map;
}

static void
cam_chart_numbers_init (CamChartNumbers *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->rows = g_object_new (CAM_TYPE_CHART_ROWS, NULL);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "cam-numbers");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
cam_chart_numbers_new (void)
{
  return g_object_new (CAM_TYPE_CHART_NUMBERS, NULL);
}

void
cam_chart_numbers_set_chart (CamChartNumbers *self,
                             CamChart        *chart,
                             const char      *title)
{
  g_autofree char *label = NULL;

  g_return_if_fail (CAM_IS_CHART_NUMBERS (self));

  /* translators: %s is the title of a chart */
  label = g_strdup_printf (_("Numbers of %s"), title != NULL && *title != '\0' ? title : _("Chart"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_clear_pointer (&self->chart, cam_chart_unref);
  self->chart = chart != NULL ? cam_chart_ref (chart) : NULL;
  queue_follow (self);
}
