/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of kinds of layer, and a layer made from its description in a document. */
#include "cam-layer-private.h"

#include <glib/gi18n-lib.h>

#include "cam-network.h"

static const CamLayerKind *const kinds[] = {
  &cam_dense_kind,
  &cam_activation_layer_kind,
  &cam_dropout_kind,
  NULL,
};

/* More weights than any machine of today trains; a mistyped number must not ask for them. */
#define MOST_WEIGHTS (G_GUINT64_CONSTANT (1) << 31)

const CamLayerKind *
cam_layer_kind_find (const char *class_name)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_strcmp0 (kinds[i]->name, class_name) == 0)
      return kinds[i];

  return NULL;
}

const CamLayerKind *const *
cam_layer_kind_list (void)
{
  return kinds;
}

const char *
cam_layer_kind_get_name (const CamLayerKind *self)
{
  return self->name;
}

const char *
cam_layer_kind_get_icon (const CamLayerKind *self)
{
  return self->icon;
}

const char *
cam_layer_kind_get_note (const CamLayerKind *self)
{
  return _(self->note);
}

CamLayerCategory
cam_layer_kind_get_category (const CamLayerKind *self)
{
  return self->category;
}

const CamField *
cam_layer_kind_get_fields (const CamLayerKind *self)
{
  return self->fields;
}

char *
cam_layer_describe (const CamLayerKind *self,
                    const json_t       *config)
{
  return self->describe (config);
}

gboolean
cam_layer_add_weight (CamLayer        *self,
                      const char      *name,
                      const CamShape  *shape,
                      gboolean         trainable,
                      GError         **error)
{
  CamTensor *value = NULL;
  gsize n;

  g_assert (self->n_weights < G_N_ELEMENTS (self->weights));

  if (cam_shape_get_size (shape, &n) && n <= MOST_WEIGHTS)
    value = cam_tensor_new (shape);
  if (value == NULL)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY,
                   _("its weights do not fit into memory; make the layer, or the one before it, smaller"));
      return FALSE;
    }

  self->weights[self->n_weights++] = (CamWeight) { name, value, trainable };
  return TRUE;
}

static const CamLayerKind *
find_kind (const json_t  *description,
           guint          index,
           GError       **error)
{
  static const char *const keys[] = { "class_name", "name", "config", NULL };
  g_autofree char *where = g_strdup_printf (_("network, layer %u"), index + 1);
  const CamLayerKind *kind;
  const char *class_name;

  if (!cam_json_check_keys (description, keys, where, error) ||
      !cam_json_get_string (description, "class_name", where, TRUE, &class_name, error))
    return NULL;

  kind = cam_layer_kind_find (class_name);
  if (kind == NULL)
    g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("%s: the kind of layer “%s” is not known"), where, class_name);

  return kind;
}

CamLayer *
cam_layer_new (const json_t    *description,
               guint            index,
               const CamShape  *input,
               GError         **error)
{
  g_autoptr(CamLayer) self = g_new0 (CamLayer, 1);
  g_autofree char *where = NULL;
  const char *name = NULL;

  self->kind = find_kind (description, index, error);
  if (self->kind == NULL)
    return NULL;

  where = g_strdup_printf (_("network, layer %u (%s)"), index + 1, self->kind->name);
  if (!cam_json_get_string (description, "name", where, FALSE, &name, error))
    return NULL;
  self->name = g_strdup (name);
  self->config = cam_fields_complete (self->kind->fields, json_object_get (description, "config"), where, error);
  if (self->config == NULL)
    return NULL;

  self->input = *input;
  if (!cam_shape_get_size (input, &self->n_in) || self->n_in == 0 || !self->kind->prepare (self, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("it receives no numbers"));
      g_prefix_error (error, "%s: ", where);
      return NULL;
    }
  if (!cam_shape_get_size (&self->output, &self->n_out))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY, _("%s: its output does not fit into memory"), where);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
cam_layer_free (CamLayer *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_weights; i++)
    cam_tensor_free (self->weights[i].value);
  json_decref (self->config);
  g_free (self->name);
  g_free (self);
}
