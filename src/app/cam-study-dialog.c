/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study before it begins. What is chosen is looked at on a worker thread after each change: whether it can be done, and how long it takes. */
#include "cam-study-dialog.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-session-private.h"
#include "cam-study-job.h"
#include "cam-study-space.h"
#include "cam-study-values.h"
#include "cam-window.h"
#include "cam-words.h"

/* One key on a list or a spin button passes over several values. */
#define LOOK_AFTER_MS 150
#define MEASURE_S 0.1

struct _CamStudyDialog
{
  AdwWindow       parent_instance;

  /* owned */
  CamSession     *session;
  CamExperiment  *experiment;
  GPtrArray      *choices;         /* of CamStudyChoice */
  GPtrArray      *monitors;        /* of char * */
  GCancellable   *cancellable;     /* of the look under way */
  CamPlan        *plan;            /* what was found to be possible; NULL: not looked at, or it is not */
  guint           timer;
  double          seconds;
  CamStudyKind    kind;
  gboolean        is_showing;
  gboolean        is_named;        /* by hand */

  /* template children */
  AdwWindowTitle *heading;
  GtkLabel       *note, *summary;
  GtkWidget      *problem_icon, *spinner;
  GtkWidget      *values_group, *sizes_group, *space_group, *method_group;
  GtkWidget      *size_from_row, *size_to_row, *size_steps_row, *sizes_list, *trials_row, *draw_seed_row, *first_epochs_row, *reduction_row, *folds_row, *repeats_row, *seeds_list;
  AdwEntryRow    *name_row;
  GtkDropDown    *setting;
  AdwBin         *values_bin;
  AdwComboRow    *sizes_form, *method, *monitor;
  GtkSpinButton  *size_from, *size_to, *size_steps, *trials, *draw_seed, *first_epochs, *reduction, *folds, *repeats;

  CamStudySpace  *space;           /* in its group; NULL: no search */
};

G_DEFINE_FINAL_TYPE (CamStudyDialog, cam_study_dialog, ADW_TYPE_WINDOW)

enum { START, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct { const char *title, *note, *name; guint repeats, folds, least_folds; int height; } kinds[CAM_N_STUDY_KINDS] = {
  [CAM_STUDY_REPEAT] = { N_("Repeat with Seeds"), N_("The same experiment several times, each with other random numbers: how far its scores lie apart by chance."), N_("Seeds"), 5, 0, 0, 480 },
  [CAM_STUDY_COMPARE] = { N_("Compare"), N_("One setting with several values, each with the same seeds and the same rows: whether one is better than another, or nothing can be said."), N_("Comparison"), 3, 0, 0, 660 },
  [CAM_STUDY_CROSS_VALIDATE] = { N_("Cross-validate"), N_("Each part of the rows is left out for validation once: a score that does not hang on one lucky split."), N_("Cross-validation"), 1, 5, 2, 480 },
  [CAM_STUDY_LEARNING_CURVE] = { N_("Learning Curve"), N_("The same experiment with more and more training rows: whether more data would help."), N_("Learning curve"), 3, 0, 0, 620 },
  [CAM_STUDY_SEARCH] = { N_("Search"), N_("Several settings at once, judged by their scores: the best of them can be adopted afterwards."), N_("Search"), 1, 0, 0, 660 },
};

static const char *const methods[] = { "random", "grid", "halving" };

/* The plan ----------------------------------------------------------------------------------------------------------- */

static int
get_int (GtkSpinButton *spin)
{
  return gtk_spin_button_get_value_as_int (spin);
}

static const char *
get_method (CamStudyDialog *self)
{
  return methods[MIN (adw_combo_row_get_selected (self->method), G_N_ELEMENTS (methods) - 1)];
}

static const CamStudyChoice *
get_choice (CamStudyDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->setting);

  return selected < self->choices->len ? self->choices->pdata[selected] : NULL;
}

static gboolean
add_values (CamStudyDialog  *self,
            json_t          *plan,
            GError         **error)
{
  CamStudyValues *widget = CAM_STUDY_VALUES (adw_bin_get_child (self->values_bin));
  json_t *values = cam_study_values_dup (widget, error), *labels = cam_study_values_dup_labels (widget);

  if (values == NULL)
    return FALSE;
  json_object_set_new (plan, "setting", json_string (get_choice (self)->path));
  json_object_set_new (plan, "values", values);
  if (labels != NULL)
    json_object_set_new (plan, "labels", labels);

  return TRUE;
}

/* From a share to another in even steps, each to a thousandth. */
static json_t *
make_sizes (CamStudyDialog *self)
{
  double from = gtk_spin_button_get_value (self->size_from) / 100, to = gtk_spin_button_get_value (self->size_to) / 100;
  int n = get_int (self->size_steps);
  json_t *sizes = json_array ();

  for (int i = 0; i < n; i++)
    {
      double size = round ((from + (to - from) * i / (n - 1)) * 1000) / 1000;

      json_array_append_new (sizes, size == 1.0 ? json_integer (1) : json_real (size));
    }

  return sizes;
}

static gboolean
add_sizes (CamStudyDialog  *self,
           json_t          *plan,
           GError         **error)
{
  json_t *sizes = adw_combo_row_get_selected (self->sizes_form) == 0 ? make_sizes (self)
                                                                    : cam_study_numbers_parse (gtk_editable_get_text (GTK_EDITABLE (self->sizes_list)), FALSE, error);

  return sizes != NULL && json_object_set_new (plan, "sizes", sizes) == 0;
}

static gboolean
add_search (CamStudyDialog  *self,
            json_t          *plan,
            GError         **error)
{
  const char *method = get_method (self);
  json_t *space = cam_study_space_dup (self->space, error);

  if (space == NULL)
    return FALSE;
  json_object_set_new (plan, "space", space);
  json_object_set_new (plan, "method", json_string (method));
  if (!g_str_equal (method, "grid"))
    {
      json_object_set_new (plan, "trials", json_integer (get_int (self->trials)));
      json_object_set_new (plan, "seed", json_integer (get_int (self->draw_seed)));
    }
  if (g_str_equal (method, "halving"))
    {
      json_object_set_new (plan, "reduction", json_integer (get_int (self->reduction)));
      json_object_set_new (plan, "first_epochs", json_integer (get_int (self->first_epochs)));
    }

  return TRUE;
}

static gboolean
add_repeats (CamStudyDialog  *self,
             json_t          *plan,
             GError         **error)
{
  json_t *seeds = gtk_widget_get_visible (self->seeds_list) ? cam_study_numbers_parse (gtk_editable_get_text (GTK_EDITABLE (self->seeds_list)), TRUE, error) : json_array ();

  if (seeds == NULL)
    return FALSE;
  if (json_array_size (seeds) > 0)
    json_object_set (plan, "seeds", seeds);
  else
    json_object_set_new (plan, "repeats", json_integer (get_int (self->repeats)));
  json_decref (seeds);
  if (gtk_widget_get_visible (self->folds_row) && get_int (self->folds) > 0)
    json_object_set_new (plan, "folds", json_integer (get_int (self->folds)));

  return TRUE;
}

json_t *
cam_study_dialog_dup_plan (CamStudyDialog  *self,
                           GError         **error)
{
  g_autoptr(json_t) plan = json_object ();
  guint monitor = adw_combo_row_get_selected (self->monitor);
  gboolean ok = TRUE;

  g_return_val_if_fail (CAM_IS_STUDY_DIALOG (self), NULL);

  json_object_set_new (plan, "camadas-plan", json_integer (1));
  json_object_set_new (plan, "name", json_string (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  json_object_set_new (plan, "kind", json_string (cam_study_kind_words[self->kind]));
  if (self->kind == CAM_STUDY_COMPARE)
    ok = add_values (self, plan, error);
  if (self->kind == CAM_STUDY_LEARNING_CURVE)
    ok = add_sizes (self, plan, error);
  if (self->kind == CAM_STUDY_SEARCH)
    ok = add_search (self, plan, error);
  if (!ok || !add_repeats (self, plan, error))
    return NULL;
  if (monitor < self->monitors->len)
    json_object_set_new (plan, "monitor", json_string (self->monitors->pdata[monitor]));
  json_object_set_new (plan, "experiment", cam_experiment_to_json (self->experiment, NULL));

  return g_steal_pointer (&plan);
}

/* Looking at it ------------------------------------------------------------------------------------------------------- */

static void
show_summary (CamStudyDialog *self,
              const char     *text,
              gboolean        is_problem)
{
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (self->problem_icon, is_problem);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.start", self->plan != NULL);
}

static void
show_takes (CamStudyDialog *self)
{
  guint n = cam_plan_get_n_runs (self->plan), n_workers = MIN (cam_study_job_count_workers (), n);
  g_autofree char *count = cam_words_count (n);
  /* translators: %s is a count, %u how many go side by side */
  g_autofree char *runs = n == 1 ? g_strdup (_("1 run")) : g_strdup_printf (_("%s runs, %u at a time"), count, n_workers);
  g_autofree char *time = isfinite (self->seconds) ? cam_words_duration (self->seconds) : NULL;
  /* translators: how many runs, then how long they take: “25 runs, 2 at a time · at most about 40 s” */
  g_autofree char *text = time != NULL ? g_strdup_printf (_("%s · at most about %s"), runs, time) : g_strdup (runs);

  show_summary (self, text, FALSE);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CamStudyDialog *self = CAM_STUDY_DIALOG (source);
  const CamStudyJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean is_possible = g_task_propagate_boolean (G_TASK (result), &error);

  /* A late reply: something else has been chosen since, or the dialog is closed. */
  if (self->cancellable == NULL || self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  if (!is_possible)
    {
      show_summary (self, error->message, TRUE);
      return;
    }
  self->plan = cam_plan_ref (job->plan);
  self->seconds = job->seconds;
  show_takes (self);
}

static gboolean
look_cb (gpointer user_data)
{
  CamStudyDialog *self = user_data;
  g_autoptr(GError) error = NULL;
  json_t *json = cam_study_dialog_dup_plan (self, &error);
  CamStudyJob *job;

  self->timer = 0;
  if (json == NULL)
    {
      gtk_spinner_stop (GTK_SPINNER (self->spinner));
      show_summary (self, error->message, TRUE);
      return G_SOURCE_REMOVE;
    }
  job = cam_study_job_new (self->session, json, NULL);
  if (!cam_session_reads_open_table (self->session, self->experiment))
    g_clear_pointer (&job->table, cam_table_unref);
  job->most_s = MEASURE_S;
  self->cancellable = g_cancellable_new ();
  cam_study_job_run (job, self, self->cancellable, looked_cb, NULL);

  return G_SOURCE_REMOVE;
}

static void
look_again (CamStudyDialog *self)
{
  if (self->is_showing)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->plan, cam_plan_unref);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.start", FALSE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  self->timer = g_timeout_add (LOOK_AFTER_MS, look_cb, self);
}

/* What is shown ------------------------------------------------------------------------------------------------------- */

static gboolean
is_taken (CamStudyDialog *self,
          const char     *name)
{
  GListModel *studies = cam_session_get_studies (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (studies); i++)
    {
      g_autoptr(CamStudyItem) item = g_list_model_get_item (studies, i);

      if (g_strcmp0 (cam_study_item_get_name (item), name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What the study is about, and a number where there is one of that name. */
static void
propose_name (CamStudyDialog *self)
{
  const CamStudyChoice *choice = self->kind == CAM_STUDY_COMPARE ? get_choice (self) : NULL;
  const char *base = _(kinds[self->kind].name);
  g_autofree char *name = NULL;

  if (self->is_named)
    return;
  if (choice != NULL && choice->is_activation && !choice->is_single)
    base = _("Activations");
  else if (choice != NULL && g_str_equal (choice->path, "optimizer"))
    base = _("Optimizers");
  else if (choice != NULL)
    base = choice->title;
  name = g_strdup (base);
  for (guint i = 2; is_taken (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", base, i);
    }
  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  self->is_showing = FALSE;
}

/* How the rows are dealt to folds, as the split says it. */
static const char *
describe_folds (CamStudyDialog *self)
{
  const json_t *split = cam_experiment_get_split (self->experiment);
  const char *method = json_string_value (json_object_get (split, "method"));

  if (g_strcmp0 (method, "stratified") == 0)
    return _("Stratified by the target, as the split is");
  if (g_strcmp0 (method, "grouped") == 0)
    return _("Groups stay together, as in the split");
  if (g_strcmp0 (method, "ordered") == 0)
    return _("In the order of the rows, as the split is: each fold is validated with what comes before it");
  return _("Dealt at random, as the split is");
}

/* Which seeds they are. */
static void
show_seeds (CamStudyDialog *self)
{
  guint64 first = cam_experiment_get_seed (self->experiment);
  int n = get_int (self->repeats);
  g_autofree char *from = g_strdup_printf ("%" G_GUINT64_FORMAT, first), *to = g_strdup_printf ("%" G_GUINT64_FORMAT, (first + (guint64) n - 1) & G_MAXINT64);
  g_autofree char *text = NULL;

  if (n == 1)
    /* translators: %s is a seed */
    text = g_strdup_printf (_("Seed %s, that of the experiment"), from);
  else
    /* translators: two seeds */
    text = g_strdup_printf (_("Seeds %s to %s, from that of the experiment on"), from, to);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->repeats_row), text);
}

static void
show_rows (CamStudyDialog *self)
{
  gboolean is_listed = adw_combo_row_get_selected (self->sizes_form) == 1;
  const char *method = get_method (self);
  int n_folds = get_int (self->folds);

  gtk_widget_set_visible (self->values_group, self->kind == CAM_STUDY_COMPARE);
  gtk_widget_set_visible (self->sizes_group, self->kind == CAM_STUDY_LEARNING_CURVE);
  gtk_widget_set_visible (self->space_group, self->kind == CAM_STUDY_SEARCH);
  gtk_widget_set_visible (self->method_group, self->kind == CAM_STUDY_SEARCH);
  gtk_widget_set_visible (self->size_from_row, !is_listed);
  gtk_widget_set_visible (self->size_to_row, !is_listed);
  gtk_widget_set_visible (self->size_steps_row, !is_listed);
  gtk_widget_set_visible (self->sizes_list, is_listed);
  gtk_widget_set_visible (self->trials_row, !g_str_equal (method, "grid"));
  gtk_widget_set_visible (self->draw_seed_row, !g_str_equal (method, "grid"));
  gtk_widget_set_visible (self->first_epochs_row, g_str_equal (method, "halving"));
  gtk_widget_set_visible (self->reduction_row, g_str_equal (method, "halving"));
  gtk_widget_set_visible (self->folds_row, self->kind != CAM_STUDY_REPEAT && self->kind != CAM_STUDY_LEARNING_CURVE);
  gtk_widget_set_visible (self->seeds_list, self->kind == CAM_STUDY_REPEAT);
  gtk_widget_set_sensitive (self->repeats_row, self->kind != CAM_STUDY_REPEAT || *gtk_editable_get_text (GTK_EDITABLE (self->seeds_list)) == '\0');
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folds_row), n_folds > 0 ? describe_folds (self) : _("0: the validation rows of the split"));
  if (self->space != NULL)
    cam_study_space_set_steps (self->space, g_str_equal (method, "grid"));
  show_seeds (self);
}

static void
changed_cb (CamStudyDialog *self)
{
  if (self->is_showing)
    return;
  show_rows (self);
  look_again (self);
}

static void
name_cb (CamStudyDialog *self)
{
  if (!self->is_showing)
    self->is_named = *gtk_editable_get_text (GTK_EDITABLE (self->name_row)) != '\0';
}

static void
setting_cb (CamStudyDialog *self)
{
  const CamStudyChoice *choice = self->choices != NULL ? get_choice (self) : NULL;
  GtkWidget *values;

  if (choice == NULL)
    return;
  values = cam_study_values_new (choice, FALSE);
  g_signal_connect_object (values, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->values_bin, values);
  propose_name (self);
  changed_cb (self);
}

/* Scores of the runs, those of validation first. */
static void
list_monitors (CamStudyDialog *self)
{
  static const char *const prefixes[] = { "val_", "test_", "train_" };
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  const json_t *metric;
  gsize k;

  g_ptr_array_set_size (self->monitors, 0);
  g_ptr_array_add (keys, g_strdup ("loss"));
  json_array_foreach ((json_t *) cam_experiment_get_metrics (self->experiment), k, metric)
    {
      g_autoptr(json_t) config = NULL;
      const CamKind *kind = cam_kind_resolve (CAM_KIND_METRIC, metric, "", &config, NULL);

      if (kind != NULL)
        g_ptr_array_add (keys, g_strdup (kind->name));
    }
  for (guint p = 0; p < G_N_ELEMENTS (prefixes); p++)
    for (guint i = 0; i < keys->len; i++)
      {
        char *monitor = g_strconcat (prefixes[p], (char *) keys->pdata[i], NULL);

        g_ptr_array_add (self->monitors, monitor);
        gtk_string_list_append (list, monitor);
      }
  adw_combo_row_set_model (self->monitor, G_LIST_MODEL (list));
}

/* Validation where there is one, or where folds make one. */
static void
propose_monitor (CamStudyDialog *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  guint n = self->monitors->len / 3;

  if (dataset == NULL || self->kind == CAM_STUDY_CROSS_VALIDATE || cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION) > 0)
    return;
  adw_combo_row_set_selected (self->monitor, cam_dataset_get_n_rows (dataset, CAM_PART_TEST) > 0 ? n : 2 * n);
}

static void
show_experiment (CamStudyDialog *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  /* Before the settings they show are gone. */
  adw_bin_set_child (self->values_bin, NULL);
  if (self->space != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->space_group), GTK_WIDGET (self->space));
  self->space = NULL;
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = cam_study_choices_list (self->experiment);
  for (guint i = 0; i < self->choices->len; i++)
    gtk_string_list_append (titles, ((CamStudyChoice *) self->choices->pdata[i])->title);
  gtk_drop_down_set_model (self->setting, G_LIST_MODEL (titles));
  setting_cb (self);
  if (self->kind == CAM_STUDY_SEARCH)
    {
      self->space = CAM_STUDY_SPACE (cam_study_space_new (self->choices));
      g_signal_connect_object (self->space, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->space_group), GTK_WIDGET (self->space));
    }
  list_monitors (self);
}

static void
show_kind (CamStudyDialog *self)
{
  guint epochs = cam_experiment_get_epochs (self->experiment);
  const char *repeats;

  self->is_showing = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _(kinds[self->kind].title));
  adw_window_title_set_title (self->heading, _(kinds[self->kind].title));
  gtk_label_set_label (self->note, _(kinds[self->kind].note));
  gtk_spin_button_set_range (self->folds, kinds[self->kind].least_folds, 1000);
  gtk_spin_button_set_value (self->folds, kinds[self->kind].folds);
  gtk_spin_button_set_value (self->repeats, kinds[self->kind].repeats);
  gtk_spin_button_set_value (self->first_epochs, MAX (1, epochs / 9));
  repeats = self->kind == CAM_STUDY_REPEAT || self->kind == CAM_STUDY_COMPARE ? _("Seeds") : _("Repeats");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->repeats_row), repeats);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->repeats), GTK_ACCESSIBLE_PROPERTY_LABEL, repeats, -1);
  gtk_window_set_default_size (GTK_WINDOW (self), 640, kinds[self->kind].height);
  show_experiment (self);
  propose_monitor (self);
  self->is_showing = FALSE;
  propose_name (self);
  show_rows (self);
}

/* Files -------------------------------------------------------------------------------------------------------------- */

gboolean
cam_study_dialog_save (CamStudyDialog  *self,
                       const char      *path,
                       GError         **error)
{
  g_autoptr(json_t) plan = cam_study_dialog_dup_plan (self, error);
  g_autofree char *text = plan != NULL ? cam_json_dump (plan, TRUE) : NULL;

  return text != NULL && g_file_set_contents (path, text, -1, error);
}

static void
put_int (GtkSpinButton *spin,
         const json_t  *plan,
         const char    *key)
{
  if (json_object_get (plan, key) != NULL)
    gtk_spin_button_set_value (spin, json_number_value (json_object_get (plan, key)));
}

static void
put_setting (CamStudyDialog *self,
             const json_t   *plan)
{
  const char *path = json_string_value (json_object_get (plan, "setting"));

  for (guint i = 0; path != NULL && i < self->choices->len; i++)
    if (g_str_equal (((CamStudyChoice *) self->choices->pdata[i])->path, path))
      {
        gtk_drop_down_set_selected (self->setting, i);
        cam_study_values_set (CAM_STUDY_VALUES (adw_bin_get_child (self->values_bin)), json_object_get (plan, "values"));
      }
}

static void
put_lists (CamStudyDialog *self,
           const json_t   *plan)
{
  g_autofree char *sizes = cam_study_numbers_format (json_object_get (plan, "sizes"), FALSE);
  g_autofree char *seeds = cam_study_numbers_format (json_object_get (plan, "seeds"), FALSE);
  const char *method = json_string_value (json_object_get (plan, "method"));

  gtk_editable_set_text (GTK_EDITABLE (self->seeds_list), seeds);
  if (*sizes != '\0')
    {
      adw_combo_row_set_selected (self->sizes_form, 1);
      gtk_editable_set_text (GTK_EDITABLE (self->sizes_list), sizes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_strcmp0 (method, methods[i]) == 0)
      adw_combo_row_set_selected (self->method, i);
}

static void
put_plan (CamStudyDialog *self,
          const json_t   *plan)
{
  const char *monitor = json_string_value (json_object_get (plan, "monitor"));

  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), json_string_value (json_object_get (plan, "name")));
  put_setting (self, plan);
  put_lists (self, plan);
  if (self->space != NULL)
    cam_study_space_set (self->space, json_object_get (plan, "space"));
  put_int (self->folds, plan, "folds");
  put_int (self->repeats, plan, "repeats");
  put_int (self->trials, plan, "trials");
  put_int (self->draw_seed, plan, "seed");
  put_int (self->reduction, plan, "reduction");
  put_int (self->first_epochs, plan, "first_epochs");
  for (guint i = 0; i < self->monitors->len; i++)
    if (g_strcmp0 (monitor, self->monitors->pdata[i]) == 0)
      adw_combo_row_set_selected (self->monitor, i);
  self->is_showing = FALSE;
}

gboolean
cam_study_dialog_open (CamStudyDialog  *self,
                       const char      *path,
                       GError         **error)
{
  g_autoptr(CamPlan) plan = cam_plan_load (path, error);
  g_autofree char *text = plan != NULL ? cam_plan_to_text (plan) : NULL;
  g_autoptr(json_t) json = text != NULL ? cam_json_parse (text, strlen (text), error) : NULL;

  g_return_val_if_fail (CAM_IS_STUDY_DIALOG (self), FALSE);

  if (json == NULL)
    return FALSE;
  cam_experiment_unref (self->experiment);
  self->experiment = cam_experiment_ref (cam_plan_get_experiment (plan));
  self->kind = cam_plan_get_kind (plan);
  self->is_named = TRUE;
  show_kind (self);
  put_plan (self, json);
  changed_cb (self);

  return TRUE;
}

static void
fail (CamStudyDialog *self,
      const char     *title,
      const GError   *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), title, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (CamStudyDialog  *self,
             int              response,
             GtkNativeDialog *chooser)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    return;
  if (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      if (!cam_study_dialog_save (self, path, &error))
        fail (self, _("The plan could not be saved"), error);
    }
  else if (!cam_study_dialog_open (self, path, &error))
    fail (self, _("The plan could not be opened"), error);
}

static void
choose_file (CamStudyDialog       *self,
             const char           *title,
             GtkFileChooserAction  action)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Plans (JSON)"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      g_autofree char *name = g_strdelimit (g_strconcat (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), ".json", NULL), "/\\:", '-');

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  choose_file (CAM_STUDY_DIALOG (widget), _("Open Plan"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  choose_file (CAM_STUDY_DIALOG (widget), _("Save Plan"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

static void
start_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamStudyDialog *self = CAM_STUDY_DIALOG (widget);

  if (self->plan == NULL)
    return;
  g_signal_emit (self, signals[START], 0, self->plan, self->seconds);
  gtk_window_close (GTK_WINDOW (self));
}

/* The widget --------------------------------------------------------------------------------------------------------- */

static void
cam_study_dialog_dispose (GObject *object)
{
  CamStudyDialog *self = CAM_STUDY_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* Before the settings they show are gone. */
  if (self->values_bin != NULL)
    adw_bin_set_child (self->values_bin, NULL);
  G_OBJECT_CLASS (cam_study_dialog_parent_class)->dispose (object);
}

static void
cam_study_dialog_finalize (GObject *object)
{
  CamStudyDialog *self = CAM_STUDY_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->experiment, cam_experiment_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
  g_clear_pointer (&self->plan, cam_plan_unref);
  G_OBJECT_CLASS (cam_study_dialog_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, CamStudyDialog, name)

static void
cam_study_dialog_class_init (CamStudyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_study_dialog_dispose;
  object_class->finalize = cam_study_dialog_finalize;

  signals[START] = g_signal_new ("start", CAM_TYPE_STUDY_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_DOUBLE);

  gtk_widget_class_install_action (widget_class, "plan.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "plan.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "plan.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-study-dialog.ui");
  BIND (heading);
  BIND (note);
  BIND (summary);
  BIND (problem_icon);
  BIND (spinner);
  BIND (values_group);
  BIND (sizes_group);
  BIND (space_group);
  BIND (method_group);
  BIND (size_from_row);
  BIND (size_to_row);
  BIND (size_steps_row);
  BIND (sizes_list);
  BIND (trials_row);
  BIND (draw_seed_row);
  BIND (first_epochs_row);
  BIND (reduction_row);
  BIND (folds_row);
  BIND (repeats_row);
  BIND (seeds_list);
  BIND (name_row);
  BIND (setting);
  BIND (values_bin);
  BIND (sizes_form);
  BIND (method);
  BIND (monitor);
  BIND (size_from);
  BIND (size_to);
  BIND (size_steps);
  BIND (trials);
  BIND (draw_seed);
  BIND (first_epochs);
  BIND (reduction);
  BIND (folds);
  BIND (repeats);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, setting_cb);
}

static void
cam_study_dialog_init (CamStudyDialog *self)
{
  self->monitors = g_ptr_array_new_with_free_func (g_free);
  self->is_showing = TRUE;      /* the template sets values too */
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_expression (self->setting, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.start", FALSE);
}

CamStudyDialog *
cam_study_dialog_new (GtkWindow    *parent,
                      CamSession   *session,
                      CamStudyKind  kind)
{
  CamStudyDialog *self;
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (session));

  g_return_val_if_fail (CAM_IS_SESSION (session) && experiment != NULL, NULL);

  self = g_object_new (CAM_TYPE_STUDY_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->experiment = cam_experiment_ref (experiment);
  self->kind = kind;
  show_kind (self);
  look_again (self);

  return self;
}

gboolean
cam_study_dialog_is_ready (CamStudyDialog *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_DIALOG (self), FALSE);

  return self->plan != NULL;
}
