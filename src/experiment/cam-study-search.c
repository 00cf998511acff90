/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search in numbers: what it looked through, what of that matters, and how it went on. */
#include "cam-study-figures.h"

#include <math.h>
#include <string.h>

#include "cam-importance.h"
#include "cam-study-private.h"

/* A list of numbers that reaches so many times its smallest is laid out on a log axis. */
#define LOG_REACH 7.9

static void
axis_free (gpointer data)
{
  CamStudyAxis *axis = data;

  g_free (axis->path);
  g_free (axis->name);
  g_free (axis->values);
  g_ptr_array_unref (axis->categories);
  g_free (axis);
}

/* The parts of a path that say something: not "config". */
static char **
split_path (const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr(GStrvBuilder) told = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (!g_str_equal (parts[i], "config") && !g_str_equal (parts[i], "network"))
      g_strv_builder_add (told, parts[i]);

  return g_strv_builder_end (told);
}

/* The last part, and, where another path ends with it too, the one before. */
static char *
name_path (const char *path,
           json_t     *space)
{
  g_auto(GStrv) parts = split_path (path);
  guint n = g_strv_length (parts), n_same = 0;
  const char *other;
  json_t *value;

  if (n == 0)
    return g_strdup (path);
  json_object_foreach (space, other, value)
    {
      g_auto(GStrv) others = split_path (other);
      guint n_others = g_strv_length (others);

      n_same += n_others > 0 && g_str_equal (others[n_others - 1], parts[n - 1]);
    }

  return n_same > 1 && n > 1 ? g_strdup_printf ("%s %s", parts[n - 2], parts[n - 1]) : g_strdup (parts[n - 1]);
}

static char *
tell_category (const json_t *value)
{
  const json_t *name = json_object_get (value, "class_name");

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (json_is_string (name))
    return g_strdup (json_string_value (name));

  return value != NULL ? cam_json_dump (value, FALSE) : g_strdup ("–");
}

static double
find_category (CamStudyAxis *axis,
               const json_t *value)
{
  char *text = tell_category (value);
  guint place;

  if (g_ptr_array_find_with_equal_func (axis->categories, text, g_str_equal, &place))
    g_free (text);
  else
    {
      place = axis->categories->len;
      g_ptr_array_add (axis->categories, text);
    }

  return place;
}

static void
find_range (CamStudyAxis *axis,
            const json_t *range,
            guint         n)
{
  axis->low = INFINITY;
  axis->high = -INFINITY;
  for (guint i = 0; i < n; i++)
    {
      axis->low = fmin (axis->low, axis->values[i]);
      axis->high = fmax (axis->high, axis->values[i]);
    }
  axis->is_list = !json_is_object (range);
  if (axis->is_list)
    {
      axis->is_log = axis->low > 0.0 && axis->high / axis->low >= LOG_REACH;
      return;
    }
  axis->low = json_number_value (json_object_get (range, "from"));
  axis->high = json_number_value (json_object_get (range, "to"));
  axis->is_log = g_strcmp0 (json_string_value (json_object_get (range, "scale")), "log") == 0;
}

static CamStudyAxis *
make_axis (CamStudy   *self,
           const char *path,
           json_t     *space)
{
  CamStudyAxis *axis = g_new0 (CamStudyAxis, 1);
  guint n = cam_plan_get_n_settings (self->plan);

  axis->path = g_strdup (path);
  axis->name = name_path (path, space);
  axis->categories = g_ptr_array_new_with_free_func (g_free);
  axis->values = g_new (double, n + 1);
  axis->is_number = TRUE;
  for (guint i = 0; i < n && axis->is_number; i++)
    axis->is_number = json_is_number (json_object_get (cam_plan_get_values (self->plan, i), path));
  for (guint i = 0; i < n; i++)
    {
      const json_t *value = json_object_get (cam_plan_get_values (self->plan, i), path);

      axis->values[i] = axis->is_number ? json_number_value (value) : find_category (axis, value);
    }
  if (axis->is_number)
    find_range (axis, json_object_get (space, path), n);

  return axis;
}

GPtrArray *
cam_study_list_axes (CamStudy *self)
{
  GPtrArray *axes = g_ptr_array_new_with_free_func (axis_free);
  json_t *space = json_object_get (self->plan->json, "space"), *value;
  const char *path;

  json_object_foreach (space, path, value)
    g_ptr_array_add (axes, make_axis (self, path, space));

  return axes;
}

double
cam_study_find_importance (CamStudy  *self,
                           GPtrArray *axes,
                           double    *shares)
{
  g_autoptr(GPtrArray) groups = cam_study_make_stage_groups (self, cam_plan_get_monitor (self->plan), 0);
  g_autofree CamFactor *factors = g_new0 (CamFactor, axes->len + 1);
  g_autofree double *scores = g_new (double, groups->len + 1);
  g_autoptr(GPtrArray) logs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < groups->len; i++)
    scores[i] = ((const CamStudyGroup *) g_ptr_array_index (groups, i))->spread.mean;
  for (guint a = 0; a < axes->len; a++)
    {
      const CamStudyAxis *axis = g_ptr_array_index (axes, a);

      factors[a] = (CamFactor) { axis->values, axis->is_number ? 0 : MIN (axis->categories->len, CAM_IMPORTANCE_MOST_CATEGORIES), axis->low, axis->high };
      if (axis->is_number && axis->is_log)
        {
          double *values = g_new (double, groups->len + 1);

          for (guint i = 0; i < groups->len; i++)
            values[i] = log (axis->values[i]);
          g_ptr_array_add (logs, values);
          factors[a] = (CamFactor) { values, 0, log (axis->low), log (axis->high) };
        }
    }

  return cam_importance_find (factors, axes->len, scores, groups->len, CAM_IMPORTANCE_TREES, 1, shares);
}

double *
cam_study_find_best_so_far (CamStudy  *self,
                            guint     *n,
                            double   **order,
                            double   **scores)
{
  g_autoptr(GPtrArray) groups = cam_study_make_stage_groups (self, cam_plan_get_monitor (self->plan), 0);
  gboolean larger = cam_plan_larger_is_better (self->plan);
  double *best = g_new (double, groups->len + 1), so_far = NAN;

  *n = 0;
  *order = g_new (double, groups->len + 1);
  *scores = g_new (double, groups->len + 1);
  for (guint i = 0; i < groups->len; i++)
    {
      const CamStudyGroup *group = g_ptr_array_index (groups, i);

      if (group->spread.n == 0)
        continue;
      so_far = larger ? fmax (so_far, group->spread.mean) : fmin (so_far, group->spread.mean);
      (*order)[*n] = group->setting + 1;
      (*scores)[*n] = group->spread.mean;
      best[(*n)++] = so_far;
    }

  return best;
}
