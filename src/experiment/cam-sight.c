/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a network sees. */
#include "cam-sight.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include <cam-observe.h>

/* Rows among which an autoencoder's worst and best are looked for. */
#define MOST_JUDGED 128
/* Of a series: so many steps of each part. */
#define MOST_STEPS 300

struct _CamSight
{
  CamSightKind  kind;
  CamDataset   *dataset;     /* owned */
  CamPart       part;
  guint         choice;
  CamShape      picture;     /* [height, width, channels] of FILTERS and COPIES */
};

static void
tile_free (gpointer data)
{
  CamTile *tile = data;

  g_free (tile->values);
  g_free (tile);
}

static void
row_free (gpointer data)
{
  CamTileRow *row = data;

  g_free (row->title);
  g_ptr_array_unref (row->tiles);
  g_free (row);
}

void
cam_sight_view_free (CamSightView *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self->x);
  g_free (self->truth);
  g_free (self->forecast);
  g_free (self);
}

/* @title is taken. */
static CamTileRow *
add_row (CamSightView *view,
         char         *title,
         gboolean      is_signed)
{
  CamTileRow *row = g_new0 (CamTileRow, 1);

  row->title = title;
  row->is_signed = is_signed;
  row->tiles = g_ptr_array_new_with_free_func (tile_free);
  g_ptr_array_add (view->rows, row);
  return row;
}

static void
find_limits (const float *values,
             gsize        n,
             double      *low,
             double      *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        *low = fmin (*low, values[i]);
        *high = fmax (*high, values[i]);
      }
  if (!(*high >= *low))
    *low = *high = 0;
}

/* As it is where there are one or three channels, else the mean of them. */
static CamTile *
new_tile (const float *values,
          CamShape     shape,
          gsize        stride)
{
  CamTile *tile = g_new0 (CamTile, 1);
  gsize n = shape.dims[0] * shape.dims[1], n_channels = shape.dims[2];

  tile->height = (guint) shape.dims[0];
  tile->width = (guint) shape.dims[1];
  tile->channels = n_channels == 3 && stride == 1 ? 3 : 1;
  tile->values = g_new0 (float, n * tile->channels);
  tile->error = NAN;
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < n_channels; c++)
      if (tile->channels == 3)
        tile->values[3 * i + c] = values[3 * i + c];
      else
        tile->values[i] += values[(i * n_channels + c) * stride] / (float) n_channels;
  find_limits (tile->values, n * tile->channels, &tile->low, &tile->high);
  return tile;
}

/* Filters and maps --------------------------------------------------------------------------------------------------- */

/* All tiles of a row by the same measure, so that they can be compared. */
static void
share_limits (CamTileRow *row)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < row->tiles->len; i++)
    {
      const CamTile *tile = row->tiles->pdata[i];

      low = fmin (low, tile->low);
      high = fmax (high, tile->high);
    }
  if (row->is_signed)
    {
      high = fmax (fabs (low), fabs (high));
      low = -high;
    }
  for (guint i = 0; i < row->tiles->len; i++)
    {
      CamTile *tile = row->tiles->pdata[i];

      tile->low = low;
      tile->high = high;
    }
}

/* The layer that has the first kernel; −1: none. */
static int
find_first_kernel (const CamNetwork *network)
{
  for (guint i = 0; i < cam_network_get_n_weights (network); i++)
    if (g_str_equal (cam_network_get_weight_name (network, i), "kernel"))
      return (int) cam_network_get_weight_layer (network, i);
  return -1;
}

/* Of a convolution [rows, columns, channels]; of a dense layer over all pixels, the picture's. */
static gboolean
find_filter_shape (const CamSight *self,
                   CamShape       *shape)
{
  gsize n_pixels = 1;

  for (guint i = 0; i < self->picture.n_dims; i++)
    n_pixels *= self->picture.dims[i];
  if (shape->n_dims == 1 && shape->dims[0] == n_pixels)
    *shape = self->picture;
  return shape->n_dims == 3;
}

static void
add_filters (const CamSight   *self,
             const CamNetwork *network,
             const char       *name,
             CamSightView     *view)
{
  CamShape shape;
  gsize n, size = 1;
  g_autofree float *filters = cam_observe_filters (network, &n, &shape);
  CamTileRow *row;

  if (filters == NULL || !find_filter_shape (self, &shape))
    return;
  for (guint i = 0; i < shape.n_dims; i++)
    size *= shape.dims[i];
  /* translators: %s is a layer’s name */
  row = add_row (view, g_strdup_printf (_("Filters of %s"), name), TRUE);
  for (gsize i = 0; i < MIN (n, CAM_SIGHT_MOST_TILES); i++)
    g_ptr_array_add (row->tiles, new_tile (filters + i * size, shape, 1));
  row->n_more = (guint) (n - row->tiles->len);
  share_limits (row);
}

static void
add_maps (const CamNetwork *network,
          guint             layer,
          const float      *x,
          CamSightView     *view)
{
  CamShape shape = cam_network_get_layer_shape (network, layer);
  CamShape one = { 3, { shape.dims[0], shape.dims[1], 1 } };
  g_autofree float *maps = NULL;
  CamTileRow *row;
  gsize n_maps;

  if (shape.n_dims != 3)
    return;
  n_maps = shape.dims[2];
  maps = g_new (float, shape.dims[0] * shape.dims[1] * n_maps);
  cam_network_predict_layer (network, layer, x, 1, maps);
  /* translators: what filters give for a picture; %s is a layer’s name */
  row = add_row (view, g_strdup_printf (_("Feature maps of %s"), cam_network_get_layer_name (network, layer)), FALSE);
  for (gsize i = 0; i < MIN (n_maps, CAM_SIGHT_MOST_TILES); i++)
    g_ptr_array_add (row->tiles, new_tile (maps + i, one, n_maps));
  row->n_more = (guint) (n_maps - row->tiles->len);
  share_limits (row);
}

static void
ask_filters (const CamSight   *self,
             const CamNetwork *network,
             CamSightView     *view)
{
  gsize n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (self->dataset));
  const float *x = cam_dataset_get_x (self->dataset, self->part) + self->choice * n_inputs;
  int layer = find_first_kernel (network);
  CamTileRow *row = add_row (view, g_strdup (_("Picture")), FALSE);
  CamTile *tile = new_tile (x, self->picture, 1);

  tile->row = cam_dataset_get_rows (self->dataset, self->part)[self->choice] + 1;
  g_ptr_array_add (row->tiles, tile);
  if (layer < 0)
    return;
  add_filters (self, network, cam_network_get_layer_name (network, (guint) layer), view);
  add_maps (network, (guint) layer, x, view);
}

/* Copies ------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gsize  sample;
  double error;
} Judged;

static int
compare_errors (gconstpointer a,
                gconstpointer b)
{
  double x = ((const Judged *) a)->error, y = ((const Judged *) b)->error;

  return (x > y) - (x < y);
}

/* Spread evenly over the part: those at hand for any number of looks. */
static Judged *
judge (const CamSight *self,
       const float    *x,
       const float    *y,
       gsize           n,
       gsize           n_inputs,
       const gsize    *samples)
{
  Judged *judged = g_new (Judged, n);

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      for (gsize k = 0; k < n_inputs; k++)
        {
          double miss = y[i * n_inputs + k] - x[i * n_inputs + k];

          sum += miss * miss;
        }
      judged[i] = (Judged) { samples[i], sum / (double) n_inputs };
    }
  if (self->choice != CAM_SIGHT_RANDOM)
    qsort (judged, n, sizeof (Judged), compare_errors);
  if (self->choice == CAM_SIGHT_WORST)
    for (gsize i = 0; i < n / 2; i++)
      {
        Judged other = judged[i];

        judged[i] = judged[n - 1 - i];
        judged[n - 1 - i] = other;
      }
  return judged;
}

static void
ask_copies (const CamSight   *self,
            const CamNetwork *network,
            CamSightView     *view)
{
  gsize n_rows = cam_dataset_get_n_rows (self->dataset, self->part), n = MIN (n_rows, MOST_JUDGED), n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (self->dataset));
  const float *all = cam_dataset_get_x (self->dataset, self->part);
  g_autofree float *x = g_new (float, n * n_inputs), *y = g_new (float, n * n_inputs);
  g_autofree gsize *samples = g_new (gsize, n);
  g_autofree Judged *judged = NULL;
  g_autofree gsize *places = g_new0 (gsize, n_rows);
  CamTileRow *in, *out;

  for (gsize i = 0; i < n; i++)
    {
      samples[i] = i * n_rows / n;
      places[samples[i]] = i;
      memcpy (x + i * n_inputs, all + samples[i] * n_inputs, n_inputs * sizeof (float));
    }
  cam_network_predict (network, x, n, y);
  judged = judge (self, x, y, n, n_inputs, samples);
  in = add_row (view, g_strdup (_("What goes in")), FALSE);
  out = add_row (view, g_strdup (_("What comes out")), FALSE);
  for (gsize i = 0; i < MIN (n, CAM_SIGHT_MOST_COPIES); i++)
    {
      /* At random: far apart, and the same at each look. */
      gsize at = self->choice == CAM_SIGHT_RANDOM ? i * n / MIN (n, CAM_SIGHT_MOST_COPIES) : i, place = places[judged[at].sample];
      CamTile *before = new_tile (x + place * n_inputs, self->picture, 1), *after = new_tile (y + place * n_inputs, self->picture, 1);

      before->row = after->row = cam_dataset_get_rows (self->dataset, self->part)[judged[at].sample] + 1;
      after->error = judged[at].error;
      after->low = before->low;
      after->high = before->high;
      g_ptr_array_add (in->tiles, before);
      g_ptr_array_add (out->tiles, after);
    }
}

/* A forecast --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  CamPart part;
  gsize   sample, row;
} Step;

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *x = a, *y = b;

  return (x->row > y->row) - (x->row < y->row);
}

/* The last of training and the first of validation: where what was seen meets what was not. */
static void
take_steps (const CamSight *self,
            CamPart         part,
            GArray         *steps)
{
  gsize n = cam_dataset_get_n_rows (self->dataset, part), n_taken = MIN (n, MOST_STEPS);
  gsize first = part == CAM_PART_TRAIN ? n - n_taken : 0, n_steps = MAX (cam_preparation_get_horizon (cam_dataset_get_preparation (self->dataset)), 1);
  const gsize *told = cam_dataset_get_told (self->dataset, part);

  for (gsize i = 0; told != NULL && i < n_taken; i++)
    {
      Step step = { part, first + i, told[(first + i) * n_steps] };

      g_array_append_val (steps, step);
    }
}

static double
ask_step (const CamSight   *self,
          const CamNetwork *network,
          const Step       *step,
          float            *outputs,
          double           *truth)
{
  CamPreparation *preparation = cam_dataset_get_preparation (self->dataset);
  gsize n_inputs = cam_preparation_get_n_inputs (preparation), n_outputs = cam_preparation_get_n_outputs (preparation), n_targets = cam_preparation_get_n_targets (preparation);
  const float *base = cam_dataset_get_base (self->dataset, step->part);

  memcpy (outputs, cam_dataset_get_y (self->dataset, step->part) + step->sample * n_outputs, n_outputs * sizeof (float));
  cam_preparation_invert (preparation, outputs, base != NULL ? base + step->sample * n_targets : NULL);
  *truth = outputs[0];
  cam_network_predict (network, cam_dataset_get_x (self->dataset, step->part) + step->sample * n_inputs, 1, outputs);
  cam_preparation_invert (preparation, outputs, base != NULL ? base + step->sample * n_targets : NULL);
  return outputs[0];
}

static void
ask_forecast (const CamSight   *self,
              const CamNetwork *network,
              CamSightView     *view)
{
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autofree float *outputs = g_new (float, cam_preparation_get_n_outputs (cam_dataset_get_preparation (self->dataset)));

  take_steps (self, CAM_PART_TRAIN, steps);
  take_steps (self, CAM_PART_VALIDATION, steps);
  g_array_sort (steps, compare_steps);
  view->x = g_new (double, steps->len + 1);
  view->truth = g_new (double, steps->len + 1);
  view->forecast = g_new (double, steps->len + 1);
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (i > 0 && step->row == g_array_index (steps, Step, i - 1).row)
        continue;
      view->x[view->n] = (double) step->row + 1;
      view->forecast[view->n] = ask_step (self, network, step, outputs, &view->truth[view->n]);
      view->n++;
      view->n_train += step->part == CAM_PART_TRAIN;
    }
}

/* The plan ----------------------------------------------------------------------------------------------------------- */

/* Pixels in columns of their own, named alike: "p00", "pixel_1" …; as many as make a square. */
static gboolean
is_square_picture (CamPreparation *preparation,
                   gsize          *side)
{
  const char *first = cam_preparation_get_input_name (preparation, 0);
  gsize n = cam_preparation_get_n_inputs (preparation), n_letters = 0;

  *side = (gsize) (sqrt ((double) n) + 0.5);
  while (g_ascii_isalpha (first[n_letters]) || first[n_letters] == '_')
    n_letters++;
  if (*side < 4 || *side * *side != n || n_letters == 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const char *name = cam_preparation_get_input_name (preparation, i);

      if (strncmp (name, first, n_letters) != 0 || !g_ascii_isdigit (name[n_letters]))
        return FALSE;
    }
  return TRUE;
}

/* What is no picture becomes a strip. */
static CamShape
find_picture (CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamShape shape = cam_preparation_get_input_shape (preparation);
  gsize side;

  if (shape.n_dims == 3)
    return shape;
  if (shape.n_dims == 1 && is_square_picture (preparation, &side))
    return (CamShape) { 3, { side, side, 1 } };
  return (CamShape) { 3, { 1, cam_preparation_get_n_inputs (preparation), 1 } };
}

CamSightKind
cam_sight_find_kind (CamDataset *dataset)
{
  CamPreparation *preparation;

  g_return_val_if_fail (dataset != NULL, CAM_SIGHT_NOTHING);

  preparation = cam_dataset_get_preparation (dataset);
  if (cam_preparation_get_task (preparation) == CAM_TASK_AUTOENCODER)
    return cam_preparation_get_vocabulary (preparation) > 0 || cam_preparation_is_sequence (preparation) ? CAM_SIGHT_NOTHING : CAM_SIGHT_COPIES;
  if (cam_preparation_is_sequence (preparation))
    return cam_preparation_get_task (preparation) == CAM_TASK_REGRESSION ? CAM_SIGHT_FORECAST : CAM_SIGHT_NOTHING;
  return cam_preparation_get_input_shape (preparation).n_dims == 3 ? CAM_SIGHT_FILTERS : CAM_SIGHT_NOTHING;
}

static CamPart
find_part (CamDataset *dataset)
{
  return cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION) > 0 ? CAM_PART_VALIDATION : CAM_PART_TRAIN;
}

gsize
cam_sight_count (CamDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return cam_dataset_get_n_rows (dataset, find_part (dataset));
}

CamSight *
cam_sight_new (CamDataset *dataset,
               guint       choice)
{
  CamSight *self;
  CamSightKind kind;

  g_return_val_if_fail (dataset != NULL, NULL);

  kind = cam_sight_find_kind (dataset);
  if (kind == CAM_SIGHT_NOTHING || cam_sight_count (dataset) == 0)
    return NULL;
  self = g_new0 (CamSight, 1);
  self->kind = kind;
  self->dataset = cam_dataset_ref (dataset);
  self->part = find_part (dataset);
  self->choice = kind == CAM_SIGHT_FILTERS ? MIN (choice, (guint) cam_sight_count (dataset) - 1) : choice;
  self->picture = find_picture (dataset);
  return self;
}

void
cam_sight_free (CamSight *self)
{
  if (self == NULL)
    return;
  cam_dataset_unref (self->dataset);
  g_free (self);
}

CamSightView *
cam_sight_ask (const CamSight   *self,
               const CamNetwork *network)
{
  CamSightView *view;

  g_return_val_if_fail (self != NULL && network != NULL, NULL);

  view = g_new0 (CamSightView, 1);
  view->rows = g_ptr_array_new_with_free_func (row_free);
  switch (self->kind)
    {
    case CAM_SIGHT_FILTERS:
      ask_filters (self, network, view);
      break;
    case CAM_SIGHT_COPIES:
      ask_copies (self, network, view);
      break;
    case CAM_SIGHT_FORECAST:
      ask_forecast (self, network, view);
      break;
    case CAM_SIGHT_NOTHING:
    default:
      break;
    }
  return view;
}

gboolean
cam_sight_find_picture (CamDataset *dataset,
                        CamShape   *shape)
{
  g_return_val_if_fail (dataset != NULL && shape != NULL, FALSE);

  *shape = find_picture (dataset);
  return shape->dims[0] > 1;
}

CamSightView *
cam_sight_list_copies (CamDataset       *dataset,
                       const CamNetwork *network,
                       CamPart           part,
                       const gsize      *samples,
                       gsize             n)
{
  CamSightView *view = g_new0 (CamSightView, 1);
  gsize n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset));
  CamShape picture = find_picture (dataset);
  g_autofree float *y = g_new (float, n_inputs);
  CamTileRow *in, *out;

  view->rows = g_ptr_array_new_with_free_func (row_free);
  in = add_row (view, g_strdup (_("What goes in")), FALSE);
  out = add_row (view, g_strdup (_("What comes out")), FALSE);
  for (gsize i = 0; i < n; i++)
    {
      const float *x = cam_dataset_get_x (dataset, part) + samples[i] * n_inputs;
      CamTile *before, *after;
      double sum = 0.0;

      cam_network_predict (network, x, 1, y);
      for (gsize k = 0; k < n_inputs; k++)
        sum += ((double) y[k] - x[k]) * ((double) y[k] - x[k]);
      before = new_tile (x, picture, 1);
      after = new_tile (y, picture, 1);
      before->row = after->row = cam_dataset_get_rows (dataset, part)[samples[i]] + 1;
      after->error = sum / (double) n_inputs;
      after->low = before->low;
      after->high = before->high;
      g_ptr_array_add (in->tiles, before);
      g_ptr_array_add (out->tiles, after);
    }

  return view;
}
