/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: names, steps that grow together, notifications, and ten thousand edits there and back. */
#include <cam-document.h>

#include "sample-table.h"

#define DOCUMENT \
  "{'camadas': 1, 'data': {'file': 'x.csv', 'columns': {}}, 'network': [{'class_name': 'Dense', 'config': {'units': 8}}, {'class_name': 'Dropout'}]}"

static CamDocument *
new_document (void)
{
  CamDocument *document = cam_document_new ();
  g_autoptr(CamExperiment) experiment = parse_experiment (DOCUMENT);

  cam_document_reset (document, experiment);
  return document;
}

static void
set (CamDocument *document,
     const char  *path,
     const char  *value,
     const char  *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) json = value != NULL ? parse_json (value) : NULL;

  g_assert_true (cam_document_set (document, path, json, name, &error));
  g_assert_no_error (error);
}

static gint64
get_int (CamDocument *document,
         const char  *path)
{
  return json_integer_value (cam_experiment_peek (cam_document_get_experiment (document), path));
}

static void
test_empty (void)
{
  g_autoptr(CamDocument) document = cam_document_new ();
  g_autoptr(json_t) value = json_integer (1);
  g_autoptr(GError) error = NULL;

  g_assert_null (cam_document_get_experiment (document));
  g_assert_false (cam_document_undo (document));
  g_assert_false (cam_document_redo (document));
  g_assert_null (cam_document_get_undo_name (document));
  g_assert_false (cam_document_set (document, "fit/epochs", value, "Change Epochs", &error));
  g_assert_error (error, CAM_EXPERIMENT_ERROR, CAM_EXPERIMENT_ERROR_DOCUMENT);
}

static void
test_there_and_back (void)
{
  g_autoptr(CamDocument) document = new_document ();

  set (document, "network/0/config/units", "16", "Change Units");
  set (document, "fit/epochs", "5", "Change Epochs");
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Change Epochs");
  g_assert_null (cam_document_get_redo_name (document));

  g_assert_true (cam_document_undo (document));
  g_assert_cmpint (get_int (document, "fit/epochs"), ==, 1);
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Change Units");
  g_assert_cmpstr (cam_document_get_redo_name (document), ==, "Change Epochs");
  g_assert_true (cam_document_undo (document));
  g_assert_false (cam_document_undo (document));
  g_assert_cmpint (get_int (document, "network/0/config/units"), ==, 8);

  g_assert_true (cam_document_redo (document));
  g_assert_true (cam_document_redo (document));
  g_assert_false (cam_document_redo (document));
  g_assert_cmpint (get_int (document, "fit/epochs"), ==, 5);
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Change Epochs");

  /* Another way from the middle: what came after is forgotten. */
  cam_document_undo (document);
  set (document, "fit/batch_size", "64", "Change Batch Size");
  g_assert_null (cam_document_get_redo_name (document));
  g_assert_false (cam_document_redo (document));
}

static void
test_refused (void)
{
  g_autoptr(CamDocument) document = new_document ();
  CamExperiment *before = cam_document_get_experiment (document);
  g_autoptr(json_t) value = json_integer (0);
  g_autoptr(GError) error = NULL;

  g_assert_false (cam_document_set (document, "fit/epochs", value, "Change Epochs", &error));
  g_assert_error (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE);
  g_assert_true (cam_document_get_experiment (document) == before);
  g_assert_null (cam_document_get_undo_name (document));
}

/* A change to what is there already is no step. */
static void
test_same (void)
{
  g_autoptr(CamDocument) document = new_document ();
  g_autoptr(CamExperiment) same = parse_experiment (DOCUMENT);

  set (document, "fit/epochs", "1", "Change Epochs");
  g_assert_null (cam_document_get_undo_name (document));
  g_assert_false (cam_document_replace (document, same, "Open"));
  g_assert_null (cam_document_get_undo_name (document));

  /* Nor does it end the way forward. */
  set (document, "fit/epochs", "2", "Change Epochs");
  cam_document_undo (document);
  set (document, "fit/epochs", "1", "Change Epochs");
  g_assert_cmpstr (cam_document_get_redo_name (document), ==, "Change Epochs");
}

static guint
count_steps (CamDocument *document)
{
  guint n = 0;

  while (cam_document_undo (document))
    n++;
  for (guint i = 0; i < n; i++)
    cam_document_redo (document);

  return n;
}

static void
test_coalescing (void)
{
  g_autoptr(CamDocument) document = new_document ();

  set (document, "fit/epochs", "2", "Change Epochs");
  set (document, "fit/epochs", "3", "Change Epochs");
  set (document, "fit/epochs", "4", "Change Epochs");
  g_assert_cmpuint (count_steps (document), ==, 1);

  /* Travelling ends a step, and so does another path or name. */
  set (document, "fit/epochs", "5", "Change Epochs");
  g_assert_cmpuint (count_steps (document), ==, 2);
  set (document, "fit/batch_size", "5", "Change Batch Size");
  set (document, "fit/epochs", "6", "Change Epochs");
  set (document, "fit/epochs", "7", "Set Epochs");
  g_assert_cmpuint (count_steps (document), ==, 5);

  /* Back where it began within the second: no step is left. */
  set (document, "fit/epochs", "8", "Change Epochs");
  set (document, "fit/epochs", "7", "Change Epochs");
  g_assert_cmpuint (count_steps (document), ==, 5);
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Set Epochs");
  set (document, "fit/epochs", "8", "Change Epochs");
  g_assert_cmpuint (count_steps (document), ==, 6);

  /* After a second, and after a replacement, a new one begins. */
  set (document, "fit/seed", "1", "Change Seed");
  g_usleep (1050000);
  set (document, "fit/seed", "2", "Change Seed");
  g_assert_cmpuint (count_steps (document), ==, 8);
}

static void
test_replace (void)
{
  g_autoptr(CamDocument) document = new_document ();
  g_autoptr(CamExperiment) other = parse_experiment ("{'camadas': 1, 'name': 'other', 'data': {}, 'network': []}");

  g_assert_true (cam_document_replace (document, other, "Open Other"));
  g_assert_cmpstr (cam_experiment_get_name (cam_document_get_experiment (document)), ==, "other");
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Open Other");
  g_assert_true (cam_document_undo (document));
  g_assert_cmpstr (cam_experiment_get_name (cam_document_get_experiment (document)), ==, "");

  cam_document_reset (document, other);
  g_assert_null (cam_document_get_undo_name (document));
  g_assert_null (cam_document_get_redo_name (document));
  cam_document_reset (document, NULL);
  g_assert_null (cam_document_get_experiment (document));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_notify (void)
{
  static const char *const names[] = { "experiment", "can-undo", "can-redo", "undo-name", "redo-name" };
  g_autoptr(CamDocument) document = new_document ();
  guint counts[G_N_ELEMENTS (names)] = { 0 };
  g_autoptr(CamExperiment) experiment = NULL;
  g_autofree char *undo_name = NULL;
  g_autoptr(json_t) wrong = json_integer (0);
  gboolean can_undo, can_redo;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);

      g_signal_connect_swapped (document, signal, G_CALLBACK (count_cb), &counts[i]);
    }

  set (document, "fit/epochs", "2", "Change Epochs");
  set (document, "fit/epochs", "2", "Change Epochs");
  cam_document_set (document, "fit/epochs", wrong, "Change Epochs", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (counts[i], ==, 1);
  cam_document_undo (document);
  cam_document_undo (document);
  cam_document_redo (document);
  g_assert_cmpuint (counts[0], ==, 3);

  g_object_get (document, "experiment", &experiment, "can-undo", &can_undo, "can-redo", &can_redo, "undo-name", &undo_name, NULL);
  g_assert_true (experiment == cam_document_get_experiment (document));
  g_assert_true (can_undo);
  g_assert_false (can_redo);
  g_assert_cmpstr (undo_name, ==, "Change Epochs");
}

/* An edit that may well be refused, with a name of its own, so that it is a step of its own. */
static gboolean
edit_at_random (CamDocument *document,
                GRand       *rand,
                guint        i)
{
  gsize n = json_array_size (cam_experiment_get_network (cam_document_get_experiment (document)));
  g_autofree char *name = g_strdup_printf ("Edit %u", i);
  g_autofree char *path = NULL;
  g_autoptr(json_t) value = NULL;

  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      path = g_strdup ("fit/epochs");
      value = json_integer (g_rand_int_range (rand, 0, 50));
      break;
    case 1:
      path = g_strdup_printf ("network/%d/config/units", g_rand_int_range (rand, 0, (gint32) n + 1));
      value = json_integer (g_rand_int_range (rand, 1, 9));
      break;
    case 2:
      path = g_strdup_printf ("network/%" G_GSIZE_FORMAT, n < 8 ? n : 0);
      value = json_pack ("{s:s}", "class_name", g_rand_boolean (rand) ? "Dense" : "Dropout");
      break;
    case 3:
      path = g_strdup_printf ("network/%d", g_rand_int_range (rand, 0, (gint32) n + 1));
      break;
    case 4:
      path = g_strdup_printf ("data/columns/%c~1%d/role", 'a' + g_rand_int_range (rand, 0, 4), g_rand_int_range (rand, 0, 4));
      value = json_string (g_rand_boolean (rand) ? "feature" : "ignored");
      break;
    case 5:
      path = g_strdup_printf ("data/columns/%c~1%d", 'a' + g_rand_int_range (rand, 0, 4), g_rand_int_range (rand, 0, 4));
      break;
    case 6:
      path = g_strdup ("optimizer");
      value = json_string (g_rand_boolean (rand) ? "sgd" : "adam");
      break;
    case 7:
      path = g_strdup ("optimizer/config/learning_rate");
      value = json_real (g_rand_double (rand));
      break;
    default:
      path = g_strdup ("name");
      value = g_rand_boolean (rand) ? json_string ("x") : NULL;
    }

  return cam_document_set (document, path, value, name, NULL);
}

static void
test_many_edits (void)
{
  g_autoptr(CamDocument) document = new_document ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  CamExperiment *last;
  guint n_steps, n_back = 0;

  /* What was there after each step; an edit that changed nothing, or was refused, has left the experiment the same. */
  last = cam_document_get_experiment (document);
  g_ptr_array_add (texts, cam_experiment_to_text (last));
  for (guint i = 0; i < 10000; i++)
    {
      edit_at_random (document, rand, i);
      if (cam_document_get_experiment (document) != last)
        {
          last = cam_document_get_experiment (document);
          g_ptr_array_add (texts, cam_experiment_to_text (last));
        }
    }
  n_steps = texts->len - 1;
  g_assert_cmpuint (n_steps, >, 3000);

  while (cam_document_undo (document))
    {
      g_autofree char *text = cam_experiment_to_text (cam_document_get_experiment (document));

      n_back++;
      g_assert_cmpstr (text, ==, g_ptr_array_index (texts, n_steps - n_back));
    }
  g_assert_cmpuint (n_back, ==, n_steps);

  for (guint i = 1; cam_document_redo (document); i++)
    {
      g_autofree char *text = cam_experiment_to_text (cam_document_get_experiment (document));

      g_assert_cmpstr (text, ==, g_ptr_array_index (texts, i));
    }
  g_assert_true (cam_document_get_experiment (document) == last);
  g_assert_null (cam_document_get_redo_name (document));

  /* A walk to and fro comes to the same places. */
  for (guint i = 0, at = n_steps; i < 10000; i++)
    {
      gboolean is_back = g_rand_boolean (rand);

      if (is_back ? cam_document_undo (document) : cam_document_redo (document))
        at += is_back ? -1 : 1;
      if (i % 100 == 0)
        {
          g_autofree char *text = cam_experiment_to_text (cam_document_get_experiment (document));

          g_assert_cmpstr (text, ==, g_ptr_array_index (texts, at));
        }
    }
}

/* Two experiments in turn, each with its own way back and forth. */
static void
test_exchange (void)
{
  g_autoptr(CamDocument) document = new_document ();
  g_autoptr(CamExperiment) second = parse_experiment (DOCUMENT);
  CamDocumentState *waiting = cam_document_state_new (second);

  set (document, "fit/epochs", "5", "Change Epochs");
  set (document, "fit/epochs", "6", "Change Epochs again");
  g_assert_true (cam_document_undo (document));

  waiting = cam_document_exchange (document, waiting);
  g_assert_true (cam_document_get_experiment (document) == second);
  g_assert_null (cam_document_get_undo_name (document));
  g_assert_null (cam_document_get_redo_name (document));
  g_assert_false (cam_document_undo (document));
  set (document, "network/0/config/units", "16", "Change Units");

  waiting = cam_document_exchange (document, waiting);
  g_assert_cmpint (get_int (document, "fit/epochs"), ==, 5);
  g_assert_cmpint (get_int (document, "network/0/config/units"), ==, 8);
  g_assert_cmpstr (cam_document_get_undo_name (document), ==, "Change Epochs");
  g_assert_true (cam_document_redo (document));
  g_assert_cmpint (get_int (document, "fit/epochs"), ==, 6);

  g_assert_true (cam_document_state_get_experiment (waiting) != second);
  waiting = cam_document_exchange (document, waiting);
  g_assert_cmpint (get_int (document, "network/0/config/units"), ==, 16);
  g_assert_true (cam_document_undo (document));
  g_assert_true (cam_document_get_experiment (document) == second);
  cam_document_state_free (waiting);
}

static void
test_finalize (void)
{
  CamDocument *document = new_document ();

  set (document, "fit/epochs", "2", "Change Epochs");
  cam_document_undo (document);
  g_assert_finalize_object (document);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/empty", test_empty);
  g_test_add_func ("/document/there-and-back", test_there_and_back);
  g_test_add_func ("/document/refused", test_refused);
  g_test_add_func ("/document/same", test_same);
  g_test_add_func ("/document/coalescing", test_coalescing);
  g_test_add_func ("/document/replace", test_replace);
  g_test_add_func ("/document/notify", test_notify);
  g_test_add_func ("/document/many-edits", test_many_edits);
  g_test_add_func ("/document/exchange", test_exchange);
  g_test_add_func ("/document/finalize", test_finalize);

  return g_test_run ();
}
