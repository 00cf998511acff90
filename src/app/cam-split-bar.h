/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Train, validation and test as blocks as wide as they have rows, and under each the shares of its classes. */
#pragma once

#include <gtk/gtk.h>

#include <cam-dataset.h>

G_BEGIN_DECLS

#define CAM_TYPE_SPLIT_BAR (cam_split_bar_get_type ())
G_DECLARE_FINAL_TYPE (CamSplitBar, cam_split_bar, CAM, SPLIT_BAR, GtkWidget)

/* @dataset is referenced; NULL: empty. */
void cam_split_bar_set_dataset (CamSplitBar *self, CamDataset *dataset);

G_END_DECLS
