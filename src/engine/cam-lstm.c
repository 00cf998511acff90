/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LSTM: gates i, f and o in 0 … 1, a candidate g; c ← f·c + i·g, h ← o·act (c). The sums stand in the order i, f, g, o. Source: keras.layers.LSTM. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-recurrent-private.h"

enum { IN, FORGET, CANDIDATE, OUT, N_GATES };

static const CamField fields[] = {
  CAM_RECURRENT_FIELDS_BEGIN,
  CAM_RECURRENT_GATE_FIELD,
  CAM_RECURRENT_FIELDS_MIDDLE,
  CAM_F_BOOL ("unit_forget_bias", N_("Remember at first"), N_("Starts the forget gates' biases at 1, so that nothing is forgotten before something is learnt."), 1, CAM_FIELD_ADVANCED),
  CAM_SEED_FIELD,
  CAM_RECURRENT_FIELDS_END,
};

/* c and act (c) of each step. */
static gsize
n_kept (gsize    units,
        gboolean reset_after)
{
  return 2 * units;
}

/* One row with activations of any kind. */
static void
step_row (const CamRecurrent *own,
          const float        *bias,
          float              *z,
          float              *raw,
          const float        *c_before,
          float              *c,
          float              *act_c,
          float              *h)
{
  gsize units = own->units;

  for (gsize j = 0; j < N_GATES * units; j++)
    z[j] += bias[j];
  for (gsize gate = 0; gate < N_GATES; gate++)
    cam_recurrent_activate (gate == CANDIDATE ? own->activation : own->gate_activation, z + gate * units, raw != NULL ? raw + gate * units : NULL, units);
  for (gsize j = 0; j < units; j++)
    c[j] = z[FORGET * units + j] * c_before[j] + z[IN * units + j] * z[CANDIDATE * units + j];
  cam_activation_forward (own->activation, c, act_c, 1, units);
  for (gsize j = 0; j < units; j++)
    h[j] = z[OUT * units + j] * act_c[j];
}

static void
step (const CamLayer *self,
      const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units, sums = N_GATES * units;
  const float *bias = cam_recurrent_weight (self, CAM_RECURRENT_BIAS), *c_before = at->kept_before;
  float *c = at->kept, *act_c = at->kept + n * units;

  cam_product (at->state, at->state_stride, 1, cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL), sums, at->z, sums, at->z, sums, n, units, sums);
  if (own->is_usual)
    {
      cam_lstm_cell (&at->rows, at->z, bias, c_before, c, act_c, at->h_before, at->h, at->h_stride);
      return;
    }

  for (gsize row = 0; row < n; row++)
    if (cam_cell_row_counts (&at->rows, row))
      step_row (own, bias, at->z + row * sums, at->raw != NULL ? at->raw + row * sums : NULL, c_before + row * units, c + row * units, act_c + row * units,
                at->h + row * at->h_stride);
    else
      {
        memcpy (c + row * units, c_before + row * units, units * sizeof (float));
        memcpy (at->h + row * at->h_stride, at->h_before + row * at->h_stride, units * sizeof (float));
      }
}

static void
back_row (const CamRecurrent *own,
          float              *z,
          const float        *raw,
          const float        *c_before,
          const float        *c,
          const float        *act_c,
          float              *dh,
          float              *dc,
          float              *temp)
{
  gsize units = own->units;
  float *d = temp, *d_cell = temp + N_GATES * units;

  for (gsize j = 0; j < units; j++)
    {
      d_cell[j] = dh[j] * z[OUT * units + j];
      d[OUT * units + j] = dh[j] * act_c[j];
      dh[j] = 0.0f;
    }
  cam_activation_backward (own->activation, c, act_c, d_cell, d_cell, 1, units);
  for (gsize j = 0; j < units; j++)
    {
      float whole = dc[j] + d_cell[j];

      d[IN * units + j] = whole * z[CANDIDATE * units + j];
      d[FORGET * units + j] = whole * c_before[j];
      d[CANDIDATE * units + j] = whole * z[IN * units + j];
      dc[j] = whole * z[FORGET * units + j];
    }
  for (gsize gate = 0; gate < N_GATES; gate++)
    cam_recurrent_deactivate (gate == CANDIDATE ? own->activation : own->gate_activation, z + gate * units, raw != NULL ? raw + gate * units : NULL, d + gate * units, units);
  memcpy (z, d, N_GATES * units * sizeof (float));
}

static void
back (const CamLayer *self,
      const CamStep  *at)
{
  const CamRecurrent *own = self->own;
  gsize n = at->rows.n, units = own->units, sums = N_GATES * units;
  const float *c_before = at->kept_before, *c = at->kept, *act_c = at->kept + n * units;

  if (own->is_usual)
    cam_lstm_cell_back (&at->rows, at->z, c_before, act_c, at->dh, at->carry);
  else
    for (gsize row = 0; row < n; row++)
      if (cam_cell_row_counts (&at->rows, row))
        back_row (own, at->z + row * sums, at->raw != NULL ? at->raw + row * sums : NULL, c_before + row * units, c + row * units, act_c + row * units,
                  at->dh + row * units, at->carry + row * units, at->temp);
      else
        memset (at->z + row * sums, 0, sums * sizeof (float));

  cam_product_turned (at->z, sums, cam_recurrent_weight (self, CAM_RECURRENT_STATE_KERNEL), sums, at->dstate, units, at->dstate, units, n, sums, units);
}

static const CamCell cell = { N_GATES, n_kept, step, back, NULL };

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  return cam_recurrent_prepare (self, &cell, FALSE, error);
}

static void
initialise (CamLayer *self,
            guint     i,
            CamRng   *rng)
{
  static const char *const keys[] = { "kernel_initializer", "recurrent_initializer", "bias_initializer" };
  CamTensor *value = self->weights[i].value;
  gsize units = cam_layer_get_recurrent (self)->units;

  cam_initializer_fill (json_object_get (self->config, keys[i]), value, rng);
  if (i == CAM_RECURRENT_BIAS && cam_fields_bool (self->config, "unit_forget_bias"))
    for (gsize j = 0; j < units; j++)
      value->data[FORGET * units + j] = 1.0f;
}

const CamLayerKind cam_lstm_kind = {
  .name = "LSTM",
  .icon = "camadas-recurrent-symbolic",
  .note = N_("Reads a sequence step by step with a memory that learns what to keep and what to forget."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = cam_recurrent_describe,
  .prepare = prepare,
  .initialise = initialise,
  .forward = cam_recurrent_forward,
  .backward = cam_recurrent_backward,
};
