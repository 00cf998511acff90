/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-evaluation-parts.h"

#include <glib/gi18n-lib.h>

CamChartCard *
cam_evaluation_add_card (CamTrainBoard *board,
                         const char    *title,
                         const char    *memory)
{
  GtkWidget *card = cam_chart_card_new ();

  cam_chart_card_set_title (CAM_CHART_CARD (card), title);
  cam_chart_card_set_memory (CAM_CHART_CARD (card), memory);
  gtk_widget_set_visible (card, FALSE);
  cam_train_board_add_chart (board, card);

  return CAM_CHART_CARD (card);
}

GtkToggleButton *
cam_evaluation_add_curve_switch (CamChartCard *card,
                                 GCallback     toggled,
                                 gpointer      page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *roc = gtk_toggle_button_new_with_label (_("ROC")), *precision = gtk_toggle_button_new_with_label (_("PR"));

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_add_css_class (roc, "cam-small");
  gtk_widget_add_css_class (precision, "cam-small");
  gtk_widget_set_tooltip_text (roc, _("True over false positives"));
  gtk_widget_set_tooltip_text (precision, _("Precision over recall"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (precision), GTK_TOGGLE_BUTTON (roc));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (roc), TRUE);
  gtk_box_append (GTK_BOX (box), roc);
  gtk_box_append (GTK_BOX (box), precision);
  g_signal_connect_swapped (roc, "toggled", toggled, page);
  g_object_set (card, "control", box, NULL);

  return GTK_TOGGLE_BUTTON (roc);
}
