/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan as runs: which there are, in which order they stand, and what each is. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "cam-plan-private.h"
#include "cam-run-private.h"

static CamPlanSetting *
get_setting (const CamPlan *self,
             guint          setting)
{
  return g_ptr_array_index (self->settings, setting);
}

CamStudyKind
cam_plan_get_kind (const CamPlan *self)
{
  return self->kind;
}

const char *
cam_plan_get_name (const CamPlan *self)
{
  return self->name;
}

CamExperiment *
cam_plan_get_experiment (const CamPlan *self)
{
  return self->experiment;
}

const char *
cam_plan_get_monitor (const CamPlan *self)
{
  return self->monitor;
}

gboolean
cam_plan_larger_is_better (const CamPlan *self)
{
  return self->larger_is_better;
}

guint
cam_plan_get_n_folds (const CamPlan *self)
{
  return self->n_folds;
}

char *
cam_plan_hash_data (const CamPlan *self)
{
  return cam_run_hash_file (cam_experiment_get_file (self->experiment));
}

guint
cam_plan_get_n_settings (const CamPlan *self)
{
  return self->settings->len;
}

const char *
cam_plan_get_label (const CamPlan *self,
                    guint          setting)
{
  return get_setting (self, setting)->label;
}

const json_t *
cam_plan_get_values (const CamPlan *self,
                     guint          setting)
{
  return get_setting (self, setting)->values;
}

guint
cam_plan_get_n_repeats (const CamPlan *self)
{
  return self->seeds->len * MAX (self->n_folds, 1);
}

CamPlanRepeat
cam_plan_get_repeat (const CamPlan *self,
                     guint          repeat)
{
  guint n_folds = MAX (self->n_folds, 1), round = repeat / n_folds;

  return (CamPlanRepeat) { g_array_index (self->seeds, guint64, round), round, self->n_folds > 0 ? repeat % n_folds + 1 : 0 };
}

guint
cam_plan_get_n_stages (const CamPlan *self)
{
  return self->n_stages;
}

guint
cam_plan_count_settings (const CamPlan *self,
                         guint          stage)
{
  return self->stages[stage].n_settings;
}

guint
cam_plan_get_first (const CamPlan *self,
                    guint          stage)
{
  guint n = 0;

  for (guint i = 0; i < stage; i++)
    n += self->stages[i].n_settings;

  return n * cam_plan_get_n_repeats (self);
}

guint
cam_plan_get_n_runs (const CamPlan *self)
{
  return cam_plan_get_first (self, self->n_stages);
}

/* All settings with one seed before the next seed, so that a study cut short has compared them all; a search looks at one trial after the other. */
CamPlanPlace
cam_plan_find_place (const CamPlan *self,
                     guint          place)
{
  guint stage = 0, n_repeats = cam_plan_get_n_repeats (self), n, rest;

  while (stage + 1 < self->n_stages && place >= cam_plan_get_first (self, stage + 1))
    stage++;
  rest = place - cam_plan_get_first (self, stage);
  n = self->stages[stage].n_settings;
  if (self->kind == CAM_STUDY_SEARCH)
    return (CamPlanPlace) { stage, rest / n_repeats, rest % n_repeats };

  return (CamPlanPlace) { stage, rest % n, rest / n };
}

guint
cam_plan_get_epochs (const CamPlan *self,
                     guint          stage,
                     guint          setting)
{
  guint own = cam_experiment_get_epochs (get_setting (self, setting)->experiment);

  return self->stages[stage].epochs > 0 ? MIN (self->stages[stage].epochs, own) : own;
}

typedef struct
{
  guint  setting;
  double score;      /* smaller is better */
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->score != y->score)
    return x->score < y->score ? -1 : 1;

  return (x->setting > y->setting) - (x->setting < y->setting);
}

static int
compare_settings (gconstpointer a,
                  gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

void
cam_plan_choose (const CamPlan *self,
                 guint          stage,
                 const guint   *settings,
                 const double  *scores,
                 guint         *chosen)
{
  guint n = self->stages[stage].n_settings, n_chosen = self->stages[stage + 1].n_settings;
  g_autofree Candidate *candidates = g_new (Candidate, n);

  g_return_if_fail (stage + 1 < self->n_stages);

  for (guint i = 0; i < n; i++)
    candidates[i] = (Candidate) { settings[i], isnan (scores[i]) ? INFINITY : self->larger_is_better ? -scores[i] : scores[i] };
  qsort (candidates, n, sizeof (Candidate), compare_candidates);
  for (guint i = 0; i < n_chosen; i++)
    chosen[i] = candidates[i].setting;
  qsort (chosen, n_chosen, sizeof (guint), compare_settings);
}

static gboolean
set_number (CamExperiment **experiment,
            const char     *path,
            guint64         number,
            GError        **error)
{
  g_autoptr(json_t) value = json_integer ((json_int_t) number);
  CamExperiment *edited = cam_experiment_with (*experiment, path, value, error);

  if (edited == NULL)
    return FALSE;
  cam_experiment_unref (*experiment);
  *experiment = edited;

  return TRUE;
}

CamExperiment *
cam_plan_make_experiment (const CamPlan  *self,
                          guint           stage,
                          guint           setting,
                          guint           repeat,
                          GError        **error)
{
  CamPlanRepeat of = cam_plan_get_repeat (self, repeat);
  g_autoptr(CamExperiment) experiment = cam_experiment_ref (get_setting (self, setting)->experiment);
  const json_t *split_seed = cam_experiment_peek (experiment, "split/seed");
  guint64 dealt = (split_seed != NULL ? (guint64) json_integer_value (split_seed) : 42) + of.round;

  if (!set_number (&experiment, "fit/seed", of.seed, error))
    return NULL;
  if (self->n_folds > 0 && (!set_number (&experiment, "split/seed", dealt & G_MAXINT64, error) || !set_number (&experiment, "split/folds", self->n_folds, error) ||
                            !set_number (&experiment, "split/fold", of.fold, error)))
    return NULL;
  if (self->kind == CAM_STUDY_LEARNING_CURVE && !set_number (&experiment, "split/train_seed", dealt & G_MAXINT64, error))
    return NULL;
  if (self->stages[stage].epochs > 0 && !set_number (&experiment, "fit/epochs", cam_plan_get_epochs (self, stage, setting), error))
    return NULL;

  return g_steal_pointer (&experiment);
}

CamExperiment *
cam_plan_apply (const CamPlan  *self,
                guint           setting,
                CamExperiment  *experiment,
                GError        **error)
{
  g_autoptr(CamExperiment) edited = cam_experiment_ref (experiment);
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) cam_plan_get_values (self, setting), path, value)
    {
      CamExperiment *next = cam_plan_edit (edited, path, value, get_setting (self, setting)->label, error);

      if (next == NULL)
        return NULL;
      cam_experiment_unref (edited);
      edited = next;
    }

  return g_steal_pointer (&edited);
}

char *
cam_plan_make_name (const CamPlan *self,
                    guint          stage,
                    guint          setting,
                    guint          repeat)
{
  CamPlanRepeat of = cam_plan_get_repeat (self, repeat);
  GString *name = g_string_new (NULL);

  if (self->kind != CAM_STUDY_REPEAT && self->kind != CAM_STUDY_CROSS_VALIDATE)
    g_string_append (name, get_setting (self, setting)->label);
  if (self->n_stages > 1)
    g_string_append_printf (name, ngettext (" · %u epoch", " · %u epochs", cam_plan_get_epochs (self, stage, setting)), cam_plan_get_epochs (self, stage, setting));
  if (self->seeds->len > 1 || name->len == 0)
    g_string_append_printf (name, _("%sseed %" PRIu64), name->len > 0 ? " · " : "", of.seed);
  if (of.fold > 0)
    g_string_append_printf (name, _(" · fold %u"), of.fold);

  return g_string_free (name, FALSE);
}
