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

const char *
cam_number_shortest (char     buf[CAM_NUMBER_BUF],
                     double   value,
                     gboolean is_float)
{
  int most = is_float ? 9 : 17;
  /* Any number of so many digits comes back from its binary form; below the normal range fewer hold. */
  int least = fabs (value) < (is_float ? FLT_MIN : DBL_MIN) ? 1 : is_float ? 6 : 15;

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
