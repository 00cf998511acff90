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
  CAM_FIELD_TEXT,      /* any string; the choices, where there are some, are suggestions */
  CAM_FIELD_INTS,      /* whole numbers in a list; one number stands for a list of equal ones */
  CAM_FIELD_FLOATS,    /* numbers in a list */
  CAM_FIELD_PAIRS,     /* pairs of whole numbers: [[1, 1], [2, 2]]; also one number, or one for each pair, as Keras takes them */
  CAM_FIELD_VARIANT,   /* one out of a table of things with settings of their own: "he_normal" or {"class_name": "L2", "config": {"l2": 0.01}} */
  CAM_FIELD_OBJECT,    /* an object that its owner checks: the layer within a Bidirectional */
} CamFieldType;

typedef enum
{
  CAM_FIELD_PLAIN    = 0,
  CAM_FIELD_NULLABLE = 1 << 0,   /* null is allowed, and is the default when default_text is NULL for a choice or default_number is NaN */
  CAM_FIELD_MIN_OPEN = 1 << 1,   /* the value must be above min, not at it */
  CAM_FIELD_MAX_OPEN = 1 << 2,
  CAM_FIELD_LOG      = 1 << 3,   /* steps by factors: learning rates */
  CAM_FIELD_OR_NUMBER = 1 << 4,  /* VARIANT: a plain number within min … max is allowed too, and is the default: a learning rate that may be a schedule */
  CAM_FIELD_ADVANCED = 1 << 5,   /* rarely touched: a form shows it behind “More settings” */
} CamFieldFlags;

typedef struct _CamVariant CamVariant;

typedef struct
{
  const char        *key;             /* "units"; NULL ends a table */
  CamFieldType       type;
  const char        *title;           /* N_("Units"): one or two words for a row */
  const char        *hint;            /* N_(): one sentence, or NULL */
  double             default_number;  /* INT, FLOAT, OR_NUMBER; BOOL 0 or 1; INTS, FLOATS, PAIRS: how many there must be, 0: any number of them */
  const char        *default_text;    /* CHOICE, TEXT; VARIANT: a name; INTS, FLOATS, PAIRS: the numbers ("3, 3"), of a pair one after the other; NULL: null */
  double             min, max;        /* numbers, also those of lists: inclusive unless a flag says otherwise */
  const char *const *choices;         /* CHOICE: NULL-terminated, Keras's spellings; TEXT: suggestions, or NULL */
  CamFieldFlags      flags;
  const CamVariant *const *variants;  /* VARIANT: NULL-terminated, in the order to offer */
} CamField;

/* Something with a name and settings of its own that a field may hold: an initialiser, a regulariser, a schedule. */
struct _CamVariant
{
  const char     *class_name;         /* "HeNormal" */
  const char     *name;               /* "he_normal"; both are understood */
  const char     *title;              /* N_("He normal") */
  const char     *note;               /* N_(): one sentence on what it is for, or NULL */
  const CamField *fields;             /* ends with key NULL; may be empty */
};

/* Entries of a table. */
#define CAM_F_INT(key, title, hint, number, min, max, flags)    { key, CAM_FIELD_INT, title, hint, number, NULL, min, max, NULL, flags, NULL }
#define CAM_F_FLOAT(key, title, hint, number, min, max, flags)  { key, CAM_FIELD_FLOAT, title, hint, number, NULL, min, max, NULL, flags, NULL }
#define CAM_F_BOOL(key, title, hint, is_on, flags)              { key, CAM_FIELD_BOOL, title, hint, is_on, NULL, 0, 1, NULL, flags, NULL }
#define CAM_F_CHOICE(key, title, hint, text, choices, flags)    { key, CAM_FIELD_CHOICE, title, hint, 0, text, 0, 0, choices, flags, NULL }
#define CAM_F_TEXT(key, title, hint, text, suggestions, flags)  { key, CAM_FIELD_TEXT, title, hint, 0, text, 0, 0, suggestions, flags, NULL }
#define CAM_F_INTS(key, title, hint, n, text, min, max, flags)  { key, CAM_FIELD_INTS, title, hint, n, text, min, max, NULL, flags, NULL }
#define CAM_F_FLOATS(key, title, hint, n, text, min, max, flags) { key, CAM_FIELD_FLOATS, title, hint, n, text, min, max, NULL, flags, NULL }
#define CAM_F_PAIRS(key, title, hint, n, text, min, max, flags) { key, CAM_FIELD_PAIRS, title, hint, n, text, min, max, NULL, flags, NULL }
#define CAM_F_VARIANT(key, title, hint, text, variants, flags)  { key, CAM_FIELD_VARIANT, title, hint, 0, text, 0, 0, NULL, flags, variants }
/* A number within min … max, or a variant. */
#define CAM_F_NUMBER_OR(key, title, hint, number, min, max, variants, flags) \
  { key, CAM_FIELD_VARIANT, title, hint, number, NULL, min, max, NULL, (flags) | CAM_FIELD_OR_NUMBER, variants }
#define CAM_F_OBJECT(key, title, hint, flags)                   { key, CAM_FIELD_OBJECT, title, hint, 0, NULL, 0, 0, NULL, flags, NULL }
#define CAM_F_END                                               { NULL, CAM_FIELD_INT, NULL, NULL, 0, NULL, 0, 0, NULL, 0, NULL }

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
const char     *cam_fields_choice   (const json_t *complete, const char *key);           /* borrowed; TEXT too */
/* cam_fields_ints: up to @most numbers of an INTS field; how many there are, 0 for null. PAIRS come one after the other. */
guint           cam_fields_ints     (const json_t *complete, const char *key, gint64 *values, guint most);
guint           cam_fields_floats   (const json_t *complete, const char *key, double *values, guint most);

/**
 * cam_field_variant:
 * @value: of a VARIANT field: a name or an object; null and numbers give %NULL
 * @config: (out) (transfer full): its settings, completed; %NULL where there is no variant
 *
 * Returns: (nullable): the variant; a @value that cam_field_check() has accepted cannot fail
 */
const CamVariant *cam_field_variant (const CamField *field, const json_t *value, json_t **config);
const CamVariant *cam_variant_find  (const CamVariant *const *variants, const char *name);   /* by name or class name; NULL */

G_END_DECLS
