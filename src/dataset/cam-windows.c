/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The windows of a sequence. All rows are prepared once, in the order of their series, so that a window's rows stand together and copying them is all that is left to do. */
#include <cam-tensor.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-dataset-private.h"

struct _CamFrame
{
  const CamView *view;       /* borrowed */
  float         *values;     /* [n_rows, row_width], in the order of the series */
  float         *truth;      /* [n_rows, target_width]: targets as they are known; NULL: not in the table */
  float         *last;       /* [n_rows, target_width]: of a forecast of numbers, targets as a past value */
  guint8        *is_whole;   /* [n_rows]: can be an input */
  guint8        *is_known;   /* [n_rows]: can be a target */
};

static gboolean
tell_too_large (gsize    n_rows,
                gsize    width,
                GError **error)
{
  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE,
               _("%zu windows of %zu numbers do not fit into memory; make the sequence shorter or its stride larger"), n_rows, width);
  return FALSE;
}

static gboolean
multiply (gsize  a,
          gsize  b,
          gsize *product)
{
  return g_size_checked_mul (product, a, b);
}

/* @n rows of @width zeroed numbers; NULL: they do not fit. */
static float *
new_rows (gsize n,
          gsize width)
{
  gsize size;

  return multiply (n, width, &size) ? cam_floats_new (size) : NULL;
}

CamFrame *
cam_frame_new (const CamView  *view,
               GError        **error)
{
  g_autoptr(CamFrame) self = g_new0 (CamFrame, 1);
  const CamPreparation *preparation = view->preparation;
  const CamSequence *sequence = &preparation->sequence;
  gsize n = view->series.n_rows;
  guint past_width = sequence->past_targets ? preparation->target_width : 0;

  self->view = view;
  self->is_whole = g_malloc (n + 1);
  self->is_known = g_malloc0 (n + 1);
  memset (self->is_whole, 1, n);
  self->values = new_rows (n, preparation->row_width);
  if (self->values == NULL)
    {
      tell_too_large (n, preparation->row_width, error);
      return NULL;
    }

  if (sequence->past_targets)
    cam_view_fill_targets (view, view->series.rows, n, TRUE, self->values, preparation->row_width, self->is_whole);
  if (preparation->task == CAM_TASK_REGRESSION && sequence->horizon > 0 && view->targets != NULL)
    {
      g_autofree guint8 *is_there = g_malloc0 (n + 1);

      /* Only what is subtracted must be there. */
      self->last = new_rows (n, preparation->target_width);
      cam_view_fill_targets (view, view->series.rows, n, TRUE, self->last, preparation->target_width, sequence->relative ? self->is_whole : is_there);
    }
  cam_view_fill_features (view, view->series.rows, n, self->values + past_width, preparation->row_width, self->is_whole);
  if (view->targets != NULL)
    {
      self->truth = new_rows (n, preparation->target_width);
      memset (self->is_known, 1, n);
      cam_view_fill_targets (view, view->series.rows, n, FALSE, self->truth, preparation->target_width, self->is_known);
    }

  return g_steal_pointer (&self);
}

void
cam_frame_free (CamFrame *self)
{
  if (self == NULL)
    return;

  cam_floats_free (self->values);
  cam_floats_free (self->truth);
  cam_floats_free (self->last);
  g_free (self->is_whole);
  g_free (self->is_known);
  g_free (self);
}

/* Where the targets of the window that ends with @end stand: from *first, so many. */
static guint
find_targets (const CamFrame *self,
              gsize           end,
              gsize          *first)
{
  const CamPreparation *preparation = self->view->preparation;

  if (preparation->task == CAM_TASK_AUTOENCODER)
    {
      *first = end + 1 - preparation->sequence.length;
      return preparation->sequence.length;
    }
  *first = preparation->sequence.horizon == 0 ? end : end + 1;

  return MAX (preparation->sequence.horizon, 1);
}

/* Is this a window of @part: its targets all there, its inputs in no later part? */
static gboolean
is_of_part (const CamFrame *self,
            const gint8    *parts,
            CamPart         part,
            gsize           end)
{
  const gsize *rows = self->view->series.rows;
  gsize first;
  guint n = find_targets (self, end, &first);

  for (gsize i = first; i < first + n; i++)
    if (parts[rows[i]] != (gint8) part)
      return FALSE;
  for (gsize i = end + 1 - self->view->preparation->sequence.length; i <= end; i++)
    if (parts[rows[i]] > (gint8) part)
      return FALSE;

  return TRUE;
}

static gboolean
targets_are_known (const CamFrame *self,
                   gsize           end)
{
  gsize first;
  guint n = find_targets (self, end, &first);

  if (self->view->preparation->task == CAM_TASK_AUTOENCODER)
    return TRUE;
  for (gsize i = first; i < first + n; i++)
    if (!self->is_known[i])
      return FALSE;

  return TRUE;
}

/* Where the windows end, in the order of the series. */
static GArray *
find_ends (const CamFrame *self,
           const gint8    *parts,
           CamPart         part,
           gboolean        wants_y,
           gsize          *n_gaps)
{
  const CamPreparation *preparation = self->view->preparation;
  const CamSequence *sequence = &preparation->sequence;
  const CamSeries *series = &self->view->series;
  guint ahead = wants_y && preparation->task != CAM_TASK_AUTOENCODER ? sequence->horizon : 0;
  guint stride = parts != NULL ? sequence->stride : 1;
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (guint s = 0; s < series->n_series; s++)
    {
      gsize run = 0;     /* rows up to here without a gap */

      for (gsize i = series->starts[s]; i < series->starts[s + 1]; i++)
        {
          gsize at = i - series->starts[s];

          run = self->is_whole[i] ? run + 1 : 0;
          if (at + 1 < sequence->length || (at + 1 - sequence->length) % stride != 0 || i + ahead >= series->starts[s + 1])
            continue;
          if (parts != NULL && !is_of_part (self, parts, part, i))
            continue;
          if (run >= sequence->length && (!wants_y || targets_are_known (self, i)))
            g_array_append_val (ends, i);
          else
            (*n_gaps)++;
        }
    }

  return ends;
}

static void
subtract (float       *values,
          const float *base,
          guint        n)
{
  for (guint i = 0; i < n; i++)
    values[i] -= base[i];
}

static void
fill_window (const CamFrame *self,
             gsize           end,
             gsize           place,
             CamPrepared    *prepared)
{
  const CamPreparation *preparation = self->view->preparation;
  const CamSequence *sequence = &preparation->sequence;
  guint width = preparation->row_width, n_targets = preparation->target_width;
  float *x = prepared->x + place * preparation->n_inputs;
  const float *last = self->last != NULL ? self->last + end * n_targets : NULL;
  const float *base = sequence->relative ? last : NULL;
  gsize first;
  guint n = find_targets (self, end, &first);

  memcpy (x, self->values + (end + 1 - sequence->length) * width, (gsize) sequence->length * width * sizeof (float));
  prepared->rows[place] = self->view->series.rows[end];
  if (last != NULL)
    memcpy (prepared->last + place * n_targets, last, n_targets * sizeof (float));
  for (guint i = 0; base != NULL && sequence->past_targets && i < sequence->length; i++)
    subtract (x + (gsize) i * width, base, n_targets);
  if (prepared->y == NULL || prepared->y == prepared->x)
    return;

  memcpy (prepared->y + place * preparation->n_outputs, self->truth + first * n_targets, (gsize) n * n_targets * sizeof (float));
  for (guint i = 0; base != NULL && i < n; i++)
    subtract (prepared->y + place * preparation->n_outputs + (gsize) i * n_targets, base, n_targets);
}

/* Which rows of the table the outputs are about, and where each series ends. */
static void
tell_rows (const CamFrame *self,
           const GArray   *ends,
           CamPrepared    *prepared)
{
  const CamSeries *series = &self->view->series;
  guint horizon = self->view->preparation->sequence.horizon, n_steps = MAX (horizon, 1), s = 0;

  prepared->n_series = series->n_series;
  prepared->ends = g_new (gsize, series->n_series + 1);
  for (guint i = 0; i < series->n_series; i++)
    prepared->ends[i] = series->rows[series->starts[i + 1] - 1];
  if (self->view->preparation->task == CAM_TASK_AUTOENCODER)
    return;

  prepared->n_steps = n_steps;
  prepared->told = g_new (gsize, (gsize) ends->len * n_steps + 1);
  for (guint i = 0; i < ends->len; i++)
    for (guint k = 0; k < n_steps; k++)
      {
        gsize at = g_array_index (ends, gsize, i) + (horizon > 0 ? k + 1 : 0);

        while (g_array_index (ends, gsize, i) >= series->starts[s + 1])
          s++;
        prepared->told[(gsize) i * n_steps + k] = at < series->starts[s + 1] ? series->rows[at] : series->n_rows + (gsize) s * n_steps + (at - series->starts[s + 1]);
      }
}

gboolean
cam_frame_gather (const CamFrame  *self,
                  const gint8     *parts,
                  CamPart          part,
                  gboolean         wants_y,
                  CamPrepared     *prepared,
                  gsize           *n_gaps,
                  GError         **error)
{
  const CamPreparation *preparation = self->view->preparation;
  gboolean has_y = wants_y && self->truth != NULL;
  g_autoptr(GArray) ends = find_ends (self, parts, part, has_y, n_gaps);
  gsize n = ends->len;

  *prepared = (CamPrepared) { .n_rows = n, .rows = g_new (gsize, n + 1), .x = new_rows (n, preparation->n_inputs) };
  if (wants_y && preparation->task == CAM_TASK_AUTOENCODER)
    prepared->y = prepared->x;
  else if (has_y)
    prepared->y = new_rows (n, preparation->n_outputs);
  if (self->last != NULL)
    prepared->last = new_rows (n, preparation->target_width);
  prepared->base = preparation->sequence.relative ? prepared->last : NULL;
  if (prepared->x == NULL || (has_y && prepared->y == NULL))
    {
      cam_prepared_clear (prepared);
      return tell_too_large (n, preparation->n_inputs, error);
    }

  for (gsize i = 0; i < n; i++)
    fill_window (self, g_array_index (ends, gsize, i), i, prepared);
  tell_rows (self, ends, prepared);

  return TRUE;
}
