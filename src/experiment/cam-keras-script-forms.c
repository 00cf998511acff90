/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The script's data where a sample is more than a row of numbers: indices of words, windows of a series, pictures in IDX files. */
#include <cam-python.h>
#include <gio/gio.h>

#include "cam-keras-script-private.h"

/* Words ------------------------------------------------------------------------------------------------------------- */

void
cam_script_words (CamScriptWriter       *self,
                  const CamScriptColumn *text)
{
  const CamPreparation *steps = cam_dataset_get_preparation (self->dataset);
  const gint64 vocabulary = json_integer_value (cam_experiment_peek (self->experiment, "data/text/vocabulary"));

  cam_script_line (self, "words = layers.TextVectorization(max_tokens=%" G_GINT64_FORMAT ", output_sequence_length=%u)",
                   vocabulary > 0 ? vocabulary : (gint64) cam_preparation_get_vocabulary (steps), (guint) cam_preparation_get_input_shape (steps).dims[0]);
  g_string_append (self->out, "texts = table[");
  cam_python_text (self->out, text->name);
  cam_script_line (self, "].fillna(\"\")");
  cam_script_line (self, "words.adapt(texts[train])");
  cam_script_line (self, "x = np.asarray(words(texts.tolist())).astype(\"float32\")");
}

/* A series ---------------------------------------------------------------------------------------------------------- */

static void
append_difference (GString      *out,
                   const json_t *step)
{
  static const struct { const char *scaling, *centre, *spread; } scalings[] = {
    { "standard", "mean", "deviation" }, { "min-max", "min", "range" }, { "robust", "median", "range" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scalings); i++)
    if (g_str_equal (cam_script_word (step, "scaling"), scalings[i].scaling))
      {
        g_string_append (out, "(column - ");
        cam_python_value (out, json_object_get (step, scalings[i].centre));
        g_string_append (out, ") / ");
        cam_python_value (out, json_object_get (step, scalings[i].spread));
        return;
      }
  g_string_append (out, "column");
}

static void
append_fill (CamScriptWriter *self,
             const json_t    *step)
{
  if (g_str_equal (cam_script_word (step, "missing"), "previous"))
    {
      g_autofree char *previous = cam_script_dup_previous (self);

      cam_script_line (self, "    column = column%s", previous);
    }
  if (json_object_get (step, "fill") != NULL)
    {
      g_string_append (self->out, "    column = column.fillna(");
      cam_python_value (self->out, json_object_get (step, "fill"));
      cam_script_line (self, ")");
    }
}

/* A column with what was found of it in the training rows. */
static void
write_step (CamScriptWriter *self,
            const char      *to,
            const json_t    *step)
{
  const char *kind = cam_script_word (step, "kind");
  g_autoptr(GString) value = g_string_new (NULL);

  g_string_append (self->out, "for name in [");
  cam_python_text (self->out, cam_script_word (step, "name"));
  cam_script_line (self, "]:");
  cam_script_line (self, "    column = table[name]");
  if (g_str_equal (kind, "date"))
    cam_script_days (self);
  if (json_is_true (json_object_get (step, "flag")))
    cam_script_line (self, "    missing = column.isna()");
  append_fill (self, step);
  if (g_str_equal (kind, "number") || g_str_equal (kind, "date"))
    {
      append_difference (value, step);
      cam_script_line (self, "    %s[name] = %s", to, value->str);
    }
  else
    {
      g_string_append (self->out, "    levels = ");
      cam_python_value (self->out, json_object_get (step, "levels"));
      cam_script_blank (self);
      cam_script_levels (self, to, g_str_equal (cam_script_word (step, "coding"), "ordinal"));
    }
  if (json_is_true (json_object_get (step, "flag")))
    cam_script_line (self, "    %s[f\"{name} is missing\"] = missing", to);
}

static void
write_steps (CamScriptWriter *self,
             const char      *to,
             const json_t    *steps)
{
  json_t *step;
  gsize i;

  cam_script_line (self, "%s = {}", to);
  json_array_foreach ((json_t *) steps, i, step)
    write_step (self, to, step);
  cam_script_line (self, "%s = pd.DataFrame(%s, index=table.index).to_numpy(\"float32\")", to, to);
}

/* Rows of a group together, in their order; what was there first stays first. */
static void
write_order (CamScriptWriter *self)
{
  CamPreparation *steps = cam_dataset_get_preparation (self->dataset);
  const CamTable *table = cam_dataset_get_table (self->dataset);
  const char *order = cam_preparation_get_order (steps), *group = cam_preparation_get_group (steps);
  const int place = order != NULL ? cam_table_find (table, order) : -1;

  if (order != NULL)
    {
      g_string_append (self->out, "table = table.sort_values(");
      cam_python_text (self->out, order);
      if (place >= 0 && cam_table_get_kind (table, (guint) place) == CAM_COLUMN_DATE)
        g_string_append_printf (self->out, ", key=lambda dates: pd.to_datetime(dates%s)", cam_script_day_first (self));
      cam_script_line (self, ", kind=\"stable\")");
    }
  if (group != NULL)
    {
      g_string_append (self->out, "table = table.sort_values(");
      cam_python_text (self->out, group);
      cam_script_line (self, ", kind=\"stable\")");
    }
  cam_script_line (self, "part = part[table.index]");
}

static void
write_windows (CamScriptWriter *self,
               const json_t    *sequence,
               gboolean         has_past,
               guint            n_targets)
{
  const gint64 length = json_integer_value (json_object_get (sequence, "length")), horizon = json_integer_value (json_object_get (sequence, "horizon"));
  const gboolean is_relative = json_is_true (json_object_get (sequence, "relative"));
  const gboolean gives_back = cam_dataset_get_task (self->dataset) == CAM_TASK_AUTOENCODER;

  cam_script_line (self, "length, horizon = %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT, length, horizon);
  cam_script_line (self, "ends = [row for row in range(length - 1, len(table)) if part[row] != \"-\"]");
  if (is_relative)
    cam_script_line (self, "last = y[ends]");
  cam_script_line (self, "x = np.stack([x[end - length + 1:end + 1] for end in ends])");
  if (gives_back)
    cam_script_line (self, "y = x");
  else if (horizon == 0)
    cam_script_line (self, "y = y[ends]");
  else
    cam_script_line (self, "y = np.stack([y[end + 1:end + 1 + horizon].reshape(-1) for end in ends])");
  if (is_relative)
    {
      cam_script_line (self, "# Changes from the last value that is known.");
      if (has_past)
        cam_script_line (self, "x[:, :, :%u] -= last[:, None, :]", n_targets);
      cam_script_line (self, "y = y - np.tile(last, (1, horizon))");
    }
  cam_script_line (self, "part = part[ends]");
  cam_script_masks (self);
}

void
cam_script_series (CamScriptWriter *self)
{
  CamPreparation *steps = cam_dataset_get_preparation (self->dataset);
  const CamTask task = cam_preparation_get_task (steps);
  g_autoptr(json_t) fitted = cam_preparation_to_json (steps);
  const json_t *sequence = json_object_get (fitted, "sequence");
  const gboolean has_past = json_is_true (json_object_get (sequence, "past_targets")) && cam_preparation_get_n_targets (steps) > 0;
  g_autoptr(GPtrArray) features = cam_script_find_columns (self, "feature");
  g_autoptr(GPtrArray) targets = cam_script_find_targets (self);

  cam_script_reading (self, features, targets);
  cam_script_parts (self, "window, where its last row stands", FALSE);

  cam_script_begin (self, "data/columns");
  write_order (self);
  cam_script_line (self, "# What is subtracted, divided by and filled in was found in the rows to train with.");
  write_steps (self, "x", json_object_get (fitted, "features"));
  cam_script_end (self);
  cam_script_blank (self);

  if (task == CAM_TASK_REGRESSION)
    {
      cam_script_begin (self, "data/target");
      write_steps (self, "y", json_object_get (fitted, "targets"));
      cam_script_end (self);
      cam_script_blank (self);
    }
  else if (task != CAM_TASK_AUTOENCODER)
    cam_script_targets (self, targets);

  cam_script_begin (self, "data/sequence");
  if (has_past)
    cam_script_line (self, "x = np.concatenate([y, x], axis=1)");
  write_windows (self, sequence, has_past, cam_preparation_get_n_targets (steps));
  cam_script_end (self);
  cam_script_blank (self);
}

/* Pictures ---------------------------------------------------------------------------------------------------------- */

/* Pixels as they stand in the file, all of them. */
gboolean
cam_script_can_read_idx (CamScriptWriter *self)
{
  g_autoptr(GPtrArray) features = cam_script_find_columns (self, "feature");

  for (guint i = 0; i < features->len; i++)
    {
      const CamScriptColumn *column = features->pdata[i];

      if (!g_str_has_prefix (column->name, "p") || !g_str_equal (cam_script_word (column->settings, "scaling"), "none") || json_is_true (json_object_get (column->settings, "flag")))
        return FALSE;
    }

  return features->len > 0 && cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset)).n_dims == 3 &&
         !cam_preparation_is_sequence (cam_dataset_get_preparation (self->dataset));
}

void
cam_script_idx (CamScriptWriter *self)
{
  const char *file = cam_experiment_get_file (self->experiment);
  g_autofree char *labels = cam_source_find_labels (file);
  g_autoptr(GPtrArray) targets = cam_script_find_targets (self);
  CamShape shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset));

  cam_script_begin (self, "data/file");
  cam_script_line (self, "def read_idx(path):");
  cam_script_line (self, "    with (gzip.open if path.endswith(\".gz\") else open)(path, \"rb\") as file:");
  cam_script_line (self, "        data = file.read()");
  cam_script_line (self, "    kind = {8: \"u1\", 9: \"i1\", 11: \">i2\", 12: \">i4\", 13: \">f4\", 14: \">f8\"}[data[2]]");
  cam_script_line (self, "    sizes = np.frombuffer(data, \">i4\", count=data[3], offset=4)");
  cam_script_line (self, "    return np.frombuffer(data, kind, offset=4 + 4 * data[3]).reshape(sizes)");
  cam_script_blank (self);
  g_string_append (self->out, "x = read_idx(");
  cam_python_text (self->out, file);
  cam_script_line (self, ").reshape(-1, %u, %u, %u).astype(\"float32\")", (guint) shape.dims[0], (guint) shape.dims[1], (guint) shape.dims[2]);
  cam_script_line (self, "table = pd.DataFrame(index=range(len(x)))");
  if (labels != NULL && targets->len > 0)
    {
      const CamScriptColumn *target = targets->pdata[0];
      const gboolean is_number = g_str_equal (cam_script_word (target->settings, "kind"), "number");

      g_string_append (self->out, "table[");
      cam_python_text (self->out, target->name);
      g_string_append (self->out, "] = read_idx(");
      cam_python_text (self->out, labels);
      cam_script_line (self, ")%s", is_number ? "" : ".astype(str)");
    }
  cam_script_end (self);
  cam_script_blank (self);
  cam_script_parts (self, "row", TRUE);
  cam_script_targets (self, targets);
}
