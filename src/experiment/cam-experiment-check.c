/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps an experiment from being run, in the order in which it is best mended. Only what cannot work is told: a choice that is merely unusual stays the user's. */
#include <cam-fit.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cam-experiment-private.h"

/* What a batch's numbers may need, values and gradients together. */
#define MOST_BATCH_BYTES (G_GUINT64_CONSTANT (16) << 30)
/* Share of target values that an activation may miss before it is the wrong one. */
#define MOST_MISSED 0.05

typedef struct
{
  const CamExperiment *experiment;
  const CamDataset    *dataset;       /* NULL: nothing is known of the data */
  CamPreparation      *preparation;   /* likewise */
  CamTask              task;
  guint                n_needed;      /* numbers that the task wants */
  const json_t        *network;
  GPtrArray           *reports;       /* of the layers; NULL without data */
  gsize                n_given;       /* numbers that the network gives; 0: not known */
  CamOutputEnd         end;
  const CamKind       *loss;
  const char          *loss_title;
  CamLossFamily        family;
  GPtrArray           *problems;
} Check;

void
cam_problem_free (CamProblem *problem)
{
  if (problem == NULL)
    return;

  g_free (problem->where);
  g_free (problem->message);
  g_free (problem->fix_path);
  g_clear_pointer (&problem->fix_value, json_decref);
  g_free (problem->fix_title);
  g_free (problem);
}

/* @message is taken. */
static CamProblem *
tell (Check      *check,
      const char *where,
      char       *message)
{
  CamProblem *problem = g_new0 (CamProblem, 1);

  problem->where = g_strdup (where);
  problem->message = message;
  g_ptr_array_add (check->problems, problem);

  return problem;
}

/* @value (nullable: remove) and @title are taken. */
static void
offer (CamProblem *problem,
       const char *path,
       json_t     *value,
       char       *title)
{
  problem->fix_path = g_strdup (path);
  problem->fix_value = value;
  problem->fix_title = title;
}

static const char *
target_name (const Check *check)
{
  return cam_preparation_get_target_name (check->preparation, 0);
}

static char *
title_of_kind (CamKindOf   of,
               const char *name)
{
  const CamKind *kind = cam_kind_find (of, name);

  return g_utf8_strdown (kind != NULL ? _(kind->title) : name, -1);
}

static const CamKind *
kind_of (CamKindOf     of,
         const json_t *given)
{
  return cam_kind_find (of, json_is_string (given) ? json_string_value (given) : json_string_value (json_object_get (given, "class_name")));
}

/* Data ---------------------------------------------------------------------------------------------------------- */

static gboolean
has_target (const json_t *data)
{
  const char *name;
  json_t *column;

  if (json_array_size (json_object_get (data, "target")) > 0)
    return TRUE;
  json_object_foreach (json_object_get (data, "columns"), name, column)
    if (g_strcmp0 (json_string_value (json_object_get (column, "role")), "target") == 0)
      return TRUE;

  return FALSE;
}

static void
check_data (Check *check)
{
  if (!has_target (cam_experiment_get_data (check->experiment)))
    tell (check, "data/target", g_strdup (_("Nothing says what the network shall predict: choose a column as the target.")));
}

/* Network --------------------------------------------------------------------------------------------------------- */

static void
check_names (Check *check)
{
  for (gsize i = 1; i < json_array_size (check->network); i++)
    for (gsize k = 0; k < i; k++)
      {
        const json_t *name = json_object_get (json_array_get (check->network, i), "name");
        g_autofree char *where = NULL;
        g_autofree char *path = NULL;

        if (name == NULL || !json_equal (name, json_object_get (json_array_get (check->network, k), "name")))
          continue;
        where = g_strdup_printf ("network/%" G_GSIZE_FORMAT, i);
        path = g_strdup_printf ("%s/name", where);
        offer (tell (check, where, g_strdup_printf (_("Layers %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT " are both called “%s”; each needs a name of its own."),
                                                    k + 1, i + 1, json_string_value (name))),
               path, NULL, g_strdup (_("Remove the name")));
        break;
      }
}

/* TRUE: every layer has a shape. */
static gboolean
check_shapes (Check *check)
{
  gsize n = json_array_size (check->network);

  if (n == 0)
    {
      CamProblem *problem = tell (check, "network", g_strdup (_("The network has no layers yet; add one.")));

      if (check->dataset != NULL)
        offer (problem, "network/0", cam_task_make_output (check->task, check->n_needed), g_strdup (_("Add an output layer")));
      return FALSE;
    }
  if (check->reports == NULL)
    return TRUE;

  for (guint i = 0; i < check->reports->len; i++)
    {
      const CamLayerReport *report = g_ptr_array_index (check->reports, i);

      if (report->problem != NULL)
        {
          g_autofree char *where = g_strdup_printf ("network/%u", i);

          tell (check, where, g_strdup (report->problem));
          return FALSE;
        }
      cam_shape_get_size (&report->output, &check->n_given);
    }

  return TRUE;
}

static char *
explain_units (const Check *check)
{
  g_autofree char *given = g_strdup_printf (ngettext ("The last layer gives %" G_GSIZE_FORMAT " number", "The last layer gives %" G_GSIZE_FORMAT " numbers",
                                                      (gulong) check->n_given), check->n_given);

  switch (check->task)
    {
    case CAM_TASK_MULTICLASS:
      /* translators: “The last layer gives 4 numbers”, the target, the number of its classes */
      return g_strdup_printf (_("%s, but %s has %u classes: it needs one unit for each of them."), given, target_name (check), check->n_needed);
    case CAM_TASK_BINARY:
      /* translators: “The last layer gives 4 numbers”, the target, its two classes */
      return g_strdup_printf (_("%s, but %s is either “%s” or “%s”: one unit says how likely the second is."), given, target_name (check),
                              cam_preparation_get_class_name (check->preparation, 0), cam_preparation_get_class_name (check->preparation, 1));
    case CAM_TASK_REGRESSION:
    case CAM_TASK_MULTILABEL:
    default:
      if (check->n_needed == 1)
        return g_strdup_printf (_("%s, but only %s is to be predicted: it needs 1 unit."), given, target_name (check));
      return g_strdup_printf (_("%s, but %u columns are to be predicted: it needs one unit for each of them."), given, check->n_needed);
    }
}

/* The last layer that sets how many numbers come out, if none behind it changes that; −1: none does. */
static gssize
find_units (const Check *check)
{
  for (gsize i = json_array_size (check->network); i-- > 0;)
    {
      const CamLayerReport *report = g_ptr_array_index (check->reports, i), *before = i > 0 ? g_ptr_array_index (check->reports, i - 1) : NULL;

      if (cam_layer_kind_get_category (report->kind) == CAM_LAYER_CORE && cam_fields_find (cam_layer_kind_get_fields (report->kind), "units") != NULL)
        return report->output.n_dims == 1 ? (gssize) i : -1;
      if (before == NULL || !cam_shape_equal (&before->output, &report->output))
        return -1;
    }

  return -1;
}

static void
check_units (Check *check)
{
  gsize n = json_array_size (check->network);
  gssize layer;
  g_autofree char *where = NULL;
  g_autofree char *path = NULL;
  CamProblem *problem;

  if (check->dataset == NULL || check->n_given == check->n_needed)
    return;

  layer = find_units (check);
  where = g_strdup_printf ("network/%" G_GSIZE_FORMAT, layer >= 0 ? (gsize) layer : n - 1);
  problem = tell (check, where, explain_units (check));
  if (layer >= 0)
    {
      path = g_strdup_printf ("%s/config/units", where);
      offer (problem, path, json_integer (check->n_needed), g_strdup_printf (ngettext ("Set %u unit", "Set %u units", check->n_needed), check->n_needed));
    }
  else
    {
      path = g_strdup_printf ("network/%" G_GSIZE_FORMAT, n);
      offer (problem, path, cam_task_make_output (check->task, check->n_needed),
             g_strdup_printf (ngettext ("Add a Dense layer with %u unit", "Add a Dense layer with %u units", check->n_needed), check->n_needed));
    }
}

/* Loss and activation ----------------------------------------------------------------------------------------------- */

static gboolean
is_classification (const Check *check)
{
  return check->task != CAM_TASK_REGRESSION;
}

/* A network made for numbers, whose target has become classes: loss, activation and metrics have to change together. */
static gboolean
is_made_for_numbers (const Check *check)
{
  return check->dataset != NULL && is_classification (check) && check->family == CAM_LOSS_OF_NUMBERS && !check->end.is_share;
}

/* The share of training targets that lie outside low … high, and their own range. */
static double
count_missed (const Check *check,
              double       low,
              double       high,
              double      *least,
              double      *most)
{
  const float *y = cam_dataset_get_y (check->dataset, CAM_PART_TRAIN);
  gsize n = cam_dataset_get_n_rows (check->dataset, CAM_PART_TRAIN) * check->n_needed, missed = 0;
  double slack = 1e-6 * MAX (1.0, isfinite (high) ? fabs (high) : 1.0);

  *least = INFINITY;
  *most = -INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      *least = MIN (*least, y[i]);
      *most = MAX (*most, y[i]);
      missed += y[i] < low - slack || y[i] > high + slack;
    }

  return n > 0 ? (double) missed / (double) n : 0.0;
}

static gboolean
targets_are_shares (const Check *check)
{
  double least, most;

  return count_missed (check, 0.0, 1.0, &least, &most) == 0.0;
}

/* Why the loss does not suit the task; NULL: it does. */
static char *
find_fault_of_loss (const Check *check)
{
  const char *target = target_name (check);

  switch (check->task)
    {
    case CAM_TASK_REGRESSION:
      if (check->family == CAM_LOSS_OF_ONE_CLASS || check->family == CAM_LOSS_OF_INDEX)
        return g_strdup_printf (_("“%s” compares classes, but %s is a number: use a loss that measures how far off it is."), check->loss_title, target);
      if (check->family == CAM_LOSS_OF_YES_NO && !(check->end.is_share && targets_are_shares (check)))
        return g_strdup_printf (_("“%s” needs targets between 0 and 1, but %s is a number of any size: use a loss that measures how far off it is."),
                                check->loss_title, target);
      return NULL;

    case CAM_TASK_MULTICLASS:
      if (check->family == CAM_LOSS_OF_YES_NO)
        return g_strdup_printf (_("“%s” judges each class by itself, but every row has exactly one of the %u classes of %s: use categorical cross-entropy."),
                                check->loss_title, check->n_needed, target);
      if (check->family == CAM_LOSS_OF_INDEX)
        return g_strdup_printf (_("“%s” wants the number of the class, but the classes of %s are given one-hot, a 1 among zeros: "
                                  "use categorical cross-entropy, which gives the same values."), check->loss_title, target);
      break;

    case CAM_TASK_BINARY:
      if (check->family == CAM_LOSS_OF_ONE_CLASS || check->family == CAM_LOSS_OF_INDEX)
        return g_strdup_printf (_("“%s” compares one output for each class, but the two classes of %s need only one output: use binary cross-entropy."),
                                check->loss_title, target);
      break;

    case CAM_TASK_MULTILABEL:
    default:
      if (check->family == CAM_LOSS_OF_ONE_CLASS || check->family == CAM_LOSS_OF_INDEX)
        return g_strdup_printf (_("“%s” looks for one class out of several, but here each of %u columns is yes or no by itself: use binary cross-entropy."),
                                check->loss_title, check->n_needed);
    }

  if (is_made_for_numbers (check))
    return g_strdup_printf (_("“%s” measures distances between numbers, but %s has classes: use a cross-entropy."), check->loss_title, target);
  return NULL;
}

/* TRUE: loss and task go together. */
static gboolean
check_loss (Check *check)
{
  char *fault = check->dataset != NULL ? find_fault_of_loss (check) : NULL;
  const char *better;
  g_autofree char *title = NULL;

  if (fault == NULL)
    return TRUE;

  better = cam_task_get_loss (check->task);
  title = title_of_kind (CAM_KIND_LOSS, better);
  offer (tell (check, "loss", fault), "loss", json_string (better), g_strdup_printf (_("Use %s"), title));
  return FALSE;
}

/* @message is taken; the fix is another activation, set where the present one is, or in a layer of its own. */
static void
tell_activation (Check      *check,
                 char       *message,
                 const char *better)
{
  gsize n = json_array_size (check->network);
  gsize layer = check->end.path != NULL ? check->end.layer : n - 1;
  g_autofree char *where = g_strdup_printf ("network/%" G_GSIZE_FORMAT, layer);
  g_autofree char *behind = g_strdup_printf ("network/%" G_GSIZE_FORMAT, n);
  json_t *value = check->end.is_setting && check->end.path != NULL
                    ? json_string (better)
                    : json_pack ("{s:s, s:{s:s}}", "class_name", "Activation", "config", "activation", better);

  offer (tell (check, where, message), check->end.path != NULL ? check->end.path : behind, value, g_strdup_printf (_("Use %s"), better));
}

/* "from_logits": the loss itself applies the activation. TRUE: nothing more to check. */
static gboolean
check_logits (Check *check)
{
  const json_t *loss = cam_experiment_get_loss (check->experiment);

  if (!json_is_true (json_object_get (json_object_get (loss, "config"), "from_logits")))
    return FALSE;
  if (check->end.is_share)
    offer (tell (check, "loss", g_strdup_printf (_("“%s” is set to turn the outputs into probabilities (“from_logits”), but the last layer’s %s does so already; do it once."),
                                                 check->loss_title, check->end.activation)),
           "loss/config/from_logits", json_false (), g_strdup (_("Set “from_logits” off")));
  return TRUE;
}

/* What the loss wants of the last activation, whatever the data. TRUE: it has it. */
static gboolean
check_activation_for_loss (Check *check)
{
  const CamOutputEnd *end = &check->end;

  if (check->family == CAM_LOSS_OF_YES_NO)
    {
      if (check_logits (check) || (end->is_share && !end->is_row_wise))
        return TRUE;
      if (end->is_row_wise)
        tell_activation (check, g_strdup_printf (_("“%s” judges each output by itself, but the last layer’s %s makes the outputs of a row add up to 1: use sigmoid."),
                                                 check->loss_title, end->activation), "sigmoid");
      else
        tell_activation (check, g_strdup_printf (_("“%s” needs outputs between 0 and 1, but the last layer’s %s also gives others: use sigmoid."),
                                                 check->loss_title, end->activation), "sigmoid");
      return FALSE;
    }
  if (check->family == CAM_LOSS_OF_ONE_CLASS || check->family == CAM_LOSS_OF_INDEX)
    {
      if (check_logits (check) || (end->is_share && end->is_row_wise))
        return TRUE;
      tell_activation (check, g_strdup_printf (_("“%s” needs the probabilities of all classes, which add up to 1; the last layer’s %s does not give these: use softmax."),
                                               check->loss_title, end->activation), "softmax");
      return FALSE;
    }

  return TRUE;
}

/* What the task wants of it. */
static void
check_activation_for_task (Check *check)
{
  const CamOutputEnd *end = &check->end;
  const char *better = cam_task_get_activation (check->task);
  double least, most;

  if (end->is_row_wise && end->is_share && check->n_needed == 1)
    tell_activation (check, g_strdup_printf (_("The last layer’s %s shares 1 among its units; with one unit it always gives 1: use %s."), end->activation, better), better);
  else if (end->is_row_wise && end->is_share && check->task == CAM_TASK_MULTILABEL)
    tell_activation (check, g_strdup_printf (_("The last layer’s %s makes its outputs add up to 1, but each of %u columns is yes or no by itself: use %s."),
                                             end->activation, check->n_needed, better), better);
  else if (is_made_for_numbers (check))
    tell_activation (check, g_strdup_printf (_("The last layer’s %s gives numbers of any size, but for classes it must give probabilities between 0 and 1: use %s."),
                                             end->activation, better), better);
  else if (check->task == CAM_TASK_REGRESSION && count_missed (check, end->low, end->high, &least, &most) > MOST_MISSED)
    {
      g_autofree char *range = isfinite (end->low) && isfinite (end->high) ? g_strdup_printf (_("only from %.2g to %.2g"), end->low, end->high)
                             : isfinite (end->low) ? g_strdup_printf (_("nothing below %.2g"), end->low)
                                                   : g_strdup_printf (_("nothing above %.2g"), end->high);

      /* translators: an activation, “only from 0 to 1” or “nothing below 0”, the target, its range */
      tell_activation (check, g_strdup_printf (_("The last layer’s %s gives %s, but %s, as prepared, goes from %.3g to %.3g: use %s."),
                                               end->activation, range, target_name (check), least, most, better), better);
    }
}

/* Metrics and callbacks ------------------------------------------------------------------------------------------- */

static gboolean
has_metric (const Check *check,
            const char  *name)
{
  const json_t *metrics = cam_experiment_get_metrics (check->experiment);

  for (gsize i = 0; i < json_array_size (metrics); i++)
    {
      const CamKind *kind = kind_of (CAM_KIND_METRIC, json_array_get (metrics, i));

      if (kind != NULL && g_str_equal (kind->name, name))
        return TRUE;
    }

  return FALSE;
}

/* All at once: those of a network for numbers say nothing about classes. */
static void
check_metrics_made_for_numbers (Check *check)
{
  const json_t *metrics = cam_experiment_get_metrics (check->experiment);
  const char *better = cam_task_get_metric (check->task);
  g_autofree char *title = title_of_kind (CAM_KIND_METRIC, better);

  for (gsize i = 0; i < json_array_size (metrics); i++)
    if (kind_of (CAM_KIND_METRIC, json_array_get (metrics, i))->is_share)
      return;
  if (json_array_size (metrics) > 0)
    offer (tell (check, "metrics", g_strdup_printf (_("The metrics measure numbers, but %s has classes: measure the %s."), target_name (check), title)),
           "metrics", json_pack ("[s]", better), g_strdup_printf (_("Use %s"), title));
}

static char *
find_fault_of_metric (const Check   *check,
                      const CamKind *kind)
{
  if (check->task == CAM_TASK_REGRESSION)
    return kind->is_share ? g_strdup_printf (_("“%s” counts right answers, but %s is a number, which is never quite right: measure how far off it is."),
                                             _(kind->title), target_name (check))
                          : NULL;
  if (g_str_has_prefix (kind->name, "sparse_"))
    return g_strdup_printf (_("“%s” wants the number of the class, but %s is given as zeros and ones."), _(kind->title), target_name (check));
  if (g_str_has_prefix (kind->name, "categorical_") && check->n_needed == 1)
    return g_strdup_printf (_("“%s” compares several outputs, but there is only one."), _(kind->title));

  return NULL;
}

static void
check_metrics (Check *check)
{
  const json_t *metrics = cam_experiment_get_metrics (check->experiment);
  const char *better = cam_task_get_metric (check->task);
  g_autofree char *better_title = title_of_kind (CAM_KIND_METRIC, better);

  for (gsize i = 0; i < json_array_size (metrics); i++)
    {
      const CamKind *kind = kind_of (CAM_KIND_METRIC, json_array_get (metrics, i));
      char *fault = find_fault_of_metric (check, kind);
      g_autofree char *where = g_strdup_printf ("metrics/%" G_GSIZE_FORMAT, i);
      g_autofree char *title = title_of_kind (CAM_KIND_METRIC, kind->name);
      CamProblem *problem;

      if (fault == NULL)
        continue;
      problem = tell (check, where, fault);
      if (has_metric (check, better))
        offer (problem, where, NULL, g_strdup_printf (_("Remove %s"), title));
      else
        offer (problem, where, json_string (better), g_strdup_printf (_("Use %s"), better_title));
    }
}

/* The measure that a key of the history is about: "accuracy" of "val_accuracy". */
static const char *
skip_prefix (const char *key,
             gboolean   *is_of_validation)
{
  *is_of_validation = g_str_has_prefix (key, "val_");
  if (*is_of_validation)
    return key + strlen ("val_");

  return g_str_has_prefix (key, CAM_REMEASURED_PREFIX) ? key + strlen (CAM_REMEASURED_PREFIX) : key;
}

static void
check_callback (Check        *check,
                gsize         i,
                const json_t *callback,
                const char   *monitor)
{
  gboolean validates = check->dataset == NULL || cam_dataset_get_n_rows (check->dataset, CAM_PART_VALIDATION) > 0;
  gboolean is_of_validation;
  const char *measure = skip_prefix (monitor, &is_of_validation);
  gboolean is_measured = g_str_equal (measure, "loss") || has_metric (check, measure);
  const char *better = validates ? "val_loss" : is_measured ? measure : "loss";
  const CamKind *kind = kind_of (CAM_KIND_CALLBACK, callback);
  g_autofree char *where = g_strdup_printf ("callbacks/%" G_GSIZE_FORMAT, i);
  g_autofree char *path = g_strdup_printf ("%s/config/monitor", where);
  char *message;

  if (is_measured && (validates || !is_of_validation))
    return;
  if (!is_measured)
    message = g_strdup_printf (_("%s watches “%s”, which is not measured: add it to the metrics, or watch “%s”."), _(kind->title), monitor, better);
  else
    message = g_strdup_printf (_("%s watches “%s”, but there are no validation rows: give the split some, or watch “%s”."), _(kind->title), monitor, better);
  offer (tell (check, where, message), path, json_string (better), g_strdup_printf (_("Watch “%s”"), better));
}

static void
check_callbacks (Check *check)
{
  const json_t *callbacks = cam_experiment_get_callbacks (check->experiment);

  for (gsize i = 0; i < json_array_size (callbacks); i++)
    {
      const json_t *callback = json_array_get (callbacks, i);
      const char *monitor = json_string_value (json_object_get (json_object_get (callback, "config"), "monitor"));

      if (monitor != NULL)
        check_callback (check, i, callback, monitor);
    }
}

/* Memory ------------------------------------------------------------------------------------------------------------ */

static void
check_batch_size (Check *check)
{
  gsize rows = MIN (cam_experiment_get_batch_size (check->experiment), cam_dataset_get_n_rows (check->dataset, CAM_PART_TRAIN));
  double row_bytes = cam_preparation_get_n_inputs (check->preparation) * sizeof (float);
  gsize fits = 1;
  g_autofree char *size = NULL;

  for (guint i = 0; i < check->reports->len; i++)
    {
      const CamLayerReport *report = g_ptr_array_index (check->reports, i);
      gsize n;

      /* The values, and their gradients. */
      if (cam_shape_get_size (&report->output, &n))
        row_bytes += 2.0 * n * sizeof (float);
    }
  if (rows * row_bytes <= MOST_BATCH_BYTES || rows <= 1)
    return;

  while (fits * 2 < rows && fits * 2 * row_bytes <= MOST_BATCH_BYTES)
    fits *= 2;
  size = g_format_size ((guint64) MIN (rows * row_bytes, 1e18));
  offer (tell (check, "fit/batch_size", g_strdup_printf (_("A batch of %" G_GSIZE_FORMAT " rows needs %s of memory with this network: take fewer rows at a time."), rows, size)),
         "fit/batch_size", json_integer ((json_int_t) fits), g_strdup_printf (_("Set %" G_GSIZE_FORMAT), fits));
}

static void
check_all (Check *check)
{
  check_data (check);
  check_names (check);
  if (check_shapes (check))
    {
      check_units (check);
      if (is_made_for_numbers (check))
        check_metrics_made_for_numbers (check);
      /* While the loss is the wrong one, its wishes do not count. */
      if (check_loss (check) ? check_activation_for_loss (check) && check->dataset != NULL : check->dataset != NULL)
        check_activation_for_task (check);
      if (check->dataset != NULL)
        check_batch_size (check);
    }
  if (check->dataset != NULL)
    check_metrics (check);
  check_callbacks (check);
}

GPtrArray *
cam_experiment_check (const CamExperiment *self,
                      const CamDataset    *dataset)
{
  Check check = { .experiment = self, .dataset = dataset };

  g_return_val_if_fail (self != NULL, NULL);

  check.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_problem_free);
  check.network = cam_experiment_get_network (self);
  check.loss = kind_of (CAM_KIND_LOSS, cam_experiment_get_loss (self));
  check.loss_title = _(check.loss->title);
  check.family = cam_loss_family (check.loss->name);
  cam_output_end_find (check.network, &check.end);
  if (dataset != NULL)
    {
      CamShape input;

      check.preparation = cam_dataset_get_preparation (dataset);
      check.task = cam_dataset_get_task (dataset);
      check.n_needed = cam_preparation_get_n_outputs (check.preparation);
      input = cam_shape_vector (cam_preparation_get_n_inputs (check.preparation));
      check.reports = cam_network_inspect (&input, check.network);
    }

  check_all (&check);

  g_clear_pointer (&check.reports, g_ptr_array_unref);
  cam_output_end_clear (&check.end);
  return check.problems;
}
