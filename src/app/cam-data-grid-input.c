/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keyboard of the grid. */

#include "cam-data-grid-private.h"

#include <math.h>

#define KEY_STEP 16         /* pixels that a key widens a column by */

/* Pointer ----------------------------------------------------------------------------------------------------------- */

static void
motion_cb (CamDataGrid *self,
           double       x,
           double       y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->dragged >= 0 || cam_data_grid_find_edge (self, x, y) >= 0 ? "col-resize" : NULL);
}

/* All from the anchor to @place; with @keep beside what is selected. */
static void
select_range (CamDataGrid *self,
              guint        place,
              gboolean     keep)
{
  g_autoptr(GtkBitset) selection = keep ? gtk_bitset_copy (cam_columns_get_selection (self->columns)) : gtk_bitset_new_empty ();
  guint from = MIN (self->anchor, place), to = MAX (self->anchor, place);

  for (guint p = from; p <= to && p < self->places->len; p++)
    gtk_bitset_add (selection, cam_data_grid_peek_place (self, p)->column);
  cam_columns_select (self->columns, selection, (int) cam_data_grid_peek_place (self, place)->column);
}

static void
choose_place (CamDataGrid     *self,
              guint            place,
              GdkModifierType  state)
{
  guint column = cam_data_grid_peek_place (self, place)->column;

  if ((state & GDK_SHIFT_MASK) != 0)
    {
      select_range (self, place, (state & GDK_CONTROL_MASK) != 0);
      return;
    }
  self->anchor = place;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      g_autoptr(GtkBitset) selection = gtk_bitset_copy (cam_columns_get_selection (self->columns));

      if (gtk_bitset_contains (selection, column))
        gtk_bitset_remove (selection, column);
      else
        gtk_bitset_add (selection, column);
      cam_columns_select (self->columns, selection, (int) column);
      return;
    }
  cam_columns_select_one (self->columns, (int) column);
}

static void
pressed_cb (CamDataGrid     *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  int edge = cam_data_grid_find_edge (self, x, y), place = cam_data_grid_find_place (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (edge >= 0)
    {
      if (n_press == 2)
        cam_data_grid_set_width (self, (guint) edge, -1);
      return;
    }
  if (place < 0)
    return;
  if (y > self->head_height)
    cam_data_grid_set_row (self, (gsize) ((y - self->head_height + cam_data_grid_get_y (self)) / CAM_DATA_ROW_HEIGHT));
  choose_place (self, (guint) place, state);
  cam_columns_tell_chosen (self->columns);
}

static void
drag_begin_cb (CamDataGrid    *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  self->dragged = cam_data_grid_find_edge (self, x, y);
  if (self->dragged < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_width = cam_data_grid_get_width (self, (guint) self->dragged);
}

static void
drag_update_cb (CamDataGrid *self,
                double       x,
                double       y)
{
  if (self->dragged >= 0 && fabs (x) > 0)
    cam_data_grid_set_width (self, (guint) self->dragged, self->drag_width + (int) round (x));
}

static void
drag_end_cb (CamDataGrid *self)
{
  self->dragged = -1;
}

/* Keyboard ---------------------------------------------------------------------------------------------------------- */

static void
move_column (CamDataGrid     *self,
             int              to,
             GdkModifierType  state)
{
  if (self->places->len == 0)
    return;
  choose_place (self, (guint) CLAMP (to, 0, (int) self->places->len - 1), state & GDK_SHIFT_MASK);
}

static void
move_row (CamDataGrid *self,
          double       by)
{
  double row = (self->has_focus_row ? (double) self->row : 0) + by;

  if (!self->has_focus_row && by > 0)
    row = 0;
  cam_data_grid_go_to (self, (gsize) MAX (row, 0));
}

static gboolean
key_cb (CamDataGrid     *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  const gboolean is_control = (state & GDK_CONTROL_MASK) != 0;
  const int lead = self->columns != NULL ? cam_columns_get_lead (self->columns) : -1;
  const int place = cam_data_grid_place_of (self, lead);
  const double page = MAX (cam_data_grid_page_height (self) / CAM_DATA_ROW_HEIGHT - 1, 1);

  if (self->table == NULL || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      if (is_control && lead >= 0)
        cam_data_grid_set_width (self, (guint) lead, cam_data_grid_get_width (self, (guint) lead) - KEY_STEP);
      else
        move_column (self, place - 1, state);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (is_control && lead >= 0)
        cam_data_grid_set_width (self, (guint) lead, cam_data_grid_get_width (self, (guint) lead) + KEY_STEP);
      else
        move_column (self, place + 1, state);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_row (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_row (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_row (self, -page);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_row (self, page);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      if (is_control)
        cam_data_grid_go_to (self, 0);
      else
        move_column (self, 0, state);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      if (is_control)
        cam_data_grid_go_to (self, G_MAXSIZE);
      else
        move_column (self, (int) self->places->len - 1, state);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      cam_columns_tell_activated (self->columns);
      return GDK_EVENT_STOP;
    case GDK_KEY_a:
      if (!is_control)
        return GDK_EVENT_PROPAGATE;
      {
        g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, self->places->len);

        cam_columns_select (self->columns, all, lead);
      }
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
cam_data_grid_add_input (CamDataGrid *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
