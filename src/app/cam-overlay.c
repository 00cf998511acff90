/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs overlaid: each in its colour and pattern, named at its end. */

#include "cam-overlay.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-words.h"

static const char *
base_of (const char *key)
{
  if (g_str_has_prefix (key, "val_"))
    return key + strlen ("val_");

  return g_str_has_prefix (key, CAM_REMEASURED_PREFIX) ? key + strlen (CAM_REMEASURED_PREFIX) : key;
}

static gboolean
is_share (const char *key)
{
  const CamKind *kind = cam_run_words_metric (key);

  return kind != NULL && kind->is_share;
}

char *
cam_overlay_dup_title (const char *key)
{
  const CamKind *kind = cam_run_words_metric (key);
  g_autofree char *name = NULL;

  if (strcmp (base_of (key), "loss") == 0)
    name = g_strdup (C_("in “validation loss”", "loss"));
  else if (kind == NULL)
    return g_strdup (key);
  else
    {
      const char *title = _(kind->title);

      /* An abbreviation stays as it is. */
      name = g_unichar_isupper (g_utf8_get_char (g_utf8_next_char (title))) ? g_strdup (title) : g_utf8_strdown (title, -1);
    }
  if (g_str_has_prefix (key, CAM_REMEASURED_PREFIX))
    /* translators: %s is “loss” or the name of a metric, measured on training rows once the epoch is over */
    return g_strdup_printf (_("Training %s after the epoch"), name);
  /* translators: %s is “loss” or the name of a metric */
  return g_strdup_printf (key != base_of (key) ? _("Validation %s") : _("Training %s"), name);
}

static int
rank (const char *key)
{
  return (g_str_has_prefix (key, "val_") ? 0 : g_str_has_prefix (key, CAM_REMEASURED_PREFIX) ? 2 : 4) + (strcmp (base_of (key), "loss") != 0);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  int difference = rank (x) - rank (y);

  return difference != 0 ? difference : strcmp (x, y);
}

GPtrArray *
cam_overlay_list_keys (GPtrArray *runs)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      char **all = cam_run_item_get_record (runs->pdata[i])->keys;

      for (guint k = 0; all != NULL && all[k] != NULL; k++)
        {
          const char *key = g_intern_string (all[k]);

          if (!g_ptr_array_find (keys, key, NULL))
            g_ptr_array_add (keys, (gpointer) key);
        }
    }
  g_ptr_array_sort (keys, compare_keys);
  return keys;
}

/* Returns the number of epochs; 0: the run has no such curve. */
static guint
add_run (CamChart   *chart,
         CamRunItem *run,
         const char *key,
         gboolean    is_faded)
{
  guint n = 0, series;
  const double *values = cam_run_item_peek_history (run, key, &n);
  g_autofree double *epochs = NULL;

  if (values == NULL || n == 0)
    return 0;
  epochs = g_new (double, n);
  for (guint i = 0; i < n; i++)
    epochs[i] = i + 1;
  series = cam_chart_add_curve (chart, cam_run_item_get_name (run), epochs, values, n, cam_run_item_get_colour (run), cam_run_item_get_pattern (run));
  cam_chart_set_end_label (chart, series, TRUE);
  cam_chart_set_faded (chart, series, is_faded);
  return n;
}

static void
mark_best (CamChart   *chart,
           CamRunItem *run,
           const char *key)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  guint n = 0;
  const double *values = cam_run_item_peek_history (run, key, &n);
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;

  if (values == NULL || record->best_epoch == 0 || record->best_epoch > n)
    return;
  value = cam_run_words_value (key, values[record->best_epoch - 1]);
  label = g_strdup_printf (_("best %s · epoch %u"), value, record->best_epoch);
  cam_chart_set_marker (chart, record->best_epoch, values[record->best_epoch - 1], label);
}

CamChart *
cam_overlay_new (GPtrArray  *runs,
                 const char *key,
                 GPtrArray  *chosen)
{
  CamChart *chart = cam_chart_new ();
  guint n_chosen = 0, longest = 0;

  for (guint i = 0; i < runs->len; i++)
    n_chosen += g_ptr_array_find (chosen, runs->pdata[i], NULL);

  /* The first series lies on top. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < runs->len; i++)
      {
        gboolean is_chosen = n_chosen == 0 || g_ptr_array_find (chosen, runs->pdata[i], NULL);

        if (is_chosen == (pass == 0))
          {
            guint n = add_run (chart, runs->pdata[i], key, !is_chosen);

            longest = MAX (longest, n);
          }
      }
  if (n_chosen == 1)
    for (guint i = 0; i < runs->len; i++)
      if (g_ptr_array_find (chosen, runs->pdata[i], NULL))
        mark_best (chart, runs->pdata[i], key);

  cam_chart_set_axes (chart, _("Epoch"), NULL, CAM_AXIS_NUMBER, is_share (key) ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER);
  cam_chart_set_x_range (chart, 0, MAX (longest, 2));
  cam_chart_set_empty_text (chart, runs->len == 0 ? _("Tick a run to see its curve") : _("No epoch has ended yet"));
  return chart;
}
