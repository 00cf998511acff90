/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen for overlaid runs. */

#include "cam-overlay-choice.h"

#define OWNER "compare"

struct _CamOverlayChoice
{
  GObject         parent_instance;

  CamSettings    *settings;      /* NULL: nothing is kept */
  CamOverlayLook  look;
};

G_DEFINE_FINAL_TYPE (CamOverlayChoice, cam_overlay_choice, G_TYPE_OBJECT)

enum { PROP_0, PROP_GROUP, PROP_BAND, PROP_AXIS, PROP_SHOW_RUNS, PROP_MARK_BEST, N_PROPS };
static GParamSpec *properties[N_PROPS];

static const char *const bands[] = { [CAM_BAND_DEVIATION] = "deviation", [CAM_BAND_ERROR] = "error", [CAM_BAND_RANGE] = "range", [CAM_BAND_NONE] = "none", NULL };
static const char *const axes[] = { [CAM_OVERLAY_EPOCHS] = "epoch", [CAM_OVERLAY_STEPS] = "step", [CAM_OVERLAY_TIME] = "time", NULL };

static guint
find (const char *const *names,
      const char        *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

static void
cam_overlay_choice_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  const CamOverlayLook *look = &CAM_OVERLAY_CHOICE (object)->look;

  switch (prop_id)
    {
    case PROP_GROUP:
      g_value_set_static_string (value, look->group != NULL ? look->group : "");
      break;
    case PROP_BAND:
      g_value_set_static_string (value, bands[look->band]);
      break;
    case PROP_AXIS:
      g_value_set_static_string (value, axes[look->axis]);
      break;
    case PROP_SHOW_RUNS:
      g_value_set_boolean (value, look->shows_runs);
      break;
    case PROP_MARK_BEST:
      g_value_set_boolean (value, look->marks_best);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Whether that was a change. */
static gboolean
take (CamOverlayLook *look,
      guint           prop_id,
      const GValue   *value)
{
  CamOverlayLook before = *look;
  const char *text = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : NULL;

  switch (prop_id)
    {
    case PROP_GROUP:
      look->group = text != NULL && *text != '\0' ? g_intern_string (text) : NULL;
      return look->group != before.group;
    case PROP_BAND:
      look->band = (CamBandKind) find (bands, text);
      return look->band != before.band;
    case PROP_AXIS:
      look->axis = (CamOverlayAxis) find (axes, text);
      return look->axis != before.axis;
    case PROP_SHOW_RUNS:
      look->shows_runs = g_value_get_boolean (value);
      return look->shows_runs != before.shows_runs;
    case PROP_MARK_BEST:
      look->marks_best = g_value_get_boolean (value);
      return look->marks_best != before.marks_best;
    default:
      return FALSE;
    }
}

static void
keep (CamOverlayChoice *self,
      GParamSpec       *pspec,
      const GValue     *value)
{
  const char *text;

  if (self->settings == NULL)
    return;
  text = G_VALUE_HOLDS_STRING (value) ? g_value_get_string (value) : g_value_get_boolean (value) ? "yes" : "no";
  cam_settings_set_choice (self->settings, OWNER, pspec->name, text != NULL ? text : "");
}

static void
cam_overlay_choice_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  CamOverlayChoice *self = CAM_OVERLAY_CHOICE (object);

  if (!take (&self->look, prop_id, value))
    return;
  keep (self, pspec, value);
  g_object_notify_by_pspec (object, pspec);
}

static void
cam_overlay_choice_finalize (GObject *object)
{
  g_clear_object (&CAM_OVERLAY_CHOICE (object)->settings);
  G_OBJECT_CLASS (cam_overlay_choice_parent_class)->finalize (object);
}

static void
cam_overlay_choice_class_init (CamOverlayChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = cam_overlay_choice_finalize;
  object_class->get_property = cam_overlay_choice_get_property;
  object_class->set_property = cam_overlay_choice_set_property;

  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, "", flags);
  properties[PROP_BAND] = g_param_spec_string ("band", NULL, NULL, bands[0], flags);
  properties[PROP_AXIS] = g_param_spec_string ("axis", NULL, NULL, axes[0], flags);
  properties[PROP_SHOW_RUNS] = g_param_spec_boolean ("show-runs", NULL, NULL, FALSE, flags);
  properties[PROP_MARK_BEST] = g_param_spec_boolean ("mark-best", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cam_overlay_choice_init (CamOverlayChoice *self)
{
}

CamOverlayChoice *
cam_overlay_choice_new (void)
{
  return g_object_new (CAM_TYPE_OVERLAY_CHOICE, NULL);
}

const CamOverlayLook *
cam_overlay_choice_get_look (CamOverlayChoice *self)
{
  g_return_val_if_fail (CAM_IS_OVERLAY_CHOICE (self), NULL);

  return &self->look;
}

void
cam_overlay_choice_set_settings (CamOverlayChoice *self,
                                 CamSettings      *settings)
{
  g_return_if_fail (CAM_IS_OVERLAY_CHOICE (self));

  g_clear_object (&self->settings);
  for (guint i = PROP_GROUP; settings != NULL && i < N_PROPS; i++)
    {
      g_autofree char *text = cam_settings_dup_choice (settings, OWNER, properties[i]->name);

      if (text != NULL && i >= PROP_SHOW_RUNS)
        g_object_set (self, properties[i]->name, g_str_equal (text, "yes"), NULL);
      else if (text != NULL)
        g_object_set (self, properties[i]->name, text, NULL);
    }
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
}

GActionGroup *
cam_overlay_choice_make_actions (CamOverlayChoice *self)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_return_val_if_fail (CAM_IS_OVERLAY_CHOICE (self), G_ACTION_GROUP (group));

  for (guint i = PROP_GROUP; i < N_PROPS; i++)
    {
      g_autoptr(GPropertyAction) action = g_property_action_new (properties[i]->name, self, properties[i]->name);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  return G_ACTION_GROUP (group);
}
