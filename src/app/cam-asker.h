/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model asked about single rows, over and over: what it takes, and room for its numbers, which are made once. It knows no widget. One thread. */
#pragma once

#include <cam-model.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_ASK_COLUMNS,        /* a value for each feature */
  CAM_ASK_PICTURE,        /* pixels */
  CAM_ASK_TEXT,           /* words, in the only feature */
  CAM_ASK_FILE,           /* one row says nothing, or nobody could type so many numbers */
} CamAskKind;

typedef struct _CamAsker CamAsker;

#define CAM_ASKER_MAX_SWEEP 64

CamAsker             *cam_asker_new          (const CamModel *model);    /* borrowed: it must outlive this */
void                  cam_asker_free         (CamAsker *self);

CamAskKind            cam_asker_get_kind     (const CamAsker *self);
guint                 cam_asker_get_n_features (const CamAsker *self);
const CamPredictions *cam_asker_get_form     (const CamAsker *self);     /* what the answers are called; borrowed */
/* cam_asker_get_picture: of CAM_ASK_PICTURE; @brightest: what a full pixel has. */
void                  cam_asker_get_picture  (const CamAsker *self, guint *height, guint *width, guint *channels, double *brightest);

/**
 * cam_asker_ask: @texts: a cell for each feature, as it would stand in a table
 *
 * Returns: the answer, in the units of CamPredictions; borrowed until the next question. %NULL: there is none, and @problem (transfer full) is why.
 */
const float          *cam_asker_ask          (CamAsker *self, const char *const *texts, char **problem);
/* cam_asker_ask_pixels: likewise, of [height, width, channels]. */
const float          *cam_asker_ask_pixels   (CamAsker *self, const float *pixels, char **problem);
/* cam_asker_sweep: the answers while one feature takes @n (at most CAM_ASKER_MAX_SWEEP) values and the others stay: @outputs [n, n_outputs]; NaN where there is none. */
void                  cam_asker_sweep        (CamAsker *self, const char *const *texts, guint feature, const double *values, guint n, float *outputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamAsker, cam_asker_free)

G_END_DECLS
