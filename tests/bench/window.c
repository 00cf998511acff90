/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window CAMADAS-CLI SAMPLES: what a person at the window has of a fit that runs at full speed, on an X server without a graphics card:
 *   the first point of the loss curve after Train, on every sample (asked: 0.2 s; where one epoch takes longer than that, its end);
 *   frames a second of something that moves while the curves grow (asked: 30), and the same once 10,000 epochs are in them (asked: as many);
 *   how long a page that is asked for takes to be painted meanwhile (asked: 100 ms);
 *   the share of a core that the window's thread takes, with the curves in sight and without (asked: 20 % between them);
 *   what the fit takes in the window against camadas-cli with the same experiment, turn about (asked: 5 % at most);
 *   frames a second and how soon a page is painted while a study of 100 runs of 30-128-256-1 goes two at a time, and how long it takes in the window.
 * Prints and does not fail: other work on the machine would decide. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cam-chart-card.h>
#include <cam-chart.h>
#include <cam-window.h>

#include "../app/session-test.h"

#define WIDTH 1400
#define HEIGHT 900
#define MANY_EPOCHS 10000000
#define SPAN_S 1.5
#define LONG_RUN 10000
#define N_ASKED 24
#define ROUNDS 6
#define COMPARED_EPOCHS "20000"

static CamWindow *window;
static CamSession *session;
static guint n_painted;

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
thread_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

static void
painted_cb (void)
{
  n_painted++;
}

static void
turn_until (double end)
{
  while (now_s () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
wait_for_paint (void)
{
  guint before = n_painted;
  double end = now_s () + 5;

  gtk_widget_queue_draw (GTK_WIDGET (window));
  while (n_painted == before && now_s () < end)
    g_main_context_iteration (NULL, TRUE);
}

static void
show_page (const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", page);
}

/* The first card of the page with curves: the loss. */
static CamChartCard *
find_loss (GtkWidget *from)
{
  if (CAM_IS_CHART_CARD (from) && gtk_widget_get_mapped (from))
    return CAM_CHART_CARD (from);
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CamChartCard *found = find_loss (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_point (void)
{
  CamChartCard *card = find_loss (GTK_WIDGET (window));
  CamChart *chart = card != NULL ? cam_chart_card_get_chart (card) : NULL;

  for (guint s = 0; chart != NULL && s < cam_chart_get_n_series (chart); s++)
    if (cam_chart_get_points (chart, s, NULL, NULL) > 0)
      return TRUE;
  return FALSE;
}

static void
open_sample (const char *path)
{
  gboolean is_loading = TRUE;

  cam_session_open_experiment (session, path);
  while (is_loading || cam_session_get_dataset (session) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (session, "loading", &is_loading, NULL);
    }
  show_page ("train");
  turn_until (now_s () + 0.7);
}

static void
stop (void)
{
  cam_session_stop (session);
  cam_session_stop (session);
  while (session_test_is_busy (session))
    g_main_context_iteration (NULL, TRUE);
}

static void
edit (const char *path,
      const char *text)
{
  g_autoptr(json_t) value = json_loads (text, JSON_DECODE_ANY, NULL);

  cam_session_edit (session, path, value, "bench");
}

static void
measure_first_points (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      double began, first, end;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      open_sample (path);
      if (cam_session_get_train_reason (session) != NULL)
        continue;
      began = now_s ();
      end = began + 60;
      gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
      while (!has_point () && now_s () < end)
        g_main_context_iteration (NULL, TRUE);
      wait_for_paint ();
      first = now_s () - began;
      g_print ("# first point  %-26s %6.3f s%s\n", name, first, first > 0.2 ? "  (asked: 0.2 s)" : "");
      stop ();
    }
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* Frames a second of something small that moves beside the curves. */
static double
count_frames (GtkWidget *moving)
{
  guint id = gtk_widget_add_tick_callback (moving, tick_cb, NULL, NULL), before;
  double began;

  turn_until (now_s () + 0.3);
  before = n_painted;
  began = now_s ();
  turn_until (began + SPAN_S);
  gtk_widget_remove_tick_callback (moving, id);
  return (n_painted - before) / (now_s () - began);
}

static void
measure_answers (void)
{
  static const char *const pages[] = { "network", "train", "compare", "train" };
  double worst = 0, sum = 0;

  for (guint i = 0; i < N_ASKED; i++)
    {
      double began;

      turn_until (now_s () + 0.11);
      began = now_s ();
      show_page (pages[i % G_N_ELEMENTS (pages)]);
      wait_for_paint ();
      worst = fmax (worst, now_s () - began);
      sum += now_s () - began;
    }
  g_print ("# answers      a page is painted after %.0f ms in the mean, %.0f ms at the most (asked: 100 ms)\n", sum / N_ASKED * 1e3, worst * 1e3);
}

static double
measure_share (const char *page)
{
  double began, used;

  show_page (page);
  turn_until (now_s () + 0.5);
  began = now_s ();
  used = thread_s ();
  /* Waiting, not turning: what is measured is what is done. */
  while (now_s () < began + SPAN_S)
    g_main_context_iteration (NULL, TRUE);
  return (thread_s () - used) / (now_s () - began);
}

static void
measure_smoothness (const char *path)
{
  double few, many, seen, unseen;
  GtkWidget *moving;

  open_sample (path);
  edit ("callbacks", "[]");
  edit ("fit/epochs", G_STRINGIFY (MANY_EPOCHS));
  moving = GTK_WIDGET (find_loss (GTK_WIDGET (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  few = count_frames (moving);
  g_print ("# frames       %.1f a second while %u epochs came in (asked: 30)\n", few, cam_runner_get_n_epochs (cam_session_get_runner (session)));
  while (session_test_is_busy (session) && cam_runner_get_n_epochs (cam_session_get_runner (session)) < LONG_RUN)
    g_main_context_iteration (NULL, TRUE);
  many = count_frames (moving);
  g_print ("# long run     %.1f frames a second up to %u epochs, %.2f times as many\n", many, cam_runner_get_n_epochs (cam_session_get_runner (session)), many / few);
  measure_answers ();
  seen = measure_share ("train");
  unseen = measure_share ("network");
  g_print ("# charts       the window’s thread takes %.1f %% of a core with the curves in sight, %.1f %% without: %.1f %% for them (asked: 20 %%)\n", seen * 100, unseen * 100, (seen - unseen) * 100);
  stop ();
}

/* The study of the lesson, as it goes on beside somebody who looks around. */
static void
measure_study (const char *path)
{
  static const char plan_text[] = "{\"camadas-plan\": 1, \"kind\": \"repeat\", \"repeats\": 100}";
  g_autoptr(json_t) json = json_loads (plan_text, 0, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamPlan) plan = NULL;
  CamStudyItem *item;
  double began, frames;

  open_sample (path);
  edit ("callbacks", "[]");
  edit ("fit/epochs", "40");
  edit ("network", "[{\"class_name\": \"Dense\", \"config\": {\"units\": 128, \"activation\": \"relu\"}}, {\"class_name\": \"Dense\", \"config\": {\"units\": 256, \"activation\": \"relu\"}},"
                   " {\"class_name\": \"Dense\", \"config\": {\"units\": 1, \"activation\": \"sigmoid\"}}]");
  json_object_set_new (json, "experiment", cam_experiment_to_json (cam_document_get_experiment (cam_session_get_document (session)), NULL));
  plan = cam_plan_new_from_json (json, NULL, &error);
  if (plan == NULL)
    {
      g_print ("# study        %s\n", error->message);
      return;
    }

  began = now_s ();
  item = cam_session_add_study (session, plan, NAN);
  show_page ("compare");
  turn_until (now_s () + 0.5);
  frames = count_frames (GTK_WIDGET (find_loss (GTK_WIDGET (window))));
  g_print ("# study        %.1f frames a second while it goes, %u of 100 runs done by then\n", frames, cam_study_item_get_n_done (item));
  measure_answers ();
  while (cam_session_get_study (session) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_print ("# study        100 runs of 40 epochs in %.1f s, %.1f runs a second\n", now_s () - began, 100 / (now_s () - began));
}

/* Seconds of the fit, from its report. */
static double
run_cli (const char *cli,
         const char *path,
         const char *folder)
{
  const char *const arguments[] = { cli, "run", path, "--out", folder, NULL };
  g_autoptr(GSubprocess) process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autofree char *report = g_build_filename (folder, "report.json", NULL);
  g_autoptr(json_t) json = NULL;

  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    return NAN;
  json = json_load_file (report, 0, NULL);
  return json_number_value (json_object_get (json, "seconds"));
}

static void
measure_cost (const char *cli,
              const char *sample)
{
  double in_window = INFINITY, outside = INFINITY;
  g_autofree char *folder = g_dir_make_tmp ("camadas-bench-XXXXXX", NULL), *path = g_build_filename (folder, "bench.json", NULL);
  g_autofree char *text = NULL;

  open_sample (sample);
  edit ("callbacks", "[]");
  edit ("fit/epochs", COMPARED_EPOCHS);
  text = cam_experiment_to_text (cam_document_get_experiment (cam_session_get_document (session)));
  g_file_set_contents (path, text, -1, NULL);
  show_page ("train");
  for (guint i = 0; i < ROUNDS; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
      while (session_test_is_busy (session))
        g_main_context_iteration (NULL, TRUE);
      in_window = fmin (in_window, json_number_value (json_object_get (cam_runner_get_report (cam_session_get_runner (session)), "seconds")));
      outside = fmin (outside, run_cli (cli, path, folder));
    }
  g_print ("# cost         " COMPARED_EPOCHS " epochs take %.2f s in the window, %.2f s in camadas-cli, the best of %d each: %+.1f %% (asked: 5 %% at most)\n", in_window, outside, ROUNDS,
           (in_window / outside - 1) * 100);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *sample = NULL;

  session_test_init (&argc, &argv);
  if (argc != 3 || !cam_charts_init (NULL))
    {
      fprintf (stderr, "window CAMADAS-CLI SAMPLES\n");
      return 2;
    }
  sample = g_build_filename (argv[2], "breast-cancer.json", NULL);
  window = cam_window_new (NULL, NULL);
  session = cam_window_get_session (window);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  turn_until (now_s () + 1);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb), NULL);
  measure_cost (argv[1], sample);
  measure_smoothness (sample);
  measure_study (sample);
  measure_first_points (argv[2]);
  session_test_clear ();
  return 0;
}
