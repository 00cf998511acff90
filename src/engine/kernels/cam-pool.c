/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool: one generation counter that the workers watch, one counter of items, one of workers that are not done. */
#include "cam-pool.h"

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

/* About 75 µs: longer than the serial part between two phases of a step, shorter than anybody notices. */
#define SPINS 2500

struct _CamPool
{
  guint        n_threads;
  GThread    **workers;      /* n_threads − 1 */

  CamPoolFunc  func;
  gpointer     user_data;
  guint        n_items;

  _Alignas (64) atomic_uint generation;   /* a new job, or the end */
  _Alignas (64) atomic_uint next;         /* first item nobody has taken */
  _Alignas (64) atomic_uint n_busy;       /* workers that have not finished this job */
  atomic_uint               n_asleep;
  atomic_bool               ending;
};

static inline void
relax (void)
{
#ifdef __SSE2__
  _mm_pause ();
#endif
}

static void
futex_wait (atomic_uint *word,
            guint        value)
{
  syscall (SYS_futex, (guint *) word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void
futex_wake_all (atomic_uint *word)
{
  syscall (SYS_futex, (guint *) word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

static void
work (CamPool *self)
{
  guint item;

  while ((item = atomic_fetch_add_explicit (&self->next, 1, memory_order_relaxed)) < self->n_items)
    self->func (item, self->user_data);
}

/* Waits until the generation is another than @seen, and returns it. */
static guint
wait_for_job (CamPool *self,
              guint    seen)
{
  guint now;

  for (guint spin = 0; spin < SPINS; spin++)
    {
      now = atomic_load_explicit (&self->generation, memory_order_acquire);
      if (now != seen)
        return now;
      relax ();
    }

  atomic_fetch_add (&self->n_asleep, 1);
  while ((now = atomic_load (&self->generation)) == seen)
    futex_wait (&self->generation, seen);
  atomic_fetch_sub (&self->n_asleep, 1);

  return now;
}

static gpointer
worker_main (gpointer data)
{
  CamPool *self = data;
  guint seen = 0;

  cam_flush_denormals ();
  for (;;)
    {
      seen = wait_for_job (self, seen);
      if (atomic_load (&self->ending))
        return NULL;
      work (self);
      atomic_fetch_sub_explicit (&self->n_busy, 1, memory_order_release);
    }
}

CamPool *
cam_pool_new (guint n_threads)
{
  CamPool *self = aligned_alloc (64, sizeof (CamPool));

  *self = (CamPool) { .n_threads = n_threads > 0 ? n_threads : g_get_num_processors () };
  self->workers = g_new0 (GThread *, self->n_threads);
  for (guint i = 0; i + 1 < self->n_threads; i++)
    self->workers[i] = g_thread_new ("cam-pool", worker_main, self);

  return self;
}

void
cam_pool_free (CamPool *self)
{
  if (self == NULL)
    return;

  atomic_store (&self->ending, TRUE);
  atomic_fetch_add (&self->generation, 1);
  futex_wake_all (&self->generation);
  for (guint i = 0; i + 1 < self->n_threads; i++)
    g_thread_join (self->workers[i]);
  g_free (self->workers);
  free (self);
}

guint
cam_pool_get_n_threads (const CamPool *self)
{
  return self->n_threads;
}

void
cam_pool_run (CamPool     *self,
              gboolean     shared,
              CamPoolFunc  func,
              guint        n_items,
              gpointer     user_data)
{
  if (!shared || n_items < 2 || self->n_threads < 2)
    {
      for (guint i = 0; i < n_items; i++)
        func (i, user_data);
      return;
    }

  self->func = func;
  self->user_data = user_data;
  self->n_items = n_items;
  atomic_store_explicit (&self->next, 0, memory_order_relaxed);
  atomic_store_explicit (&self->n_busy, self->n_threads - 1, memory_order_relaxed);
  atomic_fetch_add (&self->generation, 1);
  if (atomic_load (&self->n_asleep) > 0)
    futex_wake_all (&self->generation);

  work (self);
  for (guint spin = 0; atomic_load_explicit (&self->n_busy, memory_order_acquire) > 0; spin++)
    if (spin < SPINS)
      relax ();
    else
      g_thread_yield ();
}

guint
cam_flush_denormals (void)
{
#ifdef __SSE2__
  guint state = _mm_getcsr ();

  _mm_setcsr (state | 0x8040);   /* flush to zero, denormals are zero */
  return state;
#else
  return 0;
#endif
}

void
cam_restore_denormals (guint state)
{
#ifdef __SSE2__
  _mm_setcsr (state);
#endif
}
