/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten thousand random edits, of all kinds that a session offers: undone they give the first document, redone the last, by the same states in between, bit for bit. */
#include <cam-kinds.h>
#include <cam-layer-edit.h>
#include <cam-layer-group.h>
#include <cam-network.h>
#include <cam-preset.h>
#include <cam-split-choice.h>
#include <cam-task-edit.h>
#include <cam-task-words.h>
#include <cam-train-edit.h>

#include "session-test.h"
#include "uitest.h"

/* A network beyond this is cut down, so that the test ends. */
#define MOST_LAYERS 10

typedef struct
{
  CamSession *session;
  GRand      *rand;
  char       *clipboard;
} Hand;

static guint
draw (Hand  *hand,
      guint  n)
{
  return (guint) g_rand_int_range (hand->rand, 0, (gint32) MAX (n, 1));
}

/* A value for @field: mostly one that it takes, now and then none, or one that is refused. */
static json_t *
draw_value (Hand           *hand,
            const CamField *field)
{
  double least = MAX (field->min, -1e6), most = MIN (field->max, least + 40.0);
  guint n = 0;

  if (draw (hand, 8) == 0)
    return draw (hand, 2) == 0 ? json_null () : json_integer (-7);
  switch (field->type)
    {
    case CAM_FIELD_INT:
      return json_integer ((json_int_t) g_rand_double_range (hand->rand, least, most));
    case CAM_FIELD_FLOAT:
      return json_real (g_rand_double_range (hand->rand, least, most));
    case CAM_FIELD_BOOL:
      return json_boolean (draw (hand, 2));
    case CAM_FIELD_CHOICE:
      while (field->choices[n] != NULL)
        n++;
      return json_string (field->choices[draw (hand, n)]);
    case CAM_FIELD_VARIANT:
      while (field->variants[n] != NULL)
        n++;
      return json_string (field->variants[draw (hand, n)]->name);
    case CAM_FIELD_INTS:
    case CAM_FIELD_PAIRS:
      return json_pack ("[i, i]", (int) draw (hand, 5) + 1, (int) draw (hand, 5) + 1);
    case CAM_FIELD_FLOATS:
      return json_pack ("[f]", g_rand_double (hand->rand));
    case CAM_FIELD_TEXT:
      return json_string (((const char *[]) { "a", "b", "“ção”", "hidden/1" })[draw (hand, 4)]);
    case CAM_FIELD_OBJECT:
    default:
      return cam_fields_default (field);
    }
}

static const CamField *
draw_field (Hand           *hand,
            const CamField *fields)
{
  guint n = 0;

  while (fields[n].key != NULL)
    n++;
  return n > 0 ? &fields[draw (hand, n)] : NULL;
}

/* Network -------------------------------------------------------------------------------------------------------- */

/* Some of the layers, at least one where there is one. */
static GArray *
draw_places (Hand *hand)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = cam_layer_edit_count (hand->session), kept = draw (hand, n);

  for (guint i = 0; i < n; i++)
    if (i == kept || draw (hand, 3) == 0)
      g_array_append_val (places, i);
  return places;
}

static void
edit_group (Hand *hand)
{
  g_autoptr(GArray) places = draw_places (hand);
  guint n = cam_layer_edit_count (hand->session), n_pasted;

  switch (n > MOST_LAYERS ? 0 : draw (hand, 9))
    {
    case 0:
      cam_layer_group_remove (hand->session, places);
      break;
    case 1:
      cam_layer_group_duplicate (hand->session, places);
      break;
    case 2:
      cam_layer_group_move (hand->session, places, draw (hand, n + 1));
      break;
    case 3:
      cam_layer_group_shift (hand->session, places, draw (hand, 2) ? 1 : -1);
      break;
    case 4:
    case 5:
      cam_layer_group_switch (hand->session, places, draw (hand, 2));
      break;
    case 6:
      g_free (hand->clipboard);
      hand->clipboard = cam_layer_group_copy (hand->session, places);
      cam_layer_group_cut (hand->session, places);
      break;
    default:
      cam_layer_group_paste (hand->session, draw (hand, n + 1), draw (hand, 9) == 0 ? "[{}]" : hand->clipboard, &n_pasted);
    }
}

static void
edit_layer (Hand *hand)
{
  const CamLayerKind *const *kinds = cam_layer_kind_list ();
  guint n = cam_layer_edit_count (hand->session), layer = draw (hand, n), n_kinds = 0;
  const CamLayerKind *kind = cam_layer_kind_find (json_string_value (json_object_get (cam_layer_edit_peek (hand->session, layer), "class_name")));
  const CamField *field = kind == NULL ? NULL : draw_field (hand, draw (hand, 4) == 0 ? cam_layer_common_fields : cam_layer_kind_get_fields (kind));

  while (kinds[n_kinds] != NULL)
    n_kinds++;
  if (field != NULL && draw (hand, 3) > 0)
    {
      g_autoptr(json_t) value = draw_value (hand, field);

      cam_layer_edit_set (hand->session, layer, field, value);
    }
  else if (n <= MOST_LAYERS)
    cam_layer_edit_insert (hand->session, draw (hand, n + 1), cam_layer_kind_get_name (kinds[draw (hand, n_kinds)]));
}

static void
edit_preset (Hand *hand)
{
  static const char *const ids[] = { "linear", "small", "medium", "deep", "lstm", "shallow-autoencoder", "deep-autoencoder", "small-cnn", NULL };

  cam_layer_edit_use_preset (hand->session, ids[draw (hand, G_N_ELEMENTS (ids))]);
}

/* What a card's button does. */
static void
edit_fix (Hand *hand)
{
  GPtrArray *problems = cam_session_get_problems (hand->session);
  const CamProblem *problem = problems->len > 0 ? g_ptr_array_index (problems, draw (hand, problems->len)) : NULL;

  if (problem != NULL && problem->fix_path != NULL)
    {
      g_autofree char *path = g_strdup (problem->fix_path), *title = g_strdup (problem->fix_title);
      g_autoptr(json_t) value = problem->fix_value != NULL ? json_deep_copy (problem->fix_value) : NULL;

      cam_session_edit (hand->session, path, value, title);
    }
}

/* Training ------------------------------------------------------------------------------------------------------- */

static void
edit_training (Hand *hand)
{
  CamExperiment *experiment = session_test_experiment (hand->session);
  CamKindOf of = ((const CamKindOf[]) { CAM_KIND_LOSS, CAM_KIND_OPTIMIZER, CAM_KIND_METRIC })[draw (hand, 3)];
  const CamKind *const *kinds = cam_kind_list (of);
  g_autoptr(json_t) config = NULL;
  g_autoptr(json_t) value = NULL;
  const CamField *field;
  guint n_kinds = 0;

  while (kinds[n_kinds] != NULL)
    n_kinds++;
  switch (draw (hand, 7))
    {
    case 0:
      if (of == CAM_KIND_METRIC)
        cam_train_set_metric (hand->session, kinds[draw (hand, n_kinds)], draw (hand, 2));
      else
        cam_train_set_kind (hand->session, of, kinds[draw (hand, n_kinds)]);
      break;
    case 1:
      field = draw_field (hand, cam_train_peek_kind (experiment, CAM_KIND_OPTIMIZER, &config)->fields);
      value = draw_value (hand, field);
      cam_train_set_optimizer (hand->session, field, value);
      break;
    case 2:
      field = draw_field (hand, cam_experiment_fit_fields);
      value = draw_value (hand, field);
      cam_train_set_fit (hand->session, field, value);
      break;
    case 3:
      config = cam_train_dup_early_stopping (experiment);
      if (config != NULL)
        json_object_set_new (config, "patience", json_integer (draw (hand, 30)));
      else
        config = json_pack ("{s:i}", "patience", 5);
      cam_train_set_early_stopping (hand->session, draw (hand, 3) == 0 ? NULL : config, "Early stopping");
      break;
    case 4:
      cam_train_set_rate (hand->session, g_rand_double_range (hand->rand, 1e-5, 1.0), "Change rate");
      break;
    case 5:
      cam_train_scale_rate (hand->session, draw (hand, 2) ? 0.5 : 2.0, "Scale rate");
      break;
    default:
      value = draw (hand, 3) == 0 ? NULL : json_string (draw (hand, 2) ? "balanced" : "nonsense");
      cam_session_edit (hand->session, "fit/class_weight", value, "Weigh classes");
    }
}

/* Data ----------------------------------------------------------------------------------------------------------- */

static void
edit_columns (Hand *hand)
{
  static const char *const roles[] = { "feature", "target", "ignored", "group" };
  static const char *const edits[] = { "{\"scaling\": \"standard\"}", "{\"scaling\": \"minmax\"}", "{\"scaling\": null}", "{\"missing\": \"mean\"}", "{\"kind\": \"category\"}", "{\"kind\": null}" };
  CamTable *table = cam_session_get_table (hand->session);
  const char *names[] = { cam_table_get_name (table, draw (hand, cam_table_get_n_columns (table))), cam_table_get_name (table, draw (hand, cam_table_get_n_columns (table))), NULL };
  g_autoptr(json_t) changes = NULL;

  if (draw (hand, 2) || g_str_equal (names[0], names[1]))
    names[1] = NULL;
  switch (draw (hand, 4))
    {
    case 0:
      cam_session_choose_target (hand->session, names[0]);
      break;
    case 1:
      cam_session_set_roles (hand->session, names, roles[draw (hand, G_N_ELEMENTS (roles))], "Change roles");
      break;
    default:
      changes = json_loads (edits[draw (hand, G_N_ELEMENTS (edits))], 0, NULL);
      cam_session_set_columns (hand->session, names, changes, "Change columns");
    }
}

static void
edit_data (Hand *hand)
{
  static const char *const words[] = { "regression", "binary", "multiclass", "multilabel", "autoencoder" };
  CamExperiment *experiment = session_test_experiment (hand->session);
  g_autoptr(json_t) value = NULL;

  switch (draw (hand, 7))
    {
    case 0:
      cam_task_edit_task (hand->session, draw (hand, 2) ? NULL : words[draw (hand, G_N_ELEMENTS (words))]);
      break;
    case 1:
      cam_task_edit_samples (hand->session, draw (hand, 3) > 0 ? CAM_UNIT_ROW : draw (hand, CAM_N_UNITS));
      break;
    case 2:
      value = cam_split_choice_make (draw (hand, CAM_N_CHOICES), cam_session_get_table (hand->session), cam_experiment_get_data (experiment), cam_experiment_get_split (experiment));
      cam_session_edit_all (hand->session, value, "Change split");
      break;
    case 3:
      value = json_integer (draw (hand, 1000));
      cam_session_edit (hand->session, "split/seed", value, "Change split seed");
      break;
    case 4:
      value = json_string (((const char *[]) { "One", "Two", "Três", "" })[draw (hand, 4)]);
      cam_session_edit (hand->session, "name", value, "Name experiment");
      break;
    default:
      edit_columns (hand);
    }
}

/* ---------------------------------------------------------------------------------------------------------------- */

static void
edit (Hand *hand)
{
  static void (*const kinds[]) (Hand *hand) = { edit_group, edit_group, edit_layer, edit_layer, edit_preset, edit_fix, edit_training, edit_training, edit_data };

  kinds[draw (hand, G_N_ELEMENTS (kinds))] (hand);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static char *
digest (CamDocument *document)
{
  g_autofree char *text = cam_experiment_to_text (cam_document_get_experiment (document));

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* All the way in one direction; the states on it, the present one first. */
static GPtrArray *
travel (CamDocument  *document,
        gboolean    (*step) (CamDocument *self))
{
  GPtrArray *states = g_ptr_array_new_with_free_func (g_free);

  do
    g_ptr_array_add (states, digest (document));
  while (step (document));
  return states;
}

/* A sanitizer makes each edit ten times as slow, and misses nothing in fewer. */
#ifdef __SANITIZE_ADDRESS__
#define FEWER 8
#else
#define FEWER 1
#endif

static const struct { const char *sample; guint seed, n_edits; } rounds[] = { { "iris.json", 1, 4000 / FEWER }, { "penguins.json", 2, 3000 / FEWER }, { "energy-efficiency.json", 3, 3000 / FEWER } };

static void
ignore_cb (void)
{
}

static void
test_round (gconstpointer data)
{
  guint r = GPOINTER_TO_UINT (data);
  Hand hand = { session_test_open (rounds[r].sample), g_rand_new_with_seed (rounds[r].seed), NULL };
  g_autoptr(CamDocument) document = g_object_ref (cam_session_get_document (hand.session));
  g_autofree char *first = NULL, *last = NULL, *again = NULL;
  g_autoptr(GPtrArray) back = NULL;
  g_autoptr(GPtrArray) forth = NULL;
  guint n_changes = 0, n_tried = 0;

  /* Refusals are part of it. */
  g_signal_handlers_disconnect_matched (hand.session, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, session_test_fail, NULL);
  g_signal_connect (hand.session, "failed", G_CALLBACK (ignore_cb), NULL);
  g_assert_false (cam_document_undo (document));
  first = cam_experiment_to_text (cam_document_get_experiment (document));
  /* As many that change the document. */
  for (; n_changes < rounds[r].n_edits; n_tried++)
    {
      CamExperiment *before = cam_experiment_ref (cam_document_get_experiment (document));

      edit (&hand);
      n_changes += cam_document_get_experiment (document) != before;
      cam_experiment_unref (before);
      /* A step now and then taken back and forth changes nothing either. */
      if (n_tried % 97 == 0 && cam_document_undo (document))
        g_assert_true (cam_document_redo (document));
    }
  last = cam_experiment_to_text (cam_document_get_experiment (document));
  g_test_message ("%s: %u of %u edits changed the document", rounds[r].sample, n_changes, n_tried);

  /* The document alone, as the session would prepare the data of each state. */
  g_assert_finalize_object (hand.session);
  back = travel (document, cam_document_undo);
  again = cam_experiment_to_text (cam_document_get_experiment (document));
  g_assert_cmpstr (again, ==, first);
  g_assert_null (cam_document_get_undo_name (document));
  forth = travel (document, cam_document_redo);
  g_free (again);
  again = cam_experiment_to_text (cam_document_get_experiment (document));
  g_assert_cmpstr (again, ==, last);
  g_assert_null (cam_document_get_redo_name (document));

  g_assert_cmpuint (back->len, ==, forth->len);
  g_assert_cmpuint (back->len, >, n_changes / 2);
  for (guint i = 0; i < back->len; i++)
    g_assert_cmpstr (g_ptr_array_index (back, i), ==, g_ptr_array_index (forth, forth->len - 1 - i));
  g_rand_free (hand.rand);
  g_free (hand.clipboard);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  session_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      g_autofree char *path = g_strconcat ("/app/undo/", rounds[i].sample, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_round);
    }
  result = g_test_run ();
  session_test_clear ();
  return result;
}
