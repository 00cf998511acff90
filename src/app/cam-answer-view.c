/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to one row. */

#include "cam-answer-view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-gauge.h"
#include "cam-label.h"
#include "cam-prediction-table.h"
#include "cam-share-bar.h"
#include "cam-words.h"

#define MAX_BARS 10              /* classes beyond are the least likely ones */
#define MAX_VALUES 6

typedef struct
{
  GtkWidget *name, *bar, *share;
} Line;

struct _CamAnswerView
{
  AdwBin                parent_instance;

  const CamModel       *model;        /* borrowed */
  const CamPredictions *form;         /* borrowed */
  float                *outputs;      /* as shown; owned */
  gboolean              has_answer;
  guint                *order;        /* of outputs, as the bars show them; owned */
  Line                  lines[MAX_BARS];
  GtkWidget            *numbers[MAX_VALUES];
  guint                 n_lines, n_numbers;

  /* template children */
  GtkStack             *stack;
  GtkLabel             *no_answer;
  CamGauge             *gauge;
  GtkLabel             *gauge_value;
  GtkLabel             *gauge_class;
  GtkGrid              *bars;
  GtkLabel             *bars_more;
  GtkBox               *values;
};

G_DEFINE_FINAL_TYPE (CamAnswerView, cam_answer_view, ADW_TYPE_BIN)

static gboolean
is_gauge (CamAnswerView *self)
{
  return self->form->is_share && self->form->class_names != NULL && self->form->n_outputs == 1;
}

static const char *
get_name (CamAnswerView *self,
          guint          output)
{
  return self->form->class_names != NULL ? self->form->class_names[output] : self->form->output_names[output];
}

static void
empty (CamAnswerView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->bars))) != NULL)
    gtk_grid_remove (self->bars, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->values))) != NULL)
    gtk_box_remove (self->values, child);
}

/* Parts ------------------------------------------------------------------------------------------------------------- */

static void
make_lines (CamAnswerView *self)
{
  gsize longest = 0;

  for (guint i = 0; i < self->form->n_outputs; i++)
    longest = MAX (longest, (gsize) g_utf8_strlen (get_name (self, i), -1));
  for (guint i = 0; i < self->n_lines; i++)
    {
      Line *line = &self->lines[i];

      line->name = cam_label_new (NULL, NULL);
      gtk_label_set_width_chars (GTK_LABEL (line->name), (int) CLAMP (longest, 1, 14));
      gtk_label_set_max_width_chars (GTK_LABEL (line->name), 14);
      line->bar = cam_share_bar_new ();
      gtk_widget_set_hexpand (line->bar, TRUE);
      line->share = cam_label_new (NULL, NULL);
      gtk_label_set_xalign (GTK_LABEL (line->share), 1);
      gtk_label_set_width_chars (GTK_LABEL (line->share), 7);
      gtk_grid_attach (self->bars, line->name, 0, (int) i, 1, 1);
      gtk_grid_attach (self->bars, line->bar, 1, (int) i, 1, 1);
      gtk_grid_attach (self->bars, line->share, 2, (int) i, 1, 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->bars_more), self->form->n_outputs > self->n_lines);
}

static void
make_numbers (CamAnswerView *self)
{
  for (guint i = 0; i < self->n_numbers; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      self->numbers[i] = cam_label_new (NULL, "cam-score");
      gtk_box_append (GTK_BOX (box), self->numbers[i]);
      gtk_box_append (GTK_BOX (box), cam_label_new (self->form->output_names[i], "dim-label"));
      gtk_box_append (self->values, box);
    }
}

/* The card is as high without an answer as with one: what is drawn below it must not move under the pen. */
static void
show_pages (CamAnswerView *self)
{
  const char *used = !self->form->is_share ? "values" : is_gauge (self) ? "gauge" : "bars";
  static const char *const names[] = { "gauge", "bars", "values" };

  gtk_stack_set_visible_child_name (self->stack, "none");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_set_visible (gtk_stack_get_child_by_name (self->stack, names[i]), g_str_equal (names[i], used));
}

/* The answer -------------------------------------------------------------------------------------------------------- */

static gboolean
is_above (CamAnswerView *self,
          guint          output)
{
  return self->outputs[output] > cam_model_get_threshold (self->model, output);
}

static void
show_gauge (CamAnswerView *self)
{
  double share = self->outputs[0];
  guint found = is_above (self, 0);
  g_autofree char *text = cam_words_share (share);

  cam_gauge_set_share (self->gauge, share, cam_prediction_class_colour (found, 2));
  gtk_label_set_label (self->gauge_value, text);
  gtk_label_set_label (self->gauge_class, self->form->class_names[found]);
  gtk_widget_set_css_classes (GTK_WIDGET (self->gauge_class), (const char *[]) { "cam-chip", cam_prediction_class_look (found, 2), NULL });
  gtk_stack_set_visible_child_name (self->stack, "gauge");
}

static guint
find_best (CamAnswerView *self)
{
  guint best = 0;

  for (guint i = 1; i < self->form->n_outputs; i++)
    if (self->outputs[i] > self->outputs[best])
      best = i;
  return best;
}

/* Where all fit they stay in their places, and only their bars move; of more, the likeliest, picked one after the other. */
static void
find_order (CamAnswerView *self)
{
  guint n = self->form->n_outputs;

  for (guint i = 0; i < n; i++)
    self->order[i] = i;
  if (n <= self->n_lines || self->form->class_names == NULL)
    return;
  for (guint i = 0; i < self->n_lines; i++)
    for (guint k = i + 1; k < n; k++)
      if (self->outputs[self->order[k]] > self->outputs[self->order[i]])
        {
          guint swap = self->order[i];

          self->order[i] = self->order[k];
          self->order[k] = swap;
        }
}

static void
set_strong (GtkWidget *label,
            gboolean   is_strong)
{
  if (is_strong)
    gtk_widget_add_css_class (label, "cam-run-best");
  else
    gtk_widget_remove_css_class (label, "cam-run-best");
}

static void
show_bars (CamAnswerView *self)
{
  gboolean has_classes = self->form->class_names != NULL;
  guint best = find_best (self);

  find_order (self);
  for (guint i = 0; i < self->n_lines; i++)
    {
      guint output = self->order[i];
      float share = self->outputs[output];
      gboolean is_strong = has_classes ? output == best : is_above (self, output);
      g_autofree char *text = cam_words_share (share);

      gtk_label_set_label (GTK_LABEL (self->lines[i].name), get_name (self, output));
      gtk_label_set_label (GTK_LABEL (self->lines[i].share), text);
      set_strong (self->lines[i].name, is_strong);
      set_strong (self->lines[i].share, is_strong);
      cam_share_bar_set_share (CAM_SHARE_BAR (self->lines[i].bar), share, has_classes ? cam_prediction_class_colour (output, self->form->n_outputs) : is_strong ? 1 : 0);
    }
  gtk_stack_set_visible_child_name (self->stack, "bars");
}

static void
show_values (CamAnswerView *self)
{
  for (guint i = 0; i < self->n_numbers; i++)
    {
      g_autofree char *text = cam_words_number (self->outputs[i]);

      gtk_label_set_label (GTK_LABEL (self->numbers[i]), text);
    }
  gtk_stack_set_visible_child_name (self->stack, "values");
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
cam_answer_view_finalize (GObject *object)
{
  CamAnswerView *self = CAM_ANSWER_VIEW (object);

  g_free (self->outputs);
  g_free (self->order);
  G_OBJECT_CLASS (cam_answer_view_parent_class)->finalize (object);
}

static void
cam_answer_view_class_init (CamAnswerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cam_answer_view_finalize;

  g_type_ensure (CAM_TYPE_GAUGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-answer-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, stack);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, no_answer);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, gauge);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, gauge_value);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, gauge_class);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, bars);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, bars_more);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerView, values);
}

static void
cam_answer_view_init (CamAnswerView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_answer_view_set_model (CamAnswerView        *self,
                           const CamModel       *model,
                           const CamPredictions *form)
{
  g_return_if_fail (CAM_IS_ANSWER_VIEW (self));

  empty (self);
  self->model = model;
  self->form = form;
  self->n_lines = self->n_numbers = 0;
  self->has_answer = FALSE;
  if (form == NULL)
    return;
  show_pages (self);
  self->outputs = g_renew (float, self->outputs, form->n_outputs);
  self->order = g_renew (guint, self->order, form->n_outputs);
  if (!form->is_share)
    {
      self->n_numbers = MIN (form->n_outputs, MAX_VALUES);
      make_numbers (self);
    }
  else if (!is_gauge (self))
    {
      self->n_lines = MIN (form->n_outputs, MAX_BARS);
      make_lines (self);
    }
}

void
cam_answer_view_set_outputs (CamAnswerView *self,
                             const float   *outputs)
{
  g_return_if_fail (CAM_IS_ANSWER_VIEW (self));
  g_return_if_fail (self->form != NULL && outputs != NULL);

  memcpy (self->outputs, outputs, self->form->n_outputs * sizeof (float));
  self->has_answer = TRUE;
  if (!self->form->is_share)
    show_values (self);
  else if (is_gauge (self))
    show_gauge (self);
  else
    show_bars (self);
}

void
cam_answer_view_set_problem (CamAnswerView *self,
                             const char    *problem)
{
  g_return_if_fail (CAM_IS_ANSWER_VIEW (self));

  self->has_answer = FALSE;
  gtk_label_set_label (self->no_answer, problem);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

char *
cam_answer_view_dup_text (CamAnswerView *self)
{
  guint found;
  g_autofree char *share = NULL;

  g_return_val_if_fail (CAM_IS_ANSWER_VIEW (self), NULL);

  if (!self->has_answer)
    return g_strdup (gtk_label_get_label (self->no_answer));
  if (!self->form->is_share)
    return cam_words_number (self->outputs[0]);
  if (is_gauge (self))
    {
      found = is_above (self, 0);
      share = cam_words_share (found ? self->outputs[0] : 1 - self->outputs[0]);
    }
  else
    {
      found = find_best (self);
      share = cam_words_share (self->outputs[found]);
    }
  /* translators: a class and its probability */
  return g_strdup_printf (_("%s, %s"), get_name (self, found), share);
}
