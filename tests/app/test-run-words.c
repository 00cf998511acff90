/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run in words. */
#include <cam-run-cause.h>
#include <cam-run-words.h>
#include <cam-train-edit.h>

#include <math.h>

static void
test_values (void)
{
  static const struct { const char *key; double value; const char *text; } cases[] = {
    { "val_loss", 0.23124, "0.2312" }, { "loss", 12.345, "12.35" }, { "loss", 4567.8, "4567.8" }, { "loss", 2.5e7, "2.50e7" },
    { "loss", 3.2123e-8, "3.21e-8" }, { "loss", 0, "0.0000" }, { "loss", NAN, "–" }, { "loss", INFINITY, "∞" },
    { "val_accuracy", 0.9213, "92.1 %" }, { "accuracy", 1, "100.0 %" }, { "mean_absolute_error", 0.5, "0.5000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_run_words_value (cases[i].key, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_durations (void)
{
  static const struct { double seconds; const char *text; } cases[] = {
    { 0, "0 ms" }, { 0.0123, "13 ms" }, { 0.1, "0.1 s" }, { 9.94, "9.9 s" }, { 9.96, "10 s" }, { 59.4, "59 s" },
    { 250, "4 min 10 s" }, { 7500, "2 h 5 min" }, { NAN, "–" }, { -1, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_run_words_duration (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_speeds (void)
{
  static const struct { double rows_per_s; const char *text; } cases[] = {
    { 950.4, "950" }, { 9999, "9,999" }, { 418234, "418 k" }, { 999499, "999 k" }, { 1234567, "1.2 M" }, { 12345678, "12 M" },
    { 0, "–" }, { NAN, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_run_words_speed (cases[i].rows_per_s);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_ends (void)
{
  static const struct { CamRunState state; guint n_epochs, patience, best; const char *message, *claim, *detail; } cases[] = {
    { CAM_RUN_FINISHED, 200, 0, 188, NULL, "All 200 epochs are done.", "Epoch 188 was the best: val_loss 0.2312." },
    { CAM_RUN_FINISHED, 1, 0, 1, NULL, "The only epoch is done.", "Epoch 1 was the best: val_loss 0.2312." },
    { CAM_RUN_EARLY, 53, 15, 38, "x", "Stopped early, at epoch 53.", "val_loss had not improved for 15 epochs. Epoch 38 was the best: val_loss 0.2312." },
    { CAM_RUN_EARLY, 3, 0, 2, "Ended.", "Stopped early, at epoch 3.", "Ended. Epoch 2 was the best: val_loss 0.2312." },
    { CAM_RUN_STOPPED, 47, 15, 38, NULL, "You stopped it after 47 epochs of 1,000.", "Epoch 38 was the best: val_loss 0.2312." },
    { CAM_RUN_STOPPED, 0, 15, 0, NULL, "Stopped before its first epoch ended.", "" },
    { CAM_RUN_DIVERGED, 2, 0, 0, "Diverged: in epoch 3.", "Diverged: in epoch 3.", "" },
    { CAM_RUN_FAILED, 2, 0, 0, "The disk is full.", "Run 13 failed.", "The disk is full." },
    { CAM_RUN_INTERRUPTED, 0, 0, 0, NULL, "Run 13 was cut short.", "The program ended before the first epoch did: nothing could be kept." },
    { CAM_RUN_INTERRUPTED, 1, 0, 1, NULL, "Run 13 was cut short.",
      "The program ended while it ran. 1 finished epoch and the best model are kept. Epoch 1 was the best: val_loss 0.2312." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CamRunFacts facts = {
        .name = (char *) "Run 13", .monitor = (char *) "val_loss", .state = cases[i].state, .n_epochs = cases[i].n_epochs, .n_planned = 1000,
        .patience = cases[i].patience, .best_epoch = cases[i].best, .best_value = 0.23124, .message = (char *) cases[i].message,
      };
      g_autofree char *detail = NULL;
      g_autofree char *claim = cam_run_words_end (&facts, &detail);

      g_assert_cmpstr (claim, ==, cases[i].claim);
      g_assert_cmpstr (detail, ==, cases[i].detail);
    }
}

static void
test_states (void)
{
  CamRunFacts facts = { .state = CAM_RUN_RUNNING, .is_live = TRUE };

  g_assert_cmpstr (cam_run_words_state (&facts), ==, "running");
  g_assert_cmpstr (cam_run_words_colour (&facts), ==, "blue");
  facts.is_paused = TRUE;
  g_assert_cmpstr (cam_run_words_state (&facts), ==, "paused");
  facts.is_stopping = TRUE;
  g_assert_cmpstr (cam_run_words_state (&facts), ==, "stopping");
  facts = (CamRunFacts) { .state = CAM_RUN_DIVERGED };
  g_assert_cmpstr (cam_run_words_state (&facts), ==, "diverged");
  g_assert_cmpstr (cam_run_words_colour (&facts), ==, "red");
}

/* A run of @layers with @optimizer that ended with @bad. */
static char *
describe_cause (const char *optimizer,
                const char *layers,
                const char *bad,
                double      last_loss)
{
  g_autofree char *text = g_strdup_printf ("{ \"camadas\": 1, \"name\": \"Test\", \"data\": { \"file\": \"x.csv\", \"target\": [\"y\"] }, \"network\": [%s],"
                                           " \"loss\": \"mean_squared_error\", \"optimizer\": %s }", layers, optimizer);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = cam_experiment_new_from_text (text, &error);
  g_autoptr(json_t) report = json_pack ("{s:s}", "bad", bad);
  g_autoptr(json_t) config = NULL;
  char *keys[] = { (char *) "loss", NULL };
  double loss[] = { 4.0, 2.0, last_loss };
  double *values[] = { loss };
  CamRunFacts facts = { .experiment = experiment, .report = report, .keys = keys, .values = values, .n_epochs = 3, .n_batches = 1, .live_rate = NAN };

  g_assert_no_error (error);
  cam_train_peek_kind (experiment, CAM_KIND_OPTIMIZER, &config);
  facts.rate = json_object_get (config, "learning_rate");
  return cam_run_cause_describe (&facts, NULL);
}

/* The surest cause alone, and none where nothing is sure. */
static void
test_causes (void)
{
  static const char dense[] = "{ \"class_name\": \"Dense\", \"config\": { \"units\": 4 } }", lstm[] = "{ \"class_name\": \"LSTM\", \"config\": { \"units\": 4 } }";
  static const char exponential[] = "{ \"class_name\": \"Dense\", \"config\": { \"units\": 4, \"activation\": \"exponential\" } }";
  static const struct { const char *optimizer, *layers, *bad; double last_loss; const char *cause; } cases[] = {
    { "\"sgd\"", dense, "loss", 2.1, "" },
    { "\"sgd\"", dense, "data", 2e9, "" },
    { "\"sgd\"", dense, "weight", 2e9, "Likely cause: steps too large; the loss had already grown from 2 in epoch 2 to 2e+09." },
    { "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.5 } }", dense, "loss", 2e9, "Likely cause: the learning rate, 0.5, is 500 times the usual 0.001 of Adam." },
    { "\"sgd\"", exponential, "loss", 2.1, "Likely cause: the activation “exponential”, which is no longer a finite number above 88." },
    { "\"sgd\"", lstm, "gradient", 2.1, "Likely cause: gradients that grow from step to step through LSTM. Clip them: “clipnorm” 1 in the optimizer’s settings." },
    { "\"sgd\"", lstm, "loss", 2.1, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cause = describe_cause (cases[i].optimizer, cases[i].layers, cases[i].bad, cases[i].last_loss);

      g_assert_cmpstr (cause, ==, cases[i].cause);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/run-words/values", test_values);
  g_test_add_func ("/app/run-words/durations", test_durations);
  g_test_add_func ("/app/run-words/speeds", test_speeds);
  g_test_add_func ("/app/run-words/ends", test_ends);
  g_test_add_func ("/app/run-words/states", test_states);
  g_test_add_func ("/app/run-words/causes", test_causes);
  return g_test_run ();
}
