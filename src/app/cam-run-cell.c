/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that draw their text, chips or curve themselves. */

#include "cam-run-cell.h"

#include <glib/gi18n-lib.h>

#include "cam-run-spark.h"
#include "cam-run-tags.h"

/* Drawn beyond the edges, so that not every step of a scroll finds cells that are blank. */
#define MARGIN 240
#define CHIP_PAD 9
#define CHIP_GAP 6
#define CHIP_HEIGHT 21

struct _CamRunCell
{
  GtkWidget    parent_instance;

  CamRunSheet *sheet;       /* counted */
  CamRunRow   *row;         /* owned; NULL: none */
  gulong       handler;
  CamRunField  field;
  char        *told;        /* to a screen reader */
};

G_DEFINE_FINAL_TYPE (CamRunCell, cam_run_cell, GTK_TYPE_WIDGET)

/* The sheet ------------------------------------------------------------------------------------------------------------ */

CamRunSheet *
cam_run_sheet_new (CamRunRows *rows)
{
  CamRunSheet *self = g_rc_box_new0 (CamRunSheet);

  self->rows = rows;
  self->reader = cam_run_reader_new ();
  self->blank = g_hash_table_new (NULL, NULL);
  return self;
}

CamRunSheet *
cam_run_sheet_ref (CamRunSheet *self)
{
  return g_rc_box_acquire (self);
}

static void
sheet_free (gpointer data)
{
  CamRunSheet *self = data;

  cam_run_reader_unref (self->reader);
  g_hash_table_unref (self->blank);
}

void
cam_run_sheet_unref (CamRunSheet *self)
{
  g_rc_box_release_full (self, sheet_free);
}

void
cam_run_sheet_clear (CamRunSheet *self)
{
  self->rows = NULL;
  cam_run_reader_clear (self->reader);
}

void
cam_run_sheet_redraw (CamRunSheet *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->blank);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    gtk_widget_queue_draw (cell);
}

/* Drawing --------------------------------------------------------------------------------------------------------------- */

/* A list view gives its rows their places relative to what is seen of it. */
static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *row = widget, *list;
  double y = 0;

  while ((list = gtk_widget_get_parent (row)) != NULL && !GTK_IS_LIST_VIEW (list))
    row = list;
  if (list == NULL || !gtk_widget_translate_coordinates (row, list, 0, 0, NULL, &y))
    return TRUE;
  return y > -MARGIN - gtk_widget_get_height (row) && y < gtk_widget_get_height (list) + MARGIN;
}

static PangoLayout *
make_layout (CamRunCell *self,
             const char *text,
             int         width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  return layout;
}

static void
draw_text (CamRunCell  *self,
           GtkSnapshot *snapshot,
           const char  *text)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr(PangoLayout) layout = make_layout (self, text, gtk_widget_get_width (widget));
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), 0, (gtk_widget_get_height (widget) - height) / 2, layout);
}

/* As the style sheet's chips are. */
static void
find_inks (GtkStyleContext *context,
           const char      *colour,
           GdkRGBA         *ink,
           GdkRGBA         *ground)
{
  g_autofree char *name = g_strconcat ("cam_", colour, NULL);
  GdkRGBA fg;

  gtk_style_context_get_color (context, &fg);
  if (!gtk_style_context_lookup_color (context, name, ground))
    *ground = fg;
  *ink = (GdkRGBA) { ground->red * 0.75f + fg.red * 0.25f, ground->green * 0.75f + fg.green * 0.25f, ground->blue * 0.75f + fg.blue * 0.25f, 1 };
  ground->alpha = 0.13f;
}

/* Returns where it ends. */
static int
draw_chip (CamRunCell  *self,
           GtkSnapshot *snapshot,
           const char  *text,
           const char  *colour,
           int          x)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int room = gtk_widget_get_width (widget) - x, width, height;
  g_autoptr(PangoLayout) layout = make_layout (self, text, room - 2 * CHIP_PAD);
  PangoAttrList *attributes = pango_layout_get_attributes (layout);
  GskRoundedRect outline;
  GdkRGBA ink, ground;

  if (room < 2 * CHIP_PAD + 8)
    return x;
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (12.0 / 13));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  find_inks (context, colour, &ink, &ground);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) x, (float) (gtk_widget_get_height (widget) - CHIP_HEIGHT) / 2, (float) width + 2 * CHIP_PAD, CHIP_HEIGHT),
                                   CHIP_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x + CHIP_PAD, (float) (gtk_widget_get_height (widget) - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
  return x + width + 2 * CHIP_PAD + CHIP_GAP;
}

static const char *
state_colour (CamRunState state)
{
  switch (state)
    {
    case CAM_RUN_RUNNING:
      return "blue";
    case CAM_RUN_STOPPED:
      return "slate";
    case CAM_RUN_DIVERGED:
    case CAM_RUN_FAILED:
      return "red";
    case CAM_RUN_INTERRUPTED:
      return "amber";
    case CAM_RUN_FINISHED:
    case CAM_RUN_EARLY:
    default:
      return NULL;
    }
}

static void
draw_curve (CamRunCell  *self,
            GtkSnapshot *snapshot,
            CamRunItem  *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const double *values;
  guint n = 0;

  if (!cam_run_item_has_history (run))
    {
      cam_run_reader_want (self->sheet->reader, run);
      return;
    }
  values = cam_run_item_peek_history (run, record->monitor != NULL ? record->monitor : "loss", &n);
  if (values != NULL)
    cam_run_spark_draw (snapshot, gtk_widget_get_height (GTK_WIDGET (self)), values, n, cam_run_item_get_colour (run));
}

static char *
dup_text (CamRunCell *self)
{
  CamRunItem *run = self->row != NULL ? cam_run_row_get_run (self->row) : NULL;

  if (run == NULL || self->sheet->rows == NULL || self->field.kind == CAM_RUN_FIELD_CURVE)
    return NULL;
  return cam_run_field_dup_text (&self->field, run, cam_run_rows_get_when (self->sheet->rows));
}

static void
cam_run_cell_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  CamRunCell *self = CAM_RUN_CELL (widget);
  CamRunItem *run = self->row != NULL ? cam_run_row_get_run (self->row) : NULL;
  g_autofree char *text = NULL;
  const char *colour = NULL;
  int x = 0;

  if (run == NULL || self->sheet->rows == NULL)
    return;
  if (!is_in_sight (widget))
    {
      g_hash_table_add (self->sheet->blank, self);
      return;
    }
  g_hash_table_remove (self->sheet->blank, self);
  if (self->field.kind == CAM_RUN_FIELD_CURVE)
    {
      draw_curve (self, snapshot, run);
      return;
    }
  text = dup_text (self);
  if (self->field.kind == CAM_RUN_FIELD_STATE)
    colour = state_colour (cam_run_item_get_state (run));
  if (self->field.kind == CAM_RUN_FIELD_TAGS)
    for (char **tag = cam_run_item_get_record (run)->tags; *tag != NULL; tag++)
      x = draw_chip (self, snapshot, *tag, cam_run_tag_colour (*tag), x);
  else if (colour != NULL)
    draw_chip (self, snapshot, text, colour, 0);
  else
    draw_text (self, snapshot, text);
  if (g_strcmp0 (self->told, text) != 0)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      g_free (self->told);
      self->told = g_steal_pointer (&text);
    }
}

/* Columns have their own widths; the height is that of a line. */
static void
cam_run_cell_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  PangoFontMetrics *metrics;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 20;
      *natural = 80;
      return;
    }
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  *minimum = *natural = MAX (PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)), CAM_RUN_SPARK_HEIGHT);
  pango_font_metrics_unref (metrics);
}

static gboolean
cam_run_cell_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    is_keyboard,
                            GtkTooltip *tooltip)
{
  CamRunCell *self = CAM_RUN_CELL (widget);
  CamRunItem *run = self->row != NULL ? cam_run_row_get_run (self->row) : NULL;
  g_autofree char *text = dup_text (self);
  g_autofree char *summary = NULL;
  const CamRunRecord *record;

  if (run == NULL || text == NULL)
    return FALSE;
  record = cam_run_item_get_record (run);
  if (self->field.kind == CAM_RUN_FIELD_NAME)
    {
      g_object_get (run, "summary", &summary, NULL);
      gtk_tooltip_set_text (tooltip, record->message != NULL && *record->message != '\0' ? record->message : summary);
      return summary != NULL && *summary != '\0';
    }
  gtk_tooltip_set_text (tooltip, text);
  if (self->field.kind == CAM_RUN_FIELD_NOTE || self->field.kind == CAM_RUN_FIELD_TAGS)
    return *text != '\0';
  {
    g_autoptr(PangoLayout) layout = make_layout (self, text, gtk_widget_get_width (widget));

    return pango_layout_is_ellipsized (layout);
  }
}

static void
cam_run_cell_dispose (GObject *object)
{
  CamRunCell *self = CAM_RUN_CELL (object);

  cam_run_cell_set_row (self, NULL);
  g_clear_pointer (&self->sheet, cam_run_sheet_unref);
  G_OBJECT_CLASS (cam_run_cell_parent_class)->dispose (object);
}

static void
cam_run_cell_finalize (GObject *object)
{
  g_free (CAM_RUN_CELL (object)->told);
  G_OBJECT_CLASS (cam_run_cell_parent_class)->finalize (object);
}

static void
cam_run_cell_class_init (CamRunCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_run_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_run_cell_finalize;
  widget_class->snapshot = cam_run_cell_snapshot;
  widget_class->measure = cam_run_cell_measure;
  widget_class->query_tooltip = cam_run_cell_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "runcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
cam_run_cell_init (CamRunCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
cam_run_cell_new (CamRunSheet       *sheet,
                  const CamRunField *field)
{
  CamRunCell *self = g_object_new (CAM_TYPE_RUN_CELL, NULL);

  self->sheet = cam_run_sheet_ref (sheet);
  self->field = *field;
  return GTK_WIDGET (self);
}

void
cam_run_cell_set_row (CamRunCell *self,
                      CamRunRow  *row)
{
  g_return_if_fail (CAM_IS_RUN_CELL (self));

  if (self->row == row)
    return;
  g_clear_signal_handler (&self->handler, self->row);
  g_set_object (&self->row, row);
  if (row != NULL)
    self->handler = g_signal_connect_swapped (row, "changed", G_CALLBACK (gtk_widget_queue_draw), self);
  else if (self->sheet != NULL)
    g_hash_table_remove (self->sheet->blank, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

CamRunRow *
cam_run_cell_get_row (CamRunCell *self)
{
  g_return_val_if_fail (CAM_IS_RUN_CELL (self), NULL);

  return self->row;
}
