/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loss and metrics of rows that come bit by bit: cam_evaluate() of all of them, without having them all. One owner, one thread. */
#pragma once

#include "cam-fit.h"

G_BEGIN_DECLS

typedef struct _CamEvaluator CamEvaluator;

/* Rows that were measured, in the order in which they came, sometimes a call or two later: the first is row @first of all. @p: what the network gives, `[n_rows, its outputs]`. */
typedef void (*CamEvaluated) (gsize first, const float *x, const float *y, const float *p, gsize n_rows, gpointer user_data);

/**
 * cam_evaluator_new:
 * @network: borrowed; read only
 * @loss, @metrics, @batch_size: as for cam_evaluate()
 * @x_size, @y_size: numbers of a row
 * @n_threads: 0: as many as there are processors; what comes out is the same to the last bit
 *
 * Errors: CAM_ENGINE_ERROR_SETTINGS, CAM_JSON_ERROR_*.
 */
CamEvaluator *cam_evaluator_new    (const CamNetwork *network, const json_t *loss, const json_t *metrics, gsize x_size, gsize y_size, gsize batch_size, guint n_threads,
                                    CamEvaluated evaluated, gpointer user_data, GError **error);
/* cam_evaluator_add: more rows. Errors: CAM_ENGINE_ERROR_DATA: a number that the first layer cannot take. */
gboolean      cam_evaluator_add    (CamEvaluator *self, const float *x, const float *y, gsize n_rows, GError **error);
/* cam_evaluator_finish: the rest of the rows, then keys and @values as of cam_evaluate(). Errors: CAM_ENGINE_ERROR_SETTINGS where there was no row. */
char        **cam_evaluator_finish (CamEvaluator *self, double **values, GError **error);
/* cam_evaluator_restart: there were no rows yet. */
void          cam_evaluator_restart (CamEvaluator *self);
void          cam_evaluator_free   (CamEvaluator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamEvaluator, cam_evaluator_free)

G_END_DECLS
