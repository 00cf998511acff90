/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callbacks that leave files: ModelCheckpoint and CSVLogger. They say what is to be written; whoever runs the fit knows where, and does it. Names are relative and stay below that
 * place, so that a document from somebody else cannot write over anything. Source of the rules: keras.callbacks. */
#include <cam-number.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-callbacks-private.h"
#include "cam-monitor.h"
#include "cam-state-walk.h"

/* Digits that fill no file name. */
#define MOST_DIGITS 40

static gboolean
check_path (const char  *path,
            const char  *field,
            const char  *where,
            GError     **error)
{
  g_auto(GStrv) parts = path != NULL ? g_strsplit_set (path, "/\\", -1) : NULL;

  if (path != NULL && *path != 0 && !g_path_is_absolute (path) && !g_str_has_suffix (path, "/") && !g_strv_contains ((const char *const *) parts, ".."))
    return TRUE;

  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
               _("%s: “%s” must be the name of a file, which may stand in a folder of its own but not outside the run’s: “checkpoints/best.keras”"), where, field);
  return FALSE;
}

/* File names ---------------------------------------------------------------------------------------------------------- */

/* "02d" or ".3f": flag, width, precision, and how a number is written. FALSE: it is something else. */
static gboolean
append_formatted (GString    *name,
                  const char *spec,
                  double      value,
                  gboolean    is_whole)
{
  g_autofree char *format = NULL;
  char text[MOST_DIGITS + 340];
  char *end;
  gboolean pads_zeros = *spec == '0';
  guint64 width, precision = 6;
  gboolean has_precision;

  if (*spec == 0)
    {
      if (is_whole)
        g_string_append_printf (name, "%d", (int) value);
      else
        g_string_append (name, cam_number_shortest (text, value, FALSE));
      return TRUE;
    }
  width = g_ascii_strtoull (spec, &end, 10);
  has_precision = *end == '.';
  if (has_precision)
    {
      if (!g_ascii_isdigit (end[1]))
        return FALSE;
      precision = g_ascii_strtoull (end + 1, &end, 10);
    }
  if (width > MOST_DIGITS || precision > MOST_DIGITS)
    return FALSE;

  if (g_str_equal (end, "d") && is_whole && !has_precision)
    g_snprintf (text, sizeof text, "%d", (int) value);
  else if (*end != 0 && end[1] == 0 && strchr ("feg", *end) != NULL)
    {
      format = g_strdup_printf ("%%.%u%c", (guint) precision, *end);
      g_ascii_formatd (text, sizeof text, format, value);
    }
  else
    return FALSE;

  for (gsize n = strlen (text); n < width; n++)
    g_string_append_c (name, pads_zeros ? '0' : ' ');
  g_string_append (name, text);
  return TRUE;
}

static gboolean
append_place (GString            *name,
              const char         *place,
              const char *const  *keys,
              const double       *values,
              guint               epoch)
{
  g_auto(GStrv) parts = g_strsplit (place, ":", 2);
  const char *spec = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";

  if (parts[0] == NULL)
    return FALSE;
  if (g_str_equal (parts[0], "epoch"))
    return append_formatted (name, spec, epoch, TRUE);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (g_str_equal (keys[i], parts[0]))
      return append_formatted (name, spec, values != NULL ? values[i] : 0.0, FALSE);

  /* Before the history's keys are known every name may be one. */
  return keys == NULL && append_formatted (name, spec, 0.0, FALSE);
}

char *
cam_file_name_fill (const char         *pattern,
                    const char *const  *keys,
                    const double       *values,
                    guint               epoch,
                    const char         *where,
                    GError            **error)
{
  g_autoptr(GString) name = g_string_new (NULL);

  while (*pattern != 0)
    {
      const char *end = *pattern == '{' ? strchr (pattern, '}') : NULL;
      g_autofree char *place = end != NULL ? g_strndup (pattern + 1, (gsize) (end - pattern - 1)) : NULL;

      if (*pattern != '{' && *pattern != '}')
        {
          g_string_append_c (name, *pattern++);
          continue;
        }
      if (place == NULL || !append_place (name, place, keys, values, epoch))
        {
          g_autofree char *list = keys != NULL ? g_strjoinv (", ", (char **) keys) : NULL;

          g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE,
                       _("%s: “%s” cannot be filled in: places are “{epoch:02d}” or a measured value such as “{val_loss:.3f}” (measured: %s)"), where, pattern, list != NULL ? list : "…");
          return NULL;
        }
      pattern = end + 1;
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* ModelCheckpoint ------------------------------------------------------------------------------------------------------- */

static const CamField checkpoint_fields[] = {
  CAM_F_TEXT ("filepath", N_("File"), N_("Its name; “{epoch:02d}” and “{val_loss:.3f}” are filled in."), "checkpoint.keras", NULL, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("save_best_only", N_("Only the best"), N_("Writes only when the watched value is better than ever."), 0, CAM_FIELD_PLAIN),
  CAM_F_MONITOR,
  CAM_F_MODE,
  CAM_F_FLOAT ("initial_value_threshold", N_("Better than"), N_("What the first one must be better than."), NAN, -INFINITY, INFINITY, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_END,
};

typedef struct
{
  CamCallback parent;
  CamMonitor  monitor;
  char       *path;
  gboolean    best_only;
  double      best;        /* NaN: none yet */
} Checkpoint;

static CamCallback *
checkpoint_create (const json_t *config)
{
  Checkpoint *self = g_new0 (Checkpoint, 1);

  cam_monitor_init (&self->monitor, config);
  self->path = g_strdup (cam_fields_choice (config, "filepath"));
  self->best_only = cam_fields_bool (config, "save_best_only");
  self->best = cam_fields_number (config, "initial_value_threshold");

  return &self->parent;
}

static void
checkpoint_free (CamCallback *callback)
{
  Checkpoint *self = (Checkpoint *) callback;

  cam_monitor_clear (&self->monitor);
  g_free (self->path);
  g_free (self);
}

static gboolean
checkpoint_on_epoch (CamCallback    *callback,
                     const CamSite  *site,
                     guint           epoch,
                     char          **reason)
{
  Checkpoint *self = (Checkpoint *) callback;
  g_autofree char *path = NULL;
  double value;

  if (self->best_only)
    {
      if (!cam_monitor_find (&self->monitor, site, &value) || !cam_monitor_improves (&self->monitor, value, self->best))
        return FALSE;
      self->best = value;
    }

  path = cam_file_name_fill (self->path, site->keys, site->values, epoch + 1, "", NULL);
  if (path != NULL && site->save != NULL)
    site->save (path, site->network, epoch + 1, site->user_data);

  return FALSE;
}

static void
checkpoint_walk (CamCallback  *callback,
                 CamStateWalk *walk)
{
  cam_state_walk_double (walk, &((Checkpoint *) callback)->best);
}

/* Every epoch is written, whatever there is to watch. */
static const CamMonitor *
checkpoint_get_monitor (CamCallback *callback)
{
  const Checkpoint *self = (const Checkpoint *) callback;

  return self->best_only ? &self->monitor : NULL;
}

static gboolean
checkpoint_check (const json_t       *config,
                  const char *const  *keys,
                  const char         *where,
                  GError            **error)
{
  const char *path = cam_fields_choice (config, "filepath");
  g_autofree char *filled = NULL;

  if (!check_path (path, "filepath", where, error))
    return FALSE;
  if (!g_str_has_suffix (path, ".keras"))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “filepath” is “%s”; the file is a model and must end in “.keras”"), where, path);
      return FALSE;
    }
  filled = cam_file_name_fill (path, keys, NULL, 1, where, error);

  return filled != NULL;
}

/* CSVLogger ------------------------------------------------------------------------------------------------------------- */

static const CamField logger_fields[] = {
  CAM_F_TEXT ("filename", N_("File"), N_("Its name."), "log.csv", NULL, CAM_FIELD_PLAIN),
  CAM_F_TEXT ("separator", N_("Separator"), N_("Between two values."), ",", NULL, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("append", N_("Append"), N_("Goes on below what a file of that name holds, instead of writing over it."), 0, CAM_FIELD_PLAIN),
  CAM_F_END,
};

typedef struct
{
  CamCallback parent;
  char       *path, *separator;
  gboolean    appends;
  gboolean    has_begun;
  GArray     *order;       /* guint: keys in alphabetical order, as Keras writes them */
} Logger;

static CamCallback *
logger_create (const json_t *config)
{
  Logger *self = g_new0 (Logger, 1);

  self->path = g_strdup (cam_fields_choice (config, "filename"));
  self->separator = g_strdup (cam_fields_choice (config, "separator"));
  self->appends = cam_fields_bool (config, "append");

  return &self->parent;
}

static void
logger_free (CamCallback *callback)
{
  Logger *self = (Logger *) callback;

  g_free (self->path);
  g_free (self->separator);
  g_clear_pointer (&self->order, g_array_unref);
  g_free (self);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      keys)
{
  return strcmp (((const char *const *) keys)[*(const guint *) a], ((const char *const *) keys)[*(const guint *) b]);
}

static void
sort_keys (Logger        *self,
           const CamSite *site)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; site->keys[i] != NULL; i++)
    g_array_append_val (self->order, i);
  g_array_sort_with_data (self->order, compare_keys, (gpointer) site->keys);
}

static void
append_row (const Logger  *self,
            const CamSite *site,
            gboolean       is_header,
            GString       *text)
{
  char buf[CAM_NUMBER_BUF];

  for (guint i = 0; i < self->order->len; i++)
    {
      guint key = g_array_index (self->order, guint, i);

      g_string_append_printf (text, "%s%s", self->separator, is_header ? site->keys[key] : cam_number_shortest (buf, site->values[key], FALSE));
    }
  g_string_append (text, "\r\n");
}

/* Epochs are counted from 0 here, as in Keras. */
static gboolean
logger_on_epoch (CamCallback    *callback,
                 const CamSite  *site,
                 guint           epoch,
                 char          **reason)
{
  Logger *self = (Logger *) callback;
  g_autoptr(GString) header = g_string_new ("epoch");
  g_autoptr(GString) line = g_string_new (NULL);

  if (site->write == NULL)
    return FALSE;
  if (self->order == NULL)
    sort_keys (self, site);
  append_row (self, site, TRUE, header);
  g_string_append_printf (line, "%u", epoch);
  append_row (self, site, FALSE, line);

  site->write (self->path, header->str, line->str, !self->has_begun && !self->appends, site->user_data);
  self->has_begun = TRUE;
  return FALSE;
}

static void
logger_walk (CamCallback  *callback,
             CamStateWalk *walk)
{
  cam_state_walk_boolean (walk, &((Logger *) callback)->has_begun);
}

static gboolean
logger_check (const json_t       *config,
              const char *const  *keys,
              const char         *where,
              GError            **error)
{
  const char *separator = cam_fields_choice (config, "separator");

  if (!check_path (cam_fields_choice (config, "filename"), "filename", where, error))
    return FALSE;
  if (separator != NULL && g_utf8_strlen (separator, -1) == 1 && strchr ("\r\n\"", *separator) == NULL)
    return TRUE;

  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “separator” must be one character, and neither a quote nor the end of a line"), where);
  return FALSE;
}

const CamCallbackOps cam_model_checkpoint = {
  .kind = { "ModelCheckpoint", "model_checkpoint", N_("Model checkpoint"), N_("Writes the model to a file after each epoch, or after each that is better."), checkpoint_fields, FALSE, FALSE },
  .create = checkpoint_create, .free = checkpoint_free, .on_epoch = checkpoint_on_epoch, .get_monitor = checkpoint_get_monitor, .check = checkpoint_check, .walk = checkpoint_walk,
};
const CamCallbackOps cam_csv_logger = {
  .kind = { "CSVLogger", "csv_logger", N_("CSV logger"), N_("Writes the values of each epoch to a file as they come."), logger_fields, FALSE, FALSE },
  .create = logger_create, .free = logger_free, .on_epoch = logger_on_epoch, .check = logger_check, .walk = logger_walk,
};
