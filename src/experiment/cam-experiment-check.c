/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps an experiment from being run, in the order in which it is best mended. Only what cannot work is told: a choice that is merely unusual stays the user's. */
#include <cam-fit.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-experiment-check-private.h"
#include "cam-layer-propose.h"

/* What a batch's numbers may need, values and gradients together. */
#define MOST_BATCH_BYTES (G_GUINT64_CONSTANT (16) << 30)

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

CamProblem *
cam_check_tell (CamCheck   *check,
                const char *where,
                char       *message)
{
  CamProblem *problem = g_new0 (CamProblem, 1);

  problem->where = g_strdup (where);
  problem->message = message;
  g_ptr_array_add (check->problems, problem);

  return problem;
}

void
cam_check_offer (CamProblem *problem,
                 const char *path,
                 json_t     *value,
                 char       *title)
{
  problem->fix_path = g_strdup (path);
  problem->fix_value = value;
  problem->fix_title = title;
}

const char *
cam_check_target_name (const CamCheck *check)
{
  return check->task == CAM_TASK_AUTOENCODER ? _("the input") : cam_preparation_get_target_name (check->preparation, 0);
}

char *
cam_check_dup_title (CamKindOf   of,
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

/* Network --------------------------------------------------------------------------------------------------------- */

static void
check_names (CamCheck *check)
{
  for (gsize i = 1; i < json_array_size (check->network); i++)
    for (gsize k = 0; k < i; k++)
      {
        const json_t *name = json_object_get (json_array_get (check->network, i), "name");
        g_autofree char *where = NULL;
        g_autofree char *path = NULL;
        char *message;

        if (name == NULL || !json_equal (name, json_object_get (json_array_get (check->network, k), "name"))
            || cam_network_is_off (json_array_get (check->network, i)) || cam_network_is_off (json_array_get (check->network, k)))
          continue;
        where = g_strdup_printf ("network/%" G_GSIZE_FORMAT, i);
        path = g_strdup_printf ("%s/name", where);
        message = g_strdup_printf (_("Layers %zu and %zu are both called “%s”; each needs a name of its own."),
                                   k + 1, i + 1, json_string_value (name));
        cam_check_offer (cam_check_tell (check, where, message), path, NULL, g_strdup (_("Remove the name")));
        break;
      }
}

/* TRUE: every layer has a shape. */
static gboolean
check_shapes (CamCheck *check)
{
  gsize n = json_array_size (check->network);

  if (n == 0)
    {
      CamProblem *problem = cam_check_tell (check, "network", g_strdup (_("The network has no layers yet; add one.")));

      if (check->dataset != NULL)
        cam_check_offer (problem, "network/0", cam_task_make_output (check->task, check->n_needed), g_strdup (_("Add an output layer")));
      return FALSE;
    }
  if (check->last < 0)
    {
      g_autofree char *where = g_strdup_printf ("network/%zu", n - 1), *path = g_strdup_printf ("%s/enabled", where);

      cam_check_offer (cam_check_tell (check, where, g_strdup (_("All layers are switched off; at least one is needed."))), path, NULL, g_strdup (_("Switch this one on")));
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
          g_autofree char *path = NULL;
          CamProblem *problem = cam_check_tell (check, where, g_strdup (report->problem));
          char *title = NULL;
          json_t *mend = cam_layer_mend (&check->input, check->network, i, &path, &title);

          if (mend != NULL)
            cam_check_offer (problem, path, mend, title);
          return FALSE;
        }
      cam_shape_get_size (&report->output, &check->n_given);
    }

  return TRUE;
}

static char *
explain_units (const CamCheck *check)
{
  g_autofree char *given = g_strdup_printf (ngettext ("The last layer gives %zu number", "The last layer gives %zu numbers",
                                                      (gulong) check->n_given), check->n_given);

  switch (check->task)
    {
    case CAM_TASK_MULTICLASS:
      /* translators: “The last layer gives 4 numbers”, the target, the number of its classes */
      return g_strdup_printf (_("%s, but %s has %u classes: it needs one unit for each of them."), given, cam_check_target_name (check), check->n_needed);
    case CAM_TASK_BINARY:
      /* translators: “The last layer gives 4 numbers”, the target, its two classes */
      return g_strdup_printf (_("%s, but %s is either “%s” or “%s”: one unit says how likely the second is."), given, cam_check_target_name (check),
                              cam_preparation_get_class_name (check->preparation, 0), cam_preparation_get_class_name (check->preparation, 1));
    case CAM_TASK_AUTOENCODER:
      /* translators: “The last layer gives 4 numbers”, then how many come in */
      return g_strdup_printf (_("%s, but an autoencoder gives back the %u numbers that it gets: it needs one unit for each of them."), given, check->n_needed);
    case CAM_TASK_REGRESSION:
    case CAM_TASK_MULTILABEL:
    default:
      if (check->n_needed == 1)
        return g_strdup_printf (_("%s, but only %s is to be predicted: it needs 1 unit."), given, cam_check_target_name (check));
      return g_strdup_printf (_("%s, but %u columns are to be predicted: it needs one unit for each of them."), given, check->n_needed);
    }
}

/* The last layer that sets how many numbers come out, if none behind it changes that; −1: none does. */
static gssize
find_units (const CamCheck *check)
{
  for (gsize i = json_array_size (check->network); i-- > 0;)
    {
      const CamLayerReport *report = g_ptr_array_index (check->reports, i), *before = i > 0 ? g_ptr_array_index (check->reports, i - 1) : NULL;

      if (report->is_off)
        continue;
      if (cam_layer_kind_get_category (report->kind) == CAM_LAYER_CORE && cam_fields_find (cam_layer_kind_get_fields (report->kind), "units") != NULL)
        return report->output.n_dims == 1 ? (gssize) i : -1;
      if (before == NULL || !cam_shape_equal (&before->output, &report->output))
        return -1;
    }

  return -1;
}

/* The last layer works on each step or pixel by itself: what comes before it must become one row. TRUE: told. */
static gboolean
check_rows (CamCheck *check)
{
  const CamLayerReport *last = g_ptr_array_index (check->reports, check->last);
  g_autofree char *where = g_strdup_printf ("network/%d", check->last);
  g_autofree char *path = NULL;
  g_autofree char *shape = NULL;
  char *title = NULL;
  json_t *mend = NULL;

  if (last->output.n_dims < 2)
    return FALSE;
  mend = cam_layer_flatten (&check->input, check->network, (guint) check->last, &path, &title);
  if (mend == NULL)
    return FALSE;

  shape = cam_shape_to_string (&last->output);
  cam_check_offer (cam_check_tell (check, where, g_strdup_printf (_("The last layer gives a row of numbers for each step or pixel, %s; %s needs one for each row of the table."),
                                                                  shape, cam_check_target_name (check))),
                   path, mend, title);
  return TRUE;
}

/* As many numbers, but not as they came in. */
static void
check_shape_given_back (CamCheck *check)
{
  const CamLayerReport *last = g_ptr_array_index (check->reports, check->last);
  CamShape wanted = cam_preparation_get_output_shape (check->preparation);
  gsize n = json_array_size (check->network);
  g_autofree char *where = g_strdup_printf ("network/%d", check->last), *path = g_strdup_printf ("network/%zu", n);
  g_autofree char *given = cam_shape_to_string (&last->output), *needed = cam_shape_to_string (&wanted);
  json_t *shape;

  if (check->task != CAM_TASK_AUTOENCODER || cam_shape_equal (&last->output, &wanted))
    return;
  shape = json_array ();
  for (guint i = 0; i < wanted.n_dims; i++)
    json_array_append_new (shape, json_integer ((json_int_t) wanted.dims[i]));
  cam_check_offer (cam_check_tell (check, where, g_strdup_printf (_("The last layer gives %s, but an autoencoder gives back what it gets, %s: put the numbers in that shape."), given, needed)),
                   path, json_pack ("{s:s, s:{s:o}}", "class_name", "Reshape", "config", "target_shape", shape), g_strdup (_("Add a Reshape layer")));
}

static void
check_units (CamCheck *check)
{
  gsize n = json_array_size (check->network);
  gssize layer;
  g_autofree char *where = NULL;
  g_autofree char *path = NULL;
  CamProblem *problem;

  if (check->dataset != NULL && check->n_given == check->n_needed)
    check_shape_given_back (check);
  if (check->dataset == NULL || check->n_given == check->n_needed || (check->task != CAM_TASK_AUTOENCODER && check_rows (check)))
    return;

  layer = find_units (check);
  where = g_strdup_printf ("network/%" G_GSIZE_FORMAT, layer >= 0 ? (gsize) layer : (gsize) check->last);
  problem = cam_check_tell (check, where, explain_units (check));
  if (layer >= 0)
    {
      path = g_strdup_printf ("%s/config/units", where);
      cam_check_offer (problem, path, json_integer (check->n_needed), g_strdup_printf (ngettext ("Set %u unit", "Set %u units", check->n_needed), check->n_needed));
    }
  else
    {
      path = g_strdup_printf ("network/%" G_GSIZE_FORMAT, n);
      cam_check_offer (problem, path, cam_task_make_output (check->task, check->n_needed),
                       g_strdup_printf (ngettext ("Add a Dense layer with %u unit", "Add a Dense layer with %u units", check->n_needed), check->n_needed));
    }
}

/* Metrics and callbacks ------------------------------------------------------------------------------------------- */

static gboolean
is_in (const json_t *metrics,
       const char   *name)
{
  for (gsize i = 0; i < json_array_size (metrics); i++)
    {
      const json_t *metric = json_array_get (metrics, i);
      const CamKind *kind = kind_of (CAM_KIND_METRIC, metric);
      const char *own = json_string_value (json_object_get (json_object_get (metric, "config"), "name"));

      if ((kind != NULL && g_str_equal (kind->name, name)) || g_strcmp0 (own, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_metric (const CamCheck *check,
            const char     *name)
{
  const CamKind *kind = cam_history_key_find_metric (name);

  return is_in (cam_experiment_get_metrics (check->experiment), name) || is_in (cam_experiment_peek (check->experiment, "fit/weighted_metrics"), name)
         /* The second of two with one name. */
         || (kind != NULL && is_in (cam_experiment_get_metrics (check->experiment), kind->name));
}

/* All at once: those of a network for numbers say nothing about classes. */
static void
check_metrics_made_for_numbers (CamCheck *check)
{
  const json_t *metrics = cam_experiment_get_metrics (check->experiment);
  const char *better = cam_task_get_metric (check->task);
  g_autofree char *title = cam_check_dup_title (CAM_KIND_METRIC, better);
  char *message;

  for (gsize i = 0; i < json_array_size (metrics); i++)
    if (kind_of (CAM_KIND_METRIC, json_array_get (metrics, i))->is_share)
      return;
  if (json_array_size (metrics) == 0)
    return;

  message = g_strdup_printf (_("The metrics measure numbers, but %s has classes: measure the %s."), cam_check_target_name (check), title);
  cam_check_offer (cam_check_tell (check, "metrics", message), "metrics", json_pack ("[s]", better), g_strdup_printf (_("Use %s"), title));
}

static char *
find_fault_of_metric (const CamCheck *check,
                      const CamKind  *kind)
{
  if (cam_task_is_of_numbers (check->task) && !kind->is_share && !cam_kind_fits (CAM_KIND_METRIC, kind, check->n_needed, check->n_needed))
    return g_strdup_printf (_("“%s” is for classes, but %s is a number."), _(kind->title), cam_check_target_name (check));
  if (cam_task_is_of_numbers (check->task))
    return kind->is_share ? g_strdup_printf (_("“%s” counts right answers, but %s is a number, which is never quite right: measure how far off it is."),
                                             _(kind->title), cam_check_target_name (check))
                          : NULL;
  if (g_str_has_prefix (kind->name, "sparse_") || !cam_kind_fits (CAM_KIND_METRIC, kind, check->n_needed, check->n_needed))
    return g_strdup_printf (_("“%s” wants the number of the class, but %s is given as zeros and ones."), _(kind->title), cam_check_target_name (check));
  if (g_str_has_prefix (kind->name, "categorical_") && check->n_needed == 1)
    return g_strdup_printf (_("“%s” compares several outputs, but there is only one."), _(kind->title));

  return NULL;
}

static void
check_metrics (CamCheck *check)
{
  const json_t *metrics = cam_experiment_get_metrics (check->experiment);
  const char *better = cam_task_get_metric (check->task);
  g_autofree char *better_title = cam_check_dup_title (CAM_KIND_METRIC, better);

  for (gsize i = 0; i < json_array_size (metrics); i++)
    {
      const CamKind *kind = kind_of (CAM_KIND_METRIC, json_array_get (metrics, i));
      char *fault = find_fault_of_metric (check, kind);
      g_autofree char *where = g_strdup_printf ("metrics/%" G_GSIZE_FORMAT, i);
      g_autofree char *title = cam_check_dup_title (CAM_KIND_METRIC, kind->name);
      CamProblem *problem;

      if (fault == NULL)
        continue;
      problem = cam_check_tell (check, where, fault);
      if (has_metric (check, better))
        cam_check_offer (problem, where, NULL, g_strdup_printf (_("Remove %s"), title));
      else
        cam_check_offer (problem, where, json_string (better), g_strdup_printf (_("Use %s"), better_title));
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
check_callback (CamCheck     *check,
                gsize         i,
                const json_t *callback,
                const char   *monitor)
{
  gboolean validates = check->dataset == NULL || cam_dataset_get_n_rows (check->dataset, CAM_PART_VALIDATION) > 0;
  gboolean is_of_validation;
  const char *measure = skip_prefix (monitor, &is_of_validation);
  gboolean is_again = g_str_has_prefix (monitor, CAM_REMEASURED_PREFIX) && !has_metric (check, monitor);
  gboolean is_measured = (g_str_equal (measure, "loss") || has_metric (check, measure))
                         && (!is_again || json_integer_value (cam_experiment_peek (check->experiment, "fit/remeasure_rows")) > 0);
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
  cam_check_offer (cam_check_tell (check, where, message), path, json_string (better), g_strdup_printf (_("Watch “%s”"), better));
}

/* A schedule belongs to the optimizer, and nobody else sets what it gives. */
static void
check_rate (CamCheck     *check,
            gsize         i,
            const json_t *callback)
{
  const CamKind *kind = kind_of (CAM_KIND_CALLBACK, callback);
  const json_t *rate = cam_experiment_peek (check->experiment, "optimizer/config/learning_rate");
  g_autofree char *where = g_strdup_printf ("callbacks/%" G_GSIZE_FORMAT, i);
  char *message;

  if (!cam_callback_sets_rate (kind) || json_is_number (rate))
    return;
  message = g_strdup_printf (_("%s sets the learning rate, but the optimizer’s follows a schedule: keep one of the two."), _(kind->title));
  cam_check_offer (cam_check_tell (check, where, message), where, NULL, g_strdup_printf (_("Remove “%s”"), _(kind->title)));
}

static void
check_callbacks (CamCheck *check)
{
  const json_t *callbacks = cam_experiment_get_callbacks (check->experiment);

  for (gsize i = 0; i < json_array_size (callbacks); i++)
    {
      const json_t *callback = json_array_get (callbacks, i), *config = json_object_get (callback, "config");
      const char *monitor = json_string_value (json_object_get (config, "monitor"));

      /* What writes every epoch watches nothing. */
      if (monitor != NULL && !json_is_false (json_object_get (config, "save_best_only")))
        check_callback (check, i, callback, monitor);
      check_rate (check, i, callback);
    }
}

/* Weights of classes want classes. */
static void
check_class_weight (CamCheck *check)
{
  const json_t *weight = cam_experiment_peek (check->experiment, "fit/class_weight");
  const char *target;
  char *message;

  if (weight == NULL || check->task == CAM_TASK_BINARY || check->task == CAM_TASK_MULTICLASS)
    return;
  target = cam_check_target_name (check);
  message = cam_task_is_of_numbers (check->task) ? g_strdup_printf (_("Classes are weighed, but %s is a number."), target)
                                               : g_strdup_printf (_("Classes are weighed, but a row of %s may belong to several."), target);
  cam_check_offer (cam_check_tell (check, "fit/class_weight", message), "fit/class_weight", NULL, g_strdup (_("Remove the weights")));
}

/* Optimizer --------------------------------------------------------------------------------------------------------- */

/* Gradients are clipped in one way or another: the last of them that is set goes. */
static void
check_clipping (CamCheck *check)
{
  static const char *const keys[] = { "clipnorm", "global_clipnorm", "clipvalue" };
  const json_t *optimizer = cam_experiment_get_optimizer (check->experiment), *config = json_object_get (optimizer, "config");
  const CamKind *kind = kind_of (CAM_KIND_OPTIMIZER, optimizer);
  const CamField *first = NULL, *second = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (keys); i++)
    if (json_is_number (json_object_get (config, keys[i])))
      {
        const CamField *field = cam_fields_find (kind->fields, keys[i]);

        if (first == NULL)
          first = field;
        else
          second = field;
      }
  if (second == NULL)
    return;

  path = g_strdup_printf ("optimizer/config/%s", second->key);
  cam_check_offer (cam_check_tell (check, "optimizer", g_strdup_printf (_("Only one way of clipping gradients can be used: “%s” and “%s” are both set."), first->key, second->key)),
                   path, json_null (), g_strdup_printf (_("Unset “%s”"), second->key));
}

/* Memory ------------------------------------------------------------------------------------------------------------ */

static void
check_batch_size (CamCheck *check)
{
  gsize rows = MIN (cam_experiment_get_batch_size (check->experiment), cam_dataset_get_n_rows (check->dataset, CAM_PART_TRAIN));
  double row_bytes = cam_preparation_get_n_inputs (check->preparation) * sizeof (float);
  gsize fits = 1;
  g_autofree char *size = NULL;
  char *message;

  for (guint i = 0; i < check->reports->len; i++)
    {
      const CamLayerReport *report = g_ptr_array_index (check->reports, i);
      gsize n;

      /* The values, and their gradients. */
      if (!report->is_off && cam_shape_get_size (&report->output, &n))
        row_bytes += 2.0 * n * sizeof (float);
    }
  if (rows * row_bytes <= MOST_BATCH_BYTES || rows <= 1)
    return;

  while (fits * 2 < rows && fits * 2 * row_bytes <= MOST_BATCH_BYTES)
    fits *= 2;
  size = g_format_size ((guint64) MIN (rows * row_bytes, 1e18));
  message = g_strdup_printf (_("A batch of %zu rows needs %s of memory with this network: take fewer rows at a time."), rows, size);
  cam_check_offer (cam_check_tell (check, "fit/batch_size", message), "fit/batch_size", json_integer ((json_int_t) fits),
                   g_strdup_printf (_("Set %zu"), fits));
}

static void
check_all (CamCheck *check)
{
  cam_check_data (check);
  check_names (check);
  if (check_shapes (check))
    {
      check_units (check);
      if (cam_check_is_made_for_numbers (check))
        check_metrics_made_for_numbers (check);
      cam_check_end (check);
      if (check->dataset != NULL)
        check_batch_size (check);
    }
  if (check->dataset != NULL)
    check_metrics (check);
  check_clipping (check);
  check_callbacks (check);
  if (check->dataset != NULL)
    check_class_weight (check);
}

GPtrArray *
cam_experiment_check (const CamExperiment *self,
                      const CamDataset    *dataset)
{
  CamCheck check = { .experiment = self, .dataset = dataset };

  g_return_val_if_fail (self != NULL, NULL);

  check.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) cam_problem_free);
  check.network = cam_experiment_get_network (self);
  check.last = cam_network_find_last (check.network);
  check.loss = kind_of (CAM_KIND_LOSS, cam_experiment_get_loss (self));
  check.loss_title = _(check.loss->title);
  check.family = cam_loss_family (check.loss->name);
  cam_output_end_find (check.network, &check.end);
  if (dataset != NULL)
    {
      check.preparation = cam_dataset_get_preparation (dataset);
      check.task = cam_dataset_get_task (dataset);
      check.n_needed = cam_preparation_get_n_outputs (check.preparation);
      check.input = cam_preparation_get_input_shape (check.preparation);
      check.reports = cam_network_inspect (&check.input, check.network);
    }

  check_all (&check);

  g_clear_pointer (&check.reports, g_ptr_array_unref);
  cam_output_end_clear (&check.end);
  return check.problems;
}
