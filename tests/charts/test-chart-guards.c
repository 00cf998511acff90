/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing a chart is given makes PLplot hang, crash, exit, or spoil what is drawn next. */
#include "chart-test.h"

#include <dlfcn.h>
#include <locale.h>
#include <plplot.h>
#include <string.h>

#include <cam-plplot.h>

typedef struct
{
  const char    *name;
  double         x[4], y[4];
  gsize          n;
  CamAxisFormat  format;
  double         min, max;      /* of both axes; 0, 0: from the data */
} Case;

static const Case cases[] = {
  { "nothing", { 0 }, { 0 }, 0, CAM_AXIS_NUMBER, 0, 0 },
  { "one-point", { 5 }, { 3 }, 1, CAM_AXIS_NUMBER, 0, 0 },
  { "one-point-log", { 5 }, { 3 }, 1, CAM_AXIS_LOG, 0, 0 },
  { "equal-values", { 1, 2, 3 }, { 7, 7, 7 }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "all-zero", { 0, 0, 0 }, { 0, 0, 0 }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "all-nan", { NAN, NAN, NAN }, { NAN, NAN, NAN }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "infinite", { 1, 2, 3 }, { INFINITY, 1, -INFINITY }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "infinite-x", { -INFINITY, 2, INFINITY }, { 1, 1, 2 }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "log-of-negatives", { -1, -2, -3 }, { -1, 0, -3 }, 3, CAM_AXIS_LOG, 0, 0 },
  { "log-of-some", { 1, 2, 3, 4 }, { -1, 0, 3, 9 }, 4, CAM_AXIS_LOG, 0, 0 },
  { "huge", { 1, 2, 3, 4 }, { 1e300, -1e300, 0, 1e308 }, 4, CAM_AXIS_NUMBER, 0, 0 },
  { "huge-x", { -1e308, 0, 1e308 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "huge-log", { 1e-300, 1, 1e300 }, { 1e-300, 1, 1e300 }, 3, CAM_AXIS_LOG, 0, 0 },
  { "tiny-span", { 1, 2, 3 }, { 1, 1 + 1e-15, 1 - 1e-15 }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "denormal", { 1, 2, 3 }, { 5e-324, 0, 1e-320 }, 3, CAM_AXIS_NUMBER, 0, 0 },
  { "denormal-log", { 1, 2, 3 }, { 5e-324, 1e-310, 1e-320 }, 3, CAM_AXIS_LOG, 0, 0 },
  { "limits-nan", { 1, 2, 3 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, NAN, NAN },
  { "limits-infinite", { 1, 2, 3 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, -INFINITY, INFINITY },
  { "limits-equal", { 1, 2, 3 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, 2, 2 },
  { "limits-reversed", { 1, 2, 3 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, 3, 1 },
  { "limits-elsewhere", { 1, 2, 3 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, 500, 501 },
  { "limits-log-zero", { 1, 2, 3 }, { 1, 2, 3 }, 3, CAM_AXIS_LOG, 0, 3 },
  { "outlier", { 1, 2, 3 }, { 0.1, 1e300, 0.2 }, 3, CAM_AXIS_NUMBER, 0.05, 3.5 },
  { "not-increasing", { 3, 1, 2 }, { 1, 2, 3 }, 3, CAM_AXIS_NUMBER, 0, 0 },
};

static void
test_numbers (gconstpointer data)
{
  static const int sizes[][2] = { { 1, 1 }, { 39, 200 }, { 40, 40 }, { 60, 300 }, { 300, 50 }, { 640, 400 } };
  const Case *c = data;
  g_autoptr(CamChart) chart = cam_chart_new ();
  gint64 start = g_get_monotonic_time ();

  cam_chart_set_axes (chart, "x", "y", c->format, c->format);
  if (c->min != 0 || c->max != 0)
    {
      cam_chart_set_x_range (chart, c->min, c->max);
      cam_chart_set_y_range (chart, c->min, c->max);
    }
  cam_chart_add_curve (chart, c->name, c->x, c->y, c->n, 0, CAM_LINE_DASHED);
  cam_chart_set_band (chart, 0, c->y, c->x);
  cam_chart_set_end_label (chart, 0, TRUE);
  cam_chart_set_marker (chart, c->x[0], c->y[0], c->name);
  cam_chart_set_span (chart, c->x[0], c->x[1], c->x[2], c->name);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      CamChartLayout layout;

      cairo_surface_destroy (draw_chart (chart, sizes[i][0], sizes[i][1], CAM_THEME_DARK, i % 4, &layout));
      g_assert_true (isfinite (layout.x_min + layout.x_max + layout.y_min + layout.y_max));
      g_assert_cmpfloat (layout.x_min, <, layout.x_max);
      g_assert_cmpfloat (layout.y_min, <, layout.y_max);
      g_assert_cmpfloat (layout.left, <, layout.right);
      g_assert_cmpfloat (layout.top, <, layout.bottom);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_one_point_is_a_dot (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x = 3, y = 5;
  cairo_surface_t *surface;

  cam_chart_add_curve (chart, "a", &x, &y, 1, 2, CAM_LINE_SOLID);
  surface = draw_chart (chart, 300, 200, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  g_assert_cmpuint (count_all (surface, cam_chart_theme_get (CAM_THEME_LIGHT)->series[2]), >=, 9);
  cairo_surface_destroy (surface);
}

/* A spike far outside the axis goes up to its edge; the line does not vanish. */
static void
test_outlier_is_cut (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x[] = { 0, 1, 2 }, y[] = { 0.5, 1e12, 0.5 };
  const guint32 blue = cam_chart_theme_get (CAM_THEME_LIGHT)->series[0];
  CamChartLayout layout;
  cairo_surface_t *surface;

  cam_chart_set_y_range (chart, 0, 1);
  cam_chart_add_curve (chart, "a", x, y, 3, 0, CAM_LINE_SOLID);
  surface = draw_chart (chart, 300, 200, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_assert_cmpuint (count_colour (surface, blue, (int) layout.left, (int) layout.right, (int) layout.top, (int) layout.top + 8), >=, 4);
  g_assert_cmpuint (count_colour (surface, blue, 0, 300, 0, (int) layout.top - 2), ==, 0);
  cairo_surface_destroy (surface);
}

/* This definition stands before cairo's own, also where PLplot's driver calls it. */
static guint n_asked, n_fast;

void
cairo_set_antialias (cairo_t           *cr,
                     cairo_antialias_t  antialias)
{
  void (*set) (cairo_t *, cairo_antialias_t);

  *(void **) &set = dlsym (RTLD_NEXT, "cairo_set_antialias");
  n_asked++;
  n_fast += antialias == CAIRO_ANTIALIAS_FAST;
  set (cr, antialias);
}

/* With it cairo 1.16 writes past the end of its spans, which nothing but the heap notices. Runs last, after all that is drawn here. */
static void
test_never_fast (void)
{
  g_assert_cmpuint (n_asked, >, 0);
  g_assert_cmpuint (n_fast, ==, 0);
}

static void
test_many_points (void)
{
  const gsize n = 100000;
  g_autoptr(CamChart) chart = cam_chart_new ();
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  CamChartLayout layout;
  cairo_surface_t *surface;
  gint64 start;
  int px;

  for (gsize i = 0; i < n; i++)
    {
      x[i] = i;
      y[i] = i >= 40000 && i < 60000 ? NAN : i % 2 == 0 ? 0.1 : 0.9;
    }
  cam_chart_set_y_range (chart, 0, 1);
  for (guint s = 0; s < 8; s++)
    cam_chart_add_curve (chart, "a", x, y, n, s, CAM_LINE_SOLID);
  start = g_get_monotonic_time ();
  surface = draw_chart (chart, 900, 500, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_test_message ("8 × 100 000 points: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
  /* The mean in the middle, a band around it, and nothing in the gap. */
  px = (int) cam_chart_layout_to_px (&layout, 20000);
  g_assert_cmpuint (count_colour (surface, theme->series[0], px, px + 10, (int) cam_chart_layout_to_py (&layout, 0.5) - 2, (int) cam_chart_layout_to_py (&layout, 0.5) + 3), >=, 10);
  g_assert_false (is_near (get_pixel (surface, px, (int) cam_chart_layout_to_py (&layout, 0.75)), theme->card, 10));
  g_assert_true (is_near (get_pixel (surface, px, (int) cam_chart_layout_to_py (&layout, 0.95)), theme->card, 10));
  g_assert_true (is_near (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 50000), (int) cam_chart_layout_to_py (&layout, 0.75)), theme->card, 10));
  cairo_surface_destroy (surface);
}

static void
test_texts (void)
{
  g_autofree char *longest = g_strnfill (20000, 'W');
  const char *texts[] = { "#", "##<bold/>#u#d", "<b>&amp;</b> & <", "\xff\xfe broken \xc3", "two\nlines\tand \x01", "validação λ ‖∇L‖ ✓ 学習 العربية", "", longest };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(CamChart) chart = cam_chart_new ();
      const double x[] = { 0, 1, 2 }, y[] = { 0, 1, 0 };
      const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
      cairo_surface_t *surface;

      cam_chart_set_title (chart, texts[i], texts[i]);
      cam_chart_set_axes (chart, texts[i], texts[i], CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
      cam_chart_add_curve (chart, texts[i], x, y, 3, 0, CAM_LINE_SOLID);
      cam_chart_add_curve (chart, texts[i], x, y, 3, 1, CAM_LINE_SOLID);
      cam_chart_set_end_label (chart, 1, TRUE);
      cam_chart_set_marker (chart, 1, 1, texts[i]);
      cam_chart_set_span (chart, 0, 1, 2, texts[i]);
      cam_chart_set_empty_text (chart, texts[i]);
      g_assert_true (g_utf8_validate (cam_chart_get_name (chart, 0), -1, NULL));
      surface = draw_chart (chart, 500, 300, CAM_THEME_LIGHT, CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, NULL);
      /* A text that PLplot or Pango stumbles over would take the others with it. */
      if (*texts[i] != '\0')
        g_assert_cmpuint (count_colour (surface, theme->text, 0, 500, 0, 32), >, 4);
      g_assert_cmpuint (count_all (surface, theme->muted), >, 20);
      cairo_surface_destroy (surface);
    }
}

/* “#” must come out as one “#”: as wide as the same word with another sign of that width. */
static void
test_hash_is_doubled (void)
{
  guint counts[2];
  const char *titles[] = { "####", "#" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CamChart) chart = cam_chart_new ();
      cairo_surface_t *surface;

      cam_chart_set_title (chart, titles[i], NULL);
      surface = draw_chart (chart, 300, 200, CAM_THEME_LIGHT, CAM_CHART_WITH_TITLE, NULL);
      counts[i] = count_colour (surface, cam_chart_theme_get (CAM_THEME_LIGHT)->text, 0, 300, 0, 34);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (counts[1], >, 5);
  g_assert_cmpuint (counts[0], >, counts[1] * 3);
  g_assert_cmpuint (counts[0], <, counts[1] * 5);
}

/* --- PLplot wants to exit ---------------------------------------------- */

static void
provoke_cb (CamPlot  *plot,
            gpointer  data)
{
  plvpor (0.1, 0.9, 0.1, 0.9);
  plwind (0, 1, 0, 1);
  plbox ("bcnst", 1e-9, 0, "bcnst", 1e-9, 0);
  *(gboolean *) data = TRUE;
}

static void
test_exit_is_caught (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x[] = { 0, 1, 2 }, y[] = { 0.2, 0.8, 0.4 };
  cairo_surface_t *before, *after;
  gsize bytes;

  cam_chart_add_curve (chart, "a", x, y, 3, 0, CAM_LINE_SOLID);
  before = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  for (guint i = 0; i < 200; i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 200, 100);
      cairo_t *cr = cairo_create (surface);
      gboolean is_survived = FALSE;

      g_assert_false (cam_plplot_run (cr, 200, 100, provoke_cb, &is_survived));
      g_assert_false (is_survived);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  after = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  bytes = (gsize) cairo_image_surface_get_stride (before) * 240;
  g_assert_cmpmem (cairo_image_surface_get_data (before), bytes, cairo_image_surface_get_data (after), bytes);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

/* A context in error: nothing can be drawn, nothing breaks. */
static void
test_broken_context (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x[] = { 0, 1 }, y[] = { 0, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 100, 100);
  cairo_t *cr;

  cam_chart_add_curve (chart, "a", x, y, 2, 0, CAM_LINE_SOLID);
  cairo_surface_finish (surface);
  cr = cairo_create (surface);
  cam_chart_draw (chart, cr, 100, 100, cam_chart_theme_get (CAM_THEME_LIGHT), CAM_CHART_PLAIN, NULL);
  g_assert_cmpint (cairo_status (cr), !=, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_state_is_restored (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x[] = { 0, 1 }, y[] = { 0, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 300, 300);
  cairo_t *cr = cairo_create (surface);
  cairo_matrix_t matrix;

  cam_chart_add_curve (chart, "a", x, y, 2, 0, CAM_LINE_DOTTED);
  cairo_translate (cr, 40, 30);
  cam_chart_draw (chart, cr, 200, 200, cam_chart_theme_get (CAM_THEME_LIGHT), CAM_CHART_PLAIN, NULL);
  cairo_get_matrix (cr, &matrix);
  g_assert_cmpfloat (matrix.x0, ==, 40);
  g_assert_cmpfloat (matrix.y0, ==, 30);
  g_assert_cmpfloat (matrix.yy, ==, 1);
  g_assert_cmpint (cairo_get_antialias (cr), ==, CAIRO_ANTIALIAS_DEFAULT);
  g_assert_cmpint (cairo_get_dash_count (cr), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_driver_missing (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(GError) error = NULL;

      /* A process of its own, before its first drawing. */
      g_setenv ("PLPLOT_DRV_DIR", "/nonexistent", TRUE);
      g_assert_false (cam_charts_init (&error));
      g_assert_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_UNAVAILABLE);
      g_assert_nonnull (strstr (error->message, "plplot-driver-cairo"));
      test_broken_context ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/charts/guards/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_numbers);
    }
  g_test_add_func ("/charts/guards/dot", test_one_point_is_a_dot);
  g_test_add_func ("/charts/guards/spike", test_outlier_is_cut);
  g_test_add_func ("/charts/guards/many-points", test_many_points);
  g_test_add_func ("/charts/guards/texts", test_texts);
  g_test_add_func ("/charts/guards/hash", test_hash_is_doubled);
  g_test_add_func ("/charts/guards/exit", test_exit_is_caught);
  g_test_add_func ("/charts/guards/broken-context", test_broken_context);
  g_test_add_func ("/charts/guards/state", test_state_is_restored);
  g_test_add_func ("/charts/guards/driver-missing", test_driver_missing);
  g_test_add_func ("/charts/guards/never-fast", test_never_fast);
  return g_test_run ();
}
