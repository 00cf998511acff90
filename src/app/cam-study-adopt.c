/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study has found, taken into an experiment. */
#include "cam-study-view.h"

#include <math.h>
#include <cam-statistics.h>
#include <cam-study-figures.h>
#include <glib/gi18n-lib.h>

gboolean
cam_study_find_winner (CamStudy *study,
                       guint    *setting)
{
  CamPlan *plan = cam_study_get_plan (study);
  g_autoptr(GPtrArray) groups = cam_study_make_groups (study, cam_plan_get_monitor (plan));
  const CamStudyGroup *first;

  if (cam_plan_get_kind (plan) != CAM_STUDY_COMPARE && cam_plan_get_kind (plan) != CAM_STUDY_SEARCH)
    return FALSE;
  cam_study_rank_groups (study, groups, cam_plan_larger_is_better (plan));
  first = groups->pdata[0];
  *setting = first->setting;

  return first->spread.n > 0 && isfinite (first->spread.mean);
}

guint
cam_study_find_epochs (CamStudy *study,
                       guint     setting)
{
  CamPlan *plan = cam_study_get_plan (study);
  g_autoptr(GArray) epochs = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint place = 0; place < cam_plan_get_n_runs (plan); place++)
    {
      CamStudyResult result;
      double epoch;

      cam_study_get_result (study, place, &result);
      if (!result.is_done || result.setting != setting)
        continue;
      epoch = json_number_value (json_object_get (result.report, "weights_of_epoch"));
      if (epoch > 0)
        g_array_append_val (epochs, epoch);
    }

  return epochs->len > 0 ? (guint) MAX (1.0, round (cam_quantile ((const double *) (gpointer) epochs->data, epochs->len, 0.5)))
                         : cam_plan_get_epochs (plan, cam_plan_get_n_stages (plan) - 1, setting);
}

/* Callbacks that look at validation would have nothing to look at. */
static json_t *
drop_watchers (const CamExperiment *experiment)
{
  json_t *kept = json_array ();
  const json_t *callback;
  gsize i;

  json_array_foreach ((json_t *) cam_experiment_get_callbacks (experiment), i, callback)
    {
      const char *monitor = json_string_value (json_object_get (json_object_get (callback, "config"), "monitor"));

      if (monitor == NULL || !g_str_has_prefix (monitor, "val_"))
        json_array_append (kept, (json_t *) callback);
    }

  return kept;
}

/* All that is not for testing, as long as the runs were trained. */
static CamExperiment *
refit (const CamExperiment  *experiment,
       guint                 epochs,
       GError              **error)
{
  const json_t *split = cam_experiment_get_split (experiment);
  double train = json_number_value (json_object_get (split, "train")), validation = json_number_value (json_object_get (split, "validation"));
  g_autoptr(json_t) edits = json_object ();

  if (g_strcmp0 (json_string_value (json_object_get (split, "method")), "column") == 0)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE, _("A column says which rows are for validation; choose another split on Data first."));
      return NULL;
    }
  json_object_set_new (edits, "split/train", json_real (train + validation));
  json_object_set_new (edits, "split/validation", json_real (0.0));
  json_object_set_new (edits, "callbacks", drop_watchers (experiment));
  json_object_set_new (edits, "fit/epochs", json_integer (epochs));

  return cam_experiment_with_all (experiment, edits, error);
}

CamExperiment *
cam_study_adopt (CamStudy       *study,
                 CamExperiment  *experiment,
                 gboolean        is_refit,
                 GError        **error)
{
  g_autoptr(CamExperiment) adopted = NULL;
  guint setting;

  g_return_val_if_fail (CAM_IS_STUDY (study) && experiment != NULL, NULL);

  if (!cam_study_find_winner (study, &setting))
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_IMPOSSIBLE, _("No setting of the study has a score yet."));
      return NULL;
    }
  adopted = cam_plan_apply (cam_study_get_plan (study), setting, experiment, error);
  if (adopted == NULL || !is_refit)
    return g_steal_pointer (&adopted);

  return refit (adopted, cam_study_find_epochs (study, setting), error);
}
