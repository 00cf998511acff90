/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every end of a network with every loss, on three tasks: what cannot work is told on a card, with a button that mends it, and is the reason why Train does not start. */
#include <cam-activation.h>
#include <cam-kinds.h>
#include <cam-stack-info.h>

#include "session-test.h"
#include "uitest.h"

#define MOST_FIXES 6

static const struct { const char *sample; int n_outputs; } tasks[] = { { "breast-cancer.json", 1 }, { "iris.json", 3 }, { "energy-efficiency.json", 2 } };

static void
set_end (CamSession *session,
         int         units,
         const char *activation,
         const char *loss)
{
  g_autoptr(json_t) edits = json_object ();
  g_autoptr(CamExperiment) changed = NULL;

  json_object_set_new (edits, "network", json_pack ("[{s:s, s:{s:i, s:s}}, {s:s, s:{s:i, s:s}}]", "class_name", "Dense", "config", "units", 4, "activation", "relu",
                                                    "class_name", "Dense", "config", "units", units, "activation", activation));
  json_object_set_new (edits, "loss", json_string (loss));
  /* Not by cam_session_edit_all(), which would mend at once. */
  changed = cam_experiment_with_all (session_test_experiment (session), edits, NULL);
  g_assert_nonnull (changed);
  cam_document_replace (cam_session_get_document (session), changed, "Edit");
}

/* The fix of the first card that has one; FALSE: none has. */
static gboolean
press_fix (CamSession         *session,
           const CamStackInfo *info)
{
  for (guint i = 0; i < info->layers->len; i++)
    {
      const CamLayerInfo *layer = cam_stack_info_get (info, (int) i);

      if (layer->fix_path == NULL)
        continue;
      g_assert_nonnull (layer->reason);
      g_assert_true (layer->fix_title != NULL && *layer->fix_title != '\0');
      return cam_session_edit (session, layer->fix_path, layer->fix_value, layer->fix_title);
    }
  return FALSE;
}

static gboolean
can_train (CamSession *session)
{
  gboolean can_train;

  g_object_get (session, "can-train", &can_train, NULL);
  return can_train;
}

/* Returns whether it could be trained as it was. */
static gboolean
check_end (CamSession *session,
           int         units,
           const char *activation,
           const char *loss)
{
  gboolean was_sound;

  set_end (session, units, activation, loss);
  was_sound = can_train (session);
  for (guint i = 0; i < MOST_FIXES; i++)
    {
      g_autoptr(CamStackInfo) info = cam_stack_info_new (session);

      if (can_train (session))
        {
          g_assert_cmpuint (info->n_wrong, ==, 0);
          g_assert_null (cam_session_get_train_reason (session));
          return was_sound;
        }
      g_assert_nonnull (cam_session_get_train_reason (session));
      g_assert_false (cam_session_train (session));
      /* What else there is, such as a metric, comes after what is wrong with the network. */
      if (info->n_wrong == 0)
        {
          g_assert_nonnull (info->problem);
          return was_sound;
        }
      if (!press_fix (session, info))
        g_error ("%d %s, %s: no button for: %s", units, activation, loss, cam_session_get_train_reason (session));
    }
  g_error ("%d %s, %s: not mended: %s", units, activation, loss, cam_session_get_train_reason (session));
}

static void
ignore_cb (void)
{
}

static void
test_ends (gconstpointer data)
{
  guint t = GPOINTER_TO_UINT (data);
  static const char *const activations[] = { "linear", "relu", "sigmoid", "tanh", "softmax", "exponential" };
  const CamKind *const *losses = cam_kind_list (CAM_KIND_LOSS);
  CamSession *session = session_test_open (tasks[t].sample);
  guint n_sound = 0, n = 0;

  g_signal_handlers_disconnect_matched (session, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, session_test_fail, NULL);
  g_signal_connect (session, "failed", G_CALLBACK (ignore_cb), NULL);
  for (guint a = 0; a < G_N_ELEMENTS (activations); a++)
    for (guint l = 0; losses[l] != NULL; l++)
      for (int units = 1; units <= 4; units++, n++)
        {
          gboolean is_sound = check_end (session, units, activations[a], losses[l]->name);

          n_sound += is_sound;
          /* Never with the wrong count of units. */
          g_assert_true (!is_sound || units == tasks[t].n_outputs);
        }
  g_assert_cmpuint (n_sound, >, 0);
  g_assert_cmpuint (n_sound, <, n / 4);
  g_assert_finalize_object (session);
}

static const struct { const char *name; guint task; int units; const char *activation, *loss, *button; } pairs[] = {
  { "softmax-bce-one-unit", 0, 1, "softmax", "binary_crossentropy", "Use sigmoid" },
  { "sigmoid-sparse-three", 1, 3, "sigmoid", "sparse_categorical_crossentropy", "Use categorical cross-entropy" },
  { "softmax-bce-three", 1, 3, "softmax", "binary_crossentropy", "Use categorical cross-entropy" },
  { "sigmoid-cce", 1, 3, "sigmoid", "categorical_crossentropy", "Use softmax" },
  { "linear-bce", 0, 1, "linear", "binary_crossentropy", "Use sigmoid" },
  { "sigmoid-cce-one-unit", 0, 1, "sigmoid", "categorical_crossentropy", "Use binary cross-entropy" },
  { "linear-cce-numbers", 2, 2, "linear", "categorical_crossentropy", "Use mean squared error" },
  { "softmax-two-units-yes-no", 0, 2, "softmax", "categorical_crossentropy", "Set 1 unit" },
};

/* On the output's card. */
static void
test_pair (gconstpointer data)
{
  guint p = GPOINTER_TO_UINT (data);
  CamSession *session = session_test_open (tasks[pairs[p].task].sample);
  g_autoptr(CamStackInfo) info = NULL;
  const CamLayerInfo *output;

  set_end (session, pairs[p].units, pairs[p].activation, pairs[p].loss);
  info = cam_stack_info_new (session);
  output = cam_stack_info_get (info, info->output);
  g_assert_false (can_train (session));
  g_assert_nonnull (cam_session_get_train_reason (session));
  g_assert_nonnull (output->reason);
  g_assert_cmpstr (output->fix_title, ==, pairs[p].button);
  g_clear_pointer (&info, cam_stack_info_free);
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strconcat ("/app/stack-info/pair/", pairs[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pair);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autofree char *path = g_strconcat ("/app/stack-info/ends/", tasks[i].sample, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_ends);
    }
  result = g_test_run ();
  session_test_clear ();
  return result;
}
