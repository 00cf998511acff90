/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pooling: channels are the innermost loop, so that it becomes vector instructions; windows of 2 × 2 that do not overlap are read at once. The plain loops go number by number. */
#include "cam-pooling-kernels.h"

#include <math.h>
#include <string.h>

#include "cam-path.h"

CAM_INLINE float
larger (float best,
        float x)
{
  return x > best || x != x ? x : best;
}

/* Steps of two, two at a time, nothing hanging over: the usual pooling. */
static gboolean
is_two_by_two (const CamWindow *w)
{
  return w->size_h == 2 && w->size_w == 2 && w->stride_h == 2 && w->stride_w == 2 && w->dilation_h == 1 && w->dilation_w == 1 && w->top == 0 && w->left == 0 &&
         2 * w->out_h <= w->in_h && 2 * w->out_w <= w->in_w;
}

/* The part of the window at a place that lies on the image. */
typedef struct
{
  gsize first_h, end_h, first_w, end_w;
} Part;

static Part
get_part (const CamWindow *w,
          gsize            oh,
          gsize            ow)
{
  Part part;

  cam_window_range (oh, w->in_h, w->size_h, w->stride_h, w->dilation_h, w->top, &part.first_h, &part.end_h);
  cam_window_range (ow, w->in_w, w->size_w, w->stride_w, w->dilation_w, w->left, &part.first_w, &part.end_w);

  return part;
}

/* Where pixel (@kh, @kw) of the window at a place begins. */
static gsize
get_offset (const CamWindow *w,
            gsize            oh,
            gsize            ow,
            gsize            kh,
            gsize            kw)
{
  return (cam_window_at (oh, kh, w->stride_h, w->dilation_h, w->top) * w->in_w + cam_window_at (ow, kw, w->stride_w, w->dilation_w, w->left)) * w->channels;
}

CAM_INLINE void
max_two_by_two (const CamWindow *w,
                const float     *x,
                float           *y)
{
  gsize channels = w->channels, line = w->in_w * channels;

  for (gsize oh = 0; oh < w->out_h; oh++)
    for (gsize ow = 0; ow < w->out_w; ow++, y += channels)
      {
        const float *a = x + 2 * oh * line + 2 * ow * channels, *b = a + channels, *c = a + line, *d = c + channels;
        float *restrict to = y;

        for (gsize i = 0; i < channels; i++)
          to[i] = larger (larger (larger (a[i], b[i]), c[i]), d[i]);
      }
}

/* The gradient of one place. The first number that equals the largest takes all; the last one what nobody has taken. */
CAM_INLINE void
max_place_back (const float *restrict a,
                const float *restrict b,
                const float *restrict c,
                const float *restrict y,
                const float *restrict dy,
                float *restrict       da,
                float *restrict       db,
                float *restrict       dc,
                float *restrict       dd,
                gsize                 channels)
{
  for (gsize i = 0; i < channels; i++)
    {
      float rest = dy[i], taken;

      taken = a[i] == y[i] ? rest : 0.0f;
      da[i] = taken;
      rest -= taken;
      taken = b[i] == y[i] ? rest : 0.0f;
      db[i] = taken;
      rest -= taken;
      taken = c[i] == y[i] ? rest : 0.0f;
      dc[i] = taken;
      dd[i] = rest - taken;
    }
}

CAM_INLINE void
max_two_by_two_back (const CamWindow *w,
                     const float     *x,
                     const float     *y,
                     const float     *dy,
                     float           *dx)
{
  gsize channels = w->channels, line = w->in_w * channels;

  for (gsize oh = 0; oh < w->out_h; oh++)
    {
      float *to = dx + 2 * oh * line;

      for (gsize ow = 0; ow < w->out_w; ow++, y += channels, dy += channels)
        {
          const float *a = x + 2 * oh * line + 2 * ow * channels;
          float *da = to + 2 * ow * channels;

          max_place_back (a, a + channels, a + line, y, dy, da, da + channels, da + line, da + line + channels, channels);
        }

      /* A column or row at the end that no window covers. */
      for (gsize k = 0; k < 2 && w->in_w > 2 * w->out_w; k++)
        memset (to + k * line + 2 * w->out_w * channels, 0, (w->in_w - 2 * w->out_w) * channels * sizeof (float));
    }
  memset (dx + 2 * w->out_h * line, 0, (w->in_h - 2 * w->out_h) * line * sizeof (float));
}

CAM_INLINE void
max_image (const CamWindow *w,
           const float     *x,
           float           *y)
{
  gsize channels = w->channels;

  for (gsize oh = 0; oh < w->out_h; oh++)
    for (gsize ow = 0; ow < w->out_w; ow++, y += channels)
      {
        Part part = get_part (w, oh, ow);

        memcpy (y, x + get_offset (w, oh, ow, part.first_h, part.first_w), channels * sizeof (float));
        for (gsize kh = part.first_h; kh < part.end_h; kh++)
          for (gsize kw = part.first_w; kw < part.end_w; kw++)
            {
              const float *from = x + get_offset (w, oh, ow, kh, kw);
              float *restrict to = y;

              for (gsize i = 0; i < channels; i++)
                to[i] = larger (to[i], from[i]);
            }
      }
}

/* Channels of a block, for which it is kept what has not been given away yet. */
enum { BLOCK = 64 };

CAM_INLINE void
max_image_back (const CamWindow *w,
                const float     *x,
                const float     *y,
                const float     *dy,
                float           *dx)
{
  gsize channels = w->channels;

  memset (dx, 0, cam_window_n_in (w) * sizeof (float));
  for (gsize place = 0; place < cam_window_n_places (w); place++, y += channels, dy += channels)
    for (gsize first = 0; first < channels; first += BLOCK)
      {
        gsize oh = place / w->out_w, ow = place % w->out_w, count = MIN (BLOCK, channels - first);
        Part part = get_part (w, oh, ow);
        float rest[BLOCK];

        memcpy (rest, dy + first, count * sizeof (float));
        for (gsize kh = part.first_h; kh < part.end_h; kh++)
          for (gsize kw = part.first_w; kw < part.end_w; kw++)
            {
              gsize at = get_offset (w, oh, ow, kh, kw) + first;
              float *restrict to = dx + at;

              for (gsize i = 0; i < count; i++)
                {
                  float taken = x[at + i] == y[first + i] ? rest[i] : 0.0f;

                  to[i] += taken;
                  rest[i] -= taken;
                }
            }
      }
}

CAM_KERNEL (void, cam_max_pool_forward, (const CamWindow *self, const float *x, float *y, gsize n), (self, x, y, n))
{
  gboolean two_by_two = is_two_by_two (self);
  gsize n_in = cam_window_n_in (self), n_out = cam_window_n_places (self) * self->channels;

  for (gsize i = 0; i < n; i++)
    if (two_by_two)
      max_two_by_two (self, x + i * n_in, y + i * n_out);
    else
      max_image (self, x + i * n_in, y + i * n_out);
}

CAM_KERNEL (void, cam_max_pool_backward, (const CamWindow *self, const float *x, const float *y, const float *dy, float *dx, gsize n), (self, x, y, dy, dx, n))
{
  gboolean two_by_two = is_two_by_two (self);
  gsize n_in = cam_window_n_in (self), n_out = cam_window_n_places (self) * self->channels;

  for (gsize i = 0; i < n; i++)
    if (two_by_two)
      max_two_by_two_back (self, x + i * n_in, y + i * n_out, dy + i * n_out, dx + i * n_in);
    else
      max_image_back (self, x + i * n_in, y + i * n_out, dy + i * n_out, dx + i * n_in);
}

CAM_KERNEL (void, cam_average_pool_forward, (const CamWindow *self, const float *x, float *y, gsize n), (self, x, y, n))
{
  gsize channels = self->channels, places = cam_window_n_places (self);

  for (gsize row = 0; row < n * places; row++, y += channels)
    {
      const float *image = x + row / places * cam_window_n_in (self);
      gsize oh = row % places / self->out_w, ow = row % self->out_w;
      Part part = get_part (self, oh, ow);
      float share = 1.0f / (float) ((part.end_h - part.first_h) * (part.end_w - part.first_w));

      memset (y, 0, channels * sizeof (float));
      for (gsize kh = part.first_h; kh < part.end_h; kh++)
        for (gsize kw = part.first_w; kw < part.end_w; kw++)
          {
            const float *from = image + get_offset (self, oh, ow, kh, kw);
            float *restrict to = y;

            for (gsize i = 0; i < channels; i++)
              to[i] += from[i];
          }
      for (gsize i = 0; i < channels; i++)
        y[i] *= share;
    }
}

CAM_KERNEL (void, cam_average_pool_backward, (const CamWindow *self, const float *dy, float *dx, gsize n), (self, dy, dx, n))
{
  gsize channels = self->channels, places = cam_window_n_places (self);

  memset (dx, 0, n * cam_window_n_in (self) * sizeof (float));
  for (gsize row = 0; row < n * places; row++, dy += channels)
    {
      float *image = dx + row / places * cam_window_n_in (self);
      gsize oh = row % places / self->out_w, ow = row % self->out_w;
      Part part = get_part (self, oh, ow);
      float share = 1.0f / (float) ((part.end_h - part.first_h) * (part.end_w - part.first_w));

      for (gsize kh = part.first_h; kh < part.end_h; kh++)
        for (gsize kw = part.first_w; kw < part.end_w; kw++)
          {
            float *restrict to = image + get_offset (self, oh, ow, kh, kw);

            for (gsize i = 0; i < channels; i++)
              to[i] += share * dy[i];
          }
    }
}

/* One number of the output and the numbers of the input it is made of, in the order of the window. The index of the pixel is −1 in the padding. */
static gssize
get_index (const CamWindow *w,
           gsize            oh,
           gsize            ow,
           gsize            channel,
           gsize            k)
{
  gssize ih = (gssize) (oh * w->stride_h + k / w->size_w * w->dilation_h) - (gssize) w->top;
  gssize iw = (gssize) (ow * w->stride_w + k % w->size_w * w->dilation_w) - (gssize) w->left;

  return ih >= 0 && ih < (gssize) w->in_h && iw >= 0 && iw < (gssize) w->in_w ? (ih * (gssize) w->in_w + iw) * (gssize) w->channels + (gssize) channel : -1;
}

/* What number @j of an output image comes to: the mean, or the largest, of which the place is told. */
static double
pool_number (const CamWindow *w,
             const float     *x,
             gsize            j,
             gboolean         average,
             gssize          *where,
             gsize           *count)
{
  double sum = 0.0, best = -INFINITY;

  *where = -1;
  *count = 0;
  for (gsize k = 0; k < w->size_h * w->size_w; k++)
    {
      gssize at = get_index (w, j / w->channels / w->out_w, j / w->channels % w->out_w, j % w->channels, k);

      if (at < 0)
        continue;
      (*count)++;
      sum += x[at];
      if (*where < 0 || x[at] > best || (isnan (x[at]) && !isnan (best)))
        {
          *where = at;
          best = x[at];
        }
    }

  return average ? sum / (double) *count : best;
}

static void
plain_forward (const CamWindow *w,
               const float     *x,
               float           *y,
               gsize            n,
               gboolean         average)
{
  gsize n_out = cam_window_n_places (w) * w->channels, count;
  gssize where;

  for (gsize j = 0; j < n * n_out; j++)
    y[j] = (float) pool_number (w, x + j / n_out * cam_window_n_in (w), j % n_out, average, &where, &count);
}

void
cam_plain_max_pool_forward (const CamWindow *self,
                            const float     *x,
                            float           *y,
                            gsize            n)
{
  plain_forward (self, x, y, n, FALSE);
}

void
cam_plain_average_pool_forward (const CamWindow *self,
                                const float     *x,
                                float           *y,
                                gsize            n)
{
  plain_forward (self, x, y, n, TRUE);
}

void
cam_plain_max_pool_backward (const CamWindow *self,
                             const float     *x,
                             const float     *y,
                             const float     *dy,
                             float           *dx,
                             gsize            n)
{
  gsize n_out = cam_window_n_places (self) * self->channels, n_in = cam_window_n_in (self), count;

  memset (dx, 0, n * n_in * sizeof (float));
  for (gsize j = 0; j < n * n_out; j++)
    {
      gssize where;

      pool_number (self, x + j / n_out * n_in, j % n_out, FALSE, &where, &count);
      dx[j / n_out * n_in + (gsize) where] += dy[j];
    }
}

void
cam_plain_average_pool_backward (const CamWindow *self,
                                 const float     *dy,
                                 float           *dx,
                                 gsize            n)
{
  gsize n_out = cam_window_n_places (self) * self->channels, n_in = cam_window_n_in (self);

  memset (dx, 0, n * n_in * sizeof (float));
  for (gsize j = 0; j < n * n_out; j++)
    {
      gsize i = j % n_out, count = 0;

      for (gsize pass = 0; pass < 2; pass++)
        for (gsize k = 0; k < self->size_h * self->size_w; k++)
          {
            gssize at = get_index (self, i / self->channels / self->out_w, i / self->channels % self->out_w, i % self->channels, k);

            if (at >= 0 && pass == 0)
              count++;
            else if (at >= 0)
              dx[j / n_out * n_in + (gsize) at] += dy[j] / (float) count;
          }
    }
}
