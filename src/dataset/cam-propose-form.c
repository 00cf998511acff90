/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a special form: images, series, texts. */
#include <math.h>
#include <string.h>

#include "cam-propose-private.h"

/* With fewer rows there are hardly windows to learn from, and rows in order may be so by chance. */
#define LEAST_SERIES_ROWS 60

/* Of which one comes next: so many at most, in windows of so many bytes together. */
#define MOST_NEXT_LEVELS 256
#define MOST_WINDOW_BYTES (96 * 1024 * 1024)

/* A text that is to be read word by word has so many on average; with fewer it is a name. */
#define LEAST_WORDS 4

static gboolean
is_numeric (const CamTable *table,
            guint           column)
{
  return cam_column_kind_is_numeric (cam_table_get_kind (table, column));
}

/* Images -------------------------------------------------------------------------------------------------------- */

/* “p0_0”, “p00”, “pixel7”: a name that ends in its place. */
static gboolean
is_pixel_name (const char *name)
{
  gsize n = strlen (name);

  return n > 1 && g_ascii_isdigit (name[n - 1]);
}

json_t *
cam_propose_image (const CamTable *table)
{
  guint height, width, channels, n = cam_table_get_n_columns (table), n_pixels = 0;
  int target = -1;
  json_t *columns, *data;

  if (!cam_table_get_image (table, &height, &width, &channels))
    return NULL;
  for (guint i = 0; i < n; i++)
    if (is_numeric (table, i) && is_pixel_name (cam_table_get_name (table, i)) && cam_table_get_n_missing (table, i) == 0)
      n_pixels++;
    else if (target < 0 && cam_propose_can_be_target (table, i))
      target = (int) i;
  if (n_pixels != height * width * channels)
    return NULL;

  columns = json_object ();
  for (guint i = 0; i < n; i++)
    if ((int) i == target)
      {
        CamColumnSummary summary;
        gboolean classes;

        cam_table_summarise (table, i, &summary);
        classes = !is_numeric (table, i) || cam_propose_looks_like_classes (table, i, &summary);
        json_object_set_new (columns, cam_table_get_name (table, i), json_pack ("{s:s, s:s}", "role", "target", "kind", classes ? "category" : "number"));
      }
    else if (!is_numeric (table, i) || !is_pixel_name (cam_table_get_name (table, i)))
      json_object_set_new (columns, cam_table_get_name (table, i), json_pack ("{s:s}", "role", "ignored"));

  data = json_pack ("{s:o, s:{s:i, s:i, s:i}}", "columns", columns, "image", "height", (int) height, "width", (int) width, "channels", (int) channels);
  /* What comes back has to be in reach of an activation. */
  if (target < 0)
    {
      json_object_set_new (data, "task", json_string ("autoencoder"));
      json_object_set_new (data, "preparation", json_pack ("{s:s}", "scaling", "min-max"));
    }

  return data;
}

/* Series -------------------------------------------------------------------------------------------------------- */

static gboolean
is_time_name (const char *name)
{
  static const char *const names[] = { "year", "month", "week", "day", "date", "time", "timestamp", "t", "ano", "mês", "mes", "semana", "dia", "data", "tempo", "jahr", "datum", "zeit", NULL };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_strv_contains (names, lower);
}

/* Rising from row to row: the typical step, from the middle of the table; 0: it does not rise. */
static double
find_step (const CamTable *table,
           guint           column)
{
  gsize n = cam_table_get_n_rows (table);
  double before = -INFINITY;

  if (!is_numeric (table, column) || n < LEAST_SERIES_ROWS || (cam_table_get_kind (table, column) != CAM_COLUMN_DATE && !is_time_name (cam_table_get_name (table, column))))
    return 0.0;
  for (gsize row = 0; row < n; row++)
    {
      double value = cam_table_get_number (table, column, row);

      if (!(value > before))
        return 0.0;
      before = value;
    }

  return cam_table_get_number (table, column, n / 2) - cam_table_get_number (table, column, n / 2 - 1);
}

/* A round of the seasons, as far as the step tells; @step in days where there is a date. */
static guint
choose_length (double   step,
               gboolean is_date,
               gsize    n_rows)
{
  guint length = 24;

  if (is_date && step > 6.5 && step < 7.5)
    length = 52;
  else if (is_date && step > 0.9 && step < 1.1)
    length = 28;
  else if (is_date && step > 27.0 && step < 32.0)
    length = 24;

  return (guint) CLAMP (n_rows / 10, 4, length);
}

/* Values that the last third has and the others never come near: they cannot be told from what they were, but from what they were last. */
static gboolean
has_trend (const CamTable *table,
           guint           column)
{
  gsize n = cam_table_get_n_rows (table), counts[2] = { 0, 0 };
  double sums[2] = { 0.0, 0.0 }, squares = 0.0, deviation;

  for (gsize row = 0; row < n; row++)
    {
      double value = cam_table_get_number (table, column, row);
      guint late = row >= n * 2 / 3;

      if (isnan (value))
        continue;
      sums[late] += value;
      squares += late == 0 ? value * value : 0.0;
      counts[late]++;
    }
  if (counts[0] == 0 || counts[1] == 0)
    return FALSE;
  deviation = sqrt (MAX (0.0, squares / (double) counts[0] - sums[0] / (double) counts[0] * (sums[0] / (double) counts[0])));

  return fabs (sums[1] / (double) counts[1] - sums[0] / (double) counts[0]) > 1.5 * deviation;
}

/* The column by which all rows rise, where every other is a number; −1: there is none. */
static int
find_order (const CamTable *table,
            double         *step)
{
  guint n = cam_table_get_n_columns (table);
  int order = -1;

  for (guint i = 0; i < n && order < 0; i++)
    {
      *step = find_step (table, i);
      if (*step > 0.0)
        order = (int) i;
    }
  for (guint i = 0; i < n; i++)
    if (order >= 0 && (int) i != order && cam_table_get_kind (table, i) != CAM_COLUMN_NUMBER)
      return -1;

  return n > 1 ? order : -1;
}

/* One column alone: what comes next in it. Windows of its classes as inputs are large, so that there are only as many as fit. */
static json_t *
propose_alone (const CamTable *table)
{
  const gboolean is_number = is_numeric (table, 0);
  const gsize n_rows = cam_table_get_n_rows (table), n_levels = is_number ? 1 : cam_table_get_n_levels (table, 0);
  const guint length = is_number ? choose_length (0.0, FALSE, n_rows) : (guint) CLAMP (n_rows / 10, 4, 20);
  const gsize stride = n_rows * length * n_levels * sizeof (float) / MOST_WINDOW_BYTES + 1;
  json_t *column, *sequence;

  if (n_rows < LEAST_SERIES_ROWS || cam_table_get_kind (table, 0) == CAM_COLUMN_TEXT || !cam_propose_can_be_target (table, 0) || (!is_number && n_levels > MOST_NEXT_LEVELS))
    return NULL;

  column = json_pack ("{s:s}", "role", "target");
  if (is_number)
    json_object_update_new (column, json_pack ("{s:s, s:s}", "kind", "number", "scaling", "standard"));
  if (cam_table_get_n_missing (table, 0) > 0)
    json_object_set_new (column, "missing", json_string ("previous"));
  sequence = json_pack ("{s:i, s:i}", "length", (int) length, "horizon", 1);
  if (stride > 1)
    json_object_set_new (sequence, "stride", json_integer ((json_int_t) stride));
  if (is_number && has_trend (table, 0))
    json_object_set_new (sequence, "relative", json_true ());

  return json_pack ("{s:{s:o}, s:o}", "columns", cam_table_get_name (table, 0), column, "sequence", sequence);
}

json_t *
cam_propose_series (const CamTable *table)
{
  double step = 0.0;
  int order = find_order (table, &step), target = -1;
  guint n = cam_table_get_n_columns (table);
  gsize n_rows = cam_table_get_n_rows (table);
  json_t *columns, *sequence;
  CamColumnSummary summary;

  if (n == 1)
    return propose_alone (table);
  for (guint i = 0; order >= 0 && i < n; i++)
    if ((int) i != order && cam_propose_can_be_target (table, i))
      target = (int) i;
  if (target < 0)
    return NULL;
  cam_table_summarise (table, (guint) target, &summary);
  if (summary.n < n_rows / 2 || cam_propose_looks_like_classes (table, (guint) target, &summary))
    return NULL;

  columns = json_object ();
  for (guint i = 0; i < n; i++)
    {
      json_t *entry = json_object ();

      if ((int) i == order)
        json_object_set_new (entry, "role", json_string ("ignored"));
      else if ((int) i == target)
        json_object_update_new (entry, json_pack ("{s:s, s:s, s:s}", "role", "target", "kind", "number", "scaling", "standard"));
      if ((int) i != order && cam_table_get_n_missing (table, i) > 0)
        json_object_set_new (entry, "missing", json_string ("previous"));
      if (json_object_size (entry) > 0)
        json_object_set (columns, cam_table_get_name (table, i), entry);
      json_decref (entry);
    }
  sequence = json_pack ("{s:i, s:i, s:s}", "length", (int) choose_length (step, cam_table_get_kind (table, (guint) order) == CAM_COLUMN_DATE, n_rows), "horizon", 1,
                        "order", cam_table_get_name (table, (guint) order));
  if (has_trend (table, (guint) target))
    json_object_set_new (sequence, "relative", json_true ());

  return json_pack ("{s:o, s:{s:s}, s:o}", "columns", columns, "preparation", "scaling", "standard", "sequence", sequence);
}

/* Texts ---------------------------------------------------------------------------------------------------------- */

/* Words in the cells, on average. */
static double
count_words (const CamTable *table,
             guint           column)
{
  gsize n = cam_table_get_n_rows (table), n_words = 0, step = n / 1000 + 1, n_cells = 0;

  for (gsize row = 0; row < n; row += step)
    {
      char buf[40];
      const char *text = cam_cell_level (table, column, row, buf);

      for (; text != NULL && *text != '\0'; text++)
        n_words += !g_ascii_isspace (*text) && (text[1] == '\0' || g_ascii_isspace (text[1]));
      n_cells++;
    }

  return n_cells > 0 ? (double) n_words / (double) n_cells : 0.0;
}

json_t *
cam_propose_text (const CamTable *table)
{
  guint n = cam_table_get_n_columns (table), n_numbers = 0;
  int text = -1, target = -1;
  json_t *columns = NULL;

  for (guint i = 0; i < n; i++)
    {
      CamColumnSummary summary;

      if (cam_table_get_kind (table, i) == CAM_COLUMN_TEXT)
        {
          if (text < 0 && cam_table_get_n_missing (table, i) * 10 <= cam_table_get_n_rows (table) && count_words (table, i) >= LEAST_WORDS)
            text = (int) i;
          continue;
        }
      if (!cam_propose_can_be_target (table, i))
        continue;
      cam_table_summarise (table, i, &summary);
      if (!is_numeric (table, i) || cam_propose_looks_like_classes (table, i, &summary))
        target = (int) i;
      else
        n_numbers++;
    }
  /* Numbers besides say more, most often, and stand in the way of the words. */
  if (text < 0 || target < 0 || n_numbers > 0)
    return NULL;

  columns = json_object ();
  for (guint i = 0; i < n; i++)
    json_object_set_new (columns, cam_table_get_name (table, i),
                         (int) i == target ? json_pack ("{s:s, s:s}", "role", "target", "kind", "category")
                         : (int) i == text ? json_pack ("{s:s, s:s}", "role", "feature", "kind", "text")
                                           : json_pack ("{s:s}", "role", "ignored"));

  return json_pack ("{s:o, s:{s:i, s:i}}", "columns", columns, "text", "vocabulary", 10000, "length", (int) CLAMP (5.0 * ceil (0.4 * count_words (table, (guint) text)), 10.0, 200.0));
}
