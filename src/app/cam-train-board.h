/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the cards of a run stand. With room enough the charts fill the left and the other cards stand below each other at the right; in a narrow window the charts go side by side
 * and the other cards below them in two columns. One chart, or the first of an odd number, takes its whole row. Cards that are not visible take no room.
 *
 * It is as high as its cards need at least, so that it belongs into a scrolled window; height beyond that goes to the charts. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CAM_TYPE_TRAIN_BOARD (cam_train_board_get_type ())
G_DECLARE_FINAL_TYPE (CamTrainBoard, cam_train_board, CAM, TRAIN_BOARD, GtkWidget)

GtkWidget *cam_train_board_new          (void);
void       cam_train_board_add_chart    (CamTrainBoard *self, GtkWidget *chart);
void       cam_train_board_add_side     (CamTrainBoard *self, GtkWidget *card);
/* cam_train_board_set_pairs: two charts stand beside each other also where there is room below each other; FALSE at first. */
void       cam_train_board_set_pairs    (CamTrainBoard *self, gboolean pairs);
void       cam_train_board_remove       (CamTrainBoard *self, GtkWidget *child);

G_END_DECLS
