/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How weights start, by Keras's names. Source of the formulas: Glorot & Bengio 2010, He et al. 2015, Saxe et al. 2014 (orthogonal), as in keras.initializers. */
#pragma once

#include <cam-field.h>
#include <cam-rng.h>
#include <cam-tensor.h>

G_BEGIN_DECLS

extern const CamVariant *const cam_initializer_variants[];   /* NULL-terminated, for field tables */

/* cam_initializer_fill: @tensor from @value, a completed value of a field with these variants; draws from @rng (seeds in the settings are Keras's and have no effect on ours).
 * Fans follow from the tensor's shape: rank 1 both n; rank 2 [in, out]; higher ranks [receptive…, in, out]. */
void cam_initializer_fill (const json_t *value, CamTensor *tensor, CamRng *rng);

G_END_DECLS
