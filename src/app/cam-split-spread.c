/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted from the targets as the network will see them, so that windows and filled values are in it. */

#include "cam-split-spread.h"

#include <math.h>

#define BINS 16
/* More rows than these make no difference to a picture of twenty pixels. */
#define MOST_ROWS 20000
#define MOST_LABELS 24

static double *
get_heights (const CamSpread *self,
             guint            part)
{
  return self->heights + (gsize) part * self->n;
}

static void
count_classes (CamSpread        *self,
               const CamDataset *dataset)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (guint c = 0; c < self->n; c++)
      get_heights (self, p)[c] = (double) cam_dataset_get_n_of_class (dataset, (CamPart) p, c) / (double) MAX (cam_dataset_get_n_rows (dataset, (CamPart) p), 1);
}

static void
count_labels (CamSpread        *self,
              const CamDataset *dataset)
{
  const guint n_outputs = cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset));

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      const gsize n = cam_dataset_get_n_rows (dataset, (CamPart) p);
      const float *y = cam_dataset_get_y (dataset, (CamPart) p);

      for (gsize i = 0; i < n; i++)
        for (guint l = 0; l < self->n; l++)
          get_heights (self, p)[l] += (double) y[i * n_outputs + l] / (double) n;
    }
}

static void
count_numbers (CamSpread        *self,
               const CamDataset *dataset)
{
  const guint n_outputs = cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset));
  double low = INFINITY, high = -INFINITY;

  /* Twice over the same rows: for the range, then for the bins. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint p = 0; p < CAM_N_PARTS; p++)
      {
        const gsize n = cam_dataset_get_n_rows (dataset, (CamPart) p), step = n / MOST_ROWS + 1;
        const float *y = cam_dataset_get_y (dataset, (CamPart) p);

        for (gsize i = 0; i < n; i += step)
          {
            const double value = (double) y[i * n_outputs];

            if (!isfinite (value))
              continue;
            if (pass > 0)
              get_heights (self, p)[MIN ((guint) ((value - low) / (high - low) * BINS), BINS - 1)] += 1;
            low = MIN (low, value);
            high = MAX (high, value);
          }
        if (pass == 0 && p == CAM_N_PARTS - 1 && !(high > low))
          {
            self->kind = CAM_SPREAD_NONE;
            return;
          }
      }
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      double most = 1;

      for (guint b = 0; b < BINS; b++)
        most = MAX (most, get_heights (self, p)[b]);
      for (guint b = 0; b < BINS; b++)
        get_heights (self, p)[b] /= most;
    }
}

CamSpread *
cam_spread_new (const CamDataset *dataset)
{
  CamSpread *self = g_new0 (CamSpread, 1);
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  const guint n_classes = cam_preparation_get_n_classes (preparation), n_outputs = cam_preparation_get_n_outputs (preparation);

  if (n_classes > 0)
    {
      self->kind = CAM_SPREAD_CLASSES;
      self->n = n_classes;
      self->heights = g_new0 (double, (gsize) CAM_N_PARTS * self->n);
      count_classes (self, dataset);
    }
  else if (cam_dataset_get_task (dataset) == CAM_TASK_MULTILABEL)
    {
      self->kind = CAM_SPREAD_LABELS;
      self->n = MIN (n_outputs, MOST_LABELS);
      self->heights = g_new0 (double, (gsize) CAM_N_PARTS * self->n);
      count_labels (self, dataset);
    }
  else if (cam_dataset_get_task (dataset) == CAM_TASK_REGRESSION && n_outputs > 0)
    {
      self->kind = CAM_SPREAD_NUMBERS;
      self->n = BINS;
      self->heights = g_new0 (double, (gsize) CAM_N_PARTS * self->n);
      count_numbers (self, dataset);
    }
  return self;
}

void
cam_spread_free (CamSpread *self)
{
  g_free (self->heights);
  g_free (self);
}

double
cam_spread_get_gap (const CamSpread  *self,
                    const CamDataset *dataset)
{
  double widest = 0;

  if (self->kind != CAM_SPREAD_CLASSES && self->kind != CAM_SPREAD_LABELS)
    return NAN;
  for (guint p = CAM_PART_VALIDATION; p < CAM_N_PARTS; p++)
    for (guint i = 0; i < self->n && cam_dataset_get_n_rows (dataset, (CamPart) p) > 0; i++)
      widest = MAX (widest, fabs (get_heights (self, p)[i] - get_heights (self, CAM_PART_TRAIN)[i]));
  return widest;
}
