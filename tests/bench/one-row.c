/* SPDX-License-Identifier: GPL-3.0-or-later */
/* one-row DATA: how long the answer to one row takes on the Predict page, as a share of a frame of 1/60 s: a stroke on the network of the MNIST sample in the folder DATA (drawn into its pixels
 * and asked), and a slider among thirty columns (asked, with the curve over one of them asked and drawn). The best of some rounds; fails where one takes more than a frame. */
#include <locale.h>
#include <math.h>
#include <stdio.h>

#include <cam-asker.h>
#include <cam-chart.h>
#include <cam-ink.h>

#define FRAME (1 / 60.0)
#define ROUNDS 9
#define QUESTIONS 10
#define COLUMNS 30
#define WIDTH 270
#define HEIGHT 132

static const char dense[] = "[{\"class_name\": \"Dense\", \"config\": {\"units\": 64, \"activation\": \"relu\"}}, {\"class_name\": \"Dense\", \"config\": {\"units\": 32, \"activation\": \"relu\"}},"
                            " {\"class_name\": \"Dense\", \"config\": {\"units\": 3, \"activation\": \"softmax\"}}]";

static CamModel *
make_model (const CamShape *shape,
            const json_t   *layers)
{
  g_autoptr(CamNetwork) network = cam_network_new (shape, layers, NULL);

  g_assert_nonnull (network);
  cam_network_initialise (network, 1);
  return cam_model_new (network, NULL, NULL);
}

static double
now (void)
{
  return (double) g_get_monotonic_time () * 1e-6;
}

static double
time_strokes (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "mnist-cnn.json", NULL);
  g_autoptr(json_t) document = json_load_file (path, 0, NULL);
  const CamShape shape = { 3, { 28, 28, 1 } };
  g_autoptr(CamModel) model = make_model (&shape, json_object_get (document, "network"));
  g_autoptr(CamAsker) asker = cam_asker_new (model);
  g_autoptr(CamInk) ink = cam_ink_new (28, 28, 1);
  double best = G_MAXDOUBLE;

  for (guint round = 0; round < ROUNDS; round++)
    {
      double began = now ();

      cam_ink_begin (ink, 0.3, 0.2 + 0.06 * round);
      for (guint i = 0; i < QUESTIONS; i++)
        {
          float pixels[28 * 28];
          g_autofree char *problem = NULL;

          cam_ink_go_on (ink, 0.3 + 0.04 * i, 0.2 + 0.06 * round);
          cam_ink_render (ink, 255, pixels);
          g_assert_nonnull (cam_asker_ask_pixels (asker, pixels, &problem));
        }
      best = MIN (best, (now () - began) / QUESTIONS);
    }
  return best;
}

static void
draw_curve (const double *x,
            const float  *outputs)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  double y[CAM_ASKER_MAX_SWEEP];

  for (guint k = 0; k < 3; k++)
    {
      for (guint i = 0; i < CAM_ASKER_MAX_SWEEP; i++)
        y[i] = outputs[i * 3 + k];
      cam_chart_add_curve (chart, "class", x, y, CAM_ASKER_MAX_SWEEP, k, CAM_LINE_SOLID);
    }
  cam_chart_draw (chart, cr, WIDTH, HEIGHT, cam_chart_theme_get (CAM_THEME_LIGHT), CAM_CHART_PLAIN, NULL);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
time_slider (double *drawing)
{
  g_autoptr(json_t) layers = json_loads (dense, 0, NULL);
  const CamShape shape = { 1, { COLUMNS } };
  g_autoptr(CamModel) model = make_model (&shape, layers);
  g_autoptr(CamAsker) asker = cam_asker_new (model);
  const char *texts[COLUMNS];
  double x[CAM_ASKER_MAX_SWEEP], best = G_MAXDOUBLE;
  float outputs[CAM_ASKER_MAX_SWEEP * 3];

  *drawing = G_MAXDOUBLE;
  for (guint i = 0; i < COLUMNS; i++)
    texts[i] = "0.123456";
  for (guint i = 0; i < CAM_ASKER_MAX_SWEEP; i++)
    x[i] = -3 + 6.0 * i / (CAM_ASKER_MAX_SWEEP - 1);
  for (guint round = 0; round < ROUNDS; round++)
    {
      double began = now (), asked;

      for (guint i = 0; i < QUESTIONS; i++)
        {
          g_autofree char *problem = NULL;

          g_assert_nonnull (cam_asker_ask (asker, texts, &problem));
          cam_asker_sweep (asker, texts, i, x, CAM_ASKER_MAX_SWEEP, outputs);
        }
      asked = now ();
      for (guint i = 0; i < QUESTIONS; i++)
        draw_curve (x, outputs);
      best = MIN (best, (asked - began) / QUESTIONS);
      *drawing = MIN (*drawing, (now () - asked) / QUESTIONS);
    }
  return best;
}

int
main (int   argc,
      char *argv[])
{
  double stroke, slider, drawing;

  setlocale (LC_ALL, "C");
  if (argc != 2 || !cam_charts_init (NULL))
    {
      fprintf (stderr, "one-row DATA\n");
      return 2;
    }
  stroke = time_strokes (argv[1]);
  slider = time_slider (&drawing);
  printf ("a stroke: %.2f ms, %.0f %% of a frame; a slider: %.2f ms with its curve asked, %.2f ms to draw it, together %.0f %% of a frame\n",
          stroke * 1e3, stroke / FRAME * 100, slider * 1e3, drawing * 1e3, (slider + drawing) / FRAME * 100);
  return stroke < FRAME && slider + drawing < FRAME ? 0 : 1;
}
