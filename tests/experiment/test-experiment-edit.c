/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places of a document by their path, and documents that differ in one place. */
#include <cam-experiment.h>
#include <string.h>

#include "sample-table.h"

#define DOCUMENT \
  "{'camadas': 1, 'name': 'n', 'data': {'file': 'x.csv', 'columns': {'age': {'role': 'feature'}, 'a/b': {'role': 'ignored'}, 'c~d': {'coding': 'ordinal'}}}," \
  " 'network': [{'class_name': 'Dense', 'config': {'units': 8}}, {'class_name': 'Dropout'}, {'class_name': 'Dense', 'name': 'out', 'config': {'units': 3}}]," \
  " 'loss': 'mse', 'metrics': ['accuracy', 'mae']}"

static void
check_peek (const CamExperiment *experiment,
            const char          *path,
            const char          *expected)
{
  const json_t *value = cam_experiment_peek (experiment, path);
  g_autofree char *text = value != NULL ? g_strdelimit (cam_json_dump (value, FALSE), "\"", '\'') : NULL;

  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s: %s instead of %s", path, text, expected);
}

static void
test_peek (void)
{
  static const struct { const char *path, *expected; } cases[] = {
    { "name", "'n'" },
    { "fit/epochs", "1" },
    { "data/columns/age/role", "'feature'" },
    { "data/columns/a~1b/role", "'ignored'" },
    { "data/columns/c~0d/coding", "'ordinal'" },
    { "network/0/config/units", "8" },
    { "network/2/name", "'out'" },
    { "metrics/1", "'mean_absolute_error'" },
    { "network/3", NULL },
    { "network/-", NULL },
    { "network/00", NULL },
    { "network/+1", NULL },
    { "network/ 1", NULL },
    { "network/99999999999999999999", NULL },
    { "name/x", NULL },
    { "data/columns/a/b", NULL },
    { "data/columns/~", NULL },
    { "data/columns/~2", NULL },
    { "nothing", NULL },
    { "/name", NULL },
    { "caf\xe9", NULL },
  };
  g_autoptr(CamExperiment) experiment = parse_experiment (DOCUMENT);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_peek (experiment, cases[i].path, cases[i].expected);
  g_assert_true (json_is_object (cam_experiment_peek (experiment, "")));
}

static void
test_with (void)
{
  /* @value NULL removes; @seen is looked at afterwards. */
  static const struct { const char *path, *value, *seen, *expected; } cases[] = {
    { "fit/epochs", "7", "fit/epochs", "7" },
    { "fit/epochs", NULL, "fit/epochs", "1" },
    { "fit", NULL, "fit/batch_size", "32" },
    { "fit/initial_weights", "'m.keras'", "fit/initial_weights", "'m.keras'" },
    { "name", NULL, "name", NULL },
    { "description", "'d'", "description", "'d'" },
    { "data/columns/age/role", "'target'", "data/columns/age", "{'role':'target'}" },
    { "data/columns/age/role", NULL, "data/columns/age", "{}" },
    { "data/columns/age", NULL, "data/columns/age", NULL },
    { "data/columns/new one/role", "'target'", "data/columns/new one", "{'role':'target'}" },
    { "data/columns/a~1b/role", "'target'", "data/columns/a~1b", "{'role':'target'}" },
    { "data/columns/c~0d/coding", "'one-hot'", "data/columns/c~0d", "{'coding':'one-hot'}" },
    { "data/columns/~01/kind", "'text'", "data/columns/~01", "{'kind':'text'}" },
    { "data/columns//kind", "'text'", "data/columns/", "{'kind':'text'}" },
    { "data/dialect/separator", "';'", "data/dialect", "{'separator':';'}" },
    { "data/preparation/scaling", "'standard'", "data/preparation", "{'scaling':'standard'}" },
    { "data/target", "['age']", "data/target/0", "'age'" },
    { "network/0/config/units", "16", "network/0/config/units", "16" },
    { "network/1", "{'class_name': 'Dense', 'config': {'units': 5}}", "network/1/config/units", "5" },
    { "network/1", NULL, "network/1/name", "'out'" },
    { "network/3", "{'class_name': 'Dropout'}", "network/3/config/rate", "0.5" },
    { "network/-", "{'class_name': 'Dropout'}", "network/3/config/rate", "0.5" },
    { "network/2/name", NULL, "network/2/name", NULL },
    { "network/1/name", "'rest'", "network/1/name", "'rest'" },
    { "network", "[]", "network", "[]" },
    { "loss", NULL, "loss", "'mean_squared_error'" },
    { "loss", "'bce'", "loss", "'binary_crossentropy'" },
    { "loss/class_name", "'MeanAbsoluteError'", "loss", "'mean_absolute_error'" },
    { "network/0/config/kernel_initializer/config/seed", NULL, "network/0/config/kernel_initializer", "'glorot_uniform'" },
    { "network/0/config/kernel_regularizer/class_name", "'L2'", "network/0/config/kernel_regularizer/class_name", "'L2'" },
    { "metrics/0", "'mse'", "metrics", "['mean_squared_error','mean_absolute_error']" },
    { "metrics/0", NULL, "metrics", "['mean_absolute_error']" },
    { "metrics/2", "'mse'", "metrics/2", "'mean_squared_error'" },
    { "metrics", NULL, "metrics", "[]" },
    { "optimizer", "'sgd'", "optimizer/config/momentum", "0.0" },
    { "optimizer/config/learning_rate", "0.5", "optimizer/config/learning_rate", "0.5" },
    { "optimizer/config/learning_rate", NULL, "optimizer/config/learning_rate", "0.001" },
    { "callbacks/0", "'TerminateOnNaN'", "callbacks", "[{'class_name':'TerminateOnNaN','config':{}}]" },
    { "split/method", "'ordered'", "split/method", "'ordered'" },
    { "split", "{'validation': 0.25}", "split/train", "0.75" },
    { "", "{'camadas': 1, 'data': {}, 'network': []}", "data", "{}" },
    /* What is not there can be removed. */
    { "data/columns/none/role", NULL, "data/columns/age/role", "'feature'" },
    { "data/preparation/scaling", NULL, "data/preparation", NULL },
    { "name/first", NULL, "name", "'n'" },
    { "loss/config/delta", NULL, "loss", "'mean_squared_error'" },
    { "network/7", NULL, "network/2/name", "'out'" },
    { "network/7/config/units", NULL, "network/2/name", "'out'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamExperiment) experiment = parse_experiment (DOCUMENT);
      g_autofree char *before = cam_experiment_to_text (experiment);
      g_autofree char *after = NULL;
      g_autoptr(json_t) value = cases[i].value != NULL ? parse_json (cases[i].value) : NULL;
      g_autofree char *given = value != NULL ? cam_json_dump (value, FALSE) : NULL;
      g_autofree char *given_after = NULL;
      g_autoptr(CamExperiment) changed = cam_experiment_with (experiment, cases[i].path, value, &error);

      if (changed == NULL)
        g_error ("%s: %s", cases[i].path, error->message);
      check_peek (changed, cases[i].seen, cases[i].expected);

      /* Neither the old one nor the value has changed. */
      after = cam_experiment_to_text (experiment);
      g_assert_cmpstr (after, ==, before);
      given_after = value != NULL ? cam_json_dump (value, FALSE) : NULL;
      g_assert_cmpstr (given_after, ==, given);
    }
}

static void
test_with_refused (void)
{
  static const struct { const char *path, *value, *fragment; } cases[] = {
    { "fit/epochs", "0", "fit: “epochs” is 0" },
    { "fit/speed", "1", "fit: the key “speed”" },
    { "fit/epochs/x", "1", "fit, epochs, x" },
    { "speed", "1", "“speed” is not known" },
    { "speed/x", "1", "“speed” is not known" },
    { "camadas", NULL, "\"camadas\": 1" },
    { "camadas", "2", "newer version" },
    { "data", NULL, "“data” is missing" },
    { "network", NULL, "“network” is missing" },
    { "", NULL, "\"camadas\": 1" },
    { "", "[]", "\"camadas\": 1" },
    { "network/4", "{'class_name': 'Dropout'}", "network, 4" },
    { "network/3/config/units", "1", "network, 3" },
    { "network/x", "{'class_name': 'Dropout'}", "network, x" },
    { "network/01", "{'class_name': 'Dropout'}", "network, 01" },
    { "network/0/config/units", "'many'", "network, layer 1 (Dense)" },
    { "network/0/class_name", "'Dropout'", "network, layer 1 (Dropout)" },
    { "network/0/class_name", NULL, "network, layer 1" },
    { "network/0/config/activation/name", "'relu'", "network, 0, config, activation, name" },
    { "loss/config/delta", "1", "loss (MeanSquaredError)" },
    { "loss", "'anger'", "“anger”" },
    { "name", "1", "“name” must be a text" },
    { "name/first", "'x'", "name, first" },
    { "data/columns/~2/role", "'target'", "“~”" },
    { "data/columns/~", "{}", "“~”" },
    { "data/columns/age/role", "'victim'", "“victim”" },
    { "caf\xe9", "1", "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(CamExperiment) experiment = parse_experiment (DOCUMENT);
      g_autofree char *before = cam_experiment_to_text (experiment);
      g_autofree char *after = NULL;
      g_autoptr(json_t) value = cases[i].value != NULL ? parse_json (cases[i].value) : NULL;

      g_assert_null (cam_experiment_with (experiment, cases[i].path, value, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].fragment) == NULL)
        g_error ("%s: “%s” is not in: %s", cases[i].path, cases[i].fragment, error->message);
      after = cam_experiment_to_text (experiment);
      g_assert_cmpstr (after, ==, before);
    }
}

/* A key that was not there comes to its usual place. */
static void
test_order (void)
{
  g_autoptr(CamExperiment) experiment = parse_experiment ("{'camadas': 1, 'network': [], 'data': {}}");
  g_autoptr(json_t) name = json_string ("late");
  g_autoptr(CamExperiment) changed = cam_experiment_with (experiment, "name", name, NULL);
  g_autofree char *text = cam_experiment_to_text (changed);

  g_assert_true (g_str_has_prefix (text, "{\n  \"camadas\": 1,\n  \"name\": \"late\",\n  \"data\""));
}

/* Thousands of documents share what they have in common. */
static void
test_sharing (void)
{
  g_autoptr(CamExperiment) experiment = parse_experiment (DOCUMENT);
  g_autoptr(json_t) epochs = json_integer (9), same = json_integer (1);
  g_autoptr(CamExperiment) changed = cam_experiment_with (experiment, "fit/epochs", epochs, NULL);
  g_autoptr(CamExperiment) unchanged = cam_experiment_with (experiment, "fit/epochs", same, NULL);

  g_assert_true (cam_experiment_get_data (changed) == cam_experiment_get_data (experiment));
  g_assert_true (cam_experiment_get_network (changed) == cam_experiment_get_network (experiment));
  g_assert_true (cam_experiment_peek (changed, "fit") != cam_experiment_peek (experiment, "fit"));
  g_assert_true (cam_experiment_peek (unchanged, "fit") == cam_experiment_peek (experiment, "fit"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment/edit/peek", test_peek);
  g_test_add_func ("/experiment/edit/with", test_with);
  g_test_add_func ("/experiment/edit/refused", test_with_refused);
  g_test_add_func ("/experiment/edit/order", test_order);
  g_test_add_func ("/experiment/edit/sharing", test_sharing);

  return g_test_run ();
}
