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
draw_tiles (CamSampleCard *self,
            cairo_t       *cr,
            int            width,
            int            height)
{
  const CamSample *sample = self->sample;
  const guint side = sample->tile_side, n_rows = 3, n_columns = MAX (sample->n_tiles / n_rows, 1);
  const double pixel = floor (MIN ((height - 16.0) / (n_rows * (side + 1)), (width - 12.0) / (n_columns * (side + 1))));
  const double left = (width - pixel * (n_columns * (side + 1) - 1)) / 2, top = (height - pixel * (n_rows * (side + 1) - 1)) / 2;
  GdkRGBA colour = hue (self, 0);

  for (guint tile = 0; tile < n_rows * n_columns && tile < sample->n_tiles; tile++)
    for (guint i = 0; i < side * side; i++)
      {
        const guint8 value = sample->tiles[tile * side * side + i];

        if (value < 12)
          continue;
        colour.alpha = value / 255.f;
        gdk_cairo_set_source_rgba (cr, &colour);
        cairo_rectangle (cr, left + pixel * ((tile % n_columns) * (side + 1) + i % side),
                         top + pixel * ((tile / n_columns) * (side + 1) + i / side), pixel, pixel);
        cairo_fill (cr);
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
  if (self->sample->picture == CAM_PICTURE_POINTS)
    draw_points (self, cr, width, height);
  else if (self->sample->picture == CAM_PICTURE_TILES)
    draw_tiles (self, cr, width, height);
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
  gtk_label_set_label (self->task, cam_task_word (sample->task));
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
