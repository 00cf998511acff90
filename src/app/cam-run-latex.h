/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the runs as a LaTeX tabular, with the rules of booktabs. */
#pragma once

#include "cam-run-field.h"

G_BEGIN_DECLS

/* cam_run_latex_new: @runs of CamRunItem, a row each; @fields of CamRunField, a column each but for curves; texts as on the screen. Columns of numbers stand right. g_free(). */
char    *cam_run_latex_new    (GPtrArray *runs, GArray *fields, CamRunWhen when);
/* cam_run_latex_escape: what LaTeX would take for its own, as the character that it is. g_free(). */
char    *cam_run_latex_escape (const char *text);
/* cam_run_export_latex: the same as a file, written whole or not at all. */
gboolean cam_run_export_latex (GPtrArray *runs, GArray *fields, CamRunWhen when, const char *path, GError **error);

G_END_DECLS
