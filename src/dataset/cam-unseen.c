/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels are looked up once each; rows are looked at only where one of them is not known. */
#include "cam-unseen.h"

#include "cam-dataset-private.h"

static void
clear_unseen (gpointer data)
{
  g_free (((CamUnseen *) data)->first);
}

static void
count_rows (CamUnseen      *unseen,
            const CamStep  *step,
            const CamTable *table,
            guint           column,
            gsize           first)
{
  guint n_levels = cam_table_get_n_levels (table, column);
  g_autofree guint8 *is_unseen = g_malloc0 (n_levels + 1);
  gboolean any = FALSE;

  for (guint i = 0; i < n_levels; i++)
    {
      is_unseen[i] = !g_hash_table_contains (step->index, cam_table_get_level (table, column, i));
      any = any || is_unseen[i];
    }
  for (gsize row = first; any && row < cam_table_get_n_rows (table); row++)
    {
      int code = cam_table_get_code (table, column, row);

      if (code < 0 || !is_unseen[code])
        continue;
      if (unseen->n_rows++ == 0)
        unseen->first = g_strdup (cam_table_get_level (table, column, (guint) code));
    }
}

/* Numbers that are categories are looked at one by one. */
static void
count_numbers (CamUnseen      *unseen,
               const CamStep  *step,
               const CamTable *table,
               guint           column,
               gsize           first)
{
  for (gsize row = first; row < cam_table_get_n_rows (table); row++)
    {
      char buf[40];
      const char *level = cam_cell_level (table, column, row, buf);

      if (level != NULL && !g_hash_table_contains (step->index, level) && unseen->n_rows++ == 0)
        unseen->first = g_strdup (level);
    }
}

static void
add_steps (GArray          *list,
           const GPtrArray *steps,
           gboolean         are_targets,
           const CamTable  *table,
           gsize            first)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const CamStep *step = g_ptr_array_index (steps, i);
      int column = cam_table_find (table, step->name);
      CamUnseen unseen = { step->name, 0, NULL, are_targets || step->coding == CAM_CODING_ORDINAL };

      if (!cam_column_kind_is_category (step->kind) || step->index == NULL)
        continue;
      if (column >= 0 && cam_column_kind_is_numeric (cam_table_get_kind (table, (guint) column)))
        count_numbers (&unseen, step, table, (guint) column, first);
      else if (column >= 0)
        count_rows (&unseen, step, table, (guint) column, first);
      g_array_append_val (list, unseen);
    }
}

GArray *
cam_preparation_list_unseen (const CamPreparation *self,
                             const CamTable       *table,
                             gsize                 first)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (CamUnseen));

  g_array_set_clear_func (list, clear_unseen);
  add_steps (list, self->features, FALSE, table, first);
  add_steps (list, self->targets, TRUE, table, first);

  return list;
}

void
cam_unseen_add (GArray       *list,
                const GArray *others)
{
  g_return_if_fail (list->len == others->len);

  for (guint i = 0; i < list->len; i++)
    {
      CamUnseen *to = &g_array_index (list, CamUnseen, i);
      const CamUnseen *from = &g_array_index (others, CamUnseen, i);

      to->n_rows += from->n_rows;
      if (to->first == NULL)
        to->first = g_strdup (from->first);
    }
}
