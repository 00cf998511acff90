/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model's answers beside the truth: row by row what it predicts for the table, scores that agree with counting by hand, baselines, intervals around them, and the rows behind each figure. */
#include <cam-evaluation.h>
#include <gio/gio.h>
#include <math.h>

#include "experiment-fixture.h"

#define ADAM "{ \"class_name\": \"Adam\", \"config\": { \"learning_rate\": 0.01 } }"

typedef struct
{
  CamTable      *table;
  CamDataset    *dataset;
  CamModel      *model;
} Fixture;

/* Weights as they are drawn: figures need no good model. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *sample = data;
  g_autoptr(CamExperiment) plain = fixture_experiment (sample, "9", ADAM, "\"epochs\": 1, \"batch_size\": 16", "[]");
  g_autoptr(CamExperiment) experiment = NULL;
  g_autoptr(json_t) standard = json_string ("standard");
  g_autoptr(CamNetwork) network = NULL;
  g_autoptr(GError) error = NULL;
  CamShape input;

  experiment = g_str_equal (sample, "energy-efficiency") ? cam_experiment_with (plain, "data/columns/heating_load/scaling", standard, &error) : cam_experiment_ref (plain);
  g_assert_no_error (error);
  fixture->table = fixture_table (sample);
  fixture->dataset = fixture_dataset (sample, experiment);
  input = cam_preparation_get_input_shape (cam_dataset_get_preparation (fixture->dataset));
  network = cam_network_new (&input, cam_experiment_get_network (experiment), &error);
  g_assert_no_error (error);
  cam_network_initialise (network, 11);
  fixture->model = cam_model_new (network, cam_dataset_get_preparation (fixture->dataset), experiment);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  cam_model_free (fixture->model);
  cam_dataset_unref (fixture->dataset);
  cam_table_unref (fixture->table);
}

static CamEvaluation *
evaluate (Fixture *fixture,
          CamPart  part)
{
  g_autoptr(GError) error = NULL;
  gint progress = 0;
  CamEvaluation *evaluation = cam_evaluation_new (fixture->model, fixture->dataset, part, &progress, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (progress, ==, 1000);
  g_assert_cmpuint (evaluation->n_rows, ==, cam_dataset_get_n_rows (fixture->dataset, part));
  return evaluation;
}

static const CamScore *
find_score (GArray       *scores,
            CamScoreKind  kind)
{
  for (guint i = 0; i < scores->len; i++)
    if (g_array_index (scores, CamScore, i).kind == kind)
      return &g_array_index (scores, CamScore, i);
  g_error ("There is no such score");
}

static void
assert_around (const CamScore *score)
{
  g_assert_cmpfloat (score->interval.low, <=, score->value + 1e-9);
  g_assert_cmpfloat (score->interval.high, >=, score->value - 1e-9);
  g_assert_cmpfloat (score->interval.low, <, score->interval.high);
}

/* The rows of a part are those of the table, with the same answers. */
static void
test_same_answers (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(CamEvaluation) self = evaluate (fixture, CAM_PART_TEST);
  g_autoptr(CamPredictions) all = cam_model_predict (fixture->model, fixture->table, NULL);

  for (gsize i = 0; i < self->n_rows; i++)
    {
      const float *expected = all->outputs + self->rows[i] * all->n_outputs;

      g_assert_cmpuint (self->rows[i], ==, cam_dataset_get_rows (fixture->dataset, CAM_PART_TEST)[i]);
      if (self->task == CAM_TASK_MULTICLASS)
        {
          g_assert_cmpint (self->classes_said[i], ==, all->classes[self->rows[i]]);
          g_assert_cmpfloat (self->true_shares[i], ==, expected[self->classes_true[i]]);
          g_assert_cmpfloat (self->shares[i * all->n_outputs], ==, expected[0]);
        }
      else
        for (guint k = 0; k < self->n_outputs; k++)
          g_assert_cmpfloat (self->said[i * self->n_outputs + k], ==, expected[k]);
    }
}

static void
test_binary (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(CamEvaluation) self = evaluate (fixture, CAM_PART_TEST);
  CamCounts counts, by_hand = { 0 };
  g_autoptr(GArray) scores = NULL, ranked = NULL;
  const CamScore *accuracy;
  double usual;
  gsize n_of_side, total = 0;

  for (double threshold = 0.0; threshold <= 1.0; threshold += 0.125)
    {
      g_autoptr(GArray) at = cam_evaluation_list_counted (self, 0, threshold, &counts);

      by_hand = (CamCounts) { 0 };
      for (gsize i = 0; i < self->n_rows; i++)
        {
          by_hand.true_positive += self->said[i] > threshold && self->truth[i] == 1;
          by_hand.false_positive += self->said[i] > threshold && self->truth[i] == 0;
          by_hand.true_negative += self->said[i] <= threshold && self->truth[i] == 0;
          by_hand.false_negative += self->said[i] <= threshold && self->truth[i] == 1;
        }
      g_assert_cmpfloat (counts.true_positive, ==, by_hand.true_positive);
      g_assert_cmpfloat (counts.false_positive, ==, by_hand.false_positive);
      g_assert_cmpfloat (counts.true_negative, ==, by_hand.true_negative);
      g_assert_cmpfloat (find_score (at, CAM_SCORE_RECALL)->value, ==, cam_counts_get_recall (&by_hand));

      /* The rows of the four cells are those that were counted, the worst first. */
      for (int truth = 0; truth < 2; truth++)
        for (int side = 0; side < 2; side++)
          {
            g_autofree gsize *rows = cam_evaluation_list_side (self, 0, truth, side ? threshold : -1, side ? INFINITY : threshold, &n_of_side);

            g_assert_cmpfloat ((double) n_of_side, ==, truth ? side ? counts.true_positive : counts.false_negative : side ? counts.false_positive : counts.true_negative);
            for (gsize i = 1; i < n_of_side; i++)
              g_assert_cmpfloat (fabsf (self->said[rows[i]] - truth), <=, fabsf (self->said[rows[i - 1]] - truth));
            total += n_of_side;
          }
    }
  g_assert_cmpuint (total, ==, 9 * self->n_rows);

  scores = cam_evaluation_list_counted (self, 0, 0.5, &counts);
  accuracy = find_score (scores, CAM_SCORE_ACCURACY);
  assert_around (accuracy);
  usual = (double) cam_dataset_get_n_of_class (fixture->dataset, CAM_PART_TEST, 0) / (double) self->n_rows;
  g_assert_cmpfloat (accuracy->baseline, ==, usual);       /* benign is what most training rows are */

  ranked = cam_evaluation_list_ranked (self, 0);
  g_assert_cmpfloat (find_score (ranked, CAM_SCORE_AUC)->value, ==, cam_cutoffs_get_auc (self->cutoffs[0]));
  g_assert_cmpfloat (find_score (ranked, CAM_SCORE_AUC)->baseline, ==, 0.5);
  for (guint i = 0; i < ranked->len; i++)
    assert_around (&g_array_index (ranked, CamScore, i));
}

static void
test_classes (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamEvaluation) self = evaluate (fixture, CAM_PART_TRAIN);
  g_autoptr(GArray) scores = cam_evaluation_list_classes (self);
  CamClassScores macro, weighted;
  gsize total = 0, n;

  cam_confusion_get_average (self->confusion, CAM_AVERAGE_MACRO, &macro);
  cam_confusion_get_average (self->confusion, CAM_AVERAGE_WEIGHTED, &weighted);
  g_assert_cmpfloat_with_epsilon (find_score (scores, CAM_SCORE_ACCURACY)->value, cam_confusion_get_accuracy (self->confusion), 1e-12);
  g_assert_cmpfloat_with_epsilon (find_score (scores, CAM_SCORE_BALANCED_ACCURACY)->value, cam_confusion_get_balanced_accuracy (self->confusion), 1e-12);
  g_assert_cmpfloat_with_epsilon (find_score (scores, CAM_SCORE_MATTHEWS)->value, cam_confusion_get_matthews (self->confusion), 1e-12);
  g_assert_cmpfloat_with_epsilon (find_score (scores, CAM_SCORE_MACRO_F1)->value, macro.f1, 1e-12);
  g_assert_cmpfloat_with_epsilon (find_score (scores, CAM_SCORE_WEIGHTED_F1)->value, weighted.f1, 1e-12);
  for (guint i = 0; i < scores->len; i++)
    assert_around (&g_array_index (scores, CamScore, i));
  g_assert_cmpfloat (find_score (scores, CAM_SCORE_ACCURACY)->baseline, <, 0.5);

  g_assert_cmpfloat (cam_evaluation_top_k (self, 1), ==, cam_confusion_get_accuracy (self->confusion));
  g_assert_cmpfloat (cam_evaluation_top_k (self, 2), ==, cam_top_k (self->shares, self->classes_true, self->n_rows, 3, 2));
  g_assert_cmpfloat (cam_evaluation_top_k (self, 3), ==, 1);
  for (int truth = 0; truth < 3; truth++)
    for (int said = 0; said < 3; said++)
      {
        g_autofree gsize *rows = cam_evaluation_list_cell (self, truth, said, &n);

        g_assert_cmpuint (n, ==, self->confusion->counts[truth * 3 + said]);
        for (gsize i = 1; i < n; i++)
          g_assert_cmpfloat (self->true_shares[rows[i]], >=, self->true_shares[rows[i - 1]]);
        total += n;
      }
  g_assert_cmpuint (total, ==, self->n_rows);
  for (guint k = 0; k < 3; k++)
    {
      g_autoptr(CamCutoffs) cutoffs = cam_evaluation_new_cutoffs (self, k);

      g_assert_cmpuint (cutoffs->n_positive, ==, cam_dataset_get_n_of_class (fixture->dataset, CAM_PART_TRAIN, k));
    }
}

/* In the units of the table, whatever scaling the target has; what is usual is the mean of the training rows. */
static void
test_numbers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(CamEvaluation) self = evaluate (fixture, CAM_PART_TEST);
  guint column = (guint) cam_table_find (fixture->table, "heating_load");
  g_autoptr(GArray) scores = NULL;
  g_autofree gsize *rows = NULL;
  CamMisses misses;
  double mean = 0.0, absolute = 0.0;
  gsize n, n_train = cam_dataset_get_n_rows (fixture->dataset, CAM_PART_TRAIN);

  for (gsize i = 0; i < n_train; i++)
    mean += cam_table_get_number (fixture->table, column, cam_dataset_get_rows (fixture->dataset, CAM_PART_TRAIN)[i]) / (double) n_train;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      double truth = cam_table_get_number (fixture->table, column, self->rows[i]);

      g_assert_cmpfloat_with_epsilon (self->truth[i * 2], truth, 1e-4);
      g_assert_cmpfloat_with_epsilon (self->usual[i * 2], mean, 1e-3);
      absolute += fabs (self->said[i * 2] - truth);
    }
  scores = cam_evaluation_list_numbers (self, 0, &misses);
  g_assert_cmpfloat_with_epsilon (misses.mean_absolute, absolute / (double) self->n_rows, 1e-5);
  g_assert_cmpfloat (find_score (scores, CAM_SCORE_MAE)->value, ==, misses.mean_absolute);
  for (guint i = 0; i < scores->len; i++)
    assert_around (&g_array_index (scores, CamScore, i));
  g_assert_cmpfloat (find_score (scores, CAM_SCORE_R2)->baseline, <, 0.01);

  rows = cam_evaluation_list_misses (self, 0, -INFINITY, INFINITY, &n);
  g_assert_cmpuint (n, ==, self->n_rows);
  g_assert_cmpfloat_with_epsilon (fabs (self->said[rows[0] * 2] - self->truth[rows[0] * 2]), misses.max_absolute, 1e-5);
}

/* A table with its truth gives what the parts give together. */
static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CamEvaluation) self = cam_evaluation_new_table (fixture->model, fixture->table, NULL, NULL, &error);
  double right = 0.0;
  gsize n = 0;

  g_assert_no_error (error);
  g_assert_cmpint (self->part, ==, -1);
  for (guint part = 0; part < CAM_N_PARTS; part++)
    {
      g_autoptr(CamEvaluation) of_part = evaluate (fixture, (CamPart) part);

      n += of_part->n_rows;
      right += cam_confusion_get_accuracy (of_part->confusion) * (double) of_part->n_rows;
    }
  g_assert_cmpuint (self->n_rows, ==, n);
  g_assert_cmpfloat_with_epsilon (cam_confusion_get_accuracy (self->confusion) * (double) n, right, 1e-9);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (cam_evaluation_new (fixture->model, fixture->dataset, CAM_PART_TEST, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  static const char *const samples[] = { "iris", "breast-cancer", "energy-efficiency" };

  g_test_init (&argc, &argv, NULL);
  for (guint s = 0; s < G_N_ELEMENTS (samples); s++)
    {
      g_autofree char *path = g_strconcat ("/experiment/evaluation/same-answers/", samples[s], NULL);

      g_test_add (path, Fixture, samples[s], set_up, test_same_answers, tear_down);
    }
  g_test_add ("/experiment/evaluation/binary", Fixture, "breast-cancer", set_up, test_binary, tear_down);
  g_test_add ("/experiment/evaluation/classes", Fixture, "iris", set_up, test_classes, tear_down);
  g_test_add ("/experiment/evaluation/numbers", Fixture, "energy-efficiency", set_up, test_numbers, tear_down);
  g_test_add ("/experiment/evaluation/table", Fixture, "iris", set_up, test_table, tear_down);
  g_test_add ("/experiment/evaluation/cancelled", Fixture, "iris", set_up, test_cancelled, tear_down);
  return g_test_run ();
}
