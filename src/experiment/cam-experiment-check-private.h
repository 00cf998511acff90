/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files share that look for what keeps an experiment from being run. */
#pragma once

#include "cam-experiment-private.h"

G_BEGIN_DECLS

typedef struct
{
  const CamExperiment *experiment;
  const CamDataset    *dataset;       /* NULL: nothing is known of the data */
  CamPreparation      *preparation;   /* likewise */
  CamTask              task;
  CamShape             input;         /* of the network; only with @dataset */
  guint                n_needed;      /* numbers that the task wants */
  const json_t        *network;
  int                  last;          /* layer of the network that is not off; −1: none */
  GPtrArray           *reports;       /* of the layers; NULL without data */
  gsize                n_given;       /* numbers that the network gives; 0: not known */
  CamOutputEnd         end;
  const CamKind       *loss;
  const char          *loss_title;
  CamLossFamily        family;
  GPtrArray           *problems;
} CamCheck;

/* cam_check_tell: a problem at @where; @message is taken. Borrowed. */
CamProblem *cam_check_tell                (CamCheck *check, const char *where, char *message);
/* cam_check_offer: an edit that would mend it. @value (nullable: remove) and @title are taken. */
void        cam_check_offer               (CamProblem *problem, const char *path, json_t *value, char *title);
const char *cam_check_target_name         (const CamCheck *check);                 /* of the first target */
char       *cam_check_dup_title           (CamKindOf of, const char *name);        /* for the middle of a sentence */

/* cam_check_data: what is to be told, and the data against split and first layer. */
void        cam_check_data                (CamCheck *check);
/* cam_check_is_made_for_numbers: loss and activation are those of a network for numbers, but the target has classes: they have to change together,
 * and the metrics with them. */
gboolean    cam_check_is_made_for_numbers (const CamCheck *check);
/* cam_check_end: loss and last activation against the task and each other. */
void        cam_check_end                 (CamCheck *check);

G_END_DECLS
