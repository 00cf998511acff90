/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a document: each section checked and its defaults filled in, through the tables that the engine and the dataset floor publish. */
#include <cam-class-weight.h>
#include <cam-schedule.h>

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-experiment-private.h"

/* Keras's defaults. */
const CamField cam_experiment_fit_fields[] = {
  CAM_F_INT ("batch_size", N_("Batch size"), N_("Rows that are looked at before each step of the weights."), 32, 1, 0x1p40, CAM_FIELD_LOG),
  CAM_F_INT ("epochs", N_("Epochs"), N_("How often all training rows are gone through, unless training ends earlier."), 1, 1, 10000000, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("shuffle", N_("Shuffle"), N_("Takes the training rows in another order in each epoch."), 1, CAM_FIELD_ADVANCED),
  CAM_F_INT ("seed", N_("Seed"), N_("Where the random numbers begin: the same seed repeats a run exactly."), 42, 0, 0x1p63, CAM_FIELD_PLAIN),
  CAM_F_INT ("remeasure_rows", N_("Measured again"), N_("So many training rows are measured after each epoch as validation rows are; 0: none, only while they are learned from."), 10000, 0, 0x1p40,
             CAM_FIELD_ADVANCED),
  CAM_F_END,
};

/* Each gives a new value for what the document says (NULL: nothing) under its key; *section stays NULL where nothing stands there by default.
 * @document: complete up to this section. */
typedef gboolean (*CompleteFunc) (const json_t *given, const json_t *document, json_t **section, GError **error);

static gboolean
miss (const char  *key,
      GError     **error)
{
  g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_KEY, _("experiment: the key “%s” is missing"), key);
  return FALSE;
}

static gboolean
complete_version (const json_t  *given,
                  const json_t  *document,
                  json_t       **section,
                  GError       **error)
{
  if (!json_is_integer (given) || json_integer_value (given) < 1)
    {
      g_set_error_literal (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT,
                           _("This is not an experiment of Camadas: it must begin with the version of the document, \"camadas\": 1"));
      return FALSE;
    }
  if (json_integer_value (given) > CAM_EXPERIMENT_VERSION)
    {
      g_set_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT,
                   _("The experiment was written by a newer version of Camadas (its document has version %lld"
                     ", this program reads up to %d); update Camadas to open it"),
                   (long long) json_integer_value (given), CAM_EXPERIMENT_VERSION);
      return FALSE;
    }

  *section = json_integer (CAM_EXPERIMENT_VERSION);
  return TRUE;
}

static gboolean
complete_text (const char    *key,
               const json_t  *given,
               json_t       **section,
               GError       **error)
{
  if (given == NULL)
    return TRUE;
  if (!json_is_string (given))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("experiment: “%s” must be a text"), key);
      return FALSE;
    }

  *section = json_copy ((json_t *) given);
  return TRUE;
}

static gboolean
complete_name (const json_t  *given,
               const json_t  *document,
               json_t       **section,
               GError       **error)
{
  return complete_text ("name", given, section, error);
}

static gboolean
complete_description (const json_t  *given,
                      const json_t  *document,
                      json_t       **section,
                      GError       **error)
{
  return complete_text ("description", given, section, error);
}

/* Both are made once and kept: a document is checked at every edit. */
static const json_t *
data_schema (void)
{
  static gsize schema;

  if (g_once_init_enter (&schema))
    g_once_init_leave (&schema, (gsize) cam_dataset_data_schema ());

  return (const json_t *) schema;
}

static const json_t *
split_schema (void)
{
  static gsize schema;

  if (g_once_init_enter (&schema))
    g_once_init_leave (&schema, (gsize) cam_dataset_split_schema ());

  return (const json_t *) schema;
}

/* Defaults are not filled in here: they depend on the table's columns; cam_dataset_column_settings() tells them. */
static gboolean
complete_data (const json_t  *given,
               const json_t  *document,
               json_t       **section,
               GError       **error)
{
  const json_t *dialect = json_object_get (given, "dialect");
  g_autoptr(CamCsvDialect) read = NULL;

  if (given == NULL)
    return miss ("data", error);
  if (!cam_schema_check (data_schema (), given, "data", error))
    return FALSE;
  if (dialect != NULL && (read = cam_csv_dialect_from_json (dialect, error)) == NULL)
    return FALSE;

  *section = json_deep_copy (given);
  return TRUE;
}

/* Shares as the split itself understands them: none given, the usual ones; training gets what the others leave. */
static void
complete_shares (const json_t *given,
                 json_t       *split)
{
  static const char *const keys[] = { "train", "validation", "test" };
  static const double usual[] = { 0.7, 0.15, 0.15 };
  gboolean any = FALSE;
  double left = 1.0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    any = any || json_object_get (given, keys[i]) != NULL;
  for (guint i = 1; i < G_N_ELEMENTS (keys); i++)
    left -= json_number_value (json_object_get (given, keys[i]));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const json_t *share = json_object_get (given, keys[i]);
      /* Rounded, so that 1 − 0.2 − 0.1 is written as the 0.7 that it stands for. */
      double value = share != NULL ? json_number_value (share) : !any ? usual[i] : i == 0 ? MAX (0.0, round (left * 1e9) / 1e9) : 0.0;

      json_object_set_new (split, keys[i], json_real (value));
    }
}

static gboolean
complete_split (const json_t  *given,
                const json_t  *document,
                json_t       **section,
                GError       **error)
{
  const json_t *method = json_object_get (given, "method"), *seed = json_object_get (given, "seed");
  const char *key;
  json_t *value;

  if (given != NULL && !cam_schema_check (split_schema (), given, "split", error))
    return FALSE;

  *section = json_object ();
  json_object_set_new (*section, "method", method != NULL ? json_deep_copy (method) : json_string ("stratified"));
  complete_shares (given, *section);
  json_object_set_new (*section, "seed", seed != NULL ? json_deep_copy (seed) : json_integer (42));
  json_object_foreach ((json_t *) given, key, value)
    if (json_object_get (*section, key) == NULL)
      json_object_set_new (*section, key, json_deep_copy (value));

  return TRUE;
}

json_t *
cam_experiment_complete_layer (const json_t  *given,
                               const char    *where,
                               GError       **error)
{
  static const char *const keys[] = { "class_name", "name", "trainable", "enabled", "config", NULL };
  gboolean trainable = TRUE, enabled = TRUE;
  g_autofree char *place = NULL;
  const CamLayerKind *kind;
  const char *class_name = NULL, *name = NULL;
  json_t *config, *layer;

  if (!cam_json_check_keys (given, keys, where, error) || !cam_json_get_string (given, "class_name", where, TRUE, &class_name, error))
    return NULL;
  kind = cam_layer_kind_find (class_name);
  if (kind == NULL)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("%s: the kind of layer “%s” is not known"), where, class_name);
      return NULL;
    }

  place = g_strdup_printf ("%s (%s)", where, class_name);
  if (!cam_json_get_string (given, "name", place, FALSE, &name, error) || !cam_json_get_bool (given, "trainable", place, FALSE, &trainable, error)
      || !cam_json_get_bool (given, "enabled", place, FALSE, &enabled, error))
    return NULL;
  if (name != NULL && *name == 0)
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("%s: “name” is empty; give a name, or leave it out"), place);
      return NULL;
    }
  config = cam_fields_complete (cam_layer_kind_get_fields (kind), json_object_get (given, "config"), place, error);
  if (config == NULL)
    return NULL;

  layer = json_pack ("{s:s}", "class_name", class_name);
  if (name != NULL)
    json_object_set (layer, "name", json_object_get (given, "name"));
  if (!trainable)
    json_object_set_new (layer, "trainable", json_false ());
  if (!enabled)
    json_object_set_new (layer, "enabled", json_false ());
  json_object_set_new (layer, "config", config);
  return layer;
}

static gboolean
complete_network (const json_t  *given,
                  const json_t  *document,
                  json_t       **section,
                  GError       **error)
{
  g_autoptr(json_t) layers = json_array ();

  if (given == NULL)
    return miss ("network", error);
  if (!json_is_array (given))
    {
      g_set_error_literal (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("experiment: “network” must be a list of layers"));
      return FALSE;
    }
  for (gsize i = 0; i < json_array_size (given); i++)
    {
      g_autofree char *where = g_strdup_printf (_("network, layer %zu"), i + 1);
      json_t *layer = cam_experiment_complete_layer (json_array_get (given, i), where, error);

      if (layer == NULL)
        return FALSE;
      json_array_append_new (layers, layer);
    }

  *section = g_steal_pointer (&layers);
  return TRUE;
}

static gboolean
is_default (const CamKind *kind,
            const json_t  *config)
{
  for (const CamField *field = kind->fields; field->key != NULL; field++)
    {
      g_autoptr(json_t) standard = cam_fields_default (field);

      if (!json_equal (standard, json_object_get (config, field->key)))
        return FALSE;
    }

  return TRUE;
}

/* One form for each meaning, so that equal experiments are equal documents: losses and metrics are a name where all their settings are the usual ones;
 * optimizers and callbacks are always objects with all settings. */
static json_t *
complete_kind (CamKindOf      of,
               const json_t  *given,
               const char    *where,
               GError       **error)
{
  g_autoptr(json_t) config = NULL;
  const CamKind *kind = cam_kind_resolve (of, given, where, &config, error);

  if (kind == NULL)
    return NULL;
  if ((of == CAM_KIND_LOSS || of == CAM_KIND_METRIC) && is_default (kind, config))
    return json_string (kind->name);

  return json_pack ("{s:s, s:O}", "class_name", kind->class_name, "config", config);
}

static json_t *
complete_kinds (CamKindOf      of,
                const json_t  *given,
                const char    *key,
                GError       **error)
{
  g_autoptr(json_t) list = json_array ();

  if (given != NULL && !json_is_array (given))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("experiment: “%s” must be a list"), key);
      return NULL;
    }
  for (gsize i = 0; i < json_array_size (given); i++)
    {
      g_autofree char *where = g_strdup_printf (_("%s, number %zu"), key, i + 1);
      json_t *member = complete_kind (of, json_array_get (given, i), where, error);

      if (member == NULL)
        return NULL;
      json_array_append_new (list, member);
    }

  return g_steal_pointer (&list);
}

/* Left out, the loss that belongs to the network's last activation. */
static gboolean
complete_loss (const json_t  *given,
               const json_t  *document,
               json_t       **section,
               GError       **error)
{
  CamOutputEnd end;

  if (given != NULL)
    {
      *section = complete_kind (CAM_KIND_LOSS, given, "loss", error);
      return *section != NULL;
    }

  cam_output_end_find (json_object_get (document, "network"), &end);
  *section = json_string (cam_task_get_loss (!end.is_share ? CAM_TASK_REGRESSION : end.is_row_wise ? CAM_TASK_MULTICLASS : CAM_TASK_BINARY));
  cam_output_end_clear (&end);
  return TRUE;
}

static gboolean
complete_metrics (const json_t  *given,
                  const json_t  *document,
                  json_t       **section,
                  GError       **error)
{
  *section = complete_kinds (CAM_KIND_METRIC, given, "metrics", error);
  return *section != NULL;
}

static gboolean
complete_optimizer (const json_t  *given,
                    const json_t  *document,
                    json_t       **section,
                    GError       **error)
{
  g_autoptr(json_t) usual = json_string ("adam");

  *section = complete_kind (CAM_KIND_OPTIMIZER, given != NULL ? given : usual, "optimizer", error);
  if (*section == NULL)
    return FALSE;
  if (!cam_schedule_check (json_object_get (json_object_get (*section, "config"), "learning_rate"), "optimizer, learning_rate", error))
    {
      g_clear_pointer (section, json_decref);
      return FALSE;
    }

  return TRUE;
}

/* What stands beside the fields. */
static const char *const fit_extras[] = { "initial_weights", "class_weight", "weighted_metrics" };

/* Weights of classes are "balanced", or for each class a number: looked at here as far as they can be without data. */
static gboolean
complete_class_weight (const json_t  *given,
                       json_t        *fit,
                       GError       **error)
{
  float y = 0.0f, weight;

  if (given == NULL || json_is_null (given))
    return TRUE;
  if (!cam_class_weights_fill (given, &y, 1, 1, &weight, "fit, class_weight", error))
    return FALSE;

  json_object_set_new (fit, "class_weight", json_deep_copy (given));
  return TRUE;
}

static gboolean
complete_fit (const json_t  *given,
              const json_t  *document,
              json_t       **section,
              GError       **error)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();
  g_autoptr(json_t) fields = given != NULL ? json_copy ((json_t *) given) : json_object ();
  const json_t *weighted = json_object_get (given, "weighted_metrics");
  const char *weights = NULL;

  for (const CamField *field = cam_experiment_fit_fields; field->key != NULL; field++)
    g_ptr_array_add (known, (gpointer) field->key);
  for (guint i = 0; i < G_N_ELEMENTS (fit_extras); i++)
    {
      g_ptr_array_add (known, (gpointer) fit_extras[i]);
      json_object_del (fields, fit_extras[i]);
    }
  g_ptr_array_add (known, NULL);
  if (given != NULL && (!cam_json_check_keys (given, (const char *const *) known->pdata, "fit", error) ||
                        !cam_json_get_string (given, "initial_weights", "fit", FALSE, &weights, error)))
    return FALSE;

  *section = cam_fields_complete (cam_experiment_fit_fields, fields, "fit", error);
  if (*section == NULL || !complete_class_weight (json_object_get (given, "class_weight"), *section, error))
    return FALSE;
  if (weights != NULL)
    json_object_set_new (*section, "initial_weights", json_string (weights));
  if (weighted != NULL)
    {
      json_t *list = complete_kinds (CAM_KIND_METRIC, weighted, "fit, weighted_metrics", error);

      if (list == NULL)
        return FALSE;
      json_object_set_new (*section, "weighted_metrics", list);
    }

  return TRUE;
}

static gboolean
complete_callbacks (const json_t  *given,
                    const json_t  *document,
                    json_t       **section,
                    GError       **error)
{
  *section = complete_kinds (CAM_KIND_CALLBACK, given, "callbacks", error);
  return *section != NULL;
}

/* In the order they are written; the loss comes after the network, which it follows. */
static const struct
{
  const char   *key;
  CompleteFunc  complete;
} sections[] = {
  { "camadas", complete_version },
  { "name", complete_name },
  { "description", complete_description },
  { "data", complete_data },
  { "split", complete_split },
  { "network", complete_network },
  { "loss", complete_loss },
  { "metrics", complete_metrics },
  { "optimizer", complete_optimizer },
  { "fit", complete_fit },
  { "callbacks", complete_callbacks },
};

static gboolean
check_key (const char  *key,
           GError     **error)
{
  const char *known[G_N_ELEMENTS (sections) + 1] = { NULL };
  g_autoptr(json_t) object = json_pack ("{s:n}", key);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    known[i] = sections[i].key;

  return cam_json_check_keys (object, known, "experiment", error);
}

json_t *
cam_experiment_with_section (const json_t  *document,
                             const char    *key,
                             const json_t  *given,
                             GError       **error)
{
  g_autoptr(json_t) changed = json_object ();

  if (!check_key (key, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      json_t *old = json_object_get (document, sections[i].key);
      g_autoptr(json_t) section = NULL;

      if (g_str_equal (sections[i].key, key) && !sections[i].complete (given, document, &section, error))
        return NULL;
      /* The old one is kept where it says the same, so that it goes on being shared. */
      if (!g_str_equal (sections[i].key, key) || (section != NULL && json_equal (section, old)))
        json_object_set (changed, sections[i].key, old);
      else if (section != NULL)
        json_object_set (changed, sections[i].key, section);
    }

  return g_steal_pointer (&changed);
}

json_t *
cam_experiment_complete (const json_t  *given,
                         GError       **error)
{
  g_autoptr(json_t) document = json_object ();
  const char *key;
  json_t *value;

  /* The version first: a newer document may well have keys that are unknown here. */
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr(json_t) section = NULL;

      if (!sections[i].complete (json_object_get (given, sections[i].key), document, &section, error))
        return NULL;
      if (section != NULL)
        json_object_set (document, sections[i].key, section);
      if (i == 0)
        json_object_foreach ((json_t *) given, key, value)
          if (!check_key (key, error))
            return NULL;
    }

  return g_steal_pointer (&document);
}
