/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a plan: what is left out gets its usual value, what the kind of study does not use is refused by name. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-plan-private.h"

const char *const cam_study_kind_words[] = {
  [CAM_STUDY_REPEAT] = "repeat",
  [CAM_STUDY_COMPARE] = "compare",
  [CAM_STUDY_CROSS_VALIDATE] = "cross-validate",
  [CAM_STUDY_LEARNING_CURVE] = "learning-curve",
  [CAM_STUDY_SEARCH] = "search",
  NULL,
};

/* What only some kinds use. */
static const struct { const char *key; guint kinds; } owned_keys[] = {
  { "folds", 1 << CAM_STUDY_COMPARE | 1 << CAM_STUDY_CROSS_VALIDATE | 1 << CAM_STUDY_SEARCH },
  { "setting", 1 << CAM_STUDY_COMPARE },
  { "values", 1 << CAM_STUDY_COMPARE },
  { "labels", 1 << CAM_STUDY_COMPARE },
  { "sizes", 1 << CAM_STUDY_LEARNING_CURVE },
  { "space", 1 << CAM_STUDY_SEARCH },
  { "method", 1 << CAM_STUDY_SEARCH },
  { "trials", 1 << CAM_STUDY_SEARCH },
  { "seed", 1 << CAM_STUDY_SEARCH },
  { "reduction", 1 << CAM_STUDY_SEARCH },
  { "first_epochs", 1 << CAM_STUDY_SEARCH },
};

/* Version and keys. */
static gboolean
check_document (const json_t  *json,
                GError       **error)
{
  g_autoptr(json_t) schema = NULL;
  const json_t *version = json_object_get (json, "camadas-plan");

  if (!json_is_object (json) || version == NULL)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("This is not a study plan: “camadas-plan”, its version, is missing"));
      return FALSE;
    }
  if (!json_is_integer (version) || json_integer_value (version) < 1 || json_integer_value (version) > CAM_PLAN_VERSION)
    {
      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("This plan was made for a newer Camadas; this one knows version %d"), CAM_PLAN_VERSION);
      return FALSE;
    }

  schema = cam_plan_schema ();
  return cam_schema_check (schema, json, _("plan"), error);
}

static gboolean
read_kind (CamPlan  *self,
           GError  **error)
{
  const char *kind = NULL;

  if (!cam_json_get_string (self->json, "kind", _("plan"), TRUE, &kind, error))
    return FALSE;
  for (guint i = 0; i < CAM_N_STUDY_KINDS; i++)
    if (g_str_equal (kind, cam_study_kind_words[i]))
      self->kind = (CamStudyKind) i;

  for (guint i = 0; i < G_N_ELEMENTS (owned_keys); i++)
    if (!(owned_keys[i].kinds >> self->kind & 1) && json_object_get (self->json, owned_keys[i].key) != NULL)
      {
        g_autofree char *what = g_strdup_printf (_("a study of the kind “%s” does not use it"), kind);

        return cam_plan_fail (owned_keys[i].key, what, error);
      }

  return TRUE;
}

static CamExperiment *
read_experiment (const json_t  *json,
                 const char    *folder,
                 GError       **error)
{
  g_autofree char *path = NULL;
  CamExperiment *experiment;

  if (!json_is_string (json))
    {
      experiment = cam_experiment_new_from_json (json, error);
      if (experiment == NULL)
        g_prefix_error (error, _("experiment: "));
      return experiment;
    }

  path = g_canonicalize_filename (json_string_value (json), folder);
  return cam_experiment_load (path, error);
}

/* The experiment comes into the document, its paths seen from nowhere. */
static gboolean
take_experiment (CamPlan     *self,
                 const char  *folder,
                 GError     **error)
{
  const json_t *json = json_object_get (self->json, "experiment");
  g_autoptr(CamExperiment) experiment = NULL;
  const char *file;

  if (json == NULL)
    return cam_plan_fail (_("plan"), _("“experiment” is missing: a document, or the name of its file"), error);
  experiment = read_experiment (json, folder, error);
  if (experiment == NULL)
    return FALSE;

  file = cam_experiment_get_file (experiment);
  if (file != NULL && folder != NULL && !g_path_is_absolute (file))
    {
      g_autofree char *absolute = g_canonicalize_filename (file, folder);
      g_autoptr(json_t) value = json_string (absolute);

      self->experiment = cam_experiment_with (experiment, "data/file", value, error);
    }
  else
    self->experiment = g_steal_pointer (&experiment);
  if (self->experiment == NULL)
    return FALSE;

  json_object_set_new (self->json, "experiment", cam_experiment_to_json (self->experiment, NULL));
  return TRUE;
}

static void
set_default (CamPlan    *self,
             const char *key,
             json_t     *value)         /* taken */
{
  if (json_object_get (self->json, key) == NULL)
    json_object_set_new (self->json, key, value);
  else
    json_decref (value);
}

static void
fill_in (CamPlan *self)
{
  static const guint repeats[CAM_N_STUDY_KINDS] = { [CAM_STUDY_REPEAT] = 5, [CAM_STUDY_COMPARE] = 3, [CAM_STUDY_CROSS_VALIDATE] = 1, [CAM_STUDY_LEARNING_CURVE] = 3, [CAM_STUDY_SEARCH] = 1 };
  guint epochs = cam_experiment_get_epochs (self->experiment);
  const char *method;

  set_default (self, "name", json_string (cam_experiment_get_name (self->experiment) != NULL ? cam_experiment_get_name (self->experiment) : ""));
  if (json_object_get (self->json, "seeds") == NULL)
    set_default (self, "repeats", json_integer (repeats[self->kind]));
  set_default (self, "monitor", json_string ("val_loss"));
  if (self->kind == CAM_STUDY_CROSS_VALIDATE)
    set_default (self, "folds", json_integer (5));
  if (self->kind == CAM_STUDY_LEARNING_CURVE)
    set_default (self, "sizes", json_pack ("[f, f, f, f, i]", 0.1, 0.25, 0.5, 0.75, 1));
  if (self->kind != CAM_STUDY_SEARCH)
    return;

  set_default (self, "method", json_string ("random"));
  method = json_string_value (json_object_get (self->json, "method"));
  if (!g_str_equal (method, "grid"))
    {
      set_default (self, "trials", json_integer (20));
      set_default (self, "seed", json_integer (42));
    }
  if (g_str_equal (method, "halving"))
    {
      set_default (self, "reduction", json_integer (3));
      set_default (self, "first_epochs", json_integer (MAX (1, epochs / 9)));
    }
}

/* Two runs of one seed would be the same run twice, and count as more evidence than they are. */
static gboolean
read_seeds (CamPlan  *self,
            GError  **error)
{
  const json_t *given = json_object_get (self->json, "seeds");
  guint64 first = cam_experiment_get_seed (self->experiment);

  if (given != NULL && json_object_get (self->json, "repeats") != NULL)
    return cam_plan_fail ("repeats", _("give either “seeds” or “repeats”"), error);
  for (gsize i = 0; i < json_array_size (given); i++)
    {
      guint64 seed = (guint64) json_integer_value (json_array_get (given, i));

      for (guint k = 0; k < self->seeds->len; k++)
        if (g_array_index (self->seeds, guint64, k) == seed)
          return cam_plan_fail ("seeds", _("each seed can stand there only once"), error);
      g_array_append_val (self->seeds, seed);
    }
  if (given != NULL && self->seeds->len == 0)
    return cam_plan_fail ("seeds", _("name at least one"), error);

  for (guint64 i = 0; given == NULL && i < (guint64) json_integer_value (json_object_get (self->json, "repeats")); i++)
    {
      guint64 seed = (first + i) & G_MAXINT64;

      g_array_append_val (self->seeds, seed);
    }

  return TRUE;
}

gboolean
cam_plan_check_size (const CamPlan  *self,
                     guint64         n_settings,
                     GError        **error)
{
  if (n_settings * self->seeds->len * MAX (self->n_folds, 1) <= CAM_PLAN_MOST_RUNS)
    return TRUE;

  return cam_plan_fail (_("plan"), _("these are more than 10,000 runs; take fewer values, seeds or folds"), error);
}

static gboolean
read_settings (CamPlan  *self,
               GError  **error)
{
  gboolean ok;

  switch (self->kind)
    {
    case CAM_STUDY_COMPARE:
      ok = cam_plan_add_values (self, error);
      break;
    case CAM_STUDY_LEARNING_CURVE:
      ok = cam_plan_add_sizes (self, error);
      break;
    case CAM_STUDY_SEARCH:
      ok = cam_plan_add_trials (self, error);
      break;
    case CAM_STUDY_REPEAT:
    case CAM_STUDY_CROSS_VALIDATE:
    case CAM_N_STUDY_KINDS:
    default:
      ok = cam_plan_add_setting (self, g_strdup (self->name), json_object (), _("experiment"), error);
    }
  if (ok && self->n_stages == 0)
    {
      self->n_stages = 1;
      self->stages[0].n_settings = self->settings->len;
    }

  return ok && cam_plan_check_size (self, self->settings->len, error);
}

static void
setting_free (gpointer data)
{
  CamPlanSetting *setting = data;

  g_free (setting->label);
  json_decref (setting->values);
  cam_experiment_unref (setting->experiment);
  g_free (setting);
}

CamPlan *
cam_plan_new_from_json (const json_t  *json,
                        const char    *folder,
                        GError       **error)
{
  g_autoptr(CamPlan) self = g_new0 (CamPlan, 1);
  const char *direction;

  g_atomic_ref_count_init (&self->count);
  self->settings = g_ptr_array_new_with_free_func (setting_free);
  self->seeds = g_array_new (FALSE, FALSE, sizeof (guint64));
  if (!check_document (json, error))
    return NULL;
  self->json = json_copy ((json_t *) json);
  if (!read_kind (self, error) || !take_experiment (self, folder, error))
    return NULL;

  fill_in (self);
  self->name = g_strdup (json_string_value (json_object_get (self->json, "name")));
  self->monitor = g_strdup (json_string_value (json_object_get (self->json, "monitor")));
  self->n_folds = (guint) json_integer_value (json_object_get (self->json, "folds"));
  direction = json_string_value (json_object_get (self->json, "direction"));
  self->larger_is_better = direction != NULL ? g_str_equal (direction, "max")
                                             : cam_history_key_larger_is_better (g_str_has_prefix (self->monitor, "test_") ? self->monitor + strlen ("test_") : self->monitor);

  if (!read_seeds (self, error) || !read_settings (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

CamPlan *
cam_plan_new_from_text (const char  *text,
                        GError     **error)
{
  g_autoptr(json_t) json = cam_json_parse (text, strlen (text), error);

  return json != NULL ? cam_plan_new_from_json (json, NULL, error) : NULL;
}

CamPlan *
cam_plan_load (const char  *path,
               GError     **error)
{
  g_autoptr(json_t) json = cam_json_load (path, error);
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *shown = g_filename_display_name (path);
  CamPlan *self;

  if (json == NULL)
    return NULL;
  self = cam_plan_new_from_json (json, folder, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", shown);

  return self;
}

CamPlan *
cam_plan_ref (CamPlan *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_plan_unref (CamPlan *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  json_decref (self->json);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_free (self->name);
  g_free (self->monitor);
  g_ptr_array_unref (self->settings);
  g_array_unref (self->seeds);
  g_free (self);
}

char *
cam_plan_to_text (const CamPlan *self)
{
  return cam_json_dump (self->json, FALSE);
}
