/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of matrices on every path against the plain loops: all sizes around those of a tile, strides, starts; nothing beyond the result is touched. */
#include <cam-rng.h>
#include <kernels/cam-path.h>
#include <kernels/cam-product.h>
#include <math.h>
#include <string.h>

/* How @a lies, and whether b is turned. */
typedef enum { ROWS, COLUMNS, TURNED, N_WAYS } Way;
typedef enum { NOTHING, BIAS, ITSELF, N_STARTS } Start;

typedef struct
{
  CamPath path;
  Way     way;
  Start   start;
} ProductTest;

static const gsize row_counts[] = { 1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 17, 32 };
static const gsize depths[] = { 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 255, 256, 257, 520 };
static const gsize column_counts[] = { 1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 47, 48, 49, 63, 64, 65, 100, 129 };

enum { MOST_ROWS = 32, MOST_DEPTH = 520, MOST_COLUMNS = 129, GAP = 3 };
static const float untouched = 12345.0f;

typedef struct
{
  float a[(MOST_ROWS + GAP) * (MOST_DEPTH + GAP)];
  float b[(MOST_COLUMNS + GAP) * (MOST_DEPTH + GAP)];
  float bias[MOST_COLUMNS];
  float c[MOST_ROWS * (MOST_COLUMNS + GAP)], plain[MOST_ROWS * (MOST_COLUMNS + GAP)];
} Blocks;

static void
run (const ProductTest *test,
     const Blocks      *blocks,
     float             *c,
     gboolean           is_plain,
     gsize              rows,
     gsize              depth,
     gsize              columns)
{
  gsize a_row = test->way == COLUMNS ? 1 : depth + GAP, a_depth = test->way == COLUMNS ? rows + (rows == 1 ? 0 : GAP) : 1;
  gsize b_stride = (test->way == TURNED ? depth : columns) + (columns == 1 ? 0 : GAP), c_stride = columns + (columns == 1 ? 0 : GAP);
  const float *start = test->start == NOTHING ? NULL : test->start == BIAS ? blocks->bias : c;
  gsize start_stride = test->start == ITSELF ? c_stride : 0;

  if (test->way == TURNED)
    (is_plain ? cam_plain_product_turned : cam_product_turned) (blocks->a, a_row, blocks->b, b_stride, start, start_stride, c, c_stride, rows, depth, columns);
  else
    (is_plain ? cam_plain_product : cam_product) (blocks->a, a_row, a_depth, blocks->b, b_stride, start, start_stride, c, c_stride, rows, depth, columns);
}

static void
check (const ProductTest *test,
       Blocks            *blocks,
       gsize              rows,
       gsize              depth,
       gsize              columns)
{
  for (gsize i = 0; i < G_N_ELEMENTS (blocks->c); i++)
    blocks->c[i] = blocks->plain[i] = test->start == ITSELF ? (float) (i % 11) : untouched;
  run (test, blocks, blocks->plain, TRUE, rows, depth, columns);
  run (test, blocks, blocks->c, FALSE, rows, depth, columns);

  /* Also what lies between and behind the rows. Numbers of a and b are at most 1 or so. */
  for (gsize i = 0; i < G_N_ELEMENTS (blocks->c); i++)
    if (!(fabsf (blocks->c[i] - blocks->plain[i]) <= 1e-6f * (sqrtf ((float) depth) + 10.0f)))
      g_error ("%" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT ": number %" G_GSIZE_FORMAT " is %g, not %g", rows, depth, columns, i, blocks->c[i], blocks->plain[i]);
}

static void
test_product (gconstpointer data)
{
  const ProductTest *test = data;
  CamPath before = cam_path;
  g_autofree Blocks *blocks = NULL;
  CamRng rng;

  if (!cam_path_is_there (test->path))
    {
      g_test_skip ("this processor lacks the instructions");
      return;
    }

  cam_path_set (test->path);
  blocks = g_new (Blocks, 1);
  cam_rng_init (&rng, 3, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (blocks->a); i++)
    blocks->a[i] = (float) cam_rng_uniform (&rng) - 0.5f;
  for (gsize i = 0; i < G_N_ELEMENTS (blocks->b); i++)
    blocks->b[i] = (float) cam_rng_uniform (&rng) - 0.5f;
  for (gsize i = 0; i < G_N_ELEMENTS (blocks->bias); i++)
    blocks->bias[i] = (float) cam_rng_uniform (&rng);

  for (guint r = 0; r < G_N_ELEMENTS (row_counts); r++)
    for (guint d = 0; d < G_N_ELEMENTS (depths); d++)
      for (guint c = 0; c < G_N_ELEMENTS (column_counts); c++)
        /* The plain loops are slow: not every size with every other. */
        if (row_counts[r] * depths[d] * column_counts[c] < 40000 || (r + d + c) % 7 == 0)
          check (test, blocks, row_counts[r], depths[d], column_counts[c]);
  cam_path_set (before);
}

/* NaN and infinity reach the result, also in numbers that are multiplied with 0. */
static void
test_wild (gconstpointer data)
{
  enum { N = 20 };
  CamPath path = GPOINTER_TO_UINT (data), before = cam_path;
  float a[N * N] = { 0 }, b[N * N] = { 0 }, c[N * N];

  if (!cam_path_is_there (path))
    {
      g_test_skip ("this processor lacks the instructions");
      return;
    }

  cam_path_set (path);
  b[7 * N + 3] = NAN;
  b[9 * N + 4] = INFINITY;
  cam_product (a, N, 1, b, N, NULL, 0, c, N, N, N, N);
  for (gsize i = 0; i < N * N; i++)
    g_assert_true (isnan (c[i]) == (i % N == 3 || i % N == 4));
  cam_product_turned (a, N, b, N, NULL, 0, c, N, N, N, N);
  for (gsize i = 0; i < N * N; i++)
    g_assert_true (isnan (c[i]) == (i % N == 7 || i % N == 9));
  cam_path_set (before);
}

int
main (int    argc,
      char **argv)
{
  static const char *const ways[N_WAYS] = { "rows", "columns", "turned" }, *const starts[N_STARTS] = { "nothing", "bias", "itself" };

  g_test_init (&argc, &argv, NULL);

  for (CamPath path = CAM_PATH_PLAIN; path < CAM_N_PATHS; path++)
    {
      g_autofree char *wild = g_strconcat ("/engine/product/", cam_path_names[path], "/wild", NULL);

      g_test_add_data_func (wild, GUINT_TO_POINTER (path), test_wild);
      for (Way way = ROWS; way < N_WAYS; way++)
        for (Start start = NOTHING; start < N_STARTS; start++)
          {
            g_autofree char *name = g_strconcat ("/engine/product/", cam_path_names[path], "/", ways[way], "/", starts[start], NULL);
            ProductTest *test = g_new (ProductTest, 1);

            *test = (ProductTest) { path, way, start };
            g_test_add_data_func_full (name, test, test_product, g_free);
          }
    }

  return g_test_run ();
}
