/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form in which the texts of a column are dates. */
#include "cam-csv-settle.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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
      else if (all || cam_csv_found_spells_missing (found, level))
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
    cam_csv_found_note (found, _("Column “%s”: whether day or month comes first cannot be told; it is read as day/month/year."), column->name);
  else if (!same)
    cam_csv_found_note (found, _("Column “%s”: whether day or month comes first cannot be told; it is read as month/day/year."), column->name);

  return is_day ? CAM_DATE_DAY_FIRST : CAM_DATE_MONTH_FIRST;
}

CamDateForm
cam_csv_find_form (CamCsvFound     *found,
                   const CamColumn *column)
{
  g_autofree double *values = g_new (double, column->levels->len + 1), *other = NULL;

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

CamDateForm
cam_csv_find_best_form (CamCsvFound     *found,
                        const CamColumn *column)
{
  g_autofree double *values = g_new (double, column->levels->len + 1);
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
