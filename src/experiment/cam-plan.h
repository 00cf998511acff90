/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a study: which runs one experiment becomes, as one versioned JSON document. A shared value: never changed, read by any thread.
 *
 *   {
 *     "camadas-plan": 1,                               the document's version; required
 *     "name": "Activations", "description": "…",
 *     "experiment": "digits.json"  or { … },           a file, seen from the plan, or the document itself; required
 *     "kind": "repeat" | "compare" | "cross-validate" | "learning-curve" | "search",        required
 *     "seeds": [1, 2, 3]  or "repeats": 3,             of the fit; so many, from the experiment's own seed on
 *     "folds": 5,                                      validation is each fifth in turn; cross-validate (5 if not given), and where wanted compare and search
 *     "setting": "network/hidden/config/activation",   compare: one place of the experiment …
 *     "values": ["relu", "tanh"], "labels": ["ReLU", "tanh"],     … what stands there, and what that is called
 *     "sizes": [0.1, 0.5, 1],                          learning-curve: training rows; up to 1: shares of them
 *     "space": { "fit/batch_size": [16, 32], "optimizer/config/learning_rate": { "from": 1e-4, "to": 0.1, "scale": "log" }, "network/0/config/units": { "from": 8, "to": 64, "integer": true } },
 *     "method": "random" | "grid" | "halving",         search; a range of a grid has "steps"
 *     "trials": 20, "seed": 42,                        drawn from the space; not of a grid
 *     "reduction": 3, "first_epochs": 10,              halving: one in three goes on to three times the epochs, up to those of the experiment (Hyperband's rule, its most eager bracket)
 *     "monitor": "val_loss", "direction": "min"        what settings are judged by, at the epoch whose weights a run leaves: "val_…", "test_…", or a training part's
 *   }
 *
 * A path names a place as in cam_experiment_with(); "hidden" in place of a number stands for all layers before the output that have the setting and use it (an activation
 * that is not linear).
 *
 * A study has settings (activations, sizes, trials) and repeats (seeds × folds); each setting is run with each repeat, and runs of different settings in the same repeat are a pair: the
 * same seed, the same rows. A search by halving has stages, each with fewer settings and more epochs; what goes on from one follows from all its scores. Places of runs count through
 * all stages. Nothing depends on the order in which runs end. */
#pragma once

#include "cam-experiment.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_STUDY_REPEAT,
  CAM_STUDY_COMPARE,
  CAM_STUDY_CROSS_VALIDATE,
  CAM_STUDY_LEARNING_CURVE,
  CAM_STUDY_SEARCH,
  CAM_N_STUDY_KINDS,
} CamStudyKind;

typedef struct _CamPlan CamPlan;

typedef struct
{
  guint64 seed;      /* of the fit */
  guint   round;     /* from 0: which of the seeds; the folds, and the rows of a learning curve, are dealt anew in each */
  guint   fold;      /* from 1; 0: no folds */
} CamPlanRepeat;

/* Where a run stands. */
typedef struct
{
  guint stage;       /* from 0 */
  guint rank;        /* among the settings of the stage, which are in ascending order */
  guint repeat;
} CamPlanPlace;

/* cam_plan_new_from_json: @folder: (nullable): where the file of an experiment is looked for. Everything but the data is checked, also that each setting makes a valid experiment.
 * Errors: CAM_EXPERIMENT_ERROR_DOCUMENT, CAM_JSON_ERROR_*; messages name the place in the plan. */
CamPlan       *cam_plan_new_from_json      (const json_t *json, const char *folder, GError **error);
CamPlan       *cam_plan_new_from_text      (const char *text, GError **error);
CamPlan       *cam_plan_load               (const char *path, GError **error);      /* messages begin with the file */
CamPlan       *cam_plan_ref                (CamPlan *self);
void           cam_plan_unref              (CamPlan *self);
/* cam_plan_to_text: with the experiment in it and all that was left out written out: equal texts are equal studies. g_free(). */
char          *cam_plan_to_text            (const CamPlan *self);

CamStudyKind   cam_plan_get_kind           (const CamPlan *self);
const char    *cam_plan_get_name           (const CamPlan *self);
CamExperiment *cam_plan_get_experiment     (const CamPlan *self);       /* borrowed: the one that all start from */
const char    *cam_plan_get_monitor        (const CamPlan *self);
gboolean       cam_plan_larger_is_better   (const CamPlan *self);
guint          cam_plan_get_n_folds        (const CamPlan *self);       /* 0: no folds */

/* cam_plan_hash_data: SHA-256, hex, of the file that its runs read, as cam_store_add_study() takes it; NULL where it cannot be told. May take a moment. g_free(). */
char          *cam_plan_hash_data          (const CamPlan *self);

guint          cam_plan_get_n_settings     (const CamPlan *self);       /* 1 where nothing but seeds and folds differs */
const char    *cam_plan_get_label          (const CamPlan *self, guint setting);        /* "tanh", "10 %", "trial 3"; each different */
const json_t  *cam_plan_get_values         (const CamPlan *self, guint setting);        /* an object of path → value; empty where nothing differs */
guint          cam_plan_get_n_repeats      (const CamPlan *self);
CamPlanRepeat  cam_plan_get_repeat         (const CamPlan *self, guint repeat);

guint          cam_plan_get_n_stages       (const CamPlan *self);
guint          cam_plan_count_settings     (const CamPlan *self, guint stage);
guint          cam_plan_get_n_runs         (const CamPlan *self);       /* of all stages */
guint          cam_plan_get_first          (const CamPlan *self, guint stage);          /* place of its first run; of the stage after the last: how many runs there are */
CamPlanPlace   cam_plan_find_place         (const CamPlan *self, guint place);
guint          cam_plan_get_epochs         (const CamPlan *self, guint stage, guint setting);   /* at most */

/**
 * cam_plan_choose:
 * @settings: `[count_settings (stage)]`: those of the stage, ascending
 * @scores: `[count_settings (stage)]`: what each has reached; NaN is worse than any
 * @chosen: (out): `[count_settings (stage + 1)]`, ascending
 *
 * What goes on to the next stage. Of equal scores the setting that comes first.
 */
void           cam_plan_choose             (const CamPlan *self, guint stage, const guint *settings, const double *scores, guint *chosen);

/* cam_plan_make_experiment: what one run is. New reference. */
CamExperiment *cam_plan_make_experiment    (const CamPlan *self, guint stage, guint setting, guint repeat, GError **error);
/* cam_plan_apply: @experiment, which may be another than the plan's, with the values of @setting. New reference. */
CamExperiment *cam_plan_apply              (const CamPlan *self, guint setting, CamExperiment *experiment, GError **error);
char          *cam_plan_make_name          (const CamPlan *self, guint stage, guint setting, guint repeat);    /* "tanh · seed 43 · fold 2". g_free() */

/* cam_plan_schema: the JSON Schema of the document, as a definition within that of experiments: "#" is an experiment there. New reference. */
json_t        *cam_plan_schema             (void);

extern const char *const cam_study_kind_words[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPlan, cam_plan_unref)

G_END_DECLS
