/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the preview and its cells. */

#include "cam-data-row.h"

#include "cam-words.h"

#define PAD 11
#define NONE G_MAXUINT

/* A cell ------------------------------------------------------------------------------------------------------------ */

#define CAM_TYPE_DATA_CELL (cam_data_cell_get_type ())
G_DECLARE_FINAL_TYPE (CamDataCell, cam_data_cell, CAM, DATA_CELL, GtkWidget)

struct _CamDataCell
{
  GtkWidget    parent_instance;

  PangoLayout *layout;          /* owned; NULL: no text yet */
  guint        place;           /* NONE: free */
  guint        column;          /* whose text it has */
  int          x, width;
  int          text_width;
  gboolean     is_number;       /* stands at the right */
  gboolean     is_missing;
  gboolean     is_untold;
};

G_DEFINE_FINAL_TYPE (CamDataCell, cam_data_cell, GTK_TYPE_WIDGET)

static void
cam_data_cell_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamDataCell *self = CAM_DATA_CELL (widget);
  const int room = gtk_widget_get_width (widget) - 2 * PAD, height = gtk_widget_get_height (widget);
  int text_height;
  GdkRGBA colour;

  if (self->layout == NULL || room < 4)
    return;
  /* Cutting is dear, and most texts fit. */
  if (self->text_width > room)
    {
      pango_layout_set_width (self->layout, room * PANGO_SCALE);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
    }
  else
    pango_layout_set_width (self->layout, -1);
  pango_layout_get_pixel_size (self->layout, NULL, &text_height);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  if (self->is_missing)
    colour.alpha *= 0.45f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (PAD + (self->is_number ? MAX (room - self->text_width, 0) : 0)),
                                                          (float) ((height - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
cam_data_cell_dispose (GObject *object)
{
  g_clear_object (&CAM_DATA_CELL (object)->layout);
  G_OBJECT_CLASS (cam_data_cell_parent_class)->dispose (object);
}

static void
cam_data_cell_class_init (CamDataCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_data_cell_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = cam_data_cell_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "datacell");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
cam_data_cell_init (CamDataCell *self)
{
  self->place = self->column = NONE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
cell_set_text (CamDataCell *self,
               const char  *text,
               gboolean     is_number,
               gboolean     is_missing)
{
  if (self->layout == NULL)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (self->layout, attributes);
      pango_layout_set_single_paragraph_mode (self->layout, TRUE);
      pango_attr_list_unref (attributes);
    }
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, &self->text_width, NULL);
  self->is_number = is_number;
  self->is_missing = is_missing;
  self->is_untold = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cell_tell (CamDataCell *self)
{
  if (!self->is_untold)
    return;
  self->is_untold = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->layout != NULL ? pango_layout_get_text (self->layout) : "", -1);
}

/* A row ------------------------------------------------------------------------------------------------------------- */

struct _CamDataRow
{
  GtkWidget    parent_instance;

  CamTable    *table;           /* owned */
  CamDataCell *number;          /* child: which row it is */
  GPtrArray   *cells;           /* of CamDataCell, children */
  gsize        row;             /* G_MAXSIZE: none yet */
  int          number_width;
  gboolean     is_current;
};

G_DEFINE_FINAL_TYPE (CamDataRow, cam_data_row, GTK_TYPE_WIDGET)

static void
cam_data_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  CamDataRow *self = CAM_DATA_ROW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->number), self->number_width, height, -1, NULL);
  for (guint i = 0; i < self->cells->len; i++)
    {
      CamDataCell *cell = self->cells->pdata[i];

      gtk_widget_allocate (GTK_WIDGET (cell), MAX (cell->width, 0), height, -1,
                           gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) cell->x, 0)));
    }
}

/* The number of the row stays where it is while the columns move under it. */
static void
cam_data_row_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  CamDataRow *self = CAM_DATA_ROW (widget);
  const float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  GdkRGBA tint;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &tint);
  tint.alpha = self->is_current ? 0.07f : 0.018f;
  if (self->row % 2 == 1 || self->is_current)
    gtk_snapshot_append_color (snapshot, &tint, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) self->number_width, 0, width - (float) self->number_width, height));
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_snapshot_child (widget, self->cells->pdata[i], snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->number), snapshot);
}

static void
cam_data_row_dispose (GObject *object)
{
  CamDataRow *self = CAM_DATA_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->table, cam_table_unref);
  G_OBJECT_CLASS (cam_data_row_parent_class)->dispose (object);
}

static void
cam_data_row_class_init (CamDataRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_data_row_dispose;
  widget_class->size_allocate = cam_data_row_size_allocate;
  widget_class->snapshot = cam_data_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "datarow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
cam_data_row_init (CamDataRow *self)
{
  self->row = G_MAXSIZE;
  self->cells = g_ptr_array_new ();
  self->number = g_object_new (CAM_TYPE_DATA_CELL, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->number), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "cam-row-number");
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

CamDataRow *
cam_data_row_new (CamTable *table)
{
  CamDataRow *self = g_object_new (CAM_TYPE_DATA_ROW, NULL);

  self->table = cam_table_ref (table);
  return self;
}

static void
show_cell (CamDataRow         *self,
           CamDataCell        *cell,
           const CamDataPlace *place)
{
  g_autofree char *text = cam_table_dup_text (self->table, place->column, self->row);
  gboolean is_missing = text == NULL || *text == '\0';

  cell->column = place->column;
  cell_set_text (cell, is_missing ? "–" : text, cam_column_kind_is_numeric (cam_table_get_kind (self->table, place->column)), is_missing);
}

/* Cells of one more than the columns in sight: each column keeps its cell while it stays in sight. */
static gboolean
ensure_cells (CamDataRow *self,
              guint       n)
{
  if (self->cells->len >= n)
    return FALSE;
  while (self->cells->len < n)
    {
      CamDataCell *cell = g_object_new (CAM_TYPE_DATA_CELL, NULL);

      gtk_widget_insert_before (GTK_WIDGET (cell), GTK_WIDGET (self), NULL);
      g_ptr_array_add (self->cells, cell);
    }
  return TRUE;
}

void
cam_data_row_show (CamDataRow         *self,
                   gsize               row,
                   const CamDataPlace *places,
                   guint               first,
                   guint               n,
                   int                 number_width,
                   gboolean            is_moved)
{
  gboolean is_other = row != self->row;

  g_return_if_fail (CAM_IS_DATA_ROW (self));

  if (is_other)
    {
      g_autofree char *number = cam_words_count (row + 1);

      self->row = row;
      cell_set_text (self->number, number, TRUE, FALSE);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (ensure_cells (self, n) || number_width != self->number_width)
    is_moved = TRUE;
  self->number_width = number_width;
  if (!is_other && !is_moved)
    return;
  for (guint p = first; p < first + n; p++)
    {
      CamDataCell *cell = self->cells->pdata[p % self->cells->len];

      if (is_other || cell->column != places[p].column)
        show_cell (self, cell, &places[p]);
      cell->place = p;
      cell->x = places[p].x;
      cell->width = places[p].width;
    }
  if (is_moved)
    {
      /* Cells left over from a wider view wait outside. */
      for (guint i = 0; i < self->cells->len; i++)
        {
          CamDataCell *cell = self->cells->pdata[i];
          gboolean is_used = cell->place >= first && cell->place < first + n;

          if (!is_used)
            cell->place = NONE;
          gtk_widget_set_child_visible (GTK_WIDGET (cell), is_used);
        }
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
}

gsize
cam_data_row_get (CamDataRow *self)
{
  g_return_val_if_fail (CAM_IS_DATA_ROW (self), G_MAXSIZE);

  return self->row;
}

void
cam_data_row_set_current (CamDataRow *self,
                          gboolean    is_current)
{
  g_return_if_fail (CAM_IS_DATA_ROW (self));

  if (self->is_current == is_current)
    return;
  self->is_current = is_current;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_current, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cam_data_row_tell (CamDataRow *self)
{
  g_return_if_fail (CAM_IS_DATA_ROW (self));

  cell_tell (self->number);
  for (guint i = 0; i < self->cells->len; i++)
    if (CAM_DATA_CELL (self->cells->pdata[i])->place != NONE)
      cell_tell (self->cells->pdata[i]);
}
