/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool: a generation counter that the workers watch; which job it is and how many of its items are left, in one word; a count of items that are done. A job is over when its
 * items are: a worker that comes too late, or that the system does not let run, holds nobody up, as it finds nothing left. */
#include "cam-pool.h"

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

/* About 75 µs: longer than the serial part between two phases of a step, shorter than anybody notices. */
#define SPINS 2500

/* Finding out which number of threads is the faster: now and then, and for a short while. */
#define REST_NS 40000000
#define PROBE_NS 500000
#define PROBE_STEPS 2
/* A longer probe, of long steps, is paid by a longer rest. */
#define REST_FACTOR 30
/* The other number must be this much faster. */
#define LEAST_GAIN 1.03

typedef enum { PACE_MEASURE, PACE_WAKE, PACE_PROBE, PACE_REST } PaceStage;

/* The way to the faster number: measure the one in use; one step to wake the others up; measure the other one, and keep the better; rest. */
typedef struct
{
  PaceStage stage;
  gint64    since, last, rest;   /* ns; last: of the step before */
  double    amount, speed;       /* of this stage so far; of the number in use */
  guint     n_steps;
} Pace;

struct _CamPool
{
  guint        n_threads;
  GThread    **workers;      /* n_threads − 1 */

  CamPoolFunc  func;
  gpointer     user_data;
  guint        n_items;
  guint        width;        /* threads in use: all, or 1 */
  Pace         pace;

  _Alignas (64) atomic_uint generation;   /* a new job, or the end */
  _Alignas (64) atomic_uint_least64_t left;   /* the job's generation, and in the lower half its items that nobody has taken */
  _Alignas (64) atomic_uint n_done;       /* items that are finished */
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

/* Func and the like are read once an item is taken: then the job cannot end, and its successor not begin, before that item is done. */
static void
work (CamPool *self)
{
  guint64 left = atomic_load_explicit (&self->left, memory_order_acquire);

  while ((guint32) left > 0)
    if (atomic_compare_exchange_weak_explicit (&self->left, &left, left - 1, memory_order_acq_rel, memory_order_acquire))
      {
        self->func (self->n_items - (guint32) left, self->user_data);
        atomic_fetch_add_explicit (&self->n_done, 1, memory_order_release);
        left = atomic_load_explicit (&self->left, memory_order_acquire);
      }
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
    }
}

CamPool *
cam_pool_new (guint n_threads)
{
  CamPool *self = aligned_alloc (64, sizeof (CamPool));

  *self = (CamPool) { .n_threads = n_threads > 0 ? n_threads : g_get_num_processors () };
  self->width = self->n_threads;
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
  guint generation;

  if (!shared || n_items < 2 || self->width < 2)
    {
      for (guint i = 0; i < n_items; i++)
        func (i, user_data);
      return;
    }

  self->func = func;
  self->user_data = user_data;
  self->n_items = n_items;
  atomic_store_explicit (&self->n_done, 0, memory_order_relaxed);
  generation = atomic_load_explicit (&self->generation, memory_order_relaxed) + 1;
  atomic_store_explicit (&self->left, (guint64) generation << 32 | n_items, memory_order_release);
  atomic_store (&self->generation, generation);
  if (atomic_load (&self->n_asleep) > 0)
    futex_wake_all (&self->generation);

  work (self);
  for (guint spin = 0; atomic_load_explicit (&self->n_done, memory_order_acquire) < n_items; spin++)
    if (spin < SPINS)
      relax ();
    else
      g_thread_yield ();
}

guint
cam_pool_get_width (const CamPool *self)
{
  return self->width;
}

static gint64
get_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static void
enter_stage (Pace      *pace,
             PaceStage  stage,
             gint64     now)
{
  pace->stage = stage;
  pace->since = now;
  pace->amount = 0.0;
  pace->n_steps = 0;
}

static void
use_other (CamPool *self)
{
  self->width = self->width > 1 ? 1 : self->n_threads;
}

void
cam_pool_pace (CamPool *self,
               double   amount)
{
  Pace *pace = &self->pace;
  gint64 now, spent;
  double speed;

  if (self->n_threads < 2)
    return;

  now = get_ns ();
  if (amount <= 0.0 || pace->last == 0)
    {
      pace->since += now - pace->last;
      pace->last = now;
      return;
    }

  pace->last = now;
  spent = now - pace->since;
  pace->amount += amount;
  pace->n_steps++;
  speed = pace->amount / (double) MAX (spent, 1);
  switch (pace->stage)
    {
    case PACE_REST:
      if (spent >= pace->rest)
        enter_stage (pace, PACE_MEASURE, now);
      break;
    case PACE_MEASURE:
      if (spent < PROBE_NS || pace->n_steps < PROBE_STEPS)
        break;
      pace->speed = speed;
      use_other (self);
      enter_stage (pace, PACE_WAKE, now);
      break;
    case PACE_WAKE:
      enter_stage (pace, PACE_PROBE, now);
      break;
    case PACE_PROBE:
    default:
      if (spent < PROBE_NS || pace->n_steps < PROBE_STEPS)
        break;
      if (speed < pace->speed * LEAST_GAIN)
        use_other (self);
      pace->rest = MAX (REST_NS, REST_FACTOR * spent);
      enter_stage (pace, PACE_REST, now);
      break;
    }
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
