/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictions in the making: read, hold against the model, ask it, compare. */

#include "cam-prediction.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

struct _CamPredictionJob
{
  /* Set before the thread starts; read by both. */
  CamModelChoice *choice;
  CamRowsKind     kind;
  CamTable       *table;
  char           *path;
  GPtrArray      *renames;        /* of CamTableRename; NULL: none */
  char           *experiment;     /* the run's document; NULL: none */

  struct
  {
    GMutex  lock;
    goffset read, total;
    gsize   n_rows;
    gboolean is_read;
  } shared;
};

static void
job_clear (gpointer data)
{
  CamPredictionJob *self = data;

  g_clear_object (&self->choice);
  g_clear_pointer (&self->table, cam_table_unref);
  g_free (self->path);
  g_clear_pointer (&self->renames, g_ptr_array_unref);
  g_free (self->experiment);
  g_mutex_clear (&self->shared.lock);
}

void
cam_prediction_job_free (CamPredictionJob *self)
{
  g_atomic_rc_box_release_full (self, job_clear);
}

CamPrediction *
cam_prediction_ref (CamPrediction *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_prediction_unref (CamPrediction *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;
  g_clear_object (&self->choice);
  g_free (self->path);
  g_free (self->name);
  g_free (self->reading);
  g_clear_pointer (&self->renames, g_ptr_array_unref);
  g_clear_pointer (&self->features, g_ptr_array_unref);
  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->check, cam_table_check_free);
  g_clear_pointer (&self->answers, cam_predictions_free);
  g_clear_pointer (&self->truth, cam_truth_free);
  g_free (self->problem);
  g_free (self);
}

/* Worker thread ----------------------------------------------------------------------------------------------------- */

static void
progress_cb (goffset  bytes_read,
             goffset  bytes_total,
             gsize    n_rows,
             gpointer user_data)
{
  CamPredictionJob *job = user_data;

  g_mutex_lock (&job->shared.lock);
  job->shared.read = bytes_read;
  job->shared.total = bytes_total;
  job->shared.n_rows = n_rows;
  g_mutex_unlock (&job->shared.lock);
}

/* What the reader must know of columns that the file calls otherwise. */
static json_t *
dup_kinds (CamPredictionJob *job,
           CamPreparation   *preparation)
{
  json_t *kinds = preparation != NULL ? cam_preparation_dup_kinds (preparation) : NULL;

  for (guint i = 0; kinds != NULL && job->renames != NULL && i < job->renames->len; i++)
    {
      const CamTableRename *other = job->renames->pdata[i];
      json_t *kind = json_object_get (kinds, other->to);

      if (kind != NULL)
        json_object_set (kinds, other->from, kind);
    }
  return kinds;
}

/* In words, where it is more than a CSV file as it should be. */
static char *
describe_reading (const CamCsvResult *result)
{
  const CamCsvDialect *dialect = result->dialect;
  GString *text = g_string_new (NULL);

  if (dialect->form == CAM_CSV_TABLE && (strcmp (dialect->encoding, "UTF-8") != 0 || dialect->separator != ',' || dialect->decimal == ','))
    {
      g_autofree char *words = cam_csv_dialect_describe (dialect);

      /* translators: separator, encoding and decimal mark of a file */
      g_string_append_printf (text, _("It was read as %s."), words);
    }
  if (result->notes->len > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", (char *) result->notes->pdata[0]);
  if (result->notes->len > 1)
    g_string_append_printf (text, ngettext (" %u more such place was mended.", " %u more such places were mended.", result->notes->len - 1), result->notes->len - 1);
  return g_string_free (text, text->len == 0);
}

static CamTable *
read_file (CamPredictionJob  *job,
           char             **reading,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr(json_t) kinds = dup_kinds (job, cam_model_get_preparation (cam_model_choice_get_model (job->choice)));
  g_autoptr(CamCsvResult) result = cam_source_read (job->path, NULL, kinds, progress_cb, job, cancellable, error);

  if (result == NULL)
    return NULL;
  for (guint i = 0; job->renames != NULL && i < job->renames->len; i++)
    {
      const CamTableRename *other = job->renames->pdata[i];
      int column = cam_table_find (result->table, other->from);

      if (column >= 0 && cam_table_find (result->table, other->to) < 0)
        cam_table_rename (result->table, (guint) column, other->to);
    }
  *reading = describe_reading (result);
  return cam_table_ref (result->table);
}

/* By the run's own settings: the document may have gone on to another split since, and rows it was trained on prove nothing. */
static CamTable *
take_part (CamPredictionJob  *job,
           int               *part,
           GError           **error)
{
  static const CamPart wanted[] = { CAM_PART_TEST, CAM_PART_VALIDATION };
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamDataset) dataset = NULL;

  *part = -1;
  if (job->experiment == NULL)
    return cam_table_ref (job->table);
  experiment = cam_experiment_new_from_text (job->experiment, error);
  if (experiment == NULL)
    return NULL;
  dataset = cam_dataset_new (job->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), error);
  if (dataset == NULL)
    return NULL;
  /* Rows of a sequence say something only beside those before them. */
  if (cam_preparation_is_sequence (cam_dataset_get_preparation (dataset)))
    return cam_table_ref (job->table);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (cam_dataset_get_n_rows (dataset, wanted[i]) > 0)
      {
        *part = (int) wanted[i];
        return cam_table_new_from_rows (job->table, cam_dataset_get_rows (dataset, wanted[i]), cam_dataset_get_n_rows (dataset, wanted[i]));
      }
  return cam_table_ref (job->table);
}

static void
ask (CamPrediction *self)
{
  const CamModel *model = cam_model_choice_get_model (self->choice);
  CamPreparation *preparation = cam_model_get_preparation (model);
  g_autoptr(GError) error = NULL;

  if (preparation != NULL)
    {
      self->check = cam_table_check_new (preparation, self->table, self->kind == CAM_ROWS_FILE);
      self->problem = cam_table_check_dup_problem (self->check);
      if (self->problem != NULL)
        return;
    }
  self->answers = cam_model_predict (model, self->table, &error);
  if (self->answers == NULL)
    self->problem = g_strdup (error->message);
  else
    self->truth = cam_model_compare (model, self->table, self->answers);
}

static void
predict_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  CamPredictionJob *job = task_data;
  CamPrediction *prediction = g_new0 (CamPrediction, 1);
  GError *error = NULL;

  g_atomic_ref_count_init (&prediction->count);
  prediction->choice = g_object_ref (job->choice);
  prediction->kind = job->kind;
  prediction->part = -1;
  prediction->path = g_strdup (job->path);
  prediction->name = g_filename_display_basename (job->path);
  if (job->kind == CAM_ROWS_FILE)
    {
      prediction->table = read_file (job, &prediction->reading, cancellable, &error);
      prediction->renames = job->renames != NULL ? g_ptr_array_ref (job->renames) : NULL;
    }
  else if (job->kind == CAM_ROWS_TEST)
    prediction->table = take_part (job, &prediction->part, &error);
  else
    prediction->table = cam_table_ref (job->table);

  if (prediction->table == NULL)
    {
      cam_prediction_unref (prediction);
      g_task_return_error (task, error);
      return;
    }
  g_mutex_lock (&job->shared.lock);
  job->shared.is_read = TRUE;
  g_mutex_unlock (&job->shared.lock);
  ask (prediction);
  if (cam_model_get_preparation (cam_model_choice_get_model (job->choice)) != NULL)
    prediction->features = cam_features_new (cam_model_get_preparation (cam_model_choice_get_model (job->choice)),
                                             job->table != NULL ? job->table : prediction->table);
  g_task_return_pointer (task, prediction, (GDestroyNotify) cam_prediction_unref);
}

/* Main thread ------------------------------------------------------------------------------------------------------- */

CamPredictionJob *
cam_prediction_job_start (CamModelChoice      *choice,
                          CamRowsKind          kind,
                          CamTable            *table,
                          const char          *path,
                          GPtrArray           *renames,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  CamPredictionJob *self;
  g_autoptr(GTask) task = NULL;

  g_return_val_if_fail (CAM_IS_MODEL_CHOICE (choice) && cam_model_choice_get_model (choice) != NULL, NULL);
  g_return_val_if_fail (path != NULL && (kind == CAM_ROWS_FILE || table != NULL), NULL);

  self = g_atomic_rc_box_new0 (CamPredictionJob);
  g_mutex_init (&self->shared.lock);
  self->choice = g_object_ref (choice);
  self->kind = kind;
  self->table = table != NULL ? cam_table_ref (table) : NULL;
  self->path = g_strdup (path);
  self->renames = renames != NULL ? g_ptr_array_ref (renames) : NULL;
  if (cam_model_choice_get_run (choice) != NULL)
    self->experiment = g_strdup (cam_run_item_peek_experiment (cam_model_choice_get_run (choice)));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, cam_prediction_job_start);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self), (GDestroyNotify) cam_prediction_job_free);
  g_task_run_in_thread (task, predict_in_thread);
  return self;
}

CamPrediction *
cam_prediction_job_finish (GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

double
cam_prediction_job_get_progress (CamPredictionJob  *self,
                                 char             **text)
{
  g_autofree char *count = NULL;
  double share;

  g_mutex_lock (&self->shared.lock);
  share = self->shared.is_read ? 1 : self->shared.total > 0 ? CLAMP ((double) self->shared.read / (double) self->shared.total, 0, 1) : 0;
  count = cam_words_count (self->shared.n_rows);
  if (self->kind == CAM_ROWS_FILE && !self->shared.is_read)
    *text = g_strdup_printf (_("%s rows read"), count);
  else
    *text = g_strdup (_("Asking the model…"));
  g_mutex_unlock (&self->shared.lock);
  return share;
}
