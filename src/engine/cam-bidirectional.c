/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bidirectional: two recurrent layers over the same sequence, one from each end, and their outputs merged; those of the second are put back into the sequence's order.
 * Source: keras.layers.Bidirectional. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-network.h"
#include "cam-recurrent-private.h"
#include "kernels/cam-kernels.h"

enum { FORTH, BACK, N_WAYS };

typedef enum { CONCAT, SUM, MUL, AVE } MergeMode;
static const char *const merge_modes[] = { "concat", "sum", "mul", "ave", NULL };

static const CamField fields[] = {
  CAM_F_OBJECT ("layer", N_("Layer"), N_("The recurrent layer that reads the sequence from each end: a SimpleRNN, LSTM or GRU."), CAM_FIELD_NULLABLE),
  CAM_F_CHOICE ("merge_mode", N_("Merged by"), N_("What becomes of the two outputs: beside each other, added, multiplied or averaged."), "concat", merge_modes, CAM_FIELD_PLAIN),
  CAM_F_OBJECT ("backward_layer", N_("Layer from the end"), N_("Another layer for the way from the end; otherwise one like the first."), CAM_FIELD_NULLABLE | CAM_FIELD_ADVANCED),
  CAM_F_END,
};

static MergeMode
get_mode (const CamLayer *self)
{
  const char *name = cam_fields_choice (self->config, "merge_mode");
  guint mode = 0;

  while (!g_str_equal (merge_modes[mode], name))
    mode++;

  return (MergeMode) mode;
}

static json_t *
make_usual (void)
{
  return json_pack ("{s:s, s:{s:i}}", "class_name", "LSTM", "config", "units", 32);
}

static char *
describe (const json_t *config)
{
  g_autoptr(json_t) layer = json_is_object (json_object_get (config, "layer")) ? json_deep_copy (json_object_get (config, "layer")) : make_usual ();
  g_autofree char *inner = cam_layer_describe_inner (layer);

  return g_strdup_printf ("%s · %s", inner, cam_fields_choice (config, "merge_mode"));
}

static gboolean
add_way (CamLayer      *self,
         guint          way,
         const json_t  *description,
         GError       **error)
{
  if (!cam_layer_add_inner (self, way, description, &self->input, error))
    return FALSE;
  if (cam_layer_is_recurrent (self->inner[way]))
    return TRUE;

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("it holds a layer of kind %s, but reads with SimpleRNN, LSTM or GRU only; choose one of them"),
               self->inner[way]->kind->name);
  return FALSE;
}

static gboolean
check_pair (const CamLayer  *self,
            GError         **error)
{
  if (cam_layer_get_recurrent (self->inner[FORTH])->backwards == cam_layer_get_recurrent (self->inner[BACK])->backwards)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("both of its layers read in the same direction; set “go_backwards” in one of them"));
      return FALSE;
    }
  if (!cam_shape_equal (&self->inner[FORTH]->output, &self->inner[BACK]->output))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("its two layers give outputs of different shapes; give them the same “units” and “return_sequences”"));
      return FALSE;
    }
  if (!cam_regularizer_is_none (&self->inner[FORTH]->activity) || !cam_regularizer_is_none (&self->inner[BACK]->activity))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_LAYER, _("a penalty on the output of the layers within it is not supported; put an ActivityRegularization after it"));
      return FALSE;
    }

  return TRUE;
}

/* The first layer's description with the direction turned, or the one given. */
static json_t *
describe_back (const CamLayer *self)
{
  const json_t *given = json_object_get (self->config, "backward_layer");
  json_t *back;

  if (json_is_object (given))
    return json_deep_copy (given);

  back = json_pack ("{s:s, s:o}", "class_name", self->inner[FORTH]->kind->name, "config", json_deep_copy (self->inner[FORTH]->config));
  json_object_set_new (json_object_get (back, "config"), "go_backwards", json_boolean (!cam_fields_bool (self->inner[FORTH]->config, "go_backwards")));
  if (!self->inner[FORTH]->trainable)
    json_object_set_new (back, "trainable", json_false ());

  return back;
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  g_autoptr(json_t) back = NULL;
  gsize n_draws = 0, n_scratch, n_weights;

  if (json_is_null (json_object_get (self->config, "layer")))
    json_object_set_new (self->config, "layer", make_usual ());
  if (!add_way (self, FORTH, json_object_get (self->config, "layer"), error))
    return FALSE;
  n_weights = self->n_weights;
  back = describe_back (self);
  if (!add_way (self, BACK, back, error) || !check_pair (self, error))
    return FALSE;
  cam_layer_complete_inner (self, FORTH, "layer");
  if (json_is_object (json_object_get (self->config, "backward_layer")))
    cam_layer_complete_inner (self, BACK, "backward_layer");

  for (guint i = 0; i < self->n_weights; i++)
    {
      g_autofree char *name = g_strconcat (i < n_weights ? "forward_" : "backward_", self->weights[i].name, NULL);

      self->weights[i].name = g_intern_string (name);
    }

  self->output = self->inner[FORTH]->output;
  if (get_mode (self) == CONCAT)
    self->output.dims[self->output.n_dims - 1] *= 2;
  self->mask_way = self->inner[FORTH]->mask_way;
  self->shard_gradients = TRUE;
  self->n_uses = self->inner[FORTH]->n_uses;

  /* Each way keeps what it keeps, its output, and the gradients that it takes in and gives. */
  n_scratch = N_WAYS * self->n_in;
  for (guint way = 0; way < N_WAYS; way++)
    {
      CamLayer *inner = self->inner[way];

      n_scratch += inner->n_scratch + 2 * inner->n_out;
      self->n_temp = MAX (self->n_temp, inner->n_temp);
      self->is_noisy = self->is_noisy || inner->is_noisy;
      n_draws += cam_recurrent_n_draws (cam_layer_get_recurrent (inner));
      cam_layer_get_recurrent (inner)->zero_masked = cam_layer_get_recurrent (inner)->sequences;
    }
  self->n_scratch = n_scratch;

  /* A row's words lie beside each other: first those of one way, then those of the other. */
  self->n_draws = self->inner[FORTH]->n_draws = self->inner[BACK]->n_draws = n_draws;

  return TRUE;
}

typedef struct
{
  float   *scratch, *y, *dy, *dx;
  CamPass  pass;
} Way;

static void
get_ways (const CamLayer *self,
          const CamPass  *pass,
          float          *scratch,
          gsize           n,
          Way             ways[N_WAYS])
{
  guint first_weight = 0;

  for (guint way = 0; way < N_WAYS; way++)
    {
      const CamLayer *inner = self->inner[way];
      Way *of = &ways[way];

      of->scratch = scratch;
      of->y = of->scratch + n * inner->n_scratch;
      of->dy = of->y + n * inner->n_out;
      of->dx = of->dy + n * inner->n_out;
      scratch = of->dx + n * self->n_in;

      of->pass = *pass;
      if (way == BACK)
        of->pass.first_draw += cam_recurrent_n_draws (cam_layer_get_recurrent (self->inner[FORTH]));
      of->pass.gradients = pass->gradients != NULL ? pass->gradients + first_weight : NULL;
      first_weight += inner->n_weights;
    }
}

/* Steps of the output, and numbers that a way gives at each. */
static gsize
get_steps (const CamLayer *self)
{
  return self->output.n_dims > 1 ? self->output.dims[0] : 1;
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  MergeMode mode = get_mode (self);
  gsize steps = get_steps (self), units = self->inner[FORTH]->n_out / steps, columns = self->output.dims[self->output.n_dims - 1];
  Way ways[N_WAYS];

  get_ways (self, pass, scratch, n, ways);
  for (guint way = 0; way < N_WAYS; way++)
    self->inner[way]->kind->forward (self->inner[way], &ways[way].pass, x, ways[way].y, ways[way].scratch, n);

  for (gsize row = 0; row < n; row++)
    for (gsize step = 0; step < steps; step++)
      {
        const float *forth = ways[FORTH].y + (row * steps + step) * units, *back = ways[BACK].y + (row * steps + steps - 1 - step) * units;
        float *to = y + (row * steps + step) * columns;

        switch (mode)
          {
          case CONCAT:
            memcpy (to, forth, units * sizeof (float));
            memcpy (to + units, back, units * sizeof (float));
            break;
          case SUM:
            for (gsize j = 0; j < units; j++)
              to[j] = forth[j] + back[j];
            break;
          case MUL:
            for (gsize j = 0; j < units; j++)
              to[j] = forth[j] * back[j];
            break;
          case AVE:
          default:
            for (gsize j = 0; j < units; j++)
              to[j] = 0.5f * (forth[j] + back[j]);
            break;
          }
      }
}

static void
backward (const CamLayer *self,
          const CamPass  *pass,
          const float    *x,
          const float    *y,
          float          *dy,
          float          *dx,
          float          *scratch,
          gsize           n)
{
  MergeMode mode = get_mode (self);
  gsize steps = get_steps (self), units = self->inner[FORTH]->n_out / steps, columns = self->output.dims[self->output.n_dims - 1];
  float share = mode == AVE ? 0.5f : 1.0f;
  Way ways[N_WAYS];

  get_ways (self, pass, scratch, n, ways);
  for (gsize row = 0; row < n; row++)
    for (gsize step = 0; step < steps; step++)
      {
        const float *from = dy + (row * steps + step) * columns;
        gsize at[N_WAYS] = { (row * steps + step) * units, (row * steps + steps - 1 - step) * units };

        for (guint way = 0; way < N_WAYS; way++)
          {
            const float *other = ways[1 - way].y + at[1 - way], *part = from + (mode == CONCAT && way == BACK ? units : 0);
            float *to = ways[way].dy + at[way];

            for (gsize j = 0; j < units; j++)
              to[j] = mode == MUL ? part[j] * other[j] : part[j] * share;
          }
      }

  for (guint way = 0; way < N_WAYS; way++)
    self->inner[way]->kind->backward (self->inner[way], &ways[way].pass, x, ways[way].y, ways[way].dy, dx != NULL ? ways[way].dx : NULL, ways[way].scratch, n);
  if (dx != NULL)
    {
      memcpy (dx, ways[FORTH].dx, n * self->n_in * sizeof (float));
      cam_add (ways[BACK].dx, dx, n * self->n_in);
    }
}

const CamLayerKind cam_bidirectional_kind = {
  .name = "Bidirectional",
  .icon = "camadas-recurrent-symbolic",
  .note = N_("Reads a sequence from both ends, so that each step knows what comes before and after it."),
  .category = CAM_LAYER_SEQUENCE,
  .fields = fields,
  .describe = describe,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};
