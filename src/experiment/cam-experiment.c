/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The experiment as a value: made from text or a file, written back, and asked. */
#include "cam-experiment.h"

#include <cam-number.h>
#include <cam-schedule.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-experiment-private.h"

G_DEFINE_QUARK (cam-experiment-error-quark, cam_experiment_error)
G_DEFINE_BOXED_TYPE (CamExperiment, cam_experiment, cam_experiment_ref, cam_experiment_unref)

/* Where the two paths of a document stand: section and key. */
static const char *const path_keys[][2] = { { "data", "file" }, { "fit", "initial_weights" } };

CamExperiment *
cam_experiment_take (json_t *complete)
{
  CamExperiment *self = g_new0 (CamExperiment, 1);

  g_atomic_ref_count_init (&self->count);
  self->json = complete;

  return self;
}

CamExperiment *
cam_experiment_ref (CamExperiment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
cam_experiment_unref (CamExperiment *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;

  json_decref (self->json);
  g_free (self);
}

/* Reading and writing */

CamExperiment *
cam_experiment_new_from_json (const json_t  *json,
                              GError       **error)
{
  json_t *complete;

  g_return_val_if_fail (json != NULL, NULL);

  complete = cam_experiment_complete (json, error);

  return complete != NULL ? cam_experiment_take (complete) : NULL;
}

CamExperiment *
cam_experiment_new_from_text (const char  *text,
                              GError     **error)
{
  g_autoptr(json_t) json = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  json = cam_json_parse (text, strlen (text), error);

  return json != NULL ? cam_experiment_new_from_json (json, error) : NULL;
}

/* @document with its paths turned by @turn; sections that change are copied, the others shared. */
static void
turn_paths (json_t      *document,
            char      *(*turn) (const char *path, const char *folder),
            const char  *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (path_keys); i++)
    {
      json_t *section = json_object_get (document, path_keys[i][0]);
      const char *path = json_string_value (json_object_get (section, path_keys[i][1]));
      g_autofree char *turned = NULL;

      if (path == NULL || *path == 0)
        continue;
      turned = turn (path, folder);
      section = json_copy (section);
      json_object_set_new (section, path_keys[i][1], json_string (turned));
      json_object_set_new (document, path_keys[i][0], section);
    }
}

static char *
make_absolute (const char *path,
               const char *folder)
{
  return g_canonicalize_filename (path, folder);
}

/* From @folder to @path by way of the folder they share; a path that shares nothing but the root, or is relative already, stays. */
static char *
make_relative (const char *path,
               const char *folder)
{
  g_autofree char *file = NULL;
  g_autofree char *rest = NULL;
  g_auto(GStrv) from = NULL;
  g_auto(GStrv) to = NULL;
  g_autoptr(GString) relative = g_string_new (NULL);
  guint n = 0;

  if (!g_path_is_absolute (path))
    return g_strdup (path);

  file = g_canonicalize_filename (path, NULL);
  from = g_strsplit (folder, G_DIR_SEPARATOR_S, -1);
  to = g_strsplit (file, G_DIR_SEPARATOR_S, -1);
  while (from[n] != NULL && to[n] != NULL && g_str_equal (from[n], to[n]))
    n++;
  /* The first is the empty name before the root's slash. */
  if (n < 2)
    return g_strdup (path);

  for (guint i = n; from[i] != NULL; i++)
    g_string_append (relative, ".." G_DIR_SEPARATOR_S);
  rest = g_strjoinv (G_DIR_SEPARATOR_S, to + n);
  g_string_append (relative, rest);

  return g_string_free (g_steal_pointer (&relative), FALSE);
}

CamExperiment *
cam_experiment_load (const char  *path,
                     GError     **error)
{
  g_autoptr(json_t) json = NULL;
  g_autoptr(json_t) complete = NULL;
  g_autofree char *file = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_canonicalize_filename (path, NULL);
  folder = g_path_get_dirname (file);
  if (!g_utf8_validate (folder, -1, NULL))
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT,
                   _("%s: the name of its folder is not UTF-8, and cannot stand in a document; rename the folder"), shown);
      return NULL;
    }

  json = cam_json_load (path, error);
  if (json == NULL)
    return NULL;
  complete = cam_experiment_complete (json, error);
  if (complete == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  turn_paths (complete, make_absolute, folder);

  return cam_experiment_take (g_steal_pointer (&complete));
}

json_t *
cam_experiment_to_json (const CamExperiment *self,
                        const char          *folder)
{
  g_autofree char *seen_from = NULL;
  json_t *document;

  g_return_val_if_fail (self != NULL, NULL);

  document = json_deep_copy (self->json);
  if (folder != NULL)
    {
      seen_from = g_canonicalize_filename (folder, NULL);
      turn_paths (document, make_relative, seen_from);
    }

  return document;
}

char *
cam_experiment_to_text (const CamExperiment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return cam_json_dump (self->json, TRUE);
}

gboolean
cam_experiment_save (const CamExperiment  *self,
                     const char           *path,
                     GError              **error)
{
  g_autoptr(json_t) document = NULL;
  g_autofree char *file = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  file = g_canonicalize_filename (path, NULL);
  folder = g_path_get_dirname (file);
  document = cam_experiment_to_json (self, folder);

  return cam_json_save (document, path, error);
}

/* What it says */

static const json_t *
get_section (const CamExperiment *self,
             const char          *key)
{
  g_return_val_if_fail (self != NULL, NULL);

  return json_object_get (self->json, key);
}

const char *
cam_experiment_get_name (const CamExperiment *self)
{
  const char *name = json_string_value (get_section (self, "name"));

  return name != NULL ? name : "";
}

const char *
cam_experiment_get_file (const CamExperiment *self)
{
  const char *file = json_string_value (json_object_get (get_section (self, "data"), "file"));

  return file != NULL && *file != 0 ? file : NULL;
}

const json_t *
cam_experiment_get_data (const CamExperiment *self)
{
  return get_section (self, "data");
}

const json_t *
cam_experiment_get_split (const CamExperiment *self)
{
  return get_section (self, "split");
}

const json_t *
cam_experiment_get_network (const CamExperiment *self)
{
  return get_section (self, "network");
}

const json_t *
cam_experiment_get_loss (const CamExperiment *self)
{
  return get_section (self, "loss");
}

const json_t *
cam_experiment_get_metrics (const CamExperiment *self)
{
  return get_section (self, "metrics");
}

const json_t *
cam_experiment_get_optimizer (const CamExperiment *self)
{
  return get_section (self, "optimizer");
}

const json_t *
cam_experiment_get_callbacks (const CamExperiment *self)
{
  return get_section (self, "callbacks");
}

guint
cam_experiment_get_epochs (const CamExperiment *self)
{
  return (guint) cam_fields_int (get_section (self, "fit"), "epochs");
}

gsize
cam_experiment_get_batch_size (const CamExperiment *self)
{
  return (gsize) cam_fields_int (get_section (self, "fit"), "batch_size");
}

guint64
cam_experiment_get_seed (const CamExperiment *self)
{
  return (guint64) cam_fields_int (get_section (self, "fit"), "seed");
}

/* "MaxPooling2D" → "max pooling2d". */
static char *
spell_out (const char *class_name)
{
  GString *words = g_string_new (NULL);

  for (const char *c = class_name; *c != 0; c++)
    {
      if (c > class_name && g_ascii_isupper (c[0]) && g_ascii_islower (c[-1]))
        g_string_append_c (words, ' ');
      g_string_append_c (words, g_ascii_tolower (*c));
    }

  return g_string_free (words, FALSE);
}

static void
append_number (GString      *text,
               const json_t *value)
{
  char buf[CAM_NUMBER_BUF];

  g_string_append_printf (text, " %s", cam_number_shortest (buf, json_number_value (value), FALSE));
}

/* A layer by its kind and the setting that its table names first, where that says what is there: a size, a share left out, an activation. */
static void
describe_layer (GString      *text,
                const json_t *layer)
{
  const char *class_name = json_string_value (json_object_get (layer, "class_name"));
  const CamLayerKind *kind = cam_layer_kind_find (class_name);
  const CamField *field = cam_layer_kind_get_fields (kind);
  const json_t *value = field->key != NULL ? json_object_get (json_object_get (layer, "config"), field->key) : NULL;
  g_autofree char *words = spell_out (class_name);

  if (json_is_string (value) && g_str_equal (class_name, "Activation"))
    {
      g_string_append (text, json_string_value (value));
      return;
    }
  g_string_append (text, words);
  if ((json_is_integer (value) && field->min >= 1)
      || (json_is_real (value) && cam_layer_kind_get_category (kind) == CAM_LAYER_REGULARISATION))
    append_number (text, value);
}

/* ", cosine decay" */
static void
append_schedule (GString      *text,
                 const json_t *rate)
{
  const char *name = json_is_object (rate) ? json_string_value (json_object_get (rate, "class_name")) : json_string_value (rate);
  const CamVariant *schedule = cam_variant_find (cam_schedule_variants, name);
  g_autofree char *title = schedule != NULL ? g_utf8_strdown (_(schedule->title), -1) : NULL;

  if (title != NULL)
    g_string_append_printf (text, ", %s", title);
}

char *
cam_experiment_describe (const CamExperiment *self)
{
  const json_t *network = get_section (self, "network"), *optimizer = get_section (self, "optimizer");
  const json_t *rate = json_object_get (json_object_get (optimizer, "config"), "learning_rate");
  int last = cam_network_find_last (network);
  GString *text = g_string_new (NULL);

  /* The last layer is what the task asks for, and no choice. */
  for (int i = 0; i <= last; i++)
    {
      if (cam_network_is_off (json_array_get (network, i)) || (i == last && text->len > 0))
        continue;
      describe_layer (text, json_array_get (network, i));
      g_string_append (text, " · ");
    }
  g_string_append (text, json_string_value (json_object_get (optimizer, "class_name")));
  if (json_is_number (rate))
    append_number (text, rate);
  else
    append_schedule (text, rate);

  return g_string_free (text, FALSE);
}
