/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scores are called. */
#include "cam-score-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-words.h"

static const struct { const char *name, *hint, *brief; } words[] = {
  [CAM_SCORE_ACCURACY] = { N_("Accuracy"), N_("The share of rows with the right answer"), NULL },
  [CAM_SCORE_PRECISION] = { N_("Precision"), N_("Of the rows said to be of the class, how many are"), NULL },
  [CAM_SCORE_RECALL] = { N_("Recall"), N_("Of the rows of the class, how many are found"), NULL },
  [CAM_SCORE_SPECIFICITY] = { N_("Specificity"), N_("Of the rows of the other class, how many are left alone"), NULL },
  [CAM_SCORE_F1] = { "F1", N_("The harmonic mean of precision and recall"), NULL },
  [CAM_SCORE_BALANCED_ACCURACY] = { N_("Balanced accuracy"), N_("The mean recall of the classes, whatever their sizes"), N_("Balanced") },
  [CAM_SCORE_MATTHEWS] = { N_("Matthews correlation"), N_("Between truth and answer: 1 all right, 0 as by chance, −1 all wrong"), N_("Matthews") },
  [CAM_SCORE_AUC] = { N_("ROC AUC"), N_("How often a row of the class has a higher score than another: the area under the ROC curve"), NULL },
  [CAM_SCORE_AVERAGE_PRECISION] = { N_("Average precision"), N_("The area under the curve of precision over recall"), N_("PR area") },
  [CAM_SCORE_BRIER] = { N_("Brier score"), N_("The mean squared distance of probability and truth: 0 is best"), NULL },
  [CAM_SCORE_MACRO_F1] = { N_("Macro F1"), N_("The mean F1 of the classes, whatever their sizes"), NULL },
  [CAM_SCORE_WEIGHTED_F1] = { N_("Weighted F1"), N_("The mean F1 of the classes by their rows"), NULL },
  [CAM_SCORE_TOP_K] = { N_("Top-3 accuracy"), N_("How often the right class is among the three likeliest"), N_("Top 3") },
  [CAM_SCORE_MICRO_F1] = { N_("Micro F1"), N_("F1 of all labels of all rows together"), NULL },
  [CAM_SCORE_EXACT_MATCH] = { N_("Exact match"), N_("The share of rows with all labels right"), NULL },
  [CAM_SCORE_MAE] = { N_("Mean absolute error"), N_("How far off an answer is on the average, in units of the target"), "MAE" },
  [CAM_SCORE_RMSE] = { N_("Root mean squared error"), N_("As the mean error, but large errors count more"), "RMSE" },
  [CAM_SCORE_R2] = { "R²", N_("The share of the target’s variance that is told: 1 is best, 0 is the mean"), NULL },
  [CAM_SCORE_MAPE] = { N_("Mean percentage error"), N_("How far off an answer is as a share of the true value"), "MAPE" },
  [CAM_SCORE_BIAS] = { N_("Bias"), N_("The mean of predicted minus actual: above 0 the model says too much"), NULL },
  [CAM_SCORE_ERROR] = { N_("Reconstruction error"), N_("The mean squared difference between what goes in and what comes back, as prepared"), N_("Error") },
};

const char *
cam_score_name (CamScoreKind kind)
{
  return _(words[kind].name);
}

const char *
cam_score_hint (CamScoreKind kind)
{
  return _(words[kind].hint);
}

const char *
cam_score_brief (CamScoreKind kind)
{
  return _(words[kind].brief != NULL ? words[kind].brief : words[kind].name);
}

/* A minus as wide as a digit. */
static char *
take_minus (char *text)
{
  char *better;

  if (*text != '-')
    return text;
  better = g_strconcat ("−", text + 1, NULL);
  g_free (text);
  return better;
}

char *
cam_score_text (CamScoreKind kind,
                           double       value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return g_strdup ("–");
  if (kind == CAM_SCORE_MAPE)
    return value < 10.0 ? g_strdup_printf ("%.1f %%", value * 100.0) : g_strdup ("> 999 %");
  if (kind == CAM_SCORE_MAE || kind == CAM_SCORE_RMSE || kind == CAM_SCORE_BIAS || kind == CAM_SCORE_ERROR)
    return take_minus (cam_words_number (value));
  return take_minus (g_strdup (g_ascii_formatd (text, sizeof text, "%.3f", value)));
}
