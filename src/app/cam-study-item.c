/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as the lists show it. The plan of one that is done is read when somebody asks for it: with many trials that takes a while. */
#include "cam-study-item.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* Below this gain the time that is left cannot be told from what was done. */
#define LEAST_GAIN 0.01

struct _CamStudyItem
{
  GObject        parent_instance;

  /* owned */
  char          *name;
  char          *text;            /* of the plan; NULL: it is read */
  CamPlan       *plan;
  CamStudy      *study;
  char          *message;
  char          *warning;

  gint64         id;
  CamStudyState  state;
  guint          n_done, n_runs;
  double         share;

  /* What is left. */
  double         estimate;        /* of all, before there is anything to tell it from; NaN: none */
  double         began_share;
  gint64         began, spent;    /* µs; began 0: the clock stands */
};

G_DEFINE_FINAL_TYPE (CamStudyItem, cam_study_item, G_TYPE_OBJECT)

enum { PROP_0, PROP_NAME, PROP_TITLE, PROP_STATE, PROP_N_DONE, PROP_N_RUNS, PROP_SHARE, PROP_SECONDS_LEFT, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { RESULTS, N_SIGNALS };
static guint signals[N_SIGNALS];

static char *
make_title (CamStudyItem *self)
{
  if (self->n_runs == 0)
    return g_strdup (self->name);

  /* translators: a study in a list: its name, then how many of its runs are done */
  return g_strdup_printf (_("%s · %u of %u"), self->name, self->n_done, self->n_runs);
}

static void
notify (CamStudyItem *self,
        guint         prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_counts (CamStudyItem *self,
            guint         n_done,
            guint         n_runs)
{
  if (self->n_done == n_done && self->n_runs == n_runs)
    return;
  self->n_done = n_done;
  self->n_runs = n_runs;
  notify (self, PROP_N_DONE);
  notify (self, PROP_N_RUNS);
  notify (self, PROP_TITLE);
}

static void
cam_study_item_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CamStudyItem *self = CAM_STUDY_ITEM (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_take_string (value, make_title (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_N_RUNS:
      g_value_set_uint (value, self->n_runs);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_double (value, cam_study_item_get_seconds_left (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_study_item_finalize (GObject *object)
{
  CamStudyItem *self = CAM_STUDY_ITEM (object);

  g_clear_object (&self->study);
  g_clear_pointer (&self->plan, cam_plan_unref);
  g_free (self->name);
  g_free (self->text);
  g_free (self->message);
  g_free (self->warning);
  G_OBJECT_CLASS (cam_study_item_parent_class)->finalize (object);
}

static void
cam_study_item_class_init (CamStudyItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cam_study_item_get_property;
  object_class->finalize = cam_study_item_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, CAM_STUDY_FINISHED, 0, flags);
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_RUNS] = g_param_spec_uint ("n-runs", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_SECONDS_LEFT] = g_param_spec_double ("seconds-left", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[RESULTS] = g_signal_new ("results", CAM_TYPE_STUDY_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_study_item_init (CamStudyItem *self)
{
  self->estimate = NAN;
}

CamStudyItem *
cam_study_item_new (CamPlan *plan,
                    double   seconds)
{
  CamStudyItem *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_object_new (CAM_TYPE_STUDY_ITEM, NULL);
  self->plan = cam_plan_ref (plan);
  self->name = g_strdup (cam_plan_get_name (plan));
  self->n_runs = cam_plan_get_n_runs (plan);
  self->estimate = seconds;

  return self;
}

/* All runs of a finished study are there: its plan need not be read for their number. */
CamStudyItem *
cam_study_item_new_stored (CamStore             *store,
                           const CamStudyRecord *record)
{
  CamStudyItem *self;
  g_autoptr(GPtrArray) runs = NULL;
  guint last = G_MAXUINT;

  g_return_val_if_fail (store != NULL && record != NULL, NULL);

  self = g_object_new (CAM_TYPE_STUDY_ITEM, NULL);
  self->id = record->id;
  self->name = g_strdup (record->name);
  self->text = g_strdup (record->plan);
  self->state = record->is_finished ? CAM_STUDY_FINISHED : CAM_STUDY_UNFINISHED;
  runs = cam_store_list_study_runs (store, record->id, NULL);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const CamStudyRun *run = g_ptr_array_index (runs, i);

      /* Two may stand in one place, where one was begun anew. */
      if ((run->state == CAM_RUN_FINISHED || run->state == CAM_RUN_EARLY || run->state == CAM_RUN_DIVERGED) && run->place != last)
        {
          self->n_done++;
          last = run->place;
        }
    }
  if (record->is_finished)
    self->n_runs = self->n_done;
  else if (cam_study_item_get_plan (self) != NULL)
    self->n_runs = cam_plan_get_n_runs (self->plan);
  self->share = self->n_runs > 0 ? MIN ((double) self->n_done / self->n_runs, 1.0) : 0.0;

  return self;
}

gint64
cam_study_item_get_id (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), 0);

  return self->id;
}

const char *
cam_study_item_get_name (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), NULL);

  return self->name;
}

CamStudyState
cam_study_item_get_state (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), CAM_STUDY_UNFINISHED);

  return self->state;
}

guint
cam_study_item_get_n_done (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), 0);

  return self->n_done;
}

guint
cam_study_item_get_n_runs (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), 0);

  return self->n_runs;
}

double
cam_study_item_get_share (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), 0.0);

  return self->share;
}

double
cam_study_item_get_seconds_left (CamStudyItem *self)
{
  double gained, spent_s;

  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), NAN);

  gained = self->share - self->began_share;
  spent_s = (double) (self->spent + (self->began != 0 ? g_get_monotonic_time () - self->began : 0)) / G_USEC_PER_SEC;
  if (gained >= LEAST_GAIN && spent_s > 0.0)
    return spent_s / gained * (1.0 - self->share);

  return self->estimate * (1.0 - self->share);
}

const char *
cam_study_item_get_message (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), NULL);

  return self->message;
}

const char *
cam_study_item_get_warning (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), NULL);

  return self->warning;
}

CamPlan *
cam_study_item_get_plan (CamStudyItem *self)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), NULL);

  if (self->text == NULL)
    return self->plan;

  self->plan = cam_plan_new_from_text (self->text, &error);
  g_clear_pointer (&self->text, g_free);
  if (self->plan == NULL)
    cam_study_item_set_message (self, error->message);

  return self->plan;
}

CamStudy *
cam_study_item_get_study (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), NULL);

  return self->study;
}

gboolean
cam_study_item_is_active (CamStudyItem *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_ITEM (self), FALSE);

  return self->state <= CAM_STUDY_STOPPING;
}

/* What the settings of a comparison are called, by the place they stand at. */
static char *
describe_settings (CamPlan *plan)
{
  guint n = cam_plan_get_n_settings (plan);
  const char *path = json_object_iter_key (json_object_iter ((json_t *) cam_plan_get_values (plan, 0)));

  if (cam_plan_get_kind (plan) == CAM_STUDY_SEARCH)
    return g_strdup_printf (ngettext ("%u trial", "%u trials", n), n);
  if (cam_plan_get_kind (plan) == CAM_STUDY_LEARNING_CURVE)
    return g_strdup_printf (ngettext ("%u size", "%u sizes", n), n);
  if (path != NULL && g_str_has_suffix (path, "/activation"))
    return g_strdup_printf (ngettext ("%u activation", "%u activations", n), n);
  if (g_strcmp0 (path, "optimizer") == 0)
    return g_strdup_printf (ngettext ("%u optimizer", "%u optimizers", n), n);

  return g_strdup_printf (ngettext ("%u value", "%u values", n), n);
}

char *
cam_study_item_describe (CamStudyItem *self)
{
  CamPlan *plan = cam_study_item_get_plan (self);
  g_autoptr(GPtrArray) parts = NULL;
  guint n_folds, n_seeds;

  if (plan == NULL)
    return g_strdup (_("Its plan cannot be read"));

  parts = g_ptr_array_new_with_free_func (g_free);
  n_folds = cam_plan_get_n_folds (plan);
  n_seeds = cam_plan_get_n_repeats (plan) / MAX (n_folds, 1);
  if (cam_plan_get_kind (plan) != CAM_STUDY_REPEAT && cam_plan_get_kind (plan) != CAM_STUDY_CROSS_VALIDATE)
    g_ptr_array_add (parts, describe_settings (plan));
  if (n_folds > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u fold", "%u folds", n_folds), n_folds));
  if (n_seeds > 1 || parts->len == 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u seed", "%u seeds", n_seeds), n_seeds));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" × ", (char **) parts->pdata);
}

void
cam_study_item_set_name (CamStudyItem *self,
                         const char   *name)
{
  g_return_if_fail (CAM_IS_STUDY_ITEM (self) && name != NULL);

  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  notify (self, PROP_NAME);
  notify (self, PROP_TITLE);
}

void
cam_study_item_set_state (CamStudyItem  *self,
                          CamStudyState  state)
{
  g_return_if_fail (CAM_IS_STUDY_ITEM (self));

  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

void
cam_study_item_set_message (CamStudyItem *self,
                            const char   *message)
{
  g_return_if_fail (CAM_IS_STUDY_ITEM (self));

  g_free (self->message);
  self->message = g_strdup (message);
}

void
cam_study_item_set_warning (CamStudyItem *self,
                            const char   *warning)
{
  g_return_if_fail (CAM_IS_STUDY_ITEM (self));

  if (g_strcmp0 (self->warning, warning) == 0)
    return;
  g_free (self->warning);
  self->warning = g_strdup (warning);
  g_signal_emit (self, signals[RESULTS], 0);
}

void
cam_study_item_set_study (CamStudyItem *self,
                          CamStudy     *study)
{
  g_return_if_fail (CAM_IS_STUDY_ITEM (self));

  if (!g_set_object (&self->study, study))
    return;
  self->began = self->spent = 0;
}

void
cam_study_item_set_clock (CamStudyItem *self,
                          gboolean      runs)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (CAM_IS_STUDY_ITEM (self));

  if (runs && self->began == 0)
    {
      if (self->spent == 0 && self->study != NULL)
        self->began_share = cam_study_get_share (self->study);
      self->began = now;
    }
  else if (!runs && self->began != 0)
    {
      self->spent += now - self->began;
      self->began = 0;
    }
}

void
cam_study_item_follow (CamStudyItem *self)
{
  guint n_before = self->n_done;

  g_return_if_fail (CAM_IS_STUDY_ITEM (self));

  if (self->study == NULL)
    return;
  /* One that is to be taken up learns its number when it starts. */
  if (cam_study_get_id (self->study) != 0)
    self->id = cam_study_get_id (self->study);
  g_object_freeze_notify (G_OBJECT (self));
  set_counts (self, cam_study_get_n_done (self->study), cam_plan_get_n_runs (cam_study_get_plan (self->study)));
  self->share = CLAMP (cam_study_get_share (self->study), 0.0, 1.0);
  notify (self, PROP_SHARE);
  notify (self, PROP_SECONDS_LEFT);
  g_object_thaw_notify (G_OBJECT (self));
  if (self->n_done != n_before)
    g_signal_emit (self, signals[RESULTS], 0);
}
