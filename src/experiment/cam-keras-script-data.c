/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The script's data: the file read as it was, each row in the part it has, columns prepared by the rules of the "data" section with statistics of the training rows. */
#include <cam-number.h>
#include <cam-python.h>
#include <gio/gio.h>
#include <string.h>

#include "cam-keras-script-private.h"

/* A longer list of rows makes a script nobody reads: then the script splits by itself. */
#define MOST_LISTED_ROWS 50000

#define LINE_OF_CODES 96

/* So many columns are told by those that are not among them, where these are few. */
#define MANY_NAMES 40
#define FEW_NAMES  8

static void
column_free (CamScriptColumn *self)
{
  json_decref (self->settings);
  g_free (self);
}

const char *
cam_script_word (const json_t *settings,
                 const char   *key)
{
  const char *word = json_string_value (json_object_get (settings, key));

  return word != NULL ? word : "";
}

static gboolean
is_word (const CamScriptColumn *self,
         const char            *key,
         const char            *word)
{
  return g_str_equal (cam_script_word (self->settings, key), word);
}

/* Columns of @role in the table's order. */
GPtrArray *
cam_script_find_columns (CamScriptWriter *self,
                         const char      *role)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) column_free);
  const CamTable *table = cam_dataset_get_table (self->dataset);

  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    {
      CamScriptColumn *column = g_new0 (CamScriptColumn, 1);

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
GPtrArray *
cam_script_find_targets (CamScriptWriter *self)
{
  g_autoptr(GPtrArray) found = cam_script_find_columns (self, "target");
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) column_free);
  CamPreparation *steps = cam_dataset_get_preparation (self->dataset);

  for (guint t = 0; t < cam_preparation_get_n_targets (steps); t++)
    for (guint i = 0; i < found->len; i++)
      if (g_str_equal (((CamScriptColumn *) found->pdata[i])->name, cam_preparation_get_target_name (steps, t)))
        {
          g_ptr_array_add (targets, g_ptr_array_steal_index (found, i));
          break;
        }

  return targets;
}

/* Dates become numbers. */
static gboolean
is_numeric (const CamScriptColumn *self)
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

/* Spellings that pandas does not take for missing by itself, or the only ones there are. */
static void
append_missing (GString             *out,
                const CamCsvDialect *dialect,
                gboolean             has_missing)
{
  static const char *const usual[] = { "na", "NAN", "Null", "?", "-", "--", ".", "k.A.", "k. A.", "n.a.", "N.A.", "(null)", NULL };
  char **lists[] = { dialect->missing != NULL || !has_missing ? dialect->missing : (char **) usual, dialect->unusual };
  const gsize start = out->len;

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l] != NULL && lists[l][i] != NULL; i++)
      {
        g_string_append (out, out->len == start ? ", na_values=[" : ", ");
        cam_python_text (out, lists[l][i]);
      }
  if (out->len > start)
    g_string_append_c (out, ']');
  if (dialect->missing != NULL)
    g_string_append (out, ", keep_default_na=False");
}

static void
append_dialect (GString             *out,
                const CamCsvDialect *dialect,
                gboolean             has_missing)
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
  if (dialect->quote == '\1')
    g_string_append (out, ", quoting=3");
  append_missing (out, dialect, has_missing);
}

const char *
cam_script_day_first (const CamScriptWriter *self)
{
  return self->dialect != NULL && self->dialect->dates == CAM_CSV_DAY_FIRST ? ", dayfirst=True" : "";
}

void
cam_script_days (CamScriptWriter *self)
{
  cam_script_line (self, "    column = (pd.to_datetime(column%s) - pd.Timestamp(0)) / pd.Timedelta(days=1)", cam_script_day_first (self));
}

void
cam_script_reading (CamScriptWriter *self,
                    GPtrArray       *features,
                    GPtrArray       *targets)
{
  const char *file = cam_experiment_get_file (self->experiment);
  g_autoptr(GString) kinds = g_string_new (NULL);
  gboolean has_missing = FALSE;

  for (guint i = 0; i < features->len + targets->len; i++)
    {
      const CamScriptColumn *column = i < features->len ? features->pdata[i] : targets->pdata[i - features->len];

      const int place = cam_table_find (cam_dataset_get_table (self->dataset), column->name);

      has_missing = has_missing || (place >= 0 && cam_table_get_n_missing (cam_dataset_get_table (self->dataset), (guint) place) > 0);
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
  append_dialect (self->out, self->dialect, has_missing);
  if (kinds->len > 0)
    g_string_append_printf (self->out, ", dtype={%s}", kinds->str);
  if (self->dialect != NULL && self->dialect->has_header == 0)
    {
      const CamTable *table = cam_dataset_get_table (self->dataset);
      g_autoptr(GPtrArray) names = g_ptr_array_new ();

      for (guint i = 0; i < cam_table_get_n_columns (table); i++)
        g_ptr_array_add (names, (char *) cam_table_get_name (table, i));
      g_string_append (self->out, ", names=");
      cam_script_names (self, names, 4);
    }
  cam_script_line (self, ")");
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

void
cam_script_masks (CamScriptWriter *self)
{
  cam_script_line (self, "train, validation, test = part == \"T\", part == \"V\", part == \"E\"");
}

void
cam_script_parts (CamScriptWriter *self,
                  const char      *what,
                  gboolean         wants_masks)
{
  const gsize n_rows = cam_table_get_n_rows (cam_dataset_get_table (self->dataset));
  g_autofree char *codes = n_rows <= MOST_LISTED_ROWS ? pack_parts (self) : NULL;

  cam_script_begin (self, "split");
  if (codes != NULL)
    {
      cam_script_line (self, "# The part of each %s: T to train, V to validate, E to test, - left out.", what);
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
  if (wants_masks)
    cam_script_masks (self);
  cam_script_end (self);
  cam_script_blank (self);
}

/* Preparation ------------------------------------------------------------------------------------------------------- */

static gboolean
same_treatment (const CamScriptColumn *a,
                const CamScriptColumn *b)
{
  static const char *const keys[] = { "kind", "scaling", "coding", "missing", "fill", "flag" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!json_equal (json_object_get (a->settings, keys[i]), json_object_get (b->settings, keys[i]))
        && json_object_get (a->settings, keys[i]) != json_object_get (b->settings, keys[i]))
      return FALSE;

  return TRUE;
}

/* The last value above, of the same group. */
char *
cam_script_dup_previous (const CamScriptWriter *self)
{
  const char *group = cam_preparation_get_group (cam_dataset_get_preparation (self->dataset));
  g_autoptr(GString) text = g_string_new (NULL);

  if (group == NULL)
    return g_strdup (".ffill()");
  g_string_append (text, ".groupby(table[");
  cam_python_text (text, group);
  g_string_append (text, "]).ffill()");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What stands for a missing value, as Python; NULL: nothing does. g_free(). */
static char *
dup_fill (CamScriptWriter       *self,
          const CamScriptColumn *column)
{
  g_autoptr(GString) text = NULL;

  if (is_word (column, "missing", "mean"))
    return g_strdup (is_numeric (column) ? ".fillna(known.mean())" : ".fillna(known.mode()[0])");
  if (is_word (column, "missing", "median"))
    return g_strdup (".fillna(known.median())");
  if (is_word (column, "missing", "most_frequent"))
    return g_strdup (".fillna(known.mode()[0])");
  if (is_word (column, "missing", "previous"))
    return cam_script_dup_previous (self);
  if (!is_word (column, "missing", "constant"))
    return NULL;

  text = g_string_new (".fillna(");
  cam_python_value (text, json_object_get (column->settings, "fill"));
  g_string_append_c (text, ')');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Levels that are all numbers stand by size. */
static gboolean
are_numbers (CamScriptWriter       *self,
             const CamScriptColumn *column)
{
  const CamTable *table = cam_dataset_get_table (self->dataset);
  const int place = cam_table_find (table, column->name);

  if (place < 0 || cam_column_kind_is_numeric (cam_table_get_kind (table, (guint) place)))
    return TRUE;
  for (guint i = 0; i < cam_table_get_n_levels (table, (guint) place); i++)
    {
      const char *level = cam_table_get_level (table, (guint) place, i);
      double value;

      if (!cam_number_parse (level, strlen (level), &value))
        return FALSE;
    }

  return TRUE;
}

static const char *
get_scaling (const CamScriptColumn *column)
{
  if (is_word (column, "scaling", "standard"))
    return "(column - known.mean()) / (known.std(ddof=0) or 1)";
  if (is_word (column, "scaling", "min-max"))
    return "(column - known.min()) / ((known.max() - known.min()) or 1)";
  if (is_word (column, "scaling", "robust"))
    return "(column - known.median()) / ((known.quantile(0.75) - known.quantile(0.25)) or 1)";
  return "column";
}

void
cam_script_levels (CamScriptWriter *self,
                   const char      *to,
                   gboolean         is_ordinal)
{
  if (is_ordinal)
    cam_script_line (self, "    %s[name] = column.map({level: i for i, level in enumerate(levels)})", to);
  else
    {
      cam_script_line (self, "    for level in levels:");
      cam_script_line (self, "        %s[f\"{name} = {level}\"] = column == level", to);
    }
}

/* Names of columns as a list; where there are very many, as all but a few. */
void
cam_script_columns (CamScriptWriter *self,
                    GPtrArray       *names)
{
  const CamTable *table = cam_dataset_get_table (self->dataset);
  const guint n_columns = cam_table_get_n_columns (table);
  g_autoptr(GPtrArray) others = NULL;

  if (names->len < MANY_NAMES || n_columns - names->len > FEW_NAMES)
    {
      cam_script_names (self, names, 4);
      return;
    }

  others = g_ptr_array_new ();
  for (guint i = 0, next = 0; i < n_columns; i++)
    if (next < names->len && g_str_equal (cam_table_get_name (table, i), names->pdata[next]))
      next++;
    else
      g_ptr_array_add (others, (char *) cam_table_get_name (table, i));
  g_string_append (self->out, "table.columns.drop(");
  cam_script_names (self, others, 4);
  g_string_append_c (self->out, ')');
}

/* One loop for columns that are treated alike. */
static void
write_columns (CamScriptWriter *self,
               const char      *to,
               GPtrArray       *columns,
               guint            first,
               guint            n)
{
  const CamScriptColumn *column = columns->pdata[first];
  g_autofree char *fill = dup_fill (self, column);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (char *) ((CamScriptColumn *) columns->pdata[first + i])->name);
  g_string_append (self->out, "for name in ");
  cam_script_columns (self, names);
  cam_script_line (self, ":");
  cam_script_line (self, "    column = table[name]");
  if (is_word (column, "kind", "date"))
    cam_script_days (self);
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
      cam_script_line (self, "    levels = sorted(known.dropna().unique()%s)", are_numbers (self, column) ? ", key=float" : "");
      cam_script_levels (self, to, is_word (column, "coding", "ordinal"));
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
write_classes (CamScriptWriter       *self,
               const CamScriptColumn *target)
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
    g_ptr_array_add (names, (char *) ((CamScriptColumn *) targets->pdata[i])->name);
  g_string_append (self->out, "labels = ");
  cam_script_names (self, names, 4);
  cam_script_blank (self);
  cam_script_line (self, "y = np.stack([table[name] == sorted(table[name].dropna().unique())[-1] for name in labels], axis=1)");
  cam_script_line (self, "y = y.astype(\"float32\")");
}

void
cam_script_targets (CamScriptWriter *self,
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
    case CAM_TASK_AUTOENCODER:
      cam_script_line (self, "y = x");
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

/* A folder of pictures is read by rules that the script does not have: it must not pretend to. */
static const char *
find_gap (CamScriptWriter *self)
{
  const char *file = cam_experiment_get_file (self->experiment);

  if (self->dataset == NULL)
    return "No data are open";
  if (self->dialect != NULL && self->dialect->form == CAM_CSV_IDX)
    return cam_script_can_read_idx (self) ? NULL : "Pixels that are scaled or may be missing are not prepared here";
  if (self->dialect != NULL && (self->dialect->form == CAM_CSV_LINES || self->dialect->form == CAM_CSV_CHARACTERS))
    return "Prose is not read here";
  if (!is_table_file (file))
    return "The file is no table that pandas reads";

  return NULL;
}

static void
write_table (CamScriptWriter *self)
{
  g_autoptr(GPtrArray) features = cam_script_find_columns (self, "feature");
  g_autoptr(GPtrArray) targets = cam_script_find_targets (self);
  CamShape shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset));

  cam_script_reading (self, features, targets);
  cam_script_parts (self, "row", TRUE);
  cam_script_begin (self, "data/columns");
  if (cam_preparation_get_vocabulary (cam_dataset_get_preparation (self->dataset)) > 0)
    cam_script_words (self, features->pdata[0]);
  else
    write_groups (self, "x", features);
  if (shape.n_dims == 3)
    cam_script_line (self, "x = x.reshape(-1, %u, %u, %u)", (guint) shape.dims[0], (guint) shape.dims[1], (guint) shape.dims[2]);
  cam_script_end (self);
  cam_script_blank (self);
  cam_script_targets (self, targets);
}

void
cam_script_data (CamScriptWriter *self)
{
  const char *gap = find_gap (self);

  if (gap != NULL)
    {
      cam_script_begin (self, "data");
      cam_script_line (self, "# %s: x and y are arrays, train, validation and test choose their rows.", gap);
      cam_script_line (self, "x, y, train, validation, test = load_data()");
      cam_script_end (self);
      cam_script_blank (self);
    }
  else if (self->dialect != NULL && self->dialect->form == CAM_CSV_IDX)
    cam_script_idx (self);
  else if (cam_preparation_is_sequence (cam_dataset_get_preparation (self->dataset)))
    cam_script_series (self);
  else
    write_table (self);
}
