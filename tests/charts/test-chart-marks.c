/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars, dots and rows: where they stand on the picture, what they say, and what is wrong with numbers. */
#include "chart-test.h"

#include "cam-chart-draw.h"

static CamChart *
new_bars (void)
{
  const double x[] = { 1, 2, 3 }, lower[] = { 2, 4, 0 }, upper[] = { 1, 4, 3 };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_y_range (chart, 0, 10);
  cam_chart_add_bars (chart, "below", x, lower, 3, 1, 0);
  cam_chart_add_bars (chart, "above", x, upper, 3, 1, 1);
  return chart;
}

/* The colour at a place in the plot's own numbers; bars are a little translucent. */
static void
assert_bar (cairo_surface_t      *surface,
            const CamChartLayout *layout,
            double                x,
            double                y,
            int                   colour)
{
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  int px = (int) cam_chart_layout_to_px (layout, x), py = (int) cam_chart_layout_to_py (layout, y);
  guint32 wanted = colour < 0 ? theme->card : blend (theme->series[colour], theme->card, 0.9);

  g_assert_true (is_near (get_pixel (surface, px, py), wanted, 20));
}

static void
test_stacked (void)
{
  g_autoptr(CamChart) chart = new_bars ();
  CamChartLayout layout;
  cairo_surface_t *surface = draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);

  g_assert_cmpfloat (layout.x_min, ==, 0.5);
  g_assert_cmpfloat (layout.x_max, ==, 3.5);
  assert_bar (surface, &layout, 1, 1, 0);
  assert_bar (surface, &layout, 1, 2.5, 1);
  assert_bar (surface, &layout, 1, 3.5, -1);
  assert_bar (surface, &layout, 2, 3.5, 0);
  assert_bar (surface, &layout, 2, 7.5, 1);
  assert_bar (surface, &layout, 3, 1.5, 1);
  cairo_surface_destroy (surface);
  g_assert_cmpfloat (cam_chart_get_top (chart, 1, 1), ==, 8);

  /* What is hidden leaves no gap under what stood on it. */
  cam_chart_set_visible (chart, 0, FALSE);
  surface = draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  assert_bar (surface, &layout, 2, 3.5, 1);
  assert_bar (surface, &layout, 2, 4.5, -1);
  g_assert_cmpfloat (cam_chart_get_top (chart, 1, 1), ==, 4);
  cairo_surface_destroy (surface);
}

/* The y axis begins at zero, and a logarithmic one does not lose the bars. */
static void
test_bars_from_zero (void)
{
  const double x[] = { 1, 2 }, counts[] = { 900, 1000 };
  g_autoptr(CamChart) chart = cam_chart_new ();
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  CamChartLayout layout;
  cairo_surface_t *surface;

  cam_chart_add_bars (chart, "rows", x, counts, 2, 1, 0);
  surface = draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_assert_cmpfloat (layout.y_min, ==, 0);
  assert_bar (surface, &layout, 1, 100, 0);
  cairo_surface_destroy (surface);

  cam_chart_set_y_format (chart, CAM_AXIS_LOG);
  surface = draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_assert_cmpuint (count_all (surface, blend (theme->series[0], theme->card, 0.9)), >, 10000);
  cairo_surface_destroy (surface);
}

static void
test_dots (void)
{
  const double x[] = { 3, 1, 2 }, y[] = { 1, 2, 3 };
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_DARK);
  g_autoptr(CamChart) chart = cam_chart_new ();
  CamChartLayout layout;
  cairo_surface_t *surface;

  cam_chart_set_x_range (chart, 0, 4);
  cam_chart_set_y_range (chart, 0, 4);
  cam_chart_add_dots (chart, "rows", x, y, 3, 2);
  surface = draw_chart (chart, 400, 300, CAM_THEME_DARK, CAM_CHART_PLAIN, &layout);
  for (guint i = 0; i < 3; i++)
    {
      int px = (int) cam_chart_layout_to_px (&layout, x[i]), py = (int) cam_chart_layout_to_py (&layout, y[i]);

      g_assert_true (is_near (get_pixel (surface, px, py), blend (theme->series[2], theme->card, 0.85), 24));
    }
  /* Dots are no curve: nothing joins them, and none is found by x. */
  g_assert_false (cam_chart_find (chart, 0, 2, NULL));
  g_assert_cmpuint (count_all (surface, theme->series[2]), <, 150);
  cairo_surface_destroy (surface);
}

static CamChart *
new_rows (void)
{
  const char *const names[] = { "first, a", "second", "#3 <b>" };
  const char *const texts[] = { "3", "1", "2" };
  const double values[] = { 3, 1, 2 };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_rows (chart, names, texts, 3);
  cam_chart_add_row_bars (chart, "rows", values, 0);
  return chart;
}

static void
test_rows (void)
{
  g_autoptr(CamChart) chart = new_rows ();
  g_autofree char *summary = cam_chart_dup_summary (chart);
  GString *csv = cam_chart_to_csv (chart);
  CamChartLayout layout;
  cairo_surface_t *surface = draw_chart (chart, 400, 200, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);

  /* From the top down, from zero. */
  assert_bar (surface, &layout, 2.5, 0, 0);
  assert_bar (surface, &layout, 0.5, 1, 0);
  assert_bar (surface, &layout, 1.5, 1, -1);
  assert_bar (surface, &layout, 1.5, 2, 0);
  g_assert_cmpfloat (cam_chart_layout_to_py (&layout, 0), <, cam_chart_layout_to_py (&layout, 2));
  g_assert_cmpstr (summary, ==, "first, a: rows 3; second: rows 1; #3 <b>: rows 2");
  g_assert_cmpstr (csv->str, ==, "row,rows\r\n\"first, a\",3\r\nsecond,1\r\n#3 <b>,2\r\n");
  g_string_free (csv, TRUE);
  cairo_surface_destroy (surface);
}

static void
test_boxes (void)
{
  const char *const names[] = { "a", "b" };
  const CamChartBox boxes[] = { { 1, 3, 4, 6, 9, 5 }, { NAN, NAN, NAN, NAN, NAN, NAN } };
  const guint colours[] = { 3, 4 };
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  g_autoptr(CamChart) chart = cam_chart_new ();
  g_autofree char *summary = NULL;
  GString *csv;
  CamChartLayout layout;
  cairo_surface_t *surface;
  guint series;

  cam_chart_set_rows (chart, names, NULL, 2);
  series = cam_chart_add_row_boxes (chart, "mm", boxes, colours);
  cam_chart_set_listed (chart, series, FALSE);
  g_assert_false (cam_chart_get_listed (chart, series));
  surface = draw_chart (chart, 400, 200, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_assert_cmpfloat (layout.x_min, ==, 1);
  g_assert_cmpfloat (layout.x_max, ==, 9);
  g_assert_cmpuint (count_all (surface, theme->series[3]), >, 100);
  g_assert_cmpuint (count_all (surface, theme->series[4]), ==, 0);
  g_assert_true (is_near (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 3.5), (int) cam_chart_layout_to_py (&layout, 0)),
                          blend (theme->series[3], theme->card, 0.22), 12));
  cairo_surface_destroy (surface);

  summary = cam_chart_dup_summary (chart);
  g_assert_cmpstr (summary, ==, "a: median 4, half of the values from 3 to 6; b");
  csv = cam_chart_to_csv (chart);
  g_assert_cmpstr (csv->str, ==, "row,mm low,mm q25,mm median,mm q75,mm high,mm mean\r\na,1,3,4,6,9,5\r\nb,,,,,,\r\n");
  g_string_free (csv, TRUE);
}

/* Numbers that are none, too large, negative or alike: something is drawn, and cairo stays well. */
static void
test_odd_numbers (void)
{
  const double odd[] = { NAN, INFINITY, -INFINITY, -3, 0, 1e300, 1e-300 };
  const char *const names[] = { "a", "b", "c", "d", "e", "f", "g" };
  const double places[] = { 0, 1, 2, 3, 4, 5, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    for (CamAxisFormat format = CAM_AXIS_NUMBER; format <= CAM_AXIS_LOG; format++)
      {
        g_autoptr(CamChart) bars = cam_chart_new ();
        g_autoptr(CamChart) rows = cam_chart_new ();
        g_autoptr(CamChart) copy = NULL;
        CamChartBox boxes[G_N_ELEMENTS (odd)];
        guint colours[G_N_ELEMENTS (odd)] = { 0 };

        for (guint k = 0; k < G_N_ELEMENTS (odd); k++)
          boxes[k] = (CamChartBox) { odd[i], odd[k], odd[(k + 1) % 7], odd[i], odd[k], odd[i] };
        cam_chart_set_axes (bars, "x", "y", format, format);
        cam_chart_add_bars (bars, "bars", places, odd, G_N_ELEMENTS (odd), odd[i], 0);
        cam_chart_add_dots (bars, "dots", odd, odd, G_N_ELEMENTS (odd), 1);
        cam_chart_set_axes (rows, "x", "y", format, format);
        cam_chart_set_rows (rows, names, names, G_N_ELEMENTS (odd));
        cam_chart_add_row_bars (rows, "bars", odd, 0);
        cam_chart_add_row_boxes (rows, "boxes", boxes, colours);
        copy = cam_chart_copy (rows);
        for (int size = 40; size <= 640; size += 120)
          {
            cairo_surface_destroy (draw_chart (bars, size, size / 2 + 20, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL));
            cairo_surface_destroy (draw_chart (copy, size, size, CAM_THEME_DARK, CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, NULL));
          }
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cam_charts_init (NULL));
  g_test_add_func ("/charts/marks/stacked", test_stacked);
  g_test_add_func ("/charts/marks/bars-from-zero", test_bars_from_zero);
  g_test_add_func ("/charts/marks/dots", test_dots);
  g_test_add_func ("/charts/marks/rows", test_rows);
  g_test_add_func ("/charts/marks/boxes", test_boxes);
  g_test_add_func ("/charts/marks/odd-numbers", test_odd_numbers);
  return g_test_run ();
}
