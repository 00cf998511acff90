/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Causes of a divergence. */
#include "cam-run-cause.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-run-rates.h"
#include "cam-train-edit.h"
#include "cam-words.h"

/* Scaled columns stay far below; beyond it a first layer's gradients are as large. */
#define HUGE_INPUT 1000.0
/* A rate so many times the optimizer's usual one is named. */
#define HUGE_RATE 10.0
/* Of the loss, from its lowest to its last. */
#define HUGE_GROWTH 10.0
/* As many numbers are looked at. */
#define MOST_LOOKED_AT 4000000

static const char *
find_bad (const CamRunFacts *facts)
{
  const char *bad = json_string_value (json_object_get (facts->report, "bad"));

  return bad != NULL ? bad : "";
}

/* Indices of words are large by nature. */
static char *
blame_inputs (CamDataset *dataset)
{
  CamPreparation *preparation = dataset != NULL ? cam_dataset_get_preparation (dataset) : NULL;
  const float *x = dataset != NULL ? cam_dataset_get_x (dataset, CAM_PART_TRAIN) : NULL;
  g_autofree char *number = NULL;
  gsize n_inputs, n_rows, at = 0;
  double most = 0;

  if (x == NULL || cam_preparation_get_vocabulary (preparation) > 0)
    return NULL;
  n_inputs = MAX (cam_preparation_get_n_inputs (preparation), 1);
  n_rows = MIN (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), MOST_LOOKED_AT / n_inputs);
  for (gsize i = 0; i < n_rows * n_inputs; i++)
    if (fabs ((double) x[i]) > most)
      {
        most = fabs ((double) x[i]);
        at = i % n_inputs;
      }
  if (!(most >= HUGE_INPUT))
    return NULL;
  number = cam_words_number (most);
  /* translators: an input of the network, and the largest number it gets */
  return g_strdup_printf (_("Likely cause: “%s” reaches %s; values that large make the steps as large. Scale it on the Data page."),
                          cam_preparation_get_input_name (preparation, (guint) at), number);
}

static char *
blame_rate (const CamRunFacts *facts)
{
  const CamKind *kind = cam_train_peek_kind (facts->experiment, CAM_KIND_OPTIMIZER, NULL);
  const CamField *field = kind != NULL ? cam_fields_find (kind->fields, "learning_rate") : NULL;
  double rate = cam_run_rates_get (facts);
  g_autofree char *number = NULL, *usual = NULL, *times = NULL;

  if (field == NULL || !(field->default_number > 0) || !(rate >= HUGE_RATE * field->default_number))
    return NULL;
  number = cam_words_number (rate);
  usual = cam_words_number (field->default_number);
  times = cam_words_number (rate / field->default_number);
  /* translators: a learning rate, how many times, the usual rate, an optimizer such as Adam */
  return g_strdup_printf (_("Likely cause: the learning rate, %s, is %s times the usual %s of %s."), number, times, usual, _(kind->title));
}

static gboolean
has_layer (const CamRunFacts *facts,
           const char        *class_name)
{
  const json_t *layers = cam_experiment_get_network (facts->experiment);

  for (gsize i = 0; i < json_array_size (layers); i++)
    if (!cam_network_is_off (json_array_get (layers, i)) && g_strcmp0 (json_string_value (json_object_get (json_array_get (layers, i), "class_name")), class_name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_activation (const CamRunFacts *facts,
                const char        *activation)
{
  const json_t *layers = cam_experiment_get_network (facts->experiment);

  for (gsize i = 0; i < json_array_size (layers); i++)
    if (!cam_network_is_off (json_array_get (layers, i))
        && g_strcmp0 (json_string_value (json_object_get (json_object_get (json_array_get (layers, i), "config"), "activation")), activation) == 0)
      return TRUE;
  return FALSE;
}

static char *
blame_network (const CamRunFacts *facts)
{
  static const char *const recurrent[] = { "SimpleRNN", "LSTM", "GRU", "Bidirectional" };

  if (has_activation (facts, "exponential"))
    return g_strdup (_("Likely cause: the activation “exponential”, which is no longer a finite number above 88."));
  for (guint i = 0; i < G_N_ELEMENTS (recurrent) && strcmp (find_bad (facts), "gradient") == 0; i++)
    if (has_layer (facts, recurrent[i]))
      /* translators: a layer such as LSTM */
      return g_strdup_printf (_("Likely cause: gradients that grow from step to step through %s. Clip them: “clipnorm” 1 in the optimizer’s settings."), recurrent[i]);
  return NULL;
}

static char *
blame_growth (const CamRunFacts *facts)
{
  const double *loss = cam_run_facts_find (facts, "loss");
  guint lowest = 0;
  g_autofree char *from = NULL, *to = NULL;

  if (loss == NULL || facts->n_epochs < 2)
    return NULL;
  for (guint i = 1; i < facts->n_epochs; i++)
    if (loss[i] < loss[lowest])
      lowest = i;
  if (!(loss[lowest] > 0) || !(loss[facts->n_epochs - 1] >= HUGE_GROWTH * loss[lowest]))
    return NULL;
  from = cam_words_number (loss[lowest]);
  to = cam_words_number (loss[facts->n_epochs - 1]);
  /* translators: a loss, epoch, the last loss */
  return g_strdup_printf (_("Likely cause: steps too large; the loss had already grown from %s in epoch %u to %s."), from, lowest + 1, to);
}

char *
cam_run_cause_describe (const CamRunFacts *facts,
                        CamDataset        *dataset)
{
  char *cause = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  /* What is wrong in the data is said already. */
  if (facts->experiment == NULL || strcmp (find_bad (facts), "data") == 0)
    return g_strdup ("");
  cause = blame_inputs (dataset);
  if (cause == NULL)
    cause = blame_rate (facts);
  if (cause == NULL)
    cause = blame_network (facts);
  if (cause == NULL)
    cause = blame_growth (facts);
  return cause != NULL ? cause : g_strdup ("");
}
