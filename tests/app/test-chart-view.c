/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart in a real window: drawn once for each chart, read out by pointer and keys, described for those who cannot see it. */
#include "uitest.h"

#include <math.h>

#include <cam-chart-readout.h>
#include <cam-chart-view.h>

static CamChart *
new_chart (guint n)
{
  double train[100], val[100];

  for (guint i = 0; i < n; i++)
    {
      train[i] = 1.0 / (i + 1);
      val[i] = 1.5 / (i + 1);
    }
  return cam_chart_new_history ("Loss", "loss", train, val, n, n, 0, FALSE, 0, 0);
}

typedef struct
{
  GtkWidget    *window;
  CamChartView *view;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(CamChart) chart = new_chart (10);

  fixture->window = gtk_window_new ();
  fixture->view = CAM_CHART_VIEW (cam_chart_view_new ());
  cam_chart_view_set_chart (fixture->view, chart);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait (cam_chart_view_get_n_recorded (fixture->view) == 1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->view);
}

/* What the key controller does with a key. */
static gboolean
press_key (CamChartView *view,
           guint         keyval)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &is_handled);
      return is_handled;
    }
  g_assert_not_reached ();
}

static void
point_at (CamChartView *view,
          double        x,
          double        y)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "motion", x, y);
    }
}

/* Let some frames pass. */
static void
wait_frames (GtkWidget *widget)
{
  gint64 start = gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (widget));

  gtk_widget_queue_draw (widget);
  ui_wait (gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (widget)) >= start + 1);
  ui_settle ();
}

static void
test_recorded_once (Fixture       *fixture,
                    gconstpointer  data)
{
  double x;

  for (guint i = 0; i < 5; i++)
    {
      point_at (fixture->view, 100 + i * 60, 100);
      g_assert_true (cam_chart_view_get_readout (fixture->view, &x));
      wait_frames (GTK_WIDGET (fixture->view));
    }
  g_assert_cmpuint (cam_chart_view_get_n_recorded (fixture->view), ==, 1);
}

/* Charts that follow each other faster than the eye are not all drawn; the last one is. */
static void
test_burst (Fixture       *fixture,
            gconstpointer  data)
{
  guint before = cam_chart_view_get_n_recorded (fixture->view);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(CamChart) chart = new_chart (11 + i);

      cam_chart_view_set_chart (fixture->view, chart);
      g_main_context_iteration (NULL, FALSE);
    }
  ui_wait (cam_chart_view_get_n_recorded (fixture->view) > before);
  g_usleep (80 * 1000);
  wait_frames (GTK_WIDGET (fixture->view));
  g_assert_cmpuint (cam_chart_view_get_n_recorded (fixture->view), <, before + 12);
  g_assert_cmpuint (cam_chart_get_points (cam_chart_view_get_chart (fixture->view), 0, NULL, NULL), ==, 60);
}

static void
test_dark (Fixture       *fixture,
           gconstpointer  data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  guint before = cam_chart_view_get_n_recorded (fixture->view);

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_wait (cam_chart_view_get_n_recorded (fixture->view) > before);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  ui_wait (cam_chart_view_get_n_recorded (fixture->view) > before + 1);
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  double x;

  g_assert_false (cam_chart_view_get_readout (fixture->view, NULL));
  g_assert_false (press_key (fixture->view, GDK_KEY_Escape));      /* nothing to hide: it is for the window */
  g_assert_true (press_key (fixture->view, GDK_KEY_Left));
  g_assert_true (cam_chart_view_get_readout (fixture->view, &x));
  g_assert_cmpfloat (x, ==, 10);
  press_key (fixture->view, GDK_KEY_Left);
  cam_chart_view_get_readout (fixture->view, &x);
  g_assert_cmpfloat (x, ==, 9);
  press_key (fixture->view, GDK_KEY_Home);
  press_key (fixture->view, GDK_KEY_Left);
  cam_chart_view_get_readout (fixture->view, &x);
  g_assert_cmpfloat (x, ==, 1);
  press_key (fixture->view, GDK_KEY_Right);
  cam_chart_view_get_readout (fixture->view, &x);
  g_assert_cmpfloat (x, ==, 2);
  gtk_test_accessible_assert_property (fixture->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Epoch 2: validation 0.75, train 0.5");
  g_assert_true (press_key (fixture->view, GDK_KEY_Escape));
  g_assert_false (cam_chart_view_get_readout (fixture->view, NULL));
  g_assert_false (press_key (fixture->view, GDK_KEY_a));
}

/* Like gtk_test_accessible_assert_property() for something that is still to come; GTK hands out what is there instead. */
static gboolean
says (CamChartView          *view,
      GtkAccessibleProperty  property,
      const char            *text)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (view), property, text);

  return wrong == NULL;
}

static void
test_description (Fixture       *fixture,
                  gconstpointer  data)
{
  gtk_test_accessible_assert_role (fixture->view, GTK_ACCESSIBLE_ROLE_IMG);
  ui_wait (says (fixture->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                 "Loss: validation 0.15 at epoch 10, lowest 0.15 at 10; train 0.1 at epoch 10, lowest 0.1 at 10"));
  gtk_test_accessible_assert_property (fixture->view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss");
  g_object_set (fixture->view, "title", "Another", NULL);
  ui_wait (says (fixture->view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Another"));
}

static CamChart *
new_axes (guint n_lines)
{
  static const CamChartAxis axes[] = { { "rate", TRUE, FALSE, 1e-4, 1, NULL, 0 }, { "loss", FALSE, FALSE, 0, 1, NULL, 0 } };
  static const char *const names[] = { "a", "b", "c", "d" };
  static const double values[] = { 1e-4, 0.9, 1e-3, 0.5, 1e-2, 0.1, 1, 0.2 };
  CamChart *chart = cam_chart_new ();

  cam_chart_set_parallel (chart, axes, 2, values, names, n_lines, FALSE);
  return chart;
}

/* A brush is the view's own, and outlasts a chart with more lines; the key 0 takes it away. */
static void
test_brush (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(CamChart) three = new_axes (3), four = new_axes (4);
  double low, high;

  cam_chart_view_set_chart (fixture->view, three);
  cam_chart_view_set_brush (fixture->view, 1, 0, 0.3);
  g_assert_cmpuint (cam_chart_count_chosen (cam_chart_view_get_chart (fixture->view)), ==, 1);
  g_assert_false (cam_chart_get_brush (three, 1, &low, &high));

  cam_chart_view_set_chart (fixture->view, four);
  g_assert_cmpuint (cam_chart_count_chosen (cam_chart_view_get_chart (fixture->view)), ==, 2);
  g_assert_false (cam_chart_get_brush (four, 1, &low, &high));
  ui_wait (cam_chart_view_get_n_recorded (fixture->view) >= 2);
  wait_frames (GTK_WIDGET (fixture->view));

  /* What lies under the pointer is drawn without drawing the lines again. */
  {
    guint n_recorded = cam_chart_view_get_n_recorded (fixture->view);

    cam_chart_view_set_spot (fixture->view, g_strdup ("a\nrate 1"), 20, 20);
    wait_frames (GTK_WIDGET (fixture->view));
    cam_chart_view_set_spot (fixture->view, NULL, 0, 0);
    wait_frames (GTK_WIDGET (fixture->view));
    g_assert_cmpuint (cam_chart_view_get_n_recorded (fixture->view), ==, n_recorded);
  }

  press_key (fixture->view, GDK_KEY_0);
  g_assert_cmpuint (cam_chart_count_chosen (cam_chart_view_get_chart (fixture->view)), ==, 4);
}

static void
test_no_chart (Fixture       *fixture,
               gconstpointer  data)
{
  cam_chart_view_set_chart (fixture->view, NULL);
  wait_frames (GTK_WIDGET (fixture->view));
  point_at (fixture->view, 100, 100);
  g_assert_false (cam_chart_view_get_readout (fixture->view, NULL));
  g_assert_false (press_key (fixture->view, GDK_KEY_Left));
}

/* Curves that do not all have a point everywhere. */
static void
test_readout_of_several (void)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  const double long_x[] = { 1, 2, 3, 4 }, short_x[] = { 1, 2.5 }, y[] = { 0.25, 0.5, NAN, 1 };
  g_autofree char *at_one = NULL;
  g_autofree char *at_three = NULL;

  cam_chart_add_curve (chart, "a", long_x, y, 4, 0, CAM_LINE_SOLID);
  cam_chart_add_curve (chart, "b", short_x, y, 2, 1, CAM_LINE_SOLID);
  cam_chart_add_curve (chart, "none", NULL, NULL, 0, 1, CAM_LINE_SOLID);
  g_assert_cmpfloat (cam_chart_readout_find (chart, 2.4, 0), ==, 2.5);
  g_assert_cmpfloat (cam_chart_readout_find (chart, 2, 1), ==, 2.5);
  g_assert_cmpfloat (cam_chart_readout_find (chart, 2.5, 1), ==, 3);
  g_assert_cmpfloat (cam_chart_readout_find (chart, 3, -1), ==, 2.5);
  g_assert_cmpfloat (cam_chart_readout_find (chart, 4, 1), ==, 4);
  g_assert_cmpfloat (cam_chart_readout_find (chart, INFINITY, 0), ==, 4);
  g_assert_cmpfloat (cam_chart_readout_find (chart, -INFINITY, 0), ==, 1);
  at_one = cam_chart_readout_dup_text (chart, 1);
  at_three = cam_chart_readout_dup_text (chart, 3);
  g_assert_cmpstr (at_one, ==, "1: a 0.25, b 0.25");
  g_assert_cmpstr (at_three, ==, "3: a –");
  cam_chart_set_visible (chart, 0, FALSE);
  cam_chart_set_visible (chart, 1, FALSE);
  g_assert_true (isnan (cam_chart_readout_find (chart, 1, 0)));
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add ("/app/chart-view/recorded-once", Fixture, NULL, set_up, test_recorded_once, tear_down);
  g_test_add ("/app/chart-view/burst", Fixture, NULL, set_up, test_burst, tear_down);
  g_test_add ("/app/chart-view/dark", Fixture, NULL, set_up, test_dark, tear_down);
  g_test_add ("/app/chart-view/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/app/chart-view/description", Fixture, NULL, set_up, test_description, tear_down);
  g_test_add ("/app/chart-view/brush", Fixture, NULL, set_up, test_brush, tear_down);
  g_test_add ("/app/chart-view/no-chart", Fixture, NULL, set_up, test_no_chart, tear_down);
  g_test_add_func ("/app/chart-view/readout", test_readout_of_several);
  return g_test_run ();
}
