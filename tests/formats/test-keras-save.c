/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The .keras file that is written: members, keys, HDF5 layout, and the way back to the same bits. */
#include <cam-archive.h>
#include <cam-json.h>
#include <glib/gstdio.h>
#include <hdf5.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <zip.h>

#include "../comma-locale.h"
#include "keras-fixture.h"

static char *
save (const char *folder)
{
  g_autoptr(CamNetwork) network = fixture_new_network ();
  g_autoptr(json_t) metrics = json_pack ("[s]", "accuracy");
  g_autoptr(json_t) loss = json_string ("categorical_crossentropy");
  g_autoptr(json_t) optimizer = json_pack ("{s:s, s:{s:i, s:i}}", "class_name", "SGD", "config", "learning_rate", 1, "momentum", 0);
  g_autoptr(json_t) camadas = json_pack ("{s:i, s:s}", "format", 1, "note", "São Paulo");
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (folder, "model.keras", NULL);

  g_assert_true (cam_keras_save (network, loss, metrics, optimizer, camadas, path, &error));
  g_assert_no_error (error);

  return path;
}

static GBytes *
read_member (const char *path,
             const char *member)
{
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  zip_file_t *file;
  zip_stat_t info;
  guint8 *data;

  g_assert_nonnull (zip);
  g_assert_cmpint (zip_stat (zip, member, 0, &info), ==, 0);
  data = g_malloc (info.size);
  file = zip_fopen (zip, member, 0);
  g_assert_cmpint (zip_fread (file, data, info.size), ==, info.size);
  zip_fclose (file);
  zip_discard (zip);

  return g_bytes_new_take (data, info.size);
}

static json_t *
read_json (const char *path,
           const char *member,
           char      **text)
{
  g_autoptr(GBytes) bytes = read_member (path, member);
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  g_assert_no_error (error);
  if (text != NULL)
    *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return json;
}

static void
test_members (void)
{
  static const char *const names[] = { "metadata.json", "config.json", "model.weights.h5", "camadas.json" };
  char *folder = fixture_make_folder ();
  g_autofree char *path = save (folder);
  g_autoptr(json_t) metadata = read_json (path, "metadata.json", NULL);
  zip_t *zip = zip_open (path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);

  g_assert_nonnull (zip);
  g_assert_cmpint (zip_get_num_entries (zip, 0), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      zip_stat_t info;

      g_assert_cmpint (zip_stat_index (zip, i, 0, &info), ==, 0);
      g_assert_cmpstr (info.name, ==, names[i]);
      g_assert_cmpint (info.comp_method, ==, ZIP_CM_STORE);
      g_assert_cmpuint (info.comp_size, ==, info.size);
    }
  zip_discard (zip);

  g_assert_cmpstr (json_string_value (json_object_get (metadata, "keras_version")), ==, "3.0.0");
  g_assert_true (g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d@\\d\\d:\\d\\d:\\d\\d$", json_string_value (json_object_get (metadata, "date_saved")), 0, 0));
  fixture_drop_folder (folder);
}

/* The keys of @object, in their order, with blanks between. */
static char *
list_keys (const json_t *object)
{
  GString *text = g_string_new (NULL);
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", key);

  return g_string_free (text, FALSE);
}

static void
assert_keys (const json_t *object,
             const char   *keys)
{
  g_autofree char *found = list_keys (object);

  g_assert_cmpstr (found, ==, keys);
}

static void
assert_json (const json_t *value,
             const char   *text)
{
  g_autofree char *found = cam_json_dump (value, FALSE);

  g_assert_cmpstr (found, ==, text);
}

static void
test_config (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = save (folder);
  g_autoptr(json_t) config = read_json (path, "config.json", NULL);
  const json_t *model = json_object_get (config, "config");
  const json_t *layers = json_object_get (model, "layers");
  const json_t *dense = json_array_get (layers, 1);

  assert_keys (config, "module class_name config registered_name build_config compile_config");
  g_assert_cmpstr (json_string_value (json_object_get (config, "module")), ==, "keras");
  g_assert_cmpstr (json_string_value (json_object_get (config, "class_name")), ==, "Sequential");
  g_assert_true (json_is_null (json_object_get (config, "registered_name")));
  assert_json (json_object_get (config, "build_config"), "{\"input_shape\":[null,5]}");
  assert_keys (model, "name trainable dtype layers build_input_shape");
  assert_json (json_object_get (model, "dtype"), "\"float32\"");
  assert_json (json_object_get (model, "build_input_shape"), "[null,5]");

  g_assert_cmpuint (json_array_size (layers), ==, 6);
  assert_json (json_array_get (layers, 0),
               "{\"module\":\"keras.layers\",\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,5],\"dtype\":\"float32\","
               "\"sparse\":false,\"name\":\"input_layer\"},\"registered_name\":null}");
  assert_json (dense,
               "{\"module\":\"keras.layers\",\"class_name\":\"Dense\",\"config\":{\"name\":\"hidden\",\"trainable\":true,\"dtype\":\"float32\","
               "\"units\":8,\"activation\":\"relu\",\"use_bias\":true,\"kernel_initializer\":\"he_normal\",\"bias_initializer\":\"zeros\","
               "\"kernel_regularizer\":null,\"bias_regularizer\":null,\"kernel_constraint\":null,\"bias_constraint\":null},"
               "\"registered_name\":null,\"build_config\":{\"input_shape\":[null,5]}}");
  assert_json (json_array_get (layers, 2),
               "{\"module\":\"keras.layers\",\"class_name\":\"Dropout\",\"config\":{\"name\":\"dropout\",\"trainable\":true,\"dtype\":\"float32\","
               "\"rate\":0.25,\"seed\":null,\"noise_shape\":null},\"registered_name\":null}");
  assert_json (json_object_get (json_array_get (layers, 3), "build_config"), "{\"input_shape\":[null,8]}");
  assert_keys (json_object_get (json_array_get (layers, 4), "config"), "name trainable dtype activation");
  fixture_drop_folder (folder);
}

/* Keras refuses 0 where it checks for a float: rates and momentum need their point, in any locale. */
static void
test_compile_state (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = save (folder);
  g_autofree char *text = NULL;
  g_autoptr(json_t) config = read_json (path, "config.json", &text);
  const json_t *compile = json_object_get (config, "compile_config");
  const json_t *optimizer = json_object_get (compile, "optimizer");

  assert_keys (compile, "optimizer loss loss_weights metrics weighted_metrics");
  assert_json (json_object_get (compile, "loss"), "\"categorical_crossentropy\"");
  assert_json (json_object_get (compile, "metrics"), "[\"accuracy\"]");
  g_assert_cmpstr (json_string_value (json_object_get (optimizer, "module")), ==, "keras.optimizers");
  g_assert_cmpstr (json_string_value (json_object_get (optimizer, "class_name")), ==, "SGD");
  g_assert_nonnull (strstr (text, "\"learning_rate\":1.0"));
  g_assert_nonnull (strstr (text, "\"momentum\":0.0"));
  g_assert_nonnull (strstr (text, "\"rate\":0.25"));
  g_assert_null (strstr (text, "NaN"));
  fixture_drop_folder (folder);
}

static void
test_locale (void)
{
  if (!comma_locale_enter ())
    return;
  test_compile_state ();
  comma_locale_leave ();
}

/* The names of a group's members, sorted. */
static herr_t
add_name_cb (hid_t             group,
             const char       *name,
             const H5L_info_t *info,
             void             *user_data)
{
  GString *names = user_data;

  g_assert_cmpint (info->type, ==, H5L_TYPE_HARD);
  g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);

  return 0;
}

static void
assert_group (hid_t       file,
              const char *path,
              const char *members)
{
  g_autoptr(GString) names = g_string_new (NULL);
  hid_t group = H5Gopen2 (file, path, H5P_DEFAULT);

  g_assert_cmpint (group, >=, 0);
  H5Literate (group, H5_INDEX_NAME, H5_ITER_INC, NULL, add_name_cb, names);
  H5Gclose (group);
  g_assert_cmpstr (names->str, ==, members);
}

static void
assert_name_attribute (hid_t       file,
                       const char *path,
                       const char *name)
{
  hid_t attribute = H5Aopen_by_name (file, path, "name", H5P_DEFAULT, H5P_DEFAULT);
  hid_t type;
  char *text = NULL;

  g_assert_cmpint (attribute, >=, 0);
  type = H5Aget_type (attribute);
  g_assert_cmpint (H5Tis_variable_str (type), >, 0);
  g_assert_cmpint (H5Aread (attribute, type, &text), >=, 0);
  g_assert_cmpstr (text, ==, name);
  H5free_memory (text);
  H5Tclose (type);
  H5Aclose (attribute);
}

static void
assert_array (hid_t       file,
              const char *path,
              int         n_dims,
              hsize_t     rows,
              hsize_t     columns)
{
  hid_t dataset = H5Dopen2 (file, path, H5P_DEFAULT);
  hid_t type = H5Dget_type (dataset);
  hid_t space = H5Dget_space (dataset);
  hid_t settings = H5Dget_create_plist (dataset);
  hsize_t dims[2] = { 0 };

  g_assert_cmpint (H5Tequal (type, H5T_IEEE_F32LE), >, 0);
  g_assert_cmpint (H5Pget_layout (settings), ==, H5D_CONTIGUOUS);
  g_assert_cmpint (H5Sget_simple_extent_ndims (space), ==, n_dims);
  H5Sget_simple_extent_dims (space, dims, NULL);
  g_assert_cmpuint (dims[0], ==, rows);
  g_assert_cmpuint (dims[1], ==, columns);
  H5Pclose (settings);
  H5Sclose (space);
  H5Tclose (type);
  H5Dclose (dataset);
}

static void
test_weights_layout (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = save (folder);
  g_autofree char *h5 = g_build_filename (folder, "w.h5", NULL);
  g_autoptr(GBytes) bytes = read_member (path, "model.weights.h5");
  hid_t file;

  g_assert_true (g_file_set_contents (h5, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  file = H5Fopen (h5, H5F_ACC_RDONLY, H5P_DEFAULT);
  g_assert_cmpint (file, >=, 0);

  /* Keys are snake-case class names, numbered by class; the layers' own names are in attributes. */
  assert_group (file, "/", "layers vars");
  assert_group (file, "/vars", "");
  assert_group (file, "/layers", "activation dense dense_1 dense_2 dropout");
  assert_group (file, "/layers/dense", "vars");
  assert_group (file, "/layers/dense/vars", "0 1");
  assert_group (file, "/layers/dense_1/vars", "0");
  assert_group (file, "/layers/dense_2/vars", "0 1");
  assert_group (file, "/layers/dropout/vars", "");
  assert_group (file, "/layers/activation/vars", "");
  assert_name_attribute (file, "/layers/dense/vars", "hidden");
  assert_name_attribute (file, "/layers/activation/vars", "bend");
  assert_name_attribute (file, "/vars", "sequential");
  assert_array (file, "/layers/dense/vars/0", 2, 5, 8);
  assert_array (file, "/layers/dense/vars/1", 1, 8, 0);
  assert_array (file, "/layers/dense_2/vars/0", 2, 4, 3);

  H5Fclose (file);
  fixture_drop_folder (folder);
}

static void
test_round_trip (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = save (folder);
  g_autoptr(CamNetwork) network = fixture_new_network ();
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = cam_keras_load (path, &error);
  g_autoptr(json_t) before = cam_network_to_json (network);
  g_autoptr(json_t) after = NULL;
  g_autofree float *wanted = NULL;
  g_autofree float *found = NULL;
  gsize n_wanted, n_found;

  g_assert_no_error (error);
  after = cam_network_to_json (model->network);
  g_assert_true (json_equal (before, after));
  wanted = fixture_predict (network, 3, &n_wanted);
  found = fixture_predict (model->network, 3, &n_found);
  g_assert_cmpmem (found, n_found * sizeof (float), wanted, n_wanted * sizeof (float));

  assert_json (model->loss, "\"categorical_crossentropy\"");
  assert_json (model->metrics, "[\"accuracy\"]");
  g_assert_cmpstr (json_string_value (json_object_get (model->optimizer, "class_name")), ==, "SGD");
  g_assert_cmpfloat (json_number_value (json_object_get (json_object_get (model->optimizer, "config"), "learning_rate")), ==, 1.0);
  assert_json (model->camadas, "{\"format\":1,\"note\":\"São Paulo\"}");
  fixture_drop_folder (folder);
}

static void
test_uncompiled (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "bare.keras", NULL);
  g_autoptr(CamNetwork) network = fixture_new_network ();
  g_autoptr(GError) error = NULL;
  g_autoptr(CamKerasModel) model = NULL;
  g_autoptr(json_t) config = NULL;

  g_assert_true (cam_keras_save (network, NULL, NULL, NULL, NULL, path, &error));
  g_assert_no_error (error);
  config = read_json (path, "config.json", NULL);
  assert_keys (config, "module class_name config registered_name build_config");
  model = cam_keras_load (path, &error);
  g_assert_no_error (error);
  g_assert_null (model->loss);
  g_assert_null (model->metrics);
  g_assert_null (model->optimizer);
  g_assert_null (model->camadas);
  fixture_drop_folder (folder);
}

/* A disk that is full in the middle of writing: the old file stays, and nothing else does. */
static void
test_full_disk (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = save (folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(CamNetwork) network = fixture_new_network ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  struct rlimit old, small;
  gsize n_before, n_after;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  small = old;
  small.rlim_cur = 1000;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (cam_keras_save (network, NULL, NULL, NULL, NULL, path, &error));
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_FILE_ERROR);

  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (after, n_after, before, n_before);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "model.keras");
  g_assert_null (g_dir_read_name (dir));
  fixture_drop_folder (folder);
}

static void
test_no_folder (void)
{
  g_autoptr(CamNetwork) network = fixture_new_network ();
  g_autoptr(GError) error = NULL;

  g_assert_false (cam_keras_save (network, NULL, NULL, NULL, NULL, "/nonexistent/folder/m.keras", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/formats/keras-save/members", test_members);
  g_test_add_func ("/formats/keras-save/config", test_config);
  g_test_add_func ("/formats/keras-save/compile-state", test_compile_state);
  g_test_add_func ("/formats/keras-save/locale", test_locale);
  g_test_add_func ("/formats/keras-save/weights-layout", test_weights_layout);
  g_test_add_func ("/formats/keras-save/round-trip", test_round_trip);
  g_test_add_func ("/formats/keras-save/uncompiled", test_uncompiled);
  g_test_add_func ("/formats/keras-save/full-disk", test_full_disk);
  g_test_add_func ("/formats/keras-save/no-folder", test_no_folder);

  return g_test_run ();
}
