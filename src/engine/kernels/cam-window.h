/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that moves over an image [height, width, channels]: what convolution and pooling have alike. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize in_h, in_w, channels;
  gsize out_h, out_w;             /* places of the window */
  gsize size_h, size_w;
  gsize stride_h, stride_w;
  gsize dilation_h, dilation_w;   /* from one row or column of the window to the next */
  gsize top, left;                /* rows and columns of padding in front; those behind follow from the rest */
} CamWindow;

static inline gsize
cam_window_n_in (const CamWindow *self)
{
  return self->in_h * self->in_w * self->channels;
}

/* Places of the window in one image. */
static inline gsize
cam_window_n_places (const CamWindow *self)
{
  return self->out_h * self->out_w;
}

/* The input's row under row @k of the window at place @out; it lies in the padding where it is not below @n_in. */
static inline gsize
cam_window_at (gsize out,
               gsize k,
               gsize stride,
               gsize dilation,
               gsize before)
{
  /* Wraps around to something huge in the padding in front. */
  return out * stride + k * dilation - before;
}

/* First and one past the last k of 0 … size − 1 that lie within the image at place @out. */
static inline void
cam_window_range (gsize  out,
                  gsize  n_in,
                  gsize  size,
                  gsize  stride,
                  gsize  dilation,
                  gsize  before,
                  gsize *first,
                  gsize *end)
{
  gsize from = out * stride;

  *first = from >= before ? 0 : MIN (size, (before - from + dilation - 1) / dilation);
  *end = from >= n_in + before ? *first : MAX (*first, MIN (size, (n_in + before - from + dilation - 1) / dilation));
}

G_END_DECLS
