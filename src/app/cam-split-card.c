/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Method, shares and seed of the split. Validation and test are set; training rows are what is left. */

#include "cam-split-card.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cam-split-bar.h"
#include "cam-words.h"

#define MAX_LEGEND 4

static const char *const methods[] = { "stratified", "random", "ordered", NULL };

struct _CamSplitCard
{
  AdwBin         parent_instance;

  CamSession    *session;       /* owned */
  gboolean       is_setting;

  /* template children */
  GtkDropDown   *method;
  GtkSpinButton *validation;
  GtkSpinButton *test;
  GtkSpinButton *seed;
  GtkWidget     *seed_box;
  CamSplitBar   *bar;
  GtkBox        *legend;
  GtkLabel      *note;
};

G_DEFINE_FINAL_TYPE (CamSplitCard, cam_split_card, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* The widest gap between the shares of a class in training and in another part. */
static double
find_imbalance (CamDataset *dataset)
{
  const guint n_classes = cam_preparation_get_n_classes (cam_dataset_get_preparation (dataset));
  const double n_train = (double) cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN);
  double widest = 0;

  for (guint c = 0; c < n_classes && n_train > 0; c++)
    for (CamPart part = CAM_PART_VALIDATION; part < CAM_N_PARTS; part++)
      {
        const double n = (double) cam_dataset_get_n_rows (dataset, part);

        if (n > 0)
          widest = MAX (widest, fabs ((double) cam_dataset_get_n_of_class (dataset, part, c) / n
                                      - (double) cam_dataset_get_n_of_class (dataset, CAM_PART_TRAIN, c) / n_train));
      }
  return widest;
}

/* Which colour of the bar is which class; a long list says less than the bar alone. */
static void
show_legend (CamSplitCard *self,
             CamDataset   *dataset)
{
  static const char *const inks[MAX_LEGEND] = { "cam-ink-blue", "cam-ink-orange", "cam-ink-green", "cam-ink-pink" };
  CamPreparation *preparation = dataset != NULL ? cam_dataset_get_preparation (dataset) : NULL;
  const guint n_classes = preparation != NULL ? cam_preparation_get_n_classes (preparation) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_box_remove (self->legend, child);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), n_classes > 0 && n_classes <= MAX_LEGEND);
  for (guint c = 0; c < n_classes && n_classes <= MAX_LEGEND; c++)
    {
      GtkWidget *dot = gtk_label_new ("●");
      GtkWidget *name = gtk_label_new (cam_preparation_get_class_name (preparation, c));

      gtk_widget_add_css_class (dot, inks[c]);
      gtk_widget_add_css_class (dot, "cam-caption");
      gtk_widget_add_css_class (name, "cam-secondary");
      gtk_widget_set_margin_end (name, 8);
      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
      gtk_box_append (self->legend, dot);
      gtk_box_append (self->legend, name);
    }
}

static void
dataset_changed_cb (CamSplitCard *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  GString *text = g_string_new (NULL);

  cam_split_bar_set_dataset (self->bar, dataset);
  show_legend (self, dataset);
  if (dataset != NULL && cam_preparation_get_n_classes (cam_dataset_get_preparation (dataset)) > 0)
    {
      double gap = find_imbalance (dataset);
      g_autofree char *share = cam_words_share (gap);

      if (gap < 0.02)
        g_string_append (text, _("Classes are balanced alike in the parts."));
      else
        g_string_append_printf (text, _("The share of a class differs by up to %s between the parts."), share);
    }
  if (dataset != NULL && cam_dataset_get_n_dropped (dataset) > 0)
    {
      g_autofree char *n = cam_words_count (cam_dataset_get_n_dropped (dataset));

      g_string_append_printf (text, text->len > 0 ? _(" %s rows with missing values are left out.")
                                                  : _("%s rows with missing values are left out."), n);
    }
  gtk_label_set_label (self->note, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->note), text->len > 0);
  g_string_free (text, TRUE);
}

static void
experiment_changed_cb (CamSplitCard *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  const json_t *split = experiment != NULL ? cam_experiment_get_split (experiment) : NULL;
  const char *method;

  if (split == NULL)
    return;
  self->is_setting = TRUE;
  method = json_string_value (json_object_get (split, "method"));
  for (guint i = 0; methods[i] != NULL; i++)
    if (g_strcmp0 (methods[i], method) == 0)
      gtk_drop_down_set_selected (self->method, i);
  gtk_spin_button_set_value (self->validation, 100 * json_number_value (json_object_get (split, "validation")));
  gtk_spin_button_set_value (self->test, 100 * json_number_value (json_object_get (split, "test")));
  gtk_spin_button_set_value (self->seed, json_number_value (json_object_get (split, "seed")));
  gtk_widget_set_visible (self->seed_box, g_strcmp0 (method, "ordered") != 0);
  self->is_setting = FALSE;
}

static void
method_cb (CamSplitCard *self)
{
  g_autoptr(json_t) value = NULL;

  if (self->is_setting || self->session == NULL)
    return;
  value = json_string (methods[gtk_drop_down_get_selected (self->method)]);
  cam_session_edit (self->session, "split/method", value, _("Change Split"));
  experiment_changed_cb (self);
}

static void
seed_cb (CamSplitCard *self)
{
  g_autoptr(json_t) value = NULL;

  if (self->is_setting || self->session == NULL)
    return;
  value = json_integer ((json_int_t) gtk_spin_button_get_value (self->seed));
  cam_session_edit (self->session, "split/seed", value, _("Change Split Seed"));
  experiment_changed_cb (self);
}

/* In thousandths, so that the three shares add up. */
static void
shares_cb (CamSplitCard *self)
{
  CamExperiment *experiment;
  g_autoptr(json_t) split = NULL;
  long validation, test;

  if (self->is_setting || self->session == NULL)
    return;
  experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  if (experiment == NULL)
    return;
  validation = lround (gtk_spin_button_get_value (self->validation) * 10);
  test = lround (gtk_spin_button_get_value (self->test) * 10);
  if (validation + test > 950)
    {
      experiment_changed_cb (self);
      return;
    }
  split = json_deep_copy (cam_experiment_get_split (experiment));
  json_object_set_new (split, "validation", json_real ((double) validation / 1000));
  json_object_set_new (split, "test", json_real ((double) test / 1000));
  json_object_set_new (split, "train", json_real ((double) (1000 - validation - test) / 1000));
  cam_session_edit (self->session, "split", split, _("Change Split Shares"));
  experiment_changed_cb (self);
}

static void
set_session (CamSplitCard *self,
             CamSession   *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
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
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, method);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, validation);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, test);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, seed);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, seed_box);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, bar);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, legend);
  gtk_widget_class_bind_template_child (widget_class, CamSplitCard, note);
  gtk_widget_class_bind_template_callback (widget_class, method_cb);
  gtk_widget_class_bind_template_callback (widget_class, seed_cb);
  gtk_widget_class_bind_template_callback (widget_class, shares_cb);
}

static void
cam_split_card_init (CamSplitCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
