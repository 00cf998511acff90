/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods of a split as a person chooses them, and the edits of the document that a choice comes to. No widgets. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_CHOICE_STRATIFIED,
  CAM_CHOICE_RANDOM,
  CAM_CHOICE_GROUPED,
  CAM_CHOICE_ORDERED,
  CAM_CHOICE_COLUMN,
  CAM_CHOICE_KERAS,       /* the last rows, unshuffled, without test */
  CAM_N_CHOICES
} CamSplitChoice;

CamSplitChoice cam_split_choice_find        (const json_t *split);
/* cam_split_choice_explain: a sentence on what it does; @dataset may be NULL. g_free(). */
char          *cam_split_choice_explain     (CamSplitChoice self, const json_t *split, const CamDataset *dataset);
/* cam_split_choice_dup_column: the column it goes by; NULL: none. g_free(). */
char          *cam_split_choice_dup_column  (CamSplitChoice self, const CamTable *table, const json_t *data, const json_t *split);

/* cam_split_choice_make: the edits (path → value) that choose @self: a likely column is chosen with it, and what only the method before needed goes. New reference. */
json_t        *cam_split_choice_make        (CamSplitChoice self, const CamTable *table, const json_t *data, const json_t *split);
/* cam_split_choice_set_column: the edits that make @self go by @column (−1: by none). A group gets its role, a column that names parts is no input. New reference. */
json_t        *cam_split_choice_set_column  (CamSplitChoice self, const CamTable *table, const json_t *data, int column);

G_END_DECLS
