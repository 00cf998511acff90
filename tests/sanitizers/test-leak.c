/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sanitized build must see what we lose, also where GTK, Pango or cairo stand below us on the stack: leaks.supp may not cover it. */

#include "../app/uitest.h"

/* Kept out of line and away from the optimizer, so that the pointer is gone when it returns. */
static __attribute__((noinline)) void
lose (void)
{
  char *volatile lost = g_strdup ("lost");

  lost = NULL;
  (void) lost;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       is_done)
{
  lose ();
  *(gboolean *) is_done = TRUE;

  return G_SOURCE_REMOVE;
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        is_done)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (area), "Camadas");

  pango_layout_get_pixel_size (layout, NULL, NULL);
  lose ();
  *(gboolean *) is_done = TRUE;
}

/* Shows a window and lets @how happen in it, or nothing where that is NULL. */
static void
run_window (const char *how)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *area = gtk_drawing_area_new ();
  gboolean is_done = how == NULL;

  gtk_window_set_default_size (GTK_WINDOW (window), 100, 100);
  gtk_window_set_child (GTK_WINDOW (window), area);
  if (g_strcmp0 (how, "tick") == 0)
    gtk_widget_add_tick_callback (area, tick_cb, &is_done, NULL);
  else if (g_strcmp0 (how, "draw") == 0)
    gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, &is_done, NULL);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (is_done && gtk_widget_get_mapped (area));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

static void
test_is_seen (gconstpointer how)
{
  if (g_test_subprocess ())
    {
      if (g_str_equal (how, "alone"))
        lose ();
      else
        run_window (how);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*LeakSanitizer: detected memory leaks*in lose *");
}

static void
test_nothing_lost (void)
{
  if (g_test_subprocess ())
    {
      run_window (NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_data_func ("/sanitizers/leak/alone", "alone", test_is_seen);
  g_test_add_data_func ("/sanitizers/leak/in-a-tick", "tick", test_is_seen);
  g_test_add_data_func ("/sanitizers/leak/in-a-drawing", "draw", test_is_seen);
  g_test_add_func ("/sanitizers/leak/nothing-lost", test_nothing_lost);

  return g_test_run ();
}
