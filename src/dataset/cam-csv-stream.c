/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows in stretches; cam-csv-stream.h. The builder reads as it does for a whole table, and is emptied whenever enough rows have come. What a column of texts is hangs on all of its
 * levels: it is decided from those of the first stretch, which are enough for most files, and again from all when the end is reached. */
#include "cam-csv-stream.h"

#include <string.h>

#include "cam-csv-pass.h"
#include "cam-csv-settle.h"

/* What is remembered of a column of texts. */
#define MOST_LEVELS 65536
#define MOST_BYTES  (8 * 1024 * 1024)

typedef struct
{
  CamColumn     *levels;        /* of all stretches so far; no rows. NULL: no text has come */
  GArray        *counts;        /* gsize: how often each stands there */
  gsize          n_bytes;
  gsize          n_present;     /* rows */
  gboolean       may_break;     /* nobody said the kind */
  gboolean       is_full;       /* there are more levels, which can only break what these say */
  CamCsvSettled  at_limit;      /* that, and what became of it */

  CamCsvSettled  settled;       /* as the rows are read */
  gboolean       is_settled;
} Seen;

typedef struct
{
  CamCsvPass        pass;       /* first: what is handed on is this */
  gsize             n_rows;
  const CamRowSink *sink;

  CamCsvBuilder    *builder;
  GHashTable       *known_texts;
  guint             n_known;    /* of these, when this way through the file began */
  GArray           *seen;       /* Seen, one a column */
  guint             n_columns;  /* that count; 0: not known yet */
  CamCsvFound       found;
} Stream;

static void
forget_levels (Seen *self)
{
  g_clear_pointer (&self->levels, cam_column_free);
  g_clear_pointer (&self->counts, g_array_unref);
  self->n_bytes = self->n_present = 0;
  self->is_full = FALSE;
  cam_csv_settled_clear (&self->at_limit);
}

static void
clear_seen (gpointer data)
{
  Seen *self = data;

  forget_levels (self);
  cam_csv_settled_clear (&self->settled);
}

static const char *
get_kind (const Stream *self,
          guint         column)
{
  return json_string_value (json_object_get (self->pass.kinds, cam_csv_builder_get_name (self->builder, column)));
}

/* A level beyond those that are remembered. */
static void
see_another (const Stream *self,
             Seen         *seen,
             const char   *level)
{
  CamCsvSettled *at_limit = &seen->at_limit;
  CamDateDetail detail;
  double value;
  int sign;

  if (at_limit->kind == CAM_COLUMN_DATE && cam_date_parse (level, strlen (level), at_limit->form, &value, &detail, NULL))
    at_limit->detail = MAX (at_limit->detail, detail);
  else if (seen->may_break && !cam_csv_found_spells_missing (&self->found, level) &&
           (at_limit->kind == CAM_COLUMN_DATE || (at_limit->kind == CAM_COLUMN_NUMBER && !cam_csv_number_signed (self->pass.dialect, level, &value, &sign))))
    *at_limit = (CamCsvSettled) { .kind = CAM_COLUMN_CATEGORY, .has_codes = at_limit->has_codes };
}

/* The number of a level among all; −1: it is not remembered. */
static gint32
see_level (const Stream *self,
           Seen         *seen,
           const char   *level)
{
  gsize length = strlen (level), zero = 0;
  gint32 code = GPOINTER_TO_INT (g_hash_table_lookup (seen->levels->index, level)) - 1;

  if (code >= 0)
    return code;
  if (seen->is_full)
    {
      see_another (self, seen, level);
      return -1;
    }
  seen->n_bytes += length;
  g_array_append_val (seen->counts, zero);

  return cam_column_add_level (seen->levels, level, length);
}

static void
settle (Stream        *self,
        guint          column,
        CamCsvSettled *settled)
{
  Seen *seen = &g_array_index (self->seen, Seen, column);

  if (!seen->is_full)
    {
      cam_csv_settled_init (settled, &self->found, seen->levels, (const gsize *) (gconstpointer) seen->counts->data, seen->n_present, get_kind (self, column));
      return;
    }
  *settled = seen->at_limit;
  for (guint i = 0; i < G_N_ELEMENTS (settled->words); i++)
    settled->words[i] = g_strdup (seen->at_limit.words[i]);
}

/* What stands in the new rows of a column of texts, which is still as it was read. */
static void
see_rows (Stream          *self,
          guint            at,
          const CamColumn *column,
          gsize            first,
          gsize            n_rows)
{
  Seen *seen = &g_array_index (self->seen, Seen, at);
  g_autofree gint32 *map = g_new (gint32, column->levels->len + 1);

  if (seen->levels == NULL)
    {
      seen->levels = cam_column_new (column->name, CAM_COLUMN_CATEGORY);
      seen->counts = g_array_new (FALSE, FALSE, sizeof (gsize));
    }
  for (guint i = 0; i < column->levels->len; i++)
    map[i] = see_level (self, seen, g_ptr_array_index (column->levels, i));
  for (gsize row = first; row < n_rows; row++)
    {
      gint32 code = g_array_index (column->codes, gint32, row);

      seen->n_present += code >= 0;
      if (code >= 0 && map[code] >= 0)
        g_array_index (seen->counts, gsize, map[code])++;
    }
  if (!seen->is_settled)
    {
      settle (self, at, &seen->settled);
      seen->is_settled = TRUE;
    }
  if (!seen->is_full && (seen->levels->levels->len >= MOST_LEVELS || seen->n_bytes >= MOST_BYTES))
    {
      settle (self, at, &seen->at_limit);
      seen->is_full = TRUE;
      seen->may_break = get_kind (self, at) == NULL;
    }
}

static CamColumn *
copy_texts (const CamColumn *column)
{
  CamColumn *copy = cam_column_new (column->name, column->kind);

  for (guint i = 0; i < column->levels->len; i++)
    g_ptr_array_add (copy->levels, g_strdup (g_ptr_array_index (column->levels, i)));
  g_array_append_vals (copy->codes, column->codes->data, column->codes->len);
  copy->n_missing = column->n_missing;

  return copy;
}

/* The columns as they are given out. @raw keeps those as they were read that rows may be put back from. */
static CamTable *
make_table (Stream    *self,
            GPtrArray *raw,
            gsize      n_rows)
{
  CamTable *table = cam_table_new ();

  for (guint i = 0; i < raw->len; i++)
    {
      CamColumn *column = g_ptr_array_index (raw, i);

      if (column->kind != CAM_COLUMN_NUMBER)
        {
          if (self->sink->keep != NULL)
            column = copy_texts (column);
          column = cam_csv_settled_apply (&g_array_index (self->seen, Seen, i).settled, &self->found, column);
        }
      cam_table_add_column (table, column);
    }
  cam_table_set_n_rows (table, n_rows);

  return table;
}

static void
free_raw (const Stream *self,
          GPtrArray    *raw)
{
  for (guint i = 0; i < raw->len && self->sink->keep != NULL; i++)
    {
      CamColumn *column = g_ptr_array_index (raw, i);

      if (column->kind != CAM_COLUMN_NUMBER)
        cam_column_free (column);
    }
  g_ptr_array_unref (raw);
}

/* @raw: not given out, as the file will be read again. */
static void
drop_raw (GPtrArray *raw)
{
  g_ptr_array_set_free_func (raw, (GDestroyNotify) (void (*) (void)) cam_column_free);
  g_ptr_array_unref (raw);
}

/* What the builder has, looked at. */
static GPtrArray *
take_raw (Stream *self,
          gsize  *n_rows,
          gsize  *n_kept)
{
  GPtrArray *raw;

  if (self->n_columns == 0)
    self->n_columns = cam_csv_builder_count_used (self->builder);
  raw = cam_csv_builder_take (self->builder, self->n_columns, n_rows, n_kept);
  g_array_set_size (self->seen, MAX (self->seen->len, self->n_columns));
  for (guint i = 0; i < raw->len; i++)
    {
      const CamColumn *column = g_ptr_array_index (raw, i);

      if (column->kind != CAM_COLUMN_NUMBER)
        see_rows (self, i, column, *n_kept, *n_rows);
    }

  return raw;
}

/* Takes @raw. */
static gboolean
give (Stream     *self,
      GPtrArray  *raw,
      gsize       n_rows,
      gsize       n_kept,
      gboolean    is_last,
      GError    **error)
{
  CamTable *table = make_table (self, raw, n_rows);
  gboolean ok = self->sink->take (self->sink->user_data, table, n_kept, is_last, error);

  if (ok && !is_last && self->sink->keep != NULL)
    {
      gsize n_again = 0;
      g_autofree gsize *again = self->sink->keep (self->sink->user_data, table, &n_again);

      cam_csv_builder_put_back (self->builder, raw, again, n_again);
    }
  free_raw (self, raw);
  cam_table_unref (table);

  return ok;
}

/* A column of numbers has shown a word: the file must be read again, and what comes is of no use. */
static gboolean
is_in_vain (const Stream *self)
{
  return g_hash_table_size (self->known_texts) > self->n_known;
}

static gboolean
offered_cb (gpointer   user_data,
            GError   **error)
{
  Stream *self = user_data;
  gsize n_rows, n_kept;
  GPtrArray *raw = take_raw (self, &n_rows, &n_kept);

  if (!is_in_vain (self))
    return give (self, raw, n_rows, n_kept, FALSE, error);
  drop_raw (raw);

  return TRUE;
}

/* Each column as all of the file says that it is. FALSE: rows were given out as something else. */
static gboolean
settle_all (Stream *self,
            guint   n_columns)
{
  gboolean same = self->n_columns == n_columns;

  self->n_columns = n_columns;
  self->found.dates = 0;
  for (guint i = 0; i < MIN (n_columns, self->seen->len); i++)
    {
      Seen *seen = &g_array_index (self->seen, Seen, i);
      CamCsvSettled now;

      if (seen->levels == NULL)
        continue;
      settle (self, i, &now);
      same = same && cam_csv_settled_equal (&now, &seen->settled);
      cam_csv_settled_clear (&seen->settled);
      seen->settled = now;
    }

  return same;
}

/* Once through the file. *is_done: it need not be read again. */
static gboolean
read_once (Stream    *self,
           gboolean  *is_done,
           GError   **error)
{
  gsize n_rows, n_kept;
  GPtrArray *raw;
  guint n_columns;

  self->n_known = g_hash_table_size (self->known_texts);
  for (guint i = 0; i < self->seen->len; i++)
    forget_levels (&g_array_index (self->seen, Seen, i));
  self->found.dates = 0;
  cam_csv_builder_set_offered (self->builder, self->n_rows, offered_cb, self);
  if (!self->sink->begin (self->sink->user_data, error) || !cam_csv_pass_read_all (&self->pass, self->builder, error) ||
      !cam_csv_builder_check_end (self->builder, error))
    return FALSE;

  n_columns = cam_csv_builder_count_used (self->builder);
  *is_done = !cam_csv_builder_must_reread (self->builder, self->known_texts);
  raw = take_raw (self, &n_rows, &n_kept);
  *is_done = settle_all (self, n_columns) && *is_done;
  if (!*is_done)
    {
      drop_raw (raw);
      return TRUE;
    }
  if (!give (self, raw, n_rows, n_kept, TRUE, error))
    return FALSE;
  if (self->sink->odd != NULL && cam_csv_builder_get_n_odd (self->builder) > 0)
    {
      g_autofree char *first = cam_csv_builder_describe_odd (self->builder);

      self->sink->odd (self->sink->user_data, cam_csv_builder_get_n_odd (self->builder), first);
    }

  return TRUE;
}

static CamCsvResult *
stream_table (CamCsvPass  *pass,
              GError     **error)
{
  Stream *self = (Stream *) pass;
  gboolean is_done = FALSE, ok = TRUE;
  CamCsvResult *result;

  self->known_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->seen = g_array_new (FALSE, TRUE, sizeof (Seen));
  g_array_set_clear_func (self->seen, clear_seen);
  self->n_columns = 0;
  self->found = (CamCsvFound) { pass->dialect, g_ptr_array_new_with_free_func (g_free), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0 };

  while (ok && !is_done)
    {
      self->builder = cam_csv_builder_new (pass->path, pass->dialect, pass->kinds, self->known_texts);
      ok = read_once (self, &is_done, error);
      cam_csv_builder_free (self->builder);
    }

  g_hash_table_unref (self->known_texts);
  g_array_unref (self->seen);
  g_ptr_array_unref (self->found.notes);
  g_hash_table_unref (self->found.missing);
  if (!ok)
    return NULL;
  result = g_new0 (CamCsvResult, 1);
  result->dialect = cam_csv_dialect_copy (pass->dialect);

  return result;
}

static gboolean
take_whole (const CamRowSink  *sink,
            CamTable          *table,
            GError           **error)
{
  return sink->begin (sink->user_data, error) && sink->take (sink->user_data, table, 0, TRUE, error);
}

static CamCsvResult *
stream_any (CamCsvPass  *pass,
            GError     **error)
{
  CamCsvResult *result;

  if (pass->dialect->form == CAM_CSV_TABLE)
    return stream_table (pass, error);

  result = cam_csv_pass_read_prose (pass, error);
  if (result != NULL && !take_whole (((Stream *) pass)->sink, result->table, error))
    g_clear_pointer (&result, cam_csv_result_free);

  return result;
}

gboolean
cam_csv_stream (const char        *path,
                const json_t      *kinds,
                gsize              n_rows,
                const CamRowSink  *sink,
                CamCsvProgress     progress,
                gpointer           user_data,
                GCancellable      *cancellable,
                GError           **error)
{
  Stream self = { .pass = { .path = path, .kinds = kinds, .most_rows = G_MAXSIZE, .progress = progress, .user_data = user_data, .cancellable = cancellable },
                  .n_rows = n_rows, .sink = sink };
  g_autoptr(CamCsvResult) result = NULL;

  g_return_val_if_fail (path != NULL && n_rows > 0, FALSE);

  self.pass.dialect = cam_csv_dialect_new ();
  result = cam_csv_pass_read (&self.pass, stream_any, error);

  return result != NULL;
}
