/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums are added up block by block in the order of the rows, whoever brings how many: rows that are no whole number of blocks and of batches wait for more. */
#include "cam-evaluator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-fit-private.h"

struct _CamEvaluator
{
  const CamNetwork *network;      /* borrowed */
  CamMeasure        measure;
  CamPool          *pool;
  CamEvaluated      evaluated;
  gpointer          user_data;
  gsize             x_size, y_size, batch_size;

  double           *sums;
  gsize             unit;         /* rows: whole batches and whole blocks */
  float            *x, *y;        /* [unit]: those that wait */
  gsize             n_waiting;
  float            *p;            /* of the rows at hand */
  gsize             p_rows;       /* there is room for */
  gsize             n_rows;       /* measured */
};

/* Rows that are both. */
static gsize
find_unit (gsize batch_size)
{
  gsize a = batch_size, b = CAM_BLOCK_ROWS;

  while (b != 0)
    {
      gsize rest = a % b;

      a = b;
      b = rest;
    }

  return batch_size / a * CAM_BLOCK_ROWS;
}

CamEvaluator *
cam_evaluator_new (const CamNetwork  *network,
                   const json_t      *loss,
                   const json_t      *metrics,
                   gsize              x_size,
                   gsize              y_size,
                   gsize              batch_size,
                   guint              n_threads,
                   CamEvaluated       evaluated,
                   gpointer           user_data,
                   GError           **error)
{
  g_autoptr(CamEvaluator) self = g_new0 (CamEvaluator, 1);

  self->network = network;
  self->evaluated = evaluated;
  self->user_data = user_data;
  self->x_size = x_size;
  self->y_size = y_size;
  self->batch_size = batch_size;
  self->unit = find_unit (batch_size);
  if (!cam_measure_init (&self->measure, network, loss, metrics, NULL, y_size, error))
    return NULL;
  self->sums = g_new0 (double, self->measure.n_sums);
  self->x = cam_floats_new (self->unit * x_size);
  self->y = cam_floats_new (self->unit * y_size);
  self->pool = cam_pool_new (n_threads);

  return g_steal_pointer (&self);
}

void
cam_evaluator_free (CamEvaluator *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->pool, cam_pool_free);
  cam_measure_clear (&self->measure);
  cam_floats_free (self->x);
  cam_floats_free (self->y);
  cam_floats_free (self->p);
  g_free (self->sums);
  g_free (self);
}

void
cam_evaluator_restart (CamEvaluator *self)
{
  memset (self->sums, 0, self->measure.n_sums * sizeof (double));
  self->n_waiting = self->n_rows = 0;
}

static void
measure (CamEvaluator *self,
         const float  *x,
         const float  *y,
         gsize         n_rows)
{
  const CamSamples samples = { x, y, n_rows, self->x_size, self->y_size, NULL };

  if (n_rows == 0)
    return;
  if (n_rows > self->p_rows)
    {
      cam_floats_free (self->p);
      self->p = cam_floats_new (n_rows * self->network->n_out);
      self->p_rows = n_rows;
    }
  cam_measure_add_rows (&self->measure, self->network, &samples, self->batch_size, self->pool, self->p, self->sums);
  if (self->evaluated != NULL)
    self->evaluated (self->n_rows, x, y, self->p, n_rows, self->user_data);
  self->n_rows += n_rows;
}

/* @n rows to those that wait. */
static void
wait_for_more (CamEvaluator *self,
               const float  *x,
               const float  *y,
               gsize         n)
{
  memcpy (self->x + self->n_waiting * self->x_size, x, n * self->x_size * sizeof (float));
  memcpy (self->y + self->n_waiting * self->y_size, y, n * self->y_size * sizeof (float));
  self->n_waiting += n;
}

gboolean
cam_evaluator_add (CamEvaluator  *self,
                   const float   *x,
                   const float   *y,
                   gsize          n_rows,
                   GError       **error)
{
  gsize first = 0, whole;

  if (!cam_network_check_rows (self->network, x, n_rows, _("measured"), error))
    return FALSE;

  if (self->n_waiting > 0)
    {
      first = MIN (self->unit - self->n_waiting, n_rows);
      wait_for_more (self, x, y, first);
      if (self->n_waiting < self->unit)
        return TRUE;
      measure (self, self->x, self->y, self->unit);
      self->n_waiting = 0;
    }
  whole = (n_rows - first) / self->unit * self->unit;
  measure (self, x + first * self->x_size, y + first * self->y_size, whole);
  first += whole;
  wait_for_more (self, x + first * self->x_size, y + first * self->y_size, n_rows - first);

  return TRUE;
}

char **
cam_evaluator_finish (CamEvaluator  *self,
                      double       **values,
                      GError       **error)
{
  measure (self, self->x, self->y, self->n_waiting);
  self->n_waiting = 0;
  if (self->n_rows == 0)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("There are no rows to measure"));
      return NULL;
    }
  *values = g_new (double, cam_measure_n (&self->measure));
  cam_measure_end (&self->measure, self->network, self->sums, *values);

  return cam_measure_dup_keys (&self->measure);
}
