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

  self = g_new (CamTensor, 1);
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

  cam_floats_free (self->data);
  g_free (self);
}
