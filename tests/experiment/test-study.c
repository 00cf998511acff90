/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: the same results however the runs are scheduled, pauses, an end in the middle, words that say no more than is known. */
#include <cam-study.h>
#include <math.h>
#include <string.h>

#include "study-fixture.h"

static CamStudy *
begin (CamPlan  *plan,
       CamStore *store,
       guint     n_workers,
       gint64    id)
{
  g_autoptr(CamTable) table = fixture_table ("iris");
  CamStudy *study = cam_study_new (plan, table, store, n_workers);

  g_assert_true (CHECKED (cam_study_start (study, id, error)));
  return study;
}

static char *
table_of (CamPlan *plan,
          guint    n_workers)
{
  g_autoptr(CamStudy) study = begin (plan, NULL, n_workers, 0);

  fixture_wait_for_study (study);
  g_assert_cmpuint (cam_study_get_n_done (study), ==, cam_plan_get_n_runs (plan));
  return cam_study_to_csv (study);
}

static const struct { const char *name, *settings; } kinds[] = {
  { "repeat", "\"kind\": \"repeat\", \"repeats\": 3" },
  { "compare", "\"kind\": \"compare\", \"setting\": \"optimizer\", \"values\": [\"adam\", \"sgd\"], \"repeats\": 2" },
  { "cross-validate", "\"kind\": \"cross-validate\", \"folds\": 3, \"repeats\": 2" },
  { "learning-curve", "\"kind\": \"learning-curve\", \"sizes\": [0.2, 1], \"repeats\": 2" },
  { "search", "\"kind\": \"search\", \"space\": {\"fit/batch_size\": [8, 16, 32]}, \"trials\": 4, \"folds\": 2" },
  { "halving", "\"kind\": \"search\", \"method\": \"halving\", \"space\": {\"fit/batch_size\": {\"from\": 4, \"to\": 64, \"integer\": true}}, \"trials\": 6, \"reduction\": 2, \"first_epochs\": 2" },
};

static void
test_schedule (gconstpointer data)
{
  g_autoptr(CamPlan) plan = fixture_plan (data, 6);
  g_autofree char *alone = table_of (plan, 1), *together = table_of (plan, 2), *many = table_of (plan, 50);

  g_assert_cmpstr (alone, ==, together);
  g_assert_cmpstr (alone, ==, many);
}

static void
stop_cb (CamStudy *study,
         guint     place,
         gpointer  data)
{
  cam_study_stop (study);
}

/* Looked at without its data, a study in the store says the same as the one that made it. */
static void
check_loaded (CamPlan  *plan,
              CamStore *store,
              gint64    id,
              CamStudy *study)
{
  g_autoptr(CamStudy) loaded = cam_study_new (plan, NULL, store, 1);
  g_autofree char *table = cam_study_to_csv (study), *loaded_table = NULL, *words = cam_study_describe (study), *loaded_words = NULL;

  g_assert_true (CHECKED (cam_study_load (loaded, id, error)));
  loaded_table = cam_study_to_csv (loaded);
  loaded_words = cam_study_describe (loaded);
  g_assert_cmpint (cam_study_get_id (loaded), ==, id);
  g_assert_cmpuint (cam_study_get_n_done (loaded), ==, cam_study_get_n_done (study));
  g_assert_cmpstr (loaded_table, ==, table);
  g_assert_cmpstr (loaded_words, ==, words);
  g_assert_false (cam_study_is_running (loaded));
}

/* Stopped after its first run and taken up from the store, again and again. */
static void
test_resume (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"repeat\", \"repeats\": 4", 40);
  g_autofree char *whole = table_of (plan, 2), *folder = fixture_make_folder (), *path = g_build_filename (folder, "work.camadas", NULL);
  gint64 id = 0;

  for (guint part = 0; part < 10; part++)
    {
      g_autoptr(CamStore) store = CHECKED (cam_store_open (path, error));
      g_autoptr(CamStudy) study = NULL;
      g_autofree char *table = NULL;
      g_autoptr(CamStudyRecord) record = NULL;

      g_assert_cmpint (cam_study_find (store, plan), ==, id);
      study = begin (plan, store, 2, id);
      id = cam_study_get_id (study);
      g_signal_connect (study, "run-ended", G_CALLBACK (stop_cb), NULL);
      fixture_wait_for_study (study);
      g_assert_null (cam_study_get_error (study));
      table = cam_study_to_csv (study);
      record = cam_store_get_study (store, id, NULL);
      g_assert_cmpint (record->is_finished, ==, cam_study_get_n_done (study) == 4);
      if (cam_study_get_n_done (study) == 4)
        {
          g_autoptr(GPtrArray) runs = cam_store_list_study_runs (store, id, NULL);

          g_assert_cmpstr (table, ==, whole);
          g_assert_cmpuint (runs->len, ==, 4);
          g_assert_cmpuint (part, >, 0);
          check_loaded (plan, store, id, study);
          g_clear_object (&study);
          fixture_drop_folder (g_steal_pointer (&folder));
          return;
        }
      g_clear_object (&study);
    }
  g_assert_not_reached ();
}

static gboolean
go_on_cb (gpointer data)
{
  cam_study_set_paused (data, FALSE);
  return G_SOURCE_REMOVE;
}

static void
pause_cb (CamStudy *study,
          guint     place,
          guint    *n)
{
  (*n)++;
  cam_study_set_paused (study, TRUE);
  g_timeout_add (20, go_on_cb, study);
}

static void
test_pause (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"repeat\", \"repeats\": 3", 20);
  g_autofree char *whole = table_of (plan, 1), *table = NULL;
  g_autoptr(CamStudy) study = begin (plan, NULL, 1, 0);
  guint n = 0;

  g_signal_connect (study, "run-ended", G_CALLBACK (pause_cb), &n);
  fixture_wait_for_study (study);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  table = cam_study_to_csv (study);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (table, ==, whole);
  g_usleep (25000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Disposed with runs under way: they are in the store, to be taken up. */
static void
test_dispose (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"repeat\", \"repeats\": 3", 100000);
  g_autofree char *folder = fixture_make_folder (), *path = g_build_filename (folder, "work.camadas", NULL);
  g_autoptr(CamStore) store = CHECKED (cam_store_open (path, error));
  CamStudy *study = begin (plan, store, 2, 0);
  gint64 id = cam_study_get_id (study);
  g_autoptr(GPtrArray) runs = NULL;

  while (cam_study_get_share (study) == 0.0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (study);
  runs = cam_store_list_study_runs (store, id, NULL);
  g_assert_true (runs->len >= 1 && runs->len <= 2);
  g_clear_pointer (&store, cam_store_close);
  fixture_drop_folder (g_steal_pointer (&folder));
}

static void
test_no_difference (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"compare\", \"setting\": \"loss\", \"values\": [\"categorical_crossentropy\", \"categorical_crossentropy\"], \"repeats\": 3", 3);
  g_autoptr(CamStudy) study = begin (plan, NULL, 2, 0);
  g_autofree char *words = NULL, *finding = NULL;

  fixture_wait_for_study (study);
  words = cam_study_describe (study);
  g_assert_nonnull (strstr (words, "no difference found"));
  g_assert_null (strstr (words, "better"));
  finding = cam_study_dup_finding (study);
  g_assert_nonnull (strstr (finding, "no difference found"));
}

/* The sentence is about the best and the next. */
static void
test_finding (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"compare\", \"setting\": \"optimizer/config/learning_rate\", \"values\": [1e-6, 0.05], \"repeats\": 4", 10);
  g_autoptr(CamPlan) seeds = fixture_plan ("\"kind\": \"repeat\", \"repeats\": 2", 3);
  g_autoptr(CamStudy) study = begin (plan, NULL, 2, 0), repeat = begin (seeds, NULL, 2, 0);
  g_autofree char *finding = NULL, *reached = NULL;

  fixture_wait_for_study (study);
  fixture_wait_for_study (repeat);
  finding = cam_study_dup_finding (study);
  reached = cam_study_dup_finding (repeat);
  g_assert_true (g_str_has_prefix (finding, "0.05 is better than 1e-06, with a probability of 9"));
  g_assert_true (g_str_has_prefix (reached, "val_loss "));
  g_assert_nonnull (strstr (reached, " over 2 runs. From "));
}

/* The words of three seeds against what the results say; one seed has no spread. */
static void
test_words_of_seeds (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"repeat\", \"repeats\": 3", 5), single = fixture_plan ("\"kind\": \"repeat\", \"repeats\": 1", 5);
  g_autoptr(CamStudy) study = begin (plan, NULL, 2, 0), one = begin (single, NULL, 1, 0);
  g_autofree char *words = NULL, *few = NULL, *error = NULL;
  double sum = 0, squares = 0;

  fixture_wait_for_study (study);
  fixture_wait_for_study (one);
  words = cam_study_describe (study);
  few = cam_study_describe (one);
  for (guint i = 0; i < 3; i++)
    {
      CamStudyResult result;

      cam_study_get_result (study, i, &result);
      sum += result.score;
      squares += result.score * result.score;
    }
  error = g_strdup_printf ("standard error is %.2g.", sqrt ((squares - sum * sum / 3) / 2 / 3));
  g_assert_nonnull (strstr (words, error));
  g_assert_nonnull (strstr (words, "\nval_accuracy "));
  g_assert_null (strstr (few, "±"));
  g_assert_null (strstr (few, "standard error"));
}

/* Before anything is done there is a table without rows, and nothing is said. */
static void
test_nothing_yet (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(CamPlan) plan = fixture_plan (kinds[i].settings, 3);
      g_autoptr(CamTable) table = fixture_table ("iris");
      g_autoptr(CamStudy) study = cam_study_new (plan, table, NULL, 2);
      g_autofree char *words = cam_study_describe (study), *csv = cam_study_to_csv (study), *finding = cam_study_dup_finding (study);

      g_assert_null (strstr (words, "better than"));
      g_assert_null (strstr (finding, "better than"));
      g_assert_true (g_str_has_prefix (csv, "run,setting,seed"));
      g_assert_true (strchr (csv, '\n')[1] == 0);
    }
}

static void
test_estimate (void)
{
  g_autoptr(CamPlan) plan = fixture_plan ("\"kind\": \"learning-curve\", \"sizes\": [0.5, 1], \"seeds\": [1]", 10);
  g_autoptr(CamStudy) study = begin (plan, NULL, 1, 0);
  double row_s = cam_study_measure (study, 0.05);

  g_assert_true (row_s > 0.0 && row_s < 0.1);
  /* Training is 90 rows: half of them, and all, ten times. */
  g_assert_cmpfloat (cam_study_estimate (study, 1.0), ==, (45 + 90) * 10);
  fixture_wait_for_study (study);
  g_assert_cmpfloat (cam_study_estimate (study, 1.0), ==, 0.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/study/schedule/", kinds[i].name, NULL);

      g_test_add_data_func (path, kinds[i].settings, test_schedule);
    }
  g_test_add_func ("/experiment/study/resume", test_resume);
  g_test_add_func ("/experiment/study/pause", test_pause);
  g_test_add_func ("/experiment/study/dispose", test_dispose);
  g_test_add_func ("/experiment/study/no-difference", test_no_difference);
  g_test_add_func ("/experiment/study/finding", test_finding);
  g_test_add_func ("/experiment/study/words-of-seeds", test_words_of_seeds);
  g_test_add_func ("/experiment/study/nothing-yet", test_nothing_yet);
  g_test_add_func ("/experiment/study/estimate", test_estimate);
  return g_test_run ();
}
