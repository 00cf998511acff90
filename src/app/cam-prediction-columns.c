/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the predictions: what their cells show, and how wide they are. */

#include "cam-prediction-columns.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cam-prediction-table.h"
#include "cam-share-bar.h"
#include "cam-table-rows.h"
#include "cam-words.h"

#define MAX_OUTPUTS 12
#define FEW_COLUMNS 5            /* so many stand before the answers; more stand after them, lest the answers be out of sight */

typedef struct
{
  CamCellKind    kind;
  guint          index;         /* of the table's column, or of the output; CAM_PICK_GIVEN */
  CamPrediction *prediction;    /* referenced */
  CamPredictionProbe *probe;    /* borrowed */
} Column;

static void
column_free (gpointer  data,
             GClosure *closure)
{
  Column *column = data;

  cam_prediction_unref (column->prediction);
  g_free (column);
}

guint
cam_prediction_class_colour (guint c,
                             guint n)
{
  return n == 2 ? c : c % 9;
}

const char *
cam_prediction_class_look (guint c,
                           guint n)
{
  static const char *const looks[] = { "blue", "orange", "green", "pink", "violet", "cyan", "red", "amber", "slate" };

  return looks[cam_prediction_class_colour (c, n) % G_N_ELEMENTS (looks)];
}

/* Cells ------------------------------------------------------------------------------------------------------------- */

static guint
count_classes (const CamPredictions *answers)
{
  return answers->class_names != NULL ? g_strv_length (answers->class_names) : 0;
}

static void
show_class (GtkWidget           *chip,
            const CamPrediction *prediction,
            gsize                row)
{
  const CamPredictions *answers = prediction->answers;
  int found = answers->classes[row];
  const char *look = found >= 0 ? cam_prediction_class_look ((guint) found, count_classes (answers)) : "plain";

  gtk_widget_set_css_classes (chip, (const char *[]) { "cam-chip", "tight", look, NULL });
  gtk_label_set_label (GTK_LABEL (chip), found >= 0 ? answers->class_names[found] : _("no answer"));
}

static guint
get_colour (const Column *column,
            gsize         row,
            double        share)
{
  const CamPredictions *answers = column->prediction->answers;
  int found = answers->classes != NULL ? answers->classes[row] : -1;

  if (answers->class_names == NULL)
    return share > cam_model_get_threshold (cam_model_choice_get_model (column->prediction->choice), column->index);
  return cam_prediction_class_colour (answers->n_outputs == 1 || column->index == CAM_PICK_GIVEN ? (guint) MAX (found, 0) : column->index, count_classes (answers));
}

static void
show_share (Column    *column,
            GtkWidget *box,
            gsize      row)
{
  GtkWidget *bar = gtk_widget_get_first_child (box), *label = gtk_widget_get_next_sibling (bar);
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double share = cam_prediction_get_number (column->prediction, CAM_CELL_SHARE, column->index, row);

  cam_share_bar_set_share (CAM_SHARE_BAR (bar), share, get_colour (column, row, share));
  gtk_label_set_label (GTK_LABEL (label), isnan (share) ? "–" : g_ascii_formatd (text, sizeof text, "%.3f", share));
}

static gboolean
is_right (const CamPrediction *prediction,
          gsize                row)
{
  return prediction->truth->classes[row] == prediction->answers->classes[row];
}

static void
show_actual (Column    *column,
             GtkWidget *box,
             gsize      row)
{
  const CamPrediction *prediction = column->prediction;
  const CamTruth *truth = prediction->truth;
  GtkWidget *image = gtk_widget_get_first_child (box), *label = gtk_widget_get_next_sibling (image);
  gboolean is_known = truth->classes[row] >= 0 && prediction->answers->classes[row] >= 0;

  gtk_label_set_label (GTK_LABEL (label), truth->classes[row] >= 0 ? prediction->answers->class_names[truth->classes[row]] : "–");
  gtk_widget_set_visible (image, is_known);
  if (!is_known)
    return;
  gtk_image_set_from_icon_name (GTK_IMAGE (image), is_right (prediction, row) ? "object-select-symbolic" : "window-close-symbolic");
  gtk_widget_set_css_classes (image, (const char *[]) { is_right (prediction, row) ? "cam-ink-green" : "cam-ink-red", NULL });
  gtk_widget_set_tooltip_text (image, is_right (prediction, row) ? _("The answer is right") : _("The answer is wrong"));
}

static char *
dup_text (Column      *column,
          CamTableRow *item)
{
  gsize row = cam_table_row_get_row (item);

  switch (column->kind)
    {
    case CAM_CELL_ROW:
      return cam_words_count (row + 1);
    case CAM_CELL_COLUMN:
      return cam_table_row_dup_text (item, column->index);
    case CAM_CELL_VALUE:
    case CAM_CELL_ACTUAL:
    case CAM_CELL_ERROR:
    case CAM_CELL_CLASS:
    case CAM_CELL_SHARE:
    default:
      return cam_words_number (cam_prediction_get_number (column->prediction, column->kind, column->index, row));
    }
}

static gboolean
has_right_edge (const Column *column)
{
  switch (column->kind)
    {
    case CAM_CELL_ROW:
    case CAM_CELL_VALUE:
    case CAM_CELL_ERROR:
      return TRUE;
    case CAM_CELL_ACTUAL:
      return column->prediction->answers->classes == NULL;
    case CAM_CELL_COLUMN:
      return cam_column_kind_is_numeric (cam_table_get_kind (column->prediction->table, column->index));
    case CAM_CELL_CLASS:
    case CAM_CELL_SHARE:
    default:
      return FALSE;
    }
}

static GtkWidget *
make_pair (GtkWidget *first,
           gboolean   is_wide)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, is_wide ? 10 : 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_hexpand (first, is_wide);
  if (is_wide)
    gtk_widget_add_css_class (label, "cam-run-best");
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Column                   *column)
{
  GtkWidget *cell;

  if (column->kind == CAM_CELL_SHARE)
    cell = make_pair (cam_share_bar_new (), TRUE);
  else if (column->kind == CAM_CELL_ACTUAL && column->prediction->answers->classes != NULL)
    cell = make_pair (gtk_image_new (), FALSE);
  else
    {
      cell = gtk_label_new (NULL);
      gtk_label_set_ellipsize (GTK_LABEL (cell), PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (GTK_LABEL (cell), has_right_edge (column) ? 1 : 0);
      if (column->kind == CAM_CELL_ROW)
        gtk_widget_add_css_class (cell, "dim-label");
      else if (column->kind == CAM_CELL_VALUE)
        gtk_widget_add_css_class (cell, "cam-run-best");
      else if (column->kind == CAM_CELL_CLASS)
        {
          gtk_widget_set_halign (cell, GTK_ALIGN_START);
          gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
        }
    }
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Column                   *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CamTableRow *row = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (column->kind == CAM_CELL_CLASS)
    show_class (cell, column->prediction, cam_table_row_get_row (row));
  else if (column->kind == CAM_CELL_SHARE)
    show_share (column, cell, cam_table_row_get_row (row));
  else if (!GTK_IS_LABEL (cell))
    show_actual (column, cell, cam_table_row_get_row (row));
  else
    {
      text = dup_text (column, row);
      gtk_label_set_label (GTK_LABEL (cell), text);
    }
}

/* Columns ----------------------------------------------------------------------------------------------------------- */

/* Whatever two rows are compared, the column that is asked first is the one that counts; the rows themselves are sorted by their numbers. */
static int
probe_cb (gconstpointer a,
          gconstpointer b,
          gpointer      user_data)
{
  Column *column = user_data;

  if (!column->probe->is_sorted)
    *column->probe = (CamPredictionProbe) { TRUE, column->kind, column->index };
  return GTK_ORDERING_SMALLER;
}

typedef struct
{
  GtkColumnView      *view;
  CamPrediction      *prediction;
  CamPredictionProbe *probe;
} Columns;

static int
width_for (const char *title,
           int         least)
{
  return (int) CLAMP (34 + 7 * g_utf8_strlen (title, -1), least, 190);
}

static void
append (Columns *self,
        CamCellKind         kind,
        guint               index,
        const char         *title,
        int                 width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  Column *data = g_new0 (Column, 1);
  g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe_cb, data, NULL));

  data->kind = kind;
  data->index = index;
  data->prediction = cam_prediction_ref (self->prediction);
  data->probe = self->probe;
  gtk_column_view_column_set_sorter (column, sorter);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, column_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_column_set_resizable (column, kind != CAM_CELL_ROW);
  gtk_column_view_column_set_expand (column, kind == CAM_CELL_SHARE);
  g_object_set_data (G_OBJECT (column), "right-edge", GINT_TO_POINTER (has_right_edge (data)));
  gtk_column_view_append_column (self->view, column);
}

static gboolean
is_target (const CamPrediction *prediction,
           const char          *name)
{
  CamPreparation *preparation = cam_model_get_preparation (cam_model_choice_get_model (prediction->choice));

  for (guint i = 0; preparation != NULL && i < cam_preparation_get_n_targets (preparation); i++)
    if (g_strcmp0 (cam_preparation_get_target_name (preparation, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* The target stands beside the answers. */
static void
append_table (Columns *self)
{
  const CamTable *table = self->prediction->table;
  guint n = 0;

  for (guint i = 0; i < cam_table_get_n_columns (table) && n < CAM_PREDICTION_MAX_COLUMNS; i++)
    {
      const char *name = cam_table_get_name (table, i);

      if (self->prediction->truth != NULL && is_target (self->prediction, name))
        continue;
      append (self, CAM_CELL_COLUMN, i, name, width_for (name, 84));
      n++;
    }
}

static void
append_class_answers (Columns *self)
{
  const CamPredictions *answers = self->prediction->answers;
  glong longest = 9;

  for (guint i = 0; answers->class_names[i] != NULL; i++)
    longest = MAX (longest, g_utf8_strlen (answers->class_names[i], -1));
  append (self, CAM_CELL_CLASS, 0, _("predicted"), (int) CLAMP (46 + 7 * longest, 100, 220));
  if (answers->n_outputs == 1)
    {
      /* translators: %s is a class */
      g_autofree char *title = g_strdup_printf (_("probability of %s"), answers->class_names[1]);

      append (self, CAM_CELL_SHARE, CAM_PICK_GIVEN, title, 210);
    }
  else
    append (self, CAM_CELL_SHARE, CAM_PICK_GIVEN, _("probability"), 180);
  if (self->prediction->truth != NULL)
    append (self, CAM_CELL_ACTUAL, 0, answers->target_name, (int) CLAMP (60 + 7 * MAX (longest, g_utf8_strlen (answers->target_name, -1)), 100, 220));
}

static void
append_value_answers (Columns *self)
{
  const CamPredictions *answers = self->prediction->answers;

  for (guint i = 0; i < MIN (answers->n_outputs, MAX_OUTPUTS); i++)
    {
      const char *name = answers->output_names[i];
      /* translators: what the model answers for a column, %s */
      g_autofree char *title = answers->is_share ? g_strdup (name) : g_strdup_printf (_("predicted %s"), name);

      if (answers->is_share)
        append (self, CAM_CELL_SHARE, i, title, MAX (width_for (title, 150), 150));
      else
        append (self, CAM_CELL_VALUE, i, title, width_for (title, 100));
      if (self->prediction->truth == NULL)
        continue;
      append (self, CAM_CELL_ACTUAL, i, answers->is_share ? _("actual") : name, width_for (name, 84));
      if (!answers->is_share)
        append (self, CAM_CELL_ERROR, i, _("error"), 84);
    }
}

static void
append_answers (Columns *self)
{
  if (self->prediction->answers == NULL)
    return;
  if (self->prediction->answers->classes != NULL)
    append_class_answers (self);
  else
    append_value_answers (self);
}

/* Titles of numbers stand at the right like the numbers; a column view has no setting for it. */
static void
align_titles (Columns *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view)), *title;
  guint i = 0;

  if (header == NULL || GTK_IS_LIST_VIEW (header))
    return;
  for (title = gtk_widget_get_first_child (header); title != NULL && i < g_list_model_get_n_items (columns); title = gtk_widget_get_next_sibling (title))
    {
      g_autoptr(GObject) column = g_list_model_get_item (columns, i++);
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (box != NULL && g_object_get_data (column, "right-edge") != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}

void
cam_prediction_columns_append (GtkColumnView      *view,
                               CamPrediction      *prediction,
                               CamPredictionProbe *probe)
{
  Columns self = { view, prediction, probe };
  guint n = cam_table_get_n_columns (prediction->table);

  append (&self, CAM_CELL_ROW, 0, _("row"), 64);
  if (n <= FEW_COLUMNS)
    append_table (&self);
  append_answers (&self);
  if (n > FEW_COLUMNS)
    append_table (&self);
  align_titles (&self);
}
