/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EarlyStopping. Source of the rules: keras.callbacks.EarlyStopping. */
#include <glib/gi18n-lib.h>

#include "cam-callbacks-private.h"
#include "cam-monitor.h"
#include "cam-state-walk.h"

static const CamField fields[] = {
  CAM_F_MONITOR,
  CAM_F_FLOAT ("min_delta", N_("Smallest gain"), N_("A change counts as better only beyond this."), 0, 0, INFINITY, CAM_FIELD_ADVANCED),
  CAM_F_INT ("patience", N_("Patience"), N_("Epochs without improvement before training stops."), 0, 0, 1000000, CAM_FIELD_PLAIN),
  CAM_F_MODE,
  CAM_F_FLOAT ("baseline", N_("Baseline"), N_("Patience runs as long as the value is not better than this."), NAN, -INFINITY, INFINITY, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_BOOL ("restore_best_weights", N_("Restore best weights"), N_("At the end the network gets the weights of the best epoch."), 0, CAM_FIELD_PLAIN),
  CAM_F_INT ("start_from_epoch", N_("Start from epoch"), N_("Epochs before this one are not looked at."), 0, 0, 1000000, CAM_FIELD_ADVANCED),
  CAM_F_END,
};

typedef struct
{
  CamCallback  parent;
  CamMonitor   monitor;
  gboolean     restores;
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

  cam_monitor_init (&self->monitor, config);
  self->restores = cam_fields_bool (config, "restore_best_weights");
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

  cam_monitor_clear (&self->monitor);
  g_clear_pointer (&self->best_weights, g_bytes_unref);
  g_free (self);
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
early_on_epoch (CamCallback    *callback,
                const CamSite  *site,
                guint           epoch,
                char          **reason)
{
  EarlyStopping *self = (EarlyStopping *) callback;
  double value;

  if (epoch < self->start || !cam_monitor_find (&self->monitor, site, &value))
    return FALSE;

  if (self->restores && self->best_weights == NULL)
    take_weights (self, site->network, epoch);

  self->wait++;
  if (cam_monitor_improves (&self->monitor, value, self->best))
    {
      self->best = value;
      take_weights (self, site->network, epoch);
      if (isnan (self->baseline) || cam_monitor_improves (&self->monitor, value, self->baseline))
        self->wait = 0;
      return FALSE;
    }

  if (self->wait < self->patience || epoch == 0)
    return FALSE;

  *reason = g_strdup_printf (ngettext ("Stopped early: %s did not improve for %u epoch after epoch %u.",
                                       "Stopped early: %s did not improve for %u epochs after epoch %u.", self->wait),
                             self->monitor.key, self->wait, self->best_epoch + 1);
  /* Whoever goes on all the same wants to see that many epochs more. */
  self->wait = 0;
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

static void
early_walk (CamCallback  *callback,
            CamStateWalk *walk)
{
  EarlyStopping *self = (EarlyStopping *) callback;

  cam_state_walk_uint (walk, &self->wait);
  cam_state_walk_double (walk, &self->best);
  cam_state_walk_uint (walk, &self->best_epoch);
  cam_state_walk_bytes (walk, &self->best_weights);
}

static void
early_go_back (CamCallback *callback,
               guint        epoch,
               double       value,
               GBytes      *weights)
{
  EarlyStopping *self = (EarlyStopping *) callback;

  self->wait = 0;
  self->best = value;
  self->best_epoch = epoch;
  g_clear_pointer (&self->best_weights, g_bytes_unref);
  self->best_weights = self->restores ? g_bytes_ref (weights) : NULL;
}

static const CamMonitor *
early_get_monitor (CamCallback *callback)
{
  return &((EarlyStopping *) callback)->monitor;
}

const CamCallbackOps cam_early_stopping = {
  .kind = { "EarlyStopping", "early_stopping", N_("Early stopping"), N_("Ends training when a value no longer improves."), fields, FALSE, FALSE },
  .create = early_create, .free = early_free, .on_epoch = early_on_epoch, .on_end = early_on_end, .get_monitor = early_get_monitor, .walk = early_walk, .go_back = early_go_back, .defines_best = TRUE,
};
