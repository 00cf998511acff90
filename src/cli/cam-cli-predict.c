/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli predict: a model's answers beside the rows of a table. */
#include <math.h>

#include <glib/gi18n-lib.h>

#include <cam-model.h>
#include <cam-number.h>

#include "cam-cli-command.h"
#include "cam-cli-data.h"
#include "cam-cli-text.h"

/* What there is to say about the rows goes to standard error: standard output may be the table itself. */
static void
tell (const CamModel       *model,
      const CamTable       *table,
      const CamPredictions *predictions)
{
  g_autoptr(CamTruth) truth = cam_model_compare (model, table, predictions);
  g_autofree char *n_rows = cam_cli_text_count (predictions->n_rows - predictions->n_skipped);
  gboolean is_sequence = cam_model_get_preparation (model) != NULL && cam_preparation_is_sequence (cam_model_get_preparation (model));
  char buf[CAM_NUMBER_BUF];

  g_printerr (ngettext ("%s row predicted.", "%s rows predicted.", predictions->n_rows - predictions->n_skipped), n_rows);
  if (predictions->n_skipped > 0)
    {
      g_autofree char *n_skipped = cam_cli_text_count (predictions->n_skipped);

      g_printerr (" ");
      if (is_sequence)
        g_printerr (ngettext ("%s row has not enough rows without a gap before it; its prediction is empty.",
                              "%s rows have not enough rows without a gap before them; their predictions are empty.", predictions->n_skipped), n_skipped);
      else
        g_printerr (ngettext ("%s row misses a value that the model needs; its prediction is empty.",
                              "%s rows miss a value that the model needs; their predictions are empty.", predictions->n_skipped), n_skipped);
    }
  if (predictions->n_to_come > 0)
    {
      g_autofree char *n_to_come = cam_cli_text_count (predictions->n_to_come);

      g_printerr (" ");
      g_printerr (ngettext ("%s row to come follows the table’s.", "%s rows to come follow the table’s.", predictions->n_to_come), n_to_come);
    }
  if (truth != NULL && isfinite (truth->accuracy))
    g_printerr (_(" Right where the file has the answer: %s %%."), cam_number_format (buf, truth->accuracy * 100, 4));
  if (truth != NULL && isfinite (truth->error))
    g_printerr (_(" Mean miss where the file has the answer: %s."), cam_number_format (buf, truth->error, 4));
  g_printerr ("\n");
}

static CamCliExit
predict (const char *model_path,
         const char *data_path,
         const char *out)
{
  GError *error = NULL;
  g_autoptr(CamModel) model = cam_model_load (model_path, &error);
  g_autoptr(CamCsvResult) data = NULL;
  g_autoptr(CamPredictions) predictions = NULL;
  g_autoptr(json_t) kinds = NULL;

  if (model == NULL)
    return cam_cli_fail (error);
  if (cam_model_get_preparation (model) != NULL)
    kinds = cam_preparation_dup_kinds (cam_model_get_preparation (model));
  data = cam_cli_read_source (data_path, NULL, kinds, &error);
  if (data == NULL)
    return cam_cli_fail (error);
  predictions = cam_model_predict (model, data->table, &error);
  if (predictions == NULL)
    {
      g_autofree char *name = g_filename_display_name (data_path);

      g_prefix_error (&error, "%s: ", name);
      return cam_cli_fail (error);
    }

  if (out == NULL)
    {
      g_autoptr(GString) csv = cam_predictions_to_csv (predictions, data->table, NULL, 0);

      cam_cli_write (csv->str, csv->len);
    }
  else if (!cam_predictions_save (predictions, data->table, out, &error))
    return cam_cli_fail (error);
  tell (model, data->table, predictions);
  return CAM_CLI_DONE;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autofree char *out = NULL;
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_("Write the table into FILE instead of standard output"), N_("FILE.csv") },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 2, 2, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  return predict (operands[0], operands[1], out);
}

const CamCliCommand cam_cli_predict = {
  .name = "predict",
  .operands = "MODEL.keras DATA.csv",
  .note = N_("Put a model’s predictions beside the rows of a table"),
  .help = N_("The result has the columns of DATA.csv, then the predicted class or values, and a probability for each class. A row that misses a\n"
             "value the model needs has empty predictions; so has a row of a sequence without a full window before it. A forecast stands in the row that\n"
             "it is about, and rows that follow the end of the table come last. An autoencoder tells how far off it is, and what came back."),
  .run = run,
};
