/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in a CSV field, in all the forms that people write; cam-csv-scan.h has the usual one. What is too long for it goes to the C library's conversion. */
#include "cam-csv-private.h"
#include "cam-csv-scan.h"

#include <cam-number.h>
#include <math.h>
#include <string.h>

typedef struct
{
  guint64  mantissa;
  int      n_digits;        /* significant ones */
  int      n_whole;         /* before the mark */
  int      exponent;
  gboolean negative;
  gboolean has_mark;
} Scan;

/* Digits before the mark, with thousands marks between groups of three. */
static const char *
scan_whole (Scan       *scan,
            const char *c,
            const char *end,
            char        thousands)
{
  int since_mark = -1;

  for (; c < end; c++)
    {
      if (*c >= '0' && *c <= '9')
        {
          scan->mantissa = scan->mantissa * 10 + (guint64) (*c - '0');
          scan->n_digits += scan->n_digits > 0 || *c != '0';
          scan->n_whole++;
          if (since_mark >= 0)
            since_mark++;
        }
      else if (thousands != 0 && *c == thousands && scan->n_whole > 0 && (since_mark < 0 ? scan->n_whole <= 3 : since_mark == 3))
        since_mark = 0;
      else
        break;
      if (scan->n_digits > 19)
        return NULL;
    }

  return since_mark >= 0 && since_mark != 3 ? NULL : c;
}

static const char *
scan_fraction (Scan       *scan,
               const char *c,
               const char *end)
{
  for (; c < end && *c >= '0' && *c <= '9'; c++)
    {
      if (scan->n_digits >= 19)
        return NULL;
      scan->mantissa = scan->mantissa * 10 + (guint64) (*c - '0');
      scan->n_digits += scan->n_digits > 0 || *c != '0';
      scan->exponent--;
    }

  return c;
}

static const char *
scan_exponent (Scan       *scan,
               const char *c,
               const char *end)
{
  gboolean negative = FALSE;
  int value = 0, n = 0;

  if (c < end && (*c == '+' || *c == '-'))
    negative = *c++ == '-';
  for (; c < end && *c >= '0' && *c <= '9' && n < 5; c++, n++)
    value = value * 10 + (*c - '0');
  scan->exponent += negative ? -value : value;

  return n > 0 ? c : NULL;
}

/* The slow way, for long numbers: the same text with a decimal point and no thousands. */
static gboolean
convert_slowly (const char *text,
                gsize       length,
                char        decimal,
                char        thousands,
                double     *value)
{
  g_autoptr(GString) plain = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (text[i] == decimal)
      g_string_append_c (plain, '.');
    else if (thousands == 0 || text[i] != thousands)
      g_string_append_c (plain, text[i]);

  /* Words are for the list of missing values. */
  for (gsize i = 0; i < plain->len; i++)
    if (g_ascii_isalpha (plain->str[i]) && plain->str[i] != 'e' && plain->str[i] != 'E')
      return FALSE;

  return cam_number_parse (plain->str, plain->len, value) && isfinite (*value);
}

gboolean
cam_csv_number (const char *text,
                gsize       length,
                char        decimal,
                char        thousands,
                double     *value,
                gboolean   *is_exact)
{
  const char *c = text, *end = text + length, *digits;
  Scan scan = { 0 };

  if (c < end && (*c == '-' || *c == '+'))
    scan.negative = *c++ == '-';
  digits = c;

  c = scan_whole (&scan, c, end, thousands);
  if (c != NULL && c < end && *c == decimal)
    {
      scan.has_mark = TRUE;
      c = scan_fraction (&scan, c + 1, end);
    }
  if (c != NULL && scan.n_whole == 0 && scan.exponent == 0)
    return FALSE;
  if (c != NULL && c < end && (*c == 'e' || *c == 'E'))
    {
      c = scan_exponent (&scan, c + 1, end);
      if (c == NULL)
        return FALSE;
      scan.has_mark = TRUE;
    }
  if (c != NULL && c != end)
    return FALSE;

  /* "007" is a name, not a quantity. */
  if (scan.n_whole > 1 && *digits == '0')
    return FALSE;
  if (!scan.has_mark && (c == NULL || scan.mantissa > CAM_CSV_EXACT_LIMIT))
    return FALSE;

  if (c != NULL && cam_csv_scale (scan.mantissa, scan.exponent, value))
    *value = scan.negative ? -*value : *value;
  else if (!convert_slowly (text, length, decimal, thousands, value))
    return FALSE;
  *is_exact = cam_csv_fits_four_bytes (*value, c != NULL ? scan.n_digits : 20);

  return TRUE;
}

const char *
cam_csv_number_scan (const char *text,
                     char        decimal,
                     double     *value,
                     gboolean   *is_exact)
{
  return cam_csv_scan_number (text, decimal, value, is_exact);
}
