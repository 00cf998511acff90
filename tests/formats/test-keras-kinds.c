/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of layer through a .keras file and back: the same settings, the same bits. */
#include <cam-json.h>
#include <string.h>

#include "keras-fixture.h"
#include "keras-networks.h"

#define N_ROWS 5

/* Weights that tell each other apart; variances stay above zero. */
static void
fill_weights (CamNetwork *network)
{
  cam_network_initialise (network, 11);
  for (guint i = 0; i < cam_network_get_n_weights (network); i++)
    {
      CamTensor *weight = cam_network_peek_weight (network, i);

      for (gsize k = 0; k < weight->n; k++)
        weight->data[k] += 0.01f * (float) (i + 1) + 0.001f * (float) (k % 7);
    }
}

static float *
predict (const CamNetwork *network,
         gboolean          is_index,
         gsize            *n)
{
  CamShape input = cam_network_get_input_shape (network), output = cam_network_get_output_shape (network);
  g_autoptr(GRand) random = g_rand_new_with_seed (3);
  g_autofree float *x = NULL;
  gsize n_in, n_out;
  float *y;

  g_assert_true (cam_shape_get_size (&input, &n_in) && cam_shape_get_size (&output, &n_out));
  x = g_new (float, N_ROWS * n_in);
  for (gsize i = 0; i < N_ROWS * n_in; i++)
    x[i] = is_index ? (float) g_rand_int_range (random, 0, 10) : (float) g_rand_double_range (random, -2.0, 2.0);
  *n = N_ROWS * n_out;
  y = g_new0 (float, *n);
  cam_network_predict (network, x, N_ROWS, y);

  return y;
}

static void
assert_round_trip (const CamShape *input,
                   const json_t   *layers,
                   gboolean        is_index)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "model.keras", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (input, layers, &error);
  g_autoptr(CamKerasModel) model = NULL;
  g_autoptr(json_t) before = NULL;
  g_autoptr(json_t) after = NULL;
  g_autoptr(GBytes) old_weights = NULL;
  g_autoptr(GBytes) new_weights = NULL;
  g_autofree float *old_y = NULL;
  g_autofree float *new_y = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  gsize n_old, n_new;

  g_assert_no_error (error);
  fill_weights (network);
  cam_keras_save (network, NULL, NULL, NULL, NULL, path, &error);
  g_assert_no_error (error);
  model = cam_keras_load (path, &error);
  g_assert_no_error (error);

  before = cam_network_to_json (network);
  after = cam_network_to_json (model->network);
  old_text = cam_json_dump (before, TRUE);
  new_text = cam_json_dump (after, TRUE);
  g_assert_cmpstr (old_text, ==, new_text);
  old_weights = cam_network_dup_weights (network);
  new_weights = cam_network_dup_weights (model->network);
  g_assert_true (g_bytes_equal (old_weights, new_weights));
  old_y = predict (network, is_index, &n_old);
  new_y = predict (model->network, is_index, &n_new);
  g_assert_cmpmem (old_y, n_old * sizeof (float), new_y, n_new * sizeof (float));
  fixture_drop_folder (folder);
}

static void
test_network (gconstpointer data)
{
  const KerasNetwork *given = data;
  g_autofree char *text = g_strdelimit (g_strdup (given->layers), "'", '"');
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) layers = cam_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  assert_round_trip (&given->input, layers, given->is_index);
}

/* With its usual settings, on the first of these inputs that it can take. */
static void
test_kind (gconstpointer data)
{
  static const CamShape inputs[] = { { 1, { 6 } }, { 2, { 8, 3 } }, { 3, { 10, 8, 32 } } };
  const CamLayerKind *kind = data;
  g_autoptr(json_t) layers = json_pack ("[{s:s}]", "class_name", cam_layer_kind_get_name (kind));

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr(GPtrArray) reports = cam_network_inspect (&inputs[i], layers);

      if (!((CamLayerReport *) reports->pdata[0])->has_shape)
        continue;
      assert_round_trip (&inputs[i], layers, g_str_equal (cam_layer_kind_get_name (kind), "Embedding"));
      return;
    }
  g_error ("%s takes none of the inputs", cam_layer_kind_get_name (kind));
}

int
main (int   argc,
      char *argv[])
{
  const CamLayerKind *const *kinds = cam_layer_kind_list ();

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keras_networks); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/keras-kinds/networks/", keras_networks[i].name, NULL);

      g_test_add_data_func (path, &keras_networks[i], test_network);
    }
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/formats/keras-kinds/usual/", cam_layer_kind_get_name (kinds[i]), NULL);

      g_test_add_data_func (path, kinds[i], test_kind);
    }

  return g_test_run ();
}
