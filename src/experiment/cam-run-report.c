/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run is worth in the end: its report. */
#include "cam-run-private.h"

#include <cam-observe.h>
#include <math.h>

#include "cam-model-private.h"

/* After Stop, a part that is likely to take longer is not measured. */
#define MOST_WAIT_S 1.0
/* Rows that are sent through for a look at the units: about as many as tell a dead one, and no more work than a small part of an epoch. */
#define LOOK_ROWS 256

static const char *const part_names[CAM_N_PARTS] = { "train", "validation", "test" };

static const char *const end_names[] = {
  [CAM_FIT_FINISHED] = "finished",
  [CAM_FIT_EARLY] = "early",
  [CAM_FIT_STOPPED] = "stopped",
  [CAM_FIT_DIVERGED] = "diverged",
};

static const char *const bad_names[CAM_N_BAD] = { "nothing", "data", "loss", "gradient", "weight" };

/* JSON has no NaN: a number that is not finite is null. */
static json_t *
number (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

/* NULL where the part has no rows. */
static json_t *
measure_part (CamRun  *self,
              CamPart  part)
{
  CamSamples samples = cam_run_get_samples (self, part);
  g_auto(GStrv) keys = NULL;
  g_autofree double *values = NULL;
  json_t *scores;

  if (samples.n_rows == 0)
    return NULL;
  /* Loss and metrics were checked with these very shapes when the fit was made. */
  keys = cam_evaluate (self->fit_thread.network, cam_experiment_get_loss (self->experiment), cam_experiment_get_metrics (self->experiment),
                       cam_experiment_peek (self->experiment, "fit/weighted_metrics"), &samples, cam_experiment_get_batch_size (self->experiment), &values, NULL);
  if (keys == NULL)
    return NULL;

  scores = json_object ();
  for (guint i = 0; keys[i] != NULL; i++)
    json_object_set_new (scores, keys[i], number (values[i]));

  return scores;
}

/* Whoever pressed Stop should not wait for scores. A row takes less than it did in training, but on one thread. */
static gboolean
may_measure (CamRun  *self,
             CamPart  part)
{
  double trained = (double) self->n_rows * self->fit_thread.outcome.n_epochs;
  double row_s = trained > 0.0 ? self->fit_thread.trained_s / trained : 0.0;

  if (g_atomic_int_get (&self->is_hurried))
    return FALSE;

  return !g_cancellable_is_cancelled (self->cancellable) || row_s * (double) cam_dataset_get_n_rows (self->dataset, part) <= MOST_WAIT_S;
}

/* The training part last: it is the largest, and somebody in a hurry can do without it first. */
static json_t *
measure_parts (CamRun *self)
{
  static const CamPart order[] = { CAM_PART_TEST, CAM_PART_VALIDATION, CAM_PART_TRAIN };
  json_t *measured[CAM_N_PARTS] = { NULL };
  json_t *scores = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (may_measure (self, order[i]))
      measured[order[i]] = measure_part (self, order[i]);
  for (guint part = 0; part < CAM_N_PARTS; part++)
    if (measured[part] != NULL)
      json_object_set_new (scores, part_names[part], measured[part]);

  return scores;
}

/* The training part is not worth a second pass where there is another. */
static void
compare_parts (CamRun *self,
               json_t *report)
{
  gboolean is_wanted[CAM_N_PARTS];
  gboolean has_other = FALSE;

  for (guint part = CAM_PART_VALIDATION; part < CAM_N_PARTS; part++)
    {
      is_wanted[part] = may_measure (self, (CamPart) part);
      has_other = has_other || cam_dataset_get_n_rows (self->dataset, (CamPart) part) > 0;
    }
  is_wanted[CAM_PART_TRAIN] = !has_other && may_measure (self, CAM_PART_TRAIN);
  cam_run_report_baseline (self->dataset, self->fit_thread.network, is_wanted, report);
}

/* What the network is like inside: units that are dead or saturated for training rows, and the gradients of the last batch. Layers that have none of it are left out. */
static json_t *
look_at_layers (CamRun *self)
{
  CamSamples samples = cam_run_get_samples (self, CAM_PART_TRAIN);
  const CamNetwork *network = self->fit_thread.network;
  g_autoptr(GArray) views = cam_observe (network, self->fit, samples.x, MIN (samples.n_rows, LOOK_ROWS));
  json_t *layers = json_array ();

  for (guint i = 0; i < views->len; i++)
    {
      const CamLayerView *view = &g_array_index (views, CamLayerView, i);
      CamShape shape = cam_network_get_layer_shape (network, i);
      gsize n_units = 0;
      json_t *layer;

      if (!view->has_gradients && isnan (view->dead_share) && isnan (view->saturated_share))
        continue;
      cam_shape_get_size (&shape, &n_units);
      layer = json_object ();
      json_object_set_new (layer, "name", json_string (cam_network_get_layer_name (network, i)));
      json_object_set_new (layer, "units", json_integer ((json_int_t) n_units));
      json_object_set_new (layer, "gradient", view->has_gradients && view->gradients.n_bad == 0 ? number (view->gradients.norm) : json_null ());
      json_object_set_new (layer, "dead", number (view->dead_share));
      json_object_set_new (layer, "saturated", number (view->saturated_share));
      json_array_append_new (layers, layer);
    }

  return layers;
}

json_t *
cam_run_report_new (CamRun *self)
{
  const CamFitOutcome *outcome = &self->fit_thread.outcome;
  double trained_s = self->fit_thread.trained_s;
  /* Ended before its first epoch, or never finite: there is no model to measure. */
  gboolean is_worthless = outcome->weights_of_epoch == 0;
  json_t *report = json_object ();

  json_object_set_new (report, "task", json_string (cam_task_get_name (cam_dataset_get_task (self->dataset))));
  json_object_set_new (report, "end", json_string (end_names[outcome->end]));
  if (outcome->message != NULL)
    json_object_set_new (report, "message", json_string (outcome->message));
  if (outcome->end == CAM_FIT_DIVERGED)
    {
      json_object_set_new (report, "bad_epoch", json_integer (outcome->bad_epoch));
      json_object_set_new (report, "bad_batch", json_integer ((json_int_t) outcome->bad_batch));
      json_object_set_new (report, "bad", json_string (bad_names[outcome->bad]));
      json_object_set_new (report, "bad_layer", outcome->bad_layer != NULL ? json_string (outcome->bad_layer) : json_null ());
      json_object_set_new (report, "bad_row", outcome->bad_row > 0 ? json_integer ((json_int_t) outcome->bad_row) : json_null ());
    }
  json_object_set_new (report, "scores", is_worthless ? json_object () : measure_parts (self));
  if (!is_worthless)
    compare_parts (self, report);
  if (!is_worthless && !g_cancellable_is_cancelled (self->cancellable))
    json_object_set_new (report, "layers", look_at_layers (self));
  json_object_set_new (report, "epochs", json_integer (outcome->n_epochs));
  json_object_set_new (report, "best_epoch", outcome->best_epoch > 0 ? json_integer (outcome->best_epoch) : json_null ());
  json_object_set_new (report, "monitor", json_string (self->monitor));
  json_object_set_new (report, "best_value", outcome->best_epoch > 0 ? number (outcome->best_value) : json_null ());
  json_object_set_new (report, "weights_of_epoch", outcome->weights_of_epoch > 0 ? json_integer (outcome->weights_of_epoch) : json_null ());
  json_object_set_new (report, "seconds", number (outcome->elapsed_s));
  json_object_set_new (report, "rows_per_second", trained_s > 0.0 ? number ((double) self->n_rows * outcome->n_epochs / trained_s) : json_null ());
  json_object_set_new (report, "seed", json_integer ((json_int_t) cam_experiment_get_seed (self->experiment)));
  json_object_set_new (report, "threads", json_integer (self->n_threads));

  json_object_set_new (report, "training_rows", json_integer ((json_int_t) self->n_rows));
  json_object_set_new (report, "remeasured_rows", json_integer (MIN (json_integer_value (cam_experiment_peek (self->experiment, "fit/remeasure_rows")), (json_int_t) self->n_rows)));
  if (self->fit_thread.n_files > 0)
    {
      g_autofree char *folder = g_filename_to_utf8 (self->folder, -1, NULL, NULL, NULL);

      json_object_set_new (report, "files", json_integer (self->fit_thread.n_files));
      json_object_set_new (report, "folder", folder != NULL ? json_string (folder) : json_null ());
    }
  if (self->fit_thread.files_error != NULL)
    json_object_set_new (report, "files_error", json_string (self->fit_thread.files_error->message));

  return report;
}
