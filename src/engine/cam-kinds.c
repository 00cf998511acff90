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
  { "mape", "mean_absolute_percentage_error" },
  { "msle", "mean_squared_logarithmic_error" },
  { "rmse", "root_mean_squared_error" },
  { "bce", "binary_crossentropy" },
  { "kld", "kl_divergence" },
  { "acc", "accuracy" },
  /* Keras calls one thing differently as a loss, as a metric and in a history. */
  { "logcosh", "log_cosh" },
  { "log_cosh_error", "logcosh" },
  { "f_beta_score", "fbeta_score" },
};

const CamKind *const *
cam_kind_list (CamKindOf of)
{
  return get_list (of);
}

static const CamKind *
find_in (const CamKind *const *list,
         const char           *name)
{
  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_equal (list[i]->class_name, name) || g_str_equal (list[i]->name, name))
      return list[i];

  return NULL;
}

const CamKind *
cam_kind_find (CamKindOf   of,
               const char *name)
{
  const CamKind *const *list = get_list (of);
  const CamKind *kind = name != NULL ? find_in (list, name) : NULL;

  for (guint i = 0; kind == NULL && name != NULL && i < G_N_ELEMENTS (short_names); i++)
    if (g_ascii_strcasecmp (short_names[i].name, name) == 0)
      kind = find_in (list, short_names[i].stands_for);

  return kind;
}

static const char *
kind_word (CamKindOf of)
{
  static const char *const words[CAM_N_KINDS] = { N_("loss"), N_("metric"), N_("optimizer"), N_("callback") };

  return _(words[of]);
}

/* What no field can check by itself. */
static gboolean
check_settings (CamKindOf       of,
                const CamKind  *kind,
                const json_t   *config,
                const char     *where,
                GError        **error)
{
  const CamCallbackOps *callback = of == CAM_KIND_CALLBACK ? (const CamCallbackOps *) (gconstpointer) kind : NULL;

  return callback == NULL || callback->check == NULL || callback->check (config, NULL, where, error);
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
  if (*config != NULL && !check_settings (of, kind, *config, place, error))
    g_clear_pointer (config, json_decref);

  return *config != NULL ? kind : NULL;
}

gboolean
cam_kind_fits (CamKindOf      of,
               const CamKind *kind,
               gsize          y_size,
               gsize          p_size)
{
  gboolean (*fits) (gsize y_size, gsize p_size);

  g_return_val_if_fail (of == CAM_KIND_LOSS || of == CAM_KIND_METRIC, FALSE);

  fits = of == CAM_KIND_LOSS ? ((const CamLoss *) (gconstpointer) kind)->fits : ((const CamMetric *) (gconstpointer) kind)->fits;

  return fits (y_size, p_size);
}

gboolean
cam_callback_sets_rate (const CamKind *kind)
{
  return ((const CamCallbackOps *) (gconstpointer) kind)->sets_rate;
}

/* "val_weighted_auc_1" → "auc": what the key's metric was called before others of its name were told from it. */
static char *
strip_key (const char *key)
{
  static const char *const prefixes[] = { "val_", CAM_REMEASURED_PREFIX, "weighted_" };
  g_autofree char *stem = NULL;
  gsize end;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (key, prefixes[i]))
      key += strlen (prefixes[i]);
  stem = g_strdup (key);
  end = strlen (stem);
  while (end > 0 && g_ascii_isdigit (stem[end - 1]))
    end--;
  if (end > 0 && stem[end] != 0 && stem[end - 1] == '_')
    stem[end - 1] = 0;

  return g_steal_pointer (&stem);
}

const CamKind *
cam_history_key_find_metric (const char *key)
{
  g_autofree char *stem = strip_key (key);

  return cam_kind_find (CAM_KIND_METRIC, stem);
}

gboolean
cam_history_key_larger_is_better (const char *key)
{
  const CamKind *kind = cam_history_key_find_metric (key);

  /* A name that somebody gave; Keras's rule for those. */
  return kind != NULL ? kind->larger_is_better : g_str_has_suffix (key, "acc") || g_str_has_suffix (key, "accuracy") || g_str_has_suffix (key, "auc");
}

gboolean
cam_sizes_are_equal (gsize y_size,
                     gsize p_size)
{
  return y_size == p_size;
}
