/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of the curves. */
#include "cam-reading-card.h"

#include <cam-reading.h>
#include <glib/gi18n-lib.h>

struct _CamReadingCard
{
  AdwBin      parent_instance;

  /* owned */
  CamSession *session;
  GPtrArray  *readings;       /* of CamReading; shown */
  char       *shown;          /* what is on the card, to tell whether it is other now */

  /* template children */
  GtkBox     *rows;
  GtkWidget  *live;
};

G_DEFINE_FINAL_TYPE (CamReadingCard, cam_reading_card, ADW_TYPE_BIN)

static const struct { const char *icon, *colour; } looks[] = {
  [CAM_READING_OVERFITTING] = { "dialog-warning-symbolic", "cam-ink-amber" },
  [CAM_READING_UNDERFITTING] = { "dialog-warning-symbolic", "cam-ink-amber" },
  [CAM_READING_RATE_TOO_HIGH] = { "dialog-warning-symbolic", "cam-ink-amber" },
  [CAM_READING_RATE_TOO_LOW] = { "dialog-information-symbolic", "cam-ink-blue" },
  [CAM_READING_PLATEAU] = { "dialog-information-symbolic", "cam-ink-blue" },
  [CAM_READING_UNSTABLE] = { "dialog-warning-symbolic", "cam-ink-amber" },
  [CAM_READING_LEAKAGE] = { "dialog-warning-symbolic", "cam-ink-amber" },
};

static void
fix_cb (CamReadingCard *self,
        GtkButton      *button)
{
  const CamReading *reading = g_object_get_data (G_OBJECT (button), "reading");
  g_autofree char *path = g_strdup (reading->fix_path), *title = g_strdup (reading->fix_title);
  g_autoptr(json_t) value = json_incref (reading->fix_value);

  /* The edit may replace the readings. */
  cam_session_edit (self->session, path, value, title);
}

static void
add_row (CamReadingCard   *self,
         const CamReading *reading)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[reading->kind].icon);
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b> %s", reading->claim, reading->evidence);

  gtk_widget_add_css_class (icon, looks[reading->kind].colour);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 1);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "cam-body");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("reading of the curves"), -1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), label);
  if (reading->fix_path != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (reading->fix_title);

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, _("Changes the settings for the next run; it can be undone"));
      g_object_set_data (G_OBJECT (button), "reading", (gpointer) reading);
      g_signal_connect_object (button, "clicked", G_CALLBACK (fix_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (words), button);
    }
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (self->rows, row);
}

static void
cam_reading_card_dispose (GObject *object)
{
  CamReadingCard *self = CAM_READING_CARD (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->readings, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (cam_reading_card_parent_class)->dispose (object);
}

static void
cam_reading_card_class_init (CamReadingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_reading_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-reading-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamReadingCard, rows);
  gtk_widget_class_bind_template_child (widget_class, CamReadingCard, live);
}

static void
cam_reading_card_init (CamReadingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cam_reading_card_new (void)
{
  return g_object_new (CAM_TYPE_READING_CARD, NULL);
}

/* What the readings say, end to end. */
static char *
join (GPtrArray *readings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < readings->len; i++)
    {
      const CamReading *reading = readings->pdata[i];

      g_string_append_printf (text, "%s\n%s\n%s\n", reading->claim, reading->evidence, reading->fix_title != NULL ? reading->fix_title : "");
    }

  return g_string_free (text, FALSE);
}

void
cam_reading_card_show (CamReadingCard    *self,
                       CamSession        *session,
                       const CamRunFacts *facts)
{
  CamExperiment *document = cam_document_get_experiment (cam_session_get_document (session));
  g_autoptr(GPtrArray) readings = NULL;
  g_autofree char *text = NULL;
  CamCurves curves;

  g_return_if_fail (CAM_IS_READING_CARD (self));

  if (facts == NULL || document == NULL || facts->keys == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  curves = (CamCurves) { (const char *const *) facts->keys, (const double *const *) facts->values, facts->n_epochs };
  readings = cam_readings_new (&curves, document);
  gtk_widget_set_visible (GTK_WIDGET (self), readings->len > 0);
  gtk_widget_set_visible (self->live, facts->is_live);
  text = join (readings);
  if (g_strcmp0 (text, self->shown) == 0)
    return;

  g_set_object (&self->session, session);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL;)
    gtk_box_remove (self->rows, child);
  g_clear_pointer (&self->readings, g_ptr_array_unref);
  self->readings = g_steal_pointer (&readings);
  for (guint i = 0; i < self->readings->len; i++)
    add_row (self, self->readings->pdata[i]);
}
