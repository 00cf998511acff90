/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value that a callback watches: its settings, whether larger is better, and whether one is better than another. */
#pragma once

#include <math.h>

#include "cam-kinds-private.h"

G_BEGIN_DECLS

extern const char *const cam_monitor_keys[];     /* suggestions */
extern const char *const cam_monitor_modes[];

#define CAM_F_MONITOR CAM_F_TEXT ("monitor", N_("Monitor"), N_("The value that is watched: a key of the history."), "val_loss", cam_monitor_keys, CAM_FIELD_ADVANCED)
#define CAM_F_MODE CAM_F_CHOICE ("mode", N_("Better is"), N_("auto: higher for accuracies, lower for losses and errors."), "auto", cam_monitor_modes, CAM_FIELD_ADVANCED)

typedef struct _CamMonitor
{
  char    *key;          /* owned */
  gboolean larger;       /* is better */
  double   min_delta;    /* a change counts beyond this */
} CamMonitor;

/* From "monitor", "mode" and, where there is one, "min_delta". */
void     cam_monitor_init     (CamMonitor *self, const json_t *config);
void     cam_monitor_clear    (CamMonitor *self);
/* FALSE: the history has no such key. */
gboolean cam_monitor_find     (const CamMonitor *self, const CamSite *site, double *value);
/* Any number is better than NaN, which stands for none yet. */
gboolean cam_monitor_improves (const CamMonitor *self, double value, double on);

G_END_DECLS
