/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the chosen layers of a stack: by menu and keys, and by dragging. */
#include "cam-layer-stack-private.h"

#include <cam-network.h>

#include <glib/gi18n-lib.h>

#include "cam-layer-edit.h"
#include "cam-layer-group.h"
#include "cam-session-private.h"

/* The layers that are chosen after an edit: @n of them from @first on. */
static void
expect (CamLayerStack *self,
        guint          first,
        guint          n)
{
  g_clear_pointer (&self->next, g_array_unref);
  self->next = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  for (guint i = first; i < first + n; i++)
    g_array_append_val (self->next, i);
}

static void
expect_same (CamLayerStack *self,
             int            by)
{
  g_clear_pointer (&self->next, g_array_unref);
  self->next = g_array_copy (self->chosen);
  for (guint i = 0; i < self->next->len; i++)
    g_array_index (self->next, guint, i) += by;
}

static void
expect_no_more (CamLayerStack *self)
{
  g_clear_pointer (&self->next, g_array_unref);
}

static guint
get_first (CamLayerStack *self)
{
  return g_array_index (self->chosen, guint, 0);
}

static guint
get_last (CamLayerStack *self)
{
  return g_array_index (self->chosen, guint, self->chosen->len - 1);
}

static void
move_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);
  int by = g_str_equal (action, "stack.move-up") ? -1 : 1;

  expect_same (self, by);
  cam_layer_group_shift (self->session, self->chosen, by);
  expect_no_more (self);
}

static void
duplicate_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  if (self->chosen->len == 0)
    return;
  expect (self, get_last (self) + 1, self->chosen->len);
  cam_layer_group_duplicate (self->session, self->chosen);
  expect_no_more (self);
}

/* The layer that comes to lie where the first one was is chosen next. */
static void
expect_rest (CamLayerStack *self)
{
  guint n_left = self->cards->len - self->chosen->len;

  expect (self, MIN (get_first (self), MAX (n_left, 1) - 1), n_left > 0);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  if (self->chosen->len == 0)
    return;
  expect_rest (self);
  cam_layer_group_remove (self->session, self->chosen);
  expect_no_more (self);
}

static void
switch_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);
  gboolean is_on = g_str_equal (action, "stack.switch") ? !cam_layer_group_is_on (self->session, self->chosen)
                                                        : g_str_equal (action, "stack.switch-on");

  expect_same (self, 0);
  cam_layer_group_switch (self->session, self->chosen, is_on);
  expect_no_more (self);
}

static void
select_all_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->cards->len; i++)
    g_array_append_val (all, i);
  cam_layer_stack_choose (self, all, self->selected, FALSE);
}

static void
use_task_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  cam_layer_edit_use_preset (CAM_LAYER_STACK (widget)->session, NULL);
}

/* Clipboard ------------------------------------------------------------------------------------------------------ */

static gboolean
copy (CamLayerStack *self)
{
  g_autofree char *text = cam_layer_group_copy (self->session, self->chosen);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  return text != NULL;
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  if (copy (self))
    cam_session_say (self->session, ngettext ("%u layer copied", "%u layers copied", self->chosen->len), self->chosen->len);
}

static void
cut_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  CamLayerStack *self = CAM_LAYER_STACK (widget);

  if (!copy (self))
    return;
  expect_rest (self);
  cam_layer_group_cut (self->session, self->chosen);
  expect_no_more (self);
}

void
cam_layer_stack_paste_text (CamLayerStack *self,
                            const char    *text)
{
  guint at, n_pasted = 0;
  int last;

  g_return_if_fail (CAM_IS_LAYER_STACK (self));

  last = cam_network_find_last (self->layers);
  /* Below the chosen ones; else above the output. */
  at = self->chosen->len > 0 ? get_last (self) + 1 : (guint) MAX (last, 0);
  if (!cam_layer_group_paste (self->session, at, text, &n_pasted))
    return;
  {
    g_autoptr(GArray) pasted = g_array_new (FALSE, FALSE, sizeof (guint));

    for (guint i = at; i < at + n_pasted; i++)
      g_array_append_val (pasted, i);
    cam_layer_stack_choose (self, pasted, -1, TRUE);
  }
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(CamLayerStack) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  /* The window may have gone while another program was asked. */
  if (self->session != NULL)
    cam_layer_stack_paste_text (self, text);
}

static void
paste_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb, g_object_ref (widget));
}

/* Dragging ------------------------------------------------------------------------------------------------------- */

static void
set_gap (CamLayerStack *self,
         int            gap)
{
  CamLayerCard *card;

  if (gap == self->gap)
    return;
  card = cam_layer_stack_get_card (self, self->gap);
  if (card != NULL)
    cam_layer_card_set_gap (card, FALSE);
  card = cam_layer_stack_get_card (self, gap);
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

static gboolean
is_chosen (CamLayerStack *self,
           guint          place)
{
  for (guint i = 0; i < self->chosen->len; i++)
    if (g_array_index (self->chosen, guint, i) == place)
      return TRUE;

  return FALSE;
}

/* Of the chosen cards one takes all with it; another goes alone. Whether they would be elsewhere then. */
static gboolean
would_move (CamLayerStack *self,
            CamLayerCard  *card,
            int            gap)
{
  guint place = cam_layer_card_get_place (card), first = place, last = place, n = 1;

  if (is_chosen (self, place))
    {
      first = get_first (self);
      last = get_last (self);
      n = self->chosen->len;
    }
  return last - first + 1 > n || gap < (int) first || gap > (int) last + 1;
}

static GdkDragAction
drop_motion_cb (CamLayerStack *self,
                double         x,
                double         y,
                GtkDropTarget *target)
{
  CamLayerCard *card = get_dragged (self, gtk_drop_target_get_value (target));
  int gap = find_gap (self, y);

  set_gap (self, card == NULL || would_move (self, card, gap) ? gap : -1);
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
  guint n_before = 0;
  gboolean is_moved;

  set_gap (self, -1);
  if (card == NULL)
    return FALSE;
  if (!is_chosen (self, cam_layer_card_get_place (card)))
    cam_layer_stack_select (self, cam_layer_card_get_place (card));
  for (guint i = 0; i < self->chosen->len; i++)
    n_before += (int) g_array_index (self->chosen, guint, i) < gap;
  expect (self, gap - n_before, self->chosen->len);
  is_moved = cam_layer_group_move (self->session, self->chosen, gap);
  expect_no_more (self);
  return is_moved;
}

/* Shared --------------------------------------------------------------------------------------------------------- */

void
cam_layer_stack_update_actions (CamLayerStack *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_layer = self->chosen->len > 0, has_on = FALSE, has_off = FALSE;
  static const char *const of_chosen[] = { "stack.duplicate", "stack.remove", "stack.copy", "stack.cut", "stack.switch" };

  for (guint i = 0; i < self->chosen->len; i++)
    {
      gboolean is_off = cam_network_is_off (json_array_get (self->layers, g_array_index (self->chosen, guint, i)));

      has_on = has_on || !is_off;
      has_off = has_off || is_off;
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_chosen); i++)
    gtk_widget_action_set_enabled (widget, of_chosen[i], has_layer);
  gtk_widget_action_set_enabled (widget, "stack.move-up", has_layer && get_first (self) > 0);
  gtk_widget_action_set_enabled (widget, "stack.move-down", has_layer && get_last (self) + 1 < self->cards->len);
  gtk_widget_action_set_enabled (widget, "stack.switch-on", has_off);
  gtk_widget_action_set_enabled (widget, "stack.switch-off", has_on);
  gtk_widget_action_set_enabled (widget, "stack.select-all", self->cards->len > 0);
}

void
cam_layer_stack_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "stack.move-up", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "stack.move-down", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "stack.duplicate", NULL, duplicate_cb);
  gtk_widget_class_install_action (widget_class, "stack.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "stack.switch", NULL, switch_cb);
  gtk_widget_class_install_action (widget_class, "stack.switch-on", NULL, switch_cb);
  gtk_widget_class_install_action (widget_class, "stack.switch-off", NULL, switch_cb);
  gtk_widget_class_install_action (widget_class, "stack.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "stack.cut", NULL, cut_cb);
  gtk_widget_class_install_action (widget_class, "stack.paste", NULL, paste_cb);
  gtk_widget_class_install_action (widget_class, "stack.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "stack.use-task", NULL, use_task_cb);
}

void
cam_layer_stack_add_drop (CamLayerStack *self)
{
  GtkDropTarget *target = gtk_drop_target_new (CAM_TYPE_LAYER_CARD, GDK_ACTION_MOVE);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "motion", G_CALLBACK (drop_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (drop_leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
