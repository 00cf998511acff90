/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of the data doctor: what will spoil a fit, why, and a button that cures it. Properties "session" (CamSession) and "n-open" (uint, read only). */
#pragma once

#include <adwaita.h>

#include "cam-session.h"

G_BEGIN_DECLS

#define CAM_TYPE_DOCTOR_CARD (cam_doctor_card_get_type ())
G_DECLARE_FINAL_TYPE (CamDoctorCard, cam_doctor_card, CAM, DOCTOR_CARD, AdwBin)

/* Findings that nobody has chosen to ignore. */
guint cam_doctor_card_get_n_open     (CamDoctorCard *self);
/* cam_doctor_card_set_title_room: as cam_split_card_set_title_room() */
void  cam_doctor_card_set_title_room (CamDoctorCard *self, int room);

G_END_DECLS
