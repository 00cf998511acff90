/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers proposed for a place. A mend is found by trying: whatever gives the layer a shape will do, in the order of what people mean most often. */
#include "cam-layer-propose.h"

#include <cam-network.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Pictures that are longer than so many times their height are rare. */
#define MOST_STRETCHED 8
#define N_COLOURS 3

static gsize
find_root (gsize n)
{
  gsize root = (gsize) llround (sqrt ((double) n));

  return root > 0 && root * root == n ? root : 0;
}

CamShape
cam_layer_guess_image (gsize n)
{
  gsize side = find_root (n), height;

  if (side > 1)
    return (CamShape) { 3, { side, side, 1 } };
  side = n % N_COLOURS == 0 ? find_root (n / N_COLOURS) : 0;
  if (side > 1)
    return (CamShape) { 3, { side, side, N_COLOURS } };

  height = (gsize) sqrt ((double) n);
  while (height > 1 && n % height != 0)
    height--;
  if (height > 1 && n / height <= height * MOST_STRETCHED)
    return (CamShape) { 3, { height, n / height, 1 } };

  return (CamShape) { 3, { n, 1, 1 } };
}

static json_t *
make_reshape (const CamShape *target)
{
  json_t *sizes = json_array ();

  for (guint i = 0; i < target->n_dims; i++)
    json_array_append_new (sizes, json_integer ((json_int_t) target->dims[i]));

  return json_pack ("{s:s, s:{s:o}}", "class_name", "Reshape", "config", "target_shape", sizes);
}

/* Whether the first @n of @layers have shapes; *output: what the last of them gives. */
static gboolean
find_shape (const CamShape *input,
            const json_t   *layers,
            guint           n,
            CamShape       *output)
{
  g_autoptr(GPtrArray) reports = cam_network_inspect (input, layers);
  const CamLayerReport *report;

  *output = *input;
  if (n == 0)
    return TRUE;
  if (n > reports->len)
    return FALSE;
  report = reports->pdata[n - 1];
  *output = report->output;

  return report->has_shape;
}

static json_t *
get_config (json_t *layers,
            guint   place)
{
  json_t *layer = json_array_get (layers, place);

  if (json_object_get (layer, "config") == NULL)
    json_object_set_new (layer, "config", json_object ());

  return json_object_get (layer, "config");
}

/* Whether the layer reads sequences: it takes one, but no single row of numbers. */
static gboolean
wants_steps (const json_t *layer)
{
  const CamShape row = { 1, { 6 } }, steps = { 2, { 6, 4 } };
  g_autoptr(json_t) alone = json_pack ("[O]", layer);
  CamShape output;

  return layer != NULL && !find_shape (&row, alone, 1, &output) && find_shape (&steps, alone, 1, &output);
}

static gboolean
has_field (const char *class_name,
           const char *key)
{
  const CamLayerKind *kind = cam_layer_kind_find (class_name);

  return kind != NULL && cam_fields_find (cam_layer_kind_get_fields (kind), key) != NULL;
}

/* The first of the usual layers that can stand within one of @class_name there. */
static json_t *
propose_inner (const char     *class_name,
               const CamShape *input,
               gboolean        wants_all_steps)
{
  const char *const usual[] = { "LSTM", input != NULL && input->n_dims > 3 ? "Conv2D" : "Dense" };
  const CamShape any = { 2, { 6, 4 } };
  CamShape output;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_autoptr(json_t) alone = json_pack ("[{s:s, s:{s:{s:s, s:{s:i}}}}]", "class_name", class_name, "config", "layer", "class_name", usual[i],
                                           "config", has_field (usual[i], "units") ? "units" : "filters", 32);
      json_t *inner = json_object_get (get_config (alone, 0), "layer");

      if (!find_shape (input != NULL && input->n_dims > 1 ? input : &any, alone, 1, &output))
        continue;
      if (wants_all_steps && has_field (usual[i], "return_sequences"))
        json_object_set_new (json_object_get (inner, "config"), "return_sequences", json_true ());
      return json_incref (inner);
    }
  return NULL;
}

json_t *
cam_layer_propose (const char     *class_name,
                   const CamShape *input,
                   const json_t   *next)
{
  json_t *config = json_object ();
  json_t *layers = json_array ();
  gsize n = 0;

  if (g_str_equal (class_name, "Dense"))
    json_object_set_new (config, "units", json_integer (64));
  /* A hidden layer without an activation adds nothing; recurrent ones have theirs. */
  if ((g_str_equal (class_name, "Dense") || has_field (class_name, "kernel_size")) && has_field (class_name, "activation"))
    json_object_set_new (config, "activation", json_string ("relu"));
  if (has_field (class_name, "return_sequences") && wants_steps (next))
    json_object_set_new (config, "return_sequences", json_true ());

  if (has_field (class_name, "layer"))
    json_object_set_new (config, "layer", propose_inner (class_name, input, wants_steps (next)));

  if (g_str_equal (class_name, "Reshape") && input != NULL && cam_shape_get_size (input, &n))
    {
      CamShape target = wants_steps (next) ? (CamShape) { 2, { n, 1 } } : cam_layer_guess_image (n);
      g_autoptr(json_t) reshape = make_reshape (&target);

      json_object_update (config, json_object_get (reshape, "config"));
    }
  /* Each pixel by itself is hardly ever meant. */
  if (g_str_equal (class_name, "Dense") && input != NULL && input->n_dims > 2)
    json_array_append_new (layers, json_pack ("{s:s}", "class_name", "Flatten"));
  json_array_append_new (layers, json_pack ("{s:s, s:o}", "class_name", class_name, "config", config));

  return layers;
}

/* Mending ---------------------------------------------------------------------------------------------------------- */

/* A setting of @layer, tried. */
static json_t *
try_setting (const CamShape *input,
             const json_t   *layers,
             guint           layer,
             const char     *key,
             json_t         *value,      /* taken */
             guint           place,
             char          **path)
{
  g_autoptr(json_t) tried = json_deep_copy (layers);
  const char *class_name = json_string_value (json_object_get (json_array_get (layers, layer), "class_name"));
  CamShape output;

  json_object_set (get_config (tried, layer), key, value);
  if (class_name == NULL || !has_field (class_name, key) || !find_shape (input, tried, place + 1, &output))
    {
      json_decref (value);
      return NULL;
    }
  *path = g_strdup_printf ("network/%u/config/%s", layer, key);
  return value;
}

/* @inserted before @place, tried. */
static json_t *
try_before (const CamShape *input,
            const json_t   *layers,
            guint           place,
            json_t         *inserted,     /* taken */
            char          **path)
{
  json_t *tried = json_deep_copy (layers);
  CamShape output;

  json_array_insert_new (tried, place, inserted);
  if (!find_shape (input, tried, place + 2, &output))
    {
      json_decref (tried);
      return NULL;
    }
  *path = g_strdup ("network");
  return tried;
}

static json_t *
try_reshape (const CamShape *input,
             const json_t   *layers,
             guint           place,
             CamShape        target,
             char          **path,
             char          **title)
{
  json_t *value = try_before (input, layers, place, make_reshape (&target), path);
  g_autoptr(GString) sizes = g_string_new (NULL);

  if (value == NULL)
    return NULL;
  for (guint i = 0; i < target.n_dims; i++)
    g_string_append_printf (sizes, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "", target.dims[i]);
  /* translators: sizes such as 8, 8, 1 */
  *title = g_strdup_printf (_("Insert Reshape (%s)"), sizes->str);
  return value;
}

/* @n numbers in as many axes as somebody wanted. */
static json_t *
make_sizes (gsize   n,
            gsize   n_axes,
            char  **title)
{
  CamShape image = cam_layer_guess_image (n);
  CamShape target = n_axes == 1 ? cam_shape_vector (n) : n_axes == 2 ? (CamShape) { 2, { image.dims[0], image.dims[1] * image.dims[2] } } : image;
  g_autoptr(json_t) reshape = make_reshape (&target);
  g_autoptr(GString) sizes = g_string_new (NULL);

  for (guint i = 0; i < target.n_dims; i++)
    g_string_append_printf (sizes, "%s%" G_GSIZE_FORMAT, i > 0 ? " × " : "", target.dims[i]);
  /* translators: sizes such as 8 × 8 × 1 */
  *title = g_strdup_printf (_("Use %s"), sizes->str);
  return json_incref (json_object_get (json_object_get (reshape, "config"), "target_shape"));
}

json_t *
cam_layer_mend (const CamShape  *input,
                const json_t    *layers,
                guint            place,
                char           **path,
                char           **title)
{
  json_t *value = NULL;
  CamShape given;
  guint before;
  gsize n;

  if (!find_shape (input, layers, place, &given) || !cam_shape_get_size (&given, &n))
    return NULL;

  for (before = place; before > 0 && cam_network_is_off (json_array_get (layers, before - 1)); before--)
    ;
  if (before > 0 && given.n_dims == 1)
    value = try_setting (input, layers, before - 1, "return_sequences", json_true (), place, path);
  if (value != NULL)
    {
      *title = g_strdup (_("Give all steps"));
      return value;
    }
  value = try_setting (input, layers, place, "padding", json_string ("same"), place, path);
  if (value != NULL)
    {
      *title = g_strdup (_("Pad the edges"));
      return value;
    }
  value = try_setting (input, layers, place, "groups", json_integer (1), place, path);
  if (value != NULL)
    {
      *title = g_strdup (_("Set 1 group"));
      return value;
    }
  value = try_setting (input, layers, place, "target_shape", json_pack ("[i]", -1), place, path);
  if (value != NULL)
    {
      json_decref (value);
      return make_sizes (n, json_array_size (json_object_get (json_object_get (json_array_get (layers, place), "config"), "target_shape")), title);
    }

  /* A row is an image, or a series with one number a step; an image's rows are the steps of a series; a series is an image with one channel. */
  if (given.n_dims == 1)
    {
      value = try_reshape (input, layers, place, (CamShape) { 2, { n, 1 } }, path, title);
      if (value == NULL)
        value = try_reshape (input, layers, place, cam_layer_guess_image (n), path, title);
    }
  else if (given.n_dims == 2)
    value = try_reshape (input, layers, place, (CamShape) { 3, { given.dims[0], given.dims[1], 1 } }, path, title);
  else if (given.n_dims == 3)
    value = try_reshape (input, layers, place, (CamShape) { 2, { given.dims[0], given.dims[1] * given.dims[2] } }, path, title);
  if (value == NULL)
    {
      value = try_before (input, layers, place, json_pack ("{s:s}", "class_name", "Flatten"), path);
      if (value != NULL)
        *title = g_strdup (_("Insert Flatten"));
    }

  return value;
}

json_t *
cam_layer_flatten (const CamShape  *input,
                   const json_t    *layers,
                   guint            place,
                   char           **path,
                   char           **title)
{
  CamShape output;
  json_t *tried;

  for (guint i = place + 1; i-- > 0;)
    {
      g_autoptr(json_t) changed = json_deep_copy (layers);

      if (cam_network_is_off (json_array_get (changed, i)) || !json_is_true (json_object_get (get_config (changed, i), "return_sequences")))
        continue;
      json_object_set_new (get_config (changed, i), "return_sequences", json_false ());
      if (!find_shape (input, changed, place + 1, &output) || output.n_dims != 1)
        break;
      *path = g_strdup_printf ("network/%u/config/return_sequences", i);
      *title = g_strdup (_("Give the last step only"));
      return json_false ();
    }

  tried = json_deep_copy (layers);
  json_array_insert_new (tried, place, json_pack ("{s:s}", "class_name", "Flatten"));
  if (find_shape (input, tried, place + 2, &output) && output.n_dims == 1)
    {
      *path = g_strdup ("network");
      *title = g_strdup (_("Insert Flatten"));
      return tried;
    }
  json_decref (tried);

  return NULL;
}
