/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs beside each other: how layers are aligned, what of the settings differs, which score is better. */
#include <math.h>
#include <string.h>

#include <cam-json.h>
#include <cam-run-diff.h>

/* Layers as "Dense 64", "Dropout 0.2": "=" the same, "~" other settings, "+" put in, "-" taken out. */
typedef struct { const char *name, *a, *b, *aligned; } LayerCase;

static const LayerCase layer_cases[] = {
  { "same", "Dense 64, Dense 1", "Dense 64, Dense 1", "=Dense =Dense" },
  { "inserted in the middle", "Dense 128, Dense 256, Dense 1", "Dense 128, Dense 64, Dense 256, Dense 1", "=Dense +Dense =Dense =Dense" },
  { "another kind in between", "Dense 128, Dense 256, Dense 1", "Dense 128, Dropout 0.2, Dense 256, Dense 1", "=Dense +Dropout =Dense =Dense" },
  { "removed at the start", "Dropout 0.2, Dense 64, Dense 1", "Dense 64, Dense 1", "-Dropout =Dense =Dense" },
  { "changed", "Dense 64, Dense 1", "Dense 32, Dense 1", "~Dense =Dense" },
  { "changed and inserted", "Dense 64, Dense 1", "Dense 32, Dropout 0.5, Dense 1", "~Dense +Dropout =Dense" },
  { "another kind", "LSTM 8, Dense 1", "GRU 8, Dense 1", "-LSTM +GRU =Dense" },
  { "moved", "Dropout 0.2, Dense 64, Dense 1", "Dense 64, Dropout 0.2, Dense 1", "-Dropout =Dense +Dropout =Dense" },
  { "from nothing", "", "Dense 1", "+Dense" },
  { "to nothing", "Dense 1, Dense 2", "", "-Dense -Dense" },
  { "nothing", "", "", "" },
};

static json_t *
make_layers (const char *text)
{
  json_t *layers = json_array ();
  g_auto(GStrv) all = g_strsplit (text, ", ", -1);

  for (guint i = 0; all[i] != NULL && *all[i] != '\0'; i++)
    {
      g_auto(GStrv) parts = g_strsplit (all[i], " ", 2);

      json_array_append_new (layers, json_pack ("{s:s, s:{s:f, s:s, s:b}}", "class_name", parts[0], "config", "size", g_ascii_strtod (parts[1], NULL), "activation", "relu", "use_bias", 1));
    }
  return layers;
}

static void
test_layers (gconstpointer data)
{
  const LayerCase *c = data;
  g_autoptr(json_t) a = make_layers (c->a);
  g_autoptr(json_t) b = make_layers (c->b);
  g_autoptr(GPtrArray) layers = cam_run_diff_layers (a, b);
  g_autoptr(GString) text = g_string_new (NULL);
  int before_a = -1, before_b = -1;

  for (guint i = 0; i < layers->len; i++)
    {
      const CamDiffLayer *layer = layers->pdata[i];

      g_string_append_printf (text, "%s%c%s", i > 0 ? " " : "", "=~+-"[layer->mark], layer->class_name);
      /* Each layer of both stacks once, in its order. */
      if (layer->a >= 0)
        g_assert_cmpint (layer->a, ==, ++before_a);
      if (layer->b >= 0)
        g_assert_cmpint (layer->b, ==, ++before_b);
      g_assert_cmpuint (layer->fields->len, ==, layer->mark == CAM_DIFF_CHANGED ? 1 : 0);
    }
  g_assert_cmpint (before_a + 1, ==, (int) json_array_size (a));
  g_assert_cmpint (before_b + 1, ==, (int) json_array_size (b));
  g_assert_cmpstr (text->str, ==, c->aligned);
}

/* A layer that is switched off, or has a name, is another one. */
static void
test_beside_the_settings (void)
{
  g_autoptr(json_t) a = json_pack ("[{s:s, s:{s:i}}]", "class_name", "Dense", "config", "units", 3);
  g_autoptr(json_t) b = json_deep_copy (a);
  g_autoptr(GPtrArray) layers = NULL;
  const CamDiffRow *row;

  g_assert_nonnull (a);
  json_object_set_new (json_array_get (b, 0), "enabled", json_false ());
  layers = cam_run_diff_layers (a, b);
  g_assert_cmpuint (layers->len, ==, 1);
  row = ((CamDiffLayer *) layers->pdata[0])->fields->pdata[0];
  g_assert_cmpstr (row->name, ==, "enabled");
  g_assert_cmpint (row->mark, ==, CAM_DIFF_ADDED);
  g_assert_cmpstr (row->b, ==, "no");
}

static const struct { const char *a, *b, *rows; } value_cases[] = {
  { "{\"batch_size\": 32, \"seed\": 1}", "{\"batch_size\": 16, \"seed\": 1}", "~batch_size 32→16, =seed 1→1" },
  { "{\"loss\": \"mse\"}", "{\"loss\": \"mae\", \"epochs\": 10}", "~loss mse→mae, +epochs (null)→10" },
  { "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.001, \"beta_1\": 0.9}}}",
    "{\"optimizer\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 0.001, \"momentum\": 0.9}}}",
    "~optimizer Adam→SGD, =learning_rate 0.001→0.001, +momentum (null)→0.9, -beta_1 0.9→(null)" },
  { "{\"callbacks\": [{\"class_name\": \"EarlyStopping\", \"config\": {\"patience\": 5}}]}",
    "{\"callbacks\": [{\"class_name\": \"EarlyStopping\", \"config\": {\"patience\": 9}}, {\"class_name\": \"TerminateOnNaN\"}]}",
    "~EarlyStopping patience 5→9, +callbacks (null)→TerminateOnNaN" },
  { "{\"metrics\": [\"accuracy\"]}", "{\"metrics\": [\"accuracy\", \"auc\"]}", "~metrics accuracy→accuracy · auc" },
  { "{\"columns\": {\"age\": {\"role\": \"feature\"}}}", "{\"columns\": {\"age\": {\"role\": \"ignored\"}}}", "~columns age role feature→ignored" },
  { "{}", "{}", "" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      g_autoptr(json_t) a = cam_json_parse (value_cases[i].a, strlen (value_cases[i].a), NULL);
      g_autoptr(json_t) b = cam_json_parse (value_cases[i].b, strlen (value_cases[i].b), NULL);
      g_autoptr(GPtrArray) rows = cam_run_diff_values (a, b);
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint k = 0; k < rows->len; k++)
        {
          const CamDiffRow *row = rows->pdata[k];

          g_string_append_printf (text, "%s%c%s %s→%s", k > 0 ? ", " : "", "=~+-"[row->mark], row->name, row->a != NULL ? row->a : "(null)", row->b != NULL ? row->b : "(null)");
        }
      g_assert_cmpstr (text->str, ==, value_cases[i].rows);
    }
}

static CamExperiment *
make_experiment (const char *network,
                 double      rate)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = g_strdup_printf ("{\"camadas\": 1, \"data\": {\"file\": \"t.csv\", \"target\": [\"y\"]}, \"network\": [%s], \"loss\": \"mse\","
                                           " \"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": %s}}}", network, g_ascii_dtostr (number, sizeof number, rate));
  g_autoptr(GError) error = NULL;
  CamExperiment *self = cam_experiment_new_from_text (text, &error);

  g_assert_no_error (error);
  return self;
}

#define LAYER(units) "{\"class_name\": \"Dense\", \"config\": {\"units\": " #units "}}"

static void
test_whole (void)
{
  static const char *const events[] = { "learning rate 0.01 from epoch 3", NULL };
  g_autoptr(CamExperiment) first = make_experiment (LAYER (8) ", " LAYER (1), 0.001);
  g_autoptr(CamExperiment) second = make_experiment (LAYER (8) ", " LAYER (4) ", " LAYER (1), 0.01);
  g_autoptr(json_t) a_report = json_pack ("{s:{s:{s:f, s:f}, s:{s:f}}}", "scores", "validation", "loss", 0.5, "accuracy", 0.9, "test", "loss", 0.25);
  g_autoptr(json_t) b_report = json_pack ("{s:{s:{s:f, s:f}}}", "scores", "validation", "loss", 0.4, "accuracy", 0.8);
  CamShape input = { .n_dims = 1, .dims = { 3 } };
  CamDiffSide a = { .name = "Run 1", .experiment = first, .report = a_report, .data_sha256 = "aaaaaaaabbbb", .input = &input, .n_epochs = 10, .best_epoch = 4, .seconds = 2, .events = events };
  CamDiffSide b = { .name = "Run 2", .experiment = second, .report = b_report, .data_sha256 = "aaaaaaaabbbb", .input = &input, .n_epochs = 12, .best_epoch = 4, .seconds = 2 };
  g_autoptr(CamRunDiff) diff = cam_run_diff_new (&a, &b);
  g_autofree char *text = cam_run_diff_dup_text (diff, FALSE);
  const CamDiffScore *score;

  /* 3·8 + 8 and 8·1 + 1; with a layer of 4 in between 8·4 + 4 and 4·1 + 1. */
  g_assert_true (diff->has_params[0] && diff->has_params[1]);
  g_assert_cmpuint (diff->n_params[0], ==, 32 + 9);
  g_assert_cmpuint (diff->n_params[1], ==, 32 + 36 + 5);
  g_assert_cmpuint (cam_diff_count (diff->settings), ==, 1);
  g_assert_cmpuint (cam_diff_count (diff->data), ==, 0);
  g_assert_cmpuint (diff->scores->len, ==, 3);
  score = diff->scores->pdata[0];
  g_assert_cmpstr (score->key, ==, "loss");
  g_assert_cmpint (score->better, ==, 1);
  score = diff->scores->pdata[1];
  g_assert_cmpstr (score->key, ==, "accuracy");
  g_assert_cmpint (score->better, ==, -1);
  score = diff->scores->pdata[2];
  g_assert_true (isnan (score->b));
  g_assert_cmpint (score->better, ==, 0);
  g_assert_cmpstr (text, ==,
                   "Run 1 → Run 2\n~ different, − only Run 1, + only Run 2\n"
                   "\nSettings\n  ~ learning_rate: 0.001 → 0.01\n"
                   "\nNetwork\n    Dense 8 units · linear (32)\n  + Dense 4 units · linear (36)\n    Dense 1 unit · linear (9 → 5)\n"
                   "\nData and split\n    no difference\n"
                   "\nScores\n    validation loss: 0.5000 → 0.4000 (−0.1000, Run 2 is better)\n    validation accuracy: 90.0 % → 80.0 % (−10.0 %, Run 1 is better)\n"
                   "    test loss: 0.2500 → – (–)\n  ~ epochs: 10 → 12\n    best epoch: 4\n    time: 2.0 s\n"
                   "\nDone by hand\n    Run 1: learning rate 0.01 from epoch 3\n");
}

/* A run against an experiment that has not run: no scores, no course, no word about parameters without an input. */
static void
test_without_a_run (void)
{
  g_autoptr(CamExperiment) experiment = make_experiment (LAYER (1), 0.001);
  CamDiffSide a = { .name = "Run 1", .experiment = experiment, .n_epochs = 3, .best_epoch = 1, .seconds = 1 }, b = { .name = "Open", .experiment = experiment };
  g_autoptr(CamRunDiff) diff = cam_run_diff_new (&a, &b);
  g_autofree char *text = cam_run_diff_dup_text (diff, FALSE);

  g_assert_false (diff->has_params[0]);
  g_assert_cmpuint (cam_diff_count (diff->settings) + cam_diff_count (diff->data), ==, 0);
  g_assert_cmpuint (diff->scores->len, ==, 0);
  g_assert_nonnull (strstr (text, "− epochs: 3"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (layer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/run-diff/layers/", layer_cases[i].name, NULL);

      g_strdelimit (path, " ", '-');
      g_test_add_data_func (path, &layer_cases[i], test_layers);
    }
  g_test_add_func ("/app/run-diff/beside-the-settings", test_beside_the_settings);
  g_test_add_func ("/app/run-diff/values", test_values);
  g_test_add_func ("/app/run-diff/whole", test_whole);
  g_test_add_func ("/app/run-diff/without-a-run", test_without_a_run);
  return g_test_run ();
}
