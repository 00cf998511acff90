/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card with figures in rows and columns. */
#include "cam-figure-card.h"

struct _CamFigureCard
{
  AdwBin      parent_instance;

  /* owned */
  char      **columns;
  char      **rows;
  GPtrArray  *figures;      /* of GtkLabel, row by row; the grid holds them */

  /* children */
  GtkLabel   *title;
  GtkLabel   *subtitle;
  GtkGrid    *grid;
};

G_DEFINE_FINAL_TYPE (CamFigureCard, cam_figure_card, ADW_TYPE_BIN)

static guint
count (char **texts)
{
  return texts != NULL ? g_strv_length (texts) : 1;
}

static GtkWidget *
new_label (const char *text,
           float       xalign,
           const char *first_class,
           const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

static void
fill_grid (CamFigureCard *self)
{
  const guint n_columns = count (self->columns);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  g_ptr_array_set_size (self->figures, 0);

  for (guint column = 0; self->columns != NULL && column < n_columns; column++)
    gtk_grid_attach (self->grid, new_label (self->columns[column], 1, "cam-caption", "dim-label"), (int) column + 1, 0, 1, 1);
  for (guint row = 0; self->rows[row] != NULL; row++)
    {
      GtkWidget *name = new_label (self->rows[row], 0, "cam-secondary", "dim-label");

      gtk_widget_set_hexpand (name, TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (name, self->rows[row]);
      gtk_grid_attach (self->grid, name, 0, (int) row + 1, 1, 1);
      for (guint column = 0; column < n_columns; column++)
        {
          GtkWidget *figure = new_label ("", 1, "numeric", self->columns != NULL && column == 0 ? "cam-figure" : "cam-body");
          g_autofree char *place = self->columns != NULL ? g_strdup_printf ("%s, %s", self->rows[row], self->columns[column]) : g_strdup (self->rows[row]);

          gtk_accessible_update_property (GTK_ACCESSIBLE (figure), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place, -1);
          gtk_grid_attach (self->grid, figure, (int) column + 1, (int) row + 1, 1, 1);
          g_ptr_array_add (self->figures, figure);
        }
    }
}

static void
cam_figure_card_finalize (GObject *object)
{
  CamFigureCard *self = CAM_FIGURE_CARD (object);

  g_strfreev (self->columns);
  g_strfreev (self->rows);
  g_ptr_array_unref (self->figures);
  G_OBJECT_CLASS (cam_figure_card_parent_class)->finalize (object);
}

static void
cam_figure_card_class_init (CamFigureCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_figure_card_finalize;
}

static void
cam_figure_card_init (CamFigureCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->figures = g_ptr_array_new ();
  self->rows = g_new0 (char *, 1);
  self->title = GTK_LABEL (new_label ("", 0, "heading", NULL));
  self->subtitle = GTK_LABEL (new_label ("", 0, "cam-secondary", "dim-label"));
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (self->subtitle, PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), FALSE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 8);
  gtk_grid_set_row_spacing (self->grid, 5);
  gtk_grid_set_column_spacing (self->grid, 14);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->subtitle));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "cam-card");
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
cam_figure_card_new (void)
{
  return g_object_new (CAM_TYPE_FIGURE_CARD, NULL);
}

void
cam_figure_card_set_title (CamFigureCard *self,
                           const char    *title,
                           const char    *subtitle)
{
  g_return_if_fail (CAM_IS_FIGURE_CARD (self));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL);
}

static gboolean
same_texts (char              **have,
            const char *const  *wanted)
{
  if (have == NULL || wanted == NULL)
    return have == NULL && wanted == NULL;
  return g_strv_equal ((const char *const *) have, wanted);
}

void
cam_figure_card_set_shape (CamFigureCard      *self,
                           const char *const  *columns,
                           const char *const  *rows)
{
  g_return_if_fail (CAM_IS_FIGURE_CARD (self));
  g_return_if_fail (rows != NULL);

  if (same_texts (self->columns, columns) && same_texts (self->rows, rows))
    return;
  g_strfreev (self->columns);
  g_strfreev (self->rows);
  self->columns = g_strdupv ((char **) columns);
  self->rows = g_strdupv ((char **) rows);
  fill_grid (self);
}

static GtkLabel *
find_figure (CamFigureCard *self,
             guint          row,
             guint          column)
{
  const guint n_columns = count (self->columns);

  return column < n_columns && row * n_columns + column < self->figures->len ? self->figures->pdata[row * n_columns + column] : NULL;
}

void
cam_figure_card_set (CamFigureCard *self,
                     guint          row,
                     guint          column,
                     const char    *text)
{
  GtkLabel *figure;

  g_return_if_fail (CAM_IS_FIGURE_CARD (self));

  figure = find_figure (self, row, column);
  g_return_if_fail (figure != NULL);
  if (g_strcmp0 (gtk_label_get_label (figure), text) != 0)
    gtk_label_set_label (figure, text);
}

const char *
cam_figure_card_get (CamFigureCard *self,
                     guint          row,
                     guint          column)
{
  GtkLabel *figure;

  g_return_val_if_fail (CAM_IS_FIGURE_CARD (self), NULL);

  figure = find_figure (self, row, column);
  return figure != NULL ? gtk_label_get_label (figure) : NULL;
}
