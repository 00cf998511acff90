/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a chart: what its user switches, and what of that is remembered; the numbers as a table; the export dialog. */
#include "uitest.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include <cam-chart-card.h>
#include <cam-chart-export-dialog.h>
#include <cam-chart-numbers.h>

static CamChart *
new_chart (guint n)
{
  double train[100], val[100];

  for (guint i = 0; i < n; i++)
    {
      train[i] = 1.0 / (i + 1);
      val[i] = 1.5 / (i + 1) + (i % 2) * 0.1;
    }
  return cam_chart_new_history ("Loss", "loss", train, val, n, n, 0, FALSE, 0, 0);
}

typedef struct
{
  GtkWidget    *window;
  CamChartCard *card;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(CamChart) chart = new_chart (10);

  fixture->window = gtk_window_new ();
  fixture->card = CAM_CHART_CARD (cam_chart_card_new ());
  cam_chart_card_set_title (fixture->card, "Loss");
  cam_chart_card_set_chart (fixture->card, chart);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->card));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (fixture->card)));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->card);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->card);
}

static void
test_legend (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(CamChart) longer = new_chart (20);
  GtkToggleButton *entry;
  const guint i = 0;

  /* The first toggle button may be that of the menu. */
  entry = GTK_TOGGLE_BUTTON (ui_find_type (ui_find_type (GTK_WIDGET (fixture->card), GTK_TYPE_FLOW_BOX), GTK_TYPE_TOGGLE_BUTTON));
  g_assert_true (gtk_toggle_button_get_active (entry));
  gtk_toggle_button_set_active (entry, FALSE);
  g_assert_false (cam_chart_get_visible (cam_chart_card_get_chart (fixture->card), i));
  cam_chart_card_set_chart (fixture->card, longer);     /* holds for those that follow, which are not changed themselves */
  g_assert_false (cam_chart_get_visible (cam_chart_card_get_chart (fixture->card), i));
  g_assert_true (cam_chart_get_visible (longer, i));
  g_assert_true (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (entry))) != NULL);     /* the same button */
  gtk_toggle_button_set_active (entry, TRUE);
  g_assert_true (cam_chart_get_visible (cam_chart_card_get_chart (fixture->card), i));
}

static void
test_axes_and_smoothing (Fixture       *fixture,
                         gconstpointer  data)
{
  GtkWidget *scale = ui_find_type (GTK_WIDGET (fixture->card), GTK_TYPE_SCALE);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->card), "card.log-x", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->card), "card.log-y", NULL));
  g_assert_cmpint (cam_chart_get_x_format (cam_chart_card_get_chart (fixture->card)), ==, CAM_AXIS_LOG);
  g_assert_cmpint (cam_chart_get_y_format (cam_chart_card_get_chart (fixture->card)), ==, CAM_AXIS_LOG);
  g_assert_nonnull (scale);
  gtk_range_set_value (GTK_RANGE (scale), 0.6);
  g_assert_nonnull (cam_chart_get_smooth (cam_chart_card_get_chart (fixture->card), 0));
  gtk_range_set_value (GTK_RANGE (scale), 5);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), ==, CAM_CHART_CARD_MAX_SMOOTHING);
  cam_chart_card_set_smoothing (fixture->card, 0);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), ==, 0);
}

/* Another card of the same memory looks as the first one was left; one of another memory does not. */
static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  CamChartZoom zoom = { 2, 5, NAN, NAN };
  GtkWidget *other = g_object_ref_sink (cam_chart_card_new ());
  g_autoptr(CamChart) chart = new_chart (10);
  gboolean is_log;

  cam_chart_card_set_memory (fixture->card, "test loss");
  g_object_set (fixture->card, "log-y", TRUE, "smoothing", 0.5, NULL);
  cam_chart_view_set_zoom (cam_chart_card_get_view (fixture->card), &zoom);
  cam_chart_card_set_memory (fixture->card, "test accuracy");
  g_object_get (fixture->card, "log-y", &is_log, NULL);
  g_assert_false (is_log);
  g_assert_false (cam_chart_zoom_is_on (cam_chart_view_get_zoom (cam_chart_card_get_view (fixture->card))));

  cam_chart_card_set_memory (CAM_CHART_CARD (other), "test loss");
  cam_chart_card_set_chart (CAM_CHART_CARD (other), chart);
  g_assert_cmpint (cam_chart_get_y_format (cam_chart_card_get_chart (CAM_CHART_CARD (other))), ==, CAM_AXIS_LOG);
  g_assert_cmpfloat (cam_chart_view_get_zoom (cam_chart_card_get_view (CAM_CHART_CARD (other)))->x_max, ==, 5);
  g_object_unref (other);
}

static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(CamChart) longer = new_chart (20);
  GtkWidget *numbers = ui_find_type (GTK_WIDGET (fixture->card), CAM_TYPE_CHART_NUMBERS);
  GtkColumnView *view = GTK_COLUMN_VIEW (ui_find_type (numbers, GTK_TYPE_COLUMN_VIEW));

  g_assert_false (gtk_widget_get_mapped (numbers));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->card), "card.table", NULL));
  ui_wait (gtk_widget_get_mapped (numbers));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))), ==, 10);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (view)), ==, 3);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Numbers of Loss");
  cam_chart_card_set_chart (fixture->card, longer);
  ui_wait (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))) == 20);
  cam_chart_card_set_smoothing (fixture->card, 0.9);
  ui_wait (g_list_model_get_n_items (gtk_column_view_get_columns (view)) == 5);
  ui_settle ();
}

static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  CamChartZoom zoom = { 2, 5, NAN, NAN };
  CamChartView *view = cam_chart_card_get_view (fixture->card);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->card));

  cam_chart_view_set_zoom (view, &zoom);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->card), "card.show-all", NULL));
  g_assert_false (cam_chart_zoom_is_on (cam_chart_view_get_zoom (view)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->card), "card.copy", NULL));
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_TEXTURE));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->card), "card.copy-numbers", NULL));
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), G_TYPE_STRING));
}

/* A size stays what it is on paper, whatever it is told in. */
static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(CamChart) chart = new_chart (10);
  CamChartExportDialog *dialog = CAM_CHART_EXPORT_DIALOG (cam_chart_export_dialog_present (chart, GTK_WIDGET (fixture->card)));
  g_autofree char *folder = g_dir_make_tmp ("camadas-export-XXXXXX", NULL);
  g_autofree char *bare = g_build_filename (folder, "loss", NULL);
  g_autofree char *written = g_build_filename (folder, "loss.png", NULL);
  AdwComboRow *unit = ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog), CAM_TYPE_CHART_EXPORT_DIALOG, "unit_row"));
  AdwComboRow *format = ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog), CAM_TYPE_CHART_EXPORT_DIALOG, "format_row"));
  GtkSpinButton *width = GTK_SPIN_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (dialog), CAM_TYPE_CHART_EXPORT_DIALOG, "width_spin"));
  GtkSpinButton *dpi = GTK_SPIN_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (dialog), CAM_TYPE_CHART_EXPORT_DIALOG, "dpi_spin"));
  GError *error = NULL;
  gpointer left = dialog;
  CamChartPage page;
  int pixels, height;

  gtk_spin_button_set_value (dpi, 300);
  gtk_spin_button_set_value (width, 1234);
  page = cam_chart_export_dialog_get_page (dialog);
  cam_chart_page_pixels (&page, &pixels, &height);
  g_assert_cmpint (pixels, ==, 1234);
  adw_combo_row_set_selected (unit, 1);
  g_assert_cmpfloat_with_epsilon (gtk_spin_button_get_value (width), 1234 / 300.0 * 25.4, 1e-6);
  gtk_spin_button_set_value (width, 89);
  adw_combo_row_set_selected (format, CAM_EXPORT_PDF);
  g_assert_cmpfloat (gtk_spin_button_get_value (width), ==, 89);
  g_assert_cmpfloat_with_epsilon (cam_chart_export_dialog_get_page (dialog).width, 89 / 25.4 * 96, 1e-6);
  adw_combo_row_set_selected (format, CAM_EXPORT_PNG);
  g_assert_true (cam_chart_export_dialog_save (dialog, bare, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (written, G_FILE_TEST_EXISTS));
  g_unlink (written);
  g_rmdir (folder);

  /* Closed it is gone, for screen readers too. */
  g_object_add_weak_pointer (G_OBJECT (dialog), &left);
  gtk_window_close (GTK_WINDOW (dialog));
  ui_wait (left == NULL);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);
  g_assert_true (cam_charts_init (NULL));
  g_test_add ("/app/chart-card/legend", Fixture, NULL, set_up, test_legend, tear_down);
  g_test_add ("/app/chart-card/axes-and-smoothing", Fixture, NULL, set_up, test_axes_and_smoothing, tear_down);
  g_test_add ("/app/chart-card/memory", Fixture, NULL, set_up, test_memory, tear_down);
  g_test_add ("/app/chart-card/table", Fixture, NULL, set_up, test_table, tear_down);
  g_test_add ("/app/chart-card/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/app/chart-card/export", Fixture, NULL, set_up, test_export, tear_down);
  return g_test_run ();
}
