/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve chart of a run, the same in the window and on the command line; and any chart in a sentence. */
#include "cam-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include <cam-number.h>

#define SCREEN_DIGITS 4

/* While a run goes the axis grows in steps, so that the curve does not creep: to the next 1, 2, 3, 4, 5, 6, 8 × 10ⁿ. */
static double
find_reach (double needed,
            double planned)
{
  static const double steps[] = { 1, 2, 3, 4, 5, 6, 8, 10 };
  double power;

  needed = fmax (needed * 1.05, 10);
  power = pow (10, floor (log10 (needed)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * power >= needed)
      return fmin (steps[i] * power, planned);
  return planned;
}

static double *
new_epochs (guint n_epochs)
{
  double *epochs = g_new (double, n_epochs + 1);

  for (guint i = 0; i < n_epochs; i++)
    epochs[i] = i + 1;
  return epochs;
}

/* Always three digits, so that the label does not jump: "0.200". */
static char *
format_best (double   value,
             gboolean is_share)
{
  char buf[CAM_NUMBER_BUF];
  gsize length;

  if (is_share)
    value *= 100;
  if (fabs (value) < 1e-3 || fabs (value) >= 1e5)
    cam_number_format (buf, value, 3);
  else
    g_ascii_formatd (buf, sizeof buf, fabs (value) < 1000 ? "%#.3g" : "%.0f", value);
  length = strlen (buf);
  if (buf[length - 1] == '.')
    buf[length - 1] = '\0';
  return g_strconcat (value < 0 ? "−" : "", value < 0 ? buf + 1 : buf, is_share ? "%" : "", NULL);
}

static void
mark_best (CamChart     *self,
           const double *values,
           guint         n_epochs,
           guint         best_epoch,
           guint         patience,
           gboolean      is_share)
{
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;
  double best = values[best_epoch - 1];

  if (isfinite (best))
    {
      value = format_best (best, is_share);
      /* translators: beside the best epoch of a curve: "best 0.231 · epoch 38" */
      label = g_strdup_printf (_("best %s · epoch %u"), value, best_epoch);
    }
  cam_chart_set_marker (self, best_epoch, best, label);

  if (patience > 0 && n_epochs > best_epoch)
    {
      guint waited = MIN (n_epochs - best_epoch, patience);
      /* translators: epochs without a better value, of those early stopping waits for */
      g_autofree char *text = g_strdup_printf (_("patience %u of %u"), waited, patience);

      cam_chart_set_span (self, best_epoch, best_epoch + waited, best_epoch + patience, text);
    }
}

CamChart *
cam_chart_new_history (const char   *title,
                       const char   *key,
                       const double *train,
                       const double *val,
                       guint         n_epochs,
                       guint         n_planned,
                       guint         colour,
                       gboolean      is_share,
                       guint         best_epoch,
                       guint         patience)
{
  CamChart *self = cam_chart_new ();
  g_autofree double *epochs = new_epochs (n_epochs);
  gboolean is_under_way = n_planned > n_epochs;
  double needed = n_epochs;

  cam_chart_set_title (self, title, NULL);
  cam_chart_set_axes (self, _("Epoch"), NULL, CAM_AXIS_NUMBER, is_share ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER);
  cam_chart_set_empty_text (self, _("First epoch under way"));
  if (val != NULL)
    {
      guint series = cam_chart_add_curve (self, _("validation"), epochs, val, n_epochs, colour, CAM_LINE_SOLID);

      cam_chart_set_end_dot (self, series, is_under_way && n_epochs > 0);
    }
  if (train != NULL)
    cam_chart_add_curve (self, _("train"), epochs, train, n_epochs, colour, val != NULL ? CAM_LINE_DASHED : CAM_LINE_SOLID);

  if (n_epochs > 1 && best_epoch > 0 && best_epoch <= n_epochs && (val != NULL || train != NULL))
    {
      mark_best (self, val != NULL ? val : train, n_epochs, best_epoch, patience, is_share);
      /* The end of the patience is shown as soon as that leaves the curve half of the width. */
      if (patience > 0 && is_under_way)
        needed = MAX (needed, MIN (best_epoch + patience, 2 * n_epochs));
    }
  if (is_under_way)
    cam_chart_set_x_range (self, 0, find_reach (needed, MAX (n_planned, 2)));
  else
    cam_chart_set_x_range (self, 0, MAX (needed, 2));
  return self;
}

static char *
format_value (const CamChart *self,
              double          value)
{
  char buf[CAM_NUMBER_BUF];

  if (self->y_format == CAM_AXIS_PERCENT)
    return g_strdup_printf ("%s%%", cam_number_format (buf, value * 100, SCREEN_DIGITS));
  return g_strdup (cam_number_format (buf, value, SCREEN_DIGITS));
}

static void
append_series (GString         *text,
               const CamChart  *self,
               const CamSeries *series)
{
  g_autofree char *last_text = NULL;
  g_autofree char *low_text = NULL;
  g_autofree char *axis = g_utf8_strdown (self->x_title != NULL && *self->x_title != '\0' ? self->x_title : "x", -1);
  char last_x[CAM_NUMBER_BUF], low_x[CAM_NUMBER_BUF];
  gsize last = 0, lowest = 0, highest = 0, n = 0;

  for (gsize i = 0; i < series->n; i++)
    {
      if (!isfinite (series->y[i]))
        continue;
      if (n++ == 0)
        lowest = highest = i;
      last = i;
      lowest = series->y[i] < series->y[lowest] ? i : lowest;
      highest = series->y[i] > series->y[highest] ? i : highest;
    }
  if (n == 0)
    return;
  g_string_append (text, text->len > 0 ? "; " : "");
  last_text = format_value (self, series->y[last]);
  cam_number_format (last_x, series->x[last], 6);
  if (self->y_format == CAM_AXIS_PERCENT || series->look == CAM_LOOK_BARS)
    lowest = highest;       /* of a share or a count the highest is what tells something */
  low_text = format_value (self, series->y[lowest]);
  cam_number_format (low_x, series->x[lowest], 6);
  if (series->look != CAM_LOOK_CURVE)
    {
      if (series->look == CAM_LOOK_DOTS)
        /* translators: dots in words: how many, and of what */
        g_string_append_printf (text, ngettext ("%s: %u point", "%s: %u points", (guint) n), series->name, (guint) n);
      else
        /* translators: a histogram in words: name, the most frequent, axis, where */
        g_string_append_printf (text, _("%s most often, %s times, at %s %s"), series->name, low_text, axis, low_x);
      return;
    }
  /* translators: a curve in words: name, last value, axis, where; lowest or highest value, where */
  g_string_append_printf (text, self->y_format == CAM_AXIS_PERCENT ? _("%s %s at %s %s, highest %s at %s") : _("%s %s at %s %s, lowest %s at %s"),
                          series->name, last_text, axis, last_x, low_text, low_x);
}

char *
cam_chart_dup_summary (const CamChart *self)
{
  g_autoptr(GString) curves = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->parallel != NULL)
    cam_chart_append_parallel (curves, self);
  else if (self->n_groups > 0)
    cam_chart_append_groups (curves, self);
  else if (self->n_rows > 0)
    cam_chart_append_rows (curves, self);
  if (self->matrix != NULL)
    {
      g_autofree char *cells = cam_chart_matrix_dup_summary (self);

      g_string_append (curves, cells);
    }
  for (guint s = 0; s < self->series->len && self->n_rows == 0 && self->n_groups == 0; s++)
    if (!cam_chart_peek_series (self, s)->is_hidden)
      append_series (curves, self, cam_chart_peek_series (self, s));
  if (curves->len == 0)
    g_string_append (curves, self->empty_text != NULL ? self->empty_text : _("no values yet"));
  if (self->title != NULL && *self->title != '\0')
    return g_strdup_printf ("%s: %s", self->title, curves->str);
  return g_strdup (curves->str);
}
