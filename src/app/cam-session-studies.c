/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The studies of a session: a queue of which one is under way, what the lists show of it, and the way back from the workspace to a study that was left. */
#include "cam-session-private.h"

#include <cam-source.h>
#include <glib/gi18n-lib.h>

#include "cam-study-job.h"

/* How often lists follow a study: what is shown of it may cost little. */
#define FOLLOW_MS 250
/* Of a study's runs so many are overlaid by themselves. */
#define N_SHOWN 60

/* What brings a removed study back. */
typedef struct
{
  CamStudyRecord *record;
  GPtrArray      *runs;      /* of CamStudyRun */
  GPtrArray      *items;     /* of CamRunItem */
  guint           position;
} Removed;

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  cam_study_record_free (removed->record);
  g_ptr_array_unref (removed->runs);
  g_ptr_array_unref (removed->items);
  g_free (removed);
}

/* The list of runs follows ------------------------------------------------------------------------------------------- */

static void
splice_new (CamSession *self,
            GPtrArray  *items)
{
  if (items->len > 0)
    g_list_store_splice (self->runs, 0, 0, items->pdata, items->len);
}

/* A run that was begun anew leaves one behind that is deleted. */
static void
drop_gone (CamSession   *self,
           const gint64 *ids,
           guint         n)
{
  g_autoptr(GHashTable) there = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n; i++)
    g_hash_table_add (there, (gpointer) &ids[i]);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->runs)); i > 0; i--)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (G_LIST_MODEL (self->runs), i - 1);
      gint64 id = cam_run_item_get_id (run);

      if (!g_hash_table_contains (there, &id))
        g_list_store_remove (self->runs, i - 1);
    }
}

/* Runs that have begun since the last time, in one change of the list. */
static void
list_new_runs (CamSession *self)
{
  guint n = 0, n_shown = self->study != NULL ? cam_study_item_get_n_done (self->study) : 0;
  g_autofree gint64 *ids = cam_store_list_runs (self->store, &n, NULL);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; ids != NULL && i < n && ids[i] > self->newest_run; i++)
    {
      CamRunItem *item = cam_session_make_run_item (self, ids[i]);

      if (item == NULL)
        continue;
      cam_run_item_set_shown (item, n_shown + items->len < N_SHOWN);
      g_ptr_array_add (items, item);
    }
  if (n > 0 && ids != NULL)
    self->newest_run = MAX (self->newest_run, ids[0]);
  splice_new (self, items);
  if (ids != NULL && n < g_list_model_get_n_items (G_LIST_MODEL (self->runs)))
    drop_gone (self, ids, n);
}

/* A run of the study that was left before its end, and goes on with it. */
static gboolean
is_left (CamSession *self,
         CamRunItem *run)
{
  CamRunState state = cam_run_item_get_state (run);

  return (state == CAM_RUN_INTERRUPTED || state == CAM_RUN_STOPPED) && self->study != NULL && cam_run_item_get_study (run) == cam_study_item_get_id (self->study);
}

/* Those listed as under way have moved, or ended; of a study that is taken up, those that were cut short. */
static void
refresh_runs (CamSession *self)
{
  GListModel *runs = G_LIST_MODEL (self->runs);
  guint n = g_list_model_get_n_items (runs);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      if (cam_run_item_get_state (run) == CAM_RUN_RUNNING && run != self->current_run)
        cam_run_item_refresh (run);
      else if (is_left (self, run))
        cam_run_item_refresh (run);
    }
}

static gboolean
follow_cb (gpointer user_data)
{
  CamSession *self = user_data;

  self->follow_timer = 0;
  if (self->study == NULL)
    return G_SOURCE_REMOVE;
  list_new_runs (self);
  refresh_runs (self);
  cam_study_item_follow (self->study);

  return G_SOURCE_REMOVE;
}

static void
progress_cb (CamSession *self)
{
  if (self->follow_timer == 0)
    self->follow_timer = g_timeout_add (FOLLOW_MS, follow_cb, self);
}

/* One after the other ------------------------------------------------------------------------------------------------ */

static void
set_study (CamSession   *self,
           CamStudyItem *item)
{
  if (!g_set_object (&self->study, item))
    return;
  cam_session_refresh_state (self);
  cam_session_notify (self, CAM_SESSION_PROP_STUDY);
}

/* @item is the one under way. */
static void
set_state (CamSession    *self,
           CamStudyItem  *item,
           CamStudyState  state)
{
  cam_study_item_set_state (item, state);
  cam_study_item_set_clock (item, state == CAM_STUDY_RUNNING);
  cam_session_refresh_state (self);
}

/* What is wrong with the study of @item. */
static void
tell_failure (CamSession   *self,
              CamStudyItem *item,
              const char   *message)
{
  /* translators: %s is the name of a study */
  g_autofree char *title = g_strdup_printf (_("The study “%s” cannot go on"), cam_study_item_get_name (item));

  cam_study_item_set_message (item, message);
  cam_session_fail (self, title, message);
}

/* In the loop's next turn: what has ended is still telling others of it, and its runners go with it. */
static gboolean
ended_idle_cb (gpointer user_data)
{
  CamSession *self = user_data;
  g_autoptr(CamStudyItem) item = self->study != NULL ? g_object_ref (self->study) : NULL;
  CamStudy *study = item != NULL ? cam_study_item_get_study (item) : NULL;

  if (study == NULL || cam_study_is_running (study))
    return G_SOURCE_REMOVE;
  g_clear_handle_id (&self->follow_timer, g_source_remove);
  list_new_runs (self);
  refresh_runs (self);
  cam_study_item_set_clock (item, FALSE);
  cam_study_item_follow (item);
  if (cam_study_get_error (study) != NULL)
    tell_failure (self, item, cam_study_get_error (study)->message);
  /* Results stay in the workspace; runners, datasets and networks need not. */
  cam_study_item_set_study (item, NULL);
  set_study (self, NULL);
  cam_study_item_set_state (item, cam_study_item_get_n_done (item) == cam_study_item_get_n_runs (item) ? CAM_STUDY_FINISHED : CAM_STUDY_UNFINISHED);
  g_signal_emit_by_name (item, "results");
  cam_session_adopt_waiting (self);
  cam_session_advance_studies (self);

  return G_SOURCE_REMOVE;
}

static void
ended_cb (CamSession *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, ended_idle_cb, g_object_ref (self), g_object_unref);
}

/* It is not under way after all. */
static void
give_up (CamSession   *self,
         CamStudyItem *item,
         const char   *message)
{
  guint position;

  tell_failure (self, item, message);
  cam_study_item_set_study (item, NULL);
  cam_study_item_set_state (item, CAM_STUDY_UNFINISHED);
  if (cam_study_item_get_id (item) == 0 && g_list_store_find (self->studies, item, &position))
    g_list_store_remove (self->studies, position);
}

static gboolean
begin (CamSession   *self,
       CamStudyItem *item)
{
  CamStudy *study = cam_study_item_get_study (item);
  g_autoptr(GError) error = NULL;

  g_signal_connect_object (study, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "run-ended", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  if (!cam_study_start (study, cam_study_item_get_id (item), &error))
    {
      give_up (self, item, error->message);
      return FALSE;
    }
  cam_study_item_set_message (item, NULL);
  set_study (self, item);
  set_state (self, item, CAM_STUDY_RUNNING);
  cam_study_item_follow (item);
  progress_cb (self);

  return TRUE;
}

void
cam_session_advance_studies (CamSession *self)
{
  while (!cam_session_is_under_way (self) && self->store != NULL && self->waiting == NULL && !self->is_close_waiting && !g_queue_is_empty (&self->waiting_studies))
    {
      g_autoptr(CamStudyItem) item = g_queue_pop_head (&self->waiting_studies);

      if (begin (self, item))
        return;
    }
}

/* Before its turn ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  CamSession   *session;     /* owned */
  CamStudyItem *item;        /* owned */
} Preparing;

static void
preparing_free (Preparing *preparing)
{
  g_object_unref (preparing->session);
  g_object_unref (preparing->item);
  g_free (preparing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Preparing, preparing_free)

static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Preparing) preparing = user_data;
  CamSession *self = preparing->session;
  CamStudyItem *item = preparing->item;
  const CamStudyJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean is_done = g_task_propagate_boolean (G_TASK (result), &error);

  /* A late reply: it was cancelled meanwhile, or another workspace is open. */
  if (cam_study_item_get_state (item) != CAM_STUDY_PREPARING || job->store != self->store || !g_list_store_find (self->studies, item, NULL))
    return;
  if (is_done && cam_study_item_get_id (item) == 0)
    is_done = cam_study_keep (job->study, &error);
  if (!is_done)
    {
      give_up (self, item, error->message);
      return;
    }
  cam_study_item_set_study (item, job->study);
  /* One that is taken up has its results when it starts. */
  if (cam_study_item_get_id (item) == 0)
    cam_study_item_follow (item);
  cam_study_item_set_state (item, CAM_STUDY_WAITING);
  g_queue_push_tail (&self->waiting_studies, g_object_ref (item));
  cam_session_advance_studies (self);
}

/* The open table serves where the plan reads the same file in the same way. */
gboolean
cam_session_reads_open_table (CamSession    *self,
                              CamExperiment *experiment)
{
  g_autoptr(json_t) kinds = cam_source_kinds (cam_experiment_get_data (experiment));

  return self->table != NULL && self->load == NULL && g_strcmp0 (cam_experiment_get_file (experiment), self->table_file) == 0
         && cam_session_same_json (cam_experiment_peek (experiment, "data/dialect"), self->table_dialect) && cam_session_same_json (kinds, self->table_kinds);
}

static void
prepare (CamSession   *self,
         CamStudyItem *item,
         CamPlan      *plan)
{
  CamStudyJob *job = cam_study_job_new (self, NULL, plan);
  Preparing *preparing = g_new (Preparing, 1);

  *preparing = (Preparing) { g_object_ref (self), g_object_ref (item) };
  job->store = self->store;
  if (!cam_session_reads_open_table (self, cam_plan_get_experiment (plan)))
    g_clear_pointer (&job->table, cam_table_unref);
  cam_study_item_set_state (item, CAM_STUDY_PREPARING);
  cam_study_job_run (job, item, NULL, prepared_cb, preparing);
}

/* From the workspace ------------------------------------------------------------------------------------------------- */

void
cam_session_init_studies (CamSession *self)
{
  self->studies = g_list_store_new (CAM_TYPE_STUDY_ITEM);
  g_queue_init (&self->waiting_studies);
  self->removed_studies = g_hash_table_new_full (NULL, NULL, g_object_unref, removed_free);
}

void
cam_session_clear_studies (CamSession *self)
{
  g_clear_object (&self->studies);
  g_clear_object (&self->study);
  g_queue_clear_full (&self->waiting_studies, g_object_unref);
  g_clear_pointer (&self->removed_studies, g_hash_table_unref);
}

void
cam_session_list_studies (CamSession *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = 0;
  g_autofree gint64 *ids = cam_store_list_studies (self->store, &n, &error);

  if (ids == NULL)
    cam_session_fail (self, _("The studies of this workspace could not be read"), error->message);
  for (guint i = 0; ids != NULL && i < n; i++)
    {
      g_autoptr(CamStudyRecord) record = cam_store_get_study (self->store, ids[i], NULL);

      if (record != NULL)
        g_ptr_array_add (items, cam_study_item_new_stored (self->store, record));
    }
  g_list_store_splice (self->studies, 0, g_list_model_get_n_items (G_LIST_MODEL (self->studies)), items->pdata, items->len);
}

void
cam_session_offer_study (CamSession *self)
{
  g_autoptr(CamStudyItem) newest = g_list_model_get_item (G_LIST_MODEL (self->studies), 0);

  if (newest != NULL && cam_study_item_get_state (newest) == CAM_STUDY_UNFINISHED && cam_study_item_get_message (newest) == NULL)
    cam_session_tell_unfinished (self, newest);
}

void
cam_session_drop_studies (CamSession *self)
{
  g_clear_handle_id (&self->follow_timer, g_source_remove);
  g_queue_clear_full (&self->waiting_studies, g_object_unref);
  set_study (self, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->studies)); i++)
    {
      g_autoptr(CamStudyItem) item = g_list_model_get_item (G_LIST_MODEL (self->studies), i);

      /* Its results are read with the store, which is about to be closed. */
      cam_study_item_set_study (item, NULL);
      cam_study_item_set_state (item, CAM_STUDY_UNFINISHED);
    }
  g_list_store_remove_all (self->studies);
  g_hash_table_remove_all (self->removed_studies);
}

gboolean
cam_session_is_under_way (CamSession *self)
{
  return self->is_busy || self->study != NULL;
}

void
cam_session_stop_all (CamSession *self)
{
  cam_session_stop (self);
  if (self->study != NULL)
    cam_session_cancel_study (self, self->study);
}

void
cam_session_wait_for_study (CamSession *self)
{
  const gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  CamStudy *study = self->study != NULL ? cam_study_item_get_study (self->study) : NULL;

  if (study == NULL)
    return;
  cam_study_stop (study);
  while (cam_study_is_running (study) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* Public functions --------------------------------------------------------------------------------------------------- */

GListModel *
cam_session_get_studies (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->studies);
}

CamStudyItem *
cam_session_get_study (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->study;
}

CamStudyItem *
cam_session_add_study (CamSession *self,
                       CamPlan    *plan,
                       double      seconds)
{
  g_autoptr(CamStudyItem) item = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self) && self->store != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  item = cam_study_item_new (plan, seconds);
  g_list_store_insert (self->studies, 0, item);
  prepare (self, item, plan);

  /* The list has it. */
  return item;
}

void
cam_session_pause_study (CamSession   *self,
                         CamStudyItem *item)
{
  g_return_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item));

  if (item != self->study || cam_study_item_get_state (item) != CAM_STUDY_RUNNING)
    return;
  cam_study_set_paused (cam_study_item_get_study (item), TRUE);
  set_state (self, item, CAM_STUDY_PAUSED);
}

void
cam_session_resume_study (CamSession   *self,
                          CamStudyItem *item)
{
  CamPlan *plan;

  g_return_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item));

  if (cam_study_item_get_state (item) == CAM_STUDY_PAUSED)
    {
      if (self->is_busy)
        {
          cam_session_say (self, _("A run is under way; the study can go on when it has ended"));
          return;
        }
      set_state (self, item, CAM_STUDY_RUNNING);
      cam_study_set_paused (cam_study_item_get_study (item), FALSE);
    }
  if (cam_study_item_get_state (item) != CAM_STUDY_UNFINISHED || self->store == NULL)
    return;
  plan = cam_study_item_get_plan (item);
  if (plan != NULL)
    prepare (self, item, plan);
  else
    tell_failure (self, item, cam_study_item_get_message (item));
}

void
cam_session_cancel_study (CamSession   *self,
                          CamStudyItem *item)
{
  CamStudyState state;

  g_return_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item));

  state = cam_study_item_get_state (item);
  if (item == self->study)
    {
      CamStudy *study = cam_study_item_get_study (item);

      set_state (self, item, CAM_STUDY_STOPPING);
      cam_study_stop (study);
      /* Paused runs are let go to their end. */
      cam_study_set_paused (study, FALSE);
      return;
    }
  if (state != CAM_STUDY_PREPARING && state != CAM_STUDY_WAITING)
    return;
  if (g_queue_remove (&self->waiting_studies, item))
    g_object_unref (item);
  cam_study_item_set_study (item, NULL);
  cam_study_item_set_state (item, CAM_STUDY_UNFINISHED);
  /* One that never was in the workspace is gone. */
  if (cam_study_item_get_id (item) == 0)
    {
      guint position;

      if (g_list_store_find (self->studies, item, &position))
        g_list_store_remove (self->studies, position);
    }
}

gboolean
cam_session_rename_study (CamSession   *self,
                          CamStudyItem *item,
                          const char   *name)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item) && name != NULL, FALSE);

  if (!cam_store_rename_study (self->store, cam_study_item_get_id (item), name, &error))
    {
      cam_session_fail (self, _("The study could not be renamed"), error->message);
      return FALSE;
    }
  cam_study_item_set_name (item, name);
  return TRUE;
}

/* The runs of the list that are among @runs leave it, from the last on; what is left of them is told in as few changes as there are groups. */
static GPtrArray *
take_runs (CamSession *self,
           GPtrArray  *runs)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint end = g_list_model_get_n_items (G_LIST_MODEL (self->runs)), n = 0;

  for (guint i = 0; i < runs->len; i++)
    g_hash_table_add (ids, &((CamStudyRun *) g_ptr_array_index (runs, i))->id);
  for (guint i = end; i > 0; i--)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (G_LIST_MODEL (self->runs), i - 1);
      gint64 id = cam_run_item_get_id (run);
      gboolean is_one = g_hash_table_contains (ids, &id);

      if (is_one)
        {
          g_ptr_array_add (taken, g_object_ref (run));
          n++;
        }
      if (n > 0 && (!is_one || i == 1))
        {
          g_list_store_splice (self->runs, is_one ? i - 1 : i, n, NULL, 0);
          n = 0;
        }
    }

  return taken;
}

gboolean
cam_session_delete_study (CamSession   *self,
                          CamStudyItem *item)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamStudyRecord) record = NULL;
  g_autoptr(GPtrArray) runs = NULL;
  Removed *removed;
  guint position;
  gint64 id;

  g_return_val_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item), FALSE);

  if (cam_study_item_is_active (item))
    {
      cam_session_say (self, _("Cancel the study before deleting it"));
      return FALSE;
    }
  id = cam_study_item_get_id (item);
  record = cam_store_get_study (self->store, id, &error);
  runs = record != NULL ? cam_store_list_study_runs (self->store, id, &error) : NULL;
  if (runs == NULL || !cam_store_remove_study (self->store, id, &error))
    {
      cam_session_fail (self, _("The study could not be deleted"), error->message);
      return FALSE;
    }

  removed = g_new0 (Removed, 1);
  removed->items = take_runs (self, runs);
  removed->record = g_steal_pointer (&record);
  removed->runs = g_steal_pointer (&runs);
  if (self->current_run != NULL && g_ptr_array_find (removed->items, self->current_run, NULL))
    g_clear_object (&self->current_run);
  g_hash_table_insert (self->removed_studies, g_object_ref (item), removed);
  if (g_list_store_find (self->studies, item, &position))
    {
      removed->position = position;
      g_list_store_remove (self->studies, position);
    }
  return TRUE;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 first = cam_run_item_get_id (*(CamRunItem *const *) a), second = cam_run_item_get_id (*(CamRunItem *const *) b);

  return (second > first) - (second < first);
}

/* All in one change of the list. */
static void
put_back (CamSession *self,
          GPtrArray  *items)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runs));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (self->runs), i));
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (all, g_object_ref (items->pdata[i]));
  g_ptr_array_sort (all, compare_newest_first);
  g_list_store_splice (self->runs, 0, n, all->pdata, all->len);
}

gboolean
cam_session_restore_study (CamSession   *self,
                           CamStudyItem *item)
{
  g_autoptr(GError) error = NULL;
  const Removed *removed;

  g_return_val_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item), FALSE);

  removed = g_hash_table_lookup (self->removed_studies, item);
  if (removed == NULL)
    return FALSE;
  if (!cam_store_restore_study (self->store, removed->record, removed->runs, &error))
    {
      cam_session_fail (self, _("The study could not be brought back"), error->message);
      return FALSE;
    }
  put_back (self, removed->items);
  g_list_store_insert (self->studies, MIN (removed->position, g_list_model_get_n_items (G_LIST_MODEL (self->studies))), item);
  g_hash_table_remove (self->removed_studies, item);
  return TRUE;
}

typedef struct
{
  CamPlan *plan;
  char    *then;         /* the hash of the data that it began with */
} DataCheck;

static void
data_check_free (gpointer data)
{
  DataCheck *check = data;

  cam_plan_unref (check->plan);
  g_free (check->then);
  g_free (check);
}

static void                                   /* worker thread */
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  const DataCheck *check = data;
  g_autofree char *now = cam_plan_hash_data (check->plan);

  g_task_return_boolean (task, now != NULL && g_strcmp0 (now, check->then) != 0);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    cam_study_item_set_warning (CAM_STUDY_ITEM (source), _("The data file is another now than the one that this study was made with."));
}

/* What was found holds of the data that there were. */
static void
check_data (CamSession   *self,
            CamStudyItem *item,
            CamPlan      *plan)
{
  g_autoptr(CamStudyRecord) record = cam_store_get_study (self->store, cam_study_item_get_id (item), NULL);
  g_autoptr(GTask) task = NULL;
  DataCheck *check;

  if (record == NULL || record->data_sha256 == NULL)
    return;
  check = g_new (DataCheck, 1);
  *check = (DataCheck) { cam_plan_ref (plan), g_strdup (record->data_sha256) };
  task = g_task_new (item, NULL, checked_cb, NULL);
  g_task_set_task_data (task, check, data_check_free);
  g_task_run_in_thread (task, check_in_thread);
}

CamStudy *
cam_session_peek_study (CamSession   *self,
                        CamStudyItem *item)
{
  g_autoptr(CamStudy) study = NULL;
  g_autoptr(GError) error = NULL;
  CamPlan *plan;

  g_return_val_if_fail (CAM_IS_SESSION (self) && CAM_IS_STUDY_ITEM (item), NULL);

  plan = cam_study_item_get_plan (item);
  if (cam_study_item_get_study (item) != NULL || plan == NULL || self->store == NULL)
    return cam_study_item_get_study (item);
  study = cam_study_new (plan, NULL, self->store, 1);
  if (cam_study_item_get_id (item) != 0 && !cam_study_load (study, cam_study_item_get_id (item), &error))
    {
      cam_study_item_set_message (item, error->message);
      return NULL;
    }
  cam_study_item_set_study (item, study);
  check_data (self, item, plan);

  return study;
}
