/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of tags. */

#include "cam-run-tags.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-item.h"

/* Proposed while there are none; each has the colour of what it says. */
static const struct { const char *tag, *colour; } proposed[] = { { N_("best"), "green" }, { N_("overfits"), "red" }, { N_("slow"), "amber" } };

static const char *const colours[] = { "blue", "violet", "cyan", "orange", "pink", "green", "slate" };

const char *
cam_run_tag_colour (const char *tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (proposed); i++)
    if (strcmp (tag, proposed[i].tag) == 0 || strcmp (tag, _(proposed[i].tag)) == 0)
      return proposed[i].colour;
  return colours[g_str_hash (tag) % G_N_ELEMENTS (colours)];
}

typedef struct
{
  const char *tag;
  guint       n;
} Use;

static int
compare_uses (gconstpointer a,
              gconstpointer b)
{
  const Use *x = a, *y = b;

  return x->n != y->n ? (x->n > y->n ? -1 : 1) : strcmp (x->tag, y->tag);
}

GPtrArray *
cam_run_tags_in_use (GListModel *runs)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) uses = g_array_new (FALSE, FALSE, sizeof (Use));
  GHashTableIter iter;
  gpointer tag, n;

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(CamRunItem) run = g_list_model_get_item (runs, i);

      for (char **one = cam_run_item_get_record (run)->tags; *one != NULL; one++)
        g_hash_table_insert (counts, *one, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, *one)) + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &tag, &n))
    g_array_append_val (uses, ((Use) { tag, GPOINTER_TO_UINT (n) }));
  g_array_sort (uses, compare_uses);
  for (guint i = 0; i < uses->len; i++)
    g_ptr_array_add (tags, g_strdup (g_array_index (uses, Use, i).tag));
  for (guint i = 0; i < G_N_ELEMENTS (proposed); i++)
    if (!g_hash_table_contains (counts, _(proposed[i].tag)))
      g_ptr_array_add (tags, g_strdup (_(proposed[i].tag)));
  return tags;
}

char *
cam_run_tag_clean (const char *text)
{
  char *clean = g_strstrip (g_strdelimit (g_strdup (text), ",\n\r\t", ' '));

  if (*clean == '\0')
    g_clear_pointer (&clean, g_free);
  return clean;
}
