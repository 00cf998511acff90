/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "many-runs.h"

#include <math.h>

#include <cam-experiment.h>
#include <cam-store.h>

static const char *const activations[] = { "relu", "tanh", "gelu", "sigmoid", "silu" };
static const double rates[] = { 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05 };

const char *
many_runs_activation (guint i)
{
  return activations[i % G_N_ELEMENTS (activations)];
}

double
many_runs_rate (guint i)
{
  return rates[(i / 5) % G_N_ELEMENTS (rates)];
}

guint
many_runs_seed (guint i)
{
  return 1 + i / 35;
}

gboolean
many_runs_in_study (guint i)
{
  return i / MANY_RUNS_STUDY % 5 != 4;
}

/* The golden ratio's multiples spread evenly and never repeat. */
static double
spread (guint i)
{
  return fmod (i * 0.6180339887498949, 1.0);
}

double
many_runs_value (guint i,
                 guint epoch,
                 guint key)
{
  double loss = 0.1 + 0.3 * spread (i) + 0.8 * exp (-(double) epoch / (4 + 10 * spread (i + 7))) + (key >= 2 ? 0.0002 * epoch * epoch * spread (i + 3) : 0);

  return key % 2 == 1 ? loss : 1 - 0.4 * loss;
}

guint
many_runs_best (guint i)
{
  guint best = 0;

  for (guint epoch = 1; epoch < MANY_RUNS_EPOCHS; epoch++)
    if (many_runs_value (i, epoch, 3) < many_runs_value (i, best, 3))
      best = epoch;
  return best + 1;
}

static void
add_run (CamStore            *store,
         const CamStudyPlace *place,
         json_t              *document,
         guint                i)
{
  static const char *const keys[] = { "accuracy", "loss", "val_accuracy", "val_loss", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = NULL;
  g_autofree char *draft = NULL, *text = NULL;
  double values[MANY_RUNS_EPOCHS * 4], seconds[MANY_RUNS_EPOCHS];
  guint best = many_runs_best (i);
  json_t *layer = json_object_get (json_array_get (json_object_get (document, "network"), 0), "config");
  gint64 run;

  json_object_set_new (layer, "activation", json_string (many_runs_activation (i)));
  json_object_set_new (json_object_get (json_object_get (document, "optimizer"), "config"), "learning_rate", json_real (many_runs_rate (i)));
  json_object_set_new (json_object_get (document, "fit"), "seed", json_integer (many_runs_seed (i)));
  draft = cam_json_dump (document, FALSE);
  experiment = cam_experiment_new_from_text (draft, &error);
  g_assert_no_error (error);
  text = cam_experiment_to_text (experiment);
  for (guint epoch = 0; epoch < MANY_RUNS_EPOCHS; epoch++)
    {
      for (guint key = 0; key < 4; key++)
        values[epoch * 4 + key] = many_runs_value (i, epoch, key);
      seconds[epoch] = 0.01 * (epoch + 1) * (1 + spread (i));
    }
  run = cam_store_begin_run (store,
                             &(CamRunStart) { .place = place, .experiment = text, .preparation = "[]", .data_name = "iris.csv", .seed = many_runs_seed (i), .keys = keys, .monitor = "val_loss" },
                             &error);
  if (run == 0 || !cam_store_append_epochs (store, run, 1, MANY_RUNS_EPOCHS, values, seconds, best, many_runs_value (i, best - 1, 3), &error) ||
      !cam_store_finish_run (store, run, i % 11 == 0 ? CAM_RUN_EARLY : CAM_RUN_FINISHED, seconds[MANY_RUNS_EPOCHS - 1],
                             "{\"scores\":{\"train\":{\"loss\":0.1,\"accuracy\":0.9},\"validation\":{\"loss\":0.2,\"accuracy\":0.8}}}", NULL, &error))
    g_error ("%s", error->message);
}

void
many_runs_make (const char *path,
                const char *sample,
                guint       n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamStore) store = cam_store_open (path, &error);
  g_autoptr(CamExperiment) experiment = cam_experiment_load (sample, &error);
  g_autoptr(json_t) document = NULL;
  g_autofree char *text = NULL;
  CamStudyPlace place = { 0 };

  g_assert_no_error (error);
  text = cam_experiment_to_text (experiment);
  g_assert_true (cam_store_set_draft (store, text, &error));
  document = json_loads (text, 0, NULL);
  for (guint i = 0; i < n; i++)
    {
      if (i % MANY_RUNS_STUDY == 0 && many_runs_in_study (i))
        {
          g_autofree char *name = g_strdup_printf ("Activations %u", i / MANY_RUNS_STUDY + 1);

          place.study = cam_store_add_study (store, name, "{\"camadas-plan\":1}", NULL, &error);
          g_assert_no_error (error);
        }
      place.place = i % MANY_RUNS_STUDY;
      add_run (store, many_runs_in_study (i) ? &place : NULL, document, i);
    }
}
