/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run-watch.h"

#include "experiment-fixture.h"

static void
check_kept (Watch *watch)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamRunRecord) record = NULL;

  if (watch->store == NULL || watch->may_lag)
    return;
  record = cam_store_get_run (watch->store, cam_runner_get_run_id (watch->runner), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (record->n_epochs, >=, watch->n_epochs);
}

static void
epochs_cb (CamRunner *runner,
           guint      first,
           guint      n,
           gpointer   user_data)
{
  Watch *watch = user_data;
  guint n_keys = g_strv_length ((char **) cam_runner_get_keys (runner));

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_false (watch->has_ended);
  g_assert_cmpuint (first, ==, watch->n_epochs);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (cam_runner_get_n_epochs (runner), ==, first + n);
  for (guint epoch = first; epoch < first + n; epoch++)
    for (guint key = 0; key < n_keys; key++)
      {
        double value = cam_runner_get_value (runner, key, epoch);

        g_array_append_val (watch->values, value);
      }
  watch->n_epochs += n;
  watch->n_emissions++;
  check_kept (watch);

  if (watch->action != NULL && watch->n_epochs >= watch->at)
    {
      void (*action) (Watch *) = watch->action;

      watch->action = NULL;
      action (watch);
    }
}

static void
progress_cb (CamRunner *runner,
             gpointer   user_data)
{
  Watch *watch = user_data;
  const CamProgress *progress = cam_runner_get_progress (runner);

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_false (watch->has_ended);
  g_assert_cmpuint (progress->epoch, ==, watch->n_epochs);
  g_assert_cmpuint (progress->epoch, <=, progress->n_epochs);
  g_assert_cmpuint (progress->batch, <=, progress->n_batches);
  watch->n_progress++;
}

static void
ended_cb (CamRunner *runner,
          gpointer   user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_false (watch->has_ended);
  g_assert_cmpint (cam_runner_get_state (runner), ==, CAM_RUNNER_IDLE);
  g_assert_nonnull (cam_runner_get_outcome (runner));
  g_assert_nonnull (cam_runner_get_report (runner));
  g_assert_cmpuint (cam_runner_get_outcome (runner)->n_epochs, ==, watch->n_epochs);
  watch->has_ended = TRUE;
}

void
watch_init (Watch     *watch,
            CamRunner *runner,
            CamStore  *store)
{
  *watch = (Watch) { .runner = runner, .store = store, .thread = g_thread_self (), .values = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_signal_connect (runner, "epochs", G_CALLBACK (epochs_cb), watch);
  g_signal_connect (runner, "progress", G_CALLBACK (progress_cb), watch);
  g_signal_connect (runner, "ended", G_CALLBACK (ended_cb), watch);
}

void
watch_start (Watch         *watch,
             const char    *sample,
             CamExperiment *experiment,
             guint          n_threads)
{
  CamDataset *dataset = fixture_dataset (sample, experiment);
  g_autoptr(GError) error = NULL;

  g_array_set_size (watch->values, 0);
  watch->n_epochs = watch->n_emissions = watch->n_progress = 0;
  watch->has_ended = FALSE;
  cam_runner_start (watch->runner, experiment, dataset, watch->store, n_threads, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cam_runner_get_state (watch->runner), ==, CAM_RUNNER_RUNNING);
  g_assert_null (cam_runner_get_outcome (watch->runner));
  /* The runner must hold on to it. */
  cam_dataset_unref (dataset);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

void
watch_wait (Watch *watch)
{
  gint64 end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;

  while (!watch->has_ended)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
    }
}

void
watch_idle (Watch *watch,
            guint  ms)
{
  gboolean over = FALSE;
  g_autoptr(GSource) timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, wake_cb, &over, NULL);
  g_source_attach (timer, g_main_context_get_thread_default ());
  while (!over)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
}

void
watch_clear (Watch *watch)
{
  if (watch->runner != NULL)
    g_signal_handlers_disconnect_by_data (watch->runner, watch);
  g_array_unref (watch->values);
}
