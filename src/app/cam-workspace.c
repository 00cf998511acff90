/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the workspace of a data file is, and what it has of an experiment. */
#include "cam-workspace.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_WORKSPACES_PER_FILE 4

/* Its name is for people, its number for the place of the file: two files of one name do not share runs. */
char *
cam_workspace_dup_path (const char *file,
                        guint       attempt)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file, -1);
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *name = NULL;
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  if (attempt == 0)
    name = g_strdup_printf ("%s-%.8s.camadas", base, hash);
  else
    name = g_strdup_printf ("%s-%.8s-%u.camadas", base, hash, attempt + 1);
  return g_build_filename (g_get_user_data_dir (), "camadas", name, NULL);
}

/* The workspace of a data file. One that another Camadas works in is left to it, and the next number taken. */
CamStore *
cam_workspace_open (const char  *file,
                    GError     **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "camadas", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("The folder %s could not be made: %s."),
                   folder, g_strerror (code));
      return NULL;
    }
  for (guint attempt = 0;; attempt++)
    {
      g_autofree char *path = cam_workspace_dup_path (file, attempt);
      g_autoptr(GError) local = NULL;
      CamStore *store = cam_store_open (path, &local);

      if (store != NULL)
        return store;
      if (!g_error_matches (local, CAM_STORE_ERROR, CAM_STORE_ERROR_BUSY) || attempt + 1 >= MAX_WORKSPACES_PER_FILE)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
}

CamExperiment *
cam_workspace_read_draft (CamStore *store)
{
  g_autofree char *text = cam_store_dup_draft (store);
  g_autoptr(GError) error = NULL;
  CamExperiment *draft;

  if (text == NULL)
    return NULL;
  draft = cam_experiment_new_from_text (text, &error);
  if (draft == NULL)
    g_info ("The draft in %s cannot be used: %s", cam_store_get_path (store), error->message);
  return draft;
}

/* A workspace whose draft is gone still has its runs: the newest one's experiment is the next best. */
CamExperiment *
cam_workspace_read_newest (CamStore *store)
{
  guint n = 0;
  g_autofree gint64 *runs = cam_store_list_runs (store, &n, NULL);
  g_autoptr(CamRunRecord) record = NULL;

  if (runs == NULL || n == 0)
    return NULL;
  record = cam_store_get_run (store, runs[0], NULL);
  return record != NULL && record->experiment != NULL ? cam_experiment_new_from_text (record->experiment, NULL) : NULL;
}
