/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "split-parts.h"

#include <string.h>

json_t *
split_json (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

gboolean
split_table (CamTable    *table,
             const char  *data,
             const char  *text,
             SplitParts  *parts,
             GError     **error)
{
  g_autoptr(json_t) json = split_json (text), section = data != NULL ? split_json (data) : NULL;
  g_autoptr(CamDataSettings) settings = cam_settings_resolve (table, section, error);
  gsize n = cam_table_get_n_rows (table);
  g_autofree gsize *rows = g_new (gsize, n + 1);

  for (guint p = 0; p < CAM_N_PARTS; p++)
    parts->parts[p] = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (settings == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    rows[i] = i;

  return cam_split_table (table, settings, json, rows, n, parts->parts, error);
}

void
split_parts_clear (SplitParts *self)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    g_clear_pointer (&self->parts[p], g_array_unref);
}

gsize
split_parts_row (const SplitParts *self,
                 guint             part,
                 guint             i)
{
  return g_array_index (self->parts[part], gsize, i);
}

void
split_parts_check (const SplitParts *self,
                   gsize             n,
                   gboolean          complete)
{
  g_autofree guint *seen = g_new0 (guint, n + 1);

  for (guint p = 0; p < CAM_N_PARTS; p++)
    for (guint i = 0; i < self->parts[p]->len; i++)
      {
        gsize row = split_parts_row (self, p, i);

        g_assert_cmpuint (row, <, n);
        g_assert_true (i == 0 || row > split_parts_row (self, p, i - 1));
        seen[row]++;
      }
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (seen[i], <=, 1);
      g_assert_true (!complete || seen[i] == 1);
    }
}

gboolean
split_parts_equal (const SplitParts *a,
                   const SplitParts *b)
{
  for (guint p = 0; p < CAM_N_PARTS; p++)
    if (a->parts[p]->len != b->parts[p]->len ||
        (a->parts[p]->len > 0 && memcmp (a->parts[p]->data, b->parts[p]->data, a->parts[p]->len * sizeof (gsize)) != 0))
      return FALSE;

  return TRUE;
}
