/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as a column of cards. */
#include "cam-layer-stack-private.h"

#include <cam-network.h>

#include <glib/gi18n-lib.h>

#include "cam-layer-edit.h"

G_DEFINE_FINAL_TYPE (CamLayerStack, cam_layer_stack, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_SELECTED, N_PROPS };
static GParamSpec *properties[N_PROPS];

CamLayerCard *
cam_layer_stack_get_card (CamLayerStack *self,
                          int            layer)
{
  return layer >= 0 && (guint) layer < self->cards->len ? self->cards->pdata[layer] : NULL;
}

/* Selection ------------------------------------------------------------------------------------------------------ */

static gboolean
has_focus_inside (CamLayerStack *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

static gboolean
holds (GArray *places,
       int     place)
{
  for (guint i = 0; i < places->len; i++)
    if ((int) g_array_index (places, guint, i) == place)
      return TRUE;

  return FALSE;
}

void
cam_layer_stack_choose (CamLayerStack *self,
                        GArray        *places,
                        int            selected,
                        gboolean       with_focus)
{
  g_autoptr(GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  CamLayerCard *card;

  self->is_showing = TRUE;
  for (guint i = 0; i < self->cards->len; i++)
    {
      GtkListBoxRow *row = self->cards->pdata[i];
      gboolean is_chosen = holds (places, (int) i);

      if (is_chosen)
        g_array_append_val (chosen, i);
      /* Rows that are right already are left alone: the list begins a range at the one that was chosen last. */
      if (is_chosen && !gtk_list_box_row_is_selected (row))
        gtk_list_box_select_row (self->list, row);
      else if (!is_chosen && gtk_list_box_row_is_selected (row))
        gtk_list_box_unselect_row (self->list, row);
    }
  self->is_showing = FALSE;

  g_array_set_size (self->chosen, 0);
  if (chosen->len > 0)
    g_array_append_vals (self->chosen, chosen->data, chosen->len);
  self->selected = holds (chosen, selected) ? selected : chosen->len > 0 ? (int) g_array_index (chosen, guint, 0) : -1;
  card = cam_layer_stack_get_card (self, self->selected);
  if (with_focus && card != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (card));
  cam_layer_stack_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
select_layer (CamLayerStack *self,
              int            layer,
              gboolean       with_focus)
{
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  if (layer >= 0)
    g_array_append_val (places, layer);
  cam_layer_stack_choose (self, places, layer, with_focus);
}

static void
rows_selected_cb (CamLayerStack *self)
{
  g_autoptr(GArray) places = NULL;
  GtkWidget *focus;
  int selected;

  if (self->is_showing)
    return;
  places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->cards->len; i++)
    if (gtk_list_box_row_is_selected (self->cards->pdata[i]))
      g_array_append_val (places, i);
  /* The settings are those of the one that was added last; the focus is there. */
  focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  selected = CAM_IS_LAYER_CARD (focus) ? (int) cam_layer_card_get_place (CAM_LAYER_CARD (focus)) : -1;
  if (!holds (places, selected))
    selected = holds (places, self->selected) ? self->selected : places->len > 0 ? (int) g_array_index (places, guint, 0) : -1;
  /* The focus leaves the settings while these still are those of the layer before, so that what is half typed there is taken, and for that layer. */
  if (selected >= 0 && !has_focus_inside (self))
    gtk_widget_grab_focus (self->cards->pdata[selected]);
  cam_layer_stack_choose (self, places, selected, FALSE);
}

/* Cards ---------------------------------------------------------------------------------------------------------- */

static void
card_insert_cb (CamLayerStack *self,
                const char    *class_name,
                CamLayerCard  *card)
{
  cam_layer_edit_insert (self->session, cam_layer_card_get_place (card), class_name);
}

/* One of several that are chosen keeps the others with it. */
static void
card_grabbed_cb (CamLayerStack *self,
                 CamLayerCard  *card)
{
  int place = cam_layer_card_get_place (card);

  if (holds (self->chosen, place))
    cam_layer_stack_choose (self, self->chosen, place, FALSE);
  else
    select_layer (self, place, FALSE);
}

static void
card_fix_cb (CamLayerStack *self,
             CamLayerCard  *card)
{
  g_autoptr(CamStackInfo) stack = cam_stack_info_new (self->session);
  const CamLayerInfo *info = cam_stack_info_get (stack, cam_layer_card_get_place (card));

  if (info != NULL && info->fix_path != NULL)
    cam_session_edit (self->session, info->fix_path, info->fix_value, info->fix_title);
}

static CamLayerCard *
add_card (CamLayerStack *self,
          guint          place,
          gboolean       slides)
{
  GtkWidget *card = cam_layer_card_new ();
  GtkListBoxRow *next = GTK_LIST_BOX_ROW (cam_layer_stack_get_card (self, place));

  cam_layer_card_set_narrow (CAM_LAYER_CARD (card), self->is_narrow);
  g_signal_connect_object (card, "insert", G_CALLBACK (card_insert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "fix", G_CALLBACK (card_fix_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "grabbed", G_CALLBACK (card_grabbed_cb), self, G_CONNECT_SWAPPED);
  if (slides)
    cam_layer_card_set_revealed (CAM_LAYER_CARD (card), FALSE);
  gtk_list_box_insert (self->list, card, gtk_list_box_row_get_index (next != NULL ? next : self->tail_row));
  g_ptr_array_insert (self->cards, place, card);
  if (slides)
    cam_layer_card_set_revealed (CAM_LAYER_CARD (card), TRUE);
  return CAM_LAYER_CARD (card);
}

static void
card_hidden_cb (CamLayerStack *self,
                GParamSpec    *pspec,
                CamLayerCard  *card)
{
  if (cam_layer_card_is_hidden (card) && gtk_widget_get_parent (GTK_WIDGET (card)) == GTK_WIDGET (self->list))
    gtk_list_box_remove (self->list, GTK_WIDGET (card));
}

static void
drop_card (CamLayerStack *self,
           guint          place)
{
  CamLayerCard *card = self->cards->pdata[place];

  g_ptr_array_remove_index (self->cards, place);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (card), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (card), FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (card), FALSE);
  if (!gtk_widget_get_mapped (GTK_WIDGET (card)))
    {
      gtk_list_box_remove (self->list, GTK_WIDGET (card));
      return;
    }
  g_signal_connect_object (card, "notify::hidden", G_CALLBACK (card_hidden_cb), self, G_CONNECT_SWAPPED);
  cam_layer_card_set_revealed (card, FALSE);
}

/* What is the same in both from the start on, and from the end back. */
static void
compare (const json_t *old,
         const json_t *new,
         guint        *prefix,
         guint        *suffix)
{
  guint n_old = json_array_size (old);
  guint n_new = json_array_size (new);
  guint most = MIN (n_old, n_new);

  for (*prefix = 0; *prefix < most; (*prefix)++)
    if (!json_equal (json_array_get (old, *prefix), json_array_get (new, *prefix)))
      break;
  for (*suffix = 0; *suffix < most - *prefix; (*suffix)++)
    if (!json_equal (json_array_get (old, n_old - 1 - *suffix), json_array_get (new, n_new - 1 - *suffix)))
      break;
}

/* The layers to be chosen after the network became @new: those of the edit under way; else what came, moved or changed. New reference. */
static GArray *
find_chosen (CamLayerStack *self,
             const json_t  *new,
             guint          prefix,
             guint          suffix)
{
  guint n_old = json_array_size (self->layers);
  guint n_new = json_array_size (new);
  guint last = n_new - suffix - 1, place = prefix, n = 1;
  GArray *places;

  if (self->layers != NULL && n_new == n_old && prefix == n_new)
    return g_array_ref (self->chosen);
  if (self->next != NULL && self->layers != NULL)
    return g_array_ref (self->next);

  places = g_array_new (FALSE, FALSE, sizeof (guint));
  if (n_new == 0)
    return places;
  if (self->layers == NULL)
    place = 0;
  /* Layers that are back, say; another network altogether is another matter. */
  else if (n_new > n_old && prefix + suffix == n_old && n_old > 0)
    n = n_new - n_old;
  else if (n_new > n_old)
    n = 1;
  else if (n_new < n_old)
    place = MIN (prefix, n_new - 1);
  else if (holds (self->chosen, (int) prefix) && holds (self->chosen, (int) last))
    return g_array_append_vals (places, self->chosen->data, self->chosen->len);
  /* Moved down, or up; of two neighbours that changed places the chosen one is the one that moved. */
  else if (last != prefix && json_equal (json_array_get (self->layers, prefix), json_array_get (new, last))
           && (last > prefix + 1 || self->selected != (int) last))
    place = last;
  for (guint i = place; i < place + n; i++)
    g_array_append_val (places, i);
  return places;
}

static void
show_input (CamLayerStack      *self,
            const CamStackInfo *info)
{
  g_autofree char *text = g_strdup_printf ("%s, %s, %s", _("Input"), info->input_text, info->input_shape);

  gtk_label_set_label (self->input_text, info->input_text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->input_text), info->input_text);
  gtk_label_set_label (self->input_shape, info->input_shape);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input_row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
cam_layer_stack_show (CamLayerStack      *self,
                      const CamStackInfo *info)
{
  g_autoptr(json_t) layers = json_array ();
  gboolean had_focus;
  gboolean slides;
  guint prefix, suffix;
  g_autoptr(GArray) chosen = NULL;
  int selected;

  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  for (guint i = 0; i < info->layers->len; i++)
    json_array_append (layers, cam_stack_info_get (info, i)->layer);
  compare (self->layers, layers, &prefix, &suffix);
  chosen = find_chosen (self, layers, prefix, suffix);
  had_focus = has_focus_inside (self);
  /* One layer more or less slides; another network is simply there. */
  slides = self->layers != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
           && ABS ((int) info->layers->len - (int) self->cards->len) == 1;

  show_input (self, info);
  self->is_showing = TRUE;
  while (self->cards->len > info->layers->len)
    {
      guint place = MIN (prefix, self->cards->len - 1);

      if (slides)
        drop_card (self, place);
      else
        {
          GtkWidget *card = self->cards->pdata[place];

          g_ptr_array_remove_index (self->cards, place);
          gtk_list_box_remove (self->list, card);
        }
    }
  while (self->cards->len < info->layers->len)
    add_card (self, MIN (prefix, self->cards->len), slides);
  for (guint i = 0; i < info->layers->len; i++)
    cam_layer_card_set_info (self->cards->pdata[i], cam_stack_info_get (info, i), i, info->layers->len);
  gtk_widget_set_visible (self->tail, info->layers->len == 0);
  self->is_showing = FALSE;

  g_clear_pointer (&self->layers, json_decref);
  self->layers = json_deep_copy (layers);
  selected = holds (chosen, self->selected) || chosen->len == 0 ? self->selected : (int) g_array_index (chosen, guint, 0);
  cam_layer_stack_choose (self, chosen, selected, had_focus && selected != self->selected);
  if (had_focus && !has_focus_inside (self))
    cam_layer_stack_choose (self, chosen, selected, TRUE);
}

/* Overrides ------------------------------------------------------------------------------------------------------ */

static void
cam_layer_stack_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CamLayerStack *self = CAM_LAYER_STACK (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SELECTED:
      g_value_set_int (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_layer_stack_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CamLayerStack *self = CAM_LAYER_STACK (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      if (g_set_object (&self->session, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_layer_stack_dispose (GObject *object)
{
  CamLayerStack *self = CAM_LAYER_STACK (object);

  self->is_showing = TRUE;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cam_layer_stack_parent_class)->dispose (object);
}

static void
cam_layer_stack_finalize (GObject *object)
{
  CamLayerStack *self = CAM_LAYER_STACK (object);

  g_clear_pointer (&self->layers, json_decref);
  g_clear_pointer (&self->next, g_array_unref);
  g_array_unref (self->chosen);
  g_ptr_array_unref (self->cards);
  G_OBJECT_CLASS (cam_layer_stack_parent_class)->finalize (object);
}

static void
cam_layer_stack_class_init (CamLayerStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_layer_stack_get_property;
  object_class->set_property = cam_layer_stack_set_property;
  object_class->dispose = cam_layer_stack_dispose;
  object_class->finalize = cam_layer_stack_finalize;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] =
    g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-layer-stack.ui");
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, list);
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, input_clamp);
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, input_row);
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, input_text);
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, input_shape);
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, tail_row);
  gtk_widget_class_bind_template_child (widget_class, CamLayerStack, tail);
  gtk_widget_class_bind_template_callback (widget_class, rows_selected_cb);

  cam_layer_stack_install_actions (widget_class);
}

static void
cam_layer_stack_init (CamLayerStack *self)
{
  self->cards = g_ptr_array_new ();
  self->chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  self->selected = -1;
  self->gap = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  cam_layer_stack_add_drop (self);
  cam_layer_stack_update_actions (self);
}

/* Public --------------------------------------------------------------------------------------------------------- */

int
cam_layer_stack_get_selected (CamLayerStack *self)
{
  g_return_val_if_fail (CAM_IS_LAYER_STACK (self), -1);

  return self->selected;
}

GArray *
cam_layer_stack_get_chosen (CamLayerStack *self)
{
  g_return_val_if_fail (CAM_IS_LAYER_STACK (self), NULL);

  return self->chosen;
}

void
cam_layer_stack_select (CamLayerStack *self,
                        int            layer)
{
  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  select_layer (self, layer, FALSE);
}

void
cam_layer_stack_set_narrow (CamLayerStack *self,
                            gboolean       is_narrow)
{
  int width = is_narrow ? 440 : 520;

  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  self->is_narrow = is_narrow;
  adw_clamp_set_maximum_size (self->input_clamp, width);
  adw_clamp_set_tightening_threshold (self->input_clamp, width);
  for (guint i = 0; i < self->cards->len; i++)
    cam_layer_card_set_narrow (self->cards->pdata[i], is_narrow);
}

void
cam_layer_stack_insert (CamLayerStack *self,
                        const char    *class_name)
{
  guint at = self->selected >= 0 ? (guint) self->selected + 1 : (guint) MAX (cam_network_find_last (self->layers), 0);

  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  cam_layer_edit_insert (self->session, at, class_name);
}
