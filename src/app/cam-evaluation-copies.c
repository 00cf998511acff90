/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An autoencoder: what goes in beside what comes back, how far they are apart with a threshold for what is unlike the rest, and where its narrowest layer puts each row. */
#include "cam-evaluation-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-evaluation-parts.h"
#include "cam-label.h"
#include "cam-tile-grid.h"
#include "cam-words.h"

#define USUAL_SHARE 0.95        /* of the rows that are not anomalies at first */

struct _CamCopyPage
{
  /* borrowed: the view has the page, the board the cards */
  CamEvaluationView  *view;
  GtkWidget          *tile_card;
  GtkLabel           *tile_title;
  CamTileGrid        *tiles;
  CamChartCard       *misses_card;
  CamChartCard       *code_card;
  GtkWidget          *threshold_card;
  GtkScale           *scale;
  GtkLabel           *threshold_label;
  GtkLabel           *count_label;
  GtkButton          *list_button;

  /* owned */
  CamEvaluationSheet *sheet;         /* NULL: another page is shown */
  const double       *errors;        /* [n_rows], ascending; the sheet's */
  double              threshold;     /* of the error */
  gboolean            is_setting;
};

static gsize
count_above (CamCopyPage *self)
{
  gsize low = 0, high = self->sheet->evaluation->n_rows;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->errors[middle] > self->threshold)
        high = middle;
      else
        low = middle + 1;
    }
  return self->sheet->evaluation->n_rows - low;
}

static void
show_threshold (CamCopyPage *self)
{
  g_autoptr(CamChart) chart = cam_chart_copy (self->sheet->charts[CAM_SHEET_MISSES]);
  gsize n = count_above (self);
  g_autofree char *value = cam_words_number (self->threshold), *rows = cam_words_rows (n), *share = cam_words_share ((double) n / (double) self->sheet->evaluation->n_rows);
  g_autofree char *text = NULL, *button = NULL;

  cam_chart_set_marker (chart, self->threshold, NAN, NULL);
  cam_chart_card_set_chart (self->misses_card, chart);
  gtk_label_set_label (self->threshold_label, value);
  /* translators: "12 rows"; "5 %" */
  text = g_strdup_printf (_("%s above it, %s of all"), rows, share);
  gtk_label_set_label (self->count_label, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list_button), n > 0);
}

static void
slid_cb (CamCopyPage *self)
{
  if (self->is_setting || self->sheet == NULL)
    return;
  self->threshold = gtk_range_get_value (GTK_RANGE (self->scale));
  show_threshold (self);
}

static void
open_errors (CamCopyPage *self,
             double       low,
             double       high)
{
  gsize n;
  gsize *samples = cam_evaluation_list_misses (self->sheet->evaluation, 0, low, high, &n);
  g_autofree char *rows = cam_words_rows (n), *from = cam_words_number (low), *to = cam_words_number (high), *title = NULL;

  if (isfinite (high))
    /* translators: "12 rows"; two numbers */
    title = g_strdup_printf (_("%s with an error between %s and %s"), rows, from, to);
  else
    /* translators: "12 rows"; a number */
    title = g_strdup_printf (_("%s with an error above %s"), rows, from);
  cam_evaluation_view_open_rows (self->view, title, 0, samples, n);
}

static void
list_cb (CamCopyPage *self)
{
  open_errors (self, nextafter (self->threshold, INFINITY), INFINITY);
}

static void
bar_cb (CamCopyPage *self,
        double       x)
{
  double low;

  if (self->sheet == NULL || !(self->sheet->width > 0.0))
    return;
  low = self->sheet->low + floor ((x - self->sheet->low) / self->sheet->width) * self->sheet->width;
  open_errors (self, low, low + self->sheet->width);
}

/* Cards ------------------------------------------------------------------------------------------------------------- */

static void
make_tile_card (CamCopyPage   *self,
                CamTrainBoard *board)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->tile_card = card;
  self->tile_title = GTK_LABEL (cam_label_new (_("Worst rows"), "heading"));
  self->tiles = CAM_TILE_GRID (cam_tile_grid_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->tiles), TRUE);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "cam-card");
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->tile_title));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->tiles));
  gtk_widget_set_visible (card, FALSE);
  cam_train_board_add_chart (board, card);
}

static void
make_threshold_card (CamCopyPage   *self,
                     CamTrainBoard *board)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *title = cam_label_new (_("Anomalies"), "heading"),
            *button = gtk_button_new_with_label (_("List them"));

  self->threshold_card = card;
  self->threshold_label = GTK_LABEL (cam_label_new ("", "cam-card-title"));
  gtk_widget_add_css_class (GTK_WIDGET (self->threshold_label), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->threshold_label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("error above which a row is an anomaly"), -1);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->threshold_label));
  self->scale = GTK_SCALE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.01));
  gtk_scale_set_draw_value (self->scale, FALSE);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->scale), _("A row whose error is above this is unlike those that the network has learned"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Error above which a row is an anomaly"), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (slid_cb), self);
  self->count_label = GTK_LABEL (cam_label_new ("", "cam-secondary"));
  gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count_label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("anomalies"), -1);
  self->list_button = GTK_BUTTON (button);
  gtk_widget_add_css_class (button, "cam-small");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (list_cb), self);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "cam-card");
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->scale));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->count_label));
  gtk_box_append (GTK_BOX (card), button);
  gtk_widget_set_visible (card, FALSE);
  cam_train_board_add_side (board, card);
}

CamCopyPage *
cam_copy_page_new (CamEvaluationView *view,
                   CamTrainBoard     *board)
{
  CamCopyPage *self = g_new0 (CamCopyPage, 1);

  self->view = view;
  make_tile_card (self, board);
  self->code_card = cam_evaluation_add_card (board, _("Code of the rows"), "evaluation code");
  self->misses_card = cam_evaluation_add_card (board, _("Reconstruction errors"), "evaluation errors");
  g_signal_connect_swapped (cam_chart_card_get_view (self->misses_card), "point-activated", G_CALLBACK (bar_cb), self);
  make_threshold_card (self, board);
  return self;
}

void
cam_copy_page_free (CamCopyPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  g_signal_handlers_disconnect_by_data (cam_chart_card_get_view (self->misses_card), self);
  g_signal_handlers_disconnect_by_data (self->scale, self);
  g_signal_handlers_disconnect_by_data (self->list_button, self);
  g_free (self);
}

void
cam_copy_page_show (CamCopyPage        *self,
                    CamEvaluationSheet *sheet)
{
  GtkWidget *cards[] = { self->tile_card, GTK_WIDGET (self->misses_card), self->threshold_card };
  const CamScore *scores[1];
  CamSightView *copies;
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    gtk_widget_set_visible (cards[i], sheet != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->code_card), sheet != NULL && sheet->charts[CAM_SHEET_CODE] != NULL);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  self->errors = NULL;
  if (sheet == NULL)
    return;
  self->sheet = cam_evaluation_sheet_ref (sheet);
  n = sheet->evaluation->n_rows;
  self->errors = sheet->errors;
  self->threshold = self->errors[MIN ((gsize) ((double) n * USUAL_SHARE), n - 1)];
  self->is_setting = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX (self->errors[n - 1], 1e-9));
  gtk_range_set_increments (GTK_RANGE (self->scale), self->errors[n - 1] / 100, self->errors[n - 1] / 10);
  gtk_range_set_value (GTK_RANGE (self->scale), self->threshold);
  self->is_setting = FALSE;

  scores[0] = &g_array_index (sheet->scores, CamScore, 0);
  cam_evaluation_view_show_scores (self->view, scores, 1);
  show_threshold (self);
  cam_chart_card_set_subtitle (self->code_card, sheet->code_text);
  cam_chart_card_set_chart (self->code_card, sheet->charts[CAM_SHEET_CODE]);
  copies = g_steal_pointer (&sheet->copies);
  if (copies != NULL)
    cam_tile_grid_set_view (self->tiles, copies);
}
