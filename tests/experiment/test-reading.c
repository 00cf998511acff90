/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves in words: each rule on a history that it is about, silence on those that mean nothing or are as they should be, and edits that the document takes. */
#include <cam-reading.h>
#include <cam-rng.h>
#include <math.h>
#include <string.h>

#include "experiment-fixture.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"
#define MOST 400

typedef struct
{
  double train[MOST], val[MOST], accuracy[MOST];
} History;

/* Noise of a fixed seed, between −1 and 1. */
static double
shake (CamRng *rng)
{
  return 2.0 * cam_rng_uniform (rng) - 1.0;
}

static void
make_healthy (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.1 + 0.6 * exp (-(double) i * 4.0 / n) + 0.002 * shake (rng);
  h->val[i] = 0.13 + 0.58 * exp (-(double) i * 4.0 / n) + 0.006 * shake (rng);
  h->accuracy[i] = 0.95 - 0.4 * exp (-(double) i * 4.0 / n);
}

static void
make_overfitting (History *h, guint i, guint n, CamRng *rng)
{
  double t = (double) i / n;

  h->train[i] = 0.01 + 0.65 * exp (-t * 8.0) + 0.002 * shake (rng);
  h->val[i] = 0.2 + 0.45 * exp (-t * 12.0) + 0.35 * MAX (0.0, t - 0.25) + 0.006 * shake (rng);
  h->accuracy[i] = 0.9;
}

/* Trembles a lot, and only comes up a little at the end: nobody can say. */
static void
make_noisy (History *h, guint i, guint n, CamRng *rng)
{
  double t = (double) i / n;

  h->train[i] = 0.2 + 0.5 * exp (-t * 6.0) + 0.004 * shake (rng);
  h->val[i] = 0.3 + 0.4 * exp (-t * 6.0) + 0.02 * t + 0.03 * shake (rng);
  h->accuracy[i] = 0.85;
}

static void
make_bouncing (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.9 + 0.4 * shake (rng) - 0.1 * i / n;
  h->val[i] = 0.9 + 0.4 * shake (rng);
  h->accuracy[i] = 0.6;
}

static void
make_creeping (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.7 - 0.08 * i / n;
  h->val[i] = 0.71 - 0.078 * i / n;
  h->accuracy[i] = 0.55;
}

static void
make_dull (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.64 + 0.05 * exp (-(double) i * 0.6) + 0.0008 * shake (rng);
  h->val[i] = 0.645 + 0.05 * exp (-(double) i * 0.6) + 0.001 * shake (rng);
  h->accuracy[i] = 0.6;
}

static void
make_plateau (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.3 + 0.7 * exp (-(double) i * 20.0 / n) + 0.001 * shake (rng);
  h->val[i] = 0.32 + 0.7 * exp (-(double) i * 20.0 / n) + 0.001 * shake (rng);
  h->accuracy[i] = 0.8;
}

/* A first epoch so bad that all after it looks still beside it. */
static void
make_exploded (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = i == 0 ? 2e10 : 90.0 + (i % 2 == 1 ? 30.0 : -30.0) + shake (rng);
  h->val[i] = i == 0 ? 2e10 : 95.0 + (i % 2 == 1 ? 30.0 : -30.0) + shake (rng);
  h->accuracy[i] = 0.6;
}

/* It had learned something once, and has bounced about far above that ever since. */
static void
make_lost (History *h, guint i, guint n, CamRng *rng)
{
  double loss = i == 0 ? 2e10 : i == 4 ? 0.66 : 60.0 + (i % 2 == 1 ? 8.0 : -8.0) + shake (rng);

  h->train[i] = loss;
  h->val[i] = loss * 1.1;
  h->accuracy[i] = 0.55;
}

static void
make_jumping (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.1 + 0.6 * exp (-(double) i * 4.0 / n);
  h->val[i] = 0.2 + 0.6 * exp (-(double) i * 4.0 / n) + (i % 2 == 1 ? 0.4 : 0.0);
  h->accuracy[i] = 0.9;
}

static void
make_leaking (History *h, guint i, guint n, CamRng *rng)
{
  h->train[i] = 0.5 * exp (-(double) i * 0.8) + 1e-4;
  h->val[i] = 0.5 * exp (-(double) i * 0.8) + 1e-4;
  h->accuracy[i] = i == 0 ? 0.97 : 1.0;
}

/* Perfect in the end, after some learning: an easy table, as iris is. */
static void
make_easy (History *h, guint i, guint n, CamRng *rng)
{
  make_healthy (h, i, n, rng);
  h->accuracy[i] = i < n / 3 ? 0.9 : 1.0;
}

static const struct
{
  const char *name;
  void      (*make) (History *h, guint i, guint n, CamRng *rng);
  guint       n;
  const char *kinds;      /* expected, by their numbers */
  const char *fix;        /* path of the first one's change; NULL: none */
} cases[] = {
  { "healthy", make_healthy, 60, "", NULL },
  { "healthy-long", make_healthy, 400, "", NULL },
  { "easy", make_easy, 60, "", NULL },
  { "noisy", make_noisy, 60, "", NULL },
  { "few-epochs", make_overfitting, 9, "", NULL },
  { "overfitting", make_overfitting, 80, "0", "callbacks" },
  { "overfitting-long", make_overfitting, 400, "0", "callbacks" },
  { "underfitting", make_dull, 60, "1", "network/0/config/units" },
  { "rate-too-high", make_bouncing, 40, "2", "optimizer" },
  { "rate-too-low", make_creeping, 40, "3", "optimizer" },
  { "plateau", make_plateau, 60, "4", "callbacks" },
  { "exploded", make_exploded, 60, "", NULL },
  { "lost", make_lost, 60, "2", "optimizer" },
  { "unstable", make_jumping, 40, "5", "fit/batch_size" },
  { "leakage", make_leaking, 20, "6", NULL },
};

static GPtrArray *
read_case (guint                i,
           History             *h,
           const CamExperiment *experiment)
{
  static const char *const keys[] = { "loss", "val_accuracy", "val_loss", "train_loss", NULL };
  const double *const columns[] = { h->train, h->accuracy, h->val, h->train };
  CamCurves curves = { keys, columns, cases[i].n };
  CamRng rng;

  cam_rng_init (&rng, 5, i);
  for (guint epoch = 0; epoch < cases[i].n; epoch++)
    cases[i].make (h, epoch, cases[i].n, &rng);

  return cam_readings_new (&curves, experiment);
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(CamExperiment) experiment = fixture_experiment ("breast-cancer", "16, 8", ADAM, "\"epochs\": 60, \"batch_size\": 16", "[]");
  g_autofree History *h = g_new0 (History, 1);
  g_autoptr(GPtrArray) readings = read_case (i, h, experiment);
  g_autoptr(GString) kinds = g_string_new (NULL);

  for (guint r = 0; r < readings->len; r++)
    {
      const CamReading *reading = readings->pdata[r];

      g_string_append_printf (kinds, "%d", reading->kind);
      g_test_message ("%s %s [%s]", reading->claim, reading->evidence, reading->fix_title != NULL ? reading->fix_title : "–");
      g_assert_cmpuint (reading->epoch, >=, 1);
      g_assert_cmpuint (reading->epoch, <=, cases[i].n);
      if (reading->fix_path != NULL)
        {
          g_autoptr(GError) error = NULL;
          g_autoptr(CamExperiment) changed = cam_experiment_with (experiment, reading->fix_path, reading->fix_value, &error);

          g_assert_no_error (error);
          g_assert_nonnull (changed);
        }
    }
  g_assert_cmpstr (kinds->str, ==, cases[i].kinds);
  if (readings->len > 0)
    g_assert_cmpstr (((const CamReading *) readings->pdata[0])->fix_path, ==, cases[i].fix);
}

/* What is done already is not offered again. */
static void
test_no_fix_twice (void)
{
  g_autoptr(CamExperiment) experiment = fixture_experiment ("breast-cancer", "16, 8", ADAM, "\"epochs\": 60", "[\"EarlyStopping\", \"ReduceLROnPlateau\"]");
  g_autofree History *h = g_new0 (History, 1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_str_equal (cases[i].name, "overfitting") || g_str_equal (cases[i].name, "plateau"))
      {
        g_autoptr(GPtrArray) readings = read_case (i, h, experiment);

        g_assert_cmpuint (readings->len, ==, 1);
        g_assert_null (((const CamReading *) readings->pdata[0])->fix_path);
      }
}

/* Nothing, one curve alone, numbers that are none. */
static void
test_little (void)
{
  static const char *const one[] = { "loss", NULL }, *const none[] = { NULL };
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "16", ADAM, "\"epochs\": 60", "[]");
  double curve[30];
  const double *columns[] = { curve };
  CamCurves curves = { one, columns, 30 };
  g_autoptr(GPtrArray) readings = NULL;

  for (guint i = 0; i < 30; i++)
    curve[i] = exp (-(double) i * 0.05);
  readings = cam_readings_new (&curves, experiment);
  g_assert_cmpuint (readings->len, ==, 0);
  g_ptr_array_unref (readings);
  curve[12] = NAN;
  readings = cam_readings_new (&curves, experiment);
  g_assert_cmpuint (readings->len, ==, 0);
  g_ptr_array_unref (readings);
  curves.keys = none;
  readings = cam_readings_new (&curves, experiment);
  g_assert_cmpuint (readings->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/reading/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/experiment/reading/no-fix-twice", test_no_fix_twice);
  g_test_add_func ("/experiment/reading/little", test_little);

  return g_test_run ();
}
