/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file in stretches is, cell by cell and error by error, the file as a whole; whatever the length of the stretches, and wherever a column turns out to be something else. */
#include <cam-csv-private.h>
#include <cam-csv-stream.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  GString *cells;       /* all rows, a line each, after a line of names */
  GString *head;
  guint    n_begun, n_taken, n_keep;
  gsize    n_rows, n_odd;
  char     odd[200];    /* the first odd row, in words */
  GPtrArray *last;      /* the rows of the stretch before, as texts */
} Rows;

static char *
dup_row (const CamTable *table,
         gsize           row)
{
  GString *line = g_string_new (NULL);

  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    {
      g_autofree char *cell = cam_table_dup_text (table, c, row);

      g_string_append_printf (line, "%s%s", c > 0 ? "|" : "", cell);
    }

  return g_string_free (line, FALSE);
}

static void
add_head (const CamTable *table,
          GString        *to)
{
  for (guint c = 0; c < cam_table_get_n_columns (table); c++)
    g_string_append_printf (to, "%s|", cam_table_get_name (table, c));
}

static gboolean
begin_cb (gpointer   user_data,
          GError   **error)
{
  Rows *rows = user_data;

  g_string_truncate (rows->cells, 0);
  g_string_truncate (rows->head, 0);
  g_ptr_array_set_size (rows->last, 0);
  rows->n_begun++;
  rows->n_rows = 0;

  return TRUE;
}

static gboolean
take_cb (gpointer    user_data,
         CamTable   *table,
         gsize       n_before,
         gboolean    is_last,
         GError    **error)
{
  Rows *rows = user_data;
  gsize n = cam_table_get_n_rows (table);

  g_assert_cmpuint (n_before, ==, MIN (rows->n_keep, rows->last->len));
  for (gsize i = 0; i < n_before; i++)
    {
      g_autofree char *line = dup_row (table, i);

      g_assert_cmpstr (line, ==, g_ptr_array_index (rows->last, rows->last->len - n_before + i));
    }
  if (rows->head->len == 0)
    add_head (table, rows->head);
  for (gsize row = n_before; row < n; row++)
    {
      char *line = dup_row (table, row);

      g_string_append_printf (rows->cells, "%s\n", line);
      g_ptr_array_add (rows->last, line);
    }
  rows->n_rows += n - n_before;
  rows->n_taken++;

  return TRUE;
}

static void
odd_cb (gpointer    user_data,
        gsize       n_rows,
        const char *first)
{
  Rows *rows = user_data;

  rows->n_odd = n_rows;
  g_strlcpy (rows->odd, first, sizeof rows->odd);
}

static gsize *
keep_cb (gpointer        user_data,
         const CamTable *table,
         gsize          *n_kept)
{
  Rows *rows = user_data;
  gsize n = cam_table_get_n_rows (table), *kept;

  *n_kept = MIN (rows->n_keep, n);
  kept = g_new (gsize, *n_kept + 1);
  for (gsize i = 0; i < *n_kept; i++)
    kept[i] = n - *n_kept + i;

  return kept;
}

static void
rows_init (Rows *rows,
           guint n_keep)
{
  *rows = (Rows) { g_string_new (NULL), g_string_new (NULL), .n_keep = n_keep, .last = g_ptr_array_new_with_free_func (g_free) };
}

static void
rows_clear (Rows *rows)
{
  g_string_free (rows->cells, TRUE);
  g_string_free (rows->head, TRUE);
  g_ptr_array_unref (rows->last);
}

/* The file whole, and in stretches of many lengths. */
static void
compare (const char   *path,
         const json_t *kinds,
         guint         most_passes)
{
  static const gsize lengths[] = { 1, 2, 3, 7, 50, 100000 };
  g_autoptr(GError) problem = NULL;
  g_autoptr(CamCsvResult) whole = cam_csv_read (path, NULL, kinds, NULL, NULL, NULL, &problem);
  g_autoptr(GString) cells = g_string_new (NULL), head = g_string_new (NULL);

  if (whole != NULL)
    add_head (whole->table, head);
  for (gsize row = 0; whole != NULL && row < cam_table_get_n_rows (whole->table); row++)
    {
      g_autofree char *line = dup_row (whole->table, row);

      g_string_append_printf (cells, "%s\n", line);
    }

  for (guint i = 0; i < 4 * G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean keeps = i % 2 == 1, ok;
      Rows rows;
      CamRowSink sink = { begin_cb, take_cb, keeps ? keep_cb : NULL, odd_cb, &rows };

      /* A table for each of thousands of rows shows nothing new. */
      if (cells->len > 50000 && lengths[i / 4] < 50)
        continue;
      cam_csv_chunk_size = i % 4 >= 2 ? 61 : 0;
      rows_init (&rows, keeps ? 3 : 0);
      ok = cam_csv_stream (path, kinds, lengths[i / 4], &sink, NULL, NULL, NULL, &error);
      cam_csv_chunk_size = 0;
      if (whole == NULL)
        {
          g_assert_false (ok);
          g_assert_cmpstr (error->message, ==, problem->message);
          g_assert_error (error, problem->domain, problem->code);
        }
      else
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          g_assert_cmpstr (rows.head->str, ==, head->str);
          g_assert_cmpstr (rows.cells->str, ==, cells->str);
          g_assert_cmpuint (rows.n_odd, ==, whole->n_odd_rows);
          g_assert_true (rows.n_odd == 0 || g_ptr_array_find_with_equal_func (whole->notes, rows.odd, g_str_equal, NULL));
          /* One row alone shows little of what a column is. */
          g_assert_cmpuint (rows.n_begun, <=, lengths[i / 4] < 7 ? 4 : most_passes);
        }
      rows_clear (&rows);
    }
}

/* A head, lines of which the first comes @n times, and a tail. */
typedef struct
{
  const char *name, *head, *line;
  guint       n;
  const char *tail;
  guint       most_passes;
  const char *date;       /* a column said to be dates, or NULL */
} Case;

static const Case cases[] = {
  { "numbers", "a,b\n", "1.50,-2e3\n", 40, "", 1, NULL },
  { "word-at-the-end", "a,b\n", "1.50,2\n", 40, "x,3\n", 3, NULL },
  { "word-missing-at-the-end", "a,b\n", "1.50,2\n", 40, "NA,?\n", 1, NULL },
  { "categories", "a,b\n", "red,1\nblue,2\n", 40, "green,3\n", 1, NULL },
  { "texts-of-a-kind", "a\n", "one\ntwo\nthree\n", 30, "NA\nnone\n", 1, NULL },
  { "nothing-first", "a,b\n", ",1\n", 40, "x,1\n2,2\n", 3, NULL },
  { "nothing-at-all", "a,b\n", ",1\n", 40, "", 1, NULL },
  { "missing-then-word", "a,b\n", "NA,1\n", 40, "x,1\n", 3, NULL },
  { "missing-then-number", "a,b\n", "none,1\n", 40, "5,1\n", 3, NULL },
  { "nothing-but-none", "a,b\n", "none,1\n", 40, "", 3, NULL },
  { "codes", "c\n", "BR\nDE\nNA\nUS\nFR\n", 5, "IT\nES\nPT\nAT\nCH\nBE\nNL\nNA\n", 2, NULL },
  { "yes-no", "a,b\n", "yes,1\nno,2\n", 30, "", 1, NULL },
  { "yes-no-broken", "a,b\n", "yes,1\nno,2\n", 30, "perhaps,3\n", 2, NULL },
  { "yes-no-spelled", "a,b\n", "yes,1\nno,2\n", 30, "YES,1\nYES,1\nNO,2\n", 2, NULL },
  { "yes-only-first", "a,b\n", "yes,1\n", 30, "no,2\n", 2, NULL },
  { "dates", "d,b\n", "2024-03-01,1\n2024-03-02,2\n", 30, "", 1, NULL },
  { "dates-with-time-late", "d,b\n", "2024-03-01,1\n2024-03-02,2\n", 30, "2024-03-03 12:30,3\n", 2, NULL },
  { "dates-broken", "d,b\n", "2024-03-01,1\n2024-03-02,2\n", 30, "never,3\n", 2, NULL },
  { "dates-missing", "d,b\n", "2024-03-01,1\n2024-03-02,2\n", 30, "unknown,3\n", 2, NULL },
  { "day-or-month", "d,b\n", "01/02/2024,1\n02/02/2024,2\n", 20, "13/02/2024,3\n", 2, NULL },
  { "month-or-day", "d,b\n", "01/02/2024,1\n02/02/2024,2\n", 20, "02/13/2024,3\n", 2, NULL },
  { "prices", "p\n", "$1.50\n$2\n", 30, "$3\n", 1, NULL },
  { "prices-broken", "p\n", "$1.50\n$2\n", 30, "free\n", 2, NULL },
  { "dates-said", "d,b\n", "2024,1\n2023,2\n", 30, "2022,3\nlater,4\n", 2, "d" },
  { "separators-at-the-end", "a,b,\n", "1,2,\n", 30, "", 1, NULL },
  { "cell-without-a-name-late", "a,b,,\n", "1,2,,\n", 30, "1,2,3,\n", 2, NULL },
  { "twice-a-name", "a,a,\n", "1,2,3\n", 30, "x,4,5\n", 3, NULL },
  { "short-row", "a,b,c\n", "1,2,3\n", 30, "1,2\n4,5,6\n", 1, NULL },
  { "long-row", "a,b,c\n", "1,2,3\n", 30, "1,2,3,4\n4,5,6\n", 1, NULL },
  { "mostly-odd", "a,b,c\n", "1,2,3\n1,2\n1\n", 30, "", 1, NULL },
  { "quoted-lines", "a,b\n", "\"x\ny\",1\n\"say \"\"hi\"\"\",2\n", 20, "\"p,q\",3\n", 1, NULL },
  { "never-closed", "a,b\n", "x,1\n", 30, "\"x,1\n", 1, NULL },
  { "control-character", "a,b\n", "x,1\n", 30, "y\001,2\n", 1, NULL },
  { "latin-1-late", "a,b\n", "x,1\n", 30, "S\xE3o Paulo,2\nBel\xE9m,3\n", 2, NULL },
  { "no-header", "", "1,2\n3,4\n", 30, "", 1, NULL },
  { "semicolons", "a;b\n", "1,5;x\n2,25;y\n", 30, "", 1, NULL },
  { "blanks", "a b\n", "1 2\n3 4\n", 30, "", 1, NULL },
  { "comments", "# nothing\na,b\n", "1,2\n\n# none\n", 30, "3,4", 1, NULL },
  { "header-only", "a,b\n", "", 0, "", 1, NULL },
  { "empty", "", "", 0, "", 1, NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *of = data;
  g_autoptr(GString) text = g_string_new (of->head);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr(json_t) kinds = of->date != NULL ? json_pack ("{s:s}", of->date, "date") : NULL;
  int fd = g_file_open_tmp ("camadas-XXXXXX.csv", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  for (guint i = 0; i < of->n; i++)
    g_string_append (text, of->line);
  g_string_append (text, of->tail);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, &error));
  compare (path, kinds, of->most_passes);
  g_remove (path);
}

/* Files as people have them. */
static void
test_messy (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("CAM_TEST_DATA"), "messy", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *lower = g_ascii_strdown (name, -1);

      /* Prose comes as one table. */
      if (g_file_test (path, G_FILE_TEST_IS_DIR) || g_str_has_suffix (lower, ".txt") || g_str_has_suffix (lower, ".md"))
        continue;
      compare (path, NULL, 3);
      n++;
    }
  g_assert_cmpuint (n, >, 5);
}

/* More than are kept to guess by; under the sanitizers each takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#define MANY_LEVELS 66000
#define N_TAILS 2
#else
#define MANY_LEVELS 90000
#define N_TAILS 3
#endif

/* More different texts than are remembered: what comes after them still counts, and memory does not grow. */
static void
test_many_levels (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new ("when,who\n");
  g_autoptr(CamCsvResult) whole = NULL;
  Rows rows;
  CamRowSink sink = { begin_cb, take_cb, NULL, NULL, &rows };
  int fd = g_file_open_tmp ("camadas-XXXXXX.csv", &path, &error);

  g_close (fd, NULL);
  for (guint i = 0; i < MANY_LEVELS; i++)
    g_string_append_printf (text, "2024-03-%02u %02u:%02u:%02u,name %u\n", 1 + i / 86400, i / 3600 % 24, i / 60 % 60, i % 60, i);
  for (guint late = 0; late < N_TAILS; late++)
    {
      static const char *const tails[] = { "", "2024-03-03 00:00:00.250,x\n", "soon,x\n" };
      g_autoptr(GString) cells = g_string_new (NULL);

      g_string_append (text, tails[late]);
      g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, &error));
      whole = cam_csv_read (path, NULL, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      for (gsize row = 0; row < cam_table_get_n_rows (whole->table); row++)
        {
          g_autofree char *line = dup_row (whole->table, row);

          g_string_append_printf (cells, "%s\n", line);
        }
      g_clear_pointer (&whole, cam_csv_result_free);
      rows_init (&rows, 0);
      g_assert_true (cam_csv_stream (path, NULL, 10000, &sink, NULL, NULL, NULL, &error));
      g_assert_true (g_str_equal (rows.cells->str, cells->str));
      g_assert_cmpuint (rows.n_begun, ==, late == 0 ? 1 : 2);
      rows_clear (&rows);
    }
  g_remove (path);
}

static gboolean
refuse_cb (gpointer    user_data,
           CamTable   *table,
           gsize       n_before,
           gboolean    is_last,
           GError    **error)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
  return FALSE;
}

/* The sink's error is the call's, and it is asked no more. */
static void
test_refused (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  Rows rows;
  CamRowSink sink = { begin_cb, refuse_cb, NULL, NULL, &rows };
  int fd = g_file_open_tmp ("camadas-XXXXXX.csv", &path, &error);

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "a,b\n1,2\n3,4\n5,6\n", -1, &error));
  rows_init (&rows, 0);
  g_assert_false (cam_csv_stream (path, NULL, 1, &sink, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_cmpuint (rows.n_begun, ==, 1);
  rows_clear (&rows);
  g_remove (path);
}

static void
test_cancelled (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Rows rows;
  CamRowSink sink = { begin_cb, take_cb, NULL, NULL, &rows };
  int fd = g_file_open_tmp ("camadas-XXXXXX.csv", &path, &error);

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "a,b\n1,2\n3,4\n5,6\n", -1, &error));
  g_cancellable_cancel (cancellable);
  rows_init (&rows, 0);
  g_assert_false (cam_csv_stream (path, NULL, 1, &sink, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  rows_clear (&rows);
  g_remove (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/dataset/csv-stream/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/dataset/csv-stream/messy", test_messy);
  g_test_add_func ("/dataset/csv-stream/many-levels", test_many_levels);
  g_test_add_func ("/dataset/csv-stream/refused", test_refused);
  g_test_add_func ("/dataset/csv-stream/cancelled", test_cancelled);

  return g_test_run ();
}
