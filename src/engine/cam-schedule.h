/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learning rates that follow a rule of the step's number. Source of the formulas: keras.optimizers.schedules. Pure functions; any thread. */
#pragma once

#include <cam-field.h>

G_BEGIN_DECLS

extern const CamVariant *const cam_schedule_variants[];   /* NULL-terminated, for the field "learning_rate" */

/* cam_schedule_check: what no field can say by itself (as many values as boundaries and one more, boundaries that rise). @value: completed. TRUE for a plain number. */
gboolean cam_schedule_check (const json_t *value, const char *where, GError **error);

/* cam_schedule_find: what a completed "learning_rate" means, looked up once; NULL: a plain number. @config: (out) (transfer full): its completed settings. */
typedef struct _CamSchedule CamSchedule;
const CamSchedule *cam_schedule_find (const json_t *value, json_t **config);
/* cam_schedule_get_rate: the rate of step @step, counted from 0, as a float32's value. */
double   cam_schedule_get_rate (const CamSchedule *self, const json_t *config, double step);

/* cam_schedule_rate: the rate of step @step, counted from 0, as a float32's value. @value: a completed "learning_rate", a number too. */
double   cam_schedule_rate  (const json_t *value, double step);

G_END_DECLS
