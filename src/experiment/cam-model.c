/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trained network with its preparation: out of a run or a file, and into a file. */
#include "cam-model.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-model-private.h"

/* The version of camadas.json. */
#define FORMAT 1

static const char *const task_names[] = {
  [CAM_TASK_REGRESSION] = "regression",
  [CAM_TASK_BINARY] = "binary",
  [CAM_TASK_MULTICLASS] = "multi-class",
  [CAM_TASK_MULTILABEL] = "multi-label",
  [CAM_TASK_AUTOENCODER] = "autoencoder",
};

const char *
cam_task_get_name (CamTask task)
{
  return task_names[task];
}

/* A reference, or NULL for what is absent or null. */
static json_t *
keep (const json_t *json)
{
  return json_is_null (json) ? NULL : json_incref ((json_t *) json);
}

/* @network is taken. */
static CamModel *
make_model (CamNetwork     *network,
            CamPreparation *preparation,
            const json_t   *loss,
            const json_t   *metrics,
            const json_t   *optimizer)
{
  CamModel *self = g_new0 (CamModel, 1);

  self->network = network;
  self->preparation = preparation != NULL ? cam_preparation_ref (preparation) : NULL;
  self->loss = keep (loss);
  self->metrics = keep (metrics);
  self->optimizer = keep (optimizer);

  return self;
}

CamModel *
cam_model_new (const CamNetwork    *network,
               CamPreparation      *preparation,
               const CamExperiment *experiment)
{
  g_return_val_if_fail (network != NULL, NULL);

  return make_model (cam_network_copy (network), preparation,
                     experiment != NULL ? cam_experiment_get_loss (experiment) : NULL,
                     experiment != NULL ? cam_experiment_get_metrics (experiment) : NULL,
                     experiment != NULL ? cam_experiment_get_optimizer (experiment) : NULL);
}

CamModel *
cam_model_new_from_run (const char  *experiment,
                        const char  *preparation,
                        GBytes      *weights,
                        GError     **error)
{
  g_autoptr(CamExperiment) document = NULL;
  g_autoptr(CamPreparation) steps = NULL;
  g_autoptr(CamNetwork) network = NULL;
  g_autoptr(json_t) json = NULL;
  CamShape input;

  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (preparation != NULL, NULL);
  g_return_val_if_fail (weights != NULL, NULL);

  document = cam_experiment_new_from_text (experiment, error);
  if (document == NULL)
    return NULL;
  json = cam_json_parse (preparation, strlen (preparation), error);
  if (json == NULL)
    return NULL;
  steps = cam_preparation_from_json (json, error);
  if (steps == NULL)
    return NULL;

  input = cam_preparation_get_input_shape (steps);
  network = cam_network_new (&input, cam_experiment_get_network (document), error);
  if (network == NULL || !cam_network_set_weights (network, weights, error))
    return NULL;

  return make_model (g_steal_pointer (&network), steps, cam_experiment_get_loss (document),
                     cam_experiment_get_metrics (document), cam_experiment_get_optimizer (document));
}

/* Loading */

gsize
cam_model_get_input_size (const CamModel *self)
{
  CamShape shape = cam_network_get_input_shape (self->network);
  gsize size = 0;

  cam_shape_get_size (&shape, &size);

  return size;
}

gsize
cam_model_get_output_size (const CamModel *self)
{
  CamShape shape = cam_network_get_output_shape (self->network);
  gsize size = 0;

  cam_shape_get_size (&shape, &size);

  return size;
}

/* FALSE: they are not what a model of ours has. */
static gboolean
read_thresholds (CamModel     *self,
                 const json_t *thresholds)
{
  if (thresholds == NULL)
    return TRUE;
  if (json_array_size (thresholds) != cam_model_get_output_size (self))
    return FALSE;
  for (guint i = 0; i < json_array_size (thresholds); i++)
    {
      const json_t *threshold = json_array_get (thresholds, i);

      if (!json_is_number (threshold) || json_number_value (threshold) < 0.0 || json_number_value (threshold) > 1.0)
        return FALSE;
      cam_model_set_threshold (self, i, json_number_value (threshold));
    }

  return TRUE;
}

/* What camadas.json says, added to the model. */
static gboolean
read_own (CamModel      *self,
          const json_t  *own,
          GError       **error)
{
  const json_t *format = json_object_get (own, "format");
  const json_t *preparation = json_object_get (own, "preparation");

  if (!json_is_integer (format) || json_integer_value (format) < 1)
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("“camadas.json” says no version"));
      return FALSE;
    }
  if (json_integer_value (format) > FORMAT)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT,
                           _("The model was saved by a newer version of Camadas; update Camadas to use it"));
      return FALSE;
    }
  if (!read_thresholds (self, json_object_get (own, "thresholds")))
    {
      g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED, _("The thresholds in “camadas.json” are not numbers from 0 to 1, one for each output"));
      return FALSE;
    }
  if (preparation == NULL || json_is_null (preparation))
    return TRUE;

  self->preparation = cam_preparation_from_json (preparation, error);
  if (self->preparation == NULL)
    return FALSE;
  if (cam_preparation_get_n_inputs (self->preparation) == cam_model_get_input_size (self)
      && cam_preparation_get_n_outputs (self->preparation) == cam_model_get_output_size (self))
    return TRUE;

  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED,
               _("The preparation gives %u inputs and expects %u outputs, but the network has %zu and %zu"),
               cam_preparation_get_n_inputs (self->preparation), cam_preparation_get_n_outputs (self->preparation),
               cam_model_get_input_size (self), cam_model_get_output_size (self));
  return FALSE;
}

CamModel *
cam_model_load (const char  *path,
                GError     **error)
{
  g_autoptr(CamKerasModel) file = cam_keras_load (path, error);
  g_autoptr(CamModel) self = NULL;

  if (file == NULL)
    return NULL;

  self = make_model (g_steal_pointer (&file->network), NULL, file->loss, file->metrics, file->optimizer);
  if (file->camadas != NULL && !read_own (self, file->camadas, error))
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  return g_steal_pointer (&self);
}

gboolean
cam_model_save (const CamModel  *self,
                const char      *path,
                GError         **error)
{
  g_autoptr(json_t) own = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->preparation != NULL)
    own = json_pack ("{s:i, s:s, s:o}", "format", FORMAT, "task", cam_task_get_name (cam_preparation_get_task (self->preparation)),
                     "preparation", cam_preparation_to_json (self->preparation));

  if (own != NULL && self->thresholds != NULL)
    {
      json_t *thresholds = json_array ();

      for (gsize k = 0; k < cam_model_get_output_size (self); k++)
        json_array_append_new (thresholds, json_real (self->thresholds[k]));
      json_object_set_new (own, "thresholds", thresholds);
    }

  return cam_keras_save (self->network, self->loss, self->metrics, self->optimizer, own, path, error);
}

void
cam_model_free (CamModel *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->network, cam_network_free);
  g_clear_pointer (&self->preparation, cam_preparation_unref);
  json_decref (self->loss);
  json_decref (self->metrics);
  json_decref (self->optimizer);
  g_free (self->thresholds);
  g_free (self);
}

const CamNetwork *
cam_model_get_network (const CamModel *self)
{
  return self->network;
}

CamPreparation *
cam_model_get_preparation (const CamModel *self)
{
  return self->preparation;
}

const json_t *
cam_model_get_loss (const CamModel *self)
{
  return self->loss;
}

const json_t *
cam_model_get_metrics (const CamModel *self)
{
  return self->metrics;
}

const json_t *
cam_model_get_optimizer (const CamModel *self)
{
  return self->optimizer;
}

double
cam_model_get_threshold (const CamModel *self,
                         guint           output)
{
  g_return_val_if_fail (self != NULL, 0.5);

  return self->thresholds != NULL && output < cam_model_get_output_size (self) ? self->thresholds[output] : 0.5;
}

void
cam_model_set_threshold (CamModel *self,
                         guint     output,
                         double    threshold)
{
  gsize n;

  g_return_if_fail (self != NULL && threshold >= 0.0 && threshold <= 1.0);

  n = cam_model_get_output_size (self);
  if (output >= n)
    return;
  if (self->thresholds == NULL)
    {
      self->thresholds = g_new (double, n);
      for (gsize k = 0; k < n; k++)
        self->thresholds[k] = 0.5;
    }
  self->thresholds[output] = threshold;
}
