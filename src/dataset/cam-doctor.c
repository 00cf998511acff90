/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's frame: what is examined, the sample, and how findings and cures are put together. */
#include "cam-doctor-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include <cam-rng.h>

void
cam_finding_free (CamFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->title);
  g_free (self->reason);
  g_strfreev (self->columns);
  g_free (self->cure_title);
  g_clear_pointer (&self->cure, json_decref);
  g_free (self);
}

/* Cells -------------------------------------------------------------------------------------------------------------------------------------------------- */

gboolean
cam_exam_is_numeric (const CamExam *self,
                     guint          column)
{
  return cam_column_kind_is_numeric (self->columns[column].kind);
}

double
cam_exam_get_value (const CamExam *self,
                    guint          column,
                    gsize          row)
{
  int code;

  if (cam_exam_is_numeric (self, column) || cam_column_kind_is_numeric (cam_table_get_kind (self->table, column)))
    return cam_table_get_number (self->table, column, row);
  code = cam_table_get_code (self->table, column, row);

  return code >= 0 ? code : NAN;
}

const char *
cam_exam_get_name (const CamExam *self,
                   guint          column)
{
  return cam_table_get_name (self->table, column);
}

gboolean
cam_exam_is_cancelled (const CamExam *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

GArray *
cam_exam_list_values (const CamExam *self,
                      guint          column,
                      const GArray  *rows)
{
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      double value = cam_exam_get_value (self, column, g_array_index (rows, gsize, i));

      if (!isnan (value))
        g_array_append_val (values, value);
    }

  return values;
}

int
cam_exam_compare (gconstpointer a,
                  gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

guint
cam_exam_count_sorted (const GArray *sorted)
{
  guint n = sorted->len > 0;

  for (guint i = 1; i < sorted->len; i++)
    n += g_array_index (sorted, double, i) != g_array_index (sorted, double, i - 1);

  return n;
}

/* Words -------------------------------------------------------------------------------------------------------------------------------------------------- */

char *
cam_exam_join (const CamExam *self,
               const GArray  *columns)
{
  const guint n = columns->len;
  const char *names[3] = { NULL };

  for (guint i = 0; i < MIN (n, 3); i++)
    names[i] = cam_exam_get_name (self, g_array_index (columns, guint, i));
  if (n == 1)
    return g_strdup (names[0]);
  if (n == 2)
    /* translators: two names of columns */
    return g_strdup_printf (_("%s and %s"), names[0], names[1]);
  if (n == 3)
    /* translators: three names of columns */
    return g_strdup_printf (_("%s, %s and %s"), names[0], names[1], names[2]);
  /* translators: two names of columns, and how many more there are */
  return g_strdup_printf (_("%s, %s and %u more"), names[0], names[1], n - 2);
}

char *
cam_exam_share (double share)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* Neither all nor nothing unless it is. */
  g_ascii_formatd (text, sizeof text, share >= 1.0 || share <= 0.0 ? "%.0f" : "%.1f", CLAMP (100.0 * share, share > 0.0 ? 0.1 : 0.0, share < 1.0 ? 99.9 : 100.0));
  /* translators: a share in per cent: %s is the number */
  return g_strdup_printf (_("%s %%"), text);
}

char *
cam_exam_tell_sample (const CamExam *self)
{
  const gsize n = self->is_split ? self->parts[CAM_PART_TRAIN]->len : self->usable->len;

  if (self->sample->len >= n)
    return g_strdup ("");
  return g_strdup_printf (_(" Found in %u of %zu training rows."), self->sample->len, n);
}

/* Findings ----------------------------------------------------------------------------------------------------------------------------------------------- */

CamFinding *
cam_exam_add (CamExam      *self,
              const char   *id,
              CamSeverity   severity,
              const GArray *columns,
              char         *title,
              char         *reason)
{
  CamFinding *finding = g_new0 (CamFinding, 1);
  guint n = columns != NULL ? columns->len : 0;

  finding->id = g_strdup (id);
  finding->severity = severity;
  finding->title = title;
  finding->reason = reason;
  finding->columns = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    finding->columns[i] = g_strdup (cam_exam_get_name (self, g_array_index (columns, guint, i)));
  g_ptr_array_add (self->findings, finding);

  return finding;
}

void
cam_finding_set_cure (CamFinding *self,
                      const char *cure_title)
{
  self->cure_title = g_strdup (cure_title);
  self->cure = json_object ();
}

void
cam_finding_cure_path (CamFinding *self,
                       const char *path,
                       json_t     *value)
{
  json_object_set_new (self->cure, path, value);
}

/* A name as a step of a path (RFC 6901). */
static char *
escape_name (const char *name)
{
  GString *text = g_string_new (name);

  g_string_replace (text, "~", "~0", 0);
  g_string_replace (text, "/", "~1", 0);

  return g_string_free (text, FALSE);
}

void
cam_finding_cure_column (CamFinding    *self,
                         const CamExam *exam,
                         guint          column,
                         const char    *key,
                         const char    *word)
{
  g_autofree char *name = escape_name (cam_exam_get_name (exam, column));
  g_autofree char *path = g_strdup_printf ("data/columns/%s/%s", name, key);

  cam_finding_cure_path (self, path, json_string (word));
}

void
cam_finding_cure_ignore (CamFinding    *self,
                         const CamExam *exam,
                         const GArray  *columns)
{
  guint n = 0;

  for (guint i = 0; i < columns->len; i++)
    n += exam->columns[g_array_index (columns, guint, i)].role == CAM_ROLE_FEATURE;
  if (n >= exam->n_features)
    return;
  cam_finding_set_cure (self, ngettext ("Leave column out", "Leave columns out", columns->len));
  for (guint i = 0; i < columns->len; i++)
    cam_finding_cure_column (self, exam, g_array_index (columns, guint, i), "role", "ignored");
}

/* What is examined --------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
needs_value (const CamExam *self,
             guint          column)
{
  const CamColumnSettings *settings = &self->columns[column];

  return (settings->role == CAM_ROLE_TARGET && self->n_targets > 0) || (settings->role == CAM_ROLE_FEATURE && settings->missing == CAM_MISSING_DROP);
}

/* As the dataset takes them. A sequence takes all. */
static void
find_usable (CamExam *self)
{
  g_autofree guint8 *misses = g_malloc0 (self->n_rows + 1);

  for (guint c = 0; c < self->n_columns && !self->is_sequence; c++)
    if (needs_value (self, c))
      for (gsize row = 0; row < self->n_rows; row++)
        misses[row] |= cam_cell_is_missing (self->table, self->columns[c].kind, c, row) ? 1 : 0;
  for (gsize row = 0; row < self->n_rows; row++)
    if (!misses[row])
      g_array_append_val (self->usable, row);
}

/* One row at a random place of each of as many stretches, so that nothing periodic in the table is missed. */
static GArray *
take_sample (const GArray *rows)
{
  const gsize n = rows->len, m = MIN (n, CAM_EXAM_SAMPLE);
  GArray *sample = g_array_sized_new (FALSE, FALSE, sizeof (gsize), (guint) m);
  CamRng rng;

  cam_rng_init (&rng, 0, cam_rng_stream_named ("doctor"));
  for (gsize i = 0; i < m; i++)
    {
      gsize first = i * n / m, end = (i + 1) * n / m;
      gsize at = first + (gsize) cam_rng_below (&rng, end - first);

      g_array_append_val (sample, g_array_index (rows, gsize, at));
    }

  return sample;
}

static void
split_rows (CamExam *self)
{
  self->is_split = self->usable->len > 0 &&
                   cam_split_table (self->table, self->settings, self->split, (const gsize *) (gconstpointer) self->usable->data, self->usable->len, self->parts, NULL);
  if (!self->is_split)
    for (guint p = 0; p < CAM_N_PARTS; p++)
      g_array_set_size (self->parts[p], 0);
  self->sample = take_sample (self->is_split ? self->parts[CAM_PART_TRAIN] : self->usable);
  self->score = take_sample (self->parts[self->parts[CAM_PART_VALIDATION]->len > 0 ? CAM_PART_VALIDATION : CAM_PART_TEST]);
}

static void
list_roles (CamExam *self)
{
  self->targets = g_new (guint, self->n_columns + 1);
  self->features = g_new (guint, self->n_columns + 1);
  for (guint c = 0; c < self->n_columns; c++)
    if (self->columns[c].role == CAM_ROLE_TARGET && self->settings->task != CAM_TASK_AUTOENCODER)
      self->targets[self->n_targets++] = c;
    else if (self->columns[c].role == CAM_ROLE_FEATURE)
      self->features[self->n_features++] = c;
  self->has_classes = self->n_targets == 1 && !cam_exam_is_numeric (self, self->targets[0]);
}

static void
exam_clear (CamExam *self)
{
  g_clear_pointer (&self->usable, g_array_unref);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    g_clear_pointer (&self->parts[p], g_array_unref);
  g_clear_pointer (&self->sample, g_array_unref);
  g_clear_pointer (&self->score, g_array_unref);
  g_free (self->targets);
  g_free (self->features);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CamExam, exam_clear)

/* Worst first, else as they were found. */
static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  return (int) (*(CamFinding *const *) a)->severity - (int) (*(CamFinding *const *) b)->severity;
}

GPtrArray *
cam_doctor_examine (const CamTable *table,
                    const json_t   *data,
                    const json_t   *split,
                    const json_t   *fit,
                    GCancellable   *cancellable)
{
  static void (*const families[]) (CamExam *) = { cam_exam_leaks, cam_exam_target, cam_exam_samples, cam_exam_rows, cam_exam_columns, cam_exam_numbers };
  g_autoptr(CamDataSettings) settings = NULL;
  g_auto(CamExam) self = { .table = table, .data = data, .split = split, .fit = fit, .cancellable = cancellable };

  g_return_val_if_fail (table != NULL, NULL);

  settings = cam_settings_resolve (table, data, NULL);
  if (settings == NULL)
    settings = cam_settings_resolve (table, NULL, NULL);
  self.settings = settings;
  self.columns = settings->columns;
  self.n_columns = cam_table_get_n_columns (table);
  self.n_rows = cam_table_get_n_rows (table);
  self.is_sequence = settings->sequence.length > 0;
  self.is_image = settings->height > 0;
  self.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_finding_free);
  self.usable = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (guint p = 0; p < CAM_N_PARTS; p++)
    self.parts[p] = g_array_new (FALSE, FALSE, sizeof (gsize));
  list_roles (&self);
  find_usable (&self);
  split_rows (&self);

  for (guint i = 0; i < G_N_ELEMENTS (families) && !cam_exam_is_cancelled (&self); i++)
    families[i] (&self);
  if (cam_exam_is_cancelled (&self))
    return NULL;
  g_ptr_array_sort (self.findings, compare_findings);
  cam_findings_mark_ignored (self.findings, data);

  return g_steal_pointer (&self.findings);
}
