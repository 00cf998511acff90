/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks and their labels, as tables. */
#include <cam-ticks.h>
#include <math.h>

typedef struct
{
  double         min, max;
  guint          n_wanted;
  CamAxisFormat  format;
  const char    *labels;
} Case;

static const Case cases[] = {
  { 0, 0.7, 6, CAM_AXIS_NUMBER, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7" },
  { 0, 2.5, 5, CAM_AXIS_NUMBER, "0 0.5 1.0 1.5 2.0 2.5" },
  { -1, 1, 4, CAM_AXIS_NUMBER, "−1.0 −0.5 0 0.5 1.0" },
  { 0, 60, 6, CAM_AXIS_NUMBER, "0 10 20 30 40 50 60" },
  { 0, 4000, 4, CAM_AXIS_NUMBER, "0 1000 2000 3000 4000" },
  { 0, 10000, 4, CAM_AXIS_NUMBER, "0 2k 4k 6k 8k 10k" },
  { 0, 3e6, 3, CAM_AXIS_NUMBER, "0 1M 2M 3M" },
  { 0, 2e-5, 2, CAM_AXIS_NUMBER, "0 1·10⁻⁵ 2·10⁻⁵" },
  { -4e300, 0, 2, CAM_AXIS_NUMBER, "−4·10³⁰⁰ −2·10³⁰⁰ 0" },
  { 0.4, 1, 6, CAM_AXIS_PERCENT, "40% 50% 60% 70% 80% 90% 100%" },
  { 0.97, 1, 3, CAM_AXIS_PERCENT, "97% 98% 99% 100%" },
  { -4, 1, 6, CAM_AXIS_LOG, "10⁻⁴ 10⁻³ 10⁻² 0.1 1 10" },
  { 0, 300, 3, CAM_AXIS_LOG, "1 10¹⁰⁰ 10²⁰⁰ 10³⁰⁰" },
  { 0.05, 0.65, 4, CAM_AXIS_LOG, "2 3 4" },
  { -4300, 11300, 4, CAM_AXIS_DATE, "1960 1970 1980 1990 2000" },       /* 1958 to 2000 */
  { -98700, 14200, 4, CAM_AXIS_DATE, "1700 1800 1900 2000" },
  { 17501, 17865, 4, CAM_AXIS_DATE, "2018-01 2018-04 2018-07 2018-10" },  /* 2017-12-01 to 2018-11-30 */
  { 17501, 17560, 4, CAM_AXIS_DATE, "12-14 12-28 01-11 01-25" },
  { 17501, 17504, 3, CAM_AXIS_DATE, "12-01 12-02 12-03 12-04" },
  { 17501.2, 17502.1, 4, CAM_AXIS_DATE, "06:00 12:00 18:00 12-02" },
  { 17501.5, 17501.501, 3, CAM_AXIS_DATE, "12:00:00 12:00:30 12:01:00" },
  { -719162, -718000, 2, CAM_AXIS_DATE, "2 4" },
  { -800000, 0, 2, CAM_AXIS_DATE, "−500k 0" },                     /* before the calendar begins: days */
};

static void
test_labels (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GString) labels = g_string_new (NULL);
  CamTicks ticks;

  cam_ticks_fill (&ticks, c->min, c->max, c->n_wanted, 0, c->format);
  for (guint i = 0; i < ticks.n; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? " " : "", ticks.labels[i]);
  g_assert_cmpstr (labels->str, ==, c->labels);
}

static void
test_minor (void)
{
  CamTicks ticks;

  cam_ticks_fill (&ticks, 0, 2, 5, 0, CAM_AXIS_LOG);
  g_assert_cmpuint (ticks.n_minor, ==, 16);
  g_assert_cmpfloat_with_epsilon (ticks.minor[0], log10 (2), 1e-12);
  g_assert_cmpfloat_with_epsilon (ticks.minor[15], log10 (90), 1e-12);
}

/* However odd the range, few ticks, inside, in order. */
static void
test_bounds (void)
{
  static const double spans[] = { 1e-300, 1e-12, 0.3, 1, 7, 1e5, 1e12, 1e300 };
  static const double starts[] = { 0, 1e-300, -0.1, 3, 1e6 };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    for (guint j = 0; j < G_N_ELEMENTS (starts); j++)
      for (guint n = 0; n < 100; n += 9)
        {
          CamTicks ticks;
          double max = starts[j] + spans[i];

          if (max - starts[j] < fabs (max) * 1e-9)
            continue;
          cam_ticks_fill (&ticks, starts[j], max, n, n == 9 ? spans[i] * 1e-9 : 0, CAM_AXIS_NUMBER);
          g_assert_cmpuint (ticks.n, <=, CAM_MAX_TICKS);
          for (guint k = 0; k < ticks.n; k++)
            {
              g_assert_true (g_utf8_validate (ticks.labels[k], -1, NULL));
              g_assert_cmpfloat (ticks.values[k], >=, starts[j] - spans[i] * 1e-5);
              g_assert_cmpfloat (ticks.values[k], <=, max + spans[i] * 1e-5);
              g_assert_true (k == 0 || ticks.values[k] > ticks.values[k - 1]);
            }
        }
}

static void
test_whole_step (void)
{
  g_assert_cmpfloat (cam_ticks_step (3, 10, TRUE), ==, 1);
  g_assert_cmpfloat (cam_ticks_step (10, 4, TRUE), ==, 2);
  g_assert_cmpfloat (cam_ticks_step (10, 4, FALSE), ==, 2);
  g_assert_cmpfloat (cam_ticks_step (1, 4, FALSE), ==, 0.2);
  g_assert_cmpfloat (cam_ticks_step (100, 4, TRUE), ==, 20);
}

static void
test_dates (void)
{
  static const struct { double days; const char *text; } dates[] = {
    { 0, "1970-01-01" }, { 17501, "2017-12-01" }, { -4296, "1958-03-29" }, { 17501.520833333332, "2017-12-01 12:30" }, { 1e9, "–" }, { NAN, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *text = cam_chart_dup_date (dates[i].days);

      g_assert_cmpstr (text, ==, dates[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/charts/ticks/labels/%u", i);

      g_test_add_data_func (path, &cases[i], test_labels);
    }
  g_test_add_func ("/charts/ticks/minor", test_minor);
  g_test_add_func ("/charts/ticks/dates", test_dates);
  g_test_add_func ("/charts/ticks/bounds", test_bounds);
  g_test_add_func ("/charts/ticks/whole-step", test_whole_step);
  return g_test_run ();
}
