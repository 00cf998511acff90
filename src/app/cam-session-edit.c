/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of the data section that change what the network must give: the output layer and the loss follow in the same
 * step, so that another target can be trained at once and one undo brings all back. */

#include "cam-session-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* More proposals than these and the network is left to its page, which says what is wrong. */
#define MAX_FIXES 8
#define QUICK_TABLE (4 * 1024 * 1024)

/* Whether a proposal concerns the end of the network: its last layer, or the loss. */
static gboolean
is_about_output (const CamProblem    *problem,
                 const CamExperiment *experiment)
{
  g_autofree char *last = g_strdup_printf ("network/%d", cam_network_find_last (cam_experiment_get_network (experiment)));

  return problem->fix_path != NULL
         && (g_str_has_prefix (problem->fix_path, last) || g_str_has_prefix (problem->fix_path, "loss")
             || g_str_has_prefix (problem->fix_path, "metrics"));
}

CamExperiment *
cam_session_adapt_output (CamSession    *self,
                          CamExperiment *experiment)
{
  g_autoptr(CamExperiment) adapted = cam_experiment_ref (experiment);
  g_autoptr(CamDataset) dataset = NULL;

  if (cam_table_get_size_bytes (self->table) > QUICK_TABLE)
    return g_steal_pointer (&adapted);
  dataset = cam_dataset_new (self->table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), NULL);
  for (guint i = 0; dataset != NULL && i < MAX_FIXES; i++)
    {
      g_autoptr(GPtrArray) problems = cam_experiment_check (adapted, dataset);
      CamExperiment *next = NULL;

      for (guint p = 0; p < problems->len && next == NULL; p++)
        {
          const CamProblem *problem = problems->pdata[p];

          if (is_about_output (problem, adapted))
            next = cam_experiment_with (adapted, problem->fix_path, problem->fix_value, NULL);
        }
      if (next == NULL)
        break;
      cam_experiment_unref (adapted);
      adapted = next;
    }
  return g_steal_pointer (&adapted);
}

static gboolean
replace_data (CamSession *self,
              json_t     *data,
              const char *name)
{
  CamExperiment *experiment = cam_document_get_experiment (self->document);
  g_autoptr(CamExperiment) changed = NULL;
  g_autoptr(CamExperiment) adapted = NULL;
  g_autoptr(GError) error = NULL;

  changed = cam_experiment_with (experiment, "data", data, &error);
  if (changed == NULL)
    {
      cam_session_say (self, "%s", error->message);
      return FALSE;
    }
  adapted = cam_session_adapt_output (self, changed);
  return cam_document_replace (self->document, adapted, name);
}

/* The entry of a column in a data section, made where there is none. Borrowed. */
static json_t *
ensure_entry (json_t     *data,
              const char *column)
{
  json_t *columns = json_object_get (data, "columns");
  json_t *entry;

  if (columns == NULL)
    {
      json_object_set_new (data, "columns", json_object ());
      columns = json_object_get (data, "columns");
    }
  entry = json_object_get (columns, column);
  if (entry == NULL)
    {
      json_object_set_new (columns, column, json_object ());
      entry = json_object_get (columns, column);
    }
  return entry;
}

/* @data with exactly @targets; a column that was ignored and becomes a target is so no longer. */
static void
set_targets (CamSession *self,
             json_t     *data,
             json_t     *targets)
{
  json_t *columns = json_object_get (data, "columns");
  json_t *target, *entry;
  const char *name;
  gsize i;

  json_object_foreach (columns, name, entry)
    if (g_strcmp0 (json_string_value (json_object_get (entry, "role")), "target") == 0)
      json_object_del (entry, "role");
  json_array_foreach (targets, i, target)
    {
      entry = json_object_get (columns, json_string_value (target));
      if (entry != NULL)
        json_object_del (entry, "role");
    }
  json_object_set (data, "target", targets);
}

gboolean
cam_session_choose_target (CamSession *self,
                           const char *column)
{
  CamExperiment *experiment;
  g_autoptr(json_t) data = NULL;
  g_autoptr(json_t) targets = json_array ();

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (column != NULL, FALSE);

  experiment = cam_document_get_experiment (self->document);
  if (experiment == NULL || self->table == NULL)
    return FALSE;
  data = json_deep_copy (cam_experiment_get_data (experiment));
  json_array_append_new (targets, json_string (column));
  set_targets (self, data, targets);
  return replace_data (self, data, _("Choose target"));
}

/* Targets stay in the order of the table. */
static json_t *
list_targets (CamSession        *self,
              const json_t      *data,
              const char *const *columns,
              gboolean           are_targets)
{
  g_autoptr(json_t) settings = cam_dataset_list_settings (self->table, data);
  g_autoptr(GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *targets = json_array ();

  for (guint i = 0; columns[i] != NULL; i++)
    g_hash_table_add (changed, (gpointer) columns[i]);
  for (guint i = 0; i < cam_table_get_n_columns (self->table); i++)
    {
      const char *name = cam_table_get_name (self->table, i);
      const char *role = json_string_value (json_object_get (json_array_get (settings, i), "role"));

      if (g_hash_table_contains (changed, name) ? are_targets : g_strcmp0 (role, "target") == 0)
        json_array_append_new (targets, json_string (name));
    }
  return targets;
}

gboolean
cam_session_set_roles (CamSession        *self,
                       const char *const *columns,
                       const char        *role,
                       const char        *name)
{
  CamExperiment *experiment;
  g_autoptr(json_t) data = NULL;
  g_autoptr(json_t) targets = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (columns != NULL && role != NULL && name != NULL, FALSE);

  experiment = cam_document_get_experiment (self->document);
  if (experiment == NULL || self->table == NULL)
    return FALSE;
  data = json_deep_copy (cam_experiment_get_data (experiment));
  targets = list_targets (self, data, columns, strcmp (role, "target") == 0);
  set_targets (self, data, targets);
  for (guint i = 0; columns[i] != NULL && strcmp (role, "target") != 0; i++)
    json_object_set_new (ensure_entry (data, columns[i]), "role", json_string (role));
  return replace_data (self, data, name);
}

gboolean
cam_session_set_columns (CamSession        *self,
                         const char *const *columns,
                         const json_t      *changes,
                         const char        *name)
{
  CamExperiment *experiment;
  g_autoptr(json_t) data = NULL;
  const char *key;
  json_t *value;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (columns != NULL && changes != NULL && name != NULL, FALSE);

  experiment = cam_document_get_experiment (self->document);
  if (experiment == NULL || self->table == NULL)
    return FALSE;
  data = json_deep_copy (cam_experiment_get_data (experiment));
  for (guint i = 0; columns[i] != NULL; i++)
    json_object_foreach ((json_t *) changes, key, value)
      if (json_is_null (value))
        json_object_del (ensure_entry (data, columns[i]), key);
      else
        json_object_set_new (ensure_entry (data, columns[i]), key, json_deep_copy (value));
  return replace_data (self, data, name);
}

gboolean
cam_session_edit_all (CamSession   *self,
                      const json_t *edits,
                      const char   *name)
{
  CamExperiment *experiment;
  g_autoptr(CamExperiment) changed = NULL;
  g_autoptr(CamExperiment) adapted = NULL;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (CAM_IS_SESSION (self), FALSE);
  g_return_val_if_fail (edits != NULL && name != NULL, FALSE);

  experiment = cam_document_get_experiment (self->document);
  if (experiment == NULL || self->table == NULL)
    return FALSE;
  changed = cam_experiment_with_all (experiment, edits, &error);
  if (changed == NULL)
    {
      cam_session_say (self, "%s", error->message);
      return FALSE;
    }
  adapted = cam_session_adapt_output (self, changed);
  return cam_document_replace (self->document, adapted, name);
}
