/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that go on after their end, or go back to their best epoch where they diverged, from what the store has kept of them. */
#include "cam-runner-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What the store has of a run. All that read it expect an @error to be there. */
typedef struct
{
  CamRunRecord  *record;
  CamExperiment *experiment;
  GBytes        *state;        /* or the weights to go back to */
  guint          epoch;        /* after which it was taken */
  double        *history;
  double        *seconds;      /* when each of its epochs ended */
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
  g_clear_pointer (&kept->seconds, g_free);
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

/* @which: "state" or "best". */
static gboolean
read_kept (Kept        *kept,
           CamStore    *store,
           gint64       run,
           const char  *which,
           const char  *missing,
           GError     **error)
{
  guint n_epochs, n_keys;

  kept->record = cam_store_get_run (store, run, error);
  if (kept->record == NULL)
    return FALSE;
  kept->state = cam_store_dup_weights (store, run, which, &kept->epoch, error);
  if (kept->state == NULL)
    return *error == NULL && refuse (error, missing);
  if (kept->epoch > kept->record->n_epochs)
    return refuse (error, _("What was kept of its training is damaged"));

  kept->experiment = cam_experiment_new_from_text (kept->record->experiment, error);
  kept->history = kept->experiment != NULL ? cam_store_dup_history (store, run, &n_epochs, &n_keys, error) : NULL;
  kept->seconds = kept->history != NULL ? cam_store_dup_epoch_seconds (store, run, &n_epochs, error) : NULL;
  kept->events = kept->seconds != NULL ? cam_store_dup_events (store, run, &kept->n_events, error) : NULL;

  return kept->events != NULL;
}

/* Without what earlier versions did not keep: it follows from the rest. */
static char *
dump_without_seen (json_t *steps)
{
  json_t *step;
  gsize i;

  json_array_foreach (json_object_get (steps, "features"), i, step)
    json_object_del (step, "seen");
  json_object_del (steps, "brightest");
  return cam_json_dump (steps, FALSE);
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
  g_autoptr(json_t) kept_steps = wanted != NULL ? cam_json_parse (wanted, strlen (wanted), NULL) : NULL;
  g_autofree char *found = dump_without_seen (steps);
  g_autofree char *before = kept_steps != NULL ? dump_without_seen (kept_steps) : NULL;

  return g_strcmp0 (before, found) == 0 || refuse (error, _("The data are no longer those that it was trained with"));
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

/* What is before the place where it begins is there again. The best epoch is the fit's: the record's may be one that is done again. */
static void
put_back (CamRunner  *self,
          const Kept *kept,
          guint       n_past)
{
  g_array_append_vals (self->rows, kept->history, kept->epoch * self->run->n_keys);
  g_array_append_vals (self->seconds, kept->seconds, kept->epoch);
  g_array_append_vals (self->events, kept->events, n_past);
  self->n_epochs = kept->epoch;
  self->run->shared.best_weights = cam_fit_dup_best_weights (self->run->fit);
  self->run->shared.best_epoch = self->best_epoch = cam_fit_get_best (self->run->fit, &self->best_value);
  cam_run_progress_go_on (&self->progress, self->run, self->n_epochs, self->best_epoch, self->best_value, cam_fit_get_elapsed (self->run->fit));
}

/* A rate set after the state is set now. */
static void
put_rate_back (CamRunner  *self,
               const Kept *kept,
               guint       n_past)
{
  double rate = NAN;

  for (guint i = 0; i < kept->n_events; i++)
    if (kept->events[i].kind == CAM_RUN_EVENT_RATE)
      rate = kept->events[i].value;
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
  if (!read_kept (&kept, store, run_id, "state", _("What it needs to go on was not kept; only the latest runs have it, and those that lasted a second before they were cut short"), &local) ||
      !check_data (&kept, store, dataset, &local) ||
      (run = cam_run_new (kept.experiment, dataset, n_threads, &local)) == NULL || !cam_run_restore (run, kept.state, kept.epoch, n_more, &local) ||
      !check_run (&kept, run, &local) ||
      !cam_run_keeper_resume (&keeper, store, run, run_id, kept.epoch, n_past = count_past_events (&kept, run), &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  cam_runner_adopt (self, g_steal_pointer (&run), &keeper);
  put_back (self, &kept, n_past);
  if (kept.record->state == CAM_RUN_INTERRUPTED)
    add_event (self, CAM_RUN_EVENT_RESUMED, kept.epoch, NAN);
  if (n_more > 0)
    add_event (self, CAM_RUN_EVENT_EPOCHS, kept.epoch, self->run->n_epochs);
  put_rate_back (self, &kept, n_past);
  cam_run_keeper_add_events (&self->keeper, self->events);
  cam_runner_begin (self);

  return TRUE;
}

/* Asked for in all, whenever that was. */
static guint
count_planned (const Kept *kept)
{
  guint n = cam_experiment_get_epochs (kept->experiment);

  for (guint i = 0; i < kept->n_events; i++)
    if (kept->events[i].kind == CAM_RUN_EVENT_EPOCHS && isfinite (kept->events[i].value))
      n = (guint) kept->events[i].value;

  return n;
}

/* More epochs than the experiment says were asked for, and the event that tells so is after the place it goes back to. */
static gboolean
loses_more (const Kept *kept,
            guint       n_past)
{
  for (guint i = n_past; i < kept->n_events; i++)
    if (kept->events[i].kind == CAM_RUN_EVENT_EPOCHS)
      return TRUE;

  return FALSE;
}

static gboolean
check_diverged (const Kept  *kept,
                GError     **error)
{
  if (kept->record->state != CAM_RUN_DIVERGED)
    return refuse (error, _("It has not diverged"));
  if (kept->epoch == 0 || kept->epoch != kept->record->best_epoch || !isfinite (kept->record->best_value))
    return refuse (error, _("It had no good epoch to go back to"));

  return TRUE;
}

/* The state of the store may be of an epoch that is gone: the fit's takes its place before the program can end. */
static void
replace_state (CamRunner *self)
{
  g_autoptr(GBytes) state = cam_fit_dup_state (self->run->fit);

  cam_run_keeper_add_state (&self->keeper, state, self->n_epochs);
}

gboolean
cam_runner_go_back (CamRunner   *self,
                    CamStore    *store,
                    gint64       run_id,
                    CamDataset  *dataset,
                    double       rate,
                    guint        n_threads,
                    GError     **error)
{
  g_auto(Kept) kept = { NULL };
  g_autoptr(CamRun) run = NULL;
  g_autoptr(GError) local = NULL;
  CamRunKeeper keeper = { 0 };
  guint n_past = 0, n_planned = 0;
  CamRunEvent lower;

  g_return_val_if_fail (CAM_IS_RUNNER (self), FALSE);
  g_return_val_if_fail (store != NULL && dataset != NULL && isfinite (rate) && rate >= 0.0, FALSE);

  if (self->state != CAM_RUNNER_IDLE)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_BUSY, _("A run is under way; stop it or wait for its end"));
      return FALSE;
    }
  if (!read_kept (&kept, store, run_id, "best", _("It had no good epoch to go back to"), &local) || !check_diverged (&kept, &local) || !check_data (&kept, store, dataset, &local) ||
      (run = cam_run_new (kept.experiment, dataset, n_threads, &local)) == NULL ||
      !cam_run_go_back (run, kept.state, kept.epoch, kept.record->best_value, kept.record->seconds, rate, n_planned = count_planned (&kept), &local) ||
      !check_run (&kept, run, &local) ||
      !cam_run_keeper_resume (&keeper, store, run, run_id, kept.epoch, n_past = count_past_events (&kept, run), &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  cam_runner_adopt (self, g_steal_pointer (&run), &keeper);
  put_back (self, &kept, n_past);
  if (loses_more (&kept, n_past))
    add_event (self, CAM_RUN_EVENT_EPOCHS, kept.epoch, n_planned);
  add_event (self, CAM_RUN_EVENT_BACK, kept.epoch, kept.record->n_epochs + 1);
  lower = (CamRunEvent) { CAM_RUN_EVENT_RATE, kept.epoch + 1, 1, (float) rate };
  g_array_append_val (self->events, lower);
  self->progress.progress.rate = lower.value;
  cam_run_keeper_add_events (&self->keeper, self->events);
  replace_state (self);
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
