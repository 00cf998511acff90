/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the table of runs. Which settings differ is found a few runs a turn, so that thousands of them do not hold up the window. */

#include "cam-run-table-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define SLICE_US 4000
#define WIDTH_SAMPLE 60          /* runs looked at for the width of a column */
#define SAVE_MS 300
#define MEMORY "runs"

/* What is remembered --------------------------------------------------------------------------------------------------- */

static gboolean
save_cb (gpointer user_data)
{
  CamRunTable *self = user_data;
  CamStore *store = self->session != NULL ? cam_session_get_store (self->session) : NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  self->save_source = 0;
  if (store == NULL || g_strcmp0 (self->remembered, cam_store_get_path (store)) != 0)
    return G_SOURCE_REMOVE;
  text = cam_run_choice_to_text (self->choice);
  /* What cannot be kept is not worth a dialog. */
  if (!cam_store_set_memory (store, MEMORY, text, &error))
    g_info ("The columns are not remembered: %s", error->message);
  return G_SOURCE_REMOVE;
}

void
cam_run_table_remember (CamRunTable *self)
{
  if (self->save_source == 0 && self->remembered != NULL)
    self->save_source = g_timeout_add (SAVE_MS, save_cb, self);
}

static gboolean
same_field (const CamRunField *a,
            const CamRunField *b)
{
  return a != NULL && b != NULL && a->kind == b->kind && a->key == b->key;
}

static GtkColumnViewColumn *
find_column (CamRunTable       *self,
             const CamRunField *field,
             guint             *place)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (!same_field (cam_run_column_get_field (column), field))
        continue;
      if (place != NULL)
        *place = i;
      return column;      /* the view's */
    }
  return NULL;
}

static void
remove_columns (CamRunTable *self,
                GArray      *kept)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = g_list_model_get_n_items (columns); i > 0; i--)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i - 1);
      const CamRunField *field = cam_run_column_get_field (column);
      gboolean is_kept = field == NULL;

      for (guint k = 0; kept != NULL && k < kept->len; k++)
        is_kept = is_kept || same_field (&g_array_index (kept, CamRunField, k), field);
      if (!is_kept)
        gtk_column_view_remove_column (self->view, column);
    }
}

/* Also where the column that it was sorted by comes only later. */
static void
put_order (CamRunTable *self)
{
  GtkColumnViewColumn *column = self->choice->has_order ? find_column (self, &self->choice->order.field, NULL) : NULL;

  if (column != NULL)
    gtk_column_view_sort_by_column (self->view, column, self->choice->order.is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

void
cam_run_table_recall (CamRunTable *self)
{
  CamStore *store = cam_session_get_store (self->session);
  const char *path = store != NULL ? cam_store_get_path (store) : NULL;
  g_autofree char *text = NULL;

  if (path == NULL || g_strcmp0 (path, self->remembered) == 0)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_free (self->remembered);
  self->remembered = g_strdup (path);
  text = cam_store_dup_memory (store, MEMORY);
  cam_run_choice_read (self->choice, text);
  self->is_applying = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  remove_columns (self, NULL);
  self->is_applying = FALSE;
  cam_run_rows_set_archived (self->rows, self->choice->shows_archived);
  cam_run_rows_set_order (self->rows, &self->choice->order, self->choice->has_order ? 1 : 0);
  cam_run_table_set_when (self, self->choice->when);
  g_object_notify (G_OBJECT (self), "show-archived");
  cam_run_table_show_columns (self);
}

/* Showing them -------------------------------------------------------------------------------------------------------- */

static int
setting_width (CamRunTable *self,
               const char  *key)
{
  GListModel *runs = cam_session_get_runs (self->session);
  glong longest = g_utf8_strlen (key, -1) + 2;

  for (guint i = 0; i < MIN (g_list_model_get_n_items (runs), WIDTH_SAMPLE); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);
      const CamRunSetting *setting = cam_run_settings_find (cam_run_item_peek_settings (run), key);

      if (setting != NULL)
        longest = MAX (longest, g_utf8_strlen (setting->text, -1));
    }
  return (int) CLAMP (26 + 7 * longest, 72, 190);
}

static int
own_width (CamRunTable       *self,
           const CamRunField *field)
{
  switch (field->kind)
    {
    case CAM_RUN_FIELD_NAME:
      return -1;
    case CAM_RUN_FIELD_CURVE:
      return 112;
    case CAM_RUN_FIELD_VALUE:
      return 84;
    case CAM_RUN_FIELD_METRIC:
      return (int) CLAMP (30 + 7 * g_utf8_strlen (field->key, -1), 90, 190);
    case CAM_RUN_FIELD_EPOCH:
      return 96;
    case CAM_RUN_FIELD_EPOCHS:
      return 106;
    case CAM_RUN_FIELD_SETTING:
      return setting_width (self, field->key);
    case CAM_RUN_FIELD_TIME:
      return 92;
    case CAM_RUN_FIELD_STATE:
      return 122;
    case CAM_RUN_FIELD_STARTED:
      return 128;
    case CAM_RUN_FIELD_STUDY:
    case CAM_RUN_FIELD_TAGS:
      return 150;
    case CAM_RUN_FIELD_DATA:
      return 140;
    case CAM_RUN_FIELD_NOTE:
      return 180;
    case CAM_N_RUN_FIELDS:
    default:
      return 100;
    }
}

static void
width_cb (CamRunTable         *self,
          GParamSpec          *pspec,
          GtkColumnViewColumn *column)
{
  if (self->is_applying)
    return;
  cam_run_choice_set_width (self->choice, cam_run_column_get_field (column), gtk_column_view_column_get_fixed_width (column));
  cam_run_table_remember (self);
}

static void
insert_column (CamRunTable       *self,
               const CamRunField *field,
               guint              place)
{
  int own = own_width (self, field);
  g_autoptr(GtkColumnViewColumn) column = cam_run_column_new (self->sheet, field, cam_run_choice_get_width (self->choice, field, own));

  gtk_column_view_column_set_expand (column, field->kind == CAM_RUN_FIELD_NAME);
  gtk_column_view_insert_column (self->view, place, column);
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (width_cb), self, G_CONNECT_SWAPPED);
}

/* The curve column is named after what is drawn, where that is the same in all. */
static void
name_columns (CamRunTable *self)
{
  GListModel *runs = cam_session_get_runs (self->session), *columns = gtk_column_view_get_columns (self->view);
  g_autoptr(CamRunItem) first = g_list_model_get_item (runs, 0);
  const char *monitor = first != NULL ? cam_run_item_get_record (first)->monitor : NULL;

  for (guint i = 1; i < g_list_model_get_n_items (runs) && monitor != NULL; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      if (g_strcmp0 (monitor, cam_run_item_get_record (run)->monitor) != 0)
        monitor = NULL;
    }
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const CamRunField *field = cam_run_column_get_field (column);
      g_autofree char *title = field == NULL ? NULL : field->kind == CAM_RUN_FIELD_CURVE && monitor != NULL ? g_strdup (monitor) : cam_run_field_dup_title (field, self->choice->when);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) != 0)
        gtk_column_view_column_set_title (column, title);
    }
}

void
cam_run_table_show_columns (CamRunTable *self)
{
  g_autoptr(GArray) fields = NULL;

  if (self->session == NULL)
    return;
  fields = cam_run_choice_list (self->choice, self->offer);
  self->is_applying = TRUE;
  remove_columns (self, fields);
  for (guint i = 0; i < fields->len; i++)
    if (find_column (self, &g_array_index (fields, CamRunField, i), NULL) == NULL)
      insert_column (self, &g_array_index (fields, CamRunField, i), i + 1);
  put_order (self);
  self->is_applying = FALSE;
  name_columns (self);
  g_signal_emit_by_name (self, "columns-changed");
}

static void
columns_moved_cb (CamRunTable *self)
{
  g_autoptr(GArray) fields = NULL;

  if (self->is_applying)
    return;
  fields = cam_run_table_dup_fields (self);
  g_ptr_array_set_size (self->choice->places, 0);
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (self->choice->places, cam_run_field_dup_id (&g_array_index (fields, CamRunField, i)));
  cam_run_table_remember (self);
}

void
cam_run_table_read_order (CamRunTable *self)
{
  g_autoptr(GArray) orders = NULL;

  if (self->is_applying)
    return;
  orders = cam_run_column_read_order (self->sheet, gtk_column_view_get_sorter (self->view));
  cam_run_rows_set_order (self->rows, (const CamRunOrder *) (gpointer) orders->data, orders->len);
  cam_run_rows_update (self->rows);
  self->choice->has_order = orders->len > 0;
  if (orders->len > 0)
    self->choice->order = g_array_index (orders, CamRunOrder, 0);
  cam_run_table_remember (self);
}

void
cam_run_table_columns_init (CamRunTable *self)
{
  g_autoptr(GtkColumnViewColumn) tick = cam_run_column_new_tick (self->sheet), menu = cam_run_column_new_menu (self->sheet);

  gtk_column_view_append_column (self->view, tick);
  gtk_column_view_append_column (self->view, menu);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed", G_CALLBACK (columns_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (cam_run_table_read_order), self, G_CONNECT_SWAPPED);
}

/* Figures of one epoch ------------------------------------------------------------------------------------------------- */

typedef struct
{
  GHashTable *runs;      /* number → CamRunItem */
  guint       epoch;
} At;

static void
take_values (gint64        run,
             const double *values,
             guint         n_values,
             gpointer      user_data)
{
  const At *at = user_data;
  CamRunItem *item = g_hash_table_lookup (at->runs, &run);

  if (item != NULL)
    cam_run_item_take_values (item, at->epoch, values, n_values);
}

/* One question instead of one for each run. */
static void
read_epoch (CamRunTable *self,
            guint        epoch)
{
  GListModel *runs = cam_session_get_runs (self->session);
  CamStore *store = cam_session_get_store (self->session);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GError) error = NULL;
  At at = { by_id, epoch };

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      cam_run_item_take_values (run, epoch, NULL, 0);
      g_hash_table_insert (by_id, (gpointer) &cam_run_item_get_record (run)->id, run);
    }
  if (store != NULL && !cam_store_foreach_at (store, epoch, take_values, &at, &error))
    g_info ("%s", error->message);
}

void
cam_run_table_set_when (CamRunTable *self,
                        CamRunWhen   when)
{
  self->choice->when = when;
  if (when != CAM_RUN_AT_BEST && when != CAM_RUN_AT_LAST)
    read_epoch (self, when);
  cam_run_rows_set_when (self->rows, when);
  cam_run_rows_update (self->rows);
  name_columns (self);
  g_object_notify (G_OBJECT (self), "when");
}

/* What there is to choose from ---------------------------------------------------------------------------------------- */

static void
add_keys (GPtrArray *keys,
          char     **all)
{
  for (; *all != NULL; all++)
    {
      const char *key = g_intern_string (*all);

      if (!g_ptr_array_find (keys, key, NULL))
        g_ptr_array_add (keys, (gpointer) key);
    }
}

static int
compare_metrics (gconstpointer a,
                 gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  gboolean x_is_val = g_str_has_prefix (x, "val_"), y_is_val = g_str_has_prefix (y, "val_");

  return x_is_val != y_is_val ? y_is_val - x_is_val : strcmp (x, y);
}

/* What the records say, which needs no document. */
static void
look_at_records (CamRunTable *self)
{
  GListModel *runs = cam_session_get_runs (self->session);
  const char *data = NULL;

  g_ptr_array_set_size (self->offer->metrics, 0);
  self->offer->has_tags = self->offer->has_studies = self->offer->has_data = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);
      const CamRunRecord *record = cam_run_item_get_record (run);

      add_keys (self->offer->metrics, record->keys);
      self->offer->has_tags = self->offer->has_tags || record->tags[0] != NULL;
      self->offer->has_studies = self->offer->has_studies || record->study != 0;
      self->offer->has_data = self->offer->has_data || (i > 0 && g_strcmp0 (data, record->data_name) != 0);
      data = record->data_name;
    }
  g_ptr_array_sort (self->offer->metrics, compare_metrics);
}

static gboolean
scan_cb (gpointer user_data)
{
  CamRunTable *self = user_data;
  GListModel *runs = cam_session_get_runs (self->session);
  const gint64 end = g_get_monotonic_time () + SLICE_US;

  while (self->scan_next < g_list_model_get_n_items (runs))
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, self->scan_next++);

      cam_run_differences_add (self->differences, cam_run_item_peek_settings (run));
      cam_run_item_peek_words (run);      /* so that the first filter finds them */
      if (g_get_monotonic_time () > end)
        return G_SOURCE_CONTINUE;
    }
  self->scan_source = 0;
  g_ptr_array_unref (self->offer->settings);
  g_ptr_array_unref (self->offer->differing);
  self->offer->settings = cam_run_differences_list_all (self->differences);
  self->offer->differing = cam_run_differences_list (self->differences);
  g_clear_pointer (&self->differences, cam_run_differences_free);
  cam_run_table_show_columns (self);
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_REMOVE;
}

void
cam_run_table_scan (CamRunTable *self)
{
  look_at_records (self);
  cam_run_table_show_columns (self);
  g_clear_pointer (&self->differences, cam_run_differences_free);
  self->differences = cam_run_differences_new ();
  self->scan_next = 0;
  if (self->scan_source == 0)
    self->scan_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, scan_cb, self, NULL);
}

/* Public functions ---------------------------------------------------------------------------------------------------- */

GArray *
cam_run_table_dup_fields (CamRunTable *self)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (CamRunField));
  GListModel *columns;

  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), fields);

  columns = gtk_column_view_get_columns (self->view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const CamRunField *field = cam_run_column_get_field (column);

      if (field != NULL)
        g_array_append_val (fields, *field);
    }
  return fields;
}

const CamRunOffer *
cam_run_table_get_offer (CamRunTable *self)
{
  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), NULL);

  return self->offer;
}

gboolean
cam_run_table_has_field (CamRunTable       *self,
                         const CamRunField *field)
{
  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), FALSE);

  return cam_run_choice_is_shown (self->choice, self->offer, field);
}

void
cam_run_table_show_field (CamRunTable       *self,
                          const CamRunField *field,
                          gboolean           is_shown)
{
  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  if (cam_run_choice_is_shown (self->choice, self->offer, field) == is_shown)
    return;
  cam_run_choice_show (self->choice, field, is_shown);
  cam_run_table_show_columns (self);
  cam_run_table_remember (self);
}

void
cam_run_table_forget_columns (CamRunTable *self)
{
  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  cam_run_choice_forget (self->choice);
  self->is_applying = TRUE;
  remove_columns (self, NULL);
  self->is_applying = FALSE;
  cam_run_table_show_columns (self);
  cam_run_table_remember (self);
}

GPtrArray *
cam_run_table_get_settings (CamRunTable *self)
{
  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), NULL);

  return self->offer->differing;
}

gboolean
cam_run_table_get_rect (CamRunTable  *self,
                        GdkRectangle *rect)
{
  GtkWidget *list;

  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), FALSE);

  list = gtk_widget_get_last_child (GTK_WIDGET (self->view));
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL && self->chosen->len > 0; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      if (cam_run_column_get_run (row) != self->chosen->pdata[0] || !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
        continue;
      *rect = (GdkRectangle) { 60, (int) bounds.origin.y, 180, (int) bounds.size.height };
      return bounds.origin.y >= 0 && bounds.origin.y < gtk_widget_get_height (GTK_WIDGET (self));
    }
  return FALSE;
}
