/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as the lists show it: a GObject over a store's record, live while it runs. Properties (notify): "name", "state" (CamRunState as int), "state-text", "summary" (describe),
 * "n-epochs", "best-epoch", "best-value", "seconds", "started-text", "seed", "shown" (its curve is overlaid; read-write), "colour" (0 … 9),
 * "has-history" (the history has been read since the last refresh). Main thread only. */
#pragma once

#include <cam-chart.h>
#include <cam-experiment.h>
#include <cam-store.h>

#include "cam-run-settings.h"

G_BEGIN_DECLS

/* The epoch that the figures of a run are told of. */
#define CAM_RUN_AT_BEST 0
#define CAM_RUN_AT_LAST G_MAXUINT
typedef guint CamRunWhen;      /* or an epoch, from 1 */

#define CAM_TYPE_RUN_ITEM (cam_run_item_get_type ())
G_DECLARE_FINAL_TYPE (CamRunItem, cam_run_item, CAM, RUN_ITEM, GObject)

CamRunItem         *cam_run_item_new            (CamStore *store, CamRunRecord *record, guint colour);   /* takes @record */
void                cam_run_item_refresh        (CamRunItem *self);                      /* reads the record again */
/* cam_run_item_let_go: its store is about to be closed: what was read of the run stays, and nothing more is. */
void                cam_run_item_let_go         (CamRunItem *self);
gint64              cam_run_item_get_id         (CamRunItem *self);
const char         *cam_run_item_get_name       (CamRunItem *self);
CamRunState         cam_run_item_get_state      (CamRunItem *self);
/* cam_run_item_get_record: its experiment and report are NULL: they are long, and read when they are asked for. */
const CamRunRecord *cam_run_item_get_record     (CamRunItem *self);
/* Read from the store on first use; borrowed until the next refresh. A run of a store that is closed has neither, nor has a damaged one. */
const char         *cam_run_item_peek_experiment (CamRunItem *self);
const char         *cam_run_item_peek_report    (CamRunItem *self);
guint               cam_run_item_get_colour     (CamRunItem *self);
gboolean            cam_run_item_get_shown      (CamRunItem *self);
void                cam_run_item_set_shown      (CamRunItem *self, gboolean shown);
/* Column of a history key; NULL where the run has no such key. n_epochs values, borrowed until the next refresh; read from the store on first use. */
const double       *cam_run_item_peek_history   (CamRunItem *self, const char *key, guint *n_epochs);
gboolean            cam_run_item_has_history    (CamRunItem *self);
/* When each epoch of the history ended, in seconds since the run began, NaN: not known (workspaces of older versions); borrowed until the next refresh, read on first use. */
const double       *cam_run_item_peek_seconds   (CamRunItem *self, guint *n_epochs);
gint64              cam_run_item_get_study      (CamRunItem *self);                      /* 0: none */
/* What was measured of @key then; NaN: nothing. No history is read for it but where @when is an epoch whose values were not put in by cam_run_item_take_values(). */
double              cam_run_item_get_value      (CamRunItem *self, const char *key, CamRunWhen when);
/* Of all keys after @epoch, so that whoever wants one of many runs can read them at once; @values NULL: the run did not come so far. */
void                cam_run_item_take_values    (CamRunItem *self, guint epoch, const double *values, guint n_values);
/* Name, tags, note, study, state and settings in lower case, a line each: what a word is looked for in. */
const char         *cam_run_item_peek_words     (CamRunItem *self);
gboolean            cam_run_item_has_tag        (CamRunItem *self, const char *tag);
/* What was done to it by hand; read from the store on first use, borrowed until the next refresh. */
const CamRunEvent  *cam_run_item_peek_events    (CamRunItem *self, guint *n);
/* Of CamRunSetting; read from the document on first use, borrowed, and the same as long as the item lives. */
GPtrArray          *cam_run_item_peek_settings  (CamRunItem *self);
/* How its curves are drawn where runs are overlaid: with the colour it tells 36 runs apart. */
CamLinePattern      cam_run_item_get_pattern    (CamRunItem *self);
/* cam_run_item_set_line: while it stands for a group it is drawn as that: @colour 0 … 9; −1: as itself again. Told by "colour". */
void                cam_run_item_set_line       (CamRunItem *self, int colour, CamLinePattern pattern);

G_END_DECLS
