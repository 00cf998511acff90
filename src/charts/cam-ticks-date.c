/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks of an axis of dates: at the beginnings of years, months, days, hours, minutes or seconds, as the range has room for, written as files write dates (ISO 8601). */
#include "cam-ticks.h"

#include <math.h>

#define EPOCH 719163            /* the Julian day of GLib on which days are counted from 0: 1970-01-01 */
#define LAST_YEAR 9999
#define DAYS_PER_MONTH 30.436875
#define SECONDS_PER_DAY 86400.0

typedef enum { UNIT_SECOND, UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_MONTH } Unit;

typedef struct
{
  Unit   unit;
  guint  n;
  double days;
} Step;

static const Step steps[] = {
  { UNIT_SECOND, 1, 1 / SECONDS_PER_DAY }, { UNIT_SECOND, 5, 5 / SECONDS_PER_DAY }, { UNIT_SECOND, 15, 15 / SECONDS_PER_DAY }, { UNIT_SECOND, 30, 30 / SECONDS_PER_DAY },
  { UNIT_MINUTE, 1, 1 / 1440.0 }, { UNIT_MINUTE, 5, 5 / 1440.0 }, { UNIT_MINUTE, 15, 15 / 1440.0 }, { UNIT_MINUTE, 30, 30 / 1440.0 },
  { UNIT_HOUR, 1, 1 / 24.0 }, { UNIT_HOUR, 3, 3 / 24.0 }, { UNIT_HOUR, 6, 6 / 24.0 }, { UNIT_HOUR, 12, 12 / 24.0 },
  { UNIT_DAY, 1, 1 }, { UNIT_DAY, 2, 2 }, { UNIT_DAY, 7, 7 }, { UNIT_DAY, 14, 14 },
  { UNIT_MONTH, 1, DAYS_PER_MONTH }, { UNIT_MONTH, 3, 3 * DAYS_PER_MONTH }, { UNIT_MONTH, 6, 6 * DAYS_PER_MONTH },
};

/* Parts of a second, as they come from fractions of days, are rounded away. */
static GDateTime *
to_time (double days)
{
  g_autoptr(GDateTime) epoch = g_date_time_new_utc (1970, 1, 1, 0, 0, 0);
  double whole = floor (days), seconds = round ((days - whole) * SECONDS_PER_DAY);
  g_autoptr(GDateTime) day = g_date_time_add_days (epoch, (int) whole);

  return day != NULL ? g_date_time_add_seconds (day, seconds) : NULL;
}

static void
add (CamTicks   *self,
     double      days,
     const char *format)
{
  g_autoptr(GDateTime) time = to_time (days);
  g_autofree char *text = time != NULL ? g_date_time_format (time, format) : NULL;

  if (text == NULL || self->n >= CAM_MAX_TICKS)
    return;
  self->values[self->n] = days;
  g_strlcpy (self->labels[self->n++], text, CAM_TICK_LABEL);
}

/* The first day of the month @month, counted from that of the year 0. */
static double
first_of_month (int month)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, (GDateMonth) (month % 12 + 1), (GDateYear) (month / 12));

  return (double) g_date_get_julian (&date) - EPOCH;
}

static void
fill_months (CamTicks   *self,
             double      min,
             double      max,
             guint       stride,
             const char *format)
{
  GDate date;
  int month;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (floor (min) + EPOCH));
  month = g_date_get_year (&date) * 12 + (int) g_date_get_month (&date) - 1;
  month -= month % (int) stride;
  for (; month <= LAST_YEAR * 12 && (month < 12 || first_of_month (month) <= max); month += (int) stride)
    if (month >= 12 && first_of_month (month) >= min)
      add (self, first_of_month (month), format);
}

gboolean
cam_ticks_fill_dates (CamTicks *self,
                      double    min,
                      double    max,
                      guint     n_wanted)
{
  static const char *const formats[] = { [UNIT_SECOND] = "%H:%M:%S", [UNIT_MINUTE] = "%H:%M", [UNIT_HOUR] = "%H:%M", [UNIT_DAY] = "%m-%d", [UNIT_MONTH] = "%Y-%m" };
  double wanted = (max - min) / MAX (n_wanted, 1) * 0.75;
  const Step *step = NULL;

  if (!(min >= 1 - EPOCH) || !(max < (double) LAST_YEAR * 365.2425 - EPOCH))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (steps) && step == NULL; i++)
    if (steps[i].days >= wanted)
      step = &steps[i];

  if (step == NULL)
    fill_months (self, min, max, 12 * (guint) MAX (1, cam_ticks_step ((max - min) / 365.2425, n_wanted, TRUE)), "%Y");
  else if (step->unit == UNIT_MONTH)
    fill_months (self, min, max, step->n, formats[UNIT_MONTH]);
  else
    for (double k = ceil (min / step->days - 1e-9); k * step->days <= max * (1 + 1e-12) + 1e-9 && self->n < CAM_MAX_TICKS; k++)
      {
        double days = k * step->days;
        gboolean is_midnight = fabs (days - round (days)) < 0.5 / SECONDS_PER_DAY;

        add (self, is_midnight ? round (days) : days, is_midnight ? formats[UNIT_DAY] : formats[step->unit]);
      }

  return TRUE;
}

char *
cam_chart_dup_date (double days)
{
  g_autoptr(GDateTime) time = days > -EPOCH && days < 1e6 * 3 ? to_time (days) : NULL;
  gboolean is_day = fabs (days - round (days)) < 0.5 / SECONDS_PER_DAY;

  return time != NULL ? g_date_time_format (time, is_day ? "%Y-%m-%d" : "%Y-%m-%d %H:%M") : g_strdup ("–");
}
