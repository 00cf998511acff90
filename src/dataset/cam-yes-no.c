/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of yes and no; cam-yes-no.h. */
#include "cam-yes-no.h"

#include <string.h>

/* The longest word has ten letters, one of them of two bytes. */
#define MOST_BYTES 11

static const char *const pairs[][2] = {
  { "yes", "no" }, { "y", "n" }, { "true", "false" }, { "t", "f" }, { "on", "off" }, { "1", "0" }, { "enabled", "disabled" }, { "active", "inactive" },
  { "ja", "nein" }, { "j", "n" }, { "wahr", "falsch" }, { "w", "f" }, { "ein", "aus" }, { "an", "aus" }, { "aktiv", "inaktiv" },
  { "sim", "não" }, { "sim", "nao" }, { "s", "n" }, { "verdadeiro", "falso" }, { "v", "f" }, { "ligado", "desligado" }, { "ativo", "inativo" },
};

static char *
dup_lower (const char *text)
{
  return strlen (text) <= MOST_BYTES ? g_utf8_strdown (text, -1) : NULL;
}

int
cam_yes_no_parse (const char *text)
{
  g_autofree char *lower = dup_lower (text);

  if (lower == NULL)
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int which = 0; which < 2; which++)
      if (g_str_equal (pairs[i][which], lower))
        return 1 - which;

  return -1;
}

gboolean
cam_yes_no_match (const char *yes,
                  const char *no)
{
  g_autofree char *lower_yes = dup_lower (yes), *lower_no = dup_lower (no);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_strcmp0 (pairs[i][0], lower_yes) == 0 && g_strcmp0 (pairs[i][1], lower_no) == 0)
      return TRUE;

  return FALSE;
}
