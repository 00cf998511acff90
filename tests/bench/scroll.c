/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of a table of a million rows and twenty columns, scrolled: what a frame costs the window's thread, from the frame clock's "before-paint" to its "after-paint", in time of
 * the processor, so that others on the machine do not count; and how many frames cost more than there is for one at 60 a second. Beside it the same with a thousand rows: the
 * number of rows must not matter. */
#include <math.h>
#include <time.h>

#include "../app/session-test.h"
#include "../dataset/csv-numbers.h"

#include "cam-columns.h"
#include "cam-data-table.h"

#define N_FRAMES 300
#define WIDTH 1060
#define HEIGHT 620
#define FRAME_MS (1000.0 / 60)

typedef enum { SMOOTH, WHEEL, PAGES, JUMPS, SIDEWAYS, N_WAYS } Way;
static const char *const names[N_WAYS] = { "smooth, 17 px", "wheel, 150 px", "pages", "jumps", "sideways" };

typedef struct
{
  GtkAdjustment *x, *y;
  Way            way;
  guint          n;
  double         began;            /* ms; NaN: not yet */
  double         costs[N_FRAMES];
  guint          n_costs;
  GRand         *rand;
} Run;

static double
processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
turn (double value,
      double upper)
{
  return upper > 0 ? fmod (value, upper) : 0;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Run *run = user_data;
  double reach = gtk_adjustment_get_upper (run->y) - gtk_adjustment_get_page_size (run->y);
  double side = gtk_adjustment_get_upper (run->x) - gtk_adjustment_get_page_size (run->x);
  static const double steps[] = { [SMOOTH] = 17, [WHEEL] = 150, [PAGES] = HEIGHT };

  if (run->way == SIDEWAYS)
    gtk_adjustment_set_value (run->x, turn (gtk_adjustment_get_value (run->x) + 23, side));
  else if (run->way == JUMPS)
    gtk_adjustment_set_value (run->y, g_rand_double (run->rand) * reach);
  else
    gtk_adjustment_set_value (run->y, turn (gtk_adjustment_get_value (run->y) + steps[run->way], reach));
  run->n++;
  return run->n < N_FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
before_cb (GdkFrameClock *clock,
           Run           *run)
{
  run->began = processor_ms ();
}

static void
after_cb (GdkFrameClock *clock,
          Run           *run)
{
  if (run->n_costs < N_FRAMES && !isnan (run->began))
    run->costs[run->n_costs++] = processor_ms () - run->began;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Median cost in ms. */
static double
scroll (GtkWidget *table,
        Way        way,
        gsize      n_rows)
{
  GtkWidget *grid = GTK_WIDGET (session_test_child (table, CAM_TYPE_DATA_TABLE, "grid"));
  Run run = { .way = way, .began = NAN, .rand = g_rand_new_with_seed (1) };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (grid);
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), &run);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), &run);
  guint n_late = 0;

  g_object_get (grid, "hadjustment", &run.x, "vadjustment", &run.y, NULL);
  gtk_adjustment_set_value (run.x, 0);
  gtk_adjustment_set_value (run.y, 0);
  gtk_widget_add_tick_callback (grid, tick_cb, &run, NULL);
  while (run.n < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  qsort (run.costs, run.n_costs, sizeof (double), compare);
  for (guint i = 0; i < run.n_costs; i++)
    n_late += run.costs[i] > FRAME_MS;
  g_print ("# %8" G_GSIZE_FORMAT " rows, %-14s median %5.2f ms, 99 of 100 below %6.2f ms, %3u of %u frames over 16.7 ms\n", n_rows, names[way],
           run.costs[run.n_costs / 2], run.costs[run.n_costs * 99 / 100], n_late, run.n_costs);
  g_object_unref (run.x);
  g_object_unref (run.y);
  g_rand_free (run.rand);
  return run.costs[run.n_costs / 2];
}

static void
counted_cb (gboolean *is_counted)
{
  *is_counted = TRUE;
}

static void
measure (gsize   size,
         double *medians)
{
  gsize n_rows;
  char *path = csv_numbers_make (size, &n_rows);
  g_autoptr(CamSession) session = cam_session_new ();
  g_autoptr(CamColumns) columns = g_object_new (CAM_TYPE_COLUMNS, NULL);
  gboolean is_counted = FALSE;
  GtkWidget *table, *window;

  g_signal_connect (session, "failed", G_CALLBACK (session_test_fail), NULL);
  g_signal_connect_swapped (columns, "counted", G_CALLBACK (counted_cb), &is_counted);
  g_object_set (columns, "session", session, NULL);
  table = g_object_new (CAM_TYPE_DATA_TABLE, "columns", columns, NULL);
  window = session_test_show (table, WIDTH, HEIGHT);
  cam_session_open_csv (session, path);
  while (!is_counted || cam_session_get_dataset (session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (Way way = 0; way < N_WAYS; way++)
    medians[way] = scroll (table, way, n_rows);
  gtk_window_destroy (GTK_WINDOW (window));
  cam_session_close (session);
  csv_numbers_remove (path);
}

int
main (int    argc,
      char **argv)
{
  double few[N_WAYS], many[N_WAYS];

  session_test_init (&argc, &argv);
  measure (160 * 1024, few);
  measure ((argc > 1 ? (gsize) g_ascii_strtoull (argv[1], NULL, 10) : 160) * 1024 * 1024, many);
  for (Way way = 0; way < N_WAYS; way++)
    g_print ("# %-14s %.2f times what it costs with few rows\n", names[way], many[way] / few[way]);
  session_test_clear ();
  return 0;
}
