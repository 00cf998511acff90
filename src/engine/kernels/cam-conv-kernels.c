/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution by im2col and BLAS, and the plain loops it is held against. */
#include "cam-conv-kernels.h"

#include <cblas.h>
#include <string.h>

#include "cam-path.h"

/* Floats of the buffer and the output made from it, where one row of the output does not need more: about half of the second cache. */
#define BLOCK_FLOATS ((gsize) 1 << 16)
/* Multiplications of a product that are too few for a call of BLAS to pay. */
#define SMALL 4096

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

/* Rows of the output that go through the buffer together; those of several images are one below the other. */
static gsize
get_block (const CamConv *self)
{
  return MAX (1, BLOCK_FLOATS / (self->window.out_w * (get_depth (self) + self->filters)));
}

gsize
cam_conv_temp (const CamConv *self)
{
  return is_pointwise (self) ? 0 : get_block (self) * self->window.out_w * get_depth (self);
}

/* What lies under row @row_h of the window at one place: into @columns, with zeros for the padding. @line is the row of the input. */
CAM_INLINE void
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

/* Places @first … @end − 1 of a row, at which the window lies within the image. */
static void
get_inside (const CamWindow *w,
            gsize           *first,
            gsize           *end)
{
  gsize span = (w->size_w - 1) * w->dilation_w + 1;

  *first = MIN ((w->left + w->stride_w - 1) / w->stride_w, w->out_w);
  *end = w->in_w + w->left < span ? *first : CLAMP ((w->in_w + w->left - span) / w->stride_w + 1, *first, w->out_w);
}

/* Runs of so many numbers are copied number by number: too few for a call each. */
#define SHORT_RUN 16

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
  gsize ih = cam_window_at (oh, row_h, w->stride_h, w->dilation_h, w->top), run = w->size_w * channels, first, end;
  const float *line;

  if (ih >= w->in_h)
    {
      for (gsize ow = 0; ow < w->out_w; ow++)
        memset (columns + ow * depth, 0, run * sizeof (float));
      return;
    }

  line = x + ih * w->in_w * w->channels;
  get_inside (w, &first, &end);
  if (w->dilation_w > 1 || channels < w->channels)
    end = first;
  for (gsize ow = 0; ow < first; ow++)
    gather_place (w, line, channels, ow, columns + ow * depth);
  if (run > SHORT_RUN)
    for (gsize ow = first; ow < end; ow++)
      memcpy (columns + ow * depth, line + (ow * w->stride_w - w->left) * channels, run * sizeof (float));
  else
    for (gsize i = 0; i < run; i++)
      for (gsize ow = first; ow < end; ow++)
        columns[ow * depth + i] = line[(ow * w->stride_w - w->left) * channels + i];
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
      float *to;

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
    {
      gsize count = MIN (block, rows - row);
      float *to = y + row * out_w * self->filters;

      if (bias != NULL)
        for (gsize i = 0; i < count * out_w; i++)
          memcpy (to + i * self->filters, bias, self->filters * sizeof (float));
      for (gsize group = 0; group < self->groups; group++)
        cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int) (count * out_w), (int) filters, (int) depth,
                     1.0f, gather_columns (self, x, group, row, count, temp), (int) depth, kernel + group * filters, (int) self->filters,
                     bias != NULL ? 1.0f : 0.0f, to + group * filters, (int) self->filters);
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
  for (gsize row = 0; row < rows; row += block)
    for (gsize group = 0; group < self->groups; group++)
      {
        gsize count = MIN (block, rows - row);
        float *columns = pointwise ? dx + row * out_w * depth : temp;

        cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) (count * out_w), (int) depth, (int) filters,
                     1.0f, dz + row * out_w * self->filters + group * filters, (int) self->filters, kernel + group * filters, (int) self->filters,
                     0.0f, columns, (int) depth);
        if (!pointwise)
          scatter_columns (self, columns, group, row, count, dx);
      }
}

/* gradient ← columnsᵀ · dz over @places, or added to it where it is not the @first. A few multiplications are done in double: BLAS would not be faster, and rounds more. */
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
      cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) depth, (int) filters, (int) places,
                   1.0f, columns, (int) depth, dz, (int) self->filters, first ? 0.0f : 1.0f, gradient, (int) self->filters);
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
