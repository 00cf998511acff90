/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a column stands to the target, against counts and quartiles worked by hand, and numpy's for the longer ones. */
#include "csv-text.h"

#include <math.h>

#include <cam-relation.h>

static const char TEXT[] =
  "x,colour,y,sex\n"
  "1,red,10,f\n"
  "2,red,20,m\n"
  "3,blue,30,f\n"
  "4,green,40,m\n"
  "5,red,50,m\n"
  ",blue,60,f\n"
  "100,,70,\n";

static CamTable *
read_table (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) csv = csv_text_read (text, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return cam_table_ref (csv->table);
}

static CamRelation *
relate (const CamTable *table,
        const char     *column,
        gboolean        is_number,
        const char     *target,
        gboolean        is_target_number)
{
  CamRelationSide to = { target != NULL ? cam_table_find (table, target) : -1, is_target_number };

  return cam_relation_new (table, (CamRelationSide) { cam_table_find (table, column), is_number }, to, NULL);
}

static void
test_statistics (void)
{
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(CamRelation) x = relate (table, "x", TRUE, NULL, FALSE);

  g_assert_cmpuint (x->n, ==, 6);
  g_assert_cmpuint (x->n_missing, ==, 1);
  g_assert_cmpuint (x->n_different, ==, 6);
  g_assert_cmpfloat (x->min, ==, 1);
  g_assert_cmpfloat (x->max, ==, 100);
  /* numpy.quantile ([1, 2, 3, 4, 5, 100], [0.25, 0.5, 0.75]), .mean (), .std () */
  g_assert_cmpfloat (x->all.q25, ==, 2.25);
  g_assert_cmpfloat (x->all.median, ==, 3.5);
  g_assert_cmpfloat (x->all.q75, ==, 4.75);
  g_assert_cmpfloat_with_epsilon (x->all.mean, 19.166666666666668, 1e-12);
  g_assert_cmpfloat_with_epsilon (x->deviation, 36.17281053805775, 1e-9);
  /* 100 is further out than 1.5 × 2.5 from the box. */
  g_assert_cmpfloat (x->all.low, ==, 1);
  g_assert_cmpfloat (x->all.high, ==, 5);
  g_assert_false (x->has_target);
  g_assert_cmpuint (x->n_groups, ==, 1);
  g_assert_cmpuint (x->bins[0], ==, 4);         /* each bin is 99 / 26 wide */
  g_assert_cmpuint (x->bins[1], ==, 1);
  g_assert_cmpuint (x->bins[CAM_RELATION_BINS - 1], ==, 1);
}

/* Classes are sorted, rows without one are left out of what is split by class. */
static void
test_number_by_class (void)
{
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(CamRelation) x = relate (table, "x", TRUE, "sex", FALSE);
  gsize n = 0;

  g_assert_cmpuint (x->n_classes, ==, 2);
  g_assert_cmpstr (x->classes[0], ==, "f");
  g_assert_cmpstr (x->classes[1], ==, "m");
  g_assert_cmpuint (x->boxes[0].n, ==, 2);
  g_assert_cmpfloat (x->boxes[0].median, ==, 2);
  g_assert_cmpuint (x->boxes[1].n, ==, 3);
  g_assert_cmpfloat (x->boxes[1].median, ==, 4);
  for (guint i = 0; i < x->n_groups * x->n_bins; i++)
    n += x->bins[i];
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (x->n, ==, 6);
}

static void
test_words_by_class (void)
{
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(CamRelation) colour = relate (table, "colour", FALSE, "sex", FALSE);

  g_assert_cmpuint (colour->n_levels, ==, 3);
  g_assert_cmpstr (colour->levels[0], ==, "red");
  g_assert_cmpstr (colour->levels[1], ==, "blue");
  g_assert_cmpstr (colour->levels[2], ==, "green");
  g_assert_cmpuint (colour->n, ==, 6);
  g_assert_cmpuint (colour->n_different, ==, 3);
  g_assert_cmpuint (colour->n_missing, ==, 1);
  g_assert_cmpuint (colour->level_counts[0], ==, 1);    /* f: red, blue, green */
  g_assert_cmpuint (colour->level_counts[1], ==, 2);
  g_assert_cmpuint (colour->level_counts[2], ==, 0);
  g_assert_cmpuint (colour->level_counts[3], ==, 2);    /* m */
  g_assert_cmpuint (colour->level_counts[4], ==, 0);
  g_assert_cmpuint (colour->level_counts[5], ==, 1);
}

static void
test_words_and_number (void)
{
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(CamRelation) colour = relate (table, "colour", FALSE, "y", TRUE);

  g_assert_cmpuint (colour->n_classes, ==, 0);
  g_assert_cmpuint (colour->level_counts[0], ==, 3);
  g_assert_cmpfloat (colour->level_boxes[0].median, ==, 20);
  g_assert_cmpfloat_with_epsilon (colour->level_boxes[0].mean, 80.0 / 3, 1e-12);
  g_assert_cmpfloat (colour->level_boxes[1].median, ==, 45);
  g_assert_cmpfloat (colour->level_boxes[2].low, ==, 40);
}

/* A column of numbers may be taken for classes: sorted by value, not by letter. */
static void
test_numbers_as_classes (void)
{
  g_autoptr(CamTable) table = read_table ("x,k\n1,10\n2,9\n3,10\n4,100\n");
  g_autoptr(CamRelation) x = relate (table, "x", TRUE, "k", FALSE);
  g_autoptr(CamRelation) k = relate (table, "k", FALSE, NULL, FALSE);

  g_assert_cmpuint (x->n_classes, ==, 3);
  g_assert_cmpstr (x->classes[0], ==, "9");
  g_assert_cmpstr (x->classes[1], ==, "10");
  g_assert_cmpstr (x->classes[2], ==, "100");
  g_assert_cmpuint (k->n_levels, ==, 3);
  g_assert_cmpstr (k->levels[0], ==, "10");
  g_assert_cmpuint (k->level_counts[0], ==, 2);
}

static void
test_two_numbers (void)
{
  g_autoptr(GString) text = g_string_new ("x,y\n");
  g_autoptr(CamTable) table = NULL;
  g_autoptr(CamRelation) x = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%u,%u\n", i, 10000 - 2 * i);
  table = read_table (text->str);
  x = relate (table, "x", TRUE, "y", TRUE);
  g_assert_cmpuint (x->n_pairs, ==, 5000);
  g_assert_cmpuint (x->n_dots, <=, CAM_RELATION_DOTS);
  g_assert_cmpuint (x->n_dots, >, CAM_RELATION_DOTS / 2);
  g_assert_cmpfloat_with_epsilon (x->correlation, -1, 1e-12);
  g_assert_cmpuint (x->n_steps, ==, CAM_RELATION_STEPS);
  for (guint i = 0; i < x->n_steps; i++)
    g_assert_cmpfloat_with_epsilon (x->step_y[i], 10000 - 2 * x->step_x[i], 1e-6);
  /* numpy.quantile (numpy.arange (5000), 0.25) */
  g_assert_cmpfloat (x->all.q25, ==, 1249.75);
}

static void
test_many_classes (void)
{
  g_autoptr(GString) text = g_string_new ("x,k\n");
  g_autoptr(CamTable) table = NULL;
  g_autoptr(CamRelation) x = NULL, k = NULL;

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (text, "%u,k%02u\n", i, i % 40);
  table = read_table (text->str);
  x = relate (table, "x", TRUE, "k", FALSE);
  g_assert_cmpuint (x->n_classes, ==, CAM_RELATION_CLASSES);
  g_assert_cmpstr (x->classes[0], ==, "k00");
  g_assert_cmpuint (x->boxes[0].n, ==, 3);
  g_assert_cmpuint (x->boxes[CAM_RELATION_CLASSES - 1].n, ==, 93);
  k = relate (table, "k", FALSE, NULL, FALSE);
  g_assert_cmpuint (k->n_levels, ==, CAM_RELATION_LEVELS);
  g_assert_cmpuint (k->n_in_other_levels, ==, 84);
  g_assert_cmpuint (k->n_different, ==, 40);
}

/* Nothing but missing values, one value only, and the target itself. */
static void
test_edges (void)
{
  g_autoptr(CamTable) table = read_table ("a,b,c\n,7,u\n,7,v\n,7,u\n");
  g_autoptr(CamRelation) empty = relate (table, "a", TRUE, "c", FALSE);
  g_autoptr(CamRelation) same = relate (table, "b", TRUE, "c", FALSE);
  g_autoptr(CamRelation) own = relate (table, "c", FALSE, "c", FALSE);
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();

  g_assert_cmpuint (empty->n, ==, 0);
  g_assert_cmpuint (empty->n_bins, ==, 0);
  g_assert_true (isnan (empty->all.median));
  g_assert_cmpuint (same->n_bins, ==, 1);
  g_assert_cmpuint (same->bins[0], ==, 2);
  g_assert_cmpuint (same->bins[1], ==, 1);
  g_assert_cmpfloat (same->deviation, ==, 0);
  g_assert_false (own->has_target);
  g_assert_cmpuint (own->level_counts[0], ==, 2);
  g_cancellable_cancel (cancelled);
  g_assert_null (cam_relation_new (table, (CamRelationSide) { 1, TRUE }, (CamRelationSide) { 2, FALSE }, cancelled));
}

/* Words are told apart by blanks; a text taken as a number is as long as it has words. */
static void
test_words (void)
{
  static const struct { const char *text; guint n; } texts[] = {
    { NULL, 0 }, { "", 0 }, { "  ", 0 }, { "one", 1 }, { " it's  a\ttext. ", 3 }, { "... !", 0 }, { "wait - what?", 2 }, { "ação é ok", 3 },
  };
  g_autoptr(GString) csv = g_string_new ("text,y\n");
  g_autoptr(CamTable) table = NULL;
  g_autoptr(CamRelation) relation = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpuint (cam_text_count_words (texts[i].text), ==, texts[i].n);
  for (guint row = 0; row < 60; row++)
    g_string_append_printf (csv, "%s number %u,%s\n", row % 3 == 0 ? "a rather long one of" : "a", row, row % 3 == 0 ? "long" : "short");
  table = read_table (csv->str);
  relation = relate (table, "text", TRUE, "y", FALSE);
  g_assert_true (relation->is_number);
  g_assert_cmpfloat (relation->min, ==, 3);
  g_assert_cmpfloat (relation->max, ==, 7);
  g_assert_cmpuint (relation->n, ==, 60);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/relation/words", test_words);
  g_test_add_func ("/dataset/relation/statistics", test_statistics);
  g_test_add_func ("/dataset/relation/number-by-class", test_number_by_class);
  g_test_add_func ("/dataset/relation/words-by-class", test_words_by_class);
  g_test_add_func ("/dataset/relation/words-and-number", test_words_and_number);
  g_test_add_func ("/dataset/relation/numbers-as-classes", test_numbers_as_classes);
  g_test_add_func ("/dataset/relation/two-numbers", test_two_numbers);
  g_test_add_func ("/dataset/relation/many-classes", test_many_classes);
  g_test_add_func ("/dataset/relation/edges", test_edges);
  return g_test_run ();
}
