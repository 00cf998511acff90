/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-file-remarks.h"

#include <cam-unseen.h>
#include <glib/gi18n-lib.h>

void
cam_file_remarks_clear (CamFileRemarks *self)
{
  g_clear_pointer (&self->unseen, g_array_unref);
  g_clear_pointer (&self->odd, g_free);
  self->n_odd = 0;
  self->is_whole = FALSE;
}

void
cam_file_remarks_add (CamFileRemarks *self,
                      GArray         *unseen)
{
  if (self->unseen == NULL)
    {
      self->unseen = unseen;
      return;
    }
  cam_unseen_add (self->unseen, unseen);
  g_array_unref (unseen);
}

void
cam_file_remarks_set_odd (CamFileRemarks *self,
                          gsize           n_rows,
                          const char     *first)
{
  g_free (self->odd);
  self->odd = g_strdup (first);
  self->n_odd = n_rows;
}

static gboolean
is_target (const CamFileRemarks *self,
           const CamUnseen      *unseen)
{
  for (guint i = 0; i < cam_preparation_get_n_targets (self->preparation); i++)
    if (g_str_equal (cam_preparation_get_target_name (self->preparation, i), unseen->column))
      return TRUE;

  return FALSE;
}

GPtrArray *
cam_file_remarks_list (const CamFileRemarks *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  if (self->is_whole)
    g_ptr_array_add (list, g_strdup (_("All rows had to be in memory at once: what the model says of a row hangs on others, which do not stand in their order or are too far apart.")));
  if (self->n_odd > 0)
    g_ptr_array_add (list, g_strdup (self->odd));
  if (self->n_odd > 1)
    g_ptr_array_add (list, g_strdup_printf (ngettext ("%zu more row has too few or too many fields.", "%zu more rows have too few or too many fields.", self->n_odd - 1), self->n_odd - 1));
  for (guint i = 0; self->unseen != NULL && i < self->unseen->len; i++)
    {
      const CamUnseen *unseen = &g_array_index (self->unseen, CamUnseen, i);
      g_autofree char *count = g_strdup_printf ("%zu", unseen->n_rows);

      if (unseen->n_rows == 0 || (!self->with_targets && is_target (self, unseen)))
        continue;
      g_ptr_array_add (list, g_strdup_printf (unseen->leaves_out
                                                ? ngettext ("%s row has a value in “%s” never seen in training (“%s”): it gets no answer.",
                                                            "%s rows have a value in “%s” never seen in training (“%s” first): they get no answer.", unseen->n_rows)
                                                : ngettext ("%s row has a value in “%s” never seen in training (“%s”): it counts as none of those known.",
                                                            "%s rows have a value in “%s” never seen in training (“%s” first): it counts as none of those known.", unseen->n_rows),
                                              count, unseen->column, unseen->first));
    }

  return list;
}
