/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON Schema of the "split" section. */
#include "cam-split-private.h"

static json_t *
share_schema (void)
{
  return json_pack ("{s:s, s:i, s:i}", "type", "number", "minimum", 0, "maximum", 1);
}

static json_t *
count_schema (int least,
              int most)
{
  return json_pack ("{s:s, s:i, s:i}", "type", "integer", "minimum", least, "maximum", most);
}

static json_t *
words_schema (void)
{
  return json_pack ("{s:s, s:{s:s}}", "type", "array", "items", "type", "string");
}

json_t *
cam_dataset_split_schema (void)
{
  json_t *methods = json_array ();

  for (guint i = 0; cam_split_words[i] != NULL; i++)
    json_array_append_new (methods, json_string (cam_split_words[i]));

  return json_pack ("{s:s, s:b, s:{s:{s:o}, s:{s:s, s:s}, s:{s:s, s:b, s:{s:o, s:o, s:o}}, s:o, s:o, s:o, s:o, s:o, s:o, s:{s:s, s:i}, s:{s:s, s:i, s:s}, s:{s:s, s:i}}}",
                    "type", "object", "additionalProperties", 0, "properties",
                    "method", "enum", methods,
                    "column", "type", "string", "description", "grouped: says which rows belong together; ordered: sorted by it; column: its words name the part.",
                    "values", "type", "object", "additionalProperties", 0, "properties", "train", words_schema (), "validation", words_schema (), "test", words_schema (),
                    "train", share_schema (), "validation", share_schema (), "test", share_schema (),
                    "folds", count_schema (2, CAM_SPLIT_MAX_FOLDS), "fold", count_schema (1, CAM_SPLIT_MAX_FOLDS), "bins", count_schema (2, 1000),
                    "seed", "type", "integer", "minimum", 0,
                    "train_rows", "type", "number", "minimum", 0, "description", "Only so many of the training rows; up to 1: that share of them.",
                    "train_seed", "type", "integer", "minimum", 0);
}
