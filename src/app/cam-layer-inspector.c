/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of the chosen layer: the form of its kind, and the activation lab for its activation. */
#include "cam-layer-inspector.h"

#include <adwaita.h>
#include <cam-network.h>
#include <glib/gi18n-lib.h>

#include "cam-activation-lab.h"
#include "cam-field-entry.h"
#include "cam-field-form.h"
#include "cam-field-picker.h"
#include "cam-layer-edit.h"
#include "cam-layer-look.h"

struct _CamLayerInspector
{
  GtkBox              parent_instance;

  /* borrowed */
  const CamLayerKind *kind;          /* whose form is there; NULL: none */

  /* owned */
  CamFieldForm       *form;
  CamFieldForm       *common_form;   /* what layers of all kinds have */
  json_t             *config;        /* of the shown layer; NULL: none, or wrong */

  gboolean            is_showing;    /* the switch is set by us */

  /* template children */
  GtkStack           *stack;
  GtkImage           *tile;
  GtkLabel           *name;
  GtkLabel           *place;
  GtkSwitch          *enabled;
  AdwStatusPage      *several;
  GtkLabel           *note;
  GtkListBox         *list;
  GtkListBox         *common_list;
  GtkWidget          *lab_box;
  CamActivationLab   *lab;
};

G_DEFINE_FINAL_TYPE (CamLayerInspector, cam_layer_inspector, GTK_TYPE_BOX)

enum { CHANGED, SWITCHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
form_changed_cb (CamLayerInspector *self,
                 const CamField    *field,
                 json_t            *value)
{
  g_signal_emit (self, signals[CHANGED], 0, field, value);
}

static void
enabled_cb (CamLayerInspector *self)
{
  if (!self->is_showing)
    g_signal_emit (self, signals[SWITCHED], 0, gtk_switch_get_active (self->enabled));
}

static void
activation_chosen_cb (CamLayerInspector *self,
                      const char        *activation)
{
  const CamField *field = self->kind != NULL ? cam_fields_find (cam_layer_kind_get_fields (self->kind), "activation") : NULL;
  g_autoptr(json_t) value = json_string (activation);

  if (field != NULL)
    g_signal_emit (self, signals[CHANGED], 0, field, value);
}

/* A layer of kind @outer with @inner at @key; where it holds two, with both of that kind, the second in the other direction. */
static json_t *
make_outer (const CamLayerKind *outer,
            const char         *key,
            const CamLayerKind *inner)
{
  json_t *config = json_object ();

  for (const CamField *field = cam_layer_kind_get_fields (outer); field->key != NULL; field++)
    if (g_str_equal (field->key, key) || (field->type == CAM_FIELD_OBJECT && (field->flags & CAM_FIELD_ADVANCED) == 0))
      {
        json_t *held = json_pack ("{s:s, s:{}}", "class_name", cam_layer_kind_get_name (inner), "config");

        if ((field->flags & CAM_FIELD_ADVANCED) != 0 && cam_fields_find (cam_layer_kind_get_fields (inner), "go_backwards") != NULL)
          json_object_set_new (json_object_get (held, "config"), "go_backwards", json_true ());
        json_object_set_new (config, field->key, held);
      }

  return json_pack ("[{s:s, s:o}]", "class_name", cam_layer_kind_get_name (outer), "config", config);
}

/* Which kinds can stand within the layer: tried on a series, and on a series of pictures. */
static gboolean
can_hold (const CamLayerKind *outer,
          const char         *key,
          const CamLayerKind *inner)
{
  static const CamShape inputs[] = { { 2, { 6, 4 } }, { 4, { 3, 8, 8, 4 } } };
  g_autoptr(json_t) alone = make_outer (outer, key, inner);

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr(GPtrArray) reports = cam_network_inspect (&inputs[i], alone);
      const CamLayerReport *report = reports->pdata[0];

      if (report->has_shape)
        return TRUE;
    }
  return FALSE;
}

static GArray *
list_inner_cb (const CamField *field,
               gpointer        user_data)
{
  CamLayerInspector *self = user_data;
  GArray *options = g_array_new (FALSE, FALSE, sizeof (CamFieldOption));

  for (const CamLayerKind *const *kind = cam_layer_kind_list (); *kind != NULL; kind++)
    {
      CamFieldOption option = { cam_layer_kind_get_name (*kind), NULL, cam_layer_kind_get_name (*kind), cam_layer_kind_get_note (*kind), cam_layer_kind_get_fields (*kind) };

      if (cam_fields_find (option.fields, field->key) == NULL && can_hold (self->kind, field->key, *kind))
        g_array_append_val (options, option);
    }
  if (options->len > 0)
    return options;
  g_array_unref (options);
  return NULL;
}

/* A layer for the way back begins as the one for the way forth, in the other direction: the two must give outputs of one shape. */
static void
propose_cb (CamLayerInspector *self,
            const CamField    *field,
            const char        *class_name,
            json_t            *config)
{
  const json_t *forth = json_object_get (json_object_get (self->config, "layer"), "config");
  const char *key;
  json_t *value;

  if (g_str_equal (field->key, "layer") || !json_is_object (forth))
    return;
  json_object_foreach ((json_t *) forth, key, value)
    if (json_object_get (config, key) != NULL)
      json_object_set_new (config, key, g_str_equal (key, "go_backwards") ? json_boolean (!json_is_true (value)) : json_deep_copy (value));
}

static void
take_kind (CamLayerInspector  *self,
           const CamLayerKind *kind)
{
  const CamField *fields = kind != NULL ? cam_layer_kind_get_fields (kind) : NULL;
  const CamField *activation = fields != NULL ? cam_fields_find (fields, "activation") : NULL;

  self->kind = kind;
  cam_field_form_set_fields (self->form, fields);
  gtk_widget_set_visible (GTK_WIDGET (self->list), gtk_list_box_get_row_at_index (self->list, 0) != NULL);
  gtk_widget_set_visible (self->lab_box, activation != NULL && activation->type == CAM_FIELD_CHOICE);
}

static void
cam_layer_inspector_dispose (GObject *object)
{
  CamLayerInspector *self = CAM_LAYER_INSPECTOR (object);

  g_clear_object (&self->form);
  g_clear_object (&self->common_form);
  g_clear_pointer (&self->config, json_decref);
  G_OBJECT_CLASS (cam_layer_inspector_parent_class)->dispose (object);
}

static void
cam_layer_inspector_class_init (CamLayerInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_layer_inspector_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);

  signals[SWITCHED] = g_signal_new ("switched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (CAM_TYPE_ACTIVATION_LAB);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-layer-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, tile);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, name);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, place);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, enabled);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, several);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, note);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, list);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, common_list);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, lab_box);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, lab);
  gtk_widget_class_bind_template_callback (widget_class, activation_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, enabled_cb);
}

static void
cam_layer_inspector_init (CamLayerInspector *self)
{
  /* The lab is the choice of an activation; a row would say it twice. */
  static const char *const left_out[] = { "activation", NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->form = cam_field_form_new (GTK_WIDGET (self->list), NULL);
  cam_field_form_leave_out (self->form, left_out);
  cam_field_form_set_options (self->form, list_inner_cb, self);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "propose", G_CALLBACK (propose_cb), self, G_CONNECT_SWAPPED);

  self->common_form = cam_field_form_new (GTK_WIDGET (self->common_list), NULL);
  g_signal_connect_object (self->common_form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  cam_field_form_set_fields (self->common_form, cam_layer_common_fields);
}

/* Name and trainable stand beside the settings in the document, not among them. */
static void
show_common (CamLayerInspector  *self,
             const CamLayerInfo *info)
{
  const char *name = json_string_value (json_object_get (info->layer, "name"));
  g_autoptr(json_t) config = json_pack ("{s:s?, s:b}", "name", name, "trainable", !json_is_false (json_object_get (info->layer, "trainable")));

  cam_field_form_show (self->common_form, config);
  if (info->keras_name != NULL)
    cam_field_entry_set_placeholder (CAM_FIELD_ENTRY (cam_field_form_find (self->common_form, "name")), info->keras_name);
  gtk_widget_set_visible (GTK_WIDGET (cam_field_form_find (self->common_form, "trainable")), info->has_weights);
}

void
cam_layer_inspector_show (CamLayerInspector  *self,
                          const CamLayerInfo *info,
                          guint               place,
                          guint               n_layers)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CAM_IS_LAYER_INSPECTOR (self));

  gtk_stack_set_visible_child_name (self->stack, info != NULL ? "layer" : "none");
  if (info == NULL)
    return;

  self->is_showing = TRUE;
  gtk_switch_set_active (self->enabled, !info->is_off);
  self->is_showing = FALSE;
  cam_layer_tile_set_kind (self->tile, info->kind);
  gtk_label_set_label (self->name, info->class_name);
  text = g_strdup_printf (_("layer %u of %u"), place + 1, n_layers);
  gtk_label_set_label (self->place, text);
  gtk_label_set_label (self->note, info->kind != NULL ? cam_layer_kind_get_note (info->kind)
                                                      : _("This program does not know this kind of layer."));
  if (info->kind != self->kind)
    take_kind (self, info->kind);
  g_clear_pointer (&self->config, json_decref);
  self->config = info->config != NULL ? json_incref (info->config) : NULL;
  cam_field_form_show (self->form, info->config);
  show_common (self, info);
  cam_activation_lab_set_activation (self->lab, info->activation);
}

void
cam_layer_inspector_show_several (CamLayerInspector *self,
                                  guint              n_layers)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u layer chosen", "%u layers chosen", n_layers), n_layers);

  g_return_if_fail (CAM_IS_LAYER_INSPECTOR (self));

  adw_status_page_set_title (self->several, title);
  gtk_stack_set_visible_child_name (self->stack, "several");
}

CamFieldEditor *
cam_layer_inspector_find (CamLayerInspector *self,
                          const char        *key)
{
  CamFieldEditor *editor;

  g_return_val_if_fail (CAM_IS_LAYER_INSPECTOR (self), NULL);

  editor = cam_field_form_find (self->form, key);
  return editor != NULL ? editor : cam_field_form_find (self->common_form, key);
}
