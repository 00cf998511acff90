/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a setting: text both ways, round steps. */
#include "cam-field-number.h"

#include <cam-number.h>

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-field-editor.h"

/* Below this a setting that steps by factors goes to its lower bound. */
#define TINY 1e-9

char *
cam_field_number_text (const CamField *field,
                       double          value)
{
  char buf[CAM_NUMBER_BUF];
  char *exponent;

  if (isnan (value))
    /* translators: a setting that has no value */
    return g_strdup (C_("setting", "none"));
  if (field->type == CAM_FIELD_INT)
    return g_strdup_printf ("%.0f", value);

  cam_number_shortest (buf, value, FALSE);
  /* "1e-07" is read more easily as "1e-7". */
  exponent = strpbrk (buf, "e");
  if (exponent != NULL && (exponent[1] == '-' || exponent[1] == '+'))
    {
      char *digits = exponent[1] == '-' ? exponent + 2 : exponent + 1;
      const char *from = exponent + 2;

      while (*from == '0' && from[1] != '\0')
        from++;
      memmove (digits, from, strlen (from) + 1);
    }
  return g_strdup (buf);
}

gboolean
cam_field_number_fits (const CamField *field,
                       double          value)
{
  if (isnan (value))
    return (field->flags & CAM_FIELD_NULLABLE) != 0;
  if (!isfinite (value) || (field->type == CAM_FIELD_INT && value != rint (value)))
    return FALSE;
  return (field->flags & CAM_FIELD_MIN_OPEN ? value > field->min : value >= field->min)
         && (field->flags & CAM_FIELD_MAX_OPEN ? value < field->max : value <= field->max);
}

static gboolean
is_none (const char *text)
{
  return *text == '\0' || g_ascii_strcasecmp (text, "none") == 0 || g_strcmp0 (text, C_("setting", "none")) == 0;
}

/* FALSE: it is no number at all, or a number like NaN. */
static gboolean
read_number (const char *text,
             double     *value)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  char *comma;

  if (is_none (plain))
    {
      *value = NAN;
      return TRUE;
    }
  comma = strchr (plain, ',');
  /* One comma and no point: it is the decimal mark. */
  if (comma != NULL && strchr (comma + 1, ',') == NULL && strchr (plain, '.') == NULL)
    *comma = '.';

  return cam_number_parse (plain, strlen (plain), value) && !isnan (*value);
}

gboolean
cam_field_number_parse (const CamField *field,
                        const char     *text,
                        double         *value)
{
  double number;

  if (!read_number (text, &number) || !cam_field_number_fits (field, number))
    return FALSE;
  *value = number;
  return TRUE;
}

char *
cam_field_number_reason (const CamField *field,
                         const char     *text)
{
  g_autoptr(json_t) value = NULL;
  double number;

  if (!read_number (text, &number) || !isfinite (number))
    return g_strdup_printf (_("“%s” is no number"), text);
  if (field->type == CAM_FIELD_INT && number != rint (number))
    return g_strdup_printf (_("“%s” is no whole number"), text);

  value = field->type == CAM_FIELD_INT && fabs (number) <= 0x1p53 ? json_integer ((json_int_t) number) : json_real (number);
  return cam_field_reason (field, value);
}

/* The @i-th of the round numbers 1, 2, 5, 10, … around 1 = the 0th. */
static double
round_number (int i)
{
  static const double mantissas[] = { 1, 2, 5 };
  int decade = i >= 0 ? i / 3 : -((2 - i) / 3);
  char buf[G_ASCII_DTOSTR_BUF_SIZE];

  /* By way of text, so that it is the very double that "0.002" is read as. */
  g_snprintf (buf, sizeof buf, "%de%d", (int) mantissas[i - 3 * decade], decade);
  return g_ascii_strtod (buf, NULL);
}

/* The index of the greatest round number that is not above @value. */
static int
round_index (double value)
{
  int i = 3 * (int) floor (log10 (value)) + 3;

  while (round_number (i) > value * (1 + 1e-12))
    i--;
  return i;
}

static double
step_by_factors (double value,
                 int    n)
{
  double size = fabs (value);
  int i;

  if (size < TINY)
    return n > 0 ? round_number (round_index (TINY) + n) : value;
  i = round_index (size);
  /* From between two round numbers the first step down is to the lower one. */
  if (n < 0 && size > round_number (i) * (1 + 1e-12))
    n++;
  size = round_number (i + n);
  return size < TINY ? 0.0 : size;
}

static double
step_by_two (double value,
             int    n)
{
  double exponent = log2 (MAX (value, 0.5));

  return rint (exp2 (n > 0 ? floor (exponent + 1e-9) + n : ceil (exponent - 1e-9) + n));
}

static gboolean
is_by_factors (const CamField *field)
{
  return (field->flags & CAM_FIELD_LOG) != 0;
}

static double
linear_increment (const CamField *field)
{
  double range = field->max - field->min;

  if (field->type == CAM_FIELD_INT)
    return 1;
  if (range <= 1)
    return 0.05;
  return range <= 20 ? 0.1 : 1;
}

double
cam_field_number_increment (const CamField *field,
                            double          value)
{
  if (!is_by_factors (field))
    return linear_increment (field);
  if (field->type == CAM_FIELD_INT)
    return MAX (1, fabs (value) / 2);
  return MAX (TINY, fabs (value) / 2);
}

double
cam_field_number_step (const CamField *field,
                       double          value,
                       int             n)
{
  double next;

  if (n == 0 || isnan (value))
    return value;
  if (!is_by_factors (field))
    {
      double increment = linear_increment (field);

      /* Twelve digits: 0.1 + 0.2 is 0.3 here. */
      next = rint ((value + n * increment) * 1e12) / 1e12;
    }
  else if (field->type == CAM_FIELD_INT)
    next = step_by_two (value, n);
  else
    next = step_by_factors (value, n);

  if (n < 0 && next < field->min)
    next = field->min;
  if (n > 0 && next > field->max)
    next = field->max;
  return cam_field_number_fits (field, next) ? next : value;
}
