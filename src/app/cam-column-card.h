/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a column in the preview: kind, name, a spark histogram, how it is prepared, and what share is missing. Shows one column after the other as the preview scrolls. */
#pragma once

#include <adwaita.h>

#include "cam-column-item.h"

G_BEGIN_DECLS

#define CAM_TYPE_COLUMN_CARD (cam_column_card_get_type ())
G_DECLARE_FINAL_TYPE (CamColumnCard, cam_column_card, CAM, COLUMN_CARD, AdwBin)

GtkWidget     *cam_column_card_new        (void);
void           cam_column_card_set_item   (CamColumnCard *self, CamColumnItem *item);   /* NULL: none */
/* @is_lead: of those chosen, the one that is shown beside the table. */
void           cam_column_card_set_chosen (CamColumnCard *self, gboolean is_chosen, gboolean is_lead);

G_END_DECLS
