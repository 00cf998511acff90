/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes that hold texts: of fixed length in place, of variable length in a heap of the file. */
#include "cam-h5-text.h"

#include <string.h>

#include "cam-h5-private.h"

typedef struct
{
  CamH5Message type;
  CamH5Message space;
  CamH5Cursor  data;
} Attribute;

/* Parts of an attribute: version 1 pads them to 8 bytes. */
static const guint8 *
take_part (CamH5Cursor *cursor,
           guint64      size,
           gboolean     is_padded)
{
  const guint8 *part = cam_h5_take (cursor, size);

  if (part != NULL && is_padded && size % 8 != 0)
    cam_h5_skip (cursor, 8 - size % 8);

  return part;
}

static gboolean
parse_attribute (const CamH5Message *message,
                 const char         *wanted,
                 Attribute          *attribute)
{
  CamH5Cursor cursor = cam_h5_cursor_on (message->data, message->size);
  guint64 version = cam_h5_number (&cursor, 1);
  guint64 flags = cam_h5_number (&cursor, 1);
  guint64 name_size = cam_h5_number (&cursor, 2);
  const guint8 *name;

  attribute->type.size = (gsize) cam_h5_number (&cursor, 2);
  attribute->space.size = (gsize) cam_h5_number (&cursor, 2);
  if (version == 3)
    cam_h5_skip (&cursor, 1);
  /* From version 2 on, the flags say that the type or the shape is kept elsewhere. */
  if (cursor.failed || version < 1 || version > 3 || (version > 1 && flags != 0))
    return FALSE;

  name = take_part (&cursor, name_size, version == 1);
  attribute->type.data = take_part (&cursor, attribute->type.size, version == 1);
  attribute->space.data = take_part (&cursor, attribute->space.size, version == 1);
  attribute->data = cursor;

  return !cursor.failed && name_size == strlen (wanted) + 1 && memcmp (name, wanted, name_size) == 0;
}

/* Object @index of the heap at @address. */
static const guint8 *
find_in_heap (const CamH5File *file,
              guint64          address,
              guint64          index,
              guint64          length)
{
  CamH5Cursor heap = cam_h5_cursor (file, address);
  guint64 size;

  if (!cam_h5_signature (&heap, "GCOL"))
    return NULL;
  cam_h5_skip (&heap, 4);
  size = cam_h5_number (&heap, 8);
  if (heap.failed || size < 16 || size - 16 > heap.left)
    return NULL;
  heap.left = (gsize) size - 16;

  /* Every object takes at least 16 bytes, so this ends. */
  while (heap.left >= 16)
    {
      guint64 found = cam_h5_number (&heap, 2);
      guint64 object_size;

      cam_h5_skip (&heap, 6);
      object_size = cam_h5_number (&heap, 8);
      if (found == 0)
        return NULL;
      if (found == index)
        return length <= object_size ? cam_h5_take (&heap, length) : NULL;
      if (object_size > heap.left)
        return NULL;
      cam_h5_skip (&heap, MIN (heap.left, (object_size + 7) & ~G_GUINT64_CONSTANT (7)));
    }

  return NULL;
}

/* The next text of a list; NULL: broken. */
static char *
read_text (const CamH5File *file,
           CamH5Cursor     *data,
           gboolean         is_variable,
           guint64          width,
           gsize            max_size)
{
  const guint8 *text;
  guint64 length = width;

  if (is_variable)
    {
      guint64 address, index;

      length = cam_h5_number (data, 4);
      address = cam_h5_number (data, 8);
      index = cam_h5_number (data, 4);
      if (data->failed || length > max_size)
        return NULL;
      if (length == 0)
        return g_strdup ("");
      text = find_in_heap (file, address, index, length);
    }
  else
    {
      if (width > max_size)
        return NULL;
      text = cam_h5_take (data, width);
    }

  return text != NULL ? g_strndup ((const char *) text, (gsize) length) : NULL;
}

static char **
read_list (const CamH5File *file,
           Attribute       *attribute,
           gsize            max_texts,
           gsize            max_size)
{
  CamH5Cursor type = cam_h5_cursor_on (attribute->type.data, attribute->type.size);
  guint64 kind = cam_h5_number (&type, 1) & 0x0f;
  guint64 flags = cam_h5_number (&type, 3);
  guint64 width = cam_h5_number (&type, 4);
  gboolean is_variable = kind == 9 && (flags & 0x0f) == 1;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint64 dims[CAM_H5_MAX_DIMS];
  guint64 n;
  guint n_dims;

  if (type.failed || !cam_h5_read_dims (&attribute->space, dims, &n_dims) || n_dims > 1)
    return NULL;
  n = n_dims == 1 ? dims[0] : 1;
  /* An empty list is kept as an array of no numbers. */
  if (n > max_texts || (n > 0 && !is_variable && kind != 3))
    return NULL;

  for (guint64 i = 0; i < n; i++)
    {
      char *text = read_text (file, &attribute->data, is_variable, width, max_size);

      if (text == NULL)
        return NULL;
      g_ptr_array_add (texts, text);
    }
  g_ptr_array_add (texts, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

char **
cam_h5_read_texts (const CamH5File *file,
                   GArray          *messages,
                   const char      *name,
                   gsize            max_texts,
                   gsize            max_size)
{
  for (guint i = 0; i < messages->len; i++)
    {
      const CamH5Message *message = &g_array_index (messages, CamH5Message, i);
      Attribute attribute = { 0 };

      if (message->type == CAM_H5_ATTRIBUTE && message->data != NULL && parse_attribute (message, name, &attribute))
        return read_list (file, &attribute, max_texts, max_size);
    }

  return NULL;
}
