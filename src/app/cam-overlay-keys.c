/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of runs can be overlaid, and what it is called. */

#include "cam-overlay.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-words.h"

static const char *
base_of (const char *key)
{
  if (g_str_has_prefix (key, "val_"))
    return key + strlen ("val_");

  return g_str_has_prefix (key, CAM_REMEASURED_PREFIX) ? key + strlen (CAM_REMEASURED_PREFIX) : key;
}

char *
cam_overlay_dup_title (const char *key)
{
  const CamKind *kind = cam_run_words_metric (key);
  g_autofree char *name = NULL;

  if (strcmp (base_of (key), "loss") == 0)
    name = g_strdup (C_("in “validation loss”", "loss"));
  else if (kind == NULL)
    return g_strdup (key);
  else
    {
      const char *title = _(kind->title);

      /* An abbreviation stays as it is. */
      name = g_unichar_isupper (g_utf8_get_char (g_utf8_next_char (title))) ? g_strdup (title) : g_utf8_strdown (title, -1);
    }
  if (g_str_has_prefix (key, CAM_REMEASURED_PREFIX))
    /* translators: %s is “loss” or the name of a metric, measured on training rows once the epoch is over */
    return g_strdup_printf (_("Training %s after the epoch"), name);
  /* translators: %s is “loss” or the name of a metric */
  return g_strdup_printf (key != base_of (key) ? _("Validation %s") : _("Training %s"), name);
}

static int
rank (const char *key)
{
  return (g_str_has_prefix (key, "val_") ? 0 : g_str_has_prefix (key, CAM_REMEASURED_PREFIX) ? 2 : 4) + (strcmp (base_of (key), "loss") != 0);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  int difference = rank (x) - rank (y);

  return difference != 0 ? difference : strcmp (x, y);
}

GPtrArray *
cam_overlay_list_keys (GPtrArray *runs)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      char **all = cam_run_item_get_record (runs->pdata[i])->keys;

      for (guint k = 0; all != NULL && all[k] != NULL; k++)
        {
          const char *key = g_intern_string (all[k]);

          if (!g_ptr_array_find (keys, key, NULL))
            g_ptr_array_add (keys, (gpointer) key);
        }
    }
  g_ptr_array_sort (keys, compare_keys);
  return keys;
}
