/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as a column of cards below its input. Cards are chosen by pointer or arrow keys, several with Ctrl, Shift and Ctrl+A; the chosen ones are moved by dragging, Alt+Up and Alt+Down,
 * duplicated by Ctrl+D, removed by Delete, switched off and on by Ctrl+/, copied, cut and pasted as usual; all of these are actions "stack.…", also in each card's menu.
 * Properties: "session" (CamSession) · "selected" (int, −1: none; notifies, also where others are chosen beside it): the one of the chosen layers whose settings are shown. */
#pragma once

#include <adwaita.h>

#include "cam-stack-info.h"

G_BEGIN_DECLS

#define CAM_TYPE_LAYER_STACK (cam_layer_stack_get_type ())
G_DECLARE_FINAL_TYPE (CamLayerStack, cam_layer_stack, CAM, LAYER_STACK, AdwBin)

/* cam_layer_stack_show: the network is another by now. The chosen layer stays chosen where it is still there; else the
 * one that came, moved or changed is. */
void cam_layer_stack_show         (CamLayerStack *self, const CamStackInfo *info);
int  cam_layer_stack_get_selected (CamLayerStack *self);
/* cam_layer_stack_get_chosen: places of the chosen layers, guint, ascending. Borrowed. */
GArray *cam_layer_stack_get_chosen (CamLayerStack *self);
void cam_layer_stack_select       (CamLayerStack *self, int layer);
void cam_layer_stack_set_narrow   (CamLayerStack *self, gboolean is_narrow);
/* cam_layer_stack_insert: a new layer of a kind after the chosen one, else before the last, the output. */
void cam_layer_stack_insert       (CamLayerStack *self, const char *class_name);
/* cam_layer_stack_paste_text: what pasting does with @text (nullable: no text is there): the layers of it come below the chosen ones, else above the output, and are chosen. */
void cam_layer_stack_paste_text   (CamLayerStack *self, const char *text);

G_END_DECLS
