/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Welcome. The samples are read once, by a worker, after the first frame: the start does not wait for them. */

#include "cam-welcome-page.h"

#include <glib/gi18n-lib.h>

#include "cam-sample-card.h"
#include "cam-words.h"

struct _CamWelcomePage
{
  AdwBin        parent_instance;

  /* owned */
  CamSettings  *settings;
  GCancellable *cancellable;
  GPtrArray    *samples;       /* of CamSample; NULL: not read yet */
  gboolean      is_started;

  /* template children */
  GtkWidget    *recent_box;
  GtkListBox   *recent;
  GtkFlowBox   *cards;
  GtkStack     *cards_stack;
};

G_DEFINE_FINAL_TYPE (CamWelcomePage, cam_welcome_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SETTINGS, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Recent workspaces ------------------------------------------------------------------------------------------------ */

static GtkWidget *
make_recent_row (const CamRecent *recent)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *tile = adw_bin_new ();
  g_autofree char *when = cam_words_when (recent->opened_at);
  g_autofree char *runs = g_strdup_printf (ngettext ("%u run", "%u runs", recent->n_runs), recent->n_runs);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", runs, when);
  g_autofree char *title = g_markup_escape_text (recent->title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_bin_set_child (ADW_BIN (tile), gtk_image_new_from_icon_name (cam_task_icon (recent->task)));
  gtk_widget_set_valign (tile, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (tile, "cam-tile");
  gtk_widget_add_css_class (tile, cam_task_hue (recent->task));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tile);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-path");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", recent->path);
  gtk_widget_set_tooltip_text (row, recent->path);
  return row;
}

static void
recent_changed_cb (CamWelcomePage *self)
{
  g_autoptr(GPtrArray) all = cam_settings_dup_recent (self->settings);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent))) != NULL)
    gtk_list_box_remove (self->recent, child);
  for (guint i = 0; i < all->len; i++)
    gtk_list_box_append (self->recent, make_recent_row (all->pdata[i]));
  gtk_widget_set_visible (self->recent_box, all->len > 0);
}

static void
clear_cb (CamWelcomePage *self)
{
  cam_settings_clear_recent (self->settings);
}

/* Samples ---------------------------------------------------------------------------------------------------------- */

static void                                   /* a pool's thread */
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *folder = cam_samples_dup_folder ();

  g_task_return_pointer (task, cam_samples_load (folder, cancellable), (GDestroyNotify) g_ptr_array_unref);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CamWelcomePage *self = CAM_WELCOME_PAGE (source);
  GPtrArray *samples = g_task_propagate_pointer (G_TASK (result), NULL);

  if (samples == NULL)
    return;
  self->samples = samples;
  for (guint i = 0; i < samples->len; i++)
    {
      gtk_flow_box_insert (self->cards, cam_sample_card_new (samples->pdata[i]), -1);
      gtk_widget_set_focusable (GTK_WIDGET (gtk_flow_box_get_child_at_index (self->cards, (int) i)), FALSE);
    }
  gtk_stack_set_visible_child_name (self->cards_stack, samples->len > 0 ? "cards" : "none");
}

static gboolean
start_cb (gpointer user_data)
{
  CamWelcomePage *self = user_data;
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

  g_task_run_in_thread (task, load_in_thread);
  return G_SOURCE_REMOVE;
}

static void
cam_welcome_page_map (GtkWidget *widget)
{
  CamWelcomePage *self = CAM_WELCOME_PAGE (widget);

  GTK_WIDGET_CLASS (cam_welcome_page_parent_class)->map (widget);
  if (self->is_started)
    return;
  self->is_started = TRUE;
  g_idle_add_full (G_PRIORITY_LOW, start_cb, g_object_ref (self), g_object_unref);
}

static void
set_settings (CamWelcomePage *self,
              CamSettings    *settings)
{
  if (!g_set_object (&self->settings, settings) || settings == NULL)
    return;
  g_signal_connect_object (settings, "recent-changed", G_CALLBACK (recent_changed_cb), self, G_CONNECT_SWAPPED);
  recent_changed_cb (self);
}

static void
cam_welcome_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, CAM_WELCOME_PAGE (object)->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_welcome_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SETTINGS:
      set_settings (CAM_WELCOME_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_welcome_page_dispose (GObject *object)
{
  CamWelcomePage *self = CAM_WELCOME_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cam_welcome_page_parent_class)->dispose (object);
}

static void
cam_welcome_page_finalize (GObject *object)
{
  g_clear_pointer (&CAM_WELCOME_PAGE (object)->samples, g_ptr_array_unref);
  G_OBJECT_CLASS (cam_welcome_page_parent_class)->finalize (object);
}

static void
cam_welcome_page_class_init (CamWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_welcome_page_dispose;
  object_class->finalize = cam_welcome_page_finalize;
  object_class->get_property = cam_welcome_page_get_property;
  object_class->set_property = cam_welcome_page_set_property;
  widget_class->map = cam_welcome_page_map;
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, CAM_TYPE_SETTINGS,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamWelcomePage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, CamWelcomePage, recent);
  gtk_widget_class_bind_template_child (widget_class, CamWelcomePage, cards);
  gtk_widget_class_bind_template_child (widget_class, CamWelcomePage, cards_stack);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
cam_welcome_page_init (CamWelcomePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

guint
cam_welcome_page_get_n_samples (CamWelcomePage *self)
{
  g_return_val_if_fail (CAM_IS_WELCOME_PAGE (self), 0);

  return self->samples != NULL ? self->samples->len : 0;
}
