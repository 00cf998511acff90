/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a sample. Its picture is drawn once by cairo and then kept by GTK as a render node. */

#include "cam-sample-card.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

static const char *const hues[] = { "cam_blue", "cam_orange", "cam_green", "cam_pink", "cam_violet", "cam_cyan",
                                    "cam_red", "cam_amber", "cam_slate" };

struct _CamSampleCard
{
  AdwBin           parent_instance;

  const CamSample *sample;      /* borrowed */

  /* template children */
  GtkButton       *button;
  GtkDrawingArea  *picture;
  GtkLabel        *name;
  GtkLabel        *size;
  GtkImage        *task_icon;
  GtkLabel        *task;
  GtkLabel        *description;
};

G_DEFINE_FINAL_TYPE (CamSampleCard, cam_sample_card, ADW_TYPE_BIN)

static GdkRGBA
hue (CamSampleCard *self,
     guint          i)
{
  GdkRGBA colour = { 0.15f, 0.39f, 0.92f, 1.f };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), hues[i % G_N_ELEMENTS (hues)], &colour);
  return colour;
}

static void
draw_points (CamSampleCard *self,
             cairo_t       *cr,
             int            width,
             int            height)
{
  const double margin = 14;

  for (guint i = 0; i < self->sample->n_points; i++)
    {
      const CamPicturePoint *point = &self->sample->points[i];
      GdkRGBA colour = hue (self, point->colour);

      colour.alpha = 0.8f;
      gdk_cairo_set_source_rgba (cr, &colour);
      cairo_arc (cr, margin + (double) point->x * (width - 2 * margin),
                 height - margin - (double) point->y * (height - 2 * margin), 2.1, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_line (CamSampleCard *self,
           cairo_t       *cr,
           int            width,
           int            height)
{
  const double margin = 14;
  GdkRGBA colour = hue (self, self->sample->n_points > 0 ? self->sample->points[0].colour : 0);

  for (guint i = 0; i < self->sample->n_points; i++)
    cairo_line_to (cr, margin + (double) self->sample->points[i].x * (width - 2 * margin),
                   height - margin - (double) self->sample->points[i].y * (height - 2 * margin));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1.4);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/* As many whole pixels a point as fill the picture in two or three rows of images. */
static void
draw_tiles (CamSampleCard *self,
            cairo_t       *cr,
            int            width,
            int            height)
{
  const CamSample *sample = self->sample;
  const guint across = sample->tile_width, down = sample->tile_height, n_rows = down <= 12 ? 3 : 2;
  const double pixel = MAX (1.0, floor ((height - 20.0) / (n_rows * (down + 1))));
  const guint n_columns = MAX (1, MIN ((guint) ((width - 20.0) / (pixel * (across + 1))), sample->n_tiles / n_rows));
  const double left = floor ((width - pixel * (n_columns * (across + 1) - 1)) / 2), top = floor ((height - pixel * (n_rows * (down + 1) - 1)) / 2);
  GdkRGBA colour = hue (self, 0);

  for (guint tile = 0; tile < n_rows * n_columns && tile < sample->n_tiles; tile++)
    for (guint i = 0; i < across * down; i++)
      {
        const guint8 value = sample->tiles[tile * across * down + i];

        if (value < 12)
          continue;
        colour.alpha = value / 255.f;
        gdk_cairo_set_source_rgba (cr, &colour);
        cairo_rectangle (cr, left + pixel * ((tile % n_columns) * (across + 1) + i % across),
                         top + pixel * ((tile / n_columns) * (down + 1) + i / across), pixel, pixel);
        cairo_fill (cr);
      }
}

/* A column a row of the table, a line a label: filled where it is set. */
static void
draw_labels (CamSampleCard *self,
             cairo_t       *cr,
             int            width,
             int            height)
{
  const CamSample *sample = self->sample;
  const double step = floor (MIN ((width - 24.0) / sample->tile_width, (height - 24.0) / sample->tile_height)), dot = MAX (2, step * 0.32);
  const guint n_columns = sample->tile_width;
  const double gap = MIN ((height - 24.0) / sample->tile_height, step * 2.2);
  const double left = (width - step * (n_columns - 1)) / 2, top = (height - gap * (sample->tile_height - 1)) / 2;

  for (guint label = 0; label < sample->tile_height; label++)
    for (guint row = 0; row < n_columns; row++)
      {
        const gboolean is_set = sample->tiles[label * n_columns + row] != 0;
        GdkRGBA colour = hue (self, label == 0 ? 2 : label == 1 ? 0 : label == 2 ? 4 : label);

        colour.alpha = is_set ? 0.9f : 0.18f;
        gdk_cairo_set_source_rgba (cr, &colour);
        cairo_arc (cr, left + step * row, top + gap * label, dot, 0, 2 * G_PI);
        cairo_fill (cr);
      }
}

static void
draw_texts (CamSampleCard *self,
            cairo_t       *cr,
            int            width,
            int            height)
{
  const double margin = 16, step = (height - 2 * margin) / MAX (1, self->sample->n_points);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &ink);
  ink.alpha *= 0.75f;
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) ((width - 2 * margin - 16) * PANGO_SCALE));
  for (guint i = 0; i < self->sample->n_points; i++)
    {
      const double middle = margin + step * (i + 0.5);
      GdkRGBA colour = hue (self, self->sample->points[i].colour);
      int text_height;

      gdk_cairo_set_source_rgba (cr, &colour);
      cairo_arc (cr, margin + 4, middle, 4, 0, 2 * G_PI);
      cairo_fill (cr);
      pango_layout_set_text (layout, self->sample->texts[i], -1);
      pango_layout_get_pixel_size (layout, NULL, &text_height);
      gdk_cairo_set_source_rgba (cr, &ink);
      cairo_move_to (cr, margin + 16, middle - text_height / 2.0);
      pango_cairo_show_layout (cr, layout);
    }
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  CamSampleCard *self = user_data;

  if (self->sample == NULL)
    return;
  switch (self->sample->picture)
    {
    case CAM_PICTURE_POINTS:
      draw_points (self, cr, width, height);
      break;
    case CAM_PICTURE_LINE:
      draw_line (self, cr, width, height);
      break;
    case CAM_PICTURE_TILES:
      draw_tiles (self, cr, width, height);
      break;
    case CAM_PICTURE_LABELS:
      draw_labels (self, cr, width, height);
      break;
    case CAM_PICTURE_TEXTS:
      draw_texts (self, cr, width, height);
      break;
    case CAM_PICTURE_NONE:
      break;
    }
}

static void
cam_sample_card_class_init (CamSampleCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-sample-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, button);
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, picture);
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, name);
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, size);
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, task_icon);
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, task);
  gtk_widget_class_bind_template_child (widget_class, CamSampleCard, description);
}

static void
cam_sample_card_init (CamSampleCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->picture, draw_cb, self, NULL);
}

GtkWidget *
cam_sample_card_new (const CamSample *sample)
{
  CamSampleCard *self;
  g_autofree char *rows = NULL, *columns = NULL, *size = NULL, *label = NULL, *picture = NULL, *ink = NULL;

  g_return_val_if_fail (sample != NULL, NULL);

  self = g_object_new (CAM_TYPE_SAMPLE_CARD, NULL);
  self->sample = sample;
  rows = cam_words_count (sample->n_rows);
  columns = cam_words_count (sample->n_columns);
  /* translators: rows × columns of a table */
  size = g_strdup_printf (_("%s × %s"), rows, columns);
  gtk_label_set_label (self->name, sample->name);
  gtk_label_set_label (self->size, size);
  gtk_label_set_label (self->task, sample->task_word);
  gtk_image_set_from_icon_name (self->task_icon, cam_task_icon (sample->task));
  ink = g_strdup_printf ("cam-ink-%s", cam_task_hue (sample->task));
  gtk_widget_add_css_class (GTK_WIDGET (self->task), ink);
  gtk_widget_add_css_class (GTK_WIDGET (self->task_icon), ink);
  gtk_label_set_label (self->description, sample->description != NULL ? sample->description : "");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", sample->path);
  label = g_strdup_printf (_("Open sample %s"), sample->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  picture = g_strdup_printf (_("Picture of the data of %s"), sample->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, picture, -1);
  return GTK_WIDGET (self);
}
