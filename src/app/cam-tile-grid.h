/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small pictures of numbers in rows, each row with its title: filters, feature maps, what an autoencoder gets and gives. As many as there is room for; pointing at one tells its numbers. */
#pragma once

#include <adwaita.h>

#include <cam-sight.h>

G_BEGIN_DECLS

#define CAM_TYPE_TILE_GRID (cam_tile_grid_get_type ())
G_DECLARE_FINAL_TYPE (CamTileGrid, cam_tile_grid, CAM, TILE_GRID, GtkWidget)

GtkWidget *cam_tile_grid_new      (void);
/* cam_tile_grid_set_view: (transfer full) (nullable). */
void       cam_tile_grid_set_view (CamTileGrid *self, CamSightView *view);
/* cam_tile_grid_describe: tile @tile of row @row in words: "Row 12 · error 0.0034". g_free(). */
char      *cam_tile_grid_describe (CamTileGrid *self, guint row, guint tile);

G_END_DECLS
