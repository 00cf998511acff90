/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ReLU, LeakyReLU and ELU: activations with settings of their own, as layers. Source: keras.layers.ReLU, keras.layers.LeakyReLU, keras.layers.ELU. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-layer-private.h"
#include "kernels/cam-activation-kernels.h"

static const CamField relu_fields[] = {
  CAM_F_FLOAT ("max_value", N_("Largest value"), N_("What is larger becomes this; none: nothing is too large."), NAN, 0, INFINITY, CAM_FIELD_NULLABLE),
  CAM_F_FLOAT ("negative_slope", N_("Slope below"), N_("Slope of the line below the threshold; 0 makes it flat."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_FLOAT ("threshold", N_("Threshold"), N_("Numbers above it pass through."), 0.0, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField leaky_relu_fields[] = {
  CAM_F_FLOAT ("negative_slope", N_("Slope below 0"), N_("Slope of the line below 0."), 0.3, 0, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};
static const CamField elu_fields[] = {
  CAM_F_FLOAT ("alpha", N_("Alpha"), N_("What the output levels off at far below 0, with a minus."), 1.0, -INFINITY, INFINITY, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static char *
describe_relu (const json_t *config)
{
  double most = cam_fields_number (config, "max_value"), slope = cam_fields_number (config, "negative_slope"), threshold = cam_fields_number (config, "threshold");
  GString *line = g_string_new (NULL);

  if (slope > 0.0)
    g_string_append_printf (line, _("slope %g"), slope);
  if (threshold > 0.0)
    g_string_append_printf (line, _("%sabove %g"), line->len > 0 ? " · " : "", threshold);
  if (!isnan (most))
    g_string_append_printf (line, _("%sat most %g"), line->len > 0 ? " · " : "", most);
  if (line->len == 0)
    g_string_append (line, _("0 below 0"));

  return g_string_free (line, FALSE);
}

static char *
describe_leaky_relu (const json_t *config)
{
  return g_strdup_printf (_("slope %g"), cam_fields_number (config, "negative_slope"));
}

static char *
describe_elu (const json_t *config)
{
  return g_strdup_printf (_("alpha %g"), cam_fields_number (config, "alpha"));
}

static gboolean
prepare (CamLayer  *self,
         GError   **error)
{
  self->output = self->input;
  self->mask_way = CAM_MASK_PASSES;
  return TRUE;
}

typedef struct
{
  float slope, threshold, most;
} Settings;

/* A setting that the kind does not have is as in the plain function. */
static Settings
get_settings (const CamLayer *self)
{
  double threshold = cam_fields_number (self->config, "threshold"), most = cam_fields_number (self->config, "max_value");

  return (Settings) { (float) cam_fields_number (self->config, "negative_slope"), isnan (threshold) ? 0.0f : (float) threshold, isnan (most) ? INFINITY : (float) most };
}

static void
forward (const CamLayer *self,
         const CamPass  *pass,
         const float    *x,
         float          *y,
         float          *scratch,
         gsize           n)
{
  Settings settings = get_settings (self);

  cam_map_relu_with (x, y, n * self->n_in, settings.slope, settings.threshold, settings.most);
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
  Settings settings = get_settings (self);

  if (dx != NULL)
    cam_back_relu_with (x, dy, dx, n * self->n_in, settings.slope, settings.threshold, settings.most);
}

static void
forward_elu (const CamLayer *self,
             const CamPass  *pass,
             const float    *x,
             float          *y,
             float          *scratch,
             gsize           n)
{
  cam_map_elu_with (x, y, n * self->n_in, (float) cam_fields_number (self->config, "alpha"));
}

static void
backward_elu (const CamLayer *self,
              const CamPass  *pass,
              const float    *x,
              const float    *y,
              float          *dy,
              float          *dx,
              float          *scratch,
              gsize           n)
{
  if (dx != NULL)
    cam_back_elu_with (x, dy, dx, n * self->n_in, (float) cam_fields_number (self->config, "alpha"));
}

const CamLayerKind cam_relu_kind = {
  .name = "ReLU",
  .icon = "camadas-activation-symbolic",
  .note = N_("Passes what is above a threshold; with a slope below and a limit, if wanted."),
  .category = CAM_LAYER_CORE,
  .fields = relu_fields,
  .describe = describe_relu,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};
const CamLayerKind cam_leaky_relu_kind = {
  .name = "LeakyReLU",
  .icon = "camadas-activation-symbolic",
  .note = N_("Relu with a slope below 0, so that no unit can die."),
  .category = CAM_LAYER_CORE,
  .fields = leaky_relu_fields,
  .describe = describe_leaky_relu,
  .prepare = prepare,
  .forward = forward,
  .backward = backward,
};
const CamLayerKind cam_elu_kind = {
  .name = "ELU",
  .icon = "camadas-activation-symbolic",
  .note = N_("Smooth below 0, where it levels off at −alpha."),
  .category = CAM_LAYER_CORE,
  .fields = elu_fields,
  .describe = describe_elu,
  .prepare = prepare,
  .forward = forward_elu,
  .backward = backward_elu,
};
