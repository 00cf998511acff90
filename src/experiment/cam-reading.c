/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that read curves. Each looks at the loss of training and of validation, both measured in the same mode where the history has that, and says nothing where the numbers
 * are few or could mean something else. Thresholds are shares of how far the curve has come, so that they hold for losses of any size. */
#include "cam-reading.h"

#include <cam-kinds.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_READINGS 3
/* Fewer epochs tell nothing. */
#define FEWEST_EPOCHS 10
/* Of a value, what its mean step from epoch to epoch may be where it stands still. */
#define MOST_STILL 0.2

typedef struct
{
  const CamCurves     *curves;
  const CamExperiment *experiment;
  const double        *train, *val;   /* losses; @val NULL: there is none */
  guint                n;
  guint                window;        /* epochs that a level is the mean of */
  guint                best;          /* epoch with the lowest @val, else @train; from 0 */
  double               first, low;    /* of @train: the first value, the lowest */
} Look;

static const double *
find_curve (const CamCurves *curves,
            const char      *key)
{
  for (guint i = 0; curves->keys[i] != NULL; i++)
    if (g_str_equal (curves->keys[i], key))
      return curves->columns[i];

  return NULL;
}

/* Mean of the window that ends with epoch @end (exclusive). */
static double
level (const Look   *look,
       const double *curve,
       guint         end)
{
  guint first = end > look->window ? end - look->window : 0;
  double sum = 0.0;

  for (guint i = first; i < end; i++)
    sum += curve[i];

  return sum / (double) MAX (end - first, 1);
}

/* Mean step from epoch to epoch, up or down, in the stretch. */
static double
mean_step (const double *curve,
           guint         first,
           guint         end)
{
  double sum = 0.0;

  for (guint i = first + 1; i < end; i++)
    sum += fabs (curve[i] - curve[i - 1]);

  return end > first + 1 ? sum / (double) (end - first - 1) : 0.0;
}

static char *
number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.3g", value));
}

static CamReading *
reading_new (CamReadingKind  kind,
             guint           epoch,
             char           *claim,
             char           *evidence)
{
  CamReading *self = g_new0 (CamReading, 1);

  self->kind = kind;
  self->epoch = epoch;
  self->claim = claim;
  self->evidence = evidence;
  return self;
}

/* Takes @value. */
static void
offer (CamReading *self,
       const char *path,
       json_t     *value,
       const char *title)
{
  self->fix_path = g_strdup (path);
  self->fix_value = value;
  self->fix_title = g_strdup (title);
}

/* Changes ---------------------------------------------------------------------------------------------------------------- */

static gboolean
has_callback (const CamExperiment *experiment,
              const char          *class_name)
{
  const json_t *callbacks = cam_experiment_get_callbacks (experiment);

  for (gsize i = 0; i < json_array_size (callbacks); i++)
    {
      const json_t *callback = json_array_get (callbacks, i);
      const CamKind *kind = cam_kind_find (CAM_KIND_CALLBACK, json_is_string (callback) ? json_string_value (callback) : json_string_value (json_object_get (callback, "class_name")));

      if (kind != NULL && g_str_equal (kind->class_name, class_name))
        return TRUE;
    }

  return FALSE;
}

static void
offer_callback (const Look *look,
                CamReading *reading,
                json_t     *callback,
                const char *title)
{
  const json_t *callbacks = cam_experiment_get_callbacks (look->experiment);
  json_t *more = callbacks != NULL ? json_deep_copy (callbacks) : json_array ();

  json_array_append_new (more, callback);
  offer (reading, "callbacks", more, title);
}

/* Where the rate is a plain number that no callback sets. */
static void
offer_rate (const Look *look,
            CamReading *reading,
            double      factor,
            const char *title)
{
  g_autoptr(json_t) config = NULL;
  const json_t *given = cam_experiment_get_optimizer (look->experiment), *rate;
  const CamKind *kind = cam_kind_resolve (CAM_KIND_OPTIMIZER, given, "", &config, NULL);
  json_t *changed;

  rate = json_object_get (config, "learning_rate");
  if (kind == NULL || !json_is_number (rate) || has_callback (look->experiment, "LearningRateScheduler"))
    return;
  changed = json_pack ("{s:s, s:o}", "class_name", kind->class_name, "config",
                       json_is_object (given) && json_is_object (json_object_get (given, "config")) ? json_deep_copy (json_object_get (given, "config")) : json_object ());
  json_object_set_new (json_object_get (changed, "config"), "learning_rate", json_real (json_number_value (rate) * factor));
  offer (reading, "optimizer", changed, title);
}

/* The widest hidden layer of units gets twice as many. */
static void
offer_units (const Look *look,
             CamReading *reading)
{
  const json_t *layers = cam_experiment_get_network (look->experiment);
  json_int_t most = 0;
  gsize widest = 0;
  g_autofree char *path = NULL;

  for (int i = 0; i < cam_network_find_last (layers); i++)
    {
      json_int_t units = json_integer_value (json_object_get (json_object_get (json_array_get (layers, i), "config"), "units"));

      if (units > most && !cam_network_is_off (json_array_get (layers, i)))
        {
          most = units;
          widest = i;
        }
    }
  if (most == 0 || most > 4096)
    return;
  path = g_strdup_printf ("network/%" G_GSIZE_FORMAT "/config/units", widest);
  offer (reading, path, json_integer (2 * most), _("Double the units"));
}

/* Rules ------------------------------------------------------------------------------------------------------------------ */

/* Validation has turned and risen well beyond its own trembling, while training went on falling. */
static CamReading *
read_overfitting (const Look *look)
{
  double end_val, end_train, low_val, low_train, fall;
  g_autofree char *a = NULL, *b = NULL, *c = NULL, *d = NULL;
  CamReading *reading;

  if (look->val == NULL || look->n - 1 - look->best < MAX (5, look->n / 8))
    return NULL;
  end_val = level (look, look->val, look->n);
  end_train = level (look, look->train, look->n);
  low_val = look->val[look->best];
  low_train = look->train[look->best];
  fall = look->val[0] - low_val;
  if (fall <= 0.0 || end_val < low_val + 0.1 * fall || end_val < 1.05 * low_val || end_val - low_val < 2.0 * mean_step (look->val, look->best, look->n) || end_train > 0.9 * low_train)
    return NULL;

  a = number (low_val), b = number (end_val), c = number (low_train), d = number (end_train);
  reading = reading_new (CAM_READING_OVERFITTING, look->best + 1, g_strdup_printf (_("Overfitting since epoch %u."), look->best + 1),
                         /* translators: losses: validation from and to, training from and to */
                         g_strdup_printf (_("Validation loss rose from %s to %s while training loss fell from %s to %s."), a, b, c, d));
  if (!has_callback (look->experiment, "EarlyStopping"))
    offer_callback (look, reading, json_pack ("{s:s, s:{s:i, s:b}}", "class_name", "EarlyStopping", "config", "patience", 15, "restore_best_weights", 1), _("Add early stopping"));

  return reading;
}

/* Training itself comes up and down again and again, or ends above where it began, or far above the best it has been. */
static CamReading *
read_rate_too_high (const Look *look)
{
  guint half = look->n / 2, n_rises = 0;
  double step = mean_step (look->train, half, look->n), range = look->first - look->low, end = level (look, look->train, look->n);
  g_autofree char *a = NULL, *b = NULL;
  CamReading *reading;
  gboolean is_lost;

  for (guint i = half + 1; i < look->n; i++)
    n_rises += look->train[i] > look->train[i - 1];
  /* Or it has come to rest, if that is the word, far above what it was once: by much of itself up and down. */
  is_lost = look->low > 0.05 && end > 3.0 * look->low && step > 0.1 * end;
  if (n_rises * 3 < look->n - half || !(is_lost || (end > 1.05 * look->first && step > 0.02 * look->first) || (range > 0.0 && step > 0.15 * range && end > look->low + 0.1 * range)))
    return NULL;

  a = number (look->low), b = number (end);
  reading = reading_new (CAM_READING_RATE_TOO_HIGH, half + 1, g_strdup (_("The learning rate looks too high.")),
                         /* translators: number of rises, number of epochs, two losses */
                         g_strdup_printf (_("Training loss rose in %u of the last %u epochs; it has been %s and is %s now."), n_rises, look->n - half, a, b));
  offer_rate (look, reading, 1.0 / 3.0, _("Divide the rate by 3"));

  return reading;
}

/* A straight line down that is far from its end: each quarter brings nearly as much as the one before. */
static CamReading *
read_rate_too_low (const Look *look)
{
  guint quarter = look->n / 4, n_falls = 0;
  double early = look->train[quarter] - look->train[2 * quarter], late = look->train[look->n - 1 - quarter] - look->train[look->n - 1];
  double fall = (look->first - look->train[look->n - 1]) / fabs (look->first);
  g_autofree char *a = NULL, *b = NULL;
  CamReading *reading;

  for (guint i = 1; i < look->n; i++)
    n_falls += look->train[i] < look->train[i - 1];
  if (n_falls * 10 < (look->n - 1) * 9 || early <= 0.0 || late < 0.7 * early || fall > 0.4 || fall < 0.01 || (look->val != NULL && look->best + 2 < look->n))
    return NULL;

  a = number (look->first), b = number (look->train[look->n - 1]);
  reading = reading_new (CAM_READING_RATE_TOO_LOW, 1, g_strdup (_("The learning rate looks too low.")),
                         /* translators: number of epochs, two losses */
                         g_strdup_printf (_("In %u epochs training loss crept from %s to %s and goes on falling at the same pace."), look->n, a, b));
  offer_rate (look, reading, 3.0, _("Triple the rate"));

  return reading;
}

/* Since which epoch the curve has stayed within @share of its fall of where it is now, from 0. */
static guint
flat_since (const Look   *look,
            const double *curve,
            double        share)
{
  double end = level (look, curve, look->n), within = share * MAX (fabs (curve[0] - end), 0.02 * fabs (curve[0]));
  guint since = look->n;

  while (since > 0 && fabs (curve[since - 1] - end) <= within)
    since--;

  return since;
}

/* Both losses have stood still for long, and the fall before that was hardly any: the network has not learned what there is. */
static CamReading *
read_underfitting (const Look *look)
{
  double end = level (look, look->train, look->n), fall = (look->first - end) / fabs (look->first);
  guint since = flat_since (look, look->train, 0.15);
  g_autofree char *a = NULL, *b = NULL;
  CamReading *reading;

  if (look->n < 20 || since > look->n / 2 || fall > 0.15 || fall < -0.05)
    return NULL;

  a = number (look->first), b = number (end);
  reading = reading_new (CAM_READING_UNDERFITTING, since + 1, g_strdup (_("Underfitting: the network learns little.")),
                         /* translators: epoch, two losses */
                         g_strdup_printf (_("Training loss has stood still since epoch %u and fell only from %s to %s."), since + 1, a, b));
  offer_units (look, reading);

  return reading;
}

/* Much was learned, and then nothing more for a third of the run and more. */
static CamReading *
read_plateau (const Look *look)
{
  const double *curve = look->val != NULL ? look->val : look->train;
  guint since = MAX (flat_since (look, look->train, 0.02), flat_since (look, curve, 0.02));
  double end = level (look, curve, look->n), fall = (curve[0] - end) / fabs (curve[0]);
  g_autofree char *a = NULL;
  CamReading *reading;

  if (look->n < 20 || look->n - since < MAX (10, look->n / 3) || fall < 0.15)
    return NULL;
  /* After an explosion all is small beside what was before: what goes up and down by a good part of itself does not stand still. */
  if (mean_step (look->train, since, look->n) > MOST_STILL * fabs (level (look, look->train, look->n)) || mean_step (curve, since, look->n) > MOST_STILL * fabs (end))
    return NULL;

  a = number (end);
  reading = reading_new (CAM_READING_PLATEAU, since + 1, g_strdup_printf (_("Nothing has changed since epoch %u."), since + 1),
                         look->val != NULL ? g_strdup_printf (_("Training and validation loss have stood still for %u epochs, validation at %s."), look->n - since, a)
                                           : g_strdup_printf (_("Training loss has stood still for %u epochs, at %s."), look->n - since, a));
  if (!has_callback (look->experiment, "ReduceLROnPlateau") && !has_callback (look->experiment, "LearningRateScheduler"))
    {
      g_autoptr(json_t) config = NULL;

      cam_kind_resolve (CAM_KIND_OPTIMIZER, cam_experiment_get_optimizer (look->experiment), "", &config, NULL);
      if (json_is_number (json_object_get (config, "learning_rate")))
        offer_callback (look, reading, json_pack ("{s:s, s:{s:s, s:i, s:f}}", "class_name", "ReduceLROnPlateau", "config", "monitor", look->val != NULL ? "val_loss" : "loss", "patience", 5, "factor", 0.3),
                        _("Lower the rate on plateaus"));
    }

  return reading;
}

/* Validation jumps by a good part of its whole fall again and again, while training runs smoothly. */
static CamReading *
read_unstable (const Look *look)
{
  guint half = look->n / 2, n_jumps = 0;
  double range, jump = 0.0;
  g_autofree char *a = NULL;
  CamReading *reading;

  if (look->val == NULL || look->n < 16)
    return NULL;
  range = look->val[0] - look->val[look->best];
  if (range <= 0.0 || mean_step (look->train, half, look->n) > 0.05 * (look->first - look->low))
    return NULL;
  for (guint i = half + 1; i < look->n; i++)
    {
      double step = fabs (look->val[i] - look->val[i - 1]);

      n_jumps += step > 0.25 * range;
      jump = MAX (jump, step);
    }
  if (n_jumps < 4 || n_jumps * 4 < look->n - half)
    return NULL;

  a = number (jump);
  reading = reading_new (CAM_READING_UNSTABLE, half + 1, g_strdup (_("Validation loss is unstable.")),
                         /* translators: number of jumps, number of epochs, a loss */
                         g_strdup_printf (_("In the last %2$u epochs it jumped %1$u times, by up to %3$s, while training ran smoothly: there may be few validation rows, or batches are small."),
                                          n_jumps, look->n - half, a));
  offer (reading, "fit/batch_size", json_integer (2 * (json_int_t) cam_experiment_get_batch_size (look->experiment)), _("Double the batch size"));

  return reading;
}

/* Right from the first epochs on, and nothing wrong any more: as a rule a feature tells the answer. */
static CamReading *
read_leakage (const Look *look)
{
  static const char *const keys[] = { "val_accuracy", "val_binary_accuracy", "val_categorical_accuracy", "val_sparse_categorical_accuracy", "val_auc" };

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      const double *curve = find_curve (look->curves, keys[k]);
      guint perfect = 0;

      while (curve != NULL && perfect < look->n && curve[perfect] < 0.9995)
        perfect++;
      if (curve == NULL || perfect >= 3)
        continue;
      for (guint i = perfect; curve != NULL && i < look->n; i++)
        if (curve[i] < 0.9995)
          curve = NULL;
      if (curve != NULL)
        return reading_new (CAM_READING_LEAKAGE, perfect + 1, g_strdup (_("Too good: a feature may tell the answer.")),
                            /* translators: a history key such as val_accuracy, then an epoch */
                            g_strdup_printf (_("%s is perfect from epoch %u on. Look on the Data page whether a feature is made from the target, or rows stand on both sides of the split."),
                                             keys[k], perfect + 1));
    }

  return NULL;
}

/* The most telling first; some exclude others: a curve that is unsure of its rate says nothing of its level. */
static CamReading *(*const rules[]) (const Look *look) = {
  read_leakage, read_rate_too_high, read_overfitting, read_rate_too_low, read_underfitting, read_unstable, read_plateau,
};

static gboolean
are_finite (const double *curve,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (curve[i]))
      return FALSE;

  return TRUE;
}

static gboolean
look_at (Look                *look,
         const CamCurves     *curves,
         const CamExperiment *experiment)
{
  const double *again = find_curve (curves, CAM_REMEASURED_PREFIX "loss");
  const double *judged;

  *look = (Look) { .curves = curves, .experiment = experiment, .n = curves->n_epochs };
  look->train = again != NULL ? again : find_curve (curves, "loss");
  look->val = find_curve (curves, "val_loss");
  if (look->n < FEWEST_EPOCHS || look->train == NULL || !are_finite (look->train, look->n) || (look->val != NULL && !are_finite (look->val, look->n)))
    return FALSE;

  look->window = MAX (3, look->n / 20);
  look->first = look->low = look->train[0];
  judged = look->val != NULL ? look->val : look->train;
  for (guint i = 0; i < look->n; i++)
    {
      look->low = MIN (look->low, look->train[i]);
      if (judged[i] < judged[look->best])
        look->best = i;
    }

  return look->first != 0.0;
}

GPtrArray *
cam_readings_new (const CamCurves     *curves,
                  const CamExperiment *experiment)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_reading_free);
  Look look;

  g_return_val_if_fail (curves != NULL && experiment != NULL, readings);

  if (curves->keys == NULL || !look_at (&look, curves, experiment))
    return readings;
  for (guint i = 0; i < G_N_ELEMENTS (rules) && readings->len < MOST_READINGS; i++)
    {
      CamReading *reading = rules[i] (&look);

      if (reading == NULL)
        continue;
      g_ptr_array_add (readings, reading);
      /* What follows would be read off a curve that this one says is no good. */
      if (reading->kind == CAM_READING_LEAKAGE || reading->kind == CAM_READING_RATE_TOO_HIGH || reading->kind == CAM_READING_RATE_TOO_LOW || reading->kind == CAM_READING_UNDERFITTING)
        break;
    }

  return readings;
}

void
cam_reading_free (CamReading *self)
{
  if (self == NULL)
    return;

  g_free (self->claim);
  g_free (self->evidence);
  g_free (self->fix_path);
  g_clear_pointer (&self->fix_value, json_decref);
  g_free (self->fix_title);
  g_free (self);
}
