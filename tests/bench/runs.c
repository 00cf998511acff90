/* SPDX-License-Identifier: GPL-3.0-or-later */
/* runs SAMPLES [N]: the table of runs of a workspace with N (5,000) runs, in time of the window's thread, so that others on the machine do not count:
 *   from the call that opens the workspace to the first painted rows (asked: 1 s), and until the columns that differ are there;
 *   each order and each filter, until it is painted (asked: 50 ms without a break);
 *   what a workspace of so many runs takes in memory.
 * Beside it the same with a tenth of the runs: what grows with their number is seen. Prints and does not fail: other work on the machine would decide. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <cam-compare-page.h>

#include "../app/many-runs.h"
#include "../app/session-test.h"

#define WIDTH 1400
#define HEIGHT 900

typedef struct
{
  CamSession    *session;
  GtkWidget     *window;
  GtkWidget     *page;
  CamRunTable   *table;
  GtkColumnView *view;
} Bench;

typedef struct { double total, longest; } Cost;      /* ms of the thread; of one turn of the loop */

static guint n_painted;

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
memory_mb (void)
{
  g_autofree char *text = NULL;
  gulong size = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%lu %lu", &size, &resident);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

static void
painted_cb (void)
{
  n_painted++;
}

/* Turns of the loop until it has painted twice and nothing is left to be done for a while. */
static Cost
settle (double began)
{
  Cost cost = { 0 };
  double end = (double) g_get_monotonic_time () + 400e3;
  guint first = n_painted;

  cost.longest = thread_ms () - began;
  while ((double) g_get_monotonic_time () < end || n_painted == first)
    {
      double before = thread_ms ();

      if (!g_main_context_iteration (NULL, FALSE))
        {
          g_usleep (500);
          continue;
        }
      cost.longest = MAX (cost.longest, thread_ms () - before);
      if (thread_ms () - before > 1.0)
        end = (double) g_get_monotonic_time () + 400e3;
    }
  cost.total = thread_ms () - began;
  return cost;
}

static GtkColumnViewColumn *
find_column (Bench      *bench,
             const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (bench->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
        return column;
    }
  return NULL;
}

static void
print_cost (guint       n,
            const char *what,
            Cost        cost)
{
  g_print ("# %5u runs: %-34s %7.1f ms in all, %6.1f ms without a break\n", n, what, cost.total, cost.longest);
}

static void
measure_open (Bench      *bench,
              const char *path,
              guint       n)
{
  double before = memory_mb (), began = thread_ms (), wall = (double) g_get_monotonic_time (), rows_ms, rows_wall;
  GListModel *runs = cam_session_get_runs (bench->session);
  guint painted;

  cam_session_open_workspace (bench->session, path);
  while (g_list_model_get_n_items (runs) < n)
    g_main_context_iteration (NULL, TRUE);
  painted = n_painted;
  while (n_painted < painted + 2)
    g_main_context_iteration (NULL, TRUE);
  rows_ms = thread_ms () - began;
  rows_wall = ((double) g_get_monotonic_time () - wall) / 1e3;
  g_print ("# %5u runs: rows painted after %.0f ms of the thread, %.0f ms by the clock (asked: 1000)\n", n, rows_ms, rows_wall);
  print_cost (n, "settled after opening", settle (thread_ms ()));
  g_print ("# %5u runs: %.0f MB more than before, %.1f KB a run\n", n, memory_mb () - before, (memory_mb () - before) * 1e3 / n);
}

static void
measure_orders (Bench *bench,
                guint  n)
{
  static const char *const titles[] = { "Best", "val_accuracy", "activation", "learning_rate", "Run", "Time", "Started" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkColumnViewColumn *column = find_column (bench, titles[i]);
      g_autofree char *what = g_strdup_printf ("order by %s", titles[i]);
      double began;

      if (column == NULL)
        {
          g_print ("# no column %s\n", titles[i]);
          continue;
        }
      began = thread_ms ();
      gtk_column_view_sort_by_column (bench->view, column, GTK_SORT_ASCENDING);
      print_cost (n, what, settle (began));
    }
}

static void
measure_filters (Bench *bench,
                 guint  n)
{
  static const char *const texts[] = { "tanh", "tanh lr > 0.001", "val_loss < 0.3", "Run 49", "nothing of the kind", "" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *what = g_strdup_printf ("filter “%s”", texts[i]);
      double began = thread_ms ();

      g_object_set (bench->table, "filter-text", texts[i], NULL);
      print_cost (n, what, settle (began));
    }
}

static void
measure (const char *samples,
         guint       n)
{
  g_autofree char *path = g_strdup_printf ("%s/many-%u.camadas", g_get_user_data_dir (), n);
  g_autofree char *sample = g_build_filename (samples, "iris.json", NULL);
  Bench bench = { 0 };
  gulong painted;

  many_runs_make (path, sample, n);
  bench.session = cam_session_new ();
  g_signal_connect (bench.session, "failed", G_CALLBACK (session_test_fail), NULL);
  bench.page = g_object_new (CAM_TYPE_COMPARE_PAGE, "session", bench.session, NULL);
  bench.table = cam_compare_page_get_table (CAM_COMPARE_PAGE (bench.page));
  bench.view = GTK_COLUMN_VIEW (session_test_child (bench.table, CAM_TYPE_RUN_TABLE, "view"));
  bench.window = session_test_show (bench.page, WIDTH, HEIGHT);
  painted = g_signal_connect (gtk_widget_get_frame_clock (bench.window), "after-paint", G_CALLBACK (painted_cb), NULL);
  ui_settle ();

  measure_open (&bench, path, n);
  measure_orders (&bench, n);
  measure_filters (&bench, n);

  g_signal_handler_disconnect (gtk_widget_get_frame_clock (bench.window), painted);
  cam_session_close (bench.session);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  ui_settle ();
  g_object_unref (bench.session);
  g_remove (path);
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 5000;
  g_autofree char *samples = g_strdup (argc > 1 ? argv[1] : ".");

  session_test_init (&argc, &argv);
  measure (samples, n / 10);
  measure (samples, n);
  session_test_clear ();
  return 0;
}
