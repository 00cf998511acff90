/* SPDX-License-Identifier: GPL-3.0-or-later */
/* More than two classes: the matrix in the order and shares one wants, a table of the classes, and the curves of one of them against all others. */
#include "cam-evaluation-pages.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-evaluation-parts.h"
#include "cam-class-table.h"
#include "cam-figure-card.h"
#include "cam-matrix-view.h"
#include "cam-words.h"

struct _CamClassPage
{
  /* borrowed: the view has the page, the board the cards */
  CamEvaluationView  *view;
  CamChartCard       *matrix_card;
  CamMatrixView      *matrix;
  GtkDropDown        *share_choice;
  GtkDropDown        *order_choice;
  CamChartCard       *curve_card;
  GtkToggleButton    *roc_button;
  CamClassTable      *table;
  GtkWidget          *figures_card;

  /* owned */
  CamEvaluationSheet *sheet;         /* NULL: another page is shown */
  guint              *order;         /* [n_classes]: what stands where in the matrix */
};

/* As they stand in the choice. */
static const CamConfusionShare shares[] = { CAM_CONFUSION_BY_TRUTH, CAM_CONFUSION_BY_ANSWER, CAM_CONFUSION_COUNTS };
static const CamConfusionOrder orders[] = { CAM_CONFUSION_AS_IT_IS, CAM_CONFUSION_BY_SUPPORT, CAM_CONFUSION_BY_RECALL, CAM_CONFUSION_ALIKE };

static void
show_matrix (CamClassPage *self)
{
  const CamEvaluation *evaluation = self->sheet->evaluation;
  const CamConfusion *confusion = evaluation->confusion;
  guint n = confusion->n_classes;
  g_autoptr(CamChart) chart = NULL;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_autofree double *numbers = g_new (double, (gsize) n * n);

  g_free (self->order);
  self->order = cam_confusion_list_order (confusion, orders[gtk_drop_down_get_selected (self->order_choice)]);
  chart = cam_evaluation_chart_matrix (confusion, (const char *const *) evaluation->class_names, self->order, shares[gtk_drop_down_get_selected (self->share_choice)]);
  for (guint row = 0; row < n; row++)
    {
      names[row] = evaluation->class_names[self->order[row]];
      for (guint column = 0; column < n; column++)
        numbers[(gsize) row * n + column] = (double) confusion->counts[(gsize) self->order[row] * n + self->order[column]];
    }
  cam_chart_card_set_chart (self->matrix_card, chart);
  cam_matrix_view_set_chart (self->matrix, chart, names, numbers, n);
  cam_matrix_view_select (self->matrix, -1, -1);
}

static void
show_curve (CamClassPage *self)
{
  gboolean is_roc = gtk_toggle_button_get_active (self->roc_button);
  const CamEvaluation *evaluation = self->sheet->evaluation;
  g_autofree char *subtitle = NULL;

  if (evaluation->stride > 1)
    {
      g_autofree char *rows = cam_words_rows ((evaluation->n_rows - 1) / evaluation->stride + 1);

      /* translators: a class; number of rows */
      subtitle = g_strdup_printf (_("“%s” against all others, by %s spread evenly"), evaluation->class_names[self->sheet->output], rows);
    }
  else
    subtitle = g_strdup_printf (_("“%s” against all others"), evaluation->class_names[self->sheet->output]);
  cam_chart_card_set_title (self->curve_card, is_roc ? _("ROC curve") : _("Precision and recall"));
  cam_chart_card_set_subtitle (self->curve_card, subtitle);
  cam_chart_card_set_chart (self->curve_card, self->sheet->charts[is_roc ? CAM_SHEET_ROC : CAM_SHEET_PRECISION]);
}

static void
show_scores (CamClassPage *self)
{
  GArray *all = self->sheet->scores;
  const CamScore *scores[8];

  for (guint i = 0; i < MIN (all->len, G_N_ELEMENTS (scores)); i++)
    scores[i] = &g_array_index (all, CamScore, i);
  cam_evaluation_view_show_scores (self->view, scores, MIN (all->len, 6));
  cam_evaluation_view_fill_figures (self->view, self->figures_card, scores, MIN (all->len, G_N_ELEMENTS (scores)));
}

/* What is done ------------------------------------------------------------------------------------------------------ */

static void
choice_cb (CamClassPage *self)
{
  if (self->sheet != NULL)
    show_matrix (self);
}

static void
curve_cb (CamClassPage *self)
{
  if (self->sheet != NULL)
    show_curve (self);
}

static void
cell_cb (CamClassPage *self,
         guint         row,
         guint         column)
{
  g_autofree char *title = cam_matrix_view_describe (self->matrix, row, column);
  gsize n;
  gsize *samples = cam_evaluation_list_cell (self->sheet->evaluation, (int) self->order[row], (int) self->order[column], &n);

  cam_matrix_view_select (self->matrix, (int) row, (int) column);
  cam_evaluation_view_open_rows (self->view, title, self->sheet->output, samples, n);
}

static void
class_cb (CamClassPage *self,
          guint         k)
{
  cam_evaluation_view_choose_output (self->view, k);
}

/* All rows of a class that were taken for another. */
static void
class_activated_cb (CamClassPage *self,
                    guint         k)
{
  const CamEvaluation *evaluation = self->sheet->evaluation;
  gsize n, n_wrong = 0;
  gsize *samples = cam_evaluation_list_cell (evaluation, (int) k, -1, &n);
  g_autofree char *rows = NULL, *title = NULL;

  for (gsize i = 0; i < n; i++)
    if (evaluation->classes_said[samples[i]] != (int) k)
      samples[n_wrong++] = samples[i];
  rows = cam_words_rows (n_wrong);
  /* translators: "12 rows"; their class */
  title = g_strdup_printf (_("%s of “%s” predicted as another class"), rows, evaluation->class_names[k]);
  cam_matrix_view_select (self->matrix, -1, -1);
  cam_evaluation_view_open_rows (self->view, title, self->sheet->output, samples, n_wrong);
}

/* Cards ------------------------------------------------------------------------------------------------------------- */

static GtkDropDown *
new_choice (CamClassPage      *self,
            const char *const *names,
            const char        *label)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (names);

  gtk_widget_add_css_class (choice, "cam-small");
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (choice, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (choice_cb), self);
  return GTK_DROP_DOWN (choice);
}

static void
append_named (GtkWidget  *box,
              const char *name,
              GtkWidget  *choice)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "cam-secondary");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), choice);
}

/* Both choices behind one button: the card is narrow. */
static void
make_matrix_control (CamClassPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *popover = gtk_popover_new (), *button = gtk_menu_button_new ();
  const char *share_names[] = { _("Share of row"), _("Share of column"), _("Rows"), NULL }, *order_names[] = { _("As they are"), _("By rows"), _("By recall"), _("Alike together"), NULL };

  self->share_choice = new_choice (self, share_names, _("What the colours of the cells tell"));
  self->order_choice = new_choice (self, order_names, _("In which order the classes stand"));
  append_named (box, _("Colours"), GTK_WIDGET (self->share_choice));
  append_named (box, _("Order"), GTK_WIDGET (self->order_choice));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Arrange"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("What colours tell, and the order of the classes"));
  gtk_widget_add_css_class (button, "cam-small");
  g_object_set (self->matrix_card, "control", button, NULL);
}

CamClassPage *
cam_class_page_new (CamEvaluationView *view,
                    CamTrainBoard     *board)
{
  CamClassPage *self = g_new0 (CamClassPage, 1);

  self->view = view;
  self->matrix_card = cam_evaluation_add_card (board, _("Confusion matrix"), "evaluation classes");
  self->matrix = CAM_MATRIX_VIEW (cam_matrix_view_new ());
  cam_chart_card_set_body (self->matrix_card, GTK_WIDGET (self->matrix));
  g_signal_connect_swapped (self->matrix, "cell-activated", G_CALLBACK (cell_cb), self);
  make_matrix_control (self);
  self->curve_card = cam_evaluation_add_card (board, _("ROC curve"), "evaluation class curve");
  self->roc_button = cam_evaluation_add_curve_switch (self->curve_card, G_CALLBACK (curve_cb), self);
  self->table = CAM_CLASS_TABLE (cam_class_table_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->table), FALSE);
  g_signal_connect_swapped (self->table, "class-chosen", G_CALLBACK (class_cb), self);
  g_signal_connect_swapped (self->table, "class-activated", G_CALLBACK (class_activated_cb), self);
  cam_train_board_add_side (board, GTK_WIDGET (self->table));
  self->figures_card = cam_figure_card_new ();
  cam_figure_card_set_title (CAM_FIGURE_CARD (self->figures_card), _("All scores"), NULL);
  gtk_widget_set_visible (self->figures_card, FALSE);
  cam_train_board_add_side (board, self->figures_card);
  return self;
}

void
cam_class_page_free (CamClassPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  g_signal_handlers_disconnect_by_data (self->matrix, self);
  g_signal_handlers_disconnect_by_data (self->share_choice, self);
  g_signal_handlers_disconnect_by_data (self->order_choice, self);
  g_signal_handlers_disconnect_by_data (self->roc_button, self);
  g_signal_handlers_disconnect_by_data (self->table, self);
  g_free (self->order);
  g_free (self);
}

void
cam_class_page_show (CamClassPage       *self,
                     CamEvaluationSheet *sheet)
{
  GtkWidget *cards[] = { GTK_WIDGET (self->matrix_card), GTK_WIDGET (self->curve_card), GTK_WIDGET (self->table), self->figures_card };
  gboolean is_same = sheet != NULL && self->sheet != NULL && self->sheet->evaluation == sheet->evaluation;

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    gtk_widget_set_visible (cards[i], sheet != NULL);
  if (sheet != NULL)
    cam_evaluation_sheet_ref (sheet);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  self->sheet = sheet;
  if (sheet == NULL)
    return;
  if (!is_same)
    {
      g_autofree char *rows = cam_evaluation_view_dup_rows (self->view, sheet->evaluation->n_outputs > CAM_MATRIX_VIEW_MOST_BUTTONS ? _("press a cell, + and − zoom") : _("press a cell"));

      cam_chart_card_set_subtitle (self->matrix_card, rows);
      show_matrix (self);
      show_scores (self);
      cam_class_table_set_evaluation (self->table, sheet->evaluation);
    }
  cam_class_table_choose (self->table, sheet->output);
  show_curve (self);
}
