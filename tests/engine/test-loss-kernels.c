/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The crossentropies' passes: on every path the bits of the plain one, and close to the same sums by the library's functions, for any number of rows and classes. */
#include <kernels/cam-kernels.h>
#include <kernels/cam-loss-kernels.h>
#include <kernels/cam-path.h>
#include <cam-rng.h>
#include <math.h>
#include <string.h>

enum { MOST_ROWS = 19, MOST_COLUMNS = 70, MOST = MOST_ROWS * MOST_COLUMNS };

typedef struct
{
  float  z[MOST], p[MOST], y[MOST], d[MOST], tops[MOST_ROWS];
  double above[MOST_ROWS], values[MOST_ROWS];
} Numbers;

static const double keep = 0.9;

static void
fill (Numbers *self,
      gsize    n,
      gsize    columns,
      gboolean is_even)
{
  CamRng rng;

  memset (self, 0, sizeof *self);
  cam_rng_init (&rng, 5, n * MOST_COLUMNS + columns);
  for (gsize i = 0; i < n * columns; i++)
    {
      self->z[i] = (float) cam_rng_normal (&rng) * 5.0f;
      self->y[i] = is_even ? 0.0f : (float) cam_rng_uniform (&rng);
    }
  for (gsize row = 0; row < n && is_even; row++)
    self->y[row * columns + row % columns] = 1.0f;
}

static void
run (Numbers *self,
     CamPath  path,
     gsize    n,
     gsize    columns)
{
  CamPath before = cam_path;
  double shift = 0.1 / (double) columns;

  cam_path_set (path);
  cam_map_softmax (self->z, self->p, n, columns);
  cam_log_sums (self->z, self->p, self->tops, self->above, n, columns);
  cam_crossentropy_values (self->z, self->y, self->tops, self->above, keep, shift, self->values, n, columns);
  cam_softmax_gradient (self->p, self->y, keep, shift, 0.25, self->d, n, columns);
  cam_path_set (before);
}

static void
check_row (const Numbers *self,
           gsize          row,
           gsize          columns)
{
  const float *z = self->z + row * columns, *y = self->y + row * columns, *d = self->d + row * columns;
  double top = z[0], sum = 0.0, value = 0.0, total = 0.0, shift = 0.1 / (double) columns;

  for (gsize j = 0; j < columns; j++)
    top = MAX (top, z[j]);
  for (gsize j = 0; j < columns; j++)
    {
      sum += exp (z[j] - top);
      total += y[j] * keep + shift;
    }
  for (gsize j = 0; j < columns; j++)
    value += (y[j] * keep + shift) * (top + log (sum) - z[j]);

  g_assert_cmpfloat (self->tops[row], ==, top);
  g_assert_cmpfloat_with_epsilon (self->values[row], value, 2e-6 * (1.0 + fabs (value)));
  for (gsize j = 0; j < columns; j++)
    g_assert_cmpfloat_with_epsilon (d[j], 0.25 * (exp (z[j] - top) / sum * total - (y[j] * keep + shift)), 1e-6 * (1.0 + total));
}

static void
test_values (void)
{
  g_autofree Numbers *plain = g_new (Numbers, 1), *fast = g_new (Numbers, 1);

  for (guint is_even = 0; is_even <= 1; is_even++)
    for (gsize n = 1; n <= MOST_ROWS; n++)
      for (gsize columns = 1; columns <= MOST_COLUMNS; columns += columns < 20 ? 1 : 25)
        {
          fill (plain, n, columns, is_even);
          *fast = *plain;
          run (plain, CAM_PATH_PLAIN, n, columns);
          for (gsize row = 0; row < n; row++)
            check_row (plain, row, columns);
          for (CamPath path = CAM_PATH_AVX2; path < CAM_N_PATHS; path++)
            if (cam_path_is_there (path))
              {
                run (fast, path, n, columns);
                g_assert_cmpmem (plain, sizeof *plain, fast, sizeof *fast);
              }
        }
}

/* The loss of a row that is right beyond doubt keeps its digits. */
static void
test_small (void)
{
  for (double exponent = -37.0; exponent <= 0.0; exponent += 0.1)
    {
      float p[3] = { (float) pow (10.0, exponent), 1.0f, (float) pow (10.0, exponent) / 3.0f }, z[3] = { 0.0f, 1.0f, 0.0f }, top;
      double above, exact = log1p ((double) p[0] + p[2]);

      cam_log_sums (z, p, &top, &above, 1, 3);
      g_assert_cmpfloat (top, ==, 1.0f);
      g_assert_cmpfloat_with_epsilon (above, exact, 4e-15 * exact);
    }
}

static void
test_many_alike (void)
{
  enum { N = 3000 };
  g_autofree float *z = g_new0 (float, N), *p = g_new (float, N);
  float top;
  double above;

  cam_map_softmax (z, p, 1, N);
  cam_log_sums (z, p, &top, &above, 1, N);
  g_assert_cmpfloat_with_epsilon (above, log (N), 1e-12);
}

/* A row with NaN is NaN, and alone in that. */
static void
test_not_a_number (void)
{
  g_autofree Numbers *self = g_new (Numbers, 1);

  fill (self, 11, 7, TRUE);
  self->z[4 * 7 + 3] = NAN;
  run (self, cam_path, 11, 7);
  for (gsize row = 0; row < 11; row++)
    {
      g_assert_cmpint (isnan (self->values[row]), ==, row == 4);
      for (gsize j = 0; j < 7; j++)
        g_assert_cmpint (isnan (self->d[row * 7 + j]), ==, row == 4);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/loss-kernels/values", test_values);
  g_test_add_func ("/engine/loss-kernels/small", test_small);
  g_test_add_func ("/engine/loss-kernels/many-alike", test_many_alike);
  g_test_add_func ("/engine/loss-kernels/not-a-number", test_not_a_number);

  return g_test_run ();
}
