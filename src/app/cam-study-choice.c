/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of an experiment that a study can vary. */
#include "cam-study-choice.h"

#include <math.h>
#include <string.h>

#include <cam-activation.h>
#include <cam-kinds.h>
#include <cam-layer.h>
#include <cam-number.h>
#include <glib/gi18n-lib.h>

#define HIDDEN "network/hidden/config/"

void
cam_study_choice_free (CamStudyChoice *choice)
{
  g_free (choice->path);
  g_free (choice->title);
  g_clear_pointer (&choice->names, g_ptr_array_unref);
  g_clear_pointer (&choice->titles, g_ptr_array_unref);
  json_decref (choice->current);
  g_free (choice);
}

static void
add_name (CamStudyChoice *choice,
          const char     *name,
          const char     *title)
{
  if (choice->names == NULL)
    {
      choice->names = g_ptr_array_new_with_free_func (g_free);
      choice->titles = g_ptr_array_new_with_free_func (g_free);
    }
  g_ptr_array_add (choice->names, g_strdup (name));
  g_ptr_array_add (choice->titles, g_strdup (title));
}

/* What @field takes. FALSE: nothing that a study could vary. */
static gboolean
take_field (CamStudyChoice *choice,
            const CamField *field,
            const json_t   *current)
{
  choice->min = field->min;
  choice->max = field->max;
  choice->is_log = (field->flags & CAM_FIELD_LOG) != 0;
  choice->is_whole = field->type == CAM_FIELD_INT;
  switch (field->type)
    {
    case CAM_FIELD_INT:
    case CAM_FIELD_FLOAT:
      return json_is_number (current);
    case CAM_FIELD_VARIANT:
      if (field->flags & CAM_FIELD_OR_NUMBER)
        return json_is_number (current);
      for (guint i = 0; field->variants[i] != NULL; i++)
        add_name (choice, field->variants[i]->name != NULL ? field->variants[i]->name : field->variants[i]->class_name, _(field->variants[i]->title));
      return choice->names != NULL;
    case CAM_FIELD_CHOICE:
      for (guint i = 0; field->choices[i] != NULL; i++)
        add_name (choice, field->choices[i], field->choices[i]);
      return choice->names != NULL;
    case CAM_FIELD_BOOL:
      add_name (choice, "true", C_("setting", "on"));
      add_name (choice, "false", C_("setting", "off"));
      return TRUE;
    case CAM_FIELD_TEXT:
    case CAM_FIELD_INTS:
    case CAM_FIELD_FLOATS:
    case CAM_FIELD_PAIRS:
    case CAM_FIELD_OBJECT:
    default:
      return FALSE;
    }
}

/* Takes @path and @title. */
static void
add_field (GPtrArray      *choices,
           char           *path,
           char           *title,
           const CamField *field,
           const json_t   *current,
           gboolean        is_single)
{
  CamStudyChoice *choice = g_new0 (CamStudyChoice, 1);

  choice->path = path;
  choice->title = title;
  choice->current = json_deep_copy (current);
  choice->is_single = is_single;
  choice->is_activation = g_str_equal (field->key, "activation");
  if (take_field (choice, field, current))
    g_ptr_array_add (choices, choice);
  else
    cam_study_choice_free (choice);
}

static void
add_kinds (GPtrArray           *choices,
           const CamExperiment *experiment,
           CamKindOf            of,
           const char          *path,
           const char          *title)
{
  CamStudyChoice *choice = g_new0 (CamStudyChoice, 1);
  const CamKind *const *kinds = cam_kind_list (of);

  choice->path = g_strdup (path);
  choice->title = g_strdup (title);
  choice->current = json_deep_copy (cam_experiment_peek (experiment, path));
  for (guint i = 0; kinds[i] != NULL; i++)
    add_name (choice, kinds[i]->name, _(kinds[i]->title));
  g_ptr_array_add (choices, choice);
}

/* A layer of the network that is not switched off; its completed settings are in the document. */
static const CamField *
peek_fields (const json_t *layer)
{
  const CamLayerKind *kind = cam_layer_kind_find (json_string_value (json_object_get (layer, "class_name")));

  return kind != NULL && !json_is_false (json_object_get (layer, "enabled")) ? cam_layer_kind_get_fields (kind) : NULL;
}

static const struct { const char *key, *title; } hidden_settings[] = {
  { "activation", N_("Activation of the hidden layers") },
  { "units", N_("Units of the hidden layers") },
  { "filters", N_("Filters of the hidden layers") },
  { "rate", N_("Dropout rate") },
  { "kernel_initializer", N_("Initial weights of the hidden layers") },
};

/* As a plan finds the place: the first layer before the output that uses the setting. */
static void
add_hidden (GPtrArray           *choices,
            const CamExperiment *experiment,
            guint                setting)
{
  const json_t *network = cam_experiment_get_network (experiment);
  const char *key = hidden_settings[setting].key;

  for (gsize i = 0; i + 1 < json_array_size (network); i++)
    {
      const json_t *layer = json_array_get (network, i), *value = json_object_get (json_object_get (layer, "config"), key);
      const CamField *fields = peek_fields (layer), *field = fields != NULL ? cam_fields_find (fields, key) : NULL;

      if (field == NULL || value == NULL || json_is_null (value) || g_strcmp0 (json_string_value (value), "linear") == 0)
        continue;
      add_field (choices, g_strconcat (HIDDEN, key, NULL), g_strdup (_(hidden_settings[setting].title)), field, value, FALSE);
      return;
    }
}

static void
add_optimizer (GPtrArray           *choices,
               const CamExperiment *experiment,
               gboolean             wants_rate)
{
  g_autoptr(json_t) config = NULL;
  const CamKind *kind = cam_kind_resolve (CAM_KIND_OPTIMIZER, cam_experiment_get_optimizer (experiment), "", &config, NULL);

  for (const CamField *field = kind != NULL ? kind->fields : NULL; field != NULL && field->key != NULL; field++)
    if (g_str_equal (field->key, "learning_rate") == wants_rate && (field->type == CAM_FIELD_FLOAT || field->type == CAM_FIELD_VARIANT))
      add_field (choices, g_strconcat ("optimizer/config/", field->key, NULL), g_strdup (_(field->title)), field, json_object_get (config, field->key), FALSE);
}

static void
add_fit (GPtrArray           *choices,
         const CamExperiment *experiment,
         const char          *key)
{
  g_autofree char *path = g_strconcat ("fit/", key, NULL);
  const CamField *field = cam_fields_find (cam_experiment_fit_fields, key);

  add_field (choices, g_strdup (path), g_strdup (_(field->title)), field, cam_experiment_peek (experiment, path), FALSE);
}

static void
add_layers (GPtrArray           *choices,
            const CamExperiment *experiment)
{
  const json_t *network = cam_experiment_get_network (experiment), *layer;
  gsize i;

  json_array_foreach ((json_t *) network, i, layer)
    for (const CamField *field = peek_fields (layer); field != NULL && field->key != NULL; field++)
      {
        const json_t *value = json_object_get (json_object_get (layer, "config"), field->key);

        if ((field->flags & CAM_FIELD_ADVANCED) == 0 && value != NULL)
          add_field (choices, g_strdup_printf ("network/%zu/config/%s", i, field->key),
                     /* translators: a setting of one layer: number and kind of the layer, name of the setting: “2 Dense: Units” */
                     g_strdup_printf (_("%zu %s: %s"), i + 1, json_string_value (json_object_get (layer, "class_name")), _(field->title)), field, value, TRUE);
      }
}

GPtrArray *
cam_study_choices_list (const CamExperiment *experiment)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) cam_study_choice_free);

  g_return_val_if_fail (experiment != NULL, choices);

  add_hidden (choices, experiment, 0);
  add_kinds (choices, experiment, CAM_KIND_OPTIMIZER, "optimizer", _("Optimizer"));
  add_optimizer (choices, experiment, TRUE);
  add_fit (choices, experiment, "batch_size");
  add_fit (choices, experiment, "epochs");
  for (guint i = 1; i < G_N_ELEMENTS (hidden_settings); i++)
    add_hidden (choices, experiment, i);
  add_kinds (choices, experiment, CAM_KIND_LOSS, "loss", _("Loss"));
  add_fit (choices, experiment, "shuffle");
  add_optimizer (choices, experiment, FALSE);
  add_layers (choices, experiment);

  return choices;
}

const char *
cam_study_choice_find_name (const CamStudyChoice *choice)
{
  const json_t *current = choice->current;
  const char *given = json_is_object (current) ? json_string_value (json_object_get (current, "class_name")) : json_string_value (current);

  if (json_is_boolean (current))
    given = json_is_true (current) ? "true" : "false";
  for (guint i = 0; given != NULL && i < choice->names->len; i++)
    {
      const char *name = g_ptr_array_index (choice->names, i);
      const CamKind *kind = cam_kind_find (g_str_equal (choice->path, "loss") ? CAM_KIND_LOSS : CAM_KIND_OPTIMIZER, given);

      if (g_str_equal (name, given) || (kind != NULL && g_str_equal (kind->name, name)))
        return name;
    }

  return NULL;
}

json_t *
cam_study_choice_make_value (const CamStudyChoice *choice,
                             const char           *name)
{
  if (g_strcmp0 (cam_study_choice_find_name (choice), name) == 0)
    return json_deep_copy (choice->current);
  if (json_is_boolean (choice->current))
    return json_boolean (g_str_equal (name, "true"));

  return json_string (name);
}

gboolean
cam_study_choice_propose (const CamStudyChoice *choice,
                          const char           *name)
{
  static const char *const usual[] = { "relu", "leaky_relu", "sigmoid", "tanh", "adam", "sgd", "rmsprop", "true", "false", NULL };

  return g_strv_contains (usual, name) || g_strcmp0 (cam_study_choice_find_name (choice), name) == 0;
}

json_t *
cam_study_choice_propose_numbers (const CamStudyChoice *choice)
{
  const double by_factor[] = { 0.1, 1, 10 }, by_half[] = { 0.5, 1, 2 };
  const double *factors = choice->is_whole || !choice->is_log ? by_half : by_factor;
  double current = json_number_value (choice->current);
  json_t *numbers = json_array ();

  for (guint i = 0; i < 3; i++)
    {
      char buf[CAM_NUMBER_BUF];
      double value;

      cam_number_format (buf, current * factors[i], 6);
      value = CLAMP (g_ascii_strtod (buf, NULL), choice->min, choice->max);
      if (choice->is_whole)
        value = MAX (round (value), choice->min);
      if (json_array_size (numbers) > 0 && value <= json_number_value (json_array_get (numbers, json_array_size (numbers) - 1)))
        continue;
      json_array_append_new (numbers, choice->is_whole ? json_integer ((json_int_t) value) : json_real (value));
    }

  return numbers;
}

/* Numbers in a list -------------------------------------------------------------------------------------------------- */

static gboolean
add_number (const char  *text,
            json_t      *numbers,
            GError     **error)
{
  g_autofree char *clean = g_strdup (text);
  gsize length = strlen (clean);
  gboolean is_share = length > 0 && clean[length - 1] == '%';
  char *end;
  double value;

  if (is_share)
    clean[length - 1] = '\0';
  g_strdelimit (clean, ",", '.');
  value = g_ascii_strtod (clean, &end);
  if (end == clean || *end != '\0' || !isfinite (value))
    {
      g_set_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("“%s” is not a number; write a list such as 1, 2, 5"), text);
      return FALSE;
    }
  if (is_share)
    value /= 100;
  json_array_append_new (numbers, value == floor (value) && fabs (value) < 1e15 ? json_integer ((json_int_t) value) : json_real (value));

  return TRUE;
}

/* A comma is a decimal mark where it stands between digits of what could not be two numbers. */
static gboolean
is_decimal (const char *word)
{
  const char *comma = strchr (word, ',');

  return comma != NULL && comma != word && strchr (comma + 1, ',') == NULL && strchr (word, '.') == NULL && g_ascii_isdigit (comma[-1]) && g_ascii_isdigit (comma[1]);
}

json_t *
cam_study_numbers_parse (const char  *text,
                         gboolean     is_whole,
                         GError     **error)
{
  g_autoptr(GString) clean = g_string_new (text);
  g_autoptr(json_t) numbers = json_array ();
  g_auto(GStrv) words = NULL;

  g_string_replace (clean, " %", "%", 0);
  words = g_strsplit_set (clean->str, " \t\n;", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) parts = !is_whole && is_decimal (words[i]) ? g_strsplit (words[i], "\n", -1) : g_strsplit (words[i], ",", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        if (*parts[k] != '\0' && !add_number (parts[k], numbers, error))
          return NULL;
    }

  return g_steal_pointer (&numbers);
}

char *
cam_study_numbers_format (const json_t *numbers,
                          gboolean      is_share)
{
  GString *text = g_string_new (NULL);
  const json_t *number;
  gsize i;

  json_array_foreach ((json_t *) numbers, i, number)
    {
      char buf[CAM_NUMBER_BUF];

      g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", cam_number_format (buf, json_number_value (number) * (is_share ? 100 : 1), 9), is_share ? " %" : "");
    }

  return g_string_free (text, FALSE);
}
