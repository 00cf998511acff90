/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column of texts is once all of it is known: which of its values are spellings of "missing"; then dates, yes and no, numbers with a sign of percent or currency,
 * categories, or texts. Each level is looked at once, however many rows have it. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-csv-private.h"
#include "cam-yes-no.h"

/* Texts that hardly repeat are no category: more levels than this in most rows, or so many in nearly all. */
#define MANY_LEVELS 64
#define SOME_LEVELS 20

/* Country codes and the like: nearly all levels are two capitals, as "NA" is. */
static gboolean
are_codes (const CamColumn *column)
{
  guint n_codes = 0, n = column->levels->len;

  for (guint i = 0; i < n; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);

      n_codes += strlen (level) == 2 && g_ascii_isupper (level[0]) && g_ascii_isupper (level[1]);
    }

  return n > 10 && n_codes > 0.9 * n;
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

/* Levels that spell "missing" become so; the others move up. */
static void
settle_missing (CamCsvFound *found,
                CamColumn   *column)
{
  const CamCsvDialect *dialect = found->dialect;
  g_autofree gint32 *place = g_new (gint32, column->levels->len + 1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  gboolean codes = are_codes (column);

  for (guint i = 0; i < column->levels->len; i++)
    {
      char *level = g_ptr_array_index (column->levels, i);
      gboolean is_code = codes && g_str_equal (level, "NA");

      place[i] = is_code || !cam_csv_is_missing (dialect, level, strlen (level), TRUE) ? (gint32) kept->len : -1;
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

static void G_GNUC_PRINTF (2, 3)
note (CamCsvFound *found,
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

/* Two levels, no and yes, each in its most frequent spelling; what is neither becomes missing. */
static void
make_yes_no (CamCsvFound *found,
             CamColumn   *column)
{
  g_autofree gsize *counts = g_new0 (gsize, column->levels->len + 1);
  g_autofree gint32 *place = g_new (gint32, column->levels->len + 1);
  int best[2] = { -1, -1 };
  guint n_spellings = 0;
  gsize n_missing = column->n_missing;
  g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func (g_free);

  for (guint row = 0; row < column->codes->len; row++)
    if (g_array_index (column->codes, gint32, row) >= 0)
      counts[g_array_index (column->codes, gint32, row)]++;
  for (guint i = 0; i < column->levels->len; i++)
    {
      place[i] = cam_yes_no_parse (g_ptr_array_index (column->levels, i));
      if (place[i] < 0)
        continue;
      n_spellings++;
      if (best[place[i]] < 0 || counts[i] > counts[best[place[i]]])
        best[place[i]] = (int) i;
    }
  for (int which = 0; which < 2; which++)
    g_ptr_array_add (levels, g_strdup (best[which] >= 0 ? g_ptr_array_index (column->levels, best[which]) : which == 0 ? "no" : "yes"));

  for (guint row = 0; row < column->codes->len; row++)
    {
      gint32 *code = &g_array_index (column->codes, gint32, row);

      if (*code >= 0 && (*code = place[*code]) < 0)
        column->n_missing++;
    }
  if (column->n_missing > n_missing)
    note (found, _("Column “%s”: %zu cells say neither yes nor no and count as missing."), column->name, column->n_missing - n_missing);
  if (n_spellings > 2)
    note (found, _("Column “%s” spells yes and no in %u ways; they are “%s” and “%s” now."), column->name, n_spellings,
          (char *) g_ptr_array_index (levels, 1), (char *) g_ptr_array_index (levels, 0));
  g_ptr_array_unref (column->levels);
  column->levels = g_steal_pointer (&levels);
  column->kind = CAM_COLUMN_YES_NO;
}

/* ---- dates ---- */

/* "Unknown" among dates or prices is none of them; among words it may be one. */
static gboolean
is_missing_here (const CamCsvFound *found,
                 const char        *level)
{
  return cam_csv_is_missing (found->dialect, level, strlen (level), FALSE);
}

/* How many levels are dates of this form; counting ends at the first that is none, unless @all. */
static guint
count_dates (const CamCsvFound *found,
             const CamColumn   *column,
             CamDateForm        form,
             gboolean           all,
             double            *values)
{
  guint n = 0;

  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);

      if (cam_date_parse (level, strlen (level), form, &values[i], NULL, NULL))
        n++;
      else if (all || is_missing_here (found, level))
        values[i] = NAN;
      else
        return 0;
    }

  return n;
}

static guint
count_descents (const double *values,
                guint         n)
{
  guint count = 0;

  for (guint i = 1; i < n; i++)
    count += values[i] < values[i - 1];

  return count;
}

/* Both orders are possible: the one that was said, else the one in which the rows are better sorted, else the custom of those who write numbers this way. */
static CamDateForm
choose_order (CamCsvFound     *found,
              const CamColumn *column,
              const double    *day_first,
              const double    *month_first)
{
  guint n = column->levels->len, n_day = count_descents (day_first, n), n_month = count_descents (month_first, n);
  gboolean same = TRUE, is_day;

  if (found->dialect->dates != 0)
    return found->dialect->dates == CAM_CSV_MONTH_FIRST ? CAM_DATE_MONTH_FIRST : CAM_DATE_DAY_FIRST;
  if (n_day != n_month)
    return n_day < n_month ? CAM_DATE_DAY_FIRST : CAM_DATE_MONTH_FIRST;
  if (found->dates != 0)
    return found->dates == CAM_CSV_MONTH_FIRST ? CAM_DATE_MONTH_FIRST : CAM_DATE_DAY_FIRST;

  for (guint i = 0; i < n && same; i++)
    same = !(fabs (day_first[i] - month_first[i]) > 0.0);
  is_day = found->dialect->decimal == ',' || found->dialect->separator == ';';
  if (!same && is_day)
    note (found, _("Column “%s”: whether day or month comes first cannot be told; it is read as day/month/year."), column->name);
  else if (!same)
    note (found, _("Column “%s”: whether day or month comes first cannot be told; it is read as month/day/year."), column->name);

  return is_day ? CAM_DATE_DAY_FIRST : CAM_DATE_MONTH_FIRST;
}

/* The form in which all levels are dates; CAM_DATE_N_FORMS: none. */
static CamDateForm
find_form (CamCsvFound *found,
           CamColumn   *column,
           double      *values)
{
  g_autofree double *other = NULL;

  if (column->levels->len == 0)
    return CAM_DATE_N_FORMS;
  if (count_dates (found, column, CAM_DATE_ISO, FALSE, values) > 0)
    return CAM_DATE_ISO;
  if (count_dates (found, column, CAM_DATE_NAMED, FALSE, values) > 0)
    return CAM_DATE_NAMED;
  if (count_dates (found, column, CAM_DATE_DAY_FIRST, FALSE, values) == 0)
    return count_dates (found, column, CAM_DATE_MONTH_FIRST, FALSE, values) > 0 ? CAM_DATE_MONTH_FIRST : CAM_DATE_N_FORMS;

  other = g_new (double, column->levels->len);
  if (count_dates (found, column, CAM_DATE_MONTH_FIRST, FALSE, other) == 0)
    return CAM_DATE_DAY_FIRST;

  return choose_order (found, column, values, other);
}

/* The form that makes most levels dates, where the caller says that they are. */
static CamDateForm
find_best_form (CamCsvFound *found,
                CamColumn   *column,
                double      *values)
{
  CamDateForm best = CAM_DATE_ISO;
  guint n_best = 0;

  for (CamDateForm form = CAM_DATE_ISO; form < CAM_DATE_N_FORMS; form++)
    {
      guint n;

      if (form == CAM_DATE_DAY_FIRST && found->dialect->dates == CAM_CSV_MONTH_FIRST)
        continue;
      n = count_dates (found, column, form, TRUE, values);
      if (n > n_best)
        {
          best = form;
          n_best = n;
        }
    }

  return best;
}

static CamColumn *
make_dates (CamCsvFound *found,
            CamColumn   *column,
            CamDateForm  form,
            double      *values)
{
  CamDateDetail most = CAM_DATE_MONTH;
  gboolean has_offset = FALSE;
  guint n_none = 0;
  CamColumn *dates;

  count_dates (found, column, form, TRUE, values);
  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);
      CamDateDetail detail;
      gboolean offset;
      double days;

      if (!cam_date_parse (level, strlen (level), form, &days, &detail, &offset))
        {
          if (is_missing_here (found, level))
            cam_csv_found_missing (found, level, strlen (level));
          else
            n_none++;
          continue;
        }
      most = MAX (most, detail);
      has_offset = has_offset || offset;
    }
  if (form == CAM_DATE_DAY_FIRST || form == CAM_DATE_MONTH_FIRST)
    found->dates = form == CAM_DATE_DAY_FIRST ? CAM_CSV_DAY_FIRST : CAM_CSV_MONTH_FIRST;

  dates = make_numbers (column, CAM_COLUMN_DATE, values);
  dates->detail = most;
  if (has_offset)
    note (found, _("Column “%s”: the times have an offset; they count in UTC."), dates->name);
  if (n_none > 0)
    note (found, ngettext ("Column “%s”: %u value is no date and counts as missing.", "Column “%s”: %u values are no dates and count as missing.", n_none),
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
find_signed (CamCsvFound     *found,
             const CamColumn *column,
             double          *values,
             int             *sign)
{
  guint n = 0;

  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);
      int own;

      if (is_missing_here (found, level))
        {
          values[i] = NAN;
          continue;
        }
      if (!cam_csv_number_signed (found->dialect, level, &values[i], &own) || (n > 0 && own != *sign))
        return FALSE;
      *sign = own;
      n++;
    }
  for (guint i = 0; i < column->levels->len && n > 0; i++)
    if (isnan (values[i]))
      cam_csv_found_missing (found, g_ptr_array_index (column->levels, i), strlen (g_ptr_array_index (column->levels, i)));

  return n > 0;
}

static CamColumn *
settle_kind (CamCsvFound *found,
             CamColumn   *column,
             gsize        n_rows)
{
  g_autofree double *values = g_new (double, column->levels->len + 1);
  CamDateForm form;
  int sign = -1;

  if (is_yes_no (column))
    {
      make_yes_no (found, column);
      return column;
    }
  if (found->dialect->dates != CAM_CSV_NO_DATES && (form = find_form (found, column, values)) != CAM_DATE_N_FORMS)
    return make_dates (found, column, form, values);
  if (find_signed (found, column, values, &sign))
    {
      if (sign >= 0)
        note (found, _("Column “%s” is read as numbers without “%s”."), column->name, number_signs[sign]);
      return make_numbers (column, CAM_COLUMN_NUMBER, values);
    }
  if (hardly_repeats (column->levels->len, n_rows - column->n_missing))
    column->kind = CAM_COLUMN_TEXT;

  return column;
}

CamColumn *
cam_csv_settle_column (CamCsvFound *found,
                       CamColumn   *column,
                       gsize        n_rows,
                       const char  *said)
{
  g_autofree double *values = NULL;

  if (column->kind == CAM_COLUMN_NUMBER)
    return column;

  settle_missing (found, column);
  if (said == NULL)
    return settle_kind (found, column, n_rows);

  if (g_str_equal (said, "date"))
    {
      values = g_new (double, column->levels->len + 1);
      return make_dates (found, column, find_best_form (found, column, values), values);
    }
  if (g_str_equal (said, "yes/no"))
    make_yes_no (found, column);
  else
    column->kind = g_str_equal (said, "text") ? CAM_COLUMN_TEXT : CAM_COLUMN_CATEGORY;

  return column;
}
