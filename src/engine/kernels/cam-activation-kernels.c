/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops of the activation functions, each from an expression for one number a. Input and output may be the same block but never overlap otherwise, which the compiler is
 * told, as it cannot see it. */
#include "cam-activation-kernels.h"

#include <string.h>

#include "cam-kernels.h"
#include "cam-vector-math.h"

#define MAP(name, expression) \
  CAM_KERNEL_UNLESS (n < 8, void, cam_map_##name, (const float *x, float *y, gsize n), (x, y, n)) \
  { \
    _Pragma ("GCC ivdep") \
    for (gsize i = 0; i < n; i++) \
      { \
        float a = x[i]; \
        y[i] = (expression); \
      } \
  }

#define BACK(name, expression) \
  CAM_KERNEL_UNLESS (n < 8, void, cam_back_##name, (const float *from, const float *dy, float *dx, gsize n), (from, dy, dx, n)) \
  { \
    _Pragma ("GCC ivdep") \
    for (gsize i = 0; i < n; i++) \
      { \
        float a = from[i]; \
        dx[i] = dy[i] * (expression); \
      } \
  }

/* selu: λ and λ·α, for which mean 0 and variance 1 are a fixed point. Source: Klambauer et al., "Self-normalizing neural networks", 2017. */
static const float selu_scale = 1.0507009873554805f, selu_alpha = 1.7580993408473766f;

/* a ≤ 0 is asked, not a > 0, so that NaN passes through and is found. */
MAP (relu, a <= 0.0f ? 0.0f : a)
MAP (leaky_relu, a <= 0.0f ? 0.2f * a : a)
MAP (relu6, a <= 0.0f ? 0.0f : a >= 6.0f ? 6.0f : a)
MAP (elu, a <= 0.0f ? expm1_of (a) : a)
MAP (selu, a <= 0.0f ? selu_alpha * expm1_of (a) : selu_scale * a)
MAP (hard_sigmoid, a <= -3.0f ? 0.0f : a >= 3.0f ? 1.0f : a / 6.0f + 0.5f)
MAP (hard_tanh, a <= -1.0f ? -1.0f : a >= 1.0f ? 1.0f : a)
MAP (sparse_sigmoid, a <= -1.0f ? 0.0f : a >= 1.0f ? 1.0f : 0.5f * (a + 1.0f))
MAP (hard_silu, a <= -3.0f ? 0.0f : a >= 3.0f ? a : a * (a / 6.0f + 0.5f))
MAP (hard_shrink, fabsf (a) <= 0.5f ? 0.0f : a)
MAP (soft_shrink, fabsf (a) <= 0.5f ? 0.0f : a - copysignf (0.5f, a))
MAP (sparse_plus, a <= -1.0f ? 0.0f : a >= 1.0f ? a : 0.25f * (a + 1.0f) * (a + 1.0f))
MAP (softplus, softplus_of (a))
MAP (log_sigmoid, -softplus_of (-a))
MAP (softsign, a / (1.0f + fabsf (a)))
MAP (gelu, a * normal_share_of (a))
MAP (silu, a * sigmoid_of (a))

/* The two roots that are one: below 0 the sum would cancel. */
CAM_INLINE float
squareplus_of (float x)
{
  float root = sqrtf (x * x + 4.0f);

  return x <= 0.0f ? 2.0f / (root - x) : 0.5f * (x + root);
}
MAP (squareplus, squareplus_of (a))

/* tanh (ln (1 + e)) with e = eˣ is w / (w + 2), w = e·(e + 2); above 20 it is 1. */
CAM_INLINE float
mish_of (float x)
{
  float e = exp_of (x >= 20.0f ? 20.0f : x), w = e * (e + 2.0f);

  return x * (w / (w + 2.0f));
}
MAP (mish, mish_of (a))

/* Near 0 the difference is the sum that makes tanh differ from x. */
CAM_INLINE float
tanh_shrink_of (float x)
{
  float s = x * x, p;

  p = -5.70498872745e-3f;
  p = p * s + 2.06390887954e-2f;
  p = p * s - 5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s - 3.33332819422e-1f;

  return fabsf (x) < 0.625f ? -p * s * x : x - tanh_of (x);
}
MAP (tanh_shrink, tanh_shrink_of (a))

/* From y. */
BACK (relu, a > 0.0f ? 1.0f : 0.0f)
BACK (leaky_relu, a > 0.0f ? 1.0f : 0.2f)
BACK (relu6, a > 0.0f && a < 6.0f ? 1.0f : 0.0f)
BACK (elu, a > 0.0f ? 1.0f : a + 1.0f)
BACK (selu, a > 0.0f ? selu_scale : a + selu_alpha)
BACK (sigmoid, a * (1.0f - a))
BACK (tanh, 1.0f - a * a)
BACK (exponential, a)
BACK (softplus, -expm1_of (-a))
BACK (log_sigmoid, -expm1_of (a))
BACK (softsign, (1.0f - fabsf (a)) * (1.0f - fabsf (a)))
BACK (hard_sigmoid, a > 0.0f && a < 1.0f ? 1.0f / 6.0f : 0.0f)
BACK (hard_tanh, a > -1.0f && a < 1.0f ? 1.0f : 0.0f)
BACK (sparse_sigmoid, a > 0.0f && a < 1.0f ? 0.5f : 0.0f)
BACK (shrink, a != 0.0f ? 1.0f : 0.0f)
BACK (sparse_plus, a >= 1.0f ? 1.0f : sqrtf (a))
BACK (squareplus, a * a / (a * a + 1.0f))

/* From x. */
BACK (gelu_x, normal_share_of (a) + 0.39894228040143268f * a * bell_of (a))
BACK (hard_silu_x, a < -3.0f ? 0.0f : a >= 3.0f ? 1.0f : a / 3.0f + 0.5f)

CAM_INLINE float
silu_slope (float x)
{
  float s = sigmoid_of (x);

  return s * (1.0f + x * (1.0f - s));
}
BACK (silu_x, silu_slope (a))

CAM_INLINE float
mish_slope (float x)
{
  float e = exp_of (x >= 20.0f ? 20.0f : x), w = e * (e + 2.0f), v = w + 2.0f;

  return w / v + x * (4.0f * e * (1.0f + e) / (v * v));
}
BACK (mish_x, mish_slope (a))

CAM_INLINE float
tanh_shrink_slope (float x)
{
  float t = tanh_of (x);

  return t * t;
}
BACK (tanh_shrink_x, tanh_shrink_slope (a))

CAM_KERNEL (void, cam_map_linear, (const float *x, float *y, gsize n), (x, y, n))
{
  if (x != y)
    memcpy (y, x, n * sizeof (float));
}

CAM_KERNEL (void, cam_back_linear, (const float *from, const float *dy, float *dx, gsize n), (from, dy, dx, n))
{
  if (dx != dy)
    memcpy (dx, dy, n * sizeof (float));
}

CAM_KERNEL (void, cam_map_relu_with, (const float *x, float *y, gsize n, float slope, float threshold, float most), (x, y, n, slope, threshold, most))
{
#pragma GCC ivdep
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] <= threshold ? slope * (x[i] - threshold) : x[i] >= most ? most : x[i];
}

/* At the kinks as Keras has it: at the threshold the slope where it is 0, none elsewhere; at the top 1, but for relu6, whose own is 0. */
CAM_KERNEL (void, cam_back_relu_with, (const float *x, const float *dy, float *dx, gsize n, float slope, float threshold, float most),
            (x, dy, dx, n, slope, threshold, most))
{
  float at_threshold = threshold == 0.0f ? slope : 0.0f, at_most = threshold == 0.0f && most == 6.0f ? 0.0f : 1.0f;

#pragma GCC ivdep
  for (gsize i = 0; i < n; i++)
    dx[i] = dy[i] * (x[i] > threshold ? (x[i] < most ? 1.0f : x[i] > most ? 0.0f : at_most) : x[i] < threshold ? slope : at_threshold);
}

CAM_KERNEL (void, cam_map_elu_with, (const float *x, float *y, gsize n, float alpha), (x, y, n, alpha))
{
#pragma GCC ivdep
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] <= 0.0f ? alpha * expm1_of (x[i]) : x[i];
}

CAM_KERNEL (void, cam_back_elu_with, (const float *x, const float *dy, float *dx, gsize n, float alpha), (x, dy, dx, n, alpha))
{
#pragma GCC ivdep
  for (gsize i = 0; i < n; i++)
    dx[i] = dy[i] * (x[i] > 0.0f ? 1.0f : alpha * (1.0f + expm1_of (x[i])));
}

CAM_KERNEL (void, cam_map_log_softmax, (const float *x, float *y, gsize rows, gsize columns), (x, y, rows, columns))
{
  for (gsize row = 0; row < rows; row++, x += columns, y += columns)
    {
      float top = x[0];
      double sum = 0.0;
      float log_sum;

      for (gsize j = 1; j < columns; j++)
        top = x[j] > top ? x[j] : top;
      for (gsize j = 0; j < columns; j++)
        sum += exp_of (x[j] - top);
      log_sum = (float) log (sum);
      for (gsize j = 0; j < columns; j++)
        y[j] = (x[j] - top) - log_sum;
    }
}

/* dx = dy − exp (y)·Σ dy. */
CAM_KERNEL (void, cam_back_log_softmax, (const float *y, const float *dy, float *dx, gsize rows, gsize columns), (y, dy, dx, rows, columns))
{
  for (gsize row = 0; row < rows; row++, y += columns, dy += columns, dx += columns)
    {
      double sum = 0.0;

      for (gsize j = 0; j < columns; j++)
        sum += dy[j];
      for (gsize j = 0; j < columns; j++)
        dx[j] = (float) (dy[j] - exp_of (y[j]) * sum);
    }
}

/* dx = y ⊙ (dy − ⟨dy, y⟩). */
CAM_KERNEL (void, cam_back_softmax, (const float *y, const float *dy, float *dx, gsize rows, gsize columns), (y, dy, dx, rows, columns))
{
  for (gsize row = 0; row < rows; row++, y += columns, dy += columns, dx += columns)
    {
      double dot = 0.0;

      for (gsize j = 0; j < columns; j++)
        dot += (double) dy[j] * y[j];
      for (gsize j = 0; j < columns; j++)
        dx[j] = (float) (y[j] * (dy[j] - dot));
    }
}

/* y = max (x − τ, 0) with τ such that y adds up to 1. τ is approached from below: each turn leaves out the numbers below the last τ, until none is left out; that is
 * at most @columns turns, in general three or four. Source: Martins & Astudillo, "From softmax to sparsemax", 2016. */
CAM_KERNEL (void, cam_map_sparsemax, (const float *x, float *y, gsize rows, gsize columns), (x, y, rows, columns))
{
  for (gsize row = 0; row < rows; row++, x += columns, y += columns)
    {
      double tau = -G_MAXDOUBLE;
      gsize kept = columns + 1;

      for (;;)
        {
          double sum = 0.0;
          gsize count = 0;

          for (gsize j = 0; j < columns; j++)
            if (!(x[j] <= tau))
              {
                sum += x[j];
                count++;
              }
          if (count >= kept || count == 0)
            break;
          kept = count;
          tau = (sum - 1.0) / (double) count;
        }
      for (gsize j = 0; j < columns; j++)
        y[j] = x[j] <= tau ? 0.0f : (float) (x[j] - tau);
    }
}

/* Where y is not 0: dy less its mean there. */
CAM_KERNEL (void, cam_back_sparsemax, (const float *y, const float *dy, float *dx, gsize rows, gsize columns), (y, dy, dx, rows, columns))
{
  for (gsize row = 0; row < rows; row++, y += columns, dy += columns, dx += columns)
    {
      double sum = 0.0;
      gsize count = 0;

      for (gsize j = 0; j < columns; j++)
        if (y[j] != 0.0f)
          {
            sum += dy[j];
            count++;
          }
      for (gsize j = 0; j < columns; j++)
        dx[j] = y[j] != 0.0f ? (float) (dy[j] - sum / (double) count) : 0.0f;
    }
}
