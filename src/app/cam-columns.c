/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the open table. Facts come one column at a time, so that the first are there while others are counted. */

#include "cam-columns.h"

#include <glib/gi18n-lib.h>

struct _CamColumns
{
  GObject       parent_instance;

  /* owned */
  CamSession   *session;
  CamTable     *table;
  GListStore   *list;
  GtkBitset    *selection;
  GCancellable *counting;         /* of the table's facts */

  int           lead;
};

G_DEFINE_FINAL_TYPE (CamColumns, cam_columns, G_TYPE_OBJECT)

enum { PROP_0, PROP_SESSION, PROP_LIST, PROP_LEAD, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { SELECTION_CHANGED, SETTINGS_CHANGED, COUNTED, CHOSEN, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Facts ------------------------------------------------------------------------------------------------------------- */

/* From the counting thread: facts of one column. They count only while their table is the open one. */
typedef struct
{
  CamColumns     *self;
  GCancellable   *cancellable;
  guint           column;
  CamColumnFacts  facts;
} CamFactsReply;

static void
facts_reply_free (gpointer data)
{
  CamFactsReply *reply = data;

  g_object_unref (reply->self);
  g_object_unref (reply->cancellable);
  g_free (reply->facts.top);
  g_free (reply);
}

static gboolean
facts_cb (gpointer user_data)
{
  CamFactsReply *reply = user_data;

  if (reply->cancellable == reply->self->counting)
    {
      cam_column_item_set_facts (cam_columns_peek (reply->self, reply->column), &reply->facts);
      reply->facts.top = NULL;
      if (reply->column + 1 == cam_columns_get_n (reply->self))
        g_signal_emit (reply->self, signals[COUNTED], 0);
    }
  return G_SOURCE_REMOVE;
}

static void
count_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  CamTable *table = task_data;

  for (guint i = 0; i < cam_table_get_n_columns (table) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      CamFactsReply *reply = g_new0 (CamFactsReply, 1);

      reply->self = g_object_ref (source_object);
      reply->cancellable = g_object_ref (cancellable);
      reply->column = i;
      cam_column_facts_count (&reply->facts, table, i);
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, facts_cb, reply, facts_reply_free);
    }
  g_task_return_boolean (task, TRUE);
}

static void
stop_counting (CamColumns *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
count_facts (CamColumns *self)
{
  g_autoptr(GTask) task = NULL;

  stop_counting (self);
  self->counting = g_cancellable_new ();
  task = g_task_new (self, self->counting, NULL, NULL);
  g_task_set_task_data (task, cam_table_ref (self->table), (GDestroyNotify) cam_table_unref);
  g_task_run_in_thread (task, count_thread);
}

/* Table and settings ------------------------------------------------------------------------------------------------ */

static gboolean
read_settings (CamColumns *self)
{
  CamExperiment *experiment = self->session != NULL ? cam_document_get_experiment (cam_session_get_document (self->session)) : NULL;
  g_autoptr(json_t) settings = NULL;
  gboolean is_changed = FALSE;

  if (experiment == NULL || self->table == NULL || self->table != cam_session_get_table (self->session))
    return FALSE;
  settings = cam_dataset_list_settings (self->table, cam_experiment_get_data (experiment));
  for (guint i = 0; i < cam_columns_get_n (self); i++)
    if (cam_column_item_set_settings (cam_columns_peek (self, i), json_incref (json_array_get (settings, i))))
      is_changed = TRUE;
  return is_changed;
}

static void
experiment_changed_cb (CamColumns *self)
{
  if (read_settings (self))
    g_signal_emit (self, signals[SETTINGS_CHANGED], 0);
}

/* The first feature: a page that is opened shows what an inspector is for. */
static int
find_first (CamColumns *self)
{
  for (guint i = 0; i < cam_columns_get_n (self); i++)
    if (g_str_equal (cam_column_item_peek (cam_columns_peek (self, i), "role"), "feature"))
      return (int) i;
  return cam_columns_get_n (self) > 0 ? 0 : -1;
}

/* Read again another way, a table may have the same columns: then what was chosen stays. */
static gboolean
has_same_names (const CamTable *a,
                const CamTable *b)
{
  if (a == NULL || b == NULL || cam_table_get_n_columns (a) != cam_table_get_n_columns (b))
    return FALSE;
  for (guint i = 0; i < cam_table_get_n_columns (a); i++)
    if (g_strcmp0 (cam_table_get_name (a, i), cam_table_get_name (b, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
table_changed_cb (CamColumns *self)
{
  CamTable *table = cam_session_get_table (self->session);
  g_autoptr(CamTable) before = NULL;
  g_autoptr(GPtrArray) items = NULL;

  if (table == self->table)
    return;
  stop_counting (self);
  before = g_steal_pointer (&self->table);
  self->table = table != NULL ? cam_table_ref (table) : NULL;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; table != NULL && i < cam_table_get_n_columns (table); i++)
    g_ptr_array_add (items, cam_column_item_new (table, i));
  if (!has_same_names (before, table))
    {
      gtk_bitset_remove_all (self->selection);
      self->lead = -1;
    }
  g_list_store_splice (self->list, 0, cam_columns_get_n (self), items->pdata, items->len);
  if (table == NULL)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAD]);
      g_signal_emit (self, signals[SELECTION_CHANGED], 0);
      return;
    }
  read_settings (self);
  g_signal_emit (self, signals[SETTINGS_CHANGED], 0);
  if (self->lead < 0)
    cam_columns_select_one (self, find_first (self));
  else
    g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  count_facts (self);
}

static void
set_session (CamColumns *self,
             CamSession *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::table", G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (experiment_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  table_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
cam_columns_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CamColumns *self = CAM_COLUMNS (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_LEAD:
      g_value_set_int (value, self->lead);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_columns_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_COLUMNS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_columns_dispose (GObject *object)
{
  CamColumns *self = CAM_COLUMNS (object);

  stop_counting (self);
  g_clear_object (&self->session);
  g_clear_object (&self->list);
  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->selection, gtk_bitset_unref);
  G_OBJECT_CLASS (cam_columns_parent_class)->dispose (object);
}

static void
cam_columns_class_init (CamColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cam_columns_dispose;
  object_class->get_property = cam_columns_get_property;
  object_class->set_property = cam_columns_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LEAD] = g_param_spec_int ("lead", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", CAM_TYPE_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTINGS_CHANGED] = g_signal_new ("settings-changed", CAM_TYPE_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COUNTED] = g_signal_new ("counted", CAM_TYPE_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", CAM_TYPE_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", CAM_TYPE_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_columns_init (CamColumns *self)
{
  self->list = g_list_store_new (CAM_TYPE_COLUMN_ITEM);
  self->selection = gtk_bitset_new_empty ();
  self->lead = -1;
}

CamSession *
cam_columns_get_session (CamColumns *self)
{
  g_return_val_if_fail (CAM_IS_COLUMNS (self), NULL);

  return self->session;
}

GListModel *
cam_columns_get_list (CamColumns *self)
{
  g_return_val_if_fail (CAM_IS_COLUMNS (self), NULL);

  return G_LIST_MODEL (self->list);
}

guint
cam_columns_get_n (CamColumns *self)
{
  g_return_val_if_fail (CAM_IS_COLUMNS (self), 0);

  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

CamColumnItem *
cam_columns_peek (CamColumns *self,
                  guint       column)
{
  g_autoptr(CamColumnItem) item = NULL;

  g_return_val_if_fail (CAM_IS_COLUMNS (self), NULL);

  item = g_list_model_get_item (G_LIST_MODEL (self->list), column);
  return item;      /* the list keeps it */
}

int
cam_columns_get_lead (CamColumns *self)
{
  g_return_val_if_fail (CAM_IS_COLUMNS (self), -1);

  return self->lead;
}

const GtkBitset *
cam_columns_get_selection (CamColumns *self)
{
  g_return_val_if_fail (CAM_IS_COLUMNS (self), NULL);

  return self->selection;
}

gboolean
cam_columns_is_selected (CamColumns *self,
                         guint       column)
{
  g_return_val_if_fail (CAM_IS_COLUMNS (self), FALSE);

  return gtk_bitset_contains (self->selection, column);
}

void
cam_columns_select (CamColumns      *self,
                    const GtkBitset *selection,
                    int              lead)
{
  g_autoptr(GtkBitset) wanted = NULL;
  int before;

  g_return_if_fail (CAM_IS_COLUMNS (self));
  g_return_if_fail (selection != NULL);

  wanted = gtk_bitset_copy (selection);
  if (cam_columns_get_n (self) < G_MAXUINT)
    gtk_bitset_remove_range_closed (wanted, cam_columns_get_n (self), G_MAXUINT);
  if (lead < 0 || !gtk_bitset_contains (wanted, (guint) lead))
    lead = gtk_bitset_is_empty (wanted) ? -1 : (int) gtk_bitset_get_minimum (wanted);
  before = self->lead;
  if (lead == before && gtk_bitset_equals (wanted, self->selection))
    return;
  gtk_bitset_unref (self->selection);
  self->selection = g_steal_pointer (&wanted);
  self->lead = lead;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  if (lead != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAD]);
}

void
cam_columns_select_one (CamColumns *self,
                        int         column)
{
  g_autoptr(GtkBitset) one = gtk_bitset_new_empty ();

  if (column >= 0)
    gtk_bitset_add (one, (guint) column);
  cam_columns_select (self, one, column);
}

void
cam_columns_tell_chosen (CamColumns *self)
{
  g_return_if_fail (CAM_IS_COLUMNS (self));

  g_signal_emit (self, signals[CHOSEN], 0);
}

void
cam_columns_tell_activated (CamColumns *self)
{
  g_return_if_fail (CAM_IS_COLUMNS (self));

  g_signal_emit (self, signals[ACTIVATED], 0);
}

static int
rank (CamColumnItem *item)
{
  static const char *const roles[] = { "target", "feature", "group", NULL };
  const char *role = cam_column_item_peek (item, "role");

  for (int i = 0; roles[i] != NULL; i++)
    if (g_str_equal (role, roles[i]))
      return i;
  return (int) G_N_ELEMENTS (roles) - 1;
}

GArray *
cam_columns_list_in_order (CamColumns *self)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint n = cam_columns_get_n (self);
  g_autofree int *ranks = g_new (int, n + 1);

  for (guint i = 0; i < n; i++)
    ranks[i] = rank (cam_columns_peek (self, i));
  for (int wanted = 0; wanted < 4; wanted++)
    for (guint i = 0; i < n; i++)
      if (ranks[i] == wanted)
        g_array_append_val (order, i);
  return order;
}

/* Editing ----------------------------------------------------------------------------------------------------------- */

/* What undo calls it. */
static char *
name_step (const char *key,
           guint       n)
{
  if (g_str_equal (key, "role"))
    return n == 1 ? g_strdup (_("Change role")) : g_strdup_printf (_("Set role of %u columns"), n);
  if (g_str_equal (key, "kind"))
    return n == 1 ? g_strdup (_("Change kind")) : g_strdup_printf (_("Set kind of %u columns"), n);
  if (g_str_equal (key, "scaling"))
    return n == 1 ? g_strdup (_("Change scaling")) : g_strdup_printf (_("Set scaling of %u columns"), n);
  if (g_str_equal (key, "coding"))
    return n == 1 ? g_strdup (_("Change coding")) : g_strdup_printf (_("Set coding of %u columns"), n);
  if (g_str_equal (key, "flag"))
    return n == 1 ? g_strdup (_("Flag missing values")) : g_strdup_printf (_("Flag missing values of %u columns"), n);
  return n == 1 ? g_strdup (_("Change missing values")) : g_strdup_printf (_("Set missing values of %u columns"), n);
}

gboolean
cam_columns_edit (CamColumns   *self,
                  const json_t *changes)
{
  const char *key = json_object_iter_key (json_object_iter ((json_t *) changes));
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *step = NULL;
  GtkBitsetIter iter;
  guint column;

  g_return_val_if_fail (CAM_IS_COLUMNS (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (gtk_bitset_iter_init_first (&iter, self->selection, &column))
    do
      g_ptr_array_add (names, (gpointer) cam_column_item_get_name (cam_columns_peek (self, column)));
    while (gtk_bitset_iter_next (&iter, &column));
  if (names->len == 0)
    return FALSE;
  step = name_step (key, names->len);
  g_ptr_array_add (names, NULL);
  if (g_str_equal (key, "role"))
    return cam_session_set_roles (self->session, (const char *const *) names->pdata, json_string_value (json_object_get (changes, key)), step);
  return cam_session_set_columns (self->session, (const char *const *) names->pdata, changes, step);
}
