/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers behind a drawing: smooth lines, the table, how far the axes reach, how large a page is. */
#include "chart-test.h"

static CamChart *
new_chart (const double *y,
           gsize         n)
{
  CamChart *chart = cam_chart_new ();
  g_autofree double *x = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    x[i] = i + 1.0;
  cam_chart_set_axes (chart, "Epoch", NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_add_curve (chart, "loss", x, y, n, 0, CAM_LINE_SOLID);
  return chart;
}

/* By hand: with weight ½ the sums are ½·4, ½·2 + ½·1 …, and what has been left out of them ½, ¾, ⅞. */
static void
test_smoothing (void)
{
  const double y[] = { 4, 1, 3 }, wanted[] = { 4, 2, 18.0 / 7 };
  g_autoptr(CamChart) chart = new_chart (y, 3);
  g_autoptr(CamChart) copy = NULL;
  const double *smooth, *raw;

  g_assert_null (cam_chart_get_smooth (chart, 0));
  cam_chart_set_smoothing (chart, 0.5);
  smooth = cam_chart_get_smooth (chart, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (smooth[i], wanted[i], 1e-12);
  cam_chart_get_points (chart, 0, NULL, &raw);
  g_assert_cmpmem (raw, sizeof y, y, sizeof y);
  copy = cam_chart_copy (chart);
  cam_chart_set_smoothing (chart, 0);
  g_assert_null (cam_chart_get_smooth (chart, 0));
  g_assert_cmpfloat_with_epsilon (cam_chart_get_smooth (copy, 0)[2], wanted[2], 1e-12);
}

/* A gap stays a gap and does not count; the values around it are smoothed as if it were not there. */
static void
test_smoothing_gap (void)
{
  const double y[] = { 4, NAN, 1, INFINITY, 3 };
  g_autoptr(CamChart) chart = new_chart (y, 5);
  const double *smooth;

  cam_chart_set_smoothing (chart, 0.5);
  smooth = cam_chart_get_smooth (chart, 0);
  g_assert_true (isnan (smooth[1]));
  g_assert_cmpfloat (smooth[3], ==, INFINITY);
  g_assert_cmpfloat_with_epsilon (smooth[2], 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (smooth[4], 18.0 / 7, 1e-12);
}

static void
test_smoothing_constant (void)
{
  const double y[] = { 0.1, 0.1, 0.1 };
  g_autoptr(CamChart) chart = new_chart (y, 3);

  cam_chart_set_smoothing (chart, 0.9);
  g_assert_null (cam_chart_get_smooth (chart, 0));
  cam_chart_set_smoothing (chart, NAN);
  g_assert_null (cam_chart_get_smooth (chart, 0));
}

/* The smooth line in full colour, what was measured pale behind it. */
static void
test_smoothing_drawn (void)
{
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  double y[100];
  g_autoptr(CamChart) chart = NULL;
  cairo_surface_t *surface;
  guint32 pale = blend (theme->series[0], theme->card, 0.32);
  guint before;

  for (guint i = 0; i < 100; i++)
    y[i] = i % 2;
  chart = new_chart (y, 100);
  surface = draw_chart (chart, 500, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  before = count_all (surface, theme->series[0]);
  cairo_surface_destroy (surface);
  cam_chart_set_smoothing (chart, 0.95);
  surface = draw_chart (chart, 500, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  g_assert_cmpuint (count_all (surface, theme->series[0]), >, 100);
  g_assert_cmpuint (count_all (surface, theme->series[0]), <, before / 4);
  g_assert_cmpuint (count_all (surface, pale), >, 300);
  cairo_surface_destroy (surface);
}

static void
test_table (void)
{
  const double y[] = { 4, NAN, 1 }, other_x[] = { 2, 2.5 }, other[] = { 7, 8 };
  g_autoptr(CamChart) chart = new_chart (y, 3);
  g_autoptr(CamChartTable) table = NULL;
  g_autoptr(CamChartTable) empty = NULL;

  cam_chart_add_curve (chart, "other", other_x, other, 2, 1, CAM_LINE_SOLID);
  cam_chart_set_smoothing (chart, 0.5);
  cam_chart_set_band (chart, 1, other, other);
  table = cam_chart_table_new (chart);
  g_assert_cmpuint (table->n_rows, ==, 4);
  g_assert_cmpuint (table->n_columns, ==, 7);
  g_assert_cmpstr (table->names[0], ==, "Epoch");
  g_assert_cmpstr (table->names[2], ==, "loss smoothed");
  g_assert_cmpstr (table->names[6], ==, "other high");
  g_assert_cmpfloat (table->columns[0][2], ==, 2.5);
  g_assert_cmpfloat (table->columns[1][3], ==, 1);
  g_assert_true (isnan (table->columns[1][2]));
  g_assert_cmpfloat (table->columns[5][1], ==, 7);

  cam_chart_set_visible (chart, 0, FALSE);
  cam_chart_set_visible (chart, 1, FALSE);
  empty = cam_chart_table_new (chart);
  g_assert_cmpuint (empty->n_columns, ==, 1);
  g_assert_cmpuint (empty->n_rows, ==, 0);
}

/* The extent is what is drawn, whatever the size; on log axes in powers. */
static void
test_extent (void)
{
  const double y[] = { 0.01, 1, 100 };
  g_autoptr(CamChart) chart = new_chart (y, 3);
  CamChartLayout extent, layout;

  cam_chart_find_extent (chart, &extent);
  cairo_surface_destroy (draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout));
  g_assert_cmpfloat (extent.x_min, ==, layout.x_min);
  g_assert_cmpfloat (extent.x_max, ==, layout.x_max);
  g_assert_cmpfloat (extent.y_max, >=, 100);
  cam_chart_set_y_format (chart, CAM_AXIS_LOG);
  cam_chart_set_x_format (chart, CAM_AXIS_LOG);
  cam_chart_find_extent (chart, &extent);
  g_assert_true (extent.y_log && extent.x_log);
  g_assert_cmpfloat (extent.y_min, ==, -2);
  g_assert_cmpfloat (extent.y_max, ==, 2);
  g_assert_cmpfloat (extent.x_min, ==, 0);
  g_assert_cmpfloat_with_epsilon (extent.x_max, log10 (3), 1e-12);
}

static void
test_pixel_to_value (void)
{
  const double y[] = { 0.01, 1, 100 };
  g_autoptr(CamChart) chart = new_chart (y, 3);

  for (guint log = 0; log < 2; log++)
    {
      CamChartLayout layout;

      cam_chart_set_y_format (chart, log ? CAM_AXIS_LOG : CAM_AXIS_NUMBER);
      cairo_surface_destroy (draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout));
      g_assert_cmpfloat_with_epsilon (cam_chart_layout_y (&layout, cam_chart_layout_to_py (&layout, 1)), 1, 1e-9);
      g_assert_cmpfloat_with_epsilon (cam_chart_layout_x (&layout, cam_chart_layout_to_px (&layout, 2)), 2, 1e-9);
    }
}

/* A picture of 1,001 pixels is one of 1,001 pixels at every resolution; a column of a journal, 89 mm, has 1,051.18 at 300 dpi, and so 1,051. */
static void
test_page_pixels (void)
{
  static const double resolutions[] = { 72, 96, 150, 300, 600, 1200 };
  CamChartPage page = { .scale = 1 };
  int width, height;

  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      page.dpi = resolutions[i];
      page.width = 1001 * 96 / page.dpi;
      page.height = 77 * 96 / page.dpi;
      cam_chart_page_pixels (&page, &width, &height);
      g_assert_cmpint (width, ==, 1001);
      g_assert_cmpint (height, ==, 77);
    }
  page = (CamChartPage) { .width = 89 / 25.4 * 96, .height = 96, .dpi = 300, .scale = 1 };
  cam_chart_page_pixels (&page, &width, &height);
  g_assert_cmpint (width, ==, 1051);
  g_assert_cmpint (height, ==, 300);
}

/* Larger text leaves less room for the curve; the page stays as large as it is. */
static void
test_page_scale (void)
{
  const double y[] = { 1, 2, 3 };
  g_autoptr(CamChart) chart = new_chart (y, 3);
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_PRINT);
  guint inked[2];

  for (guint i = 0; i < 2; i++)
    {
      CamChartPage page = { .width = 400, .height = 300, .dpi = 96, .scale = i == 0 ? 1 : 2, .theme = theme };
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 420, 320);
      cairo_t *cr = cairo_create (surface);

      cam_chart_draw_page (chart, cr, &page);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      inked[i] = count_all (surface, theme->series[0]);
      g_assert_cmphex (get_pixel (surface, 399, 299), ==, 0xffffff);
      g_assert_cmphex (get_pixel (surface, 401, 301), ==, 0);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (inked[0], >, 200);
  g_assert_cmpuint (inked[1], >, inked[0] * 5 / 4);       /* the line is twice as wide, though shorter */
}

/* On white paper every curve is dark enough to be seen without colour. */
static void
test_print_theme (void)
{
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_PRINT);

  g_assert_cmphex (theme->card, ==, 0xffffff);
  for (guint i = 0; i < G_N_ELEMENTS (theme->series); i++)
    {
      guint32 rgb = theme->series[i];
      double grey = (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255;

      g_assert_cmpfloat (grey, <, 0.45);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cam_charts_init (NULL));
  g_test_add_func ("/charts/numbers/smoothing", test_smoothing);
  g_test_add_func ("/charts/numbers/smoothing-gap", test_smoothing_gap);
  g_test_add_func ("/charts/numbers/smoothing-constant", test_smoothing_constant);
  g_test_add_func ("/charts/numbers/smoothing-drawn", test_smoothing_drawn);
  g_test_add_func ("/charts/numbers/table", test_table);
  g_test_add_func ("/charts/numbers/extent", test_extent);
  g_test_add_func ("/charts/numbers/pixel-to-value", test_pixel_to_value);
  g_test_add_func ("/charts/numbers/page-pixels", test_page_pixels);
  g_test_add_func ("/charts/numbers/page-scale", test_page_scale);
  g_test_add_func ("/charts/numbers/print-theme", test_print_theme);
  return g_test_run ();
}
