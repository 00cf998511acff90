/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a file. The surface is ours and the drawing that of the screen: PLplot's own file drivers ignore the resolution, and end the process
 * over a path they cannot write. The file is made in memory and put in place whole. */
#include "cam-chart-draw.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-chart-private.h"

#define SCREEN_DPI 96.0
#define POINTS_PER_PIXEL (72.0 / SCREEN_DPI)
#define MAX_PIXELS 32000        /* of a side: what cairo's images hold */

typedef struct
{
  const CamChart     *chart;
  const CamChartPage *page;
} CamExport;

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
fail (GError         **error,
      cairo_status_t   status)
{
  if (status == CAIRO_STATUS_SUCCESS)
    g_set_error_literal (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE, _("the drawing failed"));
  else
    g_set_error_literal (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE, cairo_status_to_string (status));
  return FALSE;
}

/* Onto @width × @height units of the surface, in which the chart has as many pixels of its own as the scale of its text leaves. */
static gboolean
draw_page (const CamExport *self,
           cairo_t         *cr,
           double           width,
           double           height)
{
  const CamChartPage *page = self->page;
  int chart_width = (int) fmax (lround (page->width / page->scale), 1), chart_height = (int) fmax (lround (page->height / page->scale), 1);
  gboolean is_drawn;

  cairo_save (cr);
  cairo_scale (cr, width / chart_width, height / chart_height);
  if (!page->is_transparent)
    {
      guint32 card = page->theme->card;

      cairo_set_source_rgb (cr, (card >> 16) / 255.0, (card >> 8 & 255) / 255.0, (card & 255) / 255.0);
      cairo_rectangle (cr, 0, 0, chart_width, chart_height);
      cairo_fill (cr);
    }
  is_drawn = cam_chart_try_draw (self->chart, cr, chart_width, chart_height, page->theme, CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, NULL);
  cairo_restore (cr);
  return is_drawn;
}

/* Draws, and finishes a surface of pages. */
static gboolean
draw_on (const CamExport  *self,
         cairo_surface_t  *surface,
         double            width,
         double            height,
         GError          **error)
{
  cairo_t *cr = cairo_create (surface);
  gboolean is_drawn = draw_page (self, cr, width, height);
  cairo_status_t status;

  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (!is_drawn || status != CAIRO_STATUS_SUCCESS)
    return fail (error, status);
  return TRUE;
}

void
cam_chart_page_pixels (const CamChartPage *page,
                       int                *width,
                       int                *height)
{
  double scale = page->dpi / SCREEN_DPI;

  *width = (int) fmax (lround (page->width * scale), 1);
  *height = (int) fmax (lround (page->height * scale), 1);
}

static gboolean
write_png (const CamExport  *self,
           GByteArray       *bytes,
           GError          **error)
{
  int width, height;
  cairo_surface_t *surface;
  cairo_status_t status;
  gboolean is_done;

  cam_chart_page_pixels (self->page, &width, &height);
  if (width > MAX_PIXELS || height > MAX_PIXELS)
    {
      g_set_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE,
                   _("a picture of %d × %d pixels is too large; at most %d a side"), width, height, MAX_PIXELS);
      return FALSE;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  is_done = draw_on (self, surface, width, height, error);
  if (is_done)
    {
      status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
      is_done = status == CAIRO_STATUS_SUCCESS || fail (error, status);
    }
  cairo_surface_destroy (surface);
  return is_done;
}

static gboolean
finish_pages (cairo_surface_t  *surface,
              gboolean          is_drawn,
              GError          **error)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return is_drawn && (status == CAIRO_STATUS_SUCCESS || fail (error, status));
}

static gboolean
write_svg (const CamExport  *self,
           GByteArray       *bytes,
           GError          **error)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, bytes, self->page->width, self->page->height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  return finish_pages (surface, draw_on (self, surface, self->page->width, self->page->height, error), error);
}

static gboolean
write_pdf (const CamExport  *self,
           GByteArray       *bytes,
           GError          **error)
{
  double width = self->page->width * POINTS_PER_PIXEL, height = self->page->height * POINTS_PER_PIXEL;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);

  if (self->chart->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->chart->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Camadas");
  return finish_pages (surface, draw_on (self, surface, width, height, error), error);
}

static gboolean
write_csv (const CamExport  *self,
           GByteArray       *bytes,
           GError          **error)
{
  GString *csv = cam_chart_to_csv (self->chart);

  g_byte_array_append (bytes, (const guint8 *) csv->str, csv->len);
  g_string_free (csv, TRUE);
  return TRUE;
}

typedef gboolean (*CamWriteFunc) (const CamExport *self, GByteArray *bytes, GError **error);

static CamWriteFunc
find_writer (const char *path)
{
  static const struct { const char *ending; CamWriteFunc write; } writers[] = {
    { ".png", write_png }, { ".svg", write_svg }, { ".pdf", write_pdf }, { ".csv", write_csv },
  };
  const char *ending = strrchr (path, '.');

  for (guint i = 0; ending != NULL && i < G_N_ELEMENTS (writers); i++)
    if (g_ascii_strcasecmp (ending, writers[i].ending) == 0)
      return writers[i].write;
  return NULL;
}

void
cam_chart_draw_page (const CamChart     *self,
                     cairo_t            *cr,
                     const CamChartPage *page)
{
  CamExport job = { self, page };

  g_return_if_fail (self != NULL && cr != NULL && page != NULL);

  draw_page (&job, cr, page->width, page->height);
}

gboolean
cam_chart_export_page (const CamChart      *self,
                       const char          *path,
                       const CamChartPage  *page,
                       GError             **error)
{
  CamExport job = { self, page };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GError) reason = NULL;
  g_autofree char *shown = NULL;
  CamWriteFunc write;

  g_return_val_if_fail (self != NULL && path != NULL && page != NULL && page->theme != NULL, FALSE);
  g_return_val_if_fail (page->width > 0 && page->height > 0 && page->dpi > 0 && page->scale > 0, FALSE);

  shown = g_filename_display_name (path);
  write = find_writer (path);
  if (write == NULL)
    {
      g_set_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_FORMAT,
                   _("“%s”: a chart is saved as .png, .svg, .pdf or .csv; end the name with one of these."), shown);
      return FALSE;
    }
  if (write != write_csv && !cam_charts_init (error))
    return FALSE;
  if (!write (&job, bytes, &reason)
      || !g_file_set_contents_full (path, (const char *) bytes->data, bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &reason))
    {
      g_set_error (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_WRITE, _("“%s” could not be written: %s"), shown, reason->message);
      return FALSE;
    }
  return TRUE;
}

gboolean
cam_chart_export (const CamChart       *self,
                  const char           *path,
                  int                   width,
                  int                   height,
                  double                dpi,
                  const CamChartTheme  *theme,
                  gboolean              transparent,
                  GError              **error)
{
  CamChartPage page = { CLAMP (width, 40, 16000), CLAMP (height, 40, 16000), isfinite (dpi) ? CLAMP (dpi, 10, 2400) : SCREEN_DPI, 1, theme, transparent };

  return cam_chart_export_page (self, path, &page, error);
}
