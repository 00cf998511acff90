/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the dataset share: the settings resolved, and the steps of a preparation. */
#pragma once

#include "cam-dataset.h"
#include "cam-words.h"

G_BEGIN_DECLS

typedef enum { CAM_ROLE_FEATURE, CAM_ROLE_TARGET, CAM_ROLE_GROUP, CAM_ROLE_IGNORED } CamRole;
typedef enum { CAM_SCALING_NONE, CAM_SCALING_STANDARD, CAM_SCALING_MIN_MAX, CAM_SCALING_ROBUST } CamScaling;
typedef enum { CAM_CODING_ONE_HOT, CAM_CODING_ORDINAL } CamCoding;
typedef enum { CAM_MISSING_DROP, CAM_MISSING_MEAN, CAM_MISSING_MEDIAN, CAM_MISSING_MOST_FREQUENT, CAM_MISSING_CONSTANT, CAM_MISSING_PREVIOUS } CamMissing;

extern const char *const cam_role_words[], *const cam_kind_words[], *const cam_scaling_words[], *const cam_coding_words[], *const cam_missing_words[];
extern const char *const cam_task_words[];       /* of a document and of a preparation */
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
  gboolean       flag;
  const json_t  *fill;        /* of "constant"; borrowed from the section; NULL: not given */
} CamColumnSettings;

typedef struct
{
  guint    length;            /* 0: no sequence */
  guint    stride, horizon;
  gboolean past_targets, relative;
} CamSequence;

typedef struct
{
  guint              n_columns;
  CamColumnSettings *columns;
  int                task;                      /* CamTask; −1: follows from the targets */
  int                group, order;              /* columns of the table; −1: none */
  CamSequence        sequence;
  guint              vocabulary, text_length;   /* of the text feature, where there is one */
  guint              height, width, channels;   /* 0: no image */
} CamDataSettings;

/* cam_settings_resolve: NULL with the error set. @data is borrowed as long as the settings are. */
CamDataSettings *cam_settings_resolve (const CamTable *table, const json_t *data, GError **error);
void             cam_settings_free    (CamDataSettings *self);
/* The sections beside the columns: of the document and of a preparation. */
gboolean         cam_settings_get_sequence (const json_t *object, const char *where, CamSequence *sequence, const char **order, GError **error);
gboolean         cam_settings_get_image    (const json_t *object, const char *where, guint *height, guint *width, guint *channels, GError **error);
gboolean         cam_settings_get_text     (const json_t *object, const char *where, guint *vocabulary, guint *length, GError **error);

/* A column's way into the network. */
typedef struct
{
  char          *name;
  CamColumnKind  kind;
  CamMissing     missing;
  CamScaling     scaling;
  CamCoding      coding;
  gboolean       flag;
  double         fill;              /* numbers: what a missing one becomes; NaN: nothing */
  char          *fill_level;        /* categories */
  double         centre, spread;    /* scaled: (x − centre) / spread */
  gboolean       tells_seen;        /* numbers: the next four are to be found */
  double         seen_min, seen_max; /* in the rows it was fitted on; NaN: not known */
  double         typical;
  gboolean       is_whole;          /* so were all of them */
  GPtrArray     *levels;            /* char *, sorted; categories and class targets */
  GHashTable    *index;             /* level → its place + 1 */
} CamStep;

struct _CamPreparation
{
  gatomicrefcount  count;
  CamTask          task;
  GPtrArray       *features;        /* CamStep */
  GPtrArray       *targets;
  char            *group, *order;   /* columns; NULL: none */
  CamSequence      sequence;
  guint            height, width, channels;
  double           brightest;       /* of an image, the largest pixel; NaN: not known */
  CamWords        *words;           /* of a text; NULL: none */
  guint            text_length;

  /* What follows from the above. */
  guint            row_width;       /* numbers that one row gives: past targets, features */
  guint            target_width;    /* numbers that the targets of one row have */
  guint            n_inputs, n_outputs;
  CamShape         input_shape, output_shape;
  GPtrArray       *input_names;     /* of one row */
};

void        cam_step_free       (CamStep *self);
CamStep    *cam_step_new        (const char *name, CamColumnKind kind);
void        cam_step_set_levels (CamStep *self, GPtrArray *levels);      /* takes; sorts */
guint       cam_step_width      (const CamStep *self);
/* One cell by hand: @text NULL: missing. FALSE: such a row is left out. */
gboolean    cam_step_apply_text (const CamStep *self, const char *text, float *to);
/* The same of a step for numbers; NaN: missing. */
gboolean    cam_step_apply_number (const CamStep *self, double value, float *to);
/* The cell as the name of a category; NULL: missing. Numbers give their shortest text, in @buf. */
const char *cam_cell_level      (const CamTable *table, guint column, gsize row, char buf[40]);
gboolean    cam_cell_is_missing (const CamTable *table, CamColumnKind kind, guint column, gsize row);   /* for a step of this kind */
gboolean    cam_column_may_miss (const CamTable *table, CamColumnKind kind, guint column);              /* FALSE: surely none of its cells is; no cell is looked at */
int         cam_compare_words   (gconstpointer a, gconstpointer b);                                     /* of pointers to texts */

/* Fitted on @rows. FALSE: there is nothing in them. */
gboolean    cam_step_fit_numbers (CamStep *self, const CamTable *table, const CamColumnSettings *settings, const gsize *rows, gsize n, GError **error);
gboolean    cam_step_fit_levels  (CamStep *self, const CamTable *table, const CamColumnSettings *settings, const gsize *rows, gsize n, GError **error);
gboolean    cam_step_fit_classes (CamStep *self, const CamTable *table, guint column, const gsize *rows, gsize n, GError **error);   /* of a target */
char       *cam_step_dup_fill    (const CamColumnSettings *settings);                              /* "fill" as a text; NULL: not given */
void        cam_dataset_tell_missing_column (const char *name, GError **error);

CamPreparation *cam_preparation_new  (CamTask task);
/* cam_preparation_seal: after features and targets were added. FALSE: the parts do not go together. */
gboolean        cam_preparation_seal (CamPreparation *self, GError **error);
/* cam_preparation_fit: statistics and levels of @rows only; classes from @all_rows. */
CamPreparation *cam_preparation_fit  (const CamTable *table, const CamDataSettings *settings, const gsize *all_rows, gsize n_all, const gsize *rows, gsize n_rows, GError **error);

/* The rows of a table in their order, each group's by themselves. */
typedef struct
{
  gsize *rows;      /* [n_rows] */
  gsize *starts;    /* [n_series + 1]: where each begins in @rows */
  gsize  n_rows;
  guint  n_series;
} CamSeries;

/* @group, @order: columns; −1: none. Rows that are equal in order, and those without one, which come last, stay as they stand. */
void cam_series_init  (CamSeries *self, const CamTable *table, int group, int order);
void cam_series_clear (CamSeries *self);
/* The row from which "previous" takes the value of each row of the table, G_MAXSIZE: there is none. */
gsize *cam_series_find_previous (const CamSeries *self, const CamTable *table, const CamStep *step, guint column);

/* A column as a step sees it: looked at once, so that each cell is cheap. */
typedef struct
{
  const CamStep *step;
  guint          column;
  gint32        *places;     /* the column's level → the step's place + 1, 0: unknown to it; NULL: the column has no levels */
  gsize         *previous;   /* as above; NULL: the step takes none */
} CamCells;

/* A table as a preparation sees it. */
typedef struct
{
  const CamPreparation *preparation;
  const CamTable       *table;
  CamCells             *features;
  CamCells             *targets;   /* NULL: not in the table, or of no interest */
  CamSeries             series;    /* where there is a sequence, or a step that takes the previous value */
} CamView;

/* FALSE: a column is missing. @needs_targets: those too. */
gboolean cam_view_init   (CamView *self, const CamPreparation *preparation, const CamTable *table, gboolean wants_targets, gboolean needs_targets, GError **error);
void     cam_view_clear  (CamView *self);
/* Rows of numbers, column by column; @is_whole: (inout): [n], set to 0 where a row cannot be used. */
void     cam_view_fill_features (const CamView *self, const gsize *rows, gsize n, float *to, guint stride, guint8 *is_whole);
/* @is_past: what is missing is filled, as in a feature; without, only what is known counts. */
void     cam_view_fill_targets  (const CamView *self, const gsize *rows, gsize n, gboolean is_past, float *to, guint stride, guint8 *is_whole);
/* Samples that are single rows: @rows, those that cannot be used left out, in place; *n counts them anew. */
gboolean cam_view_prepare_rows  (const CamView *self, gsize *rows, gsize *n, float **x, float **y, GError **error);

/* The windows of a sequence. @parts: [rows of the table], CamPart or −1; windows of @part; NULL: all. @n_gaps: (inout): counts those that miss a value. */
typedef struct _CamFrame CamFrame;
CamFrame *cam_frame_new    (const CamView *view, GError **error);
void      cam_frame_free   (CamFrame *self);
gboolean  cam_frame_gather (const CamFrame *self, const gint8 *parts, CamPart part, gboolean wants_y, CamPrepared *prepared, gsize *n_gaps, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamDataSettings, cam_settings_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamFrame, cam_frame_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CamView, cam_view_clear)

G_END_DECLS
