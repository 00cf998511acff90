/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources of all kinds: every file of tests/data/sources.json, which tests/cli/test-sources.py and tests/ui/test-import-files.py hold the programs to as well; IDX files and folders of pictures made here. */
#include "csv-text.h"

#include <cam-json.h>
#include <cam-source.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include <cam-csv-private.h>

static json_t *sources;

static char *
find (const char *name)
{
  return g_build_filename (g_getenv ("CAM_SAMPLES"), "..", name, NULL);
}

/* What the document says of the dialect is what the reader found, and more may be found. */
static void
check_dialect (const json_t        *expected,
               const CamCsvDialect *dialect)
{
  g_autoptr(json_t) found = cam_csv_dialect_to_json (dialect);
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) expected, key, value)
    if (!json_equal (json_object_get (found, key), value))
      g_error ("%s: %s, not %s", key, json_string_value (json_object_get (found, key)), json_string_value (value));
}

static void
check (const json_t *expected,
       CamCsvResult *result)
{
  const json_t *missing = json_object_get (expected, "missing"), *image = json_object_get (expected, "image");
  const CamTable *table = result->table;
  g_autoptr(GString) kinds = g_string_new (NULL);
  g_autofree char *words = cam_csv_dialect_describe (result->dialect);
  guint n = cam_table_get_n_columns (table), size[3];
  json_t *cell;
  gsize i;

  g_assert_cmpint (json_integer_value (json_object_get (expected, "rows")), ==, cam_table_get_n_rows (table));
  g_assert_cmpint (json_integer_value (json_object_get (expected, "columns")), ==, n);
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (expected, "names"), 0)), ==, cam_table_get_name (table, 0));
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (expected, "names"), 1)), ==, cam_table_get_name (table, n - 1));
  for (guint c = 0; c < n; c++)
    {
      g_string_append_c (kinds, "#@$%!"[cam_table_get_kind (table, c)]);
      g_assert_cmpint (json_integer_value (json_array_get (missing, c)), ==, cam_table_get_n_missing (table, c));
    }
  g_assert_cmpstr (kinds->str, ==, json_string_value (json_object_get (expected, "kinds")));
  g_assert_cmpint (json_integer_value (json_object_get (expected, "odd")), ==, result->n_odd_rows);
  json_array_foreach (json_object_get (expected, "cells"), i, cell)
    {
      g_autofree char *text = cam_table_dup_text (table, (guint) json_integer_value (json_array_get (cell, 0)), (gsize) json_integer_value (json_array_get (cell, 1)));

      g_assert_cmpstr (text, ==, json_string_value (json_array_get (cell, 2)));
    }
  check_dialect (json_object_get (expected, "dialect"), result->dialect);
  g_assert_cmpstr (words, ==, json_string_value (json_object_get (expected, "words")));

  g_assert_cmpint (cam_table_get_image (table, &size[0], &size[1], &size[2]), ==, image != NULL);
  for (guint k = 0; k < 3 && image != NULL; k++)
    g_assert_cmpint (json_integer_value (json_array_get (image, k)), ==, size[k]);
}

/* As it lies there, and packed with gzip. */
static void
test_file (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = find (name);
  const json_t *expected = json_object_get (sources, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = cam_source_read (path, NULL, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  check (expected, result);
}

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("camadas-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, name, NULL);

      remove_tree (full);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
write_file (const char *folder,
            const char *name,
            const void *bytes,
            gsize       length,
            gboolean    packed)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *parent = g_path_get_dirname (path);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GOutputStream) raw = NULL, stream = NULL;
  g_autoptr(GConverter) converter = NULL;

  g_mkdir_with_parents (parent, 0700);
  raw = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, 0, NULL, &error));
  g_assert_no_error (error);
  converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  stream = packed ? g_converter_output_stream_new (raw, converter) : g_object_ref (raw);
  g_output_stream_write_all (stream, bytes, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
}

static CamCsvResult *
read_in (const char           *folder,
         const char           *name,
         const CamCsvDialect  *dialect,
         GError              **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return cam_source_read (path, dialect, NULL, NULL, NULL, NULL, error);
}

static void
check_fails (const char *folder,
             const char *name,
             int         code,
             const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvResult) result = read_in (folder, name, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, CAM_DATASET_ERROR, code);
  if (strstr (error->message, part) == NULL || strstr (error->message, name) != error->message)
    g_error ("“%s” does not begin with “%s” and name “%s”", error->message, name, part);
}

/* ---- gzip ---- */

static void
test_gzip (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.csv.gz", NULL), *whole = NULL, *got = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  write_file (folder, "a.csv.gz", "a,b\n1,x\n2,y\n", 12, TRUE);
  result = read_in (folder, "a.csv.gz", NULL, &error);
  g_assert_no_error (error);
  got = csv_text_describe (result->table);
  g_assert_cmpstr (got, ==, "a#,b@: 1,x; 2,y");

  /* Two members, as "cat a.gz b.gz" makes them, and padding. */
  g_file_get_contents (path, &whole, &length, NULL);
  {
    g_autofree char *twice = g_malloc0 (2 * length + 64), *both = NULL;
    g_autoptr(CamCsvResult) joined = NULL;

    memcpy (twice, whole, length);
    memcpy (twice + length, whole, length);
    write_file (folder, "b.csv.gz", twice, 2 * length + 64, FALSE);
    joined = read_in (folder, "b.csv.gz", NULL, &error);
    g_assert_no_error (error);
    both = csv_text_describe (joined->table);
    g_assert_cmpstr (both, ==, "a@,b@: 1,x; 2,y; a,b; 1,x; 2,y");
  }

  write_file (folder, "cut.csv.gz", whole, length - 9, FALSE);
  check_fails (folder, "cut.csv.gz", CAM_DATASET_ERROR_SYNTAX, "ends too early");
  whole[length - 6] ^= 0x55;
  write_file (folder, "bad.csv.gz", whole, length, FALSE);
  check_fails (folder, "bad.csv.gz", CAM_DATASET_ERROR_SYNTAX, "damaged");
  remove_tree (folder);
}

/* ---- prose ---- */

static void
test_prose (void)
{
  static const char text[] = "First line, with a comma.\r\n\r\n  Second; line: Größe!\nthird\rFourth, and last";
  g_autofree char *folder = make_folder (), *got = NULL;
  g_autoptr(CamCsvDialect) dialect = cam_csv_dialect_new ();
  g_autoptr(CamCsvResult) lines = NULL, characters = NULL;
  g_autoptr(GError) error = NULL;
  static const gsize chunk_sizes[] = { 0, 1, 2, 5 };

  write_file (folder, "a.txt", text, strlen (text), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (chunk_sizes); i++)
    {
      cam_csv_chunk_size = chunk_sizes[i];
      g_clear_pointer (&lines, cam_csv_result_free);
      g_clear_pointer (&got, g_free);
      lines = read_in (folder, "a.txt", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (lines->dialect->form, ==, CAM_CSV_LINES);
      got = csv_text_describe (lines->table);
      g_assert_cmpstr (got, ==, "text$: First line, with a comma.; Second; line: Größe!; third; Fourth, and last");

      dialect->form = CAM_CSV_CHARACTERS;
      g_clear_pointer (&characters, cam_csv_result_free);
      characters = read_in (folder, "a.txt", dialect, &error);
      g_assert_no_error (error);
      g_assert_cmpint (cam_table_get_kind (characters->table, 0), ==, CAM_COLUMN_CATEGORY);
      g_assert_cmpstr (cam_table_get_name (characters->table, 0), ==, "character");
      /* Three line breaks of two bytes count as one character each. */
      g_assert_cmpuint (cam_table_get_n_rows (characters->table), ==, (gsize) g_utf8_strlen (text, -1) - 2);
      g_assert_cmpstr (cam_table_get_level (characters->table, 0, 0), ==, "F");
    }
  cam_csv_chunk_size = 0;
  remove_tree (folder);
}

/* ---- IDX ---- */

static GByteArray *
make_idx (guchar        type,
          guint         n_dimensions,
          const guint32 sizes[])
{
  GByteArray *bytes = g_byte_array_new ();
  const guchar magic[4] = { 0, 0, type, (guchar) n_dimensions };

  g_byte_array_append (bytes, magic, 4);
  for (guint i = 0; i < n_dimensions; i++)
    {
      guint32 size = GUINT32_TO_BE (sizes[i]);

      g_byte_array_append (bytes, (const guint8 *) &size, 4);
    }

  return bytes;
}

static void
append_bytes (GByteArray *bytes,
              guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = (guint8) (i * 7);

      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
write_idx (const char *folder,
           const char *name,
           GByteArray *bytes)
{
  write_file (folder, name, bytes->data, bytes->len, g_str_has_suffix (name, ".gz"));
  g_byte_array_unref (bytes);
}

static void
test_idx (void)
{
  g_autofree char *folder = make_folder (), *got = NULL, *cell = NULL;
  g_autoptr(CamCsvResult) result = NULL, colour = NULL, numbers = NULL, picked = NULL;
  g_autoptr(CamTable) some = NULL;
  g_autoptr(GError) error = NULL;
  GByteArray *bytes = make_idx (8, 3, (guint32[]) { 3, 2, 2 });
  const gsize rows[] = { 2, 0 };
  guint height, width, channels;

  append_bytes (bytes, 12);
  write_idx (folder, "x-images-idx3-ubyte", bytes);
  bytes = make_idx (8, 1, (guint32[]) { 3 });
  append_bytes (bytes, 3);
  write_idx (folder, "x-labels-idx1-ubyte.gz", bytes);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&result, cam_csv_result_free);
      g_clear_pointer (&got, g_free);
      result = read_in (folder, i == 0 ? "x-images-idx3-ubyte" : "x-labels-idx1-ubyte.gz", NULL, &error);
      g_assert_no_error (error);
      got = csv_text_describe (result->table);
      g_assert_cmpstr (got, ==, "label#,p0_0#,p0_1#,p1_0#,p1_1#: 0,0,7,14,21; 7,28,35,42,49; 14,56,63,70,77");
      g_assert_cmpuint (cam_table_get_size_bytes (result->table), ==, 5 * 3);
    }
  g_assert_true (cam_table_get_image (result->table, &height, &width, &channels));
  g_assert_cmpuint (100 * height + 10 * width + channels, ==, 221);
  some = cam_table_new_from_rows (result->table, rows, 2);
  g_free (got);
  got = csv_text_describe (some);
  g_assert_cmpstr (got, ==, "label#,p0_0#,p0_1#,p1_0#,p1_1#: 14,56,63,70,77; 0,0,7,14,21");
  g_assert_true (cam_table_get_image (some, &height, &width, &channels));

  bytes = make_idx (8, 4, (guint32[]) { 1, 1, 2, 3 });
  append_bytes (bytes, 6);
  write_idx (folder, "colour", bytes);
  colour = read_in (folder, "colour", NULL, &error);
  g_assert_no_error (error);
  g_free (got);
  got = csv_text_describe (colour->table);
  g_assert_cmpstr (got, ==, "p0_0_0#,p0_0_1#,p0_0_2#,p0_1_0#,p0_1_1#,p0_1_2#: 0,7,14,21,28,35");

  bytes = make_idx (0x0D, 2, (guint32[]) { 2, 1 });
  g_byte_array_append (bytes, (const guint8 *) "\x3F\xC0\0\0\xFF\xC0\0\0", 8);       /* 1.5 and NaN */
  write_idx (folder, "floats", bytes);
  numbers = read_in (folder, "floats", NULL, &error);
  g_assert_no_error (error);
  g_free (got);
  got = csv_text_describe (numbers->table);
  g_assert_cmpstr (got, ==, "v0#: 1.5; _");
  remove_tree (folder);
}

static void
test_idx_hostile (void)
{
  g_autofree char *folder = make_folder ();
  GByteArray *bytes;

  write_idx (folder, "huge", make_idx (8, 3, (guint32[]) { 0xFFFFFFFF, 200, 200 }));
  check_fails (folder, "huge", CAM_DATASET_ERROR_SYNTAX, "4294967295 rows");
  write_idx (folder, "huge.gz", make_idx (8, 3, (guint32[]) { 0xFFFFFFFF, 200, 200 }));
  check_fails (folder, "huge.gz", CAM_DATASET_ERROR_SYNTAX, "too short");
  write_idx (folder, "wide", make_idx (8, 3, (guint32[]) { 1, 60000, 60000 }));
  check_fails (folder, "wide", CAM_DATASET_ERROR_TOO_LARGE, "65,536");
  write_idx (folder, "overflow", make_idx (0x0E, 4, (guint32[]) { 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF }));
  check_fails (folder, "overflow", CAM_DATASET_ERROR_TOO_LARGE, "dimension");
  write_idx (folder, "empty", make_idx (8, 3, (guint32[]) { 0, 28, 28 }));
  check_fails (folder, "empty", CAM_DATASET_ERROR_EMPTY, "nothing");
  write_idx (folder, "flat", make_idx (8, 3, (guint32[]) { 5, 0, 28 }));
  check_fails (folder, "flat", CAM_DATASET_ERROR_EMPTY, "nothing");
  write_idx (folder, "deep", make_idx (8, 7, (guint32[]) { 1, 1, 1, 1, 1, 1, 1 }));
  check_fails (folder, "deep", CAM_DATASET_ERROR_SYNTAX, "7 dimensions");
  write_file (folder, "short", "\0\0\x08\x03\0\0", 6, FALSE);
  check_fails (folder, "short", CAM_DATASET_ERROR_SYNTAX, "header");

  bytes = make_idx (8, 3, (guint32[]) { 3, 2, 2 });
  append_bytes (bytes, 11);
  write_idx (folder, "cut.gz", bytes);
  check_fails (folder, "cut.gz", CAM_DATASET_ERROR_SYNTAX, "after 2 of 3 rows");

  bytes = make_idx (8, 3, (guint32[]) { 2, 1, 1 });
  append_bytes (bytes, 2);
  write_idx (folder, "a-images-idx3", bytes);
  bytes = make_idx (8, 1, (guint32[]) { 3 });
  append_bytes (bytes, 3);
  write_idx (folder, "a-labels-idx1", bytes);
  check_fails (folder, "a-images-idx3", CAM_DATASET_ERROR_SYNTAX, "2 pictures, but 3 labels");
  remove_tree (folder);
}

/* ---- folders of pictures ---- */

static void
write_picture (const char *folder,
               const char *name,
               int         width,
               int         height,
               guint32     colour)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);
  g_autofree char *path = g_build_filename (folder, name, NULL), *parent = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, colour);
  g_mkdir_with_parents (parent, 0700);
  gdk_pixbuf_save (pixbuf, path, g_str_has_suffix (name, ".jpg") ? "jpeg" : "png", &error, NULL);
  g_assert_no_error (error);
}

static void
test_pictures (void)
{
  g_autofree char *folder = make_folder (), *got = NULL, *words = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint height, width, channels;

  write_picture (folder, "cat/1.png", 2, 1, 0x101010FF);
  write_picture (folder, "cat/2.PNG", 2, 1, 0x202020FF);
  write_picture (folder, "dog/1.png", 2, 1, 0x303030FF);
  write_picture (folder, "dog/clear.png", 2, 1, 0x00000000);      /* white shows through */
  write_file (folder, "dog/notes.txt", "x", 1, FALSE);
  write_file (folder, "dog/broken.png", "\x89PNG\r\n\x1a\nrubbish", 15, FALSE);
  result = cam_source_read (folder, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  got = csv_text_describe (result->table);
  g_assert_cmpstr (got, ==, "label@,file$,p0_0#,p0_1#: cat,cat/1.png,16,16; cat,cat/2.PNG,32,32; dog,dog/1.png,48,48; dog,dog/clear.png,255,255");
  g_assert_true (cam_table_get_image (result->table, &height, &width, &channels));
  g_assert_cmpuint (100 * height + 10 * width + channels, ==, 121);
  g_assert_cmpuint (result->notes->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (result->notes, 0), ==, "dog/broken.png was left out: it cannot be read as a picture.");
  g_assert_cmpstr (g_ptr_array_index (result->notes, 1), ==, "1 file in the folder is no picture.");
  g_assert_cmpuint (result->n_odd_rows, ==, 1);
  words = cam_csv_dialect_describe (result->dialect);
  g_assert_cmpstr (words, ==, "pictures, 2 × 1, grey");
  remove_tree (folder);
}

static void
test_pictures_colour (void)
{
  g_autofree char *folder = make_folder (), *got = NULL;
  g_autoptr(CamCsvDialect) dialect = cam_csv_dialect_new ();
  g_autoptr(CamCsvResult) result = NULL, small = NULL, grey = NULL;
  g_autoptr(GError) error = NULL;
  guint height, width, channels;

  write_picture (folder, "train/a/1.png", 200, 100, 0xFF0000FF);
  write_picture (folder, "train/b/1.png", 100, 100, 0x00FF00FF);
  write_picture (folder, "test/a/2.jpg", 200, 100, 0x0000FFFF);
  result = cam_source_read (folder, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (cam_table_get_image (result->table, &height, &width, &channels));
  g_assert_cmpuint (height, ==, 32);
  g_assert_cmpuint (width, ==, 64);
  g_assert_cmpuint (channels, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (result->notes, 0), ==, "The pictures differ in size; all are scaled to 64 × 32.");

  dialect->height = dialect->width = 1;
  small = cam_source_read (folder, dialect, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  got = csv_text_describe (small->table);
  g_assert_true (g_str_has_prefix (got, "label@,file$,part@,p0_0_0#,p0_0_1#,p0_0_2#: a,test/a/2.jpg,test,"));
  g_assert_true (g_str_has_suffix (got, "; a,train/a/1.png,train,255,0,0; b,train/b/1.png,train,0,255,0"));

  dialect->channels = 1;
  grey = cam_source_read (folder, dialect, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (cam_table_get_number (grey->table, 3, 1), ==, 76);
  g_assert_cmpfloat (cam_table_get_number (grey->table, 3, 2), ==, 150);

  dialect->height = dialect->width = 4096;
  g_assert_null (cam_source_read (folder, dialect, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_TOO_LARGE);
  remove_tree (folder);
}

static void
test_pictures_none (void)
{
  g_autofree char *folder = make_folder (), *base = g_path_get_basename (folder), *parent = g_path_get_dirname (folder), *got = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(GError) error = NULL;

  check_fails (parent, base, CAM_DATASET_ERROR_EMPTY, "no pictures");
  write_file (folder, "a/x.png", "rubbish", 7, FALSE);
  check_fails (parent, base, CAM_DATASET_ERROR_EMPTY, "can be read");

  /* Without subfolders there are no classes. */
  write_picture (folder, "1.png", 1, 1, 0x050505FF);
  result = cam_source_read (folder, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  got = csv_text_describe (result->table);
  g_assert_cmpstr (got, ==, "file$,p0_0#: 1.png,5");
  remove_tree (folder);
}

/* ---- what is no table ---- */

static void
test_other_files (void)
{
  g_autofree char *folder = make_folder ();

  write_file (folder, "a.xlsx", "PK\3\4rest", 8, FALSE);
  check_fails (folder, "a.xlsx", CAM_DATASET_ERROR_SYNTAX, "paste");
  write_picture (folder, "a.png", 1, 1, 0xFF);
  check_fails (folder, "a.png", CAM_DATASET_ERROR_SYNTAX, "open the folder");
  write_file (folder, "none.csv", "", 0, FALSE);
  check_fails (folder, "none.csv", CAM_DATASET_ERROR_EMPTY, "empty");
  remove_tree (folder);
}

/* ---- names of pixels ---- */

static void
test_image_names (void)
{
  static const struct { const char *pattern; guint n, first, height, width, channels; } cases[] = {
    { "p%u_%u", 36, 0, 4, 9, 1 }, { "%ux%u", 36, 1, 4, 9, 1 }, { "pixel%u", 49, 0, 7, 7, 1 }, { "pixel_%u", 48, 1, 4, 4, 3 }, { "pixel%u", 50, 0, 0, 0, 0 }, { "v%u", 49, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean in_grid = strchr (cases[i].pattern, 'x') != strchr (cases[i].pattern, 'p') && strstr (cases[i].pattern, "u_%") != NULL;
      g_autoptr(GString) text = g_string_new ("label");
      g_autoptr(CamCsvResult) result = NULL;
      guint height = 0, width = 0, channels = 0;

      in_grid = in_grid || strstr (cases[i].pattern, "ux%") != NULL;
      for (guint p = 0; p < cases[i].n; p++)
        {
          g_autoptr(GString) name = g_string_new (cases[i].pattern);
          g_autofree char *row = g_strdup_printf ("%u", in_grid ? p / 9 + cases[i].first : p + cases[i].first), *column = g_strdup_printf ("%u", p % 9 + cases[i].first);

          g_string_replace (name, "%u", row, 1);
          g_string_replace (name, "%u", column, 1);
          g_string_append_printf (text, ",%s", name->str);
        }
      for (guint r = 0; r < 3; r++)
        {
          g_string_append_printf (text, "\n%u", r);
          for (guint p = 0; p < cases[i].n; p++)
            g_string_append (text, ",5");
        }
      result = csv_text_read (text->str, -1, NULL, NULL, NULL);
      g_assert_nonnull (result);
      g_assert_cmpint (cam_table_get_image (result->table, &height, &width, &channels), ==, cases[i].height > 0);
      if (cases[i].height == 0)
        continue;
      g_assert_cmpuint (height, ==, cases[i].height);
      g_assert_cmpuint (width, ==, cases[i].width);
      g_assert_cmpuint (channels, ==, cases[i].channels);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;
  json_t *value;

  g_test_init (&argc, &argv, NULL);
  path = g_build_filename (g_getenv ("CAM_TEST_DATA"), "sources.json", NULL);
  sources = cam_json_load (path, &error);
  g_assert_no_error (error);

  json_object_foreach (sources, name, value)
    {
      g_autofree char *test = g_strdelimit (g_strdup (name), "/", '-'), *full = g_strconcat ("/dataset/source/file/", test, NULL);

      g_test_add_data_func (full, name, test_file);
    }
  g_test_add_func ("/dataset/source/gzip", test_gzip);
  g_test_add_func ("/dataset/source/prose", test_prose);
  g_test_add_func ("/dataset/source/idx", test_idx);
  g_test_add_func ("/dataset/source/idx/hostile", test_idx_hostile);
  g_test_add_func ("/dataset/source/pictures", test_pictures);
  g_test_add_func ("/dataset/source/pictures/colour", test_pictures_colour);
  g_test_add_func ("/dataset/source/pictures/none", test_pictures_none);
  g_test_add_func ("/dataset/source/other-files", test_other_files);
  g_test_add_func ("/dataset/source/image-names", test_image_names);

  return g_test_run ();
}
