/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table: looking at cells, and at columns as a whole. */
#include "cam-table.h"

#include <cam-number.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cam-table-private.h"

struct _CamTable
{
  gatomicrefcount  count;
  gsize            n_rows;
  GPtrArray       *columns;    /* CamColumn */
  GHashTable      *places;     /* name, the column's → its place + 1 */
  guint            height, width, channels;    /* of the pictures that the rows are; 0: not known */
};

/* Values beyond which different ones are not counted, and the median is taken from a regular sample. */
#define MOST_DIFFERENT 10000
#define MEDIAN_SAMPLE  200001

G_DEFINE_QUARK (cam-dataset-error-quark, cam_dataset_error)
G_DEFINE_BOXED_TYPE (CamTable, cam_table, cam_table_ref, cam_table_unref)

CamTable *
cam_table_new (void)
{
  CamTable *self = g_new0 (CamTable, 1);

  g_atomic_ref_count_init (&self->count);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_column_free);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

CamTable *
cam_table_ref (CamTable *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_table_unref (CamTable *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

void
cam_table_add_column (CamTable  *self,
                      CamColumn *column)
{
  g_ptr_array_add (self->columns, column);
  g_hash_table_insert (self->places, column->name, GUINT_TO_POINTER (self->columns->len));
}

void
cam_table_set_n_rows (CamTable *self,
                      gsize     n_rows)
{
  self->n_rows = n_rows;
}

void
cam_table_set_image (CamTable *self,
                     guint     height,
                     guint     width,
                     guint     channels)
{
  self->height = height;
  self->width = width;
  self->channels = channels;
}

gboolean
cam_table_get_image (const CamTable *self,
                     guint          *height,
                     guint          *width,
                     guint          *channels)
{
  *height = self->height;
  *width = self->width;
  *channels = self->channels;

  return self->height > 0 || cam_table_guess_image (self, height, width, channels);
}

static const CamColumn *
get_column (const CamTable *self,
            guint           column)
{
  g_assert (column < self->columns->len);
  return g_ptr_array_index (self->columns, column);
}

const CamColumn *
cam_table_peek_column (const CamTable *self,
                       guint           column)
{
  return get_column (self, column);
}

gsize
cam_table_get_n_rows (const CamTable *self)
{
  return self->n_rows;
}

guint
cam_table_get_n_columns (const CamTable *self)
{
  return self->columns->len;
}

const char *
cam_table_get_name (const CamTable *self,
                    guint           column)
{
  return get_column (self, column)->name;
}

CamColumnKind
cam_table_get_kind (const CamTable *self,
                    guint           column)
{
  return get_column (self, column)->kind;
}

int
cam_table_find (const CamTable *self,
                const char     *name)
{
  return name != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (self->places, name)) - 1 : -1;
}

void
cam_table_rename (CamTable   *self,
                  guint       column,
                  const char *name)
{
  CamColumn *renamed = g_ptr_array_index (self->columns, column);

  g_return_if_fail (g_atomic_ref_count_compare (&self->count, 1));
  g_return_if_fail (name != NULL && cam_table_find (self, name) < 0);

  g_hash_table_remove (self->places, renamed->name);
  g_free (renamed->name);
  renamed->name = g_strdup (name);
  g_hash_table_insert (self->places, renamed->name, GUINT_TO_POINTER (column + 1));
}

gsize
cam_table_get_n_missing (const CamTable *self,
                         guint           column)
{
  return get_column (self, column)->n_missing;
}

CamDateDetail
cam_table_get_detail (const CamTable *self,
                      guint           column)
{
  return get_column (self, column)->detail;
}

static const char *
read_text (const CamColumn *column,
           gsize            row)
{
  gint32 code = g_array_index (column->codes, gint32, row);

  return code >= 0 ? g_ptr_array_index (column->levels, code) : NULL;
}

double
cam_table_get_number (const CamTable *self,
                      guint           column,
                      gsize           row)
{
  const CamColumn *of = get_column (self, column);
  const char *text;
  double value = NAN;

  g_assert (row < self->n_rows);

  if (of->chunks != NULL)
    return cam_column_get_number (of, row);
  if (of->kind == CAM_COLUMN_YES_NO)
    return cam_table_get_code (self, column, row) < 0 ? NAN : cam_table_get_code (self, column, row);

  text = read_text (of, row);
  if (text == NULL || !cam_number_parse (text, strlen (text), &value) || !isfinite (value))
    return NAN;

  return value;
}

void
cam_table_copy_numbers (const CamTable *self,
                        guint           column,
                        gsize           first,
                        gsize           n,
                        double         *values)
{
  const CamColumn *of = get_column (self, column);

  g_assert (first + n <= self->n_rows);

  for (gsize i = 0; i < n; i++)
    values[i] = of->chunks != NULL ? cam_column_get_number (of, first + i) : cam_table_get_number (self, column, first + i);
}

int
cam_table_get_code (const CamTable *self,
                    guint           column,
                    gsize           row)
{
  const CamColumn *of = get_column (self, column);

  return of->codes == NULL ? -1 : g_array_index (of->codes, gint32, row);
}

guint
cam_table_get_n_levels (const CamTable *self,
                        guint           column)
{
  const CamColumn *of = get_column (self, column);

  return of->levels != NULL ? of->levels->len : 0;
}

const char *
cam_table_get_level (const CamTable *self,
                     guint           column,
                     guint           level)
{
  return g_ptr_array_index (get_column (self, column)->levels, level);
}

char *
cam_table_dup_text (const CamTable *self,
                    guint           column,
                    gsize           row)
{
  const CamColumn *of = get_column (self, column);

  if (of->chunks != NULL)
    return cam_table_dup_value (self, column, cam_column_get_number (of, row));

  return g_strdup (read_text (of, row) != NULL ? read_text (of, row) : "");
}

char *
cam_table_dup_value (const CamTable *self,
                     guint           column,
                     double          value)
{
  const CamColumn *of = get_column (self, column);
  char number[CAM_NUMBER_BUF], date[CAM_DATE_BUF];

  if (isnan (value))
    return g_strdup ("");

  return g_strdup (of->kind == CAM_COLUMN_DATE ? cam_date_format (date, value, of->detail) : cam_number_shortest (number, value, FALSE));
}

gsize
cam_table_get_size_bytes (const CamTable *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const CamColumn *of = get_column (self, i);

      for (guint c = 0; of->chunks != NULL && c < of->chunks->len; c++)
        {
          const CamChunk *chunk = &g_array_index (of->chunks, CamChunk, c);

          size += (chunk->bytes != NULL ? 1 : chunk->is_wide ? sizeof (double) : sizeof (float)) * chunk->capacity;
        }
      if (of->codes != NULL)
        size += of->codes->len * sizeof (gint32);
      for (guint l = 0; of->levels != NULL && l < of->levels->len; l++)
        size += strlen (g_ptr_array_index (of->levels, l)) + 1;
    }

  return size;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Median and count of different values, from the values sorted. */
static void
summarise_sorted (double           *values,
                  gsize             n,
                  gboolean          is_whole,
                  CamColumnSummary *summary)
{
  gsize different = 0;

  qsort (values, n, sizeof (double), compare_doubles);
  summary->median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2.0;
  for (gsize i = 0; i < n && different < MOST_DIFFERENT; i++)
    different += i == 0 || values[i] != values[i - 1];
  summary->n_different = different;
}

static void
summarise_numbers (const CamTable   *self,
                   const CamColumn  *column,
                   CamColumnSummary *summary)
{
  gsize stride = self->n_rows / MEDIAN_SAMPLE + 1;
  g_autofree double *sample = g_new (double, self->n_rows / stride + 1);
  gsize n_sample = 0;
  double shift = NAN, sum = 0.0, squares = 0.0;

  for (gsize row = 0; row < self->n_rows; row++)
    {
      double value = cam_column_get_number (column, row);

      if (isnan (value))
        continue;
      /* Sums of differences from the first value: no digits are lost where all values are large and alike. */
      if (isnan (shift))
        shift = summary->min = summary->max = value;
      sum += value - shift;
      squares += (value - shift) * (value - shift);
      summary->min = MIN (summary->min, value);
      summary->max = MAX (summary->max, value);
      if (summary->n % stride == 0)
        sample[n_sample++] = value;
      summary->n++;
    }
  if (summary->n == 0)
    return;

  summary->mean = shift + sum / (double) summary->n;
  summary->deviation = sqrt (MAX (0.0, squares / (double) summary->n - (sum / (double) summary->n) * (sum / (double) summary->n)));
  summarise_sorted (sample, n_sample, stride == 1, summary);
}

void
cam_table_summarise (const CamTable   *self,
                     guint             column,
                     CamColumnSummary *summary)
{
  const CamColumn *of = get_column (self, column);

  *summary = (CamColumnSummary) { 0, of->n_missing, 0, NAN, NAN, NAN, NAN, NAN };
  if (of->chunks != NULL)
    summarise_numbers (self, of, summary);
  else
    {
      summary->n = self->n_rows - of->n_missing;
      summary->n_different = MIN (of->levels->len, MOST_DIFFERENT);
    }
}

static guint
count_levels (const CamTable  *self,
              const CamColumn *column,
              guint            n_bins,
              gsize           *counts)
{
  g_autofree gsize *all = g_new0 (gsize, column->levels->len + 1);
  guint n = MIN (n_bins, column->levels->len);

  for (gsize row = 0; row < self->n_rows; row++)
    {
      gint32 code = g_array_index (column->codes, gint32, row);

      if (code >= 0)
        all[code]++;
    }
  /* The most frequent first; there are few bins, so that looking for each is quick. */
  for (guint bin = 0; bin < n; bin++)
    {
      guint best = 0;

      for (guint level = 1; level < column->levels->len; level++)
        if (all[level] > all[best])
          best = level;
      counts[bin] = all[best];
      all[best] = 0;
    }

  return n;
}

guint
cam_table_histogram (const CamTable *self,
                     guint           column,
                     guint           n_bins,
                     gsize          *counts)
{
  const CamColumn *of = get_column (self, column);
  CamColumnSummary summary;

  memset (counts, 0, n_bins * sizeof (gsize));
  if (of->chunks == NULL)
    return count_levels (self, of, n_bins, counts);

  cam_table_summarise (self, column, &summary);
  if (summary.n == 0)
    return 0;
  for (gsize row = 0; row < self->n_rows; row++)
    {
      double value = cam_column_get_number (of, row);

      if (!isnan (value))
        {
          double place = summary.max > summary.min ? (value - summary.min) / (summary.max - summary.min) * n_bins : 0.0;

          counts[MIN ((guint) place, n_bins - 1)]++;
        }
    }

  return n_bins;
}
