/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of the experiments of a workspace. */
#include "cam-experiment-item.h"

#include <glib/gi18n-lib.h>

struct _CamExperimentItem
{
  GObject           parent_instance;

  gint64            id;
  gboolean          is_open;

  /* owned */
  CamExperiment    *experiment;
  CamDocumentState *state;        /* NULL: it is open, or has not been since the workspace was */
  char             *title;
  char             *summary;
};

G_DEFINE_FINAL_TYPE (CamExperimentItem, cam_experiment_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUMMARY,
  PROP_IS_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
cam_experiment_item_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  CamExperimentItem *self = CAM_EXPERIMENT_ITEM (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_experiment_item_finalize (GObject *object)
{
  CamExperimentItem *self = CAM_EXPERIMENT_ITEM (object);

  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_clear_pointer (&self->state, cam_document_state_free);
  g_free (self->title);
  g_free (self->summary);

  G_OBJECT_CLASS (cam_experiment_item_parent_class)->finalize (object);
}

static void
cam_experiment_item_class_init (CamExperimentItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cam_experiment_item_get_property;
  object_class->finalize = cam_experiment_item_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_IS_OPEN] = g_param_spec_boolean ("is-open", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cam_experiment_item_init (CamExperimentItem *self)
{
}

CamExperimentItem *
cam_experiment_item_new (gint64         id,
                         CamExperiment *experiment)
{
  CamExperimentItem *self;

  g_return_val_if_fail (experiment != NULL, NULL);

  self = g_object_new (CAM_TYPE_EXPERIMENT_ITEM, NULL);
  self->id = id;
  cam_experiment_item_show (self, experiment);

  return self;
}

gint64
cam_experiment_item_get_id (CamExperimentItem *self)
{
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (self), 0);

  return self->id;
}

const char *
cam_experiment_item_get_title (CamExperimentItem *self)
{
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (self), NULL);

  return self->title;
}

gboolean
cam_experiment_item_get_is_open (CamExperimentItem *self)
{
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (self), FALSE);

  return self->is_open;
}

CamExperiment *
cam_experiment_item_get_experiment (CamExperimentItem *self)
{
  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (self), NULL);

  return self->experiment;
}

/* Of one without a name, that of its data. */
static char *
make_title (CamExperiment *experiment)
{
  const char *name = cam_experiment_get_name (experiment), *file = cam_experiment_get_file (experiment);

  if (name != NULL && *name != '\0')
    return g_strdup (name);

  return file != NULL ? g_path_get_basename (file) : g_strdup (_("Unnamed"));
}

void
cam_experiment_item_show (CamExperimentItem *self,
                          CamExperiment     *experiment)
{
  g_return_if_fail (CAM_IS_EXPERIMENT_ITEM (self));
  g_return_if_fail (experiment != NULL);

  if (experiment == self->experiment)
    return;
  cam_experiment_ref (experiment);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  self->experiment = experiment;
  g_free (self->title);
  g_free (self->summary);
  self->title = make_title (experiment);
  self->summary = cam_experiment_describe (experiment);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
set_is_open (CamExperimentItem *self,
             gboolean           is_open)
{
  if (self->is_open == is_open)
    return;
  self->is_open = is_open;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPEN]);
}

CamDocumentState *
cam_experiment_item_enter (CamExperimentItem *self,
                           CamDocument       *document)
{
  CamDocumentState *state;

  g_return_val_if_fail (CAM_IS_EXPERIMENT_ITEM (self), NULL);
  g_return_val_if_fail (!self->is_open, NULL);

  state = g_steal_pointer (&self->state);
  if (state == NULL)
    state = cam_document_state_new (self->experiment);
  set_is_open (self, TRUE);

  return cam_document_exchange (document, state);
}

void
cam_experiment_item_leave (CamExperimentItem *self,
                           CamDocumentState  *state)
{
  g_return_if_fail (CAM_IS_EXPERIMENT_ITEM (self));
  g_return_if_fail (state != NULL);

  g_clear_pointer (&self->state, cam_document_state_free);
  self->state = state;
  cam_experiment_item_show (self, cam_document_state_get_experiment (state));
  set_is_open (self, FALSE);
}

void
cam_experiment_item_mark_open (CamExperimentItem *self)
{
  g_return_if_fail (CAM_IS_EXPERIMENT_ITEM (self));

  set_is_open (self, TRUE);
}
