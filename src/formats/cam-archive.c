/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zip archives through libzip, both ways in memory. */
#include "cam-archive.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zip.h>

#include "cam-keras-file.h"

#define CHUNK ((gsize) 256 * 1024)
/* Weights hardly shrink, and JSON shrinks twentyfold: whatever unpacks to more than this is made to fill the memory. */
#define MAX_RATIO 200
#define RATIO_FREE ((gsize) 16 * 1024 * 1024)

struct _CamArchive
{
  GBytes *bytes;   /* owned; libzip reads in it */
  zip_t  *zip;     /* owned */
};

static gboolean
fail_damaged (const char  *member,
              const char  *reason,
              GError     **error)
{
  /* translators: the first is a file inside an archive, the second a library's reason */
  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("“%s” cannot be read: %s"), member, reason);
  return FALSE;
}

static void
set_open_error (GBytes       *bytes,
                zip_error_t  *reason,
                GError      **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size >= 4 && memcmp (data, "PK\003\004", 4) == 0)
    g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED,
                 _("The file is cut short or damaged: its table of contents cannot be read (%s)"), zip_error_strerror (reason));
  else
    g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_NOT_KERAS, _("This is not a .keras file: it is not a zip archive"));
}

CamArchive *
cam_archive_open (GBytes  *bytes,
                  GError **error)
{
  CamArchive *self;
  zip_error_t reason;
  zip_source_t *source;
  zip_t *zip = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  zip_error_init (&reason);
  source = zip_source_buffer_create (data, size, 0, &reason);
  if (source != NULL)
    zip = zip_open_from_source (source, ZIP_RDONLY | ZIP_CHECKCONS, &reason);

  if (zip == NULL)
    {
      set_open_error (bytes, &reason, error);
      g_clear_pointer (&source, zip_source_free);
      zip_error_fini (&reason);
      return NULL;
    }

  zip_error_fini (&reason);
  self = g_new0 (CamArchive, 1);
  self->bytes = g_bytes_ref (bytes);
  self->zip = zip;

  return self;
}

void
cam_archive_close (CamArchive *self)
{
  if (self == NULL)
    return;

  zip_discard (self->zip);
  g_bytes_unref (self->bytes);
  g_free (self);
}

gboolean
cam_archive_has (CamArchive *self,
                 const char *member)
{
  return zip_name_locate (self->zip, member, 0) >= 0;
}

/* Reads to the end, where libzip compares the checksum. */
static GByteArray *
read_all (zip_file_t  *file,
          const char  *member,
          gsize        limit,
          GError     **error)
{
  g_autoptr(GByteArray) array = g_byte_array_new ();

  for (;;)
    {
      gsize done = array->len;
      zip_int64_t n;

      g_byte_array_set_size (array, done + CHUNK);
      n = zip_fread (file, array->data + done, CHUNK);
      if (n < 0)
        {
          fail_damaged (member, zip_file_strerror (file), error);
          return NULL;
        }
      g_byte_array_set_size (array, done + (gsize) n);
      if (n == 0)
        return g_steal_pointer (&array);
      if (array->len > limit)
        {
          fail_damaged (member, _("it is larger than such a file may be"), error);
          return NULL;
        }
    }
}

GBytes *
cam_archive_read (CamArchive  *self,
                  const char  *member,
                  gsize        max_size,
                  GError     **error)
{
  GByteArray *array;
  zip_file_t *file;
  zip_stat_t info;
  gsize limit;

  if (zip_stat (self->zip, member, 0, &info) != 0)
    {
      g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_NOT_KERAS, _("This is not a .keras file: “%s” is missing in it"), member);
      return NULL;
    }

  limit = MIN (max_size, G_MAXUINT - 2 * CHUNK);
  if ((info.valid & ZIP_STAT_COMP_SIZE) && info.comp_size < limit / MAX_RATIO)
    limit = MIN (limit, MAX (RATIO_FREE, (gsize) info.comp_size * MAX_RATIO));
  if ((info.valid & ZIP_STAT_SIZE) && info.size > limit)
    {
      fail_damaged (member, _("it is larger than such a file may be"), error);
      return NULL;
    }

  file = zip_fopen (self->zip, member, 0);
  if (file == NULL)
    {
      fail_damaged (member, zip_strerror (self->zip), error);
      return NULL;
    }
  array = read_all (file, member, limit, error);
  zip_fclose (file);

  return array != NULL ? g_byte_array_free_to_bytes (array) : NULL;
}

static gboolean
add_member (zip_t                   *zip,
            const CamArchiveMember  *member)
{
  gsize size;
  const void *data = g_bytes_get_data (member->bytes, &size);
  zip_source_t *source = zip_source_buffer (zip, data, size, 0);
  zip_int64_t index;

  if (source == NULL)
    return FALSE;

  index = zip_file_add (zip, member->name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0)
    {
      zip_source_free (source);
      return FALSE;
    }

  return zip_set_file_compression (zip, (zip_uint64_t) index, ZIP_CM_STORE, 0) == 0;
}

/* What libzip has written into @source. */
static GBytes *
take_written (zip_source_t *source)
{
  zip_stat_t info;
  g_autofree guint8 *data = NULL;

  if (zip_source_stat (source, &info) != 0 || !(info.valid & ZIP_STAT_SIZE) || zip_source_open (source) != 0)
    return NULL;

  data = g_malloc (info.size);
  for (gsize done = 0; done < info.size; )
    {
      zip_int64_t n = zip_source_read (source, data + done, info.size - done);

      if (n <= 0)
        {
          zip_source_close (source);
          return NULL;
        }
      done += (gsize) n;
    }
  zip_source_close (source);

  return g_bytes_new_take (g_steal_pointer (&data), info.size);
}

GBytes *
cam_archive_build (const CamArchiveMember  *members,
                   guint                    n_members,
                   GError                 **error)
{
  GBytes *bytes = NULL;
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, NULL);
  zip_t *zip = source != NULL ? zip_open_from_source (source, ZIP_TRUNCATE, NULL) : NULL;
  gboolean ok = zip != NULL;

  if (zip != NULL)
    zip_source_keep (source);   /* zip_close() would free it with what is in it */

  for (guint i = 0; ok && i < n_members; i++)
    ok = add_member (zip, &members[i]);

  if (ok)
    ok = zip_close (zip) == 0;
  if (ok)
    bytes = take_written (source);
  else if (zip != NULL)
    zip_discard (zip);
  g_clear_pointer (&source, zip_source_free);

  if (bytes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The archive could not be put together: out of memory"));

  return bytes;
}
