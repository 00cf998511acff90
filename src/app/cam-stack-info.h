/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to say about a session's network: of each layer what its card shows, and the sums. Made anew after
 * every change; never changed afterwards. */
#pragma once

#include "cam-session.h"

G_BEGIN_DECLS

typedef struct
{
  const char         *class_name;   /* borrowed from @layer */
  const CamLayerKind *kind;         /* NULL: unknown */
  json_t             *layer;        /* as in the document */
  char               *keras_name;   /* what Keras calls it where it has no name of its own; NULL: unknown kind */
  json_t             *config;       /* completed; NULL where the settings are wrong */
  char               *settings;     /* "64 units · relu" */
  const char         *activation;   /* borrowed from @config; NULL: this kind has none */
  char               *shape;        /* "(None, 64)", or "no shape" */
  char               *params;       /* "1,984 parameters", or what it waits for */
  char               *reason;       /* what is wrong, a sentence; NULL: nothing */
  char               *fix_path;     /* an edit that mends it, or NULL … */
  json_t             *fix_value;
  char               *fix_title;
  gboolean            is_off;       /* switched off: its shape is what passes it by */
  gboolean            is_waiting;   /* a layer before it is wrong */
  gboolean            has_weights;  /* or may have, where it is not known yet */
} CamLayerInfo;

typedef struct
{
  GPtrArray *layers;                /* of CamLayerInfo */
  char      *input_shape;           /* "(None, 30)", or "no data yet" */
  char      *input_text;
  guint64    n_params;              /* of the layers that have a shape */
  int        output;                /* the layer that gives what comes out: the last that is on; −1: none */
  guint      n_off;                 /* layers that are switched off */
  gboolean   is_complete;           /* all have one */
  gsize      batch_size;
  guint64    memory_bytes;          /* to train; an estimate */
  guint      n_wrong;               /* layers with a reason */
  char      *problem;               /* first problem of the experiment that is not a layer's, or NULL */
} CamStackInfo;

CamStackInfo *cam_stack_info_new  (CamSession *session);
void          cam_stack_info_free (CamStackInfo *self);
/* cam_stack_info_get: NULL where there is no such layer. */
const CamLayerInfo *cam_stack_info_get (const CamStackInfo *self, int layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamStackInfo, cam_stack_info_free)

G_END_DECLS
