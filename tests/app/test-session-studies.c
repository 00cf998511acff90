/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies of a session: the queue, pause, cancel and resume, in this session and in the next; runs in the list, names, deletion and what the winner does to the experiment. */
#include <math.h>
#include <string.h>

#include "session-test.h"

#include "cam-study-view.h"

static CamPlan *
make_plan (CamSession *session,
           const char *settings)
{
  g_autofree char *document = cam_experiment_to_text (session_test_experiment (session));
  g_autofree char *text = g_strdup_printf ("{\"camadas-plan\": 1, %s, \"experiment\": %s}", settings, document);
  g_autoptr(GError) error = NULL;
  CamPlan *plan = cam_plan_new_from_text (text, &error);

  g_assert_no_error (error);
  return plan;
}

static CamStudyItem *
add (CamSession *session,
     const char *settings)
{
  g_autoptr(CamPlan) plan = make_plan (session, settings);

  return cam_session_add_study (session, plan, NAN);
}

static guint
count_runs (CamSession *session)
{
  return g_list_model_get_n_items (cam_session_get_runs (session));
}

static guint
count_studies (CamSession *session)
{
  return g_list_model_get_n_items (cam_session_get_studies (session));
}

static gboolean
is (CamStudyItem  *item,
    CamStudyState  state)
{
  return cam_study_item_get_state (item) == state;
}

static char *
table_of (CamSession   *session,
          CamStudyItem *item)
{
  CamStudy *study = cam_session_peek_study (session, item);

  g_assert_nonnull (study);
  return cam_study_to_csv (study);
}

/* The table of the same plan, run by itself. */
static char *
undisturbed (CamSession *session,
             const char *settings)
{
  g_autoptr(CamPlan) plan = make_plan (session, settings);
  g_autoptr(CamStudy) study = cam_study_new (plan, cam_session_get_table (session), NULL, 2);

  g_assert_true (cam_study_start (study, 0, NULL));
  ui_wait (!cam_study_is_running (study));
  return cam_study_to_csv (study);
}

/* Long enough to be met on its way; under the sanitizers everything takes several times as long. */
#ifdef __SANITIZE_ADDRESS__
#define LONG 3000
#else
#define LONG 20000
#endif

static void
make_long (CamSession *session)
{
  session_test_edit (session, "fit/epochs", json_integer (LONG));
  session_test_edit (session, "callbacks", json_array ());
}

#define FEW "\"name\": \"Few\", \"kind\": \"repeat\", \"repeats\": 3"
#define OTHER "\"name\": \"Other\", \"kind\": \"compare\", \"setting\": \"network/hidden/config/activation\", \"values\": [\"tanh\", \"relu\"], \"repeats\": 2"

/* One after the other; each has its runs in the list, and the same numbers as by itself. */
static void
test_queue (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyItem *first, *second;
  g_autofree char *alone = NULL, *table = NULL, *words = NULL;

  session_test_edit (session, "fit/epochs", json_integer (20));
  alone = undisturbed (session, OTHER);
  first = add (session, FEW);
  second = add (session, OTHER);
  g_assert_cmpuint (count_studies (session), ==, 2);
  g_assert_true (is (first, CAM_STUDY_PREPARING) && is (second, CAM_STUDY_PREPARING));
  ui_wait (cam_session_get_study (session) != NULL);
  g_assert_nonnull (strstr (cam_session_get_train_reason (session), "study"));
  ui_wait (is (first, CAM_STUDY_FINISHED) && is (second, CAM_STUDY_FINISHED));
  g_assert_null (cam_session_get_study (session));
  g_assert_null (cam_session_get_train_reason (session));
  g_assert_cmpuint (cam_study_item_get_n_done (first), ==, 3);
  g_assert_cmpuint (cam_study_item_get_n_done (second), ==, 4);
  g_assert_cmpuint (count_runs (session), ==, 7);
  table = table_of (session, second);
  g_assert_cmpstr (table, ==, alone);
  words = cam_study_item_describe (second);
  g_assert_cmpstr (words, ==, "2 activations × 2 seeds");
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (cam_session_get_runs (session), i);

      g_assert_cmpint (cam_run_item_get_state (run), !=, CAM_RUN_RUNNING);
    }
  g_object_unref (session);
}

/* While it is paused a single run can be trained; then it goes on. */
static void
test_pause (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyItem *item;
  g_autofree char *alone = NULL, *table = NULL;

  make_long (session);
  alone = undisturbed (session, FEW);
  item = add (session, FEW);
  ui_wait (is (item, CAM_STUDY_RUNNING) && cam_study_item_get_share (item) > 0);
  cam_session_pause_study (session, item);
  g_assert_true (is (item, CAM_STUDY_PAUSED));
  g_assert_null (cam_session_get_train_reason (session));
  session_test_edit (session, "fit/epochs", json_integer (3));
  g_assert_true (cam_session_train (session));
  cam_session_resume_study (session, item);
  g_assert_true (is (item, CAM_STUDY_PAUSED));
  ui_wait (!session_test_is_busy (session));
  cam_session_resume_study (session, item);
  g_assert_true (is (item, CAM_STUDY_RUNNING));
  ui_wait (is (item, CAM_STUDY_FINISHED));
  table = table_of (session, item);
  g_assert_cmpstr (table, ==, alone);
  g_assert_cmpuint (count_runs (session), ==, 4);
  g_object_unref (session);
}

/* Cancelled, also while it is paused, and taken up: in the end the table of an undisturbed study. */
static void
test_cancel (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyItem *item;
  g_autofree char *alone = NULL, *table = NULL;

  make_long (session);
  alone = undisturbed (session, FEW);
  item = add (session, FEW);
  ui_wait (is (item, CAM_STUDY_RUNNING) && cam_study_item_get_share (item) > 0);
  cam_session_cancel_study (session, item);
  ui_wait (is (item, CAM_STUDY_UNFINISHED));
  g_assert_null (cam_session_get_study (session));
  cam_session_resume_study (session, item);
  ui_wait (is (item, CAM_STUDY_RUNNING));
  cam_session_pause_study (session, item);
  cam_session_cancel_study (session, item);
  ui_wait (is (item, CAM_STUDY_UNFINISHED));
  cam_session_resume_study (session, item);
  ui_wait (is (item, CAM_STUDY_FINISHED));
  table = table_of (session, item);
  g_assert_cmpstr (table, ==, alone);
  g_assert_cmpuint (count_runs (session), ==, 3);
  g_object_unref (session);
}

static void
offered_cb (CamSession    *session,
            CamStudyItem  *item,
            CamStudyItem **offered)
{
  *offered = item;
}

/* Left under way, and found by the next session. */
static void
test_again (void)
{
  CamSession *session = session_test_open ("iris.json"), *again;
  CamStudyItem *item, *offered = NULL;
  g_autofree char *alone = NULL, *table = NULL, *path = g_strdup (cam_store_get_path (cam_session_get_store (session)));

  make_long (session);
  alone = undisturbed (session, FEW);
  item = add (session, FEW);
  ui_wait (is (item, CAM_STUDY_RUNNING) && cam_study_item_get_n_done (item) > 0);
  g_object_unref (session);

  again = cam_session_new ();
  g_signal_connect (again, "failed", G_CALLBACK (session_test_fail), NULL);
  g_signal_connect (again, "unfinished", G_CALLBACK (offered_cb), &offered);
  cam_session_open_workspace (again, path);
  ui_wait (cam_session_get_dataset (again) != NULL && offered != NULL);
  g_assert_cmpstr (cam_study_item_get_name (offered), ==, "Few");
  g_assert_true (is (offered, CAM_STUDY_UNFINISHED));
  g_assert_cmpuint (cam_study_item_get_n_runs (offered), ==, 3);
  g_assert_cmpuint (cam_study_item_get_n_done (offered), >, 0);
  cam_session_resume_study (again, offered);
  ui_wait (is (offered, CAM_STUDY_FINISHED));
  table = table_of (again, offered);
  g_assert_cmpstr (table, ==, alone);

  /* Closed meanwhile it ends where it is. */
  item = add (again, OTHER);
  ui_wait (is (item, CAM_STUDY_RUNNING));
  cam_session_close (again);
  ui_wait (cam_session_get_table (again) == NULL);
  g_assert_cmpuint (count_studies (again), ==, 0);
  g_object_unref (again);
}

static void
test_delete (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyItem *item;
  g_autofree char *before = NULL, *after = NULL;
  guint n;

  session_test_edit (session, "fit/epochs", json_integer (5));
  g_assert_true (cam_session_train (session));
  ui_wait (!session_test_is_busy (session));
  item = add (session, FEW);
  ui_wait (is (item, CAM_STUDY_FINISHED));
  g_assert_true (cam_session_rename_study (session, item, "Renamed"));
  before = table_of (session, item);
  n = count_studies (session);
  {
    g_autoptr(CamStudyItem) kept = g_object_ref (item);

    g_assert_true (cam_session_delete_study (session, kept));
    g_assert_cmpuint (count_studies (session), ==, n - 1);
    g_assert_cmpuint (count_runs (session), ==, 1);
    g_assert_true (cam_session_restore_study (session, kept));
    g_assert_cmpuint (count_studies (session), ==, n);
    g_assert_cmpuint (count_runs (session), ==, 4);
    g_assert_cmpstr (cam_study_item_get_name (kept), ==, "Renamed");
    after = table_of (session, kept);
    g_assert_cmpstr (after, ==, before);
    g_assert_false (cam_session_restore_study (session, kept));
  }
  g_object_unref (session);
}

/* A file that was changed since is told of where the results are looked at, and nothing is added to them. */
static void
test_other_data (void)
{
  CamSession *session = session_test_open ("iris.json"), *again;
  g_autofree char *csv = g_build_filename (g_get_user_data_dir (), "flowers.csv", NULL), *path = NULL, *text = NULL, *shorter = NULL;
  g_autoptr(CamStudyItem) item = NULL;
  CamStudyItem *made;
  gsize length;

  g_assert_true (g_file_get_contents (cam_experiment_get_file (session_test_experiment (session)), &text, &length, NULL));
  g_assert_true (g_file_set_contents (csv, text, -1, NULL));
  cam_session_open_csv (session, csv);
  ui_wait (g_strcmp0 (cam_experiment_get_file (session_test_experiment (session)), csv) == 0 && cam_session_get_dataset (session) != NULL);
  session_test_edit (session, "fit/epochs", json_integer (2));
  made = add (session, FEW);
  ui_wait (is (made, CAM_STUDY_FINISHED));
  path = g_strdup (cam_store_get_path (cam_session_get_store (session)));
  g_object_unref (session);

  shorter = g_strndup (text, (gsize) (strrchr (g_strchomp (text), '\n') - text) + 1);
  g_assert_true (g_file_set_contents (csv, shorter, -1, NULL));
  again = cam_session_new ();
  cam_session_open_workspace (again, path);
  ui_wait (cam_session_get_dataset (again) != NULL);
  item = g_list_model_get_item (cam_session_get_studies (again), 0);
  g_assert_null (cam_study_item_get_warning (item));
  g_assert_nonnull (cam_session_peek_study (again, item));
  ui_wait (cam_study_item_get_warning (item) != NULL);
  g_object_unref (again);
  g_remove (csv);
}

/* The best setting in the experiment, with and without validation. */
static void
test_adopt (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyItem *item;
  CamStudy *study;
  g_autoptr(CamExperiment) adopted = NULL, refit = NULL;
  g_autoptr(GError) error = NULL;
  const json_t *rate;
  guint setting;

  session_test_edit (session, "fit/epochs", json_integer (30));
  item = add (session, "\"kind\": \"search\", \"method\": \"grid\", \"space\": {\"optimizer/config/learning_rate\": [1e-6, 0.02], \"network/hidden/config/activation\": [\"tanh\"]}, \"repeats\": 2");
  ui_wait (is (item, CAM_STUDY_FINISHED));
  study = cam_session_peek_study (session, item);
  g_assert_true (cam_study_find_winner (study, &setting));
  g_assert_cmpuint (setting, ==, 1);
  adopted = cam_study_adopt (study, session_test_experiment (session), FALSE, &error);
  g_assert_no_error (error);
  rate = cam_experiment_peek (adopted, "optimizer/config/learning_rate");
  g_assert_cmpfloat (json_number_value (rate), ==, 0.02);
  g_assert_cmpstr (json_string_value (cam_experiment_peek (adopted, "network/0/config/activation")), ==, "tanh");
  g_assert_true (json_equal (cam_experiment_get_split (adopted), cam_experiment_get_split (session_test_experiment (session))));

  refit = cam_study_adopt (study, session_test_experiment (session), TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (json_number_value (cam_experiment_peek (refit, "split/validation")), ==, 0.0);
  g_assert_cmpuint (json_array_size (cam_experiment_get_callbacks (refit)), ==, 0);
  g_assert_cmpuint (cam_experiment_get_epochs (refit), ==, cam_study_find_epochs (study, setting));
  g_assert_true (cam_document_replace (cam_session_get_document (session), refit, "Adopt"));
  ui_wait (cam_session_get_dataset (session) != NULL && cam_session_get_train_reason (session) == NULL);
  g_assert_cmpuint (cam_dataset_get_n_rows (cam_session_get_dataset (session), CAM_PART_VALIDATION), ==, 0);
  g_assert_true (cam_session_train (session));
  ui_wait (!session_test_is_busy (session));
  g_object_unref (session);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/session-studies/queue", test_queue);
  g_test_add_func ("/app/session-studies/pause", test_pause);
  g_test_add_func ("/app/session-studies/cancel", test_cancel);
  g_test_add_func ("/app/session-studies/again", test_again);
  g_test_add_func ("/app/session-studies/delete", test_delete);
  g_test_add_func ("/app/session-studies/other-data", test_other_data);
  g_test_add_func ("/app/session-studies/adopt", test_adopt);
  status = g_test_run ();
  session_test_clear ();

  return status;
}
