/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli evaluate: loss and metrics of a model on a table that has the answers. */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-evaluate-file.h>
#include <cam-number.h>

#include "cam-cli-command.h"
#include "cam-cli-file-work.h"
#include "cam-cli-text.h"

/* A matrix of more classes does not go on a terminal. */
#define MOST_SHOWN 12

typedef struct
{
  CamModel      *model;        /* owned */
  CamFileScores  scores;
  const char    *path;         /* borrowed */
} Evaluate;

static void
evaluate_clear (Evaluate *self)
{
  g_clear_pointer (&self->model, cam_model_free);
  cam_file_scores_clear (&self->scores);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Evaluate, evaluate_clear)

static void
print_json (const CamFileScores *scores)
{
  g_autoptr(json_t) values = json_object ();
  g_autoptr(json_t) line = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; scores->keys[i] != NULL; i++)
    json_object_set_new (values, scores->keys[i], isfinite (scores->values[i]) ? json_real (scores->values[i]) : json_null ());
  line = json_pack ("{s:I, s:I, s:O}", "rows", (json_int_t) scores->n_rows, "skipped", (json_int_t) scores->n_skipped, "scores", values);
  json_object_update (line, scores->by_task);
  json_object_set_new (line, "remarks", cam_cli_list_remarks (&scores->remarks));
  text = cam_json_dump (line, FALSE);
  cam_cli_write (text, strlen (text));
  cam_cli_write ("\n", 1);
}

static char *
dup_number (const json_t *value)
{
  char buf[CAM_NUMBER_BUF];

  if (json_is_integer (value))
    return cam_cli_text_count ((guint64) json_integer_value (value));

  return g_strdup (json_is_number (value) ? cam_number_format (buf, json_number_value (value), 6) : "–");
}

static void
print_table (CamCliTable *table)
{
  g_autofree char *text = cam_cli_table_format (table, 0);

  g_print ("%s", text);
}

/* Loss and metrics, then what the task is scored by besides. */
static void
print_scores (const CamFileScores *scores)
{
  g_autoptr(CamCliTable) table = cam_cli_table_new ("lr");
  g_autofree char *rows = cam_cli_text_count (scores->n_rows);
  const char *key;
  json_t *value;

  cam_cli_table_add (table, _("rows"), rows, NULL);
  if (scores->n_skipped > 0)
    {
      g_autofree char *skipped = cam_cli_text_count (scores->n_skipped);

      cam_cli_table_add (table, _("left out, a value is missing"), skipped, NULL);
    }
  for (guint i = 0; scores->keys[i] != NULL; i++)
    {
      char buf[CAM_NUMBER_BUF];

      cam_cli_table_add (table, scores->keys[i], cam_number_format (buf, scores->values[i], 6), NULL);
    }
  json_object_foreach (json_object_get (scores->by_task, "details"), key, value)
    if (!g_strv_contains ((const char *const *) scores->keys, key))
      {
        g_autofree char *number = dup_number (value);

        cam_cli_table_add (table, key, number, NULL);
      }
  print_table (table);
}

/* An object each, with the same keys: the first is a name, the others are numbers. */
static void
print_list (const json_t *list)
{
  const json_t *first = json_array_get (list, 0);
  gsize n = json_object_size (first);
  g_autofree char *alignment = g_strnfill (n, 'r');
  g_autoptr(CamCliTable) table = NULL;
  char **cells = g_new0 (char *, n + 1);
  const char *key;
  json_t *value, *one;
  gsize i = 0;

  alignment[0] = 'l';
  table = cam_cli_table_new (alignment);
  json_object_foreach ((json_t *) first, key, value)
    cells[i++] = g_strdup (key);
  cam_cli_table_take (table, cells);
  json_array_foreach ((json_t *) list, i, one)
    {
      gsize k = 0;

      cells = g_new0 (char *, n + 1);
      json_object_foreach (one, key, value)
        cells[k++] = json_is_string (value) ? cam_cli_text_clean (json_string_value (value)) : dup_number (value);
      cam_cli_table_take (table, cells);
    }
  g_print ("\n");
  print_table (table);
}

static void
print_confusion (const json_t *confusion)
{
  const json_t *names = json_object_get (confusion, "classes"), *counts = json_object_get (confusion, "counts");
  gsize n = json_array_size (names), i, k;
  g_autofree char *alignment = g_strnfill (n + 1, 'r');
  g_autoptr(CamCliTable) table = NULL;
  char **cells = g_new0 (char *, n + 2);
  json_t *row, *value;

  alignment[0] = 'l';
  table = cam_cli_table_new (alignment);
  /* translators: over a matrix on a terminal: what a row is, and what a column is */
  cells[0] = g_strdup (_("truth ↓  said →"));
  for (i = 0; i < n; i++)
    cells[i + 1] = cam_cli_text_clean (json_string_value (json_array_get (names, i)));
  cam_cli_table_take (table, cells);
  json_array_foreach ((json_t *) counts, i, row)
    {
      cells = g_new0 (char *, n + 2);
      cells[0] = cam_cli_text_clean (json_string_value (json_array_get (names, i)));
      json_array_foreach (row, k, value)
        cells[k + 1] = dup_number (value);
      cam_cli_table_take (table, cells);
    }
  g_print ("\n");
  print_table (table);
}

static void
print_text (const CamFileScores *scores)
{
  static const char *const lists[] = { "classes", "labels", "targets" };
  const json_t *confusion = json_object_get (scores->by_task, "confusion");

  print_scores (scores);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (json_array_size (json_object_get (scores->by_task, lists[i])) > 0)
      print_list (json_object_get (scores->by_task, lists[i]));
  if (confusion != NULL && json_array_size (json_object_get (confusion, "classes")) <= MOST_SHOWN)
    print_confusion (confusion);
}

static gboolean                               /* file thread */
work (gpointer         data,
      CamCsvProgress   progress,
      gpointer         tell_to,
      GCancellable    *cancellable,
      GError         **error)
{
  Evaluate *self = data;

  return cam_model_evaluate_file (self->model, self->path, progress, tell_to, cancellable, &self->scores, error);
}

static CamCliExit
evaluate (Evaluate   *self,
          const char *model_path,
          gboolean    wants_json)
{
  g_autofree char *name = g_filename_display_basename (self->path), *model_name = g_filename_display_name (model_path);
  /* translators: on a terminal, while a model is measured on the rows of a file */
  g_autofree char *place = g_strdup_printf (_("Evaluating %s"), name);
  GError *error = NULL;

  self->model = cam_model_load (model_path, &error);
  if (self->model == NULL)
    return cam_cli_fail (error);
  if (cam_model_get_preparation (self->model) == NULL || cam_model_get_loss (self->model) == NULL)
    {
      cam_cli_complain (_("%s does not say which column is the target and what its loss is; only models saved by Camadas do."), model_name);
      return CAM_CLI_FAILED;
    }
  if (!cam_cli_file_work (self->path, place, FALSE, work, self, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return cam_cli_fail (error);
      g_clear_error (&error);
      cam_cli_complain (_("stopped; there are no scores."));
      return CAM_CLI_FAILED;
    }
  if (wants_json)
    print_json (&self->scores);
  else
    print_text (&self->scores);
  cam_cli_tell_remarks (self->path, &self->scores.remarks);
  return CAM_CLI_DONE;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_auto(Evaluate) job = { NULL };
  gboolean wants_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &wants_json, N_("One JSON object instead of tables"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 2, 2, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  job.path = operands[1];
  return evaluate (&job, operands[0], wants_json);
}

const CamCliCommand cam_cli_evaluate = {
  .name = "evaluate",
  .operands = "MODEL.keras DATA.csv",
  .note = N_("Score a model on a table that has the right answers"),
  .help = N_("Loss and metrics of the model, then the scores of its task: of two classes precision, recall, specificity, F1, balanced accuracy, Matthews’s\n"
             "coefficient, the areas under the ROC curve and the precision–recall curve, the Brier score; of more classes or labels the same by class and\n"
             "averaged; of numbers R² and the errors in the target’s units. Rows are read as they come, so DATA.csv may be larger than memory; the two areas\n"
             "take five bytes of memory a row, and some thirty more in the end.\n\n"
             "With --json: rows, skipped, scores (loss and metrics), task, details (the other scores); of classes “confusion” (the truth by row) and “classes”,\n"
             "of labels “labels”, of several targets “targets”; remarks: what was odd in the file. A score that cannot be computed is null."),
  .run = run,
};
