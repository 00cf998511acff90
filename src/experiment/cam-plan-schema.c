/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON Schema of plans; what the reader checks of single values is checked by it. */
#include "cam-plan-private.h"

static json_t *
count_schema (int         least,
              int         most,
              const char *description)
{
  return json_pack ("{s:s, s:i, s:i, s:s}", "type", "integer", "minimum", least, "maximum", most, "description", description);
}

static json_t *
list_schema (json_t     *items,         /* taken */
             const char *description)
{
  return json_pack ("{s:s, s:o, s:i, s:s}", "type", "array", "items", items, "minItems", 1, "description", description);
}

static json_t *
text_schema (const char *description)
{
  return json_pack ("{s:s, s:s}", "type", "string", "description", description);
}

static json_t *
axis_schema (void)
{
  return json_pack ("{s:[{s:s, s:i}, {s:s, s:{s:{s:s}, s:{s:s}, s:{s:[s, s]}, s:{s:s}, s:o}, s:[s, s], s:b}]}",
                    "anyOf", "type", "array", "minItems", 1,
                    "type", "object", "properties", "from", "type", "number", "to", "type", "number", "scale", "enum", "linear", "log", "integer", "type", "boolean",
                    "steps", count_schema (2, CAM_PLAN_MOST_RUNS, "Points of a grid."), "required", "from", "to", "additionalProperties", 0);
}

json_t *
cam_plan_schema (void)
{
  json_t *kinds = json_array (), *properties = json_object ();

  for (guint i = 0; i < CAM_N_STUDY_KINDS; i++)
    json_array_append_new (kinds, json_string (cam_study_kind_words[i]));

  json_object_set_new (properties, "camadas-plan", json_pack ("{s:i, s:s}", "const", CAM_PLAN_VERSION, "description", "The version of the document."));
  json_object_set_new (properties, "name", text_schema ("What the study is called."));
  json_object_set_new (properties, "description", text_schema ("What it is about, in a sentence or two."));
  json_object_set_new (properties, "experiment", json_pack ("{s:[{s:s, s:s}, {s:s}]}", "anyOf", "type", "string", "description", "A file, seen from the plan.", "$ref", "#"));
  json_object_set_new (properties, "kind", json_pack ("{s:o}", "enum", kinds));
  json_object_set_new (properties, "seeds", list_schema (json_pack ("{s:s, s:i}", "type", "integer", "minimum", 0), "Seeds of the fits."));
  json_object_set_new (properties, "repeats", count_schema (1, 1000, "So many seeds, from the experiment’s own on."));
  json_object_set_new (properties, "folds", count_schema (2, 1000, "Validation is each of so many parts in turn."));
  json_object_set_new (properties, "setting", text_schema ("compare: the place of the experiment that differs: “network/hidden/config/activation”, “optimizer”."));
  json_object_set_new (properties, "values", json_pack ("{s:s, s:i, s:s}", "type", "array", "minItems", 2, "description", "compare: what stands there."));
  json_object_set_new (properties, "labels", list_schema (json_pack ("{s:s}", "type", "string"), "compare: what the values are called."));
  json_object_set_new (properties, "sizes", list_schema (json_pack ("{s:s, s:i}", "type", "number", "exclusiveMinimum", 0), "learning-curve: training rows; up to 1: shares of them."));
  json_object_set_new (properties, "space", json_pack ("{s:s, s:o, s:s}", "type", "object", "additionalProperties", axis_schema (), "description", "search: places of the experiment, each with a list or a range."));
  json_object_set_new (properties, "method", json_pack ("{s:[s, s, s]}", "enum", "random", "grid", "halving"));
  json_object_set_new (properties, "trials", count_schema (1, CAM_PLAN_MOST_RUNS, "Drawn from the space; not of a grid."));
  json_object_set_new (properties, "seed", json_pack ("{s:s, s:i, s:s}", "type", "integer", "minimum", 0, "description", "Of the draws."));
  json_object_set_new (properties, "reduction", count_schema (2, 100, "halving: one in so many goes on, to so many times the epochs."));
  json_object_set_new (properties, "first_epochs", count_schema (1, 1000000, "halving: epochs of the first stage."));
  json_object_set_new (properties, "monitor", text_schema ("What settings are judged by: “val_loss”, “val_accuracy”, “test_loss”, “loss” …"));
  json_object_set_new (properties, "direction", json_pack ("{s:[s, s]}", "enum", "min", "max"));

  return json_pack ("{s:s, s:s, s:o, s:[s, s, s], s:b}", "title", "Camadas study plan", "type", "object", "properties", properties,
                    "required", "camadas-plan", "experiment", "kind", "additionalProperties", 0);
}
