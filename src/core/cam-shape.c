/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes: a handful of sizes by value. */
#include "cam-shape.h"

#include "cam-checked.h"

CamShape
cam_shape_make (guint        n_dims,
                const gsize *dims)
{
  CamShape shape = { 0 };

  g_return_val_if_fail (n_dims <= CAM_SHAPE_MAX_DIMS, shape);

  shape.n_dims = n_dims;
  for (guint i = 0; i < n_dims; i++)
    shape.dims[i] = dims[i];

  return shape;
}

CamShape
cam_shape_vector (gsize n)
{
  return cam_shape_make (1, &n);
}

gboolean
cam_shape_get_size (const CamShape *self,
                    gsize          *size)
{
  gsize product = 1;

  for (guint i = 0; i < self->n_dims; i++)
    if (!cam_size_mul (product, self->dims[i], &product))
      return FALSE;

  *size = product;
  return TRUE;
}

gboolean
cam_shape_equal (const CamShape *a,
                 const CamShape *b)
{
  if (a->n_dims != b->n_dims)
    return FALSE;

  for (guint i = 0; i < a->n_dims; i++)
    if (a->dims[i] != b->dims[i])
      return FALSE;

  return TRUE;
}

char *
cam_shape_to_string (const CamShape *self)
{
  GString *text = g_string_new ("(None");

  if (self->n_dims == 0)
    g_string_append_c (text, ',');
  for (guint i = 0; i < self->n_dims; i++)
    g_string_append_printf (text, ", %" G_GSIZE_FORMAT, self->dims[i]);
  g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}
