/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli's main(). */
#include "cam-cli.h"

int
main (int    argc,
      char **argv)
{
  return (int) cam_cli_main (argc, argv);
}
