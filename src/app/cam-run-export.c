/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs as CSV. */

#include "cam-run-export.h"

#include <math.h>

#include <cam-csv.h>
#include <cam-number.h>

static void
add_text (GString    *out,
          const char *text)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  cam_csv_write_field (out, text != NULL ? text : "", ',');
}

static void
add_number (GString *out,
            double   value)
{
  char buf[CAM_NUMBER_BUF];

  add_text (out, isnan (value) ? "" : cam_number_shortest (buf, value, FALSE));
}

static void
add_run (GString    *out,
         CamRunItem *run,
         GPtrArray  *settings,
         GPtrArray  *metrics)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  g_autoptr(GDateTime) started = g_date_time_new_from_unix_utc (record->started_at / G_USEC_PER_SEC);
  g_autofree char *when = started != NULL ? g_date_time_format_iso8601 (started) : NULL;
  g_autofree char *state = NULL;

  g_object_get (run, "state-text", &state, NULL);
  add_text (out, record->name);
  add_text (out, state);
  add_text (out, record->monitor);
  add_number (out, record->best_epoch > 0 ? record->best_value : NAN);
  add_number (out, record->best_epoch > 0 ? record->best_epoch : NAN);
  add_number (out, record->n_epochs);
  for (guint i = 0; i < metrics->len; i++)
    add_number (out, cam_run_item_get_value (run, metrics->pdata[i], CAM_RUN_AT_BEST));
  for (guint i = 0; i < settings->len; i++)
    {
      const CamRunSetting *setting = cam_run_settings_find (cam_run_item_peek_settings (run), settings->pdata[i]);

      add_text (out, setting != NULL ? setting->text : NULL);
    }
  add_number (out, record->seconds);
  add_text (out, when);
  g_string_append_c (out, '\n');
}

gboolean
cam_run_export (GPtrArray   *runs,
                GPtrArray   *settings,
                GPtrArray   *metrics,
                const char  *path,
                GError     **error)
{
  static const char *const first[] = { "run", "state", "monitor", "best", "best_epoch", "epochs" };
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    add_text (out, first[i]);
  for (guint i = 0; i < metrics->len; i++)
    add_text (out, metrics->pdata[i]);
  for (guint i = 0; i < settings->len; i++)
    add_text (out, settings->pdata[i]);
  add_text (out, "seconds");
  add_text (out, "started");
  g_string_append_c (out, '\n');
  for (guint i = 0; i < runs->len; i++)
    add_run (out, runs->pdata[i], settings, metrics);
  return g_file_set_contents_full (path, out->str, (gssize) out->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}
