/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around the pages of an evaluation: which part, which output, what is under way, and the rows that were opened. */
#include "cam-evaluation-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-evaluation-why.h>

#include "cam-answer-list.h"
#include "cam-evaluation-pages.h"
#include "cam-score-strip.h"
#include "cam-why-page.h"
#include "cam-words.h"

#define PROGRESS_MS 100

struct _CamEvaluationView
{
  AdwBin               parent_instance;

  /* owned */
  CamSession          *session;
  CamRunItem          *run;             /* NULL: nothing is shown */
  CamEvaluationSource *source;          /* NULL: the run cannot be evaluated */
  CamEvaluationSheet  *sheet;           /* what is shown; NULL: nothing yet */
  GCancellable        *cancellable;     /* of the question under way; NULL: none */
  double              *thresholds;      /* [n_outputs] of the run; NULL: not known yet */
  double              *kept;            /* the same: those that its predictions go by */
  CamTwoPage          *two;
  CamClassPage        *classes;
  CamNumberPage       *numbers;
  CamCopyPage         *copies;
  CamWhyPage          *why;

  guint                stamp;
  int                  part;            /* −1: whichever there is */
  guint                output;
  gboolean             is_setting;
  guint                progress_timer;

  /* template children */
  GtkWidget           *switches;
  GtkWidget           *why_box;
  GtkToggleButton     *figures_button;
  GtkToggleButton     *why_button;
  GtkWidget           *output_box;
  GtkLabel            *output_label;
  GtkDropDown         *output_choice;
  GtkToggleButton     *train_button;
  GtkToggleButton     *validation_button;
  GtkToggleButton     *test_button;
  GtkStack            *stack;
  GtkProgressBar      *progress;
  AdwStatusPage       *failed;
  GtkPaned            *paned;
  GtkFlowBox          *score_box;
  CamTrainBoard       *board;
  CamTrainBoard       *why_board;
  CamAnswerList       *answers;
};

G_DEFINE_FINAL_TYPE (CamEvaluationView, cam_evaluation_view, ADW_TYPE_BIN)

enum { LOOK_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Scores ------------------------------------------------------------------------------------------------------------ */

void
cam_evaluation_view_show_scores (CamEvaluationView     *self,
                                 const CamScore *const *scores,
                                 guint                  n)
{
  g_return_if_fail (CAM_IS_EVALUATION_VIEW (self) && self->sheet != NULL);

  cam_score_strip_fill (self->score_box, self->sheet->evaluation, scores, n);
}

void
cam_evaluation_view_fill_figures (CamEvaluationView     *self,
                                  GtkWidget             *card,
                                  const CamScore *const *scores,
                                  guint                  n)
{
  g_return_if_fail (CAM_IS_EVALUATION_VIEW (self));

  cam_score_strip_fill_card (CAM_FIGURE_CARD (card), scores, n);
}

/* Rows -------------------------------------------------------------------------------------------------------------- */

void
cam_evaluation_view_open_rows (CamEvaluationView *self,
                               const char        *title,
                               guint              output,
                               gsize             *samples,
                               gsize              n)
{
  g_return_if_fail (CAM_IS_EVALUATION_VIEW (self) && self->sheet != NULL);

  cam_answer_list_show (self->answers, self->sheet->evaluation, self->sheet->dataset, output, cam_evaluation_view_get_threshold (self, output), title, samples, n);
  gtk_widget_set_visible (GTK_WIDGET (self->answers), TRUE);
}

void
cam_evaluation_view_close_rows (CamEvaluationView *self)
{
  g_return_if_fail (CAM_IS_EVALUATION_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->answers), FALSE);
}

static void
look_up_cb (CamEvaluationView *self,
            guint64            row)
{
  g_signal_emit (self, signals[LOOK_UP], 0, row);
}

/* What makes the chosen row's answer is told where that is looked at. */
static void
row_chosen_cb (CamEvaluationView *self,
               guint64            sample)
{
  cam_why_page_show_row (self->why, (gsize) sample);
}

/* Pages ------------------------------------------------------------------------------------------------------------- */

double
cam_evaluation_view_get_threshold (CamEvaluationView *self,
                                   guint              output)
{
  return self->thresholds != NULL && self->sheet != NULL && output < self->sheet->evaluation->n_outputs ? self->thresholds[output] : 0.5;
}

void
cam_evaluation_view_set_threshold (CamEvaluationView *self,
                                   guint              output,
                                   double             threshold)
{
  if (self->thresholds != NULL && self->sheet != NULL && output < self->sheet->evaluation->n_outputs)
    self->thresholds[output] = threshold;
}

double
cam_evaluation_view_get_kept_threshold (CamEvaluationView *self,
                                        guint              output)
{
  return self->kept != NULL && self->sheet != NULL && output < self->sheet->evaluation->n_outputs ? self->kept[output] : 0.5;
}

void
cam_evaluation_view_keep_threshold (CamEvaluationView *self,
                                    guint              output)
{
  if (self->kept != NULL && self->run != NULL && cam_session_set_threshold (self->session, self->run, output, self->thresholds[output]))
    self->kept[output] = self->thresholds[output];
}

static void
show_parts (CamEvaluationView *self)
{
  GtkToggleButton *buttons[] = { self->train_button, self->validation_button, self->test_button };

  self->is_setting = TRUE;
  for (guint part = 0; part < CAM_N_PARTS; part++)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (buttons[part]), self->sheet->part_rows[part] > 0);
      gtk_toggle_button_set_active (buttons[part], self->sheet->evaluation->part == (int) part);
    }
  self->is_setting = FALSE;
}

static void
show_outputs (CamEvaluationView *self)
{
  const CamEvaluation *evaluation = self->sheet->evaluation;
  gboolean is_wanted = evaluation->task != CAM_TASK_BINARY && evaluation->task != CAM_TASK_AUTOENCODER && evaluation->n_outputs > 1;

  gtk_widget_set_visible (self->output_box, is_wanted);
  if (!is_wanted)
    return;
  gtk_label_set_label (self->output_label, evaluation->task == CAM_TASK_MULTICLASS ? _("Class") : evaluation->task == CAM_TASK_MULTILABEL ? _("Label") : _("Target"));
  self->is_setting = TRUE;
  if (gtk_drop_down_get_model (self->output_choice) == NULL)
    {
      g_autoptr(GtkStringList) names = gtk_string_list_new ((const char *const *) evaluation->output_names);

      gtk_drop_down_set_model (self->output_choice, G_LIST_MODEL (names));
    }
  gtk_drop_down_set_selected (self->output_choice, self->sheet->output);
  self->is_setting = FALSE;
}

char *
cam_evaluation_view_dup_rows (CamEvaluationView *self,
                              const char        *hint)
{
  g_autofree char *rows = NULL;
  static const char *const names[CAM_N_PARTS] = { N_("of training"), N_("of validation"), N_("of the test") };

  g_return_val_if_fail (CAM_IS_EVALUATION_VIEW (self) && self->sheet != NULL, NULL);

  rows = cam_words_rows (self->sheet->evaluation->n_rows);
  /* translators: "1,348 rows"; "of training"; what can be done */
  return g_strdup_printf (_("%s %s · %s"), rows, _(names[self->sheet->evaluation->part]), hint);
}

GtkWidget *
cam_evaluation_view_get_switches (CamEvaluationView *self)
{
  g_return_val_if_fail (CAM_IS_EVALUATION_VIEW (self), NULL);

  return self->switches;
}

CamWhyPage *
cam_evaluation_view_get_why (CamEvaluationView *self)
{
  g_return_val_if_fail (CAM_IS_EVALUATION_VIEW (self), NULL);

  return self->why;
}

static void
show_why (CamEvaluationView *self)
{
  gboolean can = self->sheet != NULL && cam_why_can_explain (self->sheet->dataset), is_why;

  gtk_widget_set_visible (self->why_box, can);
  if (!can)
    gtk_toggle_button_set_active (self->figures_button, TRUE);
  is_why = can && gtk_toggle_button_get_active (self->why_button);
  gtk_widget_set_visible (GTK_WIDGET (self->score_box), !is_why);
  gtk_widget_set_visible (GTK_WIDGET (self->board), !is_why);
  gtk_widget_set_visible (GTK_WIDGET (self->why_board), is_why);
  if (is_why)
    cam_why_page_show (self->why, self->source, self->sheet);
}

static void
why_cb (CamEvaluationView *self)
{
  show_why (self);
}

static void
show_sheet (CamEvaluationView *self)
{
  CamTask task = self->sheet->evaluation->task;
  show_parts (self);
  show_outputs (self);
  cam_two_page_show (self->two, task == CAM_TASK_BINARY || task == CAM_TASK_MULTILABEL ? self->sheet : NULL);
  cam_class_page_show (self->classes, task == CAM_TASK_MULTICLASS ? self->sheet : NULL);
  cam_copy_page_show (self->copies, task == CAM_TASK_AUTOENCODER ? self->sheet : NULL);
  cam_number_page_show (self->numbers, task == CAM_TASK_REGRESSION ? self->sheet : NULL);
  show_why (self);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

/* Asking ------------------------------------------------------------------------------------------------------------ */

static void
show_failure (CamEvaluationView *self,
              const char        *text)
{
  adw_status_page_set_description (self->failed, text);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static gboolean
progress_cb (gpointer user_data)
{
  CamEvaluationView *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, cam_evaluation_source_get_progress (self->source) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CamEvaluationView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamEvaluationSheet) sheet = cam_evaluation_ask_finish (result, &error);

  /* Whatever somebody has asked meanwhile is the one that counts. */
  if (self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->progress_timer, g_source_remove);
  if (sheet == NULL)
    {
      show_failure (self, error->message);
      return;
    }
  if (self->sheet == NULL || self->sheet->evaluation != sheet->evaluation)
    cam_evaluation_view_close_rows (self);
  if (self->thresholds == NULL)
    {
      self->thresholds = g_new (double, sheet->evaluation->n_outputs);
      self->kept = g_new (double, sheet->evaluation->n_outputs);
      for (guint k = 0; k < sheet->evaluation->n_outputs; k++)
        self->thresholds[k] = self->kept[k] = cam_model_get_threshold (cam_evaluation_source_get_model (self->source), k);
    }
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  self->sheet = g_steal_pointer (&sheet);
  show_sheet (self);
}

static void
ask (CamEvaluationView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->source == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  if (self->sheet == NULL)
    gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_progress_bar_set_fraction (self->progress, 0);
  if (self->progress_timer == 0)
    self->progress_timer = g_timeout_add (PROGRESS_MS, progress_cb, self);
  cam_evaluation_ask (self->source, self->part, self->output, self->cancellable, answered_cb, g_object_ref (self));
}

static void
forget (CamEvaluationView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->progress_timer, g_source_remove);
  if (self->why != NULL)
    cam_why_page_show (self->why, NULL, NULL);
  g_clear_pointer (&self->source, cam_evaluation_source_unref);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  g_clear_pointer (&self->thresholds, g_free);
  g_clear_pointer (&self->kept, g_free);
}

void
cam_evaluation_view_show (CamEvaluationView *self,
                          CamSession        *session,
                          CamRunItem        *run,
                          guint              stamp)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (CAM_IS_EVALUATION_VIEW (self));

  if (run == self->run && stamp == self->stamp)
    return;
  g_set_object (&self->session, session);
  g_set_object (&self->run, run);
  self->stamp = stamp;
  forget (self);
  cam_evaluation_view_close_rows (self);
  self->part = -1;
  self->output = 0;
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->output_choice, NULL);
  self->is_setting = FALSE;
  if (run == NULL)
    return;
  self->source = cam_evaluation_source_new (session, run, &error);
  if (self->source == NULL)
    show_failure (self, error->message);
  ask (self);
}

CamEvaluationSheet *
cam_evaluation_view_get_sheet (CamEvaluationView *self)
{
  g_return_val_if_fail (CAM_IS_EVALUATION_VIEW (self), NULL);

  return self->sheet;
}

CamEvaluationSource *
cam_evaluation_view_get_source (CamEvaluationView *self)
{
  g_return_val_if_fail (CAM_IS_EVALUATION_VIEW (self), NULL);

  return self->source;
}

static void
part_cb (CamEvaluationView *self,
         GtkToggleButton   *button)
{
  if (self->is_setting || !gtk_toggle_button_get_active (button))
    return;
  self->part = button == self->train_button ? CAM_PART_TRAIN : button == self->validation_button ? CAM_PART_VALIDATION : CAM_PART_TEST;
  ask (self);
}

void
cam_evaluation_view_choose_output (CamEvaluationView *self,
                                   guint              output)
{
  g_return_if_fail (CAM_IS_EVALUATION_VIEW (self));

  if (self->sheet == NULL || output >= self->sheet->evaluation->n_outputs || (output == self->output && self->sheet->output == output))
    return;
  self->output = output;
  ask (self);
}

static void
output_cb (CamEvaluationView *self)
{
  if (!self->is_setting)
    cam_evaluation_view_choose_output (self, gtk_drop_down_get_selected (self->output_choice));
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
cam_evaluation_view_dispose (GObject *object)
{
  CamEvaluationView *self = CAM_EVALUATION_VIEW (object);

  forget (self);
  g_clear_pointer (&self->two, cam_two_page_free);
  g_clear_pointer (&self->classes, cam_class_page_free);
  g_clear_pointer (&self->numbers, cam_number_page_free);
  g_clear_pointer (&self->copies, cam_copy_page_free);
  g_clear_pointer (&self->why, cam_why_page_free);
  g_clear_object (&self->run);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CAM_TYPE_EVALUATION_VIEW);
  G_OBJECT_CLASS (cam_evaluation_view_parent_class)->dispose (object);
}

static void
cam_evaluation_view_class_init (CamEvaluationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_evaluation_view_dispose;
  signals[LOOK_UP] = g_signal_new ("look-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  g_type_ensure (CAM_TYPE_ANSWER_LIST);
  g_type_ensure (CAM_TYPE_TRAIN_BOARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-evaluation-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, switches);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, why_box);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, figures_button);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, why_button);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, why_board);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, output_box);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, output_label);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, output_choice);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, train_button);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, validation_button);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, test_button);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, stack);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, progress);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, failed);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, paned);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, score_box);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, board);
  gtk_widget_class_bind_template_child (widget_class, CamEvaluationView, answers);
  gtk_widget_class_bind_template_callback (widget_class, part_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
  gtk_widget_class_bind_template_callback (widget_class, cam_evaluation_view_close_rows);
}

static void
cam_evaluation_view_init (CamEvaluationView *self)
{
  self->part = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  cam_train_board_set_pairs (self->board, TRUE);
  self->two = cam_two_page_new (self, self->board);
  self->classes = cam_class_page_new (self, self->board);
  self->numbers = cam_number_page_new (self, self->board);
  self->copies = cam_copy_page_new (self, self->board);
  self->why = cam_why_page_new (self, self->why_board);
}

GtkWidget *
cam_evaluation_view_new (void)
{
  return g_object_new (CAM_TYPE_EVALUATION_VIEW, NULL);
}
