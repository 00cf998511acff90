/* SPDX-License-Identifier: GPL-3.0-or-later */
/* large-csv [MEGABYTES]: reads a file of numbers, 200 MB if not said otherwise, and prints the speed, also as a share of what copying the file and what strtod() reach in the
 * same run; how often progress is told; how soon cancelling works; and the memory at the peak as a share of the numbers. Then a quarter as much with a category and a date in
 * each row, as a share of reading it field by field. Ends with 1 where a target is missed. */
#include <cam-csv-private.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../dataset/csv-numbers.h"

/* Targets: of the memory, as a share of 4 bytes a number; of the rest, in milliseconds. */
#define MOST_MEMORY 2.0
#define MOST_GAP    200.0
#define MOST_CANCEL 100.0
#define LEAST_SPEED 1.8     /* times strtod() */
#define LEAST_GAIN  1.0     /* of texts by blocks, times field by field, in processor time: several threads must not make it dearer */

#define MIXED_NUMBERS 8

typedef struct
{
  guint         n, cancel_at;
  gint64        last, longest, cancelled_at;
  GCancellable *cancellable;
} Watch;

static void
progress (goffset  bytes_read,
          goffset  bytes_total,
          gsize    n_rows,
          gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time ();

  watch->longest = MAX (watch->longest, now - watch->last);
  watch->last = now;
  if (++watch->n == watch->cancel_at)
    {
      watch->cancelled_at = now;
      g_cancellable_cancel (watch->cancellable);
    }
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* The plain way: the whole file in memory, strtod() at each comma. Returns seconds; *copying: of the reading alone. */
static double
read_plainly (const char *path,
              double     *copying)
{
  gint64 start = g_get_monotonic_time ();
  g_autofree char *text = NULL;
  const char *at;
  double sum = 0.0;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return NAN;
  *copying = seconds_since (start);
  for (at = strchr (text, '\n'); at != NULL && *at != 0;)
    {
      char *end;

      sum += strtod (at + 1, &end);
      at = end;
    }
  if (!isfinite (sum))
    return NAN;

  return seconds_since (start);
}

/* Processor time, which other programs do not lengthen much, of one reading on so many threads besides the calling one (cam_csv_helpers). */
static double
time_reading (const char *path,
              int         helpers)
{
  struct timespec start, end;
  CamCsvResult *result;

  cam_csv_helpers = helpers;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &start);
  result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &end);
  cam_csv_helpers = -1;
  cam_csv_result_free (result);

  return (double) (end.tv_sec - start.tv_sec) + (double) (end.tv_nsec - start.tv_nsec) * 1e-9;
}

/* Numbers, a category and a date in each row. */
static char *
make_mixed (gsize  size,
            gsize *n_rows)
{
  static const char *const towns[] = { "Porto Alegre", "São Paulo", "Recife", "Manaus", "Belém", "Curitiba", "Goiânia" };
  char *path = NULL;
  int fd = g_file_open_tmp ("camadas-mixed-XXXXXX.csv", &path, NULL);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  gsize written = 0;

  if (file == NULL)
    g_error ("no file can be made in %s", g_get_tmp_dir ());
  fputs ("town,day", file);
  for (guint column = 0; column < MIXED_NUMBERS; column++)
    fprintf (file, ",column_%u", column + 1);
  fputc ('\n', file);
  for (*n_rows = 0; written < size; (*n_rows)++)
    {
      written += (gsize) fprintf (file, "%s,%u-%02u-%02u", towns[*n_rows * 7919 % G_N_ELEMENTS (towns)], (guint) (1990 + *n_rows / 336 % 40), (guint) (1 + *n_rows / 28 % 12),
                                  (guint) (1 + *n_rows % 28));
      for (guint column = 0; column < MIXED_NUMBERS; column++)
        written += (gsize) fprintf (file, ",%.10g", csv_numbers_value (*n_rows, column));
      written += (gsize) fprintf (file, "\n");
    }
  fclose (file);

  return path;
}

/* The shorter of two readings by the clock. */
static double
time_by_clock (const char *path,
               int         helpers)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < 2; i++)
    {
      gint64 start = g_get_monotonic_time ();

      time_reading (path, helpers);
      best = MIN (best, seconds_since (start));
    }

  return best;
}

/* Reads a file of texts and numbers both ways; how many times less processor time blocks take, of one thread. */
static double
read_mixed (gsize megabytes)
{
  gsize n_rows;
  char *path = make_mixed (megabytes * 1000 * 1000, &n_rows);
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);
  double seconds = time_by_clock (path, -1), slow_seconds = time_by_clock (path, -2), one_thread, field_by_field;

  if (result == NULL || cam_table_get_n_rows (result->table) != n_rows)
    g_error ("the file of texts and numbers was not read");
  one_thread = time_reading (path, 0);
  field_by_field = time_reading (path, -2);
  csv_numbers_remove (path);
  g_print ("with a category and a date: %" G_GSIZE_FORMAT " MB, %" G_GSIZE_FORMAT " rows: %.2f s, %.0f MB/s, %.1f times field by field; processor time of one thread %.2f s, %.0f MB/s: "
           "%.2f times\n", megabytes, n_rows, seconds, megabytes / seconds, slow_seconds / seconds, one_thread, megabytes / one_thread, field_by_field / one_thread);

  return field_by_field / one_thread;
}

static gboolean
check (const char *what,
       double      value,
       double      limit,
       gboolean    at_least)
{
  gboolean ok = at_least ? value >= limit : value <= limit;

  if (!ok)
    g_print ("MISSED: %s is %.2f, the target %.2f\n", what, value, limit);
  return ok;
}

int
main (int    argc,
      char **argv)
{
  gsize megabytes = argc > 1 ? strtoul (argv[1], NULL, 10) : 200, n_rows;
  char *path = csv_numbers_make (megabytes * 1000 * 1000, &n_rows);
  double numbers = (double) n_rows * CSV_NUMBERS_COLUMNS * sizeof (float), seconds, memory, plain, copying = NAN, cancel, one_thread, field_by_field;
  g_autoptr(GError) error = NULL;
  gsize before = csv_numbers_memory ("VmRSS:");
  Watch watch = { .last = g_get_monotonic_time () }, cancelled = { .cancel_at = 3 };
  gint64 start = watch.last;
  gboolean ok;

  /* Ours first, as the largest size of the process never falls. */
  {
    g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, progress, &watch, NULL, &error);

    seconds = seconds_since (start);
    memory = (double) (csv_numbers_memory ("VmHWM:") - before) * 1024;
    if (result == NULL || cam_table_get_n_rows (result->table) != n_rows)
      g_error ("not read: %s", error != NULL ? error->message : "rows are missing");
  }
  {
    g_autoptr(GCancellable) cancellable = g_cancellable_new ();

    cancelled.cancellable = cancellable;
    if (cam_csv_read (path, NULL, NULL, progress, &cancelled, cancellable, NULL) != NULL)
      g_error ("cancelling did not work");
    cancel = (double) (g_get_monotonic_time () - cancelled.cancelled_at) / 1000;
  }
  one_thread = time_reading (path, 0);
  field_by_field = time_reading (path, -2);
  plain = read_plainly (path, &copying);
  csv_numbers_remove (path);

  g_print ("%" G_GSIZE_FORMAT " MB, %" G_GSIZE_FORMAT " rows of %d numbers: %.2f s, %.0f MB/s; %.1f times strtod() (%.0f MB/s), %.2f of reading the bytes (%.0f MB/s)\n",
           megabytes, n_rows, CSV_NUMBERS_COLUMNS, seconds, megabytes / seconds, plain / seconds, megabytes / plain, copying / seconds, megabytes / copying);
  g_print ("processor time of one thread: %.2f s, %.0f MB/s; without blocks %.2f s, %.0f MB/s\n", one_thread, megabytes / one_thread, field_by_field, megabytes / field_by_field);
  g_print ("progress: told %u times, the longest gap %.0f ms; cancelled within %.1f ms\n", watch.n, (double) watch.longest / 1000, cancel);
  g_print ("memory: %.0f MB at the peak for %.0f MB of numbers: %.2f times\n", memory / 1e6, numbers / 1e6, memory / numbers);

  ok = check ("memory", memory / numbers, MOST_MEMORY, FALSE);
  ok = check ("the longest gap", (double) watch.longest / 1000, MOST_GAP, FALSE) && ok;
  ok = check ("cancelling", cancel, MOST_CANCEL, FALSE) && ok;
  ok = check ("speed against strtod()", plain / seconds, LEAST_SPEED, TRUE) && ok;
  ok = check ("the gain of blocks with texts", read_mixed (MAX (megabytes / 4, 1)), LEAST_GAIN, TRUE) && ok;

  return ok ? 0 : 1;
}
