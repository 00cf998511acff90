/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the system can, the file has no name before it is whole, so that nothing is left even by a program that is killed; else a hidden name beside its place. */
#include "cam-whole-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_SIZE (256 * 1024)

struct _CamWholeFile
{
  char *path;        /* NULL: nowhere */
  char *hidden;      /* the name that it has now; NULL: none */
  int   fd;
};

static gboolean
fail (const CamWholeFile  *self,
      int                  number,
      GError             **error)
{
  g_autofree char *shown = self->path != NULL ? g_filename_display_name (self->path) : g_strdup (g_get_tmp_dir ());

  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (number), _("“%s” cannot be written: %s"), shown, g_strerror (number));
  return FALSE;
}

static char *
make_hidden (const char *path,
             const char *end)
{
  g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path);
  g_autofree char *name = g_strconcat (".", base, ".", end, NULL);

  return g_build_filename (folder, name, NULL);
}

/* A hidden name, with the rights that a new file of ours has. */
static int
open_hidden (CamWholeFile *self,
             const char   *folder)
{
  g_autofree char *name = self->path != NULL ? make_hidden (self->path, "XXXXXX") : g_build_filename (folder, "camadas-XXXXXX", NULL);
  int fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0666);

  if (fd < 0)
    return -1;
  if (self->path != NULL)
    self->hidden = g_steal_pointer (&name);
  else
    g_unlink (name);

  return fd;
}

CamWholeFile *
cam_whole_file_new (const char  *path,
                    GError     **error)
{
  g_autoptr(CamWholeFile) self = g_new0 (CamWholeFile, 1);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : g_strdup (g_get_tmp_dir ());

  self->path = g_strdup (path);
  self->fd = -1;
  /* Told now, and not when all the work is done. */
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      fail (self, EISDIR, error);
      return NULL;
    }
#ifdef O_TMPFILE
  self->fd = g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
#endif
  if (self->fd < 0)
    self->fd = open_hidden (self, folder);
  if (self->fd < 0)
    {
      fail (self, errno, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
cam_whole_file_free (CamWholeFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    g_close (self->fd, NULL);
  if (self->hidden != NULL)
    g_unlink (self->hidden);
  g_free (self->hidden);
  g_free (self->path);
  g_free (self);
}

/* 0, or what went wrong. */
static int
write_all (int         fd,
           const char *bytes,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      bytes += n;
      length -= (gsize) n;
    }

  return 0;
}

gboolean
cam_whole_file_write (CamWholeFile  *self,
                      const char    *bytes,
                      gsize          length,
                      GError       **error)
{
  int number = write_all (self->fd, bytes, length);

  return number == 0 || fail (self, number, error);
}

gboolean
cam_whole_file_restart (CamWholeFile  *self,
                        GError       **error)
{
  if (lseek (self->fd, 0, SEEK_SET) == 0 && ftruncate (self->fd, 0) == 0)
    return TRUE;

  return fail (self, errno, error);
}

/* A name for a file without one; not yet the one that it shall have, which another file may have. */
static gboolean
give_name (CamWholeFile *self)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", self->fd);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *end = g_strdup_printf ("%06X", g_random_int () & 0xFFFFFF);
      g_autofree char *name = make_hidden (self->path, end);

      if (linkat (AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
        {
          self->hidden = g_steal_pointer (&name);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }

  return FALSE;
}

gboolean
cam_whole_file_commit (CamWholeFile  *self,
                       GError       **error)
{
  g_return_val_if_fail (self->path != NULL, FALSE);

  if (fsync (self->fd) != 0 || (self->hidden == NULL && !give_name (self)) || g_rename (self->hidden, self->path) != 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->hidden, g_free);

  return TRUE;
}

gboolean
cam_whole_file_copy (CamWholeFile  *self,
                     int            fd,
                     GError       **error)
{
  g_autofree char *bytes = g_malloc (COPY_SIZE);
  goffset at = 0;
  gssize n;

  while ((n = pread (self->fd, bytes, COPY_SIZE, at)) != 0)
    {
      int number = n < 0 ? errno : write_all (fd, bytes, (gsize) n);

      if (n < 0 && number == EINTR)
        continue;
      if (number != 0)
        {
          g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (number), "%s", g_strerror (number));
          return FALSE;
        }
      at += n;
    }

  return TRUE;
}
