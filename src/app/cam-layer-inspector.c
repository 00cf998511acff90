/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of the chosen layer: a row for each field of its kind, and the activation lab for its activation. */
#include "cam-layer-inspector.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cam-activation-lab.h"
#include "cam-field-row.h"
#include "cam-layer-look.h"

struct _CamLayerInspector
{
  GtkBox              parent_instance;

  /* borrowed */
  const CamLayerKind *kind;          /* whose rows are there; NULL: none */

  GPtrArray          *rows;          /* owned; of CamFieldRow, which the list holds */

  /* template children */
  GtkStack           *stack;
  GtkImage           *tile;
  GtkLabel           *name;
  GtkLabel           *place;
  GtkLabel           *note;
  GtkListBox         *list;
  GtkWidget          *lab_box;
  CamActivationLab   *lab;
};

G_DEFINE_FINAL_TYPE (CamLayerInspector, cam_layer_inspector, GTK_TYPE_BOX)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* The lab is the choice of an activation; a row would say it twice. */
static gboolean
is_for_lab (const CamField *field)
{
  return field->type == CAM_FIELD_CHOICE && g_str_equal (field->key, "activation");
}

static void
row_changed_cb (CamLayerInspector *self,
                CamFieldRow       *row)
{
  g_autoptr(json_t) value = cam_field_row_dup_value (row);

  g_signal_emit (self, signals[CHANGED], 0, cam_field_row_get_field (row), value);
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

static void
take_kind (CamLayerInspector  *self,
           const CamLayerKind *kind)
{
  GtkWidget *child;
  gboolean has_activation = FALSE;

  self->kind = kind;
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  if (kind != NULL)
    for (const CamField *field = cam_layer_kind_get_fields (kind); field->key != NULL; field++)
      {
        GtkWidget *row;

        if (is_for_lab (field))
          {
            has_activation = TRUE;
            continue;
          }
        row = cam_field_row_new (field);
        g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
        gtk_list_box_append (self->list, row);
        g_ptr_array_add (self->rows, row);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->rows->len > 0);
  gtk_widget_set_visible (self->lab_box, has_activation);
}

static void
cam_layer_inspector_finalize (GObject *object)
{
  g_ptr_array_unref (CAM_LAYER_INSPECTOR (object)->rows);
  G_OBJECT_CLASS (cam_layer_inspector_parent_class)->finalize (object);
}

static void
cam_layer_inspector_class_init (CamLayerInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cam_layer_inspector_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);

  g_type_ensure (CAM_TYPE_ACTIVATION_LAB);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-layer-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, tile);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, name);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, place);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, note);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, list);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, lab_box);
  gtk_widget_class_bind_template_child (widget_class, CamLayerInspector, lab);
  gtk_widget_class_bind_template_callback (widget_class, activation_chosen_cb);
}

static void
cam_layer_inspector_init (CamLayerInspector *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
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

  cam_layer_tile_set_kind (self->tile, info->kind);
  gtk_label_set_label (self->name, info->class_name);
  text = g_strdup_printf (_("layer %u of %u"), place + 1, n_layers);
  gtk_label_set_label (self->place, text);
  gtk_label_set_label (self->note, info->kind != NULL ? cam_layer_kind_get_note (info->kind)
                                                      : _("This program does not know this kind of layer."));
  if (info->kind != self->kind)
    take_kind (self, info->kind);
  for (guint i = 0; i < self->rows->len; i++)
    {
      CamFieldRow *row = self->rows->pdata[i];

      cam_field_row_set_value (row, json_object_get (info->config, cam_field_row_get_field (row)->key));
    }
  cam_activation_lab_set_activation (self->lab, info->activation);
}
