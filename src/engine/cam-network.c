/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network: a stack of layers built from its description, looked at, and evaluated. Its weights are in cam-network-weights.c. */
#include "cam-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-network-private.h"
#include "kernels/cam-kernels.h"

G_DEFINE_QUARK (cam-engine-error-quark, cam_engine_error)

static void
report_kind (CamLayerReport *report,
             const json_t   *description)
{
  const char *class_name = json_string_value (json_object_get (description, "class_name"));

  report->kind = cam_layer_kind_find (class_name);
}

gboolean
cam_network_is_off (const json_t *layer)
{
  return json_is_false (json_object_get (layer, "enabled"));
}

int
cam_network_find_first (const json_t *layers)
{
  for (gsize i = 0; i < json_array_size (layers); i++)
    if (!cam_network_is_off (json_array_get (layers, i)))
      return (int) i;

  return -1;
}

int
cam_network_find_last (const json_t *layers)
{
  for (gsize i = json_array_size (layers); i-- > 0;)
    if (!cam_network_is_off (json_array_get (layers, i)))
      return (int) i;

  return -1;
}

GPtrArray *
cam_network_inspect (const CamShape *input,
                     const json_t   *layers)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_layer_report_free);
  gboolean broken = FALSE;
  CamShape shape = *input;

  for (gsize i = 0; i < json_array_size (layers); i++)
    {
      const json_t *description = json_array_get (layers, i);
      CamLayerReport *report = g_new0 (CamLayerReport, 1);
      g_autoptr(CamLayer) layer = NULL;
      g_autoptr(GError) error = NULL;

      g_ptr_array_add (reports, report);
      report_kind (report, description);
      if (report->kind != NULL)
        {
          g_autoptr(json_t) config = cam_fields_complete (report->kind->fields, json_object_get (description, "config"), "", NULL);

          report->settings = config != NULL ? cam_layer_describe (report->kind, config) : NULL;
        }
      report->is_off = cam_network_is_off (description);
      if (broken)
        continue;
      if (report->is_off)
        {
          report->has_shape = TRUE;
          report->output = shape;
          continue;
        }

      layer = cam_layer_new (description, (guint) i, &shape, &error);
      if (layer == NULL)
        {
          report->problem = g_strdup (error->message);
          broken = TRUE;
          continue;
        }
      report->has_shape = TRUE;
      report->output = shape = layer->output;
      for (guint w = 0; w < layer->n_weights; w++)
        report->n_params += layer->weights[w].value->n;
    }

  return reports;
}

void
cam_layer_report_free (CamLayerReport *report)
{
  g_free (report->settings);
  g_free (report->problem);
  g_free (report);
}

/* Keras's default name of a layer: the class name in snake case. */
static char *
snake_case (const char *class_name)
{
  GString *name = g_string_new (NULL);

  for (const char *c = class_name; *c != 0; c++)
    {
      gboolean begins = g_ascii_isupper (c[0]) && c > class_name &&
                        (g_ascii_islower (c[1]) || g_ascii_islower (c[-1]));

      if (begins)
        g_string_append_c (name, '_');
      g_string_append_c (name, g_ascii_tolower (*c));
    }

  return g_string_free (name, FALSE);
}

static gboolean
name_is_taken (const CamNetwork *self,
               const char       *name)
{
  for (guint i = 0; i < self->layers->len; i++)
    if (g_strcmp0 (cam_network_layer (self, i)->name, name) == 0)
      return TRUE;

  return FALSE;
}

static void
name_layers (CamNetwork *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      CamLayer *layer = cam_network_layer (self, i);
      g_autofree char *stem = NULL;
      g_autofree char *name = NULL;

      if (layer->name != NULL)
        continue;
      stem = snake_case (layer->kind->name);
      name = g_strdup (stem);
      for (guint n = 1; name_is_taken (self, name); n++)
        {
          g_free (name);
          name = g_strdup_printf ("%s_%u", stem, n);
        }
      layer->name = g_steal_pointer (&name);
    }
}

char *
cam_network_name_layer (const json_t *layers,
                        guint         layer)
{
  const char *given = json_string_value (json_object_get (json_array_get (layers, layer), "name"));
  g_autoptr(GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (given != NULL)
    return g_strdup (given);
  for (guint i = 0; i < json_array_size (layers); i++)
    {
      const json_t *other = json_array_get (layers, i);
      const char *name = json_string_value (json_object_get (other, "name"));

      if (name != NULL && !cam_network_is_off (other))
        g_hash_table_add (taken, g_strdup (name));
    }
  for (guint i = 0; i <= layer; i++)
    {
      const json_t *other = json_array_get (layers, i);
      const char *class_name = json_string_value (json_object_get (other, "class_name"));
      g_autofree char *stem = NULL;
      g_autofree char *name = NULL;

      if (class_name == NULL || json_object_get (other, "name") != NULL || (i < layer && cam_network_is_off (other)))
        continue;
      stem = snake_case (class_name);
      name = g_strdup (stem);
      for (guint n = 1; g_hash_table_contains (taken, name); n++)
        {
          g_free (name);
          name = g_strdup_printf ("%s_%u", stem, n);
        }
      if (i == layer)
        return g_steal_pointer (&name);
      g_hash_table_add (taken, g_steal_pointer (&name));
    }

  return NULL;
}

static gboolean
check_names (const CamNetwork  *self,
             GError           **error)
{
  for (guint i = 0; i < self->layers->len; i++)
    for (guint j = i + 1; j < self->layers->len; j++)
      if (g_strcmp0 (cam_network_layer (self, i)->name, cam_network_layer (self, j)->name) == 0)
        {
          g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER,
                       _("network, layer %u: the name “%s” is also that of layer %u; give it another one"),
                       j + 1, cam_network_layer (self, j)->name, i + 1);
          return FALSE;
        }

  return TRUE;
}

static gboolean
add_layers (CamNetwork    *self,
            const json_t  *layers,
            GError       **error)
{
  CamShape shape = self->input;

  for (gsize i = 0; i < json_array_size (layers); i++)
    {
      CamLayer *layer;

      if (cam_network_is_off (json_array_get (layers, i)))
        continue;
      layer = cam_layer_new (json_array_get (layers, i), (guint) i, &shape, error);
      if (layer == NULL)
        return FALSE;
      g_ptr_array_add (self->layers, layer);
      shape = layer->output;
      self->n_out = layer->n_out;
      for (guint w = 0; w < layer->n_weights; w++)
        g_array_append_vals (self->weights, &(CamWeightRef) { self->layers->len - 1, w }, 1);
    }

  return TRUE;
}

CamNetwork *
cam_network_new (const CamShape  *input,
                 const json_t    *layers,
                 GError         **error)
{
  g_autoptr(CamNetwork) self = NULL;

  g_return_val_if_fail (input != NULL, NULL);

  if (json_array_size (layers) == 0)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("The network has no layers; add one"));
      return NULL;
    }

  cam_kernels_init ();
  self = g_new0 (CamNetwork, 1);
  self->input = *input;
  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_layer_free);
  self->weights = g_array_new (FALSE, FALSE, sizeof (CamWeightRef));
  if (!cam_shape_get_size (input, &self->n_in))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY, _("The input does not fit into memory"));
      return NULL;
    }
  if (!add_layers (self, layers, error))
    return NULL;
  if (self->layers->len == 0)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("All layers of the network are switched off; switch one on"));
      return NULL;
    }
  if (!cam_network_join_weights (self))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY, _("The weights do not fit into memory; make the layers smaller"));
      return NULL;
    }
  name_layers (self);
  if (!check_names (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

CamNetwork *
cam_network_copy (const CamNetwork *self)
{
  g_autoptr(json_t) layers = cam_network_to_json (self);
  CamNetwork *copy = cam_network_new (&self->input, layers, NULL);
  g_autoptr(GBytes) weights = cam_network_dup_weights (self);

  cam_network_set_weights (copy, weights, NULL);
  return copy;
}

void
cam_network_free (CamNetwork *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->layers);
  g_array_unref (self->weights);
  cam_floats_free (self->block);
  g_free (self);
}

guint
cam_network_get_n_layers (const CamNetwork *self)
{
  return self->layers->len;
}

const CamLayerKind *
cam_network_get_layer_kind (const CamNetwork *self,
                            guint             layer)
{
  return cam_network_layer (self, layer)->kind;
}

const char *
cam_network_get_layer_name (const CamNetwork *self,
                            guint             layer)
{
  return cam_network_layer (self, layer)->name;
}

const json_t *
cam_network_get_layer_config (const CamNetwork *self,
                              guint             layer)
{
  return cam_network_layer (self, layer)->config;
}

CamShape
cam_network_get_layer_shape (const CamNetwork *self,
                             guint             layer)
{
  return cam_network_layer (self, layer)->output;
}

CamShape
cam_network_get_input_shape (const CamNetwork *self)
{
  return self->input;
}

CamShape
cam_network_get_output_shape (const CamNetwork *self)
{
  return cam_network_layer (self, self->layers->len - 1)->output;
}

json_t *
cam_network_to_json (const CamNetwork *self)
{
  json_t *layers = json_array ();

  for (guint i = 0; i < self->layers->len; i++)
    {
      const CamLayer *layer = cam_network_layer (self, i);

      json_t *written = json_pack ("{s:s, s:s, s:o}", "class_name", layer->kind->name, "name", layer->name, "config", json_deep_copy (layer->config));

      if (!layer->trainable)
        json_object_set_new (written, "trainable", json_false ());
      json_array_append_new (layers, written);
    }

  return layers;
}

int
cam_network_mask_of (const CamNetwork *self,
                     guint             layer)
{
  for (guint i = layer; i-- > 0;)
    switch (cam_network_layer (self, i)->mask_way)
      {
      case CAM_MASK_BEGINS:
        return (int) i;
      case CAM_MASK_STOPS:
        return -1;
      case CAM_MASK_PASSES:
      default:
        break;
      }

  return -1;
}

gsize
cam_network_n_steps (const CamNetwork *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->layers->len; i++)
    if (cam_network_layer (self, i)->mask_way == CAM_MASK_BEGINS)
      n = MAX (n, cam_network_layer (self, i)->input.dims[0]);

  return n;
}

double
cam_network_work (const CamNetwork *self)
{
  double work = 0.0;

  for (guint i = 0; i < self->layers->len; i++)
    work += cam_layer_work (cam_network_layer (self, i));

  return work;
}

double
cam_network_penalty (const CamNetwork *self)
{
  double sum = 0.0;

  for (guint i = 0; i < self->weights->len; i++)
    {
      CamWeightRef ref = g_array_index (self->weights, CamWeightRef, i);
      const CamWeight *weight = &cam_network_layer (self, ref.layer)->weights[ref.i];

      if (!cam_regularizer_is_none (&weight->regularizer))
        sum += cam_regularizer_penalty (&weight->regularizer, weight->value->data, weight->value->n);
    }

  return sum;
}

gboolean
cam_network_has_activity (const CamNetwork *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    if (!cam_regularizer_is_none (&cam_network_layer (self, i)->activity))
      return TRUE;

  return FALSE;
}

/* The parts of the workspace, in floats: two buffers between which the rows go, what a layer leaves for itself, what it uses for a moment. */
typedef struct
{
  gsize width, scratch, temp, steps;
} BlockSizes;

static BlockSizes
get_sizes (const CamNetwork *self)
{
  BlockSizes sizes = { self->n_in, 0, 0, cam_network_n_steps (self) };

  for (guint i = 0; i < self->layers->len; i++)
    {
      const CamLayer *layer = cam_network_layer (self, i);

      sizes.width = MAX (sizes.width, layer->n_out);
      sizes.scratch = MAX (sizes.scratch, layer->n_scratch);
      sizes.temp = MAX (sizes.temp, layer->n_temp);
    }

  return sizes;
}

gsize
cam_network_block_size (const CamNetwork *self)
{
  BlockSizes sizes = get_sizes (self);

  return (CAM_BLOCK_ROWS * (2 * sizes.width + sizes.scratch) + sizes.temp) * sizeof (float) + 2 * CAM_BLOCK_ROWS * sizes.steps;
}

void
cam_network_block (const CamNetwork     *self,
                   guint                 n_layers,
                   const float          *x,
                   gsize                 n,
                   float                *y,
                   const CamBlockExtras *extras,
                   gpointer              workspace)
{
  static const CamBlockExtras none = { NULL };
  BlockSizes sizes = get_sizes (self);
  float *from = workspace, *to = from + CAM_BLOCK_ROWS * sizes.width;
  float *scratch = to + CAM_BLOCK_ROWS * sizes.width, *temp = scratch + CAM_BLOCK_ROWS * sizes.scratch;
  guint8 *mask = (guint8 *) (temp + sizes.temp), *next_mask = mask + CAM_BLOCK_ROWS * sizes.steps;
  gboolean has_mask = FALSE;
  gsize n_out = n_layers > 0 ? cam_network_layer (self, n_layers - 1)->n_out : self->n_in;

  extras = extras != NULL ? extras : &none;
  memcpy (from, x, n * self->n_in * sizeof (float));
  memset (from + n * self->n_in, 0, (CAM_BLOCK_ROWS - n) * self->n_in * sizeof (float));

  for (guint i = 0; i < n_layers; i++)
    {
      const CamLayer *layer = cam_network_layer (self, i);
      /* Where the numbers before the activation are asked for, the last layer leaves it out, and it is applied here. */
      gboolean bare = i + 1 == n_layers && extras->logits != NULL && layer->activation != NULL;
      CamPass pass = { .bare = bare, .mask = has_mask ? mask : NULL, .temp = temp };
      float *swap = from;

      layer->kind->forward (layer, &pass, from, to, scratch, CAM_BLOCK_ROWS);
      if (i + 1 == n_layers && extras->logits != NULL)
        memcpy (extras->logits, to, n * n_out * sizeof (float));
      if (bare)
        {
          gsize columns = layer->output.dims[layer->output.n_dims - 1];

          cam_activation_forward (layer->activation, to, to, CAM_BLOCK_ROWS * layer->n_out / columns, columns);
        }
      if (extras->activity != NULL && !cam_regularizer_is_none (&layer->activity))
        *extras->activity += cam_regularizer_penalty (&layer->activity, to, n * layer->n_out);

      if (layer->mask_way == CAM_MASK_BEGINS)
        {
          guint8 *swap_mask = mask;

          layer->kind->mask (layer, &pass, from, next_mask, CAM_BLOCK_ROWS);
          mask = next_mask;
          next_mask = swap_mask;
          has_mask = TRUE;
        }
      else if (layer->mask_way == CAM_MASK_STOPS)
        has_mask = FALSE;

      from = to;
      to = swap;
    }

  memcpy (y, from, n * n_out * sizeof (float));
  if (extras->mask != NULL && has_mask)
    memcpy (extras->mask, mask, n * sizes.steps);
}

void
cam_network_predict_layer (const CamNetwork *self,
                           guint             layer,
                           const float      *x,
                           gsize             n_rows,
                           float            *y)
{
  gsize n_out = cam_network_layer (self, layer)->n_out;
  float *workspace = cam_floats_new (cam_network_block_size (self) / sizeof (float) + 1);

  for (gsize done = 0; done < n_rows; done += CAM_BLOCK_ROWS)
    cam_network_block (self, layer + 1, x + done * self->n_in, MIN (CAM_BLOCK_ROWS, n_rows - done), y + done * n_out, NULL, workspace);

  cam_floats_free (workspace);
}

void
cam_network_predict (const CamNetwork *self,
                     const float      *x,
                     gsize             n_rows,
                     float            *y)
{
  cam_network_predict_layer (self, self->layers->len - 1, x, n_rows, y);
}
