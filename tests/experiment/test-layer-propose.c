/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers proposed for a place, and networks mended where a layer cannot take what it receives. */
#include <cam-json.h>
#include <cam-layer-propose.h>
#include <cam-network.h>
#include <string.h>

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static void
assert_json (const json_t *found,
             const char   *wanted)
{
  g_autofree char *expected = g_strdelimit (g_strdup (wanted), "'", '"');
  g_autofree char *text = cam_json_dump (found, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_guess (void)
{
  static const struct { gsize n; const char *shape; } cases[] = {
    { 64, "(None, 8, 8, 1)" }, { 784, "(None, 28, 28, 1)" }, { 3072, "(None, 32, 32, 3)" }, { 12, "(None, 2, 2, 3)" },
    { 20, "(None, 4, 5, 1)" }, { 30, "(None, 5, 6, 1)" }, { 13, "(None, 13, 1, 1)" }, { 1, "(None, 1, 1, 1)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CamShape shape = cam_layer_guess_image (cases[i].n);
      g_autofree char *text = cam_shape_to_string (&shape);

      g_assert_cmpstr (text, ==, cases[i].shape);
    }
}

static const struct { const char *class_name; CamShape input; const char *next, *layers; } proposals[] = {
  { "Dense", { 1, { 30 } }, NULL, "[{'class_name':'Dense','config':{'units':64,'activation':'relu'}}]" },
  { "Dense", { 2, { 10, 4 } }, NULL, "[{'class_name':'Dense','config':{'units':64,'activation':'relu'}}]" },
  { "Dense", { 3, { 8, 8, 4 } }, NULL, "[{'class_name':'Flatten'},{'class_name':'Dense','config':{'units':64,'activation':'relu'}}]" },
  { "Conv2D", { 3, { 8, 8, 1 } }, NULL, "[{'class_name':'Conv2D','config':{'activation':'relu'}}]" },
  { "Reshape", { 1, { 64 } }, NULL, "[{'class_name':'Reshape','config':{'target_shape':[8,8,1]}}]" },
  { "Reshape", { 1, { 64 } }, "{'class_name': 'LSTM'}", "[{'class_name':'Reshape','config':{'target_shape':[64,1]}}]" },
  { "LSTM", { 2, { 10, 4 } }, "{'class_name': 'Dense', 'config': {'units': 1}}", "[{'class_name':'LSTM','config':{}}]" },
  { "LSTM", { 2, { 10, 4 } }, "{'class_name': 'GRU'}", "[{'class_name':'LSTM','config':{'return_sequences':true}}]" },
  { "Bidirectional", { 2, { 10, 4 } }, NULL, "[{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'units':32}}}}]" },
  { "TimeDistributed", { 2, { 10, 4 } }, NULL, "[{'class_name':'TimeDistributed','config':{'layer':{'class_name':'Dense','config':{'units':32}}}}]" },
  { "TimeDistributed", { 4, { 3, 8, 8, 1 } }, NULL, "[{'class_name':'TimeDistributed','config':{'layer':{'class_name':'Conv2D','config':{'filters':32}}}}]" },
  { "Dropout", { 1, { 30 } }, NULL, "[{'class_name':'Dropout','config':{}}]" },
};

static void
test_propose (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (proposals); i++)
    {
      g_autoptr(json_t) next = proposals[i].next != NULL ? parse (proposals[i].next) : NULL;
      g_autoptr(json_t) layers = cam_layer_propose (proposals[i].class_name, &proposals[i].input, next);

      assert_json (layers, proposals[i].layers);
    }
}

/* A network whose last layer has no shape, and what mends it. */
static const struct { CamShape input; const char *layers, *path, *title, *value; } mends[] = {
  { { 1, { 64 } }, "[{'class_name': 'Conv2D'}]", "network", "Insert Reshape (8, 8, 1)", NULL },
  { { 1, { 64 } }, "[{'class_name': 'Dense', 'config': {'units': 256}}, {'class_name': 'Conv1D'}]", "network", "Insert Reshape (256, 1)", NULL },
  { { 1, { 30 } }, "[{'class_name': 'LSTM'}]", "network", "Insert Reshape (30, 1)", NULL },
  { { 2, { 10, 4 } }, "[{'class_name': 'LSTM'}, {'class_name': 'GRU'}]", "network/0/config/return_sequences", "Give all steps", "true" },
  { { 2, { 10, 4 } }, "[{'class_name': 'Conv2D'}]", "network", "Insert Reshape (10, 4, 1)", NULL },
  { { 3, { 8, 8, 2 } }, "[{'class_name': 'LSTM'}]", "network", "Insert Reshape (8, 16)", NULL },
  { { 3, { 8, 8, 2 } }, "[{'class_name': 'RepeatVector'}]", "network", "Insert Flatten", NULL },
  { { 3, { 2, 2, 1 } }, "[{'class_name': 'Conv2D'}]", "network/0/config/padding", "Pad the edges", "\"same\"" },
  { { 3, { 8, 8, 3 } }, "[{'class_name': 'Conv2D', 'config': {'groups': 2}}]", "network/0/config/groups", "Set 1 group", "1" },
  { { 1, { 64 } }, "[{'class_name': 'Reshape', 'config': {'target_shape': [5, 5]}}]", "network/0/config/target_shape", "Use 8 × 8", "[8,8]" },
  { { 1, { 64 } }, "[{'class_name': 'Reshape', 'config': {'target_shape': [5, 5, 3]}}]", "network/0/config/target_shape", "Use 8 × 8 × 1", "[8,8,1]" },
};

static void
test_mend (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mends); i++)
    {
      g_autoptr(json_t) layers = parse (mends[i].layers);
      g_autofree char *path = NULL;
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;
      g_autoptr(json_t) value = cam_layer_mend (&mends[i].input, layers, (guint) json_array_size (layers) - 1, &path, &title);

      g_test_message ("%s", mends[i].layers);
      g_assert_nonnull (value);
      g_assert_cmpstr (path, ==, mends[i].path);
      g_assert_cmpstr (title, ==, mends[i].title);
      if (mends[i].value != NULL)
        {
          text = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
          g_assert_cmpstr (text, ==, mends[i].value);
          continue;
        }
      /* The whole network anew: one layer more, and all have shapes. */
      g_assert_cmpuint (json_array_size (value), ==, json_array_size (layers) + 1);
      {
        g_autoptr(GPtrArray) reports = cam_network_inspect (&mends[i].input, value);

        g_assert_true (((CamLayerReport *) reports->pdata[reports->len - 1])->has_shape);
      }
    }
}

static const struct { CamShape input; const char *layers, *path, *title; } flattened[] = {
  { { 3, { 8, 8, 1 } }, "[{'class_name': 'Conv2D'}, {'class_name': 'Dense', 'config': {'units': 3}}]", "network", "Insert Flatten" },
  { { 2, { 9, 2 } }, "[{'class_name': 'LSTM', 'config': {'return_sequences': true}}, {'class_name': 'Dense', 'config': {'units': 3}}]",
    "network/0/config/return_sequences", "Give the last step only" },
};

static void
test_flatten (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flattened); i++)
    {
      g_autoptr(json_t) layers = parse (flattened[i].layers);
      g_autofree char *path = NULL;
      g_autofree char *title = NULL;
      g_autoptr(json_t) value = cam_layer_flatten (&flattened[i].input, layers, 1, &path, &title);

      g_assert_nonnull (value);
      g_assert_cmpstr (path, ==, flattened[i].path);
      g_assert_cmpstr (title, ==, flattened[i].title);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/layer-propose/guess", test_guess);
  g_test_add_func ("/experiment/layer-propose/propose", test_propose);
  g_test_add_func ("/experiment/layer-propose/mend", test_mend);
  g_test_add_func ("/experiment/layer-propose/flatten", test_flatten);

  return g_test_run ();
}
