/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callbacks that set the learning rate: ReduceLROnPlateau, and LearningRateScheduler with rules that are data where Keras has a function of Python.
 * Source of the rules: keras.callbacks. Rates are float32's values, as Keras keeps them. */
#include <glib/gi18n-lib.h>

#include "cam-callbacks-private.h"
#include "cam-monitor.h"
#include "cam-state-walk.h"

static double
get_rate (const CamSite *site)
{
  return cam_optimizer_get_rate (site->optimizer, site->step);
}

static void
set_rate (const CamSite *site,
          double         rate)
{
  site->optimizer->given_rate = (float) rate;
}

/* ReduceLROnPlateau ------------------------------------------------------------------------------------------------- */

static const CamField plateau_fields[] = {
  CAM_F_MONITOR,
  CAM_F_FLOAT ("factor", N_("Factor"), N_("What the rate is multiplied with."), 0.1, 0, 1, CAM_FIELD_MAX_OPEN),
  CAM_F_INT ("patience", N_("Patience"), N_("Epochs without improvement before the rate falls."), 10, 0, 1000000, CAM_FIELD_PLAIN),
  CAM_F_MODE,
  CAM_F_FLOAT ("min_delta", N_("Smallest gain"), N_("A change counts as better only beyond this."), 1e-4, 0, INFINITY, CAM_FIELD_ADVANCED),
  CAM_F_INT ("cooldown", N_("Cool-down"), N_("Epochs after a fall in which nothing is counted."), 0, 0, 1000000, CAM_FIELD_ADVANCED),
  CAM_F_FLOAT ("min_lr", N_("Smallest rate"), N_("The rate falls no lower than this."), 0, 0, 1000, CAM_FIELD_ADVANCED | CAM_FIELD_LOG),
  CAM_F_END,
};

typedef struct
{
  CamCallback parent;
  CamMonitor  monitor;
  double      factor, min_rate;
  guint       patience, cooldown;

  guint       wait, cooling;
  double      best;          /* NaN: none yet */
} Plateau;

static CamCallback *
plateau_create (const json_t *config)
{
  Plateau *self = g_new0 (Plateau, 1);

  cam_monitor_init (&self->monitor, config);
  self->factor = cam_fields_number (config, "factor");
  self->min_rate = cam_fields_number (config, "min_lr");
  self->patience = (guint) cam_fields_int (config, "patience");
  self->cooldown = (guint) cam_fields_int (config, "cooldown");
  self->best = NAN;

  return &self->parent;
}

static void
plateau_free (CamCallback *callback)
{
  cam_monitor_clear (&((Plateau *) callback)->monitor);
  g_free (callback);
}

static gboolean
plateau_on_epoch (CamCallback    *callback,
                  const CamSite  *site,
                  guint           epoch,
                  char          **reason)
{
  Plateau *self = (Plateau *) callback;
  gboolean cools;
  double value;

  if (!cam_monitor_find (&self->monitor, site, &value))
    return FALSE;

  if (self->cooling > 0)
    {
      self->cooling--;
      self->wait = 0;
    }
  cools = self->cooling > 0;

  if (cam_monitor_improves (&self->monitor, value, self->best))
    {
      self->best = value;
      self->wait = 0;
    }
  else if (!cools && ++self->wait >= self->patience)
    {
      double rate = get_rate (site);

      if (rate > (float) self->min_rate)
        {
          set_rate (site, MAX (rate * self->factor, self->min_rate));
          self->cooling = self->cooldown;
          self->wait = 0;
        }
    }

  return FALSE;
}

static void
plateau_walk (CamCallback  *callback,
              CamStateWalk *walk)
{
  Plateau *self = (Plateau *) callback;

  cam_state_walk_uint (walk, &self->wait);
  cam_state_walk_uint (walk, &self->cooling);
  cam_state_walk_double (walk, &self->best);
}

static const CamMonitor *
plateau_get_monitor (CamCallback *callback)
{
  return &((Plateau *) callback)->monitor;
}

/* LearningRateScheduler --------------------------------------------------------------------------------------------- */

static const CamField steps_fields[] = {
  CAM_F_FLOAT ("drop", N_("Factor"), N_("What the rate is multiplied with at each step."), 0.5, 0, 1000, CAM_FIELD_MIN_OPEN),
  CAM_F_INT ("epochs_drop", N_("Epochs of a step"), N_("So many epochs have the same rate."), 10, 1, 1000000, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField decay_fields[] = {
  CAM_F_FLOAT ("factor", N_("Factor"), N_("What the rate is multiplied with in each epoch; 0.904837 is exp(−0.1)."), 0.9, 0, 1000, CAM_FIELD_MIN_OPEN),
  CAM_F_INT ("start_epoch", N_("First epoch"), N_("From this epoch on, counted from 0; before it the rate stays."), 10, 0, 1000000, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField list_fields[] = {
  CAM_F_FLOATS ("rates", N_("Rates"), N_("One for each epoch; later epochs have the last."), 0, "0.01, 0.001", 0, 1000, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField stretches_fields[] = {
  CAM_F_INTS ("epochs", N_("From epoch"), N_("Where each rate begins, counted from 0."), 0, "0, 10, 20", 0, 1000000, CAM_FIELD_PLAIN),
  CAM_F_FLOATS ("rates", N_("Rates"), N_("As many as there are beginnings."), 0, "0.01, 0.001, 0.0001", 0, 1000, CAM_FIELD_PLAIN),
  CAM_F_END,
};

/* The rate of epoch @epoch; @first: the rate before all of them, @rate: the rate so far. */
typedef struct
{
  CamVariant variant;
  double   (*rate) (const json_t *config, guint epoch, double first, double rate);
} Rule;

static double
steps_rate (const json_t *config,
            guint         epoch,
            double        first,
            double        rate)
{
  return first * pow (cam_fields_number (config, "drop"), (double) (epoch / (guint) cam_fields_int (config, "epochs_drop")));
}

static double
decay_rate (const json_t *config,
            guint         epoch,
            double        first,
            double        rate)
{
  return epoch < (guint) cam_fields_int (config, "start_epoch") ? rate : rate * cam_fields_number (config, "factor");
}

static double
get_in_list (const json_t *config,
             gsize         i)
{
  const json_t *rates = json_object_get (config, "rates");

  return json_number_value (json_array_get (rates, MIN (i, json_array_size (rates) - 1)));
}

static double
list_rate (const json_t *config,
           guint         epoch,
           double        first,
           double        rate)
{
  return get_in_list (config, epoch);
}

static double
stretches_rate (const json_t *config,
                guint         epoch,
                double        first,
                double        rate)
{
  const json_t *epochs = json_object_get (config, "epochs");
  gsize n = 0;

  while (n < json_array_size (epochs) && (json_int_t) epoch >= json_integer_value (json_array_get (epochs, n)))
    n++;

  return n > 0 ? get_in_list (config, n - 1) : rate;
}

static const Rule decay = { { "EpochDecay", "epoch_decay", N_("Falling"), N_("The same for some epochs, then multiplied by a factor in each."), decay_fields }, decay_rate };
static const Rule steps = { { "StepDecay", "step_decay", N_("In steps"), N_("Multiplied by a factor every so many epochs."), steps_fields }, steps_rate };
static const Rule stretches = { { "EpochStretches", "epoch_stretches", N_("Stretches"), N_("A rate for each stretch of epochs."), stretches_fields }, stretches_rate };
static const Rule list = { { "EpochList", "epoch_list", N_("List"), N_("A rate for each epoch."), list_fields }, list_rate };

static const CamVariant *const rules[] = { &decay.variant, &steps.variant, &stretches.variant, &list.variant, NULL };

static const CamField scheduler_fields[] = {
  CAM_F_VARIANT ("schedule", N_("Rule"), N_("How the rate follows from the epoch."), "epoch_decay", rules, CAM_FIELD_PLAIN),
  CAM_F_END,
};

typedef struct
{
  CamCallback parent;
  const Rule *rule;
  json_t     *config;     /* owned */
  double      first;      /* NaN: no epoch has begun */
} Scheduler;

static CamCallback *
scheduler_create (const json_t *config)
{
  Scheduler *self = g_new0 (Scheduler, 1);

  self->rule = (const Rule *) (gconstpointer) cam_field_variant (&scheduler_fields[0], json_object_get (config, "schedule"), &self->config);
  self->first = NAN;

  return &self->parent;
}

static void
scheduler_free (CamCallback *callback)
{
  json_decref (((Scheduler *) callback)->config);
  g_free (callback);
}

static void
scheduler_on_begin (CamCallback   *callback,
                    const CamSite *site,
                    guint          epoch)
{
  Scheduler *self = (Scheduler *) callback;
  double rate = get_rate (site);

  if (isnan (self->first))
    self->first = rate;
  set_rate (site, self->rule->rate (self->config, epoch, self->first, rate));
}

static gboolean
scheduler_on_epoch (CamCallback    *callback,
                    const CamSite  *site,
                    guint           epoch,
                    char          **reason)
{
  return FALSE;
}

static void
scheduler_walk (CamCallback  *callback,
                CamStateWalk *walk)
{
  cam_state_walk_double (walk, &((Scheduler *) callback)->first);
}

static gboolean
scheduler_check (const json_t       *config,
                 const char *const  *keys,
                 const char         *where,
                 GError            **error)
{
  g_autoptr(json_t) settings = NULL;
  const CamVariant *rule = cam_field_variant (&scheduler_fields[0], json_object_get (config, "schedule"), &settings);
  const json_t *epochs = json_object_get (settings, "epochs");
  gsize n = json_array_size (epochs), n_rates = json_array_size (json_object_get (settings, "rates"));

  if (rule != &stretches.variant)
    return TRUE;
  if (n != n_rates)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
                   _("%s: %zu epochs need as many rates; there are %zu of them"), where, n, n_rates);
      return FALSE;
    }
  for (gsize i = 1; i < n; i++)
    if (json_integer_value (json_array_get (epochs, i)) <= json_integer_value (json_array_get (epochs, i - 1)))
      {
        g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: the epochs must rise, but %lld follows %lld"), where,
                     (long long) json_integer_value (json_array_get (epochs, i)), (long long) json_integer_value (json_array_get (epochs, i - 1)));
        return FALSE;
      }

  return TRUE;
}

const CamCallbackOps cam_reduce_on_plateau = {
  .kind = { "ReduceLROnPlateau", "reduce_lr_on_plateau", N_("Reduce rate on plateau"), N_("Lowers the learning rate when a value no longer improves."), plateau_fields, FALSE, FALSE },
  .create = plateau_create, .free = plateau_free, .on_epoch = plateau_on_epoch, .get_monitor = plateau_get_monitor, .walk = plateau_walk, .sets_rate = TRUE,
};
const CamCallbackOps cam_rate_scheduler = {
  .kind = { "LearningRateScheduler", "learning_rate_scheduler", N_("Learning rate scheduler"), N_("Sets the learning rate at the beginning of each epoch."), scheduler_fields, FALSE, FALSE },
  .create = scheduler_create, .free = scheduler_free, .on_begin = scheduler_on_begin, .on_epoch = scheduler_on_epoch, .check = scheduler_check, .walk = scheduler_walk, .sets_rate = TRUE,
};
