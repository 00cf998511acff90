/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of a CSV file as a value: copies, documents, and in words. */
#include "cam-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-csv-private.h"

/* What counts as missing in every column, but for "NA" among country codes. */
static const char *const usual_missing[] = {
  "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "-nan", "#N/A", "#NA", "NULL", "Null", "null", "?", "-", "--", ".", "k.A.", "k. A.", "n.a.", "N.A.", "(null)", "<NA>", NULL,
};

/* Among numbers these are missing ones; among words they may be answers ("none" of the above). */
static const char *const missing_among_numbers[] = { "None", "none", "NONE", "nil", "missing", "Missing", "MISSING", NULL };

CamCsvDialect *
cam_csv_dialect_new (void)
{
  CamCsvDialect *self = g_new0 (CamCsvDialect, 1);

  self->has_header = -1;
  self->allow_ragged = TRUE;

  return self;
}

CamCsvDialect *
cam_csv_dialect_copy (const CamCsvDialect *self)
{
  CamCsvDialect *copy = g_new (CamCsvDialect, 1);

  *copy = *self;
  copy->missing = g_strdupv (self->missing);
  copy->unusual = g_strdupv (self->unusual);

  return copy;
}

void
cam_csv_dialect_free (CamCsvDialect *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->missing);
  g_strfreev (self->unusual);
  g_free (self);
}

static gboolean
is_in (const char *const *list,
       const char        *text,
       gsize              length)
{
  for (guint i = 0; list[i] != NULL; i++)
    if (strlen (list[i]) == length && memcmp (list[i], text, length) == 0)
      return TRUE;

  return FALSE;
}

gboolean
cam_csv_is_missing (const CamCsvDialect *dialect,
                    const char          *text,
                    gsize                length,
                    gboolean             in_texts)
{
  if (length == 0)
    return TRUE;
  if (dialect->missing != NULL)
    return is_in ((const char *const *) dialect->missing, text, length);
  if (!in_texts && dialect->unusual != NULL && is_in ((const char *const *) dialect->unusual, text, length))
    return TRUE;

  return is_in (usual_missing, text, length) || (!in_texts && is_in (missing_among_numbers, text, length));
}

static void
set_char (json_t     *json,
          const char *key,
          char        value)
{
  const char text[2] = { value, 0 };

  if (value > 1)
    json_object_set_new (json, key, json_string (text));
}

static const char *const date_words[] = { "day-first", "month-first", "none", NULL };
static const char date_values[] = { CAM_CSV_DAY_FIRST, CAM_CSV_MONTH_FIRST, CAM_CSV_NO_DATES };

static guint
get_date_place (char dates)
{
  guint place = 0;

  while (place + 1 < G_N_ELEMENTS (date_values) && date_values[place] != dates)
    place++;

  return place;
}

static void
set_size (json_t     *json,
          const char *key,
          guint       size)
{
  if (size > 0)
    json_object_set_new (json, key, json_integer (size));
}

json_t *
cam_csv_dialect_to_json (const CamCsvDialect *self)
{
  json_t *json = json_object ();

  if (*self->encoding != 0)
    json_object_set_new (json, "encoding", json_string (self->encoding));
  set_char (json, "separator", self->separator);
  if (self->quote == 1)
    json_object_set_new (json, "quote", json_null ());
  set_char (json, "quote", self->quote);
  set_char (json, "decimal", self->decimal);
  set_char (json, "thousands", self->thousands);
  set_char (json, "comment", self->comment);
  if (self->has_header >= 0)
    json_object_set_new (json, "header", json_boolean (self->has_header));
  if (self->skip_lines > 0)
    json_object_set_new (json, "skip_lines", json_integer (self->skip_lines));
  if (!self->allow_ragged)
    json_object_set_new (json, "ragged", json_false ());
  if (self->dates != 0)
    json_object_set_new (json, "dates", json_string (date_words[get_date_place (self->dates)]));
  if (self->form == CAM_CSV_LINES || self->form == CAM_CSV_CHARACTERS)
    json_object_set_new (json, "characters", json_boolean (self->form == CAM_CSV_CHARACTERS));
  set_size (json, "height", self->height);
  set_size (json, "width", self->width);
  set_size (json, "channels", self->channels);
  if (self->missing != NULL)
    {
      json_t *list = json_array ();

      for (guint i = 0; self->missing[i] != NULL; i++)
        json_array_append_new (list, json_string (self->missing[i]));
      json_object_set_new (json, "missing", list);
    }

  return json;
}

/* One character out of @allowed. */
static gboolean
get_char (const json_t  *json,
          const char    *key,
          const char    *allowed,
          char          *value,
          GError       **error)
{
  const char *text = NULL;

  if (!cam_json_get_string (json, key, "data, dialect", FALSE, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (strlen (text) != 1 || strchr (allowed, *text) == NULL)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("data, dialect: “%s” must be one character out of %s"), key, allowed);
      return FALSE;
    }
  *value = *text;

  return TRUE;
}

static gboolean
get_missing (const json_t   *json,
             CamCsvDialect  *self,
             GError        **error)
{
  json_t *list = NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!cam_json_get_array (json, "missing", "data, dialect", FALSE, &list, error))
    return FALSE;
  if (list == NULL)
    return TRUE;

  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const char *text = json_string_value (json_array_get (list, i));

      if (text == NULL)
        {
          g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("data, dialect: “missing” must be a list of texts"));
          return FALSE;
        }
      g_ptr_array_add (texts, g_strdup (text));
    }
  g_ptr_array_add (texts, NULL);
  self->missing = (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);

  return TRUE;
}

static gboolean
get_dates (const json_t   *json,
           CamCsvDialect  *self,
           GError        **error)
{
  const char *word = NULL;

  if (!cam_json_get_string (json, "dates", "data, dialect", FALSE, &word, error))
    return FALSE;
  for (guint i = 0; word != NULL && date_words[i] != NULL; i++)
    if (g_str_equal (date_words[i], word))
      {
        self->dates = date_values[i];
        return TRUE;
      }
  if (word == NULL)
    return TRUE;

  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("data, dialect: “dates” is “%s”; it must be one of day-first, month-first, none"), word);
  return FALSE;
}

json_t *
cam_csv_dialect_schema (void)
{
  static const char *const texts[] = { "encoding", "separator", "decimal", "thousands", "comment" };
  static const char *const bools[] = { "header", "ragged", "characters" };
  static const char *const sizes[] = { "height", "width", "channels" };
  json_t *properties = json_pack ("{s:{s:[s,s]}, s:{s:s, s:i}, s:{s:s, s:{s:s}}, s:{s:[s,s,s]}}", "quote", "type", "string", "null",
                                  "skip_lines", "type", "integer", "minimum", 0, "missing", "type", "array", "items", "type", "string",
                                  "dates", "enum", date_words[0], date_words[1], date_words[2]);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_new (properties, texts[i], json_pack ("{s:s}", "type", "string"));
  for (guint i = 0; i < G_N_ELEMENTS (bools); i++)
    json_object_set_new (properties, bools[i], json_pack ("{s:s}", "type", "boolean"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    json_object_set_new (properties, sizes[i], json_pack ("{s:s, s:i}", "type", "integer", "minimum", 1));

  return json_pack ("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0, "properties", properties);
}

CamCsvDialect *
cam_csv_dialect_from_json (const json_t  *json,
                           GError       **error)
{
  static const char *const keys[] = {
    "encoding", "separator", "quote", "decimal", "thousands", "comment", "header", "skip_lines", "ragged", "missing", "dates", "characters", "height", "width", "channels", NULL,
  };
  g_autoptr(CamCsvDialect) self = cam_csv_dialect_new ();
  const json_t *quote = json_object_get (json, "quote");
  const char *encoding = "";
  gboolean header = -1, ragged = TRUE, characters = -1;
  gint64 skip = 0, height = 0, width = 0, channels = 0;

  if (!cam_json_check_keys (json, keys, "data, dialect", error) ||
      !cam_json_get_string (json, "encoding", "data, dialect", FALSE, &encoding, error) ||
      !get_char (json, "separator", ",;\t| ", &self->separator, error) ||
      !(json_is_null (quote) || get_char (json, "quote", "\"'", &self->quote, error)) ||
      !get_char (json, "decimal", ".,", &self->decimal, error) ||
      !get_char (json, "thousands", ".,' ", &self->thousands, error) ||
      !get_char (json, "comment", "#%;!", &self->comment, error) ||
      !cam_json_get_bool (json, "header", "data, dialect", FALSE, &header, error) ||
      !cam_json_get_int (json, "skip_lines", "data, dialect", FALSE, 0, 1000000, &skip, error) ||
      !cam_json_get_bool (json, "ragged", "data, dialect", FALSE, &ragged, error) ||
      !cam_json_get_bool (json, "characters", "data, dialect", FALSE, &characters, error) ||
      !cam_json_get_int (json, "height", "data, dialect", FALSE, 1, CAM_CSV_MOST_SIDE, &height, error) ||
      !cam_json_get_int (json, "width", "data, dialect", FALSE, 1, CAM_CSV_MOST_SIDE, &width, error) ||
      !cam_json_get_int (json, "channels", "data, dialect", FALSE, 1, 3, &channels, error) ||
      !get_dates (json, self, error) || !get_missing (json, self, error))
    return NULL;

  if (json_is_null (quote))
    self->quote = 1;
  g_strlcpy (self->encoding, encoding, sizeof self->encoding);
  self->has_header = header;
  self->allow_ragged = ragged;
  self->skip_lines = (guint) skip;
  self->height = (guint) height;
  self->width = (guint) width;
  self->channels = (guint) channels;
  /* Whoever names a separator means a table. */
  self->form = characters >= 0 ? (characters ? CAM_CSV_CHARACTERS : CAM_CSV_LINES) : self->separator != 0 ? CAM_CSV_TABLE : CAM_CSV_FORM_GUESS;

  return g_steal_pointer (&self);
}

/* As it is written where people read it; files keep the name that is registered. */
static const char *
get_encoding_word (const char *encoding)
{
  static const struct { const char *name, *word; } words[] = {
    { "WINDOWS-1252", "Windows-1252" }, { "WINDOWS-1251", "Windows-1251" }, { "ISO-8859-1", "Latin-1" }, { "UTF-16LE", "UTF-16 LE" }, { "UTF-16BE", "UTF-16 BE" },
    { "SHIFT_JIS", "Shift-JIS" }, { "BIG5", "Big5" }, { "MACINTOSH", "Mac Roman" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (encoding, words[i].name) == 0)
      return words[i].word;

  return encoding;
}

char *
cam_csv_dialect_describe (const CamCsvDialect *self)
{
  const char *separator = self->form == CAM_CSV_LINES ? _("a row a line") : self->form == CAM_CSV_CHARACTERS ? _("a row a character") : self->separator == ';' ? _("semicolon") : self->separator == '\t' ? _("tab") : self->separator == '|' ? _("pipe")
                        : self->separator == ' ' ? _("blanks") : _("comma");
  const char *decimal = self->decimal == ',' ? _("decimal comma") : _("decimal point");

  if (self->form == CAM_CSV_IDX && self->height == 0)
    return g_strdup (_("IDX file"));
  if (self->form == CAM_CSV_IDX)
    return g_strdup_printf (self->channels == 3 ? _("IDX pictures, %u × %u, colour") : _("IDX pictures, %u × %u"), self->width, self->height);
  if (self->form == CAM_CSV_PICTURES)
    return g_strdup_printf (self->channels == 3 ? _("pictures, %u × %u, colour") : _("pictures, %u × %u, grey"), self->width, self->height);
  if (self->form == CAM_CSV_LINES || self->form == CAM_CSV_CHARACTERS)
    return g_strdup_printf ("%s, %s", separator, get_encoding_word (self->encoding));

  /* translators: separator, encoding and decimal mark of a file */
  return g_strdup_printf (_("%s, %s, %s"), separator, get_encoding_word (self->encoding), decimal);
}

void
cam_csv_write_field (GString    *out,
                     const char *text,
                     char        separator)
{
  const char special[] = { separator, '"', '\n', '\r', 0 };

  if (strpbrk (text, special) == NULL && *text != ' ' && (*text == 0 || text[strlen (text) - 1] != ' '))
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *c = text; *c != 0; c++)
    {
      if (*c == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}
