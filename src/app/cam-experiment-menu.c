/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiments of the workspace, behind a button. */
#include "cam-experiment-menu.h"

#include <glib/gi18n-lib.h>

#include "cam-window.h"

/* Of a name, in the header. */
#define MOST_LETTERS 22

struct _CamExperimentMenu
{
  AdwBin             parent_instance;

  CamSession        *session;       /* owned */
  CamExperimentItem *removed;       /* owned; the one that the toast can bring back */
  gint64             named;         /* the one whose name the entry has */

  /* template children */
  GtkLabel          *title;
  GtkPopover        *popover;
  GtkListBox        *list;
  GtkEditable       *name;
  GtkMenuButton     *button;
};

G_DEFINE_FINAL_TYPE (CamExperimentMenu, cam_experiment_menu, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* NULL while nothing is open. New reference. */
static CamExperimentItem *
dup_open (CamExperimentMenu *self)
{
  GListModel *items = cam_session_get_experiments (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(CamExperimentItem) item = g_list_model_get_item (items, i);

      if (cam_experiment_item_get_is_open (item))
        return g_steal_pointer (&item);
    }

  return NULL;
}

static void
show_open (CamExperimentMenu *self)
{
  g_autoptr(CamExperimentItem) item = dup_open (self);
  const char *title = item != NULL ? cam_experiment_item_get_title (item) : "";
  g_autofree char *tooltip = g_strdup_printf (_("Experiment: %s"), title);
  g_autofree char *shown = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), item != NULL);
  if (g_utf8_strlen (title, -1) > MOST_LETTERS)
    {
      g_autofree char *start = g_utf8_substring (title, 0, MOST_LETTERS - 1);

      shown = g_strconcat (start, "…", NULL);
    }
  gtk_label_set_label (self->title, shown != NULL ? shown : title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  /* What is being typed stays, unless it was for another one. */
  if (item == NULL || self->named != cam_experiment_item_get_id (item) || gtk_widget_get_focus_child (GTK_WIDGET (self->name)) == NULL)
    gtk_editable_set_text (self->name, title);
  self->named = item != NULL ? cam_experiment_item_get_id (item) : 0;
}

static void
show_row (GtkWidget *row)
{
  CamExperimentItem *item = g_object_get_data (G_OBJECT (row), "item");
  gboolean is_open = cam_experiment_item_get_is_open (item);

  gtk_widget_set_opacity (g_object_get_data (G_OBJECT (row), "mark"), is_open ? 1.0 : 0.0);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "remove"), !is_open);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, cam_experiment_item_get_title (item), -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, is_open, -1);
}

static GtkWidget *
make_label (CamExperimentItem *item,
            const char        *property,
            const char        *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  g_object_bind_property (item, property, label, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, property, label, "tooltip-text", G_BINDING_SYNC_CREATE);

  return label;
}

static void
remove_cb (CamExperimentMenu *self,
           GtkWidget         *button)
{
  CamExperimentItem *item = g_object_get_data (G_OBJECT (button), "item");
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), CAM_TYPE_WINDOW);
  g_autofree char *text = NULL;

  g_set_object (&self->removed, item);
  if (!cam_session_remove_experiment (self->session, item))
    return;
  gtk_popover_popdown (self->popover);
  text = g_strdup_printf (_("“%s” removed; its runs are kept"), cam_experiment_item_get_title (self->removed));
  if (window != NULL)
    cam_window_toast_with (CAM_WINDOW (window), text, _("_Undo"), GTK_WIDGET (self), "experiments.restore");
}

static void
restore_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CamExperimentMenu *self = CAM_EXPERIMENT_MENU (widget);

  if (self->removed != NULL && cam_session_restore_experiment (self->session, self->removed))
    g_clear_object (&self->removed);
}

static GtkWidget *
create_row_cb (gpointer object,
               gpointer user_data)
{
  CamExperimentMenu *self = user_data;
  CamExperimentItem *item = object;
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic"), *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_box_append (GTK_BOX (words), make_label (item, "title", "heading"));
  gtk_box_append (GTK_BOX (words), make_label (item, "summary", "dim-label"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove this experiment; its runs are kept"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove"), -1);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (row), "mark", mark);
  g_object_set_data (G_OBJECT (row), "remove", remove);
  g_object_set_data (G_OBJECT (remove), "item", item);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify", G_CALLBACK (show_row), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify", G_CALLBACK (show_open), self, G_CONNECT_SWAPPED);
  show_row (row);

  return row;
}

/* What is typed names the open one. */
static void
name_cb (CamExperimentMenu *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (self->name));
  g_autoptr(CamExperimentItem) item = dup_open (self);
  g_autoptr(json_t) value = NULL;

  g_strstrip (name);
  if (item == NULL || cam_experiment_item_get_id (item) != self->named || *name == '\0' || g_strcmp0 (name, cam_experiment_item_get_title (item)) == 0)
    return;
  value = json_string (name);
  cam_session_edit (self->session, "name", value, _("Name experiment"));
}

static void
name_activate_cb (CamExperimentMenu *self)
{
  name_cb (self);
  gtk_popover_popdown (self->popover);
}

static void
row_activated_cb (CamExperimentMenu *self,
                  GtkListBoxRow     *row)
{
  CamExperimentItem *item = g_object_get_data (G_OBJECT (row), "item");

  /* What is half typed names the one that it was typed for. */
  name_cb (self);
  cam_session_choose_experiment (self->session, item);
  gtk_popover_popdown (self->popover);
}

/* The window shows the new one. */
static void
made_cb (CamExperimentMenu *self)
{
  gtk_popover_popdown (self->popover);
}

static void
closed_cb (CamExperimentMenu *self)
{
  name_cb (self);
  show_open (self);
}

static void
loading_cb (CamExperimentMenu *self)
{
  gboolean is_loading;

  g_object_get (self->session, "loading", &is_loading, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !is_loading);
}

static void
set_session (CamExperimentMenu *self,
             CamSession        *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  gtk_list_box_bind_model (self->list, cam_session_get_experiments (session), create_row_cb, self, NULL);
  g_signal_connect_object (cam_session_get_experiments (session), "items-changed", G_CALLBACK (show_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  show_open (self);
}

static void
cam_experiment_menu_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CAM_EXPERIMENT_MENU (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_experiment_menu_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_EXPERIMENT_MENU (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_experiment_menu_dispose (GObject *object)
{
  CamExperimentMenu *self = CAM_EXPERIMENT_MENU (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->removed);

  G_OBJECT_CLASS (cam_experiment_menu_parent_class)->dispose (object);
}

static void
cam_experiment_menu_class_init (CamExperimentMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_experiment_menu_get_property;
  object_class->set_property = cam_experiment_menu_set_property;
  object_class->dispose = cam_experiment_menu_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-experiment-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, CamExperimentMenu, title);
  gtk_widget_class_bind_template_child (widget_class, CamExperimentMenu, popover);
  gtk_widget_class_bind_template_child (widget_class, CamExperimentMenu, list);
  gtk_widget_class_bind_template_child (widget_class, CamExperimentMenu, name);
  gtk_widget_class_bind_template_child (widget_class, CamExperimentMenu, button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, made_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_install_action (widget_class, "experiments.restore", NULL, restore_cb);
}

static void
cam_experiment_menu_init (CamExperimentMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
