/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Misses added up pair by pair are those of all pairs at once. */
#include <cam-miss-sums.h>
#include <cam-rng.h>
#include <math.h>

static void
check_near (double value,
            double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat_with_epsilon (value, expected, 1e-9 * MAX (1.0, fabs (expected)));
}

static void
compare (const float *truth,
         const float *said,
         gsize        n)
{
  CamMissSums sums = { 0 };
  CamMisses misses, expected;

  for (gsize i = 0; i < n; i++)
    cam_miss_sums_add (&sums, truth[i], said[i]);
  cam_miss_sums_end (&sums, &misses);
  cam_misses_init (&expected, truth, said, n);
  g_assert_cmpuint (misses.n, ==, expected.n);
  check_near (misses.mean_absolute, expected.mean_absolute);
  check_near (misses.max_absolute, expected.max_absolute);
  check_near (misses.root_mean_square, expected.root_mean_square);
  check_near (misses.bias, expected.bias);
  check_near (misses.r2, expected.r2);
  check_near (misses.mape, expected.mape);
  g_assert_true (isnan (misses.median_absolute));
}

/* Truths around @centre. */
static void
test_draws (gconstpointer data)
{
  float centre = *(const float *) data, truth[3000], said[3000];
  CamRng rng;

  cam_rng_init (&rng, 5, 5);
  for (guint i = 0; i < G_N_ELEMENTS (truth); i++)
    {
      truth[i] = centre + (float) cam_rng_normal (&rng);
      said[i] = truth[i] + 0.3f * (float) cam_rng_normal (&rng);
    }
  said[7] = truth[9] = NAN;
  said[11] = INFINITY;
  compare (truth, said, G_N_ELEMENTS (truth));
}

static void
test_awkward (void)
{
  const float same[] = { 3, 3, 3 }, other[] = { 3, 3, 4 }, zero[] = { 0, 0, 1 };

  compare (same, same, 0);
  compare (same, same, 3);
  compare (same, other, 3);
  compare (same, other, 1);
  compare (zero, other, 3);
}

int
main (int    argc,
      char **argv)
{
  static const float centres[] = { 0.0f, -50.0f, 1e4f };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/core/miss-sums/around-zero", &centres[0], test_draws);
  g_test_add_data_func ("/core/miss-sums/around-minus-fifty", &centres[1], test_draws);
  g_test_add_data_func ("/core/miss-sums/around-ten-thousand", &centres[2], test_draws);
  g_test_add_func ("/core/miss-sums/awkward", test_awkward);

  return g_test_run ();
}
