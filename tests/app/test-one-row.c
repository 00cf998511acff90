/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row by hand: what can be set, what can be drawn, and that the answer is there in the same frame. */
#include <math.h>
#include <string.h>

#include <cam-answer-view.h>
#include <cam-asker.h>
#include <cam-ink.h>
#include <cam-name-match.h>
#include <cam-one-row.h>
#include <cam-picture-input.h>
#include <cam-predict-page.h>
#include <cam-row-curve.h>

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
  fixture->session = session_test_open (data);
  fixture->page = g_object_new (CAM_TYPE_PREDICT_PAGE, "session", fixture->session, NULL);
  fixture->window = session_test_show (fixture->page, 1400, 900);
  session_test_edit (fixture->session, "fit/epochs", json_integer (2));
  g_assert_true (cam_session_train (fixture->session));
  ui_wait (!session_test_is_busy (fixture->session));
  ui_wait (cam_predict_page_get_prediction (CAM_PREDICT_PAGE (fixture->page)) != NULL);
  ui_settle ();
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

static CamOneRow *
get_row (Fixture *fixture)
{
  return CAM_ONE_ROW (session_test_child (fixture->page, CAM_TYPE_PREDICT_PAGE, "one_row"));
}

static gpointer
get_row_child (Fixture    *fixture,
               const char *name)
{
  return session_test_child (get_row (fixture), CAM_TYPE_ONE_ROW, name);
}

typedef struct
{
  guint  n_painted;
  gint64 painted_at;
} Frames;

static void
painted_cb (GdkFrameClock *clock,
            Frames        *frames)
{
  frames->n_painted++;
  frames->painted_at = g_get_monotonic_time ();
}

/* A slider moves: the frame that shows its new place shows the new answer and the new curve. */
static void
test_frames (Fixture       *fixture,
             gconstpointer  data)
{
  GtkRange *scale = GTK_RANGE (ui_find_type (GTK_WIDGET (get_row (fixture)), GTK_TYPE_SCALE));
  GtkAdjustment *adjustment = gtk_range_get_adjustment (scale);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  CamAnswerView *answer = get_row_child (fixture, "answer");
  Frames frames = { 0 };
  gint64 took = 0, most = 0;
  gulong handler;

  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &frames);
  for (guint i = 0; i < 30; i++)
    {
      double share = (i % 10 + 1) / 11.0;
      guint before = frames.n_painted;
      gint64 moved_at = g_get_monotonic_time ();
      g_autofree char *text = NULL;

      gtk_range_set_value (scale, gtk_adjustment_get_lower (adjustment) + share * (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment)));
      text = cam_answer_view_dup_text (answer);
      took += g_get_monotonic_time () - moved_at;
      most = MAX (most, g_get_monotonic_time () - moved_at);
      ui_wait (frames.n_painted > before);
      g_assert_cmpuint (frames.n_painted - before, ==, 1);
      {
        g_autofree char *shown = cam_answer_view_dup_text (answer);

        g_assert_cmpstr (shown, ==, text);
      }
    }
  g_signal_handler_disconnect (clock, handler);
  g_test_message ("the answer took %.2f ms on average, %.2f ms at most", (double) took / 30e3, (double) most / 1e3);
}

/* The curve goes through the answer: at the slider's place it has the value that is shown. */
static void
test_curve (Fixture       *fixture,
            gconstpointer  data)
{
  /* A moved slider draws another. */
  g_autoptr(CamChart) chart = cam_chart_ref (cam_row_curve_get_chart (get_row_child (fixture, "curve")));
  GtkRange *scale = GTK_RANGE (ui_find_type (GTK_WIDGET (get_row (fixture)), GTK_TYPE_SCALE));
  const double *x, *y;
  gsize n = cam_chart_get_points (chart, 0, &x, &y);
  const float *outputs;
  guint n_outputs;

  g_assert_cmpuint (n, ==, CAM_ASKER_MAX_SWEEP);
  g_assert_cmpfloat (x[0], ==, gtk_adjustment_get_lower (gtk_range_get_adjustment (scale)));
  g_assert_cmpfloat (x[n - 1], ==, gtk_adjustment_get_upper (gtk_range_get_adjustment (scale)));
  gtk_range_set_value (scale, x[n - 1]);
  outputs = cam_one_row_get_outputs (get_row (fixture), &n_outputs);
  g_assert_cmpfloat_with_epsilon (y[n - 1], outputs[0], 1e-6);
}

/* A stroke on the canvas is an answer; taken back, there is none. */
static void
test_drawing (Fixture       *fixture,
              gconstpointer  data)
{
  CamPictureInput *picture = get_row_child (fixture, "picture");
  GtkWidget *canvas = GTK_WIDGET (session_test_child (picture, CAM_TYPE_PICTURE_INPUT, "canvas"));
  gpointer drag = ui_controller (canvas, GTK_TYPE_GESTURE_DRAG);
  double size = gtk_widget_get_width (canvas), sum = 0, shares = 0;
  const float *pixels, *outputs;
  guint n = 0;

  graphene_point_t place, later;

  g_assert_true (cam_one_row_takes_picture (get_row (fixture)));
  g_assert_null (cam_one_row_get_outputs (get_row (fixture), &n));
  g_assert_true (gtk_widget_compute_point (canvas, fixture->window, graphene_point_zero (), &place));
  g_signal_emit_by_name (drag, "drag-begin", size / 2, size / 5);
  g_signal_emit_by_name (drag, "drag-update", 0.0, size / 2);
  g_signal_emit_by_name (drag, "drag-end", 0.0, size / 2);
  outputs = cam_one_row_get_outputs (get_row (fixture), &n);
  g_assert_nonnull (outputs);
  g_assert_cmpuint (n, ==, 10);
  for (guint i = 0; i < n; i++)
    shares += outputs[i];
  g_assert_cmpfloat_with_epsilon (shares, 1, 1e-4);
  /* The answer that comes does not push the drawing from under the pen. */
  ui_settle ();
  gtk_test_widget_wait_for_draw (canvas);
  g_assert_true (gtk_widget_compute_point (canvas, fixture->window, graphene_point_zero (), &later));
  g_assert_cmpfloat (later.y, ==, place.y);
  pixels = cam_picture_input_get_pixels (picture);
  for (guint i = 0; i < 64; i++)
    {
      g_assert_cmpfloat (pixels[i], >=, 0);
      g_assert_cmpfloat (pixels[i], <=, 16);
      sum += pixels[i];
    }
  g_assert_cmpfloat (sum, >, 40);        /* a pen of more than a pixel over half of eight */
  gtk_widget_activate_action (GTK_WIDGET (picture), "picture.undo", NULL);
  g_assert_null (cam_one_row_get_outputs (get_row (fixture), &n));

  /* By keyboard: the pen down, three steps, and up. */
  {
    gpointer keys = ui_controller (canvas, GTK_TYPE_EVENT_CONTROLLER_KEY);
    const guint pressed[] = { GDK_KEY_space, GDK_KEY_Down, GDK_KEY_Down, GDK_KEY_Right, GDK_KEY_space };

    for (guint i = 0; i < G_N_ELEMENTS (pressed); i++)
      {
        gboolean is_handled = FALSE;

        g_signal_emit_by_name (keys, "key-pressed", pressed[i], 0u, 0, &is_handled);
        g_assert_true (is_handled);
      }
  }
  g_assert_nonnull (cam_one_row_get_outputs (get_row (fixture), &n));
  gtk_widget_activate_action (GTK_WIDGET (picture), "picture.clear", NULL);
  g_assert_true (cam_picture_input_is_empty (picture));
}

/* A row of the table as the picture has the answer of the table. */
static void
test_picture_row (Fixture       *fixture,
                  gconstpointer  data)
{
  CamPrediction *prediction = cam_predict_page_get_prediction (CAM_PREDICT_PAGE (fixture->page));
  const float *outputs;
  guint n = 0;

  cam_one_row_set_row (get_row (fixture), prediction->table, 3);
  outputs = cam_one_row_get_outputs (get_row (fixture), &n);
  g_assert_nonnull (outputs);
  for (guint i = 0; i < n; i++)          /* pixels go through bytes on their way */
    g_assert_cmpfloat_with_epsilon (outputs[i], prediction->answers->outputs[3 * n + i], 0.02);
}

static void
test_picture_file (Fixture       *fixture,
                   gconstpointer  data)
{
  CamPictureInput *picture = get_row_child (fixture, "picture");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "small.png", NULL);
  guint n = 0;

  cam_one_row_open_picture (get_row (fixture), path);
  ui_wait (!cam_picture_input_is_empty (picture));
  g_assert_nonnull (cam_one_row_get_outputs (get_row (fixture), &n));
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  GtkTextView *words = get_row_child (fixture, "words");
  guint n = 0;

  g_assert_null (cam_one_row_get_outputs (get_row (fixture), &n));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (words), "what a good film", -1);
  g_assert_nonnull (cam_one_row_get_outputs (get_row (fixture), &n));
  g_assert_cmpuint (n, ==, 1);
}

static void
test_sequence (Fixture       *fixture,
               gconstpointer  data)
{
  guint n = 0;

  g_assert_null (cam_one_row_get_outputs (get_row (fixture), &n));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (get_row_child (fixture, "input_stack")), ==, "file");
  g_assert_nonnull (strstr (gtk_label_get_text (get_row_child (fixture, "needs")), "sequences"));
}

/* Ink is as bright as the share of a pixel that it covers, and undo takes it back stroke by stroke. */
static void
test_ink (void)
{
  g_autoptr(CamInk) ink = cam_ink_new (28, 28, 1);
  float pixels[28 * 28];
  double sum = 0;

  cam_ink_render (ink, 255, pixels);
  g_assert_cmpfloat (pixels[0], ==, 0);
  cam_ink_begin (ink, 0.5, 0.5);
  cam_ink_render (ink, 255, pixels);
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    sum += pixels[i] / 255;
  g_assert_cmpfloat_with_epsilon (sum, G_PI * pow (0.085 * 28 / 2, 2), 0.3);     /* the area of the pen's tip */
  g_assert_cmpfloat (pixels[14 * 28 + 14], >, 200);
  cam_ink_begin (ink, 0.1, 0.1);
  g_assert_cmpuint (cam_ink_get_n_strokes (ink), ==, 2);
  g_assert_true (cam_ink_undo (ink) && cam_ink_undo (ink));
  g_assert_false (cam_ink_undo (ink));
  cam_ink_render (ink, 255, pixels);
  g_assert_cmpfloat (pixels[14 * 28 + 14], ==, 0);
}

/* The class is the one on this side of the threshold that the model was saved with. */
static void
test_threshold (void)
{
  g_autoptr(json_t) layers = json_loads ("[{\"class_name\": \"Dense\", \"config\": {\"units\": 1, \"activation\": \"sigmoid\"}}]", 0, NULL);
  const CamShape shape = { 1, { 1 } };
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, NULL);
  g_autoptr(CamModel) model = cam_model_new (network, NULL, NULL);
  g_autoptr(CamPredictions) form = cam_model_describe_answers (model);
  CamAnswerView *view = g_object_ref_sink (g_object_new (CAM_TYPE_ANSWER_VIEW, NULL));
  g_autofree char *usual = NULL;
  g_autofree char *moved = NULL;
  const float outputs[] = { 0.3f };

  cam_answer_view_set_model (view, model, form);
  cam_answer_view_set_outputs (view, outputs);
  usual = cam_answer_view_dup_text (view);
  g_assert_true (g_str_has_prefix (usual, "0, 70"));
  cam_model_set_threshold (model, 0, 0.2);
  cam_answer_view_set_outputs (view, outputs);
  moved = cam_answer_view_dup_text (view);
  g_assert_true (g_str_has_prefix (moved, "1, 30"));
  g_assert_finalize_object (view);
}

static void
test_names (void)
{
  static const struct { const char *a, *b; gboolean is_like; } cases[] = {
    { "petal_width_cm", "Petal Width (cm)", TRUE }, { "petal_width", "petal_width_cm", TRUE }, { "temperatura", "Temperatur", TRUE },
    { "preço", "preco", TRUE }, { "x_1", "x_2", FALSE }, { "age", "note", FALSE }, { "pixel10", "pixel11", FALSE }, { "a", "b", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) names = g_ptr_array_new ();

      g_ptr_array_add (names, (gpointer) cases[i].b);
      g_test_message ("%s, %s: %g", cases[i].a, cases[i].b, cam_name_match_score (cases[i].a, cases[i].b));
      g_assert_true ((cam_name_match_find (cases[i].a, names) == 0) == cases[i].is_like);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_test_add ("/app/one-row/frames", Fixture, "breast-cancer.json", set_up, test_frames, tear_down);
  g_test_add ("/app/one-row/curve", Fixture, "energy-efficiency.json", set_up, test_curve, tear_down);
  g_test_add ("/app/one-row/drawing", Fixture, "digits.json", set_up, test_drawing, tear_down);
  g_test_add ("/app/one-row/drawing/image", Fixture, "digits-cnn.json", set_up, test_drawing, tear_down);
  g_test_add ("/app/one-row/picture-row", Fixture, "digits-cnn.json", set_up, test_picture_row, tear_down);
  g_test_add ("/app/one-row/picture-file", Fixture, "digits.json", set_up, test_picture_file, tear_down);
  g_test_add ("/app/one-row/words", Fixture, "sentiment.json", set_up, test_words, tear_down);
  g_test_add ("/app/one-row/sequence", Fixture, "sunspots.json", set_up, test_sequence, tear_down);
  g_test_add_func ("/app/one-row/ink", test_ink);
  g_test_add_func ("/app/one-row/threshold", test_threshold);
  g_test_add_func ("/app/one-row/names", test_names);
  status = g_test_run ();
  session_test_clear ();
  return status;
}
