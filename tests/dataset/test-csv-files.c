/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: the awkward ones of tests/data/messy and the samples. Counts and sums were worked out with another reader (Python's csv module). */
#include "csv-text.h"

#include <cam-csv-private.h>
#include <math.h>
#include <string.h>

typedef struct
{
  guint       column;
  gsize       row;
  const char *text;         /* "" for missing */
} Cell;

typedef struct
{
  guint  column;
  double sum;               /* of the numbers present */
} Sum;

typedef struct
{
  const char *name;
  gsize       n_rows;
  const char *kinds;        /* a character a column: # number, @ category, $ text, % date, ! yes/no */
  const char *dialect;
  const char *missing;      /* per column */
  gsize       n_odd, n_notes;
  Cell        cells[8];
  Sum         sums[4];
} File;

#define END { 0, 0, NULL }

static const File messy[] = {
  { "bom_ragged_comments.csv", 10, "#@#@@", "UTF-8 , decimal . thousands , comment # header", "0 2 1 2 2", 2, 4,
    { { 1, 0, "3.5" }, { 1, 6, "0x1F" }, { 1, 7, "1,234.5" }, { 1, 9, "1_000" }, { 3, 2, "quote \" inside" }, { 3, 3, "line\nbreak" }, { 4, 9, "2024-06-30" }, END },
    { { 0, 55.0 }, { 2, 72.0 } } },
  { "horse_colic.data", 300, "########################@@@#", "UTF-8 blank decimal .",
    "1 0 0 60 24 58 56 69 47 32 55 44 56 104 106 247 102 118 29 33 165 198 1 0 0 0 0 0", 0, 1,
    { { 3, 1, "39.2" }, { 8, 0, "" }, { 24, 1, "02208" }, { 25, 0, "00000" }, { 27, 299, "2" }, END },
    { { 2, 325766650.0 }, { 3, 9160.3 }, { 15, 249.5 }, { 27, 501.0 } } },
  { "mixed_types.csv", 50, "$$##!%#@", "UTF-8 , decimal . header", "0 0 0 0 0 0 0 0", 0, 4,
    { { 0, 1, "00000001" }, { 1, 0, "9007199254740993" }, { 2, 0, "23.1" }, { 3, 0, "2145.09" }, { 4, 0, "TRUE" }, { 5, 0, "2024-06-30 22:15:30" }, { 7, 2, "1.2.0" }, END },
    { { 6, 85994410000.0 } } },
  { "penguins_raw.csv", 344, "@#@@@@$!%####@##@", "UTF-8 , decimal . header", "0 0 0 0 0 0 0 0 0 2 2 2 2 11 14 13 290", 0, 0,
    { { 2, 0, "Adelie Penguin (Pygoscelis adeliae)" }, { 5, 0, "Adult, 1 Egg Stage" }, { 9, 3, "" }, { 14, 1, "8.94956" }, { 15, 1, "-24.69454" },
      { 16, 0, "Not enough blood for isotopes." }, { 16, 1, "" }, END },
    { { 9, 15021.3 }, { 12, 1437000.0 }, { 14, 2882.01596 }, { 15, -8502.1625 } } },
  { "pipe_no_header.txt", 80, "$#!@#", "UTF-8 | decimal .", "0 12 0 0 0", 0, 2,
    { { 0, 3, "04764" }, { 1, 0, "" }, { 1, 1, "0.0012345" }, { 2, 2, "true" }, { 2, 3, "false" }, { 3, 3, "High" }, END },
    { { 1, 0.00419685583 }, { 4, -52.0 } } },
  { "sensors_utf16le.tsv", 72, "%###@", "UTF-16LE tab decimal . header", "0 0 8 0 0", 0, 0,
    { { 0, 0, "2024-03-01 00:00" }, { 2, 4, "" }, { 3, 0, "1.02" }, { 4, 1, "wärm" }, { 4, 2, "⚠" }, END },
    { { 1, 1428.04 }, { 2, 325.305 }, { 3, 6.9872 } } },
  { "seoul_bike_latin1_semicolon.csv", 8760, "%##########@@!", "WINDOWS-1252 ; decimal , header", "0 0 0 0 0 0 0 0 0 0 0 0 0 0", 0, 0,
    { { 0, 0, "2017-12-01" }, { 3, 0, "-5.2" }, { 5, 1, "0.8" }, { 12, 0, "No Holiday" }, END },
    { { 1, 6172314.0 }, { 3, 112854.4 }, { 7, 35686.6 }, { 8, 4985.41 } } },
  { "umsatz_cp1252.csv", 60, "$@@#%#!@", "WINDOWS-1252 ; decimal , thousands . header", "0 0 14 6 5 0 20 12", 0, 1,
    { { 0, 0, "000001" }, { 1, 0, "Müller, Jörg" }, { 3, 0, "61522.02" }, { 3, 3, "" }, { 5, 0, "0" }, { 7, 2, "Zeile 1\r\nZeile 2" }, { 7, 3, "sagte \"ja\"" }, END },
    { { 3, 3092873.15 } } },
};

static const File samples[] = {
  { "breast-cancer.csv", 569, "##############################@", "UTF-8 , decimal . header", NULL, 0, 0,
    { { 0, 0, "17.99" }, { 30, 0, "malignant" }, { 30, 568, "benign" }, END }, { { 0, 8038.429 }, { 3, 372631.9 } } },
  { "iris.csv", 150, "####@", "UTF-8 , decimal . header", NULL, 0, 0, { { 0, 0, "5.1" }, { 4, 149, "virginica" }, END }, { { 0, 876.5 }, { 3, 179.9 } } },
  { "digits.csv", 1797, "#################################################################", "UTF-8 , decimal . header", NULL, 0, 0, { { 64, 0, "0" }, END }, { { 64, 8070.0 } } },
  { "darts.csv", 1200, "##@", "UTF-8 , decimal . header", NULL, 0, 0, { { 2, 0, "Boris" }, { 2, 1199, "Ada" }, END }, { { 0, 10717.4 } } },
  { "energy-efficiency.csv", 768, "##########", "UTF-8 , decimal . header", NULL, 0, 0, { { 0, 0, "0.98" }, END }, { { 8, 17131.93 } } },
};

static double
sum_of (const CamTable *table,
        guint           column)
{
  double sum = 0.0;

  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    if (!isnan (cam_table_get_number (table, column, row)))
      sum += cam_table_get_number (table, column, row);

  return sum;
}

static void
check (const File *file,
       const char *folder)
{
  g_autofree char *path = g_build_filename (folder, file->name, NULL), *dialect = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_autoptr(GString) missing = g_string_new (NULL), kinds = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (cam_table_get_n_rows (result->table), ==, file->n_rows);
  for (guint i = 0; i < cam_table_get_n_columns (result->table); i++)
    {
      g_string_append_c (kinds, "#@$%!"[cam_table_get_kind (result->table, i)]);
      g_string_append_printf (missing, "%s%" G_GSIZE_FORMAT, i > 0 ? " " : "", cam_table_get_n_missing (result->table, i));
    }
  g_assert_cmpstr (kinds->str, ==, file->kinds);
  if (file->missing != NULL)
    g_assert_cmpstr (missing->str, ==, file->missing);
  dialect = csv_text_dialect (result->dialect);
  g_assert_cmpstr (dialect, ==, file->dialect);
  g_assert_cmpuint (result->n_odd_rows, ==, file->n_odd);
  g_assert_cmpuint (result->notes->len, ==, file->n_notes);

  for (guint i = 0; i < G_N_ELEMENTS (file->cells) && file->cells[i].text != NULL; i++)
    {
      g_autofree char *text = cam_table_dup_text (result->table, file->cells[i].column, file->cells[i].row);

      g_assert_cmpstr (text, ==, file->cells[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (file->sums) && file->sums[i].sum != 0.0; i++)
    g_assert_cmpfloat_with_epsilon (sum_of (result->table, file->sums[i].column), file->sums[i].sum, 1e-10 * fabs (file->sums[i].sum));
}

static void
test_messy (gconstpointer data)
{
  static const gsize chunk_sizes[] = { 0, 1, 2, 3, 7, 65536 };
  g_autofree char *folder = g_build_filename (g_getenv ("CAM_TEST_DATA"), "messy", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (chunk_sizes); i++)
    {
      /* In pieces of a byte the larger file takes long. */
      if (((const File *) data)->n_rows > 1000 && chunk_sizes[i] == 1)
        continue;
      cam_csv_chunk_size = chunk_sizes[i];
      check (data, folder);
    }
  cam_csv_chunk_size = 0;
}

static void
test_sample (gconstpointer data)
{
  check (data, g_getenv ("CAM_SAMPLES"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (messy); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/csv/messy/", messy[i].name, NULL);

      g_test_add_data_func (path, &messy[i], test_messy);
    }
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/csv/sample/", samples[i].name, NULL);

      g_test_add_data_func (path, &samples[i], test_sample);
    }

  return g_test_run ();
}
