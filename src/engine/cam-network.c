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
      if (broken)
        continue;

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
      CamLayer *layer = cam_layer_new (json_array_get (layers, i), (guint) i, &shape, error);

      if (layer == NULL)
        return FALSE;
      g_ptr_array_add (self->layers, layer);
      shape = layer->output;
      self->n_out = layer->n_out;
      for (guint w = 0; w < layer->n_weights; w++)
        g_array_append_vals (self->weights, &(CamWeightRef) { (guint) i, w }, 1);
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

      json_array_append_new (layers, json_pack ("{s:s, s:s, s:o}", "class_name", layer->kind->name, "name", layer->name,
                                                "config", json_deep_copy (layer->config)));
    }

  return layers;
}

static gsize
widest (const CamNetwork *self)
{
  gsize width = self->n_in;

  for (guint i = 0; i < self->layers->len; i++)
    width = MAX (width, cam_network_layer (self, i)->n_out);

  return width;
}

gsize
cam_network_block_size (const CamNetwork *self)
{
  return 2 * CAM_BLOCK_ROWS * widest (self);
}

void
cam_network_block (const CamNetwork *self,
                   const float      *x,
                   gsize             n,
                   float            *y,
                   float            *logits,
                   float            *workspace)
{
  const CamLayer *last = cam_network_layer (self, self->layers->len - 1);
  const CamPass pass = { 0 };
  float *from = workspace, *to = workspace + CAM_BLOCK_ROWS * widest (self);

  memcpy (from, x, n * self->n_in * sizeof (float));
  memset (from + n * self->n_in, 0, (CAM_BLOCK_ROWS - n) * self->n_in * sizeof (float));

  for (guint i = 0; i < self->layers->len; i++)
    {
      const CamLayer *layer = cam_network_layer (self, i);
      float *swap = from;

      if (layer == last && layer->activation != NULL)
        {
          gsize columns = layer->output.dims[layer->output.n_dims - 1];

          layer->kind->forward (layer, &(CamPass) { .bare = TRUE }, from, to, NULL, CAM_BLOCK_ROWS);
          if (logits != NULL)
            memcpy (logits, to, n * self->n_out * sizeof (float));
          cam_activation_forward (layer->activation, to, to, CAM_BLOCK_ROWS * layer->n_out / columns, columns);
        }
      else
        {
          layer->kind->forward (layer, &pass, from, to, NULL, CAM_BLOCK_ROWS);
          if (layer == last && logits != NULL)
            memcpy (logits, to, n * self->n_out * sizeof (float));
        }
      from = to;
      to = swap;
    }

  memcpy (y, from, n * self->n_out * sizeof (float));
}

void
cam_network_predict (const CamNetwork *self,
                     const float      *x,
                     gsize             n_rows,
                     float            *y)
{
  float *workspace = cam_floats_new (cam_network_block_size (self));

  for (gsize done = 0; done < n_rows; done += CAM_BLOCK_ROWS)
    cam_network_block (self, x + done * self->n_in, MIN (CAM_BLOCK_ROWS, n_rows - done), y + done * self->n_out, NULL, workspace);

  cam_floats_free (workspace);
}
