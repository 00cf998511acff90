/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The description of parallel axes: lines through them, brushes on them, and what lies under a pixel. */
#include "cam-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-number.h>

#define NEAR_AXIS 16.0          /* pixels */
#define NEAR_LINE 9.0
#define BEYOND 10.0             /* above and below an axis that are still its own */
#define DIGITS 4

typedef struct { double score; guint line; } Ranked;

static int
compare_ranked (gconstpointer a,
                gconstpointer b)
{
  const Ranked *x = a, *y = b;

  if (isnan (x->score) != isnan (y->score))
    return isnan (x->score) ? -1 : 1;
  if (x->score != y->score && !isnan (x->score))
    return x->score < y->score ? -1 : 1;

  return (x->line < y->line) - (x->line > y->line);
}

/* The worst first, those without a score before them: the best lie on top. */
static void
rank (CamChartParallel *self)
{
  g_autofree Ranked *ranked = g_new (Ranked, self->n_lines + 1);

  for (guint line = 0; line < self->n_lines; line++)
    {
      double score = self->values[(gsize) line * self->n_axes + self->n_axes - 1];

      ranked[line] = (Ranked) { self->larger_is_better ? score : -score, line };
    }
  qsort (ranked, self->n_lines, sizeof *ranked, compare_ranked);
  for (guint i = 0; i < self->n_lines; i++)
    self->order[i] = ranked[i].line;
}

static void
take_axis (CamParallelAxis    *axis,
           const CamChartAxis *from)
{
  *axis = (CamParallelAxis) { g_utf8_make_valid (from->name, -1), from->is_log, from->is_share, from->low, from->high, NULL, from->n_categories, NAN, NAN };
  if (from->n_categories == 0)
    return;
  axis->categories = g_new0 (char *, from->n_categories + 1);
  for (guint i = 0; i < from->n_categories; i++)
    axis->categories[i] = g_utf8_make_valid (from->categories[i], -1);
}

void
cam_chart_set_parallel (CamChart           *self,
                        const CamChartAxis *axes,
                        guint               n_axes,
                        const double       *values,
                        const char *const  *names,
                        guint               n_lines,
                        gboolean            larger_is_better)
{
  CamChartParallel *parallel;

  g_return_if_fail (self != NULL && axes != NULL && n_axes >= 2);
  g_return_if_fail (n_lines == 0 || (values != NULL && names != NULL));

  parallel = g_new0 (CamChartParallel, 1);
  parallel->n_axes = n_axes;
  parallel->n_lines = n_lines;
  parallel->larger_is_better = larger_is_better;
  parallel->axes = g_new0 (CamParallelAxis, n_axes);
  for (guint i = 0; i < n_axes; i++)
    take_axis (&parallel->axes[i], &axes[i]);
  parallel->values = n_lines > 0 ? g_memdup2 (values, (gsize) n_lines * n_axes * sizeof *values) : g_new0 (double, 1);
  parallel->names = g_new0 (char *, n_lines + 1);
  for (guint i = 0; i < n_lines; i++)
    parallel->names[i] = g_utf8_make_valid (names[i], -1);
  parallel->order = g_new (guint, n_lines + 1);
  rank (parallel);
  cam_chart_parallel_free (self->parallel);
  self->parallel = parallel;
}

CamChartParallel *
cam_chart_parallel_copy (const CamChartParallel *self)
{
  CamChartParallel *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->axes = g_memdup2 (self->axes, self->n_axes * sizeof *self->axes);
  for (guint i = 0; i < self->n_axes; i++)
    {
      copy->axes[i].name = g_strdup (self->axes[i].name);
      copy->axes[i].categories = g_strdupv (self->axes[i].categories);
    }
  copy->values = g_memdup2 (self->values, MAX ((gsize) self->n_lines * self->n_axes, 1) * sizeof *self->values);
  copy->names = g_strdupv (self->names);
  copy->order = g_memdup2 (self->order, ((gsize) self->n_lines + 1) * sizeof *self->order);
  return copy;
}

void
cam_chart_parallel_free (CamChartParallel *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_axes; i++)
    {
      g_free (self->axes[i].name);
      g_strfreev (self->axes[i].categories);
    }
  g_free (self->axes);
  g_free (self->values);
  g_strfreev (self->names);
  g_free (self->order);
  g_free (self);
}

double
cam_parallel_share (const CamChartParallel *self,
                    guint                   line,
                    guint                   axis)
{
  const CamParallelAxis *a = &self->axes[axis];
  double value = self->values[(gsize) line * self->n_axes + axis], low = a->low, high = a->high;

  if (!isfinite (value))
    return NAN;
  if (a->n_categories > 0)
    return (value + 0.5) / a->n_categories;
  if (a->is_log)
    {
      if (!(value > 0.0 && low > 0.0 && high > 0.0))
        return NAN;
      value = log (value);
      low = log (low);
      high = log (high);
    }
  if (!(high > low))
    return 0.5;

  return CLAMP ((value - low) / (high - low), 0.0, 1.0);
}

gboolean
cam_parallel_is_chosen (const CamChartParallel *self,
                        guint                   line)
{
  for (guint axis = 0; axis < self->n_axes; axis++)
    {
      const CamParallelAxis *a = &self->axes[axis];
      double share;

      if (isnan (a->brush_low))
        continue;
      share = cam_parallel_share (self, line, axis);
      if (!(share >= a->brush_low && share <= a->brush_high))
        return FALSE;
    }

  return TRUE;
}

void
cam_chart_set_brush (CamChart *self,
                     guint     axis,
                     double    low,
                     double    high)
{
  CamParallelAxis *a;

  g_return_if_fail (self != NULL && self->parallel != NULL && axis < self->parallel->n_axes);

  a = &self->parallel->axes[axis];
  a->brush_low = a->brush_high = NAN;
  if (isnan (low + high))
    return;
  a->brush_low = CLAMP (fmin (low, high), 0.0, 1.0);
  a->brush_high = CLAMP (fmax (low, high), 0.0, 1.0);
}

gboolean
cam_chart_get_brush (const CamChart *self,
                     guint           axis,
                     double         *low,
                     double         *high)
{
  g_return_val_if_fail (self != NULL && self->parallel != NULL && axis < self->parallel->n_axes, FALSE);

  *low = self->parallel->axes[axis].brush_low;
  *high = self->parallel->axes[axis].brush_high;
  return !isnan (*low);
}

guint
cam_chart_get_n_axes (const CamChart *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->parallel != NULL ? self->parallel->n_axes : 0;
}

guint
cam_chart_count_chosen (const CamChart *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL && self->parallel != NULL, 0);

  for (guint line = 0; line < self->parallel->n_lines; line++)
    n += cam_parallel_is_chosen (self->parallel, line);
  return n;
}

int
cam_chart_find_axis (const CamChart       *self,
                     const CamChartLayout *layout,
                     double                pixel_x,
                     double                pixel_y)
{
  double place;

  g_return_val_if_fail (self != NULL && layout != NULL, -1);

  if (self->parallel == NULL || pixel_y < layout->top - BEYOND || pixel_y > layout->bottom + BEYOND)
    return -1;
  place = CLAMP (round (cam_chart_layout_x (layout, pixel_x)), 0.0, self->parallel->n_axes - 1.0);

  return fabs (cam_chart_layout_to_px (layout, place) - pixel_x) <= NEAR_AXIS ? (int) place : -1;
}

/* Between two axes lines run as they are drawn: flat at both. */
int
cam_chart_find_line (const CamChart       *self,
                     const CamChartLayout *layout,
                     double                pixel_x,
                     double                pixel_y)
{
  const CamChartParallel *parallel;
  double place, t, nearest = NEAR_LINE;
  guint left;
  int found = -1;

  g_return_val_if_fail (self != NULL && layout != NULL, -1);

  parallel = self->parallel;
  if (parallel == NULL)
    return -1;
  place = CLAMP (cam_chart_layout_x (layout, pixel_x), 0.0, parallel->n_axes - 1.0);
  left = MIN ((guint) place, parallel->n_axes - 2);
  t = place - left;
  t = t * t * (3 - 2 * t);
  for (guint i = 0; i < parallel->n_lines; i++)
    {
      guint line = parallel->order[i];
      double share = (1 - t) * cam_parallel_share (parallel, line, left) + t * cam_parallel_share (parallel, line, left + 1);
      double distance = fabs (cam_chart_layout_to_py (layout, share) - pixel_y);

      if (distance <= nearest && cam_parallel_is_chosen (parallel, line))
        {
          nearest = distance;
          found = (int) line;
        }
    }

  return found;
}

static void
append_value (GString                *text,
              const CamChartParallel *self,
              guint                   line,
              guint                   axis)
{
  const CamParallelAxis *a = &self->axes[axis];
  double value = self->values[(gsize) line * self->n_axes + axis];
  char number[CAM_NUMBER_BUF];

  if (!isfinite (value))
    g_string_append (text, "–");
  else if (a->n_categories > 0)
    g_string_append (text, a->categories[CLAMP ((int) value, 0, (int) a->n_categories - 1)]);
  else
    g_string_append_printf (text, "%s%s", cam_number_format (number, a->is_share ? 100 * value : value, DIGITS), a->is_share ? "%" : "");
}

char *
cam_chart_dup_line (const CamChart *self,
                    guint           line)
{
  GString *text;

  g_return_val_if_fail (self != NULL && self->parallel != NULL && line < self->parallel->n_lines, NULL);

  text = g_string_new (self->parallel->names[line]);
  for (guint axis = 0; axis < self->parallel->n_axes; axis++)
    {
      g_string_append_printf (text, "\n%s ", self->parallel->axes[axis].name);
      append_value (text, self->parallel, line, axis);
    }

  return g_string_free (text, FALSE);
}

void
cam_chart_append_parallel (GString        *text,
                           const CamChart *self)
{
  const CamChartParallel *parallel = self->parallel;

  if (parallel->n_lines == 0)
    return;
  g_string_append_printf (text, ngettext ("%u line", "%u lines", parallel->n_lines), parallel->n_lines);
  if (cam_chart_count_chosen (self) < parallel->n_lines)
    g_string_append_printf (text, _(", %u of them chosen"), cam_chart_count_chosen (self));
  for (guint i = parallel->n_lines; i > 0; i--)
    if (cam_parallel_is_chosen (parallel, parallel->order[i - 1]))
      {
        /* translators: of lines through parallel axes: the one with the best score, then its values */
        g_string_append_printf (text, _("; the best is %s:"), parallel->names[parallel->order[i - 1]]);
        for (guint axis = 0; axis < parallel->n_axes; axis++)
          {
            g_string_append_printf (text, "%s %s ", axis > 0 ? "," : "", parallel->axes[axis].name);
            append_value (text, parallel, parallel->order[i - 1], axis);
          }
        break;
      }
}
