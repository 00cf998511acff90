/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Data page. Its parts look after themselves; here are the title and the task with its target. */

#include "cam-data-page.h"

#include <glib/gi18n-lib.h>

#include "cam-column-inspector.h"
#include "cam-column-table.h"
#include "cam-data-table.h"
#include "cam-doctor-card.h"
#include "cam-read-as.h"
#include "cam-split-card.h"
#include "cam-words.h"

struct _CamDataPage
{
  AdwBin        parent_instance;

  CamSession   *session;          /* owned */
  gboolean      is_setting;

  /* template children */
  AdwFlap      *flap;
  GtkLabel     *title;
  GtkLabel     *subtitle;
  GtkWidget    *banner;
  GtkImage     *task_icon;
  GtkLabel     *task;
  GtkLabel     *task_detail;
  GtkDropDown  *target;
  GtkStack     *views;
  GtkToggleButton *columns_button;
  CamDataTable *table;
  CamColumnTable *column_table;
};

G_DEFINE_FINAL_TYPE (CamDataPage, cam_data_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* The task ---------------------------------------------------------------------------------------------------------- */

static char *
describe_detail (CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  const guint n_classes = cam_preparation_get_n_classes (preparation);
  const guint n_inputs = cam_preparation_get_n_inputs (preparation);
  const guint n_features = cam_preparation_get_n_features (preparation);
  const guint n_outputs = cam_preparation_get_n_outputs (preparation);
  GString *text = g_string_new (NULL);

  if (cam_dataset_get_task (dataset) == CAM_TASK_BINARY)
    {
      gsize n = 0, n_all = 0;
      g_autofree char *count = NULL, *all = NULL, *share = NULL;

      for (CamPart part = 0; part < CAM_N_PARTS; part++)
        {
          n += cam_dataset_get_n_of_class (dataset, part, 1);
          n_all += cam_dataset_get_n_rows (dataset, part);
        }
      count = cam_words_count (n);
      all = cam_words_count (n_all);
      share = cam_words_share (n_all > 0 ? (double) n / (double) n_all : 0);
      /* translators: “212 of 569 rows are M (37.3 %). ” */
      g_string_append_printf (text, _("%s of %s rows are %s (%s). "), count, all,
                              cam_preparation_get_class_name (preparation, 1), share);
    }
  else if (n_classes > 0)
    g_string_append_printf (text, _("%u classes. "), n_classes);

  /* translators: “30 columns become 30 inputs; the network gives 1 output.” */
  g_string_append_printf (text, ngettext ("%u column becomes", "%u columns become", n_features), n_features);
  g_string_append_c (text, ' ');
  g_string_append_printf (text, ngettext ("%u input; the network gives", "%u inputs; the network gives", n_inputs), n_inputs);
  g_string_append_c (text, ' ');
  g_string_append_printf (text, ngettext ("%u output.", "%u outputs.", n_outputs), n_outputs);
  return g_string_free (text, FALSE);
}

static void
show_target (CamDataPage *self,
             CamTable    *table)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  guint chosen = GTK_INVALID_LIST_POSITION;

  if (experiment == NULL || table == NULL)
    return;
  for (guint i = 0; i < cam_table_get_n_columns (table) && chosen == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr(json_t) settings = cam_dataset_column_settings (table, cam_experiment_get_data (experiment), i);

      if (g_strcmp0 (json_string_value (json_object_get (settings, "role")), "target") == 0)
        chosen = i;
    }
  self->is_setting = TRUE;
  gtk_drop_down_set_selected (self->target, chosen);
  self->is_setting = FALSE;
}

static void
dataset_changed_cb (CamDataPage *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  g_autofree char *task = NULL;
  g_autofree char *detail = NULL;

  show_target (self, cam_session_get_table (self->session));
  if (dataset != NULL)
    {
      task = cam_dataset_describe_task (dataset);
      detail = describe_detail (dataset);
      gtk_widget_remove_css_class (self->banner, "error");
      gtk_image_set_from_icon_name (self->task_icon, "find-location-symbolic");
    }
  else
    {
      task = g_strdup (_("The data cannot be used like this"));
      g_object_get (self->session, "data-problem", &detail, NULL);
      gtk_widget_add_css_class (self->banner, "error");
      gtk_image_set_from_icon_name (self->task_icon, "dialog-error-symbolic");
    }
  gtk_label_set_label (self->task, task);
  gtk_label_set_label (self->task_detail, detail != NULL ? detail : "");
}

static void
target_cb (CamDataPage *self)
{
  CamTable *table = self->session != NULL ? cam_session_get_table (self->session) : NULL;
  guint chosen = gtk_drop_down_get_selected (self->target);

  if (self->is_setting || table == NULL || chosen >= cam_table_get_n_columns (table))
    return;
  cam_session_choose_target (self->session, cam_table_get_name (table, chosen));
  show_target (self, table);
}

static void
table_changed_cb (CamDataPage *self)
{
  CamTable *table = cam_session_get_table (self->session);
  g_autoptr(GtkStringList) names = NULL;

  if (table == NULL)
    return;
  names = gtk_string_list_new (NULL);
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    gtk_string_list_append (names, cam_table_get_name (table, i));
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->target, G_LIST_MODEL (names));
  self->is_setting = FALSE;
  dataset_changed_cb (self);
}

static void
folded_cb (CamDataPage *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap));
}

/* Where the inspector is folded away, choosing a column brings it out. */
static void
column_chosen_cb (CamDataPage *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
view_cb (CamDataPage *self)
{
  gtk_stack_set_visible_child_name (self->views, gtk_toggle_button_get_active (self->columns_button) ? "columns" : "rows");
}

static void
set_session (CamDataPage *self,
             CamSession  *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  g_signal_connect_object (session, "notify::table", G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  table_changed_cb (self);
}

static void
cam_data_page_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_DATA_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_page_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_DATA_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_page_dispose (GObject *object)
{
  g_clear_object (&CAM_DATA_PAGE (object)->session);
  G_OBJECT_CLASS (cam_data_page_parent_class)->dispose (object);
}

static void
cam_data_page_class_init (CamDataPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_data_page_dispose;
  object_class->get_property = cam_data_page_get_property;
  object_class->set_property = cam_data_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_COLUMNS);
  g_type_ensure (CAM_TYPE_COLUMN_TABLE);
  g_type_ensure (CAM_TYPE_DATA_TABLE);
  g_type_ensure (CAM_TYPE_COLUMN_INSPECTOR);
  g_type_ensure (CAM_TYPE_DOCTOR_CARD);
  g_type_ensure (CAM_TYPE_SPLIT_CARD);
  g_type_ensure (CAM_TYPE_READ_AS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, flap);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, title);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, banner);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, task_icon);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, task);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, task_detail);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, target);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, views);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, table);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, column_table);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
}

static void
cam_data_page_init (CamDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
