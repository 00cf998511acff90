/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress of a run. */
#include "cam-progress-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-run-words.h"
#include "cam-words.h"

#define N_FIGURES 4
/* Proposed where nothing is left of what was asked for. */
#define FEW_EPOCHS 10

struct _CamProgressCard
{
  AdwBin           parent_instance;

  /* template children */
  GtkLabel        *epoch_label;
  GtkLabel        *batch_label;
  GtkProgressBar  *bar;
  GtkWidget       *figures;
  GtkLabel        *figure_1;
  GtkLabel        *figure_2;
  GtkLabel        *figure_3;
  GtkLabel        *figure_4;
  GtkLabel        *name_1;
  GtkLabel        *name_2;
  GtkLabel        *name_3;
  GtkLabel        *name_4;
  GtkWidget       *line;
  GtkWidget       *pause_button;
  AdwButtonContent *pause_content;
  GtkWidget       *step_button;
  GtkWidget       *more_button;
  GtkPopover      *more_popover;
  GtkSpinButton   *more_spin;
  GtkWidget       *stop_button;
  GtkWidget       *save_button;

  guint            proposed;       /* in the question how many epochs more */
};

G_DEFINE_FINAL_TYPE (CamProgressCard, cam_progress_card, ADW_TYPE_BIN)

static void
set_figure (CamProgressCard *self,
            guint            place,
            const char      *name,
            const char      *text)
{
  GtkLabel *figures[N_FIGURES] = { self->figure_1, self->figure_2, self->figure_3, self->figure_4 };
  GtkLabel *names[N_FIGURES] = { self->name_1, self->name_2, self->name_3, self->name_4 };

  if (g_strcmp0 (gtk_label_get_label (figures[place]), text) != 0)
    gtk_label_set_label (figures[place], text);
  if (g_strcmp0 (gtk_label_get_label (names[place]), name) != 0)
    {
      gtk_label_set_label (names[place], name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (figures[place]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
    }
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (figures[place])), text != NULL);
}

static void
show_epoch (CamProgressCard *self,
            guint            epoch,
            guint            n_epochs)
{
  g_autofree char *first = cam_words_count (epoch);
  g_autofree char *last = cam_words_count (n_epochs);
  /* translators: %s are the epoch under way and the number of epochs; <b> marks what is bold */
  g_autofree char *text = g_strdup_printf (_("<b>Epoch %s</b> of %s"), first, last);

  gtk_label_set_markup (self->epoch_label, text);
}

static void
show_batch (CamProgressCard   *self,
            const CamProgress *progress)
{
  g_autofree char *first = cam_words_count (progress->batch);
  g_autofree char *last = cam_words_count (progress->n_batches);
  /* translators: batches done and batches of an epoch */
  g_autofree char *text = g_strdup_printf (_("batch %s of %s"), first, last);

  gtk_label_set_label (self->batch_label, text);
}

/* What is left of the epochs asked for, where somebody stopped before them. A number that was typed stays. */
static void
propose_more (CamProgressCard   *self,
              const CamRunFacts *facts)
{
  guint left = facts != NULL && facts->n_planned > facts->n_epochs ? facts->n_planned - facts->n_epochs : FEW_EPOCHS;

  if (self->proposed == left || gtk_widget_get_visible (GTK_WIDGET (self->more_popover)))
    return;
  self->proposed = left;
  gtk_spin_button_set_value (self->more_spin, left);
}

static void
go_on_cb (CamProgressCard *self)
{
  gtk_spin_button_update (self->more_spin);
  gtk_popover_popdown (self->more_popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "train.more", "u", (guint32) gtk_spin_button_get_value_as_int (self->more_spin));
}

static void
show_buttons (CamProgressCard   *self,
              const CamRunFacts *facts)
{
  gboolean is_live = facts != NULL && facts->is_live;

  gboolean can_go_on = facts != NULL && facts->can_go_on;

  gtk_widget_set_visible (self->pause_button, is_live);
  gtk_widget_set_visible (self->step_button, is_live || can_go_on);
  gtk_widget_set_visible (self->more_button, can_go_on);
  gtk_widget_set_visible (self->stop_button, is_live);
  gtk_widget_set_visible (self->save_button, facts != NULL && !is_live && facts->n_epochs > 0);
  gtk_widget_set_visible (self->line, is_live || can_go_on || gtk_widget_get_visible (self->save_button));
  gtk_widget_set_tooltip_text (self->step_button, is_live ? _("One epoch more, then pause (Ctrl+E)") : _("One epoch more (Ctrl+E)"));
  if (!is_live)
    {
      propose_more (self, facts);
      return;
    }
  gtk_widget_set_tooltip_text (self->pause_button, facts->is_paused ? _("Go on (Ctrl+P)") : _("Pause between two batches (Ctrl+P)"));
  adw_button_content_set_label (self->pause_content, facts->is_paused ? _("Resume") : _("Pause"));
  adw_button_content_set_icon_name (self->pause_content, facts->is_paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
}

/* Figures whose text is taken. */
static void
take_figure (CamProgressCard *self,
             guint            place,
             const char      *name,
             char            *text)
{
  set_figure (self, place, name, text);
  g_free (text);
}

static void
show_live (CamProgressCard   *self,
           const CamRunFacts *facts,
           const CamProgress *progress)
{
  /* The epoch under way is one more than those that are done. */
  const guint under_way = MIN (progress->epoch + 1, MAX (progress->n_epochs, 1));
  const char *key = cam_run_facts_find (facts, "val_loss") != NULL ? "val_loss" : "loss";
  double share = progress->n_batches > 0 ? (double) progress->batch / (double) progress->n_batches : 0;

  show_epoch (self, under_way, progress->n_epochs);
  show_batch (self, progress);
  gtk_progress_bar_set_fraction (self->bar, CLAMP ((progress->epoch + fmin (share, 1)) / fmax (progress->n_epochs, 1), 0, 1));
  take_figure (self, 0, "loss", cam_run_words_value ("loss", progress->batch > 0 ? progress->loss : cam_run_facts_get_value (facts, "loss", facts->n_epochs)));
  take_figure (self, 1, "val_loss", key[0] == 'v' ? cam_run_words_value (key, cam_run_facts_get_value (facts, key, facts->n_epochs)) : NULL);
  take_figure (self, 2, _("rows/s"), cam_run_words_speed (progress->rows_per_s));
  take_figure (self, 3, _("left"), cam_run_words_duration (progress->left_s));
}

static void
show_ended (CamProgressCard   *self,
            const CamRunFacts *facts)
{
  g_autofree char *done = cam_words_count (facts->n_epochs);
  g_autofree char *planned = cam_words_count (facts->n_planned);
  g_autofree char *text = NULL;
  const char *monitor = facts->monitor != NULL ? facts->monitor : "loss";

  /* translators: epochs done of epochs asked for; <b> marks what is bold */
  text = g_strdup_printf (_("<b>%s epochs</b> of %s"), done, planned);
  gtk_label_set_markup (self->epoch_label, text);
  gtk_label_set_label (self->batch_label, cam_run_words_state (facts));
  gtk_progress_bar_set_fraction (self->bar, facts->n_planned > 0 ? CLAMP ((double) facts->n_epochs / facts->n_planned, 0, 1) : 0);
  take_figure (self, 0, monitor, facts->best_epoch > 0 ? cam_run_words_value (monitor, facts->best_value) : NULL);
  take_figure (self, 1, _("best epoch"), facts->best_epoch > 0 ? cam_words_count (facts->best_epoch) : NULL);
  take_figure (self, 2, _("rows/s"), isfinite (facts->rows_per_s) ? cam_run_words_speed (facts->rows_per_s) : NULL);
  take_figure (self, 3, _("in all"), cam_run_words_duration (facts->seconds));
}

static void
cam_progress_card_class_init (CamProgressCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-progress-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, epoch_label);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, batch_label);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, bar);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, figures);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, figure_1);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, figure_2);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, figure_3);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, figure_4);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, name_1);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, name_2);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, name_3);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, name_4);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, line);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, pause_button);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, pause_content);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, step_button);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, more_button);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, more_popover);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, more_spin);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, stop_button);
  gtk_widget_class_bind_template_child (widget_class, CamProgressCard, save_button);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
}

static void
cam_progress_card_init (CamProgressCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Enter in the number is the button. */
  g_object_set (gtk_editable_get_delegate (GTK_EDITABLE (self->more_spin)), "activates-default", TRUE, NULL);
}

GtkWidget *
cam_progress_card_new (void)
{
  return g_object_new (CAM_TYPE_PROGRESS_CARD, NULL);
}

void
cam_progress_card_show_waiting (CamProgressCard *self,
                                const char      *title,
                                const char      *hint)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CAM_IS_PROGRESS_CARD (self));

  text = g_markup_printf_escaped ("<b>%s</b>", title);
  gtk_label_set_markup (self->epoch_label, text);
  gtk_label_set_label (self->batch_label, hint != NULL ? hint : "");
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_widget_set_visible (self->figures, FALSE);
  show_buttons (self, NULL);
}

void
cam_progress_card_show_run (CamProgressCard   *self,
                            const CamRunFacts *facts,
                            const CamProgress *progress)
{
  g_return_if_fail (CAM_IS_PROGRESS_CARD (self));
  g_return_if_fail (facts != NULL);

  gtk_widget_set_visible (self->figures, TRUE);
  show_buttons (self, facts);
  if (facts->is_live && progress != NULL)
    show_live (self, facts, progress);
  else
    show_ended (self, facts);
}

void
cam_progress_card_ask_more (CamProgressCard *self)
{
  g_return_if_fail (CAM_IS_PROGRESS_CARD (self));

  if (!gtk_widget_get_visible (self->more_button))
    return;
  gtk_popover_popup (self->more_popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->more_spin));
}
