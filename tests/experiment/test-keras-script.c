/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiment as a script. For each of the fifteen samples the script's x, y and parts were compared with the dataset's under pandas 3, numpy and Keras 3.15.1: every number was equal, bit
 * for bit; so were those of penguins_raw, seoul_bike_latin1_semicolon, sensors_utf16le, horse_colic, flags_multilabel, machine_failures, timezone_regions and wine_cultivars as they are proposed. */
#include <cam-source.h>
#include <gio/gio.h>
#include <string.h>

#include "cam-keras-script.h"

#define EXPERIMENT \
  "{ \"camadas\": 1, \"name\": \"A \\\"first\\\" try\", \"data\": { \"file\": \"x.csv\" }," \
  "  \"network\": [ { \"class_name\": \"Dense\", \"config\": { \"units\": 8, \"activation\": \"tanh\" } }, { \"class_name\": \"Dense\", \"config\": { \"units\": 1 } } ]," \
  "  \"loss\": \"mean_squared_error\", \"metrics\": [\"mean_absolute_error\"]," \
  "  \"optimizer\": { \"class_name\": \"SGD\", \"config\": { \"learning_rate\": 0.1 } }," \
  "  \"fit\": { \"epochs\": 5, \"batch_size\": 16, \"seed\": 7, \"shuffle\": false, \"class_weight\": { \"0\": 1, \"1\": 2.5 } }," \
  "  \"callbacks\": [ { \"class_name\": \"LearningRateScheduler\", \"config\": { \"schedule\": { \"class_name\": \"StepDecay\", \"config\": { \"drop\": 0.5, \"epochs_drop\": 2 } } } }, \"TerminateOnNaN\" ] }"

static const char expected[] =
  "\"\"\"A  first  try: an experiment for Keras 3.\"\"\"\n"
  "import keras\n"
  "import numpy as np\n"
  "import pandas as pd\n"
  "from keras import layers\n"
  "\n"
  "keras.utils.set_random_seed(7)\n"
  "\n"
  "# No data are open: x and y are arrays, train, validation and test choose their rows.\n"
  "x, y, train, validation, test = load_data()\n"
  "\n"
  "model = keras.Sequential([\n"
  "    keras.Input(shape=x.shape[1:]),\n"
  "    layers.Dense(8, activation=\"tanh\"),\n"
  "    layers.Dense(1),\n"
  "])\n"
  "model.summary()\n"
  "\n"
  "model.compile(\n"
  "    optimizer=keras.optimizers.SGD(learning_rate=0.1),\n"
  "    loss=\"mean_squared_error\",\n"
  "    metrics=[\"mean_absolute_error\"],\n"
  ")\n"
  "\n"
  "def schedule(epoch, rate):\n"
  "    return first_rate * 0.5 ** (epoch // 2)\n"
  "\n"
  "first_rate = float(model.optimizer.learning_rate)\n"
  "\n"
  "callbacks = [\n"
  "    keras.callbacks.LearningRateScheduler(schedule),\n"
  "    keras.callbacks.TerminateOnNaN(),\n"
  "]\n"
  "\n"
  "class_weight = {0: 1, 1: 2.5}\n"
  "\n"
  "history = model.fit(\n"
  "    x[train],\n"
  "    y[train],\n"
  "    validation_data=(x[validation], y[validation]) if validation.any() else None,\n"
  "    batch_size=16,\n"
  "    epochs=5,\n"
  "    shuffle=False,\n"
  "    class_weight=class_weight,\n"
  "    callbacks=callbacks,\n"
  ")\n"
  "\n"
  "if test.any():\n"
  "    print(model.evaluate(x[test], y[test], return_dict=True))\n"
  "model.save(\"model.keras\")\n";

static void
test_text (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = cam_experiment_new_from_text (EXPERIMENT, &error);
  g_autoptr(CamScript) script = NULL;

  g_assert_no_error (error);
  script = cam_keras_script_new (experiment, NULL, NULL, CAM_SCRIPT_EXPERIMENT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (script->text, ==, expected);
}

/* The network alone, for who looks at the stack. */
static void
test_network (void)
{
  g_autoptr(CamExperiment) experiment = cam_experiment_new_from_text (EXPERIMENT, NULL);
  g_autoptr(CamScript) script = cam_keras_script_new (experiment, NULL, NULL, CAM_SCRIPT_NETWORK, NULL);

  g_assert_cmpstr (script->text, ==,
                   "import keras\n"
                   "from keras import layers\n"
                   "\n"
                   "model = keras.Sequential([\n"
                   "    keras.Input(shape=(None,)),  # open data to know it\n"
                   "    layers.Dense(8, activation=\"tanh\"),\n"
                   "    layers.Dense(1),\n"
                   "])\n"
                   "\n"
                   "model.compile(\n"
                   "    optimizer=keras.optimizers.SGD(learning_rate=0.1),\n"
                   "    loss=\"mean_squared_error\",\n"
                   "    metrics=[\"mean_absolute_error\"],\n"
                   ")\n");
}

static const CamScriptPart *
find_part (const CamScript *script,
           const char      *path)
{
  for (guint i = 0; i < script->parts->len; i++)
    {
      const CamScriptPart *part = script->parts->pdata[i];

      if (g_str_equal (part->path, path))
        return part;
    }

  return NULL;
}

/* Each path's lines say what they should, follow one another and do not overlap. */
static void
test_parts (void)
{
  static const char *const cases[][2] = {
    { "fit/seed", "keras.utils.set_random_seed(7)" },
    { "network/0", "    layers.Dense(8, activation=\"tanh\")," },
    { "network/1", "    layers.Dense(1)," },
    { "optimizer", "    optimizer=keras.optimizers.SGD(learning_rate=0.1)," },
    { "loss", "    loss=\"mean_squared_error\"," },
    { "callbacks/1", "    keras.callbacks.TerminateOnNaN()," },
    { "fit/class_weight", "class_weight = {0: 1, 1: 2.5}" },
    { "fit/epochs", "    epochs=5," },
  };
  g_autoptr(CamExperiment) experiment = cam_experiment_new_from_text (EXPERIMENT, NULL);
  g_autoptr(CamScript) script = cam_keras_script_new (experiment, NULL, NULL, CAM_SCRIPT_EXPERIMENT, NULL);
  g_auto(GStrv) lines = g_strsplit (script->text, "\n", -1);
  guint end = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CamScriptPart *part = find_part (script, cases[i][0]);

      g_assert_nonnull (part);
      g_assert_cmpuint (part->n_lines, ==, 1);
      g_assert_cmpstr (lines[part->first], ==, cases[i][1]);
    }
  for (guint i = 0; i < script->parts->len; i++)
    {
      const CamScriptPart *part = script->parts->pdata[i];

      g_assert_cmpuint (part->first, >=, end);
      g_assert_cmpuint (part->n_lines, >=, 1);
      end = part->first + part->n_lines;
      g_assert_cmpuint (end, <, g_strv_length (lines));
    }
}

typedef struct
{
  CamExperiment *experiment;
  CamCsvResult  *file;
  CamDataset    *dataset;
  CamScript     *script;
} Sample;

static void
sample_open (Sample     *self,
             const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *document = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), document, NULL);

  self->experiment = cam_experiment_load (path, &error);
  g_assert_no_error (error);
  self->file = cam_source_read (cam_experiment_get_file (self->experiment), NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self->dataset = cam_dataset_new (self->file->table, cam_experiment_get_data (self->experiment), cam_experiment_get_split (self->experiment), &error);
  g_assert_no_error (error);
  self->script = cam_keras_script_new (self->experiment, self->dataset, self->file->dialect, CAM_SCRIPT_EXPERIMENT, &error);
  g_assert_no_error (error);
}

static void
sample_close (Sample *self)
{
  cam_keras_script_free (self->script);
  cam_dataset_unref (self->dataset);
  cam_csv_result_free (self->file);
  cam_experiment_unref (self->experiment);
}

/* What stands between the quotes of lines @first …, as one. */
static GBytes *
unpack (const CamScript *script,
        gsize            n_rows)
{
  const CamScriptPart *part = find_part (script, "split");
  g_auto(GStrv) lines = g_strsplit (script->text, "\n", -1);
  g_autoptr(GString) codes = g_string_new (NULL);
  g_autoptr(GConverter) decompressor = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autofree guchar *packed = NULL;
  g_autofree char *plain = g_malloc (n_rows + 1);
  gsize n_packed, n_read, n_written;

  g_assert_nonnull (part);
  for (guint i = part->first; i < part->first + part->n_lines; i++)
    if (g_str_has_prefix (lines[i], "    \""))
      g_string_append_len (codes, lines[i] + 5, (gssize) strlen (lines[i]) - 6);
  packed = g_base64_decode (codes->str, &n_packed);
  g_assert_cmpint (g_converter_convert (decompressor, packed, n_packed, plain, n_rows + 1, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL), ==, G_CONVERTER_FINISHED);

  return g_bytes_new (plain, n_written);
}

/* The script keeps every row where the run has it. */
static void
test_rows (gconstpointer data)
{
  Sample sample;
  g_autoptr(GBytes) codes = NULL;
  const char *code;
  gsize n_rows, n_left, n_listed = 0;

  sample_open (&sample, data);
  n_rows = cam_table_get_n_rows (sample.file->table);
  codes = unpack (sample.script, n_rows);
  code = g_bytes_get_data (codes, &n_left);
  g_assert_cmpuint (n_left, ==, n_rows);
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    for (gsize i = 0; i < cam_dataset_get_n_rows (sample.dataset, part); i++, n_listed++)
      g_assert_cmpint (code[cam_dataset_get_rows (sample.dataset, part)[i]], ==, "TVE"[part]);
  for (gsize row = 0; row < n_rows; row++)
    n_left -= code[row] != '-';
  g_assert_cmpuint (n_left, ==, n_rows - n_listed);
  sample_close (&sample);
}

/* Words, missing cells and classes. */
static void
test_columns (void)
{
  static const char *const expected_lines[] = {
    "table = pd.read_csv(",
    ", dtype={\"island\": str, \"sex\": str, \"species\": str})\n",
    "for name in [\"bill_length_mm\", \"bill_depth_mm\", \"flipper_length_mm\", \"body_mass_g\"]:\n    column = table[name]\n    known = column[train]\n    column = column.fillna(known.mean())\n"
    "    x[name] = (column - known.mean()) / (known.std(ddof=0) or 1)\n",
    "for name in [\"sex\"]:\n    column = table[name]\n    known = column[train]\n    column = column.fillna(known.mode()[0])\n    levels = sorted(known.dropna().unique())\n"
    "    for level in levels:\n        x[f\"{name} = {level}\"] = column == level\n",
    "classes = [\"Adelie\", \"Chinstrap\", \"Gentoo\"]\n",
    "    keras.Input(shape=(9,)),\n",
  };
  Sample sample;

  sample_open (&sample, "penguins");
  for (guint i = 0; i < G_N_ELEMENTS (expected_lines); i++)
    if (strstr (sample.script->text, expected_lines[i]) == NULL)
      g_error ("“%s” is not in:\n%s", expected_lines[i], sample.script->text);
  sample_close (&sample);
}

/* Data that are more than rows of numbers. */
static void
test_forms (void)
{
  static const char *const cases[][6] = {
    { "digits-cnn", "for name in table.columns.drop([\"digit\"]):\n", "x = x.reshape(-1, 8, 8, 1)\n", "    keras.Input(shape=(8, 8, 1)),\n" },
    { "mnist-cnn", "import gzip\n", "mnist_10k-images-idx3-ubyte.gz\").reshape(-1, 28, 28, 1).astype(\"float32\")\n", "mnist_10k-labels-idx1-ubyte.gz\").astype(str)\n",
      "    keras.Input(shape=(28, 28, 1)),\n" },
    { "sunspots", "table = table.sort_values(\"year\", kind=\"stable\")\npart = part[table.index]\n", "length, horizon = 22, 1\n",
      "x = np.concatenate([y, x], axis=1)\n", "y = np.stack([y[end + 1:end + 1 + horizon].reshape(-1) for end in ends])\npart = part[ends]\n", "    keras.Input(shape=(22, 1)),\n" },
    { "co2", "table = table.sort_values(\"date\", key=lambda dates: pd.to_datetime(dates), kind=\"stable\")\n", "    column = column.ffill()\n", "last = y[ends]\n",
      "x[:, :, :1] -= last[:, None, :]\n", "y = y - np.tile(last, (1, horizon))\n" },
    { "sentiment", "words = layers.TextVectorization(max_tokens=3000, output_sequence_length=30)\n", "texts = table[\"sentence\"].fillna(\"\")\nwords.adapt(texts[train])\n",
      "x = np.asarray(words(texts.tolist())).astype(\"float32\")\n" },
    { "digits-autoencoder", "    x[name] = (column - known.min()) / ((known.max() - known.min()) or 1)\n", "y = x\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Sample sample;

      sample_open (&sample, cases[i][0]);
      for (guint k = 1; k < G_N_ELEMENTS (cases[i]) && cases[i][k] != NULL; k++)
        if (strstr (sample.script->text, cases[i][k]) == NULL)
          g_error ("%s: “%s” is not in:\n%s", cases[i][0], cases[i][k], sample.script->text);
      g_assert_null (strstr (sample.script->text, "load_data"));
      sample_close (&sample);
    }
}

/* How a file was read, in pandas's words; prose it leaves to who runs it. */
static void
test_dialects (void)
{
  static const struct { const char *csv, *expected; } cases[] = {
    { "a;b;y\n1,5;x;2\n2,5;-;3\n3,5;z;4\n4,5;x;5\n1;y;2\n2;z;3\n5;x;1\n6;y;2\n", ", sep=\";\", decimal=\",\", na_values=[" },
    { "1|5|x\n2|6|y\n3|7|x\n4|?|y\n5|2|x\n6|1|y\n7|3|x\n8|4|y\n", ", sep=\"|\", header=None, na_values=[" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      CamCsvResult *file = cam_csv_read_bytes (cases[i].csv, strlen (cases[i].csv), NULL, NULL, &error);
      g_autoptr(CamExperiment) experiment = NULL;
      g_autoptr(CamDataset) dataset = NULL;
      g_autoptr(CamScript) script = NULL;

      g_assert_no_error (error);
      experiment = cam_experiment_new_for_table (file->table, "/data/x.csv", NULL, &error);
      g_assert_no_error (error);
      dataset = cam_dataset_new (file->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);
      g_assert_no_error (error);
      script = cam_keras_script_new (experiment, dataset, file->dialect, CAM_SCRIPT_EXPERIMENT, &error);
      g_assert_no_error (error);
      if (strstr (script->text, cases[i].expected) == NULL)
        g_error ("“%s” is not in:\n%s", cases[i].expected, script->text);
      cam_csv_result_free (file);
    }
}

int
main (int    argc,
      char **argv)
{
  static const char *const samples[] = { "asteroid-flyby", "banknotes", "breast-cancer", "co2", "darts", "digits", "digits-autoencoder", "digits-cnn", "energy-efficiency", "iris", "irrigation",
                                         "mnist-cnn", "penguins", "sentiment", "sunspots" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/keras-script/text", test_text);
  g_test_add_func ("/experiment/keras-script/network", test_network);
  g_test_add_func ("/experiment/keras-script/parts", test_parts);
  g_test_add_func ("/experiment/keras-script/columns", test_columns);
  g_test_add_func ("/experiment/keras-script/forms", test_forms);
  g_test_add_func ("/experiment/keras-script/dialects", test_dialects);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/keras-script/rows/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], test_rows);
    }

  return g_test_run ();
}
