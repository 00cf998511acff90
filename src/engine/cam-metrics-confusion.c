/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics of yes/no answers at one threshold or at many. For many, a row is put into the compartment that its prediction belongs to, between two thresholds: what lies above each
 * threshold is added up at the end, so that a row costs the same whatever their number. Source of the rules: keras.metrics. */
#include "cam-metrics-private.h"

#include <glib/gi18n-lib.h>

/* Thresholds that somebody gave, with the two at the ends. */
#define MOST_THRESHOLDS 1024

typedef struct
{
  double tp, fp, tn, fn;
} Counts;

/* One threshold ----------------------------------------------------------------------------------------------------- */

enum { TP, FP, TN, FN, N_COUNTS };

static gsize
count_sums (const json_t *config,
            gsize         p_size)
{
  return N_COUNTS;
}

/* Among the @k largest of its row; of equal ones the first. */
static gboolean
is_among_first (const float *p,
                gsize        n,
                gsize        j,
                gsize        k)
{
  gsize before = 0;

  for (gsize l = 0; l < n; l++)
    before += p[l] > p[j] || (p[l] == p[j] && l < j);

  return before < k;
}

static void
count_add (const json_t  *config,
           const CamRows *rows,
           double        *sums)
{
  double given = cam_fields_number (config, "thresholds"), top = cam_fields_number (config, "top_k"), class_id = cam_fields_number (config, "class_id");
  double threshold = !isnan (given) ? given : isnan (top) ? 0.5 : -INFINITY;

  for (gsize i = 0; i < rows->n; i++)
    for (gsize j = 0; j < rows->p_size; j++)
      {
        const float *p = rows->p + i * rows->p_size;
        gboolean is_yes = p[j] > threshold && (isnan (top) || is_among_first (p, rows->p_size, j, (gsize) top));
        gboolean is_true = rows->y[i * rows->p_size + j] != 0.0f;

        if (isnan (class_id) || (double) j == class_id)
          sums[is_true ? (is_yes ? TP : FN) : (is_yes ? FP : TN)] += cam_row_weight (rows, i);
      }
}

static double
precision_result (const json_t *config,
                  gsize         p_size,
                  const double *sums)
{
  return cam_divide (sums[TP], sums[TP] + sums[FP]);
}

static double
recall_result (const json_t *config,
               gsize         p_size,
               const double *sums)
{
  return cam_divide (sums[TP], sums[TP] + sums[FN]);
}

#define COUNT_RESULT(name, which) \
  static double \
  name##_result (const json_t *config, gsize p_size, const double *sums) \
  { \
    return sums[which]; \
  }

COUNT_RESULT (tp, TP)
COUNT_RESULT (fp, FP)
COUNT_RESULT (tn, TN)
COUNT_RESULT (fn, FN)

/* Many thresholds --------------------------------------------------------------------------------------------------- */

typedef struct
{
  guint    n;
  gboolean is_even;                 /* i / (n − 1), as Keras spreads them */
  double   low;                     /* the first: 0, or just below it */
  double   given[MOST_THRESHOLDS];  /* else */
} Thresholds;

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
get_thresholds (const json_t *config,
                gboolean      is_area,
                Thresholds   *self)
{
  guint n = is_area ? cam_fields_floats (config, "thresholds", self->given + 1, MOST_THRESHOLDS - 2) : 0;

  self->is_even = n == 0;
  self->low = is_area ? -CAM_FUZZ : 0.0;
  self->n = self->is_even ? (guint) cam_fields_int (config, "num_thresholds") : n + 2;
  if (self->is_even)
    return;
  qsort (self->given + 1, n, sizeof (double), compare_numbers);
  self->given[0] = -CAM_FUZZ;
  self->given[n + 1] = 1.0 + CAM_FUZZ;
}

/* How many thresholds lie below @p. */
static gsize
find_compartment (const Thresholds *self,
                  float             p)
{
  gsize above = 0;

  if (!self->is_even)
    {
      while (above < self->n && (float) self->given[above] < p)
        above++;
      return above;
    }
  /* NaN is above none. */
  if (!(p > self->low))
    return 0;
  if (p <= 0.0f)
    return 1;

  /* In floats, as Keras does: 0.3f is not above 0.3. */
  return (gsize) MIN (ceilf (MIN (p, 1.0f) * (float) (self->n - 1)), (float) (self->n - 1));
}

/* For each column that is kept apart: compartments of the yes rows, then of the no rows. */
static gsize
get_n_columns (const json_t *config,
               gsize         p_size)
{
  return cam_fields_bool (config, "multi_label") ? p_size : 1;
}

static void
spread_rows (const json_t     *config,
             const CamRows    *rows,
             const Thresholds *thresholds,
             double           *sums)
{
  double class_id = cam_fields_number (config, "class_id");
  gboolean is_apart = get_n_columns (config, rows->p_size) > 1;
  gsize n = thresholds->n + 1;

  for (gsize i = 0; i < rows->n; i++)
    for (gsize j = 0; j < rows->p_size; j++)
      {
        gsize at = i * rows->p_size + j;
        double *column = sums + (is_apart ? j : 0) * 2 * n;

        if (isnan (class_id) || (double) j == class_id)
          column[(rows->y[at] != 0.0f ? 0 : n) + find_compartment (thresholds, rows->p[at])] += cam_row_weight (rows, i);
      }
}

/* counts[i]: at threshold i. */
static void
add_up (const double *column,
        guint         n,
        Counts       *counts)
{
  double yes = 0.0, no = 0.0, tp = 0.0, fp = 0.0;

  for (guint i = 0; i <= n; i++)
    {
      yes += column[i];
      no += column[n + 1 + i];
    }
  for (guint i = n; i-- > 0;)
    {
      tp += column[i + 1];
      fp += column[n + 1 + i + 1];
      counts[i] = (Counts) { tp, fp, no - fp, yes - tp };
    }
}

static gsize
area_sums (const json_t *config,
           gsize         p_size)
{
  Thresholds thresholds;

  get_thresholds (config, TRUE, &thresholds);
  return get_n_columns (config, p_size) * 2 * (thresholds.n + 1);
}

static void
area_add (const json_t  *config,
          const CamRows *rows,
          double        *sums)
{
  Thresholds thresholds;

  get_thresholds (config, TRUE, &thresholds);
  spread_rows (config, rows, &thresholds, sums);
}

/* Between two neighbours on a curve of precision over recall, whose way between them is no straight line. Source: Davis and Goadrich, 2006. */
static double
precision_area (const Counts *a,
                const Counts *b)
{
  double p_a = a->tp + a->fp, p_b = b->tp + b->fp, d_tp = a->tp - b->tp;
  double slope = cam_divide (d_tp, MAX (p_a - p_b, 0.0)), intercept = b->tp - slope * p_b;
  double ratio = p_a > 0.0 && p_b > 0.0 ? p_a / p_b : 1.0;

  return cam_divide (slope * (d_tp + intercept * log (ratio)), MAX (b->tp + b->fn, 0.0));
}

/* The place of a threshold on the curve. */
static void
place (const Counts *counts,
       gboolean      is_roc,
       double       *x,
       double       *y)
{
  double recall = cam_divide (counts->tp, counts->tp + counts->fn);

  *x = is_roc ? cam_divide (counts->fp, counts->fp + counts->tn) : recall;
  *y = is_roc ? recall : cam_divide (counts->tp, counts->tp + counts->fp);
}

static double
column_area (const json_t *config,
             const Counts *counts,
             guint         n)
{
  gboolean is_roc = g_str_equal (cam_fields_choice (config, "curve"), "ROC");
  const char *method = cam_fields_choice (config, "summation_method");
  double sum = 0.0;

  for (guint i = 0; i + 1 < n; i++)
    {
      double x, y, next_x, next_y, height;

      if (!is_roc && g_str_equal (method, "interpolation"))
        {
          sum += precision_area (&counts[i], &counts[i + 1]);
          continue;
        }
      place (&counts[i], is_roc, &x, &y);
      place (&counts[i + 1], is_roc, &next_x, &next_y);
      height = g_str_equal (method, "interpolation") ? (y + next_y) / 2.0 : g_str_equal (method, "minoring") ? MIN (y, next_y) : MAX (y, next_y);
      sum += (x - next_x) * height;
    }

  return sum;
}

static double
area_result (const json_t *config,
             gsize         p_size,
             const double *sums)
{
  gsize n_columns = get_n_columns (config, p_size);
  Thresholds thresholds;
  g_autofree Counts *counts = NULL;
  double sum = 0.0;

  get_thresholds (config, TRUE, &thresholds);
  counts = g_new (Counts, thresholds.n);
  for (gsize j = 0; j < n_columns; j++)
    {
      add_up (sums + j * 2 * (thresholds.n + 1), thresholds.n, counts);
      sum += column_area (config, counts, thresholds.n);
    }

  return sum / (double) n_columns;
}

/* The best of one measure where another is good enough. */
static gsize
pair_sums (const json_t *config,
           gsize         p_size)
{
  return 2 * ((gsize) cam_fields_int (config, "num_thresholds") + 1);
}

static void
pair_add (const json_t  *config,
          const CamRows *rows,
          double        *sums)
{
  Thresholds thresholds;

  get_thresholds (config, FALSE, &thresholds);
  spread_rows (config, rows, &thresholds, sums);
}

typedef double (*CountsFunc) (const Counts *counts);

static double
sensitivity_of (const Counts *counts)
{
  return cam_divide (counts->tp, counts->tp + counts->fn);
}

static double
specificity_of (const Counts *counts)
{
  return cam_divide (counts->tn, counts->tn + counts->fp);
}

static double
precision_of (const Counts *counts)
{
  return cam_divide (counts->tp, counts->tp + counts->fp);
}

static double
find_best (const json_t *config,
           const double *sums,
           CountsFunc    wanted,
           CountsFunc    bound,
           const char   *key)
{
  guint n = (guint) cam_fields_int (config, "num_thresholds");
  g_autofree Counts *counts = g_new (Counts, n);
  double least = cam_fields_number (config, key), best = 0.0;

  add_up (sums, n, counts);
  for (guint i = 0; i < n; i++)
    if (bound (&counts[i]) >= least)
      best = MAX (best, wanted (&counts[i]));

  return best;
}

#define PAIR_RESULT(name, wanted, bound, key) \
  static double \
  name##_result (const json_t *config, gsize p_size, const double *sums) \
  { \
    return find_best (config, sums, wanted, bound, key); \
  }

PAIR_RESULT (sensitivity_at, sensitivity_of, specificity_of, "specificity")
PAIR_RESULT (specificity_at, specificity_of, sensitivity_of, "sensitivity")
PAIR_RESULT (precision_at, precision_of, sensitivity_of, "recall")
PAIR_RESULT (recall_at, sensitivity_of, precision_of, "precision")

/* Tables ------------------------------------------------------------------------------------------------------------ */

#define THRESHOLD_FIELD CAM_F_FLOAT ("thresholds", N_("Threshold"), N_("Above it the answer is yes; none: 0.5."), NAN, 0, 1, CAM_FIELD_NULLABLE)
#define CLASS_FIELD CAM_F_INT ("class_id", N_("Class"), N_("Only this column is looked at, counted from 0; none: all together."), NAN, 0, 1000000, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED)
#define N_THRESHOLDS_FIELD CAM_F_INT ("num_thresholds", N_("Thresholds"), N_("How finely the predictions are told apart."), 200, 2, 100000, CAM_FIELD_ADVANCED)

static const char *const curves[] = { "ROC", "PR", NULL };
static const char *const summations[] = { "interpolation", "minoring", "majoring", NULL };

static const CamField rate_fields[] = {
  THRESHOLD_FIELD,
  CAM_F_INT ("top_k", N_("Among the first"), N_("Only so many of the likeliest columns of a row are a yes."), NAN, 1, 1000000, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CLASS_FIELD, CAM_F_NAME, CAM_F_END,
};
static const CamField count_fields[] = { THRESHOLD_FIELD, CAM_F_NAME, CAM_F_END };
static const CamField area_fields[] = {
  CAM_F_CHOICE ("curve", N_("Curve"), N_("ROC: true over false positives; PR: precision over recall."), "ROC", curves, CAM_FIELD_PLAIN),
  CAM_F_BOOL ("multi_label", N_("Column by column"), N_("The mean of the columns' areas instead of one area of all answers together."), 0, CAM_FIELD_PLAIN),
  N_THRESHOLDS_FIELD,
  CAM_F_CHOICE ("summation_method", N_("Between thresholds"), N_("The curve is a line, or keeps the lower or the higher of its ends."), "interpolation", summations, CAM_FIELD_ADVANCED),
  CAM_F_FLOATS ("thresholds", N_("Own thresholds"), N_("Instead of evenly spread ones."), 0, NULL, 0, 1, CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_NAME, CAM_F_END,
};
#define PAIR_FIELDS(name, key, title) \
  static const CamField name##_fields[] = { \
    CAM_F_FLOAT (key, title, N_("What must be reached at least."), 0.5, 0, 1, CAM_FIELD_PLAIN), N_THRESHOLDS_FIELD, CLASS_FIELD, CAM_F_NAME, CAM_F_END, \
  };

PAIR_FIELDS (sensitivity_at, "specificity", N_("Specificity"))
PAIR_FIELDS (specificity_at, "sensitivity", N_("Sensitivity"))
PAIR_FIELDS (precision_at, "recall", N_("Recall"))
PAIR_FIELDS (recall_at, "precision", N_("Precision"))

#define COUNT_METRIC(variable, result_func, class, key, title, note, fields, larger, share) \
  const CamMetric cam_metric_##variable = { \
    .kind = { class, key, title, note, fields, larger, share }, \
    .fits = cam_sizes_are_equal, .n_sums = count_sums, .add = count_add, .result = result_func, \
  };
#define PAIR_METRIC(variable, class, key, title, note) \
  const CamMetric cam_metric_##variable = { \
    .kind = { class, key, title, note, variable##_fields, TRUE, TRUE }, \
    .fits = cam_sizes_are_equal, .n_sums = pair_sums, .add = pair_add, .result = variable##_result, \
  };

COUNT_METRIC (precision, precision_result, "Precision", "precision", N_("Precision"), N_("Share of the yes answers that are right."), rate_fields, TRUE, TRUE)
COUNT_METRIC (recall, recall_result, "Recall", "recall", N_("Recall"), N_("Share of the true yes rows that are found."), rate_fields, TRUE, TRUE)
COUNT_METRIC (true_positives, tp_result, "TruePositives", "true_positives", N_("True positives"), N_("How many yes answers are right."), count_fields, TRUE, FALSE)
COUNT_METRIC (false_positives, fp_result, "FalsePositives", "false_positives", N_("False positives"), N_("How many yes answers are wrong."), count_fields, FALSE, FALSE)
COUNT_METRIC (true_negatives, tn_result, "TrueNegatives", "true_negatives", N_("True negatives"), N_("How many no answers are right."), count_fields, TRUE, FALSE)
COUNT_METRIC (false_negatives, fn_result, "FalseNegatives", "false_negatives", N_("False negatives"), N_("How many no answers are wrong."), count_fields, FALSE, FALSE)
PAIR_METRIC (sensitivity_at, "SensitivityAtSpecificity", "sensitivity_at_specificity", N_("Sensitivity at specificity"), N_("The best sensitivity where specificity is high enough."))
PAIR_METRIC (specificity_at, "SpecificityAtSensitivity", "specificity_at_sensitivity", N_("Specificity at sensitivity"), N_("The best specificity where sensitivity is high enough."))
PAIR_METRIC (precision_at, "PrecisionAtRecall", "precision_at_recall", N_("Precision at recall"), N_("The best precision where recall is high enough."))
PAIR_METRIC (recall_at, "RecallAtPrecision", "recall_at_precision", N_("Recall at precision"), N_("The best recall where precision is high enough."))

const CamMetric cam_metric_auc = {
  .kind = { "AUC", "auc", N_("Area under the curve"), N_("How well yes and no rows are told apart, whatever the threshold; ROC or precision–recall."), area_fields, TRUE, TRUE },
  .fits = cam_sizes_are_equal, .n_sums = area_sums, .add = area_add, .result = area_result,
};
