/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to say about a network, gathered from engine, experiment and dataset. */
#include "cam-stack-info.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-words.h"

static void
layer_info_free (CamLayerInfo *info)
{
  g_clear_pointer (&info->layer, json_decref);
  g_clear_pointer (&info->config, json_decref);
  g_clear_pointer (&info->fix_value, json_decref);
  g_free (info->keras_name);
  g_free (info->settings);
  g_free (info->shape);
  g_free (info->params);
  g_free (info->reason);
  g_free (info->fix_path);
  g_free (info->fix_title);
  g_free (info);
}

static CamLayerInfo *
layer_info_new (json_t *layer)
{
  CamLayerInfo *info = g_new0 (CamLayerInfo, 1);
  const char *class_name = json_string_value (json_object_get (layer, "class_name"));

  info->layer = json_incref (layer);
  info->class_name = class_name != NULL ? class_name : "?";
  info->kind = cam_layer_kind_find (info->class_name);
  info->is_off = cam_network_is_off (layer);
  if (info->kind != NULL)
    info->config = cam_fields_complete (cam_layer_kind_get_fields (info->kind), json_object_get (layer, "config"),
                                        info->class_name, NULL);
  if (info->config != NULL)
    {
      info->activation = cam_fields_choice (info->config, "activation");
      info->settings = cam_layer_describe (info->kind, info->config);
    }
  if (info->settings == NULL)
    info->settings = g_strdup ("");
  return info;
}

static char *
describe_params (guint64 n)
{
  g_autofree char *count = cam_words_count (n);

  if (n == 0)
    return g_strdup (_("no parameters"));
  return g_strdup_printf (ngettext ("%s parameter", "%s parameters", (gulong) MIN (n, G_MAXLONG)), count);
}

/* A layer's card says itself which layer it is: "Its window of 3 × 3 …". g_free(). */
static char *
dup_reason (const CamLayerInfo *info,
            guint               place,
            const char         *problem)
{
  g_autofree char *where = g_strdup_printf (_("network, layer %u"), place + 1);
  g_autofree char *prefix = g_strdup_printf ("%s (%s): ", where, info->class_name);
  const char *rest = g_str_has_prefix (problem, prefix) ? problem + strlen (prefix) : problem;
  GString *text = g_string_new (NULL);

  g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (rest)));
  g_string_append (text, g_utf8_next_char (rest));
  return g_string_free (text, FALSE);
}

/* Shapes and parameters from the engine; @wrong is the class of the first layer without a shape, by then. */
static void
take_report (CamStackInfo         *self,
             CamLayerInfo         *info,
             const CamLayerReport *report,
             const char          **wrong)
{
  if (info->is_off)
    {
      info->has_weights = info->kind != NULL;
      info->shape = report != NULL && report->has_shape ? cam_shape_to_string (&report->output) : g_strdup ("");
      info->params = g_strdup (_("switched off"));
      self->n_off++;
      return;
    }
  if (report != NULL && report->has_shape)
    {
      info->shape = cam_shape_to_string (&report->output);
      info->params = describe_params (report->n_params);
      info->has_weights = report->n_params > 0;
      self->n_params += report->n_params;
      return;
    }

  self->is_complete = FALSE;
  info->has_weights = info->kind != NULL;
  info->shape = g_strdup (_("no shape"));
  if (report == NULL)
    info->params = g_strdup (_("waits for data"));
  else if (*wrong != NULL)
    {
      info->is_waiting = TRUE;
      /* translators: below a layer that is wrong; %s is its kind, such as Conv1D */
      info->params = g_strdup_printf (_("waits for %s"), *wrong);
    }
  else
    info->params = g_strdup (_("waiting"));

  if (report != NULL && report->problem != NULL)
    {
      info->reason = dup_reason (info, self->layers->len - 1, report->problem);
      if (*wrong == NULL)
        *wrong = info->class_name;
    }
}

static void
take_problem (CamStackInfo     *self,
              const CamProblem *problem)
{
  CamLayerInfo *info = NULL;
  guint64 layer = 0;
  char *end;

  if (problem->where != NULL && g_str_has_prefix (problem->where, "network/"))
    {
      layer = g_ascii_strtoull (problem->where + strlen ("network/"), &end, 10);
      if ((*end == '\0' || *end == '/') && layer < self->layers->len)
        info = self->layers->pdata[layer];
    }
  /* A loss that does not go with task or output is told where the output is. */
  if (info == NULL && self->output >= 0 && (g_strcmp0 (problem->where, "loss") == 0 || g_str_has_prefix (problem->where, "loss/")))
    {
      layer = (guint64) self->output;
      info = self->layers->pdata[layer];
    }
  if (info == NULL)
    {
      if (self->problem == NULL)
        self->problem = g_strdup (problem->message);
      return;
    }
  /* The first is the one to mend first. */
  if (info->fix_path != NULL || (info->reason != NULL && problem->fix_path == NULL))
    return;
  g_free (info->reason);
  info->reason = dup_reason (info, (guint) layer, problem->message);
  if (problem->fix_path != NULL && problem->fix_title != NULL)
    {
      info->fix_path = g_strdup (problem->fix_path);
      info->fix_title = g_strdup (problem->fix_title);
      info->fix_value = problem->fix_value != NULL ? json_deep_copy (problem->fix_value) : NULL;
    }
}

static void
name_output (CamLayerInfo *last,
             CamDataset   *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  GString *text = g_string_new (NULL);
  guint n_targets = cam_preparation_get_n_targets (preparation);

  /* In front, where it is not cut off. */
  if (n_targets == 0)
    g_string_append (text, _("output: the input again"));
  else if (n_targets == 1)
    /* translators: on the last layer's card; %s is the target column */
    g_string_append_printf (text, _("output: %s"), cam_preparation_get_target_name (preparation, 0));
  else
    g_string_append_printf (text, ngettext ("output: %u target", "output: %u targets", n_targets), n_targets);
  if (*last->settings != '\0')
    g_string_append_printf (text, " · %s", last->settings);
  g_free (last->settings);
  last->settings = g_string_free (text, FALSE);
}

static void
describe_input (CamStackInfo *self,
                CamSession   *session,
                CamShape     *shape)
{
  CamDataset *dataset = cam_session_get_dataset (session);
  guint n_inputs, n_columns;

  if (dataset == NULL)
    {
      g_autofree char *problem = NULL;

      g_object_get (session, "data-problem", &problem, NULL);
      self->input_shape = g_strdup (_("no data yet"));
      self->input_text = problem != NULL ? g_steal_pointer (&problem) : g_strdup (_("Open a table on the Data page"));
      return;
    }

  n_inputs = cam_preparation_get_n_inputs (cam_dataset_get_preparation (dataset));
  n_columns = cam_preparation_get_n_columns (cam_dataset_get_preparation (dataset));
  *shape = cam_preparation_get_input_shape (cam_dataset_get_preparation (dataset));
  self->input_shape = cam_shape_to_string (shape);
  if (n_inputs == n_columns)
    self->input_text = g_strdup_printf (ngettext ("%u feature", "%u features", n_columns), n_columns);
  else if (n_columns == 1)
    /* translators: more than one number: a window of a series, the levels of a word */
    self->input_text = g_strdup_printf (_("%u numbers from one column"), n_inputs);
  else
    self->input_text = g_strdup_printf (ngettext ("%u number from %u columns", "%u numbers from %u columns", n_inputs),
                                        n_inputs, n_columns);
}

/* How many tensors of its own an optimizer keeps for each weight. */
static guint
count_slots (const json_t *optimizer)
{
  const char *name = json_is_string (optimizer) ? json_string_value (optimizer)
                                                : json_string_value (json_object_get (optimizer, "class_name"));

  if (name != NULL && g_ascii_strcasecmp (name, "sgd") == 0)
    return json_number_value (json_object_get (json_object_get (optimizer, "config"), "momentum")) > 0 ? 1 : 0;
  return 2;
}

/* Weights, their gradients, the best epoch's copy and the optimizer's slots; of each value between layers the value
 * and its gradient, for a whole batch. */
static void
estimate_memory (CamStackInfo    *self,
                 CamExperiment   *experiment,
                 const CamShape  *input,
                 GPtrArray       *reports)
{
  double values = input->dims[0];

  for (guint i = 0; i < reports->len; i++)
    {
      const CamLayerReport *report = reports->pdata[i];
      gsize size;

      if (report->has_shape && !report->is_off && cam_shape_get_size (&report->output, &size))
        values += 2.0 * size;
    }
  values *= self->batch_size;
  values += (double) self->n_params * (3 + count_slots (cam_experiment_get_optimizer (experiment)));
  self->memory_bytes = (guint64) MIN (values * sizeof (float), 9e18);
}

CamStackInfo *
cam_stack_info_new (CamSession *session)
{
  CamStackInfo *self = g_new0 (CamStackInfo, 1);
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));
  CamDataset *dataset = cam_session_get_dataset (session);
  GPtrArray *problems = cam_session_get_problems (session);
  const json_t *layers = experiment != NULL ? cam_experiment_get_network (experiment) : NULL;
  g_autoptr(GPtrArray) reports = NULL;
  const char *wrong = NULL;
  CamShape input = { 0 };

  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) layer_info_free);
  self->is_complete = TRUE;
  self->output = -1;
  describe_input (self, session, &input);
  if (layers == NULL)
    return self;

  if (dataset != NULL)
    reports = cam_network_inspect (&input, layers);
  for (guint i = 0; i < json_array_size (layers); i++)
    {
      CamLayerInfo *info = layer_info_new (json_array_get (layers, i));

      info->keras_name = cam_network_name_layer (layers, i);
      g_ptr_array_add (self->layers, info);
      take_report (self, info, reports != NULL && i < reports->len ? reports->pdata[i] : NULL, &wrong);
    }
  self->output = cam_network_find_last (layers);
  for (guint i = 0; i < problems->len; i++)
    take_problem (self, problems->pdata[i]);
  for (guint i = 0; i < self->layers->len; i++)
    if (((CamLayerInfo *) self->layers->pdata[i])->reason != NULL)
      self->n_wrong++;

  self->batch_size = cam_experiment_get_batch_size (experiment);
  if (reports != NULL)
    estimate_memory (self, experiment, &input, reports);
  if (dataset != NULL && self->output >= 0)
    name_output (self->layers->pdata[self->output], dataset);
  return self;
}

void
cam_stack_info_free (CamStackInfo *self)
{
  g_ptr_array_unref (self->layers);
  g_free (self->input_shape);
  g_free (self->input_text);
  g_free (self->problem);
  g_free (self);
}

const CamLayerInfo *
cam_stack_info_get (const CamStackInfo *self,
                    int                 layer)
{
  if (self == NULL || layer < 0 || (guint) layer >= self->layers->len)
    return NULL;
  return self->layers->pdata[layer];
}
