/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns taken away, changed, and put back to what is usual. A column may be several inputs (one for each category, one for what is missing): they go together. */
#include "cam-evaluation-why.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include <cam-feature-inputs.h>
#include <cam-rng.h>
#include <cam-statistics.h>
#include <cam-tensor.h>

#include "cam-model-private.h"
#include "cam-region.h"

#define MOST_ROWS 4000          /* for importance */
#define MOST_CURVES 400         /* rows for dependence */
#define N_POINTS 25
#define SEED 1

/* Rows of a part, spread evenly, and where the inputs of each column are. */
typedef struct
{
  const CamModel   *model;
  const CamNetwork *network;
  CamPreparation   *preparation;
  CamTask           task;
  gsize             n_rows, n_inputs, n_outputs, n_steps, width;   /* @width: of one step of a window */
  float            *x;                                             /* [n_rows, n_inputs] */
  float            *truth;                                         /* [n_rows, n_outputs], as prepared */
  float            *base;                                          /* [n_rows, n_targets]; NULL: none */
  guint             n_targets;
  gboolean          is_logits;
} Rows;

static void
rows_clear (Rows *self)
{
  cam_floats_free (self->x);
  cam_floats_free (self->truth);
  g_free (self->base);
}

static void
rows_init (Rows             *self,
           const CamModel   *model,
           const CamDataset *dataset,
           CamPart           part,
           gsize             most)
{
  gsize n_all = cam_dataset_get_n_rows (dataset, part), every = MAX ((n_all + most - 1) / most, 1);
  const float *base = cam_dataset_get_base (dataset, part);

  *self = (Rows) { .model = model, .network = cam_model_get_network (model), .preparation = cam_dataset_get_preparation (dataset) };
  self->task = cam_preparation_get_task (self->preparation);
  self->n_rows = (n_all + every - 1) / every;
  self->n_inputs = cam_preparation_get_n_inputs (self->preparation);
  self->n_outputs = cam_preparation_get_n_outputs (self->preparation);
  self->n_steps = MAX (cam_preparation_get_length (self->preparation), 1);
  self->width = self->n_inputs / self->n_steps;
  self->n_targets = MAX (cam_preparation_get_n_targets (self->preparation), 1);
  self->is_logits = json_is_true (json_object_get (json_object_get (cam_model_get_loss (model), "config"), "from_logits"));
  self->x = cam_floats_new (self->n_rows * self->n_inputs);
  self->truth = cam_floats_new (self->n_rows * self->n_outputs);
  self->base = base != NULL ? g_new (float, self->n_rows * self->n_targets) : NULL;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      memcpy (self->x + i * self->n_inputs, cam_dataset_get_x (dataset, part) + i * every * self->n_inputs, self->n_inputs * sizeof (float));
      memcpy (self->truth + i * self->n_outputs, cam_dataset_get_y (dataset, part) + i * every * self->n_outputs, self->n_outputs * sizeof (float));
      if (base != NULL)
        memcpy (self->base + i * self->n_targets, base + i * every * self->n_targets, self->n_targets * sizeof (float));
    }
}

/* What is said of row @i, as people read it: a probability, or target units. @outputs is changed. */
static double
read_answer (const Rows *self,
             float      *outputs,
             const float *base,
             guint       output)
{
  double sum = 0.0, most = -INFINITY;

  if (self->task == CAM_TASK_REGRESSION)
    {
      cam_preparation_invert (self->preparation, outputs, base);
      return outputs[output];
    }
  if (!self->is_logits)
    return outputs[output];
  if (self->task != CAM_TASK_MULTICLASS)
    return 1.0 / (1.0 + exp (-(double) outputs[output]));
  for (gsize k = 0; k < self->n_outputs; k++)
    most = MAX (most, outputs[k]);
  for (gsize k = 0; k < self->n_outputs; k++)
    sum += exp (outputs[k] - most);
  return exp (outputs[output] - most) / sum;
}

gboolean
cam_why_can_explain (const CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamShape shape = cam_preparation_get_input_shape (preparation);
  guint n = cam_preparation_get_n_features (preparation);

  return cam_preparation_get_vocabulary (preparation) == 0 && shape.n_dims <= 2 && n > 0 && n <= CAM_WHY_MOST_FEATURES
         && cam_preparation_get_task (preparation) != CAM_TASK_AUTOENCODER;
}

/* Importance -------------------------------------------------------------------------------------------------------- */

static CamScoreKind
choose_score (CamTask task)
{
  return task == CAM_TASK_REGRESSION ? CAM_SCORE_RMSE : task == CAM_TASK_BINARY ? CAM_SCORE_AUC : CAM_SCORE_ACCURACY;
}

static double
measure (const Rows *self,
         float      *y,
         guint       output)
{
  double sum = 0.0;
  gsize n = self->n_outputs, n_counted = 0;

  if (self->task == CAM_TASK_BINARY)
    {
      g_autofree guint8 *truth = g_new (guint8, self->n_rows);
      g_autoptr(CamCutoffs) cutoffs = NULL;

      for (gsize i = 0; i < self->n_rows; i++)
        truth[i] = self->truth[i] > 0.5f;
      cutoffs = cam_cutoffs_new (y, truth, self->n_rows);
      return cam_cutoffs_get_auc (cutoffs);
    }
  for (gsize i = 0; i < self->n_rows; i++)
    {
      float *row = y + i * n, *truth = self->truth + i * n;

      if (self->task == CAM_TASK_MULTICLASS)
        {
          guint said = 0, real = 0;

          for (guint k = 1; k < n; k++)
            {
              said = row[k] > row[said] ? k : said;
              real = truth[k] > truth[real] ? k : real;
            }
          sum += said == real;
          n_counted++;
        }
      else if (self->task == CAM_TASK_MULTILABEL)
        {
          sum += (row[output] > (self->is_logits ? 0.0f : 0.5f)) == (truth[output] > 0.5f);
          n_counted++;
        }
      else
        {
          g_autofree float *real = g_memdup2 (truth, n * sizeof (float));
          const float *base = self->base != NULL ? self->base + i * self->n_targets : NULL;
          double miss = read_answer (self, row, base, output);

          cam_preparation_invert (self->preparation, real, base);
          miss -= real[output];
          if (isfinite (miss))
            {
              sum += miss * miss;
              n_counted++;
            }
        }
    }
  sum /= (double) MAX (n_counted, 1);

  return self->task == CAM_TASK_REGRESSION ? sqrt (sum) : sum;
}

static int
compare_importance (gconstpointer a,
                    gconstpointer b)
{
  const CamImportance *first = a, *second = b;

  if (first->mean != second->mean)
    return first->mean > second->mean ? -1 : 1;
  return (first->feature > second->feature) - (first->feature < second->feature);
}

CamImportances *
cam_why_list_importance (const CamModel   *model,
                         const CamDataset *dataset,
                         CamPart           part,
                         guint             output,
                         guint             n_repeats,
                         gint             *progress,
                         GCancellable     *cancellable)
{
  Rows rows;
  CamImportances *self = NULL;
  float *x, *y;
  g_autofree guint32 *order = NULL;
  guint n;
  CamRng rng;

  g_return_val_if_fail (model != NULL && dataset != NULL && cam_dataset_get_n_rows (dataset, part) > 0 && n_repeats > 0, NULL);

  rows_init (&rows, model, dataset, part, MOST_ROWS);
  n = cam_preparation_get_n_features (rows.preparation);
  self = g_malloc0 (sizeof *self + n * sizeof self->items[0]);
  x = cam_floats_new (rows.n_rows * rows.n_inputs);
  y = cam_floats_new (rows.n_rows * rows.n_outputs);
  order = g_new (guint32, rows.n_rows);
  self->score = choose_score (rows.task);
  self->n = n;
  self->n_repeats = n_repeats;
  self->n_rows = rows.n_rows;
  cam_network_predict (rows.network, rows.x, rows.n_rows, y);
  self->value = measure (&rows, y, output);
  cam_rng_init (&rng, SEED, cam_rng_stream_named ("importance"));
  memcpy (x, rows.x, rows.n_rows * rows.n_inputs * sizeof (float));

  for (guint f = 0; f < n; f++)
    {
      CamImportance *item = &self->items[f];
      guint n_own, first = cam_feature_find_inputs (rows.preparation, f, &n_own);

      *item = (CamImportance) { f, 0.0, INFINITY, -INFINITY };
      for (guint repeat = 0; repeat < n_repeats; repeat++)
        {
          double worse;

          if (g_cancellable_is_cancelled (cancellable))
            {
              g_clear_pointer (&self, g_free);
              goto out;
            }
          for (gsize i = 0; i < rows.n_rows; i++)
            order[i] = (guint32) i;
          cam_rng_shuffle (&rng, order, rows.n_rows);
          for (gsize i = 0; i < rows.n_rows; i++)
            for (gsize step = 0; step < rows.n_steps; step++)
              memcpy (x + i * rows.n_inputs + step * rows.width + first, rows.x + order[i] * rows.n_inputs + step * rows.width + first, n_own * sizeof (float));
          cam_network_predict (rows.network, x, rows.n_rows, y);
          worse = self->value - measure (&rows, y, output);
          if (self->score == CAM_SCORE_RMSE)
            worse = -worse;
          item->mean += worse / n_repeats;
          item->min = MIN (item->min, worse);
          item->max = MAX (item->max, worse);
          if (progress != NULL)
            g_atomic_int_set (progress, (gint) ((f * n_repeats + repeat + 1) * 1000 / (n * n_repeats)));
        }
      for (gsize i = 0; i < rows.n_rows; i++)
        for (gsize step = 0; step < rows.n_steps; step++)
          memcpy (x + i * rows.n_inputs + step * rows.width + first, rows.x + i * rows.n_inputs + step * rows.width + first, n_own * sizeof (float));
    }
  qsort (self->items, n, sizeof self->items[0], compare_importance);

out:
  cam_floats_free (x);
  cam_floats_free (y);
  rows_clear (&rows);

  return self;
}

/* Dependence -------------------------------------------------------------------------------------------------------- */

void
cam_dependence_free (CamDependence *self)
{
  if (self == NULL)
    return;
  g_free (self->x);
  g_strfreev (self->names);
  g_free (self->mean);
  g_free (self->low);
  g_free (self->high);
  g_free (self);
}

/* Values of a column from its training rows: of numbers between their 1 % and 99 %, so that one far away does not take all the room. */
static CamDependence *
list_values (const CamDataset *dataset,
             guint             feature)
{
  CamDependence *self = g_new0 (CamDependence, 1);
  CamTable *table = cam_dataset_get_table (dataset);
  int column = cam_table_find (table, cam_preparation_get_feature_name (cam_dataset_get_preparation (dataset), feature));
  gsize n = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN);
  const gsize *rows = cam_dataset_get_rows (dataset, CAM_PART_TRAIN);

  self->feature = feature;
  if (column >= 0 && cam_column_kind_is_category (cam_table_get_kind (table, (guint) column)))
    {
      self->is_category = TRUE;
      self->n = MIN (cam_table_get_n_levels (table, (guint) column), 20);
      self->names = g_new0 (char *, self->n + 1);
      self->x = g_new (double, self->n + 1);
      for (guint i = 0; i < self->n; i++)
        {
          self->names[i] = g_strdup (cam_table_get_level (table, (guint) column, i));
          self->x[i] = i;
        }
    }
  else if (column >= 0)
    {
      g_autofree double *values = g_new (double, n + 1);
      double low, high;

      for (gsize i = 0; i < n; i++)
        values[i] = cam_table_get_number (table, (guint) column, rows[i]);
      low = cam_quantile (values, n, 0.01);
      high = cam_quantile (values, n, 0.99);
      if (low < high)
        {
          self->n = N_POINTS;
          self->x = g_new (double, self->n);
          for (guint i = 0; i < self->n; i++)
            self->x[i] = low + (high - low) * i / (self->n - 1);
        }
    }
  if (self->n < 2)
    g_clear_pointer (&self, cam_dependence_free);
  else
    {
      self->mean = g_new (double, self->n);
      self->low = g_new (double, self->n);
      self->high = g_new (double, self->n);
    }

  return self;
}

CamDependence *
cam_why_find_dependence (const CamModel   *model,
                         const CamDataset *dataset,
                         CamPart           part,
                         guint             feature,
                         guint             output)
{
  CamDependence *self;
  Rows rows;
  g_auto(GStrv) cells = NULL;
  g_autofree double *answers = NULL;
  g_autofree char *usual = NULL;
  float *one, *y;
  guint n_own, first;

  g_return_val_if_fail (model != NULL && dataset != NULL && cam_dataset_get_n_rows (dataset, part) > 0, NULL);

  self = list_values (dataset, feature);
  if (self == NULL)
    return NULL;
  rows_init (&rows, model, dataset, part, MOST_CURVES);
  cells = cam_region_dup_cells ((CamDataset *) dataset);
  one = cam_floats_new (rows.n_inputs);
  y = cam_floats_new (rows.n_rows * rows.n_outputs);
  answers = g_new (double, rows.n_rows);
  first = cam_feature_find_inputs (rows.preparation, feature, &n_own);
  usual = g_steal_pointer (&cells[feature]);

  for (guint point = 0; point < self->n; point++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      double sum = 0.0;

      /* The column's inputs for this value are those of a row that is usual but for it. */
      cells[feature] = self->is_category ? self->names[point] : g_ascii_dtostr (number, sizeof number, self->x[point]);
      self->mean[point] = self->low[point] = self->high[point] = NAN;
      if (!cam_preparation_apply_texts (rows.preparation, (const char *const *) cells, one))
        continue;
      for (gsize i = 0; i < rows.n_rows; i++)
        memcpy (rows.x + i * rows.n_inputs + first, one + first, n_own * sizeof (float));
      cam_network_predict (rows.network, rows.x, rows.n_rows, y);
      for (gsize i = 0; i < rows.n_rows; i++)
        sum += answers[i] = read_answer (&rows, y + i * rows.n_outputs, rows.base != NULL ? rows.base + i * rows.n_targets : NULL, output);
      self->mean[point] = sum / (double) rows.n_rows;
      self->low[point] = cam_quantile (answers, rows.n_rows, 0.1);
      self->high[point] = cam_quantile (answers, rows.n_rows, 0.9);
    }
  cells[feature] = g_steal_pointer (&usual);
  cam_floats_free (one);
  cam_floats_free (y);
  rows_clear (&rows);

  return self;
}

/* Reasons ----------------------------------------------------------------------------------------------------------- */

static int
compare_reasons (gconstpointer a,
                 gconstpointer b)
{
  const CamReason *first = a, *second = b;

  if (fabs (first->change) != fabs (second->change))
    return fabs (first->change) > fabs (second->change) ? -1 : 1;
  return (first->feature > second->feature) - (first->feature < second->feature);
}

CamReasons *
cam_why_list_reasons (const CamModel   *model,
                      const CamDataset *dataset,
                      CamPart           part,
                      gsize             sample,
                      guint             output)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  Rows rows;
  CamReasons *self;
  g_auto(GStrv) cells = NULL;
  const float *base;
  float *usual, *x, *y;
  guint n;

  g_return_val_if_fail (model != NULL && dataset != NULL && sample < cam_dataset_get_n_rows (dataset, part), NULL);

  /* One row for the shapes; the row itself is taken below. */
  rows_init (&rows, model, dataset, part, 1);
  n = cam_preparation_get_n_features (preparation);
  self = g_malloc0 (sizeof *self + n * sizeof self->items[0]);
  cells = cam_region_dup_cells ((CamDataset *) dataset);
  usual = cam_floats_new (rows.n_inputs);
  x = cam_floats_new ((n + 1) * rows.n_inputs);
  y = cam_floats_new ((n + 1) * rows.n_outputs);
  base = cam_dataset_get_base (dataset, part) != NULL ? cam_dataset_get_base (dataset, part) + sample * rows.n_targets : NULL;
  self->n = cam_preparation_apply_texts (preparation, (const char *const *) cells, usual) ? n : 0;
  for (guint f = 0; f <= self->n; f++)
    {
      memcpy (x + f * rows.n_inputs, cam_dataset_get_x (dataset, part) + sample * rows.n_inputs, rows.n_inputs * sizeof (float));
      if (f > 0)
        {
          guint n_own, first = cam_feature_find_inputs (rows.preparation, f - 1, &n_own);

          memcpy (x + f * rows.n_inputs + first, usual + first, n_own * sizeof (float));
        }
    }
  cam_network_predict (rows.network, x, self->n + 1, y);
  self->answer = read_answer (&rows, y, base, output);
  for (guint f = 0; f < self->n; f++)
    {
      double answer = read_answer (&rows, y + (f + 1) * rows.n_outputs, base, output);

      self->items[f] = (CamReason) { f, answer, self->answer - answer };
    }
  qsort (self->items, self->n, sizeof self->items[0], compare_reasons);
  cam_floats_free (usual);
  cam_floats_free (x);
  cam_floats_free (y);
  rows_clear (&rows);

  return self;
}
