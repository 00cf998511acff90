/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a network: loss and last activation against the task, and against each other. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-experiment-check-private.h"

/* Share of target values that an activation may miss before it is the wrong one. */
#define MOST_MISSED 0.05

static gboolean
is_classification (const CamCheck *check)
{
  return !cam_task_is_of_numbers (check->task);
}

gboolean
cam_check_is_made_for_numbers (const CamCheck *check)
{
  return check->dataset != NULL && is_classification (check) && check->family == CAM_LOSS_OF_NUMBERS && !check->end.is_share;
}

/* The share of training targets that lie outside low … high, and their own range. */
static double
count_missed (const CamCheck *check,
              double          low,
              double          high,
              double         *least,
              double         *most)
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
targets_are_shares (const CamCheck *check)
{
  double least, most;

  return count_missed (check, 0.0, 1.0, &least, &most) == 0.0;
}

/* Why the loss does not suit the task; NULL: it does. */
static char *
find_fault_of_loss (const CamCheck *check)
{
  const char *target = cam_check_target_name (check);

  switch (check->task)
    {
    case CAM_TASK_REGRESSION:
    case CAM_TASK_AUTOENCODER:
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

  if (cam_check_is_made_for_numbers (check))
    return g_strdup_printf (_("“%s” measures distances between numbers, but %s has classes: use a cross-entropy."), check->loss_title, target);
  return NULL;
}

/* TRUE: loss and task go together. */
static gboolean
check_loss (CamCheck *check)
{
  char *fault = check->dataset != NULL ? find_fault_of_loss (check) : NULL;
  const char *better;
  g_autofree char *title = NULL;

  if (fault == NULL)
    return TRUE;

  better = cam_task_get_loss (check->task);
  title = cam_check_dup_title (CAM_KIND_LOSS, better);
  cam_check_offer (cam_check_tell (check, "loss", fault), "loss", json_string (better), g_strdup_printf (_("Use %s"), title));
  return FALSE;
}

/* @message is taken; the fix is another activation, set where the present one is, or in a layer of its own. */
static void
tell_activation (CamCheck   *check,
                 char       *message,
                 const char *better)
{
  gsize n = json_array_size (check->network);
  gsize layer = check->end.path != NULL ? check->end.layer : (gsize) check->last;
  g_autofree char *where = g_strdup_printf ("network/%" G_GSIZE_FORMAT, layer);
  g_autofree char *behind = g_strdup_printf ("network/%" G_GSIZE_FORMAT, n);
  json_t *value = check->end.is_setting && check->end.path != NULL
                    ? json_string (better)
                    : json_pack ("{s:s, s:{s:s}}", "class_name", "Activation", "config", "activation", better);

  cam_check_offer (cam_check_tell (check, where, message), check->end.path != NULL ? check->end.path : behind, value, g_strdup_printf (_("Use %s"), better));
}

/* "from_logits": the loss itself applies the activation. TRUE: nothing more to check. */
static gboolean
check_logits (CamCheck *check)
{
  const json_t *loss = cam_experiment_get_loss (check->experiment);
  char *message;

  if (!json_is_true (json_object_get (json_object_get (loss, "config"), "from_logits")))
    return FALSE;
  if (!check->end.is_share)
    return TRUE;

  message = g_strdup_printf (_("“%s” is set to turn the outputs into probabilities (“from_logits”), but the last layer’s %s does so already; do it once."),
                             check->loss_title, check->end.activation);
  cam_check_offer (cam_check_tell (check, "loss", message), "loss/config/from_logits", json_false (), g_strdup (_("Set “from_logits” off")));
  return TRUE;
}

/* What the loss wants of the last activation, whatever the data. TRUE: it has it. */
static gboolean
check_activation_for_loss (CamCheck *check)
{
  const CamOutputEnd *end = &check->end;

  if (check->family == CAM_LOSS_OF_YES_NO)
    {
      if (check_logits (check) || (end->is_share && !end->is_row_wise))
        return TRUE;
      if (end->is_row_wise)
        tell_activation (check, g_strdup_printf (_("“%s” judges each output by itself, but the last layer’s %s makes those of a row add up to 1: use sigmoid."),
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
      tell_activation (check, g_strdup_printf (_("“%s” needs probabilities that add up to 1 over the classes; the last layer’s %s does not give these: use softmax."),
                                               check->loss_title, end->activation), "softmax");
      return FALSE;
    }

  return TRUE;
}

/* What the task wants of it. */
static void
check_activation_for_task (CamCheck *check)
{
  const CamOutputEnd *end = &check->end;
  const char *better = cam_task_get_activation (check->task);
  double least, most;

  if (end->is_row_wise && end->is_share && check->n_needed == 1)
    tell_activation (check, g_strdup_printf (_("The last layer’s %s shares 1 among its units; with one unit it always gives 1: use %s."),
                                             end->activation, better), better);
  else if (end->is_row_wise && end->is_share && check->task == CAM_TASK_MULTILABEL)
    tell_activation (check, g_strdup_printf (_("The last layer’s %s makes its outputs add up to 1, but each of %u columns is yes or no by itself: use %s."),
                                             end->activation, check->n_needed, better), better);
  else if (cam_check_is_made_for_numbers (check))
    tell_activation (check, g_strdup_printf (_("The last layer’s %s gives numbers of any size, but for classes it must give probabilities between 0 and 1: use %s."),
                                             end->activation, better), better);
  else if (cam_task_is_of_numbers (check->task) && count_missed (check, end->low, end->high, &least, &most) > MOST_MISSED)
    {
      g_autofree char *range = isfinite (end->low) && isfinite (end->high) ? g_strdup_printf (_("only from %.2g to %.2g"), end->low, end->high)
                             : isfinite (end->low) ? g_strdup_printf (_("nothing below %.2g"), end->low)
                                                   : g_strdup_printf (_("nothing above %.2g"), end->high);

      /* translators: an activation, “only from 0 to 1” or “nothing below 0”, the target, its range */
      tell_activation (check, g_strdup_printf (_("The last layer’s %s gives %s, but %s, as prepared, goes from %.3g to %.3g: use %s."),
                                               end->activation, range, cam_check_target_name (check), least, most, better), better);
    }
}

void
cam_check_end (CamCheck *check)
{
  /* While the loss is the wrong one, its wishes do not count. */
  if (check_loss (check) && !check_activation_for_loss (check))
    return;
  if (check->dataset != NULL)
    check_activation_for_task (check);
}
