/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The classes of an evaluation in a list. */
#include "cam-class-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-words.h"

#define LEAST_HEIGHT 300
#define FIRST_ROWS 32           /* a list view makes widgets for two hundred rows whether they are seen or not: more are offered as they are scrolled to */

/* An item: one class */
#define CAM_TYPE_CLASS_ITEM (cam_class_item_get_type ())
G_DECLARE_FINAL_TYPE (CamClassItem, cam_class_item, CAM, CLASS_ITEM, GObject)

struct _CamClassItem
{
  GObject        parent_instance;
  char          *name;
  guint          k;
  gsize          n_rows;
  CamClassScores scores;
};

G_DEFINE_FINAL_TYPE (CamClassItem, cam_class_item, G_TYPE_OBJECT)

static void
cam_class_item_finalize (GObject *object)
{
  g_free (CAM_CLASS_ITEM (object)->name);
  G_OBJECT_CLASS (cam_class_item_parent_class)->finalize (object);
}

static void
cam_class_item_class_init (CamClassItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_class_item_finalize;
}

static void
cam_class_item_init (CamClassItem *self)
{
}

struct _CamClassTable
{
  AdwBin              parent_instance;

  /* owned */
  GListStore         *classes;
  GtkSliceListModel  *offered;       /* the first ones, as they are sorted */
  GtkSingleSelection *selection;

  /* borrowed: within it */
  GtkColumnView      *view;
  gboolean            is_setting;
};

G_DEFINE_FINAL_TYPE (CamClassTable, cam_class_table, ADW_TYPE_BIN)

enum { CLASS_CHOSEN, CLASS_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef enum { COLUMN_NAME, COLUMN_PRECISION, COLUMN_RECALL, COLUMN_F1, COLUMN_ROWS, N_COLUMNS } Column;

static double
get_value (const CamClassItem *item,
           Column              column)
{
  switch (column)
    {
    case COLUMN_PRECISION:
      return item->scores.precision;
    case COLUMN_RECALL:
      return item->scores.recall;
    case COLUMN_F1:
      return item->scores.f1;
    case COLUMN_ROWS:
      return (double) item->n_rows;
    case COLUMN_NAME:
    case N_COLUMNS:
    default:
      return item->k;
    }
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  Column column = GPOINTER_TO_UINT (user_data);
  double first = get_value ((const CamClassItem *) a, column), second = get_value ((const CamClassItem *) b, column);

  return (first > second) - (first < second);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_UINT (user_data) == COLUMN_NAME ? 0 : 1);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  Column column = GPOINTER_TO_UINT (user_data);
  const CamClassItem *klass = gtk_list_item_get_item (item);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  if (column == COLUMN_NAME)
    text = g_strdup (klass->name);
  else if (column == COLUMN_ROWS)
    text = cam_words_count (klass->n_rows);
  else
    text = g_strdup (g_ascii_formatd (number, sizeof number, "%.3f", get_value (klass, column)));
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
add_column (CamClassTable *self,
            Column         column,
            const char    *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) view = gtk_column_view_column_new (title, factory);
  g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, GUINT_TO_POINTER (column), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
  gtk_column_view_column_set_sorter (view, sorter);
  gtk_column_view_column_set_expand (view, column == COLUMN_NAME);
  gtk_column_view_append_column (self->view, view);
}

/* Titles of numbers stand at the right like the numbers; a column view has no setting for it. */
static void
align_titles (CamClassTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view)), *title = gtk_widget_get_first_child (header);

  for (guint column = 0; title != NULL && column < N_COLUMNS; column++, title = gtk_widget_get_next_sibling (title))
    if (column != COLUMN_NAME && gtk_widget_get_first_child (title) != NULL)
      gtk_widget_set_halign (gtk_widget_get_first_child (title), GTK_ALIGN_END);
}

static void
selected_cb (CamClassTable *self)
{
  CamClassItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (!self->is_setting && item != NULL)
    g_signal_emit (self, signals[CLASS_CHOSEN], 0, item->k);
}

static void
scrolled_cb (CamClassTable *self,
             GtkAdjustment *adjustment)
{
  guint n = gtk_slice_list_model_get_size (self->offered);

  if (gtk_adjustment_get_value (adjustment) + 2 * gtk_adjustment_get_page_size (adjustment) > gtk_adjustment_get_upper (adjustment)
      && n < g_list_model_get_n_items (G_LIST_MODEL (self->classes)))
    gtk_slice_list_model_set_size (self->offered, 2 * n);
}

static void
activated_cb (CamClassTable *self,
              guint          position)
{
  g_autoptr(CamClassItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[CLASS_ACTIVATED], 0, item->k);
}

void
cam_class_table_set_evaluation (CamClassTable *self,
                                CamEvaluation *evaluation)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (CAM_IS_CLASS_TABLE (self) && evaluation != NULL && evaluation->confusion != NULL);

  for (guint k = 0; k < evaluation->confusion->n_classes; k++)
    {
      CamClassItem *item = g_object_new (CAM_TYPE_CLASS_ITEM, NULL);
      CamCounts counts;

      cam_confusion_count (evaluation->confusion, k, &counts);
      item->name = g_strdup (evaluation->class_names[k]);
      item->k = k;
      item->n_rows = evaluation->confusion->truths[k];
      item->scores = (CamClassScores) { cam_counts_get_precision (&counts), cam_counts_get_recall (&counts), cam_counts_get_f1 (&counts) };
      g_ptr_array_add (items, item);
    }
  self->is_setting = TRUE;
  g_list_store_splice (self->classes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->classes)), items->pdata, items->len);
  self->is_setting = FALSE;
}

void
cam_class_table_choose (CamClassTable *self,
                        guint          k)
{
  GListModel *sorted;

  g_return_if_fail (CAM_IS_CLASS_TABLE (self));

  sorted = gtk_slice_list_model_get_model (self->offered);
  for (guint i = 0; i < g_list_model_get_n_items (sorted); i++)
    {
      g_autoptr(CamClassItem) item = g_list_model_get_item (sorted, i);

      if (item->k != k)
        continue;
      self->is_setting = TRUE;
      if (i >= gtk_slice_list_model_get_size (self->offered))
        gtk_slice_list_model_set_size (self->offered, i + FIRST_ROWS);
      gtk_single_selection_set_selected (self->selection, i);
      self->is_setting = FALSE;
      return;
    }
}

static void
cam_class_table_finalize (GObject *object)
{
  CamClassTable *self = CAM_CLASS_TABLE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->offered);
  g_clear_object (&self->classes);
  G_OBJECT_CLASS (cam_class_table_parent_class)->finalize (object);
}

static void
cam_class_table_class_init (CamClassTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_class_table_finalize;
  signals[CLASS_CHOSEN] = g_signal_new ("class-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CLASS_ACTIVATED] = g_signal_new ("class-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cam_class_table_init (CamClassTable *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *title = gtk_label_new (_("Classes")), *hint = gtk_label_new (_("Choose one for its curve; Enter lists its wrong rows")),
            *scrolled = gtk_scrolled_window_new (), *view;
  GtkSortListModel *sorted;

  self->classes = g_list_store_new (CAM_TYPE_CLASS_ITEM);
  view = gtk_column_view_new (NULL);
  self->view = GTK_COLUMN_VIEW (view);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->classes)), g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->offered = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, FIRST_ROWS);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->offered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  add_column (self, COLUMN_NAME, _("class"));
  add_column (self, COLUMN_PRECISION, _("precision"));
  add_column (self, COLUMN_RECALL, _("recall"));
  add_column (self, COLUMN_F1, "F1");
  add_column (self, COLUMN_ROWS, _("rows"));
  align_titles (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Classes"), -1);
  gtk_widget_add_css_class (view, "cam-grid");
  gtk_widget_add_css_class (view, "dense");
  gtk_widget_add_css_class (view, "narrow");
  gtk_widget_add_css_class (view, "numeric");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_ellipsize (GTK_LABEL (hint), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (hint, "cam-secondary");
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), LEAST_HEIGHT - 90);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "cam-card");
  gtk_box_append (GTK_BOX (card), title);
  gtk_box_append (GTK_BOX (card), hint);
  gtk_box_append (GTK_BOX (card), scrolled);
  adw_bin_set_child (ADW_BIN (self), card);
}

GtkWidget *
cam_class_table_new (void)
{
  return g_object_new (CAM_TYPE_CLASS_TABLE, NULL);
}
