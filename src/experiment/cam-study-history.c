/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The histories of a study's runs: kept as they end, and read from the store for those that ended before. Doubles by the thousand, a few megabytes for a long study. */
#include "cam-study-private.h"

#include <string.h>

void
cam_study_result_clear (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->report, json_decref);
  g_clear_pointer (&result->keys, g_strfreev);
  g_clear_pointer (&result->history, g_free);
}

void
cam_study_keep_history (CamStudy  *self,
                        guint      place,
                        CamRunner *runner)
{
  Result *result = cam_study_peek_result (self, place);
  guint n_keys = g_strv_length ((char **) cam_runner_get_keys (runner)), n_epochs = cam_runner_get_n_epochs (runner);

  g_clear_pointer (&result->keys, g_strfreev);
  g_free (result->history);
  result->keys = g_strdupv ((char **) cam_runner_get_keys (runner));
  result->history = g_new (double, (gsize) n_keys * n_epochs + 1);
  result->n_epochs = n_epochs;
  result->was_looked = TRUE;
  for (guint epoch = 0; epoch < n_epochs; epoch++)
    for (guint key = 0; key < n_keys; key++)
      result->history[(gsize) epoch * n_keys + key] = cam_runner_get_value (runner, key, epoch);
}

/* A history that cannot be read is one that is not there: the pictures do without it. */
static void
read_history (CamStudy *self,
              Result   *result)
{
  g_autoptr(CamRunRecord) record = NULL;
  guint n_keys = 0;

  result->was_looked = TRUE;
  record = self->store != NULL && result->run != 0 ? cam_store_get_run (self->store, result->run, NULL) : NULL;
  if (record == NULL || record->keys == NULL)
    return;
  result->history = cam_store_dup_history (self->store, result->run, &result->n_epochs, &n_keys, NULL);
  if (result->history != NULL && n_keys == g_strv_length (record->keys))
    result->keys = g_steal_pointer (&record->keys);
  else
    g_clear_pointer (&result->history, g_free);
}

const double *
cam_study_peek_history (CamStudy            *self,
                        guint                place,
                        const char *const  **keys,
                        guint               *n_epochs)
{
  Result *result;

  g_return_val_if_fail (CAM_IS_STUDY (self) && place < self->results->len, NULL);

  result = cam_study_peek_result (self, place);
  if (!result->is_done)
    return NULL;
  if (!result->was_looked)
    read_history (self, result);
  *keys = (const char *const *) result->keys;
  *n_epochs = result->n_epochs;

  return result->history;
}
