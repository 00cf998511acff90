/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that cannot be read: the code, and a message that names the file, the line and the column. */
#include "csv-text.h"

#include <cam-csv-private.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  const char      *path;
  const char      *text;
  gssize           length;     /* −1: up to its end */
  CamDatasetError  code;
  const char      *message;    /* what the message must say */
  const char      *dialect;    /* JSON, or NULL */
} Case;

/* The user that owns nothing. */
#define NOBODY 65534
#define STRICT "{\"ragged\": false}"
#define UTF_8  "{\"encoding\": \"UTF-8\"}"

static const Case cases[] = {
  { "empty", "", -1, CAM_DATASET_ERROR_EMPTY, ": the file is empty", NULL },
  { "blank", "\n\n  \n", -1, CAM_DATASET_ERROR_EMPTY, ": the file is empty", NULL },
  { "bom-only", "\xEF\xBB\xBF", -1, CAM_DATASET_ERROR_EMPTY, ": the file is empty", NULL },
  { "header-only", "a,b\n", -1, CAM_DATASET_ERROR_EMPTY, ": the file has a header but no rows", NULL },
  { "header-only-unended", "a,b", -1, CAM_DATASET_ERROR_EMPTY, ": the file has a header but no rows", NULL },
  { "open-quote", "a,b\n1,x\n2,\"y\n3,z\n", -1, CAM_DATASET_ERROR_SYNTAX, ": line 3, column 2: the quote that begins here is never closed", NULL },
  { "open-quote-cr", "a,b\r1,x\r2,\"y\r\n3,z\r", -1, CAM_DATASET_ERROR_SYNTAX, ": line 3, column 2: the quote that begins here is never closed", NULL },
  { "after-quote", "a,b\n1,x\n2,\"y\"z\n", -1, CAM_DATASET_ERROR_SYNTAX, ": line 3, column 2: text after the closing quote; a quote inside a field must be doubled", NULL },
  { "after-quoted-break", "a,b\n1,\"x\ny\"\n2,\"y\"z\n", -1, CAM_DATASET_ERROR_SYNTAX, ": line 4, column 2: text after", NULL },
  { "zero-byte", "a,b\n1,x\n2,y\0z\n", 14, CAM_DATASET_ERROR_SYNTAX, ": line 3, column 2: a zero byte; this is not a text file", NULL },
  { "zero-byte-quoted", "a,b\n1,\"x\0\"\n", 11, CAM_DATASET_ERROR_SYNTAX, ": line 2, column 2: a zero byte", NULL },
  { "zero-byte-first", "\0\0\0\0\0", 5, CAM_DATASET_ERROR_SYNTAX, ": line 1, column 1: a zero byte", NULL },
  { "bad-utf-8", "a,b\n1,x\n2,y\xFFz\n", -1, CAM_DATASET_ERROR_ENCODING, ": line 3, column 2: bytes that are not UTF-8; choose another encoding", UTF_8 },
  { "bad-utf-8-first", "\xFF" "a,b\n", -1, CAM_DATASET_ERROR_ENCODING, ": line 1, column 1: bytes that are not UTF-8", UTF_8 },
  { "cut-utf-8", "a,b\n1,x\n2,\xC3", -1, CAM_DATASET_ERROR_ENCODING, ": line 3, column 2: bytes that are not UTF-8", UTF_8 },
  { "cut-utf-16", "\xFF\xFE" "a\0,\0b\0\n\0" "1\0,\0" "2", 15, CAM_DATASET_ERROR_ENCODING, ": line 2, column 2: bytes that are not UTF-16LE", NULL },
  { "not-1252", "a,b\n1,\xE9\n2,\x81\n", -1, CAM_DATASET_ERROR_ENCODING, ": line 3, column 2: bytes that are not WINDOWS-1252", NULL },
  { "no-such-encoding", "a,b\n1,2\n", -1, CAM_DATASET_ERROR_ENCODING, ": the encoding “KLINGON” is not known", "{\"encoding\": \"KLINGON\"}" },
  { "short", "a,b,c\n1,2,3\n4,5\n", -1, CAM_DATASET_ERROR_SYNTAX, ": line 3, column 3: the row has 2 fields instead of 3", STRICT },
  { "long", "a,b\n1,2\n3,4,5\n", -1, CAM_DATASET_ERROR_SYNTAX, ": line 3, column 3: the row has 3 fields instead of 2", STRICT },
  { "mostly-ragged", "a,b\n1,2,3\n4,5,6\n7,8\n", -1, CAM_DATASET_ERROR_SYNTAX,
    ": line 2, column 3: the row has 3 fields instead of 2, and most rows are like it; is the separator another one?", NULL },
};

static void
test_case (gconstpointer data)
{
  static const gsize chunk_sizes[] = { 0, 1, 2, 3, 7 };
  const Case *c = data;

  for (guint i = 0; i < G_N_ELEMENTS (chunk_sizes); i++)
    {
      g_autoptr(CamCsvDialect) dialect = NULL;
      g_autoptr(GError) error = NULL;

      if (c->dialect != NULL)
        {
          g_autoptr(json_t) json = cam_json_parse (c->dialect, strlen (c->dialect), &error);

          dialect = cam_csv_dialect_from_json (json, &error);
          g_assert_no_error (error);
        }
      cam_csv_chunk_size = chunk_sizes[i];
      g_assert_null (csv_text_read (c->text, c->length, dialect, NULL, &error));
      g_assert_error (error, CAM_DATASET_ERROR, (int) c->code);
      if (!g_str_has_prefix (error->message, "camadas-") || strstr (error->message, c->message) == NULL)
        g_error ("the message is “%s”", error->message);
    }
  cam_csv_chunk_size = 0;
}

/* A head that agrees, and after it rows of another make: told where they begin. */
static void
test_ragged_far_in (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "1,2\n");
  for (guint i = 0; i < 400; i++)
    g_string_append (text, "1,2,3\n");
  g_assert_null (csv_text_read (text->str, -1, NULL, NULL, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, ": line 302, column 3: the row has 3 fields instead of 2, and most rows"));
}

static void
test_huge_field (void)
{
  g_autofree char *large = g_strnfill (CAM_CSV_MOST_FIELD, 'x');
  g_autofree char *fits = g_strconcat ("a,b\n1,", large, "\n", NULL);
  g_autofree char *plain = g_strconcat ("a,b\n1,x", large, "\n", NULL);
  g_autofree char *quoted = g_strconcat ("a,b\n1,\n2,\"\n\n", large, "\n", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = csv_text_read (fits, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (cam_table_get_level (result->table, 1, 0)), ==, CAM_CSV_MOST_FIELD);

  g_assert_null (csv_text_read (plain, -1, NULL, NULL, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, ": line 2, column 2: the field that begins here is larger than 1 MiB"));
  g_clear_error (&error);

  g_assert_null (csv_text_read (quoted, -1, NULL, NULL, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, ": line 3, column 2: the field that begins here is larger than 1 MiB"));
}

static char *
many_columns (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint line = 0; line < 2; line++)
    for (guint i = 0; i < n; i++)
      g_string_append_printf (text, "%s%c", line == 0 ? "x" : "0.5", i + 1 < n ? ';' : '\n');

  return g_string_free (text, FALSE);
}

static void
test_many_columns (void)
{
  g_autofree char *fits = many_columns (CAM_CSV_MOST_COLUMNS), *too_many = many_columns (CAM_CSV_MOST_COLUMNS + 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = csv_text_read (fits, -1, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cam_table_get_n_columns (result->table), ==, CAM_CSV_MOST_COLUMNS);
  g_assert_cmpstr (cam_table_get_name (result->table, CAM_CSV_MOST_COLUMNS - 1), ==, "x_65536");
  g_assert_cmpint (cam_table_find (result->table, "x_65536"), ==, CAM_CSV_MOST_COLUMNS - 1);

  g_assert_null (csv_text_read (too_many, -1, NULL, NULL, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, ": line 1, column 65537: there are more than 65,536 columns"));
}

static void
test_no_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("camadas-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "nothing.csv", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_csv_read (missing, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "nothing.csv"));
  g_clear_error (&error);

  g_assert_null (cam_csv_read (folder, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_nonnull (strstr (error->message, "is a folder"));
  g_clear_error (&error);

  g_assert_null (cam_csv_read ("/dev/null", NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  /* An error may also be of no interest. */
  g_assert_null (cam_csv_read (missing, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* Root may read everything, so the question is asked as nobody. */
static void
test_unreadable (void)
{
  char *path = csv_text_file ("a,b\n1,2\n", -1);
  gboolean is_root = geteuid () == 0;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (is_root)
    g_assert_no_errno (seteuid (NOBODY));
  g_assert_null (cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error));
  if (is_root)
    g_assert_no_errno (seteuid (0));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  g_assert_true (g_str_has_prefix (error->message, path));
  csv_text_remove (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/csv/refuse/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/dataset/csv/refuse/ragged-far-in", test_ragged_far_in);
  g_test_add_func ("/dataset/csv/refuse/huge-field", test_huge_field);
  g_test_add_func ("/dataset/csv/refuse/many-columns", test_many_columns);
  g_test_add_func ("/dataset/csv/refuse/no-file", test_no_file);
  g_test_add_func ("/dataset/csv/refuse/unreadable", test_unreadable);

  return g_test_run ();
}
