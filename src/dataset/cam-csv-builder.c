/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The builder: rows of fields become columns. Each column begins as numbers; the first text makes it a column of texts, and where numbers had been read before that
 * the file is read once more with this known, so that no cell loses its spelling. */
#include "cam-csv-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_NOTES 100
/* A column of texts that hardly repeat is no category. */
#define MANY_LEVELS 64

typedef enum { UNDECIDED, NUMBERS, TEXTS } Reading;

typedef struct
{
  CamColumn *column;
  Reading    reading;
  gboolean   forced;          /* the caller said the kind */
  gboolean   found_text;      /* a number column in which a text came: read again */
  gsize      n_leading;       /* missing fields before the column was decided */
} Slot;

struct _CamCsvBuilder
{
  char          *path;
  CamCsvDialect *dialect;
  json_t        *kinds;
  GHashTable    *known_texts;   /* borrowed: names of columns to read as texts from the start */

  GPtrArray     *names;         /* char * */
  GArray        *slots;         /* Slot */
  gsize          n_rows;
  gboolean       has_names;
  gboolean       in_header;
  gsize          n_odd;
  GPtrArray     *notes;
};

static void
clear_slot (gpointer data)
{
  cam_column_free (((Slot *) data)->column);
}

CamCsvBuilder *
cam_csv_builder_new (const char          *path,
                     const CamCsvDialect *dialect,
                     const json_t        *kinds,
                     GHashTable          *known_texts)
{
  CamCsvBuilder *self = g_new0 (CamCsvBuilder, 1);

  self->path = g_strdup (path);
  self->dialect = cam_csv_dialect_copy (dialect);
  self->kinds = json_incref ((json_t *) kinds);
  self->known_texts = known_texts;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
  g_array_set_clear_func (self->slots, clear_slot);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->in_header = dialect->has_header != 0;

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
  g_ptr_array_unref (self->names);
  g_array_unref (self->slots);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

gsize
cam_csv_builder_get_n_rows (const CamCsvBuilder *self)
{
  return self->n_rows;
}

static void G_GNUC_PRINTF (2, 3)
note (CamCsvBuilder *self,
      const char    *format,
      ...)
{
  va_list args;

  if (self->notes->len >= MOST_NOTES)
    return;
  va_start (args, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
name_is_taken (const CamCsvBuilder *self,
               const char          *name)
{
  return g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL);
}

/* Names the columns, each in its own way, and opens a slot for each. */
static void
add_name (CamCsvBuilder *self,
          const char    *given)
{
  guint place = self->names->len + 1;
  g_autofree char *stem = *given != 0 ? g_strdup (given) : g_strdup_printf ("column_%u", place);
  char *name = g_strdup (stem);
  Slot slot = { 0 };
  const char *kind;

  for (guint n = 2; name_is_taken (self, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", stem, n);
    }
  if (self->dialect->has_header != 0 && *given == 0)
    note (self, _("Column %u has no name; it is called “%s”."), place, name);
  else if (!g_str_equal (name, stem))
    note (self, _("The name “%s” stands twice; column %u is called “%s”."), stem, place, name);
  g_ptr_array_add (self->names, name);

  kind = json_string_value (json_object_get (self->kinds, name));
  slot.forced = kind != NULL;
  if (kind != NULL)
    slot.reading = g_str_equal (kind, "number") ? NUMBERS : TEXTS;
  else if (g_hash_table_contains (self->known_texts, name))
    slot.reading = TEXTS;
  if (slot.reading != UNDECIDED)
    slot.column = cam_column_new (name, slot.reading == NUMBERS ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);
  g_array_append_val (self->slots, slot);
}

static void
add_missing (CamCsvBuilder *self,
             Slot          *slot)
{
  if (slot->reading == UNDECIDED)
    slot->n_leading++;
  else if (slot->reading == NUMBERS)
    cam_column_add_number (slot->column, self->n_rows, NAN, TRUE);
  else
    cam_column_add_missing_text (slot->column);
}

static void
decide (CamCsvBuilder *self,
        Slot          *slot,
        guint          column,
        Reading        reading)
{
  slot->reading = reading;
  slot->column = cam_column_new (g_ptr_array_index (self->names, column), reading == NUMBERS ? CAM_COLUMN_NUMBER : CAM_COLUMN_CATEGORY);
  for (gsize row = 0; row < slot->n_leading; row++)
    if (reading == NUMBERS)
      cam_column_add_number (slot->column, row, NAN, TRUE);
    else
      cam_column_add_missing_text (slot->column);
}

static void
add_field (CamCsvBuilder *self,
           Slot          *slot,
           guint          column,
           const char    *text,
           gsize          length,
           gboolean       is_quoted)
{
  gboolean is_exact = TRUE, is_number;
  double value = NAN;

  if (length == 0)
    {
      add_missing (self, slot);
      return;
    }
  if (slot->reading == TEXTS)
    {
      cam_column_add_text (slot->column, text, length);
      return;
    }

  is_number = cam_csv_number (text, length, self->dialect->decimal, self->dialect->thousands, &value, &is_exact);
  if (is_number)
    {
      if (slot->reading == UNDECIDED)
        decide (self, slot, column, NUMBERS);
      cam_column_add_number (slot->column, self->n_rows, value, is_exact);
    }
  else if (cam_csv_is_missing (self->dialect, text, length))
    {
      /* Whether "NA" is a missing number or a word is open until something else comes. */
      if (slot->reading == UNDECIDED)
        slot->found_text = TRUE;
      add_missing (self, slot);
    }
  else if (slot->reading == UNDECIDED && !slot->found_text)
    {
      decide (self, slot, column, TEXTS);
      cam_column_add_text (slot->column, text, length);
    }
  else
    {
      /* Numbers, or spellings of "missing", came before: from the start again, as texts. */
      if (!slot->forced)
        g_hash_table_add (self->known_texts, g_strdup (g_ptr_array_index (self->names, column)));
      else
        note (self, _("Row %" G_GSIZE_FORMAT ", column “%s”: “%.60s” is no number and counts as missing."),
              self->n_rows + 1, (char *) g_ptr_array_index (self->names, column), text);
      add_missing (self, slot);
    }
}

static gboolean
on_field (gpointer      user_data,
          guint         column,
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
    add_field (self, &g_array_index (self->slots, Slot, column), column, text, length, is_quoted);

  return TRUE;
}

static gboolean
check_ragged (CamCsvBuilder  *self,
              guint           n_fields,
              guint64         line,
              GError        **error)
{
  if (!self->dialect->allow_ragged)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX,
                   _("line %" G_GUINT64_FORMAT ", column %u: the row has %u fields instead of %u"),
                   line, MIN (n_fields, self->slots->len) + 1, n_fields, self->slots->len);
      return FALSE;
    }
  self->n_odd++;
  if (self->n_odd > 20 && self->n_odd > self->n_rows / 2)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_SYNTAX,
                   _("line %" G_GUINT64_FORMAT ", column %u: the row has %u fields instead of %u, as most rows so far; is the separator another one?"),
                   line, MIN (n_fields, self->slots->len) + 1, n_fields, self->slots->len);
      return FALSE;
    }

  if (n_fields > self->slots->len)
    note (self, _("Line %" G_GUINT64_FORMAT " has %u fields instead of %u; the last were left out."), line, n_fields, self->slots->len);
  else
    note (self, _("Line %" G_GUINT64_FORMAT " has %u fields instead of %u; the rest counts as missing."), line, n_fields, self->slots->len);

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

  self->has_names = TRUE;
  if (n_fields != self->slots->len && !check_ragged (self, n_fields, line, error))
    return FALSE;
  for (guint column = n_fields; column < self->slots->len; column++)
    add_missing (self, &g_array_index (self->slots, Slot, column));
  self->n_rows++;

  return TRUE;
}

const CamCsvEvents cam_csv_builder_events = { on_field, on_row, NULL };

gboolean
cam_csv_builder_must_reread (const CamCsvBuilder *self,
                             GHashTable          *known_texts)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      const Slot *slot = &g_array_index (self->slots, Slot, i);

      if (!slot->forced && slot->reading != TEXTS && g_hash_table_contains (known_texts, g_ptr_array_index (self->names, i)))
        return TRUE;
    }

  return FALSE;
}

/* Country codes and the like: all other levels are two capitals, as "NA" is. */
static gboolean
are_codes (const CamColumn *column)
{
  guint n_codes = 0, n = 0;

  for (guint i = 0; i < column->levels->len; i++)
    {
      const char *level = g_ptr_array_index (column->levels, i);

      n++;
      n_codes += strlen (level) == 2 && g_ascii_isupper (level[0]) && g_ascii_isupper (level[1]);
    }

  return n > 10 && n_codes > 0.9 * n;
}

/* Levels that spell "missing" become so; the others move up. */
static void
settle_missing (const CamCsvBuilder *self,
                CamColumn           *column)
{
  g_autofree gint32 *place = g_new (gint32, column->levels->len + 1);
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  gboolean codes = are_codes (column);

  for (guint i = 0; i < column->levels->len; i++)
    {
      char *level = g_ptr_array_index (column->levels, i);
      gboolean is_code = codes && g_str_equal (level, "NA");

      place[i] = -1;
      if (!is_code && cam_csv_is_missing (self->dialect, level, strlen (level)))
        continue;
      place[i] = (gint32) kept->len;
      g_ptr_array_add (kept, g_strdup (level));
    }
  if (kept->len == column->levels->len)
    return;

  for (guint row = 0; row < column->codes->len; row++)
    {
      gint32 *code = &g_array_index (column->codes, gint32, row);

      if (*code >= 0 && (*code = place[*code]) < 0)
        column->n_missing++;
    }
  g_ptr_array_unref (column->levels);
  column->levels = g_steal_pointer (&kept);
}

static void
settle_kind (const CamCsvBuilder *self,
             CamColumn           *column)
{
  const char *said = json_string_value (json_object_get (self->kinds, column->name));
  gsize n_present = self->n_rows - column->n_missing;

  if (column->kind == CAM_COLUMN_NUMBER)
    return;
  g_clear_pointer (&column->index, g_hash_table_unref);
  settle_missing (self, column);
  n_present = self->n_rows - column->n_missing;

  if (said != NULL)
    column->kind = g_str_equal (said, "text") ? CAM_COLUMN_TEXT : CAM_COLUMN_CATEGORY;
  else if (column->levels->len > MANY_LEVELS && column->levels->len > n_present / 2)
    column->kind = CAM_COLUMN_TEXT;
}

gboolean
cam_csv_builder_finish (CamCsvBuilder  *self,
                        CamCsvResult   *result,
                        GError        **error)
{
  if (self->slots->len == 0 || self->n_rows == 0)
    {
      g_set_error (error, CAM_DATASET_ERROR, CAM_DATASET_ERROR_EMPTY,
                   self->slots->len == 0 ? _("the file is empty") : _("the file has a header but no rows"));
      return FALSE;
    }

  result->table = cam_table_new ();
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      /* Nothing but missing values: a column of missing numbers. */
      if (slot->reading == UNDECIDED)
        decide (self, slot, i, NUMBERS);
      cam_column_trim (slot->column, self->n_rows);
      settle_kind (self, slot->column);
      cam_table_add_column (result->table, g_steal_pointer (&slot->column));
    }
  cam_table_set_n_rows (result->table, self->n_rows);
  result->notes = g_steal_pointer (&self->notes);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  result->n_odd_rows = self->n_odd;

  return TRUE;
}
