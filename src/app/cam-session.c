/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's state, and how a change of the document spreads: dataset, problems, whether there can be training. */

#include "cam-session-private.h"

#include <glib/gi18n-lib.h>

#include <cam-doctor.h>

#define DRAFT_DELAY_MS 300

G_DEFINE_FINAL_TYPE (CamSession, cam_session, G_TYPE_OBJECT)

static GParamSpec *properties[CAM_SESSION_N_PROPS];

enum { MESSAGE, FAILED, OPENED, UNFINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

void
cam_session_notify (CamSession     *self,
                    CamSessionProp  prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

void
cam_session_say (CamSession *self,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

void
cam_session_fail (CamSession *self,
                  const char *title,
                  const char *detail)
{
  g_signal_emit (self, signals[FAILED], 0, title, detail);
}

void
cam_session_tell_opened (CamSession *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

void
cam_session_tell_unfinished (CamSession   *self,
                             CamStudyItem *item)
{
  g_signal_emit (self, signals[UNFINISHED], 0, item);
}

static gboolean
replace_text (char       **text,
              const char  *value)
{
  if (g_strcmp0 (*text, value) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (value);
  return TRUE;
}

static const char *
find_train_reason (CamSession *self)
{
  if (self->is_busy)
    return _("A run is under way.");
  if (self->study != NULL && cam_study_item_get_state (self->study) != CAM_STUDY_PAUSED)
    return _("A study is under way. Pause or cancel it on Compare to train a single run.");
  if (self->table == NULL)
    return _("Open a CSV file or a sample first.");
  if (self->preparing != NULL)
    return _("The data are being prepared.");
  if (self->dataset == NULL)
    return self->data_problem != NULL ? self->data_problem : _("The data cannot be used as they are set up.");
  if (self->problems->len > 0)
    return ((CamProblem *) self->problems->pdata[0])->message;
  return NULL;
}

void
cam_session_refresh_state (CamSession *self)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  gboolean could_train = self->train_reason == NULL;

  g_object_freeze_notify (G_OBJECT (self));

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  if (experiment != NULL && self->table != NULL)
    self->problems = cam_experiment_check (experiment, self->dataset);
  if (self->problems == NULL)
    self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_problem_free);
  cam_session_notify (self, CAM_SESSION_PROP_PROBLEMS);

  if (replace_text (&self->train_reason, find_train_reason (self)))
    cam_session_notify (self, CAM_SESSION_PROP_TRAIN_REASON);
  if (could_train != (self->train_reason == NULL))
    cam_session_notify (self, CAM_SESSION_PROP_CAN_TRAIN);

  g_object_thaw_notify (G_OBJECT (self));
}

void
cam_session_take_data (CamSession *self,
                       CamTable   *table,
                       GPtrArray  *notes,
                       char       *subtitle,
                       char       *file,
                       json_t     *dialect)
{
  gboolean had_data = self->table != NULL;

  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->csv_notes, g_ptr_array_unref);
  g_clear_pointer (&self->table_dialect, json_decref);
  g_free (self->subtitle);
  g_free (self->table_file);
  self->table = table;
  self->csv_notes = notes != NULL ? notes : g_ptr_array_new_with_free_func (g_free);
  self->subtitle = subtitle;
  self->table_file = file;
  self->table_dialect = dialect;
  cam_session_notify (self, CAM_SESSION_PROP_TABLE);
  cam_session_notify (self, CAM_SESSION_PROP_DATA_SUBTITLE);
  if (had_data != (table != NULL))
    cam_session_notify (self, CAM_SESSION_PROP_HAS_DATA);
}

gboolean
cam_session_same_json (const json_t *a,
                       const json_t *b)
{
  return a == b || (a != NULL && b != NULL && json_equal (a, b));
}

/* The draft ------------------------------------------------------------------------------------------------------ */

void
cam_session_flush_draft (CamSession *self)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->draft_timer == 0)
    return;
  g_clear_handle_id (&self->draft_timer, g_source_remove);
  if (experiment == NULL || self->store == NULL)
    return;
  text = cam_experiment_to_text (experiment);
  if (!cam_store_set_draft (self->store, text, &error))
    cam_session_fail (self, _("The experiment could not be kept"), error->message);
}

static gboolean
draft_timer_cb (gpointer user_data)
{
  cam_session_flush_draft (user_data);
  return G_SOURCE_REMOVE;
}

void
cam_session_touch_draft (CamSession *self)
{
  if (self->draft_timer == 0)
    self->draft_timer = g_timeout_add (DRAFT_DELAY_MS, draft_timer_cb, self);
}

void
cam_session_experiment_changed (CamSession *self)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  const char *title = experiment != NULL ? cam_experiment_get_name (experiment) : NULL;
  g_autofree char *file_name = NULL;

  if (experiment != NULL && (title == NULL || *title == '\0') && self->table_file != NULL)
    title = file_name = g_path_get_basename (self->table_file);
  if (replace_text (&self->title, title))
    cam_session_notify (self, CAM_SESSION_PROP_TITLE);
  if (experiment == NULL || self->table == NULL)
    {
      cam_session_refresh_state (self);
      return;
    }

  cam_session_show_experiment (self);
  cam_session_touch_draft (self);
  cam_session_check_source (self);
  if (self->dataset_data != NULL && cam_data_is_same (cam_experiment_get_data (experiment), self->dataset_data)
      && cam_session_same_json (cam_experiment_get_split (experiment), self->dataset_split)
      && self->preparing == NULL)
    cam_session_refresh_state (self);
  else
    {
      cam_session_prepare_dataset (self, experiment);
      if (self->preparing != NULL)
        cam_session_refresh_state (self);
    }
}

static void
experiment_changed_cb (CamSession *self)
{
  if (!self->is_adopting)
    cam_session_experiment_changed (self);
}

void
cam_session_drop_data (CamSession *self)
{
  cam_session_forget_preparing (self);
  cam_session_drop_studies (self);
  cam_session_drop_runs (self);
  g_list_store_remove_all (self->experiments);
  cam_session_take_data (self, NULL, NULL, NULL, NULL, NULL);
  cam_session_take_dataset (self, NULL, NULL, NULL, NULL);
  g_clear_pointer (&self->store, cam_store_close);
}

/* The object ------------------------------------------------------------------------------------------------------- */

static void
cam_session_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CamSession *self = CAM_SESSION (object);

  switch ((CamSessionProp) prop_id)
    {
    case CAM_SESSION_PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case CAM_SESSION_PROP_RUNNER:
      g_value_set_object (value, self->runner);
      break;
    case CAM_SESSION_PROP_RUNS:
      g_value_set_object (value, self->runs);
      break;
    case CAM_SESSION_PROP_HAS_DATA:
      g_value_set_boolean (value, self->table != NULL);
      break;
    case CAM_SESSION_PROP_TABLE:
      g_value_set_boxed (value, self->table);
      break;
    case CAM_SESSION_PROP_DATASET:
      g_value_set_pointer (value, self->dataset);
      break;
    case CAM_SESSION_PROP_DATA_PROBLEM:
      g_value_set_string (value, self->data_problem);
      break;
    case CAM_SESSION_PROP_DATA_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case CAM_SESSION_PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case CAM_SESSION_PROP_LOADING:
      g_value_set_boolean (value, self->load != NULL);
      break;
    case CAM_SESSION_PROP_LOAD_PROGRESS:
      g_value_set_double (value, self->load_progress);
      break;
    case CAM_SESSION_PROP_LOAD_TEXT:
      g_value_set_string (value, self->load_text);
      break;
    case CAM_SESSION_PROP_PROBLEMS:
      g_value_set_pointer (value, self->problems);
      break;
    case CAM_SESSION_PROP_CAN_TRAIN:
      g_value_set_boolean (value, self->train_reason == NULL);
      break;
    case CAM_SESSION_PROP_TRAIN_REASON:
      g_value_set_string (value, self->train_reason);
      break;
    case CAM_SESSION_PROP_BUSY:
      g_value_set_boolean (value, self->is_busy);
      break;
    case CAM_SESSION_PROP_STUDIES:
      g_value_set_object (value, self->studies);
      break;
    case CAM_SESSION_PROP_STUDY:
      g_value_set_object (value, self->study);
      break;
    case CAM_SESSION_PROP_0:
    case CAM_SESSION_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_session_dispose (GObject *object)
{
  CamSession *self = CAM_SESSION (object);

  cam_session_forget_loads (self);
  cam_session_forget_preparing (self);
  if (self->runner != NULL)
    {
      cam_session_wait_for_study (self);
      cam_session_wait_for_run (self);
    }
  g_clear_handle_id (&self->refresh_timer, g_source_remove);
  cam_session_flush_draft (self);
  if (self->studies != NULL)
    cam_session_drop_studies (self);
  if (self->runs != NULL)
    cam_session_drop_runs (self);
  g_clear_pointer (&self->store, cam_store_close);

  G_OBJECT_CLASS (cam_session_parent_class)->dispose (object);
}

static void
cam_session_finalize (GObject *object)
{
  CamSession *self = CAM_SESSION (object);

  g_clear_object (&self->document);
  g_clear_object (&self->runner);
  g_clear_object (&self->runs);
  g_clear_object (&self->experiments);
  cam_session_clear_studies (self);
  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->csv_notes, g_ptr_array_unref);
  g_clear_pointer (&self->dialect, cam_csv_dialect_free);
  g_clear_pointer (&self->dataset, cam_dataset_unref);
  g_clear_pointer (&self->dataset_data, json_decref);
  g_clear_pointer (&self->dataset_split, json_decref);
  g_clear_pointer (&self->table_dialect, json_decref);
  g_clear_pointer (&self->table_kinds, json_decref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self->subtitle);
  g_free (self->table_file);
  g_free (self->data_problem);
  g_free (self->train_reason);
  g_free (self->title);
  g_free (self->load_text);

  G_OBJECT_CLASS (cam_session_parent_class)->finalize (object);
}

static void
cam_session_class_init (CamSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_session_dispose;
  object_class->finalize = cam_session_finalize;
  object_class->get_property = cam_session_get_property;

  properties[CAM_SESSION_PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, CAM_TYPE_DOCUMENT, flags);
  properties[CAM_SESSION_PROP_RUNNER] = g_param_spec_object ("runner", NULL, NULL, CAM_TYPE_RUNNER, flags);
  properties[CAM_SESSION_PROP_RUNS] = g_param_spec_object ("runs", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[CAM_SESSION_PROP_HAS_DATA] = g_param_spec_boolean ("has-data", NULL, NULL, FALSE, flags);
  properties[CAM_SESSION_PROP_TABLE] = g_param_spec_boxed ("table", NULL, NULL, CAM_TYPE_TABLE, flags);
  properties[CAM_SESSION_PROP_DATASET] = g_param_spec_pointer ("dataset", NULL, NULL, flags);
  properties[CAM_SESSION_PROP_DATA_PROBLEM] = g_param_spec_string ("data-problem", NULL, NULL, NULL, flags);
  properties[CAM_SESSION_PROP_DATA_SUBTITLE] = g_param_spec_string ("data-subtitle", NULL, NULL, NULL, flags);
  properties[CAM_SESSION_PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[CAM_SESSION_PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[CAM_SESSION_PROP_LOAD_PROGRESS] = g_param_spec_double ("load-progress", NULL, NULL, 0, 1, 0, flags);
  properties[CAM_SESSION_PROP_LOAD_TEXT] = g_param_spec_string ("load-text", NULL, NULL, NULL, flags);
  properties[CAM_SESSION_PROP_PROBLEMS] = g_param_spec_pointer ("problems", NULL, NULL, flags);
  properties[CAM_SESSION_PROP_CAN_TRAIN] = g_param_spec_boolean ("can-train", NULL, NULL, FALSE, flags);
  properties[CAM_SESSION_PROP_TRAIN_REASON] = g_param_spec_string ("train-reason", NULL, NULL, NULL, flags);
  properties[CAM_SESSION_PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[CAM_SESSION_PROP_STUDIES] = g_param_spec_object ("studies", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[CAM_SESSION_PROP_STUDY] = g_param_spec_object ("study", NULL, NULL, CAM_TYPE_STUDY_ITEM, flags);
  g_object_class_install_properties (object_class, CAM_SESSION_N_PROPS, properties);

  signals[MESSAGE] = g_signal_new ("message", CAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", CAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[OPENED] = g_signal_new ("opened", CAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[UNFINISHED] = g_signal_new ("unfinished", CAM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CAM_TYPE_STUDY_ITEM);
}

static void
cam_session_init (CamSession *self)
{
  self->document = cam_document_new ();
  self->runner = cam_runner_new ();
  self->runs = g_list_store_new (CAM_TYPE_RUN_ITEM);
  self->experiments = g_list_store_new (CAM_TYPE_EXPERIMENT_ITEM);
  self->csv_notes = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_object (self->document, "notify::experiment", G_CALLBACK (experiment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  cam_session_connect_runner (self);
  cam_session_init_studies (self);
  cam_session_refresh_state (self);
}

CamSession *
cam_session_new (void)
{
  return g_object_new (CAM_TYPE_SESSION, NULL);
}

CamDocument *
cam_session_get_document (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->document;
}

CamRunner *
cam_session_get_runner (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->runner;
}

CamStore *
cam_session_get_store (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->store;
}

GListModel *
cam_session_get_runs (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->runs);
}

CamTable *
cam_session_get_table (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->table;
}

CamDataset *
cam_session_get_dataset (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->dataset;
}

GPtrArray *
cam_session_get_problems (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->problems;
}

const char *
cam_session_get_train_reason (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->train_reason;
}

const CamCsvDialect *
cam_session_get_dialect (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->dialect;
}

GPtrArray *
cam_session_get_csv_notes (CamSession *self)
{
  g_return_val_if_fail (CAM_IS_SESSION (self), NULL);

  return self->csv_notes;
}

gboolean
cam_session_edit (CamSession   *self,
                  const char   *path,
                  const json_t *value,
                  const char   *name)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (path != NULL && name != NULL, FALSE);

  if (cam_document_set (self->document, path, value, name, &error))
    return TRUE;
  cam_session_say (self, "%s", error->message);
  return FALSE;
}
