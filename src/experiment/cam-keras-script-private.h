/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the script share. */
#pragma once

#include "cam-keras-script.h"

G_BEGIN_DECLS

typedef struct
{
  const CamExperiment *experiment;
  const CamDataset    *dataset;      /* NULL: not known */
  const CamCsvDialect *dialect;      /* NULL: not known */
  GString             *out;
  GPtrArray           *parts;
} CamScriptWriter;

/* From here to the end the lines say what stands at @path. */
void cam_script_begin (CamScriptWriter *self, const char *path);
void cam_script_end   (CamScriptWriter *self);
void cam_script_line  (CamScriptWriter *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void cam_script_blank (CamScriptWriter *self);
/* [ "a", "b" ] over as many lines as it needs, after what the line already holds; @indent: of the lines that follow. */
void cam_script_names (CamScriptWriter *self, GPtrArray *names, guint indent);

/* Reading, parts and preparation: leaves x, y and the masks train, validation, test in the script. */
void cam_script_data  (CamScriptWriter *self);

G_END_DECLS
