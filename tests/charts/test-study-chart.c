/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of studies: each of each kind drawn and written in every format, of what is done: nothing, some runs, all. */
#include <cam-study-chart.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "study-fixture.h"

static const struct { const char *name, *settings, *pictures; } kinds[] = {
  { "repeat", "\"kind\": \"repeat\", \"repeats\": 3", "scores val_loss val_accuracy" },
  { "one", "\"kind\": \"repeat\", \"repeats\": 1", "scores val_loss val_accuracy" },
  { "compare", "\"kind\": \"compare\", \"setting\": \"network/hidden/config/activation\", \"values\": [\"relu\", \"tanh\", \"relu\"], \"labels\": "
    "[\"a label that is so long that it cannot find room anywhere beside a chart\", \"tanh\", \"again\"], \"repeats\": 2",
    "scores val_loss val_accuracy time probabilities dead-units gradients activations" },
  { "optimizers", "\"kind\": \"compare\", \"setting\": \"optimizer\", \"values\": [\"adam\", \"sgd\"], \"folds\": 2", "scores val_loss val_accuracy time probabilities dead-units gradients" },
  { "cross-validate", "\"kind\": \"cross-validate\", \"folds\": 3, \"repeats\": 2", "scores val_loss val_accuracy" },
  { "learning-curve", "\"kind\": \"learning-curve\", \"sizes\": [0.2, 0.5, 1], \"repeats\": 2", "learning-curve learning-curve-accuracy val_loss val_accuracy" },
  { "search", "\"kind\": \"search\", \"space\": {\"fit/batch_size\": [8, 16, 32], \"network/0/config/activation\": [\"relu\", \"tanh\"], \"optimizer/config/learning_rate\": "
    "{\"from\": 1e-4, \"to\": 0.1, \"scale\": \"log\"}}, \"trials\": 8, \"monitor\": \"val_accuracy\", \"direction\": \"max\"",
    "parallel importance slice-batch_size slice-activation slice-learning_rate best scores val_accuracy val_loss" },
  { "halving", "\"kind\": \"search\", \"method\": \"halving\", \"space\": {\"fit/batch_size\": {\"from\": 4, \"to\": 64, \"integer\": true}}, \"trials\": 6, \"reduction\": 2, \"first_epochs\": 2",
    "parallel importance slice-batch_size best stages scores val_loss val_accuracy" },
};

static char *folder;

static CamStudy *
new_study (guint kind)
{
  g_autoptr(CamPlan) plan = fixture_plan (kinds[kind].settings, 6);
  g_autoptr(CamTable) table = fixture_table ("iris");

  return cam_study_new (plan, table, NULL, 2);
}

typedef struct { GMainLoop *loop; guint most; } Until;

static void
run_ended_cb (CamStudy *study,
              guint     place,
              Until    *until)
{
  if (cam_study_get_n_done (study) >= until->most)
    cam_study_stop (study);
}

static void
ended_cb (CamStudy *study,
          Until    *until)
{
  g_main_loop_quit (until->loop);
}

static void
run (CamStudy *study,
     guint     most)
{
  Until until = { g_main_loop_new (NULL, FALSE), most };

  g_signal_connect (study, "run-ended", G_CALLBACK (run_ended_cb), &until);
  g_signal_connect (study, "ended", G_CALLBACK (ended_cb), &until);
  g_assert_true (CHECKED (cam_study_start (study, 0, error)));
  g_main_loop_run (until.loop);
  g_signal_handlers_disconnect_by_data (study, &until);
  g_main_loop_unref (until.loop);
}

static void
look_at (CamStudy   *study,
         const char *id,
         gboolean    in_all_formats)
{
  static const char *const endings[] = { "csv", "svg", "pdf", "png" };
  static const int sizes[][2] = { { 560, 420 }, { 1200, 700 }, { 90, 70 } };
  g_autoptr(CamChart) chart = cam_study_picture_new (study, id);
  g_autofree char *summary = NULL;

  g_assert_nonnull (chart);
  g_assert_nonnull (cam_chart_get_title (chart));
  summary = cam_chart_dup_summary (chart);
  g_assert_cmpuint (strlen (summary), >, strlen (cam_chart_get_title (chart)));
  for (guint theme = CAM_THEME_LIGHT; theme <= CAM_THEME_PRINT; theme++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sizes[theme][0], sizes[theme][1]);
      cairo_t *cr = cairo_create (surface);

      cam_chart_draw (chart, cr, sizes[theme][0], sizes[theme][1], cam_chart_theme_get (theme), CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, NULL);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  for (guint i = 0; i < (in_all_formats ? G_N_ELEMENTS (endings) : 1); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", id, endings[i]), *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      g_assert_true (CHECKED (cam_chart_export (chart, path, 560, 420, 96, cam_chart_theme_get (CAM_THEME_LIGHT), FALSE, error)));
      g_assert_true (g_stat (path, &info) == 0 && info.st_size > 0);
      g_unlink (path);
    }
}

static void
look_at_all (CamStudy *study,
             gboolean  in_all_formats)
{
  g_autoptr(GPtrArray) pictures = cam_study_list_pictures (study);

  g_assert_cmpuint (pictures->len, >, 0);
  for (guint i = 0; i < pictures->len; i++)
    {
      const CamStudyPicture *picture = g_ptr_array_index (pictures, i);

      g_assert_cmpuint (strlen (picture->title), >, 0);
      look_at (study, picture->id, in_all_formats);
    }
}

static void
test_all (gconstpointer data)
{
  guint kind = GPOINTER_TO_UINT (data);
  g_autoptr(CamStudy) study = new_study (kind);
  g_auto(GStrv) wanted = g_strsplit (kinds[kind].pictures, " ", -1);
  g_autoptr(GPtrArray) pictures = NULL;

  run (study, G_MAXUINT);
  pictures = cam_study_list_pictures (study);
  g_assert_cmpuint (pictures->len, ==, g_strv_length (wanted));
  for (guint i = 0; i < pictures->len; i++)
    g_assert_cmpstr (((const CamStudyPicture *) g_ptr_array_index (pictures, i))->id, ==, wanted[i]);
  look_at_all (study, TRUE);
  g_assert_null (cam_study_picture_new (study, "no such picture"));
}

static void
test_partial (gconstpointer data)
{
  g_autoptr(CamStudy) study = new_study (GPOINTER_TO_UINT (data));

  look_at_all (study, FALSE);
  run (study, 1);
  g_assert_cmpuint (cam_study_get_n_done (study), >=, 1);
  look_at_all (study, FALSE);
}

/* The numbers of a picture are those of the study. */
static void
test_numbers (void)
{
  g_autoptr(CamStudy) study = new_study (0);
  g_autoptr(CamChart) chart = NULL;
  g_autoptr(CamChartTable) table = NULL;
  double sum = 0;

  run (study, G_MAXUINT);
  chart = cam_study_picture_new (study, "val_loss");
  table = cam_chart_table_new (chart);
  g_assert_cmpuint (table->n_rows, ==, 6);
  g_assert_cmpstr (table->names[1], ==, "mean of 3 runs");
  for (guint place = 0; place < 3; place++)
    {
      const char *const *keys;
      guint n, key = 0;
      const double *values = cam_study_peek_history (study, place, &keys, &n);

      while (!g_str_equal (keys[key], "val_loss"))
        key++;
      sum += values[5 * g_strv_length ((char **) keys) + key] / 3;
    }
  g_assert_cmpfloat_with_epsilon (table->columns[1][5], sum, 1e-12);
}

/* The third activation is the first one once more. */
static void
test_no_difference (void)
{
  g_autoptr(CamStudy) study = new_study (2);
  g_autoptr(CamChart) chart = NULL;
  g_autofree char *summary = NULL;

  run (study, G_MAXUINT);
  chart = cam_study_picture_new (study, "probabilities");
  summary = cam_chart_dup_summary (chart);
  g_assert_nonnull (strstr (summary, "again ="));
}

static void
test_time (void)
{
  g_autoptr(CamStudy) study = new_study (3);
  g_autoptr(CamChart) never = NULL, at_once = NULL;
  g_autofree char *words = NULL, *other = NULL;

  run (study, G_MAXUINT);
  never = cam_study_picture_new (study, "time=-1");
  words = cam_chart_dup_summary (never);
  g_assert_null (strstr (words, "epochs"));
  at_once = cam_study_picture_new (study, "time=1000");
  other = cam_chart_dup_summary (at_once);
  g_assert_nonnull (strstr (other, "adam: epochs 1"));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  cam_charts_init (&error);
  g_assert_no_error (error);
  folder = fixture_make_folder ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *all = g_strdup_printf ("/study-chart/all/%s", kinds[i].name), *partial = g_strdup_printf ("/study-chart/partial/%s", kinds[i].name);

      g_test_add_data_func (all, GUINT_TO_POINTER (i), test_all);
      g_test_add_data_func (partial, GUINT_TO_POINTER (i), test_partial);
    }
  g_test_add_func ("/study-chart/numbers", test_numbers);
  g_test_add_func ("/study-chart/no-difference", test_no_difference);
  g_test_add_func ("/study-chart/time", test_time);
  result = g_test_run ();
  fixture_drop_folder (folder);
  return result;
}
