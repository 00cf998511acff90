/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an activation function is made of. A new one is a few lines in the file of its family and one in the list of cam-activation.c. */
#pragma once

#include <glib/gi18n-lib.h>

#include "cam-activation.h"

G_BEGIN_DECLS

/* @from is y, or x where needs_input. */
typedef void (*CamMap)      (const float *x, float *y, gsize n);
typedef void (*CamBack)     (const float *from, const float *dy, float *dx, gsize n);
typedef void (*CamMapRows)  (const float *x, float *y, gsize rows, gsize columns);
typedef void (*CamBackRows) (const float *y, const float *dy, float *dx, gsize rows, gsize columns);

struct _CamActivation
{
  const char *name;
  const char *note;
  double    (*value)      (double x);
  double    (*derivative) (double x);
  gboolean    needs_input;
  CamMap      map;          /* of each number by itself … */
  CamBack     back;
  CamMapRows  map_rows;     /* … or of whole rows, which are told from y */
  CamBackRows back_rows;
};

extern const CamActivation cam_relu, cam_leaky_relu, cam_relu6, cam_elu, cam_selu, cam_celu, cam_hard_shrink, cam_soft_shrink, cam_sparse_plus, cam_linear;
extern const CamActivation cam_sigmoid, cam_tanh, cam_softsign, cam_hard_sigmoid, cam_hard_tanh, cam_sparse_sigmoid, cam_log_sigmoid;
extern const CamActivation cam_gelu, cam_silu, cam_hard_silu, cam_mish, cam_softplus, cam_squareplus, cam_exponential, cam_tanh_shrink;
extern const CamActivation cam_softmax, cam_log_softmax, cam_sparsemax;

G_END_DECLS
