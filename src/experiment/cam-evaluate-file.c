/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating a file in stretches: they are prepared side by side, and measured in the order of the file. */
#include "cam-evaluate-file.h"

#include <cam-evaluator.h>
#include <cam-unseen.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-lanes.h"
#include "cam-predict-file.h"
#include "cam-tally.h"

/* As Keras evaluates where nobody says otherwise; it matters where a network masks steps. */
#define USUAL_BATCH 32

/* Rows on their way. */
typedef struct
{
  CamTable    *table;
  gsize        n_before;     /* rows of it that were there before */
  CamPrepared  prepared;
  GArray      *unseen;       /* CamUnseen */
  GError      *error;
} Stretch;

typedef struct
{
  CamPreparation *preparation;
  CamLanes       *lanes;
  CamEvaluator   *evaluator;
  CamTally       *tally;
  CamFileScores  *scores;
  GArray         *base;        /* float: of a relative sequence, those of the rows that are still to be measured */
} EvaluateFile;

static void
stretch_free (Stretch *self)
{
  cam_table_unref (self->table);
  cam_prepared_clear (&self->prepared);
  g_clear_pointer (&self->unseen, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
check_answers (const CamPreparation  *preparation,
               const CamTable        *table,
               GError               **error)
{
  for (guint i = 0; i < cam_preparation_get_n_targets (preparation); i++)
    if (cam_table_find (table, cam_preparation_get_target_name (preparation, i)) < 0)
      {
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN,
                     _("there is no column “%s” with the right answers; “camadas-cli predict” does without."), cam_preparation_get_target_name (preparation, i));
        return FALSE;
      }

  return TRUE;
}

/* Samples whose last row was there before have been measured. */
static void
drop_before (const CamPreparation *preparation,
             gsize                 n_before,
             CamPrepared          *prepared)
{
  gsize n_x = cam_preparation_get_n_inputs (preparation), n_y = cam_preparation_get_n_outputs (preparation), n_targets = cam_preparation_get_n_targets (preparation), used = 0;

  for (gsize i = 0; n_before > 0 && i < prepared->n_rows; i++)
    {
      if ((prepared->told != NULL ? prepared->told[(i + 1) * prepared->n_steps - 1] : prepared->rows[i]) < n_before)
        continue;
      memmove (prepared->x + used * n_x, prepared->x + i * n_x, n_x * sizeof (float));
      if (prepared->y != NULL && prepared->y != prepared->x)
        memmove (prepared->y + used * n_y, prepared->y + i * n_y, n_y * sizeof (float));
      if (prepared->base != NULL)
        memmove (prepared->base + used * n_targets, prepared->base + i * n_targets, n_targets * sizeof (float));
      used++;
    }
  if (n_before > 0)
    prepared->n_rows = used;
}

static void                                   /* lanes' thread */
work (gpointer piece,
      gpointer user_data)
{
  const EvaluateFile *file = user_data;
  Stretch *self = piece;

  if (cam_preparation_apply (file->preparation, self->table, TRUE, &self->prepared, &self->error))
    {
      drop_before (file->preparation, self->n_before, &self->prepared);
      self->unseen = cam_preparation_list_unseen (file->preparation, self->table, self->n_before);
    }
}

static gboolean
end (gpointer   piece,
     gpointer   user_data,
     GError   **error)
{
  EvaluateFile *file = user_data;
  Stretch *self = piece;
  gsize n = self->prepared.n_rows;
  gboolean ok = self->error == NULL;

  if (!ok)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (n > 0 && self->prepared.y != NULL)
    {
      if (self->prepared.base != NULL)
        g_array_append_vals (file->base, self->prepared.base, (guint) (n * cam_preparation_get_n_targets (file->preparation)));
      ok = cam_evaluator_add (file->evaluator, self->prepared.x, self->prepared.y, n, error);
      file->scores->n_rows += n;
    }
  if (self->unseen != NULL)
    cam_file_remarks_add (&file->scores->remarks, g_steal_pointer (&self->unseen));
  file->scores->n_skipped += cam_table_get_n_rows (self->table) - self->n_before - n;
  stretch_free (self);

  return ok;
}

static void
evaluated_cb (gsize        first,
              const float *x,
              const float *y,
              const float *p,
              gsize        n_rows,
              gpointer     user_data)
{
  EvaluateFile *self = user_data;

  gboolean has_base = self->base->len > 0;

  cam_tally_add (self->tally, y, p, has_base ? (const float *) (gconstpointer) self->base->data : NULL, n_rows);
  if (has_base)
    g_array_remove_range (self->base, 0, (guint) (n_rows * cam_preparation_get_n_targets (self->preparation)));
}

static gboolean
begin_cb (gpointer   user_data,
          GError   **error)
{
  EvaluateFile *self = user_data;

  cam_lanes_drop (self->lanes);
  cam_evaluator_restart (self->evaluator);
  cam_tally_restart (self->tally);
  g_array_set_size (self->base, 0);
  self->scores->n_rows = self->scores->n_skipped = 0;
  cam_file_remarks_clear (&self->scores->remarks);

  return TRUE;
}

static void
odd_cb (gpointer    user_data,
        gsize       n_rows,
        const char *first)
{
  EvaluateFile *self = user_data;

  cam_file_remarks_set_odd (&self->scores->remarks, n_rows, first);
}

static gboolean
take_cb (gpointer    user_data,
         CamTable   *table,
         gsize       n_before,
         gboolean    is_last,
         GError    **error)
{
  EvaluateFile *self = user_data;
  Stretch *stretch;

  if (!check_answers (self->preparation, table, error))
    return FALSE;
  if (cam_table_get_n_rows (table) == n_before)
    return TRUE;
  stretch = g_new0 (Stretch, 1);
  stretch->table = cam_table_ref (table);
  stretch->n_before = n_before;

  return cam_lanes_add (self->lanes, stretch, error);
}

static gboolean
finish (EvaluateFile  *self,
        GError       **error)
{
  if (self->scores->n_rows == 0)
    {
      g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS, _("no row has all the values that the model needs, and the right answer."));
      return FALSE;
    }
  self->scores->keys = cam_evaluator_finish (self->evaluator, &self->scores->values, error);
  if (self->scores->keys != NULL)
    self->scores->by_task = cam_tally_to_json (self->tally);

  return self->scores->keys != NULL;
}

gboolean
cam_model_evaluate_file (const CamModel  *self,
                         const char      *path,
                         CamCsvProgress   progress,
                         gpointer         user_data,
                         GCancellable    *cancellable,
                         CamFileScores   *scores,
                         GError         **error)
{
  CamPreparation *preparation = cam_model_get_preparation (self);
  EvaluateFile file = { .preparation = preparation, .scores = scores };
  const CamRowSink sink = { begin_cb, take_cb, NULL, odd_cb, &file };
  gboolean ok;

  *scores = (CamFileScores) { .remarks = { .preparation = preparation, .with_targets = TRUE } };
  g_return_val_if_fail (preparation != NULL && cam_model_get_loss (self) != NULL, FALSE);

  file.evaluator = cam_evaluator_new (cam_model_get_network (self), cam_model_get_loss (self), cam_model_get_metrics (self), cam_preparation_get_n_inputs (preparation),
                                      cam_preparation_get_n_outputs (preparation), USUAL_BATCH, 0, evaluated_cb, &file, error);
  if (file.evaluator == NULL)
    return FALSE;
  file.tally = cam_tally_new (self);
  file.base = g_array_new (FALSE, FALSE, sizeof (float));
  file.lanes = cam_lanes_new (0, work, end, &file);
  ok = cam_model_stream_rows (self, path, &sink, progress, user_data, cancellable, &scores->remarks, error) && cam_lanes_drain (file.lanes, error) && finish (&file, error) &&
       !g_cancellable_set_error_if_cancelled (cancellable, error);

  cam_lanes_drop (file.lanes);
  cam_lanes_free (file.lanes);
  cam_evaluator_free (file.evaluator);
  cam_tally_free (file.tally);
  g_array_unref (file.base);

  return ok;
}

void
cam_file_scores_clear (CamFileScores *self)
{
  g_clear_pointer (&self->keys, g_strfreev);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->by_task, json_decref);
  cam_file_remarks_clear (&self->remarks);
}
