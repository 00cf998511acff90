/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callbacks against what is recorded from Keras 3 (tests/data/golden/callbacks.json), every row; rules of rates, names of files, and what is refused. */
#include <cam-callbacks-private.h>
#include <cam-monitor.h>
#include <string.h>

#include "golden.h"

static CamCallback *
make_callback (const char   *class_name,
               const json_t *args)
{
  const CamCallbackOps *ops = (const CamCallbackOps *) (gconstpointer) cam_kind_find (CAM_KIND_CALLBACK, class_name);
  g_autoptr(GError) error = NULL;
  json_t *config = cam_fields_complete (ops->kind.fields, args, class_name, &error);
  CamCallback *callback;

  g_assert_no_error (error);
  callback = ops->create (config);
  callback->ops = ops;
  callback->config = config;
  return callback;
}

static void
free_callback (CamCallback *callback)
{
  json_decref (callback->config);
  callback->ops->free (callback);
}

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
init_optimizer (CamOptimizer *optimizer,
                double        rate)
{
  g_autoptr(json_t) given = json_pack ("{s:s, s:{s:f}}", "class_name", "SGD", "config", "learning_rate", rate);

  g_assert_true (cam_optimizer_init (optimizer, given, NULL));
}

/* The only weight of this network tells the epoch that it is of. */
static CamNetwork *
make_network (void)
{
  g_autoptr(json_t) layers = json_pack ("[{s:s, s:{s:i, s:b}}]", "class_name", "Dense", "config", "units", 1, "use_bias", 0);
  CamShape one = cam_shape_vector (1);

  return cam_network_new (&one, layers, NULL);
}

static void
test_row (gconstpointer data)
{
  g_autoptr(json_t) json = golden_load ("callbacks");
  const json_t *row = json_array_get (json_object_get (json, "cases"), GPOINTER_TO_UINT (data));
  const json_t *sequence = json_object_get (json_object_get (json, "sequences"), golden_text (row, "sequence")), *rates = json_object_get (row, "lr_after_epoch");
  CamCallback *callback = make_callback (golden_text (row, "callback"), json_object_get (row, "args"));
  g_autoptr(CamNetwork) network = make_network ();
  const char *keys[] = { callback->ops->get_monitor (callback)->key, NULL };
  CamOptimizer optimizer;
  gboolean stop = FALSE;
  guint epoch;

  init_optimizer (&optimizer, rates != NULL ? json_number_value (json_object_get (row, "initial_lr")) : 0.1);
  for (epoch = 0; epoch < json_array_size (sequence) && !stop; epoch++)
    {
      double value = json_number_value (json_array_get (sequence, epoch));
      CamSite site = { .keys = keys, .values = &value, .network = network, .optimizer = &optimizer, .step = epoch };
      g_autofree char *reason = NULL;

      cam_network_peek_weight (network, 0)->data[0] = (float) epoch;
      if (rates != NULL)
        golden_near ("logged", epoch, cam_optimizer_get_rate (&optimizer, epoch), golden_at (row, "logged_learning_rate", epoch), 1e-6);
      stop = callback->ops->on_epoch (callback, &site, epoch, &reason);
      g_assert_true (stop == (reason != NULL));
      if (rates != NULL)
        golden_near ("rate", epoch, cam_optimizer_get_rate (&optimizer, epoch + 1), json_number_value (json_array_get (rates, epoch)), 1e-6);
    }

  if (rates != NULL)
    g_assert_cmpuint (epoch, ==, json_array_size (rates));
  else
    {
      g_assert_cmpuint (epoch, ==, json_integer_value (json_object_get (row, "epochs_run")));
      callback->ops->on_end (callback, network);
      g_assert_cmpfloat (cam_network_peek_weight (network, 0)->data[0], ==, json_number_value (json_object_get (row, "weights_of_epoch")));
    }
  free_callback (callback);
  cam_optimizer_clear (&optimizer);
}

typedef struct
{
  const char *name, *config;
  double      rates[6];
} RateCase;

/* From 0.8, worked by hand. */
static const RateCase rate_cases[] = {
  { "usual", "{}", { 0.8, 0.8, 0.8, 0.8, 0.8, 0.8 } },
  { "decay", "{'schedule': {'class_name': 'EpochDecay', 'config': {'factor': 0.5, 'start_epoch': 2}}}", { 0.8, 0.8, 0.4, 0.2, 0.1, 0.05 } },
  { "steps", "{'schedule': {'class_name': 'StepDecay', 'config': {'drop': 0.5, 'epochs_drop': 2}}}", { 0.8, 0.8, 0.4, 0.4, 0.2, 0.2 } },
  { "list", "{'schedule': {'class_name': 'EpochList', 'config': {'rates': [0.3, 0.2, 0.1]}}}", { 0.3, 0.2, 0.1, 0.1, 0.1, 0.1 } },
  { "stretches", "{'schedule': {'class_name': 'EpochStretches', 'config': {'epochs': [1, 4], 'rates': [0.5, 0.05]}}}", { 0.8, 0.5, 0.5, 0.5, 0.05, 0.05 } },
};

static void
test_rates (gconstpointer data)
{
  const RateCase *test = data;
  g_autoptr(json_t) args = parse (test->config);
  CamCallback *callback = make_callback ("LearningRateScheduler", args);
  CamOptimizer optimizer;

  init_optimizer (&optimizer, 0.8);
  for (guint epoch = 0; epoch < G_N_ELEMENTS (test->rates); epoch++)
    {
      CamSite site = { .optimizer = &optimizer, .step = 7 * epoch };

      callback->ops->on_begin (callback, &site, epoch);
      golden_near (test->name, epoch, cam_optimizer_get_rate (&optimizer, 7 * epoch), test->rates[epoch], 1e-6);
    }
  free_callback (callback);
  cam_optimizer_clear (&optimizer);
}

static void
test_file_names (void)
{
  static const char *const keys[] = { "loss", "val_loss", NULL };
  static const double values[] = { 0.25, 0.0312345 };
  static const struct { const char *pattern, *name; } cases[] = {
    { "best.keras", "best.keras" },
    { "{epoch}.keras", "7.keras" },
    { "a/{epoch:03d}-{val_loss:.2f}.keras", "a/007-0.03.keras" },
    { "{epoch:02d}{loss}", "070.25" },
    { "{val_loss:.3e}", "3.123e-02" },
    { "{epoch:4d}|", "   7|" },
    { "{accuracy}", NULL }, { "{epoch:s}", NULL }, { "{epoch", NULL }, { "}", NULL }, { "{}", NULL }, { "{loss:d}", NULL }, { "{loss:.f}", NULL },
    { "{loss:.99f}", NULL }, { "{loss:5000f}", NULL }, { "{loss:%n}", NULL }, { "{epoch:02.1d}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *name = cam_file_name_fill (cases[i].pattern, keys, values, 7, "here", &error);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_true ((error != NULL) == (cases[i].name == NULL));
    }
}

static void
save (const char *path,
      CamNetwork *network,
      guint       epoch,
      gpointer    user_data)
{
  g_string_append_printf (user_data, "%s ", path);
}

static void
write_line (const char *path,
            const char *header,
            const char *line,
            gboolean    begins,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%s%s%s", begins ? header : "", line, g_str_equal (path, "log.csv") ? "" : "?");
}

/* The epochs of a sequence of values, and what is asked to be written. */
static char *
run_files (const char *class_name,
           const char *config)
{
  static const char *const keys[] = { "val_loss", "accuracy", NULL };
  static const double values[][2] = { { 0.5, 0.25 }, { 0.5, 0.75 }, { 0.375, 0.5 }, { NAN, 1.0 }, { 0.125, 0.5 } };
  g_autoptr(json_t) args = parse (config);
  CamCallback *callback = make_callback (class_name, args);
  GString *written = g_string_new (NULL);

  for (guint epoch = 0; epoch < G_N_ELEMENTS (values); epoch++)
    {
      CamSite site = { .keys = keys, .values = values[epoch], .save = save, .write = write_line, .user_data = written };
      char *reason = NULL;

      g_assert_false (callback->ops->on_epoch (callback, &site, epoch, &reason));
    }
  free_callback (callback);
  return g_string_free (written, FALSE);
}

static void
test_files (void)
{
  static const struct { const char *class_name, *config, *written; } cases[] = {
    { "ModelCheckpoint", "{'filepath': '{epoch}.keras'}", "1.keras 2.keras 3.keras 4.keras 5.keras " },
    { "ModelCheckpoint", "{'filepath': '{epoch}.keras', 'save_best_only': true}", "1.keras 3.keras 5.keras " },
    { "ModelCheckpoint", "{'filepath': '{epoch}.keras', 'save_best_only': true, 'monitor': 'accuracy'}", "1.keras 2.keras 4.keras " },
    { "ModelCheckpoint", "{'filepath': '{epoch}.keras', 'save_best_only': true, 'monitor': 'accuracy', 'mode': 'min'}", "1.keras " },
    { "ModelCheckpoint", "{'filepath': '{epoch}.keras', 'save_best_only': true, 'initial_value_threshold': 0.4}", "3.keras 5.keras " },
    { "ModelCheckpoint", "{'filepath': '{epoch:02d}-{val_loss:.2f}.keras', 'save_best_only': true}", "01-0.50.keras 03-0.38.keras 05-0.12.keras " },
    { "CSVLogger", "{}", "epoch,accuracy,val_loss\r\n0,0.25,0.5\r\n1,0.75,0.5\r\n2,0.5,0.375\r\n3,1,nan\r\n4,0.5,0.125\r\n" },
    { "CSVLogger", "{'separator': ';', 'append': true}", "0;0.25;0.5\r\n1;0.75;0.5\r\n2;0.5;0.375\r\n3;1;nan\r\n4;0.5;0.125\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *written = run_files (cases[i].class_name, cases[i].config);

      g_assert_cmpstr (written, ==, cases[i].written);
    }
}

static void
test_refused (void)
{
  static const char *const keys[] = { "loss", NULL };
  static const struct { const char *class_name, *config, *says; } cases[] = {
    { "ModelCheckpoint", "{'filepath': '/tmp/a.keras'}", "filepath" },
    { "ModelCheckpoint", "{'filepath': '../a.keras'}", "filepath" },
    { "ModelCheckpoint", "{'filepath': 'a/../../b.keras'}", "filepath" },
    { "ModelCheckpoint", "{'filepath': ''}", "filepath" },
    { "ModelCheckpoint", "{'filepath': 'a.h5'}", ".keras" },
    { "ModelCheckpoint", "{'filepath': '{val_auc}.keras'}", "measured: loss" },
    { "CSVLogger", "{'filename': '/etc/passwd'}", "filename" },
    { "CSVLogger", "{'separator': ''}", "separator" },
    { "CSVLogger", "{'separator': '::'}", "separator" },
    { "LearningRateScheduler", "{'schedule': {'class_name': 'EpochStretches', 'config': {'epochs': [1, 2], 'rates': [0.5]}}}", "as many rates" },
    { "LearningRateScheduler", "{'schedule': {'class_name': 'EpochStretches', 'config': {'epochs': [2, 2], 'rates': [0.5, 0.1]}}}", "rise" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(json_t) args = parse (cases[i].config);
      CamCallback *callback = make_callback (cases[i].class_name, args);
      g_autoptr(GError) error = NULL;

      g_assert_false (callback->ops->check (callback->config, keys, "here", &error));
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
      free_callback (callback);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(json_t) json = golden_load ("callbacks");
  const json_t *row;
  gsize i;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpuint (json_array_size (json_object_get (json, "cases")), ==, 48);
  json_array_foreach (json_object_get (json, "cases"), i, row)
    {
      g_autofree char *path = g_strdup_printf ("/engine/callback/recorded/%02u-%s-%s", (guint) i, golden_text (row, "callback"), golden_text (row, "sequence"));

      g_test_add_data_func (path, GUINT_TO_POINTER ((guint) i), test_row);
    }
  for (i = 0; i < G_N_ELEMENTS (rate_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/callback/rate/", rate_cases[i].name, NULL);

      g_test_add_data_func (path, &rate_cases[i], test_rates);
    }
  g_test_add_func ("/engine/callback/file-names", test_file_names);
  g_test_add_func ("/engine/callback/files", test_files);
  g_test_add_func ("/engine/callback/refused", test_refused);

  return g_test_run ();
}
