/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an axis has its ticks and what stands at them. PLplot's own ticks are not used: a bad step makes it exit or loop for ever. */
#pragma once

#include "cam-chart.h"

G_BEGIN_DECLS

#define CAM_MAX_TICKS 30
#define CAM_MAX_MINOR (CAM_MAX_TICKS * 8)
#define CAM_TICK_LABEL 40

typedef struct
{
  guint  n;
  double values[CAM_MAX_TICKS];              /* on a log axis: log10 */
  char   labels[CAM_MAX_TICKS][CAM_TICK_LABEL];
  guint  n_minor;                            /* of a log axis: 2 … 9 of each decade */
  double minor[CAM_MAX_MINOR];
} CamTicks;

/* cam_ticks_step: the step of 1, 2, 2.5, 5 × 10ⁿ (whole: 1, 2, 5) that gives about @n_wanted ticks over @span (finite, > 0). */
double cam_ticks_step   (double span, guint n_wanted, gboolean is_whole);

/* cam_ticks_fill: ticks inside @min … @max (finite, min < max; on a log axis log10), at most CAM_MAX_TICKS, @step apart; on a log axis, and where @step is 0 or much too small, about @n_wanted. */
void   cam_ticks_fill   (CamTicks *self, double min, double max, guint n_wanted, double step, CamAxisFormat format);

/* cam_ticks_fill_dates: of an axis of days since 1970-01-01: at beginnings of years, months, days or times of day. FALSE: beyond the calendar, and nothing was filled in. */
gboolean cam_ticks_fill_dates (CamTicks *self, double min, double max, guint n_wanted);

/* cam_ticks_label: @value as a tick of an axis with that @step, whose ticks reach as far as @largest from zero. Decimal point in every locale, minus sign U+2212. */
void   cam_ticks_label  (char label[CAM_TICK_LABEL], double value, double step, double largest, gboolean is_share);

/* cam_ticks_power: 10 to the power of @exponent: "0.1", "100", "10⁻⁴". */
void   cam_ticks_power  (char label[CAM_TICK_LABEL], int exponent);

G_END_DECLS
