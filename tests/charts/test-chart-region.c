/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plane on which classes prevail: its tints, and the line between them. */
#include "chart-test.h"

#define W 40
#define H 30

static const guint colours[] = { 0, 1, 2 };

/* The second class prevails right of x = 5, of 0 … 10; how sure grows over @slope. */
static CamChart *
new_half (double slope)
{
  float shares[W * H * 2];
  CamChart *chart = cam_chart_new ();

  for (guint row = 0; row < H; row++)
    for (guint column = 0; column < W; column++)
      {
        double x = (column + 0.5) / W * 10;
        float share = (float) (1 / (1 + exp (-(x - 5) * slope)));

        shares[(row * W + column) * 2] = 1 - share;
        shares[(row * W + column) * 2 + 1] = share;
      }
  cam_chart_set_axes (chart, "a", "b", CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_region (chart, shares, W, H, 2, 0, 10, -1, 1, colours);
  return chart;
}

static gboolean
is_tinted (guint32              pixel,
           const CamChartTheme *theme,
           guint                colour)
{
  return is_near (pixel, blend (theme->series[colour], theme->card, 0.46), 10);
}

/* Rows of pixels of a rectangle in which the line is: nearer to the colour of text than to that of the card. */
static guint
count_line (cairo_surface_t     *surface,
            const CamChartTheme *theme,
            int                  left,
            int                  right,
            int                  top,
            int                  bottom)
{
  guint n = 0;

  for (int y = top; y < bottom; y++)
    {
      gboolean is_here = FALSE;

      for (int x = left; x < right; x++)
        is_here = is_here || is_near (get_pixel (surface, x, y), theme->text, 110);
      n += is_here;
    }
  return n;
}

static void
test_two (void)
{
  for (CamThemeKind kind = CAM_THEME_LIGHT; kind <= CAM_THEME_PRINT; kind++)
    {
      g_autoptr(CamChart) chart = new_half (4);
      const CamChartTheme *theme = cam_chart_theme_get (kind);
      CamChartLayout layout;
      cairo_surface_t *surface = draw_chart (chart, 500, 320, kind, CAM_CHART_PLAIN, &layout);
      int middle = (int) cam_chart_layout_to_py (&layout, 0.3), border = (int) cam_chart_layout_to_px (&layout, 5);

      g_assert_cmpfloat (layout.x_min, ==, 0);
      g_assert_cmpfloat (layout.y_max, ==, 1);
      g_assert_true (is_tinted (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 1), middle), theme, 0));
      g_assert_true (is_tinted (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 9), middle), theme, 1));
      /* The line, and hardly a tint beside it. */
      g_assert_cmpuint (count_line (surface, theme, border - 2, border + 3, (int) layout.top + 5, (int) layout.top + 105), ==, 100);
      g_assert_true (is_near (get_pixel (surface, border + 3, middle), theme->card, 60));
      /* Nothing beyond the plot. */
      g_assert_cmphex (get_pixel (surface, 499, 2), ==, theme->card);
      cairo_surface_destroy (surface);
    }
}

/* Rows go upwards: the second class above. */
static void
test_up (void)
{
  float shares[W * H * 2];
  g_autoptr(CamChart) chart = cam_chart_new ();
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  CamChartLayout layout;
  cairo_surface_t *surface;

  for (guint i = 0; i < W * H; i++)
    {
      shares[2 * i] = i / W < H / 2;
      shares[2 * i + 1] = 1 - shares[2 * i];
    }
  cam_chart_set_region (chart, shares, W, H, 2, 0, 10, 0, 1, colours);
  surface = draw_chart (chart, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_assert_true (is_tinted (get_pixel (surface, 200, (int) cam_chart_layout_to_py (&layout, 0.9)), theme, 1));
  g_assert_true (is_tinted (get_pixel (surface, 200, (int) cam_chart_layout_to_py (&layout, 0.1)), theme, 0));
  cairo_surface_destroy (surface);
}

/* Three sectors, two borders across the lower half and one above; values that are no numbers stay bare. */
static void
test_three (void)
{
  float shares[W * H * 3];
  g_autoptr(CamChart) chart = cam_chart_new ();
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_DARK);
  CamChartLayout layout;
  cairo_surface_t *surface;
  int y;

  for (guint i = 0; i < W * H; i++)
    for (guint k = 0; k < 3; k++)
      shares[3 * i + k] = i / W >= H - 2 ? NAN : i % W * 3 / W == k;
  cam_chart_set_region (chart, shares, W, H, 3, 0, 9, 0, 1, colours);
  surface = draw_chart (chart, 400, 300, CAM_THEME_DARK, CAM_CHART_PLAIN, &layout);
  y = (int) cam_chart_layout_to_py (&layout, 0.5);
  for (guint k = 0; k < 3; k++)
    g_assert_true (is_tinted (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 1.5 + 3 * k), y), theme, k));
  for (guint k = 1; k < 3; k++)
    {
      int border = (int) cam_chart_layout_to_px (&layout, 3.0 * k);

      g_assert_cmpuint (count_line (surface, theme, border - 8, border + 8, y, y + 20), ==, 20);
    }
  g_assert_cmphex (get_pixel (surface, 200, (int) layout.top + 3), ==, theme->card);
  cairo_surface_destroy (surface);
}

/* A part of it, and its points with a rim; the copy outlives the chart. */
static void
test_zoom_and_dots (void)
{
  CamChart *chart = new_half (4);
  g_autoptr(CamChart) copy = NULL;
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  const double x = 7, y = 0;
  CamChartLayout layout;
  cairo_surface_t *surface;

  cam_chart_add_dots (chart, "first", &x, &y, 1, 0);
  copy = cam_chart_copy (chart);
  cam_chart_unref (chart);
  cam_chart_set_x_range (copy, 6, 8);
  surface = draw_chart (copy, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  g_assert_cmpuint (count_line (surface, theme, (int) layout.left + 2, (int) layout.right, (int) layout.top, (int) layout.bottom - 2), ==, 0);
  g_assert_cmpuint (count_colour (surface, theme->series[0], (int) layout.left, (int) layout.right, (int) layout.top, (int) layout.bottom), >=, 8);
  g_assert_true (is_tinted (get_pixel (surface, (int) layout.right - 3, 30), theme, 1));
  cairo_surface_destroy (surface);
  /* On a log axis it has no place, and does no harm. */
  cam_chart_set_x_format (copy, CAM_AXIS_LOG);
  cairo_surface_destroy (draw_chart (copy, 400, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cam_charts_init (NULL));
  g_test_add_func ("/charts/region/two", test_two);
  g_test_add_func ("/charts/region/up", test_up);
  g_test_add_func ("/charts/region/three", test_three);
  g_test_add_func ("/charts/region/zoom-and-dots", test_zoom_and_dots);
  return g_test_run ();
}
