/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row by hand. Asking the model for a single row takes microseconds: it is asked with every move. */

#include "cam-one-row.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-date.h>
#include <cam-number.h>

#include "cam-answer-view.h"
#include "cam-asker.h"
#include "cam-feature.h"
#include "cam-label.h"
#include "cam-picture-input.h"
#include "cam-row-curve.h"

#define MAX_FEATURES 64          /* sliders; the columns beyond stay in their middle */

typedef struct
{
  const CamFeature *feature;     /* of the list */
  GtkWidget        *control;     /* GtkScale or GtkDropDown; borrowed from the box; NULL beyond MAX_FEATURES */
  GtkLabel         *value;
} Field;

struct _CamOneRow
{
  AdwBin           parent_instance;

  /* owned */
  CamModelChoice  *choice;
  CamAsker        *asker;
  GPtrArray       *features;     /* of CamFeature */
  GArray          *fields;       /* of Field */
  char           **texts;        /* a cell for each feature */
  const float     *outputs;      /* the asker's; NULL: no answer */
  gboolean         is_setting;

  /* template children */
  GtkStack        *stack;
  GtkStack        *input_stack;
  GtkLabel        *subtitle;
  GtkWidget       *reset_button;
  GtkLabel        *needs;
  CamAnswerView   *answer;
  CamRowCurve     *curve;
  GtkBox          *feature_box;
  GtkLabel        *more;
  CamPictureInput *picture;
  GtkTextView     *words;
  GtkLabel        *words_name;
};

G_DEFINE_FINAL_TYPE (CamOneRow, cam_one_row, ADW_TYPE_BIN)

/* The answer -------------------------------------------------------------------------------------------------------- */

static void
ask (CamOneRow *self)
{
  g_autofree char *problem = NULL;
  CamAskKind kind = cam_asker_get_kind (self->asker);

  if (kind == CAM_ASK_PICTURE && cam_picture_input_is_empty (self->picture))
    problem = g_strdup (_("Draw something, and the answer is here."));
  else if (kind == CAM_ASK_PICTURE)
    self->outputs = cam_asker_ask_pixels (self->asker, cam_picture_input_get_pixels (self->picture), &problem);
  else if (kind == CAM_ASK_TEXT && *self->texts[0] == '\0')
    problem = g_strdup (_("Type a sentence, and the answer is here."));
  else
    self->outputs = cam_asker_ask (self->asker, (const char *const *) self->texts, &problem);

  if (problem != NULL)
    {
      self->outputs = NULL;
      cam_answer_view_set_problem (self->answer, problem);
    }
  else
    cam_answer_view_set_outputs (self->answer, self->outputs);
  if (kind == CAM_ASK_COLUMNS)
    cam_row_curve_update (self->curve, (const char *const *) self->texts);
  if (kind == CAM_ASK_PICTURE)
    {
      g_autofree char *text = cam_answer_view_dup_text (self->answer);

      cam_picture_input_describe (self->picture, text);
    }
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

static void
typed_cb (CamOneRow   *self,
          GtkEditable *entry)
{
  if (self->is_setting)
    return;
  set_text (self, index_of (self, GTK_WIDGET (entry)), gtk_editable_get_text (entry));
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

static GtkWidget *
make_list (const CamFeature *feature)
{
  g_autoptr(GtkStringList) levels = gtk_string_list_new (NULL);
  GtkWidget *list;

  for (guint l = 0; l < feature->levels->len; l++)
    gtk_string_list_append (levels, feature->levels->pdata[l]);
  list = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (levels)), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (list), feature->levels->len > 12);
  gtk_widget_add_css_class (list, "cam-small");
  return list;
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
  name = cam_label_new (feature->name, "cam-run-best");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (box), line);
  if (feature->levels != NULL)
    {
      field.control = make_list (feature);
      gtk_box_append (GTK_BOX (line), field.control);
      g_signal_connect_object (field.control, "notify::selected", G_CALLBACK (level_cb), self, G_CONNECT_SWAPPED);
    }
  else if (feature->is_text)
    {
      field.control = gtk_entry_new ();
      gtk_box_append (GTK_BOX (box), field.control);
      g_signal_connect_object (field.control, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
    }
  else
    {
      field.control = make_scale (feature);
      field.value = GTK_LABEL (cam_label_new (NULL, NULL));
      gtk_box_append (GTK_BOX (line), GTK_WIDGET (field.value));
      gtk_box_append (GTK_BOX (box), field.control);
      g_signal_connect_object (field.control, "value-changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (field.control), GTK_ACCESSIBLE_PROPERTY_LABEL, feature->name, -1);
  gtk_box_append (self->feature_box, box);
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
  if (GTK_IS_EDITABLE (field->control))
    gtk_editable_set_text (GTK_EDITABLE (field->control), text);
  else if (field->feature->levels == NULL)
    {
      size_t length = strlen (text);

      if (cam_number_parse (text, length, &value) || (field->feature->is_date && cam_date_parse (text, length, CAM_DATE_ISO, &value, NULL, NULL)))
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
    text = feature->is_text ? g_strdup ("") : cam_feature_dup_text (feature, feature->middle);
  put (self, i, text);
}

static void
reset_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamOneRow *self = CAM_ONE_ROW (widget);

  if (self->asker == NULL || cam_asker_get_kind (self->asker) != CAM_ASK_COLUMNS)
    return;
  for (guint i = 0; i < self->fields->len; i++)
    put_middle (self, i);
  ask (self);
}

/* Pictures, words --------------------------------------------------------------------------------------------------- */

static void
picture_changed_cb (CamOneRow *self)
{
  if (!self->is_setting && self->asker != NULL && cam_asker_get_kind (self->asker) == CAM_ASK_PICTURE)
    ask (self);
}

static void
words_changed_cb (CamOneRow     *self,
                  GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  if (self->is_setting || self->asker == NULL || cam_asker_get_kind (self->asker) != CAM_ASK_TEXT)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->texts[0]);
  self->texts[0] = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  ask (self);
}

/* What a model needs that cannot be asked by hand. */
static char *
describe_needs (CamOneRow *self)
{
  CamPreparation *preparation = cam_model_get_preparation (cam_model_choice_get_model (self->choice));
  g_autofree char *order = NULL;
  guint length;

  if (preparation == NULL || !cam_preparation_is_sequence (preparation))
    return g_strdup (_("This model takes more numbers than can be set by hand. Open a CSV file with a column for each."));
  length = cam_preparation_get_length (preparation);
  /* translators: added to what a model needs; %s is a column */
  order = cam_preparation_get_order (preparation) != NULL ? g_strdup_printf (_(" They are put in the order of “%s”."), cam_preparation_get_order (preparation)) : g_strdup ("");
  return g_strdup_printf (_("This model reads sequences: a single row says nothing to it. Open a CSV file with at least %u rows that follow each other.%s"), length, order);
}

/* The model --------------------------------------------------------------------------------------------------------- */

static gboolean
same_features (GPtrArray *a,
               GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const CamFeature *x = a->pdata[i], *y = b->pdata[i];

      if (strcmp (x->name, y->name) != 0 || (x->levels == NULL) != (y->levels == NULL) || (x->levels != NULL && x->levels->len != y->levels->len) || x->min != y->min || x->max != y->max)
        return FALSE;
    }
  return TRUE;
}

static void
clear_fields (CamOneRow *self)
{
  GtkWidget *child;

  g_array_set_size (self->fields, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->feature_box))) != NULL)
    gtk_box_remove (self->feature_box, child);
  g_clear_pointer (&self->texts, g_strfreev);
}

static void
show_columns (CamOneRow *self,
              gboolean   is_same)
{
  g_autofree char *more = NULL;

  if (is_same)
    {
      for (guint i = 0; i < self->fields->len; i++)
        g_array_index (self->fields, Field, i).feature = self->features->pdata[i];
      return;
    }
  clear_fields (self);
  self->texts = g_new0 (char *, self->features->len + 1);
  for (guint i = 0; i < self->features->len; i++)
    add_field (self, self->features->pdata[i], i);
  for (guint i = 0; i < self->fields->len; i++)
    put_middle (self, i);
  if (self->features->len > MAX_FEATURES)
    more = g_strdup_printf (_("The other %u columns stay at what is usual."), self->features->len - MAX_FEATURES);
  gtk_label_set_label (self->more, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more), more != NULL);
}

static void
show_picture (CamOneRow *self)
{
  guint height, width, channels;
  double brightest;

  cam_asker_get_picture (self->asker, &height, &width, &channels, &brightest);
  self->is_setting = TRUE;
  cam_picture_input_set_shape (self->picture, height, width, channels, brightest);
  self->is_setting = FALSE;
}

static void
show_text (CamOneRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;
  const CamFeature *feature = self->features->pdata[0];

  clear_fields (self);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  self->texts = g_new0 (char *, 2);
  self->texts[0] = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gtk_label_set_label (self->words_name, feature->name);
}

static void
show_input (CamOneRow *self,
            gboolean   is_same)
{
  static const struct { const char *page, *subtitle; } all[] = {
    [CAM_ASK_COLUMNS] = { "columns", N_("The answer follows every move") },
    [CAM_ASK_PICTURE] = { "picture", N_("The answer follows every stroke") },
    [CAM_ASK_TEXT] = { "words", N_("The answer follows every word") },
    [CAM_ASK_FILE] = { "file", N_("Not for this model") },
  };
  CamAskKind kind = cam_asker_get_kind (self->asker);
  g_autofree char *needs = NULL;

  gtk_label_set_label (self->subtitle, _(all[kind].subtitle));
  gtk_stack_set_visible_child_name (self->input_stack, all[kind].page);
  gtk_widget_set_visible (self->reset_button, kind == CAM_ASK_COLUMNS);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), kind != CAM_ASK_FILE);
  cam_answer_view_set_model (self->answer, cam_model_choice_get_model (self->choice), cam_asker_get_form (self->asker));
  cam_row_curve_set_asker (self->curve, self->asker, self->features);
  if (kind == CAM_ASK_COLUMNS)
    show_columns (self, is_same);
  else if (kind == CAM_ASK_PICTURE)
    show_picture (self);
  else if (kind == CAM_ASK_TEXT)
    show_text (self);
  else
    {
      needs = describe_needs (self);
      gtk_label_set_label (self->needs, needs);
      return;
    }
  ask (self);
}

void
cam_one_row_set_model (CamOneRow      *self,
                       CamModelChoice *choice,
                       GPtrArray      *features)
{
  const CamModel *model = choice != NULL ? cam_model_choice_get_model (choice) : NULL;
  g_autoptr(GPtrArray) before = NULL;
  CamPreparation *preparation;
  CamAskKind kind_before;
  gboolean is_same;

  g_return_if_fail (CAM_IS_ONE_ROW (self));

  /* The same model again: what is drawn or typed stays. */
  if (choice != NULL && choice == self->choice && (features == NULL || features == self->features || same_features (features, self->features)))
    return;
  kind_before = self->asker != NULL ? cam_asker_get_kind (self->asker) : CAM_ASK_FILE;
  before = g_steal_pointer (&self->features);
  self->outputs = NULL;
  cam_row_curve_set_asker (self->curve, NULL, NULL);
  cam_answer_view_set_model (self->answer, NULL, NULL);
  g_clear_pointer (&self->asker, cam_asker_free);
  g_set_object (&self->choice, choice);
  gtk_stack_set_visible_child_name (self->stack, model != NULL ? "row" : "none");
  if (model == NULL)
    {
      clear_fields (self);
      return;
    }
  self->asker = cam_asker_new (model);
  preparation = cam_model_get_preparation (model);
  if (features != NULL)
    self->features = g_ptr_array_ref (features);
  else
    self->features = preparation != NULL ? cam_features_new (preparation, NULL) : cam_features_new_unnamed (cam_asker_get_kind (self->asker) == CAM_ASK_COLUMNS ? cam_asker_get_n_features (self->asker) : 0);
  is_same = kind_before == CAM_ASK_COLUMNS && self->texts != NULL && same_features (before, self->features);
  show_input (self, is_same);
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
cam_one_row_dispose (GObject *object)
{
  CamOneRow *self = CAM_ONE_ROW (object);

  if (self->feature_box != NULL)
    {
      cam_row_curve_set_asker (self->curve, NULL, NULL);
      cam_answer_view_set_model (self->answer, NULL, NULL);
      clear_fields (self);
      self->feature_box = NULL;
    }
  g_clear_pointer (&self->asker, cam_asker_free);
  G_OBJECT_CLASS (cam_one_row_parent_class)->dispose (object);
}

static void
cam_one_row_finalize (GObject *object)
{
  CamOneRow *self = CAM_ONE_ROW (object);

  g_clear_object (&self->choice);
  g_clear_pointer (&self->features, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_array_unref);
  g_strfreev (self->texts);
  G_OBJECT_CLASS (cam_one_row_parent_class)->finalize (object);
}

static void
cam_one_row_class_init (CamOneRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_one_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_one_row_finalize;

  gtk_widget_class_install_action (widget_class, "row.reset", NULL, reset_cb);

  g_type_ensure (CAM_TYPE_ANSWER_VIEW);
  g_type_ensure (CAM_TYPE_PICTURE_INPUT);
  g_type_ensure (CAM_TYPE_ROW_CURVE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-one-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, stack);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, input_stack);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, needs);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, answer);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, curve);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, feature_box);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, more);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, picture);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, words);
  gtk_widget_class_bind_template_child (widget_class, CamOneRow, words_name);
  gtk_widget_class_bind_template_callback (widget_class, picture_changed_cb);
}

static void
cam_one_row_init (CamOneRow *self)
{
  self->fields = g_array_new (FALSE, TRUE, sizeof (Field));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->words), "changed", G_CALLBACK (words_changed_cb), self, G_CONNECT_SWAPPED);
}

CamModelChoice *
cam_one_row_get_choice (CamOneRow *self)
{
  g_return_val_if_fail (CAM_IS_ONE_ROW (self), NULL);

  return self->choice;
}

static void
set_picture_row (CamOneRow      *self,
                 const CamTable *table,
                 gsize           row)
{
  g_autofree float *pixels = g_new0 (float, self->features->len + 1);

  for (guint i = 0; i < self->features->len; i++)
    {
      int column = cam_table_find (table, ((const CamFeature *) self->features->pdata[i])->name);

      pixels[i] = column >= 0 ? (float) cam_table_get_number (table, (guint) column, row) : 0;
    }
  cam_picture_input_set_pixels (self->picture, pixels);
}

void
cam_one_row_set_row (CamOneRow      *self,
                     const CamTable *table,
                     gsize           row)
{
  CamAskKind kind;

  g_return_if_fail (CAM_IS_ONE_ROW (self));

  if (self->asker == NULL || row >= cam_table_get_n_rows (table) || cam_model_get_preparation (cam_model_choice_get_model (self->choice)) == NULL)
    return;
  kind = cam_asker_get_kind (self->asker);
  if (kind == CAM_ASK_FILE)
    return;
  if (kind == CAM_ASK_PICTURE)
    {
      set_picture_row (self, table, row);
      return;
    }
  for (guint i = 0; i < self->features->len; i++)
    {
      int column = cam_table_find (table, ((const CamFeature *) self->features->pdata[i])->name);
      g_autofree char *text = column >= 0 ? cam_table_dup_text (table, (guint) column, row) : g_strdup ("");

      if (kind == CAM_ASK_COLUMNS)
        put (self, i, text);
      else
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), text, -1);
    }
  if (kind == CAM_ASK_COLUMNS)
    ask (self);
}

gboolean
cam_one_row_takes_picture (CamOneRow *self)
{
  g_return_val_if_fail (CAM_IS_ONE_ROW (self), FALSE);

  return self->asker != NULL && cam_asker_get_kind (self->asker) == CAM_ASK_PICTURE;
}

void
cam_one_row_open_picture (CamOneRow  *self,
                          const char *path)
{
  g_return_if_fail (cam_one_row_takes_picture (self) && path != NULL);

  cam_picture_input_open (self->picture, path);
}

const float *
cam_one_row_get_outputs (CamOneRow *self,
                         guint     *n)
{
  g_return_val_if_fail (CAM_IS_ONE_ROW (self), NULL);

  if (self->outputs == NULL)
    return NULL;
  *n = cam_asker_get_form (self->asker)->n_outputs;
  return self->outputs;
}
