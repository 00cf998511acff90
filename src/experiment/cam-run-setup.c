/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run starts from: the network with its first weights, and the fit, made from experiment and dataset. */
#include "cam-run-private.h"

#include <cam-class-weight.h>
#include <cam-keras-file.h>
#include <glib/gi18n-lib.h>

/* More threads than any machine here has bring nothing. */
#define MOST_THREADS 256

static guint
choose_threads (guint n_threads)
{
  guint n_processors = g_get_num_processors ();

  if (n_threads > 0)
    return MIN (n_threads, MOST_THREADS);

  /* One is left to the interface where that costs less than half. */
  return n_processors > 2 ? MIN (n_processors - 1, MOST_THREADS) : n_processors;
}

/* "4 × 8"; cam_shape_to_string() would put the batch in front, which weights do not have. */
static char *
describe_shape (const CamShape *shape)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < shape->n_dims; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? " × " : "", shape->dims[i]);

  return g_string_free (text, FALSE);
}

static gboolean
check_weights (CamNetwork  *network,
               CamNetwork  *given,
               GError     **error)
{
  guint n = cam_network_get_n_weights (network), n_given = cam_network_get_n_weights (given);

  if (n != n_given)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS,
                   _("the weights are those of another network: there are %u of them, and this network has %u"), n_given, n);
      return FALSE;
    }

  for (guint i = 0; i < n; i++)
    {
      const CamShape *wanted = &cam_network_peek_weight (network, i)->shape, *shape = &cam_network_peek_weight (given, i)->shape;
      g_autofree char *wanted_text = NULL, *text = NULL;

      if (cam_shape_equal (wanted, shape))
        continue;
      wanted_text = describe_shape (wanted);
      text = describe_shape (shape);
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_WEIGHTS,
                   /* translators: a weight's name, its layer's, then two shapes: "4 × 8" */
                   _("the weights are those of another network: “%s” of layer “%s” is %s there and %s here"),
                   cam_network_get_weight_name (network, i), cam_network_get_layer_name (network, cam_network_get_weight_layer (network, i)),
                   text, wanted_text);
      return FALSE;
    }

  return TRUE;
}

static gboolean
load_weights (CamNetwork  *network,
              const char  *path,
              GError     **error)
{
  g_autoptr(CamKerasModel) file = cam_keras_load (path, error);
  g_autoptr(GBytes) weights = NULL;
  g_autofree char *name = NULL;

  if (file == NULL)
    return FALSE;

  weights = cam_network_dup_weights (file->network);
  if (check_weights (network, file->network, error) && cam_network_set_weights (network, weights, error))
    return TRUE;

  name = g_filename_display_basename (path);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static CamNetwork *
make_network (const CamExperiment  *experiment,
              const CamDataset     *dataset,
              GError              **error)
{
  CamShape input = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  g_autoptr(CamNetwork) network = cam_network_new (&input, cam_experiment_get_network (experiment), error);
  const char *path = json_string_value (cam_experiment_peek (experiment, "fit/initial_weights"));

  if (network == NULL)
    return NULL;
  cam_network_initialise (network, cam_experiment_get_seed (experiment));
  if (path != NULL && !load_weights (network, path, error))
    {
      g_prefix_error (error, _("Initial weights: "));
      return NULL;
    }

  return g_steal_pointer (&network);
}

CamSamples
cam_run_get_samples (const CamRun *self,
                     CamPart       part)
{
  CamPreparation *preparation = cam_dataset_get_preparation (self->dataset);

  return (CamSamples) {
    .x = cam_dataset_get_x (self->dataset, part),
    .y = cam_dataset_get_y (self->dataset, part),
    .n_rows = cam_dataset_get_n_rows (self->dataset, part),
    .x_size = cam_preparation_get_n_inputs (preparation),
    .y_size = cam_preparation_get_n_outputs (preparation),
  };
}

/* Weights of classes become weights of training rows. */
static gboolean
weigh_classes (CamRun      *self,
               CamSamples  *training,
               GError     **error)
{
  const json_t *given = cam_experiment_peek (self->experiment, "fit/class_weight");

  if (given == NULL || json_is_null (given))
    return TRUE;
  self->weights = g_new (float, MAX (training->n_rows, 1));
  training->weights = self->weights;

  return cam_class_weights_fill (given, training->y, training->n_rows, training->y_size, self->weights, _("fit, class_weight"), error);
}

static CamFit *
make_fit (CamRun  *self,
          GError **error)
{
  const CamExperiment *experiment = self->experiment;
  const json_t *shuffle = cam_experiment_peek (experiment, "fit/shuffle");
  CamSamples training = cam_run_get_samples (self, CAM_PART_TRAIN), validation = cam_run_get_samples (self, CAM_PART_VALIDATION);
  CamFitSettings settings = {
    .loss = cam_experiment_get_loss (experiment),
    .metrics = cam_experiment_get_metrics (experiment),
    .optimizer = cam_experiment_get_optimizer (experiment),
    .callbacks = cam_experiment_get_callbacks (experiment),
    .batch_size = cam_experiment_get_batch_size (experiment),
    .epochs = cam_experiment_get_epochs (experiment),
    .shuffle = shuffle == NULL || json_is_true (shuffle),
    .seed = cam_experiment_get_seed (experiment),
    .n_threads = self->n_threads,
    .remeasure_rows = (gsize) json_integer_value (cam_experiment_peek (experiment, "fit/remeasure_rows")),
    .weighted_metrics = cam_experiment_peek (experiment, "fit/weighted_metrics"),
  };

  if (!weigh_classes (self, &training, error))
    return NULL;

  return cam_fit_new (self->fit_thread.network, &settings, &training, validation.n_rows > 0 ? &validation : NULL, error);
}

CamRun *
cam_run_new (CamExperiment  *experiment,
             CamDataset     *dataset,
             guint           n_threads,
             GError        **error)
{
  g_autoptr(CamRun) self = g_new0 (CamRun, 1);

  self->experiment = cam_experiment_ref (experiment);
  self->dataset = cam_dataset_ref (dataset);
  self->cancellable = g_cancellable_new ();
  self->snapshots = g_async_queue_new_full (g_free);
  self->n_threads = choose_threads (n_threads);

  self->fit_thread.network = make_network (experiment, dataset, error);
  if (self->fit_thread.network == NULL)
    return NULL;
  self->fit = make_fit (self, error);
  if (self->fit == NULL)
    return NULL;

  self->keys = g_strdupv ((char **) cam_fit_get_keys (self->fit));
  self->monitor = g_strdup (cam_fit_get_monitor (self->fit));
  self->n_keys = g_strv_length (self->keys);
  while (!g_str_equal (self->keys[self->loss_key], "loss"))
    self->loss_key++;
  self->n_epochs = cam_experiment_get_epochs (experiment);
  self->n_rows = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN);
  self->batch_size = MIN (cam_experiment_get_batch_size (experiment), self->n_rows);
  self->n_batches = (self->n_rows + self->batch_size - 1) / self->batch_size;

  return g_steal_pointer (&self);
}
