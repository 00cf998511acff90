/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bringing data and experiments into the session. The file is read, the proposal made and the first dataset prepared
 * on a worker thread; the main thread then takes all at once, or nothing where something went wrong. A data file has
 * a workspace of its own in the user's data folder, so that its runs and its draft are there again when it is. */

#include "cam-session-load.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "cam-words.h"
#include "cam-workspace.h"

/* The workspace --------------------------------------------------------------------------------------------------- */

/* What the workspace of a data file has of it, without making one. */
static void
find_draft (CamSession *self,
            CamLoad    *load)
{
  g_autofree char *path = cam_workspace_dup_path (load->file, 0);

  if (self->store != NULL && g_strcmp0 (cam_store_get_path (self->store), path) == 0)
    {
      cam_session_flush_draft (self);
      load->store_path = g_steal_pointer (&path);
      load->draft = cam_workspace_read_draft (self->store);
    }
  else if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      load->store = cam_workspace_open (load->file, NULL);
      if (load->store != NULL)
        load->draft = cam_workspace_read_draft (load->store);
    }
  if (load->draft != NULL && g_strcmp0 (cam_experiment_get_file (load->draft), load->file) != 0)
    g_clear_pointer (&load->draft, cam_experiment_unref);
}

/* Taking what was read ------------------------------------------------------------------------------------------------ */

static char *
describe_table (CamCsvResult *result)
{
  g_autofree char *rows = cam_words_rows (cam_table_get_n_rows (result->table));
  g_autofree char *columns = cam_words_columns (cam_table_get_n_columns (result->table));
  g_autofree char *dialect = cam_csv_dialect_describe (result->dialect);

  return g_strdup_printf ("%s × %s · %s", rows, columns, dialect);
}

static gboolean
is_same_store (CamSession *self,
               CamLoad    *load)
{
  return load->store == NULL && load->store_path != NULL && self->store != NULL
         && g_strcmp0 (cam_store_get_path (self->store), load->store_path) == 0;
}

/* Everything that can fail comes before anything is given up. */
static gboolean
change_store (CamSession *self,
              CamLoad    *load)
{
  g_autoptr(GError) error = NULL;

  if (is_same_store (self, load))
    return TRUE;
  if (load->store == NULL)
    load->store = cam_workspace_open (load->file, &error);
  if (load->store == NULL)
    {
      cam_session_fail (self, _("The workspace for this file could not be opened"), error->message);
      return FALSE;
    }
  cam_session_flush_draft (self);
  cam_session_drop_studies (self);
  cam_session_drop_runs (self);
  g_clear_pointer (&self->store, cam_store_close);
  self->store = g_steal_pointer (&load->store);
  return TRUE;
}

static void
take_table (CamSession *self,
            CamLoad    *load)
{
  const json_t *dialect = cam_experiment_peek (load->chosen, "data/dialect");

  g_clear_pointer (&self->dialect, cam_csv_dialect_free);
  self->dialect = cam_csv_dialect_copy (load->result->dialect);
  cam_session_take_data (self, cam_table_ref (load->result->table), g_ptr_array_ref (load->result->notes),
                         describe_table (load->result), g_strdup (cam_experiment_get_file (load->chosen)),
                         json_deep_copy (dialect));
  g_clear_pointer (&self->table_kinds, json_decref);
  self->table_kinds = json_incref (load->kinds);
  cam_session_take_dataset (self, g_steal_pointer (&load->dataset), g_steal_pointer (&load->data_problem),
                            cam_experiment_get_data (load->chosen), cam_experiment_get_split (load->chosen));
}

static void
adopt (CamSession *self,
       CamLoad    *load)
{
  if (!change_store (self, load))
    return;

  self->is_adopting = TRUE;
  g_object_freeze_notify (G_OBJECT (self));
  take_table (self, load);
  if (load->draft != NULL && load->experiment != NULL)
    {
      /* An experiment opened over a draft of the same data: the draft is one undo away. */
      cam_document_reset (self->document, load->draft);
      cam_document_replace (self->document, load->chosen, load->open_name);
    }
  else
    cam_document_reset (self->document, load->chosen);
  self->is_adopting = FALSE;
  cam_session_experiment_changed (self);
  cam_session_list_experiments (self);
  cam_session_list_runs (self);
  cam_session_list_studies (self);
  g_object_thaw_notify (G_OBJECT (self));

  cam_session_tell_opened (self);
  cam_session_tell_recovered (self);
  cam_session_offer_study (self);
}

static void
adopt_again (CamSession *self,
             CamLoad    *load)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);

  if (experiment == NULL)
    return;
  self->is_adopting = TRUE;
  g_object_freeze_notify (G_OBJECT (self));
  take_table (self, load);
  if (load->kind == CAM_LOAD_READ_AS)
    cam_document_replace (self->document, load->chosen, _("Read as"));
  self->is_adopting = FALSE;
  cam_session_experiment_changed (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Starting and ending a load ------------------------------------------------------------------------------------------- */

static gboolean
load_timer_cb (gpointer user_data)
{
  CamSession *self = user_data;
  g_autofree char *rows = NULL;
  g_autofree char *name = g_path_get_basename (self->load->file);
  goffset read, total;
  gsize n_rows;

  g_mutex_lock (&self->load->shared.lock);
  read = self->load->shared.read;
  total = self->load->shared.total;
  n_rows = self->load->shared.n_rows;
  g_mutex_unlock (&self->load->shared.lock);

  self->load_progress = total > 0 ? CLAMP ((double) read / (double) total, 0.0, 1.0) : 0.0;
  rows = cam_words_count (n_rows);
  g_free (self->load_text);
  self->load_text = g_strdup_printf (_("Reading %s · %s rows"), name, rows);
  cam_session_notify (self, CAM_SESSION_PROP_LOAD_PROGRESS);
  cam_session_notify (self, CAM_SESSION_PROP_LOAD_TEXT);
  return G_SOURCE_CONTINUE;
}

static void
set_load (CamSession *self,
          CamLoad    *load)
{
  gboolean was_loading = self->load != NULL;

  g_clear_handle_id (&self->load_timer, g_source_remove);
  if (self->load != NULL)
    {
      g_cancellable_cancel (self->load->cancellable);
      cam_load_end (self->load);
    }
  self->load = load;
  if (load != NULL)
    {
      load_timer_cb (self);
      self->load_timer = g_timeout_add (80, load_timer_cb, self);
    }
  if (was_loading != (load != NULL))
    cam_session_notify (self, CAM_SESSION_PROP_LOADING);
}

static void
tell_failure (CamSession *self,
              CamLoad    *load,
              GError     *error)
{
  g_autofree char *name = g_path_get_basename (load->file);
  g_autofree char *title = g_strdup_printf (_("“%s” could not be read"), name);

  cam_session_fail (self, title, error->message);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CamSession *self = CAM_SESSION (source);
  CamLoad *load = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean is_read = g_task_propagate_boolean (G_TASK (result), &error);

  /* A late reply: something else was opened, or reading was cancelled. */
  if (self->load != load)
    return;
  self->load = NULL;
  g_clear_handle_id (&self->load_timer, g_source_remove);

  if (!is_read)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tell_failure (self, load, error);
      cam_load_end (load);
    }
  else if (load->kind != CAM_LOAD_OPEN)
    {
      adopt_again (self, load);
      cam_load_end (load);
    }
  else if (cam_session_is_under_way (self))
    {
      /* A runner writes to the store until its run has ended. */
      g_clear_pointer (&self->waiting, cam_load_end);
      self->waiting = load;
      cam_session_stop_all (self);
    }
  else
    {
      adopt (self, load);
      cam_load_end (load);
    }
  cam_session_notify (self, CAM_SESSION_PROP_LOADING);
}

static void
start_load (CamSession *self,
            CamLoad    *load)
{
  g_autoptr(GTask) task = g_task_new (self, load->cancellable, loaded_cb, NULL);

  g_clear_pointer (&self->waiting, cam_load_end);
  self->is_close_waiting = FALSE;
  set_load (self, load);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (load), (GDestroyNotify) cam_load_unref);
  g_task_run_in_thread (task, cam_load_in_thread);
}

void
cam_session_adopt_waiting (CamSession *self)
{
  CamLoad *load;

  if (cam_session_is_under_way (self))
    return;
  load = g_steal_pointer (&self->waiting);
  if (load != NULL)
    {
      adopt (self, load);
      cam_load_end (load);
    }
  else if (self->is_close_waiting)
    cam_session_close (self);
}

void
cam_session_forget_loads (CamSession *self)
{
  set_load (self, NULL);
  g_clear_pointer (&self->waiting, cam_load_end);
}

static void
start_again (CamSession *self,
             CamLoadKind    kind,
             const char *file,
             json_t     *dialect)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  CamLoad *load = cam_load_new (kind, file);
  g_autoptr(GError) error = NULL;

  load->dialect = json_deep_copy (dialect);
  load->experiment = kind == CAM_LOAD_READ_AS ? cam_experiment_with (experiment, "data/dialect", dialect, &error)
                                          : cam_experiment_ref (experiment);
  if (load->experiment == NULL)
    {
      cam_session_fail (self, _("The file cannot be read this way"), error->message);
      cam_load_end (load);
      return;
    }
  start_load (self, load);
}

void
cam_session_check_source (CamSession *self)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  const char *file = cam_experiment_get_file (experiment);
  const json_t *dialect = cam_experiment_peek (experiment, "data/dialect");
  g_autoptr(json_t) kinds = cam_source_kinds (cam_experiment_get_data (experiment));

  if (g_strcmp0 (file, self->table_file) == 0 && cam_session_same_json (dialect, self->table_dialect) && cam_session_same_json (kinds, self->table_kinds))
    return;
  if (file == NULL)
    return;

  /* Remembered as tried, so that a file that cannot be read is not read again with every change. */
  g_free (self->table_file);
  self->table_file = g_strdup (file);
  g_clear_pointer (&self->table_dialect, json_decref);
  self->table_dialect = json_deep_copy (dialect);
  g_clear_pointer (&self->table_kinds, json_decref);
  self->table_kinds = json_incref (kinds);
  start_again (self, CAM_LOAD_AGAIN, file, self->table_dialect);
}

void
cam_session_open_csv (CamSession *self,
                      const char *path)
{
  CamLoad *load;

  g_return_if_fail (CAM_IS_SESSION (self));
  g_return_if_fail (path != NULL);

  load = cam_load_new (CAM_LOAD_OPEN, path);
  find_draft (self, load);
  if (load->draft != NULL)
    load->dialect = json_deep_copy (cam_experiment_peek (load->draft, "data/dialect"));
  start_load (self, load);
}

void
cam_session_open_with (CamSession   *self,
                       const char   *path,
                       const json_t *dialect)
{
  g_autoptr(CamExperiment) changed = NULL;
  CamLoad *load;

  g_return_if_fail (CAM_IS_SESSION (self));
  g_return_if_fail (path != NULL && dialect != NULL);

  load = cam_load_new (CAM_LOAD_OPEN, path);
  if (self->table != NULL && g_strcmp0 (load->file, self->table_file) == 0)
    {
      cam_load_end (load);
      cam_session_read_as (self, dialect);
      return;
    }
  find_draft (self, load);
  load->is_corrected = TRUE;
  load->dialect = json_deep_copy (dialect);
  changed = load->draft != NULL ? cam_experiment_with (load->draft, "data/dialect", load->dialect, NULL) : NULL;
  if (changed != NULL)
    {
      cam_experiment_unref (load->draft);
      load->draft = g_steal_pointer (&changed);
    }
  start_load (self, load);
}

json_t *
cam_session_recall_dialect (CamSession *self,
                            const char *path)
{
  CamLoad *load;
  json_t *dialect = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  load = cam_load_new (CAM_LOAD_OPEN, path);
  find_draft (self, load);
  if (load->draft != NULL)
    dialect = json_deep_copy (cam_experiment_peek (load->draft, "data/dialect"));
  cam_load_end (load);
  return dialect;
}

void
cam_session_open_experiment (CamSession *self,
                             const char *path)
{
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  CamLoad *load;

  g_return_if_fail (CAM_IS_SESSION (self));
  g_return_if_fail (path != NULL);

  name = g_path_get_basename (path);
  title = g_strdup_printf (_("“%s” could not be opened"), name);
  experiment = cam_experiment_load (path, &error);
  if (experiment == NULL)
    {
      cam_session_fail (self, title, error->message);
      return;
    }
  if (cam_experiment_get_file (experiment) == NULL)
    {
      cam_session_fail (self, title, _("The experiment names no data file. Put its path under “data”, “file”."));
      return;
    }
  load = cam_load_new (CAM_LOAD_OPEN, cam_experiment_get_file (experiment));
  load->experiment = cam_experiment_ref (experiment);
  load->dialect = json_deep_copy (cam_experiment_peek (experiment, "data/dialect"));
  /* translators: the name of a step that can be undone */
  load->open_name = g_strdup_printf (_("Open %s"), name);
  find_draft (self, load);
  start_load (self, load);
}

void
cam_session_open_workspace (CamSession *self,
                            const char *path)
{
  g_autofree char *full = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) draft = NULL;
  CamStore *store = NULL, *opened = NULL;
  CamLoad *load;

  g_return_if_fail (CAM_IS_SESSION (self));
  g_return_if_fail (path != NULL);

  full = g_canonicalize_filename (path, NULL);
  name = g_path_get_basename (full);
  title = g_strdup_printf (_("“%s” could not be opened"), name);
  if (self->store != NULL && g_strcmp0 (cam_store_get_path (self->store), full) == 0)
    {
      cam_session_flush_draft (self);
      store = self->store;
    }
  else if (!g_file_test (full, G_FILE_TEST_EXISTS))
    {
      cam_session_fail (self, title, _("There is no such file."));
      return;
    }
  else
    store = opened = cam_store_open (full, &error);
  if (store == NULL)
    {
      cam_session_fail (self, title, error->message);
      return;
    }

  draft = cam_workspace_read_draft (store);
  if (draft == NULL)
    draft = cam_workspace_read_newest (store);
  if (draft == NULL || cam_experiment_get_file (draft) == NULL)
    {
      cam_session_fail (self, title, _("The workspace holds no experiment yet. Open the CSV file instead."));
      g_clear_pointer (&opened, cam_store_close);
      return;
    }
  load = cam_load_new (CAM_LOAD_OPEN, cam_experiment_get_file (draft));
  load->store = opened;
  load->store_path = g_steal_pointer (&full);
  load->dialect = json_deep_copy (cam_experiment_peek (draft, "data/dialect"));
  load->draft = g_steal_pointer (&draft);
  start_load (self, load);
}

/* The store's file is whole once it is closed: then it is copied, and the copy opened. */
gboolean
cam_session_save_workspace_as (CamSession  *self,
                               const char  *path,
                               GError     **error)
{
  g_autofree char *old = NULL;
  g_autofree char *full = NULL;
  g_autofree char *part = NULL;
  g_autoptr(GFile) from = NULL, to = NULL;
  gboolean is_copied;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  full = g_canonicalize_filename (path, NULL);
  if (self->store == NULL || cam_session_is_under_way (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, self->is_busy ? _("Wait until the run has ended, or stop it.") : _("Wait until the study has ended, or cancel it."));
      return FALSE;
    }
  old = g_strdup (cam_store_get_path (self->store));
  if (g_strcmp0 (old, full) == 0)
    return TRUE;

  if (self->draft_timer == 0)
    cam_session_touch_draft (self);
  cam_session_flush_draft (self);
  cam_session_drop_studies (self);
  cam_session_drop_runs (self);
  g_clear_pointer (&self->store, cam_store_close);

  part = g_strconcat (full, ".part", NULL);
  from = g_file_new_for_path (old);
  to = g_file_new_for_path (part);
  is_copied = g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
  if (is_copied && g_rename (part, full) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("“%s” could not be written: %s."), full,
                   g_strerror (code));
      g_unlink (part);
      is_copied = FALSE;
    }
  self->store = cam_store_open (is_copied ? full : old, is_copied ? error : NULL);
  if (self->store == NULL && is_copied)
    {
      self->store = cam_store_open (old, NULL);
      is_copied = FALSE;
    }
  if (self->store != NULL)
    {
      cam_session_list_runs (self);
      cam_session_list_studies (self);
    }
  return is_copied;
}

void
cam_session_cancel_loading (CamSession *self)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  set_load (self, NULL);
}

void
cam_session_close (CamSession *self)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  cam_session_forget_loads (self);
  if (cam_session_is_under_way (self))
    {
      self->is_close_waiting = TRUE;
      cam_session_stop_all (self);
      return;
    }
  self->is_close_waiting = FALSE;
  cam_session_flush_draft (self);
  g_object_freeze_notify (G_OBJECT (self));
  cam_session_drop_data (self);
  cam_document_reset (self->document, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

void
cam_session_reload (CamSession *self)
{
  g_return_if_fail (CAM_IS_SESSION (self));

  if (self->table == NULL)
    return;
  g_clear_pointer (&self->table_file, g_free);
  cam_session_check_source (self);
}

void
cam_session_read_as (CamSession   *self,
                     const json_t *dialect)
{
  g_autoptr(json_t) copy = NULL;

  g_return_if_fail (CAM_IS_SESSION (self));

  if (self->table == NULL)
    return;
  copy = json_deep_copy (dialect);
  start_again (self, CAM_LOAD_READ_AS, cam_experiment_get_file (cam_document_get_experiment (self->document)), copy);
}
