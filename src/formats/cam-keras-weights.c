/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which array of an HDF5 file is which weight. Keras 3 numbers them within the layer's group; older files list their names in an attribute. */
#include "cam-keras-weights.h"

#include <glib/gi18n-lib.h>

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

GBytes *
cam_keras_weights_build (const CamNetwork  *network,
                         GError           **error)
{
  CamNetwork *lent = (CamNetwork *) network;   /* looked at only */
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CamH5Writer *writer = cam_h5_writer_new ();

  cam_h5_writer_add_group (writer, "/layers");
  cam_h5_writer_add_group (writer, "/vars");
  cam_h5_writer_add_text (writer, "/vars", "name", "sequential");

  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    {
      g_autofree char *key = cam_keras_unique_key (counts, cam_layer_kind_get_name (cam_network_get_layer_kind (network, i)));
      g_autofree char *group = g_strconcat ("/layers/", key, NULL);
      g_autofree char *vars = g_strconcat (group, "/vars", NULL);
      guint n, first = find_weights (network, i, &n);

      cam_h5_writer_add_group (writer, group);
      cam_h5_writer_add_group (writer, vars);
      cam_h5_writer_add_text (writer, vars, "name", cam_network_get_layer_name (network, i));
      for (guint w = 0; w < n; w++)
        {
          g_autofree char *path = g_strdup_printf ("%s/%u", vars, w);
          const CamTensor *weight = cam_network_peek_weight (lent, first + w);

          cam_h5_writer_add_floats (writer, path, &weight->shape, weight->data);
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
               _("the file has %" G_GUINT64_FORMAT " arrays of weights for it, but it needs %u"), found, needed);
  return FALSE;
}

/* /layers/dense/vars/0, 1, … */
static gboolean
read_numbered (CamNetwork   *network,
               CamH5Reader  *reader,
               const char   *key,
               guint         first,
               guint         n,
               GError      **error)
{
  g_autofree char *vars = g_strdup_printf ("/layers/%s/vars", key);
  guint64 n_found = cam_h5_reader_count (reader, vars);

  /* No members at all: reading the first will say why. */
  if (n_found > 0 && !check_count (n_found, n, error))
    return FALSE;

  for (guint w = 0; w < n; w++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", vars, w);
      CamTensor *weight = cam_network_peek_weight (network, first + w);

      if (!cam_h5_reader_read (reader, path, &weight->shape, weight->data, error))
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
  for (guint i = 0; i < cam_network_get_n_layers (network); i++)
    {
      const char *name = cam_network_get_layer_name (network, i);
      guint n, first = find_weights (network, i, &n);

      if (n == 0)
        continue;
      if (keys != NULL ? !read_numbered (network, reader, g_ptr_array_index (keys, i), first, n, error)
                       : !read_named (network, reader, name, first, n, error))
        {
          /* translators: a layer's name and kind; a reason follows */
          g_prefix_error (error, _("layer “%s” (%s): "), name, cam_layer_kind_get_name (cam_network_get_layer_kind (network, i)));
          return FALSE;
        }
    }

  return TRUE;
}
