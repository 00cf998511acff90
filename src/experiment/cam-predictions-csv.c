/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model's answers saved beside the rows of the table. */
#include "cam-model-private.h"

#include <cam-csv.h>
#include <cam-number.h>
#include <math.h>

static void
add_number (GString *out,
            float    value)
{
  char buf[CAM_NUMBER_BUF];

  g_string_append_c (out, ',');
  if (isfinite (value))
    g_string_append (out, cam_number_shortest (buf, value, TRUE));
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

/* Most cells are numbers, in which there is nothing to quote. */
static void
add_cell (const CamTable *table,
          guint           column,
          gsize           row,
          int            *n_decimals,
          GString        *out)
{
  g_autofree char *text = NULL;

  if (cam_table_get_kind (table, column) == CAM_COLUMN_NUMBER)
    {
      double value = cam_table_get_number (table, column, row);
      gsize length = out->len;

      if (isnan (value))
        return;
      g_string_set_size (out, length + CAM_NUMBER_BUF);
      g_string_truncate (out, (gsize) (cam_number_put (out->str + length, value, n_decimals) - out->str));
      return;
    }
  text = cam_table_dup_text (table, column, row);
  cam_csv_write_field (out, text, ',');
}

static void
add_row (const CamPredictions *self,
         const CamTable       *table,
         gsize                 row,
         int                  *n_decimals,
         GString              *out)
{
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    {
      if (c > 0)
        g_string_append_c (out, ',');
      add_cell (table, c, row, &n_decimals[c], out);
    }
  add_answers (self, row, out);
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
  /* The numbers of a column have as many decimals, more or less. */
  g_autofree int *n_decimals = g_new0 (int, cam_table_get_n_columns (table) + 1);

  for (gsize i = 0; i < n; i++)
    add_row (self, table, first + i, n_decimals, out);
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
