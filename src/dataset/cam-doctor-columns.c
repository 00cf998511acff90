/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns by themselves: those that say nothing, name the rows, miss their values, mix kinds, or become too many inputs. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-doctor-private.h"

#define FEWEST_ROWS 20
/* A category becomes as many inputs as it has words. */
#define MANY_CATEGORIES 50
#define MOST_MISSING 0.4
/* Of the values of a column of words: so many are numbers, and the others look like slips. */
#define MOSTLY_NUMBERS 0.6
/* A text that someone wrote, rather than a name or a code. */
#define WORDS_OF_A_TEXT 4

static gboolean
is_constant (const CamExam *self,
             guint          column)
{
  double first = NAN;

  for (gsize i = 0; i < self->usable->len; i++)
    {
      double value = cam_exam_get_value (self, column, g_array_index (self->usable, gsize, i));

      if (isnan (first))
        first = value;
      else if (!isnan (value) && value != first)
        return FALSE;
    }

  return TRUE;
}

static void
examine_constant (CamExam *self)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *names = NULL;
  CamFinding *finding;

  for (guint f = 0; f < self->n_features && self->usable->len > 1; f++)
    if (is_constant (self, self->features[f]))
      g_array_append_val (columns, self->features[f]);
  /* Pictures have empty edges. */
  if (columns->len == 0 || self->is_image || columns->len * 20 > self->n_features * 19)
    return;
  names = cam_exam_join (self, columns);
  finding = cam_exam_add (self, "constant", CAM_SEVERITY_NOTE, columns, g_strdup_printf (ngettext ("%s has one value only", "%s have one value only, each", columns->len), names),
                          g_strdup (ngettext ("A column that never changes tells nothing.", "Columns that never change tell nothing.", columns->len)));
  cam_finding_cure_ignore (finding, self, columns);
}

/* Identifiers --------------------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_identifier_name (const char *name)
{
  static const char *const names[] = { "id", "index", "udi", "uid", "uuid", "row", "no", "nr", "codigo", "código", NULL };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_strv_contains (names, lower) || g_str_has_suffix (lower, "_id") || g_str_has_suffix (lower, " id") || g_str_has_prefix (lower, "id_");
}

/* Whole numbers one after the other from 0 or 1; or all different ones under a name that says so. */
static gboolean
numbers_rows (const CamExam *self,
              guint          column)
{
  gboolean is_named = is_identifier_name (cam_exam_get_name (self, column)), is_counting = TRUE;
  double before = NAN;
  g_autoptr(GArray) values = NULL;

  for (gsize row = 0; row < self->n_rows && is_counting; row++)
    {
      double value = cam_table_get_number (self->table, column, row);

      is_counting = row == 0 ? value == 0.0 || value == 1.0 : value == before + 1.0;
      before = value;
    }
  if (is_counting || !is_named)
    return is_counting;
  values = cam_exam_list_values (self, column, self->sample);
  g_array_sort (values, cam_exam_compare);

  return values->len > FEWEST_ROWS && cam_exam_count_sorted (values) == values->len;
}

/* As good as every row has a word of its own. */
static gboolean
names_rows (const CamExam *self,
            guint          column)
{
  const gsize n = self->n_rows - cam_table_get_n_missing (self->table, column);

  return n > FEWEST_ROWS && cam_table_get_n_levels (self->table, column) * 20.0 > 19.0 * (double) n;
}

static void
examine_identifiers (CamExam *self)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *names = NULL;
  CamFinding *finding;

  for (guint f = 0; f < self->n_features && self->n_rows > FEWEST_ROWS; f++)
    if (self->columns[self->features[f]].kind != CAM_COLUMN_TEXT &&
        (cam_column_kind_is_numeric (cam_table_get_kind (self->table, self->features[f])) ? numbers_rows (self, self->features[f]) : names_rows (self, self->features[f])))
      g_array_append_val (columns, self->features[f]);
  if (columns->len == 0)
    return;
  names = cam_exam_join (self, columns);
  finding = cam_exam_add (self, "identifier", CAM_SEVERITY_WARNING, columns,
                          g_strdup_printf (ngettext ("%s looks like an identifier", "%s look like identifiers", columns->len), names),
                          g_strdup (_("It has another value in every row: what is learned from it holds for no new row.")));
  cam_finding_cure_ignore (finding, self, columns);
}

static gboolean
is_found (const CamExam *self,
          const char    *id,
          guint          column)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const CamFinding *finding = self->findings->pdata[i];

      if (g_str_equal (finding->id, id) && g_strv_contains ((const char *const *) finding->columns, cam_exam_get_name (self, column)))
        return TRUE;
    }

  return FALSE;
}

static void
examine_categories (CamExam *self)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *names = NULL;
  guint most = 0;
  CamFinding *finding;

  for (guint f = 0; f < self->n_features; f++)
    {
      const CamColumnSettings *settings = &self->columns[self->features[f]];
      guint n = cam_table_get_n_levels (self->table, settings->column);

      if (!cam_column_kind_is_category (settings->kind) || settings->coding != CAM_CODING_ONE_HOT || n <= MANY_CATEGORIES || is_found (self, "identifier", settings->column))
        continue;
      g_array_append_val (columns, settings->column);
      most = MAX (most, n);
    }
  if (columns->len == 0)
    return;
  names = cam_exam_join (self, columns);
  finding = cam_exam_add (self, "categories", CAM_SEVERITY_WARNING, columns,
                          g_strdup_printf (ngettext ("%s has too many categories", "%s have too many categories", columns->len), names),
                          g_strdup_printf (_("%u words become %u inputs, each with %.3g rows on average: too few to learn from."), most, most, (double) self->usable->len / most));
  cam_finding_cure_ignore (finding, self, columns);
}

/* Missing values ------------------------------------------------------------------------------------------------------------------------------------------- */

static void
add_mostly_missing (CamExam *self,
                    GArray  *columns)
{
  g_autofree char *names = NULL, *share = NULL;
  gsize most = 0;
  CamFinding *finding;

  if (columns->len == 0)
    return;
  for (guint i = 0; i < columns->len; i++)
    most = MAX (most, cam_table_get_n_missing (self->table, g_array_index (columns, guint, i)));
  names = cam_exam_join (self, columns);
  share = cam_exam_share ((double) most / (double) self->n_rows);
  finding = cam_exam_add (self, "missing-most", CAM_SEVERITY_WARNING, columns,
                          g_strdup_printf (ngettext ("%s is missing in many rows", "%s are missing in many rows", columns->len), names),
                          g_strdup_printf (_("In up to %s of rows there is no value. What is filled in would be guessed more than measured."), share));
  cam_finding_cure_ignore (finding, self, columns);
}

static void
add_dropped (CamExam *self,
             GArray  *columns)
{
  const gsize n = self->n_rows - self->usable->len;
  g_autofree char *names = NULL, *share = NULL;
  CamFinding *finding;

  if (columns->len == 0)
    return;
  names = cam_exam_join (self, columns);
  share = cam_exam_share ((double) n / (double) self->n_rows);
  finding = cam_exam_add (self, "missing", n * 20 > self->n_rows ? CAM_SEVERITY_WARNING : CAM_SEVERITY_NOTE, columns,
                          g_strdup_printf (ngettext ("%s has missing values", "%s have missing values", columns->len), names),
                          g_strdup_printf (_("%zu rows (%s) are left out for it. Filled in from the training rows, they can be used."), n, share));
  cam_finding_set_cure (finding, _("Fill"));
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);
      const char *word = cam_exam_is_numeric (self, column) ? "median" : "most_frequent";

      cam_finding_cure_column (finding, self, column, "missing", word);
    }
}

static void
examine_missing (CamExam *self)
{
  g_autoptr(GArray) most = g_array_new (FALSE, FALSE, sizeof (guint)), some = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint f = 0; f < self->n_features; f++)
    {
      guint column = self->features[f];
      gsize n = cam_table_get_n_missing (self->table, column);

      if ((double) n > MOST_MISSING * (double) self->n_rows)
        g_array_append_val (most, column);
      else if (n > 0 && self->columns[column].missing == CAM_MISSING_DROP && self->columns[column].kind != CAM_COLUMN_TEXT)
        g_array_append_val (some, column);
    }
  add_mostly_missing (self, most);
  add_dropped (self, some);
}

/* Kinds ---------------------------------------------------------------------------------------------------------------------------------------------------- */

static void
examine_mixed (CamExam *self)
{
  for (guint f = 0; f < self->n_features; f++)
    {
      const guint column = self->features[f];
      const guint n_levels = cam_table_get_n_levels (self->table, column);
      g_autofree gsize *counts = NULL;
      gsize n = 0, n_numbers = 0;
      int word = -1;
      g_autoptr(GArray) columns = NULL;
      g_autofree char *share = NULL;
      CamFinding *finding;

      if (cam_table_get_kind (self->table, column) != CAM_COLUMN_CATEGORY || cam_exam_is_numeric (self, column) || n_levels < 4)
        continue;
      for (guint i = 0; i < self->sample->len; i++)
        {
          gsize row = g_array_index (self->sample, gsize, i);
          int code = cam_table_get_code (self->table, column, row);

          if (code < 0)
            continue;
          n++;
          if (!isnan (cam_table_get_number (self->table, column, row)))
            n_numbers++;
          else if (word < 0)
            word = code;
        }
      if (word < 0 || n < FEWEST_ROWS || (double) n_numbers < MOSTLY_NUMBERS * (double) n)
        continue;
      columns = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (columns, column);
      share = cam_exam_share ((double) n_numbers / (double) n);
      finding = cam_exam_add (self, "mixed", CAM_SEVERITY_WARNING, columns, g_strdup_printf (_("%s mixes numbers and words"), cam_exam_get_name (self, column)),
                              g_strdup_printf (_("%s of its values are numbers, others are words such as “%s”. As numbers, the words are missing values."),
                                               share, cam_table_get_level (self->table, column, (guint) word)));
      cam_finding_set_cure (finding, _("Take as numbers"));
      cam_finding_cure_column (finding, self, column, "kind", "number");
      cam_finding_cure_column (finding, self, column, "missing", "median");
    }
}

static gboolean
is_prose (const CamExam *self,
          guint          column)
{
  const guint n = MIN (cam_table_get_n_levels (self->table, column), 200);
  gsize n_blanks = 0;

  for (guint i = 0; i < n; i++)
    for (const char *at = cam_table_get_level (self->table, column, i); *at != '\0'; at++)
      n_blanks += *at == ' ';

  return n > 0 && n_blanks >= (gsize) n * (WORDS_OF_A_TEXT - 1);
}

static void
examine_texts (CamExam *self)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *names = NULL;

  for (guint c = 0; c < self->n_columns; c++)
    if (self->columns[c].kind == CAM_COLUMN_TEXT && self->columns[c].role == CAM_ROLE_IGNORED && is_prose (self, c))
      g_array_append_val (columns, c);
  if (columns->len == 0)
    return;
  names = cam_exam_join (self, columns);
  cam_exam_add (self, "text", CAM_SEVERITY_NOTE, columns,
                g_strdup_printf (ngettext ("%s is a text that the network does not see", "%s are texts that the network does not see", columns->len), names),
                g_strdup (_("To learn from words, make one text the only feature, and let the network begin with an Embedding.")));
}

void
cam_exam_columns (CamExam *self)
{
  examine_missing (self);
  examine_constant (self);
  examine_identifiers (self);
  examine_categories (self);
  examine_mixed (self);
  examine_texts (self);
}
