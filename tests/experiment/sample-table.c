/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for tests, written to a file and read as any other. */
#include "sample-table.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

char *
sample_path (const char *name)
{
  return g_build_filename (g_getenv ("CAM_SAMPLES"), name, NULL);
}

static CamTable *
read_table (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return cam_table_ref (result->table);
}

CamTable *
sample_table (const char *name)
{
  g_autofree char *path = sample_path (name);

  return read_table (path);
}

CamTable *
csv_table (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  CamTable *table;
  int file = g_file_open_tmp ("camadas-test-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  close (file);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  table = read_table (path);
  g_unlink (path);

  return table;
}

json_t *
parse_json (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

CamExperiment *
parse_experiment (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) json = parse_json (text);
  CamExperiment *experiment = cam_experiment_new_from_json (json, &error);

  g_assert_no_error (error);
  return experiment;
}

CamTable *
small_table (TableKind kind)
{
  static const char *const classes[] = { "red", "green", "blue" };
  g_autoptr(GString) text = g_string_new (kind == TABLE_TWO || kind == TABLE_LABELS ? "a,b,y,z\n" : "a,b,y\n");

  for (int i = 0; i < 60; i++)
    {
      g_string_append_printf (text, "%d.5,%d.25,", i % 7, i % 11);
      switch (kind)
        {
        case TABLE_NUMBER:
          g_string_append_printf (text, "%d.%d\n", i % 7 - 3, i % 10);
          break;
        case TABLE_TWO:
          g_string_append_printf (text, "%d.%d,%d.5\n", i % 7 - 3, i % 10, i % 11);
          break;
        case TABLE_YES_NO:
          g_string_append_printf (text, "%s\n", i % 3 == 0 ? "yes" : "no");
          break;
        case TABLE_THREE:
          g_string_append_printf (text, "%s\n", classes[i % 3]);
          break;
        case TABLE_LABELS:
        case N_TABLES:
        default:
          g_string_append_printf (text, "%d,%d\n", i % 2, i % 3 == 0);
        }
    }

  return csv_table (text->str);
}

CamDataset *
small_dataset (TableKind kind)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamTable) table = small_table (kind);
  g_autoptr(json_t) data = parse_json (kind == TABLE_TWO || kind == TABLE_LABELS ? "{'target': ['y', 'z']}" : "{'target': ['y']}");
  CamDataset *dataset = cam_dataset_new (table, data, NULL, &error);

  g_assert_no_error (error);
  return dataset;
}
