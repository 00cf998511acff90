/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A matrix of classes on the screen: hosts the chart of one and lets its cells be chosen. Few classes have a button in each cell; of more, one cell at a time has the cursor, and the matrix can be
 * zoomed into: Ctrl with the wheel or + and −, 0 shows all; arrows move the cursor, Enter chooses. Signal "cell-activated" (guint row, guint column), of the whole matrix, from 0. */
#pragma once

#include <gtk/gtk.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_MATRIX_VIEW_MOST_BUTTONS 12

#define CAM_TYPE_MATRIX_VIEW (cam_matrix_view_get_type ())
G_DECLARE_FINAL_TYPE (CamMatrixView, cam_matrix_view, CAM, MATRIX_VIEW, GtkWidget)

GtkWidget *cam_matrix_view_new        (void);
/* cam_matrix_view_set_chart: of the same classes in the same order the zoom and the cursor stay. @counts: `[n, n]`, borrowed until the next chart: what cells are described by. */
void       cam_matrix_view_set_chart  (CamMatrixView *self, CamChart *chart, const char *const *names, const double *counts, guint n);
/* cam_matrix_view_select: the cell with a ring around it; −1: none. */
void       cam_matrix_view_select     (CamMatrixView *self, int row, int column);
/* cam_matrix_view_describe: a cell in words. g_free(). */
char      *cam_matrix_view_describe   (CamMatrixView *self, guint row, guint column);

G_END_DECLS
