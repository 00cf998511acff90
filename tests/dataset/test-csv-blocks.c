/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and texts parsed by blocks and by several threads come out bit for bit as the ordinary parser makes them, with the same levels, notes and errors. */
#include "csv-text.h"

#include <cam-csv-private.h>
#include <string.h>

#define N_COLUMNS 7

typedef struct
{
  const char *path;
  const char *odd;         /* kinds of oddities, a letter each, one every so many rows */
  const char *line_break;
  const char *texts;       /* kinds of texts in further columns: of few levels, all different, dates, empty at first, in quotes */
} Case;

static const Case cases[] = {
  { "plain", "", "\n", NULL }, { "crlf", "", "\r\n", NULL }, { "forms", "e", "\n", NULL }, { "missing", "nm", "\n", NULL }, { "quotes", "q", "\n", NULL },
  { "blanks", "b", "\r\n", NULL }, { "empty-lines", "l", "\n", NULL }, { "ragged", "sr", "\n", NULL }, { "late-text", "t", "\n", NULL }, { "quoted-breaks", "Q", "\n", NULL },
  { "comments", "c", "\n", NULL }, { "all", "enmqblsrc", "\n", NULL }, { "open-quote", "o", "\n", NULL }, { "bad-bytes", "x", "\n", NULL }, { "zero-byte", "z", "\n", NULL },
  { "texts", "", "\n", "ad" }, { "texts-crlf", "", "\r\n", "adeq" }, { "texts-sparse", "", "\n", "ae" }, { "texts-quoted", "Q", "\n", "qQ" }, { "texts-all", "enmqblsrcT", "\n", "adeqQ" },
  { "texts-in-numbers", "t", "\n", "ad" }, { "texts-open-quote", "o", "\n", "aq" }, { "texts-bad-bytes", "x", "\n", "ad" },
};

static const int helpers[] = { 0, 1, 3 };
static const gsize chunk_sizes[] = { 0, 4096, 777 };

static void
add_number (GString *text,
            GRand   *random)
{
  static const char *const formats[] = { "%.3f", "%.0f", "%.7f", "%.17g", "%.1f", "%.12f" };
  char buf[64];

  g_string_append (text, g_ascii_formatd (buf, sizeof buf, formats[g_rand_int_range (random, 0, 6)], g_rand_double_range (random, -5000, 5000)));
}

/* A field of a column of texts; now and then none, one with blanks around it, one in quotes. */
static void
add_text (GString *text,
          GRand   *random,
          char     kind,
          guint    row)
{
  static const char *const words[] = { "Köln", "São Paulo", "none", "A much longer text, of which eight bytes at a time are looked at", "b", "x\"y" };
  const int chance = g_rand_int_range (random, 0, 40);
  const gboolean in_quotes = kind == 'q' || kind == 'Q' || chance == 1;

  if (chance == 0 || (kind == 'e' && row < 3000))
    return;
  if (chance == 2)
    g_string_append (text, "  ");
  if (in_quotes)
    g_string_append_c (text, '"');
  if (kind == 'd')
    g_string_append_printf (text, "20%02d-%02d-%02d %02d:30", row % 30, 1 + row % 12, 1 + row % 28, row % 24);
  else if (kind == 'Q')
    g_string_append_printf (text, "say \"\"%u\"\",%sand go", row, chance < 10 ? "\r\n" : chance < 15 ? "\r" : chance < 20 ? "\n" : " ");
  else if (kind == 'q')
    g_string_append_printf (text, "number %d, or so", g_rand_int_range (random, 0, 1000000));
  else
    g_string_append (text, words[g_rand_int_range (random, 0, in_quotes ? 5 : 6)]);
  if (in_quotes)
    g_string_append_c (text, '"');
  if (chance == 2)
    g_string_append (text, " \t");
}

static void
add_row (GString    *text,
         GRand      *random,
         char        odd,
         const char *line_break,
         const char *texts,
         guint       row)
{
  const int place = g_rand_int_range (random, 0, N_COLUMNS);
  const int n = odd == 's' ? 4 : odd == 'r' ? N_COLUMNS + 1 : N_COLUMNS;

  if (odd == 'l' || odd == 'c')
    g_string_append_printf (text, "%s%s", odd == 'c' ? "# aside, with 1,2,3" : "  ", line_break);
  for (int column = 0; column < n; column++)
    {
      if (column > 0)
        g_string_append_c (text, ',');
      if (column != place || odd == 0 || strchr ("slrc", odd) != NULL)
        add_number (text, random);
      else
        g_string_append (text, odd == 'e' ? "-1.5e-3" : odd == 'n' ? "" : odd == 'm' ? "NA" : odd == 'q' ? "\"12.25\"" : odd == 'b' ? " 7 " : odd == 't' ? "word"
                             : odd == 'Q' ? "\"1\n2\"" : odd == 'o' ? "\"1" : odd == 'x' ? "\xC3(" : "0");
      if (column == place && odd == 'z')
        g_string_append_c (text, 0);
    }
  for (guint i = 0; texts != NULL && texts[i] != 0 && n == N_COLUMNS; i++)
    {
      g_string_append_c (text, ',');
      if (odd == 'T')
        g_string_append (text, i == 0 ? "3.25" : "\"\"");
      else
        add_text (text, random, texts[i], row);
    }
  g_string_append (text, line_break);
}

static GString *
make_text (const Case *self)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  GString *text = g_string_new ("# made for a test\na,b,c,d,e,f,g");
  gsize n_odd = strlen (self->odd);

  for (guint i = 0; self->texts != NULL && self->texts[i] != 0; i++)
    g_string_append_printf (text, ",text %u", i);
  g_string_append_c (text, '\n');
  for (guint row = 0; row < 5000; row++)
    add_row (text, random, n_odd > 0 && row % 700 == 699 ? self->odd[row / 700 % n_odd] : 0, self->line_break, self->texts, row);
  return text;
}

static void
check_same_texts (const CamTable *a,
                  const CamTable *b,
                  guint           column)
{
  g_assert_cmpuint (cam_table_get_n_levels (a, column), ==, cam_table_get_n_levels (b, column));
  for (guint level = 0; level < cam_table_get_n_levels (a, column); level++)
    g_assert_cmpstr (cam_table_get_level (a, column, level), ==, cam_table_get_level (b, column, level));
  for (gsize row = 0; row < cam_table_get_n_rows (a); row++)
    g_assert_cmpint (cam_table_get_code (a, column, row), ==, cam_table_get_code (b, column, row));
}

static void
check_same (const CamTable *a,
            const CamTable *b)
{
  g_assert_cmpuint (cam_table_get_n_rows (a), ==, cam_table_get_n_rows (b));
  g_assert_cmpuint (cam_table_get_n_columns (a), ==, cam_table_get_n_columns (b));
  for (guint column = 0; column < cam_table_get_n_columns (a); column++)
    {
      g_assert_cmpint (cam_table_get_kind (a, column), ==, cam_table_get_kind (b, column));
      g_assert_cmpuint (cam_table_get_n_missing (a, column), ==, cam_table_get_n_missing (b, column));
      if (!cam_column_kind_is_numeric (cam_table_get_kind (a, column)))
        {
          check_same_texts (a, b, column);
          continue;
        }
      for (gsize row = 0; row < cam_table_get_n_rows (a); row++)
        {
          double x = cam_table_get_number (a, column, row), y = cam_table_get_number (b, column, row);

          if (memcmp (&x, &y, sizeof x) != 0 && (x == x || y == y))
            g_error ("row %" G_GSIZE_FORMAT ", column %u: %.17g, not %.17g", row, column, y, x);
        }
    }
}

/* Field by field, then by blocks with different numbers of threads and sizes of pieces. */
static void
check_ways (const GString *text,
            gboolean       fails)
{
  g_autoptr(GError) plain_error = NULL;
  g_autoptr(CamCsvResult) plain = NULL;

  cam_csv_helpers = -2;
  plain = csv_text_read (text->str, (gssize) text->len, NULL, NULL, &plain_error);
  g_assert_true ((plain == NULL) == fails);
  for (guint h = 0; h < G_N_ELEMENTS (helpers); h++)
    for (guint c = 0; c < G_N_ELEMENTS (chunk_sizes); c++)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(CamCsvResult) result = NULL;

        cam_csv_helpers = helpers[h];
        cam_csv_chunk_size = chunk_sizes[c];
        result = csv_text_read (text->str, (gssize) text->len, NULL, NULL, &error);
        if (plain == NULL)
          {
            /* The name of the file is another one each time. */
            g_assert_nonnull (error);
            g_assert_cmpstr (strchr (error->message, ' '), ==, strchr (plain_error->message, ' '));
            continue;
          }
        g_assert_no_error (error);
        check_same (plain->table, result->table);
        g_assert_cmpuint (plain->n_odd_rows, ==, result->n_odd_rows);
        g_assert_cmpuint (plain->notes->len, ==, result->notes->len);
        for (guint i = 0; i < plain->notes->len; i++)
          g_assert_cmpstr (plain->notes->pdata[i], ==, result->notes->pdata[i]);
        g_assert_cmpstrv (plain->missing, result->missing);
      }
  cam_csv_helpers = -1;
  cam_csv_chunk_size = 0;
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr(GString) text = make_text (self);

  check_ways (text, strpbrk (self->odd, "oz") != NULL);
}

/* As a spreadsheet writes it where numbers have points between thousands. */
static void
test_thousands (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (11);
  g_autoptr(GString) text = g_string_new ("Ort;Umsatz;Tag;Stück\r\n");

  for (guint row = 0; row < 5000; row++)
    g_string_append_printf (text, "%s;%s%d.%03d.%03d,%02d;%02u.%02u.2024;%d\r\n", row % 3 == 0 ? "\"Köln; rechts\"" : "Bonn", row % 5 == 0 ? "-" : "", g_rand_int_range (random, 1, 900),
                            g_rand_int_range (random, 0, 1000), g_rand_int_range (random, 0, 1000), g_rand_int_range (random, 0, 100), 1 + row % 28, 1 + row % 12,
                            g_rand_int_range (random, 0, 1000000));
  check_ways (text, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/csv/blocks/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/dataset/csv/blocks/thousands", test_thousands);

  return g_test_run ();
}
