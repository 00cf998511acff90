/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's first argument: a command, or a question about the program. */
#include "cam-cli.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-catalogue.h>

#include "cam-cli-command.h"
#include "cam-cli-text.h"

#define PROGRAM "camadas-cli"

static const CamCliCommand *const commands[] = {
  &cam_cli_run, &cam_cli_study, &cam_cli_predict, &cam_cli_evaluate, &cam_cli_summary, &cam_cli_inspect, &cam_cli_plot, &cam_cli_schema,
};

/* Complaints -------------------------------------------------------------------------------------------------------- */

void
cam_cli_complain (const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr (PROGRAM ": %s\n", text);
}

CamCliExit
cam_cli_fail (GError *error)
{
  cam_cli_complain ("%s", error->message);
  g_error_free (error);
  return CAM_CLI_FAILED;
}

CamCliExit
cam_cli_misuse (const CamCliCommand *self,
                const char          *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr (PROGRAM " %s: %s\n", self->name, text);
  g_printerr (_("“%s %s --help” tells what it takes.\n"), PROGRAM, self->name);
  return CAM_CLI_MISUSE;
}

void
cam_cli_write (const char *text,
               gsize       length)
{
  fwrite (text, 1, length, stdout);
}

void
cam_cli_print_event (json_t *event)
{
  g_autofree char *text = cam_json_dump (event, FALSE);

  cam_cli_write (text, strlen (text));
  cam_cli_write ("\n", 1);
  fflush (stdout);
  json_decref (event);
}

/* Options ----------------------------------------------------------------------------------------------------------- */

static char *
write_help (const CamCliCommand *self,
            GOptionContext      *context)
{
  g_autofree char *name = g_strdup (g_get_prgname ());
  g_autofree char *full = g_strconcat (PROGRAM " ", self->name, NULL);
  char *help;

  g_set_prgname (full);
  help = g_option_context_get_help (context, TRUE, NULL);
  g_set_prgname (name);
  return help;
}

CamCliParse
cam_cli_parse (const CamCliCommand  *self,
               const GOptionEntry   *entries,
               int                   argc,
               char                **argv,
               guint                 n_least,
               guint                 n_most,
               char               ***operands)
{
  g_autoptr(GOptionContext) context = g_option_context_new (self->operands);
  g_auto(GStrv) given = NULL;
  g_autoptr(GError) error = NULL;
  gboolean wants_help = FALSE;
  const GOptionEntry common[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given, NULL, NULL },
    { NULL },
  };
  guint n;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, self->note);
  g_option_context_set_description (context, self->help);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      cam_cli_misuse (self, "%s", error->message);
      return CAM_CLI_REFUSED;
    }
  if (wants_help)
    {
      g_autofree char *help = write_help (self, context);

      g_print ("%s", help);
      return CAM_CLI_HELPED;
    }

  n = given != NULL ? g_strv_length (given) : 0;
  if (n < n_least || n > n_most)
    {
      if (n_most == 0)
        cam_cli_misuse (self, _("“%s” is too much; it takes no file."), given[0]);
      else if (n < n_least)
        cam_cli_misuse (self, _("a file is missing; it takes %s."), self->operands);
      else
        cam_cli_misuse (self, _("“%s” is one file too many; it takes %s."), given[n_most], self->operands);
      return CAM_CLI_REFUSED;
    }
  *operands = given != NULL ? g_steal_pointer (&given) : g_new0 (char *, 1);
  return CAM_CLI_GO_ON;
}

CamCliExit
cam_cli_leave (CamCliParse parse)
{
  return parse == CAM_CLI_HELPED ? CAM_CLI_DONE : CAM_CLI_MISUSE;
}

/* The program --------------------------------------------------------------------------------------------------------- */

static const CamCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];
  return NULL;
}

static char *
write_program_help (void)
{
  g_autoptr(CamCliTable) list = cam_cli_table_new ("ll");
  g_autoptr(CamCliTable) options = cam_cli_table_new ("ll");
  g_autofree char *list_text = NULL;
  g_autofree char *options_text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *call = g_strdup_printf ("%s %s", commands[i]->name, commands[i]->operands);

      cam_cli_table_add (list, call, _(commands[i]->note), NULL);
    }
  cam_cli_table_add (options, "-h, --help", _("Show this help; after a command, that of the command"), NULL);
  cam_cli_table_add (options, "--version", _("Show the version"), NULL);
  list_text = cam_cli_table_format (list, 2);
  options_text = cam_cli_table_format (options, 2);

  return g_strdup_printf ("%s\n  %s %s\n\n%s\n\n%s\n%s\n%s\n%s\n%s\n", _("Usage:"), PROGRAM, _("COMMAND [OPTION…] FILE…"),
                          _("Neural-network experiments without a screen: the same documents, runs and models as in the window of Camadas."),
                          _("Commands:"), list_text, _("Options:"), options_text,
                          _("Exit status: 0 success, 1 the work failed (bad data, divergence), 2 wrong usage."));
}

static CamCliExit
misuse_program (const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  cam_cli_complain ("%s", text);
  g_printerr (_("“%s --help” lists the commands.\n"), PROGRAM);
  return CAM_CLI_MISUSE;
}

static CamCliExit
help (const char *topic)
{
  const CamCliCommand *command = topic != NULL ? find_command (topic) : NULL;
  g_autofree char *text = NULL;

  if (command != NULL)
    {
      char *argv[] = { (char *) command->name, (char *) "--help", NULL };

      return command->run (command, 2, argv);
    }
  if (topic != NULL)
    return misuse_program (_("unknown command “%s”."), topic);
  text = write_program_help ();
  g_print ("%s", text);
  return CAM_CLI_DONE;
}

/* A file where a command belongs: what its owner most likely wants. */
static const char *
guess_command (const char *file)
{
  if (g_str_has_suffix (file, ".json"))
    return "run";
  if (g_str_has_suffix (file, ".keras"))
    return "summary";
  return g_str_has_suffix (file, ".csv") ? "inspect" : NULL;
}

static CamCliExit
dispatch (int    argc,
          char **argv)
{
  const CamCliCommand *command;
  const char *first = argc > 1 ? argv[1] : NULL;

  if (first == NULL)
    return misuse_program (_("a command is missing: say what to do."));
  if (g_str_equal (first, "--help") || g_str_equal (first, "-h") || g_str_equal (first, "help"))
    return help (argc > 2 ? argv[2] : NULL);
  if (g_str_equal (first, "--version"))
    {
      g_print (PROGRAM " " CAM_VERSION "\n");
      return CAM_CLI_DONE;
    }

  command = find_command (first);
  if (command != NULL)
    return command->run (command, argc - 1, argv + 1);
  if (first[0] == '-')
    return misuse_program (_("unknown option “%s”; a command comes first."), first);
  if (guess_command (first) != NULL)
    return misuse_program (_("“%s” is no command; for a file like this use “%s %s %s”."), first, PROGRAM, guess_command (first), first);
  return misuse_program (_("unknown command “%s”."), first);
}

/* Numbers in files, in JSON and in PLplot have decimal points whatever the user's language is. Where no locale is set at all, as in
 * most containers, terminals still understand UTF-8. */
static void
set_locale (void)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968"))
    setlocale (LC_CTYPE, "C.UTF-8");
  cam_catalogue_open ();
}

CamCliExit
cam_cli_main (int    argc,
              char **argv)
{
  CamCliExit status;

  set_locale ();
  g_set_prgname (PROGRAM);
  status = dispatch (argc, argv);

  /* A full disk behind standard output shows only now. */
  if ((fflush (stdout) != 0 || ferror (stdout)) && status == CAM_CLI_DONE)
    {
      cam_cli_complain (_("standard output cannot be written: %s"), g_strerror (errno));
      status = CAM_CLI_FAILED;
    }
  return status;
}
