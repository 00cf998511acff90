/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: it shows what the session says. What can be done stands in cam-window-actions.c. */

#include "cam-window-private.h"

#include <glib/gi18n-lib.h>

#include "cam-compare-page.h"
#include "cam-data-page.h"
#include "cam-experiment-menu.h"
#include "cam-network-page.h"
#include "cam-predict-page.h"
#include "cam-train-page.h"
#include "cam-welcome-page.h"

struct _CamWindow
{
  AdwApplicationWindow parent_instance;

  /* owned */
  CamSession     *session;
  CamSettings    *settings;
  guint           load_timer;      /* shows the reading line only where reading takes a while */
  gboolean        is_closing;      /* the run is being stopped so that the window can close */

  /* template children */
  AdwToastOverlay *toasts;
  AdwSplitButton  *open_button;
  GtkWidget       *undo_button;
  GtkWidget       *redo_button;
  GtkStack        *title_stack;
  GtkStack        *train_stack;
  GtkWidget       *train_button;
  CamComparePage  *compare_page;
  GtkRevealer     *failure_bar;
  GtkLabel        *failure_title;
  GtkLabel        *failure_detail;
  GtkWidget       *load_box;
  GtkProgressBar  *load_bar;
  GtkLabel        *load_label;
  GtkStack        *shell;
  AdwViewStack    *pages;
  CamPredictPage  *predict;
  CamDataPage     *data_page;
  CamTrainPage    *train_page;
};

G_DEFINE_FINAL_TYPE (CamWindow, cam_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_0, PROP_SESSION, PROP_SETTINGS, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* A model that was opened by itself has no data: then it can only be asked. */
static void
show_tabs (CamWindow *self,
           gboolean   has_data)
{
  g_autoptr(GListModel) all = G_LIST_MODEL (adw_view_stack_get_pages (self->pages));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(AdwViewStackPage) page = g_list_model_get_item (all, i);
      GtkWidget *child = adw_view_stack_page_get_child (page);
      gboolean is_shown = has_data || child == GTK_WIDGET (self->predict);

      adw_view_stack_page_set_visible (page, is_shown);
      gtk_widget_set_visible (child, is_shown);
    }
}

static void
show_shell (CamWindow *self)
{
  gboolean has_data, has_pages;

  g_object_get (self->session, "has-data", &has_data, NULL);
  has_pages = has_data || cam_predict_page_get_file_name (self->predict) != NULL;
  show_tabs (self, has_data);
  gtk_stack_set_visible_child_name (self->shell, has_pages ? "pages" : "welcome");
  gtk_stack_set_visible_child_name (self->title_stack, has_pages ? "pages" : "plain");
  gtk_widget_set_visible (GTK_WIDGET (self->train_stack), has_data);
  gtk_widget_set_visible (self->undo_button, has_data);
  gtk_widget_set_visible (self->redo_button, has_data);
}

static void
update_title (CamWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *full = NULL;

  g_object_get (self->session, "title", &title, NULL);
  if (title == NULL)
    title = g_strdup (cam_predict_page_get_file_name (self->predict));
  if (title != NULL)
    /* translators: the window's title: what is open, then the program */
    full = g_strdup_printf (_("%s – Camadas"), title);
  gtk_window_set_title (GTK_WINDOW (self), full != NULL ? full : "Camadas");
}

static void
update_training (CamWindow *self)
{
  gboolean is_busy;
  const char *reason = cam_session_get_train_reason (self->session);

  g_object_get (self->session, "busy", &is_busy, NULL);
  gtk_stack_set_visible_child_name (self->train_stack, is_busy ? "stop" : "train");
  gtk_widget_set_tooltip_text (self->train_button, reason != NULL ? reason : _("Train this network (Ctrl+R)"));
  cam_window_update_actions (self);
}

static void
update_undo (CamWindow *self)
{
  CamDocument *document = cam_session_get_document (self->session);
  const char *undo = cam_document_get_undo_name (document);
  const char *redo = cam_document_get_redo_name (document);
  g_autofree char *undo_text = NULL;
  g_autofree char *redo_text = NULL;

  /* translators: %s is the name of a step, such as “Change Units” */
  undo_text = undo != NULL ? g_strdup_printf (_("Undo “%s” (Ctrl+Z)"), undo) : g_strdup (_("Nothing to undo"));
  redo_text = redo != NULL ? g_strdup_printf (_("Redo “%s” (Ctrl+Shift+Z)"), redo) : g_strdup (_("Nothing to redo"));
  gtk_widget_set_tooltip_text (self->undo_button, undo_text);
  gtk_widget_set_tooltip_text (self->redo_button, redo_text);
  cam_window_update_actions (self);
}

static void
recent_changed_cb (CamWindow *self)
{
  g_autoptr(GMenuModel) menu = cam_window_build_open_menu (self->settings);

  adw_split_button_set_menu_model (self->open_button, menu);
}

static gboolean
load_timer_cb (gpointer user_data)
{
  CamWindow *self = user_data;

  self->load_timer = 0;
  gtk_widget_set_visible (self->load_box, TRUE);
  return G_SOURCE_REMOVE;
}

/* A small file is there before an eye could follow a progress bar: it is shown after a fifth of a second. */
static void
loading_cb (CamWindow *self)
{
  gboolean is_loading;

  g_object_get (self->session, "loading", &is_loading, NULL);
  g_clear_handle_id (&self->load_timer, g_source_remove);
  if (is_loading)
    {
      gtk_revealer_set_reveal_child (self->failure_bar, FALSE);
      self->load_timer = g_timeout_add (200, load_timer_cb, self);
    }
  else
    {
      gtk_widget_set_visible (self->load_box, FALSE);
      show_shell (self);
    }
  cam_window_update_actions (self);
}

static void
load_progress_cb (CamWindow *self)
{
  double share;
  g_autofree char *text = NULL;

  g_object_get (self->session, "load-progress", &share, "load-text", &text, NULL);
  gtk_progress_bar_set_fraction (self->load_bar, CLAMP (share, 0.0, 1.0));
  gtk_label_set_label (self->load_label, text != NULL ? text : "");
}

static void
remember (CamWindow *self)
{
  CamStore *store = cam_session_get_store (self->session);
  CamDataset *dataset = cam_session_get_dataset (self->session);
  g_autofree char *title = NULL;

  cam_settings_set_open (self->settings, store != NULL ? cam_store_get_path (store) : NULL);
  if (store == NULL)
    return;
  g_object_get (self->session, "title", &title, NULL);
  cam_settings_add_recent (self->settings, &(CamRecent) {
    .path = (char *) cam_store_get_path (store),
    .title = title != NULL ? title : (char *) "Camadas",
    .task = dataset != NULL ? (int) cam_dataset_get_task (dataset) : -1,
    .n_runs = g_list_model_get_n_items (cam_session_get_runs (self->session)),
    .opened_at = g_get_real_time () / G_USEC_PER_SEC,
  });
}

static void
opened_cb (CamWindow *self)
{
  gtk_revealer_set_reveal_child (self->failure_bar, FALSE);
  show_shell (self);
  cam_window_show_page (self, "data");
  remember (self);
}

static void
model_opened_cb (CamWindow *self)
{
  gtk_revealer_set_reveal_child (self->failure_bar, FALSE);
  show_shell (self);
  cam_window_show_page (self, "predict");
  update_title (self);
  cam_window_update_actions (self);
}

static void
has_data_cb (CamWindow *self)
{
  gboolean has_data;

  g_object_get (self->session, "has-data", &has_data, NULL);
  show_shell (self);
  if (!has_data)
    cam_settings_set_open (self->settings, NULL);
}

static void
busy_cb (CamWindow *self)
{
  gboolean is_busy;

  g_object_get (self->session, "busy", &is_busy, NULL);
  update_training (self);
  if (is_busy)
    {
      cam_window_show_page (self, "train");
      return;
    }
  if (cam_session_get_store (self->session) != NULL)
    remember (self);
  if (self->is_closing)
    gtk_window_close (GTK_WINDOW (self));
}

static void
study_cb (CamWindow *self)
{
  update_training (self);
  if (self->is_closing && cam_session_get_study (self->session) == NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
connect_session (CamWindow *self)
{
  static const struct { const char *signal; GCallback callback; } all[] = {
    { "notify::title", G_CALLBACK (update_title) },
    { "notify::has-data", G_CALLBACK (has_data_cb) },
    { "notify::can-train", G_CALLBACK (update_training) },
    { "notify::train-reason", G_CALLBACK (update_training) },
    { "notify::busy", G_CALLBACK (busy_cb) },
    { "notify::study", G_CALLBACK (study_cb) },
    { "notify::problems", G_CALLBACK (cam_window_update_actions) },
    { "unfinished", G_CALLBACK (cam_window_offer_study) },
    { "notify::loading", G_CALLBACK (loading_cb) },
    { "notify::load-progress", G_CALLBACK (load_progress_cb) },
    { "notify::load-text", G_CALLBACK (load_progress_cb) },
    { "message", G_CALLBACK (cam_window_toast) },
    { "failed", G_CALLBACK (cam_window_show_failure) },
    { "opened", G_CALLBACK (opened_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_signal_connect_object (self->session, all[i].signal, all[i].callback, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (self->session), "notify",
                           G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_runs (self->session), "items-changed",
                           G_CALLBACK (cam_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "recent-changed",
                           G_CALLBACK (recent_changed_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
drop_cb (CamWindow     *self,
         const GValue  *value,
         double         x,
         double         y,
         GtkDropTarget *target)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL)
    return FALSE;
  cam_window_open_file (self, file);
  return TRUE;
}

/* Ctrl+V where data is looked at, or none is open yet. */
static gboolean
paste_cb (GtkWidget *widget,
          GVariant  *parameter,
          gpointer   user_data)
{
  CamWindow *self = CAM_WINDOW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->shell), "pages") == 0 && g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "data") != 0)
    return FALSE;
  cam_window_paste (self);
  return TRUE;
}

static void
close_response_cb (CamWindow  *self,
                   const char *response)
{
  if (g_strcmp0 (response, "stop") != 0)
    return;
  self->is_closing = TRUE;
  cam_session_stop (self->session);
  if (cam_session_get_study (self->session) != NULL)
    cam_session_cancel_study (self->session, cam_session_get_study (self->session));
}

static gboolean
cam_window_close_request (GtkWindow *window)
{
  CamWindow *self = CAM_WINDOW (window);
  gboolean is_busy;
  int width, height;

  g_object_get (self->session, "busy", &is_busy, NULL);
  if (is_busy || cam_session_get_study (self->session) != NULL)
    {
      GtkWidget *dialog = adw_message_dialog_new (window, is_busy ? _("Stop training and close?") : _("Stop the study and close?"),
        is_busy ? _("The run is kept up to its last finished epoch, with the best model so far.") : _("Its runs are kept; when the workspace is opened again it can go on where it was."));

      adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", is_busy ? _("_Keep training") : _("_Keep it running"),
                                        "stop", _("_Stop and close"), NULL);
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "stop", ADW_RESPONSE_DESTRUCTIVE);
      g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self, G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (dialog));
      return GDK_EVENT_STOP;
    }

  gtk_window_get_default_size (window, &width, &height);
  cam_settings_set_window_size (self->settings, width, height, gtk_window_is_maximized (window));
  if (cam_session_get_store (self->session) != NULL)
    remember (self);
  return GTK_WINDOW_CLASS (cam_window_parent_class)->close_request (window);
}

static void
cam_window_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CamWindow *self = CAM_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_window_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CamWindow *self = CAM_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_window_constructed (GObject *object)
{
  CamWindow *self = CAM_WINDOW (object);
  int width, height;
  gboolean is_maximized;

  G_OBJECT_CLASS (cam_window_parent_class)->constructed (object);

  if (self->settings == NULL)
    self->settings = cam_settings_new (NULL);
  g_object_notify_by_pspec (object, properties[PROP_SETTINGS]);
  if (cam_settings_get_window_size (self->settings, &width, &height, &is_maximized))
    {
      gtk_window_set_default_size (GTK_WINDOW (self), width, height);
      if (is_maximized)
        gtk_window_maximize (GTK_WINDOW (self));
    }
  connect_session (self);
  recent_changed_cb (self);
  update_undo (self);
  update_training (self);
  show_shell (self);
}

static void
cam_window_dispose (GObject *object)
{
  CamWindow *self = CAM_WINDOW (object);

  g_clear_handle_id (&self->load_timer, g_source_remove);
  G_OBJECT_CLASS (cam_window_parent_class)->dispose (object);
}

static void
cam_window_finalize (GObject *object)
{
  CamWindow *self = CAM_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cam_window_parent_class)->finalize (object);
}

static void
cam_window_class_init (CamWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = cam_window_constructed;
  object_class->dispose = cam_window_dispose;
  object_class->finalize = cam_window_finalize;
  object_class->get_property = cam_window_get_property;
  object_class->set_property = cam_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = cam_window_close_request;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, CAM_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The types that the template names. */
  g_type_ensure (CAM_TYPE_EXPERIMENT_MENU);
  g_type_ensure (CAM_TYPE_WELCOME_PAGE);
  g_type_ensure (CAM_TYPE_DATA_PAGE);
  g_type_ensure (CAM_TYPE_NETWORK_PAGE);
  g_type_ensure (CAM_TYPE_TRAIN_PAGE);
  g_type_ensure (CAM_TYPE_COMPARE_PAGE);
  g_type_ensure (CAM_TYPE_PREDICT_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CamWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, train_stack);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, train_button);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, compare_page);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, failure_bar);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, failure_title);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, failure_detail);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, load_box);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, load_bar);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, load_label);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, shell);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, predict);
  gtk_widget_class_bind_template_callback (widget_class, model_opened_cb);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, data_page);
  gtk_widget_class_bind_template_child (widget_class, CamWindow, train_page);

  /* These three come after the focus has had its say: an entry undoes its own text, a popover closes on Escape. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.stop", NULL);
}

static void
cam_window_init (CamWindow *self)
{
  g_autoptr(GPropertyAction) page = NULL;
  GtkDropTarget *target;
  GtkEventController *keys;

  /* Before the template: the pages bind to it. */
  self->session = cam_session_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  page = g_property_action_new ("page", self->pages, "visible-child-name");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (page));
  cam_window_add_actions (self);

  target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  /* After the focus: an entry takes a text that is pasted into it. */
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>v"), gtk_callback_action_new (paste_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

CamWindow *
cam_window_new (GtkApplication *application,
                CamSettings    *settings)
{
  g_return_val_if_fail (application == NULL || GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (settings == NULL || CAM_IS_SETTINGS (settings), NULL);

  return g_object_new (CAM_TYPE_WINDOW, "application", application, "settings", settings, NULL);
}

CamSession *
cam_window_get_session (CamWindow *self)
{
  g_return_val_if_fail (CAM_IS_WINDOW (self), NULL);

  return self->session;
}

void
cam_window_restore (CamWindow *self)
{
  g_autofree char *path = NULL;

  g_return_if_fail (CAM_IS_WINDOW (self));

  path = cam_settings_dup_open (self->settings);
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;

  /* Nothing flashes by: the window stays empty for the moment that reading takes. */
  gtk_stack_set_visible_child_name (self->shell, "blank");
  cam_session_open_workspace (self->session, path);
}

void
cam_window_open_file (CamWindow *self,
                      GFile     *file)
{
  g_autofree char *path = NULL;
  g_autofree char *lower = NULL;

  g_return_if_fail (CAM_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  path = g_file_get_path (file);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *detail = g_strdup_printf (_("%s is not on this computer. Copy it here first."), uri);

      cam_window_show_failure (self, _("The file could not be opened"), detail);
      return;
    }
  lower = g_ascii_strdown (path, -1);
  if (g_str_has_suffix (lower, ".camadas"))
    cam_session_open_workspace (self->session, path);
  else if (g_str_has_suffix (lower, ".json"))
    cam_session_open_experiment (self->session, path);
  else if (g_str_has_suffix (lower, ".keras") || g_str_has_suffix (lower, ".h5") || g_str_has_suffix (lower, ".hdf5"))
    cam_predict_page_open_model (self->predict, path);
  else
    cam_session_open_csv (self->session, path);
}

void
cam_window_close_all (CamWindow *self)
{
  g_return_if_fail (CAM_IS_WINDOW (self));

  cam_predict_page_forget_files (self->predict);
  cam_session_close (self->session);
  show_shell (self);
  update_title (self);
  cam_window_update_actions (self);
}

gboolean
cam_window_has_model (CamWindow *self)
{
  g_return_val_if_fail (CAM_IS_WINDOW (self), FALSE);

  return cam_predict_page_get_file_name (self->predict) != NULL;
}

/* A toast stands outside the pages and does not see their actions. */
static void
toast_clicked_cb (AdwToast  *toast,
                  GtkWidget *from)
{
  gtk_widget_activate_action (from, g_object_get_data (G_OBJECT (toast), "action"), NULL);
}

void
cam_window_toast (CamWindow  *self,
                  const char *text)
{
  cam_window_toast_with (self, text, NULL, NULL, NULL);
}

void
cam_window_toast_with (CamWindow  *self,
                       const char *text,
                       const char *button,
                       GtkWidget  *from,
                       const char *action)
{
  AdwToast *toast;
  g_autofree char *escaped = NULL;

  g_return_if_fail (CAM_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      g_object_set_data_full (G_OBJECT (toast), "action", g_strdup (action), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (toast_clicked_cb), from, 0);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
cam_window_show_failure (CamWindow  *self,
                         const char *title,
                         const char *detail)
{
  g_return_if_fail (CAM_IS_WINDOW (self));

  gtk_label_set_label (self->failure_title, title != NULL ? title : "");
  gtk_label_set_label (self->failure_detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure_detail), detail != NULL && *detail != '\0');
  gtk_revealer_set_reveal_child (self->failure_bar, title != NULL);
  show_shell (self);
}

void
cam_window_show_study (CamWindow    *self,
                       CamStudyItem *item)
{
  cam_window_show_page (self, "compare");
  cam_compare_page_choose_study (self->compare_page, item);
}

void
cam_window_show_page (CamWindow  *self,
                      const char *name)
{
  if (adw_view_stack_get_child_by_name (self->pages, name) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, name);
}

void
cam_window_look_up (CamWindow *self,
                    gsize      row)
{
  cam_window_show_page (self, "data");
  cam_data_page_look_up (self->data_page, row);
}

void
cam_window_evaluate (CamWindow  *self,
                     CamRunItem *run)
{
  cam_window_show_page (self, "train");
  cam_train_page_evaluate (self->train_page, run);
}
