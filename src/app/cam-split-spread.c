/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted from the targets as the network will see them, so that windows and filled values are in it. */

#include "cam-split-spread.h"

#include <math.h>

#define BINS 16
/* More rows than these make no difference to a picture of twenty pixels. */
#define MOST_ROWS 20000
/* Shares are exact up to here, and right to a thousandth beyond. */
#define MOST_COUNTED 200000
#define MOST_LABELS 24

static double *
get_heights (const CamSpread *self,
             guint            part)
{
  return self->heights + (gsize) part * self->n;
}

/* Classes are one-hot, or the one column of a binary task, whose first class is what the second leaves; labels are columns too. */
static void
count_shares (CamSpread        *self,
              const CamDataset *dataset)
{
  const guint n_outputs = cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset));
  const gboolean is_binary = self->kind == CAM_SPREAD_CLASSES && n_outputs == 1;
  const guint first = is_binary ? 1 : 0;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      const gsize n = cam_dataset_get_n_rows (dataset, (CamPart) p), step = n / MOST_COUNTED + 1, n_counted = (n + step - 1) / step;
      const float *y = cam_dataset_get_y (dataset, (CamPart) p);
      double *heights = get_heights (self, p);

      for (gsize i = 0; i < n; i += step)
        for (guint c = first; c < self->n; c++)
          heights[c] += (double) y[i * n_outputs + c - first];
      for (guint c = 0; c < self->n && n_counted > 0; c++)
        heights[c] /= (double) n_counted;
      if (is_binary && n_counted > 0)
        heights[0] = 1.0 - heights[1];
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
      count_shares (self, dataset);
    }
  else if (cam_dataset_get_task (dataset) == CAM_TASK_MULTILABEL)
    {
      self->kind = CAM_SPREAD_LABELS;
      self->n = MIN (n_outputs, MOST_LABELS);
      self->heights = g_new0 (double, (gsize) CAM_N_PARTS * self->n);
      count_shares (self, dataset);
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
