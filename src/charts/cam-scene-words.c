/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words inside the plot: names at the ends of curves pushed apart, the label of the marker where it covers least, the label of a span if it fits. */
#include "cam-scene.h"

#include <math.h>
#include <stdlib.h>

#define LABEL_HALF 7.0

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  double d = ((const CamWord *) a)->wanted_y - ((const CamWord *) b)->wanted_y;

  return (d > 0) - (d < 0);
}

static const CamPath *
find_path (const CamScene *self,
           guint           series)
{
  for (guint i = 0; i < self->paths->len; i++)
    {
      const CamPath *path = g_ptr_array_index (self->paths, i);

      if (path->series == series)
        return path;
    }
  return NULL;
}

/* Each label keeps its curve's height if it can; else they move down, and up again from the bottom. */
static void
push_apart (CamScene *self)
{
  CamWord *words = (CamWord *) (gpointer) self->end_words->data;
  guint n = self->end_words->len;
  double top = self->layout.top, bottom = self->layout.bottom;

  for (guint i = 0; i < n; i++)
    {
      words[i].y = CLAMP (words[i].wanted_y, top, bottom);
      if (i > 0)
        words[i].y = fmax (words[i].y, words[i - 1].y + CAM_LABEL_STEP);
    }
  for (guint i = n; i > 0; i--)
    {
      double limit = i == n ? bottom : words[i].y - CAM_LABEL_STEP;

      words[i - 1].y = fmin (words[i - 1].y, limit);
    }
}

static void
place_end_words (CamScene *self)
{
  guint n_most = (guint) ((self->layout.bottom - self->layout.top) / CAM_LABEL_STEP) + 1;

  for (guint i = self->end_words->len; i > 0; i--)
    {
      CamWord *word = &g_array_index (self->end_words, CamWord, i - 1);
      const CamPath *path = find_path (self, word->series);

      if (path == NULL || isnan (path->end_y) || i > n_most)
        {
          g_array_remove_index (self->end_words, i - 1);
          continue;
        }
      word->x = self->layout.right + 10;
      word->end_x = path->end_x;
      word->wanted_y = path->end_y;
    }
  g_array_sort (self->end_words, compare_words);
  push_apart (self);
}

/* How much of the curves lies under a rectangle, in samples. */
static guint
count_covered (const CamScene *self,
               double          left,
               double          right,
               double          middle)
{
  guint n = 0;

  for (guint p = 0; p < self->paths->len; p++)
    {
      const CamPath *path = g_ptr_array_index (self->paths, p);

      for (gsize i = 1; i < path->n; i++)
        {
          double dx = path->x[i] - path->x[i - 1], dy = path->y[i] - path->y[i - 1];

          if (isnan (dx + dy) || path->x[i] < left || path->x[i - 1] > right)
            continue;
          for (guint k = 0; k < 16; k++)
            {
              double x = path->x[i - 1] + dx * k / 16, y = path->y[i - 1] + dy * k / 16;

              n += x >= left && x <= right && fabs (y - middle) <= LABEL_HALF + 2;
            }
        }
    }
  return n;
}

static void
place_marker (CamScene *self)
{
  const CamChartLayout *layout = &self->layout;
  double x = cam_chart_layout_to_px (layout, self->chart->marker_x);
  guint least = G_MAXUINT;
  double width;

  if (!self->chart->has_marker || isnan (x) || x < layout->left - 1 || x > layout->right + 1)
    return;
  self->marker = cam_scene_fit (self, self->chart->marker_label, CAM_TEXT_TICK, TRUE, layout->right - layout->left);
  if (self->marker == NULL)
    return;
  width = cam_scene_text_width (self, self->marker, CAM_TEXT_TICK, TRUE) + 8;

  for (guint i = 0; i < 4; i++)
    {
      /* A span stands to the right of its best epoch: then left is tried first. */
      gboolean is_left = (i % 2 == 0) == self->chart->has_span;
      double y = i < 2 ? layout->top + 11 : layout->bottom - 12;
      double left = is_left ? x - width : x;
      guint covered;

      if (left < layout->left - 2 || left + width > self->width - 2)
        continue;
      if (!is_left && self->chart->has_span && i < 2 && self->span != NULL)
        continue;
      covered = count_covered (self, left, left + width, y);
      if (covered < least)
        {
          least = covered;
          self->marker_x = is_left ? x - 8 : x + 8;
          self->marker_y = y;
          self->marker_align = is_left ? CAM_ALIGN_END : CAM_ALIGN_START;
        }
    }
  if (least == G_MAXUINT)
    g_clear_pointer (&self->marker, g_free);
}

void
cam_scene_place_words (CamScene *self)
{
  const CamChartLayout *layout = &self->layout;

  place_end_words (self);
  if (self->chart->has_span)
    {
      double from = fmax (cam_chart_layout_to_px (layout, self->chart->span_from), layout->left);
      double to = fmin (cam_chart_layout_to_px (layout, self->chart->span_to), layout->right);

      self->span = cam_scene_fit (self, self->chart->span_label, CAM_TEXT_TICK, FALSE, 1e4);
      if (!(cam_scene_text_width (self, self->span, CAM_TEXT_TICK, FALSE) + 8 <= to - from))
        g_clear_pointer (&self->span, g_free);
    }
  place_marker (self);
  if (!self->has_data)
    self->empty = cam_scene_fit (self, self->chart->empty_text, CAM_TEXT_BODY, FALSE, layout->right - layout->left);
  if (self->empty != NULL)
    self->empty_width = cam_scene_text_width (self, self->empty, CAM_TEXT_BODY, FALSE) + 2 * CAM_TEXT_BODY;
}
