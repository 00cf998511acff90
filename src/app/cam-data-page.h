/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Data page: what the table holds, what is learned from it, and how rows are split. Property "session". */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_DATA_PAGE (cam_data_page_get_type ())
G_DECLARE_FINAL_TYPE (CamDataPage, cam_data_page, CAM, DATA_PAGE, AdwBin)

/* cam_data_page_look_up: shows row @row of the table, from 0, and gives it the keyboard. */
void cam_data_page_look_up (CamDataPage *self, gsize row);

G_END_DECLS
