/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was odd in a file and does not keep a model from answering, in words: rows too short, values that it has not learned. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

typedef struct
{
  const CamPreparation *preparation;   /* borrowed; NULL: of a file of somebody else's */
  gboolean              with_targets;  /* they count too */
  GArray               *unseen;        /* CamUnseen; NULL: no rows yet */
  gsize                 n_odd;         /* rows with too few or too many fields */
  char                 *odd;           /* the first, in words */
  gboolean              is_whole;      /* a large file had to be in memory at once */
} CamFileRemarks;

/* cam_file_remarks_clear: no row has come. */
void       cam_file_remarks_clear  (CamFileRemarks *self);
/* cam_file_remarks_add: takes @unseen, of some rows. */
void       cam_file_remarks_add    (CamFileRemarks *self, GArray *unseen);
/* cam_file_remarks_set_odd: as CamRowSink tells it. */
void       cam_file_remarks_set_odd (CamFileRemarks *self, gsize n_rows, const char *first);
/* cam_file_remarks_list: sentences. Element type char *, freed with it. */
GPtrArray *cam_file_remarks_list   (const CamFileRemarks *self);

G_END_DECLS
