/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python source. Source of the order of arguments that have no default: the signatures of keras.layers 3. */
#include "cam-python.h"

#include <cam-initializer.h>
#include <cam-number.h>
#include <cam-regularizer.h>
#include <cam-schedule.h>
#include <math.h>
#include <string.h>

#include "cam-keras-value.h"

/* What a lesson writes without a name: the size of a layer comes first. In the order of the signatures. */
static const char *const positional[] = { "units", "filters", "kernel_size", "pool_size", "input_dim", "output_dim", "target_shape", "dims", "n", "scale", "rate", "stddev", NULL };

/* Keras has no default for these, so that they are always said. */
static const char *const required[] = { "num_classes", "sensitivity", "specificity", "precision", "recall", "filepath", "filename", NULL };

/* Metrics that Keras has as classes alone, not by these names. */
static const char *const nameless[] = { "logcosh", "fbeta_score", NULL };

void
cam_python_text (GString    *out,
                 const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (out, "\\%c", *c);
    else if (*c == '\n')
      g_string_append (out, "\\n");
    else if ((guchar) *c < 0x20 || *c == 0x7f)
      g_string_append_printf (out, "\\x%02x", (guint) (guchar) *c);
    else
      g_string_append_c (out, *c);
  g_string_append_c (out, '"');
}

static void
append_real (GString *out,
             double   value)
{
  char buf[CAM_NUMBER_BUF];

  if (isnan (value))
    g_string_append (out, "float(\"nan\")");
  else if (isinf (value))
    g_string_append (out, value > 0 ? "float(\"inf\")" : "float(\"-inf\")");
  else
    {
      cam_number_shortest (buf, value, FALSE);
      g_string_append (out, buf);
      /* A real stays one: 1.0, not 1. */
      if (strpbrk (buf, ".e") == NULL)
        g_string_append (out, ".0");
    }
}

/* @open, @close: of a list or a tuple; a tuple of one has a comma. */
static void
append_items (GString      *out,
              const json_t *list,
              const char   *open,
              const char   *close)
{
  json_t *item;
  gsize i;

  g_string_append (out, open);
  json_array_foreach ((json_t *) list, i, item)
    {
      if (i > 0)
        g_string_append (out, ", ");
      if (*open == '(' && json_is_array (item))
        append_items (out, item, open, close);
      else
        cam_python_value (out, item);
    }
  if (*open == '(' && json_array_size (list) == 1)
    g_string_append_c (out, ',');
  g_string_append (out, close);
}

void
cam_python_value (GString      *out,
                  const json_t *value)
{
  json_t *item;
  const char *key, *before = "";

  switch (value != NULL ? json_typeof (value) : JSON_NULL)
    {
    case JSON_NULL:
      g_string_append (out, "None");
      break;
    case JSON_TRUE:
      g_string_append (out, "True");
      break;
    case JSON_FALSE:
      g_string_append (out, "False");
      break;
    case JSON_INTEGER:
      g_string_append_printf (out, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
      break;
    case JSON_REAL:
      append_real (out, json_real_value (value));
      break;
    case JSON_STRING:
      cam_python_text (out, json_string_value (value));
      break;
    case JSON_ARRAY:
      append_items (out, value, "[", "]");
      break;
    case JSON_OBJECT:
      g_string_append_c (out, '{');
      json_object_foreach ((json_t *) value, key, item)
        {
          g_string_append (out, before);
          cam_python_text (out, key);
          g_string_append (out, ": ");
          cam_python_value (out, item);
          before = ", ";
        }
      g_string_append_c (out, '}');
      break;
    }
}

typedef enum
{
  ARGUMENTS_CHANGED,      /* those that are not at their defaults */
  ARGUMENTS_LAYER,        /* the same, behind those that a lesson writes without a name */
  ARGUMENTS_ALL,
} Arguments;

static void append_arguments (GString *out, const CamField *fields, const json_t *config, Arguments which);

static const char *
module_of (const CamVariant *const *variants)
{
  if (variants == cam_initializer_variants)
    return "keras.initializers";
  if (variants == cam_regularizer_variants)
    return "keras.regularizers";
  if (variants == cam_constraint_variants)
    return "keras.constraints";
  return "keras.optimizers.schedules";
}

/* One out of a table: its name where it is at its defaults. A schedule has no such short form. */
static void
append_variant (GString        *out,
                const CamField *field,
                const json_t   *value)
{
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) usual = NULL;
  const CamVariant *variant = cam_field_variant (field, value, &config);

  if (variant == NULL)
    {
      cam_python_value (out, value);
      return;
    }

  usual = cam_fields_complete (variant->fields, NULL, variant->name, NULL);
  if (field->variants != cam_schedule_variants && cam_keras_same_value (config, usual))
    {
      cam_python_text (out, variant->name);
      return;
    }
  g_string_append_printf (out, "%s.%s(", module_of (field->variants), g_str_equal (variant->class_name, "uniform") ? "RandomUniform" : variant->class_name);
  append_arguments (out, variant->fields, config, field->variants == cam_schedule_variants ? ARGUMENTS_ALL : ARGUMENTS_CHANGED);
  g_string_append_c (out, ')');
}

static void
append_field (GString        *out,
              const CamField *field,
              const json_t   *value)
{
  if (field->type == CAM_FIELD_VARIANT)
    append_variant (out, field, value);
  else if (field->type == CAM_FIELD_OBJECT && json_is_object (value))
    cam_python_layer (out, value);
  else if (field->type == CAM_FIELD_INTS && field->default_number == 1 && json_array_size (value) == 1)
    cam_python_value (out, json_array_get (value, 0));
  else if ((field->type == CAM_FIELD_INTS || field->type == CAM_FIELD_PAIRS) && json_is_array (value))
    append_items (out, value, "(", ")");
  else
    cam_python_value (out, value);
}

/* The wrapped layer of Bidirectional and TimeDistributed is the first argument too. */
static gboolean
is_positional (const CamField *field)
{
  /* “scale” is a number of Rescaling, but a switch of the normalisations. */
  return field->type != CAM_FIELD_BOOL && (g_strv_contains (positional, field->key) || g_str_equal (field->key, "layer"));
}

static void
append_arguments (GString        *out,
                  const CamField *fields,
                  const json_t   *config,
                  Arguments       which)
{
  const char *before = "";

  for (const CamField *field = fields; which == ARGUMENTS_LAYER && field->key != NULL; field++)
    if (is_positional (field))
      {
        g_string_append (out, before);
        append_field (out, field, json_object_get (config, field->key));
        before = ", ";
      }
  for (const CamField *field = fields; field->key != NULL; field++)
    {
      const json_t *value = json_object_get (config, field->key);
      g_autoptr(json_t) usual = cam_fields_default (field);

      if ((which == ARGUMENTS_LAYER && is_positional (field)) || value == NULL || json_is_null (value) ||
          (which != ARGUMENTS_ALL && !g_strv_contains (required, field->key) && cam_keras_same_value (value, usual)))
        continue;
      g_string_append_printf (out, "%s%s=", before, field->key);
      append_field (out, field, value);
      before = ", ";
    }
}

void
cam_python_layer (GString      *out,
                  const json_t *layer)
{
  const char *class_name = json_string_value (json_object_get (layer, "class_name"));
  const char *name = json_string_value (json_object_get (layer, "name"));
  const json_t *trainable = json_object_get (layer, "trainable");
  const CamLayerKind *kind = cam_layer_kind_find (class_name);
  g_autoptr(json_t) config = NULL;
  gsize start;

  g_return_if_fail (kind != NULL);

  config = cam_fields_complete (cam_layer_kind_get_fields (kind), json_object_get (layer, "config"), class_name, NULL);
  g_return_if_fail (config != NULL);

  g_string_append_printf (out, "layers.%s(", class_name);
  start = out->len;
  /* Activation is nothing without its function. */
  if (g_str_equal (class_name, "Activation"))
    cam_python_value (out, json_object_get (config, "activation"));
  else
    append_arguments (out, cam_layer_kind_get_fields (kind), config, ARGUMENTS_LAYER);
  if (name != NULL)
    {
      g_string_append (out, out->len > start ? ", name=" : "name=");
      cam_python_text (out, name);
    }
  if (json_is_false (trainable))
    g_string_append (out, out->len > start ? ", trainable=False" : "trainable=False");
  g_string_append_c (out, ')');
}

/* Does its name in quotes say everything? */
static gboolean
is_name_enough (CamKindOf      of,
                const CamKind *kind,
                const json_t  *config)
{
  g_autoptr(json_t) usual = cam_fields_complete (kind->fields, NULL, kind->name, NULL);

  for (const CamField *field = kind->fields; field->key != NULL; field++)
    if (g_strv_contains (required, field->key))
      return FALSE;

  return of <= CAM_KIND_METRIC && !g_strv_contains (nameless, kind->name) && cam_keras_same_value (config, usual);
}

gboolean
cam_python_kind (GString       *out,
                 CamKindOf      of,
                 const json_t  *given,
                 GError       **error)
{
  static const char *const modules[CAM_N_KINDS] = { "losses", "metrics", "optimizers", "callbacks" };
  static const char *const where[CAM_N_KINDS] = { "loss", "metrics", "optimizer", "callbacks" };
  g_autoptr(json_t) config = NULL;
  const CamKind *kind = cam_kind_resolve (of, given, where[of], &config, error);
  gsize start;

  if (kind == NULL)
    return FALSE;

  if (is_name_enough (of, kind, config))
    {
      cam_python_text (out, kind->name);
      return TRUE;
    }
  g_string_append_printf (out, "keras.%s.%s(", modules[of], kind->class_name);
  start = out->len;
  append_arguments (out, kind->fields, config, ARGUMENTS_CHANGED);
  /* The rate is said even where it is Keras's: it is what a reader looks for. */
  if (of == CAM_KIND_OPTIMIZER && !g_str_has_prefix (out->str + start, "learning_rate="))
    {
      g_autofree char *others = g_strdup (out->str + start);

      g_string_truncate (out, start);
      g_string_append (out, "learning_rate=");
      cam_python_value (out, json_object_get (config, "learning_rate"));
      if (*others != '\0')
        g_string_append_printf (out, ", %s", others);
    }
  g_string_append_c (out, ')');

  return TRUE;
}
