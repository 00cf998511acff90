/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things stand: margins measured from the texts themselves, so that they always fit; what finds no room is left out. */
#include "cam-scene.h"

#include <math.h>

#define PAD 16.0                /* around an exported chart */
#define MAX_CHARS 60
#define MAX_SUBTITLE_CHARS 160
#define PIXELS_PER_X_TICK 84
#define PIXELS_PER_X_TICK_SMALL 56   /* under bars and rows where they are drawn small */
#define LARGE_WIDTH 700
#define MAX_LEGEND_ROWS 3
#define LEGEND_ROW 19.0
#define LEGEND_GAP 16.0
#define SMALL_WIDTH 200         /* narrower: no title of the y axis */
#define SMALL_HEIGHT 130        /* lower: no title of the x axis */
#define TINY_HEIGHT 60          /* lower still: no numbers on it */

double
cam_scene_text_width (CamScene   *self,
                      const char *text,
                      double      size,
                      gboolean    is_bold)
{
  PangoFontDescription *font;
  int width;

  if (text == NULL)
    return 0;
  font = pango_font_description_new ();
  pango_font_description_set_family_static (font, CAM_CHART_FONTS);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->measure, font);
  pango_font_description_free (font);
  pango_layout_set_text (self->measure, text, -1);
  pango_layout_get_size (self->measure, &width, NULL);
  return width / (double) PANGO_SCALE;
}

/* One line of at most @n_chars; anything that is no letter to be drawn becomes a space. */
static char *
take_line (const char *text,
           glong       n_chars)
{
  GString *line = g_string_new (NULL);
  glong n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c), n++)
    {
      gunichar letter = g_utf8_get_char (c);

      if (n == n_chars)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, g_unichar_isprint (letter) ? letter : ' ');
    }
  return g_string_free (line, FALSE);
}

static char *
fit (CamScene   *self,
     const char *text,
     double      size,
     gboolean    is_bold,
     double      width,
     glong       n_chars)
{
  if (text == NULL || *text == '\0')
    return NULL;
  for (;;)
    {
      g_autofree char *line = take_line (text, n_chars);
      double needed = cam_scene_text_width (self, line, size, is_bold);
      glong length = g_utf8_strlen (line, -1);

      if (needed <= width)
        return g_steal_pointer (&line);
      if (length <= 3)
        return NULL;
      n_chars = CLAMP ((glong) (length * width / needed) - 1, 2, length - 2);
    }
}

char *
cam_scene_fit (CamScene   *self,
               const char *text,
               double      size,
               gboolean    is_bold,
               double      width)
{
  return fit (self, text, size, is_bold, width, MAX_CHARS);
}

static void
clear_word (gpointer data)
{
  g_clear_pointer (&((CamWord *) data)->text, g_free);
}

static void
marks_free (gpointer data)
{
  CamMarks *marks = data;

  g_free (marks->left);
  g_free (marks->right);
  g_free (marks->top);
  g_free (marks->bottom);
  g_free (marks->low);
  g_free (marks->high);
  g_free (marks->median);
  g_free (marks->mean);
  g_free (marks);
}

static void
path_free (gpointer data)
{
  CamPath *path = data;

  g_free (path->x);
  g_free (path->y);
  g_free (path->low);
  g_free (path->high);
  g_free (path->outline_x);
  g_free (path->outline_y);
  g_free (path);
}

/* Returns: below it. Entries beyond the last row are left out. */
static double
place_legend (CamScene *self,
              double    y)
{
  double right = self->width - PAD;
  double x = PAD;
  guint row = 0;

  for (guint s = 0; s < self->chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self->chart, s);
      CamWord word = { .series = s };
      double width, sample;

      if (series->is_hidden || series->has_end_label || series->is_unlisted)
        continue;
      word.text = cam_scene_fit (self, series->name, CAM_TEXT_TICK, FALSE, right - PAD - CAM_SAMPLE_WIDTH - 7);
      if (word.text == NULL)
        continue;
      sample = series->look == CAM_LOOK_CURVE ? CAM_SAMPLE_WIDTH : CAM_SWATCH;
      width = sample + 7 + cam_scene_text_width (self, word.text, CAM_TEXT_TICK, FALSE);
      if (x > PAD && x + width > right)
        {
          x = PAD;
          row++;
        }
      if (row == MAX_LEGEND_ROWS)
        {
          g_free (word.text);
          break;
        }
      word.x = x + sample + 7;
      word.y = y + LEGEND_ROW * (row + 0.5);
      g_array_append_val (self->legend, word);
      x += width + LEGEND_GAP;
    }
  return self->legend->len > 0 ? y + LEGEND_ROW * (MIN (row, MAX_LEGEND_ROWS - 1) + 1) : y;
}

/* Returns: where the drawing may begin. */
static double
place_header (CamScene *self)
{
  const CamChart *chart = self->chart;
  double room = self->width - 2 * PAD;
  double y = PAD - 4;

  if (self->parts == CAM_CHART_PLAIN)
    return 8;
  if (self->parts & CAM_CHART_WITH_TITLE)
    {
      self->title = cam_scene_fit (self, chart->title, CAM_TEXT_TITLE, TRUE, room);
      self->subtitle = fit (self, chart->subtitle, CAM_TEXT_TICK, FALSE, room, MAX_SUBTITLE_CHARS);
    }
  if (self->title != NULL)
    {
      self->title_y = y + 9;
      y += 22;
    }
  if (self->subtitle != NULL)
    {
      self->subtitle_y = y + 7;
      y += 18;
    }
  if (self->parts & CAM_CHART_WITH_LEGEND)
    y = place_legend (self, y);
  return y + 10;
}

static double
find_widest (CamScene       *self,
             const CamTicks *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->n; i++)
    widest = fmax (widest, cam_scene_text_width (self, ticks->labels[i], CAM_TEXT_TICK, FALSE));
  return widest;
}

/* Room right of the plot: for the names at the ends of curves, at most a third of the width. */
static double
measure_end_words (CamScene *self)
{
  double widest = 0;

  for (guint s = 0; s < self->chart->series->len; s++)
    {
      const CamSeries *series = cam_chart_peek_series (self->chart, s);
      CamWord word = { .series = s };

      if (series->is_hidden || !series->has_end_label || series->n == 0)
        continue;
      word.text = cam_scene_fit (self, series->name, CAM_TEXT_TICK, TRUE, fmin (160, self->width / 3.5));
      if (word.text == NULL)
        continue;
      widest = fmax (widest, cam_scene_text_width (self, word.text, CAM_TEXT_TICK, TRUE));
      g_array_append_val (self->end_words, word);
    }
  return widest > 0 ? widest + 12 : 0;
}

static gboolean
is_drawn_small (CamScene *self)
{
  return self->width < LARGE_WIDTH && self->chart->series->len > 0 && cam_chart_peek_series (self->chart, 0)->look != CAM_LOOK_CURVE;
}

void
cam_scene_place (CamScene *self)
{
  CamChartLayout *layout = &self->layout;
  gboolean is_exported = self->parts != CAM_CHART_PLAIN;
  double pad = is_exported ? PAD : 0;
  gboolean has_numbers = self->height >= TINY_HEIGHT;
  double end_room, last_half, n_wanted, step;

  if (self->chart->parallel != NULL)
    {
      cam_scene_place_parallel (self, place_header (self));
      return;
    }
  /* The names of rows say themselves what they are. */
  if (self->width >= SMALL_WIDTH && self->chart->n_rows == 0)
    self->y_title = cam_scene_fit (self, self->chart->y_title, CAM_TEXT_TICK, FALSE, self->height * 0.6);
  if (self->height >= SMALL_HEIGHT)
    self->x_title = cam_scene_fit (self, self->chart->x_title, CAM_TEXT_TICK, FALSE, self->width * 0.6);

  layout->top = place_header (self);
  layout->bottom = self->height - (is_exported ? PAD - 6 : 2) - (has_numbers ? 20 : 2) - (self->x_title != NULL ? 19 : 0);
  layout->bottom = floor (fmax (layout->bottom, layout->top + 8)) + 0.5;
  cam_scene_find_y_range (self, layout->bottom - layout->top);

  layout->left = pad + (self->y_title != NULL ? 20 : 0);
  if (self->is_y_known)
    layout->left += find_widest (self, &self->y_ticks) + 9;
  cam_scene_fit_rows (self);
  if (self->row_names != NULL)
    layout->left += cam_scene_widest_row (self, self->row_names, FALSE) + 9;
  layout->left = ceil (fmax (layout->left, 10));

  end_room = fmax (measure_end_words (self), self->row_texts != NULL ? cam_scene_widest_row (self, self->row_texts, self->chart->row_alerts != NULL) + 10 : 0);
  layout->right = floor (self->width - pad - fmax (end_room, 6));
  layout->right = fmax (layout->right, layout->left + 8);
  n_wanted = fmax (1, (layout->right - layout->left) / (is_drawn_small (self) ? PIXELS_PER_X_TICK_SMALL : PIXELS_PER_X_TICK));
  step = cam_ticks_step (layout->x_max - layout->x_min, (guint) n_wanted, self->is_x_whole);
  cam_ticks_fill (&self->x_ticks, layout->x_min, layout->x_max, (guint) n_wanted, step, self->chart->x_format);
  if (!has_numbers)
    self->x_ticks.n = 0;

  cam_scene_name_groups (self);
  self->texts_right = layout->right + end_room - 2;

  /* The last number stands half over the edge. */
  last_half = self->x_ticks.n > 0 ? cam_scene_text_width (self, self->x_ticks.labels[self->x_ticks.n - 1], CAM_TEXT_TICK, FALSE) / 2 : 0;
  if (end_room < last_half)
    layout->right = fmax (floor (self->width - pad - last_half - 1), layout->left + 8);
}

CamScene *
cam_scene_new (const CamChart      *chart,
               cairo_t             *cr,
               int                  width,
               int                  height,
               const CamChartTheme *theme,
               CamChartParts        parts)
{
  CamScene *self = g_new0 (CamScene, 1);

  self->chart = chart;
  self->theme = theme;
  self->parts = parts;
  self->width = width;
  self->height = height;
  self->measure = pango_cairo_create_layout (cr);
  self->legend = g_array_new (FALSE, FALSE, sizeof (CamWord));
  g_array_set_clear_func (self->legend, clear_word);
  self->end_words = g_array_new (FALSE, FALSE, sizeof (CamWord));
  g_array_set_clear_func (self->end_words, clear_word);
  self->paths = g_ptr_array_new_with_free_func (path_free);
  self->marks = g_ptr_array_new_with_free_func (marks_free);

  cam_scene_find_x_range (self);
  cam_scene_place (self);
  cam_scene_trace (self);
  cam_scene_trace_parallel (self);
  cam_scene_trace_marks (self);
  if (chart->cells != NULL)
    cam_scene_measure_cells (self);
  else
    cam_scene_measure_values (self);
  cam_scene_trace_region (self);
  cam_scene_place_words (self);
  return self;
}

void
cam_scene_free (CamScene *self)
{
  g_object_unref (self->measure);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->x_title);
  g_free (self->y_title);
  g_free (self->marker);
  g_free (self->span);
  g_free (self->empty);
  g_array_unref (self->legend);
  g_array_unref (self->end_words);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->marks);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_clear_pointer (&self->borders, g_array_unref);
  g_strfreev (self->row_names);
  g_strfreev (self->row_texts);
  g_strfreev (self->group_names);
  if (self->chart->parallel != NULL)
    cam_scene_clear_parallel (self);
  g_free (self);
}
