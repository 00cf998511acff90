/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what a call names. */
#include "cam-cli-data.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-cli-progress.h"

#define SHOW_AFTER_US (400 * 1000)     /* a file that is read sooner needs no bar */

typedef struct
{
  CamCliProgress progress;
  const char    *place;
  gint64         began;
} Reading;

static void
read_cb (goffset  bytes_read,
         goffset  bytes_total,
         gsize    n_rows,
         gpointer user_data)
{
  Reading *reading = user_data;
  CamCliStanding standing = { .place = reading->place, .loss = NAN, .val_loss = NAN, .rows_per_s = NAN, .left_s = NAN };

  if (bytes_total <= 0 || g_get_monotonic_time () - reading->began < SHOW_AFTER_US)
    return;
  standing.share = (double) bytes_read / (double) bytes_total;
  cam_cli_progress_show (&reading->progress, &standing);
}

CamCsvResult *
cam_cli_read_source (const char           *path,
                     const CamCsvDialect  *dialect,
                     const json_t         *kinds,
                     GError              **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* translators: on a terminal, while a file is read */
  g_autofree char *place = g_strdup_printf (_("Reading %s"), name);
  g_autoptr(GError) reason = NULL;
  Reading reading = { .place = place, .began = g_get_monotonic_time () };
  CamCsvResult *result;

  cam_cli_progress_init (&reading.progress, TRUE);
  result = cam_source_read (path, dialect, kinds, read_cb, &reading, NULL, &reason);
  cam_cli_progress_clear (&reading.progress);
  if (result == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      if (strstr (reason->message, name) == NULL)
        g_prefix_error (&reason, "%s: ", shown);
      g_propagate_error (error, g_steal_pointer (&reason));
    }
  return result;
}

/* Takes @value. */
static gboolean
set_value (CamExperiment **experiment,
           const char     *path,
           json_t         *value,
           GError        **error)
{
  CamExperiment *changed = cam_experiment_with (*experiment, path, value, error);

  json_decref (value);
  if (changed == NULL)
    return FALSE;
  cam_experiment_unref (*experiment);
  *experiment = changed;
  return TRUE;
}

CamExperiment *
cam_cli_load_experiment (const char  *path,
                         const char  *data,
                         const char  *seed,
                         GError     **error)
{
  g_autoptr(CamExperiment) experiment = cam_experiment_load (path, error);

  if (experiment == NULL)
    return NULL;
  if (data != NULL)
    {
      g_autofree char *absolute = g_canonicalize_filename (data, NULL);

      if (!set_value (&experiment, "data/file", json_string (absolute), error))
        return NULL;
    }
  if (seed != NULL && !set_value (&experiment, "fit/seed", json_integer (g_ascii_strtoll (seed, NULL, 10)), error))
    return NULL;
  return g_steal_pointer (&experiment);
}

CamCsvResult *
cam_cli_read_table (const CamExperiment  *experiment,
                    const char           *document,
                    GError              **error)
{
  const json_t *data = cam_experiment_get_data (experiment);
  const json_t *dialect_json = json_object_get (data, "dialect");
  const char *file = cam_experiment_get_file (experiment);
  g_autofree char *name = g_filename_display_basename (document);
  g_autoptr(CamCsvDialect) dialect = NULL;
  g_autoptr(json_t) kinds = NULL;

  if (file == NULL)
    {
      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("%s names no data file; give one with --data FILE."), name);
      return NULL;
    }
  if (dialect_json != NULL)
    {
      dialect = cam_csv_dialect_from_json (dialect_json, error);
      if (dialect == NULL)
        {
          g_prefix_error (error, "%s: ", name);
          return NULL;
        }
    }
  kinds = cam_source_kinds (data);
  return cam_cli_read_source (file, dialect, kinds, error);
}

CamDataset *
cam_cli_load_dataset (const CamExperiment  *experiment,
                      const char           *document,
                      GError              **error)
{
  g_autoptr(CamCsvResult) result = cam_cli_read_table (experiment, document, error);
  CamDataset *dataset;

  if (result == NULL)
    return NULL;
  dataset = cam_dataset_new (result->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), error);
  if (dataset == NULL)
    {
      g_autofree char *name = g_filename_display_basename (document);

      g_prefix_error (error, "%s: ", name);
    }
  return dataset;
}
