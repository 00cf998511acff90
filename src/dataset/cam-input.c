/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes from a file, a gzip file or memory; cam-input.h. A gzip file may have several members, one behind the other, and padding at its end. */
#include "cam-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "cam-table.h"

#define PACKED_PIECE (128 * 1024)

struct _CamInput
{
  int       fd;             /* −1: memory */
  GBytes   *bytes;          /* NULL: a file */
  goffset   position, total;

  gboolean  is_packed, member_ended;
  z_stream  stream;
  Bytef    *packed;         /* PACKED_PIECE */
};

static gssize
read_raw (CamInput  *self,
          void      *buffer,
          gsize      size,
          GError   **error)
{
  gssize n;

  if (self->bytes != NULL)
    {
      gsize length;
      const char *data = g_bytes_get_data (self->bytes, &length);

      n = (gssize) MIN (size, length - (gsize) self->position);
      if (n > 0)
        memcpy (buffer, data + self->position, (gsize) n);
    }
  else
    {
      do
        n = read (self->fd, buffer, size);
      while (n < 0 && errno == EINTR);
      if (n < 0)
        {
          int saved = errno;

          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), _("the file cannot be read: %s"), g_strerror (saved));
          return -1;
        }
    }
  self->position += n;

  return n;
}

/* Is it a gzip file? Reads the first bytes, which stand at the beginning of the packed ones then. */
static gboolean
look_for_gzip (CamInput  *self,
               GError   **error)
{
  guchar magic[3] = { 0 };
  gssize n;

  if (self->bytes != NULL && g_bytes_get_size (self->bytes) >= sizeof magic)
    memcpy (magic, g_bytes_get_data (self->bytes, NULL), sizeof magic);
  else if (self->bytes == NULL)
    {
      do
        n = pread (self->fd, magic, sizeof magic, 0);
      while (n < 0 && errno == EINTR);
      if (n < 0)
        {
          int saved = errno;

          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), _("the file cannot be read: %s"), g_strerror (saved));
          return FALSE;
        }
    }
  if (magic[0] != 0x1F || magic[1] != 0x8B || magic[2] != 8)
    return TRUE;

  /* 16: with the header of gzip. */
  if (inflateInit2 (&self->stream, 16 + MAX_WBITS) != Z_OK)
    g_error ("zlib cannot begin");
  self->is_packed = TRUE;
  self->packed = g_malloc (PACKED_PIECE);

  return TRUE;
}

CamInput *
cam_input_open (const char  *path,
                GError     **error)
{
  g_autoptr(CamInput) self = g_new0 (CamInput, 1);
  struct stat info;

  /* Not to wait for the other end of a pipe. */
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &info) < 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), _("%s cannot be read: %s"), path, g_strerror (saved));
      return NULL;
    }
  if (S_ISDIR (info.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _("%s is a folder; choose a file in it"), path);
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s is no ordinary file; save what comes from it as a file first"), path);
      return NULL;
    }
  self->total = info.st_size;
  if (!look_for_gzip (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

CamInput *
cam_input_new_bytes (GBytes *bytes)
{
  CamInput *self = g_new0 (CamInput, 1);

  self->fd = -1;
  self->bytes = g_bytes_ref (bytes);
  self->total = (goffset) g_bytes_get_size (bytes);
  look_for_gzip (self, NULL);

  return self;
}

void
cam_input_close (CamInput *self)
{
  if (self == NULL)
    return;

  if (self->bytes == NULL && self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->is_packed)
    inflateEnd (&self->stream);
  g_free (self->packed);
  g_free (self);
}

static gssize
read_packed (CamInput  *self,
             void      *buffer,
             gsize      size,
             GError   **error)
{
  self->stream.next_out = buffer;
  self->stream.avail_out = (uInt) MIN (size, G_MAXINT);

  while (self->stream.next_out == (Bytef *) buffer)
    {
      int result;

      if (self->stream.avail_in == 0)
        {
          gssize n = read_raw (self, self->packed, PACKED_PIECE, error);

          if (n < 0)
            return -1;
          if (n == 0 && self->member_ended)
            return 0;
          if (n == 0)
            {
              g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("the gzip file ends too early; it was not copied whole"));
              return -1;
            }
          self->stream.next_in = self->packed;
          self->stream.avail_in = (uInt) n;
        }
      if (self->member_ended)
        {
          /* Another member, or padding, which every gzip program passes over. */
          if (*self->stream.next_in != 0x1F)
            {
              self->stream.avail_in = 0;
              continue;
            }
          inflateReset (&self->stream);
          self->member_ended = FALSE;
        }
      result = inflate (&self->stream, Z_NO_FLUSH);
      self->member_ended = result == Z_STREAM_END;
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("the gzip file is damaged near its byte %" PRId64),
                       (gint64) (self->position - self->stream.avail_in));
          return -1;
        }
    }

  return (gssize) (self->stream.next_out - (Bytef *) buffer);
}

gssize
cam_input_read (CamInput  *self,
                void      *buffer,
                gsize      size,
                GError   **error)
{
  return self->is_packed ? read_packed (self, buffer, size, error) : read_raw (self, buffer, size, error);
}

gssize
cam_input_read_fully (CamInput  *self,
                      void      *buffer,
                      gsize      size,
                      GError   **error)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = cam_input_read (self, (char *) buffer + done, size - done, error);

      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }

  return (gssize) done;
}

goffset
cam_input_get_position (const CamInput *self)
{
  return self->position - (self->is_packed ? self->stream.avail_in : 0);
}

goffset
cam_input_get_total (const CamInput *self)
{
  return self->total;
}

gboolean
cam_input_is_packed (const CamInput *self)
{
  return self->is_packed;
}
