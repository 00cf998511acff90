/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that were chosen. */

#include "cam-run-choice.h"

#include <string.h>

#include <cam-json.h>

#define MAX_SETTINGS 12          /* columns by themselves; more by hand */
#define VERSION 1

CamRunOffer *
cam_run_offer_new (void)
{
  CamRunOffer *self = g_new0 (CamRunOffer, 1);

  self->metrics = g_ptr_array_new ();
  self->settings = g_ptr_array_new ();
  self->differing = g_ptr_array_new ();
  return self;
}

void
cam_run_offer_free (CamRunOffer *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->metrics);
  g_ptr_array_unref (self->settings);
  g_ptr_array_unref (self->differing);
  g_free (self);
}

CamRunChoice *
cam_run_choice_new (void)
{
  CamRunChoice *self = g_new0 (CamRunChoice, 1);

  self->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->widths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->places = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cam_run_choice_free (CamRunChoice *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->given);
  g_hash_table_unref (self->widths);
  g_ptr_array_unref (self->places);
  g_free (self);
}

/* As text ------------------------------------------------------------------------------------------------------------- */

static void
read_order (CamRunChoice *self,
            const json_t *order)
{
  const char *id = json_string_value (json_object_get (order, "by"));

  self->has_order = id != NULL && cam_run_field_parse (id, &self->order.field);
  self->order.is_descending = json_is_true (json_object_get (order, "descending"));
}

void
cam_run_choice_read (CamRunChoice *self,
                     const char   *text)
{
  g_autoptr(json_t) json = text != NULL ? json_loads (text, 0, NULL) : NULL;
  json_t *value;
  const char *id;
  gsize i;

  g_hash_table_remove_all (self->given);
  g_hash_table_remove_all (self->widths);
  g_ptr_array_set_size (self->places, 0);
  self->has_order = FALSE;
  self->when = CAM_RUN_AT_BEST;
  self->shows_archived = FALSE;
  if (json_integer_value (json_object_get (json, "version")) != VERSION)
    return;
  json_object_foreach (json_object_get (json, "shown"), id, value)
    g_hash_table_insert (self->given, g_strdup (id), GINT_TO_POINTER (json_is_true (value)));
  json_object_foreach (json_object_get (json, "widths"), id, value)
    if (json_integer_value (value) >= 20 && json_integer_value (value) <= 2000)
      g_hash_table_insert (self->widths, g_strdup (id), GINT_TO_POINTER ((int) json_integer_value (value)));
  json_array_foreach (json_object_get (json, "places"), i, value)
    if (json_is_string (value))
      g_ptr_array_add (self->places, g_strdup (json_string_value (value)));
  read_order (self, json_object_get (json, "order"));
  value = json_object_get (json, "when");
  if (g_strcmp0 (json_string_value (value), "last") == 0)
    self->when = CAM_RUN_AT_LAST;
  else if (json_integer_value (value) > 0 && json_integer_value (value) < G_MAXINT)
    self->when = (CamRunWhen) json_integer_value (value);
  self->shows_archived = json_is_true (json_object_get (json, "archived"));
}

char *
cam_run_choice_to_text (CamRunChoice *self)
{
  g_autoptr(json_t) json = json_object ();
  json_t *shown = json_object (), *widths = json_object (), *places = json_array ();
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->given);
  while (g_hash_table_iter_next (&iter, &id, &value))
    json_object_set_new (shown, id, json_boolean (GPOINTER_TO_INT (value)));
  g_hash_table_iter_init (&iter, self->widths);
  while (g_hash_table_iter_next (&iter, &id, &value))
    json_object_set_new (widths, id, json_integer (GPOINTER_TO_INT (value)));
  for (guint i = 0; i < self->places->len; i++)
    json_array_append_new (places, json_string (self->places->pdata[i]));
  json_object_set_new (json, "version", json_integer (VERSION));
  json_object_set_new (json, "shown", shown);
  json_object_set_new (json, "widths", widths);
  json_object_set_new (json, "places", places);
  if (self->has_order)
    {
      g_autofree char *by = cam_run_field_dup_id (&self->order.field);

      json_object_set_new (json, "order", json_pack ("{s: s, s: b}", "by", by, "descending", self->order.is_descending));
    }
  if (self->when == CAM_RUN_AT_LAST)
    json_object_set_new (json, "when", json_string ("last"));
  else if (self->when != CAM_RUN_AT_BEST)
    json_object_set_new (json, "when", json_integer (self->when));
  json_object_set_new (json, "archived", json_boolean (self->shows_archived));
  return cam_json_dump (json, FALSE);
}

/* Columns ------------------------------------------------------------------------------------------------------------- */

static void
add (GArray          *fields,
     CamRunFieldKind  kind,
     const char      *key)
{
  g_array_append_val (fields, ((CamRunField) { kind, key }));
}

GArray *
cam_run_choice_list_all (const CamRunOffer *offer)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (CamRunField));

  add (fields, CAM_RUN_FIELD_NAME, NULL);
  add (fields, CAM_RUN_FIELD_CURVE, NULL);
  add (fields, CAM_RUN_FIELD_VALUE, NULL);
  for (guint i = 0; i < offer->metrics->len; i++)
    add (fields, CAM_RUN_FIELD_METRIC, offer->metrics->pdata[i]);
  add (fields, CAM_RUN_FIELD_EPOCH, NULL);
  add (fields, CAM_RUN_FIELD_EPOCHS, NULL);
  add (fields, CAM_RUN_FIELD_TAGS, NULL);
  for (guint i = 0; i < offer->settings->len; i++)
    add (fields, CAM_RUN_FIELD_SETTING, offer->settings->pdata[i]);
  add (fields, CAM_RUN_FIELD_STUDY, NULL);
  add (fields, CAM_RUN_FIELD_DATA, NULL);
  add (fields, CAM_RUN_FIELD_TIME, NULL);
  add (fields, CAM_RUN_FIELD_STATE, NULL);
  add (fields, CAM_RUN_FIELD_STARTED, NULL);
  add (fields, CAM_RUN_FIELD_NOTE, NULL);
  return fields;
}

static gboolean
is_shown_by_itself (const CamRunOffer *offer,
                    const CamRunField *field)
{
  guint place;

  switch (field->kind)
    {
    case CAM_RUN_FIELD_METRIC:
      return field->key == offer->metric;
    case CAM_RUN_FIELD_SETTING:
      return g_ptr_array_find (offer->differing, field->key, &place) && place < MAX_SETTINGS;
    case CAM_RUN_FIELD_TAGS:
      return offer->has_tags;
    case CAM_RUN_FIELD_STUDY:
      return offer->has_studies;
    case CAM_RUN_FIELD_DATA:
      return offer->has_data;
    case CAM_RUN_FIELD_NOTE:
      return FALSE;
    case CAM_RUN_FIELD_NAME:
    case CAM_RUN_FIELD_CURVE:
    case CAM_RUN_FIELD_VALUE:
    case CAM_RUN_FIELD_EPOCH:
    case CAM_RUN_FIELD_EPOCHS:
    case CAM_RUN_FIELD_TIME:
    case CAM_RUN_FIELD_STATE:
    case CAM_RUN_FIELD_STARTED:
    case CAM_N_RUN_FIELDS:
    default:
      return TRUE;
    }
}

gboolean
cam_run_choice_is_shown (CamRunChoice      *self,
                         const CamRunOffer *offer,
                         const CamRunField *field)
{
  g_autofree char *id = cam_run_field_dup_id (field);
  gpointer given;

  if (field->kind == CAM_RUN_FIELD_NAME)
    return TRUE;
  if (g_hash_table_lookup_extended (self->given, id, NULL, &given))
    return GPOINTER_TO_INT (given);
  return is_shown_by_itself (offer, field);
}

static guint
find_place (CamRunChoice      *self,
            const CamRunField *field)
{
  g_autofree char *id = cam_run_field_dup_id (field);

  for (guint i = 0; i < self->places->len; i++)
    if (strcmp (self->places->pdata[i], id) == 0)
      return i;
  return G_MAXUINT;
}

/* Those that were put somewhere stand as they were put; any other behind the one it stands behind in the table's own order. */
GArray *
cam_run_choice_list (CamRunChoice      *self,
                     const CamRunOffer *offer)
{
  g_autoptr(GArray) all = cam_run_choice_list_all (offer);
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (CamRunField));
  guint behind = 0;

  for (guint p = 0; p < self->places->len; p++)
    for (guint i = 0; i < all->len; i++)
      if (find_place (self, &g_array_index (all, CamRunField, i)) == p && cam_run_choice_is_shown (self, offer, &g_array_index (all, CamRunField, i)))
        g_array_append_val (fields, g_array_index (all, CamRunField, i));
  for (guint i = 0; i < all->len; i++)
    {
      const CamRunField *field = &g_array_index (all, CamRunField, i);

      if (!cam_run_choice_is_shown (self, offer, field))
        continue;
      if (find_place (self, field) == G_MAXUINT)
        g_array_insert_val (fields, behind, *field);
      for (guint k = 0; k < fields->len; k++)
        if (g_array_index (fields, CamRunField, k).kind == field->kind && g_array_index (fields, CamRunField, k).key == field->key)
          behind = k + 1;
    }
  return fields;
}

void
cam_run_choice_show (CamRunChoice      *self,
                     const CamRunField *field,
                     gboolean           is_shown)
{
  g_hash_table_insert (self->given, cam_run_field_dup_id (field), GINT_TO_POINTER (is_shown));
}

void
cam_run_choice_forget (CamRunChoice *self)
{
  g_hash_table_remove_all (self->given);
  g_ptr_array_set_size (self->places, 0);
  g_hash_table_remove_all (self->widths);
}

int
cam_run_choice_get_width (CamRunChoice      *self,
                          const CamRunField *field,
                          int                own)
{
  g_autofree char *id = cam_run_field_dup_id (field);
  gpointer width;

  return g_hash_table_lookup_extended (self->widths, id, NULL, &width) ? GPOINTER_TO_INT (width) : own;
}

void
cam_run_choice_set_width (CamRunChoice      *self,
                          const CamRunField *field,
                          int                width)
{
  g_hash_table_insert (self->widths, cam_run_field_dup_id (field), GINT_TO_POINTER (width));
}
