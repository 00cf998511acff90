/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-sources [--seconds N] [--seed N] [--keep FOLDER] FILE…: mutations of the files through the readers of text, gzip, IDX and pictures. What is read is looked at cell by cell, and
 * must be the same by blocks and field by field; what is refused must say why. Three seconds if not said otherwise. A sanitizer, or the test itself, ends the program at the
 * first fault; the text that led to it is then in FOLDER/fuzz-last. */
#include <cam-csv-private.h>
#include <cam-source.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define MOST_BYTES (48 * 1024)     /* of a mutation: many small files find more than few large ones */

typedef struct
{
  GPtrArray *samples;       /* GBytes */
  GPtrArray *names;
  GRand     *random;
  char      *folder;
  guint64    n_read, n_refused;
} Fuzz;

static guint
below (Fuzz  *self,
       gsize  n)
{
  return n > 1 ? (guint) g_rand_int_range (self->random, 0, (gint32) MIN (n, G_MAXINT32)) : 0;
}

/* What is likely to matter somewhere. */
static const char *const morsels[] = {
  ",", ";", "\t", "|", "\"", "\"\"", "'", "\n", "\r\n", "\r", "#", " ", "NA", "1e308", "1e-320", "-0", "007", "9007199254740993", "1.234,5", "1,234.5", "\xEF\xBB\xBF", "\xFF\xFE", "\xC3", "\xE4",
  "2024-02-30", "31/12/2023", "2024-01-01T00:00:00+99:99", "yes", "no", "$5", "5 %", "inf", "nan", "0x1F", "\n\n\n", ",,,,,,,,", "1,2,3\n", "99999999999999999999999999", "0.00000000000000000001",
};

static void
mutate_once (Fuzz       *self,
             GByteArray *bytes)
{
  guint place = below (self, bytes->len + 1), stretch = below (self, 400) + 1, n = MIN (stretch, bytes->len - place);
  const char *morsel;
  guint8 byte;

  switch (below (self, 8))
    {
    case 0:
      if (bytes->len > 0)
        bytes->data[place % bytes->len] ^= (guint8) (1 << below (self, 8));
      break;
    case 1:
      if (bytes->len > 0)
        bytes->data[place % bytes->len] = (guint8) below (self, 256);
      break;
    case 2:
      if (n > 0)
        g_byte_array_remove_range (bytes, place, n);
      break;
    case 3:
      g_byte_array_set_size (bytes, place);
      break;
    case 4:
      /* A stretch once more at its end. */
      if (n > 0)
        {
          g_autofree guint8 *copy = g_memdup2 (bytes->data + place, n);

          g_byte_array_append (bytes, copy, n);
        }
      break;
    case 5:
      byte = (guint8) below (self, 256);
      for (n = below (self, 300); n > 0; n--)
        g_byte_array_append (bytes, &byte, 1);
      break;
    default:
      morsel = morsels[below (self, G_N_ELEMENTS (morsels))];
      n = (guint) strlen (morsel);
      g_byte_array_set_size (bytes, bytes->len + n);
      memmove (bytes->data + place + n, bytes->data + place, bytes->len - n - place);
      memcpy (bytes->data + place, morsel, n);
      break;
    }
}

/* A sample's beginning or middle, changed in some places. */
static GByteArray *
mutate (Fuzz *self,
        guint sample)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->samples->pdata[sample], &length);
  gsize from = below (self, 4) == 0 ? below (self, length) : 0, size = MIN (length - from, MOST_BYTES);
  GByteArray *bytes = g_byte_array_new ();

  if (below (self, 2) == 0)
    size = MIN (size, 2000);
  g_byte_array_append (bytes, data + from, (guint) size);
  for (guint n = below (self, 12); n > 0; n--)
    mutate_once (self, bytes);

  return bytes;
}

static CamCsvDialect *
make_dialect (Fuzz *self)
{
  CamCsvDialect *dialect = cam_csv_dialect_new ();
  static const char separators[] = { 0, ',', ';', '\t', '|', ' ' }, quotes[] = { 0, '"', '\'', 1 }, decimals[] = { 0, '.', ',' }, dates[] = { 0, 'd', 'm', 'n' };

  if (below (self, 2) == 0)
    return dialect;
  dialect->separator = separators[below (self, sizeof separators)];
  dialect->quote = quotes[below (self, sizeof quotes)];
  dialect->decimal = decimals[below (self, sizeof decimals)];
  dialect->thousands = below (self, 4) == 0 ? '.' : 0;
  dialect->comment = below (self, 4) == 0 ? '#' : 0;
  dialect->has_header = (int) below (self, 3) - 1;
  dialect->skip_lines = below (self, 4) == 0 ? below (self, 5) : 0;
  dialect->allow_ragged = below (self, 4) != 0;
  dialect->dates = dates[below (self, sizeof dates)];
  dialect->form = below (self, 5) == 0 ? CAM_CSV_CHARACTERS : below (self, 5) == 0 ? CAM_CSV_LINES : CAM_CSV_FORM_GUESS;
  if (below (self, 4) == 0)
    g_strlcpy (dialect->encoding, below (self, 2) == 0 ? "UTF-16LE" : "ISO-8859-1", sizeof dialect->encoding);
  if (below (self, 4) == 0)
    dialect->missing = g_strsplit ("NA,-999,x", ",", -1);

  return dialect;
}

/* Whatever was read must hold together. */
static void
look_at (const CamCsvResult *result)
{
  const CamTable *table = result->table;
  gsize n_rows = cam_table_get_n_rows (table);
  g_autoptr(json_t) dialect = cam_csv_dialect_to_json (result->dialect);
  g_autofree char *words = cam_csv_dialect_describe (result->dialect);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamCsvDialect) back = cam_csv_dialect_from_json (dialect, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, >, 0);
  for (guint column = 0; column < cam_table_get_n_columns (table); column++)
    {
      gsize n_missing = 0;
      CamColumnSummary summary;

      g_assert_true (g_utf8_validate (cam_table_get_name (table, column), -1, NULL));
      g_assert_cmpint (cam_table_find (table, cam_table_get_name (table, column)), ==, (int) column);
      for (gsize row = 0; row < n_rows; row++)
        {
          g_autofree char *text = cam_table_dup_text (table, column, row);

          g_assert_true (g_utf8_validate (text, -1, NULL));
          n_missing += *text == 0;
        }
      if (n_missing < cam_table_get_n_missing (table, column))
        g_error ("column %u of kind %d: %" G_GSIZE_FORMAT " cells are empty, %" G_GSIZE_FORMAT " missing; read with %s", column, cam_table_get_kind (table, column), n_missing,
                 cam_table_get_n_missing (table, column), words);
      cam_table_summarise (table, column, &summary);
      g_assert_cmpuint (summary.n + summary.n_missing, ==, n_rows);
    }
  for (guint i = 0; i < result->notes->len; i++)
    g_assert_true (g_utf8_validate (result->notes->pdata[i], -1, NULL));
}

/* By blocks and field by field the same comes out: cells, levels, notes, and why a text is refused. */
static void
check_same (const CamCsvResult *a,
            const CamCsvResult *b)
{
  g_assert_cmpuint (cam_table_get_n_rows (a->table), ==, cam_table_get_n_rows (b->table));
  g_assert_cmpuint (cam_table_get_n_columns (a->table), ==, cam_table_get_n_columns (b->table));
  g_assert_cmpuint (a->n_odd_rows, ==, b->n_odd_rows);
  g_assert_cmpstrv (a->missing, b->missing);
  g_assert_cmpuint (a->notes->len, ==, b->notes->len);
  for (guint i = 0; i < a->notes->len; i++)
    g_assert_cmpstr (a->notes->pdata[i], ==, b->notes->pdata[i]);
  for (guint column = 0; column < cam_table_get_n_columns (a->table); column++)
    {
      CamColumnKind kind = cam_table_get_kind (a->table, column);

      g_assert_cmpint (kind, ==, cam_table_get_kind (b->table, column));
      g_assert_cmpuint (cam_table_get_n_missing (a->table, column), ==, cam_table_get_n_missing (b->table, column));
      for (gsize row = 0; row < cam_table_get_n_rows (a->table); row++)
        {
          g_autofree char *one = cam_table_dup_text (a->table, column, row), *other = cam_table_dup_text (b->table, column, row);

          g_assert_cmpstr (one, ==, other);
          if (!cam_column_kind_is_numeric (kind))
            g_assert_cmpint (cam_table_get_code (a->table, column, row), ==, cam_table_get_code (b->table, column, row));
        }
    }
}

static CamCsvResult *
read_both_ways (GByteArray           *bytes,
                const CamCsvDialect  *dialect,
                const json_t         *kinds,
                GError              **error)
{
  g_autoptr(GError) problem = NULL, other_problem = NULL;
  CamCsvResult *result = cam_csv_read_bytes ((const char *) bytes->data, bytes->len, dialect, kinds, &problem), *other;

  cam_csv_helpers = -2;
  other = cam_csv_read_bytes ((const char *) bytes->data, bytes->len, dialect, kinds, &other_problem);
  g_assert_true ((result == NULL) == (other == NULL));
  if (result != NULL)
    check_same (result, other);
  else
    g_assert_cmpstr (problem->message, ==, other_problem->message);
  cam_csv_result_free (other);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return result;
}

static void
take (Fuzz         *self,
      CamCsvResult *result,
      GError       *error)
{
  if (result != NULL)
    {
      self->n_read++;
      look_at (result);
    }
  else
    {
      self->n_refused++;
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 8);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  g_clear_error (&error);
  cam_csv_result_free (result);
}

static void
write_to (const char *folder,
          const char *name,
          GByteArray *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL));
}

static void
run_once (Fuzz *self)
{
  static const gsize chunk_sizes[] = { 0, 0, 1, 7, 500 };
  guint sample = below (self, self->samples->len);
  g_autoptr(GByteArray) bytes = mutate (self, sample);
  g_autoptr(CamCsvDialect) dialect = make_dialect (self);
  g_autoptr(json_t) kinds = below (self, 3) == 0 ? json_pack ("{s:s, s:s, s:s}", "a", "date", "class", "number", "column_1", below (self, 2) == 0 ? "yes/no" : "text") : NULL;
  g_autofree char *last = g_build_filename (self->folder, "fuzz-last", NULL);
  const char *name = self->names->pdata[sample];
  GError *error = NULL;
  CamCsvResult *result;

  write_to (self->folder, "fuzz-last", bytes);
  cam_csv_chunk_size = chunk_sizes[below (self, G_N_ELEMENTS (chunk_sizes))];
  cam_csv_helpers = (int) below (self, 4) - 2;
  if (g_str_has_suffix (name, ".png") || g_str_has_suffix (name, ".jpg"))
    {
      g_autofree char *folder = g_build_filename (self->folder, "pictures", NULL), *inner = g_build_filename (folder, "a", NULL);

      g_mkdir_with_parents (inner, 0700);
      write_to (inner, g_str_has_suffix (name, ".png") ? "x.png" : "x.jpg", bytes);
      dialect->width = dialect->height = 1 + below (self, 20);
      result = cam_source_read (folder, dialect, NULL, NULL, NULL, NULL, &error);
    }
  else if (below (self, 4) == 0)
    result = cam_source_read_head (last, dialect, kinds, 1 + below (self, 50), NULL, &error);
  else if (below (self, 2) == 0)
    result = cam_source_read (last, dialect, kinds, NULL, NULL, NULL, &error);
  else
    result = read_both_ways (bytes, dialect, kinds, &error);
  take (self, result, error);
}

int
main (int    argc,
      char **argv)
{
  int seconds = 3, seed = 1;
  g_autofree char *keep = NULL;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long", "N" }, { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Where to begin", "N" },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep, "Folder for the last text", "FOLDER" }, { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("FILE…");
  g_autoptr(GError) error = NULL;
  Fuzz self = { 0 };
  gint64 end;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2)
    g_error ("%s", error != NULL ? error->message : "which files?");
  self.samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self.names = g_ptr_array_new ();
  self.random = g_rand_new_with_seed ((guint32) seed);
  self.folder = keep != NULL ? g_steal_pointer (&keep) : g_dir_make_tmp ("camadas-fuzz-XXXXXX", NULL);
  for (int i = 1; i < argc; i++)
    {
      char *text;
      gsize length;

      if (!g_file_get_contents (argv[i], &text, &length, &error))
        g_error ("%s", error->message);
      g_ptr_array_add (self.samples, g_bytes_new_take (text, length));
      g_ptr_array_add (self.names, argv[i]);
    }

  end = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  while (g_get_monotonic_time () < end)
    run_once (&self);
  g_print ("1..1\nok 1 sources # %" G_GUINT64_FORMAT " texts read, %" G_GUINT64_FORMAT " refused in %d s, seed %d\n", self.n_read, self.n_refused, seconds, seed);

  g_ptr_array_unref (self.samples);
  g_ptr_array_unref (self.names);
  g_rand_free (self.random);
  g_free (self.folder);

  return 0;
}
