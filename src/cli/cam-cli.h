/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli as a function: what main() calls and tests link. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_CLI_DONE = 0,
  CAM_CLI_FAILED = 1,   /* the work failed: a file, the data, divergence */
  CAM_CLI_MISUSE = 2,   /* the call was wrong; nothing was done */
} CamCliExit;

/* cam_cli_main: the whole program; main thread, once. Sets the locale. Results go to standard output, everything else to standard error. */
CamCliExit cam_cli_main (int argc, char **argv);

G_END_DECLS
