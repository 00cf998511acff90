/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions of one row. */

#include "cam-asker.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#define MAX_TYPED 64             /* numbers of a model that does not tell its columns; more are a matter for a file */

struct _CamAsker
{
  const CamModel   *model;
  CamPreparation   *preparation;      /* borrowed; NULL: a file of somebody else's */
  const CamNetwork *network;
  CamPredictions   *form;
  CamAskKind        kind;
  guint             height, width, channels;
  double            brightest;
  guint             n_features, n_inputs;

  float            *x;                /* [CAM_ASKER_MAX_SWEEP, n_inputs] */
  float            *outputs;          /* [n_outputs] */
  double           *values;           /* [n_features]: pixels on their way through the preparation */
  const char      **cells;            /* [n_features]: of a sweep */
};

static gboolean
has_rescaling (const CamNetwork *network)
{
  return cam_network_get_n_layers (network) > 0 && g_strcmp0 (cam_layer_kind_get_name (cam_network_get_layer_kind (network, 0)), "Rescaling") == 0;
}

static gboolean
is_picture (guint height,
            guint width,
            guint channels)
{
  return height > 1 && width > 1 && height <= CAM_CSV_MOST_SIDE && width <= CAM_CSV_MOST_SIDE && (channels == 1 || channels == 3);
}

/* Of somebody else's file: what its first layer takes is all there is to go by. */
static void
find_foreign_kind (CamAsker *self)
{
  CamShape shape = cam_network_get_input_shape (self->network);
  gboolean has_words = cam_network_get_n_layers (self->network) > 0 && g_strcmp0 (cam_layer_kind_get_name (cam_network_get_layer_kind (self->network, 0)), "Embedding") == 0;

  if (shape.n_dims == 3 && is_picture ((guint) shape.dims[0], (guint) shape.dims[1], (guint) shape.dims[2]))
    {
      self->kind = CAM_ASK_PICTURE;
      self->height = (guint) shape.dims[0];
      self->width = (guint) shape.dims[1];
      self->channels = (guint) shape.dims[2];
      self->brightest = has_rescaling (self->network) ? 255 : 1;
    }
  else
    self->kind = shape.n_dims == 1 && self->n_inputs <= MAX_TYPED && !has_words ? CAM_ASK_COLUMNS : CAM_ASK_FILE;
}

static void
find_kind (CamAsker *self)
{
  if (self->preparation == NULL)
    find_foreign_kind (self);
  else if (!cam_preparation_takes_one_row (self->preparation))
    self->kind = CAM_ASK_FILE;
  else if (cam_preparation_get_vocabulary (self->preparation) > 0)
    self->kind = self->n_features == 1 ? CAM_ASK_TEXT : CAM_ASK_COLUMNS;
  else if (cam_preparation_get_picture (self->preparation, &self->height, &self->width, &self->channels, &self->brightest)
           && is_picture (self->height, self->width, self->channels))
    {
      self->kind = CAM_ASK_PICTURE;
      if (!(self->brightest > 0))
        self->brightest = has_rescaling (self->network) ? 255 : 1;
      /* Of pixels of a byte the brightest that was seen may be a little less than there is. */
      if (self->brightest > 200 && self->brightest < 255)
        self->brightest = 255;
    }
  else
    self->kind = CAM_ASK_COLUMNS;
}

CamAsker *
cam_asker_new (const CamModel *model)
{
  CamAsker *self = g_new0 (CamAsker, 1);
  CamShape shape;
  gsize n = 0;

  g_return_val_if_fail (model != NULL, self);

  self->model = model;
  self->preparation = cam_model_get_preparation (model);
  self->network = cam_model_get_network (model);
  self->form = cam_model_describe_answers (model);
  shape = cam_network_get_input_shape (self->network);
  cam_shape_get_size (&shape, &n);
  self->n_inputs = (guint) n;
  self->n_features = self->preparation != NULL ? cam_preparation_get_n_features (self->preparation) : self->n_inputs;
  find_kind (self);
  self->x = g_new0 (float, (gsize) self->n_inputs * (self->kind == CAM_ASK_COLUMNS ? CAM_ASKER_MAX_SWEEP : 1));
  self->outputs = g_new0 (float, self->form->n_outputs);
  self->values = g_new0 (double, self->n_features + 1);
  self->cells = g_new0 (const char *, self->n_features + 1);
  return self;
}

void
cam_asker_free (CamAsker *self)
{
  if (self == NULL)
    return;
  cam_predictions_free (self->form);
  g_free (self->x);
  g_free (self->outputs);
  g_free (self->values);
  g_free (self->cells);
  g_free (self);
}

CamAskKind
cam_asker_get_kind (const CamAsker *self)
{
  return self->kind;
}

guint
cam_asker_get_n_features (const CamAsker *self)
{
  return self->n_features;
}

const CamPredictions *
cam_asker_get_form (const CamAsker *self)
{
  return self->form;
}

void
cam_asker_get_picture (const CamAsker *self,
                       guint          *height,
                       guint          *width,
                       guint          *channels,
                       double         *brightest)
{
  g_return_if_fail (self->kind == CAM_ASK_PICTURE);

  *height = self->height;
  *width = self->width;
  *channels = self->channels;
  *brightest = self->brightest;
}

static gboolean
put_texts (CamAsker          *self,
           const char *const *texts,
           float             *x)
{
  if (self->preparation != NULL)
    return cam_preparation_apply_texts (self->preparation, texts, x);
  for (guint i = 0; i < self->n_inputs; i++)
    {
      double value;

      if (texts[i] == NULL || !cam_number_parse (texts[i], strlen (texts[i]), &value))
        return FALSE;
      x[i] = (float) value;
    }
  return TRUE;
}

static void
invert (CamAsker *self,
        float    *outputs)
{
  if (self->preparation != NULL)
    cam_preparation_invert (self->preparation, outputs, NULL);
}

/* The row in x, if it is one. */
static const float *
answer (CamAsker  *self,
        gboolean   has_row,
        char     **problem)
{
  g_autoptr(GError) error = NULL;

  *problem = NULL;
  if (!has_row)
    *problem = g_strdup (_("No answer: a value is missing, or was never seen in training."));
  /* An Embedding may not have the index that was typed: what it gave out for it would be no number. */
  else if (!cam_network_check_rows (self->network, self->x, 1, _("typed"), &error))
    *problem = g_strdup (error->message);
  if (*problem != NULL)
    return NULL;
  cam_network_predict (self->network, self->x, 1, self->outputs);
  invert (self, self->outputs);
  return self->outputs;
}

const float *
cam_asker_ask (CamAsker           *self,
               const char *const  *texts,
               char              **problem)
{
  g_return_val_if_fail (self->kind == CAM_ASK_COLUMNS || self->kind == CAM_ASK_TEXT, NULL);

  return answer (self, put_texts (self, texts, self->x), problem);
}

const float *
cam_asker_ask_pixels (CamAsker     *self,
                      const float  *pixels,
                      char        **problem)
{
  gboolean has_row = TRUE;

  g_return_val_if_fail (self->kind == CAM_ASK_PICTURE, NULL);

  if (self->preparation == NULL)
    memcpy (self->x, pixels, self->n_inputs * sizeof (float));
  else
    {
      for (guint i = 0; i < self->n_features; i++)
        self->values[i] = pixels[i];
      has_row = cam_preparation_apply_numbers (self->preparation, self->values, self->x);
    }
  return answer (self, has_row, problem);
}

void
cam_asker_sweep (CamAsker          *self,
                 const char *const *texts,
                 guint              feature,
                 const double      *values,
                 guint              n,
                 float             *outputs)
{
  gboolean has_row[CAM_ASKER_MAX_SWEEP];
  guint n_outputs = self->form->n_outputs;

  g_return_if_fail (self->kind == CAM_ASK_COLUMNS && feature < self->n_features && n <= CAM_ASKER_MAX_SWEEP);

  memcpy (self->cells, texts, self->n_features * sizeof (char *));
  for (guint i = 0; i < n; i++)
    {
      float *row = self->x + (gsize) i * self->n_inputs;
      char buf[CAM_NUMBER_BUF];

      self->cells[feature] = cam_number_shortest (buf, values[i], FALSE);
      has_row[i] = put_texts (self, self->cells, row) && cam_network_check_rows (self->network, row, 1, "", NULL);
      if (!has_row[i])
        memset (row, 0, self->n_inputs * sizeof (float));
    }
  cam_network_predict (self->network, self->x, n, outputs);
  for (guint i = 0; i < n; i++)
    {
      invert (self, outputs + (gsize) i * n_outputs);
      for (guint k = 0; k < n_outputs && !has_row[i]; k++)
        outputs[(gsize) i * n_outputs + k] = NAN;
    }
}
