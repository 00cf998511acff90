/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of the chosen layer. Signals: "changed" (CamField *field, json_t *value; both borrowed): the person chose
 * another value · "switched" (boolean): on or off. For several layers it offers what can be done with all of them, by the action "network.chosen" of the page around it. */
#pragma once

#include <gtk/gtk.h>

#include "cam-field-editor.h"
#include "cam-stack-info.h"

G_BEGIN_DECLS

#define CAM_TYPE_LAYER_INSPECTOR (cam_layer_inspector_get_type ())
G_DECLARE_FINAL_TYPE (CamLayerInspector, cam_layer_inspector, CAM, LAYER_INSPECTOR, GtkBox)

/* cam_layer_inspector_show: @info may be NULL: no layer is chosen. No signal. */
void            cam_layer_inspector_show (CamLayerInspector *self, const CamLayerInfo *info, guint place, guint n_layers);
void            cam_layer_inspector_show_several (CamLayerInspector *self, guint n_layers);
/* cam_layer_inspector_find: the row of a setting of the shown layer; NULL: it has none. "activation" is chosen in the lab instead. */
CamFieldEditor *cam_layer_inspector_find (CamLayerInspector *self, const char *key);

G_END_DECLS
