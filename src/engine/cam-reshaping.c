/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flatten, Reshape, Permute, RepeatVector: the same numbers in another shape. Source: keras.layers, the same names. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-image.h"
#include "cam-network.h"
#include "kernels/cam-kernels.h"

static const CamField flatten_fields[] = {
  CAM_DATA_FORMAT_FIELD,
  CAM_F_END,
};

static const CamField reshape_fields[] = {
  CAM_F_INTS ("target_shape", N_("Shape"), N_("Sizes of the output; one may be −1: what is left."), 0, "-1", -1, 1 << 30, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static const CamField permute_fields[] = {
  CAM_F_INTS ("dims", N_("Order"), N_("The input's axes, counted from 1, in the order they shall have: 2, 1 swaps two."), 0, "2, 1", 1, CAM_SHAPE_MAX_DIMS, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static const CamField repeat_fields[] = {
  CAM_F_INT ("n", N_("Times"), N_("How many steps the same numbers become."), 2, 1, 65536, CAM_FIELD_PLAIN),
  CAM_F_END,
};

static char *
join_numbers (const json_t *list,
              const char   *between)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (list); i++)
    g_string_append_printf (text, "%s%" JSON_INTEGER_FORMAT, i > 0 ? between : "", json_integer_value (json_array_get (list, i)));

  return g_string_free (text, FALSE);
}

static char *
flatten_describe (const json_t *config)
{
  return g_strdup (_("one row of numbers"));
}

static char *
reshape_describe (const json_t *config)
{
  return join_numbers (json_object_get (config, "target_shape"), " × ");
}

static char *
permute_describe (const json_t *config)
{
  g_autofree char *order = join_numbers (json_object_get (config, "dims"), ", ");

  return g_strdup_printf (_("axes %s"), order);
}

static char *
repeat_describe (const json_t *config)
{
  guint n = (guint) cam_fields_int (config, "n");

  return g_strdup_printf (ngettext ("%u time", "%u times", n), n);
}

static gboolean
flatten_prepare (CamLayer  *self,
                 GError   **error)
{
  self->output = cam_shape_vector (self->n_in);
  return TRUE;
}

static gboolean
reshape_prepare (CamLayer  *self,
                 GError   **error)
{
  gint64 sizes[CAM_SHAPE_MAX_DIMS + 1];
  guint n = cam_fields_ints (self->config, "target_shape", sizes, G_N_ELEMENTS (sizes)), n_open = 0;
  g_autofree char *wanted = reshape_describe (self->config);
  gsize product = 1, open = 1;

  if (n > CAM_SHAPE_MAX_DIMS)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("its shape has more than %d sizes; leave some out"), CAM_SHAPE_MAX_DIMS);
      return FALSE;
    }

  self->output.n_dims = n;
  for (guint i = 0; i < n; i++)
    {
      n_open += sizes[i] < 1;
      self->output.dims[i] = sizes[i] < 1 ? 1 : (gsize) sizes[i];
      if (sizes[i] < 1)
        open = i;
      if (sizes[i] == 0)
        n_open = 2;
    }
  if (n_open > 1)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("its shape %s is not settled; let every size be at least 1, and one of them −1 at most"), wanted);
      return FALSE;
    }
  if (cam_shape_get_size (&self->output, &product) && (n_open == 1 ? self->n_in % product == 0 : self->n_in == product))
    {
      if (n_open == 1)
        self->output.dims[open] = self->n_in / product;
      return TRUE;
    }

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
               /* translators: a number of numbers, and a shape such as “28 × 28 × 1” */
               _("the %zu numbers it receives do not fill a shape of %s; choose sizes that multiply to %zu"),
               self->n_in, wanted, self->n_in);
  return FALSE;
}

/* For each axis of the output: how far one further is in the input. */
static void
get_strides (const CamLayer *self,
             gsize           strides[CAM_SHAPE_MAX_DIMS])
{
  gint64 order[CAM_SHAPE_MAX_DIMS];
  gsize of_input[CAM_SHAPE_MAX_DIMS];

  for (gsize i = self->input.n_dims, step = 1; i-- > 0; step *= self->input.dims[i])
    of_input[i] = step;
  cam_fields_ints (self->config, "dims", order, self->input.n_dims);
  for (guint i = 0; i < self->input.n_dims; i++)
    strides[i] = of_input[order[i] - 1];
}

static gboolean
permute_prepare (CamLayer  *self,
                 GError   **error)
{
  gint64 order[CAM_SHAPE_MAX_DIMS];
  guint n = cam_fields_ints (self->config, "dims", order, CAM_SHAPE_MAX_DIMS), seen = 0;
  gboolean fits = n == self->input.n_dims && json_array_size (json_object_get (self->config, "dims")) == n;

  for (guint i = 0; i < n; i++)
    {
      fits = fits && order[i] <= (gint64) self->input.n_dims;
      seen |= 1u << order[i];
    }
  if (!fits || seen != (1u << (n + 1)) - 2)
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE,
                   ngettext ("its order must name the %u axis that it receives, counted from 1", "its order must name each of the %u axes that it receives once, counted from 1",
                             self->input.n_dims), self->input.n_dims);
      return FALSE;
    }

  self->output = self->input;
  for (guint i = 0; i < n; i++)
    self->output.dims[i] = self->input.dims[order[i] - 1];

  return TRUE;
}

static gboolean
repeat_prepare (CamLayer  *self,
                GError   **error)
{
  gsize dims[] = { (gsize) cam_fields_int (self->config, "n"), self->n_in };

  if (self->input.n_dims != 1)
    {
      g_autofree char *shape = cam_shape_to_string (&self->input);

      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SHAPE, _("it needs one row of numbers to repeat, but receives the shape %s; add a Flatten before it"), shape);
      return FALSE;
    }
  self->output = cam_shape_make (2, dims);

  return TRUE;
}

static void
copy_forward (const CamLayer *self,
              const CamPass  *pass,
              const float    *x,
              float          *y,
              float          *scratch,
              gsize           n)
{
  memcpy (y, x, n * self->n_in * sizeof (float));
}

static void
copy_backward (const CamLayer *self,
               const CamPass  *pass,
               const float    *x,
               const float    *y,
               float          *dy,
               float          *dx,
               float          *scratch,
               gsize           n)
{
  if (dx != NULL)
    memcpy (dx, dy, n * self->n_in * sizeof (float));
}

/* Numbers in the output's order go to or come from places of the input that lie @strides apart. */
static void
permute (const CamLayer *self,
         const float    *ordered,
         const float    *from,
         float          *to,
         gboolean        back)
{
  guint n_dims = self->output.n_dims;
  gsize strides[CAM_SHAPE_MAX_DIMS], place[CAM_SHAPE_MAX_DIMS] = { 0 }, at = 0, last = self->output.dims[n_dims - 1];

  get_strides (self, strides);
  for (gsize done = 0; done < self->n_out; done += last)
    {
      if (back)
        for (gsize i = 0; i < last; i++)
          to[at + i * strides[n_dims - 1]] = ordered[done + i];
      else
        for (gsize i = 0; i < last; i++)
          to[done + i] = from[at + i * strides[n_dims - 1]];

      /* On to the next line of the output. */
      for (guint axis = n_dims - 1; axis-- > 0;)
        {
          at += strides[axis];
          if (++place[axis] < self->output.dims[axis])
            break;
          at -= place[axis] * strides[axis];
          place[axis] = 0;
        }
    }
}

static void
permute_forward (const CamLayer *self,
                 const CamPass  *pass,
                 const float    *x,
                 float          *y,
                 float          *scratch,
                 gsize           n)
{
  for (gsize row = 0; row < n; row++)
    permute (self, NULL, x + row * self->n_in, y + row * self->n_out, FALSE);
}

static void
permute_backward (const CamLayer *self,
                  const CamPass  *pass,
                  const float    *x,
                  const float    *y,
                  float          *dy,
                  float          *dx,
                  float          *scratch,
                  gsize           n)
{
  for (gsize row = 0; row < n && dx != NULL; row++)
    permute (self, dy + row * self->n_out, NULL, dx + row * self->n_in, TRUE);
}

static void
repeat_forward (const CamLayer *self,
                const CamPass  *pass,
                const float    *x,
                float          *y,
                float          *scratch,
                gsize           n)
{
  gsize steps = self->output.dims[0];

  for (gsize i = 0; i < n * steps; i++)
    memcpy (y + i * self->n_in, x + i / steps * self->n_in, self->n_in * sizeof (float));
}

static void
repeat_backward (const CamLayer *self,
                 const CamPass  *pass,
                 const float    *x,
                 const float    *y,
                 float          *dy,
                 float          *dx,
                 float          *scratch,
                 gsize           n)
{
  gsize steps = self->output.dims[0];

  if (dx == NULL)
    return;
  memset (dx, 0, n * self->n_in * sizeof (float));
  for (gsize i = 0; i < n * steps; i++)
    cam_add (dy + i * self->n_in, dx + i / steps * self->n_in, self->n_in);
}

const CamLayerKind cam_flatten_kind = {
  .name = "Flatten",
  .icon = "camadas-reshape-symbolic",
  .note = N_("Lays an image or a sequence out as one row of numbers, as a Dense layer wants them."),
  .category = CAM_LAYER_SHAPE,
  .fields = flatten_fields,
  .describe = flatten_describe,
  .prepare = flatten_prepare,
  .forward = copy_forward,
  .backward = copy_backward,
};

const CamLayerKind cam_reshape_kind = {
  .name = "Reshape",
  .icon = "camadas-reshape-symbolic",
  .note = N_("Gives the same numbers another shape: a row of 784 becomes an image of 28 × 28 × 1."),
  .category = CAM_LAYER_SHAPE,
  .fields = reshape_fields,
  .describe = reshape_describe,
  .prepare = reshape_prepare,
  .forward = copy_forward,
  .backward = copy_backward,
};

const CamLayerKind cam_permute_kind = {
  .name = "Permute",
  .icon = "camadas-reshape-symbolic",
  .note = N_("Puts the axes in another order: steps become features, height becomes width."),
  .category = CAM_LAYER_SHAPE,
  .fields = permute_fields,
  .describe = permute_describe,
  .prepare = permute_prepare,
  .forward = permute_forward,
  .backward = permute_backward,
};

const CamLayerKind cam_repeat_vector_kind = {
  .name = "RepeatVector",
  .icon = "camadas-reshape-symbolic",
  .note = N_("Repeats a row of numbers as the steps of a sequence, between the halves of a sequence autoencoder."),
  .category = CAM_LAYER_SHAPE,
  .fields = repeat_fields,
  .describe = repeat_describe,
  .prepare = repeat_prepare,
  .forward = repeat_forward,
  .backward = repeat_backward,
};
