/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A locale with a decimal comma for tests: pt_BR as installed, else one made for the moment with localedef. */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

/* Where it was made; removed by comma_locale_leave(). */
static char *comma_locale_folder;

static inline void
comma_locale_make (void)
{
  g_autofree char *target = NULL;
  g_autofree char *localedef = g_find_program_in_path ("localedef");

  if (localedef == NULL)
    return;
  comma_locale_folder = g_dir_make_tmp ("camadas-locale-XXXXXX", NULL);
  g_assert_nonnull (comma_locale_folder);
  target = g_build_filename (comma_locale_folder, "pt_BR.UTF-8", NULL);
  {
    const char *argv[] = { localedef, "--no-archive", "-i", "pt_BR", "-f", "UTF-8", target, NULL };

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                  NULL, NULL, NULL, NULL);
  }
  g_setenv ("LOCPATH", comma_locale_folder, TRUE);
}

/* FALSE: there is none and none can be made; the test is skipped. */
static inline gboolean
comma_locale_enter (void)
{
  char text[16];

  if (setlocale (LC_ALL, "pt_BR.UTF-8") == NULL)
    {
      comma_locale_make ();
      if (setlocale (LC_ALL, "pt_BR.UTF-8") == NULL)
        {
          g_test_skip ("pt_BR.UTF-8 is not installed and localedef cannot make it");
          return FALSE;
        }
    }
  g_snprintf (text, sizeof text, "%.1f", 0.5);
  g_assert_cmpstr (text, ==, "0,5");
  return TRUE;
}

static inline void
comma_locale_leave (void)
{
  setlocale (LC_ALL, "C.UTF-8");
  if (comma_locale_folder != NULL)
    {
      const char *argv[] = { "rm", "-rf", comma_locale_folder, NULL };

      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
      g_clear_pointer (&comma_locale_folder, g_free);
    }
  g_unsetenv ("LOCPATH");
}
