/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means and bands of curves. Expected numbers are NumPy's: mean(), std(ddof=1), std / sqrt(n), min(), max() and interp(). */
#include <math.h>

#include <cam-overlay-mean.h>

#define TOLERANCE 1e-12

static void
check (const double *found,
       const double *expected,
       gsize         n)
{
  for (gsize i = 0; i < n; i++)
    if (isnan (expected[i]))
      g_assert_true (isnan (found[i]));
    else
      g_assert_cmpfloat_with_epsilon (found[i], expected[i], TOLERANCE);
}

static const double epochs[] = { 1, 2, 3, 4, 5, 6 };
static const double runs[4][6] = { { 0.9, 0.7, 0.5, 0.4, 0.35, 0.33 }, { 0.8, 0.65, 0.55, 0.45, 0.4, 0.38 }, { 1.0, 0.6, 0.45, 0.42 }, { 0.7, 0.72 } };
static const CamOverlayCurve four[] = { { epochs, runs[0], 6 }, { epochs, runs[1], 6 }, { epochs, runs[2], 4 }, { epochs, runs[3], 2 } };

/* Of four runs two have ended after the fourth epoch: so has the mean. */
static void
test_epochs (void)
{
  static const double means[] = { 0.85, 0.6675, 0.5, 0.42333333333333334 };
  static const struct { CamBandKind band; double reach[4]; } around[] = {
    { CAM_BAND_DEVIATION, { 0.12909944487358058, 0.05377421934967225, 0.05000000000000002, 0.02516611478423583 } },
    { CAM_BAND_ERROR, { 0.06454972243679029, 0.026887109674836124, 0.0288675134594813, 0.014529663145135577 } },
  };
  static const double least[] = { 0.7, 0.6, 0.45, 0.4 }, greatest[] = { 1.0, 0.72, 0.55, 0.45 };
  static const double none[] = { NAN, NAN, NAN, NAN };

  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      g_autoptr(CamOverlayMean) mean = cam_overlay_mean_new (four, 4, around[i].band, 100);

      g_assert_cmpuint (mean->n, ==, 4);
      g_assert_cmpuint (mean->n_curves, ==, 4);
      g_assert_true (mean->is_cut);
      check (mean->x, epochs, 4);
      check (mean->mean, means, 4);
      for (guint k = 0; k < 4; k++)
        {
          g_assert_cmpfloat_with_epsilon (mean->high[k] - mean->mean[k], around[i].reach[k], TOLERANCE);
          g_assert_cmpfloat_with_epsilon (mean->mean[k] - mean->low[k], around[i].reach[k], TOLERANCE);
        }
    }
  {
    g_autoptr(CamOverlayMean) range = cam_overlay_mean_new (four, 4, CAM_BAND_RANGE, 100);
    g_autoptr(CamOverlayMean) bare = cam_overlay_mean_new (four, 4, CAM_BAND_NONE, 100);

    check (range->low, least, 4);
    check (range->high, greatest, 4);
    check (bare->mean, means, 4);
    check (bare->low, none, 4);
    check (bare->high, none, 4);
  }
}

/* Each run has its own clock: looked up between its epochs, and only where both are there. */
static void
test_times (void)
{
  static const double a_x[] = { 0.1, 0.3, 0.5, 0.9 }, a_y[] = { 1.0, 0.6, 0.5, 0.3 }, b_x[] = { 0.2, 0.4, 0.8 }, b_y[] = { 0.9, 0.4, 0.2 };
  static const double places[] = { 0.2, 0.3, 0.4, 0.5, 0.8 }, means[] = { 0.85, 0.625, 0.475, 0.425, 0.275 };
  static const double deviations[] = { 0.07071067811865482, 0.03535533905932741, 0.10606601717798207, 0.10606601717798211, 0.10606601717798211 };
  const CamOverlayCurve two[] = { { a_x, a_y, 4 }, { b_x, b_y, 3 } };
  g_autoptr(CamOverlayMean) mean = cam_overlay_mean_new (two, 2, CAM_BAND_DEVIATION, 100);
  g_autoptr(CamOverlayMean) few = cam_overlay_mean_new (two, 2, CAM_BAND_DEVIATION, 5);

  g_assert_cmpuint (mean->n, ==, 5);
  g_assert_true (mean->is_cut);
  check (mean->x, places, 5);
  check (mean->mean, means, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (mean->high[i] - mean->mean[i], deviations[i], TOLERANCE);
  /* 0.1, 0.3, 0.5, 0.7 and 0.9: five places at equal distances, of which the ends have one run only. */
  g_assert_cmpuint (few->n, ==, 3);
  g_assert_cmpfloat_with_epsilon (few->x[2], 0.7, TOLERANCE);
  g_assert_cmpfloat_with_epsilon (few->mean[2], (0.4 + 0.25) / 2, TOLERANCE);
}

static void
test_gaps (void)
{
  static const double holes[] = { 0.9, NAN, INFINITY, 0.4 }, whole[] = { 0.7, 0.6, 0.5, 0.2 }, nothing[] = { NAN, NAN, NAN, NAN };
  const CamOverlayCurve three[] = { { epochs, holes, 4 }, { epochs, whole, 4 }, { epochs, nothing, 4 } };
  const double means[] = { 0.8, NAN, NAN, 0.3 };
  g_autoptr(CamOverlayMean) mean = cam_overlay_mean_new (three, 3, CAM_BAND_RANGE, 100);
  g_autoptr(CamOverlayMean) one = cam_overlay_mean_new (&three[1], 1, CAM_BAND_DEVIATION, 100);
  g_autoptr(CamOverlayMean) empty = cam_overlay_mean_new (&three[2], 1, CAM_BAND_DEVIATION, 100);
  g_autoptr(CamOverlayMean) none = cam_overlay_mean_new (NULL, 0, CAM_BAND_DEVIATION, 100);

  /* A run that never had a value is not one of them; a place with one of two is a gap. */
  g_assert_cmpuint (mean->n_curves, ==, 2);
  g_assert_cmpuint (mean->n, ==, 4);
  check (mean->mean, means, 4);
  g_assert_false (mean->is_cut);
  check (one->mean, whole, 4);
  g_assert_true (isnan (one->low[0]) && isnan (one->high[3]));
  g_assert_cmpuint (empty->n, ==, 0);
  g_assert_cmpuint (none->n, ==, 0);
}

/* A long run is told at every k-th of its epochs, as it was measured there. */
static void
test_thinned (void)
{
  g_autofree double *x = g_new (double, 1000), *y = g_new (double, 1000);
  CamOverlayCurve long_one = { x, y, 1000 };
  g_autoptr(CamOverlayMean) mean = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      x[i] = i + 1;
      y[i] = 1.0 / (i + 1);
    }
  mean = cam_overlay_mean_new (&long_one, 1, CAM_BAND_NONE, 300);
  g_assert_cmpuint (mean->n, ==, 251);
  g_assert_cmpfloat (mean->x[1], ==, 5);
  g_assert_cmpfloat (mean->mean[1], ==, 0.2);
  g_assert_cmpfloat (mean->x[250], ==, 1000);
}

static void
test_at (void)
{
  static const double x[] = { 1, 2, 4 }, y[] = { 10, 20, NAN };
  static const struct { double x, y; } cases[] = { { 0.9, NAN }, { 1, 10 }, { 1.25, 12.5 }, { 2, 20 }, { 3, NAN }, { 4, NAN }, { 4.1, NAN } };
  const CamOverlayCurve curve = { x, y, 3 }, none = { x, y, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double found = cam_overlay_curve_at (&curve, cases[i].x);

      check (&found, &cases[i].y, 1);
    }
  g_assert_true (isnan (cam_overlay_curve_at (&none, 1)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/overlay-mean/epochs", test_epochs);
  g_test_add_func ("/app/overlay-mean/times", test_times);
  g_test_add_func ("/app/overlay-mean/gaps", test_gaps);
  g_test_add_func ("/app/overlay-mean/thinned", test_thinned);
  g_test_add_func ("/app/overlay-mean/at", test_at);
  return g_test_run ();
}
