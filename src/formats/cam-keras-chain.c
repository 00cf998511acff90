/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the one chain of layers in a Functional model, which is a graph of calls. Graphs with branches, shared layers or several inputs are refused. */
#include "cam-keras-config.h"

#include <glib/gi18n-lib.h>

#include "cam-keras-file.h"

static GPtrArray *
fail_branched (GError **error)
{
  g_set_error_literal (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_UNSUPPORTED,
                       _("The model is a graph with branches; this version reads models whose layers form one chain"));
  return NULL;
}

/* The layer that a tensor comes from: a __keras_tensor__ object, or the older list [layer, node, tensor, {…}]. Counts in *n_tensors. */
static void
find_sources (const json_t  *value,
              const char   **source,
              guint         *n_tensors,
              guint          depth)
{
  const json_t *history = json_object_get (json_object_get (value, "config"), "keras_history");
  json_t *item;
  gsize i;

  if (json_is_array (history) || (json_is_array (value) && json_is_string (json_array_get (value, 0))))
    {
      *source = json_string_value (json_array_get (json_is_array (history) ? history : value, 0));
      *n_tensors += 1;
      return;
    }
  if (!json_is_array (value) || depth > 4)
    return;

  json_array_foreach ((json_t *) value, i, item)
    find_sources (item, source, n_tensors, depth + 1);
}

/* The name of the layer before @layer; NULL: none (an input), or not just one (*ok is FALSE). */
static const char *
find_previous (const json_t *layer,
               gboolean     *ok)
{
  const json_t *nodes = json_object_get (layer, "inbound_nodes");
  const json_t *node = json_array_get (nodes, 0);
  const char *source = NULL;
  guint n_tensors = 0;

  find_sources (json_is_object (node) ? json_object_get (node, "args") : node, &source, &n_tensors, 0);
  *ok = json_array_size (nodes) == 0 || (json_array_size (nodes) == 1 && n_tensors == 1 && source != NULL);

  return *ok ? source : NULL;
}

static const char *
get_name (const json_t *layer)
{
  const char *name = json_string_value (json_object_get (layer, "name"));

  return name != NULL ? name : json_string_value (json_object_get (json_object_get (layer, "config"), "name"));
}

/* Layers by the name of the one before them; the input has the empty name. FALSE: two layers after one. */
static gboolean
index_layers (const json_t *layers,
              GHashTable   *next)
{
  json_t *layer;
  gsize i;

  json_array_foreach ((json_t *) layers, i, layer)
    {
      gboolean ok;
      const char *previous = find_previous (layer, &ok);

      if (!ok || get_name (layer) == NULL || !g_hash_table_insert (next, (gpointer) (previous != NULL ? previous : ""), layer))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
cam_keras_chain_parse (const json_t  *config,
                       GError       **error)
{
  const json_t *layers = json_object_get (config, "layers");
  g_autoptr(GHashTable) next = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) chain = g_ptr_array_new ();
  const char *output = NULL;
  guint n_outputs = 0;
  const json_t *layer;

  if (!index_layers (layers, next))
    return fail_branched (error);

  layer = g_hash_table_lookup (next, "");
  while (layer != NULL && chain->len < json_array_size (layers))
    {
      g_ptr_array_add (chain, (gpointer) layer);
      layer = g_hash_table_lookup (next, get_name (layer));
    }

  find_sources (json_object_get (config, "output_layers"), &output, &n_outputs, 0);
  if (chain->len == 0 || layer != NULL || chain->len != json_array_size (layers) || n_outputs != 1
      || g_strcmp0 (output, get_name (g_ptr_array_index (chain, chain->len - 1))) != 0)
    return fail_branched (error);

  return g_steal_pointer (&chain);
}
