/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of repeats. Expected values were computed with NumPy 2 and SciPy 1: np.mean, np.std (ddof=1), stats.sem, np.quantile, stats.t.cdf, stats.t.ppf, and
 * stats.t.interval around the mean difference with the scale that the header names. */
#include <cam-statistics.h>
#include <math.h>

#define assert_near(value, expected, room) g_assert_cmpfloat (fabs ((value) - (expected)), <=, (room))

static void
test_spread (void)
{
  const double values[] = { 2.5, -1, NAN, 4, 4, 0.25, INFINITY, 7 };
  CamSpread spread;

  cam_spread_init (&spread, values, G_N_ELEMENTS (values));
  g_assert_cmpuint (spread.n, ==, 6);
  assert_near (spread.mean, 2.7916666666666665, 1e-15);
  assert_near (spread.deviation, 2.8827793302066445, 1e-15);
  assert_near (spread.error, 1.1768897333414228, 1e-15);
  g_assert_cmpfloat (spread.min, ==, -1);
  g_assert_cmpfloat (spread.max, ==, 7);
}

static void
test_spread_of_few (void)
{
  const double value = 0.1, none = NAN, same[] = { 0.1, 0.1, 0.1 };
  CamSpread spread;

  cam_spread_init (&spread, &none, 1);
  g_assert_true (spread.n == 0 && isnan (spread.mean) && isnan (spread.min));
  cam_spread_init (&spread, &value, 1);
  g_assert_true (spread.mean == 0.1 && isnan (spread.deviation) && isnan (spread.error));
  cam_spread_init (&spread, same, 3);
  g_assert_true (spread.mean == 0.1 && spread.deviation == 0.0);
}

static void
test_quantile (void)
{
  static const struct { double share, value; } cases[] = { { 0, -1 }, { 0.1, -0.375 }, { 0.25, 0.8125 }, { 0.5, 3.25 }, { 0.9, 5.5 }, { 1, 7 } };
  const double values[] = { 2.5, -1, 4, 4, NAN, 0.25, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_near (cam_quantile (values, G_N_ELEMENTS (values), cases[i].share), cases[i].value, 1e-15);
  g_assert_true (isnan (cam_quantile (values, 0, 0.5)));
}

static void
test_student (void)
{
  static const struct { double t, df, p; } cases[] = {
    { 0, 1, 0.5 },
    { 1, 1, 0.75 },
    { -2.5, 2, 0.064805860110755412 },
    { 0.3, 4, 0.61043928586127016 },
    { 2.776, 4, 0.97498861084001176 },
    { 12.7, 1, 0.97498783615532791 },
    { 1.5, 9, 0.91607467197146253 },
    { -0.001, 29, 0.49960448148918113 },
    { 4, 29, 0.99979996802717375 },
    { 0.7, 1000, 0.75795494300369881 },
    { -30, 3, 4.067640213581979e-05 },
  };
  static const struct { double p, df, t; } inverse[] = {
    { 0.975, 1, 12.706204736174694 },
    { 0.975, 2, 4.3026527297494619 },
    { 0.975, 4, 2.7764451051977934 },
    { 0.975, 9, 2.2621571627982049 },
    { 0.95, 29, 1.6991270265334972 },
    { 0.1, 5, -1.4758840488244813 },
    { 0.5, 7, 0 },
    { 0.0005, 3, -12.923978636687481 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_near (cam_student_cdf (cases[i].t, cases[i].df), cases[i].p, 1e-12 * cases[i].p + 1e-15);
  for (guint i = 0; i < G_N_ELEMENTS (inverse); i++)
    assert_near (cam_student_quantile (inverse[i].p, inverse[i].df), inverse[i].t, 1e-11 * fabs (inverse[i].t) + 1e-13);
  g_assert_cmpfloat (cam_student_cdf (-INFINITY, 3), ==, 0.0);
}

/* The probability of independent pairs is one minus the p value of stats.ttest_rel (alternative="greater"), 0.04168040205661931. */
static void
test_paired (void)
{
  const double a[] = { 0.961, 0.972, 0.955, NAN, 0.968, 0.974 }, b[] = { 0.951, 0.969, 0.958, 0.9, 0.955, 0.962 };
  CamPaired paired, turned;

  cam_paired_init (&paired, a, b, G_N_ELEMENTS (a), 0.0);
  g_assert_cmpuint (paired.n, ==, 5);
  g_assert_false (paired.is_same);
  assert_near (paired.difference, 0.007, 1e-15);
  assert_near (paired.lower, -0.0014670196070544275, 1e-13);
  assert_near (paired.upper, 0.01546701960705444, 1e-13);
  assert_near (paired.probability, 0.95831959794338073, 1e-12);

  cam_paired_init (&turned, b, a, G_N_ELEMENTS (a), 0.0);
  assert_near (turned.probability, 1.0 - paired.probability, 1e-15);
}

/* Five folds: the same differences say less. */
static void
test_paired_folds (void)
{
  const double a[] = { 0.961, 0.972, 0.955, 0.968, 0.974 }, b[] = { 0.951, 0.969, 0.958, 0.955, 0.962 };
  CamPaired paired;

  cam_paired_init (&paired, a, b, G_N_ELEMENTS (a), 0.2);
  assert_near (paired.lower, -0.0057005294105816479, 1e-13);
  assert_near (paired.upper, 0.01970052941058166, 1e-13);
  assert_near (paired.probability, 0.89965156061602647, 1e-12);
}

static void
test_same_is_no_difference (void)
{
  const double a[] = { 0.9, 0.8, 0.7 };
  CamPaired paired;

  cam_paired_init (&paired, a, a, 3, 0.0);
  g_assert_true (paired.is_same && paired.difference == 0.0 && isnan (paired.probability));
}

static void
test_nothing_can_be_said (void)
{
  const double a[] = { 0.9, NAN }, b[] = { 0.8, 0.8 };
  CamPaired paired;

  cam_paired_init (&paired, a, b, 2, 0.0);
  g_assert_true (paired.n == 1 && !paired.is_same && isnan (paired.probability) && isnan (paired.lower));
  cam_paired_init (&paired, a + 1, b + 1, 1, 0.0);
  g_assert_true (paired.n == 0 && !paired.is_same && isnan (paired.difference) && isnan (paired.probability));
}

/* Two repeats of a coarse score that differ by the same step are not certainty. */
static void
test_equal_differences (void)
{
  const double a[] = { 0.75, 0.5, 0.625, 1.0 }, b[] = { 0.5, 0.25, 0.375, 0.75 };
  CamPaired paired;

  cam_paired_init (&paired, a, b, 2, 0.0);
  g_assert_cmpfloat (paired.probability, ==, 0.875);
  cam_paired_init (&paired, b, a, 4, 0.0);
  g_assert_cmpfloat (paired.probability, ==, 1.0 / 32);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/statistics/spread", test_spread);
  g_test_add_func ("/core/statistics/spread-of-few", test_spread_of_few);
  g_test_add_func ("/core/statistics/quantile", test_quantile);
  g_test_add_func ("/core/statistics/student", test_student);
  g_test_add_func ("/core/statistics/paired", test_paired);
  g_test_add_func ("/core/statistics/paired-folds", test_paired_folds);
  g_test_add_func ("/core/statistics/same-is-no-difference", test_same_is_no_difference);
  g_test_add_func ("/core/statistics/nothing-can-be-said", test_nothing_can_be_said);
  g_test_add_func ("/core/statistics/equal-differences", test_equal_differences);
  return g_test_run ();
}
