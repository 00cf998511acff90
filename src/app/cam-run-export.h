/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the runs as a CSV file: every digit, decimal points, times in UTC. */
#pragma once

#include "cam-run-item.h"

G_BEGIN_DECLS

/* cam_run_export: @runs of CamRunItem, a row each; @settings interned keys, @metrics history keys (their values at the best epoch), a column each. Written whole or not at all. */
gboolean cam_run_export (GPtrArray *runs, GPtrArray *settings, GPtrArray *metrics, const char *path, GError **error);

G_END_DECLS
