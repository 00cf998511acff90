/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keys on a chart. Each gesture only asks the view for another read-out, selection or zoom. */
#include "cam-chart-input.h"

#include <math.h>

#include "cam-chart-readout.h"

#define REACH 12                /* pixels around the plot in which the pointer still reads it out */
#define LEAST_DRAG 6            /* a hand that clicks moves less */
#define FLAT 18                 /* a selection lower than that is of x alone, a narrower one of y */
#define STEP 1.25               /* of a zoom, a notch or a key */
#define NOTCH_PIXELS 60
#define DOUBLE_CLICK_MS 300

typedef enum { DRAG_NOTHING, DRAG_SELECT, DRAG_PAN, DRAG_BRUSH } Drag;

typedef struct
{
  CamChartView   *view;         /* borrowed: owns this */
  CamChartLayout  layout;       /* when the drag began */
  CamChartZoom    zoom;
  Drag            drag;
  int             axis;         /* the parallel axis under it; −1: none */
  double          x, y;         /* where it began */
  double          pointer_x, pointer_y;
  double          clicked_x;
  guint           click_timer;
} CamChartInput;

static void
input_free (gpointer data)
{
  CamChartInput *self = data;

  g_clear_handle_id (&self->click_timer, g_source_remove);
  g_free (self);
}

static gboolean
is_near (const CamChartLayout *layout,
         double                x,
         double                y)
{
  return layout != NULL && x >= layout->left - REACH && x <= layout->right + REACH && y >= layout->top - REACH && y <= layout->bottom + REACH;
}

/* NULL: no chart that can be zoomed; @extent: of all of it. */
static const CamChartLayout *
get_layout (CamChartInput  *self,
            CamChartLayout *extent)
{
  const CamChartLayout *layout = cam_chart_view_get_layout (self->view);
  CamChart *chart = cam_chart_view_get_chart (self->view);

  if (layout == NULL || cam_chart_get_n_rows (chart) > 0 || cam_chart_get_n_groups (chart) > 0 || cam_chart_get_n_axes (chart) > 0)
    return NULL;
  cam_chart_find_extent (chart, extent);
  return layout;
}

static void
show_all (CamChartInput *self)
{
  CamChartZoom none = CAM_CHART_ZOOM_NONE;
  CamChart *chart = cam_chart_view_get_chart (self->view);
  guint n_axes = chart != NULL ? cam_chart_get_n_axes (chart) : 0;

  for (guint axis = 0; axis < n_axes; axis++)
    cam_chart_view_set_brush (self->view, axis, NAN, NAN);
  cam_chart_view_set_zoom (self->view, &none);
}

static CamZoomAxes
get_zoomed_axes (CamChartInput *self)
{
  return isnan (cam_chart_view_get_zoom (self->view)->y_min) ? CAM_ZOOM_X : CAM_ZOOM_X | CAM_ZOOM_Y;
}

/* Hovering */

/* A point of the curve that the pointer is on, else the nearest of any: curves over time have their points at places of their own. */
static double
find_readout (CamChartInput        *self,
              const CamChartLayout *layout,
              double                x,
              double                y)
{
  CamChart *chart = cam_chart_view_get_chart (self->view);
  int picked = cam_chart_view_pick (self->view, x, y);
  const double *places;
  gsize i;

  cam_chart_view_set_picked (self->view, picked);
  if (!is_near (layout, x, y))
    return NAN;
  if (picked >= 0 && cam_chart_find (chart, (guint) picked, cam_chart_layout_x (layout, x), &i))
    {
      cam_chart_get_points (chart, (guint) picked, &places, NULL);
      return places[i];
    }
  return cam_chart_readout_find (chart, cam_chart_layout_x (layout, x), 0);
}

/* Where x alone does not say what is meant. Of a dot among curves the curves are read out, unless the pointer is on it. */
static gboolean
show_spot (CamChartInput        *self,
           const CamChartLayout *layout,
           double                x,
           double                y)
{
  CamChart *chart = cam_chart_view_get_chart (self->view);
  char *text = layout != NULL && chart != NULL && cam_chart_has_spots (chart) && is_near (layout, x, y) ? cam_chart_dup_spot (chart, layout, x, y) : NULL;

  cam_chart_view_set_spot (self->view, text, x, y);
  if (chart != NULL && cam_chart_get_n_axes (chart) > 0)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view), layout != NULL && cam_chart_find_axis (chart, layout, x, y) >= 0 ? "row-resize" : NULL);

  return text != NULL || (chart != NULL && cam_chart_get_n_axes (chart) > 0);
}

static void
motion_cb (CamChartInput *self,
           double         x,
           double         y)
{
  const CamChartLayout *layout = cam_chart_view_get_layout (self->view);

  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag != DRAG_NOTHING)
    return;
  if (show_spot (self, layout, x, y))
    cam_chart_view_set_readout (self->view, NAN);
  else
    cam_chart_view_set_readout (self->view, find_readout (self, layout, x, y));
}

static void
leave_cb (CamChartInput *self)
{
  cam_chart_view_set_picked (self->view, -1);
  cam_chart_view_set_spot (self->view, NULL, 0, 0);
  cam_chart_view_set_readout (self->view, NAN);
}

/* Dragging */

static gboolean
is_panning (GtkGestureDrag *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  return gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_MIDDLE || (state & GDK_SHIFT_MASK) != 0;
}

/* The parallel axis at a place; −1: none. */
static int
find_axis (CamChartInput *self,
           double         x,
           double         y)
{
  const CamChartLayout *layout = cam_chart_view_get_layout (self->view);
  CamChart *chart = cam_chart_view_get_chart (self->view);

  return layout != NULL && chart != NULL ? cam_chart_find_axis (chart, layout, x, y) : -1;
}

static void
drag_begin_cb (CamChartInput  *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  CamChartLayout extent;
  const CamChartLayout *layout = get_layout (self, &extent);

  self->drag = DRAG_NOTHING;
  self->axis = find_axis (self, x, y);
  if (self->axis >= 0)
    {
      self->layout = *cam_chart_view_get_layout (self->view);
      self->x = x;
      self->y = y;
      return;
    }
  if (!is_near (layout, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->layout = *layout;
  self->zoom = *cam_chart_view_get_zoom (self->view);
  self->x = x;
  self->y = y;
}

static void
select_to (CamChartInput *self,
           double         dx,
           double         dy,
           CamZoomAxes    axes)
{
  const CamChartLayout *l = &self->layout;
  double left = axes & CAM_ZOOM_X ? CLAMP (fmin (self->x, self->x + dx), l->left, l->right) : l->left;
  double right = axes & CAM_ZOOM_X ? CLAMP (fmax (self->x, self->x + dx), l->left, l->right) : l->right;
  double top = axes & CAM_ZOOM_Y ? CLAMP (fmin (self->y, self->y + dy), l->top, l->bottom) : l->top;
  double bottom = axes & CAM_ZOOM_Y ? CLAMP (fmax (self->y, self->y + dy), l->top, l->bottom) : l->bottom;

  cam_chart_view_set_selection (self->view, &GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (right - left), (float) (bottom - top)));
}

/* A chart that has come meanwhile may have fewer axes. */
static void
brush_to (CamChartInput *self,
          double         dy)
{
  CamChart *chart = cam_chart_view_get_chart (self->view);

  if (chart != NULL && self->axis < (int) cam_chart_get_n_axes (chart))
    cam_chart_view_set_brush (self->view, (guint) self->axis, cam_chart_layout_y (&self->layout, self->y), cam_chart_layout_y (&self->layout, self->y + dy));
}

static CamZoomAxes
get_axes (double dx,
          double dy)
{
  if (fabs (dx) < FLAT && fabs (dy) >= FLAT)
    return CAM_ZOOM_Y;
  return fabs (dy) < FLAT ? CAM_ZOOM_X : CAM_ZOOM_X | CAM_ZOOM_Y;
}

static void
drag_update_cb (CamChartInput  *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  CamChartLayout extent;

  if (self->drag == DRAG_NOTHING)
    {
      if (fabs (dx) < LEAST_DRAG && fabs (dy) < LEAST_DRAG)
        return;
      self->drag = self->axis >= 0 ? DRAG_BRUSH : is_panning (gesture) ? DRAG_PAN : DRAG_SELECT;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      cam_chart_view_set_readout (self->view, NAN);
      cam_chart_view_set_spot (self->view, NULL, 0, 0);
    }
  if (self->drag == DRAG_BRUSH)
    {
      brush_to (self, dy);
      return;
    }
  if (self->drag == DRAG_SELECT)
    {
      select_to (self, dx, dy, get_axes (dx, dy));
      return;
    }
  /* Each motion starts from where the drag began, so that nothing adds up. */
  if (get_layout (self, &extent) != NULL)
    {
      CamChartZoom zoom = self->zoom;

      cam_chart_zoom_pan (&zoom, &self->layout, &extent, dx, dy);
      cam_chart_view_set_zoom (self->view, &zoom);
    }
}

static void
drag_end_cb (CamChartInput  *self,
             double          dx,
             double          dy,
             GtkGestureDrag *gesture)
{
  CamChartLayout extent;
  CamChartZoom zoom = self->zoom;
  gboolean is_selected = self->drag == DRAG_SELECT;

  self->drag = DRAG_NOTHING;
  if (!is_selected)
    return;
  cam_chart_view_set_selection (self->view, NULL);
  if (get_layout (self, &extent) == NULL)
    return;
  cam_chart_zoom_select (&zoom, &self->layout, &extent, self->x, self->y, self->x + dx, self->y + dy, get_axes (dx, dy));
  cam_chart_view_set_zoom (self->view, &zoom);
}

static void
drag_cancel_cb (CamChartInput *self)
{
  self->drag = DRAG_NOTHING;
  cam_chart_view_set_selection (self->view, NULL);
}

/* The wheel */

static gboolean
scroll_cb (CamChartInput            *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  CamChartLayout extent;
  const CamChartLayout *layout = get_layout (self, &extent);
  CamChartZoom zoom = *cam_chart_view_get_zoom (self->view);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  gboolean is_zoom = (state & GDK_CONTROL_MASK) != 0;

  if (layout == NULL || (!is_zoom && !cam_chart_zoom_is_on (&zoom)))
    return GDK_EVENT_PROPAGATE;
  if (is_zoom)
    cam_chart_zoom_scale (&zoom, layout, &extent, pow (STEP, CLAMP (dy, -8, 8)), self->pointer_x, self->pointer_y, get_zoomed_axes (self));
  else if (!cam_chart_zoom_pan (&zoom, layout, &extent, -NOTCH_PIXELS * (dx != 0 ? dx : dy), 0))
    return GDK_EVENT_PROPAGATE;         /* at the end of the curve the page scrolls on */
  cam_chart_view_set_zoom (self->view, &zoom);
  return GDK_EVENT_STOP;
}

/* Keys */

static gboolean
zoom_by_key (CamChartInput *self,
             double         factor)
{
  CamChartLayout extent;
  const CamChartLayout *layout = get_layout (self, &extent);
  CamChartZoom zoom = *cam_chart_view_get_zoom (self->view);
  double x;

  if (layout == NULL)
    return GDK_EVENT_PROPAGATE;
  x = cam_chart_view_get_readout (self->view, &x) ? cam_chart_layout_to_px (layout, x) : (layout->left + layout->right) / 2;
  cam_chart_zoom_scale (&zoom, layout, &extent, factor, CLAMP (x, layout->left, layout->right), (layout->top + layout->bottom) / 2, get_zoomed_axes (self));
  cam_chart_view_set_zoom (self->view, &zoom);
  return GDK_EVENT_STOP;
}

static gboolean
pan_by_key (CamChartInput *self,
            int            right,
            int            down)
{
  CamChartLayout extent;
  const CamChartLayout *layout = get_layout (self, &extent);
  CamChartZoom zoom = *cam_chart_view_get_zoom (self->view);

  if (layout == NULL || !cam_chart_zoom_is_on (&zoom))
    return GDK_EVENT_PROPAGATE;
  cam_chart_zoom_pan (&zoom, layout, &extent, -NOTCH_PIXELS * right, -NOTCH_PIXELS * down);
  cam_chart_view_set_zoom (self->view, &zoom);
  return GDK_EVENT_STOP;
}

/* A read-out beyond the edge takes the plot along. */
static void
follow_readout (CamChartInput *self,
                double         x)
{
  CamChartLayout extent;
  const CamChartLayout *layout = get_layout (self, &extent);
  CamChartZoom zoom = *cam_chart_view_get_zoom (self->view);
  double px, middle;

  if (layout == NULL || !cam_chart_zoom_is_on (&zoom))
    return;
  px = cam_chart_layout_to_px (layout, x);
  middle = (layout->left + layout->right) / 2;
  if (px >= layout->left && px <= layout->right)
    return;
  cam_chart_zoom_pan (&zoom, layout, &extent, middle - px, 0);
  cam_chart_view_set_zoom (self->view, &zoom);
}

/* @step as in cam_chart_readout_find(); the first key shows the end that it comes from. */
static gboolean
move_readout (CamChartInput *self,
              double         from,
              int            step)
{
  CamChart *chart = cam_chart_view_get_chart (self->view);
  double x;

  if (chart == NULL)
    return GDK_EVENT_PROPAGATE;
  if (step != 0 && cam_chart_view_get_readout (self->view, &x))
    x = cam_chart_readout_find (chart, x, step);
  else
    x = cam_chart_readout_find (chart, from, 0);
  if (!isnan (x))
    {
      follow_readout (self, x);
      cam_chart_view_set_readout (self->view, x);
    }
  cam_chart_view_describe (self->view);
  return GDK_EVENT_STOP;
}

static gboolean
activate_readout (CamChartInput *self)
{
  double x;

  if (!cam_chart_view_can_activate (self->view) || !cam_chart_view_get_readout (self->view, &x))
    return GDK_EVENT_PROPAGATE;
  cam_chart_view_activate (self->view, x);
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (CamChartInput   *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  gboolean is_shift = (state & GDK_SHIFT_MASK) != 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return is_shift ? pan_by_key (self, -1, 0) : move_readout (self, INFINITY, -1);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return is_shift ? pan_by_key (self, 1, 0) : move_readout (self, -INFINITY, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return is_shift ? pan_by_key (self, 0, -1) : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return is_shift ? pan_by_key (self, 0, 1) : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Home:
      return move_readout (self, -INFINITY, 0);
    case GDK_KEY_End:
      return move_readout (self, INFINITY, 0);
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      return zoom_by_key (self, 1 / STEP);
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      return zoom_by_key (self, STEP);
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      show_all (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      return activate_readout (self);
    case GDK_KEY_Escape:
      if (!cam_chart_view_get_readout (self->view, NULL))
        return GDK_EVENT_PROPAGATE;
      cam_chart_view_set_readout (self->view, NAN);
      cam_chart_view_describe (self->view);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Clicks */

/* A click takes the brush of an axis away. */
static void
press_cb (CamChartInput *self,
          int            n_press,
          double         x,
          double         y)
{
  int axis = find_axis (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  g_clear_handle_id (&self->click_timer, g_source_remove);
  if (axis >= 0 && n_press == 1)
    cam_chart_view_set_brush (self->view, (guint) axis, NAN, NAN);
  if (n_press == 2)
    show_all (self);
}

static gboolean
click_cb (gpointer user_data)
{
  CamChartInput *self = user_data;

  self->click_timer = 0;
  cam_chart_view_activate (self->view, self->clicked_x);
  return G_SOURCE_REMOVE;
}

/* Where a second click would show all again, the first one waits for it. */
static void
release_cb (CamChartInput *self,
            int            n_press,
            double         x,
            double         y)
{
  const CamChartLayout *layout = cam_chart_view_get_layout (self->view);
  int picked = n_press == 1 ? cam_chart_view_pick (self->view, x, y) : -1;

  if (picked >= 0)
    cam_chart_view_activate_series (self->view, picked);
  if (n_press != 1 || !is_near (layout, x, y) || !cam_chart_view_can_activate (self->view))
    return;
  self->clicked_x = cam_chart_readout_find (cam_chart_view_get_chart (self->view), cam_chart_layout_x (layout, x), 0);
  if (isnan (self->clicked_x))
    return;
  if (cam_chart_zoom_is_on (cam_chart_view_get_zoom (self->view)))
    self->click_timer = g_timeout_add (DOUBLE_CLICK_MS, click_cb, self);
  else
    click_cb (self);
}

void
cam_chart_input_connect (CamChartView *view)
{
  CamChartInput *self = g_new0 (CamChartInput, 1);
  GtkWidget *widget = GTK_WIDGET (view);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *press = gtk_gesture_click_new ();

  self->view = view;
  g_object_set_data_full (G_OBJECT (view), "cam-chart-input", self, input_free);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (press_cb), self);
  g_signal_connect_swapped (press, "released", G_CALLBACK (release_cb), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (press));
  for (guint button = GDK_BUTTON_PRIMARY; button <= GDK_BUTTON_MIDDLE; button++)
    {
      GtkGesture *drag = gtk_gesture_drag_new ();

      gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
      g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
      g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
      g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
      g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
      gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
    }
}
