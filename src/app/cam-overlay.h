/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of several runs in one chart, each by itself or a mean of those that have a setting in common; and the names of what can be drawn. */
#pragma once

#include <cam-chart.h>

#include "cam-overlay-choice.h"
#include "cam-run-item.h"

G_BEGIN_DECLS

#define CAM_OVERLAY_MOST_CURVES 100      /* single ones that are drawn */
#define CAM_OVERLAY_MOST_GROUPS 24
/* A group in a look that is no setting. */
#define CAM_OVERLAY_STUDY "study"

typedef struct
{
  GPtrArray            *runs;            /* of CamRunItem whose histories have been read, the most important first */
  GPtrArray            *chosen;          /* of CamRunItem: drawn on top, the others pale; none: all alike */
  const char           *key;             /* a history key: "val_loss"; runs without it are left out */
  const CamOverlayLook *look;
  CamRunItem           *live;            /* the run under way, which has no report yet; NULL: none … */
  gsize                 live_batches;    /* … and its steps in an epoch; 0: not known */
  GHashTable           *studies;         /* names of studies by number (gint64), where runs are grouped by study */
  guint                 n_waiting;       /* runs whose histories are still to be read */
  guint                 n_beyond;        /* runs that are more than can be drawn one by one */
} CamOverlaySource;

typedef struct
{
  CamChart  *chart;
  char      *subtitle;                   /* NULL: nothing to say */
  GPtrArray *owners;                     /* of GPtrArray of CamRunItem: whose each series of the chart is */
  guint      n_means;                    /* the first so many series are means */
} CamOverlay;

/**
 * cam_overlay_new:
 *
 * Groups are told by the text of their setting, in the order of its values, and are averaged as cam_overlay_mean_new() says. The best epoch of the only chosen run is marked and named;
 * where best epochs are wanted each curve carries a dot: a run at its own best epoch, a mean where it is best itself.
 * Steps are batches; a run whose report does not tell how many rows it trained on is left out. Times are those at which epochs ended; of runs that did not keep them they are
 * spread evenly. What is left out, spread or not drawn is said in the subtitle.
 */
CamOverlay *cam_overlay_new       (const CamOverlaySource *source);
void        cam_overlay_free      (CamOverlay *self);

/* cam_overlay_list_keys: history keys that any of @runs has, validation first: "val_loss", "val_accuracy", "loss", "accuracy". Interned; free the array. */
GPtrArray  *cam_overlay_list_keys (GPtrArray *runs);

/* cam_overlay_dup_title: "Validation loss", "Training accuracy". g_free(). */
char       *cam_overlay_dup_title (const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamOverlay, cam_overlay_free)

G_END_DECLS
