/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window remembers, in a key file. Each recent workspace is a group of its own, "recent 0", "recent 1", …,
 * so that any character may stand in a path or a title. */

#include "cam-settings.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_RECENT 8

struct _CamSettings
{
  GObject   parent_instance;

  char     *path;
  GKeyFile *file;
};

G_DEFINE_FINAL_TYPE (CamSettings, cam_settings, G_TYPE_OBJECT)

enum { RECENT_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What cannot be kept is not worth a dialog: the window works without it. */
static void
save (CamSettings *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_info ("Cannot make %s: %s", folder, g_strerror (errno));
  else if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_info ("Cannot keep the window's settings: %s", error->message);
}

static void
recent_free (CamRecent *recent)
{
  g_free (recent->path);
  g_free (recent->title);
  g_free (recent);
}

static GPtrArray *
read_recent (CamSettings *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) recent_free);

  for (guint i = 0; i < MAX_RECENT; i++)
    {
      char group[24];
      g_autofree char *path = NULL;
      CamRecent *recent;

      g_snprintf (group, sizeof group, "recent %u", i);
      path = g_key_file_get_string (self->file, group, "path", NULL);
      if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      recent = g_new0 (CamRecent, 1);
      recent->path = g_steal_pointer (&path);
      recent->title = g_key_file_get_string (self->file, group, "title", NULL);
      if (recent->title == NULL)
        recent->title = g_path_get_basename (recent->path);
      recent->task = g_key_file_has_key (self->file, group, "task", NULL)
                       ? g_key_file_get_integer (self->file, group, "task", NULL) : -1;
      recent->n_runs = (guint) MAX (0, g_key_file_get_integer (self->file, group, "runs", NULL));
      recent->opened_at = g_key_file_get_int64 (self->file, group, "opened-at", NULL);
      g_ptr_array_add (all, recent);
    }
  return all;
}

static void
write_recent (CamSettings *self,
              GPtrArray   *all)
{
  for (guint i = 0; i < MAX_RECENT; i++)
    {
      char group[24];
      const CamRecent *recent;

      g_snprintf (group, sizeof group, "recent %u", i);
      g_key_file_remove_group (self->file, group, NULL);
      if (i >= all->len)
        continue;
      recent = all->pdata[i];
      g_key_file_set_string (self->file, group, "path", recent->path);
      g_key_file_set_string (self->file, group, "title", recent->title);
      g_key_file_set_integer (self->file, group, "task", recent->task);
      g_key_file_set_integer (self->file, group, "runs", (int) recent->n_runs);
      g_key_file_set_int64 (self->file, group, "opened-at", recent->opened_at);
    }
  save (self);
  g_signal_emit (self, signals[RECENT_CHANGED], 0);
}

static void
cam_settings_finalize (GObject *object)
{
  CamSettings *self = CAM_SETTINGS (object);

  g_free (self->path);
  g_key_file_unref (self->file);
  G_OBJECT_CLASS (cam_settings_parent_class)->finalize (object);
}

static void
cam_settings_class_init (CamSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_settings_finalize;

  signals[RECENT_CHANGED] = g_signal_new ("recent-changed", CAM_TYPE_SETTINGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
cam_settings_init (CamSettings *self)
{
  self->file = g_key_file_new ();
}

CamSettings *
cam_settings_new (const char *path)
{
  CamSettings *self = g_object_new (CAM_TYPE_SETTINGS, NULL);
  g_autoptr(GError) error = NULL;

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_config_dir (), "camadas", "window.ini", NULL);
  if (!g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, &error))
    g_debug ("No settings remembered: %s", error->message);
  return self;
}

gboolean
cam_settings_get_window_size (CamSettings *self,
                              int         *width,
                              int         *height,
                              gboolean    *maximized)
{
  int w, h;

  g_return_val_if_fail (CAM_IS_SETTINGS (self), FALSE);

  w = g_key_file_get_integer (self->file, "window", "width", NULL);
  h = g_key_file_get_integer (self->file, "window", "height", NULL);
  if (w < 200 || h < 200 || w > 20000 || h > 20000)
    return FALSE;
  *width = w;
  *height = h;
  *maximized = g_key_file_get_boolean (self->file, "window", "maximized", NULL);
  return TRUE;
}

void
cam_settings_set_window_size (CamSettings *self,
                              int          width,
                              int          height,
                              gboolean     maximized)
{
  g_return_if_fail (CAM_IS_SETTINGS (self));

  g_key_file_set_integer (self->file, "window", "width", width);
  g_key_file_set_integer (self->file, "window", "height", height);
  g_key_file_set_boolean (self->file, "window", "maximized", maximized);
  save (self);
}

char *
cam_settings_dup_open (CamSettings *self)
{
  g_return_val_if_fail (CAM_IS_SETTINGS (self), NULL);

  return g_key_file_get_string (self->file, "session", "open", NULL);
}

void
cam_settings_set_open (CamSettings *self,
                       const char  *path)
{
  g_return_if_fail (CAM_IS_SETTINGS (self));

  if (path != NULL)
    g_key_file_set_string (self->file, "session", "open", path);
  else
    g_key_file_remove_key (self->file, "session", "open", NULL);
  save (self);
}

/* Pages are groups of their own, told from the window's by a word. */
char *
cam_settings_dup_choice (CamSettings *self,
                         const char  *page,
                         const char  *name)
{
  g_autofree char *group = NULL;

  g_return_val_if_fail (CAM_IS_SETTINGS (self) && page != NULL && name != NULL, NULL);

  group = g_strconcat ("page ", page, NULL);
  return g_key_file_get_string (self->file, group, name, NULL);
}

void
cam_settings_set_choice (CamSettings *self,
                         const char  *page,
                         const char  *name,
                         const char  *value)
{
  g_autofree char *group = NULL;

  g_return_if_fail (CAM_IS_SETTINGS (self) && page != NULL && name != NULL && value != NULL);

  group = g_strconcat ("page ", page, NULL);
  g_key_file_set_string (self->file, group, name, value);
  save (self);
}

GPtrArray *
cam_settings_dup_recent (CamSettings *self)
{
  g_return_val_if_fail (CAM_IS_SETTINGS (self), NULL);

  return read_recent (self);
}

void
cam_settings_add_recent (CamSettings     *self,
                         const CamRecent *recent)
{
  g_autoptr(GPtrArray) all = NULL;
  CamRecent *copy;

  g_return_if_fail (CAM_IS_SETTINGS (self));
  g_return_if_fail (recent != NULL && recent->path != NULL && recent->title != NULL);

  all = read_recent (self);
  for (guint i = all->len; i-- > 0;)
    if (g_strcmp0 (((CamRecent *) all->pdata[i])->path, recent->path) == 0)
      g_ptr_array_remove_index (all, i);
  copy = g_new (CamRecent, 1);
  *copy = *recent;
  copy->path = g_strdup (recent->path);
  copy->title = g_strdup (recent->title);
  g_ptr_array_insert (all, 0, copy);
  write_recent (self, all);
}

void
cam_settings_clear_recent (CamSettings *self)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  g_return_if_fail (CAM_IS_SETTINGS (self));

  write_recent (self, none);
}
