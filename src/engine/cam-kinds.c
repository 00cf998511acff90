/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding losses, metrics, optimizers and callbacks by any of the names that Keras takes. */
#include "cam-kinds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Every table begins with its CamKind, so that the lists are read as lists of kinds. */
static const CamKind *const *
get_list (CamKindOf of)
{
  switch (of)
    {
    case CAM_KIND_LOSS:
      return (const CamKind *const *) (gconstpointer) cam_losses;
    case CAM_KIND_METRIC:
      return (const CamKind *const *) (gconstpointer) cam_metrics;
    case CAM_KIND_OPTIMIZER:
      return (const CamKind *const *) (gconstpointer) cam_optimizers;
    case CAM_KIND_CALLBACK:
    case CAM_N_KINDS:
    default:
      return (const CamKind *const *) (gconstpointer) cam_callbacks;
    }
}

static const struct { const char *name, *stands_for; } short_names[] = {
  { "mse", "mean_squared_error" },
  { "mae", "mean_absolute_error" },
  { "bce", "binary_crossentropy" },
  { "acc", "accuracy" },
};

const CamKind *const *
cam_kind_list (CamKindOf of)
{
  return get_list (of);
}

const CamKind *
cam_kind_find (CamKindOf   of,
               const char *name)
{
  const CamKind *const *list = get_list (of);

  if (name == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (short_names); i++)
    if (g_ascii_strcasecmp (short_names[i].name, name) == 0)
      name = short_names[i].stands_for;

  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_equal (list[i]->class_name, name) || g_str_equal (list[i]->name, name))
      return list[i];

  return NULL;
}

static const char *
kind_word (CamKindOf of)
{
  static const char *const words[CAM_N_KINDS] = { N_("loss"), N_("metric"), N_("optimizer"), N_("callback") };

  return _(words[of]);
}

const CamKind *
cam_kind_resolve (CamKindOf      of,
                  const json_t  *given,
                  const char    *where,
                  json_t       **config,
                  GError       **error)
{
  static const char *const keys[] = { "class_name", "config", NULL };
  const char *name = json_string_value (given);
  const json_t *settings = NULL;
  const CamKind *kind;
  g_autofree char *place = NULL;

  if (json_is_object (given))
    {
      if (!cam_json_check_keys (given, keys, where, error) ||
          !cam_json_get_string (given, "class_name", where, TRUE, &name, error))
        return NULL;
      settings = json_object_get (given, "config");
    }
  else if (name == NULL)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: a name, or an object with “class_name” and “config”, is needed here"), where);
      return NULL;
    }

  kind = cam_kind_find (of, name);
  if (kind == NULL)
    {
      /* translators: the first is a place in a document, the second the word for loss, metric, optimizer or callback */
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("%s: the %s “%s” is not known"), where, kind_word (of), name);
      return NULL;
    }

  place = g_strdup_printf ("%s (%s)", where, kind->class_name);
  *config = cam_fields_complete (kind->fields, settings, place, error);

  return *config != NULL ? kind : NULL;
}

gboolean
cam_history_key_larger_is_better (const char *key)
{
  const CamKind *kind = cam_kind_find (CAM_KIND_METRIC, g_str_has_prefix (key, "val_") ? key + strlen ("val_") : key);

  return kind != NULL && kind->larger_is_better;
}

gboolean
cam_sizes_are_equal (gsize y_size,
                     gsize p_size)
{
  return y_size == p_size;
}
