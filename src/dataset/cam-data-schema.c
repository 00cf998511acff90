/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON Schema of the section "data". */
#include "cam-dataset-private.h"
#include "cam-doctor-private.h"

static json_t *
words_schema (const char *const *words)
{
  json_t *list = json_array ();

  for (guint i = 0; words[i] != NULL; i++)
    json_array_append_new (list, json_string (words[i]));

  return json_pack ("{s:o}", "enum", list);
}

static json_t *
preparation_properties (void)
{
  return json_pack ("{s:o, s:o, s:o, s:{s:s, s:s}}", "scaling", words_schema (cam_scaling_words), "coding", words_schema (cam_coding_words), "missing", words_schema (cam_missing_words),
                    "flag", "type", "boolean", "description", "A further input that is 1 where the value was missing.");
}

static json_t *
count_schema (int min,
              int value)
{
  return json_pack ("{s:s, s:i, s:i}", "type", "integer", "minimum", min, "default", value);
}

static json_t *
section_schema (const char *description,
                json_t     *properties)       /* taken */
{
  return json_pack ("{s:s, s:s, s:b, s:o}", "type", "object", "description", description, "additionalProperties", 0, "properties", properties);
}

static json_t *
sequence_schema (void)
{
  return section_schema ("Windows of rows that follow each other.",
                         json_pack ("{s:o, s:o, s:o, s:{s:s, s:s}, s:{s:s, s:b, s:s}, s:{s:s, s:b, s:s}}",
                                    "length", count_schema (1, 24), "stride", count_schema (1, 1), "horizon", count_schema (0, 1),
                                    "order", "type", "string", "description", "The column to sort the rows by; absent: as they stand.",
                                    "past_targets", "type", "boolean", "default", 1, "description", "The targets’ own past stands among the inputs.",
                                    "relative", "type", "boolean", "default", 0, "description", "Targets are told as the difference from the last one known."));
}

static json_t *
text_schema (void)
{
  return section_schema ("How the words of a text become indices.",
                         json_pack ("{s:o, s:o}", "vocabulary", count_schema (3, 10000), "length", count_schema (1, 50)));
}

static json_t *
image_schema (void)
{
  return section_schema ("The features are the pixels of an image, row by row.",
                         json_pack ("{s:o, s:o, s:o}", "height", count_schema (1, 1), "width", count_schema (1, 1), "channels", count_schema (1, 1)));
}

json_t *
cam_dataset_data_schema (void)
{
  json_t *column = preparation_properties ();

  json_object_set_new (column, "role", words_schema (cam_role_words));
  json_object_set_new (column, "kind", words_schema (cam_kind_words));
  json_object_set_new (column, "fill", json_pack ("{s:[s, s], s:s}", "type", "number", "string", "description", "What stands for a missing value where “missing” is “constant”."));

  return json_pack ("{s:s, s:b, s:{s:{s:s, s:s}, s:o, s:{s:s, s:{s:s}}, s:o, s:{s:s, s:{s:s, s:b, s:o}}, s:{s:s, s:b, s:o}, s:o, s:o, s:o, s:o}}",
                    "type", "object", "additionalProperties", 0, "properties",
                    "file", "type", "string", "description", "The table, seen from the document.",
                    "dialect", cam_csv_dialect_schema (),
                    "target", "type", "array", "items", "type", "string",
                    "task", words_schema (cam_task_words),
                    "columns", "type", "object", "additionalProperties", "type", "object", "additionalProperties", 0, "properties", column,
                    "preparation", "type", "object", "additionalProperties", 0, "properties", preparation_properties (),
                    "sequence", sequence_schema (), "text", text_schema (), "image", image_schema (), CAM_IGNORED_FINDINGS, cam_ignored_findings_schema ());
}
