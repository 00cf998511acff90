/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the task is, and what a sample is. */

#include "cam-task-edit.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define FIRST_UNITS 32
#define FIRST_SIZE 16       /* of the vector of a word */

gboolean
cam_task_edit_task (CamSession *session,
                    const char *word)
{
  g_autoptr(json_t) edits = json_object ();

  json_object_set_new (edits, "data/task", word != NULL ? json_string (word) : json_null ());
  return cam_session_edit_all (session, edits, _("Choose task"));
}

/* Layers that only stand at the beginning because of the shape of a sample. */
static gboolean
is_about_shape (const char *class_name)
{
  static const char *const names[] = { "Embedding", "LSTM", "GRU", "SimpleRNN", "Bidirectional", "Flatten", "Reshape", "Rescaling", "Conv1D", "Conv2D", "DepthwiseConv2D",
                                       "SeparableConv2D", "Conv2DTranspose", "UpSampling2D", "ZeroPadding2D", "MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D",
                                       "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalAveragePooling1D", "GlobalAveragePooling2D", NULL };

  return class_name != NULL && g_strv_contains (names, class_name);
}

/* The network without these, and with the least that makes numbers of such a sample. */
static json_t *
lead_in (const json_t *network,
         CamUnit       samples,
         const json_t *section,
         double        largest)
{
  json_t *layers = json_array ();
  gboolean is_leading = TRUE;
  json_t *layer;
  gsize i;

  if (samples == CAM_UNIT_SEQUENCE)
    json_array_append_new (layers, json_pack ("{s:s, s:{s:i}}", "class_name", "LSTM", "config", "units", FIRST_UNITS));
  else if (samples == CAM_UNIT_TEXT)
    {
      json_array_append_new (layers, json_pack ("{s:s, s:{s:O, s:i}}", "class_name", "Embedding", "config",
                                                "input_dim", json_object_get (section, "vocabulary"), "output_dim", FIRST_SIZE));
      json_array_append_new (layers, json_pack ("{s:s}", "class_name", "GlobalAveragePooling1D"));
    }
  else if (samples == CAM_UNIT_IMAGE)
    {
      json_array_append_new (layers, json_pack ("{s:s, s:{s:f}}", "class_name", "Rescaling", "config", "scale", 1 / largest));
      json_array_append_new (layers, json_pack ("{s:s}", "class_name", "Flatten"));
    }
  json_array_foreach (network, i, layer)
    {
      /* The last layer stays whatever it is: the output. */
      is_leading = is_leading && i + 1 < json_array_size (network) && is_about_shape (json_string_value (json_object_get (layer, "class_name")));
      if (!is_leading)
        json_array_append (layers, layer);
    }
  return layers;
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
static double
unscale_pixels (json_t       *edits,
                CamTable     *table,
                const json_t *data,
                const json_t *settings)
{
  g_autoptr(json_t) columns = json_object_get (data, "columns") != NULL ? json_deep_copy (json_object_get (data, "columns")) : json_object ();
  double largest = 0;

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      CamColumnSummary summary;

      if (g_strcmp0 (json_string_value (json_object_get (json_array_get (settings, i), "role")), "feature") != 0)
        continue;
      json_object_del (json_object_get (columns, cam_table_get_name (table, i)), "scaling");
      cam_table_summarise (table, i, &summary);
      if (isfinite (summary.max))
        largest = MAX (largest, summary.max);
    }
  json_object_set (edits, "data/columns", columns);
  json_object_set_new (edits, "data/preparation/scaling", json_string ("none"));
  return largest > 0 ? largest : 1;
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
  double largest = 1;

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
    largest = unscale_pixels (edits, table, data, settings);
  json_object_set_new (edits, "network", lead_in (cam_experiment_get_network (experiment), samples, section, largest));
  return cam_session_edit_all (session, edits, _("Choose samples"));
}
