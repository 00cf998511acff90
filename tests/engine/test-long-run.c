/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten thousand epochs of iris: the history is complete, and nothing grows. */
#include <cam-fit.h>
#include <malloc.h>
#include <math.h>
#include <string.h>

enum { EPOCHS = 10000, MOST_ROWS = 200, INPUTS = 4, CLASSES = 3, WARM = 200 };

/* What may come and go between two looks: a copy of the weights, texts of a callback. */
#define SLACK_BYTES (64 * 1024)

typedef struct
{
  float  x[MOST_ROWS * INPUTS], y[MOST_ROWS * CLASSES];
  gsize  n;
  guint  n_epochs, n_bad, n_lines;
  guint  n_keys;
  gsize  bytes_warm, bytes_most;
  double first_loss, last_loss;
} Long;

static void
read_iris (Long *self)
{
  static const char *const names[CLASSES] = { "setosa", "versicolor", "virginica" };
  g_autofree char *path = g_build_filename (g_getenv ("CAM_SAMPLES"), "iris.csv", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && self->n < MOST_ROWS; i++)
    {
      g_auto(GStrv) cells = g_strsplit (g_strstrip (lines[i]), ",", -1);

      if (g_strv_length (cells) != INPUTS + 1)
        continue;
      for (guint j = 0; j < INPUTS; j++)
        self->x[self->n * INPUTS + j] = (float) g_ascii_strtod (cells[j], NULL);
      for (guint c = 0; c < CLASSES; c++)
        self->y[self->n * CLASSES + c] = strstr (cells[INPUTS], names[c]) != NULL;
      self->n++;
    }
  g_assert_cmpuint (self->n, ==, 150);
}

static void
on_epoch (const CamEpoch *epoch,
          CamNetwork     *network,
          gpointer        user_data)
{
  Long *self = user_data;
  gsize bytes;

  g_assert_cmpuint (epoch->epoch, ==, ++self->n_epochs);
  for (guint i = 0; i < self->n_keys; i++)
    self->n_bad += !isfinite (epoch->values[i]);
  if (self->n_epochs == 1)
    self->first_loss = epoch->values[1];
  self->last_loss = epoch->values[1];
  if (self->n_epochs < WARM)
    return;
  bytes = mallinfo2 ().uordblks;
  if (self->n_epochs == WARM)
    self->bytes_warm = bytes;
  self->bytes_most = MAX (self->bytes_most, bytes);
}

static void
on_line (const char *path,
         const char *header,
         const char *line,
         gboolean    begins,
         gpointer    user_data)
{
  ((Long *) user_data)->n_lines++;
}

static void
test_iris (void)
{
  g_autofree Long *self = g_new0 (Long, 1);
  g_autoptr(json_t) layers = json_pack ("[{s:s, s:{s:i, s:s}}, {s:s, s:{s:i, s:s}}]", "class_name", "Dense", "config", "units", 8, "activation", "tanh",
                                        "class_name", "Dense", "config", "units", CLASSES, "activation", "softmax");
  g_autoptr(json_t) loss = json_string ("categorical_crossentropy"), metrics = json_pack ("[s]", "accuracy"), optimizer = json_string ("adam");
  g_autoptr(json_t) callbacks = json_pack ("[{s:s, s:{s:s, s:i, s:b}}, {s:s, s:{s:s, s:i, s:f}}, {s:s}]",
                                           "class_name", "EarlyStopping", "config", "monitor", "loss", "patience", EPOCHS, "restore_best_weights", 1,
                                           "class_name", "ReduceLROnPlateau", "config", "monitor", "loss", "patience", 50, "factor", 0.9,
                                           "class_name", "CSVLogger");
  CamFitSettings settings = {
    .loss = loss, .metrics = metrics, .optimizer = optimizer, .callbacks = callbacks, .batch_size = 50, .epochs = EPOCHS, .shuffle = TRUE, .seed = 1, .n_threads = 1,
    .remeasure_rows = 10000,
  };
  CamFitHooks hooks = { .on_epoch = on_epoch, .on_line = on_line, .user_data = self };
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamFit) fit = NULL;
  CamSamples samples;
  CamFitOutcome outcome;

  read_iris (self);
  samples = (CamSamples) { self->x, self->y, self->n, INPUTS, CLASSES, NULL };
  cam_network_initialise (network, 1);
  fit = cam_fit_new (network, &settings, &samples, NULL, &error);
  g_assert_no_error (error);
  self->n_keys = g_strv_length ((char **) cam_fit_get_keys (fit));
  cam_fit_run (fit, &hooks, NULL, &outcome);

  g_test_message ("%.2f s, loss from %.4f to %.4f; %" G_GSIZE_FORMAT " bytes in use after %d epochs, %" G_GSIZE_FORMAT " at most since", outcome.elapsed_s,
                  self->first_loss, self->last_loss, self->bytes_warm, WARM, self->bytes_most);
  g_assert_cmpint (outcome.end, ==, CAM_FIT_FINISHED);
  g_assert_cmpuint (self->n_epochs, ==, EPOCHS);
  g_assert_cmpuint (self->n_lines, ==, EPOCHS);
  g_assert_cmpuint (self->n_bad, ==, 0);
  g_assert_cmpfloat (self->last_loss, <, 0.1);
  g_assert_cmpuint (self->bytes_most, <=, self->bytes_warm + SLACK_BYTES);
  cam_fit_outcome_clear (&outcome);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/long-run/iris", test_iris);

  return g_test_run ();
}
