/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turning a block of a matrix with AVX, eight by eight numbers in registers. For files that have set their target. */
#pragma once

#include <glib.h>
#include <immintrin.h>

/* to[columns, rows] ← from[rows, columns], rows of both strides apart. */
static inline void
cam_turn (const float *from,
          gsize        from_stride,
          float       *to,
          gsize        to_stride,
          gsize        rows,
          gsize        columns)
{
  gsize whole_rows = rows / 8 * 8, whole_columns = columns / 8 * 8;

  for (gsize i = 0; i < whole_rows; i += 8)
    for (gsize j = 0; j < whole_columns; j += 8)
      {
        const float *f = from + i * from_stride + j;
        float *t = to + j * to_stride + i;
        __m256 r[8], s[8];

        /* Pairs of rows, then of pairs, then of halves. Rows k and k + 4 share a register: the halves are right from the start. */
        for (int k = 0; k < 4; k++)
          {
            r[k] = _mm256_insertf128_ps (_mm256_castps128_ps256 (_mm_loadu_ps (f + (gsize) k * from_stride)), _mm_loadu_ps (f + (gsize) (k + 4) * from_stride), 1);
            r[k + 4] = _mm256_insertf128_ps (_mm256_castps128_ps256 (_mm_loadu_ps (f + (gsize) k * from_stride + 4)), _mm_loadu_ps (f + (gsize) (k + 4) * from_stride + 4), 1);
          }
        for (int h = 0; h < 8; h += 4)
          {
            s[h] = _mm256_unpacklo_ps (r[h], r[h + 1]);
            s[h + 1] = _mm256_unpackhi_ps (r[h], r[h + 1]);
            s[h + 2] = _mm256_unpacklo_ps (r[h + 2], r[h + 3]);
            s[h + 3] = _mm256_unpackhi_ps (r[h + 2], r[h + 3]);
            _mm256_storeu_ps (t + (gsize) h * to_stride, _mm256_shuffle_ps (s[h], s[h + 2], 0x44));
            _mm256_storeu_ps (t + (gsize) (h + 1) * to_stride, _mm256_shuffle_ps (s[h], s[h + 2], 0xee));
            _mm256_storeu_ps (t + (gsize) (h + 2) * to_stride, _mm256_shuffle_ps (s[h + 1], s[h + 3], 0x44));
            _mm256_storeu_ps (t + (gsize) (h + 3) * to_stride, _mm256_shuffle_ps (s[h + 1], s[h + 3], 0xee));
          }
      }
  for (gsize i = 0; i < rows; i++)
    for (gsize j = i < whole_rows ? whole_columns : 0; j < columns; j++)
      to[j * to_stride + i] = from[i * from_stride + j];
}
