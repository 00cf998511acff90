/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a run by name, read out of its document: what tells one run from another in a table. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct
{
  const char *key;      /* interned: "activation", "units", "learning_rate", "EarlyStopping patience"; as Keras writes it where Keras has it */
  char       *text;     /* "relu", "128 · 256", "0.001" */
  double      number;   /* NaN where it is no number */
} CamRunSetting;

/**
 * cam_run_settings_read:
 * @experiment: a document as JSON text; %NULL or what is none gives no settings
 *
 * Layers before the last are told together: “units” one after the other, other settings once where they are the same in all.
 *
 * Returns: (transfer full): of CamRunSetting, in the order of a document; each key once
 */
GPtrArray           *cam_run_settings_read  (const char *experiment);
/* @key interned; NULL: not there. Borrowed. */
const CamRunSetting *cam_run_settings_find  (GPtrArray *settings, const char *key);

/* cam_run_settings_dup_value: a value of a document as it stands in a table: "relu", "0.001", "yes", "L2 0.02"; "none" for null. g_free(). */
char                *cam_run_settings_dup_value (const json_t *value);

/* What differs among runs, one run after the other. */
typedef struct _CamRunDifferences CamRunDifferences;

CamRunDifferences   *cam_run_differences_new   (void);
void                 cam_run_differences_free  (CamRunDifferences *self);
/* Texts of @settings must stay until the end. */
void                 cam_run_differences_add   (CamRunDifferences *self, GPtrArray *settings);
/* Keys that not all runs have alike, in the order of a document; or all that any has. Interned; free the array. */
GPtrArray           *cam_run_differences_list  (CamRunDifferences *self);
GPtrArray           *cam_run_differences_list_all (CamRunDifferences *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunDifferences, cam_run_differences_free)

G_END_DECLS
