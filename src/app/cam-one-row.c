/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row by hand. Asking the model for a single row takes microseconds: it is asked with every move. */

#include "cam-one-row.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#include "cam-gauge.h"
#include "cam-prediction-table.h"
#include "cam-share-bar.h"
#include "cam-words.h"

#define MAX_FEATURES 64          /* sliders; the columns beyond stay in their middle */
#define MAX_CLASSES 6

typedef struct
{
  const CamFeature *feature;     /* the prediction's */
  GtkWidget        *control;     /* GtkScale or GtkDropDown; borrowed from the box; NULL beyond MAX_FEATURES */
  GtkLabel         *value;
} Field;

struct _CamOneRow
{
  AdwBin          parent_instance;

  /* owned */
  CamPrediction  *prediction;
  GArray         *fields;        /* of Field */
  char          **texts;         /* a cell for each feature */
  float          *outputs;
  guint           n_outputs;
  gboolean        has_answer;
  gboolean        is_setting;

  /* template children */
  GtkStack       *stack;
  GtkStack       *answer_stack;
  GtkLabel       *no_answer;
  CamGauge       *gauge;
  GtkLabel       *gauge_value;
  GtkLabel       *gauge_class;
  GtkBox         *bars;
  GtkBox         *values;
  GtkBox         *features;
};

G_DEFINE_FINAL_TYPE (CamOneRow, cam_one_row, ADW_TYPE_BIN)

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* The answer -------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_label (const char *text,
            const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  return label;
}

static void
show_gauge (CamOneRow *self)
{
  const CamPredictions *answers = self->prediction->answers;
  double share = self->outputs[0];
  guint found = share > 0.5;
  g_autofree char *text = cam_words_share (share);

  cam_gauge_set_share (self->gauge, share, cam_prediction_class_colour (found, 2));
  gtk_label_set_label (self->gauge_value, text);
  gtk_label_set_label (self->gauge_class, answers->class_names[found]);
  gtk_widget_set_css_classes (GTK_WIDGET (self->gauge_class), (const char *[]) { "cam-chip", cam_prediction_class_look (found, 2), NULL });
  gtk_stack_set_visible_child_name (self->answer_stack, "gauge");
}

static int
compare_shares (gconstpointer a,
                gconstpointer b,
                gpointer      outputs)
{
  float x = ((const float *) outputs)[*(const guint *) a], y = ((const float *) outputs)[*(const guint *) b];

  return (y > x) - (y < x);
}

static void
add_bar (CamOneRow  *self,
         const char *name,
         double      share,
         guint       colour,
         gboolean    is_first)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);
  GtkWidget *label = make_label (name, is_first ? "cam-run-best" : NULL);
  GtkWidget *bar = cam_share_bar_new ();
  g_autofree char *text = cam_words_share (share);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), make_label (text, is_first ? "cam-run-best" : "dim-label"));
  cam_share_bar_set_share (CAM_SHARE_BAR (bar), share, colour);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (self->bars, box);
}

/* The likeliest classes, or every label as it comes. */
static void
show_bars (CamOneRow *self)
{
  const CamPredictions *answers = self->prediction->answers;
  g_autofree guint *order = g_new (guint, self->n_outputs);

  for (guint i = 0; i < self->n_outputs; i++)
    order[i] = i;
  if (answers->class_names != NULL)
    g_qsort_with_data (order, (int) self->n_outputs, sizeof (guint), compare_shares, self->outputs);
  empty (self->bars);
  for (guint i = 0; i < MIN (self->n_outputs, MAX_CLASSES); i++)
    {
      const char *name = answers->class_names != NULL ? answers->class_names[order[i]] : answers->output_names[order[i]];
      guint colour = answers->class_names != NULL ? cam_prediction_class_colour (order[i], self->n_outputs) : self->outputs[i] > 0.5f;

      add_bar (self, name, self->outputs[order[i]], colour, answers->class_names != NULL ? i == 0 : self->outputs[i] > 0.5f);
    }
  gtk_stack_set_visible_child_name (self->answer_stack, "bars");
}

static void
show_values (CamOneRow *self)
{
  empty (self->values);
  for (guint i = 0; i < MIN (self->n_outputs, MAX_CLASSES); i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      g_autofree char *text = cam_words_number (self->outputs[i]);

      gtk_box_append (GTK_BOX (box), make_label (text, "cam-score"));
      gtk_box_append (GTK_BOX (box), make_label (self->prediction->answers->output_names[i], "dim-label"));
      gtk_box_append (self->values, box);
    }
  gtk_stack_set_visible_child_name (self->answer_stack, "values");
}

static void
ask (CamOneRow *self)
{
  const CamModel *model = cam_model_choice_get_model (self->prediction->choice);
  CamPreparation *preparation = cam_model_get_preparation (model);
  g_autofree float *x = g_new0 (float, cam_preparation_get_n_inputs (preparation));
  g_autoptr(GError) error = NULL;

  self->has_answer = cam_preparation_apply_texts (preparation, (const char *const *) self->texts, x);
  if (!self->has_answer)
    gtk_label_set_label (self->no_answer, _("No answer: a value is missing, or was never seen in training."));
  /* An Embedding may not have the index that was typed: what it gave out for it would be no number. */
  else if (!cam_network_check_rows (cam_model_get_network (model), x, 1, _("typed"), &error))
    {
      gtk_label_set_label (self->no_answer, error->message);
      self->has_answer = FALSE;
    }
  if (!self->has_answer)
    {
      gtk_stack_set_visible_child_name (self->answer_stack, "none");
      return;
    }
  cam_network_predict (cam_model_get_network (model), x, 1, self->outputs);
  cam_preparation_invert (preparation, self->outputs, NULL);
  if (!self->prediction->answers->is_share)
    show_values (self);
  else if (self->prediction->answers->class_names != NULL && self->n_outputs == 1)
    show_gauge (self);
  else
    show_bars (self);
}

/* The columns ------------------------------------------------------------------------------------------------------- */

static void
set_text (CamOneRow  *self,
          guint       i,
          const char *text)
{
  Field *field = &g_array_index (self->fields, Field, i);

  g_free (self->texts[i]);
  self->texts[i] = g_strdup (text);
  if (field->value != NULL)
    gtk_label_set_label (field->value, *text != '\0' ? text : "–");
}

static guint
index_of (CamOneRow *self,
          GtkWidget *control)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_array_index (self->fields, Field, i).control == control)
      return i;
  g_assert_not_reached ();
}

static void
moved_cb (CamOneRow *self,
          GtkRange  *scale)
{
  guint i = index_of (self, GTK_WIDGET (scale));
  g_autofree char *text = cam_feature_dup_text (g_array_index (self->fields, Field, i).feature, gtk_range_get_value (scale));

  if (self->is_setting)
    return;
  set_text (self, i, text);
  ask (self);
}

static void
level_cb (CamOneRow   *self,
          GParamSpec  *pspec,
          GtkDropDown *list)
{
  guint i = index_of (self, GTK_WIDGET (list)), place = gtk_drop_down_get_selected (list);
  const CamFeature *feature = g_array_index (self->fields, Field, i).feature;

  if (self->is_setting || place >= feature->levels->len)
    return;
  set_text (self, i, feature->levels->pdata[place]);
  ask (self);
}

static GtkWidget *
make_scale (const CamFeature *feature)
{
  double min = feature->min, max = feature->max > feature->min ? feature->max : feature->min + 1;
  double step = feature->is_whole ? 1 : (max - min) / 100;
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, min, max, step);

  gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
  gtk_range_set_increments (GTK_RANGE (scale), step, feature->is_whole ? MAX (round ((max - min) / 10), 1) : (max - min) / 10);
  gtk_widget_add_css_class (scale, "cam-slim");
  return scale;
}

static void
add_field (CamOneRow        *self,
           const CamFeature *feature,
           guint             i)
{
  Field field = { feature, NULL, NULL };
  GtkWidget *box, *line, *name;

  if (i >= MAX_FEATURES)
    {
      g_array_append_val (self->fields, field);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  name = make_label (feature->name, "cam-run-best");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (box), line);
  if (feature->levels != NULL)
    {
      g_autoptr(GtkStringList) levels = gtk_string_list_new (NULL);

      for (guint l = 0; l < feature->levels->len; l++)
        gtk_string_list_append (levels, feature->levels->pdata[l]);
      field.control = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (levels)), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
      gtk_drop_down_set_enable_search (GTK_DROP_DOWN (field.control), feature->levels->len > 12);
      gtk_widget_add_css_class (field.control, "cam-small");
      gtk_box_append (GTK_BOX (line), field.control);
      g_signal_connect_object (field.control, "notify::selected", G_CALLBACK (level_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      field.control = make_scale (feature);
      field.value = GTK_LABEL (make_label (NULL, NULL));
      gtk_box_append (GTK_BOX (line), GTK_WIDGET (field.value));
      gtk_box_append (GTK_BOX (box), field.control);
      g_signal_connect_object (field.control, "value-changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (field.control), GTK_ACCESSIBLE_PROPERTY_LABEL, feature->name, -1);
  gtk_box_append (self->features, box);
  g_array_append_val (self->fields, field);
}

/* @text into the control and the cell; a value outside the range stays in the cell, the slider goes as far as it can. */
static void
put (CamOneRow  *self,
     guint       i,
     const char *text)
{
  Field *field = &g_array_index (self->fields, Field, i);
  double value;
  guint place;

  set_text (self, i, text);
  if (field->control == NULL)
    return;
  self->is_setting = TRUE;
  if (field->feature->levels == NULL)
    {
      if (cam_number_parse (text, strlen (text), &value))
        gtk_range_set_value (GTK_RANGE (field->control), value);
    }
  else if (g_ptr_array_find_with_equal_func (field->feature->levels, text, g_str_equal, &place))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (field->control), place);
  self->is_setting = FALSE;
}

static void
put_middle (CamOneRow *self,
            guint      i)
{
  const CamFeature *feature = g_array_index (self->fields, Field, i).feature;
  g_autofree char *text = NULL;

  if (feature->levels != NULL)
    text = g_strdup (feature->levels->len > 0 ? feature->levels->pdata[0] : "");
  else
    text = cam_feature_dup_text (feature, feature->middle);
  put (self, i, text);
}

static void
reset_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamOneRow *self = CAM_ONE_ROW (widget);

  if (self->prediction == NULL || self->texts == NULL)
    return;
  for (guint i = 0; i < self->fields->len; i++)
    put_middle (self, i);
  ask (self);
}

/* The object -------------------------------------------------------------------------------------------------------- */

static gboolean
same_features (GPtrArray *a,
               GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const CamFeature *x = a->pdata[i], *y = b->pdata[i];

      if (strcmp (x->name, y->name) != 0 || (x->levels == NULL) != (y->levels == NULL) || x->min != y->min || x->max != y->max)
        return FALSE;
    }
  return TRUE;
}

static void
clear (CamOneRow *self)
{
  g_array_set_size (self->fields, 0);
  empty (self->features);
  g_clear_pointer (&self->texts, g_strfreev);
}

static void
cam_one_row_dispose (GObject *object)
{
  CamOneRow *self = CAM_ONE_ROW (object);

  if (self->features != NULL && self->texts != NULL)
    clear (self);
  G_OBJECT_CLASS (cam_one_row_parent_class)->dispose (object);
}

static void
cam_one_row_finalize (GObject *object)
{
  CamOneRow *self = CAM_ONE_ROW (object);

  g_clear_pointer (&self->prediction, cam_prediction_unref);
  g_clear_pointer (&self->fields, g_array_unref);
  g_strfreev (self->texts);
  g_free (self->outputs);
  G_OBJECT_CLASS (cam_one_row_parent_class)->finalize (object);
}

static void
cam_one_row_class_init (CamOneRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_one_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_one_row_finalize;

  gtk_widget_class_install_action (widget_class, "row.reset", NULL, reset_cb);

  g_type_ensure (CAM_TYPE_GAUGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-one-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, stack);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, answer_stack);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, no_answer);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, gauge);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, gauge_value);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, gauge_class);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, bars);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, values);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, features);
}

static void
cam_one_row_init (CamOneRow *self)
{
  self->fields = g_array_new (FALSE, TRUE, sizeof (Field));
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_one_row_set_prediction (CamOneRow     *self,
                            CamPrediction *prediction)
{
  g_autoptr(CamPrediction) before = NULL;
  gboolean is_same, is_usable;

  g_return_if_fail (CAM_IS_ONE_ROW (self));

  before = g_steal_pointer (&self->prediction);
  self->prediction = prediction != NULL ? cam_prediction_ref (prediction) : NULL;
  is_usable = prediction != NULL && prediction->features != NULL && prediction->answers != NULL;
  gtk_stack_set_visible_child_name (self->stack, is_usable ? "row" : "none");
  if (!is_usable)
    {
      clear (self);
      return;
    }
  is_same = before != NULL && self->texts != NULL && same_features (before->features, prediction->features);
  self->n_outputs = prediction->answers->n_outputs;
  self->outputs = g_renew (float, self->outputs, self->n_outputs);
  if (is_same)
    for (guint i = 0; i < self->fields->len; i++)
      g_array_index (self->fields, Field, i).feature = prediction->features->pdata[i];
  else
    {
      clear (self);
      self->texts = g_new0 (char *, prediction->features->len + 1);
      for (guint i = 0; i < prediction->features->len; i++)
        add_field (self, prediction->features->pdata[i], i);
      for (guint i = 0; i < self->fields->len; i++)
        put_middle (self, i);
    }
  ask (self);
}

CamModelChoice *
cam_one_row_get_choice (CamOneRow *self)
{
  g_return_val_if_fail (CAM_IS_ONE_ROW (self), NULL);

  return self->prediction != NULL ? self->prediction->choice : NULL;
}

void
cam_one_row_set_row (CamOneRow *self,
                     gsize      row)
{
  g_return_if_fail (CAM_IS_ONE_ROW (self));

  if (self->prediction == NULL || self->texts == NULL || row >= cam_table_get_n_rows (self->prediction->table))
    return;
  for (guint i = 0; i < self->fields->len; i++)
    {
      int column = cam_table_find (self->prediction->table, g_array_index (self->fields, Field, i).feature->name);
      g_autofree char *text = column >= 0 ? cam_table_dup_text (self->prediction->table, (guint) column, row) : g_strdup ("");

      put (self, i, text);
    }
  ask (self);
}

const float *
cam_one_row_get_outputs (CamOneRow *self,
                         guint     *n)
{
  g_return_val_if_fail (CAM_IS_ONE_ROW (self), NULL);

  if (!self->has_answer)
    return NULL;
  *n = self->n_outputs;
  return self->outputs;
}
