/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model in words. */

#include "cam-model-words.h"

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define MAX_NAMES 12

char *
cam_model_words_task (const CamModel *model)
{
  CamPreparation *preparation = cam_model_get_preparation (model);
  g_autoptr(CamPredictions) form = NULL;

  if (preparation != NULL)
    return cam_preparation_describe_task (preparation);
  form = cam_model_describe_answers (model);
  switch (cam_model_get_task (model))
    {
    case CAM_TASK_BINARY:
      return g_strdup (_("Says yes or no: its last layer is one sigmoid"));
    case CAM_TASK_MULTICLASS:
      return g_strdup_printf (_("Tells %u classes apart: its last layer is a softmax"), form->n_outputs);
    case CAM_TASK_MULTILABEL:
      return g_strdup_printf (_("Gives %u labels: its last layer is a sigmoid for each"), form->n_outputs);
    case CAM_TASK_AUTOENCODER:
    case CAM_TASK_REGRESSION:
    default:
      return g_strdup_printf (ngettext ("Gives %u number", "Gives %u numbers", form->n_outputs), form->n_outputs);
    }
}

static char *
describe_foreign_input (const CamModel *model,
                        const CamAsker *asker)
{
  guint n = cam_asker_get_n_features (asker), height, width, channels;
  double brightest;

  if (cam_asker_get_kind (asker) != CAM_ASK_PICTURE)
    return g_strdup_printf (ngettext ("%u number for each row. The model does not name its columns: of a CSV file it takes the columns of numbers in their order.",
                                      "%u numbers for each row. The model does not name its columns: of a CSV file it takes the columns of numbers in their order.", n), n);
  cam_asker_get_picture (asker, &height, &width, &channels, &brightest);
  return g_strdup_printf (channels == 3 ? _("A picture in colour of %u × %u pixels, from 0 to %g. Draw one, open a picture, or open a CSV file with a column for each pixel.")
                                        : _("A picture of %u × %u pixels, from 0 to %g. Draw one, open a picture, or open a CSV file with a column for each pixel."),
                          height, width, brightest);
}

char *
cam_model_words_input (const CamModel *model,
                       const CamAsker *asker)
{
  CamPreparation *preparation = cam_model_get_preparation (model);
  guint n, height, width, channels;
  double brightest;
  g_autofree char *count = NULL;

  if (preparation == NULL)
    return describe_foreign_input (model, asker);
  n = cam_preparation_get_n_columns (preparation);
  switch (cam_asker_get_kind (asker))
    {
    case CAM_ASK_PICTURE:
      cam_asker_get_picture (asker, &height, &width, &channels, &brightest);
      return g_strdup_printf (channels == 3 ? _("A picture in colour of %u × %u pixels, from 0 to %g. Draw one, open a picture, or open a CSV file with a column for each pixel.")
                                            : _("A picture of %u × %u pixels, from 0 to %g. Draw one, open a picture, or open a CSV file with a column for each pixel."),
                              height, width, brightest);
    case CAM_ASK_TEXT:
      count = cam_words_count (cam_preparation_get_vocabulary (preparation));
      return g_strdup_printf (_("A text in the column “%s”, of which it knows %s words. Type one at the right, or open a CSV file with that column."),
                              cam_preparation_get_feature_name (preparation, 0), count);
    case CAM_ASK_FILE:
      return g_strdup_printf (ngettext ("A CSV file with this %u column, and at least %u rows that follow each other.",
                                        "A CSV file with these %u columns, in any order, and at least %u rows that follow each other.", n),
                              n, cam_preparation_get_length (preparation));
    case CAM_ASK_COLUMNS:
    default:
      return g_strdup_printf (ngettext ("A CSV file with this column.", "A CSV file with these %u columns, in any order; others are left aside.", n), n);
    }
}

static char *
join_names (const char *const *names,
            guint              n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", names[i]);
  if (n > MAX_NAMES)
    /* translators: after a list of names */
    g_string_append_printf (text, _(" and %u more"), n - MAX_NAMES);
  return g_string_free (text, FALSE);
}

char *
cam_model_words_feature (const CamFeature *feature)
{
  g_autofree char *min = NULL;
  g_autofree char *max = NULL;

  if (feature->is_text)
    return g_strdup (_("text"));
  if (feature->levels != NULL)
    return join_names ((const char *const *) feature->levels->pdata, feature->levels->len);
  min = cam_feature_dup_text (feature, feature->min);
  max = cam_feature_dup_text (feature, feature->max);
  /* translators: the smallest and the largest value of a column in training */
  return g_strdup_printf (_("%s … %s"), min, max);
}

char *
cam_model_words_answers (const CamModel *model,
                         const CamAsker *asker)
{
  const CamPredictions *form = cam_asker_get_form (asker);
  g_autofree char *names = NULL;
  g_autofree char *share = NULL;

  if (cam_model_get_preparation (model) == NULL || form->class_names == NULL)
    return NULL;
  names = join_names ((const char *const *) form->class_names, g_strv_length (form->class_names));
  if (form->n_outputs > 1 || cam_model_get_threshold (model, 0) == 0.5)
    return g_steal_pointer (&names);
  share = cam_words_share (cam_model_get_threshold (model, 0));
  /* translators: the classes of a model; then the second of them, and the probability above which it is answered */
  return g_strdup_printf (_("%s. It says “%s” above %s."), names, form->class_names[1], share);
}
