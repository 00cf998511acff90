/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the task is, and what a sample is. */

#include "cam-task-edit.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* A network for other samples, or for another end, is another network: the layers that are proposed for such data, in the same step. Where no dataset can be made of the settings yet, the layers
 * stay what they are. */
static void
propose_network (CamExperiment *experiment,
                 CamTable      *table,
                 json_t        *edits)
{
  g_autoptr(CamExperiment) changed = cam_experiment_with_all (experiment, edits, NULL);
  g_autoptr(CamDataset) dataset = NULL;

  if (changed != NULL)
    dataset = cam_dataset_new (table, cam_experiment_get_data (changed), cam_experiment_get_split (changed), NULL);
  if (dataset != NULL)
    json_object_set_new (edits, "network", cam_task_make_network (dataset, cam_table_get_n_columns (table)));
}

static gboolean
is_autoencoder (const char *word)
{
  return g_strcmp0 (word, "autoencoder") == 0;
}

gboolean
cam_task_edit_task (CamSession *session,
                    const char *word)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));
  CamTable *table = cam_session_get_table (session);
  g_autoptr(json_t) edits = json_object ();

  if (experiment == NULL || table == NULL)
    return FALSE;
  json_object_set_new (edits, "data/task", word != NULL ? json_string (word) : json_null ());
  if (is_autoencoder (word) != is_autoencoder (json_string_value (json_object_get (cam_experiment_get_data (experiment), "task"))))
    propose_network (experiment, table, edits);
  return cam_session_edit_all (session, edits, _("Choose task"));
}

/* As high as wide where that comes out, else a line. */
static json_t *
propose_image (guint n)
{
  static const guint channels[] = { 1, 3, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      guint side = n % channels[i] == 0 ? (guint) lround (sqrt (n / channels[i])) : 0;

      if (side > 1 && side * side * channels[i] == n)
        return json_pack ("{s:i, s:i, s:i}", "height", (int) side, "width", (int) side, "channels", (int) channels[i]);
    }
  return json_pack ("{s:i, s:i, s:i}", "height", 1, "width", (int) MAX (n, 1), "channels", 1);
}

static json_t *
propose_section (CamTable     *table,
                 const json_t *settings,
                 CamUnit    samples)
{
  guint n_features = 0, height, width, n_channels;
  int date = -1;

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      n_features += g_strcmp0 (json_string_value (json_object_get (json_array_get (settings, i), "role")), "feature") == 0;
      if (date < 0 && cam_table_get_kind (table, i) == CAM_COLUMN_DATE)
        date = (int) i;
    }
  if (samples == CAM_UNIT_SEQUENCE)
    {
      json_t *section = json_pack ("{s:i, s:i, s:i}", "length", (int) CLAMP (cam_table_get_n_rows (table) / 20, 2, 24), "stride", 1, "horizon", 1);

      if (date >= 0)
        json_object_set_new (section, "order", json_string (cam_table_get_name (table, (guint) date)));
      return section;
    }
  if (samples == CAM_UNIT_TEXT)
    return json_pack ("{s:i, s:i}", "vocabulary", 10000, "length", 50);
  if (cam_table_get_image (table, &height, &width, &n_channels) && height * width * n_channels == n_features)
    return json_pack ("{s:i, s:i, s:i}", "height", (int) height, "width", (int) width, "channels", (int) n_channels);
  return propose_image (n_features);
}

/* Pixels are brought to the same size together, by the first layer, not each column by itself. */
static void
unscale_pixels (json_t       *edits,
                CamTable     *table,
                const json_t *data,
                const json_t *settings)
{
  g_autoptr(json_t) columns = json_object_get (data, "columns") != NULL ? json_deep_copy (json_object_get (data, "columns")) : json_object ();

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    if (g_strcmp0 (json_string_value (json_object_get (json_array_get (settings, i), "role")), "feature") == 0)
      json_object_del (json_object_get (columns, cam_table_get_name (table, i)), "scaling");
  json_object_set (edits, "data/columns", columns);
  json_object_set_new (edits, "data/preparation/scaling", json_string ("none"));
}

/* A text is one column: the first that holds texts; the others are left out. */
static void
choose_text (json_t       *edits,
             CamTable     *table,
             const json_t *data,
             const json_t *settings)
{
  g_autoptr(json_t) columns = json_object_get (data, "columns") != NULL ? json_deep_copy (json_object_get (data, "columns")) : json_object ();
  int text = -1;

  for (guint i = 0; i < cam_table_get_n_columns (table) && text < 0; i++)
    if (cam_table_get_kind (table, i) == CAM_COLUMN_TEXT)
      text = (int) i;
  if (text < 0)
    return;
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      const char *name = cam_table_get_name (table, i);
      json_t *entry = json_object_get (columns, name);

      if (g_strcmp0 (json_string_value (json_object_get (json_array_get (settings, i), "role")), "target") == 0)
        continue;
      if (entry == NULL)
        {
          json_object_set_new (columns, name, json_object ());
          entry = json_object_get (columns, name);
        }
      json_object_set_new (entry, "role", json_string ((int) i == text ? "feature" : "ignored"));
      if ((int) i == text)
        json_object_set_new (entry, "kind", json_string ("text"));
    }
  json_object_set (edits, "data/columns", columns);
}

gboolean
cam_task_edit_samples (CamSession *session,
                       CamUnit  samples)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));
  CamTable *table = cam_session_get_table (session);
  g_autoptr(json_t) edits = json_object (), section = NULL, settings = NULL;
  const json_t *data;
  const char *method;

  g_return_val_if_fail (samples < CAM_N_UNITS, FALSE);

  if (experiment == NULL || table == NULL)
    return FALSE;
  data = cam_experiment_get_data (experiment);
  if (cam_unit_of (data) == samples)
    return FALSE;
  settings = cam_dataset_list_settings (table, data);
  for (CamUnit other = CAM_UNIT_SEQUENCE; other < CAM_N_UNITS; other++)
    {
      g_autofree char *path = g_strconcat ("data/", cam_unit_get_key (other), NULL);

      if (other == samples)
        {
          section = propose_section (table, settings, samples);
          json_object_set (edits, path, section);
        }
      else if (json_object_get (data, cam_unit_get_key (other)) != NULL)
        json_object_set_new (edits, path, json_null ());
    }
  /* Windows must not be torn apart: the future would be known from the past's neighbours. */
  method = json_string_value (json_object_get (cam_experiment_get_split (experiment), "method"));
  if (samples == CAM_UNIT_SEQUENCE && !g_strv_contains ((const char *const[]) { "ordered", "column", "grouped", NULL }, method != NULL ? method : ""))
    json_object_set_new (edits, "split/method", json_string ("ordered"));
  if (samples == CAM_UNIT_TEXT)
    choose_text (edits, table, data, settings);
  if (samples == CAM_UNIT_IMAGE)
    unscale_pixels (edits, table, data, settings);
  propose_network (experiment, table, edits);
  return cam_session_edit_all (session, edits, _("Choose samples"));
}
