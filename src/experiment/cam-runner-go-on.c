/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that go on after their end, from what the store has kept of them. */
#include "cam-runner-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What the store has of a run. All that read it expect an @error to be there. */
typedef struct
{
  CamRunRecord  *record;
  CamExperiment *experiment;
  GBytes        *state;
  guint          epoch;        /* after which the state was taken */
  double        *history;
  CamRunEvent   *events;
  guint          n_events;
} Kept;

static void
kept_clear (Kept *kept)
{
  g_clear_pointer (&kept->record, cam_run_record_free);
  g_clear_pointer (&kept->experiment, cam_experiment_unref);
  g_clear_pointer (&kept->state, g_bytes_unref);
  g_clear_pointer (&kept->history, g_free);
  g_clear_pointer (&kept->events, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_CANNOT_GO_ON, reason);
  return FALSE;
}

static gboolean
read_kept (Kept      *kept,
           CamStore  *store,
           gint64     run,
           GError   **error)
{
  guint n_epochs, n_keys;

  kept->record = cam_store_get_run (store, run, error);
  if (kept->record == NULL)
    return FALSE;
  kept->state = cam_store_dup_weights (store, run, "state", &kept->epoch, error);
  if (kept->state == NULL)
    return *error == NULL && refuse (error, _("What it needs to go on was not kept; only the latest runs have it, and those that lasted a second before they were cut short"));
  if (kept->epoch > kept->record->n_epochs)
    return refuse (error, _("What was kept of its training is damaged"));

  kept->experiment = cam_experiment_new_from_text (kept->record->experiment, error);
  kept->history = kept->experiment != NULL ? cam_store_dup_history (store, run, &n_epochs, &n_keys, error) : NULL;
  kept->events = kept->history != NULL ? cam_store_dup_events (store, run, &kept->n_events, error) : NULL;

  return kept->events != NULL;
}

/* Scales and codes are fitted on the training rows: the same ones say that these are the same. */
static gboolean
check_data (const Kept  *kept,
            CamStore    *store,
            CamDataset  *dataset,
            GError     **error)
{
  g_autofree char *wanted = cam_store_dup_preparation (store, kept->record->id, NULL);
  g_autoptr(json_t) steps = cam_preparation_to_json (cam_dataset_get_preparation (dataset));
  g_autofree char *found = cam_json_dump (steps, FALSE);

  return g_strcmp0 (wanted, found) == 0 || refuse (error, _("The data are no longer those that it was trained with"));
}

static gboolean
check_run (const Kept    *kept,
           const CamRun  *run,
           GError       **error)
{
  if (!g_strv_equal ((const char *const *) run->keys, (const char *const *) kept->record->keys))
    return refuse (error, _("The data are no longer those that it was trained with"));
  if (run->n_epochs <= kept->epoch)
    return refuse (error, _("All its epochs are done; say how many more there shall be"));

  return TRUE;
}

/* How many of the events are behind the state already. */
static guint
count_past_events (const Kept   *kept,
                   const CamRun *run)
{
  guint epoch, n = 0;
  gsize batch;

  cam_fit_get_place (run->fit, &epoch, &batch);
  while (n < kept->n_events && (kept->events[n].epoch < epoch || (kept->events[n].epoch == epoch && kept->events[n].batch <= batch)))
    n++;

  return n;
}

static void
add_event (CamRunner       *self,
           CamRunEventKind  kind,
           guint            epoch,
           double           value)
{
  CamRunEvent event = { kind, epoch, 0, value };

  g_array_append_val (self->events, event);
}

/* What is before the state is there again, and a rate set after it is set now. The best epoch is the state's: the record's may be one that is done again. */
static void
put_back (CamRunner  *self,
          const Kept *kept,
          guint       n_past,
          guint       n_more)
{
  double rate = NAN;

  g_array_append_vals (self->rows, kept->history, kept->epoch * self->run->n_keys);
  g_array_append_vals (self->events, kept->events, n_past);
  for (guint i = 0; i < kept->n_events; i++)
    if (kept->events[i].kind == CAM_RUN_EVENT_RATE)
      rate = kept->events[i].value;

  self->n_epochs = kept->epoch;
  self->epochs_s = kept->record->seconds;
  self->run->shared.best_weights = cam_fit_dup_best_weights (self->run->fit);
  self->run->shared.best_epoch = self->best_epoch = cam_fit_get_best (self->run->fit, &self->best_value);
  cam_run_progress_go_on (&self->progress, self->run, self->n_epochs, self->best_epoch, self->best_value, cam_fit_get_elapsed (self->run->fit));
  if (kept->record->state == CAM_RUN_INTERRUPTED)
    add_event (self, CAM_RUN_EVENT_RESUMED, kept->epoch, NAN);
  if (n_more > 0)
    add_event (self, CAM_RUN_EVENT_EPOCHS, kept->epoch, self->run->n_epochs);
  if (n_past < kept->n_events && isfinite (rate))
    cam_fit_set_rate (self->run->fit, rate);
}

gboolean
cam_runner_go_on (CamRunner   *self,
                  CamStore    *store,
                  gint64       run_id,
                  CamDataset  *dataset,
                  guint        n_more,
                  guint        n_threads,
                  GError     **error)
{
  g_auto(Kept) kept = { NULL };
  g_autoptr(CamRun) run = NULL;
  g_autoptr(GError) local = NULL;
  CamRunKeeper keeper = { 0 };
  guint n_past = 0;

  g_return_val_if_fail (CAM_IS_RUNNER (self), FALSE);
  g_return_val_if_fail (store != NULL && dataset != NULL, FALSE);

  if (self->state != CAM_RUNNER_IDLE)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_BUSY, _("A run is under way; stop it or wait for its end"));
      return FALSE;
    }
  if (!read_kept (&kept, store, run_id, &local) || !check_data (&kept, store, dataset, &local) ||
      (run = cam_run_new (kept.experiment, dataset, n_threads, &local)) == NULL || !cam_run_restore (run, kept.state, kept.epoch, n_more, &local) ||
      !check_run (&kept, run, &local) ||
      !cam_run_keeper_resume (&keeper, store, run, run_id, kept.epoch, n_past = count_past_events (&kept, run), &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  cam_runner_adopt (self, g_steal_pointer (&run), &keeper);
  put_back (self, &kept, n_past, n_more);
  cam_run_keeper_add_events (&self->keeper, self->events);
  cam_runner_begin (self);

  return TRUE;
}

gboolean
cam_runner_can_go_on (CamStore *store,
                      gint64    run,
                      guint    *epoch)
{
  g_return_val_if_fail (store != NULL, FALSE);

  return cam_store_has_weights (store, run, "state", epoch);
}
