/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How kinds of layer are shown wherever they are: the colour class of their tile, the title of their category. */
#pragma once

#include <gtk/gtk.h>

#include <cam-layer.h>

G_BEGIN_DECLS

/* cam_layer_category_title: "Core", "Regularise": translated, borrowed. */
const char *cam_layer_category_title (CamLayerCategory category);

/* cam_layer_tile_set_kind: @tile (a .cam-tile) takes the icon and colour of @kind; NULL: unknown. */
void        cam_layer_tile_set_kind  (GtkImage *tile, const CamLayerKind *kind);

G_END_DECLS
