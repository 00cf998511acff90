/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a column in the preview. */

#include "cam-column-card.h"

#include <glib/gi18n-lib.h>

#include "cam-bars.h"
#include "cam-words.h"

struct _CamColumnCard
{
  AdwBin         parent_instance;

  CamColumnItem *item;            /* owned */
  const char    *hue;             /* class that is set; interned or NULL */

  /* template children */
  GtkWidget     *box;
  GtkImage      *icon;
  GtkLabel      *name;
  CamBars       *bars;
  GtkLabel      *preparation;
  GtkLabel      *missing;
};

G_DEFINE_FINAL_TYPE (CamColumnCard, cam_column_card, ADW_TYPE_BIN)

static void
set_hue (CamColumnCard *self,
         const char    *hue)
{
  GtkWidget *const inked[] = { GTK_WIDGET (self->icon), GTK_WIDGET (self->bars), GTK_WIDGET (self->preparation) };

  if (self->hue == hue)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (inked); i++)
    {
      if (self->hue != NULL)
        gtk_widget_remove_css_class (inked[i], self->hue);
      gtk_widget_add_css_class (inked[i], hue);
    }
  self->hue = hue;
}

static void
item_changed_cb (CamColumnCard *self)
{
  const CamColumnFacts *facts = cam_column_item_get_facts (self->item);
  const gsize n_rows = cam_table_get_n_rows (cam_column_item_get_table (self->item));
  g_autofree char *share = cam_words_share (n_rows > 0 ? (double) facts->n_missing / (double) n_rows : 0);
  g_autofree char *label = NULL, *histogram = NULL;
  const char *name = cam_column_item_get_name (self->item), *preparation = cam_column_item_get_preparation (self->item);

  gtk_label_set_label (self->name, name);
  gtk_image_set_from_icon_name (self->icon, cam_column_item_get_icon (self->item));
  gtk_label_set_label (self->preparation, preparation);
  gtk_label_set_label (self->missing, share);
  cam_bars_set_counts (self->bars, facts->bars, NULL, facts->n_bars);
  set_hue (self, cam_column_item_get_hue (self->item));
  if (facts->n_missing > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->missing), "cam-ink-amber");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->missing), "cam-ink-amber");
  gtk_widget_set_opacity (self->box, g_str_equal (cam_column_item_peek (self->item, "role"), "ignored") ? 0.45 : 1.0);

  histogram = g_strdup_printf (_("Histogram of %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars), GTK_ACCESSIBLE_PROPERTY_LABEL, histogram, -1);
  /* translators: for screen readers: column name, its kind, how it is prepared, share of missing values */
  label = g_strdup_printf (_("%s, %s, %s, %s missing"), name, cam_column_item_get_kind (self->item), preparation, share);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
cam_column_card_dispose (GObject *object)
{
  cam_column_card_set_item (CAM_COLUMN_CARD (object), NULL);
  G_OBJECT_CLASS (cam_column_card_parent_class)->dispose (object);
}

static void
cam_column_card_class_init (CamColumnCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_column_card_dispose;
  g_type_ensure (CAM_TYPE_BARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-column-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, box);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, icon);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, name);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, bars);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, preparation);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, missing);
  gtk_widget_class_set_css_name (widget_class, "columncard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
}

static void
cam_column_card_init (CamColumnCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cam_column_card_new (void)
{
  return g_object_new (CAM_TYPE_COLUMN_CARD, NULL);
}

void
cam_column_card_set_item (CamColumnCard *self,
                          CamColumnItem *item)
{
  g_return_if_fail (CAM_IS_COLUMN_CARD (self));

  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, item_changed_cb, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
  item_changed_cb (self);
}

void
cam_column_card_set_chosen (CamColumnCard *self,
                            gboolean       is_chosen,
                            gboolean       is_lead)
{
  g_return_if_fail (CAM_IS_COLUMN_CARD (self));

  if (is_chosen)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  if (is_lead)
    gtk_widget_add_css_class (GTK_WIDGET (self), "lead");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "lead");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, is_chosen, -1);
}
