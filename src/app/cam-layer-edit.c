/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the network, each as a whole new array in the document. */
#include "cam-layer-edit.h"

#include <cam-layer-propose.h>
#include <cam-network.h>
#include <cam-preset.h>

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

gboolean
cam_layer_edit_use_preset (CamSession *session,
                           const char *id)
{
  CamDataset *dataset = cam_session_get_dataset (session);
  g_autoptr(GPtrArray) presets = NULL;

  if (dataset == NULL || get_experiment (session) == NULL)
    return FALSE;
  presets = cam_preset_list (get_experiment (session), dataset);
  for (guint i = 0; i < presets->len; i++)
    {
      const CamPreset *preset = g_ptr_array_index (presets, i);
      g_autofree char *name = NULL;

      if (id != NULL ? !g_str_equal (preset->id, id) : !preset->is_proposed)
        continue;
      /* translators: the name of an undoable step; %s is a preset such as Small CNN */
      name = g_strdup_printf (_("Use %s"), preset->title);
      return cam_document_replace (cam_session_get_document (session), preset->experiment, name);
    }
  return FALSE;
}
