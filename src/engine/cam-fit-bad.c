/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was first not finite in a step that ended a fit: looked for only then, in what the step has left in its buffers. */
#include <glib/gi18n-lib.h>

#include "cam-fit-private.h"
#include "kernels/cam-kernels.h"

#define LISTED_ROWS 5

/* The first of the batch's rows with a number that is not finite, as a training row counted from 1; 0: none. */
static gsize
find_row (const CamFit *self,
          const float  *rows,
          gsize         size)
{
  for (gsize i = 0; i < self->batch_rows; i++)
    if (!cam_is_finite (rows + i * size, size))
      return self->order[self->batch_first + i] + 1;

  return 0;
}

/* From the input on: the first layer that gives out such a number, or holds one. */
static int
find_forward (const CamFit *self,
              gsize        *row)
{
  for (guint i = 0; i < self->network->layers->len; i++)
    {
      *row = find_row (self, self->outputs[i], cam_network_layer (self->network, i)->n_out);
      if (*row > 0)
        return (int) i;
    }

  /* All of them are finite, and yet the loss is not: it is the loss's own, of what the last layer gives out. */
  return (int) self->network->layers->len - 1;
}

/* From the output back, as gradients flow. */
static int
find_gradient (const CamFit *self)
{
  for (guint i = self->network->weights->len; i-- > 0;)
    {
      CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, i);
      gsize n = cam_network_layer (self->network, of.layer)->weights[of.i].value->n;

      if (self->weight_gradients[i] != NULL && !cam_is_finite (self->weight_gradients[i], n))
        return (int) of.layer;
    }

  return -1;
}

static int
find_weight (const CamFit *self)
{
  for (guint i = 0; i < self->network->weights->len; i++)
    {
      CamWeightRef of = g_array_index (self->network->weights, CamWeightRef, i);
      const CamTensor *value = cam_network_layer (self->network, of.layer)->weights[of.i].value;

      if (!cam_is_finite (value->data, value->n))
        return (int) of.layer;
    }

  return -1;
}

int
cam_fit_find_bad (const CamFit *self,
                  CamBad        bad,
                  gsize        *row)
{
  *row = 0;
  switch (bad)
    {
    case CAM_BAD_DATA:
      *row = find_row (self, self->x, self->training.x_size);
      if (*row == 0)
        *row = find_row (self, self->y, self->training.y_size);
      return -1;
    case CAM_BAD_LOSS:
      return find_forward (self, row);
    case CAM_BAD_GRADIENT:
      return find_gradient (self);
    case CAM_BAD_WEIGHT:
      return find_weight (self);
    case CAM_BAD_NOTHING:
    case CAM_N_BAD:
    default:
      return -1;
    }
}

/* What a layer cannot take of the batch under way; NULL: each takes what it got. */
static char *
find_complaint (const CamFit *self)
{
  char *complaint = NULL;
  gsize row;

  for (guint i = 0; complaint == NULL && i < cam_network_get_n_layers (self->network); i++)
    complaint = cam_network_complain (self->network, i, i == 0 ? self->x : self->outputs[i - 1], self->batch_rows, &row);

  return complaint;
}

/* The batch's first rows as training rows, counted from 1: "12, 40, 7, …". */
static char *
list_rows (const CamFit *self)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; i < MIN (self->batch_rows, LISTED_ROWS); i++)
    g_string_append_printf (list, "%s%u", i > 0 ? ", " : "", self->order[self->batch_first + i] + 1);
  if (self->batch_rows > LISTED_ROWS)
    g_string_append (list, ", …");

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
explain_loss (const CamFitOutcome *outcome,
              const char          *rows)
{
  if (outcome->bad_row > 0)
    return g_strdup_printf (_("Diverged: in epoch %u, batch %zu, the loss was no longer a finite number, by what layer “%s” gave out for training row %zu. Try a smaller learning rate."),
                            outcome->bad_epoch, outcome->bad_batch, outcome->bad_layer, outcome->bad_row);

  return g_strdup_printf (_("Diverged: in epoch %u, batch %zu (training rows %s), the loss was no longer a finite number, by what layer “%s” gave out. Try a smaller learning rate."),
                          outcome->bad_epoch, outcome->bad_batch, rows, outcome->bad_layer);
}

static char *
explain (const CamFit        *self,
         const CamFitOutcome *outcome)
{
  g_autofree char *rows = list_rows (self);

  switch (outcome->bad)
    {
    case CAM_BAD_DATA:
      return g_strdup_printf (_("Diverged: in epoch %u, batch %zu, training row %zu"
                                ", a value in the data is not a finite number. Look for missing and for huge values."),
                              outcome->bad_epoch, outcome->bad_batch, outcome->bad_row);
    case CAM_BAD_LOSS:
      return explain_loss (outcome, rows);
    case CAM_BAD_GRADIENT:
      return g_strdup_printf (_("Diverged: in epoch %u, batch %zu (training rows %s), a gradient of layer “%s” was no longer a finite number. Try a smaller learning rate, or clip gradients."),
                              outcome->bad_epoch, outcome->bad_batch, rows, outcome->bad_layer);
    case CAM_BAD_WEIGHT:
    case CAM_BAD_NOTHING:
    case CAM_N_BAD:
    default:
      return g_strdup_printf (_("Diverged: in epoch %u, batch %zu (training rows %s), a weight of layer “%s” was no longer a finite number. Try a smaller learning rate."),
                              outcome->bad_epoch, outcome->bad_batch, rows, outcome->bad_layer);
    }
}

void
cam_fit_explain_bad (const CamFit  *self,
                     CamBad         bad,
                     gsize          batch,
                     CamFitOutcome *outcome)
{
  g_autofree char *complaint = find_complaint (self);
  int layer = cam_fit_find_bad (self, bad, &outcome->bad_row);

  outcome->end = CAM_FIT_DIVERGED;
  outcome->bad = bad;
  outcome->bad_epoch = self->epoch + 1;
  outcome->bad_batch = batch;
  outcome->bad_layer = layer >= 0 ? g_strdup (cam_network_get_layer_name (self->network, (guint) layer)) : NULL;
  outcome->message = complaint != NULL ? g_strdup_printf (_("Stopped in epoch %u, batch %zu, at %s."), outcome->bad_epoch, batch, complaint)
                                       : explain (self, outcome);
}
