/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the doctor's files share: the table as the settings take it, a sample of its rows, and the list of findings. */
#pragma once

#include "cam-doctor.h"
#include "cam-split-private.h"

G_BEGIN_DECLS

/* Rows that are looked at where a count is not needed. */
#define CAM_EXAM_SAMPLE 20000

typedef struct
{
  const CamTable          *table;
  const json_t            *data, *split, *fit;
  const CamDataSettings   *settings;
  const CamColumnSettings *columns;
  guint                    n_columns;
  gsize                    n_rows;
  gboolean                 is_sequence, is_image;
  GCancellable            *cancellable;

  GArray                  *usable;              /* gsize: rows that the dataset takes */
  GArray                  *parts[CAM_N_PARTS];  /* gsize; all empty where the split cannot be made */
  gboolean                 is_split;
  GArray                  *sample;              /* gsize: of training rows; of usable, or all, rows without a split */
  GArray                  *score;               /* gsize: of validation rows, or test rows where there are none */

  guint                   *targets, *features;  /* columns */
  guint                    n_targets, n_features;
  gboolean                 has_classes;         /* one target, of words */

  GPtrArray               *findings;
} CamExam;

/* A cell as one number: the number, or the code of its word; NaN: missing. */
double      cam_exam_get_value    (const CamExam *self, guint column, gsize row);
gboolean    cam_exam_is_numeric   (const CamExam *self, guint column);
const char *cam_exam_get_name     (const CamExam *self, guint column);
gboolean    cam_exam_is_cancelled (const CamExam *self);
/* The values of a column in @rows, without the missing ones. */
GArray     *cam_exam_list_values  (const CamExam *self, guint column, const GArray *rows);   /* of double */
/* How many different ones, in a sorted list. */
guint       cam_exam_count_sorted (const GArray *sorted);
int         cam_exam_compare      (gconstpointer a, gconstpointer b);                        /* two doubles */
/* “a”, “a and b”, “a, b and 5 more”. g_free(). */
char       *cam_exam_join         (const CamExam *self, const GArray *columns);              /* guint */
char       *cam_exam_share        (double share);                                            /* "25.8 %" */
/* " (looked at 20,000 of 1,000,000 training rows)", or "". g_free(). */
char       *cam_exam_tell_sample  (const CamExam *self);

/* cam_exam_add: @columns may be NULL; takes @title and @reason. The finding, to be cured. */
CamFinding *cam_exam_add          (CamExam *self, const char *id, CamSeverity severity, const GArray *columns, char *title, char *reason);
void        cam_finding_set_cure  (CamFinding *self, const char *cure_title);
void        cam_finding_cure_path (CamFinding *self, const char *path, json_t *value);                            /* takes @value */
void        cam_finding_cure_column (CamFinding *self, const CamExam *exam, guint column, const char *key, const char *word);
/* Every column of @columns ignored, where a feature is left afterwards; else there is no cure. */
void        cam_finding_cure_ignore (CamFinding *self, const CamExam *exam, const GArray *columns);

/* For the schema of the "data" section. New reference. */
json_t     *cam_ignored_findings_schema (void);

/* The families. */
void        cam_exam_columns      (CamExam *self);
void        cam_exam_numbers      (CamExam *self);
void        cam_exam_target       (CamExam *self);
void        cam_exam_leaks        (CamExam *self);
void        cam_exam_rows         (CamExam *self);
void        cam_exam_samples      (CamExam *self);

G_END_DECLS
