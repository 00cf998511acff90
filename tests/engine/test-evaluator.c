/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows measured bit by bit come to the very numbers of all at once, however they are cut, on any number of threads, masked ones too. */
#include <cam-evaluator.h>
#include <cam-network.h>
#include <cam-rng.h>
#include <math.h>
#include <string.h>

enum { ROWS = 701, INPUTS = 6 };

typedef struct
{
  const char *name, *layers, *loss, *metrics;
  guint       y_size;
  gboolean    is_indices;      /* inputs are indices of words, 0: padding */
} Case;

static const Case cases[] = {
  { "binary", "[{'class_name':'Dense','config':{'units':9,'activation':'tanh','activity_regularizer':{'class_name':'L2','config':{'l2':0.01}}}},{'class_name':'Dense','config':{'units':1,'activation':'sigmoid'}}]",
    "'binary_crossentropy'", "['accuracy','AUC','Precision']", 1, FALSE },
  { "regression", "[{'class_name':'Dense','config':{'units':5,'kernel_regularizer':{'class_name':'L2','config':{'l2':0.01}}}},{'class_name':'Dense','config':{'units':2}}]",
    "'mse'", "['mae','R2Score']", 2, FALSE },
  { "masked", "[{'class_name':'Embedding','config':{'input_dim':5,'output_dim':3,'mask_zero':true}},{'class_name':'Dense','config':{'units':1}}]", "'mse'", "['mae']", INPUTS, TRUE },
};

static json_t *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  json_t *json = cam_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

typedef struct
{
  const float      *x, *y;
  const CamNetwork *network;
  gsize             n_rows, n_out, y_size;
} Watch;

/* Each row comes once, in order, with what the network gives for it. */
static void
evaluated_cb (gsize        first,
              const float *x,
              const float *y,
              const float *p,
              gsize        n_rows,
              gpointer     user_data)
{
  Watch *watch = user_data;
  g_autofree float *expected = g_new (float, n_rows * watch->n_out);

  g_assert_cmpuint (first, ==, watch->n_rows);
  g_assert_true (memcmp (x, watch->x + first * INPUTS, n_rows * INPUTS * sizeof (float)) == 0);
  g_assert_true (memcmp (y, watch->y + first * watch->y_size, n_rows * watch->y_size * sizeof (float)) == 0);
  cam_network_predict (watch->network, x, n_rows, expected);
  g_assert_true (memcmp (p, expected, n_rows * watch->n_out * sizeof (float)) == 0);
  watch->n_rows += n_rows;
}

static void
test_case (gconstpointer data)
{
  static const gsize cuts[] = { 1, 7, 64, 100, 500, ROWS }, batches[] = { 32, 7, 64, 1000 };
  const Case *of = data;
  g_autoptr(json_t) layers = parse (of->layers), metrics = parse (of->metrics), loss = json_string (of->loss + 1);
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, &error);
  g_autofree float *x = g_new (float, ROWS * INPUTS), *y = g_new (float, ROWS * of->y_size);
  CamRng rng;

  g_assert_no_error (error);
  json_string_setn (loss, of->loss + 1, strlen (of->loss) - 2);
  cam_network_initialise (network, 4);
  cam_rng_init (&rng, 8, 8);
  for (guint i = 0; i < ROWS * INPUTS; i++)
    x[i] = of->is_indices ? (float) (cam_rng_next (&rng) % 5) : (float) cam_rng_normal (&rng);
  for (guint i = 0; i < ROWS * of->y_size; i++)
    y[i] = cam_rng_normal (&rng) > 0.0;

  for (guint b = 0; b < G_N_ELEMENTS (batches); b++)
    {
      const CamSamples samples = { x, y, ROWS, INPUTS, of->y_size, NULL };
      g_autofree double *expected = NULL;
      g_auto(GStrv) keys = cam_evaluate (network, loss, metrics, NULL, &samples, batches[b], &expected, &error);
      Watch watch = { x, y, network, .n_out = of->is_indices ? INPUTS : of->y_size, .y_size = of->y_size };

      g_assert_no_error (error);
      for (guint threads = 1; threads <= 3; threads += 2)
        {
          g_autoptr(CamEvaluator) evaluator = cam_evaluator_new (network, loss, metrics, INPUTS, of->y_size, batches[b], threads, evaluated_cb, &watch, &error);

          g_assert_no_error (error);
          for (guint c = 0; c < G_N_ELEMENTS (cuts); c++)
            {
              g_autofree double *values = NULL;
              g_auto(GStrv) own = NULL;

              cam_evaluator_restart (evaluator);
              watch.n_rows = 0;
              for (gsize row = 0; row < ROWS; row += cuts[c])
                g_assert_true (cam_evaluator_add (evaluator, x + row * INPUTS, y + row * of->y_size, MIN (cuts[c], ROWS - row), &error));
              own = cam_evaluator_finish (evaluator, &values, &error);
              g_assert_no_error (error);
              g_assert_cmpuint (watch.n_rows, ==, ROWS);
              g_assert_cmpuint (g_strv_length (own), ==, g_strv_length (keys));
              for (guint i = 0; keys[i] != NULL; i++)
                {
                  g_assert_cmpstr (own[i], ==, keys[i]);
                  g_assert_true (isfinite (expected[i]) && values[i] == expected[i]);
                }
            }
        }
    }
}

static void
test_no_rows (void)
{
  g_autoptr(json_t) layers = parse (cases[0].layers), metrics = parse (cases[0].metrics), loss = json_string ("binary_crossentropy");
  CamShape shape = cam_shape_vector (INPUTS);
  g_autoptr(GError) error = NULL;
  g_autoptr(CamNetwork) network = cam_network_new (&shape, layers, &error);
  g_autoptr(CamEvaluator) evaluator = cam_evaluator_new (network, loss, metrics, INPUTS, 1, 32, 1, NULL, NULL, &error);
  double *values = NULL;

  g_assert_no_error (error);
  g_assert_null (cam_evaluator_finish (evaluator, &values, &error));
  g_assert_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/evaluator/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/engine/evaluator/no-rows", test_no_rows);

  return g_test_run ();
}
