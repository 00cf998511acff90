/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of kinds of layer, and a layer made from its description in a document. */
#include "cam-layer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-network.h"

static const CamLayerKind *const kinds[] = {
  &cam_dense_kind,
  &cam_activation_layer_kind,
  &cam_dropout_kind,
  &cam_batch_normalization_kind,
  &cam_layer_normalization_kind,
  &cam_group_normalization_kind,
  &cam_unit_normalization_kind,
  &cam_rescaling_kind,
  &cam_conv_2d_kind,
  &cam_max_pooling_2d_kind,
  &cam_average_pooling_2d_kind,
  &cam_global_average_pooling_2d_kind,
  &cam_global_max_pooling_2d_kind,
  &cam_separable_conv_2d_kind,
  &cam_depthwise_conv_2d_kind,
  &cam_conv_2d_transpose_kind,
  &cam_up_sampling_2d_kind,
  &cam_zero_padding_2d_kind,
  &cam_cropping_2d_kind,
  &cam_conv_1d_kind,
  &cam_max_pooling_1d_kind,
  &cam_average_pooling_1d_kind,
  &cam_global_average_pooling_1d_kind,
  &cam_global_max_pooling_1d_kind,
  &cam_conv_1d_transpose_kind,
  &cam_up_sampling_1d_kind,
  &cam_zero_padding_1d_kind,
  &cam_cropping_1d_kind,
  &cam_flatten_kind,
  &cam_reshape_kind,
  &cam_permute_kind,
  &cam_repeat_vector_kind,
  &cam_relu_kind,
  &cam_leaky_relu_kind,
  &cam_prelu_kind,
  &cam_elu_kind,
  &cam_softmax_kind,
  &cam_lstm_kind,
  &cam_gru_kind,
  &cam_simple_rnn_kind,
  &cam_bidirectional_kind,
  &cam_time_distributed_kind,
  &cam_embedding_kind,
  &cam_masking_kind,
  &cam_gaussian_noise_kind,
  &cam_gaussian_dropout_kind,
  &cam_alpha_dropout_kind,
  &cam_spatial_dropout_1d_kind,
  &cam_spatial_dropout_2d_kind,
  &cam_activity_regularization_kind,
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

static CamLayer *make_layer (const json_t *description, const char *place, const CamShape *input, GError **error);

static const json_t *
get_setting (const CamLayer *self,
             const char     *prefix,
             const char     *of)
{
  g_autofree char *key = g_strconcat (prefix, of, NULL);

  return json_object_get (self->config, key);
}

gboolean
cam_layer_add_weight (CamLayer        *self,
                      const char      *name,
                      const char      *prefix,
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

  self->weights[self->n_weights++] = (CamWeight) {
    .name = name,
    .prefix = prefix,
    .value = value,
    .trainable = trainable && self->trainable,
    .regularizer = cam_regularizer_resolve (get_setting (self, prefix, "_regularizer")),
    .constraint = cam_constraint_resolve (get_setting (self, prefix, "_constraint")),
  };
  return TRUE;
}

gboolean
cam_layer_add_inner (CamLayer        *self,
                     guint            place,
                     const json_t    *description,
                     const CamShape  *input,
                     GError         **error)
{
  g_autoptr(json_t) ours = json_deep_copy (description);
  CamLayer *inner;

  if (!json_is_object (ours))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("it needs a layer within it; choose one"));
      return FALSE;
    }
  if (!self->trainable)
    json_object_set_new (ours, "trainable", json_false ());

  inner = make_layer (ours, _("the layer within it"), input, error);
  if (inner == NULL)
    return FALSE;
  self->inner[place] = inner;
  g_assert (self->n_weights + inner->n_weights <= G_N_ELEMENTS (self->weights));
  for (guint i = 0; i < inner->n_weights; i++)
    {
      self->weights[self->n_weights] = inner->weights[i];
      self->weights[self->n_weights++].is_borrowed = TRUE;
    }

  return TRUE;
}

void
cam_layer_complete_inner (CamLayer   *self,
                          guint       place,
                          const char *key)
{
  const CamLayer *inner = self->inner[place];
  json_t *description = json_object_get (self->config, key);

  json_object_set_new (description, "config", json_deep_copy (inner->config));
}

char *
cam_layer_describe_inner (const json_t *description)
{
  const CamLayerKind *kind = cam_layer_kind_find (json_string_value (json_object_get (description, "class_name")));
  g_autoptr(json_t) config = kind != NULL ? cam_fields_complete (kind->fields, json_object_get (description, "config"), "", NULL) : NULL;
  g_autofree char *settings = config != NULL ? kind->describe (config) : NULL;

  /* translators: a kind of layer, and its settings */
  return settings != NULL ? g_strdup_printf (_("%s (%s)"), kind->name, settings) : g_strdup (_("a layer that is not known"));
}

gboolean
cam_layer_take_activation (CamLayer  *self,
                           GError   **error)
{
  self->activation = cam_activation_find (cam_fields_choice (self->config, "activation"));
  self->n_scratch += cam_layer_activation_scratch (self);

  return TRUE;
}

gsize
cam_layer_activation_scratch (const CamLayer *self)
{
  gsize n = 1;

  if (self->activation == NULL || !cam_activation_needs_input (self->activation))
    return 0;
  cam_shape_get_size (&self->output, &n);

  return n;
}

/* Rows and columns of the last axis. */
static gsize
get_columns (const CamLayer *self)
{
  return self->output.dims[self->output.n_dims - 1];
}

void
cam_layer_activate (const CamLayer *self,
                    const CamPass  *pass,
                    float          *y,
                    float          *scratch,
                    gsize           n)
{
  gsize columns = get_columns (self);

  if (pass->bare)
    return;
  if (cam_activation_needs_input (self->activation))
    memcpy (scratch, y, n * self->n_out * sizeof (float));
  cam_activation_forward (self->activation, y, y, n * self->n_out / columns, columns);
}

void
cam_layer_deactivate (const CamLayer *self,
                      const CamPass  *pass,
                      const float    *y,
                      float          *dy,
                      const float    *scratch,
                      gsize           n)
{
  gsize columns = get_columns (self);

  if (!pass->bare)
    cam_activation_backward (self->activation, cam_activation_needs_input (self->activation) ? scratch : NULL, y, dy, dy, n * self->n_out / columns, columns);
}

static const CamLayerKind *
find_kind (const json_t  *description,
           const char    *where,
           GError       **error)
{
  static const char *const keys[] = { "class_name", "name", "trainable", "config", NULL };
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

/* @place names the layer in messages, its kind follows. */
static CamLayer *
make_layer (const json_t    *description,
                const char      *place,
                const CamShape  *input,
                GError         **error)
{
  g_autoptr(CamLayer) self = g_new0 (CamLayer, 1);
  g_autofree char *where = NULL;
  const char *name = NULL;

  self->kind = find_kind (description, place, error);
  if (self->kind == NULL)
    return NULL;

  /* translators: a place, and the kind of the layer that is there */
  where = g_strdup_printf (_("%s (%s)"), place, self->kind->name);
  self->trainable = TRUE;
  if (!cam_json_get_string (description, "name", where, FALSE, &name, error) ||
      !cam_json_get_bool (description, "trainable", where, FALSE, &self->trainable, error))
    return NULL;
  self->name = g_strdup (name);
  self->config = cam_fields_complete (self->kind->fields, json_object_get (description, "config"), where, error);
  if (self->config == NULL)
    return NULL;

  self->input = *input;
  self->activity = cam_regularizer_resolve (json_object_get (self->config, "activity_regularizer"));
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
  if (self->n_draws == 0)
    self->n_draws = self->n_out;

  return g_steal_pointer (&self);
}

CamLayer *
cam_layer_new (const json_t    *description,
               guint            index,
               const CamShape  *input,
               GError         **error)
{
  g_autofree char *place = g_strdup_printf (_("network, layer %u"), index + 1);

  return make_layer (description, place, input, error);
}

void
cam_layer_free (CamLayer *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_weights; i++)
    if (!self->weights[i].is_borrowed)
      cam_tensor_free (self->weights[i].value);
  for (guint i = 0; i < G_N_ELEMENTS (self->inner); i++)
    cam_layer_free (self->inner[i]);
  if (self->free_own != NULL)
    self->free_own (self->own);
  json_decref (self->config);
  g_free (self->name);
  g_free (self);
}
