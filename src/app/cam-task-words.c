/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The task of a dataset in words. */

#include "cam-task-words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define MAX_NAMES 3

static const char *const sample_keys[CAM_N_UNITS] = { NULL, "sequence", "text", "image" };

/* A text column among the features makes a text, whether its section is there or not. */
CamUnit
cam_unit_of (const json_t *data)
{
  for (CamUnit samples = CAM_UNIT_SEQUENCE; samples < CAM_N_UNITS; samples++)
    if (json_object_get (data, sample_keys[samples]) != NULL)
      return samples;
  return CAM_UNIT_ROW;
}

const char *
cam_unit_get_key (CamUnit samples)
{
  g_return_val_if_fail (samples < CAM_N_UNITS, NULL);

  return sample_keys[samples];
}

const char *
cam_task_get_title (const char *word)
{
  if (g_strcmp0 (word, "regression") == 0)
    return C_("task", "Regression");
  if (g_strcmp0 (word, "binary") == 0)
    return C_("task", "Two classes");
  if (g_strcmp0 (word, "multi-class") == 0)
    return C_("task", "Several classes");
  if (g_strcmp0 (word, "multi-label") == 0)
    return C_("task", "Several labels");
  if (g_strcmp0 (word, "autoencoder") == 0)
    return C_("task", "Autoencoder");
  return C_("task", "As found");
}

typedef const char *(*CamNameFunc) (const CamPreparation *preparation, guint i);

/* "a", "a and b", "a, b and c"; NULL where there are more. */
static char *
join (const CamPreparation *preparation,
      CamNameFunc           get_name,
      guint                 n,
      gboolean              with_or)
{
  GString *names;

  if (n == 0 || n > MAX_NAMES)
    return NULL;
  names = g_string_new (get_name (preparation, 0));
  for (guint i = 1; i < n; i++)
    {
      /* translators: between the last two of a list */
      const char *last = with_or ? _(" or ") : _(" and ");

      g_string_append (names, i + 1 == n ? last : _(", "));
      g_string_append (names, get_name (preparation, i));
    }
  return g_string_free (names, FALSE);
}

/* What it is learned from: "30 numbers", "6 columns", "pictures of 28 × 28". */
static char *
describe_inputs (CamDataset   *dataset,
                 const json_t *data)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamTable *table = cam_dataset_get_table (dataset);
  CamShape shape = cam_preparation_get_input_shape (preparation);
  const guint n = cam_preparation_get_n_features (preparation);
  g_autoptr(json_t) settings = NULL;
  guint n_numbers = 0;

  if (cam_preparation_is_sequence (preparation))
    return g_strdup_printf (ngettext ("windows of %u row", "windows of %u rows", (guint) shape.dims[0]), (guint) shape.dims[0]);
  if (cam_preparation_get_vocabulary (preparation) > 0)
    return g_strdup_printf (_("the words of %s"), cam_preparation_get_feature_name (preparation, 0));
  if (shape.n_dims == 3)
    return g_strdup_printf (_("pictures of %u × %u"), (guint) shape.dims[0], (guint) shape.dims[1]);
  settings = cam_dataset_list_settings (table, data);
  for (guint i = 0; i < n; i++)
    {
      int column = cam_table_find (table, cam_preparation_get_feature_name (preparation, i));
      const char *kind = column >= 0 ? json_string_value (json_object_get (json_array_get (settings, (gsize) column), "kind")) : NULL;

      n_numbers += g_strcmp0 (kind, "number") == 0;
    }
  if (n_numbers == n)
    return g_strdup_printf (ngettext ("%u number", "%u numbers", n), n);
  return g_strdup_printf (ngettext ("%u column", "%u columns", n), n);
}

char *
cam_task_dup_sentence (CamDataset   *dataset,
                       const json_t *data)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  const guint n_classes = cam_preparation_get_n_classes (preparation), n_targets = cam_preparation_get_n_targets (preparation);
  const guint horizon = cam_preparation_get_horizon (preparation);
  g_autofree char *inputs = describe_inputs (dataset, data);
  g_autofree char *classes = join (preparation, cam_preparation_get_class_name, n_classes, TRUE);
  g_autofree char *targets = join (preparation, cam_preparation_get_target_name, n_targets, FALSE);

  if (targets == NULL)
    targets = g_strdup_printf (ngettext ("%u column", "%u columns", n_targets), n_targets);
  switch (cam_dataset_get_task (dataset))
    {
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTICLASS:
      /* translators: “Classify diagnosis: malignant or benign, from 30 numbers” */
      if (classes != NULL)
        return g_strdup_printf (_("Classify %s: %s, from %s"), targets, classes, inputs);
      /* translators: “Classify digit into 10 classes, from 64 numbers” */
      return g_strdup_printf (ngettext ("Classify %s into %u class, from %s", "Classify %s into %u classes, from %s", n_classes), targets, n_classes, inputs);
    case CAM_TASK_MULTILABEL:
      if (n_targets > MAX_NAMES)
        /* translators: “Tell which of 7 labels hold, from 20 numbers” */
        return g_strdup_printf (ngettext ("Tell which of %u label hold, from %s", "Tell which of %u labels hold, from %s", n_targets), n_targets, inputs);
      /* translators: “Tell which labels hold: red, green and blue, from 20 numbers” */
      return g_strdup_printf (_("Tell which labels hold: %s, from %s"), targets, inputs);
    case CAM_TASK_AUTOENCODER:
      /* translators: an autoencoder: “Give back 64 numbers” */
      return g_strdup_printf (_("Give back %s"), inputs);
    case CAM_TASK_REGRESSION:
    default:
      if (cam_preparation_is_sequence (preparation) && horizon > 0)
        /* translators: “Forecast co2, 12 steps ahead, from windows of 24 rows” */
        return g_strdup_printf (ngettext ("Forecast %s, %u step ahead, from %s", "Forecast %s, %u steps ahead, from %s", horizon), targets, horizon, inputs);
      /* translators: “Predict cooling_load from 9 columns” */
      return g_strdup_printf (_("Predict %s from %s"), targets, inputs);
    }
}

static void
append_positive (GString    *text,
                 CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  g_autofree char *count = NULL, *all = NULL, *share = NULL;
  gsize n = 0, n_all = 0;

  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    {
      n += cam_dataset_get_n_of_class (dataset, part, 1);
      n_all += cam_dataset_get_n_rows (dataset, part);
    }
  count = cam_words_count (n);
  all = cam_words_count (n_all);
  share = cam_words_share (n_all > 0 ? (double) n / (double) n_all : 0);
  /* translators: “212 of 569 rows are M (37.3 %). ” */
  g_string_append_printf (text, _("%s of %s rows are %s (%s). "), count, all, cam_preparation_get_class_name (preparation, 1), share);
}

char *
cam_task_dup_detail (CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  CamShape shape = cam_preparation_get_input_shape (preparation);
  const guint n_columns = cam_preparation_get_n_columns (preparation);
  const guint n_outputs = cam_preparation_get_n_outputs (preparation);
  GString *text = g_string_new (NULL);

  if (cam_dataset_get_task (dataset) == CAM_TASK_BINARY)
    append_positive (text, dataset);

  /* translators: “30 columns become 30 inputs; the network gives 1 output.” */
  g_string_append_printf (text, ngettext ("%u column becomes", "%u columns become", n_columns), n_columns);
  g_string_append_c (text, ' ');
  if (shape.n_dims > 1)
    {
      GString *size = g_string_new (NULL);

      for (guint i = 0; i < (guint) shape.n_dims; i++)
        g_string_append_printf (size, "%s%u", i > 0 ? " × " : "", (guint) shape.dims[i]);
      g_string_append_printf (text, _("%s inputs; the network gives"), size->str);
      g_string_free (size, TRUE);
    }
  else
    g_string_append_printf (text, ngettext ("%u input; the network gives", "%u inputs; the network gives", cam_preparation_get_n_inputs (preparation)),
                            cam_preparation_get_n_inputs (preparation));
  g_string_append_c (text, ' ');
  g_string_append_printf (text, ngettext ("%u output.", "%u outputs.", n_outputs), n_outputs);
  return g_string_free (text, FALSE);
}
