/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preparation: what it is, and applying it to a table. How a cell becomes numbers stands in cam-step.c, how it is fitted in cam-preparation-fit.c, as JSON in cam-preparation-json.c. */
#include <cam-number.h>
#include <cam-tensor.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-dataset-private.h"
#include "cam-table-private.h"

/* More numbers for one sample are a mistake, and would not fit in memory often enough to learn from. */
#define MOST_NUMBERS (1 << 28)

void
cam_dataset_tell_missing_column (const char  *name,
                                 GError     **error)
{
  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_COLUMN, _("The table has no column “%s”, which the model needs"), name);
}

CamPreparation *
cam_preparation_new (CamTask task)
{
  CamPreparation *self = g_new0 (CamPreparation, 1);

  g_atomic_ref_count_init (&self->count);
  self->task = task;
  self->brightest = NAN;
  self->features = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_step_free);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_step_free);
  self->input_names = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
name_inputs (CamPreparation *self,
             const CamStep  *step)
{
  if (!cam_column_kind_is_category (step->kind) || step->coding == CAM_CODING_ORDINAL)
    g_ptr_array_add (self->input_names, g_strdup (step->name));
  else
    for (guint l = 0; l < step->levels->len; l++)
      g_ptr_array_add (self->input_names, g_strdup_printf ("%s = %s", step->name, (char *) g_ptr_array_index (step->levels, l)));
  if (step->flag)
    /* translators: an input of the network that says whether the column of this name had no value */
    g_ptr_array_add (self->input_names, g_strdup_printf (_("%s is missing"), step->name));
}

/* Past targets are named as the columns they come from. */
static void
name_past_targets (CamPreparation *self)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->targets, i);

      if (self->task != CAM_TASK_MULTICLASS)
        g_ptr_array_add (self->input_names, g_strdup (step->name));
      else
        for (guint l = 0; l < step->levels->len; l++)
          g_ptr_array_add (self->input_names, g_strdup_printf ("%s = %s", step->name, (char *) g_ptr_array_index (step->levels, l)));
    }
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS, message);
  return FALSE;
}

static gboolean
tell_features_beside_text (const CamPreparation  *self,
                           GError               **error)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      if (step->kind == CAM_COLUMN_TEXT)
        g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                     _("The text “%s” is read word by word and cannot have other features beside it; ignore the others, or make it a category"), step->name);
    }

  return FALSE;
}

/* What cannot work, whatever the table. */
static gboolean
check_form (const CamPreparation  *self,
            GError               **error)
{
  const CamSequence *sequence = &self->sequence;
  gboolean has_classes = self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTICLASS || self->task == CAM_TASK_MULTILABEL;

  if (self->words != NULL && self->features->len > 1)
    return tell_features_beside_text (self, error);
  if (self->words != NULL && sequence->length > 0)
    return fail (error, _("A text is a sequence of words already; remove the sequence of rows"));
  if (self->words != NULL && self->task == CAM_TASK_AUTOENCODER)
    return fail (error, _("An autoencoder cannot give back the words of a text; choose a target"));
  if (self->height > 0 && (sequence->length > 0 || self->words != NULL))
    return fail (error, _("Rows that are images cannot be a sequence or a text as well; remove one of the two settings"));
  if (sequence->length > 0 && has_classes && sequence->horizon > 1)
    return fail (error, _("Classes can be told one step ahead only; set the horizon of the sequence to 1 or 0"));
  if (sequence->relative && (self->task != CAM_TASK_REGRESSION || sequence->horizon == 0))
    return fail (error, _("Only numbers to come can be told as a difference from the last one; switch “relative” off, or set a horizon of at least 1"));

  return TRUE;
}

static gboolean
set_shapes (CamPreparation  *self,
            GError         **error)
{
  const CamSequence *sequence = &self->sequence;
  gsize n_inputs = sequence->length > 0 ? (gsize) sequence->length * self->row_width : self->words != NULL ? self->text_length : self->row_width;
  gsize n_outputs = self->task == CAM_TASK_AUTOENCODER ? n_inputs : (gsize) self->target_width * MAX (sequence->length > 0 ? sequence->horizon : 1, 1);

  if (n_inputs == 0)
    return fail (error, _("No column is a feature; choose what the network shall learn from"));
  if (n_inputs > MOST_NUMBERS || n_outputs > MOST_NUMBERS)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE, _("One sample would have %zu numbers; ignore columns with many categories, or make the sequence shorter"),
                   MAX (n_inputs, n_outputs));
      return FALSE;
    }
  if (self->height > 0 && (gsize) self->height * self->width * self->channels != n_inputs)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                   _("An image of %u × %u × %u needs %zu numbers, but the features give %zu; set its size, or ignore the columns that are no pixels"),
                   self->height, self->width, self->channels, (gsize) self->height * self->width * self->channels, n_inputs);
      return FALSE;
    }

  self->n_inputs = (guint) n_inputs;
  self->n_outputs = (guint) n_outputs;
  self->input_shape = cam_shape_vector (n_inputs);
  if (self->height > 0)
    self->input_shape = (CamShape) { 3, { self->height, self->width, self->channels } };
  else if (sequence->length > 0)
    self->input_shape = (CamShape) { 2, { sequence->length, self->row_width } };
  self->output_shape = self->task == CAM_TASK_AUTOENCODER ? self->input_shape : cam_shape_vector (n_outputs);

  return TRUE;
}

gboolean
cam_preparation_seal (CamPreparation  *self,
                      GError         **error)
{
  /* What the window's own last row shall tell cannot stand in it. */
  if (self->sequence.horizon == 0 || self->task == CAM_TASK_AUTOENCODER)
    self->sequence.past_targets = FALSE;
  if (!check_form (self, error))
    return FALSE;

  if (self->task != CAM_TASK_AUTOENCODER)
    self->target_width = self->task == CAM_TASK_MULTICLASS ? ((CamStep *) g_ptr_array_index (self->targets, 0))->levels->len : self->targets->len;
  if (self->sequence.length > 0 && self->sequence.past_targets)
    {
      self->row_width = self->target_width;
      name_past_targets (self);
    }
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      self->row_width += cam_step_width (step);
      name_inputs (self, step);
    }

  return set_shapes (self, error);
}

CamPreparation *
cam_preparation_ref (CamPreparation *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_preparation_unref (CamPreparation *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  g_ptr_array_unref (self->features);
  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->input_names);
  g_clear_pointer (&self->words, cam_words_free);
  g_free (self->group);
  g_free (self->order);
  g_free (self);
}

CamTask
cam_preparation_get_task (const CamPreparation *self)
{
  return self->task;
}

gboolean
cam_preparation_is_empty (const CamPreparation *self)
{
  if (self->sequence.length > 0)
    return FALSE;
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      if (!cam_column_kind_is_numeric (step->kind) || step->scaling != CAM_SCALING_NONE || step->missing != CAM_MISSING_DROP || step->flag)
        return FALSE;
    }

  return TRUE;
}

guint
cam_preparation_get_n_inputs (const CamPreparation *self)
{
  return self->n_inputs;
}

const char *
cam_preparation_get_input_name (const CamPreparation *self,
                                guint                 i)
{
  return g_ptr_array_index (self->input_names, i % self->input_names->len);
}

guint
cam_preparation_get_n_outputs (const CamPreparation *self)
{
  return self->n_outputs;
}

guint
cam_preparation_get_n_features (const CamPreparation *self)
{
  return self->features->len;
}

guint
cam_preparation_get_n_columns (const CamPreparation *self)
{
  return self->features->len + (self->sequence.length > 0 && self->sequence.past_targets ? self->targets->len : 0);
}

const char *
cam_preparation_get_feature_name (const CamPreparation *self,
                                  guint                 i)
{
  return ((const CamStep *) g_ptr_array_index (self->features, i))->name;
}

CamFeatureFacts
cam_preparation_get_feature_facts (const CamPreparation *self,
                                   guint                 i)
{
  const CamStep *step = g_ptr_array_index (self->features, i);

  return (CamFeatureFacts) {
    .kind = step->kind,
    .min = step->seen_min,
    .max = step->seen_max,
    .typical = step->typical,
    .is_whole = step->is_whole,
    .levels = step->levels,
    .drops_missing = step->missing == CAM_MISSING_DROP,
    .drops_unseen = step->coding == CAM_CODING_ORDINAL,
  };
}

gboolean
cam_preparation_get_picture (const CamPreparation *self,
                             guint                *height,
                             guint                *width,
                             guint                *channels,
                             double               *brightest)
{
  g_autofree const char **names = NULL;

  *brightest = self->brightest;
  if (self->height > 0)
    {
      *height = self->height;
      *width = self->width;
      *channels = self->channels;
      return TRUE;
    }
  if (self->sequence.length > 0 || self->words != NULL)
    return FALSE;

  names = g_new (const char *, self->features->len + 1);
  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      names[i] = step->name;
      if (step->kind != CAM_COLUMN_NUMBER)
        return FALSE;
      if (isnan (*brightest) || step->seen_max > *brightest)
        *brightest = step->seen_max;
    }

  return cam_names_guess_image (names, self->features->len, height, width, channels);
}

guint
cam_preparation_get_n_targets (const CamPreparation *self)
{
  return self->targets->len;
}

const char *
cam_preparation_get_target_name (const CamPreparation *self,
                                 guint                 i)
{
  return ((const CamStep *) g_ptr_array_index (self->targets, i))->name;
}

guint
cam_preparation_get_n_classes (const CamPreparation *self)
{
  return self->task == CAM_TASK_BINARY || self->task == CAM_TASK_MULTICLASS ? ((const CamStep *) g_ptr_array_index (self->targets, 0))->levels->len : 0;
}

const char *
cam_preparation_get_class_name (const CamPreparation *self,
                                guint                 i)
{
  return g_ptr_array_index (((const CamStep *) g_ptr_array_index (self->targets, 0))->levels, i);
}

CamShape
cam_preparation_get_input_shape (const CamPreparation *self)
{
  return self->input_shape;
}

CamShape
cam_preparation_get_output_shape (const CamPreparation *self)
{
  return self->output_shape;
}

gboolean
cam_preparation_is_sequence (const CamPreparation *self)
{
  return self->sequence.length > 0;
}

guint
cam_preparation_get_horizon (const CamPreparation *self)
{
  return self->sequence.length > 0 ? self->sequence.horizon : 0;
}

guint
cam_preparation_get_length (const CamPreparation *self)
{
  return self->sequence.length;
}

const char *
cam_preparation_get_order (const CamPreparation *self)
{
  return self->order;
}

const char *
cam_preparation_get_group (const CamPreparation *self)
{
  return self->group;
}

gboolean
cam_preparation_takes_one_row (const CamPreparation *self)
{
  return self->sequence.length == 0;
}

guint
cam_preparation_get_vocabulary (const CamPreparation *self)
{
  return self->words != NULL ? cam_words_get_n (self->words) : 0;
}

const char *
cam_preparation_get_word (const CamPreparation *self,
                          guint                 i)
{
  return cam_words_get (self->words, i);
}

static void
add_dates (GPtrArray *steps,
           json_t    *kinds)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const CamStep *step = g_ptr_array_index (steps, i);

      if (step->kind == CAM_COLUMN_DATE)
        json_object_set_new (kinds, step->name, json_string (cam_kind_words[step->kind]));
    }
}

json_t *
cam_preparation_dup_kinds (const CamPreparation *self)
{
  json_t *kinds = json_object ();

  add_dates (self->features, kinds);
  add_dates (self->targets, kinds);

  return kinds;
}

/* Applying -------------------------------------------------------------------------------------------------------- */

static gboolean
tell_too_large (gsize    n_rows,
                guint    width,
                GError **error)
{
  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE,
               _("%zu rows of %u numbers do not fit into memory; ignore columns with many categories"), n_rows, width);
  return FALSE;
}

/* @n rows of numbers, those that are not whole taken out. */
static void
close_gaps (float        *numbers,
            guint         width,
            const guint8 *is_whole,
            gsize         n)
{
  gsize used = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!is_whole[i])
        continue;
      if (used != i)
        memcpy (numbers + used * width, numbers + i * width, width * sizeof (float));
      used++;
    }
}

gboolean
cam_view_prepare_rows (const CamView  *self,
                       gsize          *rows,
                       gsize          *n,
                       float         **x,
                       float         **y,
                       GError        **error)
{
  const CamPreparation *preparation = self->preparation;
  g_autofree guint8 *is_whole = g_malloc (*n + 1);
  gboolean has_y = y != NULL && self->targets != NULL;
  gsize used = 0;

  *x = cam_floats_new (*n * preparation->n_inputs);
  if (has_y)
    *y = cam_floats_new (*n * preparation->n_outputs);
  if (*x == NULL || (has_y && *y == NULL))
    {
      g_clear_pointer (x, cam_floats_free);
      return tell_too_large (*n, preparation->n_inputs, error);
    }

  memset (is_whole, 1, *n);
  cam_view_fill_features (self, rows, *n, *x, preparation->n_inputs, is_whole);
  if (has_y)
    cam_view_fill_targets (self, rows, *n, FALSE, *y, preparation->n_outputs, is_whole);

  close_gaps (*x, preparation->n_inputs, is_whole, *n);
  if (has_y)
    close_gaps (*y, preparation->n_outputs, is_whole, *n);
  for (gsize i = 0; i < *n; i++)
    if (is_whole[i])
      rows[used++] = rows[i];
  *n = used;
  if (y != NULL && preparation->task == CAM_TASK_AUTOENCODER)
    *y = *x;

  return TRUE;
}

gboolean
cam_preparation_apply (const CamPreparation  *self,
                       const CamTable        *table,
                       gboolean               wants_y,
                       CamPrepared           *prepared,
                       GError               **error)
{
  g_auto(CamView) view = { NULL };
  gboolean needs_targets = self->sequence.length > 0 && (self->sequence.past_targets || self->sequence.relative);

  *prepared = (CamPrepared) { NULL };
  if (!cam_view_init (&view, self, table, wants_y, needs_targets, error))
    return FALSE;
  if (self->sequence.length > 0)
    {
      g_autoptr(CamFrame) frame = cam_frame_new (&view, error);
      gsize n_gaps = 0;

      return frame != NULL && cam_frame_gather (frame, NULL, CAM_PART_TRAIN, wants_y, prepared, &n_gaps, error);
    }

  prepared->n_rows = cam_table_get_n_rows (table);
  prepared->rows = g_new (gsize, prepared->n_rows + 1);
  for (gsize row = 0; row < prepared->n_rows; row++)
    prepared->rows[row] = row;
  if (cam_view_prepare_rows (&view, prepared->rows, &prepared->n_rows, &prepared->x, wants_y ? &prepared->y : NULL, error))
    return TRUE;

  cam_prepared_clear (prepared);
  return FALSE;
}

void
cam_prepared_clear (CamPrepared *prepared)
{
  if (prepared->y != prepared->x)
    cam_floats_free (prepared->y);
  cam_floats_free (prepared->x);
  cam_floats_free (prepared->last);
  g_free (prepared->rows);
  g_free (prepared->told);
  g_free (prepared->ends);
  *prepared = (CamPrepared) { NULL };
}

gboolean
cam_preparation_apply_texts (const CamPreparation *self,
                             const char *const    *texts,
                             float                *x)
{
  if (self->sequence.length > 0)
    return FALSE;

  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);
      const char *text = texts[i] != NULL && *texts[i] != '\0' ? texts[i] : NULL;

      if (step->kind == CAM_COLUMN_TEXT)
        {
          if (text == NULL)
            text = step->fill_level;
          if (text == NULL)
            return FALSE;
          cam_words_index (self->words, text, self->text_length, x);
          continue;
        }
      if (!cam_step_apply_text (step, text, x))
        return FALSE;
      x += cam_step_width (step);
    }

  return TRUE;
}

gboolean
cam_preparation_apply_numbers (const CamPreparation *self,
                               const double         *values,
                               float                *x)
{
  if (self->sequence.length > 0)
    return FALSE;

  for (guint i = 0; i < self->features->len; i++)
    {
      const CamStep *step = g_ptr_array_index (self->features, i);

      if (!cam_column_kind_is_numeric (step->kind) || !cam_step_apply_number (step, values[i], x))
        return FALSE;
      x += cam_step_width (step);
    }

  return TRUE;
}

static inline void
unscale (const CamStep *step,
         float         *value)
{
  if (step->scaling != CAM_SCALING_NONE)
    *value = (float) (*value * step->spread + step->centre);
}

/* What an autoencoder gives back, in the units of its columns; places of categories stay as they are. */
static void
invert_features (const CamPreparation *self,
                 float                *outputs)
{
  guint n_rows = self->n_inputs / self->row_width;

  for (guint r = 0; r < n_rows; r++)
    for (guint i = 0; i < self->features->len; i++)
      {
        const CamStep *step = g_ptr_array_index (self->features, i);

        if (cam_column_kind_is_numeric (step->kind))
          unscale (step, outputs);
        outputs += cam_step_width (step);
      }
}

void
cam_preparation_invert (const CamPreparation *self,
                        float                *outputs,
                        const float          *base)
{
  guint n_targets = self->targets->len;

  if (self->task == CAM_TASK_AUTOENCODER)
    invert_features (self, outputs);
  if (self->task != CAM_TASK_REGRESSION)
    return;

  for (guint i = 0; i < self->n_outputs; i++)
    {
      if (base != NULL)
        outputs[i] += base[i % n_targets];
      unscale (g_ptr_array_index (self->targets, i % n_targets), &outputs[i]);
    }
}
