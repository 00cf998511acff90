/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The split designer: a method in words, what it needs to know, shares, folds and seed. Every change is one step of the document. */

#include "cam-split-card.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include <cam-split.h>

#include "cam-split-bar.h"
#include "cam-split-choice.h"
#include "cam-words.h"

#define MAX_LEGEND 4
#define MOST_SEED 9999
#define HEAD_GAP 12

struct _CamSplitCard
{
  AdwBin         parent_instance;

  CamSession    *session;       /* owned */
  gboolean       is_setting;

  /* template children */
  GtkWidget     *grid;
  GtkWidget     *head;
  GtkWidget     *title;
  GtkWidget     *shares_line;
  GtkWidget     *seed_line;
  GtkDropDown   *method;
  GtkDropDown   *column;
  GtkLabel      *explanation;
  GtkSpinButton *validation;
  GtkWidget     *validation_label;
  GtkSpinButton *test;
  GtkWidget     *shares_box;
  GtkSpinButton *seed;
  GtkWidget     *seed_box;
  GtkSpinButton *folds;
  GtkSpinButton *fold;
  GtkWidget     *folds_box;
  GtkWidget     *fold_box;
  CamSplitBar   *bar;
  GtkBox        *legend;
};

G_DEFINE_FINAL_TYPE (CamSplitCard, cam_split_card, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamExperiment *
get_experiment (CamSplitCard *self)
{
  return self->session != NULL ? cam_document_get_experiment (cam_session_get_document (self->session)) : NULL;
}

static CamSplitChoice
get_choice (CamSplitCard *self)
{
  return cam_split_choice_find (cam_experiment_get_split (get_experiment (self)));
}

/* Which colour of the bar is which class or label; a long list says less than the bar alone. */
static void
show_legend (CamSplitCard *self,
             CamDataset   *dataset)
{
  static const char *const inks[MAX_LEGEND] = { "cam-ink-blue", "cam-ink-orange", "cam-ink-green", "cam-ink-pink" };
  CamPreparation *preparation = dataset != NULL ? cam_dataset_get_preparation (dataset) : NULL;
  const gboolean has_labels = dataset != NULL && cam_dataset_get_task (dataset) == CAM_TASK_MULTILABEL;
  const guint n = preparation == NULL ? 0 : has_labels ? cam_preparation_get_n_targets (preparation) : cam_preparation_get_n_classes (preparation);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_box_remove (self->legend, child);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), n > 0 && n <= MAX_LEGEND);
  for (guint c = 0; c < n && n <= MAX_LEGEND; c++)
    {
      GtkWidget *dot = gtk_label_new ("●");
      GtkWidget *name = gtk_label_new (has_labels ? cam_preparation_get_target_name (preparation, c) : cam_preparation_get_class_name (preparation, c));

      gtk_widget_add_css_class (dot, inks[c]);
      gtk_widget_add_css_class (dot, "cam-caption");
      gtk_widget_add_css_class (name, "cam-secondary");
      gtk_widget_set_margin_end (name, c + 1 < n ? 8 : 0);
      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
      gtk_box_append (self->legend, dot);
      gtk_box_append (self->legend, name);
    }
}

/* What the method does, and what came of it. */
static void
explain (CamSplitCard *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  CamExperiment *experiment = get_experiment (self);
  g_autofree char *method = NULL;
  GString *text;

  if (experiment == NULL)
    return;
  method = cam_split_choice_explain (get_choice (self), cam_experiment_get_split (experiment), dataset);
  text = g_string_new (method);
  if (dataset != NULL && cam_split_bar_get_spread (self->bar) != NULL)
    {
      const CamSpread *spread = cam_split_bar_get_spread (self->bar);
      const double gap = cam_spread_get_gap (spread, dataset);
      const gboolean has_labels = spread->kind == CAM_SPREAD_LABELS;

      if (gap < 0.02 && get_choice (self) != CAM_CHOICE_STRATIFIED)
        g_string_append_printf (text, " %s", has_labels ? _("Labels are balanced alike in the parts.") : _("Classes are balanced alike in the parts."));
      else if (gap >= 0.02)
        {
          g_autofree char *share = cam_words_share (gap);

          g_string_append_c (text, ' ');
          g_string_append_printf (text, has_labels ? _("The share of a label differs by up to %s between the parts.") : _("The share of a class differs by up to %s between the parts."), share);
        }
    }
  if (dataset != NULL && cam_dataset_get_n_dropped (dataset) > 0)
    {
      g_autofree char *n = cam_words_count (cam_dataset_get_n_dropped (dataset));

      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%s row is left out.", "%s rows are left out.", cam_dataset_get_n_dropped (dataset)), n);
    }
  gtk_label_set_label (self->explanation, text->str);
  g_string_free (text, TRUE);
}

static void
dataset_changed_cb (CamSplitCard *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);

  cam_split_bar_set_dataset (self->bar, dataset);
  show_legend (self, dataset);
  explain (self);
}

/* The columns that the method may go by. */
static void
show_columns (CamSplitCard   *self,
              CamSplitChoice  choice,
              const json_t   *split)
{
  CamTable *table = cam_session_get_table (self->session);
  const gboolean wants_column = choice == CAM_CHOICE_GROUPED || choice == CAM_CHOICE_ORDERED || choice == CAM_CHOICE_COLUMN;
  g_autoptr(GtkStringList) names = NULL;
  g_autofree char *chosen = NULL;
  guint place = GTK_INVALID_LIST_POSITION;

  gtk_widget_set_visible (GTK_WIDGET (self->column), wants_column && table != NULL);
  if (!wants_column || table == NULL)
    return;
  names = gtk_string_list_new (NULL);
  if (choice == CAM_CHOICE_ORDERED)
    gtk_string_list_append (names, _("As rows stand"));
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    gtk_string_list_append (names, cam_table_get_name (table, i));
  chosen = cam_split_choice_dup_column (choice, table, cam_experiment_get_data (get_experiment (self)), split);
  if (chosen == NULL && choice == CAM_CHOICE_ORDERED)
    place = 0;
  else if (chosen != NULL)
    place = (guint) cam_table_find (table, chosen) + (choice == CAM_CHOICE_ORDERED);
  gtk_drop_down_set_model (self->column, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->column, place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choice == CAM_CHOICE_GROUPED ? _("Group") : choice == CAM_CHOICE_ORDERED ? _("Order") : _("Column that names the part"), -1);
}

static void
experiment_changed_cb (CamSplitCard *self)
{
  CamExperiment *experiment = get_experiment (self);
  const json_t *split = experiment != NULL ? cam_experiment_get_split (experiment) : NULL;
  CamSplitChoice choice;
  gint64 n_folds;
  double validation, test;
  gboolean has_shares;

  if (split == NULL)
    return;
  self->is_setting = TRUE;
  choice = get_choice (self);
  n_folds = json_integer_value (json_object_get (split, "folds"));
  validation = json_number_value (json_object_get (split, "validation"));
  test = json_number_value (json_object_get (split, "test"));
  has_shares = choice != CAM_CHOICE_COLUMN;

  gtk_drop_down_set_selected (self->method, choice);
  show_columns (self, choice, split);
  gtk_spin_button_set_value (self->validation, 100 * validation);
  gtk_spin_button_set_value (self->test, 100 * test);
  gtk_spin_button_set_value (self->seed, json_number_value (json_object_get (split, "seed")));
  gtk_spin_button_set_value (self->folds, (double) n_folds);
  gtk_spin_button_set_range (self->fold, 1, MAX ((double) n_folds, 1));
  gtk_spin_button_set_value (self->fold, MAX (json_number_value (json_object_get (split, "fold")), 1));
  gtk_widget_set_visible (self->shares_box, has_shares);
  gtk_widget_set_visible (GTK_WIDGET (self->validation), n_folds == 0);
  gtk_widget_set_visible (self->validation_label, n_folds == 0);
  gtk_widget_set_visible (self->seed_box, choice == CAM_CHOICE_STRATIFIED || choice == CAM_CHOICE_RANDOM || choice == CAM_CHOICE_GROUPED);
  gtk_widget_set_visible (self->folds_box, choice != CAM_CHOICE_KERAS);
  gtk_widget_set_visible (self->fold_box, n_folds > 0);
  cam_split_bar_set_shares (self->bar, validation, test, has_shares && n_folds == 0, has_shares && choice != CAM_CHOICE_KERAS);
  gtk_widget_set_sensitive (GTK_WIDGET (self->test), choice != CAM_CHOICE_KERAS);
  explain (self);
  self->is_setting = FALSE;
}

/* Changes ------------------------------------------------------------------------------------------------------------ */

static void
edit (CamSplitCard *self,
      json_t       *edits,
      const char   *name)
{
  cam_session_edit_all (self->session, edits, name);
  experiment_changed_cb (self);
}

static void
method_cb (CamSplitCard *self)
{
  CamExperiment *experiment = get_experiment (self);
  const guint choice = gtk_drop_down_get_selected (self->method);
  g_autoptr(json_t) edits = NULL;

  if (self->is_setting || experiment == NULL || choice >= CAM_N_CHOICES || choice == get_choice (self))
    return;
  edits = cam_split_choice_make (choice, cam_session_get_table (self->session), cam_experiment_get_data (experiment), cam_experiment_get_split (experiment));
  edit (self, edits, _("Change split method"));
}

static void
column_cb (CamSplitCard *self)
{
  CamExperiment *experiment = get_experiment (self);
  CamTable *table = self->session != NULL ? cam_session_get_table (self->session) : NULL;
  const guint selected = gtk_drop_down_get_selected (self->column);
  g_autoptr(json_t) edits = NULL;
  CamSplitChoice choice;
  int column;

  if (self->is_setting || experiment == NULL || table == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  choice = get_choice (self);
  column = (int) selected - (choice == CAM_CHOICE_ORDERED);
  edits = cam_split_choice_set_column (choice, table, cam_experiment_get_data (experiment), column);
  edit (self, edits, _("Change split column"));
}

static void
set_seed (CamSplitCard *self,
          json_int_t    seed)
{
  g_autoptr(json_t) value = json_integer (seed);

  cam_session_edit (self->session, "split/seed", value, _("Change split seed"));
  experiment_changed_cb (self);
}

static void
seed_cb (CamSplitCard *self)
{
  if (!self->is_setting && self->session != NULL)
    set_seed (self, (json_int_t) gtk_spin_button_get_value (self->seed));
}

static void
roll_cb (CamSplitCard *self)
{
  const gint32 old = (gint32) gtk_spin_button_get_value (self->seed);
  gint32 seed = g_random_int_range (0, MOST_SEED);

  if (self->session != NULL)
    set_seed (self, seed == old ? MOST_SEED : seed);
}

/* One fold is none: from none, the next is two. */
static void
folds_cb (CamSplitCard *self)
{
  CamExperiment *experiment = get_experiment (self);
  g_autoptr(json_t) edits = NULL;
  gint64 old, n_folds;

  if (self->is_setting || experiment == NULL)
    return;
  old = json_integer_value (json_object_get (cam_experiment_get_split (experiment), "folds"));
  n_folds = gtk_spin_button_get_value_as_int (self->folds);
  if (n_folds == 1)
    n_folds = old == 0 ? 2 : 0;
  edits = json_object ();
  json_object_set_new (edits, "split/folds", n_folds > 0 ? json_integer (n_folds) : json_null ());
  json_object_set_new (edits, "split/fold", n_folds > 0 ? json_integer (1) : json_null ());
  edit (self, edits, _("Change folds"));
}

static void
fold_cb (CamSplitCard *self)
{
  g_autoptr(json_t) value = NULL;

  if (self->is_setting || self->session == NULL)
    return;
  value = json_integer (gtk_spin_button_get_value_as_int (self->fold));
  cam_session_edit (self->session, "split/fold", value, _("Change fold"));
  experiment_changed_cb (self);
}

/* In thousandths, so that the three shares add up. */
static void
set_shares (CamSplitCard *self,
            double        validation_share,
            double        test_share)
{
  CamExperiment *experiment = get_experiment (self);
  const long validation = lround (1000 * validation_share), test = lround (1000 * test_share);
  g_autoptr(json_t) split = NULL;

  if (experiment == NULL)
    return;
  if (validation + test <= 950)
    {
      split = json_deep_copy (cam_experiment_get_split (experiment));
      json_object_set_new (split, "validation", json_real ((double) validation / 1000));
      json_object_set_new (split, "test", json_real ((double) test / 1000));
      json_object_set_new (split, "train", json_real ((double) (1000 - validation - test) / 1000));
      cam_session_edit (self->session, "split", split, _("Change split shares"));
    }
  experiment_changed_cb (self);
}

static void
shares_cb (CamSplitCard *self)
{
  if (!self->is_setting && self->session != NULL)
    set_shares (self, gtk_spin_button_get_value (self->validation) / 100, gtk_spin_button_get_value (self->test) / 100);
}

static void
bar_cb (CamSplitCard *self,
        double        validation,
        double        test)
{
  if (self->session != NULL)
    set_shares (self, validation, test);
}

static void
set_session (CamSplitCard *self,
             CamSession   *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::table", G_CALLBACK (experiment_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment",
                           G_CALLBACK (experiment_changed_cb), self, G_CONNECT_SWAPPED);
  experiment_changed_cb (self);
  dataset_changed_cb (self);
}

static void
cam_split_card_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_SPLIT_CARD (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_split_card_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_SPLIT_CARD (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_split_card_dispose (GObject *object)
{
  g_clear_object (&CAM_SPLIT_CARD (object)->session);
  G_OBJECT_CLASS (cam_split_card_parent_class)->dispose (object);
}

static void
cam_split_card_class_init (CamSplitCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_split_card_dispose;
  object_class->get_property = cam_split_card_get_property;
  object_class->set_property = cam_split_card_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_SPLIT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-split-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, grid);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, head);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, title);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, shares_line);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, seed_line);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, method);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, column);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, explanation);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, validation);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, validation_label);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, test);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, shares_box);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, seed);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, seed_box);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, folds);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, fold);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, folds_box);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, fold_box);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, bar);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, legend);
  gtk_widget_class_bind_template_callback (widget_class, method_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_cb);
  gtk_widget_class_bind_template_callback (widget_class, seed_cb);
  gtk_widget_class_bind_template_callback (widget_class, roll_cb);
  gtk_widget_class_bind_template_callback (widget_class, folds_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, shares_cb);
  gtk_widget_class_bind_template_callback (widget_class, bar_cb);
}

static void
cam_split_card_init (CamSplitCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
place (GtkWidget *grid,
       GtkWidget *child,
       int        column,
       int        row,
       int        n_columns,
       int        n_rows)
{
  GtkLayoutChild *cell = gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (grid), child);

  g_object_set (cell, "column", column, "row", row, "column-span", n_columns, "row-span", n_rows, NULL);
}

void
cam_split_card_set_title_room (CamSplitCard *self,
                               int           room)
{
  gboolean is_flat = room > 0;

  g_return_if_fail (CAM_IS_SPLIT_CARD (self));

  gtk_widget_set_visible (self->title, !is_flat);
  gtk_widget_set_margin_start (self->head, is_flat ? room + HEAD_GAP : 0);
  gtk_widget_set_hexpand (self->head, !is_flat);
  gtk_label_set_yalign (self->explanation, is_flat ? 0.5f : 0.0f);
  if (is_flat)
    gtk_widget_add_css_class (self->grid, "flat");
  else
    gtk_widget_remove_css_class (self->grid, "flat");
  place (self->grid, GTK_WIDGET (self->explanation), is_flat, !is_flat, 1, 1);
  place (self->grid, GTK_WIDGET (self->legend), is_flat ? 2 : 0, is_flat ? 0 : 3, 1, 1);
  place (self->grid, GTK_WIDGET (self->bar), is_flat, is_flat ? 1 : 2, is_flat ? 2 : 1, is_flat ? 2 : 1);
  place (self->grid, self->shares_line, 0, is_flat ? 1 : 4, 1, 1);
  place (self->grid, self->seed_line, 0, is_flat ? 2 : 5, 1, 1);
}
