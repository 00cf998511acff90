/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs overlaid by hand: groups, places on the axis, what is chosen, dots, and the words for it. */
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include <cam-overlay-words.h>
#include <cam-overlay.h>

typedef struct
{
  char      *folder, *path;
  CamStore  *store;
  GPtrArray *runs;
  GPtrArray *chosen;
} Fixture;

/* Runs of two activations, with lengths of their own; the last has no report, and the first no times of its epochs. */
static const struct { const char *activation; guint seed, n; double values[5]; guint best; const char *report; double seconds[5]; } all[] = {
  { "tanh", 1, 4, { 0.9, 0.7, 0.5, 0.7 }, 3, "{\"training_rows\": 100}", { NAN, NAN, NAN, 2 } },
  { "relu", 1, 5, { 0.8, 0.6, 0.4, 0.3, 0.35 }, 4, "{\"training_rows\": 100}", { 0.1, 0.3, 0.3, 0.4, 1 } },
  { "relu", 2, 3, { 0.6, 0.4, 0.2 }, 3, "{\"training_rows\": 100}", { 1, 3, 4 } },
  { "relu", 10, 2, { 1.0, 0.5 }, 2, NULL, { 0.5, 1 } },
};

static CamRunItem *
add_run (Fixture *fixture,
         guint    i)
{
  static const char *const keys[] = { "val_loss", NULL };
  g_autofree char *experiment = g_strdup_printf ("{\"network\": [{\"class_name\": \"Dense\", \"config\": {\"activation\": \"%s\"}}, {\"class_name\": \"Dense\"}],"
                                                 " \"fit\": {\"batch_size\": 32, \"seed\": %u}}", all[i].activation, all[i].seed);
  g_autoptr(GError) error = NULL;
  CamRunStart start = { .experiment = experiment, .data_name = "t.csv", .seed = all[i].seed, .keys = keys, .monitor = "val_loss" };
  gint64 id = cam_store_begin_run (fixture->store, &start, &error);

  g_assert_no_error (error);
  g_assert_true (cam_store_append_epochs (fixture->store, id, 1, all[i].n, all[i].values, all[i].seconds, all[i].best, all[i].values[all[i].best - 1], &error));
  g_assert_true (cam_store_finish_run (fixture->store, id, CAM_RUN_FINISHED, all[i].seconds[all[i].n - 1], all[i].report, NULL, &error));
  return cam_run_item_new (fixture->store, cam_store_get_run (fixture->store, id, NULL), i);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("camadas-overlay-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "w.camadas", NULL);
  fixture->store = cam_store_open (fixture->path, NULL);
  g_assert_nonnull (fixture->store);
  fixture->runs = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->chosen = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (fixture->runs, add_run (fixture, i));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->runs);
  g_ptr_array_unref (fixture->chosen);
  cam_store_close (fixture->store);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static CamOverlay *
overlay (Fixture              *fixture,
         const CamOverlayLook *look)
{
  return cam_overlay_new (&(CamOverlaySource) { .runs = fixture->runs, .chosen = fixture->chosen, .key = "val_loss", .look = look });
}

static gconstpointer
owner (CamOverlay *self,
       guint       series,
       guint       i)
{
  return ((GPtrArray *) self->owners->pdata[series])->pdata[i];
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  CamOverlayLook look = { .group = g_intern_static_string ("activation") };
  g_autoptr(CamOverlay) self = overlay (fixture, &look);
  const double *x, *y;

  /* “relu” stands before “tanh”; its mean ends with the third epoch, where one of three is left behind. */
  g_assert_cmpuint (cam_chart_get_n_series (self->chart), ==, 2);
  g_assert_cmpstr (cam_chart_get_name (self->chart, 0), ==, "relu");
  g_assert_cmpstr (cam_chart_get_name (self->chart, 1), ==, "tanh");
  g_assert_cmpuint (cam_chart_get_points (self->chart, 0, &x, &y), ==, 3);
  g_assert_cmpfloat_with_epsilon (y[0], 0.8, 1e-12);
  g_assert_cmpfloat_with_epsilon (y[1], 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (y[2], 0.3, 1e-12);
  g_assert_cmpuint (cam_chart_get_points (self->chart, 1, &x, &y), ==, 4);
  g_assert_cmpuint (((GPtrArray *) self->owners->pdata[0])->len, ==, 3);
  g_assert_true (owner (self, 1, 0) == fixture->runs->pdata[0]);
  g_assert_true (cam_chart_get_pattern (self->chart, 0) != cam_chart_get_pattern (self->chart, 1));
  g_assert_cmpstr (self->subtitle, ==, "Mean of 1 to 3 runs by activation, band one deviation · each up to where half of its runs have ended");
}

/* Numbers are in their order, not in that of their letters; single runs lie behind. */
static void
test_order_and_behind (Fixture       *fixture,
                       gconstpointer  data)
{
  CamOverlayLook look = { .group = g_intern_static_string ("seed"), .shows_runs = TRUE, .marks_best = TRUE };
  g_autoptr(CamOverlay) self = overlay (fixture, &look);

  g_assert_cmpuint (cam_chart_get_n_series (self->chart), ==, 7);
  g_assert_cmpstr (cam_chart_get_name (self->chart, 0), ==, "1");
  g_assert_cmpstr (cam_chart_get_name (self->chart, 1), ==, "2");
  g_assert_cmpstr (cam_chart_get_name (self->chart, 2), ==, "10");
  g_assert_false (cam_chart_get_faded (self->chart, 2));
  g_assert_true (cam_chart_get_faded (self->chart, 3));
  g_assert_cmpuint (cam_chart_get_colour (self->chart, 3), ==, cam_chart_get_colour (self->chart, 0));
  g_assert_false (cam_chart_get_listed (self->chart, 3));
  /* The mean of 0.9, 0.7, 0.5, 0.7 and 0.8, 0.6, 0.4, 0.3 is least in the third epoch. */
  g_assert_cmpuint (cam_chart_get_dot (self->chart, 0), ==, 2);
  g_assert_cmpuint (cam_chart_get_dot (self->chart, 3), ==, G_MAXSIZE);
}

static void
test_chosen (Fixture       *fixture,
             gconstpointer  data)
{
  CamOverlayLook by_activation = { .group = g_intern_static_string ("activation") }, plain = { .marks_best = TRUE };
  g_autoptr(CamOverlay) groups = NULL, single = NULL;

  g_ptr_array_add (fixture->chosen, fixture->runs->pdata[0]);
  groups = overlay (fixture, &by_activation);
  g_assert_cmpstr (cam_chart_get_name (groups->chart, 0), ==, "tanh");
  g_assert_false (cam_chart_get_faded (groups->chart, 0));
  g_assert_true (cam_chart_get_faded (groups->chart, 1));
  g_assert_cmpuint (cam_chart_get_colour (groups->chart, 0), ==, 1);      /* the same as when nothing is chosen */

  single = overlay (fixture, &plain);
  g_assert_cmpuint (cam_chart_get_n_series (single->chart), ==, 4);
  g_assert_true (owner (single, 0, 0) == fixture->runs->pdata[0]);
  g_assert_true (cam_chart_get_faded (single->chart, 3));
  g_assert_cmpuint (cam_chart_get_dot (single->chart, 0), ==, 2);
  g_assert_cmpuint (cam_chart_get_dot (single->chart, 1), ==, 3);
  g_assert_null (single->subtitle);
}

static void
test_axes (Fixture       *fixture,
           gconstpointer  data)
{
  CamOverlayLook steps = { .axis = CAM_OVERLAY_STEPS }, times = { .axis = CAM_OVERLAY_TIME };
  g_autoptr(CamOverlay) by_step = overlay (fixture, &steps), by_time = overlay (fixture, &times);
  const double *x;
  double least, most;

  /* 100 rows in batches of 32 are 4 steps; the run without a report is not there. */
  g_assert_cmpuint (cam_chart_get_n_series (by_step->chart), ==, 3);
  g_assert_cmpuint (cam_chart_get_points (by_step->chart, 1, &x, NULL), ==, 5);
  g_assert_cmpfloat (x[0], ==, 4);
  g_assert_cmpfloat (x[4], ==, 20);
  g_assert_cmpstr (by_step->subtitle, ==, "1 run without a count of steps left out");
  g_assert_cmpstr (cam_chart_get_x_title (by_step->chart), ==, "Step");

  g_assert_cmpuint (cam_chart_get_n_series (by_time->chart), ==, 4);
  g_assert_cmpuint (cam_chart_get_points (by_time->chart, 0, &x, NULL), ==, 4);
  g_assert_cmpfloat_with_epsilon (x[0], 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (x[3], 2, 1e-9);
  cam_chart_get_points (by_time->chart, 1, &x, NULL);
  g_assert_cmpfloat (x[0], ==, 0.1);
  g_assert_cmpfloat_with_epsilon (x[2], 0.3, 1e-6);
  g_assert_cmpfloat (x[2], >, x[1]);
  g_assert_cmpfloat (x[4], ==, 1);
  cam_chart_get_x_range (by_time->chart, &least, &most);
  g_assert_cmpfloat (least, ==, 0);
  g_assert_cmpfloat_with_epsilon (most, 4, 1e-9);
  g_assert_cmpstr (cam_chart_get_x_title (by_time->chart), ==, "Seconds");
  g_assert_cmpstr (by_time->subtitle, ==, "1 run kept no times: spread evenly");
}

static const struct { CamOverlayFacts facts; const char *text; } word_cases[] = {
  { { .n_curves = 3, .n_drawn = 3 }, NULL },
  { { .n_curves = 500, .n_drawn = 100 }, "100 of 500 single curves drawn" },
  { { .group = "seed", .n_least = 5, .n_most = 5, .n_groups = 2, .n_groups_drawn = 2, .band = CAM_BAND_ERROR }, "Mean of 5 runs by seed, band one standard error" },
  { { .group = "seed", .n_least = 5, .n_most = 5, .n_groups = 2, .n_groups_drawn = 2, .band = CAM_BAND_NONE }, "Mean of 5 runs by seed" },
  { { .group = "seed", .n_least = 1, .n_most = 1, .n_groups = 2, .n_groups_drawn = 2 }, "One run in each group: nothing to average" },
  { { .group = "seed", .n_least = 2, .n_most = 3, .n_groups = 40, .n_groups_drawn = 24, .band = CAM_BAND_RANGE },
    "Mean of 2 to 3 runs by seed, band from lowest to highest · 24 of 40 groups drawn" },
  { { .group = "seed", .n_waiting = 2 }, "2 runs still to be read" },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (word_cases); i++)
    {
      g_autofree char *text = cam_overlay_words_subtitle (&word_cases[i].facts);

      g_assert_cmpstr (text, ==, word_cases[i].text);
    }
}

/* What is chosen is there again at the next start; nonsense is passed over. */
static void
test_choice (void)
{
  g_autofree char *folder = g_dir_make_tmp ("camadas-choice-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "window.ini", NULL);
  g_autoptr(CamSettings) settings = cam_settings_new (path);
  g_autoptr(CamOverlayChoice) first = cam_overlay_choice_new (), second = cam_overlay_choice_new ();
  GActionGroup *actions = cam_overlay_choice_make_actions (first);
  const CamOverlayLook *look = cam_overlay_choice_get_look (second);

  cam_overlay_choice_set_settings (first, settings);
  g_action_group_activate_action (actions, "band", g_variant_new_string ("range"));
  g_action_group_activate_action (actions, "axis", g_variant_new_string ("time"));
  g_action_group_activate_action (actions, "mark-best", NULL);
  g_object_set (first, "group", "activation", NULL);
  cam_overlay_choice_set_settings (second, settings);
  g_assert_cmpint (look->band, ==, CAM_BAND_RANGE);
  g_assert_cmpint (look->axis, ==, CAM_OVERLAY_TIME);
  g_assert_true (look->marks_best);
  g_assert_false (look->shows_runs);
  g_assert_cmpstr (look->group, ==, "activation");
  g_object_set (second, "band", "no such band", "group", "", NULL);
  g_assert_cmpint (look->band, ==, CAM_BAND_DEVIATION);
  g_assert_null (look->group);
  g_object_unref (actions);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/overlay/groups", Fixture, NULL, set_up, test_groups, tear_down);
  g_test_add ("/app/overlay/order-and-behind", Fixture, NULL, set_up, test_order_and_behind, tear_down);
  g_test_add ("/app/overlay/chosen", Fixture, NULL, set_up, test_chosen, tear_down);
  g_test_add ("/app/overlay/axes", Fixture, NULL, set_up, test_axes, tear_down);
  g_test_add_func ("/app/overlay/words", test_words);
  g_test_add_func ("/app/overlay/choice", test_choice);
  return g_test_run ();
}
