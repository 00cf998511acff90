/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the Predict page share: cam-predict-page.c shows and asks, cam-predict-models.c has the models to choose from, cam-predict-actions.c what is done with files and rows. */
#pragma once

#include "cam-model-card.h"
#include "cam-one-row.h"
#include "cam-predict-banner.h"
#include "cam-predict-page.h"
#include "cam-prediction-table.h"

G_BEGIN_DECLS

struct _CamPredictPage
{
  AdwBin              parent_instance;

  /* owned */
  CamSession         *session;
  GListStore         *choices;         /* of CamModelChoice: models from files, then runs, newest first */
  CamModelChoice     *choice;          /* the one asked */
  gboolean            is_chosen;       /* by the user: no better run takes its place */
  CamPrediction      *prediction;      /* shown */

  /* What is wanted, and shown once it is there. */
  CamRowsKind         kind;
  char               *path;
  GPtrArray          *renames;         /* of CamTableRename; NULL: none */
  gboolean            is_asked;        /* by the user: a table that does not fit is told of */

  CamPredictionJob   *job;
  GCancellable       *cancellable;     /* of the job that counts; NULL: none */
  guint               tick_source;
  gint64              started_at;
  gboolean            is_dirty;
  gboolean            is_setting;

  /* template children */
  GtkStack           *stack;
  AdwFlap            *flap;
  GtkLabel           *title;
  GtkLabel           *subtitle;
  GtkDropDown        *model_choice;
  AdwSplitButton     *open_button;
  GtkWidget          *save_button;
  GtkWidget          *content;
  CamPredictBanner   *banner;
  CamModelCard       *model_card;
  CamModelCard       *about_card;
  GtkWidget          *busy_box;
  GtkLabel           *busy_label;
  GtkProgressBar     *busy_bar;
  CamPredictionTable *table;
  CamOneRow          *one_row;
};

/* cam-predict-page.c */
/* cam_predict_page_start: asks for what is wanted; later, where the page is not seen. */
void cam_predict_page_start          (CamPredictPage *self);
void cam_predict_page_drop_job       (CamPredictPage *self);
void cam_predict_page_update_actions (CamPredictPage *self);
/* cam_predict_page_ask: about other rows; @path of a file; @renames (nullable): taken, of CamTableRename. */
void cam_predict_page_ask            (CamPredictPage *self, CamRowsKind kind, const char *path, GPtrArray *renames);

/* cam-predict-models.c */
void cam_predict_page_list_models    (CamPredictPage *self);      /* after a change of the runs */
void cam_predict_page_model_chosen   (CamPredictPage *self);      /* in the list */
/* cam_predict_page_take_choice: a model that is new, and is asked from now on. */
void cam_predict_page_take_choice    (CamPredictPage *self, CamModelChoice *choice);

/* cam-predict-actions.c */
void     cam_predict_install_actions (GtkWidgetClass *widget_class);
/* cam_predict_page_drop: of a GtkDropTarget for files. */
gboolean cam_predict_page_drop       (CamPredictPage *self, const GValue *value);

G_END_DECLS
