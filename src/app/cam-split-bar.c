/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks are as wide as their parts have rows; while a boundary is dragged, as the shares that it stands for. A change is told when the boundary is let go. */

#include "cam-split-bar.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define BLOCK_HEIGHT 40
#define STRIP_TOP 47
#define STRIP_HEIGHT 7
#define SPREAD_HEIGHT 22
#define GAP 3
/* How near to a boundary a press takes hold of it. */
#define GRAB 10
#define LEAST_TRAIN 0.05

static const char *const hues[] = { "cam_blue", "cam_orange", "cam_green", "cam_pink", "cam_violet", "cam_cyan",
                                    "cam_red", "cam_amber", "cam_slate" };
static const char *const part_hues[CAM_N_PARTS] = { "cam_blue", "cam_violet", "cam_green" };

struct _CamSplitBar
{
  GtkWidget   parent_instance;

  CamDataset *dataset;         /* owned */
  CamSpread  *spread;          /* owned; of the dataset */

  /* What the document says, and may be made to say. */
  double      shares[CAM_N_PARTS];
  gboolean    has_validation, has_test;

  /* While a boundary is dragged: which, 0 or 1, and the shares it stands for. */
  gboolean    is_dragged;
  guint       boundary;
  double      wanted[CAM_N_PARTS];
};

G_DEFINE_FINAL_TYPE (CamSplitBar, cam_split_bar, GTK_TYPE_WIDGET)

enum { SHARES_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];
static const char *
part_name (CamPart part)
{
  return part == CAM_PART_TRAIN ? C_("part of the rows", "Train") : part == CAM_PART_VALIDATION ? _("Validation") : _("Test");
}

static GdkRGBA
hue (CamSplitBar *self,
     const char  *name,
     float        alpha)
{
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, &colour))
    gdk_rgba_parse (&colour, "#2563eb");
  colour.alpha *= alpha;
  return colour;
}

static void
append_text (CamSplitBar   *self,
             GtkSnapshot   *snapshot,
             const char    *text,
             const GdkRGBA *colour,
             double         x,
             double         y,
             double         width)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  pango_layout_set_markup (layout, text, -1);
  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
append_rounded (GtkSnapshot     *snapshot,
                graphene_rect_t  bounds,
                float            radius,
                GdkRGBA          colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static gsize
count_rows (CamSplitBar *self)
{
  gsize n = 0;

  for (guint p = 0; p < CAM_N_PARTS; p++)
    n += cam_dataset_get_n_rows (self->dataset, (CamPart) p);
  return n;
}

static gboolean
fits (CamSplitBar *self,
      const char  *markup,
      double       width)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  int wanted;

  pango_layout_set_markup (layout, markup, -1);
  pango_layout_get_pixel_size (layout, &wanted, NULL);
  return wanted <= width;
}

static void
append_block (CamSplitBar *self,
              GtkSnapshot *snapshot,
              CamPart      part,
              double       x,
              double       width)
{
  const GdkRGBA ink = hue (self, part_hues[part], 1.0f);
  const gsize n = self->is_dragged ? (gsize) lround (self->wanted[part] * (double) count_rows (self)) : cam_dataset_get_n_rows (self->dataset, part);
  g_autofree char *count = cam_words_count (n);
  g_autofree char *title = g_strdup_printf ("<span size='9300' weight='bold'>%s</span>", part_name (part));
  g_autofree char *rows = self->is_dragged ? g_strdup_printf ("%.0f %%", 100 * self->wanted[part]) : g_strdup_printf (_("%s rows"), count);
  g_autofree char *markup = g_strdup_printf ("<span size='8300'>%s</span>", rows), *number = g_strdup_printf ("<span size='8300'>%s</span>", count);
  GdkRGBA text;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &text);
  text.alpha *= 0.75f;
  append_rounded (snapshot, GRAPHENE_RECT_INIT ((float) x, 0, (float) width, BLOCK_HEIGHT), 6, hue (self, part_hues[part], 0.17f));
  if (width > 30)
    {
      append_text (self, snapshot, title, &ink, x + 7, 4, width - 8);
      /* A large number says by itself what it counts, beside the others. */
      append_text (self, snapshot, self->is_dragged || fits (self, markup, width - 8) ? markup : number, &text, x + 7, 20, width - 8);
    }
}

/* Classes side by side, in one line. */
static void
append_classes (CamSplitBar  *self,
                GtkSnapshot  *snapshot,
                const double *heights,
                double        x,
                double        width)
{
  for (guint c = 0; c < self->spread->n; c++)
    {
      const double part_width = heights[c] * width;

      if (part_width > 0.5)
        append_rounded (snapshot, GRAPHENE_RECT_INIT ((float) x, STRIP_TOP, (float) MAX (part_width - (self->spread->n <= 12 ? 2 : 0), 0.5), STRIP_HEIGHT), 2,
                        hue (self, hues[c % G_N_ELEMENTS (hues)], 0.85f));
      x += part_width;
    }
}

/* Labels in their hues, or the bins of a number in the part's. */
static void
append_bars (CamSplitBar  *self,
             GtkSnapshot  *snapshot,
             CamPart       part,
             const double *heights,
             double        x,
             double        width)
{
  const guint n = self->spread->n;
  const double step = width / n, gap = step > 4 ? 1.5 : 0.5;

  for (guint i = 0; i < n; i++)
    {
      const double height = heights[i] > 0 ? MAX (heights[i] * SPREAD_HEIGHT, 1) : 0;
      const char *ink = self->spread->kind == CAM_SPREAD_LABELS ? hues[i % G_N_ELEMENTS (hues)] : part_hues[part];
      const GdkRGBA colour = hue (self, ink, 0.8f);

      if (height > 0)
        gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT ((float) (x + i * step), (float) (STRIP_TOP + SPREAD_HEIGHT - height),
                                                                           (float) MAX (step - gap, 0.5), (float) height));
    }
}

static void
append_spread (CamSplitBar *self,
               GtkSnapshot *snapshot,
               CamPart      part,
               double       x,
               double       width)
{
  const double *heights = self->spread->heights + (gsize) part * self->spread->n;

  if (self->spread->kind == CAM_SPREAD_CLASSES)
    append_classes (self, snapshot, heights, x, width);
  else if (self->spread->kind != CAM_SPREAD_NONE)
    append_bars (self, snapshot, part, heights, x, width);
}

/* Where the parts lie: x and width of each; 0 wide where it has no rows. */
static gboolean
lay_out (CamSplitBar *self,
         double       at[CAM_N_PARTS],
         double       widths[CAM_N_PARTS])
{
  const gsize n_all = self->dataset != NULL ? count_rows (self) : 0;
  double room = gtk_widget_get_width (GTK_WIDGET (self)), x = 0;
  double shares[CAM_N_PARTS];

  if (n_all == 0)
    return FALSE;
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      shares[p] = self->is_dragged ? self->wanted[p] : (double) cam_dataset_get_n_rows (self->dataset, (CamPart) p) / (double) n_all;
      room -= p > 0 && shares[p] > 0 ? GAP : 0;
    }
  for (guint p = 0; p < CAM_N_PARTS; p++)
    {
      at[p] = x;
      widths[p] = room * shares[p];
      x += widths[p] > 0 ? widths[p] + GAP : 0;
    }
  return TRUE;
}

static double
find_boundary_x (CamSplitBar  *self,
                 const double  at[CAM_N_PARTS],
                 const double  widths[CAM_N_PARTS],
                 guint         boundary)
{
  const double end = boundary == 0 ? at[0] + widths[0] : widths[1] > 0 ? at[1] + widths[1] : at[0] + widths[0];

  return MIN (end + GAP / 2.0, gtk_widget_get_width (GTK_WIDGET (self)) - 1.5);
}

static gboolean
has_boundary (CamSplitBar *self,
              guint        boundary)
{
  return boundary == 0 ? self->has_validation : self->has_test;
}

/* A grip, so that one sees what can be taken hold of. */
static void
append_grip (CamSplitBar *self,
             GtkSnapshot *snapshot,
             double       x,
             gboolean     is_active)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= is_active ? 0.9f : 0.35f;
  append_rounded (snapshot, GRAPHENE_RECT_INIT ((float) (x - 1.5), 11, 3, BLOCK_HEIGHT - 22), 1.5f, colour);
}

static void
cam_split_bar_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamSplitBar *self = CAM_SPLIT_BAR (widget);
  double at[CAM_N_PARTS], widths[CAM_N_PARTS];

  if (!lay_out (self, at, widths))
    return;
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    if (widths[part] > 0)
      {
        append_block (self, snapshot, part, at[part], widths[part]);
        if (!self->is_dragged)
          append_spread (self, snapshot, part, at[part], widths[part]);
      }
  for (guint b = 0; b < 2; b++)
    if (has_boundary (self, b))
      append_grip (self, snapshot, find_boundary_x (self, at, widths, b), self->is_dragged && self->boundary == b);
}

static void
cam_split_bar_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  CamSplitBar *self = CAM_SPLIT_BAR (widget);
  const gboolean is_high = self->spread != NULL && (self->spread->kind == CAM_SPREAD_LABELS || self->spread->kind == CAM_SPREAD_NUMBERS);

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? STRIP_TOP + (is_high ? SPREAD_HEIGHT : STRIP_HEIGHT) : 160;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? *minimum : 320;
}

/* Moving boundaries ---------------------------------------------------------------------------------------------- */

/* Where @boundary is moved to @at (0 … 1), in hundredths: the part between keeps its place, and training some rows. */
static void
move_boundary (CamSplitBar *self,
               guint        boundary,
               double       at)
{
  double train = self->shares[CAM_PART_TRAIN], test_start = train + self->shares[CAM_PART_VALIDATION];

  at = round (100 * at) / 100;
  if (boundary == 0)
    train = CLAMP (at, LEAST_TRAIN, test_start);
  else if (self->has_validation)
    test_start = CLAMP (at, train, 1.0);
  else
    {
      /* Folds: what is not test is shared by them; the validation share waits unchanged. */
      test_start = CLAMP (at, LEAST_TRAIN + self->shares[CAM_PART_VALIDATION], 1.0);
      train = test_start - self->shares[CAM_PART_VALIDATION];
    }
  self->wanted[CAM_PART_TRAIN] = train;
  self->wanted[CAM_PART_VALIDATION] = test_start - train;
  self->wanted[CAM_PART_TEST] = 1.0 - test_start;
}

static void
tell_wanted (CamSplitBar *self)
{
  if (fabs (self->wanted[CAM_PART_VALIDATION] - self->shares[CAM_PART_VALIDATION]) > 1e-9 || fabs (self->wanted[CAM_PART_TEST] - self->shares[CAM_PART_TEST]) > 1e-9)
    g_signal_emit (self, signals[SHARES_CHANGED], 0, self->wanted[CAM_PART_VALIDATION], self->wanted[CAM_PART_TEST]);
}

/* The boundary at @x; where both lie there, the one on that side. −1: none. */
static int
find_boundary (CamSplitBar *self,
               double       x)
{
  double at[CAM_N_PARTS], widths[CAM_N_PARTS], first, second;
  gboolean near_first, near_second;

  if (!lay_out (self, at, widths))
    return -1;
  first = find_boundary_x (self, at, widths, 0);
  second = find_boundary_x (self, at, widths, 1);
  near_first = self->has_validation && fabs (x - first) <= GRAB;
  near_second = self->has_test && fabs (x - second) <= GRAB;
  if (near_first && near_second)
    return fabs (x - first) < fabs (x - second) || (second - first < 1 && x < first) ? 0 : 1;
  return near_first ? 0 : near_second ? 1 : -1;
}

static void
drag_begin_cb (CamSplitBar    *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  int boundary = find_boundary (self, x);

  if (boundary < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->boundary = (guint) boundary;
  memcpy (self->wanted, self->shares, sizeof self->wanted);
  self->is_dragged = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_update_cb (CamSplitBar    *self,
                double          offset_x,
                double          offset_y,
                GtkGestureDrag *gesture)
{
  double x = 0, y = 0;

  if (!self->is_dragged || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  move_boundary (self, self->boundary, (x + offset_x) / MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (CamSplitBar *self)
{
  if (!self->is_dragged)
    return;
  self->is_dragged = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  tell_wanted (self);
}

static void
motion_cb (CamSplitBar *self,
           double       x)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->is_dragged || find_boundary (self, x) >= 0 ? "col-resize" : NULL);
}

static gboolean
key_pressed_cb (CamSplitBar     *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  const guint boundary = (state & GDK_SHIFT_MASK) != 0 || !self->has_validation ? 1 : 0;
  double by;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      by = -0.01;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      by = 0.01;
      break;
    case GDK_KEY_Page_Up:
      by = 0.05;
      break;
    case GDK_KEY_Page_Down:
      by = -0.05;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  if (!has_boundary (self, boundary))
    return GDK_EVENT_PROPAGATE;
  move_boundary (self, boundary, (boundary == 0 ? self->shares[CAM_PART_TRAIN] : 1.0 - self->shares[CAM_PART_TEST]) + by);
  tell_wanted (self);
  return GDK_EVENT_STOP;
}

static void
cam_split_bar_dispose (GObject *object)
{
  CamSplitBar *self = CAM_SPLIT_BAR (object);

  g_clear_pointer (&self->dataset, cam_dataset_unref);
  g_clear_pointer (&self->spread, cam_spread_free);
  G_OBJECT_CLASS (cam_split_bar_parent_class)->dispose (object);
}

static void
cam_split_bar_class_init (CamSplitBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_split_bar_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = cam_split_bar_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = cam_split_bar_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "splitbar");
  signals[SHARES_CHANGED] = g_signal_new ("shares-changed", CAM_TYPE_SPLIT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
cam_split_bar_init (CamSplitBar *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Split of the rows"), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
}

void
cam_split_bar_set_dataset (CamSplitBar *self,
                           CamDataset  *dataset)
{
  GString *text;

  g_return_if_fail (CAM_IS_SPLIT_BAR (self));

  g_clear_pointer (&self->dataset, cam_dataset_unref);
  self->dataset = dataset != NULL ? cam_dataset_ref (dataset) : NULL;
  g_clear_pointer (&self->spread, cam_spread_free);
  self->spread = dataset != NULL ? cam_spread_new (dataset) : NULL;
  gtk_widget_queue_resize (GTK_WIDGET (self));

  text = g_string_new (NULL);
  for (CamPart part = 0; dataset != NULL && part < CAM_N_PARTS; part++)
    {
      g_autofree char *count = cam_words_count (cam_dataset_get_n_rows (dataset, part));

      /* translators: “Train: 862 rows. ” */
      g_string_append_printf (text, _("%s: %s rows. "), part_name (part), count);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  g_string_free (text, TRUE);
}

const CamSpread *
cam_split_bar_get_spread (CamSplitBar *self)
{
  g_return_val_if_fail (CAM_IS_SPLIT_BAR (self), NULL);

  return self->spread;
}

void
cam_split_bar_set_shares (CamSplitBar *self,
                          double       validation,
                          double       test,
                          gboolean     has_validation,
                          gboolean     has_test)
{
  g_return_if_fail (CAM_IS_SPLIT_BAR (self));

  self->shares[CAM_PART_TRAIN] = 1.0 - validation - test;
  self->shares[CAM_PART_VALIDATION] = validation;
  self->shares[CAM_PART_TEST] = test;
  self->has_validation = has_validation;
  self->has_test = has_test;
  gtk_widget_set_focusable (GTK_WIDGET (self), has_validation || has_test);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), has_validation ? _("Drag a boundary, or move it with ← and → (Shift: the beginning of test)")
                                                  : has_test     ? _("Drag the beginning of test, or move it with ← and →") : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 100 * self->shares[CAM_PART_TRAIN], -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
