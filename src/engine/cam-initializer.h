/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How weights start, by Keras's names. Source of the formulas: Glorot & Bengio 2010, He et al. 2015, as in keras.initializers (VarianceScaling). */
#pragma once

#include <cam-rng.h>
#include <cam-tensor.h>

G_BEGIN_DECLS

extern const char *const cam_initializer_names[];   /* NULL-terminated, for field tables */

/* cam_initializer_fill: @tensor from @name, which must be of the list; draws from @rng. Fans follow from the tensor's shape: rank 2 [in, out]; higher ranks [receptive…, in, out]. */
void cam_initializer_fill (const char *name, CamTensor *tensor, CamRng *rng);

G_END_DECLS
