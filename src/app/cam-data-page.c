/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Data page. Its parts look after themselves; here are the title and the task with its target. */

#include "cam-data-page.h"

#include "cam-column-inspector.h"
#include "cam-column-table.h"
#include "cam-data-foot.h"
#include "cam-data-table.h"
#include "cam-task-banner.h"

/* From this height on there is room for split and findings beside each other and a dozen rows above them. */
#define HIGH 740

struct _CamDataPage
{
  AdwBin        parent_instance;

  CamSession   *session;          /* owned */
  guint         layout_source;
  int           height;

  /* template children */
  AdwFlap      *flap;
  CamColumnInspector *inspector;
  GtkWidget    *content;
  CamDataFoot  *foot;
  GtkLabel     *title;
  GtkLabel     *subtitle;
  GtkStack     *views;
  GtkToggleButton *columns_button;
  CamDataTable *table;
  CamColumnTable *column_table;
};

G_DEFINE_FINAL_TYPE (CamDataPage, cam_data_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

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
activated_cb (CamDataPage *self)
{
  adw_flap_set_reveal_flap (self->flap, TRUE);
  cam_column_inspector_edit (self->inspector);
}

static void
view_cb (CamDataPage *self)
{
  gtk_stack_set_visible_child_name (self->views, gtk_toggle_button_get_active (self->columns_button) ? "columns" : "rows");
}

/* Sizes may not change while they are being given out: the layout follows in the next turn. */
static gboolean
layout_cb (gpointer user_data)
{
  CamDataPage *self = user_data;
  gboolean is_low = self->height < HIGH;

  self->layout_source = 0;
  cam_data_foot_set_low (self->foot, is_low);
  if (is_low)
    gtk_widget_add_css_class (self->content, "low");
  else
    gtk_widget_remove_css_class (self->content, "low");
  gtk_box_set_spacing (GTK_BOX (self->content), is_low ? 10 : 14);
  return G_SOURCE_REMOVE;
}

/* From a sheet that covers the page. */
static void
resize_cb (CamDataPage *self,
           int          width,
           int          height)
{
  self->height = height;
  if (self->layout_source == 0)
    self->layout_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, layout_cb, self, NULL);
}

static void
set_session (CamDataPage *self,
             CamSession  *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
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
  g_clear_handle_id (&CAM_DATA_PAGE (object)->layout_source, g_source_remove);
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
  g_type_ensure (CAM_TYPE_DATA_FOOT);
  g_type_ensure (CAM_TYPE_TASK_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, flap);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, inspector);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, content);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, foot);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, title);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, views);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, table);
  gtk_widget_class_bind_template_child (widget_class, CamDataPage, column_table);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, resize_cb);
}

static void
cam_data_page_init (CamDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_data_page_look_up (CamDataPage *self,
                       gsize        row)
{
  g_return_if_fail (CAM_IS_DATA_PAGE (self));

  gtk_toggle_button_set_active (self->columns_button, FALSE);
  gtk_stack_set_visible_child_name (self->views, "rows");
  cam_data_table_go_to (self->table, row);
}
