/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region TABLE.csv: pictures a second of the decision region of a 2-16-16-2 network on that sample, as the window makes them: the network is asked for every cell, and the chart drawn with
 * its points. Processor time of one thread, so that it can be read on a busy machine; the best of some rounds. Fails below what a person sees as motion. */
#include <locale.h>
#include <stdio.h>
#include <time.h>

#include <cam-chart.h>
#include <cam-csv.h>
#include <cam-experiment.h>
#include <cam-region.h>

#define LEAST_PICTURES 30.0
#define ROUNDS 5
#define PICTURES 20
#define WIDTH 520
#define HEIGHT 320

static const char layers[] = "[{\"class_name\": \"Dense\", \"config\": {\"units\": 16, \"activation\": \"relu\"}}, {\"class_name\": \"Dense\", \"config\": {\"units\": 16, \"activation\": \"relu\"}},"
                             " {\"class_name\": \"Dense\", \"config\": {\"units\": 2, \"activation\": \"softmax\"}}]";

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
draw (const CamRegion *region,
      const float     *shares)
{
  const guint colours[] = { 0, 1 };
  g_autoptr(CamChart) chart = cam_chart_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cam_chart_set_region (chart, shares, region->width, region->height, 2, region->x_min, region->x_max, region->y_min, region->y_max, colours);
  for (guint k = 0; k < 2; k++)
    {
      g_autofree double *x = g_new (double, region->n_points), *y = g_new (double, region->n_points);
      gsize n = 0;

      for (gsize i = 0; i < region->n_points; i++)
        if (region->point_class[i] % 2 == k)
          {
            x[n] = region->point_x[i];
            y[n++] = region->point_y[i];
          }
      cam_chart_add_dots (chart, "class", x, y, n, colours[k]);
    }
  cam_chart_draw (chart, cr, WIDTH, HEIGHT, cam_chart_theme_get (CAM_THEME_LIGHT), CAM_CHART_PLAIN, NULL);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) csv = NULL;
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(CamRegion) region = NULL;
  g_autoptr(json_t) json = json_loads (layers, 0, NULL);
  g_autoptr(CamNetwork) network = NULL;
  const CamShape shape = { 1, { 2 } };
  double asked = G_MAXDOUBLE, both = G_MAXDOUBLE;

  setlocale (LC_ALL, "C");
  if (argc != 2 || !cam_charts_init (NULL) || (csv = cam_csv_read (argv[1], NULL, NULL, NULL, NULL, NULL, &error)) == NULL
      || (experiment = cam_experiment_new_for_table (csv->table, argv[1], "region", &error)) == NULL
      || (dataset = cam_dataset_new (csv->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error)) == NULL
      || (region = cam_region_new (dataset, 0, 1, NULL, CAM_REGION_WIDTH, CAM_REGION_HEIGHT)) == NULL || (network = cam_network_new (&shape, json, &error)) == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "region TABLE.csv, with a class and two columns of numbers");
      return 2;
    }
  cam_network_initialise (network, 1);
  region->n_classes = 2;
  for (guint round = 0; round < ROUNDS; round++)
    {
      double asking = 0, began = now ();

      for (guint i = 0; i < PICTURES; i++)
        {
          double start = now ();
          g_autofree float *shares = cam_region_ask (region, network);

          asking += now () - start;
          draw (region, shares);
        }
      asked = MIN (asked, asking / PICTURES);
      both = MIN (both, (now () - began) / PICTURES);
    }
  printf ("%u × %u cells, %zu points: asking takes %.2f ms, drawing %.2f ms: %.0f pictures a second\n", region->width, region->height, region->n_points,
          asked * 1e3, (both - asked) * 1e3, 1 / both);
  return 1 / both >= LEAST_PICTURES ? 0 : 1;
}
