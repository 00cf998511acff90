/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Causes of a divergence that lie in the network: of its layers those count that were trained. */
#include <cam-run-cause.h>

#include <math.h>
#include <string.h>

#include "uitest.h"

static const struct { const char *name, *network, *bad, *cause; } cases[] = {
  { "none", "[{\"class_name\": \"Dense\", \"config\": {\"units\": 1}}]", "loss", "" },
  { "exponential", "[{\"class_name\": \"Dense\", \"config\": {\"units\": 1, \"activation\": \"exponential\"}}]", "loss", "“exponential”" },
  { "exponential-off", "[{\"class_name\": \"Dense\", \"enabled\": false, \"config\": {\"units\": 9, \"activation\": \"exponential\"}}, {\"class_name\": \"Dense\", \"config\": {\"units\": 1}}]", "loss", "" },
  { "gradient", "[{\"class_name\": \"LSTM\", \"config\": {\"units\": 4}}]", "gradient", "step to step through LSTM" },
  { "gradient-off", "[{\"class_name\": \"LSTM\", \"enabled\": false, \"config\": {\"units\": 4}}, {\"class_name\": \"GRU\", \"config\": {\"units\": 4}}]", "gradient", "step to step through GRU" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdup_printf ("{\"camadas\": 1, \"data\": {}, \"network\": %s}", cases[i].network);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamExperiment) experiment = cam_experiment_new_from_text (text, &error);
  g_autoptr(json_t) report = json_pack ("{s:s}", "bad", cases[i].bad);
  CamRunFacts facts = { .experiment = experiment, .report = report, .live_rate = NAN };
  g_autofree char *cause = NULL;

  g_assert_no_error (error);
  cause = cam_run_cause_describe (&facts, NULL);
  if (*cases[i].cause == '\0')
    g_assert_cmpstr (cause, ==, "");
  else
    g_assert_nonnull (strstr (cause, cases[i].cause));
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/run-cause/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
