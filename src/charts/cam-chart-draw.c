/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing a chart on a cairo_t: settle a scene, walk through it inside the fence, say so where that fails. */
#include "cam-chart-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-scene.h"

#define LEAST_SIZE 40

static void
draw_placeholder (cairo_t             *cr,
                  int                  width,
                  int                  height,
                  const CamChartTheme *theme)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (CAM_CHART_FONTS);
  int text_height;

  pango_font_description_set_absolute_size (font, CAM_TEXT_BODY * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_text (layout, _("This chart could not be drawn."), -1);
  pango_layout_get_pixel_size (layout, NULL, &text_height);
  cairo_save (cr);
  cairo_set_source_rgb (cr, (theme->muted >> 16) / 255.0, (theme->muted >> 8 & 255) / 255.0, (theme->muted & 255) / 255.0);
  cairo_move_to (cr, 0, (height - text_height) / 2.0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  pango_font_description_free (font);
  g_object_unref (layout);
}

gboolean
cam_chart_try_draw (const CamChart      *self,
                    cairo_t             *cr,
                    int                  width,
                    int                  height,
                    const CamChartTheme *theme,
                    CamChartParts        parts,
                    CamChartLayout      *layout)
{
  g_autoptr(CamScene) scene = NULL;

  if (layout != NULL)
    *layout = (CamChartLayout) { .right = 1, .bottom = 1, .x_max = 1, .y_max = 1 };
  if (width < LEAST_SIZE || height < LEAST_SIZE)
    return TRUE;
  /* Coordinates are 16-bit numbers in PLplot; a page wider than this is nobody's wish. */
  width = MIN (width, 16000);
  height = MIN (height, 16000);

  if (self->matrix != NULL)
    {
      cam_chart_matrix_draw (self, cr, width, height, theme, parts, layout);
      return TRUE;
    }
  scene = cam_scene_new (self, cr, width, height, theme, parts);
  if (layout != NULL)
    *layout = scene->layout;
  return cam_plplot_run (cr, width, height, cam_scene_draw, scene);
}

void
cam_chart_draw (const CamChart      *self,
                cairo_t             *cr,
                int                  width,
                int                  height,
                const CamChartTheme *theme,
                CamChartParts        parts,
                CamChartLayout      *layout)
{
  g_return_if_fail (self != NULL && cr != NULL && theme != NULL);

  if (!cam_chart_try_draw (self, cr, width, height, theme, parts, layout))
    draw_placeholder (cr, width, height, theme);
}
