/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON through jansson, with what our documents need on top: autoptr, bare NaN, unknown keys refused by name,
 * typed look-ups that say where they failed, files written whole or not at all. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

#define CAM_JSON_ERROR (cam_json_error_quark ())
GQuark cam_json_error_quark (void);
typedef enum
{
  CAM_JSON_ERROR_SYNTAX,    /* not JSON; the message has line and column */
  CAM_JSON_ERROR_KEY,       /* a key is unknown or missing */
  CAM_JSON_ERROR_VALUE,     /* a value has the wrong type or range */
} CamJsonError;

/* cam_json_parse: bare NaN, Infinity and -Infinity are read as null where jansson refuses them. New reference. */
json_t     *cam_json_parse        (const char *text, gsize length, GError **error);
json_t     *cam_json_load         (const char *path, GError **error);       /* messages begin with the file's name */
char       *cam_json_dump         (const json_t *json, gboolean indented);  /* keys in their order, reals with the fewest digits that read back the same; g_free() */
gboolean    cam_json_save         (const json_t *json, const char *path, GError **error); /* temporary name, then rename */

/* @where names the object in messages: "fit", "network, layer 2 (Dense)". */
gboolean    cam_json_check_keys   (const json_t *object, const char *const *known, const char *where, GError **error);
gboolean    cam_json_get_string   (const json_t *object, const char *key, const char *where, gboolean required, const char **value, GError **error);
gboolean    cam_json_get_number   (const json_t *object, const char *key, const char *where, gboolean required, double min, double max, double *value, GError **error);
gboolean    cam_json_get_int      (const json_t *object, const char *key, const char *where, gboolean required, gint64 min, gint64 max, gint64 *value, GError **error);
gboolean    cam_json_get_bool     (const json_t *object, const char *key, const char *where, gboolean required, gboolean *value, GError **error);
gboolean    cam_json_get_object   (const json_t *object, const char *key, const char *where, gboolean required, json_t **value, GError **error); /* borrowed */
gboolean    cam_json_get_array    (const json_t *object, const char *key, const char *where, gboolean required, json_t **value, GError **error); /* borrowed */
/* In all of these an absent optional key leaves *value as it was and succeeds. */

G_END_DECLS
