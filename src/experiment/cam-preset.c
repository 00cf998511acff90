/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presets: a table of builders. Sizes follow the data as they do for a first proposal; which of them can be trained is found by the check that everything has to pass. */
#include "cam-preset.h"

#include <glib/gi18n-lib.h>

#include "cam-experiment-private.h"

/* What follows a change of task is mended in so few steps, or is somebody's own choice to mend. */
#define MOST_FIXES 8

typedef enum { ROWS_OF_NUMBERS, ROWS_ARE_IMAGES, ROWS_ARE_SERIES, ROWS_ARE_TEXTS, ROWS_GIVEN_BACK } Rows;

/* What the builders need to know. */
typedef struct
{
  const CamDataset *dataset;
  CamTask           task;
  CamShape          input;
  guint             n_inputs, n_outputs, n_words;
  guint             units;       /* of a hidden layer that suits the data */
  double            scale;       /* of pixels, to about 1; 0: they are so already */
} Facts;

static void
add (json_t     *layers,
     const char *class_name,
     const char *format,         /* of the settings, as for json_pack() */
     ...)
{
  va_list values;
  json_t *config;

  va_start (values, format);
  config = json_vpack_ex (NULL, 0, format, values);
  va_end (values);
  json_array_append_new (layers, json_pack ("{s:s, s:o}", "class_name", class_name, "config", config));
}

static void
add_dense (json_t     *layers,
           guint       units,
           const char *activation)
{
  add (layers, "Dense", "{s:i, s:s}", "units", (int) units, "activation", activation);
}

/* Numbers ---------------------------------------------------------------------------------------------------------- */

static void
build_linear (const Facts *facts,
              json_t      *layers)
{
}

static void
build_small (const Facts *facts,
             json_t      *layers)
{
  add_dense (layers, MAX (8, facts->units / 4), "relu");
}

/* Each layer normalised before it bends, and thinned out after it. */
static void
build_deep (const Facts *facts,
            json_t      *layers)
{
  for (guint i = 0; i < 3; i++)
    {
      add_dense (layers, MAX (8, (2 * facts->units) >> i), "linear");
      add (layers, "BatchNormalization", "{}");
      add (layers, "Activation", "{s:s}", "activation", "relu");
      if (i < 2)
        add (layers, "Dropout", "{s:f}", "rate", 0.3);
    }
}

/* Images ----------------------------------------------------------------------------------------------------------- */

static void
rescale (const Facts *facts,
         json_t      *layers)
{
  if (facts->scale > 0.0)
    add (layers, "Rescaling", "{s:f}", "scale", facts->scale);
}

static void
build_pixels (const Facts *facts,
              json_t      *layers)
{
  rescale (facts, layers);
  add (layers, "Flatten", "{}");
  add_dense (layers, 128, "relu");
  add (layers, "Dropout", "{s:f}", "rate", 0.3);
}

/* Two rounds of two convolutions, each halved while there is something to halve. */
static void
build_deep_cnn (const Facts *facts,
                json_t      *layers)
{
  gsize side = MIN (facts->input.dims[0], facts->input.dims[1]);

  rescale (facts, layers);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < 2; i++)
        add (layers, "Conv2D", "{s:i, s:i, s:s, s:s}", "filters", 32 << round, "kernel_size", 3, "padding", "same", "activation", "relu");
      if (side >= 4)
        add (layers, "MaxPooling2D", "{s:i}", "pool_size", 2);
      side /= 2;
      add (layers, "Dropout", "{s:f}", "rate", 0.25);
    }
  add (layers, "Flatten", "{}");
  add_dense (layers, 128, "relu");
  add (layers, "Dropout", "{s:f}", "rate", 0.5);
}

/* Series ----------------------------------------------------------------------------------------------------------- */

static void
build_gru (const Facts *facts,
           json_t      *layers)
{
  add (layers, "GRU", "{s:i}", "units", 32);
}

static void
build_two_lstms (const Facts *facts,
                 json_t      *layers)
{
  add (layers, "LSTM", "{s:i, s:b}", "units", 64, "return_sequences", 1);
  add (layers, "Dropout", "{s:f}", "rate", 0.2);
  add (layers, "LSTM", "{s:i}", "units", 32);
}

static void
build_conv1d (const Facts *facts,
              json_t      *layers)
{
  add (layers, "Conv1D", "{s:i, s:i, s:s, s:s}", "filters", 32, "kernel_size", 3, "padding", "causal", "activation", "relu");
  add (layers, "Conv1D", "{s:i, s:i, s:s, s:i, s:s}", "filters", 32, "kernel_size", 3, "padding", "causal", "dilation_rate", 2, "activation", "relu");
  add (layers, "Flatten", "{}");
}

/* Texts ------------------------------------------------------------------------------------------------------------ */

static void
build_pooling (const Facts *facts,
               json_t      *layers)
{
  add (layers, "Embedding", "{s:i, s:i, s:b}", "input_dim", (int) facts->n_words, "output_dim", 16, "mask_zero", 1);
  add (layers, "GlobalAveragePooling1D", "{}");
  add_dense (layers, 16, "relu");
}

static void
build_words_conv1d (const Facts *facts,
                    json_t      *layers)
{
  add (layers, "Embedding", "{s:i, s:i}", "input_dim", (int) facts->n_words, "output_dim", 16);
  add (layers, "Conv1D", "{s:i, s:i, s:s, s:s}", "filters", 32, "kernel_size", 3, "padding", "same", "activation", "relu");
  add (layers, "GlobalMaxPooling1D", "{}");
  add (layers, "Dropout", "{s:f}", "rate", 0.3);
}

/* Input given back --------------------------------------------------------------------------------------------------- */

/* The end of the proposed autoencoder: the layer that gives the numbers back, and what puts them in shape. */
static void
append_end (const Facts *facts,
            json_t      *layers)
{
  g_autoptr(json_t) proposed = cam_task_make_network (facts->dataset, facts->n_inputs);
  gsize n = json_array_size (proposed), n_end = facts->input.n_dims > 1 ? 2 : 1;

  for (gsize i = n - n_end; i < n; i++)
    json_array_append (layers, json_array_get (proposed, i));
}

static void
build_shallow (const Facts *facts,
               json_t      *layers)
{
  if (facts->input.n_dims > 1)
    add (layers, "Flatten", "{}");
  add_dense (layers, CLAMP (facts->n_inputs / 4, 1, 32), "relu");
  append_end (facts, layers);
}

static void
add_conv_same (json_t     *layers,
               gsize       filters,
               const char *activation)
{
  add (layers, "Conv2D", "{s:I, s:i, s:s, s:s}", "filters", (json_int_t) filters, "kernel_size", 3, "padding", "same", "activation", activation);
}

/* Halved twice, and twice doubled again: sizes that four does not divide come out as others, and the check takes it out. */
static void
build_conv_autoencoder (const Facts *facts,
                        json_t      *layers)
{
  g_autoptr(json_t) end = json_array ();
  const char *activation;

  append_end (facts, end);
  activation = json_string_value (json_object_get (json_object_get (json_array_get (end, 0), "config"), "activation"));
  add_conv_same (layers, 16, "relu");
  add (layers, "MaxPooling2D", "{s:i}", "pool_size", 2);
  add_conv_same (layers, 8, "relu");
  add (layers, "MaxPooling2D", "{s:i}", "pool_size", 2);
  add_conv_same (layers, 8, "relu");
  add (layers, "UpSampling2D", "{s:i}", "size", 2);
  add_conv_same (layers, 16, "relu");
  add (layers, "UpSampling2D", "{s:i}", "size", 2);
  add_conv_same (layers, facts->input.n_dims == 3 ? facts->input.dims[2] : 1, activation);
}

/* ------------------------------------------------------------------------------------------------------------------ */

/* @build NULL: what is proposed for such rows; else all but the output, which the task gives. */
static const struct
{
  Rows        rows;
  const char *id, *title, *note;
  void      (*build) (const Facts *facts, json_t *layers);
} presets[] = {
  { ROWS_OF_NUMBERS, "linear", N_("Linear model"), N_("A weighted sum of the features: the mark that every deeper network has to beat."), build_linear },
  { ROWS_OF_NUMBERS, "small", N_("Small network"), N_("One small hidden layer: for few rows, where much would be learnt by heart."), build_small },
  { ROWS_OF_NUMBERS, "medium", N_("Medium network"), N_("Two hidden layers: a good first guess for most tables."), NULL },
  { ROWS_OF_NUMBERS, "deep", N_("Deep network"), N_("Three hidden layers with batch normalization and dropout: for many rows and tangled relations."), build_deep },

  { ROWS_ARE_IMAGES, "pixels", N_("Dense on pixels"), N_("Each pixel by itself: quick, for small images whose parts stay in their places."), build_pixels },
  { ROWS_ARE_IMAGES, "small-cnn", N_("Small CNN"), N_("Two convolutions that find edges and corners anywhere: a good first guess for images."), NULL },
  { ROWS_ARE_IMAGES, "deep-cnn", N_("Deep CNN"), N_("Four convolutions with dropout: better with thousands of images, and many times slower."), build_deep_cnn },

  { ROWS_ARE_SERIES, "conv1d", N_("1-D convolution"), N_("Filters over the latest steps: the quickest, for patterns of a few steps."), build_conv1d },
  { ROWS_ARE_SERIES, "gru", N_("GRU"), N_("A memory with fewer weights than LSTM: for short windows and few rows."), build_gru },
  { ROWS_ARE_SERIES, "lstm", N_("LSTM"), N_("A memory that keeps and forgets: a good first guess for series."), NULL },
  { ROWS_ARE_SERIES, "two-lstms", N_("Two LSTMs"), N_("One memory upon another: for long series with slow and fast movements."), build_two_lstms },

  { ROWS_ARE_TEXTS, "embedding-pooling", N_("Embedding and pooling"), N_("The mean of the words’ vectors: quick, where the words matter and their order does not."), build_pooling },
  { ROWS_ARE_TEXTS, "embedding-conv1d", N_("Embedding and convolution"), N_("Looks for telling phrases of three words, wherever they stand."), build_words_conv1d },
  { ROWS_ARE_TEXTS, "embedding-gru", N_("Embedding and GRU"), N_("Reads word after word: for texts in which the order matters."), NULL },

  { ROWS_GIVEN_BACK, "shallow-autoencoder", N_("Shallow autoencoder"), N_("One narrow layer: close to a principal component analysis, and as easy to read."), build_shallow },
  { ROWS_GIVEN_BACK, "conv-autoencoder", N_("Convolutional autoencoder"), N_("Filters, halved twice and doubled again: for images, whose neighbours belong together."), build_conv_autoencoder },
  { ROWS_GIVEN_BACK, "deep-autoencoder", N_("Deep autoencoder"), N_("Three layers around a narrow neck: for features that hang together in bent ways."), NULL },
};

static Rows
find_rows (const Facts    *facts,
           CamPreparation *preparation)
{
  if (facts->task == CAM_TASK_AUTOENCODER)
    return ROWS_GIVEN_BACK;
  if (facts->n_words > 0)
    return ROWS_ARE_TEXTS;
  if (cam_preparation_is_sequence (preparation))
    return ROWS_ARE_SERIES;
  return facts->input.n_dims == 3 ? ROWS_ARE_IMAGES : ROWS_OF_NUMBERS;
}

static json_t *
make_layers (const Facts *facts,
             guint        preset)
{
  json_t *layers;

  if (presets[preset].build == NULL)
    return cam_task_make_network (facts->dataset, facts->n_inputs);

  layers = json_array ();
  presets[preset].build (facts, layers);
  if (presets[preset].rows != ROWS_GIVEN_BACK)
    json_array_append_new (layers, cam_task_make_output (facts->task, facts->n_outputs));
  return layers;
}

static CamExperiment *
with (CamExperiment *experiment,    /* taken */
      const char    *path,
      const json_t  *value)
{
  CamExperiment *changed = cam_experiment_with (experiment, path, value, NULL);

  if (changed == NULL)
    return experiment;
  cam_experiment_unref (experiment);
  return changed;
}

/* The first problem that a network can be the cause of, with what has to go with it: TRUE, and a copy of its fix. What is wrong with data or split is so whatever the network. */
static gboolean
find_problem (const CamExperiment  *experiment,
              const CamDataset     *dataset,
              char                **path,
              json_t              **value)
{
  static const char *const places[] = { "network", "loss", "metrics", "callbacks" };
  g_autoptr(GPtrArray) problems = cam_experiment_check (experiment, dataset);

  for (guint i = 0; i < problems->len; i++)
    for (guint p = 0; p < G_N_ELEMENTS (places); p++)
      {
        const CamProblem *problem = g_ptr_array_index (problems, i);

        if (!g_str_has_prefix (problem->where, places[p]))
          continue;
        *path = g_strdup (problem->fix_path);
        *value = problem->fix_value != NULL ? json_incref (problem->fix_value) : NULL;
        return TRUE;
      }

  return FALSE;
}

/* @experiment with @layers, and with whatever else they need; NULL: it cannot be trained all the same. */
static CamExperiment *
fit_out (const CamExperiment *experiment,
         const Facts         *facts,
         const json_t        *layers)
{
  g_autoptr(CamExperiment) changed = cam_experiment_with (experiment, "network", layers, NULL);
  g_autoptr(json_t) loss = json_string (cam_task_get_loss (facts->task));
  g_autoptr(json_t) metrics = json_pack ("[s]", cam_task_get_metric (facts->task));

  if (changed == NULL)
    return NULL;
  for (guint i = 0; i < MOST_FIXES; i++)
    {
      g_autofree char *path = NULL;
      g_autoptr(json_t) value = NULL;

      if (!find_problem (changed, facts->dataset, &path, &value))
        return g_steal_pointer (&changed);
      if (i == 0)
        changed = with (with (g_steal_pointer (&changed), "loss", loss), "metrics", metrics);
      /* The network is as it should be: what wants to change it cannot be had by loss and metrics. */
      else if (path == NULL || g_str_has_prefix (path, "network"))
        return NULL;
      else
        changed = with (g_steal_pointer (&changed), path, value);
    }
  return NULL;
}

static guint64
count_params (const Facts   *facts,
              CamExperiment *experiment)
{
  g_autoptr(GPtrArray) reports = cam_network_inspect (&facts->input, cam_experiment_get_network (experiment));
  guint64 n = 0;

  for (guint i = 0; i < reports->len; i++)
    n += ((const CamLayerReport *) g_ptr_array_index (reports, i))->n_params;

  return n;
}

static CamPreset *
make_preset (const CamExperiment *experiment,
             const Facts         *facts,
             guint                i)
{
  g_autoptr(json_t) layers = make_layers (facts, i);
  CamExperiment *fitted = fit_out (experiment, facts, layers);
  CamPreset *self;

  if (fitted == NULL)
    return NULL;

  self = g_new0 (CamPreset, 1);
  self->id = presets[i].id;
  /* One output of a sum is a line; a probability of it is called otherwise. */
  self->title = presets[i].build == build_linear && !cam_task_is_of_numbers (facts->task) ? _("Logistic model") : _(presets[i].title);
  self->note = _(presets[i].note);
  self->is_proposed = presets[i].build == NULL;
  self->experiment = fitted;
  self->n_params = count_params (facts, fitted);
  return self;
}

GPtrArray *
cam_preset_list (const CamExperiment *experiment,
                 const CamDataset    *dataset)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_preset_free);
  CamPreparation *preparation;
  Facts facts;
  Rows rows;

  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (dataset != NULL, NULL);

  preparation = cam_dataset_get_preparation (dataset);
  facts = (Facts) {
    .dataset = dataset, .task = cam_dataset_get_task (dataset), .input = cam_preparation_get_input_shape (preparation), .n_inputs = cam_preparation_get_n_inputs (preparation),
    .n_outputs = cam_preparation_get_n_outputs (preparation), .n_words = cam_preparation_get_vocabulary (preparation), .units = cam_task_choose_units (dataset),
  };
  rows = find_rows (&facts, preparation);
  if (rows == ROWS_ARE_IMAGES)
    facts.scale = cam_task_choose_scale (dataset);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (presets[i].rows == rows)
      {
        CamPreset *preset = make_preset (experiment, &facts, i);

        if (preset != NULL)
          g_ptr_array_add (list, preset);
      }

  return list;
}

void
cam_preset_free (CamPreset *self)
{
  if (self == NULL)
    return;

  cam_experiment_unref (self->experiment);
  g_free (self);
}
