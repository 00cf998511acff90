/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a run. */
#include "cam-cli-results.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include <cam-model.h>
#include <cam-number.h>

#include "cam-cli-command.h"
#include "cam-cli-curves.h"

#define HISTORY_DIGITS 9

gboolean
cam_cli_results_prepare (const char  *dir,
                         GError     **error)
{
  g_autofree char *shown = g_filename_display_name (dir);
  int reason = 0;

  if (g_mkdir_with_parents (dir, 0777) != 0)
    reason = errno;
  else if (access (dir, W_OK | X_OK) != 0)
    reason = errno;
  if (reason == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), _("--out: the folder “%s” cannot be written to: %s."), shown, g_strerror (reason));
  return FALSE;
}

static gboolean
write_text (const char  *path,
            const char  *text,
            gsize        length,
            GError     **error)
{
  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

static gboolean
write_history (CamRunner   *runner,
               const char  *path,
               GError     **error)
{
  const char *const *keys = cam_runner_get_keys (runner);
  g_autoptr(GString) out = g_string_new ("epoch");
  char buf[CAM_NUMBER_BUF];

  for (guint k = 0; keys[k] != NULL; k++)
    g_string_append_printf (out, ",%s", keys[k]);
  g_string_append_c (out, '\n');
  for (guint epoch = 0; epoch < cam_runner_get_n_epochs (runner); epoch++)
    {
      g_string_append_printf (out, "%u", epoch + 1);
      for (guint k = 0; keys[k] != NULL; k++)
        g_string_append_printf (out, ",%s", cam_number_format (buf, cam_runner_get_value (runner, k, epoch), HISTORY_DIGITS));
      g_string_append_c (out, '\n');
    }
  return write_text (path, out->str, out->len, error);
}

static gboolean
write_report (CamRunner   *runner,
              const char  *path,
              GError     **error)
{
  return cam_json_save (cam_runner_get_report (runner), path, error);
}

static gboolean
write_model (CamRunner   *runner,
             const char  *path,
             GError     **error)
{
  g_autoptr(CamModel) model = cam_model_new (cam_runner_get_network (runner), cam_dataset_get_preparation (cam_runner_get_dataset (runner)),
                                             cam_runner_get_experiment (runner));

  return cam_model_save (model, path, error);
}

/* The test part; without one, the header alone, so that no older file passes for this run's. */
static gboolean
write_predictions (CamRunner   *runner,
                   const char  *path,
                   GError     **error)
{
  CamDataset *dataset = cam_runner_get_dataset (runner);
  CamTable *table = cam_dataset_get_table (dataset);
  g_autoptr(CamModel) model = cam_model_new (cam_runner_get_network (runner), cam_dataset_get_preparation (dataset), cam_runner_get_experiment (runner));
  g_autoptr(CamPredictions) predictions = cam_model_predict (model, table, error);
  g_autofree gsize *rows = NULL;
  g_autoptr(GString) out = NULL;
  gsize n_rows;

  if (predictions == NULL)
    return FALSE;
  rows = cam_dataset_dup_told_rows (dataset, CAM_PART_TEST, &n_rows);
  out = cam_predictions_to_csv (predictions, table, rows, n_rows);
  return write_text (path, out->str, out->len, error);
}

/* Charts -------------------------------------------------------------------------------------------------------------- */

static int
find_key (CamRunner  *runner,
          const char *prefix,
          const char *key)
{
  const char *const *keys = cam_runner_get_keys (runner);
  g_autofree char *wanted = g_strconcat (prefix, key, NULL);

  for (int k = 0; keys[k] != NULL; k++)
    if (g_str_equal (keys[k], wanted))
      return k;
  return -1;
}

/* How long early stopping waits; 0 where it did not end the run. */
static guint
get_patience (CamRunner *runner)
{
  const json_t *callbacks = cam_experiment_get_callbacks (cam_runner_get_experiment (runner));
  guint patience = 0;

  if (cam_runner_get_outcome (runner)->end != CAM_FIT_EARLY)
    return 0;
  for (gsize i = 0; i < json_array_size (callbacks); i++)
    {
      const json_t *callback = json_array_get (callbacks, i);
      const json_t *value = json_object_get (json_object_get (callback, "config"), "patience");

      if (g_strcmp0 (json_string_value (json_object_get (callback, "class_name")), "EarlyStopping") == 0 && json_is_integer (value))
        patience = (guint) json_integer_value (value);
    }
  return patience;
}

static gboolean
write_chart (CamRunner   *runner,
             guint        key,
             guint        colour,
             const char  *path,
             GError     **error)
{
  const char *name = cam_runner_get_keys (runner)[key];
  guint n_epochs = cam_runner_get_n_epochs (runner);
  int val_key = find_key (runner, "val_", name), again_key = find_key (runner, CAM_REMEASURED_PREFIX, name);
  g_autofree double *train = g_new (double, n_epochs + 1);
  g_autofree double *val = val_key >= 0 ? g_new (double, n_epochs + 1) : NULL;
  g_autoptr(CamChart) chart = NULL;

  /* Measured as validation is, where it was: only then can the two be compared. */
  cam_runner_copy_values (runner, again_key >= 0 ? (guint) again_key : key, train);
  if (val != NULL)
    cam_runner_copy_values (runner, (guint) val_key, val);
  chart = cam_chart_new_history (cam_cli_curve_title (name), name, train, val, n_epochs, n_epochs, colour, cam_cli_curve_is_share (name),
                                 cam_runner_get_outcome (runner)->best_epoch, get_patience (runner));
  return cam_chart_export (chart, path, CAM_CLI_CHART_WIDTH, CAM_CLI_CHART_HEIGHT, CAM_CLI_CHART_DPI, cam_chart_theme_get (CAM_THEME_LIGHT), FALSE, error);
}

static gboolean
write_charts (CamRunner  *runner,
              const char *dir)
{
  const char *const *keys = cam_runner_get_keys (runner);
  guint n_metrics = 0;

  for (guint k = 0; keys[k] != NULL; k++)
    {
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      GError *error = NULL;

      if (g_str_has_prefix (keys[k], "val_") || g_str_has_prefix (keys[k], CAM_REMEASURED_PREFIX))
        continue;
      name = g_strconcat (keys[k], ".svg", NULL);
      path = g_build_filename (dir, g_strdelimit (name, "/", '_'), NULL);
      if (!write_chart (runner, k, cam_cli_curve_colour (keys[k], n_metrics), path, &error))
        {
          cam_cli_fail (error);
          return FALSE;
        }
      n_metrics += !g_str_equal (keys[k], "loss");
    }
  return TRUE;
}

/* All ----------------------------------------------------------------------------------------------------------------- */

typedef gboolean (*WriteFunc) (CamRunner *runner, const char *path, GError **error);

static gboolean
write_file (CamRunner  *runner,
            const char *dir,
            const char *name,
            WriteFunc   write)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  GError *error = NULL;

  if (write (runner, path, &error))
    return TRUE;
  if (strstr (error->message, name) == NULL)
    g_prefix_error (&error, "%s: ", name);
  cam_cli_fail (error);
  return FALSE;
}

gboolean
cam_cli_results_have_model (CamRunner *runner)
{
  const CamFitOutcome *outcome = cam_runner_get_outcome (runner);

  return outcome != NULL && (outcome->end != CAM_FIT_DIVERGED || outcome->best_epoch > 0);
}

gboolean
cam_cli_results_write (CamRunner  *runner,
                       const char *dir)
{
  gboolean is_whole = TRUE;

  /* The model first: it is what took the time. */
  if (cam_cli_results_have_model (runner))
    {
      is_whole = write_file (runner, dir, "model.keras", write_model);
      is_whole = write_file (runner, dir, "predictions.csv", write_predictions) && is_whole;
    }
  is_whole = write_file (runner, dir, "history.csv", write_history) && is_whole;
  is_whole = write_file (runner, dir, "report.json", write_report) && is_whole;
  return write_charts (runner, dir) && is_whole;
}
