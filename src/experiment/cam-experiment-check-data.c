/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data of an experiment: whether there is something to learn, how a sequence is split, and whether the network has room for the words of a text. */
#include <glib/gi18n-lib.h>

#include "cam-experiment-check-private.h"

static gboolean
has_target (const json_t *data)
{
  const char *name;
  json_t *column;

  if (json_array_size (json_object_get (data, "target")) > 0 || g_strcmp0 (json_string_value (json_object_get (data, "task")), "autoencoder") == 0)
    return TRUE;
  json_object_foreach (json_object_get (data, "columns"), name, column)
    if (g_strcmp0 (json_string_value (json_object_get (column, "role")), "target") == 0)
      return TRUE;

  return FALSE;
}

static void
check_target (CamCheck *check)
{
  if (!has_target (cam_experiment_get_data (check->experiment)))
    cam_check_tell (check, "data/target", g_strdup (_("Nothing says what the network shall predict: choose a column as the target.")));
}

/* By chance, past and future would be mixed. */
static void
check_split_of_sequence (CamCheck *check)
{
  const char *method = json_string_value (json_object_get (cam_experiment_get_split (check->experiment), "method"));
  CamProblem *problem;

  if (!json_is_object (json_object_get (cam_experiment_get_data (check->experiment), "sequence")) ||
      (g_strcmp0 (method, "random") != 0 && g_strcmp0 (method, "stratified") != 0))
    return;
  problem = cam_check_tell (check, "split/method", g_strdup (_("The rows are a sequence, but the split deals them by chance, so that the network would learn from the future: take them in their order.")));
  cam_check_offer (problem, "split/method", json_string ("ordered"), g_strdup (_("Split in order")));
}

/* Words beyond the last index would have no vector. */
static void
check_vocabulary (CamCheck *check)
{
  guint n_words = check->preparation != NULL ? cam_preparation_get_vocabulary (check->preparation) : 0;
  int first = cam_network_find_first (check->network);
  const json_t *layer = json_array_get (check->network, first), *n_indices = json_object_get (json_object_get (layer, "config"), "input_dim");
  json_int_t n = json_is_integer (n_indices) ? json_integer_value (n_indices) : 1000;
  g_autofree char *where = g_strdup_printf ("network/%d", first), *path = g_strdup_printf ("%s/config/input_dim", where);

  if (n_words == 0 || g_strcmp0 (json_string_value (json_object_get (layer, "class_name")), "Embedding") != 0 || n >= n_words)
    return;
  cam_check_offer (cam_check_tell (check, where, g_strdup_printf (_("The Embedding has %d indices, but the text has %u words, padding and unknown ones counted: it needs one for each."), (int) n, n_words)),
                   path, json_integer (n_words), g_strdup_printf (_("Set %u indices"), n_words));
}

void
cam_check_data (CamCheck *check)
{
  check_target (check);
  check_split_of_sequence (check);
  check_vocabulary (check);
}
