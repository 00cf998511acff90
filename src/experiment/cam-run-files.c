/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that the callbacks of a run ask for: models by ModelCheckpoint, lines by CSVLogger. All in the fit's thread. */
#include "cam-run-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cam-model.h"

/* The first reason is what is told; the run goes on without the files. Takes @error. */
static void
keep_error (CamRun *self,
            GError *error)
{
  if (self->fit_thread.files_error == NULL)
    self->fit_thread.files_error = error;
  else
    g_error_free (error);
}

static GError *
make_error (const char *path,
            int         reason)
{
  g_autofree char *shown = g_filename_display_name (path);

  return g_error_new (G_FILE_ERROR, g_file_error_from_errno (reason), _("“%s” cannot be written: %s"), shown, g_strerror (reason));
}

/* NULL: there is no folder, or it cannot be made; the reason is kept. */
static char *
make_path (CamRun     *self,
           const char *path)
{
  g_autofree char *full = NULL;
  g_autofree char *folder = NULL;

  if (self->folder == NULL)
    {
      keep_error (self, g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOENT, _("“%s” was not written: this run has no folder for files"), path));
      return NULL;
    }
  full = g_build_filename (self->folder, path, NULL);
  folder = g_path_get_dirname (full);
  if (g_mkdir_with_parents (folder, 0777) == 0)
    return g_steal_pointer (&full);

  keep_error (self, make_error (folder, errno));
  return NULL;
}

void
cam_run_write_model (const char *path,
                     CamNetwork *network,
                     guint       epoch,
                     gpointer    user_data)
{
  CamRun *self = user_data;
  g_autofree char *full = make_path (self, path);
  g_autoptr(CamModel) model = NULL;
  GError *error = NULL;

  if (full == NULL)
    return;
  model = cam_model_new (network, cam_dataset_get_preparation (self->dataset), self->experiment);
  if (cam_model_save (model, full, &error))
    self->fit_thread.n_files++;
  else
    keep_error (self, error);
}

static gboolean
write_all (int         fd,
           const char *text)
{
  gsize left = strlen (text);

  while (left > 0)
    {
      gssize n = write (fd, text, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      text += n;
      left -= (gsize) n;
    }

  return TRUE;
}

/* In one write, so that a crash leaves whole lines. */
void
cam_run_write_line (const char *path,
                    const char *header,
                    const char *line,
                    gboolean    begins,
                    gpointer    user_data)
{
  CamRun *self = user_data;
  g_autofree char *full = make_path (self, path);
  g_autofree char *text = NULL;
  struct stat status;
  int fd;

  if (full == NULL)
    return;
  fd = g_open (full, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (begins ? O_TRUNC : 0), 0666);
  if (fd < 0)
    {
      keep_error (self, make_error (full, errno));
      return;
    }
  text = g_strconcat (fstat (fd, &status) == 0 && status.st_size == 0 ? header : "", line, NULL);
  if (!write_all (fd, text))
    keep_error (self, make_error (full, errno));
  else if (begins)
    self->fit_thread.n_files++;
  close (fd);
}
