/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the processor has, and what the environment asks for. */
#include "cam-path.h"

#include <string.h>

const char *const cam_path_names[CAM_N_PATHS] = { "plain", "avx2", "avx512" };
CamPath cam_path = CAM_PATH_PLAIN;

gboolean
cam_path_is_there (CamPath path)
{
#ifdef __x86_64__
  __builtin_cpu_init ();
  switch (path)
    {
    case CAM_PATH_PLAIN:
      return TRUE;
    case CAM_PATH_AVX2:
      return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
    case CAM_PATH_AVX512:
      return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl");
    case CAM_N_PATHS:
    default:
      return FALSE;
    }
#else
  return path == CAM_PATH_PLAIN;
#endif
}

void
cam_path_set (CamPath path)
{
  g_return_if_fail (cam_path_is_there (path));

  cam_path = path;
}

/* Before main(), so that no kernel has to ask whether a path is chosen. */
__attribute__ ((constructor)) static void
choose_path (void)
{
  const char *asked = g_getenv ("CAM_KERNELS");

  for (CamPath path = CAM_PATH_PLAIN; path < CAM_N_PATHS; path++)
    if (cam_path_is_there (path) && (cam_path = path, asked != NULL && strcmp (asked, cam_path_names[path]) == 0))
      return;
}
