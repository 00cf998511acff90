/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page where a network is trained. Whatever happens only asks for a refresh; the refresh reads the run anew and shows all of it, at most about 15 times a second and only
 * while the page can be seen. So there is one way into each state. */
#include "cam-train-page.h"

#include <glib/gi18n-lib.h>

#include "cam-chart-card.h"
#include "cam-epoch-popover.h"
#include "cam-evaluation-view.h"
#include "cam-progress-card.h"
#include "cam-rate-card.h"
#include "cam-reading-card.h"
#include "cam-run-words.h"
#include "cam-train-banner.h"
#include "cam-train-charts.h"
#include "cam-train-figures.h"
#include "cam-train-inside.h"
#include "cam-train-region.h"
#include "cam-train-settings.h"
#include "cam-train-sight.h"
#include "cam-words.h"

#define REFRESH_MS 66
/* A run of very many epochs takes long to read: then it is read less often, so that the window has the rest of the time. */
#define REST_PER_REFRESH 16

struct _CamTrainPage
{
  AdwBin           parent_instance;

  /* owned */
  CamSession      *session;
  CamRunItem      *run;              /* shown; NULL: there is none */
  CamRunItem      *chosen;           /* wanted in place of the latest one; NULL: none */
  CamExperiment   *run_experiment;   /* its experiment, parsed once */
  CamTrainCharts  *charts;
  CamTrainRegion  *region;           /* this and the next two after the curves, which come first on the board: NULL until then */
  CamTrainSight   *sight;
  CamTrainInside  *inside;
  guint            refresh_timer;
  gint64           next_refresh;     /* not before; monotonic */
  char            *folder;           /* of the shown run's files; NULL: none */

  /* template children */
  GtkStack        *centre;
  GtkWidget       *settings;
  GtkWidget       *views_box;
  GtkBox          *header;
  GtkToggleButton *curves_button;
  GtkToggleButton *evaluation_button;
  GtkStack        *views;
  CamEvaluationView *evaluation;
  GtkLabel        *name_label;
  GtkLabel        *state_chip;
  GtkLabel        *about_label;
  CamTrainBanner  *banner;
  CamTrainBoard   *board;
  CamRateCard     *rate_card;
  GtkWidget       *happened_card;
  GtkImage        *happened_icon;
  GtkLabel        *happened_title;
  GtkLabel        *happened_detail;
  CamReadingCard  *reading_card;
  CamFigureCard   *scores_card;
  CamFigureCard   *rows_card;
  CamFigureCard   *numbers_card;
  GtkWidget       *files_card;
  GtkLabel        *files_title;
  GtkLabel        *files_path;
  CamProgressCard *progress;
};

G_DEFINE_FINAL_TYPE (CamTrainPage, cam_train_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* The one that was chosen, unless another is under way; else the latest run: of this session, else the newest that the workspace keeps. Takes note of it. */
static void
choose_run (CamTrainPage *self)
{
  CamRunItem *current = cam_session_get_current_run (self->session);
  g_autoptr(CamRunItem) run = NULL;
  gboolean is_listed = self->chosen != NULL && g_list_store_find (G_LIST_STORE (cam_session_get_runs (self->session)), self->chosen, NULL);

  if (self->chosen != NULL && (!is_listed || cam_runner_get_state (cam_session_get_runner (self->session)) != CAM_RUNNER_IDLE))
    g_clear_object (&self->chosen);
  if (self->chosen != NULL)
    current = self->chosen;
  run = current != NULL ? g_object_ref (current) : g_list_model_get_item (cam_session_get_runs (self->session), 0);
  if (g_set_object (&self->run, run))
    g_clear_pointer (&self->run_experiment, cam_experiment_unref);
}

static CamRunFacts *
read_facts (CamTrainPage *self)
{
  CamRunFacts *facts;

  if (self->run == NULL)
    return NULL;
  facts = cam_run_facts_new (self->session, self->run, self->run_experiment);
  if (self->run_experiment == NULL && facts->experiment != NULL)
    self->run_experiment = cam_experiment_ref (facts->experiment);
  return facts;
}

/* What the shown run ran on; NULL: it is from another session. */
static CamDataset *
get_run_dataset (CamTrainPage *self)
{
  CamRunner *runner = cam_session_get_runner (self->session);

  if (self->run == NULL)
    return cam_session_get_dataset (self->session);
  if (self->run != cam_session_get_current_run (self->session) || cam_runner_get_run_id (runner) != cam_run_item_get_id (self->run))
    return NULL;
  return cam_runner_get_dataset (runner);
}

static void
show_header (CamTrainPage      *self,
             const CamRunFacts *facts,
             CamExperiment     *experiment)
{
  static const char *const colours[] = { "blue", "green", "amber", "red", "plain" };
  g_autofree char *summary = facts == NULL && experiment != NULL ? cam_experiment_describe (experiment) : g_strdup (facts != NULL ? facts->summary : "");
  CamDataset *dataset = get_run_dataset (self);
  g_autofree char *rows = dataset != NULL ? cam_words_count (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN)) : NULL;
  g_autofree char *about = NULL;

  gtk_label_set_label (self->name_label, facts != NULL ? facts->name : _("No run yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->state_chip), facts != NULL);
  if (facts != NULL)
    {
      gtk_label_set_label (self->state_chip, cam_run_words_state (facts));
      for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
        gtk_widget_remove_css_class (GTK_WIDGET (self->state_chip), colours[i]);
      gtk_widget_add_css_class (GTK_WIDGET (self->state_chip), cam_run_words_colour (facts));
    }
  if (rows != NULL)
    /* translators: a network in short, number of rows */
    about = g_strdup_printf (_("%s · %s training rows"), summary, rows);
  gtk_label_set_label (self->about_label, about != NULL ? about : summary);
}

static void
show_happened (CamTrainPage      *self,
               const CamRunFacts *facts)
{
  gboolean is_good = facts != NULL && !facts->is_live
                     && (facts->state == CAM_RUN_FINISHED || facts->state == CAM_RUN_EARLY || facts->state == CAM_RUN_STOPPED);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  gtk_widget_set_visible (self->happened_card, is_good);
  if (!is_good)
    return;
  title = cam_run_words_end (facts, &detail);
  gtk_image_set_from_icon_name (self->happened_icon, facts->state == CAM_RUN_STOPPED ? "media-playback-stop-symbolic" : "object-select-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->happened_icon), facts->state == CAM_RUN_STOPPED ? "cam-ink-green" : "cam-ink-slate");
  gtk_widget_add_css_class (GTK_WIDGET (self->happened_icon), facts->state == CAM_RUN_STOPPED ? "cam-ink-slate" : "cam-ink-green");
  gtk_label_set_label (self->happened_title, title);
  gtk_label_set_label (self->happened_detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->happened_detail), *detail != '\0');
}

static void
show_progress (CamTrainPage      *self,
               const CamRunFacts *facts)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  g_autofree char *count = NULL;
  g_autofree char *title = NULL;

  if (facts != NULL)
    {
      cam_progress_card_show_run (self->progress, facts, facts->is_live ? cam_runner_get_progress (cam_session_get_runner (self->session)) : NULL);
      return;
    }
  if (cam_session_get_train_reason (self->session) != NULL)
    {
      cam_progress_card_show_waiting (self->progress, _("Not ready yet"), NULL);
      return;
    }
  count = cam_words_count (experiment != NULL ? cam_experiment_get_epochs (experiment) : 0);
  title = g_strdup_printf (_("Ready for %s epochs"), count);
  cam_progress_card_show_waiting (self->progress, title, _("Ctrl+R trains, Esc stops and keeps the best model"));
}

/* Once there is something in it. */
static void
show_files (CamTrainPage      *self,
            const CamRunFacts *facts)
{
  const char *folder = facts != NULL ? json_string_value (json_object_get (facts->report, "folder")) : NULL;
  guint n = facts != NULL ? cam_run_facts_get_count (facts, "files") : 0;
  g_autofree char *count = cam_words_count (n);
  g_autofree char *title = NULL;

  if (facts != NULL && facts->is_live)
    {
      folder = cam_runner_get_folder (cam_session_get_runner (self->session));
      if (folder != NULL && !g_file_test (folder, G_FILE_TEST_IS_DIR))
        folder = NULL;
    }
  gtk_widget_set_visible (self->files_card, folder != NULL);
  if (g_strcmp0 (folder, self->folder) != 0)
    {
      g_free (self->folder);
      self->folder = g_strdup (folder);
      gtk_label_set_label (self->files_path, folder != NULL ? folder : "");
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->files_path), folder);
    }
  title = n > 0 ? g_strdup_printf (ngettext ("%s file was written", "%s files were written", n), count) : g_strdup (_("Files are being written"));
  gtk_label_set_label (self->files_title, title);
}

/* On the loss chart, by click or key. */
static void
epoch_chosen_cb (CamTrainPage *self,
                 double        epoch)
{
  CamRunner *runner = cam_session_get_runner (self->session);
  gboolean is_under_way = self->run == cam_session_get_current_run (self->session) && cam_runner_get_state (runner) != CAM_RUNNER_IDLE
                          && cam_runner_get_state (runner) != CAM_RUNNER_PAUSED;

  if (self->run != NULL)
    cam_epoch_popover_present (self->session, self->run, is_under_way, CAM_CHART_CARD (cam_train_charts_get_card (self->charts, 0)), epoch);
}

/* What the network has learned, and how it learns. */
static void
show_inside (CamTrainPage      *self,
             const CamRunFacts *facts)
{
  CamRunner *runner = cam_session_get_runner (self->session);
  CamDataset *dataset = get_run_dataset (self);

  if (self->region == NULL)
    {
      self->region = cam_train_region_new (self->board);
      self->sight = cam_train_sight_new (self->board);
      self->inside = cam_train_inside_new (self->board);
      g_signal_connect_object (cam_chart_card_get_view (CAM_CHART_CARD (cam_train_charts_get_card (self->charts, 0))), "point-activated",
                               G_CALLBACK (epoch_chosen_cb), self, G_CONNECT_SWAPPED);
    }
  cam_train_region_show (self->region, runner, facts, dataset);
  cam_train_sight_show (self->sight, runner, facts, dataset);
  cam_train_inside_show (self->inside, runner, facts, facts != NULL && dataset != NULL);
}

/* What the run is worth, once it has ended: then there is room for it in place of the settings. */
static void
show_evaluation (CamTrainPage      *self,
                 const CamRunFacts *facts)
{
  gboolean can = facts != NULL && !facts->is_live && facts->n_epochs > 0, is_shown;

  gtk_widget_set_visible (self->views_box, can);
  if (!can)
    gtk_toggle_button_set_active (self->curves_button, TRUE);
  is_shown = can && gtk_toggle_button_get_active (self->evaluation_button);
  gtk_widget_set_visible (self->settings, !is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !is_shown);
  gtk_widget_set_visible (cam_evaluation_view_get_switches (self->evaluation), is_shown);
  gtk_stack_set_visible_child_name (self->views, is_shown ? "evaluation" : "curves");
  if (is_shown)
    cam_evaluation_view_show (self->evaluation, self->session, self->run, facts->n_epochs * 16 + facts->state);
  else if (!can)
    cam_evaluation_view_show (self->evaluation, self->session, NULL, 0);
}

static void
update_actions (CamTrainPage      *self,
                const CamRunFacts *facts)
{
  gboolean is_live = facts != NULL && facts->is_live && !facts->is_stopping, can_go_on = facts != NULL && facts->can_go_on;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.pause", is_live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.one-more", is_live || can_go_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.more", can_go_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.ask-more", can_go_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.go-on", can_go_on && facts->n_planned > facts->go_on_epoch);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.go-back", facts != NULL && facts->can_go_back);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.rate", is_live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "train.open-folder", self->folder != NULL);
}

static void
refresh (CamTrainPage *self)
{
  CamExperiment *document = cam_document_get_experiment (cam_session_get_document (self->session));
  g_autoptr(CamRunFacts) facts = NULL;
  CamExperiment *experiment;

  choose_run (self);
  facts = read_facts (self);
  experiment = facts != NULL ? facts->experiment : document;

  gtk_stack_set_visible_child_name (self->centre, document != NULL || facts != NULL ? "run" : "none");
  if (document == NULL && facts == NULL)
    return;
  show_header (self, facts, experiment);
  cam_train_banner_show (self->banner, facts, get_run_dataset (self));
  cam_train_charts_show (self->charts, facts, experiment,
                         cam_session_get_train_reason (self->session) == NULL ? _("Press Train, and the curves grow here") : _("No run yet"));
  show_inside (self, facts);
  cam_rate_card_show (self->rate_card, facts);
  show_happened (self, facts);
  cam_reading_card_show (self->reading_card, self->session, facts);
  show_files (self, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->scores_card), facts != NULL && (facts->is_live || facts->n_epochs > 0));
  if (facts != NULL)
    cam_train_show_scores (self->scores_card, facts);
  cam_train_show_rows (self->rows_card, get_run_dataset (self));
  cam_train_show_numbers (self->numbers_card, facts, experiment, get_run_dataset (self));
  show_progress (self, facts);
  show_evaluation (self, facts);
  update_actions (self, facts);
}

static gboolean
refresh_cb (gpointer user_data)
{
  CamTrainPage *self = user_data;
  gint64 began = g_get_monotonic_time (), took;

  self->refresh_timer = 0;
  refresh (self);
  took = g_get_monotonic_time () - began;
  self->next_refresh = began + MAX (REFRESH_MS * 1000, took * REST_PER_REFRESH);
  return G_SOURCE_REMOVE;
}

/* At once, unless that was a moment ago. A page out of sight is refreshed when it comes into sight. */
static void
queue_refresh (CamTrainPage *self)
{
  gint64 wait = self->next_refresh - g_get_monotonic_time ();

  if (self->session == NULL || self->refresh_timer != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->refresh_timer = g_timeout_add (wait > 0 ? (guint) (wait / 1000) + 1 : 0, refresh_cb, self);
}

static void
pause_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);

  cam_session_pause (self->session, cam_runner_get_state (cam_session_get_runner (self->session)) == CAM_RUNNER_RUNNING);
}

static void
one_more_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);

  if (cam_runner_get_state (cam_session_get_runner (self->session)) != CAM_RUNNER_IDLE)
    cam_session_step (self->session);
  else if (self->run != NULL)
    cam_session_go_on (self->session, self->run, 1);
}

static void
more_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);

  if (self->run != NULL)
    cam_session_go_on (self->session, self->run, g_variant_get_uint32 (parameter));
}

static void
ask_more_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  cam_progress_card_ask_more (CAM_TRAIN_PAGE (widget)->progress);
}

static void
go_on_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);

  if (self->run != NULL)
    cam_session_go_on (self->session, self->run, 0);
}

static void
go_back_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);

  if (self->run != NULL)
    cam_session_go_back (self->session, self->run, g_variant_get_double (parameter));
}

static void
focus_rate_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  cam_rate_card_focus (CAM_TRAIN_PAGE (widget)->rate_card);
}

static void
open_folder_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);
  g_autofree char *uri = self->folder != NULL ? g_filename_to_uri (self->folder, NULL, NULL) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME);
}

static void
look_up_cb (CamTrainPage *self,
            guint64       row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.look-up-row", "t", row);
}

static void
rate_cb (CamTrainPage *self,
         double        rate)
{
  cam_session_set_rate (self->session, rate);
}

static void
take_session (CamTrainPage *self,
              CamSession   *session)
{
  static const char *const of_session[] = { "notify::busy", "notify::dataset", "notify::problems", "notify::train-reason" };
  static const char *const of_runner[] = { "epochs", "progress", "ended", "notify::state" };

  if (session == NULL || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (of_session); i++)
    g_signal_connect_object (session, of_session[i], G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (of_runner); i++)
    g_signal_connect_object (cam_session_get_runner (session), of_runner[i], G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_runs (session), "items-changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
cam_train_page_map (GtkWidget *widget)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (widget);

  /* Before the first frame, so that nothing old flashes by. */
  if (self->session != NULL)
    refresh (self);
  GTK_WIDGET_CLASS (cam_train_page_parent_class)->map (widget);
}

static void
cam_train_page_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, CAM_TRAIN_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_train_page_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (prop_id == PROP_SESSION)
    take_session (CAM_TRAIN_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_train_page_dispose (GObject *object)
{
  CamTrainPage *self = CAM_TRAIN_PAGE (object);

  g_clear_handle_id (&self->refresh_timer, g_source_remove);
  g_clear_pointer (&self->charts, cam_train_charts_free);
  g_clear_pointer (&self->region, cam_train_region_free);
  g_clear_pointer (&self->sight, cam_train_sight_free);
  g_clear_pointer (&self->inside, cam_train_inside_free);
  g_clear_pointer (&self->run_experiment, cam_experiment_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->run);
  g_clear_object (&self->chosen);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cam_train_page_parent_class)->dispose (object);
}

static void
cam_train_page_class_init (CamTrainPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_train_page_get_property;
  object_class->set_property = cam_train_page_set_property;
  object_class->dispose = cam_train_page_dispose;
  widget_class->map = cam_train_page_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_EVALUATION_VIEW);
  g_type_ensure (CAM_TYPE_FIGURE_CARD);
  g_type_ensure (CAM_TYPE_PROGRESS_CARD);
  g_type_ensure (CAM_TYPE_RATE_CARD);
  g_type_ensure (CAM_TYPE_READING_CARD);
  g_type_ensure (CAM_TYPE_TRAIN_BANNER);
  g_type_ensure (CAM_TYPE_TRAIN_BOARD);
  g_type_ensure (CAM_TYPE_TRAIN_SETTINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, centre);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, state_chip);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, about_label);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, banner);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, board);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, rate_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, happened_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, happened_icon);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, happened_title);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, happened_detail);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, reading_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, scores_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, rows_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, numbers_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, files_card);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, files_title);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, files_path);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, progress);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, settings);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, views_box);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, header);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, curves_button);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, evaluation_button);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, views);
  gtk_widget_class_bind_template_child (widget_class, CamTrainPage, evaluation);
  gtk_widget_class_bind_template_callback (widget_class, rate_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_refresh);

  gtk_widget_class_install_action (widget_class, "train.pause", NULL, pause_cb);
  gtk_widget_class_install_action (widget_class, "train.one-more", NULL, one_more_cb);
  gtk_widget_class_install_action (widget_class, "train.more", "u", more_cb);
  gtk_widget_class_install_action (widget_class, "train.ask-more", NULL, ask_more_cb);
  gtk_widget_class_install_action (widget_class, "train.go-on", NULL, go_on_cb);
  gtk_widget_class_install_action (widget_class, "train.go-back", "d", go_back_cb);
  gtk_widget_class_install_action (widget_class, "train.rate", NULL, focus_rate_cb);
  gtk_widget_class_install_action (widget_class, "train.open-folder", NULL, open_folder_cb);
}

/* In the whole window, wherever the keyboard is. */
static void
add_keys (CamTrainPage *self)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
    { GDK_KEY_p, GDK_CONTROL_MASK, "train.pause" },
    { GDK_KEY_e, GDK_CONTROL_MASK, "train.one-more" },
    { GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "train.ask-more" },
    { GDK_KEY_l, GDK_CONTROL_MASK, "train.rate" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers), gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
cam_train_page_init (CamTrainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->charts = cam_train_charts_new (self->board);
  gtk_box_append (self->header, cam_evaluation_view_get_switches (self->evaluation));
  update_actions (self, NULL);
  add_keys (self);
}

GtkWidget *
cam_train_page_new (CamSession *session)
{
  g_return_val_if_fail (CAM_IS_SESSION (session), NULL);

  return g_object_new (CAM_TYPE_TRAIN_PAGE, "session", session, NULL);
}

void
cam_train_page_evaluate (CamTrainPage *self,
                         CamRunItem   *run)
{
  g_return_if_fail (CAM_IS_TRAIN_PAGE (self) && CAM_IS_RUN_ITEM (run));

  g_set_object (&self->chosen, run);
  if (self->session != NULL)
    refresh (self);
  gtk_toggle_button_set_active (self->evaluation_button, TRUE);
  if (self->session != NULL)
    refresh (self);
}
