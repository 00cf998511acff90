/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of a dataset as pictures: of a sequence, the series in the colours of its parts and one window with its horizon; of a text, words over their indices; of images, the
 * first of them. */
#pragma once

#include <adwaita.h>

#include <cam-chart.h>
#include <cam-dataset.h>

G_BEGIN_DECLS

/* cam_samples_new_series: the first target over the order of the rows. */
CamChart *cam_samples_new_series (CamDataset *dataset);
/* cam_samples_new_window: training window number @n (of as many as there are, in turns) and what follows it. NULL: there is none. */
CamChart *cam_samples_new_window (CamDataset *dataset, gsize n);
/* cam_samples_fill_words: children of @box for the text of training row @n. */
void      cam_samples_fill_words (CamDataset *dataset, gsize n, GtkFlowBox *box);
/* cam_samples_fill_pictures: a page of training pictures, from number @n × their count on. */
void      cam_samples_fill_pictures (CamDataset *dataset, gsize n, GtkFlowBox *box);

G_END_DECLS
