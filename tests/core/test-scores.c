/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of answers. Expected values are scikit-learn's, out of tests/data/scores; bootstrap and draws are checked against what they must come to in the mean. */
#include <cam-confusion.h>
#include <cam-json.h>
#include <cam-misses.h>
#include <cam-statistics.h>
#include <math.h>

#define ROOM 1e-9

/* NULL stands for NaN. */
#define assert_near(where, value, expected) G_STMT_START { \
    double an_value = (value); const json_t *an_json = (expected); \
    g_assert_nonnull (an_json); \
    if (json_is_null (an_json) ? !isnan (an_value) : !(fabs (an_value - json_number_value (an_json)) <= ROOM * MAX (1.0, fabs (json_number_value (an_json))))) \
      g_error ("%s: line %d: %.12g, recorded is %.12g", (where), __LINE__, an_value, json_number_value (an_json)); } G_STMT_END

static json_t *recorded;

static float *
read_floats (const json_t *array)
{
  float *values = g_new (float, json_array_size (array) + 1);

  for (gsize i = 0; i < json_array_size (array); i++)
    values[i] = (float) json_number_value (json_array_get (array, i));

  return values;
}

static int *
read_ints (const json_t *array)
{
  int *values = g_new (int, json_array_size (array) + 1);

  for (gsize i = 0; i < json_array_size (array); i++)
    values[i] = (int) json_integer_value (json_array_get (array, i));

  return values;
}

/* Every @step-th number from @first on. */
static guint8 *
read_truth (const json_t *array,
            gsize         first,
            gsize         step)
{
  guint8 *values = g_new0 (guint8, json_array_size (array) + 1);

  for (gsize i = first; i < json_array_size (array); i += step)
    values[i / step] = (guint8) json_integer_value (json_array_get (array, i));

  return values;
}

static const char *
name_of (const json_t *test)
{
  return json_string_value (json_object_get (test, "name"));
}

/* Two classes ------------------------------------------------------------------------------------------------------- */

static void
check_thresholds (const json_t     *test,
                  const CamCutoffs *cutoffs)
{
  static const struct { const char *name; double (*get) (const CamCounts *counts); } scores[] = {
    { "accuracy", cam_counts_get_accuracy }, { "precision", cam_counts_get_precision }, { "recall", cam_counts_get_recall }, { "specificity", cam_counts_get_specificity },
    { "f1", cam_counts_get_f1 }, { "balanced_accuracy", cam_counts_get_balanced_accuracy }, { "matthews", cam_counts_get_matthews },
  };
  gsize i;
  json_t *at;

  json_array_foreach (json_object_get (test, "thresholds"), i, at)
    {
      CamCounts counts;
      const json_t *expected = json_object_get (at, "counts");

      cam_cutoffs_count (cutoffs, json_number_value (json_object_get (at, "threshold")), &counts);
      assert_near (name_of (test), counts.true_positive, json_array_get (expected, 0));
      assert_near (name_of (test), counts.false_positive, json_array_get (expected, 1));
      assert_near (name_of (test), counts.true_negative, json_array_get (expected, 2));
      assert_near (name_of (test), counts.false_negative, json_array_get (expected, 3));
      for (guint k = 0; k < G_N_ELEMENTS (scores); k++)
        assert_near (scores[k].name, scores[k].get (&counts), json_object_get (at, scores[k].name));
    }
}

/* Only corners are kept: each is one of the recorded points, and the area beneath is the same. */
static void
check_roc (const json_t     *test,
           const CamCutoffs *cutoffs)
{
  g_autoptr(GArray) points = cam_cutoffs_list_roc (cutoffs, 0);
  const json_t *x = json_array_get (json_object_get (test, "roc"), 0), *y = json_array_get (json_object_get (test, "roc"), 1);
  double area = 0.0;
  gsize at = 0;

  g_assert_cmpuint (points->len > 0, ==, x != NULL);
  for (guint i = 0; i < points->len; i++)
    {
      const CamCutoffPoint *point = &g_array_index (points, CamCutoffPoint, i);

      while (at < json_array_size (x) && (fabs (json_number_value (json_array_get (x, at)) - point->x) > ROOM || fabs (json_number_value (json_array_get (y, at)) - point->y) > ROOM))
        at++;
      g_assert_cmpuint (at, <, json_array_size (x));
      if (i > 0)
        area += (point->x - point[-1].x) * (point->y + point[-1].y) / 2.0;
    }
  if (points->len > 0)
    {
      assert_near (name_of (test), area, json_object_get (test, "auc"));
      g_assert_true (g_array_index (points, CamCutoffPoint, points->len - 1).x == 1.0 && g_array_index (points, CamCutoffPoint, points->len - 1).y == 1.0);
    }
}

/* The first recorded point is one that scikit-learn adds by itself. */
static void
check_precision (const json_t     *test,
                 const CamCutoffs *cutoffs)
{
  g_autoptr(GArray) points = cam_cutoffs_list_precision (cutoffs, 0);
  const json_t *both = json_object_get (test, "precision_recall");

  g_assert_cmpuint (points->len, ==, json_array_size (json_array_get (both, 0)));
  for (guint i = 1; i < points->len; i++)
    {
      assert_near (name_of (test), g_array_index (points, CamCutoffPoint, i).y, json_array_get (json_array_get (both, 0), i));
      assert_near (name_of (test), g_array_index (points, CamCutoffPoint, i).x, json_array_get (json_array_get (both, 1), i));
    }
}

static void
check_reliability (const json_t *test,
                   const float  *scores,
                   const guint8 *truth,
                   gsize         n)
{
  const json_t *said = json_array_get (json_object_get (test, "reliability"), 0), *share = json_array_get (json_object_get (test, "reliability"), 1);
  CamReliabilityBin bins[5];
  gsize at = 0;

  assert_near (name_of (test), cam_reliability (scores, truth, n, bins, 5), json_object_get (test, "brier"));
  for (guint b = 0; b < 5 && json_array_size (said) > 0; b++)
    if (bins[b].n > 0)
      {
        assert_near (name_of (test), bins[b].said, json_array_get (said, at));
        assert_near (name_of (test), bins[b].share, json_array_get (share, at));
        at++;
      }
  g_assert_cmpuint (at, ==, json_array_size (said));
}

static void
test_binary (void)
{
  gsize i;
  json_t *test;

  json_array_foreach (json_object_get (recorded, "binary"), i, test)
    {
      gsize n = json_array_size (json_object_get (test, "truth"));
      g_autofree float *scores = read_floats (json_object_get (test, "scores"));
      g_autofree guint8 *truth = read_truth (json_object_get (test, "truth"), 0, 1);
      g_autoptr(CamCutoffs) cutoffs = cam_cutoffs_new (scores, truth, n);

      assert_near (name_of (test), cam_cutoffs_get_auc (cutoffs), json_object_get (test, "auc"));
      assert_near (name_of (test), cam_cutoffs_get_average_precision (cutoffs), json_object_get (test, "average_precision"));
      check_thresholds (test, cutoffs);
      check_roc (test, cutoffs);
      check_precision (test, cutoffs);
      check_reliability (test, scores, truth, n);
    }
}

/* Against trying every threshold there is. */
static void
test_cheapest (void)
{
  static const double costs[][2] = { { 1, 1 }, { 10, 1 }, { 1, 10 }, { 1, 0 }, { 0, 1 } };
  gsize i;
  json_t *test;

  json_array_foreach (json_object_get (recorded, "binary"), i, test)
    for (guint c = 0; c < G_N_ELEMENTS (costs); c++)
      {
        gsize n = json_array_size (json_object_get (test, "truth"));
        g_autofree float *scores = read_floats (json_object_get (test, "scores"));
        g_autofree guint8 *truth = read_truth (json_object_get (test, "truth"), 0, 1);
        g_autoptr(CamCutoffs) cutoffs = cam_cutoffs_new (scores, truth, n);
        double cost, least = INFINITY, threshold = cam_cutoffs_find_cheapest (cutoffs, costs[c][0], costs[c][1], &cost);
        CamCounts counts;

        for (guint t = 0; t <= 2000; t++)
          {
            cam_cutoffs_count (cutoffs, t / 2000.0, &counts);
            least = fmin (least, costs[c][0] * counts.false_positive + costs[c][1] * counts.false_negative);
          }
        cam_cutoffs_count (cutoffs, threshold, &counts);
        g_assert_true (threshold >= 0.0 && threshold <= 1.0);
        g_assert_cmpfloat_with_epsilon (costs[c][0] * counts.false_positive + costs[c][1] * counts.false_negative, cost * (double) n, 1e-9);
        g_assert_cmpfloat (cost * (double) n, <=, least + 1e-9);
      }
}

static void
test_not_finite (void)
{
  const float scores[] = { 0.9f, NAN, 0.1f, INFINITY };
  const guint8 truth[] = { 1, 1, 0, 0 };
  g_autoptr(CamCutoffs) cutoffs = cam_cutoffs_new (scores, truth, 4), none = cam_cutoffs_new (scores, truth, 0);
  CamReliabilityBin bins[2];

  g_assert_cmpuint (cutoffs->n_positive, ==, 1);
  g_assert_cmpuint (cutoffs->n_negative, ==, 1);
  g_assert_cmpfloat (cam_cutoffs_get_auc (cutoffs), ==, 1.0);
  g_assert_true (isnan (cam_cutoffs_get_auc (none)));
  g_assert_cmpfloat_with_epsilon (cam_reliability (scores, truth, 4, bins, 2), 0.01, 1e-7);
  g_assert_true (isnan (cam_reliability (scores, truth, 0, bins, 2)));
}

static void
test_thin (void)
{
  g_autofree float *scores = g_new (float, 20000);
  g_autofree guint8 *truth = g_new (guint8, 20000);
  g_autoptr(CamCutoffs) cutoffs = NULL;
  g_autoptr(GArray) points = NULL;
  double area = 0.0;
  CamRng rng;

  cam_rng_init (&rng, 3, 0);
  for (guint i = 0; i < 20000; i++)
    {
      truth[i] = cam_rng_uniform (&rng) < 0.3;
      scores[i] = (float) (0.4 * truth[i] + 0.6 * cam_rng_uniform (&rng));
    }
  cutoffs = cam_cutoffs_new (scores, truth, 20000);
  points = cam_cutoffs_list_roc (cutoffs, 400);
  for (guint i = 1; i < points->len; i++)
    {
      const CamCutoffPoint *point = &g_array_index (points, CamCutoffPoint, i);

      area += (point->x - point[-1].x) * (point->y + point[-1].y) / 2.0;
    }
  g_assert_cmpuint (points->len, <=, 410);
  g_assert_cmpfloat_with_epsilon (area, cam_cutoffs_get_auc (cutoffs), 1e-3);
}

/* Classes and labels --------------------------------------------------------------------------------------------------- */

static void
check_averages (const char     *where,
                const json_t   *averages,
                CamAverage      average,
                const char     *name,
                CamClassScores  scores)
{
  const json_t *expected = json_object_get (averages, name);

  assert_near (where, scores.precision, json_array_get (expected, 0));
  assert_near (where, scores.recall, json_array_get (expected, 1));
  assert_near (where, scores.f1, json_array_get (expected, 2));
}

static const struct { CamAverage average; const char *name; } averages[] = {
  { CAM_AVERAGE_MACRO, "macro" }, { CAM_AVERAGE_WEIGHTED, "weighted" }, { CAM_AVERAGE_MICRO, "micro" },
};

static void
check_classes (const json_t       *test,
               const CamConfusion *confusion,
               const float        *scores,
               const int          *truth)
{
  guint n = confusion->n_classes;

  for (guint c = 0; c < n; c++)
    {
      CamCounts counts;
      g_autofree float *column = g_new (float, confusion->n);
      g_autofree guint8 *is_it = g_new (guint8, confusion->n);
      g_autoptr(CamCutoffs) cutoffs = NULL;

      cam_confusion_count (confusion, c, &counts);
      assert_near (name_of (test), cam_counts_get_precision (&counts), json_array_get (json_object_get (test, "precision"), c));
      assert_near (name_of (test), cam_counts_get_recall (&counts), json_array_get (json_object_get (test, "recall"), c));
      assert_near (name_of (test), cam_counts_get_f1 (&counts), json_array_get (json_object_get (test, "f1"), c));
      assert_near (name_of (test), (double) confusion->truths[c], json_array_get (json_object_get (test, "support"), c));
      for (gsize i = 0; i < confusion->n; i++)
        {
          column[i] = scores[i * n + c];
          is_it[i] = truth[i] == (int) c;
        }
      cutoffs = cam_cutoffs_new (column, is_it, confusion->n);
      assert_near (name_of (test), cam_cutoffs_get_auc (cutoffs), json_array_get (json_object_get (test, "auc"), c));
    }
  for (guint k = 1; k < n; k++)
    assert_near (name_of (test), cam_top_k (scores, truth, confusion->n, n, k), json_array_get (json_object_get (test, "top_k"), k - 1));
}

static void
test_multiclass (void)
{
  gsize i;
  json_t *test;

  json_array_foreach (json_object_get (recorded, "multiclass"), i, test)
    {
      guint n_classes = (guint) json_integer_value (json_object_get (test, "n_classes"));
      gsize n = json_array_size (json_object_get (test, "truth"));
      g_autofree float *scores = read_floats (json_object_get (test, "scores"));
      g_autofree int *truth = read_ints (json_object_get (test, "truth")), *said = g_new0 (int, n);
      g_autoptr(CamConfusion) confusion = NULL;

      for (gsize row = 0; row < n; row++)
        for (guint c = 1; c < n_classes; c++)
          if (scores[row * n_classes + c] > scores[row * n_classes + (guint) said[row]])
            said[row] = (int) c;
      confusion = cam_confusion_new (truth, said, n, n_classes);
      for (guint c = 0; c < n_classes * n_classes; c++)
        assert_near (name_of (test), (double) confusion->counts[c], json_array_get (json_object_get (test, "confusion"), c));
      assert_near (name_of (test), cam_confusion_get_accuracy (confusion), json_object_get (test, "accuracy"));
      assert_near (name_of (test), cam_confusion_get_balanced_accuracy (confusion), json_object_get (test, "balanced_accuracy"));
      assert_near (name_of (test), cam_confusion_get_matthews (confusion), json_object_get (test, "matthews"));
      for (guint a = 0; a < G_N_ELEMENTS (averages); a++)
        {
          CamClassScores average;

          cam_confusion_get_average (confusion, averages[a].average, &average);
          check_averages (name_of (test), json_object_get (test, "averages"), averages[a].average, averages[a].name, average);
        }
      check_classes (test, confusion, scores, truth);
    }
}

static void
test_multilabel (void)
{
  gsize i;
  json_t *test;

  json_array_foreach (json_object_get (recorded, "multilabel"), i, test)
    {
      guint n_labels = (guint) json_integer_value (json_object_get (test, "n_labels"));
      gsize n = json_array_size (json_object_get (test, "truth")) / n_labels;
      g_autofree float *scores = read_floats (json_object_get (test, "scores")), *column = g_new (float, n);
      g_autofree CamCounts *labels = g_new (CamCounts, n_labels);

      for (guint k = 0; k < n_labels; k++)
        {
          g_autofree guint8 *truth = read_truth (json_object_get (test, "truth"), k, n_labels);
          g_autoptr(CamCutoffs) cutoffs = NULL;

          for (gsize row = 0; row < n; row++)
            column[row] = scores[row * n_labels + k];
          cutoffs = cam_cutoffs_new (column, truth, n);
          cam_cutoffs_count (cutoffs, 0.5, &labels[k]);
          assert_near (name_of (test), cam_cutoffs_get_auc (cutoffs), json_array_get (json_object_get (test, "auc"), k));
        }
      for (guint a = 0; a < G_N_ELEMENTS (averages); a++)
        {
          CamClassScores average;

          cam_count_average (labels, n_labels, averages[a].average, &average);
          check_averages (name_of (test), json_object_get (test, "averages"), averages[a].average, averages[a].name, average);
        }
    }
}

static void
test_shares_and_orders (void)
{
  const int truth[] = { 0, 0, 0, 1, 1, 2, 2, 2, 2, -1 }, said[] = { 0, 2, 2, 1, 0, 2, 2, 2, 0, 1 };
  g_autoptr(CamConfusion) confusion = cam_confusion_new (truth, said, G_N_ELEMENTS (truth), 4);
  g_autofree guint *support = cam_confusion_list_order (confusion, CAM_CONFUSION_BY_SUPPORT), *recall = cam_confusion_list_order (confusion, CAM_CONFUSION_BY_RECALL);
  g_autofree guint *alike = cam_confusion_list_order (confusion, CAM_CONFUSION_ALIKE), *own = cam_confusion_list_order (confusion, CAM_CONFUSION_AS_IT_IS);
  const guint expected[4][4] = { { 2, 0, 1, 3 }, { 0, 1, 2, 3 }, { 0, 2, 1, 3 }, { 0, 1, 2, 3 } };

  g_assert_cmpuint (confusion->n, ==, 9);
  g_assert_cmpfloat (cam_confusion_get (confusion, 0, 2, CAM_CONFUSION_COUNTS), ==, 2.0);
  g_assert_cmpfloat (cam_confusion_get (confusion, 0, 2, CAM_CONFUSION_BY_TRUTH), ==, 2.0 / 3.0);
  g_assert_cmpfloat (cam_confusion_get (confusion, 0, 2, CAM_CONFUSION_BY_ANSWER), ==, 2.0 / 5.0);
  g_assert_cmpfloat (cam_confusion_get (confusion, 0, 2, CAM_CONFUSION_BY_ALL), ==, 2.0 / 9.0);
  g_assert_cmpfloat (cam_confusion_get (confusion, 3, 3, CAM_CONFUSION_BY_TRUTH), ==, 0.0);
  g_assert_cmpmem (support, 16, expected[0], 16);
  g_assert_cmpmem (recall, 16, expected[1], 16);
  g_assert_cmpmem (alike, 16, expected[2], 16);
  g_assert_cmpmem (own, 16, expected[3], 16);
}

/* Numbers ------------------------------------------------------------------------------------------------------------ */

static void
test_regression (void)
{
  gsize i;
  json_t *test;

  json_array_foreach (json_object_get (recorded, "regression"), i, test)
    {
      gsize n = json_array_size (json_object_get (test, "truth"));
      g_autofree float *truth = read_floats (json_object_get (test, "truth")), *said = read_floats (json_object_get (test, "said"));
      g_autoptr(GArray) pairs = cam_misses_list_quantiles (truth, said, n, 1000);
      CamMisses misses;

      cam_misses_init (&misses, truth, said, n);
      g_assert_cmpuint (misses.n, ==, n);
      assert_near (name_of (test), misses.mean_absolute, json_object_get (test, "mean_absolute"));
      assert_near (name_of (test), misses.median_absolute, json_object_get (test, "median_absolute"));
      assert_near (name_of (test), misses.max_absolute, json_object_get (test, "max_absolute"));
      assert_near (name_of (test), misses.root_mean_square, json_object_get (test, "root_mean_square"));
      assert_near (name_of (test), misses.bias, json_object_get (test, "bias"));
      assert_near (name_of (test), misses.mape, json_object_get (test, "mape"));
      /* Of a single row scikit-learn says nothing. */
      if (n > 1)
        assert_near (name_of (test), misses.r2, json_object_get (test, "r2"));
      g_assert_cmpuint (pairs->len, ==, n);
      for (guint k = 0; k < pairs->len; k++)
        {
          assert_near (name_of (test), g_array_index (pairs, CamQuantilePair, k).normal, json_array_get (json_object_get (test, "normal"), k));
          assert_near (name_of (test), g_array_index (pairs, CamQuantilePair, k).residual, json_array_get (json_object_get (test, "residuals"), k));
        }
    }
}

static void
test_no_pairs (void)
{
  const float truth[] = { NAN, 1.0f, 2.0f }, said[] = { 1.0f, INFINITY, 2.5f };
  CamMisses misses;

  cam_misses_init (&misses, truth, said, 2);
  g_assert_true (misses.n == 0 && isnan (misses.mean_absolute) && isnan (misses.max_absolute) && isnan (misses.r2));
  cam_misses_init (&misses, truth, said, 3);
  g_assert_true (misses.n == 1 && misses.mean_absolute == 0.5 && misses.max_absolute == 0.5);
}

/* Mean and variance of 20,000 draws, each within five of its standard errors. */
static void
test_binomial (void)
{
  static const struct { double n, p; } cases[] = { { 1, 0.3 }, { 10, 0.5 }, { 40, 0.2 }, { 100, 0.97 }, { 1000, 0.5 }, { 1e6, 1e-6 }, { 1e6, 0.25 } };
  const guint n_draws = 20000;
  CamRng rng;

  cam_rng_init (&rng, 5, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double n = cases[i].n, p = cases[i].p, variance = n * p * (1.0 - p), sum = 0.0, squares = 0.0, fourth;

      for (guint k = 0; k < n_draws; k++)
        {
          double value = cam_rng_binomial (&rng, n, p);

          g_assert_true (value >= 0.0 && value <= n && value == floor (value));
          sum += value - n * p;
          squares += (value - n * p) * (value - n * p);
        }
      fourth = variance * variance * 2.0 + variance * (1.0 - 6.0 * p * (1.0 - p));
      g_assert_cmpfloat (fabs (sum / n_draws), <=, 5.0 * sqrt (variance / n_draws));
      g_assert_cmpfloat (fabs (squares / n_draws - variance), <=, 5.0 * sqrt (fourth / n_draws));
    }
  g_assert_true (cam_rng_binomial (&rng, 7, 0.0) == 0.0 && cam_rng_binomial (&rng, 7, 1.0) == 7.0 && cam_rng_binomial (&rng, 0, 0.5) == 0.0);
}

static double
first_share (const double *weights,
             gsize         n,
             gpointer      user_data)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += weights[i];

  return weights[0] / sum;
}

static double
mean_of (const double *weights,
         gsize         n,
         gpointer      user_data)
{
  const double *values = user_data;
  double sum = 0.0, total = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      sum += weights[i] * values[i];
      total += weights[i];
    }

  return sum / total;
}

/* Shares and means of many rows lie where the normal distribution puts them. */
static void
test_bootstrap (void)
{
  const double cells[] = { 800, 200 };
  g_autofree double *values = g_new (double, 400);
  double deviation = sqrt (0.8 * 0.2 / 1000.0);
  CamInterval interval, again;
  CamSpread spread;
  CamRng rng;

  cam_bootstrap (cells, 2, 4000, 1, first_share, NULL, &interval);
  cam_bootstrap (cells, 2, 4000, 1, first_share, NULL, &again);
  g_assert_cmpfloat_with_epsilon (interval.low, 0.8 - 1.96 * deviation, 0.1 * deviation);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.8 + 1.96 * deviation, 0.1 * deviation);
  g_assert_true (interval.low == again.low && interval.high == again.high);

  cam_rng_init (&rng, 9, 0);
  for (guint i = 0; i < 400; i++)
    values[i] = cam_rng_normal (&rng);
  cam_spread_init (&spread, values, 400);
  cam_bootstrap (NULL, 400, 4000, 2, mean_of, values, &interval);
  g_assert_cmpfloat_with_epsilon (interval.low, spread.mean - 1.96 * spread.error, 0.1 * spread.error);
  g_assert_cmpfloat_with_epsilon (interval.high, spread.mean + 1.96 * spread.error, 0.1 * spread.error);

  cam_bootstrap (NULL, 0, 100, 1, mean_of, NULL, &interval);
  g_assert_true (isnan (interval.low) && isnan (interval.high));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "scores", "sklearn.json", NULL);
  recorded = cam_json_load (path, &error);
  g_assert_no_error (error);

  g_test_add_func ("/scores/binary", test_binary);
  g_test_add_func ("/scores/cheapest-threshold", test_cheapest);
  g_test_add_func ("/scores/not-finite", test_not_finite);
  g_test_add_func ("/scores/thin-curve", test_thin);
  g_test_add_func ("/scores/multiclass", test_multiclass);
  g_test_add_func ("/scores/multilabel", test_multilabel);
  g_test_add_func ("/scores/shares-and-orders", test_shares_and_orders);
  g_test_add_func ("/scores/regression", test_regression);
  g_test_add_func ("/scores/no-pairs", test_no_pairs);
  g_test_add_func ("/scores/binomial", test_binomial);
  g_test_add_func ("/scores/bootstrap", test_bootstrap);
  status = g_test_run ();
  json_decref (recorded);

  return status;
}
