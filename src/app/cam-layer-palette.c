/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All kinds of layer by category. */
#include "cam-layer-palette.h"

#include <cam-layer.h>

#include <string.h>

#include "cam-layer-look.h"

#define COMPACT_WIDTH 220
#define COMPACT_HEIGHT 320

struct _CamLayerPalette
{
  GtkBox             parent_instance;

  /* template children */
  GtkSearchEntry    *search;
  GtkBox            *inside;
  GtkScrolledWindow *scroller;
  GtkListBox        *list;
  GtkWidget         *nothing;

  GtkWidget         *between;       /* hidden while somebody searches */
};

G_DEFINE_FINAL_TYPE (CamLayerPalette, cam_layer_palette, GTK_TYPE_BOX)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const CamLayerKind *
get_kind (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "kind");
}

static gboolean
matches (CamLayerPalette    *self,
         const CamLayerKind *kind)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (cam_layer_kind_get_name (kind), -1);
  g_autofree char *title = g_utf8_casefold (cam_layer_category_title (cam_layer_kind_get_category (kind)), -1);
  g_autofree char *note = g_utf8_casefold (cam_layer_kind_get_note (kind), -1);

  g_strstrip (wanted);
  return *wanted == '\0' || strstr (name, wanted) != NULL || strstr (note, wanted) != NULL || g_str_has_prefix (title, wanted);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  return matches (user_data, get_kind (row));
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  CamLayerCategory category = cam_layer_kind_get_category (get_kind (row));
  GtkWidget *title;

  if (before != NULL && cam_layer_kind_get_category (get_kind (before)) == category)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  title = gtk_label_new (cam_layer_category_title (category));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "cam-section");
  gtk_widget_add_css_class (title, "cam-palette-title");
  gtk_list_box_row_set_header (row, title);
}

static GtkWidget *
make_row (const CamLayerKind *kind)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *tile = gtk_image_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (cam_layer_kind_get_name (kind));
  GtkWidget *note = gtk_label_new (cam_layer_kind_get_note (kind));

  gtk_widget_add_css_class (tile, "cam-tile");
  gtk_widget_add_css_class (tile, "small");
  cam_layer_tile_set_kind (GTK_IMAGE (tile), kind);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "cam-palette-name");
  gtk_box_append (GTK_BOX (box), tile);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (note, "cam-caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), note);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  g_object_set_data (G_OBJECT (row), "kind", (gpointer) kind);
  gtk_widget_set_tooltip_text (row, cam_layer_kind_get_note (kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, cam_layer_kind_get_name (kind),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cam_layer_kind_get_note (kind), -1);
  return row;
}

static void
row_activated_cb (CamLayerPalette *self,
                  GtkListBoxRow   *row,
                  GtkListBox      *list)
{
  g_signal_emit (self, signals[CHOSEN], 0, cam_layer_kind_get_name (get_kind (row)));
}

static GtkListBoxRow *
find_first (CamLayerPalette *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (matches (self, get_kind (row)))
      return row;
  return NULL;
}

static void
search_changed_cb (CamLayerPalette *self)
{
  gboolean is_searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';

  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  gtk_widget_set_visible (self->nothing, find_first (self) == NULL);
  if (self->between != NULL)
    gtk_widget_set_visible (self->between, !is_searching);
}

static void
search_activate_cb (CamLayerPalette *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    row_activated_cb (self, row, self->list);
}

static void
stop_search_cb (CamLayerPalette *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static gboolean
cam_layer_palette_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CAM_LAYER_PALETTE (widget)->search));
}

static void
cam_layer_palette_class_init (CamLayerPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = cam_layer_palette_grab_focus;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-layer-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, CamLayerPalette, search);
  gtk_widget_class_bind_template_child (widget_class, CamLayerPalette, inside);
  gtk_widget_class_bind_template_child (widget_class, CamLayerPalette, scroller);
  gtk_widget_class_bind_template_child (widget_class, CamLayerPalette, list);
  gtk_widget_class_bind_template_child (widget_class, CamLayerPalette, nothing);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static int
compare_categories (gconstpointer a,
                    gconstpointer b)
{
  CamLayerCategory left = cam_layer_kind_get_category (*(const CamLayerKind *const *) a);
  CamLayerCategory right = cam_layer_kind_get_category (*(const CamLayerKind *const *) b);

  return (int) left - (int) right;
}

static void
cam_layer_palette_init (CamLayerPalette *self)
{
  g_autoptr(GPtrArray) kinds = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (const CamLayerKind *const *kind = cam_layer_kind_list (); *kind != NULL; kind++)
    g_ptr_array_add (kinds, (gpointer) *kind);
  /* Stable: within a category they keep the order in which they are offered. */
  g_ptr_array_sort (kinds, compare_categories);
  for (guint i = 0; i < kinds->len; i++)
    gtk_list_box_append (self->list, make_row (kinds->pdata[i]));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
}

GtkWidget *
cam_layer_palette_new (void)
{
  return g_object_new (CAM_TYPE_LAYER_PALETTE, NULL);
}

void
cam_layer_palette_set_compact (CamLayerPalette *self,
                               gboolean         is_compact)
{
  g_return_if_fail (CAM_IS_LAYER_PALETTE (self));

  gtk_widget_set_size_request (GTK_WIDGET (self), is_compact ? COMPACT_WIDTH : -1, -1);
  gtk_scrolled_window_set_propagate_natural_height (self->scroller, is_compact);
  gtk_scrolled_window_set_max_content_height (self->scroller, is_compact ? COMPACT_HEIGHT : -1);
}

void
cam_layer_palette_set_between (CamLayerPalette *self,
                               GtkWidget       *widget)
{
  g_return_if_fail (CAM_IS_LAYER_PALETTE (self));
  g_return_if_fail (GTK_IS_WIDGET (widget) && self->between == NULL);

  self->between = widget;
  gtk_box_prepend (self->inside, widget);
}
