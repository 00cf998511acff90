/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How runs are overlaid: what the user of the Compare page has chosen, remembered from one start to the next.
 *
 * Properties, read and write: "group" (the key of a setting, "": none) · "band" ("deviation", "error", "range", "none") · "axis" ("epoch", "step", "time") ·
 *   "show-runs" (single curves behind a mean) · "mark-best" (best epochs). Each is an action of the same name for menus. Unknown texts are taken for the first. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cam-overlay-mean.h"
#include "cam-settings.h"

G_BEGIN_DECLS

typedef enum { CAM_OVERLAY_EPOCHS, CAM_OVERLAY_STEPS, CAM_OVERLAY_TIME } CamOverlayAxis;

typedef struct
{
  const char     *group;         /* interned; NULL: none */
  CamBandKind     band;
  CamOverlayAxis  axis;
  gboolean        shows_runs;
  gboolean        marks_best;
} CamOverlayLook;

#define CAM_TYPE_OVERLAY_CHOICE (cam_overlay_choice_get_type ())
G_DECLARE_FINAL_TYPE (CamOverlayChoice, cam_overlay_choice, CAM, OVERLAY_CHOICE, GObject)

CamOverlayChoice     *cam_overlay_choice_new           (void);
const CamOverlayLook *cam_overlay_choice_get_look      (CamOverlayChoice *self);
/* cam_overlay_choice_set_settings: what was chosen before is chosen again, and what will be is kept there. */
void                  cam_overlay_choice_set_settings  (CamOverlayChoice *self, CamSettings *settings);
GActionGroup         *cam_overlay_choice_make_actions  (CamOverlayChoice *self);      /* new reference */

G_END_DECLS
