/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products with AVX-512: tiles of six rows and four vectors, 24 of the 32 registers. */
#include "cam-product-private.h"

#ifdef __x86_64__

#include "cam-path.h"

#pragma GCC target ("avx512f,avx512bw,avx512dq,avx512vl,fma,prefer-vector-width=512")

#include "cam-turn.h"

typedef __m512 Vector;
typedef __mmask16 Mask;

#define LANES 16
#define MOST_ROWS 6
#define MOST_VECTORS 4
#define PRODUCT cam_product_avx512
#define PRODUCT_TURNED cam_product_turned_avx512

CAM_INLINE Mask
get_mask (gsize n)
{
  return (Mask) ((1u << n) - 1);
}

CAM_INLINE Vector
load (const float *from)
{
  return _mm512_loadu_ps (from);
}

CAM_INLINE Vector
load_masked (const float *from,
             Mask         mask)
{
  return _mm512_maskz_loadu_ps (mask, from);
}

CAM_INLINE void
store (float  *to,
       Vector  from)
{
  _mm512_storeu_ps (to, from);
}

CAM_INLINE void
store_masked (float  *to,
              Mask    mask,
              Vector  from)
{
  _mm512_mask_storeu_ps (to, mask, from);
}

CAM_INLINE Vector
spread (float x)
{
  return _mm512_set1_ps (x);
}

CAM_INLINE Vector
add_product (Vector a,
             Vector b,
             Vector c)
{
  return _mm512_fmadd_ps (a, b, c);
}

CAM_INLINE float
sum_lanes (Vector x)
{
  __m256 half = __builtin_shufflevector (x, x, 0, 1, 2, 3, 4, 5, 6, 7) + __builtin_shufflevector (x, x, 8, 9, 10, 11, 12, 13, 14, 15);
  __m128 quarter = __builtin_shufflevector (half, half, 0, 1, 2, 3) + __builtin_shufflevector (half, half, 4, 5, 6, 7);

  return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
}

#include "cam-product-tiles.h"

#endif
