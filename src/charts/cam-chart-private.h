/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a chart description, for the files of this floor. */
#pragma once

#include "cam-chart.h"

G_BEGIN_DECLS

/* Fallbacks in order; no character that means something to Pango's markup, into which PLplot pastes it. */
#define CAM_CHART_FONTS "Inter,Cantarell,sans"

typedef enum { CAM_LOOK_CURVE, CAM_LOOK_BARS, CAM_LOOK_DOTS, CAM_LOOK_ROW_BARS, CAM_LOOK_ROW_BOXES, CAM_LOOK_ROW_DOTS, CAM_LOOK_ROW_BANDS, CAM_LOOK_GROUP_BARS } CamLook;

typedef struct
{
  CamLook         look;
  char           *name;             /* valid UTF-8; never NULL */
  char           *note;             /* the same; NULL: none */
  double         *x, *y;            /* n */
  double         *low, *high;       /* n, or both NULL: no band */
  CamChartBox    *boxes;            /* n; NULL where there are none */
  guint          *box_colours;      /* n */
  double         *smooth;           /* n, or NULL: not smoothed */
  gsize           n;
  gsize           dot;              /* a point with a dot on it; G_MAXSIZE: none */
  double          bar_width;        /* in x */
  guint           colour;
  CamLinePattern  pattern;
  gboolean        has_end_label;
  gboolean        has_end_dot;
  gboolean        is_hidden;
  gboolean        is_faded;
  gboolean        is_unlisted;
} CamSeries;

typedef struct
{
  GBytes  *shares;                  /* float [height, width, n_classes] */
  guint    width, height, n_classes;
  double   x_min, x_max, y_min, y_max;
  guint   *colours;                 /* n_classes */
} CamChartRegion;

/* Cells of a chart of rows and groups. */
typedef struct
{
  guint    n_rows, n_columns;
  double  *values;                  /* [n_rows, n_columns]; NaN: empty */
  char   **texts;                   /* as many */
  double   low, middle, high;
} CamChartCells;

typedef struct
{
  char    *name;
  gboolean is_log, is_share;
  double   low, high;
  char   **categories;              /* n_categories; NULL: numbers */
  guint    n_categories;
  double   brush_low, brush_high;   /* NaN: none */
} CamParallelAxis;

typedef struct
{
  guint            n_axes, n_lines;
  CamParallelAxis *axes;
  double          *values;          /* [n_lines, n_axes] */
  char           **names;           /* n_lines */
  guint           *order;           /* lines, the worst first */
  gboolean         larger_is_better;
} CamChartParallel;

/* A square of classes. */
typedef struct
{
  char   **names;                   /* n */
  char    *row_title, *column_title, *unit;   /* NULL: none */
  GBytes  *numbers;                 /* double [n, n] */
  GBytes  *shares;                  /* float [n, n] */
  guint    n;
  guint    first_row, first_column, window;   /* what is shown of it */
} CamChartMatrix;

struct _CamChart
{
  grefcount      ref_count;

  /* owned; texts are valid UTF-8 or NULL */
  char          *title;
  char          *subtitle;
  char          *x_title;
  char          *y_title;
  char          *marker_label;
  char          *span_label;
  char          *empty_text;
  char         **row_names;         /* NULL: no chart of rows */
  char         **row_texts;         /* NULL: none */
  guint         *row_colours;       /* n_rows; NULL: each series its own */
  gboolean      *row_alerts;        /* n_rows; NULL: none */
  GPtrArray     *series;            /* of CamSeries */
  CamChartRegion *region;           /* NULL: none */
  CamChartMatrix *matrix;           /* in place of axes and series; NULL: none */

  CamAxisFormat  x_format, y_format;
  double         x_min, x_max;      /* NaN: from the data */
  double         y_min, y_max;
  gboolean       has_marker;
  double         marker_x, marker_y;
  gboolean       has_span;
  double         span_from, span_done, span_to;
  guint          n_rows;
  char         **group_names;       /* n_groups; NULL: x measures */
  guint          n_groups;
  CamChartParallel *parallel;       /* NULL: none */
  CamChartCells *cells;           /* n_rows × n_groups; NULL: none */
};

static inline CamSeries *
cam_chart_peek_series (const CamChart *self,
                       guint           series)
{
  return g_ptr_array_index (self->series, series);
}

/* cam_chart_add_series: of @n points, values copied; a curve until its look is set. */
CamSeries *cam_chart_add_series (CamChart *self, const char *name, const double *x, const double *y, gsize n, guint colour);

/* cam_chart_get_base: where bar @i of a series of bars begins: the sum of the visible bars below it. */
double     cam_chart_get_base   (const CamChart *self, guint series, gsize i);

/* cam_chart_get_row_colour: of what @series draws in a row. */
guint      cam_chart_get_row_colour (const CamChart *self, guint series, gsize row);

/* cam_chart_append_rows: what the rows of a chart say, in words. */
void       cam_chart_append_rows (GString *text, const CamChart *self);

/* cam_chart_append_groups: the same of groups and of cells. */
void       cam_chart_append_groups (GString *text, const CamChart *self);

/* A dot on the last point: where a run under way has come to. */
void cam_chart_set_end_dot (CamChart *self, guint series, gboolean shown);

CamChartParallel *cam_chart_parallel_copy (const CamChartParallel *self);    /* NULL stays NULL */
void              cam_chart_parallel_free (CamChartParallel *self);
/* cam_parallel_share: where on its axis a line is, 0 … 1 from the bottom; NaN: nowhere. */
double            cam_parallel_share      (const CamChartParallel *self, guint line, guint axis);
gboolean          cam_parallel_is_chosen  (const CamChartParallel *self, guint line);
void              cam_chart_append_parallel (GString *text, const CamChart *self);

CamChartCells *cam_chart_cells_copy (const CamChartCells *self);      /* NULL stays NULL */
void            cam_chart_cells_free (CamChartCells *self);

CamChartRegion *cam_chart_region_copy (const CamChartRegion *self);      /* NULL stays NULL; the shares are shared */
void            cam_chart_region_free (CamChartRegion *self);

CamChartMatrix *cam_chart_matrix_copy (const CamChartMatrix *self);      /* NULL stays NULL; cells are shared */
void            cam_chart_matrix_free (CamChartMatrix *self);
void            cam_chart_matrix_draw (const CamChart *chart, cairo_t *cr, int width, int height, const CamChartTheme *theme, CamChartParts parts, CamChartLayout *layout);
CamChartTable  *cam_chart_matrix_table_new (const CamChart *chart);
char           *cam_chart_matrix_dup_summary (const CamChart *chart);

G_END_DECLS
