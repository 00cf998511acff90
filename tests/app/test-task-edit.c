/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another task, or another kind of samples, brings the network that is proposed for such data; all of it is one step back. */
#include "cam-task-edit.h"
#include "session-test.h"

typedef struct
{
  const char *name;
  const char *sample;
  CamUnit     samples;        /* CAM_UNIT_ROW: the task is changed, not the samples */
  const char *task;
  const char *layers;
  guint       units;          /* of the last layer */
} Case;

static const Case cases[] = {
  { "sequence-of-two-targets", "asteroid-flyby.json", CAM_UNIT_SEQUENCE, NULL, "LSTM Dense", 2 },
  { "sequence-of-classes", "iris.json", CAM_UNIT_SEQUENCE, NULL, "LSTM Dense", 3 },
  { "image", "digits.json", CAM_UNIT_IMAGE, NULL, "Rescaling Conv2D Conv2D MaxPooling2D Flatten Dropout Dense", 10 },
  { "image-of-odd-size", "breast-cancer.json", CAM_UNIT_IMAGE, NULL, NULL, 1 },
  { "autoencoder", "breast-cancer.json", CAM_UNIT_ROW, "autoencoder", "Dense Dense Dense Dense", 30 },
};

static char *
list_layers (CamSession *session)
{
  const json_t *network = cam_experiment_get_network (cam_document_get_experiment (cam_session_get_document (session)));
  GString *names = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (network); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", json_string_value (json_object_get (json_array_get (network, i), "class_name")));
  return g_string_free (names, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr(CamSession) session = session_test_open (self->sample);
  g_autofree char *before = list_layers (session), *after = NULL, *undone = NULL;
  const json_t *network;
  CamExperiment *experiment;

  if (self->samples != CAM_UNIT_ROW)
    g_assert_true (cam_task_edit_samples (session, self->samples));
  else
    g_assert_true (cam_task_edit_task (session, self->task));
  ui_settle ();
  g_assert_nonnull (cam_session_get_dataset (session));
  g_assert_cmpuint (cam_session_get_problems (session)->len, ==, 0);
  after = list_layers (session);
  if (self->layers != NULL)
    g_assert_cmpstr (after, ==, self->layers);
  experiment = cam_document_get_experiment (cam_session_get_document (session));
  network = cam_experiment_get_network (experiment);
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (json_array_get (network, json_array_size (network) - 1), "config"), "units")), ==, self->units);

  cam_document_undo (cam_session_get_document (session));
  ui_settle ();
  undone = list_layers (session);
  g_assert_cmpstr (undone, ==, before);
  cam_session_close (session);
  ui_settle ();
}

/* Rows and windows, to and fro: each time with layers that can be trained, and one step back. */
static void
test_there_and_back (void)
{
  g_autoptr(CamSession) session = session_test_open ("sunspots.json");
  static const struct { CamUnit samples; const char *layers; } steps[] = {
    { CAM_UNIT_ROW, "Dense Dense Dense" }, { CAM_UNIT_SEQUENCE, "LSTM Dense" }, { CAM_UNIT_ROW, "Dense Dense Dense" },
  };

  session_test_edit (session, "data/columns/year/role", json_string ("feature"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *layers = NULL;

      g_assert_true (cam_task_edit_samples (session, steps[i].samples));
      ui_settle ();
      layers = list_layers (session);
      g_assert_cmpstr (layers, ==, steps[i].layers);
      g_assert_cmpuint (cam_session_get_problems (session)->len, ==, 0);
    }
  cam_session_close (session);
  ui_settle ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  session_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/task-edit/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/app/task-edit/there-and-back", test_there_and_back);
  status = g_test_run ();
  session_test_clear ();
  return status;
}
