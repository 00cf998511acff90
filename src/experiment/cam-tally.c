/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-tally.h"

#include <cam-confusion.h>
#include <cam-miss-sums.h>
#include <math.h>
#include <string.h>

#include "cam-model-private.h"

#define MOST_CLASSES 2000
#define FIRST_SCORES 4096

static const guint tops[] = { 2, 3, 5 };

/* Of two classes, or of a label: every score, for the areas under curves. */
typedef struct
{
  float  *scores;
  guint8 *truth;
  gsize   n, capacity;
  CamCounts counts;
  double  squares;       /* of score − truth */
  double  threshold;     /* the answer is yes above it */
} Label;

struct _CamTally
{
  const CamModel *model;        /* borrowed */
  CamPreparation *preparation;  /* borrowed */
  CamTask         task;
  guint           n_outputs;

  CamConfusion   *confusion;    /* NULL: no classes, or too many */
  gsize           hits[G_N_ELEMENTS (tops)];
  Label          *labels;
  guint           n_labels;
  gsize           n_rows, n_exact;
  CamMissSums    *misses;       /* [n_outputs] */
  double          errors, largest_error;
  float          *row;          /* [2, n_outputs]: for a moment */
};

static guint
count_classes (const CamTally *self)
{
  return self->task == CAM_TASK_BINARY ? 2 : self->task == CAM_TASK_MULTICLASS ? self->n_outputs : 0;
}

CamTally *
cam_tally_new (const CamModel *model)
{
  CamTally *self = g_new0 (CamTally, 1);

  self->model = model;
  self->preparation = cam_model_get_preparation (model);
  self->task = cam_model_get_task (model);
  self->n_outputs = (guint) cam_model_get_output_size (model);
  self->n_labels = self->task == CAM_TASK_BINARY ? 1 : self->task == CAM_TASK_MULTILABEL ? self->n_outputs : 0;
  self->labels = g_new0 (Label, self->n_labels + 1);
  for (guint i = 0; i < self->n_labels; i++)
    self->labels[i].threshold = cam_model_get_threshold (model, i);
  self->misses = g_new0 (CamMissSums, self->task == CAM_TASK_REGRESSION ? self->n_outputs : 1);
  self->row = g_new (float, 2 * (gsize) self->n_outputs + 1);
  cam_tally_restart (self);

  return self;
}

void
cam_tally_restart (CamTally *self)
{
  guint n_classes = count_classes (self);

  g_clear_pointer (&self->confusion, cam_confusion_free);
  if (n_classes > 0 && n_classes <= MOST_CLASSES)
    self->confusion = cam_confusion_new (NULL, NULL, 0, n_classes);
  memset (self->hits, 0, sizeof self->hits);
  for (guint i = 0; i < self->n_labels; i++)
    {
      self->labels[i].n = 0;
      self->labels[i].counts = (CamCounts) { 0 };
      self->labels[i].squares = 0.0;
    }
  self->n_rows = self->n_exact = 0;
  memset (self->misses, 0, (self->task == CAM_TASK_REGRESSION ? self->n_outputs : 1) * sizeof (CamMissSums));
  self->errors = self->largest_error = 0.0;
}

void
cam_tally_free (CamTally *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_labels; i++)
    {
      g_free (self->labels[i].scores);
      g_free (self->labels[i].truth);
    }
  g_clear_pointer (&self->confusion, cam_confusion_free);
  g_free (self->labels);
  g_free (self->misses);
  g_free (self->row);
  g_free (self);
}

/* Adding ------------------------------------------------------------------------------------------------------------- */

static void
add_class (CamConfusion *self,
           guint         truth,
           guint         said)
{
  self->counts[(gsize) truth * self->n_classes + said]++;
  self->truths[truth]++;
  self->answers[said]++;
  self->n++;
}

/* What is said. */
static gboolean
add_label (Label    *self,
           float     score,
           gboolean  truth)
{
  gboolean said = score > self->threshold;

  if (self->n == self->capacity)
    {
      self->capacity = MAX (2 * self->capacity, FIRST_SCORES);
      self->scores = g_renew (float, self->scores, self->capacity);
      self->truth = g_renew (guint8, self->truth, self->capacity);
    }
  self->scores[self->n] = score;
  self->truth[self->n++] = truth;
  self->counts.true_positive += said && truth;
  self->counts.false_positive += said && !truth;
  self->counts.true_negative += !said && !truth;
  self->counts.false_negative += !said && truth;
  self->squares += ((double) score - truth) * ((double) score - truth);

  return said;
}

static guint
find_first_highest (const float *values,
                    guint        n)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (values[i] > values[best])
      best = i;

  return best;
}

static void
add_classes (CamTally    *self,
             const float *y,
             const float *p,
             gsize        n_rows)
{
  guint n = self->n_outputs;
  g_autofree int *truth = g_new (int, n_rows + 1);

  if (self->confusion == NULL)
    return;
  for (gsize i = 0; i < n_rows; i++)
    {
      truth[i] = (int) find_first_highest (y + i * n, n);
      add_class (self->confusion, (guint) truth[i], find_first_highest (p + i * n, n));
    }
  for (guint k = 0; k < G_N_ELEMENTS (tops); k++)
    if (tops[k] < n)
      self->hits[k] += (gsize) (cam_top_k (p, truth, n_rows, n, tops[k]) * (double) n_rows + 0.5);
}

static void
add_labels (CamTally    *self,
            const float *y,
            const float *p,
            gsize        n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      gboolean exact = TRUE;

      for (guint k = 0; k < self->n_labels; k++, y++, p++)
        {
          gboolean truth = *y > 0.5f, said = add_label (&self->labels[k], *p, truth);

          exact = exact && said == truth;
          if (self->confusion != NULL)
            add_class (self->confusion, truth, said);
        }
      self->n_exact += exact;
    }
}

static void
add_numbers (CamTally    *self,
             const float *y,
             const float *p,
             const float *base,
             gsize        n_rows)
{
  guint n = self->n_outputs, n_targets = cam_preparation_get_n_targets (self->preparation);
  float *truth = self->row, *said = self->row + n;

  for (gsize i = 0; i < n_rows; i++)
    {
      memcpy (truth, y + i * n, n * sizeof (float));
      memcpy (said, p + i * n, n * sizeof (float));
      cam_preparation_invert (self->preparation, truth, base != NULL ? base + i * n_targets : NULL);
      cam_preparation_invert (self->preparation, said, base != NULL ? base + i * n_targets : NULL);
      for (guint k = 0; k < n; k++)
        cam_miss_sums_add (&self->misses[k], truth[k], said[k]);
    }
}

static void
add_errors (CamTally    *self,
            const float *y,
            const float *p,
            gsize        n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      double sum = 0.0;

      for (guint k = 0; k < self->n_outputs; k++, y++, p++)
        sum += ((double) *p - *y) * ((double) *p - *y);
      self->errors += sum / self->n_outputs;
      self->largest_error = MAX (self->largest_error, sum / self->n_outputs);
    }
}

void
cam_tally_add (CamTally    *self,
               const float *y,
               const float *p,
               const float *base,
               gsize        n_rows)
{
  self->n_rows += n_rows;
  switch (self->task)
    {
    case CAM_TASK_BINARY:
    case CAM_TASK_MULTILABEL:
      add_labels (self, y, p, n_rows);
      break;
    case CAM_TASK_MULTICLASS:
      add_classes (self, y, p, n_rows);
      break;
    case CAM_TASK_AUTOENCODER:
      add_errors (self, y, p, n_rows);
      break;
    case CAM_TASK_REGRESSION:
    default:
      add_numbers (self, y, p, base, n_rows);
      break;
    }
}

/* Telling ------------------------------------------------------------------------------------------------------------ */

static void
set (json_t     *object,
     const char *key,
     double      value)
{
  json_object_set_new (object, key, isfinite (value) ? json_real (value) : json_null ());
}

static void
set_averages (json_t               *details,
              const char           *average,
              const CamClassScores *scores)
{
  const struct { const char *key; double value; } all[] = { { "precision", scores->precision }, { "recall", scores->recall }, { "f1", scores->f1 } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *key = g_strdup_printf ("%s_%s", all[i].key, average);

      set (details, key, all[i].value);
    }
}

static void
set_counts (json_t          *object,
            const CamCounts *counts)
{
  set (object, "accuracy", cam_counts_get_accuracy (counts));
  set (object, "precision", cam_counts_get_precision (counts));
  set (object, "recall", cam_counts_get_recall (counts));
  set (object, "specificity", cam_counts_get_specificity (counts));
  set (object, "f1", cam_counts_get_f1 (counts));
  set (object, "balanced_accuracy", cam_counts_get_balanced_accuracy (counts));
  set (object, "matthews", cam_counts_get_matthews (counts));
}

static void
set_label (json_t      *object,
           const Label *label)
{
  g_autoptr(CamCutoffs) cutoffs = cam_cutoffs_new (label->scores, label->truth, label->n);

  set (object, "threshold", label->threshold);
  set_counts (object, &label->counts);
  set (object, "auc", cam_cutoffs_get_auc (cutoffs));
  set (object, "average_precision", cam_cutoffs_get_average_precision (cutoffs));
  set (object, "brier", label->n > 0 ? label->squares / (double) label->n : NAN);
}

static json_t *
make_confusion (const CamTally *self)
{
  const CamConfusion *confusion = self->confusion;
  json_t *names = json_array (), *counts = json_array ();

  for (guint i = 0; i < confusion->n_classes; i++)
    {
      json_t *row = json_array ();

      for (guint k = 0; k < confusion->n_classes; k++)
        json_array_append_new (row, json_integer ((json_int_t) confusion->counts[(gsize) i * confusion->n_classes + k]));
      json_array_append_new (counts, row);
      json_array_append_new (names, json_string (cam_preparation_get_class_name (self->preparation, i)));
    }

  return json_pack ("{s:o, s:o}", "classes", names, "counts", counts);
}

static void
tell_classes (const CamTally *self,
              json_t         *details,
              json_t         *object)
{
  json_t *classes = json_array ();
  CamClassScores scores;

  set (details, "accuracy", cam_confusion_get_accuracy (self->confusion));
  set (details, "balanced_accuracy", cam_confusion_get_balanced_accuracy (self->confusion));
  set (details, "matthews", cam_confusion_get_matthews (self->confusion));
  cam_confusion_get_average (self->confusion, CAM_AVERAGE_MACRO, &scores);
  set_averages (details, "macro", &scores);
  cam_confusion_get_average (self->confusion, CAM_AVERAGE_WEIGHTED, &scores);
  set_averages (details, "weighted", &scores);
  for (guint k = 0; k < G_N_ELEMENTS (tops); k++)
    if (tops[k] < self->n_outputs)
      {
        g_autofree char *key = g_strdup_printf ("top_%u", tops[k]);

        set (details, key, self->n_rows > 0 ? (double) self->hits[k] / (double) self->n_rows : NAN);
      }

  for (guint i = 0; i < self->confusion->n_classes; i++)
    {
      json_t *one = json_object ();
      CamCounts counts;

      cam_confusion_count (self->confusion, i, &counts);
      json_object_set_new (one, "class", json_string (cam_preparation_get_class_name (self->preparation, i)));
      set (one, "precision", cam_counts_get_precision (&counts));
      set (one, "recall", cam_counts_get_recall (&counts));
      set (one, "f1", cam_counts_get_f1 (&counts));
      json_object_set_new (one, "support", json_integer ((json_int_t) self->confusion->truths[i]));
      json_array_append_new (classes, one);
    }
  json_object_set_new (object, "classes", classes);
}

static void
tell_labels (const CamTally *self,
             json_t         *details,
             json_t         *object)
{
  static const struct { CamAverage average; const char *name; } averages[] = { { CAM_AVERAGE_MICRO, "micro" }, { CAM_AVERAGE_MACRO, "macro" }, { CAM_AVERAGE_WEIGHTED, "weighted" } };
  g_autofree CamCounts *counts = g_new (CamCounts, self->n_labels + 1);
  json_t *labels = json_array ();

  for (guint i = 0; i < self->n_labels; i++)
    {
      json_t *one = json_object ();

      counts[i] = self->labels[i].counts;
      json_object_set_new (one, "label", json_string (cam_preparation_get_target_name (self->preparation, i)));
      set_label (one, &self->labels[i]);
      json_object_set_new (one, "support", json_integer ((json_int_t) (counts[i].true_positive + counts[i].false_negative)));
      json_array_append_new (labels, one);
    }
  set (details, "exact_match", self->n_rows > 0 ? (double) self->n_exact / (double) self->n_rows : NAN);
  for (guint i = 0; i < G_N_ELEMENTS (averages); i++)
    {
      CamClassScores scores;

      cam_count_average (counts, self->n_labels, averages[i].average, &scores);
      set_averages (details, averages[i].name, &scores);
    }
  json_object_set_new (object, "labels", labels);
}

static void
tell_numbers (const CamTally *self,
              json_t         *details,
              json_t         *object)
{
  g_autoptr(CamPredictions) answers = cam_model_describe_answers (self->model);
  json_t *targets = json_array ();

  for (guint k = 0; k < self->n_outputs; k++)
    {
      json_t *one = json_object ();
      CamMisses misses;

      cam_miss_sums_end (&self->misses[k], &misses);
      json_object_set_new (one, "target", json_string (answers->output_names[k]));
      set (one, "r2", misses.r2);
      set (one, "mean_absolute_error", misses.mean_absolute);
      set (one, "root_mean_squared_error", misses.root_mean_square);
      set (one, "mape", misses.mape);
      set (one, "max_error", misses.max_absolute);
      set (one, "bias", misses.bias);
      json_array_append_new (targets, one);
    }
  if (self->n_outputs > 0)
    {
      const char *key;
      json_t *value;

      json_object_foreach (json_array_get (targets, 0), key, value)
        {
          double sum = 0.0;

          if (json_is_string (value))
            continue;
          for (guint k = 0; k < self->n_outputs; k++)
            {
              const json_t *own = json_object_get (json_array_get (targets, k), key);

              sum += json_is_number (own) ? json_number_value (own) : NAN;
            }
          set (details, key, sum / self->n_outputs);
        }
    }
  if (self->n_outputs > 1)
    json_object_set (object, "targets", targets);
  json_decref (targets);
}

json_t *
cam_tally_to_json (const CamTally *self)
{
  json_t *object = json_object (), *details = json_object ();

  json_object_set_new (object, "task", json_string (cam_task_get_name (self->task)));
  json_object_set_new (object, "details", details);
  switch (self->task)
    {
    case CAM_TASK_BINARY:
      set_label (details, &self->labels[0]);
      break;
    case CAM_TASK_MULTICLASS:
      if (self->confusion != NULL)
        tell_classes (self, details, object);
      break;
    case CAM_TASK_MULTILABEL:
      tell_labels (self, details, object);
      break;
    case CAM_TASK_AUTOENCODER:
      set (details, "reconstruction_error", self->n_rows > 0 ? self->errors / (double) self->n_rows : NAN);
      set (details, "max_reconstruction_error", self->n_rows > 0 ? self->largest_error : NAN);
      break;
    case CAM_TASK_REGRESSION:
    default:
      tell_numbers (self, details, object);
      break;
    }
  if (self->confusion != NULL)
    json_object_set_new (object, "confusion", make_confusion (self));

  return object;
}
