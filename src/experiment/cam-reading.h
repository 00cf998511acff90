/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of a run in words: what they show, since which epoch, by which numbers, and one change that may help. Rules of thumb that keep silent when they are not sure.
 * Pure functions; any thread. */
#pragma once

#include "cam-experiment.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_READING_OVERFITTING,
  CAM_READING_UNDERFITTING,
  CAM_READING_RATE_TOO_HIGH,
  CAM_READING_RATE_TOO_LOW,
  CAM_READING_PLATEAU,
  CAM_READING_UNSTABLE,
  CAM_READING_LEAKAGE,
} CamReadingKind;

typedef struct
{
  CamReadingKind kind;
  guint          epoch;       /* since which, from 1 */
  char          *claim;       /* "Overfitting since epoch 26." */
  char          *evidence;    /* a sentence with its numbers */
  /* An edit of the document that may help; path NULL: none. */
  char          *fix_path;
  json_t        *fix_value;
  char          *fix_title;   /* "Add early stopping"; also what undo calls it */
} CamReading;

/* A history: columns by their keys. */
typedef struct
{
  const char *const   *keys;       /* NULL-terminated */
  const double *const *columns;    /* [n_epochs] for each key */
  guint                n_epochs;
} CamCurves;

/* cam_readings_new: @experiment: the document that a fix would change, which may differ from the run's. Returns: of CamReading, the most telling first, three at most; empty: nothing is
 * sure. */
GPtrArray *cam_readings_new   (const CamCurves *curves, const CamExperiment *experiment);
void       cam_reading_free   (CamReading *self);

G_END_DECLS
