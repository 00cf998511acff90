/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row by hand, and the model's answer to it, which follows at once: a slider or a list for each column that the model takes, a drawing for one that takes pictures, words for one that reads
 * them. A model that takes none of these says what it needs instead. Action "row.reset": back to what is usual in each column. */
#pragma once

#include <adwaita.h>

#include "cam-model-choice.h"

G_BEGIN_DECLS

#define CAM_TYPE_ONE_ROW (cam_one_row_get_type ())
G_DECLARE_FINAL_TYPE (CamOneRow, cam_one_row, CAM, ONE_ROW, AdwBin)

/**
 * cam_one_row_set_model:
 * @choice: (nullable): with its model loaded
 * @features: (nullable): of CamFeature, referenced: its columns, where a table tells more of them than the model; else they are made of it
 *
 * What is set in columns that stay the same is kept.
 */
void            cam_one_row_set_model    (CamOneRow *self, CamModelChoice *choice, GPtrArray *features);
CamModelChoice *cam_one_row_get_choice   (CamOneRow *self);                      /* NULL: none. Borrowed. */
/* cam_one_row_set_row: takes the values of a row of @table. */
void            cam_one_row_set_row      (CamOneRow *self, const CamTable *table, gsize row);
/* cam_one_row_takes_picture: it can be drawn. cam_one_row_open_picture(): then also opened from a file. */
gboolean        cam_one_row_takes_picture (CamOneRow *self);
void            cam_one_row_open_picture (CamOneRow *self, const char *path);
/* cam_one_row_get_outputs: the answer that is shown, in the units of CamPredictions; NULL: none. Borrowed until the next change. */
const float    *cam_one_row_get_outputs  (CamOneRow *self, guint *n);

G_END_DECLS
