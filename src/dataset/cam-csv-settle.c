/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column of texts is once all of it is known: which of its values are spellings of "missing"; then dates, yes and no, numbers with a sign of percent or currency,
 * categories, or texts. Each level is looked at once, however many rows have it. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-csv-settle.h"
#include "cam-yes-no.h"

/* Texts that hardly repeat are no category: more levels than this in most rows, or so many in nearly all. */
#define MANY_LEVELS 64
#define SOME_LEVELS 20

/* Country codes and the like: nearly all levels are two capitals, as "NA" is, which is one of them. */
static gboolean
has_codes (const CamColumn *column)
{
  guint n_codes = 0, n = column->levels->len;
  gboolean has_na = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);

      has_na = has_na || g_str_equal (level, "NA");
      n_codes += strlen (level) == 2 && g_ascii_isupper (level[0]) && g_ascii_isupper (level[1]);
    }

  return has_na && n > 10 && n_codes > 0.9 * n;
}

void
cam_csv_found_missing (CamCsvFound *found,
                       const char  *text,
                       gsize        length)
{
  char *copy;

  if (g_hash_table_size (found->missing) >= CAM_CSV_MOST_SPELLINGS)
    return;
  copy = g_strndup (text, length);
  /* The set takes the copy, also where it has it already. */
  g_hash_table_add (found->missing, copy);
}

/* Among texts; "NA" is no missing value where it is one of many codes. */
static gboolean
spells_missing (const CamCsvFound *found,
                gboolean           codes,
                const char        *level)
{
  return !(codes && g_str_equal (level, "NA")) && cam_csv_is_missing (found->dialect, level, strlen (level), TRUE);
}

/* Levels that spell "missing" become so; the others move up. */
static void
settle_missing (CamCsvFound *found,
                CamColumn   *column,
                gboolean     codes)
{
  g_autofree gint32 *place = g_new (gint32, column->levels->len + 1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < column->levels->len; i++)
    {
      char *level = g_ptr_array_index (column->levels, i);

      place[i] = spells_missing (found, codes, level) ? -1 : (gint32) kept->len;
      if (place[i] < 0)
        {
          cam_csv_found_missing (found, level, strlen (level));
          continue;
        }
      g_ptr_array_add (kept, g_steal_pointer (&level));
      column->levels->pdata[i] = NULL;
    }

  for (guint row = 0; row < column->codes->len && kept->len < column->levels->len; row++)
    {
      gint32 *code = &g_array_index (column->codes, gint32, row);

      if (*code >= 0 && (*code = place[*code]) < 0)
        column->n_missing++;
    }
  g_ptr_array_unref (column->levels);
  column->levels = g_steal_pointer (&kept);
}

void
cam_csv_found_note (CamCsvFound *found,
                    const char  *format,
                    ...)
{
  va_list args;

  if (found->notes->len >= CAM_CSV_MOST_NOTES)
    return;
  va_start (args, format);
  g_ptr_array_add (found->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

gboolean
cam_csv_found_spells_missing (const CamCsvFound *found,
                              const char        *level)
{
  return cam_csv_is_missing (found->dialect, level, strlen (level), FALSE);
}

static gboolean
hardly_repeats (gsize n_levels,
                gsize n_present)
{
  return (n_levels > MANY_LEVELS && n_levels > n_present / 2) || (n_levels > SOME_LEVELS && (double) n_levels > 0.9 * (double) n_present);
}

/* The same column with a number for each level; takes @column. */
static CamColumn *
make_numbers (CamColumn     *column,
              CamColumnKind  kind,
              const double  *values)
{
  CamColumn *numbers = cam_column_new (column->name, kind);

  for (guint row = 0; row < column->codes->len; row++)
    {
      gint32 code = g_array_index (column->codes, gint32, row);
      double value = code >= 0 ? values[code] : NAN;
      float packed;

      cam_column_add_number (numbers, row, value, cam_pack (value, &packed));
    }
  cam_column_trim (numbers, column->codes->len);
  cam_column_free (column);

  return numbers;
}

/* ---- yes and no ---- */

static gboolean
is_yes_no (const CamColumn *column)
{
  gboolean matched = FALSE;

  /* No table has more than a few spellings of each. */
  if (column->levels->len < 2 || column->levels->len > 24)
    return FALSE;
  for (guint i = 0; i < column->levels->len; i++)
    {
      if (cam_yes_no_parse (g_ptr_array_index (column->levels, i)) < 0)
        return FALSE;
      for (guint j = 0; j < column->levels->len && !matched; j++)
        matched = cam_yes_no_match (g_ptr_array_index (column->levels, i), g_ptr_array_index (column->levels, j));
    }

  return matched;
}

/* No and yes, each in its most frequent spelling. */
static void
choose_words (CamCsvSettled   *self,
              const CamColumn *column,
              const gsize     *counts)
{
  int best[2] = { -1, -1 };

  for (guint i = 0; i < column->levels->len; i++)
    {
      int which = cam_yes_no_parse (g_ptr_array_index (column->levels, i));

      if (which >= 0 && (best[which] < 0 || counts[i] > counts[best[which]]))
        best[which] = (int) i;
    }
  for (int which = 0; which < 2; which++)
    self->words[which] = g_strdup (best[which] >= 0 ? g_ptr_array_index (column->levels, best[which]) : which == 0 ? "no" : "yes");
}

/* Two levels; what is neither becomes missing. */
static CamColumn *
make_yes_no (const CamCsvSettled *self,
             CamCsvFound         *found,
             CamColumn           *column)
{
  g_autofree gint32 *place = g_new (gint32, column->levels->len + 1);
  guint n_spellings = 0;
  gsize n_missing = column->n_missing;

  for (guint i = 0; i < column->levels->len; i++)
    {
      place[i] = cam_yes_no_parse (g_ptr_array_index (column->levels, i));
      n_spellings += place[i] >= 0;
    }
  for (guint row = 0; row < column->codes->len; row++)
    {
      gint32 *code = &g_array_index (column->codes, gint32, row);

      if (*code >= 0 && (*code = place[*code]) < 0)
        column->n_missing++;
    }
  if (column->n_missing > n_missing)
    cam_csv_found_note (found, _("Column “%s”: %zu cells say neither yes nor no and count as missing."), column->name, column->n_missing - n_missing);
  if (n_spellings > 2)
    cam_csv_found_note (found, _("Column “%s” spells yes and no in %u ways; they are “%s” and “%s” now."), column->name, n_spellings, self->words[1], self->words[0]);
  g_ptr_array_unref (column->levels);
  column->levels = g_ptr_array_new_with_free_func (g_free);
  for (int which = 0; which < 2; which++)
    g_ptr_array_add (column->levels, g_strdup (self->words[which]));
  column->kind = CAM_COLUMN_YES_NO;

  return column;
}

/* ---- dates ---- */

static void
settle_dates (CamCsvSettled   *self,
              CamCsvFound     *found,
              const CamColumn *column,
              CamDateForm      form)
{
  self->kind = CAM_COLUMN_DATE;
  self->form = form;
  self->detail = CAM_DATE_MONTH;
  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);
      CamDateDetail detail;
      double days;

      if (cam_date_parse (level, strlen (level), form, &days, &detail, NULL))
        self->detail = MAX (self->detail, detail);
    }
  if (form == CAM_DATE_DAY_FIRST || form == CAM_DATE_MONTH_FIRST)
    found->dates = form == CAM_DATE_DAY_FIRST ? CAM_CSV_DAY_FIRST : CAM_CSV_MONTH_FIRST;
}

static CamColumn *
make_dates (const CamCsvSettled *self,
            CamCsvFound         *found,
            CamColumn           *column)
{
  g_autofree double *values = g_new (double, column->levels->len + 1);
  gboolean has_offset = FALSE;
  guint n_none = 0;
  CamColumn *dates;

  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);
      CamDateDetail detail;
      gboolean offset = FALSE;

      if (cam_date_parse (level, strlen (level), self->form, &values[i], &detail, &offset))
        {
          has_offset = has_offset || offset;
          continue;
        }
      values[i] = NAN;
      if (cam_csv_found_spells_missing (found, level))
        cam_csv_found_missing (found, level, strlen (level));
      else
        n_none++;
    }

  dates = make_numbers (column, CAM_COLUMN_DATE, values);
  dates->detail = self->detail;
  if (has_offset)
    cam_csv_found_note (found, _("Column “%s”: the times have an offset; they count in UTC."), dates->name);
  if (n_none > 0)
    cam_csv_found_note (found, ngettext ("Column “%s”: %u value is no date and counts as missing.", "Column “%s”: %u values are no dates and count as missing.", n_none),
          dates->name, n_none);

  return dates;
}

/* ---- numbers with a sign ---- */

static const char *const number_signs[] = { "R$", "US$", "$", "€", "£", "¥", "CHF", "EUR", "USD", "BRL", "GBP", "%", "‰" };

/* Takes a sign and blanks off one end of @text. Returns the sign's place in the list, −1: none there. */
static int
take_sign (const char **text,
           gsize       *length,
           gboolean     at_end)
{
  for (guint i = 0; i < G_N_ELEMENTS (number_signs); i++)
    {
      gsize n = strlen (number_signs[i]);

      if (*length <= n || memcmp (at_end ? *text + *length - n : *text, number_signs[i], n) != 0)
        continue;
      *text += at_end ? 0 : n;
      *length -= n;
      for (; *length > 0 && (*text)[at_end ? *length - 1 : 0] == ' '; (*length)--)
        *text += at_end ? 0 : 1;
      return (int) i;
    }

  return -1;
}

/* "$2,145.09", "-R$ 5", "23.1 %": *sign is the place of the sign, −1 for a number without one. */
static gboolean
read_signed (const char *text,
             char        decimal,
             char        thousands,
             double     *value,
             int        *sign)
{
  gsize length = strlen (text);
  gboolean negative = *text == '-', is_exact;

  text += negative;
  length -= negative;
  *sign = take_sign (&text, &length, FALSE);
  if (*sign < 0)
    *sign = take_sign (&text, &length, TRUE);
  if ((negative && length > 0 && (*text == '-' || *text == '+')) || !cam_csv_number (text, length, decimal, thousands, value, &is_exact))
    return FALSE;
  if (negative)
    *value = -*value;

  return TRUE;
}

gboolean
cam_csv_number_signed (const CamCsvDialect *dialect,
                       const char          *text,
                       double              *value,
                       int                 *sign)
{
  char thousands = dialect->thousands != 0 ? dialect->thousands : dialect->decimal == ',' ? '.' : ',';

  return read_signed (text, dialect->decimal, thousands, value, sign);
}

/* All levels are numbers with one and the same sign. */
static gboolean
is_signed (CamCsvFound     *found,
           const CamColumn *column)
{
  int sign = -1;
  guint n = 0;

  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);
      double value;
      int own;

      if (cam_csv_found_spells_missing (found, level))
        continue;
      if (!cam_csv_number_signed (found->dialect, level, &value, &own) || (n > 0 && own != sign))
        return FALSE;
      sign = own;
      n++;
    }

  return n > 0;
}

static CamColumn *
make_signed (CamCsvFound *found,
             CamColumn   *column)
{
  g_autofree double *values = g_new (double, column->levels->len + 1);
  int sign = -1;

  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);

      values[i] = NAN;
      if (cam_csv_found_spells_missing (found, level))
        cam_csv_found_missing (found, level, strlen (level));
      else
        cam_csv_number_signed (found->dialect, level, &values[i], &sign);
    }
  if (sign >= 0)
    cam_csv_found_note (found, _("Column “%s” is read as numbers without “%s”."), column->name, number_signs[sign]);

  return make_numbers (column, CAM_COLUMN_NUMBER, values);
}

/* ---- all together ---- */

static void
settle_kind (CamCsvSettled   *self,
             CamCsvFound     *found,
             CamColumn       *column,
             const gsize     *counts,
             gsize            n_rows)
{
  CamDateForm form;

  self->kind = CAM_COLUMN_CATEGORY;
  if (is_yes_no (column))
    {
      self->kind = CAM_COLUMN_YES_NO;
      choose_words (self, column, counts);
    }
  else if (found->dialect->dates != CAM_CSV_NO_DATES && (form = cam_csv_find_form (found, column)) != CAM_DATE_N_FORMS)
    settle_dates (self, found, column, form);
  else if (is_signed (found, column))
    self->kind = CAM_COLUMN_NUMBER;
  else if (hardly_repeats (column->levels->len, n_rows - column->n_missing))
    self->kind = CAM_COLUMN_TEXT;
}

/* @column without what spells "missing". */
static void
settle (CamCsvSettled   *self,
        CamCsvFound     *found,
        CamColumn       *column,
        const gsize     *counts,
        gsize            n_rows,
        const char      *said)
{
  if (said == NULL)
    settle_kind (self, found, column, counts, n_rows);
  else if (g_str_equal (said, "date"))
    settle_dates (self, found, column, cam_csv_find_best_form (found, column));
  else if (g_str_equal (said, "yes/no"))
    {
      self->kind = CAM_COLUMN_YES_NO;
      choose_words (self, column, counts);
    }
  else
    self->kind = g_str_equal (said, "text") ? CAM_COLUMN_TEXT : CAM_COLUMN_CATEGORY;
}

static CamColumn *
apply (const CamCsvSettled *self,
       CamCsvFound         *found,
       CamColumn           *column)
{
  if (self->kind == CAM_COLUMN_YES_NO)
    return make_yes_no (self, found, column);
  if (self->kind == CAM_COLUMN_DATE)
    return make_dates (self, found, column);
  if (self->kind == CAM_COLUMN_NUMBER)
    return make_signed (found, column);
  column->kind = self->kind;

  return column;
}

void
cam_csv_settled_clear (CamCsvSettled *self)
{
  g_free (self->words[0]);
  g_free (self->words[1]);
  *self = (CamCsvSettled) { 0 };
}

gboolean
cam_csv_settled_equal (const CamCsvSettled *self,
                       const CamCsvSettled *other)
{
  /* Words that hardly repeat are read as those that do. */
  gboolean are_words = (self->kind == CAM_COLUMN_CATEGORY || self->kind == CAM_COLUMN_TEXT) && (other->kind == CAM_COLUMN_CATEGORY || other->kind == CAM_COLUMN_TEXT);

  return (self->kind == other->kind || are_words) && self->has_codes == other->has_codes && self->form == other->form && self->detail == other->detail &&
         g_strcmp0 (self->words[0], other->words[0]) == 0 && g_strcmp0 (self->words[1], other->words[1]) == 0;
}

void
cam_csv_settled_init (CamCsvSettled    *self,
                      CamCsvFound      *found,
                      const CamColumn  *levels,
                      const gsize      *counts,
                      gsize             n_rows,
                      const char       *said)
{
  CamColumn *column = cam_column_new (levels->name, CAM_COLUMN_CATEGORY);
  g_autofree gsize *kept = g_new (gsize, levels->levels->len + 1);

  *self = (CamCsvSettled) { .has_codes = has_codes (levels) };
  for (guint i = 0; i < levels->levels->len; i++)
    {
      const char *level = g_ptr_array_index (levels->levels, i);

      if (spells_missing (found, self->has_codes, level))
        continue;
      kept[column->levels->len] = counts[i];
      g_ptr_array_add (column->levels, g_strdup (level));
    }
  settle (self, found, column, kept, n_rows, said);
  cam_column_free (column);
}

CamColumn *
cam_csv_settled_apply (const CamCsvSettled *self,
                       CamCsvFound         *found,
                       CamColumn           *column)
{
  settle_missing (found, column, self->has_codes);

  return apply (self, found, column);
}

CamColumn *
cam_csv_settle_column (CamCsvFound *found,
                       CamColumn   *column,
                       gsize        n_rows,
                       const char  *said)
{
  CamCsvSettled settled = { 0 };
  g_autofree gsize *counts = NULL;

  if (column->kind == CAM_COLUMN_NUMBER)
    return column;

  settled.has_codes = has_codes (column);
  settle_missing (found, column, settled.has_codes);
  counts = g_new0 (gsize, column->levels->len + 1);
  for (guint row = 0; row < column->codes->len; row++)
    if (g_array_index (column->codes, gint32, row) >= 0)
      counts[g_array_index (column->codes, gint32, row)]++;
  settle (&settled, found, column, counts, n_rows, said);
  column = apply (&settled, found, column);
  cam_csv_settled_clear (&settled);

  return column;
}
