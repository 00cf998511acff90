/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of runs: filtered and sorted in plain arrays, then put into their places. For 5,000 runs that is some milliseconds; what takes a list view long is to make the widgets of new rows and to take
 * those of old ones apart, of which it has two hundred. So it hears of rows that come and go some at a time. */

#include "cam-run-rows.h"

/* Rows for which a list view has widgets, with some to spare, and how many of them may come or go in a turn. */
#define N_WIDGETS 240
#define STEP 16
/* After the frame that is due: GTK paints at G_PRIORITY_HIGH_IDLE + 20. */
#define STEP_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

struct _CamRunRow
{
  GObject     parent_instance;

  CamRunItem *run;        /* owned; NULL: the place is gone */
};

G_DEFINE_FINAL_TYPE (CamRunRow, cam_run_row, G_TYPE_OBJECT)

static guint row_changed;

struct _CamRunRows
{
  GObject       parent_instance;

  /* owned */
  GListModel   *runs;
  GPtrArray    *rows;          /* of CamRunRow, those in sight and as many as there ever were */
  guint         n_rows;        /* seen … */
  guint         n_told;        /* … and told of; what is more is empty */
  guint         step_source;
  GHashTable   *places;        /* run → place + 1; NULL: not made */
  CamRunFilter *filter;
  GArray       *orders;        /* of CamRunOrder */

  gint64        study;
  gboolean      shows_archived;
  CamRunWhen    when;
  guint         n_hidden;
  guint         source;        /* an update is due … */
  guint         tell_source;   /* … or only "changed" */
  gboolean      is_updating;
};

static void cam_run_rows_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamRunRows, cam_run_rows, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cam_run_rows_list_init))

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* A place --------------------------------------------------------------------------------------------------------- */

static void
cam_run_row_finalize (GObject *object)
{
  g_clear_object (&CAM_RUN_ROW (object)->run);
  G_OBJECT_CLASS (cam_run_row_parent_class)->finalize (object);
}

static void
cam_run_row_class_init (CamRunRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_run_row_finalize;

  row_changed = g_signal_new ("changed", CAM_TYPE_RUN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_run_row_init (CamRunRow *self)
{
}

CamRunItem *
cam_run_row_get_run (CamRunRow *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ROW (self), NULL);

  return self->run;
}

/* Most places are out of sight, and nobody listens to them. */
static void
tell_row (CamRunRow *row)
{
  if (g_signal_has_handler_pending (row, row_changed, 0, FALSE))
    g_signal_emit (row, row_changed, 0);
}

/* Which runs, in which order ------------------------------------------------------------------------------------------- */

typedef struct
{
  CamRunItem *run;
  gboolean    is_pinned;
  guint       age;           /* from 0, the newest */
  CamRunKey  *keys;          /* one for each order */
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *x = a, *y = b;
  const GArray *orders = user_data;

  if (x->is_pinned != y->is_pinned)
    return x->is_pinned ? -1 : 1;
  for (guint i = 0; i < orders->len; i++)
    {
      int order = cam_run_key_compare (&x->keys[i], &y->keys[i], g_array_index (orders, CamRunOrder, i).is_descending);

      if (order != 0)
        return order;
    }
  return x->age < y->age ? -1 : 1;
}

static gboolean
is_seen (CamRunRows *self,
         CamRunItem *run)
{
  if (self->study != 0 && cam_run_item_get_study (run) != self->study)
    return FALSE;
  if (cam_run_item_get_record (run)->is_archived && !self->shows_archived)
    {
      self->n_hidden++;
      return FALSE;
    }
  return self->filter == NULL || cam_run_filter_match (self->filter, run, self->when);
}

static GArray *
find_entries (CamRunRows *self)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint n = self->runs != NULL ? g_list_model_get_n_items (self->runs) : 0;

  self->n_hidden = 0;
  for (guint i = 0; i < n; i++)
    {
      /* The list keeps it. */
      g_autoptr(CamRunItem) run = g_list_model_get_item (self->runs, i);
      Entry entry = { run, cam_run_item_get_record (run)->is_pinned, i, NULL };

      if (is_seen (self, run))
        g_array_append_val (entries, entry);
    }
  return entries;
}

static void
sort_entries (CamRunRows *self,
              GArray     *entries)
{
  guint n_keys = self->orders->len;
  g_autofree CamRunKey *keys = g_new (CamRunKey, (gsize) entries->len * n_keys + 1);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      entry->keys = keys + (gsize) i * n_keys;
      for (guint k = 0; k < n_keys; k++)
        entry->keys[k] = cam_run_field_get_key (&g_array_index (self->orders, CamRunOrder, k).field, entry->run, self->when);
    }
  g_array_sort_with_data (entries, compare_entries, self->orders);
}

static void
tell (CamRunRows *self,
      guint       n)
{
  guint before = self->n_told;

  self->n_told = n;
  if (n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
  else if (n < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n, before - n, 0);
}

/* One step towards what there is. Returns whether there are more to take. */
static gboolean
take_step (CamRunRows *self)
{
  self->is_updating = TRUE;
  if (self->n_told > self->n_rows)
    tell (self, MAX (self->n_rows, MIN (N_WIDGETS, self->n_told - MIN (self->n_told, STEP))));
  else if (self->n_told < self->n_rows)
    tell (self, self->n_told >= N_WIDGETS ? self->n_rows : MIN (self->n_rows, self->n_told + STEP));
  self->is_updating = FALSE;
  return self->n_told != self->n_rows;
}

static gboolean
step_cb (gpointer user_data)
{
  CamRunRows *self = user_data;

  if (take_step (self))
    return G_SOURCE_CONTINUE;
  self->step_source = 0;
  g_ptr_array_set_size (self->rows, (int) self->n_rows);
  /* Places that a selection did not know of. */
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
cam_run_rows_update (CamRunRows *self)
{
  g_autoptr(GArray) entries = NULL;

  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->is_updating = TRUE;
  entries = find_entries (self);
  sort_entries (self, entries);
  g_clear_pointer (&self->places, g_hash_table_unref);
  while (self->rows->len < entries->len)
    g_ptr_array_add (self->rows, g_object_new (CAM_TYPE_RUN_ROW, NULL));
  self->n_rows = entries->len;
  for (guint i = 0; i < self->rows->len; i++)
    {
      CamRunRow *row = self->rows->pdata[i];
      CamRunItem *run = i < self->n_rows ? g_array_index (entries, Entry, i).run : NULL;

      /* What is compared by may be what it was, and what is told of it not: all that are looked at hear of it. */
      g_set_object (&row->run, run);
      tell_row (row);
    }
  if (take_step (self) && self->step_source == 0)
    self->step_source = g_idle_add_full (STEP_PRIORITY, step_cb, self, NULL);
  self->is_updating = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
update_cb (gpointer user_data)
{
  CamRunRows *self = user_data;

  self->source = 0;
  cam_run_rows_update (self);
  return G_SOURCE_REMOVE;
}

/* Before the frame that follows: layout and painting come after. */
static void
queue_update (CamRunRows *self)
{
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

/* Runs that tell something -------------------------------------------------------------------------------------------- */

static gboolean
tell_cb (gpointer user_data)
{
  CamRunRows *self = user_data;

  self->tell_source = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* "seconds" stands for all of a refresh, which tells of everything at once. */
static void
run_notify_cb (CamRunRows *self,
               GParamSpec *pspec,
               CamRunItem *run)
{
  static const char *const names[] = { "seconds", "shown", "has-history", "colour", NULL };
  int place;

  if (!g_strv_contains (names, pspec->name))
    return;
  place = cam_run_rows_find (self, run);
  if (place < 0)
    return;
  tell_row (self->rows->pdata[place]);
  /* Thousands may be ticked at once. */
  if (g_strcmp0 (pspec->name, "shown") == 0 && self->tell_source == 0)
    self->tell_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_cb, self, NULL);
}

static void
follow_cb (CamRunRows *self,
           guint       position,
           guint       n_removed,
           guint       n_added,
           GListModel *runs)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, position + i);

      g_signal_handlers_disconnect_by_func (run, run_notify_cb, self);
      g_signal_connect_object (run, "notify", G_CALLBACK (run_notify_cb), self, G_CONNECT_SWAPPED);
    }
  cam_run_rows_update (self);
}

/* The model ------------------------------------------------------------------------------------------------------------ */

static GType
cam_run_rows_get_item_type (GListModel *model)
{
  return CAM_TYPE_RUN_ROW;
}

static guint
cam_run_rows_get_n_items (GListModel *model)
{
  return CAM_RUN_ROWS (model)->n_told;
}

static gpointer
cam_run_rows_get_item (GListModel *model,
                       guint       position)
{
  CamRunRows *self = CAM_RUN_ROWS (model);

  return position < self->n_told ? g_object_ref (self->rows->pdata[position]) : NULL;
}

static void
cam_run_rows_list_init (GListModelInterface *iface)
{
  iface->get_item_type = cam_run_rows_get_item_type;
  iface->get_n_items = cam_run_rows_get_n_items;
  iface->get_item = cam_run_rows_get_item;
}

static void
cam_run_rows_dispose (GObject *object)
{
  CamRunRows *self = CAM_RUN_ROWS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->step_source, g_source_remove);
  g_clear_object (&self->runs);
  G_OBJECT_CLASS (cam_run_rows_parent_class)->dispose (object);
}

static void
cam_run_rows_finalize (GObject *object)
{
  CamRunRows *self = CAM_RUN_ROWS (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->filter, cam_run_filter_free);
  g_clear_pointer (&self->orders, g_array_unref);
  G_OBJECT_CLASS (cam_run_rows_parent_class)->finalize (object);
}

static void
cam_run_rows_class_init (CamRunRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_run_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_run_rows_finalize;

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_RUN_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_run_rows_init (CamRunRows *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->orders = g_array_new (FALSE, FALSE, sizeof (CamRunOrder));
}

CamRunRows *
cam_run_rows_new (void)
{
  return g_object_new (CAM_TYPE_RUN_ROWS, NULL);
}

void
cam_run_rows_set_runs (CamRunRows *self,
                       GListModel *runs)
{
  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  if (!g_set_object (&self->runs, runs))
    return;
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  follow_cb (self, 0, 0, g_list_model_get_n_items (runs), runs);
}

void
cam_run_rows_set_filter (CamRunRows *self,
                         const char *text)
{
  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  g_clear_pointer (&self->filter, cam_run_filter_free);
  self->filter = cam_run_filter_new (text);
  queue_update (self);
}

void
cam_run_rows_set_study (CamRunRows *self,
                        gint64      study)
{
  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  self->study = study;
  queue_update (self);
}

void
cam_run_rows_set_archived (CamRunRows *self,
                           gboolean    are_shown)
{
  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  self->shows_archived = are_shown;
  queue_update (self);
}

void
cam_run_rows_set_when (CamRunRows *self,
                       CamRunWhen  when)
{
  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  self->when = when;
  queue_update (self);
}

CamRunWhen
cam_run_rows_get_when (CamRunRows *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), CAM_RUN_AT_BEST);

  return self->when;
}

void
cam_run_rows_set_order (CamRunRows        *self,
                        const CamRunOrder *orders,
                        guint              n)
{
  g_return_if_fail (CAM_IS_RUN_ROWS (self));

  g_array_set_size (self->orders, 0);
  g_array_append_vals (self->orders, orders, n);
  queue_update (self);
}

guint
cam_run_rows_get_n (CamRunRows *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), 0);

  return self->n_rows;
}

guint
cam_run_rows_get_n_hidden (CamRunRows *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), 0);

  return self->n_hidden;
}

CamRunItem *
cam_run_rows_get_run (CamRunRows *self,
                      guint       place)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), NULL);

  return place < self->n_rows ? ((CamRunRow *) self->rows->pdata[place])->run : NULL;
}

int
cam_run_rows_find (CamRunRows *self,
                   CamRunItem *run)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), -1);

  if (self->places == NULL)
    {
      self->places = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < self->n_rows; i++)
        g_hash_table_insert (self->places, ((CamRunRow *) self->rows->pdata[i])->run, GUINT_TO_POINTER (i + 1));
    }
  return GPOINTER_TO_INT (g_hash_table_lookup (self->places, run)) - 1;
}

gboolean
cam_run_rows_is_updating (CamRunRows *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), FALSE);

  return self->is_updating;
}

const char *
cam_run_rows_get_problem (CamRunRows *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ROWS (self), NULL);

  return self->filter != NULL ? cam_run_filter_get_problem (self->filter) : NULL;
}
