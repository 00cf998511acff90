/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The study on the Compare page: which one is chosen, what the table shows of the runs then, and what of the page the study has for itself. Signal: "changed": what is to be seen is another. */
#pragma once

#include "cam-run-table.h"
#include "cam-study-chooser.h"
#include "cam-study-view.h"

G_BEGIN_DECLS

/* Widgets of the page. @other: what the study stands in place of; in a narrow page, where there is room for one of them, the study stands in place of @curves too, unless @toggle is pressed. */
typedef struct
{
  CamStudyChooser *chooser;
  CamStudyView    *view;
  CamRunTable     *table;
  GtkWidget       *other, *curves, *toggle;
} CamCompareWidgets;

#define CAM_TYPE_COMPARE_STUDY (cam_compare_study_get_type ())
G_DECLARE_FINAL_TYPE (CamCompareStudy, cam_compare_study, CAM, COMPARE_STUDY, GObject)

/* cam_compare_study_new: all is borrowed. */
CamCompareStudy *cam_compare_study_new         (const CamCompareWidgets *widgets);
void             cam_compare_study_set_session (CamCompareStudy *self, CamSession *session);
/* cam_compare_study_lay_out: @is_wide: there is room for two cards side by side. Returns whether something else is visible now. */
gboolean         cam_compare_study_lay_out     (CamCompareStudy *self, gboolean is_wide);

G_END_DECLS
