/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first network for a dataset: what its rows are (numbers, images, series, texts) and what is to be told of them decide on the kind, their count on the size. */
#include <math.h>

#include "cam-experiment-private.h"

/* What it needs to know of the data. */
typedef struct
{
  CamTask task;
  gsize   n_rows;                /* for training */
  guint   n_inputs, n_outputs;
} Facts;

static void
add_layer (json_t     *layers,
           const char *class_name,
           json_t     *config)             /* taken */
{
  json_array_append_new (layers, json_pack ("{s:s, s:o}", "class_name", class_name, "config", config));
}

static void
add_dense (json_t     *layers,
           guint       units,
           const char *activation)
{
  add_layer (layers, "Dense", json_pack ("{s:i, s:s}", "units", (int) units, "activation", activation));
}

static json_t *
shape_to_json (CamShape shape)
{
  json_t *list = json_array ();

  for (guint i = 0; i < shape.n_dims; i++)
    json_array_append_new (list, json_integer ((json_int_t) shape.dims[i]));

  return list;
}

/* Numbers ---------------------------------------------------------------------------------------------------------- */

/* Two to four times as wide as the input, within what the rows can teach: about one weight for each row, with a floor that bends every curve. */
static guint
choose_units (const Facts *facts)
{
  guint units = 16;

  while (units < 256 && units < 2 * facts->n_inputs)
    units *= 2;
  while (units < 64 && (double) units * units < (double) facts->n_rows)
    units *= 2;
  while (units > 16 && (double) units * (facts->n_inputs + units / 2.0) > 20.0 * (double) facts->n_rows)
    units /= 2;

  return units;
}

static Facts
find_facts (const CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);

  return (Facts) { cam_dataset_get_task (dataset), cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), cam_preparation_get_n_inputs (preparation), cam_preparation_get_n_outputs (preparation) };
}

guint
cam_task_choose_units (const CamDataset *dataset)
{
  Facts facts = find_facts (dataset);

  return choose_units (&facts);
}

static json_t *
make_dense (const Facts *facts)
{
  guint units = choose_units (facts);
  json_t *layers = json_array ();

  add_dense (layers, units, "relu");
  add_dense (layers, units / 2, "relu");
  json_array_append_new (layers, cam_task_make_output (facts->task, facts->n_outputs));

  return layers;
}

/* Are all numbers that go in, and are to come out, between 0 and 1? */
static gboolean
is_within_one (const CamDataset *dataset,
               gsize             n)
{
  const float *x = cam_dataset_get_x (dataset, CAM_PART_TRAIN);

  for (gsize i = 0; i < n; i++)
    if (x[i] < 0.0f || x[i] > 1.0f)
      return FALSE;

  return TRUE;
}

/* Through a neck of a quarter of the numbers, and back. */
static json_t *
make_autoencoder (const CamDataset *dataset,
                  const Facts      *facts)
{
  CamShape shape = cam_preparation_get_output_shape (cam_dataset_get_preparation (dataset));
  guint wide = CLAMP (facts->n_inputs * 3 / 4, 2, 256), neck = CLAMP (facts->n_inputs / 4, 1, 32);
  json_t *layers = json_array ();

  if (shape.n_dims > 1)
    add_layer (layers, "Flatten", json_object ());
  add_dense (layers, wide, "relu");
  add_dense (layers, neck, "relu");
  add_dense (layers, wide, "relu");
  add_dense (layers, facts->n_outputs, is_within_one (dataset, facts->n_rows * facts->n_inputs) ? "sigmoid" : "linear");
  if (shape.n_dims > 1)
    add_layer (layers, "Reshape", json_pack ("{s:o}", "target_shape", shape_to_json (shape)));

  return layers;
}

/* Images ----------------------------------------------------------------------------------------------------------- */

/* By 255 for bytes, else by the largest value. */
double
cam_task_choose_scale (const CamDataset *dataset)
{
  const float *x = cam_dataset_get_x (dataset, CAM_PART_TRAIN);
  gsize n = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) * cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset));
  float most = 0.0f;

  for (gsize i = 0; i < n; i++)
    most = MAX (most, fabsf (x[i]));

  return most <= 1.5f ? 0.0 : most > 64.0f && most <= 255.0f ? 1.0 / 255.0 : 1.0 / most;
}

static void
add_conv (json_t   *layers,
          guint     filters,
          gboolean  keeps_size)
{
  add_layer (layers, "Conv2D", json_pack ("{s:i, s:i, s:s, s:s}", "filters", (int) filters, "kernel_size", 3, "padding", keeps_size ? "same" : "valid", "activation", "relu"));
}

/* Two rounds of filters; small images keep their size in the first. */
static json_t *
make_convolution (const CamDataset *dataset,
                  const Facts      *facts)
{
  CamShape shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  gsize side = MIN (shape.dims[0], shape.dims[1]);
  double scale = cam_task_choose_scale (dataset);
  json_t *layers = json_array ();

  if (scale > 0.0)
    add_layer (layers, "Rescaling", json_pack ("{s:f}", "scale", scale));
  add_conv (layers, 16, side < 12);
  if (side >= 12)
    add_layer (layers, "MaxPooling2D", json_pack ("{s:i}", "pool_size", 2));
  add_conv (layers, 32, side < 6);
  if (side >= 4)
    add_layer (layers, "MaxPooling2D", json_pack ("{s:i}", "pool_size", 2));
  add_layer (layers, "Flatten", json_object ());
  add_layer (layers, "Dropout", json_pack ("{s:f}", "rate", 0.3));
  json_array_append_new (layers, cam_task_make_output (facts->task, facts->n_outputs));

  return layers;
}

/* Series and texts ----------------------------------------------------------------------------------------------- */

/* Twice as many as there are numbers in a step, or numbers to be told at once (the rows of the horizon times the targets); fewer where there are few windows to learn from. */
static guint
choose_recurrent_units (const Facts *facts,
                        guint        n_per_step)
{
  guint units = 32;

  while (units < 128 && units < 2 * MAX (n_per_step, facts->n_outputs))
    units *= 2;
  while (units > 8 && 4.0 * units * (units + n_per_step) > 50.0 * (double) facts->n_rows)
    units /= 2;

  return units;
}

static json_t *
make_recurrent (const CamDataset *dataset,
                const Facts      *facts)
{
  CamShape shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  json_t *layers = json_array ();

  add_layer (layers, "LSTM", json_pack ("{s:i}", "units", (int) choose_recurrent_units (facts, (guint) shape.dims[shape.n_dims - 1])));
  json_array_append_new (layers, cam_task_make_output (facts->task, facts->n_outputs));

  return layers;
}

static json_t *
make_reader (const Facts *facts,
             guint        n_words)
{
  json_t *layers = json_array ();

  add_layer (layers, "Embedding", json_pack ("{s:i, s:i, s:b}", "input_dim", (int) n_words, "output_dim", 16, "mask_zero", 1));
  add_layer (layers, "GRU", json_pack ("{s:i}", "units", 16));
  add_layer (layers, "Dropout", json_pack ("{s:f}", "rate", 0.3));
  json_array_append_new (layers, cam_task_make_output (facts->task, facts->n_outputs));

  return layers;
}

json_t *
cam_task_make_network (const CamDataset *dataset,
                       guint             n_columns)
{
  CamPreparation *preparation = dataset != NULL ? cam_dataset_get_preparation (dataset) : NULL;
  Facts facts = { CAM_TASK_REGRESSION, 0, n_columns, 1 };

  if (preparation == NULL)
    return make_dense (&facts);

  facts = find_facts (dataset);
  if (facts.task == CAM_TASK_AUTOENCODER)
    return make_autoencoder (dataset, &facts);
  if (cam_preparation_get_vocabulary (preparation) > 0)
    return make_reader (&facts, cam_preparation_get_vocabulary (preparation));
  if (cam_preparation_is_sequence (preparation))
    return make_recurrent (dataset, &facts);

  return cam_preparation_get_input_shape (preparation).n_dims == 3 ? make_convolution (dataset, &facts) : make_dense (&facts);
}

CamPace
cam_task_choose_pace (const CamDataset *dataset,
                      gsize             n_rows)
{
  CamPreparation *preparation = dataset != NULL ? cam_dataset_get_preparation (dataset) : NULL;
  /* Few rows get smaller batches, so that an epoch has steps enough; many rows larger ones, which are faster. */
  gsize n = dataset != NULL ? cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) : n_rows;
  guint batch_size = n < 500 ? 16 : n < 10000 ? 32 : n < 100000 ? 128 : 512;

  if (preparation == NULL)
    return (CamPace) { batch_size, 200, 20, 0.001 };
  /* Words are learnt by heart within a few epochs, and images take long. */
  if (cam_preparation_get_vocabulary (preparation) > 0)
    return (CamPace) { batch_size, 20, 3, 0.002 };
  if (cam_preparation_get_input_shape (preparation).n_dims == 3)
    return (CamPace) { batch_size, 40, 6, 0.002 };
  if (cam_preparation_is_sequence (preparation))
    return (CamPace) { batch_size, 100, 15, 0.003 };

  return (CamPace) { batch_size, 200, 20, 0.001 };
}
