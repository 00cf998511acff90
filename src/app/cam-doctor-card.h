/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of the data doctor: what will spoil a fit, why, and a button that cures it. Property "session" (CamSession). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_DOCTOR_CARD (cam_doctor_card_get_type ())
G_DECLARE_FINAL_TYPE (CamDoctorCard, cam_doctor_card, CAM, DOCTOR_CARD, AdwBin)

G_END_DECLS
