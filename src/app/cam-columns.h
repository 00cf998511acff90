/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the open table, and which of them are chosen: what the Data page's views share. Follows table and document; counts facts in a thread.
 * Properties: "session" (CamSession), "list" (GListModel of CamColumnItem in the table's order, constant), "lead" (int: the column that is shown, −1: none).
 * Signals: "selection-changed" · "settings-changed" (some items', after all of them are new) · "counted" (the facts of all are known) · "chosen" (the user pointed at a column) ·
 * "activated" (the user wants to edit what is selected) */
#pragma once

#include <gtk/gtk.h>

#include "cam-column-item.h"
#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_COLUMNS (cam_columns_get_type ())
G_DECLARE_FINAL_TYPE (CamColumns, cam_columns, CAM, COLUMNS, GObject)

CamSession      *cam_columns_get_session   (CamColumns *self);
GListModel      *cam_columns_get_list      (CamColumns *self);
guint            cam_columns_get_n         (CamColumns *self);
CamColumnItem   *cam_columns_peek          (CamColumns *self, guint column);   /* borrowed */
int              cam_columns_get_lead      (CamColumns *self);
const GtkBitset *cam_columns_get_selection (CamColumns *self);                 /* of columns of the table; borrowed */
gboolean         cam_columns_is_selected   (CamColumns *self, guint column);

/* cam_columns_select: exactly @selection; @lead is one of them, or −1: the first. */
void             cam_columns_select        (CamColumns *self, const GtkBitset *selection, int lead);
void             cam_columns_select_one    (CamColumns *self, int column);
void             cam_columns_tell_chosen   (CamColumns *self);
void             cam_columns_tell_activated (CamColumns *self);

/* Order of the preview: targets, features, groups, what is ignored; in each as in the table. Free the array. */
GArray          *cam_columns_list_in_order (CamColumns *self);                 /* of guint */

/* cam_columns_edit: the selected columns get @changes (key → value; borrowed), in one step that is named after the first key. FALSE: refused or no change. */
gboolean         cam_columns_edit          (CamColumns *self, const json_t *changes);

G_END_DECLS
