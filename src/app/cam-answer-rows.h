/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of an evaluation as a list model, in a given order. An item is made when a view asks for it, so that a list of a million opens at once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CAM_TYPE_ANSWER_ITEM (cam_answer_item_get_type ())
G_DECLARE_FINAL_TYPE (CamAnswerItem, cam_answer_item, CAM, ANSWER_ITEM, GObject)

gsize          cam_answer_item_get_sample (CamAnswerItem *self);

#define CAM_TYPE_ANSWER_ROWS (cam_answer_rows_get_type ())
G_DECLARE_FINAL_TYPE (CamAnswerRows, cam_answer_rows, CAM, ANSWER_ROWS, GObject)

/* cam_answer_rows_new: @samples: (transfer full): `[n]`. */
CamAnswerRows *cam_answer_rows_new        (gsize *samples, gsize n);
gsize          cam_answer_rows_get_n      (CamAnswerRows *self);
gsize          cam_answer_rows_get        (CamAnswerRows *self, gsize i);

G_END_DECLS
