/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts that comparisons are drawn with: rows of dots and bands, groups of bars, cells, parallel axes; what is awkward in each, what lies under the pointer, and their numbers. */
#include <string.h>

#include "chart-test.h"

#define LONG_NAME "a name that is much too long to find room beside any chart, & <b>with</b> “marks” in it"

static const char *const names[] = { "one", LONG_NAME, "three" };

static CamChart *
new_rows (void)
{
  static const double first[] = { 0.25, NAN, 0.75 }, second[] = { 0.25, NAN, INFINITY }, low[] = { 0.2, NAN, 0.5 }, mean[] = { 0.28, NAN, 0.75 }, high[] = { 0.3, NAN, 1.0 };
  static const guint colours[] = { 1, 2, 13 };
  static const gboolean alerts[] = { FALSE, FALSE, TRUE };
  static const char *const texts[] = { "calm", "", "alert" };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_axes (chart, "Score", "setting", CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_set_rows (chart, names, texts, 3);
  cam_chart_set_row_colours (chart, colours);
  cam_chart_set_row_alerts (chart, alerts);
  cam_chart_add_row_bands (chart, "mean", low, mean, high, 0);
  cam_chart_add_row_dots (chart, "seed 1", first, 0);
  cam_chart_add_row_dots (chart, "seed 2", second, 0);
  return chart;
}

static CamChart *
new_bars (void)
{
  static const double a[] = { 1, 2, NAN }, b[] = { 3, -1, 0 }, low[] = { 2.5, -2, 0 }, high[] = { 3.5, 0, 0 };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_groups (chart, names, 3);
  cam_chart_add_group_bars (chart, "a", a, 0);
  cam_chart_set_band (chart, cam_chart_add_group_bars (chart, "b", b, 1), low, high);
  return chart;
}

static CamChart *
new_cells (void)
{
  static const double values[] = { NAN, 0.9, 0.1, NAN, 0.5, INFINITY };
  static const char *const texts[] = { "", "90%", "10%", "?", "50%", NULL };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_cells (chart, names, 2, names, 3, values, texts, 0, 0.5, 1);
  return chart;
}

static CamChart *
new_lines (guint n_lines)
{
  static const char *const kinds[] = { "relu", LONG_NAME };
  const CamChartAxis axes[] = { { "kind", FALSE, FALSE, 0, 0, kinds, 2 }, { "rate", TRUE, FALSE, 1e-4, 1, NULL, 0 }, { LONG_NAME, FALSE, FALSE, 3, 3, NULL, 0 }, { "loss", FALSE, FALSE, 0, 1, NULL, 0 } };
  g_autofree double *values = g_new (double, 4 * n_lines + 1);
  g_auto(GStrv) lines = g_new0 (char *, n_lines + 1);
  CamChart *chart = cam_chart_new ();

  for (guint i = 0; i < n_lines; i++)
    {
      lines[i] = g_strdup_printf ("trial %u", i + 1);
      values[4 * i] = i % 2;
      values[4 * i + 1] = pow (10, -4 + 4.0 * i / MAX (n_lines - 1, 1));
      values[4 * i + 2] = i == 3 ? NAN : 3;
      values[4 * i + 3] = i == 4 ? NAN : (double) i / n_lines;
    }
  cam_chart_set_parallel (chart, axes, 4, values, (const char *const *) lines, n_lines, FALSE);
  return chart;
}

static CamChart *new_few (void) { return new_lines (9); }
static CamChart *new_one (void) { return new_lines (1); }
static CamChart *new_none (void) { return new_lines (0); }
static CamChart *new_thousands (void) { return new_lines (3000); }

static const struct { const char *name; CamChart *(*make) (void); } kinds[] = {
  { "rows", new_rows }, { "bars", new_bars }, { "cells", new_cells }, { "lines", new_few }, { "one-line", new_one }, { "no-line", new_none }, { "thousands", new_thousands },
};

/* Whatever the size: nothing is asserted by the library, and the context stays whole. */
static void
test_sizes (gconstpointer data)
{
  g_autoptr(CamChart) chart = kinds[GPOINTER_TO_UINT (data)].make (), copy = cam_chart_copy (chart);
  static const int sizes[][2] = { { 40, 40 }, { 41, 300 }, { 300, 41 }, { 120, 90 }, { 560, 420 } };
  g_autofree char *summary = cam_chart_dup_summary (chart), *other = cam_chart_dup_summary (copy);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint kind = CAM_THEME_LIGHT; kind <= CAM_THEME_PRINT; kind++)
      cairo_surface_destroy (draw_chart (copy, sizes[i][0], sizes[i][1], kind, i % 2 == 0 ? CAM_CHART_PLAIN : CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, NULL));
  g_assert_cmpstr (summary, ==, other);
  g_assert_cmpuint (strlen (summary), >, 0);
}

static void
test_row_pixels (void)
{
  g_autoptr(CamChart) chart = new_rows ();
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  CamChartLayout layout;
  cairo_surface_t *surface = draw_chart (chart, 560, 420, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);
  double step = (layout.bottom - layout.top) / 3;
  int middle = (int) (layout.top + step / 2);

  /* Rows have colours of their own; a value that is not there leaves none. */
  g_assert_cmpuint (count_colour (surface, blend (theme->series[1], theme->card, 0.85), (int) layout.left, (int) layout.right, middle - 12, middle + 12), >, 10);
  g_assert_cmpuint (count_colour (surface, theme->series[2], (int) layout.left, (int) layout.right, (int) (middle + step - 12), (int) (middle + step + 12)), ==, 0);
  g_assert_cmpuint (count_colour (surface, theme->series[6], (int) layout.right, 560, (int) (layout.bottom - step), (int) layout.bottom), >, 5);
  /* Two dots of one value are both seen. */
  g_assert_cmpuint (count_colour (surface, blend (theme->series[1], theme->card, 0.85), (int) layout.left, (int) layout.right, middle - 12, middle - 4), >, 5);
  cairo_surface_destroy (surface);
}

static void
test_spots (void)
{
  g_autoptr(CamChart) rows = new_rows (), cells = new_cells (), lines = new_few ();
  CamChartLayout layout;
  g_autofree char *dot = NULL, *row = NULL, *cell = NULL, *nothing = NULL, *line = NULL;

  cairo_surface_destroy (draw_chart (rows, 560, 420, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout));
  dot = cam_chart_dup_spot (rows, &layout, cam_chart_layout_to_px (&layout, 0.25), layout.top + 30);
  g_assert_cmpstr (dot, ==, "one\nmean 0.28 (0.2 – 0.3)\nseed 1 0.25\ncalm");
  row = cam_chart_dup_spot (rows, &layout, layout.left + 1, layout.bottom - 5);
  g_assert_cmpstr (row, ==, "three\nmean 0.75 (0.5 – 1)\nalert");

  cairo_surface_destroy (draw_chart (cells, 560, 420, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout));
  cell = cam_chart_dup_spot (cells, &layout, layout.right - 5, layout.top + 5);
  g_assert_cmpstr (cell, ==, "10%\none – three");
  nothing = cam_chart_dup_spot (cells, &layout, layout.left + 5, layout.top + 5);
  g_assert_null (nothing);

  cairo_surface_destroy (draw_chart (lines, 560, 420, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout));
  line = cam_chart_dup_spot (lines, &layout, layout.right, layout.bottom);
  g_assert_true (g_str_has_prefix (line, "trial 1\nkind relu\nrate 1e-04\n") || g_str_has_prefix (line, "trial 1\nkind relu\nrate 0.0001\n"));
}

static void
test_brushes (void)
{
  g_autoptr(CamChart) chart = new_few (), copy = NULL;
  CamChartLayout layout;
  double low, high;
  cairo_surface_t *surface;

  g_assert_cmpuint (cam_chart_get_n_axes (chart), ==, 4);
  g_assert_cmpuint (cam_chart_count_chosen (chart), ==, 9);
  g_assert_false (cam_chart_get_brush (chart, 0, &low, &high));

  /* Of two kinds the lower half: every second line; then the better ones of them; ends in any order, and beyond the axis. */
  cam_chart_set_brush (chart, 0, -3, 0.5);
  g_assert_cmpuint (cam_chart_count_chosen (chart), ==, 5);
  g_assert_true (cam_chart_get_brush (chart, 0, &low, &high));
  g_assert_true (low == 0 && high == 0.5);
  cam_chart_set_brush (chart, 3, 0.3, 0);
  g_assert_cmpuint (cam_chart_count_chosen (chart), ==, 2);
  copy = cam_chart_copy (chart);
  cam_chart_set_brush (chart, 0, NAN, NAN);
  g_assert_cmpuint (cam_chart_count_chosen (chart), ==, 3);
  g_assert_cmpuint (cam_chart_count_chosen (copy), ==, 2);

  surface = draw_chart (copy, 700, 400, CAM_THEME_DARK, CAM_CHART_PLAIN, &layout);
  cairo_surface_destroy (surface);
  g_assert_cmpint (cam_chart_find_axis (copy, &layout, cam_chart_layout_to_px (&layout, 1) + 9, layout.top + 20), ==, 1);
  g_assert_cmpint (cam_chart_find_axis (copy, &layout, (cam_chart_layout_to_px (&layout, 1) + cam_chart_layout_to_px (&layout, 2)) / 2, layout.top + 20), ==, -1);
  g_assert_cmpint (cam_chart_find_axis (copy, &layout, cam_chart_layout_to_px (&layout, 1), layout.bottom + 60), ==, -1);
  /* Only what is chosen is found. */
  g_assert_cmpint (cam_chart_find_line (copy, &layout, layout.right, layout.bottom), ==, 0);
  g_assert_cmpint (cam_chart_find_line (copy, &layout, layout.right, layout.top + 60), ==, -1);
}

static void
test_tables (void)
{
  g_autoptr(CamChart) bars = new_bars (), cells = new_cells (), lines = new_lines (2);
  g_autoptr(CamChartTable) groups = cam_chart_table_new (bars), matrix = cam_chart_table_new (cells), trials = cam_chart_table_new (lines);

  g_assert_cmpuint (groups->n_rows, ==, 3);
  g_assert_cmpstr (groups->row_names[0], ==, "one");
  g_assert_cmpstr (groups->names[3], ==, "b low");
  g_assert_cmpfloat (groups->columns[2][0], ==, 3);

  g_assert_cmpuint (matrix->n_columns, ==, 4);
  g_assert_cmpstr (matrix->names[3], ==, "three");
  g_assert_cmpstr (matrix->row_names[1], ==, LONG_NAME);
  g_assert_cmpfloat (matrix->columns[2][0], ==, 0.9);

  g_assert_cmpuint (trials->n_rows, ==, 2);
  g_assert_cmpstr (trials->row_names[1], ==, "trial 2");
  g_assert_cmpstr (trials->names[2], ==, "rate");
  g_assert_cmpfloat (trials->columns[2][1], ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  cam_charts_init (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chart-kinds/sizes/%s", kinds[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sizes);
    }
  g_test_add_func ("/chart-kinds/row-pixels", test_row_pixels);
  g_test_add_func ("/chart-kinds/spots", test_spots);
  g_test_add_func ("/chart-kinds/brushes", test_brushes);
  g_test_add_func ("/chart-kinds/tables", test_tables);
  return g_test_run ();
}
