/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Curves of two runs. */

#include "cam-run-diff-chart.h"

#include <glib/gi18n-lib.h>

#include "cam-run-words.h"

/* Returns the number of epochs; 0: the run has no such curve. */
static guint
add_curve (CamChart   *chart,
           CamRunItem *run,
           const char *name,
           const char *key,
           guint       colour,
           gboolean    is_train)
{
  guint n = 0;
  const double *values = cam_run_item_peek_history (run, key, &n);
  g_autofree double *epochs = NULL;
  g_autofree char *title = NULL;

  if (values == NULL || n == 0)
    return 0;
  epochs = g_new (double, n);
  for (guint i = 0; i < n; i++)
    epochs[i] = i + 1;
  /* translators: a curve: the name of a run, and which rows were measured */
  title = g_strdup_printf (is_train ? _("%s, training") : _("%s, validation"), name);
  cam_chart_add_curve (chart, title, epochs, values, n, colour, is_train ? CAM_LINE_DASHED : CAM_LINE_SOLID);
  return n;
}

CamChart *
cam_run_diff_chart_new (CamRunItem *const  runs[2],
                        const char *const  names[2],
                        const char        *key)
{
  CamChart *chart = cam_chart_new ();
  const CamKind *kind = cam_run_words_metric (key);
  g_autofree char *val = g_strconcat ("val_", key, NULL);
  g_autofree char *again = g_strconcat (CAM_REMEASURED_PREFIX, key, NULL);
  guint longest = 2;

  for (guint pass = 0; pass < 2; pass++)
    for (guint side = 0; side < 2; side++)
      if (runs[side] != NULL)
        {
          gboolean has_again = cam_run_item_peek_history (runs[side], again, NULL) != NULL;
          guint n = add_curve (chart, runs[side], names[side], pass == 0 ? val : has_again ? again : key, side, pass == 1);

          longest = MAX (longest, n);
        }
  cam_chart_set_axes (chart, _("Epoch"), NULL, CAM_AXIS_NUMBER, kind != NULL && kind->is_share ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, 0, longest);
  cam_chart_set_empty_text (chart, _("No epoch has ended yet"));
  return chart;
}
