/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Compare page. Its charts are made anew when something changed, at most some times a second, and only while the page is seen. */

#include "cam-compare-page.h"

#include <glib/gi18n-lib.h>

#include "cam-compare-actions.h"
#include "cam-run-bar.h"
#include "cam-compare-charts.h"
#include "cam-compare-study.h"
#include "cam-run-diff-view.h"
#include "cam-words.h"

#define UPDATE_MS 200
#define NARROW 1120              /* below, there is one chart */
#define ROW_HEIGHT 39
#define HEAD_HEIGHT 40              /* with the room for its shadow */
#define MIN_CHART 300

struct _CamComparePage
{
  AdwBin         parent_instance;

  /* owned */
  CamSession    *session;
  CamRunUndo    *undo;
  GSignalGroup  *current;         /* the run under way */
  CamCompareCharts *charts;
  CamCompareStudy *study;
  guint          update_source;
  guint          layout_source;
  guint          focus_source;
  gint64         updated_at;
  int            width, room;      /* of the page; of table and charts together */
  int            placed;          /* where the handle between them was put; −1: nowhere yet */
  gboolean       is_moved;        /* the user has moved the handle: it is left alone */
  gboolean       is_dirty;

  /* template children */
  GtkStack      *stack;
  GtkLabel      *subtitle;
  GtkWidget     *search;
  CamRunBar     *bar;
  GtkPaned      *paned;
  CamRunTable   *table;
  CamRunDiffView *diff;
  CamChartCard  *left_card;
  CamChartCard  *right_card;
  GtkDropDown   *left_choice;
  GtkDropDown   *right_choice;
  GtkDropDown   *group_choice;
  CamStudyChooser *study_choice;
  CamStudyView  *study_view;
  GtkWidget     *study_toggle;
};

G_DEFINE_FINAL_TYPE (CamComparePage, cam_compare_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_SETTINGS, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* What is shown ----------------------------------------------------------------------------------------------------- */

/* There is little room for it in a narrow window. */
static gboolean
subtitle_tooltip_cb (GtkLabel   *label,
                     int         x,
                     int         y,
                     gboolean    is_keyboard,
                     GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_label (label));
  return pango_layout_is_ellipsized (gtk_label_get_layout (label));
}

static void
show_subtitle (CamComparePage *self,
               guint           n_shown)
{
  guint n = g_list_model_get_n_items (cam_session_get_runs (self->session)), n_visible;
  g_autofree char *count = cam_words_count (n);
  g_autofree char *runs = g_strdup_printf (ngettext ("%s run", "%s runs", n), count);
  g_autofree char *filtered = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->table, "n-visible", &n_visible, "filter-problem", &problem, NULL);
  (problem != NULL ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->subtitle), "error");
  (problem != NULL ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->subtitle), "dim-label");
  (problem != NULL ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->search, "error");
  if (problem != NULL)
    {
      gtk_label_set_label (self->subtitle, problem);
      return;
    }
  if (n_visible < n)
    {
      g_autofree char *found = cam_words_count (n_visible);

      /* translators: of a filter; %s is a count */
      filtered = g_strdup_printf (_(", %s found"), found);
    }
  /* translators: “31 runs, 8 found, 6 shown · only the settings that differ are columns” */
  text = g_strdup_printf (_("%s%s, %u shown · only the settings that differ are columns"), runs, filtered != NULL ? filtered : "", n_shown);
  gtk_label_set_label (self->subtitle, text);
}

static gboolean
shows_diff (CamComparePage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "diff") == 0;
}

static void
update (CamComparePage *self)
{
  g_autoptr(GPtrArray) shown = NULL;
  gboolean has_runs = g_list_model_get_n_items (cam_session_get_runs (self->session)) > 0 || g_list_model_get_n_items (cam_session_get_studies (self->session)) > 0;

  self->is_dirty = FALSE;
  self->updated_at = g_get_monotonic_time ();
  if (!has_runs || !shows_diff (self))
    gtk_stack_set_visible_child_name (self->stack, has_runs ? "runs" : "empty");
  if (!has_runs)
    return;
  shown = cam_run_table_dup_shown (self->table);
  cam_compare_charts_show (self->charts, self->session, shown);
  /* The column of the table follows the right chart. */
  g_object_set (self->table, "metric", cam_compare_charts_get_key (self->charts, 1), NULL);
  show_subtitle (self, shown->len);
}

static gboolean
update_cb (gpointer user_data)
{
  CamComparePage *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (CamComparePage *self)
{
  gint64 since = (g_get_monotonic_time () - self->updated_at) / 1000;

  self->is_dirty = TRUE;
  if (self->session == NULL || self->update_source != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->update_source = since >= UPDATE_MS ? g_idle_add_full (G_PRIORITY_HIGH_IDLE + 25, update_cb, self, NULL)
                                           : g_timeout_add ((guint) (UPDATE_MS - since), update_cb, self);
}

/* What the user does is answered at once. */
static void
update_soon (CamComparePage *self)
{
  self->updated_at = 0;
  g_clear_handle_id (&self->update_source, g_source_remove);
  queue_update (self);
}

static void
selection_changed_cb (CamComparePage *self)
{
  cam_compare_update_actions (self);
  update_soon (self);
}

static void
table_changed_cb (CamComparePage *self)
{
  cam_compare_update_actions (self);
  update_soon (self);
}

/* The run under way ------------------------------------------------------------------------------------------------- */

static void
current_changed_cb (CamComparePage *self)
{
  g_signal_group_set_target (self->current, cam_session_get_current_run (self->session));
  queue_update (self);
}

/* Layout: the table as high as its rows while they are few; in a narrow window one chart --------------------------------- */

static void
place_handle (CamComparePage *self)
{
  guint n = self->session != NULL ? g_list_model_get_n_items (cam_session_get_runs (self->session)) : 0;
  int room = gtk_widget_get_height (GTK_WIDGET (self->paned));

  if (room <= 0)
    return;
  if (room == self->room && self->placed >= 0 && gtk_paned_get_position (self->paned) != self->placed)
    self->is_moved = TRUE;
  self->room = room;
  if (self->is_moved)
    return;
  self->placed = MAX (MIN (HEAD_HEIGHT + ROW_HEIGHT * (int) CLAMP (n, 3, 8), room - MIN_CHART), 120);
  gtk_paned_set_position (self->paned, self->placed);
}

static gboolean
layout_cb (gpointer user_data)
{
  CamComparePage *self = user_data;
  gboolean is_wide = self->width >= NARROW;

  self->layout_source = 0;
  if (cam_compare_study_lay_out (self->study, is_wide))
    update_soon (self);
  gtk_widget_set_size_request (self->search, is_wide ? 260 : 150, -1);
  g_object_set (self->bar, "narrow", !is_wide, NULL);
  place_handle (self);
  return G_SOURCE_REMOVE;
}

static void
queue_layout (CamComparePage *self)
{
  if (self->layout_source == 0)
    self->layout_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, layout_cb, self, NULL);
}

static void
runs_changed_cb (CamComparePage *self)
{
  queue_layout (self);
  current_changed_cb (self);
}

/* From a sheet that covers the page. Sizes may not change while they are being given out: the layout follows in the next turn. */
static void
resize_cb (CamComparePage *self,
           int             width,
           int             height)
{
  self->width = width;
  queue_layout (self);
}

/* Where the focus was on another page it falls to the first that can have it; a page of rows is no question to be typed into. */
static gboolean
focus_cb (gpointer user_data)
{
  CamComparePage *self = user_data;

  self->focus_source = 0;
  if (gtk_widget_get_state_flags (self->search) & GTK_STATE_FLAG_FOCUS_WITHIN)
    cam_run_table_focus (self->table);
  return G_SOURCE_REMOVE;
}

static void
cam_compare_page_map (GtkWidget *widget)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);

  GTK_WIDGET_CLASS (cam_compare_page_parent_class)->map (widget);
  if (self->is_dirty && self->session != NULL)
    update (self);
  if (self->focus_source == 0)
    self->focus_source = g_idle_add (focus_cb, self);
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
search_cb (CamComparePage *self,
           GtkSearchEntry *entry)
{
  g_object_set (self->table, "filter-text", gtk_editable_get_text (GTK_EDITABLE (entry)), NULL);
}

static gboolean
restore_key_cb (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   user_data)
{
  CamComparePage *self = CAM_COMPARE_PAGE (widget);

  /* Without anything to take back the key is the window's: it undoes the last edit. */
  return cam_run_undo_can (self->undo) && gtk_widget_activate_action (widget, "runs.restore", NULL);
}

static gboolean
find_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  return gtk_widget_grab_focus (CAM_COMPARE_PAGE (widget)->search);
}

static void
diff_closed_cb (CamComparePage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "runs");
  update_soon (self);
  cam_run_table_focus (self->table);
}

/* What was done to the runs of another workspace cannot be taken back in this one. */
static void
opened_cb (CamComparePage *self)
{
  cam_run_undo_clear (self->undo);
  cam_compare_update_actions (self);
}

static void
set_session (CamComparePage *self,
             CamSession     *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_object_set (self->table, "session", session, NULL);
  g_signal_connect_object (session, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_runs (session), "items-changed", G_CALLBACK (runs_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (current_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_studies (session), "items-changed", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  cam_compare_study_set_session (self->study, session);
  runs_changed_cb (self);
  cam_compare_update_actions (self);
}

static void
cam_compare_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_COMPARE_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_compare_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_COMPARE_PAGE (object), g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      cam_overlay_choice_set_settings (cam_compare_charts_get_choice (CAM_COMPARE_PAGE (object)->charts), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_compare_page_dispose (GObject *object)
{
  CamComparePage *self = CAM_COMPARE_PAGE (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->layout_source, g_source_remove);
  g_clear_handle_id (&self->focus_source, g_source_remove);
  if (self->charts != NULL)
    cam_compare_charts_stop (self->charts);
  if (self->current != NULL)
    g_signal_group_set_target (self->current, NULL);
  G_OBJECT_CLASS (cam_compare_page_parent_class)->dispose (object);
}

static void
cam_compare_page_finalize (GObject *object)
{
  CamComparePage *self = CAM_COMPARE_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->current);
  g_clear_object (&self->charts);
  g_clear_object (&self->study);
  g_clear_pointer (&self->undo, cam_run_undo_free);
  G_OBJECT_CLASS (cam_compare_page_parent_class)->finalize (object);
}

static void
cam_compare_page_class_init (CamComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_compare_page_dispose;
  object_class->finalize = cam_compare_page_finalize;
  object_class->get_property = cam_compare_page_get_property;
  object_class->set_property = cam_compare_page_set_property;
  widget_class->map = cam_compare_page_map;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, CAM_TYPE_SETTINGS, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  cam_compare_install_actions (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, restore_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find_key_cb, NULL);

  g_type_ensure (CAM_TYPE_RUN_DIFF_VIEW);
  g_type_ensure (CAM_TYPE_RUN_BAR);
  g_type_ensure (CAM_TYPE_RUN_TABLE);
  g_type_ensure (CAM_TYPE_CHART_CARD);
  g_type_ensure (CAM_TYPE_STUDY_CHOOSER);
  g_type_ensure (CAM_TYPE_STUDY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, search);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, bar);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, paned);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, table);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, diff);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, left_card);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, right_card);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, left_choice);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, right_choice);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, group_choice);
  gtk_widget_class_bind_template_callback (widget_class, diff_closed_cb);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, study_choice);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, study_view);
  gtk_widget_class_bind_template_child (widget_class, CamComparePage, study_toggle);
  gtk_widget_class_bind_template_callback (widget_class, resize_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_changed_cb);
}

static void
cam_compare_page_init (CamComparePage *self)
{
  GActionGroup *actions;

  self->undo = cam_run_undo_new ();
  self->current = g_signal_group_new (CAM_TYPE_RUN_ITEM);
  g_signal_group_connect_swapped (self->current, "notify::seconds", G_CALLBACK (queue_update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->subtitle), TRUE);
  g_signal_connect (self->subtitle, "query-tooltip", G_CALLBACK (subtitle_tooltip_cb), NULL);

  self->charts = cam_compare_charts_new (self->table, (CamChartCard *[]) { self->left_card, self->right_card }, (GtkDropDown *[]) { self->left_choice, self->right_choice },
                                         self->group_choice);
  g_signal_connect_object (self->charts, "changed", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  actions = cam_overlay_choice_make_actions (cam_compare_charts_get_choice (self->charts));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "overlay", actions);
  g_object_unref (actions);
  self->study = cam_compare_study_new (&(CamCompareWidgets) { self->study_choice, self->study_view, self->table, GTK_WIDGET (self->right_card), GTK_WIDGET (self->left_card), self->study_toggle });
  g_signal_connect_object (self->study, "changed", G_CALLBACK (update_soon), self, G_CONNECT_SWAPPED);
  self->placed = -1;
  self->is_dirty = TRUE;
  g_signal_connect_object (self->paned, "notify::max-position", G_CALLBACK (queue_layout), self, G_CONNECT_SWAPPED);
  cam_compare_update_actions (self);
}

CamRunTable *
cam_compare_page_get_table (CamComparePage *self)
{
  g_return_val_if_fail (CAM_IS_COMPARE_PAGE (self), NULL);

  return self->table;
}

CamSession *
cam_compare_page_get_session (CamComparePage *self)
{
  return self->session;
}

gboolean
cam_compare_page_show_diff (CamComparePage  *self,
                            CamRunItem      *a,
                            CamRunItem      *b,
                            GError         **error)
{
  g_return_val_if_fail (CAM_IS_COMPARE_PAGE (self) && CAM_IS_RUN_ITEM (a), FALSE);

  if (!cam_run_diff_view_show (self->diff, self->session, a, b, error))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "diff");
  gtk_widget_grab_focus (GTK_WIDGET (self->diff));
  return TRUE;
}

CamRunUndo *
cam_compare_page_get_undo (CamComparePage *self)
{
  return self->undo;
}

void
cam_compare_page_choose_study (CamComparePage *self,
                               CamStudyItem   *item)
{
  g_return_if_fail (CAM_IS_COMPARE_PAGE (self));

  cam_study_chooser_set_item (self->study_choice, item);
}
