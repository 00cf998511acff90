/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line at the foot of a terminal that says how far a run has come. Nothing at all where standard error is no terminal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double      share;        /* done, 0 … 1 */
  const char *place;        /* "Epoch 12/100" */
  double      loss;         /* NaN: not shown; the next three likewise */
  double      val_loss;
  double      rows_per_s;
  double      left_s;
} CamCliStanding;

typedef struct
{
  gboolean is_shown;        /* is there a terminal to show it on */
  guint    n_cells;         /* of the line that stands there now */
} CamCliProgress;

/* cam_cli_progress_init: @wanted FALSE: never shown. */
void  cam_cli_progress_init  (CamCliProgress *self, gboolean wanted);
void  cam_cli_progress_show  (CamCliProgress *self, const CamCliStanding *standing);
void  cam_cli_progress_clear (CamCliProgress *self);

/* cam_cli_progress_line: the line for a terminal of @width cells; what matters least is left out first. g_free(). */
char *cam_cli_progress_line  (const CamCliStanding *standing, guint width);

G_END_DECLS
