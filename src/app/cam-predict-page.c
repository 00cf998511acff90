/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Predict page. It asks the model on a worker thread, and only while the page is seen; an answer that comes late is not taken. */

#include "cam-predict-page-private.h"

#include <glib/gi18n-lib.h>

#include "cam-model-words.h"
#include "cam-predict-words.h"

#define SHOW_PROGRESS_MS 200
#define TICK_MS 80
#define ROWS_WIDTH 720
#define MODEL_WIDTH 600

G_DEFINE_FINAL_TYPE (CamPredictPage, cam_predict_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_PREDICTION, PROP_CHOICE, PROP_BUSY, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { MODEL_OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is shown ----------------------------------------------------------------------------------------------------- */

void
cam_predict_page_update_actions (CamPredictPage *self)
{
  gboolean has_table = self->session != NULL && cam_session_get_table (self->session) != NULL;
  gboolean can_save = self->prediction != NULL && self->prediction->answers != NULL && self->cancellable == NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "predict.test", has_table && self->choice != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "predict.all", has_table && self->choice != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "predict.open-csv", self->choice != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "predict.save", can_save);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "predict.save-shown", can_save);
  gtk_widget_set_sensitive (self->save_button, can_save);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "predict.cancel", self->cancellable != NULL);
}

/* A model by itself leaves room for what is asked by hand, also in a small window. */
static void
show_rows (CamPredictPage *self,
           gboolean        are_rows)
{
  gtk_widget_set_visible (GTK_WIDGET (self->banner), are_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->table), are_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->model_card), !are_rows);
  gtk_widget_set_size_request (self->content, are_rows ? ROWS_WIDTH : MODEL_WIDTH, -1);
}

static void
show_prediction (CamPredictPage *self)
{
  CamPrediction *prediction = self->prediction;
  g_autofree char *title = cam_predict_words_dup_title (prediction);
  g_autofree char *weights = cam_model_choice_dup_weights (prediction->choice);
  g_autofree char *subtitle = NULL;

  /* translators: a model's name, then “weights of epoch 38” */
  subtitle = weights != NULL ? g_strdup_printf (_("with %s, %s"), cam_model_choice_get_name (prediction->choice), weights)
                             : g_strdup_printf (_("with %s"), cam_model_choice_get_name (prediction->choice));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  show_rows (self, TRUE);
  cam_predict_banner_show (self->banner, prediction);
  cam_prediction_table_set_prediction (self->table, prediction);
  cam_one_row_set_model (self->one_row, prediction->choice, prediction->features);
  adw_split_button_set_label (self->open_button, prediction->kind == CAM_ROWS_FILE ? _("Open another…") : _("Open CSV…"));
}

/* No rows are asked about: what the model is, and what it wants. */
static void
show_model (CamPredictPage *self)
{
  const CamModel *model = cam_model_choice_get_model (self->choice);
  g_autofree char *task = cam_model_words_task (model);

  g_clear_pointer (&self->prediction, cam_prediction_unref);
  cam_prediction_table_set_prediction (self->table, NULL);
  gtk_label_set_label (self->title, cam_model_choice_get_name (self->choice));
  gtk_label_set_label (self->subtitle, task);
  cam_model_card_set_model (self->model_card, model);
  show_rows (self, FALSE);
  adw_split_button_set_label (self->open_button, _("Open CSV…"));
  cam_predict_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
}

static void
fail (CamPredictPage *self,
      const char     *claim,
      const char     *detail)
{
  show_rows (self, TRUE);
  cam_predict_banner_show_words (self->banner, CAM_PREDICT_ERROR, claim, detail);
}

/* Asking ------------------------------------------------------------------------------------------------------------ */

static gboolean
tick_cb (gpointer user_data)
{
  CamPredictPage *self = user_data;
  g_autofree char *text = NULL;
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *line = NULL;
  double share = cam_prediction_job_get_progress (self->job, &text);

  if (g_get_monotonic_time () - self->started_at < SHOW_PROGRESS_MS * 1000)
    return G_SOURCE_CONTINUE;
  gtk_widget_set_visible (GTK_WIDGET (self->banner), FALSE);
  gtk_widget_set_visible (self->busy_box, TRUE);
  line = g_strdup_printf ("%s · %s", name, text);
  gtk_label_set_label (self->busy_label, line);
  gtk_progress_bar_set_fraction (self->busy_bar, share);
  return G_SOURCE_CONTINUE;
}

static void
end_job (CamPredictPage *self)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_pointer (&self->job, cam_prediction_job_free);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->busy_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), self->prediction != NULL);
  cam_predict_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
cam_predict_page_drop_job (CamPredictPage *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  end_job (self);
}

typedef struct
{
  GWeakRef      page;
  GCancellable *cancellable;
} Reply;

static void
predicted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Reply *reply = user_data;
  g_autoptr(CamPredictPage) self = g_weak_ref_get (&reply->page);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamPrediction) prediction = cam_prediction_job_finish (result, &error);
  gboolean is_wanted = self != NULL && self->cancellable == reply->cancellable;

  g_weak_ref_clear (&reply->page);
  g_object_unref (reply->cancellable);
  g_free (reply);
  if (!is_wanted)
    return;
  end_job (self);
  if (prediction == NULL)
    {
      g_autofree char *name = g_filename_display_basename (self->path);
      g_autofree char *claim = g_strdup_printf (_("%s could not be used."), name);

      fail (self, claim, error->message);
      return;
    }
  /* The table that is open need not have to do with a model that was brought along. */
  if (prediction->problem != NULL && !self->is_asked && cam_model_choice_get_run (self->choice) == NULL)
    {
      show_model (self);
      return;
    }
  g_clear_pointer (&self->prediction, cam_prediction_unref);
  self->prediction = g_steal_pointer (&prediction);
  show_prediction (self);
  cam_predict_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREDICTION]);
}

void
cam_predict_page_start (CamPredictPage *self)
{
  CamTable *table = cam_session_get_table (self->session);
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  g_autoptr(GError) error = NULL;
  Reply *reply;

  cam_predict_page_drop_job (self);
  self->is_dirty = TRUE;
  if (self->kind != CAM_ROWS_FILE)
    {
      g_free (self->path);
      self->path = g_strdup (experiment != NULL && cam_experiment_get_file (experiment) != NULL ? cam_experiment_get_file (experiment) : _("the table"));
    }
  if (self->choice == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_dirty = FALSE;
  if (!cam_model_choice_load (self->choice, self->session, &error))
    {
      fail (self, _("The model cannot be used."), error->message);
      return;
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOICE]);
  cam_one_row_set_model (self->one_row, self->choice, NULL);
  if (self->kind != CAM_ROWS_FILE && table == NULL)
    {
      show_model (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->started_at = g_get_monotonic_time ();
  reply = g_new0 (Reply, 1);
  g_weak_ref_init (&reply->page, self);
  reply->cancellable = g_object_ref (self->cancellable);
  self->job = cam_prediction_job_start (self->choice, self->kind, table, self->path, self->renames, self->cancellable, predicted_cb, reply);
  self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
  cam_predict_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
cam_predict_page_ask (CamPredictPage *self,
                      CamRowsKind     kind,
                      const char     *path,
                      GPtrArray      *renames)
{
  g_autofree char *copy = g_strdup (path);

  g_clear_pointer (&self->renames, g_ptr_array_unref);
  self->renames = renames;
  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  self->kind = kind;
  self->is_asked = TRUE;
  cam_predict_page_start (self);
}

/* The session ------------------------------------------------------------------------------------------------------ */

static void
table_changed_cb (CamPredictPage *self)
{
  cam_predict_page_update_actions (self);
  if (self->kind != CAM_ROWS_FILE)
    cam_predict_page_start (self);
}

static void
busy_changed_cb (CamPredictPage *self)
{
  gboolean is_busy;

  g_object_get (self->session, "busy", &is_busy, NULL);
  if (!is_busy)
    cam_predict_page_list_models (self);
}

/* Actions of its own ------------------------------------------------------------------------------------------------ */

/* What was shown before stays, and is what counts again. */
static void
cancel_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (widget);

  cam_predict_page_drop_job (self);
  if (self->prediction == NULL)
    {
      cam_predict_banner_show_words (self->banner, CAM_PREDICT_WARNING, _("Cancelled."), NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->banner), TRUE);
      return;
    }
  if (self->prediction->kind != CAM_ROWS_FILE)
    self->kind = self->prediction->kind;
}

/* The object -------------------------------------------------------------------------------------------------------- */

static void
about_shown_cb (CamPredictPage *self)
{
  cam_model_card_set_model (self->about_card, self->choice != NULL ? cam_model_choice_get_model (self->choice) : NULL);
}

static void
folded_cb (CamPredictPage *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap));
}

/* A row that is looked at is where one by hand begins. */
static void
row_chosen_cb (CamPredictPage *self,
               guint           row)
{
  if (self->prediction != NULL && self->prediction->answers != NULL)
    cam_one_row_set_row (self->one_row, self->prediction->table, row);
}

static void
cam_predict_page_map (GtkWidget *widget)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (widget);

  GTK_WIDGET_CLASS (cam_predict_page_parent_class)->map (widget);
  if (self->session != NULL && self->is_dirty)
    cam_predict_page_start (self);
}

static void
set_session (CamPredictPage *self,
             CamSession     *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (cam_session_get_runs (session), "items-changed", G_CALLBACK (cam_predict_page_list_models), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::table", G_CALLBACK (table_changed_cb), self, G_CONNECT_SWAPPED);
  cam_predict_page_list_models (self);
  cam_predict_page_update_actions (self);
}

static void
cam_predict_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_PREDICTION:
      g_value_set_pointer (value, self->prediction);
      break;
    case PROP_CHOICE:
      g_value_set_object (value, self->choice);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_predict_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (CAM_PREDICT_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_predict_page_dispose (GObject *object)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->job, cam_prediction_job_free);
  G_OBJECT_CLASS (cam_predict_page_parent_class)->dispose (object);
}

static void
cam_predict_page_finalize (GObject *object)
{
  CamPredictPage *self = CAM_PREDICT_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->choices);
  g_clear_object (&self->choice);
  g_clear_pointer (&self->prediction, cam_prediction_unref);
  g_clear_pointer (&self->renames, g_ptr_array_unref);
  g_free (self->path);
  G_OBJECT_CLASS (cam_predict_page_parent_class)->finalize (object);
}

static void
cam_predict_page_class_init (CamPredictPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_predict_page_dispose;
  object_class->finalize = cam_predict_page_finalize;
  object_class->get_property = cam_predict_page_get_property;
  object_class->set_property = cam_predict_page_set_property;
  widget_class->map = cam_predict_page_map;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PREDICTION] = g_param_spec_pointer ("prediction", NULL, NULL, flags);
  properties[PROP_CHOICE] = g_param_spec_object ("choice", NULL, NULL, CAM_TYPE_MODEL_CHOICE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[MODEL_OPENED] = g_signal_new ("model-opened", CAM_TYPE_PREDICT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  cam_predict_install_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "predict.cancel", NULL, cancel_cb);

  g_type_ensure (CAM_TYPE_MODEL_CARD);
  g_type_ensure (CAM_TYPE_MODEL_CHOICE);
  g_type_ensure (CAM_TYPE_ONE_ROW);
  g_type_ensure (CAM_TYPE_PREDICT_BANNER);
  g_type_ensure (CAM_TYPE_PREDICTION_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-predict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, flap);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, title);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, model_choice);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, content);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, banner);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, model_card);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, about_card);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, busy_box);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, busy_label);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, busy_bar);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, table);
  gtk_widget_class_bind_template_child (widget_class, CamPredictPage, one_row);
  gtk_widget_class_bind_template_callback (widget_class, about_shown_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "drop_cb", G_CALLBACK (cam_predict_page_drop));
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "chosen_cb", G_CALLBACK (cam_predict_page_model_chosen));
  gtk_widget_class_bind_template_callback (widget_class, row_chosen_cb);
}

static void
cam_predict_page_init (CamPredictPage *self)
{
  self->choices = g_list_store_new (CAM_TYPE_MODEL_CHOICE);
  self->kind = CAM_ROWS_TEST;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->model_choice, G_LIST_MODEL (self->choices));
  self->is_setting = FALSE;
  cam_predict_page_update_actions (self);
}

CamPrediction *
cam_predict_page_get_prediction (CamPredictPage *self)
{
  g_return_val_if_fail (CAM_IS_PREDICT_PAGE (self), NULL);

  return self->prediction;
}
