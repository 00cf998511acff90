/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog that asks how a chart is to be exported, and shows what will come out. What was chosen is remembered until the program ends. */
#pragma once

#include <adwaita.h>

#include <cam-chart.h>

G_BEGIN_DECLS

#define CAM_TYPE_CHART_EXPORT_DIALOG (cam_chart_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CamChartExportDialog, cam_chart_export_dialog, CAM, CHART_EXPORT_DIALOG, AdwWindow)

typedef enum { CAM_EXPORT_PNG, CAM_EXPORT_SVG, CAM_EXPORT_PDF, CAM_EXPORT_CSV, CAM_EXPORT_N_FORMATS } CamExportFormat;

/* cam_chart_export_dialog_present: modal over the window of @from. @chart: with its title; it may not change. */
GtkWidget    *cam_chart_export_dialog_present  (CamChart *chart, GtkWidget *from);

/* cam_chart_export_dialog_get_page: as the dialog stands. */
CamChartPage  cam_chart_export_dialog_get_page (CamChartExportDialog *self);
/* cam_chart_export_dialog_save: what follows once the file is chosen. An ending that is missing is added. */
gboolean      cam_chart_export_dialog_save     (CamChartExportDialog *self, const char *path, GError **error);

G_END_DECLS
