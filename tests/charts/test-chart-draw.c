/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the picture: looked for in its pixels. */
#include "chart-test.h"

#define N 101

static CamChart *
new_line (guint          colour,
          CamLinePattern pattern,
          double         value)
{
  CamChart *chart = cam_chart_new ();
  double x[N], y[N];

  for (guint i = 0; i < N; i++)
    {
      x[i] = i;
      y[i] = value;
    }
  cam_chart_set_x_range (chart, 0, 100);
  cam_chart_set_y_range (chart, 0, 1);
  cam_chart_add_curve (chart, "line", x, y, N, colour, pattern);
  return chart;
}

static void
test_curve (void)
{
  for (CamThemeKind kind = CAM_THEME_LIGHT; kind <= CAM_THEME_DARK; kind++)
    for (guint colour = 0; colour < 10; colour++)
      {
        g_autoptr(CamChart) chart = new_line (colour, CAM_LINE_SOLID, 0.55);
        const CamChartTheme *theme = cam_chart_theme_get (kind);
        CamChartLayout layout;
        cairo_surface_t *surface = draw_chart (chart, 400, 240, kind, CAM_CHART_PLAIN, &layout);
        int y = (int) lround (cam_chart_layout_to_py (&layout, 0.55));

        /* Along the whole line at its height, nowhere a little above. */
        for (int x = (int) layout.left + 5; x < layout.right - 5; x += 7)
          g_assert_cmpuint (count_colour (surface, theme->series[colour], x, x + 1, y - 2, y + 3), >=, 1);
        g_assert_cmpuint (count_colour (surface, theme->series[colour], (int) layout.left + 5, (int) layout.right - 5, y - 12, y - 4), ==, 0);
        cairo_surface_destroy (surface);
      }
}

static void
test_themes_differ (void)
{
  g_autoptr(CamChart) chart = new_line (0, CAM_LINE_SOLID, 0.55);
  CamChartLayout layout;

  for (CamThemeKind kind = CAM_THEME_LIGHT; kind <= CAM_THEME_DARK; kind++)
    {
      const CamChartTheme *theme = cam_chart_theme_get (kind);
      cairo_surface_t *surface = draw_chart (chart, 400, 240, kind, CAM_CHART_PLAIN, &layout);

      g_assert_cmphex (get_pixel (surface, 399, 239), ==, theme->card);
      g_assert_cmpuint (count_colour (surface, theme->grid, (int) layout.left, (int) layout.right, 0, 240), >, 300);
      g_assert_cmpuint (count_colour (surface, theme->axis, (int) layout.left, (int) layout.right, (int) layout.bottom - 1, (int) layout.bottom + 2), >, 300);
      cairo_surface_destroy (surface);
    }
}

static void
test_dashes (void)
{
  guint counts[4];

  for (CamLinePattern pattern = CAM_LINE_SOLID; pattern <= CAM_LINE_DASH_DOT; pattern++)
    {
      g_autoptr(CamChart) chart = new_line (0, pattern, 0.55);
      CamChartLayout layout;
      cairo_surface_t *surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
      int y = (int) lround (cam_chart_layout_to_py (&layout, 0.55));

      counts[pattern] = 0;
      for (int x = (int) layout.left; x < layout.right; x++)
        counts[pattern] += !is_near (get_pixel (surface, x, y), 0xffffff, 100);
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (counts[CAM_LINE_SOLID], >, 350);
  for (CamLinePattern pattern = CAM_LINE_DASHED; pattern <= CAM_LINE_DASH_DOT; pattern++)
    {
      g_assert_cmpuint (counts[pattern], >, 80);
      g_assert_cmpuint (counts[pattern], <, counts[CAM_LINE_SOLID] * 9 / 10);
    }
}

static void
test_gap (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const guint32 blue = cam_chart_theme_get (CAM_THEME_LIGHT)->series[0];
  CamChartLayout layout;
  cairo_surface_t *surface;
  double x[N], y[N];
  int left, right;

  for (guint i = 0; i < N; i++)
    {
      x[i] = i;
      y[i] = i >= 40 && i <= 60 && i != 50 ? NAN : 0.55;
    }
  cam_chart_set_y_range (chart, 0, 1);
  cam_chart_add_curve (chart, "gap", x, y, N, 0, CAM_LINE_SOLID);
  surface = draw_chart (chart, 500, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);

  left = (int) cam_chart_layout_to_px (&layout, 39) + 3;
  right = (int) cam_chart_layout_to_px (&layout, 49);
  g_assert_cmpuint (count_colour (surface, blue, left, right, 0, 240), ==, 0);
  /* A point between two gaps is a dot. */
  g_assert_cmpuint (count_colour (surface, blue, right, (int) cam_chart_layout_to_px (&layout, 51), 0, 240), >=, 6);
  g_assert_cmpuint (count_colour (surface, blue, (int) layout.left, left, 0, 240), >, 100);
  cairo_surface_destroy (surface);
}

static void
test_band (void)
{
  g_autoptr(CamChart) chart = new_line (4, CAM_LINE_SOLID, 0.5);
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  guint32 tint = blend (theme->series[4], theme->card, theme->band_alpha);
  CamChartLayout layout;
  cairo_surface_t *surface;
  double low[N], high[N];
  int x, inside, outside;

  for (guint i = 0; i < N; i++)
    {
      low[i] = 0.3;
      high[i] = i < 50 ? 0.7 : NAN;
    }
  cam_chart_set_band (chart, 0, low, high);
  surface = draw_chart (chart, 500, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  x = (int) cam_chart_layout_to_px (&layout, 20);
  inside = (int) cam_chart_layout_to_py (&layout, 0.65);
  outside = (int) cam_chart_layout_to_py (&layout, 0.75);
  g_assert_true (is_near (get_pixel (surface, x, inside), tint, 3));
  g_assert_cmphex (get_pixel (surface, x, outside), ==, theme->card);
  g_assert_cmphex (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 80), inside), ==, theme->card);
  cairo_surface_destroy (surface);
}

static void
test_marker_and_span (void)
{
  g_autoptr(CamChart) chart = new_line (0, CAM_LINE_SOLID, 0.5);
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  const guint32 pink = theme->series[3];
  CamChartLayout layout;
  cairo_surface_t *surface;
  int x, y;

  cam_chart_set_marker (chart, 40, 0.5, "best 0.5 · epoch 40");
  cam_chart_set_span (chart, 40, 60, 80, "patience 20 of 40");
  surface = draw_chart (chart, 600, 300, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  x = (int) cam_chart_layout_to_px (&layout, 40);
  y = (int) cam_chart_layout_to_py (&layout, 0.5);
  /* The dot lies on the curve and hides it. */
  g_assert_true (is_near (get_pixel (surface, x, y), pink, 8));
  g_assert_cmpuint (count_colour (surface, pink, x - 6, x + 7, y - 6, y + 7), >=, 30);
  /* The label stands left of the line: right of it is the span. */
  g_assert_cmpuint (count_colour (surface, pink, (int) layout.left, x - 3, (int) layout.top, (int) layout.top + 25), >, 40);
  /* What has passed is stronger than what is to come; beyond is nothing. */
  y = (int) cam_chart_layout_to_py (&layout, 0.35);
  g_assert_true (is_near (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 50), y), blend (pink, theme->card, theme->band_alpha * 1.15), 3));
  g_assert_true (is_near (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 70), y), blend (pink, theme->card, theme->band_alpha * 0.55), 3));
  g_assert_cmphex (get_pixel (surface, (int) cam_chart_layout_to_px (&layout, 90), y), ==, theme->card);
  cairo_surface_destroy (surface);
}

static void
test_end_labels_do_not_touch (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  const double x[2] = { 0, 1 };
  CamChartLayout layout;
  cairo_surface_t *surface;
  int last = -1;

  cam_chart_set_y_range (chart, 0, 1);
  for (guint i = 0; i < 5; i++)
    {
      double y[2] = { 0.5, 0.5 - i * 0.001 };

      cam_chart_add_curve (chart, "HHHH", x, y, 2, i, CAM_LINE_SOLID);
      cam_chart_set_end_label (chart, i, TRUE);
    }
  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  /* From top to bottom in the order of the ends, each in rows of its own. */
  for (guint i = 0; i < 5; i++)
    {
      int top = -1, bottom = -1;

      for (int y = 0; y < 240; y++)
        if (count_colour (surface, theme->series[i], (int) layout.right + 8, 400, y, y + 1) > 0)
          {
            top = top < 0 ? y : top;
            bottom = y;
          }
      g_assert_cmpint (top, >, last);
      g_assert_cmpint (bottom - top, <, 14);
      last = bottom;
    }
  cairo_surface_destroy (surface);
}

static void
test_hidden (void)
{
  g_autoptr(CamChart) chart = new_line (1, CAM_LINE_SOLID, 0.55);
  cairo_surface_t *surface;

  cam_chart_set_visible (chart, 0, FALSE);
  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_WITH_LEGEND, NULL);
  g_assert_cmpuint (count_all (surface, cam_chart_theme_get (CAM_THEME_LIGHT)->series[1]), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_faded (void)
{
  g_autoptr(CamChart) chart = new_line (1, CAM_LINE_SOLID, 0.55);
  g_autoptr(CamChart) faded = cam_chart_copy (chart);
  guint32 orange = cam_chart_theme_get (CAM_THEME_LIGHT)->series[1];
  cairo_surface_t *surface;

  cam_chart_set_faded (faded, 0, TRUE);
  g_assert_true (cam_chart_get_faded (faded, 0));
  g_assert_false (cam_chart_get_faded (chart, 0));
  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  g_assert_cmpuint (count_all (surface, orange), >, 100);
  cairo_surface_destroy (surface);
  surface = draw_chart (faded, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, NULL);
  g_assert_cmpuint (count_all (surface, orange), ==, 0);
  cairo_surface_destroy (surface);
}

/* A dot of the curve's colour on the point asked for, and nowhere else. */
static void
test_dot (void)
{
  g_autoptr(CamChart) chart = new_line (1, CAM_LINE_SOLID, 0.55);
  guint32 orange = cam_chart_theme_get (CAM_THEME_LIGHT)->series[1];
  g_autoptr(CamChart) copy = NULL;
  CamChartLayout layout;
  cairo_surface_t *surface;
  int x, y;

  g_assert_cmpuint (cam_chart_get_dot (chart, 0), ==, G_MAXSIZE);
  cam_chart_set_dot (chart, 0, 40);
  copy = cam_chart_copy (chart);
  g_assert_cmpuint (cam_chart_get_dot (copy, 0), ==, 40);
  surface = draw_chart (copy, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  x = (int) lround (cam_chart_layout_to_px (&layout, 40));
  y = (int) lround (cam_chart_layout_to_py (&layout, 0.55));
  g_assert_cmpuint (count_colour (surface, orange, x - 3, x + 4, y - 4, y - 1), >, 5);
  g_assert_cmpuint (count_colour (surface, orange, x + 20, x + 27, y - 4, y - 2), ==, 0);
  cairo_surface_destroy (surface);
}

/* On a log axis a band whose lower edge lies below zero reaches down to the axis. */
static void
test_band_on_log_axis (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x[] = { 0, 50, 100 }, y[] = { 0.5, 0.5, 0.5 }, low[] = { -0.2, -0.2, -0.2 }, high[] = { 0.9, 0.9, 0.9 };
  CamChartLayout layout;
  cairo_surface_t *surface;
  guint32 card = cam_chart_theme_get (CAM_THEME_LIGHT)->card;

  cam_chart_set_axes (chart, NULL, NULL, CAM_AXIS_NUMBER, CAM_AXIS_LOG);
  cam_chart_set_y_range (chart, 0.01, 1);
  cam_chart_add_curve (chart, "mean", x, y, 3, 1, CAM_LINE_SOLID);
  cam_chart_set_band (chart, 0, low, high);
  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  for (int column = (int) layout.left + 20; column < layout.right - 20; column += 30)
    g_assert_cmphex (get_pixel (surface, column, (int) layout.bottom - 4), !=, card);
  cairo_surface_destroy (surface);
}

static void
test_title_and_legend (void)
{
  g_autoptr(CamChart) chart = new_line (1, CAM_LINE_SOLID, 0.55);
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  CamChartLayout plain, full;
  cairo_surface_t *surface;

  cam_chart_set_title (chart, "Loss", "of a run");
  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &plain);
  g_assert_cmpuint (count_all (surface, theme->text), ==, 0);
  cairo_surface_destroy (surface);

  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, &full);
  g_assert_cmpfloat (full.top, >, plain.top + 40);
  g_assert_cmpuint (count_colour (surface, theme->text, 0, 200, 0, 40), >, 20);
  g_assert_cmpuint (count_colour (surface, theme->series[1], 0, 60, 20, (int) full.top - 2), >, 30);
  cairo_surface_destroy (surface);
}

static void
test_empty (void)
{
  g_autoptr(CamChart) chart = cam_chart_new_history ("Loss", "loss", NULL, NULL, 0, 100, 0, FALSE, 0, 15);
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  CamChartLayout layout;
  cairo_surface_t *surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  int middle = (int) (layout.top + layout.bottom) / 2;

  g_assert_cmpuint (count_colour (surface, theme->muted, 100, 300, middle - 10, middle + 10), >, 40);
  g_assert_cmpuint (count_colour (surface, theme->grid, (int) layout.left, (int) layout.right, 0, 240), >, 300);
  cairo_surface_destroy (surface);
}

/* A line of the grid at its height stops before the text, and goes on behind it. */
static void
test_empty_text_is_not_struck (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  guint32 grid = cam_chart_theme_get (CAM_THEME_LIGHT)->grid;
  CamChartLayout layout;
  cairo_surface_t *surface;
  int x, y;

  cam_chart_set_y_range (chart, 1, 3);
  cam_chart_set_empty_text (chart, "Nothing yet");
  surface = draw_chart (chart, 400, 240, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  x = (int) (layout.left + layout.right) / 2;
  y = (int) floor ((layout.top + layout.bottom) / 2);
  g_assert_cmphex (get_pixel (surface, (int) layout.left + 10, y), ==, grid);
  g_assert_cmphex (get_pixel (surface, (int) layout.right - 10, y), ==, grid);
  for (int dx = -40; dx < 40; dx++)
    g_assert_cmphex (get_pixel (surface, x + dx, y), !=, grid);
  cairo_surface_destroy (surface);
}

static void
test_layout_round_trip (void)
{
  const CamAxisFormat formats[] = { CAM_AXIS_NUMBER, CAM_AXIS_LOG };
  const double x[3] = { 1, 10, 1000 }, y[3] = { 0.01, 1, 50 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(CamChart) chart = cam_chart_new ();
      CamChartLayout layout;
      cairo_surface_t *surface;

      cam_chart_set_axes (chart, "x", "y", formats[i], formats[i]);
      cam_chart_add_curve (chart, "a", x, y, 3, 0, CAM_LINE_SOLID);
      surface = draw_chart (chart, 640, 400, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
      g_assert_true (layout.x_log == (formats[i] == CAM_AXIS_LOG));
      for (double value = 1; value <= 1000; value *= 1.7)
        g_assert_cmpfloat_with_epsilon (cam_chart_layout_x (&layout, cam_chart_layout_to_px (&layout, value)), value, 1e-9 * value);
      g_assert_cmpfloat_with_epsilon (cam_chart_layout_to_px (&layout, 1), layout.left, 1e-9);
      g_assert_cmpfloat_with_epsilon (cam_chart_layout_to_px (&layout, 1000), layout.right, 1e-9);
      g_assert_cmpfloat (cam_chart_layout_to_py (&layout, 50), >=, layout.top);
      g_assert_cmpfloat (cam_chart_layout_to_py (&layout, 0.01), <=, layout.bottom);
      /* The curve is where the layout says. */
      g_assert_cmpuint (count_colour (surface, cam_chart_theme_get (CAM_THEME_LIGHT)->series[0],
                                      (int) cam_chart_layout_to_px (&layout, 10) - 2, (int) cam_chart_layout_to_px (&layout, 10) + 3,
                                      (int) cam_chart_layout_to_py (&layout, 1) - 2, (int) cam_chart_layout_to_py (&layout, 1) + 3), >=, 2);
      cairo_surface_destroy (surface);
    }
}

static void
test_mini (void)
{
  double x[61], y[61];
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 58, 34);
  cairo_t *cr = cairo_create (surface);
  guint32 edge;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  for (int i = 0; i < 61; i++)
    {
      x[i] = i / 10.0 - 3;
      y[i] = i == 30 ? NAN : fmax (0, x[i]);
    }
  cam_chart_draw_mini (cr, 58, 34, x, y, 61, 0x2563eb, 0xaab1ba, TRUE);
  cam_chart_draw_mini (cr, 2, 2, x, y, 61, 0x2563eb, 0xaab1ba, TRUE);
  cam_chart_draw_mini (cr, 58, 34, x, y, 0, 0x2563eb, 0xaab1ba, TRUE);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  /* Flat on the left at the bottom, up to the right corner. */
  edge = blend (0x2563eb, 0xffffff, 0.8);      /* 1.6 pixels over two rows */
  g_assert_cmpuint (count_colour (surface, edge, 2, 24, 29, 34), >, 30);
  g_assert_cmpuint (count_colour (surface, 0x2563eb, 46, 58, 0, 14), >, 5);
  g_assert_cmpuint (count_colour (surface, 0x2563eb, 2, 24, 0, 20), ==, 0);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cam_charts_init (NULL));
  g_test_add_func ("/charts/draw/curve", test_curve);
  g_test_add_func ("/charts/draw/themes", test_themes_differ);
  g_test_add_func ("/charts/draw/dashes", test_dashes);
  g_test_add_func ("/charts/draw/gap", test_gap);
  g_test_add_func ("/charts/draw/band", test_band);
  g_test_add_func ("/charts/draw/marker-and-span", test_marker_and_span);
  g_test_add_func ("/charts/draw/end-labels", test_end_labels_do_not_touch);
  g_test_add_func ("/charts/draw/hidden", test_hidden);
  g_test_add_func ("/charts/draw/faded", test_faded);
  g_test_add_func ("/charts/draw/dot", test_dot);
  g_test_add_func ("/charts/draw/band-on-log-axis", test_band_on_log_axis);
  g_test_add_func ("/charts/draw/title-and-legend", test_title_and_legend);
  g_test_add_func ("/charts/draw/empty", test_empty);
  g_test_add_func ("/charts/draw/empty-text", test_empty_text_is_not_struck);
  g_test_add_func ("/charts/draw/layout", test_layout_round_trip);
  g_test_add_func ("/charts/draw/mini", test_mini);
  return g_test_run ();
}
