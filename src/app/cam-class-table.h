/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card with a row for each class: precision, recall, F1, and how many rows it has; sorted by any of them. Signals: "class-chosen" (guint class): another one is selected;
 * "class-activated" (guint class): Enter or a double click. */
#pragma once

#include <adwaita.h>

#include <cam-evaluation.h>

G_BEGIN_DECLS

#define CAM_TYPE_CLASS_TABLE (cam_class_table_get_type ())
G_DECLARE_FINAL_TYPE (CamClassTable, cam_class_table, CAM, CLASS_TABLE, AdwBin)

GtkWidget *cam_class_table_new            (void);
/* cam_class_table_set_evaluation: of more than two classes. */
void       cam_class_table_set_evaluation (CamClassTable *self, CamEvaluation *evaluation);
/* cam_class_table_choose: without a signal. */
void       cam_class_table_choose         (CamClassTable *self, guint k);

G_END_DECLS
