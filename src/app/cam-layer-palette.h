/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All kinds of layer by category, each with a line on what it is for, and a field to search in both. Signal: "chosen" (class name). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_LAYER_PALETTE (cam_layer_palette_get_type ())
G_DECLARE_FINAL_TYPE (CamLayerPalette, cam_layer_palette, CAM, LAYER_PALETTE, GtkBox)

GtkWidget *cam_layer_palette_new         (void);
/* cam_layer_palette_set_compact: for a popover: it scrolls by itself, and the search field takes the focus. */
void       cam_layer_palette_set_compact (CamLayerPalette *self, gboolean is_compact);
/* cam_layer_palette_set_between: a widget between search field and kinds. */
void       cam_layer_palette_set_between (CamLayerPalette *self, GtkWidget *widget);

G_END_DECLS
