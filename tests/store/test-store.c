/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workspace: what is written is there after any end of the program, older files are brought up to date, foreign and damaged ones refused. */
#include <cam-store.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) weights = g_bytes_new_static ("abcd", 4);
  g_autoptr(GBytes) back = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  g_autofree double *history = NULL, *seconds = NULL;
  g_autofree char *preparation = NULL;
  const double nan_row[] = { NAN, INFINITY, 0.1, -0.0 }, unknown = NAN;
  guint n_epochs, n_keys, epoch;
  gint64 run = fixture_begin_run (store);

  fixture_append (store, run, 1, 2);
  g_assert_true (cam_store_append_epochs (store, run, 3, 1, nan_row, &unknown, 2, 0.25, &error));
  record = cam_store_get_run (store, run, &error);
  g_assert_cmpfloat (record->seconds, ==, 1.0);
  g_clear_pointer (&record, cam_run_record_free);
  g_assert_true (cam_store_set_weights (store, run, "best", 2, weights, &error));
  g_assert_true (cam_store_finish_run (store, run, CAM_RUN_EARLY, 2.5, "{\"a\":1}", "Stopped early.", &error));
  g_assert_no_error (error);

  record = cam_store_get_run (store, run, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->name, ==, "Run 1");
  g_assert_cmpint (record->state, ==, CAM_RUN_EARLY);
  g_assert_cmpstr (record->experiment, ==, "{\"camadas\":1}");
  g_assert_cmpstr (record->data_name, ==, "iris.csv");
  g_assert_cmpuint (record->seed, ==, 42);
  g_assert_cmpuint (g_strv_length (record->keys), ==, 4);
  g_assert_cmpstr (record->keys[3], ==, "val_loss");
  g_assert_cmpuint (record->n_epochs, ==, 3);
  g_assert_cmpuint (record->best_epoch, ==, 2);
  g_assert_cmpfloat (record->best_value, ==, 0.25);
  g_assert_cmpfloat (record->seconds, ==, 2.5);
  g_assert_cmpstr (record->report, ==, "{\"a\":1}");
  g_assert_cmpstr (record->message, ==, "Stopped early.");

  history = cam_store_dup_history (store, run, &n_epochs, &n_keys, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_epochs, ==, 3);
  g_assert_cmpuint (n_keys, ==, 4);
  g_assert_cmpfloat (history[4], ==, 8 * 0.1);
  g_assert_cmpmem (history + 8, sizeof nan_row, nan_row, sizeof nan_row);

  seconds = cam_store_dup_epoch_seconds (store, run, &n_epochs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_epochs, ==, 3);
  g_assert_true (seconds[0] == 0.5 && seconds[1] == 1.0 && isnan (seconds[2]));

  back = cam_store_dup_weights (store, run, "best", &epoch, &error);
  g_assert_true (g_bytes_equal (back, weights));
  g_assert_cmpuint (epoch, ==, 2);
  g_assert_null (cam_store_dup_weights (store, run, "last", NULL, &error));
  g_assert_no_error (error);
  preparation = cam_store_dup_preparation (store, run, &error);
  g_assert_cmpstr (preparation, ==, "{}");
}

static void
add_event (CamStore        *store,
           gint64           run,
           CamRunEventKind  kind,
           guint            epoch,
           gsize            batch,
           double           value)
{
  const CamRunEvent event = { kind, epoch, batch, value };
  g_autoptr(GError) error = NULL;

  g_assert_true (cam_store_add_event (store, run, &event, &error));
  g_assert_no_error (error);
}

static void
test_events (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autofree CamRunEvent *events = NULL, *none = NULL;
  const CamRunEvent late = { CAM_RUN_EVENT_RATE, 1, 1, 0.5 };
  gint64 run = fixture_begin_run (store), other = fixture_begin_run (store);
  guint n;

  add_event (store, run, CAM_RUN_EVENT_RATE, 3, 7, 0.1);
  add_event (store, run, CAM_RUN_EVENT_RATE, 3, 8, 0.05);
  add_event (store, run, CAM_RUN_EVENT_RATE, 3, 8, 0.01);
  add_event (store, run, CAM_RUN_EVENT_RESUMED, 4, 0, NAN);

  events = cam_store_dup_events (store, run, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (events[0].value == 0.1);
  g_assert_cmpint (events[1].kind, ==, CAM_RUN_EVENT_RATE);
  g_assert_cmpuint (events[1].epoch, ==, 3);
  g_assert_cmpuint (events[1].batch, ==, 8);
  g_assert_true (events[1].value == 0.01);
  g_assert_cmpint (events[2].kind, ==, CAM_RUN_EVENT_RESUMED);
  g_assert_true (isnan (events[2].value));

  none = cam_store_dup_events (store, other, &n, &error);
  g_assert_no_error (error);
  g_assert_nonnull (none);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (cam_store_add_event (store, 99, &late, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
}

static void
test_resume (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  g_autofree CamRunEvent *events = NULL;
  gint64 run = fixture_begin_run (store);
  guint n;

  fixture_append (store, run, 1, 5);
  add_event (store, run, CAM_RUN_EVENT_RATE, 2, 1, 0.1);
  add_event (store, run, CAM_RUN_EVENT_RATE, 5, 1, 0.01);
  g_assert_true (cam_store_finish_run (store, run, CAM_RUN_STOPPED, 2.5, "{}", "Why.", &error));
  g_assert_true (cam_store_resume_run (store, run, 3, 1, &error));
  g_assert_no_error (error);

  record = cam_store_get_run (store, run, &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->state, ==, CAM_RUN_RUNNING);
  g_assert_cmpuint (record->n_epochs, ==, 3);
  g_assert_null (record->report);
  g_assert_null (record->message);
  events = cam_store_dup_events (store, run, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  fixture_append (store, run, 4, 1);
  g_assert_false (cam_store_resume_run (store, 99, 0, 0, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
}

static gboolean
has_state (CamStore *store,
           gint64    run)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) state = cam_store_dup_weights (store, run, "state", NULL, &error);

  g_assert_no_error (error);
  return state != NULL;
}

/* Run 1 is under way, the others have ended. */
static void
test_drop_states (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) state = g_bytes_new_static ("abcd", 4);

  for (gint64 run = 1; run <= 5; run++)
    {
      g_assert_cmpint (fixture_begin_run (store), ==, run);
      g_assert_true (cam_store_set_weights (store, run, "state", 0, state, &error));
      g_assert_true (cam_store_set_weights (store, run, "best", 0, state, &error));
      g_assert_true (run == 1 || cam_store_finish_run (store, run, CAM_RUN_FINISHED, 1, NULL, NULL, &error));
    }
  g_assert_true (cam_store_drop_states (store, 2, &error));
  g_assert_no_error (error);

  g_assert_true (has_state (store, 1));
  g_assert_false (has_state (store, 2));
  g_assert_false (has_state (store, 3));
  g_assert_true (has_state (store, 4));
  g_assert_true (has_state (store, 5));
  g_clear_pointer (&state, g_bytes_unref);
  state = cam_store_dup_weights (store, 2, "best", NULL, &error);
  g_assert_nonnull (state);
}

static void
test_draft_survives (Fixture       *fixture,
                     gconstpointer  data)
{
  CamStore *store = fixture_open (fixture->path);
  g_autofree char *draft = NULL;

  g_assert_null (cam_store_dup_draft (store));
  g_assert_true (cam_store_set_draft (store, "first", NULL));
  g_assert_true (cam_store_set_draft (store, "second", NULL));
  cam_store_close (store);

  store = fixture_open (fixture->path);
  draft = cam_store_dup_draft (store);
  g_assert_cmpstr (draft, ==, "second");
  cam_store_close (store);
}

/* The text of a draft by its number. */
static void
check_draft (CamStore   *store,
             gint64      draft,
             const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *found = cam_store_dup_draft_of (store, draft, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, text);
}

static void
check_open (CamStore   *store,
            gint64      draft,
            const char *text,
            guint       n_expected)
{
  g_autofree char *found = cam_store_dup_draft (store);
  g_autofree gint64 *all = NULL;
  gint64 open = 0;
  guint n = 0;

  all = cam_store_list_drafts (store, &n, &open, NULL);
  g_assert_nonnull (all);
  g_assert_cmpuint (n, ==, n_expected);
  g_assert_cmpint (open, ==, draft);
  g_assert_cmpstr (found, ==, text);
}

/* Several drafts, of which always one is open; numbers are never given twice. */
static void
test_drafts (Fixture       *fixture,
             gconstpointer  data)
{
  CamStore *store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  gint64 third;

  check_open (store, 0, NULL, 0);
  g_assert_true (cam_store_set_draft (store, "one", NULL));
  check_open (store, 1, "one", 1);
  g_assert_cmpint (cam_store_add_draft (store, "two", NULL), ==, 2);
  check_open (store, 2, "two", 2);
  g_assert_true (cam_store_set_draft (store, "two, changed", NULL));
  g_assert_true (cam_store_open_draft (store, 1, NULL));
  g_assert_true (cam_store_set_draft (store, "one, changed", NULL));
  cam_store_close (store);

  store = fixture_open (fixture->path);
  check_open (store, 1, "one, changed", 2);
  check_draft (store, 2, "two, changed");

  /* The open one stays, and nothing is opened that is not there. */
  g_assert_false (cam_store_remove_draft (store, 1, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cam_store_open_draft (store, 7, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cam_store_dup_draft_of (store, 7, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  check_open (store, 1, "one, changed", 2);

  g_assert_true (cam_store_remove_draft (store, 2, NULL));
  check_open (store, 1, "one, changed", 1);
  third = cam_store_add_draft (store, "three", NULL);
  g_assert_cmpint (third, ==, 3);
  g_assert_true (cam_store_restore_draft (store, 2, "two, back", NULL));
  check_open (store, 3, "three", 3);
  check_draft (store, 2, "two, back");
  cam_store_close (store);
}

static void
test_delete_and_rename (Fixture       *fixture,
                        gconstpointer  data)
{
  CamStore *store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *runs = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  gint64 first = fixture_begin_run (store), second = fixture_begin_run (store);
  guint n;

  g_assert_true (cam_store_rename_run (store, second, "wide", &error));
  g_assert_true (cam_store_set_run_deleted (store, first, TRUE, &error));
  runs = cam_store_list_runs (store, &n, &error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (runs[0], ==, second);

  g_assert_true (cam_store_set_run_deleted (store, first, FALSE, &error));
  g_clear_pointer (&runs, g_free);
  runs = cam_store_list_runs (store, &n, &error);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (runs[0], ==, second);

  g_assert_true (cam_store_set_run_deleted (store, second, TRUE, &error));
  cam_store_close (store);

  store = fixture_open (fixture->path);
  record = cam_store_get_run (store, second, &error);
  g_assert_null (record);
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cam_store_rename_run (store, 99, "x", &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  cam_store_close (store);
}

/* Tags, a note, pinned and archived are there after the next open, and can be taken back. */
static void
test_notes (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const tags[] = { "best", "to be told", NULL }, *const none[] = { NULL };
  CamStore *store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamRunRecord) record = NULL, other = NULL, again = NULL;
  gint64 run = fixture_begin_run (store), plain_run = fixture_begin_run (store);

  g_assert_true (cam_store_set_run_tags (store, run, tags, &error));
  g_assert_true (cam_store_set_run_note (store, run, "Two\nlines, “said”.", &error));
  g_assert_true (cam_store_set_run_pinned (store, run, TRUE, &error));
  g_assert_true (cam_store_set_run_archived (store, run, TRUE, &error));
  g_assert_no_error (error);
  cam_store_close (store);

  store = fixture_open (fixture->path);
  record = cam_store_get_run (store, run, &error);
  g_assert_true (g_strv_equal ((const char *const *) record->tags, tags));
  g_assert_cmpstr (record->note, ==, "Two\nlines, “said”.");
  g_assert_true (record->is_pinned && record->is_archived);
  other = cam_store_get_run (store, plain_run, &error);
  g_assert_true (g_strv_length (other->tags) == 0 && !other->is_pinned && !other->is_archived && other->study == 0);
  g_assert_cmpstr (other->note, ==, "");

  g_assert_true (cam_store_set_run_tags (store, run, none, &error));
  g_assert_true (cam_store_set_run_pinned (store, run, FALSE, &error));
  again = cam_store_get_run (store, run, &error);
  g_assert_true (g_strv_length (again->tags) == 0 && !again->is_pinned && again->is_archived);
  g_assert_no_error (error);
  cam_store_close (store);
}

static void
add_last (gint64        run,
          const double *values,
          guint         n_values,
          gpointer      user_data)
{
  GString *text = user_data;

  g_string_append_printf (text, "%d: %u %.1f, ", (int) run, n_values, values[n_values - 1]);
}

/* All at once is what one by one gives, but for the long texts. */
static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const tags[] = { "best", NULL };
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GString) at = g_string_new (NULL);
  g_autofree char *experiment = NULL, *report = NULL;
  gint64 study = cam_store_add_study (store, "Seeds", "{}", NULL, &error), runs[3];
  const CamStudyPlace place = { study, 4 };
  const CamRunStart start = { .place = &place, .experiment = "{}", .keys = fixture_keys };

  runs[0] = fixture_begin_run (store);
  runs[1] = fixture_begin_run (store);
  runs[2] = cam_store_begin_run (store, &start, &error);
  fixture_append (store, runs[0], 1, 3);
  fixture_append (store, runs[2], 1, 1);
  g_assert_true (cam_store_set_run_tags (store, runs[0], tags, &error));
  g_assert_true (cam_store_finish_run (store, runs[0], CAM_RUN_EARLY, 2.5, "{\"a\":1}", "Why.", &error));
  g_assert_true (cam_store_set_run_deleted (store, runs[1], TRUE, &error));

  records = cam_store_list_records (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const CamRunRecord *one = g_ptr_array_index (records, i);
      g_autoptr(CamRunRecord) other = cam_store_get_run (store, runs[i == 0 ? 2 : 0], &error);

      g_assert_cmpint (one->id, ==, other->id);
      g_assert_cmpstr (one->name, ==, other->name);
      g_assert_cmpint (one->state, ==, other->state);
      g_assert_cmpuint (one->n_epochs, ==, other->n_epochs);
      g_assert_cmpuint (one->place, ==, other->place);
      g_assert_cmpint (one->study, ==, other->study);
      g_assert_cmpstr (one->study_name, ==, i == 0 ? "Seeds" : NULL);
      g_assert_cmpstr (one->message, ==, other->message);
      g_assert_true (g_strv_equal ((const char *const *) one->tags, (const char *const *) other->tags));
      g_assert_cmpmem (one->best_values, 4 * sizeof (double), other->best_values, 4 * sizeof (double));
      g_assert_cmpmem (one->last_values, 4 * sizeof (double), other->last_values, 4 * sizeof (double));
      g_assert_null (one->experiment);
      g_assert_null (one->report);
    }
  g_assert_cmpfloat (((CamRunRecord *) records->pdata[1])->last_values[3], ==, (4 + 11) * 0.1);
  g_assert_true (cam_store_foreach_at (store, 2, add_last, at, &error));
  g_assert_cmpstr (at->str, ==, "1: 4 1.1, ");
  experiment = cam_store_dup_experiment (store, runs[0], &error);
  report = cam_store_dup_report (store, runs[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (experiment, ==, "{\"camadas\":1}");
  g_assert_cmpstr (report, ==, "{\"a\":1}");
}

static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  CamStore *store = fixture_open (fixture->path);
  g_autofree char *found = NULL;

  g_assert_null (cam_store_dup_memory (store, "runs"));
  g_assert_true (cam_store_set_memory (store, "runs", "first", NULL));
  g_assert_true (cam_store_set_memory (store, "runs", "second", NULL));
  g_assert_true (cam_store_set_memory (store, "other", "third", NULL));
  g_assert_true (cam_store_set_memory (store, "other", NULL, NULL));
  cam_store_close (store);

  store = fixture_open (fixture->path);
  found = cam_store_dup_memory (store, "runs");
  g_assert_cmpstr (found, ==, "second");
  g_assert_null (cam_store_dup_memory (store, "other"));
  cam_store_close (store);
}

static void
test_no_such_run (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(CamStore) store = fixture_open (fixture->path);
  g_autoptr(GBytes) weights = g_bytes_new_static ("abcd", 4);
  g_autoptr(GError) error = NULL;
  const double values[4] = { 1, 2, 3, 4 };
  guint n;

#define NOT_FOUND(call) G_STMT_START { \
    g_assert_false (call); \
    g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND); \
    g_assert_nonnull (strstr (error->message, "99")); \
    g_clear_error (&error); } G_STMT_END
  NOT_FOUND (cam_store_append_epochs (store, 99, 1, 1, values, values, 1, 1, &error));
  NOT_FOUND (cam_store_set_weights (store, 99, "best", 1, weights, &error));
  NOT_FOUND (cam_store_finish_run (store, 99, CAM_RUN_FINISHED, 1, NULL, NULL, &error));
  NOT_FOUND (cam_store_set_run_deleted (store, 99, TRUE, &error));
  NOT_FOUND (cam_store_set_run_pinned (store, 99, TRUE, &error));
  NOT_FOUND (cam_store_set_run_tags (store, 99, fixture_keys, &error));
  NOT_FOUND (cam_store_dup_epoch_seconds (store, 99, &n, &error) != NULL);
  NOT_FOUND (cam_store_get_run (store, 99, &error) != NULL);
  NOT_FOUND (cam_store_dup_history (store, 99, &n, &n, &error) != NULL);
  NOT_FOUND (cam_store_dup_preparation (store, 99, &error) != NULL);
#undef NOT_FOUND
}

/* A row from nowhere claims epoch four thousand million: what is allocated follows the rows that are there. */
static void
test_wild_epoch (Fixture       *fixture,
                 gconstpointer  data)
{
  CamStore *store = fixture_open (fixture->path);
  gint64 run = fixture_begin_run (store);
  g_autofree double *history = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  guint n_epochs, n_keys;
  sqlite3 *db;

  fixture_append (store, run, 1, 2);
  cam_store_close (store);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "INSERT INTO epoch (run, epoch, vals) VALUES (1, 4000000000, x'00'); UPDATE run SET name = CAST(x'ff41' AS TEXT)", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);

  store = fixture_open (fixture->path);
  history = cam_store_dup_history (store, run, &n_epochs, &n_keys, NULL);
  g_assert_cmpuint (n_epochs, ==, 3);
  g_assert_cmpfloat (history[4], ==, 8 * 0.1);
  g_assert_true (isnan (history[8]));
  record = cam_store_get_run (store, run, NULL);
  g_assert_true (g_utf8_validate (record->name, -1, NULL));
  cam_store_close (store);
}

/* A child appends epochs, tells after each that the call has returned, and is killed in the middle of it all. */
static void
test_kill (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(CamStore) store = NULL;
  g_autoptr(CamRunRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  const gint64 *recovered;
  guint told = 0, n;
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      CamStore *mine = cam_store_open (fixture->path, NULL);
      gint64 run = mine != NULL ? cam_store_begin_run (mine, &fixture_plain_run, NULL) : 0;
      const double values[4] = { 1, 2, 3, 4 };

      for (guint epoch = 1; run != 0; epoch++)
        if (!cam_store_append_epochs (mine, run, epoch, 1, values, values, 1, 2, NULL) || write (ends[1], "", 1) != 1)
          break;
      _exit (1);
    }

  close (ends[1]);
  while (told < 200)
    {
      char byte;

      g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
      told++;
    }
  /* While the other lives, the workspace is its own; kill −9 gives it free. */
  g_assert_null (cam_store_open (fixture->path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_BUSY);
  g_clear_error (&error);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  close (ends[0]);

  store = fixture_open (fixture->path);
  recovered = cam_store_get_recovered (store, &n);
  g_assert_cmpuint (n, ==, 1);
  record = cam_store_get_run (store, recovered[0], &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->state, ==, CAM_RUN_INTERRUPTED);
  g_assert_cmpuint (record->n_epochs, >=, told);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("/store/run/round-trip", test_round_trip);
  ADD ("/store/run/delete-and-rename", test_delete_and_rename);
  ADD ("/store/run/no-such-run", test_no_such_run);
  ADD ("/store/run/wild-epoch", test_wild_epoch);
  ADD ("/store/run/kill", test_kill);
  ADD ("/store/draft/survives", test_draft_survives);
  ADD ("/store/draft/several", test_drafts);
  ADD ("/store/events", test_events);
  ADD ("/store/resume", test_resume);
  ADD ("/store/drop-states", test_drop_states);
  ADD ("/store/run/notes", test_notes);
  ADD ("/store/memory", test_memory);
  ADD ("/store/run/list", test_list);
#undef ADD

  return g_test_run ();
}
