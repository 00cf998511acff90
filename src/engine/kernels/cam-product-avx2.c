/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products with AVX2 and FMA: tiles of six rows and two vectors, 12 of the 16 registers. */
#include "cam-product-private.h"

#ifdef __x86_64__

#include "cam-path.h"

#pragma GCC target ("avx2,fma")

#include "cam-turn.h"

typedef __m256 Vector;
typedef __m256i Mask;

#define LANES 8
#define MOST_ROWS 6
#define MOST_VECTORS 2
#define PRODUCT cam_product_avx2
#define PRODUCT_TURNED cam_product_turned_avx2

/* A lane counts where its sign is set. */
CAM_INLINE Mask
get_mask (gsize n)
{
  static const gint32 words[16] = { -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0 };

  return _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (words + 8 - n));
}

CAM_INLINE Vector
load (const float *from)
{
  return _mm256_loadu_ps (from);
}

CAM_INLINE Vector
load_masked (const float *from,
             Mask         mask)
{
  return _mm256_maskload_ps (from, mask);
}

CAM_INLINE void
store (float  *to,
       Vector  from)
{
  _mm256_storeu_ps (to, from);
}

CAM_INLINE void
store_masked (float  *to,
              Mask    mask,
              Vector  from)
{
  _mm256_maskstore_ps (to, mask, from);
}

CAM_INLINE Vector
spread (float x)
{
  return _mm256_set1_ps (x);
}

CAM_INLINE Vector
add_product (Vector a,
             Vector b,
             Vector c)
{
  return _mm256_fmadd_ps (a, b, c);
}

CAM_INLINE float
sum_lanes (Vector x)
{
  __m128 half = __builtin_shufflevector (x, x, 0, 1, 2, 3) + __builtin_shufflevector (x, x, 4, 5, 6, 7);

  return (half[0] + half[2]) + (half[1] + half[3]);
}

#include "cam-product-tiles.h"

#endif
