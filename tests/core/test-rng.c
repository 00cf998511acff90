/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The generator against the known answers that its authors publish, and what is built on it. */
#include <cam-rng.h>
#include <math.h>

typedef struct
{
  const char *name;
  guint32     counter[4], key[2], answer[4];
} KnownAnswer;

/* Source: kat_vectors of Random123, lines "philox4x32 10". */
static const KnownAnswer known[] = {
  { "zeros", { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
  { "ones", { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, { 0xffffffff, 0xffffffff },
    { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
  { "pi", { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, { 0xa4093822, 0x299f31d0 },
    { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
};

static void
test_known_answer (gconstpointer data)
{
  const KnownAnswer *k = data;
  CamRng rng;

  cam_rng_init (&rng, (guint64) k->key[1] << 32 | k->key[0], (guint64) k->counter[3] << 32 | k->counter[2]);
  rng.position = (guint64) k->counter[1] << 32 | k->counter[0];
  for (guint i = 0; i < 4; i++)
    g_assert_cmphex (cam_rng_next (&rng), ==, k->answer[i]);
}

static void
test_seek_is_skip (void)
{
  for (guint skip = 0; skip < 23; skip++)
    {
      CamRng walked, sought;

      cam_rng_init (&walked, 7, 3);
      for (guint i = 0; i < skip; i++)
        cam_rng_next (&walked);
      cam_rng_init (&sought, 7, 3);
      cam_rng_next (&sought);
      cam_rng_seek (&sought, skip);
      for (guint i = 0; i < 9; i++)
        g_assert_cmphex (cam_rng_next (&sought), ==, cam_rng_next (&walked));
    }
}

static void
test_fill_is_next (void)
{
  for (guint first = 0; first < 9; first++)
    for (guint n = 0; n < 14; n++)
      {
        guint32 words[15] = { 0 };
        CamRng rng;

        cam_rng_init (&rng, 42, cam_rng_stream_named ("dropout"));
        words[n] = 0xabcd;
        cam_rng_fill (&rng, first, words, n);
        g_assert_cmphex (words[n], ==, 0xabcd);
        g_assert_cmpuint (rng.position, ==, 0);
        cam_rng_seek (&rng, first);
        for (guint i = 0; i < n; i++)
          g_assert_cmphex (words[i], ==, cam_rng_next (&rng));
      }
}

/* The answers of FNV-1a, 64 bits: an empty text is its offset basis, "a" and "foobar" its authors' examples. */
static void
test_stream_names (void)
{
  g_assert_cmphex (cam_rng_stream_named (""), ==, G_GUINT64_CONSTANT (0xcbf29ce484222325));
  g_assert_cmphex (cam_rng_stream_named ("a"), ==, G_GUINT64_CONSTANT (0xaf63dc4c8601ec8c));
  g_assert_cmphex (cam_rng_stream_named ("foobar"), ==, G_GUINT64_CONSTANT (0x85944171f73967e8));
}

/* Correlation of 20,000 pairs: its standard deviation is 1/√n = 0.007. */
static double
correlate (CamRng a,
           CamRng b)
{
  const guint n = 20000;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (cam_rng_uniform (&a) - 0.5) * (cam_rng_uniform (&b) - 0.5);
  return sum / n * 12;
}

static void
test_streams_are_independent (void)
{
  CamRng base, next_stream, next_seed;

  cam_rng_init (&base, 1, 0);
  cam_rng_init (&next_stream, 1, 1);
  cam_rng_init (&next_seed, 2, 0);
  g_assert_cmpfloat (fabs (correlate (base, next_stream)), <, 0.03);
  g_assert_cmpfloat (fabs (correlate (base, next_seed)), <, 0.03);
  g_assert_cmpfloat (correlate (base, base), >, 0.9);
}

static void
test_uniform (void)
{
  const guint n = 100000;
  double sum = 0, low = 1, high = 0;
  CamRng rng;

  cam_rng_init (&rng, 5, 0);
  for (guint i = 0; i < n; i++)
    {
      double u = cam_rng_uniform (&rng);

      g_assert_cmpfloat (u, >=, 0.0);
      g_assert_cmpfloat (u, <, 1.0);
      sum += u;
      low = MIN (low, u);
      high = MAX (high, u);
    }
  g_assert_cmpfloat (fabs (sum / n - 0.5), <, 0.005);
  g_assert_cmpfloat (low, <, 0.0005);
  g_assert_cmpfloat (high, >, 0.9995);

  /* All bits set is the largest value, and still below 1. */
  rng.block[2] = rng.block[3] = G_MAXUINT32;
  rng.n_left = 2;
  g_assert_cmpfloat (cam_rng_uniform (&rng), ==, 1.0 - 0x1p-53);
}

static void
test_normal (void)
{
  const guint n = 50000;
  double sum = 0, squares = 0;
  guint n_far = 0;
  CamRng rng;

  cam_rng_init (&rng, 9, 0);
  for (guint i = 0; i < n; i++)
    {
      double z = cam_rng_normal (&rng);

      g_assert_true (isfinite (z));
      sum += z;
      squares += z * z;
      n_far += fabs (z) > 1.959964;
    }
  g_assert_cmpfloat (fabs (sum / n), <, 0.02);
  g_assert_cmpfloat (fabs (squares / n - 1), <, 0.03);
  g_assert_cmpfloat (fabs (n_far / (double) n - 0.05), <, 0.005);

  /* All bits set: the logarithm of the smallest 1 − u is taken, not of 0. */
  rng.block[2] = rng.block[3] = G_MAXUINT32;
  rng.n_left = 2;
  g_assert_true (isfinite (cam_rng_normal (&rng)));
}

static void
test_below (void)
{
  guint counts[7] = { 0 };
  CamRng rng;

  cam_rng_init (&rng, 11, 0);
  for (guint i = 0; i < 70000; i++)
    {
      guint64 k = cam_rng_below (&rng, 7);

      g_assert_cmpuint (k, <, 7);
      counts[k]++;
    }
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (ABS ((int) counts[i] - 10000), <, 400);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (cam_rng_below (&rng, 1), ==, 0);

  /* 2⁶⁴ − 1 is the one word that would favour 0 where n = 2⁶⁴ − 1: it is drawn again. */
  rng.block[2] = rng.block[3] = G_MAXUINT32;
  rng.n_left = 2;
  {
    CamRng after = rng;

    after.n_left = 0;
    g_assert_cmpuint (cam_rng_below (&rng, G_MAXUINT64), ==, cam_rng_below (&after, G_MAXUINT64));
  }
}

static void
test_shuffle (void)
{
  guint32 order[1000];
  guint8 seen[1000] = { 0 };
  guint n_at_home = 0;
  CamRng rng;

  for (guint i = 0; i < 1000; i++)
    order[i] = i;
  cam_rng_init (&rng, 3, 0);
  cam_rng_shuffle (&rng, order, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (order[i], <, 1000);
      seen[order[i]]++;
      n_at_home += order[i] == i;
    }
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (seen[i], ==, 1);
  g_assert_cmpuint (n_at_home, <, 10);
  cam_rng_shuffle (&rng, order, 0);
  cam_rng_shuffle (&rng, order, 1);
}

/* Each of the six orders of three comes equally often: Fisher–Yates, not its biased cousin. */
static void
test_shuffle_is_fair (void)
{
  guint counts[27] = { 0 };
  guint n_orders = 0;
  CamRng rng;

  cam_rng_init (&rng, 4, 0);
  for (guint i = 0; i < 12000; i++)
    {
      guint32 order[] = { 0, 1, 2 };

      cam_rng_shuffle (&rng, order, 3);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > 0)
      {
        n_orders++;
        g_assert_cmpuint (ABS ((int) counts[i] - 2000), <, 200);
      }
  g_assert_cmpuint (n_orders, ==, 6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *path = g_strconcat ("/core/rng/known-answer/", known[i].name, NULL);

      g_test_add_data_func (path, &known[i], test_known_answer);
    }
  g_test_add_func ("/core/rng/seek-is-skip", test_seek_is_skip);
  g_test_add_func ("/core/rng/fill-is-next", test_fill_is_next);
  g_test_add_func ("/core/rng/stream-names", test_stream_names);
  g_test_add_func ("/core/rng/streams-are-independent", test_streams_are_independent);
  g_test_add_func ("/core/rng/uniform", test_uniform);
  g_test_add_func ("/core/rng/normal", test_normal);
  g_test_add_func ("/core/rng/below", test_below);
  g_test_add_func ("/core/rng/shuffle", test_shuffle);
  g_test_add_func ("/core/rng/shuffle-is-fair", test_shuffle_is_fair);

  return g_test_run ();
}
