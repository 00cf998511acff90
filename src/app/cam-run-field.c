/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column says of a run, and how runs are put in order by it. */

#include "cam-run-field.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-words.h"
#include "cam-words.h"

static const struct { const char *id, *title; } all[CAM_N_RUN_FIELDS] = {
  [CAM_RUN_FIELD_NAME] = { "name", N_("Run") },
  [CAM_RUN_FIELD_CURVE] = { "curve", N_("Curve") },
  [CAM_RUN_FIELD_VALUE] = { "value", N_("Best") },
  [CAM_RUN_FIELD_METRIC] = { "metric", NULL },
  [CAM_RUN_FIELD_EPOCH] = { "epoch", N_("Best epoch") },
  [CAM_RUN_FIELD_EPOCHS] = { "epochs", N_("Epochs done") },
  [CAM_RUN_FIELD_SETTING] = { "setting", NULL },
  [CAM_RUN_FIELD_TIME] = { "time", N_("Time") },
  [CAM_RUN_FIELD_STATE] = { "state", N_("State") },
  [CAM_RUN_FIELD_STARTED] = { "started", N_("Started") },
  [CAM_RUN_FIELD_STUDY] = { "study", N_("Study") },
  [CAM_RUN_FIELD_DATA] = { "data", N_("Data") },
  [CAM_RUN_FIELD_TAGS] = { "tags", N_("Tags") },
  [CAM_RUN_FIELD_NOTE] = { "note", N_("Note") },
};

static gboolean
has_key (CamRunFieldKind kind)
{
  return kind == CAM_RUN_FIELD_METRIC || kind == CAM_RUN_FIELD_SETTING;
}

char *
cam_run_field_dup_id (const CamRunField *self)
{
  return self->key != NULL ? g_strconcat (all[self->kind].id, ":", self->key, NULL) : g_strdup (all[self->kind].id);
}

gboolean
cam_run_field_parse (const char  *id,
                     CamRunField *field)
{
  const char *colon = strchr (id, ':');
  gsize n = colon != NULL ? (gsize) (colon - id) : strlen (id);

  for (guint kind = 0; kind < CAM_N_RUN_FIELDS; kind++)
    if (strlen (all[kind].id) == n && strncmp (all[kind].id, id, n) == 0)
      {
        *field = (CamRunField) { kind, colon != NULL ? g_intern_string (colon + 1) : NULL };
        return has_key (kind) == (colon != NULL && colon[1] != '\0');
      }
  return FALSE;
}

char *
cam_run_field_dup_title (const CamRunField *self,
                         CamRunWhen         when)
{
  if (self->key != NULL)
    return g_strdup (self->key);
  if (self->kind == CAM_RUN_FIELD_VALUE && when == CAM_RUN_AT_LAST)
    return g_strdup (_("Last"));
  if (self->kind == CAM_RUN_FIELD_VALUE && when != CAM_RUN_AT_BEST)
    /* translators: the head of a column with values after that epoch */
    return g_strdup_printf (_("Epoch %u"), when);
  if (self->kind == CAM_RUN_FIELD_EPOCH && when != CAM_RUN_AT_BEST)
    return g_strdup (when == CAM_RUN_AT_LAST ? _("Last epoch") : _("Epoch"));
  return g_strdup (_(all[self->kind].title));
}

gboolean
cam_run_field_is_figure (const CamRunField *self)
{
  switch (self->kind)
    {
    case CAM_RUN_FIELD_VALUE:
    case CAM_RUN_FIELD_METRIC:
    case CAM_RUN_FIELD_EPOCH:
    case CAM_RUN_FIELD_EPOCHS:
    case CAM_RUN_FIELD_TIME:
      return TRUE;
    case CAM_RUN_FIELD_NAME:
    case CAM_RUN_FIELD_CURVE:
    case CAM_RUN_FIELD_SETTING:
    case CAM_RUN_FIELD_STATE:
    case CAM_RUN_FIELD_STARTED:
    case CAM_RUN_FIELD_STUDY:
    case CAM_RUN_FIELD_DATA:
    case CAM_RUN_FIELD_TAGS:
    case CAM_RUN_FIELD_NOTE:
    case CAM_N_RUN_FIELDS:
    default:
      return FALSE;
    }
}

static double
get_monitored (CamRunItem *run,
               CamRunWhen  when)
{
  const CamRunRecord *record = cam_run_item_get_record (run);

  if (when == CAM_RUN_AT_BEST)
    return record->best_epoch > 0 ? record->best_value : NAN;
  return record->monitor != NULL ? cam_run_item_get_value (run, record->monitor, when) : NAN;
}

static double
get_epoch (CamRunItem *run,
           CamRunWhen  when)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  guint epoch = when == CAM_RUN_AT_BEST ? record->best_epoch : when == CAM_RUN_AT_LAST ? record->n_epochs : when <= record->n_epochs ? when : 0;

  return epoch > 0 ? epoch : NAN;
}

CamRunKey
cam_run_field_get_key (const CamRunField *self,
                       CamRunItem        *run,
                       CamRunWhen         when)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const CamRunSetting *setting;

  switch (self->kind)
    {
    case CAM_RUN_FIELD_NAME:
      return (CamRunKey) { NAN, record->name };
    case CAM_RUN_FIELD_CURVE:
    case CAM_RUN_FIELD_VALUE:
      return (CamRunKey) { get_monitored (run, when), NULL };
    case CAM_RUN_FIELD_METRIC:
      return (CamRunKey) { cam_run_item_get_value (run, self->key, when), NULL };
    case CAM_RUN_FIELD_EPOCH:
      return (CamRunKey) { get_epoch (run, when), NULL };
    case CAM_RUN_FIELD_EPOCHS:
      return (CamRunKey) { record->n_epochs, NULL };
    case CAM_RUN_FIELD_SETTING:
      setting = cam_run_settings_find (cam_run_item_peek_settings (run), self->key);
      return setting != NULL ? (CamRunKey) { setting->number, setting->text } : (CamRunKey) { NAN, NULL };
    case CAM_RUN_FIELD_TIME:
      return (CamRunKey) { record->seconds, NULL };
    case CAM_RUN_FIELD_STATE:
      return (CamRunKey) { record->state, NULL };
    case CAM_RUN_FIELD_STARTED:
      return (CamRunKey) { (double) record->started_at, NULL };
    case CAM_RUN_FIELD_STUDY:
      return (CamRunKey) { NAN, record->study_name };
    case CAM_RUN_FIELD_DATA:
      return (CamRunKey) { NAN, record->data_name };
    case CAM_RUN_FIELD_TAGS:
      return (CamRunKey) { NAN, record->tags[0] };
    case CAM_RUN_FIELD_NOTE:
      return (CamRunKey) { NAN, *record->note != '\0' ? record->note : NULL };
    case CAM_N_RUN_FIELDS:
    default:
      return (CamRunKey) { NAN, NULL };
    }
}

char *
cam_run_field_dup_text (const CamRunField *self,
                        CamRunItem        *run,
                        CamRunWhen         when)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  CamRunKey key = cam_run_field_get_key (self, run, when);
  char *text = NULL;

  switch (self->kind)
    {
    case CAM_RUN_FIELD_CURVE:
    case CAM_RUN_FIELD_VALUE:
      return cam_run_words_value (record->monitor != NULL ? record->monitor : "loss", key.number);
    case CAM_RUN_FIELD_METRIC:
      return cam_run_words_value (self->key, key.number);
    case CAM_RUN_FIELD_EPOCH:
    case CAM_RUN_FIELD_EPOCHS:
      return isnan (key.number) ? g_strdup ("–") : cam_words_count ((guint64) key.number);
    case CAM_RUN_FIELD_TIME:
      return cam_run_words_duration (key.number);
    case CAM_RUN_FIELD_STATE:
      g_object_get (run, "state-text", &text, NULL);
      return text;
    case CAM_RUN_FIELD_STARTED:
      g_object_get (run, "started-text", &text, NULL);
      return text;
    case CAM_RUN_FIELD_SETTING:
      return g_strdup (key.text != NULL ? key.text : "–");
    case CAM_RUN_FIELD_TAGS:
      return g_strjoinv (", ", record->tags);
    case CAM_RUN_FIELD_NAME:
    case CAM_RUN_FIELD_STUDY:
    case CAM_RUN_FIELD_DATA:
    case CAM_RUN_FIELD_NOTE:
    case CAM_N_RUN_FIELDS:
    default:
      return g_strdup (key.text != NULL ? key.text : "");
    }
}

/* Order ------------------------------------------------------------------------------------------------------------- */

static int
compare_texts (const char *a,
               const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          char *end_a, *end_b;
          guint64 x = g_ascii_strtoull (a, &end_a, 10), y = g_ascii_strtoull (b, &end_b, 10);

          if (x != y)
            return x < y ? -1 : 1;
          a = end_a;
          b = end_b;
          continue;
        }
      if (g_ascii_tolower (*a) != g_ascii_tolower (*b))
        return (guchar) g_ascii_tolower (*a) < (guchar) g_ascii_tolower (*b) ? -1 : 1;
      a++;
      b++;
    }
  return (*a != '\0') - (*b != '\0');
}

int
cam_run_key_compare (const CamRunKey *a,
                     const CamRunKey *b,
                     gboolean         is_descending)
{
  gboolean a_is_none = isnan (a->number) && a->text == NULL, b_is_none = isnan (b->number) && b->text == NULL;
  int order;

  if (a_is_none || b_is_none)
    return a_is_none - b_is_none;
  if (!isnan (a->number) && !isnan (b->number))
    order = (a->number > b->number) - (a->number < b->number);
  else if (a->text != NULL && b->text != NULL)
    order = compare_texts (a->text, b->text);
  else
    order = isnan (a->number) - isnan (b->number);
  return is_descending ? -order : order;
}
