/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The instructions that the kernels use: chosen at the start from what the processor has, so that one program runs everywhere and fast.
 *
 * CAM_KERNEL writes a kernel once and has it compiled for each path. What is written so gives the same bits on every path: no path fuses or reorders anything. Matrix products
 * (cam-product.h) do on purpose, and differ between paths in the last bits. On one path everything can be reproduced.
 *
 * The environment variable CAM_KERNELS (plain, avx2, avx512) asks for a path; one that the processor lacks, or an unknown word, gives the best there is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CAM_PATH_PLAIN,
  CAM_PATH_AVX2,      /* with FMA */
  CAM_PATH_AVX512,    /* F, BW, DQ, VL */
  CAM_N_PATHS,
} CamPath;

/* The path taken. Written at the start of the program, and by cam_path_set(). */
extern CamPath           cam_path;
extern const char *const cam_path_names[CAM_N_PATHS];

gboolean cam_path_is_there (CamPath path);
/* cam_path_set: for tests, while no kernel is at work; @path must be there. */
void     cam_path_set      (CamPath path);

#define CAM_INLINE static inline __attribute__ ((always_inline))

#ifdef __x86_64__
#define CAM_TARGET_AVX2 __attribute__ ((target ("avx2,fma")))
#define CAM_TARGET_AVX512 __attribute__ ((target ("avx512f,avx512bw,avx512dq,avx512vl,fma,prefer-vector-width=512")))

/* CAM_KERNEL: @parameters with types and @arguments, their names, both in brackets; the body follows. Functions that it calls must be CAM_INLINE.
 * CAM_KERNEL_UNLESS: where @is_short holds the plain path is taken: its registers are full with four numbers, where a wider path would go one by one. */
#define CAM_KERNEL(type, name, parameters, arguments) CAM_KERNEL_UNLESS (FALSE, type, name, parameters, arguments)
#define CAM_KERNEL_UNLESS(is_short, type, name, parameters, arguments) \
  CAM_INLINE type name##_body parameters; \
  CAM_TARGET_AVX512 static type name##_avx512 parameters { return name##_body arguments; } \
  CAM_TARGET_AVX2 static type name##_avx2 parameters { return name##_body arguments; } \
  static type name##_plain parameters { return name##_body arguments; } \
  type \
  name parameters \
  { \
    return is_short ? name##_plain arguments : cam_path == CAM_PATH_AVX512 ? name##_avx512 arguments : cam_path == CAM_PATH_AVX2 ? name##_avx2 arguments : name##_plain arguments; \
  } \
  CAM_INLINE type name##_body parameters
#else
#define CAM_KERNEL(type, name, parameters, arguments) \
  type name parameters
#define CAM_KERNEL_UNLESS(is_short, type, name, parameters, arguments) \
  type name parameters
#endif

G_END_DECLS
