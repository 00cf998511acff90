/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules as a table: settings, and the rate of a step. */
#include "cam-schedule.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_PIECES 64

#define RATE_FIELD CAM_F_FLOAT ("initial_learning_rate", N_("First rate"), N_("The rate of the first step."), 0.001, 0, 1000, CAM_FIELD_LOG)
#define STEPS_FIELD(hint) CAM_F_INT ("decay_steps", N_("Steps"), hint, 1000, 1, 0x1p53, CAM_FIELD_LOG)
#define STAIRCASE_FIELD CAM_F_BOOL ("staircase", N_("In stairs"), N_("The rate stays the same within each stretch of steps."), 0, CAM_FIELD_PLAIN)

static const CamField exponential_fields[] = {
  RATE_FIELD,
  STEPS_FIELD (N_("Batches after which the rate has fallen by the factor once.")),
  CAM_F_FLOAT ("decay_rate", N_("Factor"), N_("What the rate is multiplied with every so many steps."), 0.96, 0, INFINITY, CAM_FIELD_PLAIN),
  STAIRCASE_FIELD, CAM_F_END,
};
static const CamField inverse_fields[] = {
  RATE_FIELD,
  STEPS_FIELD (N_("Batches that count as one unit of time.")),
  CAM_F_FLOAT ("decay_rate", N_("Decay"), N_("How much the divisor grows in each unit of time."), 0.5, 0, INFINITY, CAM_FIELD_PLAIN),
  STAIRCASE_FIELD, CAM_F_END,
};
static const CamField piecewise_fields[] = {
  CAM_F_INTS ("boundaries", N_("Up to step"), N_("The last batch of each stretch but the last."), 0, "1000", 0, 0x1p53, CAM_FIELD_PLAIN),
  CAM_F_FLOATS ("values", N_("Rates"), N_("The rate of each stretch: one more than there are boundaries."), 0, "0.001, 0.0001", 0, 1000, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField polynomial_fields[] = {
  RATE_FIELD,
  STEPS_FIELD (N_("Batches until the last rate is reached.")),
  CAM_F_FLOAT ("end_learning_rate", N_("Last rate"), NULL, 0.0001, 0, 1000, CAM_FIELD_LOG),
  CAM_F_FLOAT ("power", N_("Power"), N_("1: a straight line; above: steep first."), 1.0, 0, 100, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("cycle", N_("Begin again"), N_("Starts over, each time slower, instead of staying at the last rate."), 0, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField cosine_fields[] = {
  RATE_FIELD,
  STEPS_FIELD (N_("Batches until the smallest rate is reached.")),
  CAM_F_FLOAT ("alpha", N_("Smallest share"), N_("Share of the first rate at the end."), 0.0, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("warmup_target", N_("Rate after warm-up"), N_("Where the rate climbs to before it falls."), NAN, 0, 1000, CAM_FIELD_NULLABLE | CAM_FIELD_LOG),
  CAM_F_INT ("warmup_steps", N_("Warm-up steps"), N_("Batches in which the rate climbs."), 0, 0, 0x1p53, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField restarts_fields[] = {
  RATE_FIELD,
  CAM_F_INT ("first_decay_steps", N_("First period"), N_("Batches until the rate begins again for the first time."), 1000, 1, 0x1p53, CAM_FIELD_LOG),
  CAM_F_FLOAT ("t_mul", N_("Length factor"), N_("How much longer each period is than the one before."), 2.0, 1, 1000, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("m_mul", N_("Height factor"), N_("How high each period begins, seen from the one before."), 1.0, 0, 1000, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("alpha", N_("Smallest share"), N_("Share of the first rate at the end of a period."), 0.0, 0, 1, CAM_FIELD_PLAIN),
  CAM_F_END,
};

struct _CamSchedule
{
  CamVariant variant;
  double   (*rate) (const json_t *config, double step);
};
typedef CamSchedule Schedule;

static double
first_rate (const json_t *config)
{
  return cam_fields_number (config, "initial_learning_rate");
}

static double
get_time (const json_t *config,
          double        step)
{
  double time = step / cam_fields_number (config, "decay_steps");

  return cam_fields_bool (config, "staircase") ? floor (time) : time;
}

static double
exponential_rate (const json_t *config,
                  double        step)
{
  return first_rate (config) * pow (cam_fields_number (config, "decay_rate"), get_time (config, step));
}

static double
inverse_rate (const json_t *config,
              double        step)
{
  return first_rate (config) / (1.0 + cam_fields_number (config, "decay_rate") * get_time (config, step));
}

static double
piecewise_rate (const json_t *config,
                double        step)
{
  double boundaries[MOST_PIECES], values[MOST_PIECES];
  guint n = cam_fields_floats (config, "boundaries", boundaries, MOST_PIECES), i = 0;
  guint n_values = cam_fields_floats (config, "values", values, MOST_PIECES);

  while (i < n && step > boundaries[i])
    i++;

  return values[MIN (i, n_values - 1)];
}

static double
polynomial_rate (const json_t *config,
                 double        step)
{
  double first = first_rate (config), end = cam_fields_number (config, "end_learning_rate"), steps = cam_fields_number (config, "decay_steps");

  if (cam_fields_bool (config, "cycle"))
    steps *= MAX (1.0, ceil (step / steps));
  step = MIN (step, steps);

  return (first - end) * pow (1.0 - step / steps, cam_fields_number (config, "power")) + end;
}

static double
cosine_rate (const json_t *config,
             double        step)
{
  double first = first_rate (config), steps = cam_fields_number (config, "decay_steps"), alpha = cam_fields_number (config, "alpha");
  double target = cam_fields_number (config, "warmup_target"), warmup = cam_fields_number (config, "warmup_steps");

  if (!isnan (target))
    {
      if (step < warmup)
        return first + (target - first) * step / warmup;
      step -= warmup;
      first = target;
    }
  step = MIN (step, steps);

  return first * ((1.0 - alpha) * 0.5 * (1.0 + cos (G_PI * step / steps)) + alpha);
}

static double
restarts_rate (const json_t *config,
               double        step)
{
  double length = cam_fields_number (config, "t_mul"), alpha = cam_fields_number (config, "alpha"), done = step / cam_fields_number (config, "first_decay_steps");
  double period;

  if (length == 1.0)
    {
      period = floor (done);
      done -= period;
    }
  else
    {
      period = floor (log (1.0 - done * (1.0 - length)) / log (length));
      done = (done - (1.0 - pow (length, period)) / (1.0 - length)) / pow (length, period);
    }

  return first_rate (config) * ((1.0 - alpha) * pow (cam_fields_number (config, "m_mul"), period) * 0.5 * (1.0 + cos (G_PI * done)) + alpha);
}

static const Schedule exponential = { { "ExponentialDecay", "exponential_decay", N_("Exponential decay"), N_("Falls by the same factor every so many steps."), exponential_fields }, exponential_rate };
static const Schedule cosine = { { "CosineDecay", "cosine_decay", N_("Cosine decay"), N_("Falls along half a cosine; may climb first."), cosine_fields }, cosine_rate };
static const Schedule restarts = { { "CosineDecayRestarts", "cosine_decay_restarts", N_("Cosine with restarts"), N_("Falls along half a cosine again and again."), restarts_fields }, restarts_rate };
static const Schedule polynomial = { { "PolynomialDecay", "polynomial_decay", N_("Polynomial decay"), N_("Falls along a line or a curve to a last rate."), polynomial_fields }, polynomial_rate };
static const Schedule inverse = { { "InverseTimeDecay", "inverse_time_decay", N_("Inverse time decay"), N_("Divided by a number that grows with the steps."), inverse_fields }, inverse_rate };
static const Schedule piecewise = { { "PiecewiseConstantDecay", "piecewise_constant_decay", N_("Stretches"), N_("One rate for each stretch of steps."), piecewise_fields }, piecewise_rate };

const CamVariant *const cam_schedule_variants[] = {
  &exponential.variant, &cosine.variant, &restarts.variant, &polynomial.variant, &inverse.variant, &piecewise.variant, NULL,
};

static const CamField field = CAM_F_NUMBER_OR ("learning_rate", NULL, NULL, 0.001, 0, 1000, cam_schedule_variants, CAM_FIELD_PLAIN);

gboolean
cam_schedule_check (const json_t  *value,
                    const char    *where,
                    GError       **error)
{
  g_autoptr(json_t) config = NULL;
  double boundaries[MOST_PIECES + 1], values[MOST_PIECES + 1];
  guint n, n_values;

  if (cam_field_variant (&field, value, &config) != &piecewise.variant)
    return TRUE;

  n = cam_fields_floats (config, "boundaries", boundaries, MOST_PIECES + 1);
  n_values = cam_fields_floats (config, "values", values, MOST_PIECES + 1);
  if (n >= MOST_PIECES || n_values != n + 1)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
                   _("%s: %u boundaries need %u values, one for each stretch, and there may be %d boundaries at most; there are %u values"),
                   where, n, n + 1, MOST_PIECES - 1, n_values);
      return FALSE;
    }
  for (guint i = 1; i < n; i++)
    if (boundaries[i] <= boundaries[i - 1])
      {
        g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: the boundaries must rise, but %g follows %g"), where, boundaries[i], boundaries[i - 1]);
        return FALSE;
      }

  return TRUE;
}

const CamSchedule *
cam_schedule_find (const json_t  *value,
                   json_t       **config)
{
  *config = NULL;
  return json_is_number (value) ? NULL : (const CamSchedule *) (gconstpointer) cam_field_variant (&field, value, config);
}

double
cam_schedule_get_rate (const CamSchedule *self,
                       const json_t      *config,
                       double             step)
{
  return (float) self->rate (config, step);
}

double
cam_schedule_rate (const json_t *value,
                   double        step)
{
  g_autoptr(json_t) config = NULL;
  const CamSchedule *schedule;

  if (json_is_number (value))
    return (float) json_number_value (value);

  schedule = cam_schedule_find (value, &config);
  return schedule != NULL ? cam_schedule_get_rate (schedule, config, step) : NAN;
}
