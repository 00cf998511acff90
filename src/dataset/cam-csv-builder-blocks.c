/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole blocks of rows that the builder takes at once, where each column is read as it reads it. */
#include "cam-csv-builder-private.h"

gboolean
cam_csv_builder_takes_blocks (const CamCsvBuilder *self,
                              guint                n_columns)
{
  return self->slots->len == n_columns && n_columns > 0 && self->n_named == n_columns && self->has_names && !self->has_codes && self->most_rows == G_MAXSIZE;
}

void
cam_csv_builder_get_readings (const CamCsvBuilder *self,
                              CamCsvReading       *readings)
{
  for (guint i = 0; i < self->slots->len; i++)
    readings[i] = g_array_index (self->slots, CamCsvSlot, i).reading;
}

/* The codes of the block become those of the column, which has the levels of all blocks. */
static void
add_texts (CamColumn         *column,
           const CamCsvTexts *texts,
           const gint32      *codes,
           gsize              n)
{
  g_autofree gint32 *map = g_new (gint32, texts->n_levels + 1);

  for (guint i = 0; i < texts->n_levels; i++)
    map[i] = cam_column_add_level (column, texts->levels[i].text, texts->levels[i].length);
  cam_column_add_codes (column, codes, n, map);
}

gboolean
cam_csv_builder_add_block (CamCsvBuilder     *self,
                           const CamCsvBlock *block)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (block->readings[i] != g_array_index (self->slots, CamCsvSlot, i).reading)
      return FALSE;

  for (guint i = 0; i < self->slots->len; i++)
    {
      CamCsvSlot *slot = &g_array_index (self->slots, CamCsvSlot, i);
      const double *values = block->values + i * block->capacity;

      if (slot->reading == CAM_CSV_NUMBERS)
        cam_column_add_numbers (slot->column, self->n_rows, values, block->n_rows, block->is_exact[i]);
      else if (slot->reading == CAM_CSV_TEXTS)
        add_texts (slot->column, &block->texts[i], (const gint32 *) values, block->n_rows);
      else
        slot->n_leading += block->n_rows;
    }
  for (guint i = 0; i < block->n_words; i++)
    cam_csv_found_missing (&self->found, block->words[i].text, block->words[i].length);
  self->n_rows += block->n_rows;

  return TRUE;
}
