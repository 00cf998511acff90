/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An epoch chosen on the loss chart: the weights that are kept are offered, and no others. */
#include <cam-epoch-popover.h>

#include "session-test.h"

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *prefix)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL && g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), prefix))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, prefix);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_kept (void)
{
  CamSession *session = session_test_open ("iris.json");
  CamChartCard *card = CAM_CHART_CARD (cam_chart_card_new ());
  GtkWidget *window, *popover;
  g_autoptr(CamChart) chart = NULL;
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "epoch.keras", NULL);
  CamRunItem *run;
  const double *losses;
  GError *error = NULL;
  guint n = 0;

  session_test_edit (session, "fit/epochs", json_integer (12));
  session_test_edit (session, "callbacks", json_array ());
  g_assert_true (cam_session_train (session));
  ui_wait (!session_test_is_busy (session));
  run = cam_session_get_current_run (session);
  losses = cam_run_item_peek_history (run, "loss", &n);
  g_assert_cmpuint (n, ==, 12);
  chart = cam_chart_new_history ("Loss", "loss", losses, NULL, n, n, 0, FALSE, 0, 0);
  cam_chart_card_set_chart (card, chart);
  window = session_test_show (GTK_WIDGET (card), 600, 400);
  ui_wait (cam_chart_view_get_layout (cam_chart_card_get_view (card)) != NULL);

  popover = cam_epoch_popover_present (session, run, FALSE, card, 5);
  g_assert_nonnull (find_button (popover, "Save the Best, of Epoch "));
  g_assert_nonnull (find_button (popover, "Save the Last, of Epoch 12"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_wait (!gtk_widget_get_visible (popover));

  popover = cam_epoch_popover_present (session, run, TRUE, card, 5);     /* under way: nothing to take */
  g_assert_null (find_button (popover, "Save"));

  g_assert_true (cam_epoch_popover_save (session, run, "last", path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_remove (path);
  g_assert_false (cam_epoch_popover_save (session, run, "first", path, &error));
  g_assert_error (error, CAM_STORE_ERROR, CAM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  g_assert_true (cam_charts_init (NULL));
  g_test_add_func ("/app/epoch-popover/kept", test_kept);
  status = g_test_run ();
  session_test_clear ();
  return status;
}
