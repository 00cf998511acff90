/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column while it is being read: numbers in chunks, so that nothing is ever copied to grow; texts as codes of levels. */
#include "cam-table-private.h"

#include <string.h>

#define FIRST_ROWS 64

static void
clear_chunk (gpointer data)
{
  CamChunk *chunk = data;

  g_free (chunk->narrow);
  g_free (chunk->wide);
  g_free (chunk->bytes);
}

CamColumn *
cam_column_new (const char    *name,
                CamColumnKind  kind)
{
  CamColumn *self = g_new0 (CamColumn, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  if (cam_column_kind_is_numeric (kind))
    {
      self->chunks = g_array_new (FALSE, TRUE, sizeof (CamChunk));
      g_array_set_clear_func (self->chunks, clear_chunk);
    }
  else
    {
      self->codes = g_array_new (FALSE, FALSE, sizeof (gint32));
      self->levels = g_ptr_array_new_with_free_func (g_free);
      self->index = g_hash_table_new (g_str_hash, g_str_equal);
    }

  return self;
}

void
cam_column_free (CamColumn *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->chunks, g_array_unref);
  g_clear_pointer (&self->codes, g_array_unref);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_free (self);
}

/* A column's first chunk grows from little, so that many columns of few rows stay small; the others are whole at once. */
static void
set_capacity (CamChunk *chunk,
              guint     capacity,
              gboolean  is_bytes)
{
  if (is_bytes)
    chunk->bytes = g_renew (guint8, chunk->bytes, capacity);
  else if (chunk->is_wide)
    chunk->wide = g_renew (double, chunk->wide, capacity);
  else
    chunk->narrow = g_renew (float, chunk->narrow, capacity);
  chunk->capacity = capacity;
}

/* The chunk that holds @row, with room for it; rows come in order. */
static CamChunk *
prepare_chunk (CamColumn *self,
               gsize      row)
{
  gsize place = row % CAM_CHUNK_ROWS;
  CamChunk *chunk;

  if (place == 0)
    {
      g_array_set_size (self->chunks, self->chunks->len + 1);
      chunk = &g_array_index (self->chunks, CamChunk, self->chunks->len - 1);
      chunk->is_wide = self->is_wide;
      set_capacity (chunk, row == 0 ? FIRST_ROWS : CAM_CHUNK_ROWS, self->is_bytes);
    }

  chunk = &g_array_index (self->chunks, CamChunk, self->chunks->len - 1);
  if (place == chunk->capacity)
    set_capacity (chunk, MIN (2 * chunk->capacity, CAM_CHUNK_ROWS), self->is_bytes);

  return chunk;
}

static void
widen (CamChunk *chunk,
       gsize     n)
{
  chunk->wide = g_new (double, chunk->capacity);
  for (gsize i = 0; i < n; i++)
    chunk->wide[i] = cam_unpack (chunk->narrow[i]);
  g_clear_pointer (&chunk->narrow, g_free);
  chunk->is_wide = TRUE;
}

void
cam_column_add_number (CamColumn *self,
                       gsize      row,
                       double     value,
                       gboolean   is_exact)
{
  gsize place = row % CAM_CHUNK_ROWS;
  CamChunk *chunk = prepare_chunk (self, row);

  if (!chunk->is_wide && !is_exact)
    widen (chunk, place);
  if (chunk->is_wide)
    chunk->wide[place] = value;
  else
    chunk->narrow[place] = (float) value;
  self->n_missing += value != value;
}

void
cam_column_add_numbers (CamColumn    *self,
                        gsize         row,
                        const double *values,
                        gsize         n,
                        gboolean      is_exact)
{
  gsize n_missing = 0;

  for (gsize i = 0; i < n; i++)
    n_missing += values[i] != values[i];
  self->n_missing += n_missing;

  while (n > 0)
    {
      CamChunk *chunk = prepare_chunk (self, row);
      gsize place = row % CAM_CHUNK_ROWS, length = MIN (chunk->capacity - place, n);

      if (!chunk->is_wide && !is_exact)
        widen (chunk, place);
      if (chunk->is_wide)
        memcpy (chunk->wide + place, values, length * sizeof (double));
      else
        for (gsize i = 0; i < length; i++)
          chunk->narrow[place + i] = (float) values[i];
      values += length;
      row += length;
      n -= length;
    }
}

CamColumn *
cam_column_new_bytes (const char *name)
{
  CamColumn *self = cam_column_new (name, CAM_COLUMN_NUMBER);

  self->is_bytes = TRUE;
  return self;
}

void
cam_column_add_bytes (CamColumn    *self,
                      gsize         row,
                      const guint8 *bytes,
                      gsize         stride,
                      gsize         n)
{
  for (gsize i = 0; i < n; i++)
    {
      CamChunk *chunk = prepare_chunk (self, row + i);
      guint first = (guint) ((row + i) % CAM_CHUNK_ROWS), last = (guint) MIN (chunk->capacity, first + n - i);

      for (guint place = first; place < last; place++, bytes += stride)
        chunk->bytes[place] = *bytes;
      i += last - first - 1;
    }
}

void
cam_column_add_missing_text (CamColumn *self)
{
  gint32 code = -1;

  g_array_append_val (self->codes, code);
  self->n_missing++;
}

gint32
cam_column_add_level (CamColumn  *self,
                      const char *text,
                      gsize       length)
{
  char small[128];
  g_autofree char *large = NULL;
  char *level = small;
  gint32 code;

  if (length >= sizeof small)
    level = large = g_malloc (length + 1);
  memcpy (level, text, length);
  level[length] = 0;

  code = GPOINTER_TO_INT (g_hash_table_lookup (self->index, level)) - 1;
  if (code < 0)
    {
      char *copy = large != NULL ? g_steal_pointer (&large) : g_strdup (level);

      code = (gint32) self->levels->len;
      g_ptr_array_add (self->levels, copy);
      g_hash_table_insert (self->index, copy, GINT_TO_POINTER (code + 1));
    }

  return code;
}

void
cam_column_add_text (CamColumn  *self,
                     const char *text,
                     gsize       length)
{
  gint32 code = cam_column_add_level (self, text, length);

  g_array_append_val (self->codes, code);
}

void
cam_column_add_codes (CamColumn    *self,
                      const gint32 *codes,
                      gsize         n,
                      const gint32 *map)
{
  guint first = self->codes->len;
  gint32 *to;

  g_array_set_size (self->codes, first + (guint) n);
  to = &g_array_index (self->codes, gint32, first);
  for (gsize i = 0; i < n; i++)
    {
      to[i] = codes[i] >= 0 ? map[codes[i]] : -1;
      self->n_missing += codes[i] < 0;
    }
}

void
cam_column_trim (CamColumn *self,
                 gsize      n_rows)
{
  guint used = (guint) (n_rows % CAM_CHUNK_ROWS);

  g_clear_pointer (&self->index, g_hash_table_unref);
  if (self->chunks != NULL && self->chunks->len > 0 && used > 0)
    set_capacity (&g_array_index (self->chunks, CamChunk, self->chunks->len - 1), used, self->is_bytes);
}
