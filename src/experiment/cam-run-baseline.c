/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run's predictions are worth in the units of the target, beside the simplest that could be said without a network: the most frequent class, the mean, or the last value known. */
#include "cam-run-private.h"

#include <cam-tensor.h>
#include <math.h>
#include <string.h>

static const char *const part_names[CAM_N_PARTS] = { "train", "validation", "test" };

typedef struct
{
  const CamDataset *dataset;
  CamPreparation   *preparation;
  CamTask           task;
  guint             n_outputs, n_targets;
  float            *usual;     /* [n_outputs]: what is said of every sample, as prepared; NULL: the last value */
} Baseline;

/* The mean of each output in the training rows; of classes the most frequent one, of labels whichever of 0 and 1 is. */
static float *
find_usual (const Baseline *self)
{
  const float *y = cam_dataset_get_y (self->dataset, CAM_PART_TRAIN);
  gsize n = cam_dataset_get_n_rows (self->dataset, CAM_PART_TRAIN);
  g_autofree double *sums = g_new0 (double, self->n_outputs);
  float *usual = g_new0 (float, self->n_outputs);
  guint most = 0;

  for (gsize i = 0; i < n; i++)
    for (guint k = 0; k < self->n_outputs; k++)
      sums[k] += y[i * self->n_outputs + k];
  for (guint k = 1; k < self->n_outputs; k++)
    if (sums[k] > sums[most])
      most = k;
  for (guint k = 0; k < self->n_outputs; k++)
    switch (self->task)
      {
      case CAM_TASK_MULTICLASS:
        usual[k] = k == most ? 1.0f : 0.0f;
        break;
      case CAM_TASK_BINARY:
      case CAM_TASK_MULTILABEL:
        usual[k] = 2.0 * sums[k] > (double) n ? 1.0f : 0.0f;
        break;
      case CAM_TASK_REGRESSION:
      case CAM_TASK_AUTOENCODER:
      default:
        usual[k] = (float) (sums[k] / (double) MAX (n, 1));
      }

  return usual;
}

/* What the baseline says of one sample, as the network would say it. */
static void
say_usual (const Baseline *self,
           CamPart         part,
           gsize           row,
           float          *outputs)
{
  const float *last = cam_dataset_get_last (self->dataset, part), *base = cam_dataset_get_base (self->dataset, part);

  if (self->usual != NULL)
    memcpy (outputs, self->usual, self->n_outputs * sizeof (float));
  else
    for (guint k = 0; k < self->n_outputs; k++)
      outputs[k] = base != NULL ? 0.0f : last[row * self->n_targets + k % self->n_targets];
}

typedef struct { double absolute, squares, right; gsize n, n_rows; } Sums;

/* One sample's truth and answer, both as prepared; what is not finite does not count. */
static void
add_sample (const Baseline *self,
            CamPart         part,
            gsize           row,
            float          *real,
            float          *said,
            Sums           *sums)
{
  const float *base = cam_dataset_get_base (self->dataset, part);
  guint n = self->n_outputs, best_real = 0, best_said = 0, n_right = 0;

  if (base != NULL)
    base += row * self->n_targets;
  cam_preparation_invert (self->preparation, real, base);
  cam_preparation_invert (self->preparation, said, base);
  for (guint k = 0; k < n; k++)
    {
      double miss = (double) said[k] - real[k];

      if (isfinite (miss))
        {
          sums->absolute += fabs (miss);
          sums->squares += miss * miss;
          sums->n++;
        }
      n_right += (real[k] > 0.5f) == (said[k] > 0.5f);
      best_real = real[k] > real[best_real] ? k : best_real;
      best_said = said[k] > said[best_said] ? k : best_said;
    }
  sums->right += self->task == CAM_TASK_MULTICLASS ? (double) (best_real == best_said) : (double) n_right / n;
  sums->n_rows++;
}

static json_t *
sums_to_json (const Baseline *self,
              const Sums     *sums)
{
  if (self->task == CAM_TASK_REGRESSION || self->task == CAM_TASK_AUTOENCODER)
    return sums->n > 0 ? json_pack ("{s:f, s:f}", "mean_absolute_error", sums->absolute / (double) sums->n, "root_mean_squared_error", sqrt (sums->squares / (double) sums->n))
                       : json_object ();

  return json_pack ("{s:f}", "accuracy", sums->n_rows > 0 ? sums->right / (double) sums->n_rows : 0.0);
}

/* Both by the same rows. */
static void
measure_part (const Baseline   *self,
              const CamNetwork *network,
              CamPart           part,
              json_t           *of_network,
              json_t           *of_baseline)
{
  gsize n = cam_dataset_get_n_rows (self->dataset, part), width = self->n_outputs;
  const float *x = cam_dataset_get_x (self->dataset, part), *y = cam_dataset_get_y (self->dataset, part);
  float *said = cam_floats_new (n * width);
  g_autofree float *real = g_new (float, width), *usual = g_new (float, width);
  Sums own = { 0 }, other = { 0 };

  if (said == NULL)
    return;
  cam_network_predict (network, x, n, said);
  for (gsize i = 0; i < n; i++)
    {
      say_usual (self, part, i, usual);
      /* Where the last value is missing there is nothing to be compared with. */
      if (!isfinite (usual[0]))
        continue;
      memcpy (real, y + i * width, width * sizeof (float));
      add_sample (self, part, i, real, said + i * width, &own);
      memcpy (real, y + i * width, width * sizeof (float));
      add_sample (self, part, i, real, usual, &other);
    }
  cam_floats_free (said);

  json_object_set_new (of_network, part_names[part], sums_to_json (self, &own));
  json_object_set_new (of_baseline, part_names[part], sums_to_json (self, &other));
}

void
cam_run_report_baseline (const CamDataset *dataset,
                         const CamNetwork *network,
                         const gboolean    is_wanted[CAM_N_PARTS],
                         json_t           *report)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  Baseline self = { dataset, preparation, cam_dataset_get_task (dataset), cam_preparation_get_n_outputs (preparation), cam_preparation_get_n_targets (preparation), NULL };
  gboolean is_forecast = cam_dataset_get_last (dataset, CAM_PART_TRAIN) != NULL;
  gboolean has_classes = self.task != CAM_TASK_REGRESSION && self.task != CAM_TASK_AUTOENCODER;
  json_t *of_network = json_object (), *of_baseline = json_object ();

  if (!is_forecast)
    self.usual = find_usual (&self);
  json_object_set_new (of_baseline, "is", json_string (is_forecast ? "last value" : has_classes ? "most frequent" : "mean"));
  for (guint part = 0; part < CAM_N_PARTS; part++)
    if (is_wanted[part] && cam_dataset_get_n_rows (dataset, (CamPart) part) > 0)
      measure_part (&self, network, (CamPart) part, of_network, of_baseline);
  g_free (self.usual);

  json_object_set_new (report, "target_scores", of_network);
  json_object_set_new (report, "baseline", of_baseline);
}
