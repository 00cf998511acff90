/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of small pictures. Each is painted with its pixels as they are: no smoothing, which would invent some. */
#include "cam-tile-grid.h"

#include <cam-chart.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-words.h"

#define TITLE_HEIGHT 17
#define GAP 4
#define ROW_GAP 6
#define LEAST 20            /* of a picture's side */
#define MOST 96
#define MOST_LINES 4
#define STRIP_HEIGHT 18     /* of what is one pixel high */
#define LEAST_STRIP 120
#define MIN_WIDTH 200
#define LEAST_ROW (TITLE_HEIGHT + LEAST + ROW_GAP)
#define MIN_ROWS 3          /* as many are foreseen, so that the card does not grow with them */

struct _CamTileGrid
{
  GtkWidget     parent_instance;

  /* owned */
  CamSightView *view;       /* NULL: nothing to show yet */
};

G_DEFINE_FINAL_TYPE (CamTileGrid, cam_tile_grid, GTK_TYPE_WIDGET)

/* Where the tiles of a row are: all are as large as each other, in as many lines as make them largest. */
typedef struct
{
  int   y, width, height;
  guint n, n_in_line;       /* for which there is room */
} RowPlace;

static gboolean
is_strip (const CamTileRow *row)
{
  return row->tiles->len > 0 && ((const CamTile *) row->tiles->pdata[0])->height == 1;
}

/* Of what is left when each has the least that it needs: one picture takes less than many. */
static int
get_share (const CamTileRow *row)
{
  return row->tiles->len > 1 ? 3 : 2;
}

static void
place_strips (const CamTileRow *row,
              int               width,
              int               room,
              RowPlace         *found)
{
  found->n_in_line = (guint) CLAMP ((width + GAP) / (LEAST_STRIP + GAP), 1, (int) row->tiles->len);
  found->width = (width + GAP) / (int) found->n_in_line - GAP;
  found->height = MIN (STRIP_HEIGHT, MAX (room, 1));
  found->n = MIN (row->tiles->len, found->n_in_line * (guint) MAX ((room + GAP) / (found->height + GAP), 1));
}

static void
place_tiles (const CamTileRow *row,
             int               width,
             int               room,
             RowPlace         *found)
{
  const CamTile *tile = row->tiles->pdata[0];
  double aspect = (double) tile->width / MAX (tile->height, 1);
  int n = (int) row->tiles->len, best = 0;

  for (int lines = 1; lines <= MOST_LINES; lines++)
    {
      int in_line = (n + lines - 1) / lines;
      int size = MIN ((int) (((width + GAP) / in_line - GAP) / aspect), (room + GAP) / lines - GAP);

      if (size > best)
        {
          best = size;
          found->n_in_line = (guint) in_line;
        }
    }
  found->height = CLAMP (best, LEAST, MOST);
  found->width = MAX ((int) (found->height * aspect), 1);
  if (best < LEAST)
    found->n_in_line = (guint) MAX ((width + GAP) / (found->width + GAP), 1);
  found->n = MIN ((guint) n, found->n_in_line * (guint) MAX ((room + GAP) / (found->height + GAP), 1));
}

static void
place_row (CamTileGrid *self,
           guint        place,
           RowPlace    *found)
{
  const CamTileRow *row = self->view->rows->pdata[place];
  int width = gtk_widget_get_width (GTK_WIDGET (self)), all = 0, before = 0, spare, room;

  for (guint i = 0; i < self->view->rows->len; i++)
    {
      before += i < place ? get_share (self->view->rows->pdata[i]) : 0;
      all += get_share (self->view->rows->pdata[i]);
    }
  spare = MAX (gtk_widget_get_height (GTK_WIDGET (self)) + ROW_GAP - (int) self->view->rows->len * LEAST_ROW, 0);
  *found = (RowPlace) { .y = (int) place * LEAST_ROW + spare * before / all + TITLE_HEIGHT };
  room = LEAST + spare * get_share (row) / all;
  if (row->tiles->len == 0)
    return;
  if (is_strip (row))
    place_strips (row, width, room, found);
  else
    place_tiles (row, width, room, found);
}

static void
find_tile (const RowPlace *place,
           guint           tile,
           int            *x,
           int            *y)
{
  *x = (int) (tile % place->n_in_line) * (place->width + GAP);
  *y = place->y + (int) (tile / place->n_in_line) * (place->height + GAP);
}

static guint32
mix (guint32 from,
     guint32 to,
     double  share)
{
  guint32 mixed = 0;

  for (guint shift = 0; shift <= 16; shift += 8)
    {
      double a = from >> shift & 255, b = to >> shift & 255;

      mixed |= (guint32) (a + (b - a) * share + 0.5) << shift;
    }
  return mixed;
}

static guint32
find_colour (const CamTile       *tile,
             const float         *value,
             gboolean             is_signed,
             const CamChartTheme *theme)
{
  double range = tile->high > tile->low ? tile->high - tile->low : 1, share;
  guint32 colour = 0;

  if (!isfinite (value[0]))
    return theme->series[6];
  if (is_signed)
    {
      share = CLAMP (value[0] / (tile->high > 0 ? tile->high : 1), -1, 1);
      return mix (theme->card, theme->series[share < 0 ? 0 : 1], fabs (share));
    }
  for (guint c = 0; c < 3; c++)
    {
      share = CLAMP ((value[tile->channels == 3 ? c : 0] - tile->low) / range, 0, 1);
      colour = colour << 8 | (guint32) (share * 255 + 0.5);
    }
  return colour;
}

static void
paint_tile (cairo_t             *cr,
            const CamTile       *tile,
            gboolean             is_signed,
            const CamChartTheme *theme,
            guint                number,
            const RowPlace      *place)
{
  int x, y;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) tile->width, (int) tile->height);
  guchar *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  find_tile (place, number, &x, &y);
  cairo_surface_flush (surface);
  for (guint i = 0; pixels != NULL && i < tile->height; i++)
    for (guint k = 0; k < tile->width; k++)
      ((guint32 *) (gpointer) (pixels + (gsize) i * (gsize) stride))[k] = find_colour (tile, tile->values + ((gsize) i * tile->width + k) * tile->channels, is_signed, theme);
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, (double) place->width / tile->width, (double) place->height / tile->height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle (cr, 0, 0, tile->width, tile->height);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_set_source_rgb (cr, (theme->axis >> 16 & 255) / 255.0, (theme->axis >> 8 & 255) / 255.0, (theme->axis & 255) / 255.0);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x + 0.5, y + 0.5, place->width - 1, place->height - 1);
  cairo_stroke (cr);
  cairo_surface_destroy (surface);
}

static void
append_title (CamTileGrid      *self,
              GtkSnapshot      *snapshot,
              const CamTileRow *row,
              const RowPlace   *place)
{
  guint n_more = row->n_more + row->tiles->len - place->n;
  g_autofree char *text = n_more > 0 ? g_strdup_printf (ngettext ("%s, and %u more", "%s, and %u more", n_more), row->title, n_more) : g_strdup (row->title);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA colour;

  pango_layout_set_width (layout, gtk_widget_get_width (GTK_WIDGET (self)) * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) (place->y - TITLE_HEIGHT)));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
append_hint (GtkWidget   *widget,
             GtkSnapshot *snapshot)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (widget, _("First epoch under way"));
  int width, height;
  GdkRGBA colour;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  colour.alpha *= 0.6f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) ((gtk_widget_get_width (widget) - width) / 2), (float) ((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
cam_tile_grid_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamTileGrid *self = CAM_TILE_GRID (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const CamChartTheme *theme = cam_chart_theme_get (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  cairo_t *cr;

  if (width < 1 || height < 1)
    return;
  if (self->view == NULL)
    {
      append_hint (widget, snapshot);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  for (guint i = 0; i < self->view->rows->len; i++)
    {
      const CamTileRow *row = self->view->rows->pdata[i];
      RowPlace place;

      place_row (self, i, &place);
      for (guint k = 0; k < place.n; k++)
        paint_tile (cr, row->tiles->pdata[k], row->is_signed, theme, k, &place);
    }
  cairo_destroy (cr);
  for (guint i = 0; i < self->view->rows->len; i++)
    {
      RowPlace place;

      place_row (self, i, &place);
      append_title (self, snapshot, self->view->rows->pdata[i], &place);
    }
}

static void
cam_tile_grid_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_ROWS * LEAST_ROW - ROW_GAP;
}

char *
cam_tile_grid_describe (CamTileGrid *self,
                        guint        row,
                        guint        tile)
{
  const CamTileRow *tiles;
  const CamTile *found;
  g_autofree char *low = NULL, *high = NULL, *number = NULL, *error = NULL;
  double least, most;

  g_return_val_if_fail (CAM_IS_TILE_GRID (self), NULL);
  g_return_val_if_fail (self->view != NULL && row < self->view->rows->len, NULL);

  tiles = self->view->rows->pdata[row];
  g_return_val_if_fail (tile < tiles->tiles->len, NULL);
  found = tiles->tiles->pdata[tile];
  if (found->row > 0)
    {
      number = cam_words_count (found->row);
      error = cam_words_number (found->error);
      /* translators: a row of the table, and how far an autoencoder's copy of it is off */
      return isnan (found->error) ? g_strdup_printf (_("Row %s"), number) : g_strdup_printf (_("Row %s · mean squared error %s"), number, error);
    }
  least = INFINITY;
  most = -INFINITY;
  for (gsize i = 0; i < (gsize) found->width * found->height * found->channels; i++)
    {
      least = fmin (least, found->values[i]);
      most = fmax (most, found->values[i]);
    }
  low = cam_words_number (least);
  high = cam_words_number (most);
  /* translators: the number of a filter or feature map, its smallest and its largest value */
  return g_strdup_printf (_("Number %u: from %s to %s"), tile + 1, low, high);
}

static gboolean
query_tooltip_cb (CamTileGrid *self,
                  int          x,
                  int          y,
                  gboolean     is_by_keyboard,
                  GtkTooltip  *tooltip)
{
  for (guint i = 0; self->view != NULL && i < self->view->rows->len; i++)
    {
      RowPlace place;

      place_row (self, i, &place);
      for (guint k = 0; k < place.n; k++)
        {
          int left, top;

          find_tile (&place, k, &left, &top);
          if (x >= left && x < left + place.width && y >= top && y < top + place.height)
            {
              g_autofree char *text = cam_tile_grid_describe (self, i, k);

              gtk_tooltip_set_text (tooltip, text);
              return TRUE;
            }
        }
    }
  return FALSE;
}

static void
cam_tile_grid_finalize (GObject *object)
{
  g_clear_pointer (&CAM_TILE_GRID (object)->view, cam_sight_view_free);
  G_OBJECT_CLASS (cam_tile_grid_parent_class)->finalize (object);
}

static void
cam_tile_grid_class_init (CamTileGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cam_tile_grid_finalize;
  widget_class->snapshot = cam_tile_grid_snapshot;
  widget_class->measure = cam_tile_grid_measure;
  gtk_widget_class_set_css_name (widget_class, "tilegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cam_tile_grid_init (CamTileGrid *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "cam-caption");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_tile_grid_new (void)
{
  return g_object_new (CAM_TYPE_TILE_GRID, NULL);
}

/* What is drawn, in words. */
static void
tell (CamTileGrid *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; self->view != NULL && i < self->view->rows->len; i++)
    {
      const CamTileRow *row = self->view->rows->pdata[i];

      for (guint k = 0; k < row->tiles->len; k++)
        {
          g_autofree char *tile = cam_tile_grid_describe (self, i, k);

          g_string_append_printf (text, "%s%s", k > 0 ? "; " : i > 0 ? ". " : "", k == 0 ? row->title : "");
          g_string_append_printf (text, "%s%s", k == 0 ? ": " : "", tile);
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

void
cam_tile_grid_set_view (CamTileGrid  *self,
                        CamSightView *view)
{
  g_return_if_fail (CAM_IS_TILE_GRID (self));

  g_clear_pointer (&self->view, cam_sight_view_free);
  self->view = view;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
