/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convolution and pooling against the plain loops beside them, on every path of instructions, over shapes that make them take every way through. */
#include <cam-rng.h>
#include <cam-tensor.h>
#include <kernels/cam-conv-kernels.h>
#include <kernels/cam-depthwise-kernels.h>
#include <kernels/cam-kernels.h>
#include <kernels/cam-path.h>
#include <kernels/cam-pooling-kernels.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const char *name;
  CamConv     conv;      /* a pooling takes the window alone */
  gsize       n;
} KernelCase;

/* { in, channels, out, size, stride, dilation, padding in front }, filters, groups */
#define WINDOW(ih, iw, c, oh, ow, kh, kw, sh, sw, dh, dw, top, left) { ih, iw, c, oh, ow, kh, kw, sh, sw, dh, dw, top, left }

static const KernelCase conv_cases[] = {
  { "valid", { WINDOW (6, 7, 3, 4, 5, 3, 3, 1, 1, 1, 1, 0, 0), 5, 1 }, 3 },
  { "same", { WINDOW (6, 7, 3, 6, 7, 3, 3, 1, 1, 1, 1, 1, 1), 5, 1 }, 2 },
  { "one-channel", { WINDOW (28, 28, 1, 26, 26, 3, 3, 1, 1, 1, 1, 0, 0), 32, 1 }, 3 },
  { "one-channel-strides", { WINDOW (9, 10, 1, 5, 5, 3, 3, 2, 2, 1, 1, 1, 0), 7, 1 }, 2 },
  { "many-channels", { WINDOW (13, 13, 32, 11, 11, 3, 3, 1, 1, 1, 1, 0, 0), 64, 1 }, 5 },
  { "many-filters", { WINDOW (5, 5, 17, 5, 5, 3, 3, 1, 1, 1, 1, 1, 1), 33, 1 }, 4 },
  { "pointwise", { WINDOW (7, 5, 6, 7, 5, 1, 1, 1, 1, 1, 1, 0, 0), 9, 1 }, 3 },
  { "pointwise-strides", { WINDOW (7, 5, 6, 4, 3, 1, 1, 2, 2, 1, 1, 0, 0), 9, 1 }, 3 },
  { "strides-over-window", { WINDOW (10, 11, 2, 3, 3, 2, 3, 4, 4, 1, 1, 0, 0), 4, 1 }, 2 },
  { "dilation", { WINDOW (9, 8, 2, 9, 8, 3, 3, 1, 1, 3, 2, 3, 2), 4, 1 }, 2 },
  { "groups", { WINDOW (6, 6, 6, 6, 6, 3, 3, 1, 1, 1, 1, 1, 1), 9, 3 }, 2 },
  { "channel-groups", { WINDOW (6, 6, 4, 5, 5, 2, 2, 1, 1, 1, 1, 0, 0), 8, 4 }, 2 },
  { "sequence", { WINDOW (1, 30, 5, 1, 28, 1, 3, 1, 1, 1, 1, 0, 0), 8, 1 }, 3 },
  { "all-padding-in-front", { WINDOW (1, 4, 2, 1, 4, 1, 7, 1, 1, 1, 1, 0, 6), 3, 1 }, 2 },
  { "one-pixel", { WINDOW (1, 1, 3, 1, 1, 5, 5, 1, 1, 1, 1, 2, 2), 2, 1 }, 2 },
  { "direct-same", { WINDOW (9, 11, 16, 9, 11, 3, 4, 1, 1, 1, 1, 1, 1), 5, 1 }, 2 },
  { "direct-strides", { WINDOW (7, 21, 17, 4, 9, 2, 3, 2, 2, 1, 1, 1, 0), 6, 1 }, 2 },
  { "direct-dilation-groups", { WINDOW (4, 12, 32, 4, 12, 3, 3, 1, 1, 2, 3, 2, 3), 6, 2 }, 2 },
  { "wide", { WINDOW (3, 700, 24, 3, 700, 3, 5, 1, 1, 1, 1, 1, 2), 6, 1 }, 2 },
};

/* A depthwise convolution: the filters are the outputs of a channel. */
static const KernelCase depthwise_cases[] = {
  { "valid", { WINDOW (5, 6, 9, 3, 4, 3, 3, 1, 1, 1, 1, 0, 0), 1, 0 }, 3 },
  { "same-multiplied", { WINDOW (5, 4, 3, 5, 4, 3, 3, 1, 1, 1, 1, 1, 1), 3, 0 }, 2 },
  { "strides", { WINDOW (6, 7, 2, 3, 2, 2, 3, 2, 4, 1, 1, 0, 0), 2, 0 }, 2 },
  { "dilation", { WINDOW (6, 5, 4, 6, 5, 3, 2, 1, 1, 2, 3, 2, 1), 1, 0 }, 2 },
};

static const KernelCase pooling_cases[] = {
  { "two-by-two", { WINDOW (8, 6, 32, 4, 3, 2, 2, 2, 2, 1, 1, 0, 0), 0, 0 }, 3 },
  { "two-by-two-cut", { WINDOW (9, 7, 5, 4, 3, 2, 2, 2, 2, 1, 1, 0, 0), 0, 0 }, 3 },
  { "two-by-two-hanging-over", { WINDOW (9, 7, 5, 5, 4, 2, 2, 2, 2, 1, 1, 0, 0), 0, 0 }, 3 },
  { "overlapping", { WINDOW (7, 8, 70, 4, 4, 3, 3, 2, 2, 1, 1, 1, 0), 0, 0 }, 2 },
  { "apart", { WINDOW (10, 9, 3, 3, 3, 2, 2, 4, 3, 1, 1, 0, 0), 0, 0 }, 2 },
  { "sequence", { WINDOW (1, 11, 4, 1, 5, 1, 2, 1, 2, 1, 1, 0, 0), 0, 0 }, 2 },
  { "all", { WINDOW (4, 5, 2, 1, 1, 4, 5, 4, 5, 1, 1, 0, 0), 0, 0 }, 2 },
};

typedef struct
{
  const KernelCase *of;
  CamPath           path;
} PathTest;

static float *
draw (CamRng *rng,
      gsize   n)
{
  float *floats = cam_floats_new (n);

  for (gsize i = 0; i < n; i++)
    floats[i] = (float) cam_rng_normal (rng);

  return floats;
}

/* What has not been written is found. */
static float *
poison (gsize n)
{
  float *floats = cam_floats_new (n);

  for (gsize i = 0; i < n; i++)
    floats[i] = 1e30f;

  return floats;
}

/* Sums of @terms products in single precision against those in double: what rounding comes to grows with the root of their number. */
static void
check (const char  *what,
       const float *fast,
       const float *plain,
       gsize        n,
       gsize        terms)
{
  double largest = 1e-3, share = MAX (2e-6, sqrt ((double) terms) * 0x1p-24);

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs ((double) plain[i]));
  for (gsize i = 0; i < n; i++)
    if (!(fabs ((double) fast[i] - plain[i]) <= share * largest))
      g_error ("%s, number %u: %.9g, plain %.9g", what, (guint) i, fast[i], plain[i]);
}

static void
test_conv (gconstpointer data)
{
  const KernelCase *test = ((const PathTest *) data)->of;
  const CamConv *conv = &test->conv;
  gsize n_in = test->n * cam_window_n_in (&conv->window), n_out = test->n * cam_window_n_places (&conv->window) * conv->filters;
  gsize n_kernel = conv->window.size_h * conv->window.size_w * conv->window.channels / conv->groups * conv->filters;
  gsize most = MAX (MAX (n_in, n_out), n_kernel);
  float *x, *dz, *kernel, *bias, *fast, *plain = poison (most), *temp = poison (MAX (cam_conv_temp (conv), 1));
  CamRng rng;

  cam_path_set (((const PathTest *) data)->path);
  cam_rng_init (&rng, 5, 6);
  x = draw (&rng, n_in);
  dz = draw (&rng, n_out);
  kernel = draw (&rng, n_kernel);
  bias = draw (&rng, conv->filters);

  for (guint with_bias = 0; with_bias < 2; with_bias++)
    {
      fast = poison (most);
      cam_conv_forward (conv, x, kernel, with_bias ? bias : NULL, fast, test->n, temp);
      cam_plain_conv_forward (conv, x, kernel, with_bias ? bias : NULL, plain, test->n);
      check ("output", fast, plain, n_out, n_kernel / conv->filters);
      cam_floats_free (fast);
    }

  fast = poison (most);
  cam_conv_input_gradient (conv, dz, kernel, fast, test->n, temp);
  cam_plain_conv_input_gradient (conv, dz, kernel, plain, test->n);
  check ("input gradient", fast, plain, n_in, n_kernel / conv->window.channels);
  cam_floats_free (fast);

  fast = poison (most);
  cam_conv_weight_gradient (conv, x, dz, fast, test->n, temp);
  cam_plain_conv_weight_gradient (conv, x, dz, plain, test->n);
  check ("weight gradient", fast, plain, n_kernel, n_out / conv->filters);

  cam_floats_free (fast);
  cam_floats_free (plain);
  cam_floats_free (temp);
  cam_floats_free (x);
  cam_floats_free (dz);
  cam_floats_free (kernel);
  cam_floats_free (bias);
}

static void
test_depthwise (gconstpointer data)
{
  const KernelCase *test = ((const PathTest *) data)->of;
  CamDepthwise depthwise = { test->conv.window, test->conv.filters };
  gsize outputs = depthwise.window.channels * depthwise.multiplier, n_kernel = depthwise.window.size_h * depthwise.window.size_w * outputs;
  gsize n_in = test->n * cam_window_n_in (&depthwise.window), n_out = test->n * cam_window_n_places (&depthwise.window) * outputs;
  gsize most = MAX (MAX (n_in, n_out), n_kernel);
  float *x, *dz, *kernel, *bias, *fast = poison (most), *plain = poison (most), *temp = poison (MAX (cam_depthwise_temp (&depthwise), 1));
  CamRng rng;

  cam_path_set (((const PathTest *) data)->path);
  cam_rng_init (&rng, 9, 10);
  x = draw (&rng, n_in);
  dz = draw (&rng, n_out);
  kernel = draw (&rng, n_kernel);
  bias = draw (&rng, outputs);

  for (guint with_bias = 0; with_bias < 2; with_bias++)
    {
      cam_depthwise_forward (&depthwise, x, kernel, with_bias ? bias : NULL, fast, test->n, temp);
      cam_plain_depthwise_forward (&depthwise, x, kernel, with_bias ? bias : NULL, plain, test->n);
      check ("output", fast, plain, n_out, 9);
    }
  cam_depthwise_input_gradient (&depthwise, dz, kernel, fast, test->n, temp);
  cam_plain_depthwise_input_gradient (&depthwise, dz, kernel, plain, test->n);
  check ("input gradient", fast, plain, n_in, 9);
  cam_depthwise_weight_gradient (&depthwise, x, dz, fast, test->n, temp);
  cam_plain_depthwise_weight_gradient (&depthwise, x, dz, plain, test->n);
  check ("weight gradient", fast, plain, n_kernel, n_out / outputs);

  cam_floats_free (fast);
  cam_floats_free (plain);
  cam_floats_free (temp);
  cam_floats_free (x);
  cam_floats_free (dz);
  cam_floats_free (kernel);
  cam_floats_free (bias);
}

static void
test_pooling (gconstpointer data)
{
  const KernelCase *test = ((const PathTest *) data)->of;
  const CamWindow *window = &test->conv.window;
  gsize n_in = test->n * cam_window_n_in (window), n_out = test->n * cam_window_n_places (window) * window->channels;
  float *x, *y = poison (n_out), *dy, *fast = poison (n_in), *plain = poison (MAX (n_in, n_out));
  CamRng rng;

  cam_path_set (((const PathTest *) data)->path);
  cam_rng_init (&rng, 7, 8);
  x = draw (&rng, n_in);
  dy = draw (&rng, n_out);
  /* Ties: the first takes all. */
  for (gsize i = 0; i < n_in; i++)
    x[i] = roundf (2.0f * x[i]);

  cam_average_pool_forward (window, x, y, test->n);
  cam_plain_average_pool_forward (window, x, plain, test->n);
  check ("mean", y, plain, n_out, 1);
  cam_average_pool_backward (window, dy, fast, test->n);
  cam_plain_average_pool_backward (window, dy, plain, test->n);
  check ("mean's gradient", fast, plain, n_in, 1);

  cam_max_pool_forward (window, x, y, test->n);
  cam_plain_max_pool_forward (window, x, plain, test->n);
  g_assert_cmpmem (y, n_out * sizeof (float), plain, n_out * sizeof (float));
  cam_max_pool_backward (window, x, y, dy, fast, test->n);
  cam_plain_max_pool_backward (window, x, y, dy, plain, test->n);
  check ("largest's gradient", fast, plain, n_in, 1);

  /* What is not a number does not hide. */
  x[window->channels] = NAN;
  cam_max_pool_forward (window, x, y, test->n);
  cam_plain_max_pool_forward (window, x, plain, test->n);
  for (gsize i = 0; i < n_out; i++)
    g_assert_true (isnan (y[i]) == isnan (plain[i]));

  cam_floats_free (x);
  cam_floats_free (y);
  cam_floats_free (dy);
  cam_floats_free (fast);
  cam_floats_free (plain);
}

static void
add_tests (const char       *what,
           const KernelCase *cases,
           gsize             n,
           GTestDataFunc     func)
{
  for (CamPath path = CAM_PATH_PLAIN; path < CAM_N_PATHS; path++)
    for (gsize i = 0; i < n && cam_path_is_there (path); i++)
      {
        g_autofree char *name = g_strjoin ("/", "/engine/image-kernels", what, cases[i].name, cam_path_names[path], NULL);
        PathTest *test = g_new (PathTest, 1);

        *test = (PathTest) { &cases[i], path };
        g_test_add_data_func_full (name, test, func, g_free);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cam_kernels_init ();

  add_tests ("conv", conv_cases, G_N_ELEMENTS (conv_cases), test_conv);
  add_tests ("depthwise", depthwise_cases, G_N_ELEMENTS (depthwise_cases), test_depthwise);
  add_tests ("pooling", pooling_cases, G_N_ELEMENTS (pooling_cases), test_pooling);

  return g_test_run ();
}
