/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a plan: what its runs differ in besides seeds and folds. */
#include <cam-number.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-plan-private.h"

#define HIDDEN "network/hidden/"

gboolean
cam_plan_fail (const char  *where,
               const char  *what,
               GError     **error)
{
  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, "%s: %s", where, what);
  return FALSE;
}

/* Whether the layer has the setting, and does something by it: an activation that is linear is one that another layer stands in for. */
static gboolean
uses_setting (const CamExperiment *experiment,
              const char          *path)
{
  const json_t *value = cam_experiment_peek (experiment, path);

  return value != NULL && !json_is_null (value) && g_strcmp0 (json_string_value (value), "linear") != 0;
}

static CamExperiment *
edit_hidden (const CamExperiment  *experiment,
             const char           *setting,
             const json_t         *value,
             const char           *where,
             GError              **error)
{
  CamOutputEnd end;
  CamExperiment *edited = cam_experiment_ref ((CamExperiment *) experiment);
  guint n = 0;

  cam_output_end_find (cam_experiment_get_network (experiment), &end);
  for (gsize i = 0; i < end.layer && edited != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("network/%zu/%s", i, setting);
      CamExperiment *next;

      if (!uses_setting (experiment, path))
        continue;
      next = cam_experiment_with (edited, path, value, error);
      cam_experiment_unref (edited);
      edited = next;
      n++;
    }
  cam_output_end_clear (&end);

  if (edited == NULL)
    g_prefix_error (error, "%s: ", where);
  else if (n == 0)
    {
      g_autofree char *what = g_strdup_printf (_("no layer before the output has “%s”; name a layer by its number, from 0, in place of “hidden”"), setting);

      g_clear_pointer (&edited, cam_experiment_unref);
      cam_plan_fail (where, what, error);
    }

  return edited;
}

gboolean
cam_plan_check_path (const char  *path,
                     const char  *where,
                     GError     **error)
{
  static const char *const own[] = { "fit/seed", "split/fold", "split/folds", "split/train_rows", "split/train_seed", "camadas" };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_str_equal (path, own[i]))
      {
        g_autofree char *what = g_strdup_printf (_("“%s” cannot be among the settings of a study; seeds, folds and sizes have their own places in the plan"), path);

        return cam_plan_fail (where, what, error);
      }

  return TRUE;
}

static gboolean
is_equal (const json_t *a,
          const json_t *b)
{
  return a == b || json_equal (a, b);
}

/* Whether both read the same table. */
static gboolean
check_table (const CamExperiment  *experiment,
             const CamExperiment  *edited,
             const char           *where,
             GError              **error)
{
  const json_t *before = cam_experiment_get_data (experiment), *after = cam_experiment_get_data (edited);
  g_autoptr(json_t) kinds = cam_source_kinds (before);
  g_autoptr(json_t) other_kinds = cam_source_kinds (after);

  if (g_strcmp0 (cam_experiment_get_file (experiment), cam_experiment_get_file (edited)) != 0 ||
      !is_equal (json_object_get (before, "dialect"), json_object_get (after, "dialect")) || !is_equal (kinds, other_kinds))
    return cam_plan_fail (where, _("this would read other data; all runs of a study share one table"), error);

  return TRUE;
}

CamExperiment *
cam_plan_edit (const CamExperiment  *experiment,
               const char           *path,
               const json_t         *value,
               const char           *where,
               GError              **error)
{
  g_autoptr(CamExperiment) edited = NULL;

  if (g_str_has_prefix (path, HIDDEN))
    return edit_hidden (experiment, path + strlen (HIDDEN), value, where, error);

  edited = cam_experiment_with (experiment, path, value, error);
  if (edited == NULL)
    {
      g_prefix_error (error, "%s: ", where);
      return NULL;
    }

  return check_table (experiment, edited, where, error) ? g_steal_pointer (&edited) : NULL;
}

static gboolean
has_label (const CamPlan *self,
           const char    *label)
{
  for (guint i = 0; i < self->settings->len; i++)
    if (g_str_equal (((CamPlanSetting *) g_ptr_array_index (self->settings, i))->label, label))
      return TRUE;

  return FALSE;
}

gboolean
cam_plan_add_setting (CamPlan     *self,
                      char        *label,
                      json_t      *values,
                      const char  *where,
                      GError     **error)
{
  CamPlanSetting *setting = g_new0 (CamPlanSetting, 1);
  const char *path;
  json_t *value;

  setting->label = g_strdup (label);
  for (guint n = 2; has_label (self, setting->label); n++)
    {
      g_free (setting->label);
      setting->label = g_strdup_printf ("%s (%u)", label, n);
    }
  g_free (label);
  setting->values = values;
  setting->experiment = cam_experiment_ref (self->experiment);
  g_ptr_array_add (self->settings, setting);

  json_object_foreach (values, path, value)
    {
      CamExperiment *edited = cam_plan_edit (setting->experiment, path, value, where, error);

      if (edited == NULL)
        return FALSE;
      cam_experiment_unref (setting->experiment);
      setting->experiment = edited;
    }

  return TRUE;
}

/* A name, a number, or the class of an object with what its settings are. */
static char *
make_label (const json_t *value)
{
  const char *class_name = json_string_value (json_object_get (value, "class_name"));
  const json_t *config = json_object_get (value, "config");
  g_autofree char *settings = NULL;

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (class_name == NULL)
    return cam_json_dump (value, FALSE);
  if (json_object_size (config) == 0)
    return g_strdup (class_name);

  settings = cam_json_dump (config, FALSE);
  return g_strdup_printf ("%s %s", class_name, settings);
}

gboolean
cam_plan_add_values (CamPlan  *self,
                     GError  **error)
{
  const char *path = NULL;
  json_t *values = NULL, *labels = NULL;

  if (!cam_json_get_string (self->json, "setting", _("plan"), TRUE, &path, error) ||
      !cam_json_get_array (self->json, "values", _("plan"), TRUE, &values, error) ||
      !cam_json_get_array (self->json, "labels", _("plan"), FALSE, &labels, error))
    return FALSE;
  if (json_array_size (values) < 2)
    return cam_plan_fail ("values", _("a comparison needs at least two values"), error);
  if (labels != NULL && json_array_size (labels) != json_array_size (values))
    return cam_plan_fail ("labels", _("there must be one for each value"), error);
  if (!cam_plan_check_path (path, "setting", error))
    return FALSE;

  for (gsize i = 0; i < json_array_size (values); i++)
    {
      json_t *value = json_array_get (values, i);
      const char *given = json_string_value (json_array_get (labels, i));
      g_autofree char *where = g_strdup_printf (_("values, number %zu (“%s”)"), i + 1, path);

      if (!cam_plan_add_setting (self, given != NULL ? g_strdup (given) : make_label (value), json_pack ("{s:O}", path, value), where, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
cam_plan_add_sizes (CamPlan  *self,
                    GError  **error)
{
  json_t *sizes = json_object_get (self->json, "sizes");
  double before = 0.0;

  if (json_array_size (sizes) == 0)
    return cam_plan_fail ("sizes", _("name at least one"), error);
  for (gsize i = 0; i < json_array_size (sizes); i++)
    {
      double size = json_number_value (json_array_get (sizes, i));
      g_autofree char *where = g_strdup_printf (_("sizes, number %zu"), i + 1);
      char buf[CAM_NUMBER_BUF];

      /* The whole may be named after rows. */
      if (size == 1.0)
        size = INFINITY;
      if (size <= before)
        return cam_plan_fail (where, _("sizes must be above 0, and each larger than the one before"), error);
      before = size;
      size = json_number_value (json_array_get (sizes, i));
      if (size > 1.0 && size != floor (size))
        return cam_plan_fail (where, _("a size is a whole number of rows, or a share up to 1"), error);
      if (!cam_plan_add_setting (self, size <= 1.0 ? g_strdup_printf ("%s %%", cam_number_format (buf, size * 100, 4)) : g_strdup_printf (_("%s rows"), cam_number_format (buf, size, 15)),
                                 json_pack ("{s:O}", "split/train_rows", json_array_get (sizes, i)), where, error))
        return FALSE;
    }

  return TRUE;
}
