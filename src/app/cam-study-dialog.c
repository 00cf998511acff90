/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study before it begins. What is chosen is looked at on a worker thread after each change: whether it can be done, and how long it takes. */
#include "cam-study-dialog-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-session-private.h"
#include "cam-study-job.h"
#include "cam-study-values.h"
#include "cam-window.h"
#include "cam-words.h"

/* One key on a list or a spin button passes over several values. */
#define LOOK_AFTER_MS 150
#define MEASURE_S 0.1

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
  const CamStudyChoice *choice = self->kind == CAM_STUDY_COMPARE ? cam_study_dialog_get_choice (self) : NULL;
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
  int n = gtk_spin_button_get_value_as_int (self->repeats);
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
  const char *method = cam_study_dialog_get_method (self);
  int n_folds = gtk_spin_button_get_value_as_int (self->folds);

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

/* A list begins with the steps that it takes the place of. */
static void
fill_sizes (CamStudyDialog *self)
{
  g_autoptr(json_t) sizes = NULL;
  g_autofree char *text = NULL;

  if (adw_combo_row_get_selected (self->sizes_form) != 1 || gtk_widget_get_visible (self->sizes_list))
    return;
  sizes = cam_study_dialog_make_sizes (self);
  text = cam_study_numbers_format (sizes, TRUE);
  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->sizes_list), text);
  self->is_showing = FALSE;
}

static void
changed_cb (CamStudyDialog *self)
{
  if (self->is_showing)
    return;
  fill_sizes (self);
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
  const CamStudyChoice *choice = self->choices != NULL ? cam_study_dialog_get_choice (self) : NULL;
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
  cam_study_dialog_put_plan (self, json);
  changed_cb (self);

  return TRUE;
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
  cam_study_dialog_install_files (widget_class);
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
