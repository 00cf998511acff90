/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The optimizers' passes over weights, written so that the compiler turns each loop into vector instructions. All of them wait for memory: one pass each. */
#include "cam-optimizer-kernels.h"

#include <math.h>

#include "cam-path.h"

CAM_KERNEL (void, cam_step_sgd, (float *w, const float *g, gsize n, float rate), (w, g, n, rate))
{
  for (gsize i = 0; i < n; i++)
    w[i] -= rate * g[i];
}

CAM_KERNEL (void, cam_step_momentum, (float *w, const float *g, float *m, gsize n, float rate, float momentum, gboolean nesterov), (w, g, m, n, rate, momentum, nesterov))
{
  for (gsize i = 0; i < n; i++)
    {
      m[i] = momentum * m[i] - rate * g[i];
      w[i] += nesterov ? momentum * m[i] - rate * g[i] : m[i];
    }
}

CAM_KERNEL (void, cam_step_adam, (float *w, const float *g, float *m, float *v, float *top, gsize n, float alpha, float one_minus_beta_1, float one_minus_beta_2, float epsilon),
            (w, g, m, v, top, n, alpha, one_minus_beta_1, one_minus_beta_2, epsilon))
{
  if (top == NULL)
    {
#pragma GCC ivdep
      for (gsize i = 0; i < n; i++)
        {
          m[i] += (g[i] - m[i]) * one_minus_beta_1;
          v[i] += (g[i] * g[i] - v[i]) * one_minus_beta_2;
          w[i] -= alpha * m[i] / (sqrtf (v[i]) + epsilon);
        }
      return;
    }

#pragma GCC ivdep
  for (gsize i = 0; i < n; i++)
    {
      m[i] += (g[i] - m[i]) * one_minus_beta_1;
      v[i] += (g[i] * g[i] - v[i]) * one_minus_beta_2;
      top[i] = v[i] > top[i] ? v[i] : top[i];
      w[i] -= alpha * m[i] / (sqrtf (top[i]) + epsilon);
    }
}

CAM_KERNEL (void, cam_step_rmsprop, (float *w, const float *g, float *v, float *m, float *mean, gsize n, float rate, float rho, float momentum, float epsilon),
            (w, g, v, m, mean, n, rate, rho, momentum, epsilon))
{
  for (gsize i = 0; i < n; i++)
    {
      float d, step;

      v[i] = rho * v[i] + (1.0f - rho) * (g[i] * g[i]);
      d = v[i] + epsilon;
      if (mean != NULL)
        {
          mean[i] = rho * mean[i] + (1.0f - rho) * g[i];
          d = v[i] - mean[i] * mean[i] + epsilon;
        }
      step = rate * g[i] / sqrtf (d);
      if (m != NULL)
        step = m[i] = momentum * m[i] + step;
      w[i] -= step;
    }
}

CAM_KERNEL (void, cam_step_adamax, (float *w, const float *g, float *m, float *u, gsize n, float alpha, float one_minus_beta_1, float beta_2, float epsilon),
            (w, g, m, u, n, alpha, one_minus_beta_1, beta_2, epsilon))
{
  for (gsize i = 0; i < n; i++)
    {
      float faded = beta_2 * u[i], size = fabsf (g[i]);

      m[i] += (g[i] - m[i]) * one_minus_beta_1;
      u[i] = faded > size ? faded : size;
      w[i] -= alpha * m[i] / (u[i] + epsilon);
    }
}

CAM_KERNEL (void, cam_step_nadam, (float *w, const float *g, float *m, float *v, gsize n, float rate, float one_minus_beta_1, float one_minus_beta_2, float factor_m, float factor_g, float factor_v, float epsilon),
            (w, g, m, v, n, rate, one_minus_beta_1, one_minus_beta_2, factor_m, factor_g, factor_v, epsilon))
{
  for (gsize i = 0; i < n; i++)
    {
      m[i] += (g[i] - m[i]) * one_minus_beta_1;
      v[i] += (g[i] * g[i] - v[i]) * one_minus_beta_2;
      w[i] -= rate * (factor_m * m[i] + factor_g * g[i]) / (sqrtf (factor_v * v[i]) + epsilon);
    }
}

CAM_KERNEL (void, cam_step_adagrad, (float *w, const float *g, float *s, gsize n, float rate, float epsilon), (w, g, s, n, rate, epsilon))
{
  for (gsize i = 0; i < n; i++)
    {
      s[i] += g[i] * g[i];
      w[i] -= rate * g[i] / sqrtf (s[i] + epsilon);
    }
}

CAM_KERNEL (void, cam_step_adadelta, (float *w, const float *g, float *s, float *x, gsize n, float rate, float rho, float epsilon), (w, g, s, x, n, rate, rho, epsilon))
{
  for (gsize i = 0; i < n; i++)
    {
      float d;

      s[i] = rho * s[i] + (1.0f - rho) * (g[i] * g[i]);
      d = -sqrtf (x[i] + epsilon) / sqrtf (s[i] + epsilon) * g[i];
      x[i] = rho * x[i] + (1.0f - rho) * (d * d);
      w[i] += rate * d;
    }
}

CAM_KERNEL (void, cam_step_ftrl, (float *w, const float *g, float *s, float *z, gsize n, float rate, float power, float l1, float l2, float shrinkage),
            (w, g, s, z, n, rate, power, l1, l2, shrinkage))
{
  for (gsize i = 0; i < n; i++)
    {
      float pulled = g[i] + 2.0f * shrinkage * w[i], sum = s[i] + g[i] * g[i];
      float now = powf (sum, -power), before = powf (s[i], -power);
      float q, limited;

      z[i] += pulled - (now - before) / rate * w[i];
      q = now / rate + 2.0f * l2;
      limited = z[i] < -l1 ? -l1 : z[i] > l1 ? l1 : z[i];
      w[i] = (limited - z[i]) / q;
      s[i] = sum;
    }
}

CAM_KERNEL (void, cam_step_lion, (float *w, const float *g, float *m, gsize n, float rate, float beta_1, float beta_2), (w, g, m, n, rate, beta_1, beta_2))
{
  for (gsize i = 0; i < n; i++)
    {
      float direction = beta_1 * m[i] + (1.0f - beta_1) * g[i];

      /* A direction that is not a number stays one, and is found. */
      w[i] -= rate * (direction > 0.0f ? 1.0f : direction < 0.0f ? -1.0f : direction);
      m[i] = beta_2 * m[i] + (1.0f - beta_2) * g[i];
    }
}

CAM_KERNEL (void, cam_step_lamb, (float *w, const float *g, float *m, float *v, gsize n, float rate, float one_minus_beta_1, float one_minus_beta_2, float factor_m, float factor_v, float epsilon),
            (w, g, m, v, n, rate, one_minus_beta_1, one_minus_beta_2, factor_m, factor_v, epsilon))
{
  double of_weights = 0.0, of_steps = 0.0;
  float ratio;

  for (gsize i = 0; i < n; i++)
    {
      float u;

      m[i] += (g[i] - m[i]) * one_minus_beta_1;
      v[i] += (g[i] * g[i] - v[i]) * one_minus_beta_2;
      u = factor_m * m[i] / (sqrtf (factor_v * v[i]) + epsilon);
      of_weights += (double) w[i] * w[i];
      of_steps += (double) u * u;
    }
  ratio = of_weights > 0.0 && of_steps > 0.0 ? (float) (sqrt (of_weights) / sqrt (of_steps)) : 1.0f;

  for (gsize i = 0; i < n; i++)
    w[i] -= rate * ratio * (factor_m * m[i] / (sqrtf (factor_v * v[i]) + epsilon));
}
