/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of CamColumnTable. */

#include "cam-column-cell.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cam-bars.h"
#include "cam-words.h"

typedef struct
{
  const char *title;
  int         width;        /* −1: what is left */
  gboolean    is_number;
} Look;

static const Look looks[CAM_COLUMN_N_CELLS] = {
  [CAM_COLUMN_CELL_NAME] = { N_("Column"), -1, FALSE },
  [CAM_COLUMN_CELL_ROLE] = { N_("Role"), 78, FALSE },
  [CAM_COLUMN_CELL_KIND] = { N_("Kind"), 86, FALSE },
  [CAM_COLUMN_CELL_MISSING] = { N_("Missing"), 80, TRUE },
  [CAM_COLUMN_CELL_PREPARATION] = { N_("Prepared"), 92, FALSE },
  [CAM_COLUMN_CELL_BARS] = { N_("Values"), 100, FALSE },
  [CAM_COLUMN_CELL_MIN] = { N_("Min"), 76, TRUE },
  [CAM_COLUMN_CELL_MEAN] = { N_("Mean"), 76, TRUE },
  [CAM_COLUMN_CELL_MAX] = { N_("Max"), 76, TRUE },
  [CAM_COLUMN_CELL_TOP] = { N_("Most frequent"), 124, FALSE },
};

/* What is shown ----------------------------------------------------------------------------------------------------- */

static double
get_number (CamColumnItem *item,
            CamColumnCell  cell)
{
  const CamColumnFacts *facts = cam_column_item_get_facts (item);

  switch (cell)
    {
    case CAM_COLUMN_CELL_MISSING:
      return (double) facts->n_missing;
    case CAM_COLUMN_CELL_BARS:
      return (double) facts->n_different;
    case CAM_COLUMN_CELL_MIN:
      return facts->min;
    case CAM_COLUMN_CELL_MEAN:
      return facts->mean;
    case CAM_COLUMN_CELL_MAX:
      return facts->max;
    default:
      return NAN;
    }
}

static char *
dup_text (CamColumnItem *item,
          CamColumnCell  cell)
{
  const CamColumnFacts *facts = cam_column_item_get_facts (item);

  switch (cell)
    {
    case CAM_COLUMN_CELL_NAME:
      return g_strdup (cam_column_item_get_name (item));
    case CAM_COLUMN_CELL_ROLE:
      return g_strdup (cam_column_item_get_role (item));
    case CAM_COLUMN_CELL_KIND:
      return g_strdup (cam_column_item_get_kind (item));
    case CAM_COLUMN_CELL_MISSING:
      return cam_words_count (facts->n_missing);
    case CAM_COLUMN_CELL_PREPARATION:
      return g_strdup (g_str_equal (cam_column_item_peek (item, "role"), "feature") ? cam_column_item_get_preparation (item) : "–");
    case CAM_COLUMN_CELL_TOP:
      if (facts->top == NULL)
        return g_strdup (facts->is_known ? "–" : "");
      {
        g_autofree char *share = cam_words_share ((double) facts->n_top / (double) MAX (facts->n, 1));

        return g_strdup_printf ("%s · %s", facts->top, share);
      }
    case CAM_COLUMN_CELL_MIN:
    case CAM_COLUMN_CELL_MEAN:
    case CAM_COLUMN_CELL_MAX:
      return facts->is_known ? cam_column_item_dup_value (item, get_number (item, cell)) : g_strdup ("");
    default:
      return g_strdup ("");
    }
}

/* Cells ------------------------------------------------------------------------------------------------------------- */

static void
set_ink (GtkWidget  *widget,
         const char *ink)
{
  const char *before = g_object_get_data (G_OBJECT (widget), "ink");

  if (before == ink)
    return;
  if (before != NULL)
    gtk_widget_remove_css_class (widget, before);
  if (ink != NULL)
    gtk_widget_add_css_class (widget, ink);
  g_object_set_data (G_OBJECT (widget), "ink", (gpointer) ink);
}

static void
show_bars (GtkWidget     *bars,
           CamColumnItem *item)
{
  const CamColumnFacts *facts = cam_column_item_get_facts (item);
  g_autofree char *label = g_strdup_printf (_("Histogram of %s"), cam_column_item_get_name (item));

  cam_bars_set_counts (CAM_BARS (bars), facts->bars, NULL, facts->n_bars);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bars), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  set_ink (bars, cam_column_item_get_hue (item));
}

static void
show (GtkListItem *list_item)
{
  CamColumnItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  CamColumnCell cell = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "cell"));
  g_autofree char *text = NULL;
  GtkWidget *label = child;

  if (cell == CAM_COLUMN_CELL_BARS)
    {
      show_bars (child, item);
      return;
    }
  text = dup_text (item, cell);
  if (cell == CAM_COLUMN_CELL_NAME)
    {
      GtkWidget *icon = gtk_widget_get_first_child (child);

      label = gtk_widget_get_last_child (child);
      gtk_image_set_from_icon_name (GTK_IMAGE (icon), cam_column_item_get_icon (item));
      set_ink (icon, cam_column_item_get_hue (item));
      gtk_widget_set_tooltip_text (child, text);
    }
  gtk_label_set_label (GTK_LABEL (label), text);
  if (cell == CAM_COLUMN_CELL_ROLE)
    set_ink (label, g_str_equal (cam_column_item_peek (item, "role"), "target") ? "cam-ink-target" : NULL);
  if (cell == CAM_COLUMN_CELL_MISSING)
    set_ink (label, cam_column_item_get_facts (item)->n_missing > 0 ? "cam-ink-warning" : NULL);
  gtk_widget_set_opacity (child, g_str_equal (cam_column_item_peek (item, "role"), "ignored") ? 0.55 : 1);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  data)
{
  CamColumnCell cell = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *child = label;

  gtk_label_set_ellipsize (GTK_LABEL (label), cell == CAM_COLUMN_CELL_NAME ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), looks[cell].is_number ? 1.0f : 0.0f);
  gtk_label_set_width_chars (GTK_LABEL (label), 1);
  if (cell == CAM_COLUMN_CELL_BARS)
    {
      g_object_ref_sink (label);
      g_object_unref (label);
      child = cam_bars_new ();
      gtk_widget_set_size_request (child, -1, 22);
      gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
    }
  else if (cell == CAM_COLUMN_CELL_NAME)
    {
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_box_append (GTK_BOX (child), gtk_image_new ());
      gtk_box_append (GTK_BOX (child), label);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (label, "cam-run-name");
    }
  g_object_set_data (G_OBJECT (child), "cell", data);
  gtk_list_item_set_child (list_item, child);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  data)
{
  g_signal_connect_object (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (show), list_item, G_CONNECT_SWAPPED);
  show (list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show, list_item);
}

/* Order ------------------------------------------------------------------------------------------------------------- */

static int
compare_numbers (double a,
                 double b)
{
  /* What has no number stands last either way a person reads: at the end of a rising list. */
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  CamColumnItem *x = CAM_COLUMN_ITEM ((gpointer) a), *y = CAM_COLUMN_ITEM ((gpointer) b);
  CamColumnCell cell = GPOINTER_TO_UINT (data);
  int order;

  if (looks[cell].is_number || cell == CAM_COLUMN_CELL_BARS)
    order = compare_numbers (get_number (x, cell), get_number (y, cell));
  else
    {
      g_autofree char *text_x = dup_text (x, cell), *text_y = dup_text (y, cell);
      g_autofree char *key_x = g_utf8_collate_key_for_filename (text_x, -1), *key_y = g_utf8_collate_key_for_filename (text_y, -1);

      order = strcmp (key_x, key_y);
    }
  if (order == 0)
    order = (cam_column_item_get_column (x) > cam_column_item_get_column (y)) - (cam_column_item_get_column (x) < cam_column_item_get_column (y));
  return order < 0 ? GTK_ORDERING_SMALLER : order > 0 ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

gboolean
cam_column_cell_is_number (CamColumnCell cell)
{
  g_return_val_if_fail (cell < CAM_COLUMN_N_CELLS, FALSE);

  return looks[cell].is_number;
}

GtkColumnViewColumn *
cam_column_cell_new (CamColumnCell cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, GUINT_TO_POINTER (cell), NULL));

  g_return_val_if_fail (cell < CAM_COLUMN_N_CELLS, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (cell));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (cell));
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), GUINT_TO_POINTER (cell));
  column = gtk_column_view_column_new (_(looks[cell].title), factory);
  if (looks[cell].width > 0)
    gtk_column_view_column_set_fixed_width (column, looks[cell].width);
  gtk_column_view_column_set_expand (column, looks[cell].width < 0);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_sorter (column, sorter);
  return column;
}
