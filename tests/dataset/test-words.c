/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and their indices: those that Keras's TextVectorization gives, as recorded. */
#include <cam-csv.h>
#include <cam-words.h>

static json_t *
load (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "words", "keras.json", NULL);
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_load (path, &error);

  g_assert_no_error (error);
  return json;
}

static GPtrArray *
list_texts (const json_t *list)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < json_array_size (list); i++)
    g_ptr_array_add (texts, g_strdup (json_string_value (json_array_get (list, i))));
  return texts;
}

static void
check_words (const CamWords *words,
             const json_t   *expected)
{
  g_assert_cmpuint (cam_words_get_n (words), ==, json_array_size (expected));
  for (guint i = 0; i < cam_words_get_n (words); i++)
    g_assert_cmpstr (cam_words_get (words, i), ==, json_string_value (json_array_get (expected, i)));
}

static void
check_indices (const CamWords *words,
               const char     *text,
               const json_t   *expected)
{
  guint length = (guint) json_array_size (expected);
  g_autofree float *indices = g_new (float, length);

  cam_words_index (words, text, length, indices);
  for (guint i = 0; i < length; i++)
    g_assert_cmpfloat (indices[i], ==, json_integer_value (json_array_get (expected, i)));
}

static void
test_awkward (void)
{
  g_autoptr(json_t) json = load ();
  g_autoptr(GPtrArray) texts = list_texts (json_object_get (json, "texts"));
  g_autoptr(GPtrArray) more = list_texts (json_object_get (json, "more"));
  json_t *expected;
  gsize c;

  json_array_foreach (json_object_get (json, "cases"), c, expected)
    {
      guint vocabulary = (guint) json_integer_value (json_object_get (expected, "vocabulary"));
      g_autoptr(CamWords) words = cam_words_fit ((const char *const *) texts->pdata, texts->len, vocabulary);
      const json_t *indices = json_object_get (expected, "indices");

      check_words (words, json_object_get (expected, "words"));
      for (guint i = 0; i < texts->len + more->len; i++)
        check_indices (words, i < texts->len ? texts->pdata[i] : more->pdata[i - texts->len], json_array_get (indices, i));
    }
}

/* Thousands of words, many of them equally frequent, letters beyond ASCII among them. */
static void
test_sentences (void)
{
  g_autoptr(json_t) json = load ();
  const json_t *expected = json_object_get (json, "sentences"), *indices = json_object_get (expected, "indices");
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), "sentiment.csv", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) csv = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
  gsize n = (gsize) json_integer_value (json_object_get (expected, "rows"));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(CamWords) words = NULL;

  g_assert_no_error (error);
  for (gsize row = 0; row < n; row++)
    g_ptr_array_add (texts, cam_table_dup_text (csv->table, (guint) cam_table_find (csv->table, "sentence"), row));
  words = cam_words_fit ((const char *const *) texts->pdata, n, (guint) json_integer_value (json_object_get (expected, "vocabulary")));
  check_words (words, json_object_get (expected, "words"));
  for (guint i = 0; i < json_array_size (indices); i++)
    check_indices (words, texts->pdata[i], json_array_get (indices, i));
}

/* Missing texts say nothing, and a list with the same word twice is none. */
static void
test_edges (void)
{
  g_autoptr(CamWords) none = cam_words_fit ((const char *const[]) { NULL, "", " .,! " }, 3, 100);
  GPtrArray *twice = g_ptr_array_new_with_free_func (g_free);
  float indices[3];

  g_assert_cmpuint (cam_words_get_n (none), ==, 2);
  cam_words_index (none, "a b", 3, indices);
  g_assert_cmpfloat (indices[0], ==, 1);
  g_assert_cmpfloat (indices[1], ==, 1);
  g_assert_cmpfloat (indices[2], ==, 0);

  g_ptr_array_add (twice, g_strdup ("a"));
  g_ptr_array_add (twice, g_strdup ("a"));
  g_assert_null (cam_words_new (twice));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/words/awkward", test_awkward);
  g_test_add_func ("/dataset/words/sentences", test_sentences);
  g_test_add_func ("/dataset/words/edges", test_edges);

  return g_test_run ();
}
