/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table as a list model. */

#include "cam-table-rows.h"

struct _CamTableRow
{
  GObject   parent_instance;

  CamTable *table;
  gsize     row;
};

G_DEFINE_FINAL_TYPE (CamTableRow, cam_table_row, G_TYPE_OBJECT)

struct _CamTableRows
{
  GObject   parent_instance;

  CamTable *table;
  gsize    *rows;        /* which, in this order; NULL: all */
  gsize     n_rows;
  guint     n_offered;
};

static void cam_table_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamTableRows, cam_table_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cam_table_rows_list_model_init))

static void
cam_table_row_finalize (GObject *object)
{
  g_clear_pointer (&CAM_TABLE_ROW (object)->table, cam_table_unref);
  G_OBJECT_CLASS (cam_table_row_parent_class)->finalize (object);
}

static void
cam_table_row_class_init (CamTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_table_row_finalize;
}

static void
cam_table_row_init (CamTableRow *self)
{
}

char *
cam_table_row_dup_text (CamTableRow *self,
                        guint        column)
{
  char *text;

  g_return_val_if_fail (CAM_IS_TABLE_ROW (self), NULL);

  text = cam_table_dup_text (self->table, column, self->row);
  if (text != NULL && *text != '\0')
    return text;
  g_free (text);
  return g_strdup ("–");
}

gsize
cam_table_row_get_row (CamTableRow *self)
{
  g_return_val_if_fail (CAM_IS_TABLE_ROW (self), 0);

  return self->row;
}

static GType
cam_table_rows_get_item_type (GListModel *model)
{
  return CAM_TYPE_TABLE_ROW;
}

static guint
cam_table_rows_get_n_items (GListModel *model)
{
  return CAM_TABLE_ROWS (model)->n_offered;
}

static gpointer
cam_table_rows_get_item (GListModel *model,
                         guint       position)
{
  CamTableRows *self = CAM_TABLE_ROWS (model);
  CamTableRow *row;

  if (position >= self->n_offered)
    return NULL;
  row = g_object_new (CAM_TYPE_TABLE_ROW, NULL);
  row->table = cam_table_ref (self->table);
  row->row = self->rows != NULL ? self->rows[position] : position;
  return row;
}

static void
cam_table_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = cam_table_rows_get_item_type;
  iface->get_n_items = cam_table_rows_get_n_items;
  iface->get_item = cam_table_rows_get_item;
}

static void
cam_table_rows_finalize (GObject *object)
{
  g_clear_pointer (&CAM_TABLE_ROWS (object)->table, cam_table_unref);
  g_free (CAM_TABLE_ROWS (object)->rows);
  G_OBJECT_CLASS (cam_table_rows_parent_class)->finalize (object);
}

static void
cam_table_rows_class_init (CamTableRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_table_rows_finalize;
}

static void
cam_table_rows_init (CamTableRows *self)
{
}

CamTableRows *
cam_table_rows_new (CamTable *table,
                    guint     n_first)
{
  g_return_val_if_fail (table != NULL, NULL);

  return cam_table_rows_new_of (table, NULL, cam_table_get_n_rows (table), n_first);
}

CamTableRows *
cam_table_rows_new_of (CamTable *table,
                       gsize    *rows,
                       gsize     n_rows,
                       guint     n_first)
{
  CamTableRows *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_object_new (CAM_TYPE_TABLE_ROWS, NULL);
  self->table = cam_table_ref (table);
  self->rows = rows;
  self->n_rows = n_rows;
  self->n_offered = (guint) MIN (n_rows, n_first);
  return self;
}

gboolean
cam_table_rows_grow (CamTableRows *self)
{
  guint before, after;

  g_return_val_if_fail (CAM_IS_TABLE_ROWS (self), FALSE);

  before = self->n_offered;
  /* A list view takes at most 2³¹ rows. */
  after = (guint) MIN (MIN (self->n_rows, (gsize) G_MAXINT), (gsize) before * 2);
  if (after == before)
    return FALSE;
  self->n_offered = after;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, after - before);
  return TRUE;
}
