/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands are made of, and what they share: options, complaints, and how a call ends. One file a command; a new one is a file and a line in cam-cli.c. */
#pragma once

#include <cam-json.h>

#include "cam-cli.h"

G_BEGIN_DECLS

typedef struct _CamCliCommand CamCliCommand;

struct _CamCliCommand
{
  const char *name;
  const char *operands;   /* "EXPERIMENT.json" */
  const char *note;       /* N_(): a line in the list of commands */
  const char *help;       /* N_(): what stands under the options in the command's help, or NULL */
  CamCliExit (*run) (const CamCliCommand *self, int argc, char **argv);   /* argv[0] is the command */
};

extern const CamCliCommand cam_cli_run, cam_cli_study, cam_cli_predict, cam_cli_evaluate, cam_cli_summary, cam_cli_inspect, cam_cli_plot, cam_cli_schema;

typedef enum
{
  CAM_CLI_GO_ON,     /* the call makes sense */
  CAM_CLI_HELPED,    /* --help was asked for, and given */
  CAM_CLI_REFUSED,   /* told on standard error */
} CamCliParse;

/**
 * cam_cli_parse:
 * @entries: (nullable): options besides --help
 * @n_least, @n_most: operands
 * @operands: (out) (transfer full): file names, NULL-terminated; g_strfreev()
 */
CamCliParse cam_cli_parse    (const CamCliCommand *self, const GOptionEntry *entries, int argc, char **argv, guint n_least, guint n_most, char ***operands);
/* For a parse that did not end in CAM_CLI_GO_ON. */
CamCliExit  cam_cli_leave    (CamCliParse parse);

/* cam_cli_complain: a sentence on standard error, after the program's name. */
void        cam_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* cam_cli_fail: tells @error, frees it, and is CAM_CLI_FAILED. */
CamCliExit  cam_cli_fail     (GError *error);
/* cam_cli_misuse: a sentence and where help is; CAM_CLI_MISUSE. */
CamCliExit  cam_cli_misuse   (const CamCliCommand *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* cam_cli_write: bytes as they are onto standard output. */
void        cam_cli_write    (const char *text, gsize length);
/* cam_cli_print_event: @event (taken) as a line of JSON on standard output; flushed, so that whoever reads along sees what has happened when it has. */
void        cam_cli_print_event (json_t *event);

G_END_DECLS
