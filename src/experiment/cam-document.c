/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document: one experiment in front, those before and after it behind. */
#include "cam-document.h"

#include <glib/gi18n-lib.h>

#include "cam-experiment-private.h"

/* Changes of one setting that follow each other faster than this are one step. */
#define ONE_STEP_US G_USEC_PER_SEC

/* The way to the experiment that is not there now. */
typedef struct
{
  CamExperiment *experiment;
  char          *name;
} Step;

struct _CamDocumentState
{
  /* owned */
  CamExperiment *experiment;
  GPtrArray     *before;       /* of Step */
  GPtrArray     *after;
};

struct _CamDocument
{
  GObject        parent_instance;

  /* owned */
  CamExperiment *experiment;   /* NULL: none open */
  GPtrArray     *before;       /* of Step; the last is the next to come back */
  GPtrArray     *after;
  char          *last_path;    /* of the change that may go on; NULL: none may */
  gint64         last_time;
};

G_DEFINE_FINAL_TYPE (CamDocument, cam_document, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_EXPERIMENT,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_UNDO_NAME,
  PROP_REDO_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
step_free (gpointer data)
{
  Step *step = data;

  cam_experiment_unref (step->experiment);
  g_free (step->name);
  g_free (step);
}

/* @experiment is taken. */
static void
push (GPtrArray     *steps,
      CamExperiment *experiment,
      const char    *name)
{
  Step *step = g_new (Step, 1);

  step->experiment = experiment;
  step->name = g_strdup (name);
  g_ptr_array_add (steps, step);
}

static Step *
get_last (GPtrArray *steps)
{
  return steps->len > 0 ? g_ptr_array_index (steps, steps->len - 1) : NULL;
}

static void
drop_last (GPtrArray *steps)
{
  g_ptr_array_set_size (steps, (int) steps->len - 1);
}

static gboolean
is_same (const CamExperiment *a,
         const CamExperiment *b)
{
  return a == b || (a != NULL && b != NULL && json_equal (a->json, b->json));
}

/* All of them: each follows from the same few pointers. */
static void
notify_all (CamDocument *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* @experiment is taken, and follows the present one by a step of its own. */
static void
advance (CamDocument   *self,
         CamExperiment *experiment,
         const char    *name)
{
  push (self->before, g_steal_pointer (&self->experiment), name);
  g_ptr_array_set_size (self->after, 0);
  self->experiment = experiment;
}

/* @experiment is taken, and goes on where the last step stopped. A step that has come back to its beginning is none. */
static void
prolong (CamDocument   *self,
         CamExperiment *experiment)
{
  cam_experiment_unref (self->experiment);
  self->experiment = experiment;
  if (is_same (experiment, get_last (self->before)->experiment))
    {
      drop_last (self->before);
      g_clear_pointer (&self->last_path, g_free);
    }
}

static gboolean
goes_on (CamDocument *self,
         const char  *path,
         const char  *name)
{
  const Step *last = get_last (self->before);

  return last != NULL && g_strcmp0 (self->last_path, path) == 0 && g_str_equal (last->name, name)
         && g_get_monotonic_time () - self->last_time < ONE_STEP_US;
}

static gboolean
travel (CamDocument *self,
        GPtrArray   *from,
        GPtrArray   *to)
{
  Step *step = get_last (from);

  if (step == NULL)
    return FALSE;

  push (to, g_steal_pointer (&self->experiment), step->name);
  self->experiment = g_steal_pointer (&step->experiment);
  drop_last (from);
  g_clear_pointer (&self->last_path, g_free);
  notify_all (self);

  return TRUE;
}

static void
cam_document_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CamDocument *self = CAM_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_EXPERIMENT:
      g_value_set_boxed (value, self->experiment);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->before->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->after->len > 0);
      break;
    case PROP_UNDO_NAME:
      g_value_set_string (value, cam_document_get_undo_name (self));
      break;
    case PROP_REDO_NAME:
      g_value_set_string (value, cam_document_get_redo_name (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_document_finalize (GObject *object)
{
  CamDocument *self = CAM_DOCUMENT (object);

  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_clear_pointer (&self->last_path, g_free);

  G_OBJECT_CLASS (cam_document_parent_class)->finalize (object);
}

static void
cam_document_class_init (CamDocumentClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cam_document_get_property;
  object_class->finalize = cam_document_finalize;

  properties[PROP_EXPERIMENT] = g_param_spec_boxed ("experiment", NULL, NULL, CAM_TYPE_EXPERIMENT, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_NAME] = g_param_spec_string ("undo-name", NULL, NULL, NULL, flags);
  properties[PROP_REDO_NAME] = g_param_spec_string ("redo-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cam_document_init (CamDocument *self)
{
  self->before = g_ptr_array_new_with_free_func (step_free);
  self->after = g_ptr_array_new_with_free_func (step_free);
}

CamDocument *
cam_document_new (void)
{
  return g_object_new (CAM_TYPE_DOCUMENT, NULL);
}

CamExperiment *
cam_document_get_experiment (CamDocument *self)
{
  g_return_val_if_fail (CAM_IS_DOCUMENT (self), NULL);

  return self->experiment;
}

void
cam_document_reset (CamDocument   *self,
                    CamExperiment *experiment)
{
  CamExperiment *old;

  g_return_if_fail (CAM_IS_DOCUMENT (self));

  old = self->experiment;
  self->experiment = experiment != NULL ? cam_experiment_ref (experiment) : NULL;
  g_clear_pointer (&old, cam_experiment_unref);
  g_ptr_array_set_size (self->before, 0);
  g_ptr_array_set_size (self->after, 0);
  g_clear_pointer (&self->last_path, g_free);
  notify_all (self);
}

CamDocumentState *
cam_document_state_new (CamExperiment *experiment)
{
  CamDocumentState *state;

  g_return_val_if_fail (experiment != NULL, NULL);

  state = g_new0 (CamDocumentState, 1);
  state->experiment = cam_experiment_ref (experiment);
  state->before = g_ptr_array_new_with_free_func (step_free);
  state->after = g_ptr_array_new_with_free_func (step_free);

  return state;
}

void
cam_document_state_free (CamDocumentState *state)
{
  if (state == NULL)
    return;

  g_clear_pointer (&state->experiment, cam_experiment_unref);
  g_ptr_array_unref (state->before);
  g_ptr_array_unref (state->after);
  g_free (state);
}

CamExperiment *
cam_document_state_get_experiment (const CamDocumentState *state)
{
  g_return_val_if_fail (state != NULL, NULL);

  return state->experiment;
}

CamDocumentState *
cam_document_exchange (CamDocument      *self,
                       CamDocumentState *state)
{
  CamDocumentState present;

  g_return_val_if_fail (CAM_IS_DOCUMENT (self), state);
  g_return_val_if_fail (state != NULL && self->experiment != NULL, state);

  present = (CamDocumentState) { self->experiment, self->before, self->after };
  self->experiment = state->experiment;
  self->before = state->before;
  self->after = state->after;
  *state = present;
  g_clear_pointer (&self->last_path, g_free);
  notify_all (self);

  return state;
}

gboolean
cam_document_set (CamDocument   *self,
                  const char    *path,
                  const json_t  *value,
                  const char    *name,
                  GError       **error)
{
  CamExperiment *changed;

  g_return_val_if_fail (CAM_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (path != NULL && name != NULL, FALSE);

  if (self->experiment == NULL)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("No experiment is open"));
      return FALSE;
    }
  changed = cam_experiment_with (self->experiment, path, value, error);
  if (changed == NULL)
    return FALSE;
  if (is_same (changed, self->experiment))
    {
      cam_experiment_unref (changed);
      return TRUE;
    }

  if (goes_on (self, path, name))
    prolong (self, changed);
  else
    {
      advance (self, changed, name);
      g_free (self->last_path);
      self->last_path = g_strdup (path);
    }
  self->last_time = g_get_monotonic_time ();
  notify_all (self);

  return TRUE;
}

gboolean
cam_document_replace (CamDocument   *self,
                      CamExperiment *experiment,
                      const char    *name)
{
  g_return_val_if_fail (CAM_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (experiment != NULL && name != NULL, FALSE);

  if (is_same (experiment, self->experiment))
    return FALSE;

  if (self->experiment == NULL)
    {
      cam_document_reset (self, experiment);
      return TRUE;
    }
  advance (self, cam_experiment_ref (experiment), name);
  g_clear_pointer (&self->last_path, g_free);
  notify_all (self);

  return TRUE;
}

gboolean
cam_document_undo (CamDocument *self)
{
  g_return_val_if_fail (CAM_IS_DOCUMENT (self), FALSE);

  return travel (self, self->before, self->after);
}

gboolean
cam_document_redo (CamDocument *self)
{
  g_return_val_if_fail (CAM_IS_DOCUMENT (self), FALSE);

  return travel (self, self->after, self->before);
}

const char *
cam_document_get_undo_name (CamDocument *self)
{
  const Step *step;

  g_return_val_if_fail (CAM_IS_DOCUMENT (self), NULL);

  step = get_last (self->before);

  return step != NULL ? step->name : NULL;
}

const char *
cam_document_get_redo_name (CamDocument *self)
{
  const Step *step;

  g_return_val_if_fail (CAM_IS_DOCUMENT (self), NULL);

  step = get_last (self->after);

  return step != NULL ? step->name : NULL;
}
