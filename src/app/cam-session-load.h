/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reading of a data file with what it leads to: the experiment to work on, given, proposed or from a draft, and its first dataset. Made on a worker thread, taken whole by the main one. */
#pragma once

#include <cam-experiment.h>
#include <cam-store.h>

#include <gio/gio.h>

#include "cam-session-private.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_LOAD_OPEN,        /* data and experiment take the place of what is open */
  CAM_LOAD_READ_AS,     /* the same data in another dialect, as one step that can be undone */
  CAM_LOAD_AGAIN,       /* the document already names what is to be read */
} CamLoadKind;

struct _CamLoad
{
  CamLoadKind       kind;

  /* Set before the thread starts; read by both. */
  char          *file;
  char          *open_name;         /* what undo calls it, where a draft is replaced */
  CamExperiment *experiment;        /* NULL: the draft, or a proposal */
  CamExperiment *draft;
  json_t        *dialect;
  gboolean       is_corrected;      /* the dialect was chosen just now: a draft that does not fit any more gives way */
  GCancellable  *cancellable;

  /* main thread only */
  CamStore      *store;             /* opened for this load; NULL: see store_path */
  char          *store_path;        /* NULL: the one of the data file */

  struct
  {
    GMutex  lock;
    goffset read, total;
    gsize   n_rows;
  } shared;

  /* Set by the thread; read by the main thread once the task has returned. */
  json_t        *kinds;
  CamCsvResult  *result;
  CamExperiment *chosen;
  CamDataset    *dataset;
  char          *data_problem;
};

CamLoad *cam_load_new       (CamLoadKind kind, const char *file);
void     cam_load_unref     (CamLoad *load);
/* cam_load_end: the main thread's reference: the store was opened for this load and is closed here. */
void     cam_load_end       (CamLoad *load);
/* cam_load_in_thread: a GTaskThreadFunc; the task's data is the load. */
void     cam_load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable);

G_END_DECLS
