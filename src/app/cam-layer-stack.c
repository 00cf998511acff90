/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network as a column of cards. */
#include "cam-layer-stack.h"

#include <glib/gi18n-lib.h>

#include "cam-layer-card.h"
#include "cam-layer-edit.h"

struct _CamLayerStack
{
  AdwBin         parent_instance;

  /* owned */
  CamSession    *session;
  json_t        *layers;          /* the document's, as the cards show them */
  GPtrArray     *cards;           /* of CamLayerCard, which the list holds; those on their way out are not among them */

  int            selected;
  int            gap;             /* where a dragged layer would go; −1: nothing is dragged */
  gboolean       is_narrow;
  gboolean       is_showing;      /* the list's selection is set by us */

  /* template children */
  GtkListBox    *list;
  AdwClamp      *input_clamp;
  GtkListBoxRow *input_row;
  GtkLabel      *input_text;
  GtkLabel      *input_shape;
  GtkListBoxRow *tail_row;
  GtkWidget     *tail;
};

G_DEFINE_FINAL_TYPE (CamLayerStack, cam_layer_stack, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_SELECTED, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamLayerCard *
get_card (CamLayerStack *self,
          int            layer)
{
  return layer >= 0 && (guint) layer < self->cards->len ? self->cards->pdata[layer] : NULL;
}

static void
update_actions (CamLayerStack *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_layer = get_card (self, self->selected) != NULL;

  gtk_widget_action_set_enabled (widget, "stack.move-up", self->selected > 0);
  gtk_widget_action_set_enabled (widget, "stack.move-down", has_layer && self->selected + 1 < (int) self->cards->len);
  gtk_widget_action_set_enabled (widget, "stack.duplicate", has_layer);
  gtk_widget_action_set_enabled (widget, "stack.remove", has_layer);
}

/* Selection ------------------------------------------------------------------------------------------------------ */

static gboolean
has_focus_inside (CamLayerStack *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

static void
select_layer (CamLayerStack *self,
              int            layer,
              gboolean       with_focus)
{
  CamLayerCard *card = get_card (self, layer);

  self->is_showing = TRUE;
  if (card != NULL)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (card));
  else
    gtk_list_box_unselect_all (self->list);
  self->is_showing = FALSE;

  self->selected = card != NULL ? layer : -1;
  if (with_focus && card != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (card));
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
row_selected_cb (CamLayerStack *self,
                 GtkListBoxRow *row)
{
  int layer = CAM_IS_LAYER_CARD (row) ? (int) cam_layer_card_get_place (CAM_LAYER_CARD (row)) : -1;

  if (self->is_showing || layer == self->selected)
    return;
  /* The focus leaves the settings while these still are those of the layer before, so that what is half typed there is taken, and for that layer. */
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  select_layer (self, layer, FALSE);
}

/* Cards ---------------------------------------------------------------------------------------------------------- */

static void
card_insert_cb (CamLayerStack *self,
                const char    *class_name,
                CamLayerCard  *card)
{
  cam_layer_edit_insert (self->session, cam_layer_card_get_place (card), class_name);
}

static void
card_grabbed_cb (CamLayerStack *self,
                 CamLayerCard  *card)
{
  select_layer (self, cam_layer_card_get_place (card), FALSE);
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
  GtkListBoxRow *next = GTK_LIST_BOX_ROW (get_card (self, place));

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

/* The layer to be chosen after the network became @new. */
static int
find_selected (CamLayerStack *self,
               const json_t  *new,
               guint          prefix,
               guint          suffix)
{
  guint n_old = json_array_size (self->layers);
  guint n_new = json_array_size (new);
  guint last = n_new - suffix - 1;

  if (n_new == 0)
    return -1;
  if (self->layers == NULL)
    return 0;
  if (n_new > n_old)
    return prefix;
  if (n_new < n_old)
    return MIN (prefix, n_new - 1);
  if (prefix == n_new || (self->selected >= 0 && last == prefix && (guint) self->selected == prefix))
    return self->selected;
  if (last == prefix)
    return prefix;
  /* Moved down, or up; of two neighbours that changed places the chosen one is the one that moved. */
  if (json_equal (json_array_get (self->layers, prefix), json_array_get (new, last))
      && (last > prefix + 1 || self->selected != (int) last))
    return last;
  return prefix;
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
  int selected;

  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  for (guint i = 0; i < info->layers->len; i++)
    json_array_append (layers, cam_stack_info_get (info, i)->layer);
  compare (self->layers, layers, &prefix, &suffix);
  selected = find_selected (self, layers, prefix, suffix);
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
  select_layer (self, selected, had_focus && selected != self->selected);
  if (had_focus && !has_focus_inside (self))
    select_layer (self, selected, TRUE);
}

/* Dragging ------------------------------------------------------------------------------------------------------- */

static void
set_gap (CamLayerStack *self,
         int            gap)
{
  CamLayerCard *card;

  if (gap == self->gap)
    return;
  card = get_card (self, self->gap);
  if (card != NULL)
    cam_layer_card_set_gap (card, FALSE);
  card = get_card (self, gap);
  if (card != NULL)
    cam_layer_card_set_gap (card, TRUE);
  if (gap == (int) self->cards->len)
    gtk_widget_add_css_class (GTK_WIDGET (self->tail_row), "gap");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->tail_row), "gap");
  self->gap = gap;
}

/* Before which card a drop at @y goes: the first one whose middle is below. */
static int
find_gap (CamLayerStack *self,
          double         y)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (self->cards->pdata[i], GTK_WIDGET (self), &bounds)
          && y < bounds.origin.y + bounds.size.height / 2)
        return i;
    }
  return self->cards->len;
}

static CamLayerCard *
get_dragged (CamLayerStack *self,
             const GValue  *value)
{
  CamLayerCard *card = value != NULL && G_VALUE_HOLDS (value, CAM_TYPE_LAYER_CARD) ? g_value_get_object (value) : NULL;

  return card != NULL && g_ptr_array_find (self->cards, card, NULL) ? card : NULL;
}

static GdkDragAction
drop_motion_cb (CamLayerStack *self,
                double         x,
                double         y,
                GtkDropTarget *target)
{
  CamLayerCard *card = get_dragged (self, gtk_drop_target_get_value (target));
  int gap = find_gap (self, y);

  /* Beside itself there is nowhere to go. */
  if (card != NULL && (gap == (int) cam_layer_card_get_place (card) || gap == (int) cam_layer_card_get_place (card) + 1))
    gap = -1;
  set_gap (self, gap);
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (CamLayerStack *self,
               GtkDropTarget *target)
{
  set_gap (self, -1);
}

static gboolean
drop_cb (CamLayerStack *self,
         const GValue  *value,
         double         x,
         double         y,
         GtkDropTarget *target)
{
  CamLayerCard *card = get_dragged (self, value);
  int gap = find_gap (self, y);
  int from;

  set_gap (self, -1);
  if (card == NULL)
    return FALSE;
  from = cam_layer_card_get_place (card);
  select_layer (self, from, FALSE);
  return cam_layer_edit_move (self->session, from, gap > from ? gap - 1 : gap);
}

/* Actions -------------------------------------------------------------------------------------------------------- */

static void
move_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  cam_layer_edit_move (self->session, self->selected, self->selected + (g_str_equal (action, "stack.move-up") ? -1 : 1));
}

static void
duplicate_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  cam_layer_edit_duplicate (self->session, self->selected);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  cam_layer_edit_remove (self->session, self->selected);
}

static void
use_task_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  cam_layer_edit_use_preset (CAM_LAYER_STACK (widget)->session, CAM_PRESET_TASK);
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
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);

  gtk_widget_class_install_action (widget_class, "stack.move-up", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "stack.move-down", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "stack.duplicate", NULL, duplicate_cb);
  gtk_widget_class_install_action (widget_class, "stack.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "stack.use-task", NULL, use_task_cb);
}

static void
cam_layer_stack_init (CamLayerStack *self)
{
  GtkDropTarget *target = gtk_drop_target_new (CAM_TYPE_LAYER_CARD, GDK_ACTION_MOVE);

  self->cards = g_ptr_array_new ();
  self->selected = -1;
  self->gap = -1;
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  update_actions (self);
}

/* Public --------------------------------------------------------------------------------------------------------- */

int
cam_layer_stack_get_selected (CamLayerStack *self)
{
  g_return_val_if_fail (CAM_IS_LAYER_STACK (self), -1);

  return self->selected;
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
  guint at = self->selected >= 0 ? (guint) self->selected + 1 : MAX (self->cards->len, 1) - 1;

  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  cam_layer_edit_insert (self->session, at, class_name);
}
