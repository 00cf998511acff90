/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number columns: their size beside each other, values far outside, and columns that say the same. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-doctor-private.h"

/* Of the largest and the smallest spread, and how large the largest must be: 0 … 16 and 0 … 1 go well together. */
#define SIZE_RATIO 50.0
#define SIZE_LARGE 20.0
/* A value further from the middle half than so many times its width; and no more of them than this share. */
#define FAR 10.0
#define FEW 0.01
/* |r| beyond which one of two columns is enough. */
#define SAME 0.995
#define MOST_COMPARED 200
#define ROWS_COMPARED 4000

typedef struct
{
  guint  n;
  double q25, median, q75;
  double deviation, largest;      /* largest: of absolute values */
  double furthest;
  guint  n_far;
} Spread;

static double
quantile (const GArray *sorted,
          double        q)
{
  double at = q * (sorted->len - 1);
  guint low = (guint) floor (at), high = MIN (low + 1, sorted->len - 1);
  double x = g_array_index (sorted, double, low), y = g_array_index (sorted, double, high);

  return x + (y - x) * (at - low);
}

static void
measure (const GArray *sorted,
         Spread       *spread)
{
  double mean = 0.0, squares = 0.0, width;

  *spread = (Spread) { .n = sorted->len };
  if (sorted->len == 0)
    return;
  spread->q25 = quantile (sorted, 0.25);
  spread->median = quantile (sorted, 0.5);
  spread->q75 = quantile (sorted, 0.75);
  width = spread->q75 - spread->q25;
  spread->largest = MAX (fabs (g_array_index (sorted, double, 0)), fabs (g_array_index (sorted, double, sorted->len - 1)));
  for (guint i = 0; i < sorted->len; i++)
    mean += g_array_index (sorted, double, i) / sorted->len;
  for (guint i = 0; i < sorted->len; i++)
    {
      double value = g_array_index (sorted, double, i), off = MAX (spread->q25 - value, value - spread->q75);

      squares += (value - mean) * (value - mean) / sorted->len;
      if (width > 0.0 && off > FAR * width)
        {
          spread->n_far++;
          if (fabs (value - spread->median) > fabs (spread->furthest - spread->median) || spread->n_far == 1)
            spread->furthest = value;
        }
    }
  /* Of a column that never changes, rounding leaves a little. */
  spread->deviation = g_array_index (sorted, double, 0) < g_array_index (sorted, double, sorted->len - 1) ? sqrt (squares) : 0.0;
}

/* Scales --------------------------------------------------------------------------------------------------------------------------------------------------- */

static void
examine_scales (CamExam      *self,
                const Spread *spreads)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  guint widest = G_MAXUINT, narrowest = G_MAXUINT;
  gboolean has_words = FALSE;
  g_autofree char *reason = NULL;
  char wide[G_ASCII_DTOSTR_BUF_SIZE], narrow[G_ASCII_DTOSTR_BUF_SIZE];
  CamFinding *finding;

  for (guint f = 0; f < self->n_features; f++)
    {
      const CamColumnSettings *settings = &self->columns[self->features[f]];

      has_words = has_words || !cam_column_kind_is_numeric (settings->kind);
      if (!cam_column_kind_is_numeric (settings->kind) || settings->scaling != CAM_SCALING_NONE || !(spreads[f].deviation > 0.0))
        continue;
      g_array_append_val (columns, settings->column);
      if (widest == G_MAXUINT || spreads[f].deviation > spreads[widest].deviation)
        widest = f;
      if (narrowest == G_MAXUINT || spreads[f].deviation < spreads[narrowest].deviation)
        narrowest = f;
    }
  /* Words become 0 and 1, which is a size as well; pictures are scaled as a whole. */
  if (self->is_image || widest == G_MAXUINT || spreads[widest].largest < SIZE_LARGE)
    return;
  if (spreads[widest].deviation < SIZE_RATIO * MIN (spreads[narrowest].deviation, has_words ? 1.0 : INFINITY))
    return;

  g_ascii_formatd (wide, sizeof wide, "%.3g", spreads[widest].deviation);
  g_ascii_formatd (narrow, sizeof narrow, "%.3g", spreads[narrowest].deviation);
  if (widest != narrowest)
    reason = g_strdup_printf (_("%s varies by %s, %s by %s. The large ones drown the small ones, and training is slow."),
                              cam_exam_get_name (self, self->features[widest]), wide, cam_exam_get_name (self, self->features[narrowest]), narrow);
  else
    reason = g_strdup_printf (_("%s varies by %s. Beside inputs of 0 and 1 it drowns them, and training is slow."), cam_exam_get_name (self, self->features[widest]), wide);
  finding = cam_exam_add (self, "scales", CAM_SEVERITY_WARNING, columns, g_strdup (_("Numbers of very different size are not scaled")), g_steal_pointer (&reason));
  cam_finding_set_cure (finding, _("Scale"));
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);
      const json_t *own = json_object_get (json_object_get (json_object_get (self->data, "columns"), cam_exam_get_name (self, column)), "scaling");

      if (own != NULL)
        cam_finding_cure_column (finding, self, column, "scaling", "standard");
      else
        cam_finding_cure_path (finding, "data/preparation/scaling", json_string ("standard"));
    }
}

/* Outliers ------------------------------------------------------------------------------------------------------------------------------------------------- */

static void
examine_outliers (CamExam      *self,
                  const Spread *spreads)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *names = NULL, *sample = NULL;
  char text[2][G_ASCII_DTOSTR_BUF_SIZE];
  guint worst = G_MAXUINT, n_far = 0;
  CamFinding *finding;

  for (guint f = 0; f < self->n_features && !self->is_image; f++)
    {
      const CamColumnSettings *settings = &self->columns[self->features[f]];
      const Spread *spread = &spreads[f];

      if (!cam_column_kind_is_numeric (settings->kind) || settings->scaling == CAM_SCALING_ROBUST || spread->n_far == 0 || spread->n_far > FEW * spread->n + 1)
        continue;
      g_array_append_val (columns, settings->column);
      n_far += spread->n_far;
      if (worst == G_MAXUINT ||
          fabs (spread->furthest - spread->median) / (spread->q75 - spread->q25) > fabs (spreads[worst].furthest - spreads[worst].median) / (spreads[worst].q75 - spreads[worst].q25))
        worst = f;
    }
  if (columns->len == 0)
    return;
  names = cam_exam_join (self, columns);
  sample = cam_exam_tell_sample (self);
  g_ascii_formatd (text[0], sizeof text[0], "%.4g", spreads[worst].furthest);
  g_ascii_formatd (text[1], sizeof text[1], "%.4g", spreads[worst].median);
  finding = cam_exam_add (self, "outliers", CAM_SEVERITY_NOTE, columns,
                          g_strdup_printf (ngettext ("%s has values far outside", "%s have values far outside", columns->len), names),
                          g_strdup_printf (ngettext ("%u value: %s in %s, where the middle is %s. Robust scaling goes by the middle half of the values.%s",
                                                     "%u values; the furthest is %s in %s, where the middle is %s. Robust scaling goes by the middle half of the values.%s", n_far),
                                           n_far, text[0], cam_exam_get_name (self, self->features[worst]), text[1], sample));
  cam_finding_set_cure (finding, _("Scale robustly"));
  for (guint i = 0; i < columns->len; i++)
    cam_finding_cure_column (finding, self, g_array_index (columns, guint, i), "scaling", "robust");
}

/* Columns that say the same ---------------------------------------------------------------------------------------------------------------------------------- */

/* A column's values in some rows, less their mean, to length 1; a missing value is the mean. FALSE: constant. */
static gboolean
standardise (const CamExam *self,
             guint          column,
             guint          n,
             float         *values)
{
  double mean = 0.0, squares = 0.0;
  guint n_known = 0;

  for (guint i = 0; i < n; i++)
    {
      double value = cam_exam_get_value (self, column, g_array_index (self->sample, gsize, (guint64) i * self->sample->len / n));

      values[i] = (float) value;
      if (isnan (value))
        continue;
      mean += value;
      n_known++;
    }
  mean = n_known > 0 ? mean / n_known : 0.0;
  for (guint i = 0; i < n; i++)
    {
      values[i] = isnan (values[i]) ? 0.0f : (float) (values[i] - mean);
      squares += (double) values[i] * values[i];
    }
  for (guint i = 0; i < n && squares > 0.0; i++)
    values[i] = (float) (values[i] / sqrt (squares));

  return squares > 0.0 && n_known > n / 2;
}

static double
multiply (const float *a,
          const float *b,
          guint        n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += (double) a[i] * b[i];

  return sum;
}

static void
examine_correlation (CamExam *self)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint)), like = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint n = MIN (self->sample->len, ROWS_COMPARED);
  g_autofree float *values = NULL;
  g_autofree guint *kept = g_new (guint, self->n_features + 1);
  guint n_kept = 0;
  g_autofree char *names = NULL, *of = NULL;
  char r_text[G_ASCII_DTOSTR_BUF_SIZE];
  double highest = 0.0;
  CamFinding *finding;

  if (self->n_features > MOST_COMPARED || n < 20 || self->is_image || self->is_sequence)
    return;
  values = g_new (float, (gsize) n * self->n_features + 1);
  for (guint f = 0; f < self->n_features && !cam_exam_is_cancelled (self); f++)
    {
      guint column = self->features[f], first = G_MAXUINT;
      float *own = values + (gsize) n * n_kept;

      if (!cam_exam_is_numeric (self, column) || !standardise (self, column, n, own))
        continue;
      for (guint k = 0; k < n_kept && first == G_MAXUINT; k++)
        {
          double r = fabs (multiply (values + (gsize) n * k, own, n));

          if (r >= SAME)
            {
              first = k;
              highest = MAX (highest, r);
            }
        }
      if (first == G_MAXUINT)
        kept[n_kept++] = column;
      else
        {
          g_array_append_val (columns, column);
          g_array_append_val (like, kept[first]);
        }
    }
  if (columns->len == 0 || columns->len + 1 >= self->n_features)
    return;
  names = cam_exam_join (self, columns);
  of = cam_exam_join (self, like);
  g_ascii_formatd (r_text, sizeof r_text, "%.4f", MIN (highest, 1.0));
  finding = cam_exam_add (self, "correlated", CAM_SEVERITY_NOTE, columns,
                          columns->len == 1 ? g_strdup_printf (_("%s says the same as %s"), names, of) : g_strdup_printf (_("%s say the same as other columns"), names),
                          columns->len == 1 ? g_strdup_printf (_("Their correlation is %s. One of them is enough."), r_text)
                                            : g_strdup_printf (_("Correlations with %s are up to %s. One of each is enough."), of, r_text));
  cam_finding_cure_ignore (finding, self, columns);
}

void
cam_exam_numbers (CamExam *self)
{
  g_autofree Spread *spreads = g_new0 (Spread, self->n_features + 1);

  for (guint f = 0; f < self->n_features; f++)
    {
      g_autoptr(GArray) values = NULL;

      if (cam_exam_is_cancelled (self))
        return;
      if (!cam_exam_is_numeric (self, self->features[f]))
        continue;
      values = cam_exam_list_values (self, self->features[f], self->sample);
      g_array_sort (values, cam_exam_compare);
      measure (values, &spreads[f]);
    }
  examine_scales (self, spreads);
  examine_outliers (self, spreads);
  examine_correlation (self);
}
