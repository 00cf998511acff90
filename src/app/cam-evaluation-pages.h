/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of an evaluation, one for each kind of task. Each puts its cards on the view's board and shows them when there is something of its task. */
#pragma once

#include "cam-evaluation-view.h"

G_BEGIN_DECLS

/* Two classes, or a label: a threshold parts them (cam-evaluation-two.c). */
typedef struct _CamTwoPage CamTwoPage;
CamTwoPage   *cam_two_page_new     (CamEvaluationView *view, CamTrainBoard *board);
void          cam_two_page_free    (CamTwoPage *self);
void          cam_two_page_show    (CamTwoPage *self, CamEvaluationSheet *sheet);      /* NULL: another page is shown */

/* More classes (cam-evaluation-classes.c). */
typedef struct _CamClassPage CamClassPage;
CamClassPage *cam_class_page_new   (CamEvaluationView *view, CamTrainBoard *board);
void          cam_class_page_free  (CamClassPage *self);
void          cam_class_page_show  (CamClassPage *self, CamEvaluationSheet *sheet);

/* Numbers (cam-evaluation-numbers.c). */
typedef struct _CamNumberPage CamNumberPage;
CamNumberPage *cam_number_page_new  (CamEvaluationView *view, CamTrainBoard *board);
void           cam_number_page_free (CamNumberPage *self);
void           cam_number_page_show (CamNumberPage *self, CamEvaluationSheet *sheet);

/* An autoencoder (cam-evaluation-copies.c). */
typedef struct _CamCopyPage CamCopyPage;
CamCopyPage   *cam_copy_page_new    (CamEvaluationView *view, CamTrainBoard *board);
void           cam_copy_page_free   (CamCopyPage *self);
void           cam_copy_page_show   (CamCopyPage *self, CamEvaluationSheet *sheet);

G_END_DECLS
