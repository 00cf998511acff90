/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the network, each as a whole new array in the document. */
#include "cam-layer-edit.h"

#include <cam-layer-propose.h>
#include <cam-network.h>

#include <glib/gi18n-lib.h>

#include "cam-session-private.h"

const CamField cam_layer_common_fields[] = {
  CAM_F_TEXT ("name", N_("Name"), N_("How files and messages call the layer; none: as Keras does."), NULL, NULL, CAM_FIELD_NULLABLE),
  CAM_F_BOOL ("trainable", N_("Trainable"), N_("Off: its weights stay as they are while the other layers learn."), 1, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static CamExperiment *
get_experiment (CamSession *session)
{
  return cam_document_get_experiment (cam_session_get_document (session));
}

/* A copy to change. New reference; NULL: nothing is open. */
static json_t *
copy_layers (CamSession *session)
{
  CamExperiment *experiment = get_experiment (session);

  return experiment != NULL ? json_deep_copy (cam_experiment_get_network (experiment)) : NULL;
}

static const char *
get_class_name (const json_t *layer)
{
  const char *name = json_string_value (json_object_get (layer, "class_name"));

  return name != NULL ? name : "?";
}

guint
cam_layer_edit_count (CamSession *session)
{
  CamExperiment *experiment = get_experiment (session);

  return experiment != NULL ? json_array_size (cam_experiment_get_network (experiment)) : 0;
}

const json_t *
cam_layer_edit_peek (CamSession *session,
                     guint       layer)
{
  CamExperiment *experiment = get_experiment (session);

  return experiment != NULL ? json_array_get (cam_experiment_get_network (experiment), layer) : NULL;
}

gboolean
cam_layer_edit_replace (CamSession   *session,
                        const json_t *layers,
                        const char   *name)
{
  CamExperiment *experiment = get_experiment (session);
  g_autoptr(CamExperiment) changed = NULL;
  g_autoptr(GError) error = NULL;

  if (experiment == NULL)
    return FALSE;
  changed = cam_experiment_with (experiment, "network", layers, &error);
  if (changed == NULL)
    {
      cam_session_say (session, "%s", error->message);
      return FALSE;
    }
  return cam_document_replace (cam_session_get_document (session), changed, name);
}

/* What layer @at receives; FALSE: not known. */
static gboolean
find_input (CamSession *session,
            guint       at,
            CamShape   *input)
{
  CamDataset *dataset = cam_session_get_dataset (session);
  g_autoptr(GPtrArray) reports = NULL;
  const CamLayerReport *before;

  if (dataset == NULL)
    return FALSE;
  *input = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  if (at == 0)
    return TRUE;
  reports = cam_network_inspect (input, cam_experiment_get_network (get_experiment (session)));
  before = reports->pdata[at - 1];
  *input = before->output;
  return before->has_shape;
}

gboolean
cam_layer_edit_insert (CamSession *session,
                       guint       at,
                       const char *class_name)
{
  g_autoptr(json_t) layers = copy_layers (session);
  g_autoptr(json_t) inserted = NULL;
  g_autofree char *name = NULL;
  CamShape input;

  g_return_val_if_fail (class_name != NULL, FALSE);

  if (layers == NULL)
    return FALSE;
  at = MIN (at, (guint) json_array_size (layers));
  inserted = cam_layer_propose (class_name, find_input (session, at, &input) ? &input : NULL, json_array_get (layers, at));
  if (json_array_size (inserted) > 1)
    /* translators: the name of an undoable step; both are kinds of layer: Flatten and Dense */
    name = g_strdup_printf (_("Add %s and %s"), get_class_name (json_array_get (inserted, 0)), class_name);
  else
    /* translators: the name of an undoable step; %s is a kind of layer such as Dense */
    name = g_strdup_printf (_("Add %s"), class_name);
  for (gsize i = 0; i < json_array_size (inserted); i++)
    json_array_insert (layers, at + i, json_array_get (inserted, i));
  return cam_layer_edit_replace (session, layers, name);
}

gboolean
cam_layer_edit_set (CamSession     *session,
                    guint           layer,
                    const CamField *field,
                    const json_t   *value)
{
  gboolean is_common = field >= cam_layer_common_fields && field < cam_layer_common_fields + G_N_ELEMENTS (cam_layer_common_fields);
  g_autofree char *path = g_strdup_printf (is_common ? "network/%u/%s" : "network/%u/config/%s", layer, field->key);
  g_autofree char *title = g_utf8_strdown (_(field->title), -1);
  /* translators: the name of an undoable step; %s is a setting, in lower case, such as units */
  g_autofree char *name = g_strdup_printf (_("Change %s"), title);

  if (is_common && json_is_null (value))
    value = NULL;
  return cam_session_edit (session, path, value, name);
}

/* Presets -------------------------------------------------------------------------------------------------------- */

static void
append_dense (json_t     *layers,
              guint       units,
              const char *activation)
{
  json_array_append_new (layers, json_pack ("{s:s, s:{s:i, s:s}}", "class_name", "Dense", "config",
                                            "units", (int) units, "activation", activation));
}

static void
append_output (json_t     *layers,
               CamDataset *dataset)
{
  guint n = MAX (1, cam_preparation_get_n_outputs (cam_dataset_get_preparation (dataset)));

  switch (cam_dataset_get_task (dataset))
    {
    case CAM_TASK_MULTICLASS:
      append_dense (layers, n, "softmax");
      break;
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTILABEL:
      append_dense (layers, n, "sigmoid");
      break;
    case CAM_TASK_REGRESSION:
    case CAM_TASK_AUTOENCODER:
    default:
      append_dense (layers, n, "linear");
    }
}

/* Twice the inputs, as a power of two between 16 and 128; half of that behind it. Few rows ask for a Dropout. */
static json_t *
build_for_data (CamDataset *dataset)
{
  json_t *layers = json_array ();
  guint n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset));
  guint units = 16;

  /* What is no plain row of numbers has a network of its own. */
  if (cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset)).n_dims > 1 || cam_dataset_get_task (dataset) == CAM_TASK_AUTOENCODER ||
      cam_preparation_get_vocabulary (cam_dataset_get_preparation (dataset)) > 0)
    {
      json_decref (layers);
      return cam_task_make_network (dataset, n_inputs);
    }
  while (units < 128 && units < 2 * n_inputs)
    units *= 2;
  append_dense (layers, units, "relu");
  if (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) < 5000 && cam_layer_kind_find ("Dropout") != NULL)
    json_array_append_new (layers, json_pack ("{s:s, s:{s:f}}", "class_name", "Dropout", "config", "rate", 0.2));
  append_dense (layers, units / 2, "relu");
  append_output (layers, dataset);
  return layers;
}

static gboolean
use_task_preset (CamSession *session,
                 CamDataset *dataset)
{
  static const char *const losses[] = {
    [CAM_TASK_REGRESSION] = "mean_squared_error",
    [CAM_TASK_BINARY] = "binary_crossentropy",
    [CAM_TASK_MULTICLASS] = "categorical_crossentropy",
    [CAM_TASK_MULTILABEL] = "binary_crossentropy",
    [CAM_TASK_AUTOENCODER] = "mean_squared_error",
  };
  CamTask task = cam_dataset_get_task (dataset);
  g_autoptr(json_t) layers = build_for_data (dataset);
  g_autoptr(json_t) loss = json_string (losses[task]);
  g_autoptr(json_t) metrics = json_pack ("[s]", task == CAM_TASK_REGRESSION || task == CAM_TASK_AUTOENCODER ? "mean_absolute_error" : "accuracy");
  const char *name = _("Network From the Task");
  g_autoptr(CamExperiment) with_layers = cam_experiment_with (get_experiment (session), "network", layers, NULL);
  g_autoptr(CamExperiment) with_loss = NULL;
  g_autoptr(CamExperiment) complete = NULL;

  if (with_layers != NULL)
    with_loss = cam_experiment_with (with_layers, "loss", loss, NULL);
  if (with_loss != NULL)
    complete = cam_experiment_with (with_loss, "metrics", metrics, NULL);
  /* What is refused is refused with its reason. */
  if (complete == NULL)
    return cam_session_edit (session, "network", layers, name);
  return cam_document_replace (cam_session_get_document (session), complete, name);
}

gboolean
cam_layer_edit_use_preset (CamSession *session,
                           CamPreset   preset)
{
  CamDataset *dataset = cam_session_get_dataset (session);
  g_autoptr(json_t) layers = NULL;

  if (dataset == NULL || get_experiment (session) == NULL)
    return FALSE;
  if (preset == CAM_PRESET_TASK)
    return use_task_preset (session, dataset);

  layers = json_array ();
  append_dense (layers, 64, "relu");
  append_dense (layers, 32, "relu");
  append_output (layers, dataset);
  return cam_session_edit (session, "network", layers, _("Network MLP"));
}
