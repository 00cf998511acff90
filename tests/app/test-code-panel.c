/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Network page's code: what it says, that it follows edits, and that lines and cards choose each other. */
#include <cam-code-panel.h>
#include <cam-layer-stack.h>
#include <cam-network-page.h>
#include <string.h>

#include "session-test.h"

typedef struct
{
  CamSession    *session;
  GtkWidget     *window;
  GtkWidget     *page;
  CamCodePanel  *panel;
  CamLayerStack *stack;
  GtkTextBuffer *buffer;
} Fixture;

static gpointer
get_child (gpointer    widget,
           const char *name)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = session_test_open ("breast-cancer.json");
  fixture->page = cam_network_page_new (fixture->session);
  fixture->window = session_test_show (fixture->page, 1400, 900);
  fixture->panel = get_child (fixture->page, "code");
  fixture->stack = get_child (fixture->page, "stack");
  fixture->buffer = get_child (fixture->panel, "buffer");
  gtk_toggle_button_set_active (get_child (fixture->page, "code_button"), TRUE);
  ui_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_ref (fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle ();
  g_assert_finalize_object (fixture->page);
  g_assert_finalize_object (fixture->session);
}

static gboolean
says (Fixture    *fixture,
      const char *text)
{
  g_autofree char *all = cam_code_panel_dup_text (fixture->panel);

  return strstr (all, text) != NULL;
}

static int
line_of (Fixture    *fixture,
         const char *text)
{
  g_autofree char *all = cam_code_panel_dup_text (fixture->panel);
  const char *found = strstr (all, text);
  int line = 0;

  g_assert_nonnull (found);
  for (const char *c = all; c < found; c++)
    line += *c == '\n';
  return line;
}

static gboolean
is_marked (Fixture *fixture,
           int      line)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (fixture->buffer), "chosen");
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (fixture->buffer, &iter, line);
  return gtk_text_iter_has_tag (&iter, tag);
}

static void
test_follows (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(json_t) units = json_integer (24);

  g_assert_true (says (fixture, "    keras.Input(shape=(30,)),\n    layers.Dense(16, activation=\"relu\"),\n    layers.Dropout(0.2),\n"));
  g_assert_false (says (fixture, "read_csv"));

  g_assert_true (cam_session_edit (fixture->session, "network/0/config/units", units, "Change Units"));
  ui_settle ();
  g_assert_true (says (fixture, "    layers.Dense(24, activation=\"relu\"),\n"));
  cam_document_undo (cam_session_get_document (fixture->session));
  ui_settle ();
  g_assert_true (says (fixture, "    layers.Dense(16, activation=\"relu\"),\n"));
}

static void
test_scope (Fixture       *fixture,
            gconstpointer  data)
{
  GtkDropDown *scope = get_child (fixture->panel, "scope");

  gtk_drop_down_set_selected (scope, 1);
  ui_settle ();
  g_assert_true (says (fixture, "breast-cancer.csv"));
  g_assert_true (says (fixture, "history = model.fit("));
  g_assert_true (says (fixture, "keras.callbacks.EarlyStopping(patience=15, restore_best_weights=True)"));
}

/* A card marks its line, a line chooses its card. */
static void
test_linked (Fixture       *fixture,
             gconstpointer  data)
{
  const int first = line_of (fixture, "layers.Dense(16"), last = line_of (fixture, "layers.Dense(1,");
  GtkTextIter iter;

  cam_layer_stack_select (fixture->stack, 0);
  ui_settle ();
  g_assert_true (is_marked (fixture, first));
  g_assert_false (is_marked (fixture, last));

  gtk_text_buffer_get_iter_at_line_offset (fixture->buffer, &iter, last, 6);
  gtk_text_buffer_place_cursor (fixture->buffer, &iter);
  ui_settle ();
  g_assert_cmpint (cam_layer_stack_get_selected (fixture->stack), ==, 3);
  g_assert_true (is_marked (fixture, last));
  g_assert_false (is_marked (fixture, first));

  /* A line of no layer chooses nothing. */
  gtk_text_buffer_get_iter_at_line (fixture->buffer, &iter, 0);
  gtk_text_buffer_place_cursor (fixture->buffer, &iter);
  ui_settle ();
  g_assert_cmpint (cam_layer_stack_get_selected (fixture->stack), ==, 3);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *all = cam_code_panel_dup_text (fixture->panel);
  g_autofree char *copied = NULL;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->panel), "code.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->page), NULL, copied_cb, &copied);
  ui_wait (copied != NULL);
  g_assert_cmpstr (copied, ==, all);
}

int
main (int    argc,
      char **argv)
{
  int result;

  session_test_init (&argc, &argv);

  g_test_add ("/app/code-panel/follows", Fixture, NULL, set_up, test_follows, tear_down);
  g_test_add ("/app/code-panel/scope", Fixture, NULL, set_up, test_scope, tear_down);
  g_test_add ("/app/code-panel/linked", Fixture, NULL, set_up, test_linked, tear_down);
  g_test_add ("/app/code-panel/copy", Fixture, NULL, set_up, test_copy, tear_down);

  result = g_test_run ();
  session_test_clear ();

  return result;
}
