/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study-fixture.h"

CamPlan *
fixture_plan (const char *settings,
              guint       epochs)
{
  g_autofree char *fit = g_strdup_printf ("\"epochs\": %u", epochs);
  g_autoptr(CamExperiment) experiment = fixture_experiment ("iris", "8", "\"adam\"", fit, "[]");
  g_autofree char *document = cam_experiment_to_text (experiment);
  g_autofree char *text = g_strdup_printf ("{\"camadas-plan\": 1, %s, \"experiment\": %s}", settings, document);

  return CHECKED (cam_plan_new_from_text (text, error));
}

static void
quit_cb (CamStudy  *study,
         GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

void
fixture_wait_for_study (CamStudy *study)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  gulong handler = g_signal_connect (study, "ended", G_CALLBACK (quit_cb), loop);

  if (cam_study_is_running (study))
    g_main_loop_run (loop);
  g_signal_handler_disconnect (study, handler);
}
