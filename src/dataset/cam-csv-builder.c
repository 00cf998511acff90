/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder: rows of fields become columns. Each column begins as numbers; the first text makes it a column of texts, and where numbers had been read before that
 * the file is read once more with this known, so that no cell loses its spelling. */
#include "cam-csv-builder-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Characters of a cell in a message. */
#define SHOWN      40
/* Odd rows up to here may still be the few at the head of a large file. */
#define FEW_ODD    20

static void
clear_slot (gpointer data)
{
  cam_column_free (((CamCsvSlot *) data)->column);
}

static gboolean
is_number (const CamCsvBuilder *self,
           const char          *text,
           gsize                length,
           double              *value,
           gboolean            *is_exact)
{
  return cam_csv_number (text, length, self->dialect->decimal, self->dialect->thousands, value, is_exact);
}

CamCsvBuilder *
cam_csv_builder_new (const char          *path,
                     const CamCsvDialect *dialect,
                     const json_t        *kinds,
                     GHashTable          *known_texts)
{
  CamCsvBuilder *self = g_new0 (CamCsvBuilder, 1);
  gboolean is_exact;
  double value;

  self->path = g_strdup (path);
  self->dialect = cam_csv_dialect_copy (dialect);
  self->kinds = json_incref ((json_t *) kinds);
  self->known_texts = known_texts;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->slots = g_array_new (FALSE, TRUE, sizeof (CamCsvSlot));
  g_array_set_clear_func (self->slots, clear_slot);
  self->found = (CamCsvFound) { self->dialect, g_ptr_array_new_with_free_func (g_free), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0 };
  self->most_rows = self->offered_rows = G_MAXSIZE;
  self->in_header = dialect->has_header != 0;
  for (guint i = 0; dialect->missing != NULL && dialect->missing[i] != NULL; i++)
    self->has_codes = self->has_codes || is_number (self, dialect->missing[i], strlen (dialect->missing[i]), &value, &is_exact);

  return self;
}

void
cam_csv_builder_free (CamCsvBuilder *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  cam_csv_dialect_free (self->dialect);
  json_decref (self->kinds);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->names);
  g_array_unref (self->slots);
  g_ptr_array_unref (self->found.notes);
  g_hash_table_unref (self->found.missing);
  g_free (self);
}

gsize
cam_csv_builder_get_n_rows (const CamCsvBuilder *self)
{
  return self->n_given + self->n_rows - self->n_kept;
}

void
cam_csv_builder_set_most_rows (CamCsvBuilder *self,
                               gsize          most_rows)
{
  self->most_rows = most_rows;
}

gboolean
cam_csv_builder_is_full (const CamCsvBuilder *self)
{
  return self->n_rows >= self->most_rows;
}

void
cam_csv_builder_add_note (CamCsvBuilder *self,
                          char          *text)
{
  g_ptr_array_add (self->found.notes, text);
}

static void G_GNUC_PRINTF (2, 3)
note (CamCsvBuilder *self,
      const char    *format,
      ...)
{
  va_list args;

  if (self->found.notes->len >= CAM_CSV_MOST_NOTES)
    return;
  va_start (args, format);
  g_ptr_array_add (self->found.notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Names the columns, each in its own way, and opens a slot for each. */
static void
add_name (CamCsvBuilder *self,
          const char    *given)
{
  guint place = self->names->len + 1;
  g_autofree char *stem = *given != 0 ? g_strdup (given) : g_strdup_printf ("column_%u", place);
  char *name = g_strdup (stem);
  CamCsvSlot slot = { 0 };
  const char *kind;
  guint n;

  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->taken, stem));
  if (n > 0)
    {
      while (g_hash_table_contains (self->taken, name))
        {
          g_free (name);
          name = g_strdup_printf ("%s_%u", stem, ++n);
        }
      g_hash_table_insert (self->taken, g_strdup (stem), GUINT_TO_POINTER (n));
    }
  if (*given != 0)
    self->n_named = place;
  if (!g_str_equal (name, stem))
    note (self, _("The name “%s” stands twice; column %u is called “%s”."), stem, place, name);
  g_ptr_array_add (self->names, name);
  g_hash_table_insert (self->taken, g_strdup (name), GUINT_TO_POINTER (1));

  kind = json_string_value (json_object_get (self->kinds, name));
  slot.forced = kind != NULL;
  slot.is_unnamed = *given == 0;
  if (kind != NULL)
    slot.reading = g_str_equal (kind, "number") ? CAM_CSV_NUMBERS : CAM_CSV_TEXTS;
  else if (g_hash_table_contains (self->known_texts, name))
    slot.reading = CAM_CSV_TEXTS;
  if (slot.reading != CAM_CSV_UNDECIDED)
    slot.column = cam_column_new (name, slot.reading == CAM_CSV_NUMBERS ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);
  g_array_append_val (self->slots, slot);
}

static void
add_missing (CamCsvBuilder *self,
             CamCsvSlot          *slot)
{
  if (slot->reading == CAM_CSV_UNDECIDED)
    slot->n_leading++;
  else if (slot->reading == CAM_CSV_NUMBERS)
    cam_column_add_number (slot->column, self->n_rows, NAN, TRUE);
  else
    cam_column_add_missing_text (slot->column);
}

static void
decide (CamCsvBuilder *self,
        CamCsvSlot          *slot,
        guint          column,
        CamCsvReading  reading)
{
  slot->reading = reading;
  slot->column = cam_column_new (g_ptr_array_index (self->names, column), reading == CAM_CSV_NUMBERS ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);
  for (gsize row = 0; row < slot->n_leading; row++)
    if (reading == CAM_CSV_NUMBERS)
      cam_column_add_number (slot->column, row, NAN, TRUE);
    else
      cam_column_add_missing_text (slot->column);
}

/* As much of a cell as a message can show. */
static char *
dup_start (const char *text,
           gsize       length)
{
  gsize n = 0;

  for (guint i = 0; i < SHOWN && n < length; i++)
    n += (gsize) (g_utf8_next_char (text + n) - (text + n));

  return g_strdup_printf ("%.*s%s", (int) n, text, n < length ? "…" : "");
}

/* A text where numbers, or spellings of "missing", came before: from the start again, as texts, unless the caller insists on numbers. */
static void
disappoint (CamCsvBuilder *self,
            const CamCsvSlot    *slot,
            guint          column,
            guint64        line,
            const char    *text,
            gsize          length)
{
  const char *name = g_ptr_array_index (self->names, column);
  g_autofree char *start = NULL;
  char *why = NULL;

  if (slot->forced ? self->found.notes->len >= CAM_CSV_MOST_NOTES : g_hash_table_contains (self->known_texts, name))
    return;

  start = dup_start (text, length);
  if (slot->forced)
    {
      note (self, _("Line %" PRIu64 ", column “%s”: “%s” is no number and counts as missing."), line, name, start);
      return;
    }
  if (slot->reading == CAM_CSV_NUMBERS)
    why = g_strdup_printf (_("Column “%s” is no column of numbers: line %" PRIu64 " has “%s”."), name, line, start);
  g_hash_table_insert (self->known_texts, g_strdup (name), why);
}

/* Where the caller insists on numbers, "23.1 %" is one. */
static gboolean
is_signed_number (const CamCsvBuilder *self,
                  const char          *text,
                  gsize                length,
                  double              *value)
{
  char copy[SHOWN];
  int sign;

  memcpy (copy, text, length);
  copy[length] = 0;

  return cam_csv_number_signed (self->dialect, copy, value, &sign);
}

static void
add_field (CamCsvBuilder *self,
           CamCsvSlot          *slot,
           guint          column,
           guint64        line,
           const char    *text,
           gsize          length)
{
  gboolean is_exact = TRUE;
  double value = NAN;
  float packed;

  if (length == 0)
    {
      add_missing (self, slot);
      return;
    }
  if (slot->reading == CAM_CSV_TEXTS)
    {
      cam_column_add_text (slot->column, text, length);
      return;
    }

  if (self->has_codes && cam_csv_is_missing (self->dialect, text, length, FALSE))
    {
      cam_csv_found_missing (&self->found, text, length);
      add_missing (self, slot);
    }
  else if (is_number (self, text, length, &value, &is_exact))
    {
      if (slot->reading == CAM_CSV_UNDECIDED)
        decide (self, slot, column, CAM_CSV_NUMBERS);
      cam_column_add_number (slot->column, self->n_rows, value, is_exact);
    }
  else if (cam_csv_is_missing (self->dialect, text, length, FALSE))
    {
      /* Whether "NA" is a missing number or a word is open until something else comes. */
      if (slot->reading == CAM_CSV_UNDECIDED)
        {
          slot->found_missing = TRUE;
          slot->found_word = slot->found_word || !cam_csv_is_missing (self->dialect, text, length, TRUE);
        }
      cam_csv_found_missing (&self->found, text, length);
      add_missing (self, slot);
    }
  else if (slot->reading == CAM_CSV_UNDECIDED && !slot->found_missing)
    {
      decide (self, slot, column, CAM_CSV_TEXTS);
      cam_column_add_text (slot->column, text, length);
    }
  else if (slot->forced && length < SHOWN && is_signed_number (self, text, length, &value))
    cam_column_add_number (slot->column, self->n_rows, value, cam_pack (value, &packed));
  else
    {
      disappoint (self, slot, column, line, text, length);
      add_missing (self, slot);
    }
}

static gboolean
on_field (gpointer      user_data,
          guint         column,
          guint64       line,
          const char   *text,
          gsize         length,
          gboolean      is_quoted,
          GError      **error)
{
  CamCsvBuilder *self = user_data;

  if (self->in_header)
    {
      g_autofree char *name = g_strndup (text, length);

      g_strstrip (name);
      add_name (self, name);
      return TRUE;
    }

  /* Without a header the first row tells how many columns there are. */
  if (!self->has_names && column >= self->slots->len)
    add_name (self, "");
  if (column < self->slots->len)
    add_field (self, &g_array_index (self->slots, CamCsvSlot, column), column, line, text, length);
  else
    self->has_more = self->has_more || length > 0;

  return TRUE;
}

static gboolean
on_number (gpointer user_data,
           guint    column,
           double   value,
           gboolean is_exact)
{
  CamCsvBuilder *self = user_data;
  CamCsvSlot *slot = &g_array_index (self->slots, CamCsvSlot, column);

  if (self->in_header || column >= self->slots->len || slot->reading != CAM_CSV_NUMBERS || self->has_codes)
    return FALSE;
  cam_column_add_number (slot->column, self->n_rows, value, is_exact);

  return TRUE;
}

static gboolean
fail_ragged (const CamCsvBuilder  *self,
             guint                 n_fields,
             guint64               line,
             gboolean              most,
             GError              **error)
{
  const char *hint = most ? _(", and most rows are like it; is the separator another one?") : "";

  g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX, _("line %" PRIu64 ", column %u: the row has %u fields instead of %u%s"),
               line, MIN (n_fields, self->slots->len) + 1, n_fields, self->slots->len, hint);

  return FALSE;
}

static char *
describe_odd (const CamCsvBuilder *self,
              guint                n_fields,
              guint64              line)
{
  if (n_fields > self->slots->len)
    return g_strdup_printf (_("Line %" PRIu64 " has %u fields instead of %u; the last were left out."), line, n_fields, self->slots->len);

  return g_strdup_printf (_("Line %" PRIu64 " has %u fields instead of %u; the rest counts as missing."), line, n_fields, self->slots->len);
}

static gboolean
check_ragged (CamCsvBuilder  *self,
              guint           n_fields,
              guint64         line,
              GError        **error)
{
  if (!self->dialect->allow_ragged)
    return fail_ragged (self, n_fields, line, FALSE, error);
  if (self->n_odd++ == 0)
    {
      self->odd_line = line;
      self->odd_fields = n_fields;
    }
  if (self->n_odd > FEW_ODD && self->n_odd > cam_csv_builder_get_n_rows (self) / 2)
    return fail_ragged (self, self->odd_fields, self->odd_line, TRUE, error);

  if (self->found.notes->len < CAM_CSV_MOST_NOTES)
    cam_csv_builder_add_note (self, describe_odd (self, n_fields, line));

  return TRUE;
}

static gboolean
on_row (gpointer   user_data,
        guint      n_fields,
        guint64    line,
        GError   **error)
{
  CamCsvBuilder *self = user_data;

  if (self->in_header)
    {
      self->in_header = FALSE;
      self->has_names = TRUE;
      return TRUE;
    }

  if (!self->has_names)
    self->n_named = n_fields;
  self->has_names = TRUE;
  /* Separators that end a line, here or in the header, make no row odd. */
  if ((self->has_more || n_fields < self->n_named) && !check_ragged (self, n_fields, line, error))
    return FALSE;
  self->has_more = FALSE;
  for (guint column = n_fields; column < self->slots->len; column++)
    add_missing (self, &g_array_index (self->slots, CamCsvSlot, column));
  self->n_rows++;

  return cam_csv_builder_offer (self, error) && self->n_rows < self->most_rows;
}

guint
cam_csv_builder_get_n_columns (const CamCsvBuilder *self)
{
  return self->slots->len;
}

gsize
cam_csv_builder_get_n_odd (const CamCsvBuilder *self)
{
  return self->n_odd;
}

char *
cam_csv_builder_describe_odd (const CamCsvBuilder *self)
{
  return self->n_odd > 0 ? describe_odd (self, self->odd_fields, self->odd_line) : NULL;
}

const CamCsvEvents cam_csv_builder_events = { on_field, on_row, on_number, NULL };

gboolean
cam_csv_builder_must_reread (const CamCsvBuilder *self,
                             GHashTable          *known_texts)
{
  gboolean must = FALSE;

  for (guint i = 0; i < self->slots->len; i++)
    {
      const CamCsvSlot *slot = &g_array_index (self->slots, CamCsvSlot, i);
      const char *name = g_ptr_array_index (self->names, i);

      if (slot->forced || slot->reading == CAM_CSV_TEXTS)
        continue;
      /* Nothing but "none": a category of one. */
      if (slot->reading == CAM_CSV_UNDECIDED && slot->found_word && !g_hash_table_contains (known_texts, name))
        g_hash_table_insert (known_texts, g_strdup (name), NULL);
      must = must || g_hash_table_contains (known_texts, name);
    }

  return must;
}

guint
cam_csv_builder_count_used (const CamCsvBuilder *self)
{
  guint n = self->slots->len;

  if (self->dialect->has_header == 0)
    return n;
  while (n > self->n_named && n > 1 && g_array_index (self->slots, CamCsvSlot, n - 1).reading == CAM_CSV_UNDECIDED && !g_array_index (self->slots, CamCsvSlot, n - 1).found_missing)
    n--;

  return n;
}

/* Names that the header leaves open are told; unnamed columns at its end in which nothing stands are only separators. */
static void
settle_names (CamCsvBuilder *self)
{
  guint n = cam_csv_builder_count_used (self);

  if (self->dialect->has_header == 0)
    return;
  g_array_set_size (self->slots, n);
  for (guint i = 0; i < n; i++)
    if (g_array_index (self->slots, CamCsvSlot, i).is_unnamed)
      note (self, _("Column %u has no name; it is called “%s”."), i + 1, (char *) g_ptr_array_index (self->names, i));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char **
dup_sorted (GHashTable *set)
{
  GPtrArray *texts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    g_ptr_array_add (texts, g_strdup (text));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);

  return (char **) g_ptr_array_free (texts, FALSE);
}

gboolean
cam_csv_builder_check_end (CamCsvBuilder  *self,
                           GError        **error)
{
  gsize n_rows = cam_csv_builder_get_n_rows (self);

  if (self->slots->len == 0 || n_rows == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY,
                   self->slots->len == 0 ? _("the file is empty") : _("the file has a header but no rows"));
      return FALSE;
    }
  if (self->n_odd > 1 && self->n_odd > n_rows / 2)
    return fail_ragged (self, self->odd_fields, self->odd_line, TRUE, error);

  return TRUE;
}

gboolean
cam_csv_builder_finish (CamCsvBuilder  *self,
                        CamCsvResult   *result,
                        GError        **error)
{
  if (!cam_csv_builder_check_end (self, error))
    return FALSE;

  settle_names (self);
  result->table = cam_table_new ();
  for (guint i = 0; i < self->slots->len; i++)
    {
      CamCsvSlot *slot = &g_array_index (self->slots, CamCsvSlot, i);
      const char *name = g_ptr_array_index (self->names, i), *why = g_hash_table_lookup (self->known_texts, name);
      CamColumn *column;

      /* Nothing but missing values: a column of missing numbers. */
      if (slot->reading == CAM_CSV_UNDECIDED)
        decide (self, slot, i, CAM_CSV_NUMBERS);
      cam_column_trim (slot->column, self->n_rows);
      column = cam_csv_settle_column (&self->found, g_steal_pointer (&slot->column), self->n_rows, json_string_value (json_object_get (self->kinds, name)));
      if (why != NULL && (column->kind == CAM_COLUMN_CATEGORY || column->kind == CAM_COLUMN_TEXT))
        note (self, "%s", why);
      cam_table_add_column (result->table, column);
    }
  cam_table_set_n_rows (result->table, self->n_rows);
  result->notes = g_ptr_array_ref (self->found.notes);
  result->missing = dup_sorted (self->found.missing);
  result->n_odd_rows = self->n_odd;
  result->dialect = cam_csv_dialect_copy (self->dialect);
  if (result->dialect->dates == 0)
    result->dialect->dates = self->found.dates;

  return TRUE;
}
