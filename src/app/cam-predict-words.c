/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the Predict page says. */

#include "cam-predict-words.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define MAX_RENAMES 3

char *
cam_predict_words_dup_title (const CamPrediction *prediction)
{
  if (prediction->kind == CAM_ROWS_FILE)
    return g_strdup (prediction->name);
  if (prediction->part == CAM_PART_TEST)
    return g_strdup_printf (_("Test part of %s"), prediction->name);
  if (prediction->part == CAM_PART_VALIDATION)
    return g_strdup_printf (_("Validation part of %s"), prediction->name);
  return g_strdup_printf (_("All rows of %s"), prediction->name);
}

static void
score (CamPredictWords     *self,
       const CamPrediction *prediction)
{
  const CamTruth *truth = prediction->truth;

  if (truth == NULL || truth->n_known == 0)
    return;
  if (!isnan (truth->accuracy))
    {
      self->score = cam_words_share (truth->accuracy);
      self->score_name = g_strdup (prediction->answers->classes != NULL ? _("accuracy") : _("labels right"));
    }
  else
    {
      self->score = cam_words_number (truth->error);
      self->score_name = g_strdup (_("mean absolute error"));
    }
}

static const char *
explain_rows (const CamPrediction *prediction)
{
  if (prediction->kind == CAM_ROWS_FILE)
    return NULL;
  if (prediction->part == CAM_PART_TEST)
    return _("The run kept these rows for its test: the model has not learned from them.");
  if (prediction->part == CAM_PART_VALIDATION)
    return _("The run kept no rows for a test. These chose its best epoch, so the score is a little too good.");
  return cam_model_choice_get_run (prediction->choice) != NULL ? _("The model has learned from most of these rows; its test part tells more.") : NULL;
}

static void
describe_fit (CamPredictWords     *self,
              const CamPrediction *prediction)
{
  gsize n = prediction->answers->n_rows;
  g_autofree char *rows = cam_words_count (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s row", "%s rows", n), rows);

  self->claim = g_strdup_printf (_("%s fits the model."), prediction->name);
  if (prediction->check == NULL)
    self->rest = g_strdup_printf (_("%s; the model does not tell its columns: all number columns were taken in their order."), text);
  else
    self->rest = g_strdup_printf (ngettext ("%s; %u of %u column found, prepared as in training.", "%s; %u of %u columns found, prepared as in training.",
                                            prediction->check->n_features),
                                  text, prediction->check->n_features, prediction->check->n_features);
}

static void
describe_result (CamPredictWords     *self,
                 const CamPrediction *prediction)
{
  const CamTruth *truth = prediction->truth;
  const CamPredictions *answers = prediction->answers;
  g_autofree char *n = NULL;
  g_autofree char *right = NULL;

  if (truth == NULL || truth->n_known == 0)
    {
      n = cam_words_count (answers->n_rows - answers->n_skipped);
      self->claim = g_strdup_printf (_("%s rows answered."), n);
      return;
    }
  n = cam_words_count (truth->n_known);
  if (truth->classes == NULL)
    self->claim = g_strdup_printf (_("Compared in %s rows."), n);
  else
    {
      right = cam_words_count (truth->n_known - truth->n_wrong);
      self->claim = g_strdup_printf (_("Right in %s of %s rows."), right, n);
    }
}

/* Lines, those that are NULL left out; takes both. */
static char *
join (char *a,
      char *b)
{
  char *both;

  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  both = g_strdup_printf ("%s\n%s", a, b);
  g_free (a);
  g_free (b);
  return both;
}

static char *
describe_renames (const CamPrediction *prediction)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; prediction->renames != NULL && i < MIN (prediction->renames->len, MAX_RENAMES); i++)
    {
      const CamTableRename *other = prediction->renames->pdata[i];

      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, _("“%s” was taken for “%s”."), other->from, other->to);
    }
  return g_string_free (text, text->len == 0);
}

static char *
propose_renames (const CamTableCheck *check)
{
  const CamTableRename *first;

  if (check == NULL || check->renames->len == 0)
    return NULL;
  first = check->renames->pdata[0];
  if (check->renames->len > 1)
    return g_strdup_printf (ngettext ("Take It for the Missing One", "Take %u Columns for the Missing Ones", check->renames->len), check->renames->len);
  return g_strdup_printf (_("Take “%s” for “%s”"), first->from, first->to);
}

CamPredictWords *
cam_predict_words_new (const CamPrediction *prediction)
{
  CamPredictWords *self = g_new0 (CamPredictWords, 1);
  char *findings = NULL;

  if (prediction->problem != NULL)
    {
      self->mood = CAM_PREDICT_ERROR;
      self->claim = g_strdup_printf (_("%s does not fit the model."), prediction->name);
      self->rest = g_strdup ("");
      self->detail = join (g_strdup (prediction->problem), g_strdup (prediction->reading));
      self->rename = prediction->kind == CAM_ROWS_FILE ? propose_renames (prediction->check) : NULL;
      return self;
    }
  if (prediction->check != NULL)
    findings = cam_table_check_dup_detail (prediction->check);
  /* The set-up of an experiment settles what becomes of gaps; in a new file they are news. */
  self->mood = findings != NULL ? CAM_PREDICT_WARNING : CAM_PREDICT_GOOD;
  if (prediction->kind == CAM_ROWS_FILE)
    describe_fit (self, prediction);
  else
    describe_result (self, prediction);
  if (self->rest == NULL)
    self->rest = g_strdup ("");
  self->detail = join (g_strdup (explain_rows (prediction)), findings);
  if (prediction->kind == CAM_ROWS_FILE)
    {
      self->detail = join (self->detail, describe_renames (prediction));
      self->detail = join (self->detail, prediction->check != NULL ? cam_table_check_dup_aside (prediction->check) : NULL);
      self->detail = join (self->detail, g_strdup (prediction->reading));
    }
  score (self, prediction);
  return self;
}

void
cam_predict_words_free (CamPredictWords *self)
{
  if (self == NULL)
    return;
  g_free (self->claim);
  g_free (self->rest);
  g_free (self->detail);
  g_free (self->score);
  g_free (self->score_name);
  g_free (self->rename);
  g_free (self);
}
