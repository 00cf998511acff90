/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three questions to a model, each asked by a worker; what was answered stays until the model or its output is another. */
#include "cam-why-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-evaluation-why.h>

#include "cam-chart-card.h"
#include "cam-score-words.h"
#include "cam-words.h"

#define N_REPEATS 5
#define MOST_FEATURES 10        /* that are drawn */
#define MOST_REASONS 10
#define ROW_HEIGHT 17           /* a row of bars with its name, at least … */
#define ROWS_MARGIN 48          /* … and the axis below them all */
#define PROGRESS_MS 100

typedef enum { QUESTION_IMPORTANCE, QUESTION_DEPENDENCE, QUESTION_REASONS, N_QUESTIONS } Question;

struct _CamWhyPage
{
  /* borrowed: the view has the page, the board the cards */
  CamEvaluationView   *view;
  CamChartCard        *cards[N_QUESTIONS];
  GtkWidget           *busy_box;
  GtkProgressBar      *progress;
  GtkDropDown         *feature_choice;

  /* owned */
  CamEvaluationSource *source;
  CamEvaluationSheet  *sheet;              /* NULL: not looked at */
  GCancellable        *asking[N_QUESTIONS]; /* NULL: not under way */
  CamImportances      *importances;        /* NULL: not known yet */

  CamEvaluation       *known_of;           /* what the charts are of: this and the next two; borrowed, only compared */
  guint                known_output;
  gsize                sample;             /* G_MAXSIZE: the worst */
  guint                feature;
  gint                *at;                 /* thousandths, of the importance under way; its worker's */
  guint                progress_timer;
  gboolean             is_setting;
};

/* Workers ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  CamEvaluationSource *source;
  CamEvaluationSheet  *sheet;
  Question             question;
  guint                feature;
  gsize                sample;
  gint                 progress;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  cam_evaluation_source_unref (job->source);
  cam_evaluation_sheet_unref (job->sheet);
  g_free (job);
}

static gsize
find_worst (const CamEvaluationSheet *sheet)
{
  CamEvaluation *e = sheet->evaluation;
  gsize n = 0, worst;
  g_autofree gsize *rows = NULL;

  if (e->classes_true != NULL)
    rows = cam_evaluation_list_cell (e, -1, -1, &n);
  else if (e->cutoffs != NULL)
    rows = cam_evaluation_list_side (e, sheet->output, -1, -INFINITY, INFINITY, &n);
  else if (e->usual != NULL)
    rows = cam_evaluation_list_misses (e, sheet->output, -INFINITY, INFINITY, &n);
  worst = n > 0 ? rows[0] : 0;

  return worst;
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Job *job = task_data;
  const CamModel *model = cam_evaluation_source_get_model (job->source);
  CamDataset *dataset = job->sheet->dataset;
  CamPart part = (CamPart) job->sheet->evaluation->part;

  switch (job->question)
    {
    case QUESTION_IMPORTANCE:
      g_task_return_pointer (task, cam_why_list_importance (model, dataset, part, job->sheet->output, N_REPEATS, &job->progress, cancellable), g_free);
      break;
    case QUESTION_DEPENDENCE:
      g_task_return_pointer (task, cam_why_find_dependence (model, dataset, part, job->feature, job->sheet->output), (GDestroyNotify) cam_dependence_free);
      break;
    case QUESTION_REASONS:
      if (job->sample == G_MAXSIZE)
        job->sample = find_worst (job->sheet);
      g_task_return_pointer (task, cam_why_list_reasons (model, dataset, part, job->sample, job->sheet->output), g_free);
      break;
    case N_QUESTIONS:
    default:
      g_assert_not_reached ();
    }
}

static const char *
get_feature_name (CamWhyPage *self,
                  guint       feature)
{
  return cam_preparation_get_feature_name (cam_dataset_get_preparation (self->sheet->dataset), feature);
}

static const char *
name_answer (CamWhyPage *self)
{
  const CamEvaluation *e = self->sheet->evaluation;

  return e->task == CAM_TASK_BINARY ? e->class_names[1] : e->output_names[self->sheet->output];
}

/* Charts ------------------------------------------------------------------------------------------------------------ */

/* Two digits say as much as five shuffles can tell. */
static char *
format (double value)
{
  char *text = g_strdup_printf ("%.2g", fabs (value));

  if (value < 0.0 && g_ascii_strtod (text, NULL) > 0.0)
    {
      char *signed_text = g_strconcat ("−", text, NULL);

      g_free (text);
      return signed_text;
    }
  return text;
}

/* So high that each row has its name. */
static void
set_rows (CamWhyPage *self,
          Question    question,
          guint       n)
{
  gtk_widget_set_size_request (GTK_WIDGET (cam_chart_card_get_view (self->cards[question])), -1, n > 0 ? ROWS_MARGIN + ROW_HEIGHT * (int) n : -1);
}

static void
show_importance (CamWhyPage     *self,
                 CamImportances *importances)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  guint n = MIN (importances->n, MOST_FEATURES);
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_auto(GStrv) texts = g_new0 (char *, n + 1);
  g_autofree double *values = g_new (double, n + 1);
  g_autofree char *score = cam_score_text (importances->score, importances->value), *rows = cam_words_rows (importances->n_rows), *subtitle = NULL, *axis = NULL;

  for (guint i = 0; i < n; i++)
    {
      const CamImportance *item = &importances->items[i];
      g_autofree char *mean = format (item->mean), *low = format (item->min), *high = format (item->max);

      names[i] = get_feature_name (self, item->feature);
      values[i] = MAX (item->mean, 0.0);
      texts[i] = g_strdup_printf ("%s (%s … %s)", mean, low, high);
    }
  cam_chart_set_rows (chart, names, (const char *const *) texts, n);
  cam_chart_add_row_bars (chart, _("importance"), values, 0);
  /* translators: what a score loses when a column is shuffled */
  axis = g_strdup_printf (importances->score == CAM_SCORE_RMSE ? _("What %s grows by without it") : _("What %s loses without it"), cam_score_brief (importances->score));
  cam_chart_set_axes (chart, axis, NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  /* translators: a score's name and value; "5 times"; number of rows */
  subtitle = g_strdup_printf (_("%s %s with all columns; each shuffled %u times among %s"), cam_score_brief (importances->score), score, importances->n_repeats, rows);
  set_rows (self, QUESTION_IMPORTANCE, n);
  cam_chart_card_set_subtitle (self->cards[QUESTION_IMPORTANCE], subtitle);
  cam_chart_card_set_chart (self->cards[QUESTION_IMPORTANCE], chart);
}

static void
show_dependence (CamWhyPage          *self,
                 const CamDependence *dependence)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  gboolean is_number = self->sheet->evaluation->task == CAM_TASK_REGRESSION;
  /* translators: of a class or label */
  g_autofree char *probability = g_strdup_printf (_("Probability of “%s”"), name_answer (self));
  guint series;

  if (dependence == NULL)
    cam_chart_set_empty_text (chart, _("This column does not vary"));
  else if (dependence->is_category)
    {
      cam_chart_set_rows (chart, (const char *const *) dependence->names, NULL, dependence->n);
      cam_chart_add_row_bars (chart, _("mean answer"), dependence->mean, 0);
      cam_chart_set_axes (chart, is_number ? name_answer (self) : probability, NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
    }
  else
    {
      series = cam_chart_add_curve (chart, _("mean answer"), dependence->x, dependence->mean, dependence->n, 0, CAM_LINE_SOLID);
      cam_chart_set_band (chart, series, dependence->low, dependence->high);
      cam_chart_set_note (chart, series, _("What is said on the average of the rows if this column alone had this value; the band holds eight of ten rows."));
      cam_chart_set_axes (chart, get_feature_name (self, dependence->feature), is_number ? name_answer (self) : probability, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
    }
  cam_chart_card_set_chart (self->cards[QUESTION_DEPENDENCE], chart);
}

static void
show_reasons (CamWhyPage       *self,
              const CamReasons *reasons,
              gsize             sample)
{
  g_autoptr(CamChart) chart = cam_chart_new ();
  guint n = MIN (reasons->n, MOST_REASONS);
  g_auto(GStrv) names = g_new0 (char *, n + 1);
  g_auto(GStrv) texts = g_new0 (char *, n + 1);
  g_autofree double *raising = g_new0 (double, n + 1), *lowering = g_new0 (double, n + 1);
  CamTable *table = cam_dataset_get_table (self->sheet->dataset);
  gsize row = self->sheet->evaluation->rows[sample];
  g_autofree char *number = cam_words_count (row + 1), *answer = format (reasons->answer), *title = NULL, *subtitle = NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *name = get_feature_name (self, reasons->items[i].feature);
      int column = cam_table_find (table, name);
      g_autofree char *cell = column >= 0 ? cam_table_dup_text (table, (guint) column, row) : NULL;

      names[i] = g_strdup_printf ("%s = %s", name, cell != NULL && *cell != '\0' ? cell : "–");
      *(reasons->items[i].change < 0.0 ? &lowering[i] : &raising[i]) = fabs (reasons->items[i].change);
      texts[i] = format (reasons->items[i].change);
    }
  if (n > 0)
    {
      cam_chart_set_rows (chart, (const char *const *) names, (const char *const *) texts, n);
      cam_chart_add_row_bars (chart, _("raises the answer"), raising, 0);
      cam_chart_add_row_bars (chart, _("lowers it"), lowering, 1);
    }
  else
    cam_chart_set_empty_text (chart, _("Nothing is usual in these data"));
  cam_chart_set_axes (chart, _("What the answer is changed by, against the usual value"), NULL, CAM_AXIS_NUMBER, CAM_AXIS_NUMBER);
  /* translators: number of a row */
  title = g_strdup_printf (_("Why row %s gets its answer"), number);
  if (self->sheet->evaluation->task == CAM_TASK_REGRESSION)
    /* translators: what is predicted; a number */
    subtitle = g_strdup_printf (_("%s: %s"), name_answer (self), answer);
  else
    /* translators: a class; its probability */
    subtitle = g_strdup_printf (_("Probability of “%s”: %s"), name_answer (self), answer);
  set_rows (self, QUESTION_REASONS, n);
  cam_chart_card_set_title (self->cards[QUESTION_REASONS], title);
  cam_chart_card_set_subtitle (self->cards[QUESTION_REASONS], subtitle);
  cam_chart_card_set_chart (self->cards[QUESTION_REASONS], chart);
}

/* Asking ------------------------------------------------------------------------------------------------------------ */

static void ask (CamWhyPage *self, Question question);

static void
show_busy (CamWhyPage *self,
           gboolean    is_busy)
{
  gtk_widget_set_visible (self->busy_box, is_busy);
  if (!is_busy)
    {
      g_clear_handle_id (&self->progress_timer, g_source_remove);
      self->at = NULL;
    }
}

static gboolean
progress_cb (gpointer user_data)
{
  CamWhyPage *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, self->at != NULL ? g_atomic_int_get (self->at) / 1000.0 : 0);
  return G_SOURCE_CONTINUE;
}

/* The page may be gone: the view, which has it, is asked. */
typedef struct { GWeakRef view; CamWhyPage *page; } Answer;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;
  g_autoptr(CamEvaluationView) view = g_weak_ref_get (&answer->view);
  Job *job = g_task_get_task_data (G_TASK (result));
  CamWhyPage *self = answer->page;
  gpointer found = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean is_wanted = view != NULL && cam_evaluation_view_get_why (view) == self && self->asking[job->question] == g_task_get_cancellable (G_TASK (result));

  g_weak_ref_clear (&answer->view);
  g_free (answer);
  if (!is_wanted)
    {
      if (job->question == QUESTION_DEPENDENCE)
        cam_dependence_free (found);
      else
        g_free (found);
      return;
    }
  g_clear_object (&self->asking[job->question]);
  switch (job->question)
    {
    case QUESTION_IMPORTANCE:
      show_busy (self, FALSE);
      g_free (self->importances);
      self->importances = found;
      if (found == NULL)
        break;
      show_importance (self, found);
      /* The column that matters most is the first to be looked at. */
      self->is_setting = TRUE;
      gtk_drop_down_set_selected (self->feature_choice, self->importances->items[0].feature);
      self->is_setting = FALSE;
      self->feature = self->importances->items[0].feature;
      ask (self, QUESTION_DEPENDENCE);
      break;
    case QUESTION_DEPENDENCE:
      show_dependence (self, found);
      cam_dependence_free (found);
      break;
    case QUESTION_REASONS:
      if (found != NULL)
        show_reasons (self, found, job->sample);
      g_free (found);
      break;
    case N_QUESTIONS:
    default:
      break;
    }
}

static void
give_up (CamWhyPage *self,
         Question    question)
{
  if (self->asking[question] != NULL)
    g_cancellable_cancel (self->asking[question]);
  g_clear_object (&self->asking[question]);
  if (question == QUESTION_IMPORTANCE)
    show_busy (self, FALSE);
}

static void
ask (CamWhyPage *self,
     Question    question)
{
  g_autoptr(GTask) task = NULL;
  Answer *answer = g_new0 (Answer, 1);
  Job *job = g_new0 (Job, 1);

  give_up (self, question);
  self->asking[question] = g_cancellable_new ();
  g_weak_ref_init (&answer->view, self->view);
  answer->page = self;
  *job = (Job) { cam_evaluation_source_ref (self->source), cam_evaluation_sheet_ref (self->sheet), question, self->feature, self->sample, 0 };
  task = g_task_new (NULL, self->asking[question], answered_cb, answer);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  if (question == QUESTION_IMPORTANCE)
    {
      g_autoptr(CamChart) empty = cam_chart_new ();

      cam_chart_set_empty_text (empty, _("Each column is shuffled in turn…"));
      cam_chart_card_set_subtitle (self->cards[QUESTION_IMPORTANCE], NULL);
      cam_chart_card_set_chart (self->cards[QUESTION_IMPORTANCE], empty);
      self->at = &job->progress;
      gtk_progress_bar_set_fraction (self->progress, 0);
      show_busy (self, TRUE);
      if (self->progress_timer == 0)
        self->progress_timer = g_timeout_add (PROGRESS_MS, progress_cb, self);
    }
  g_task_run_in_thread (task, work);
}

static void
stop_cb (CamWhyPage *self)
{
  g_autoptr(CamChart) empty = cam_chart_new ();

  give_up (self, QUESTION_IMPORTANCE);
  cam_chart_set_empty_text (empty, _("Stopped"));
  cam_chart_card_set_chart (self->cards[QUESTION_IMPORTANCE], empty);
  self->known_of = NULL;
}

static void
feature_cb (CamWhyPage *self)
{
  guint chosen = gtk_drop_down_get_selected (self->feature_choice);

  if (self->is_setting || self->sheet == NULL || chosen == GTK_INVALID_LIST_POSITION)
    return;
  self->feature = chosen;
  ask (self, QUESTION_DEPENDENCE);
}

/* Cards ------------------------------------------------------------------------------------------------------------- */

static CamChartCard *
add_card (CamTrainBoard *board,
          const char    *title,
          const char    *memory)
{
  GtkWidget *card = cam_chart_card_new ();

  cam_chart_card_set_title (CAM_CHART_CARD (card), title);
  cam_chart_card_set_memory (CAM_CHART_CARD (card), memory);
  cam_train_board_add_chart (board, card);
  return CAM_CHART_CARD (card);
}

CamWhyPage *
cam_why_page_new (CamEvaluationView *view,
                  CamTrainBoard     *board)
{
  CamWhyPage *self = g_new0 (CamWhyPage, 1);
  GtkWidget *stop = gtk_button_new_with_label (_("Stop"));

  self->view = view;
  self->sample = G_MAXSIZE;
  self->cards[QUESTION_IMPORTANCE] = add_card (board, _("Columns that matter"), "why importance");
  self->cards[QUESTION_DEPENDENCE] = add_card (board, _("Answer over a column"), "why dependence");
  self->cards[QUESTION_REASONS] = add_card (board, _("Why a row gets its answer"), "why reasons");

  self->busy_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->progress), 90, -1);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns that matter"), -1);
  gtk_widget_add_css_class (stop, "cam-small");
  g_signal_connect_swapped (stop, "clicked", G_CALLBACK (stop_cb), self);
  g_object_set_data (G_OBJECT (self->busy_box), "cam-stop", stop);
  gtk_box_append (GTK_BOX (self->busy_box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (self->busy_box), stop);
  gtk_widget_set_visible (self->busy_box, FALSE);
  g_object_set (self->cards[QUESTION_IMPORTANCE], "control", self->busy_box, NULL);

  self->feature_choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  gtk_drop_down_set_enable_search (self->feature_choice, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->feature_choice), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->feature_choice), "cam-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->feature_choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Column"), -1);
  g_signal_connect_swapped (self->feature_choice, "notify::selected", G_CALLBACK (feature_cb), self);
  g_object_set (self->cards[QUESTION_DEPENDENCE], "control", self->feature_choice, NULL);
  return self;
}

void
cam_why_page_free (CamWhyPage *self)
{
  if (self == NULL)
    return;
  for (guint question = 0; question < N_QUESTIONS; question++)
    give_up (self, question);
  g_signal_handlers_disconnect_by_data (self->feature_choice, self);
  g_signal_handlers_disconnect_by_data (g_object_get_data (G_OBJECT (self->busy_box), "cam-stop"), self);
  g_clear_pointer (&self->source, cam_evaluation_source_unref);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  g_free (self->importances);
  g_free (self);
}

static void
fill_features (CamWhyPage *self)
{
  CamPreparation *preparation = cam_dataset_get_preparation (self->sheet->dataset);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < cam_preparation_get_n_features (preparation); i++)
    gtk_string_list_append (names, cam_preparation_get_feature_name (preparation, i));
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->feature_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->feature_choice, 0);
  self->is_setting = FALSE;
  self->feature = 0;
}

void
cam_why_page_show (CamWhyPage          *self,
                   CamEvaluationSource *source,
                   CamEvaluationSheet  *sheet)
{
  gboolean is_known = sheet != NULL && sheet->evaluation == self->known_of && sheet->output == self->known_output;

  if (is_known)
    return;
  for (guint question = 0; question < N_QUESTIONS; question++)
    give_up (self, question);
  if (source != NULL)
    cam_evaluation_source_ref (source);
  g_clear_pointer (&self->source, cam_evaluation_source_unref);
  self->source = source;
  if (sheet != NULL)
    cam_evaluation_sheet_ref (sheet);
  g_clear_pointer (&self->sheet, cam_evaluation_sheet_unref);
  self->sheet = sheet;
  self->known_of = NULL;
  if (sheet == NULL)
    return;
  if (self->known_of != sheet->evaluation)
    self->sample = G_MAXSIZE;
  self->known_of = sheet->evaluation;
  self->known_output = sheet->output;
  fill_features (self);
  ask (self, QUESTION_IMPORTANCE);
  ask (self, QUESTION_REASONS);
}

void
cam_why_page_show_row (CamWhyPage *self,
                       gsize       sample)
{
  self->sample = sample;
  if (self->sheet != NULL && sample < self->sheet->evaluation->n_rows)
    ask (self, QUESTION_REASONS);
}
