/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The read-out of a chart. Everything drawn is a colour, border or text node: nothing PLplot has to do again. */
#include "cam-chart-readout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-words.h"

#define MAX_LINES 10
#define PAD 9.0f
#define SAMPLE 14.0f
#define GAP 7.0f
#define OFFSET 12.0f
#define FONT_PIXELS 12

typedef struct
{
  guint  series;
  double y;         /* what is told */
  double raw;       /* before smoothing; NaN: not smoothed */
  double at;        /* where it is drawn: the end of a bar that stands on others */
} CamReading;

typedef struct
{
  CamReading   readings[MAX_LINES];
  guint        n, n_more;
  int          picked;          /* its series; −1: none */
  PangoLayout *head;
  PangoLayout *names[MAX_LINES], *values[MAX_LINES];
  int          head_width, name_width, value_width, line_height;
} CamReadout;

double
cam_chart_readout_find (const CamChart *chart,
                        double          x,
                        int             step)
{
  double found = NAN;

  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    {
      const double *xs;
      gsize n = cam_chart_get_points (chart, s, &xs, NULL), i;
      double here;

      if (!cam_chart_get_visible (chart, s) || !cam_chart_find (chart, s, x, &i))
        continue;
      while (step > 0 && i + 1 < n && xs[i] <= x)
        i++;
      while (step < 0 && i > 0 && xs[i] >= x)
        i--;
      here = xs[i];
      if (!isfinite (here) || (step > 0 && here <= x) || (step < 0 && here >= x))
        continue;
      if (isnan (found) || (isinf (x) ? (x < 0 ? here < found : here > found) : fabs (here - x) < fabs (found - x)))
        found = here;
    }
  return isnan (found) && step != 0 ? x : found;
}

static char *
format_value (const CamChart *chart,
              double          value)
{
  if (!isfinite (value))
    return g_strdup ("–");
  return cam_chart_get_y_format (chart) == CAM_AXIS_PERCENT ? cam_words_share (value) : cam_words_number (value);
}

static char *
format_reading (const CamChart   *chart,
                const CamReading *reading)
{
  g_autofree char *value = format_value (chart, reading->y);
  g_autofree char *raw = NULL;

  if (isnan (reading->raw))
    return g_steal_pointer (&value);
  raw = format_value (chart, reading->raw);
  /* translators: a value of a smoothed curve, and what was measured: "0.231, raw 0.245" */
  return g_strdup_printf (_("%s, raw %s"), value, raw);
}

static int
compare_readings (gconstpointer a,
                  gconstpointer b)
{
  double d = ((const CamReading *) b)->y - ((const CamReading *) a)->y;

  return (d > 0) - (d < 0);
}

/* Many curves are listed as they lie above each other, few in their own order. */
static GArray *
collect (const CamChart *chart,
         double          x)
{
  GArray *readings = g_array_new (FALSE, FALSE, sizeof (CamReading));

  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    {
      const double *xs, *ys, *smooth = cam_chart_get_smooth (chart, s);
      gsize i;

      cam_chart_get_points (chart, s, &xs, &ys);
      if (!cam_chart_get_visible (chart, s) || !cam_chart_find (chart, s, x, &i) || xs[i] != x)
        continue;
      if (smooth != NULL)
        g_array_append_val (readings, ((CamReading) { s, smooth[i], ys[i], smooth[i] }));
      else
        g_array_append_val (readings, ((CamReading) { s, ys[i], NAN, cam_chart_get_top (chart, s, i) }));
    }
  if (readings->len > 2)
    g_array_sort (readings, compare_readings);
  return readings;
}

/* Where there are more readings than lines, pale curves are told only while they are picked. */
static void
drop_pale (GArray         *readings,
           const CamChart *chart,
           int             picked,
           guint           n_most)
{
  guint n_pale = 0;

  for (guint i = 0; i < readings->len; i++)
    n_pale += cam_chart_get_faded (chart, g_array_index (readings, CamReading, i).series);
  if (readings->len <= n_most || n_pale == readings->len)
    return;
  for (guint i = readings->len; i > 0; i--)
    {
      guint series = g_array_index (readings, CamReading, i - 1).series;

      if (cam_chart_get_faded (chart, series) && (int) series != picked)
        g_array_remove_index (readings, i - 1);
    }
}

/* Which of more readings than there is room for are shown: those around the picked one, else the first. */
static guint
find_first (const GArray *readings,
            int           picked,
            guint         n_most)
{
  guint place = 0;

  for (guint i = 0; i < readings->len; i++)
    if ((int) g_array_index (readings, CamReading, i).series == picked)
      place = i;
  if (readings->len <= n_most || place < n_most / 2)
    return 0;
  return MIN (place - n_most / 2, readings->len - n_most);
}

static char *
format_head (const CamChart *chart,
             double          x)
{
  const char *title = cam_chart_get_x_title (chart), *group = cam_chart_get_group (chart, x);
  g_autofree char *value = cam_chart_get_x_format (chart) == CAM_AXIS_DATE ? cam_chart_dup_date (x) : x == floor (x) && fabs (x) < 1e9 ? g_strdup_printf ("%.0f", x) : cam_words_number (x);

  if (group != NULL)
    return g_strdup (group);
  return title != NULL && *title != '\0' ? g_strdup_printf ("%s %s", title, value) : g_strdup (value);
}

char *
cam_chart_readout_dup_text (const CamChart *chart,
                            double          x)
{
  g_autoptr(GArray) readings = collect (chart, x);
  g_autofree char *head = format_head (chart, x);
  GString *text = g_string_new (head);

  for (guint i = 0; i < readings->len; i++)
    {
      const CamReading *reading = &g_array_index (readings, CamReading, i);
      g_autofree char *value = format_reading (chart, reading);

      g_string_append_printf (text, "%s %s %s", i == 0 ? ":" : ",", cam_chart_get_name (chart, reading->series), value);
    }
  return g_string_free (text, FALSE);
}

static PangoLayout *
new_layout (GtkWidget   *widget,
            const char  *text,
            PangoWeight  weight,
            int         *widest)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));
  PangoAttrList *attributes = pango_attr_list_new ();
  int width;

  pango_font_description_set_absolute_size (font, FONT_PIXELS * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > 180)
    {
      pango_layout_set_width (layout, 180 * PANGO_SCALE);
      width = 180;
    }
  *widest = MAX (*widest, width);
  return layout;
}

static void
readout_init (CamReadout     *self,
              const CamChart *chart,
              double          x,
              int             picked,
              GtkWidget      *widget)
{
  g_autoptr(GArray) readings = collect (chart, x);
  guint n_all = readings->len, n_most, first;
  g_autofree char *head = format_head (chart, x);
  g_autofree char *text = NULL;

  self->picked = picked;
  self->head = new_layout (widget, head, PANGO_WEIGHT_BOLD, &self->head_width);
  pango_layout_get_pixel_size (self->head, NULL, &self->line_height);
  self->line_height += 3;
  n_most = (guint) CLAMP ((gtk_widget_get_height (widget) - 2 * (int) PAD) / self->line_height - 1, 1, MAX_LINES);
  drop_pale (readings, chart, picked, n_most);
  first = find_first (readings, picked, n_most);
  self->n = MIN (readings->len, n_most);
  self->n_more = n_all - self->n;
  if (self->n_more > 0)
    {
      /* translators: more curves than the label of a chart has lines */
      text = g_strdup_printf (_("%s · %u more"), head, self->n_more);
      g_object_unref (self->head);
      self->head = new_layout (widget, text, PANGO_WEIGHT_BOLD, &self->head_width);
    }
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *value = NULL;

      self->readings[i] = g_array_index (readings, CamReading, first + i);
      value = format_reading (chart, &self->readings[i]);
      self->names[i] = new_layout (widget, cam_chart_get_name (chart, self->readings[i].series),
                                   (int) self->readings[i].series == picked ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL, &self->name_width);
      self->values[i] = new_layout (widget, value, PANGO_WEIGHT_BOLD, &self->value_width);
    }
}

static void
readout_clear (CamReadout *self)
{
  g_clear_object (&self->head);
  for (guint i = 0; i < self->n; i++)
    {
      g_clear_object (&self->names[i]);
      g_clear_object (&self->values[i]);
    }
}

static GdkRGBA
to_rgba (guint32 rgb,
         float   alpha)
{
  return (GdkRGBA) { (float) (rgb >> 16 & 255) / 255, (float) (rgb >> 8 & 255) / 255, (float) (rgb & 255) / 255, alpha };
}

static void
draw_text (GtkSnapshot *snapshot,
           PangoLayout *layout,
           float        x,
           float        y,
           guint32      rgb)
{
  GdkRGBA colour = to_rgba (rgb, 1);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_dot (GtkSnapshot *snapshot,
          double       x,
          double       y,
          float        radius,
          guint32      rgb)
{
  GdkRGBA colour = to_rgba (rgb, 1);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) x - radius, (float) y - radius, 2 * radius, 2 * radius);
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, &bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_box (GtkSnapshot           *snapshot,
          const graphene_rect_t *bounds,
          const CamChartTheme   *theme)
{
  GdkRGBA card = to_rgba (theme->card, 1), line = to_rgba (theme->axis, 1), shade = { 0, 0, 0, 0.16f };
  GskRoundedRect box;

  gsk_rounded_rect_init_from_rect (&box, bounds, 8);
  gtk_snapshot_append_outset_shadow (snapshot, &box, &shade, 0, 2, 0, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &card, bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &box, (float[]) { 1, 1, 1, 1 }, (GdkRGBA[]) { line, line, line, line });
}

static void
draw_label (const CamReadout     *self,
            const CamChart       *chart,
            float                 px,
            const CamChartLayout *layout,
            const CamChartTheme  *theme,
            GtkWidget            *widget,
            GtkSnapshot          *snapshot)
{
  float columns = SAMPLE + GAP + (float) self->name_width + 2 * GAP + (float) self->value_width;
  float width = fmaxf ((float) self->head_width, columns) + 2 * PAD;
  float height = (float) (self->line_height * (int) (self->n + 1)) + 2 * PAD - 3;
  float x = px + OFFSET, y = (float) layout->top + 2;
  graphene_rect_t bounds;

  /* Beside the line, on the side that has room; where neither has, as far right as it goes. */
  if (x + width > (float) gtk_widget_get_width (widget) && px - OFFSET - width >= 0)
    x = px - OFFSET - width;
  x = fminf (x, (float) gtk_widget_get_width (widget) - width);
  x = fmaxf (x, 0);
  y = fmaxf (0, fminf (y, (float) gtk_widget_get_height (widget) - height));
  bounds = GRAPHENE_RECT_INIT (roundf (x), roundf (y), ceilf (width), ceilf (height));
  draw_box (snapshot, &bounds, theme);
  draw_text (snapshot, self->head, bounds.origin.x + PAD, bounds.origin.y + PAD - 2, theme->text);
  for (guint i = 0; i < self->n; i++)
    {
      float top = bounds.origin.y + PAD - 2 + (float) (self->line_height * (int) (i + 1));
      float middle = top + (float) (self->line_height - 3) / 2;
      int value_width;

      draw_dot (snapshot, bounds.origin.x + PAD + SAMPLE / 2, middle, 4, theme->series[cam_chart_get_colour (chart, self->readings[i].series)]);
      draw_text (snapshot, self->names[i], bounds.origin.x + PAD + SAMPLE + GAP, top, (int) self->readings[i].series == self->picked ? theme->text : theme->muted);
      pango_layout_get_pixel_size (self->values[i], &value_width, NULL);
      draw_text (snapshot, self->values[i], bounds.origin.x + bounds.size.width - PAD - (float) value_width, top, theme->text);
    }
}

void
cam_chart_readout_draw (const CamChart       *chart,
                        double                x,
                        int                   picked,
                        const CamChartLayout *layout,
                        const CamChartTheme  *theme,
                        GtkWidget            *widget,
                        GtkSnapshot          *snapshot)
{
  CamReadout self = { 0 };
  double px = cam_chart_layout_to_px (layout, x);
  GdkRGBA line = to_rgba (theme->muted, 0.7f);

  if (!(px >= layout->left - 1 && px <= layout->right + 1))
    return;
  readout_init (&self, chart, x, picked, widget);
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (roundf ((float) px - 0.5f), (float) layout->top, 1, (float) (layout->bottom - layout->top)));
  for (guint i = 0; i < self.n; i++)
    {
      double py = cam_chart_layout_to_py (layout, self.readings[i].at);

      if (!(py >= layout->top - 1 && py <= layout->bottom + 1))
        continue;
      draw_dot (snapshot, px, py, (int) self.readings[i].series == picked ? 7 : 5, theme->card);
      draw_dot (snapshot, px, py, (int) self.readings[i].series == picked ? 5.4f : 3.6f, theme->series[cam_chart_get_colour (chart, self.readings[i].series)]);
    }
  draw_label (&self, chart, (float) px, layout, theme, widget, snapshot);
  readout_clear (&self);
}

void
cam_chart_readout_draw_spot (const char          *text,
                             double               x,
                             double               y,
                             const CamChartTheme *theme,
                             GtkWidget           *widget,
                             GtkSnapshot         *snapshot)
{
  const char *rest = strchr (text, '\n');
  g_autofree char *first = rest != NULL ? g_strndup (text, (gsize) (rest - text)) : g_strdup (text);
  int width = 0, head_height, rest_height = 0;
  g_autoptr(PangoLayout) head = new_layout (widget, first, PANGO_WEIGHT_BOLD, &width);
  g_autoptr(PangoLayout) body = rest != NULL ? new_layout (widget, rest + 1, PANGO_WEIGHT_NORMAL, &width) : NULL;
  float left = (float) x + OFFSET, top = (float) y + OFFSET, box_width = (float) width + 2 * PAD, box_height;
  graphene_rect_t bounds;

  pango_layout_get_pixel_size (head, NULL, &head_height);
  if (body != NULL)
    pango_layout_get_pixel_size (body, NULL, &rest_height);
  box_height = (float) (head_height + rest_height) + 2 * PAD - 3;
  /* Right below the pointer; where there is no room, on its other side. */
  if (left + box_width > (float) gtk_widget_get_width (widget))
    left = fmaxf ((float) x - OFFSET - box_width, 0);
  if (top + box_height > (float) gtk_widget_get_height (widget))
    top = fmaxf ((float) y - OFFSET - box_height, 0);
  bounds = GRAPHENE_RECT_INIT (roundf (left), roundf (top), ceilf (box_width), ceilf (box_height));
  draw_box (snapshot, &bounds, theme);
  draw_text (snapshot, head, bounds.origin.x + PAD, bounds.origin.y + PAD - 2, theme->text);
  if (body != NULL)
    draw_text (snapshot, body, bounds.origin.x + PAD, bounds.origin.y + PAD - 2 + (float) head_height, theme->muted);
}
