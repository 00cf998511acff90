/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows taken out of the builder while it is at work, so that it never holds more than a stretch of them. */
#include "cam-csv-builder-private.h"

#include <math.h>
#include <string.h>

void
cam_csv_builder_set_offered (CamCsvBuilder *self,
                             gsize          n_rows,
                             CamCsvOffered  offered,
                             gpointer       user_data)
{
  self->offered_rows = n_rows;
  self->offered = offered;
  self->offered_to = user_data;
}

gboolean
cam_csv_builder_offer (CamCsvBuilder  *self,
                       GError        **error)
{
  return self->n_rows - self->n_kept < self->offered_rows || self->offered (self->offered_to, error);
}

const char *
cam_csv_builder_get_name (const CamCsvBuilder *self,
                          guint                column)
{
  return g_ptr_array_index (self->names, column);
}

/* Of a column in which nothing has stood yet: missing numbers. */
static CamColumn *
make_missing (const char *name,
              gsize       n_rows)
{
  CamColumn *column = cam_column_new (name, CAM_COLUMN_NUMBER);

  for (gsize row = 0; row < n_rows; row++)
    cam_column_add_number (column, row, NAN, TRUE);

  return column;
}

GPtrArray *
cam_csv_builder_take (CamCsvBuilder *self,
                      guint          n_columns,
                      gsize         *n_rows,
                      gsize         *n_kept)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < self->slots->len; i++)
    {
      CamCsvSlot *slot = &g_array_index (self->slots, CamCsvSlot, i);
      const char *name = g_ptr_array_index (self->names, i);
      CamColumn *column = slot->reading == CAM_CSV_UNDECIDED ? make_missing (name, self->n_rows) : g_steal_pointer (&slot->column);

      slot->n_leading = 0;
      if (slot->reading != CAM_CSV_UNDECIDED)
        {
          slot->column = cam_column_new (name, column->kind);
          slot->column->is_wide = column->kind == CAM_COLUMN_NUMBER;
        }
      cam_column_trim (column, self->n_rows);
      if (i < n_columns)
        g_ptr_array_add (columns, column);
      else
        cam_column_free (column);
    }
  *n_rows = self->n_rows;
  *n_kept = self->n_kept;
  self->n_given += self->n_rows - self->n_kept;
  self->n_rows = self->n_kept = 0;

  return columns;
}

static void
put_back_cell (CamCsvSlot      *slot,
               gsize            to,
               const CamColumn *column,
               gsize            row)
{
  double value;
  float packed;

  if (slot->reading == CAM_CSV_NUMBERS)
    {
      value = cam_column_get_number (column, row);
      cam_column_add_number (slot->column, to, value, cam_pack (value, &packed));
    }
  else if (slot->reading == CAM_CSV_UNDECIDED || g_array_index (column->codes, gint32, row) < 0)
    {
      slot->n_leading += slot->reading == CAM_CSV_UNDECIDED;
      if (slot->reading == CAM_CSV_TEXTS)
        cam_column_add_missing_text (slot->column);
    }
  else
    {
      const char *text = g_ptr_array_index (column->levels, g_array_index (column->codes, gint32, row));

      cam_column_add_text (slot->column, text, strlen (text));
    }
}

void
cam_csv_builder_put_back (CamCsvBuilder   *self,
                          const GPtrArray *columns,
                          const gsize     *rows,
                          gsize            n_rows)
{
  for (guint i = 0; i < self->slots->len; i++)
    for (gsize k = 0; k < n_rows; k++)
      if (i < columns->len)
        put_back_cell (&g_array_index (self->slots, CamCsvSlot, i), k, g_ptr_array_index (columns, i), rows[k]);
      else
        g_array_index (self->slots, CamCsvSlot, i).n_leading++;
  self->n_rows = self->n_kept = n_rows;
}
