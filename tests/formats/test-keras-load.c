/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that Keras itself has written: read and reproduced, or refused with the name of what we lack. */
#include <cam-json.h>
#include <math.h>

#include "keras-fixture.h"

typedef struct
{
  const char *name;
  const char *expected;
} Recorded;

/* Of supported layers alone. */
static const Recorded readable[] = {
  { "dense_3.0.5.keras", "expected_dense_3.0.5.json" },
  { "dense_3.15.1.keras", "expected_dense_3.15.1.json" },
  { "chain_3.0.5.keras", "expected_dense_3.0.5.json" },
  { "chain_3.15.1.keras", "expected_dense_3.15.1.json" },
  { "mlp_keras2_style.h5", "expected_keras2_style.json" },
  { "cnn_3.0.5.keras", "expected_3.0.5.json" },
  { "cnn_3.6.0.keras", "expected_3.6.0.json" },
  { "cnn_3.15.1.keras", "expected_3.15.1.json" },
  { "text_rnn_3.0.5.keras", "expected_3.0.5.json" },
  { "text_rnn_3.6.0.keras", "expected_3.6.0.json" },
  { "text_rnn_3.15.1.keras", "expected_3.15.1.json" },
  { "mlp_trained_3.0.5.keras", "expected_3.0.5.json" },
  { "mlp_trained_3.6.0.keras", "expected_3.6.0.json" },
  { "mlp_trained_3.15.1.keras", "expected_3.15.1.json" },
  { "mlp_legacy_3.15.1.h5", "expected_3.15.1.json" },
};

static void
test_recorded (gconstpointer data)
{
  const Recorded *recorded = data;
  g_autofree char *path = fixture_path (recorded->name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = cam_keras_load (path, &error);
  g_autofree float *found = NULL;
  float *x, *y;
  gsize n_rows, y_size;
  CamShape output;

  g_assert_no_error (error);
  fixture_read_expected (recorded->expected, recorded->name, &n_rows, &x, &y, &y_size);
  output = cam_network_get_output_shape (model->network);
  g_assert_cmpuint (output.n_dims, ==, 1);
  g_assert_cmpuint (output.dims[0], ==, y_size);
  found = g_new0 (float, n_rows * y_size);
  cam_network_predict (model->network, x, n_rows, found);
  for (gsize i = 0; i < n_rows * y_size; i++)
    g_assert_cmpfloat (fabs (found[i] - y[i]), <=, 1e-5 * MAX (1.0, fabs (y[i])));
  g_assert_null (model->camadas);

  cam_floats_free (x);
  cam_floats_free (y);
}

typedef struct
{
  const char *name;
  int         code;
  const char *part;   /* of the message */
} Refused;

static const Refused refused[] = {
  { "functional_3.0.5.keras", CAM_FORMATS_ERROR_UNSUPPORTED, "(Concatenate) is not supported by this version" },
  { "functional_3.6.0.keras", CAM_FORMATS_ERROR_UNSUPPORTED, "(Concatenate) is not supported by this version" },
  { "functional_3.15.1.keras", CAM_FORMATS_ERROR_UNSUPPORTED, "(Concatenate) is not supported by this version" },
  { "functional_keras2_style.h5", CAM_FORMATS_ERROR_UNSUPPORTED, "layer “concatenate” (Concatenate) is not supported by this version" },
  { "mlp_weights_3.15.1.weights.h5", CAM_FORMATS_ERROR_NOT_KERAS, "weights alone" },
  { "expected_3.0.5.json", CAM_FORMATS_ERROR_NOT_KERAS, "not a zip archive" },
};

static void
test_refused (gconstpointer data)
{
  const Refused *refusal = data;
  g_autofree char *path = fixture_path (refusal->name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = cam_keras_load (path, &error);

  g_assert_null (model);
  g_assert_error (error, CAM_FORMATS_ERROR, refusal->code);
  g_assert_true (g_str_has_prefix (error->message, refusal->name));
  g_assert_nonnull (strstr (error->message, refusal->part));
}

static void
test_settings (void)
{
  g_autofree char *path = fixture_path ("dense_3.15.1.keras");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = cam_keras_load (path, &error);
  const json_t *config;

  g_assert_no_error (error);
  g_assert_cmpuint (cam_network_get_n_layers (model->network), ==, 7);
  g_assert_cmpstr (cam_network_get_layer_name (model->network, 0), ==, "hidden");
  config = cam_network_get_layer_config (model->network, 0);
  g_assert_cmpstr (cam_fields_choice (config, "activation"), ==, "relu");
  g_assert_cmpstr (cam_fields_choice (config, "kernel_initializer"), ==, "he_uniform");
  g_assert_cmpfloat (cam_fields_number (cam_network_get_layer_config (model->network, 1), "rate"), ==, 0.25);
  g_assert_false (cam_fields_bool (cam_network_get_layer_config (model->network, 2), "use_bias"));
  g_assert_cmpstr (cam_fields_choice (cam_network_get_layer_config (model->network, 3), "activation"), ==, "elu");

  /* The torch backend's own module name, and a rate kept as float32. */
  g_assert_cmpstr (json_string_value (model->loss), ==, "sparse_categorical_crossentropy");
  g_assert_cmpstr (json_string_value (json_array_get (model->metrics, 0)), ==, "accuracy");
  g_assert_cmpstr (json_string_value (json_object_get (model->optimizer, "class_name")), ==, "SGD");
  config = json_object_get (model->optimizer, "config");
  g_assert_cmpfloat (cam_fields_number (config, "learning_rate"), ==, 0.05);
  g_assert_cmpfloat (cam_fields_number (config, "momentum"), ==, 0.9);
}

static void
test_missing_file (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_keras_load ("/nonexistent/model.keras", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/keras-load/recorded/", readable[i].name, NULL);

      g_test_add_data_func (path, &readable[i], test_recorded);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/keras-load/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/formats/keras-load/settings", test_settings);
  g_test_add_func ("/formats/keras-load/missing-file", test_missing_file);

  return g_test_run ();
}
