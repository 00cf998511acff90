/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a column in the preview: kind, name, a spark histogram, how it is prepared, and what share is missing.
 * It is a toggle; the one that is on is the column the inspector shows. Signal "chosen": it was pressed. */
#pragma once

#include <adwaita.h>

#include <cam-dataset.h>

G_BEGIN_DECLS

#define CAM_TYPE_COLUMN_CARD (cam_column_card_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnCard, cam_column_card, CAM, COLUMN_CARD, AdwBin)

GtkWidget  *cam_column_card_new          (CamTable *table, guint column);
guint       cam_column_card_get_column   (CamColumnCard *self);
/* @settings as of cam_dataset_column_settings(); borrowed. */
void        cam_column_card_set_settings (CamColumnCard *self, const json_t *settings);
void        cam_column_card_set_chosen   (CamColumnCard *self, gboolean is_chosen);
/* Counts the histogram; takes a moment for a long table, so it is not done by _new(). */
void        cam_column_card_draw_spark   (CamColumnCard *self);

/* What stands for a kind: an icon, a word, a hue's class. @settings as above. */
const char *cam_column_kind_icon         (const json_t *settings, CamTable *table, guint column);
const char *cam_column_kind_word         (const json_t *settings);

G_END_DECLS
