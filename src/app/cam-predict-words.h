/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prediction in words: what was asked, how it came out. Pure functions. */
#pragma once

#include "cam-prediction.h"

G_BEGIN_DECLS

typedef enum { CAM_PREDICT_GOOD, CAM_PREDICT_WARNING, CAM_PREDICT_ERROR } CamPredictMood;

typedef struct
{
  CamPredictMood  mood;
  char           *claim;          /* a few words */
  char           *rest;           /* goes on from the claim; may be "" */
  char           *detail;         /* further lines; NULL: none */
  char           *score;          /* "96.5 %"; NULL: not known */
  char           *score_name;     /* "accuracy" */
  char           *rename;         /* of a button: what its columns are to be taken for; NULL: nothing to propose */
} CamPredictWords;

CamPredictWords *cam_predict_words_new       (const CamPrediction *prediction);
void             cam_predict_words_free      (CamPredictWords *self);
char            *cam_predict_words_dup_title (const CamPrediction *prediction);    /* "Test part of iris.csv" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamPredictWords, cam_predict_words_free)

G_END_DECLS
