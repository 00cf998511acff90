/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An experiment for a table that nobody has set up: one that learns, and says at once what the table is worth. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-experiment-private.h"

/* A dataset of the proposed settings, with another split where classes are too rare for theirs. NULL: none can be made (one column, nothing but missing values). */
static CamDataset *
make_dataset (CamTable     *table,
              const json_t *data,
              json_t       *split)
{
  static const char *const methods[] = { "stratified", "random" };
  gboolean is_sequence = json_object_get (data, "sequence") != NULL;
  CamDataset *dataset = NULL;

  if (is_sequence)
    {
      json_object_set_new (split, "method", json_string ("ordered"));
      return cam_dataset_new (table, data, split, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (methods) && dataset == NULL; i++)
    {
      json_object_set_new (split, "method", json_string (methods[i]));
      dataset = cam_dataset_new (table, data, split, NULL);
    }
  /* Without classes or labels there is nothing to stratify by: the same rows, by their true name. */
  if (dataset == NULL ||
      (cam_preparation_get_n_classes (cam_dataset_get_preparation (dataset)) == 0 && cam_dataset_get_task (dataset) != CAM_TASK_MULTILABEL))
    json_object_set_new (split, "method", json_string ("random"));

  return dataset;
}

/* A number to be predicted is scaled like the others where it is not about 1 in size already: otherwise the first hundred epochs go into finding its mean. */
static void
scale_targets (const CamTable *table,
               json_t         *data)
{
  const char *name;
  json_t *column;

  json_object_foreach (json_object_get (data, "columns"), name, column)
    {
      int i = cam_table_find (table, name);
      CamColumnSummary summary;

      if (i < 0 || g_strcmp0 (json_string_value (json_object_get (column, "role")), "target") != 0
          || g_strcmp0 (json_string_value (json_object_get (column, "kind")), "number") != 0)
        continue;
      cam_table_summarise (table, (guint) i, &summary);
      /* A label, or near enough to 1 as it is. */
      if (summary.n_different == 2 && summary.min == 0.0 && summary.max == 1.0)
        continue;
      if (!(summary.deviation > 0.3 && summary.deviation < 3.0 && fabs (summary.mean) < 3.0))
        json_object_set_new (column, "scaling", json_string ("standard"));
    }
}

CamExperiment *
cam_experiment_new_for_table (CamTable    *table,
                              const char  *file,
                              const char  *name,
                              GError     **error)
{
  g_autoptr(json_t) data = NULL;
  g_autoptr(json_t) split = NULL;
  g_autoptr(json_t) document = NULL;
  g_autofree char *title = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  CamTask task;
  CamPace pace;

  g_return_val_if_fail (table != NULL, NULL);

  if (file != NULL && !g_utf8_validate (file, -1, NULL))
    {
      g_autofree char *shown = g_filename_display_name (file);

      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT,
                   _("%s: the name is not UTF-8, and cannot stand in a document; rename the file"), shown);
      return NULL;
    }

  title = name != NULL ? g_utf8_make_valid (name, -1) : NULL;
  data = cam_dataset_propose (table);
  if (file != NULL)
    json_object_set_new (data, "file", json_string (file));
  scale_targets (table, data);
  split = json_pack ("{s:s, s:f, s:f, s:f, s:i}", "method", "random", "train", 0.7, "validation", 0.15, "test", 0.15, "seed", 42);
  dataset = make_dataset (table, data, split);
  /* Where there is no dataset, there is still to be something to set up. */
  task = dataset != NULL ? cam_dataset_get_task (dataset) : CAM_TASK_REGRESSION;
  pace = cam_task_choose_pace (dataset, cam_table_get_n_rows (table));

  document = json_pack ("{s:i, s:s*, s:O, s:O, s:o, s:s, s:[s], s:{s:s, s:{s:f}}, s:{s:i, s:i}, s:[{s:s, s:{s:s, s:i, s:b}}]}",
                        "camadas", CAM_EXPERIMENT_VERSION, "name", title, "data", data, "split", split, "network", cam_task_make_network (dataset, cam_table_get_n_columns (table)),
                        "loss", cam_task_get_loss (task), "metrics", cam_task_get_metric (task),
                        "optimizer", "class_name", "Adam", "config", "learning_rate", pace.rate,
                        "fit", "batch_size", (int) pace.batch_size, "epochs", (int) pace.epochs,
                        "callbacks", "class_name", "EarlyStopping", "config", "monitor", "val_loss", "patience", (int) pace.patience, "restore_best_weights", 1);

  return cam_experiment_new_from_json (document, error);
}
