/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of training settings. A loss, a metric or an optimizer may stand in the document as a name alone; an edit writes it in full. */
#include "cam-train-edit.h"

#include <cam-dataset.h>

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-schedule-propose.h"

static CamExperiment *
get_experiment (CamSession *session)
{
  return cam_document_get_experiment (cam_session_get_document (session));
}

/* cam_kind_resolve() for what a valid document holds, where only the kind may be wanted. */
static const CamKind *
resolve (CamKindOf      of,
         const json_t  *given,
         json_t       **config)
{
  g_autoptr(json_t) completed = NULL;
  const CamKind *kind = given != NULL ? cam_kind_resolve (of, given, "", &completed, NULL) : NULL;

  if (config != NULL)
    *config = kind != NULL ? g_steal_pointer (&completed) : NULL;
  return kind;
}

const CamKind *
cam_train_peek_kind (CamExperiment  *experiment,
                     CamKindOf       of,
                     json_t        **config)
{
  const json_t *given;

  if (config != NULL)
    *config = NULL;
  if (experiment == NULL)
    return NULL;
  given = of == CAM_KIND_LOSS ? cam_experiment_get_loss (experiment) : cam_experiment_get_optimizer (experiment);
  return resolve (of, given, config);
}

static json_t *
new_entry (const CamKind *kind,
           const json_t  *config)
{
  return json_pack ("{s:s, s:o}", "class_name", kind->class_name, "config", config != NULL ? json_deep_copy (config) : json_object ());
}

gboolean
cam_train_set_kind (CamSession    *session,
                    CamKindOf      of,
                    const CamKind *kind)
{
  g_autoptr(json_t) value = NULL;
  g_autoptr(json_t) completed = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  if (get_experiment (session) == NULL || cam_train_peek_kind (get_experiment (session), of, NULL) == kind)
    return FALSE;
  if (of == CAM_KIND_LOSS)
    {
      value = json_string (kind->name);
      return cam_session_edit (session, "loss", value, _("Change loss"));
    }
  completed = cam_fields_complete (kind->fields, NULL, kind->class_name, NULL);
  value = new_entry (kind, completed);
  return cam_session_edit (session, "optimizer", value, _("Change optimizer"));
}

static char *
dup_step_name (const CamField *field)
{
  g_autofree char *title = g_utf8_strdown (_(field->title), -1);

  /* translators: the name of an undoable step; %s is a setting, in lower case, such as learning rate */
  return g_strdup_printf (_("Change %s"), title);
}

gboolean
cam_train_set_optimizer (CamSession     *session,
                         const CamField *field,
                         const json_t   *value)
{
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) entry = NULL;
  g_autofree char *name = NULL;
  const CamKind *kind;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (field != NULL && value != NULL, FALSE);

  kind = cam_train_peek_kind (get_experiment (session), CAM_KIND_OPTIMIZER, &config);
  if (kind == NULL)
    return FALSE;
  name = dup_step_name (field);
  json_object_set_new (config, field->key, field->flags & CAM_FIELD_OR_NUMBER ? cam_schedule_mend (json_object_get (config, field->key), value)
                                                                              : json_deep_copy (value));
  entry = new_entry (kind, config);
  return cam_session_edit (session, "optimizer", entry, name);
}

/* Metrics -------------------------------------------------------------------------------------------------------- */

/* Where @metric stands in the list, −1: not. */
static int
find_metric (const json_t  *metrics,
             const CamKind *metric)
{
  for (gsize i = 0; i < json_array_size (metrics); i++)
    if (resolve (CAM_KIND_METRIC, json_array_get (metrics, i), NULL) == metric)
      return (int) i;
  return -1;
}

gboolean
cam_train_has_metric (CamExperiment *experiment,
                      const CamKind *metric)
{
  return experiment != NULL && find_metric (cam_experiment_get_metrics (experiment), metric) >= 0;
}

gboolean
cam_train_set_metric (CamSession    *session,
                      const CamKind *metric,
                      gboolean       is_on)
{
  CamExperiment *experiment;
  g_autoptr(json_t) metrics = NULL;
  g_autofree char *name = NULL;
  int place;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (metric != NULL, FALSE);

  experiment = get_experiment (session);
  if (experiment == NULL)
    return FALSE;
  place = find_metric (cam_experiment_get_metrics (experiment), metric);
  if ((place >= 0) == !!is_on)
    return FALSE;
  metrics = json_deep_copy (cam_experiment_get_metrics (experiment));
  if (is_on)
    json_array_append_new (metrics, json_string (metric->name));
  else
    json_array_remove (metrics, (gsize) place);
  /* translators: names of undoable steps; %s is a metric such as accuracy */
  name = g_strdup_printf (is_on ? _("Add %s") : _("Remove %s"), metric->name);
  return cam_session_edit (session, "metrics", metrics, name);
}

/* Fit and early stopping ------------------------------------------------------------------------------------------- */

gboolean
cam_train_set_fit (CamSession     *session,
                   const CamField *field,
                   const json_t   *value)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (field != NULL && value != NULL, FALSE);

  if (get_experiment (session) == NULL)
    return FALSE;
  path = g_strconcat ("fit/", field->key, NULL);
  name = dup_step_name (field);
  return cam_session_edit (session, path, value, name);
}

/* The first EarlyStopping among the callbacks, −1: none. @config: (out) (transfer full) (optional). */
static int
find_early_stopping (const json_t  *callbacks,
                     json_t       **config)
{
  const CamKind *wanted = cam_kind_find (CAM_KIND_CALLBACK, "EarlyStopping");

  for (gsize i = 0; i < json_array_size (callbacks); i++)
    {
      g_autoptr(json_t) completed = NULL;

      if (resolve (CAM_KIND_CALLBACK, json_array_get (callbacks, i), &completed) != wanted)
        continue;
      if (config != NULL)
        *config = g_steal_pointer (&completed);
      return (int) i;
    }
  return -1;
}

json_t *
cam_train_dup_early_stopping (CamExperiment *experiment)
{
  json_t *config = NULL;

  if (experiment != NULL)
    find_early_stopping (cam_experiment_get_callbacks (experiment), &config);
  return config;
}

gboolean
cam_train_set_early_stopping (CamSession   *session,
                              const json_t *config,
                              const char   *name)
{
  const CamKind *kind = cam_kind_find (CAM_KIND_CALLBACK, "EarlyStopping");
  CamExperiment *experiment;
  g_autoptr(json_t) callbacks = NULL;
  int place;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  experiment = get_experiment (session);
  if (experiment == NULL)
    return FALSE;
  place = find_early_stopping (cam_experiment_get_callbacks (experiment), NULL);
  if (place < 0 && config == NULL)
    return FALSE;
  callbacks = json_deep_copy (cam_experiment_get_callbacks (experiment));
  if (callbacks == NULL)
    callbacks = json_array ();
  if (place >= 0 && config != NULL)
    json_array_set_new (callbacks, (gsize) place, new_entry (kind, config));
  else if (place >= 0)
    json_array_remove (callbacks, (gsize) place);
  else
    json_array_append_new (callbacks, new_entry (kind, config));
  return cam_session_edit (session, "callbacks", callbacks, name);
}

/* The learning rate ------------------------------------------------------------------------------------------------ */

double
cam_train_get_rate (CamExperiment *experiment)
{
  g_autoptr(json_t) config = NULL;
  const CamKind *kind = cam_train_peek_kind (experiment, CAM_KIND_OPTIMIZER, &config);

  return kind != NULL && json_is_number (json_object_get (config, "learning_rate")) ? cam_fields_number (config, "learning_rate") : NAN;
}

gboolean
cam_train_set_rate (CamSession *session,
                    double      rate,
                    const char *name)
{
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) entry = NULL;
  const CamKind *kind;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (isfinite (rate) && name != NULL, FALSE);

  kind = cam_train_peek_kind (get_experiment (session), CAM_KIND_OPTIMIZER, &config);
  if (kind == NULL || cam_fields_find (kind->fields, "learning_rate") == NULL)
    return FALSE;
  json_object_set_new (config, "learning_rate", json_real (rate));
  entry = new_entry (kind, config);
  return cam_session_edit (session, "optimizer", entry, name);
}

/* Six digits, so that a tenth of 0.01 is 0.001 and not 0.0010000000000000002. */
static json_t *
scaled (const json_t *value,
        double        factor)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.6g", json_number_value (value) * factor);
  return json_real (g_ascii_strtod (text, NULL));
}

static json_t *
scale_rate (const json_t *rate,
            double        factor)
{
  static const char *const keys[] = { "initial_learning_rate", "end_learning_rate", "warmup_target" };
  g_autoptr(json_t) copy = NULL;
  json_t *config, *values;

  if (json_is_number (rate))
    return scaled (rate, factor);
  copy = json_deep_copy (rate);
  config = json_object_get (copy, "config");
  values = json_object_get (config, "values");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_is_number (json_object_get (config, keys[i])))
      json_object_set_new (config, keys[i], scaled (json_object_get (config, keys[i]), factor));
  for (gsize i = 0; i < json_array_size (values); i++)
    json_array_set_new (values, i, scaled (json_array_get (values, i), factor));
  return g_steal_pointer (&copy);
}

gboolean
cam_train_scale_rate (CamSession *session,
                      double      factor,
                      const char *name)
{
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) entry = NULL;
  const CamKind *kind;

  g_return_val_if_fail (CAM_IS_SESSION (session), FALSE);
  g_return_val_if_fail (isfinite (factor) && name != NULL, FALSE);

  kind = cam_train_peek_kind (get_experiment (session), CAM_KIND_OPTIMIZER, &config);
  if (kind == NULL || json_object_get (config, "learning_rate") == NULL)
    return FALSE;
  json_object_set_new (config, "learning_rate", scale_rate (json_object_get (config, "learning_rate"), factor));
  entry = new_entry (kind, config);
  return cam_session_edit (session, "optimizer", entry, name);
}

double
cam_train_count_steps (CamSession *session)
{
  CamExperiment *experiment;
  CamDataset *dataset;
  gsize n_rows, batch_size;

  g_return_val_if_fail (CAM_IS_SESSION (session), 1);

  experiment = get_experiment (session);
  dataset = cam_session_get_dataset (session);
  if (experiment == NULL || dataset == NULL)
    return 1;
  n_rows = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN);
  batch_size = MAX (cam_experiment_get_batch_size (experiment), 1);
  return MAX ((double) ((n_rows + batch_size - 1) / batch_size) * cam_experiment_get_epochs (experiment), 1);
}
