/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The split, drawn: a block for each part, its rows, and under it how its targets are spread. Where shares may be set, boundaries between blocks can be dragged, or moved by keys:
 * ← → the end of training, with Shift the beginning of test; Page Up and Page Down by five.
 *
 * Signal "shares-changed" (double validation, double test): what a person wants, in whole hundredths. */
#pragma once

#include <gtk/gtk.h>

#include "cam-split-spread.h"

G_BEGIN_DECLS

#define CAM_TYPE_SPLIT_BAR (cam_split_bar_get_type ())
G_DECLARE_FINAL_TYPE (CamSplitBar, cam_split_bar, CAM, SPLIT_BAR, GtkWidget)

/* cam_split_bar_set_dataset: @dataset may be NULL: nothing is drawn. */
void cam_split_bar_set_dataset (CamSplitBar *self, CamDataset *dataset);

/* cam_split_bar_get_spread: of that dataset. Borrowed; NULL: there is none. */
const CamSpread *cam_split_bar_get_spread (CamSplitBar *self);

/* cam_split_bar_set_shares: what the document says. @has_validation, @has_test: these may be set; neither, and the bar only shows. */
void cam_split_bar_set_shares  (CamSplitBar *self, double validation, double test, gboolean has_validation, gboolean has_test);

G_END_DECLS
