/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts for the terminal: widths, tables, and the progress line at every width. */
#include <math.h>
#include <string.h>

#include <glib.h>

#include "cam-cli-progress.h"
#include "cam-cli-text.h"

static void
test_width (void)
{
  static const struct { const char *text; guint width; } cases[] = {
    { "", 0 }, { "abc", 3 }, { "célula", 6 }, { "e\xcc\x81", 1 }, { "層", 2 }, { "a…b", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (cam_cli_text_width (cases[i].text), ==, cases[i].width);
}

static void
test_cut (void)
{
  static const struct { const char *text; guint width; const char *cut; } cases[] = {
    { "abcdef", 6, "abcdef" }, { "abcdef", 5, "abcd…" }, { "abcdef", 1, "…" }, { "abcdef", 0, "" }, { "層層層", 4, "層…" }, { "", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cut = cam_cli_text_cut (cases[i].text, cases[i].width);

      g_assert_cmpstr (cut, ==, cases[i].cut);
    }
}

static void
test_clean (void)
{
  g_autofree char *escape = cam_cli_text_clean ("a\x1b[31mb\nc\td");
  g_autofree char *broken = cam_cli_text_clean ("a\xff");

  g_assert_cmpstr (escape, ==, "a [31mb c d");
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

static void
test_count (void)
{
  static const struct { guint64 n; const char *text; } cases[] = {
    { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1234567, "1,234,567" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cam_cli_text_count (cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_table (void)
{
  g_autoptr(CamCliTable) table = cam_cli_table_new ("lrl");
  g_autofree char *text = NULL;

  cam_cli_table_add (table, "name", "n", "", NULL);
  cam_cli_table_add (table, "é", "12", "x", NULL);
  cam_cli_table_add (table, "long\nname", "3", "", NULL);
  text = cam_cli_table_format (table, 1);
  g_assert_cmpstr (text, ==,
                   " name        n\n"
                   " é          12  x\n"
                   " long name   3\n");
}

static const CamCliStanding full = { 0.25, "Epoch 12/100", 0.12345, 2e-5, 310000, 75.2 };

static void
test_progress_whole (void)
{
  g_autofree char *line = cam_cli_progress_line (&full, 120);

  g_assert_cmpstr (line, ==, "Epoch 12/100  ██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  loss 0.1235  val_loss 2.0e-05  310k rows/s  1 min 16 s left");
}

/* Whatever the width, the line keeps to it, and the place is what stays longest. */
static void
test_progress_widths (void)
{
  for (guint width = 0; width < 200; width++)
    {
      g_autofree char *line = cam_cli_progress_line (&full, width);

      g_assert_cmpuint (cam_cli_text_width (line), <=, width);
      if (width >= strlen (full.place))
        g_assert_true (g_str_has_prefix (line, full.place));
    }
}

static void
test_progress_order (void)
{
  g_autofree char *narrow = cam_cli_progress_line (&full, 56);
  g_autofree char *narrower = cam_cli_progress_line (&full, 45);

  g_assert_null (strstr (narrow, "rows/s"));
  g_assert_nonnull (strstr (narrow, "val_loss"));
  g_assert_null (strstr (narrower, "val_loss"));
  g_assert_nonnull (strstr (narrower, "loss 0.1235"));
}

static void
test_progress_unknown (void)
{
  CamCliStanding standing = { 0, "Epoch 1/3", NAN, NAN, NAN, NAN };
  g_autofree char *line = cam_cli_progress_line (&standing, 60);

  g_assert_true (g_str_has_prefix (line, "Epoch 1/3  ░"));
  g_assert_null (strstr (line, "loss"));
  g_assert_null (strstr (line, "left"));
}

/* On the terminal everybody has, all the figures have their place. */
static void
test_progress_usual (void)
{
  CamCliStanding standing = { 0.5, "Epoch 50/100", 0.1, 0.2, 2.08e6, 59 };
  g_autofree char *line = cam_cli_progress_line (&standing, 79);

  g_assert_cmpstr (line, ==, "Epoch 50/100  ██████░░░░░  loss 0.1000  val_loss 0.2000  2.1M rows/s  59 s left");
}

static void
test_progress_times (void)
{
  static const struct { double seconds; const char *text; } cases[] = {
    { 0.2, "1 s left" }, { 59, "59 s left" }, { 60, "1 min 00 s left" }, { 3599, "59 min 59 s left" }, { 7260, "2 h 01 min left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CamCliStanding standing = { 0.5, "x", NAN, NAN, NAN, cases[i].seconds };
      g_autofree char *line = cam_cli_progress_line (&standing, 80);

      g_assert_true (g_str_has_suffix (line, cases[i].text));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/text/width", test_width);
  g_test_add_func ("/cli/text/cut", test_cut);
  g_test_add_func ("/cli/text/clean", test_clean);
  g_test_add_func ("/cli/text/count", test_count);
  g_test_add_func ("/cli/text/table", test_table);
  g_test_add_func ("/cli/progress/whole", test_progress_whole);
  g_test_add_func ("/cli/progress/widths", test_progress_widths);
  g_test_add_func ("/cli/progress/order", test_progress_order);
  g_test_add_func ("/cli/progress/unknown", test_progress_unknown);
  g_test_add_func ("/cli/progress/usual", test_progress_usual);
  g_test_add_func ("/cli/progress/times", test_progress_times);
  return g_test_run ();
}
