/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing by hand on a small grid of pixels: a picture underneath, if there is one, and the strokes of a round pen above it. Places are shares of the width and of the height, from the upper
 * left corner. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _CamInk CamInk;

CamInk  *cam_ink_new         (guint height, guint width, guint channels);   /* channels 1 or 3 */
void     cam_ink_free        (CamInk *self);

void     cam_ink_begin       (CamInk *self, double x, double y);            /* a stroke: a dot at first */
void     cam_ink_go_on       (CamInk *self, double x, double y);
/* cam_ink_undo: takes back the last stroke, and then the picture; FALSE: there is nothing. */
gboolean cam_ink_undo        (CamInk *self);
void     cam_ink_clear       (CamInk *self);
/* cam_ink_set_picture: @bytes [height, width, channels], 0 … 255, taken; the strokes go. */
void     cam_ink_set_picture (CamInk *self, guint8 *bytes);
/* cam_ink_invert: of the picture, light to dark. */
void     cam_ink_invert      (CamInk *self);

guint    cam_ink_get_n_strokes  (const CamInk *self);
gboolean cam_ink_has_picture    (const CamInk *self);
gboolean cam_ink_is_empty       (const CamInk *self);

/* cam_ink_draw: the strokes alone, as lines in the colour that is set, on a @cr whose user space is @width × @height. */
void     cam_ink_draw        (const CamInk *self, cairo_t *cr, double width, double height);
/* cam_ink_render: picture and strokes as the model gets them: [height, width, channels], from 0 to @brightest. A pixel is as bright as the share of it that is covered. */
void     cam_ink_render      (const CamInk *self, double brightest, float *pixels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamInk, cam_ink_free)

G_END_DECLS
