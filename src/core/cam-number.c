/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text with a decimal point, whatever the locale of the process says. */
#include "cam-number.h"

#include <float.h>
#include <math.h>
#include <string.h>

const char *
cam_number_format (char   buf[CAM_NUMBER_BUF],
                   double value,
                   int    digits)
{
  char format[8];

  if (isnan (value))
    return strcpy (buf, "nan");
  if (isinf (value))
    return strcpy (buf, value > 0 ? "inf" : "-inf");

  g_snprintf (format, sizeof format, "%%.%dg", CLAMP (digits, 1, 17));
  return g_ascii_formatd (buf, CAM_NUMBER_BUF, format, value);
}

/* Powers of ten that a double holds exactly, and more of them than are asked for. */
static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };

/* @mantissa / 10^@n_decimals without zeros at its end. Returns the end of the text, which is not terminated. */
static char *
put_decimal (char     *to,
             gboolean  is_negative,
             guint64   mantissa,
             int       n_decimals)
{
  int n_whole = 1;
  char *end, *c;

  for (; n_decimals > 0 && mantissa % 10 == 0; n_decimals--)
    mantissa /= 10;
  while (n_whole + n_decimals < (int) G_N_ELEMENTS (powers) && (double) mantissa >= powers[n_whole + n_decimals])
    n_whole++;
  if (is_negative)
    *to++ = '-';
  end = c = to + n_whole + n_decimals + (n_decimals > 0);
  for (int i = 0; i < n_decimals; i++, mantissa /= 10)
    *--c = (char) ('0' + mantissa % 10);
  if (n_decimals > 0)
    *--c = '.';
  for (; c > to; mantissa /= 10)
    *--c = (char) ('0' + mantissa % 10);

  return end;
}

#define MOST_DECIMALS 7

/* Decimals of a few digits, as most files have them. At most 15 digits survive the way into a double and back, so one that comes back is what printf() finds with 15; the division is
 * rounded once, as strtod() does it. NULL: another number. @n_decimals: (inout): so many are tried first. */
static char *
put_short (char   *to,
           double  value,
           int    *n_decimals)
{
  double size = fabs (value);

  if (!(size >= 1e-4 && size < 1e8))
    return NULL;
  for (int n = *n_decimals; n <= MOST_DECIMALS; n++)
    {
      gint64 mantissa = (gint64) (size * powers[n] + 0.5);

      if ((double) mantissa / powers[n] == size)
        {
          *n_decimals = n;
          return put_decimal (to, value < 0.0, (guint64) mantissa, n);
        }
    }

  return NULL;
}

/* The usual sizes of a float, where no exponent is written: of six to nine digits the fewest that come back. A float times such a power of ten has no more than 53 bits, so that the
 * mantissa is rounded from the number itself, as printf() rounds it. */
static char *
put_float (char  *to,
           float  value)
{
  static const double firsts[] = { 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4 };
  double size = fabs ((double) value);
  int n_decimals = 9;          /* with six digits, where the first is the fourth decimal */

  if (!(size >= 1e-4 && size < 1e5))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (firsts) && size >= firsts[i]; i++)
    n_decimals--;
  for (int digits = 6; digits <= 9; digits++, n_decimals++)
    {
      double mantissa = rint (size * powers[n_decimals]);

      if (digits == 9 || (float) (mantissa / powers[n_decimals]) == (float) size)
        return put_decimal (to, value < 0.0f, (guint64) mantissa, n_decimals);
    }

  return NULL;
}

const char *
cam_number_shortest (char     buf[CAM_NUMBER_BUF],
                     double   value,
                     gboolean is_float)
{
  int most = is_float ? 9 : 17;
  /* Any number of so many digits comes back from its binary form; below the normal range fewer hold. */
  int least = fabs (value) < (is_float ? FLT_MIN : DBL_MIN) ? 1 : is_float ? 6 : 15;
  int n_decimals = 0;
  char *quick_end = is_float ? ((float) value == value ? put_float (buf, (float) value) : NULL) : put_short (buf, value, &n_decimals);

  if (quick_end != NULL)
    {
      *quick_end = 0;
      return buf;
    }
  for (int digits = least; digits < most; digits++)
    {
      double back;

      cam_number_format (buf, value, digits);
      if (!isfinite (value))
        return buf;
      back = g_ascii_strtod (buf, NULL);
      if (is_float ? (float) back == (float) value : back == value)
        return buf;
    }

  return cam_number_format (buf, value, most);
}

char *
cam_number_put (char   *to,
                double  value,
                int    *n_decimals)
{
  char *end = put_short (to, value, n_decimals), buf[CAM_NUMBER_BUF];
  gsize length;

  if (end != NULL)
    return end;
  length = strlen (cam_number_shortest (buf, value, FALSE));
  memcpy (to, buf, length);

  return to + length;
}

char *
cam_number_put_float (char  *to,
                      float  value)
{
  char *end = put_float (to, value), buf[CAM_NUMBER_BUF];
  gsize length;

  if (end != NULL)
    return end;
  length = strlen (cam_number_shortest (buf, value, TRUE));
  memcpy (to, buf, length);

  return to + length;
}

/* [+-] digits [. digits] [e [+-] digits], at least one digit in the mantissa. */
static gboolean
is_decimal (const char *c,
            const char *end)
{
  gsize n_digits = 0;

  if (c < end && (*c == '+' || *c == '-'))
    c++;
  for (; c < end && g_ascii_isdigit (*c); c++)
    n_digits++;
  if (c < end && *c == '.')
    for (c++; c < end && g_ascii_isdigit (*c); c++)
      n_digits++;
  if (n_digits == 0)
    return FALSE;

  if (c < end && (*c == 'e' || *c == 'E'))
    {
      c++;
      if (c < end && (*c == '+' || *c == '-'))
        c++;
      if (c == end)
        return FALSE;
      while (c < end && g_ascii_isdigit (*c))
        c++;
    }

  return c == end;
}

static gboolean
parse_special (const char *text,
               gsize       length,
               double     *value)
{
  double sign = 1.0;

  if (length > 0 && (*text == '+' || *text == '-'))
    {
      sign = *text == '-' ? -1.0 : 1.0;
      text++;
      length--;
    }

  if (length == 3 && g_ascii_strncasecmp (text, "nan", 3) == 0)
    *value = NAN;
  else if ((length == 3 && g_ascii_strncasecmp (text, "inf", 3) == 0) ||
           (length == 8 && g_ascii_strncasecmp (text, "infinity", 8) == 0))
    *value = sign * INFINITY;
  else
    return FALSE;

  return TRUE;
}

gboolean
cam_number_parse (const char *text,
                  gsize       length,
                  double     *value)
{
  char small[64];
  g_autofree char *large = NULL;
  char *copy = small;

  if (!is_decimal (text, text + length))
    return parse_special (text, length, value);

  if (length >= sizeof small)
    copy = large = g_malloc (length + 1);
  memcpy (copy, text, length);
  copy[length] = 0;
  *value = g_ascii_strtod (copy, NULL);

  return TRUE;
}
