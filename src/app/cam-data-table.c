/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of a table. A column view's own header cannot hold widgets, so the cards stand in a box of their own
 * that scrolls with it; both get their widths from here. Targets stand first, then features, then what is ignored. */

#include "cam-data-table.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-column-card.h"
#include "cam-table-rows.h"

/* So many cells are made at once; more rows come with scrolling. */
#define FIRST_CELLS 1600
/* A wider table shows its first columns; the others are prepared alike. */
#define MAX_COLUMNS 120

struct _CamDataTable
{
  AdwBin           parent_instance;

  /* owned */
  CamSession      *session;
  CamTable        *table;
  CamTableRows    *rows;
  GPtrArray       *columns;        /* of GtkColumnViewColumn, by column of the table */
  GPtrArray       *cards;          /* of CamColumnCard, borrowed from the box; the same order */
  GPtrArray       *labels;         /* of GPtrArray of GtkLabel: the cells there are, by column */
  guint            n_columns;      /* shown */
  int              column;
  guint            spark_source;
  guint            next_spark;
  guint            width_source;
  int              page_width;

  /* template children */
  GtkScrolledWindow *head;
  GtkBox            *head_box;
  GtkScrolledWindow *body;
  GtkColumnView     *view;
  GtkLabel          *more;
};

G_DEFINE_FINAL_TYPE (CamDataTable, cam_data_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_COLUMN, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { COLUMN_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Cells ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  CamDataTable *self;      /* borrowed: the view, and with it the factory, goes first */
  guint         column;
} CellData;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          CellData                 *data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_number = cam_column_kind_is_numeric (cam_table_get_kind (data->self->table, data->column));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1.0f : 0.0f);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "cam-cell");
  if ((int) data->column == data->self->column)
    gtk_widget_add_css_class (label, "chosen");
  gtk_list_item_set_child (item, label);
  g_ptr_array_add (data->self->labels->pdata[data->column], label);
}

static void
teardown_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             CellData                 *data)
{
  if (data->self->labels != NULL)
    g_ptr_array_remove_fast (data->self->labels->pdata[data->column], gtk_list_item_get_child (item));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         CellData                 *data)
{
  g_autofree char *text = cam_table_row_dup_text (gtk_list_item_get_item (item), data->column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
cell_data_free (gpointer  data,
                GClosure *closure)
{
  g_free (data);
}

static GtkColumnViewColumn *
make_column (CamDataTable *self,
             guint         column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellData *data = g_new0 (CellData, 1);

  data->self = self;
  data->column = column;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, cell_data_free, 0);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  return gtk_column_view_column_new (cam_table_get_name (self->table, column), factory);
}

/* Widths --------------------------------------------------------------------------------------------------------------- */

static int
base_width (CamDataTable *self,
            guint         column)
{
  glong n = g_utf8_strlen (cam_table_get_name (self->table, column), -1);

  return (int) CLAMP (52 + 8 * n, 104, 196);
}

/* A narrow table fills the card: what is left over is shared out evenly. */
static void
apply_widths (CamDataTable *self)
{
  int sum = 0, extra, rest;

  if (self->table == NULL || self->n_columns == 0)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    sum += base_width (self, i);
  extra = MAX (self->page_width - sum, 0) / (int) self->n_columns;
  rest = MAX (self->page_width - sum, 0) - extra * (int) self->n_columns;
  for (guint i = 0; i < self->n_columns; i++)
    {
      int width = base_width (self, i) + extra + ((int) i < rest ? 1 : 0);

      gtk_column_view_column_set_fixed_width (self->columns->pdata[i], width);
      gtk_widget_set_size_request (self->cards->pdata[i], width, -1);
    }
}

static gboolean
width_cb (gpointer user_data)
{
  CamDataTable *self = user_data;

  self->width_source = 0;
  apply_widths (self);
  return G_SOURCE_REMOVE;
}

/* Sizes may not change while they are being given out: the widths follow in the next turn. */
static void
page_size_cb (CamDataTable *self)
{
  int width = (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->body));

  if (width == self->page_width || width < 50)
    return;
  self->page_width = width;
  if (self->width_source == 0)
    self->width_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, width_cb, self, NULL);
}

static void
scrolled_cb (CamDataTable *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->body);
  double value = gtk_adjustment_get_value (adjustment), page = gtk_adjustment_get_page_size (adjustment);

  if (self->rows != NULL && page > 0 && value > 0 && value + 2 * page > gtk_adjustment_get_upper (adjustment))
    cam_table_rows_grow (self->rows);
}

/* Sparks: one column a turn, so that a long table does not hold up the window ------------------------------------------- */

static gboolean
spark_cb (gpointer user_data)
{
  CamDataTable *self = user_data;

  if (self->next_spark >= self->cards->len)
    {
      self->spark_source = 0;
      return G_SOURCE_REMOVE;
    }
  cam_column_card_draw_spark (self->cards->pdata[self->next_spark++]);
  return G_SOURCE_CONTINUE;
}

/* Order and settings ------------------------------------------------------------------------------------------------------ */

static int
rank (const json_t *settings)
{
  const char *role = json_string_value (json_object_get (settings, "role"));

  return g_strcmp0 (role, "target") == 0 ? 0 : g_strcmp0 (role, "ignored") == 0 ? 2 : 1;
}

static void
put_in_order (CamDataTable *self,
              const int    *ranks)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *before = NULL;
  guint position = 0;

  for (int wanted = 0; wanted <= 2; wanted++)
    for (guint i = 0; i < self->n_columns; i++)
      if (ranks[i] == wanted)
        {
          g_autoptr(GObject) there = g_list_model_get_item (columns, position);

          if ((gpointer) there != self->columns->pdata[i])
            gtk_column_view_insert_column (self->view, position, self->columns->pdata[i]);
          gtk_box_reorder_child_after (self->head_box, self->cards->pdata[i], before);
          before = self->cards->pdata[i];
          position++;
        }
}

/* The first feature: a page that is opened shows what an inspector is for. */
static void
choose_first (CamDataTable *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));

  for (guint i = 0; experiment != NULL && i < self->n_columns; i++)
    {
      g_autoptr(json_t) settings = cam_dataset_column_settings (self->table, cam_experiment_get_data (experiment), i);

      if (rank (settings) == 1)
        {
          cam_data_table_set_column (self, (int) i);
          return;
        }
    }
}

static void
settings_changed_cb (CamDataTable *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  g_autofree int *ranks = NULL;

  if (self->table == NULL || experiment == NULL || self->table != cam_session_get_table (self->session))
    return;
  ranks = g_new (int, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autoptr(json_t) settings = cam_dataset_column_settings (self->table, cam_experiment_get_data (experiment), i);

      cam_column_card_set_settings (self->cards->pdata[i], settings);
      ranks[i] = rank (settings);
    }
  put_in_order (self, ranks);
  if (self->column < 0 && self->n_columns > 0)
    choose_first (self);
}

static void
chosen_cb (CamDataTable  *self,
           CamColumnCard *card)
{
  cam_data_table_set_column (self, (int) cam_column_card_get_column (card));
  g_signal_emit (self, signals[COLUMN_CHOSEN], 0);
}

static void
clear (CamDataTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *child;

  g_clear_handle_id (&self->spark_source, g_source_remove);
  gtk_column_view_set_model (self->view, NULL);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->head_box))) != NULL)
    gtk_box_remove (self->head_box, child);
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->cards, 0);
  g_ptr_array_set_size (self->labels, 0);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->table, cam_table_unref);
  self->n_columns = 0;
}

static void
fill (CamDataTable *self)
{
  guint n_all = cam_table_get_n_columns (self->table);

  self->n_columns = MIN (n_all, MAX_COLUMNS);
  for (guint i = 0; i < self->n_columns; i++)
    {
      GtkWidget *card = cam_column_card_new (self->table, i);

      g_signal_connect_object (card, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->head_box, card);
      g_ptr_array_add (self->cards, card);
      g_ptr_array_add (self->labels, g_ptr_array_new ());
      g_ptr_array_add (self->columns, make_column (self, i));
    }
  settings_changed_cb (self);
  apply_widths (self);

  self->rows = cam_table_rows_new (self->table, CLAMP (FIRST_CELLS / self->n_columns, 28, 120));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)))));
  self->next_spark = 0;
  self->spark_source = g_idle_add (spark_cb, self);

  gtk_widget_set_visible (GTK_WIDGET (self->more), n_all > self->n_columns);
  if (n_all > self->n_columns)
    {
      g_autofree char *text = g_strdup_printf (_("The first %u of %u columns are shown; all are used."),
                                               self->n_columns, n_all);

      gtk_label_set_label (self->more, text);
    }
}

static void
table_changed_cb (CamDataTable *self)
{
  CamTable *table = cam_session_get_table (self->session);

  if (table == self->table)
    return;
  clear (self);
  self->column = -1;
  if (table != NULL)
    {
      self->table = cam_table_ref (table);
      fill (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMN]);
  settings_changed_cb (self);
}

static void
set_session (CamDataTable *self,
             CamSession   *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::table", G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment",
                           G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  table_changed_cb (self);
}

static void
cam_data_table_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CamDataTable *self = CAM_DATA_TABLE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_COLUMN:
      g_value_set_int (value, self->column);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_table_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CamDataTable *self = CAM_DATA_TABLE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_COLUMN:
      cam_data_table_set_column (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_table_dispose (GObject *object)
{
  CamDataTable *self = CAM_DATA_TABLE (object);

  if (self->table != NULL)
    clear (self);
  g_clear_handle_id (&self->width_source, g_source_remove);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cam_data_table_parent_class)->dispose (object);
}

static void
cam_data_table_class_init (CamDataTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_data_table_dispose;
  object_class->get_property = cam_data_table_get_property;
  object_class->set_property = cam_data_table_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLUMN] = g_param_spec_int ("column", NULL, NULL, -1, G_MAXINT, -1,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COLUMN_CHOSEN] = g_signal_new ("column-chosen", CAM_TYPE_DATA_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-data-table.ui");
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, head);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, head_box);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, body);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, view);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, more);
}

static void
cam_data_table_init (CamDataTable *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->cards = g_ptr_array_new ();
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->column = -1;

  /* The cards stand in for the view's own header. */
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->view)), FALSE);
  adjustment = gtk_scrolled_window_get_hadjustment (self->body);
  gtk_scrolled_window_set_hadjustment (self->head, adjustment);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (page_size_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->body), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

int
cam_data_table_get_column (CamDataTable *self)
{
  g_return_val_if_fail (CAM_IS_DATA_TABLE (self), -1);

  return self->column;
}

static void
mark_cells (CamDataTable *self,
            int           column,
            gboolean      is_chosen)
{
  GPtrArray *labels;

  if (column < 0 || (guint) column >= self->labels->len)
    return;
  cam_column_card_set_chosen (self->cards->pdata[column], is_chosen);
  labels = self->labels->pdata[column];
  for (guint i = 0; i < labels->len; i++)
    if (is_chosen)
      gtk_widget_add_css_class (labels->pdata[i], "chosen");
    else
      gtk_widget_remove_css_class (labels->pdata[i], "chosen");
}

void
cam_data_table_set_column (CamDataTable *self,
                           int           column)
{
  g_return_if_fail (CAM_IS_DATA_TABLE (self));

  if (column >= (int) self->n_columns)
    column = -1;
  if (column == self->column)
    return;
  mark_cells (self, self->column, FALSE);
  self->column = column;
  mark_cells (self, column, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMN]);
}
