/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the grid share: cam-data-grid.c binds and draws, cam-data-grid-places.c has the columns' places, cam-data-grid-input.c pointer and keyboard. */
#pragma once

#include "cam-data-grid.h"
#include "cam-data-row.h"

G_BEGIN_DECLS

#define CAM_DATA_ROW_HEIGHT 28
#define CAM_DATA_LEAST_WIDTH 64

struct _CamDataGrid
{
  GtkWidget      parent_instance;

  /* owned */
  CamColumns    *columns;
  CamTable      *table;
  GArray        *places;          /* of CamDataPlace: columns as they stand; x from the left end of the table */
  GArray        *shown;           /* of CamDataPlace: the same, x in the widget */
  int           *own_widths;      /* by column of the table; 0: of its own accord */
  GPtrArray     *rows;            /* of CamDataRow, children; row r in the one of r modulo their number */
  GPtrArray     *cards;           /* of CamColumnCard, children; likewise by place */
  GtkAdjustment *hadjustment, *vadjustment;
  guint          tell_timer;

  GtkScrollablePolicy hpolicy, vpolicy;
  int            head_height;
  int            number_width;
  int            width;           /* of all columns */
  guint          first_place, n_places;
  gsize          row;             /* current */
  guint          anchor;          /* place that Shift extends from */
  gboolean       has_focus_row;
  int            dragged;         /* column whose edge is dragged; −1: none */
  int            drag_width;
};

/* cam-data-grid.c */
void   cam_data_grid_relayout      (CamDataGrid *self);               /* places or widths are others */
void   cam_data_grid_set_row       (CamDataGrid *self, gsize row);    /* current; scrolls nothing */

/* cam-data-grid-places.c */
void   cam_data_grid_settle_places (CamDataGrid *self);
void   cam_data_grid_settle_number_width (CamDataGrid *self);
int    cam_data_grid_page_width    (CamDataGrid *self);               /* of columns */
int    cam_data_grid_page_height   (CamDataGrid *self);               /* of rows */
double cam_data_grid_get_x         (CamDataGrid *self);               /* scrolled */
double cam_data_grid_get_y         (CamDataGrid *self);
int    cam_data_grid_find_place    (CamDataGrid *self, double x);     /* at @x of the widget; −1: none */
int    cam_data_grid_find_edge     (CamDataGrid *self, double x, double y);   /* the column whose right edge is there; −1: none */
int    cam_data_grid_place_of      (CamDataGrid *self, int column);   /* −1: none */

/* cam-data-grid-input.c */
void   cam_data_grid_add_input     (CamDataGrid *self);

static inline const CamDataPlace *
cam_data_grid_peek_place (CamDataGrid *self,
                          guint        place)
{
  return &g_array_index (self->places, CamDataPlace, place);
}

G_END_DECLS
