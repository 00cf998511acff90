/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study has found, in numbers: scores by setting and repeat, their order, and how sure that is. */
#include "cam-study-figures.h"

#include <math.h>

#include "cam-study-private.h"

/* Runs whose histories tell which keys there are: settings do not differ in them, and the store need not read thousands. */
#define MOST_LOOKED 8

void
cam_study_group_free (gpointer data)
{
  CamStudyGroup *group = data;

  g_free (group->scores);
  g_free (group);
}

static CamStudyGroup *
new_group (guint setting,
           guint n_repeats)
{
  CamStudyGroup *group = g_new0 (CamStudyGroup, 1);

  group->setting = setting;
  group->scores = g_new (double, n_repeats);
  for (guint i = 0; i < n_repeats; i++)
    group->scores[i] = NAN;
  return group;
}

/* Of the last stage that each was in, or of @only. */
static GPtrArray *
make_groups (CamStudy   *self,
             const char *score,
             int         only)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (cam_study_group_free);
  guint n_repeats = cam_plan_get_n_repeats (self->plan);

  for (guint setting = 0; setting < cam_plan_get_n_settings (self->plan); setting++)
    g_ptr_array_add (groups, new_group (setting, n_repeats));
  for (guint place = 0; place < self->results->len; place++)
    {
      CamPlanPlace at = cam_plan_find_place (self->plan, place);
      CamStudyResult result;
      CamStudyGroup *group;

      cam_study_get_result (self, place, &result);
      if (!result.is_done || (only >= 0 && at.stage != (guint) only))
        continue;
      group = g_ptr_array_index (groups, result.setting);
      if (at.stage > group->stage)
        for (guint i = 0; i < n_repeats; i++)
          group->scores[i] = NAN;
      group->stage = at.stage;
      group->scores[at.repeat] = cam_study_find_score (result.report, score);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      CamStudyGroup *group = g_ptr_array_index (groups, i);

      cam_spread_init (&group->spread, group->scores, n_repeats);
    }

  return groups;
}

GPtrArray *
cam_study_make_groups (CamStudy   *self,
                       const char *score)
{
  return make_groups (self, score, -1);
}

GPtrArray *
cam_study_make_stage_groups (CamStudy   *self,
                             const char *score,
                             guint       stage)
{
  return make_groups (self, score, (int) stage);
}

static int
compare_groups (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const CamStudyGroup *x = *(CamStudyGroup *const *) a, *y = *(CamStudyGroup *const *) b;
  gboolean larger = *(gboolean *) user_data;

  if (x->stage != y->stage)
    return x->stage > y->stage ? -1 : 1;
  if (isnan (x->spread.mean) != isnan (y->spread.mean))
    return isnan (x->spread.mean) ? 1 : -1;
  if (x->spread.mean != y->spread.mean && !isnan (x->spread.mean))
    return (x->spread.mean < y->spread.mean) != larger ? -1 : 1;

  return (x->setting > y->setting) - (x->setting < y->setting);
}

void
cam_study_rank_groups (CamStudy  *self,
                       GPtrArray *groups,
                       gboolean   larger_is_better)
{
  g_ptr_array_sort_with_data (groups, compare_groups, &larger_is_better);
}

double
cam_study_compare_groups (CamStudy            *self,
                          const CamStudyGroup *a,
                          const CamStudyGroup *b,
                          gboolean             larger_is_better,
                          CamPaired           *paired)
{
  guint n_folds = cam_plan_get_n_folds (self->plan);

  cam_paired_init (paired, a->scores, b->scores, cam_plan_get_n_repeats (self->plan), n_folds > 0 ? 1.0 / n_folds : 0.0);
  return larger_is_better ? paired->probability : 1.0 - paired->probability;
}

/* Takes @name. */
static void
add_once (GPtrArray *names,
          char      *name)
{
  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_free (name);
  else
    g_ptr_array_add (names, name);
}

GPtrArray *
cam_study_list_scores (CamStudy *self)
{
  static const char *const parts[][2] = { { "train", "train_" }, { "validation", "val_" }, { "test", "test_" } };
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    for (guint place = 0; place < self->results->len; place++)
      {
        json_t *scores = json_object_get (json_object_get (cam_study_peek_result (self, place)->report, "scores"), parts[p][0]);
        const char *key;
        json_t *value;

        json_object_foreach (scores, key, value)
          add_once (names, g_strconcat (parts[p][1], key, NULL));
      }

  return names;
}

GPtrArray *
cam_study_list_keys (CamStudy *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint n_looked = 0;

  for (guint place = 0; place < self->results->len && n_looked < MOST_LOOKED; place++)
    {
      const char *const *keys = NULL;
      guint n_epochs;

      if (cam_study_peek_history (self, place, &keys, &n_epochs) == NULL)
        continue;
      n_looked++;
      for (guint i = 0; keys[i] != NULL; i++)
        add_once (names, g_strdup (keys[i]));
    }

  return names;
}
