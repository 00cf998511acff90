/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart description and its drawing on any cairo_t. The description is built once and then only read; drawing goes through PLplot and so happens
 * on the main thread only. Screen and export are the same call on another surface. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define CAM_CHARTS_ERROR (cam_charts_error_quark ())
GQuark cam_charts_error_quark (void);
typedef enum
{
  CAM_CHARTS_ERROR_UNAVAILABLE,   /* PLplot's cairo driver is missing: which package to install */
  CAM_CHARTS_ERROR_WRITE,         /* the file could not be written */
  CAM_CHARTS_ERROR_FORMAT,        /* unknown file ending */
} CamChartsError;

/* cam_charts_init: once, in the main thread, before any thread is started (it sets font variables) and after the locale is set. Pins LC_NUMERIC to "C",
 * installs the guards, probes the driver. Safe to call again. */
gboolean cam_charts_init (GError **error);

/* CAM_THEME_PRINT: black on white, hues dark enough for paper and of different grey. */
typedef enum { CAM_THEME_LIGHT, CAM_THEME_DARK, CAM_THEME_PRINT } CamThemeKind;
typedef struct
{
  guint32 text, muted, grid, axis, card;   /* 0xRRGGBB */
  guint32 series[10];
  double  band_alpha;
} CamChartTheme;
const CamChartTheme *cam_chart_theme_get (CamThemeKind kind);

typedef enum { CAM_LINE_SOLID, CAM_LINE_DASHED, CAM_LINE_DOTTED, CAM_LINE_DASH_DOT } CamLinePattern;
/* CAM_AXIS_DATE: days since 1970-01-01 in UTC; of x only. */
typedef enum { CAM_AXIS_NUMBER, CAM_AXIS_PERCENT, CAM_AXIS_LOG, CAM_AXIS_DATE } CamAxisFormat;

typedef struct _CamChart CamChart;
#define CAM_TYPE_CHART (cam_chart_get_type ())
GType     cam_chart_get_type     (void);
CamChart *cam_chart_new          (void);
CamChart *cam_chart_ref          (CamChart *self);
void      cam_chart_unref        (CamChart *self);
/* cam_chart_copy: one of its own, to be changed by setters: the other may be in use. */
CamChart *cam_chart_copy         (const CamChart *self);

/* Setters are for whoever builds it; strings are copied; any text may contain anything. */
void      cam_chart_set_title    (CamChart *self, const char *title, const char *subtitle);        /* drawn only where the caller wants it: export */
void      cam_chart_set_axes     (CamChart *self, const char *x_title, const char *y_title, CamAxisFormat x_format, CamAxisFormat y_format);
/* cam_chart_dup_date: a place on an axis of dates: “2018-03-01”, with the time of day where there is one; “–” where no calendar reaches. */
char     *cam_chart_dup_date     (double days);
void      cam_chart_set_x_range  (CamChart *self, double min, double max);                         /* NaN: from the data */
void      cam_chart_set_y_range  (CamChart *self, double min, double max);
/* A series of a colour out of the theme's ten. @x strictly increasing; NaN in y is a gap. Returns its index. */
guint     cam_chart_add_curve    (CamChart *self, const char *name, const double *x, const double *y, gsize n, guint colour, CamLinePattern pattern);
void      cam_chart_set_band     (CamChart *self, guint series, const double *low, const double *high);   /* n values each */
void      cam_chart_set_end_label (CamChart *self, guint series, gboolean shown);                    /* direct label at the last point */
void      cam_chart_set_visible  (CamChart *self, guint series, gboolean visible);
/* What it is, in a sentence that the legend tells whoever asks; NULL: its name says it. */
void      cam_chart_set_note     (CamChart *self, guint series, const char *note);
/* Drawn thin and pale: not what is being looked at. */
void      cam_chart_set_faded    (CamChart *self, guint series, gboolean faded);
/* A dot on one point of a curve: its best. */
void      cam_chart_set_dot      (CamChart *self, guint series, gsize point);
void      cam_chart_set_x_format (CamChart *self, CamAxisFormat format);
void      cam_chart_set_y_format (CamChart *self, CamAxisFormat format);

/* Bars over x, each @width wide around its x (increasing). They stand on the bars added before, where those are visible and as many. */
guint     cam_chart_add_bars     (CamChart *self, const char *name, const double *x, const double *values, gsize n, double width, guint colour);
/* Points by themselves, in any order. */
guint     cam_chart_add_dots     (CamChart *self, const char *name, const double *x, const double *y, gsize n, guint colour);

/* A chart of rows: @names stand from the top down where the y axis would be, x measures. @texts (NULL: none) stand at the right end of the rows. At most CAM_CHART_MAX_ROWS; only what is of
 * rows is drawn in such a chart. */
#define CAM_CHART_MAX_ROWS 30
void      cam_chart_set_rows     (CamChart *self, const char *const *names, const char *const *texts, guint n);
/* A bar from zero in each row, on the end of those added before. Values one a row; its points are (row, value). A band of it, see cam_chart_set_band(), is drawn as an error. */
guint     cam_chart_add_row_bars (CamChart *self, const char *name, const double *values, guint colour);
/* Quartiles, the ends of the whiskers and the mean of each row; @median NaN: no box. */
typedef struct { double low, q25, median, q75, high, mean; } CamChartBox;
guint     cam_chart_add_row_boxes (CamChart *self, const char *name, const CamChartBox *boxes, const guint *colours);
/* A dot in each row; NaN: none. Those of a row that would hide each other move up and down in it. */
guint     cam_chart_add_row_dots (CamChart *self, const char *name, const double *values, guint colour);
/* In each row a band from @low to @high with a tick at @mean; NaN: not there. Its points are (row, mean). */
guint     cam_chart_add_row_bands (CamChart *self, const char *name, const double *low, const double *mean, const double *high, guint colour);
/* A colour for each row, in which bars, dots and bands are drawn there whatever their series has; after cam_chart_set_rows(). */
void      cam_chart_set_row_colours (CamChart *self, const guint *colours);
/* Whether the text at the end of a row is drawn as a warning. */
void      cam_chart_set_row_alerts (CamChart *self, const gboolean *alerts);
/* A chart of groups: @names stand under the x axis, one for each whole number from 0, and x measures nothing. Curves over those numbers and bars of groups are drawn in such a chart. At most
 * CAM_CHART_MAX_GROUPS. */
#define CAM_CHART_MAX_GROUPS 60
void      cam_chart_set_groups   (CamChart *self, const char *const *names, guint n);
/* A bar from zero in each group, beside those of the series added before. Its points are (group, value). A band of it, see cam_chart_set_band(), is drawn as an error. */
guint     cam_chart_add_group_bars (CamChart *self, const char *name, const double *values, guint colour);
/**
 * cam_chart_set_cells:
 * @rows, @columns: names, at most CAM_CHART_MAX_ROWS and CAM_CHART_MAX_GROUPS
 * @values: `[n_rows, n_columns]`; NaN: an empty cell
 * @texts: what stands in each cell
 * @low, @middle, @high: what is tinted with one hue, with none, and with the other
 *
 * A chart of cells; it has no series.
 */
void      cam_chart_set_cells   (CamChart *self, const char *const *rows, guint n_rows, const char *const *columns, guint n_columns, const double *values, const char *const *texts,
                                  double low, double middle, double high);
/* One of several axes beside each other. */
typedef struct
{
  const char        *name;
  gboolean           is_log, is_share;
  double             low, high;        /* of a number */
  const char *const *categories;       /* from the lowest up; NULL: it measures numbers */
  guint              n_categories;
} CamChartAxis;

/**
 * cam_chart_set_parallel:
 * @axes: at least two; the last is what the lines are judged by, and gives them their colour
 * @values: `[n_lines, n_axes]`; of a category its number; NaN: the line stops there
 * @names: of the lines
 *
 * A chart of parallel axes, a line through them for each trial; it has no series. The best tenth is drawn strong.
 */
void      cam_chart_set_parallel (CamChart *self, const CamChartAxis *axes, guint n_axes, const double *values, const char *const *names, guint n_lines, gboolean larger_is_better);
/* cam_chart_set_brush: only lines that cross @axis between @low and @high, shares of its height from the bottom, are looked at; the others are pale. NaN: no brush there. */
void      cam_chart_set_brush    (CamChart *self, guint axis, double low, double high);
gboolean  cam_chart_get_brush    (const CamChart *self, guint axis, double *low, double *high);    /* FALSE: none there */
guint     cam_chart_get_n_axes   (const CamChart *self);                     /* 0: no parallel axes */
guint     cam_chart_count_chosen (const CamChart *self);                     /* lines that all brushes let through */
/* Whether the legend names it; FALSE where the rows do. */
void      cam_chart_set_listed   (CamChart *self, guint series, gboolean listed);
/* cam_chart_set_smoothing: all curves as TensorBoard smooths them: a moving average in which each point counts @weight times as much as the one after it, freed of its bias towards 0.
 * The line drawn is the smooth one, and what was measured stands thin and pale behind it. @weight 0 … 0.999; 0: none. Curves added later are not smoothed. */
void      cam_chart_set_smoothing (CamChart *self, double weight);
/**
 * cam_chart_set_region:
 * @shares: `[height, width, n_classes]`, the lowest row first: how sure each class is; copied
 * @colours: one of the theme's ten for each class
 *
 * A plane under everything else, tinted where a class prevails and the stronger the surer it is, with a line where two classes are as sure as each other. The axes reach as far as it does.
 */
void      cam_chart_set_region   (CamChart *self, const float *shares, guint width, guint height, guint n_classes, double x_min, double x_max, double y_min, double y_max, const guint *colours);
/**
 * cam_chart_set_matrix:
 * @numbers: `[n, n]`: what the cells hold, by row (truth), then by column (what was said)
 * @shares: `[n, n]`: 0 … 1: how strongly each is coloured
 * @row_title, @column_title, @unit: (nullable): what stands beside rows and below columns, and after the share that a cell tells where there are few: "of row"
 *
 * A matrix of classes in place of axes and series, @names from the top down and from left to right. cam_chart_set_matrix_window(): only @n × @n cells of it, as large as there is room.
 * In the layout of a draw x counts columns and y rows, from the top down.
 */
void      cam_chart_set_matrix   (CamChart *self, const char *const *names, const double *numbers, const float *shares, guint n, const char *row_title, const char *column_title, const char *unit);
void      cam_chart_set_matrix_window (CamChart *self, guint row, guint column, guint n);
guint     cam_chart_get_matrix_window (const CamChart *self, guint *row, guint *column);   /* cells a side; 0: no matrix */
/* Vertical line with a dot and a label: "best 0.231 · epoch 38". @y NaN: no dot. */
void      cam_chart_set_marker   (CamChart *self, double x, double y, const char *label);
/* A shaded span: patience. Drawn under the curves; the part up to @done stronger. @label may be NULL. */
void      cam_chart_set_span     (CamChart *self, double from, double done, double to, const char *label);
void      cam_chart_set_empty_text (CamChart *self, const char *text);                              /* over axes without data: "first epoch under way" */

const char *cam_chart_get_title      (const CamChart *self);
const char *cam_chart_get_x_title    (const CamChart *self);
CamAxisFormat cam_chart_get_x_format (const CamChart *self);
CamAxisFormat cam_chart_get_y_format (const CamChart *self);
void        cam_chart_get_x_range    (const CamChart *self, double *min, double *max);   /* as set; NaN: from the data */
guint       cam_chart_get_n_series   (const CamChart *self);
gboolean    cam_chart_get_visible    (const CamChart *self, guint series);
gboolean    cam_chart_get_end_label  (const CamChart *self, guint series);
gboolean    cam_chart_get_faded      (const CamChart *self, guint series);
gsize       cam_chart_get_dot        (const CamChart *self, guint series);   /* G_MAXSIZE: none */
const char *cam_chart_get_name       (const CamChart *self, guint series);
const char *cam_chart_get_note       (const CamChart *self, guint series);
guint       cam_chart_get_colour     (const CamChart *self, guint series);
CamLinePattern cam_chart_get_pattern (const CamChart *self, guint series);
gboolean    cam_chart_get_listed     (const CamChart *self, guint series);   /* in the legend */
gboolean    cam_chart_get_is_curve   (const CamChart *self, guint series);   /* FALSE: bars, dots, boxes: a dot stands for it in the legend */
guint       cam_chart_get_n_rows     (const CamChart *self);                 /* 0: no chart of rows */
guint       cam_chart_get_n_groups   (const CamChart *self);                 /* 0: no chart of groups */
const char *cam_chart_get_group      (const CamChart *self, double x);       /* the name of the nearest; NULL: there is none */
double      cam_chart_get_top        (const CamChart *self, guint series, gsize i);   /* where a point of it is drawn: its y, of a bar its upper end */
gsize       cam_chart_get_points     (const CamChart *self, guint series, const double **x, const double **y);   /* as added */
const double *cam_chart_get_smooth   (const CamChart *self, guint series);   /* as many; NULL: not smoothed */
char       *cam_chart_dup_summary    (const CamChart *self);   /* a sentence for screen readers: "Loss: validation 0.23 at epoch 47, lowest 0.21 at epoch 38; …" */

/* Where the plot is after a draw: for hover and zoom, own linear or log map. */
typedef struct
{
  double left, right, top, bottom;          /* pixels of the drawing area, y down */
  double x_min, x_max, y_min, y_max;        /* data; log axes: log10 */
  gboolean x_log, y_log;
} CamChartLayout;

typedef enum { CAM_CHART_PLAIN = 0, CAM_CHART_WITH_TITLE = 1 << 0, CAM_CHART_WITH_LEGEND = 1 << 1 } CamChartParts;

/* cam_chart_draw: onto @cr, whose user space is logical pixels with the chart at 0, 0; nothing is painted behind it. Below 40×40 nothing is drawn. Never fails: where PLplot does,
 * a placeholder says so. @layout may be NULL. Main thread only. */
void      cam_chart_draw         (const CamChart *self, cairo_t *cr, int width, int height, const CamChartTheme *theme, CamChartParts parts, CamChartLayout *layout);

double    cam_chart_layout_x     (const CamChartLayout *self, double pixel_x);     /* pixel → data */
double    cam_chart_layout_y     (const CamChartLayout *self, double pixel_y);
double    cam_chart_layout_to_px (const CamChartLayout *self, double x);           /* data → pixel */
double    cam_chart_layout_to_py (const CamChartLayout *self, double y);
/* cam_chart_find_extent: what a draw would show without a zoom: the limits in @extent; its pixels are not set. */
void      cam_chart_find_extent  (const CamChart *self, CamChartLayout *extent);
/* cam_chart_dup_spot: what lies under a pixel, where its x alone does not say it (cam_chart_has_spots()): a dot, a row, a cell, a line; the first line its name. NULL: nothing. g_free(). */
char     *cam_chart_dup_spot     (const CamChart *self, const CamChartLayout *layout, double pixel_x, double pixel_y);
gboolean  cam_chart_has_spots    (const CamChart *self);
/* cam_chart_find_axis: the parallel axis at a pixel; -1: none is near. */
int       cam_chart_find_axis    (const CamChart *self, const CamChartLayout *layout, double pixel_x, double pixel_y);
/* cam_chart_find_line: the chosen line nearest to a pixel; -1: none is near. */
int       cam_chart_find_line    (const CamChart *self, const CamChartLayout *layout, double pixel_x, double pixel_y);
/* cam_chart_dup_line: it in words, a value a line: “trial 7”, “learning_rate 0.01” … g_free(). */
char     *cam_chart_dup_line     (const CamChart *self, guint line);
/* cam_chart_find: index of the point of @series (a curve or bars) nearest in x; FALSE: none. */
gboolean  cam_chart_find         (const CamChart *self, guint series, double x, gsize *index);

/* cam_chart_export: by the file's ending: .png (at @dpi), .svg, .pdf (fonts embedded), .csv (the numbers). Sizes in logical pixels. Background: the theme's card, or none. Temporary name, then renamed. */
gboolean  cam_chart_export       (const CamChart *self, const char *path, int width, int height, double dpi, const CamChartTheme *theme, gboolean transparent, GError **error);

/* A page to put a chart on. */
typedef struct
{
  double               width, height;   /* in units of 1/96 inch: at 96 dpi, pixels */
  double               dpi;             /* of a .png */
  double               scale;           /* of all that is drawn, text too; 1: as on the screen, 8.25 points at the axes */
  const CamChartTheme *theme;
  gboolean             is_transparent;
} CamChartPage;

#define CAM_CHART_TEXT_POINTS 8.25

/* cam_chart_export_page: as cam_chart_export(). cam_chart_draw_page: the page itself, as large as @page says in the units of @cr: for a preview. */
gboolean  cam_chart_export_page  (const CamChart *self, const char *path, const CamChartPage *page, GError **error);
void      cam_chart_draw_page    (const CamChart *self, cairo_t *cr, const CamChartPage *page);
/* cam_chart_page_pixels: how large a .png of it is. */
void      cam_chart_page_pixels  (const CamChartPage *page, int *width, int *height);

/* The numbers of a chart as one table: a row for each x at which something visible has a point, in order; of a chart of rows, one for each of them. */
typedef struct
{
  guint    n_columns;
  gsize    n_rows;
  char   **names;          /* of the columns, the x axis first: “Epoch”, “validation”, “validation smoothed”, “train” … */
  double **columns;        /* n_rows each; NaN: nothing there */
  char   **row_names;      /* n_rows, in place of the first column; NULL: no chart of rows */
} CamChartTable;

CamChartTable *cam_chart_table_new  (const CamChart *chart);
void           cam_chart_table_free (CamChartTable *self);
/* cam_chart_dup_tabbed: the same with tabs between the cells, as spreadsheets paste it. g_free(). */
char          *cam_chart_dup_tabbed (const CamChart *chart);

/* cam_chart_new_history: the curve chart of a run, as window and camadas-cli draw it: @key and val_@key over epochs 1 … n, validation solid, train dashed, the best epoch marked.
 * @val may be NULL. @best_epoch 0: no marker; @patience_from 0: no span. */
CamChart *cam_chart_new_history  (const char *title, const char *key, const double *train, const double *val, guint n_epochs, guint n_planned, guint colour, gboolean is_share,
                                  guint best_epoch, guint patience);

/* cam_chart_draw_icon_curve: a tiny curve without axes (activation on a card, spark line): @n points scaled into the rectangle; @origin: draw the cross of the axes. */
void      cam_chart_draw_mini    (cairo_t *cr, int width, int height, const double *x, const double *y, gsize n, guint32 rgb, guint32 cross_rgb, gboolean origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamChart, cam_chart_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamChartTable, cam_chart_table_free)

G_END_DECLS
