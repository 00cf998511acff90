/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of callbacks, in the order to offer, and the simplest of them. Source of the rules: keras.callbacks. */
#include "cam-callbacks-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
terminate_on_epoch (CamCallback    *callback,
                    const CamSite  *site,
                    guint           epoch,
                    char          **reason)
{
  for (guint i = 0; site->keys[i] != NULL; i++)
    if (g_str_equal (site->keys[i], "loss") && !isfinite (site->values[i]))
      {
        *reason = g_strdup_printf (_("Stopped: the loss of epoch %u is not a number."), epoch + 1);
        return TRUE;
      }

  return FALSE;
}

static const CamCallbackOps terminate_on_nan = {
  .kind = { "TerminateOnNaN", "terminate_on_nan", N_("Terminate on NaN"), N_("Ends training when the loss is not a number."), no_fields, FALSE, FALSE },
  .create = terminate_create, .free = terminate_free, .on_epoch = terminate_on_epoch,
};

const CamCallbackOps *const cam_callbacks[] = {
  &cam_early_stopping, &cam_reduce_on_plateau, &cam_rate_scheduler, &cam_model_checkpoint, &cam_csv_logger, &terminate_on_nan, NULL,
};
