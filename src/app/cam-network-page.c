/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page where a network is built. */
#include "cam-network-page.h"

#include <glib/gi18n-lib.h>

#include "cam-code-panel.h"
#include "cam-layer-edit.h"
#include "cam-layer-group.h"
#include "cam-layer-inspector.h"
#include "cam-layer-palette.h"
#include "cam-layer-stack.h"
#include "cam-preset-menu.h"
#include "cam-words.h"

#define INSPECTOR_WIDE 328
#define INSPECTOR_NARROW 300
#define CODE_WIDE 428
#define CODE_NARROW 380

struct _CamNetworkPage
{
  AdwBin             parent_instance;

  /* owned */
  CamSession        *session;
  CamStackInfo      *info;

  /* template children */
  AdwFlap           *flap;
  CamLayerPalette   *palette;
  GtkWidget         *presets;
  CamPresetMenu     *preset_menu;
  GtkWidget         *palette_button;
  CamLayerStack     *stack;
  GtkScrolledWindow *canvas;
  CamLayerInspector *inspector;
  GtkWidget         *inspector_pane;
  GtkStack          *inspector_stack;
  CamCodePanel      *code;
  GtkToggleButton   *code_button;
  GtkLabel          *foot_layers;
  GtkLabel          *foot_params;
  GtkLabel          *foot_memory;
  GtkImage          *foot_icon;
  GtkLabel          *foot_problem;
};

G_DEFINE_FINAL_TYPE (CamNetworkPage, cam_network_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Foot ----------------------------------------------------------------------------------------------------------- */

static void
set_markup (GtkLabel   *label,
            const char *bold,
            const char *more)
{
  g_autofree char *text = g_markup_printf_escaped ("<b>%s</b> %s", bold, more);

  gtk_label_set_markup (label, text);
}

static void
show_sums (CamNetworkPage *self)
{
  const CamStackInfo *info = self->info;
  guint n_on = info->layers->len - info->n_off;
  g_autofree char *n_layers = cam_words_count (n_on);
  g_autofree char *layers = NULL;
  g_autofree char *n_params = cam_words_count (info->n_params);
  g_autofree char *memory = g_format_size_full (info->memory_bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *batch = cam_words_count (info->batch_size);
  g_autofree char *text = NULL;

  layers = info->n_off == 0 ? g_strdup (ngettext ("layer", "layers", n_on))
                            /* translators: after a count of layers; %u is how many more are switched off */
                            : g_strdup_printf (ngettext ("layer, %u off", "layers, %u off", n_on), info->n_off);
  set_markup (self->foot_layers, n_layers, layers);
  set_markup (self->foot_params, n_params,
              info->is_complete ? ngettext ("parameter", "parameters", (gulong) MIN (info->n_params, G_MAXLONG))
                                : _("parameters so far"));
  gtk_widget_set_visible (GTK_WIDGET (self->foot_memory), info->memory_bytes > 0);
  /* translators: after an amount of memory; %s is the batch size */
  text = g_strdup_printf (_("to train at batch %s"), batch);
  set_markup (self->foot_memory, memory, text);
}

static void
show_state (CamNetworkPage *self)
{
  const CamStackInfo *info = self->info;
  const char *reason = cam_session_get_train_reason (self->session);
  g_autofree char *text = NULL;
  const char *icon = "dialog-error-symbolic";
  const char *colour = "cam-ink-red";
  gboolean is_busy;

  g_object_get (self->session, "busy", &is_busy, NULL);
  if (info->n_wrong > 0)
    text = g_strdup_printf (ngettext ("%u layer needs attention", "%u layers need attention", info->n_wrong), info->n_wrong);
  else if (info->problem != NULL)
    text = g_strdup (info->problem);
  else if (is_busy)
    {
      text = g_strdup (_("In training; changes count from the next run on"));
      icon = "media-playback-start-symbolic";
      colour = "cam-ink-blue";
    }
  else if (reason != NULL)
    text = g_strdup (reason);
  else
    {
      text = g_strdup (_("Ready to train"));
      icon = "object-select-symbolic";
      colour = "cam-ink-green";
    }

  gtk_image_set_from_icon_name (self->foot_icon, icon);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *widget = i == 0 ? GTK_WIDGET (self->foot_icon) : GTK_WIDGET (self->foot_problem);

      gtk_widget_remove_css_class (widget, "cam-ink-red");
      gtk_widget_remove_css_class (widget, "cam-ink-blue");
      gtk_widget_remove_css_class (widget, "cam-ink-green");
      gtk_widget_add_css_class (widget, colour);
    }
  gtk_label_set_label (self->foot_problem, text);
  /* A tooltip becomes the description too; this label keeps the one it is found by. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->foot_problem), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->foot_problem),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("network status"), -1);
}

/* Following the session ------------------------------------------------------------------------------------------ */

static void
show_chosen (CamNetworkPage *self)
{
  int selected = cam_layer_stack_get_selected (self->stack);
  guint n_chosen = cam_layer_stack_get_chosen (self->stack)->len;

  if (n_chosen > 1)
    {
      cam_layer_inspector_show_several (self->inspector, n_chosen);
      return;
    }
  cam_layer_inspector_show (self->inspector, cam_stack_info_get (self->info, selected), MAX (selected, 0),
                            self->info != NULL ? self->info->layers->len : 0);
}

static void
update (CamNetworkPage *self)
{
  CamStackInfo *old = self->info;

  if (self->session == NULL)
    return;
  self->info = cam_stack_info_new (self->session);
  cam_layer_stack_show (self->stack, self->info);
  show_chosen (self);
  show_sums (self);
  show_state (self);
  gtk_widget_set_sensitive (self->presets, cam_session_get_dataset (self->session) != NULL);
  g_clear_pointer (&old, cam_stack_info_free);
}

static void
selected_cb (CamNetworkPage *self)
{
  if (self->info != NULL)
    show_chosen (self);
}

static void
setting_changed_cb (CamNetworkPage    *self,
                    const CamField    *field,
                    const json_t      *value,
                    CamLayerInspector *inspector)
{
  int selected = cam_layer_stack_get_selected (self->stack);

  /* Refused: the row shows again what holds. */
  if (selected >= 0 && !cam_layer_edit_set (self->session, selected, field, value))
    show_chosen (self);
}

static void
switched_cb (CamNetworkPage    *self,
             gboolean           is_on,
             CamLayerInspector *inspector)
{
  cam_layer_group_switch (self->session, cam_layer_stack_get_chosen (self->stack), is_on);
}

/* The settings' pane and the keys of the page lie outside the stack, whose actions these are. */
static void
chosen_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (CAM_NETWORK_PAGE (widget)->stack), g_variant_get_string (parameter, NULL), NULL);
}

static void
palette_chosen_cb (CamNetworkPage *self,
                   const char     *class_name)
{
  cam_layer_stack_insert (self->stack, class_name);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
preset_chosen_cb (CamNetworkPage *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* Code needs more width than settings. */
static void
set_pane_width (CamNetworkPage *self)
{
  gboolean is_folded = adw_flap_get_folded (self->flap);
  gboolean is_code = gtk_toggle_button_get_active (self->code_button);

  gtk_widget_set_size_request (self->inspector_pane, is_code ? (is_folded ? CODE_NARROW : CODE_WIDE) : (is_folded ? INSPECTOR_NARROW : INSPECTOR_WIDE), -1);
}

/* A line of the code was clicked: its card is chosen. */
static void
line_chosen_cb (CamNetworkPage *self)
{
  int layer;

  g_object_get (self->code, "selected", &layer, NULL);
  if (self->info != NULL && layer >= 0 && layer != cam_layer_stack_get_selected (self->stack))
    cam_layer_stack_select (self->stack, layer);
}

static void
code_cb (CamNetworkPage *self)
{
  gtk_stack_set_visible_child_name (self->inspector_stack, gtk_toggle_button_get_active (self->code_button) ? "code" : "layer");
  set_pane_width (self);
}

static void
folded_cb (CamNetworkPage *self)
{
  gboolean is_folded = adw_flap_get_folded (self->flap);

  gtk_widget_set_visible (self->palette_button, is_folded);
  set_pane_width (self);
  cam_layer_stack_set_narrow (self->stack, is_folded);
}

static void
take_session (CamNetworkPage *self,
              CamSession     *session)
{
  static const char *const watched[] = { "notify::problems", "notify::dataset", "notify::data-problem",
                                         "notify::train-reason", "notify::busy" };

  if (session == NULL || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  g_object_set (self->stack, "session", session, NULL);
  g_object_set (self->code, "session", session, NULL);
  g_object_set (self->preset_menu, "session", session, NULL);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* Overrides ------------------------------------------------------------------------------------------------------ */

static void
cam_network_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, CAM_NETWORK_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_network_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  if (prop_id == PROP_SESSION)
    take_session (CAM_NETWORK_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_network_page_dispose (GObject *object)
{
  CamNetworkPage *self = CAM_NETWORK_PAGE (object);

  g_clear_pointer (&self->info, cam_stack_info_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cam_network_page_parent_class)->dispose (object);
}

static void
cam_network_page_class_init (CamNetworkPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_network_page_get_property;
  object_class->set_property = cam_network_page_set_property;
  object_class->dispose = cam_network_page_dispose;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_LAYER_PALETTE);
  g_type_ensure (CAM_TYPE_LAYER_STACK);
  g_type_ensure (CAM_TYPE_LAYER_INSPECTOR);
  g_type_ensure (CAM_TYPE_CODE_PANEL);
  g_type_ensure (CAM_TYPE_PRESET_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, flap);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, palette);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, presets);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, preset_menu);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, palette_button);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, inspector);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, inspector_pane);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, inspector_stack);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, code);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, code_button);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, foot_layers);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, foot_params);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, foot_memory);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, foot_icon);
  gtk_widget_class_bind_template_child (widget_class, CamNetworkPage, foot_problem);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, setting_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, palette_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_chosen_cb);

  gtk_widget_class_install_action (widget_class, "network.chosen", "s", chosen_cb);
  /* Where no card has the focus, pasting begins a network. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "network.chosen", "s", "stack.paste");
}

static void
cam_network_page_init (CamNetworkPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cam_layer_palette_set_between (self->palette, self->presets);
  folded_cb (self);
}

GtkWidget *
cam_network_page_new (CamSession *session)
{
  g_return_val_if_fail (CAM_IS_SESSION (session), NULL);

  return g_object_new (CAM_TYPE_NETWORK_PAGE, "session", session, NULL);
}
