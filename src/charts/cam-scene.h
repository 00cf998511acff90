/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart settled for one size: ranges, ticks, margins, curves in pixels, texts cut to fit. All that can go wrong or needs memory happens while a
 * scene is made; drawing it only walks through it, so that PLplot may be left at any point. */
#pragma once

#include <pango/pangocairo.h>

#include "cam-chart-private.h"
#include "cam-plplot.h"
#include "cam-ticks.h"

G_BEGIN_DECLS

#define CAM_TEXT_TITLE 14.0
#define CAM_TEXT_BODY 11.5
#define CAM_TEXT_TICK 11.0
#define CAM_LABEL_STEP 15.0     /* between the middles of labels above each other */
#define CAM_SAMPLE_WIDTH 18.0   /* of the line in a legend */
#define CAM_SWATCH 10.0         /* of the square that stands for bars and dots */

/* A curve in pixels; NaN in y: a gap. Longer than there are pixels, it is the mean of each bucket within its lowest and highest value. */
typedef struct
{
  guint   series;
  gboolean is_raw;              /* what was measured, behind its smooth line */
  gsize   n;
  double *x, *y;
  double *low, *high;           /* n, or both NULL */
  double *outline_x, *outline_y;   /* 2 n, room for the outline of the band; NULL where there is none */
  double  end_x, end_y;         /* last point that is there; NaN: none */
} CamPath;

/* Bars, dots or boxes in pixels: the sides of bars; the middles of dots (left, top); of boxes whiskers, quartiles, median and mean in x, with the height of the row. */
typedef struct
{
  guint   series;
  gsize   n;
  double *left, *right, *top, *bottom;
  double *low, *high, *median, *mean;      /* boxes; bands and bars with errors have low and high; else NULL */
} CamMarks;

/* A word in the colour of a series: in the legend, or beside the end of its curve. */
typedef struct
{
  guint   series;
  double  x, y;                 /* where the text starts; its middle */
  double  end_x, wanted_y;      /* end label: where its curve ends */
  char   *text;                 /* owned */
} CamWord;

typedef struct
{
  /* borrowed */
  const CamChart      *chart;
  const CamChartTheme *theme;
  CamChartParts        parts;
  int                  width, height;

  CamChartLayout       layout;
  gboolean             has_data;
  gboolean             is_y_known;      /* FALSE: nothing to measure yet, so no numbers on the axis */
  gboolean             is_x_whole;
  CamTicks             x_ticks, y_ticks;

  /* owned; NULL: not drawn */
  PangoLayout         *measure;
  char                *title, *subtitle, *x_title, *y_title, *marker, *span, *empty;
  double               empty_width;     /* of the text over axes without data, with room around it; 0: there is none */
  double               title_y, subtitle_y;
  double               marker_x, marker_y;
  CamAlign             marker_align;
  GArray              *legend;          /* of CamWord */
  GArray              *end_words;       /* of CamWord */
  GPtrArray           *paths;           /* of CamPath, in the order of the series, the raw one after the smooth one; visible curves only */
  GPtrArray           *marks;           /* of CamMarks, likewise: what is no curve */
  cairo_surface_t     *image;           /* of a region, a pixel a cell */
  GArray              *borders;         /* double: x0, y0, x1, y1 in pixels, of pieces of the lines between classes */
  char               **row_names;       /* n_rows, fitted; NULL: no chart of rows */
  char               **row_texts;
  double               texts_right;     /* where row_texts end */
  char               **group_names;     /* n_groups, fitted; NULL: no chart of groups */
  gboolean             has_values;      /* over bars, or in cells */
  /* Parallel axes; NULL: none. */
  char               **axis_names, **axis_lows, **axis_highs;
  char              ***categories;      /* [axes][categories]; NULL: no room */
  double             **category_widths;
  guint                n_line_points;
  double              *line_x, *line_y; /* [points], [lines, points] */
  double              *line_shares;     /* [lines] of the last axis */
  gboolean            *line_chosen;
} CamScene;

CamScene *cam_scene_new         (const CamChart *chart, cairo_t *cr, int width, int height, const CamChartTheme *theme, CamChartParts parts);
void      cam_scene_free        (CamScene *self);
void      cam_scene_draw        (CamPlot *plot, gpointer scene);

/* cam_scene_fit: @text on one line, at most 60 characters and @width pixels, with “…” where it was cut. NULL where there is none or no room. g_free(). */
char     *cam_scene_fit         (CamScene *self, const char *text, double size, gboolean is_bold, double width);
double    cam_scene_text_width  (CamScene *self, const char *text, double size, gboolean is_bold);

/* The steps of cam_scene_new(). */
void      cam_scene_find_x_range (CamScene *self);
void      cam_scene_find_y_range (CamScene *self, double plot_height);
void      cam_scene_place        (CamScene *self);
void      cam_scene_trace        (CamScene *self);
void      cam_scene_place_words  (CamScene *self);

/* Names of rows: fitted before the margins are known. */
void      cam_scene_fit_rows    (CamScene *self);
double    cam_scene_widest_row  (CamScene *self, char *const *texts, gboolean is_bold);
/* Dots, bands and errors of rows (cam-scene-rows.c). cam_scene_is_of_dots: whether the rows have what does not begin at 0. */
gboolean  cam_scene_is_of_dots  (const CamScene *self);
double    cam_scene_row_half    (const CamScene *self);
void      cam_scene_trace_row   (const CamScene *self, const CamSeries *series, CamMarks *marks);
void      cam_scene_spread_dots (CamScene *self);
void      cam_scene_draw_bands  (const CamScene *self, CamPlot *plot, const CamMarks *marks);
void      cam_scene_draw_row_dots (const CamScene *self, CamPlot *plot, const CamMarks *marks);
void      cam_scene_draw_ticks  (const CamScene *self, CamPlot *plot, const CamMarks *marks);
void      cam_scene_draw_errors (const CamScene *self, CamPlot *plot, const CamMarks *marks);
/* Groups and cells (cam-scene-groups.c). */
void      cam_scene_name_groups (CamScene *self);
void      cam_scene_trace_groups (const CamScene *self, const CamSeries *series, CamMarks *marks);
void      cam_scene_measure_values (CamScene *self);
void      cam_scene_measure_cells (CamScene *self);
void      cam_scene_draw_groups (const CamScene *self, CamPlot *plot, const CamMarks *marks);
void      cam_scene_draw_names  (const CamScene *self, CamPlot *plot);
/* Parallel axes (cam-scene-parallel.c), in place of all of the other kinds. */
void      cam_scene_place_parallel (CamScene *self, double top);
void      cam_scene_trace_parallel (CamScene *self);
void      cam_scene_draw_parallel (const CamScene *self, CamPlot *plot);
void      cam_scene_clear_parallel (CamScene *self);
/* Marks lie under the curves. */
void      cam_scene_trace_marks (CamScene *self);
void      cam_scene_draw_marks  (const CamScene *self, CamPlot *plot);
void      cam_scene_draw_rows   (const CamScene *self, CamPlot *plot);

/* @value in pixels; cut where it lies far outside, NaN where it has no place. */
double    cam_scene_px          (const CamScene *self, double value);
double    cam_scene_py          (const CamScene *self, double value);

/* A region (cam-scene-region.c). */
void      cam_scene_trace_region (CamScene *self);
void      cam_scene_draw_region  (const CamScene *self, CamPlot *plot);

/* @value on the axis: itself or log10; NaN where it has no place. */
double    cam_scene_on_axis      (CamAxisFormat format, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamScene, cam_scene_free)

G_END_DECLS
