/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli inspect: how a CSV file is read, and what is in its columns. */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#include "cam-cli-command.h"
#include "cam-cli-data.h"
#include "cam-cli-text.h"

#define MOST_LEVELS_SHOWN 4      /* in the table; JSON has up to MOST_LEVELS */
#define MOST_LEVELS 50
#define DIGITS 6

static const char *const kind_words[] = {
  [CAM_COLUMN_NUMBER] = N_("number"),
  [CAM_COLUMN_CATEGORY] = N_("category"),
  [CAM_COLUMN_TEXT] = N_("text"),
  [CAM_COLUMN_DATE] = N_("date"),
  [CAM_COLUMN_YES_NO] = N_("yes/no"),
};

/* JSON ---------------------------------------------------------------------------------------------------------------- */

/* Numbers as numbers, dates as ISO text. */
static json_t *
value_or_null (const CamTable *table,
               guint           column,
               double          value)
{
  g_autofree char *text = NULL;

  if (!isfinite (value))
    return json_null ();
  if (cam_table_get_kind (table, column) == CAM_COLUMN_NUMBER)
    return json_real (value);
  text = cam_table_dup_value (table, column, value);

  return json_string (text);
}

static json_t *
describe_column (const CamTable *table,
                 const json_t   *proposal,
                 guint           column)
{
  g_autoptr(json_t) settings = cam_dataset_column_settings (table, proposal, column);
  CamColumnKind kind = cam_table_get_kind (table, column);
  CamColumnSummary summary;
  json_t *json;

  cam_table_summarise (table, column, &summary);
  json = json_pack ("{s:s, s:s, s:O, s:I, s:I, s:I}", "name", cam_table_get_name (table, column), "kind", kind_words[kind],
                    "role", json_object_get (settings, "role"), "values", (json_int_t) summary.n, "missing", (json_int_t) summary.n_missing,
                    "different", (json_int_t) summary.n_different);
  if (cam_column_kind_is_numeric (kind))
    {
      json_object_set_new (json, "min", value_or_null (table, column, summary.min));
      json_object_set_new (json, "max", value_or_null (table, column, summary.max));
      json_object_set_new (json, "mean", value_or_null (table, column, summary.mean));
      json_object_set_new (json, "median", value_or_null (table, column, summary.median));
      /* Of dates in days. */
      json_object_set_new (json, "deviation", isfinite (summary.deviation) ? json_real (summary.deviation) : json_null ());
    }
  else if (cam_column_kind_is_category (kind))
    {
      json_t *levels = json_array ();

      for (guint i = 0; i < MIN (cam_table_get_n_levels (table, column), MOST_LEVELS); i++)
        json_array_append_new (levels, json_string (cam_table_get_level (table, column, i)));
      json_object_set_new (json, "levels", levels);
    }
  return json;
}

static void
print_json (const char         *path,
            const CamCsvResult *result,
            const json_t       *proposal)
{
  g_autofree char *shown = g_filename_display_name (path);
  json_t *columns = json_array (), *notes = json_array ();
  g_autoptr(json_t) json = NULL;
  g_autofree char *text = NULL;

  for (guint c = 0; c < cam_table_get_n_columns (result->table); c++)
    json_array_append_new (columns, describe_column (result->table, proposal, c));
  for (guint i = 0; i < result->notes->len; i++)
    json_array_append_new (notes, json_string (g_ptr_array_index (result->notes, i)));
  json = json_pack ("{s:s, s:I, s:o, s:o, s:o, s:I}", "file", shown, "rows", (json_int_t) cam_table_get_n_rows (result->table),
                    "dialect", cam_csv_dialect_to_json (result->dialect), "columns", columns, "notes", notes, "odd_rows", (json_int_t) result->n_odd_rows);
  text = cam_json_dump (json, FALSE);
  cam_cli_write (text, strlen (text));
  cam_cli_write ("\n", 1);
}

/* Text ---------------------------------------------------------------------------------------------------------------- */

static char *
format_value (const CamTable *table,
              guint           column,
              double          value)
{
  char buf[CAM_NUMBER_BUF];

  if (cam_table_get_kind (table, column) == CAM_COLUMN_DATE)
    return cam_table_dup_value (table, column, value);
  return g_strdup (isfinite (value) ? cam_number_format (buf, value, DIGITS) : "");
}

/* "M, B" or "setosa, versicolor, virginica, … (12)". */
static char *
list_levels (const CamTable *table,
             guint           column)
{
  GString *out = g_string_new (NULL);
  guint n = cam_table_get_n_levels (table, column);

  for (guint i = 0; i < MIN (n, MOST_LEVELS_SHOWN); i++)
    {
      g_autofree char *level = cam_cli_text_cut (cam_table_get_level (table, column, i), 20);

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", level);
    }
  if (n > MOST_LEVELS_SHOWN)
    g_string_append (out, ", …");
  return g_string_free (out, FALSE);
}

static void
add_column (CamCliTable    *rows,
            const CamTable *table,
            const json_t   *proposal,
            guint           column)
{
  g_autoptr(json_t) settings = cam_dataset_column_settings (table, proposal, column);
  CamColumnKind kind = cam_table_get_kind (table, column);
  g_autofree char *name = cam_cli_text_cut (cam_table_get_name (table, column), 40);
  g_autofree char *missing = NULL, *different = NULL, *min = NULL, *mean = NULL, *max = NULL, *levels = NULL;
  CamColumnSummary summary;

  cam_table_summarise (table, column, &summary);
  missing = cam_cli_text_count (summary.n_missing);
  different = cam_cli_text_count (summary.n_different);
  if (cam_column_kind_is_numeric (kind))
    {
      min = format_value (table, column, summary.min);
      mean = format_value (table, column, summary.mean);
      max = format_value (table, column, summary.max);
    }
  else if (cam_column_kind_is_category (kind))
    levels = list_levels (table, column);
  cam_cli_table_add (rows, name, _(kind_words[kind]), json_string_value (json_object_get (settings, "role")), missing, different,
                     min != NULL ? min : "", mean != NULL ? mean : "", max != NULL ? max : "", levels != NULL ? levels : "", NULL);
}

static void
print_text (const char         *path,
            const CamCsvResult *result,
            const json_t       *proposal)
{
  const CamTable *table = result->table;
  guint n_columns = cam_table_get_n_columns (table);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *dialect = cam_csv_dialect_describe (result->dialect);
  g_autofree char *n_rows = cam_cli_text_count (cam_table_get_n_rows (table));
  g_autofree char *columns = NULL;
  g_autoptr(CamCliTable) rows = cam_cli_table_new ("lllrrrrrl");

  g_print ("%s: ", shown);
  g_print (ngettext ("%s row", "%s rows", cam_table_get_n_rows (table)), n_rows);
  g_print (ngettext (" of %u column", " of %u columns", n_columns), n_columns);
  g_print (" · %s\n\n", dialect);

  cam_cli_table_add (rows, _("Column"), _("Kind"), _("Role"), _("Missing"), _("Different"), _("Min"), _("Mean"), _("Max"), _("Categories"), NULL);
  for (guint c = 0; c < n_columns; c++)
    add_column (rows, table, proposal, c);
  columns = cam_cli_table_format (rows, 0);
  g_print ("%s", columns);

  if (result->notes->len > 0)
    g_print ("\n%s\n", _("Noticed while reading:"));
  for (guint i = 0; i < result->notes->len; i++)
    {
      g_autofree char *note = cam_cli_text_clean (g_ptr_array_index (result->notes, i));

      g_print ("  %s\n", note);
    }
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  gboolean wants_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &wants_json, N_("One JSON object with file, rows, dialect, columns and notes"), NULL },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(json_t) proposal = NULL;
  GError *error = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 1, 1, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  result = cam_cli_read_csv (operands[0], NULL, &error);
  if (result == NULL)
    return cam_cli_fail (error);
  proposal = cam_dataset_propose (result->table);
  if (wants_json)
    print_json (operands[0], result, proposal);
  else
    print_text (operands[0], result, proposal);
  return CAM_CLI_DONE;
}

const CamCliCommand cam_cli_inspect = {
  .name = "inspect",
  .operands = "DATA.csv",
  .note = N_("Tell how a table is read: dialect, columns, kinds, missing values"),
  .help = N_("The role is what Camadas proposes for a column that nobody has set up: feature, target or ignored."),
  .run = run,
};
