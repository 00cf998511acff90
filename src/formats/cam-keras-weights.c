/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which array of an HDF5 file is which weight. Keras 3 numbers them within the layer's group; older files list their names in an attribute. */
#include "cam-keras-weights.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "cam-keras-file.h"
#include "cam-keras-names.h"

/* Index of the first weight of @layer, and how many it has. */
static guint
find_weights (const CamNetwork *network,
              guint             layer,
              guint            *n)
{
  guint n_all = cam_network_get_n_weights (network);
  guint first = 0;

  while (first < n_all && cam_network_get_weight_layer (network, first) < layer)
    first++;
  *n = 0;
  while (first + *n < n_all && cam_network_get_weight_layer (network, first + *n) == layer)
    *n += 1;

  return first;
}

static const json_t *
get_inner (const json_t *layer,
           const char   *key)
{
  const json_t *inner = json_object_get (json_object_get (layer, "config"), key);

  return json_is_object (inner) ? inner : NULL;
}

/* A recurrent layer keeps its weights in a cell of its own. */
static gboolean
has_cell (const json_t *layer)
{
  static const char *const names[] = { "SimpleRNN", "LSTM", "GRU", NULL };
  const char *class_name = json_string_value (json_object_get (layer, "class_name"));

  return class_name != NULL && g_strv_contains (names, class_name);
}

/* Where Keras keeps the weight @name of @layer (as in a document), itself at @path: with the layer, its cell, or the layer within it. g_free(). */
static char *
dup_place (const json_t *layer,
           const char   *name,
           const char   *path)
{
  const json_t *inner = get_inner (layer, "layer"), *back = get_inner (layer, "backward_layer");
  g_autofree char *below = NULL;

  if (has_cell (layer))
    return g_strconcat (path, "/cell", NULL);
  if (inner == NULL)
    return g_strdup (path);
  if (g_str_has_prefix (name, "backward_"))
    {
      below = g_strconcat (path, "/backward_layer", NULL);
      return dup_place (back != NULL ? back : inner, name + strlen ("backward_"), below);
    }
  if (g_str_has_prefix (name, "forward_"))
    {
      below = g_strconcat (path, "/forward_layer", NULL);
      return dup_place (inner, name + strlen ("forward_"), below);
    }
  below = g_strconcat (path, "/layer", NULL);
  return dup_place (inner, name, below);
}

/* The paths of the arrays of @n weights from @first on: numbered within each place. */
static GStrv
list_paths (const CamNetwork *network,
            const json_t     *layer,
            const char       *path,
            guint             first,
            guint             n)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GStrv paths = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      char *place = dup_place (layer, cam_network_get_weight_name (network, first + i), path);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, place));

      paths[i] = g_strdup_printf ("%s/vars/%u", place, count);
      g_hash_table_insert (counts, place, GUINT_TO_POINTER (count + 1));
    }

  return paths;
}

/* Groups of @layer and of all that is within it: the first versions of Keras 3 want one for each, with weights or without. */
static void
add_groups (CamH5Writer  *writer,
            const json_t *layer,
            const char   *name,
            const char   *path)
{
  static const struct { const char *key, *group; } pair[] = { { "layer", "forward_layer" }, { "backward_layer", "backward_layer" }, { "layer", "layer" } };
  const json_t *inner = get_inner (layer, "layer");
  gboolean is_pair = json_object_get (json_object_get (layer, "config"), "backward_layer") != NULL;
  g_autofree char *vars = g_strconcat (path, "/vars", NULL);

  cam_h5_writer_add_group (writer, path);
  cam_h5_writer_add_group (writer, vars);
  cam_h5_writer_add_text (writer, vars, "name", name);
  if (has_cell (layer))
    {
      g_autofree char *cell = g_strconcat (path, "/cell", NULL);
      g_autofree char *cell_vars = g_strconcat (cell, "/vars", NULL);

      cam_h5_writer_add_group (writer, cell);
      cam_h5_writer_add_group (writer, cell_vars);
      cam_h5_writer_add_text (writer, cell_vars, "name", name);
    }
  for (guint i = is_pair ? 0 : 2; inner != NULL && i < G_N_ELEMENTS (pair); i++)
    {
      const json_t *held = get_inner (layer, pair[i].key);
      g_autofree char *below = g_strconcat (path, "/", pair[i].group, NULL);

      add_groups (writer, held != NULL ? held : inner, name, below);
    }
}

/* Keras 3.0 looks for a Bidirectional's first layer under a third name as well. */
static void
add_twice (CamH5Writer     *writer,
           const char      *path,
           const CamTensor *weight)
{
  static const char mark[] = "/forward_layer/";
  const char *at = strstr (path, mark);
  g_autofree char *again = at != NULL ? g_strdup_printf ("%.*s/layer/%s", (int) (at - path), path, at + strlen (mark)) : NULL;

  if (again != NULL)
    cam_h5_writer_add_floats (writer, again, &weight->shape, weight->data);
}

GBytes *
cam_keras_weights_build (const CamNetwork  *network,
                         GError           **error)
{
  CamNetwork *lent = (CamNetwork *) network;   /* looked at only */
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(json_t) layers = cam_network_to_json (network);
  CamH5Writer *writer = cam_h5_writer_new ();

  cam_h5_writer_add_group (writer, "/layers");
  cam_h5_writer_add_group (writer, "/vars");
  cam_h5_writer_add_text (writer, "/vars", "name", "sequential");

  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    {
      const json_t *layer = json_array_get (layers, i);
      g_autofree char *key = cam_keras_unique_key (counts, cam_layer_kind_get_name (cam_network_get_layer_kind (network, i)));
      g_autofree char *group = g_strconcat ("/layers/", key, NULL);
      guint n, first = find_weights (network, i, &n);
      g_auto(GStrv) paths = list_paths (network, layer, group, first, n);

      add_groups (writer, layer, cam_network_get_layer_name (network, i), group);
      for (guint w = 0; w < n; w++)
        {
          const CamTensor *weight = cam_network_peek_weight (lent, first + w);

          cam_h5_writer_add_floats (writer, paths[w], &weight->shape, weight->data);
          add_twice (writer, paths[w], weight);
        }
    }

  return cam_h5_writer_finish (writer, error);
}

static gboolean
check_count (guint64       found,
             guint         needed,
             GError      **error)
{
  if (found == needed)
    return TRUE;

  g_set_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_WEIGHTS,
               _("the file has %" PRIu64 " arrays of weights for it, but it needs %u"), found, needed);
  return FALSE;
}

/* How many arrays there are in the places of these weights. */
static guint64
count_arrays (CamH5Reader *reader,
              GStrv        paths)
{
  guint64 n = 0;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *vars = g_path_get_dirname (paths[i]);

      if (g_str_has_suffix (paths[i], "/vars/0"))
        n += cam_h5_reader_count (reader, vars);
    }

  return n;
}

/* /layers/dense/vars/0, 1, … */
static gboolean
read_numbered (CamNetwork    *network,
               CamH5Reader   *reader,
               const json_t  *layer,
               const char    *key,
               guint          first,
               guint          n,
               GError       **error)
{
  g_autofree char *group = g_strconcat ("/layers/", key, NULL);
  g_auto(GStrv) paths = list_paths (network, layer, group, first, n);
  guint64 n_found = count_arrays (reader, paths);

  /* No members at all: reading the first will say why. */
  if (n_found > 0 && !check_count (n_found, n, error))
    return FALSE;

  for (guint w = 0; w < n; w++)
    {
      CamTensor *weight = cam_network_peek_weight (network, first + w);

      if (!cam_h5_reader_read (reader, paths[w], &weight->shape, weight->data, error))
        return FALSE;
    }

  return TRUE;
}

/* /model_weights/NAME with the attribute weight_names: ["dense/kernel:0", "dense/bias:0"]. */
static gboolean
read_named (CamNetwork   *network,
            CamH5Reader  *reader,
            const char   *layer_name,
            guint         first,
            guint         n,
            GError      **error)
{
  g_autofree char *root = g_strdup (cam_h5_reader_has (reader, "/model_weights") ? "/model_weights" : "");
  g_autofree char *group = g_strdup_printf ("%s/%s", root, layer_name);
  g_auto(GStrv) names = cam_h5_reader_dup_texts (reader, group, "weight_names");

  if (!check_count (names != NULL ? g_strv_length (names) : 0, n, error))
    return FALSE;

  for (guint w = 0; w < n; w++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s", group, names[w]);
      CamTensor *weight = cam_network_peek_weight (network, first + w);

      if (!cam_h5_reader_read (reader, path, &weight->shape, weight->data, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cam_keras_weights_read (CamNetwork   *network,
                        CamH5Reader  *reader,
                        GPtrArray    *keys,
                        GError      **error)
{
  g_autoptr(json_t) layers = cam_network_to_json (network);

  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    {
      const char *name = cam_network_get_layer_name (network, i);
      guint n, first = find_weights (network, i, &n);

      if (n == 0)
        continue;
      if (keys != NULL ? !read_numbered (network, reader, json_array_get (layers, i), g_ptr_array_index (keys, i), first, n, error)
                       : !read_named (network, reader, name, first, n, error))
        {
          /* translators: a layer's name and kind; a reason follows */
          g_prefix_error (error, _("layer “%s” (%s): "), name, cam_layer_kind_get_name (cam_network_get_layer_kind (network, i)));
          return FALSE;
        }
    }

  return TRUE;
}
