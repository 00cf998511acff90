/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first "data" section for a table that nobody has set up: a likely target or several, identifiers and texts left out, numbers scaled; images, series and texts by what they
 * look like (cam-propose-form.c). */
#include <math.h>
#include <string.h>

#include "cam-propose-private.h"

/* A whole-number column with at most this many values, named or placed as a target, is taken for classes. */
#define MOST_CLASSES 20

/* With fewer rows a class, words are names rather than classes: no split has some of each. */
#define ROWS_PER_CLASS 3

/* A column of two values that nearly always has the same is a condition of the measurement rather than a question. */
#define LEAST_SHARE 0.05

/* These are asked for wherever they stand. */
static gboolean
is_target_name (const char *name)
{
  static const char *const names[] = { "target", "class", "label", "y", "diagnosis", "species", "outcome", "survived", "classe", "alvo", "rotulo", "rótulo", "desfecho", NULL };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_strv_contains (names, lower);
}

/* “rented_bike_count”, “Price”: amounts that are mostly asked for, though now and then they are what another is told from. */
static gboolean
is_amount_name (const char *name)
{
  static const char *const words[] = { "count", "cnt", "price", "cost", "sales", "demand", "target", "label", "outcome", "contagem", "preço", "preco", "custo", "vendas", "demanda", "alvo", NULL };
  g_autofree char *lower = g_utf8_strdown (name, -1);
  char *last = lower + strlen (lower);

  while (last > lower && (g_ascii_isalnum (last[-1]) || (guchar) last[-1] >= 0x80))
    last--;

  return g_strv_contains (words, last);
}

gboolean
cam_propose_can_be_target (const CamTable *table,
                           guint           column)
{
  CamColumnSummary summary;

  if (cam_table_get_kind (table, column) == CAM_COLUMN_TEXT || cam_table_get_kind (table, column) == CAM_COLUMN_DATE)
    return FALSE;
  cam_table_summarise (table, column, &summary);

  return summary.n_different > 1 &&
         (cam_column_kind_is_numeric (cam_table_get_kind (table, column)) || summary.n >= ROWS_PER_CLASS * summary.n_different);
}

static int
find_named_target (const CamTable *table)
{
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    if (is_target_name (cam_table_get_name (table, i)) && cam_propose_can_be_target (table, i))
      return (int) i;

  return -1;
}

/* Every value another one, whole numbers one after the other or a name of the sort: of no use to learn from. */
static gboolean
looks_like_identifier (const CamTable         *table,
                       guint                   column,
                       const CamColumnSummary *summary)
{
  g_autofree char *lower = g_ascii_strdown (cam_table_get_name (table, column), -1);
  gboolean named = g_str_equal (lower, "id") || g_str_has_suffix (lower, "_id") || g_str_equal (lower, "udi") || g_str_equal (lower, "index");

  return cam_column_kind_is_numeric (cam_table_get_kind (table, column))
    ? named && summary->n_different == MIN (summary->n, 10000)
    : summary->n > 20 && summary->n_different == summary->n;
}

/* Two values, one of them in all rows but a few. */
static gboolean
is_lopsided (const CamTable *table,
             guint           column)
{
  gboolean is_number = cam_table_get_kind (table, column) == CAM_COLUMN_NUMBER;
  gsize n = 0, n_like_first = 0;
  double first = 0.0;
  CamColumnSummary summary;

  cam_table_summarise (table, column, &summary);
  if (summary.n_different != 2)
    return FALSE;
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      double value = is_number ? cam_table_get_number (table, column, row) : cam_table_get_code (table, column, row);

      if (isnan (value) || (!is_number && value < 0))
        continue;
      first = n++ == 0 ? value : first;
      n_like_first += value == first;
    }

  return MIN (n_like_first, n - n_like_first) < LEAST_SHARE * (double) n;
}

static gboolean
is_name_of_rows (const CamTable *table,
                 guint           column)
{
  CamColumnSummary summary;

  cam_table_summarise (table, column, &summary);

  return looks_like_identifier (table, column, &summary);
}

/* By name; else the last column, as tables for learning are mostly laid out; where that is hardly a question, an amount, or the first column, as others are laid out. */
static guint
guess_target (const CamTable *table)
{
  const guint n = cam_table_get_n_columns (table);
  int named = find_named_target (table), amount = -1;
  guint first = n, last = n, n_amounts = 0;

  if (named >= 0)
    return (guint) named;
  for (guint i = 0; i < n; i++)
    if (cam_propose_can_be_target (table, i) && !is_name_of_rows (table, i))
      {
        last = i;
        if (is_lopsided (table, i))
          continue;
        first = first == n ? i : first;
        if (is_amount_name (cam_table_get_name (table, i)))
          {
            amount = (int) i;
            n_amounts++;
          }
      }
  if (last == n)
    return n - 1;
  /* In the middle of the table an amount may be a feature like any other. */
  if (n_amounts == 1 && ((guint) amount == first || (guint) amount == last || is_lopsided (table, last)))
    return (guint) amount;

  return is_lopsided (table, last) && first < n ? first : last;
}

gboolean
cam_propose_looks_like_classes (const CamTable         *table,
                                guint                   column,
                                const CamColumnSummary *summary)
{
  if (summary->n_different > MOST_CLASSES || summary->n_different < 2 || summary->n < 5 * summary->n_different)
    return FALSE;
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      double value = cam_table_get_number (table, column, row);

      if (value == value && value != (double) (gint64) value)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_zero_or_one (const CamTable *table,
                guint           column)
{
  gboolean has[2] = { FALSE, FALSE };

  if (cam_table_get_n_missing (table, column) > 0)
    return FALSE;
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      double value = cam_table_get_number (table, column, row);

      if (value != 0.0 && value != 1.0)
        return FALSE;
      has[(int) value] = TRUE;
    }

  return has[0] && has[1];
}

/* “parcel_1”, “parcel_2”: the same but for digits at the end. */
static gboolean
are_alike (const char *a,
           const char *b)
{
  gsize n = strlen (a), m = strlen (b);

  while (n > 0 && g_ascii_isdigit (a[n - 1]))
    n--;
  while (m > 0 && g_ascii_isdigit (b[m - 1]))
    m--;

  return n == m && strncmp (a, b, n) == 0 && a[n] != '\0' && b[m] != '\0';
}

/* The first of several columns of 0 and 1 at the end that are labels: two or more named alike, or three of any name where others are more; the number of columns: none are. */
static guint
find_labels (const CamTable *table)
{
  guint n = cam_table_get_n_columns (table), first = n, alike;

  while (first > 0 && is_zero_or_one (table, first - 1))
    first--;
  alike = n - 1;
  while (alike > first && are_alike (cam_table_get_name (table, alike - 1), cam_table_get_name (table, n - 1)))
    alike--;
  if (n - alike >= 2 && alike >= first && alike > 0)
    return alike;

  return n - first >= 3 && first > n - first ? first : n;
}

static void
propose_column (const CamTable *table,
                guint           column,
                gboolean        is_target,
                gboolean        is_label,
                json_t         *columns)
{
  const char *name = cam_table_get_name (table, column);
  CamColumnKind kind = cam_table_get_kind (table, column);
  CamColumnSummary summary;

  if (is_label)
    {
      json_object_set_new (columns, name, json_pack ("{s:s, s:s}", "role", "target", "kind", "number"));
      return;
    }
  cam_table_summarise (table, column, &summary);
  if (is_target)
    {
      gboolean classes = !cam_column_kind_is_numeric (kind) || cam_propose_looks_like_classes (table, column, &summary);

      json_object_set_new (columns, name, json_pack ("{s:s, s:s}", "role", "target", "kind", classes ? "category" : "number"));
    }
  /* A date as it stands says nothing about rows of another time. */
  else if (kind == CAM_COLUMN_TEXT || kind == CAM_COLUMN_DATE || summary.n == 0 || looks_like_identifier (table, column, &summary))
    json_object_set_new (columns, name, json_pack ("{s:s}", "role", "ignored"));
  else if (summary.n_missing > 0)
    json_object_set_new (columns, name, json_pack ("{s:s}", "missing", cam_column_kind_is_numeric (kind) ? "mean" : "most_frequent"));
}

json_t *
cam_dataset_propose (const CamTable *table)
{
  json_t *data = cam_propose_image (table), *columns;
  guint target, first_label;

  if (data == NULL)
    data = cam_propose_series (table);
  if (data == NULL)
    data = cam_propose_text (table);
  if (data != NULL)
    return data;

  columns = json_object ();
  target = guess_target (table);
  first_label = find_named_target (table) < 0 ? find_labels (table) : cam_table_get_n_columns (table);
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    propose_column (table, i, i == target && first_label == cam_table_get_n_columns (table), i >= first_label, columns);

  return json_pack ("{s:o, s:{s:s}}", "columns", columns, "preparation", "scaling", "standard");
}
