/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The script's data: the file read as it was, each row in the part it has, columns prepared by the rules of the "data" section with statistics of the training rows. */
#include <cam-python.h>
#include <gio/gio.h>
#include <string.h>

#include "cam-keras-script-private.h"

/* A longer list of rows makes a script nobody reads: then the script splits by itself. */
#define MOST_LISTED_ROWS 50000

#define LINE_OF_CODES 96

typedef struct
{
  const char *name;
  json_t     *settings;      /* owned; as cam_dataset_column_settings() gives it */
} Column;

static void
column_free (Column *self)
{
  json_decref (self->settings);
  g_free (self);
}

static const char *
get_word (const Column *self,
          const char   *key)
{
  const char *word = json_string_value (json_object_get (self->settings, key));

  return word != NULL ? word : "";
}

static gboolean
is_word (const Column *self,
         const char   *key,
         const char   *word)
{
  return g_str_equal (get_word (self, key), word);
}

/* Columns of @role in the table's order. */
static GPtrArray *
find_columns (CamScriptWriter *self,
              const char      *role)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) column_free);
  const CamTable *table = cam_dataset_get_table (self->dataset);

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      Column *column = g_new0 (Column, 1);

      column->name = cam_table_get_name (table, i);
      column->settings = cam_dataset_column_settings (table, cam_experiment_get_data (self->experiment), i);
      if (is_word (column, "role", role))
        g_ptr_array_add (columns, column);
      else
        column_free (column);
    }

  return columns;
}

/* Targets stand in the order of the preparation, which is the document's. */
static GPtrArray *
find_targets (CamScriptWriter *self)
{
  g_autoptr(GPtrArray) found = find_columns (self, "target");
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) column_free);
  CamPreparation *steps = cam_dataset_get_preparation (self->dataset);

  for (guint t = 0; t < cam_preparation_get_n_targets (steps); t++)
    for (guint i = 0; i < found->len; i++)
      if (g_str_equal (((Column *) found->pdata[i])->name, cam_preparation_get_target_name (steps, t)))
        {
          g_ptr_array_add (targets, g_ptr_array_steal_index (found, i));
          break;
        }

  return targets;
}

/* Dates become numbers. */
static gboolean
is_numeric (const Column *self)
{
  return is_word (self, "kind", "number") || is_word (self, "kind", "date");
}

/* Reading ----------------------------------------------------------------------------------------------------------- */

static void
append_setting (GString    *out,
                const char *key,
                const char *text)
{
  g_string_append_printf (out, ", %s=", key);
  cam_python_text (out, text);
}

static void
append_character (GString    *out,
                  const char *key,
                  char        character)
{
  const char text[2] = { character, '\0' };

  append_setting (out, key, text);
}

static void
append_dialect (GString             *out,
                const CamCsvDialect *dialect)
{
  if (dialect == NULL)
    return;
  if (dialect->separator == ' ')
    append_setting (out, "sep", "\\s+");
  else if (dialect->separator != 0 && dialect->separator != ',')
    append_character (out, "sep", dialect->separator);
  if (dialect->decimal == ',')
    append_character (out, "decimal", ',');
  if (dialect->thousands != 0)
    append_character (out, "thousands", dialect->thousands);
  if (dialect->comment != 0)
    append_character (out, "comment", dialect->comment);
  if (*dialect->encoding != '\0' && !g_str_equal (dialect->encoding, "UTF-8"))
    append_setting (out, "encoding", dialect->encoding);
  if (dialect->skip_lines > 0)
    g_string_append_printf (out, ", skiprows=%u", dialect->skip_lines);
  if (dialect->has_header == 0)
    g_string_append (out, ", header=None");
}

static void
write_reading (CamScriptWriter *self,
               GPtrArray       *features,
               GPtrArray       *targets)
{
  const char *file = cam_experiment_get_file (self->experiment);
  g_autoptr(GString) kinds = g_string_new (NULL);

  for (guint i = 0; i < features->len + targets->len; i++)
    {
      const Column *column = i < features->len ? features->pdata[i] : targets->pdata[i - features->len];

      if (!is_numeric (column) && kinds->len < 400)
        {
          g_string_append (kinds, kinds->len > 0 ? ", " : "");
          cam_python_text (kinds, column->name);
          g_string_append (kinds, ": str");
        }
    }

  cam_script_begin (self, "data/file");
  g_string_append (self->out, "table = pd.read_csv(");
  cam_python_text (self->out, file != NULL ? file : "data.csv");
  append_dialect (self->out, self->dialect);
  if (kinds->len > 0)
    g_string_append_printf (self->out, ", dtype={%s}", kinds->str);
  cam_script_line (self, ")");
  if (self->dialect != NULL && self->dialect->has_header == 0)
    {
      const CamTable *table = cam_dataset_get_table (self->dataset);
      g_autoptr(GPtrArray) names = g_ptr_array_new ();

      for (guint i = 0; i < cam_table_get_n_columns (table); i++)
        g_ptr_array_add (names, (char *) cam_table_get_name (table, i));
      g_string_append (self->out, "table.columns = ");
      cam_script_names (self, names, 4);
      cam_script_blank (self);
    }
  cam_script_end (self);
  cam_script_blank (self);
}

/* Parts ------------------------------------------------------------------------------------------------------------- */

/* A character a row, packed by zlib: "T", "V", "E", and "-" for rows that no part has. */
static char *
pack_parts (CamScriptWriter *self)
{
  static const char letters[CAM_N_PARTS] = { 'T', 'V', 'E' };
  const gsize n_rows = cam_table_get_n_rows (cam_dataset_get_table (self->dataset));
  g_autofree char *codes = g_malloc (n_rows);
  g_autoptr(GConverter) compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  const gsize most = n_rows + n_rows / 8 + 64;      /* zlib grows what it cannot pack by far less */
  g_autofree guchar *packed = g_malloc (most);
  gsize n_read, n_written;

  memset (codes, '-', n_rows);
  for (CamPart part = 0; part < CAM_N_PARTS; part++)
    {
      const gsize *rows = cam_dataset_get_rows (self->dataset, part);

      for (gsize i = 0; i < cam_dataset_get_n_rows (self->dataset, part); i++)
        codes[rows[i]] = letters[part];
    }
  if (g_converter_convert (compressor, codes, n_rows, packed, most, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL) != G_CONVERTER_FINISHED)
    return NULL;

  return g_base64_encode (packed, n_written);
}

static void
write_parts (CamScriptWriter *self)
{
  const gsize n_rows = cam_table_get_n_rows (cam_dataset_get_table (self->dataset));
  g_autofree char *codes = n_rows <= MOST_LISTED_ROWS ? pack_parts (self) : NULL;

  cam_script_begin (self, "split");
  if (codes != NULL)
    {
      cam_script_line (self, "# The part of each row: T to train, V to validate, E to test, - left out.");
      cam_script_line (self, "packed = (");
      for (const char *c = codes; *c != '\0'; c += MIN (strlen (c), LINE_OF_CODES))
        cam_script_line (self, "    \"%.*s\"", LINE_OF_CODES, c);
      cam_script_line (self, ")");
      cam_script_line (self, "part = np.frombuffer(zlib.decompress(base64.b64decode(packed)), dtype=\"S1\").astype(str)");
    }
  else
    {
      const double n_used = (double) (cam_dataset_get_n_rows (self->dataset, CAM_PART_TRAIN) + cam_dataset_get_n_rows (self->dataset, CAM_PART_VALIDATION)
                                      + cam_dataset_get_n_rows (self->dataset, CAM_PART_TEST));

      cam_script_line (self, "# Too many rows to list: this split has the same shares, but not the same rows.");
      cam_script_line (self, "chance = np.random.default_rng(%" G_GINT64_FORMAT ").permutation(len(table)) / len(table)",
                       (gint64) json_integer_value (cam_experiment_peek (self->experiment, "split/seed")));
      cam_script_line (self, "part = np.where(chance < %.6f, \"T\", np.where(chance < %.6f, \"V\", \"E\"))",
                       (double) cam_dataset_get_n_rows (self->dataset, CAM_PART_TRAIN) / n_used,
                       (double) (cam_dataset_get_n_rows (self->dataset, CAM_PART_TRAIN) + cam_dataset_get_n_rows (self->dataset, CAM_PART_VALIDATION)) / n_used);
    }
  cam_script_line (self, "train, validation, test = part == \"T\", part == \"V\", part == \"E\"");
  cam_script_end (self);
  cam_script_blank (self);
}

/* Preparation ------------------------------------------------------------------------------------------------------- */

static gboolean
same_treatment (const Column *a,
                const Column *b)
{
  static const char *const keys[] = { "kind", "scaling", "coding", "missing", "fill", "flag" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!json_equal (json_object_get (a->settings, keys[i]), json_object_get (b->settings, keys[i]))
        && json_object_get (a->settings, keys[i]) != json_object_get (b->settings, keys[i]))
      return FALSE;

  return TRUE;
}

/* What stands for a missing value, as Python; NULL: nothing does. g_free(). */
static char *
dup_fill (const Column *column)
{
  g_autoptr(GString) text = NULL;

  if (is_word (column, "missing", "mean"))
    return g_strdup (is_numeric (column) ? ".fillna(known.mean())" : ".fillna(known.mode()[0])");
  if (is_word (column, "missing", "median"))
    return g_strdup (".fillna(known.median())");
  if (is_word (column, "missing", "most_frequent"))
    return g_strdup (".fillna(known.mode()[0])");
  if (is_word (column, "missing", "previous"))
    return g_strdup (".ffill()");
  if (!is_word (column, "missing", "constant"))
    return NULL;

  text = g_string_new (".fillna(");
  cam_python_value (text, json_object_get (column->settings, "fill"));
  g_string_append_c (text, ')');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_scaling (const Column *column)
{
  if (is_word (column, "scaling", "standard"))
    return "(column - known.mean()) / (known.std(ddof=0) or 1)";
  if (is_word (column, "scaling", "min-max"))
    return "(column - known.min()) / ((known.max() - known.min()) or 1)";
  if (is_word (column, "scaling", "robust"))
    return "(column - known.median()) / ((known.quantile(0.75) - known.quantile(0.25)) or 1)";
  return "column";
}

/* One loop for columns that are treated alike. */
static void
write_columns (CamScriptWriter *self,
               const char      *to,
               GPtrArray       *columns,
               guint            first,
               guint            n)
{
  const Column *column = columns->pdata[first];
  g_autofree char *fill = dup_fill (column);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (char *) ((Column *) columns->pdata[first + i])->name);
  g_string_append (self->out, "for name in ");
  cam_script_names (self, names, 4);
  cam_script_line (self, ":");
  cam_script_line (self, "    column = table[name]");
  if (is_word (column, "kind", "date"))
    cam_script_line (self, "    column = (pd.to_datetime(column) - pd.Timestamp(0)) / pd.Timedelta(days=1)");
  if (fill != NULL || !is_numeric (column) || !is_word (column, "scaling", "none"))
    cam_script_line (self, "    known = column[train]");
  if (json_is_true (json_object_get (column->settings, "flag")))
    cam_script_line (self, "    %s[f\"{name} is missing\"] = column.isna()", to);
  if (fill != NULL)
    cam_script_line (self, "    column = column%s", fill);
  if (is_numeric (column))
    cam_script_line (self, "    %s[name] = %s", to, get_scaling (column));
  else
    {
      cam_script_line (self, "    levels = sorted(known.dropna().unique())");
      if (is_word (column, "coding", "ordinal"))
        cam_script_line (self, "    %s[name] = column.map({level: i for i, level in enumerate(levels)})", to);
      else
        {
          cam_script_line (self, "    for level in levels:");
          cam_script_line (self, "        %s[f\"{name} = {level}\"] = column == level", to);
        }
    }
}

static void
write_groups (CamScriptWriter *self,
              const char      *to,
              GPtrArray       *columns)
{
  cam_script_line (self, "%s = {}", to);
  for (guint first = 0, n; first < columns->len; first += n)
    {
      for (n = 1; first + n < columns->len && same_treatment (columns->pdata[first], columns->pdata[first + n]);)
        n++;
      write_columns (self, to, columns, first, n);
    }
  cam_script_line (self, "%s = pd.DataFrame(%s).to_numpy(\"float32\")", to, to);
}

/* Classes by their names, in the order of the network's outputs. */
static void
write_classes (CamScriptWriter *self,
               const Column    *target)
{
  CamPreparation *steps = cam_dataset_get_preparation (self->dataset);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < cam_preparation_get_n_classes (steps); i++)
    g_ptr_array_add (names, (char *) cam_preparation_get_class_name (steps, i));
  g_string_append (self->out, "classes = ");
  cam_script_names (self, names, 4);
  cam_script_blank (self);
  g_string_append (self->out, "y = table[");
  cam_python_text (self->out, target->name);
  cam_script_line (self, "].map({name: i for i, name in enumerate(classes)}).fillna(-1).to_numpy(int)");
  if (cam_preparation_get_task (steps) == CAM_TASK_BINARY)
    cam_script_line (self, "y = y.astype(\"float32\").reshape(-1, 1)");
  else
    cam_script_line (self, "y = (y[:, None] == np.arange(len(classes))).astype(\"float32\")");
}

/* A label is 0 or 1; of words the second in their order is 1. */
static void
write_labels (CamScriptWriter *self,
              GPtrArray       *targets)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < targets->len; i++)
    g_ptr_array_add (names, (char *) ((Column *) targets->pdata[i])->name);
  g_string_append (self->out, "labels = ");
  cam_script_names (self, names, 4);
  cam_script_blank (self);
  cam_script_line (self, "y = np.stack([table[name] == sorted(table[name].dropna().unique())[-1] for name in labels], axis=1)");
  cam_script_line (self, "y = y.astype(\"float32\")");
}

static void
write_targets (CamScriptWriter *self,
               GPtrArray       *targets)
{
  cam_script_begin (self, "data/target");
  switch (cam_dataset_get_task (self->dataset))
    {
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTICLASS:
      write_classes (self, targets->pdata[0]);
      break;
    case CAM_TASK_MULTILABEL:
      write_labels (self, targets);
      break;
    case CAM_TASK_REGRESSION:
    default:
      write_groups (self, "y", targets);
      break;
    }
  cam_script_end (self);
  cam_script_blank (self);
}

/* What pandas reads as a table, packed or not. */
static gboolean
is_table_file (const char *file)
{
  static const char *const endings[] = { ".csv", ".tsv", ".txt", ".data" };
  g_autofree char *name = file != NULL ? g_ascii_strdown (file, -1) : NULL;

  if (name == NULL)
    return TRUE;
  if (g_str_has_suffix (name, ".gz"))
    name[strlen (name) - strlen (".gz")] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;

  return FALSE;
}

/* Windows, words and files that are no table are made by rules that the script does not have: it must not pretend to. */
static const char *
find_gap (CamScriptWriter *self)
{
  if (self->dataset == NULL)
    return "No data are open";
  if (cam_experiment_peek (self->experiment, "data/sequence") != NULL)
    return "The windows of a series are not made here";
  if (cam_experiment_peek (self->experiment, "data/text") != NULL)
    return "The indices of words are not made here";
  if (!is_table_file (cam_experiment_get_file (self->experiment)))
    return "The file is no table that pandas reads";
  if (cam_dataset_get_task (self->dataset) == CAM_TASK_AUTOENCODER)
    return "An autoencoder's rows are not made here";

  return NULL;
}

void
cam_script_data (CamScriptWriter *self)
{
  g_autoptr(GPtrArray) features = NULL, targets = NULL;
  const char *gap = find_gap (self);
  CamShape shape;

  if (gap != NULL)
    {
      cam_script_begin (self, "data");
      cam_script_line (self, "# %s: x and y are arrays, train, validation and test choose their rows.", gap);
      cam_script_line (self, "x, y, train, validation, test = load_data()");
      cam_script_end (self);
      cam_script_blank (self);
      return;
    }

  shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset));
  features = find_columns (self, "feature");
  targets = find_targets (self);
  write_reading (self, features, targets);
  write_parts (self);
  cam_script_begin (self, "data/columns");
  write_groups (self, "x", features);
  if (shape.n_dims == 3)
    cam_script_line (self, "x = x.reshape(-1, %u, %u, %u)", (guint) shape.dims[0], (guint) shape.dims[1], (guint) shape.dims[2]);
  cam_script_end (self);
  cam_script_blank (self);
  write_targets (self, targets);
}
