/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loss and metrics: resolved for a network and its targets, added up over rows, and measured over whole sets in evaluation mode. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-fit-private.h"

static void
clear_measured (gpointer data)
{
  g_clear_pointer (&((CamMeasured *) data)->config, json_decref);
}

static gboolean
fail_sizes (const CamKind  *kind,
            gsize           y_size,
            gsize           p_size,
            GError        **error)
{
  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS,
               _("%s cannot compare targets of %zu numbers with a network that gives %zu; give the last layer as many units as there are targets"),
               kind->class_name, y_size, p_size);
  return FALSE;
}

static gboolean
has_name (const CamMeasure *self,
          const char       *name)
{
  return g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL);
}

/* Keras names the key as the user wrote it, when that is a name. Of two with one name the second gets a number; a weighted one its word first. */
static char *
make_name (const CamMeasure *self,
           const CamMetric  *metric,
           const json_t     *given,
           const json_t     *config,
           gboolean          is_weighted)
{
  const char *own = cam_fields_choice (config, "name");
  const char *stem = own != NULL && *own != 0 ? own : json_is_string (given) ? json_string_value (given) : metric->kind.name;
  g_autofree char *weighted = is_weighted && has_name (self, stem) ? g_strconcat ("weighted_", stem, NULL) : NULL;
  char *name = g_strdup (weighted != NULL ? weighted : stem);

  for (guint n = 1; has_name (self, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", weighted != NULL ? weighted : stem, n);
    }

  return name;
}

static gboolean
add_metric (CamMeasure    *self,
            const json_t  *given,
            gboolean       is_weighted,
            GError       **error)
{
  gsize y_size = self->y_size, p_size = self->p_size;
  CamMeasured measured = { .is_weighted = is_weighted };
  const CamMetric *metric = (const CamMetric *) (gconstpointer) cam_kind_resolve (CAM_KIND_METRIC, given, is_weighted ? _("weighted_metrics") : _("metrics"), &measured.config, error);

  if (metric == NULL)
    return FALSE;
  if (metric->fits != NULL && !metric->fits (y_size, p_size))
    {
      clear_measured (&measured);
      return fail_sizes (&metric->kind, y_size, p_size, error);
    }

  g_ptr_array_add (self->names, make_name (self, metric, given, measured.config, is_weighted));
  metric = cam_metric_resolve (metric, y_size, p_size);
  measured.metric = metric;
  measured.takes_logits = self->from_logits && g_strcmp0 (metric->logits_of, self->loss->logits_of) == 0;
  /* A mean keeps what its rows weigh beside their sum. */
  measured.n_sums = metric->values != NULL ? 2 : metric->n_sums (measured.config, p_size);
  self->n_sums += measured.n_sums;
  g_array_append_val (self->metrics, measured);

  return TRUE;
}

gboolean
cam_measure_init (CamMeasure        *self,
                  const CamNetwork  *network,
                  const json_t      *loss,
                  const json_t      *metrics,
                  const json_t      *weighted_metrics,
                  gsize              y_size,
                  GError           **error)
{
  const CamLayer *last = cam_network_layer (network, network->layers->len - 1);

  /* The last axis is what is compared; what is before it are steps or pixels, each of them a row to the loss. */
  self->p_size = last->output.n_dims > 0 ? last->output.dims[last->output.n_dims - 1] : 1;
  self->n_steps = network->n_out / self->p_size;
  self->y_size = y_size / self->n_steps;
  self->n_sums = CAM_N_FIRST_SUMS;
  self->metrics = g_array_new (FALSE, FALSE, sizeof (CamMeasured));
  g_array_set_clear_func (self->metrics, clear_measured);
  self->names = g_ptr_array_new_with_free_func (g_free);

  self->loss = (const CamLoss *) (gconstpointer) cam_kind_resolve (CAM_KIND_LOSS, loss, _("loss"), &self->loss_config, error);
  if (self->loss == NULL)
    return FALSE;
  for (guint i = 0; self->loss->kind.fields[i].key != NULL; i++)
    {
      g_assert (i < CAM_MOST_NUMBERS);
      self->loss_numbers[i] = cam_fields_number (self->loss_config, self->loss->kind.fields[i].key);
    }
  if (y_size % self->n_steps != 0 || !self->loss->fits (self->y_size, self->p_size))
    return fail_sizes (&self->loss->kind, y_size, network->n_out, error);
  self->from_logits = self->loss->logits_of != NULL && last->activation != NULL &&
                      g_str_equal (self->loss->logits_of, cam_activation_get_name (last->activation));

  for (gsize i = 0; i < json_array_size (metrics); i++)
    if (!add_metric (self, json_array_get (metrics, i), FALSE, error))
      return FALSE;
  for (gsize i = 0; i < json_array_size (weighted_metrics); i++)
    if (!add_metric (self, json_array_get (weighted_metrics, i), TRUE, error))
      return FALSE;

  return TRUE;
}

void
cam_measure_clear (CamMeasure *self)
{
  g_clear_pointer (&self->loss_config, json_decref);
  g_clear_pointer (&self->metrics, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

guint
cam_measure_n (const CamMeasure *self)
{
  return 1 + self->metrics->len;
}

/* Rows that are worked on at a time: their values and weights are on the stack. */
#define CHUNK 64

/* Steps @first … of the outputs as rows, CHUNK at most. */
static CamRows
get_rows (const CamMeasure *self,
          const CamOutputs *outputs,
          gsize             first)
{
  return (CamRows) {
    .y = outputs->y + first * self->y_size,
    .p = outputs->p + first * self->p_size,
    .z = self->from_logits ? outputs->z + first * self->p_size : NULL,
    .n = MIN (CHUNK, outputs->n * self->n_steps - first),
    .y_size = self->y_size,
    .p_size = self->p_size,
    .numbers = self->loss_numbers,
  };
}

/* Which steps count in the loss, by their mask and by the loss itself. NULL: all. */
static const guint8 *
get_mask (const CamMeasure *self,
          const CamOutputs *outputs,
          const CamRows    *rows,
          gsize             first,
          guint8           *mask)
{
  if (outputs->mask == NULL && self->loss->mask == NULL)
    return NULL;

  for (gsize i = 0; i < rows->n; i++)
    mask[i] = outputs->mask == NULL || outputs->mask[first + i];
  if (self->loss->mask != NULL)
    self->loss->mask (self->loss_config, rows, mask);

  return mask;
}

static void
add_loss (const CamMeasure *self,
          const CamRows    *rows,
          const float      *weights,
          const guint8     *mask,
          double           *sums)
{
  double values[CHUNK], sum = 0.0;
  gsize n_counted = 0;

  self->loss->values (self->loss_config, rows, values);
  for (gsize i = 0; i < rows->n; i++)
    if (mask == NULL || mask[i])
      {
        n_counted++;
        /* A row that weighs nothing may hold anything. */
        if (weights == NULL || weights[i] != 0.0f)
          sum += weights != NULL ? weights[i] * values[i] : values[i];
      }
  sums[CAM_SUM_LOSS] += sum;
  sums[CAM_SUM_COUNTED] += (double) n_counted;
}

static void
add_measured (const CamMeasured *self,
              CamRows            rows,
              const float       *weights,
              double            *sums)
{
  double values[CHUNK];

  if (!self->takes_logits)
    rows.z = NULL;
  rows.weights = weights;
  rows.numbers = NULL;
  if (self->metric->values == NULL)
    {
      self->metric->add (self->config, &rows, sums);
      return;
    }

  self->metric->values (self->config, &rows, values);
  for (gsize i = 0; i < rows.n; i++)
    {
      sums[0] += weights != NULL ? weights[i] * values[i] : values[i];
      sums[1] += weights != NULL ? weights[i] : 1.0;
    }
}

void
cam_measure_add (const CamMeasure *self,
                 const CamOutputs *outputs,
                 double           *sums)
{
  gsize n = outputs->n * self->n_steps;

  for (gsize first = 0; first < n; first += CHUNK)
    {
      CamRows rows = get_rows (self, outputs, first);
      double *to = sums + CAM_N_FIRST_SUMS;
      float weights[CHUNK];
      guint8 mask[CHUNK];

      float seen[CHUNK];       /* by metrics that do not look at weights: 1, or 0 where the network masks the step */

      for (gsize i = 0; outputs->weights != NULL && i < rows.n; i++)
        weights[i] = outputs->weights[(first + i) / self->n_steps];

      sums[CAM_SUM_ROWS] += (double) rows.n;
      add_loss (self, &rows, outputs->weights != NULL ? weights : NULL, get_mask (self, outputs, &rows, first, mask), sums);
      for (gsize i = 0; outputs->mask != NULL && i < rows.n; i++)
        {
          seen[i] = outputs->mask[first + i] ? 1.0f : 0.0f;
          weights[i] = outputs->weights != NULL ? weights[i] * seen[i] : seen[i];
        }
      for (guint i = 0; i < self->metrics->len; i++)
        {
          const CamMeasured *measured = &g_array_index (self->metrics, CamMeasured, i);
          gboolean is_weighed = measured->is_weighted && (outputs->weights != NULL || outputs->mask != NULL);

          add_measured (measured, rows, is_weighed ? weights : outputs->mask != NULL ? seen : NULL, to);
          to += measured->n_sums;
        }
    }
}

void
cam_measure_settle (double *sums)
{
  if (sums[CAM_SUM_COUNTED] != sums[CAM_SUM_ROWS])
    sums[CAM_SUM_LOSS] *= sums[CAM_SUM_COUNTED] > 0.0 ? sums[CAM_SUM_ROWS] / sums[CAM_SUM_COUNTED] : 0.0;
  sums[CAM_SUM_LOSS] += sums[CAM_SUM_PENALTY];
  sums[CAM_SUM_COUNTED] = sums[CAM_SUM_ROWS];
  sums[CAM_SUM_PENALTY] = 0.0;
}

void
cam_measure_gradient (const CamMeasure *self,
                      const CamOutputs *outputs,
                      const double     *batch,
                      float            *d)
{
  gsize n = outputs->n * self->n_steps;
  double scale = batch[CAM_SUM_COUNTED] > 0.0 ? 1.0 / batch[CAM_SUM_COUNTED] : 0.0;

  for (gsize first = 0; first < n; first += CHUNK)
    {
      CamRows rows = get_rows (self, outputs, first);
      guint8 space[CHUNK];
      const guint8 *mask = get_mask (self, outputs, &rows, first, space);
      float *to = d + first * self->p_size;

      self->loss->gradient (self->loss_config, &rows, scale, to);
      for (gsize i = 0; (mask != NULL || outputs->weights != NULL) && i < rows.n; i++)
        {
          float weight = mask != NULL && !mask[i] ? 0.0f : outputs->weights != NULL ? outputs->weights[(first + i) / self->n_steps] : 1.0f;

          for (gsize j = 0; j < self->p_size; j++)
            to[i * self->p_size + j] = weight == 0.0f ? 0.0f : weight * to[i * self->p_size + j];
        }
    }
}

void
cam_measure_means (const CamMeasure *self,
                   const double     *sums,
                   double           *means)
{
  const double *from = sums + CAM_N_FIRST_SUMS;

  means[0] = sums[CAM_SUM_LOSS] / sums[CAM_SUM_ROWS];
  for (guint i = 0; i < self->metrics->len; i++)
    {
      const CamMeasured *measured = &g_array_index (self->metrics, CamMeasured, i);

      means[1 + i] = measured->metric->values != NULL ? (from[1] != 0.0 ? from[0] / from[1] : 0.0) : measured->metric->result (measured->config, self->p_size, from);
      from += measured->n_sums;
    }
}

/* A stretch of blocks; each block has sums of its own, which are added up in order at the end. Where masks make the loss hang on the batches, the first sums are kept for each piece of a
 * block that lies within one batch. */
typedef struct
{
  const CamMeasure *measure;
  const CamNetwork *network;
  const CamSamples *samples;
  double           *sums;          /* [n_blocks, n_sums] */
  double           *pieces;        /* [n_blocks + n_batches, CAM_N_FIRST_SUMS]; NULL: the loss does not hang on the batches */
  float            *p;             /* [n_rows, n_out]: what the network gives; NULL: of no interest */
  gsize             batch_size;
  gsize             n_blocks, per_item;
} MeasureJob;

/* A piece begins where a block does, or a batch: each in a place of its own. */
static double *
get_piece (const MeasureJob *job,
           gsize             row)
{
  return job->pieces + (row / CAM_BLOCK_ROWS + row / job->batch_size) * CAM_N_FIRST_SUMS;
}

static void
add_in_pieces (const MeasureJob *job,
               const CamOutputs *outputs,
               gsize             row,
               double           *sums)
{
  const CamMeasure *measure = job->measure;
  gsize n_steps = cam_network_n_steps (job->network), n_out = job->network->n_out;
  g_autofree double *piece_sums = g_new (double, measure->n_sums);

  for (gsize done = 0, n; done < outputs->n; done += n)
    {
      CamOutputs piece = *outputs;

      n = MIN (outputs->n - done, job->batch_size - (row + done) % job->batch_size);
      piece.y += done * job->samples->y_size;
      piece.p += done * n_out;
      piece.z += done * n_out;
      piece.weights = outputs->weights != NULL ? outputs->weights + done : NULL;
      piece.mask = outputs->mask != NULL ? outputs->mask + done * n_steps : NULL;
      piece.n = n;
      memset (piece_sums, 0, measure->n_sums * sizeof (double));
      cam_measure_add (measure, &piece, piece_sums);
      memcpy (get_piece (job, row + done), piece_sums, CAM_N_FIRST_SUMS * sizeof (double));
      for (gsize i = CAM_N_FIRST_SUMS; i < measure->n_sums; i++)
        sums[i] += piece_sums[i];
    }
}

/* The first sums of all batches, each settled by itself. */
static void
settle_pieces (const MeasureJob *job,
               double           *sums)
{
  for (gsize first = 0; first < job->samples->n_rows; first += job->batch_size)
    {
      gsize end = MIN (first + job->batch_size, job->samples->n_rows);
      double batch[CAM_N_FIRST_SUMS] = { 0.0 };

      for (gsize row = first; row < end; row = (row / CAM_BLOCK_ROWS + 1) * CAM_BLOCK_ROWS)
        for (guint i = 0; i < CAM_N_FIRST_SUMS; i++)
          batch[i] += get_piece (job, row)[i];
      cam_measure_settle (batch);
      for (guint i = 0; i < CAM_N_FIRST_SUMS; i++)
        sums[i] += batch[i];
    }
}

static void
measure_item (guint    item,
              gpointer user_data)
{
  MeasureJob *job = user_data;
  const CamMeasure *measure = job->measure;
  gsize n_out = job->network->n_out, n_steps = cam_network_n_steps (job->network);
  gsize first = item * job->per_item, end = MIN (first + job->per_item, job->n_blocks);
  gboolean has_mask = cam_network_mask_of (job->network, job->network->layers->len) >= 0 && n_steps == measure->n_steps;
  float *p = cam_floats_new (2 * CAM_BLOCK_ROWS * n_out), *z = p + CAM_BLOCK_ROWS * n_out;
  float *workspace = cam_floats_new (cam_network_block_size (job->network) / sizeof (float) + 1);
  g_autofree guint8 *mask = has_mask ? g_malloc (CAM_BLOCK_ROWS * n_steps) : NULL;

  for (gsize block = first; block < end; block++)
    {
      gsize row = block * CAM_BLOCK_ROWS, n = MIN (CAM_BLOCK_ROWS, job->samples->n_rows - row);
      double *sums = job->sums + block * measure->n_sums, activity = 0.0;
      const float *weights = job->samples->weights != NULL ? job->samples->weights + row : NULL;
      CamOutputs outputs = { job->samples->y + row * job->samples->y_size, p, z, weights, mask, n };
      CamBlockExtras extras = { measure->from_logits ? z : NULL, mask, &activity };

      cam_network_block (job->network, job->network->layers->len, job->samples->x + row * job->samples->x_size, n, p, &extras, workspace);
      if (job->p != NULL)
        memcpy (job->p + row * n_out, p, n * n_out * sizeof (float));
      if (job->pieces != NULL)
        add_in_pieces (job, &outputs, row, sums);
      else
        cam_measure_add (measure, &outputs, sums);
      sums[CAM_SUM_PENALTY] += activity * (double) measure->n_steps;
    }

  cam_floats_free (workspace);
  cam_floats_free (p);
}

void
cam_measure_add_rows (const CamMeasure *self,
                      const CamNetwork *network,
                      const CamSamples *samples,
                      gsize             batch_size,
                      CamPool          *pool,
                      float            *p,
                      double           *total)
{
  gsize n_blocks = (samples->n_rows + CAM_BLOCK_ROWS - 1) / CAM_BLOCK_ROWS;
  guint n_items = pool != NULL ? (guint) MIN (n_blocks, 4 * cam_pool_get_n_threads (pool)) : 1;
  g_autofree double *sums = g_new0 (double, n_blocks * self->n_sums);
  gboolean has_mask = cam_network_mask_of (network, network->layers->len) >= 0 || self->loss->mask != NULL;
  g_autofree double *pieces = has_mask ? g_new0 (double, (n_blocks + (samples->n_rows + batch_size - 1) / batch_size) * CAM_N_FIRST_SUMS) : NULL;
  MeasureJob job = { self, network, samples, sums, pieces, p, batch_size, n_blocks, (n_blocks + n_items - 1) / n_items };
  gboolean shared = (double) samples->n_rows * cam_network_work (network) > 250e3;

  if (pool != NULL)
    cam_pool_run (pool, shared, measure_item, n_items, &job);
  else
    measure_item (0, &job);

  for (gsize block = 0; block < n_blocks; block++)
    for (gsize i = 0; i < self->n_sums; i++)
      total[i] += sums[block * self->n_sums + i];
  if (pieces != NULL)
    settle_pieces (&job, total);
}

void
cam_measure_end (const CamMeasure *self,
                 const CamNetwork *network,
                 double           *sums,
                 double           *means)
{
  cam_measure_settle (sums);
  cam_measure_means (self, sums, means);
  means[0] += cam_network_penalty (network);
}

void
cam_measure_run (const CamMeasure *self,
                 const CamNetwork *network,
                 const CamSamples *samples,
                 gsize             batch_size,
                 CamPool          *pool,
                 double           *means)
{
  g_autofree double *sums = g_new0 (double, self->n_sums);

  cam_measure_add_rows (self, network, samples, batch_size, pool, NULL, sums);
  cam_measure_end (self, network, sums, means);
}

char **
cam_measure_dup_keys (const CamMeasure *self)
{
  char **keys = g_new0 (char *, cam_measure_n (self) + 1);

  keys[0] = g_strdup ("loss");
  for (guint i = 1; i < cam_measure_n (self); i++)
    keys[i] = g_strdup (g_ptr_array_index (self->names, i - 1));

  return keys;
}

char **
cam_evaluate (CamNetwork        *network,
              const json_t      *loss,
              const json_t      *metrics,
              const json_t      *weighted_metrics,
              const CamSamples  *samples,
              gsize              batch_size,
              double           **values,
              GError           **error)
{
  CamMeasure measure = { 0 };
  char **keys = NULL;

  if (samples->n_rows == 0)
    g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("There are no rows to measure"));
  else if (cam_network_check_rows (network, samples->x, samples->n_rows, _("measured"), error) &&
           cam_measure_init (&measure, network, loss, metrics, weighted_metrics, samples->y_size, error))
    {
      guint n = cam_measure_n (&measure);

      *values = g_new (double, n);
      cam_measure_run (&measure, network, samples, batch_size, NULL, *values);
      keys = cam_measure_dup_keys (&measure);
    }
  cam_measure_clear (&measure);

  return keys;
}
