/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this floor share. */
#include "keras-fixture.h"

#include <cam-json.h>
#include <glib/gstdio.h>

#define N_ROWS 7

CamNetwork *
fixture_new_network (void)
{
  static const char layers[] =
    "[{\"class_name\": \"Dense\", \"name\": \"hidden\", \"config\": {\"units\": 8, \"activation\": \"relu\", \"kernel_initializer\": \"he_normal\"}},"
    " {\"class_name\": \"Dropout\", \"name\": \"dropout\", \"config\": {\"rate\": 0.25}},"
    " {\"class_name\": \"Dense\", \"name\": \"dense_1\", \"config\": {\"units\": 4, \"use_bias\": false}},"
    " {\"class_name\": \"Activation\", \"name\": \"bend\", \"config\": {\"activation\": \"leaky_relu\"}},"
    " {\"class_name\": \"Dense\", \"name\": \"out\", \"config\": {\"units\": 3, \"activation\": \"softmax\"}}]";
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) json = cam_json_parse (layers, sizeof layers - 1, &error);
  CamShape input = cam_shape_vector (5);
  CamNetwork *network;

  g_assert_no_error (error);
  network = cam_network_new (&input, json, &error);
  g_assert_no_error (error);
  cam_network_initialise (network, 5);

  /* Biases begin at zero: give every weight a value of its own. */
  for (guint i = 0; i < cam_network_get_n_weights (network); i++)
    {
      CamTensor *weight = cam_network_peek_weight (network, i);

      for (gsize k = 0; k < weight->n; k++)
        weight->data[k] += 0.001f * (float) (k + 1) + 0.01f * (float) i;
    }

  return network;
}

float *
fixture_predict (const CamNetwork *network,
                 guint32           seed,
                 gsize            *n)
{
  CamShape input = cam_network_get_input_shape (network);
  CamShape output = cam_network_get_output_shape (network);
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  gsize n_in = 0, n_out = 0;
  g_autofree float *x = NULL;
  float *y;

  g_assert_true (cam_shape_get_size (&input, &n_in));
  g_assert_true (cam_shape_get_size (&output, &n_out));
  x = g_new (float, N_ROWS * n_in);
  for (gsize i = 0; i < N_ROWS * n_in; i++)
    x[i] = (float) g_rand_double_range (random, -3.0, 3.0);

  *n = N_ROWS * n_out;
  y = g_new0 (float, *n);
  cam_network_predict (network, x, N_ROWS, y);

  return y;
}

char *
fixture_path (const char *name)
{
  return g_build_filename (g_getenv ("CAM_TEST_DATA"), "keras-models", name, NULL);
}

static float *
read_numbers (const json_t *block,
              gsize        *n_rows,
              gsize        *n_columns)
{
  const json_t *shape = json_object_get (block, "shape");
  const json_t *data = json_object_get (block, "data");
  float *values = cam_floats_new (json_array_size (data));
  json_t *value;
  gsize i;

  g_assert_cmpuint (json_array_size (shape), >=, 2);
  *n_rows = (gsize) json_integer_value (json_array_get (shape, 0));
  *n_columns = 1;
  for (i = 1; i < json_array_size (shape); i++)
    *n_columns *= (gsize) json_integer_value (json_array_get (shape, i));
  g_assert_cmpuint (json_array_size (data), ==, *n_rows * *n_columns);
  json_array_foreach ((json_t *) data, i, value)
    values[i] = (float) json_number_value (value);

  return values;
}

void
fixture_read_expected (const char  *file,
                       const char  *model,
                       gsize       *n_rows,
                       float      **x,
                       float      **y,
                       gsize       *y_size)
{
  g_autofree char *path = fixture_path (file);
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) all = cam_json_load (path, &error);
  const json_t *entry;
  gsize x_size;

  g_assert_no_error (error);
  entry = json_object_get (all, model);
  g_assert_nonnull (entry);
  *x = read_numbers (json_array_get (json_object_get (entry, "inputs"), 0), n_rows, &x_size);
  *y = read_numbers (json_array_get (json_object_get (entry, "outputs"), 0), n_rows, y_size);
}

char *
fixture_make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("camadas-formats-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

void
fixture_drop_folder (char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}
