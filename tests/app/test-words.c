/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them. */

#include <math.h>

#include <glib.h>

#include "cam-words.h"

static void
test_count (void)
{
  static const struct { guint64 n; const char *text; } cases[] = {
    { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1348, "1,348" }, { 1234567, "1,234,567" },
    { G_MAXUINT64, "18,446,744,073,709,551,615" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_words_count (cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_number (void)
{
  static const struct { double value; const char *text; } cases[] = {
    { 42.16, "42.16" }, { 0.00312, "0.00312" }, { -3.5, "-3.5" }, { 12345, "12,345" }, { -12345, "−12,345" },
    { 12345.6, "12346" }, { 1.5e10, "1.5e+10" }, { NAN, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_words_number (cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_share (void)
{
  static const struct { double share; const char *text; } cases[] = {
    { 0, "0 %" }, { 1, "100 %" }, { 0.258, "25.8 %" }, { 0.0004, "< 0.1 %" }, { 0.9999, "100 %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_words_share (cases[i].share);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/words/count", test_count);
  g_test_add_func ("/app/words/number", test_number);
  g_test_add_func ("/app/words/share", test_share);
  return g_test_run ();
}
