/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution by im2col and products of matrices, and the plain loops it is held against. */
#include "cam-conv-kernels.h"

#include <string.h>

#include "cam-path.h"
#include "cam-product.h"

/* Floats of the buffer and the output made from it, where one row of the output does not need more: about half of the second cache. */
#define BLOCK_FLOATS ((gsize) 1 << 16)

/* Multiplications of a weight gradient that are so few that they are done in double: nothing is lost, and less rounded. */
#define SMALL 4096

/* The input gradient of so wide rows and so many channels is added up where it belongs; others go through the buffer, so that products are not too thin. */
#define DIRECT_WIDTH 8
#define DIRECT_CHANNELS 16

/* Numbers of the input that one number of the output is made of. */
static gsize
get_depth (const CamConv *self)
{
  return self->window.size_h * self->window.size_w * (self->window.channels / self->groups);
}

/* The window is a single number that visits all of them: the input is the buffer. */
static gboolean
is_pointwise (const CamConv *self)
{
  const CamWindow *w = &self->window;

  return w->size_h == 1 && w->size_w == 1 && w->stride_h == 1 && w->stride_w == 1 && w->out_h == w->in_h && w->out_w == w->in_w && self->groups == 1;
}

static gboolean
is_direct (const CamConv *self)
{
  return self->window.out_w >= DIRECT_WIDTH && self->window.channels / self->groups >= DIRECT_CHANNELS;
}

/* Rows of the output that go through the buffer together; those of several images are one below the other. */
static gsize
get_block (const CamConv *self)
{
  return MAX (1, BLOCK_FLOATS / (self->window.out_w * (get_depth (self) + self->filters)));
}

gsize
cam_conv_temp (const CamConv *self)
{
  gsize buffer = get_block (self) * self->window.out_w * get_depth (self);

  return is_pointwise (self) ? 0 : is_direct (self) ? MAX (buffer, get_depth (self) * self->filters) : buffer;
}

/* What lies under row @row_h of the window at one place: into @columns, with zeros for the padding. @line is the row of the input. */
static void
gather_place (const CamWindow *w,
              const float     *line,
              gsize            channels,
              gsize            ow,
              float           *columns)
{
  gsize first, end;

  cam_window_range (ow, w->in_w, w->size_w, w->stride_w, w->dilation_w, w->left, &first, &end);
  for (gsize k = 0; k < w->size_w; k++, columns += channels)
    if (k < first || k >= end)
      memset (columns, 0, channels * sizeof (float));
    else
      memcpy (columns, line + cam_window_at (ow, k, w->stride_w, w->dilation_w, w->left) * w->channels, channels * sizeof (float));
}

/* Places @first … @end − 1 of a row, at which number @k of the window's row lies within the image. */
static void
get_inside (const CamWindow *w,
            gsize            k,
            gsize           *first,
            gsize           *end)
{
  gsize offset = k * w->dilation_w, limit = w->in_w + w->left;

  *first = offset >= w->left ? 0 : MIN ((w->left - offset + w->stride_w - 1) / w->stride_w, w->out_w);
  *end = limit <= offset ? *first : CLAMP ((limit - offset + w->stride_w - 1) / w->stride_w, *first, w->out_w);
}

/* @count runs of @run numbers, @step apart, to places @depth apart. Where the compiler knows @run, a copy is an instruction or two. */
CAM_INLINE void
copy_runs (const float *from,
           gsize        step,
           float       *to,
           gsize        depth,
           gsize        count,
           gsize        run)
{
  for (gsize i = 0; i < count; i++)
    memcpy (to + i * depth, from + i * step, run * sizeof (float));
}

/* Row @row_h of the window at the places of output row @oh. @channels from @x on are taken of each pixel. */
static void
gather_row (const CamWindow *w,
            const float     *x,
            gsize            channels,
            gsize            oh,
            gsize            row_h,
            float           *columns,
            gsize            depth)
{
  gsize ih = cam_window_at (oh, row_h, w->stride_h, w->dilation_h, w->top), run = w->size_w * channels, step = w->stride_w * channels, first, end, last;
  const float *line, *from;

  if (ih >= w->in_h)
    {
      for (gsize ow = 0; ow < w->out_w; ow++)
        memset (columns + ow * depth, 0, run * sizeof (float));
      return;
    }

  /* Places where the whole window lies within the image; none where it is not one run of numbers. */
  line = x + ih * w->in_w * w->channels;
  get_inside (w, 0, &first, &last);
  get_inside (w, w->size_w - 1, &last, &end);
  first = MIN (first, end);
  if (w->dilation_w > 1 || channels < w->channels)
    end = first;

  for (gsize ow = 0; ow < first; ow++)
    gather_place (w, line, channels, ow, columns + ow * depth);
  from = line + (end > first ? (first * w->stride_w - w->left) * channels : 0);
  switch (run)
    {
    case 3:
      copy_runs (from, step, columns + first * depth, depth, end - first, 3);
      break;
    case 5:
      copy_runs (from, step, columns + first * depth, depth, end - first, 5);
      break;
    case 7:
      copy_runs (from, step, columns + first * depth, depth, end - first, 7);
      break;
    case 9:
      copy_runs (from, step, columns + first * depth, depth, end - first, 9);
      break;
    case 15:
      copy_runs (from, step, columns + first * depth, depth, end - first, 15);
      break;
    default:
      copy_runs (from, step, columns + first * depth, depth, end - first, run);
      break;
    }
  for (gsize ow = end; ow < w->out_w; ow++)
    gather_place (w, line, channels, ow, columns + ow * depth);
}

static void
scatter_row (const CamWindow *w,
             float           *dx,
             gsize            channels,
             gsize            oh,
             gsize            row_h,
             const float     *columns,
             gsize            depth)
{
  gsize ih = cam_window_at (oh, row_h, w->stride_h, w->dilation_h, w->top);

  for (gsize ow = 0; ow < w->out_w && ih < w->in_h; ow++, columns += depth)
    {
      gsize first, end;
      float *restrict to;

      cam_window_range (ow, w->in_w, w->size_w, w->stride_w, w->dilation_w, w->left, &first, &end);
      if (first >= end)
        continue;
      to = dx + (ih * w->in_w + cam_window_at (ow, first, w->stride_w, w->dilation_w, w->left)) * w->channels;
      if (w->dilation_w == 1 && channels == w->channels)
        for (gsize i = 0; i < (end - first) * channels; i++)
          to[i] += columns[first * channels + i];
      else
        for (gsize k = first; k < end; k++, to += w->dilation_w * w->channels)
          for (gsize i = 0; i < channels; i++)
            to[i] += columns[k * channels + i];
    }
}

/* columns[rows · out_w, depth] of output rows @row …; where the input is the buffer, itself. */
static const float *
gather_columns (const CamConv *self,
                const float   *x,
                gsize          group,
                gsize          row,
                gsize          rows,
                float         *temp)
{
  const CamWindow *w = &self->window;
  gsize channels = w->channels / self->groups, depth = get_depth (self);

  if (is_pointwise (self))
    return x + row * w->out_w * w->channels;
  for (gsize i = 0; i < rows; i++)
    for (gsize k = 0; k < w->size_h; k++)
      gather_row (w, x + (row + i) / w->out_h * cam_window_n_in (w) + group * channels, channels, (row + i) % w->out_h, k,
                  temp + i * w->out_w * depth + k * w->size_w * channels, depth);

  return temp;
}

/* Adds columns to where they came from. */
static void
scatter_columns (const CamConv *self,
                 const float   *columns,
                 gsize          group,
                 gsize          row,
                 gsize          rows,
                 float         *dx)
{
  const CamWindow *w = &self->window;
  gsize channels = w->channels / self->groups, depth = get_depth (self);

  for (gsize i = 0; i < rows; i++)
    for (gsize k = 0; k < w->size_h; k++)
      scatter_row (w, dx + (row + i) / w->out_h * cam_window_n_in (w) + group * channels, channels, (row + i) % w->out_h, k,
                   columns + i * w->out_w * depth + k * w->size_w * channels, depth);
}

void
cam_conv_forward (const CamConv *self,
                  const float   *x,
                  const float   *kernel,
                  const float   *bias,
                  float         *y,
                  gsize          n,
                  float         *temp)
{
  gsize depth = get_depth (self), filters = self->filters / self->groups, out_w = self->window.out_w;
  gsize rows = n * self->window.out_h, block = get_block (self);

  for (gsize row = 0; row < rows; row += block)
    for (gsize group = 0; group < self->groups; group++)
      {
        gsize count = MIN (block, rows - row), first = group * filters;

        cam_product (gather_columns (self, x, group, row, count, temp), depth, 1, kernel + first, self->filters, bias != NULL ? bias + first : NULL, 0,
                     y + row * out_w * self->filters + first, self->filters, count * out_w, depth, filters);
      }
}

/* turned[places of the window, filters, channels] ← kernel[places of the window, channels, filters] of one group. */
static void
turn_kernel (const CamConv *self,
             const float   *kernel,
             gsize          group,
             float         *turned)
{
  gsize channels = self->window.channels / self->groups, filters = self->filters / self->groups;

  for (gsize k = 0; k < self->window.size_h * self->window.size_w; k++)
    for (gsize c = 0; c < channels; c++)
      for (gsize f = 0; f < filters; f++)
        turned[(k * filters + f) * channels + c] = kernel[(k * channels + c) * self->filters + group * filters + f];
}

/* Each row of the output and each number of the window makes a part of a row of the input, of which no number is met twice. */
static void
add_input_gradient (const CamConv *self,
                    const float   *dz,
                    const float   *turned,
                    gsize          group,
                    float         *dx,
                    gsize          n)
{
  const CamWindow *w = &self->window;
  gsize channels = w->channels / self->groups, filters = self->filters / self->groups;

  for (gsize kh = 0; kh < w->size_h; kh++)
    for (gsize kw = 0; kw < w->size_w; kw++)
      {
        gsize first, end;

        get_inside (w, kw, &first, &end);
        for (gsize row = 0; row < n * w->out_h && first < end; row++)
          {
            gsize ih = cam_window_at (row % w->out_h, kh, w->stride_h, w->dilation_h, w->top), iw = cam_window_at (first, kw, w->stride_w, w->dilation_w, w->left);
            float *to;

            if (ih >= w->in_h)
              continue;
            to = dx + ((row / w->out_h * w->in_h + ih) * w->in_w + iw) * w->channels + group * channels;
            cam_product (dz + (row * w->out_w + first) * self->filters + group * filters, self->filters, 1,
                         turned + (kh * w->size_w + kw) * filters * channels, channels, to, w->stride_w * w->channels, to, w->stride_w * w->channels,
                         end - first, filters, channels);
          }
      }
}

void
cam_conv_input_gradient (const CamConv *self,
                         const float   *dz,
                         const float   *kernel,
                         float         *dx,
                         gsize          n,
                         float         *temp)
{
  gsize depth = get_depth (self), filters = self->filters / self->groups, out_w = self->window.out_w;
  gsize rows = n * self->window.out_h, block = get_block (self);
  gboolean pointwise = is_pointwise (self);

  if (!pointwise)
    memset (dx, 0, n * cam_window_n_in (&self->window) * sizeof (float));
  if (!pointwise && is_direct (self))
    {
      for (gsize group = 0; group < self->groups; group++)
        {
          turn_kernel (self, kernel, group, temp);
          add_input_gradient (self, dz, temp, group, dx, n);
        }
      return;
    }

  for (gsize row = 0; row < rows; row += block)
    for (gsize group = 0; group < self->groups; group++)
      {
        gsize count = MIN (block, rows - row);
        float *columns = pointwise ? dx + row * out_w * depth : temp;

        cam_product_turned (dz + row * out_w * self->filters + group * filters, self->filters, kernel + group * filters, self->filters, NULL, 0,
                            columns, depth, count * out_w, filters, depth);
        if (!pointwise)
          scatter_columns (self, columns, group, row, count, dx);
      }
}

/* gradient ← columnsᵀ · dz over @places, or added to it where it is not the @first. */
static void
multiply_back (const CamConv *self,
               const float   *columns,
               const float   *dz,
               float         *gradient,
               gsize          places,
               gboolean       first)
{
  gsize depth = get_depth (self), filters = self->filters / self->groups;

  if (places * depth * filters > SMALL)
    {
      cam_product (columns, 1, depth, dz, self->filters, first ? NULL : gradient, self->filters, gradient, self->filters, depth, places, filters);
      return;
    }

  for (gsize k = 0; k < depth; k++)
    for (gsize f = 0; f < filters; f++)
      {
        double sum = first ? 0.0 : gradient[k * self->filters + f];

        for (gsize place = 0; place < places; place++)
          sum += (double) columns[place * depth + k] * dz[place * self->filters + f];
        gradient[k * self->filters + f] = (float) sum;
      }
}

void
cam_conv_weight_gradient (const CamConv *self,
                          const float   *x,
                          const float   *dz,
                          float         *gradient,
                          gsize          n,
                          float         *temp)
{
  gsize filters = self->filters / self->groups, out_w = self->window.out_w;
  gsize rows = n * self->window.out_h, block = get_block (self);

  for (gsize row = 0; row < rows; row += block)
    for (gsize group = 0; group < self->groups; group++)
      {
        gsize count = MIN (block, rows - row);

        multiply_back (self, gather_columns (self, x, group, row, count, temp), dz + row * out_w * self->filters + group * filters, gradient + group * filters,
                       count * out_w, row == 0);
      }
}

/* The plain loops visit every pair of a number of the input and one of the output that the kernel joins. */
typedef struct
{
  gsize in, kernel, out;   /* offsets within an image, the kernel, an image of the output */
} Pair;

typedef void (*PairFunc) (const Pair *pair, gpointer user_data);

static void
visit_pairs (const CamConv *self,
             PairFunc       func,
             gpointer       user_data)
{
  const CamWindow *w = &self->window;
  gsize channels = w->channels / self->groups, filters = self->filters / self->groups;

  for (gsize oh = 0; oh < w->out_h; oh++)
    for (gsize ow = 0; ow < w->out_w; ow++)
      for (gsize f = 0; f < self->filters; f++)
        for (gsize kh = 0; kh < w->size_h; kh++)
          for (gsize kw = 0; kw < w->size_w; kw++)
            for (gsize c = 0; c < channels; c++)
              {
                gsize ih = oh * w->stride_h + kh * w->dilation_h - w->top, iw = ow * w->stride_w + kw * w->dilation_w - w->left;
                Pair pair = {
                  (ih * w->in_w + iw) * w->channels + f / filters * channels + c,
                  ((kh * w->size_w + kw) * channels + c) * self->filters + f,
                  (oh * w->out_w + ow) * self->filters + f,
                };

                if (ih < w->in_h && iw < w->in_w)
                  func (&pair, user_data);
              }
}

typedef struct
{
  const float *a, *b;
  double      *sums;
} PlainRun;

static void
add_output (const Pair *pair,
            gpointer    user_data)
{
  PlainRun *run = user_data;

  run->sums[pair->out] += (double) run->a[pair->in] * run->b[pair->kernel];
}

static void
add_input (const Pair *pair,
           gpointer    user_data)
{
  PlainRun *run = user_data;

  run->sums[pair->in] += (double) run->a[pair->out] * run->b[pair->kernel];
}

static void
add_kernel (const Pair *pair,
            gpointer    user_data)
{
  PlainRun *run = user_data;

  run->sums[pair->kernel] += (double) run->a[pair->in] * run->b[pair->out];
}

static void
store (const double *sums,
       float        *to,
       gsize         n)
{
  for (gsize i = 0; i < n; i++)
    to[i] = (float) sums[i];
}

void
cam_plain_conv_forward (const CamConv *self,
                        const float   *x,
                        const float   *kernel,
                        const float   *bias,
                        float         *y,
                        gsize          n)
{
  gsize n_in = cam_window_n_in (&self->window), n_out = cam_window_n_places (&self->window) * self->filters;
  g_autofree double *sums = g_new (double, n_out);

  for (gsize i = 0; i < n; i++)
    {
      PlainRun run = { x + i * n_in, kernel, sums };

      for (gsize j = 0; j < n_out; j++)
        sums[j] = bias != NULL ? bias[j % self->filters] : 0.0;
      visit_pairs (self, add_output, &run);
      store (sums, y + i * n_out, n_out);
    }
}

void
cam_plain_conv_input_gradient (const CamConv *self,
                               const float   *dz,
                               const float   *kernel,
                               float         *dx,
                               gsize          n)
{
  gsize n_in = cam_window_n_in (&self->window), n_out = cam_window_n_places (&self->window) * self->filters;
  g_autofree double *sums = g_new (double, n_in);

  for (gsize i = 0; i < n; i++)
    {
      PlainRun run = { dz + i * n_out, kernel, sums };

      memset (sums, 0, n_in * sizeof (double));
      visit_pairs (self, add_input, &run);
      store (sums, dx + i * n_in, n_in);
    }
}

void
cam_plain_conv_weight_gradient (const CamConv *self,
                                const float   *x,
                                const float   *dz,
                                float         *gradient,
                                gsize          n)
{
  gsize n_in = cam_window_n_in (&self->window), n_out = cam_window_n_places (&self->window) * self->filters, n_kernel = get_depth (self) * self->filters;
  g_autofree double *sums = g_new0 (double, n_kernel);

  for (gsize i = 0; i < n; i++)
    {
      PlainRun run = { x + i * n_in, dz + i * n_out, sums };

      visit_pairs (self, add_kernel, &run);
    }
  store (sums, gradient, n_kernel);
}
