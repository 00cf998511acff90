/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as the lists show it. The record is read again when the session says that something happened; the history is
 * read when somebody asks for it, and forgotten with the next refresh. */

#include "cam-run-item.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-words.h"

struct _CamRunItem
{
  GObject       parent_instance;

  /* owned */
  CamRunRecord *record;
  char         *experiment, *report, *words, *summary;    /* made when first asked for */
  double       *at_values;      /* of every key after @at_epoch; NULL: none */
  guint         at_epoch;       /* 0: not read */
  GPtrArray    *settings;       /* of CamRunSetting; NULL: not read */
  double      **columns;        /* the history by key; NULL: not read */
  double       *seconds;        /* NULL: not read */
  guint         n_seconds;
  CamRunEvent  *events;         /* NULL: not read */
  guint         n_events;
  guint         n_columns;
  guint         n_rows;

  /* borrowed */
  CamStore     *store;       /* borrowed; NULL: it is closed */

  guint         colour;
  int           line_colour;    /* of its group; −1: its own */
  CamLinePattern line_pattern;
  gboolean      is_shown;
};

G_DEFINE_FINAL_TYPE (CamRunItem, cam_run_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_STATE_TEXT,
  PROP_SUMMARY,
  PROP_N_EPOCHS,
  PROP_BEST_EPOCH,
  PROP_BEST_VALUE,
  PROP_SECONDS,
  PROP_STARTED_TEXT,
  PROP_SEED,
  PROP_SHOWN,
  PROP_COLOUR,
  PROP_HAS_HISTORY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static const char *
state_text (CamRunState state)
{
  switch (state)
    {
    case CAM_RUN_RUNNING:
      return _("running");
    case CAM_RUN_FINISHED:
      return _("finished");
    case CAM_RUN_EARLY:
      return _("stopped early");
    case CAM_RUN_STOPPED:
      return _("stopped");
    case CAM_RUN_DIVERGED:
      return _("diverged");
    case CAM_RUN_FAILED:
      return _("failed");
    case CAM_RUN_INTERRUPTED:
      return _("cut short");
    default:
      return "";
    }
}

static void
forget_history (CamRunItem *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_free (self->columns[i]);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->seconds, g_free);
  g_clear_pointer (&self->events, g_free);
  self->n_seconds = 0;
  self->n_events = 0;
  self->n_columns = 0;
  self->n_rows = 0;
}

/* What may be another after a refresh. */
static void
forget_texts (CamRunItem *self)
{
  g_clear_pointer (&self->report, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->at_values, g_free);
  self->at_epoch = 0;
}

/* From rows of epochs to one column for each key. */
static void
read_history (CamRunItem *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree double *rows = NULL;
  guint n_rows = 0, n_keys = 0;

  if (self->store != NULL)
    rows = cam_store_dup_history (self->store, self->record->id, &n_rows, &n_keys, &error);
  if (rows == NULL)
    {
      if (error != NULL)
        g_info ("%s: %s", self->record->name, error->message);
      n_rows = 0;
      n_keys = 0;
    }
  self->n_rows = n_rows;
  self->n_columns = n_keys;
  self->columns = g_new0 (double *, n_keys + 1);
  for (guint key = 0; key < n_keys; key++)
    {
      self->columns[key] = g_new (double, MAX (n_rows, 1));
      for (guint row = 0; row < n_rows; row++)
        self->columns[key][row] = rows[(gsize) row * n_keys + key];
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_HISTORY]);
}

static const char *
get_summary (CamRunItem *self)
{
  g_autoptr(CamExperiment) experiment = NULL;

  if (self->summary == NULL)
    {
      const char *text = cam_run_item_peek_experiment (self);

      if (text != NULL)
        experiment = cam_experiment_new_from_text (text, NULL);
      self->summary = experiment != NULL ? cam_experiment_describe (experiment) : g_strdup ("");
    }
  return self->summary;
}

static void
cam_run_item_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CamRunItem *self = CAM_RUN_ITEM (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->record->name);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->record->state);
      break;
    case PROP_STATE_TEXT:
      g_value_set_static_string (value, state_text (self->record->state));
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, get_summary (self));
      break;
    case PROP_N_EPOCHS:
      g_value_set_uint (value, self->record->n_epochs);
      break;
    case PROP_BEST_EPOCH:
      g_value_set_uint (value, self->record->best_epoch);
      break;
    case PROP_BEST_VALUE:
      g_value_set_double (value, self->record->best_value);
      break;
    case PROP_SECONDS:
      g_value_set_double (value, self->record->seconds);
      break;
    case PROP_STARTED_TEXT:
      g_value_take_string (value, cam_words_when (self->record->started_at / G_USEC_PER_SEC));
      break;
    case PROP_SEED:
      g_value_set_uint64 (value, self->record->seed);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, self->is_shown);
      break;
    case PROP_COLOUR:
      g_value_set_uint (value, cam_run_item_get_colour (self));
      break;
    case PROP_HAS_HISTORY:
      g_value_set_boolean (value, self->columns != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_run_item_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOWN:
      cam_run_item_set_shown (CAM_RUN_ITEM (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_run_item_finalize (GObject *object)
{
  CamRunItem *self = CAM_RUN_ITEM (object);

  forget_history (self);
  g_clear_pointer (&self->record, cam_run_record_free);
  g_clear_pointer (&self->settings, g_ptr_array_unref);
  forget_texts (self);
  g_free (self->experiment);
  g_free (self->summary);
  G_OBJECT_CLASS (cam_run_item_parent_class)->finalize (object);
}

static void
cam_run_item_class_init (CamRunItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = cam_run_item_finalize;
  object_class->get_property = cam_run_item_get_property;
  object_class->set_property = cam_run_item_set_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, CAM_RUN_INTERRUPTED, 0, flags);
  properties[PROP_STATE_TEXT] = g_param_spec_string ("state-text", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_N_EPOCHS] = g_param_spec_uint ("n-epochs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BEST_EPOCH] = g_param_spec_uint ("best-epoch", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BEST_VALUE] = g_param_spec_double ("best-value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_SECONDS] = g_param_spec_double ("seconds", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_STARTED_TEXT] = g_param_spec_string ("started-text", NULL, NULL, NULL, flags);
  properties[PROP_SEED] = g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOUR] = g_param_spec_uint ("colour", NULL, NULL, 0, 9, 0, flags);
  properties[PROP_HAS_HISTORY] = g_param_spec_boolean ("has-history", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cam_run_item_init (CamRunItem *self)
{
}

/* The document of a run never changes. */
static void
take_record (CamRunItem   *self,
             CamRunRecord *record)
{
  self->record = record;
  if (self->experiment == NULL)
    self->experiment = g_steal_pointer (&record->experiment);
  else
    g_clear_pointer (&record->experiment, g_free);
  self->report = g_steal_pointer (&record->report);
}

CamRunItem *
cam_run_item_new (CamStore     *store,
                  CamRunRecord *record,
                  guint         colour)
{
  CamRunItem *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (CAM_TYPE_RUN_ITEM, NULL);
  self->store = store;
  take_record (self, record);
  self->colour = colour % 10;
  self->line_colour = -1;
  return self;
}

void
cam_run_item_refresh (CamRunItem *self)
{
  g_autoptr(GError) error = NULL;
  CamRunRecord *record;

  g_return_if_fail (CAM_IS_RUN_ITEM (self));

  if (self->store == NULL)
    return;
  record = cam_store_get_run (self->store, self->record->id, &error);
  if (record == NULL)
    {
      g_info ("%s: %s", self->record->name, error->message);
      return;
    }
  cam_run_record_free (self->record);
  forget_texts (self);
  take_record (self, record);
  forget_history (self);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_NAME; i < N_PROPS; i++)
    if (i != PROP_SHOWN && i != PROP_COLOUR && i != PROP_SUMMARY && i != PROP_SEED)
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
cam_run_item_let_go (CamRunItem *self)
{
  g_return_if_fail (CAM_IS_RUN_ITEM (self));

  self->store = NULL;
}

gint64
cam_run_item_get_id (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), 0);

  return self->record->id;
}

const char *
cam_run_item_get_name (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  return self->record->name;
}

CamRunState
cam_run_item_get_state (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), CAM_RUN_FAILED);

  return self->record->state;
}

const CamRunRecord *
cam_run_item_get_record (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  return self->record;
}

guint
cam_run_item_get_colour (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), 0);

  return self->line_colour >= 0 ? (guint) self->line_colour : self->colour;
}

gboolean
cam_run_item_get_shown (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), FALSE);

  return self->is_shown;
}

void
cam_run_item_set_shown (CamRunItem *self,
                        gboolean    shown)
{
  g_return_if_fail (CAM_IS_RUN_ITEM (self));

  shown = !!shown;
  if (self->is_shown == shown)
    return;
  self->is_shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

const double *
cam_run_item_peek_history (CamRunItem *self,
                           const char *key,
                           guint      *n_epochs)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (self->columns == NULL)
    read_history (self);
  if (n_epochs != NULL)
    *n_epochs = self->n_rows;
  for (guint i = 0; self->record->keys != NULL && self->record->keys[i] != NULL && i < self->n_columns; i++)
    if (strcmp (self->record->keys[i], key) == 0)
      return self->columns[i];
  return NULL;
}

const double *
cam_run_item_peek_seconds (CamRunItem *self,
                           guint      *n_epochs)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  if (self->seconds == NULL && self->store != NULL)
    self->seconds = cam_store_dup_epoch_seconds (self->store, self->record->id, &self->n_seconds, &error);
  if (error != NULL)
    g_info ("%s: %s", self->record->name, error->message);
  *n_epochs = self->n_seconds;
  return self->seconds;
}

gint64
cam_run_item_get_study (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), 0);

  return self->record->study;
}

const CamRunEvent *
cam_run_item_peek_events (CamRunItem *self,
                          guint      *n)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  if (self->events == NULL && self->store != NULL)
    self->events = cam_store_dup_events (self->store, self->record->id, &self->n_events, &error);
  if (error != NULL)
    g_info ("%s: %s", self->record->name, error->message);
  *n = self->n_events;
  return self->events;
}

const char *
cam_run_item_peek_experiment (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  if (self->experiment == NULL && self->store != NULL)
    self->experiment = cam_store_dup_experiment (self->store, self->record->id, NULL);
  return self->experiment;
}

const char *
cam_run_item_peek_report (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  if (self->report == NULL && self->store != NULL)
    self->report = cam_store_dup_report (self->store, self->record->id, NULL);
  return self->report;
}

static int
find_key (CamRunItem *self,
          const char *key)
{
  for (int i = 0; self->record->keys[i] != NULL; i++)
    if (strcmp (self->record->keys[i], key) == 0)
      return i;
  return -1;
}

double
cam_run_item_get_value (CamRunItem *self,
                        const char *key,
                        CamRunWhen  when)
{
  const double *values;
  int place;
  guint n = 0;

  g_return_val_if_fail (CAM_IS_RUN_ITEM (self) && key != NULL, NAN);

  place = find_key (self, key);
  if (place < 0)
    return NAN;
  if (when == CAM_RUN_AT_BEST && self->record->best_values != NULL)
    return self->record->best_values[place];
  if (when == CAM_RUN_AT_BEST || when == CAM_RUN_AT_LAST)
    return self->record->last_values != NULL ? self->record->last_values[place] : NAN;
  if (when > self->record->n_epochs)
    return NAN;
  if (self->at_epoch == when)
    return self->at_values != NULL ? self->at_values[place] : NAN;
  values = cam_run_item_peek_history (self, key, &n);
  return values != NULL && when <= n ? values[when - 1] : NAN;
}

void
cam_run_item_take_values (CamRunItem   *self,
                          guint         epoch,
                          const double *values,
                          guint         n_values)
{
  g_return_if_fail (CAM_IS_RUN_ITEM (self));

  g_clear_pointer (&self->at_values, g_free);
  self->at_epoch = epoch;
  if (values != NULL && n_values == g_strv_length (self->record->keys))
    self->at_values = g_memdup2 (values, n_values * sizeof (double));
}

const char *
cam_run_item_peek_words (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  if (self->words == NULL)
    {
      g_autofree char *tags = g_strjoinv ("\n", self->record->tags);
      g_autoptr(GString) text = g_string_new (self->record->name);
      GPtrArray *settings = cam_run_item_peek_settings (self);

      g_string_append_printf (text, "\n%s\n%s\n%s\n%s", tags, self->record->note, self->record->study_name != NULL ? self->record->study_name : "", state_text (self->record->state));
      for (guint i = 0; i < settings->len; i++)
        g_string_append_printf (text, "\n%s", ((CamRunSetting *) settings->pdata[i])->text);
      self->words = g_utf8_casefold (text->str, -1);
    }
  return self->words;
}

gboolean
cam_run_item_has_tag (CamRunItem *self,
                      const char *tag)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), FALSE);

  return g_strv_contains ((const char *const *) self->record->tags, tag);
}

gboolean
cam_run_item_has_history (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), FALSE);

  return self->columns != NULL;
}

GPtrArray *
cam_run_item_peek_settings (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), NULL);

  if (self->settings == NULL)
    {
      g_autofree char *text = self->experiment == NULL && self->store != NULL ? cam_store_dup_experiment (self->store, self->record->id, NULL) : NULL;

      self->settings = cam_run_settings_read (text != NULL ? text : self->experiment);
    }
  return self->settings;
}

CamLinePattern
cam_run_item_get_pattern (CamRunItem *self)
{
  g_return_val_if_fail (CAM_IS_RUN_ITEM (self), CAM_LINE_SOLID);

  return self->line_colour >= 0 ? self->line_pattern : (CamLinePattern) ((self->record->id - 1) % 4);
}

void
cam_run_item_set_line (CamRunItem     *self,
                       int             colour,
                       CamLinePattern  pattern)
{
  g_return_if_fail (CAM_IS_RUN_ITEM (self));

  if (self->line_colour == colour && (colour < 0 || self->line_pattern == pattern))
    return;
  self->line_colour = colour;
  self->line_pattern = pattern;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
}
