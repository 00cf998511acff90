/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element-wise passes, written so that the compiler turns each loop into vector instructions: no branches, no calls.
 *
 * exp: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial of degree six for eʳ, 2ⁿ put together from bits (ln 2 in two parts, so that r is exact). */
#include "cam-kernels.h"

#include <math.h>
#include <string.h>

static inline float
exp_of (float x)
{
  const float log2e = 1.44269504088896341f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  const float magic = 12582912.0f;   /* 1.5·2²³: adding and taking it away rounds to a whole number */
  float n, r, p, scale;
  gint32 bits;

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

  bits = ((gint32) (n == n ? n : 0.0f) + 127) << 23;
  memcpy (&scale, &bits, sizeof scale);

  return p * scale;
}

static inline float
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

static inline float
sigmoid_of (float x)
{
  return 1.0f / (1.0f + exp_of (-x));
}

void
cam_map_exp (const float *x,
             float       *y,
             gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = exp_of (x[i]);
}

void
cam_map_tanh (const float *x,
              float       *y,
              gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = tanh_of (x[i]);
}

void
cam_map_sigmoid (const float *x,
                 float       *y,
                 gsize        n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = sigmoid_of (x[i]);
}

void
cam_map_softmax (const float *x,
                 float       *y,
                 gsize        rows,
                 gsize        columns)
{
  for (gsize row = 0; row < rows; row++, x += columns, y += columns)
    {
      float top = x[0];
      double sum = 0.0;

      for (gsize j = 1; j < columns; j++)
        top = x[j] > top ? x[j] : top;
      for (gsize j = 0; j < columns; j++)
        y[j] = exp_of (x[j] - top);
      for (gsize j = 0; j < columns; j++)
        sum += y[j];
      for (gsize j = 0; j < columns; j++)
        y[j] = (float) (y[j] / sum);
    }
}

void
cam_gather (const float   *from,
            const guint32 *rows,
            float         *to,
            gsize          n,
            gsize          width)
{
  for (gsize i = 0; i < n; i++)
    memcpy (to + i * width, from + (gsize) rows[i] * width, width * sizeof (float));
}

void
cam_add (const float *from,
         float       *to,
         gsize        n)
{
  for (gsize i = 0; i < n; i++)
    to[i] += from[i];
}

gboolean
cam_is_finite (const float *x,
               gsize        n)
{
  guint32 bad = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, x + i, sizeof bits);
      bad |= (bits & 0x7f800000u) == 0x7f800000u;
    }

  return bad == 0;
}
