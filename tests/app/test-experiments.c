/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several experiments on one data set: each keeps its document and its way back; the workspace keeps them all. */
#include "session-test.h"

#include "cam-experiment-menu.h"
#include "cam-window.h"

static CamExperimentItem *
get_item (CamSession *session,
          guint       place)
{
  g_autoptr(CamExperimentItem) item = g_list_model_get_item (cam_session_get_experiments (session), place);

  g_assert_nonnull (item);
  /* The session keeps it. */
  return item;
}

static guint
count (CamSession *session)
{
  return g_list_model_get_n_items (cam_session_get_experiments (session));
}

static int
get_epochs (CamSession *session)
{
  return (int) cam_experiment_get_epochs (cam_document_get_experiment (cam_session_get_document (session)));
}

static void
set_epochs (CamSession *session,
            int         epochs)
{
  g_autoptr(json_t) value = json_integer (epochs);

  g_assert_true (cam_session_edit (session, "fit/epochs", value, "Change epochs"));
}

static void
check_item (CamSession *session,
            guint       place,
            const char *title,
            gboolean    is_open)
{
  g_assert_cmpstr (cam_experiment_item_get_title (get_item (session, place)), ==, title);
  g_assert_cmpint (cam_experiment_item_get_is_open (get_item (session, place)), ==, is_open);
}

static void
test_switch (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamDocument *document = cam_session_get_document (session);
  g_autoptr(CamExperiment) first = cam_experiment_ref (cam_document_get_experiment (document));
  g_autofree char *title = g_strdup (cam_experiment_get_name (first));
  g_autofree char *second_title = g_strdup_printf ("%s 2", title);
  g_autofree char *third_title = g_strdup_printf ("%s 3", title);
  int epochs = get_epochs (session);

  g_assert_cmpuint (count (session), ==, 1);
  check_item (session, 0, title, TRUE);

  set_epochs (session, epochs + 1);
  g_assert_true (cam_session_add_experiment (session, TRUE));
  g_assert_cmpuint (count (session), ==, 2);
  check_item (session, 0, title, FALSE);
  check_item (session, 1, second_title, TRUE);
  g_assert_cmpint (get_epochs (session), ==, epochs + 1);
  g_assert_null (cam_document_get_undo_name (document));
  g_assert_nonnull (cam_session_get_dataset (session));
  set_epochs (session, epochs + 7);

  /* Back: what was done to each is undone there alone. */
  g_assert_true (cam_session_choose_experiment (session, get_item (session, 0)));
  g_assert_cmpint (get_epochs (session), ==, epochs + 1);
  g_assert_true (cam_document_undo (document));
  g_assert_cmpint (get_epochs (session), ==, epochs);
  g_assert_true (cam_document_get_experiment (document) == first);
  g_assert_true (cam_session_choose_experiment (session, get_item (session, 1)));
  g_assert_cmpint (get_epochs (session), ==, epochs + 7);

  /* A new one: the data as they are set up, the rest as proposed. */
  g_assert_true (cam_session_add_experiment (session, FALSE));
  check_item (session, 2, third_title, TRUE);
  g_assert_true (json_equal (cam_experiment_get_data (cam_document_get_experiment (document)), cam_experiment_get_data (first)));
  g_assert_true (json_equal (cam_experiment_get_split (cam_document_get_experiment (document)), cam_experiment_get_split (first)));
  g_assert_null (cam_session_get_train_reason (session));

  /* Removed and brought back to its place; the open one stays. */
  {
    g_autoptr(CamExperimentItem) removed = g_object_ref (get_item (session, 1));

    g_assert_false (cam_session_remove_experiment (session, get_item (session, 2)));
    g_assert_true (cam_session_remove_experiment (session, removed));
    g_assert_cmpuint (count (session), ==, 2);
    check_item (session, 1, third_title, TRUE);
    g_assert_true (cam_session_restore_experiment (session, removed));
    check_item (session, 1, second_title, FALSE);
    g_assert_true (cam_session_choose_experiment (session, removed));
    g_assert_cmpint (get_epochs (session), ==, epochs + 7);
    g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Change epochs");
  }

  /* The workspace, opened again. */
  {
    CamSession *again;
    g_autofree char *path = g_strdup (cam_store_get_path (cam_session_get_store (session)));

    cam_session_close (session);
    g_object_unref (session);
    again = cam_session_new ();
    g_signal_connect (again, "failed", G_CALLBACK (session_test_fail), NULL);
    cam_session_open_workspace (again, path);
    ui_wait (cam_session_get_dataset (again) != NULL);
    g_assert_cmpuint (count (again), ==, 3);
    check_item (again, 0, title, FALSE);
    check_item (again, 1, second_title, TRUE);
    check_item (again, 2, third_title, FALSE);
    g_assert_cmpint (get_epochs (again), ==, epochs + 7);
    g_assert_true (cam_session_choose_experiment (again, get_item (again, 0)));
    g_assert_cmpint (get_epochs (again), ==, epochs);
    g_object_unref (again);
  }
}

/* Another network leaves the other experiment's dataset as it is; other data settings make another, and bring the first back. */
static void
test_datasets (void)
{
  CamSession *session = session_test_open ("iris.json");
  const char *const columns[] = { "petal_length_cm", NULL };
  guint n_features = cam_preparation_get_n_features (cam_dataset_get_preparation (cam_session_get_dataset (session)));

  g_assert_true (cam_session_add_experiment (session, TRUE));
  g_assert_true (cam_session_set_roles (session, columns, "ignored", "Leave out"));
  g_assert_cmpuint (cam_preparation_get_n_features (cam_dataset_get_preparation (cam_session_get_dataset (session))), ==, n_features - 1);
  g_assert_true (cam_session_choose_experiment (session, get_item (session, 0)));
  g_assert_cmpuint (cam_preparation_get_n_features (cam_dataset_get_preparation (cam_session_get_dataset (session))), ==, n_features);
  g_object_unref (session);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/experiments/switch", test_switch);
  g_test_add_func ("/app/experiments/datasets", test_datasets);
  status = g_test_run ();
  session_test_clear ();

  return status;
}
