/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Train page in each of its states, with real runs of a sample. */
#include <math.h>

#include <cam-figure-card.h>
#include <cam-train-board.h>
#include <cam-train-edit.h>
#include <cam-train-page.h>

#include "session-test.h"

typedef struct
{
  CamSession *session;
  GtkWidget  *window;
  GtkWidget  *page;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = session_test_open (data != NULL ? data : "breast-cancer.json");
  fixture->page = cam_train_page_new (fixture->session);
  fixture->window = session_test_show (fixture->page, 1400, 900);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->page);
  g_assert_finalize_object (fixture->session);
}

static gpointer
get_child (Fixture    *fixture,
           const char *name)
{
  return gtk_widget_get_template_child (fixture->page, CAM_TYPE_TRAIN_PAGE, name);
}

static const char *
get_text (Fixture    *fixture,
          const char *name)
{
  return gtk_label_get_label (get_child (fixture, name));
}

static gboolean
has_text (Fixture    *fixture,
          const char *name,
          const char *text)
{
  return g_strcmp0 (get_text (fixture, name), text) == 0;
}

static gpointer
get_inner (Fixture    *fixture,
           const char *child,
           const char *name)
{
  GtkWidget *outer = get_child (fixture, child);

  return gtk_widget_get_template_child (outer, G_OBJECT_TYPE (outer), name);
}

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* Long enough to be caught on its way. */
static void
train_long (Fixture *fixture)
{
  session_test_edit (fixture->session, "fit/epochs", json_integer (1000000));
  session_test_edit (fixture->session, "callbacks", json_array ());
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (cam_runner_get_n_epochs (cam_session_get_runner (fixture->session)) > 2);
}

static void
test_no_data (void)
{
  CamSession *session = cam_session_new ();
  GtkWidget *page = cam_train_page_new (session);
  GtkWidget *window = session_test_show (page, 1024, 700);

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (session_test_child (page, CAM_TYPE_TRAIN_PAGE, "centre"))), ==, "none");
  g_object_ref (page);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (page);
  g_assert_finalize_object (session);
}

static void
test_ready (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (get_text (fixture, "name_label"), ==, "No run yet");
  g_assert_false (is_shown (get_child (fixture, "state_chip")));
  g_assert_false (is_shown (get_child (fixture, "banner")));
  g_assert_false (is_shown (get_child (fixture, "scores_card")));
  g_assert_cmpstr (cam_figure_card_get (get_child (fixture, "rows_card"), 0, 0), ==, "398");
  g_assert_cmpstr (gtk_label_get_text (get_inner (fixture, "progress", "epoch_label")), ==, "Ready for 100 epochs");
  g_assert_false (is_shown (get_inner (fixture, "progress", "stop_button")));

  /* The hint follows the settings. */
  session_test_edit (fixture->session, "fit/epochs", json_integer (7));
  ui_wait (g_str_equal (gtk_label_get_text (get_inner (fixture, "progress", "epoch_label")), "Ready for 7 epochs"));
}

static void
test_finished (Fixture       *fixture,
               gconstpointer  data)
{
  CamFigureCard *scores = get_child (fixture, "scores_card");

  session_test_edit (fixture->session, "fit/epochs", json_integer (5));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (has_text (fixture, "state_chip", "finished"));
  g_assert_true (is_shown (get_child (fixture, "happened_card")));
  g_assert_cmpstr (get_text (fixture, "happened_title"), ==, "All 5 epochs are done.");
  g_assert_true (is_shown (scores));
  g_assert_cmpstr (cam_figure_card_get (scores, 1, 0), !=, "–");
  g_assert_true (g_str_has_suffix (cam_figure_card_get (scores, 1, 0), "%"));
  g_assert_true (is_shown (get_inner (fixture, "progress", "save_button")));
  g_assert_false (is_shown (get_inner (fixture, "progress", "pause_button")));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (get_inner (fixture, "progress", "bar")), ==, 1);

  /* A second run takes its place. */
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (has_text (fixture, "name_label", "Run 2") && has_text (fixture, "state_chip", "finished"));
}

static void
test_pause_and_stop (Fixture       *fixture,
                     gconstpointer  data)
{
  CamRunner *runner = cam_session_get_runner (fixture->session);
  guint n_epochs;

  train_long (fixture);
  ui_wait (has_text (fixture, "state_chip", "running"));
  g_assert_true (is_shown (get_inner (fixture, "progress", "pause_button")));
  g_assert_true (is_shown (get_child (fixture, "scores_card")));

  g_assert_true (gtk_widget_activate_action (fixture->page, "train.pause", NULL));
  ui_wait (has_text (fixture, "state_chip", "paused"));
  g_assert_cmpstr (adw_button_content_get_label (get_inner (fixture, "progress", "pause_content")), ==, "Resume");
  n_epochs = cam_runner_get_n_epochs (runner);
  g_usleep (50 * 1000);
  ui_settle ();
  g_assert_cmpuint (cam_runner_get_n_epochs (runner), <=, n_epochs + 1);

  g_assert_true (gtk_widget_activate_action (fixture->page, "train.pause", NULL));
  ui_wait (has_text (fixture, "state_chip", "running") && cam_runner_get_n_epochs (runner) > n_epochs + 2);
  cam_session_stop (fixture->session);
  ui_wait (has_text (fixture, "state_chip", "stopped"));
  g_assert_true (is_shown (get_inner (fixture, "progress", "save_button")));
  g_assert_true (g_str_has_prefix (get_text (fixture, "happened_title"), "You stopped it after "));
}

static void
set_rate (Fixture *fixture,
          json_t  *rate)
{
  session_test_edit (fixture->session, "optimizer", json_pack ("{s:s, s:{s:o}}", "class_name", "SGD", "config", "learning_rate", rate));
}

/* No epoch was good: it says what happened and why, and starts again with a tenth. */
static void
test_diverged (Fixture       *fixture,
               gconstpointer  data)
{
  CamDocument *document = cam_session_get_document (fixture->session);
  CamRunItem *run;

  set_rate (fixture, json_real (1000.0));
  g_assert_true (cam_session_train (fixture->session));
  run = cam_session_get_current_run (fixture->session);
  ui_wait (has_text (fixture, "state_chip", "diverged"));
  g_assert_true (is_shown (get_child (fixture, "banner")));
  g_assert_nonnull (strstr (gtk_label_get_label (get_inner (fixture, "banner", "title")), "batch"));
  g_assert_nonnull (strstr (gtk_label_get_label (get_inner (fixture, "banner", "title")), "training row"));
  g_assert_nonnull (strstr (gtk_label_get_label (get_inner (fixture, "banner", "detail")), "the learning rate, 1000, is 100,000 times the usual 0.01"));
  g_assert_cmpstr (gtk_button_get_label (get_inner (fixture, "banner", "button")), ==, "Start again with a lower rate");

  /* Whoever has lowered the rate by hand is not asked to do it again. */
  set_rate (fixture, json_real (0.01));
  ui_wait (g_str_equal (gtk_button_get_label (get_inner (fixture, "banner", "button")), "Train again"));
  set_rate (fixture, json_real (1000.0));
  ui_wait (g_str_equal (gtk_button_get_label (get_inner (fixture, "banner", "button")), "Start again with a lower rate"));

  /* Training itself is the window's action. */
  g_signal_emit_by_name (get_inner (fixture, "banner", "button"), "clicked");
  g_assert_cmpfloat (cam_train_get_rate (cam_document_get_experiment (document)), ==, 100);
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Lower learning rate");
  g_assert_true (run == cam_session_get_current_run (fixture->session));
}

/* There was a good epoch: the run goes back to it and on, with the rate that did no harm there; and once more after another divergence. */
static void
test_go_back (Fixture       *fixture,
              gconstpointer  data)
{
  json_t *schedule = json_pack ("{s:s, s:{s:[i], s:[f, f]}}", "class_name", "PiecewiseConstantDecay", "config", "boundaries", 200, "values", 0.01, 3.0);
  g_autofree char *button = NULL;
  CamRunItem *run;
  guint best, n;
  const CamRunEvent *events;

  session_test_edit (fixture->session, "fit/epochs", json_integer (40));
  session_test_edit (fixture->session, "callbacks", json_array ());
  set_rate (fixture, schedule);
  g_assert_true (cam_session_train (fixture->session));
  run = cam_session_get_current_run (fixture->session);
  ui_wait (has_text (fixture, "state_chip", "diverged"));
  best = cam_run_item_get_record (run)->best_epoch;
  g_assert_cmpuint (best, >, 0);
  button = g_strdup_printf ("Go back to epoch %u (best) with a lower rate", best);
  g_assert_cmpstr (gtk_button_get_label (get_inner (fixture, "banner", "button")), ==, button);
  /* The rate that the best epoch had, as that is lower than a tenth of the one that was too high. */
  g_assert_nonnull (strstr (gtk_label_get_label (get_inner (fixture, "banner", "detail")), "with the rate 0.01."));

  /* Too high once more. */
  g_assert_true (cam_session_go_back (fixture->session, run, 1000));
  ui_wait (!session_test_is_busy (fixture->session));
  ui_settle ();
  ui_wait (has_text (fixture, "state_chip", "diverged") && strstr (gtk_label_get_label (get_inner (fixture, "banner", "detail")), "with the rate 0.01.") != NULL);
  g_signal_emit_by_name (get_inner (fixture, "banner", "button"), "clicked");
  g_assert_true (session_test_is_busy (fixture->session));
  ui_wait (has_text (fixture, "state_chip", "finished"));
  g_assert_false (is_shown (get_child (fixture, "banner")));
  g_assert_cmpuint (cam_run_item_get_record (run)->n_epochs, ==, 40);
  events = cam_runner_get_events (cam_session_get_runner (fixture->session), &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (events[0].kind, ==, CAM_RUN_EVENT_BACK);
  g_assert_cmpuint (events[0].epoch, ==, best);
  g_assert_true (events[1].value == (float) 1000);
  g_assert_cmpint (events[2].kind, ==, CAM_RUN_EVENT_BACK);
  g_assert_true (events[3].value == (float) 0.01);
}

static void
test_blocked (Fixture       *fixture,
              gconstpointer  data)
{
  session_test_edit (fixture->session, "loss", json_string ("categorical_crossentropy"));
  ui_wait (is_shown (get_child (fixture, "banner")));
  g_assert_cmpstr (gtk_label_get_label (get_inner (fixture, "banner", "title")), ==, "This cannot be trained yet");
  g_assert_cmpstr (gtk_label_get_label (get_inner (fixture, "banner", "detail")), ==, cam_session_get_train_reason (fixture->session));

  /* Its button does what the check proposes. */
  g_assert_true (is_shown (get_inner (fixture, "banner", "button")));
  g_signal_emit_by_name (get_inner (fixture, "banner", "button"), "clicked");
  g_assert_null (cam_session_get_train_reason (fixture->session));
  ui_wait (!is_shown (get_child (fixture, "banner")));
}

/* Whoever still has a run when other data are opened finds nothing more to read of it; its store is closed. */
static void
test_other_data (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), "darts.json", NULL);
  g_autoptr(CamRunItem) run = NULL;
  guint n;

  session_test_edit (fixture->session, "fit/epochs", json_integer (2));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  run = g_object_ref (cam_session_get_current_run (fixture->session));
  cam_run_item_refresh (run);
  cam_session_open_experiment (fixture->session, path);
  ui_wait (cam_session_get_current_run (fixture->session) == NULL && cam_session_get_dataset (fixture->session) != NULL);

  g_assert_null (cam_run_item_peek_history (run, "loss", &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (cam_run_item_peek_events (run, &n));
  cam_run_item_refresh (run);
  g_assert_true (g_str_has_prefix (cam_run_item_get_name (run), "Run "));
}

/* What the last session left is shown, until something newer is there. */
static void
test_earlier_run (Fixture       *fixture,
                  gconstpointer  data)
{
  CamSession *session;
  GtkWidget *page, *window;

  session_test_edit (fixture->session, "fit/epochs", json_integer (3));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  cam_session_close (fixture->session);

  session = cam_session_new ();
  {
    g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), "breast-cancer.csv", NULL);

    cam_session_open_csv (session, path);
  }
  ui_wait (g_list_model_get_n_items (cam_session_get_runs (session)) > 0);
  page = cam_train_page_new (session);
  window = session_test_show (page, 1024, 700);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (session_test_child (page, CAM_TYPE_TRAIN_PAGE, "state_chip"))), ==, "finished");

  g_object_ref (page);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (page);
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/train-page/no-data", test_no_data);
  g_test_add ("/app/train-page/ready", Fixture, NULL, set_up, test_ready, tear_down);
  g_test_add ("/app/train-page/finished", Fixture, NULL, set_up, test_finished, tear_down);
  g_test_add ("/app/train-page/pause-and-stop", Fixture, NULL, set_up, test_pause_and_stop, tear_down);
  g_test_add ("/app/train-page/diverged", Fixture, "energy-efficiency.json", set_up, test_diverged, tear_down);
  g_test_add ("/app/train-page/go-back", Fixture, "energy-efficiency.json", set_up, test_go_back, tear_down);
  g_test_add ("/app/train-page/blocked", Fixture, NULL, set_up, test_blocked, tear_down);
  g_test_add ("/app/train-page/other-data", Fixture, NULL, set_up, test_other_data, tear_down);
  g_test_add ("/app/train-page/earlier-run", Fixture, NULL, set_up, test_earlier_run, tear_down);
  result = g_test_run ();
  session_test_clear ();
  return result;
}
