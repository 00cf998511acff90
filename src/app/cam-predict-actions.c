/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Predict page and files: a model that comes in, predictions that go out, and the choosers before them. */

#include "cam-predict-page-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-window.h"

/* A model from a file ----------------------------------------------------------------------------------------------- */

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  CamModel *model = cam_model_load (task_data, &error);

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) cam_model_free);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamModelChoice) choice = NULL;
  CamModel *model = g_task_propagate_pointer (G_TASK (result), &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (model == NULL)
    {
      if (CAM_IS_WINDOW (root))
        cam_window_show_failure (CAM_WINDOW (root), _("The model could not be opened"), error->message);
      return;
    }
  choice = cam_model_choice_new_for_file (g_task_get_task_data (G_TASK (result)), model);
  cam_predict_page_take_choice (self, choice);
}

void
cam_predict_page_open_model (CamPredictPage *self,
                             const char     *path)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (CAM_IS_PREDICT_PAGE (self) && path != NULL);

  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

/* Rows -------------------------------------------------------------------------------------------------------------- */

void
cam_predict_page_open_csv (CamPredictPage *self,
                           const char     *path)
{
  g_return_if_fail (CAM_IS_PREDICT_PAGE (self) && path != NULL);

  cam_predict_page_ask (self, CAM_ROWS_FILE, path, NULL);
}

static void
test_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  cam_predict_page_ask (CAM_PREDICT_PAGE (widget), CAM_ROWS_TEST, NULL, NULL);
}

static void
all_cb (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  cam_predict_page_ask (CAM_PREDICT_PAGE (widget), CAM_ROWS_ALL, NULL, NULL);
}

static void
show_finding_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (widget);

  if (cam_predict_page_get_prediction (self) != NULL)
    cam_prediction_table_show_finding (self->table, g_variant_get_uint32 (parameter));
}

/* The file once more, with the names that are proposed and those that were taken before. */
static void
rename_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (widget);
  CamPrediction *prediction = cam_predict_page_get_prediction (self);
  GPtrArray *renames;

  if (prediction == NULL || prediction->kind != CAM_ROWS_FILE || prediction->check == NULL)
    return;
  renames = cam_table_renames_copy (prediction->check->renames);
  if (prediction->renames != NULL)
    g_ptr_array_extend_and_steal (renames, cam_table_renames_copy (prediction->renames));
  cam_predict_page_ask (self, CAM_ROWS_FILE, prediction->path, renames);
}

/* A table that is dropped here is for the model, and so is a picture for one that takes pictures. Other files open as anywhere in the window. */
gboolean
cam_predict_page_drop (CamPredictPage *self,
                       const GValue   *value)
{
  static const char *const others[] = { ".keras", ".h5", ".hdf5", ".camadas", ".json" };
  GFile *file = g_value_get_object (value);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *type = path != NULL ? g_content_type_guess (path, NULL, 0, NULL) : NULL;
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  gboolean is_other = path == NULL || self->choice == NULL;

  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others) && !is_other; i++)
    is_other = g_str_has_suffix (lower, others[i]);
  if (is_other && CAM_IS_WINDOW (root))
    cam_window_open_file (CAM_WINDOW (root), file);
  else if (!is_other && g_str_has_prefix (type, "image/") && cam_one_row_takes_picture (self->one_row))
    cam_one_row_open_picture (self->one_row, path);
  else if (!is_other)
    cam_predict_page_open_csv (self, path);
  return TRUE;
}

/* Saving ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  CamPrediction *prediction;
  char          *path;
  gsize         *rows;          /* NULL: all, and what is to come */
  gsize          n_rows;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  cam_prediction_unref (save->prediction);
  g_free (save->path);
  g_free (save->rows);
  g_free (save);
}

static gboolean
save_rows (const Save  *save,
           GError     **error)
{
  g_autoptr(GString) text = NULL;

  if (save->rows == NULL)
    return cam_predictions_save (save->prediction->answers, save->prediction->table, save->path, error);
  text = cam_predictions_to_csv (save->prediction->answers, save->prediction->table, save->rows, save->n_rows);
  return g_file_set_contents_full (save->path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;

  if (save_rows (save, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (source));
  Save *save = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_filename_display_basename (save->path);
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);
  g_autoptr(GError) error = NULL;
  gboolean is_saved = g_task_propagate_boolean (G_TASK (result), &error);

  if (!CAM_IS_WINDOW (root))
    return;
  if (is_saved)
    cam_window_toast (CAM_WINDOW (root), text);
  else
    cam_window_show_failure (CAM_WINDOW (root), _("The predictions could not be saved"), error->message);
}

static void
save_to (CamPredictPage *self,
         const char     *path,
         const gsize    *rows,
         gsize           n_rows)
{
  g_autoptr(GTask) task = NULL;
  CamPrediction *prediction;
  Save *save;

  prediction = cam_predict_page_get_prediction (self);
  g_return_if_fail (prediction != NULL && prediction->answers != NULL);

  save = g_new0 (Save, 1);
  save->prediction = cam_prediction_ref (prediction);
  save->path = g_strdup (path);
  save->rows = rows != NULL ? g_memdup2 (rows, (n_rows + 1) * sizeof (gsize)) : NULL;
  save->n_rows = n_rows;
  task = g_task_new (self, NULL, saved_cb, NULL);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

void
cam_predict_page_save (CamPredictPage *self,
                       const char     *path)
{
  g_return_if_fail (CAM_IS_PREDICT_PAGE (self) && path != NULL);

  save_to (self, path, NULL, 0);
}

void
cam_predict_page_save_shown (CamPredictPage *self,
                             const char     *path)
{
  const gsize *rows;
  gsize n;

  g_return_if_fail (CAM_IS_PREDICT_PAGE (self) && path != NULL);

  rows = cam_prediction_table_get_rows (self->table, &n);
  save_to (self, path, rows, n);
}

/* Actions ----------------------------------------------------------------------------------------------------------- */

typedef void (*Chosen) (CamPredictPage *self, const char *path);

static void
chooser_response_cb (CamPredictPage  *self,
                     int              response,
                     GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = NULL;
  g_autofree char *path = NULL;
  Chosen chosen = (Chosen) g_object_get_data (G_OBJECT (chooser), "chosen");

  if (response == GTK_RESPONSE_ACCEPT && (file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))) != NULL
      && (path = g_file_get_path (file)) != NULL)
    chosen (self, path);
}

static void
choose_file (CamPredictPage       *self,
             const char           *title,
             GtkFileChooserAction  action,
             const char           *filter_name,
             const char *const    *endings,
             const char           *proposal,
             Chosen                chosen)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, NULL, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (filter, filter_name);
  for (guint i = 0; endings[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, endings[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  if (proposal != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), proposal);
  g_object_set_data (G_OBJECT (chooser), "chosen", (gpointer) chosen);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
open_csv_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  choose_file (CAM_PREDICT_PAGE (widget), _("Open CSV to Predict"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Tables (CSV, TSV, text)"),
               (const char *const[]) { "csv", "tsv", "txt", "data", NULL }, NULL, cam_predict_page_open_csv);
}

static void
open_model_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  choose_file (CAM_PREDICT_PAGE (widget), _("Open Model"), GTK_FILE_CHOOSER_ACTION_OPEN, _("Keras models"),
               (const char *const[]) { "keras", "h5", "hdf5", NULL }, NULL, cam_predict_page_open_model);
}

static void
choose_target (CamPredictPage *self,
               const char     *title,
               Chosen          chosen)
{
  g_autofree char *name = g_strdup (cam_predict_page_get_prediction (self)->name);
  char *dot = strrchr (name, '.');
  g_autofree char *proposal = NULL;

  if (dot != NULL && dot != name)
    *dot = '\0';
  /* translators: proposed file name; %s is that of the table */
  proposal = g_strdup_printf (_("%s predicted.csv"), name);
  choose_file (self, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("Tables (CSV)"), (const char *const[]) { "csv", NULL }, proposal, chosen);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  choose_target (CAM_PREDICT_PAGE (widget), _("Save Predictions"), cam_predict_page_save);
}

static void
save_shown_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  choose_target (CAM_PREDICT_PAGE (widget), _("Save the Rows Shown"), cam_predict_page_save_shown);
}

void
cam_predict_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "predict.open-csv", NULL, open_csv_cb);
  gtk_widget_class_install_action (widget_class, "predict.open-model", NULL, open_model_cb);
  gtk_widget_class_install_action (widget_class, "predict.test", NULL, test_cb);
  gtk_widget_class_install_action (widget_class, "predict.all", NULL, all_cb);
  gtk_widget_class_install_action (widget_class, "predict.rename", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "predict.show-finding", "u", show_finding_cb);
  gtk_widget_class_install_action (widget_class, "predict.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "predict.save-shown", NULL, save_shown_cb);
}
