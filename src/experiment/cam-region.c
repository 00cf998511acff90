/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preparation is affine in a number column, so four prepared corners give the inputs of all cells: no cell is prepared by itself. */
#include "cam-region.h"

#include <math.h>

#include <cam-number.h>

#define MOST_POINTS 400
#define MOST_FEATURES 100       /* a plane through pixels says nothing */
#define MARGIN 0.06             /* around the data, of their range */

GArray *
cam_region_list_columns (CamDataset *dataset)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamTable *table = cam_dataset_get_table (dataset);
  guint n = cam_preparation_get_n_features (preparation);

  if (cam_preparation_get_n_classes (preparation) < 2 || !cam_preparation_takes_one_row (preparation) || n > MOST_FEATURES
      || cam_preparation_get_input_shape (preparation).n_dims != 1 || cam_preparation_get_vocabulary (preparation) > 0)
    return columns;
  for (guint i = 0; i < n; i++)
    {
      int column = cam_table_find (table, cam_preparation_get_feature_name (preparation, i));
      CamColumnSummary summary;

      if (column < 0 || cam_table_get_kind (table, (guint) column) != CAM_COLUMN_NUMBER)
        continue;
      cam_table_summarise (table, (guint) column, &summary);
      if (summary.max > summary.min)
        g_array_append_val (columns, i);
    }
  return columns;
}

static char *
dup_middle (CamTable *table,
            guint     column)
{
  CamColumnSummary summary;
  g_autofree gsize *counts = NULL;
  guint n_levels, best = 0;

  if (cam_column_kind_is_numeric (cam_table_get_kind (table, column)))
    {
      cam_table_summarise (table, column, &summary);
      return cam_table_dup_value (table, column, summary.median);
    }
  n_levels = cam_table_get_n_levels (table, column);
  if (n_levels == 0)
    return g_strdup ("");
  counts = g_new0 (gsize, n_levels);
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      int code = cam_table_get_code (table, column, row);

      if (code >= 0 && (guint) code < n_levels)
        counts[code]++;
    }
  for (guint i = 1; i < n_levels; i++)
    best = counts[i] > counts[best] ? i : best;
  return g_strdup (cam_table_get_level (table, column, best));
}

char **
cam_region_dup_cells (CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamTable *table = cam_dataset_get_table (dataset);
  guint n = cam_preparation_get_n_features (preparation);
  char **cells = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      int column = cam_table_find (table, cam_preparation_get_feature_name (preparation, i));

      cells[i] = column >= 0 ? dup_middle (table, (guint) column) : g_strdup ("");
    }
  return cells;
}

static void
find_range (CamTable *table,
            guint     column,
            double   *min,
            double   *max)
{
  CamColumnSummary summary;
  double margin;

  cam_table_summarise (table, column, &summary);
  margin = MARGIN * (summary.max - summary.min);
  *min = summary.min - margin;
  *max = summary.max + margin;
}

/* The inputs of a row of @cells with two of them replaced. */
static gboolean
prepare_corner (CamPreparation    *preparation,
                const char *const *cells,
                guint              x,
                double             x_value,
                guint              y,
                double             y_value,
                float             *inputs)
{
  guint n = cam_preparation_get_n_features (preparation);
  g_autofree const char **texts = g_new0 (const char *, n + 1);
  char x_text[CAM_NUMBER_BUF], y_text[CAM_NUMBER_BUF];

  for (guint i = 0; i < n; i++)
    texts[i] = cells[i];
  texts[x] = cam_number_shortest (x_text, x_value, FALSE);
  texts[y] = cam_number_shortest (y_text, y_value, FALSE);
  return cam_preparation_apply_texts (preparation, texts, inputs);
}

static gboolean
lay_out (CamRegion         *self,
         CamPreparation    *preparation,
         guint              x,
         guint              y,
         const char *const *cells)
{
  gsize n = self->n_inputs;
  g_autofree float *corner = g_new (float, n), *along_x = g_new (float, n), *along_y = g_new (float, n);

  if (!prepare_corner (preparation, cells, x, self->x_min, y, self->y_min, corner) || !prepare_corner (preparation, cells, x, self->x_max, y, self->y_min, along_x)
      || !prepare_corner (preparation, cells, x, self->x_min, y, self->y_max, along_y))
    return FALSE;
  self->inputs = g_new (float, (gsize) self->width * self->height * n);
  for (guint row = 0; row < self->height; row++)
    for (guint column = 0; column < self->width; column++)
      {
        /* The middle of the cell. */
        float share_x = (float) ((column + 0.5) / self->width), share_y = (float) ((row + 0.5) / self->height);
        float *cell = self->inputs + ((gsize) row * self->width + column) * n;

        for (gsize i = 0; i < n; i++)
          cell[i] = corner[i] + share_x * (along_x[i] - corner[i]) + share_y * (along_y[i] - corner[i]);
      }
  return TRUE;
}

static guint
find_class (const float *y,
            guint        n_outputs)
{
  guint best = 0;

  if (n_outputs == 1)
    return y[0] > 0.5f;
  for (guint i = 1; i < n_outputs; i++)
    best = y[i] > y[best] ? i : best;
  return best;
}

static void
take_points (CamRegion  *self,
             CamDataset *dataset,
             guint       x_column,
             guint       y_column)
{
  CamTable *table = cam_dataset_get_table (dataset);
  guint n_outputs = cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset));
  gsize n = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN);
  const gsize *rows = cam_dataset_get_rows (dataset, CAM_PART_TRAIN);
  const float *y = cam_dataset_get_y (dataset, CAM_PART_TRAIN);

  self->n_points = MIN (n, MOST_POINTS);
  self->point_x = g_new (double, self->n_points + 1);
  self->point_y = g_new (double, self->n_points + 1);
  self->point_class = g_new (guint, self->n_points + 1);
  for (gsize i = 0; i < self->n_points; i++)
    {
      gsize k = i * n / self->n_points;

      self->point_x[i] = cam_table_get_number (table, x_column, rows[k]);
      self->point_y[i] = cam_table_get_number (table, y_column, rows[k]);
      self->point_class[i] = find_class (y + k * n_outputs, n_outputs);
    }
}

CamRegion *
cam_region_new (CamDataset        *dataset,
                guint              x,
                guint              y,
                const char *const *cells,
                guint              width,
                guint              height)
{
  g_autoptr(CamRegion) self = g_new0 (CamRegion, 1);
  g_auto(GStrv) middle = NULL;
  CamPreparation *preparation;
  CamTable *table;
  int x_column, y_column;

  g_return_val_if_fail (dataset != NULL && x != y && width > 0 && height > 0, NULL);

  preparation = cam_dataset_get_preparation (dataset);
  table = cam_dataset_get_table (dataset);
  g_return_val_if_fail (x < cam_preparation_get_n_features (preparation) && y < cam_preparation_get_n_features (preparation), NULL);

  x_column = cam_table_find (table, cam_preparation_get_feature_name (preparation, x));
  y_column = cam_table_find (table, cam_preparation_get_feature_name (preparation, y));
  if (x_column < 0 || y_column < 0)
    return NULL;
  middle = cells == NULL ? cam_region_dup_cells (dataset) : NULL;
  self->width = width;
  self->height = height;
  self->n_classes = cam_preparation_get_n_classes (preparation);
  self->n_inputs = cam_preparation_get_n_inputs (preparation);
  find_range (table, (guint) x_column, &self->x_min, &self->x_max);
  find_range (table, (guint) y_column, &self->y_min, &self->y_max);
  if (!lay_out (self, preparation, x, y, cells != NULL ? cells : (const char *const *) middle))
    return NULL;
  take_points (self, dataset, (guint) x_column, (guint) y_column);
  return g_steal_pointer (&self);
}

void
cam_region_free (CamRegion *self)
{
  if (self == NULL)
    return;
  g_free (self->inputs);
  g_free (self->point_x);
  g_free (self->point_y);
  g_free (self->point_class);
  g_free (self);
}

/* One output: the share of the second class. */
static float *
split_shares (const float *outputs,
              gsize        n,
              gboolean     is_logits)
{
  float *shares = g_new (float, 2 * n);

  for (gsize i = 0; i < n; i++)
    {
      float share = is_logits ? 1 / (1 + expf (-outputs[i])) : outputs[i];

      shares[2 * i] = 1 - share;
      shares[2 * i + 1] = share;
    }
  return shares;
}

static void
softmax (float *values,
         guint  n)
{
  float largest = values[0], sum = 0;

  for (guint i = 1; i < n; i++)
    largest = fmaxf (largest, values[i]);
  for (guint i = 0; i < n; i++)
    sum += values[i] = expf (values[i] - largest);
  for (guint i = 0; i < n; i++)
    values[i] /= sum;
}

float *
cam_region_ask (const CamRegion  *self,
                const CamNetwork *network)
{
  CamShape shape = cam_network_get_output_shape (network);
  gsize n = (gsize) self->width * self->height, n_outputs = 1;
  g_autofree float *outputs = NULL;

  for (guint i = 0; i < shape.n_dims; i++)
    n_outputs *= shape.dims[i];
  g_return_val_if_fail (n_outputs == self->n_classes || (n_outputs == 1 && self->n_classes == 2), NULL);

  outputs = g_new (float, n * n_outputs);
  cam_network_predict (network, self->inputs, n, outputs);
  if (n_outputs == 1)
    return split_shares (outputs, n, self->is_logits);
  for (gsize i = 0; i < n && self->is_logits; i++)
    softmax (outputs + i * n_outputs, self->n_classes);
  return g_steal_pointer (&outputs);
}
