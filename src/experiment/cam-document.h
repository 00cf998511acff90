/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiment being edited: the current CamExperiment, and the way back. Every change is a whole new value with a name; undo and redo have no limit.
 * Main thread. Property "experiment" (CamExperiment, boxed) notifies on every change; "can-undo", "can-redo", "undo-name", "redo-name" too. */
#pragma once

#include <glib-object.h>

#include "cam-experiment.h"

G_BEGIN_DECLS

#define CAM_TYPE_DOCUMENT (cam_document_get_type ())
G_DECLARE_FINAL_TYPE (CamDocument, cam_document, CAM, DOCUMENT, GObject)

CamDocument   *cam_document_new            (void);
CamExperiment *cam_document_get_experiment (CamDocument *self);   /* borrowed; NULL: none open */

/* Another document: the way back is forgotten. */
void           cam_document_reset          (CamDocument *self, CamExperiment *experiment);

/* An experiment with its way back while another is in front. */
typedef struct _CamDocumentState CamDocumentState;
CamDocumentState *cam_document_state_new    (CamExperiment *experiment);                 /* with no way back; takes a reference */
void              cam_document_state_free   (CamDocumentState *state);
CamExperiment    *cam_document_state_get_experiment (const CamDocumentState *state);     /* borrowed */
/* cam_document_exchange: @state comes to the front, with its way back. Takes @state; returns what was in front, to be freed. */
CamDocumentState *cam_document_exchange     (CamDocument *self, CamDocumentState *state);

/**
 * cam_document_set:
 * @path: as in cam_experiment_with()
 * @value: (transfer none) (nullable)
 * @name: what undo will be called: _("Change Units"). Two changes in a row of the same path and name within a second become one step (a spin button held down).
 *
 * Returns: %FALSE with the reason, and nothing changed, where the result is no valid document
 */
gboolean       cam_document_set            (CamDocument *self, const char *path, const json_t *value, const char *name, GError **error);
gboolean       cam_document_replace        (CamDocument *self, CamExperiment *experiment, const char *name);   /* FALSE: it is the same */
gboolean       cam_document_undo           (CamDocument *self);
gboolean       cam_document_redo           (CamDocument *self);
const char    *cam_document_get_undo_name  (CamDocument *self);   /* NULL: nothing to undo */
const char    *cam_document_get_redo_name  (CamDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamDocumentState, cam_document_state_free)

G_END_DECLS
