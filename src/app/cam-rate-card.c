/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learning rate of a run under way. */
#include "cam-rate-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-field-form.h"
#include "cam-run-rates.h"

struct _CamRateCard
{
  AdwBin        parent_instance;

  /* owned */
  CamFieldForm *form;

  double        rate;           /* shown; NaN: none */

  /* template children */
  GtkListBox   *list;
};

G_DEFINE_FINAL_TYPE (CamRateCard, cam_rate_card, ADW_TYPE_BIN)

enum { RATE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const CamField fields[] = {
  CAM_F_FLOAT ("learning_rate", N_("Learning rate"), N_("Of the run, from its next batch on."), 0.001, 0, 1000, CAM_FIELD_LOG),
  CAM_F_END,
};

/* The engine keeps float32 values: seven digits say all of one, and 0.0005 stays 0.0005. */
static double
round_rate (double rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.7g", rate), NULL);
}

static void
changed_cb (CamRateCard    *self,
            const CamField *field,
            const json_t   *value)
{
  self->rate = json_number_value (value);
  g_signal_emit (self, signals[RATE], 0, self->rate);
}

static void
show_rate (CamRateCard *self)
{
  g_autoptr(json_t) config = json_pack ("{s:f}", "learning_rate", self->rate);

  cam_field_form_show (self->form, config);
}

static void
divide (CamRateCard *self,
        double       by)
{
  if (!isfinite (self->rate))
    return;
  self->rate = round_rate (self->rate / by);
  show_rate (self);
  g_signal_emit (self, signals[RATE], 0, self->rate);
}

static void
halve_cb (CamRateCard *self)
{
  divide (self, 2);
}

static void
tenth_cb (CamRateCard *self)
{
  divide (self, 10);
}

static void
cam_rate_card_dispose (GObject *object)
{
  g_clear_object (&CAM_RATE_CARD (object)->form);
  G_OBJECT_CLASS (cam_rate_card_parent_class)->dispose (object);
}

static void
cam_rate_card_class_init (CamRateCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_rate_card_dispose;

  signals[RATE] = g_signal_new ("rate", CAM_TYPE_RATE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-rate-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamRateCard, list);
  gtk_widget_class_bind_template_callback (widget_class, halve_cb);
  gtk_widget_class_bind_template_callback (widget_class, tenth_cb);
}

static void
cam_rate_card_init (CamRateCard *self)
{
  self->rate = NAN;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->form = cam_field_form_new (GTK_WIDGET (self->list), NULL);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  cam_field_form_set_fields (self->form, fields);
}

GtkWidget *
cam_rate_card_new (void)
{
  return g_object_new (CAM_TYPE_RATE_CARD, NULL);
}

/* Who else has a say in the rate. */
static const char *
describe (const CamRunFacts *facts)
{
  if (cam_run_facts_find (facts, "learning_rate") != NULL)
    return _("From the next batch on, until a callback sets another.");
  if (facts->rate != NULL && !json_is_number (facts->rate))
    return _("From the next batch on, instead of the schedule.");
  return _("From the next batch on. The settings at the left stay as they are.");
}

void
cam_rate_card_show (CamRateCard       *self,
                    const CamRunFacts *facts)
{
  double rate;

  g_return_if_fail (CAM_IS_RATE_CARD (self));

  gtk_widget_set_visible (GTK_WIDGET (self), facts != NULL && facts->is_live && !facts->is_stopping);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->list), describe (facts));
  rate = round_rate (cam_run_rates_get (facts));
  if (!isfinite (rate) || rate == self->rate || gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL)
    return;
  self->rate = rate;
  show_rate (self);
}

void
cam_rate_card_focus (CamRateCard *self)
{
  g_return_if_fail (CAM_IS_RATE_CARD (self));

  /* Which puts the keyboard into its number, not on the row. */
  adw_action_row_activate (ADW_ACTION_ROW (cam_field_form_find (self->form, "learning_rate")));
}
