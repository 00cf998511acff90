/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compile state: loss, metrics and optimizer between Keras's compile_config and the document's forms. */
#include "cam-keras-config.h"

#include "cam-keras-value.h"

/* Writing */

/* The keys in Keras's order: what every optimizer of every Keras 3 takes, then its own. */
static json_t *
build_optimizer (const json_t  *given,
                 GError       **error)
{
  static const char *const common[] = { "learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum", "ema_overwrite_frequency" };
  g_autoptr(json_t) config = NULL;
  const CamKind *kind = cam_kind_resolve (CAM_KIND_OPTIMIZER, given, "optimizer", &config, error);
  json_t *full;

  if (kind == NULL)
    return NULL;

  full = json_pack ("{s:s}", "name", kind->name);
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    {
      const CamField *field = cam_fields_find (kind->fields, common[i]);

      if (field != NULL)
        json_object_set_new (full, field->key, cam_keras_value_build (field, json_object_get (config, field->key)));
    }
  json_object_set_new (full, "loss_scale_factor", json_null ());
  for (const CamField *field = kind->fields; field->key != NULL; field++)
    {
      const json_t *value = json_object_get (config, field->key);

      /* 3.0.0 does not know this one; unset it says nothing. */
      if (g_str_equal (field->key, "gradient_accumulation_steps") && json_is_null (value))
        continue;
      if (json_object_get (full, field->key) == NULL)
        json_object_set_new (full, field->key, cam_keras_value_build (field, value));
    }

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

/* Keras 2 wrote "lr", and a rate that falls by 1 / (1 + decay · step). */
static json_t *
rename_rate (const json_t *config)
{
  json_t *copy = json_copy ((json_t *) config);
  json_t *rate = json_object_get (copy, "lr");
  double decay = json_number_value (json_object_get (copy, "decay"));

  if (rate != NULL && json_object_get (copy, "learning_rate") == NULL)
    json_object_set (copy, "learning_rate", rate);
  rate = json_object_get (copy, "learning_rate");
  if (decay > 0 && json_is_number (rate))
    json_object_set_new (copy, "learning_rate", json_pack ("{s:s, s:{s:o, s:i, s:f}}", "class_name", "InverseTimeDecay", "config",
                                                           "initial_learning_rate", cam_keras_round_float (rate), "decay_steps", 1, "decay_rate", decay));

  return copy;
}

/* @value of a file as a string or object of a document; NULL: of a kind or with settings that we do not have. */
static json_t *
parse_kind (CamKindOf     of,
            const json_t *value)
{
  g_autoptr(json_t) settings = json_object ();
  g_autoptr(json_t) given = NULL;
  g_autoptr(json_t) complete = NULL;
  g_autoptr(json_t) renamed = NULL;
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

  renamed = rename_rate (config);
  for (const CamField *field = kind->fields; field->key != NULL; field++)
    {
      const json_t *setting = json_object_get (renamed, field->key);

      if (setting != NULL)
        json_object_set_new (settings, field->key, cam_keras_value_parse (field, setting));
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
