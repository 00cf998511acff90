/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a schedule that suit a run. */
#include "cam-schedule-propose.h"

#include <math.h>

/* Keras's decay rates are made for a handful of stretches in a run. */
#define N_STRETCHES 10
/* Each restart takes twice as long as the one before: 1 + 2 + 4. */
#define N_PERIODS 7

/* Two digits: 1,350 becomes 1,400. */
static json_t *
round_steps (double n)
{
  double unit = pow (10, MAX (floor (log10 (MAX (n, 1))) - 1, 0));

  return json_integer ((json_int_t) MAX (rint (n / unit) * unit, 1));
}

void
cam_schedule_propose (json_t *config,
                      double  rate,
                      double  n_steps)
{
  if (!isnan (rate) && json_object_get (config, "initial_learning_rate") != NULL)
    json_object_set_new (config, "initial_learning_rate", json_real (rate));
  if (!isnan (rate) && json_object_get (config, "end_learning_rate") != NULL)
    json_object_set_new (config, "end_learning_rate", json_real (rate / 10));
  if (json_object_get (config, "decay_steps") != NULL)
    json_object_set_new (config, "decay_steps", round_steps (json_object_get (config, "decay_rate") != NULL ? n_steps / N_STRETCHES : n_steps));
  if (json_object_get (config, "first_decay_steps") != NULL)
    json_object_set_new (config, "first_decay_steps", round_steps (n_steps / N_PERIODS));
  if (json_object_get (config, "boundaries") != NULL)
    {
      json_object_set_new (config, "boundaries", json_pack ("[o]", round_steps (n_steps / 2)));
      if (!isnan (rate))
        json_object_set_new (config, "values", json_pack ("[f, f]", rate, rate / 10));
    }
}

static double
get_last (const json_t *list)
{
  return json_number_value (json_array_get (list, json_array_size (list) - 1));
}

json_t *
cam_schedule_mend (const json_t *before,
                   const json_t *after)
{
  json_t *mended = json_deep_copy (after);
  json_t *config = json_object_get (mended, "config");
  json_t *boundaries = json_object_get (config, "boundaries"), *values = json_object_get (config, "values");
  gboolean values_changed;

  if (json_array_size (boundaries) == 0 || json_array_size (values) == 0)
    return mended;

  values_changed = !json_equal (values, json_object_get (json_object_get (before, "config"), "values"));
  if (values_changed)
    {
      while (json_array_size (boundaries) + 1 > MAX (json_array_size (values), 2))
        json_array_remove (boundaries, json_array_size (boundaries) - 1);
      while (json_array_size (boundaries) + 1 < json_array_size (values))
        {
          double last = get_last (boundaries), gap = json_array_size (boundaries) > 1 ? last - json_number_value (json_array_get (boundaries, json_array_size (boundaries) - 2)) : last;

          json_array_append_new (boundaries, json_integer ((json_int_t) (last + MAX (gap, 1))));
        }
    }
  while (json_array_size (values) > json_array_size (boundaries) + 1)
    json_array_remove (values, json_array_size (values) - 1);
  while (json_array_size (values) < json_array_size (boundaries) + 1)
    json_array_append_new (values, json_real (get_last (values) / 10));

  return mended;
}
