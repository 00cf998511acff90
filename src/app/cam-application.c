/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application. A second start hands its file to the first, whose window comes to the front. */

#include "cam-application.h"

#include <glib/gi18n-lib.h>

#include "cam-settings.h"
#include "cam-window.h"

struct _CamApplication
{
  AdwApplication parent_instance;

  CamSettings   *settings;
};

G_DEFINE_FINAL_TYPE (CamApplication, cam_application, ADW_TYPE_APPLICATION)

static CamWindow *
ensure_window (CamApplication *self,
               gboolean       *is_new)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL && !CAM_IS_WINDOW (window); l = l->next)
    window = l->data;

  *is_new = !CAM_IS_WINDOW (window);
  if (*is_new)
    window = GTK_WINDOW (cam_window_new (GTK_APPLICATION (self), self->settings));
  return CAM_WINDOW (window);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  CamApplication *self = user_data;
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "transient-for", gtk_application_get_active_window (GTK_APPLICATION (self)),
                "application-name", "Camadas",
                "application-icon", CAM_APPLICATION_ID,
                "version", "0.1.0",
                "developer-name", _("The Camadas project"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Stack layers, press Train, watch curves grow."),
                NULL);
  adw_about_window_add_legal_section (ADW_ABOUT_WINDOW (about), _("Sample data"), NULL, GTK_LICENSE_CUSTOM,
    _("Reformatted from the UCI Machine Learning Repository, licensed under Creative Commons Attribution 4.0:\n\n"
      "Breast Cancer Wisconsin (Diagnostic): W. Wolberg, O. Mangasarian, N. Street and W. Street, 1993.\n"
      "Iris: R. Fisher, 1936.\n"
      "Optical Recognition of Handwritten Digits: E. Alpaydin and C. Kaynak, 1998.\n"
      "Banknote Authentication: V. Lohweg, 2012.\n"
      "Energy Efficiency: A. Tsanas and A. Xifara, 2012.\n\n"
      "Penguins: A. Horst, A. Hill and K. Gorman, 2020, in the public domain (CC0).\n\n"
      "Asteroid flyby, Darts and Irrigation were made for this program and are in the public domain (CC0)."));
  gtk_window_present (GTK_WINDOW (about));
}

/* Each window is asked to close as by its button, so that a run under way is not lost. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
cam_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };
  static const struct { const char *action, *accels[3]; } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "win.train", { "<Control>r" } },
    { "win.open-csv", { "<Control>o" } },
    { "win.save-model", { "<Control>s" } },
    { "win.new-experiment", { "<Control>t" } },
    { "win.duplicate-experiment", { "<Control><Shift>t" } },
    { "win.show-help-overlay", { "F1", "<Control>question" } },
    { "win.page::data", { "<Control>1" } },
    { "win.page::network", { "<Control>2" } },
    { "win.page::train", { "<Control>3" } },
    { "win.page::compare", { "<Control>4" } },
    { "win.page::predict", { "<Control>5" } },
  };

  G_APPLICATION_CLASS (cam_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action, accels[i].accels);
}

static void
cam_application_activate (GApplication *application)
{
  gboolean is_new;
  CamWindow *window = ensure_window (CAM_APPLICATION (application), &is_new);

  if (is_new)
    cam_window_restore (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
cam_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  gboolean is_new;
  CamWindow *window = ensure_window (CAM_APPLICATION (application), &is_new);

  cam_window_open_file (window, files[0]);
  gtk_window_present (GTK_WINDOW (window));
}

static void
cam_application_dispose (GObject *object)
{
  CamApplication *self = CAM_APPLICATION (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cam_application_parent_class)->dispose (object);
}

static void
cam_application_class_init (CamApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = cam_application_startup;
  G_APPLICATION_CLASS (klass)->activate = cam_application_activate;
  G_APPLICATION_CLASS (klass)->open = cam_application_open;
}

static void
cam_application_init (CamApplication *self)
{
  self->settings = cam_settings_new (NULL);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
    _("Opens the window; FILE is a CSV file, an experiment (.json), a workspace (.camadas) or a model (.keras)."));
}

CamApplication *
cam_application_new (void)
{
  return g_object_new (CAM_TYPE_APPLICATION,
                       "application-id", CAM_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
