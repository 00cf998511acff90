/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the runs: rows, what is chosen of them, and their menu. */

#include "cam-run-table-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* Cells that were out of sight are drawn after so much of a scroll; they are drawn that far beyond the edges. */
#define REDRAW_AFTER 120

G_DEFINE_FINAL_TYPE (CamRunTable, cam_run_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_FILTER_TEXT, PROP_FILTER_PROBLEM, PROP_METRIC, PROP_STUDY, PROP_WHEN, PROP_SHOW_ARCHIVED, PROP_N_VISIBLE, PROP_N_ARCHIVED, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, SELECTION_CHANGED, COLUMNS_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is chosen -------------------------------------------------------------------------------------------------------- */

static void
selection_cb (CamRunTable *self)
{
  g_autoptr(GtkBitset) set = NULL;
  GtkBitsetIter iter;
  guint place;

  /* Places change hands: it is the runs that are chosen. */
  if (cam_run_rows_is_updating (self->rows))
    return;
  g_ptr_array_set_size (self->chosen, 0);
  set = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, set, &place); is_there; is_there = gtk_bitset_iter_next (&iter, &place))
    if (place < cam_run_rows_get_n (self->rows))
      g_ptr_array_add (self->chosen, g_object_ref (cam_run_rows_get_run (self->rows, place)));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* Runs have other places than before: the same are chosen, those of them that are seen. */
static void
choose_again (CamRunTable *self)
{
  g_autoptr(GtkBitset) set = gtk_bitset_new_empty (), mask = gtk_bitset_new_range (0, cam_run_rows_get_n (self->rows)), before = NULL;
  gboolean is_less = FALSE;

  for (guint i = self->chosen->len; i > 0; i--)
    {
      int place = cam_run_rows_find (self->rows, self->chosen->pdata[i - 1]);

      if (place >= 0)
        gtk_bitset_add (set, (guint) place);
      else
        is_less = g_ptr_array_remove_index (self->chosen, i - 1) != NULL;
    }
  before = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (!gtk_bitset_equals (before, set))
    {
      g_signal_handlers_block_by_func (self->selection, selection_cb, self);
      gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), set, mask);
      g_signal_handlers_unblock_by_func (self->selection, selection_cb, self);
    }
  if (is_less)
    g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* Rows ------------------------------------------------------------------------------------------------------------------ */

static const char *
why_none (CamRunTable *self)
{
  if (self->filter_text != NULL && *self->filter_text != '\0')
    return _("No run matches what is typed above.");
  if (cam_run_rows_get_n_hidden (self->rows) > 0)
    return _("All runs here are archived. “Show Archived Runs” in the menu of columns shows them.");
  return _("There are no runs here yet.");
}

static void
rows_changed_cb (CamRunTable *self)
{
  choose_again (self);
  gtk_label_set_label (self->none, why_none (self));
  gtk_stack_set_visible_child_name (self->stack, cam_run_rows_get_n (self->rows) > 0 ? "rows" : "none");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_VISIBLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ARCHIVED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER_PROBLEM]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
runs_changed_cb (CamRunTable *self)
{
  cam_run_table_recall (self);
  cam_run_table_scan (self);
}

static void
scrolled_cb (CamRunTable   *self,
             GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);

  if (fabs (value - self->drawn_at) < REDRAW_AFTER)
    return;
  self->drawn_at = value;
  cam_run_sheet_redraw (self->sheet);
}

/* There is more or less room for rows. */
static void
resized_cb (CamRunTable *self)
{
  cam_run_sheet_redraw (self->sheet);
}

static void
activate_cb (CamRunTable *self,
             guint        position)
{
  CamRunItem *run = cam_run_rows_get_run (self->rows, position);

  if (run != NULL)
    cam_run_item_set_shown (run, !cam_run_item_get_shown (run));
}

/* The menu -------------------------------------------------------------------------------------------------------------- */

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
  int place = cam_run_rows_find (self->rows, run);

  if (place < 0)
    return;
  /* A menu opened on a row that is not chosen is about that row. */
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), (guint) place))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), (guint) place, TRUE);
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

/* The object ------------------------------------------------------------------------------------------------------------ */

static void
set_filter_text (CamRunTable *self,
                 const char  *text)
{
  if (g_strcmp0 (self->filter_text, text) == 0)
    return;
  g_free (self->filter_text);
  self->filter_text = g_strdup (text);
  cam_run_rows_set_filter (self->rows, text);
  cam_run_rows_update (self->rows);
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
  self->offer->metric = g_intern_string (metric);
  cam_run_table_show_columns (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_METRIC]);
}

static void
set_study (CamRunTable *self,
           gint64       study)
{
  if (self->study == study)
    return;
  self->study = study;
  cam_run_rows_set_study (self->rows, study);
  cam_run_rows_update (self->rows);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STUDY]);
}

static void
set_when (CamRunTable *self,
          CamRunWhen   when)
{
  if (self->choice->when == when)
    return;
  cam_run_table_set_when (self, when);
  cam_run_table_remember (self);
}

static void
set_show_archived (CamRunTable *self,
                   gboolean     are_shown)
{
  if (self->choice->shows_archived == are_shown)
    return;
  self->choice->shows_archived = are_shown;
  cam_run_rows_set_archived (self->rows, are_shown);
  cam_run_rows_update (self->rows);
  cam_run_table_remember (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_ARCHIVED]);
}

static void
busy_cb (CamRunTable *self)
{
  gboolean is_busy;

  g_object_get (self->session, "busy", &is_busy, NULL);
  /* Rows keep their places while a run goes on; its end puts it where it belongs. */
  if (!is_busy)
    cam_run_rows_update (self->rows);
}

static void
set_session (CamRunTable *self,
             CamSession  *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  cam_run_rows_set_runs (self->rows, cam_session_get_runs (session));
  g_signal_connect_object (cam_session_get_runs (session), "items-changed", G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  runs_changed_cb (self);
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
    case PROP_FILTER_PROBLEM:
      g_value_set_string (value, cam_run_rows_get_problem (self->rows));
      break;
    case PROP_METRIC:
      g_value_set_string (value, self->metric);
      break;
    case PROP_STUDY:
      g_value_set_int64 (value, self->study);
      break;
    case PROP_WHEN:
      g_value_set_uint (value, self->choice->when);
      break;
    case PROP_SHOW_ARCHIVED:
      g_value_set_boolean (value, self->choice->shows_archived);
      break;
    case PROP_N_VISIBLE:
      g_value_set_uint (value, cam_run_rows_get_n (self->rows));
      break;
    case PROP_N_ARCHIVED:
      g_value_set_uint (value, cam_run_rows_get_n_hidden (self->rows));
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
    case PROP_WHEN:
      set_when (self, g_value_get_uint (value));
      break;
    case PROP_SHOW_ARCHIVED:
      set_show_archived (self, g_value_get_boolean (value));
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
  g_clear_handle_id (&self->save_source, g_source_remove);
  /* A view that goes takes its order from the rows: nobody is to hear of that. */
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (self->view), self);
    }
  g_signal_handlers_disconnect_by_data (self->rows, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  /* Those of the page's actions that are open. */
  for (GtkWidget *child = gtk_widget_get_last_child (GTK_WIDGET (self)), *before; child != NULL; child = before)
    {
      before = gtk_widget_get_prev_sibling (child);
      if (GTK_IS_POPOVER (child))
        gtk_widget_unparent (child);
    }
  cam_run_sheet_clear (self->sheet);
  G_OBJECT_CLASS (cam_run_table_parent_class)->dispose (object);
}

static void
cam_run_table_finalize (GObject *object)
{
  CamRunTable *self = CAM_RUN_TABLE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->sheet, cam_run_sheet_unref);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_clear_pointer (&self->choice, cam_run_choice_free);
  g_clear_pointer (&self->offer, cam_run_offer_free);
  g_clear_pointer (&self->differences, cam_run_differences_free);
  g_free (self->remembered);
  g_free (self->filter_text);
  g_free (self->metric);
  G_OBJECT_CLASS (cam_run_table_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } all[] = {
    { GDK_KEY_Menu, 0, "runs.menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "runs.menu" },
    { GDK_KEY_F2, 0, "runs.rename" },
    { GDK_KEY_Delete, 0, "runs.delete" },
    { GDK_KEY_l, GDK_CONTROL_MASK, "runs.tag" },
    { GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "runs.note" },
    { GDK_KEY_p, GDK_CONTROL_MASK, "runs.pin" },
    { GDK_KEY_e, GDK_CONTROL_MASK, "runs.archive" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_widget_class_add_binding_action (widget_class, all[i].key, all[i].modifiers, all[i].action, NULL);
}

static void
cam_run_table_class_init (CamRunTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS, read_only = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_run_table_dispose;
  object_class->finalize = cam_run_table_finalize;
  object_class->get_property = cam_run_table_get_property;
  object_class->set_property = cam_run_table_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILTER_TEXT] = g_param_spec_string ("filter-text", NULL, NULL, NULL, flags);
  properties[PROP_FILTER_PROBLEM] = g_param_spec_string ("filter-problem", NULL, NULL, NULL, read_only);
  properties[PROP_METRIC] = g_param_spec_string ("metric", NULL, NULL, NULL, flags);
  properties[PROP_STUDY] = g_param_spec_int64 ("study", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_WHEN] = g_param_spec_uint ("when", NULL, NULL, 0, G_MAXUINT, CAM_RUN_AT_BEST, flags);
  properties[PROP_SHOW_ARCHIVED] = g_param_spec_boolean ("show-archived", NULL, NULL, FALSE, flags);
  properties[PROP_N_VISIBLE] = g_param_spec_uint ("n-visible", NULL, NULL, 0, G_MAXUINT, 0, read_only);
  properties[PROP_N_ARCHIVED] = g_param_spec_uint ("n-archived", NULL, NULL, 0, G_MAXUINT, 0, read_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_RUN_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", CAM_TYPE_RUN_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COLUMNS_CHANGED] = g_signal_new ("columns-changed", CAM_TYPE_RUN_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "runs.menu", NULL, menu_cb);
  add_keys (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-run-table.ui");
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, view);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, stack);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, none);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, selection);
  gtk_widget_class_bind_template_child (widget_class, CamRunTable, menu);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
cam_run_table_init (CamRunTable *self)
{
  GtkAdjustment *adjustment;
  GtkGesture *gesture;

  self->rows = cam_run_rows_new ();
  self->sheet = cam_run_sheet_new (self->rows);
  self->chosen = g_ptr_array_new_with_free_func (g_object_unref);
  self->choice = cam_run_choice_new ();
  self->offer = cam_run_offer_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cam_run_table_columns_init (self);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->rows));
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

static GPtrArray *
collect (CamRunTable *self,
         gboolean     only_shown)
{
  guint n = cam_run_rows_get_n (self->rows);
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      CamRunItem *run = cam_run_rows_get_run (self->rows, i);

      if (!only_shown || cam_run_item_get_shown (run))
        g_ptr_array_add (runs, g_object_ref (run));
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

  g_return_val_if_fail (CAM_IS_RUN_TABLE (self), runs);

  for (guint i = 0; i < self->chosen->len; i++)
    g_ptr_array_add (runs, g_object_ref (self->chosen->pdata[i]));
  return runs;
}

void
cam_run_table_select (CamRunTable *self,
                      CamRunItem  *run)
{
  int place;

  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  place = cam_run_rows_find (self->rows, run);
  if (place >= 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), (guint) place, TRUE);
}

void
cam_run_table_select_all (CamRunTable *self,
                          GPtrArray   *runs)
{
  g_autoptr(GtkBitset) places = NULL;
  g_autoptr(GtkBitset) mask = NULL;

  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  places = gtk_bitset_new_empty ();
  mask = gtk_bitset_new_range (0, cam_run_rows_get_n (self->rows));
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      int place = cam_run_rows_find (self->rows, runs->pdata[i]);

      if (place >= 0)
        gtk_bitset_add (places, (guint) place);
    }
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), places, mask);
  if (!gtk_bitset_is_empty (places))
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", gtk_bitset_get_minimum (places));
}

void
cam_run_table_focus (CamRunTable *self)
{
  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  /* The rows are the last child, after the header. */
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->view)));
}

void
cam_run_table_update (CamRunTable *self)
{
  g_return_if_fail (CAM_IS_RUN_TABLE (self));

  cam_run_rows_update (self->rows);
  cam_run_table_scan (self);
}
