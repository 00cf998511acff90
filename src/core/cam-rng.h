/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox 4x32-10: random numbers that are a pure function of (seed, stream, position), so that every
 * consumer has a stream of its own and any thread may start at any position of it.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 key[2];      /* from the seed */
  guint64 stream;      /* upper half of the counter */
  guint64 position;    /* lower half: blocks of four words already used */
  guint32 block[4];
  guint   n_left;      /* words of the block not handed out yet */
} CamRng;

/* cam_rng_init: the stream number @stream of @seed, from its start. No allocation; a CamRng is copied by =. */
void    cam_rng_init        (CamRng *self, guint64 seed, guint64 stream);

/* cam_rng_stream_named: a stream number for a consumer's name ("weights/dense", "split"): FNV-1a, 64 bits. */
guint64 cam_rng_stream_named (const char *name);

/* cam_rng_seek: go to word number @word of the stream. */
void    cam_rng_seek        (CamRng *self, guint64 word);

guint32 cam_rng_next        (CamRng *self);
double  cam_rng_uniform     (CamRng *self);               /* [0, 1), 53 bits: two words */
double  cam_rng_normal      (CamRng *self);               /* Box–Muller, cosine half: four words */
guint64 cam_rng_below       (CamRng *self, guint64 n);    /* 0 … n − 1 without bias; n > 0 */

/* cam_rng_shuffle: Fisher–Yates over @n indices. */
void    cam_rng_shuffle     (CamRng *self, guint32 *indices, gsize n);

/* cam_rng_fill: the @n words from word number @first of the stream; the state is left alone. */
void    cam_rng_fill        (const CamRng *self, guint64 first, guint32 *words, gsize n);

G_END_DECLS
