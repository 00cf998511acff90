/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of the settings that something takes: one description serves the document (defaults, checks, unknown keys
 * refused), the JSON Schema, the rows of an inspector, and the help text. Keys and defaults are Keras's. */
#pragma once

#include "cam-json.h"

G_BEGIN_DECLS

typedef enum
{
  CAM_FIELD_INT,
  CAM_FIELD_FLOAT,
  CAM_FIELD_BOOL,
  CAM_FIELD_CHOICE,    /* a string out of a list */
} CamFieldType;

typedef enum
{
  CAM_FIELD_PLAIN    = 0,
  CAM_FIELD_NULLABLE = 1 << 0,   /* null is allowed, and is the default when default_text is NULL for a choice or default_number is NaN */
  CAM_FIELD_MIN_OPEN = 1 << 1,   /* the value must be above min, not at it */
  CAM_FIELD_MAX_OPEN = 1 << 2,
  CAM_FIELD_LOG      = 1 << 3,   /* steps by factors: learning rates */
} CamFieldFlags;

typedef struct
{
  const char        *key;             /* "units"; NULL ends a table */
  CamFieldType       type;
  const char        *title;           /* N_("Units"): one or two words for a row */
  const char        *hint;            /* N_(): one sentence, or NULL */
  double             default_number;  /* INT, FLOAT; BOOL 0 or 1 */
  const char        *default_text;    /* CHOICE */
  double             min, max;        /* INT, FLOAT: inclusive unless a flag says otherwise */
  const char *const *choices;         /* CHOICE: NULL-terminated, Keras's spellings */
  CamFieldFlags      flags;
} CamField;

const CamField *cam_fields_find     (const CamField *fields, const char *key);
json_t         *cam_fields_default  (const CamField *field);                            /* new reference */

/**
 * cam_fields_complete:
 * @given: (nullable): an object with some of the keys
 * @where: names the owner in messages: "layer 2 (Dense)"
 *
 * Returns: (transfer full): a new object with every key of the table, in its order, defaults filled in;
 *   or %NULL with CAM_JSON_ERROR_KEY for an unknown key, CAM_JSON_ERROR_VALUE for a wrong type, choice or range
 */
json_t         *cam_fields_complete (const CamField *fields, const json_t *given, const char *where, GError **error);
gboolean        cam_field_check     (const CamField *field, const json_t *value, const char *where, GError **error);
json_t         *cam_fields_schema   (const CamField *fields);                            /* JSON Schema of such an object */

/* From a completed object. A null number is NaN, a null choice NULL. */
double          cam_fields_number   (const json_t *complete, const char *key);
gint64          cam_fields_int      (const json_t *complete, const char *key);
gboolean        cam_fields_bool     (const json_t *complete, const char *key);
const char     *cam_fields_choice   (const json_t *complete, const char *key);           /* borrowed */

G_END_DECLS
