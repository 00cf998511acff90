/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of charts, light, dark and for paper: the same ten hues as the window's style sheet, in the same order. */
#include "cam-chart.h"

static const CamChartTheme themes[] = {
  [CAM_THEME_LIGHT] = {
    .text = 0x1c1f24, .muted = 0x5c6670, .grid = 0xe7eaee, .axis = 0xaab1ba, .card = 0xffffff,
    .series = { 0x2563eb, 0xf26b1d, 0x0f9d6c, 0xdb2777, 0x7c3aed, 0x0891b2, 0xdc2626, 0xb7791f, 0x64748b, 0x4d7c0f },
    .band_alpha = 0.14,
  },
  [CAM_THEME_DARK] = {
    .text = 0xf1f2f4, .muted = 0xa3a9b3, .grid = 0x373a41, .axis = 0x6d727d, .card = 0x26272c,
    .series = { 0x6ea8fe, 0xff9a56, 0x3dd6a3, 0xf472b6, 0xb197fc, 0x38cbe6, 0xff6b6b, 0xf2c14e, 0x9aa5b5, 0xa3d65c },
    .band_alpha = 0.20,
  },
  [CAM_THEME_PRINT] = {
    .text = 0x000000, .muted = 0x2b2f35, .grid = 0xd9dce0, .axis = 0x4a4f57, .card = 0xffffff,
    .series = { 0x1d4ed8, 0xc2410c, 0x047857, 0xa8124f, 0x5b21b6, 0x0e7490, 0xb91c1c, 0x854d0e, 0x334155, 0x3f6212 },
    .band_alpha = 0.16,
  },
};

const CamChartTheme *
cam_chart_theme_get (CamThemeKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (themes), &themes[CAM_THEME_LIGHT]);

  return &themes[kind];
}
