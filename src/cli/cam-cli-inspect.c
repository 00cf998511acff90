/* SPDX-License-Identifier: GPL-3.0-or-later */
/* camadas-cli inspect: how a table is read, what is in its columns, and what the data doctor finds. */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-doctor.h>
#include <cam-number.h>

#include "cam-cli-command.h"
#include "cam-cli-data.h"
#include "cam-cli-text.h"

#define MOST_LEVELS_SHOWN 4      /* in the table; JSON has up to MOST_LEVELS */
#define MOST_LEVELS 50
#define MOST_EDITS_SHOWN 4
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

static json_t *
describe_finding (const CamFinding *finding)
{
  static const char *const severities[] = { [CAM_SEVERITY_ERROR] = "error", [CAM_SEVERITY_WARNING] = "warning", [CAM_SEVERITY_NOTE] = "note" };
  json_t *columns = json_array ();

  for (guint i = 0; finding->columns[i] != NULL; i++)
    json_array_append_new (columns, json_string (finding->columns[i]));

  return json_pack ("{s:s, s:s, s:s, s:s, s:o, s:b, s:s?, s:O?}", "id", finding->id, "severity", severities[finding->severity], "title", finding->title,
                    "reason", finding->reason, "columns", columns, "ignored", finding->is_ignored, "cure_title", finding->cure_title, "cure", finding->cure);
}

static void
print_json (const char         *path,
            const CamCsvResult *result,
            const json_t       *proposal,
            const GPtrArray    *findings)
{
  g_autofree char *shown = g_filename_display_name (path);
  json_t *columns = json_array (), *notes = json_array (), *found = json_array (), *first_row = json_array ();
  g_autoptr(json_t) json = NULL;
  g_autofree char *text = NULL;
  guint height, width, channels;

  for (guint c = 0; c < cam_table_get_n_columns (result->table); c++)
    {
      g_autofree char *cell = cam_table_dup_text (result->table, c, 0);

      json_array_append_new (columns, describe_column (result->table, proposal, c));
      json_array_append_new (first_row, json_string (cell));
    }
  for (guint i = 0; i < result->notes->len; i++)
    json_array_append_new (notes, json_string (g_ptr_array_index (result->notes, i)));
  for (guint i = 0; i < findings->len; i++)
    json_array_append_new (found, describe_finding (findings->pdata[i]));
  json = json_pack ("{s:s, s:I, s:o, s:o, s:o, s:o, s:I, s:o}", "file", shown, "rows", (json_int_t) cam_table_get_n_rows (result->table),
                    "dialect", cam_csv_dialect_to_json (result->dialect), "columns", columns, "first_row", first_row, "notes", notes, "odd_rows", (json_int_t) result->n_odd_rows,
                    "findings", found);
  if (cam_table_get_image (result->table, &height, &width, &channels))
    json_object_set_new (json, "image", json_pack ("{s:i, s:i, s:i}", "height", (int) height, "width", (int) width, "channels", (int) channels));
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

/* “data/columns/id/role = ignored”, one under the other; of many, the first few. */
static void
print_cure (const CamFinding *finding)
{
  const char *path;
  json_t *value;
  guint n = 0;

  json_object_foreach (finding->cure, path, value)
    if (n++ < MOST_EDITS_SHOWN)
      {
        g_autofree char *clean_path = cam_cli_text_clean (path);
        g_autofree char *word = json_is_string (value) ? cam_cli_text_clean (json_string_value (value)) : cam_json_dump (value, FALSE);

        g_print ("        %s = %s\n", clean_path, word);
      }
  if (n > MOST_EDITS_SHOWN)
    {
      g_print ("        ");
      g_print (ngettext ("and %u more", "and %u more", n - MOST_EDITS_SHOWN), n - MOST_EDITS_SHOWN);
      g_print ("\n");
    }
}

static void
print_findings (const GPtrArray *findings)
{
  static const char *const severities[] = { [CAM_SEVERITY_ERROR] = N_("error"), [CAM_SEVERITY_WARNING] = N_("warning"), [CAM_SEVERITY_NOTE] = N_("note") };

  g_print ("\n%s\n", findings->len > 0 ? _("The data doctor found:") : _("The data doctor found nothing amiss."));
  for (guint i = 0; i < findings->len; i++)
    {
      const CamFinding *finding = findings->pdata[i];
      g_autofree char *title = cam_cli_text_clean (finding->title), *reason = cam_cli_text_clean (finding->reason);

      if (finding->is_ignored)
        {
          /* translators: how grave a finding is, and what was found: “note, ignored: x has one value” */
          g_print (_("  %s, ignored: %s"), _(severities[finding->severity]), title);
          g_print ("\n      %s\n", reason);
        }
      else
        g_print ("  %s: %s\n      %s\n", _(severities[finding->severity]), title, reason);
      if (finding->cure != NULL && !finding->is_ignored)
        {
          g_print ("      ");
          g_print (_("Cure: %s"), finding->cure_title);
          g_print ("\n");
          print_cure (finding);
        }
    }
}

static void
print_text (const char         *path,
            const CamCsvResult *result,
            const json_t       *proposal,
            const GPtrArray    *findings)
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
  print_findings (findings);
}

/* As somebody has set it up, or as is proposed. */
static CamCsvResult *
read_table (const char     *file,
            const char     *document,
            CamExperiment **experiment,
            GError        **error)
{
  CamCsvResult *result;

  if (document != NULL)
    {
      *experiment = cam_cli_load_experiment (document, file, NULL, error);
      return *experiment != NULL ? cam_cli_read_table (*experiment, document, error) : NULL;
    }
  result = cam_cli_read_source (file, NULL, NULL, error);
  if (result != NULL)
    *experiment = cam_experiment_new_for_table (result->table, NULL, NULL, NULL);
  return result;
}

static CamCliExit
run (const CamCliCommand  *self,
     int                   argc,
     char                **argv)
{
  gboolean wants_json = FALSE;
  g_autofree char *document = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &wants_json, N_("One JSON object with file, rows, dialect, columns, notes and findings"), NULL },
    { "experiment", 0, 0, G_OPTION_ARG_FILENAME, &document, N_("Roles, split and ignored findings as this document has them"), "EXPERIMENT.json" },
    { NULL },
  };
  g_auto(GStrv) operands = NULL;
  g_autoptr(CamCsvResult) result = NULL;
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(json_t) settings = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  GError *error = NULL;
  CamCliParse parse = cam_cli_parse (self, entries, argc, argv, 1, 1, &operands);

  if (parse != CAM_CLI_GO_ON)
    return cam_cli_leave (parse);
  result = read_table (operands[0], document, &experiment, &error);
  if (result == NULL)
    return cam_cli_fail (error);
  settings = experiment != NULL ? json_deep_copy (cam_experiment_get_data (experiment)) : cam_dataset_propose (result->table);
  findings = cam_doctor_examine (result->table, settings, experiment != NULL ? cam_experiment_get_split (experiment) : NULL,
                                 experiment != NULL ? cam_experiment_peek (experiment, "fit") : NULL, NULL);
  if (wants_json)
    print_json (operands[0], result, settings, findings);
  else
    print_text (operands[0], result, settings, findings);
  return CAM_CLI_DONE;
}

const CamCliCommand cam_cli_inspect = {
  .name = "inspect",
  .operands = "DATA.csv",
  .note = N_("Tell how a table is read: dialect, columns, kinds, missing values, findings"),
  .help = N_("The role is what Camadas proposes for a column that nobody has set up, or what the experiment has: feature, target, group or ignored."),
  .run = run,
};
