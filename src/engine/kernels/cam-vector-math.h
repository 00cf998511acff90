/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of one number for the inside of loops that become vector instructions: no branches, no calls, no tables. Accurate to a few units in the last place; NaN stays NaN.
 *
 * exp: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial of degree six for eʳ, 2ⁿ put together from bits (ln 2 in two parts, so that r is exact). */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

#include "cam-path.h"

G_BEGIN_DECLS

CAM_INLINE float
exp_of (float x)
{
  const float log2e = 1.44269504088896341f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  const float magic = 12582912.0f;   /* 1.5·2²³: adding and taking it away rounds to a whole number */
  float n, r, p, scale;
  guint32 bits;

  /* Comparisons with NaN are false, so that it passes through. */
  x = x > 88.3762626f ? 88.3762626f : x;
  x = x < -87.3365448f ? -87.3365448f : x;
  n = (x * log2e + magic) - magic;
  r = x - n * ln2_high;
  r = r - n * ln2_low;

  p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;

  bits = (guint32) ((gint32) (n == n ? n : 0.0f) + 127) << 23;
  memcpy (&scale, &bits, sizeof scale);

  return p * scale;
}

CAM_INLINE float
tanh_of (float x)
{
  float a = fabsf (x);
  float s = x * x;
  float p, small, large;

  p = -5.70498872745e-3f;
  p = p * s + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;
  small = p * s * x + x;
  large = copysignf (1.0f - 2.0f / (exp_of (2.0f * a) + 1.0f), x);

  return a >= 0.625f ? large : small;
}

CAM_INLINE float
sigmoid_of (float x)
{
  return 1.0f / (1.0f + exp_of (-x));
}

/* eˣ − 1 for x ≤ 0: 2ⁿ·(eʳ − 1) + (2ⁿ − 1), of which the second is exact. */
CAM_INLINE float
expm1_of (float x)
{
  const float log2e = 1.44269504088896341f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  const float magic = 12582912.0f;
  float n, r, p, scale;
  guint32 bits;

  /* Above 0 the result is not looked at, but must not overflow on the way. */
  x = x > 0.0f ? 0.0f : x;
  x = x < -87.3365448f ? -87.3365448f : x;
  n = (x * log2e + magic) - magic;
  r = x - n * ln2_high;
  r = r - n * ln2_low;

  p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r;

  bits = (guint32) ((gint32) (n == n ? n : 0.0f) + 127) << 23;
  memcpy (&scale, &bits, sizeof scale);

  return p * scale + (scale - 1.0f);
}

/* ln (1 + u) for 0 ≤ u ≤ 1, as 2·artanh (u / (2 + u)): the series in the square of what is at most 1/3. */
CAM_INLINE float
log1p_of (float u)
{
  float s = u / (2.0f + u), q = s * s;
  float p = 1.0f / 15.0f;

  p = p * q + 1.0f / 13.0f;
  p = p * q + 1.0f / 11.0f;
  p = p * q + 1.0f / 9.0f;
  p = p * q + 1.0f / 7.0f;
  p = p * q + 1.0f / 5.0f;
  p = p * q + 1.0f / 3.0f;

  return 2.0f * (s + s * q * p);
}

/* ln (1 + u) for u ≥ 0 in double, to its last places however small u is. 1 + u = 2ᵏ·m with m between √½ and √2, ln m = 2·artanh ((m − 1) / (m + 1)); what the sum loses in
 * rounding is put back. */
CAM_INLINE double
log1p_of_double (double u)
{
  double w = 1.0 + u, lost = u - (w - 1.0), m, k, s, q, p;
  guint64 bits, exponent;

  memcpy (&bits, &w, sizeof bits);
  exponent = (bits - G_GUINT64_CONSTANT (0x3fe6a09e667f3bcd)) >> 52;
  bits -= exponent << 52;
  memcpy (&m, &bits, sizeof m);
  /* The lowest places of 2⁵² are whole numbers. */
  exponent |= G_GUINT64_CONSTANT (0x4330000000000000);
  memcpy (&k, &exponent, sizeof k);
  k -= 0x1p52;

  s = (m - 1.0) / (m + 1.0);
  q = s * s;
  p = 1.0 / 17.0;
  p = p * q + 1.0 / 15.0;
  p = p * q + 1.0 / 13.0;
  p = p * q + 1.0 / 11.0;
  p = p * q + 1.0 / 9.0;
  p = p * q + 1.0 / 7.0;
  p = p * q + 1.0 / 5.0;
  p = p * q + 1.0 / 3.0;

  return k * 0.69314718055994531 + (2.0 * (s + s * q * p) + lost / w);
}

/* ln (1 + eˣ). */
CAM_INLINE float
softplus_of (float x)
{
  return (x <= 0.0f ? 0.0f : x) + log1p_of (exp_of (-fabsf (x)));
}

/* e^(−x²/2). What x² loses in rounding would show in the tails and is put back. */
CAM_INLINE float
bell_of (float x)
{
  guint32 bits;
  float high, low, square, lost;

  memcpy (&bits, &x, sizeof bits);
  bits &= 0xfffff000u;
  memcpy (&high, &bits, sizeof high);
  low = x - high;
  square = x * x;
  lost = ((high * high - square) + 2.0f * high * low) + low * low;

  return exp_of (-0.5f * square) * (1.0f - 0.5f * (square < 200.0f ? lost : 0.0f));
}

/* The share of a normal distribution below x: half of erfc (z) = e^(−z²)·P(u) / (1 + 2z) with z = |x| / √2 and u = (z − 2) / (z + 2), P fitted to
 * within 2e-8 of its value for z up to 10.5. */
CAM_INLINE float
normal_share_of (float x)
{
  float a = fabsf (x) > 14.5f ? 14.5f : fabsf (x);
  float z = 0.70710678118654752f * a, u = (z - 2.0f) / (z + 2.0f);
  float p = -4.0509182e-4f, tail;

  p = p * u - 1.2330058e-3f;
  p = p * u + 1.3210599e-3f;
  p = p * u + 8.6362893e-3f;
  p = p * u - 8.0637289e-3f;
  p = p * u - 5.4206170e-2f;
  p = p * u + 1.6405608e-1f;
  p = p * u - 1.6603120e-1f;
  p = p * u - 9.2764020e-2f;
  p = p * u + 1.2769784f;
  tail = 0.5f * bell_of (a) * p / (1.0f + 2.0f * z);

  return x < 0.0f ? tail : 1.0f - tail;
}

G_END_DECLS
