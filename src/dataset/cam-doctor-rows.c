/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows against each other: those that stand twice, those that stand on both sides of the split, and rows in time that are split by chance. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cam-doctor-private.h"

/* Beyond this share, duplicates are worth a word. */
#define MANY 0.01
#define BLOCK 65536

/* Rows by their content. 64 bits: among a million rows, two different ones are alike by chance once in 30 million tables. */
typedef struct
{
  guint64 features, whole;
  guint32 row;
  guint8  part;
} Mark;

static guint64
mix (guint64 hash,
     double  value)
{
  guint64 bits;

  /* −0 is 0, and a missing value is like another. */
  value = isnan (value) ? NAN : value + 0.0;
  memcpy (&bits, &value, sizeof bits);
  hash ^= bits + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdu;
  hash ^= hash >> 33;

  return hash;
}

static void
mix_column (const CamExam *self,
            guint          column,
            Mark          *marks,
            gboolean       is_target)
{
  g_autofree double *block = g_new (double, BLOCK);
  gboolean is_plain = cam_column_kind_is_numeric (cam_table_get_kind (self->table, column));

  for (gsize first = 0; first < self->n_rows; first += BLOCK)
    {
      gsize n = MIN (BLOCK, self->n_rows - first);

      if (is_plain)
        cam_table_copy_numbers (self->table, column, first, n, block);
      else
        for (gsize i = 0; i < n; i++)
          block[i] = cam_exam_get_value (self, column, first + i);
      for (gsize i = 0; i < n; i++)
        {
          if (!is_target)
            marks[first + i].features = mix (marks[first + i].features, block[i]);
          marks[first + i].whole = mix (marks[first + i].whole, block[i]);
        }
    }
}

/* Counting by 11 bits at a time takes a quarter of qsort()'s time for a million rows. */
static void
sort_marks (Mark  *marks,
            gsize  n)
{
  enum { BITS = 11, PLACES = 1 << BITS, ROUNDS = 6 };
  g_autofree Mark *other = g_new (Mark, n);
  g_autofree gsize *starts = g_new (gsize, PLACES);
  Mark *from = marks, *to = other;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize at = 0;

      memset (starts, 0, PLACES * sizeof *starts);
      for (gsize i = 0; i < n; i++)
        starts[(from[i].features >> (BITS * round)) % PLACES]++;
      for (guint p = 0; p < PLACES; p++)
        {
          gsize count = starts[p];

          starts[p] = at;
          at += count;
        }
      for (gsize i = 0; i < n; i++)
        to[starts[(from[i].features >> (BITS * round)) % PLACES]++] = from[i];
      { Mark *swap = from; from = to; to = swap; }
    }
}

/* Whether so few different rows are possible that some must be alike: duplicates say nothing then. */
static gboolean
is_coarse (const CamExam *self)
{
  double possible = 1.0;

  for (guint f = 0; f < self->n_features && possible < 16.0 * (double) self->n_rows; f++)
    {
      g_autoptr(GArray) values = cam_exam_list_values (self, self->features[f], self->sample);

      g_array_sort (values, cam_exam_compare);
      possible *= MAX (cam_exam_count_sorted (values), 1);
    }

  return possible < 16.0 * (double) self->n_rows;
}

typedef struct
{
  gsize n_twice;         /* rows that stand earlier already, with the same target */
  gsize n_seen;          /* rows of validation or test whose features stand in training */
  gsize n_other;         /* of these, with another target */
  gsize n_scored;        /* rows of validation and test */
  gsize example;         /* a row that is seen, or stands twice */
  gsize example_of;
} Twice;

static int
compare_whole (const void *a,
               const void *b)
{
  const Mark *x = a, *y = b;

  return x->whole != y->whole ? (x->whole > y->whole ? 1 : -1) : (x->row > y->row) - (x->row < y->row);
}

/* One run of rows with the same features. */
static void
count_run (Mark  *run,
           gsize  n,
           Twice *twice)
{
  gsize n_train = 0;

  qsort (run, n, sizeof *run, compare_whole);
  for (gsize i = 0; i < n; i++)
    n_train += run[i].part == CAM_PART_TRAIN;
  for (gsize i = 0; i < n; i++)
    {
      gboolean is_twice = i > 0 && run[i].whole == run[i - 1].whole;

      if (is_twice && twice->n_twice++ == 0)
        {
          twice->example = run[i].row;
          twice->example_of = run[i - 1].row;
        }
      if (n_train > 0 && (run[i].part == CAM_PART_VALIDATION || run[i].part == CAM_PART_TEST))
        {
          gboolean is_same = FALSE;

          for (gsize j = 0; j < n && !is_same; j++)
            is_same = run[j].part == CAM_PART_TRAIN && run[j].whole == run[i].whole;
          twice->n_seen++;
          twice->n_other += !is_same;
        }
    }
}

static gboolean
count_twice (const CamExam *self,
             Twice         *twice)
{
  g_autofree Mark *marks = g_new0 (Mark, self->n_rows);
  gsize n = 0;

  for (gsize row = 0; row < self->n_rows; row++)
    {
      marks[row].row = (guint32) row;
      marks[row].part = CAM_N_PARTS;
    }
  for (guint f = 0; f < self->n_features; f++)
    {
      if (cam_exam_is_cancelled (self))
        return FALSE;
      mix_column (self, self->features[f], marks, FALSE);
    }
  for (guint t = 0; t < self->n_targets; t++)
    mix_column (self, self->targets[t], marks, TRUE);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (guint i = 0; i < self->parts[p]->len; i++)
      marks[g_array_index (self->parts[p], gsize, i)].part = (guint8) p;
  for (guint i = 0; i < self->usable->len; i++)
    marks[n++] = marks[g_array_index (self->usable, gsize, i)];
  twice->n_scored = self->parts[CAM_PART_VALIDATION]->len + self->parts[CAM_PART_TEST]->len;
  sort_marks (marks, n);

  for (gsize first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && marks[end].features == marks[first].features; end++)
        ;
      if (end - first > 1)
        count_run (marks + first, end - first, twice);
    }

  return TRUE;
}

static void
examine_twice (CamExam *self)
{
  Twice twice = { 0 };

  /* Windows overlap by their nature; a table of one or two columns repeats itself. */
  if (self->is_sequence || self->n_features == 0 || self->n_rows > G_MAXUINT32 || self->usable->len < 20 || is_coarse (self) || !count_twice (self, &twice))
    return;
  if (twice.n_scored > 0 && (double) twice.n_seen > MANY * (double) twice.n_scored)
    {
      g_autofree char *share = cam_exam_share ((double) twice.n_seen / (double) twice.n_scored);

      cam_exam_add (self, "duplicates-split", CAM_SEVERITY_WARNING, NULL,
                    g_strdup_printf (ngettext ("%zu validation or test row is in training too", "%zu validation and test rows are in training too", twice.n_seen), twice.n_seen),
                    twice.n_other == 0
                      ? g_strdup_printf (_("%s of them have the same values, target included: scores will be too good. Take duplicates out of the file, or keep copies together with a group."), share)
                      : g_strdup_printf (_("%s of them have the same values, %zu with another target. Take duplicates out of the file, or keep copies together with a group."), share, twice.n_other));
    }
  if ((double) twice.n_twice > MANY * (double) self->usable->len)
    {
      g_autofree char *share = cam_exam_share ((double) twice.n_twice / (double) self->usable->len);

      cam_exam_add (self, "duplicates", CAM_SEVERITY_NOTE, NULL,
                    g_strdup_printf (ngettext ("%zu row stands twice", "%zu rows stand twice", twice.n_twice), twice.n_twice),
                    g_strdup_printf (_("%s of the rows repeat an earlier one, as row %zu does row %zu. They count for more than the others."),
                                     share, twice.example + 1, twice.example_of + 1));
    }
}

/* Time ---------------------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_time_name (const char *name)
{
  static const char *const names[] = { "date", "datetime", "time", "timestamp", "day", "month", "year", "data", "hora", "dia", "mes", "mês", "ano", NULL };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_strv_contains (names, lower);
}

/* Rows that follow each other in time, as good as all of them. */
static gboolean
is_ascending (const CamExam *self,
              guint          column)
{
  gsize n_up = 0, n_down = 0;
  double before = NAN;

  for (gsize row = 0; row < self->n_rows; row++)
    {
      double value = cam_table_get_number (self->table, column, row);

      if (isnan (value))
        continue;
      n_up += value > before;
      n_down += value < before;
      before = value;
    }

  return n_up > 20 && n_down * 100 <= n_up;
}

static void
examine_time (CamExam *self)
{
  const char *method = json_string_value (json_object_get (self->split, "method"));

  if (g_strcmp0 (method, "ordered") == 0 || g_strcmp0 (method, "column") == 0 || g_strcmp0 (method, "grouped") == 0 || self->is_sequence || self->n_targets == 0)
    return;
  for (guint c = 0; c < self->n_columns; c++)
    {
      const char *name = cam_exam_get_name (self, c);
      CamColumnKind kind = cam_table_get_kind (self->table, c);
      g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
      CamFinding *finding;

      if (self->columns[c].role == CAM_ROLE_TARGET || (kind != CAM_COLUMN_DATE && (kind != CAM_COLUMN_NUMBER || !is_time_name (name))) || !is_ascending (self, c))
        continue;
      g_array_append_val (columns, c);
      finding = cam_exam_add (self, "time", CAM_SEVERITY_WARNING, columns, g_strdup_printf (_("Rows follow each other in %s, but are split by chance"), name),
                              g_strdup (_("Neighbours in time are much alike: training sees what comes before and after each validation row. In order, scores are what the future will give.")));
      cam_finding_set_cure (finding, _("Split in order"));
      cam_finding_cure_path (finding, "split/method", json_string ("ordered"));
      cam_finding_cure_path (finding, "split/column", json_string (name));
      return;
    }
}

/* The column that splits ---------------------------------------------------------------------------------------------------------------------------------- */

static void
examine_split_column (CamExam *self)
{
  const char *method = json_string_value (json_object_get (self->split, "method")), *name = json_string_value (json_object_get (self->split, "column"));
  gboolean is_grouped = g_strcmp0 (method, "grouped") == 0;
  int column = name != NULL ? cam_table_find (self->table, name) : -1;
  guint chosen = (guint) column;
  g_autoptr(GArray) columns = NULL;
  CamFinding *finding;

  if (column < 0 || self->columns[column].role != CAM_ROLE_FEATURE || (!is_grouped && g_strcmp0 (method, "column") != 0))
    return;
  columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (columns, chosen);
  finding = cam_exam_add (self, "split-column", CAM_SEVERITY_ERROR, columns, g_strdup_printf (_("%s splits the rows and is an input as well"), name),
                          is_grouped ? g_strdup (_("Validation has groups that training never sees, so that the network learns a name it cannot use."))
                                     : g_strdup (_("Every part has its own words there, which tell nothing of the target.")));
  if (self->n_features > 1)
    {
      cam_finding_set_cure (finding, is_grouped ? _("Make it the group") : ngettext ("Leave column out", "Leave columns out", 1));
      cam_finding_cure_column (finding, self, chosen, "role", is_grouped ? "group" : "ignored");
    }
}

void
cam_exam_rows (CamExam *self)
{
  examine_split_column (self);
  examine_time (self);
  examine_twice (self);
}
