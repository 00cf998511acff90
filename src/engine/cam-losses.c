/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses: a value for each row, the mean over its numbers. Source of the formulas: keras.losses. A crossentropy after the matching activation is computed from the numbers
 * before it, so that it neither saturates nor clips; its gradient is then p − y. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-kinds-private.h"

/* Keras's fuzz factor. */
#define FUZZ 1e-7

static const CamField no_fields[] = { CAM_F_END };

static double
mse_sum (const json_t  *config,
         const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double e = (double) rows->p[i] - rows->y[i];

      sum += e * e;
    }

  return sum / rows->p_size;
}

static void
mse_gradient (const json_t  *config,
              const CamRows *rows,
              double         scale,
              float         *d)
{
  double factor = 2.0 * scale / rows->p_size;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    d[i] = (float) (factor * ((double) rows->p[i] - rows->y[i]));
}

static double
mae_sum (const json_t  *config,
         const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    sum += fabs ((double) rows->p[i] - rows->y[i]);

  return sum / rows->p_size;
}

static void
mae_gradient (const json_t  *config,
              const CamRows *rows,
              double         scale,
              float         *d)
{
  double factor = scale / rows->p_size;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double e = (double) rows->p[i] - rows->y[i];

      d[i] = (float) (e > 0.0 ? factor : e < 0.0 ? -factor : 0.0 * e);
    }
}

static double
clip (double p)
{
  return CLAMP (p, FUZZ, 1.0 - FUZZ);
}

static double
bce_sum (const json_t  *config,
         const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double y = rows->y[i];

      if (rows->z != NULL)
        {
          double z = rows->z[i];

          sum += (z > 0.0 ? z : 0.0 * z) - z * y + log1p (exp (-fabs (z)));
        }
      else
        {
          double p = clip (rows->p[i]);

          sum -= y * log (p) + (1.0 - y) * log (1.0 - p);
        }
    }

  return sum / rows->p_size;
}

static void
bce_gradient (const json_t  *config,
              const CamRows *rows,
              double         scale,
              float         *d)
{
  double factor = scale / rows->p_size;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    {
      double y = rows->y[i], p = rows->p[i];

      if (rows->z != NULL)
        d[i] = (float) (factor * (p - y));
      else
        d[i] = p < FUZZ || p > 1.0 - FUZZ ? 0.0f : (float) (factor * ((1.0 - y) / (1.0 - p) - y / p));
    }
}

/* ln Σ exp z of one row. */
static double
log_sum_exp (const float *z,
             gsize        n)
{
  double top = z[0], sum = 0.0;

  for (gsize j = 1; j < n; j++)
    top = MAX (top, z[j]);
  for (gsize j = 0; j < n; j++)
    sum += exp (z[j] - top);

  return top + log (sum);
}

static double
row_total (const float *p,
           gsize        n)
{
  double sum = 0.0;

  for (gsize j = 0; j < n; j++)
    sum += p[j];

  return sum;
}

static double
cce_sum (const json_t  *config,
         const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n; i++)
    {
      const float *y = rows->y + i * rows->p_size;
      const float *p = rows->p + i * rows->p_size, *z = rows->z != NULL ? rows->z + i * rows->p_size : NULL;
      double total = z != NULL ? log_sum_exp (z, rows->p_size) : row_total (p, rows->p_size);

      for (gsize j = 0; j < rows->p_size; j++)
        sum -= y[j] * (z != NULL ? z[j] - total : log (clip (p[j] / total)));
    }

  return sum;
}

static void
cce_gradient (const json_t  *config,
              const CamRows *rows,
              double         scale,
              float         *d)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      const float *y = rows->y + i * rows->p_size, *p = rows->p + i * rows->p_size;
      double total_y = row_total (y, rows->p_size), total = row_total (p, rows->p_size);
      double dot = 0.0;

      for (gsize j = 0; j < rows->p_size; j++)
        {
          double q = p[j] / total;

          if (q >= FUZZ && q <= 1.0 - FUZZ)
            dot += y[j];
        }
      for (gsize j = 0; j < rows->p_size; j++)
        {
          double q = p[j] / total;
          double own = q >= FUZZ && q <= 1.0 - FUZZ ? y[j] / p[j] : 0.0;

          d[i * rows->p_size + j] = (float) (scale * (rows->z != NULL ? p[j] * total_y - y[j] : dot / total - own));
        }
    }
}

static gboolean
sparse_fits (gsize y_size,
             gsize p_size)
{
  return y_size == 1 && p_size > 1;
}

/* The class of row @i; a target outside 0 … n − 1 gives n, and so NaN below. */
static gsize
class_of (const CamRows *rows,
          gsize          i)
{
  float y = rows->y[i];

  return y >= 0.0f && y < (float) rows->p_size ? (gsize) y : rows->p_size;
}

static double
sparse_sum (const json_t  *config,
            const CamRows *rows)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows->n; i++)
    {
      gsize c = class_of (rows, i);
      const float *p = rows->p + i * rows->p_size;

      if (c == rows->p_size)
        sum += NAN;
      else if (rows->z != NULL)
        sum += log_sum_exp (rows->z + i * rows->p_size, rows->p_size) - rows->z[i * rows->p_size + c];
      else
        sum -= log (clip (p[c] / row_total (p, rows->p_size)));
    }

  return sum;
}

static void
sparse_gradient (const json_t  *config,
                 const CamRows *rows,
                 double         scale,
                 float         *d)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      gsize c = class_of (rows, i);
      const float *p = rows->p + i * rows->p_size;
      double total = row_total (p, rows->p_size);
      double q = c < rows->p_size ? p[c] / total : NAN;
      gboolean inside = q >= FUZZ && q <= 1.0 - FUZZ;

      for (gsize j = 0; j < rows->p_size; j++)
        {
          double own = j == c ? 1.0 : 0.0;
          double g = rows->z != NULL ? p[j] - own : inside ? 1.0 / total - own / p[j] : 0.0;

          d[i * rows->p_size + j] = (float) (scale * (c < rows->p_size ? g : NAN));
        }
    }
}

static const CamLoss mse = {
  { "MeanSquaredError", "mean_squared_error", N_("Mean squared error"), N_("For regression: large misses weigh most."), no_fields, FALSE, FALSE },
  NULL, cam_sizes_are_equal, mse_sum, mse_gradient,
};
static const CamLoss mae = {
  { "MeanAbsoluteError", "mean_absolute_error", N_("Mean absolute error"), N_("For regression: outliers weigh no more than others."), no_fields, FALSE, FALSE },
  NULL, cam_sizes_are_equal, mae_sum, mae_gradient,
};
static const CamLoss bce = {
  { "BinaryCrossentropy", "binary_crossentropy", N_("Binary cross-entropy"), N_("For yes/no targets, one sigmoid each."), no_fields, FALSE, FALSE },
  "sigmoid", cam_sizes_are_equal, bce_sum, bce_gradient,
};
static const CamLoss cce = {
  { "CategoricalCrossentropy", "categorical_crossentropy", N_("Categorical cross-entropy"), N_("For one class out of several, with a softmax."), no_fields, FALSE, FALSE },
  "softmax", cam_sizes_are_equal, cce_sum, cce_gradient,
};
static const CamLoss sparse = {
  { "SparseCategoricalCrossentropy", "sparse_categorical_crossentropy", N_("Sparse categorical cross-entropy"),
    N_("The same for targets that are the number of the class."), no_fields, FALSE, FALSE },
  "softmax", sparse_fits, sparse_sum, sparse_gradient,
};

const CamLoss *const cam_losses[] = { &bce, &cce, &sparse, &mse, &mae, NULL };
