/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predicting a file in stretches: each is a piece of work of its own, written in the order of the file. */
#include "cam-predict-file.h"

#include <cam-series-stream.h>
#include <cam-unseen.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-lanes.h"
#include "cam-model-private.h"

/* Rows and numbers of a stretch: enough to be worth a thread's while, few enough to stay in a cache. */
#define MOST_ROWS    8192
#define LEAST_ROWS   256
#define MOST_NUMBERS (1 << 20)
/* A table that is worth a word where all of it must be in memory. */
#define LARGE_BYTES  (64 * 1024 * 1024)

gsize cam_predict_stretch = 0;

/* Rows on their way. */
typedef struct
{
  CamTable *table;
  gsize     first;        /* the first new row's place in the file */
  gsize     n_before;     /* rows of the table that were there before */
  gboolean  is_first, is_last;

  GString  *text;
  gsize     n_used, n_skipped, n_to_come, n_known;
  double    right, miss;  /* sums over the known rows */
  GArray   *unseen;       /* CamUnseen; NULL: the model does not know its columns */
  GError   *error;
} Stretch;

typedef struct
{
  const CamModel   *model;
  CamWholeFile     *out;
  CamLanes         *lanes;
  CamPredictedFile *told;
  gsize             n_used;
  gsize             n_taken;     /* rows */
  double            right, miss;
} PredictFile;

static void
stretch_free (Stretch *self)
{
  cam_table_unref (self->table);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->unseen, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
cam_model_stream_rows (const CamModel    *self,
                       const char        *path,
                       const CamRowSink  *sink,
                       CamCsvProgress     progress,
                       gpointer           user_data,
                       GCancellable      *cancellable,
                       CamFileRemarks    *remarks,
                       GError           **error)
{
  CamPreparation *preparation = cam_model_get_preparation (self);
  g_autoptr(json_t) kinds = preparation != NULL ? cam_preparation_dup_kinds (preparation) : NULL;
  gsize n_rows = cam_predict_stretch > 0 ? cam_predict_stretch : CLAMP (MOST_NUMBERS / MAX (cam_model_get_input_size (self), 1), LEAST_ROWS, MOST_ROWS);
  g_autoptr(CamCsvResult) whole = NULL;
  gboolean is_disordered = FALSE;

  if (preparation == NULL || cam_preparation_goes_by_rows (preparation))
    return cam_source_stream (path, kinds, n_rows, sink, progress, user_data, cancellable, error);
  if (cam_preparation_can_stream (preparation))
    {
      gboolean ok = cam_series_stream (preparation, path, n_rows, sink, progress, user_data, cancellable, &is_disordered, error);

      if (!is_disordered)
        return ok;
    }
  whole = cam_source_read (path, NULL, kinds, progress, user_data, cancellable, error);

  if (whole == NULL || !sink->begin (sink->user_data, error) || !sink->take (sink->user_data, whole->table, 0, TRUE, error))
    return FALSE;
  remarks->is_whole = cam_table_get_size_bytes (whole->table) > LARGE_BYTES;

  return TRUE;
}

/* The truth of the new rows, where the file has it. */
static void
add_truth (Stretch        *self,
           const CamTruth *truth)
{
  self->n_known = truth->n_known;
  if (isfinite (truth->accuracy))
    self->right = truth->accuracy * (double) truth->n_known;
  if (isfinite (truth->error))
    self->miss = truth->error * (double) truth->n_known;
}

static void                                   /* lanes' thread */
work (gpointer piece,
      gpointer user_data)
{
  PredictFile *file = user_data;
  Stretch *self = piece;
  gsize n = cam_table_get_n_rows (self->table);
  g_autoptr(CamPredictions) predictions = cam_model_predict_some (file->model, self->table, self->n_before, &self->n_used, &self->error);
  g_autoptr(CamTruth) truth = NULL;

  if (predictions == NULL)
    {
      if (self->first > 0)
        /* translators: rows of a file; then what is wrong with one of them */
        g_prefix_error (&self->error, _("rows %zu to %zu: "), self->first + 1, self->first + n - self->n_before);
      return;
    }
  self->text = g_string_sized_new (n * 32);
  if (self->is_first)
    cam_predictions_add_header (predictions, self->table, self->text);
  cam_predictions_add_rows (predictions, self->table, self->n_before, n - self->n_before, self->text);
  if (self->is_last)
    {
      cam_predictions_add_to_come (predictions, self->table, self->text);
      self->n_to_come = predictions->n_to_come;
    }
  self->n_skipped = predictions->n_skipped;
  truth = cam_model_compare_some (file->model, self->table, predictions, self->n_before);
  if (truth != NULL)
    add_truth (self, truth);
  if (cam_model_get_preparation (file->model) != NULL)
    self->unseen = cam_preparation_list_unseen (cam_model_get_preparation (file->model), self->table, self->n_before);
}

static gboolean
end (gpointer   piece,
     gpointer   user_data,
     GError   **error)
{
  PredictFile *file = user_data;
  Stretch *self = piece;
  gboolean ok = FALSE;

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else
    ok = cam_whole_file_write (file->out, self->text->str, self->text->len, error);
  file->n_used += self->n_used;
  file->told->n_rows += cam_table_get_n_rows (self->table) - self->n_before;
  file->told->n_skipped += self->n_skipped;
  file->told->n_to_come += self->n_to_come;
  file->told->n_known += self->n_known;
  if (self->unseen != NULL)
    cam_file_remarks_add (&file->told->remarks, g_steal_pointer (&self->unseen));
  file->right += self->right;
  file->miss += self->miss;
  stretch_free (self);

  return ok;
}

static gboolean
begin_cb (gpointer   user_data,
          GError   **error)
{
  PredictFile *self = user_data;

  cam_lanes_drop (self->lanes);
  cam_file_remarks_clear (&self->told->remarks);
  *self->told = (CamPredictedFile) { .accuracy = NAN, .error = NAN, .remarks.preparation = cam_model_get_preparation (self->model) };
  self->n_used = self->n_taken = 0;
  self->right = self->miss = 0.0;

  return cam_whole_file_restart (self->out, error);
}

static void
odd_cb (gpointer    user_data,
        gsize       n_rows,
        const char *first)
{
  PredictFile *self = user_data;

  cam_file_remarks_set_odd (&self->told->remarks, n_rows, first);
}

static gboolean
take_cb (gpointer    user_data,
         CamTable   *table,
         gsize       n_before,
         gboolean    is_last,
         GError    **error)
{
  PredictFile *self = user_data;
  gsize n_new = cam_table_get_n_rows (table) - n_before;
  Stretch *stretch;

  if (n_new == 0 && (!is_last || n_before == 0))
    return TRUE;
  stretch = g_new0 (Stretch, 1);
  *stretch = (Stretch) { .table = cam_table_ref (table), .first = self->n_taken, .n_before = n_before, .is_first = self->n_taken == 0, .is_last = is_last };
  self->n_taken += n_new;

  return cam_lanes_add (self->lanes, stretch, error);
}

gboolean
cam_model_predict_file (const CamModel    *self,
                        const char        *path,
                        CamWholeFile      *out,
                        CamCsvProgress     progress,
                        gpointer           user_data,
                        GCancellable      *cancellable,
                        CamPredictedFile  *told,
                        GError           **error)
{
  PredictFile file = { self, out, .told = told };
  const CamRowSink sink = { begin_cb, take_cb, NULL, odd_cb, &file };
  gboolean ok;

  *told = (CamPredictedFile) { .accuracy = NAN, .error = NAN };
  g_return_val_if_fail (self != NULL && path != NULL && out != NULL, FALSE);

  file.lanes = cam_lanes_new (0, work, end, &file);
  ok = cam_model_stream_rows (self, path, &sink, progress, user_data, cancellable, &told->remarks, error) && cam_lanes_drain (file.lanes, error) &&
       !g_cancellable_set_error_if_cancelled (cancellable, error);
  cam_lanes_drop (file.lanes);
  cam_lanes_free (file.lanes);
  if (ok && file.n_used == 0)
    ok = cam_model_refuse_rows (self, error);
  if (told->n_known > 0 && cam_model_get_task (self) != CAM_TASK_REGRESSION && cam_model_get_task (self) != CAM_TASK_AUTOENCODER)
    told->accuracy = file.right / (double) told->n_known;
  else if (told->n_known > 0)
    told->error = file.miss / (double) told->n_known;

  return ok;
}
