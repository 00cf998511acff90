/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of several layers, each as a whole new array in the document. */
#include "cam-layer-group.h"

#include <cam-layer-text.h>

#include <glib/gi18n-lib.h>

#include "cam-layer-edit.h"
#include "cam-session-private.h"

static const json_t *
get_layers (CamSession *session)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));

  return experiment != NULL ? cam_experiment_get_network (experiment) : NULL;
}

/* Whether there is something to do: a network, and places that are all in it. */
static gboolean
are_there (CamSession *session,
           GArray     *places)
{
  return places->len > 0 && g_array_index (places, guint, places->len - 1) < json_array_size (get_layers (session));
}

static gboolean
holds (GArray *places,
       guint   place)
{
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, guint, i) == place)
      return TRUE;

  return FALSE;
}

/* The chosen layers (@is_chosen), or the others, in their order. New reference. */
static json_t *
pick (CamSession *session,
      GArray     *places,
      gboolean    is_chosen)
{
  const json_t *layers = get_layers (session);
  json_t *picked = json_array ();

  for (guint i = 0; i < json_array_size (layers); i++)
    if (holds (places, i) == is_chosen)
      json_array_append (picked, json_array_get (layers, i));

  return picked;
}

/* The name of a step: @one with the kind of the only chosen layer, or @many with their count, both already translated. g_free(). */
static char *
name_step (CamSession *session,
           GArray     *places,
           const char *one,
           const char *many)
{
  const json_t *layer = json_array_get (get_layers (session), g_array_index (places, guint, 0));
  const char *class_name = json_string_value (json_object_get (layer, "class_name"));
  g_autofree char *count = g_strdup_printf ("%u", places->len);
  g_auto(GStrv) parts = g_strsplit (places->len == 1 ? one : many, places->len == 1 ? "%s" : "%u", 2);

  return g_strjoinv (places->len == 1 ? class_name : count, parts);
}

static gboolean
take_out (CamSession *session,
          GArray     *places,
          const char *one,
          const char *many)
{
  g_autoptr(json_t) left = NULL;
  g_autofree char *name = NULL;

  if (!are_there (session, places))
    return FALSE;
  left = pick (session, places, FALSE);
  name = name_step (session, places, one, many);
  return cam_layer_edit_replace (session, left, name);
}

gboolean
cam_layer_group_remove (CamSession *session,
                        GArray     *places)
{
  /* translators: the name of an undoable step; %s is a kind of layer such as Dense, %u a count of two and more */
  return take_out (session, places, _("Remove %s"), _("Remove %u layers"));
}

gboolean
cam_layer_group_cut (CamSession *session,
                     GArray     *places)
{
  /* translators: the name of an undoable step; %s is a kind of layer such as Dense, %u a count of two and more */
  return take_out (session, places, _("Cut %s"), _("Cut %u layers"));
}

static void
insert_all (json_t       *layers,
            guint         at,
            const json_t *inserted)
{
  for (gsize i = 0; i < json_array_size (inserted); i++)
    json_array_insert (layers, at + i, json_array_get (inserted, i));
}

gboolean
cam_layer_group_duplicate (CamSession *session,
                           GArray     *places)
{
  g_autoptr(json_t) layers = NULL;
  g_autoptr(json_t) picked = NULL;
  g_autoptr(json_t) copies = NULL;
  g_autofree char *name = NULL;

  if (!are_there (session, places))
    return FALSE;
  layers = json_copy ((json_t *) get_layers (session));
  picked = pick (session, places, TRUE);
  copies = json_deep_copy (picked);
  for (gsize i = 0; i < json_array_size (copies); i++)
    json_object_del (json_array_get (copies, i), "name");
  insert_all (layers, g_array_index (places, guint, places->len - 1) + 1, copies);
  /* translators: the name of an undoable step; %s is a kind of layer such as Dense, %u a count of two and more */
  name = name_step (session, places, _("Duplicate %s"), _("Duplicate %u layers"));
  return cam_layer_edit_replace (session, layers, name);
}

static gboolean
put_in_order (CamSession *session,
              GArray     *places,
              json_t     *layers)
{
  g_autofree char *name = NULL;

  if (json_equal (layers, get_layers (session)))
    return FALSE;
  /* translators: the name of an undoable step; %s is a kind of layer such as Dense, %u a count of two and more */
  name = name_step (session, places, _("Move %s"), _("Move %u layers"));
  return cam_layer_edit_replace (session, layers, name);
}

gboolean
cam_layer_group_move (CamSession *session,
                      GArray     *places,
                      guint       gap)
{
  g_autoptr(json_t) layers = NULL;
  g_autoptr(json_t) moved = NULL;
  guint n_before = 0;

  if (!are_there (session, places))
    return FALSE;
  layers = pick (session, places, FALSE);
  moved = pick (session, places, TRUE);
  for (guint i = 0; i < places->len; i++)
    n_before += g_array_index (places, guint, i) < gap;
  insert_all (layers, MIN (gap - n_before, (guint) json_array_size (layers)), moved);
  return put_in_order (session, places, layers);
}

gboolean
cam_layer_group_shift (CamSession *session,
                       GArray     *places,
                       int         by)
{
  g_autoptr(json_t) layers = NULL;
  g_autoptr(json_t) moved = NULL;
  guint n = json_array_size (get_layers (session));

  g_return_val_if_fail (by == 1 || by == -1, FALSE);

  if (!are_there (session, places) || (by < 0 ? g_array_index (places, guint, 0) == 0 : g_array_index (places, guint, places->len - 1) + 1 == n))
    return FALSE;
  layers = pick (session, places, FALSE);
  moved = pick (session, places, TRUE);
  for (guint i = 0; i < places->len; i++)
    json_array_insert (layers, (gsize) ((int) g_array_index (places, guint, i) + by), json_array_get (moved, i));
  return put_in_order (session, places, layers);
}

gboolean
cam_layer_group_switch (CamSession *session,
                        GArray     *places,
                        gboolean    is_on)
{
  g_autoptr(json_t) layers = NULL;
  g_autofree char *name = NULL;

  if (!are_there (session, places))
    return FALSE;
  layers = json_copy ((json_t *) get_layers (session));
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      json_t *layer = json_copy (json_array_get (layers, place));

      if (is_on)
        json_object_del (layer, "enabled");
      else
        json_object_set_new (layer, "enabled", json_false ());
      json_array_set_new (layers, place, layer);
    }
  if (json_equal (layers, get_layers (session)))
    return FALSE;
  /* translators: names of undoable steps; %s is a kind of layer such as Dense, %u a count of two and more */
  name = is_on ? name_step (session, places, _("Switch on %s"), _("Switch on %u layers"))
               : name_step (session, places, _("Switch off %s"), _("Switch off %u layers"));
  return cam_layer_edit_replace (session, layers, name);
}

gboolean
cam_layer_group_is_on (CamSession *session,
                       GArray     *places)
{
  for (guint i = 0; i < places->len; i++)
    if (!cam_network_is_off (json_array_get (get_layers (session), g_array_index (places, guint, i))))
      return TRUE;

  return FALSE;
}

/* Clipboard ------------------------------------------------------------------------------------------------------ */

char *
cam_layer_group_copy (CamSession *session,
                      GArray     *places)
{
  g_autoptr(json_t) picked = NULL;

  if (!are_there (session, places))
    return NULL;
  picked = pick (session, places, TRUE);
  return cam_layers_to_text (picked);
}

static gboolean
is_named (const json_t *layers,
          const json_t *name)
{
  for (gsize i = 0; name != NULL && i < json_array_size (layers); i++)
    if (json_equal (json_object_get (json_array_get (layers, i), "name"), name))
      return TRUE;

  return FALSE;
}

gboolean
cam_layer_group_paste (CamSession *session,
                       guint       at,
                       const char *text,
                       guint      *n_pasted)
{
  g_autoptr(json_t) layers = NULL;
  g_autoptr(json_t) pasted = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;

  if (get_layers (session) == NULL)
    return FALSE;
  if (text == NULL || *text == '\0')
    {
      cam_session_say (session, "%s", _("The clipboard holds no text, so no layers can be pasted"));
      return FALSE;
    }
  pasted = cam_layers_from_text (text, &error);
  if (pasted == NULL)
    {
      /* translators: %s is the reason, a sentence */
      cam_session_say (session, _("The clipboard’s text cannot be pasted as layers. %s"), error->message);
      return FALSE;
    }
  layers = json_copy ((json_t *) get_layers (session));
  at = MIN (at, (guint) json_array_size (layers));
  for (gsize i = 0; i < json_array_size (pasted); i++)
    {
      json_t *layer = json_array_get (pasted, i);

      if (is_named (layers, json_object_get (layer, "name")))
        json_object_del (layer, "name");
      json_array_insert (layers, at + i, layer);
    }
  *n_pasted = json_array_size (pasted);
  if (*n_pasted == 1)
    /* translators: the name of an undoable step; %s is a kind of layer such as Dense */
    name = g_strdup_printf (_("Paste %s"), json_string_value (json_object_get (json_array_get (pasted, 0), "class_name")));
  else
    /* translators: the name of an undoable step; a count of two and more */
    name = g_strdup_printf (_("Paste %u layers"), *n_pasted);
  return cam_layer_edit_replace (session, layers, name);
}
