/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A preparation as JSON, inside saved models. Numbers have 17 digits and read back to the same bits; what is read is checked as a stranger's. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-dataset-private.h"

#define VERSION 2

/* As version 1 had them. */
static const char *const task_words[] = { "regression", "binary", "multiclass", "multilabel", "autoencoder", NULL };

/* What the two numbers of a scaling are called. */
static const struct { const char *centre, *spread; } scale_keys[] = {
  [CAM_SCALING_STANDARD] = { "mean", "deviation" },
  [CAM_SCALING_MIN_MAX] = { "min", "range" },
  [CAM_SCALING_ROBUST] = { "median", "range" },
};

static json_t *
step_to_json (const CamStep *self)
{
  json_t *json = json_pack ("{s:s, s:s, s:s}", "name", self->name, "kind", cam_kind_words[self->kind], "missing", cam_missing_words[self->missing]);

  if (self->flag)
    json_object_set_new (json, "flag", json_true ());
  if (self->fill_level != NULL)
    json_object_set_new (json, "fill", json_string (self->fill_level));
  if (cam_column_kind_is_numeric (self->kind))
    {
      json_object_set_new (json, "scaling", json_string (cam_scaling_words[self->scaling]));
      if (self->scaling != CAM_SCALING_NONE)
        {
          json_object_set_new (json, scale_keys[self->scaling].centre, json_real (self->centre));
          json_object_set_new (json, scale_keys[self->scaling].spread, json_real (self->spread));
        }
      if (!isnan (self->fill))
        json_object_set_new (json, "fill", json_real (self->fill));
      if (!isnan (self->typical))
        json_object_set_new (json, "seen", json_pack ("{s:f, s:f, s:f, s:b}", "min", self->seen_min, "max", self->seen_max, "typical", self->typical, "whole", self->is_whole));
    }
  else if (self->levels != NULL)
    {
      json_t *levels = json_array ();

      for (guint i = 0; i < self->levels->len; i++)
        json_array_append_new (levels, json_string (g_ptr_array_index (self->levels, i)));
      json_object_set_new (json, "coding", json_string (cam_coding_words[self->coding]));
      json_object_set_new (json, "levels", levels);
    }

  return json;
}

static json_t *
steps_to_json (GPtrArray *steps)
{
  json_t *list = json_array ();

  for (guint i = 0; i < steps->len; i++)
    json_array_append_new (list, step_to_json (g_ptr_array_index (steps, i)));

  return list;
}

static json_t *
words_to_json (const CamWords *words)
{
  json_t *list = json_array ();

  for (guint i = 2; i < cam_words_get_n (words); i++)
    json_array_append_new (list, json_string (cam_words_get (words, i)));

  return list;
}

json_t *
cam_preparation_to_json (const CamPreparation *self)
{
  const CamSequence *sequence = &self->sequence;
  json_t *json = json_pack ("{s:i, s:s, s:o, s:o}", "version", VERSION, "task", task_words[self->task],
                            "features", steps_to_json (self->features), "targets", steps_to_json (self->targets));

  if (self->group != NULL)
    json_object_set_new (json, "group", json_string (self->group));
  if (sequence->length > 0)
    json_object_set_new (json, "sequence", json_pack ("{s:i, s:i, s:i, s:s*, s:b, s:b}", "length", (int) sequence->length, "stride", (int) sequence->stride,
                                                      "horizon", (int) sequence->horizon, "order", self->order,
                                                      "past_targets", sequence->past_targets, "relative", sequence->relative));
  if (self->words != NULL)
    {
      json_object_set_new (json, "text", json_pack ("{s:i, s:i}", "vocabulary", (int) MAX (cam_words_get_n (self->words), 3), "length", (int) self->text_length));
      json_object_set_new (json, "words", words_to_json (self->words));
    }
  if (self->height > 0)
    json_object_set_new (json, "image", json_pack ("{s:i, s:i, s:i}", "height", (int) self->height, "width", (int) self->width, "channels", (int) self->channels));
  if (!isnan (self->brightest))
    json_object_set_new (json, "brightest", json_real (self->brightest));

  return json;
}

static gboolean
read_word (const json_t       *json,
           const char         *key,
           const char *const  *words,
           gboolean            required,
           guint              *value,
           GError            **error)
{
  const char *word = NULL;
  int found;

  if (!cam_json_get_string (json, key, "preparation", required, &word, error))
    return FALSE;
  if (word == NULL)
    return TRUE;
  found = cam_word_find (words, word);
  if (found < 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: “%s” is “%s”, which is not known"), key, word);
      return FALSE;
    }
  *value = (guint) found;

  return TRUE;
}

static gboolean
read_levels (CamStep       *step,
             const json_t  *json,
             GError       **error)
{
  json_t *list = NULL;
  g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!cam_json_get_array (json, "levels", "preparation", TRUE, &list, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const char *level = json_string_value (json_array_get (list, i));

      if (level == NULL || !g_hash_table_add (seen, (gpointer) level))
        {
          g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: the levels of “%s” must be different texts"), step->name);
          return FALSE;
        }
      g_ptr_array_add (levels, g_strdup (level));
    }
  if (levels->len == 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: “%s” has no levels"), step->name);
      return FALSE;
    }
  cam_step_set_levels (step, g_steal_pointer (&levels));

  return TRUE;
}

/* Models of earlier versions do not tell. */
static gboolean
read_seen (CamStep       *step,
           const json_t  *json,
           GError       **error)
{
  json_t *seen = NULL;

  if (!cam_json_get_object (json, "seen", "preparation", FALSE, &seen, error))
    return FALSE;
  if (seen == NULL)
    return TRUE;
  if (!cam_json_get_number (seen, "min", "preparation, seen", TRUE, -G_MAXDOUBLE, G_MAXDOUBLE, &step->seen_min, error) ||
      !cam_json_get_number (seen, "max", "preparation, seen", TRUE, step->seen_min, G_MAXDOUBLE, &step->seen_max, error) ||
      !cam_json_get_bool (seen, "whole", "preparation, seen", FALSE, &step->is_whole, error))
    return FALSE;

  return cam_json_get_number (seen, "typical", "preparation, seen", TRUE, step->seen_min, step->seen_max, &step->typical, error);
}

/* What a missing value becomes, and the scaling. */
static gboolean
read_numbers (CamStep       *step,
              const json_t  *json,
              GError       **error)
{
  if (!cam_json_get_number (json, "fill", "preparation", FALSE, -G_MAXDOUBLE, G_MAXDOUBLE, &step->fill, error) || !read_seen (step, json, error))
    return FALSE;

  return step->scaling == CAM_SCALING_NONE ||
         (cam_json_get_number (json, scale_keys[step->scaling].centre, "preparation", TRUE, -G_MAXDOUBLE, G_MAXDOUBLE, &step->centre, error) &&
          cam_json_get_number (json, scale_keys[step->scaling].spread, "preparation", TRUE, G_MINDOUBLE, G_MAXDOUBLE, &step->spread, error));
}

static gboolean
read_step (const json_t  *json,
           GPtrArray     *steps,
           GError       **error)
{
  const char *name = NULL, *fill_level = NULL;
  guint kind = 0, missing = 0, scaling = 0, coding = 0;
  CamStep *step;

  if (!cam_json_get_string (json, "name", "preparation", TRUE, &name, error) ||
      !read_word (json, "kind", cam_kind_words, TRUE, &kind, error) ||
      !read_word (json, "missing", cam_missing_words, FALSE, &missing, error) ||
      !read_word (json, "scaling", cam_scaling_words, FALSE, &scaling, error) ||
      !read_word (json, "coding", cam_coding_words, FALSE, &coding, error))
    return FALSE;

  step = cam_step_new (name, (CamColumnKind) kind);
  g_ptr_array_add (steps, step);
  step->missing = missing;
  step->scaling = scaling;
  step->coding = coding;
  if (!cam_json_get_bool (json, "flag", "preparation", FALSE, &step->flag, error))
    return FALSE;
  if (cam_column_kind_is_numeric (step->kind))
    return read_numbers (step, json, error);

  if ((step->kind != CAM_COLUMN_TEXT && !read_levels (step, json, error)) ||
      !cam_json_get_string (json, "fill", "preparation", FALSE, &fill_level, error))
    return FALSE;
  step->fill_level = g_strdup (fill_level);
  if (step->kind == CAM_COLUMN_TEXT)
    step->flag = FALSE;

  return TRUE;
}

static gboolean
read_steps (const json_t  *json,
            const char    *key,
            gboolean       may_be_empty,
            GPtrArray     *steps,
            GError       **error)
{
  json_t *list = NULL;

  if (!cam_json_get_array (json, key, "preparation", TRUE, &list, error))
    return FALSE;
  if (json_array_size (list) == 0 && !may_be_empty)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: “%s” is empty"), key);
      return FALSE;
    }
  for (gsize i = 0; i < json_array_size (list); i++)
    if (!read_step (json_array_get (list, i), steps, error))
      return FALSE;

  return TRUE;
}

/* Do the targets go with the task, and the features with the rest? */
static gboolean
check_steps (const CamPreparation  *self,
             GError               **error)
{
  const CamStep *first = self->targets->len > 0 ? g_ptr_array_index (self->targets, 0) : NULL;
  gboolean classes = self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTICLASS;
  gboolean ok = (first == NULL) == (self->task == CAM_TASK_AUTOENCODER), has_text = FALSE;

  for (guint i = 0; i < self->targets->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->targets, i);

      ok = ok && step->kind != CAM_COLUMN_TEXT && (self->task != CAM_TASK_REGRESSION || cam_column_kind_is_numeric (step->kind));
    }
  if (ok && classes)
    ok = self->targets->len == 1 && cam_column_kind_is_category (first->kind) && (self->task == CAM_TASK_BINARY ? first->levels->len == 2 : first->levels->len > 2);
  if (!ok)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: the targets do not go with the task “%s”"), task_words[self->task]);
      return FALSE;
    }

  for (guint i = 0; i < self->features->len; i++)
    has_text = has_text || ((const CamStep *) g_ptr_array_index (self->features, i))->kind == CAM_COLUMN_TEXT;
  if (has_text != (self->words != NULL))
    g_set_error_literal (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: a text and its list of words belong together, and one of the two is missing"));

  return has_text == (self->words != NULL);
}

static gboolean
read_word_list (CamPreparation  *self,
                const json_t    *json,
                GError         **error)
{
  json_t *list = NULL;
  GPtrArray *words;

  if (!cam_json_get_array (json, "words", "preparation", TRUE, &list, error))
    return FALSE;
  words = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < json_array_size (list); i++)
    if (json_is_string (json_array_get (list, i)))
      g_ptr_array_add (words, g_strdup (json_string_value (json_array_get (list, i))));
  if (words->len == json_array_size (list))
    self->words = cam_words_new (words);
  else
    g_ptr_array_unref (words);
  if (self->words == NULL)
    g_set_error_literal (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: the words must be different texts"));

  return self->words != NULL;
}

/* What version 1 did not have. */
static gboolean
read_form (CamPreparation  *self,
           const json_t    *json,
           GError         **error)
{
  json_t *sequence = NULL, *text = NULL, *image = NULL;
  const char *group = NULL, *order = NULL;
  guint vocabulary = 0;

  if (!cam_json_get_string (json, "group", "preparation", FALSE, &group, error) ||
      !cam_json_get_object (json, "sequence", "preparation", FALSE, &sequence, error) ||
      !cam_json_get_object (json, "text", "preparation", FALSE, &text, error) ||
      !cam_json_get_object (json, "image", "preparation", FALSE, &image, error) ||
      !cam_json_get_number (json, "brightest", "preparation", FALSE, -G_MAXDOUBLE, G_MAXDOUBLE, &self->brightest, error) ||
      (sequence != NULL && !cam_settings_get_sequence (sequence, "preparation, sequence", &self->sequence, &order, error)) ||
      (image != NULL && !cam_settings_get_image (image, "preparation, image", &self->height, &self->width, &self->channels, error)) ||
      (text != NULL && (!cam_settings_get_text (text, "preparation, text", &vocabulary, &self->text_length, error) || !read_word_list (self, json, error))))
    return FALSE;
  self->group = g_strdup (group);
  self->order = g_strdup (order);

  return TRUE;
}

CamPreparation *
cam_preparation_from_json (const json_t  *json,
                           GError       **error)
{
  g_autoptr(CamPreparation) self = NULL;
  guint task = 0;
  gint64 version = 0;

  if (!json_is_object (json))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: an object with keys is needed here"));
      return NULL;
    }
  if (!cam_json_get_int (json, "version", "preparation", TRUE, 1, G_MAXINT, &version, error) ||
      !read_word (json, "task", task_words, TRUE, &task, error))
    return NULL;
  if (version > VERSION)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("preparation: made by a newer Camadas (version %d); update Camadas to read it"), (int) version);
      return NULL;
    }

  self = cam_preparation_new ((CamTask) task);
  if (!read_form (self, json, error) ||
      !read_steps (json, "features", self->sequence.length > 0, self->features, error) ||
      !read_steps (json, "targets", self->task == CAM_TASK_AUTOENCODER, self->targets, error) ||
      !check_steps (self, error) ||
      !cam_preparation_seal (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
