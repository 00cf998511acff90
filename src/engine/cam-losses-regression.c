/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses between numbers: each a function of one target and one prediction, whose mean is the row's value; and the angle between two rows. */
#include "cam-losses-private.h"

#include <glib/gi18n-lib.h>

/* Each loss of numbers by its two functions. */
#define NUMBER_LOSS(name, setting) \
  static void \
  name##_values (const json_t *config, const CamRows *rows, double *values) \
  { \
    cam_loss_each_value (rows, name##_value, setting, values); \
  } \
  static void \
  name##_gradient (const json_t *config, const CamRows *rows, double scale, float *d) \
  { \
    cam_loss_each_gradient (rows, name##_slope, setting, scale, d); \
  }

/* NaN stays NaN. */
static inline double
sign_of (double e)
{
  return e > 0.0 ? 1.0 : e < 0.0 ? -1.0 : 0.0 * e;
}

static inline double
mse_value (double y,
           double p,
           double unused)
{
  return (p - y) * (p - y);
}

static inline double
mse_slope (double y,
           double p,
           double unused)
{
  return 2.0 * (p - y);
}

static inline double
mae_value (double y,
           double p,
           double unused)
{
  return fabs (p - y);
}

static inline double
mae_slope (double y,
           double p,
           double unused)
{
  return sign_of (p - y);
}

static inline double
mape_value (double y,
            double p,
            double unused)
{
  return 100.0 * fabs (p - y) / cam_at_least (fabs (y), CAM_FUZZ);
}

static inline double
mape_slope (double y,
            double p,
            double unused)
{
  return 100.0 * sign_of (p - y) / cam_at_least (fabs (y), CAM_FUZZ);
}

static inline double
msle_value (double y,
            double p,
            double unused)
{
  double e = log1p (cam_at_least (p, CAM_FUZZ)) - log1p (cam_at_least (y, CAM_FUZZ));

  return e * e;
}

static inline double
msle_slope (double y,
            double p,
            double unused)
{
  return p < CAM_FUZZ ? 0.0 : 2.0 * (log1p (p) - log1p (cam_at_least (y, CAM_FUZZ))) / (p + 1.0);
}

static inline double
huber_value (double y,
             double p,
             double delta)
{
  double e = fabs (p - y);

  return e <= delta ? 0.5 * e * e : delta * e - 0.5 * delta * delta;
}

static inline double
huber_slope (double y,
             double p,
             double delta)
{
  double e = p - y;

  return e > delta ? delta : e < -delta ? -delta : e;
}

/* ln cosh e = |e| + ln (1 + exp −2|e|) − ln 2. */
static inline double
log_cosh_value (double y,
                double p,
                double unused)
{
  double e = fabs (p - y);

  return e + log1p (exp (-2.0 * e)) - G_LN2;
}

static inline double
log_cosh_slope (double y,
                double p,
                double unused)
{
  return tanh (p - y);
}

static inline double
poisson_value (double y,
               double p,
               double unused)
{
  return p - y * log (p + CAM_FUZZ);
}

static inline double
poisson_slope (double y,
               double p,
               double unused)
{
  return 1.0 - y / (p + CAM_FUZZ);
}

NUMBER_LOSS (mse, 0.0)
NUMBER_LOSS (mae, 0.0)
NUMBER_LOSS (mape, 0.0)
NUMBER_LOSS (msle, 0.0)
NUMBER_LOSS (huber, cam_fields_number (config, "delta"))
NUMBER_LOSS (log_cosh, 0.0)
NUMBER_LOSS (poisson, 0.0)

/* Lengths of a row's target and prediction, and their product. */
typedef struct
{
  double y, p, dot;
  gboolean is_short;    /* p: its length is the bound, which does not change with it */
} Lengths;

static Lengths
measure (const float *y,
         const float *p,
         gsize        n)
{
  double yy = 0.0, pp = 0.0, yp = 0.0;

  for (gsize j = 0; j < n; j++)
    {
      yy += (double) y[j] * y[j];
      pp += (double) p[j] * p[j];
      yp += (double) y[j] * p[j];
    }

  return (Lengths) { sqrt (cam_at_least (yy, 1e-12)), sqrt (cam_at_least (pp, 1e-12)), yp, pp < 1e-12 };
}

static void
cosine_values (const json_t  *config,
               const CamRows *rows,
               double        *values)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      Lengths of = measure (rows->y + i * rows->p_size, rows->p + i * rows->p_size, rows->p_size);

      values[i] = -of.dot / (of.y * of.p);
    }
}

static void
cosine_gradient (const json_t  *config,
                 const CamRows *rows,
                 double         scale,
                 float         *d)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      const float *y = rows->y + i * rows->p_size, *p = rows->p + i * rows->p_size;
      Lengths of = measure (y, p, rows->p_size);
      double along = of.is_short ? 0.0 : of.dot / (of.p * of.p);

      for (gsize j = 0; j < rows->p_size; j++)
        d[i * rows->p_size + j] = (float) (scale * (along * p[j] - y[j]) / (of.y * of.p));
    }
}

static const CamField huber_fields[] = {
  CAM_F_FLOAT ("delta", N_("Delta"), N_("Misses beyond this weigh by their size, smaller ones by their square."), 1.0, 0, 1e9, CAM_FIELD_MIN_OPEN),
  CAM_F_REDUCTION, CAM_F_END,
};

const CamLoss cam_loss_mse = {
  .kind = { "MeanSquaredError", "mean_squared_error", N_("Mean squared error"), N_("For regression: large misses weigh most."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = mse_values, .gradient = mse_gradient,
};
const CamLoss cam_loss_mae = {
  .kind = { "MeanAbsoluteError", "mean_absolute_error", N_("Mean absolute error"), N_("For regression: outliers weigh no more than others."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = mae_values, .gradient = mae_gradient,
};
const CamLoss cam_loss_mape = {
  .kind = { "MeanAbsolutePercentageError", "mean_absolute_percentage_error", N_("Mean absolute percentage error"),
            N_("For regression: misses in per cent of the target, which must stay away from 0."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = mape_values, .gradient = mape_gradient,
};
const CamLoss cam_loss_msle = {
  .kind = { "MeanSquaredLogarithmicError", "mean_squared_logarithmic_error", N_("Mean squared logarithmic error"),
            N_("For positive targets that span several sizes: ratios count, not differences."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = msle_values, .gradient = msle_gradient,
};
const CamLoss cam_loss_huber = {
  .kind = { "Huber", "huber", N_("Huber"), N_("For regression: squared for small misses, absolute for large ones, so that outliers do not rule."), huber_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = huber_values, .gradient = huber_gradient,
};
const CamLoss cam_loss_log_cosh = {
  .kind = { "LogCosh", "log_cosh", N_("Log cosh"), N_("For regression: like Huber, and smooth everywhere."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = log_cosh_values, .gradient = log_cosh_gradient,
};
const CamLoss cam_loss_poisson = {
  .kind = { "Poisson", "poisson", N_("Poisson"), N_("For counts; the network must give positive numbers."), cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = poisson_values, .gradient = poisson_gradient,
};
const CamLoss cam_loss_cosine = {
  .kind = { "CosineSimilarity", "cosine_similarity", N_("Cosine similarity"), N_("For directions: the angle between target and prediction, whatever their lengths; −1 is best."),
            cam_loss_plain_fields, FALSE, FALSE },
  .fits = cam_sizes_are_equal, .values = cosine_values, .gradient = cosine_gradient,
};
