/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in a document by their path, and documents that differ from another in one place. Only the section that changes is made anew:
 * the thousands of documents of a long afternoon share the rest. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-experiment-private.h"

/* A name of a path, "~1" and "~0" read back; NULL where something else follows a "~". */
static char *
unescape (const char *token)
{
  GString *name = g_string_sized_new (strlen (token));

  for (const char *c = token; *c != 0; c++)
    {
      if (*c == '~' && c[1] != '0' && c[1] != '1')
        {
          g_string_free (name, TRUE);
          return NULL;
        }
      g_string_append_c (name, *c != '~' ? *c : *++c == '0' ? '~' : '/');
    }

  return g_string_free (name, FALSE);
}

/* The names of a path; the empty path has none and means the whole document. */
static char **
split_path (const char  *path,
            GError     **error)
{
  g_auto(GStrv) tokens = NULL;

  if (!g_utf8_validate (path, -1, NULL))
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("The path is not UTF-8"));
      return NULL;
    }

  tokens = g_strsplit (path, "/", -1);
  for (guint i = 0; tokens[i] != NULL; i++)
    {
      char *name = unescape (tokens[i]);

      if (name == NULL)
        {
          g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("In the path “%s”, “~” must be written “~0”, and “/” in a name “~1”"), path);
          return NULL;
        }
      g_free (tokens[i]);
      tokens[i] = name;
    }

  return g_steal_pointer (&tokens);
}

/* An index as RFC 6901 has it: digits without a zero in front. */
static gboolean
read_index (const char *token,
            gsize      *index)
{
  guint64 value;

  if (!g_ascii_isdigit (token[0]) || (token[0] == '0' && token[1] != 0) || !g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT32, &value, NULL))
    return FALSE;

  *index = (gsize) value;
  return TRUE;
}

/* What is at @token in @parent; NULL: nothing. */
static json_t *
look_into (const json_t *parent,
           const char   *token)
{
  gsize index;

  if (json_is_array (parent))
    return read_index (token, &index) ? json_array_get (parent, index) : NULL;

  return json_object_get (parent, token);
}

static gboolean
put (json_t     *parent,
     const char *token,
     json_t     *value)          /* taken */
{
  gsize index;

  if (json_is_object (parent))
    return json_object_set_new (parent, token, value) == 0;
  if (json_is_array (parent) && read_index (token, &index) && index < json_array_size (parent))
    return json_array_set_new (parent, index, value) == 0;
  if (json_is_array (parent) && (g_str_equal (token, "-") || (read_index (token, &index) && index == json_array_size (parent))))
    return json_array_append_new (parent, value) == 0;

  json_decref (value);
  return FALSE;
}

static void
take_out (json_t     *parent,
          const char *token)
{
  gsize index;

  if (json_is_object (parent))
    json_object_del (parent, token);
  else if (json_is_array (parent) && read_index (token, &index))
    json_array_remove (parent, index);
}

/* A name may stand for an object of that class without settings ("loss": "huber"; an initialiser, a schedule): an edit of its settings writes the object. */
static gboolean
stands_for_object (const json_t *value,
                   const char   *next_token)
{
  return json_is_string (value) && (g_str_equal (next_token, "config") || g_str_equal (next_token, "class_name"));
}

static gboolean
fail_at (char  **tokens,
         guint   n,
         GError **error)
{
  g_autoptr(GString) place = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (place, "%s%s", i > 0 ? ", " : "", tokens[i]);
  g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT, _("The experiment has no place “%s”"), place->str);
  return FALSE;
}

/* @root is changed: { section: value }. */
static gboolean
edit (json_t        *root,
      char         **tokens,
      const json_t  *value,
      GError       **error)
{
  guint n = g_strv_length (tokens);
  json_t *parent = root;

  for (guint i = 0; i + 1 < n; i++)
    {
      json_t *next = look_into (parent, tokens[i]);

      /* Where nothing is, nothing needs to be removed. */
      if (value == NULL && !json_is_object (next) && !json_is_array (next))
        return TRUE;
      if ((next == NULL && json_is_object (parent)) || json_is_null (next))
        {
          next = json_object ();
          put (parent, tokens[i], next);
        }
      else if (stands_for_object (next, tokens[i + 1]))
        {
          json_t *object = json_pack ("{s:O, s:{}}", "class_name", next, "config");

          put (parent, tokens[i], object);
          next = object;
        }
      if (!json_is_object (next) && !json_is_array (next))
        return fail_at (tokens, i + 1 + (next != NULL), error);
      parent = next;
    }

  if (value == NULL)
    take_out (parent, tokens[n - 1]);
  else if (!put (parent, tokens[n - 1], json_deep_copy (value)))
    return fail_at (tokens, n, error);

  return TRUE;
}

CamExperiment *
cam_experiment_with (const CamExperiment  *self,
                     const char           *path,
                     const json_t         *value,
                     GError              **error)
{
  g_autoptr(json_t) document = NULL;
  g_autoptr(json_t) root = NULL;
  g_auto(GStrv) tokens = NULL;
  const json_t *old;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  tokens = split_path (path, error);
  if (tokens == NULL)
    return NULL;

  if (tokens[0] == NULL)
    document = cam_experiment_complete (value, error);
  else
    {
      root = json_object ();
      old = json_object_get (self->json, tokens[0]);
      if (old != NULL)
        json_object_set_new (root, tokens[0], json_deep_copy (old));
      if (edit (root, tokens, value, error))
        document = cam_experiment_with_section (self->json, tokens[0], json_object_get (root, tokens[0]), error);
    }

  return document != NULL ? cam_experiment_take (g_steal_pointer (&document)) : NULL;
}

CamExperiment *
cam_experiment_with_all (const CamExperiment  *self,
                         const json_t         *edits,
                         GError              **error)
{
  CamExperiment *edited;
  const char *path;
  json_t *value;

  g_return_val_if_fail (self != NULL, NULL);

  edited = cam_experiment_ref ((CamExperiment *) self);
  json_object_foreach ((json_t *) edits, path, value)
    {
      CamExperiment *next = cam_experiment_with (edited, path, json_is_null (value) ? NULL : value, error);

      cam_experiment_unref (edited);
      edited = next;
      if (edited == NULL)
        break;
    }

  return edited;
}

const json_t *
cam_experiment_peek (const CamExperiment *self,
                     const char          *path)
{
  g_auto(GStrv) tokens = NULL;
  const json_t *at;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  tokens = split_path (path, NULL);
  at = tokens != NULL ? self->json : NULL;
  for (guint i = 0; at != NULL && tokens[i] != NULL; i++)
    at = look_into (at, tokens[i]);

  return at;
}
