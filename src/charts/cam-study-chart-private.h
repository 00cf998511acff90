/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a study by what they show: curves over epochs and over training rows (cam-study-chart-curves.c), final scores (cam-study-chart-scores.c), what else tells settings
 * apart (cam-study-chart-compare.c), searches (cam-study-chart-search.c). */
#pragma once

#include <cam-study-figures.h>

#include "cam-study-chart.h"

G_BEGIN_DECLS

/* Settings in one picture; the best ones, where there are more. */
#define CAM_STUDY_MOST_CURVES 8
#define CAM_STUDY_MOST_ROWS 24

/* "val_accuracy": "Accuracy", borrowed, and "Accuracy (validation)", g_free(). */
const char    *cam_study_chart_title_score  (const char *score);
char          *cam_study_chart_name_score   (const char *score);
/* The score without its part: "accuracy". */
const char    *cam_study_chart_skip_part    (const char *score);
CamAxisFormat  cam_study_chart_find_format  (const char *score);
gboolean       cam_study_chart_is_larger    (CamStudy *study, const char *score);
/* cam_study_chart_head: title, and below it @notes (nullable) after how much is done, where that is not all. */
void           cam_study_chart_head         (CamChart *chart, CamStudy *study, const char *title, const char *notes);
/* “seed 43”, “fold 2”, or both. g_free(). */
char          *cam_study_chart_name_repeat  (CamPlan *plan, guint repeat);
/* The colour of a setting, the same in all pictures. */
guint          cam_study_chart_find_colour  (guint setting);
/* The history key or score that the study is judged by, as validated where the monitor is of other rows and histories are asked for. g_free(). */
char          *cam_study_chart_dup_key      (CamStudy *study);
/* cam_study_chart_rank: groups with a score, the best first, at most @n_most; the rest is cut off and counted. */
GPtrArray     *cam_study_chart_rank         (CamStudy *study, const char *score, guint n_most, guint *n_more);
/* "and 4 more", or NULL. g_free(). */
char          *cam_study_chart_tell_more    (guint n_more);

/* The charts. @what: the part of the id that the picture itself reads. */
CamChart      *cam_study_chart_new_curves   (CamStudy *study, const char *key);
CamChart      *cam_study_chart_new_sizes    (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_scores   (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_time     (CamStudy *study, const char *what);       /* a score; NULL: one that is worth asking after */
CamChart      *cam_study_chart_new_probabilities (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_dead     (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_gradients (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_activations (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_parallel (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_slice    (CamStudy *study, const char *path);
CamChart      *cam_study_chart_new_importance (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_best     (CamStudy *study, const char *what);
CamChart      *cam_study_chart_new_stages   (CamStudy *study, const char *what);
gboolean       cam_study_chart_has_layers   (CamStudy *study, gboolean is_dead);
gboolean       cam_study_chart_has_activations (CamStudy *study);

G_END_DECLS
