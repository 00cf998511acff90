/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dataset: rows that can be used, split, prepared, and ready for a fit. */
#include <cam-tensor.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-split-private.h"

struct _CamDataset
{
  gatomicrefcount  count;
  CamTable        *table;
  CamPreparation  *preparation;
  GArray          *rows[CAM_N_PARTS];     /* gsize */
  CamPrepared      parts[CAM_N_PARTS];    /* their rows stand above */
  gsize            n_dropped;
};

/* Rows whose targets are there, and whose features are, or may be filled. */
static GArray *
find_usable (const CamTable        *table,
             const CamDataSettings *settings)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize n = cam_table_get_n_rows (table);
  g_autofree guint8 *is_usable = g_malloc (n + 1);

  memset (is_usable, 1, n);
  for (guint i = 0; i < settings->n_columns; i++)
    {
      const CamColumnSettings *column = &settings->columns[i];
      gboolean is_target = column->role == CAM_ROLE_TARGET && settings->task != CAM_TASK_AUTOENCODER;

      if ((!is_target && (column->role != CAM_ROLE_FEATURE || column->missing != CAM_MISSING_DROP)) || !cam_column_may_miss (table, column->kind, i))
        continue;
      for (gsize row = 0; row < n; row++)
        if (cam_cell_is_missing (table, column->kind, i, row))
          is_usable[row] = 0;
    }
  for (gsize row = 0; row < n; row++)
    if (is_usable[row])
      g_array_append_val (rows, row);

  return rows;
}

/* Every sample is a row: a row that ordinal coding does not know is left out, as is one with nothing above it to take. */
static gboolean
prepare_rows (CamDataset     *self,
              const CamView  *view,
              GError        **error)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      gsize n = self->rows[p]->len;

      if (!cam_view_prepare_rows (view, (gsize *) (gpointer) self->rows[p]->data, &n, &self->parts[p].x, &self->parts[p].y, error))
        return FALSE;
      self->n_dropped += self->rows[p]->len - n;
      g_array_set_size (self->rows[p], (guint) n);
    }

  return TRUE;
}

static gboolean
prepare_windows (CamDataset     *self,
                 const CamView  *view,
                 GError        **error)
{
  static const char *const part_words[CAM_N_PARTS] = { N_("training"), N_("validation"), N_("test") };
  gsize n_rows = cam_table_get_n_rows (self->table);
  g_autofree gint8 *parts = g_malloc (n_rows + 1);
  g_autoptr(CamFrame) frame = cam_frame_new (view, error);

  if (frame == NULL)
    return FALSE;
  memset (parts, -1, n_rows);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (guint i = 0; i < self->rows[p]->len; i++)
      parts[g_array_index (self->rows[p], gsize, i)] = (gint8) p;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      CamPrepared *prepared = &self->parts[p];
      gboolean had_rows = self->rows[p]->len > 0;

      if (!cam_frame_gather (frame, parts, (CamPart) p, TRUE, prepared, &self->n_dropped, error))
        return FALSE;
      g_array_set_size (self->rows[p], 0);
      g_array_append_vals (self->rows[p], prepared->rows, (guint) prepared->n_rows);
      g_clear_pointer (&prepared->rows, g_free);
      if (had_rows && prepared->n_rows == 0)
        {
          g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                       _("No window of %u rows is left for the %s part; make the sequence shorter, fill what is missing, or give that part more rows"),
                       self->preparation->sequence.length, _(part_words[p]));
          return FALSE;
        }
    }

  return TRUE;
}

/* By chance, the rows of a window would lie in several parts, and the future in training. NULL: refused. */
static json_t *
choose_split_of_sequence (const json_t  *split,
                          GError       **error)
{
  static const char *const known[] = { "ordered", "column", "grouped", NULL };
  const char *method = json_string_value (json_object_get (split, "method"));
  json_t *chosen;

  if (method != NULL && cam_word_find (known, method) < 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SETTINGS,
                   _("split: “%s” mixes past and future of a sequence; take the method “ordered”, or a column that names the parts"), method);
      return NULL;
    }
  chosen = split != NULL ? json_copy ((json_t *) split) : json_object ();
  if (method == NULL)
    json_object_set_new (chosen, "method", json_string ("ordered"));

  return chosen;
}

/* All rows of the table, those of a sequence in its order. */
static GArray *
list_rows (const CamTable        *table,
           const CamDataSettings *settings)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  CamSeries series;

  cam_series_init (&series, table, -1, settings->order);
  g_array_append_vals (rows, series.rows, (guint) series.n_rows);
  cam_series_clear (&series);

  return rows;
}

static gboolean
split_rows (CamDataset             *self,
            const CamDataSettings  *settings,
            const json_t           *split,
            GArray                 *usable,
            GError                **error)
{
  gboolean is_sequence = settings->sequence.length > 0;
  g_autoptr(json_t) chosen = is_sequence ? choose_split_of_sequence (split, error) : NULL;

  if (is_sequence && chosen == NULL)
    return FALSE;

  return cam_split_table (self->table, settings, is_sequence ? chosen : split, (const gsize *) (gconstpointer) usable->data, usable->len, self->rows, error);
}

CamDataset *
cam_dataset_new (CamTable      *table,
                 const json_t  *data,
                 const json_t  *split,
                 GError       **error)
{
  g_autoptr(CamDataset) self = g_new0 (CamDataset, 1);
  g_autoptr(CamDataSettings) settings = NULL;
  g_autoptr(GArray) usable = NULL;
  g_auto(CamView) view = { NULL };

  g_atomic_ref_count_init (&self->count);
  self->table = cam_table_ref (table);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    self->rows[p] = g_array_new (FALSE, FALSE, sizeof (gsize));

  settings = cam_settings_resolve (table, data, error);
  if (settings == NULL)
    return NULL;
  /* A window with a gap is left out as a whole, so that the rows of a sequence stay together until then. */
  usable = settings->sequence.length > 0 ? list_rows (table, settings) : find_usable (table, settings);
  self->n_dropped = cam_table_get_n_rows (table) - usable->len;
  if (usable->len == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_ROWS,
                   _("Every row has a missing value; fill them with the mean, or ignore the columns that have most of them"));
      return NULL;
    }

  if (!split_rows (self, settings, split, usable, error))
    return NULL;
  self->preparation = cam_preparation_fit (table, settings, (const gsize *) (gconstpointer) usable->data, usable->len,
                                           (const gsize *) (gconstpointer) self->rows[CAM_PART_TRAIN]->data, self->rows[CAM_PART_TRAIN]->len, error);
  if (self->preparation == NULL || !cam_view_init (&view, self->preparation, table, TRUE, TRUE, error))
    return NULL;
  if (!(settings->sequence.length > 0 ? prepare_windows (self, &view, error) : prepare_rows (self, &view, error)))
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
      cam_prepared_clear (&self->parts[p]);
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
  return self->parts[part].x;
}

const float *
cam_dataset_get_y (const CamDataset *self,
                   CamPart           part)
{
  return self->parts[part].y;
}

const float *
cam_dataset_get_base (const CamDataset *self,
                      CamPart           part)
{
  return self->parts[part].base;
}

const float *
cam_dataset_get_last (const CamDataset *self,
                      CamPart           part)
{
  return self->parts[part].last;
}

const gsize *
cam_dataset_get_told (const CamDataset *self,
                      CamPart           part)
{
  return self->parts[part].told;
}

gsize *
cam_dataset_dup_told_rows (const CamDataset *self,
                           CamPart           part,
                           gsize            *n_rows)
{
  const CamPrepared *prepared = &self->parts[part];
  gsize n_table = cam_table_get_n_rows (self->table), n = self->rows[part]->len, n_told = n * MAX (prepared->n_steps, 1);
  const gsize *told = prepared->told != NULL ? prepared->told : (const gsize *) (gconstpointer) self->rows[part]->data;
  g_autofree guint8 *is_told = g_malloc0 (n_table + 1);
  gsize *rows = g_new (gsize, MIN (n_told, n_table) + 1);

  *n_rows = 0;
  for (gsize i = 0; i < n_told; i++)
    if (told[i] < n_table)
      is_told[told[i]] = 1;
  for (gsize row = 0; row < n_table; row++)
    if (is_told[row])
      rows[(*n_rows)++] = row;

  return rows;
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
      n += self->parts[part].y[i] == (float) c;
    else if (preparation->task == CAM_TASK_MULTICLASS)
      n += self->parts[part].y[(gsize) i * preparation->n_outputs + c] == 1.0f;

  return n;
}

char *
cam_dataset_describe_task (const CamDataset *self)
{
  return cam_preparation_describe_task (self->preparation);
}

char *
cam_preparation_describe_task (const CamPreparation *preparation)
{
  g_autofree char *targets = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  guint n = preparation->features->len;

  for (guint i = 0; i < preparation->targets->len; i++)
    g_ptr_array_add (names, (gpointer) cam_preparation_get_target_name (preparation, i));
  g_ptr_array_add (names, NULL);
  targets = g_strjoinv (", ", (char **) names->pdata);

  if (preparation->sequence.length > 0 && preparation->sequence.horizon > 0 && preparation->task == CAM_TASK_REGRESSION)
    {
      guint horizon = preparation->sequence.horizon;

      /* translators: the targets, then how many steps ahead and how many rows are looked at */
      return g_strdup_printf (ngettext ("Forecast of %s %u step ahead from %u rows", "Forecast of %s up to %u steps ahead from %u rows", horizon),
                              targets, horizon, preparation->sequence.length);
    }
  if (preparation->sequence.length > 0 && cam_preparation_get_n_classes (preparation) > 0)
    /* translators: the target, the number of its classes, then how many rows are looked at */
    return g_strdup_printf (_("Classification of %s into %u classes from %u rows"), targets, cam_preparation_get_n_classes (preparation), preparation->sequence.length);

  switch (preparation->task)
    {
    case CAM_TASK_AUTOENCODER:
      return g_strdup_printf (ngettext ("Autoencoder of %u column", "Autoencoder of %u columns", n), n);
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
