/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads arrays of floats out of an HDF5 file in memory, and trusts nothing in it: only arrays of the expected shape, kept in the file itself. */
#include "cam-h5.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-h5-private.h"
#include "cam-h5-text.h"
#include "cam-keras-file.h"

gboolean
cam_h5_is_image (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= 8 && memcmp (data, "\211HDF\r\n\032\n", 8) == 0;
}

CamH5Reader *
cam_h5_reader_open (GBytes  *bytes,
                    GError **error)
{
  CamH5Reader *self;
  CamH5File file;

  file.data = g_bytes_get_data (bytes, &file.size);
  if (!cam_h5_is_image (bytes) || cam_h5_root (&file) == CAM_H5_NOWHERE)
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED,
                           _("The HDF5 data are cut short or damaged, or of a newer layout than Keras writes"));
      return NULL;
    }

  self = g_new0 (CamH5Reader, 1);
  self->bytes = g_bytes_ref (bytes);
  self->file = file;

  return self;
}

void
cam_h5_reader_close (CamH5Reader *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->bytes);
  g_free (self);
}

gboolean
cam_h5_reader_has (CamH5Reader *self,
                   const char  *path)
{
  guint64 address;

  return cam_h5_look_up (&self->file, path, &address) == CAM_H5_THERE;
}

guint64
cam_h5_reader_count (CamH5Reader *self,
                     const char  *path)
{
  guint64 address;

  return cam_h5_look_up (&self->file, path, &address) == CAM_H5_THERE ? cam_h5_count_members (&self->file, address) : 0;
}

static gboolean
fail (int          code,
      const char  *path,
      const char  *reason,
      GError     **error)
{
  /* translators: a place in an HDF5 file, and what is wrong there */
  g_set_error (error, CAM_FORMATS_ERROR, code, _("the array “%s” %s"), path, reason);
  return FALSE;
}

/* "(4, 8)". g_free(). */
static char *
describe_dims (const guint64 *dims,
               guint          n_dims)
{
  GString *text = g_string_new ("(");

  for (guint d = 0; d < n_dims; d++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, d > 0 ? ", " : "", dims[d]);
  g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}

gboolean
cam_h5_read_dims (const CamH5Message *space,
                  guint64             dims[CAM_H5_MAX_DIMS],
                  guint              *n_dims)
{
  CamH5Cursor cursor = cam_h5_cursor_on (space != NULL ? space->data : NULL, space != NULL ? space->size : 0);
  guint64 version = cam_h5_number (&cursor, 1);
  guint64 n = cam_h5_number (&cursor, 1);

  cam_h5_skip (&cursor, 1);
  cam_h5_skip (&cursor, version == 1 ? 5 : 1);
  if (cursor.failed || version < 1 || version > 2 || n > CAM_H5_MAX_DIMS)
    return FALSE;
  for (guint d = 0; d < n; d++)
    dims[d] = cam_h5_number (&cursor, 8);
  *n_dims = (guint) n;

  return !cursor.failed;
}

static gboolean
check_shape (GArray          *messages,
             const char      *path,
             const CamShape  *shape,
             GError         **error)
{
  guint64 dims[CAM_H5_MAX_DIMS];
  guint64 needed[CAM_SHAPE_MAX_DIMS];
  guint n_dims;
  gboolean same;
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;

  if (!cam_h5_read_dims (cam_h5_find_message (messages, CAM_H5_DATASPACE), dims, &n_dims))
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("has no readable shape"), error);

  same = n_dims == shape->n_dims;
  for (guint d = 0; d < shape->n_dims; d++)
    {
      needed[d] = shape->dims[d];
      same = same && dims[d] == needed[d];
    }
  if (same)
    return TRUE;

  found = describe_dims (dims, n_dims);
  wanted = describe_dims (needed, shape->n_dims);
  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_WEIGHTS, _("the array “%s” has the shape %s, but %s is needed"), path, found, wanted);

  return FALSE;
}

/* How numbers lie in the file. */
typedef enum { NUMBER_NONE, NUMBER_FLOAT64, NUMBER_FLOAT32, NUMBER_FLOAT16, NUMBER_BFLOAT16 } NumberType;

static const struct
{
  guint      size, exponent_at, exponent_bits, mantissa_bits, bias;
  NumberType type;
} float_types[] = {
  { 8, 52, 11, 52, 1023, NUMBER_FLOAT64 },
  { 4, 23, 8, 23, 127, NUMBER_FLOAT32 },
  { 2, 10, 5, 10, 15, NUMBER_FLOAT16 },
  { 2, 7, 8, 7, 127, NUMBER_BFLOAT16 },
};

static NumberType
read_float_type (CamH5Cursor *cursor,
                 guint64      size)
{
  guint64 offset = cam_h5_number (cursor, 2);
  guint64 precision = cam_h5_number (cursor, 2);
  guint64 exponent_at = cam_h5_number (cursor, 1);
  guint64 exponent_bits = cam_h5_number (cursor, 1);
  guint64 mantissa_at = cam_h5_number (cursor, 1);
  guint64 mantissa_bits = cam_h5_number (cursor, 1);
  guint64 bias = cam_h5_number (cursor, 4);

  if (cursor->failed || offset != 0 || precision != size * 8 || mantissa_at != 0)
    return NUMBER_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (float_types); i++)
    if (float_types[i].size == size && float_types[i].exponent_at == exponent_at && float_types[i].exponent_bits == exponent_bits
        && float_types[i].mantissa_bits == mantissa_bits && float_types[i].bias == bias)
      return float_types[i].type;

  return NUMBER_NONE;
}

static NumberType
read_number_type (CamH5Reader *self,
                  GArray      *messages,
                  gboolean    *is_big_endian,
                  guint64     *size)
{
  const CamH5Message *type = cam_h5_find_message (messages, CAM_H5_DATATYPE);
  CamH5Cursor cursor = cam_h5_cursor_on (type != NULL ? type->data : NULL, type != NULL ? type->size : 0);
  guint64 kind = cam_h5_number (&cursor, 1) & 0x0f;
  guint64 flags = cam_h5_number (&cursor, 3);

  *size = cam_h5_number (&cursor, 4);
  *is_big_endian = (flags & 1) != 0;
  if (kind == 1 && (flags & 0x40) == 0)
    return read_float_type (&cursor, *size);
  if (kind == 5 && *size == 2)
    {
      /* Opaque pairs of bytes, which Keras marks as what they are. */
      g_auto(GStrv) name = cam_h5_read_texts (&self->file, messages, "dtype", 1, 64);

      *is_big_endian = FALSE;
      if (name != NULL && g_strcmp0 (name[0], "bfloat16") == 0)
        return NUMBER_BFLOAT16;
    }

  return NUMBER_NONE;
}

/* The array's bytes: @n_bytes of them, or NULL. */
static const guint8 *
find_data (CamH5Reader *self,
           GArray      *messages,
           guint64      n_bytes,
           const char **reason)
{
  const CamH5Message *layout = cam_h5_find_message (messages, CAM_H5_LAYOUT);
  CamH5Cursor cursor = cam_h5_cursor_on (layout != NULL ? layout->data : NULL, layout != NULL ? layout->size : 0);
  guint64 version = cam_h5_number (&cursor, 1);
  guint64 kind = cam_h5_number (&cursor, 1);
  guint64 size;

  *reason = _("is cut short or damaged");
  if (cursor.failed || cam_h5_find_message (messages, CAM_H5_EXTERNAL_FILES) != NULL || version < 3 || version > 4 || kind > 1)
    {
      if (!cursor.failed)
        *reason = _("is kept outside this file or in pieces, which is not allowed");
      return NULL;
    }

  if (kind == 0)
    {
      size = cam_h5_number (&cursor, 2);
    }
  else
    {
      guint64 address = cam_h5_number (&cursor, 8);

      size = cam_h5_number (&cursor, 8);
      if (cursor.failed)
        return NULL;
      cursor = cam_h5_cursor (&self->file, address);
    }

  return size >= n_bytes ? cam_h5_take (&cursor, n_bytes) : NULL;
}

/* IEEE half precision: 1 sign, 5 exponent, 10 mantissa bits. */
static float
half_to_float (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000) << 16;
  guint32 exponent = half >> 10 & 0x1f;
  guint32 mantissa = half & 0x3ff;
  guint32 bits;
  float value;

  if (exponent == 0)
    {
      value = (float) mantissa * 0x1p-24f;
      return sign != 0 ? -value : value;
    }
  bits = sign | (exponent == 0x1f ? 0xffu : exponent + 112) << 23 | mantissa << 13;
  memcpy (&value, &bits, sizeof value);

  return value;
}

static float
convert (const guint8 *at,
         NumberType    type,
         guint64       size,
         gboolean      is_big_endian)
{
  guint64 bits = 0;
  guint32 bits32;
  double value64;
  float value;

  for (guint64 i = 0; i < size; i++)
    bits |= (guint64) at[is_big_endian ? size - 1 - i : i] << (8 * i);

  switch (type)
    {
    case NUMBER_FLOAT64:
      memcpy (&value64, &bits, sizeof value64);
      return (float) value64;
    case NUMBER_FLOAT16:
      return half_to_float ((guint16) bits);
    case NUMBER_BFLOAT16:
      bits32 = (guint32) bits << 16;
      break;
    case NUMBER_FLOAT32:
    case NUMBER_NONE:
    default:
      bits32 = (guint32) bits;
      break;
    }
  memcpy (&value, &bits32, sizeof value);

  return value;
}

static gboolean
read_array (CamH5Reader     *self,
            GArray          *messages,
            const char      *path,
            const CamShape  *shape,
            float           *values,
            GError         **error)
{
  gboolean is_big_endian;
  NumberType type;
  const guint8 *data;
  const char *reason;
  guint64 size;
  gsize n = 0, n_bytes = 0;

  if (!check_shape (messages, path, shape, error))
    return FALSE;
  type = read_number_type (self, messages, &is_big_endian, &size);
  if (type == NUMBER_NONE)
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("does not hold floating-point numbers"), error);
  if (!cam_shape_get_size (shape, &n) || !cam_size_mul (n, (gsize) size, &n_bytes))
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is larger than memory"), error);

  data = find_data (self, messages, n_bytes, &reason);
  if (data == NULL)
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, reason, error);
  for (gsize i = 0; i < n; i++)
    values[i] = convert (data + i * size, type, size, is_big_endian);

  return TRUE;
}

gboolean
cam_h5_reader_read (CamH5Reader     *self,
                    const char      *path,
                    const CamShape  *shape,
                    float           *values,
                    GError         **error)
{
  g_autoptr(GArray) messages = NULL;
  guint64 address = CAM_H5_NOWHERE;

  switch (cam_h5_look_up (&self->file, path, &address))
    {
    case CAM_H5_THERE:
      messages = cam_h5_messages (&self->file, address);
      break;
    case CAM_H5_ABSENT:
      return fail (CAM_FORMATS_ERROR_WEIGHTS, path, _("is missing"), error);
    case CAM_H5_IS_LINK:
      return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is a link, which is not allowed"), error);
    case CAM_H5_NEWER:
      return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("lies in a group of a newer layout than Keras writes, which may lead to other files"), error);
    case CAM_H5_BROKEN:
    default:
      break;
    }
  if (messages == NULL)
    return fail (CAM_FORMATS_ERROR_DAMAGED, path, _("is cut short or damaged"), error);

  return read_array (self, messages, path, shape, values, error);
}

static char **
read_attribute (CamH5Reader *self,
                const char  *path,
                const char  *name,
                gsize        max_texts,
                gsize        max_size)
{
  g_autoptr(GArray) messages = NULL;
  guint64 address;

  if (cam_h5_look_up (&self->file, path, &address) != CAM_H5_THERE)
    return NULL;
  messages = cam_h5_messages (&self->file, address);

  return messages != NULL ? cam_h5_read_texts (&self->file, messages, name, max_texts, max_size) : NULL;
}

char *
cam_h5_reader_dup_text (CamH5Reader *self,
                        const char  *path,
                        const char  *name,
                        gsize        max_size)
{
  g_auto(GStrv) texts = read_attribute (self, path, name, 1, max_size);

  return texts != NULL && texts[0] != NULL ? g_strdup (texts[0]) : NULL;
}

char **
cam_h5_reader_dup_texts (CamH5Reader *self,
                         const char  *path,
                         const char  *name)
{
  char **texts = read_attribute (self, path, name, CAM_H5_MAX_TEXTS, CAM_H5_MAX_TEXT);
  g_autoptr(GPtrArray) all = NULL;

  if (texts != NULL)
    return texts;

  all = g_ptr_array_new_with_free_func (g_free);
  for (guint part = 0; all->len < CAM_H5_MAX_TEXTS; part++)
    {
      g_autofree char *part_name = g_strdup_printf ("%s%u", name, part);
      g_autofree char **some = read_attribute (self, path, part_name, CAM_H5_MAX_TEXTS, CAM_H5_MAX_TEXT);

      if (some == NULL)
        break;
      for (guint i = 0; some[i] != NULL; i++)
        g_ptr_array_add (all, some[i]);
    }
  if (all->len == 0)
    return NULL;
  g_ptr_array_add (all, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&all), FALSE);
}
