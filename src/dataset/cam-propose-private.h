/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files share that make first settings for a table. */
#pragma once

#include "cam-dataset-private.h"

G_BEGIN_DECLS

/* Is there something to learn in this column, and enough of it? */
gboolean cam_propose_can_be_target      (const CamTable *table, guint column);
/* Few whole numbers, each of them often. */
gboolean cam_propose_looks_like_classes (const CamTable *table, guint column, const CamColumnSummary *summary);

/* A "data" section for a table of this form; NULL: it does not look like one. New references. */
json_t  *cam_propose_image  (const CamTable *table);   /* pixels, and what they show; without that an autoencoder */
json_t  *cam_propose_series (const CamTable *table);   /* numbers in the order of a time, or a column alone */
json_t  *cam_propose_text   (const CamTable *table);   /* sentences, and a class for each */

G_END_DECLS
