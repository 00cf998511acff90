/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number at a place of a text, in its usual form, without a call. Digits are gathered eight at a time in an integer; where that is at most 2⁵³ and the power of ten at
 * most 22, one multiplication or division gives the exactly rounded double (Clinger's fast path). Up to 19 digits the same is done with the 64 bits of a long double where
 * there is one, unless the result lies so near the middle of two doubles that its own rounding could decide. */
#pragma once

#include <float.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#include "cam-packed.h"

G_BEGIN_DECLS

#define CAM_CSV_EXACT_LIMIT (G_GUINT64_CONSTANT (1) << 53)

static const double cam_csv_powers[] = {
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static const guint64 cam_csv_whole_powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };

#if LDBL_MANT_DIG == 64
/* @mantissa times ten to the @exponent, rounded to 64 bits and then to 53; FALSE where the second rounding may not be the true one. */
static inline gboolean
cam_csv_scale_widely (guint64  mantissa,
              int      exponent,
              double  *value)
{
  static const long double wide_powers[] = {
    1e0L, 1e1L, 1e2L, 1e3L, 1e4L, 1e5L, 1e6L, 1e7L, 1e8L, 1e9L, 1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L, 1e20L, 1e21L, 1e22L, 1e23L, 1e24L,
    1e25L, 1e26L, 1e27L,
  };
  long double result = (long double) mantissa;
  guint64 bits;

  if (exponent < -27 || exponent > 27 || mantissa == 0)
    return FALSE;
  result = exponent < 0 ? result / wide_powers[-exponent] : result * wide_powers[exponent];
  memcpy (&bits, &result, sizeof bits);
  /* The eleven bits that go: half way is 0x400. */
  if ((bits & 0x7FF) >= 0x3FF && (bits & 0x7FF) <= 0x401)
    return FALSE;
  *value = (double) result;

  return TRUE;
}
#else
static inline gboolean
cam_csv_scale_widely (guint64  mantissa,
              int      exponent,
              double  *value)
{
  return FALSE;
}
#endif

static inline gboolean
cam_csv_scale (guint64  mantissa,
       int      exponent,
       double  *value)
{
  if (mantissa > CAM_CSV_EXACT_LIMIT || exponent < -22 || exponent > 22)
    return cam_csv_scale_widely (mantissa, exponent, value);

  *value = exponent < 0 ? (double) mantissa / cam_csv_powers[-exponent] : (double) mantissa * cam_csv_powers[exponent];
  return TRUE;
}

static inline gboolean
cam_csv_fits_four_bytes (double value,
                 int    n_digits)
{
  double size = fabs (value);
  float packed;

  if (n_digits <= CAM_PACK_DIGITS_MID && size >= CAM_PACK_MID_FROM && size < CAM_PACK_MID_TO)
    return TRUE;
  if (n_digits <= CAM_PACK_DIGITS && size >= CAM_PACK_SMALLEST && size < CAM_PACK_LARGEST)
    return TRUE;

  return cam_pack (value, &packed);
}

/* How many of the eight characters of @word, the first in its lowest byte, are digits before one is none. */
static inline int
cam_csv_count_digits (guint64 word)
{
  guint64 others = word ^ G_GUINT64_CONSTANT (0x3030303030303030);

  others = (others | (others + G_GUINT64_CONSTANT (0x7676767676767676))) & G_GUINT64_CONSTANT (0x8080808080808080);
  return others == 0 ? 8 : __builtin_ctzll (others) / 8;
}

/* The number that the first @n characters of @word spell: pairs, then fours, then eight at once. */
static inline guint64
cam_csv_read_digits (guint64 word,
             int     n)
{
  if (n == 0)
    return 0;
  word <<= 64 - 8 * n;
  word = ((word & G_GUINT64_CONSTANT (0x0F0F0F0F0F0F0F0F)) * (10 * 256 + 1)) >> 8;
  word = ((word & G_GUINT64_CONSTANT (0x00FF00FF00FF00FF)) * (100 * 65536 + 1)) >> 16;
  return ((word & G_GUINT64_CONSTANT (0x0000FFFF0000FFFF)) * (10000 * G_GUINT64_CONSTANT (4294967296) + 1)) >> 32;
}

static inline guint64
cam_csv_load (const char *text)
{
  guint64 word;

  memcpy (&word, text, sizeof word);
  return GUINT64_FROM_LE (word);
}

static inline const char *
cam_csv_scan_number (const char *text,
                     char        decimal,
                     double     *value,
                     gboolean   *is_exact)
{
  const char *c = text + (*text == '-');
  guint64 word = cam_csv_load (c), mantissa;
  int n_whole = cam_csv_count_digits (word), n = 0, n_more = 0;

  /* Sign or first digit, up to eight digits, mark, up to sixteen: 26 characters, and the eight that are loaded at the last place. */
  if (n_whole == 0 || (n_whole > 1 && *c == '0'))
    return NULL;
  mantissa = cam_csv_read_digits (word, n_whole);
  c += n_whole;

  if (*c == decimal)
    {
      word = cam_csv_load (++c);
      n = cam_csv_count_digits (word);
      mantissa = mantissa * cam_csv_whole_powers[n] + cam_csv_read_digits (word, n);
      c += n;
      if (n == 8)
        {
          word = cam_csv_load (c);
          n_more = cam_csv_count_digits (word);
          if (n_whole + n + n_more > 19)
            return NULL;
          mantissa = mantissa * cam_csv_whole_powers[n_more] + cam_csv_read_digits (word, n_more);
          c += n_more;
        }
    }
  /* More digits than were looked at, or an exponent: not the usual form. */
  if ((*c >= '0' && *c <= '9') || !cam_csv_scale (mantissa, -(n + n_more), value))
    return NULL;
  if (*text == '-')
    *value = -*value;
  *is_exact = (mantissa < 16777216 && n == 0) || cam_csv_fits_four_bytes (*value, mantissa < 1000000 ? 6 : mantissa < 10000000 ? 7 : 20);

  return c;
}

G_END_DECLS
