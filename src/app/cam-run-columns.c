/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes the cells of the table of runs. */

#include "cam-run-columns.h"

#include <glib/gi18n-lib.h>

#include "cam-line-sample.h"

#define ROW_KEY "cam-run-row"
#define FIELD_KEY "cam-run-field"
#define WIDTH_TICK 46
#define WIDTH_MENU 48
#define WIDTH_NAME 150      /* as much of a name is always there */

typedef enum { FIELD, TICK, MENU } Kind;

typedef struct
{
  Kind         kind;
  CamRunField  field;
  CamRunSheet *sheet;
} Column;

static Column *
column_new (CamRunSheet       *sheet,
            Kind               kind,
            const CamRunField *field)
{
  Column *self = g_new0 (Column, 1);

  self->kind = kind;
  self->sheet = cam_run_sheet_ref (sheet);
  if (field != NULL)
    self->field = *field;
  return self;
}

static void
column_free (gpointer data)
{
  Column *self = data;

  cam_run_sheet_unref (self->sheet);
  g_free (self);
}

static void
closure_column_free (gpointer  data,
                     GClosure *closure)
{
  column_free (data);
}

/* A name: the run's line, its name, and signs for a note and for being pinned or put away ------------------------------------------ */

static GtkWidget *
append_sign (GtkWidget  *box,
             const char *icon)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_add_css_class (image, "cam-run-sign");
  gtk_widget_set_visible (image, FALSE);
  gtk_box_append (GTK_BOX (box), image);
  return image;
}

static GtkWidget *
make_name (Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *cell = cam_run_cell_new (column->sheet, &column->field), *pin, *archived;

  gtk_widget_add_css_class (cell, "cam-run-name");
  gtk_widget_set_hexpand (cell, TRUE);
  gtk_box_append (GTK_BOX (box), cam_line_sample_new ());
  gtk_box_append (GTK_BOX (box), cell);
  append_sign (box, "document-edit-symbolic");
  pin = append_sign (box, "view-pin-symbolic");
  gtk_widget_set_tooltip_text (pin, _("Pinned: it stays on top"));
  archived = append_sign (box, "folder-symbolic");
  gtk_widget_set_tooltip_text (archived, _("Archived"));
  gtk_widget_set_size_request (box, WIDTH_NAME, -1);
  return box;
}

static CamRunCell *
get_cell (GtkWidget *child)
{
  return CAM_IS_RUN_CELL (child) ? CAM_RUN_CELL (child) : CAM_RUN_CELL (gtk_widget_get_next_sibling (gtk_widget_get_first_child (child)));
}

static void
show_name (GtkWidget  *box,
           CamRunItem *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  GtkWidget *sample = gtk_widget_get_first_child (box), *note, *pin, *archived = gtk_widget_get_last_child (box);

  pin = gtk_widget_get_prev_sibling (archived);
  note = gtk_widget_get_prev_sibling (pin);
  cam_line_sample_set_line (CAM_LINE_SAMPLE (sample), cam_run_item_get_colour (run), cam_run_item_get_pattern (run));
  gtk_widget_set_visible (note, *record->note != '\0');
  if (*record->note != '\0')
    gtk_widget_set_tooltip_text (note, record->note);
  gtk_widget_set_visible (pin, record->is_pinned);
  gtk_widget_set_visible (archived, record->is_archived);
}

/* The box to tick and the menu ----------------------------------------------------------------------------------------- */

static void
show_check (GtkWidget  *check,
            CamRunItem *run)
{
  /* translators: a box to tick: the curve of a run, named, is drawn */
  g_autofree char *label = g_strdup_printf (_("Show the curve of %s"), cam_run_item_get_name (run));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), cam_run_item_get_shown (run));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_menu (GtkWidget  *button,
           CamRunItem *run)
{
  g_autofree char *label = g_strdup_printf (_("Menu of %s"), cam_run_item_get_name (run));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
toggled_cb (GtkCheckButton *check)
{
  CamRunRow *row = g_object_get_data (G_OBJECT (check), ROW_KEY);
  CamRunItem *run = row != NULL ? cam_run_row_get_run (row) : NULL;

  if (run != NULL)
    cam_run_item_set_shown (run, gtk_check_button_get_active (check));
}

static void
menu_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "runs.menu", NULL);
}

/* Cells --------------------------------------------------------------------------------------------------------------- */

static void
show_row (GtkWidget *child,
          CamRunRow *row)
{
  const Column *column = g_object_get_data (G_OBJECT (child), "cam-column");
  CamRunItem *run = cam_run_row_get_run (row);

  /* A row that is about to go is empty. */
  gtk_widget_set_visible (child, run != NULL);
  if (run == NULL)
    return;
  if (column->kind == TICK)
    show_check (child, run);
  else if (column->kind == MENU)
    show_menu (child, run);
  else
    show_name (child, run);
}

static GtkWidget *
make_cell (Column *column)
{
  GtkWidget *cell;

  switch (column->kind)
    {
    case TICK:
      cell = gtk_check_button_new ();
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
      g_signal_connect (cell, "toggled", G_CALLBACK (toggled_cb), NULL);
      return cell;
    case MENU:
      cell = gtk_button_new_from_icon_name ("view-more-symbolic");
      gtk_widget_add_css_class (cell, "flat");
      gtk_widget_add_css_class (cell, "cam-row-menu");
      gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (cell, _("Rename, tag, pin, delete, use again, save"));
      g_signal_connect (cell, "clicked", G_CALLBACK (menu_clicked_cb), NULL);
      return cell;
    case FIELD:
    default:
      break;
    }
  if (column->field.kind == CAM_RUN_FIELD_NAME)
    return make_name (column);
  cell = cam_run_cell_new (column->sheet, &column->field);
  if (column->field.kind == CAM_RUN_FIELD_VALUE)
    gtk_widget_add_css_class (cell, "cam-run-best");
  if (column->field.kind == CAM_RUN_FIELD_STARTED || column->field.kind == CAM_RUN_FIELD_STATE || column->field.kind == CAM_RUN_FIELD_NOTE)
    gtk_widget_add_css_class (cell, "cam-run-dim");
  return cell;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Column                   *column)
{
  GtkWidget *cell = make_cell (column);

  g_object_set_data (G_OBJECT (cell), "cam-column", column);
  gtk_list_item_set_child (item, cell);
}

static gboolean
is_plain (const Column *column)
{
  return column->kind == FIELD && column->field.kind != CAM_RUN_FIELD_NAME;
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Column                   *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CamRunRow *row = gtk_list_item_get_item (item);

  if (column->kind == FIELD)
    cam_run_cell_set_row (get_cell (cell), row);
  if (is_plain (column))
    return;
  g_object_set_data (G_OBJECT (cell), ROW_KEY, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (show_row), cell);
  show_row (cell, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           Column                   *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (column->kind == FIELD)
    cam_run_cell_set_row (get_cell (cell), NULL);
  if (is_plain (column))
    return;
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, cell);
  g_object_set_data (G_OBJECT (cell), ROW_KEY, NULL);
}

/* Order --------------------------------------------------------------------------------------------------------------- */

/* The rows are not sorted by it: a view's sorter tells by whom it asks, and by what it makes of the answer, which columns were clicked. */
static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  const Column *column = user_data;
  CamRunSheet *sheet = column->sheet;

  if (sheet->n_asked++ != sheet->answered)
    return GTK_ORDERING_EQUAL;
  sheet->asked = column->field;
  return GTK_ORDERING_SMALLER;
}

GArray *
cam_run_column_read_order (CamRunSheet *sheet,
                           GtkSorter   *sorter)
{
  GArray *orders = g_array_new (FALSE, FALSE, sizeof (CamRunOrder));

  for (sheet->answered = 0;; sheet->answered++)
    {
      GtkOrdering ordering;

      sheet->n_asked = 0;
      ordering = gtk_sorter_compare (sorter, sorter, sheet->rows);      /* any two objects */
      if (ordering == GTK_ORDERING_EQUAL)
        return orders;
      g_array_append_val (orders, ((CamRunOrder) { sheet->asked, ordering == GTK_ORDERING_LARGER }));
    }
}

/* Making them --------------------------------------------------------------------------------------------------------- */

static GtkColumnViewColumn *
make (CamRunSheet       *sheet,
      Kind               kind,
      const CamRunField *field,
      int                width)
{
  g_autofree char *title = field != NULL ? cam_run_field_dup_title (field, cam_run_rows_get_when (sheet->rows)) : NULL;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *self = gtk_column_view_column_new (title, factory);
  Column *column = column_new (sheet, kind, field);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cb), column, closure_column_free, 0);
  gtk_column_view_column_set_fixed_width (self, width);
  if (field != NULL)
    {
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, column_new (sheet, kind, field), column_free));

      gtk_column_view_column_set_sorter (self, sorter);
      gtk_column_view_column_set_resizable (self, TRUE);
      g_object_set_data_full (G_OBJECT (self), FIELD_KEY, g_memdup2 (field, sizeof *field), g_free);
    }
  return self;
}

GtkColumnViewColumn *
cam_run_column_new (CamRunSheet       *sheet,
                    const CamRunField *field,
                    int                width)
{
  return make (sheet, FIELD, field, width);
}

GtkColumnViewColumn *
cam_run_column_new_tick (CamRunSheet *sheet)
{
  return make (sheet, TICK, NULL, WIDTH_TICK);
}

GtkColumnViewColumn *
cam_run_column_new_menu (CamRunSheet *sheet)
{
  return make (sheet, MENU, NULL, WIDTH_MENU);
}

const CamRunField *
cam_run_column_get_field (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), FIELD_KEY);
}

static CamRunRow *
get_row (GtkWidget *widget)
{
  return CAM_IS_RUN_CELL (widget) ? cam_run_cell_get_row (CAM_RUN_CELL (widget)) : g_object_get_data (G_OBJECT (widget), ROW_KEY);
}

CamRunItem *
cam_run_column_get_run (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = widget;

      /* A click beside what a cell holds hits the cell or its row. */
      for (guint depth = 0; child != NULL && depth < 3; depth++)
        {
          CamRunRow *row = get_row (child);

          if (row != NULL)
            return cam_run_row_get_run (row);
          child = gtk_widget_get_first_child (child);
        }
      if (GTK_IS_COLUMN_VIEW (widget) || GTK_IS_LIST_VIEW (widget))
        return NULL;
    }
  return NULL;
}
