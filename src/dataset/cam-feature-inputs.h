/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the numbers that a network receives come from one column. */
#pragma once

#include "cam-dataset.h"

G_BEGIN_DECLS

/* cam_feature_find_inputs: the first input of feature @i within a row (of a sequence: within each row of the window), and in @n how many it has: one for each category, one for what is missing. */
guint cam_feature_find_inputs (const CamPreparation *preparation, guint i, guint *n);

G_END_DECLS
