/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of several chunks: every cell right, progress that only grows, cancelling at once, and memory in proportion to the numbers. tests/bench reads a larger one. */
#include "csv-text.h"

#include <math.h>
#include <string.h>

#include "csv-numbers.h"

#define SIZE (10 * 1000 * 1000)

static char *path;
static gsize n_rows;

typedef struct
{
  guint         n;
  goffset       bytes, total;
  gsize         rows;
  GCancellable *cancellable;
  gint64        cancelled_at;
} Watch;

static void
progress (goffset  bytes_read,
          goffset  bytes_total,
          gsize    rows,
          gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpint (bytes_read, >=, watch->bytes);
  g_assert_cmpint (bytes_read, <=, bytes_total);
  g_assert_cmpuint (rows, >=, watch->rows);
  watch->n++;
  watch->bytes = bytes_read;
  watch->total = bytes_total;
  watch->rows = rows;
  if (watch->cancellable != NULL)
    {
      watch->cancelled_at = g_get_monotonic_time ();
      g_cancellable_cancel (watch->cancellable);
    }
}

static void
test_cells (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cam_table_get_n_rows (result->table), ==, n_rows);
  g_assert_cmpuint (cam_table_get_n_columns (result->table), ==, CSV_NUMBERS_COLUMNS);
  for (guint column = 0; column < CSV_NUMBERS_COLUMNS; column++)
    {
      g_assert_cmpint (cam_table_get_kind (result->table, column), ==, CAM_COLUMN_NUMBER);
      for (gsize row = 0; row < n_rows; row++)
        if (cam_table_get_number (result->table, column, row) != csv_numbers_value (row, column))
          g_error ("row %" G_GSIZE_FORMAT ", column %u: %.17g, not %.17g", row, column, cam_table_get_number (result->table, column, row), csv_numbers_value (row, column));
    }
  g_assert_cmpuint (result->notes->len, ==, 0);
}

static void
test_progress (void)
{
  g_autoptr(GError) error = NULL;
  Watch watch = { 0 };
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, progress, &watch, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (watch.n, >=, 1);
  g_assert_cmpint (watch.bytes, ==, watch.total);
  g_assert_cmpint (watch.total, >=, SIZE);
  g_assert_cmpuint (watch.rows, ==, n_rows);
}

/* From the first progress on; what is read so far is let go. */
static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Watch watch = { .cancellable = cancellable };

  g_assert_null (cam_csv_read (path, NULL, NULL, progress, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (watch.n, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - watch.cancelled_at, <, 500 * 1000);
}

/* Cancelled before it begins. */
static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Watch watch = { 0 };

  g_cancellable_cancel (cancellable);
  g_assert_null (cam_csv_read (path, NULL, NULL, progress, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (watch.n, ==, 0);
}

/* In a process of its own, as the largest size of a process never falls. */
static void
test_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_message ("memory is not what it is under the sanitizer");
#else
  if (g_test_subprocess ())
    {
      gsize before = csv_numbers_memory ("VmRSS:"), numbers = n_rows * CSV_NUMBERS_COLUMNS * sizeof (float) / 1024;
      g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, NULL);
      gsize peak = csv_numbers_memory ("VmHWM:") - before;

      g_assert_nonnull (result);
      g_test_message ("%" G_GSIZE_FORMAT " kB at the peak for %" G_GSIZE_FORMAT " kB of numbers", peak, numbers);
      g_assert_cmpuint (peak, <, 3 * numbers);
      g_assert_cmpuint (cam_table_get_size_bytes (result->table), <, 2 * 1024 * numbers);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
#endif
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  path = csv_numbers_make (SIZE, &n_rows);
  g_test_add_func ("/dataset/csv-large/cells", test_cells);
  g_test_add_func ("/dataset/csv-large/progress", test_progress);
  g_test_add_func ("/dataset/csv-large/cancel", test_cancel);
  g_test_add_func ("/dataset/csv-large/cancelled", test_cancelled);
  g_test_add_func ("/dataset/csv-large/memory", test_memory);
  status = g_test_run ();
  csv_numbers_remove (path);

  return status;
}
