/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of filters above the predictions. */

#include "cam-prediction-filter.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#include "cam-words.h"

struct _CamPredictionFilter
{
  AdwBin            parent_instance;

  int               finding;
  gboolean          is_setting;

  /* template children */
  GtkSearchEntry   *text;
  GtkDropDown      *classes;
  GtkToggleButton  *wrong;
  GtkWidget        *range;
  GtkLabel         *range_name;
  GtkEntry         *low;
  GtkEntry         *high;
  GtkLabel         *count;
  GtkWidget        *clear;
};

G_DEFINE_FINAL_TYPE (CamPredictionFilter, cam_prediction_filter, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* An end of the range; what is no number is told by the entry's look, and is no limit. */
static double
get_end (GtkEntry *entry)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  double value = NAN;

  g_strstrip (text);
  g_strdelimit (text, ",", '.');
  if (*text == '\0' || cam_number_parse (text, strlen (text), &value))
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  return value;
}

static void
changed_cb (CamPredictionFilter *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_all (CamPredictionFilter *self)
{
  self->is_setting = TRUE;
  self->finding = -1;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_editable_set_text (GTK_EDITABLE (self->low), "");
  gtk_editable_set_text (GTK_EDITABLE (self->high), "");
  gtk_drop_down_set_selected (self->classes, 0);
  gtk_toggle_button_set_active (self->wrong, FALSE);
  self->is_setting = FALSE;
}

static void
clear_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamPredictionFilter *self = CAM_PREDICTION_FILTER (widget);

  clear_all (self);
  changed_cb (self);
}

static void
cam_prediction_filter_class_init (CamPredictionFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_PREDICTION_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "filter.clear", NULL, clear_cb);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-prediction-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, text);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, classes);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, wrong);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, range);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, range_name);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, low);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, high);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, count);
  gtk_widget_class_bind_template_child (widget_class, CamPredictionFilter, clear);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cam_prediction_filter_init (CamPredictionFilter *self)
{
  self->finding = -1;
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_setting = FALSE;
}

void
cam_prediction_filter_set_prediction (CamPredictionFilter *self,
                                      const CamPrediction *prediction)
{
  const CamPredictions *answers = prediction != NULL ? prediction->answers : NULL;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  gboolean has_classes = answers != NULL && answers->class_names != NULL;

  g_return_if_fail (CAM_IS_PREDICTION_FILTER (self));

  self->is_setting = TRUE;
  gtk_string_list_append (names, _("All classes"));
  for (guint i = 0; has_classes && answers->class_names[i] != NULL; i++)
    gtk_string_list_append (names, answers->class_names[i]);
  gtk_drop_down_set_model (self->classes, G_LIST_MODEL (names));
  gtk_drop_down_set_enable_search (self->classes, g_list_model_get_n_items (G_LIST_MODEL (names)) > 12);
  self->is_setting = FALSE;
  clear_all (self);
  gtk_widget_set_visible (GTK_WIDGET (self->classes), has_classes);
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), has_classes && prediction->truth != NULL && prediction->truth->classes != NULL);
  gtk_widget_set_visible (self->range, answers != NULL);
  gtk_label_set_label (self->range_name, has_classes || (answers != NULL && answers->is_share) ? _("probability") : _("value"));
}

void
cam_prediction_filter_fill (CamPredictionFilter *self,
                            CamPick             *pick)
{
  guint class;

  g_return_if_fail (CAM_IS_PREDICTION_FILTER (self));

  class = gtk_drop_down_get_selected (self->classes);
  g_free (pick->text);
  pick->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  pick->class = class == GTK_INVALID_LIST_POSITION ? -1 : (int) class - 1;
  pick->only_wrong = gtk_toggle_button_get_active (self->wrong);
  pick->low = get_end (self->low);
  pick->high = get_end (self->high);
  pick->finding = self->finding;
}

void
cam_prediction_filter_set_finding (CamPredictionFilter *self,
                                   int                  finding)
{
  g_return_if_fail (CAM_IS_PREDICTION_FILTER (self));

  clear_all (self);
  self->finding = finding;
  changed_cb (self);
}

void
cam_prediction_filter_set_count (CamPredictionFilter *self,
                                 gsize                n_shown,
                                 gsize                n_all)
{
  g_autofree char *shown = cam_words_count (n_shown);
  g_autofree char *all = cam_words_rows (n_all);
  /* translators: how many of all rows a filter leaves: “12 of 2,104 rows” */
  g_autofree char *text = n_shown < n_all ? g_strdup_printf (_("%s of %s"), shown, all) : g_strdup (all);

  g_return_if_fail (CAM_IS_PREDICTION_FILTER (self));

  gtk_label_set_label (self->count, text);
  gtk_widget_set_visible (self->clear, n_shown < n_all);
}
