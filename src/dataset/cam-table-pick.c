/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some rows of a table as a table of their own. */
#include <string.h>

#include "cam-table-private.h"

static CamColumn *
pick_numbers (const CamTable *table,
              guint           column,
              const gsize    *rows,
              gsize           n)
{
  CamColumn *picked = cam_column_new (cam_table_get_name (table, column), cam_table_get_kind (table, column));

  picked->detail = cam_table_get_detail (table, column);
  for (gsize i = 0; i < n; i++)
    {
      double value = cam_table_get_number (table, column, rows[i]);
      float packed;

      cam_column_add_number (picked, i, value, cam_pack (value, &packed));
    }
  return picked;
}

static CamColumn *
pick_bytes (const CamTable *table,
            guint           column,
            const gsize    *rows,
            gsize           n)
{
  CamColumn *picked = cam_column_new_bytes (cam_table_get_name (table, column));

  for (gsize i = 0; i < n; i++)
    {
      guint8 value = (guint8) cam_table_get_number (table, column, rows[i]);

      cam_column_add_bytes (picked, i, &value, 1, 1);
    }
  return picked;
}

static CamColumn *
pick_texts (const CamTable *table,
            guint           column,
            const gsize    *rows,
            gsize           n)
{
  CamColumn *picked = cam_column_new (cam_table_get_name (table, column), cam_table_get_kind (table, column));

  /* No and yes stay in this order, whichever of the rows comes first. */
  for (guint level = 0; picked->kind == CAM_COLUMN_YES_NO && level < cam_table_get_n_levels (table, column); level++)
    {
      const char *text = cam_table_get_level (table, column, level);

      cam_column_add_level (picked, text, strlen (text));
    }
  for (gsize i = 0; i < n; i++)
    {
      int code = cam_table_get_code (table, column, rows[i]);
      const char *text = code >= 0 ? cam_table_get_level (table, column, (guint) code) : NULL;

      if (text != NULL)
        cam_column_add_text (picked, text, strlen (text));
      else
        cam_column_add_missing_text (picked);
    }
  return picked;
}

CamTable *
cam_table_new_from_rows (const CamTable *table,
                         const gsize    *rows,
                         gsize           n)
{
  CamTable *self;
  guint height, width, channels;

  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (rows != NULL || n == 0, NULL);

  self = cam_table_new ();
  if (cam_table_get_image (table, &height, &width, &channels))
    cam_table_set_image (self, height, width, channels);
  for (guint column = 0; column < cam_table_get_n_columns (table); column++)
    {
      CamColumn *picked = cam_table_peek_column (table, column)->is_bytes ? pick_bytes (table, column, rows, n)
                        : cam_column_kind_is_numeric (cam_table_get_kind (table, column)) ? pick_numbers (table, column, rows, n)
                                                                                          : pick_texts (table, column, rows, n);

      cam_column_trim (picked, n);
      cam_table_add_column (self, picked);
    }
  cam_table_set_n_rows (self, n);
  return self;
}
