/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a session: starting, following and ending one, and the list of those that the workspace keeps. */

#include "cam-session-private.h"

#include <glib/gi18n-lib.h>

#include "cam-words.h"

/* How often the list's item of the run under way is read again; the charts follow the runner itself. */
#define REFRESH_MS 250
#define REST_PER_REFRESH 20
/* As many runs as a chart can tell apart are overlaid to begin with. */
#define N_SHOWN 6

static CamRunItem *
make_item (CamSession   *self,
           CamRunRecord *record)
{
  return cam_run_item_new (self->store, record, (guint) ((record->id - 1) % 9));
}

CamRunItem *
cam_session_make_run_item (CamSession *self,
                           gint64      id)
{
  g_autoptr(GError) error = NULL;
  CamRunRecord *record = cam_store_get_run (self->store, id, &error);

  if (record == NULL)
    {
      g_info ("A run is left out of the list: %s", error->message);
      return NULL;
    }
  return make_item (self, record);
}

void
cam_session_list_runs (CamSession *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) records = cam_store_list_records (self->store, &error);

  if (records == NULL)
    cam_session_fail (self, _("The runs of this workspace could not be read"), error->message);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      CamRunItem *item = make_item (self, g_steal_pointer (&records->pdata[i]));

      cam_run_item_set_shown (item, items->len < N_SHOWN);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->runs, 0, g_list_model_get_n_items (G_LIST_MODEL (self->runs)), items->pdata, items->len);
  self->newest_run = items->len > 0 ? cam_run_item_get_id (items->pdata[0]) : 0;
}

/* Whoever still has a run finds nothing more to read of it. */
void
cam_session_drop_runs (CamSession *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->runs)); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (G_LIST_MODEL (self->runs), i);

      cam_run_item_let_go (run);
    }
  if (self->current_run != NULL)
    cam_run_item_let_go (self->current_run);
  g_list_store_remove_all (self->runs);
  g_clear_object (&self->current_run);
}

void
cam_session_tell_recovered (CamSession *self)
{
  guint n = 0;
  const gint64 *ids = cam_store_get_recovered (self->store, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CamRunRecord) record = cam_store_get_run (self->store, ids[i], NULL);

      if (record == NULL)
        continue;
      if (record->n_epochs == 0)
        /* translators: %s is the name of a run */
        cam_session_say (self, _("%s was cut short before its first epoch ended"), record->name);
      else
        {
          g_autofree char *count = cam_words_count (record->n_epochs);

          cam_session_say (self, ngettext ("%s was cut short by a crash; %s epoch was kept",
                                           "%s was cut short by a crash; %s epochs were kept", record->n_epochs),
                           record->name, count);
        }
    }
}

static void
refresh_current (CamSession *self)
{
  gint64 began = g_get_monotonic_time ();

  g_clear_handle_id (&self->refresh_timer, g_source_remove);
  if (self->current_run != NULL)
    cam_run_item_refresh (self->current_run);
  self->refresh_took = g_get_monotonic_time () - began;
}

static gboolean
refresh_timer_cb (gpointer user_data)
{
  CamSession *self = user_data;

  self->refresh_timer = 0;
  refresh_current (self);
  return G_SOURCE_REMOVE;
}

static void
epochs_cb (CamSession *self)
{
  if (self->refresh_timer == 0)
    self->refresh_timer = g_timeout_add ((guint) MAX (REFRESH_MS, REST_PER_REFRESH * self->refresh_took / 1000), refresh_timer_cb, self);
}

void
cam_session_set_busy (CamSession *self,
                      gboolean    is_busy)
{
  if (self->is_busy == is_busy)
    return;
  self->is_busy = is_busy;
  cam_session_refresh_state (self);
  cam_session_notify (self, CAM_SESSION_PROP_BUSY);
}

static void
ended_cb (CamSession *self)
{
  const GError *store_error = cam_runner_get_store_error (self->runner);

  refresh_current (self);
  if (store_error != NULL && self->current_run != NULL)
    {
      /* The record itself need not say so: a full disk does not take that either. */
      g_autofree char *title = g_strdup_printf (_("The workspace does not have all of %s"), cam_run_item_get_name (self->current_run));

      cam_session_fail (self, title, store_error->message);
    }
  else if (self->current_run != NULL && cam_run_item_get_state (self->current_run) == CAM_RUN_FAILED)
    {
      const CamRunRecord *record = cam_run_item_get_record (self->current_run);
      g_autofree char *title = g_strdup_printf (_("%s failed"), record->name);

      cam_session_fail (self, title, record->message);
    }
  cam_session_set_busy (self, FALSE);
  cam_session_adopt_waiting (self);
  cam_session_advance_studies (self);
}

void
cam_session_connect_runner (CamSession *self)
{
  g_signal_connect_object (self->runner, "epochs", G_CALLBACK (epochs_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runner, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
}

void
cam_session_wait_for_run (CamSession *self)
{
  const gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  if (cam_runner_get_state (self->runner) == CAM_RUNNER_IDLE)
    return;
  cam_runner_stop (self->runner);
  while (cam_runner_get_state (self->runner) != CAM_RUNNER_IDLE && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
list_started_run (CamSession *self)
{
  gint64 id = cam_runner_get_run_id (self->runner);
  g_autoptr(CamRunItem) item = id != 0 && self->store != NULL ? cam_session_make_run_item (self, id) : NULL;

  if (item == NULL)
    return;
  cam_run_item_set_shown (item, TRUE);
  g_set_object (&self->current_run, item);
  g_list_store_insert (self->runs, 0, item);
  self->newest_run = MAX (self->newest_run, id);
}

gboolean
cam_session_train (CamSession *self)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);

  if (self->train_reason != NULL)
    {
      cam_session_fail (self, _("This cannot be trained yet"), self->train_reason);
      return FALSE;
    }
  cam_session_flush_draft (self);
  cam_session_place_files (self);
  if (!cam_runner_start (self->runner, cam_document_get_experiment (self->document), self->dataset, self->store, 0,
                         &error))
    {
      cam_session_fail (self, _("Training could not be started"), error->message);
      return FALSE;
    }
  list_started_run (self);
  cam_session_set_busy (self, TRUE);
  return TRUE;
}

void
cam_session_stop (CamSession *self)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  if (self->is_busy)
    cam_runner_stop (self->runner);
}

CamRunItem *
cam_session_get_current_run (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->current_run;
}

/* A run that was told to restore the best weights, or was stopped, leaves these; any other leaves those of its last epoch, as Keras does. A run cut short has
 * left nothing, and its best is the best there is. */
static const char *
choose_weights (CamRunItem *run)
{
  const char *text = cam_run_item_peek_report (run);
  g_autoptr(json_t) report = text != NULL ? json_loads (text, 0, NULL) : NULL;
  const json_t *epoch = json_object_get (report, "weights_of_epoch");

  return json_is_integer (epoch) && json_integer_value (epoch) != cam_run_item_get_record (run)->best_epoch ? "last" : "best";
}

/* Those that were chosen for the run; the last one counts. */
static void
take_thresholds (CamSession *self,
                 gint64      run,
                 CamModel   *model)
{
  guint n = 0;
  g_autofree CamRunEvent *events = cam_store_dup_events (self->store, run, &n, NULL);

  for (guint i = 0; i < n; i++)
    if (events[i].kind == CAM_RUN_EVENT_THRESHOLD && events[i].value >= 0.0 && events[i].value <= 1.0)
      cam_model_set_threshold (model, (guint) events[i].batch, events[i].value);
}

static CamModel *
make_model (CamSession  *self,
            CamRunItem  *run,
            GBytes      *weights,
            GError     **error)
{
  g_autoptr(GError) local = NULL;
  CamModel *model;
  g_autofree char *preparation = cam_store_dup_preparation (self->store, cam_run_item_get_id (run), &local);
  const char *experiment = cam_run_item_peek_experiment (run);

  if (preparation == NULL && local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  model = cam_model_new_from_run (experiment != NULL ? experiment : "", preparation, weights, error);
  if (model != NULL)
    take_thresholds (self, cam_run_item_get_id (run), model);

  return model;
}

gboolean
cam_session_set_threshold (CamSession *self,
                           CamRunItem *run,
                           guint       output,
                           double      threshold)
{
  g_autoptr(GError) error = NULL;
  const CamRunRecord *record;
  CamRunEvent event;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  record = cam_run_item_get_record (run);
  event = (CamRunEvent) { CAM_RUN_EVENT_THRESHOLD, MAX (record->n_epochs, 1), output, threshold };
  if (self->store == NULL || (self->is_busy && run == self->current_run) || !cam_store_add_event (self->store, record->id, &event, &error))
    {
      cam_session_fail (self, _("The threshold could not be kept"), error != NULL ? error->message : NULL);
      return FALSE;
    }
  cam_run_item_refresh (run);
  return TRUE;
}

CamModel *
cam_session_load_model (CamSession  *self,
                        CamRunItem  *run,
                        GError     **error)
{
  const CamRunRecord *record;
  g_autoptr(GBytes) weights = NULL;
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  record = cam_run_item_get_record (run);
  weights = cam_store_dup_weights (self->store, record->id, choose_weights (run), NULL, &local);
  if (weights == NULL && local == NULL)
    weights = cam_store_dup_weights (self->store, record->id, "last", NULL, &local);
  if (weights == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND,
                     _("%s has no weights yet: they are kept after its first epoch."), record->name);
      return NULL;
    }
  return make_model (self, run, weights, error);
}

CamModel *
cam_session_load_weights (CamSession  *self,
                          CamRunItem  *run,
                          const char  *which,
                          GError     **error)
{
  const CamRunRecord *record;
  g_autoptr(GBytes) weights = NULL;
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run) && which != NULL, NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  record = cam_run_item_get_record (run);
  weights = cam_store_dup_weights (self->store, record->id, which, NULL, &local);
  if (weights != NULL)
    return make_model (self, run, weights, error);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND, _("The workspace no longer has these weights of %s."), record->name);
  return NULL;
}

gboolean
cam_session_delete_run (CamSession *self,
                        CamRunItem *run)
{
  g_autoptr(GError) error = NULL;
  guint position;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  if (self->is_busy && run == self->current_run)
    {
      cam_session_say (self, _("Stop the run before deleting it"));
      return FALSE;
    }
  if (!cam_store_set_run_deleted (self->store, cam_run_item_get_id (run), TRUE, &error))
    {
      cam_session_fail (self, _("The run could not be deleted"), error->message);
      return FALSE;
    }
  if (g_list_store_find (self->runs, run, &position))
    g_list_store_remove (self->runs, position);
  if (run == self->current_run)
    g_clear_object (&self->current_run);
  return TRUE;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b,
                      gpointer      user_data)
{
  gint64 first = cam_run_item_get_id ((CamRunItem *) a), second = cam_run_item_get_id ((CamRunItem *) b);

  return (second > first) - (second < first);
}

gboolean
cam_session_restore_run (CamSession *self,
                         CamRunItem *run)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  if (!cam_store_set_run_deleted (self->store, cam_run_item_get_id (run), FALSE, &error))
    {
      cam_session_fail (self, _("The run could not be brought back"), error->message);
      return FALSE;
    }
  if (!g_list_store_find (self->runs, run, NULL))
    g_list_store_insert_sorted (self->runs, run, compare_newest_first, NULL);
  return TRUE;
}

gboolean
cam_session_rename_run (CamSession *self,
                        CamRunItem *run,
                        const char *name)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (!cam_store_rename_run (self->store, cam_run_item_get_id (run), name, &error))
    {
      cam_session_fail (self, _("The run could not be renamed"), error->message);
      return FALSE;
    }
  cam_run_item_refresh (run);
  return TRUE;
}

static gboolean
keep_notes (CamStore            *store,
            const CamRunRecord  *record,
            const CamRunNotes   *notes,
            GError             **error)
{
  return (g_strcmp0 (record->name, notes->name) == 0 || cam_store_rename_run (store, record->id, notes->name, error)) &&
         (g_strv_equal ((const char *const *) record->tags, notes->tags) || cam_store_set_run_tags (store, record->id, notes->tags, error)) &&
         (g_strcmp0 (record->note, notes->note) == 0 || cam_store_set_run_note (store, record->id, notes->note, error)) &&
         (record->is_pinned == notes->is_pinned || cam_store_set_run_pinned (store, record->id, notes->is_pinned, error)) &&
         (record->is_archived == notes->is_archived || cam_store_set_run_archived (store, record->id, notes->is_archived, error));
}

gboolean
cam_session_note_run (CamSession        *self,
                      CamRunItem        *run,
                      const CamRunNotes *notes)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (CAM_IS_RUN_ITEM (run), FALSE);

  if (!keep_notes (self->store, cam_run_item_get_record (run), notes, &error))
    {
      cam_session_fail (self, _("What is said of the run could not be kept"), error->message);
      return FALSE;
    }
  cam_run_item_refresh (run);
  return TRUE;
}
