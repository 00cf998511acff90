/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct
{
  const char *name, *targets, *output, *loss, *metrics;
  guint       n_outputs;
} samples[] = {
  { "iris", "\"species\"", "softmax", "categorical_crossentropy", "\"accuracy\"", 3 },
  { "breast-cancer", "\"diagnosis\"", "sigmoid", "binary_crossentropy", "\"accuracy\"", 1 },
  { "energy-efficiency", "\"heating_load\", \"cooling_load\"", "linear", "mean_squared_error", "\"mean_absolute_error\"", 2 },
};

static char *
sample_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);

  return g_build_filename (g_getenv ("CAM_SAMPLES"), file, NULL);
}

CamTable *
fixture_table (const char *name)
{
  g_autofree char *path = sample_path (name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return cam_table_ref (result->table);
}

CamExperiment *
fixture_experiment (const char *sample,
                    const char *units,
                    const char *optimizer,
                    const char *fit,
                    const char *callbacks)
{
  g_autoptr(GString) layers = g_string_new (NULL);
  g_auto(GStrv) sizes = g_strsplit (units, ", ", -1);
  g_autofree char *path = sample_path (sample);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  CamExperiment *experiment;
  guint s = 0;

  while (!g_str_equal (samples[s].name, sample))
    s++;
  for (guint i = 0; sizes[i] != NULL; i++)
    g_string_append_printf (layers, "{ \"class_name\": \"Dense\", \"config\": { \"units\": %s, \"activation\": \"relu\" } }, ", sizes[i]);
  text = g_strdup_printf ("{ \"camadas\": 1, \"name\": \"Test\","
                          "  \"data\": { \"file\": \"%s\", \"target\": [%s], \"preparation\": { \"scaling\": \"standard\" } },"
                          "  \"split\": { \"method\": \"random\", \"train\": 0.6, \"validation\": 0.2, \"test\": 0.2, \"seed\": 3 },"
                          "  \"network\": [%s{ \"class_name\": \"Dense\", \"config\": { \"units\": %u, \"activation\": \"%s\" } }],"
                          "  \"loss\": \"%s\", \"metrics\": [%s], \"optimizer\": %s, \"fit\": { \"seed\": 42, %s }, \"callbacks\": %s }",
                          path, samples[s].targets, layers->str, samples[s].n_outputs, samples[s].output, samples[s].loss, samples[s].metrics,
                          optimizer, fit, callbacks);

  experiment = cam_experiment_new_from_text (text, &error);
  g_assert_no_error (error);

  return experiment;
}

CamDataset *
fixture_dataset (const char          *sample,
                 const CamExperiment *experiment)
{
  g_autoptr(CamTable) table = fixture_table (sample);
  g_autoptr(GError) error = NULL;
  CamDataset *dataset = cam_dataset_new (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), &error);

  g_assert_no_error (error);

  return dataset;
}

char *
fixture_make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("camadas-experiment-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

void
fixture_drop_folder (char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        fixture_drop_folder (g_steal_pointer (&path));
      else
        g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}
