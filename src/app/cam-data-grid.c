/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table under the cards of its columns. Scrolling binds what comes into sight before the frame is laid out; nothing is bound while sizes are given out, except
 * where the size itself has changed. */

#include "cam-data-grid-private.h"

#include <math.h>
#include <string.h>

#include "cam-column-card.h"
#define TELL_MS 120         /* screen readers are told when scrolling has calmed down */

static void cam_data_grid_scrollable_init (GtkScrollableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamDataGrid, cam_data_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, cam_data_grid_scrollable_init))

enum { PROP_0, PROP_COLUMNS, N_PROPS, PROP_HADJUSTMENT, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };
static GParamSpec *properties[N_PROPS];

enum { ROW_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Binding ----------------------------------------------------------------------------------------------------------- */

static gboolean
tell_cb (gpointer user_data)
{
  CamDataGrid *self = user_data;

  self->tell_timer = 0;
  for (guint i = 0; i < self->rows->len; i++)
    cam_data_row_tell (self->rows->pdata[i]);
  return G_SOURCE_REMOVE;
}

static void
tell_soon (CamDataGrid *self)
{
  g_clear_handle_id (&self->tell_timer, g_source_remove);
  self->tell_timer = g_timeout_add (TELL_MS, tell_cb, self);
}

static void
show_cards (CamDataGrid *self)
{
  while (self->cards->len < self->n_places)
    {
      GtkWidget *card = cam_column_card_new ();

      gtk_widget_set_parent (card, GTK_WIDGET (self));
      g_ptr_array_add (self->cards, card);
    }
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_set_child_visible (self->cards->pdata[i], FALSE);
  for (guint p = self->first_place; p < self->first_place + self->n_places; p++)
    {
      guint column = cam_data_grid_peek_place (self, p)->column;
      CamColumnCard *card = self->cards->pdata[p % self->cards->len];

      cam_column_card_set_item (card, cam_columns_peek (self->columns, column));
      cam_column_card_set_chosen (card, cam_columns_is_selected (self->columns, column), (int) column == cam_columns_get_lead (self->columns));
      gtk_widget_set_child_visible (GTK_WIDGET (card), TRUE);
    }
}

/* Columns in sight, with their places in the widget. Returns whether they are others than before. */
static gboolean
find_places (CamDataGrid *self)
{
  const int offset = (int) round (cam_data_grid_get_x (self));
  const int right = offset + cam_data_grid_page_width (self);
  guint first = 0, n = 0;
  gboolean is_moved = self->shown->len != self->places->len;

  while (first < self->places->len && cam_data_grid_peek_place (self, first)->x + cam_data_grid_peek_place (self, first)->width <= offset)
    first++;
  while (first + n < self->places->len && cam_data_grid_peek_place (self, first + n)->x < right)
    n++;
  g_array_set_size (self->shown, self->places->len);
  for (guint p = first; p < first + n; p++)
    {
      CamDataPlace place = *cam_data_grid_peek_place (self, p);

      place.x += self->number_width - offset;
      if (memcmp (&place, &g_array_index (self->shown, CamDataPlace, p), sizeof place) != 0)
        is_moved = TRUE;
      g_array_index (self->shown, CamDataPlace, p) = place;
    }
  is_moved = is_moved || first != self->first_place || n != self->n_places;
  self->first_place = first;
  self->n_places = n;
  return is_moved;
}

static void
show_rows (CamDataGrid *self,
           gboolean     is_moved)
{
  const gsize n_rows = self->table != NULL ? cam_table_get_n_rows (self->table) : 0;
  const gsize first = (gsize) (cam_data_grid_get_y (self) / CAM_DATA_ROW_HEIGHT);
  const guint n = (guint) MIN ((gsize) (cam_data_grid_page_height (self) / CAM_DATA_ROW_HEIGHT + 2), n_rows - MIN (first, n_rows));

  while (self->rows->len < n)
    {
      CamDataRow *row = cam_data_row_new (self->table);

      gtk_widget_insert_before (GTK_WIDGET (row), GTK_WIDGET (self), NULL);
      g_ptr_array_add (self->rows, row);
      is_moved = TRUE;
    }
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_set_child_visible (self->rows->pdata[i], i < n);
  for (gsize r = first; r < first + n; r++)
    {
      CamDataRow *row = self->rows->pdata[r % self->rows->len];

      gtk_widget_set_child_visible (GTK_WIDGET (row), TRUE);
      cam_data_row_show (row, r, (const CamDataPlace *) (gpointer) self->shown->data, self->first_place, self->n_places, self->number_width, is_moved);
      cam_data_row_set_current (row, r == self->row && self->has_focus_row);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      gsize r = cam_data_row_get (self->rows->pdata[i]);

      if (r < first || r >= first + n)
        gtk_widget_set_child_visible (self->rows->pdata[i], FALSE);
    }
}

static void
show_all (CamDataGrid *self)
{
  gboolean is_moved = find_places (self);

  if (is_moved)
    show_cards (self);
  show_rows (self, is_moved);
  tell_soon (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scrolled_cb (CamDataGrid *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    show_all (self);
}

static void
configure_adjustments (CamDataGrid *self)
{
  const double height = self->table != NULL ? (double) cam_table_get_n_rows (self->table) * CAM_DATA_ROW_HEIGHT : 0;
  const double page_h = cam_data_grid_page_height (self), page_w = cam_data_grid_page_width (self);

  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, CLAMP (cam_data_grid_get_x (self), 0, MAX (self->width - page_w, 0)), 0, MAX (self->width, page_w),
                              page_w * 0.1, page_w * 0.9, page_w);
  if (self->vadjustment != NULL)
    gtk_adjustment_configure (self->vadjustment, CLAMP (cam_data_grid_get_y (self), 0, MAX (height - page_h, 0)), 0, MAX (height, page_h),
                              CAM_DATA_ROW_HEIGHT, MAX (page_h - CAM_DATA_ROW_HEIGHT, CAM_DATA_ROW_HEIGHT), page_h);
}

void
cam_data_grid_relayout (CamDataGrid *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self)) < 1)
    return;
  cam_data_grid_settle_places (self);
  configure_adjustments (self);
  self->first_place = G_MAXUINT;        /* all cards are shown anew */
  show_all (self);
}

/* Following the columns --------------------------------------------------------------------------------------------- */

static void
clear (CamDataGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->cards->len; i++)
    cam_column_card_set_item (self->cards->pdata[i], NULL);
  g_array_set_size (self->places, 0);
  g_array_set_size (self->shown, 0);
  g_clear_pointer (&self->own_widths, g_free);
  g_clear_pointer (&self->table, cam_table_unref);
  self->width = 0;
  self->n_places = 0;
}

static void
list_changed_cb (CamDataGrid *self)
{
  CamSession *session = cam_columns_get_session (self->columns);
  CamTable *table = session != NULL ? cam_session_get_table (session) : NULL;

  clear (self);
  self->row = 0;
  self->has_focus_row = FALSE;
  self->anchor = 0;
  if (table != NULL)
    {
      self->table = cam_table_ref (table);
      self->own_widths = g_new0 (int, cam_table_get_n_columns (table) + 1);
    }
  cam_data_grid_settle_number_width (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
settings_changed_cb (CamDataGrid *self)
{
  cam_data_grid_relayout (self);
}

static void
selection_changed_cb (CamDataGrid *self)
{
  int lead = cam_columns_get_lead (self->columns);

  if (self->places->len == 0)
    return;
  show_cards (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (lead >= 0)
    cam_data_grid_show_column (self, (guint) lead);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_columns (CamDataGrid *self,
             CamColumns  *columns)
{
  if (!g_set_object (&self->columns, columns) || columns == NULL)
    return;
  g_signal_connect_object (cam_columns_get_list (columns), "items-changed", G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "settings-changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  list_changed_cb (self);
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
cam_data_grid_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  CamDataGrid *self = CAM_DATA_GRID (widget);

  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_measure (self->cards->pdata[i], orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? self->number_width + CAM_DATA_LEAST_WIDTH : self->head_height + CAM_DATA_ROW_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->number_width + 600 : self->head_height + 8 * CAM_DATA_ROW_HEIGHT;
}

static void
cam_data_grid_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  CamDataGrid *self = CAM_DATA_GRID (widget);
  const gsize first = (gsize) (cam_data_grid_get_y (self) / CAM_DATA_ROW_HEIGHT);
  const double offset = cam_data_grid_get_y (self) - (double) first * CAM_DATA_ROW_HEIGHT;
  double page_w = self->hadjustment != NULL ? gtk_adjustment_get_page_size (self->hadjustment) : 0;
  double page_h = self->vadjustment != NULL ? gtk_adjustment_get_page_size (self->vadjustment) : 0;

  if (page_w != cam_data_grid_page_width (self) || page_h != cam_data_grid_page_height (self) || self->places->len == 0)
    {
      cam_data_grid_settle_places (self);
      configure_adjustments (self);
      if (find_places (self))
        show_cards (self);
      show_rows (self, TRUE);
      tell_soon (self);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      gsize r = cam_data_row_get (CAM_DATA_ROW (row));

      if (gtk_widget_get_child_visible (row))
        gtk_widget_allocate (row, width, CAM_DATA_ROW_HEIGHT, -1,
                             gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float) (self->head_height + round ((double) (r - first) * CAM_DATA_ROW_HEIGHT - offset)))));
    }
  for (guint p = self->first_place; p < self->first_place + self->n_places; p++)
    {
      const CamDataPlace *place = &g_array_index (self->shown, CamDataPlace, p);
      GtkWidget *card = self->cards->pdata[p % self->cards->len];
      int least;

      gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_allocate (card, MAX (place->width, least), self->head_height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) place->x, 0)));
    }
}

static void
append_line (GtkSnapshot   *snapshot,
             const GdkRGBA *colour,
             double         x,
             double         y,
             double         width,
             double         height)
{
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
cam_data_grid_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  CamDataGrid *self = CAM_DATA_GRID (widget);
  const double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  const double bottom = self->table != NULL ? MIN (self->head_height + (double) cam_table_get_n_rows (self->table) * CAM_DATA_ROW_HEIGHT - cam_data_grid_get_y (self), height) : 0;
  GdkRGBA line, blue;

  if (!gtk_style_context_lookup_color (style, "cam_line", &line))
    line = (GdkRGBA) { 0, 0, 0, 0.085f };
  if (!gtk_style_context_lookup_color (style, "cam_blue", &blue))
    blue = (GdkRGBA) { 0.145f, 0.388f, 0.922f, 1 };

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) self->head_height, (float) width, (float) MAX (height - self->head_height, 0)));
  for (guint p = self->first_place; p < self->first_place + self->n_places && p < self->shown->len; p++)
    {
      const CamDataPlace *place = &g_array_index (self->shown, CamDataPlace, p);
      const double left = MAX (place->x, self->number_width);
      GdkRGBA tint = blue;

      tint.alpha = 0.06f;
      if (cam_columns_is_selected (self->columns, place->column))
        append_line (snapshot, &tint, left, self->head_height, place->x + place->width - left, bottom - self->head_height);
    }
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_snapshot_child (widget, self->rows->pdata[i], snapshot);
  for (guint p = self->first_place; p < self->first_place + self->n_places && p < self->shown->len; p++)
    {
      const CamDataPlace *place = &g_array_index (self->shown, CamDataPlace, p);

      if (place->x + place->width - 1 > self->number_width)
        append_line (snapshot, &line, place->x + place->width - 1, self->head_height, 1, bottom - self->head_height);
    }
  append_line (snapshot, &line, self->number_width - 1, self->head_height, 1, bottom - self->head_height);
  gtk_snapshot_pop (snapshot);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) self->number_width, 0, (float) MAX (width - self->number_width, 0), (float) self->head_height));
  for (guint i = 0; i < self->cards->len; i++)
    gtk_widget_snapshot_child (widget, self->cards->pdata[i], snapshot);
  gtk_snapshot_pop (snapshot);
  append_line (snapshot, &line, self->number_width - 1, 0, 1, self->head_height);
  append_line (snapshot, &line, 0, self->head_height - 1, width, 1);
  if (gtk_widget_has_visible_focus (widget))
    {
      GskRoundedRect outline;

      blue.alpha = 0.7f;
      gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (1, 1, (float) width - 2, (float) height - 2), 11);
      gtk_snapshot_append_border (snapshot, &outline, (float[]) { 2, 2, 2, 2 }, (GdkRGBA[]) { blue, blue, blue, blue });
    }
}

static void
set_adjustment (CamDataGrid    *self,
                GtkAdjustment **field,
                GtkAdjustment  *adjustment)
{
  if (*field == adjustment && adjustment != NULL)
    return;
  if (*field != NULL)
    g_signal_handlers_disconnect_by_func (*field, scrolled_cb, self);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  g_object_ref_sink (adjustment);
  g_clear_object (field);
  *field = adjustment;
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
cam_data_grid_get_border (GtkScrollable *scrollable,
                          GtkBorder     *border)
{
  CamDataGrid *self = CAM_DATA_GRID (scrollable);

  *border = (GtkBorder) { (gint16) self->number_width, 0, (gint16) self->head_height, 0 };
  return TRUE;
}

static void
cam_data_grid_scrollable_init (GtkScrollableInterface *iface)
{
  iface->get_border = cam_data_grid_get_border;
}

static void
cam_data_grid_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CamDataGrid *self = CAM_DATA_GRID (object);

  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_object (value, self->columns);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_grid_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CamDataGrid *self = CAM_DATA_GRID (object);

  switch (prop_id)
    {
    case PROP_COLUMNS:
      set_columns (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_grid_dispose (GObject *object)
{
  CamDataGrid *self = CAM_DATA_GRID (object);
  GtkWidget *child;

  g_clear_handle_id (&self->tell_timer, g_source_remove);
  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->hadjustment, scrolled_cb, self);
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, scrolled_cb, self);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->own_widths, g_free);
  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (cam_data_grid_parent_class)->dispose (object);
}

static void
cam_data_grid_class_init (CamDataGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_data_grid_dispose;
  object_class->get_property = cam_data_grid_get_property;
  object_class->set_property = cam_data_grid_set_property;
  widget_class->measure = cam_data_grid_measure;
  widget_class->size_allocate = cam_data_grid_size_allocate;
  widget_class->snapshot = cam_data_grid_snapshot;

  properties[PROP_COLUMNS] = g_param_spec_object ("columns", NULL, NULL, CAM_TYPE_COLUMNS, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[ROW_CHANGED] = g_signal_new ("row-changed", CAM_TYPE_DATA_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "datagrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
cam_data_grid_init (CamDataGrid *self)
{
  self->places = g_array_new (FALSE, TRUE, sizeof (CamDataPlace));
  self->shown = g_array_new (FALSE, TRUE, sizeof (CamDataPlace));
  self->rows = g_ptr_array_new ();
  self->cards = g_ptr_array_new ();
  self->dragged = -1;
  self->head_height = 90;
  self->number_width = 40;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  cam_data_grid_add_input (self);
}

void
cam_data_grid_set_row (CamDataGrid *self,
         gsize        row)
{
  if (self->table == NULL || cam_table_get_n_rows (self->table) == 0)
    return;
  self->row = MIN (row, cam_table_get_n_rows (self->table) - 1);
  self->has_focus_row = TRUE;
  show_rows (self, FALSE);
  g_signal_emit (self, signals[ROW_CHANGED], 0);
}

gsize
cam_data_grid_get_row (CamDataGrid *self)
{
  g_return_val_if_fail (CAM_IS_DATA_GRID (self), 0);

  return self->row;
}

void
cam_data_grid_go_to (CamDataGrid *self,
                     gsize        row)
{
  double top, page;

  g_return_if_fail (CAM_IS_DATA_GRID (self));

  cam_data_grid_set_row (self, row);
  if (self->vadjustment == NULL)
    return;
  top = (double) self->row * CAM_DATA_ROW_HEIGHT;
  page = gtk_adjustment_get_page_size (self->vadjustment);
  if (top < cam_data_grid_get_y (self))
    gtk_adjustment_set_value (self->vadjustment, top);
  else if (top + CAM_DATA_ROW_HEIGHT > cam_data_grid_get_y (self) + page)
    gtk_adjustment_set_value (self->vadjustment, top + CAM_DATA_ROW_HEIGHT - page);
}

void
cam_data_grid_show_column (CamDataGrid *self,
                           guint        column)
{
  const CamDataPlace *place;
  double value, page;
  int p;

  g_return_if_fail (CAM_IS_DATA_GRID (self));

  p = cam_data_grid_place_of (self, (int) column);
  if (p < 0 || self->hadjustment == NULL)
    return;
  place = cam_data_grid_peek_place (self, p);
  value = cam_data_grid_get_x (self);
  page = gtk_adjustment_get_page_size (self->hadjustment);
  if (place->x < value)
    gtk_adjustment_set_value (self->hadjustment, place->x);
  else if (place->x + place->width > value + page)
    gtk_adjustment_set_value (self->hadjustment, MIN (place->x, place->x + place->width - page));
}
