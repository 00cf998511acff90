/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli study: the runs of a plan side by side, kept in a workspace, so that a study that was cut short is taken up where it was. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include <cam-study-chart.h>

#include "cam-cli-command.h"
#include "cam-cli-curves.h"
#include "cam-cli-data.h"
#include "cam-cli-progress.h"
#include "cam-cli-results.h"
#include "cam-cli-stop.h"
#include "cam-cli-text.h"

#define MOST_THREADS 1024
#define MEASURE_S 0.3

typedef struct
{
  /* The call. */
  char          *data, *out, *workspace;
  int            n_threads;
  gboolean       wants_json, resumes;

  /* The study. */
  CamPlan       *plan;
  CamStore      *store;
  CamStudy      *study;
  GMainLoop     *loop;
  CamCliProgress progress;
  CamCliStop     stop;
  gint64         began;         /* monotonic µs … */
  double         began_share;   /* … and how much was done then */
} Job;

static void
job_clear (Job *self)
{
  g_free (self->data);
  g_free (self->out);
  g_free (self->workspace);
  g_clear_object (&self->study);
  g_clear_pointer (&self->store, cam_store_close);
  g_clear_pointer (&self->plan, cam_plan_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static char *
describe_time (double seconds)
{
  guint64 whole = (guint64) ceil (MIN (seconds, 3.15e8));

  if (whole < 120)
    return g_strdup_printf (ngettext ("%u second", "%u seconds", (guint) whole), (guint) whole);
  if (whole < 7200)
    return g_strdup_printf (_("%u minutes"), (guint) (whole / 60));
  return g_strdup_printf (_("%u h %02u min"), (guint) (whole / 3600), (guint) (whole / 60 % 60));
}

/* How much there is to do, before it begins. */
static void
tell_start (Job *self)
{
  guint n_runs = cam_plan_get_n_runs (self->plan), n_done = cam_study_get_n_done (self->study);
  double seconds = n_done < n_runs ? cam_study_estimate (self->study, cam_study_measure (self->study, MEASURE_S)) : 0.0;

  if (self->wants_json)
    {
      cam_cli_print_event (json_pack ("{s:s, s:s, s:I, s:i, s:i, s:i, s:s, s:o}", "event", "start", "name", cam_plan_get_name (self->plan), "study", (json_int_t) cam_study_get_id (self->study),
                              "runs", (int) n_runs, "done", (int) n_done, "threads", self->n_threads, "monitor", cam_plan_get_monitor (self->plan),
                              "estimated_seconds", isfinite (seconds) ? json_real (seconds) : json_null ()));
      return;
    }

  g_print (ngettext ("%u run, %d at a time", "%u runs, %d at a time", n_runs), n_runs, self->n_threads);
  if (n_done > 0)
    g_print (ngettext (", %u of them done before", ", %u of them done before", n_done), n_done);
  if (isfinite (seconds) && n_done < n_runs)
    {
      g_autofree char *time = describe_time (seconds);

      /* translators: a time, as in “90 seconds” */
      g_print (_("; about %s, less where runs stop early"), time);
    }
  g_print (".\n");
}

static void
run_ended_cb (CamStudy *study,
              guint     place,
              Job      *self)
{
  CamPlanPlace at = cam_plan_find_place (self->plan, place);
  CamPlanRepeat repeat = cam_plan_get_repeat (self->plan, at.repeat);
  CamStudyResult result;

  if (!self->wants_json)
    return;
  cam_study_get_result (study, place, &result);
  cam_cli_print_event (json_pack ("{s:s, s:i, s:s, s:I, s:o, s:O, s:O?, s:O?, s:O?, s:i, s:i}", "event", "run", "run", (int) place + 1,
                          "setting", cam_plan_get_label (self->plan, result.setting), "seed", (json_int_t) repeat.seed, "fold", repeat.fold > 0 ? json_integer (repeat.fold) : json_null (),
                          "values", cam_plan_get_values (self->plan, result.setting), "end", json_object_get (result.report, "end"),
                          "epochs", json_object_get (result.report, "epochs"), "scores", json_object_get (result.report, "scores"),
                          "done", (int) cam_study_get_n_done (study), "runs", (int) cam_plan_get_n_runs (self->plan)));
}

static void
progress_cb (CamStudy *study,
             Job      *self)
{
  guint n_runs = cam_plan_get_n_runs (self->plan), n_done = cam_study_get_n_done (study);
  g_autofree char *place = g_strdup_printf (_("Run %u/%u"), MIN (n_done + 1, n_runs), n_runs);
  double share = cam_study_get_share (study), gained = share - self->began_share, elapsed_s = (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC;
  CamCliStanding standing = { .share = share, .place = place, .loss = NAN, .val_loss = NAN, .rows_per_s = NAN,
                              .left_s = gained > 0.01 ? elapsed_s / gained * (1.0 - share) : NAN };

  cam_cli_progress_show (&self->progress, &standing);
}

static void
ended_cb (CamStudy *study,
          Job      *self)
{
  g_main_loop_quit (self->loop);
}

static void
stop (gpointer study)
{
  cam_study_stop (study);
}

static gboolean
write_table (Job     *self,
             GError **error)
{
  g_autofree char *path = g_build_filename (self->out, "study.csv", NULL);
  g_autofree char *text = cam_study_to_csv (self->study);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

/* A picture each, of what is done. */
static gboolean
write_charts (Job     *self,
              GError **error)
{
  g_autoptr(GPtrArray) pictures = cam_study_list_pictures (self->study);

  for (guint i = 0; i < pictures->len; i++)
    {
      const CamStudyPicture *picture = g_ptr_array_index (pictures, i);
      g_autofree char *name = g_strdelimit (g_strconcat (picture->id, ".svg", NULL), "/", '_');
      g_autofree char *path = g_build_filename (self->out, name, NULL);
      g_autoptr(CamChart) chart = cam_study_picture_new (self->study, picture->id);

      if (!cam_chart_export (chart, path, CAM_CLI_CHART_WIDTH, CAM_CLI_CHART_HEIGHT, CAM_CLI_CHART_DPI, cam_chart_theme_get (CAM_THEME_LIGHT), FALSE, error))
        return FALSE;
    }

  return TRUE;
}

/* What the study leaves, and what it says. */
static CamCliExit
conclude (Job *self)
{
  guint n_runs = cam_plan_get_n_runs (self->plan), n_done = cam_study_get_n_done (self->study);
  g_autofree char *words = cam_study_describe (self->study);
  CamCliExit status = CAM_CLI_DONE;
  GError *error = NULL;

  if (self->out != NULL && !write_table (self, &error))
    status = cam_cli_fail (error);
  g_clear_error (&error);
  if (self->out != NULL && !write_charts (self, &error))
    status = cam_cli_fail (error);
  if (self->wants_json)
    cam_cli_print_event (json_pack ("{s:s, s:i, s:i, s:s}", "event", "end", "runs", (int) n_runs, "done", (int) n_done, "summary", words));
  else
    {
      g_print (ngettext ("%u of %u run is done.\n", "%u of %u runs are done.\n", n_runs), n_done, n_runs);
      g_print ("%s", words);
    }
  if (cam_study_get_error (self->study) != NULL)
    {
      cam_cli_complain ("%s", cam_study_get_error (self->study)->message);
      status = CAM_CLI_FAILED;
    }
  if (n_done < n_runs && self->store != NULL)
    cam_cli_complain (_("the same call with --resume does the rest."));
  if (self->store == NULL)
    cam_cli_complain (_("nothing was kept; --out DIR keeps the table and the runs, --workspace FILE keeps the runs there."));
  return status;
}

static gboolean
open_store (Job     *self,
            GError **error)
{
  g_autofree char *own = self->out != NULL ? g_build_filename (self->out, "study.camadas", NULL) : NULL;
  const char *path = self->workspace != NULL ? self->workspace : own;

  if (path == NULL)
    return TRUE;
  self->store = cam_store_open (path, error);

  return self->store != NULL;
}

/* The study to be taken up. */
static gboolean
find_study (Job        *self,
            const char *document,
            gint64     *study,
            GError    **error)
{
  *study = 0;
  if (!self->resumes)
    return TRUE;
  *study = cam_study_find (self->store, self->plan);
  if (*study != 0)
    return TRUE;

  g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON,
               _("%s: the workspace has no study of this very plan; without --resume a new one begins."), document);
  return FALSE;
}

/* @data: (nullable): the table, instead of the one that the experiment names. */
static CamPlan *
load_plan (const char  *path,
           const char  *data,
           GError     **error)
{
  g_autoptr(CamPlan) plan = cam_plan_load (path, error);
  g_autofree char *text = NULL, *absolute = NULL, *folder = NULL;
  g_autoptr(json_t) json = NULL;
  CamPlan *other;

  if (plan == NULL || data == NULL)
    return g_steal_pointer (&plan);
  text = cam_plan_to_text (plan);
  json = cam_json_parse (text, strlen (text), error);
  if (json == NULL)
    return NULL;
  absolute = g_canonicalize_filename (data, NULL);
  json_object_set_new (json_object_get (json_object_get (json, "experiment"), "data"), "file", json_string (absolute));
  folder = g_path_get_dirname (path);
  other = cam_plan_new_from_json (json, folder, error);
  if (other == NULL)
    g_prefix_error (error, "%s: ", path);

  return other;
}

static CamCliExit
run_study (Job        *self,
           const char *path)
{
  g_autoptr(CamCsvResult) table = NULL;
  GError *error = NULL;
  gint64 study;

  self->plan = load_plan (path, self->data, &error);
  if (self->plan == NULL)
    return cam_cli_fail (error);
  /* Before there are threads, as for a run. */
  if (self->out != NULL)
    cam_charts_init (NULL);
  table = cam_cli_read_table (cam_plan_get_experiment (self->plan), path, &error);
  if (table == NULL || (self->out != NULL && !cam_cli_results_prepare (self->out, &error)) || !open_store (self, &error) || !find_study (self, path, &study, &error))
    return cam_cli_fail (error);

  self->study = cam_study_new (self->plan, table->table, self->store, (guint) self->n_threads);
  self->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (self->study, "run-ended", G_CALLBACK (run_ended_cb), self);
  g_signal_connect (self->study, "progress", G_CALLBACK (progress_cb), self);
  g_signal_connect (self->study, "ended", G_CALLBACK (ended_cb), self);
  if (!cam_study_start (self->study, study, &error))
    {
      g_prefix_error (&error, "%s: ", path);
      return cam_cli_fail (error);
    }

  tell_start (self);
  cam_cli_stop_watch (&self->stop, TRUE, stop, self->study, &self->progress);
  cam_cli_progress_init (&self->progress, !(self->wants_json && isatty (STDOUT_FILENO)));
  self->began = g_get_monotonic_time ();
  self->began_share = cam_study_get_share (self->study);
  g_main_loop_run (self->loop);
  cam_cli_progress_clear (&self->progress);

  return conclude (self);
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_auto(Job) job = { .n_threads = (int) g_get_num_processors () };
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &job.data, N_("The table, instead of the one the experiment names"), N_("FILE.csv") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &job.out, N_("Where study.csv and the charts go, and the runs where no workspace is given; made if it is missing"), N_("DIR") },
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &job.workspace, N_("Keep study and runs in this workspace"), N_("FILE.camadas") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &job.n_threads, N_("How many runs at a time; as many as processors if not given. The numbers do not depend on it"), "N" },
    { "resume", 'r', 0, G_OPTION_ARG_NONE, &job.resumes, N_("Take up the study of this plan that was cut short"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &job.wants_json, N_("Tell the study as JSON lines on standard output"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 1, 1, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  if (job.n_threads < 1 || job.n_threads > MOST_THREADS)
    return cam_cli_misuse (self, _("--threads takes a number from 1 to %d."), MOST_THREADS);
  if (job.resumes && job.out == NULL && job.workspace == NULL)
    return cam_cli_misuse (self, _("--resume needs --workspace FILE, or the --out DIR of before."));
  return run_study (&job, operands[0]);
}

const CamCliCommand cam_cli_study = {
  .name = "study",
  .operands = "PLAN.json",
  .note = N_("Make the runs of a study plan: repeats, comparisons, folds, learning curves, searches"),
  .help = N_("Into DIR: study.csv, a row for each run that is done: setting, seed, fold, the settings that differ, end, epochs, scores. It has no times,\n"
             "so that the same plan gives the same table, however many runs go at a time and however often the study was cut short.\n"
             "\n"
             "A chart each as SVG: scores and, by epoch, KEY for loss and each metric as validated (val_loss.svg).\n"
             "  compare: time, dead-units, gradients, activations, probabilities\n"
             "  learning-curve: learning-curve and one for each metric (learning-curve-accuracy.svg), in place of scores\n"
             "  search: parallel, importance, slice-SETTING for each setting, best, stages of halving\n"
             "\n"
             "Ctrl+C (SIGINT, SIGTERM, or SIGHUP where nohup does not forbid it) stops: what is done is written and told, and the exit status is 0; --resume does the rest. A run that was\n"
             "under way goes on where it was. A second one ends the program at once.\n"
             "\n"
             "With --json each line is an object with “event”: “start” (name, study, runs, done, threads, monitor, estimated_seconds), “run” (run, setting,\n"
             "seed, fold, values, end, epochs, scores, done, runs), “end” (runs, done, summary)."),
  .run = run,
};
