/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text: the digits asked for, the way back to the last bit, and no comma in any locale. */
#include <cam-number.h>
#include <cam-rng.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "../comma-locale.h"

static gboolean
parse (const char *text,
       double     *value)
{
  return cam_number_parse (text, strlen (text), value);
}

static void
check_format (void)
{
  char buf[CAM_NUMBER_BUF];

  g_assert_cmpstr (cam_number_format (buf, 0.1, 9), ==, "0.1");
  g_assert_cmpstr (cam_number_format (buf, 1.0 / 3, 3), ==, "0.333");
  g_assert_cmpstr (cam_number_format (buf, -1234567.875, 17), ==, "-1234567.875");
  g_assert_cmpstr (cam_number_format (buf, 1e-7, 9), ==, "1e-07");
  g_assert_cmpstr (cam_number_format (buf, 2.0, 99), ==, "2");
  g_assert_cmpstr (cam_number_format (buf, 25.0, 0), ==, "2e+01");
  g_assert_cmpstr (cam_number_format (buf, NAN, 9), ==, "nan");
  g_assert_cmpstr (cam_number_format (buf, -INFINITY, 9), ==, "-inf");
  g_assert_cmpstr (cam_number_format (buf, INFINITY, 9), ==, "inf");
  g_assert_cmpstr (cam_number_format (buf, -DBL_MAX, 17), ==, "-1.7976931348623157e+308");
}

/* The plain way: more and more digits until the number comes back. */
static void
check_plainly (double   value,
               gboolean is_float)
{
  char buf[CAM_NUMBER_BUF], plain[CAM_NUMBER_BUF];

  for (int digits = is_float ? 6 : 15;; digits++)
    {
      double back = g_ascii_strtod (cam_number_format (plain, value, digits), NULL);

      if ((is_float ? (float) back == (float) value : back == value) || digits == (is_float ? 9 : 17))
        break;
    }
  g_assert_cmpstr (cam_number_shortest (buf, value, is_float), ==, plain);
  {
    static int n_decimals = 0;
    char put[CAM_NUMBER_BUF];

    *(is_float ? cam_number_put_float (put, (float) value) : cam_number_put (put, value, &n_decimals)) = 0;
    g_assert_cmpstr (put, ==, plain);
  }
}

/* Numbers of the usual sizes take a short way: to the same text. */
static void
check_short_way (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 40000; i++)
    {
      double size = pow (10.0, g_rand_double_range (rand, -6.0, 10.0)) * (i % 2 == 0 ? 1.0 : -1.0);
      double scale = pow (10.0, i % 9);

      check_plainly ((float) size, TRUE);
      check_plainly (size, FALSE);
      check_plainly (rint (size * scale) / scale, FALSE);
      check_plainly ((float) (rint (size * scale) / scale), TRUE);
    }
  for (int exponent = -8; exponent <= 12; exponent++)
    {
      double power = pow (10.0, exponent);

      for (int step = -1; step <= 1; step++)
        {
          float close = step == 0 ? (float) power : nextafterf ((float) power, step < 0 ? 0.0f : INFINITY);

          check_plainly (close, TRUE);
          check_plainly (-close, TRUE);
          check_plainly (close, FALSE);
          check_plainly (step == 0 ? power : nextafter (power, step < 0 ? 0.0 : INFINITY), FALSE);
        }
    }
  for (int i = -2000; i <= 2000; i++)
    {
      check_plainly (i == 0 ? 0.0 : i, FALSE);
      check_plainly (i / 100.0, FALSE);
      check_plainly ((float) (i / 128.0), TRUE);
    }
}

static void
check_shortest (void)
{
  char buf[CAM_NUMBER_BUF];

  g_assert_cmpstr (cam_number_shortest (buf, 0.1, FALSE), ==, "0.1");
  g_assert_cmpstr (cam_number_shortest (buf, 0.1 + 0.2, FALSE), ==, "0.30000000000000004");
  g_assert_cmpstr (cam_number_shortest (buf, 0.1f, TRUE), ==, "0.1");
  g_assert_cmpstr (cam_number_shortest (buf, 16777216.0, TRUE), ==, "16777216");
  g_assert_cmpstr (cam_number_shortest (buf, 1e22, FALSE), ==, "1e+22");
  g_assert_cmpstr (cam_number_shortest (buf, -0.0, FALSE), ==, "-0");
  g_assert_cmpstr (cam_number_shortest (buf, 5e-324, FALSE), ==, "5e-324");
  g_assert_cmpstr (cam_number_shortest (buf, 1e-45f, TRUE), ==, "1e-45");
  g_assert_cmpstr (cam_number_shortest (buf, NAN, TRUE), ==, "nan");
}

static void
check_parse (void)
{
  static const struct { const char *text; double value; } good[] = {
    { "0", 0 }, { "-0.5", -0.5 }, { "+3", 3 }, { ".5", 0.5 }, { "5.", 5 }, { "1e3", 1000 }, { "1E-3", 0.001 },
    { "4.9406564584124654e-324", 4.9406564584124654e-324 }, { "INF", INFINITY }, { "-Infinity", -INFINITY },
    { "00012", 12 },
    { "0.1000000000000000055511151231257827021181583404541015625000000000000000000000", 0.1 },
  };
  static const char *const bad[] = { "", ".", "-", "+.", "e5", "1e", "1e+", "1,5", "1.2.3", " 1", "1 ", "0x10", "1_0",
                                     "nano", "infin", "--1", "1e5.0", "١" };
  double value;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (parse (good[i].text, &value));
      g_assert_true (value == good[i].value);
    }
  g_assert_true (parse ("NaN", &value) && isnan (value));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      value = 7;
      g_assert_false (parse (bad[i], &value));
      g_assert_cmpfloat (value, ==, 7);
    }
  /* The text need not end there. */
  g_assert_true (cam_number_parse ("12.5xyz", 4, &value));
  g_assert_cmpfloat (value, ==, 12.5);
}

/* Bits out of the whole range, subnormals included: nine digits give a float back, seventeen a double. */
static void
check_round_trip (void)
{
  CamRng rng;

  cam_rng_init (&rng, 1, 0);
  for (guint i = 0; i < 20000; i++)
    {
      guint64 wide = (guint64) cam_rng_next (&rng) << 32 | cam_rng_next (&rng);
      guint32 narrow = cam_rng_next (&rng);
      char buf[CAM_NUMBER_BUF];
      double number, back;
      float single;

      memcpy (&number, &wide, sizeof number);
      memcpy (&single, &narrow, sizeof single);
      if (isfinite (number))
        {
          g_assert_true (parse (cam_number_format (buf, number, 17), &back) && back == number);
          g_assert_true (parse (cam_number_shortest (buf, number, FALSE), &back) && back == number);
        }
      if (isfinite (single))
        {
          g_assert_true (parse (cam_number_format (buf, single, 9), &back) && (float) back == single);
          g_assert_true (parse (cam_number_shortest (buf, single, TRUE), &back) && (float) back == single);
        }
    }
}

static void
test_comma_locale (void)
{
  if (!comma_locale_enter ())
    return;
  check_format ();
  check_shortest ();
  check_parse ();
  check_round_trip ();
  comma_locale_leave ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/number/format", check_format);
  g_test_add_func ("/core/number/shortest", check_shortest);
  g_test_add_func ("/core/number/short-way", check_short_way);
  g_test_add_func ("/core/number/parse", check_parse);
  g_test_add_func ("/core/number/round-trip", check_round_trip);
  g_test_add_func ("/core/number/comma-locale", test_comma_locale);

  return g_test_run ();
}
