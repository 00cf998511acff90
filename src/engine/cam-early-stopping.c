/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EarlyStopping and TerminateOnNaN. Source of the rules: keras.callbacks.EarlyStopping. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-kinds-private.h"

static const char *const modes[] = { "auto", "min", "max", NULL };
static const char *const monitors[] = { "val_loss", "loss", "val_accuracy", "accuracy", "val_mean_absolute_error", "mean_absolute_error",
                                        "val_binary_accuracy", "binary_accuracy", "val_categorical_accuracy", "categorical_accuracy",
                                        "val_mean_squared_error", "mean_squared_error", NULL };

static const CamField fields[] = {
  CAM_F_CHOICE ("monitor", N_("Monitor"), N_("The value that must go on improving."), "val_loss", monitors, CAM_FIELD_ADVANCED),
  CAM_F_FLOAT ("min_delta", N_("Smallest gain"), N_("A change counts as better only beyond this."), 0, 0, INFINITY, CAM_FIELD_ADVANCED),
  CAM_F_INT ("patience", N_("Patience"), N_("Epochs without improvement before training stops."), 0, 0, 1000000, CAM_FIELD_PLAIN),
  CAM_F_CHOICE ("mode", N_("Better is"), N_("auto: higher for accuracies, lower for losses and errors."), "auto", modes, CAM_FIELD_ADVANCED),
  CAM_F_FLOAT ("baseline", N_("Baseline"), N_("Patience runs as long as the value is not better than this."), NAN, -INFINITY, INFINITY, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_BOOL ("restore_best_weights", N_("Restore best weights"), N_("At the end the network gets the weights of the best epoch."), 0, CAM_FIELD_PLAIN),
  CAM_F_INT ("start_from_epoch", N_("Start from epoch"), N_("Epochs before this one are not looked at."), 0, 0, 1000000, CAM_FIELD_ADVANCED),
  CAM_F_END,
};

typedef struct
{
  CamCallback  parent;
  char        *monitor;
  gboolean     larger;
  gboolean     restores;
  double       min_delta;
  double       baseline;       /* NaN: none */
  guint        patience;
  guint        start;

  guint        wait;
  double       best;           /* NaN: none yet */
  guint        best_epoch;
  GBytes      *best_weights;
} EarlyStopping;

static CamCallback *
early_create (const json_t *config)
{
  EarlyStopping *self = g_new0 (EarlyStopping, 1);
  const char *mode = cam_fields_choice (config, "mode");

  self->monitor = g_strdup (cam_fields_choice (config, "monitor"));
  self->larger = g_str_equal (mode, "max") || (g_str_equal (mode, "auto") && cam_history_key_larger_is_better (self->monitor));
  self->restores = cam_fields_bool (config, "restore_best_weights");
  self->min_delta = fabs (cam_fields_number (config, "min_delta"));
  self->baseline = cam_fields_number (config, "baseline");
  self->patience = (guint) cam_fields_int (config, "patience");
  self->start = (guint) cam_fields_int (config, "start_from_epoch");
  self->best = NAN;

  return &self->parent;
}

static void
early_free (CamCallback *callback)
{
  EarlyStopping *self = (EarlyStopping *) callback;

  g_free (self->monitor);
  g_clear_pointer (&self->best_weights, g_bytes_unref);
  g_free (self);
}

static gboolean
improves (const EarlyStopping *self,
          double               value,
          double               on)
{
  return self->larger ? value > on + self->min_delta : value < on - self->min_delta;
}

static void
take_weights (EarlyStopping *self,
              CamNetwork    *network,
              guint          epoch)
{
  self->best_epoch = epoch;
  if (self->restores && network != NULL)
    {
      g_clear_pointer (&self->best_weights, g_bytes_unref);
      self->best_weights = cam_network_dup_weights (network);
    }
}

static gboolean
early_on_epoch (CamCallback        *callback,
                guint               epoch,
                const char *const  *keys,
                const double       *values,
                CamNetwork         *network,
                char              **reason)
{
  EarlyStopping *self = (EarlyStopping *) callback;
  double value = NAN;
  gboolean found = FALSE;

  for (guint i = 0; keys[i] != NULL && !found; i++)
    if (g_str_equal (keys[i], self->monitor))
      {
        value = values[i];
        found = TRUE;
      }
  if (!found || epoch < self->start)
    return FALSE;

  if (self->restores && self->best_weights == NULL)
    take_weights (self, network, epoch);

  self->wait++;
  if (isnan (self->best) || improves (self, value, self->best))
    {
      self->best = value;
      take_weights (self, network, epoch);
      if (isnan (self->baseline) || improves (self, value, self->baseline))
        self->wait = 0;
      return FALSE;
    }

  if (self->wait < self->patience || epoch == 0)
    return FALSE;

  *reason = g_strdup_printf (ngettext ("Stopped early: %s did not improve for %u epoch after epoch %u.",
                                       "Stopped early: %s did not improve for %u epochs after epoch %u.", self->wait),
                             self->monitor, self->wait, self->best_epoch + 1);
  return TRUE;
}

static guint
early_on_end (CamCallback *callback,
              CamNetwork  *network)
{
  EarlyStopping *self = (EarlyStopping *) callback;

  if (self->best_weights == NULL || !cam_network_set_weights (network, self->best_weights, NULL))
    return 0;

  return self->best_epoch + 1;
}

static const char *
early_get_monitor (CamCallback *callback)
{
  return ((EarlyStopping *) callback)->monitor;
}

static const CamField no_fields[] = { CAM_F_END };

static CamCallback *
terminate_create (const json_t *config)
{
  return g_new0 (CamCallback, 1);
}

static void
terminate_free (CamCallback *callback)
{
  g_free (callback);
}

/* The fit loop itself stops at the first value that is not finite; this catches a loss of the epoch that is. */
static gboolean
terminate_on_epoch (CamCallback        *callback,
                    guint               epoch,
                    const char *const  *keys,
                    const double       *values,
                    CamNetwork         *network,
                    char              **reason)
{
  for (guint i = 0; keys[i] != NULL; i++)
    if (g_str_equal (keys[i], "loss") && !isfinite (values[i]))
      {
        *reason = g_strdup_printf (_("Stopped: the loss of epoch %u is not a number."), epoch + 1);
        return TRUE;
      }

  return FALSE;
}

static const CamCallbackOps early_stopping = {
  { "EarlyStopping", "early_stopping", N_("Early stopping"), N_("Ends training when a value no longer improves."), fields, FALSE, FALSE },
  early_create, early_free, early_on_epoch, early_on_end, early_get_monitor,
};
static const CamCallbackOps terminate_on_nan = {
  { "TerminateOnNaN", "terminate_on_nan", N_("Terminate on NaN"), N_("Ends training when the loss is not a number."), no_fields, FALSE, FALSE },
  terminate_create, terminate_free, terminate_on_epoch, NULL, NULL,
};

const CamCallbackOps *const cam_callbacks[] = { &early_stopping, &terminate_on_nan, NULL };
