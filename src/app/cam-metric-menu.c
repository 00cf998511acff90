/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The metrics to choose from. */
#include "cam-metric-menu.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MOST_IN_GROUP 16

struct _CamMetricMenu
{
  GtkBox          parent_instance;

  gboolean        is_showing;     /* checks are set to show what holds: their signals are ours */

  /* template children */
  GtkSearchEntry *search;
  GtkListBox     *list;
  GtkWidget      *nothing;
};

G_DEFINE_FINAL_TYPE (CamMetricMenu, cam_metric_menu, GTK_TYPE_BOX)

enum { TOGGLED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* In the order to offer, the groups as well as the metrics. */
static const struct { const char *title, *names[MOST_IN_GROUP]; } groups[] = {
  { N_("Accuracy"), { "accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy" } },
  { N_("Right and wrong answers"), { "auc", "precision", "recall", "f1_score", "fbeta_score", "true_positives", "false_positives", "true_negatives", "false_negatives",
                                     "sensitivity_at_specificity", "specificity_at_sensitivity", "precision_at_recall", "recall_at_precision", "mean_io_u" } },
  { N_("Distances of numbers"), { "mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "logcosh",
                                  "r2_score", "cosine_similarity" } },
  { N_("Probabilities"), { "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "kl_divergence", "poisson" } },
  { N_("Margins"), { "hinge", "squared_hinge", "categorical_hinge" } },
};

/* FALSE: it stands in no group. */
static gboolean
find_place (const CamKind *metric,
            guint         *group,
            guint         *place)
{
  for (*group = 0; *group < G_N_ELEMENTS (groups); (*group)++)
    for (*place = 0; *place < MOST_IN_GROUP && groups[*group].names[*place] != NULL; (*place)++)
      if (g_str_equal (groups[*group].names[*place], metric->name))
        return TRUE;

  return FALSE;
}

const char *
cam_metric_group_title (const CamKind *metric)
{
  guint group, place;

  return find_place (metric, &group, &place) ? _(groups[group].title) : NULL;
}

static const CamKind *
get_kind (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "kind");
}

static gboolean
has_text (const char *text,
          const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static gboolean
matches (CamMetricMenu *self,
         const CamKind *kind)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  const char *group = cam_metric_group_title (kind);

  g_strstrip (wanted);
  return has_text (_(kind->title), wanted) || has_text (kind->name, wanted) || has_text (_(kind->note), wanted) || (group != NULL && has_text (group, wanted));
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  return matches (user_data, get_kind (row));
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  const char *group = cam_metric_group_title (get_kind (row));
  GtkWidget *title;

  if (before != NULL && g_strcmp0 (cam_metric_group_title (get_kind (before)), group) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  title = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "cam-section");
  gtk_widget_add_css_class (title, "cam-palette-title");
  gtk_list_box_row_set_header (row, title);
}

static int
sort_cb (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer       user_data)
{
  guint group_a, group_b, place_a, place_b;

  find_place (get_kind (a), &group_a, &place_a);
  find_place (get_kind (b), &group_b, &place_b);
  return group_a != group_b ? (int) group_a - (int) group_b : (int) place_a - (int) place_b;
}

static void
search_changed_cb (CamMetricMenu *self)
{
  gboolean has_any = FALSE;
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    has_any |= matches (self, get_kind (row));
  gtk_widget_set_visible (self->nothing, !has_any);
}

/* Escape empties the field first, and closes the popover after that. */
static void
stop_search_cb (CamMetricMenu *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
check_toggled_cb (CamMetricMenu  *self,
                  GtkCheckButton *check)
{
  if (!self->is_showing)
    g_signal_emit (self, signals[TOGGLED], 0, g_object_get_data (G_OBJECT (check), "kind"), gtk_check_button_get_active (check));
}

static void
add_row (CamMetricMenu *self,
         const CamKind *kind)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(kind->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(kind->note));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, kind->name, -1);
  g_object_set_data (G_OBJECT (row), "kind", (gpointer) kind);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data (G_OBJECT (check), "kind", (gpointer) kind);
  g_signal_connect_object (check, "toggled", G_CALLBACK (check_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static gboolean
cam_metric_menu_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CAM_METRIC_MENU (widget)->search));
}

static void
cam_metric_menu_class_init (CamMetricMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = cam_metric_menu_grab_focus;

  signals[TOGGLED] = g_signal_new ("toggled", CAM_TYPE_METRIC_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-metric-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, CamMetricMenu, search);
  gtk_widget_class_bind_template_child (widget_class, CamMetricMenu, list);
  gtk_widget_class_bind_template_child (widget_class, CamMetricMenu, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
cam_metric_menu_init (CamMetricMenu *self)
{
  const CamKind *const *list = cam_kind_list (CAM_KIND_METRIC);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; list[i] != NULL; i++)
    add_row (self, list[i]);
  gtk_list_box_set_sort_func (self->list, sort_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
}

GtkWidget *
cam_metric_menu_new (void)
{
  return g_object_new (CAM_TYPE_METRIC_MENU, NULL);
}

void
cam_metric_menu_check (CamMetricMenu *self,
                       const CamKind *metric,
                       gboolean       is_on)
{
  GtkListBoxRow *row;

  g_return_if_fail (CAM_IS_METRIC_MENU (self));

  self->is_showing = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (get_kind (row) == metric)
      gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"), is_on);
  self->is_showing = FALSE;
}
