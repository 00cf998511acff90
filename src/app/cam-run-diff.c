/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs beside each other. Layers are aligned by the dynamic programme of edit distance, O(layers²). */

#include "cam-run-diff.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-run-settings.h"
#include "cam-run-words.h"
#include "cam-words.h"

static void
row_free (gpointer data)
{
  CamDiffRow *row = data;

  g_free (row->name);
  g_free (row->a);
  g_free (row->b);
  g_free (row);
}

static void
layer_free (gpointer data)
{
  CamDiffLayer *layer = data;

  g_free (layer->class_name);
  g_free (layer->a_text);
  g_free (layer->b_text);
  g_ptr_array_unref (layer->fields);
  g_free (layer);
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func (row_free);
}

/* Values ------------------------------------------------------------------------------------------------------------ */

static void flatten (GPtrArray *rows, const char *name, const json_t *value);

static void
add_value (GPtrArray  *rows,
           const char *name,
           char       *text)
{
  CamDiffRow *row = g_new0 (CamDiffRow, 1);

  row->name = g_strdup (name);
  row->a = text;
  g_ptr_array_add (rows, row);
}

static char *
join_names (const char *owner,
            const char *name)
{
  return owner != NULL && *owner != '\0' ? g_strconcat (owner, " ", name, NULL) : g_strdup (name);
}

static void
flatten_object (GPtrArray    *rows,
                const char   *name,
                const json_t *object)
{
  json_t *value;
  const char *key;

  json_object_foreach ((json_t *) object, key, value)
    {
      g_autofree char *full = join_names (name, key);

      flatten (rows, full, value);
    }
}

/* "optimizer: Adam", then its settings, which need no owner's name unless there are several of the kind. */
static void
flatten_kind (GPtrArray    *rows,
              const char   *name,
              const char   *owner,
              const json_t *object)
{
  const json_t *config = json_object_get (object, "config");
  json_t *value;
  const char *key;

  if (name != NULL)
    add_value (rows, name, g_strdup (json_string_value (json_object_get (object, "class_name"))));
  json_object_foreach ((json_t *) config, key, value)
    {
      g_autofree char *full = join_names (owner, key);

      flatten (rows, full, value);
    }
}

static gboolean
is_kind (const json_t *value)
{
  return json_is_string (json_object_get (value, "class_name"));
}

/* Callbacks by their names; of other lists the texts in one. */
static void
flatten_array (GPtrArray    *rows,
               const char   *name,
               const json_t *array)
{
  g_autoptr(GString) text = g_string_new (NULL);
  json_t *value;
  gsize i;

  json_array_foreach (array, i, value)
    {
      const char *class_name = json_string_value (json_object_get (value, "class_name"));
      g_autofree char *one = NULL;

      if (is_kind (value) && strcmp (name, "callbacks") == 0)
        {
          flatten_kind (rows, NULL, class_name, value);
          if (json_object_size (json_object_get (value, "config")) > 0)
            continue;
        }
      one = cam_run_settings_dup_value (value);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", is_kind (value) ? class_name : one);
    }
  if (text->len > 0)
    add_value (rows, name, g_strdup (text->str));
}

/* What has a name alone, "adam" say, and what has settings: both as they stand in a document with its defaults. */
static void
flatten (GPtrArray    *rows,
         const char   *name,
         const json_t *value)
{
  if (is_kind (value))
    {
      const gboolean is_top = strcmp (name, "optimizer") == 0 || strcmp (name, "loss") == 0;

      flatten_kind (rows, name, is_top ? NULL : name, value);
    }
  else if (json_is_object (value))
    flatten_object (rows, name, value);
  else if (json_is_array (value))
    flatten_array (rows, name, value);
  else
    add_value (rows, name, cam_run_settings_dup_value (value));
}

static int
find_row (GPtrArray  *rows,
          const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((CamDiffRow *) rows->pdata[i])->name, name) == 0)
      return (int) i;
  return -1;
}

/* The rows of @others, whose text is still in a, come into @rows as b. */
static void
merge (GPtrArray *rows,
       GPtrArray *others)
{
  int before = -1;

  for (guint i = 0; i < others->len; i++)
    {
      CamDiffRow *other = others->pdata[i];
      int place = find_row (rows, other->name);
      CamDiffRow *row;

      if (place < 0)
        {
          row = g_new0 (CamDiffRow, 1);
          row->name = g_strdup (other->name);
          place = before + 1;
          g_ptr_array_insert (rows, place, row);
        }
      row = rows->pdata[place];
      row->b = g_steal_pointer (&other->a);
      before = place;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      CamDiffRow *row = rows->pdata[i];

      row->mark = row->a == NULL ? CAM_DIFF_ADDED : row->b == NULL ? CAM_DIFF_REMOVED : strcmp (row->a, row->b) != 0 ? CAM_DIFF_CHANGED : CAM_DIFF_SAME;
    }
}

GPtrArray *
cam_run_diff_values (const json_t *a,
                     const json_t *b)
{
  GPtrArray *rows = new_rows ();
  g_autoptr(GPtrArray) others = new_rows ();

  flatten_object (rows, NULL, a);
  flatten_object (others, NULL, b);
  merge (rows, others);
  return rows;
}

/* Layers ------------------------------------------------------------------------------------------------------------ */

/* Settings of a layer and what else stands beside its class: switched off, not trained, a name of its own. */
static json_t *
get_settings (const json_t *layer)
{
  json_t *all = json_object (), *value;
  const char *key;

  json_object_foreach ((json_t *) layer, key, value)
    if (strcmp (key, "class_name") != 0 && strcmp (key, "config") != 0)
      json_object_set (all, key, value);
  json_object_update (all, json_object_get (layer, "config"));
  return all;
}

static GPtrArray *
compare_settings (const json_t *a,
                  const json_t *b)
{
  g_autoptr(json_t) x = get_settings (a);
  g_autoptr(json_t) y = get_settings (b);

  return cam_run_diff_values (x, y);
}

static gboolean
same_class (const json_t *a,
            const json_t *b)
{
  return g_strcmp0 (json_string_value (json_object_get (a, "class_name")), json_string_value (json_object_get (b, "class_name"))) == 0;
}

static double
change_cost (const json_t *a,
             const json_t *b)
{
  g_autoptr(GPtrArray) rows = NULL;
  guint n;

  if (!same_class (a, b))
    return INFINITY;
  rows = compare_settings (a, b);
  n = cam_diff_count (rows);
  return n == 0 ? 0 : 0.5 + 0.5 * n / rows->len;
}

static void
keep_differences (GPtrArray *rows)
{
  for (guint i = rows->len; i > 0; i--)
    if (((CamDiffRow *) rows->pdata[i - 1])->mark == CAM_DIFF_SAME)
      g_ptr_array_remove_index (rows, i - 1);
}

static CamDiffLayer *
layer_new (const json_t *a,
           const json_t *b,
           int           place_a,
           int           place_b)
{
  CamDiffLayer *self = g_new0 (CamDiffLayer, 1);
  const char *class_name = json_string_value (json_object_get (a != NULL ? a : b, "class_name"));

  self->a = a != NULL ? place_a : -1;
  self->b = b != NULL ? place_b : -1;
  self->class_name = g_strdup (class_name != NULL ? class_name : "?");
  if (a != NULL && b != NULL)
    {
      self->fields = compare_settings (a, b);
      keep_differences (self->fields);
      self->mark = self->fields->len > 0 ? CAM_DIFF_CHANGED : CAM_DIFF_SAME;
    }
  else
    {
      self->fields = new_rows ();
      self->mark = a != NULL ? CAM_DIFF_REMOVED : CAM_DIFF_ADDED;
    }
  return self;
}

GPtrArray *
cam_run_diff_layers (const json_t *a,
                     const json_t *b)
{
  const gsize n = json_array_size (a), m = json_array_size (b), width = m + 1;
  g_autofree double *costs = g_new0 (double, (n + 1) * width);
  g_autofree double *changes = g_new0 (double, (n + 1) * width);
  GPtrArray *layers = g_ptr_array_new_with_free_func (layer_free);
  gsize i = 0, j = 0;

  /* From the end, so that the way is then walked from the beginning. */
  for (gsize row = n + 1; row-- > 0;)
    for (gsize column = m + 1; column-- > 0;)
      {
        double best = row == n && column == m ? 0 : INFINITY;

        if (row < n && column < m)
          {
            changes[row * width + column] = change_cost (json_array_get (a, row), json_array_get (b, column));
            best = changes[row * width + column] + costs[(row + 1) * width + column + 1];
          }
        if (row < n)
          best = fmin (best, 1 + costs[(row + 1) * width + column]);
        if (column < m)
          best = fmin (best, 1 + costs[row * width + column + 1]);
        costs[row * width + column] = best;
      }
  while (i < n || j < m)
    {
      const double cost = costs[i * width + j];
      const json_t *x = i < n ? json_array_get (a, i) : NULL, *y = j < m ? json_array_get (b, j) : NULL;

      if (x != NULL && y != NULL && cost == changes[i * width + j] + costs[(i + 1) * width + j + 1])
        {
          g_ptr_array_add (layers, layer_new (x, y, (int) i, (int) j));
          i++;
          j++;
        }
      else if (x != NULL && cost == 1 + costs[(i + 1) * width + j])
        {
          g_ptr_array_add (layers, layer_new (x, NULL, (int) i, 0));
          i++;
        }
      else
        {
          g_ptr_array_add (layers, layer_new (NULL, y, 0, (int) j));
          j++;
        }
    }
  return layers;
}

/* What the network makes of its layers; without an input only their settings are told. */
static void
describe_layers (CamRunDiff        *self,
                 const CamDiffSide *side,
                 guint              which)
{
  const json_t *network = cam_experiment_get_network (side->experiment);
  g_autoptr(GPtrArray) reports = side->input != NULL ? cam_network_inspect (side->input, network) : NULL;

  self->has_params[which] = reports != NULL;
  for (guint i = 0; i < self->layers->len; i++)
    {
      CamDiffLayer *layer = self->layers->pdata[i];
      int place = which == 0 ? layer->a : layer->b;
      const CamLayerReport *report = reports != NULL && place >= 0 && place < (int) reports->len ? reports->pdata[place] : NULL;
      const json_t *own = place >= 0 ? json_array_get (network, (gsize) place) : NULL;
      const CamLayerKind *kind = own != NULL ? cam_layer_kind_find (layer->class_name) : NULL;
      char *text = kind != NULL ? cam_layer_describe (kind, json_object_get (own, "config")) : own != NULL ? g_strdup ("") : NULL;

      *(which == 0 ? &layer->a_text : &layer->b_text) = text;
      if (report == NULL)
        continue;
      *(which == 0 ? &layer->a_params : &layer->b_params) = report->is_off ? 0 : report->n_params;
      self->n_params[which] += report->is_off ? 0 : report->n_params;
      self->has_params[which] = self->has_params[which] && report->has_shape;
    }
}

/* Scores ------------------------------------------------------------------------------------------------------------ */

static double
get_score (const json_t *report,
           const char   *part,
           const char   *key)
{
  const json_t *value = json_object_get (json_object_get (json_object_get (report, "scores"), part), key);

  return json_is_number (value) ? json_number_value (value) : NAN;
}

static void
add_score (GPtrArray    *scores,
           const json_t *a,
           const json_t *b,
           const char   *part,
           const char   *key)
{
  CamDiffScore *score = g_new0 (CamDiffScore, 1);
  double difference;

  score->part = g_intern_string (part);
  score->key = g_intern_string (key);
  score->a = get_score (a, part, key);
  score->b = get_score (b, part, key);
  difference = score->b - score->a;
  if (isfinite (difference) && difference != 0)
    score->better = (difference > 0) == cam_history_key_larger_is_better (key) ? 1 : -1;
  g_ptr_array_add (scores, score);
}

static GPtrArray *
compare_scores (const json_t *a,
                const json_t *b)
{
  static const char *const parts[] = { "train", "validation", "test" };
  GPtrArray *scores = g_ptr_array_new_with_free_func (g_free);

  for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
    {
      json_t *of_a = json_object_get (json_object_get (a, "scores"), parts[part]), *of_b = json_object_get (json_object_get (b, "scores"), parts[part]), *value;
      const char *key;

      json_object_foreach (of_a, key, value)
        add_score (scores, a, b, parts[part], key);
      json_object_foreach (of_b, key, value)
        if (json_object_get (of_a, key) == NULL)
          add_score (scores, a, b, parts[part], key);
    }
  return scores;
}

/* The course -------------------------------------------------------------------------------------------------------- */

static void
add_course (GPtrArray         *rows,
            const char        *name,
            char              *a,
            char              *b)
{
  CamDiffRow *row = g_new0 (CamDiffRow, 1);

  row->name = g_strdup (name);
  row->a = a;
  row->b = b;
  row->mark = a == NULL ? CAM_DIFF_ADDED : b == NULL ? CAM_DIFF_REMOVED : strcmp (a, b) != 0 ? CAM_DIFF_CHANGED : CAM_DIFF_SAME;
  if (a == NULL && b == NULL)
    row_free (row);
  else
    g_ptr_array_add (rows, row);
}

static char *
count (guint n)
{
  return n > 0 ? cam_words_count (n) : NULL;
}

static GPtrArray *
compare_courses (const CamDiffSide *a,
                 const CamDiffSide *b)
{
  GPtrArray *rows = new_rows ();

  add_course (rows, _("epochs"), count (a->n_epochs), count (b->n_epochs));
  add_course (rows, _("best epoch"), count (a->best_epoch), count (b->best_epoch));
  add_course (rows, _("time"), a->n_epochs > 0 ? cam_run_words_duration (a->seconds) : NULL, b->n_epochs > 0 ? cam_run_words_duration (b->seconds) : NULL);
  return rows;
}

static char **
dup_events (const CamDiffSide *side)
{
  return side->events != NULL ? g_strdupv ((char **) side->events) : g_new0 (char *, 1);
}

/* The whole --------------------------------------------------------------------------------------------------------- */

static json_t *
collect (const CamExperiment *experiment,
         gboolean             is_data)
{
  static const char *const settings[] = { "loss", "metrics", "optimizer", "fit", "callbacks", NULL }, *const data[] = { "data", "split", NULL };
  g_autoptr(json_t) document = cam_experiment_to_json (experiment, NULL);
  const char *const *keys = is_data ? data : settings;
  json_t *all = json_object (), *value;

  for (guint i = 0; keys[i] != NULL; i++)
    if ((value = json_object_get (document, keys[i])) != NULL)
      {
        /* Settings of the fit and of the data need no family name; where a file lies is no difference. */
        if (strcmp (keys[i], "fit") == 0 || strcmp (keys[i], "data") == 0)
          json_object_update (all, value);
        else
          json_object_set (all, keys[i], value);
      }
  if (is_data && json_is_string (json_object_get (all, "file")))
    {
      g_autofree char *name = g_path_get_basename (json_string_value (json_object_get (all, "file")));

      json_object_set_new (all, "file", json_string (name));
    }
  return all;
}

static GPtrArray *
compare_documents (const CamDiffSide *a,
                   const CamDiffSide *b,
                   gboolean           is_data)
{
  g_autoptr(json_t) x = collect (a->experiment, is_data);
  g_autoptr(json_t) y = collect (b->experiment, is_data);

  return cam_run_diff_values (x, y);
}

/* A file of the same name may hold other rows by now. */
static void
compare_files (GPtrArray         *rows,
               const CamDiffSide *a,
               const CamDiffSide *b)
{
  CamDiffRow *row;

  if (a->data_sha256 == NULL || b->data_sha256 == NULL)
    return;
  row = g_new0 (CamDiffRow, 1);
  row->name = g_strdup (_("contents of the file"));
  row->mark = strcmp (a->data_sha256, b->data_sha256) != 0 ? CAM_DIFF_CHANGED : CAM_DIFF_SAME;
  /* translators: the beginning of the fingerprint of a file */
  row->a = g_strdup_printf (_("SHA-256 %.8s…"), a->data_sha256);
  row->b = g_strdup_printf (_("SHA-256 %.8s…"), b->data_sha256);
  g_ptr_array_insert (rows, 0, row);
}

CamRunDiff *
cam_run_diff_new (const CamDiffSide *a,
                  const CamDiffSide *b)
{
  CamRunDiff *self;

  g_return_val_if_fail (a != NULL && a->experiment != NULL, NULL);
  g_return_val_if_fail (b != NULL && b->experiment != NULL, NULL);

  self = g_new0 (CamRunDiff, 1);
  self->names[0] = g_strdup (a->name);
  self->names[1] = g_strdup (b->name);
  self->settings = compare_documents (a, b, FALSE);
  self->data = compare_documents (a, b, TRUE);
  compare_files (self->data, a, b);
  self->layers = cam_run_diff_layers (cam_experiment_get_network (a->experiment), cam_experiment_get_network (b->experiment));
  describe_layers (self, a, 0);
  describe_layers (self, b, 1);
  self->scores = compare_scores (a->report, b->report);
  self->course = compare_courses (a, b);
  self->events[0] = dup_events (a);
  self->events[1] = dup_events (b);
  return self;
}

void
cam_run_diff_free (CamRunDiff *self)
{
  if (self == NULL)
    return;
  g_free (self->names[0]);
  g_free (self->names[1]);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->data);
  g_ptr_array_unref (self->layers);
  g_ptr_array_unref (self->scores);
  g_ptr_array_unref (self->course);
  g_strfreev (self->events[0]);
  g_strfreev (self->events[1]);
  g_free (self);
}

guint
cam_diff_count (GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += ((CamDiffRow *) rows->pdata[i])->mark != CAM_DIFF_SAME;
  return n;
}

const char *
cam_diff_mark_sign (CamDiffMark mark)
{
  static const char *const signs[] = { [CAM_DIFF_SAME] = "", [CAM_DIFF_CHANGED] = "~", [CAM_DIFF_ADDED] = "+", [CAM_DIFF_REMOVED] = "−" };

  return signs[mark];
}

const char *
cam_diff_mark_name (CamDiffMark mark)
{
  static const char *const names[] = { [CAM_DIFF_SAME] = N_("same"), [CAM_DIFF_CHANGED] = N_("different"), [CAM_DIFF_ADDED] = N_("added"), [CAM_DIFF_REMOVED] = N_("removed") };

  return _(names[mark]);
}
