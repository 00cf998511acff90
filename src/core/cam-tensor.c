/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned blocks of floats, and tensors over them. */
#include "cam-tensor.h"

#include <stdlib.h>
#include <string.h>

#include "cam-checked.h"

/* A cache line, and the widest vector register. */
#define ALIGNMENT 64

float *
cam_floats_new (gsize n)
{
  gsize size;
  float *floats;

  if (!cam_size_mul (MAX (n, 1), sizeof (float), &size) || !cam_size_add (size, ALIGNMENT - 1, &size))
    return NULL;

  size &= ~((gsize) ALIGNMENT - 1);
  floats = aligned_alloc (ALIGNMENT, size);
  if (floats != NULL)
    memset (floats, 0, size);

  return floats;
}

void
cam_floats_free (float *floats)
{
  free (floats);
}

CamTensor *
cam_tensor_new (const CamShape *shape)
{
  CamTensor *self;
  gsize n;
  float *data;

  g_return_val_if_fail (shape != NULL, NULL);

  if (!cam_shape_get_size (shape, &n))
    return NULL;
  data = cam_floats_new (n);
  if (data == NULL)
    return NULL;

  self = g_new0 (CamTensor, 1);
  self->shape = *shape;
  self->n = n;
  self->data = data;

  return self;
}

CamTensor *
cam_tensor_copy (const CamTensor *self)
{
  CamTensor *copy = cam_tensor_new (&self->shape);

  if (copy != NULL)
    memcpy (copy->data, self->data, self->n * sizeof (float));

  return copy;
}

void
cam_tensor_free (CamTensor *self)
{
  if (self == NULL)
    return;

  if (!self->is_lent)
    cam_floats_free (self->data);
  g_free (self);
}

gsize
cam_tensor_size_in_block (gsize n)
{
  const gsize line = ALIGNMENT / sizeof (float);

  return (n + line - 1) / line * line;
}

void
cam_tensor_move (CamTensor *self,
                 float     *place)
{
  memcpy (place, self->data, self->n * sizeof (float));
  if (!self->is_lent)
    cam_floats_free (self->data);
  self->data = place;
  self->is_lent = TRUE;
}
