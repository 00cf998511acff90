/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importance of settings: one tree against another implementation's, a forest against functions whose variance is known, and what says nothing. */
#include <cam-importance.h>
#include <cam-json.h>
#include <cam-rng.h>
#include <math.h>

static json_t *
load (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "study", "importance.json", NULL);
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_load (path, &error);

  g_assert_no_error (error);
  return json;
}

static void
test_tree (void)
{
  g_autoptr(json_t) json = load ();
  json_t *x = json_object_get (json, "x"), *y = json_object_get (json, "y");
  gsize n = json_array_size (y);
  double columns[3][64], scores[64], shares[3], together;

  g_assert_cmpuint (n, <=, 64);
  for (gsize i = 0; i < n; i++)
    {
      scores[i] = json_number_value (json_array_get (y, i));
      for (guint c = 0; c < 3; c++)
        columns[c][i] = json_number_value (json_array_get (json_array_get (x, i), c));
    }

  /* A yes or no is a category of two, or a number of two: the tree is the same. */
  for (guint n_categories = 0; n_categories <= 2; n_categories += 2)
    {
      const CamFactor factors[] = { { columns[0], 0, 0, 1 }, { columns[1], 0, 0, 1 }, { columns[2], n_categories, 0, 1 } };

      together = cam_importance_find (factors, 3, scores, n, 0, 1, shares);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (shares[c], json_number_value (json_array_get (json_object_get (json, "shares"), c)), 1e-9);
      g_assert_cmpfloat_with_epsilon (together, json_number_value (json_object_get (json, "together")), 1e-9);
    }
}

#define N 400

static double columns[3][N], scores[N];

static void
draw (double (*f) (double a, double b, double c))
{
  CamRng rng;

  cam_rng_init (&rng, 3, 0);
  for (guint i = 0; i < N; i++)
    {
      for (guint c = 0; c < 2; c++)
        columns[c][i] = cam_rng_uniform (&rng);
      columns[2][i] = (double) cam_rng_below (&rng, 3);
      scores[i] = f (columns[0][i], columns[1][i], columns[2][i]);
    }
}

static const CamFactor factors[] = { { columns[0], 0, 0, 1 }, { columns[1], 0, 0, 1 }, { columns[2], 3, 0, 0 } };

static double sum (double a, double b, double c) { return 3 * a + b; }
static double product (double a, double b, double c) { return (a - 0.5) * (b - 0.5); }
static double category (double a, double b, double c) { return c == 1 ? 1 : 0; }
static double nothing (double a, double b, double c) { return 0.25; }

/* 3 a + b: variances 9/12 and 1/12. */
static void
test_sum (void)
{
  double shares[3], again[3], together;

  draw (sum);
  together = cam_importance_find (factors, 3, scores, N, CAM_IMPORTANCE_TREES, 1, shares);
  g_assert_cmpfloat_with_epsilon (shares[0], 0.9, 0.03);
  g_assert_cmpfloat_with_epsilon (shares[1], 0.1, 0.03);
  g_assert_cmpfloat (shares[2], <, 0.01);
  g_assert_cmpfloat (together, <, 0.03);
  g_assert_cmpfloat_with_epsilon (shares[0] + shares[1] + shares[2] + together, 1.0, 1e-12);
  cam_importance_find (factors, 3, scores, N, CAM_IMPORTANCE_TREES, 1, again);
  g_assert_cmpmem (shares, sizeof shares, again, sizeof again);
}

static void
test_together (void)
{
  double shares[3];

  draw (product);
  g_assert_cmpfloat (cam_importance_find (factors, 3, scores, N, CAM_IMPORTANCE_TREES, 1, shares), >, 0.8);
}

static void
test_category (void)
{
  double shares[3];

  draw (category);
  cam_importance_find (factors, 3, scores, N, CAM_IMPORTANCE_TREES, 1, shares);
  g_assert_cmpfloat (shares[2], >, 0.97);
}

static void
test_nothing (void)
{
  double shares[3];

  draw (nothing);
  g_assert_true (isnan (cam_importance_find (factors, 3, scores, N, CAM_IMPORTANCE_TREES, 1, shares)));
  g_assert_true (isnan (shares[0]));
  draw (sum);
  g_assert_true (isnan (cam_importance_find (factors, 3, scores, 3, CAM_IMPORTANCE_TREES, 1, shares)));
  g_assert_true (isnan (cam_importance_find (factors, 3, scores, 0, CAM_IMPORTANCE_TREES, 1, shares)));

  /* Runs without a score are not there. */
  for (guint i = 0; i < N; i += 3)
    scores[i] = NAN;
  cam_importance_find (factors, 3, scores, N, CAM_IMPORTANCE_TREES, 1, shares);
  g_assert_cmpfloat_with_epsilon (shares[0], 0.9, 0.05);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importance/tree", test_tree);
  g_test_add_func ("/importance/sum", test_sum);
  g_test_add_func ("/importance/together", test_together);
  g_test_add_func ("/importance/category", test_category);
  g_test_add_func ("/importance/nothing", test_nothing);
  return g_test_run ();
}
