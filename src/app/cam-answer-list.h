/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows behind a figure: what they are, what was said of them, and their columns; pictures where the rows are pictures. Rows can be marked, looked up on the Data page, and saved as CSV.
 *
 * Actions: "answers.save-csv", "answers.look-up", "answers.mark-all", "answers.close". Signals: "closed"; "look-up" (guint64 row of the table);
 * "row-chosen" (guint64 sample of the evaluation). */
#pragma once

#include <adwaita.h>

#include <cam-evaluation.h>

G_BEGIN_DECLS

#define CAM_TYPE_ANSWER_LIST (cam_answer_list_get_type ())
G_DECLARE_FINAL_TYPE (CamAnswerList, cam_answer_list, CAM, ANSWER_LIST, AdwBin)

GtkWidget *cam_answer_list_new      (void);
/**
 * cam_answer_list_show:
 * @output: of several targets or labels, which
 * @threshold: for two classes and labels, above which the answer is the class
 * @samples: (transfer full): `[n]`: of @evaluation, in the order that they are shown in
 */
void       cam_answer_list_show     (CamAnswerList *self, CamEvaluation *evaluation, CamDataset *dataset, guint output, double threshold, const char *title, gsize *samples, gsize n);
gsize      cam_answer_list_get_n    (CamAnswerList *self);
/* cam_answer_list_save: those that are marked, or all where none is: temporary name, then renamed. */
gboolean   cam_answer_list_save     (CamAnswerList *self, const char *path, GError **error);

G_END_DECLS
