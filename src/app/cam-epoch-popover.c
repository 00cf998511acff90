/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A popover on an epoch. */
#include "cam-epoch-popover.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-chart-readout.h"
#include "cam-window.h"

/* What a button saves. */
typedef struct
{
  CamSession *session;
  CamRunItem *run;
  const char *which;
} Saving;

static void
saving_free (gpointer  data,
             GClosure *closure)
{
  Saving *saving = data;

  g_object_unref (saving->session);
  g_object_unref (saving->run);
  g_free (saving);
}

gboolean
cam_epoch_popover_save (CamSession  *session,
                        CamRunItem  *run,
                        const char  *which,
                        const char  *path,
                        GError     **error)
{
  g_autoptr(CamModel) model = cam_session_load_weights (session, run, which, error);

  return model != NULL && cam_model_save (model, path, error);
}

static void
response_cb (GtkFileChooserNative *chooser,
             int                   response,
             Saving               *saving)
{
  GtkWindow *window = gtk_native_dialog_get_transient_for (GTK_NATIVE_DIALOG (chooser));
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr(GError) error = NULL;

  if (path != NULL && CAM_IS_WINDOW (window))
    {
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *text = g_strdup_printf (_("Saved “%s”"), name);

      if (cam_epoch_popover_save (saving->session, saving->run, saving->which, path, &error))
        cam_window_toast (CAM_WINDOW (window), text);
      else
        cam_window_show_failure (CAM_WINDOW (window), _("The model could not be saved"), error->message);
    }
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
  g_object_unref (chooser);
}

static void
save_cb (GtkButton *button,
         Saving    *saving)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Model"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  Saving *copy = g_memdup2 (saving, sizeof *saving);
  g_autofree char *name = g_strconcat (cam_run_item_get_name (saving->run), " ", saving->which, ".keras", NULL);

  g_object_ref (copy->session);
  g_object_ref (copy->run);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), copy, saving_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
append_label (GtkWidget  *box,
              const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

/* Returns whether these weights are kept, and their epoch. */
static gboolean
append_button (GtkWidget  *box,
               CamSession *session,
               CamRunItem *run,
               const char *which,
               guint      *epoch)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  GtkWidget *button;
  Saving *saving;
  g_autofree char *text = NULL;

  if (!cam_store_has_weights (cam_session_get_store (session), record->id, which, epoch))
    return FALSE;
  /* translators: a button: the weights of which epoch */
  text = g_str_equal (which, "best") ? g_strdup_printf (_("Save the Best, of Epoch %u…"), *epoch) : g_strdup_printf (_("Save the Last, of Epoch %u…"), *epoch);
  button = gtk_button_new_with_label (text);
  saving = g_new0 (Saving, 1);
  saving->session = g_object_ref (session);
  saving->run = g_object_ref (run);
  saving->which = which;
  g_signal_connect_data (button, "clicked", G_CALLBACK (save_cb), saving, saving_free, 0);
  gtk_box_append (GTK_BOX (box), button);
  return TRUE;
}

static void
fill (GtkWidget  *box,
      CamSession *session,
      CamRunItem *run,
      gboolean    is_under_way,
      guint       epoch)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  guint best = 0, last = 0;
  gboolean has_best, has_last;
  g_autofree char *text = NULL;

  if (is_under_way)
    {
      append_label (box, _("Pause or stop the run to take its weights."), "cam-secondary");
      g_object_ref_sink (buttons);
      g_object_unref (buttons);
      return;
    }
  has_best = append_button (buttons, session, run, "best", &best);
  has_last = append_button (buttons, session, run, "last", &last);
  if (!has_best && !has_last)
    text = g_strdup (_("The workspace has no weights of this run."));
  else if ((has_best && best == epoch) || (has_last && last == epoch))
    text = g_strdup_printf (_("The weights of epoch %u are kept."), epoch);
  else
    text = g_strdup_printf (_("The weights of epoch %u were not kept; only those of the best and the last epoch are."), epoch);
  append_label (box, text, "cam-secondary");
  gtk_box_append (GTK_BOX (box), buttons);
}

static void
destroyed_cb (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

/* One for each card, as long as the card lives: GTK does not take it well when a popover goes away under the pointer. */
static GtkWidget *
get_popover (CamChartCard *card)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (card), "cam-epoch-popover");

  if (popover != NULL)
    return popover;
  popover = gtk_popover_new ();
  gtk_widget_set_parent (popover, GTK_WIDGET (card));
  g_object_set_data (G_OBJECT (card), "cam-epoch-popover", popover);
  g_signal_connect_object (card, "unmap", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "destroy", G_CALLBACK (destroyed_cb), popover, G_CONNECT_SWAPPED);
  return popover;
}

GtkWidget *
cam_epoch_popover_present (CamSession   *session,
                           CamRunItem   *run,
                           gboolean      is_under_way,
                           CamChartCard *card,
                           double        epoch)
{
  CamChartView *view;
  CamChart *chart;
  const CamChartLayout *layout;
  GtkWidget *popover, *box;
  g_autofree char *values = NULL;
  double x, y;

  g_return_val_if_fail (CAM_IS_SESSION (session) && CAM_IS_RUN_ITEM (run) && CAM_IS_CHART_CARD (card), NULL);

  view = cam_chart_card_get_view (card);
  chart = cam_chart_view_get_chart (view);
  layout = cam_chart_view_get_layout (view);
  if (chart == NULL || layout == NULL || !(epoch >= 1))
    return NULL;
  popover = get_popover (card);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  values = cam_chart_readout_dup_text (chart, epoch);
  append_label (box, values, "cam-card-title");
  fill (box, session, run, is_under_way, (guint) epoch);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, values, -1);
  if (gtk_widget_translate_coordinates (GTK_WIDGET (view), GTK_WIDGET (card), cam_chart_layout_to_px (layout, epoch), (layout->top + layout->bottom) / 2, &x, &y))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (popover));
  return popover;
}
