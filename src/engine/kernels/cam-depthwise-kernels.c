/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Depthwise convolution. Where a channel has several outputs it is first repeated as often, so that one loop over all outputs is enough; back the copies are added up. */
#include "cam-depthwise-kernels.h"

#include <string.h>

#include "cam-path.h"

static gsize
get_outputs (const CamDepthwise *self)
{
  return self->window.channels * self->multiplier;
}

gsize
cam_depthwise_temp (const CamDepthwise *self)
{
  return self->multiplier > 1 ? self->window.in_h * self->window.in_w * get_outputs (self) : 0;
}

/* An image with each channel as often as it has outputs. */
CAM_INLINE const float *
repeat_channels (const CamDepthwise *self,
                 const float        *x,
                 float              *temp)
{
  gsize n_in = cam_window_n_in (&self->window);

  if (self->multiplier == 1)
    return x;
  for (gsize i = 0; i < n_in; i++)
    for (gsize m = 0; m < self->multiplier; m++)
      temp[i * self->multiplier + m] = x[i];

  return temp;
}

/* A place of the window over an image with each output a channel. */
typedef struct
{
  gsize out;      /* offset in the output */
  gsize first_h, end_h, first_w, end_w;
} Place;

static Place
get_place (const CamDepthwise *self,
           gsize               place)
{
  const CamWindow *w = &self->window;
  Place result = { .out = place * get_outputs (self) };

  cam_window_range (place / w->out_w, w->in_h, w->size_h, w->stride_h, w->dilation_h, w->top, &result.first_h, &result.end_h);
  cam_window_range (place % w->out_w, w->in_w, w->size_w, w->stride_w, w->dilation_w, w->left, &result.first_w, &result.end_w);

  return result;
}

static gsize
get_offset (const CamDepthwise *self,
            gsize               place,
            gsize               kh,
            gsize               kw)
{
  const CamWindow *w = &self->window;

  return (cam_window_at (place / w->out_w, kh, w->stride_h, w->dilation_h, w->top) * w->in_w +
          cam_window_at (place % w->out_w, kw, w->stride_w, w->dilation_w, w->left)) * get_outputs (self);
}

CAM_KERNEL (void, cam_depthwise_forward, (const CamDepthwise *self, const float *x, const float *kernel, const float *bias, float *y, gsize n, float *temp),
            (self, x, kernel, bias, y, n, temp))
{
  gsize outputs = get_outputs (self), places = cam_window_n_places (&self->window);

  for (gsize image = 0; image < n; image++, y += places * outputs)
    {
      const float *from = repeat_channels (self, x + image * cam_window_n_in (&self->window), temp);

      for (gsize p = 0; p < places; p++)
        {
          Place place = get_place (self, p);
          float *restrict to = y + place.out;

          if (bias != NULL)
            memcpy (to, bias, outputs * sizeof (float));
          else
            memset (to, 0, outputs * sizeof (float));
          for (gsize kh = place.first_h; kh < place.end_h; kh++)
            for (gsize kw = place.first_w; kw < place.end_w; kw++)
              {
                const float *a = from + get_offset (self, p, kh, kw), *k = kernel + (kh * self->window.size_w + kw) * outputs;

                for (gsize i = 0; i < outputs; i++)
                  to[i] += a[i] * k[i];
              }
        }
    }
}

CAM_KERNEL (void, cam_depthwise_input_gradient, (const CamDepthwise *self, const float *dz, const float *kernel, float *dx, gsize n, float *temp),
            (self, dz, kernel, dx, n, temp))
{
  gsize outputs = get_outputs (self), places = cam_window_n_places (&self->window), n_in = cam_window_n_in (&self->window);

  for (gsize image = 0; image < n; image++, dz += places * outputs, dx += n_in)
    {
      float *copies = self->multiplier > 1 ? temp : dx;

      memset (copies, 0, n_in * self->multiplier * sizeof (float));
      for (gsize p = 0; p < places; p++)
        {
          Place place = get_place (self, p);
          const float *from = dz + place.out;

          for (gsize kh = place.first_h; kh < place.end_h; kh++)
            for (gsize kw = place.first_w; kw < place.end_w; kw++)
              {
                const float *k = kernel + (kh * self->window.size_w + kw) * outputs;
                float *restrict to = copies + get_offset (self, p, kh, kw);

                for (gsize i = 0; i < outputs; i++)
                  to[i] += from[i] * k[i];
              }
        }

      for (gsize i = 0; i < n_in && self->multiplier > 1; i++)
        {
          float sum = 0.0f;

          for (gsize m = 0; m < self->multiplier; m++)
            sum += copies[i * self->multiplier + m];
          dx[i] = sum;
        }
    }
}

/* Channels of a block, for which a row of places is added up by itself: sums of few numbers, which round little. */
enum { BLOCK = 64 };

/* Adds what the places of output row @oh come to for one number of the window in each channel. */
CAM_INLINE void
add_row_gradient (const CamDepthwise *self,
                  const float        *x,
                  const float        *dz,
                  gsize               oh,
                  gsize               kh,
                  gsize               kw,
                  float              *gradient)
{
  const CamWindow *w = &self->window;
  gsize outputs = get_outputs (self), ih = cam_window_at (oh, kh, w->stride_h, w->dilation_h, w->top);

  for (gsize first = 0; first < outputs && ih < w->in_h; first += BLOCK)
    {
      gsize count = MIN (BLOCK, outputs - first);
      float sums[BLOCK] = { 0 };

      for (gsize ow = 0; ow < w->out_w; ow++)
        {
          gsize iw = cam_window_at (ow, kw, w->stride_w, w->dilation_w, w->left);
          gsize from = (ih * w->in_w + iw) * outputs + first, above = (oh * w->out_w + ow) * outputs + first;

          if (iw < w->in_w)
            for (gsize i = 0; i < count; i++)
              sums[i] += x[from + i] * dz[above + i];
        }
      for (gsize i = 0; i < count; i++)
        gradient[first + i] += sums[i];
    }
}

CAM_KERNEL (void, cam_depthwise_weight_gradient, (const CamDepthwise *self, const float *x, const float *dz, float *gradient, gsize n, float *temp),
            (self, x, dz, gradient, n, temp))
{
  const CamWindow *w = &self->window;
  gsize outputs = get_outputs (self), taps = w->size_h * w->size_w;

  memset (gradient, 0, taps * outputs * sizeof (float));
  for (gsize image = 0; image < n; image++, dz += cam_window_n_places (w) * outputs)
    {
      const float *from = repeat_channels (self, x + image * cam_window_n_in (w), temp);

      for (gsize oh = 0; oh < w->out_h; oh++)
        for (gsize tap = 0; tap < taps; tap++)
          add_row_gradient (self, from, dz, oh, tap / w->size_w, tap % w->size_w, gradient + tap * outputs);
    }
}

/* One number of the output and one of the input that the kernel joins; FALSE: that one lies in the padding. @k counts the kernel's numbers. */
static gboolean
get_pair (const CamDepthwise *self,
          gsize               place,
          gsize               k,
          gsize              *in,
          gsize              *out)
{
  const CamWindow *w = &self->window;
  gsize outputs = get_outputs (self), output = k % outputs, tap = k / outputs;
  gsize ih = place / w->out_w * w->stride_h + tap / w->size_w * w->dilation_h - w->top, iw = place % w->out_w * w->stride_w + tap % w->size_w * w->dilation_w - w->left;

  *in = (ih * w->in_w + iw) * w->channels + output / self->multiplier;
  *out = place * outputs + output;

  return ih < w->in_h && iw < w->in_w;
}

void
cam_plain_depthwise_forward (const CamDepthwise *self,
                             const float        *x,
                             const float        *kernel,
                             const float        *bias,
                             float              *y,
                             gsize               n)
{
  gsize outputs = get_outputs (self), places = cam_window_n_places (&self->window), taps = self->window.size_h * self->window.size_w, in, out;

  for (gsize image = 0; image < n; image++)
    for (gsize j = 0; j < places * outputs; j++)
      {
        double sum = bias != NULL ? bias[j % outputs] : 0.0;

        for (gsize tap = 0; tap < taps; tap++)
          if (get_pair (self, j / outputs, tap * outputs + j % outputs, &in, &out))
            sum += (double) x[image * cam_window_n_in (&self->window) + in] * kernel[tap * outputs + j % outputs];
        y[image * places * outputs + j] = (float) sum;
      }
}

void
cam_plain_depthwise_input_gradient (const CamDepthwise *self,
                                    const float        *dz,
                                    const float        *kernel,
                                    float              *dx,
                                    gsize               n)
{
  gsize outputs = get_outputs (self), places = cam_window_n_places (&self->window), n_kernel = self->window.size_h * self->window.size_w * outputs;
  gsize n_in = cam_window_n_in (&self->window), in, out;

  for (gsize i = 0; i < n * n_in; i++)
    {
      double sum = 0.0;

      for (gsize place = 0; place < places; place++)
        for (gsize k = 0; k < n_kernel; k++)
          if (get_pair (self, place, k, &in, &out) && in == i % n_in)
            sum += (double) dz[i / n_in * places * outputs + out] * kernel[k];
      dx[i] = (float) sum;
    }
}

void
cam_plain_depthwise_weight_gradient (const CamDepthwise *self,
                                     const float        *x,
                                     const float        *dz,
                                     float              *gradient,
                                     gsize               n)
{
  gsize outputs = get_outputs (self), places = cam_window_n_places (&self->window), n_kernel = self->window.size_h * self->window.size_w * outputs, in, out;

  for (gsize k = 0; k < n_kernel; k++)
    {
      double sum = 0.0;

      for (gsize j = 0; j < n * places; j++)
        if (get_pair (self, j % places, k, &in, &out))
          sum += (double) x[j / places * cam_window_n_in (&self->window) + in] * dz[j / places * places * outputs + out];
      gradient[k] = (float) sum;
    }
}
