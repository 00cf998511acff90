/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run's state, end and figures are called on the screen. Pure functions. */
#pragma once

#include "cam-run-facts.h"

G_BEGIN_DECLS

const char *cam_run_words_state    (const CamRunFacts *facts);                  /* "running", "paused", "finished": for a chip */
const char *cam_run_words_colour   (const CamRunFacts *facts);                  /* the chip's class: "blue", "green", "amber", "red", "plain" */

/* cam_run_words_end: how an ended run came out: a short claim, and one or two sentences with its numbers. @detail: (out) (transfer full). g_free() both. */
char       *cam_run_words_end      (const CamRunFacts *facts, char **detail);

/* cam_run_words_value: "0.2312", "92.1 %" where the key is a share; "–" for NaN. g_free(). */
char       *cam_run_words_value    (const char *key, double value);
char       *cam_run_words_duration (double seconds);                            /* "0.3 s", "4 min 10 s", "2 h 5 min"; "–" for NaN */
char       *cam_run_words_speed    (double rows_per_s);                         /* "418 k", "1.2 M"; "–" for NaN */

/* cam_run_words_metric: the kind behind a history key, with or without val_; NULL: "loss" or unknown. */
const CamKind *cam_run_words_metric (const char *key);

G_END_DECLS
