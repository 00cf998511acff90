/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a chart description, for the files of this floor. */
#pragma once

#include "cam-chart.h"

G_BEGIN_DECLS

/* Fallbacks in order; no character that means something to Pango's markup, into which PLplot pastes it. */
#define CAM_CHART_FONTS "Inter,Cantarell,sans"

typedef struct
{
  char           *name;             /* valid UTF-8; never NULL */
  double         *x, *y;            /* n */
  double         *low, *high;       /* n, or both NULL: no band */
  gsize           n;
  guint           colour;
  CamLinePattern  pattern;
  gboolean        has_end_label;
  gboolean        has_end_dot;
  gboolean        is_hidden;
  gboolean        is_faded;
} CamSeries;

struct _CamChart
{
  grefcount      ref_count;

  /* owned; texts are valid UTF-8 or NULL */
  char          *title;
  char          *subtitle;
  char          *x_title;
  char          *y_title;
  char          *marker_label;
  char          *span_label;
  char          *empty_text;
  GPtrArray     *series;            /* of CamSeries */

  CamAxisFormat  x_format, y_format;
  double         x_min, x_max;      /* NaN: from the data */
  double         y_min, y_max;
  gboolean       has_marker;
  double         marker_x, marker_y;
  gboolean       has_span;
  double         span_from, span_done, span_to;
};

static inline CamSeries *
cam_chart_peek_series (const CamChart *self,
                       guint           series)
{
  return g_ptr_array_index (self->series, series);
}

/* A dot on the last point: where a run under way has come to. */
void cam_chart_set_end_dot (CamChart *self, guint series, gboolean shown);

G_END_DECLS
