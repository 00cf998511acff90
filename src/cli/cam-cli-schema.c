/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli schema: what an experiment document may say, and among its definitions what a study plan may, for editors and checkers. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-plan.h>

#include "cam-cli-command.h"

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  g_autoptr(json_t) schema = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) operands = NULL;
  CamCliParse parse = cam_cli_parse (self, NULL, argc, argv, 0, 0, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);

  schema = cam_experiment_schema ();
  json_object_set_new (json_object_get (schema, "$defs"), "plan", cam_plan_schema ());
  text = cam_json_dump (schema, TRUE);
  g_strchomp (text);
  cam_cli_write (text, strlen (text));
  cam_cli_write ("\n", 1);
  return CAM_CLI_DONE;
}

const CamCliCommand cam_cli_schema = {
  .name = "schema",
  .operands = "",
  .note = N_("Write the JSON Schema of experiments; study plans are “#/$defs/plan” in it"),
  .run = run,
};
