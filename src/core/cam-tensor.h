/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of floats with a shape: row-major, 64-byte aligned, one owner.
 * Not thread-safe by itself; a const tensor may be read from any thread. */
#pragma once

#include "cam-shape.h"

G_BEGIN_DECLS

typedef struct
{
  CamShape shape;
  gsize    n;      /* elements: the product of the dimensions */
  float   *data;   /* owned, unless is_lent; 64-byte aligned, never NULL when n > 0 */
  gboolean is_lent;
} CamTensor;

/* cam_tensor_new: zero-filled. Returns NULL only where the size does not fit in memory's address space
 * (checked) — callers that take a shape from a file must test for it. */
CamTensor *cam_tensor_new      (const CamShape *shape);
CamTensor *cam_tensor_copy     (const CamTensor *self);
void       cam_tensor_free     (CamTensor *self);

/* cam_tensor_size_in_block: what n numbers take up in a block of several tensors: whole cache lines.
 * cam_tensor_move: the numbers move to @place, 64-byte aligned, which stays the caller's and must outlive the tensor. */
gsize      cam_tensor_size_in_block (gsize n);
void       cam_tensor_move     (CamTensor *self, float *place);

/* cam_floats_new: n zeroed floats on a 64-byte boundary, for buffers without a shape; cam_floats_free() frees. NULL as above. */
float     *cam_floats_new      (gsize n);
void       cam_floats_free     (float *floats);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamTensor, cam_tensor_free)

G_END_DECLS
