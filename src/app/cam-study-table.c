/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study has found, as a table. Its rows are texts: they are made anew when there are more results. */
#include "cam-study-table.h"

#include <math.h>
#include <string.h>

#include <cam-study-figures.h>
#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define MOST_COLUMNS 12

/* A row: texts, by column. */
#define CAM_TYPE_STUDY_ROW (cam_study_row_get_type ())
G_DECLARE_FINAL_TYPE (CamStudyRow, cam_study_row, CAM, STUDY_ROW, GObject)

struct _CamStudyRow
{
  GObject  parent_instance;

  char    *cells[MOST_COLUMNS];    /* owned; NULL: empty */
};

G_DEFINE_FINAL_TYPE (CamStudyRow, cam_study_row, G_TYPE_OBJECT)

static void
cam_study_row_finalize (GObject *object)
{
  CamStudyRow *self = CAM_STUDY_ROW (object);

  for (guint i = 0; i < MOST_COLUMNS; i++)
    g_free (self->cells[i]);
  G_OBJECT_CLASS (cam_study_row_parent_class)->finalize (object);
}

static void
cam_study_row_class_init (CamStudyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_study_row_finalize;
}

static void
cam_study_row_init (CamStudyRow *self)
{
}

struct _CamStudyTable
{
  AdwBin         parent_instance;

  /* owned */
  GListStore    *rows;
  char          *titles;     /* of the columns that are there, in lines */

  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (CamStudyTable, cam_study_table, ADW_TYPE_BIN)

/* Columns ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  const char *title;
  gboolean    is_text;       /* the rest of the room is its; numbers stand at the right */
} Column;

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  is_text)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), is_text != NULL ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  is_text)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  const char *text = CAM_STUDY_ROW (gtk_list_item_get_item (item))->cells[column];
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  if (is_text != NULL)
    gtk_widget_set_tooltip_text (label, text);
}

static void
set_columns (CamStudyTable *self,
             const Column  *columns,
             guint          n)
{
  g_autoptr(GString) titles = g_string_new (NULL);
  GListModel *present = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (titles, "%s\n", columns[i].title);
  if (g_strcmp0 (titles->str, self->titles) == 0)
    return;
  g_free (self->titles);
  self->titles = g_strdup (titles->str);
  for (guint i = g_list_model_get_n_items (present); i > 0; i--)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (present, i - 1);

      gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; i < n; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = NULL;

      g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (columns[i].is_text));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (columns[i].is_text));
      column = gtk_column_view_column_new (columns[i].title, factory);
      gtk_column_view_column_set_expand (column, columns[i].is_text);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
    }
}

/* Rows --------------------------------------------------------------------------------------------------------------- */

static char *
say_spread (const CamSpread *spread)
{
  g_autofree char *mean = cam_words_number (spread->mean);
  g_autofree char *deviation = cam_words_number (spread->deviation);

  return spread->n < 2 ? g_strdup (mean) : g_strdup_printf ("%s ± %s", mean, deviation);
}

/* A value of a plan, as short as it can be. */
static char *
say_value (const json_t *value)
{
  const char *class_name = json_string_value (json_object_get (value, "class_name"));

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (json_is_real (value))
    return cam_words_number (json_real_value (value));

  return class_name != NULL ? g_strdup (class_name) : cam_json_dump (value, FALSE);
}

/* What is at the end of a path. */
static const char *
get_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

static void
take_rows (CamStudyTable *self,
           GPtrArray     *rows)
{
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), rows->pdata, rows->len);
}

/* A search has a column for each of its settings, as many as there is room for. */
static guint
add_settings (CamPlan *plan,
              Column  *columns,
              guint    n,
              guint    most)
{
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) cam_plan_get_values (plan, 0), path, value)
    if (n < most)
      columns[n++] = (Column) { get_name (path), FALSE };

  return n;
}

static void
put_settings (CamPlan     *plan,
              guint        setting,
              CamStudyRow *row,
              guint        at,
              guint        end)
{
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) cam_plan_get_values (plan, setting), path, value)
    if (at < end)
      row->cells[at++] = say_value (value);
}

/* Settings, the best first; sizes in their order. */
static void
show_settings (CamStudyTable *self,
               CamStudy      *study)
{
  CamPlan *plan = cam_study_get_plan (study);
  gboolean is_search = cam_plan_get_kind (plan) == CAM_STUDY_SEARCH, is_ranked = is_search || cam_plan_get_kind (plan) == CAM_STUDY_COMPARE;
  gboolean larger = cam_plan_larger_is_better (plan);
  g_autoptr(GPtrArray) groups = cam_study_make_groups (study, cam_plan_get_monitor (plan));
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Column columns[MOST_COLUMNS] = { { _("Setting"), TRUE } };
  guint n = 1, score;

  if (is_search)
    n = add_settings (plan, columns, n, MOST_COLUMNS - 3);
  score = n;
  columns[n++] = (Column) { cam_plan_get_monitor (plan), FALSE };
  columns[n++] = (Column) { _("Runs"), FALSE };
  if (is_ranked)
    /* translators: a column: the probability that the best setting is better than this one */
    columns[n++] = (Column) { _("Best beats it"), FALSE };
  set_columns (self, columns, n);

  if (is_ranked)
    cam_study_rank_groups (study, groups, larger);
  for (guint i = 0; i < groups->len; i++)
    {
      const CamStudyGroup *group = groups->pdata[i], *first = groups->pdata[0];
      CamStudyRow *row;
      CamPaired paired;

      if (group->spread.n == 0)
        continue;
      row = g_object_new (CAM_TYPE_STUDY_ROW, NULL);
      g_ptr_array_add (rows, row);
      row->cells[0] = g_strdup (cam_plan_get_label (plan, group->setting));
      put_settings (plan, group->setting, row, 1, score);
      row->cells[score] = say_spread (&group->spread);
      row->cells[score + 1] = g_strdup_printf ("%zu", group->spread.n);
      if (is_ranked && group != first && group->stage == first->stage)
        {
          double better = cam_study_compare_groups (study, first, group, larger, &paired);

          row->cells[score + 2] = paired.is_same ? g_strdup (_("all equal")) : isnan (better) ? g_strdup ("–") : cam_words_share (better);
        }
    }
  take_rows (self, rows);
}

static char *
say_fold (const CamPlanRepeat *repeat)
{
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, repeat->seed);

  /* translators: number of a fold, then the seed of its run */
  return g_strdup_printf (_("%u, seed %s"), repeat->fold, seed);
}

/* Runs, and below them what they come to. */
static void
show_runs (CamStudyTable *self,
           CamStudy      *study)
{
  CamPlan *plan = cam_study_get_plan (study);
  gboolean has_folds = cam_plan_get_n_folds (plan) > 0;
  g_autoptr(GPtrArray) scores = cam_study_list_scores (study);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_scores = MIN (scores->len, MOST_COLUMNS - 2);
  Column columns[MOST_COLUMNS] = { { has_folds ? _("Fold") : _("Seed"), TRUE }, { _("Epochs"), FALSE } };

  for (guint i = 0; i < n_scores; i++)
    columns[2 + i] = (Column) { scores->pdata[i], FALSE };
  set_columns (self, columns, 2 + n_scores);
  for (guint place = 0; place < cam_plan_get_n_runs (plan); place++)
    {
      CamPlanRepeat repeat = cam_plan_get_repeat (plan, cam_plan_find_place (plan, place).repeat);
      CamStudyResult result;
      CamStudyRow *row;

      cam_study_get_result (study, place, &result);
      if (!result.is_done)
        continue;
      row = g_object_new (CAM_TYPE_STUDY_ROW, NULL);
      g_ptr_array_add (rows, row);
      row->cells[0] = !has_folds ? g_strdup_printf ("%" G_GUINT64_FORMAT, repeat.seed)
                      : cam_plan_get_n_repeats (plan) > cam_plan_get_n_folds (plan) ? say_fold (&repeat)
                      : g_strdup_printf ("%u", repeat.fold);
      row->cells[1] = g_strdup_printf ("%" JSON_INTEGER_FORMAT, json_integer_value (json_object_get (result.report, "epochs")));
    }
  for (guint i = 0; i < n_scores; i++)
    {
      g_autoptr(GPtrArray) groups = cam_study_make_groups (study, scores->pdata[i]);
      const CamStudyGroup *group = groups->pdata[0];
      guint at = 0;

      for (guint place = 0; place < cam_plan_get_n_runs (plan); place++)
        {
          CamStudyResult result;

          cam_study_get_result (study, place, &result);
          if (result.is_done)
            CAM_STUDY_ROW (rows->pdata[at++])->cells[2 + i] = cam_words_number (group->scores[cam_plan_find_place (plan, place).repeat]);
        }
      if (i == 0 && rows->len > 1)
        {
          g_ptr_array_add (rows, g_object_new (CAM_TYPE_STUDY_ROW, NULL));
          CAM_STUDY_ROW (rows->pdata[rows->len - 1])->cells[0] = g_strdup (_("Mean ± deviation"));
        }
      if (at > 1)
        CAM_STUDY_ROW (rows->pdata[rows->len - 1])->cells[2 + i] = say_spread (&group->spread);
    }
  take_rows (self, rows);
}

/* The widget --------------------------------------------------------------------------------------------------------- */

static void
cam_study_table_finalize (GObject *object)
{
  CamStudyTable *self = CAM_STUDY_TABLE (object);

  g_clear_object (&self->rows);
  g_free (self->titles);
  G_OBJECT_CLASS (cam_study_table_parent_class)->finalize (object);
}

static void
cam_study_table_class_init (CamStudyTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_study_table_finalize;
}

static void
cam_study_table_init (CamStudyTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection;

  self->rows = g_list_store_new (CAM_TYPE_STUDY_ROW);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows))));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (selection));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "cam-grid");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "dense");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Results of the study"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

void
cam_study_table_show (CamStudyTable *self,
                      CamStudy      *study)
{
  CamStudyKind kind;

  g_return_if_fail (CAM_IS_STUDY_TABLE (self));

  if (study == NULL)
    {
      g_list_store_remove_all (self->rows);
      return;
    }
  kind = cam_plan_get_kind (cam_study_get_plan (study));
  if (kind == CAM_STUDY_REPEAT || kind == CAM_STUDY_CROSS_VALIDATE)
    show_runs (self, study);
  else
    show_settings (self, study);
}
