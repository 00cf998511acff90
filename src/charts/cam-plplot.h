/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that calls PLplot. It knows pixels, colours and text, nothing of charts: whoever draws has settled every number before.
 * PLplot keeps one current stream for the process and ends it with exit() where it is displeased; both are fenced in here. Main thread only. */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "cam-chart-private.h"

G_BEGIN_DECLS

typedef struct _CamPlot CamPlot;

/**
 * CamPlotFunc:
 *
 * Draws with the cam_plot functions. May be left at any point by longjmp(): it must own no memory.
 */
typedef void (*CamPlotFunc) (CamPlot *plot, gpointer data);

typedef enum { CAM_ALIGN_START, CAM_ALIGN_MIDDLE, CAM_ALIGN_END } CamAlign;

/* cam_plplot_init: see cam_charts_init(), which is this. */
gboolean cam_plplot_init      (GError **error);

/**
 * cam_plplot_run:
 * @cr: user space in logical pixels, y down, the drawing at 0, 0; its state is as before afterwards
 * @draw: called once, with a page of @width × @height pixels
 *
 * Returns: %FALSE where PLplot is not to be had or gave up; some of the drawing may be there
 */
gboolean cam_plplot_run       (cairo_t *cr, int width, int height, CamPlotFunc draw, gpointer data);

/* Pixels outside this rectangle stay as they are until cam_plot_unclip(); for lines and fills, not for text and dots. */
void     cam_plot_clip        (CamPlot *plot, double left, double right, double top, double bottom);
void     cam_plot_unclip      (CamPlot *plot);
void     cam_plot_set_colour  (CamPlot *plot, guint32 rgb, double alpha);

/* All values in pixels. What is not finite is left out. */
void     cam_plot_line        (CamPlot *plot, double x0, double y0, double x1, double y1, double line_width);
void     cam_plot_polyline    (CamPlot *plot, const double *x, const double *y, gsize n, double line_width, CamLinePattern pattern);
void     cam_plot_fill        (CamPlot *plot, const double *x, const double *y, gsize n);
void     cam_plot_rectangle   (CamPlot *plot, double left, double right, double top, double bottom);
void     cam_plot_dot         (CamPlot *plot, double x, double y, double radius);

/* cam_plot_image: @image over a rectangle, as smooth as it is enlarged; what lies outside the clip rectangle is cut off. */
void     cam_plot_image       (CamPlot *plot, cairo_surface_t *image, double left, double right, double top, double bottom,
                               double clip_left, double clip_right, double clip_top, double clip_bottom);

/* Text stands on its middle: @y is the middle of its height. */
void     cam_plot_text        (CamPlot *plot, double x, double y, CamAlign align, double size, gboolean is_bold, const char *text);
void     cam_plot_text_upward (CamPlot *plot, double x, double y, double size, const char *text);

G_END_DECLS
