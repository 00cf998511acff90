/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and times as people read them. */

#include "cam-words.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

char *
cam_words_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  gsize length = strlen (digits);
  /* translators: the mark between thousands: 1,348 */
  const char *mark = C_("thousands", ",");
  GString *text = g_string_sized_new (length + length / 3 + 1);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, mark);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
cam_words_rows (guint64 n)
{
  g_autofree char *count = cam_words_count (n);

  return g_strdup_printf (ngettext ("%s row", "%s rows", n), count);
}

char *
cam_words_columns (guint64 n)
{
  g_autofree char *count = cam_words_count (n);

  return g_strdup_printf (ngettext ("%s column", "%s columns", n), count);
}

char *
cam_words_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double size = fabs (value);

  if (isnan (value))
    return g_strdup ("–");
  if (size >= 1e4 && size < 1e9 && fabs (value - round (value)) < 1e-9 * size)
    {
      g_autofree char *count = cam_words_count ((guint64) round (size));

      return g_strconcat (value < 0 ? "−" : "", count, NULL);
    }
  if (size >= 1e4 && size < 1e7)
    g_ascii_formatd (text, sizeof text, "%.0f", value);
  else
    g_ascii_formatd (text, sizeof text, "%.4g", value);
  return g_strdup (text);
}

char *
cam_words_share (double share)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (share > 0 && share < 0.001)
    return g_strdup (_("< 0.1 %"));
  g_ascii_formatd (text, sizeof text, share == 0 || share >= 0.9995 ? "%.0f" : "%.1f", 100 * share);
  /* translators: a share in per cent: %s is the number */
  return g_strdup_printf (_("%s %%"), text);
}

char *
cam_words_when (gint64 seconds)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (seconds);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) midnight = NULL;
  GTimeSpan age;

  if (then == NULL)
    return g_strdup ("");
  midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                    g_date_time_get_day_of_month (now), 0, 0, 0);
  age = g_date_time_difference (midnight, then);
  if (age <= 0)
    return g_date_time_format (then, _("today at %H:%M"));
  if (age <= G_TIME_SPAN_DAY)
    return g_strdup (_("yesterday"));
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    return g_date_time_format (then, _("%-d %B"));
  return g_date_time_format (then, _("%-d %B %Y"));
}

char *
cam_words_duration (double seconds)
{
  guint64 whole = (guint64) ceil (CLAMP (seconds, 0.0, 3.15e8));

  if (whole < 100)
    /* translators: a time in seconds */
    return g_strdup_printf (_("%u s"), (guint) whole);
  if (whole < 7200)
    /* translators: a time in minutes */
    return g_strdup_printf (_("%u min"), (guint) (whole + 30) / 60);
  return g_strdup_printf (_("%u h %02u min"), (guint) (whole / 3600), (guint) (whole / 60 % 60));
}
