/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking closer: the arithmetic of a zoom, and pointer, wheel and keys that change it in a real window; charts that are read out together. */
#include "uitest.h"

#include <math.h>

#include <cam-chart-pick.h>
#include <cam-chart-view.h>

#define N 100

static CamChart *
new_chart (guint n)
{
  double y[N];

  for (guint i = 0; i < n; i++)
    y[i] = 1.0 / (i + 1);
  return cam_chart_new_history ("Loss", "loss", y, NULL, n, n, 0, FALSE, 0, 0);
}

/* Arithmetic -------------------------------------------------------------------------------------------------------- */

/* A plot of 100 × 100 pixels: x 0 … 10, y 0 … 1. */
static const CamChartLayout whole = { .left = 0, .right = 100, .top = 0, .bottom = 100, .x_min = 0, .x_max = 10, .y_min = 0, .y_max = 1 };

typedef struct
{
  const char  *name;
  double       x0, y0, x1, y1;
  CamZoomAxes  axes;
  CamChartZoom wanted;
} SelectCase;

static const SelectCase select_cases[] = {
  { "x", 20, 10, 40, 15, CAM_ZOOM_X, { 2, 4, NAN, NAN } },
  { "backwards", 40, 15, 20, 10, CAM_ZOOM_X, { 2, 4, NAN, NAN } },
  { "y", 20, 25, 40, 75, CAM_ZOOM_Y, { NAN, NAN, 0.25, 0.75 } },
  { "both", 0, 0, 50, 50, CAM_ZOOM_X | CAM_ZOOM_Y, { 0, 5, 0.5, 1 } },
  { "beyond-the-edge", -500, 0, 50, 0, CAM_ZOOM_X, { 0, 5, NAN, NAN } },
  { "all-of-it", -500, -500, 500, 500, CAM_ZOOM_X | CAM_ZOOM_Y, { NAN, NAN, NAN, NAN } },
  { "nothing", 50, 0, 50, 0, CAM_ZOOM_X, { 4.9995, 5.0005, NAN, NAN } },
};

static void
assert_limit (double value,
              double wanted)
{
  if (isnan (wanted))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat_with_epsilon (value, wanted, 1e-9);
}

static void
assert_zoom (const CamChartZoom *zoom,
             const CamChartZoom *wanted)
{
  assert_limit (zoom->x_min, wanted->x_min);
  assert_limit (zoom->x_max, wanted->x_max);
  assert_limit (zoom->y_min, wanted->y_min);
  assert_limit (zoom->y_max, wanted->y_max);
}

static void
test_select (gconstpointer data)
{
  const SelectCase *c = data;
  CamChartZoom zoom = CAM_CHART_ZOOM_NONE;

  cam_chart_zoom_select (&zoom, &whole, &whole, c->x0, c->y0, c->x1, c->y1, c->axes);
  assert_zoom (&zoom, &c->wanted);
  g_assert_cmpint (cam_chart_zoom_is_on (&zoom), ==, !isnan (c->wanted.x_min) || !isnan (c->wanted.y_min));
}

/* In and out again around one pixel is nothing at all, and the value under the pixel does not move. */
static void
test_scale (void)
{
  CamChartZoom zoom = CAM_CHART_ZOOM_NONE;
  CamChartLayout layout = whole;

  cam_chart_zoom_scale (&zoom, &layout, &whole, 0.5, 30, 0, CAM_ZOOM_X);
  assert_zoom (&zoom, &(CamChartZoom) { 1.5, 6.5, NAN, NAN });
  layout.x_min = zoom.x_min;
  layout.x_max = zoom.x_max;
  g_assert_cmpfloat_with_epsilon (cam_chart_layout_x (&layout, 30), 3, 1e-9);
  cam_chart_zoom_scale (&zoom, &layout, &whole, 2, 30, 0, CAM_ZOOM_X);
  g_assert_false (cam_chart_zoom_is_on (&zoom));
  for (guint i = 0; i < 200; i++)       /* there is an end to it */
    {
      cam_chart_zoom_scale (&zoom, &layout, &whole, 0.5, 50, 0, CAM_ZOOM_X);
      layout.x_min = zoom.x_min;
      layout.x_max = zoom.x_max;
    }
  g_assert_cmpfloat_with_epsilon (zoom.x_max - zoom.x_min, 1e-3, 1e-9);
}

static void
test_pan (void)
{
  CamChartZoom zoom = { 2, 4, NAN, NAN };
  CamChartLayout layout = whole;

  layout.x_min = 2;
  layout.x_max = 4;
  g_assert_true (cam_chart_zoom_pan (&zoom, &layout, &whole, 50, 50));
  assert_zoom (&zoom, &(CamChartZoom) { 1, 3, NAN, NAN });
  layout.x_min = 1;
  layout.x_max = 3;
  g_assert_true (cam_chart_zoom_pan (&zoom, &layout, &whole, -1000, 0));
  assert_zoom (&zoom, &(CamChartZoom) { 8, 10, NAN, NAN });
  layout.x_min = 8;
  layout.x_max = 10;
  g_assert_false (cam_chart_zoom_pan (&zoom, &layout, &whole, -10, 0));
}

/* On a log axis half of the pixels are half of the powers. */
static void
test_log (void)
{
  CamChartZoom zoom = CAM_CHART_ZOOM_NONE;
  CamChartLayout layout = whole;

  layout.y_log = TRUE;
  layout.y_min = -4;
  layout.y_max = 0;
  cam_chart_zoom_select (&zoom, &layout, &layout, 0, 50, 0, 100, CAM_ZOOM_Y);
  g_assert_cmpfloat_with_epsilon (zoom.y_min, 1e-4, 1e-12);
  g_assert_cmpfloat_with_epsilon (zoom.y_max, 1e-2, 1e-12);
}

static void
test_sees (void)
{
  g_autoptr(CamChart) chart = new_chart (10);

  g_assert_true (cam_chart_zoom_sees (&CAM_CHART_ZOOM_NONE, chart));
  g_assert_true (cam_chart_zoom_sees (&(CamChartZoom) { 2, 4, NAN, NAN }, chart));
  g_assert_false (cam_chart_zoom_sees (&(CamChartZoom) { 20, 40, NAN, NAN }, chart));
  g_assert_false (cam_chart_zoom_sees (&(CamChartZoom) { 2, 4, 0.9, 1 }, chart));
}

/* In a window ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget    *window;
  CamChartView *view, *other;
  CamChartLink *link;
  double        activated;
} Fixture;

static void
activated_cb (Fixture *fixture,
              double   x)
{
  fixture->activated = x;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr(CamChart) chart = new_chart (N);
  g_autoptr(CamChart) shorter = new_chart (40);

  fixture->window = gtk_window_new ();
  fixture->view = CAM_CHART_VIEW (cam_chart_view_new ());
  fixture->other = CAM_CHART_VIEW (cam_chart_view_new ());
  fixture->link = cam_chart_link_new ();
  cam_chart_view_set_link (fixture->view, fixture->link);
  cam_chart_view_set_link (fixture->other, fixture->link);
  cam_chart_view_set_chart (fixture->view, chart);
  cam_chart_view_set_chart (fixture->other, shorter);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->view), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->other), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->view));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->other));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait (cam_chart_view_get_n_recorded (fixture->view) == 1 && cam_chart_view_get_n_recorded (fixture->other) == 1);
  fixture->activated = NAN;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->link);
}

static GtkEventController *
get_controller (CamChartView *view,
                GType         type)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type)
        return controller;              /* the widget keeps it */
    }
  g_assert_not_reached ();
}

static gboolean
press_key (Fixture         *fixture,
           guint            keyval,
           GdkModifierType  state)
{
  gboolean is_handled = FALSE;

  g_signal_emit_by_name (get_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", keyval, 0, state, &is_handled);
  return is_handled;
}

static void
drag (Fixture *fixture,
      double   from_x,
      double   from_y,
      double   to_x,
      double   to_y)
{
  GtkEventController *gesture = get_controller (fixture->view, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", from_x, from_y);
  g_signal_emit_by_name (gesture, "drag-update", (to_x - from_x) / 2, (to_y - from_y) / 2);
  g_signal_emit_by_name (gesture, "drag-update", to_x - from_x, to_y - from_y);
  g_signal_emit_by_name (gesture, "drag-end", to_x - from_x, to_y - from_y);
}

/* Of what is asked for, drawn or not yet: hands are quicker than frames. */
static const CamChartLayout *
get_layout (Fixture *fixture)
{
  return cam_chart_view_get_layout (fixture->view);
}

static void
click (Fixture *fixture,
       double   x,
       double   y,
       int      n_press)
{
  GtkEventController *gesture = get_controller (fixture->view, GTK_TYPE_GESTURE_CLICK);

  g_signal_emit_by_name (gesture, "pressed", n_press, x, y);
  g_signal_emit_by_name (gesture, "released", n_press, x, y);
}

static void
test_drag (Fixture       *fixture,
           gconstpointer  data)
{
  CamChartLayout before = *get_layout (fixture);
  const CamChartLayout *after;
  gboolean is_zoomed;

  drag (fixture, cam_chart_layout_to_px (&before, 20), 60, cam_chart_layout_to_px (&before, 40), 65);
  after = get_layout (fixture);
  g_assert_cmpfloat_with_epsilon (after->x_min, 20, 1e-6);
  g_assert_cmpfloat_with_epsilon (after->x_max, 40, 1e-6);
  g_assert_cmpfloat (after->y_max, <, 0.1);             /* y follows what is to be seen */
  g_object_get (fixture->view, "zoomed", &is_zoomed, NULL);
  g_assert_true (is_zoomed);
  /* The chart itself is not touched. */
  cam_chart_find_extent (cam_chart_view_get_chart (fixture->view), &before);
  g_assert_cmpfloat (before.x_max, ==, N);

  click (fixture, 200, 60, 2);
  g_object_get (fixture->view, "zoomed", &is_zoomed, NULL);
  g_assert_false (is_zoomed);
  g_assert_cmpfloat (get_layout (fixture)->x_max, ==, N);
}

static void
test_drag_both (Fixture       *fixture,
                gconstpointer  data)
{
  CamChartLayout before = *get_layout (fixture);

  drag (fixture, cam_chart_layout_to_px (&before, 1), cam_chart_layout_to_py (&before, 0.8), cam_chart_layout_to_px (&before, 50), cam_chart_layout_to_py (&before, 0.2));
  g_assert_cmpfloat_with_epsilon (get_layout (fixture)->y_min, 0.2, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_layout (fixture)->y_max, 0.8, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_layout (fixture)->x_min, 1, 1e-6);
}

static void
test_zoom_keys (Fixture       *fixture,
                gconstpointer  data)
{
  double span = get_layout (fixture)->x_max - get_layout (fixture)->x_min, min, x;

  g_assert_false (press_key (fixture, GDK_KEY_Right, GDK_SHIFT_MASK));      /* not zoomed: nothing to move along */
  g_assert_true (press_key (fixture, GDK_KEY_plus, 0));
  g_assert_cmpfloat_with_epsilon (get_layout (fixture)->x_max - get_layout (fixture)->x_min, span / 1.25, 1e-6);
  min = get_layout (fixture)->x_min;
  g_assert_true (press_key (fixture, GDK_KEY_Left, GDK_SHIFT_MASK));
  g_assert_cmpfloat (get_layout (fixture)->x_min, <, min);
  /* The read-out at the last epoch takes the plot along. */
  g_assert_true (press_key (fixture, GDK_KEY_End, 0));
  cam_chart_view_get_readout (fixture->view, &x);
  g_assert_cmpfloat (x, ==, N);
  g_assert_cmpfloat (get_layout (fixture)->x_max, ==, N);
  g_assert_true (press_key (fixture, GDK_KEY_minus, 0));
  g_assert_true (press_key (fixture, GDK_KEY_minus, 0));
  g_assert_false (cam_chart_zoom_is_on (cam_chart_view_get_zoom (fixture->view)));
  press_key (fixture, GDK_KEY_plus, 0);
  g_assert_true (press_key (fixture, GDK_KEY_0, 0));
  g_assert_false (cam_chart_zoom_is_on (cam_chart_view_get_zoom (fixture->view)));
}

static void
test_wheel (Fixture       *fixture,
            gconstpointer  data)
{
  GtkEventController *scroll = get_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  CamChartZoom zoom = { 20, 40, NAN, NAN };
  gboolean is_handled;

  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &is_handled);
  g_assert_false (is_handled);                  /* the page scrolls */
  cam_chart_view_set_zoom (fixture->view, &zoom);
  get_layout (fixture);
  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &is_handled);
  g_assert_true (is_handled);
  g_assert_cmpfloat (get_layout (fixture)->x_min, >, 20);
  g_assert_cmpfloat_with_epsilon (get_layout (fixture)->x_max - get_layout (fixture)->x_min, 20, 1e-6);
  for (guint i = 0; is_handled && i < 200; i++)
    {
      get_layout (fixture);
      g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &is_handled);
    }
  g_assert_false (is_handled);                  /* at the end the page scrolls on */
  g_assert_cmpfloat (get_layout (fixture)->x_max, ==, N);
}

/* A zoom in which a new chart has nothing is given up. */
static void
test_another_chart (Fixture       *fixture,
                    gconstpointer  data)
{
  CamChartZoom zoom = { 50, 60, NAN, NAN };
  g_autoptr(CamChart) longer = new_chart (80);
  g_autoptr(CamChart) shorter = new_chart (10);

  cam_chart_view_set_zoom (fixture->view, &zoom);
  cam_chart_view_set_chart (fixture->view, longer);
  g_assert_true (cam_chart_zoom_is_on (cam_chart_view_get_zoom (fixture->view)));
  cam_chart_view_set_chart (fixture->view, shorter);
  g_assert_false (cam_chart_zoom_is_on (cam_chart_view_get_zoom (fixture->view)));
}

static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  double x;

  cam_chart_view_set_readout (fixture->view, 12);
  g_assert_true (cam_chart_view_get_readout (fixture->other, &x));
  g_assert_cmpfloat (x, ==, 12);
  cam_chart_view_set_readout (fixture->view, 60);       /* the other has 40 */
  g_assert_false (cam_chart_view_get_readout (fixture->other, NULL));
  cam_chart_view_set_readout (fixture->other, 7);
  cam_chart_view_get_readout (fixture->view, &x);
  g_assert_cmpfloat (x, ==, 7);
  cam_chart_view_set_readout (fixture->other, NAN);
  g_assert_false (cam_chart_view_get_readout (fixture->view, NULL));
}

static void
test_activate (Fixture       *fixture,
               gconstpointer  data)
{
  CamChartLayout layout = *get_layout (fixture);
  double px = cam_chart_layout_to_px (&layout, 33.2);

  press_key (fixture, GDK_KEY_Home, 0);
  g_assert_false (press_key (fixture, GDK_KEY_Return, 0));      /* nobody listens */
  g_signal_connect_swapped (fixture->view, "point-activated", G_CALLBACK (activated_cb), fixture);
  click (fixture, px, 60, 1);
  g_assert_cmpfloat (fixture->activated, ==, 33);
  g_assert_true (press_key (fixture, GDK_KEY_Return, 0));
  g_assert_cmpfloat (fixture->activated, ==, 1);

  /* Zoomed, the first of two clicks does nothing by itself. */
  fixture->activated = NAN;
  press_key (fixture, GDK_KEY_plus, 0);
  get_layout (fixture);
  click (fixture, px, 60, 1);
  g_assert_true (isnan (fixture->activated));
  click (fixture, px, 60, 2);
  g_usleep (400 * 1000);
  ui_settle ();
  g_assert_true (isnan (fixture->activated));
  g_assert_false (cam_chart_zoom_is_on (cam_chart_view_get_zoom (fixture->view)));
}

/* Two lines that cross in the middle of the plot, and a pale one beside the first. */
static CamChart *
new_cross (void)
{
  const double x[] = { 0, 5, 10 }, up[] = { 0, 0.5, 1 }, down[] = { 1, 0.5, 0 }, beside[] = { 0.04, 0.54, 1.04 };
  CamChart *chart = cam_chart_new ();

  cam_chart_add_curve (chart, "up", x, up, 3, 0, CAM_LINE_SOLID);
  cam_chart_add_curve (chart, "down", x, down, 3, 1, CAM_LINE_SOLID);
  cam_chart_add_curve (chart, "beside", x, beside, 3, 2, CAM_LINE_SOLID);
  cam_chart_set_faded (chart, 2, TRUE);
  return chart;
}

static void
test_pick (void)
{
  static const struct { double x, y; int series; } cases[] = {
    { 25, 75, 0 }, { 27, 75, 0 }, { 25, 25, 1 }, { 50, 50, 0 }, { 90, 91, 1 }, { 75, 50, -1 }, { -20, 50, -1 },
    { 25, 72, 0 },      /* nearer to the pale one, but not meant */
    { 25, 63, 2 },
  };
  g_autoptr(CamChart) chart = new_cross ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%g, %g", cases[i].x, cases[i].y);
      g_assert_cmpint (cam_chart_pick (chart, &whole, cases[i].x, cases[i].y, 8), ==, cases[i].series);
    }
  cam_chart_set_visible (chart, 0, FALSE);
  g_assert_cmpint (cam_chart_pick (chart, &whole, 25, 76, 5), ==, 2);
}

static void
series_cb (guint *series,
           guint  activated)
{
  *series = activated;
}

/* A click on a curve says which; one beside it says nothing, nor does one where nobody listens. */
static void
test_activate_series (Fixture       *fixture,
                      gconstpointer  data)
{
  CamChartLayout layout = *get_layout (fixture);
  double px = cam_chart_layout_to_px (&layout, 50), py = cam_chart_layout_to_py (&layout, 1.0 / 50);
  guint series = 99;

  g_assert_cmpint (cam_chart_view_pick (fixture->view, px, py), ==, -1);
  g_signal_connect_swapped (fixture->view, "series-activated", G_CALLBACK (series_cb), &series);
  g_assert_cmpint (cam_chart_view_pick (fixture->view, px, py), ==, 0);
  click (fixture, px, py - 60, 1);
  g_assert_cmpuint (series, ==, 99);
  click (fixture, px, py - 2, 1);
  g_assert_cmpuint (series, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (select_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/chart-zoom/select/", select_cases[i].name, NULL);

      g_test_add_data_func (path, &select_cases[i], test_select);
    }
  g_test_add_func ("/app/chart-zoom/pick", test_pick);
  g_test_add_func ("/app/chart-zoom/scale", test_scale);
  g_test_add_func ("/app/chart-zoom/pan", test_pan);
  g_test_add_func ("/app/chart-zoom/log", test_log);
  g_test_add_func ("/app/chart-zoom/sees", test_sees);
  g_test_add ("/app/chart-zoom/drag", Fixture, NULL, set_up, test_drag, tear_down);
  g_test_add ("/app/chart-zoom/drag-both", Fixture, NULL, set_up, test_drag_both, tear_down);
  g_test_add ("/app/chart-zoom/keys", Fixture, NULL, set_up, test_zoom_keys, tear_down);
  g_test_add ("/app/chart-zoom/wheel", Fixture, NULL, set_up, test_wheel, tear_down);
  g_test_add ("/app/chart-zoom/another-chart", Fixture, NULL, set_up, test_another_chart, tear_down);
  g_test_add ("/app/chart-zoom/link", Fixture, NULL, set_up, test_link, tear_down);
  g_test_add ("/app/chart-zoom/activate", Fixture, NULL, set_up, test_activate, tear_down);
  g_test_add ("/app/chart-zoom/activate-series", Fixture, NULL, set_up, test_activate_series, tear_down);
  return g_test_run ();
}
