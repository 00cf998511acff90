/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each dialog makes of the open experiment: the plan as a document, whether it can be started, and what is told of it. */
#include <string.h>

#include "session-test.h"

#include "cam-study-choice.h"
#include "cam-study-dialog.h"

static CamStudyDialog *
present (CamSession   *session,
         CamStudyKind  kind)
{
  CamStudyDialog *dialog = cam_study_dialog_new (NULL, session, kind);

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static const char *
get_summary (CamStudyDialog *dialog)
{
  return gtk_label_get_label (GTK_LABEL (session_test_child (dialog, CAM_TYPE_STUDY_DIALOG, "summary")));
}

/* The plan but for its experiment, which is the session's. */
static void
check_plan (CamSession     *session,
            CamStudyDialog *dialog,
            const char     *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) plan = cam_study_dialog_dup_plan (dialog, &error);
  g_autoptr(json_t) wanted = json_loads (expected, 0, NULL);
  g_autoptr(json_t) document = cam_experiment_to_json (session_test_experiment (session), NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (wanted);
  g_assert_true (json_equal (json_object_get (plan, "experiment"), document));
  json_object_del (plan, "experiment");
  text = cam_json_dump (plan, FALSE);
  if (!json_equal (plan, wanted))
    g_error ("%s instead of %s", text, expected);
}

static const struct { CamStudyKind kind; const char *plan, *runs; } kinds[] = {
  { CAM_STUDY_REPEAT, "{\"camadas-plan\": 1, \"name\": \"Seeds\", \"kind\": \"repeat\", \"repeats\": 5, \"monitor\": \"val_loss\"}", "5 runs" },
  { CAM_STUDY_COMPARE, "{\"camadas-plan\": 1, \"name\": \"Activations\", \"kind\": \"compare\", \"setting\": \"network/hidden/config/activation\","
    " \"values\": [\"relu\", \"leaky_relu\", \"tanh\", \"sigmoid\"], \"repeats\": 3, \"monitor\": \"val_loss\"}", "12 runs" },
  { CAM_STUDY_CROSS_VALIDATE, "{\"camadas-plan\": 1, \"name\": \"Cross-validation\", \"kind\": \"cross-validate\", \"repeats\": 1, \"folds\": 5, \"monitor\": \"val_loss\"}", "5 runs" },
  { CAM_STUDY_LEARNING_CURVE, "{\"camadas-plan\": 1, \"name\": \"Learning curve\", \"kind\": \"learning-curve\", \"sizes\": [0.2, 0.4, 0.6, 0.8, 1], \"repeats\": 3, \"monitor\": \"val_loss\"}",
    "15 runs" },
  { CAM_STUDY_SEARCH, "{\"camadas-plan\": 1, \"name\": \"Search\", \"kind\": \"search\", \"space\": {\"optimizer/config/learning_rate\": {\"from\": 0.0005, \"to\": 0.05, \"scale\": \"log\"},"
    " \"fit/batch_size\": [8, 16, 32]}, \"method\": \"random\", \"trials\": 20, \"seed\": 42, \"repeats\": 1, \"monitor\": \"val_loss\"}", "20 runs" },
};

static void
test_proposals (void)
{
  CamSession *session = session_test_open ("iris.json");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CamStudyDialog *dialog = present (session, kinds[i].kind);

      check_plan (session, dialog, kinds[i].plan);
      ui_wait (cam_study_dialog_is_ready (dialog));
      g_assert_true (g_str_has_prefix (get_summary (dialog), kinds[i].runs));
      g_assert_nonnull (strstr (get_summary (dialog), "at most about"));
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  g_object_unref (session);
}

static void
set_spin (CamStudyDialog *dialog,
          const char     *name,
          double          value)
{
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (session_test_child (dialog, CAM_TYPE_STUDY_DIALOG, name)), value);
}

static void
set_text (CamStudyDialog *dialog,
          const char     *name,
          const char     *text)
{
  gtk_editable_set_text (GTK_EDITABLE (session_test_child (dialog, CAM_TYPE_STUDY_DIALOG, name)), text);
}

static void
set_combo (CamStudyDialog *dialog,
           const char     *name,
           guint           selected)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (session_test_child (dialog, CAM_TYPE_STUDY_DIALOG, name)), selected);
}

/* What is chosen by hand stands in the plan. */
static void
test_choices (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyDialog *dialog = present (session, CAM_STUDY_REPEAT);

  set_text (dialog, "seeds_list", "7, 8");
  set_text (dialog, "name_row", "Two");
  check_plan (session, dialog, "{\"camadas-plan\": 1, \"name\": \"Two\", \"kind\": \"repeat\", \"seeds\": [7, 8], \"monitor\": \"val_loss\"}");
  gtk_window_destroy (GTK_WINDOW (dialog));

  dialog = present (session, CAM_STUDY_LEARNING_CURVE);
  set_combo (dialog, "sizes_form", 1);
  set_text (dialog, "sizes_list", "10 %, 50 %, 100 %");
  set_combo (dialog, "monitor", 1);
  set_spin (dialog, "repeats", 2);
  check_plan (session, dialog, "{\"camadas-plan\": 1, \"name\": \"Learning curve\", \"kind\": \"learning-curve\", \"sizes\": [0.1, 0.5, 1], \"repeats\": 2, \"monitor\": \"val_accuracy\"}");
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* The optimizer that is there keeps its settings, and is called by its name. */
  dialog = present (session, CAM_STUDY_COMPARE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (session_test_child (dialog, CAM_TYPE_STUDY_DIALOG, "setting")), 1);
  set_spin (dialog, "folds", 3);
  {
    g_autoptr(json_t) plan = cam_study_dialog_dup_plan (dialog, NULL);
    g_autofree char *values = cam_json_dump (json_object_get (plan, "values"), FALSE), *labels = cam_json_dump (json_object_get (plan, "labels"), FALSE);

    g_assert_cmpstr (json_string_value (json_object_get (plan, "name")), ==, "Optimizers");
    g_assert_cmpstr (json_string_value (json_object_get (plan, "setting")), ==, "optimizer");
    g_assert_cmpint (json_integer_value (json_object_get (plan, "folds")), ==, 3);
    g_assert_cmpuint (json_array_size (json_object_get (plan, "values")), ==, 3);
    g_assert_nonnull (strstr (values, "{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":0.005"));
    g_assert_nonnull (strstr (labels, "\"adam\""));
  }
  ui_wait (cam_study_dialog_is_ready (dialog));
  g_assert_true (g_str_has_prefix (get_summary (dialog), "27 runs"));
  gtk_window_destroy (GTK_WINDOW (dialog));

  dialog = present (session, CAM_STUDY_SEARCH);
  set_combo (dialog, "method", 1);
  {
    g_autoptr(json_t) plan = cam_study_dialog_dup_plan (dialog, NULL);

    g_assert_cmpint (json_integer_value (json_object_get (json_object_get (json_object_get (plan, "space"), "optimizer/config/learning_rate"), "steps")), ==, 4);
    g_assert_null (json_object_get (plan, "trials"));
  }
  ui_wait (cam_study_dialog_is_ready (dialog));
  g_assert_true (g_str_has_prefix (get_summary (dialog), "12 runs"));
  set_combo (dialog, "method", 2);
  set_spin (dialog, "trials", 9);
  ui_wait (cam_study_dialog_is_ready (dialog));
  g_assert_nonnull (strstr (get_summary (dialog), "runs"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (session);
}

/* What is wrong is told, and cannot be started. */
static void
test_mistakes (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamStudyDialog *dialog = present (session, CAM_STUDY_REPEAT);

  ui_wait (cam_study_dialog_is_ready (dialog));
  set_text (dialog, "seeds_list", "7, x");
  g_assert_false (cam_study_dialog_is_ready (dialog));
  ui_wait (strstr (get_summary (dialog), "“x” is not a number") != NULL);
  set_text (dialog, "seeds_list", "7, 7");
  ui_wait (strstr (get_summary (dialog), "only once") != NULL);
  g_assert_false (cam_study_dialog_is_ready (dialog));
  set_text (dialog, "seeds_list", "");
  ui_wait (cam_study_dialog_is_ready (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (session);
}

/* To a file and back: the same plan, in a dialog of any kind. */
static void
test_file (void)
{
  CamSession *session = session_test_open ("iris.json");
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "plan.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      CamStudyDialog *dialog = present (session, kinds[i].kind), *other = present (session, CAM_STUDY_REPEAT);
      g_autoptr(GError) error = NULL;

      g_assert_true (cam_study_dialog_save (dialog, path, &error));
      g_assert_true (cam_study_dialog_open (other, path, &error));
      g_assert_no_error (error);
      check_plan (session, other, kinds[i].plan);
      ui_wait (cam_study_dialog_is_ready (other));
      gtk_window_destroy (GTK_WINDOW (dialog));
      gtk_window_destroy (GTK_WINDOW (other));
    }
  g_remove (path);
  g_object_unref (session);
}

static void
test_numbers (void)
{
  static const struct { const char *text; gboolean is_whole; const char *numbers; } cases[] = {
    { "1, 2, 5", TRUE, "[1,2,5]" }, { "16,32", TRUE, "[16,32]" }, { "0.1 0.2", FALSE, "[0.1,0.2]" }, { "0.1,0.2", FALSE, "[0.1,0.2]" }, { "0,1; 0,2", FALSE, "[0.1,0.2]" },
    { "0,1 0,25", FALSE, "[0.1,0.25]" }, { "1e-3, 1e-2", FALSE, "[0.001,0.01]" }, { "10 %, 50%, 100 %", FALSE, "[0.1,0.5,1]" }, { "", FALSE, "[]" }, { "3", FALSE, "[3]" },
    { "one", FALSE, NULL }, { "1, nan", FALSE, NULL }, { "1, 2x", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(json_t) numbers = cam_study_numbers_parse (cases[i].text, cases[i].is_whole, &error);
      g_autofree char *text = numbers != NULL ? cam_json_dump (numbers, FALSE) : NULL;

      if (cases[i].numbers == NULL)
        g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE);
      g_assert_cmpstr (text, ==, cases[i].numbers);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add_func ("/app/study-dialog/proposals", test_proposals);
  g_test_add_func ("/app/study-dialog/choices", test_choices);
  g_test_add_func ("/app/study-dialog/mistakes", test_mistakes);
  g_test_add_func ("/app/study-dialog/file", test_file);
  g_test_add_func ("/app/study-dialog/numbers", test_numbers);
  status = g_test_run ();
  session_test_clear ();

  return status;
}
