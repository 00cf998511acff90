/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing for a model. What the strokes are is in cam-ink.c; here they are made, shown and told of. */

#include "cam-picture-input.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include <cam-source.h>

#include "cam-ink.h"
#include "cam-window.h"

#define KEY_STEP 0.04           /* of the side, for a press of an arrow */

struct _CamPictureInput
{
  AdwBin          parent_instance;

  /* owned */
  CamInk         *ink;
  float          *pixels;
  guint           height, width, channels;
  double          brightest;
  GCancellable   *opening;      /* the file that is wanted; NULL: none */

  double          start_x, start_y;
  gboolean        is_drawing;
  /* The pen of the keyboard. */
  double          pen_x, pen_y;
  gboolean        has_pen, is_down;

  /* template children */
  GtkAspectFrame *frame;
  GtkDrawingArea *canvas;
  GtkDrawingArea *seen;
  GtkLabel       *seen_size;
  GtkWidget      *hint;
};

G_DEFINE_FINAL_TYPE (CamPictureInput, cam_picture_input, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
update (CamPictureInput *self)
{
  gboolean is_empty = cam_ink_is_empty (self->ink);

  cam_ink_render (self->ink, self->brightest, self->pixels);
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
  gtk_widget_queue_draw (GTK_WIDGET (self->seen));
  gtk_widget_set_visible (self->hint, is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.undo", !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.clear", !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.invert", cam_ink_has_picture (self->ink));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Drawing ----------------------------------------------------------------------------------------------------------- */

/* The pixels as they are: those of the model, or of a picture that was opened, each a square. */
static void
paint_pixels (CamPictureInput *self,
              cairo_t         *cr,
              double           width,
              double           height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) self->width, (int) self->height);
  guint8 *bytes = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        const float *pixel = self->pixels + ((gsize) y * self->width + x) * self->channels;
        guint32 rgb[3];

        for (guint c = 0; c < 3; c++)
          rgb[c] = (guint32) CLAMP (pixel[self->channels == 3 ? c : 0] / self->brightest * 255 + 0.5, 0, 255);
        ((guint32 *) (gpointer) (bytes + y * stride))[x] = rgb[0] << 16 | rgb[1] << 8 | rgb[2];
      }
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_scale (cr, width / self->width, height / self->height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_pen (CamPictureInput *self,
          cairo_t         *cr,
          double           width,
          double           height)
{
  double x = round (self->pen_x * width) + 0.5, y = round (self->pen_y * height) + 0.5;

  cairo_set_source_rgb (cr, 0.24, 0.47, 0.96);
  cairo_set_line_width (cr, 2);
  cairo_arc (cr, x, y, self->is_down ? 4 : 8, 0, 2 * G_PI);
  if (self->is_down)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  CamPictureInput *self = user_data;

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_paint (cr);
  if (self->ink == NULL)
    return;
  if (cam_ink_has_picture (self->ink))
    paint_pixels (self, cr, width, height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cam_ink_draw (self->ink, cr, width, height);
  if (self->has_pen && gtk_widget_has_focus (GTK_WIDGET (area)))
    draw_pen (self, cr, width, height);
}

static void
draw_seen_cb (GtkDrawingArea *area,
              cairo_t        *cr,
              int             width,
              int             height,
              gpointer        user_data)
{
  CamPictureInput *self = user_data;

  if (self->ink != NULL)
    paint_pixels (self, cr, width, height);
}

/* Pointer ----------------------------------------------------------------------------------------------------------- */

static double
share_of (double place,
          int    size)
{
  return CLAMP (place / MAX (size, 1), 0, 1);
}

static void
drag_begin_cb (CamPictureInput *self,
               double           x,
               double           y)
{
  GtkWidget *canvas = GTK_WIDGET (self->canvas);

  gtk_widget_grab_focus (canvas);
  self->start_x = x;
  self->start_y = y;
  self->has_pen = self->is_down = FALSE;
  self->is_drawing = self->ink != NULL;
  if (!self->is_drawing)
    return;
  cam_ink_begin (self->ink, share_of (x, gtk_widget_get_width (canvas)), share_of (y, gtk_widget_get_height (canvas)));
  update (self);
}

static void
drag_update_cb (CamPictureInput *self,
                double           x,
                double           y)
{
  GtkWidget *canvas = GTK_WIDGET (self->canvas);

  if (!self->is_drawing)
    return;
  cam_ink_go_on (self->ink, share_of (self->start_x + x, gtk_widget_get_width (canvas)), share_of (self->start_y + y, gtk_widget_get_height (canvas)));
  update (self);
}

static void
drag_end_cb (CamPictureInput *self)
{
  self->is_drawing = FALSE;
}

/* Keyboard ---------------------------------------------------------------------------------------------------------- */

static void
move_pen (CamPictureInput *self,
          double           x,
          double           y)
{
  if (!self->has_pen)
    {
      self->has_pen = TRUE;
      self->pen_x = self->pen_y = 0.5;
    }
  else
    {
      self->pen_x = CLAMP (self->pen_x + x * KEY_STEP, 0, 1);
      self->pen_y = CLAMP (self->pen_y + y * KEY_STEP, 0, 1);
    }
  if (self->is_down)
    {
      cam_ink_go_on (self->ink, self->pen_x, self->pen_y);
      update (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
}

static void
turn_pen (CamPictureInput *self)
{
  if (!self->has_pen)
    move_pen (self, 0, 0);
  self->is_down = !self->is_down;
  if (self->is_down)
    {
      cam_ink_begin (self->ink, self->pen_x, self->pen_y);
      update (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
}

static gboolean
key_cb (CamPictureInput *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  if (self->ink == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
      move_pen (self, -1, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      move_pen (self, 1, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      move_pen (self, 0, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      move_pen (self, 0, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
      turn_pen (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Actions ----------------------------------------------------------------------------------------------------------- */

static void
undo_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamPictureInput *self = CAM_PICTURE_INPUT (widget);

  self->is_down = FALSE;
  if (self->ink != NULL && cam_ink_undo (self->ink))
    update (self);
}

static void
clear_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamPictureInput *self = CAM_PICTURE_INPUT (widget);

  self->is_down = FALSE;
  if (self->ink == NULL)
    return;
  cam_ink_clear (self->ink);
  update (self);
}

static void
invert_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamPictureInput *self = CAM_PICTURE_INPUT (widget);

  cam_ink_invert (self->ink);
  update (self);
}

typedef struct
{
  char    *path;
  guint    height, width, channels;
} Opening;

static void
opening_free (gpointer data)
{
  g_free (((Opening *) data)->path);
  g_free (data);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError *error = NULL;
  guint8 *bytes = cam_source_read_picture (opening->path, opening->height, opening->width, opening->channels, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, g_free);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CamPictureInput *self = CAM_PICTURE_INPUT (source);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_wanted = g_task_get_cancellable (G_TASK (result)) == self->opening;
  g_autoptr(GError) error = NULL;
  guint8 *bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (!is_wanted)
    {
      g_free (bytes);
      return;
    }
  g_clear_object (&self->opening);
  if (bytes == NULL)
    {
      if (CAM_IS_WINDOW (root))
        cam_window_show_failure (CAM_WINDOW (root), _("The picture could not be opened"), error->message);
      return;
    }
  cam_ink_set_picture (self->ink, bytes);
  update (self);
}

static void
chooser_response_cb (CamPictureInput *self,
                     int              response,
                     GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    cam_picture_input_open (self, path);
}

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open Picture"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
cam_picture_input_dispose (GObject *object)
{
  CamPictureInput *self = CAM_PICTURE_INPUT (object);

  g_clear_object (&self->opening);
  G_OBJECT_CLASS (cam_picture_input_parent_class)->dispose (object);
}

static void
cam_picture_input_finalize (GObject *object)
{
  CamPictureInput *self = CAM_PICTURE_INPUT (object);

  g_clear_pointer (&self->ink, cam_ink_free);
  g_free (self->pixels);
  G_OBJECT_CLASS (cam_picture_input_parent_class)->finalize (object);
}

static void
cam_picture_input_class_init (CamPictureInputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_picture_input_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_picture_input_finalize;

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_PICTURE_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "picture.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "picture.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "picture.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "picture.invert", NULL, invert_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "picture.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "picture.clear", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-picture-input.ui");
  gtk_widget_class_bind_template_child (widget_class, CamPictureInput, frame);
  gtk_widget_class_bind_template_child (widget_class, CamPictureInput, canvas);
  gtk_widget_class_bind_template_child (widget_class, CamPictureInput, seen);
  gtk_widget_class_bind_template_child (widget_class, CamPictureInput, seen_size);
  gtk_widget_class_bind_template_child (widget_class, CamPictureInput, hint);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
cam_picture_input_init (CamPictureInput *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->canvas, draw_cb, self, NULL);
  gtk_drawing_area_set_draw_func (self->seen, draw_seen_cb, self, NULL);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->canvas), "crosshair");
}

void
cam_picture_input_set_shape (CamPictureInput *self,
                             guint            height,
                             guint            width,
                             guint            channels,
                             double           brightest)
{
  g_autofree char *size = NULL;

  g_return_if_fail (CAM_IS_PICTURE_INPUT (self));
  g_return_if_fail (height > 0 && width > 0 && (channels == 1 || channels == 3) && brightest > 0);

  g_clear_object (&self->opening);
  g_clear_pointer (&self->ink, cam_ink_free);
  self->ink = cam_ink_new (height, width, channels);
  self->height = height;
  self->width = width;
  self->channels = channels;
  self->brightest = brightest;
  self->pixels = g_renew (float, self->pixels, (gsize) height * width * channels);
  self->has_pen = self->is_down = self->is_drawing = FALSE;
  gtk_aspect_frame_set_ratio (self->frame, (float) width / (float) height);
  /* translators: a picture's height and width in pixels */
  size = g_strdup_printf (_("%u × %u pixels"), height, width);
  gtk_label_set_label (self->seen_size, size);
  update (self);
}

const float *
cam_picture_input_get_pixels (CamPictureInput *self)
{
  g_return_val_if_fail (CAM_IS_PICTURE_INPUT (self), NULL);

  return self->ink != NULL ? self->pixels : NULL;
}

gboolean
cam_picture_input_is_empty (CamPictureInput *self)
{
  g_return_val_if_fail (CAM_IS_PICTURE_INPUT (self), TRUE);

  return self->ink == NULL || cam_ink_is_empty (self->ink);
}

void
cam_picture_input_set_pixels (CamPictureInput *self,
                              const float     *pixels)
{
  gsize n;
  guint8 *bytes;

  g_return_if_fail (CAM_IS_PICTURE_INPUT (self));
  g_return_if_fail (self->ink != NULL);

  n = (gsize) self->height * self->width * self->channels;
  bytes = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    bytes[i] = isnan (pixels[i]) ? 0 : (guint8) CLAMP (pixels[i] / self->brightest * 255 + 0.5, 0, 255);
  cam_ink_set_picture (self->ink, bytes);
  update (self);
}

void
cam_picture_input_open (CamPictureInput *self,
                        const char      *path)
{
  g_autoptr(GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (CAM_IS_PICTURE_INPUT (self));
  g_return_if_fail (path != NULL && self->ink != NULL);

  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  opening = g_new0 (Opening, 1);
  *opening = (Opening) { g_strdup (path), self->height, self->width, self->channels };
  task = g_task_new (self, self->opening, opened_cb, NULL);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

void
cam_picture_input_describe (CamPictureInput *self,
                            const char      *answer)
{
  g_autofree char *text = NULL;
  guint n;

  g_return_if_fail (CAM_IS_PICTURE_INPUT (self));

  n = self->ink != NULL ? cam_ink_get_n_strokes (self->ink) : 0;
  /* translators: of a drawing; then what the model makes of it */
  text = g_strdup_printf (ngettext ("%u stroke: %s", "%u strokes: %s", n), n, answer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
