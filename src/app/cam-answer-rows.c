/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows behind a figure, as a list model. */
#include "cam-answer-rows.h"

struct _CamAnswerItem
{
  GObject parent_instance;
  gsize   sample;
};

G_DEFINE_FINAL_TYPE (CamAnswerItem, cam_answer_item, G_TYPE_OBJECT)

static void
cam_answer_item_class_init (CamAnswerItemClass *klass)
{
}

static void
cam_answer_item_init (CamAnswerItem *self)
{
}

struct _CamAnswerRows
{
  GObject parent_instance;
  gsize  *samples;        /* owned */
  gsize   n;
};

static void cam_answer_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamAnswerRows, cam_answer_rows, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cam_answer_rows_list_model_init))

static void
cam_answer_rows_finalize (GObject *object)
{
  g_free (CAM_ANSWER_ROWS (object)->samples);
  G_OBJECT_CLASS (cam_answer_rows_parent_class)->finalize (object);
}

static void
cam_answer_rows_class_init (CamAnswerRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_answer_rows_finalize;
}

static void
cam_answer_rows_init (CamAnswerRows *self)
{
}

static GType
get_item_type (GListModel *model)
{
  return CAM_TYPE_ANSWER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return (guint) MIN (CAM_ANSWER_ROWS (model)->n, G_MAXUINT - 1);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  CamAnswerRows *self = CAM_ANSWER_ROWS (model);
  CamAnswerItem *item;

  if (position >= self->n)
    return NULL;
  item = g_object_new (CAM_TYPE_ANSWER_ITEM, NULL);
  item->sample = self->samples[position];
  return item;
}

static void
cam_answer_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

gsize
cam_answer_item_get_sample (CamAnswerItem *self)
{
  g_return_val_if_fail (CAM_IS_ANSWER_ITEM (self), 0);

  return self->sample;
}

CamAnswerRows *
cam_answer_rows_new (gsize *samples,
                     gsize  n)
{
  CamAnswerRows *self = g_object_new (CAM_TYPE_ANSWER_ROWS, NULL);

  self->samples = samples;
  self->n = n;
  return self;
}

gsize
cam_answer_rows_get_n (CamAnswerRows *self)
{
  g_return_val_if_fail (CAM_IS_ANSWER_ROWS (self), 0);

  return self->n;
}

gsize
cam_answer_rows_get (CamAnswerRows *self,
                     gsize          i)
{
  g_return_val_if_fail (CAM_IS_ANSWER_ROWS (self) && i < self->n, 0);

  return self->samples[i];
}
