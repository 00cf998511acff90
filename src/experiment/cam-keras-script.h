/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An experiment as a Python script for Keras 3 (with numpy and pandas) that reads the same file, keeps the same rows for the same parts, prepares them by the same rules and trains the same
 * network with the same settings. Its weights start from Keras's own random numbers, so that curves differ as two seeds do. */
#pragma once

#include "cam-experiment.h"

G_BEGIN_DECLS

/* Which lines say what stands at a path of the document: "network/2", "optimizer", "data". */
typedef struct
{
  char  *path;
  guint  first, n_lines;     /* counted from 0 */
} CamScriptPart;

typedef struct
{
  char      *text;           /* UTF-8, ends with a new line */
  GPtrArray *parts;          /* of CamScriptPart, in the order of the lines; parts do not overlap */
} CamScript;

typedef enum
{
  CAM_SCRIPT_NETWORK,        /* the network and its compile alone */
  CAM_SCRIPT_EXPERIMENT,     /* everything, from the file to the saved model */
} CamScriptScope;

/**
 * cam_keras_script_new:
 * @experiment: the experiment
 * @dataset: (nullable): gives input shape, classes and the part of each row; without it the script asks for them in comments
 * @dialect: (nullable): how the file was read; what is left to guess is what pandas takes by itself
 *
 * A pure function of its arguments; any thread. Errors: what cam_kind_resolve() says of loss, metrics, optimizer and callbacks.
 */
CamScript *cam_keras_script_new    (const CamExperiment *experiment, const CamDataset *dataset, const CamCsvDialect *dialect, CamScriptScope scope, GError **error);
void       cam_keras_script_free   (CamScript *self);
gboolean   cam_keras_script_save   (const CamScript *self, const char *path, GError **error);   /* temporary name, then renamed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamScript, cam_keras_script_free)

G_END_DECLS
