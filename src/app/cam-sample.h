/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample: a data set and the ready experiment that opens it, found in the folder of samples. What a card shows of
 * it, its picture included, is taken from the real data on a worker thread. */
#pragma once

#include <gio/gio.h>

#include <cam-experiment.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_PICTURE_NONE,
  CAM_PICTURE_POINTS,   /* x and y in 0 … 1, colour by class */
  CAM_PICTURE_LINE,     /* the same, joined in their order: a series */
  CAM_PICTURE_TILES,    /* small images, side by side */
  CAM_PICTURE_LABELS,   /* which labels some rows have */
  CAM_PICTURE_TEXTS,    /* some sentences, colour by class */
} CamPictureKind;

typedef struct
{
  float  x, y;
  guint8 colour;        /* of the charts' series */
} CamPicturePoint;

/* Complete once built; read by any thread. */
typedef struct
{
  char            *path;          /* the experiment document */
  char            *name;
  char            *description;   /* NULL: none */
  gsize            n_rows;
  guint            n_columns;
  int              task;          /* CamTask; −1: not known */
  const char      *task_word;     /* "Binary", "Series", "Images": translated, never freed */
  CamPictureKind   picture;
  guint            n_points;
  CamPicturePoint *points;
  guint            n_tiles, tile_width, tile_height;
  guint8          *tiles;         /* [n_tiles][height][width], 0 … 255; LABELS: one tile, a column a row of the table */
  char           **texts;         /* with the points' colours; NULL-terminated */
} CamSample;

void       cam_sample_free        (CamSample *self);

/* The folder of samples: $CAM_SAMPLES, else the installed one, else the source's. g_free(). */
char      *cam_samples_dup_folder (void);

/* cam_samples_load: every experiment of @folder, simplest first; what cannot be read is left out. Blocking: for a
 * worker thread. Element type CamSample, owned by the array. */
GPtrArray *cam_samples_load       (const char *folder, GCancellable *cancellable);

/* What a task is called on a card, and its icon and hue (a style class). */
const char *cam_task_word         (int task);
const char *cam_task_icon         (int task);
const char *cam_task_hue          (int task);

G_END_DECLS
