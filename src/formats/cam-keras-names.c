/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keras's snake case, which splits before a capital that lower-case letters follow and between a lower-case letter and a capital.
 *
 * Source: Keras 3, keras.src.utils.naming.to_snake_case. */
#include "cam-keras-names.h"

/* The pattern's matches in @text replaced; both are constants of this file. */
static char *
replace (const char *pattern,
         const char *text,
         const char *by)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  char *replaced = g_regex_replace (regex, text, -1, 0, by, G_REGEX_MATCH_DEFAULT, NULL);

  return replaced != NULL ? replaced : g_strdup (text);
}

char *
cam_keras_snake_case (const char *class_name)
{
  g_autofree char *words = replace ("\\W+", class_name, "");
  g_autofree char *first = replace ("(.)([A-Z][a-z]+)", words, "\\1_\\2");
  g_autofree char *second = replace ("([a-z])([A-Z])", first, "\\1_\\2");

  return g_utf8_strdown (second, -1);
}

char *
cam_keras_unique_key (GHashTable *counts,
                      const char *class_name)
{
  g_autofree char *key = cam_keras_snake_case (class_name);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

  g_hash_table_insert (counts, g_strdup (key), GUINT_TO_POINTER (n + 1));

  return n == 0 ? g_steal_pointer (&key) : g_strdup_printf ("%s_%u", key, n);
}
