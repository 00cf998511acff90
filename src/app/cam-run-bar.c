/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Switches of the table of runs. */

#include "cam-run-bar.h"

#include <glib/gi18n-lib.h>

struct _CamRunBar
{
  AdwBin           parent_instance;

  /* owned */
  CamRunTable     *table;

  gboolean         is_showing;     /* what the table has is put into widgets */

  /* template children */
  GtkToggleButton *best;
  GtkToggleButton *last;
  GtkToggleButton *at;
  GtkSpinButton   *epoch;
  GtkMenuButton   *columns;
  GtkBox          *list;
  GtkCheckButton  *archived;
  GtkWidget       *export_label;
};

G_DEFINE_FINAL_TYPE (CamRunBar, cam_run_bar, ADW_TYPE_BIN)

enum { PROP_0, PROP_TABLE, PROP_NARROW, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Best, last, or one epoch ------------------------------------------------------------------------------------------------ */

static void
show_when (CamRunBar *self)
{
  CamRunWhen when;

  g_object_get (self->table, "when", &when, NULL);
  self->is_showing = TRUE;
  gtk_toggle_button_set_active (when == CAM_RUN_AT_BEST ? self->best : when == CAM_RUN_AT_LAST ? self->last : self->at, TRUE);
  if (when != CAM_RUN_AT_BEST && when != CAM_RUN_AT_LAST)
    gtk_spin_button_set_value (self->epoch, when);
  gtk_widget_set_visible (GTK_WIDGET (self->epoch), when != CAM_RUN_AT_BEST && when != CAM_RUN_AT_LAST);
  self->is_showing = FALSE;
}

static void
when_cb (CamRunBar *self)
{
  CamRunWhen when = gtk_toggle_button_get_active (self->best) ? CAM_RUN_AT_BEST
                    : gtk_toggle_button_get_active (self->last) ? CAM_RUN_AT_LAST : (CamRunWhen) gtk_spin_button_get_value_as_int (self->epoch);

  /* Of the two buttons that change one is off: the other tells. */
  if (self->is_showing || self->table == NULL || !(gtk_toggle_button_get_active (self->best) || gtk_toggle_button_get_active (self->last) || gtk_toggle_button_get_active (self->at)))
    return;
  g_object_set (self->table, "when", when, NULL);
}

/* Columns --------------------------------------------------------------------------------------------------------------- */

static void
column_cb (GtkCheckButton *check,
           CamRunBar      *self)
{
  if (!self->is_showing)
    cam_run_table_show_field (self->table, g_object_get_data (G_OBJECT (check), "field"), gtk_check_button_get_active (check));
}

static void
add_head (CamRunBar  *self,
          const char *title)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "cam-section");
  gtk_widget_set_margin_top (label, gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL ? 8 : 0);
  gtk_box_append (self->list, label);
}

static void
add_field (CamRunBar         *self,
           const CamRunField *field)
{
  g_autofree char *title = cam_run_field_dup_title (field, CAM_RUN_AT_BEST);
  GtkWidget *check = gtk_check_button_new_with_label (title);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), cam_run_table_has_field (self->table, field));
  g_object_set_data_full (G_OBJECT (check), "field", g_memdup2 (field, sizeof *field), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (column_cb), self);
  gtk_box_append (self->list, check);
}

static void
add_fields (CamRunBar       *self,
            GArray          *fields,
            CamRunFieldKind  kind,
            const char      *title)
{
  gboolean has_head = FALSE;

  for (guint i = 0; i < fields->len; i++)
    {
      const CamRunField *field = &g_array_index (fields, CamRunField, i);
      gboolean is_of = kind == CAM_N_RUN_FIELDS ? field->key == NULL && field->kind != CAM_RUN_FIELD_NAME : field->kind == kind;

      if (!is_of)
        continue;
      if (!has_head)
        add_head (self, title);
      has_head = TRUE;
      add_field (self, field);
    }
}

/* Each time it opens: settings come and go. */
static void
show_fields (CamRunBar *self)
{
  g_autoptr(GArray) fields = cam_run_choice_list_all (cam_run_table_get_offer (self->table));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  self->is_showing = TRUE;
  add_fields (self, fields, CAM_N_RUN_FIELDS, _("Of the run"));
  add_fields (self, fields, CAM_RUN_FIELD_METRIC, _("Metrics"));
  add_fields (self, fields, CAM_RUN_FIELD_SETTING, _("Settings"));
  self->is_showing = FALSE;
}

static void
columns_shown_cb (CamRunBar *self)
{
  if (self->table != NULL)
    show_fields (self);
}

static void
forget_cb (CamRunBar *self)
{
  cam_run_table_forget_columns (self->table);
  show_fields (self);
}

/* The object ------------------------------------------------------------------------------------------------------------ */

static void
set_table (CamRunBar   *self,
           CamRunTable *table)
{
  if (!g_set_object (&self->table, table) || table == NULL)
    return;
  g_signal_connect_object (table, "notify::when", G_CALLBACK (show_when), self, G_CONNECT_SWAPPED);
  g_object_bind_property (table, "show-archived", self->archived, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  show_when (self);
}

static void
cam_run_bar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TABLE:
      set_table (CAM_RUN_BAR (object), g_value_get_object (value));
      break;
    case PROP_NARROW:
      gtk_widget_set_visible (CAM_RUN_BAR (object)->export_label, !g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_run_bar_dispose (GObject *object)
{
  g_clear_object (&CAM_RUN_BAR (object)->table);
  G_OBJECT_CLASS (cam_run_bar_parent_class)->dispose (object);
}

static void
cam_run_bar_class_init (CamRunBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_run_bar_dispose;
  object_class->set_property = cam_run_bar_set_property;

  properties[PROP_TABLE] = g_param_spec_object ("table", NULL, NULL, CAM_TYPE_RUN_TABLE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-run-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, best);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, last);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, at);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, epoch);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, columns);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, list);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, archived);
  gtk_widget_class_bind_template_child (widget_class, CamRunBar, export_label);
  gtk_widget_class_bind_template_callback (widget_class, when_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
}

static void
cam_run_bar_init (CamRunBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
