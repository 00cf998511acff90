/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loss and metrics: resolved for a network and its targets, added up over rows, and measured over whole sets in evaluation mode. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-fit-private.h"

static void
decref (gpointer json)
{
  json_decref (json);
}

static gboolean
fail_sizes (const CamKind  *kind,
            gsize           y_size,
            gsize           p_size,
            GError        **error)
{
  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS,
               _("%s cannot compare targets of %" G_GSIZE_FORMAT " numbers with a network that gives %" G_GSIZE_FORMAT "; give the last layer as many units as there are targets"),
               kind->class_name, y_size, p_size);
  return FALSE;
}

static gsize
get_n_sums (const CamMetric *metric,
            const json_t    *config,
            gsize            p_size)
{
  return metric->sum != NULL ? 1 : metric->n_sums (config, p_size);
}

static gboolean
add_metric (CamMeasure    *self,
            const json_t  *given,
            GError       **error)
{
  gsize y_size = self->y_size, p_size = self->p_size;
  json_t *config = NULL;
  const CamMetric *metric = (const CamMetric *) (gconstpointer) cam_kind_resolve (CAM_KIND_METRIC, given, _("metrics"), &config, error);
  const char *stem;
  char *name;

  if (metric == NULL)
    return FALSE;
  g_ptr_array_add (self->metric_configs, config);
  if (metric->fits != NULL && !metric->fits (y_size, p_size))
    return fail_sizes (&metric->kind, y_size, p_size, error);

  /* Keras names the key as the user wrote it, when that is a name. */
  stem = json_is_string (given) ? json_string_value (given) : metric->kind.name;
  name = g_strdup (stem);
  for (guint n = 1; g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", stem, n);
    }
  g_ptr_array_add (self->names, name);
  metric = cam_metric_resolve (metric, y_size, p_size);
  g_ptr_array_add (self->metrics, (gpointer) metric);
  self->n_sums += get_n_sums (metric, config, p_size);

  return TRUE;
}

gboolean
cam_measure_init (CamMeasure        *self,
                  const CamNetwork  *network,
                  const json_t      *loss,
                  const json_t      *metrics,
                  gsize              y_size,
                  GError           **error)
{
  const CamLayer *last = cam_network_layer (network, network->layers->len - 1);

  /* The last axis is what is compared; what is before it are steps or pixels, each of them a row to the loss. */
  self->p_size = last->output.n_dims > 0 ? last->output.dims[last->output.n_dims - 1] : 1;
  self->n_steps = network->n_out / self->p_size;
  self->y_size = y_size / self->n_steps;
  self->n_sums = CAM_N_FIRST_SUMS;
  self->metrics = g_ptr_array_new ();
  self->metric_configs = g_ptr_array_new_with_free_func (decref);
  self->names = g_ptr_array_new_with_free_func (g_free);

  self->loss = (const CamLoss *) (gconstpointer) cam_kind_resolve (CAM_KIND_LOSS, loss, _("loss"), &self->loss_config, error);
  if (self->loss == NULL)
    return FALSE;
  if (y_size % self->n_steps != 0 || !self->loss->fits (self->y_size, self->p_size))
    return fail_sizes (&self->loss->kind, y_size, network->n_out, error);
  self->from_logits = self->loss->logits_of != NULL && last->activation != NULL &&
                      g_str_equal (self->loss->logits_of, cam_activation_get_name (last->activation));

  for (gsize i = 0; i < json_array_size (metrics); i++)
    if (!add_metric (self, json_array_get (metrics, i), error))
      return FALSE;

  return TRUE;
}

void
cam_measure_clear (CamMeasure *self)
{
  g_clear_pointer (&self->loss_config, json_decref);
  g_clear_pointer (&self->metrics, g_ptr_array_unref);
  g_clear_pointer (&self->metric_configs, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

guint
cam_measure_n (const CamMeasure *self)
{
  return 1 + self->metrics->len;
}

/* The outputs' steps as rows. */
static CamRows
get_rows (const CamMeasure *self,
          const CamOutputs *outputs)
{
  return (CamRows) { outputs->y, outputs->p, self->from_logits ? outputs->z : NULL, outputs->n * self->n_steps, self->y_size, self->p_size };
}

/* Row @i alone. */
static CamRows
get_row (const CamRows *rows,
         gsize          i)
{
  return (CamRows) { rows->y + i * rows->y_size, rows->p + i * rows->p_size, rows->z != NULL ? rows->z + i * rows->p_size : NULL, 1, rows->y_size, rows->p_size };
}

/* What step @i of the outputs counts: its row's weight, and with a mask nothing, or more than one, so that padding does not thin the mean out. */
static double
get_weight (const CamMeasure *self,
            const CamOutputs *outputs,
            double            mask_factor,
            gsize             i)
{
  double weight = outputs->weights != NULL ? outputs->weights[i / self->n_steps] : 1.0;

  return outputs->mask != NULL ? (outputs->mask[i] ? weight * mask_factor : 0.0) : weight;
}

static double
get_mask_factor (const CamMeasure *self,
                 const CamOutputs *outputs)
{
  gsize n = outputs->n * self->n_steps, valid = 0;

  if (outputs->mask == NULL)
    return 1.0;
  for (gsize i = 0; i < n; i++)
    valid += outputs->mask[i];

  return valid > 0 ? (double) n / (double) valid : 0.0;
}

void
cam_measure_add (const CamMeasure *self,
                 const CamOutputs *outputs,
                 double           *sums)
{
  CamRows rows = get_rows (self, outputs);
  double mask_factor = get_mask_factor (self, outputs);
  double *to = sums + CAM_N_FIRST_SUMS;

  sums[CAM_SUM_ROWS] += (double) rows.n;
  if (outputs->weights == NULL && outputs->mask == NULL)
    sums[CAM_SUM_LOSS] += self->loss->sum (self->loss_config, &rows);
  else
    for (gsize i = 0; i < rows.n; i++)
      {
        double weight = get_weight (self, outputs, mask_factor, i);
        CamRows row = get_row (&rows, i);

        if (weight != 0.0)
          sums[CAM_SUM_LOSS] += weight * self->loss->sum (self->loss_config, &row);
      }

  for (guint i = 0; i < self->metrics->len; i++)
    {
      const CamMetric *metric = g_ptr_array_index (self->metrics, i);
      const json_t *config = g_ptr_array_index (self->metric_configs, i);

      if (metric->sum != NULL)
        *to += metric->sum (config, &rows);
      else
        metric->add (config, &rows, to);
      to += get_n_sums (metric, config, self->p_size);
    }
}

void
cam_measure_gradient (const CamMeasure *self,
                      const CamOutputs *outputs,
                      gsize             n_batch,
                      float            *d)
{
  CamRows rows = get_rows (self, outputs);
  double mask_factor = get_mask_factor (self, outputs);

  self->loss->gradient (self->loss_config, &rows, 1.0 / ((double) n_batch * (double) self->n_steps), d);
  if (outputs->weights == NULL && outputs->mask == NULL)
    return;

  for (gsize i = 0; i < rows.n; i++)
    {
      float weight = (float) get_weight (self, outputs, mask_factor, i);

      for (gsize j = 0; j < rows.p_size; j++)
        d[i * rows.p_size + j] *= weight;
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
      const CamMetric *metric = g_ptr_array_index (self->metrics, i);
      const json_t *config = g_ptr_array_index (self->metric_configs, i);

      means[1 + i] = metric->sum != NULL ? *from / sums[CAM_SUM_ROWS] : metric->result (config, self->p_size, from);
      from += get_n_sums (metric, config, self->p_size);
    }
}

/* A stretch of blocks; each block has sums of its own, which are added up in order at the end. */
typedef struct
{
  const CamMeasure *measure;
  const CamNetwork *network;
  const CamSamples *samples;
  double           *sums;          /* [n_blocks, n_sums] */
  gsize             n_blocks, per_item;
} MeasureJob;

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
      CamOutputs outputs = { job->samples->y + row * job->samples->y_size, p, z, NULL, mask, n };
      CamBlockExtras extras = { measure->from_logits ? z : NULL, mask, &activity };

      cam_network_block (job->network, job->network->layers->len, job->samples->x + row * job->samples->x_size, n, p, &extras, workspace);
      cam_measure_add (measure, &outputs, sums);
      sums[CAM_SUM_LOSS] += activity * (double) measure->n_steps;
    }

  cam_floats_free (workspace);
  cam_floats_free (p);
}

void
cam_measure_run (const CamMeasure *self,
                 const CamNetwork *network,
                 const CamSamples *samples,
                 CamPool          *pool,
                 double           *means)
{
  gsize n_blocks = (samples->n_rows + CAM_BLOCK_ROWS - 1) / CAM_BLOCK_ROWS;
  guint n_items = pool != NULL ? (guint) MIN (n_blocks, 4 * cam_pool_get_n_threads (pool)) : 1;
  g_autofree double *sums = g_new0 (double, n_blocks * self->n_sums);
  MeasureJob job = { self, network, samples, sums, n_blocks, (n_blocks + n_items - 1) / n_items };
  gboolean shared = (double) samples->n_rows * cam_network_work (network) > 250e3;

  if (pool != NULL)
    cam_pool_run (pool, shared, measure_item, n_items, &job);
  else
    measure_item (0, &job);

  for (gsize block = 1; block < n_blocks; block++)
    for (gsize i = 0; i < self->n_sums; i++)
      sums[i] += sums[block * self->n_sums + i];
  cam_measure_means (self, sums, means);
  means[0] += cam_network_penalty (network);
}

char **
cam_evaluate (CamNetwork        *network,
              const json_t      *loss,
              const json_t      *metrics,
              const CamSamples  *samples,
              double           **values,
              GError           **error)
{
  CamMeasure measure = { 0 };
  char **keys = NULL;

  if (samples->n_rows == 0)
    g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("There are no rows to measure"));
  else if (cam_network_check_rows (network, samples->x, samples->n_rows, _("measured"), error) &&
           cam_measure_init (&measure, network, loss, metrics, samples->y_size, error))
    {
      guint n = cam_measure_n (&measure);

      *values = g_new (double, n);
      cam_measure_run (&measure, network, samples, NULL, *values);
      keys = g_new0 (char *, n + 1);
      keys[0] = g_strdup ("loss");
      for (guint i = 1; i < n; i++)
        keys[i] = g_strdup (g_ptr_array_index (measure.names, i - 1));
    }
  cam_measure_clear (&measure);

  return keys;
}
