/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli run: one run of an experiment, watched from the terminal. The fit has a thread of its own; this one writes the progress line, takes signals
 * and draws the charts. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include <cam-chart.h>
#include <cam-number.h>
#include <cam-runner.h>

#include "cam-cli-command.h"
#include "cam-cli-data.h"
#include "cam-cli-progress.h"
#include "cam-cli-results.h"
#include "cam-cli-stop.h"
#include "cam-cli-text.h"

#define MOST_THREADS 1024
#define SCORE_DIGITS 6

typedef struct
{
  /* The call. */
  char          *data, *out, *workspace, *seed;
  int            n_threads;
  gboolean       wants_json;

  /* The run. */
  CamRunner     *runner;
  GMainLoop     *loop;
  CamCliProgress progress;
  CamCliStop     stop;
  int            loss_key, val_loss_key;
} Run;

static void
run_clear (Run *self)
{
  g_free (self->data);
  g_free (self->out);
  g_free (self->workspace);
  g_free (self->seed);
  g_clear_object (&self->runner);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* JSON lines ---------------------------------------------------------------------------------------------------------- */

static json_t *
number_or_null (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

static void
print_start (Run *self)
{
  CamExperiment *experiment = cam_runner_get_experiment (self->runner);
  CamDataset *dataset = cam_runner_get_dataset (self->runner);
  CamPreparation *steps = cam_dataset_get_preparation (dataset);
  const char *const *keys = cam_runner_get_keys (self->runner);
  g_autofree char *task = cam_dataset_describe_task (dataset);
  json_t *list = json_array ();

  for (guint k = 0; keys[k] != NULL; k++)
    json_array_append_new (list, json_string (keys[k]));
  cam_cli_print_event (json_pack ("{s:s, s:s, s:s, s:s?, s:{s:I, s:I, s:I}, s:i, s:i, s:i, s:I, s:I, s:o, s:s}",
                          "event", "start", "name", cam_experiment_get_name (experiment), "task", task, "file", cam_experiment_get_file (experiment),
                          "rows", "train", (json_int_t) cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN),
                          "validation", (json_int_t) cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION),
                          "test", (json_int_t) cam_dataset_get_n_rows (dataset, CAM_PART_TEST),
                          "inputs", (int) cam_preparation_get_n_inputs (steps), "outputs", (int) cam_preparation_get_n_outputs (steps),
                          "epochs", (int) cam_experiment_get_epochs (experiment), "batch_size", (json_int_t) cam_experiment_get_batch_size (experiment),
                          "seed", (json_int_t) cam_experiment_get_seed (experiment), "keys", list, "monitor", cam_runner_get_monitor (self->runner)));
}

static void
print_epoch (Run   *self,
             guint  epoch)
{
  const char *const *keys = cam_runner_get_keys (self->runner);
  const CamProgress *progress = cam_runner_get_progress (self->runner);
  json_t *event = json_pack ("{s:s, s:i, s:i}", "event", "epoch", "epoch", (int) epoch + 1, "epochs", (int) progress->n_epochs);

  for (guint k = 0; keys[k] != NULL; k++)
    json_object_set_new (event, keys[k], number_or_null (cam_runner_get_value (self->runner, k, epoch)));
  json_object_set_new (event, "rows_per_second", number_or_null (progress->rows_per_s));
  cam_cli_print_event (event);
}

static void
print_end (Run *self)
{
  json_t *event = json_pack ("{s:s}", "event", "end");

  json_object_set (event, "report", (json_t *) cam_runner_get_report (self->runner));
  if (self->out != NULL)
    {
      g_autofree char *shown = g_filename_display_name (self->out);

      json_object_set_new (event, "out", json_string (shown));
    }
  if (cam_runner_get_run_id (self->runner) > 0)
    json_object_set_new (event, "run", json_integer (cam_runner_get_run_id (self->runner)));
  cam_cli_print_event (event);
}

/* Words --------------------------------------------------------------------------------------------------------------- */

static void
tell_start (Run *self)
{
  CamExperiment *experiment = cam_runner_get_experiment (self->runner);
  CamDataset *dataset = cam_runner_get_dataset (self->runner);
  g_autofree char *task = cam_dataset_describe_task (dataset);
  g_autofree char *what = cam_experiment_describe (experiment);
  const char *name = cam_experiment_get_name (experiment);
  g_autofree char *line = g_strdup_printf ("%s%s%s", name != NULL ? name : "", name != NULL && *name != '\0' ? ": " : "", task);
  g_autofree char *clean = cam_cli_text_clean (line);
  g_autofree char *n_train = cam_cli_text_count (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN));
  g_autofree char *n_validation = cam_cli_text_count (cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION));
  g_autofree char *n_test = cam_cli_text_count (cam_dataset_get_n_rows (dataset, CAM_PART_TEST));

  g_print ("%s\n", clean);
  /* translators: rows of the three parts, then layers and optimizer in short */
  g_print (_("%s rows to train, %s to validate, %s to test · %s · seed %" PRIu64 "\n"), n_train, n_validation, n_test, what,
           cam_experiment_get_seed (experiment));
}

static char *
describe_end (Run *self)
{
  const CamFitOutcome *outcome = cam_runner_get_outcome (self->runner);

  if (outcome->message != NULL)
    return g_strdup (outcome->message);
  if (outcome->end == CAM_FIT_STOPPED)
    return g_strdup_printf (ngettext ("Stopped after %u epoch.", "Stopped after %u epochs.", outcome->n_epochs), outcome->n_epochs);
  return g_strdup_printf (ngettext ("Finished after %u epoch.", "Finished after %u epochs.", outcome->n_epochs), outcome->n_epochs);
}

/* A line for loss and each metric, a column for each part that has rows. */
static void
tell_scores (const json_t *scores)
{
  static const char *const parts[CAM_N_PARTS] = { "train", "validation", "test" };
  g_autoptr(CamCliTable) table = cam_cli_table_new ("lrrr");
  g_autofree char *text = NULL;
  const json_t *any = NULL;
  const char *key;
  json_t *value;

  for (guint p = 0; p < CAM_N_PARTS && any == NULL; p++)
    any = json_object_get (scores, parts[p]);
  if (any == NULL)
    return;

  cam_cli_table_add (table, "", _("train"), _("validation"), _("test"), NULL);
  json_object_foreach ((json_t *) any, key, value)
    {
      char **cells = g_new0 (char *, CAM_N_PARTS + 2);

      cells[0] = g_strdup (key);
      for (guint p = 0; p < CAM_N_PARTS; p++)
        {
          const json_t *number = json_object_get (json_object_get (scores, parts[p]), key);
          char buf[CAM_NUMBER_BUF];

          cells[p + 1] = g_strdup (json_is_number (number) ? cam_number_format (buf, json_number_value (number), SCORE_DIGITS) : "–");
        }
      cam_cli_table_take (table, cells);
    }
  text = cam_cli_table_format (table, 2);
  g_print ("%s", text);
}

static double
get_score (const json_t *scores,
           const char   *part,
           const char   *key)
{
  const json_t *value = json_object_get (json_object_get (scores, part), key);

  return json_is_number (value) ? json_number_value (value) : NAN;
}

/* A line on what the network is better at than the simplest that could be said. */
static void
tell_baseline (const json_t *report)
{
  static const char *const parts[] = { "test", "validation", "train" }, *const words[] = { N_("test"), N_("validation"), N_("train") };
  static const char *const keys[] = { "mean_absolute_error", "accuracy" };
  const json_t *own = json_object_get (report, "target_scores"), *other = json_object_get (report, "baseline");
  const char *is = json_string_value (json_object_get (other, "is"));

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      {
        double score = get_score (own, parts[p], keys[k]), without = get_score (other, parts[p], keys[k]);
        char buf[CAM_NUMBER_BUF], other_buf[CAM_NUMBER_BUF];

        if (isnan (score) || isnan (without) || is == NULL)
          continue;
        cam_number_format (buf, score, SCORE_DIGITS);
        cam_number_format (other_buf, without, SCORE_DIGITS);
        if (g_str_equal (keys[k], "accuracy"))
          /* translators: shares of right answers: the network's, then without one */
          g_print (_("Right in the %s part: %s; by always saying what is most frequent: %s.\n"), _(words[p]), buf, other_buf);
        else if (g_str_equal (is, "last value"))
          /* translators: mean absolute errors in units of the target: the network's, then without one */
          g_print (_("Mean miss in the %s part, in units of the target: %s; by repeating the last value: %s.\n"), _(words[p]), buf, other_buf);
        else
          g_print (_("Mean miss in the %s part, in units of the target: %s; by always saying the mean: %s.\n"), _(words[p]), buf, other_buf);
        return;
      }
}

static void
tell_end (Run *self)
{
  const CamFitOutcome *outcome = cam_runner_get_outcome (self->runner);
  const json_t *report = cam_runner_get_report (self->runner);
  const json_t *rate = json_object_get (report, "rows_per_second");
  g_autofree char *end = describe_end (self);

  g_print ("%s", end);
  if (outcome->weights_of_epoch > 0 && outcome->weights_of_epoch != outcome->n_epochs)
    g_print (_(" The weights are those of epoch %u."), outcome->weights_of_epoch);
  g_print ("\n");
  tell_scores (json_object_get (report, "scores"));
  tell_baseline (report);
  g_print (_("%.2f s"), outcome->elapsed_s);
  if (json_is_number (rate))
    {
      g_autofree char *count = cam_cli_text_count ((guint64) json_number_value (rate));

      g_print (_(" · %s rows/s"), count);
    }
  g_print ("\n");
}

/* The runner ------------------------------------------------------------------------------------------------------------ */

static void
epochs_cb (CamRunner *runner,
           guint      first,
           guint      n,
           Run       *self)
{
  for (guint epoch = first; self->wants_json && epoch < first + n; epoch++)
    print_epoch (self, epoch);
}

static double
get_last (Run *self,
          int  key)
{
  guint n = cam_runner_get_n_epochs (self->runner);

  return key >= 0 && n > 0 ? cam_runner_get_value (self->runner, (guint) key, n - 1) : NAN;
}

static void
progress_cb (CamRunner *runner,
             Run       *self)
{
  const CamProgress *progress = cam_runner_get_progress (runner);
  guint n_epochs = MAX (progress->n_epochs, 1);
  g_autofree char *place = g_strdup_printf (_("Epoch %u/%u"), MIN (progress->epoch + 1, n_epochs), n_epochs);
  CamCliStanding standing = {
    .share = (progress->epoch + (progress->n_batches > 0 ? (double) progress->batch / (double) progress->n_batches : 0)) / n_epochs,
    .place = place,
    .loss = progress->epoch == 0 ? progress->loss : get_last (self, self->loss_key),
    .val_loss = get_last (self, self->val_loss_key),
    .rows_per_s = progress->rows_per_s,
    .left_s = progress->left_s,
  };

  if (cam_runner_get_state (runner) != CAM_RUNNER_STOPPING)
    cam_cli_progress_show (&self->progress, &standing);
}

static void
ended_cb (CamRunner *runner,
          Run       *self)
{
  g_main_loop_quit (self->loop);
}

static void
stop (gpointer runner)
{
  cam_runner_stop (runner);
}

static int
find_key (CamRunner  *runner,
          const char *key)
{
  const char *const *keys = cam_runner_get_keys (runner);

  for (int k = 0; keys[k] != NULL; k++)
    if (g_str_equal (keys[k], key))
      return k;
  return -1;
}

static gboolean
fit (Run            *self,
     CamExperiment  *experiment,
     CamDataset     *dataset,
     CamStore       *store,
     GError        **error)
{
  self->runner = cam_runner_new ();
  self->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (self->runner, "epochs", G_CALLBACK (epochs_cb), self);
  g_signal_connect (self->runner, "progress", G_CALLBACK (progress_cb), self);
  g_signal_connect (self->runner, "ended", G_CALLBACK (ended_cb), self);
  cam_cli_stop_watch (&self->stop, TRUE, stop, self->runner, &self->progress);
  cam_runner_set_folder (self->runner, self->out);
  if (!cam_runner_start (self->runner, experiment, dataset, store, (guint) self->n_threads, error))
    return FALSE;

  self->loss_key = find_key (self->runner, "loss");
  self->val_loss_key = find_key (self->runner, "val_loss");
  if (self->wants_json)
    print_start (self);
  else
    tell_start (self);
  /* Lines of JSON and the progress line do not go on one screen together. */
  cam_cli_progress_init (&self->progress, !(self->wants_json && isatty (STDOUT_FILENO)));
  g_main_loop_run (self->loop);
  cam_cli_progress_clear (&self->progress);
  return TRUE;
}

/* The call -------------------------------------------------------------------------------------------------------------- */

/* What the run leaves, and how it went. */
static CamCliExit
conclude (Run *self)
{
  const CamFitOutcome *outcome = cam_runner_get_outcome (self->runner);
  g_autofree char *end = describe_end (self);
  CamCliExit status = outcome->end == CAM_FIT_DIVERGED ? CAM_CLI_FAILED : CAM_CLI_DONE;

  if (self->out != NULL && !cam_cli_results_write (self->runner, self->out))
    status = CAM_CLI_FAILED;
  if (json_object_get (cam_runner_get_report (self->runner), "files_error") != NULL)
    cam_cli_complain ("%s", json_string_value (json_object_get (cam_runner_get_report (self->runner), "files_error")));
  if (cam_runner_get_store_error (self->runner) != NULL)
    {
      cam_cli_complain (_("the workspace does not have all of the run: %s"), cam_runner_get_store_error (self->runner)->message);
      status = CAM_CLI_FAILED;
    }
  if (self->wants_json)
    print_end (self);
  else
    tell_end (self);

  if (outcome->end == CAM_FIT_DIVERGED)
    cam_cli_complain ("%s %s", end, cam_cli_results_have_model (self->runner) ? _("What is kept is the best epoch before.")
                                                                              : _("There is no model; try a smaller learning rate."));
  if (self->out == NULL && self->workspace == NULL)
    cam_cli_complain (_("nothing was kept; --out DIR keeps model, history, report, predictions and charts, --workspace FILE keeps the run."));
  return status;
}

static CamCliExit
run_experiment (Run        *self,
                const char *path)
{
  GError *error = NULL;
  g_autoptr(CamExperiment) experiment = cam_cli_load_experiment (path, self->data, self->seed, &error);
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamStore) store = NULL;
  CamCliExit status = CAM_CLI_DONE;

  if (experiment == NULL)
    return cam_cli_fail (error);
  dataset = cam_cli_load_dataset (experiment, path, &error);
  if (dataset == NULL || (self->out != NULL && !cam_cli_results_prepare (self->out, &error)))
    return cam_cli_fail (error);
  /* Before there are threads. Without its driver all but the charts can still be had: the export tells what is missing. */
  if (self->out != NULL)
    cam_charts_init (NULL);
  if (self->workspace != NULL)
    {
      store = cam_store_open (self->workspace, &error);
      if (store == NULL)
        return cam_cli_fail (error);
    }

  if (!fit (self, experiment, dataset, store, &error))
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_prefix_error (&error, "%s: ", name);
      status = cam_cli_fail (error);
    }
  else
    status = conclude (self);
  /* The runner borrows the store. */
  g_clear_object (&self->runner);
  return status;
}

/* Digits only: a seed that is not taken as it was written would not repeat anything. */
static gboolean
is_seed (const char *text)
{
  guint64 value;

  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL);
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_auto(Run) job = { .n_threads = (int) g_get_num_processors () };
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &job.data, N_("The table, instead of the one the experiment names"), N_("FILE.csv") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &job.out, N_("Where model, history, report, predictions and charts go; made if it is missing"), N_("DIR") },
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &job.workspace, N_("Keep the run in this workspace as well, epoch by epoch"), N_("FILE.camadas") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &job.n_threads, N_("How many threads compute; all processors if not given. The numbers do not depend on it"), "N" },
    { "seed", 's', 0, G_OPTION_ARG_STRING, &job.seed, N_("Seed of weights, shuffling and dropout, instead of the experiment’s; the split keeps its own"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &job.wants_json, N_("Tell the run as JSON lines on standard output"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 1, 1, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  if (job.n_threads < 1 || job.n_threads > MOST_THREADS)
    return cam_cli_misuse (self, _("--threads takes a number from 1 to %d."), MOST_THREADS);
  if (job.seed != NULL && !is_seed (job.seed))
    return cam_cli_misuse (self, _("--seed takes a whole number from 0 on, not “%s”."), job.seed);
  return run_experiment (&job, operands[0]);
}

const CamCliCommand cam_cli_run = {
  .name = "run",
  .operands = "EXPERIMENT.json",
  .note = N_("Train a network as an experiment document says"),
  .help = N_("Into DIR: model.keras, history.csv, report.json, predictions.csv (of the test part), loss.svg and a chart for each metric.\n"
             "Columns of history.csv that begin with train_ are training rows measured after the epoch, as those with val_ are validation rows; loss\n"
             "and metrics without either are Keras’s averages while the network learns. Files that callbacks write go below DIR as well.\n"
             "\n"
             "Ctrl+C (SIGINT, or SIGTERM) stops as Stop does in the window: the run ends within a batch, the best model and all the other files\n"
             "are written, and the exit status is 0. A second one ends the program at once.\n"
             "\n"
             "With --json each line is an object with “event”: “start” (name, task, file, rows, inputs, outputs, epochs, batch_size, seed, keys,\n"
             "monitor), “epoch” (epoch from 1, epochs, the keys of the history, rows_per_second), “end” (report as in report.json). A value\n"
             "that is not a finite number is null."),
  .run = run,
};
