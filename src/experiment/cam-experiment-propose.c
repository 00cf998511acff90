/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An experiment for a table that nobody has set up: one that learns, and says at once what the table is worth. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-experiment-private.h"

/* What the proposal needs to know of the data. */
typedef struct
{
  CamTask task;
  gsize   n_rows;                /* for training */
  guint   n_inputs, n_outputs;
} Facts;

/* A dataset of the proposed settings, with another split where classes are too rare for theirs. Where none can be made (one column, nothing but missing values)
 * the facts are guessed, so that there is something to set up. */
static Facts
find_facts (CamTable     *table,
            const json_t *data,
            json_t       *split)
{
  static const char *const methods[] = { "stratified", "random" };
  g_autoptr(CamDataset) dataset = NULL;
  CamPreparation *preparation;
  Facts facts = { CAM_TASK_REGRESSION, cam_table_get_n_rows (table), cam_table_get_n_columns (table), 1 };

  for (guint i = 0; i < G_N_ELEMENTS (methods) && dataset == NULL; i++)
    {
      json_object_set_new (split, "method", json_string (methods[i]));
      dataset = cam_dataset_new (table, data, split, NULL);
    }
  if (dataset == NULL)
    return facts;

  preparation = cam_dataset_get_preparation (dataset);
  facts = (Facts) { cam_dataset_get_task (dataset), cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN),
                    cam_preparation_get_n_inputs (preparation), cam_preparation_get_n_outputs (preparation) };
  /* Without classes there is nothing to stratify by: the same rows, by their true name. */
  if (cam_preparation_get_n_classes (preparation) == 0)
    json_object_set_new (split, "method", json_string ("random"));

  return facts;
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
      if (!(summary.deviation > 0.3 && summary.deviation < 3.0 && fabs (summary.mean) < 3.0))
        json_object_set_new (column, "scaling", json_string ("standard"));
    }
}

/* Two to four times as wide as the input, within what the rows can teach: about one weight for each row, with a floor that bends every curve. */
static guint
choose_units (const Facts *facts)
{
  guint units = 16;

  while (units < 256 && units < 2 * facts->n_inputs)
    units *= 2;
  while (units < 64 && (double) units * units < (double) facts->n_rows)
    units *= 2;
  while (units > 16 && (double) units * (facts->n_inputs + units / 2.0) > 20.0 * (double) facts->n_rows)
    units /= 2;

  return units;
}

static json_t *
make_network (const Facts *facts)
{
  guint units = choose_units (facts);

  return json_pack ("[{s:s, s:{s:i, s:s}}, {s:s, s:{s:i, s:s}}, o]",
                    "class_name", "Dense", "config", "units", (int) units, "activation", "relu",
                    "class_name", "Dense", "config", "units", (int) units / 2, "activation", "relu",
                    cam_task_make_output (facts->task, facts->n_outputs));
}

/* Few rows get smaller batches, so that an epoch has steps enough; many rows larger ones, which are faster. */
static guint
choose_batch_size (gsize n_rows)
{
  return n_rows < 500 ? 16 : n_rows < 10000 ? 32 : n_rows < 100000 ? 128 : 512;
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
  Facts facts;

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
  facts = find_facts (table, data, split);

  document = json_pack ("{s:i, s:s*, s:O, s:O, s:o, s:s, s:[s], s:{s:s, s:{s:f}}, s:{s:i, s:i}, s:[{s:s, s:{s:s, s:i, s:b}}]}",
                        "camadas", CAM_EXPERIMENT_VERSION, "name", title, "data", data, "split", split, "network", make_network (&facts),
                        "loss", cam_task_get_loss (facts.task), "metrics", cam_task_get_metric (facts.task),
                        "optimizer", "class_name", "Adam", "config", "learning_rate", 0.001,
                        "fit", "batch_size", (int) choose_batch_size (facts.n_rows), "epochs", 200,
                        "callbacks", "class_name", "EarlyStopping", "config", "monitor", "val_loss", "patience", 20, "restore_best_weights", 1);

  return cam_experiment_new_from_json (document, error);
}
