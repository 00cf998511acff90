/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the model share. */
#pragma once

#include "cam-model.h"

G_BEGIN_DECLS

struct _CamModel
{
  /* owned */
  CamNetwork     *network;
  CamPreparation *preparation;   /* NULL: a file of somebody else's */
  json_t         *loss;          /* NULL: not known; the next two likewise */
  json_t         *metrics;
  json_t         *optimizer;
};

/* Numbers per row. */
gsize cam_model_get_input_size  (const CamModel *self);
gsize cam_model_get_output_size (const CamModel *self);

/* "multi-class": as in saved models and reports. */
const char *cam_task_get_name (CamTask task);

G_END_DECLS
