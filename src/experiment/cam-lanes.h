/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of work that are done side by side and ended in their order: rows of a file go in, what is made of them comes out as it stood in the file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CamLanes CamLanes;

/**
 * cam_lanes_new:
 * @n_threads: 0: as many as there are processors
 * @work: in one of the threads, several at a time
 * @end: in the thread that calls the functions below, one after the other in the order in which the pieces came; frees the piece. FALSE, with the error set, for the first that cannot be ended
 */
CamLanes *cam_lanes_new    (guint n_threads, void (*work) (gpointer piece, gpointer user_data), gboolean (*end) (gpointer piece, gpointer user_data, GError **error), gpointer user_data);
/* cam_lanes_add: takes @piece. Waits while there is more under way than the threads need to be busy, so that few pieces are in memory at a time. FALSE: what @end said. */
gboolean  cam_lanes_add    (CamLanes *self, gpointer piece, GError **error);
/* cam_lanes_drain: all that is under way. */
gboolean  cam_lanes_drain  (CamLanes *self, GError **error);
/* cam_lanes_drop: the same, and whatever @end says does not count. */
void      cam_lanes_drop   (CamLanes *self);
/* cam_lanes_free: after draining or dropping. */
void      cam_lanes_free   (CamLanes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamLanes, cam_lanes_free)

G_END_DECLS
