/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A matrix of classes as a chart: where its cells are, how strongly they are coloured, what of it is shown, and its numbers. */
#include "chart-test.h"

static const char *const names[] = { "cat", "dog", "owl", NULL };

static CamChart *
make_matrix (void)
{
  const double numbers[] = { 8, 2, 0, 1, 9, 0, 0, 0, 5 };
  const float shares[] = { 0.8f, 0.2f, 0, 0.1f, 0.9f, 0, 0, 0, 1 };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_matrix (chart, names, numbers, shares, 3, "Actual", "Predicted", "of row");
  return chart;
}

/* How much of the accent there is: its blue above its red. */
static int
get_strength (cairo_surface_t      *surface,
              const CamChartLayout *layout,
              guint                 row,
              guint                 column)
{
  double x = layout->left + (column + 0.2) * (layout->right - layout->left) / (layout->x_max - layout->x_min);
  double y = layout->top + (row + 0.2) * (layout->bottom - layout->top) / (layout->y_max - layout->y_min);
  guint32 rgb = get_pixel (surface, (int) x, (int) y);

  return (int) (rgb & 255) - (int) (rgb >> 16);
}

static void
test_draw (void)
{
  g_autoptr(CamChart) chart = make_matrix ();
  CamChartLayout layout;
  cairo_surface_t *surface = draw_chart (chart, 400, 360, CAM_THEME_LIGHT, CAM_CHART_PLAIN, &layout);

  g_assert_cmpfloat (layout.x_max - layout.x_min, ==, 3);
  g_assert_cmpfloat (layout.y_min, ==, 0);
  g_assert_cmpfloat (layout.left, >, 20);
  g_assert_cmpfloat (layout.right, <=, 400);
  /* A larger share is drawn stronger. */
  g_assert_cmpint (get_strength (surface, &layout, 0, 0), >, get_strength (surface, &layout, 0, 1) + 20);
  g_assert_cmpint (get_strength (surface, &layout, 0, 1), >, get_strength (surface, &layout, 0, 2) + 20);
  cairo_surface_destroy (surface);
}

static void
test_window (void)
{
  g_autoptr(CamChart) chart = make_matrix ();
  g_autoptr(CamChart) copy = NULL;
  guint row, column;

  cam_chart_set_matrix_window (chart, 2, 0, 2);
  copy = cam_chart_copy (chart);
  g_assert_cmpuint (cam_chart_get_matrix_window (copy, &row, &column), ==, 2);
  g_assert_cmpuint (row, ==, 1);             /* as far as it goes */
  g_assert_cmpuint (column, ==, 0);
}

static void
test_numbers (void)
{
  g_autoptr(CamChart) chart = make_matrix ();
  g_autoptr(CamChartTable) table = cam_chart_table_new (chart);
  g_autofree char *summary = cam_chart_dup_summary (chart);

  g_assert_cmpuint (table->n_rows, ==, 3);
  g_assert_cmpuint (table->n_columns, ==, 4);
  g_assert_cmpstr (table->names[2], ==, "dog");
  g_assert_cmpstr (table->row_names[2], ==, "owl");
  g_assert_cmpfloat (table->columns[2][0], ==, 2);
  g_assert_cmpstr (summary, ==, "3 classes, 22 of 25 rows right; most often wrong: “cat” said to be “dog”, 2 rows");
}

/* Of many classes only the cells that have rows are listed. */
static void
test_many (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  g_autoptr(CamChartTable) table = NULL;
  g_autofree double *numbers = g_new0 (double, 100 * 100);
  g_autofree float *shares = g_new0 (float, 100 * 100);
  g_auto(GStrv) many = g_new0 (char *, 101);

  for (guint i = 0; i < 100; i++)
    {
      many[i] = g_strdup_printf ("k%u", i);
      numbers[i * 100 + i] = i + 1;
      shares[i * 100 + i] = 1;
    }
  numbers[7] = 3;
  cam_chart_set_matrix (chart, (const char *const *) many, numbers, shares, 100, "Actual", "Predicted", NULL);
  table = cam_chart_table_new (chart);
  g_assert_cmpuint (table->n_rows, ==, 101);
  g_assert_cmpstr (table->row_names[1], ==, "k0 → k7");
  g_assert_cmpfloat (table->columns[1][1], ==, 3);
  cairo_surface_destroy (draw_chart (chart, 400, 360, CAM_THEME_DARK, CAM_CHART_WITH_TITLE, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/matrix/draw", test_draw);
  g_test_add_func ("/charts/matrix/window", test_window);
  g_test_add_func ("/charts/matrix/numbers", test_numbers);
  g_test_add_func ("/charts/matrix/many", test_many);
  return g_test_run ();
}
