/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers for tests that run real widgets in the test's own process. */
#pragma once

#include <adwaita.h>
#include <locale.h>

static inline void
ui_test_init (int    *argc,
              char ***argv)
{
  gtk_test_init (argc, argv, NULL);      /* g_test_init(): warnings are fatal from here on */
  setlocale (LC_ALL, "C.UTF-8");         /* gtk_test_init() asks for en_US.UTF-8, which need not be there */
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* Run the main loop until COND holds; the test fails after ten seconds. */
#define ui_wait(cond) G_STMT_START { \
    gint64 ui_end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC; \
    while (!(cond)) { \
      if (g_get_monotonic_time () > ui_end) g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #cond); \
      if (!g_main_context_iteration (NULL, FALSE)) g_usleep (1000); \
    } } G_STMT_END

/* Let everything that waits for the main loop happen. */
static inline void
ui_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The first controller of @type on a widget, whose signals a test emits: GTK 4 cannot synthesize events. */
static inline gpointer
ui_controller (GtkWidget *widget,
               GType      type)
{
  g_autoptr(GListModel) all = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (all, i);

      if (g_type_is_a (G_OBJECT_TYPE (controller), type))
        return controller;             /* the widget keeps it alive */
    }
  g_error ("no %s on %s", g_type_name (type), G_OBJECT_TYPE_NAME (widget));
}

/* The first descendant of @type, in the order of the tree, or NULL. */
static inline GtkWidget *
ui_find_type (GtkWidget *widget,
              GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
