/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steps [PART-OF-A-NAME [ROUNDS]]: whole training steps (gather, forward, loss, backward, Adam) of the networks in the table, on one thread and on two.
 *
 * A share is the multiplications and additions counted over the time, over those of OpenBLAS's product of two 1024 × 1024 matrices on one thread in the same run; element-wise
 * work counts as nothing. Other programs disturb: each network is run in several rounds, an epoch is a few milliseconds, and the best epoch counts. One thread's figures are of
 * processor time, so that they can be read on a busy machine too; two threads' are of the clock. Then a forward pass over ten million rows.
 *
 * Fails where a network is well below on one thread of what we want to see; two threads hang too much on what else the machine does. Rows a second are wanted of the machine
 * that they were set on, and of others in proportion to their product. */
#include <cam-fit-private.h>
#include <cblas.h>
#include <kernels/cam-kernels.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DENSE(units, activation) "{\"class_name\": \"Dense\", \"config\": {\"units\": " #units ", \"activation\": \"" activation "\"}}"
#define CONV(filters) "{\"class_name\": \"Conv2D\", \"config\": {\"filters\": " #filters ", \"kernel_size\": 3, \"activation\": \"relu\"}}"

typedef struct
{
  const char *name;
  const char *kind;            /* that it needs besides Dense */
  CamShape    input;
  gsize       n_out, batch;
  const char *loss, *layers;
  double      flops;           /* of a row */
  gsize       rows;
  double      least_share;     /* what we want to see; 0: least_rows instead */
  double      least_ratio;     /* of two threads to one; 0: too small to be shared */
  double      least_rows;      /* a second */
} Work;

/* 6·K·N for each dense layer, 4·K·N for the first, which needs no gradient of its input. */
static const Work table[] = {
  { "a 30-128-256-1 relu, batch 32", "Dense", { 1, { 30 } }, 1, 32, "binary_crossentropy",
    DENSE (128, "relu") "," DENSE (256, "relu") "," DENSE (1, "sigmoid"), 4.0 * 30 * 128 + 6.0 * (128 * 256 + 256), 2048, 0.65, 1.25, 0 },
  { "a 30-128-256-1 relu, batch 256", "Dense", { 1, { 30 } }, 1, 256, "binary_crossentropy",
    DENSE (128, "relu") "," DENSE (256, "relu") "," DENSE (1, "sigmoid"), 4.0 * 30 * 128 + 6.0 * (128 * 256 + 256), 2048, 0.80, 1.5, 0 },
  { "a 30-128-256-1 tanh, batch 32", "Dense", { 1, { 30 } }, 1, 32, "binary_crossentropy",
    DENSE (128, "tanh") "," DENSE (256, "tanh") "," DENSE (1, "sigmoid"), 4.0 * 30 * 128 + 6.0 * (128 * 256 + 256), 2048, 0.60, 1.25, 0 },
  { "b 64-128-64-10, batch 32", "Dense", { 1, { 64 } }, 10, 32, "categorical_crossentropy",
    DENSE (128, "relu") "," DENSE (64, "relu") "," DENSE (10, "softmax"), 4.0 * 64 * 128 + 6.0 * (128 * 64 + 640), 4096, 0.65, 1.15, 0 },
  { "b 64-16-10, batch 32", "Dense", { 1, { 64 } }, 10, 32, "categorical_crossentropy",
    DENSE (16, "relu") "," DENSE (10, "softmax"), 4.0 * 64 * 16 + 6.0 * 160, 4096, 0.40, 0, 0 },
  { "c 784-512-256-10, batch 128", "Dense", { 1, { 784 } }, 10, 128, "categorical_crossentropy",
    DENSE (512, "relu") "," DENSE (256, "relu") "," DENSE (10, "softmax"), 4.0 * 784 * 512 + 6.0 * (512 * 256 + 2560), 1280, 0.80, 1.6, 0 },
  { "d 2-4-1, batch 32", "Dense", { 1, { 2 } }, 1, 32, "binary_crossentropy", DENSE (4, "tanh") "," DENSE (1, "sigmoid"), 4.0 * 8 + 6.0 * 4, 65536, 0, 0, 10e6 },
  { "d 2-4-1, batch 1", "Dense", { 1, { 2 } }, 1, 1, "binary_crossentropy", DENSE (4, "tanh") "," DENSE (1, "sigmoid"), 4.0 * 8 + 6.0 * 4, 16384, 0, 0, 3e6 },
  { "CNN 28×28: 32, pool, 64, pool, 10, batch 32", "Conv2D", { 3, { 28, 28, 1 } }, 10, 32, "categorical_crossentropy",
    CONV (32) ",{\"class_name\": \"MaxPooling2D\"}," CONV (64) ",{\"class_name\": \"MaxPooling2D\"},{\"class_name\": \"Flatten\"}," DENSE (10, "softmax"),
    4.0 * 26 * 26 * 9 * 32 + 6.0 * (11 * 11 * 288 * 64 + 1600 * 10), 96, 0.55, 1.6, 0 },
  { "LSTM of 64, 50 steps of 16, batch 32", "LSTM", { 2, { 50, 16 } }, 1, 32, "mean_squared_error",
    "{\"class_name\": \"LSTM\", \"config\": {\"units\": 64}}," DENSE (1, "linear"), 50 * (4.0 * 16 + 6.0 * 64) * 256 + 6.0 * 64, 192, 0.50, 1.5, 0 },
};

enum { MOST_THREADS = 2, EPOCHS = 24 };

/* The product of the machine that rows a second were set on. */
#define REFERENCE_PRODUCT 99e9
/* Of what is wanted: less is a failure. */
#define LEAST_PART 0.9

typedef struct
{
  double of_thread[MOST_THREADS];   /* rows a second, the best so far */
} Speed;

typedef struct
{
  double clock, processor, best;
  gsize  rows;
  gboolean by_processor;
} Watch;

static double
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  Watch *watch = user_data;
  double time = now (watch->by_processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC);
  double before = watch->by_processor ? watch->processor : watch->clock;

  /* The first epoch wakes everything up. */
  if (epoch->epoch > 1)
    watch->best = MAX (watch->best, (double) watch->rows / (time - before));
  watch->clock = now (CLOCK_MONOTONIC);
  watch->processor = now (CLOCK_THREAD_CPUTIME_ID);
}

/* Multiplications and additions a second of OpenBLAS at its best, on this thread. */
static double
measure_product (double best)
{
  enum { N = 1024 };
  static float *a, *b, *c;

  if (a == NULL)
    {
      a = cam_floats_new (N * N);
      b = cam_floats_new (N * N);
      c = cam_floats_new (N * N);
      for (gsize i = 0; i < N * N; i++)
        a[i] = b[i] = 0.5f + (float) (i % 7) * 0.01f;
    }
  for (guint i = 0; i < 3; i++)
    {
      double start = now (CLOCK_THREAD_CPUTIME_ID);

      cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1.0f, a, N, b, N, 0.0f, c, N);
      best = MAX (best, 2.0 * N * N * N / (now (CLOCK_THREAD_CPUTIME_ID) - start));
    }

  return best;
}

/* Bytes a second that copying a large block reads and writes. */
static double
measure_copy (double best)
{
  enum { N = 64 << 20 };
  static char *from, *to;

  if (from == NULL)
    {
      from = g_malloc (N);
      to = g_malloc (N);
      memset (from, 1, N);
      memset (to, 2, N);
    }
  for (guint i = 0; i < 2; i++)
    {
      double start = now (CLOCK_THREAD_CPUTIME_ID);

      memcpy (to, from, N);
      best = MAX (best, 2.0 * N / (now (CLOCK_THREAD_CPUTIME_ID) - start));
    }

  return best;
}

static void
nothing (guint    item,
         gpointer user_data)
{
}

/* Seconds from the start of a job of two items to its end. */
static double
measure_meeting (CamPool *pool,
                 double   best)
{
  enum { N = 2000 };
  double start = now (CLOCK_MONOTONIC);

  for (guint i = 0; i < N; i++)
    cam_pool_run (pool, TRUE, nothing, 2, NULL);

  return MIN (best, (now (CLOCK_MONOTONIC) - start) / N);
}

static double
run_work (const Work *work,
          guint       n_threads)
{
  gsize x_size;
  g_autofree char *text = g_strdup_printf ("[%s]", work->layers);
  g_autoptr(json_t) layers = json_loads (text, 0, NULL);
  g_autoptr(json_t) loss = json_string (work->loss);
  g_autoptr(json_t) optimizer = json_string ("adam");
  g_autoptr(json_t) metrics = json_array ();
  g_autoptr(GError) error = NULL;
  CamNetwork *network = cam_network_new (&work->input, layers, &error);
  CamFitSettings settings = { loss, metrics, optimizer, NULL, work->batch, EPOCHS, TRUE, 1, n_threads, 0, NULL };
  Watch watch = { .rows = work->rows, .by_processor = n_threads == 1 };
  CamFitHooks hooks = { .on_epoch = on_epoch, .user_data = &watch };
  CamFitOutcome outcome;
  CamSamples samples;
  CamFit *fit;
  CamRng rng;
  float *x, *y;

  g_assert_no_error (error);
  cam_network_initialise (network, 1);
  x_size = network->n_in;
  x = cam_floats_new (work->rows * x_size);
  y = cam_floats_new (work->rows * work->n_out);
  cam_rng_init (&rng, 1, 1);
  for (gsize i = 0; i < work->rows * x_size; i++)
    x[i] = (float) cam_rng_uniform (&rng) * 2.0f - 1.0f;
  for (gsize i = 0; i < work->rows; i++)
    y[i * work->n_out + (work->n_out > 1 ? cam_rng_below (&rng, work->n_out) : 0)] = work->n_out > 1 ? 1.0f : (float) cam_rng_below (&rng, 2);
  samples = (CamSamples) { x, y, work->rows, x_size, work->n_out, NULL };

  fit = cam_fit_new (network, &settings, &samples, NULL, &error);
  g_assert_no_error (error);
  cam_fit_run (fit, &hooks, NULL, &outcome);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_FINISHED);
  cam_fit_free (fit);
  cam_network_free (network);
  cam_floats_free (x);
  cam_floats_free (y);

  return watch.best;
}

/* Rows a second of evaluation alone, as for the predictions of a large file. */
static void
print_predictions (void)
{
  enum { N = 10000000, INPUTS = 2 };
  CamShape input = { 1, { INPUTS } };
  g_autoptr(json_t) layers = json_loads ("[" DENSE (4, "tanh") "," DENSE (1, "sigmoid") "]", 0, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&input, layers, &error);
  float *x = cam_floats_new ((gsize) N * INPUTS), *y = cam_floats_new (N);
  double start, spent;

  g_assert_no_error (error);
  cam_network_initialise (network, 1);
  for (gsize i = 0; i < (gsize) N * INPUTS; i++)
    x[i] = (float) (i % 1001) * 2e-3f - 1.0f;
  start = now (CLOCK_THREAD_CPUTIME_ID);
  cam_network_predict (network, x, N, y);
  spent = now (CLOCK_THREAD_CPUTIME_ID) - start;
  for (gsize i = 0; i < N; i++)
    g_assert_true (y[i] > 0.0f && y[i] < 1.0f);
  g_print ("predictions of 2-4-1 for %d rows on one thread: %.0f rows a second\n", N, N / spent);

  cam_floats_free (x);
  cam_floats_free (y);
}

/* Ratios of the plain loops' time to ours. */
static void
print_kernels (void)
{
  enum { N = 64, INPUTS = 128, UNITS = 256 };
  float *x = cam_floats_new (N * INPUTS), *kernel = cam_floats_new (INPUTS * UNITS), *y = cam_floats_new (N * UNITS);
  double plain = HUGE_VAL, fast = HUGE_VAL, plain_tanh = HUGE_VAL, fast_tanh = HUGE_VAL;
  CamRng rng;

  cam_rng_init (&rng, 2, 2);
  for (gsize i = 0; i < N * INPUTS; i++)
    x[i] = (float) cam_rng_normal (&rng);
  for (gsize i = 0; i < INPUTS * UNITS; i++)
    kernel[i] = (float) cam_rng_normal (&rng) * 0.1f;

  for (guint i = 0; i < 20; i++)
    {
      double start = now (CLOCK_THREAD_CPUTIME_ID);

      cam_plain_dense_forward (x, kernel, NULL, y, N, INPUTS, UNITS);
      plain = MIN (plain, now (CLOCK_THREAD_CPUTIME_ID) - start);
      start = now (CLOCK_THREAD_CPUTIME_ID);
      cam_dense_forward (x, kernel, NULL, y, N, INPUTS, UNITS);
      fast = MIN (fast, now (CLOCK_THREAD_CPUTIME_ID) - start);

      start = now (CLOCK_THREAD_CPUTIME_ID);
      for (gsize j = 0; j < N * UNITS; j++)
        y[j] = tanhf (y[j]);
      plain_tanh = MIN (plain_tanh, now (CLOCK_THREAD_CPUTIME_ID) - start);
      start = now (CLOCK_THREAD_CPUTIME_ID);
      cam_map_tanh (y, y, N * UNITS);
      fast_tanh = MIN (fast_tanh, now (CLOCK_THREAD_CPUTIME_ID) - start);
    }
  g_print ("a dense layer %d × %d → %d: %.0f times the plain loops; tanh: %.1f times the library's, %.2f ns a number\n",
           N, INPUTS, UNITS, plain / fast, plain_tanh / fast_tanh, fast_tanh / (N * UNITS) * 1e9);

  cam_floats_free (x);
  cam_floats_free (kernel);
  cam_floats_free (y);
}

/* What one thread reaches of what is wanted. */
static double
get_part (const Work  *work,
          const Speed *speed,
          double       product)
{
  double one = speed->of_thread[0];

  return work->least_share > 0.0 ? one * work->flops / product / work->least_share : one / (work->least_rows * product / REFERENCE_PRODUCT);
}

static void
print_work (const Work  *work,
            const Speed *speed,
            double       product)
{
  double one = speed->of_thread[0], two = speed->of_thread[1];
  double share = one * work->flops / product, ratio = two / one;
  gboolean ok = get_part (work, speed, product) >= 1.0 && ratio >= work->least_ratio;
  g_autofree char *wanted = work->least_share > 0.0 ? g_strdup_printf ("%.2f", work->least_share) : g_strdup_printf ("%.0fM rows", work->least_rows / 1e6);
  g_autofree char *on_two = work->least_ratio > 0.0 ? g_strdup_printf ("%10.0f   %5.2f (%s)   %5.2f (%.2f)", two, share, wanted, ratio, work->least_ratio)
                                                    : g_strdup_printf ("%10s   %5.2f (%s)", "", share, wanted);

  /* printf() counts bytes, and names have others than ASCII. */
  g_print ("%s%*s %10.0f %s%s\n", work->name, (int) (46 - g_utf8_strlen (work->name, -1)), "", one, on_two, ok ? "" : "   short");
}

int
main (int    argc,
      char **argv)
{
  const char *part = argc > 1 ? argv[1] : "";
  guint n_rounds = argc > 2 ? (guint) atoi (argv[2]) : 3;
  Speed speeds[G_N_ELEMENTS (table)] = { 0 };
  g_autoptr(CamPool) pool = cam_pool_new (MOST_THREADS);
  double product = 0.0, copy = 0.0, meeting = HUGE_VAL;
  guint n_failed = 0;

  setlocale (LC_ALL, "");
  cam_kernels_init ();
  for (guint round = 0; round < n_rounds; round++)
    {
      product = measure_product (product);
      copy = measure_copy (copy);
      meeting = measure_meeting (pool, meeting);
      for (guint i = 0; i < G_N_ELEMENTS (table); i++)
        for (guint threads = 1; threads <= MOST_THREADS && strstr (table[i].name, part) != NULL && cam_layer_kind_find (table[i].kind) != NULL; threads++)
          if (threads == 1 || table[i].least_ratio > 0.0)
            speeds[i].of_thread[threads - 1] = MAX (speeds[i].of_thread[threads - 1], run_work (&table[i], threads));
    }

  g_print ("a product of 1024 × 1024 matrices on one thread: %.1f GFLOP/s; copying: %.1f GB/s; two threads meet in %.2f µs; %s\n",
           product / 1e9, copy / 1e9, meeting * 1e6, openblas_get_config ());
  print_kernels ();
  g_print ("%-46s %10s %10s   %s   %s\n", "rows a second on", "1 thread", "2 threads", "share (wanted)", "2 ÷ 1 (wanted)");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (speeds[i].of_thread[0] > 0.0)
      {
        print_work (&table[i], &speeds[i], product);
        n_failed += get_part (&table[i], &speeds[i], product) < LEAST_PART;
      }
  print_predictions ();
  if (n_failed > 0)
    g_print ("%u well below what is wanted of one thread\n", n_failed);

  return n_failed > 0;
}
