/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer in the stack. */
#include "cam-layer-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cam-activation-curve.h"
#include "cam-layer-look.h"
#include "cam-layer-palette.h"

#define WIDE 520
#define NARROW 440

struct _CamLayerCard
{
  GtkListBoxRow       parent_instance;

  guint               place;
  char               *class_name;     /* owned */

  /* template children */
  GtkRevealer        *revealer;
  GtkWidget          *joint;
  GtkMenuButton      *plus;
  AdwClamp           *clamp;
  GtkWidget          *card;
  GtkWidget          *body;
  GtkImage           *tile;
  GtkLabel           *name;
  GtkLabel           *settings;
  CamActivationCurve *curve;
  GtkLabel           *shape;
  GtkLabel           *params;
  GtkMenuButton      *handle;
  GtkWidget          *strip;
  GtkLabel           *reason;
  GtkButton          *fix_button;
};

G_DEFINE_FINAL_TYPE (CamLayerCard, cam_layer_card, GTK_TYPE_LIST_BOX_ROW)

enum { PROP_0, PROP_HIDDEN, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { INSERT, FIX, GRABBED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
palette_chosen_cb (CamLayerCard *self,
                   const char   *class_name)
{
  g_autofree char *name = g_strdup (class_name);

  gtk_menu_button_popdown (self->plus);
  g_signal_emit (self, signals[INSERT], 0, name);
}

/* A palette in each of the joints would be costly: each is made when its "+" is pressed. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       user_data)
{
  CamLayerCard *self = user_data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *palette = cam_layer_palette_new ();

  gtk_widget_add_css_class (popover, "cam-palette-popover");
  cam_layer_palette_set_compact (CAM_LAYER_PALETTE (palette), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a layer here"), -1);
  g_signal_connect_object (palette, "chosen", G_CALLBACK (palette_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), palette);
  gtk_menu_button_set_popover (button, popover);
}

static void
fix_cb (CamLayerCard *self)
{
  g_signal_emit (self, signals[FIX], 0);
}

/* The menu's actions are for the chosen card. */
static void
menu_shown_cb (CamLayerCard *self)
{
  g_signal_emit (self, signals[GRABBED], 0);
}

static void
secondary_pressed_cb (CamLayerCard    *self,
                      int              n_press,
                      double           x,
                      double           y,
                      GtkGestureClick *click)
{
  g_signal_emit (self, signals[GRABBED], 0);
  gtk_menu_button_popup (self->handle);
}

static void
open_menu_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gtk_menu_button_popup (CAM_LAYER_CARD (widget)->handle);
}

static void
child_revealed_cb (CamLayerCard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDDEN]);
}

/* Dragging ------------------------------------------------------------------------------------------------------- */

static GdkContentProvider *
drag_prepare_cb (CamLayerCard  *self,
                 double         x,
                 double         y,
                 GtkDragSource *source)
{
  return gdk_content_provider_new_typed (CAM_TYPE_LAYER_CARD, self);
}

/* How many go along: the chosen ones, of which this is one by now. */
static guint
count_dragged (CamLayerCard *self)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr(GList) rows = GTK_IS_LIST_BOX (list) ? gtk_list_box_get_selected_rows (GTK_LIST_BOX (list)) : NULL;

  return g_list_length (rows);
}

static void
set_dragging (CamLayerCard *self,
              gboolean      is_dragging)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));

  if (list != NULL && is_dragging)
    gtk_widget_add_css_class (list, "dragging");
  else if (list != NULL)
    gtk_widget_remove_css_class (list, "dragging");
}

static void
drag_begin_cb (CamLayerCard  *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  guint n;

  g_signal_emit (self, signals[GRABBED], 0);
  n = count_dragged (self);
  if (n > 1)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u layer", "%u layers", n), n);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "cam-dragged-many");
      gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
    }
  else
    {
      g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (self->card);

      gtk_drag_source_set_icon (source, picture, gtk_widget_get_width (self->card) / 2, gtk_widget_get_height (self->body) / 2);
    }
  set_dragging (self, TRUE);
}

static void
drag_end_cb (CamLayerCard  *self,
             GdkDrag       *drag,
             gboolean       delete_data,
             GtkDragSource *source)
{
  set_dragging (self, FALSE);
}

/* Overrides ------------------------------------------------------------------------------------------------------ */

static void
cam_layer_card_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_HIDDEN)
    g_value_set_boolean (value, cam_layer_card_is_hidden (CAM_LAYER_CARD (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_layer_card_finalize (GObject *object)
{
  g_free (CAM_LAYER_CARD (object)->class_name);
  G_OBJECT_CLASS (cam_layer_card_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "card.open-menu", NULL, open_menu_cb);
  /* The last one of each is the one that menus show. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Up, GDK_ALT_MASK, "stack.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Down, GDK_ALT_MASK, "stack.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "stack.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "stack.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "stack.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "stack.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "stack.duplicate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Divide, GDK_CONTROL_MASK, "stack.switch", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, GDK_CONTROL_MASK, "stack.switch", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "stack.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, GDK_CONTROL_MASK, "stack.cut", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "stack.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "stack.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "card.open-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "card.open-menu", NULL);
}

static void
cam_layer_card_class_init (CamLayerCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_layer_card_get_property;
  object_class->finalize = cam_layer_card_finalize;

  properties[PROP_HIDDEN] =
    g_param_spec_boolean ("hidden", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[INSERT] = g_signal_new ("insert", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FIX] = g_signal_new ("fix", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GRABBED] = g_signal_new ("grabbed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (CAM_TYPE_ACTIVATION_CURVE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-layer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, joint);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, plus);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, clamp);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, card);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, body);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, tile);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, name);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, settings);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, curve);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, shape);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, params);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, handle);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, strip);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, reason);
  gtk_widget_class_bind_template_child (widget_class, CamLayerCard, fix_button);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
  add_keys (widget_class);
}

static void
cam_layer_card_init (CamLayerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->plus, create_popover_cb, self, NULL);
  g_signal_connect_object (gtk_menu_button_get_popover (self->handle), "show", G_CALLBACK (menu_shown_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Public --------------------------------------------------------------------------------------------------------- */

GtkWidget *
cam_layer_card_new (void)
{
  return g_object_new (CAM_TYPE_LAYER_CARD, NULL);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* What the card shows, as one sentence: for those who do not see it. */
static void
update_names (CamLayerCard       *self,
              const CamLayerInfo *info,
              guint               n_layers)
{
  GString *text = g_string_new (NULL);
  g_autofree char *description = NULL;
  g_autofree char *handle = NULL;

  g_string_append (text, info->class_name);
  if (*info->settings != '\0')
    g_string_append_printf (text, ", %s", info->settings);
  g_string_append_printf (text, ", %s, %s", info->shape, info->params);
  if (info->reason != NULL)
    g_string_append_printf (text, ". %s", info->reason);
  description = g_strdup_printf (_("layer %u of %u"), self->place + 1, n_layers);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  g_string_free (text, TRUE);

  /* translators: %u is the place of a layer, %s its kind */
  handle = g_strdup_printf (_("Menu of layer %u, %s"), self->place + 1, info->class_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_LABEL, handle, -1);
}

void
cam_layer_card_set_info (CamLayerCard       *self,
                         const CamLayerInfo *info,
                         guint               place,
                         guint               n_layers)
{
  g_autofree char *plus = NULL;

  g_return_if_fail (CAM_IS_LAYER_CARD (self));
  g_return_if_fail (info != NULL);

  self->place = place;
  g_free (self->class_name);
  self->class_name = g_strdup (info->class_name);
  cam_layer_tile_set_kind (self->tile, info->kind);
  gtk_label_set_label (self->name, info->class_name);
  gtk_label_set_label (self->settings, info->settings);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->settings), info->settings);
  gtk_widget_set_visible (GTK_WIDGET (self->curve), info->activation != NULL);
  cam_activation_curve_set_activation (self->curve, info->activation);
  gtk_label_set_label (self->shape, info->shape);
  gtk_label_set_label (self->params, info->params);

  gtk_widget_set_visible (self->strip, info->reason != NULL);
  gtk_label_set_label (self->reason, info->reason != NULL ? info->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fix_button), info->fix_path != NULL);
  if (info->fix_path != NULL)
    gtk_button_set_label (self->fix_button, info->fix_title);
  set_class (GTK_WIDGET (self), "wrong", info->reason != NULL);
  set_class (GTK_WIDGET (self), "off", info->is_off);
  set_class (GTK_WIDGET (self), "waiting", info->is_waiting);

  plus = place == 0 ? g_strdup (_("Add a layer at the start"))
                    : g_strdup_printf (_("Add a layer after layer %u"), place);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->plus), plus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plus), GTK_ACCESSIBLE_PROPERTY_LABEL, plus, -1);
  update_names (self, info, n_layers);
}

guint
cam_layer_card_get_place (CamLayerCard *self)
{
  g_return_val_if_fail (CAM_IS_LAYER_CARD (self), 0);

  return self->place;
}

void
cam_layer_card_set_narrow (CamLayerCard *self,
                           gboolean      is_narrow)
{
  g_return_if_fail (CAM_IS_LAYER_CARD (self));

  adw_clamp_set_maximum_size (self->clamp, is_narrow ? NARROW : WIDE);
  adw_clamp_set_tightening_threshold (self->clamp, is_narrow ? NARROW : WIDE);
}

void
cam_layer_card_set_gap (CamLayerCard *self,
                        gboolean      is_open)
{
  g_return_if_fail (CAM_IS_LAYER_CARD (self));

  set_class (self->joint, "gap", is_open);
}

void
cam_layer_card_set_revealed (CamLayerCard *self,
                             gboolean      is_revealed)
{
  g_return_if_fail (CAM_IS_LAYER_CARD (self));

  gtk_revealer_set_reveal_child (self->revealer, is_revealed);
}

gboolean
cam_layer_card_is_hidden (CamLayerCard *self)
{
  g_return_val_if_fail (CAM_IS_LAYER_CARD (self), TRUE);

  return !gtk_revealer_get_reveal_child (self->revealer) && !gtk_revealer_get_child_revealed (self->revealer);
}
