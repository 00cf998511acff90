/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a run gets into the store while it goes: epochs in one transaction a turn of the loop, best weights as often as they can be had for little. A full disk does not end
 * the run: what could not be written is written later, or the runner's owner still has it in memory. */
#include "cam-run-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Best weights are written at most this often, and never for more than one part in WEIGHTS_SHARE of the time. */
#define WEIGHTS_EVERY_US (G_USEC_PER_SEC / 2)
#define WEIGHTS_SHARE 50
/* So with states, which a few runs keep after their end: each is several times the weights. */
#define STATE_EVERY_US G_USEC_PER_SEC
#define STATE_SHARE 100
#define MOST_STATES 8
/* After an error. */
#define RETRY_AFTER_US (5 * G_USEC_PER_SEC)
/* A larger file would be felt between Train and the first point; such data is known by its name alone. */
#define MOST_HASHED_BYTES (8 * 1024 * 1024)

static const CamRunState states[] = {
  [CAM_FIT_FINISHED] = CAM_RUN_FINISHED,
  [CAM_FIT_EARLY] = CAM_RUN_EARLY,
  [CAM_FIT_STOPPED] = CAM_RUN_STOPPED,
  [CAM_FIT_DIVERGED] = CAM_RUN_DIVERGED,
};

char *
cam_run_hash_file (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length = 0;
  GStatBuf info;

  if (path == NULL || g_stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > MOST_HASHED_BYTES ||
      !g_file_get_contents (path, &contents, &length, NULL))
    return NULL;

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
}

/* Remembers the error, after which nothing is written for a while. */
static void
take_error (CamRunKeeper *self,
            GError       *error)
{
  if (self->error == NULL)
    g_info ("The run cannot be kept: %s", error->message);
  g_clear_error (&self->error);
  self->error = error;
  self->retry_at = g_get_monotonic_time () + RETRY_AFTER_US;
}

static void
begin (CamRunKeeper *self,
       CamStore     *store,
       const CamRun *run)
{
  GError *error = NULL;

  self->store = store;
  self->n_keys = run->n_keys;
  self->state_at = g_get_monotonic_time () + STATE_EVERY_US;
  if (!cam_store_drop_states (store, MOST_STATES, &error))
    take_error (self, error);
}

gboolean
cam_run_keeper_begin (CamRunKeeper         *self,
                      CamStore             *store,
                      const CamRun         *run,
                      const CamStudyPlace  *place,
                      const char           *name,
                      GError              **error)
{
  g_autofree char *experiment = NULL, *preparation = NULL, *data_name = NULL, *data_sha256 = NULL;
  g_autoptr(json_t) steps = NULL;
  const char *file = cam_experiment_get_file (run->experiment);
  CamRunStart start;

  cam_run_keeper_clear (self);
  if (store == NULL)
    return TRUE;

  experiment = cam_experiment_to_text (run->experiment);
  steps = cam_preparation_to_json (cam_dataset_get_preparation (run->dataset));
  preparation = cam_json_dump (steps, FALSE);
  data_name = file != NULL ? g_filename_display_basename (file) : NULL;
  data_sha256 = cam_run_hash_file (file);

  start = (CamRunStart) {
    .name = name,
    .place = place,
    .experiment = experiment,
    .preparation = preparation,
    .data_name = data_name,
    .data_sha256 = data_sha256,
    .seed = cam_experiment_get_seed (run->experiment),
    .keys = (const char *const *) run->keys,
    .monitor = run->monitor,
  };
  self->id = cam_store_begin_run (store, &start, error);
  if (self->id == 0)
    return FALSE;
  begin (self, store, run);

  return TRUE;
}

gboolean
cam_run_keeper_resume (CamRunKeeper  *self,
                       CamStore      *store,
                       const CamRun  *run,
                       gint64         id,
                       guint          n,
                       guint          n_events,
                       GError       **error)
{
  cam_run_keeper_clear (self);
  if (!cam_store_resume_run (store, id, n, n_events, error))
    return FALSE;
  self->id = id;
  self->n_kept = n;
  self->n_events = n_events;
  begin (self, store, run);

  return TRUE;
}

static void
add_epochs (CamRunKeeper *self,
            const double *rows,
            const double *seconds,
            guint         n,
            guint         best_epoch,
            double        best_value)
{
  GError *error = NULL;

  if (n == self->n_kept)
    return;

  if (!cam_store_append_epochs (self->store, self->id, self->n_kept + 1, n - self->n_kept, rows + (gsize) self->n_kept * self->n_keys,
                                seconds + self->n_kept, best_epoch, best_value, &error))
    {
      take_error (self, error);
      return;
    }
  self->n_kept = n;
  g_clear_error (&self->error);
}

void
cam_run_keeper_add (CamRunKeeper *self,
                    const double *rows,
                    const double *seconds,
                    guint         n,
                    guint         best_epoch,
                    double        best_value)
{
  if (self->store == NULL || (self->error != NULL && g_get_monotonic_time () < self->retry_at))
    return;

  add_epochs (self, rows, seconds, n, best_epoch, best_value);
}

gint64
cam_run_keeper_add_weights (CamRunKeeper *self,
                            GBytes       *weights,
                            guint         epoch)
{
  gint64 began = g_get_monotonic_time (), took;
  GError *error = NULL;

  /* Never the weights of an epoch that the store does not know. */
  if (self->store == NULL || weights == NULL || epoch == self->weights_epoch || epoch > self->n_kept || self->error != NULL)
    return 0;
  if (began < self->weights_at)
    return self->weights_at;

  if (!cam_store_set_weights (self->store, self->id, "best", epoch, weights, &error))
    {
      take_error (self, error);
      return 0;
    }
  self->weights_epoch = epoch;
  took = g_get_monotonic_time () - began;
  self->weights_at = began + MAX (WEIGHTS_EVERY_US, took * WEIGHTS_SHARE);

  return 0;
}

static void
add_events (CamRunKeeper *self,
            const GArray *events)
{
  GError *error = NULL;

  while (self->n_events < events->len)
    {
      if (!cam_store_add_event (self->store, self->id, &g_array_index (events, CamRunEvent, self->n_events), &error))
        {
          take_error (self, error);
          return;
        }
      self->n_events++;
    }
}

void
cam_run_keeper_add_events (CamRunKeeper *self,
                           const GArray *events)
{
  if (self->store != NULL && self->error == NULL)
    add_events (self, events);
}

gboolean
cam_run_keeper_wants_state (const CamRunKeeper *self)
{
  return self->store != NULL && self->error == NULL && g_get_monotonic_time () >= self->state_at;
}

void
cam_run_keeper_add_state (CamRunKeeper *self,
                          GBytes       *state,
                          guint         epoch)
{
  gint64 began = g_get_monotonic_time ();
  GError *error = NULL;

  /* Nobody could go on from an epoch that the store does not know. */
  if (self->store == NULL || state == NULL || epoch > self->n_kept || self->error != NULL)
    return;

  if (!cam_store_set_weights (self->store, self->id, "state", epoch, state, &error))
    take_error (self, error);
  self->state_at = began + MAX (STATE_EVERY_US, (g_get_monotonic_time () - began) * STATE_SHARE);
}

/* What is left at the end: the state, the weights of the best epoch, and those of the last, or what the run leaves where it ended within an epoch. */
static gboolean
add_last_weights (CamRunKeeper  *self,
                  const CamRun  *run,
                  GError       **error)
{
  const CamFitOutcome *outcome = &run->fit_thread.outcome;
  g_autoptr(GBytes) left = NULL;

  if (run->fit_thread.state != NULL && !cam_store_set_weights (self->store, self->id, "state", outcome->n_epochs, run->fit_thread.state, error))
    return FALSE;
  if (run->fit_thread.best_weights != NULL && self->weights_epoch != outcome->best_epoch)
    {
      if (!cam_store_set_weights (self->store, self->id, "best", outcome->best_epoch, run->fit_thread.best_weights, error))
        return FALSE;
      self->weights_epoch = outcome->best_epoch;
    }
  if (run->fit_thread.last_weights != NULL)
    return cam_store_set_weights (self->store, self->id, "last", outcome->n_epochs, run->fit_thread.last_weights, error);
  if (outcome->weights_of_epoch == 0)
    return TRUE;

  left = cam_network_dup_weights (run->fit_thread.network);
  return cam_store_set_weights (self->store, self->id, "last", outcome->weights_of_epoch, left, error);
}

void
cam_run_keeper_finish (CamRunKeeper *self,
                       const CamRun *run,
                       const double *rows,
                       const double *seconds,
                       guint         n,
                       const GArray *events)
{
  const CamFitOutcome *outcome = &run->fit_thread.outcome;
  g_autofree char *report = NULL, *message = NULL;
  GError *error = NULL;

  if (self->store == NULL)
    return;

  add_epochs (self, rows, seconds, n, outcome->best_epoch, outcome->best_value);
  if (n == self->n_kept)
    {
      g_clear_error (&self->error);
      add_events (self, events);
      if (!add_last_weights (self, run, &error))
        take_error (self, g_steal_pointer (&error));
    }

  report = cam_json_dump (run->fit_thread.report, FALSE);
  message = self->error != NULL ? g_strdup_printf (_("The run could not be kept whole: %s"), self->error->message) : g_strdup (outcome->message);
  if (!cam_store_finish_run (self->store, self->id, self->error != NULL ? CAM_RUN_FAILED : states[outcome->end], outcome->elapsed_s, report, message, &error))
    take_error (self, error);
}

void
cam_run_keeper_clear (CamRunKeeper *self)
{
  g_clear_error (&self->error);
  *self = (CamRunKeeper) { 0 };
}
