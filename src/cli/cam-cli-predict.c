/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli predict: a model's answers beside the rows of a table. */
#include <math.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>
#include <cam-predict-file.h>

#include "cam-cli-command.h"
#include "cam-cli-file-work.h"
#include "cam-cli-text.h"

typedef struct
{
  /* owned */
  CamModel         *model;
  CamWholeFile     *file;

  /* borrowed */
  const char       *path;
  const char       *out;       /* NULL: standard output */

  gboolean          wants_json;
  CamPredictedFile  told;
} Predict;

static void
predict_clear (Predict *self)
{
  g_clear_pointer (&self->model, cam_model_free);
  g_clear_pointer (&self->file, cam_whole_file_free);
  cam_file_remarks_clear (&self->told.remarks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Predict, predict_clear)

/* What there is to say about the rows goes to standard error: standard output may be the table itself. */
static void
tell (const Predict *self)
{
  const CamPredictedFile *told = &self->told;
  CamPreparation *preparation = cam_model_get_preparation (self->model);
  gsize n_predicted = told->n_rows - told->n_skipped;
  g_autofree char *n_rows = cam_cli_text_count (n_predicted);
  gboolean is_sequence = preparation != NULL && cam_preparation_is_sequence (preparation);
  char buf[CAM_NUMBER_BUF];

  g_printerr (ngettext ("%s row predicted.", "%s rows predicted.", n_predicted), n_rows);
  if (told->n_skipped > 0)
    {
      g_autofree char *n_skipped = cam_cli_text_count (told->n_skipped);

      g_printerr (" ");
      if (is_sequence)
        g_printerr (ngettext ("%s row has not enough rows without a gap before it; its prediction is empty.",
                              "%s rows have not enough rows without a gap before them; their predictions are empty.", told->n_skipped), n_skipped);
      else
        g_printerr (ngettext ("%s row misses a value that the model needs; its prediction is empty.",
                              "%s rows miss a value that the model needs; their predictions are empty.", told->n_skipped), n_skipped);
    }
  if (told->n_to_come > 0)
    {
      g_autofree char *n_to_come = cam_cli_text_count (told->n_to_come);

      g_printerr (" ");
      g_printerr (ngettext ("%s row to come follows the table’s.", "%s rows to come follow the table’s.", told->n_to_come), n_to_come);
    }
  if (isfinite (told->accuracy))
    g_printerr (_(" Right where the file has the answer: %s %%."), cam_number_format (buf, told->accuracy * 100, 4));
  if (isfinite (told->error))
    g_printerr (_(" Mean miss where the file has the answer: %s."), cam_number_format (buf, told->error, 4));
  g_printerr ("\n");
}

static json_t *
number_or_null (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

static void
print_end (const Predict *self)
{
  const CamPredictedFile *told = &self->told;
  g_autofree char *shown = g_filename_display_name (self->out);

  cam_cli_print_event (json_pack ("{s:s, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:s}", "event", "end", "rows", (json_int_t) told->n_rows, "skipped", (json_int_t) told->n_skipped,
                          "to_come", (json_int_t) told->n_to_come, "known", (json_int_t) told->n_known,
                          "accuracy", number_or_null (told->accuracy), "error", number_or_null (told->error), "remarks", cam_cli_list_remarks (&told->remarks), "out", shown));
}

static gboolean                               /* file thread */
work (gpointer         data,
      CamCsvProgress   progress,
      gpointer         tell_to,
      GCancellable    *cancellable,
      GError         **error)
{
  Predict *self = data;

  return cam_model_predict_file (self->model, self->path, self->file, progress, tell_to, cancellable, &self->told, error) &&
         (self->out == NULL || cam_whole_file_commit (self->file, error));
}

static CamCliExit
predict (Predict    *self,
         const char *model_path)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  /* translators: on a terminal, while the rows of a file are predicted */
  g_autofree char *place = g_strdup_printf (_("Predicting %s"), name);
  GError *error = NULL;

  self->model = cam_model_load (model_path, &error);
  if (self->model != NULL)
    self->file = cam_whole_file_new (self->out, &error);
  if (self->file == NULL)
    return cam_cli_fail (error);
  if (!cam_cli_file_work (self->path, place, self->wants_json, work, self, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return cam_cli_fail (error);
      g_clear_error (&error);
      cam_cli_complain (_("stopped; nothing was written."));
      return CAM_CLI_FAILED;
    }
  if (self->out == NULL && !cam_whole_file_copy (self->file, STDOUT_FILENO, &error))
    {
      cam_cli_complain (_("standard output cannot be written: %s"), error->message);
      g_clear_error (&error);
      return CAM_CLI_FAILED;
    }
  if (self->wants_json)
    print_end (self);
  tell (self);
  cam_cli_tell_remarks (self->path, &self->told.remarks);
  return CAM_CLI_DONE;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autofree char *out = NULL;
  g_auto(Predict) job = { NULL };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("Write the table into FILE instead of standard output"), N_("FILE.csv") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &job.wants_json, N_("Tell the work as JSON lines on standard output; needs --out"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 2, 2, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  if (job.wants_json && out == NULL)
    return cam_cli_misuse (self, _("--json needs --out FILE.csv: standard output cannot be both the table and the lines of JSON."));
  job.path = operands[1];
  job.out = out;
  return predict (&job, operands[0]);
}

const CamCliCommand cam_cli_predict = {
  .name = "predict",
  .operands = "MODEL.keras DATA.csv",
  .note = N_("Put a model’s predictions beside the rows of a table"),
  .help = N_("The result has the columns of DATA.csv, then the predicted class or values, and a probability for each class. A row that misses a\n"
             "value the model needs has empty predictions; so has a row of a sequence without a full window before it. A forecast stands in the row that\n"
             "it is about, and rows that follow the end of the table come last. An autoencoder tells how far off it is, and what came back.\n\n"
             "Rows are read, predicted and written as they come, so DATA.csv may be larger than memory. The result is whole or not there at all; Ctrl+C\n"
             "ends the work without one. With --json each line is an object with “event”: “progress” (rows, share, rows_per_second), “end” (rows,\n"
             "skipped, to_come, known, accuracy, error, remarks, out)."),
  .run = run,
};
