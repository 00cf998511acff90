/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SimpleRNN, LSTM and GRU have in common: settings, memory, the way through the steps and back. A kind of cell adds what it does in one step. */
#pragma once

#include "cam-layer-fields.h"
#include "cam-layer-private.h"
#include "kernels/cam-product.h"
#include "kernels/cam-recurrent-kernels.h"

G_BEGIN_DECLS

typedef struct _CamRecurrent CamRecurrent;

/* One step of a shard's rows. All blocks are [rows.n, …]; those that a layer does not have are NULL. */
typedef struct
{
  CamCellRows   rows;
  float        *z;                   /* sums[gates·units]: of the inputs before the step; the cell leaves there what it needs, and on the way back the sums' gradient */
  float        *raw;                 /* as large as z: the sums with all that belongs to them, for activations that need them; NULL: none does */
  float        *kept, *kept_before;  /* n_kept floats a row, block after block: for the cell, of this step and the one before; zero before the first */
  const float  *state;               /* the state before, as products see it: with dropout; rows state_stride apart */
  gsize         state_stride;
  const float  *h_before;            /* the state before and after; rows h_stride apart */
  float        *h;
  gsize         h_stride;
  /* On the way back: gradients with respect to h, used up and replaced by that of h_before; to state, added to; to what the cell carries beside h. */
  float        *dh, *dstate, *carry;
  float        *temp;                /* n_temp floats */
} CamStep;

typedef struct
{
  gsize    gates;                    /* blocks of units in a row of sums */
  gsize  (*n_kept)  (gsize units, gboolean reset_after);
  void   (*step)    (const CamLayer *self, const CamStep *step);
  void   (*back)    (const CamLayer *self, const CamStep *step);
  /* The recurrent kernel's gradient, and that of the second row of a bias that has two, from what back() left; NULL: state · z of all steps. @state is of all steps too. */
  void   (*gradient) (const CamLayer *self, const CamSequence *sizes, const float *state, gsize state_stride, const float *z, const float *kept, float *recurrent, float *bias);
} CamCell;

struct _CamRecurrent
{
  const CamCell       *cell;
  gsize                steps, inputs, units, n_kept;
  gboolean             sequences, backwards, reset_after;
  gboolean             zero_masked;      /* masked steps give out zeros: within a Bidirectional, as in Keras */
  gboolean             is_usual;         /* sigmoid and tanh: one loop for all of a cell */
  gboolean             needs_raw;
  guint32              threshold[2];     /* of random words, for inputs and state: below it a number is left out; 0: no dropout */
  float                kept_factor[2];
  const CamActivation *activation, *gate_activation;
  float               *zeros;            /* [gates·units]: the bias of a layer without */
};

enum { CAM_RECURRENT_KERNEL, CAM_RECURRENT_STATE_KERNEL, CAM_RECURRENT_BIAS };

#define CAM_RECURRENT_FIELDS_BEGIN \
  CAM_F_INT ("units", N_("Units"), N_("Numbers that the layer remembers from step to step, and gives out."), 32, 1, 65536, CAM_FIELD_PLAIN), \
  CAM_F_BOOL ("return_sequences", N_("Give all steps"), N_("Gives its output at every step, for another recurrent layer above it; otherwise at the last one only."), 0, CAM_FIELD_PLAIN), \
  CAM_F_CHOICE ("activation", N_("Activation"), N_("The function applied to what the layer takes in."), "tanh", cam_activation_names, CAM_FIELD_PLAIN)

#define CAM_RECURRENT_GATE_FIELD \
  CAM_F_CHOICE ("recurrent_activation", N_("Gate activation"), N_("The function of the gates, which open and close between 0 and 1."), "sigmoid", cam_activation_names, CAM_FIELD_ADVANCED)

#define CAM_RECURRENT_FIELDS_MIDDLE \
  CAM_F_FLOAT ("dropout", N_("Input dropout"), N_("Share of the inputs left out while training, the same ones at every step."), 0.0, 0, 1, CAM_FIELD_MAX_OPEN), \
  CAM_F_FLOAT ("recurrent_dropout", N_("State dropout"), N_("Share of the remembered numbers left out while training, the same ones at every step."), 0.0, 0, 1, CAM_FIELD_MAX_OPEN), \
  CAM_F_BOOL ("go_backwards", N_("Backwards"), N_("Reads the sequence from its end, and gives its steps out in that order."), 0, CAM_FIELD_ADVANCED), \
  CAM_USE_BIAS_FIELD

/* What is kept for Keras at the end of the table, and refused where it is set. */
#define CAM_RECURRENT_FIELDS_END \
  CAM_KERNEL_FIELDS, \
  CAM_SECOND_WEIGHT_FIELDS ("recurrent", "orthogonal", N_("State weights start"), N_("How the weights from step to step are drawn before training."), N_("State penalty"), N_("State limit")), \
  CAM_BIAS_FIELDS, \
  CAM_ACTIVITY_FIELD, \
  CAM_F_BOOL ("return_state", N_("Give the state"), N_("Not supported: a stack of layers has one output."), 0, CAM_FIELD_ADVANCED), \
  CAM_F_BOOL ("stateful", N_("Stateful"), N_("Not supported: every row begins with an empty memory."), 0, CAM_FIELD_ADVANCED), \
  CAM_F_BOOL ("unroll", N_("Unroll"), N_("Not needed here: steps cost nothing extra."), 0, CAM_FIELD_ADVANCED), \
  CAM_F_END

gboolean            cam_recurrent_prepare  (CamLayer *self, const CamCell *cell, gboolean reset_after, GError **error);
void                cam_recurrent_forward  (const CamLayer *self, const CamPass *pass, const float *x, float *y, float *scratch, gsize n);
void                cam_recurrent_backward (const CamLayer *self, const CamPass *pass, const float *x, const float *y, float *dy, float *dx, float *scratch, gsize n);
char               *cam_recurrent_describe (const json_t *config);
/* Random words that a row takes of its own; a wrapper may set n_draws to what lies between two rows. */
gsize               cam_recurrent_n_draws  (const CamRecurrent *own);
/* Is @self of one of the three kinds? */
gboolean            cam_layer_is_recurrent (const CamLayer *self);

static inline CamRecurrent *
cam_layer_get_recurrent (const CamLayer *self)
{
  return self->own;
}

static inline const float *
cam_recurrent_weight (const CamLayer *self,
                      guint           i)
{
  return i < self->n_weights ? self->weights[i].value->data : cam_layer_get_recurrent (self)->zeros;
}

/* For cells with activations of any kind: @units sums of a row at @at become values, and the sums are kept in @raw where that is not NULL; and the way back, d in place. */
void                cam_recurrent_activate   (const CamActivation *activation, float *at, float *raw, gsize units);
void                cam_recurrent_deactivate (const CamActivation *activation, const float *value, const float *raw, float *d, gsize units);

G_END_DECLS
