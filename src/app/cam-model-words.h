/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model in words, for who has only the file: what it does, and what it takes. Pure functions. */
#pragma once

#include "cam-asker.h"
#include "cam-feature.h"

G_BEGIN_DECLS

/* "Classification of species into 3 classes from 4 columns". g_free(). */
char *cam_model_words_task    (const CamModel *model);
/* "A CSV file with these 4 columns, in any order". g_free(). */
char *cam_model_words_input   (const CamModel *model, const CamAsker *asker);
/* "4.3 … 7.9", "setosa, versicolor, virginica". g_free(). */
char *cam_model_words_feature (const CamFeature *feature);
/* "Adelie, Chinstrap, Gentoo": what it may say; NULL: numbers. g_free(). */
char *cam_model_words_answers (const CamModel *model, const CamAsker *asker);

G_END_DECLS
