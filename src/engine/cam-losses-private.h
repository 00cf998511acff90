/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of losses share: Keras's bounds, the settings that all have, and passes over the numbers of rows. */
#pragma once

#include <math.h>

#include "cam-kinds-private.h"

G_BEGIN_DECLS

/* Keras's fuzz factor. */
#define CAM_FUZZ 1e-7

extern const char *const cam_loss_reductions[];

#define CAM_F_REDUCTION CAM_F_CHOICE ("reduction", N_("Reduction"), N_("How the values of the rows become one: their mean."), \
                                      "sum_over_batch_size", cam_loss_reductions, CAM_FIELD_ADVANCED)
#define CAM_F_FROM_LOGITS CAM_F_BOOL ("from_logits", N_("From logits"), N_("The last layer gives numbers before the sigmoid or softmax, not probabilities."), 0, CAM_FIELD_ADVANCED)
#define CAM_F_SMOOTHING CAM_F_FLOAT ("label_smoothing", N_("Label smoothing"), N_("Pulls targets this far from 0 and 1, so that the network is never quite sure."), 0, 0, 1, CAM_FIELD_PLAIN)

extern const CamField cam_loss_plain_fields[];      /* the reduction alone */

/* The setting that is number @place of the loss's fields. */
static inline double
cam_loss_number (const json_t  *config,
                 const CamRows *rows,
                 guint          place,
                 const char    *key)
{
  return rows->numbers != NULL ? rows->numbers[place] : cam_fields_number (config, key);
}

/* Losses that have it begin with it. */
static inline double
cam_loss_smoothing (const json_t  *config,
                    const CamRows *rows)
{
  return cam_loss_number (config, rows, 0, "label_smoothing");
}

/* Comparisons that let NaN through, which CLAMP and MAX may not. */
static inline double
cam_at_least (double value,
              double low)
{
  return value < low ? low : value;
}

static inline double
cam_clip (double p)
{
  return p < CAM_FUZZ ? CAM_FUZZ : p > 1.0 - CAM_FUZZ ? 1.0 - CAM_FUZZ : p;
}

static inline gboolean
cam_is_inside (double p)
{
  return p >= CAM_FUZZ && p <= 1.0 - CAM_FUZZ;
}

/* The value, or the derivative, at one number of a row. */
typedef double (*CamNumberFunc) (double y, double p, double setting);

static inline void
cam_loss_each_value (const CamRows *rows,
                     CamNumberFunc  func,
                     double         setting,
                     double        *values)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      const float *y = rows->y + i * rows->p_size, *p = rows->p + i * rows->p_size;
      double sum = 0.0;

      for (gsize j = 0; j < rows->p_size; j++)
        sum += func (y[j], p[j], setting);
      values[i] = sum / (double) rows->p_size;
    }
}

static inline void
cam_loss_each_gradient (const CamRows *rows,
                        CamNumberFunc  func,
                        double         setting,
                        double         scale,
                        float         *d)
{
  double factor = scale / (double) rows->p_size;

  for (gsize i = 0; i < rows->n * rows->p_size; i++)
    d[i] = (float) (factor * func (rows->y[i], rows->p[i], setting));
}

extern const CamLoss cam_loss_mse, cam_loss_mae, cam_loss_mape, cam_loss_msle, cam_loss_huber, cam_loss_log_cosh, cam_loss_poisson, cam_loss_cosine;
extern const CamLoss cam_loss_bce, cam_loss_focal, cam_loss_hinge, cam_loss_squared_hinge;
extern const CamLoss cam_loss_cce, cam_loss_sparse, cam_loss_categorical_focal, cam_loss_categorical_hinge, cam_loss_kl;

G_END_DECLS
