/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compile state: loss, metrics and optimizer between Keras's compile_config and the document's forms. */
#include "cam-keras-config.h"

#include <cam-number.h>
#include <string.h>

/* What every optimizer of every Keras 3 takes, at its default. */
static const char optimizer_common[] =
  "{\"name\": null, \"learning_rate\": 0.001, \"weight_decay\": null, \"clipnorm\": null, \"global_clipnorm\": null, \"clipvalue\": null, "
  "\"use_ema\": false, \"ema_momentum\": 0.99, \"ema_overwrite_frequency\": null, \"loss_scale_factor\": null}";

/* Writing */

static json_t *
build_optimizer (const json_t  *given,
                 GError       **error)
{
  g_autoptr(json_t) config = NULL;
  const CamKind *kind = cam_kind_resolve (CAM_KIND_OPTIMIZER, given, "optimizer", &config, error);
  json_t *full;

  if (kind == NULL)
    return NULL;

  full = json_loads (optimizer_common, 0, NULL);
  json_object_update (full, config);
  json_object_set_new (full, "name", json_string (kind->name));

  return json_pack ("{s:s, s:s, s:o, s:n}", "module", "keras.optimizers", "class_name", kind->class_name, "config", full, "registered_name");
}

/* The name alone where all settings are at their defaults: the form that is the same in every version. */
static json_t *
build_by_name (CamKindOf      of,
               const char    *module,
               const json_t  *given,
               GError       **error)
{
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) usual = NULL;
  const CamKind *kind = cam_kind_resolve (of, given, of == CAM_KIND_LOSS ? "loss" : "metrics", &config, error);

  if (kind == NULL)
    return NULL;

  usual = cam_fields_complete (kind->fields, NULL, kind->name, NULL);
  if (json_equal (config, usual))
    return json_string (kind->name);

  if (of == CAM_KIND_LOSS)
    json_object_set_new (config, "reduction", json_string ("sum_over_batch_size"));
  json_object_set_new (config, "name", json_string (kind->name));

  return json_pack ("{s:s, s:s, s:O, s:n}", "module", module, "class_name", kind->class_name, "config", config, "registered_name");
}

json_t *
cam_keras_compile_build (const json_t  *loss,
                         const json_t  *metrics,
                         const json_t  *optimizer,
                         GError       **error)
{
  g_autoptr(json_t) written_loss = build_by_name (CAM_KIND_LOSS, "keras.losses", loss, error);
  g_autoptr(json_t) written_optimizer = NULL;
  g_autoptr(json_t) written_metrics = json_array ();
  json_t *metric;
  gsize i;

  if (written_loss == NULL)
    return NULL;

  if (optimizer != NULL && !json_is_null (optimizer))
    written_optimizer = build_optimizer (optimizer, error);
  else
    written_optimizer = json_string ("rmsprop");   /* what compile() takes where nothing is said */
  if (written_optimizer == NULL)
    return NULL;

  json_array_foreach ((json_t *) metrics, i, metric)
    {
      json_t *written = build_by_name (CAM_KIND_METRIC, "keras.metrics", metric, error);

      if (written == NULL)
        return NULL;
      json_array_append_new (written_metrics, written);
    }

  return json_pack ("{s:O, s:O, s:n, s:O, s:n}", "optimizer", written_optimizer, "loss", written_loss, "loss_weights",
                    "metrics", written_metrics, "weighted_metrics");
}

/* Reading */

/* Keras keeps rates as float32: 0.001 comes as 0.0010000000474974513. */
static json_t *
round_float (const json_t *value)
{
  char buf[CAM_NUMBER_BUF];
  double number = json_number_value (value);

  if (!json_is_real (value) || (double) (float) number != number)
    return json_deep_copy (value);

  cam_number_shortest (buf, number, TRUE);
  if (!cam_number_parse (buf, strlen (buf), &number))
    return json_deep_copy (value);

  return json_real (number);
}

/* @value of a file as a string or object of a document; NULL: of a kind or with settings that we do not have. */
static json_t *
parse_kind (CamKindOf     of,
            const json_t *value)
{
  g_autoptr(json_t) settings = json_object ();
  g_autoptr(json_t) given = NULL;
  g_autoptr(json_t) complete = NULL;
  const json_t *config = json_object_get (value, "config");
  const char *name = json_string_value (value);
  const CamKind *kind;

  if (name == NULL)
    name = json_string_value (config);   /* a function: {"class_name": "function", "config": "mean_squared_error"} */
  if (name == NULL)
    name = json_string_value (json_object_get (value, "class_name"));
  kind = name != NULL ? cam_kind_find (of, name) : NULL;
  if (kind == NULL)
    return NULL;

  if (!json_is_object (config))
    return json_string (kind->name);

  for (const CamField *field = kind->fields; field->key != NULL; field++)
    {
      const json_t *setting = json_object_get (config, field->key);

      if (setting != NULL)
        json_object_set_new (settings, field->key, round_float (setting));
    }
  given = json_pack ("{s:s, s:O}", "class_name", kind->class_name, "config", settings);

  return cam_kind_resolve (of, given, "", &complete, NULL) != NULL ? g_steal_pointer (&given) : NULL;
}

/* Metrics come as a list, lists in lists, or an object by output. */
static void
collect_metrics (const json_t *value,
                 json_t       *metrics)
{
  json_t *found;

  if (json_is_array (value))
    {
      json_t *item;
      gsize i;

      json_array_foreach ((json_t *) value, i, item)
        collect_metrics (item, metrics);
      return;
    }

  found = parse_kind (CAM_KIND_METRIC, value);
  if (found != NULL)
    json_array_append_new (metrics, found);
}

void
cam_keras_compile_parse (const json_t  *compile,
                         json_t       **loss,
                         json_t       **metrics,
                         json_t       **optimizer)
{
  const json_t *given = json_object_get (compile, "optimizer");

  *loss = NULL;
  *metrics = NULL;
  *optimizer = NULL;
  if (!json_is_object (compile))
    return;

  if (given == NULL)
    given = json_object_get (compile, "optimizer_config");
  *loss = parse_kind (CAM_KIND_LOSS, json_object_get (compile, "loss"));
  *optimizer = parse_kind (CAM_KIND_OPTIMIZER, given);
  *metrics = json_array ();
  collect_metrics (json_object_get (compile, "metrics"), *metrics);
}
