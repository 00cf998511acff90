/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Images and sequences: checked, and the window laid over them. Padding as in Keras: “same” gives ⌈in / stride⌉ places, the smaller half of the padding in front. */
#include "cam-image.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-network.h"

const char *const cam_padding_names[] = { "valid", "same", NULL };
const char *const cam_causal_padding_names[] = { "valid", "same", "causal", NULL };
const char *const cam_data_formats[] = { "channels_last", NULL };

/* Of a row that a window goes over: BLAS counts in ints, and no machine of today trains on more. */
#define MOST_NUMBERS ((gsize) 1 << 30)

static char *
join_sizes (guint        n,
            const gsize *sizes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? " × " : "", sizes[i]);

  return g_string_free (text, FALSE);
}

gboolean
cam_image_check (const CamLayer  *self,
                 guint            n_axes,
                 GError         **error)
{
  g_autofree char *sizes = join_sizes (self->input.n_dims, self->input.dims);

  if (self->input.n_dims == n_axes + 1 && self->n_in <= MOST_NUMBERS)
    return TRUE;

  if (self->input.n_dims == n_axes + 1)
    g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_MEMORY, _("an input of %s numbers a row does not fit into memory; make the layers before it smaller"), sizes);
  else if (n_axes == 1)
    g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                 /* translators: the place is for sizes such as “30” or “28 × 28 × 1” */
                 self->input.n_dims < 2 ? _("it needs a sequence of steps × features, but receives %s numbers; add a Reshape before it")
                                        : _("it needs a sequence of steps × features, but receives %s; add a Reshape before it, or use the layer for images"), sizes);
  else
    g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                 self->input.n_dims < 2 ? _("it needs an image of height × width × channels, but receives %s numbers; add a Reshape before it")
                                        : _("it needs an image of height × width × channels, but receives %s; add a Reshape before it"), sizes);
  return FALSE;
}

/* A setting of one or two numbers as height and width; @otherwise where there is none. */
static void
read_pair (const json_t *config,
           const char   *key,
           guint         n_axes,
           const gsize   otherwise[2],
           gsize         pair[2])
{
  gint64 numbers[2];
  guint n = cam_fields_ints (config, key, numbers, n_axes);

  if (n < n_axes)
    memcpy (pair, otherwise, 2 * sizeof (gsize));
  else
    {
      pair[0] = n_axes == 1 ? 1 : (gsize) numbers[0];
      pair[1] = (gsize) numbers[n_axes - 1];
    }
}

static gboolean
read_settings (const CamLayer  *self,
               guint            n_axes,
               const char      *size_key,
               gsize            size[2],
               gsize            stride[2],
               gsize            dilation[2],
               GError         **error)
{
  static const gsize ones[] = { 1, 1 };

  if (!cam_image_check (self, n_axes, error))
    return FALSE;
  read_pair (self->config, size_key, n_axes, ones, size);
  read_pair (self->config, "strides", n_axes, size, stride);
  read_pair (self->config, "dilation_rate", n_axes, ones, dilation);
  if (MAX (stride[0], stride[1]) > 1 && MAX (dilation[0], dilation[1]) > 1)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("strides and dilation cannot both be above 1; set one of them to 1"));
      return FALSE;
    }

  return TRUE;
}

/* Places of a window of @size, and the padding in front. FALSE: there is none. */
static gboolean
lay_axis (const char *padding,
          gsize       n,
          gsize       size,
          gsize       stride,
          gsize       dilation,
          gsize      *places,
          gsize      *before)
{
  gsize span = (size - 1) * dilation + 1;

  *before = 0;
  if (g_str_equal (padding, "same"))
    {
      gsize covered = (*places = (n + stride - 1) / stride) * stride - stride + span;

      *before = covered > n ? (covered - n) / 2 : 0;
      return TRUE;
    }
  if (g_str_equal (padding, "causal"))
    {
      *before = span - 1;
      n += span - 1;
    }
  *places = n < span ? 0 : (n - span) / stride + 1;

  return *places > 0;
}

gboolean
cam_image_take_window (const CamLayer  *self,
                       guint            n_axes,
                       const char      *size_key,
                       CamWindow       *window,
                       GError         **error)
{
  const char *padding = cam_fields_choice (self->config, "padding");
  gsize size[2], stride[2], dilation[2];

  if (!read_settings (self, n_axes, size_key, size, stride, dilation, error))
    return FALSE;

  *window = (CamWindow) {
    .in_h = n_axes == 1 ? 1 : self->input.dims[0], .in_w = self->input.dims[n_axes - 1], .channels = self->input.dims[n_axes],
    .size_h = size[0], .size_w = size[1], .stride_h = stride[0], .stride_w = stride[1], .dilation_h = dilation[0], .dilation_w = dilation[1],
  };
  if (!lay_axis (padding, window->in_h, size[0], stride[0], dilation[0], &window->out_h, &window->top) ||
      !lay_axis (padding, window->in_w, size[1], stride[1], dilation[1], &window->out_w, &window->left))
    {
      gsize spans[] = { (size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1 };
      g_autofree char *wanted = join_sizes (n_axes, spans + 2 - n_axes);
      g_autofree char *there = join_sizes (n_axes, self->input.dims);

      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                   n_axes == 1 ? _("its window of %s steps is longer than the %s steps it receives; make it shorter, or choose the padding “same”")
                               : _("its window of %s pixels is larger than the %s pixels it receives; make it smaller, or choose the padding “same”"), wanted, there);
      return FALSE;
    }

  return TRUE;
}

gboolean
cam_image_take_transposed_window (const CamLayer  *self,
                                  guint            n_axes,
                                  const char      *size_key,
                                  gsize            filters,
                                  CamWindow       *window,
                                  GError         **error)
{
  gboolean same = g_str_equal (cam_fields_choice (self->config, "padding"), "same");
  gsize size[2], stride[2], dilation[2], n_in[2], n_out[2], before[2];

  if (!read_settings (self, n_axes, size_key, size, stride, dilation, error))
    return FALSE;

  n_in[0] = n_axes == 1 ? 1 : self->input.dims[0];
  n_in[1] = self->input.dims[n_axes - 1];
  for (guint i = 0; i < 2; i++)
    {
      gsize span = (size[i] - 1) * dilation[i] + 1, over = span > stride[i] ? span - stride[i] : 0;

      n_out[i] = n_in[i] * stride[i] + (same ? 0 : over);
      before[i] = same ? over / 2 : 0;
    }
  *window = (CamWindow) {
    .in_h = n_out[0], .in_w = n_out[1], .channels = filters, .out_h = n_in[0], .out_w = n_in[1],
    .size_h = size[0], .size_w = size[1], .stride_h = stride[0], .stride_w = stride[1], .dilation_h = dilation[0], .dilation_w = dilation[1],
    .top = before[0], .left = before[1],
  };

  return TRUE;
}

void
cam_image_set_output (CamLayer *self,
                      guint     n_axes,
                      gsize     height,
                      gsize     width,
                      gsize     channels)
{
  gsize dims[] = { height, width, channels };

  self->output = cam_shape_make (n_axes + 1, dims + 2 - n_axes);
}

char *
cam_image_sizes (const json_t *config,
                 const char   *key)
{
  gint64 numbers[2];
  guint n = cam_fields_ints (config, key, numbers, 2);
  gsize sizes[] = { (gsize) numbers[0], (gsize) numbers[n > 0 ? n - 1 : 0] };

  return join_sizes (n, sizes);
}

static gboolean
all_ones (const json_t *config,
          const char   *key)
{
  gint64 numbers[2];
  guint n = cam_fields_ints (config, key, numbers, 2);

  for (guint i = 0; i < n; i++)
    if (numbers[i] != 1)
      return FALSE;

  return TRUE;
}

char *
cam_image_describe_window (const json_t *config,
                           const char   *size_key)
{
  g_autofree char *size = cam_image_sizes (config, size_key), *strides = cam_image_sizes (config, "strides"), *dilation = cam_image_sizes (config, "dilation_rate");
  const char *padding = cam_fields_choice (config, "padding");
  GString *text = g_string_new (size);

  /* Pooling moves by its own size unless told otherwise, a convolution by 1. */
  if (!json_is_null (json_object_get (config, "strides")) && (g_str_equal (size_key, "pool_size") ? !g_str_equal (strides, size) : !all_ones (config, "strides")))
    g_string_append_printf (text, _(" · stride %s"), strides);
  if (!all_ones (config, "dilation_rate"))
    g_string_append_printf (text, _(" · dilation %s"), dilation);
  if (!g_str_equal (padding, "valid"))
    g_string_append_printf (text, " · %s", padding);

  return g_string_free (text, FALSE);
}
