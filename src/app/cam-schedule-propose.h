/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a schedule that suit a run. Pure functions; any thread. */
#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

/* cam_schedule_propose: @config: the usual settings of a schedule, to be changed: it begins at @rate (NaN: not known) and takes the whole run of @n_steps batches. */
void    cam_schedule_propose (json_t *config, double rate, double n_steps);

/**
 * cam_schedule_mend:
 * @before, @after: completed values of a learning rate; @after is what somebody made of @before
 *
 * The stretches of a piecewise schedule need one value more than there are boundaries; where one list became longer or shorter the other follows.
 *
 * Returns: (transfer full): @after, mended
 */
json_t *cam_schedule_mend    (const json_t *before, const json_t *after);

G_END_DECLS
