/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the dataset share: the settings of columns resolved, and the steps of a preparation. */
#pragma once

#include "cam-dataset.h"

G_BEGIN_DECLS

typedef enum { CAM_ROLE_FEATURE, CAM_ROLE_TARGET, CAM_ROLE_GROUP, CAM_ROLE_IGNORED } CamRole;
typedef enum { CAM_SCALING_NONE, CAM_SCALING_STANDARD } CamScaling;
typedef enum { CAM_CODING_ONE_HOT, CAM_CODING_ORDINAL } CamCoding;
typedef enum { CAM_MISSING_DROP, CAM_MISSING_MEAN, CAM_MISSING_MOST_FREQUENT } CamMissing;

extern const char *const cam_role_words[], *const cam_kind_words[], *const cam_scaling_words[], *const cam_coding_words[], *const cam_missing_words[];
/* The place of @word in a NULL-terminated list; −1: not in it. */
int cam_word_find (const char *const *words, const char *word);

typedef struct
{
  guint          column;      /* of the table */
  CamRole        role;
  CamColumnKind  kind;
  CamScaling     scaling;
  CamCoding      coding;
  CamMissing     missing;
} CamColumnSettings;

/* cam_settings_resolve: one for each column of the table, or NULL with the error set. */
CamColumnSettings *cam_settings_resolve (const CamTable *table, const json_t *data, GError **error);

/* A column's way into the network. */
typedef struct
{
  char          *name;
  CamColumnKind  kind;         /* NUMBER or CATEGORY */
  CamMissing     missing;
  CamScaling     scaling;
  CamCoding      coding;
  double         fill;         /* numbers: what a missing one becomes; NaN: nothing */
  char          *fill_level;   /* categories */
  double         mean, deviation;
  GPtrArray     *levels;       /* char *, sorted; categories and class targets */
  GHashTable    *index;        /* level → its place + 1 */
} CamStep;

struct _CamPreparation
{
  gatomicrefcount  count;
  CamTask          task;
  GPtrArray       *features;   /* CamStep */
  GPtrArray       *targets;
  guint            n_inputs, n_outputs;
  GPtrArray       *input_names;
};

void     cam_step_free       (CamStep *self);
CamStep *cam_step_new        (const char *name, CamColumnKind kind);
void     cam_step_set_levels (CamStep *self, GPtrArray *levels);      /* takes; sorts */
guint    cam_step_width      (const CamStep *self);
/* The numbers of one cell. FALSE: it is missing, or a level that ordinal coding does not know. */
gboolean cam_step_apply      (const CamStep *self, const CamTable *table, guint column, gsize row, float *to);
/* The cell as the name of a category; NULL: missing. Numbers give their shortest text, in @buf. */
const char *cam_cell_level   (const CamTable *table, guint column, gsize row, char buf[40]);

CamPreparation *cam_preparation_new  (CamTask task);
void            cam_preparation_seal (CamPreparation *self);          /* after features and targets were added */
/* cam_preparation_fit: statistics and levels of @rows only; classes from @all_rows. */
CamPreparation *cam_preparation_fit  (const CamTable *table, const CamColumnSettings *settings, const gsize *all_rows, gsize n_all, const gsize *rows, gsize n_rows, GError **error);
gboolean        cam_preparation_target (const CamPreparation *self, const CamTable *table, const guint *columns, gsize row, float *to);

G_END_DECLS
