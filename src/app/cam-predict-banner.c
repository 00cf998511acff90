/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banner of the Predict page. */

#include "cam-predict-banner.h"

#include <glib/gi18n-lib.h>

#include "cam-words.h"

#define FINDING_HEIGHT 52
#define MAX_FINDINGS_HEIGHT 360

struct _CamPredictBanner
{
  AdwBin         parent_instance;

  /* template children */
  GtkWidget     *banner;
  GtkImage      *banner_icon;
  GtkLabel      *claim;
  GtkLabel      *detail;
  GtkWidget     *score_box;
  GtkLabel      *score;
  GtkLabel      *score_name;
  GtkButton     *rename_button;
  GtkMenuButton *findings_button;
  GtkBox        *findings;
  GtkScrolledWindow *findings_scroller;
};

G_DEFINE_FINAL_TYPE (CamPredictBanner, cam_predict_banner, ADW_TYPE_BIN)

static void
show_mood (CamPredictBanner *self,
           CamPredictMood    mood)
{
  static const struct { const char *look, *icon, *ink; } all[] = {
    [CAM_PREDICT_GOOD] = { "good", "object-select-symbolic", "cam-ink-green" },
    [CAM_PREDICT_WARNING] = { "warning", "dialog-warning-symbolic", "cam-ink-amber" },
    [CAM_PREDICT_ERROR] = { "error", "dialog-error-symbolic", "cam-ink-red" },
  };

  gtk_widget_set_css_classes (self->banner, (const char *[]) { "cam-banner", all[mood].look, NULL });
  gtk_image_set_from_icon_name (self->banner_icon, all[mood].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->banner_icon), (const char *[]) { all[mood].ink, NULL });
}

static void
show_text (CamPredictBanner *self,
           CamPredictMood    mood,
           const char       *claim,
           const char       *rest,
           const char       *detail)
{
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b> %s", claim, rest != NULL ? rest : "");

  show_mood (self, mood);
  gtk_label_set_markup (self->claim, markup);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_widget_set_visible (self->score_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rename_button), FALSE);
  gtk_menu_button_popdown (self->findings_button);
  gtk_widget_set_visible (GTK_WIDGET (self->findings_button), FALSE);
}

static void
add_finding (CamPredictBanner      *self,
             const CamTableFinding *finding,
             guint                  place)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = cam_table_finding_dup_text (finding);
  g_autofree char *count = cam_words_count (finding->n_rows);
  g_autofree char *label = g_strdup_printf (ngettext ("Show %s Row", "Show %s Rows", finding->n_rows), count);
  GtkWidget *words = gtk_label_new (text), *button = gtk_button_new_with_label (label);

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_width_chars (GTK_LABEL (words), 44);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 44);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (words, "cam-secondary");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "predict.show-finding");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", place);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "cam-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_menu_button_popdown), self->findings_button, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (self->findings, line);
}

static void
show_findings (CamPredictBanner    *self,
               const CamTableCheck *check)
{
  GtkWidget *child;
  g_autofree char *text = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_box_remove (self->findings, child);
  gtk_widget_set_visible (GTK_WIDGET (self->findings_button), check != NULL && check->findings->len > 0);
  if (check == NULL || check->findings->len == 0)
    return;
  for (guint i = 0; i < check->findings->len; i++)
    add_finding (self, check->findings->pdata[i], i);
  gtk_scrolled_window_set_min_content_height (self->findings_scroller, (int) MIN (check->findings->len * FINDING_HEIGHT, MAX_FINDINGS_HEIGHT));
  text = g_strdup_printf (ngettext ("%u Finding", "%u Findings", check->findings->len), check->findings->len);
  gtk_menu_button_set_label (self->findings_button, text);
}

static void
cam_predict_banner_class_init (CamPredictBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-predict-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, banner);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, banner_icon);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, claim);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, detail);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, score_box);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, score);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, score_name);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, rename_button);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, findings_button);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, findings);
  gtk_widget_class_bind_template_child (widget_class, CamPredictBanner, findings_scroller);
}

static void
cam_predict_banner_init (CamPredictBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_predict_banner_show (CamPredictBanner    *self,
                         const CamPrediction *prediction)
{
  g_autoptr(CamPredictWords) words = NULL;

  g_return_if_fail (CAM_IS_PREDICT_BANNER (self));
  g_return_if_fail (prediction != NULL);

  words = cam_predict_words_new (prediction);
  show_text (self, words->mood, words->claim, words->rest, words->detail);
  gtk_widget_set_visible (self->score_box, words->score != NULL);
  gtk_label_set_label (self->score, words->score != NULL ? words->score : "");
  gtk_label_set_label (self->score_name, words->score_name != NULL ? words->score_name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->rename_button), words->rename != NULL);
  if (words->rename != NULL)
    gtk_button_set_label (self->rename_button, words->rename);
  show_findings (self, prediction->problem == NULL ? prediction->check : NULL);
}

void
cam_predict_banner_show_words (CamPredictBanner *self,
                               CamPredictMood    mood,
                               const char       *claim,
                               const char       *detail)
{
  g_return_if_fail (CAM_IS_PREDICT_BANNER (self));

  show_text (self, mood, claim, NULL, detail);
}
