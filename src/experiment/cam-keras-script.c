/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The script's frame: network, compile, fit, evaluation. The data stand in cam-keras-script-data.c. */
#include "cam-keras-script.h"

#include <cam-python.h>
#include <string.h>

#include "cam-keras-script-private.h"

static void
part_free (CamScriptPart *part)
{
  g_free (part->path);
  g_free (part);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

void
cam_script_begin (CamScriptWriter *self,
                  const char      *path)
{
  CamScriptPart *part = g_new0 (CamScriptPart, 1);

  part->path = g_strdup (path);
  part->first = count_lines (self->out->str);
  g_ptr_array_add (self->parts, part);
}

void
cam_script_end (CamScriptWriter *self)
{
  CamScriptPart *part = self->parts->pdata[self->parts->len - 1];

  part->n_lines = count_lines (self->out->str) - part->first;
}

void
cam_script_line (CamScriptWriter *self,
                 const char      *format,
                 ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->out, format, args);
  va_end (args);
  g_string_append_c (self->out, '\n');
}

void
cam_script_blank (CamScriptWriter *self)
{
  g_string_append_c (self->out, '\n');
}

/* Longer lines are broken. */
#define WIDTH 100

void
cam_script_names (CamScriptWriter *self,
                  GPtrArray       *names,
                  guint            indent)
{
  const char *line = strrchr (self->out->str, '\n');
  gsize used = strlen (line != NULL ? line + 1 : self->out->str) + 1;

  g_string_append_c (self->out, '[');
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr(GString) name = g_string_new (NULL);

      cam_python_text (name, names->pdata[i]);
      if (i > 0 && used + name->len + 2 > WIDTH)
        {
          g_string_append_printf (self->out, ",\n%*s", (int) indent, "");
          used = indent;
        }
      else if (i > 0)
        {
          g_string_append (self->out, ", ");
          used += 2;
        }
      g_string_append (self->out, name->str);
      used += name->len;
    }
  g_string_append_c (self->out, ']');
}

/* (30,) */
static void
append_shape (GString        *out,
              const CamShape *shape)
{
  g_string_append_c (out, '(');
  for (guint d = 0; d < shape->n_dims; d++)
    g_string_append_printf (out, "%s%" G_GSIZE_FORMAT, d > 0 ? ", " : "", (gsize) shape->dims[d]);
  g_string_append (out, shape->n_dims == 1 ? ",)" : ")");
}

static void
write_network (CamScriptWriter *self,
               gboolean         is_whole)
{
  const json_t *initial = cam_experiment_peek (self->experiment, "fit/initial_weights");
  json_t *layer;
  gsize i;

  cam_script_line (self, "model = keras.Sequential([");
  cam_script_begin (self, "data/input");
  if (self->dataset != NULL)
    {
      CamShape input = cam_preparation_get_input_shape (cam_dataset_get_preparation (self->dataset));

      g_string_append (self->out, "    keras.Input(shape=");
      append_shape (self->out, &input);
      cam_script_line (self, "),");
    }
  else
    cam_script_line (self, is_whole ? "    keras.Input(shape=x.shape[1:])," : "    keras.Input(shape=(None,)),  # open data to know it");
  cam_script_end (self);

  json_array_foreach ((json_t *) cam_experiment_get_network (self->experiment), i, layer)
    {
      g_autofree char *path = g_strdup_printf ("network/%" G_GSIZE_FORMAT, i);

      cam_script_begin (self, path);
      /* Switched off: the line without its mark would be the layer. */
      g_string_append (self->out, cam_network_is_off (layer) ? "    # " : "    ");
      cam_python_layer (self->out, layer);
      cam_script_line (self, ",");
      cam_script_end (self);
    }
  cam_script_line (self, "])");

  if (json_is_string (initial))
    {
      cam_script_begin (self, "fit/initial_weights");
      g_string_append (self->out, "model.set_weights(keras.models.load_model(");
      cam_python_text (self->out, json_string_value (initial));
      cam_script_line (self, ").get_weights())");
      cam_script_end (self);
    }
  if (is_whole)
    cam_script_line (self, "model.summary()");
  cam_script_blank (self);
}

static gboolean
write_kinds (CamScriptWriter  *self,
             CamKindOf         of,
             const char       *key,
             const json_t     *list,
             GError          **error)
{
  json_t *kind;
  gsize i;

  g_string_append_printf (self->out, "    %s=[", key);
  json_array_foreach ((json_t *) list, i, kind)
    {
      if (i > 0)
        g_string_append (self->out, ", ");
      if (!cam_python_kind (self->out, of, kind, error))
        return FALSE;
    }
  cam_script_line (self, "],");

  return TRUE;
}

static gboolean
write_compile (CamScriptWriter  *self,
               GError          **error)
{
  const json_t *weighted = cam_experiment_peek (self->experiment, "fit/weighted_metrics");

  cam_script_line (self, "model.compile(");
  cam_script_begin (self, "optimizer");
  g_string_append (self->out, "    optimizer=");
  if (!cam_python_kind (self->out, CAM_KIND_OPTIMIZER, cam_experiment_get_optimizer (self->experiment), error))
    return FALSE;
  cam_script_line (self, ",");
  cam_script_end (self);

  cam_script_begin (self, "loss");
  g_string_append (self->out, "    loss=");
  if (!cam_python_kind (self->out, CAM_KIND_LOSS, cam_experiment_get_loss (self->experiment), error))
    return FALSE;
  cam_script_line (self, ",");
  cam_script_end (self);

  cam_script_begin (self, "metrics");
  if (!write_kinds (self, CAM_KIND_METRIC, "metrics", cam_experiment_get_metrics (self->experiment), error))
    return FALSE;
  if (json_array_size (weighted) > 0 && !write_kinds (self, CAM_KIND_METRIC, "weighted_metrics", weighted, error))
    return FALSE;
  cam_script_end (self);
  cam_script_line (self, ")");

  return TRUE;
}

/* Keras takes a function of the epoch and the rate so far. */
static void
write_rate_rule (CamScriptWriter *self,
                 const json_t    *config)
{
  const json_t *schedule = json_object_get (config, "schedule");
  const char *name = json_is_string (schedule) ? json_string_value (schedule) : json_string_value (json_object_get (schedule, "class_name"));
  const CamKind *kind = cam_kind_find (CAM_KIND_CALLBACK, "LearningRateScheduler");
  g_autoptr(json_t) settings = NULL;
  const CamVariant *rule = cam_field_variant (cam_fields_find (kind->fields, "schedule"), schedule, &settings);
  g_autoptr(GString) values = g_string_new (NULL);

  g_return_if_fail (name != NULL && rule != NULL);

  cam_script_line (self, "def schedule(epoch, rate):");
  if (g_str_equal (rule->name, "step_decay"))
    {
      g_string_append_printf (values, "    return first_rate * ");
      cam_python_value (values, json_object_get (settings, "drop"));
      cam_script_line (self, "%s ** (epoch // %" G_GINT64_FORMAT ")", values->str, cam_fields_int (settings, "epochs_drop"));
    }
  else if (g_str_equal (rule->name, "epoch_decay"))
    {
      cam_python_value (values, json_object_get (settings, "factor"));
      cam_script_line (self, "    return rate if epoch < %" G_GINT64_FORMAT " else rate * %s", cam_fields_int (settings, "start_epoch"), values->str);
    }
  else if (g_str_equal (rule->name, "epoch_list"))
    {
      cam_python_value (values, json_object_get (settings, "rates"));
      cam_script_line (self, "    rates = %s", values->str);
      cam_script_line (self, "    return rates[min(epoch, len(rates) - 1)]");
    }
  else
    {
      cam_python_value (values, json_object_get (settings, "epochs"));
      cam_script_line (self, "    starts = %s", values->str);
      g_string_truncate (values, 0);
      cam_python_value (values, json_object_get (settings, "rates"));
      cam_script_line (self, "    rates = %s", values->str);
      cam_script_line (self, "    begun = sum(epoch >= start for start in starts)");
      cam_script_line (self, "    return rates[begun - 1] if begun else rate");
    }
  if (g_str_equal (rule->name, "step_decay"))
    {
      cam_script_blank (self);
      cam_script_line (self, "first_rate = float(model.optimizer.learning_rate)");
    }
}

static gboolean
is_scheduler (const json_t *callback)
{
  const char *name = json_is_string (callback) ? json_string_value (callback) : json_string_value (json_object_get (callback, "class_name"));

  return name != NULL && cam_kind_find (CAM_KIND_CALLBACK, name) == cam_kind_find (CAM_KIND_CALLBACK, "LearningRateScheduler");
}

static gboolean
write_callbacks (CamScriptWriter  *self,
                 GError          **error)
{
  const json_t *callbacks = cam_experiment_get_callbacks (self->experiment);
  json_t *callback;
  gsize i;

  if (json_array_size (callbacks) == 0)
    return TRUE;

  json_array_foreach ((json_t *) callbacks, i, callback)
    if (is_scheduler (callback))
      {
        g_autoptr(json_t) config = NULL;

        cam_script_blank (self);
        if (cam_kind_resolve (CAM_KIND_CALLBACK, callback, "callbacks", &config, error) == NULL)
          return FALSE;
        write_rate_rule (self, config);
      }

  cam_script_blank (self);
  cam_script_line (self, "callbacks = [");
  json_array_foreach ((json_t *) callbacks, i, callback)
    {
      g_autofree char *path = g_strdup_printf ("callbacks/%" G_GSIZE_FORMAT, i);

      cam_script_begin (self, path);
      g_string_append (self->out, "    ");
      if (is_scheduler (callback))
        g_string_append (self->out, "keras.callbacks.LearningRateScheduler(schedule)");
      else if (!cam_python_kind (self->out, CAM_KIND_CALLBACK, callback, error))
        return FALSE;
      cam_script_line (self, ",");
      cam_script_end (self);
    }
  cam_script_line (self, "]");

  return TRUE;
}

/* {0: 1.0, 1: 3.0}; "balanced" is reckoned from the training rows, as scikit-learn does. */
static void
write_class_weight (CamScriptWriter *self)
{
  const json_t *weights = cam_experiment_peek (self->experiment, "fit/class_weight");
  g_autoptr(GString) text = g_string_new (NULL);
  const char *key;
  json_t *value;

  if (json_is_string (weights))
    {
      const gboolean is_binary = self->dataset != NULL && cam_dataset_get_task (self->dataset) == CAM_TASK_BINARY;

      cam_script_begin (self, "fit/class_weight");
      cam_script_line (self, is_binary ? "counts = np.bincount(y[train].ravel().astype(int))" : "counts = y[train].sum(axis=0)");
      cam_script_line (self, "class_weight = {i: counts.sum() / (len(counts) * n) for i, n in enumerate(counts)}");
      cam_script_end (self);
      cam_script_blank (self);
    }
  else if (json_object_size (weights) > 0)
    {
      json_object_foreach ((json_t *) weights, key, value)
        {
          g_string_append_printf (text, "%s%s: ", text->len > 0 ? ", " : "", key);
          cam_python_value (text, value);
        }
      cam_script_begin (self, "fit/class_weight");
      cam_script_line (self, "class_weight = {%s}", text->str);
      cam_script_end (self);
      cam_script_blank (self);
    }
}

static void
write_fit (CamScriptWriter *self)
{
  const json_t *weights = cam_experiment_peek (self->experiment, "fit/class_weight");
  const json_t *shuffle = cam_experiment_peek (self->experiment, "fit/shuffle");

  cam_script_line (self, "history = model.fit(");
  cam_script_line (self, "    x[train],");
  cam_script_line (self, "    y[train],");
  cam_script_line (self, "    validation_data=(x[validation], y[validation]) if validation.any() else None,");
  cam_script_begin (self, "fit/batch_size");
  cam_script_line (self, "    batch_size=%" G_GSIZE_FORMAT ",", cam_experiment_get_batch_size (self->experiment));
  cam_script_end (self);
  cam_script_begin (self, "fit/epochs");
  cam_script_line (self, "    epochs=%u,", cam_experiment_get_epochs (self->experiment));
  cam_script_end (self);
  if (json_is_false (shuffle))
    {
      cam_script_begin (self, "fit/shuffle");
      cam_script_line (self, "    shuffle=False,");
      cam_script_end (self);
    }
  if (json_is_string (weights) || json_object_size (weights) > 0)
    cam_script_line (self, "    class_weight=class_weight,");
  if (json_array_size (cam_experiment_get_callbacks (self->experiment)) > 0)
    cam_script_line (self, "    callbacks=callbacks,");
  cam_script_line (self, ")");
  cam_script_blank (self);
  cam_script_line (self, "if test.any():");
  cam_script_line (self, "    print(model.evaluate(x[test], y[test], return_dict=True))");
  cam_script_line (self, "model.save(\"model.keras\")");
}

static void
write_head (CamScriptWriter *self)
{
  const char *name = cam_experiment_get_name (self->experiment);
  g_autofree char *title = g_strdelimit (g_strdup (name != NULL && *name != '\0' ? name : "Experiment"), "\r\n\"\\", ' ');

  cam_script_line (self, "\"\"\"%s: an experiment for Keras 3.\"\"\"", title);
  if (self->dataset != NULL)
    {
      cam_script_line (self, "import base64");
      if (self->dialect != NULL && self->dialect->form == CAM_CSV_IDX)
        cam_script_line (self, "import gzip");
      cam_script_line (self, "import zlib");
      cam_script_blank (self);
    }
  cam_script_line (self, "import keras");
  cam_script_line (self, "import numpy as np");
  cam_script_line (self, "import pandas as pd");
  cam_script_line (self, "from keras import layers");
  cam_script_blank (self);
  cam_script_begin (self, "fit/seed");
  cam_script_line (self, "keras.utils.set_random_seed(%" G_GUINT64_FORMAT ")", cam_experiment_get_seed (self->experiment) & G_MAXUINT32);
  cam_script_end (self);
  cam_script_blank (self);
}

CamScript *
cam_keras_script_new (const CamExperiment  *experiment,
                      const CamDataset     *dataset,
                      const CamCsvDialect  *dialect,
                      CamScriptScope        scope,
                      GError              **error)
{
  const gboolean is_whole = scope == CAM_SCRIPT_EXPERIMENT;
  CamScriptWriter writer = { experiment, dataset, dialect, NULL, NULL };
  CamScript *self;

  g_return_val_if_fail (experiment != NULL, NULL);

  writer.out = g_string_new (NULL);
  writer.parts = g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) part_free);
  if (is_whole)
    {
      write_head (&writer);
      cam_script_data (&writer);
    }
  else
    {
      cam_script_line (&writer, "import keras");
      cam_script_line (&writer, "from keras import layers");
      cam_script_blank (&writer);
    }
  write_network (&writer, is_whole);
  if (!write_compile (&writer, error) || (is_whole && !write_callbacks (&writer, error)))
    {
      g_string_free (writer.out, TRUE);
      g_ptr_array_unref (writer.parts);
      return NULL;
    }
  if (is_whole)
    {
      cam_script_blank (&writer);
      write_class_weight (&writer);
      write_fit (&writer);
    }

  self = g_new0 (CamScript, 1);
  self->text = g_string_free (writer.out, FALSE);
  self->parts = writer.parts;

  return self;
}

void
cam_keras_script_free (CamScript *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

gboolean
cam_keras_script_save (const CamScript  *self,
                       const char       *path,
                       GError          **error)
{
  return g_file_set_contents_full (path, self->text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
