/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves of a study: over epochs, the mean of each setting's runs in the band of their deviation, and over training rows. */
#include "cam-study-chart-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* Runs drawn thin behind their mean. */
#define MOST_SINGLE 60
/* Curves of a search: its best trials. */
#define MOST_TRIALS 5
/* Epochs from which on the first tenth need not be seen whole. */
#define LONG 20

static double *
new_epochs (guint n)
{
  double *epochs = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    epochs[i] = i + 1;
  return epochs;
}

/* Mean and, where there are two values, one deviation to each side. */
static guint
add_mean (CamChart        *chart,
          const char      *name,
          const double    *x,
          const CamSpread *spreads,
          guint            n,
          guint            colour,
          CamLinePattern   pattern)
{
  g_autofree double *mean = g_new (double, n + 1), *low = g_new (double, n + 1), *high = g_new (double, n + 1);
  gboolean has_band = FALSE;
  guint series;

  for (guint i = 0; i < n; i++)
    {
      mean[i] = spreads[i].mean;
      low[i] = mean[i] - spreads[i].deviation;
      high[i] = mean[i] + spreads[i].deviation;
      has_band = has_band || isfinite (spreads[i].deviation);
    }
  series = cam_chart_add_curve (chart, name, x, mean, n, colour, pattern);
  if (has_band)
    cam_chart_set_band (chart, series, low, high);

  return series;
}

static char *
name_mean (CamPlan *plan,
           guint    n)
{
  if (cam_plan_get_n_folds (plan) > 0)
    return g_strdup_printf (ngettext ("mean of %u fold", "mean of %u folds", n), n);
  return g_strdup_printf (ngettext ("mean of %u run", "mean of %u runs", n), n);
}

static void
add_single (CamStudy             *study,
            CamChart             *chart,
            const CamStudyCurves *curves,
            const double         *epochs)
{
  for (guint i = 0; i < curves->n && i < MOST_SINGLE && curves->n > 1; i++)
    {
      g_autofree char *name = cam_study_chart_name_repeat (cam_study_get_plan (study), curves->repeats[i]);
      guint series = cam_chart_add_curve (chart, name, epochs, curves->curves[i], curves->lengths[i], 0, CAM_LINE_SOLID);

      cam_chart_set_faded (chart, series, TRUE);
      cam_chart_set_listed (chart, series, FALSE);
    }
}

/* What lies beyond the first runs that ended is a mean of fewer: thin and pale, from the last epoch that all have. */
static void
add_rest (CamChart             *chart,
          const CamStudyCurves *curves,
          const char           *mean_name,
          const double         *epochs,
          guint                 colour,
          CamLinePattern        pattern)
{
  /* translators: after the name of a mean over runs: the part of it for which some of the runs had ended */
  g_autofree char *name = g_strdup_printf (_("%s, runs not ended"), mean_name);
  guint first = MAX (curves->n_whole, 1) - 1, n = curves->n_told - first, series;
  g_autofree double *mean = g_new (double, n);

  for (guint i = 0; i < n; i++)
    mean[i] = curves->spreads[first + i].mean;
  series = cam_chart_add_curve (chart, name, epochs + first, mean, n, colour, pattern);
  cam_chart_set_faded (chart, series, TRUE);
  cam_chart_set_listed (chart, series, FALSE);
}

/* The first epochs of a fit lie so far off that what comes after would be one line: of long histories a tenth may leave the picture. */
typedef struct { double low, high; } Reach;

static void
reach_add (Reach                *self,
           const CamStudyCurves *curves)
{
  guint first = curves->n_told >= LONG ? curves->n_told / 10 : 0;

  for (guint i = first; i < curves->n_told; i++)
    {
      double mean = curves->spreads[i].mean, deviation = curves->spreads[i].deviation;

      if (!isfinite (mean))
        continue;
      self->low = fmin (self->low, isfinite (deviation) ? mean - deviation : mean);
      self->high = fmax (self->high, isfinite (deviation) ? mean + deviation : mean);
    }
}

static void
reach_apply (const Reach *self,
             CamChart    *chart,
             const char  *key)
{
  double room = 0.06 * (self->high - self->low), low = self->low - room, high = self->high + room;

  if (!(self->low < self->high))
    return;
  /* Neither a loss nor a share goes below zero, and no share above one, whatever a band says. */
  if (g_str_equal (cam_study_chart_skip_part (key), "loss") || cam_study_chart_find_format (key) == CAM_AXIS_PERCENT)
    low = fmax (low, 0.0);
  if (cam_study_chart_find_format (key) == CAM_AXIS_PERCENT)
    high = fmin (high, 1.0);
  cam_chart_set_y_range (chart, low, high);
}

/* What the band is, and how runs of unequal length are taken. */
static char *
tell_band (guint    n_runs,
           gboolean is_uneven,
           guint    n_more)
{
  g_autofree char *more = cam_study_chart_tell_more (n_more);
  GString *text = g_string_new (n_runs > 1 ? _("band: one deviation") : NULL);

  if (n_runs > 1 && is_uneven)
    /* translators: of a mean over runs, of which some ended early */
    g_string_append (text, _(" · pale: only runs not ended yet"));
  if (more != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", more);

  return g_string_free (text, FALSE);
}

CamChart *
cam_study_chart_new_curves (CamStudy   *study,
                            const char *key)
{
  CamPlan *plan = cam_study_get_plan (study);
  gboolean is_one = cam_plan_get_n_settings (plan) == 1, is_search = cam_plan_get_kind (plan) == CAM_STUDY_SEARCH;
  CamChart *chart = cam_chart_new ();
  g_autofree char *title = cam_study_chart_name_score (key), *notes = NULL;
  guint n_more = 0, n_most = 1, n_runs = 0;
  g_autoptr(GPtrArray) groups = cam_study_chart_rank (study, cam_plan_get_monitor (plan), is_search ? MOST_TRIALS : CAM_STUDY_MOST_CURVES, &n_more);
  gboolean is_uneven = FALSE;
  Reach reach = { INFINITY, -INFINITY };

  cam_chart_set_axes (chart, _("Epoch"), NULL, CAM_AXIS_NUMBER, cam_study_chart_find_format (key));
  for (guint i = 0; i < groups->len; i++)
    {
      const CamStudyGroup *group = g_ptr_array_index (groups, i);
      guint number = is_one ? 0 : is_search ? i : group->setting, colour = cam_study_chart_find_colour (number), longest = 0, series;
      CamLinePattern pattern = (CamLinePattern) (number % 4);
      g_autoptr(CamStudyCurves) curves = cam_study_curves_new (study, group->setting, key);
      g_autofree double *epochs = NULL;
      g_autofree char *name = NULL;

      for (guint k = 0; k < curves->n; k++)
        longest = MAX (longest, curves->lengths[k]);
      if (longest == 0)
        continue;
      epochs = new_epochs (longest);
      n_most = MAX (n_most, is_one ? longest : curves->n_told);
      n_runs = MAX (n_runs, curves->n);
      name = is_one ? name_mean (plan, curves->n) : g_strdup (cam_plan_get_label (plan, group->setting));
      series = add_mean (chart, name, epochs, curves->spreads, curves->n_whole, colour, pattern);
      cam_chart_set_end_label (chart, series, !is_one);
      reach_add (&reach, curves);
      if (curves->n_whole < curves->n_told)
        {
          is_uneven = TRUE;
          add_rest (chart, curves, name, epochs, colour, pattern);
        }
      if (is_one)
        add_single (study, chart, curves, epochs);
    }
  cam_chart_set_x_range (chart, n_most > 1 ? 1 : 0, MAX (n_most, 2));
  reach_apply (&reach, chart, key);
  notes = tell_band (n_runs, is_uneven, n_more);
  cam_study_chart_head (chart, study, title, *notes != '\0' ? notes : NULL);

  return chart;
}

/* The learning curve ------------------------------------------------------------------------------------------------ */

/* Training rows of each setting; NaN: no run of it is done. */
static double *
find_sizes (CamStudy *study)
{
  CamPlan *plan = cam_study_get_plan (study);
  guint n = cam_plan_get_n_settings (plan);
  double *sizes = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    sizes[i] = NAN;
  for (guint place = 0; place < cam_plan_get_n_runs (plan); place++)
    {
      CamStudyResult result;
      const json_t *rows;

      cam_study_get_result (study, place, &result);
      rows = json_object_get (result.report, "training_rows");
      if (result.is_done && json_is_integer (rows))
        sizes[result.setting] = (double) json_integer_value (rows);
    }

  return sizes;
}

static void
add_part (CamStudy       *study,
          CamChart       *chart,
          const char     *prefix,
          const char     *name,
          const char     *what,
          const double   *sizes,
          guint           colour,
          CamLinePattern  pattern)
{
  g_autofree char *score = g_strconcat (prefix, what, NULL);
  g_autoptr(GPtrArray) groups = cam_study_make_groups (study, score);
  g_autofree CamSpread *spreads = g_new (CamSpread, groups->len + 1);
  g_autofree double *x = g_new (double, groups->len + 1);
  guint n = 0;

  /* Sizes need not be in order, nor all different. */
  for (double last = -INFINITY;;)
    {
      const CamStudyGroup *next = NULL;

      for (guint i = 0; i < groups->len; i++)
        {
          const CamStudyGroup *group = g_ptr_array_index (groups, i);

          if (group->spread.n > 0 && sizes[i] > last && (next == NULL || sizes[i] < sizes[next->setting]))
            next = group;
        }
      if (next == NULL)
        break;
      last = x[n] = sizes[next->setting];
      spreads[n++] = next->spread;
    }
  if (n > 0)
    cam_chart_set_end_label (chart, add_mean (chart, name, x, spreads, n, colour, pattern), TRUE);
}

CamChart *
cam_study_chart_new_sizes (CamStudy   *study,
                           const char *what)
{
  CamPlan *plan = cam_study_get_plan (study);
  CamChart *chart = cam_chart_new ();
  g_autofree double *sizes = find_sizes (study);
  g_autofree char *title = cam_study_chart_name_score (what), *notes = NULL, *validation = g_strconcat ("val_", what, NULL);
  guint n_repeats = cam_plan_get_n_repeats (plan);
  const CamAxisFormat format = cam_study_chart_find_format (validation);

  cam_chart_set_axes (chart, _("Training rows"), NULL, CAM_AXIS_NUMBER, format);
  add_part (study, chart, "val_", _("validation"), what, sizes, 0, CAM_LINE_SOLID);
  add_part (study, chart, "train_", _("train"), what, sizes, 0, CAM_LINE_DASHED);
  if (g_str_has_prefix (cam_plan_get_monitor (plan), "test_"))
    add_part (study, chart, "test_", _("test"), what, sizes, 1, CAM_LINE_DASH_DOT);
  if (n_repeats > 1)
    notes = g_strdup_printf (ngettext ("mean of %u repeat, band: one deviation", "mean of %u repeats, band: one deviation", n_repeats), n_repeats);
  cam_study_chart_head (chart, study, _("Learning curve"), notes);

  return chart;
}
