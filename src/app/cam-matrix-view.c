/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a matrix that can be pointed at and chosen. The drawing is kept: a ring that moves over a million cells does not draw them anew. */
#include "cam-matrix-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-words.h"

#define LEAST_WINDOW 4
#define LEAST_SIZE 180
#define MOST_ROWS 14            /* that the least height is made for */
#define RING 3                  /* of the theme's series: pink */

struct _CamMatrixView
{
  GtkWidget       parent_instance;

  /* owned */
  CamChart       *chart;          /* with the window that is shown; NULL: nothing */
  char          **names;
  double         *counts;         /* [n, n] */
  GskRenderNode  *node;           /* the drawing at @drawn_width × @drawn_height; NULL: to be drawn */
  GPtrArray      *buttons;        /* GtkButton, row by row; empty where there are too many */

  guint           n;
  int             drawn_width, drawn_height;
  CamChartLayout  layout;
  int             chosen_row, chosen_column;   /* −1: none */
  guint           cursor_row, cursor_column;
  gboolean        has_hover;
};

G_DEFINE_FINAL_TYPE (CamMatrixView, cam_matrix_view, GTK_TYPE_WIDGET)

enum { CELL_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
has_buttons (CamMatrixView *self)
{
  return self->n > 0 && self->n <= CAM_MATRIX_VIEW_MOST_BUTTONS;
}

static const CamChartTheme *
get_theme (void)
{
  return cam_chart_theme_get (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
}

char *
cam_matrix_view_describe (CamMatrixView *self,
                          guint          row,
                          guint          column)
{
  g_autofree char *rows = NULL;

  g_return_val_if_fail (CAM_IS_MATRIX_VIEW (self) && row < self->n && column < self->n, NULL);

  rows = cam_words_rows ((guint64) self->counts[(gsize) row * self->n + column]);
  if (row == column)
    /* translators: "58 rows": of a class that were said to be of it */
    return g_strdup_printf (_("%s of “%s”, rightly predicted"), rows, self->names[row]);
  /* translators: "12 rows"; their class, and the one that was predicted */
  return g_strdup_printf (_("%s of “%s”, predicted as “%s”"), rows, self->names[row], self->names[column]);
}

static void
describe (CamMatrixView *self)
{
  g_autofree char *summary = NULL;
  g_autofree char *cell = NULL;

  if (self->chart == NULL)
    return;
  summary = cam_chart_dup_summary (self->chart);
  if (!has_buttons (self))
    cell = cam_matrix_view_describe (self, self->cursor_row, self->cursor_column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Confusion matrix"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cell != NULL ? cell : summary, -1);
}

/* The drawing ------------------------------------------------------------------------------------------------------- */

static void
draw (CamMatrixView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  GtkSnapshot *snapshot;
  cairo_t *cr;

  if (self->node != NULL && self->drawn_width == width && self->drawn_height == height)
    return;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  snapshot = gtk_snapshot_new ();
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cam_chart_draw (self->chart, cr, width, height, get_theme (), CAM_CHART_PLAIN, &self->layout);
  cairo_destroy (cr);
  self->node = gtk_snapshot_free_to_node (snapshot);
  self->drawn_width = width;
  self->drawn_height = height;
}

/* FALSE: it is not in what is shown. */
static gboolean
find_place (CamMatrixView   *self,
            guint            row,
            guint            column,
            graphene_rect_t *place)
{
  const CamChartLayout *l = &self->layout;
  double width = (l->right - l->left) / (l->x_max - l->x_min), height = (l->bottom - l->top) / (l->y_max - l->y_min);

  if (row < l->y_min || row >= l->y_max || column < l->x_min || column >= l->x_max)
    return FALSE;
  graphene_rect_init (place, (float) (l->left + (column - l->x_min) * width), (float) (l->top + (row - l->y_min) * height), (float) width, (float) height);
  return TRUE;
}

static void
draw_ring (CamMatrixView *self,
           GtkSnapshot   *snapshot,
           guint          row,
           guint          column,
           guint32        rgb)
{
  const GdkRGBA colour = { (float) ((rgb >> 16) / 255.0), (float) ((rgb >> 8 & 255) / 255.0), (float) ((rgb & 255) / 255.0), 1 };
  graphene_rect_t place;
  GskRoundedRect ring;
  float grow;

  if (!find_place (self, row, column, &place))
    return;
  /* A ring around a cell of less than some pixels would hide it. */
  grow = place.size.width < 10 ? 4 : -1;
  graphene_rect_inset (&place, -grow, -grow);
  gsk_rounded_rect_init_from_rect (&ring, &place, grow > 0 ? 3 : 6);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]) { 2, 2, 2, 2 }, (GdkRGBA[4]) { colour, colour, colour, colour });
}

static void
cam_matrix_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  CamMatrixView *self = CAM_MATRIX_VIEW (widget);

  if (self->chart == NULL)
    return;
  draw (self);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
  if (!has_buttons (self) && (self->has_hover || gtk_widget_has_focus (widget)))
    draw_ring (self, snapshot, self->cursor_row, self->cursor_column, get_theme ()->text);
  if (self->chosen_row >= 0)
    draw_ring (self, snapshot, (guint) self->chosen_row, (guint) self->chosen_column, get_theme ()->series[RING]);
  GTK_WIDGET_CLASS (cam_matrix_view_parent_class)->snapshot (widget, snapshot);
}

static void
cam_matrix_view_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  CamMatrixView *self = CAM_MATRIX_VIEW (widget);
  graphene_rect_t place;

  if (self->chart == NULL)
    return;
  draw (self);
  for (guint i = 0; i < self->buttons->len; i++)
    if (find_place (self, i / self->n, i % self->n, &place))
      gtk_widget_size_allocate (self->buttons->pdata[i],
                                &(GtkAllocation) { (int) place.origin.x + 1, (int) place.origin.y + 1, MAX ((int) place.size.width - 2, 1), MAX ((int) place.size.height - 2, 1) }, -1);
}

static void
cam_matrix_view_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  CamMatrixView *self = CAM_MATRIX_VIEW (widget);

  /* GTK wants children measured before they get a place. */
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_measure (self->buttons->pdata[i], orientation, -1, NULL, NULL, NULL, NULL);
  /* So high that the names of some rows have a line each. */
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? MAX (LEAST_SIZE, 60 + 22 * (int) MIN (self->n, MOST_ROWS)) : LEAST_SIZE;
}

static void
redraw (CamMatrixView *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  if (self->buttons->len > 0)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Zoom and cursor --------------------------------------------------------------------------------------------------- */

/* @n cells a side, with the cursor's cell where it is. */
static void
zoom_to (CamMatrixView *self,
         guint          n)
{
  guint row, column, window = cam_chart_get_matrix_window (self->chart, &row, &column);
  double down = (double) (self->cursor_row - row) / window, across = (double) (self->cursor_column - column) / window;

  n = CLAMP (n, MIN (LEAST_WINDOW, self->n), self->n);
  if (n == window)
    return;
  cam_chart_set_matrix_window (self->chart, (guint) MAX (self->cursor_row - down * n, 0), (guint) MAX (self->cursor_column - across * n, 0), n);
  redraw (self);
}

static void
zoom (CamMatrixView *self,
      double         factor)
{
  guint window = cam_chart_get_matrix_window (self->chart, NULL, NULL);
  guint n = (guint) lround (window * factor);

  zoom_to (self, n == window ? factor < 1 ? window - 1 : window + 1 : n);
}

/* The window follows the cursor. */
static void
move_cursor (CamMatrixView *self,
             int            row,
             int            column)
{
  guint first_row, first_column, window = cam_chart_get_matrix_window (self->chart, &first_row, &first_column);
  guint old_row = first_row, old_column = first_column;

  self->cursor_row = (guint) CLAMP (row, 0, (int) self->n - 1);
  self->cursor_column = (guint) CLAMP (column, 0, (int) self->n - 1);
  if (self->cursor_row < first_row)
    first_row = self->cursor_row;
  if (self->cursor_row >= first_row + window)
    first_row = self->cursor_row + 1 - window;
  if (self->cursor_column < first_column)
    first_column = self->cursor_column;
  if (self->cursor_column >= first_column + window)
    first_column = self->cursor_column + 1 - window;
  if (first_row != old_row || first_column != old_column)
    {
      cam_chart_set_matrix_window (self->chart, first_row, first_column, window);
      redraw (self);
    }
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
activate (CamMatrixView *self,
          guint          row,
          guint          column)
{
  g_signal_emit (self, signals[CELL_ACTIVATED], 0, row, column);
}

static gboolean
key_cb (CamMatrixView   *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  int row = (int) self->cursor_row, column = (int) self->cursor_column;

  if (self->chart == NULL || has_buttons (self) || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up: case GDK_KEY_KP_Up:
      move_cursor (self, row - 1, column);
      return TRUE;
    case GDK_KEY_Down: case GDK_KEY_KP_Down:
      move_cursor (self, row + 1, column);
      return TRUE;
    case GDK_KEY_Left: case GDK_KEY_KP_Left:
      move_cursor (self, row, column - 1);
      return TRUE;
    case GDK_KEY_Right: case GDK_KEY_KP_Right:
      move_cursor (self, row, column + 1);
      return TRUE;
    case GDK_KEY_plus: case GDK_KEY_KP_Add: case GDK_KEY_equal:
      zoom (self, 0.7);
      return TRUE;
    case GDK_KEY_minus: case GDK_KEY_KP_Subtract:
      zoom (self, 1.4);
      return TRUE;
    case GDK_KEY_0: case GDK_KEY_KP_0:
      zoom_to (self, self->n);
      return TRUE;
    case GDK_KEY_Return: case GDK_KEY_KP_Enter: case GDK_KEY_space:
      activate (self, self->cursor_row, self->cursor_column);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
find_cell (CamMatrixView *self,
           double         x,
           double         y,
           guint         *row,
           guint         *column)
{
  const CamChartLayout *l = &self->layout;

  if (self->chart == NULL || x < l->left || x >= l->right || y < l->top || y >= l->bottom)
    return FALSE;
  *column = (guint) (l->x_min + (x - l->left) / (l->right - l->left) * (l->x_max - l->x_min));
  *row = (guint) (l->y_min + (y - l->top) / (l->bottom - l->top) * (l->y_max - l->y_min));
  return *row < self->n && *column < self->n;
}

static void
motion_cb (CamMatrixView *self,
           double         x,
           double         y)
{
  guint row, column;
  gboolean has_hover = !has_buttons (self) && find_cell (self, x, y, &row, &column);

  if (has_hover && (!self->has_hover || row != self->cursor_row || column != self->cursor_column))
    {
      g_autofree char *text = NULL;

      self->cursor_row = row;
      self->cursor_column = column;
      text = cam_matrix_view_describe (self, row, column);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
      describe (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else if (has_hover != self->has_hover)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->has_hover = has_hover;
}

static void
leave_cb (CamMatrixView *self)
{
  self->has_hover = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pressed_cb (CamMatrixView *self,
            int            n_press,
            double         x,
            double         y)
{
  guint row, column;

  if (has_buttons (self) || !find_cell (self, x, y, &row, &column))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  move_cursor (self, (int) row, (int) column);
  activate (self, row, column);
}

static gboolean
scroll_cb (CamMatrixView      *self,
           double              dx,
           double              dy,
           GtkEventController *controller)
{
  if (self->chart == NULL || has_buttons (self) || !(gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK))
    return FALSE;
  zoom (self, dy > 0 ? 1.25 : 0.8);
  return TRUE;
}

/* Buttons ----------------------------------------------------------------------------------------------------------- */

static void
button_cb (CamMatrixView *self,
           GtkButton     *button)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "cam-cell"));

  activate (self, i / self->n, i % self->n);
}

static void
make_buttons (CamMatrixView *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (self->buttons->pdata[i]);
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; has_buttons (self) && i < self->n * self->n; i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_widget_add_css_class (button, "cam-cell");
      gtk_widget_remove_css_class (button, "text-button");
      g_object_set_data (G_OBJECT (button), "cam-cell", GUINT_TO_POINTER (i));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (button_cb), self);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
      g_ptr_array_add (self->buttons, button);
    }
  gtk_widget_set_focusable (GTK_WIDGET (self), !has_buttons (self));
}

static void
name_buttons (CamMatrixView *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      g_autofree char *text = cam_matrix_view_describe (self, i / self->n, i % self->n);

      gtk_widget_set_tooltip_text (self->buttons->pdata[i], text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons->pdata[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
}

void
cam_matrix_view_set_chart (CamMatrixView     *self,
                           CamChart          *chart,
                           const char *const *names,
                           const double      *counts,
                           guint              n)
{
  guint row = 0, column = 0, window = 0;
  gboolean is_same;

  g_return_if_fail (CAM_IS_MATRIX_VIEW (self) && chart != NULL && names != NULL && counts != NULL && n > 0);

  is_same = self->n == n && self->names != NULL && g_strv_equal (names, (const char *const *) self->names);
  if (is_same)
    window = cam_chart_get_matrix_window (self->chart, &row, &column);
  g_clear_pointer (&self->chart, cam_chart_unref);
  self->chart = cam_chart_copy (chart);
  if (is_same)
    cam_chart_set_matrix_window (self->chart, row, column, window);
  g_free (self->counts);
  self->counts = g_memdup2 (counts, (gsize) n * n * sizeof *counts);
  if (!is_same)
    {
      g_strfreev (self->names);
      self->names = g_strdupv ((char **) names);
      self->n = n;
      self->cursor_row = self->cursor_column = 0;
      self->chosen_row = self->chosen_column = -1;
      make_buttons (self);
    }
  name_buttons (self);
  describe (self);
  if (!is_same)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  redraw (self);
}

void
cam_matrix_view_select (CamMatrixView *self,
                        int            row,
                        int            column)
{
  g_return_if_fail (CAM_IS_MATRIX_VIEW (self));

  self->chosen_row = row < (int) self->n && column < (int) self->n ? row : -1;
  self->chosen_column = column;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cam_matrix_view_dispose (GObject *object)
{
  CamMatrixView *self = CAM_MATRIX_VIEW (object);

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (self->buttons->pdata[i]);
  g_ptr_array_set_size (self->buttons, 0);
  G_OBJECT_CLASS (cam_matrix_view_parent_class)->dispose (object);
}

static void
cam_matrix_view_finalize (GObject *object)
{
  CamMatrixView *self = CAM_MATRIX_VIEW (object);

  g_clear_pointer (&self->chart, cam_chart_unref);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_ptr_array_unref (self->buttons);
  g_strfreev (self->names);
  g_free (self->counts);
  G_OBJECT_CLASS (cam_matrix_view_parent_class)->finalize (object);
}

static void
cam_matrix_view_class_init (CamMatrixViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_matrix_view_dispose;
  object_class->finalize = cam_matrix_view_finalize;
  widget_class->snapshot = cam_matrix_view_snapshot;
  widget_class->measure = cam_matrix_view_measure;
  widget_class->size_allocate = cam_matrix_view_size_allocate;

  signals[CELL_ACTIVATED] = g_signal_new ("cell-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "matrix");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cam_matrix_view_init (CamMatrixView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *key = gtk_event_controller_key_new (),
                     *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *click = gtk_gesture_click_new ();

  self->buttons = g_ptr_array_new ();
  self->chosen_row = self->chosen_column = -1;
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (redraw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_matrix_view_new (void)
{
  return g_object_new (CAM_TYPE_MATRIX_VIEW, NULL);
}
