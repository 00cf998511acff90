/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Final scores of a study: a row for each setting with a dot for each run, their mean and the band of one deviation; of one setting alone the parts of the data, or the folds. */
#include "cam-study-chart-private.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <cam-number.h>
#include <glib/gi18n-lib.h>

/* A share of dead units that is worth a warning. */
#define MANY_DEAD 0.1

/* Rows of a chart: what each is called, the values in it by repeat, and the text at its end. */
typedef struct
{
  GPtrArray *names, *texts;
  GArray    *colours, *alerts;
  GPtrArray *values;            /* double [n_repeats], owned */
  guint      n_repeats;
  gboolean   has_texts;
} Rows;

static void
rows_init (Rows  *self,
           guint  n_repeats)
{
  *self = (Rows) { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, TRUE, sizeof (guint)), g_array_new (FALSE, TRUE, sizeof (gboolean)),
                   g_ptr_array_new_with_free_func (g_free), n_repeats, FALSE };
}

static void
rows_clear (Rows *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->values);
  g_array_unref (self->colours);
  g_array_unref (self->alerts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

/* Takes @name and @text. */
static void
rows_add (Rows         *self,
          char         *name,
          char         *text,
          gboolean      is_alert,
          guint         colour,
          const double *values)
{
  if (self->names->len == CAM_STUDY_MOST_ROWS)
    {
      g_free (name);
      g_free (text);
      return;
    }
  self->has_texts = self->has_texts || text != NULL;
  g_ptr_array_add (self->names, name);
  g_ptr_array_add (self->texts, text != NULL ? text : g_strdup (""));
  g_array_append_val (self->colours, colour);
  g_array_append_val (self->alerts, is_alert);
  g_ptr_array_add (self->values, g_memdup2 (values, self->n_repeats * sizeof *values));
}

static const double *
rows_peek (const Rows *self,
           guint       row)
{
  return g_ptr_array_index (self->values, row);
}

static void
add_bands (const Rows *self,
           CamChart   *chart)
{
  guint n = self->names->len;
  g_autofree double *low = g_new (double, n), *mean = g_new (double, n), *high = g_new (double, n);
  guint series;

  for (guint row = 0; row < n; row++)
    {
      CamSpread spread;

      cam_spread_init (&spread, rows_peek (self, row), self->n_repeats);
      /* One value is a dot, not a mean. */
      mean[row] = spread.n > 1 ? spread.mean : NAN;
      low[row] = spread.mean - spread.deviation;
      high[row] = spread.mean + spread.deviation;
    }
  series = cam_chart_add_row_bands (chart, _("mean ± deviation"), low, mean, high, 0);
  cam_chart_set_listed (chart, series, FALSE);
}

static void
add_boxes (const Rows *self,
           CamChart   *chart)
{
  guint n = self->names->len;
  g_autofree CamChartBox *boxes = g_new (CamChartBox, n);
  guint series;

  for (guint row = 0; row < n; row++)
    {
      const double *values = rows_peek (self, row);
      CamSpread spread;

      cam_spread_init (&spread, values, self->n_repeats);
      boxes[row] = (CamChartBox) { spread.min, cam_quantile (values, self->n_repeats, 0.25), spread.n > 1 ? cam_quantile (values, self->n_repeats, 0.5) : NAN,
                                   cam_quantile (values, self->n_repeats, 0.75), spread.max, NAN };
    }
  series = cam_chart_add_row_boxes (chart, _("quartiles"), boxes, (const guint *) (gpointer) self->colours->data);
  cam_chart_set_listed (chart, series, FALSE);
}

static void
add_dots (const Rows *self,
          CamPlan    *plan,
          CamChart   *chart)
{
  guint n = self->names->len;
  g_autofree double *values = g_new (double, n);

  for (guint repeat = 0; repeat < self->n_repeats; repeat++)
    {
      g_autofree char *name = cam_study_chart_name_repeat (plan, repeat);
      guint series;

      for (guint row = 0; row < n; row++)
        values[row] = rows_peek (self, row)[repeat];
      series = cam_chart_add_row_dots (chart, name, values, 0);
      cam_chart_set_listed (chart, series, FALSE);
    }
}

static void
draw (const Rows *self,
      CamPlan    *plan,
      CamChart   *chart,
      gboolean    has_boxes)
{
  if (self->names->len == 0)
    return;
  cam_chart_set_rows (chart, (const char *const *) self->names->pdata, self->has_texts ? (const char *const *) self->texts->pdata : NULL, self->names->len);
  cam_chart_set_row_colours (chart, (const guint *) (gpointer) self->colours->data);
  if (self->has_texts)
    cam_chart_set_row_alerts (chart, (const gboolean *) (gpointer) self->alerts->data);
  if (has_boxes)
    add_boxes (self, chart);
  else
    add_bands (self, chart);
  add_dots (self, plan, chart);
}

/* “0.0732 ± 0.047”, “94.9% ± 1.2%”; of one run its score. */
static char *
tell_score (const CamSpread *spread,
            const char      *score)
{
  gboolean is_share = cam_study_chart_find_format (score) == CAM_AXIS_PERCENT;
  double factor = is_share ? 100.0 : 1.0;
  const char *unit = is_share ? "%" : "";
  char mean[CAM_NUMBER_BUF], deviation[CAM_NUMBER_BUF];

  cam_number_format (mean, factor * spread->mean, 3);
  if (!isfinite (spread->deviation))
    return g_strconcat (mean, unit, NULL);

  return g_strdup_printf ("%s%s ± %s%s", mean, unit, cam_number_format (deviation, factor * spread->deviation, 2), unit);
}

static char *
tell_dead (const CamSpread *dead)
{
  /* Of units that cannot die there is nothing to tell. */
  if (dead->n == 0)
    return g_strdup ("");
  /* translators: the share of units that never answer: “14.2% dead” */
  return g_strdup_printf (_("%.1f%% dead"), 100 * dead->mean);
}

static char *
tell_values (const double *values,
             guint         n,
             const char   *score)
{
  CamSpread spread;

  cam_spread_init (&spread, values, n);
  return tell_score (&spread, score);
}

/* The parts of the data, in the same unit. */
static void
add_parts (CamStudy   *study,
           const char *own,
           Rows       *rows)
{
  static const struct { const char *prefix, *name; } parts[] = { { "train_", N_("training") }, { "val_", N_("validation") }, { "test_", N_("test") } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *score = g_strconcat (parts[i].prefix, own, NULL);
      g_autoptr(GPtrArray) groups = cam_study_make_groups (study, score);
      const CamStudyGroup *group = g_ptr_array_index (groups, 0);

      if (group->spread.n > 0)
        rows_add (rows, g_strdup (_(parts[i].name)), tell_score (&group->spread, score), FALSE, i, group->scores);
    }
}

/* Each fold by itself, and all together; of several rounds one row each. */
static void
add_folds (CamStudy            *study,
           const CamStudyGroup *group,
           Rows                *rows)
{
  CamPlan *plan = cam_study_get_plan (study);
  guint n_folds = cam_plan_get_n_folds (plan), n_rounds = rows->n_repeats / n_folds;
  g_autofree double *values = g_new (double, rows->n_repeats);
  const char *monitor = cam_plan_get_monitor (plan);

  for (guint row = 0; row < (n_rounds > 1 ? n_rounds : n_folds); row++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < rows->n_repeats; i++)
        {
          gboolean is_here = n_rounds > 1 ? i / n_folds == row : i == row;

          values[i] = is_here ? group->scores[i] : NAN;
          any = any || isfinite (values[i]);
        }
      if (any)
        rows_add (rows, n_rounds > 1 ? g_strdup_printf (_("seed %" PRIu64), cam_plan_get_repeat (plan, row * n_folds).seed) : g_strdup_printf (_("fold %u"), row + 1), tell_values (values, rows->n_repeats, monitor), FALSE, 0, values);
    }
  if (group->spread.n > 1)
    rows_add (rows, g_strdup (n_rounds > 1 ? _("all rounds") : _("all folds")), tell_score (&group->spread, monitor), FALSE, 1, group->scores);
}

CamChart *
cam_study_chart_new_scores (CamStudy   *study,
                            const char *what)
{
  CamPlan *plan = cam_study_get_plan (study);
  const char *monitor = cam_plan_get_monitor (plan);
  CamStudyKind kind = cam_plan_get_kind (plan);
  CamChart *chart = cam_chart_new ();
  guint n_more = 0;
  /* Of activations it is worth more than the mean that can be seen. */
  gboolean tells_dead = kind == CAM_STUDY_COMPARE && cam_study_chart_has_activations (study) && cam_study_chart_has_layers (study, TRUE);
  g_autoptr(GPtrArray) groups = cam_study_chart_rank (study, monitor, CAM_STUDY_MOST_ROWS, &n_more);
  g_auto(Rows) rows = { 0 };
  g_autofree char *name = cam_study_chart_name_score (monitor), *more = cam_study_chart_tell_more (n_more), *notes = NULL;

  rows_init (&rows, cam_plan_get_n_repeats (plan));
  if (kind == CAM_STUDY_REPEAT)
    add_parts (study, cam_study_chart_skip_part (monitor), &rows);
  else if (kind == CAM_STUDY_CROSS_VALIDATE && groups->len > 0)
    add_folds (study, g_ptr_array_index (groups, 0), &rows);
  else
    for (guint i = 0; i < groups->len; i++)
      {
        const CamStudyGroup *group = g_ptr_array_index (groups, i);

        CamSpread dead = { 0 };

        if (tells_dead)
          cam_study_find_dead (study, group->setting, &dead);
        rows_add (&rows, g_strdup (cam_plan_get_label (plan, group->setting)), tells_dead ? tell_dead (&dead) : tell_score (&group->spread, monitor), dead.n > 0 && dead.mean > MANY_DEAD, kind == CAM_STUDY_SEARCH ? 0 : cam_study_chart_find_colour (group->setting), group->scores);
      }
  cam_chart_set_axes (chart, kind == CAM_STUDY_REPEAT ? cam_study_chart_title_score (monitor) : name, kind == CAM_STUDY_REPEAT ? _("part") : kind == CAM_STUDY_CROSS_VALIDATE ? _("fold") : _("setting"), cam_study_chart_find_format (monitor), CAM_AXIS_NUMBER);
  draw (&rows, plan, chart, kind == CAM_STUDY_REPEAT);
  notes = g_strconcat (kind == CAM_STUDY_REPEAT ? _("a dot for each run; box: the middle half") : _("a dot for each run; tick and band: mean ± deviation"), more != NULL ? " · " : NULL, more, NULL);
  cam_study_chart_head (chart, study, _("Final scores"), rows.names->len > 0 ? notes : NULL);

  return chart;
}
