/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of runs: read from documents that were checked when they were made, so what is odd here is passed over. */

#include "cam-run-settings.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-json.h>
#include <cam-network.h>
#include <cam-number.h>

static void
setting_free (gpointer data)
{
  CamRunSetting *setting = data;

  g_free (setting->text);
  g_free (setting);
}

/* "L2 0.02": two runs that differ in a number are told apart. */
static char *
object_text (const json_t *object)
{
  GString *text = g_string_new (json_string_value (json_object_get (object, "class_name")));
  char buf[CAM_NUMBER_BUF];
  const char *key;
  json_t *value;

  json_object_foreach (json_object_get (object, "config"), key, value)
    if (json_is_number (value))
      g_string_append_printf (text, " %s", cam_number_shortest (buf, json_number_value (value), FALSE));
  return g_string_free (text, FALSE);
}

char *
cam_run_settings_dup_value (const json_t *value)
{
  char buf[CAM_NUMBER_BUF];

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (json_is_integer (value))
    return g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  if (json_is_real (value))
    return g_strdup (cam_number_shortest (buf, json_real_value (value), FALSE));
  if (json_is_boolean (value))
    return g_strdup (json_is_true (value) ? _("yes") : _("no"));
  if (json_is_string (json_object_get (value, "class_name")))
    return object_text (value);
  if (value == NULL || json_is_null (value))
    return g_strdup (_("none"));
  return cam_json_dump (value, FALSE);
}

/* Several parts of a document may have a setting of one name: the first has it alone, the others say whose it is. */
static void
take (GPtrArray  *settings,
      const char *owner,
      const char *key,
      char       *text,
      double      number)
{
  CamRunSetting *setting;
  g_autofree char *full = NULL;

  key = g_intern_string (key);
  if (cam_run_settings_find (settings, key) != NULL && owner != NULL)
    {
      full = g_strdup_printf ("%s %s", owner, key);
      key = g_intern_string (full);
    }
  if (text == NULL || cam_run_settings_find (settings, key) != NULL)
    {
      g_free (text);
      return;
    }
  setting = g_new0 (CamRunSetting, 1);
  setting->key = key;
  setting->text = text;
  setting->number = number;
  g_ptr_array_add (settings, setting);
}

static void
add (GPtrArray    *settings,
     const char   *owner,
     const char   *key,
     const json_t *value)
{
  if (value != NULL)
    take (settings, owner, key, cam_run_settings_dup_value (value), json_is_number (value) ? json_number_value (value) : NAN);
}

static void
add_all (GPtrArray  *settings,
         const char *owner,
         json_t     *object)
{
  const char *key;
  json_t *value;

  json_object_foreach (object, key, value)
    add (settings, owner, key, value);
}

/* What a callback does is told by its name: “EarlyStopping min_delta” says what “min_delta” alone does not. */
static void
add_callback (GPtrArray *settings,
              json_t    *callback)
{
  const char *name = json_string_value (json_object_get (callback, "class_name")), *key;
  json_t *value;

  json_object_foreach (json_object_get (callback, "config"), key, value)
    {
      g_autofree char *full = g_strdup_printf ("%s %s", name != NULL ? name : "?", key);

      add (settings, NULL, full, value);
    }
}

static void
add_file_name (GPtrArray    *settings,
               const char   *key,
               const json_t *value)
{
  if (json_is_string (value))
    take (settings, NULL, key, g_path_get_basename (json_string_value (value)), NAN);
}

static void
read_data (GPtrArray    *settings,
           const json_t *data,
           const json_t *split)
{
  g_autoptr(GString) targets = g_string_new (NULL);
  g_autoptr(GString) ignored = g_string_new (NULL);
  json_t *columns = json_object_get (data, "columns"), *column, *target;
  const char *name;
  gsize i;

  add_file_name (settings, "file", json_object_get (data, "file"));
  json_array_foreach (json_object_get (data, "target"), i, target)
    g_string_append_printf (targets, "%s%s", i > 0 ? " · " : "", json_string_value (target));
  json_object_foreach (columns, name, column)
    if (g_strcmp0 (json_string_value (json_object_get (column, "role")), "ignored") == 0)
      g_string_append_printf (ignored, "%s%s", ignored->len > 0 ? " · " : "", name);
  take (settings, NULL, "target", g_strdup (targets->str), NAN);
  take (settings, NULL, "ignored", g_strdup (ignored->len > 0 ? ignored->str : _("none")), NAN);
  add_all (settings, "data", json_object_get (data, "preparation"));
  add (settings, NULL, "split", json_object_get (split, "method"));
  add (settings, NULL, "train", json_object_get (split, "train"));
  add (settings, NULL, "validation", json_object_get (split, "validation"));
  add (settings, NULL, "test", json_object_get (split, "test"));
  add (settings, NULL, "split seed", json_object_get (split, "seed"));
}

/* The values of one setting through the layers. */
typedef struct
{
  const char *key;
  GPtrArray  *texts;
  double      number;     /* of the last */
} Through;

static void
through_clear (gpointer data)
{
  g_ptr_array_unref (((Through *) data)->texts);
}

static void
go_through (GArray       *all,
            const char   *key,
            const json_t *value)
{
  Through *found = NULL;

  for (guint i = 0; i < all->len && found == NULL; i++)
    if (strcmp (g_array_index (all, Through, i).key, key) == 0)
      found = &g_array_index (all, Through, i);
  if (found == NULL)
    {
      Through fresh = { key, g_ptr_array_new_with_free_func (g_free), NAN };

      g_array_append_val (all, fresh);
      found = &g_array_index (all, Through, all->len - 1);
    }
  g_ptr_array_add (found->texts, cam_run_settings_dup_value (value));
  found->number = json_is_number (value) ? json_number_value (value) : NAN;
}

static gboolean
all_alike (GPtrArray *texts)
{
  for (guint i = 1; i < texts->len; i++)
    if (strcmp (texts->pdata[0], texts->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

static void
take_through (GPtrArray *settings,
              Through   *through)
{
  const gboolean is_units = strcmp (through->key, "units") == 0;

  /* A Dense layer in front of an Activation layer says “linear”: that is no choice of the network. */
  if (strcmp (through->key, "activation") == 0 && !all_alike (through->texts))
    for (guint i = through->texts->len; i > 0; i--)
      if (strcmp (through->texts->pdata[i - 1], "linear") == 0)
        g_ptr_array_remove_index (through->texts, i - 1);
  if (all_alike (through->texts) && (!is_units || through->texts->len == 1))
    take (settings, C_("setting", "layer"), through->key, g_strdup (through->texts->pdata[0]), through->number);
  else
    {
      g_ptr_array_add (through->texts, NULL);
      take (settings, C_("setting", "layer"), through->key, g_strjoinv (" · ", (char **) through->texts->pdata), NAN);
    }
}

static gboolean
is_main (const Through *through)
{
  static const char *const keys[] = { "units", "activation", "dropout", NULL };

  return g_strv_contains (keys, through->key);
}

/* Whether the main settings of the layers are taken, or the others. */
static void
take_all_through (GPtrArray *settings,
                  GArray    *all,
                  gboolean   are_main)
{
  for (guint i = 0; i < all->len; i++)
    if (is_main (&g_array_index (all, Through, i)) == are_main)
      take_through (settings, &g_array_index (all, Through, i));
}

/* Returns the settings of the layers; the main ones are taken. */
static GArray *
read_network (GPtrArray    *settings,
              const json_t *network)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Through));
  g_autoptr(GString) kinds = g_string_new (NULL);
  json_t *layer, *value;
  const char *key;
  int last = cam_network_find_last (network);
  gsize i;

  g_array_set_clear_func (all, through_clear);
  json_array_foreach (network, i, layer)
    {
      const char *kind = json_string_value (json_object_get (layer, "class_name"));

      if (cam_network_is_off (layer))
        continue;
      g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? " · " : "", kind != NULL ? kind : "?");
      if ((int) i == last)
        continue;
      if (g_strcmp0 (kind, "Dense") == 0 && json_object_get (json_object_get (layer, "config"), "activation") == NULL)
        {
          g_autoptr(json_t) linear = json_string ("linear");

          go_through (all, "activation", linear);
        }
      json_object_foreach (json_object_get (layer, "config"), key, value)
        if (strcmp (key, "name") != 0)
          go_through (all, g_strcmp0 (kind, "Dropout") == 0 && strcmp (key, "rate") == 0 ? "dropout" : key, value);
    }
  take (settings, NULL, "layers", g_strdup (kinds->str), NAN);
  take_all_through (settings, all, TRUE);
  if (last >= 0)
    add (settings, NULL, "output", json_object_get (json_object_get (json_array_get (network, (gsize) last), "config"), "activation"));
  return all;
}

GPtrArray *
cam_run_settings_read (const char *experiment)
{
  GPtrArray *settings = g_ptr_array_new_with_free_func (setting_free);
  g_autoptr(json_t) json = experiment != NULL ? cam_json_parse (experiment, strlen (experiment), NULL) : NULL;
  g_autoptr(GArray) layers = NULL;
  json_t *fit = json_object_get (json, "fit"), *optimizer = json_object_get (json, "optimizer"), *callback;
  gsize i;

  if (json == NULL)
    return settings;
  layers = read_network (settings, json_object_get (json, "network"));
  add (settings, NULL, "loss", json_object_get (json, "loss"));
  /* Its own settings are entries of their own. */
  add (settings, NULL, "optimizer", json_is_object (optimizer) ? json_object_get (optimizer, "class_name") : optimizer);
  add_all (settings, "optimizer", json_object_get (optimizer, "config"));
  add (settings, NULL, "batch_size", json_object_get (fit, "batch_size"));
  add (settings, NULL, "epochs", json_object_get (fit, "epochs"));
  add (settings, NULL, "shuffle", json_object_get (fit, "shuffle"));
  add (settings, NULL, "seed", json_object_get (fit, "seed"));
  add_file_name (settings, "initial_weights", json_object_get (fit, "initial_weights"));
  json_array_foreach (json_object_get (json, "callbacks"), i, callback)
    add_callback (settings, callback);
  take_all_through (settings, layers, FALSE);
  read_data (settings, json_object_get (json, "data"), json_object_get (json, "split"));
  return settings;
}

const CamRunSetting *
cam_run_settings_find (GPtrArray  *settings,
                       const char *key)
{
  for (guint i = 0; i < settings->len; i++)
    if (((CamRunSetting *) settings->pdata[i])->key == key)
      return settings->pdata[i];
  return NULL;
}

/* Differences ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *key;
  const char *text;       /* of the first run that has it */
  guint       n;          /* runs that have it */
  gboolean    differs;
} Seen;

struct _CamRunDifferences
{
  GArray     *seen;       /* of Seen */
  GHashTable *places;     /* key → place + 1 */
  guint       n_runs;
};

CamRunDifferences *
cam_run_differences_new (void)
{
  CamRunDifferences *self = g_new0 (CamRunDifferences, 1);

  self->seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  self->places = g_hash_table_new (NULL, NULL);
  return self;
}

void
cam_run_differences_free (CamRunDifferences *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->seen);
  g_hash_table_unref (self->places);
  g_free (self);
}

void
cam_run_differences_add (CamRunDifferences *self,
                         GPtrArray         *settings)
{
  for (guint i = 0; i < settings->len; i++)
    {
      const CamRunSetting *setting = settings->pdata[i];
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, setting->key));

      if (place == 0)
        {
          Seen fresh = { setting->key, setting->text, 1, FALSE };

          g_array_append_val (self->seen, fresh);
          g_hash_table_insert (self->places, (gpointer) setting->key, GUINT_TO_POINTER (self->seen->len));
          continue;
        }
      Seen *seen = &g_array_index (self->seen, Seen, place - 1);
      seen->n++;
      seen->differs = seen->differs || strcmp (seen->text, setting->text) != 0;
    }
  self->n_runs++;
}

GPtrArray *
cam_run_differences_list (CamRunDifferences *self)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < self->seen->len; i++)
    {
      const Seen *seen = &g_array_index (self->seen, Seen, i);

      if (seen->differs || seen->n < self->n_runs)
        g_ptr_array_add (keys, (gpointer) seen->key);
    }
  return keys;
}

GPtrArray *
cam_run_differences_list_all (CamRunDifferences *self)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < self->seen->len; i++)
    g_ptr_array_add (keys, (gpointer) g_array_index (self->seen, Seen, i).key);
  return keys;
}
