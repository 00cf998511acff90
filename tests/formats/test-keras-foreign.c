/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives put together for the test: every variant that Keras writes and every trick that is refused. */
#include <cam-archive.h>
#include <cam-h5.h>
#include <glib/gstdio.h>
#include <hdf5.h>
#include <math.h>
#include <string.h>
#include <zip.h>

#include "keras-fixture.h"

#define INPUT "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 2], \"name\": \"in\"}}"
#define DENSE "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1}}"

/* A Sequential of the given layer objects. */
static char *
sequential (const char *layers)
{
  return g_strdup_printf ("{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": [%s]}}", layers);
}

static hid_t
new_h5 (void)
{
  hid_t access = H5Pcreate (H5P_FILE_ACCESS);
  hid_t file;

  H5Pset_fapl_core (access, 65536, 0);
  file = H5Fcreate ("test", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose (access);
  g_assert_cmpint (file, >=, 0);

  return file;
}

static GBytes *
take_h5 (hid_t file)
{
  gsize size;
  guint8 *image;

  H5Fflush (file, H5F_SCOPE_LOCAL);
  size = (gsize) H5Fget_file_image (file, NULL, 0);
  image = g_malloc (size);
  H5Fget_file_image (file, image, size);
  H5Fclose (file);

  return g_bytes_new_take (image, size);
}

static void
add_groups (hid_t       file,
            const char *key)
{
  g_autofree char *layer = g_strconcat ("/layers/", key, NULL);
  g_autofree char *vars = g_strconcat (layer, "/vars", NULL);

  H5Gclose (H5Gcreate2 (file, "/layers", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Gclose (H5Gcreate2 (file, layer, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Gclose (H5Gcreate2 (file, vars, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

/* An array of doubles 1, 2, 3 … kept as @type. */
static void
add_array (hid_t       file,
           const char *path,
           hid_t       type,
           hid_t       settings,
           int         n_dims,
           hsize_t     rows,
           hsize_t     columns)
{
  const double values[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  hsize_t dims[2] = { rows, columns };
  hid_t space = H5Screate_simple (n_dims, dims, NULL);
  hid_t dataset = H5Dcreate2 (file, path, type, space, H5P_DEFAULT, settings, H5P_DEFAULT);

  g_assert_cmpint (dataset, >=, 0);
  if (H5Tget_class (type) == H5T_FLOAT || H5Tget_class (type) == H5T_INTEGER)
    H5Dwrite (dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  H5Dclose (dataset);
  H5Sclose (space);
}

/* The weights of one Dense layer with two inputs and one unit: kernel 1, 2 and bias 1. */
static GBytes *
plain_weights (const char *key,
               hid_t       type)
{
  hid_t file = new_h5 ();
  g_autofree char *kernel = g_strconcat ("/layers/", key, "/vars/0", NULL);
  g_autofree char *bias = g_strconcat ("/layers/", key, "/vars/1", NULL);

  add_groups (file, key);
  add_array (file, kernel, type, H5P_DEFAULT, 2, 2, 1);
  add_array (file, bias, type, H5P_DEFAULT, 1, 1, 0);

  return take_h5 (file);
}

/* Loads an archive of these members. @weights is taken. */
static CamKerasModel *
load (const char  *config,
      GBytes      *weights,
      const char  *own,
      GError     **error)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "made.keras", NULL);
  g_autoptr(GBytes) config_bytes = g_bytes_new (config, strlen (config));
  g_autoptr(GBytes) own_bytes = own != NULL ? g_bytes_new (own, strlen (own)) : NULL;
  g_autoptr(GBytes) archive = NULL;
  CamArchiveMember members[3];
  guint n = 0;
  CamKerasModel *model;

  members[n++] = (CamArchiveMember) { "config.json", config_bytes };
  if (weights != NULL)
    members[n++] = (CamArchiveMember) { "model.weights.h5", weights };
  if (own_bytes != NULL)
    members[n++] = (CamArchiveMember) { "camadas.json", own_bytes };
  archive = cam_archive_build (members, n, error);
  g_assert_nonnull (archive);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (archive, NULL), (gssize) g_bytes_get_size (archive), NULL));

  model = cam_keras_load (path, error);
  g_clear_pointer (&weights, g_bytes_unref);
  fixture_drop_folder (folder);

  return model;
}

static void
assert_fails (const char *config,
              GBytes     *weights,
              int         code,
              const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = load (config, weights, NULL, &error);

  g_assert_null (model);
  g_assert_error (error, CAM_FORMATS_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, "made.keras: "));
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

/* kernel (1, 2), bias 1: for the input (10, 100) that is 211. */
static void
assert_gives_211 (CamKerasModel *model)
{
  const float x[] = { 10.0f, 100.0f };
  float y = 0.0f;

  cam_network_predict (model->network, x, 1, &y);
  g_assert_cmpfloat (y, ==, 211.0f);
}

static void
assert_loads (const char *config,
              GBytes     *weights)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = load (config, weights, NULL, &error);

  g_assert_no_error (error);
  assert_gives_211 (model);
}

static void
test_variants (void)
{
  static const char *const layers[] = {
    INPUT ", " DENSE,
    /* No input layer: the shape is in the first layer, as older files have it. */
    "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1, \"batch_input_shape\": [null, 2]}}",
    "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1}, \"build_config\": {\"input_shape\": [null, 2]}}",
    /* Policies, functions and initialisers as objects; keys nobody knows; NaN words. */
    INPUT ", {\"module\": \"keras.src.layers.core.dense\", \"registered_name\": \"Dense\", \"shared_object_id\": 7, \"class_name\": \"Dense\", \"config\": {"
    "\"name\": \"d\", \"units\": 1, \"dtype\": {\"module\": \"keras\", \"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"}},"
    "\"activation\": {\"module\": \"builtins\", \"class_name\": \"function\", \"config\": \"linear\", \"registered_name\": \"function\"},"
    "\"kernel_initializer\": {\"class_name\": \"VarianceScaling\", \"config\": {\"scale\": 2.0, \"mode\": \"fan_in\", \"distribution\": \"truncated_normal\"}},"
    "\"bias_initializer\": {\"class_name\": \"TruncatedNormal\", \"config\": {\"mean\": 0.0}}, \"quantization_config\": null, \"mask_value\": NaN}}",
    /* A null activation is linear. */
    INPUT ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1, \"activation\": null, \"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": 0.01}}}}",
    /* An activation layer that is the activation. */
    INPUT ", " DENSE ", {\"class_name\": \"ReLU\", \"config\": {\"name\": \"r\", \"max_value\": null}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autofree char *config = sequential (layers[i]);

      assert_loads (config, plain_weights ("dense", H5T_IEEE_F32LE));
    }
}

static void
test_initialiser_by_scale (void)
{
  g_autofree char *config = sequential (
    INPUT ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1, \"kernel_initializer\": {\"class_name\": \"VarianceScaling\", "
    "\"config\": {\"scale\": 2.0, \"mode\": \"fan_in\", \"distribution\": \"truncated_normal\", \"seed\": null}}}}");
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = load (config, plain_weights ("dense", H5T_IEEE_F32LE), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (cam_fields_choice (cam_network_get_layer_config (model->network, 0), "kernel_initializer"), ==, "he_normal");
}

#define TENSOR(name) "{\"class_name\": \"__keras_tensor__\", \"config\": {\"shape\": [null, 2], \"keras_history\": [\"" name "\", 0, 0]}}"
#define FUNCTIONAL(layers, outputs) "{\"class_name\": \"Functional\", \"config\": {\"name\": \"f\", \"layers\": [" layers "], \"input_layers\": [[\"in\", 0, 0]], \"output_layers\": " outputs "}}"
#define IN_NODE "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 2], \"name\": \"in\"}, \"name\": \"in\", \"inbound_nodes\": []}"
#define DENSE_NODE(name, units, from) "{\"class_name\": \"Dense\", \"config\": {\"name\": \"" name "\", \"units\": " units "}, \"name\": \"" name "\", \"inbound_nodes\": [{\"args\": [" TENSOR (from) "], \"kwargs\": {}}]}"

static void
test_chain (void)
{
  assert_loads (FUNCTIONAL (IN_NODE ", " DENSE_NODE ("d", "1", "in"), "[[\"d\", 0, 0]]"), plain_weights ("dense", H5T_IEEE_F32LE));
  /* One triple instead of a list of triples; a node in the older list form; layers in another order than the calls. */
  assert_loads (FUNCTIONAL (IN_NODE ", " DENSE_NODE ("d", "1", "in"), "[\"d\", 0, 0]"), plain_weights ("dense", H5T_IEEE_F32LE));
  assert_loads (FUNCTIONAL ("{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1}, \"name\": \"d\", "
                            "\"inbound_nodes\": [[[\"in\", 0, 0, {}]]]}, " IN_NODE, "[[\"d\", 0, 0]]"),
                plain_weights ("dense", H5T_IEEE_F32LE));
}

static void
test_graph_refused (void)
{
  /* Two layers after one; two outputs; a loop. */
  assert_fails (FUNCTIONAL (IN_NODE ", " DENSE_NODE ("a", "1", "in") ", " DENSE_NODE ("b", "1", "in"), "[[\"a\", 0, 0]]"),
                plain_weights ("dense", H5T_IEEE_F32LE), CAM_FORMATS_ERROR_UNSUPPORTED, "a graph with branches");
  assert_fails (FUNCTIONAL (IN_NODE ", " DENSE_NODE ("a", "1", "in") ", " DENSE_NODE ("b", "1", "a"), "[[\"a\", 0, 0], [\"b\", 0, 0]]"),
                plain_weights ("dense", H5T_IEEE_F32LE), CAM_FORMATS_ERROR_UNSUPPORTED, "a graph with branches");
  assert_fails (FUNCTIONAL (IN_NODE ", " DENSE_NODE ("a", "1", "b") ", " DENSE_NODE ("b", "1", "a"), "[[\"b\", 0, 0]]"),
                plain_weights ("dense", H5T_IEEE_F32LE), CAM_FORMATS_ERROR_UNSUPPORTED, "a graph with branches");
}

static void
test_settings_refused (void)
{
  static const struct
  {
    const char *layers;
    int         code;
    const char *part;
  } cases[] = {
    { INPUT ", {\"class_name\": \"ConvLSTM1D\", \"config\": {\"name\": \"lstm\", \"filters\": 1}}",
      CAM_FORMATS_ERROR_UNSUPPORTED, "layer “lstm” (ConvLSTM1D) is not supported by this version" },
    { INPUT ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1, \"activation\": \"wavy\"}}",
      CAM_FORMATS_ERROR_UNSUPPORTED, "layer “d” (Dense): “activation” set to \"wavy\" is not supported" },
    { INPUT ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": -3}}", CAM_FORMATS_ERROR_UNSUPPORTED, "“units” set to -3" },
    { INPUT ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": \"many\"}}", CAM_FORMATS_ERROR_UNSUPPORTED, "“units” set to \"many\"" },
    { INPUT ", {\"class_name\": \"Dense\"}", CAM_FORMATS_ERROR_DAMAGED, "no kind, name or settings" },
    { "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, null], \"name\": \"in\"}}, " DENSE, CAM_FORMATS_ERROR_UNSUPPORTED, "fixed size" },
    { "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, -1], \"name\": \"in\"}}, " DENSE, CAM_FORMATS_ERROR_DAMAGED, "cannot be used" },
    { DENSE, CAM_FORMATS_ERROR_UNSUPPORTED, "without its input shape" },
    { INPUT, CAM_FORMATS_ERROR_DAMAGED, "no layers" },
    { "", CAM_FORMATS_ERROR_DAMAGED, "no layers" },
    /* More weights than a file of this size can hold. */
    { INPUT ", {\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 60000}}", CAM_FORMATS_ERROR_WEIGHTS, "more weights than the file holds" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *config = sequential (cases[i].layers);

      assert_fails (config, plain_weights ("dense", H5T_IEEE_F32LE), cases[i].code, cases[i].part);
    }
}

static void
test_no_model (void)
{
  assert_fails ("[1, 2]", NULL, CAM_FORMATS_ERROR_DAMAGED, "no Sequential or Functional model");
  assert_fails ("{\"class_name\": \"MyModel\", \"config\": {\"layers\": []}}", NULL, CAM_FORMATS_ERROR_UNSUPPORTED, "MyModel");
  assert_fails ("{\"class_name\": ", NULL, CAM_FORMATS_ERROR_DAMAGED, "“config.json” is damaged: line 1");
}

static void
test_members_missing (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("x", 1);
  const CamArchiveMember other[] = { { "readme.txt", bytes } };
  g_autoptr(GBytes) archive = cam_archive_build (other, 1, NULL);
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "other.zip", NULL);
  g_autoptr(GError) error = NULL;

  assert_fails (config, NULL, CAM_FORMATS_ERROR_NOT_KERAS, "“model.weights.h5” is missing");

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (archive, NULL), (gssize) g_bytes_get_size (archive), NULL));
  g_assert_null (cam_keras_load (path, &error));
  g_assert_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_NOT_KERAS);
  g_assert_nonnull (strstr (error->message, "“config.json” is missing"));
  fixture_drop_folder (folder);
}

static void
test_own_member (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) damaged = load (config, plain_weights ("dense", H5T_IEEE_F32LE), "{\"a\": ", &error);
  g_autoptr(CamKerasModel) model = NULL;

  g_assert_null (damaged);
  g_assert_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "“camadas.json” is damaged"));
  g_clear_error (&error);

  model = load (config, plain_weights ("dense", H5T_IEEE_F32LE), "{\"a\": 1}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_integer_value (json_object_get (model->camadas, "a")), ==, 1);
}

static void
test_float_types (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);

  assert_loads (config, plain_weights ("dense", H5T_IEEE_F64LE));
  assert_loads (config, plain_weights ("dense", H5T_IEEE_F32BE));
  assert_fails (config, plain_weights ("dense", H5T_STD_I32LE), CAM_FORMATS_ERROR_DAMAGED, "does not hold floating-point numbers");
}

static void
add_bfloat16 (hid_t          file,
              const char    *path,
              int            n_dims,
              const hsize_t *dims,
              const guint16 *halves)
{
  hid_t type = H5Tcreate (H5T_OPAQUE, 2);
  hid_t space = H5Screate_simple (n_dims, dims, NULL);
  hid_t scalar = H5Screate (H5S_SCALAR);
  hid_t text = H5Tcopy (H5T_C_S1);
  const char *name = "bfloat16";
  hid_t dataset, attribute;

  H5Tset_size (text, H5T_VARIABLE);
  dataset = H5Dcreate2 (file, path, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5Dwrite (dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, halves);
  attribute = H5Acreate2 (dataset, "dtype", text, scalar, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite (attribute, text, &name);
  H5Aclose (attribute);
  H5Dclose (dataset);
  H5Tclose (text);
  H5Sclose (scalar);
  H5Sclose (space);
  H5Tclose (type);
}

static void
test_bfloat16 (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);
  const guint16 kernel[] = { 0x3f80, 0x4000 };   /* 1, 2 */
  const hsize_t kernel_dims[] = { 2, 1 }, bias_dims[] = { 1 };
  hid_t file = new_h5 ();

  add_groups (file, "dense");
  add_bfloat16 (file, "/layers/dense/vars/0", 2, kernel_dims, kernel);
  add_bfloat16 (file, "/layers/dense/vars/1", 1, bias_dims, kernel);
  assert_loads (config, take_h5 (file));
}

static void
test_wrong_shapes (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);
  hid_t file = new_h5 ();

  add_groups (file, "dense");
  add_array (file, "/layers/dense/vars/0", H5T_IEEE_F32LE, H5P_DEFAULT, 2, 3, 1);
  add_array (file, "/layers/dense/vars/1", H5T_IEEE_F32LE, H5P_DEFAULT, 1, 1, 0);
  assert_fails (config, take_h5 (file), CAM_FORMATS_ERROR_WEIGHTS, "layer “d” (Dense): the array “/layers/dense/vars/0” has the shape (3, 1), but (2, 1) is needed");

  file = new_h5 ();
  add_groups (file, "dense");
  add_array (file, "/layers/dense/vars/0", H5T_IEEE_F32LE, H5P_DEFAULT, 2, 2, 1);
  assert_fails (config, take_h5 (file), CAM_FORMATS_ERROR_WEIGHTS, "layer “d” (Dense): the file has 1 arrays of weights for it, but it needs 2");

  assert_fails (config, plain_weights ("dense_7", H5T_IEEE_F32LE), CAM_FORMATS_ERROR_WEIGHTS, "the array “/layers/dense/vars/0” is missing");
  assert_fails (config, g_bytes_new_static ("not HDF5 at all", 15), CAM_FORMATS_ERROR_DAMAGED, "“model.weights.h5”: The HDF5 data are cut short or damaged");
}

/* Whatever would lead out of the file is refused, also where it points at something that is there. */
static void
test_links (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);
  hid_t file = new_h5 ();

  add_groups (file, "dense");
  add_array (file, "/kernel", H5T_IEEE_F32LE, H5P_DEFAULT, 2, 2, 1);
  H5Lcreate_soft ("/kernel", file, "/layers/dense/vars/0", H5P_DEFAULT, H5P_DEFAULT);
  add_array (file, "/layers/dense/vars/1", H5T_IEEE_F32LE, H5P_DEFAULT, 1, 1, 0);
  assert_fails (config, take_h5 (file), CAM_FORMATS_ERROR_DAMAGED, "is a link, which is not allowed");

  file = new_h5 ();
  add_groups (file, "dense");
  H5Lcreate_external ("/etc/passwd", "/kernel", file, "/layers/dense/vars/0", H5P_DEFAULT, H5P_DEFAULT);
  add_array (file, "/layers/dense/vars/1", H5T_IEEE_F32LE, H5P_DEFAULT, 1, 1, 0);
  assert_fails (config, take_h5 (file), CAM_FORMATS_ERROR_DAMAGED, "which may lead to other files");
}

static void
test_storage (void)
{
  g_autofree char *config = sequential (INPUT ", " DENSE);
  const hsize_t dims[] = { 2, 1 };
  hid_t settings = H5Pcreate (H5P_DATASET_CREATE);
  hid_t space = H5Screate_simple (2, dims, NULL);
  hid_t file = new_h5 ();

  H5Pset_external (settings, "elsewhere.bin", 0, H5F_UNLIMITED);
  add_groups (file, "dense");
  H5Dclose (H5Dcreate2 (file, "/layers/dense/vars/0", H5T_IEEE_F32LE, space, H5P_DEFAULT, settings, H5P_DEFAULT));
  add_array (file, "/layers/dense/vars/1", H5T_IEEE_F32LE, H5P_DEFAULT, 1, 1, 0);
  assert_fails (config, take_h5 (file), CAM_FORMATS_ERROR_DAMAGED, "outside this file");
  H5Pclose (settings);

  settings = H5Pcreate (H5P_DATASET_CREATE);
  H5Pset_virtual (settings, space, "elsewhere.h5", "/kernel", space);
  file = new_h5 ();
  add_groups (file, "dense");
  H5Dclose (H5Dcreate2 (file, "/layers/dense/vars/0", H5T_IEEE_F32LE, space, H5P_DEFAULT, settings, H5P_DEFAULT));
  add_array (file, "/layers/dense/vars/1", H5T_IEEE_F32LE, H5P_DEFAULT, 1, 1, 0);
  assert_fails (config, take_h5 (file), CAM_FORMATS_ERROR_DAMAGED, "outside this file");
  H5Pclose (settings);
  H5Sclose (space);
}

/* 128 MiB of zeros in a member of some hundred kilobytes. */
static void
test_bomb (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "bomb.keras", NULL);
  g_autofree char *zeros = g_malloc0 ((gsize) 128 << 20);
  g_autoptr(GError) error = NULL;
  zip_t *zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
  zip_source_t *source = zip_source_buffer (zip, zeros, (gsize) 128 << 20, 0);
  GStatBuf info;

  zip_set_file_compression (zip, (zip_uint64_t) zip_file_add (zip, "config.json", source, 0), ZIP_CM_DEFLATE, 9);
  g_assert_cmpint (zip_close (zip), ==, 0);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, <, 1 << 20);

  g_assert_null (cam_keras_load (path, &error));
  g_assert_error (error, CAM_FORMATS_ERROR, CAM_FORMATS_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "larger than such a file may be"));
  fixture_drop_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);

  g_test_add_func ("/formats/keras-foreign/variants", test_variants);
  g_test_add_func ("/formats/keras-foreign/initialiser-by-scale", test_initialiser_by_scale);
  g_test_add_func ("/formats/keras-foreign/chain", test_chain);
  g_test_add_func ("/formats/keras-foreign/graph-refused", test_graph_refused);
  g_test_add_func ("/formats/keras-foreign/settings-refused", test_settings_refused);
  g_test_add_func ("/formats/keras-foreign/no-model", test_no_model);
  g_test_add_func ("/formats/keras-foreign/members-missing", test_members_missing);
  g_test_add_func ("/formats/keras-foreign/own-member", test_own_member);
  g_test_add_func ("/formats/keras-foreign/float-types", test_float_types);
  g_test_add_func ("/formats/keras-foreign/bfloat16", test_bfloat16);
  g_test_add_func ("/formats/keras-foreign/wrong-shapes", test_wrong_shapes);
  g_test_add_func ("/formats/keras-foreign/links", test_links);
  g_test_add_func ("/formats/keras-foreign/storage", test_storage);
  g_test_add_func ("/formats/keras-foreign/bomb", test_bomb);

  return g_test_run ();
}
