/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prepare [MEGABYTES]: makes a dataset of a file of numbers, 80 MB if not said otherwise (about ten million numbers), and prints how long each kind of preparation takes, in times of
 * reading each number of the table once in the same run. Ends with 1 where a target is missed. */
#include <cam-dataset.h>
#include <stdlib.h>

#include "../dataset/csv-numbers.h"

static const struct
{
  const char *name, *preparation, *more, *split;
  double      most;      /* times reading each number */
} cases[] = {
  { "as it is",             "{}",                                               "{}",                               "random",  3.0 },
  { "standard, mean",       "{\"scaling\": \"standard\", \"missing\": \"mean\"}", "{}",                             "random",  4.0 },
  { "robust, median, flag", "{\"scaling\": \"robust\", \"missing\": \"median\", \"flag\": true}", "{}",             "random", 10.0 },
  { "previous",             "{\"scaling\": \"standard\", \"missing\": \"previous\"}", "{}",                         "ordered", 4.0 },
  { "windows of 8",         "{\"scaling\": \"standard\"}",                      "{\"sequence\": {\"length\": 8}}",  "ordered", 10.0 },
};

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* The least of three: what disturbs only adds. */
static double
read_once (const CamTable *table)
{
  double best = G_MAXDOUBLE, sum = 0.0;

  for (guint round = 0; round < 3; round++)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint column = 0; column < cam_table_get_n_columns (table); column++)
        for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
          sum += cam_table_get_number (table, column, row);
      best = MIN (best, seconds_since (start));
    }
  g_assert_true (sum == sum);

  return best;
}

static double
prepare (CamTable     *table,
         const json_t *data,
         const json_t *split)
{
  double best = G_MAXDOUBLE;

  for (guint round = 0; round < 2; round++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr(GError) error = NULL;
      g_autoptr(CamDataset) dataset = cam_dataset_new (table, data, split, &error);

      g_assert_no_error (error);
      best = MIN (best, seconds_since (start));
    }

  return best;
}

int
main (int   argc,
      char *argv[])
{
  gsize size = (gsize) (argc > 1 ? atoi (argv[1]) : 80) << 20, n_rows;
  char *path = csv_numbers_make (size, &n_rows);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  double once;
  gboolean is_good = TRUE;

  csv_numbers_remove (path);
  g_assert_no_error (error);
  once = read_once (result->table);
  g_print ("%zu rows of %u numbers, each read once: %.3f s\n", n_rows, cam_table_get_n_columns (result->table), once);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(json_t) data = json_loads (cases[i].more, 0, NULL);
      g_autoptr(json_t) split = json_pack ("{s:s}", "method", cases[i].split);
      double seconds;

      json_object_set_new (data, "preparation", json_loads (cases[i].preparation, 0, NULL));
      json_object_set_new (data, "target", json_pack ("[s]", cam_table_get_name (result->table, CSV_NUMBERS_COLUMNS - 1)));
      seconds = prepare (result->table, data, split);
      g_print ("%-22s %.3f s, %.1f times that (at most %.0f)%s\n", cases[i].name, seconds, seconds / once, cases[i].most, seconds > cases[i].most * once ? " MISSED" : "");
      is_good = is_good && seconds <= cases[i].most * once;
    }

  return is_good ? 0 : 1;
}
