/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histories as they lie in files, and how their curves are called. */
#include "cam-cli-curves.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-kinds.h>
#include <cam-table.h>

#include "cam-cli-data.h"

static gboolean
is_loss (const char *key)
{
  return g_str_equal (key, "loss") || g_str_equal (key, "val_loss") || g_str_equal (key, CAM_REMEASURED_PREFIX "loss");
}

const char *
cam_cli_curve_title (const char *key)
{
  const CamKind *kind = cam_history_key_find_metric (key);

  if (is_loss (key))
    return _("Loss");
  if (g_str_equal (key, "learning_rate"))
    return _("Learning rate");
  return kind != NULL ? _(kind->title) : key;
}

gboolean
cam_cli_curve_is_share (const char *key)
{
  const CamKind *kind = cam_history_key_find_metric (key);

  return kind != NULL && kind->is_share;
}

guint
cam_cli_curve_colour (const char *key,
                      guint       metric)
{
  static const guint colours[] = { 2, 4, 5, 1, 7 };

  return is_loss (key) ? 0 : colours[metric % G_N_ELEMENTS (colours)];
}

guint
cam_cli_curve_best (const char   *key,
                    const double *values,
                    guint         n_epochs)
{
  gboolean larger = cam_history_key_larger_is_better (key);
  guint best = 0;

  for (guint i = 0; i < n_epochs; i++)
    if (isfinite (values[i]) && (best == 0 || (larger ? values[i] > values[best - 1] : values[i] < values[best - 1])))
      best = i + 1;
  return best;
}

/* Runs lie side by side in folders, each with a history.csv: then the folder tells them apart. */
static char *
name_file (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  if (g_str_equal (name, "history.csv"))
    return g_filename_display_basename (folder);
  if (g_str_has_suffix (name, ".csv"))
    name[strlen (name) - strlen (".csv")] = '\0';
  return g_steal_pointer (&name);
}

CamCliHistory *
cam_cli_history_read (const char  *path,
                      GError     **error)
{
  g_autoptr(CamCsvDialect) dialect = cam_csv_dialect_new ();
  g_autoptr(CamCsvResult) result = NULL;
  CamCliHistory *self;
  guint n_columns;

  dialect->has_header = 1;
  result = cam_cli_read_source (path, dialect, NULL, error);
  if (result == NULL)
    return NULL;

  self = g_new0 (CamCliHistory, 1);
  self->label = name_file (path);
  self->n_epochs = (guint) cam_table_get_n_rows (result->table);
  n_columns = cam_table_get_n_columns (result->table);
  self->keys = g_new0 (char *, n_columns + 1);
  self->values = g_new0 (double *, n_columns + 1);
  for (guint c = 0; c < n_columns; c++)
    {
      self->keys[c] = g_strdup (cam_table_get_name (result->table, c));
      self->values[c] = g_new (double, self->n_epochs + 1);
      for (guint i = 0; i < self->n_epochs; i++)
        self->values[c][i] = cam_table_get_number (result->table, c, i);
    }
  return self;
}

void
cam_cli_history_free (CamCliHistory *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; self->keys[i] != NULL; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_strfreev (self->keys);
  g_free (self->label);
  g_free (self);
}

const double *
cam_cli_history_find (const CamCliHistory *self,
                      const char          *key)
{
  for (guint i = 0; self->keys[i] != NULL; i++)
    if (g_str_equal (self->keys[i], key))
      return self->values[i];
  return NULL;
}
