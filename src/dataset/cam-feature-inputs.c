/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-feature-inputs.h"

#include "cam-dataset-private.h"

guint
cam_feature_find_inputs (const CamPreparation *preparation,
                         guint                 i,
                         guint                *n)
{
  guint all = 0, before = 0;

  g_return_val_if_fail (preparation != NULL && i < preparation->features->len && n != NULL, 0);

  for (guint f = 0; f < preparation->features->len; f++)
    {
      guint width = cam_step_width (g_ptr_array_index (preparation->features, f));

      before += f < i ? width : 0;
      all += width;
    }
  *n = cam_step_width (g_ptr_array_index (preparation->features, i));
  /* Past targets stand before the features. */
  return preparation->row_width - all + before;
}
