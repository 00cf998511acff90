/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of losses, in the order to offer. Source of the formulas: keras.losses. Dice is not among them: its value belongs to a whole batch and not to a row, so that it
 * could not be added up over shards, rows' weights and the rows of an evaluation. */
#include "cam-losses-private.h"

#include <glib/gi18n-lib.h>

const char *const cam_loss_reductions[] = { "sum_over_batch_size", NULL };

const CamField cam_loss_plain_fields[] = { CAM_F_REDUCTION, CAM_F_END };

const CamLoss *const cam_losses[] = {
  &cam_loss_bce, &cam_loss_cce, &cam_loss_sparse,
  &cam_loss_mse, &cam_loss_mae, &cam_loss_huber, &cam_loss_log_cosh, &cam_loss_mape, &cam_loss_msle, &cam_loss_poisson, &cam_loss_cosine,
  &cam_loss_focal, &cam_loss_categorical_focal, &cam_loss_hinge, &cam_loss_squared_hinge, &cam_loss_categorical_hinge, &cam_loss_kl,
  NULL,
};
