/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a plan: reading it (cam-plan-read.c), its settings (cam-plan-settings.c, those of a search: cam-plan-space.c), and its runs (cam-plan.c). */
#pragma once

#include "cam-experiment-private.h"
#include "cam-plan.h"

G_BEGIN_DECLS

#define CAM_PLAN_VERSION 1
#define CAM_PLAN_MOST_RUNS 10000
#define CAM_PLAN_MOST_STAGES 32

typedef struct
{
  char          *label;
  json_t        *values;         /* path → value */
  CamExperiment *experiment;     /* with them */
} CamPlanSetting;

struct _CamPlan
{
  gatomicrefcount count;

  /* owned */
  json_t         *json;          /* complete, the experiment in it */
  CamExperiment  *experiment;
  char           *name;
  char           *monitor;
  GPtrArray      *settings;      /* CamPlanSetting */
  GArray         *seeds;         /* guint64 */

  CamStudyKind    kind;
  gboolean        larger_is_better;
  guint           n_folds;
  guint           n_stages;
  struct { guint n_settings, epochs; } stages[CAM_PLAN_MOST_STAGES];   /* epochs 0: the setting's own */
};

/* cam_plan_edit: @experiment with @value at @path, which may say "hidden"; @where names the place in the plan. New reference. */
CamExperiment *cam_plan_edit          (const CamExperiment *experiment, const char *path, const json_t *value, const char *where, GError **error);
/* cam_plan_check_path: whether a setting may be at @path: not what the study itself says for each run. */
gboolean       cam_plan_check_path    (const char *path, const char *where, GError **error);
/* cam_plan_check_size: whether so many settings are not too many runs; before they are made. */
gboolean       cam_plan_check_size    (const CamPlan *self, guint64 n_settings, GError **error);
/* cam_plan_add_setting: takes @label and @values; "(2)" makes a label of its own that is there already. */
gboolean       cam_plan_add_setting   (CamPlan *self, char *label, json_t *values, const char *where, GError **error);
/* Settings of each kind. */
gboolean       cam_plan_add_values    (CamPlan *self, GError **error);
gboolean       cam_plan_add_sizes     (CamPlan *self, GError **error);
gboolean       cam_plan_add_trials    (CamPlan *self, GError **error);
/* cam_plan_fail: an error in the plan at @where, CAM_JSON_ERROR_VALUE. Returns FALSE. */
gboolean       cam_plan_fail          (const char *where, const char *what, GError **error);

G_END_DECLS
