/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a search: all trials at once, each setting by itself, what of them matters, and how the search went on. */
#include "cam-study-chart-private.h"

#include <math.h>
#include <string.h>

#include <cam-number.h>
#include <glib/gi18n-lib.h>

/* Trials in one picture of parallel axes: more would be one grey field, and slow to draw. */
#define MOST_LINES 2000
#define MOST_AXES 12
/* Of a category dots stand beside each other, so far to each side. */
#define DODGE 0.16
/* Numbers of a list that stand beside each other as categories do. */
#define MOST_NUMBERS 12
/* Beside the ends of a range. */
#define ROOM 0.03

static const CamStudyGroup *
get_group (GPtrArray *groups,
           guint      i)
{
  return g_ptr_array_index (groups, i);
}

static void
describe_axis (const CamStudyAxis *axis,
               CamChartAxis       *described)
{
  *described = (CamChartAxis) { axis->name, axis->is_log, FALSE, axis->low, axis->high, axis->is_number ? NULL : (const char *const *) axis->categories->pdata,
                                axis->is_number ? 0 : axis->categories->len };
}

CamChart *
cam_study_chart_new_parallel (CamStudy   *study,
                              const char *what)
{
  CamPlan *plan = cam_study_get_plan (study);
  const char *monitor = cam_plan_get_monitor (plan);
  CamChart *chart = cam_chart_new ();
  g_autoptr(GPtrArray) axes = cam_study_list_axes (study), groups = NULL;
  guint n_more = 0, n_axes = MIN (axes->len, MOST_AXES) + 1;
  g_autofree CamChartAxis *described = g_new0 (CamChartAxis, n_axes);
  g_autofree double *values = NULL;
  g_autofree const char **names = NULL;
  g_autofree char *score = cam_study_chart_name_score (monitor), *more = NULL, *notes = NULL;
  double low = INFINITY, high = -INFINITY;

  groups = cam_study_chart_rank (study, monitor, MOST_LINES, &n_more);
  values = g_new (double, (gsize) groups->len * n_axes + 1);
  names = g_new0 (const char *, groups->len + 1);
  for (guint line = 0; line < groups->len; line++)
    {
      const CamStudyGroup *group = get_group (groups, line);

      names[line] = cam_plan_get_label (plan, group->setting);
      for (guint a = 0; a + 1 < n_axes; a++)
        values[line * n_axes + a] = ((const CamStudyAxis *) g_ptr_array_index (axes, a))->values[group->setting];
      values[line * n_axes + n_axes - 1] = group->spread.mean;
      low = fmin (low, group->spread.mean);
      high = fmax (high, group->spread.mean);
    }
  for (guint a = 0; a + 1 < n_axes; a++)
    describe_axis (g_ptr_array_index (axes, a), &described[a]);
  described[n_axes - 1] = (CamChartAxis) { score, FALSE, cam_study_chart_find_format (monitor) == CAM_AXIS_PERCENT, low, high, NULL, 0 };
  cam_chart_set_axes (chart, NULL, _("trial"), CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  if (groups->len > 0)
    cam_chart_set_parallel (chart, described, n_axes, values, names, groups->len, cam_plan_larger_is_better (plan));
  more = cam_study_chart_tell_more (n_more);
  notes = g_strdup_printf (ngettext ("%u trial; strong: the best tenth", "%u trials; strong: the best tenth", groups->len), groups->len);
  if (more != NULL)
    {
      g_autofree char *both = g_strconcat (notes, " · ", more, NULL);

      cam_study_chart_head (chart, study, _("All settings of the search"), both);
    }
  else
    cam_study_chart_head (chart, study, _("All settings of the search"), groups->len > 0 ? notes : NULL);

  return chart;
}

static const CamStudyAxis *
find_axis (GPtrArray  *axes,
           const char *path)
{
  for (guint a = 0; a < axes->len; a++)
    if (g_str_equal (((const CamStudyAxis *) g_ptr_array_index (axes, a))->path, path))
      return g_ptr_array_index (axes, a);

  return NULL;
}

/* The numbers of a list, ascending, as names of groups; NULL: they are too many, or any of a range. */
static GPtrArray *
list_numbers (const CamStudyAxis *axis,
              guint               n_settings)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  GPtrArray *names;

  for (guint i = 0; i < n_settings && numbers->len <= MOST_NUMBERS && axis->is_list; i++)
    {
      guint place = 0;

      while (place < numbers->len && g_array_index (numbers, double, place) < axis->values[i])
        place++;
      if (place == numbers->len || g_array_index (numbers, double, place) != axis->values[i])
        g_array_insert_val (numbers, place, axis->values[i]);
    }
  if (numbers->len == 0 || numbers->len > MOST_NUMBERS)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < numbers->len; i++)
    {
      char number[CAM_NUMBER_BUF];

      g_ptr_array_add (names, g_strdup (cam_number_shortest (number, g_array_index (numbers, double, i), FALSE)));
    }

  return names;
}

/* Where a trial stands: at its number, or over the group of its name. */
static double
find_place (const CamStudyAxis *axis,
            GPtrArray          *names,
            guint               setting)
{
  /* By trial, so that the same picture comes out each time. */
  double dodge = DODGE * ((setting % 5) / 2.0 - 1.0);
  char number[CAM_NUMBER_BUF];
  guint place = 0;

  if (!axis->is_number)
    return axis->values[setting] + dodge;
  if (names == NULL)
    return axis->values[setting];
  cam_number_shortest (number, axis->values[setting], FALSE);
  g_ptr_array_find_with_equal_func (names, number, g_str_equal, &place);

  return place + dodge;
}

/* Dots of one stage: later ones had more epochs, so that they are not to be mixed. */
static void
add_slice (CamStudy           *study,
           CamChart           *chart,
           const CamStudyAxis *axis,
           GPtrArray          *names,
           guint               stage,
           guint               colour)
{
  CamPlan *plan = cam_study_get_plan (study);
  g_autoptr(GPtrArray) groups = cam_study_make_stage_groups (study, cam_plan_get_monitor (plan), stage);
  g_autofree double *x = g_new (double, groups->len + 1), *y = g_new (double, groups->len + 1);
  g_autofree char *name = NULL;
  guint n = 0;

  for (guint i = 0; i < groups->len; i++)
    {
      const CamStudyGroup *group = get_group (groups, i);

      if (group->spread.n == 0)
        continue;
      x[n] = find_place (axis, names, group->setting);
      y[n++] = group->spread.mean;
    }
  if (n == 0)
    return;
  name = cam_plan_get_n_stages (plan) > 1 ? g_strdup_printf (ngettext ("%u epoch", "%u epochs", cam_plan_get_epochs (plan, stage, 0)), cam_plan_get_epochs (plan, stage, 0)) : g_strdup (_("trials"));
  cam_chart_set_listed (chart, cam_chart_add_dots (chart, name, x, y, n, colour), cam_plan_get_n_stages (plan) > 1);
}

CamChart *
cam_study_chart_new_slice (CamStudy   *study,
                           const char *path)
{
  CamPlan *plan = cam_study_get_plan (study);
  const char *monitor = cam_plan_get_monitor (plan);
  g_autoptr(GPtrArray) axes = cam_study_list_axes (study);
  const CamStudyAxis *axis = find_axis (axes, path);
  CamChart *chart = cam_chart_new ();
  g_autofree char *score = cam_study_chart_name_score (monitor), *title = g_strdup_printf (_("Score over %s"), axis->name);
  g_autoptr(GPtrArray) names = NULL;

  cam_chart_set_axes (chart, axis->name, score, axis->is_log ? CAM_AXIS_LOG : CAM_AXIS_NUMBER, cam_study_chart_find_format (monitor));
  names = axis->is_number ? list_numbers (axis, cam_plan_get_n_settings (plan)) : g_ptr_array_ref (axis->categories);
  if (names != NULL)
    cam_chart_set_groups (chart, (const char *const *) names->pdata, names->len);
  else if (axis->is_log)
    cam_chart_set_x_range (chart, axis->low * pow (axis->high / axis->low, -ROOM), axis->high * pow (axis->high / axis->low, ROOM));
  else
    cam_chart_set_x_range (chart, axis->low - ROOM * (axis->high - axis->low), axis->high + ROOM * (axis->high - axis->low));
  for (guint stage = cam_plan_get_n_stages (plan); stage > 0; stage--)
    add_slice (study, chart, axis, names, stage - 1, (stage - 1) % 10);
  cam_study_chart_head (chart, study, title, _("a dot for each trial, whatever its other settings"));

  return chart;
}

/* Importance --------------------------------------------------------------------------------------------------------- */

typedef struct { const char *name; double share; } Share;

static int
compare_shares (gconstpointer a,
                gconstpointer b)
{
  double d = ((const Share *) b)->share - ((const Share *) a)->share;

  return (d > 0) - (d < 0);
}

CamChart *
cam_study_chart_new_importance (CamStudy   *study,
                                const char *what)
{
  g_autoptr(GPtrArray) axes = cam_study_list_axes (study);
  g_autofree double *shares = g_new0 (double, axes->len + 1);
  g_autofree Share *sorted = g_new0 (Share, axes->len + 1);
  double values[CAM_CHART_MAX_ROWS], together = cam_study_find_importance (study, axes, shares);
  const char *names[CAM_CHART_MAX_ROWS];
  char *texts[CAM_CHART_MAX_ROWS];
  guint colours[CAM_CHART_MAX_ROWS], n = 0;
  CamChart *chart = cam_chart_new ();

  for (guint a = 0; a < axes->len; a++)
    sorted[a] = (Share) { ((const CamStudyAxis *) g_ptr_array_index (axes, a))->name, shares[a] };
  qsort (sorted, axes->len, sizeof *sorted, compare_shares);
  for (guint a = 0; a < axes->len && n + 1 < CAM_CHART_MAX_ROWS && isfinite (together); a++)
    {
      names[n] = sorted[a].name;
      colours[n] = 0;
      values[n++] = sorted[a].share;
    }
  cam_chart_set_axes (chart, _("Share of the variance of the score"), _("setting"), CAM_AXIS_PERCENT, CAM_AXIS_NUMBER);
  if (n > 0)
    {
      names[n] = _("several together");
      colours[n] = 8;
      values[n++] = together;
      for (guint i = 0; i < n; i++)
        texts[i] = g_strdup_printf ("%.0f%%", 100 * values[i]);
      cam_chart_set_rows (chart, names, (const char *const *) texts, n);
      cam_chart_set_row_colours (chart, colours);
      cam_chart_set_listed (chart, cam_chart_add_row_bars (chart, _("importance"), values, 0), FALSE);
      for (guint i = 0; i < n; i++)
        g_free (texts[i]);
    }
  cam_study_chart_head (chart, study, _("Importance of each setting"), n > 0 ? _("by itself, the others averaged out") : NULL);
  if (n == 0 && cam_study_get_n_done (study) > 0)
    cam_chart_set_empty_text (chart, _("Too few trials, or all scores are equal"));

  return chart;
}

/* How it went on ----------------------------------------------------------------------------------------------------- */

CamChart *
cam_study_chart_new_best (CamStudy   *study,
                          const char *what)
{
  const char *monitor = cam_plan_get_monitor (cam_study_get_plan (study));
  guint n = 0;
  double *order = NULL, *scores = NULL, *best = cam_study_find_best_so_far (study, &n, &order, &scores);
  CamChart *chart = cam_chart_new ();
  g_autofree char *score = cam_study_chart_name_score (monitor);

  cam_chart_set_axes (chart, _("Trial"), score, CAM_AXIS_NUMBER, cam_study_chart_find_format (monitor));
  if (n > 0)
    {
      cam_chart_add_curve (chart, _("best so far"), order, best, n, 0, CAM_LINE_SOLID);
      cam_chart_add_dots (chart, _("each trial"), order, scores, n, 8);
      cam_chart_set_x_range (chart, 0, fmax (order[n - 1] + 1, 2));
    }
  cam_study_chart_head (chart, study, _("Best score so far"), NULL);
  g_free (order);
  g_free (scores);
  g_free (best);

  return chart;
}

/* Of halving: how the trials stood in each stage, the curves being those that went on. */
CamChart *
cam_study_chart_new_stages (CamStudy   *study,
                            const char *what)
{
  CamPlan *plan = cam_study_get_plan (study);
  const char *monitor = cam_plan_get_monitor (plan);
  guint n_stages = cam_plan_get_n_stages (plan), n_settings = cam_plan_get_n_settings (plan);
  g_autofree double *scores = g_new (double, (gsize) n_stages * n_settings + 1), *x = g_new (double, n_stages + 1), *y = g_new (double, n_stages + 1);
  g_auto(GStrv) names = g_new0 (char *, n_stages + 1);
  CamChart *chart = cam_chart_new ();
  guint n_more = 0;
  g_autoptr(GPtrArray) ranked = cam_study_chart_rank (study, monitor, MOST_LINES, &n_more);
  g_autofree char *score = cam_study_chart_name_score (monitor);

  for (guint stage = 0; stage < n_stages; stage++)
    {
      g_autoptr(GPtrArray) groups = cam_study_make_stage_groups (study, monitor, stage);

      names[stage] = g_strdup_printf (ngettext ("%u epoch", "%u epochs", cam_plan_get_epochs (plan, stage, 0)), cam_plan_get_epochs (plan, stage, 0));
      x[stage] = stage;
      for (guint i = 0; i < n_settings; i++)
        scores[(gsize) i * n_stages + stage] = get_group (groups, i)->spread.mean;
    }
  cam_chart_set_axes (chart, NULL, score, CAM_AXIS_NUMBER, cam_study_chart_find_format (monitor));
  cam_chart_set_groups (chart, (const char *const *) names, n_stages);
  for (guint i = 0; i < ranked->len; i++)
    {
      guint setting = get_group (ranked, i)->setting, series;
      gboolean is_best = i == 0 && get_group (ranked, 0)->stage + 1 == n_stages;

      for (guint stage = 0; stage < n_stages; stage++)
        y[stage] = scores[(gsize) setting * n_stages + stage];
      series = cam_chart_add_curve (chart, cam_plan_get_label (plan, setting), x, y, n_stages, 0, CAM_LINE_SOLID);
      cam_chart_set_faded (chart, series, !is_best);
      cam_chart_set_end_label (chart, series, is_best);
      cam_chart_set_listed (chart, series, FALSE);
    }
  if (ranked->len > 0)
    for (guint stage = 0; stage < n_stages; stage++)
      {
        g_autofree double *at = g_new (double, n_settings + 1), *values = g_new (double, n_settings + 1);

        for (guint i = 0; i < n_settings; i++)
          {
            at[i] = stage;
            values[i] = scores[(gsize) i * n_stages + stage];
          }
        cam_chart_set_listed (chart, cam_chart_add_dots (chart, names[stage], at, values, n_settings, 0), FALSE);
      }
  cam_study_chart_head (chart, study, _("Stages of halving"), _("a dot for each trial; lines: what went on"));

  return chart;
}
