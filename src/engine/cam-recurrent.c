/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a shard through the steps of a recurrent layer, and back. The inputs' part of all steps is one product, as are the gradients of the weights; only the state's part
 * goes step by step, on the shard's rows.
 *
 * Each shard writes the weights' gradient of its own rows (shard_gradients): so its memory may lie as its products want it, step after step. */
#include "cam-recurrent-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-network.h"
#include "kernels/cam-kernels.h"

/* The blocks of a shard of n rows. */
typedef struct
{
  CamSequence  sizes;
  float       *joined;      /* [steps + 1][n][inputs + units] */
  float       *z, *raw;     /* [steps][n][gates·units] */
  float       *kept;        /* [steps + 1][n][n_kept] */
  float       *h;           /* [steps + 1][n][units]: the state, where joined holds another, with dropout; else NULL */
  float       *keep[2];     /* dropout's factors: [n][inputs], [n][units]; NULL: none */
  float       *dh, *carry, *dstate;   /* [n][units] */
} Memory;

enum { OF_INPUTS, OF_STATE };

/* Of a row, for all of its steps; more than any machine of today trains on. */
#define MOST_NUMBERS ((gsize) 1 << 30)

static float *
take (float **scratch,
      gsize   n)
{
  float *block = *scratch;

  *scratch += n;
  return block;
}

/* Without scratch the offsets alone: what a row needs. */
static Memory
lay_out (const CamRecurrent *own,
         float              *scratch,
         gsize               n)
{
  gsize sums = own->cell->gates * own->units;
  Memory memory = { .sizes = { n, own->steps, own->inputs, own->units } };

  memory.joined = take (&scratch, (own->steps + 1) * n * (own->inputs + own->units));
  memory.z = take (&scratch, own->steps * n * sums);
  memory.raw = own->needs_raw ? take (&scratch, own->steps * n * sums) : NULL;
  memory.kept = take (&scratch, (own->steps + 1) * n * own->n_kept);
  memory.keep[OF_INPUTS] = own->threshold[OF_INPUTS] > 0 ? take (&scratch, n * own->inputs) : NULL;
  memory.keep[OF_STATE] = own->threshold[OF_STATE] > 0 ? take (&scratch, n * own->units) : NULL;
  memory.h = own->threshold[OF_STATE] > 0 ? take (&scratch, (own->steps + 1) * n * own->units) : NULL;
  memory.dh = take (&scratch, n * own->units);
  memory.carry = take (&scratch, n * own->units);
  memory.dstate = own->threshold[OF_STATE] > 0 ? take (&scratch, n * own->units) : memory.dh;

  return memory;
}

static gsize
count_scratch (const CamRecurrent *own)
{
  gsize sums = own->cell->gates * own->units, steps = own->steps;
  gsize n = (steps + 1) * (own->inputs + own->units) + steps * sums * (own->needs_raw ? 2 : 1) + (steps + 1) * own->n_kept + 2 * own->units;

  if (own->threshold[OF_INPUTS] > 0)
    n += own->inputs;
  if (own->threshold[OF_STATE] > 0)
    n += (steps + 3) * own->units;

  return n;
}

static void
free_own (gpointer data)
{
  CamRecurrent *own = data;

  g_free (own->zeros);
  g_free (own);
}

static void
set_rate (CamRecurrent *own,
          guint         of,
          double        rate)
{
  own->threshold[of] = (guint32) MIN (rate * 0x1p32, 4294967295.0);
  own->kept_factor[of] = (float) (1.0 / (1.0 - rate));
}

static gboolean
check_unsupported (const CamLayer  *self,
                   GError         **error)
{
  static const struct { const char *key, *reason; } refused[] = {
    { "return_state", N_("a layer in a stack has one output") },
    { "stateful", N_("every row begins with an empty memory") },
    { "unroll", N_("steps cost nothing extra here") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (cam_fields_bool (self->config, refused[i].key))
      {
        g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("“%s” is not supported, as %s; set it to false"), refused[i].key, _(refused[i].reason));
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_input (const CamLayer  *self,
             GError         **error)
{
  g_autofree char *shape = NULL;

  if (self->input.n_dims == 2)
    return TRUE;

  shape = cam_shape_to_string (&self->input);
  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
               _("it reads sequences, (None, steps, features), but receives %s; put a Reshape or an Embedding before it, or let the layer below give all its steps"), shape);
  return FALSE;
}

static gboolean
add_weights (CamLayer  *self,
             GError   **error)
{
  const CamRecurrent *own = self->own;
  gsize sums = own->cell->gates * own->units;
  CamShape kernel = { 2, { own->inputs, sums } }, state = { 2, { own->units, sums } };
  CamShape bias = own->reset_after ? (CamShape) { 2, { 2, sums } } : cam_shape_vector (sums);

  return cam_layer_add_weight (self, "kernel", "kernel", &kernel, TRUE, error) &&
         cam_layer_add_weight (self, "recurrent_kernel", "recurrent", &state, TRUE, error) &&
         (!cam_fields_bool (self->config, "use_bias") || cam_layer_add_weight (self, "bias", "bias", &bias, TRUE, error));
}

gboolean
cam_recurrent_prepare (CamLayer       *self,
                       const CamCell  *cell,
                       gboolean        reset_after,
                       GError        **error)
{
  CamRecurrent *own = g_new0 (CamRecurrent, 1);
  const char *gates = cam_fields_choice (self->config, "recurrent_activation");

  self->own = own;
  self->free_own = free_own;
  if (!check_unsupported (self, error) || !check_input (self, error))
    return FALSE;

  own->cell = cell;
  own->steps = self->input.dims[0];
  own->inputs = self->input.dims[1];
  own->units = (gsize) cam_fields_int (self->config, "units");
  own->sequences = cam_fields_bool (self->config, "return_sequences");
  own->backwards = cam_fields_bool (self->config, "go_backwards");
  own->reset_after = reset_after;
  own->n_kept = cell->n_kept != NULL ? cell->n_kept (own->units, reset_after) : 0;
  own->activation = cam_activation_find (cam_fields_choice (self->config, "activation"));
  own->gate_activation = gates != NULL ? cam_activation_find (gates) : NULL;
  own->is_usual = g_str_equal (cam_activation_get_name (own->activation), "tanh") && (gates == NULL || g_str_equal (gates, "sigmoid"));
  own->needs_raw = cam_activation_needs_input (own->activation) || (gates != NULL && cam_activation_needs_input (own->gate_activation));
  own->zeros = g_new0 (float, 2 * cell->gates * own->units);
  set_rate (own, OF_INPUTS, cam_fields_number (self->config, "dropout"));
  set_rate (own, OF_STATE, cam_fields_number (self->config, "recurrent_dropout"));

  self->output = own->sequences ? (CamShape) { 2, { own->steps, own->units } } : cam_shape_vector (own->units);
  self->mask_way = own->sequences ? CAM_MASK_PASSES : CAM_MASK_STOPS;
  self->is_noisy = own->threshold[OF_INPUTS] > 0 || own->threshold[OF_STATE] > 0;
  self->n_draws = cam_recurrent_n_draws (own);
  self->n_uses = own->steps;
  self->n_scratch = count_scratch (own);
  if (self->n_scratch > MOST_NUMBERS)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY,
                   _("what it keeps of %zu steps does not fit into memory; give it fewer steps or units"), own->steps);
      return FALSE;
    }
  self->n_temp = (cell->gates + 1) * own->units;
  self->shard_gradients = TRUE;

  return add_weights (self, error);
}

gsize
cam_recurrent_n_draws (const CamRecurrent *own)
{
  return (own->threshold[OF_INPUTS] > 0 ? own->inputs : 0) + (own->threshold[OF_STATE] > 0 ? own->units : 0);
}

gboolean
cam_layer_is_recurrent (const CamLayer *self)
{
  return self->kind->forward == cam_recurrent_forward;
}

char *
cam_recurrent_describe (const json_t *config)
{
  guint units = (guint) cam_fields_int (config, "units");
  g_autofree char *first = g_strdup_printf (ngettext ("%u unit · %s", "%u units · %s", units), units, cam_fields_choice (config, "activation"));

  return g_strconcat (first, cam_fields_bool (config, "return_sequences") ? _(" · all steps") : "",
                      cam_fields_bool (config, "go_backwards") ? _(" · backwards") : "", NULL);
}

/* The factors of each row, the same for all steps. */
static void
draw (const CamLayer *self,
      const CamPass  *pass,
      const Memory   *memory)
{
  const CamRecurrent *own = self->own;
  gsize widths[] = { own->inputs, own->units };

  for (gsize row = 0; row < memory->sizes.n; row++)
    {
      guint64 first = pass->first_draw + row * self->n_draws;

      for (guint of = 0; of < G_N_ELEMENTS (widths); of++)
        {
          guint32 words[64];

          for (gsize done = 0; memory->keep[of] != NULL && done < widths[of];)
            {
              gsize count = MIN (G_N_ELEMENTS (words), widths[of] - done);

              cam_rng_fill (pass->rng, first, words, count);
              for (gsize i = 0; i < count; i++)
                memory->keep[of][row * widths[of] + done + i] = words[i] < own->threshold[of] ? 0.0f : own->kept_factor[of];
              first += count;
              done += count;
            }
        }
    }
}

/* Out of training nothing is left out. */
static Memory
memory_of (const CamLayer *self,
           const CamPass  *pass,
           float          *scratch,
           gsize           n)
{
  Memory memory = lay_out (self->own, scratch, n);

  if (!pass->training)
    {
      memory.keep[OF_INPUTS] = memory.keep[OF_STATE] = memory.h = NULL;
      memory.dstate = memory.dh;
    }

  return memory;
}

static CamStep
step_of (const CamRecurrent *own,
         const CamPass      *pass,
         const Memory       *memory,
         gsize               i)
{
  gsize n = memory->sizes.n, width = own->inputs + own->units, sums = own->cell->gates * own->units;
  const float *state = memory->joined + i * n * width + own->inputs;

  return (CamStep) {
    .rows = { n, own->units, pass->mask != NULL ? pass->mask + (own->backwards ? own->steps - 1 - i : i) : NULL, own->steps },
    .z = memory->z + i * n * sums,
    .raw = memory->raw != NULL ? memory->raw + i * n * sums : NULL,
    .kept = memory->kept + (i + 1) * n * own->n_kept,
    .kept_before = memory->kept + i * n * own->n_kept,
    .state = state,
    .state_stride = width,
    .h_before = memory->h != NULL ? memory->h + i * n * own->units : state,
    .h = memory->h != NULL ? memory->h + (i + 1) * n * own->units : (float *) state + n * width,
    .h_stride = memory->h != NULL ? own->units : width,
    .dh = memory->dh, .dstate = memory->dstate, .carry = memory->carry,
    .temp = pass->temp,
  };
}

/* What dropout leaves of the new state, for the next step's products. */
static void
drop_state (const CamRecurrent *own,
            const Memory       *memory,
            const CamStep      *step)
{
  gsize n = memory->sizes.n, width = own->inputs + own->units;
  float *next = (float *) step->state + n * width;

  for (gsize row = 0; row < n; row++)
    for (gsize j = 0; j < own->units; j++)
      next[row * width + j] = step->h[row * own->units + j] * memory->keep[OF_STATE][row * own->units + j];
}

static void
give_out (const CamRecurrent *own,
          const CamStep      *step,
          gsize               i,
          float              *y)
{
  gsize y_stride = own->sequences ? own->steps * own->units : own->units;

  for (gsize row = 0; row < step->rows.n; row++)
    {
      float *to = y + row * y_stride + (own->sequences ? i * own->units : 0);

      if (own->sequences && own->zero_masked && !cam_cell_row_counts (&step->rows, row))
        memset (to, 0, own->units * sizeof (float));
      else
        memcpy (to, step->h + row * step->h_stride, own->units * sizeof (float));
    }
}

void
cam_recurrent_forward (const CamLayer *self,
                       const CamPass  *pass,
                       const float    *x,
                       float          *y,
                       float          *scratch,
                       gsize           n)
{
  const CamRecurrent *own = self->own;
  Memory memory = memory_of (self, pass, scratch, n);
  gsize sums = own->cell->gates * own->units;

  if (pass->training)
    draw (self, pass, &memory);
  cam_sequence_load (&memory.sizes, x, memory.keep[OF_INPUTS], own->backwards, memory.joined);
  memset (memory.kept, 0, n * own->n_kept * sizeof (float));
  if (memory.h != NULL)
    memset (memory.h, 0, n * own->units * sizeof (float));
  cam_product (memory.joined, own->inputs + own->units, 1, cam_recurrent_weight (self, CAM_RECURRENT_KERNEL), sums, NULL, 0, memory.z, sums,
               own->steps * n, own->inputs, sums);

  for (gsize i = 0; i < own->steps; i++)
    {
      CamStep step = step_of (own, pass, &memory, i);

      own->cell->step (self, &step);
      if (memory.keep[OF_STATE] != NULL)
        drop_state (own, &memory, &step);
      if (own->sequences || i + 1 == own->steps)
        give_out (own, &step, i, y);
    }
}

/* The gradient that comes from above for step @i. */
static void
take_in (const CamRecurrent *own,
         const CamStep      *step,
         gsize               i,
         const float        *dy)
{
  gsize dy_stride = own->sequences ? own->steps * own->units : own->units;

  if (!own->sequences && i + 1 < own->steps)
    return;

  for (gsize row = 0; row < step->rows.n; row++)
    if (!own->sequences || !own->zero_masked || cam_cell_row_counts (&step->rows, row))
      cam_add (dy + row * dy_stride + (own->sequences ? i * own->units : 0), step->dh + row * own->units, own->units);
}

static void
compute_gradients (const CamLayer *self,
                   const CamPass  *pass,
                   const Memory   *memory)
{
  const CamRecurrent *own = self->own;
  float *kernel = pass->gradients[CAM_RECURRENT_KERNEL], *state_kernel = pass->gradients[CAM_RECURRENT_STATE_KERNEL];
  float *bias = self->n_weights > CAM_RECURRENT_BIAS ? pass->gradients[CAM_RECURRENT_BIAS] : NULL;
  gsize width = own->inputs + own->units, sums = own->cell->gates * own->units, depth = own->steps * memory->sizes.n;
  const float *state = memory->joined + own->inputs;

  if (kernel != NULL)
    cam_product (memory->joined, 1, width, memory->z, sums, NULL, 0, kernel, sums, own->inputs, depth, sums);
  if (bias != NULL)
    cam_bias_gradient (memory->z, bias, depth, sums);
  if (own->cell->gradient != NULL)
    own->cell->gradient (self, &memory->sizes, state, width, memory->z, memory->kept, state_kernel, bias != NULL && own->reset_after ? bias + sums : NULL);
  else if (state_kernel != NULL)
    cam_product (state, 1, width, memory->z, sums, NULL, 0, state_kernel, sums, own->units, depth, sums);
}

void
cam_recurrent_backward (const CamLayer *self,
                        const CamPass  *pass,
                        const float    *x,
                        const float    *y,
                        float          *dy,
                        float          *dx,
                        float          *scratch,
                        gsize           n)
{
  const CamRecurrent *own = self->own;
  Memory memory = memory_of (self, pass, scratch, n);
  gsize width = own->inputs + own->units, sums = own->cell->gates * own->units;

  memset (memory.dh, 0, n * own->units * sizeof (float));
  memset (memory.carry, 0, n * own->units * sizeof (float));
  for (gsize i = own->steps; i-- > 0;)
    {
      CamStep step = step_of (own, pass, &memory, i);

      take_in (own, &step, i, dy);
      if (memory.keep[OF_STATE] != NULL)
        memset (memory.dstate, 0, n * own->units * sizeof (float));
      own->cell->back (self, &step);
      if (memory.keep[OF_STATE] != NULL)
        for (gsize j = 0; j < n * own->units; j++)
          memory.dh[j] += memory.dstate[j] * memory.keep[OF_STATE][j];
    }

  compute_gradients (self, pass, &memory);
  if (dx != NULL)
    {
      cam_product_turned (memory.z, sums, cam_recurrent_weight (self, CAM_RECURRENT_KERNEL), sums, NULL, 0, memory.joined, width,
                          own->steps * n, sums, own->inputs);
      cam_sequence_unload (&memory.sizes, memory.joined, memory.keep[OF_INPUTS], own->backwards, dx);
    }
}

void
cam_recurrent_activate (const CamActivation *activation,
                        float               *at,
                        float               *raw,
                        gsize                units)
{
  if (raw != NULL)
    memcpy (raw, at, units * sizeof (float));
  cam_activation_forward (activation, at, at, 1, units);
}

void
cam_recurrent_deactivate (const CamActivation *activation,
                          const float         *value,
                          const float         *raw,
                          float               *d,
                          gsize                units)
{
  cam_activation_backward (activation, raw, value, d, d, 1, units);
}
