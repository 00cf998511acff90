/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pooling of images [height, width, channels], batch in front: the largest or the mean number under the window, for each channel. Padding never counts. */
#pragma once

#include "cam-window.h"

G_BEGIN_DECLS

/* y[n, out] ← largest; NaN wins. Back: dx[n, in] gets what comes from above where the largest was found, the first of equal ones (row by row). */
void cam_max_pool_forward            (const CamWindow *self, const float *x, float *y, gsize n);
void cam_plain_max_pool_forward      (const CamWindow *self, const float *x, float *y, gsize n);
void cam_max_pool_backward           (const CamWindow *self, const float *x, const float *y, const float *dy, float *dx, gsize n);
void cam_plain_max_pool_backward     (const CamWindow *self, const float *x, const float *y, const float *dy, float *dx, gsize n);
/* y ← mean of the pixels that are there. */
void cam_average_pool_forward        (const CamWindow *self, const float *x, float *y, gsize n);
void cam_plain_average_pool_forward  (const CamWindow *self, const float *x, float *y, gsize n);
void cam_average_pool_backward       (const CamWindow *self, const float *dy, float *dx, gsize n);
void cam_plain_average_pool_backward (const CamWindow *self, const float *dy, float *dx, gsize n);

G_END_DECLS
