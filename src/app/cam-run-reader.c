/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue of runs whose histories are to be read when there is nothing better to do. */

#include "cam-run-reader.h"

#define SLICE_US 4000

struct _CamRunReader
{
  GQueue      wanted;     /* of CamRunItem, owned */
  GHashTable *waiting;    /* the same, to find them */
  guint       source;
};

static gboolean
read_cb (gpointer user_data)
{
  CamRunReader *self = user_data;
  const gint64 end = g_get_monotonic_time () + SLICE_US;

  while (!g_queue_is_empty (&self->wanted) && g_get_monotonic_time () < end)
    {
      g_autoptr(CamRunItem) run = g_queue_pop_head (&self->wanted);

      g_hash_table_remove (self->waiting, run);
      cam_run_item_peek_history (run, "", NULL);
    }
  if (!g_queue_is_empty (&self->wanted))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

CamRunReader *
cam_run_reader_new (void)
{
  CamRunReader *self = g_rc_box_new0 (CamRunReader);

  g_queue_init (&self->wanted);
  self->waiting = g_hash_table_new (NULL, NULL);
  return self;
}

CamRunReader *
cam_run_reader_ref (CamRunReader *self)
{
  return g_rc_box_acquire (self);
}

static void
reader_free (gpointer data)
{
  CamRunReader *self = data;

  cam_run_reader_clear (self);
  g_hash_table_unref (self->waiting);
}

void
cam_run_reader_unref (CamRunReader *self)
{
  g_rc_box_release_full (self, reader_free);
}

void
cam_run_reader_want (CamRunReader *self,
                     CamRunItem   *run)
{
  if (cam_run_item_has_history (run) || !g_hash_table_add (self->waiting, run))
    return;
  g_queue_push_tail (&self->wanted, g_object_ref (run));
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, read_cb, self, NULL);
}

void
cam_run_reader_clear (CamRunReader *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_remove_all (self->waiting);
  g_queue_clear_full (&self->wanted, g_object_unref);
}
