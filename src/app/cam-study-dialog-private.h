/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of the dialog before a study: what it shows (cam-study-dialog.c), the plan that this stands for (cam-study-dialog-plan.c), and plans as files (cam-study-dialog-files.c). */
#pragma once

#include "cam-study-choice.h"
#include "cam-study-dialog.h"
#include "cam-study-space.h"

G_BEGIN_DECLS

struct _CamStudyDialog
{
  AdwWindow       parent_instance;

  /* owned */
  CamSession     *session;
  CamExperiment  *experiment;
  GPtrArray      *choices;         /* of CamStudyChoice */
  GPtrArray      *monitors;        /* of char * */
  GCancellable   *cancellable;     /* of the look under way */
  CamPlan        *plan;            /* what was found to be possible; NULL: not looked at, or it is not */
  guint           timer;
  double          seconds;
  CamStudyKind    kind;
  gboolean        is_showing;
  gboolean        is_named;        /* by hand */

  /* template children */
  AdwWindowTitle *heading;
  GtkLabel       *note, *summary;
  GtkWidget      *problem_icon, *spinner;
  GtkWidget      *values_group, *sizes_group, *space_group, *method_group;
  GtkWidget      *size_from_row, *size_to_row, *size_steps_row, *sizes_list, *trials_row, *draw_seed_row, *first_epochs_row, *reduction_row, *folds_row, *repeats_row, *seeds_list;
  AdwEntryRow    *name_row;
  GtkDropDown    *setting;
  AdwBin         *values_bin;
  AdwComboRow    *sizes_form, *method, *monitor;
  GtkSpinButton  *size_from, *size_to, *size_steps, *trials, *draw_seed, *first_epochs, *reduction, *folds, *repeats;

  CamStudySpace  *space;           /* in its group; NULL: no search */
};

/* cam-study-dialog-plan.c */
const char           *cam_study_dialog_get_method (CamStudyDialog *self);
/* cam_study_dialog_get_choice: the setting that is compared. NULL: none. */
const CamStudyChoice *cam_study_dialog_get_choice (CamStudyDialog *self);
/* cam_study_dialog_make_sizes: from a share to another in even steps, each to a thousandth. New reference. */
json_t               *cam_study_dialog_make_sizes (CamStudyDialog *self);
/* cam_study_dialog_put_plan: what a plan says into the rows, which are those of its kind and experiment. */
void                  cam_study_dialog_put_plan   (CamStudyDialog *self, const json_t *plan);

/* cam-study-dialog-files.c: the actions plan.open and plan.save. */
void                  cam_study_dialog_install_files (GtkWidgetClass *widget_class);

G_END_DECLS
