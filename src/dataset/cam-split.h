/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows into training, validation and test: what the "split" section of a document may say, and what comes of it.
 *
 *   "method"  "random"      by chance
 *             "stratified"  by chance, each class in proportion to less than a row; several labels by iterative stratification (Sechidis and others, ECML 2011); a number in as many
 *                           bins of equal counts as "bins" says (absent: as random)
 *             "grouped"     rows with the same word in "column" (default: the column with the role group) stay together; shares are met as nearly as the groups allow, and the
 *                           classes of the target as well. A row without a group stands alone
 *             "ordered"     by "column" (numbers and dates by size, words by their bytes; missing first), or as the rows stand: training first, then validation, then test.
 *                           With test 0 it is Keras's validation_split: the first floor (n (1 − validation)) rows train
 *             "column"      the words of "column" name the part: those in "values", else the usual spellings of train, validation and test
 *   "folds"   k: what is not test falls into k parts, and validation is number "fold" (1 … k) of them; the others train. The share of validation says nothing then.
 *             random, stratified: sizes and classes of each fold are those of scikit-learn's KFold and StratifiedKFold. grouped: largest group first, as GroupKFold.
 *             ordered: TimeSeriesSplit's growing windows: only rows before the fold train, later ones are left out. column: each word that names neither training nor test is a fold.
 *   "train_rows"  so many of the training rows, or, up to 1, that share of them; the others are left out. Each class in its proportion, the smaller choices parts of the larger; of
 *             ordered rows the latest. "train_seed" (default: seed) chooses them
 *
 * The same seed gives the same rows on every machine, and the rows of test are the same in all folds. */
#pragma once

#include "cam-dataset.h"

G_BEGIN_DECLS

/* cam_split_folds: @split (NULL: defaults) as @k sections, one for each fold, to make a dataset from each. Element type json_t, owned. @k is 2 or more. */
GPtrArray *cam_split_folds      (const json_t *split, guint k);

/* cam_split_as_keras: Keras's validation_split of @share, as a section. New reference. */
json_t    *cam_split_as_keras   (double share);
/* Whether @split is one. */
gboolean   cam_split_is_as_keras (const json_t *split);

G_END_DECLS
