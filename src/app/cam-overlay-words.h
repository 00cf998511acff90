/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to say about overlaid runs. Pure functions. */
#pragma once

#include "cam-overlay-choice.h"

G_BEGIN_DECLS

typedef struct
{
  CamBandKind band;
  const char *group;                 /* what the groups have in common, for people; NULL: single curves */
  guint       n_least, n_most;       /* runs of the smallest and of the largest group */
  gboolean    is_cut;                /* runs of a group are not equally long */
  guint       n_groups, n_groups_drawn;
  guint       n_curves, n_drawn;     /* single ones, where they are drawn */
  guint       n_spread;              /* runs without times of their own */
  guint       n_left_out;            /* runs without steps */
  guint       n_waiting;
} CamOverlayFacts;

/* cam_overlay_words_subtitle: "Means of 5 runs, band one deviation · by activation"; NULL: nothing. g_free(). */
char *cam_overlay_words_subtitle (const CamOverlayFacts *facts);

G_END_DECLS
