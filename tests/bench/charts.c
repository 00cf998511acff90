/* SPDX-License-Identifier: GPL-3.0-or-later */
/* charts [EPOCHS]: what the charts of a run under way cost: loss and accuracy, two noisy curves each, built anew and drawn as often as the window draws them. Processor time of one thread, so
 * that it can be read on a busy machine; the best of some rounds. Fails where they take a fifth of a core or more. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cam-chart.h>

#define LEAST_WAIT_S 0.066      /* a chart is drawn so often at most, … */
#define REST_PER_UPDATE 16      /* … and rests so many times what it took */
#define MOST_SHARE 0.2
#define ROUNDS 7
#define WIDTH 690
#define HEIGHT 240

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
update (const double *train,
        const double *val,
        guint         n,
        gboolean      is_share,
        double        smoothing)
{
  g_autoptr(CamChart) chart = cam_chart_new_history ("Loss", "loss", train, val, n, 2 * n, 0, is_share, n / 2, 0);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cam_chart_set_smoothing (chart, smoothing);
  cam_chart_draw (chart, cr, WIDTH, HEIGHT, cam_chart_theme_get (CAM_THEME_LIGHT), CAM_CHART_PLAIN, NULL);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
measure (guint  n,
         double smoothing)
{
  g_autofree double *train = g_new (double, n), *val = g_new (double, n);
  double best = G_MAXDOUBLE, rate;
  guint state = 1;

  for (guint i = 0; i < n; i++)
    {
      state = state * 1664525u + 1013904223u;
      train[i] = 0.3 / (1 + i * 0.01) + 0.05 * (state >> 8) / (1 << 24);
      val[i] = train[i] + 0.1;
    }
  for (guint round = 0; round < ROUNDS; round++)
    {
      double began = now ();

      update (train, val, n, FALSE, smoothing);
      update (train, val, n, TRUE, smoothing);
      best = MIN (best, now () - began);
    }
  rate = 1 / fmax (LEAST_WAIT_S, REST_PER_UPDATE * best);
  printf ("%6u epochs%s: %.2f ms for both charts, %.1f %% of a core at %.0f updates a second\n", n, smoothing > 0 ? ", smoothed" : "", best * 1e3, best * rate * 100, rate);
  return best * rate;
}

int
main (int   argc,
      char *argv[])
{
  static const guint lengths[] = { 100, 1000, 10000, 100000 };
  gboolean is_good = TRUE;

  setlocale (LC_ALL, "C");
  if (!cam_charts_init (NULL))
    return 2;
  if (argc > 1)
    return measure ((guint) MAX (atoi (argv[1]), 2), 0) < MOST_SHARE ? 0 : 1;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    is_good = measure (lengths[i], 0) < MOST_SHARE && is_good;
  is_good = measure (10000, 0.9) < MOST_SHARE && is_good;
  return is_good ? 0 : 1;
}
