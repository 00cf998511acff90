/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learning rate over a run. */
#include "cam-run-rates.h"

#include <cam-schedule.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-train-edit.h"
#include "cam-words.h"

/* Points of a schedule that has no column of the history. */
#define N_POINTS 240

typedef struct
{
  GArray *x, *y;      /* double */
} Curve;

static void
add_point (Curve  *curve,
           double  x,
           double  y)
{
  g_array_append_val (curve->x, x);
  g_array_append_val (curve->y, y);
}

/* Where in the run, counted in epochs, a rate begins. */
static double
place_of (const CamRunFacts *facts,
          const CamRunEvent *event)
{
  return event->epoch - 1 + (double) (event->batch - 1) / (double) MAX (facts->n_batches, 1);
}

static const CamRunEvent *
next_rate (const CamRunFacts *facts,
           guint             *place)
{
  while (*place < facts->n_events && facts->events[*place].kind != CAM_RUN_EVENT_RATE)
    (*place)++;

  return *place < facts->n_events ? &facts->events[*place] : NULL;
}

static const CamRunEvent *
last_rate (const CamRunFacts *facts)
{
  for (guint i = facts->n_events; i-- > 0;)
    if (facts->events[i].kind == CAM_RUN_EVENT_RATE)
      return &facts->events[i];

  return NULL;
}

gboolean
cam_run_rates_are_worth_a_chart (const CamRunFacts *facts)
{
  return cam_run_facts_find (facts, "learning_rate") != NULL || last_rate (facts) != NULL ||
         (facts->rate != NULL && !json_is_number (facts->rate));
}

/* The curve falls or rises at once, one double after the other. */
static void
add_steps (Curve             *curve,
           const CamRunFacts *facts,
           guint             *place,
           double             until)
{
  for (const CamRunEvent *event; (event = next_rate (facts, place)) != NULL && place_of (facts, event) <= until; (*place)++)
    {
      double x = place_of (facts, event);

      if (curve->x->len > 0)
        {
          double last_x = g_array_index (curve->x, double, curve->x->len - 1), last_y = g_array_index (curve->y, double, curve->y->len - 1);

          if (last_x >= x)
            x = nextafter (last_x, INFINITY);
          else
            add_point (curve, x, last_y);
        }
      add_point (curve, nextafter (x, INFINITY), event->value);
    }
}

/* From the history: a callback sets the rate at the beginning or the end of an epoch. */
static void
fill_from_history (Curve             *curve,
                   const CamRunFacts *facts,
                   const double      *rates)
{
  guint place = 0;

  for (guint epoch = 1; epoch <= facts->n_epochs; epoch++)
    {
      add_steps (curve, facts, &place, nextafter (epoch, 0));
      add_point (curve, epoch, rates[epoch - 1]);
    }
  add_steps (curve, facts, &place, INFINITY);
}

/* From the settings: a number, or a schedule up to where somebody set a number. */
static void
fill_from_settings (Curve             *curve,
                    const CamRunFacts *facts)
{
  guint place = 0;
  const CamRunEvent *first = next_rate (facts, &place);
  double until = first != NULL ? place_of (facts, first) : MAX (facts->n_epochs, 1), last;
  guint n = json_is_number (facts->rate) ? 2 : N_POINTS;

  for (guint i = 0; i < n && until > 0; i++)
    {
      double x = until * i / (n - 1);

      add_point (curve, x, cam_schedule_rate (facts->rate, floor (x * (double) facts->n_batches)));
    }
  add_steps (curve, facts, &place, INFINITY);

  /* As long as it has held so far, and a little, so that a rate just set can be seen. */
  last = g_array_index (curve->x, double, curve->x->len - 1);
  if (first != NULL)
    add_point (curve, MAX (facts->n_epochs, floor (last) + 1), g_array_index (curve->y, double, curve->y->len - 1));
}

/* What the settings say, to the end of the run: what was set by hand parts from it. */
static void
add_schedule (CamChart          *chart,
              const CamRunFacts *facts,
              guint              colour)
{
  double x[N_POINTS], y[N_POINTS];
  guint n_epochs = MAX (facts->is_live ? facts->n_planned : facts->n_epochs, 1), series;

  for (guint i = 0; i < N_POINTS; i++)
    {
      x[i] = (double) n_epochs * i / (N_POINTS - 1);
      y[i] = cam_schedule_rate (facts->rate, floor (x[i] * (double) facts->n_batches));
    }
  series = cam_chart_add_curve (chart, _("schedule"), x, y, N_POINTS, colour, CAM_LINE_DASHED);
  cam_chart_set_faded (chart, series, TRUE);
  cam_chart_set_note (chart, series, _("As the settings say, to the last epoch asked for."));
}

static void
mark (CamChart          *chart,
      const CamRunFacts *facts)
{
  const CamRunEvent *last = last_rate (facts);
  g_autofree char *number = NULL;
  g_autofree char *label = NULL;

  if (last != NULL)
    {
      number = cam_words_number (last->value);
      /* translators: a mark in the chart of the learning rate: the number that was set, and the epoch */
      label = g_strdup_printf (_("%s · epoch %u"), number, last->epoch);
      cam_chart_set_marker (chart, place_of (facts, last), last->value, label);
    }
  else if (facts->best_epoch > 0 && facts->n_epochs > 1)
    {
      /* translators: a mark in the chart of the learning rate, where the best epoch was */
      label = g_strdup_printf (_("best · epoch %u"), facts->best_epoch);
      cam_chart_set_marker (chart, facts->best_epoch, NAN, label);
    }
}

CamChart *
cam_run_rates_new_chart (const CamRunFacts *facts,
                         guint              colour)
{
  Curve curve = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };
  const double *rates = cam_run_facts_find (facts, "learning_rate");
  CamChart *chart = cam_chart_new ();

  if (rates != NULL)
    fill_from_history (&curve, facts, rates);
  else if (facts->rate != NULL)
    fill_from_settings (&curve, facts);

  cam_chart_set_title (chart, _("Learning rate"), NULL);
  cam_chart_set_axes (chart, _("Epoch"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_add_curve (chart, _("learning rate"), (const double *) (gpointer) curve.x->data, (const double *) (gpointer) curve.y->data, curve.x->len, colour, CAM_LINE_SOLID);
  if (rates == NULL && json_is_object (facts->rate))
    add_schedule (chart, facts, colour);
  cam_chart_set_x_range (chart, 0, curve.x->len > 0 ? MAX (g_array_index (curve.x, double, curve.x->len - 1), 1) : 1);
  mark (chart, facts);
  g_array_unref (curve.x);
  g_array_unref (curve.y);

  return chart;
}

double
cam_run_rates_get (const CamRunFacts *facts)
{
  const CamRunEvent *last = last_rate (facts);
  const double *rates = cam_run_facts_find (facts, "learning_rate");

  if (isfinite (facts->live_rate))
    return facts->live_rate;
  /* A callback may have changed it after the hand did. */
  if (rates != NULL && facts->n_epochs > 0 && (last == NULL || last->epoch <= facts->n_epochs))
    return rates[facts->n_epochs - 1];
  if (last != NULL)
    return last->value;

  return facts->rate != NULL ? cam_schedule_rate (facts->rate, (double) facts->n_epochs * (double) facts->n_batches) : NAN;
}

double
cam_run_rates_get_at (const CamRunFacts *facts,
                      guint              epoch)
{
  const double *rates = cam_run_facts_find (facts, "learning_rate");
  double rate = NAN;

  if (rates != NULL)
    return epoch > 0 && epoch <= facts->n_epochs ? rates[epoch - 1] : NAN;
  for (guint i = 0; i < facts->n_events; i++)
    if (facts->events[i].kind == CAM_RUN_EVENT_RATE && facts->events[i].epoch <= epoch)
      rate = facts->events[i].value;
  if (isfinite (rate) || facts->rate == NULL)
    return rate;

  return cam_schedule_rate (facts->rate, (double) epoch * (double) facts->n_batches);
}

char *
cam_run_rates_describe (const CamRunEvent *event)
{
  g_autofree char *number = cam_words_number (event->value);
  g_autofree char *epoch = cam_words_count (event->epoch);
  g_autofree char *batch = cam_words_count (event->batch);

  if (event->batch <= 1)
    /* translators: a learning rate, and the epoch from which it holds */
    return g_strdup_printf (_("%s from epoch %s"), number, epoch);
  /* translators: a learning rate, and the epoch and batch from which it holds */
  return g_strdup_printf (_("%s from epoch %s, batch %s"), number, epoch, batch);
}
