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

static gboolean
add_metric (CamMeasure    *self,
            const json_t  *given,
            gsize          y_size,
            gsize          p_size,
            GError       **error)
{
  json_t *config = NULL;
  const CamMetric *metric = (const CamMetric *) (gconstpointer) cam_kind_resolve (CAM_KIND_METRIC, given, _("metrics"), &config, error);
  const char *stem;
  char *name;

  if (metric == NULL)
    return FALSE;
  g_ptr_array_add (self->metric_configs, config);
  if (self->metrics->len + 1 >= CAM_MOST_SUMS)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("There are more than %d metrics; leave some out"), CAM_MOST_SUMS - 1);
      return FALSE;
    }
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
  g_ptr_array_add (self->metrics, (gpointer) cam_metric_resolve (metric, y_size, p_size));

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

  self->metrics = g_ptr_array_new ();
  self->metric_configs = g_ptr_array_new_with_free_func (decref);
  self->names = g_ptr_array_new_with_free_func (g_free);

  self->loss = (const CamLoss *) (gconstpointer) cam_kind_resolve (CAM_KIND_LOSS, loss, _("loss"), &self->loss_config, error);
  if (self->loss == NULL)
    return FALSE;
  if (!self->loss->fits (y_size, network->n_out))
    return fail_sizes (&self->loss->kind, y_size, network->n_out, error);
  self->from_logits = self->loss->logits_of != NULL && last->activation != NULL &&
                      g_str_equal (self->loss->logits_of, cam_activation_get_name (last->activation));

  for (gsize i = 0; i < json_array_size (metrics); i++)
    if (!add_metric (self, json_array_get (metrics, i), y_size, network->n_out, error))
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

void
cam_measure_add (const CamMeasure *self,
                 const CamRows    *rows,
                 CamSums          *sums)
{
  sums->n += rows->n;
  sums->sums[0] += self->loss->sum (self->loss_config, rows);
  for (guint i = 0; i < self->metrics->len; i++)
    {
      const CamMetric *metric = g_ptr_array_index (self->metrics, i);

      sums->sums[1 + i] += metric->sum (g_ptr_array_index (self->metric_configs, i), rows);
    }
}

/* A stretch of blocks; each block has sums of its own, which are added up in order at the end. */
typedef struct
{
  const CamMeasure *measure;
  const CamNetwork *network;
  const CamSamples *samples;
  CamSums          *sums;
  gsize             n_blocks, per_item;
} MeasureJob;

static void
measure_item (guint    item,
              gpointer user_data)
{
  MeasureJob *job = user_data;
  gsize n_out = job->network->n_out;
  gsize first = item * job->per_item, end = MIN (first + job->per_item, job->n_blocks);
  float *workspace = cam_floats_new (cam_network_block_size (job->network) + 2 * CAM_BLOCK_ROWS * n_out);
  float *p = workspace + cam_network_block_size (job->network), *z = p + CAM_BLOCK_ROWS * n_out;

  for (gsize block = first; block < end; block++)
    {
      gsize row = block * CAM_BLOCK_ROWS, n = MIN (CAM_BLOCK_ROWS, job->samples->n_rows - row);
      CamRows rows = { job->samples->y + row * job->samples->y_size, p, job->measure->from_logits ? z : NULL, n, job->samples->y_size, n_out };

      cam_network_block (job->network, job->samples->x + row * job->samples->x_size, n, p, z, workspace);
      cam_measure_add (job->measure, &rows, &job->sums[block]);
    }

  cam_floats_free (workspace);
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
  g_autofree CamSums *sums = g_new0 (CamSums, n_blocks);
  MeasureJob job = { self, network, samples, sums, n_blocks, (n_blocks + n_items - 1) / n_items };
  gboolean shared = (double) samples->n_rows * (double) cam_network_get_n_params (network) > 250e3;

  if (pool != NULL)
    cam_pool_run (pool, shared, measure_item, n_items, &job);
  else
    measure_item (0, &job);

  for (guint i = 0; i < cam_measure_n (self); i++)
    {
      double sum = 0.0;

      for (gsize block = 0; block < n_blocks; block++)
        sum += sums[block].sums[i];
      means[i] = sum / (double) samples->n_rows;
    }
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
  else if (cam_measure_init (&measure, network, loss, metrics, samples->y_size, error))
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
