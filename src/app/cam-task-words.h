/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The task of a dataset in words. */
#pragma once

#include <cam-dataset.h>

G_BEGIN_DECLS

/* How rows become samples, as the "data" section says. */
typedef enum { CAM_UNIT_ROW, CAM_UNIT_SEQUENCE, CAM_UNIT_TEXT, CAM_UNIT_IMAGE, CAM_N_UNITS } CamUnit;

CamUnit  cam_unit_of        (const json_t *data);
const char *cam_unit_get_key   (CamUnit samples);        /* the section of "data"; NULL for rows */

/* cam_task_dup_sentence: "Classify diagnosis: malignant or benign, from 30 numbers". g_free(). */
char       *cam_task_dup_sentence (CamDataset *dataset, const json_t *data);
/* cam_task_dup_detail: "212 of 569 rows are malignant (37.3 %). 30 columns become 30 inputs; the network gives 1 output." g_free(). */
char       *cam_task_dup_detail   (CamDataset *dataset);
/* cam_task_get_title: "Regression", of the document's word. */
const char *cam_task_get_title     (const char *word);

G_END_DECLS
