/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every path of instructions that this processor has: element-wise kernels give the bits of the plain path, for every length, with numbers that are not finite among them. */
#include <kernels/cam-activation-kernels.h>
#include <kernels/cam-kernels.h>
#include <kernels/cam-optimizer-kernels.h>
#include <kernels/cam-path.h>
#include <math.h>
#include <string.h>

#include <cam-rng.h>

enum { MOST = 157 };

typedef void (*Map)  (const float *x, float *y, gsize n);
typedef void (*Back) (const float *from, const float *dy, float *dx, gsize n);
typedef void (*Rows) (const float *x, float *y, gsize rows, gsize columns);
typedef void (*Step) (float *w, const float *g, float *a, float *b, float *c, gsize n);

static void step_sgd (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_sgd (w, g, n, 0.1f); }
static void step_momentum (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_momentum (w, g, a, n, 0.1f, 0.9f, FALSE); }
static void step_nesterov (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_momentum (w, g, a, n, 0.1f, 0.9f, TRUE); }
static void step_rmsprop (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_rmsprop (w, g, a, b, c, n, 0.1f, 0.9f, 0.5f, 1e-7f); }
static void step_adam (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_adam (w, g, a, b, NULL, n, 0.1f, 0.1f, 0.01f, 1e-7f); }
static void step_amsgrad (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_adam (w, g, a, b, c, n, 0.1f, 0.1f, 0.01f, 1e-7f); }
static void step_adamax (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_adamax (w, g, a, b, n, 0.1f, 0.1f, 0.99f, 1e-7f); }
static void step_nadam (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_nadam (w, g, a, b, n, 0.1f, 0.1f, 0.01f, 1.1f, 0.2f, 1.3f, 1e-7f); }
static void step_adagrad (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_adagrad (w, g, a, n, 0.1f, 1e-7f); }
static void step_adadelta (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_adadelta (w, g, a, b, n, 0.1f, 0.9f, 1e-7f); }
static void step_ftrl (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_ftrl (w, g, a, b, n, 0.1f, -0.5f, 0.01f, 0.01f, 0.1f); }
static void step_lion (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_lion (w, g, a, n, 0.1f, 0.9f, 0.99f); }
static void step_lamb (float *w, const float *g, float *a, float *b, float *c, gsize n) { cam_step_lamb (w, g, a, b, n, 0.1f, 0.1f, 0.01f, 1.1f, 1.2f, 1e-7f); }

typedef struct
{
  const char *name;
  Map         map;
  Back        back;
  Rows        rows;
  Step        step;
} Kernel;

#define MAP(kernel) { .name = "map-" #kernel, .map = cam_map_##kernel }
#define BACK(kernel) { .name = "back-" #kernel, .back = cam_back_##kernel }
#define ROWS(kernel) { .name = "rows-" #kernel, .rows = cam_map_##kernel }
#define STEP(kernel) { .name = "step-" #kernel, .step = step_##kernel }

static const Kernel kernels[] = {
  MAP (exp), MAP (tanh), MAP (sigmoid), MAP (relu), MAP (leaky_relu), MAP (relu6), MAP (elu), MAP (selu), MAP (gelu), MAP (silu), MAP (mish), MAP (softplus),
  MAP (softsign), MAP (hard_sigmoid), MAP (hard_silu), MAP (hard_tanh), MAP (log_sigmoid), MAP (tanh_shrink), MAP (hard_shrink), MAP (soft_shrink), MAP (sparse_plus),
  MAP (sparse_sigmoid), MAP (squareplus),
  BACK (relu), BACK (leaky_relu), BACK (relu6), BACK (elu), BACK (selu), BACK (sigmoid), BACK (tanh), BACK (exponential), BACK (softplus), BACK (softsign),
  BACK (hard_sigmoid), BACK (hard_tanh), BACK (log_sigmoid), BACK (shrink), BACK (sparse_plus), BACK (sparse_sigmoid), BACK (squareplus), BACK (gelu_x), BACK (silu_x),
  BACK (mish_x), BACK (hard_silu_x), BACK (tanh_shrink_x),
  ROWS (softmax), ROWS (log_softmax), ROWS (sparsemax),
  STEP (sgd), STEP (momentum), STEP (nesterov), STEP (rmsprop), STEP (adam), STEP (amsgrad), STEP (adamax), STEP (nadam), STEP (adagrad), STEP (adadelta), STEP (ftrl),
  STEP (lion), STEP (lamb),
};

typedef struct
{
  const Kernel *kernel;
  CamPath       path;
} PathTest;

/* The kernel at work on n numbers: what it leaves, in out[5][MOST]. */
static void
run_kernel (const Kernel *kernel,
            CamPath       path,
            gsize         n,
            gboolean      is_wild,
            float       (*out)[MOST])
{
  float x[MOST], dy[MOST];
  CamRng rng;

  cam_rng_init (&rng, 7, n);
  for (gsize i = 0; i < n; i++)
    {
      x[i] = (float) cam_rng_normal (&rng) * 3.0f;
      dy[i] = (float) cam_rng_normal (&rng);
    }
  if (is_wild && n > 4)
    {
      x[n / 2] = NAN;
      x[n - 1] = INFINITY;
      x[0] = -INFINITY;
      x[1] = 1e30f;
    }

  memset (out, 0, 5 * MOST * sizeof (float));
  cam_path_set (path);
  if (kernel->map != NULL)
    kernel->map (x, out[0], n);
  else if (kernel->back != NULL)
    kernel->back (x, dy, out[0], n);
  else if (kernel->rows != NULL)
    kernel->rows (x, out[0], 1, n);
  else
    {
      for (gsize i = 0; i < n; i++)
        {
          out[0][i] = x[i];
          out[1][i] = 0.01f * (float) i;
          out[2][i] = 0.1f + 0.02f * (float) i;
          out[3][i] = 0.001f * (float) i;
        }
      kernel->step (out[0], dy, out[1], out[2], out[3], n);
    }
  cam_path_set (CAM_PATH_PLAIN);
}

/* NaN is NaN, whatever its sign and payload. */
static void
assert_equal (float (*a)[MOST],
              float (*b)[MOST])
{
  for (gsize i = 0; i < 5; i++)
    for (gsize j = 0; j < MOST; j++)
      if (!(isnan (a[i][j]) && isnan (b[i][j])))
        g_assert_cmpmem (&a[i][j], sizeof (float), &b[i][j], sizeof (float));
}

static gboolean
skip_unless_there (CamPath path)
{
  if (!cam_path_is_there (path))
    g_test_skip ("this processor lacks the instructions");

  return !cam_path_is_there (path);
}

static void
test_bits (gconstpointer data)
{
  const PathTest *test = data;

  if (skip_unless_there (test->path))
    return;
  for (gsize n = 1; n <= MOST; n += n < 40 ? 1 : 39)
    for (guint is_wild = 0; is_wild < 2; is_wild++)
      {
        float plain[5][MOST], fast[5][MOST];

        /* The nearest point of the simplex to an infinite one is nowhere. */
        if (is_wild && test->kernel->rows != NULL)
          continue;
        run_kernel (test->kernel, CAM_PATH_PLAIN, n, is_wild, plain);
        run_kernel (test->kernel, test->path, n, is_wild, fast);
        assert_equal (fast, plain);
      }
}

static void
test_other (gconstpointer data)
{
  CamPath path = GPOINTER_TO_UINT (data);
  float from[MOST * 9], to[MOST * 9], sum[MOST];
  guint32 rows[MOST];

  if (skip_unless_there (path))
    return;
  cam_path_set (path);
  for (gsize i = 0; i < MOST * 9; i++)
    from[i] = (float) i;
  for (gsize i = 0; i < MOST; i++)
    rows[i] = (guint32) ((i * 31) % MOST);
  for (gsize width = 1; width <= 9; width++)
    {
      cam_gather (from, rows, to, MOST, width);
      for (gsize i = 0; i < MOST * width; i++)
        g_assert_cmpfloat (to[i], ==, (float) (rows[i / width] * width + i % width));
    }

  memcpy (sum, from, sizeof sum);
  cam_add (from, sum, MOST - 1);
  for (gsize i = 0; i < MOST; i++)
    g_assert_cmpfloat (sum[i], ==, i + 1 < MOST ? 2.0f * from[i] : from[i]);

  for (gsize n = 1; n < MOST; n++)
    {
      g_assert_true (cam_is_finite (from, n));
      from[n] = NAN;
      g_assert_true (cam_is_finite (from, n));
      g_assert_false (cam_is_finite (from, n + 1));
      from[n] = -INFINITY;
      g_assert_false (cam_is_finite (from, n + 1));
      from[n] = -G_MAXFLOAT;
    }
  cam_path_set (CAM_PATH_PLAIN);
}

/* The plain path is held against the library. */
static void
test_accuracy (void)
{
  cam_path_set (CAM_PATH_PLAIN);
  for (float x = -20.0f; x < 20.0f; x += 0.0137f)
    {
      float y;

      cam_map_exp (&x, &y, 1);
      g_assert_cmpfloat_with_epsilon (y / exp (x), 1.0, 3e-7);
      cam_map_tanh (&x, &y, 1);
      g_assert_cmpfloat_with_epsilon (y, tanh (x), 3e-7);
      cam_map_sigmoid (&x, &y, 1);
      g_assert_cmpfloat_with_epsilon (y * (1.0 + exp (-x)), 1.0, 5e-7);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/path/accuracy", test_accuracy);
  for (CamPath path = CAM_PATH_PLAIN; path < CAM_N_PATHS; path++)
    {
      g_autofree char *other = g_strconcat ("/engine/path/", cam_path_names[path], "/others", NULL);

      g_test_add_data_func (other, GUINT_TO_POINTER (path), test_other);
      for (guint i = 0; i < G_N_ELEMENTS (kernels) && path != CAM_PATH_PLAIN; i++)
        {
          g_autofree char *name = g_strconcat ("/engine/path/", cam_path_names[path], "/", kernels[i].name, NULL);
          PathTest *test = g_new (PathTest, 1);

          *test = (PathTest) { &kernels[i], path };
          g_test_add_data_func_full (name, test, test_bits, g_free);
        }
    }

  return g_test_run ();
}
