/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole window in Brazilian Portuguese: how small it can be made, and that no text is cut that is whole in English. */
#include "session-test.h"

#include <cam-catalogue.h>

#include "../comma-locale.h"
#include "cam-window.h"

#define LEAST_WIDTH  1024
#define LEAST_HEIGHT 700

/* A window's frame where there is no compositor. */
#define FRAME 10

static const char *const samples[] = { "breast-cancer.json", "digits.json", "asteroid-flyby.json", "penguins.json" };
static const char *const pages[] = { "data", "network", "train", "compare", "predict" };

/* Another language for windows that are made from now on. gettext looks at LANGUAGE anew once the locale was set. */
static void
speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "pt_BR.UTF-8"));
  setlocale (LC_NUMERIC, "C");
}

/* Sizes are settled and drawn when the frame clock has ticked. */
static void
wait_for_frames (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  const gint64 last = gdk_frame_clock_get_frame_counter (clock) + 3;

  while (gdk_frame_clock_get_frame_counter (clock) < last)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* Adds the texts that are cut below @widget to @cut, by the place of their label. Places are the same in each language. */
static void
collect_cut (GtkWidget  *widget,
             const char *place,
             GHashTable *cut)
{
  guint i = 0;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    g_hash_table_insert (cut, g_strdup (place), g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *inner = g_strdup_printf ("%s/%u:%s", place, i++, G_OBJECT_TYPE_NAME (child));

      collect_cut (child, inner, cut);
    }
}

static void
check_size (CamWindow *window)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));   /* without frame and shadow */
  int width, height;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, LEAST_WIDTH, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, LEAST_WIDTH);
  g_assert_cmpint (height, <=, LEAST_HEIGHT);
}

/* What is cut on the pages of a window that speaks @language, in which the page for training is called @train, before and after a run. */
static GHashTable *
list_cut (const char *sample,
          const char *train,
          const char *language)
{
  GHashTable *cut = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), sample, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  CamWindow *window;
  CamSession *session;
  AdwViewStack *stack;

  speak (language);
  window = cam_window_new (NULL, NULL);
  session = cam_window_get_session (window);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), LEAST_WIDTH, LEAST_HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  check_size (window);          /* also of pages that have no data yet */
  cam_window_open_file (window, file);
  ui_wait (cam_session_get_dataset (session) != NULL);
  session_test_edit (session, "fit/epochs", json_integer (2));
  stack = ADW_VIEW_STACK (gtk_widget_get_template_child (GTK_WIDGET (window), CAM_TYPE_WINDOW, "pages"));
  g_assert_cmpstr (adw_view_stack_page_get_title (adw_view_stack_get_page (stack, adw_view_stack_get_child_by_name (stack, "train"))), ==, train);

  ui_wait (gtk_widget_get_width (GTK_WIDGET (window)) >= LEAST_WIDTH - FRAME);

  for (guint n_runs = 0; n_runs < 2; n_runs++)
    {
      if (n_runs > 0)
        {
          g_assert_true (cam_session_train (session));
          ui_wait (!session_test_is_busy (session));
        }
      for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
        {
          g_autofree char *place = g_strdup_printf ("%s, %s", pages[i], n_runs > 0 ? "after a run" : "before");

          adw_view_stack_set_visible_child_name (stack, pages[i]);
          ui_settle ();
          wait_for_frames (GTK_WIDGET (window));
          collect_cut (GTK_WIDGET (window), place, cut);
        }
      check_size (window);
    }
  while (g_list_model_get_n_items (cam_session_get_runs (session)) > 0)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (cam_session_get_runs (session), 0);

      g_assert_true (cam_session_delete_run (session, run));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();

  return cut;
}

static void
test_fits (gconstpointer sample)
{
  g_autoptr(GHashTable) english = NULL;
  g_autoptr(GHashTable) portuguese = NULL;
  GHashTableIter iter;
  gpointer place, text;
  guint n_bad = 0;

  if (!comma_locale_enter ())
    return;
  english = list_cut (sample, "Train", "en");
  portuguese = list_cut (sample, "Treinar", "pt_BR");
  g_hash_table_iter_init (&iter, portuguese);
  while (g_hash_table_iter_next (&iter, &place, &text))
    if (!g_hash_table_contains (english, place))
      {
        g_test_message ("cut: “%s” at %s", (char *) text, (char *) place);
        n_bad++;
      }
  g_assert_cmpuint (n_bad, ==, 0);
}

/* What AdwApplication does in the program: sizes are those of our own style. */
static void
use_style (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/camadas/Camadas/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int    argc,
      char **argv)
{
  int status;

  session_test_init (&argc, &argv);
  /* GNOME's font on Debian 12; others are narrower. */
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", "gtk-decoration-layout", "icon:minimize,maximize,close", NULL);
  use_style ();
  cam_catalogue_open ();
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/app/translation/fits/", samples[i], NULL);

      g_test_add_data_func (path, samples[i], test_fits);
    }
  status = g_test_run ();
  comma_locale_leave ();
  session_test_clear ();

  return status;
}
