/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exported files, read back; and the description itself: points, summary. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include <cam-chart.h>

#include "../comma-locale.h"

static char *folder;

static CamChart *
new_chart (void)
{
  static const double train[] = { 0.7, 0.5, 0.25, 0.125 }, val[] = { 0.75, 0.5, NAN, 0.625 };

  return cam_chart_new_history ("Loss", "loss", train, val, 4, 4, 0, FALSE, 2, 0);
}

static char *
export_to (CamChart   *chart,
           const char *name,
           double      dpi,
           gsize      *length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *error = NULL;
  char *bytes;

  cam_chart_export (chart, path, 820, 520, dpi, cam_chart_theme_get (CAM_THEME_LIGHT), FALSE, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return bytes;
}

static guint32
read_be32 (const char *bytes)
{
  guint32 value;

  memcpy (&value, bytes, 4);
  return GUINT32_FROM_BE (value);
}

static void
test_png (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  gsize length;
  g_autofree char *screen = export_to (chart, "a.png", 96, &length);
  g_autofree char *print = NULL;

  g_assert_cmpmem (screen, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpuint (read_be32 (screen + 16), ==, 820);
  g_assert_cmpuint (read_be32 (screen + 20), ==, 520);
  print = export_to (chart, "b.PNG", 300, &length);
  g_assert_cmpuint (read_be32 (print + 16), ==, 2563);
  g_assert_cmpuint (read_be32 (print + 20), ==, 1625);
}

static void
test_png_transparent (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  g_autofree char *path = g_build_filename (folder, "t.png", NULL);
  GError *error = NULL;
  cairo_surface_t *surface;

  cam_chart_export (chart, path, 300, 200, 96, cam_chart_theme_get (CAM_THEME_DARK), TRUE, &error);
  g_assert_no_error (error);
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmphex (*(guint32 *) (gpointer) cairo_image_surface_get_data (surface), ==, 0);
  cairo_surface_destroy (surface);
  cam_chart_export (chart, path, 300, 200, 96, cam_chart_theme_get (CAM_THEME_DARK), FALSE, &error);
  g_assert_no_error (error);
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmphex (*(guint32 *) (gpointer) cairo_image_surface_get_data (surface) & 0xffffff, ==, cam_chart_theme_get (CAM_THEME_DARK)->card);
  cairo_surface_destroy (surface);
  g_unlink (path);
}

/* Elements closed in the order they were opened; anything GMarkup refuses is an error. */
static void
assert_well_formed (const char *text,
                    gsize       length)
{
  GMarkupParser parser = { NULL };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, G_MARKUP_PREFIX_ERROR_POSITION, NULL, NULL);
  GError *error = NULL;

  g_markup_parse_context_parse (context, text, (gssize) length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
}

static void
test_svg (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  gsize length;
  g_autofree char *svg = export_to (chart, "a.svg", 96, &length);

  assert_well_formed (svg, length);
  g_assert_nonnull (strstr (svg, "width=\"820px\" height=\"520px\""));
  g_assert_nonnull (strstr (svg, "<glyph") != NULL ? strstr (svg, "<glyph") : strstr (svg, "id=\"glyph"));
}

static void
test_pdf (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  gsize length;
  g_autofree char *pdf = export_to (chart, "a.pdf", 96, &length);

  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_nonnull (memmem (pdf + length - 16, 16, "%%EOF", 5));
  g_assert_nonnull (memmem (pdf, length, "/FontFile", 9));
  g_assert_nonnull (memmem (pdf, length, "/MediaBox [ 0 0 615 390 ]", 25));
}

static void
test_csv (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double x[] = { 1, 2, 3 }, y[] = { 0.1, NAN, 1e-7 };
  const double other_x[] = { 2, 2.5 }, other_y[] = { 5, INFINITY }, low[] = { 4, 4 }, high[] = { 6, 7 };
  gsize length;
  g_autofree char *csv = NULL;

  cam_chart_set_axes (chart, "Epoch", NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  cam_chart_add_curve (chart, "plain", x, y, 3, 0, CAM_LINE_SOLID);
  cam_chart_add_curve (chart, "a, \"b\"", other_x, other_y, 2, 1, CAM_LINE_SOLID);
  cam_chart_set_band (chart, 1, low, high);
  cam_chart_add_curve (chart, "hidden", x, y, 3, 0, CAM_LINE_SOLID);
  cam_chart_set_visible (chart, 2, FALSE);
  csv = export_to (chart, "a.csv", 96, &length);
  g_assert_cmpstr (csv, ==,
                   "Epoch,plain,\"a, \"\"b\"\"\",\"a, \"\"b\"\" low\",\"a, \"\"b\"\" high\"\r\n"
                   "1,0.1,,,\r\n"
                   "2,,5,4,6\r\n"
                   "2.5,,inf,4,7\r\n"
                   "3,1e-07,,,\r\n");
}

static void
test_errors (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  const CamChartTheme *theme = cam_chart_theme_get (CAM_THEME_LIGHT);
  g_autofree char *bad_ending = g_build_filename (folder, "chart.bmp", NULL);
  g_autofree char *no_ending = g_build_filename (folder, "chart", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "chart.pdf", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (cam_chart_export (chart, bad_ending, 400, 300, 96, theme, FALSE, &error));
  g_assert_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (cam_chart_export (chart, no_ending, 400, 300, 96, theme, FALSE, &error));
  g_assert_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (cam_chart_export (chart, nowhere, 400, 300, 96, theme, FALSE, &error));
  g_assert_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_clear_error (&error);
  /* More pixels than an image can have. */
  g_assert_false (cam_chart_export (chart, "/dev/null/x.png", 16000, 300, 2400, theme, FALSE, &error));
  g_assert_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE);
}

/* What was there stays where the new file cannot be put. */
static void
test_nothing_left_behind (void)
{
  g_autofree char *path = g_build_filename (folder, "taken.svg", NULL);
  g_autoptr(CamChart) chart = new_chart ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);     /* a folder cannot be replaced by a file */
  g_assert_false (cam_chart_export (chart, path, 400, 300, 96, cam_chart_theme_get (CAM_THEME_LIGHT), FALSE, &error));
  g_assert_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "taken.svg");
  g_assert_null (g_dir_read_name (dir));
  g_rmdir (path);
}

static void
test_locale (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  gsize length;
  g_autofree char *svg = NULL;
  g_autofree char *csv = NULL;
  char printed[16];

  if (g_test_subprocess ())
    {
      g_assert_nonnull (setlocale (LC_ALL, "pt_BR.UTF-8"));
      cam_charts_init (NULL);
      g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C");
      svg = export_to (chart, "l.svg", 96, &length);
      assert_well_formed (svg, length);
      g_assert_null (g_regex_match_simple ("[xy]=\"[0-9]+,[0-9]", svg, 0, 0) ? svg : NULL);
      csv = export_to (chart, "l.csv", 96, &length);
      g_assert_true (g_str_has_suffix (csv, "4,0.625,0.125\r\n"));
      g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, "C");
      g_snprintf (printed, sizeof printed, "%.1f", 0.5);
      g_assert_cmpstr (printed, ==, "0.5");
      return;
    }
  /* The child finds the locale where this has made it. */
  if (!comma_locale_enter ())
    return;
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  comma_locale_leave ();
}

static void
test_find (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  const double *x, *y;
  gsize index;

  g_assert_cmpuint (cam_chart_get_points (chart, 0, &x, &y), ==, 4);
  g_assert_cmpfloat (x[3], ==, 4);
  g_assert_cmpfloat (y[1], ==, 0.5);
  g_assert_true (cam_chart_find (chart, 0, -100, &index));
  g_assert_cmpuint (index, ==, 0);
  g_assert_true (cam_chart_find (chart, 0, 2.4, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (cam_chart_find (chart, 0, 2.6, &index));
  g_assert_cmpuint (index, ==, 2);
  g_assert_true (cam_chart_find (chart, 0, 1e9, &index));
  g_assert_cmpuint (index, ==, 3);
  g_assert_false (cam_chart_find (chart, 0, NAN, &index));
  cam_chart_add_curve (chart, "none", NULL, NULL, 0, 0, CAM_LINE_SOLID);
  g_assert_false (cam_chart_find (chart, 2, 1, &index));
}

static void
test_summary (void)
{
  g_autoptr(CamChart) chart = new_chart ();
  g_autoptr(CamChart) empty = cam_chart_new ();
  const double share[] = { 0.5, 0.9, 0.875 };
  g_autoptr(CamChart) accuracy = cam_chart_new_history ("Accuracy", "accuracy", share, NULL, 3, 3, 2, TRUE, 2, 0);
  g_autofree char *text = cam_chart_dup_summary (chart);
  g_autofree char *nothing = cam_chart_dup_summary (empty);
  g_autofree char *shares = cam_chart_dup_summary (accuracy);

  g_assert_cmpstr (text, ==, "Loss: validation 0.625 at epoch 4, lowest 0.5 at 2; train 0.125 at epoch 4, lowest 0.125 at 4");
  g_assert_cmpstr (nothing, ==, "no values yet");
  g_assert_cmpstr (shares, ==, "Accuracy: train 87.5% at epoch 3, highest 90% at 2");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("camadas-charts-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/charts/export/png", test_png);
  g_test_add_func ("/charts/export/png-transparent", test_png_transparent);
  g_test_add_func ("/charts/export/svg", test_svg);
  g_test_add_func ("/charts/export/pdf", test_pdf);
  g_test_add_func ("/charts/export/csv", test_csv);
  g_test_add_func ("/charts/export/errors", test_errors);
  g_test_add_func ("/charts/export/nothing-left", test_nothing_left_behind);
  g_test_add_func ("/charts/export/locale", test_locale);
  g_test_add_func ("/charts/find", test_find);
  g_test_add_func ("/charts/summary", test_summary);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
