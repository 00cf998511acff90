/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of some rows of another, and one row given as text: both are what the rows themselves would be. */
#include "csv-text.h"

#include <cam-dataset.h>
#include <cam-tensor.h>

#define TEXT "age,kind,y\n31,a,1\n0.1,b,2\n,a,3\n4,,4\n5,c,5\n6,a,6\n7,b,7\n8,a,8\n"

typedef struct
{
  const char *name;
  gsize       rows[4];
  gsize       n;
  const char *text;
} PickCase;

static const PickCase pick_cases[] = {
  { "none", { 0 }, 0, "age#,kind@,y#" },
  { "in-order", { 0, 1 }, 2, "age#,kind@,y#: 31,a,1; 0.1,b,2" },
  { "any-order", { 4, 0, 4 }, 3, "age#,kind@,y#: 5,c,5; 31,a,1; 5,c,5" },
  { "missing", { 2, 3 }, 2, "age#,kind@,y#: _,a,3; 4,_,4" },
};

static CamTable *
read_table (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) csv = csv_text_read (text, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return cam_table_ref (csv->table);
}

static void
test_pick (gconstpointer data)
{
  const PickCase *self = data;
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(CamTable) picked = cam_table_new_from_rows (table, self->rows, self->n);
  g_autofree char *text = csv_text_describe (picked);

  g_assert_cmpstr (text, ==, self->text);
  g_assert_cmpuint (cam_table_get_n_rows (picked), ==, self->n);
}

static void
test_counts (void)
{
  const gsize rows[] = { 2, 3, 0 };
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(CamTable) picked = cam_table_new_from_rows (table, rows, 3);

  g_assert_cmpuint (cam_table_get_n_missing (picked, 0), ==, 1);
  g_assert_cmpuint (cam_table_get_n_missing (picked, 1), ==, 1);
  g_assert_cmpuint (cam_table_get_n_levels (picked, 1), ==, 1);
  g_assert_cmpint (cam_table_find (picked, "kind"), ==, 1);
}

/* Across the chunks in which numbers are kept, narrow and wide. */
static void
test_long (void)
{
  g_autoptr(GString) text = g_string_new ("x\n");
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr(CamTable) table = NULL, picked = NULL;

  for (guint i = 0; i < 140000; i++)
    g_string_append_printf (text, i % 1000 == 7 ? "%u.12345678901\n" : "%u\n", i);
  table = read_table (text->str);
  for (gsize row = 140000; row > 0; row--)
    g_array_append_val (rows, (gsize) { row - 1 });
  picked = cam_table_new_from_rows (table, (const gsize *) (gconstpointer) rows->data, rows->len);
  for (gsize row = 0; row < 140000; row++)
    g_assert_cmpfloat (cam_table_get_number (picked, 0, row), ==, cam_table_get_number (table, 0, 139999 - row));
}

/* One row as text goes the way of a row in a table. */
static void
test_texts (void)
{
  static const char *const settings = "{\"target\": [\"y\"], \"columns\": {\"age\": {\"scaling\": \"standard\", \"missing\": \"mean\"}}}";
  g_autoptr(json_t) data = json_loads (settings, 0, NULL);
  g_autoptr(CamTable) table = read_table (TEXT);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamDataset) dataset = cam_dataset_new (table, data, NULL, &error);
  CamPreparation *preparation;
  g_auto(CamPrepared) prepared = { NULL };
  g_autofree float *one = NULL;

  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);
  g_assert_true (cam_preparation_apply (preparation, table, FALSE, &prepared, &error));
  g_assert_cmpuint (prepared.n_rows, ==, 7);
  one = g_new (float, cam_preparation_get_n_inputs (preparation));
  for (gsize i = 0; i < prepared.n_rows; i++)
    {
      g_autofree char *age = cam_table_dup_text (table, 0, prepared.rows[i]);
      g_autofree char *kind = cam_table_dup_text (table, 1, prepared.rows[i]);
      const char *const texts[] = { age, kind };
      gsize size = cam_preparation_get_n_inputs (preparation) * sizeof (float);

      g_assert_true (cam_preparation_apply_texts (preparation, texts, one));
      g_assert_cmpmem (one, size, prepared.x + i * cam_preparation_get_n_inputs (preparation), size);
    }
  g_assert_false (cam_preparation_apply_texts (preparation, (const char *const[]) { "1", "" }, one));
  g_assert_false (cam_preparation_apply_texts (preparation, (const char *const[]) { "1", NULL }, one));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pick_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/table/pick/", pick_cases[i].name, NULL);

      g_test_add_data_func (path, &pick_cases[i], test_pick);
    }
  g_test_add_func ("/dataset/table/pick/counts", test_counts);
  g_test_add_func ("/dataset/table/pick/long", test_long);
  g_test_add_func ("/dataset/preparation/texts", test_texts);
  return g_test_run ();
}
