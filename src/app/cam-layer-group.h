/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of several layers of a session's network at once. Each is one step with a name that can be undone, and returns FALSE where nothing changes: with a message of the session where that
 * needs one. @places: of the chosen layers, from 0, ascending, each once. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

gboolean  cam_layer_group_remove    (CamSession *session, GArray *places);
/* cam_layer_group_duplicate: the copies come after the last of them, in their order; they have no names of their own. */
gboolean  cam_layer_group_duplicate (CamSession *session, GArray *places);
/* cam_layer_group_move: all of them, one after the other, before the layer that is now at @gap (the count of layers: to the end). */
gboolean  cam_layer_group_move      (CamSession *session, GArray *places, guint gap);
/* cam_layer_group_shift: each by one place, up (−1) or down (1); nothing where the first or last has nowhere to go. */
gboolean  cam_layer_group_shift     (CamSession *session, GArray *places, int by);
/* cam_layer_group_switch: on or off; off: they stay where they are, and the network is made without them. */
gboolean  cam_layer_group_switch    (CamSession *session, GArray *places, gboolean is_on);
/* cam_layer_group_is_on: whether at least one of them is; what a switch for all of them shows. */
gboolean  cam_layer_group_is_on     (CamSession *session, GArray *places);

/* cam_layer_group_copy: JSON text; NULL: none is chosen. g_free(). */
char     *cam_layer_group_copy      (CamSession *session, GArray *places);
gboolean  cam_layer_group_cut       (CamSession *session, GArray *places);
/* cam_layer_group_paste: the layers of @text (nullable: there was none) become layer @at and those after it; a name that is taken already is left out. @n_pasted: how many. */
gboolean  cam_layer_group_paste     (CamSession *session, guint at, const char *text, guint *n_pasted);

G_END_DECLS
