/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dataset: rows that can be used, split, prepared, and ready for a fit. */
#include <cam-tensor.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-split-private.h"

struct _CamDataset
{
  gatomicrefcount  count;
  CamTable        *table;
  CamPreparation  *preparation;
  GArray          *rows[CAM_N_PARTS];     /* gsize */
  float           *x[CAM_N_PARTS], *y[CAM_N_PARTS];
  gsize            n_dropped;
};

static gboolean
cell_is_missing (const CamTable          *table,
                 const CamColumnSettings *settings,
                 gsize                    row)
{
  if (cam_column_kind_is_numeric (settings->kind))
    return isnan (cam_table_get_number (table, settings->column, row));

  return cam_column_kind_is_numeric (cam_table_get_kind (table, settings->column))
    ? isnan (cam_table_get_number (table, settings->column, row))
    : cam_table_get_code (table, settings->column, row) < 0;
}

/* Rows whose targets are there, and whose features are, or may be filled. */
static GArray *
find_usable (const CamTable          *table,
             const CamColumnSettings *settings)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  guint n_columns = cam_table_get_n_columns (table);

  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      gboolean usable = TRUE;

      for (guint i = 0; i < n_columns && usable; i++)
        if (settings[i].role == CAM_ROLE_TARGET || (settings[i].role == CAM_ROLE_FEATURE && settings[i].missing == CAM_MISSING_DROP))
          usable = !cell_is_missing (table, &settings[i], row);
      if (usable)
        g_array_append_val (rows, row);
    }

  return rows;
}

/* Fills one part; a row that ordinal coding does not know is left out. */
static gboolean
prepare_part (CamDataset               *self,
              const CamColumnSettings  *settings,
              CamPart                   part,
              GError                  **error)
{
  const CamPreparation *preparation = self->preparation;
  GArray *rows = self->rows[part];
  g_autofree guint *targets = g_new (guint, preparation->targets->len + 1);
  g_autofree guint *features = g_new (guint, preparation->features->len + 1);
  guint n_targets = 0, n_features = 0, used = 0;

  for (guint i = 0; i < cam_table_get_n_columns (self->table); i++)
    if (settings[i].role == CAM_ROLE_TARGET)
      targets[n_targets++] = i;
    else if (settings[i].role == CAM_ROLE_FEATURE)
      features[n_features++] = i;

  self->x[part] = cam_floats_new ((gsize) rows->len * preparation->n_inputs);
  self->y[part] = cam_floats_new ((gsize) rows->len * preparation->n_outputs);
  if (self->x[part] == NULL || self->y[part] == NULL)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE,
                   _("%u rows of %u numbers do not fit into memory; ignore columns with many categories"), rows->len, preparation->n_inputs);
      return FALSE;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      gsize row = g_array_index (rows, gsize, i);
      float *to = self->x[part] + (gsize) used * preparation->n_inputs;
      gboolean ok = cam_preparation_target (preparation, self->table, targets, row, self->y[part] + (gsize) used * preparation->n_outputs);

      for (guint f = 0; f < n_features && ok; f++)
        {
          const CamStep *step = g_ptr_array_index (preparation->features, f);

          ok = cam_step_apply (step, self->table, features[f], row, to);
          to += cam_step_width (step);
        }
      if (ok)
        g_array_index (rows, gsize, used++) = row;
      else
        self->n_dropped++;
    }
  g_array_set_size (rows, used);

  return TRUE;
}

CamDataset *
cam_dataset_new (CamTable      *table,
                 const json_t  *data,
                 const json_t  *split,
                 GError       **error)
{
  g_autoptr(CamDataset) self = g_new0 (CamDataset, 1);
  g_autofree CamColumnSettings *settings = NULL;
  g_autoptr(GArray) usable = NULL;

  g_atomic_ref_count_init (&self->count);
  self->table = cam_table_ref (table);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    self->rows[p] = g_array_new (FALSE, FALSE, sizeof (gsize));

  settings = cam_settings_resolve (table, data, error);
  if (settings == NULL)
    return NULL;
  usable = find_usable (table, settings);
  self->n_dropped = cam_table_get_n_rows (table) - usable->len;
  if (usable->len == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                   _("Every row has a missing value; fill them with the mean, or ignore the columns that have most of them"));
      return NULL;
    }

  if (!cam_split_table (table, settings, split, (const gsize *) (gconstpointer) usable->data, usable->len, self->rows, error))
    return NULL;
  self->preparation = cam_preparation_fit (table, settings, (const gsize *) (gconstpointer) usable->data, usable->len,
                                           (const gsize *) (gconstpointer) self->rows[CAM_PART_TRAIN]->data, self->rows[CAM_PART_TRAIN]->len, error);
  if (self->preparation == NULL)
    return NULL;
  for (guint p = 0; p < CAM_N_PARTS; p++)
    if (!prepare_part (self, settings, (CamPart) p, error))
      return NULL;

  return g_steal_pointer (&self);
}

CamDataset *
cam_dataset_ref (CamDataset *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_dataset_unref (CamDataset *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      g_array_unref (self->rows[p]);
      cam_floats_free (self->x[p]);
      cam_floats_free (self->y[p]);
    }
  g_clear_pointer (&self->preparation, cam_preparation_unref);
  cam_table_unref (self->table);
  g_free (self);
}

CamTable *
cam_dataset_get_table (const CamDataset *self)
{
  return self->table;
}

CamPreparation *
cam_dataset_get_preparation (const CamDataset *self)
{
  return self->preparation;
}

CamTask
cam_dataset_get_task (const CamDataset *self)
{
  return self->preparation->task;
}

gsize
cam_dataset_get_n_rows (const CamDataset *self,
                        CamPart           part)
{
  return self->rows[part]->len;
}

const float *
cam_dataset_get_x (const CamDataset *self,
                   CamPart           part)
{
  return self->x[part];
}

const float *
cam_dataset_get_y (const CamDataset *self,
                   CamPart           part)
{
  return self->y[part];
}

const gsize *
cam_dataset_get_rows (const CamDataset *self,
                      CamPart           part)
{
  return (const gsize *) (gconstpointer) self->rows[part]->data;
}

gsize
cam_dataset_get_n_dropped (const CamDataset *self)
{
  return self->n_dropped;
}

gsize
cam_dataset_get_n_of_class (const CamDataset *self,
                            CamPart           part,
                            guint             c)
{
  const CamPreparation *preparation = self->preparation;
  gsize n = 0;

  for (guint i = 0; i < self->rows[part]->len; i++)
    if (preparation->task == CAM_TASK_BINARY)
      n += self->y[part][i] == (float) c;
    else if (preparation->task == CAM_TASK_MULTICLASS)
      n += self->y[part][(gsize) i * preparation->n_outputs + c] == 1.0f;

  return n;
}

char *
cam_dataset_describe_task (const CamDataset *self)
{
  const CamPreparation *preparation = self->preparation;
  g_autofree char *targets = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  guint n = preparation->features->len;

  for (guint i = 0; i < preparation->targets->len; i++)
    g_ptr_array_add (names, (gpointer) cam_preparation_get_target_name (preparation, i));
  g_ptr_array_add (names, NULL);
  targets = g_strjoinv (", ", (char **) names->pdata);

  switch (preparation->task)
    {
    case CAM_TASK_BINARY:
      return g_strdup_printf (ngettext ("Binary classification of %s from %u column", "Binary classification of %s from %u columns", n), targets, n);
    case CAM_TASK_MULTICLASS:
      return g_strdup_printf (ngettext ("Classification of %s into %u classes from %u column", "Classification of %s into %u classes from %u columns", n),
                              targets, cam_preparation_get_n_classes (preparation), n);
    case CAM_TASK_MULTILABEL:
      return g_strdup_printf (ngettext ("Multi-label classification of %s from %u column", "Multi-label classification of %s from %u columns", n), targets, n);
    case CAM_TASK_REGRESSION:
    default:
      return g_strdup_printf (ngettext ("Regression of %s from %u column", "Regression of %s from %u columns", n), targets, n);
    }
}
