/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few threads that share the items of a job and meet at its end. Items must not depend on each other, so that the result is the same for any number of
 * threads. Between jobs the threads spin for some microseconds and then sleep; an idle pool uses no processor. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CamPool CamPool;
typedef void (*CamPoolFunc) (guint item, gpointer user_data);

/* cam_pool_new: @n_threads with the caller's; 0: as many as there are processors. */
CamPool *cam_pool_new            (guint n_threads);
void     cam_pool_free           (CamPool *self);
guint    cam_pool_get_n_threads  (const CamPool *self);

/* cam_pool_run: calls @func for items 0 … n_items − 1, some of them in other threads where @shared, and returns when all are done.
 * One job at a time, always from the same thread. */
void     cam_pool_run            (CamPool *self, gboolean shared, CamPoolFunc func, guint n_items, gpointer user_data);

/* cam_pool_pace: called after each of many like steps, of @amount rows or whatever, that share their work: finds out from time to time whether all threads or one alone are the
 * faster, as other programs may hold the processors, and has cam_pool_run() use that number. 0: something else took time since the last step, which does not count. */
void     cam_pool_pace           (CamPool *self, double amount);
guint    cam_pool_get_width      (const CamPool *self);     /* threads in use: all, or 1 */

/* cam_flush_denormals: numbers too small to matter count as zero in this thread from now on; several times faster near the end of a fit.
 * Returns the state for cam_restore_denormals(). */
guint    cam_flush_denormals     (void);
void     cam_restore_denormals   (guint state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPool, cam_pool_free)

G_END_DECLS
