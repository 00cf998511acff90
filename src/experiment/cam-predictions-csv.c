/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model's answers saved beside the rows of the table. */
#include "cam-model-private.h"

#include <cam-csv.h>
#include <cam-number.h>
#include <math.h>

/* Where a number may be put; set_end() takes it in. Called for every cell of a table, so that the string grows by many at once. */
static inline char *
make_room (GString *out)
{
  gsize length = out->len;

  if (length + CAM_NUMBER_BUF >= out->allocated_len)
    {
      g_string_set_size (out, length + 64 * CAM_NUMBER_BUF);
      out->len = length;
    }

  return out->str + length;
}

static inline void
set_end (GString *out,
         char    *end)
{
  *end = 0;
  out->len = (gsize) (end - out->str);
}

static void
add_number (GString *out,
            float    value)
{
  g_string_append_c (out, ',');
  if (isfinite (value))
    set_end (out, cam_number_put_float (make_room (out), value));
}

static void
add_name (GString    *out,
          const char *prefix,
          const char *name)
{
  g_autofree char *full = g_strconcat (prefix, name, NULL);

  if (out->len > 0)
    g_string_append_c (out, ',');
  cam_csv_write_field (out, full, ',');
}

void
cam_predictions_add_header (const CamPredictions *self,
                            const CamTable       *table,
                            GString              *out)
{
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    add_name (out, "", cam_table_get_name (table, c));
  if (self->classes != NULL)
    add_name (out, "predicted ", self->target_name);
  if (self->errors != NULL)
    add_name (out, "", "reconstruction error");
  for (guint i = 0; i < self->n_outputs; i++)
    add_name (out, self->is_share ? "" : self->errors != NULL ? "reconstructed " : "predicted ", self->output_names[i]);
  g_string_append_c (out, '\n');
}

/* What is said of a row, behind its cells. */
static void
add_answers (const CamPredictions *self,
             gsize                 row,
             GString              *out)
{
  if (self->classes != NULL)
    {
      g_string_append_c (out, ',');
      if (self->classes[row] >= 0)
        cam_csv_write_field (out, self->class_names[self->classes[row]], ',');
    }
  if (self->errors != NULL)
    add_number (out, self->errors[row]);
  for (guint i = 0; i < self->n_outputs; i++)
    add_number (out, self->outputs[row * self->n_outputs + i]);
  g_string_append_c (out, '\n');
}

/* Rows whose numbers are taken out of the table at a time. */
#define BLOCK_ROWS 64

/* Columns on their way to text. */
typedef struct
{
  double *numbers;       /* [BLOCK_ROWS]: of a column of numbers, in which there is nothing to quote; NULL: another one */
  int     n_decimals;    /* that the last had: those of a column have as many, more or less */
} Column;

static Column *
make_columns (const CamTable *table)
{
  Column *columns = g_new0 (Column, cam_table_get_n_columns (table) + 1);

  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    if (cam_table_get_kind (table, c) == CAM_COLUMN_NUMBER)
      columns[c].numbers = g_new (double, BLOCK_ROWS);

  return columns;
}

static void
free_columns (Column *columns,
              guint   n_columns)
{
  for (guint c = 0; c < n_columns; c++)
    g_free (columns[c].numbers);
  g_free (columns);
}

/* @place: the row's, in the block of numbers. */
static void
add_cell (const CamTable *table,
          guint           column,
          gsize           row,
          Column         *of,
          gsize           place,
          GString        *out)
{
  g_autofree char *text = NULL;

  if (of->numbers != NULL)
    {
      if (!isnan (of->numbers[place]))
        set_end (out, cam_number_put (make_room (out), of->numbers[place], &of->n_decimals));
      return;
    }
  text = cam_table_dup_text (table, column, row);
  cam_csv_write_field (out, text, ',');
}

/* The step from the row before @last to it, among the rows that come before it in the order and are of its group; NaN: there is none, or the one before that is another. */
static double
find_interval (const CamPredictions *self,
               const CamTable       *table,
               guint                 order,
               gsize                 last)
{
  int group = cam_table_find (table, self->group_name);
  double at = cam_table_get_number (table, order, last), before[2] = { -INFINITY, -INFINITY }, steps[2];
  g_autofree char *name = group >= 0 ? cam_table_dup_text (table, (guint) group, last) : NULL;

  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      double value = cam_table_get_number (table, order, row);
      g_autofree char *own = group >= 0 ? cam_table_dup_text (table, (guint) group, row) : NULL;

      if (!(value < at) || g_strcmp0 (own, name) != 0 || value <= before[1])
        continue;
      before[1] = value > before[0] ? before[0] : value;
      before[0] = MAX (before[0], value);
    }
  steps[0] = at - before[0];
  steps[1] = before[0] - before[1];

  return isfinite (steps[0]) && fabs (steps[1] - steps[0]) <= 1e-6 * steps[0] ? steps[0] : NAN;
}

/* A row to come has the place that follows in the order, and its group's name. */
static char *
dup_cell_to_come (const CamPredictions *self,
                  const CamTable       *table,
                  guint                 column,
                  gsize                 i)
{
  gsize last = self->came_before[i];
  const char *name = cam_table_get_name (table, column);
  double interval;

  if (g_strcmp0 (name, self->group_name) == 0)
    return cam_table_dup_text (table, column, last);
  if (g_strcmp0 (name, self->order_name) != 0 || !cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    return g_strdup ("");
  interval = find_interval (self, table, column, last);

  return isnan (interval) ? g_strdup ("") : cam_table_dup_value (table, column, cam_table_get_number (table, column, last) + interval * self->steps[i]);
}

static void
add_row_to_come (const CamPredictions *self,
                 const CamTable       *table,
                 gsize                 i,
                 GString              *out)
{
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    {
      g_autofree char *text = dup_cell_to_come (self, table, c, i);

      if (c > 0)
        g_string_append_c (out, ',');
      cam_csv_write_field (out, text, ',');
    }
  add_answers (self, self->n_rows + i, out);
}

void
cam_predictions_add_rows (const CamPredictions *self,
                          const CamTable       *table,
                          gsize                 first,
                          gsize                 n,
                          GString              *out)
{
  guint n_columns = cam_table_get_n_columns (table);
  Column *columns = make_columns (table);

  for (gsize done = 0; done < n; done += BLOCK_ROWS)
    {
      gsize here = MIN (BLOCK_ROWS, n - done);

      for (guint c = 0; c < n_columns; c++)
        if (columns[c].numbers != NULL)
          cam_table_copy_numbers (table, c, first + done, here, columns[c].numbers);
      for (gsize i = 0; i < here; i++)
        {
          for (guint c = 0; c < n_columns; c++)
            {
              if (c > 0)
                g_string_append_c (out, ',');
              add_cell (table, c, first + done + i, &columns[c], i, out);
            }
          add_answers (self, first + done + i, out);
        }
    }
  free_columns (columns, n_columns);
}

void
cam_predictions_add_to_come (const CamPredictions *self,
                             const CamTable       *table,
                             GString              *out)
{
  for (gsize i = 0; i < self->n_to_come; i++)
    add_row_to_come (self, table, i, out);
}

GString *
cam_predictions_to_csv (const CamPredictions *self,
                        const CamTable       *table,
                        const gsize          *rows,
                        gsize                 n_rows)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self->n_rows == cam_table_get_n_rows (table), out);

  cam_predictions_add_header (self, table, out);
  for (gsize i = 0; rows != NULL && i < n_rows; i++)
    cam_predictions_add_rows (self, table, rows[i], 1, out);
  if (rows == NULL)
    {
      cam_predictions_add_rows (self, table, 0, self->n_rows, out);
      cam_predictions_add_to_come (self, table, out);
    }

  return out;
}

gboolean
cam_predictions_save (const CamPredictions  *self,
                      const CamTable        *table,
                      const char            *path,
                      GError               **error)
{
  g_autoptr(GString) out = cam_predictions_to_csv (self, table, NULL, 0);

  return g_file_set_contents_full (path, out->str, (gssize) out->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}
