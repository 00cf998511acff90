/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table against a preparation, column by column. */

#include "cam-table-check.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#include "cam-words.h"

#define MAX_TOLD 3

static void
finding_free (gpointer data)
{
  CamTableFinding *finding = data;

  g_free (finding->column);
  g_free (finding->example);
  g_free (finding);
}

static void
add_finding (CamTableCheck *self,
             const char    *column,
             const char    *example,
             gsize          n_rows,
             gboolean       leaves_out)
{
  CamTableFinding *finding;

  if (n_rows == 0)
    return;
  finding = g_new0 (CamTableFinding, 1);
  finding->column = g_strdup (column);
  finding->example = g_strdup (example);
  finding->n_rows = n_rows;
  finding->leaves_out = leaves_out;
  g_ptr_array_add (self->findings, finding);
}

static void
check_numbers (CamTableCheck  *self,
               const CamTable *table,
               guint           column,
               gboolean        is_dropped)
{
  gsize n = 0;

  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    n += isnan (cam_table_get_number (table, column, row));
  add_finding (self, cam_table_get_name (table, column), NULL, n, is_dropped);
}

static void
check_levels (CamTableCheck  *self,
              const CamTable *table,
              guint           column,
              const json_t   *step,
              gboolean        is_dropped)
{
  const gboolean is_ordinal = g_strcmp0 (json_string_value (json_object_get (step, "coding")), "ordinal") == 0;
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *example = NULL;
  gsize n_missing = 0, n_unseen = 0, i;
  json_t *level;

  json_array_foreach (json_object_get (step, "levels"), i, level)
    g_hash_table_add (known, (gpointer) json_string_value (level));
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      g_autofree char *text = cam_table_dup_text (table, column, row);

      if (*text == '\0')
        n_missing++;
      else if (!g_hash_table_contains (known, text))
        {
          if (n_unseen++ == 0)
            example = g_steal_pointer (&text);
        }
    }
  add_finding (self, cam_table_get_name (table, column), example, n_unseen, is_ordinal);
  add_finding (self, cam_table_get_name (table, column), NULL, n_missing, is_dropped);
}

CamTableCheck *
cam_table_check_new (const CamPreparation *preparation,
                     const CamTable       *table)
{
  CamTableCheck *self = g_new0 (CamTableCheck, 1);
  g_autoptr(json_t) json = cam_preparation_to_json (preparation);
  json_t *step;
  gsize i;

  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->findings = g_ptr_array_new_with_free_func (finding_free);
  self->n_features = cam_preparation_get_n_features (preparation);
  json_array_foreach (json_object_get (json, "features"), i, step)
    {
      const char *name = json_string_value (json_object_get (step, "name"));
      int column = cam_table_find (table, name);
      gboolean is_dropped = g_strcmp0 (json_string_value (json_object_get (step, "missing")), "drop") == 0;

      if (column < 0)
        g_ptr_array_add (self->missing, g_strdup (name));
      else if (json_object_get (step, "levels") != NULL)
        check_levels (self, table, (guint) column, step, is_dropped);
      else if (g_strcmp0 (json_string_value (json_object_get (step, "kind")), "text") != 0)
        check_numbers (self, table, (guint) column, is_dropped);
    }
  return self;
}

void
cam_table_check_free (CamTableCheck *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

char *
cam_table_check_dup_problem (const CamTableCheck *self)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = self->missing->len;

  if (n == 0)
    return NULL;
  for (guint i = 0; i < MIN (n, MAX_TOLD); i++)
    /* translators: a column's name among others */
    g_string_append_printf (names, i == 0 ? _("“%s”") : _(", “%s”"), (char *) self->missing->pdata[i]);
  if (n > MAX_TOLD)
    g_string_append_printf (names, _(" and %u more"), n - MAX_TOLD);
  return g_strdup_printf (ngettext ("It has no column %s, which the model was trained on.", "It does not have the columns %s, which the model was trained on.", n), names->str);
}

static char *
describe (const CamTableFinding *finding)
{
  g_autofree char *count = cam_words_count (finding->n_rows);

  if (finding->example != NULL && finding->leaves_out)
    return g_strdup_printf (ngettext ("%s row has a value in “%s” never seen in training (“%s”): it gets no answer.",
                                      "%s rows have a value in “%s” never seen in training (“%s” first): they get no answer.", finding->n_rows),
                            count, finding->column, finding->example);
  if (finding->example != NULL)
    return g_strdup_printf (ngettext ("%s row has a value in “%s” never seen in training (“%s”): it counts as none of those known.",
                                      "%s rows have a value in “%s” never seen in training (“%s” first): it counts as none of those known.", finding->n_rows),
                            count, finding->column, finding->example);
  if (finding->leaves_out)
    return g_strdup_printf (ngettext ("%s row has no value in “%s” that can be used: it gets no answer.",
                                      "%s rows have no value in “%s” that can be used: they get no answer.", finding->n_rows),
                            count, finding->column);
  return g_strdup_printf (ngettext ("%s row has no value in “%s”: it is filled in as in training.",
                                    "%s rows have no value in “%s”: it is filled in as in training.", finding->n_rows),
                          count, finding->column);
}

char *
cam_table_check_dup_detail (const CamTableCheck *self)
{
  GString *text;

  if (self->findings->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (self->findings->len, MAX_TOLD); i++)
    {
      g_autofree char *sentence = describe (self->findings->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", sentence);
    }
  if (self->findings->len > MAX_TOLD)
    {
      guint n = self->findings->len - MAX_TOLD;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("It is the same with %u more column.", "It is the same with %u more columns.", n), n);
    }
  return g_string_free (text, FALSE);
}
