/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be told of a run: a figure, a setting, a word of its own. Each may be a column of the table of runs and of the files made of it. */
#pragma once

#include "cam-run-item.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_RUN_FIELD_NAME,
  CAM_RUN_FIELD_CURVE,       /* of the run's monitor */
  CAM_RUN_FIELD_VALUE,       /* of the run's monitor */
  CAM_RUN_FIELD_METRIC,      /* of a history key */
  CAM_RUN_FIELD_EPOCH,       /* the one that these two are told of */
  CAM_RUN_FIELD_EPOCHS,
  CAM_RUN_FIELD_SETTING,
  CAM_RUN_FIELD_TIME,
  CAM_RUN_FIELD_STATE,
  CAM_RUN_FIELD_STARTED,
  CAM_RUN_FIELD_STUDY,
  CAM_RUN_FIELD_DATA,
  CAM_RUN_FIELD_TAGS,
  CAM_RUN_FIELD_NOTE,
  CAM_N_RUN_FIELDS
} CamRunFieldKind;

typedef struct
{
  CamRunFieldKind kind;
  const char     *key;       /* interned; of METRIC and SETTING, else NULL */
} CamRunField;

/* What runs are put in order by: a number, or a text; neither: there is nothing. The text is the run's, until its next refresh. */
typedef struct
{
  double      number;        /* NaN: none */
  const char *text;
} CamRunKey;

/* cam_run_field_dup_id: "value", "metric:val_loss", "setting:units": in files. cam_run_field_parse(): FALSE where it is none. */
char     *cam_run_field_dup_id    (const CamRunField *self);
gboolean  cam_run_field_parse     (const char *id, CamRunField *field);
/* cam_run_field_dup_title: for the head of a column: "Best", "Epoch 12", "val_loss", "learning_rate". */
char     *cam_run_field_dup_title (const CamRunField *self, CamRunWhen when);
/* cam_run_field_dup_text: as a person reads it; "–" where a figure is missing, "" where words are. */
char     *cam_run_field_dup_text  (const CamRunField *self, CamRunItem *run, CamRunWhen when);
CamRunKey cam_run_field_get_key   (const CamRunField *self, CamRunItem *run, CamRunWhen when);
/* cam_run_key_compare: “Run 9” stands before “Run 10”. What has nothing stands last, also where the order @is_descending. */
int       cam_run_key_compare     (const CamRunKey *a, const CamRunKey *b, gboolean is_descending);
/* cam_run_field_is_figure: its texts are numbers, which stand right in a printed table. */
gboolean  cam_run_field_is_figure (const CamRunField *self);

G_END_DECLS
