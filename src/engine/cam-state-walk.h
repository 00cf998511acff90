/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk over what a fit needs to go on: one function visits the values, and the walk either writes each down or puts back what was written, so that the two cannot disagree.
 * Numbers are in this machine's order, without names or sizes of their own; what is read is checked for its length alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CamStateWalk
{
  GByteArray   *written;      /* owned; NULL: reading */
  const guint8 *data;         /* reading: what is left, borrowed */
  gsize         left;
  gboolean      has_failed;   /* reading: there is less than was visited; values visited since are as they were */
} CamStateWalk;

void cam_state_walk_values  (CamStateWalk *self, gpointer values, gsize size);
void cam_state_walk_uint    (CamStateWalk *self, guint *value);
void cam_state_walk_boolean (CamStateWalk *self, gboolean *value);
void cam_state_walk_double  (CamStateWalk *self, double *value);
/* cam_state_walk_bytes: NULL or bytes; reading replaces them. */
void cam_state_walk_bytes   (CamStateWalk *self, GBytes **bytes);

G_END_DECLS
