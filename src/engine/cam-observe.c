/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-observe.h"

#include <math.h>
#include <string.h>

#include "cam-fit-private.h"

/* What an activation gives far out counts as a bound up to here. */
#define MOST_BOUND 50.0
#define FAR 1000.0
/* Share of the way between two bounds that counts as being at one. */
#define NEAR_BOUND 0.01

/* Sums on the way to a histogram: the same values are gone through twice, first for their ends. */
typedef struct
{
  CamHistogram *histogram;
  double        sum, squares;
} Tally;

static void
find_ends (Tally       *tally,
           const float *values,
           gsize        n)
{
  CamHistogram *self = tally->histogram;

  for (gsize i = 0; i < n; i++)
    {
      double value = values[i];

      if (!isfinite (value))
        {
          self->n_bad++;
          continue;
        }
      self->low = self->n == 0 || value < self->low ? value : self->low;
      self->high = self->n == 0 || value > self->high ? value : self->high;
      self->n++;
      tally->sum += value;
      tally->squares += value * value;
    }
}

static void
settle (Tally *tally)
{
  CamHistogram *self = tally->histogram;

  self->mean = self->n > 0 ? tally->sum / (double) self->n : NAN;
  self->deviation = self->n > 0 ? sqrt (MAX (0.0, tally->squares / (double) self->n - self->mean * self->mean)) : NAN;
  self->norm = sqrt (tally->squares);
}

static void
fill_bins (CamHistogram *self,
           const float  *values,
           gsize         n)
{
  double scale = self->high > self->low ? CAM_HISTOGRAM_BINS / (self->high - self->low) : 0.0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      self->counts[MIN ((gsize) ((values[i] - self->low) * scale), CAM_HISTOGRAM_BINS - 1)]++;
}

void
cam_histogram_init (CamHistogram *self,
                    const float  *values,
                    gsize         n)
{
  Tally tally = { .histogram = self };

  *self = (CamHistogram) { 0 };
  find_ends (&tally, values, n);
  settle (&tally);
  fill_bins (self, values, n);
}

/* Of the layer's trainable weights, or of their gradients; FALSE: it has none. */
static gboolean
look_at_weights (const CamNetwork *network,
                 const CamFit     *fit,
                 guint             layer,
                 CamHistogram     *histogram)
{
  Tally tally = { .histogram = histogram };
  gboolean any = FALSE;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < network->weights->len; i++)
        {
          CamWeightRef of = g_array_index (network->weights, CamWeightRef, i);
          const CamWeight *weight = &cam_network_layer (network, of.layer)->weights[of.i];
          const float *values = fit != NULL ? fit->weight_gradients[i] : weight->value->data;

          if (of.layer != layer || !weight->trainable || values == NULL)
            continue;
          any = TRUE;
          if (pass == 0)
            find_ends (&tally, values, weight->value->n);
          else
            fill_bins (histogram, values, weight->value->n);
        }
      if (pass == 0)
        settle (&tally);
    }

  return any;
}

/* What it gives where it gives up: 0 for all that is far below. */
static gboolean
can_die (const CamActivation *activation)
{
  return activation != NULL && !cam_activation_is_row_wise (activation) && cam_activation_value (activation, -FAR) == 0.0 &&
         cam_activation_value (activation, FAR) > MOST_BOUND;
}

static gboolean
find_bounds (const CamActivation *activation,
             double              *low,
             double              *high)
{
  if (activation == NULL || cam_activation_is_row_wise (activation))
    return FALSE;
  *low = cam_activation_value (activation, -FAR);
  *high = cam_activation_value (activation, FAR);

  return fabs (*low) < MOST_BOUND && fabs (*high) < MOST_BOUND && *high > *low;
}

static double
find_dead_share (const float *y,
                 gsize        n_rows,
                 gsize        n_out)
{
  gsize n_dead = 0;

  for (gsize j = 0; j < n_out; j++)
    {
      gsize i = 0;

      while (i < n_rows && y[i * n_out + j] == 0.0f)
        i++;
      n_dead += i == n_rows;
    }

  return (double) n_dead / (double) n_out;
}

static void
look_at_outputs (const CamNetwork *network,
                 const float      *x,
                 gsize             n_rows,
                 CamLayerView     *view)
{
  const CamLayer *layer = cam_network_layer (network, view->layer);
  gsize n_near = 0, n = n_rows * layer->n_out;
  g_autofree float *y = NULL;
  double low, high;
  gboolean is_bounded = find_bounds (layer->activation, &low, &high);

  if (!is_bounded && !can_die (layer->activation))
    return;
  y = g_new (float, n);
  cam_network_predict_layer (network, view->layer, x, n_rows, y);
  if (can_die (layer->activation))
    view->dead_share = find_dead_share (y, n_rows, layer->n_out);
  if (!is_bounded)
    return;
  for (gsize i = 0; i < n; i++)
    n_near += MIN (fabs (y[i] - low), fabs (y[i] - high)) < NEAR_BOUND * (high - low);
  view->saturated_share = (double) n_near / (double) n;
}

GArray *
cam_observe (const CamNetwork *network,
             const CamFit     *fit,
             const float      *x,
             gsize             n_rows)
{
  GArray *views = g_array_new (FALSE, TRUE, sizeof (CamLayerView));

  g_return_val_if_fail (network != NULL, views);

  g_array_set_size (views, network->layers->len);
  for (guint i = 0; i < network->layers->len; i++)
    {
      CamLayerView *view = &g_array_index (views, CamLayerView, i);

      view->layer = i;
      view->dead_share = view->saturated_share = NAN;
      view->has_weights = look_at_weights (network, NULL, i, &view->weights);
      view->has_gradients = fit != NULL && look_at_weights (network, fit, i, &view->gradients);
      if (x != NULL && n_rows > 0)
        look_at_outputs (network, x, n_rows, view);
    }

  return views;
}

/* The first weight called "kernel" in the network. */
static const CamTensor *
find_kernel (const CamNetwork *network)
{
  for (guint i = 0; i < network->weights->len; i++)
    {
      CamWeightRef of = g_array_index (network->weights, CamWeightRef, i);
      const CamWeight *weight = &cam_network_layer (network, of.layer)->weights[of.i];

      if (g_str_equal (weight->name, "kernel") && weight->value->shape.n_dims >= 2)
        return weight->value;
    }

  return NULL;
}

float *
cam_observe_filters (const CamNetwork *network,
                     gsize            *n_filters,
                     CamShape         *shape)
{
  const CamTensor *kernel = find_kernel (network);
  gsize size;
  float *filters;

  if (kernel == NULL)
    return NULL;

  *shape = kernel->shape;
  *n_filters = kernel->shape.dims[--shape->n_dims];
  size = kernel->n / *n_filters;
  filters = g_new (float, kernel->n);
  for (gsize i = 0; i < size; i++)
    for (gsize f = 0; f < *n_filters; f++)
      filters[f * size + i] = kernel->data[i * *n_filters + f];

  return filters;
}
