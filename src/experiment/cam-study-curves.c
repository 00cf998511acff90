/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves of several runs together: how they are spread epoch by epoch, and how long they take to a score. */
#include "cam-study-figures.h"

#include <math.h>

#include "cam-study-private.h"

CamSpread *
cam_curves_spread (const double *const *curves,
                   const guint         *lengths,
                   guint                n,
                   guint               *n_told,
                   guint               *n_whole)
{
  g_autofree double *values = g_new (double, n + 1);
  guint longest = 0;
  CamSpread *spreads;

  for (guint i = 0; i < n; i++)
    longest = MAX (longest, lengths[i]);
  spreads = g_new (CamSpread, longest + 1);
  *n_told = *n_whole = 0;
  for (guint epoch = 0; epoch < longest; epoch++)
    {
      guint n_left = 0;

      for (guint i = 0; i < n; i++)
        if (epoch < lengths[i])
          values[n_left++] = curves[i][epoch];
      if (2 * n_left < n)
        break;
      cam_spread_init (&spreads[epoch], values, n_left);
      *n_told = epoch + 1;
      if (n_left == n)
        *n_whole = epoch + 1;
    }

  return spreads;
}

static int
find_key (const char *const *keys,
          const char        *key)
{
  for (int i = 0; keys != NULL && keys[i] != NULL; i++)
    if (g_str_equal (keys[i], key))
      return i;

  return -1;
}

/* The values of one key of a run, by epoch; NULL: none. g_free(). */
static double *
dup_curve (CamStudy   *self,
           guint       place,
           const char *key,
           guint      *n_epochs)
{
  const char *const *keys = NULL;
  const double *history = cam_study_peek_history (self, place, &keys, n_epochs);
  int column = history != NULL ? find_key (keys, key) : -1;
  guint n_keys;
  double *values;

  if (column < 0 || *n_epochs == 0)
    return NULL;
  n_keys = g_strv_length ((char **) keys);
  values = g_new (double, *n_epochs);
  for (guint epoch = 0; epoch < *n_epochs; epoch++)
    values[epoch] = history[(gsize) epoch * n_keys + column];

  return values;
}

GArray *
cam_study_list_places (CamStudy *self,
                       guint     setting)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint stage = 0;

  for (guint place = 0; place < self->results->len; place++)
    {
      CamPlanPlace at = cam_plan_find_place (self->plan, place);
      CamStudyResult result;

      cam_study_get_result (self, place, &result);
      if (!result.is_done || result.setting != setting)
        continue;
      if (at.stage > stage)
        g_array_set_size (places, 0);
      stage = at.stage;
      g_array_append_val (places, place);
    }

  return places;
}

CamStudyCurves *
cam_study_curves_new (CamStudy   *self,
                      guint       setting,
                      const char *key)
{
  CamStudyCurves *curves = g_new0 (CamStudyCurves, 1);
  g_autoptr(GArray) places = cam_study_list_places (self, setting);

  curves->repeats = g_new (guint, places->len + 1);
  curves->lengths = g_new (guint, places->len + 1);
  curves->curves = g_new0 (double *, places->len + 1);
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i), n_epochs = 0;
      double *values = dup_curve (self, place, key, &n_epochs);

      if (values == NULL)
        continue;
      curves->repeats[curves->n] = cam_plan_find_place (self->plan, place).repeat;
      curves->lengths[curves->n] = n_epochs;
      curves->curves[curves->n++] = values;
    }
  curves->spreads = cam_curves_spread ((const double *const *) curves->curves, curves->lengths, curves->n, &curves->n_told, &curves->n_whole);

  return curves;
}

void
cam_study_curves_free (CamStudyCurves *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n; i++)
    g_free (self->curves[i]);
  g_free (self->curves);
  g_free (self->repeats);
  g_free (self->lengths);
  g_free (self->spreads);
  g_free (self);
}

/* The first epoch, from 1, whose value is as good as @target; 0: none. */
static guint
find_epoch (const double *values,
            guint         n,
            gboolean      larger_is_better,
            double        target)
{
  for (guint i = 0; i < n; i++)
    if (larger_is_better ? values[i] >= target : values[i] <= target)
      return i + 1;

  return 0;
}

void
cam_study_find_time (CamStudy     *self,
                     guint         setting,
                     const char   *key,
                     gboolean      larger_is_better,
                     double        target,
                     CamStudyTime *time)
{
  g_autoptr(GArray) places = cam_study_list_places (self, setting);
  g_autofree double *epochs = g_new (double, places->len + 1), *seconds = g_new (double, places->len + 1);

  *time = (CamStudyTime) { 0 };
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i), n_epochs = 0, epoch;
      g_autofree double *values = dup_curve (self, place, key, &n_epochs);
      const json_t *report = cam_study_peek_result (self, place)->report, *took = json_object_get (report, "seconds");

      if (values == NULL)
        continue;
      time->n_runs++;
      epoch = find_epoch (values, n_epochs, larger_is_better, target);
      if (epoch == 0)
        continue;
      epochs[time->n_reached] = epoch;
      seconds[time->n_reached++] = json_is_number (took) ? json_number_value (took) * epoch / n_epochs : NAN;
    }
  cam_spread_init (&time->epochs, epochs, time->n_reached);
  cam_spread_init (&time->seconds, seconds, time->n_reached);
}

double
cam_study_find_target (CamStudy   *self,
                       const char *key,
                       gboolean    larger_is_better)
{
  guint n = cam_plan_get_n_settings (self->plan);
  g_autofree double *all = g_new (double, n);

  for (guint setting = 0; setting < n; setting++)
    {
      g_autoptr(CamStudyCurves) curves = cam_study_curves_new (self, setting, key);
      g_autofree double *best = g_new (double, curves->n + 1);
      CamSpread spread;

      for (guint i = 0; i < curves->n; i++)
        {
          best[i] = NAN;
          for (guint epoch = 0; epoch < curves->lengths[i]; epoch++)
            best[i] = larger_is_better ? fmax (best[i], curves->curves[i][epoch]) : fmin (best[i], curves->curves[i][epoch]);
        }
      cam_spread_init (&spread, best, curves->n);
      all[setting] = larger_is_better ? spread.min : spread.max;
    }

  return cam_quantile (all, n, 0.5);
}
