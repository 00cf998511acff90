/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the runs. Which settings differ is found a few runs a turn, so that thousands of them do not hold up the window. */

#include "cam-run-table.h"

#include <glib/gi18n-lib.h>

#include "cam-run-columns.h"
#include "cam-run-filter.h"

#define SLICE_US 5000
#define MAX_SETTINGS 12          /* columns; all are in the exported file */
#define WIDTH_SAMPLE 60          /* runs looked at for the width of a column */

struct _CamRunTable
{
  AdwBin                parent_instance;

  /* owned */
  CamSession           *session;
  CamRunReader         *reader;
  char                 *filter_text;
  CamRunFilter         *filter;
  char                 *metric;
  gint64                study;            /* 0: all */
  CamRunDifferences    *differences;      /* in the making */
  GPtrArray            *settings;         /* keys shown */
  guint                 scan_source;
  guint                 scan_next;
  GtkColumnViewColumn  *metric_column;
  GtkColumnViewColumn  *curve_column;
  GPtrArray            *setting_columns;
  GtkWidget            *popover;

  /* template children */
  GtkColumnView        *view;
  GtkStack             *stack;
  GtkMultiSelection    *selection;
  GtkFilterListModel   *filtered;
  GtkCustomFilter      *custom;
  GMenuModel           *menu;
};

G_DEFINE_FINAL_TYPE (CamRunTable, cam_run_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_FILTER_TEXT, PROP_METRIC, PROP_STUDY, PROP_N_VISIBLE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, SELECTION_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  CamRunTable *self = user_data;

  return (self->study == 0 || cam_run_item_get_study (item) == self->study) && (self->filter == NULL || cam_run_filter_match (self->filter, item));
}

static void
shown_cb (CamRunTable *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Columns ----------------------------------------------------------------------------------------------------------- */

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

static guint
column_position (CamRunTable         *self,
                 GtkColumnViewColumn *column)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) there = g_list_model_get_item (columns, i);

      if (there == column)
        return i;
    }
  return g_list_model_get_n_items (columns);
}

static GtkColumnViewColumn *
append (CamRunTable      *self,
        CamRunColumnKind  kind,
        const char       *title,
        int               width)
{
  g_autoptr(GtkColumnViewColumn) column = cam_run_column_new (kind, title, NULL, width, self->reader);

  gtk_column_view_append_column (self->view, column);
  return column;      /* the view's */
}

static void
add_columns (CamRunTable *self)
{
  GtkColumnViewColumn *name;

  append (self, CAM_RUN_COLUMN_SHOWN, NULL, 46);
  name = append (self, CAM_RUN_COLUMN_NAME, _("Run"), -1);
  gtk_column_view_column_set_expand (name, TRUE);
  self->curve_column = append (self, CAM_RUN_COLUMN_CURVE, "val_loss", 112);
  append (self, CAM_RUN_COLUMN_BEST, _("Best"), 84);
  append (self, CAM_RUN_COLUMN_BEST_EPOCH, _("Best epoch"), 96);
  append (self, CAM_RUN_COLUMN_EPOCHS, _("Epochs done"), 106);
  append (self, CAM_RUN_COLUMN_TIME, _("Time"), 92);
  append (self, CAM_RUN_COLUMN_STATE, _("State"), 122);
  append (self, CAM_RUN_COLUMN_STARTED, _("Started"), 128);
  append (self, CAM_RUN_COLUMN_MENU, NULL, 48);
}

static void
show_metric (CamRunTable *self)
{
  if (self->metric_column != NULL)
    gtk_column_view_remove_column (self->view, self->metric_column);
  g_clear_object (&self->metric_column);
  if (self->metric == NULL)
    return;
  self->metric_column = cam_run_column_new (CAM_RUN_COLUMN_METRIC, self->metric, self->metric,
                                            (int) CLAMP (30 + 7 * g_utf8_strlen (self->metric, -1), 90, 190), self->reader);
  gtk_column_view_insert_column (self->view, column_position (self, self->curve_column) + 2, self->metric_column);
}

static gboolean
same_keys (GPtrArray *a,
           GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (a->pdata[i] != b->pdata[i])
      return FALSE;
  return TRUE;
}

static void
show_settings (CamRunTable *self,
               GPtrArray   *keys)
{
  guint position;

  if (same_keys (keys, self->settings))
    {
      g_ptr_array_unref (keys);
      return;
    }
  g_ptr_array_unref (self->settings);
  self->settings = keys;
  for (guint i = 0; i < self->setting_columns->len; i++)
    gtk_column_view_remove_column (self->view, self->setting_columns->pdata[i]);
  g_ptr_array_set_size (self->setting_columns, 0);
  position = column_position (self, self->curve_column) + (self->metric_column != NULL ? 5 : 4);
  for (guint i = 0; i < MIN (keys->len, MAX_SETTINGS); i++)
    {
      const char *key = keys->pdata[i];
      GtkColumnViewColumn *column = cam_run_column_new (CAM_RUN_COLUMN_SETTING, key, key, setting_width (self, key), self->reader);

      gtk_column_view_insert_column (self->view, position + i, column);
      g_ptr_array_add (self->setting_columns, column);
    }
}

/* The curve column is named after what is drawn, where that is the same in all. */
static void
name_curve (CamRunTable *self)
{
  GListModel *runs = cam_session_get_runs (self->session);
  g_autoptr(CamRunItem) first = g_list_model_get_item (runs, 0);
  const char *monitor = first != NULL ? cam_run_item_get_record (first)->monitor : NULL;

  for (guint i = 1; i < g_list_model_get_n_items (runs) && monitor != NULL; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      if (g_strcmp0 (monitor, cam_run_item_get_record (run)->monitor) != 0)
        monitor = NULL;
    }
  gtk_column_view_column_set_title (self->curve_column, monitor != NULL ? monitor : _("Curve"));
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
      if (g_get_monotonic_time () > end)
        return G_SOURCE_CONTINUE;
    }
  self->scan_source = 0;
  name_curve (self);
  show_settings (self, cam_run_differences_list (self->differences));
  g_clear_pointer (&self->differences, cam_run_differences_free);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
runs_changed_cb (CamRunTable *self)
{
  g_clear_pointer (&self->differences, cam_run_differences_free);
  self->differences = cam_run_differences_new ();
  self->scan_next = 0;
  if (self->scan_source == 0)
    self->scan_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, scan_cb, self, NULL);
}

/* Rows -------------------------------------------------------------------------------------------------------------- */

static void
rows_changed_cb (CamRunTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "rows" : "none");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_VISIBLE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether a run is ticked is told by each item; those that are in the list are followed. */
static void
follow_cb (CamRunTable *self,
           guint        position,
           guint        n_removed,
           guint        n_added,
           GListModel  *runs)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, position + i);

      g_signal_handlers_disconnect_by_func (run, shown_cb, self);
      g_signal_connect_object (run, "notify::shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
    }
  runs_changed_cb (self);
}

static void
selection_cb (CamRunTable *self)
{
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
activate_cb (CamRunTable *self,
             guint        position)
{
  g_autoptr(CamRunItem) run = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (run != NULL)
    cam_run_item_set_shown (run, !cam_run_item_get_shown (run));
}

/* The menu ---------------------------------------------------------------------------------------------------------- */

static guint
find_row (CamRunTable *self,
          CamRunItem  *run)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CamRunItem) there = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (there == run)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* So that keys go on meaning the chosen rows. */
static void
closed_cb (CamRunTable *self)
{
  cam_run_table_focus (self);
}

static void
popup_menu (CamRunTable *self,
            CamRunItem  *run,
            double       x,
            double       y)
{
  guint row = find_row (self, run);

  if (row == GTK_INVALID_LIST_POSITION)
    return;
  /* A menu opened on a row that is not chosen is about that row. */
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), row))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), row, TRUE);
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
    }
  /* A row that is scrolled to the side begins outside the table. */
  x = CLAMP (x, 0, gtk_widget_get_width (GTK_WIDGET (self)) - 1);
  y = CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self)) - 1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (CamRunTable     *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  CamRunItem *run = picked != NULL ? cam_run_column_get_run (picked) : NULL;

  if (run == NULL)
    return;
  popup_menu (self, run, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* From the button of a row, or by key: then the focus says where. */
static void
menu_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamRunTable *self = CAM_RUN_TABLE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  CamRunItem *run = focus != NULL && gtk_widget_is_ancestor (focus, widget) ? cam_run_column_get_run (focus) : NULL;
  graphene_rect_t bounds;

  if (run != NULL && gtk_widget_compute_bounds (focus, widget, &bounds))
    popup_menu (self, run, bounds.origin.x + MIN (bounds.size.width, 160), bounds.origin.y + bounds.size.height);
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
set_filter_text (CamRunTable *self,
                 const char  *text)
{
  if (g_strcmp0 (self->filter_text, text) == 0)
    return;
  g_free (self->filter_text);
  self->filter_text = g_strdup (text);
  g_clear_pointer (&self->filter, cam_run_filter_free);
  self->filter = cam_run_filter_new (text);
  gtk_filter_changed (GTK_FILTER (self->custom), GTK_FILTER_CHANGE_DIFFERENT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER_TEXT]);
}

static void
set_metric (CamRunTable *self,
            const char  *metric)
{
  if (g_strcmp0 (self->metric, metric) == 0)
    return;
  g_free (self->metric);
  self->metric = g_strdup (metric);
  show_metric (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_METRIC]);
}

static void
set_study (CamRunTable *self,
           gint64       study)
{
  if (self->study == study)
    return;
  self->study = study;
  gtk_filter_changed (GTK_FILTER (self->custom), GTK_FILTER_CHANGE_DIFFERENT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STUDY]);
}

static void
busy_cb (CamRunTable *self)
{
  gboolean is_busy;

  g_object_get (self->session, "busy", &is_busy, NULL);
  /* Rows keep their places while a run goes on; its end puts it where it belongs. */
  if (!is_busy)
    gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
}

static void
set_session (CamRunTable *self,
             CamSession  *session)
{
  GListModel *runs;

  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  runs = cam_session_get_runs (session);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  gtk_filter_list_model_set_model (self->filtered, runs);
  follow_cb (self, 0, 0, g_list_model_get_n_items (runs), runs);
  rows_changed_cb (self);
}

static void
cam_run_table_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CamRunTable *self = CAM_RUN_TABLE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_FILTER_TEXT:
      g_value_set_string (value, self->filter_text);
      break;
    case PROP_METRIC:
      g_value_set_string (value, self->metric);
      break;
    case PROP_STUDY:
      g_value_set_int64 (value, self->study);
      break;
    case PROP_N_VISIBLE:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self->filtered)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_run_table_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CamRunTable *self = CAM_RUN_TABLE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_FILTER_TEXT:
      set_filter_text (self, g_value_get_string (value));
      break;
    case PROP_METRIC:
      set_metric (self, g_value_get_string (value));
      break;
    case PROP_STUDY:
      set_study (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_run_table_dispose (GObject *object)
{
  CamRunTable *self = CAM_RUN_TABLE (object);

  g_clear_handle_id (&self->scan_source, g_source_remove);
  /* A view that goes takes its order from the rows: nobody is to hear of that. */
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->reader != NULL)
    cam_run_reader_clear (self->reader);
  g_clear_object (&self->metric_column);
  g_clear_pointer (&self->setting_columns, g_ptr_array_unref);
  G_OBJECT_CLASS (cam_run_table_parent_class)->dispose (object);
}

static void
cam_run_table_finalize (GObject *object)
{
  CamRunTable *self = CAM_RUN_TABLE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->reader, cam_run_reader_unref);
  g_clear_pointer (&self->filter, cam_run_filter_free);
  g_clear_pointer (&self->differences, cam_run_differences_free);
  g_clear_pointer (&self->settings, g_ptr_array_unref);
  g_free (self->filter_text);
  g_free (self->metric);
  G_OBJECT_CLASS (cam_run_table_parent_class)->finalize (object);
}

static void
cam_run_table_class_init (CamRunTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_run_table_dispose;
  object_class->finalize = cam_run_table_finalize;
  object_class->get_property = cam_run_table_get_property;
  object_class->set_property = cam_run_table_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILTER_TEXT] = g_param_spec_string ("filter-text", NULL, NULL, NULL, flags);
  properties[PROP_METRIC] = g_param_spec_string ("metric", NULL, NULL, NULL, flags);
  properties[PROP_STUDY] = g_param_spec_int64 ("study", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_N_VISIBLE] = g_param_spec_uint ("n-visible", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_RUN_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", CAM_TYPE_RUN_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "runs.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "runs.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "runs.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "runs.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "runs.delete", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-run-table.ui");
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, view);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, stack);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, selection);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, filtered);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, custom);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, menu);
  gtk_widget_class_bind_template_callback (widget_class, rows_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
cam_run_table_init (CamRunTable *self)
{
  GtkGesture *gesture;

  self->reader = cam_run_reader_new ();
  self->settings = g_ptr_array_new ();
  self->setting_columns = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_custom_filter_set_filter_func (self->custom, filter_cb, self, NULL);
  add_columns (self);

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

static GPtrArray *
collect (CamRunTable *self,
         gboolean     only_shown)
{
  GListModel *rows = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (rows);
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (rows, i);

      if (!only_shown || cam_run_item_get_shown (run))
        g_ptr_array_add (runs, g_steal_pointer (&run));
    }
  return runs;
}

GPtrArray *
cam_run_table_dup_visible (CamRunTable *self)
{
  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), NULL);

  return collect (self, FALSE);
}

GPtrArray *
cam_run_table_dup_shown (CamRunTable *self)
{
  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), NULL);

  return collect (self, TRUE);
}

GPtrArray *
cam_run_table_dup_selected (CamRunTable *self)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GtkBitset) set = NULL;
  GtkBitsetIter iter;
  guint row;

  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), runs);

  set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, set, &row); is_there; is_there = gtk_bitset_iter_next (&iter, &row))
    g_ptr_array_add (runs, g_list_model_get_item (G_LIST_MODEL (self->selection), row));
  return runs;
}

void
cam_run_table_select (CamRunTable *self,
                      CamRunItem  *run)
{
  guint row;

  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  row = find_row (self, run);
  if (row != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), row, TRUE);
}

void
cam_run_table_select_all (CamRunTable *self,
                          GPtrArray   *runs)
{
  guint n;
  g_autoptr(GtkBitset) rows = NULL;
  g_autoptr(GtkBitset) mask = NULL;
  g_autoptr(GHashTable) set = NULL;

  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  rows = gtk_bitset_new_empty ();
  mask = gtk_bitset_new_range (0, n);
  set = g_hash_table_new (NULL, NULL);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_hash_table_add (set, runs->pdata[i]);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_hash_table_contains (set, run))
        gtk_bitset_add (rows, i);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), rows, mask);
  if (!gtk_bitset_is_empty (rows))
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", gtk_bitset_get_minimum (rows));
}

void
cam_run_table_focus (CamRunTable *self)
{
  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  /* The rows are the last child, after the header. */
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->view)));
}

GPtrArray *
cam_run_table_get_settings (CamRunTable *self)
{
  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), NULL);

  return self->settings;
}
