/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run's model is worth: scores, charts, and the rows behind them, for training, validation and test rows, with a page for each task. Work is done off the main thread; what is known stays
 * shown meanwhile. Signal "look-up" (guint64 row of the table): somebody wants to see that row. */
#pragma once

#include <adwaita.h>

#include "cam-evaluation-job.h"
#include "cam-train-board.h"

G_BEGIN_DECLS

#define CAM_TYPE_EVALUATION_VIEW (cam_evaluation_view_get_type ())
G_DECLARE_FINAL_TYPE (CamEvaluationView, cam_evaluation_view, CAM, EVALUATION_VIEW, AdwBin)

GtkWidget *cam_evaluation_view_new     (void);
/* cam_evaluation_view_show: @run: NULL: nothing is shown. The same run as before is not asked again unless it has changed since: @stamp tells, any number that is another then. */
void       cam_evaluation_view_show    (CamEvaluationView *self, CamSession *session, CamRunItem *run, guint stamp);
/* cam_evaluation_view_get_sheet: what is shown; NULL: nothing yet. Borrowed. */
CamEvaluationSheet *cam_evaluation_view_get_sheet (CamEvaluationView *self);
CamEvaluationSource *cam_evaluation_view_get_source (CamEvaluationView *self);                /* borrowed; NULL: none */

/* cam_evaluation_view_get_switches: which part, and which output: for whoever shows the view to put beside its own; it goes with the view. Borrowed. */
GtkWidget *cam_evaluation_view_get_switches (CamEvaluationView *self);

struct _CamWhyPage;

/* For the pages. */

struct _CamWhyPage *cam_evaluation_view_get_why (CamEvaluationView *self);

/* cam_evaluation_view_dup_rows: "270 rows of the test · @hint". g_free(). */
char      *cam_evaluation_view_dup_rows    (CamEvaluationView *self, const char *hint);

/* cam_evaluation_view_show_scores: the most important ones, up to six. */
void       cam_evaluation_view_show_scores  (CamEvaluationView *self, const CamScore *const *scores, guint n);
/* cam_evaluation_view_open_rows: @samples: taken. */
void       cam_evaluation_view_open_rows    (CamEvaluationView *self, const char *title, guint output, gsize *samples, gsize n);
void       cam_evaluation_view_close_rows   (CamEvaluationView *self);
/* Of a label, kept while the run is shown; 0.5 at first. */
double     cam_evaluation_view_get_threshold (CamEvaluationView *self, guint output);
void       cam_evaluation_view_set_threshold (CamEvaluationView *self, guint output, double threshold);
/* The one that predictions of the run go by; cam_evaluation_view_keep_threshold(): the present one from now on. */
double     cam_evaluation_view_get_kept_threshold (CamEvaluationView *self, guint output);
void       cam_evaluation_view_keep_threshold     (CamEvaluationView *self, guint output);
void       cam_evaluation_view_choose_output (CamEvaluationView *self, guint output);
/* cam_evaluation_view_fill_figures: all of @scores as rows of a card: value, interval, without a network. */
void       cam_evaluation_view_fill_figures  (CamEvaluationView *self, GtkWidget *card, const CamScore *const *scores, guint n);

G_END_DECLS
