/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-lanes.h"

typedef struct
{
  gpointer piece;
  gboolean is_done;    /* under the lock */
} Slot;

struct _CamLanes
{
  GThreadPool *pool;
  guint        n_threads;
  GQueue       slots;     /* calling thread only: those under way, oldest first */
  void       (*work) (gpointer piece, gpointer user_data);
  gboolean   (*end) (gpointer piece, gpointer user_data, GError **error);
  gpointer     user_data;
  struct
  {
    GMutex     lock;
    GCond      done;
  } shared;
};

static void                                   /* pool thread */
work_cb (gpointer data,
         gpointer user_data)
{
  Slot *slot = data;
  CamLanes *self = user_data;

  self->work (slot->piece, self->user_data);
  g_mutex_lock (&self->shared.lock);
  slot->is_done = TRUE;
  g_cond_signal (&self->shared.done);
  g_mutex_unlock (&self->shared.lock);
}

CamLanes *
cam_lanes_new (guint      n_threads,
               void     (*work) (gpointer piece, gpointer user_data),
               gboolean (*end) (gpointer piece, gpointer user_data, GError **error),
               gpointer   user_data)
{
  CamLanes *self = g_new0 (CamLanes, 1);

  self->n_threads = n_threads > 0 ? n_threads : g_get_num_processors ();
  self->work = work;
  self->end = end;
  self->user_data = user_data;
  g_queue_init (&self->slots);
  g_mutex_init (&self->shared.lock);
  g_cond_init (&self->shared.done);
  self->pool = g_thread_pool_new (work_cb, self, (gint) self->n_threads, FALSE, NULL);

  return self;
}

static gboolean
end_first (CamLanes  *self,
           GError   **error)
{
  Slot *slot = g_queue_pop_head (&self->slots);
  gboolean ok;

  g_mutex_lock (&self->shared.lock);
  while (!slot->is_done)
    g_cond_wait (&self->shared.done, &self->shared.lock);
  g_mutex_unlock (&self->shared.lock);
  ok = self->end (slot->piece, self->user_data, error);
  g_free (slot);

  return ok;
}

gboolean
cam_lanes_add (CamLanes  *self,
               gpointer   piece,
               GError   **error)
{
  Slot *slot = g_new0 (Slot, 1);
  gboolean ok = TRUE;

  slot->piece = piece;
  g_queue_push_tail (&self->slots, slot);
  g_thread_pool_push (self->pool, slot, NULL);
  while (ok && g_queue_get_length (&self->slots) > self->n_threads + 1)
    ok = end_first (self, error);

  return ok;
}

gboolean
cam_lanes_drain (CamLanes  *self,
                 GError   **error)
{
  gboolean ok = TRUE;

  while (ok && !g_queue_is_empty (&self->slots))
    ok = end_first (self, error);

  return ok;
}

void
cam_lanes_drop (CamLanes *self)
{
  while (!g_queue_is_empty (&self->slots))
    end_first (self, NULL);
}

void
cam_lanes_free (CamLanes *self)
{
  if (self == NULL)
    return;

  g_assert (g_queue_is_empty (&self->slots));
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_mutex_clear (&self->shared.lock);
  g_cond_clear (&self->shared.done);
  g_free (self);
}
