/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the columns of the grid stand, and how wide they are. */

#include "cam-data-grid-private.h"

#include <math.h>

#include "cam-words.h"

#define MOST_WIDTH 1200
#define EDGE 5              /* pixels on each side of a card's edge that drag it */

static int
base_width (CamDataGrid *self,
            guint        column)
{
  glong n = g_utf8_strlen (cam_table_get_name (self->table, column), -1);
  gboolean is_date = cam_table_get_kind (self->table, column) == CAM_COLUMN_DATE;

  if (self->own_widths[column] > 0)
    return self->own_widths[column];
  return (int) CLAMP (52 + 8 * n, is_date ? 124 : 104, 196);
}

int
cam_data_grid_page_width (CamDataGrid *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - self->number_width, 1);
}

int
cam_data_grid_page_height (CamDataGrid *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - self->head_height, 1);
}

/* A narrow table fills the card: what is left over is shared out among the columns that nobody has given a width. */
void
cam_data_grid_settle_places (CamDataGrid *self)
{
  g_autoptr(GArray) order = NULL;
  int sum = 0, n_free = 0, extra, rest, x = 0;

  g_array_set_size (self->places, 0);
  if (self->table == NULL)
    return;
  order = cam_columns_list_in_order (self->columns);
  for (guint i = 0; i < order->len; i++)
    {
      guint column = g_array_index (order, guint, i);

      sum += base_width (self, column);
      n_free += self->own_widths[column] == 0;
    }
  extra = n_free > 0 ? MAX (cam_data_grid_page_width (self) - sum, 0) / n_free : 0;
  rest = n_free > 0 ? MAX (cam_data_grid_page_width (self) - sum, 0) - extra * n_free : 0;
  for (guint i = 0; i < order->len; i++)
    {
      CamDataPlace place = { g_array_index (order, guint, i), x, 0 };

      place.width = base_width (self, place.column);
      if (self->own_widths[place.column] == 0)
        place.width += extra + (rest-- > 0 ? 1 : 0);
      g_array_append_val (self->places, place);
      x += place.width;
    }
  self->width = x;
}

void
cam_data_grid_settle_number_width (CamDataGrid *self)
{
  g_autofree char *text = cam_words_count (self->table != NULL ? cam_table_get_n_rows (self->table) : 0);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  self->number_width = MAX (width + 22, 40);
}

double
cam_data_grid_get_x (CamDataGrid *self)
{
  return self->hadjustment != NULL ? gtk_adjustment_get_value (self->hadjustment) : 0;
}

double
cam_data_grid_get_y (CamDataGrid *self)
{
  return self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
}

/* The place at @x of the widget; −1: none. */
int
cam_data_grid_find_place (CamDataGrid *self,
            double       x)
{
  double at = x - self->number_width + cam_data_grid_get_x (self);

  if (x < self->number_width)
    return -1;
  for (guint i = 0; i < self->places->len; i++)
    {
      const CamDataPlace *place = cam_data_grid_peek_place (self, i);

      if (at >= place->x && at < place->x + place->width)
        return (int) i;
    }
  return -1;
}

int
cam_data_grid_place_of (CamDataGrid *self,
                 int          column)
{
  for (guint i = 0; i < self->places->len; i++)
    if ((int) cam_data_grid_peek_place (self, i)->column == column)
      return (int) i;
  return -1;
}

/* The column whose right edge is at @x; −1: none. */
int
cam_data_grid_find_edge (CamDataGrid *self,
           double       x,
           double       y)
{
  double at = x - self->number_width + cam_data_grid_get_x (self);

  if (y > self->head_height || x < self->number_width)
    return -1;
  for (guint i = 0; i < self->places->len; i++)
    {
      const CamDataPlace *place = cam_data_grid_peek_place (self, i);

      if (fabs (at - (place->x + place->width)) <= EDGE)
        return (int) place->column;
    }
  return -1;
}

int
cam_data_grid_get_width (CamDataGrid *self,
                         guint        column)
{
  int place;

  g_return_val_if_fail (CAM_IS_DATA_GRID (self), 0);

  place = cam_data_grid_place_of (self, (int) column);
  return place >= 0 ? cam_data_grid_peek_place (self, place)->width : 0;
}

/* What name and the values in sight ask for. */
static int
fitting_width (CamDataGrid *self,
               guint        column)
{
  const gsize first = (gsize) (cam_data_grid_get_y (self) / CAM_DATA_ROW_HEIGHT);
  const gsize n = MIN ((gsize) (cam_data_grid_page_height (self) / CAM_DATA_ROW_HEIGHT + 1), cam_table_get_n_rows (self->table) - first);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), cam_table_get_name (self->table, column));
  int widest, width;

  pango_layout_get_pixel_size (layout, &widest, NULL);
  widest += 26;         /* its icon, and letters a little bolder */
  for (gsize row = first; row < first + n; row++)
    {
      g_autofree char *text = cam_table_dup_text (self->table, column, row);

      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest + 26;
}

void
cam_data_grid_set_width (CamDataGrid *self,
                         guint        column,
                         int          width)
{
  g_return_if_fail (CAM_IS_DATA_GRID (self));
  g_return_if_fail (self->table != NULL && column < cam_table_get_n_columns (self->table));

  /* The others keep the widths that they have: only the edge that is dragged moves. */
  for (guint i = 0; i < self->places->len; i++)
    {
      const CamDataPlace *place = cam_data_grid_peek_place (self, i);

      self->own_widths[place->column] = place->width;
    }
  self->own_widths[column] = CLAMP (width < 0 ? fitting_width (self, column) : width, CAM_DATA_LEAST_WIDTH, MOST_WIDTH);
  cam_data_grid_relayout (self);
}
