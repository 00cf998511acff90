/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers: predicted beside actual, and what residuals look like. A dot opens the rows where it is, a bar those in it. */
#include "cam-evaluation-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-evaluation-parts.h"
#include "cam-figure-card.h"
#include "cam-words.h"

#define REACH 8.0               /* pixels around a click */

enum { ACTUAL, RESIDUALS, N_DOTTED };

struct _CamNumberPage
{
  /* borrowed: the view has the page, the board the cards */
  CamEvaluationView  *view;
  CamChartCard       *dotted[N_DOTTED];
  CamChartCard       *misses_card;
  CamChartCard       *quantile_card;
  CamChartCard       *horizon_card;
  CamChartCard       *series_card;
  GtkWidget          *figures_card;

  /* owned */
  CamEvaluationSheet *sheet;               /* NULL: another page is shown */
  double              click_x, click_y;    /* of the last press on a chart of dots; NaN: by keyboard */
};

/* Rows -------------------------------------------------------------------------------------------------------------- */

static int
compare_misses (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const CamEvaluationSheet *sheet = user_data;
  const CamEvaluation *e = sheet->evaluation;
  gsize first = *(const gsize *) a * e->n_outputs + sheet->output, second = *(const gsize *) b * e->n_outputs + sheet->output;
  double one = fabs ((double) e->said[first] - e->truth[first]), other = fabs ((double) e->said[second] - e->truth[second]);

  return (one < other) - (one > other);
}

static void
open_dots (CamNumberPage *self,
           guint          which,
           double         x)
{
  CamChartView *view = cam_chart_card_get_view (self->dotted[which]);
  const CamChartLayout *layout = cam_chart_view_get_layout (view);
  CamChart *chart = cam_chart_card_get_chart (self->dotted[which]);
  const double *dots_x, *dots_y;
  gsize n = cam_chart_get_points (chart, 0, &dots_x, &dots_y);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (gsize));
  gboolean is_pointed = isfinite (self->click_x) && layout != NULL;
  double nearest = INFINITY;
  gsize nearest_dot = 0;
  g_autofree char *rows = NULL, *title = NULL;

  if (n == 0)
    return;
  /* By keyboard the read-out has an x only; with the pointer what counts is how far a dot is from it. */
  for (gsize i = 0; i < n; i++)
    {
      double away = is_pointed ? hypot (cam_chart_layout_to_px (layout, dots_x[i]) - self->click_x, cam_chart_layout_to_py (layout, dots_y[i]) - self->click_y) : fabs (dots_x[i] - x);

      if (is_pointed && away <= REACH)
        g_array_append_val (found, g_array_index (self->sheet->samples[which], gsize, i));
      if (away < nearest)
        {
          nearest = away;
          nearest_dot = i;
        }
    }
  if (found->len == 0)
    g_array_append_val (found, g_array_index (self->sheet->samples[which], gsize, nearest_dot));
  g_array_sort_with_data (found, compare_misses, self->sheet);
  rows = cam_words_rows (found->len);
  /* translators: "3 rows" */
  title = g_strdup_printf (_("%s at this dot"), rows);
  cam_evaluation_view_open_rows (self->view, title, self->sheet->output, g_memdup2 (found->data, found->len * sizeof (gsize)), found->len);
}

static void
actual_cb (CamNumberPage *self,
           double         x)
{
  if (self->sheet != NULL)
    open_dots (self, ACTUAL, x);
  self->click_x = NAN;
}

static void
residual_cb (CamNumberPage *self,
             double         x)
{
  if (self->sheet != NULL)
    open_dots (self, RESIDUALS, x);
  self->click_x = NAN;
}

static void
pressed_cb (CamNumberPage *self,
            int            n_press,
            double         x,
            double         y)
{
  self->click_x = x;
  self->click_y = y;
}

static gboolean
key_cb (CamNumberPage *self)
{
  self->click_x = NAN;
  return FALSE;
}

static void
bar_cb (CamNumberPage *self,
        double         x)
{
  double low, high;
  gsize n;
  gsize *samples;
  g_autofree char *rows = NULL, *title = NULL, *from = NULL, *to = NULL;

  if (self->sheet == NULL || !(self->sheet->width > 0.0))
    return;
  low = self->sheet->low + floor ((x - self->sheet->low) / self->sheet->width) * self->sheet->width;
  high = low + self->sheet->width;
  samples = cam_evaluation_list_misses (self->sheet->evaluation, self->sheet->output, low, high, &n);
  rows = cam_words_rows (n);
  from = cam_words_number (low);
  to = cam_words_number (high);
  /* translators: "12 rows"; two numbers */
  title = g_strdup_printf (_("%s with an error between %s and %s"), rows, from, to);
  cam_evaluation_view_open_rows (self->view, title, self->sheet->output, samples, n);
}

/* Cards ------------------------------------------------------------------------------------------------------------- */

static CamChartCard *
add_chart_card (CamNumberPage *self,
                CamTrainBoard *board,
                const char    *title,
                const char    *memory,
                GCallback      activated)
{
  CamChartCard *card = cam_evaluation_add_card (board, title, memory);

  if (activated != NULL)
    g_signal_connect_swapped (cam_chart_card_get_view (card), "point-activated", activated, self);
  return card;
}

/* Where on the chart it was pressed: what is activated tells only its x. */
static void
watch_pointer (CamNumberPage *self,
               CamChartCard  *card)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_object_set_data (G_OBJECT (card), "cam-click", click);
  g_object_set_data (G_OBJECT (card), "cam-key", key);
  gtk_widget_add_controller (GTK_WIDGET (cam_chart_card_get_view (card)), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (cam_chart_card_get_view (card)), key);
}

CamNumberPage *
cam_number_page_new (CamEvaluationView *view,
                     CamTrainBoard     *board)
{
  CamNumberPage *self = g_new0 (CamNumberPage, 1);

  self->view = view;
  self->click_x = NAN;
  self->series_card = add_chart_card (self, board, _("Forecast over the series"), "evaluation series", NULL);
  self->horizon_card = add_chart_card (self, board, _("Error by horizon"), "evaluation horizon", NULL);
  self->dotted[ACTUAL] = add_chart_card (self, board, _("Predicted and actual"), "evaluation actual", G_CALLBACK (actual_cb));
  self->dotted[RESIDUALS] = add_chart_card (self, board, _("Errors over predictions"), "evaluation residuals", G_CALLBACK (residual_cb));
  for (guint i = 0; i < N_DOTTED; i++)
    watch_pointer (self, self->dotted[i]);
  self->misses_card = add_chart_card (self, board, _("Errors"), "evaluation misses", G_CALLBACK (bar_cb));
  self->quantile_card = add_chart_card (self, board, _("Errors beside a normal distribution"), "evaluation quantiles", NULL);
  self->figures_card = cam_figure_card_new ();
  cam_figure_card_set_title (CAM_FIGURE_CARD (self->figures_card), _("Beside other forecasts"), _("Errors of the same rows"));
  gtk_widget_set_visible (self->figures_card, FALSE);
  cam_train_board_add_side (board, self->figures_card);
  return self;
}

void
cam_number_page_free (CamNumberPage *self)
{
  CamChartCard *cards[] = { self->dotted[ACTUAL], self->dotted[RESIDUALS], self->misses_card };

  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    g_signal_handlers_disconnect_by_data (cam_chart_card_get_view (cards[i]), self);
  for (guint i = 0; i < N_DOTTED; i++)
    {
      g_signal_handlers_disconnect_by_data (g_object_get_data (G_OBJECT (self->dotted[i]), "cam-click"), self);
      g_signal_handlers_disconnect_by_data (g_object_get_data (G_OBJECT (self->dotted[i]), "cam-key"), self);
    }
  g_free (self);
}

static void
show_forecasts (CamNumberPage *self)
{
  const char *columns[] = { "MAE", "RMSE", NULL };
  /* translators: a forecast that says what was so many rows before */
  g_autofree char *season = g_strdup_printf (_("%zu rows before"), self->sheet->evaluation->period);
  const char *rows[] = { _("network"), _("last value"), self->sheet->evaluation->period > 0 ? season : NULL, NULL };

  cam_figure_card_set_shape (CAM_FIGURE_CARD (self->figures_card), columns, rows);
  for (guint k = 0; rows[k] != NULL; k++)
    {
      g_autofree char *absolute = cam_words_number (self->sheet->forecasts[k].mean_absolute), *root = cam_words_number (self->sheet->forecasts[k].root_mean_square);

      cam_figure_card_set (CAM_FIGURE_CARD (self->figures_card), k, 0, absolute);
      cam_figure_card_set (CAM_FIGURE_CARD (self->figures_card), k, 1, root);
    }
}

void
cam_number_page_show (CamNumberPage      *self,
                      CamEvaluationSheet *sheet)
{
  GtkWidget *cards[] = { GTK_WIDGET (self->dotted[ACTUAL]), GTK_WIDGET (self->dotted[RESIDUALS]), GTK_WIDGET (self->misses_card), GTK_WIDGET (self->quantile_card) };
  const CamScore *scores[8];
  g_autofree char *rows = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    gtk_widget_set_visible (cards[i], sheet != NULL);
  gtk_widget_set_visible (self->figures_card, sheet != NULL && sheet->evaluation->told != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->series_card), sheet != NULL && sheet->charts[CAM_SHEET_SERIES] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->horizon_card), sheet != NULL && sheet->charts[CAM_SHEET_HORIZON] != NULL);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  if (sheet == NULL)
    return;
  self->sheet = cam_evaluation_sheet_ref (sheet);
  n = MIN (sheet->scores->len, G_N_ELEMENTS (scores));
  for (guint i = 0; i < n; i++)
    scores[i] = &g_array_index (sheet->scores, CamScore, i);
  cam_evaluation_view_show_scores (self->view, scores, n);
  if (sheet->evaluation->told != NULL)
    show_forecasts (self);
  rows = cam_evaluation_view_dup_rows (self->view, _("press a dot to list its rows"));
  cam_chart_card_set_subtitle (self->dotted[ACTUAL], rows);
  cam_chart_card_set_chart (self->dotted[ACTUAL], sheet->charts[CAM_SHEET_ACTUAL]);
  cam_chart_card_set_chart (self->dotted[RESIDUALS], sheet->charts[CAM_SHEET_RESIDUALS]);
  cam_chart_card_set_chart (self->misses_card, sheet->charts[CAM_SHEET_MISSES]);
  cam_chart_card_set_chart (self->quantile_card, sheet->charts[CAM_SHEET_QUANTILES]);
  cam_chart_card_set_chart (self->horizon_card, sheet->charts[CAM_SHEET_HORIZON]);
  cam_chart_card_set_chart (self->series_card, sheet->charts[CAM_SHEET_SERIES]);
}
