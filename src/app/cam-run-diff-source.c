/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two sides of a difference, read out of a session. */

#include "cam-run-diff-source.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-json.h>

#include "cam-run-rates.h"
#include "cam-words.h"

typedef struct
{
  CamDiffSide    side;
  CamExperiment *experiment;
  json_t        *report;
  CamShape       input;
  GPtrArray     *events;
} Side;

static void
side_clear (Side *self)
{
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_clear_pointer (&self->report, json_decref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

static char *
describe_event (const CamRunEvent *event)
{
  g_autofree char *epoch = cam_words_count (event->epoch);
  g_autofree char *all = cam_words_count ((guint64) fmax (event->value, 0));
  g_autofree char *detail = NULL;
  const char *what;

  switch (event->kind)
    {
    case CAM_RUN_EVENT_RATE:
      what = _("Learning rate");
      detail = cam_run_rates_describe (event);
      break;
    case CAM_RUN_EVENT_EPOCHS:
      what = _("More epochs");
      detail = g_strdup_printf (_("after %s, up to %s"), epoch, all);
      break;
    case CAM_RUN_EVENT_RESUMED:
      what = _("Taken up again");
      detail = g_strdup_printf (_("after epoch %s"), epoch);
      break;
    case CAM_RUN_EVENT_BACK:
      what = _("Went back");
      detail = g_strdup_printf (_("to epoch %s, from %s"), epoch, all);
      break;
    case CAM_N_RUN_EVENTS:
    default:
      return NULL;
    }
  return g_strdup_printf ("%s: %s", what, detail);
}

static void
read_events (Side       *self,
             CamRunItem *run)
{
  guint n = 0;
  const CamRunEvent *events = cam_run_item_peek_events (run, &n);

  self->events = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      char *text = describe_event (&events[i]);

      if (text != NULL)
        g_ptr_array_add (self->events, text);
    }
  g_ptr_array_add (self->events, NULL);
  self->side.events = (const char *const *) self->events->pdata;
}

/* What the network of a run was given, as its preparation was kept. */
static gboolean
read_input (CamSession *session,
            CamRunItem *run,
            CamShape   *input)
{
  CamStore *store = cam_session_get_store (session);
  g_autofree char *text = store != NULL ? cam_store_dup_preparation (store, cam_run_item_get_id (run), NULL) : NULL;
  g_autoptr(json_t) json = text != NULL ? cam_json_parse (text, strlen (text), NULL) : NULL;
  g_autoptr(CamPreparation) preparation = json != NULL ? cam_preparation_from_json (json, NULL) : NULL;

  if (preparation == NULL)
    return FALSE;
  *input = cam_preparation_get_input_shape (preparation);
  return TRUE;
}

static gboolean
read_run (Side        *self,
          CamSession  *session,
          CamRunItem  *run,
          GError     **error)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const char *document = cam_run_item_peek_experiment (run), *report = cam_run_item_peek_report (run);

  self->experiment = cam_experiment_new_from_text (document != NULL ? document : "", error);
  if (self->experiment == NULL)
    {
      g_prefix_error (error, "%s: ", record->name);
      return FALSE;
    }
  self->report = report != NULL ? json_loads (report, 0, NULL) : NULL;
  read_events (self, run);
  self->side.name = record->name;
  self->side.experiment = self->experiment;
  self->side.report = self->report;
  self->side.data_name = record->data_name;
  self->side.data_sha256 = record->data_sha256;
  self->side.input = read_input (session, run, &self->input) ? &self->input : NULL;
  self->side.n_epochs = record->n_epochs;
  self->side.best_epoch = record->best_epoch;
  self->side.seconds = record->seconds;
  return TRUE;
}

static gboolean
read_open (Side        *self,
           CamSession  *session,
           GError     **error)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));
  CamDataset *dataset = cam_session_get_dataset (session);

  if (experiment == NULL)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("No experiment is open."));
      return FALSE;
    }
  self->experiment = cam_experiment_ref (experiment);
  self->side.name = _("Open experiment");
  self->side.experiment = self->experiment;
  self->side.seconds = NAN;
  if (dataset != NULL)
    {
      self->input = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
      self->side.input = &self->input;
    }
  return TRUE;
}

CamRunDiff *
cam_run_diff_source_compare (CamSession  *session,
                             CamRunItem  *a,
                             CamRunItem  *b,
                             GError     **error)
{
  Side sides[2] = { 0 };
  CamRunDiff *diff = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (session) && CAM_IS_RUN_ITEM (a), NULL);

  if (read_run (&sides[0], session, a, error) && (b != NULL ? read_run (&sides[1], session, b, error) : read_open (&sides[1], session, error)))
    diff = cam_run_diff_new (&sides[0].side, &sides[1].side);
  side_clear (&sides[0]);
  side_clear (&sides[1]);
  return diff;
}
