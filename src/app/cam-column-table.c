/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All columns of the table, a row each. */

#include "cam-column-table.h"

#include <glib/gi18n-lib.h>

#include "cam-column-cell.h"
#include "cam-words.h"

struct _CamColumnTable
{
  AdwBin               parent_instance;

  /* owned */
  CamColumns          *columns;
  char                *needle;            /* folded; "": all */
  GtkColumnViewColumn *cells[CAM_COLUMN_N_CELLS];

  gboolean             is_setting;

  /* template children */
  GtkColumnView       *view;
  GtkSearchEntry      *search;
  GtkDropDown         *choice;
  GtkLabel            *count;
  GtkStack            *stack;
  GtkFilterListModel  *filtered;
  GtkCustomFilter     *filter;
  GtkSortListModel    *sorted;
  GtkMultiSelection   *selection;
};

G_DEFINE_FINAL_TYPE (CamColumnTable, cam_column_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_COLUMNS, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Filter ------------------------------------------------------------------------------------------------------------ */

/* As the choices stand in the template. */
enum { ALL, FEATURES, TARGETS, GROUPS, IGNORED, NUMBERS, CATEGORIES, DATES, TEXTS, MISSING };

static gboolean
matches_choice (CamColumnItem *item,
                guint          choice)
{
  static const struct { const char *key, *value; } wanted[] = {
    [FEATURES] = { "role", "feature" }, [TARGETS] = { "role", "target" }, [GROUPS] = { "role", "group" }, [IGNORED] = { "role", "ignored" },
    [NUMBERS] = { "kind", "number" }, [DATES] = { "kind", "date" }, [TEXTS] = { "kind", "text" },
  };

  if (choice == CATEGORIES)
    return g_str_equal (cam_column_item_peek (item, "kind"), "category") || g_str_equal (cam_column_item_peek (item, "kind"), "yes/no");
  if (choice == MISSING)
    return cam_column_item_get_facts (item)->n_missing > 0;
  if (choice >= G_N_ELEMENTS (wanted) || wanted[choice].key == NULL)
    return TRUE;
  return g_str_equal (cam_column_item_peek (item, wanted[choice].key), wanted[choice].value);
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  CamColumnTable *self = user_data;
  g_autofree char *name = NULL;

  if (!matches_choice (item, gtk_drop_down_get_selected (self->choice)))
    return FALSE;
  if (self->needle == NULL || *self->needle == '\0')
    return TRUE;
  name = g_utf8_casefold (cam_column_item_get_name (item), -1);
  return strstr (name, self->needle) != NULL;
}

static void
show_count (CamColumnTable *self)
{
  const guint n_all = self->columns != NULL ? cam_columns_get_n (self->columns) : 0;
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  const guint n_selected = self->columns != NULL ? (guint) gtk_bitset_get_size (cam_columns_get_selection (self->columns)) : 0;
  g_autofree char *shown = NULL, *text = NULL;

  shown = n == n_all ? g_strdup_printf (ngettext ("%u column", "%u columns", n_all), n_all)
                     : g_strdup_printf (_("%u of %u columns"), n, n_all);
  /* translators: how many columns are shown · how many are selected */
  text = n_selected > 1 ? g_strdup_printf (_("%s · %u selected"), shown, n_selected) : g_steal_pointer (&shown);
  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, n == 0 && n_all > 0 ? "nothing" : "view");
}

static void
search_cb (CamColumnTable *self)
{
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
choice_cb (CamColumnTable *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Down from the entry leads into the list. */
static void
stop_search_cb (CamColumnTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Selection --------------------------------------------------------------------------------------------------------- */

static guint
column_at (CamColumnTable *self,
           guint           position)
{
  g_autoptr(CamColumnItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return cam_column_item_get_column (item);
}

/* The one that was just added leads; where none was, the old one goes on while it can. */
static void
selection_cb (CamColumnTable *self)
{
  g_autoptr(GtkBitset) chosen = NULL, columns = NULL, added = NULL;
  GtkBitsetIter iter;
  guint position;
  int lead;

  if (self->is_setting || self->columns == NULL)
    return;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  columns = gtk_bitset_new_empty ();
  if (gtk_bitset_iter_init_first (&iter, chosen, &position))
    do
      gtk_bitset_add (columns, column_at (self, position));
    while (gtk_bitset_iter_next (&iter, &position));
  added = gtk_bitset_copy (columns);
  gtk_bitset_subtract (added, cam_columns_get_selection (self->columns));
  lead = gtk_bitset_get_size (added) == 1 ? (int) gtk_bitset_get_minimum (added) : cam_columns_get_lead (self->columns);
  self->is_setting = TRUE;
  cam_columns_select (self->columns, columns, lead);
  self->is_setting = FALSE;
  show_count (self);
}

static void
follow_selection (CamColumnTable *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr(GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, n);

  for (guint i = 0; i < n; i++)
    if (cam_columns_is_selected (self->columns, column_at (self, i)))
      gtk_bitset_add (chosen, i);
  self->is_setting = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
  self->is_setting = FALSE;
}

static void
selection_changed_cb (CamColumnTable *self)
{
  if (self->is_setting)
    return;
  follow_selection (self);
  show_count (self);
}

/* What the filter hides is no longer selected here, but stays so in the columns until something else is chosen. */
static void
shown_cb (CamColumnTable *self)
{
  if (self->columns != NULL)
    follow_selection (self);
  show_count (self);
}

static void
activate_cb (CamColumnTable *self,
             guint           position)
{
  if (!cam_columns_is_selected (self->columns, column_at (self, position)))
    cam_columns_select_one (self->columns, (int) column_at (self, position));
  cam_columns_tell_activated (self->columns);
}

/* Taken out, not hidden: a view keeps the width of what is hidden. */
static void
show_cell (CamColumnTable *self,
           CamColumnCell   cell,
           gboolean        is_shown)
{
  guint position = 0;

  if (is_shown == (gtk_column_view_column_get_column_view (self->cells[cell]) != NULL))
    return;
  for (CamColumnCell i = 0; i < cell; i++)
    position += gtk_column_view_column_get_column_view (self->cells[i]) != NULL;
  if (is_shown)
    gtk_column_view_insert_column (self->view, position, self->cells[cell]);
  else
    gtk_column_view_remove_column (self->view, self->cells[cell]);
}

/* Figures stand at the right, and so must what stands above them. The view has no property for that; the label of a title is within its box. */
static void
align_titles (CamColumnTable *self)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->view)));

  for (guint i = 0; i < CAM_COLUMN_N_CELLS && title != NULL; i++)
    {
      GtkWidget *label;

      if (gtk_column_view_column_get_column_view (self->cells[i]) == NULL)
        continue;
      label = gtk_widget_get_first_child (title);
      title = gtk_widget_get_next_sibling (title);
      while (label != NULL && !GTK_IS_LABEL (label))
        label = gtk_widget_get_first_child (label);
      if (label == NULL || !cam_column_cell_is_number (i))
        continue;
      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
    }
}

static void
settings_changed_cb (CamColumnTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  gboolean has_numbers = FALSE, has_levels = FALSE;

  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (sorter != NULL)
    gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
  for (guint i = 0; i < cam_columns_get_n (self->columns); i++)
    {
      CamColumnItem *item = cam_columns_peek (self->columns, i);

      if (cam_column_kind_is_numeric (cam_table_get_kind (cam_column_item_get_table (item), i)))
        has_numbers = TRUE;
      else
        has_levels = TRUE;
    }
  show_cell (self, CAM_COLUMN_CELL_MIN, has_numbers);
  show_cell (self, CAM_COLUMN_CELL_MEAN, has_numbers);
  show_cell (self, CAM_COLUMN_CELL_MAX, has_numbers);
  show_cell (self, CAM_COLUMN_CELL_TOP, has_levels);
  align_titles (self);
}

static void
counted_cb (CamColumnTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);

  if (sorter != NULL)
    gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/* A view makes its widgets when it gets its model: only once somebody looks at it. */
static void
map_cb (CamColumnTable *self)
{
  if (gtk_column_view_get_model (self->view) == NULL)
    {
      gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
      gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->view));
    }
}

static void
set_columns (CamColumnTable *self,
             CamColumns     *columns)
{
  if (!g_set_object (&self->columns, columns) || columns == NULL)
    return;
  gtk_filter_list_model_set_model (self->filtered, cam_columns_get_list (columns));
  g_signal_connect_object (columns, "selection-changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "settings-changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "counted", G_CALLBACK (counted_cb), self, G_CONNECT_SWAPPED);
  settings_changed_cb (self);
  selection_changed_cb (self);
}

static void
cam_column_table_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_object (value, CAM_COLUMN_TABLE (object)->columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_table_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      set_columns (CAM_COLUMN_TABLE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_table_dispose (GObject *object)
{
  CamColumnTable *self = CAM_COLUMN_TABLE (object);

  for (guint i = 0; i < CAM_COLUMN_N_CELLS; i++)
    g_clear_object (&self->cells[i]);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (cam_column_table_parent_class)->dispose (object);
}

static void
cam_column_table_finalize (GObject *object)
{
  g_free (CAM_COLUMN_TABLE (object)->needle);
  G_OBJECT_CLASS (cam_column_table_parent_class)->finalize (object);
}

static void
cam_column_table_class_init (CamColumnTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_column_table_dispose;
  object_class->finalize = cam_column_table_finalize;
  object_class->get_property = cam_column_table_get_property;
  object_class->set_property = cam_column_table_set_property;
  properties[PROP_COLUMNS] = g_param_spec_object ("columns", NULL, NULL, CAM_TYPE_COLUMNS, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-column-table.ui");
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, view);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, search);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, choice);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, count);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, stack);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, filtered);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, filter);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, sorted);
  gtk_widget_class_bind_template_child (widget_class, CamColumnTable, selection);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_cb);
}

static void
cam_column_table_init (CamColumnTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_custom_filter_set_filter_func (self->filter, filter_cb, self, NULL);
  for (guint i = 0; i < CAM_COLUMN_N_CELLS; i++)
    {
      self->cells[i] = cam_column_cell_new (i);
      gtk_column_view_append_column (self->view, self->cells[i]);
    }
  align_titles (self);
}

void
cam_column_table_search (CamColumnTable *self)
{
  g_return_if_fail (CAM_IS_COLUMN_TABLE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
