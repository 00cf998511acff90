/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack of layers: what is done with several chosen layers is one step, after which the same layers are chosen; undone it is as if it had not been. */
#include <cam-layer-edit.h>
#include <cam-layer-group.h>
#include <cam-layer-stack.h>
#include <cam-network-page.h>
#include <cam-network.h>

#include <string.h>

#include "session-test.h"
#include "uitest.h"

static CamSession *session;
static CamLayerStack *stack;
static GtkWidget *window;
static GString *said;

static void
message_cb (CamSession *self,
            const char *text)
{
  g_string_assign (said, text);
}

static CamLayerStack *
find_stack (GtkWidget *widget)
{
  if (CAM_IS_LAYER_STACK (widget))
    return CAM_LAYER_STACK (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CamLayerStack *found = find_stack (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Layers of one unit more each: "1 2 3 4 5", and the output. */
static void
begin (void)
{
  g_autoptr(json_t) layers = json_array ();

  session = session_test_open ("breast-cancer.json");
  said = g_string_new (NULL);
  g_signal_connect (session, "message", G_CALLBACK (message_cb), NULL);
  for (int i = 1; i <= 5; i++)
    json_array_append_new (layers, json_pack ("{s:s, s:s*, s:{s:i}}", "class_name", "Dense", "name", i == 5 ? "last" : NULL, "config", "units", i));
  json_array_append_new (layers, json_pack ("{s:s, s:{s:i, s:s}}", "class_name", "Dense", "config", "units", 1, "activation", "sigmoid"));
  session_test_edit (session, "network", json_incref (layers));
  window = session_test_show (cam_network_page_new (session), 1200, 800);
  stack = find_stack (window);
}

static void
end (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  g_string_free (said, TRUE);
  g_assert_finalize_object (session);
}

/* "1 2* 3-": units; chosen ones with a star, those that are off with a stroke. */
static void
assert_stack (const char *wanted)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GArray *chosen = cam_layer_stack_get_chosen (stack);
  guint k = 0;

  for (guint i = 0; i < cam_layer_edit_count (session); i++)
    {
      const json_t *layer = cam_layer_edit_peek (session, i);

      g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) json_integer_value (json_object_get (json_object_get (layer, "config"), "units")));
      if (cam_network_is_off (layer))
        g_string_append_c (text, '-');
      if (k < chosen->len && g_array_index (chosen, guint, k) == i)
        {
          g_string_append_c (text, '*');
          k++;
        }
    }
  g_assert_cmpuint (k, ==, chosen->len);
  g_assert_cmpstr (text->str, ==, wanted);
}

/* By the list, as the pointer does with Ctrl. */
static void
choose (const char *places)
{
  GtkListBox *list = GTK_LIST_BOX (session_test_child (stack, CAM_TYPE_LAYER_STACK, "list"));

  gtk_list_box_unselect_all (list);
  /* The input comes first. */
  for (const char *c = places; *c != '\0'; c++)
    gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 1 + *c - '0'));
}

static void
act (const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stack), action, NULL));
}

static void
undo (void)
{
  g_assert_true (cam_document_undo (cam_session_get_document (session)));
}

static const struct { const char *name, *places, *action, *after, *step; } cases[] = {
  { "remove", "124", "stack.remove", "1 4* 1", "Remove 3 layers" },
  { "remove-one", "0", "stack.remove", "2* 3 4 5 1", "Remove Dense" },
  { "remove-last", "45", "stack.remove", "1 2 3 4*", "Remove 2 layers" },
  { "remove-all", "012345", "stack.remove", "", "Remove 6 layers" },
  { "duplicate", "02", "stack.duplicate", "1 2 3 1* 3* 4 5 1", "Duplicate 2 layers" },
  { "duplicate-one", "4", "stack.duplicate", "1 2 3 4 5 5* 1", "Duplicate Dense" },
  { "up", "124", "stack.move-up", "2* 3* 1 5* 4 1", "Move 3 layers" },
  { "down", "013", "stack.move-down", "3 1* 2* 5 4* 1", "Move 3 layers" },
  { "down-one", "0", "stack.move-down", "2 1* 3 4 5 1", "Move Dense" },
  { "off", "13", "stack.switch-off", "1 2-* 3 4-* 5 1", "Switch off 2 layers" },
  { "off-one", "1", "stack.switch", "1 2-* 3 4 5 1", "Switch off Dense" },
  { "cut", "02", "stack.cut", "2* 4 5 1", "Cut 2 layers" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  CamDocument *document;
  g_autofree char *before = NULL, *after = NULL;

  begin ();
  document = cam_session_get_document (session);
  before = cam_experiment_to_text (session_test_experiment (session));
  choose (cases[i].places);
  act (cases[i].action);
  assert_stack (cases[i].after);
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, cases[i].step);
  undo ();
  after = cam_experiment_to_text (session_test_experiment (session));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (said->str, ==, "");
  end ();
}

/* Where there is nowhere to go, nothing happens; what is on and off is switched as one. */
static void
test_edges (void)
{
  begin ();
  choose ("02");
  g_assert_false (cam_layer_group_shift (session, cam_layer_stack_get_chosen (stack), -1));
  choose ("5");
  g_assert_false (cam_layer_group_shift (session, cam_layer_stack_get_chosen (stack), 1));
  g_assert_false (cam_layer_group_move (session, cam_layer_stack_get_chosen (stack), 6));
  g_assert_false (cam_layer_group_move (session, cam_layer_stack_get_chosen (stack), 5));
  g_assert_false (cam_layer_group_switch (session, cam_layer_stack_get_chosen (stack), TRUE));

  choose ("1");
  act ("stack.switch-off");
  choose ("123");
  act ("stack.switch");
  assert_stack ("1 2-* 3-* 4-* 5 1");
  act ("stack.switch");
  assert_stack ("1 2* 3* 4* 5 1");
  act ("stack.select-all");
  assert_stack ("1* 2* 3* 4* 5* 1*");
  end ();
}

/* Two steps of one name within a second stay two. */
static void
test_steps (void)
{
  begin ();
  choose ("0");
  act ("stack.remove");
  act ("stack.remove");
  assert_stack ("3* 4 5 1");
  undo ();
  assert_stack ("2* 3 4 5 1");
  undo ();
  assert_stack ("1* 2 3 4 5 1");
  end ();
}

static GtkDropTarget *
find_drop (void)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (stack));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

static void
test_move (void)
{
  static const struct { const char *places; guint gap; const char *after; } moves[] = {
    { "0", 6, "2 3 4 5 1 1*" }, { "5", 0, "1* 1 2 3 4 5" }, { "024", 0, "1* 3* 5* 2 4 1" }, { "024", 3, "2 1* 3* 5* 4 1" }, { "13", 6, "1 3 5 1 2* 4*" }, { "12", 5, "1 4 5 2* 3* 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      GtkDropTarget *target;
      g_auto(GValue) value = G_VALUE_INIT;
      GtkWidget *list, *card;
      graphene_rect_t bounds;
      gboolean is_taken;
      double y;

      /* Dropped a little above the card there, or below the last. */
      begin ();
      choose (moves[i].places);
      list = GTK_WIDGET (session_test_child (stack, CAM_TYPE_LAYER_STACK, "list"));
      target = find_drop ();
      card = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1 + MIN ((int) moves[i].gap, 5)));
      g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (stack), &bounds));
      y = moves[i].gap < 6 ? bounds.origin.y + 2 : bounds.origin.y + bounds.size.height - 2;
      g_value_init (&value, G_OBJECT_TYPE (card));
      g_value_set_object (&value, gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1 + moves[i].places[0] - '0'));
      g_signal_emit_by_name (target, "drop", &value, 100.0, y, &is_taken);
      g_assert_true (is_taken);
      assert_stack (moves[i].after);
      end ();
    }
}

/* A card that is not chosen goes alone, and is chosen then. */
static void
test_move_other (void)
{
  begin ();
  choose ("01");
  cam_layer_stack_select (stack, 3);
  g_assert_true (cam_layer_group_move (session, cam_layer_stack_get_chosen (stack), 0));
  assert_stack ("4* 1 2 3 5 1");
  end ();
}

static void
test_clipboard (void)
{
  g_autofree char *text = NULL;

  begin ();
  choose ("14");
  text = cam_layer_group_copy (session, cam_layer_stack_get_chosen (stack));
  act ("stack.copy");
  g_assert_cmpstr (said->str, ==, "2 layers copied");
  choose ("0");
  cam_layer_stack_paste_text (stack, text);
  assert_stack ("1 2* 5* 2 3 4 5 1");
  g_assert_cmpstr (cam_document_get_undo_name (cam_session_get_document (session)), ==, "Paste 2 layers");
  /* Its name is still in use. */
  g_assert_null (json_object_get (cam_layer_edit_peek (session, 2), "name"));
  undo ();
  assert_stack ("1 2 3* 4 5 1");

  /* With the layer gone its name is free. */
  choose ("4");
  act ("stack.cut");
  cam_layer_stack_paste_text (stack, text);
  g_assert_cmpstr (json_string_value (json_object_get (cam_layer_edit_peek (session, 6), "name")), ==, "last");
  end ();
}

/* Through the window's clipboard, into an empty network too. */
static void
test_real_clipboard (void)
{
  begin ();
  choose ("1");
  act ("stack.copy");
  act ("stack.select-all");
  act ("stack.remove");
  assert_stack ("");
  act ("stack.paste");
  ui_wait (cam_layer_edit_count (session) == 1);
  assert_stack ("2*");
  end ();
}

static void
test_nonsense (void)
{
  static const struct { const char *text, *message; } texts[] = {
    { NULL, "holds no text" }, { "", "holds no text" }, { "a,b\n1,2\n", "cannot be pasted as layers" }, { "[{\"class_name\": \"Dens\"}]", "“Dens”" },
  };

  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      cam_layer_stack_paste_text (stack, texts[i].text);
      if (strstr (said->str, texts[i].message) == NULL)
        g_error ("“%s” is not in: %s", texts[i].message, said->str);
    }
  g_assert_cmpuint (cam_layer_edit_count (session), ==, 6);
  end ();
}

/* One step, with loss and metrics; the proposed one needs no name. */
static void
test_preset (void)
{
  CamDocument *document;
  g_autofree char *before = NULL, *after = NULL;

  begin ();
  document = cam_session_get_document (session);
  session_test_edit (session, "loss", json_string ("mean_squared_error"));
  session_test_edit (session, "metrics", json_pack ("[s]", "mean_absolute_error"));
  before = cam_experiment_to_text (session_test_experiment (session));
  g_assert_true (cam_layer_edit_use_preset (session, "deep"));
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Use Deep network");
  g_assert_cmpuint (cam_layer_stack_get_chosen (stack)->len, ==, 1);
  undo ();
  after = cam_experiment_to_text (session_test_experiment (session));
  g_assert_cmpstr (after, ==, before);
  g_assert_true (cam_layer_edit_use_preset (session, NULL));
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Use Medium network");
  g_assert_false (cam_layer_edit_use_preset (session, "small-cnn"));
  end ();
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/layer-stack/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/app/layer-stack/edges", test_edges);
  g_test_add_func ("/app/layer-stack/steps", test_steps);
  g_test_add_func ("/app/layer-stack/move", test_move);
  g_test_add_func ("/app/layer-stack/move-other", test_move_other);
  g_test_add_func ("/app/layer-stack/clipboard", test_clipboard);
  g_test_add_func ("/app/layer-stack/real-clipboard", test_real_clipboard);
  g_test_add_func ("/app/layer-stack/nonsense", test_nonsense);
  g_test_add_func ("/app/layer-stack/preset", test_preset);
  result = g_test_run ();
  session_test_clear ();
  return result;
}
