/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one window, the files given on the command line, quit and about. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CAM_APPLICATION_ID "org.camadas.Camadas"

#define CAM_TYPE_APPLICATION (cam_application_get_type ())
G_DECLARE_FINAL_TYPE (CamApplication, cam_application, CAM, APPLICATION, AdwApplication)

CamApplication *cam_application_new (void);

G_END_DECLS
