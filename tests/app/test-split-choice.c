/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What choosing a method of the split comes to: the edits of the document, as JSON. */
#include <string.h>

#include <glib/gstdio.h>

#include <cam-csv.h>
#include <cam-json.h>

#include "cam-split-choice.h"

static const char table_text[] =
  "set,who,day,kind,y,n\n"
  "train,a,2024-01-01,p,yes,1\ntrain,a,2024-01-02,q,no,2\ntrain,b,2024-01-03,p,yes,3\ntrain,b,2024-01-04,q,no,4\ntrain,c,2024-01-05,p,no,5\ntrain,c,2024-01-06,q,yes,6\n"
  "val,d,2024-01-07,p,no,7\nval,d,2024-01-08,p,yes,8\ntest,e,2024-01-09,q,no,9\ntest,e,2024-01-10,q,yes,10\n";

typedef struct
{
  const char     *name;
  CamSplitChoice  choice;
  const char     *data, *split;
  const char     *edits;
} Case;

static const Case cases[] = {
  { "stratified", CAM_CHOICE_STRATIFIED, "{'target': ['y']}", "{'method': 'random'}", "{'split/column':null,'split/method':'stratified','split/values':null,'split/bins':null}" },
  { "stratified-number", CAM_CHOICE_STRATIFIED, "{'target': ['n']}", "{'method': 'random'}", "{'split/column':null,'split/method':'stratified','split/values':null,'split/bins':10}" },
  { "group-guessed", CAM_CHOICE_GROUPED, "{'target': ['y']}", "{'method': 'random'}",
    "{'split/column':null,'data/columns/who/role':'group','split/method':'grouped','split/values':null,'split/bins':null}" },
  { "group-kept", CAM_CHOICE_GROUPED, "{'target': ['y'], 'columns': {'kind': {'role': 'group'}}}", "{'method': 'random'}",
    "{'split/column':null,'data/columns/kind/role':'group','split/method':'grouped','split/values':null,'split/bins':null}" },
  { "group-left", CAM_CHOICE_RANDOM, "{'target': ['y'], 'columns': {'who': {'role': 'group'}}}", "{'method': 'grouped'}",
    "{'split/column':null,'split/method':'random','split/values':null,'data/columns/who/role':null,'split/bins':null}" },
  { "ordered-by-day", CAM_CHOICE_ORDERED, "{'target': ['y']}", "{'method': 'random'}", "{'split/column':'day','split/method':'ordered','split/values':null,'split/bins':null}" },
  { "column-named", CAM_CHOICE_COLUMN, "{'target': ['y']}", "{'method': 'random'}",
    "{'split/column':'set','split/values':null,'data/columns/set/role':'ignored','split/method':'column','split/bins':null}" },
  { "keras", CAM_CHOICE_KERAS, "{'target': ['y']}", "{'method': 'random', 'validation': 0.3, 'test': 0.1}",
    "{'split/column':null,'split/method':'ordered','split/values':null,'split/bins':null,'split/folds':null,'split/fold':null,'split/train':0.7,'split/validation':0.3,'split/test':0.0}" },
  { "keras-left", CAM_CHOICE_RANDOM, "{'target': ['y']}", "{'method': 'ordered', 'train': 0.8, 'validation': 0.2, 'test': 0}",
    "{'split/column':null,'split/method':'random','split/values':null,'split/bins':null,'split/train':0.7,'split/validation':0.15,'split/test':0.15}" },
};

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  json_t *json = cam_json_parse (quoted, strlen (quoted), NULL);

  g_assert_nonnull (json);
  return json;
}

static CamCsvResult *
read_table (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  CamCsvResult *csv;
  int fd = g_file_open_tmp ("camadas-split-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL) && g_file_set_contents (path, table_text, -1, NULL));
  csv = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);
  return csv;
}

static void
test_make (gconstpointer user_data)
{
  const Case *self = user_data;
  g_autoptr(json_t) data = parse (self->data), split = parse (self->split), edits = NULL, expected = parse (self->edits);
  CamCsvResult *csv = read_table ();
  g_autofree char *text = NULL;

  edits = cam_split_choice_make (self->choice, csv->table, data, split);
  text = cam_json_dump (edits, FALSE);
  if (!json_equal (edits, expected))
    g_error ("%s, not %s", text, self->edits);
  cam_csv_result_free (csv);
}

/* Words that name no part become parts by falling number of rows. */
static void
test_values (void)
{
  CamCsvResult *csv = read_table ();
  g_autoptr(json_t) data = parse ("{'target': ['y']}");
  g_autoptr(json_t) edits = cam_split_choice_set_column (CAM_CHOICE_COLUMN, csv->table, data, cam_table_find (csv->table, "kind"));
  g_autoptr(json_t) expected = parse ("{'train': ['p'], 'validation': ['q']}");

  g_assert_true (json_equal (json_object_get (edits, "split/values"), expected));
  g_assert_cmpstr (json_string_value (json_object_get (edits, "data/columns/kind/role")), ==, "ignored");
  cam_csv_result_free (csv);
}

static void
test_find (void)
{
  g_autoptr(json_t) keras = parse ("{'method': 'ordered', 'train': 0.8, 'validation': 0.2, 'test': 0}"), ordered = parse ("{'method': 'ordered'}");
  g_autoptr(json_t) by_day = parse ("{'method': 'ordered', 'column': 'day', 'train': 0.8, 'validation': 0.2, 'test': 0}");

  g_assert_cmpint (cam_split_choice_find (keras), ==, CAM_CHOICE_KERAS);
  g_assert_cmpint (cam_split_choice_find (ordered), ==, CAM_CHOICE_ORDERED);
  g_assert_cmpint (cam_split_choice_find (by_day), ==, CAM_CHOICE_ORDERED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/split-choice/make/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_make);
    }
  g_test_add_func ("/app/split-choice/values", test_values);
  g_test_add_func ("/app/split-choice/find", test_find);

  return g_test_run ();
}
