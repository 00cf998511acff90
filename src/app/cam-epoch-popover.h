/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An epoch of a run, chosen on its loss chart: what it measured, and which of the run's weights can be taken home. The workspace keeps those of the best epoch and of the last; no others
 * are offered. */
#pragma once

#include "cam-chart-card.h"
#include "cam-session.h"

G_BEGIN_DECLS

/* cam_epoch_popover_present: @card: of the chart, whose x is the epoch. @is_under_way: the run goes on and its weights move. Returns: (transfer none): the card's, the same each time. */
GtkWidget *cam_epoch_popover_present (CamSession *session, CamRunItem *run, gboolean is_under_way, CamChartCard *card, double epoch);

/* cam_epoch_popover_save: what follows once the file is chosen; @which: "best" or "last". */
gboolean   cam_epoch_popover_save    (CamSession *session, CamRunItem *run, const char *which, const char *path, GError **error);

G_END_DECLS
