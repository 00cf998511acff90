/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of an import: names and kinds above the first hundred rows. */

#include "cam-import-preview.h"

#include <glib/gi18n-lib.h>

#include "cam-table-rows.h"
#include "cam-words.h"

#define MOST_ROWS    100
/* Columns beyond are counted, not shown: a picture has hundreds of them, all alike. */
#define MOST_COLUMNS 40
/* In pixels. */
#define CELL_PADDING 26
#define LEAST_WIDTH  64
#define MOST_WIDTH   260

struct _CamImportPreview
{
  AdwBin         parent_instance;

  CamTable      *table;       /* owned; NULL: nothing shown */

  /* borrowed: children */
  GtkColumnView *view;
  GtkLabel      *more;
};

G_DEFINE_FINAL_TYPE (CamImportPreview, cam_import_preview, ADW_TYPE_BIN)

static const char *
get_kind_word (CamColumnKind kind)
{
  switch (kind)
    {
    case CAM_COLUMN_NUMBER:
      return _("number");
    case CAM_COLUMN_DATE:
      return _("date");
    case CAM_COLUMN_YES_NO:
      return _("yes/no");
    case CAM_COLUMN_TEXT:
      return _("text");
    case CAM_COLUMN_CATEGORY:
    default:
      return _("category");
    }
}

typedef struct
{
  guint    column;
  gboolean is_number;
} CellData;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          CellData                 *data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), data->is_number ? 1.0f : 0.0f);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  if (data->is_number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         CellData                 *data)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = cam_table_row_dup_text (gtk_list_item_get_item (item), data->column);

  /* A line break in a cell would be a second line. */
  g_strdelimit (text, "\n\r", ' ');
  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
cell_data_free (gpointer  data,
                GClosure *closure)
{
  g_free (data);
}

/* As wide as the head and the widest of the cells, within limits: what is longer is cut, and the column can be drawn wider. */
static int
measure_column (CamImportPreview *self,
                guint             column,
                const char       *title)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), title);
  const gboolean is_number = cam_column_kind_is_numeric (cam_table_get_kind (self->table, column));
  glong longest = 0;
  int widest, width;

  pango_layout_get_pixel_size (layout, &widest, NULL);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  for (gsize row = 0; row < MIN (cam_table_get_n_rows (self->table), MOST_ROWS) && widest < MOST_WIDTH; row++)
    {
      g_autofree char *text = cam_table_dup_text (self->table, column, row);
      glong length = g_utf8_strlen (text, -1);

      /* Measuring is dear: what is much shorter than another is no wider. */
      if (length + 3 < longest)
        continue;
      longest = MAX (longest, length);
      /* Figures of a column of numbers are all as wide as a zero. */
      for (char *c = text; is_number && *c != '\0'; c++)
        if (g_ascii_isdigit (*c))
          *c = '0';
      pango_layout_set_text (layout, text, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }

  return CLAMP (widest + CELL_PADDING, LEAST_WIDTH, MOST_WIDTH);
}

static void
add_column (CamImportPreview *self,
            guint             column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CamColumnKind kind = cam_table_get_kind (self->table, column);
  g_autofree char *title = g_strdup_printf ("%s\n%s", cam_table_get_name (self->table, column), get_kind_word (kind));
  g_autoptr(GtkColumnViewColumn) made = NULL;
  CellData *data = g_new0 (CellData, 1);

  data->column = column;
  data->is_number = cam_column_kind_is_numeric (kind);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, cell_data_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  made = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_fixed_width (made, measure_column (self, column, title));
  if (cam_table_get_n_columns (self->table) == 1)
    gtk_column_view_column_set_expand (made, TRUE);
  gtk_column_view_append_column (self->view, made);
}

/* The kind below the name, in lighter letters, and both where the cells stand. The view has no property for that; the label of a title is within its box. */
static void
dress_titles (CamImportPreview *self)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->view)));

  for (guint i = 0; i < cam_table_get_n_columns (self->table) && title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *label = gtk_widget_get_first_child (title);
      CamColumnKind kind = cam_table_get_kind (self->table, i);
      g_autofree char *markup = g_markup_printf_escaped ("%s\n<span weight=\"normal\" alpha=\"62%%\">%s</span>", cam_table_get_name (self->table, i), get_kind_word (kind));

      while (label != NULL && !GTK_IS_LABEL (label))
        label = gtk_widget_get_first_child (label);
      if (label == NULL)
        continue;
      gtk_label_set_markup (GTK_LABEL (label), markup);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), cam_column_kind_is_numeric (kind) ? 1.0f : 0.0f);
      gtk_label_set_justify (GTK_LABEL (label), cam_column_kind_is_numeric (kind) ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
    }
}

static void
clear (CamImportPreview *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  gtk_column_view_set_model (self->view, NULL);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  g_clear_pointer (&self->table, cam_table_unref);
}

void
cam_import_preview_set_table (CamImportPreview *self,
                              CamTable         *table)
{
  guint n_all, n;

  g_return_if_fail (CAM_IS_IMPORT_PREVIEW (self));

  clear (self);
  if (table == NULL)
    return;
  self->table = cam_table_ref (table);
  n_all = cam_table_get_n_columns (table);
  n = MIN (n_all, MOST_COLUMNS);
  for (guint i = 0; i < n; i++)
    add_column (self, i);
  dress_titles (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (cam_table_rows_new (table, MOST_ROWS)))));

  gtk_widget_set_visible (GTK_WIDGET (self->more), n_all > n);
  if (n_all > n)
    {
      g_autofree char *count = cam_words_count (n_all - n);
      g_autofree char *text = g_strdup_printf (ngettext ("and %s column more", "and %s columns more", n_all - n), count);

      gtk_label_set_label (self->more, text);
    }
}

static void
cam_import_preview_dispose (GObject *object)
{
  CamImportPreview *self = CAM_IMPORT_PREVIEW (object);

  if (self->view != NULL)
    clear (self);
  self->view = NULL;
  G_OBJECT_CLASS (cam_import_preview_parent_class)->dispose (object);
}

static void
cam_import_preview_class_init (CamImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cam_import_preview_dispose;
}

static void
cam_import_preview_init (CamImportPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *body = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_column_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "cam-import-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("First rows"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (body), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (body, TRUE);
  gtk_box_append (GTK_BOX (box), body);

  self->more = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "caption");
  gtk_label_set_xalign (self->more, 0.0f);
  gtk_widget_set_margin_start (GTK_WIDGET (self->more), 16);
  gtk_widget_set_margin_top (GTK_WIDGET (self->more), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->more), 6);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  adw_bin_set_child (ADW_BIN (self), box);
}
