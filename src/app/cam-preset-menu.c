/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presets to choose from. */
#include "cam-preset-menu.h"

#include <cam-preset.h>

#include <glib/gi18n-lib.h>

#include "cam-layer-edit.h"
#include "cam-words.h"

struct _CamPresetMenu
{
  GtkPopover  parent_instance;

  /* owned */
  CamSession *session;

  /* template children */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CamPresetMenu, cam_preset_menu, GTK_TYPE_POPOVER)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkWidget *
make_label (const char *text,
            const char *css_class,
            gboolean    is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  if (is_dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static char *
describe_params (const CamPreset *preset)
{
  g_autofree char *count = cam_words_count (preset->n_params);

  return g_strdup_printf (ngettext ("%s parameter", "%s parameters", (gulong) MIN (preset->n_params, G_MAXLONG)), count);
}

static GtkWidget *
make_row (CamPresetMenu   *self,
          const CamPreset *preset)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  gboolean is_there = json_equal (cam_experiment_get_network (experiment), cam_experiment_get_network (preset->experiment));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *params_text = describe_params (preset);
  g_autofree char *description = NULL;
  GtkWidget *title = make_label (preset->title, "cam-layer-name", FALSE);
  GtkWidget *state = make_label (is_there ? _("in use") : preset->is_proposed ? _("proposed") : "", "cam-caption", FALSE);
  GtkWidget *params = make_label (params_text, "cam-caption", TRUE);
  GtkWidget *note = make_label (preset->note, "cam-secondary", TRUE);

  gtk_widget_add_css_class (state, is_there ? "cam-ink-green" : "cam-ink-blue");
  gtk_widget_set_hexpand (params, TRUE);
  gtk_label_set_xalign (GTK_LABEL (params), 1);
  gtk_widget_add_css_class (params, "numeric");
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 48);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), state);
  gtk_box_append (GTK_BOX (head), params);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), note);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "id", (gpointer) preset->id);

  description = g_strdup_printf ("%s %s", preset->note, params_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, preset->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  return row;
}

static void
fill (CamPresetMenu *self)
{
  CamDataset *dataset = self->session != NULL ? cam_session_get_dataset (self->session) : NULL;
  g_autoptr(GPtrArray) presets = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (dataset == NULL)
    return;
  presets = cam_preset_list (cam_document_get_experiment (cam_session_get_document (self->session)), dataset);
  for (guint i = 0; i < presets->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (presets, i)));
}

static void
row_activated_cb (CamPresetMenu *self,
                  GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");

  gtk_popover_popdown (GTK_POPOVER (self));
  cam_layer_edit_use_preset (self->session, id);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
cam_preset_menu_show (GtkWidget *widget)
{
  fill (CAM_PRESET_MENU (widget));
  GTK_WIDGET_CLASS (cam_preset_menu_parent_class)->show (widget);
}

static void
cam_preset_menu_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, CAM_PRESET_MENU (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_preset_menu_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CamPresetMenu *self = CAM_PRESET_MENU (object);

  if (prop_id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else if (g_set_object (&self->session, g_value_get_object (value)))
    g_object_notify_by_pspec (object, pspec);
}

static void
cam_preset_menu_dispose (GObject *object)
{
  g_clear_object (&CAM_PRESET_MENU (object)->session);
  G_OBJECT_CLASS (cam_preset_menu_parent_class)->dispose (object);
}

static void
cam_preset_menu_class_init (CamPresetMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_preset_menu_get_property;
  object_class->set_property = cam_preset_menu_set_property;
  object_class->dispose = cam_preset_menu_dispose;
  widget_class->show = cam_preset_menu_show;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-preset-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, CamPresetMenu, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
cam_preset_menu_init (CamPresetMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
