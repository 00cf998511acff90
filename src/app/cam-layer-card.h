/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer in the stack, a row of its list: the joint with its "+" above, then the card. It shows what it is given and
 * says what is asked of it.
 *
 * Signals: "insert" (class name): a new layer before this one · "fix" (): the fix button · "grabbed" (): its menu is
 * about to open, or it is about to be dragged, so it should be among the chosen ones. Its menu and keys call the actions "stack.…" of the stack around it. */
#pragma once

#include <gtk/gtk.h>

#include "cam-stack-info.h"

G_BEGIN_DECLS

#define CAM_TYPE_LAYER_CARD (cam_layer_card_get_type ())
G_DECLARE_FINAL_TYPE (CamLayerCard, cam_layer_card, CAM, LAYER_CARD, GtkListBoxRow)

GtkWidget  *cam_layer_card_new          (void);
void        cam_layer_card_set_info     (CamLayerCard *self, const CamLayerInfo *info, guint place, guint n_layers);
guint       cam_layer_card_get_place    (CamLayerCard *self);            /* from 0 */
void        cam_layer_card_set_narrow   (CamLayerCard *self, gboolean is_narrow);
/* cam_layer_card_set_gap: the joint opens for a layer that is dragged here. */
void        cam_layer_card_set_gap      (CamLayerCard *self, gboolean is_open);
/* cam_layer_card_set_revealed: slides in or out, where animations are on. */
void        cam_layer_card_set_revealed (CamLayerCard *self, gboolean is_revealed);
gboolean    cam_layer_card_is_hidden    (CamLayerCard *self);            /* slid out altogether; notifies "hidden" */

G_END_DECLS
