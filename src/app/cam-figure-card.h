/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card with figures in rows and columns: a name at the left of each row, texts at the right. The first column of figures stands out. Labels are made once and then only change
 * their text, so that it can follow a fit. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CAM_TYPE_FIGURE_CARD (cam_figure_card_get_type ())
G_DECLARE_FINAL_TYPE (CamFigureCard, cam_figure_card, CAM, FIGURE_CARD, AdwBin)

GtkWidget  *cam_figure_card_new       (void);
void        cam_figure_card_set_title (CamFigureCard *self, const char *title, const char *subtitle);   /* @subtitle NULL: no line */

/* cam_figure_card_set_shape: @columns: titles, NULL-terminated; NULL: one column without a title. The figures of another shape are empty. */
void        cam_figure_card_set_shape (CamFigureCard *self, const char *const *columns, const char *const *rows);
void        cam_figure_card_set       (CamFigureCard *self, guint row, guint column, const char *text);
const char *cam_figure_card_get       (CamFigureCard *self, guint row, guint column);                  /* borrowed; NULL: no such place */

G_END_DECLS
