/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into a network while it learns: a worker asks a network of its own, with the newest weights, and the answer comes back to the main thread. One look is under way at most.
 * Main thread, but for @ask. */
#pragma once

#include <cam-network.h>
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CamNetworkLook CamNetworkLook;

/* On the worker's thread; @plan does not change while it has it. NULL: no answer. */
typedef gpointer (*CamNetworkAsk)      (gconstpointer plan, CamNetwork *network);
/* @answer: (transfer full): NULL: none, also where the weights do not fit. @plan: what was asked, the present one if @is_current. @took: µs */
typedef void     (*CamNetworkAnswered) (gpointer answer, gconstpointer plan, gboolean is_current, gint64 took, gpointer user_data);

/* cam_network_look_new: no call of @answered comes after cam_network_look_free(). @free_answer: of one that nobody waits for any more. */
CamNetworkLook *cam_network_look_new         (CamNetworkAsk ask, GDestroyNotify free_answer, CamNetworkAnswered answered, gpointer user_data);
void            cam_network_look_free        (CamNetworkLook *self);
/* cam_network_look_set_plan: what is asked from now on, and the worker's network; takes both (NULL: nothing is asked). The look under way is followed by another, and where weights are known
 * one begins at once. */
void            cam_network_look_set_plan    (CamNetworkLook *self, gpointer plan, GDestroyNotify free_plan, CamNetwork *network);
gboolean        cam_network_look_has_plan    (const CamNetworkLook *self);
/* cam_network_look_start: with these weights, unless a look is under way; then they are those of the next. cam_network_look_follow(): there is to be a next one. */
void            cam_network_look_start       (CamNetworkLook *self, GBytes *weights);
void            cam_network_look_follow      (CamNetworkLook *self);
gboolean        cam_network_look_is_busy     (const CamNetworkLook *self);
/* The weights of what is shown or under way. */
gboolean        cam_network_look_has_weights (const CamNetworkLook *self);
gboolean        cam_network_look_is_of       (const CamNetworkLook *self, GBytes *weights);
void            cam_network_look_forget      (CamNetworkLook *self);

G_END_DECLS
