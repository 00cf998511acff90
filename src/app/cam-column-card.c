/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a column in the preview. */

#include "cam-column-card.h"

#include <glib/gi18n-lib.h>

#include "cam-bars.h"
#include "cam-words.h"

#define N_BINS 18
#define N_LEVELS 8

struct _CamColumnCard
{
  AdwBin     parent_instance;

  /* owned */
  CamTable  *table;
  guint      column;
  gboolean   is_setting;

  /* template children */
  GtkToggleButton *button;
  GtkImage        *icon;
  GtkLabel        *name;
  CamBars         *bars;
  GtkLabel        *preparation;
  GtkLabel        *missing;
};

G_DEFINE_FINAL_TYPE (CamColumnCard, cam_column_card, ADW_TYPE_BIN)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_text (const json_t *settings,
          const char   *key)
{
  const char *text = json_string_value (json_object_get (settings, key));

  return text != NULL ? text : "";
}

const char *
cam_column_kind_icon (const json_t *settings,
                      CamTable     *table,
                      guint         column)
{
  const char *kind = get_text (settings, "kind");

  if (g_str_equal (kind, "category"))
    return cam_table_get_n_levels (table, column) == 2 ? "camadas-yesno-symbolic" : "camadas-category-symbolic";
  if (g_str_equal (kind, "text"))
    return "format-text-rich-symbolic";
  return "camadas-number-symbolic";
}

const char *
cam_column_kind_word (const json_t *settings)
{
  const char *kind = get_text (settings, "kind");

  if (g_str_equal (kind, "category"))
    return _("category");
  if (g_str_equal (kind, "text"))
    return _("text");
  return _("number");
}

static const char *
preparation_word (const json_t *settings)
{
  const char *role = get_text (settings, "role");
  const char *kind = get_text (settings, "kind");

  if (g_str_equal (role, "target"))
    return _("target");
  if (g_str_equal (role, "ignored"))
    return _("ignored");
  if (g_str_equal (kind, "category"))
    return g_str_equal (get_text (settings, "coding"), "ordinal") ? _("ordinal") : _("one-hot");
  return g_str_equal (get_text (settings, "scaling"), "standard") ? _("standard") : _("as it is");
}

static const char *
hue (const json_t *settings)
{
  const char *role = get_text (settings, "role");

  if (g_str_equal (role, "target"))
    return "cam-ink-orange";
  if (g_str_equal (role, "ignored"))
    return "cam-ink-slate";
  return g_str_equal (get_text (settings, "kind"), "category") ? "cam-ink-green" : "cam-ink-blue";
}

static void
toggled_cb (CamColumnCard *self)
{
  if (self->is_setting)
    return;
  /* Pressing the chosen one again leaves it chosen. */
  cam_column_card_set_chosen (self, TRUE);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
cam_column_card_finalize (GObject *object)
{
  g_clear_pointer (&CAM_COLUMN_CARD (object)->table, cam_table_unref);
  G_OBJECT_CLASS (cam_column_card_parent_class)->finalize (object);
}

static void
cam_column_card_class_init (CamColumnCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cam_column_card_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", CAM_TYPE_COLUMN_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  g_type_ensure (CAM_TYPE_BARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-column-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, button);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, icon);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, name);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, bars);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, preparation);
  gtk_widget_class_bind_template_child (widget_class, CamColumnCard, missing);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
cam_column_card_init (CamColumnCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cam_column_card_new (CamTable *table,
                     guint     column)
{
  CamColumnCard *self;
  const char *name;
  g_autofree char *histogram = NULL;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_object_new (CAM_TYPE_COLUMN_CARD, NULL);
  self->table = cam_table_ref (table);
  self->column = column;
  name = cam_table_get_name (table, column);
  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  histogram = g_strdup_printf (_("Histogram of %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars), GTK_ACCESSIBLE_PROPERTY_LABEL, histogram, -1);
  return GTK_WIDGET (self);
}

guint
cam_column_card_get_column (CamColumnCard *self)
{
  g_return_val_if_fail (CAM_IS_COLUMN_CARD (self), 0);

  return self->column;
}

void
cam_column_card_set_settings (CamColumnCard *self,
                              const json_t  *settings)
{
  static const char *const hues[] = { "cam-ink-blue", "cam-ink-orange", "cam-ink-green", "cam-ink-slate" };
  const gsize n_missing = cam_table_get_n_missing (self->table, self->column);
  const gsize n_rows = cam_table_get_n_rows (self->table);
  g_autofree char *share = cam_words_share (n_rows > 0 ? (double) n_missing / (double) n_rows : 0);
  g_autofree char *label = NULL;
  const char *preparation = preparation_word (settings);

  g_return_if_fail (CAM_IS_COLUMN_CARD (self));

  gtk_image_set_from_icon_name (self->icon, cam_column_kind_icon (settings, self->table, self->column));
  gtk_label_set_label (self->preparation, preparation);
  gtk_label_set_label (self->missing, share);
  for (guint i = 0; i < G_N_ELEMENTS (hues); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), hues[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (self->bars), hues[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (self->preparation), hues[i]);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), hue (settings));
  gtk_widget_add_css_class (GTK_WIDGET (self->bars), hue (settings));
  gtk_widget_add_css_class (GTK_WIDGET (self->preparation), hue (settings));
  if (n_missing > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->missing), "cam-ink-amber");
  gtk_widget_set_opacity (GTK_WIDGET (self->button), g_str_equal (get_text (settings, "role"), "ignored") ? 0.45 : 1.0);

  /* translators: for screen readers: column name, its kind, how it is prepared, share of missing values */
  label = g_strdup_printf (_("%s, %s, %s, %s missing"), cam_table_get_name (self->table, self->column),
                           cam_column_kind_word (settings), preparation, share);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
cam_column_card_set_chosen (CamColumnCard *self,
                            gboolean       is_chosen)
{
  g_return_if_fail (CAM_IS_COLUMN_CARD (self));

  self->is_setting = TRUE;
  gtk_toggle_button_set_active (self->button, is_chosen);
  self->is_setting = FALSE;
}

void
cam_column_card_draw_spark (CamColumnCard *self)
{
  gsize counts[N_BINS] = { 0 };
  guint n;

  g_return_if_fail (CAM_IS_COLUMN_CARD (self));

  n = cam_table_histogram (self->table, self->column,
                           cam_column_kind_is_numeric (cam_table_get_kind (self->table, self->column)) ? N_BINS : N_LEVELS, counts);
  cam_bars_set_counts (self->bars, counts, NULL, n);
}
