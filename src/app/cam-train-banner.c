/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way, and what to do. */
#include "cam-train-banner.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-run-cause.h"
#include "cam-run-rates.h"
#include "cam-run-words.h"
#include "cam-train-edit.h"
#include "cam-words.h"

#define BUTTON_CHARS 24
/* Of the learning rate, after a divergence. */
#define LOWER 0.1

typedef enum
{
  DO_NOTHING,
  DO_FIX,          /* the edit that mends the first problem */
  DO_DATA,         /* show the page where it can be mended */
  DO_NETWORK,
  DO_BACK,         /* to the best epoch of the diverged run, with a tenth of its rate, or the rate of that epoch where that is lower */
  DO_AGAIN,        /* with a tenth of the rate */
  DO_TRAIN,
  DO_GO_ON,        /* with the run that was cut short */
} Step;

struct _CamTrainBanner
{
  AdwBin      parent_instance;

  /* owned */
  CamSession *session;

  double      lower_rate;     /* for the diverged run that is shown; NaN: none */
  Step        step;

  /* template children */
  GtkWidget  *box;
  GtkImage   *icon;
  GtkLabel   *title;
  GtkLabel   *detail;
  GtkButton  *button;
};

G_DEFINE_FINAL_TYPE (CamTrainBanner, cam_train_banner, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamExperiment *
get_experiment (CamTrainBanner *self)
{
  return cam_document_get_experiment (cam_session_get_document (self->session));
}

static void
say (CamTrainBanner *self,
     gboolean        is_error,
     const char     *title,
     const char     *detail,
     Step            step,
     const char     *button)
{
  gtk_widget_remove_css_class (self->box, is_error ? "warning" : "error");
  gtk_widget_add_css_class (self->box, is_error ? "error" : "warning");
  gtk_image_set_from_icon_name (self->icon, is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), is_error ? "cam-ink-amber" : "cam-ink-red");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), is_error ? "cam-ink-red" : "cam-ink-amber");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  self->step = step;
  gtk_widget_set_visible (GTK_WIDGET (self->button), step != DO_NOTHING);
  if (step != DO_NOTHING)
    {
      gtk_button_set_label (self->button, button);
      /* In two lines where it is long: the words beside it need the width. */
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->button)), TRUE);
      gtk_label_set_width_chars (GTK_LABEL (gtk_button_get_child (self->button)), g_utf8_strlen (button, -1) > BUTTON_CHARS ? BUTTON_CHARS : -1);
      gtk_label_set_max_width_chars (GTK_LABEL (gtk_button_get_child (self->button)), BUTTON_CHARS);
      gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (self->button)), GTK_JUSTIFY_CENTER);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* FALSE: nothing is in the way. */
static gboolean
say_blocked (CamTrainBanner *self)
{
  const char *reason = cam_session_get_train_reason (self->session);
  GPtrArray *problems = cam_session_get_problems (self->session);
  const CamProblem *problem = problems->len > 0 ? problems->pdata[0] : NULL;
  const char *title = _("This cannot be trained yet");

  if (reason == NULL)
    return FALSE;
  if (cam_session_get_dataset (self->session) == NULL)
    say (self, TRUE, title, reason, DO_DATA, _("Go to Data"));
  else if (problem == NULL)
    say (self, FALSE, title, reason, DO_NOTHING, NULL);
  else if (problem->fix_path != NULL)
    say (self, TRUE, title, reason, DO_FIX, problem->fix_title != NULL ? problem->fix_title : _("Mend it"));
  else if (problem->where != NULL && g_str_has_prefix (problem->where, "network"))
    say (self, TRUE, title, reason, DO_NETWORK, _("Go to Network"));
  else if (problem->where != NULL && (g_str_has_prefix (problem->where, "data") || g_str_has_prefix (problem->where, "split")))
    say (self, TRUE, title, reason, DO_DATA, _("Go to Data"));
  else
    say (self, TRUE, title, reason, DO_NOTHING, NULL);
  return TRUE;
}

/* Three digits, as a person would set it. */
static double
round_rate (double rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return isfinite (rate) ? g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.3g", rate), NULL) : rate;
}

static char *
join_sentences (const char *first,
                const char *second,
                const char *third)
{
  return g_strconcat (first, *first != '\0' && *second != '\0' ? " " : "", second, (*first != '\0' || *second != '\0') && *third != '\0' ? " " : "", third, NULL);
}

/* The rate may have been changed since, which is the cure already. */
static void
say_diverged (CamTrainBanner    *self,
              const CamRunFacts *facts,
              CamDataset        *dataset,
              const char        *title,
              const char        *detail)
{
  g_autofree char *cause = cam_run_cause_describe (facts, dataset);
  double rate = cam_train_get_rate (get_experiment (self)), run_rate = cam_train_get_rate (facts->experiment), held = cam_run_rates_get (facts);
  g_autofree char *next = NULL, *text = NULL, *button = NULL, *number = NULL;

  /* What held in the best epoch did no harm; fmin() passes over what is not known. */
  self->lower_rate = round_rate (fmin (held * LOWER, facts->best_epoch > 0 ? cam_run_rates_get_at (facts, facts->best_epoch) : NAN));
  if (g_strcmp0 (json_string_value (json_object_get (facts->report, "bad")), "data") == 0)
    {
      say (self, TRUE, title, detail, DO_DATA, _("Go to Data"));
      return;
    }
  if (facts->can_go_back && self->lower_rate > 0)
    {
      number = cam_words_number (self->lower_rate);
      /* translators: epoch, a learning rate */
      next = g_strdup_printf (_("The weights of epoch %u are kept; training can go on from there with the rate %s."), facts->best_epoch, number);
      text = join_sentences (detail, cause, next);
      button = g_strdup_printf (_("Go back to epoch %u (best) with a lower rate"), facts->best_epoch);
      say (self, TRUE, title, text, DO_BACK, button);
    }
  else if (rate < run_rate)
    {
      number = cam_words_number (rate);
      next = g_strdup_printf (_("The learning rate is %s now."), number);
      text = join_sentences (detail, cause, next);
      say (self, TRUE, title, text, DO_TRAIN, _("Train again"));
    }
  else
    {
      text = join_sentences (detail, cause, facts->best_epoch == 0 ? _("No epoch ended well, so there are no weights to go back to.") : "");
      say (self, TRUE, title, text, DO_AGAIN, _("Start again with a lower rate"));
    }
}

static void
clicked_cb (CamTrainBanner *self)
{
  GPtrArray *problems = cam_session_get_problems (self->session);
  const CamProblem *problem = problems->len > 0 ? problems->pdata[0] : NULL;

  switch (self->step)
    {
    case DO_FIX:
      if (problem != NULL && problem->fix_path != NULL)
        {
          /* The edit may replace the list of problems that these belong to. */
          g_autofree char *path = g_strdup (problem->fix_path);
          g_autofree char *name = g_strdup (problem->fix_title != NULL ? problem->fix_title : _("Mend it"));
          g_autoptr(json_t) value = problem->fix_value != NULL ? json_deep_copy (problem->fix_value) : NULL;

          cam_session_edit (self->session, path, value, name);
        }
      break;
    case DO_DATA:
    case DO_NETWORK:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", self->step == DO_DATA ? "data" : "network");
      break;
    case DO_BACK:
      gtk_widget_activate_action (GTK_WIDGET (self), "train.go-back", "d", self->lower_rate);
      break;
    case DO_AGAIN:
      if (cam_train_scale_rate (self->session, LOWER, _("Lower learning rate")))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.train", NULL);
      break;
    case DO_TRAIN:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.train", NULL);
      break;
    case DO_GO_ON:
      gtk_widget_activate_action (GTK_WIDGET (self), "train.go-on", NULL);
      break;
    case DO_NOTHING:
    default:
      break;
    }
}

/* From the last epoch that training can begin after; those told after it are done again, with the same numbers. */
static void
say_interrupted (CamTrainBanner    *self,
                 const CamRunFacts *facts,
                 const char        *title,
                 const char        *detail)
{
  g_autofree char *epoch = cam_words_count (facts->go_on_epoch);
  g_autofree char *next = NULL;
  g_autofree char *text = NULL;

  if (!facts->can_go_on || facts->n_planned <= facts->go_on_epoch)
    {
      next = facts->can_go_on ? g_strdup ("") : g_strdup (_("It cannot go on, as it ended before its training state was first kept; Train begins a new run."));
      text = g_strconcat (detail, *detail != '\0' ? " " : "", next, NULL);
      say (self, FALSE, title, text, DO_NOTHING, NULL);
      return;
    }
  next = facts->go_on_epoch < facts->n_epochs ? g_strdup_printf (_("It can go on after epoch %s; later ones are done again, with the same numbers."), epoch)
                                              : g_strdup_printf (_("It can go on after epoch %s."), epoch);
  text = g_strconcat (detail, *detail != '\0' ? " " : "", next, NULL);
  say (self, FALSE, title, text, DO_GO_ON, _("Go on"));
}

static void
cam_train_banner_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, CAM_TRAIN_BANNER (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_train_banner_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  CamTrainBanner *self = CAM_TRAIN_BANNER (object);

  if (prop_id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else if (g_set_object (&self->session, g_value_get_object (value)))
    g_object_notify_by_pspec (object, pspec);
}

static void
cam_train_banner_dispose (GObject *object)
{
  g_clear_object (&CAM_TRAIN_BANNER (object)->session);
  G_OBJECT_CLASS (cam_train_banner_parent_class)->dispose (object);
}

static void
cam_train_banner_class_init (CamTrainBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_train_banner_get_property;
  object_class->set_property = cam_train_banner_set_property;
  object_class->dispose = cam_train_banner_dispose;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-train-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, CamTrainBanner, box);
  gtk_widget_class_bind_template_child (widget_class, CamTrainBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, CamTrainBanner, title);
  gtk_widget_class_bind_template_child (widget_class, CamTrainBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, CamTrainBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
cam_train_banner_init (CamTrainBanner *self)
{
  self->lower_rate = NAN;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cam_train_banner_new (CamSession *session)
{
  g_return_val_if_fail (CAM_IS_SESSION (session), NULL);

  return g_object_new (CAM_TYPE_TRAIN_BANNER, "session", session, NULL);
}

void
cam_train_banner_show (CamTrainBanner    *self,
                       const CamRunFacts *facts,
                       CamDataset        *dataset)
{
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  gboolean is_busy;

  g_return_if_fail (CAM_IS_TRAIN_BANNER (self));
  g_return_if_fail (self->session != NULL);

  g_object_get (self->session, "busy", &is_busy, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (is_busy || say_blocked (self) || facts == NULL)
    return;
  title = cam_run_words_end (facts, &detail);
  if (facts->state == CAM_RUN_DIVERGED)
    say_diverged (self, facts, dataset, title, detail);
  else if (facts->state == CAM_RUN_FAILED)
    say (self, TRUE, title, detail, DO_NOTHING, NULL);
  else if (facts->state == CAM_RUN_INTERRUPTED)
    say_interrupted (self, facts, title, detail);
}
