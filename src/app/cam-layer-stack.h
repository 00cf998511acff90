/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as a column of cards below its input. Cards are chosen by pointer or arrow keys, moved by dragging,
 * Alt+Up and Alt+Down, duplicated by Ctrl+D, removed by Delete; all of these are actions "stack.…", also in each card's
 * menu. Properties: "session" (CamSession) · "selected" (int, −1: none; notifies). */
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
void cam_layer_stack_select       (CamLayerStack *self, int layer);
void cam_layer_stack_set_narrow   (CamLayerStack *self, gboolean is_narrow);
/* cam_layer_stack_insert: a new layer of a kind after the chosen one, else before the last, the output. */
void cam_layer_stack_insert       (CamLayerStack *self, const char *class_name);

G_END_DECLS
