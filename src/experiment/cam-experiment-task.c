/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a task wants at the end of a network, and what stands there. */
#include <cam-activation.h>
#include <math.h>
#include <string.h>

#include "cam-experiment-private.h"

/* Beyond this a value that an activation gives for a large input is taken for one of many. */
#define UNBOUNDED 50.0

/* The name of the activation that a layer ends with, @is_setting: by a setting of that name and not by its class ("Softmax"); NULL: it has none. */
static const char *
find_activation (const CamLayerKind *kind,
                 const json_t       *layer,
                 gboolean           *is_setting)
{
  const char *class_name = cam_layer_kind_get_name (kind);

  *is_setting = cam_fields_find (cam_layer_kind_get_fields (kind), "activation") != NULL;
  if (*is_setting)
    {
      const char *name = cam_fields_choice (json_object_get (layer, "config"), "activation");

      return name != NULL ? name : "linear";
    }

  for (guint i = 0; cam_activation_names[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (cam_activation_names[i], "_", -1);
      g_autofree char *joined = g_strjoinv ("", words);

      if (g_ascii_strcasecmp (joined, class_name) == 0)
        return cam_activation_names[i];
    }

  return NULL;
}

static void
find_range (const CamActivation *activation,
            double              *low,
            double              *high)
{
  double first = cam_activation_value (activation, -1000.0), last = cam_activation_value (activation, 1000.0);

  *low = MIN (first, last);
  *high = MAX (first, last);
  for (int i = -200; i <= 200; i++)
    {
      double value = cam_activation_value (activation, i / 20.0);

      *low = MIN (*low, value);
      *high = MAX (*high, value);
    }
  if (!(*low > -UNBOUNDED))
    *low = -INFINITY;
  if (!(*high < UNBOUNDED))
    *high = INFINITY;
}

void
cam_output_end_find (const json_t *network,
                     CamOutputEnd *end)
{
  const CamActivation *activation;

  *end = (CamOutputEnd) { .activation = "linear", .low = -INFINITY, .high = INFINITY };

  for (gsize i = json_array_size (network); i-- > 0 && end->path == NULL;)
    {
      const json_t *layer = json_array_get (network, i);
      const CamLayerKind *kind = cam_layer_kind_find (json_string_value (json_object_get (layer, "class_name")));
      const char *name = kind != NULL ? find_activation (kind, layer, &end->is_setting) : NULL;

      if (cam_network_is_off (layer))
        continue;
      /* Normalising moves the numbers away from what the activation before it gave. */
      if (kind == NULL || (name == NULL && cam_layer_kind_get_category (kind) == CAM_LAYER_NORMALISATION))
        return;
      if (name == NULL)
        continue;
      end->layer = i;
      end->activation = name;
      end->path = end->is_setting ? g_strdup_printf ("network/%" G_GSIZE_FORMAT "/config/activation", i) : g_strdup_printf ("network/%" G_GSIZE_FORMAT, i);
    }

  activation = cam_activation_find (end->activation);
  if (activation == NULL)
    return;
  find_range (activation, &end->low, &end->high);
  end->is_share = end->low >= 0.0 && end->high <= 1.0;
  end->is_row_wise = cam_activation_is_row_wise (activation);
}

void
cam_output_end_clear (CamOutputEnd *end)
{
  g_clear_pointer (&end->path, g_free);
}

CamLossFamily
cam_loss_family (const char *name)
{
  if (name == NULL)
    return CAM_LOSS_OF_ELSE;
  if (g_str_has_suffix (name, "crossentropy"))
    return g_str_has_prefix (name, "sparse_") ? CAM_LOSS_OF_INDEX : g_str_has_prefix (name, "categorical_") ? CAM_LOSS_OF_ONE_CLASS : CAM_LOSS_OF_YES_NO;
  if (strstr (name, "_error") != NULL || g_str_equal (name, "huber") || g_str_equal (name, "log_cosh"))
    return CAM_LOSS_OF_NUMBERS;

  return CAM_LOSS_OF_ELSE;
}

static const struct
{
  const char *loss, *activation, *metric;
} usual[] = {
  [CAM_TASK_REGRESSION] = { "mean_squared_error", "linear", "mean_absolute_error" },
  [CAM_TASK_BINARY] = { "binary_crossentropy", "sigmoid", "accuracy" },
  [CAM_TASK_MULTICLASS] = { "categorical_crossentropy", "softmax", "accuracy" },
  [CAM_TASK_MULTILABEL] = { "binary_crossentropy", "sigmoid", "accuracy" },
  [CAM_TASK_AUTOENCODER] = { "mean_squared_error", "linear", "mean_absolute_error" },
};

gboolean
cam_task_is_of_numbers (CamTask task)
{
  return task == CAM_TASK_REGRESSION || task == CAM_TASK_AUTOENCODER;
}

const char *
cam_task_get_loss (CamTask task)
{
  return usual[task].loss;
}

const char *
cam_task_get_activation (CamTask task)
{
  return usual[task].activation;
}

const char *
cam_task_get_metric (CamTask task)
{
  return usual[task].metric;
}

json_t *
cam_task_make_output (CamTask task,
                      guint   units)
{
  return json_pack ("{s:s, s:{s:i, s:s}}", "class_name", "Dense", "config", "units", (int) units, "activation", usual[task].activation);
}
