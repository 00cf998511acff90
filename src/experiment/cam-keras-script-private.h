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

typedef struct
{
  const char *name;
  json_t     *settings;      /* owned; as cam_dataset_column_settings() gives it */
} CamScriptColumn;

/* Of CamScriptColumn: those of a role in the table's order, and the targets in the preparation's. */
GPtrArray *cam_script_find_columns (CamScriptWriter *self, const char *role);
GPtrArray *cam_script_find_targets (CamScriptWriter *self);
/* cam_script_word: the word at @key of a column's settings, or of a fitted step; "": none. */
const char *cam_script_word (const json_t *settings, const char *key);
/* cam_script_day_first: what pd.to_datetime() must be told. */
const char *cam_script_day_first (const CamScriptWriter *self);
/* cam_script_dup_previous: a call on a column that fills with the last value above, of the same group. g_free(). */
char *cam_script_dup_previous (const CamScriptWriter *self);
/* Lines within the loop over columns: dates in "column" as days; "column" by its "levels" into @to. */
void cam_script_days    (CamScriptWriter *self);
void cam_script_levels  (CamScriptWriter *self, const char *to, gboolean is_ordinal);
void cam_script_columns (CamScriptWriter *self, GPtrArray *names);

/* Reading, parts and preparation: leaves x, y and the masks train, validation, test in the script. */
void cam_script_data    (CamScriptWriter *self);
/* Its pieces: the file as "table"; "part", a letter for each @what ("row"), and the masks of it; y, also for an autoencoder. */
void cam_script_reading (CamScriptWriter *self, GPtrArray *features, GPtrArray *targets);
void cam_script_parts   (CamScriptWriter *self, const char *what, gboolean wants_masks);
void cam_script_masks   (CamScriptWriter *self);
void cam_script_targets (CamScriptWriter *self, GPtrArray *targets);

/* cam-keras-script-forms.c: data that are no rows of numbers: indices of words, windows of a series, pictures in IDX files. */
void     cam_script_words        (CamScriptWriter *self, const CamScriptColumn *text);
void     cam_script_series       (CamScriptWriter *self);
void     cam_script_idx          (CamScriptWriter *self);
gboolean cam_script_can_read_idx (CamScriptWriter *self);

G_END_DECLS
