/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a search: drawn from its space, or all of a grid. A trial is a function of the seed and its number alone, so that more trials begin with the same ones. */
#include <cam-number.h>
#include <cam-rng.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-plan-private.h"

/* Digits of a number that was drawn: it is to be read and typed again. */
#define DRAWN_DIGITS 4

typedef struct
{
  const char   *path;
  const json_t *list;          /* NULL: a range */
  double        from, to;
  gboolean      is_log, is_integer;
  guint         n_steps;       /* of a grid */
} Axis;

static gboolean
read_range (const json_t  *json,
            gboolean       is_grid,
            Axis          *axis,
            const char    *where,
            GError       **error)
{
  static const char *const keys[] = { "from", "to", "scale", "integer", "steps", NULL };
  const char *scale = "linear";
  gint64 n_steps = 0;

  if (!cam_json_check_keys (json, keys, where, error) ||
      !cam_json_get_number (json, "from", where, TRUE, -1e300, 1e300, &axis->from, error) ||
      !cam_json_get_number (json, "to", where, TRUE, -1e300, 1e300, &axis->to, error) ||
      !cam_json_get_string (json, "scale", where, FALSE, &scale, error) ||
      !cam_json_get_bool (json, "integer", where, FALSE, &axis->is_integer, error) ||
      !cam_json_get_int (json, "steps", where, is_grid, 2, CAM_PLAN_MOST_RUNS, &n_steps, error))
    return FALSE;

  axis->is_log = g_str_equal (scale, "log");
  axis->n_steps = (guint) n_steps;
  if (!axis->is_log && !g_str_equal (scale, "linear"))
    return cam_plan_fail (where, _("“scale” must be “linear” or “log”"), error);
  if (!(axis->from < axis->to))
    return cam_plan_fail (where, _("“from” must be below “to”"), error);
  if (axis->is_log && axis->from <= 0.0)
    return cam_plan_fail (where, _("on a “log” scale “from” must be above 0"), error);
  if (axis->is_integer && (axis->from != floor (axis->from) || axis->to != floor (axis->to)))
    return cam_plan_fail (where, _("“from” and “to” of whole numbers must be whole numbers"), error);

  return TRUE;
}

static gboolean
read_axis (const char    *path,
           const json_t  *json,
           gboolean       is_grid,
           Axis          *axis,
           GError       **error)
{
  g_autofree char *where = g_strdup_printf ("space, %s", path);

  *axis = (Axis) { .path = path };
  if (!cam_plan_check_path (path, where, error))
    return FALSE;
  if (json_is_object (json))
    return read_range (json, is_grid, axis, where, error);
  if (!json_is_array (json) || json_array_size (json) == 0)
    return cam_plan_fail (where, _("a list of values is needed here, or a range with “from” and “to”"), error);

  axis->list = json;
  axis->n_steps = (guint) json_array_size (json);
  return TRUE;
}

/* The value at @share, 0 … 1, of a range. */
static json_t *
make_number (const Axis *axis,
             double      share)
{
  double low = axis->is_log ? log (axis->from) : axis->from, high = axis->is_log ? log (axis->to) : axis->to, value = low + share * (high - low);
  char buf[CAM_NUMBER_BUF];

  if (axis->is_log)
    value = exp (value);
  if (axis->is_integer)
    return json_integer ((json_int_t) CLAMP (round (value), axis->from, axis->to));

  cam_number_format (buf, value, DRAWN_DIGITS);
  return json_real (CLAMP (g_ascii_strtod (buf, NULL), axis->from, axis->to));
}

/* Each whole number of a linear range is as likely as any other. */
static json_t *
draw (const Axis *axis,
      CamRng     *rng)
{
  if (axis->list != NULL)
    return json_incref (json_array_get (axis->list, cam_rng_below (rng, json_array_size (axis->list))));
  if (axis->is_integer && !axis->is_log)
    return json_integer ((json_int_t) axis->from + (json_int_t) cam_rng_below (rng, (guint64) (axis->to - axis->from) + 1));

  return make_number (axis, cam_rng_uniform (rng));
}

static json_t *
take_step (const Axis *axis,
           guint       step)
{
  if (axis->list != NULL)
    return json_incref (json_array_get (axis->list, step));

  return make_number (axis, (double) step / (axis->n_steps - 1));
}

static gboolean
add_trial (CamPlan  *self,
           json_t   *values,        /* taken */
           GError  **error)
{
  guint number = self->settings->len + 1;
  g_autofree char *text = cam_json_dump (values, FALSE);
  g_autofree char *where = g_strdup_printf (_("space, trial %u (%s)"), number, text);

  return cam_plan_add_setting (self, g_strdup_printf (_("trial %u"), number), values, where, error);
}

static gboolean
add_grid (CamPlan      *self,
          const GArray *axes,
          GError      **error)
{
  guint64 n = 1;

  for (guint a = 0; a < axes->len; a++)
    {
      n *= g_array_index (axes, Axis, a).n_steps;
      if (!cam_plan_check_size (self, n, error))
        return FALSE;
    }

  /* The last axis goes fastest. */
  for (guint64 i = 0; i < n; i++)
    {
      json_t *values = json_object ();
      guint64 rest = n, place = i;

      for (guint a = 0; a < axes->len; a++)
        {
          const Axis *axis = &g_array_index (axes, Axis, a);

          rest /= axis->n_steps;
          json_object_set_new (values, axis->path, take_step (axis, (guint) (place / rest)));
          place %= rest;
        }
      if (!add_trial (self, values, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_draws (CamPlan      *self,
           const GArray *axes,
           GError      **error)
{
  guint n = (guint) json_integer_value (json_object_get (self->json, "trials"));
  guint64 seed = (guint64) json_integer_value (json_object_get (self->json, "seed"));

  if (!cam_plan_check_size (self, n, error))
    return FALSE;
  for (guint trial = 0; trial < n; trial++)
    {
      json_t *values = json_object ();
      CamRng rng;

      cam_rng_init (&rng, seed, cam_rng_stream_named ("plan/trial") + trial);
      for (guint a = 0; a < axes->len; a++)
        {
          const Axis *axis = &g_array_index (axes, Axis, a);

          json_object_set_new (values, axis->path, draw (axis, &rng));
        }
      if (!add_trial (self, values, error))
        return FALSE;
    }

  return TRUE;
}

/* Stages of @reduction times the epochs and one in @reduction of the settings, the last with the epochs of the experiment. */
static gboolean
add_stages (CamPlan  *self,
            GError  **error)
{
  guint reduction = (guint) json_integer_value (json_object_get (self->json, "reduction"));
  guint64 epochs = (guint64) json_integer_value (json_object_get (self->json, "first_epochs"));
  guint most = cam_experiment_get_epochs (self->experiment), n = self->settings->len;

  if (json_object_get (json_object_get (self->json, "space"), "fit/epochs") != NULL)
    return cam_plan_fail ("space, fit/epochs", _("halving itself says how many epochs a trial has"), error);

  self->n_stages = 0;
  while (self->n_stages < CAM_PLAN_MOST_STAGES)
    {
      self->stages[self->n_stages].n_settings = n;
      self->stages[self->n_stages].epochs = (guint) MIN (epochs, most);
      self->n_stages++;
      if (epochs >= most)
        break;
      epochs *= reduction;
      n = MAX (n / reduction, 1);
    }

  return TRUE;
}

gboolean
cam_plan_add_trials (CamPlan  *self,
                     GError  **error)
{
  g_autoptr(GArray) axes = g_array_new (FALSE, FALSE, sizeof (Axis));
  const char *method = json_string_value (json_object_get (self->json, "method"));
  json_t *space = NULL, *json;
  const char *path;

  if (!cam_json_get_object (self->json, "space", _("plan"), TRUE, &space, error))
    return FALSE;
  if (json_object_size (space) == 0)
    return cam_plan_fail ("space", _("name at least one setting to search"), error);
  json_object_foreach (space, path, json)
    {
      Axis axis;

      if (!read_axis (path, json, g_str_equal (method, "grid"), &axis, error))
        return FALSE;
      g_array_append_val (axes, axis);
    }

  if (g_str_equal (method, "grid"))
    return add_grid (self, axes, error);

  return add_draws (self, axes, error) && (!g_str_equal (method, "halving") || add_stages (self, error));
}
