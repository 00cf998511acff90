/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli evaluate: loss and metrics of a model on a table that has the answers. */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-fit.h>
#include <cam-model.h>
#include <cam-number.h>

#include "cam-cli-command.h"
#include "cam-cli-data.h"
#include "cam-cli-text.h"

/* As Keras evaluates where nobody says otherwise; it matters where a network masks steps. */
#define USUAL_BATCH 32

typedef struct
{
  char   **names;
  double  *values;
  gsize    n_rows;
  gsize    n_skipped;
} Scores;

static void
scores_clear (Scores *self)
{
  g_strfreev (self->names);
  g_free (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scores, scores_clear)

static gboolean
has_answers (const CamPreparation  *steps,
             const CamTable        *table,
             GError               **error)
{
  for (guint i = 0; i < cam_preparation_get_n_targets (steps); i++)
    if (cam_table_find (table, cam_preparation_get_target_name (steps, i)) < 0)
      {
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN,
                     _("there is no column “%s” with the right answers; “camadas-cli predict” does without."), cam_preparation_get_target_name (steps, i));
        return FALSE;
      }
  return TRUE;
}

static gboolean
evaluate_table (const CamModel  *model,
                const CamTable  *table,
                Scores          *scores,
                GError         **error)
{
  CamPreparation *steps = cam_model_get_preparation (model);
  g_autoptr(CamNetwork) network = NULL;
  g_auto(CamPrepared) prepared = { NULL };
  CamSamples samples = { NULL };

  if (!has_answers (steps, table, error) || !cam_preparation_apply (steps, table, TRUE, &prepared, error))
    return FALSE;
  if (prepared.n_rows == 0 || prepared.y == NULL)
    {
      g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS, _("no row has all the values that the model needs, and the right answer."));
      return FALSE;
    }

  scores->n_rows = prepared.n_rows;
  scores->n_skipped = cam_table_get_n_rows (table) - scores->n_rows;
  network = cam_network_copy (cam_model_get_network (model));
  samples = (CamSamples) { prepared.x, prepared.y, scores->n_rows, cam_preparation_get_n_inputs (steps), cam_preparation_get_n_outputs (steps), NULL };
  scores->names = cam_evaluate (network, cam_model_get_loss (model), cam_model_get_metrics (model), NULL, &samples, USUAL_BATCH, &scores->values, error);
  return scores->names != NULL;
}

static void
print_json (const Scores *scores)
{
  g_autoptr(json_t) values = json_object ();
  g_autoptr(json_t) line = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; scores->names[i] != NULL; i++)
    json_object_set_new (values, scores->names[i], isfinite (scores->values[i]) ? json_real (scores->values[i]) : json_null ());
  line = json_pack ("{s:I, s:I, s:O}", "rows", (json_int_t) scores->n_rows, "skipped", (json_int_t) scores->n_skipped, "scores", values);
  text = cam_json_dump (line, FALSE);
  cam_cli_write (text, strlen (text));
  cam_cli_write ("\n", 1);
}

static void
print_text (const Scores *scores)
{
  g_autoptr(CamCliTable) table = cam_cli_table_new ("lr");
  g_autofree char *text = NULL;
  g_autofree char *rows = cam_cli_text_count (scores->n_rows);

  cam_cli_table_add (table, _("rows"), rows, NULL);
  if (scores->n_skipped > 0)
    {
      g_autofree char *skipped = cam_cli_text_count (scores->n_skipped);

      cam_cli_table_add (table, _("left out, a value is missing"), skipped, NULL);
    }
  for (guint i = 0; scores->names[i] != NULL; i++)
    {
      char buf[CAM_NUMBER_BUF];

      cam_cli_table_add (table, scores->names[i], cam_number_format (buf, scores->values[i], 6), NULL);
    }
  text = cam_cli_table_format (table, 0);
  g_print ("%s", text);
}

static CamCliExit
evaluate (const char *model_path,
          const char *data_path,
          gboolean    wants_json)
{
  GError *error = NULL;
  g_autoptr(CamModel) model = cam_model_load (model_path, &error);
  g_autofree char *model_name = g_filename_display_name (model_path);
  g_autofree char *data_name = g_filename_display_name (data_path);
  g_autoptr(CamCsvResult) data = NULL;
  g_auto(Scores) scores = { NULL };
  g_autoptr(json_t) kinds = NULL;

  if (model == NULL)
    return cam_cli_fail (error);
  if (cam_model_get_preparation (model) == NULL || cam_model_get_loss (model) == NULL)
    {
      cam_cli_complain (_("%s does not say which column is the target and what its loss is; only models saved by Camadas do."), model_name);
      return CAM_CLI_FAILED;
    }
  kinds = cam_preparation_dup_kinds (cam_model_get_preparation (model));
  data = cam_cli_read_source (data_path, NULL, kinds, &error);
  if (data == NULL)
    return cam_cli_fail (error);
  if (!evaluate_table (model, data->table, &scores, &error))
    {
      g_prefix_error (&error, "%s: ", data_name);
      return cam_cli_fail (error);
    }
  if (wants_json)
    print_json (&scores);
  else
    print_text (&scores);
  return CAM_CLI_DONE;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  gboolean wants_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &wants_json, N_("One JSON object with rows, skipped and scores"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 2, 2, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  return evaluate (operands[0], operands[1], wants_json);
}

const CamCliCommand cam_cli_evaluate = {
  .name = "evaluate",
  .operands = "MODEL.keras DATA.csv",
  .note = N_("Score a model on a table that has the right answers"),
  .run = run,
};
