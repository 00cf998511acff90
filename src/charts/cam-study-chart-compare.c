/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tells settings apart beside their scores: how long they take, how sure one is better than another, what their layers are like, and the activation functions themselves. */
#include "cam-study-chart-private.h"

#include <math.h>
#include <string.h>

#include <cam-activation.h>
#include <cam-number.h>
#include <glib/gi18n-lib.h>

#define MOST_CELLS 12
#define CURVE_POINTS 161
#define CURVE_REACH 4.0

static const char *
get_label (CamStudy            *study,
           const CamStudyGroup *group)
{
  return cam_plan_get_label (cam_study_get_plan (study), group->setting);
}

/* Time to a score ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  const CamStudyGroup *group;
  CamStudyTime         time;
} Timed;

/* The quickest first; those that never came there last. */
static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const Timed *x = a, *y = b;

  if ((x->time.n_reached > 0) != (y->time.n_reached > 0))
    return x->time.n_reached > 0 ? -1 : 1;
  if (x->time.n_reached > 0 && x->time.epochs.mean != y->time.epochs.mean)
    return x->time.epochs.mean < y->time.epochs.mean ? -1 : 1;

  return (x->group->setting > y->group->setting) - (x->group->setting < y->group->setting);
}

/* “1.2 s”, and how many runs came there where that is not all. */
static char *
tell_time (const CamStudyTime *time)
{
  char seconds[CAM_NUMBER_BUF];

  if (time->n_reached == 0)
    return g_strdup (_("not reached"));
  cam_number_format (seconds, time->seconds.mean, 2);
  if (time->n_reached < time->n_runs)
    /* translators: seconds; how many runs reached a score, of how many */
    return g_strdup_printf (_("%s s · %u of %u runs"), seconds, time->n_reached, time->n_runs);

  return g_strdup_printf (_("%s s"), seconds);
}

static void
add_times (CamStudy     *study,
           CamChart     *chart,
           const GArray *times)
{
  guint n = times->len;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_auto(GStrv) texts = g_new0 (char *, n + 1);
  g_autofree gboolean *alerts = g_new0 (gboolean, n);
  g_autofree guint *colours = g_new0 (guint, n);
  g_autofree double *epochs = g_new (double, n), *low = g_new (double, n), *high = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      const Timed *timed = &g_array_index (times, Timed, i);
      const CamSpread *spread = &timed->time.epochs;

      names[i] = get_label (study, timed->group);
      texts[i] = tell_time (&timed->time);
      alerts[i] = 2 * timed->time.n_reached < timed->time.n_runs;
      colours[i] = cam_study_chart_find_colour (timed->group->setting);
      epochs[i] = spread->mean;
      low[i] = fmax (spread->mean - spread->deviation, 0.0);
      high[i] = spread->mean + spread->deviation;
    }
  cam_chart_set_rows (chart, names, (const char *const *) texts, n);
  cam_chart_set_row_colours (chart, colours);
  cam_chart_set_row_alerts (chart, alerts);
  cam_chart_set_band (chart, cam_chart_add_row_bars (chart, _("epochs"), epochs, 0), low, high);
  cam_chart_set_listed (chart, 0, FALSE);
}

CamChart *
cam_study_chart_new_time (CamStudy   *study,
                          const char *what)
{
  CamChart *chart = cam_chart_new ();
  g_autofree char *key = cam_study_chart_dup_key (study), *name = cam_study_chart_name_score (key), *notes = NULL, *more = NULL;
  gboolean larger = cam_study_chart_is_larger (study, key), is_share = cam_study_chart_find_format (key) == CAM_AXIS_PERCENT;
  double target = what != NULL ? g_ascii_strtod (what, NULL) : cam_study_find_target (study, key, larger);
  guint n_more = 0;
  g_autoptr(GPtrArray) groups = cam_study_chart_rank (study, cam_plan_get_monitor (cam_study_get_plan (study)), CAM_STUDY_MOST_ROWS, &n_more);
  g_autoptr(GArray) times = g_array_new (FALSE, TRUE, sizeof (Timed));
  char number[CAM_NUMBER_BUF];

  for (guint i = 0; i < groups->len && isfinite (target); i++)
    {
      Timed timed = { g_ptr_array_index (groups, i), { 0 } };

      cam_study_find_time (study, timed.group->setting, key, larger, target, &timed.time);
      g_array_append_val (times, timed);
    }
  g_array_sort (times, compare_times);
  cam_number_format (number, is_share ? 100 * target : target, 3);
  cam_chart_set_axes (chart, _("Epochs"), _("setting"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (times->len > 0)
    add_times (study, chart, times);
  more = cam_study_chart_tell_more (n_more);
  notes = g_strdup_printf ("%s %s %s%s · %s%s%s", name, larger ? "≥" : "≤", number, is_share ? "%" : "", _("mean ± deviation of the runs that came there"), more != NULL ? " · " : "", more != NULL ? more : "");
  cam_study_chart_head (chart, study, _("Time to a score"), times->len > 0 ? notes : NULL);

  return chart;
}

/* How sure --------------------------------------------------------------------------------------------------------- */

/* “97 %”; nothing is quite sure. */
static char *
tell_probability (double           probability,
                  const CamPaired *paired)
{
  if (paired->is_same)
    return g_strdup ("=");
  if (isnan (probability))
    return g_strdup ("?");
  if (probability >= 0.995)
    return g_strdup ("> 99%");
  if (probability < 0.005)
    return g_strdup ("< 1%");

  return g_strdup_printf ("%.0f%%", probability * 100);
}

CamChart *
cam_study_chart_new_probabilities (CamStudy   *study,
                                   const char *what)
{
  const char *monitor = cam_plan_get_monitor (cam_study_get_plan (study));
  gboolean larger = cam_plan_larger_is_better (cam_study_get_plan (study));
  CamChart *chart = cam_chart_new ();
  guint n_more = 0, n;
  g_autoptr(GPtrArray) groups = cam_study_chart_rank (study, monitor, MOST_CELLS, &n_more);
  g_autofree const char **names = g_new0 (const char *, groups->len + 1);
  g_autofree double *values = g_new (double, groups->len * groups->len + 1);
  g_auto(GStrv) texts = g_new0 (char *, groups->len * groups->len + 1);
  g_autofree char *more = cam_study_chart_tell_more (n_more), *notes = NULL;

  n = groups->len;
  for (guint row = 0; row < n; row++)
    {
      names[row] = get_label (study, g_ptr_array_index (groups, row));
      for (guint column = 0; column < n; column++)
        {
          CamPaired paired;

          values[row * n + column] = NAN;
          if (row == column)
            {
              texts[row * n + column] = g_strdup ("");
              continue;
            }
          values[row * n + column] = cam_study_compare_groups (study, g_ptr_array_index (groups, row), g_ptr_array_index (groups, column), larger, &paired);
          texts[row * n + column] = tell_probability (values[row * n + column], &paired);
        }
    }
  cam_chart_set_axes (chart, NULL, _("better"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (n > 1)
    cam_chart_set_cells (chart, names, n, names, n, values, (const char *const *) texts, 0.0, 0.5, 1.0);
  notes = g_strconcat (_("the row better than the column; “?”: not known yet"), more != NULL ? " · " : NULL, more, NULL);
  cam_study_chart_head (chart, study, _("How likely one is better"), n > 1 ? notes : NULL);
  if (n <= 1 && cam_study_get_n_done (study) > 0)
    cam_chart_set_empty_text (chart, _("Two settings have to be done before they can be compared"));

  return chart;
}

/* Layers ----------------------------------------------------------------------------------------------------------- */

/* Names of the layers for which @has finds anything in any of the settings. */
static GPtrArray *
list_layers (CamStudy  *study,
             GPtrArray *groups,
             gboolean   is_dead)
{
  GPtrArray *names = cam_study_list_layers (study);

  for (guint i = names->len; i > 0; i--)
    {
      gboolean any = FALSE;

      for (guint g = 0; g < groups->len && !any; g++)
        {
          CamStudyLayer layer;

          cam_study_find_layer (study, ((const CamStudyGroup *) g_ptr_array_index (groups, g))->setting, g_ptr_array_index (names, i - 1), &layer);
          any = is_dead ? layer.dead.n > 0 : layer.gradient.n > 0;
        }
      if (!any)
        g_ptr_array_remove_index (names, i - 1);
    }

  return names;
}

static void
add_layers (CamStudy            *study,
            CamChart            *chart,
            const CamStudyGroup *group,
            GPtrArray           *layers,
            gboolean             is_dead,
            double              *highest)
{
  guint n = MIN (layers->len, CAM_CHART_MAX_GROUPS), colour = cam_study_chart_find_colour (group->setting), series;
  g_autofree double *x = g_new (double, n), *mean = g_new (double, n), *low = g_new (double, n), *high = g_new (double, n);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      CamStudyLayer layer;
      const CamSpread *spread = is_dead ? &layer.dead : &layer.gradient;

      cam_study_find_layer (study, group->setting, g_ptr_array_index (layers, i), &layer);
      x[i] = i;
      mean[i] = spread->mean;
      any = any || spread->n > 0;
      /* Gradients lie so far apart that a deviation would reach below zero, where a log axis has no place; their mean’s error does not. */
      low[i] = is_dead ? fmax (spread->mean - spread->deviation, 0.0) : fmax (spread->mean - spread->error, spread->min);
      high[i] = is_dead ? fmin (spread->mean + spread->deviation, 1.0) : spread->mean + spread->error;
      if (spread->n > 0)
        *highest = fmax (*highest, isfinite (high[i]) ? high[i] : mean[i]);
    }
  if (!any)
    return;
  if (is_dead)
    series = cam_chart_add_group_bars (chart, get_label (study, group), mean, colour);
  else
    series = cam_chart_add_curve (chart, get_label (study, group), x, mean, n, colour, (CamLinePattern) (group->setting % 4));
  cam_chart_set_band (chart, series, low, high);
  cam_chart_set_end_label (chart, series, !is_dead);
}

static CamChart *
new_layers (CamStudy *study,
            gboolean  is_dead)
{
  CamChart *chart = cam_chart_new ();
  guint n_more = 0;
  g_autoptr(GPtrArray) groups = cam_study_chart_rank (study, cam_plan_get_monitor (cam_study_get_plan (study)), CAM_STUDY_MOST_CURVES, &n_more);
  g_autoptr(GPtrArray) layers = list_layers (study, groups, is_dead);
  g_autofree char *more = cam_study_chart_tell_more (n_more), *notes = NULL;
  double highest = 0.0;

  cam_chart_set_axes (chart, _("Layer"), NULL, CAM_AXIS_NUMBER, is_dead ? CAM_AXIS_PERCENT : CAM_AXIS_LOG);
  if (layers->len > 0)
    {
      cam_chart_set_groups (chart, (const char *const *) layers->pdata, layers->len);
      for (guint i = 0; i < groups->len; i++)
        add_layers (study, chart, g_ptr_array_index (groups, i), layers, is_dead, &highest);
    }
  /* No axis of nothing but zeros, and room for a value over the highest bar. */
  if (is_dead)
    cam_chart_set_y_range (chart, 0.0, fmin (fmax (1.15 * highest, 0.05), 1.0));
  notes = g_strconcat (is_dead ? _("share of units that give 0 for every row; mean ± deviation") : _("norm in the last batch; mean, band: its standard error"), more != NULL ? " · " : NULL, more, NULL);
  cam_study_chart_head (chart, study, is_dead ? _("Dead units") : _("Gradient by layer"), notes);

  return chart;
}

CamChart *
cam_study_chart_new_dead (CamStudy   *study,
                          const char *what)
{
  return new_layers (study, TRUE);
}

CamChart *
cam_study_chart_new_gradients (CamStudy   *study,
                               const char *what)
{
  return new_layers (study, FALSE);
}

gboolean
cam_study_chart_has_layers (CamStudy *study,
                            gboolean  is_dead)
{
  g_autoptr(GPtrArray) groups = cam_study_make_groups (study, cam_plan_get_monitor (cam_study_get_plan (study)));
  g_autoptr(GPtrArray) layers = list_layers (study, groups, is_dead);

  return layers->len > 0;
}

/* The functions ---------------------------------------------------------------------------------------------------- */

/* The activation that a setting puts in place; NULL: none, or one that has no curve. */
static const CamActivation *
find_activation (CamPlan *plan,
                 guint    setting)
{
  const CamActivation *activation = NULL;
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) cam_plan_get_values (plan, setting), path, value)
    if (g_str_has_suffix (path, "/activation") && json_is_string (value))
      activation = cam_activation_find (json_string_value (value));

  return activation != NULL && !cam_activation_is_row_wise (activation) ? activation : NULL;
}

gboolean
cam_study_chart_has_activations (CamStudy *study)
{
  CamPlan *plan = cam_study_get_plan (study);

  for (guint setting = 0; setting < cam_plan_get_n_settings (plan); setting++)
    if (find_activation (plan, setting) != NULL)
      return TRUE;

  return FALSE;
}

CamChart *
cam_study_chart_new_activations (CamStudy   *study,
                                 const char *what)
{
  CamPlan *plan = cam_study_get_plan (study);
  CamChart *chart = cam_chart_new ();

  for (guint setting = 0; setting < cam_plan_get_n_settings (plan); setting++)
    {
      const CamActivation *activation = find_activation (plan, setting);
      double x[CURVE_POINTS], y[CURVE_POINTS];

      for (guint i = 0; i < CURVE_POINTS && activation != NULL; i++)
        {
          x[i] = CURVE_REACH * (2.0 * i / (CURVE_POINTS - 1) - 1.0);
          y[i] = cam_activation_value (activation, x[i]);
        }
      if (activation != NULL)
        cam_chart_add_curve (chart, cam_plan_get_label (plan, setting), x, y, CURVE_POINTS, cam_study_chart_find_colour (setting), (CamLinePattern) (setting % 4));
    }
  cam_chart_set_axes (chart, "x", "f(x)", CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, -CURVE_REACH, CURVE_REACH);
  cam_chart_set_y_range (chart, -1.5, 3.0);
  cam_chart_set_title (chart, _("Activation functions"), NULL);

  return chart;
}
