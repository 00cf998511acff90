/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the board puts its cards, and the figures of a card. */
#include <math.h>

#include <cam-chart-card.h>
#include <cam-chart.h>
#include <cam-figure-card.h>
#include <cam-train-board.h>
#include <cam-train-charts.h>

#include "uitest.h"

static GtkWidget *
new_card (int height)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (card, -1, height);
  return card;
}

/* "x,y w×h" of each child in turn. */
static char *
describe (CamTrainBoard *board,
          int            width,
          int            height)
{
  GString *text = g_string_new (NULL);
  int least;

  gtk_widget_measure (GTK_WIDGET (board), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (width, >=, least);
  gtk_widget_measure (GTK_WIDGET (board), GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (board), width, MAX (height, least), -1, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (board)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;

      if (!gtk_widget_get_visible (child))
        continue;
      gtk_widget_get_allocation (child, &place);
      g_string_append_printf (text, "%s%d,%d %d×%d", text->len > 0 ? " · " : "", place.x, place.y, place.width, place.height);
    }
  return g_string_free (text, FALSE);
}

static const struct { guint n_charts, n_sides; int width, height; const char *places; } cases[] = {
  { 1, 1, 1000, 600, "0,0 682×600 · 696,0 304×100" },
  { 2, 1, 1000, 614, "0,0 682×300 · 0,314 682×300 · 696,0 304×100" },
  { 3, 0, 1014, 614, "0,0 1014×300 · 0,314 500×300 · 514,314 500×300" },
  { 4, 0, 1014, 614, "0,0 500×300 · 514,0 500×300 · 0,314 500×300 · 514,314 500×300" },
  { 2, 2, 714, 514, "0,0 350×400 · 364,0 350×400 · 0,414 350×100 · 364,414 350×100" },
  { 1, 3, 714, 514, "0,0 714×286 · 0,300 350×100 · 0,414 350×100 · 364,300 350×100" },
  { 2, 1, 714, 514, "0,0 350×400 · 364,0 350×400 · 0,414 714×100" },
  /* Narrow, with more charts than a row holds: the first card is beside the third chart. */
  { 3, 3, 714, 454, "0,0 350×206 · 364,0 350×206 · 0,220 350×206 · 364,220 350×100 · 364,334 350×100 · 0,440 350×100" },
  { 3, 1, 714, 454, "0,0 350×220 · 364,0 350×220 · 0,234 350×220 · 364,234 350×100" },
  { 4, 2, 714, 100, "0,0 350×206 · 364,0 350×206 · 0,220 350×206 · 0,440 350×206 · 364,220 350×100 · 364,334 350×100" },
  { 6, 1, 714, 100, "0,0 350×206 · 364,0 350×206 · 0,220 350×206 · 0,440 350×206 · 0,660 350×206 · 0,880 714×206 · 364,220 350×100" },
  /* Too low: it asks for more height than there is. */
  { 3, 0, 714, 100, "0,0 714×206 · 0,220 350×206 · 364,220 350×206" },
};

static void
test_places (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *window = gtk_window_new ();
      CamTrainBoard *board = CAM_TRAIN_BOARD (cam_train_board_new ());
      g_autofree char *places = NULL;

      gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (board));
      for (guint c = 0; c < cases[i].n_sides; c++)
        cam_train_board_add_side (board, new_card (100));
      for (guint c = 0; c < cases[i].n_charts; c++)
        cam_train_board_add_chart (board, new_card (50));
      places = describe (board, cases[i].width, cases[i].height);
      g_assert_cmpstr (places, ==, cases[i].places);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_hidden_and_removed (void)
{
  GtkWidget *window = gtk_window_new ();
  CamTrainBoard *board = CAM_TRAIN_BOARD (cam_train_board_new ());
  GtkWidget *chart = new_card (50), *second = new_card (50), *side = new_card (100);
  g_autofree char *all = NULL, *without_side = NULL, *without_second = NULL;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (board));
  cam_train_board_add_chart (board, chart);
  cam_train_board_add_side (board, side);
  cam_train_board_add_chart (board, second);
  all = describe (board, 1000, 614);
  g_assert_cmpstr (all, ==, "0,0 682×300 · 0,314 682×300 · 696,0 304×100");
  gtk_widget_set_visible (side, FALSE);
  without_side = describe (board, 1000, 614);
  g_assert_cmpstr (without_side, ==, "0,0 1000×300 · 0,314 1000×300");
  cam_train_board_remove (board, second);
  without_second = describe (board, 1000, 614);
  g_assert_cmpstr (without_second, ==, "0,0 1000×614");

  g_object_ref (board);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (board);
}

/* Points of the series called @name on the card of the loss. */
static gsize
count_points (CamTrainCharts  *charts,
              const char      *name,
              const double   **x,
              const double   **y)
{
  CamChart *chart = cam_chart_card_get_chart (CAM_CHART_CARD (cam_train_charts_get_card (charts, 0)));

  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    if (g_str_equal (cam_chart_get_name (chart, s), name))
      return cam_chart_get_points (chart, s, x, y);
  g_assert_not_reached ();
}

/* A long epoch is followed batch by batch, and its trail ends where the epoch's own value stands; both training curves are there, and say what they are. */
static void
test_trail (void)
{
  GtkWidget *window = gtk_window_new ();
  CamTrainBoard *board = CAM_TRAIN_BOARD (cam_train_board_new ());
  CamTrainCharts *charts = cam_train_charts_new (board);
  char *keys[] = { (char *) "loss", (char *) "val_loss", (char *) "train_loss", NULL };
  double loss[] = { 0.8 }, val[] = { 0.6 }, again[] = { 0.5 };
  double *values[] = { loss, val, again };
  CamRunFacts facts = { .keys = keys, .values = values, .is_live = TRUE, .n_planned = 5, .n_batches = 10, .live_batch = 3, .live_loss = 1.5, .seconds = 0, .live_rate = NAN };
  const double *x, *y;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (board));
  cam_train_charts_show (charts, &facts, NULL, "");
  g_assert_cmpuint (count_points (charts, "train, while it learns", &x, &y), ==, 1);
  g_assert_cmpfloat (x[0], ==, 0.3);
  g_assert_cmpfloat (y[0], ==, 1.5);
  facts.live_batch = 6;
  facts.live_loss = 1.1;
  cam_train_charts_show (charts, &facts, NULL, "");
  g_assert_cmpuint (count_points (charts, "train, while it learns", &x, &y), ==, 2);
  g_assert_cmpuint (count_points (charts, "train", NULL, NULL), ==, 0);

  /* The epoch is over: its value alone. */
  facts.n_epochs = 1;
  facts.live_batch = 10;
  facts.seconds = 0.01;
  cam_train_charts_show (charts, &facts, NULL, "");
  g_assert_cmpuint (count_points (charts, "train, while it learns", &x, &y), ==, 1);
  g_assert_cmpfloat (x[0], ==, 1);
  g_assert_cmpfloat (y[0], ==, 0.8);
  g_assert_cmpuint (count_points (charts, "train", NULL, &y), ==, 1);
  g_assert_cmpfloat (y[0], ==, 0.5);
  g_assert_nonnull (cam_chart_get_note (cam_chart_card_get_chart (CAM_CHART_CARD (cam_train_charts_get_card (charts, 0))), 0));

  /* Short epochs follow each other faster than eyes do. */
  facts.live_batch = 4;
  cam_train_charts_show (charts, &facts, NULL, "");
  g_assert_cmpuint (count_points (charts, "train, while it learns", &x, &y), ==, 1);
  cam_train_charts_free (charts);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_figures (void)
{
  CamFigureCard *card = CAM_FIGURE_CARD (g_object_ref_sink (cam_figure_card_new ()));
  const char *columns[] = { "test", "train", NULL };
  const char *rows[] = { "loss", "accuracy", NULL };

  cam_figure_card_set_shape (card, columns, rows);
  cam_figure_card_set (card, 1, 1, "98.0 %");
  g_assert_cmpstr (cam_figure_card_get (card, 1, 1), ==, "98.0 %");
  g_assert_cmpstr (cam_figure_card_get (card, 0, 0), ==, "");
  g_assert_null (cam_figure_card_get (card, 2, 0));
  g_assert_null (cam_figure_card_get (card, 0, 2));

  /* The same shape keeps its figures, another one begins anew. */
  cam_figure_card_set_shape (card, columns, rows);
  g_assert_cmpstr (cam_figure_card_get (card, 1, 1), ==, "98.0 %");
  cam_figure_card_set_shape (card, NULL, rows);
  g_assert_cmpstr (cam_figure_card_get (card, 1, 0), ==, "");
  g_assert_null (cam_figure_card_get (card, 1, 1));
  g_assert_finalize_object (card);
}

int
main (int   argc,
      char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/app/train-board/places", test_places);
  g_test_add_func ("/app/train-board/hidden-and-removed", test_hidden_and_removed);
  g_test_add_func ("/app/train-charts/trail", test_trail);
  g_test_add_func ("/app/figure-card/figures", test_figures);
  return g_test_run ();
}
