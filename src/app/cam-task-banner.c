/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strip that states the task. */

#include "cam-task-banner.h"

#include <glib/gi18n-lib.h>

#include "cam-samples-window.h"
#include "cam-task-edit.h"

struct _CamTaskBanner
{
  AdwBin         parent_instance;

  CamSession    *session;          /* owned */
  gboolean       is_setting;

  /* template children */
  GtkWidget     *box;
  GtkImage      *icon;
  GtkLabel      *task;
  GtkLabel      *detail;
  GtkDropDown   *target;
  GtkWidget     *target_label;
  GtkMenuButton *menu;
  GtkButton     *samples_button;
};

G_DEFINE_FINAL_TYPE (CamTaskBanner, cam_task_banner, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_TASK, PROP_SAMPLES, N_PROPS };
static GParamSpec *properties[N_PROPS];

static const json_t *
peek_data (CamTaskBanner *self)
{
  CamExperiment *experiment = self->session != NULL ? cam_document_get_experiment (cam_session_get_document (self->session)) : NULL;

  return experiment != NULL ? cam_experiment_get_data (experiment) : NULL;
}

static const char *
peek_task (CamTaskBanner *self)
{
  const char *word = json_string_value (json_object_get (peek_data (self), "task"));

  return word != NULL ? word : "found";
}

static const char *
peek_samples (CamTaskBanner *self)
{
  const char *key = cam_unit_get_key (cam_unit_of (peek_data (self)));

  return key != NULL ? key : "rows";
}

/* What is shown ----------------------------------------------------------------------------------------------------- */

static void
show_target (CamTaskBanner *self)
{
  CamTable *table = cam_session_get_table (self->session);
  const json_t *data = peek_data (self);
  g_autoptr(json_t) settings = NULL;
  guint chosen = GTK_INVALID_LIST_POSITION;

  if (table == NULL || data == NULL)
    return;
  settings = cam_dataset_list_settings (table, data);
  for (guint i = 0; i < cam_table_get_n_columns (table) && chosen == GTK_INVALID_LIST_POSITION; i++)
    if (g_strcmp0 (json_string_value (json_object_get (json_array_get (settings, i), "role")), "target") == 0)
      chosen = i;
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->target, chosen);
  self->is_setting = FALSE;
}

static void
show_choices (CamTaskBanner *self)
{
  const char *samples = peek_samples (self);
  gboolean is_autoencoder = g_str_equal (peek_task (self), "autoencoder");

  gtk_menu_button_set_label (self->menu, cam_task_get_title (peek_task (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->samples_button), !g_str_equal (samples, "rows"));
  gtk_button_set_label (self->samples_button, g_str_equal (samples, "sequence") ? _("Sequence…") : g_str_equal (samples, "text") ? _("Text…") : _("Pictures…"));
  gtk_widget_set_visible (GTK_WIDGET (self->target), !is_autoencoder);
  gtk_widget_set_visible (self->target_label, !is_autoencoder);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "task.settings", !g_str_equal (samples, "rows"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TASK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAMPLES]);
}

static void
dataset_changed_cb (CamTaskBanner *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  g_autofree char *task = NULL, *detail = NULL;

  show_target (self);
  show_choices (self);
  if (dataset != NULL)
    {
      task = cam_task_dup_sentence (dataset, peek_data (self));
      detail = cam_task_dup_detail (dataset);
      gtk_widget_remove_css_class (self->box, "error");
    }
  else
    {
      task = g_strdup (_("The data cannot be used like this"));
      g_object_get (self->session, "data-problem", &detail, NULL);
      gtk_widget_add_css_class (self->box, "error");
    }
  gtk_image_set_from_icon_name (self->icon, dataset != NULL ? "find-location-symbolic" : "dialog-error-symbolic");
  gtk_label_set_label (self->task, task);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
}

static void
table_changed_cb (CamTaskBanner *self)
{
  CamTable *table = cam_session_get_table (self->session);
  g_autoptr(GtkStringList) names = NULL;

  if (table == NULL)
    return;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    gtk_string_list_append (names, cam_table_get_name (table, i));
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->target, G_LIST_MODEL (names));
  self->is_setting = FALSE;
  dataset_changed_cb (self);
}

/* Choices ----------------------------------------------------------------------------------------------------------- */

static void
target_cb (CamTaskBanner *self)
{
  CamTable *table = self->session != NULL ? cam_session_get_table (self->session) : NULL;
  guint chosen = gtk_drop_down_get_selected (self->target);

  if (self->is_setting || table == NULL || chosen >= cam_table_get_n_columns (table))
    return;
  cam_session_choose_target (self->session, cam_table_get_name (table, chosen));
  show_target (self);
}

static void
settings_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CamTaskBanner *self = CAM_TASK_BANNER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  cam_samples_window_show (self->session, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
}

/* The settings of another kind of samples are shown at once: what was guessed wants to be looked at. */
static void
set_samples (CamTaskBanner *self,
             const char    *word)
{
  CamUnit samples = CAM_UNIT_ROW;

  for (CamUnit i = CAM_UNIT_SEQUENCE; i < CAM_N_UNITS; i++)
    if (g_strcmp0 (cam_unit_get_key (i), word) == 0)
      samples = i;
  if (self->session != NULL && cam_task_edit_samples (self->session, samples) && samples != CAM_UNIT_ROW)
    gtk_widget_activate_action (GTK_WIDGET (self), "task.settings", NULL);
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
set_session (CamTaskBanner *self,
             CamSession    *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::table", G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (show_choices), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  table_changed_cb (self);
}

static void
cam_task_banner_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CamTaskBanner *self = CAM_TASK_BANNER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TASK:
      g_value_set_string (value, peek_task (self));
      break;
    case PROP_SAMPLES:
      g_value_set_string (value, peek_samples (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_task_banner_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CamTaskBanner *self = CAM_TASK_BANNER (object);
  const char *word;

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_TASK:
      word = g_value_get_string (value);
      if (self->session != NULL && word != NULL && !g_str_equal (word, peek_task (self)))
        cam_task_edit_task (self->session, g_str_equal (word, "found") ? NULL : word);
      break;
    case PROP_SAMPLES:
      set_samples (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_task_banner_dispose (GObject *object)
{
  g_clear_object (&CAM_TASK_BANNER (object)->session);
  G_OBJECT_CLASS (cam_task_banner_parent_class)->dispose (object);
}

static void
cam_task_banner_class_init (CamTaskBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_task_banner_dispose;
  object_class->get_property = cam_task_banner_get_property;
  object_class->set_property = cam_task_banner_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TASK] = g_param_spec_string ("task", NULL, NULL, "found", flags);
  properties[PROP_SAMPLES] = g_param_spec_string ("samples", NULL, NULL, "rows", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "task.kind", "task");
  gtk_widget_class_install_property_action (widget_class, "task.samples", "samples");
  gtk_widget_class_install_action (widget_class, "task.settings", NULL, settings_cb);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-task-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, box);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, task);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, target);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, target_label);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, menu);
  gtk_widget_class_bind_template_child (widget_class, CamTaskBanner, samples_button);
  gtk_widget_class_bind_template_callback (widget_class, target_cb);
}

static void
cam_task_banner_init (CamTaskBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
