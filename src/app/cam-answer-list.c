/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are behind a figure. An item is made when the view asks for it, so that a list of a million opens at once. */
#include "cam-answer-list.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include <cam-csv.h>
#include <cam-sight.h>

#include "cam-answer-rows.h"
#include "cam-window.h"
#include "cam-words.h"

#define MOST_COLUMNS 12         /* of the table, beside the answers */
#define PICTURE_SIZE 40
#define FIRST_ROWS 32           /* a list view makes widgets for two hundred rows whether they are seen or not: more are offered as they are scrolled to */

/* The card ---------------------------------------------------------------------------------------------------------- */

struct _CamAnswerList
{
  AdwBin              parent_instance;

  /* owned */
  CamEvaluation      *evaluation;    /* NULL: nothing shown */
  CamDataset         *dataset;
  CamAnswerRows      *rows;
  GtkSliceListModel  *offered;       /* the first of them */
  GHashTable         *marks;         /* of the rows of the table, as pointers */
  GtkSingleSelection *selection;

  guint               output;
  double              threshold;

  /* template children */
  GtkLabel           *title;
  GtkLabel           *subtitle;
  GtkScrolledWindow  *scroller;
  GtkColumnView      *view;
};

G_DEFINE_FINAL_TYPE (CamAnswerList, cam_answer_list, ADW_TYPE_BIN)

enum { CLOSED, LOOK_UP, ROW_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef enum { CELL_MARK, CELL_PICTURE, CELL_ROW, CELL_ACTUAL, CELL_SAID, CELL_SHARE, CELL_TRUE_SHARE, CELL_MISS, CELL_COLUMN } CellKind;

typedef struct
{
  CellKind       kind;
  guint          column;
  CamAnswerList *list;      /* borrowed: it owns the columns */
} Cell;

static CamTable *
get_table (CamAnswerList *self)
{
  return cam_dataset_get_table (self->dataset);
}

/* The row of the table that an answer is about. */
static gsize
get_row (CamAnswerList *self,
         gsize          sample)
{
  const CamEvaluation *evaluation = self->evaluation;

  if (evaluation->told == NULL)
    return evaluation->rows[sample];
  return evaluation->told[sample * evaluation->n_steps + self->output / (evaluation->n_outputs / evaluation->n_steps)];
}

static gboolean
has_picture (CamAnswerList *self,
             CamShape      *shape)
{
  return cam_sight_find_picture (self->dataset, shape) && (shape->dims[2] == 1 || shape->dims[2] == 3);
}

static gboolean
is_numeric (const CamEvaluation *evaluation)
{
  return evaluation->task == CAM_TASK_REGRESSION;
}

static const char *
name_side (const CamEvaluation *evaluation,
           gboolean             is_yes)
{
  return evaluation->class_names != NULL ? evaluation->class_names[is_yes] : is_yes ? _("yes") : _("no");
}

static gsize
get_place (CamAnswerList *self,
           gsize          sample)
{
  return sample * self->evaluation->n_outputs + self->output;
}

/* One cell's text; @is_plain: for a file. */
static char *
dup_text (CamAnswerList *self,
          const Cell    *cell,
          gsize          sample,
          gboolean       is_plain)
{
  const CamEvaluation *e = self->evaluation;
  gsize row = get_row (self, sample);
  double value = NAN;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (cell->kind)
    {
    case CELL_ROW:
      return is_plain ? g_strdup_printf ("%zu", row + 1) : cam_words_count (row + 1);
    case CELL_COLUMN:
      {
        char *text = cam_table_dup_text (get_table (self), cell->column, row);

        if (is_plain || (text != NULL && *text != '\0'))
          return text != NULL ? text : g_strdup ("");
        g_free (text);
        return g_strdup ("–");
      }
    case CELL_ACTUAL:
      if (e->classes_true != NULL)
        return g_strdup (e->class_names[e->classes_true[sample]]);
      if (e->cutoffs != NULL)
        return g_strdup (name_side (e, e->truth[get_place (self, sample)] > 0.5f));
      value = e->truth[get_place (self, sample)];
      break;
    case CELL_SAID:
      if (e->classes_said != NULL)
        return g_strdup (e->classes_said[sample] >= 0 ? e->class_names[e->classes_said[sample]] : "–");
      if (e->cutoffs != NULL)
        return g_strdup (name_side (e, e->said[get_place (self, sample)] > self->threshold));
      value = e->said[get_place (self, sample)];
      break;
    case CELL_SHARE:
      value = e->said_shares != NULL ? e->said_shares[sample] : e->said[get_place (self, sample)];
      if (!is_plain)
        return g_strdup (isfinite (value) ? g_ascii_formatd (number, sizeof number, "%.3f", value) : "–");
      break;
    case CELL_TRUE_SHARE:
      value = e->true_shares[sample];
      if (!is_plain)
        return g_strdup (isfinite (value) ? g_ascii_formatd (number, sizeof number, "%.3f", value) : "–");
      break;
    case CELL_MISS:
      value = e->errors != NULL ? e->errors[sample] : (double) e->said[get_place (self, sample)] - e->truth[get_place (self, sample)];
      break;
    case CELL_MARK:
    case CELL_PICTURE:
    default:
      break;
    }

  if (!is_plain)
    return cam_words_number (value);
  return g_strdup (isfinite (value) ? g_ascii_formatd (number, sizeof number, "%.9g", value) : "");
}

/* The sample's numbers as grey or colour, from its own smallest to its largest. */
static GdkTexture *
make_picture (CamAnswerList *self,
              gsize          sample)
{
  CamShape shape;
  gsize height, width, depth, n, scale;
  const float *x;
  float low, high;
  guchar *pixels;
  g_autoptr(GBytes) bytes = NULL;

  if (!has_picture (self, &shape) || self->evaluation->part < 0)
    return NULL;
  height = shape.dims[0];
  width = shape.dims[1];
  depth = shape.dims[2];
  n = height * width * depth;
  x = cam_dataset_get_x (self->dataset, (CamPart) self->evaluation->part) + sample * n;
  low = high = x[0];
  for (gsize i = 1; i < n; i++)
    {
      low = MIN (low, x[i]);
      high = MAX (high, x[i]);
    }
  /* Small ones are made larger here: a picture would smear their pixels. */
  scale = MAX (PICTURE_SIZE / MAX (height, width), 1);
  pixels = g_malloc (height * width * scale * scale * 3);
  for (gsize row = 0; row < height * scale; row++)
    for (gsize column = 0; column < width * scale; column++)
      for (guint c = 0; c < 3; c++)
        {
          float value = x[(row / scale * width + column / scale) * depth + MIN (c, depth - 1)];

          pixels[(row * width * scale + column) * 3 + c] = (guchar) (high > low ? (value - low) / (high - low) * 255.0f : 0);
        }
  bytes = g_bytes_new_take (pixels, height * width * scale * scale * 3);
  return gdk_memory_texture_new ((int) (width * scale), (int) (height * scale), GDK_MEMORY_R8G8B8, bytes, width * scale * 3);
}

static void
show_counts (CamAnswerList *self)
{
  guint n_marked = g_hash_table_size (self->marks);
  g_autofree char *marked = cam_words_rows (n_marked);
  g_autofree char *text = NULL;

  if (n_marked > 0)
    /* translators: %s: "3 rows" */
    text = g_strdup_printf (_("worst first · %s marked"), marked);
  gtk_label_set_label (self->subtitle, text != NULL ? text : _("worst first"));
}

static void
marked_cb (GtkCheckButton *check,
           GParamSpec     *pspec,
           Cell           *cell)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (check), "cam-item");
  CamAnswerItem *answer = item != NULL ? gtk_list_item_get_item (item) : NULL;

  /* While a row is bound nobody has marked it. */
  if (answer == NULL || g_object_get_data (G_OBJECT (check), "cam-binding") != NULL)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_add (cell->list->marks, GSIZE_TO_POINTER (get_row (cell->list, cam_answer_item_get_sample (answer)) + 1));
  else
    g_hash_table_remove (cell->list->marks, GSIZE_TO_POINTER (get_row (cell->list, cam_answer_item_get_sample (answer)) + 1));
  show_counts (cell->list);
}

static gboolean
has_right_edge (const Cell *cell)
{
  switch (cell->kind)
    {
    case CELL_ROW:
    case CELL_SHARE:
    case CELL_TRUE_SHARE:
    case CELL_MISS:
      return TRUE;
    case CELL_ACTUAL:
    case CELL_SAID:
      return is_numeric (cell->list->evaluation);
    case CELL_COLUMN:
      return cam_column_kind_is_numeric (cam_table_get_kind (get_table (cell->list), cell->column));
    case CELL_MARK:
    case CELL_PICTURE:
    default:
      return FALSE;
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Cell                     *cell)
{
  GtkWidget *child;

  if (cell->kind == CELL_MARK)
    {
      child = gtk_check_button_new ();
      gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (child), "cam-item", item);
      g_signal_connect (child, "notify::active", G_CALLBACK (marked_cb), cell);
    }
  else if (cell->kind == CELL_PICTURE)
    {
      child = gtk_picture_new ();
      gtk_widget_set_size_request (child, PICTURE_SIZE, PICTURE_SIZE);
      gtk_picture_set_content_fit (GTK_PICTURE (child), GTK_CONTENT_FIT_CONTAIN);
      gtk_widget_set_margin_top (child, 2);
      gtk_widget_set_margin_bottom (child, 2);
    }
  else
    {
      child = gtk_label_new (NULL);
      gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
      gtk_label_set_xalign (GTK_LABEL (child), has_right_edge (cell) ? 1 : 0);
      if (cell->kind == CELL_ROW)
        gtk_widget_add_css_class (child, "dim-label");
      if (cell->kind == CELL_SHARE || cell->kind == CELL_MISS)
        gtk_widget_add_css_class (child, "cam-run-best");
    }
  gtk_list_item_set_child (item, child);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Cell                     *cell)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  gsize sample = cam_answer_item_get_sample (gtk_list_item_get_item (item));
  CamAnswerList *self = cell->list;
  g_autofree char *text = NULL;

  if (cell->kind == CELL_MARK)
    {
      g_autofree char *row = cam_words_count (get_row (self, sample) + 1);
      /* translators: %s: a row's number */
      g_autofree char *name = g_strdup_printf (_("Mark row %s"), row);

      g_object_set_data (G_OBJECT (child), "cam-binding", GINT_TO_POINTER (1));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (child), g_hash_table_contains (self->marks, GSIZE_TO_POINTER (get_row (self, sample) + 1)));
      g_object_set_data (G_OBJECT (child), "cam-binding", NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  else if (cell->kind == CELL_PICTURE)
    {
      g_autoptr(GdkTexture) picture = make_picture (self, sample);

      gtk_picture_set_paintable (GTK_PICTURE (child), GDK_PAINTABLE (picture));
    }
  else
    {
      text = dup_text (self, cell, sample, FALSE);
      gtk_label_set_label (GTK_LABEL (child), text);
    }
}

/* Columns ----------------------------------------------------------------------------------------------------------- */

static void
cell_free (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

static void
append (CamAnswerList *self,
        CellKind       kind,
        guint          index,
        const char    *title,
        int            width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  Cell *cell = g_new0 (Cell, 1);

  cell->kind = kind;
  cell->column = index;
  cell->list = self;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), cell, cell_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), cell);
  gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_column_set_resizable (column, kind > CELL_ROW);
  g_object_set_data (G_OBJECT (column), "cam-cell", cell);
  gtk_column_view_append_column (self->view, column);
}

/* Titles of numbers stand at the right like the numbers; a column view has no setting for it. */
static void
align_titles (CamAnswerList *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  guint i = 0;

  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL && i < g_list_model_get_n_items (columns); title = gtk_widget_get_next_sibling (title))
    {
      g_autoptr(GObject) column = g_list_model_get_item (columns, i++);
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (box != NULL && has_right_edge (g_object_get_data (column, "cam-cell")))
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}

static int
width_for (const char *title,
           int         least)
{
  return (int) CLAMP (34 + 7 * g_utf8_strlen (title, -1), least, 190);
}

static gboolean
is_target (CamAnswerList *self,
           const char    *name)
{
  CamPreparation *preparation = cam_dataset_get_preparation (self->dataset);

  for (guint i = 0; i < cam_preparation_get_n_targets (preparation); i++)
    if (g_strcmp0 (cam_preparation_get_target_name (preparation, i), name) == 0)
      return TRUE;
  return FALSE;
}

static void
fill_columns (CamAnswerList *self)
{
  const CamEvaluation *e = self->evaluation;
  const CamTable *table = get_table (self);
  CamShape shape;
  guint n = 0;

  append (self, CELL_MARK, 0, "", 40);
  if (has_picture (self, &shape) && e->part >= 0)
    append (self, CELL_PICTURE, 0, "", PICTURE_SIZE + 24);
  append (self, CELL_ROW, 0, _("row"), 74);
  if (e->errors == NULL)
    {
      append (self, CELL_ACTUAL, 0, _("actual"), is_numeric (e) ? 100 : 130);
      append (self, CELL_SAID, 0, _("predicted"), is_numeric (e) ? 100 : 130);
    }
  if (e->classes_said != NULL)
    {
      append (self, CELL_SHARE, 0, _("probability"), 100);
      append (self, CELL_TRUE_SHARE, 0, _("of the actual"), 110);
    }
  else if (e->cutoffs != NULL)
    {
      /* translators: %s is a class */
      g_autofree char *title = g_strdup_printf (_("probability of %s"), e->class_names != NULL ? e->class_names[1] : e->output_names[self->output]);

      append (self, CELL_SHARE, 0, title, width_for (title, 110));
    }
  else
    append (self, CELL_MISS, 0, _("error"), 100);
  for (guint c = 0; c < cam_table_get_n_columns (table) && n < MOST_COLUMNS && !has_picture (self, &shape); c++)
    {
      const char *name = cam_table_get_name (table, c);

      if (is_target (self, name))
        continue;
      append (self, CELL_COLUMN, c, name, width_for (name, 84));
      n++;
    }
  align_titles (self);
}

static void
clear (CamAnswerList *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, g_list_model_get_n_items (columns) - 1);

      gtk_column_view_remove_column (self->view, column);
    }
  g_clear_object (&self->offered);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->evaluation, cam_evaluation_unref);
  g_clear_pointer (&self->dataset, cam_dataset_unref);
}

static void
scrolled_cb (CamAnswerList *self,
             GtkAdjustment *adjustment)
{
  if (self->offered != NULL && gtk_adjustment_get_value (adjustment) + 2 * gtk_adjustment_get_page_size (adjustment) > gtk_adjustment_get_upper (adjustment)
      && gtk_slice_list_model_get_size (self->offered) < cam_answer_rows_get_n (self->rows))
    gtk_slice_list_model_set_size (self->offered, 2 * gtk_slice_list_model_get_size (self->offered));
}

static void
chosen_cb (CamAnswerList *self)
{
  CamAnswerItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    g_signal_emit (self, signals[ROW_CHOSEN], 0, (guint64) cam_answer_item_get_sample (item));
}

void
cam_answer_list_show (CamAnswerList *self,
                      CamEvaluation *evaluation,
                      CamDataset    *dataset,
                      guint          output,
                      double         threshold,
                      const char    *title,
                      gsize         *samples,
                      gsize          n)
{
  g_return_if_fail (CAM_IS_ANSWER_LIST (self) && evaluation != NULL && dataset != NULL && samples != NULL);

  /* Marks are of the rows of one table. */
  if (self->dataset != NULL && cam_dataset_get_table (self->dataset) != cam_dataset_get_table (dataset))
    g_hash_table_remove_all (self->marks);
  cam_evaluation_ref (evaluation);
  cam_dataset_ref (dataset);
  clear (self);
  self->evaluation = evaluation;
  self->dataset = dataset;
  self->output = output;
  self->threshold = threshold;
  gtk_label_set_label (self->title, title);
  show_counts (self);
  fill_columns (self);
  self->rows = cam_answer_rows_new (samples, n);
  self->offered = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)), 0, FIRST_ROWS);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->offered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.save-csv", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.mark-all", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.look-up", n > 0);
}

gsize
cam_answer_list_get_n (CamAnswerList *self)
{
  g_return_val_if_fail (CAM_IS_ANSWER_LIST (self), 0);

  return self->rows != NULL ? cam_answer_rows_get_n (self->rows) : 0;
}

/* Saving ------------------------------------------------------------------------------------------------------------ */

gboolean
cam_answer_list_save (CamAnswerList  *self,
                      const char     *path,
                      GError        **error)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean all = g_hash_table_size (self->marks) == 0;
  guint n_table = cam_table_get_n_columns (get_table (self)), n_columns = g_list_model_get_n_items (columns), n_written = 0;

  g_return_val_if_fail (CAM_IS_ANSWER_LIST (self) && self->rows != NULL, FALSE);

  /* The answers as they are shown, then all columns of the table, whether shown or not. */
  for (gsize i = 0; i <= cam_answer_rows_get_n (self->rows); i++)
    {
      gsize sample = i > 0 ? cam_answer_rows_get (self->rows, i - 1) : 0;

      if (i > 0 && !all && !g_hash_table_contains (self->marks, GSIZE_TO_POINTER (get_row (self, sample) + 1)))
        continue;
      n_written = 0;
      for (guint c = 0; c < n_columns + n_table; c++)
        {
          g_autoptr(GtkColumnViewColumn) column = c < n_columns ? g_list_model_get_item (columns, c) : NULL;
          Cell of_table = { CELL_COLUMN, c - n_columns, self };
          const Cell *cell = column != NULL ? g_object_get_data (G_OBJECT (column), "cam-cell") : &of_table;
          g_autofree char *text = NULL;

          if (column != NULL && (cell->kind == CELL_MARK || cell->kind == CELL_PICTURE || cell->kind == CELL_COLUMN))
            continue;
          if (i > 0)
            text = dup_text (self, cell, sample, TRUE);
          else
            text = g_strdup (column != NULL ? gtk_column_view_column_get_title (column) : cam_table_get_name (get_table (self), of_table.column));
          if (n_written++ > 0)
            g_string_append_c (out, ',');
          cam_csv_write_field (out, text, ',');
        }
      g_string_append (out, "\r\n");
    }
  return g_file_set_contents (path, out->str, (gssize) out->len, error);
}

static void
save_response_cb (CamAnswerList   *self,
                  int              response,
                  GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr(GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (path == NULL || self->rows == NULL || !CAM_IS_WINDOW (root))
    return;
  if (cam_answer_list_save (self, path, &error))
    {
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);

      cam_window_toast (CAM_WINDOW (root), text);
    }
  else
    cam_window_show_failure (CAM_WINDOW (root), _("The rows could not be saved"), error->message);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Rows"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("rows.csv"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_response_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Actions ----------------------------------------------------------------------------------------------------------- */

static void
look_up_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CamAnswerList *self = CAM_ANSWER_LIST (widget);
  CamAnswerItem *item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;

  if (self->rows == NULL || cam_answer_rows_get_n (self->rows) == 0)
    return;
  g_signal_emit (self, signals[LOOK_UP], 0, (guint64) get_row (self, item != NULL ? cam_answer_item_get_sample (item) : cam_answer_rows_get (self->rows, 0)));
}

static void
activated_cb (CamAnswerList *self,
              guint          position)
{
  g_signal_emit (self, signals[LOOK_UP], 0, (guint64) get_row (self, cam_answer_rows_get (self->rows, position)));
}

/* All, or none where all are. */
static void
mark_all_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CamAnswerList *self = CAM_ANSWER_LIST (widget);
  gboolean any_unmarked = FALSE;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (gsize i = 0; i < cam_answer_rows_get_n (self->rows) && !any_unmarked; i++)
    any_unmarked = !g_hash_table_contains (self->marks, GSIZE_TO_POINTER (get_row (self, cam_answer_rows_get (self->rows, i)) + 1));
  for (gsize i = 0; i < cam_answer_rows_get_n (self->rows); i++)
    if (any_unmarked)
      g_hash_table_add (self->marks, GSIZE_TO_POINTER (get_row (self, cam_answer_rows_get (self->rows, i)) + 1));
    else
      g_hash_table_remove (self->marks, GSIZE_TO_POINTER (get_row (self, cam_answer_rows_get (self->rows, i)) + 1));
  show_counts (self);
  g_list_model_items_changed (G_LIST_MODEL (self->rows), 0, n, n);
}

static void
close_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
cam_answer_list_dispose (GObject *object)
{
  CamAnswerList *self = CAM_ANSWER_LIST (object);

  if (self->view != NULL && self->evaluation != NULL)
    clear (self);
  G_OBJECT_CLASS (cam_answer_list_parent_class)->dispose (object);
}

static void
cam_answer_list_finalize (GObject *object)
{
  g_hash_table_unref (CAM_ANSWER_LIST (object)->marks);
  G_OBJECT_CLASS (cam_answer_list_parent_class)->finalize (object);
}

static void
cam_answer_list_class_init (CamAnswerListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_answer_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = cam_answer_list_finalize;

  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOOK_UP] = g_signal_new ("look-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  signals[ROW_CHOSEN] = g_signal_new ("row-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-answer-list.ui");
  gtk_widget_class_bind_template_child (widget_class, CamAnswerList, title);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerList, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerList, scroller);
  gtk_widget_class_bind_template_child (widget_class, CamAnswerList, view);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);

  gtk_widget_class_install_action (widget_class, "answers.save-csv", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "answers.look-up", NULL, look_up_cb);
  gtk_widget_class_install_action (widget_class, "answers.mark-all", NULL, mark_all_cb);
  gtk_widget_class_install_action (widget_class, "answers.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "answers.close", NULL);
}

static void
cam_answer_list_init (CamAnswerList *self)
{
  self->marks = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cam_answer_list_new (void)
{
  return g_object_new (CAM_TYPE_ANSWER_LIST, NULL);
}
