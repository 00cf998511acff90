/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A matrix of cells: which class rows have, and which one was said. Cells with room for it hold their number; where there are many the matrix is a picture with a pixel a cell, made larger without
 * being smoothed. Drawn with cairo alone: PLplot knows no text in boxes. */
#include "cam-chart-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-scene.h"

#define GAP 4.0                 /* between large cells */
#define LEAST_CELL 7.0          /* smaller ones have no gaps and are drawn as a picture */
#define MOST_LABEL 120.0
#define BAR_WIDTH 10.0          /* of the key at the right */
#define BAR_SPACE 60.0
#define LEAST_SHARE 0.001       /* the palest of the key */
#define MOST_TABLE 24           /* classes in a table of numbers; of more the cells are listed */

CamChartMatrix *
cam_chart_matrix_copy (const CamChartMatrix *self)
{
  CamChartMatrix *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->names = g_strdupv (self->names);
  copy->row_title = g_strdup (self->row_title);
  copy->column_title = g_strdup (self->column_title);
  copy->unit = g_strdup (self->unit);
  g_bytes_ref (copy->numbers);
  g_bytes_ref (copy->shares);
  return copy;
}

void
cam_chart_matrix_free (CamChartMatrix *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->names);
  g_free (self->row_title);
  g_free (self->column_title);
  g_free (self->unit);
  g_bytes_unref (self->numbers);
  g_bytes_unref (self->shares);
  g_free (self);
}

void
cam_chart_set_matrix (CamChart          *self,
                      const char *const *names,
                      const double      *numbers,
                      const float       *shares,
                      guint              n,
                      const char        *row_title,
                      const char        *column_title,
                      const char        *unit)
{
  CamChartMatrix *matrix;

  g_return_if_fail (self != NULL && names != NULL && numbers != NULL && shares != NULL && n > 0);

  matrix = g_new0 (CamChartMatrix, 1);
  matrix->n = n;
  matrix->window = n;
  matrix->numbers = g_bytes_new (numbers, (gsize) n * n * sizeof *numbers);
  matrix->shares = g_bytes_new (shares, (gsize) n * n * sizeof *shares);
  matrix->names = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    matrix->names[i] = g_utf8_make_valid (names[i], -1);
  matrix->row_title = g_strdup (row_title);
  matrix->column_title = g_strdup (column_title);
  matrix->unit = g_strdup (unit);
  cam_chart_matrix_free (self->matrix);
  self->matrix = matrix;
}

void
cam_chart_set_matrix_window (CamChart *self,
                             guint     row,
                             guint     column,
                             guint     n)
{
  g_return_if_fail (self != NULL && self->matrix != NULL);

  self->matrix->window = CLAMP (n, 1, self->matrix->n);
  self->matrix->first_row = MIN (row, self->matrix->n - self->matrix->window);
  self->matrix->first_column = MIN (column, self->matrix->n - self->matrix->window);
}

guint
cam_chart_get_matrix_window (const CamChart *self,
                             guint          *row,
                             guint          *column)
{
  if (self->matrix == NULL)
    return 0;
  if (row != NULL)
    *row = self->matrix->first_row;
  if (column != NULL)
    *column = self->matrix->first_column;
  return self->matrix->window;
}

/* Drawing ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const CamChartMatrix *matrix;
  cairo_t              *cr;
  const CamChartTheme  *theme;
  const double         *numbers;
  const float          *shares;
  double                left, top, size_x, size_y;   /* of a cell with its gap */
} Drawing;

static void
set_rgb (cairo_t *cr,
         guint32  rgb,
         double   alpha)
{
  cairo_set_source_rgba (cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0, alpha);
}

/* How strongly a share is coloured: of two classes as it is; of more by its logarithm, as most of what is confused is little of all. */
static double
find_strength (const CamChartMatrix *self,
               double                share)
{
  if (!(share > 0.0))
    return 0.0;
  return self->n <= 2 ? share : CLAMP (1.0 - log10 (share) / log10 (LEAST_SHARE), 0.02, 1.0);
}

static guint32
find_colour (const Drawing *self,
             double         share)
{
  double strength = find_strength (self->matrix, share), at = share > 0.0 ? 0.11 + 0.86 * strength : 0.045;
  guint32 card = self->theme->card, full = self->theme->series[0], rgb = 0;

  for (int shift = 16; shift >= 0; shift -= 8)
    rgb = rgb << 8 | (guint32) lround ((card >> shift & 255) * (1.0 - at) + (full >> shift & 255) * at);
  return rgb;
}

static double
get_light (guint32 rgb)
{
  double light = 0.0;
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };

  for (int i = 0; i < 3; i++)
    {
      double part = (rgb >> (16 - 8 * i) & 255) / 255.0;

      light += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }
  return light;
}

/* Of white and near black, what reads best on it. */
static guint32
find_ink (guint32 ground)
{
  double light = get_light (ground);

  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.058 ? 0xffffff : 0x14171c;
}

typedef enum { AT_START, AT_MIDDLE, AT_END } At;

/* @y is the middle of the line. Returns its width; nothing is drawn where @room is narrower, unless it is to be cut. */
static double
draw_text (const Drawing *self,
           const char    *text,
           double         size,
           gboolean       is_bold,
           guint32        rgb,
           double         x,
           double         y,
           At             at,
           double         room,
           gboolean       is_cut,
           gboolean       is_measured)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_from_string (CAM_CHART_FONTS);
  PangoRectangle logical;
  double width;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_extents (layout, NULL, &logical);
  width = (double) logical.width / PANGO_SCALE;
  if (is_cut && width > room)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_extents (layout, NULL, &logical);
    }
  if (!is_measured && (is_cut || width <= room))
    {
      set_rgb (self->cr, rgb, 1.0);
      cairo_move_to (self->cr, x - (at == AT_MIDDLE ? 0.5 : at == AT_END ? 1.0 : 0.0) * MIN (width, is_cut ? room : width),
                     y - (double) logical.height / PANGO_SCALE / 2.0);
      pango_cairo_show_layout (self->cr, layout);
    }
  pango_font_description_free (font);
  g_object_unref (layout);
  return width;
}

static double
measure_names (const Drawing *self)
{
  double most = 0.0;

  for (guint i = 0; i < self->matrix->n; i += MAX (self->matrix->n / 100, 1))
    most = MAX (most, draw_text (self, self->matrix->names[i], CAM_TEXT_TICK, FALSE, 0, 0, 0, AT_START, 0, FALSE, TRUE));
  return MIN (ceil (most), MOST_LABEL);
}

static void
draw_box (const Drawing *self,
          double         x,
          double         y,
          double         width,
          double         height,
          guint32        rgb)
{
  double radius = MIN (6.0, MIN (width, height) / 6.0);

  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (self->cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (self->cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (self->cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (self->cr);
  set_rgb (self->cr, rgb, 1.0);
  cairo_fill (self->cr);
}

static char *
format_number (double value)
{
  char digits[32], grouped[48];
  gsize length, out = 0;

  if (value != floor (value))
    return g_strdup_printf ("%.3g", value);
  g_snprintf (digits, sizeof digits, "%.0f", value);
  length = strlen (digits);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0 && length > 4)
        grouped[out++] = ',';
      grouped[out++] = digits[i];
    }
  grouped[out] = '\0';
  return g_strdup (grouped);
}

static void
draw_cell (const Drawing *self,
           guint          row,
           guint          column)
{
  const CamChartMatrix *matrix = self->matrix;
  gsize i = (gsize) (row + matrix->first_row) * matrix->n + column + matrix->first_column;
  double gap = MIN (GAP, MIN (self->size_x, self->size_y) / 10.0);
  double x = self->left + column * self->size_x + gap / 2.0, y = self->top + row * self->size_y + gap / 2.0;
  double width = self->size_x - gap, height = self->size_y - gap;
  guint32 ground = find_colour (self, self->shares[i]), ink = find_ink (ground);
  g_autofree char *number = format_number (self->numbers[i]);
  gboolean is_large = matrix->n <= 4 && height >= 52 && width >= 84;
  double size = is_large ? 20.0 : CLAMP (height * 0.36, 8.5, 13.0);

  draw_box (self, x, y, width, height, ground);
  if (self->numbers[i] == 0.0 && !is_large)
    ink = self->theme->muted;
  if (height >= 13)
    draw_text (self, number, size, is_large || row + matrix->first_row == column + matrix->first_column, ink, x + width / 2.0, y + height / 2.0 - (is_large && matrix->unit != NULL ? 10 : 0), AT_MIDDLE,
               width - 2, FALSE, FALSE);
  if (is_large && matrix->unit != NULL)
    {
      g_autofree char *share = g_strdup_printf ("%.1f %% %s", self->shares[i] * 100.0, matrix->unit);

      draw_text (self, share, CAM_TEXT_TICK, FALSE, ink, x + width / 2.0, y + height / 2.0 + 14, AT_MIDDLE, width - 4, FALSE, FALSE);
    }
}

/* The largest share of some cells: where several have one pixel, a mistake among many empty ones is not to be lost. */
static float
find_largest (const Drawing *self,
              guint          row,
              guint          column,
              guint          n_cells)
{
  const CamChartMatrix *matrix = self->matrix;
  guint last_row = MIN (row + n_cells, matrix->window), last_column = MIN (column + n_cells, matrix->window);
  float largest = 0.0f;

  for (guint r = row; r < last_row; r++)
    {
      const float *shares = self->shares + (gsize) (r + matrix->first_row) * matrix->n + matrix->first_column;

      for (guint c = column; c < last_column; c++)
        largest = MAX (largest, shares[c]);
    }
  return largest;
}

static void
draw_picture (const Drawing *self)
{
  const CamChartMatrix *matrix = self->matrix;
  guint n_cells = (guint) MAX (ceil (1.0 / MIN (self->size_x, self->size_y)), 1), side = (matrix->window + n_cells - 1) / n_cells;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) side, (int) side);
  guchar *pixels = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);
  guint32 palette[257];

  /* A million cells: their colours are looked up. */
  palette[0] = find_colour (self, 0.0);
  for (guint i = 1; i <= 256; i++)
    palette[i] = find_colour (self, matrix->n <= 2 ? i / 256.0 : pow (LEAST_SHARE, 1.0 - i / 256.0));
  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      {
        double strength = find_strength (matrix, find_largest (self, row * n_cells, column * n_cells, n_cells));
        guint32 rgb = palette[strength > 0.0 ? MAX ((guint) (strength * 256.0), 1) : 0];

        memcpy (pixels + (gsize) row * (gsize) stride + column * 4, &rgb, 4);
      }
  cairo_surface_mark_dirty (image);
  cairo_save (self->cr);
  cairo_rectangle (self->cr, self->left, self->top, self->size_x * matrix->window, self->size_y * matrix->window);
  cairo_clip (self->cr);
  cairo_translate (self->cr, self->left, self->top);
  cairo_scale (self->cr, self->size_x * n_cells, self->size_y * n_cells);
  cairo_set_source_surface (self->cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (self->cr), CAIRO_FILTER_NEAREST);
  cairo_paint (self->cr);
  cairo_restore (self->cr);
  cairo_surface_destroy (image);
}

/* Names stand beside as many rows and columns as have room for a line. */
static void
draw_names (const Drawing *self,
            double         room,
            gboolean       is_upright)
{
  const CamChartMatrix *matrix = self->matrix;
  guint every_row = (guint) MAX (ceil (14.0 / self->size_y), 1), every_column = (guint) MAX (ceil ((is_upright ? 14.0 : 10.0) / self->size_x), 1);

  for (guint row = 0; row < matrix->window; row += every_row)
    draw_text (self, matrix->names[row + matrix->first_row], CAM_TEXT_TICK, FALSE, self->theme->muted, self->left - 8, self->top + (row + 0.5) * self->size_y, AT_END, room, TRUE, FALSE);
  for (guint column = 0; column < matrix->window; column += every_column)
    {
      double x = self->left + (column + 0.5) * self->size_x;
      const char *name = matrix->names[column + matrix->first_column];

      if (!is_upright)
        {
          draw_text (self, name, CAM_TEXT_TICK, FALSE, self->theme->muted, x, self->top - 11, AT_MIDDLE, self->size_x - 4, TRUE, FALSE);
          continue;
        }
      cairo_save (self->cr);
      cairo_translate (self->cr, x, self->top - 6);
      cairo_rotate (self->cr, -G_PI_2);
      draw_text (self, name, CAM_TEXT_TICK, FALSE, self->theme->muted, 0, 0, AT_START, room, TRUE, FALSE);
      cairo_restore (self->cr);
    }
}

/* What the colours mean. */
static void
draw_key (const Drawing *self,
          double         x,
          double         height)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, self->top + height, 0, self->top);
  static const double marks[] = { 1.0, 0.1, 0.01, 0.001 };

  for (guint i = 0; i <= 8; i++)
    {
      guint32 rgb = find_colour (self, pow (LEAST_SHARE, 1.0 - i / 8.0));

      cairo_pattern_add_color_stop_rgb (pattern, i / 8.0, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
    }
  cairo_rectangle (self->cr, x, self->top, BAR_WIDTH, height);
  cairo_set_source (self->cr, pattern);
  cairo_fill (self->cr);
  cairo_pattern_destroy (pattern);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *text = g_strdup_printf ("%g%%", marks[i] * 100.0);
      double y = self->top + CLAMP (height * (1.0 - find_strength (self->matrix, marks[i])), 6.0, height - 6.0);

      draw_text (self, text, 10.0, FALSE, self->theme->muted, x + BAR_WIDTH + 6, y, AT_START, BAR_SPACE, FALSE, FALSE);
    }
}

void
cam_chart_matrix_draw (const CamChart      *chart,
                       cairo_t             *cr,
                       int                  width,
                       int                  height,
                       const CamChartTheme *theme,
                       CamChartParts        parts,
                       CamChartLayout      *layout)
{
  const CamChartMatrix *matrix = chart->matrix;
  Drawing self = { matrix, cr, theme, g_bytes_get_data (matrix->numbers, NULL), g_bytes_get_data (matrix->shares, NULL), 0, 0, 1, 1 };
  gboolean has_title = parts & CAM_CHART_WITH_TITLE, has_key = matrix->n > 2 && width >= 260, is_upright;
  double pad = has_title ? 14.0 : 0.0, names = measure_names (&self), top = pad, right, bottom, room;

  names = MIN (names, width / 4.0);
  if (has_title && chart->title != NULL)
    {
      draw_text (&self, chart->title, CAM_TEXT_TITLE, TRUE, theme->text, pad, top + 9, AT_START, width - 2 * pad, TRUE, FALSE);
      top += 24;
    }
  if (has_title && chart->subtitle != NULL && *chart->subtitle != '\0')
    {
      draw_text (&self, chart->subtitle, CAM_TEXT_TICK, FALSE, theme->muted, pad, top + 5, AT_START, width - 2 * pad, TRUE, FALSE);
      top += 20;
    }
  self.left = pad + names + 10 + (matrix->row_title != NULL ? 20 : 0);
  right = width - pad - (has_key ? BAR_SPACE : 0);
  room = MAX (right - self.left, 20.0);
  is_upright = names > room / matrix->window - 4 && matrix->window > 3;
  self.top = top + (is_upright ? MIN (names, height / 4.0) + 10 : 22);
  bottom = height - pad - (matrix->column_title != NULL ? 22 : 2);
  self.size_x = room / matrix->window;
  self.size_y = MAX (bottom - self.top, 20.0) / matrix->window;

  if (MIN (self.size_x, self.size_y) < LEAST_CELL)
    draw_picture (&self);
  else
    for (guint row = 0; row < matrix->window; row++)
      for (guint column = 0; column < matrix->window; column++)
        draw_cell (&self, row, column);
  draw_names (&self, names, is_upright);
  if (has_key)
    draw_key (&self, right + 12, self.size_y * matrix->window);
  if (matrix->column_title != NULL)
    draw_text (&self, matrix->column_title, CAM_TEXT_TICK, FALSE, theme->muted, self.left + room / 2.0, self.top + self.size_y * matrix->window + 13, AT_MIDDLE, room, TRUE, FALSE);
  if (matrix->row_title != NULL)
    {
      cairo_save (cr);
      cairo_translate (cr, pad + 8, self.top + self.size_y * matrix->window / 2.0);
      cairo_rotate (cr, -G_PI_2);
      draw_text (&self, matrix->row_title, CAM_TEXT_TICK, FALSE, theme->muted, 0, 0, AT_MIDDLE, self.size_y * matrix->window, TRUE, FALSE);
      cairo_restore (cr);
    }
  if (layout != NULL)
    *layout = (CamChartLayout) { .left = self.left, .right = self.left + room, .top = self.top, .bottom = self.top + self.size_y * matrix->window,
                                 .x_min = matrix->first_column, .x_max = matrix->first_column + matrix->window,
                                 .y_min = matrix->first_row, .y_max = matrix->first_row + matrix->window };
}

/* Numbers ----------------------------------------------------------------------------------------------------------- */

static CamChartTable *
table_new (guint n_columns,
           gsize n_rows)
{
  CamChartTable *self = g_new0 (CamChartTable, 1);

  self->n_columns = n_columns;
  self->n_rows = n_rows;
  self->names = g_new0 (char *, n_columns + 1);
  self->row_names = g_new0 (char *, n_rows + 1);
  self->columns = g_new0 (double *, n_columns);
  for (guint i = 0; i < n_columns; i++)
    self->columns[i] = g_new0 (double, n_rows + 1);
  /* Where the names of the rows stand. */
  for (gsize i = 0; i < n_rows; i++)
    self->columns[0][i] = NAN;
  return self;
}

/* Few classes as they stand; of many, those cells that have rows. */
CamChartTable *
cam_chart_matrix_table_new (const CamChart *chart)
{
  const CamChartMatrix *matrix = chart->matrix;
  const double *numbers = g_bytes_get_data (matrix->numbers, NULL);
  const float *shares = g_bytes_get_data (matrix->shares, NULL);
  CamChartTable *self;
  gsize n_cells = 0;

  if (matrix->n <= MOST_TABLE)
    {
      self = table_new (matrix->n + 1, matrix->n);
      self->names[0] = g_strdup (matrix->row_title != NULL ? matrix->row_title : "row");
      for (guint row = 0; row < matrix->n; row++)
        {
          self->names[row + 1] = g_strdup (matrix->names[row]);
          self->row_names[row] = g_strdup (matrix->names[row]);
          for (guint column = 0; column < matrix->n; column++)
            self->columns[column + 1][row] = numbers[(gsize) row * matrix->n + column];
        }
      return self;
    }

  for (gsize i = 0; i < (gsize) matrix->n * matrix->n; i++)
    n_cells += numbers[i] != 0.0;
  self = table_new (3, n_cells);
  self->names[0] = g_strdup_printf ("%s → %s", matrix->row_title != NULL ? matrix->row_title : "row", matrix->column_title != NULL ? matrix->column_title : "column");
  self->names[1] = g_strdup (_("rows"));
  self->names[2] = g_strdup (_("share"));
  n_cells = 0;
  for (guint row = 0; row < matrix->n; row++)
    for (guint column = 0; column < matrix->n; column++)
      {
        gsize i = (gsize) row * matrix->n + column;

        if (numbers[i] == 0.0)
          continue;
        self->row_names[n_cells] = g_strdup_printf ("%s → %s", matrix->names[row], matrix->names[column]);
        self->columns[1][n_cells] = numbers[i];
        self->columns[2][n_cells++] = shares[i];
      }
  return self;
}

char *
cam_chart_matrix_dup_summary (const CamChart *chart)
{
  const CamChartMatrix *matrix = chart->matrix;
  const double *numbers = g_bytes_get_data (matrix->numbers, NULL);
  gsize most = G_MAXSIZE, n = matrix->n;
  double right = 0.0, all = 0.0;

  for (gsize i = 0; i < n * n; i++)
    {
      gboolean is_right = i / n == i % n;

      all += numbers[i];
      right += is_right ? numbers[i] : 0.0;
      if (!is_right && numbers[i] > 0.0 && (most == G_MAXSIZE || numbers[i] > numbers[most]))
        most = i;
    }
  if (most == G_MAXSIZE)
    /* translators: a matrix of classes for screen readers: classes, rows */
    return g_strdup_printf (_("%u classes, %.0f rows, all of them right"), matrix->n, all);
  /* translators: a matrix of classes for screen readers: classes, rows that are right, all rows; a class, what it was taken for, rows */
  return g_strdup_printf (_("%u classes, %.0f of %.0f rows right; most often wrong: “%s” said to be “%s”, %.0f rows"), matrix->n, right, all, matrix->names[most / n], matrix->names[most % n],
                          numbers[most]);
}
