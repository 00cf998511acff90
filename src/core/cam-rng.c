/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox 4x32-10 (Salmon et al., SC 2011): ten rounds of two 32-bit multiplications turn a counter into four random words. */
#include "cam-rng.h"

#include <math.h>

static void
philox (const guint32 key[2],
        guint64       position,
        guint64       stream,
        guint32       out[4])
{
  guint32 k0 = key[0], k1 = key[1];
  guint32 c0 = (guint32) position, c1 = (guint32) (position >> 32);
  guint32 c2 = (guint32) stream, c3 = (guint32) (stream >> 32);

  for (int round = 0; round < 10; round++)
    {
      guint64 a = (guint64) 0xD2511F53u * c0;
      guint64 b = (guint64) 0xCD9E8D57u * c2;

      c0 = (guint32) (b >> 32) ^ c1 ^ k0;
      c1 = (guint32) b;
      c2 = (guint32) (a >> 32) ^ c3 ^ k1;
      c3 = (guint32) a;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }

  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

void
cam_rng_init (CamRng  *self,
              guint64  seed,
              guint64  stream)
{
  *self = (CamRng) {
    .key = { (guint32) seed, (guint32) (seed >> 32) },
    .stream = stream,
  };
}

guint64
cam_rng_stream_named (const char *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const guchar *c = (const guchar *) name; *c != 0; c++)
    hash = (hash ^ *c) * G_GUINT64_CONSTANT (0x100000001b3);

  return hash;
}

void
cam_rng_seek (CamRng  *self,
              guint64  word)
{
  guint used = word % 4;

  self->position = word / 4;
  self->n_left = 0;
  if (used > 0)
    {
      philox (self->key, self->position++, self->stream, self->block);
      self->n_left = 4 - used;
    }
}

guint32
cam_rng_next (CamRng *self)
{
  if (self->n_left == 0)
    {
      philox (self->key, self->position++, self->stream, self->block);
      self->n_left = 4;
    }

  return self->block[4 - self->n_left--];
}

double
cam_rng_uniform (CamRng *self)
{
  guint64 high = cam_rng_next (self) >> 5;    /* 27 bits */
  guint64 low = cam_rng_next (self) >> 6;     /* 26 bits */

  return (double) ((high << 26) | low) * 0x1p-53;
}

double
cam_rng_normal (CamRng *self)
{
  /* 1 − u is in (0, 1], so that the logarithm is finite. */
  double radius = sqrt (-2.0 * log (1.0 - cam_rng_uniform (self)));

  return radius * cos (2.0 * G_PI * cam_rng_uniform (self));
}

guint64
cam_rng_below (CamRng  *self,
               guint64  n)
{
  guint64 limit, word;

  g_return_val_if_fail (n > 0, 0);

  /* Words at the end of the range that would favour small results are drawn again. */
  limit = G_MAXUINT64 - (G_MAXUINT64 % n + 1) % n;
  do
    {
      word = (guint64) cam_rng_next (self) << 32;
      word |= cam_rng_next (self);
    }
  while (word > limit);

  return word % n;
}

void
cam_rng_shuffle (CamRng  *self,
                 guint32 *indices,
                 gsize    n)
{
  for (gsize i = n; i > 1; i--)
    {
      gsize j = cam_rng_below (self, i);
      guint32 swap = indices[i - 1];

      indices[i - 1] = indices[j];
      indices[j] = swap;
    }
}

void
cam_rng_fill (const CamRng *self,
              guint64       first,
              guint32      *words,
              gsize         n)
{
  guint64 block = first / 4;
  guint skip = first % 4;

  for (gsize i = 0; i < n; block++)
    {
      guint32 out[4];

      philox (self->key, block, self->stream, out);
      for (; skip < 4 && i < n; skip++)
        words[i++] = out[skip];
      skip = 0;
    }
}
