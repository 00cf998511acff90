/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture for a model that takes pictures: drawn with the pointer or the keyboard, or opened from a file. Signal "changed".
 *
 * Keys on the drawing: arrows move the pen, space puts it down and lifts it, Ctrl+Z takes back, Delete clears.
 * Actions: "picture.undo", "picture.clear", "picture.open", "picture.invert". */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CAM_TYPE_PICTURE_INPUT (cam_picture_input_get_type ())
G_DECLARE_FINAL_TYPE (CamPictureInput, cam_picture_input, CAM, PICTURE_INPUT, AdwBin)

/* cam_picture_input_set_shape: an empty drawing of this size. @channels 1 or 3; @brightest: what a pixel has where it is full. */
void         cam_picture_input_set_shape  (CamPictureInput *self, guint height, guint width, guint channels, double brightest);
/* cam_picture_input_get_pixels: [height, width, channels], 0 … brightest; borrowed until the next change. NULL: no shape. */
const float *cam_picture_input_get_pixels (CamPictureInput *self);
gboolean     cam_picture_input_is_empty   (CamPictureInput *self);
/* cam_picture_input_set_pixels: a row of a table as the picture; in the units of the model. */
void         cam_picture_input_set_pixels (CamPictureInput *self, const float *pixels);
/* cam_picture_input_open: in the background; what fails is told by the window. */
void         cam_picture_input_open       (CamPictureInput *self, const char *path);
/* cam_picture_input_describe: what the model says of it, for who does not see it. */
void         cam_picture_input_describe   (CamPictureInput *self, const char *answer);

G_END_DECLS
