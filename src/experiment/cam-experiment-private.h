/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the experiment document share. */
#pragma once

#include <cam-kinds.h>

#include "cam-experiment.h"

G_BEGIN_DECLS

/* The version of the document that this program writes, and the newest it reads. */
#define CAM_EXPERIMENT_VERSION 1

struct _CamExperiment
{
  gatomicrefcount count;
  json_t         *json;    /* owned; complete, and never changed: sections are shared between an experiment and those edited from it */
};

/* Reading: sections with their defaults, or the reason why not. */

/* cam_experiment_take: an experiment of a completed document, which is taken. */
CamExperiment  *cam_experiment_take             (json_t *complete);
/* cam_experiment_complete: the whole document. New reference. */
json_t         *cam_experiment_complete         (const json_t *given, GError **error);
/* cam_experiment_with_section: the complete @document with @given (nullable: left out) as its @key; the other sections are shared. New reference. */
json_t         *cam_experiment_with_section     (const json_t *document, const char *key, const json_t *given, GError **error);

/* cam_experiment_complete_layer: one of the network; @where names it in messages. New reference. */
json_t         *cam_experiment_complete_layer   (const json_t *given, const char *where, GError **error);

/* cam_schema_check: whether @value is as @schema says. Understands what the schemas of our sections use: type, enum, bounds, properties, additionalProperties, items, anyOf.
 * @where names the value in messages. Errors: CAM_JSON_ERROR_KEY, _VALUE. */
gboolean        cam_schema_check                (const json_t *schema, const json_t *value, const char *where, GError **error);

/* The end of a network, and what a task wants there. */

typedef struct
{
  gsize       layer;        /* whose activation is the last one */
  const char *activation;   /* its name; "linear" where there is none */
  char       *path;         /* where to set it; NULL: no layer has one */
  gboolean    is_setting;   /* @path is the setting and not the whole layer */
  gboolean    is_share;     /* gives values between 0 and 1 */
  gboolean    is_row_wise;  /* softmax: the shares of a row make 1 */
  double      low, high;    /* what it can give; infinite where unbounded */
} CamOutputEnd;

void            cam_output_end_find             (const json_t *network, CamOutputEnd *end);
void            cam_output_end_clear            (CamOutputEnd *end);

typedef enum
{
  CAM_LOSS_OF_NUMBERS,      /* distances: squared, absolute */
  CAM_LOSS_OF_YES_NO,       /* binary cross-entropies */
  CAM_LOSS_OF_ONE_CLASS,    /* categorical cross-entropies */
  CAM_LOSS_OF_INDEX,        /* the same for targets that are the class's number */
  CAM_LOSS_OF_ELSE,         /* nothing is known of it */
} CamLossFamily;

CamLossFamily   cam_loss_family                 (const char *name);
gboolean        cam_task_is_of_numbers          (CamTask task);         /* numbers are told, those of a target or those that came in; not classes */
const char     *cam_task_get_loss               (CamTask task);         /* the usual choices */
const char     *cam_task_get_activation         (CamTask task);
const char     *cam_task_get_metric             (CamTask task);
/* cam_task_choose_units: of a hidden layer that suits the data. cam_task_choose_scale: what brings pixels to about 0 … 1; 0: they are there already. */
guint           cam_task_choose_units           (const CamDataset *dataset);
double          cam_task_choose_scale           (const CamDataset *dataset);
/* How a first fit goes. */
typedef struct { guint batch_size, epochs, patience; double rate; } CamPace;
CamPace         cam_task_choose_pace            (const CamDataset *dataset, gsize n_rows);   /* @dataset NULL: of so many rows not much is known */
/* cam_task_make_output: the usual last layer. New reference. */
json_t         *cam_task_make_output            (CamTask task, guint units);

G_END_DECLS
