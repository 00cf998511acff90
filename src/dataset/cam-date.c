/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates: cam-date.h has the forms. Days are counted by the calendar of today also before it was in use, as ISO 8601 does. */
#include "cam-date.h"

#include <math.h>
#include <string.h>

#define SECONDS_PER_DAY 86400.0
/* Years of two digits up to this one lie after 2000, as POSIX has it. */
#define LAST_SHORT_YEAR 68

typedef struct
{
  const char *at, *end;
} Cursor;

/* Days since 1970-01-01, counted from the first of March so that the leap day is a year's last. */
static gint64
count_days (int year,
            int month,
            int day)
{
  gint64 y = month > 2 ? year : year - 1, era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
  gint64 of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void
split_days (gint64  days,
            int    *year,
            int    *month,
            int    *day)
{
  gint64 z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
  gint64 y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365, of_year = of_era - (365 * y + y / 4 - y / 100);
  gint64 m = (5 * of_year + 2) / 153;

  *day = (int) (of_year - (153 * m + 2) / 5 + 1);
  *month = (int) (m < 10 ? m + 3 : m - 9);
  *year = (int) (y + era * 400 + (*month <= 2));
}

/* Between @least and @most digits. Returns how many; 0: not so. */
static int
read_digits (Cursor *cursor,
             int     least,
             int     most,
             int    *value)
{
  const char *c = cursor->at;
  int n = 0;

  *value = 0;
  while (c < cursor->end && g_ascii_isdigit (*c))
    {
      if (++n > most)
        return 0;
      *value = *value * 10 + (*c++ - '0');
    }
  if (n < least)
    return 0;
  cursor->at = c;

  return n;
}

static gboolean
read_one_of (Cursor     *cursor,
             const char *marks,
             char       *mark)
{
  if (cursor->at >= cursor->end || *cursor->at == 0 || strchr (marks, *cursor->at) == NULL)
    return FALSE;
  *mark = *cursor->at++;

  return TRUE;
}

static void
skip_blanks (Cursor *cursor)
{
  while (cursor->at < cursor->end && *cursor->at == ' ')
    cursor->at++;
}

static gboolean
is_date (int year,
         int month,
         int day)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + (month == 2 && leap);
}

static int
full_year (int year,
           int n_digits)
{
  return n_digits == 4 ? year : year <= LAST_SHORT_YEAR ? 2000 + year : 1900 + year;
}

static gboolean
read_iso (Cursor        *cursor,
          int           *year,
          int           *month,
          int           *day,
          CamDateDetail *detail)
{
  char first, second;

  if (read_digits (cursor, 4, 4, year) == 0 || !read_one_of (cursor, "-/.", &first) || read_digits (cursor, first == '-' ? 2 : 1, 2, month) == 0)
    return FALSE;
  if (cursor->at == cursor->end && first == '-')
    {
      *day = 1;
      *detail = CAM_DATE_MONTH;
      return TRUE;
    }

  return read_one_of (cursor, "-/.", &second) && second == first && read_digits (cursor, first == '-' ? 2 : 1, 2, day) > 0;
}

static gboolean
read_numbers (Cursor   *cursor,
              gboolean  day_first,
              int      *year,
              int      *month,
              int      *day)
{
  char first, second;
  int a, b, n_a, n_b, n_year;

  n_a = read_digits (cursor, 1, 2, &a);
  if (n_a == 0 || !read_one_of (cursor, day_first ? "/.-" : "/-", &first))
    return FALSE;
  n_b = read_digits (cursor, 1, 2, &b);
  if (n_b == 0 || !read_one_of (cursor, "/.-", &second) || second != first)
    return FALSE;
  n_year = read_digits (cursor, 2, 4, year);
  if (n_year != 2 && n_year != 4)
    return FALSE;
  /* "1.10.12" is more likely a version, "1-2-12" a code. */
  if (n_year == 2 && first != '/' && (n_a < 2 || n_b < 2))
    return FALSE;

  *year = full_year (*year, n_year);
  *day = day_first ? a : b;
  *month = day_first ? b : a;

  return TRUE;
}

/* A month by the first letters of its name in English, German or Portuguese; 0: none. */
static int
read_month_name (Cursor *cursor)
{
  static const char *const names[12][6] = {
    { "january", "januar", "janeiro", "jan" }, { "february", "februar", "fevereiro", "feb", "fev" }, { "march", "märz", "março", "mar", "mär", "mrz" },
    { "april", "abril", "apr", "abr" }, { "may", "mai", "maio" }, { "june", "juni", "junho", "jun" },
    { "july", "juli", "julho", "jul" }, { "august", "agosto", "aug", "ago" }, { "september", "setembro", "sep", "sept", "set" },
    { "october", "oktober", "outubro", "oct", "okt", "out" }, { "november", "novembro", "nov" }, { "december", "dezember", "dezembro", "dec", "dez" },
  };
  const char *c = cursor->at;
  g_autofree char *word = NULL;

  while (c < cursor->end && (g_ascii_isalpha (*c) || (guchar) *c >= 0x80))
    c++;
  /* The longest name has nine letters, one of them of two bytes at most. */
  if (c - cursor->at < 3 || c - cursor->at > 10)
    return 0;
  word = g_utf8_strdown (cursor->at, c - cursor->at);
  for (int month = 0; month < 12; month++)
    for (guint i = 0; i < 6 && names[month][i] != NULL; i++)
      if (g_str_equal (names[month][i], word))
        {
          cursor->at = c + (c < cursor->end && *c == '.');
          return month + 1;
        }

  return 0;
}

static void
skip_marks (Cursor *cursor)
{
  const char *const words[] = { "de ", "of " };

  while (cursor->at < cursor->end && strchr (" -/,.", *cursor->at) != NULL && *cursor->at != 0)
    cursor->at++;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (cursor->end - cursor->at > 3 && g_ascii_strncasecmp (cursor->at, words[i], 3) == 0)
      cursor->at += 3;
}

static gboolean
read_named (Cursor *cursor,
            int    *year,
            int    *month,
            int    *day)
{
  int n_year;

  *month = read_month_name (cursor);
  if (*month == 0)
    {
      if (read_digits (cursor, 1, 2, day) == 0)
        return FALSE;
      skip_marks (cursor);
      *month = read_month_name (cursor);
      skip_marks (cursor);
    }
  else
    {
      skip_marks (cursor);
      if (read_digits (cursor, 1, 2, day) == 0)
        return FALSE;
      skip_marks (cursor);
    }
  n_year = *month > 0 ? read_digits (cursor, 2, 4, year) : 0;
  if (n_year != 2 && n_year != 4)
    return FALSE;
  *year = full_year (*year, n_year);

  return TRUE;
}

static gboolean
read_all_digits (Cursor        *cursor,
                 int           *year,
                 int           *month,
                 int           *day,
                 CamDateDetail *detail)
{
  int value, n = read_digits (cursor, 4, 8, &value);

  *year = n == 8 ? value / 10000 : value;
  *month = n == 8 ? value / 100 % 100 : 1;
  *day = n == 8 ? value % 100 : 1;
  if (n == 4)
    *detail = CAM_DATE_MONTH;

  return (n == 4 || n == 8) && cursor->at == cursor->end;
}

/* "12:30", "12:30:15", "12:30:15.25", "3:05 pm". */
static gboolean
read_time (Cursor        *cursor,
           double        *seconds,
           CamDateDetail *detail)
{
  int hour, minute, second = 0;
  double fraction = 0.0, place = 0.1;
  char mark;

  if (read_digits (cursor, 1, 2, &hour) == 0 || !read_one_of (cursor, ":", &mark) || read_digits (cursor, 2, 2, &minute) == 0)
    return FALSE;
  *detail = CAM_DATE_MINUTE;
  if (read_one_of (cursor, ":", &mark))
    {
      if (read_digits (cursor, 2, 2, &second) == 0)
        return FALSE;
      *detail = CAM_DATE_SECOND;
      if (read_one_of (cursor, ".,", &mark))
        {
          *detail = CAM_DATE_MILLISECOND;
          for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at); cursor->at++, place /= 10.0)
            fraction += place * (*cursor->at - '0');
        }
    }

  skip_blanks (cursor);
  if (cursor->end - cursor->at >= 2 && g_ascii_tolower (cursor->at[1]) == 'm' && strchr ("aApP", *cursor->at) != NULL && *cursor->at != 0)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (g_ascii_tolower (*cursor->at) == 'p' ? 12 : 0);
      cursor->at += 2;
    }
  /* A leap second counts as the first of the next minute; 24:00 as the next day. */
  if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0)))
    return FALSE;
  *seconds = hour * 3600.0 + minute * 60.0 + second + fraction;

  return TRUE;
}

static gboolean
read_offset (Cursor   *cursor,
             double   *seconds,
             gboolean *has_offset)
{
  int hours, minutes = 0;
  char sign, mark;

  skip_blanks (cursor);
  if (cursor->at == cursor->end)
    return TRUE;
  *has_offset = TRUE;
  if (*cursor->at == 'Z' || *cursor->at == 'z')
    {
      cursor->at++;
      return TRUE;
    }
  if (!read_one_of (cursor, "+-", &sign))
    return FALSE;
  if (cursor->end - cursor->at == 4 && read_digits (cursor, 4, 4, &hours) > 0)
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (read_digits (cursor, 1, 2, &hours) == 0 || (read_one_of (cursor, ":", &mark) && read_digits (cursor, 2, 2, &minutes) == 0))
    return FALSE;
  if (hours > 15 || minutes > 59)
    return FALSE;
  *seconds -= (sign == '-' ? -1.0 : 1.0) * (hours * 3600.0 + minutes * 60.0);

  return TRUE;
}

gboolean
cam_date_parse (const char    *text,
                gsize          length,
                CamDateForm    form,
                double        *days,
                CamDateDetail *detail,
                gboolean      *has_offset)
{
  Cursor cursor = { text, text + length };
  CamDateDetail said = CAM_DATE_DAY;
  gboolean is_read, offset = FALSE;
  int year = 0, month = 0, day = 0;
  double seconds = 0.0;

  switch (form)
    {
    case CAM_DATE_ISO:
      is_read = read_iso (&cursor, &year, &month, &day, &said);
      break;
    case CAM_DATE_DAY_FIRST:
    case CAM_DATE_MONTH_FIRST:
      is_read = read_numbers (&cursor, form == CAM_DATE_DAY_FIRST, &year, &month, &day);
      break;
    case CAM_DATE_NAMED:
      is_read = read_named (&cursor, &year, &month, &day);
      break;
    case CAM_DATE_DIGITS:
    case CAM_DATE_N_FORMS:
    default:
      is_read = read_all_digits (&cursor, &year, &month, &day, &said);
      break;
    }
  if (!is_read || !is_date (year, month, day))
    return FALSE;

  if (cursor.at < cursor.end)
    {
      if (said == CAM_DATE_MONTH || (*cursor.at != 'T' && *cursor.at != ' ' && *cursor.at != ','))
        return FALSE;
      cursor.at++;
      skip_blanks (&cursor);
      if (!read_time (&cursor, &seconds, &said) || !read_offset (&cursor, &seconds, &offset) || cursor.at != cursor.end)
        return FALSE;
    }

  *days = (double) count_days (year, month, day) + seconds / SECONDS_PER_DAY;
  if (detail != NULL)
    *detail = said;
  if (has_offset != NULL)
    *has_offset = offset;

  return TRUE;
}

const char *
cam_date_format (char          buf[CAM_DATE_BUF],
                 double        days,
                 CamDateDetail detail)
{
  double whole, milliseconds;
  int year, month, day, n;
  guint ms;

  *buf = 0;
  /* Beyond year 9999 or before year 1 there is no such text; a mean of dates cannot lie there. */
  if (!(days > -719163.0 && days < 2932897.0))
    return buf;

  whole = floor (days);
  milliseconds = detail <= CAM_DATE_DAY ? 0.0 : rint ((days - whole) * SECONDS_PER_DAY * 1000.0);
  if (milliseconds >= SECONDS_PER_DAY * 1000.0)
    {
      milliseconds = 0.0;
      whole += 1.0;
    }
  split_days ((gint64) whole, &year, &month, &day);
  ms = (guint) milliseconds;

  n = detail == CAM_DATE_MONTH ? g_snprintf (buf, CAM_DATE_BUF, "%04d-%02d", year, month) : g_snprintf (buf, CAM_DATE_BUF, "%04d-%02d-%02d", year, month, day);
  if (detail >= CAM_DATE_MINUTE)
    n += g_snprintf (buf + n, (gulong) (CAM_DATE_BUF - n), " %02u:%02u", ms / 3600000, ms / 60000 % 60);
  if (detail >= CAM_DATE_SECOND)
    n += g_snprintf (buf + n, (gulong) (CAM_DATE_BUF - n), ":%02u", ms / 1000 % 60);
  if (detail >= CAM_DATE_MILLISECOND)
    g_snprintf (buf + n, (gulong) (CAM_DATE_BUF - n), ".%03u", ms % 1000);

  return buf;
}
