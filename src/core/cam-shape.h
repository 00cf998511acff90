/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The extent of a tensor, outermost dimension first. A network's shapes leave
 * the batch out; it is shown as "None", as Keras does. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CAM_SHAPE_MAX_DIMS 6

typedef struct
{
  guint n_dims;                    /* 0 is a scalar: one element */
  gsize dims[CAM_SHAPE_MAX_DIMS];  /* the rest is 0 */
} CamShape;

/* cam_shape_make: a shape by value, from @n_dims sizes; at most CAM_SHAPE_MAX_DIMS. */
CamShape cam_shape_make      (guint        n_dims,
                              const gsize *dims);
CamShape cam_shape_vector    (gsize        n);

/**
 * cam_shape_get_size:
 * @size: (out): the product of the dimensions
 *
 * Returns: %FALSE where the product does not fit a gsize
 */
gboolean cam_shape_get_size  (const CamShape *self,
                              gsize          *size);
gboolean cam_shape_equal     (const CamShape *a,
                              const CamShape *b);

/* cam_shape_to_string: Keras's way with the batch in front: "(None, 128)". Free with g_free(). */
char    *cam_shape_to_string (const CamShape *self);

G_END_DECLS
