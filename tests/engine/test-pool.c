/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool: every item of every job once, and all of them before the job ends, whatever the number of threads and whether the pool changes it by itself. */
#include <kernels/cam-pool.h>
#include <stdatomic.h>

enum { MOST_ITEMS = 37, JOBS = 3000 };

typedef struct
{
  atomic_uint n_running;
  guint       counts[MOST_ITEMS];
} Job;

static void
count (guint    item,
       gpointer user_data)
{
  Job *job = user_data;

  atomic_fetch_add (&job->n_running, 1);
  job->counts[item]++;
  atomic_fetch_sub (&job->n_running, 1);
}

static void
test_jobs (gconstpointer data)
{
  guint n_threads = GPOINTER_TO_UINT (data);
  g_autoptr(CamPool) pool = cam_pool_new (n_threads);

  g_assert_cmpuint (cam_pool_get_n_threads (pool), ==, n_threads);
  for (guint i = 0; i < JOBS; i++)
    {
      guint n_items = i % (MOST_ITEMS + 1);
      Job job = { 0 };

      cam_pool_run (pool, i % 5 != 0, count, n_items, &job);
      g_assert_cmpuint (atomic_load (&job.n_running), ==, 0);
      for (guint item = 0; item < MOST_ITEMS; item++)
        g_assert_cmpuint (job.counts[item], ==, item < n_items ? 1 : 0);

      /* Long enough that workers fall asleep now and then. */
      if (i % 500 == 0)
        g_usleep (2000);
      cam_pool_pace (pool, i % 700 == 0 ? 0.0 : 1.0);
      g_assert_true (cam_pool_get_width (pool) == 1 || cam_pool_get_width (pool) == n_threads);
    }
}

static void
test_never_used (void)
{
  CamPool *pool = cam_pool_new (3);

  cam_pool_free (pool);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/pool/never-used", test_never_used);
  for (guint n_threads = 1; n_threads <= 4; n_threads++)
    {
      g_autofree char *name = g_strdup_printf ("/engine/pool/%u", n_threads);

      g_test_add_data_func (name, GUINT_TO_POINTER (n_threads), test_jobs);
    }

  return g_test_run ();
}
