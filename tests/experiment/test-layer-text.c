/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers as text: written and read back, read from what Keras and people write, and refused with a reason. */
#include <cam-json.h>
#include <cam-layer-text.h>
#include <string.h>

#include "sample-table.h"

static void
test_round_trip (void)
{
  for (const CamLayerKind *const *kind = cam_layer_kind_list (); *kind != NULL; kind++)
    {
      g_autoptr(json_t) given = json_pack ("[{s:s, s:s, s:b, s:b, s:{}}]", "class_name", cam_layer_kind_get_name (*kind), "name", "a", "trainable", 0, "enabled", 0, "config");
      g_autofree char *first = json_dumps (given, 0);
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) layers = cam_layers_from_text (first, &error);
      g_autofree char *text = NULL;
      g_autoptr(json_t) again = NULL;

      /* What holds another layer cannot be without it. */
      if (layers == NULL)
        {
          g_assert_nonnull (cam_fields_find (cam_layer_kind_get_fields (*kind), "layer"));
          continue;
        }
      text = cam_layers_to_text (layers);
      again = cam_layers_from_text (text, &error);
      g_assert_no_error (error);
      g_assert_true (json_equal (layers, again));
      g_assert_true (json_is_false (json_object_get (json_array_get (again, 0), "enabled")));
    }
}

static void
test_short (void)
{
  g_autoptr(json_t) layers = cam_layers_from_text ("{\"class_name\": \"Dense\", \"config\": {\"units\": 8, \"use_bias\": true}}", NULL);
  g_autofree char *text = cam_layers_to_text (layers);
  g_autoptr(json_t) written = cam_json_parse (text, strlen (text), NULL);
  g_autoptr(json_t) wanted = parse_json ("[{'class_name': 'Dense', 'config': {'units': 8}}]");

  g_assert_true (json_equal (written, wanted));
}

/* Names of the classes in their order; "-" behind one that is off, "=" and its name behind one that has one. */
static const struct { const char *name, *text, *layers; } sources[] = {
  { "one", "{'class_name': 'Dense', 'config': {'units': 8}}", "Dense" },
  { "list", "[{'class_name': 'Flatten'}, {'class_name': 'Dense', 'name': 'a', 'config': {'units': 8}}]", "Flatten Dense=a" },
  { "off", "[{'class_name': 'Flatten', 'enabled': false}]", "Flatten-" },
  { "document", "{'camadas': 1, 'data': {}, 'network': [{'class_name': 'Flatten'}]}", "Flatten" },
  { "keras/layer", "{'module': 'keras.layers', 'class_name': 'Dense', 'config': {'name': 'head', 'trainable': true, 'dtype': 'float32', 'units': 3, 'activation': 'relu', 'use_bias': true},"
    " 'registered_name': null}", "Dense=head" },
  { "keras/nameless", "{'module': 'keras.layers', 'class_name': 'Dropout', 'config': {'rate': 0.5}}", "Dropout" },
  { "keras/model", "{'module': 'keras', 'class_name': 'Sequential', 'config': {'name': 's', 'layers': [{'module': 'keras.layers', 'class_name': 'InputLayer', 'config': {'batch_shape': [null, 4],"
    " 'name': 'in'}}, {'module': 'keras.layers', 'class_name': 'Dense', 'config': {'name': 'd', 'dtype': {'module': 'keras', 'class_name': 'DTypePolicy', 'config': {'name': 'float32'}},"
    " 'units': 2}}]}}", "Dense=d" },
  { "keras/config", "{'name': 's', 'layers': [{'module': 'keras.layers', 'class_name': 'Flatten', 'config': {'name': 'f'}}]}", "Flatten=f" },
};

static void
test_source (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdelimit (g_strdup (sources[i].text), "'", '"');
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) layers = cam_layers_from_text (text, &error);
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize k = 0; k < json_array_size (layers); k++)
    {
      const json_t *layer = json_array_get (layers, k), *name = json_object_get (layer, "name");

      g_string_append_printf (found, "%s%s%s%s%s", k > 0 ? " " : "", json_string_value (json_object_get (layer, "class_name")),
                              cam_network_is_off (layer) ? "-" : "", name != NULL ? "=" : "", name != NULL ? json_string_value (name) : "");
    }
  g_assert_cmpstr (found->str, ==, sources[i].layers);
}

static const struct { const char *name, *text, *message; } refused[] = {
  { "nonsense", "dear all, the meeting is at ten", "line 1" },
  { "nothing", "", "line 1" },
  { "number", "7", "no layers" },
  { "empty", "[]", "no layers" },
  { "inputs", "[{'class_name': 'InputLayer', 'config': {}}]", "no layers" },
  { "table", "{'rows': [1, 2]}", "no layers" },
  { "numbers", "[1, 2]", "pasted layer 1" },
  { "kind", "[{'class_name': 'Flatten'}, {'class_name': 'Dnese'}]", "pasted layer 2" },
  { "setting", "[{'class_name': 'Dense', 'config': {'units': -4}}]", "units" },
  { "key", "[{'class_name': 'Dense', 'config': {'untis': 4}}]", "untis" },
  { "keras/kind", "[{'module': 'keras.layers', 'class_name': 'MultiHeadAttention', 'config': {'name': 'm'}}]", "MultiHeadAttention" },
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdelimit (g_strdup (refused[i].text), "'", '"');
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) layers = cam_layers_from_text (text, &error);

  g_assert_null (layers);
  g_assert_nonnull (error);
  if (strstr (error->message, refused[i].message) == NULL)
    g_error ("“%s” is not in: %s", refused[i].message, error->message);
}

/* As the network itself names them. */
static void
test_names (void)
{
  g_autoptr(json_t) layers = parse_json ("[{'class_name': 'Dense', 'config': {'units': 2}}, {'class_name': 'Dense', 'name': 'dense_1', 'config': {'units': 2}}, {'class_name': 'BatchNormalization'},"
                                         " {'class_name': 'Dense', 'config': {'units': 2}}, {'class_name': 'Dense', 'config': {'units': 2}}]");
  const CamShape input = { 1, { 3 } };
  CamNetwork *network = cam_network_new (&input, layers, NULL);
  g_autofree char *first = NULL, *second = NULL;

  for (guint i = 0; i < json_array_size (layers); i++)
    {
      g_autofree char *name = cam_network_name_layer (layers, i);

      g_assert_cmpstr (name, ==, cam_network_get_layer_name (network, i));
    }
  /* One that is off is called what it would be, and takes no name from the others. */
  json_object_set_new (json_array_get (layers, 3), "enabled", json_false ());
  first = cam_network_name_layer (layers, 3);
  second = cam_network_name_layer (layers, 4);
  g_assert_cmpstr (first, ==, "dense_2");
  g_assert_cmpstr (second, ==, "dense_2");
  cam_network_free (network);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/layer-text/round-trip", test_round_trip);
  g_test_add_func ("/experiment/layer-text/short", test_short);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/layer-text/source/", sources[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_source);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/layer-text/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/experiment/layer-text/names", test_names);

  return g_test_run ();
}
