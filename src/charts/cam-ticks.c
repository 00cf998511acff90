/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nice steps, decades, and the text of tick labels. Costs nothing worth counting; all numbers are finite when they come here. */
#include "cam-ticks.h"

#include <math.h>
#include <string.h>

#define MAX_DECIMALS 12

double
cam_ticks_step (double   span,
                guint    n_wanted,
                gboolean is_whole)
{
  static const double nice[] = { 1, 2, 2.5, 5, 10 };
  double raw, power;

  g_return_val_if_fail (isfinite (span) && span > 0, 1);

  raw = span / MAX (n_wanted, 1);
  power = pow (10, floor (log10 (raw)));
  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    {
      double step = nice[i] * power;

      if (is_whole && step != floor (step))
        continue;
      /* A little too small is no reason for half as many ticks. */
      if (step >= raw * 0.75)
        return step;
    }
  return is_whole ? MAX (1, 10 * power) : 10 * power;
}

/* Digits after the point that tell multiples of @step apart. */
static int
count_decimals (double step)
{
  int decimals = 0;

  while (decimals < MAX_DECIMALS && fabs (step - round (step)) > 1e-6 * step)
    {
      step *= 10;
      decimals++;
    }
  return decimals;
}

static void
append_superscript (GString *text,
                    int      number)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  char plain[16];

  g_snprintf (plain, sizeof plain, "%d", number);
  for (const char *c = plain; *c != '\0'; c++)
    g_string_append (text, *c == '-' ? "⁻" : digits[*c - '0']);
}

static void
append_fixed (GString *text,
              double   value,
              int      decimals)
{
  char format[8], buf[G_ASCII_DTOSTR_BUF_SIZE + 32];

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (buf, sizeof buf, format, fabs (value));
  if (value < 0 && strspn (buf, "0.") < strlen (buf))
    g_string_append (text, "−");
  g_string_append (text, buf);
}

/* Too large or too small to write out: mantissa and power of the whole axis, "2.5·10⁻⁵". */
static void
append_scaled (GString *text,
               double   value,
               double   step,
               double   largest)
{
  int exponent = (int) floor (log10 (largest) + 1e-9);
  double unit = pow (10, exponent);

  append_fixed (text, value / unit, count_decimals (step / unit));
  g_string_append (text, "·10");
  append_superscript (text, exponent);
}

void
cam_ticks_label (char     label[CAM_TICK_LABEL],
                 double   value,
                 double   step,
                 double   largest,
                 gboolean is_share)
{
  static const struct { double from; double unit; const char *sign; } units[] = {
    { 1e9, 1e9, "G" }, { 1e6, 1e6, "M" }, { 1e4, 1e3, "k" },
  };
  g_autoptr(GString) text = g_string_new (NULL);
  double unit = 1;
  const char *sign = "";

  if (is_share)
    {
      append_fixed (text, value * 100, count_decimals (step * 100));
      g_string_append_c (text, '%');
    }
  else if (fabs (value) < step * 1e-6)
    g_string_append_c (text, '0');
  else if (largest >= 1e12 || largest < 1e-3)
    append_scaled (text, value, step, largest);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (units); i++)
        if (largest >= units[i].from && count_decimals (step / units[i].unit) <= 3)
          {
            unit = units[i].unit;
            sign = units[i].sign;
            break;
          }
      append_fixed (text, value / unit, count_decimals (step / unit));
      g_string_append (text, sign);
    }
  g_strlcpy (label, text->str, CAM_TICK_LABEL);
}

void
cam_ticks_power (char label[CAM_TICK_LABEL],
                 int  exponent)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (exponent >= -1 && exponent <= 2)
    append_fixed (text, pow (10, exponent), MAX (0, -exponent));
  else
    {
      g_string_append (text, "10");
      append_superscript (text, exponent);
    }
  g_strlcpy (label, text->str, CAM_TICK_LABEL);
}

static void
fill_decades (CamTicks *self,
              int       first,
              int       last,
              guint     n_wanted)
{
  int stride = last > first ? (int) cam_ticks_step (last - first, n_wanted, TRUE) : 1;

  for (int e = first; e <= last; e++)
    if (e % stride == 0 && self->n < CAM_MAX_TICKS)
      {
        self->values[self->n] = e;
        cam_ticks_power (self->labels[self->n++], e);
      }
}

static void
fill_minor (CamTicks *self,
            double    min,
            double    max)
{
  if (max - min > 12)
    return;
  for (int e = (int) floor (min); e <= (int) floor (max); e++)
    for (int digit = 2; digit <= 9; digit++)
      {
        double value = e + log10 (digit);

        if (value > min && value < max && self->n_minor < CAM_MAX_MINOR)
          self->minor[self->n_minor++] = value;
      }
}

/* Less than two decades: the steps of a plain axis, at their logarithms. */
static void
fill_narrow_log (CamTicks *self,
                 double    min,
                 double    max,
                 guint     n_wanted)
{
  double low = pow (10, min), high = pow (10, max);
  double step = cam_ticks_step (high - low, n_wanted, FALSE);

  self->n = 0;
  for (double k = ceil (low / step - 1e-9); k * step <= high * (1 + 1e-9) && self->n < CAM_MAX_TICKS; k++)
    {
      self->values[self->n] = log10 (k * step);
      cam_ticks_label (self->labels[self->n++], k * step, step, high, FALSE);
    }
}

void
cam_ticks_fill (CamTicks      *self,
                double         min,
                double         max,
                guint          n_wanted,
                double         step,
                CamAxisFormat  format)
{
  double slack, largest;

  memset (self, 0, sizeof *self);
  g_return_if_fail (isfinite (min) && isfinite (max) && min < max);

  n_wanted = CLAMP (n_wanted, 1, CAM_MAX_TICKS - 2);
  if (format == CAM_AXIS_LOG)
    {
      fill_decades (self, (int) ceil (min - 1e-9), (int) floor (max + 1e-9), n_wanted);
      if (self->n >= 2)
        fill_minor (self, min, max);
      else if (max < 300 && min > -300)
        fill_narrow_log (self, min, max, n_wanted);
      return;
    }

  if (format == CAM_AXIS_DATE && cam_ticks_fill_dates (self, min, max, n_wanted))
    return;
  if (!(step > (max - min) / CAM_MAX_TICKS))
    step = cam_ticks_step (max - min, n_wanted, FALSE);
  slack = step * 1e-6;
  largest = MAX (fabs (min), fabs (max));
  for (double k = ceil ((min - slack) / step); k * step <= max + slack && self->n < CAM_MAX_TICKS; k++)
    {
      self->values[self->n] = k * step;
      cam_ticks_label (self->labels[self->n++], k * step, step, largest, format == CAM_AXIS_PERCENT);
    }
}
