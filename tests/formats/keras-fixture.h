/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this floor share: a small network, a folder that goes away, and recorded inputs and outputs. */
#pragma once

#include <cam-keras-file.h>

G_BEGIN_DECLS

/* A network of every layer kind of this version, with weights that tell each other apart; 5 inputs, 3 outputs. */
CamNetwork *fixture_new_network  (void);

/* @network's outputs for a few rows that depend on @seed; *n: how many numbers. g_free(). */
float      *fixture_predict      (const CamNetwork *network, guint32 seed, gsize *n);

/* A file in tests/data/keras-models. g_free(). */
char       *fixture_path         (const char *name);

/* Rows and outputs recorded for a model: @x, @y with n_rows rows. cam_floats_free() both. */
void        fixture_read_expected (const char *file, const char *model, gsize *n_rows, float **x, float **y, gsize *y_size);

/* A folder for one test, removed with all that is in it by fixture_drop_folder(). */
char       *fixture_make_folder  (void);
void        fixture_drop_folder  (char *folder);

G_END_DECLS
