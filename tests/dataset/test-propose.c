/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First settings for tables that nobody has set up: those of the samples and the awkward files make datasets at once, and sensible ones. */
#include "csv-text.h"

#include <cam-dataset.h>
#include <cam-json.h>
#include <cam-source.h>
#include <string.h>

typedef struct
{
  const char *folder;       /* environment variable that names it */
  const char *name;
  const char *target;
  CamTask     task;
  guint       n_inputs, n_outputs;
  const char *ignored;      /* columns left out, with a space between two */
  gsize       n_dropped;
} FileCase;

static const FileCase files[] = {
  { "CAM_SAMPLES", "breast-cancer.csv", "diagnosis", CAM_TASK_BINARY, 30, 1, "", 0 },
  { "CAM_SAMPLES", "iris.csv", "species", CAM_TASK_MULTICLASS, 4, 3, "", 0 },
  { "CAM_SAMPLES", "digits.csv", "digit", CAM_TASK_MULTICLASS, 64, 10, "", 0 },
  { "CAM_SAMPLES", "darts.csv", "player", CAM_TASK_MULTICLASS, 2, 4, "", 0 },
  { "CAM_SAMPLES", "energy-efficiency.csv", "cooling_load", CAM_TASK_REGRESSION, 9, 1, "", 0 },
  { "CAM_TEST_DATA", "messy/bom_ragged_comments.csv", "value_2", CAM_TASK_REGRESSION, 14, 1, "id", 1 },
  { "CAM_TEST_DATA", "messy/horse_colic.data", "column_28", CAM_TASK_BINARY, 79, 1, "", 0 },
  { "CAM_TEST_DATA", "messy/mixed_types.csv", "version", CAM_TASK_MULTICLASS, 5, 12, "account big_id timestamp", 0 },
  { "CAM_TEST_DATA", "messy/penguins_raw.csv", "Species", CAM_TASK_MULTICLASS, 24, 3, "Individual ID Date Egg", 0 },
  { "CAM_TEST_DATA", "messy/pipe_no_header.txt", "column_5", CAM_TASK_MULTICLASS, 7, 11, "column_1", 0 },
  { "CAM_TEST_DATA", "messy/sensors_utf16le.tsv", "Status", CAM_TASK_MULTICLASS, 3, 3, "Zeit", 0 },
  { "CAM_TEST_DATA", "messy/seoul_bike_latin1_semicolon.csv", "Rented Bike Count", CAM_TASK_REGRESSION, 17, 1, "Date", 0 },
  { "CAM_TEST_DATA", "messy/umsatz_cp1252.csv", "Bemerkung", CAM_TASK_MULTICLASS, 18, 4, "Kundennr Bestelldatum", 12 },
};

static char *
list_ignored (const json_t *data)
{
  GString *list = g_string_new (NULL);
  const char *name;
  json_t *column;

  json_object_foreach (json_object_get (data, "columns"), name, column)
    if (g_strcmp0 (json_string_value (json_object_get (column, "role")), "ignored") == 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", name);
  return g_string_free (list, FALSE);
}

static void
test_file (gconstpointer data)
{
  const FileCase *self = data;
  g_autofree char *path = g_build_filename (g_getenv (self->folder), self->name, NULL), *ignored = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) csv = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_autoptr(json_t) proposal = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  const CamPreparation *preparation;

  g_assert_no_error (error);
  proposal = cam_dataset_propose (csv->table);
  dataset = cam_dataset_new (csv->table, proposal, NULL, &error);
  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);

  g_assert_cmpuint (cam_preparation_get_n_targets (preparation), ==, 1);
  g_assert_cmpstr (cam_preparation_get_target_name (preparation, 0), ==, self->target);
  g_assert_cmpint (cam_dataset_get_task (dataset), ==, self->task);
  g_assert_cmpuint (cam_preparation_get_n_inputs (preparation), ==, self->n_inputs);
  g_assert_cmpuint (cam_preparation_get_n_outputs (preparation), ==, self->n_outputs);
  g_assert_cmpuint (cam_dataset_get_n_dropped (dataset), ==, self->n_dropped);
  ignored = list_ignored (proposal);
  g_assert_cmpstr (ignored, ==, self->ignored);
  for (guint p = 0; p < CAM_N_PARTS; p++)
    g_assert_cmpuint (cam_dataset_get_n_rows (dataset, p), >, 0);
}

typedef struct
{
  const char *name;
  const char *header;
  const char *row;          /* what stands for a row: see fill_row() */
  const char *target;
  const char *kind;
} TargetCase;

/* Of 60 rows each. */
static const TargetCase targets[] = {
  { "last", "a,b,c", "%1,%2.5,%3", "c", "category" },
  { "last-number", "a,b,c", "%3,%1,%2.25", "c", "number" },
  { "named", "label,b,c", "%3,%1,%2", "label", "category" },
  { "named-in-portuguese", "b,Alvo,c", "%1,%2.5,%3", "Alvo", "number" },
  { "named-capital", "Y,b,c", "%1.5,%2,%3", "Y", "number" },
  { "classes-by-number", "a,b,c", "%1.5,%3,1", "b", "category" },
  { "few-whole-numbers", "a,b,class", "%1.5,%3,%4", "class", "category" },
  { "constant-at-the-end", "a,b,c", "%1,%2.5,7", "b", "number" },
  { "names-at-the-end", "a,b,c", "%1.5,%2.5,n%2", "b", "number" },
  { "lopsided-at-the-end", "a,b,c", "%1.5,%2.5,%5", "a", "number" },
  { "lopsided-after-an-identifier", "id,b,c", "%1,%2.5,%5", "b", "number" },
  { "lopsided-but-named", "a,b,label", "%1.5,%2.5,%5", "label", "category" },
  { "amount-at-the-start", "Bike Price,b,c", "%1.5,%2.5,%3", "Bike Price", "number" },
  { "amount-in-the-middle", "a,bike_count,c", "%1.5,%2.5,%3", "c", "category" },
  { "amount-in-the-middle-of-nothing-better", "a,bike_count,c", "%1.5,%2.5,%5", "bike_count", "number" },
  { "two-amounts", "cost,price,c", "%1.5,%2.5,%3", "c", "category" },
  { "counted-is-no-amount", "discount,b,c", "%1.5,%2.5,%3", "c", "category" },
};

/* %1 is the number of the row, %2 half of it, %3 one of two words, %4 one of three numbers, %5 two words of which one is rare. */
static char *
fill_row (const char *pattern,
          guint       row)
{
  g_autoptr(GString) text = g_string_new (pattern);
  g_autofree char *number = g_strdup_printf ("%u", row), *half = g_strdup_printf ("%u", row / 2), *few = g_strdup_printf ("%u", row % 3);

  g_string_replace (text, "%1", number, 0);
  g_string_replace (text, "%2", half, 0);
  g_string_replace (text, "%3", row % 2 == 0 ? "yes" : "no", 0);
  g_string_replace (text, "%4", few, 0);
  g_string_replace (text, "%5", row % 30 == 17 ? "no" : "yes", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_target (gconstpointer data)
{
  const TargetCase *self = data;
  g_autoptr(GString) text = g_string_new (self->header);
  g_autoptr(CamCsvResult) csv = NULL;
  g_autoptr(json_t) proposal = NULL;
  g_autoptr(GError) error = NULL;
  const json_t *column;

  for (guint row = 0; row < 60; row++)
    {
      g_autofree char *line = fill_row (self->row, row);

      g_string_append_printf (text, "\n%s", line);
    }
  csv = csv_text_read (text->str, -1, NULL, NULL, &error);
  g_assert_no_error (error);
  proposal = cam_dataset_propose (csv->table);
  column = json_object_get (json_object_get (proposal, "columns"), self->target);
  g_assert_cmpstr (json_string_value (json_object_get (column, "role")), ==, "target");
  g_assert_cmpstr (json_string_value (json_object_get (column, "kind")), ==, self->kind);
}

/* Every table that the samples and the tests have: what is to be told, or given back. */
typedef struct { const char *folder, *name, *targets; CamTask task; } Expectation;

static const Expectation expectations[] = {
  { "CAM_SAMPLES", "asteroid-flyby.csv", "speed_km_s", CAM_TASK_REGRESSION },
  { "CAM_SAMPLES", "banknotes.csv", "class", CAM_TASK_BINARY },
  { "CAM_SAMPLES", "breast-cancer.csv", "diagnosis", CAM_TASK_BINARY },
  { "CAM_SAMPLES", "co2.csv", "co2_ppm", CAM_TASK_REGRESSION },
  { "CAM_SAMPLES", "darts.csv", "player", CAM_TASK_MULTICLASS },
  { "CAM_SAMPLES", "digits.csv", "digit", CAM_TASK_MULTICLASS },
  { "CAM_SAMPLES", "energy-efficiency.csv", "cooling_load", CAM_TASK_REGRESSION },
  { "CAM_SAMPLES", "iris.csv", "species", CAM_TASK_MULTICLASS },
  { "CAM_SAMPLES", "irrigation.csv", "parcel_1 parcel_2 parcel_3", CAM_TASK_MULTILABEL },
  { "CAM_SAMPLES", "mnist_10k-images-idx3-ubyte.gz", "label", CAM_TASK_MULTICLASS },
  { "CAM_SAMPLES", "penguins.csv", "species", CAM_TASK_MULTICLASS },
  { "CAM_SAMPLES", "sentiment.csv", "positive", CAM_TASK_BINARY },
  { "CAM_SAMPLES", "sunspots.csv", "sunspots", CAM_TASK_REGRESSION },
  { "CAM_TEST_DATA", "datasets/co2_mauna_loa_weekly.csv", "co2_ppm", CAM_TASK_REGRESSION },
  { "CAM_TEST_DATA", "datasets/flags_multilabel.csv", "red green blue gold white black orange", CAM_TASK_MULTILABEL },
  { "CAM_TEST_DATA", "datasets/machine_failures_ai4i.csv", "machine_failure twf hdf pwf osf rnf", CAM_TASK_MULTILABEL },
  { "CAM_TEST_DATA", "datasets/machine_failures_subset.csv", "machine_failure twf hdf pwf osf rnf", CAM_TASK_MULTILABEL },
  { "CAM_TEST_DATA", "datasets/mnist_1200.csv", "label", CAM_TASK_MULTICLASS },
  { "CAM_TEST_DATA", "datasets/sentiment_sentences.csv", "positive", CAM_TASK_BINARY },
  { "CAM_TEST_DATA", "datasets/seoul_bike_hourly.csv", "rented_bikes", CAM_TASK_REGRESSION },
  { "CAM_TEST_DATA", "datasets/sunspots_yearly.csv", "sunspots", CAM_TASK_REGRESSION },
  { "CAM_TEST_DATA", "datasets/timezone_regions.csv", "region", CAM_TASK_MULTICLASS },
  { "CAM_TEST_DATA", "datasets/wine_cultivars.csv", "cultivar", CAM_TASK_MULTICLASS },
};

static void
test_expectation (gconstpointer data)
{
  const Expectation *self = data;
  g_autofree char *path = g_build_filename (g_getenv (self->folder), self->name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_source_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_autoptr(json_t) proposal = NULL, split = json_pack ("{s:s}", "method", "random");
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GString) names = g_string_new (NULL);
  const CamPreparation *preparation;

  g_assert_no_error (error);
  proposal = cam_dataset_propose (result->table);
  if (json_object_get (proposal, "sequence") != NULL)
    json_object_set_new (split, "method", json_string ("ordered"));
  dataset = cam_dataset_new (result->table, proposal, split, &error);
  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);
  for (guint i = 0; i < cam_preparation_get_n_targets (preparation); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", cam_preparation_get_target_name (preparation, i));
  g_assert_cmpstr (names->str, ==, self->targets);
  g_assert_cmpint (cam_dataset_get_task (dataset), ==, self->task);
}

typedef struct
{
  const char *name;
  CamTask     task;
  const char *targets;
  const char *shape;
  const char *order, *relative;      /* of a series; NULL: none, not set */
} FormCase;

/* Images, series, texts and labels are seen as what they are. */
static const FormCase forms[] = {
  { "digits.csv", CAM_TASK_MULTICLASS, "digit", "(None, 8, 8, 1)", NULL, NULL },
  { "mnist_10k-images-idx3-ubyte.gz", CAM_TASK_MULTICLASS, "label", "(None, 28, 28, 1)", NULL, NULL },
  { "sunspots.csv", CAM_TASK_REGRESSION, "sunspots", "(None, 24, 1)", "year", NULL },
  { "co2.csv", CAM_TASK_REGRESSION, "co2_ppm", "(None, 52, 1)", "date", "true" },
  { "sentiment.csv", CAM_TASK_BINARY, "positive", "(None, 25)", NULL, NULL },
  { "irrigation.csv", CAM_TASK_MULTILABEL, "parcel_1 parcel_2 parcel_3", "(None, 20)", NULL, NULL },
  { "asteroid-flyby.csv", CAM_TASK_REGRESSION, "speed_km_s", "(None, 4)", NULL, NULL },
};

static void
test_form (gconstpointer data)
{
  const FormCase *self = data;
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), self->name, NULL), *shown = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_source_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_autoptr(json_t) proposal = NULL, split = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GString) names = g_string_new (NULL);
  CamPreparation *preparation;
  const json_t *sequence;
  CamShape shape;

  g_assert_no_error (error);
  proposal = cam_dataset_propose (result->table);
  sequence = json_object_get (proposal, "sequence");
  split = json_pack ("{s:s}", "method", sequence != NULL ? "ordered" : "random");
  dataset = cam_dataset_new (result->table, proposal, split, &error);
  g_assert_no_error (error);
  preparation = cam_dataset_get_preparation (dataset);
  for (guint i = 0; i < cam_preparation_get_n_targets (preparation); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", cam_preparation_get_target_name (preparation, i));
  shape = cam_preparation_get_input_shape (preparation);
  shown = cam_shape_to_string (&shape);

  g_assert_cmpint (cam_dataset_get_task (dataset), ==, self->task);
  g_assert_cmpstr (names->str, ==, self->targets);
  g_assert_cmpstr (shown, ==, self->shape);
  g_assert_cmpstr (json_string_value (json_object_get (sequence, "order")), ==, self->order);
  g_assert_true (json_is_true (json_object_get (sequence, "relative")) == (self->relative != NULL));
}

/* Gaps are filled, numbers scaled, columns of nothing left out; and the document takes it as it is. */
static void
test_gaps (void)
{
  g_autoptr(GString) text = g_string_new ("weight,colour,nothing,id,y\n");
  g_autoptr(CamCsvResult) csv = NULL;
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(json_t) proposal = NULL;
  g_autofree char *printed = NULL;
  g_autoptr(GError) error = NULL;

  for (guint row = 0; row < 40; row++)
    g_string_append_printf (text, "%s,%s,,%u,%u.5\n", row % 5 == 0 ? "" : "2.5", row % 7 == 0 ? "" : row % 2 == 0 ? "red" : "blue", row + 1, row);
  csv = csv_text_read (text->str, -1, NULL, NULL, &error);
  g_assert_no_error (error);
  proposal = cam_dataset_propose (csv->table);
  printed = cam_json_dump (proposal, FALSE);
  g_assert_cmpstr (printed, ==, "{\"columns\":{\"weight\":{\"missing\":\"mean\"},\"colour\":{\"missing\":\"most_frequent\"},\"nothing\":{\"role\":\"ignored\"},"
                                "\"id\":{\"role\":\"ignored\"},\"y\":{\"role\":\"target\",\"kind\":\"number\"}},\"preparation\":{\"scaling\":\"standard\"}}");
  dataset = cam_dataset_new (csv->table, proposal, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cam_dataset_get_n_dropped (dataset), ==, 0);
}

/* A column alone: what comes next in it, if it is not all different. */
static void
test_alone (void)
{
  static const struct { const char *header; gboolean is_number; guint n_levels; const char *expected; } cases[] = {
    { "level", TRUE, 0, "{\"columns\":{\"level\":{\"role\":\"target\",\"kind\":\"number\",\"scaling\":\"standard\"}},\"sequence\":{\"length\":20,\"horizon\":1}}" },
    { "letter", FALSE, 7, "{\"columns\":{\"letter\":{\"role\":\"target\"}},\"sequence\":{\"length\":20,\"horizon\":1}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = g_string_new (cases[i].header);
      g_autoptr(CamCsvResult) csv = NULL;
      g_autoptr(CamDataset) dataset = NULL;
      g_autoptr(json_t) proposal = NULL;
      g_autoptr(json_t) split = json_pack ("{s:s}", "method", "ordered");
      g_autofree char *printed = NULL;
      g_autoptr(GError) error = NULL;

      g_string_append_c (text, '\n');
      for (guint row = 0; row < 200; row++)
        if (cases[i].is_number)
          g_string_append_printf (text, "%u.5\n", row * row % 37);
        else
          g_string_append_printf (text, "%c\n", (int) ('a' + row * row % cases[i].n_levels));
      csv = csv_text_read (text->str, -1, NULL, NULL, &error);
      g_assert_no_error (error);
      proposal = cam_dataset_propose (csv->table);
      printed = cam_json_dump (proposal, FALSE);
      g_assert_cmpstr (printed, ==, cases[i].expected);
      dataset = cam_dataset_new (csv->table, proposal, split, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), >, 80);
    }
}

/* Prose a character a row: as many windows as there is room for. */
static void
test_characters (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "datasets", "alice_in_wonderland.txt", NULL);
  CamCsvDialect *dialect = cam_csv_dialect_new ();
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(json_t) proposal = NULL;
  g_autoptr(json_t) split = json_pack ("{s:s}", "method", "ordered");
  g_autoptr(CamDataset) dataset = NULL;
  g_autoptr(GError) error = NULL;

  dialect->form = CAM_CSV_CHARACTERS;
  result = cam_source_read (path, dialect, NULL, NULL, NULL, NULL, &error);
  cam_csv_dialect_free (dialect);
  g_assert_no_error (error);
  proposal = cam_dataset_propose (result->table);
  dataset = cam_dataset_new (result->table, proposal, split, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cam_dataset_get_task (dataset), ==, CAM_TASK_MULTICLASS);
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (proposal, "sequence"), "stride")), >, 1);
  g_assert_cmpuint (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN), >, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/propose/file/", files[i].name, NULL);

      g_test_add_data_func (path, &files[i], test_file);
    }
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/propose/expected/", expectations[i].name, NULL);

      g_test_add_data_func (path, &expectations[i], test_expectation);
    }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/propose/form/", forms[i].name, NULL);

      g_test_add_data_func (path, &forms[i], test_form);
    }
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/propose/target/", targets[i].name, NULL);

      g_test_add_data_func (path, &targets[i], test_target);
    }
  g_test_add_func ("/dataset/propose/gaps", test_gaps);
  g_test_add_func ("/dataset/propose/alone", test_alone);
  g_test_add_func ("/dataset/propose/characters", test_characters);

  return g_test_run ();
}
