/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells and order of the table of runs. */

#include "cam-run-columns.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-line-sample.h"
#include "cam-run-spark.h"
#include "cam-run-words.h"
#include "cam-words.h"

#define RUN_KEY "cam-run"

typedef struct
{
  CamRunColumnKind  kind;
  const char       *key;      /* interned */
  CamRunReader     *reader;
} Column;

static void
column_free (gpointer data)
{
  Column *column = data;

  cam_run_reader_unref (column->reader);
  g_free (column);
}

static void
closure_column_free (gpointer  data,
                     GClosure *closure)
{
  column_free (data);
}

static Column *
column_copy (const Column *column)
{
  Column *copy = g_memdup2 (column, sizeof *column);

  cam_run_reader_ref (copy->reader);
  return copy;
}

/* Values ------------------------------------------------------------------------------------------------------------ */

double
cam_run_column_get_metric (CamRunItem *run,
                           const char *key)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  guint n = 0;
  const double *values = cam_run_item_peek_history (run, key, &n);
  guint epoch = record->best_epoch > 0 ? record->best_epoch : n;

  return values != NULL && epoch > 0 && epoch <= n ? values[epoch - 1] : NAN;
}

static double
get_number (const Column *column,
            CamRunItem   *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);

  switch (column->kind)
    {
    case CAM_RUN_COLUMN_SHOWN:
      return !cam_run_item_get_shown (run);
    case CAM_RUN_COLUMN_BEST:
    case CAM_RUN_COLUMN_CURVE:
      return record->best_epoch > 0 ? record->best_value : NAN;
    case CAM_RUN_COLUMN_METRIC:
      return cam_run_column_get_metric (run, column->key);
    case CAM_RUN_COLUMN_BEST_EPOCH:
      return record->best_epoch > 0 ? record->best_epoch : NAN;
    case CAM_RUN_COLUMN_EPOCHS:
      return record->n_epochs;
    case CAM_RUN_COLUMN_TIME:
      return record->seconds;
    case CAM_RUN_COLUMN_STATE:
      return record->state;
    case CAM_RUN_COLUMN_STARTED:
      return (double) record->started_at;
    case CAM_RUN_COLUMN_NAME:
    case CAM_RUN_COLUMN_SETTING:
    case CAM_RUN_COLUMN_MENU:
    default:
      return NAN;
    }
}

static char *
dup_text (const Column *column,
          CamRunItem   *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const CamRunSetting *setting;
  char *text = NULL;

  switch (column->kind)
    {
    case CAM_RUN_COLUMN_BEST:
      return cam_run_words_value (record->monitor != NULL ? record->monitor : "loss", record->best_epoch > 0 ? record->best_value : NAN);
    case CAM_RUN_COLUMN_METRIC:
      if (cam_run_item_has_history (run))
        return cam_run_words_value (column->key, cam_run_column_get_metric (run, column->key));
      cam_run_reader_want (column->reader, run);
      return g_strdup ("");
    case CAM_RUN_COLUMN_BEST_EPOCH:
      return record->best_epoch > 0 ? cam_words_count (record->best_epoch) : g_strdup ("–");
    case CAM_RUN_COLUMN_EPOCHS:
      return cam_words_count (record->n_epochs);
    case CAM_RUN_COLUMN_SETTING:
      setting = cam_run_settings_find (cam_run_item_peek_settings (run), column->key);
      return g_strdup (setting != NULL ? setting->text : "–");
    case CAM_RUN_COLUMN_TIME:
      return cam_run_words_duration (record->seconds);
    case CAM_RUN_COLUMN_STATE:
      g_object_get (run, "state-text", &text, NULL);
      return text;
    case CAM_RUN_COLUMN_STARTED:
      g_object_get (run, "started-text", &text, NULL);
      return text;
    case CAM_RUN_COLUMN_NAME:
    case CAM_RUN_COLUMN_SHOWN:
    case CAM_RUN_COLUMN_CURVE:
    case CAM_RUN_COLUMN_MENU:
    default:
      return g_strdup (record->name);
    }
}

/* Order ------------------------------------------------------------------------------------------------------------- */

/* “Run 9” stands before “Run 10”. */
static int
compare_texts (const char *a,
               const char *b)
{
  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          char *end_a, *end_b;
          guint64 x = g_ascii_strtoull (a, &end_a, 10), y = g_ascii_strtoull (b, &end_b, 10);

          if (x != y)
            return x < y ? -1 : 1;
          a = end_a;
          b = end_b;
          continue;
        }
      if (g_ascii_tolower (*a) != g_ascii_tolower (*b))
        return (guchar) g_ascii_tolower (*a) < (guchar) g_ascii_tolower (*b) ? -1 : 1;
      a++;
      b++;
    }
  return (*a != '\0') - (*b != '\0');
}

/* What has no value stands last. */
static int
compare_numbers (double a,
                 double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare_settings (const Column *column,
                  CamRunItem   *a,
                  CamRunItem   *b)
{
  const CamRunSetting *x = cam_run_settings_find (cam_run_item_peek_settings (a), column->key);
  const CamRunSetting *y = cam_run_settings_find (cam_run_item_peek_settings (b), column->key);

  if (x == NULL || y == NULL)
    return (x == NULL) - (y == NULL);
  if (!isnan (x->number) && !isnan (y->number))
    return compare_numbers (x->number, y->number);
  return compare_texts (x->text, y->text);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  const Column *column = user_data;
  CamRunItem *x = (CamRunItem *) a, *y = (CamRunItem *) b;

  if (column->kind == CAM_RUN_COLUMN_NAME)
    return compare_texts (cam_run_item_get_name (x), cam_run_item_get_name (y));
  if (column->kind == CAM_RUN_COLUMN_SETTING)
    return compare_settings (column, x, y);
  return compare_numbers (get_number (column, x), get_number (column, y));
}

/* Cells ------------------------------------------------------------------------------------------------------------- */

static void
show_state (GtkWidget  *label,
            CamRunItem *run)
{
  static const char *const looks[] = { "blue", "red", "amber", "plain" };
  static const int look_of[] = {
    [CAM_RUN_RUNNING] = 0, [CAM_RUN_FINISHED] = -1, [CAM_RUN_EARLY] = -1, [CAM_RUN_STOPPED] = 3,
    [CAM_RUN_DIVERGED] = 1, [CAM_RUN_FAILED] = 1, [CAM_RUN_INTERRUPTED] = 2,
  };
  CamRunState state = cam_run_item_get_state (run);
  int look = (guint) state < G_N_ELEMENTS (look_of) ? look_of[state] : -1;

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (label, looks[i]);
  if (look < 0)
    {
      gtk_widget_remove_css_class (label, "cam-chip");
      gtk_widget_add_css_class (label, "dim-label");
      return;
    }
  gtk_widget_remove_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "cam-chip");
  gtk_widget_add_css_class (label, looks[look]);
}

static void
show_curve (const Column *column,
            GtkWidget    *spark,
            CamRunItem   *run)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const double *values = NULL;
  guint n = 0;

  if (cam_run_item_has_history (run))
    values = cam_run_item_peek_history (run, record->monitor != NULL ? record->monitor : "loss", &n);
  else
    cam_run_reader_want (column->reader, run);
  /* While it is being read again, what there was stays. */
  if (values != NULL || record->n_epochs == 0 || cam_run_item_has_history (run))
    cam_run_spark_set_values (CAM_RUN_SPARK (spark), values, n, cam_run_item_get_colour (run));
}

static void
show_name (GtkWidget  *box,
           CamRunItem *run)
{
  GtkWidget *sample = gtk_widget_get_first_child (box), *label = gtk_widget_get_next_sibling (sample);
  const CamRunRecord *record = cam_run_item_get_record (run);
  g_autofree char *summary = NULL;

  cam_line_sample_set_line (CAM_LINE_SAMPLE (sample), cam_run_item_get_colour (run), cam_run_item_get_pattern (run));
  gtk_label_set_label (GTK_LABEL (label), record->name);
  g_object_get (run, "summary", &summary, NULL);
  gtk_widget_set_tooltip_text (box, record->message != NULL && *record->message != '\0' ? record->message
                               : summary != NULL && *summary != '\0' ? summary : NULL);
}

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
show_run (Column     *column,
          GtkWidget  *cell,
          CamRunItem *run)
{
  g_autofree char *text = NULL;

  switch (column->kind)
    {
    case CAM_RUN_COLUMN_SHOWN:
      show_check (cell, run);
      return;
    case CAM_RUN_COLUMN_NAME:
      show_name (cell, run);
      return;
    case CAM_RUN_COLUMN_CURVE:
      show_curve (column, cell, run);
      return;
    case CAM_RUN_COLUMN_MENU:
      text = g_strdup_printf (_("Menu of %s"), cam_run_item_get_name (run));
      gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      return;
    case CAM_RUN_COLUMN_STATE:
      show_state (cell, run);
      break;
    case CAM_RUN_COLUMN_BEST:
    case CAM_RUN_COLUMN_METRIC:
    case CAM_RUN_COLUMN_BEST_EPOCH:
    case CAM_RUN_COLUMN_EPOCHS:
    case CAM_RUN_COLUMN_SETTING:
    case CAM_RUN_COLUMN_TIME:
    case CAM_RUN_COLUMN_STARTED:
    default:
      break;
    }
  text = dup_text (column, run);
  /* Nothing blinks while a history is read again. */
  if (*text != '\0' || column->kind != CAM_RUN_COLUMN_METRIC)
    gtk_label_set_label (GTK_LABEL (cell), text);
}

static void
run_changed_cb (CamRunItem *run,
                GParamSpec *pspec,
                GtkWidget  *cell)
{
  show_run (g_object_get_data (G_OBJECT (cell), "cam-column"), cell, run);
}

static void
toggled_cb (GtkCheckButton *check)
{
  CamRunItem *run = g_object_get_data (G_OBJECT (check), RUN_KEY);

  if (run != NULL)
    cam_run_item_set_shown (run, gtk_check_button_get_active (check));
}

static void
menu_clicked_cb (GtkWidget *button)
{
  gtk_widget_activate_action (button, "runs.menu", NULL);
}

static GtkWidget *
make_name (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 14);      /* as much is always there */
  gtk_widget_add_css_class (label, "cam-run-name");
  gtk_box_append (GTK_BOX (box), cam_line_sample_new ());
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
make_label (CamRunColumnKind kind)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (kind == CAM_RUN_COLUMN_BEST)
    gtk_widget_add_css_class (label, "cam-run-best");
  if (kind == CAM_RUN_COLUMN_STARTED)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          Column                   *column)
{
  GtkWidget *cell;

  switch (column->kind)
    {
    case CAM_RUN_COLUMN_SHOWN:
      cell = gtk_check_button_new ();
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
      g_signal_connect (cell, "toggled", G_CALLBACK (toggled_cb), NULL);
      break;
    case CAM_RUN_COLUMN_NAME:
      cell = make_name ();
      break;
    case CAM_RUN_COLUMN_CURVE:
      cell = cam_run_spark_new ();
      gtk_widget_set_halign (cell, GTK_ALIGN_START);
      break;
    case CAM_RUN_COLUMN_MENU:
      cell = gtk_button_new_from_icon_name ("view-more-symbolic");
      gtk_widget_add_css_class (cell, "flat");
      gtk_widget_add_css_class (cell, "cam-row-menu");
      gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (cell, _("Rename, delete, use again, save"));
      g_signal_connect (cell, "clicked", G_CALLBACK (menu_clicked_cb), NULL);
      break;
    case CAM_RUN_COLUMN_BEST:
    case CAM_RUN_COLUMN_METRIC:
    case CAM_RUN_COLUMN_BEST_EPOCH:
    case CAM_RUN_COLUMN_EPOCHS:
    case CAM_RUN_COLUMN_SETTING:
    case CAM_RUN_COLUMN_TIME:
    case CAM_RUN_COLUMN_STATE:
    case CAM_RUN_COLUMN_STARTED:
    default:
      cell = make_label (column->kind);
      break;
    }
  g_object_set_data (G_OBJECT (cell), "cam-column", column);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Column                   *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CamRunItem *run = gtk_list_item_get_item (item);

  g_object_set_data_full (G_OBJECT (cell), RUN_KEY, g_object_ref (run), g_object_unref);
  show_run (column, cell, run);
  /* "seconds" stands for all of a refresh, which tells of everything at once. */
  g_signal_connect (run, column->kind == CAM_RUN_COLUMN_SHOWN ? "notify::shown" : "notify::seconds", G_CALLBACK (run_changed_cb), cell);
  if (column->kind == CAM_RUN_COLUMN_CURVE || column->kind == CAM_RUN_COLUMN_METRIC)
    g_signal_connect (run, "notify::has-history", G_CALLBACK (run_changed_cb), cell);
  if (column->kind == CAM_RUN_COLUMN_CURVE || column->kind == CAM_RUN_COLUMN_NAME)
    g_signal_connect (run, "notify::colour", G_CALLBACK (run_changed_cb), cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           Column                   *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), cell);
  g_object_set_data (G_OBJECT (cell), RUN_KEY, NULL);
  if (column->kind == CAM_RUN_COLUMN_CURVE)
    cam_run_spark_set_values (CAM_RUN_SPARK (cell), NULL, 0, 0);
  else if (column->kind == CAM_RUN_COLUMN_METRIC)
    gtk_label_set_label (GTK_LABEL (cell), "");
}

GtkColumnViewColumn *
cam_run_column_new (CamRunColumnKind  kind,
                    const char       *title,
                    const char       *key,
                    int               width,
                    CamRunReader     *reader)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *self = gtk_column_view_column_new (title, factory);
  Column *column = g_new0 (Column, 1);

  column->kind = kind;
  column->key = g_intern_string (key);
  column->reader = cam_run_reader_ref (reader);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cb), column, closure_column_free, 0);
  if (kind != CAM_RUN_COLUMN_MENU)
    {
      g_autoptr(GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, column_copy (column), column_free));

      gtk_column_view_column_set_sorter (self, sorter);
    }
  gtk_column_view_column_set_fixed_width (self, width);
  gtk_column_view_column_set_resizable (self, kind != CAM_RUN_COLUMN_SHOWN && kind != CAM_RUN_COLUMN_MENU);
  return self;
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
          CamRunItem *run = g_object_get_data (G_OBJECT (child), RUN_KEY);

          if (run != NULL)
            return run;
          child = gtk_widget_get_first_child (child);
        }
      if (GTK_IS_COLUMN_VIEW (widget) || GTK_IS_LIST_VIEW (widget))
        return NULL;
    }
  return NULL;
}
