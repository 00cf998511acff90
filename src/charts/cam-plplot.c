/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every call of PLplot. One stream lives for one drawing: made, led onto the caller's cairo_t by the extcairo driver, ended. A kept stream
 * would hold on to its first page size. Each drawing runs between setjmp() and a handler of PLplot's exit. */
#include "cam-plplot.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

#include <plplot.h>

#define DRIVER "extcairo"
#define SCRATCH 15              /* the one colour slot, set anew before each primitive */
#define MAX_DRIVERS 64
#define MAX_TEXT 1000           /* bytes handed to PLplot, whose own buffers hold 1024 */
#define MM_PER_PIXEL (25.4 / 96)  /* PLplot counts 72 pixels to the inch, Pango 96: text goes by Pango */

struct _CamPlot
{
  cairo_t        *cr;
  int             width, height;
  cairo_matrix_t  pixels;       /* as it was before the driver turned it upside down */
};

typedef struct
{
  CamPlot     plot;
  CamPlotFunc draw;
  gpointer    data;
} CamPlotRun;

static jmp_buf bail;
static gboolean is_armed;
static GThread *main_thread;
static PLINT error_code;
static char error_text[1024];   /* PLplot prints into it without asking for its size */
static char exit_text[256];

G_DEFINE_QUARK (cam-charts-error-quark, cam_charts_error)

/* --- The fence --------------------------------------------------------- */

static int
exit_cb (const char *message)
{
  g_strlcpy (exit_text, message != NULL ? message : "", sizeof exit_text);
  if (is_armed)
    {
      is_armed = FALSE;
      longjmp (bail, 1);
    }
  return 1;
}

/* FALSE: PLplot wanted to end the process. */
static gboolean
call_fenced (void   (*function) (gpointer data),
             gpointer data)
{
  if (setjmp (bail) != 0)
    return FALSE;
  is_armed = TRUE;
  function (data);
  is_armed = FALSE;
  return TRUE;
}

static void
end_stream (gpointer data)
{
  PLINT stream = -1;

  plgstrm (&stream);
  if (stream > 0)
    plend1 ();
}

static void
draw_stream (gpointer data)
{
  CamPlotRun *run = data;
  PLINT stream = -1;

  plmkstrm (&stream);
  if (stream < 0)
    exit_cb ("no stream is free");
  plsetopt ("drvopt", "text_clipping=0");   /* plinit() forgets it: set before each */
  plspage (0, 0, run->plot.width, run->plot.height, 0, 0);
  plsdev (DRIVER);
  plscmap0n (SCRATCH + 1);
  plinit ();
  plsError (&error_code, error_text);       /* messages go here instead of standard error */
  cairo_get_matrix (run->plot.cr, &run->plot.pixels);
  pl_cmd (PLESC_DEVINIT, run->plot.cr);     /* drawing before this would crash */
  /* Edges are smoothed as cairo does by itself. CAIRO_ANTIALIAS_FAST takes half the time, but cairo 1.16 then writes past the end of its spans where several curves are
   * replayed into a clipped region, and the heap is damaged. */
  pladv (0);
  cam_plot_unclip (&run->plot);
  run->draw (&run->plot, run->data);
  plsstrm (stream);
  plend1 ();
}

gboolean
cam_plplot_run (cairo_t     *cr,
                int          width,
                int          height,
                CamPlotFunc  draw,
                gpointer     data)
{
  CamPlotRun run = { { .cr = cr, .width = width, .height = height }, draw, data };
  gboolean is_done;

  g_return_val_if_fail (cr != NULL && width > 0 && height > 0, FALSE);

  if (!cam_plplot_init (NULL))
    return FALSE;
  g_return_val_if_fail (g_thread_self () == main_thread, FALSE);

  cairo_save (cr);      /* the driver leaves its axes and fill rule behind */
  is_done = call_fenced (draw_stream, &run);
  if (!is_done)
    call_fenced (end_stream, NULL);
  cairo_restore (cr);
  return is_done && cairo_status (cr) == CAIRO_STATUS_SUCCESS;
}

/* --- Start ------------------------------------------------------------- */

static void
list_drivers (gpointer data)
{
  const char *titles[MAX_DRIVERS], *names[MAX_DRIVERS];
  const char **p_titles = titles, **p_names = names;
  int n = MAX_DRIVERS - 1;

  plgDevs (&p_titles, &p_names, &n);
  for (int i = 0; i < n; i++)
    if (strcmp (names[i], DRIVER) == 0)
      *(gboolean *) data = TRUE;
}

static void
draw_nothing (CamPlot  *plot,
              gpointer  data)
{
}

/* The driver is a plug-in nobody links to: it may be missing, or listed and not loadable. */
static gboolean
is_driver_there (void)
{
  CamPlotRun run = { { .width = 48, .height = 48 }, draw_nothing, NULL };
  cairo_surface_t *surface;
  gboolean is_listed = FALSE, is_loaded;

  if (!call_fenced (list_drivers, &is_listed) || !is_listed)
    return FALSE;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 48, 48);
  run.plot.cr = cairo_create (surface);
  is_loaded = call_fenced (draw_stream, &run);
  if (!is_loaded)
    call_fenced (end_stream, NULL);
  cairo_destroy (run.plot.cr);
  cairo_surface_destroy (surface);
  return is_loaded;
}

gboolean
cam_plplot_init (GError **error)
{
  static gboolean is_tried, is_there;

  /* PLplot sets LC_NUMERIC to "C" and back around its calls, for all threads: numbers that another thread prints meanwhile
   * would change their decimal point. Where it is "C" already nothing moves. */
  setlocale (LC_NUMERIC, "C");

  if (!is_tried)
    {
      is_tried = TRUE;
      main_thread = g_thread_self ();
      g_setenv ("PLPLOT_FREETYPE_SANS_FAMILY", CAM_CHART_FONTS, TRUE);
      plsexit (exit_cb);
      is_there = is_driver_there ();
    }
  if (!is_there)
    {
      g_set_error_literal (error, CAM_CHARTS_ERROR, CAM_CHARTS_ERROR_UNAVAILABLE,
                           _("Charts cannot be drawn: PLplot’s cairo driver is missing. Install the package “plplot-driver-cairo”."));
      return FALSE;
    }
  return TRUE;
}

gboolean
cam_charts_init (GError **error)
{
  return cam_plplot_init (error);
}

/* --- Primitives -------------------------------------------------------- */

void
cam_plot_clip (CamPlot *plot,
               double   left,
               double   right,
               double   top,
               double   bottom)
{
  plvpor (left / plot->width, right / plot->width, 1 - bottom / plot->height, 1 - top / plot->height);
  plwind (left, right, bottom, top);
}

void
cam_plot_unclip (CamPlot *plot)
{
  plvpor (0, 1, 0, 1);
  plwind (0, plot->width, plot->height, 0);
}

void
cam_plot_set_colour (CamPlot *plot,
                     guint32  rgb,
                     double   alpha)
{
  plscol0a (SCRATCH, rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, alpha);
  plcol0 (SCRATCH);
}

void
cam_plot_line (CamPlot *plot,
               double   x0,
               double   y0,
               double   x1,
               double   y1,
               double   line_width)
{
  if (!isfinite (x0 + y0 + x1 + y1))
    return;
  plwidth (line_width);
  pljoin (x0, y0, x1, y1);
}

/* PLplot's own dashes are drawn in software, slow and uneven; it leaves cairo's alone. */
void
cam_plot_polyline (CamPlot        *plot,
                   const double   *x,
                   const double   *y,
                   gsize           n,
                   double          line_width,
                   CamLinePattern  pattern)
{
  static const double dashes[][4] = {
    [CAM_LINE_DASHED] = { 5, 3, 5, 3 },
    [CAM_LINE_DOTTED] = { 1.5, 2.5, 1.5, 2.5 },
    [CAM_LINE_DASH_DOT] = { 6, 2.5, 1.5, 2.5 },
  };

  if (n < 2)
    return;
  plwidth (line_width);
  if (pattern != CAM_LINE_SOLID)
    cairo_set_dash (plot->cr, dashes[pattern], 4, 0);
  plline ((PLINT) n, x, y);
  cairo_set_dash (plot->cr, NULL, 0, 0);
}

void
cam_plot_fill (CamPlot      *plot,
               const double *x,
               const double *y,
               gsize         n)
{
  if (n < 3)
    return;
  plwidth (1e-3);       /* the driver strokes the outline too, which darkens the edge of what is translucent */
  plfill ((PLINT) n, x, y);
}

void
cam_plot_rectangle (CamPlot *plot,
                    double   left,
                    double   right,
                    double   top,
                    double   bottom)
{
  double x[4] = { left, right, right, left };
  double y[4] = { top, top, bottom, bottom };

  if (isfinite (left + right + top + bottom))
    cam_plot_fill (plot, x, y, 4);
}

void
cam_plot_dot (CamPlot *plot,
              double   x,
              double   y,
              double   radius)
{
  /* One that is not finite, or has no size, would put the context in error: everything after it blank. */
  if (!isfinite (x + y) || fabs (x) > 1e5 || fabs (y) > 1e5 || !(radius > 0))
    return;
  plwidth (1e-3);
  plarc (x, y, radius, radius, 0, 360, 0, TRUE);
}

void
cam_plot_image (CamPlot         *plot,
                cairo_surface_t *image,
                double           left,
                double           right,
                double           top,
                double           bottom,
                double           clip_left,
                double           clip_right,
                double           clip_top,
                double           clip_bottom)
{
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);

  if (!isfinite (left + right + top + bottom) || width < 1 || height < 1 || !(right > left) || !(bottom > top))
    return;
  cairo_save (plot->cr);
  cairo_set_matrix (plot->cr, &plot->pixels);
  cairo_rectangle (plot->cr, fmax (left, clip_left), fmax (top, clip_top), fmin (right, clip_right) - fmax (left, clip_left), fmin (bottom, clip_bottom) - fmax (top, clip_top));
  cairo_clip (plot->cr);
  cairo_translate (plot->cr, left, top);
  cairo_scale (plot->cr, (right - left) / width, (bottom - top) / height);
  cairo_set_source_surface (plot->cr, image, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (plot->cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (plot->cr), CAIRO_FILTER_BILINEAR);
  cairo_paint (plot->cr);
  cairo_restore (plot->cr);
}

/* “#” begins a command of PLplot's; doubled it is itself. */
static const char *
escape (const char *text)
{
  static char buf[MAX_TEXT + 4];
  gsize length = 0;

  for (const char *c = text; *c != '\0';)
    {
      gsize bytes = (gsize) (g_utf8_next_char (c) - c);

      if (length + bytes + 1 > MAX_TEXT)
        break;
      if (*c == '#')
        buf[length++] = '#';
      memcpy (buf + length, c, bytes);
      length += bytes;
      c += bytes;
    }
  buf[length] = '\0';
  return buf;
}

static void
set_font (double   size,
          gboolean is_bold)
{
  plsfont (PL_FCI_SANS, PL_FCI_UPRIGHT, is_bold ? PL_FCI_BOLD : PL_FCI_MEDIUM);
  plschr (size * MM_PER_PIXEL, 1);
}

void
cam_plot_text (CamPlot    *plot,
               double      x,
               double      y,
               CamAlign    align,
               double      size,
               gboolean    is_bold,
               const char *text)
{
  if (text == NULL || *text == '\0' || !isfinite (x + y))
    return;
  set_font (size, is_bold);
  plptex (x, y, 1, 0, align * 0.5, escape (text));
}

void
cam_plot_text_upward (CamPlot    *plot,
                      double      x,
                      double      y,
                      double      size,
                      const char *text)
{
  if (text == NULL || *text == '\0' || !isfinite (x + y))
    return;
  set_font (size, FALSE);
  plptex (x, y, 0, -1, 0.5, escape (text));
}
