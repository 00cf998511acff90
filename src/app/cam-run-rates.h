/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learning rate of a run, from its history, its schedule and what was set by hand, as a curve over its epochs. */
#pragma once

#include "cam-run-facts.h"

G_BEGIN_DECLS

/* cam_run_rates_are_worth_a_chart: the rate was not the same all the time. */
gboolean  cam_run_rates_are_worth_a_chart (const CamRunFacts *facts);

/* cam_run_rates_new_chart: a step where a rate was set by hand, within the epoch; the last of them is marked. (transfer full) */
CamChart *cam_run_rates_new_chart         (const CamRunFacts *facts, guint colour);

/* cam_run_rates_get: the one that holds now, or held at the end; NaN: not known. */
double    cam_run_rates_get               (const CamRunFacts *facts);

/* cam_run_rates_get_at: the one at the end of epoch @epoch, from 1; NaN: not known. */
double    cam_run_rates_get_at            (const CamRunFacts *facts, guint epoch);

/* cam_run_rates_describe: "0.0005 from epoch 6, batch 3". g_free(). */
char     *cam_run_rates_describe          (const CamRunEvent *event);

G_END_DECLS
