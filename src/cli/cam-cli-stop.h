/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals that stop the work of a command: the first is told and stops it, the second ends the process at once. Main thread, whose default context must be turned. */
#pragma once

#include "cam-cli-progress.h"

G_BEGIN_DECLS

#define CAM_CLI_N_STOP_SIGNALS 3

typedef struct
{
  guint           sources[CAM_CLI_N_STOP_SIGNALS];   /* 0: none */
  void          (*stop) (gpointer work);
  gpointer        work;
  CamCliProgress *progress;
} CamCliStop;

/**
 * cam_cli_stop_watch:
 * @with_hangup: at the end of the terminal too (SIGHUP), unless nohup wants it to be passed over; SIGINT and SIGTERM always
 * @stop: called with @work at the first of them
 * @progress: the line that gives way to what is said
 */
void cam_cli_stop_watch (CamCliStop *self, gboolean with_hangup, void (*stop) (gpointer work), gpointer work, CamCliProgress *progress);

/* cam_cli_stop_unwatch: signals do what they do where nobody watches. */
void cam_cli_stop_unwatch (CamCliStop *self);

G_END_DECLS
