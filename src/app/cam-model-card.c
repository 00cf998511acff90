/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model is. */

#include "cam-model-card.h"

#include <glib/gi18n-lib.h>

#include "cam-model-words.h"
#include "cam-words.h"

#define MAX_FEATURES 200         /* named; a picture's pixels are not */

struct _CamModelCard
{
  AdwBin     parent_instance;

  /* template children */
  GtkLabel  *task;
  GtkLabel  *answers;
  GtkLabel  *input;
  GtkWidget *features_box;
  GtkGrid   *features;
  GtkLabel  *features_more;
  GtkLabel  *params;
  GtkGrid   *layers;
};

G_DEFINE_FINAL_TYPE (CamModelCard, cam_model_card, ADW_TYPE_BIN)

static void
attach (GtkGrid    *grid,
        int         column,
        int         row,
        const char *text,
        gboolean    is_dim,
        gboolean    is_wide,
        double      xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, is_wide);
  if (is_wide)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (label, text);
    }
  if (is_dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
empty (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
show_features (CamModelCard   *self,
               CamPreparation *preparation)
{
  g_autoptr(GPtrArray) features = cam_features_new (preparation, NULL);
  g_autofree char *more = NULL;
  guint n_past = cam_preparation_get_n_columns (preparation) - features->len;

  for (guint i = 0; i < n_past; i++)
    {
      attach (self->features, 0, (int) (MAX_FEATURES + i), cam_preparation_get_target_name (preparation, i), FALSE, FALSE, 0);
      attach (self->features, 1, (int) (MAX_FEATURES + i), _("what is told ahead; it looks back on it too"), TRUE, TRUE, 0);
    }
  for (guint i = 0; i < MIN (features->len, MAX_FEATURES); i++)
    {
      const CamFeature *feature = features->pdata[i];
      g_autofree char *text = cam_model_words_feature (feature);

      attach (self->features, 0, (int) i, feature->name, FALSE, FALSE, 0);
      attach (self->features, 1, (int) i, text, TRUE, TRUE, 0);
    }
  if (features->len > MAX_FEATURES)
    more = g_strdup_printf (_("The other %u columns are not listed here."), features->len - MAX_FEATURES);
  gtk_label_set_label (self->features_more, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->features_more), more != NULL);
}

static void
show_layers (CamModelCard     *self,
             const CamNetwork *network)
{
  g_autofree char *total = cam_words_count (cam_network_get_n_params (network));
  guint n = cam_network_get_n_layers (network);
  g_autofree char *text = g_strdup_printf (ngettext ("%u layer, %s parameters", "%u layers, %s parameters", n), n, total);

  gtk_label_set_label (self->params, text);
  for (guint i = 0; i < n; i++)
    {
      const CamLayerKind *kind = cam_network_get_layer_kind (network, i);
      CamShape shape = cam_network_get_layer_shape (network, i);
      g_autofree char *settings = cam_layer_describe (kind, cam_network_get_layer_config (network, i));
      g_autofree char *output = cam_shape_to_string (&shape);
      g_autofree char *params = cam_words_count (cam_network_get_layer_params (network, i));

      attach (self->layers, 0, (int) i, cam_layer_kind_get_name (kind), FALSE, FALSE, 0);
      attach (self->layers, 1, (int) i, settings, TRUE, TRUE, 0);
      attach (self->layers, 2, (int) i, output, TRUE, FALSE, 1);
      attach (self->layers, 3, (int) i, params, FALSE, FALSE, 1);
    }
}

static void
cam_model_card_class_init (CamModelCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-model-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, task);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, answers);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, input);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, features_box);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, features);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, features_more);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, params);
  gtk_widget_class_bind_template_child (widget_class, CamModelCard, layers);
}

static void
cam_model_card_init (CamModelCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_model_card_set_model (CamModelCard   *self,
                          const CamModel *model)
{
  g_autoptr(CamAsker) asker = NULL;
  g_autofree char *task = NULL;
  g_autofree char *input = NULL;
  g_autofree char *answers = NULL;
  gboolean has_features;

  g_return_if_fail (CAM_IS_MODEL_CARD (self));

  empty (self->features);
  empty (self->layers);
  if (model == NULL)
    return;
  asker = cam_asker_new (model);
  task = cam_model_words_task (model);
  input = cam_model_words_input (model, asker);
  answers = cam_model_words_answers (model, asker);
  gtk_label_set_label (self->task, task);
  gtk_label_set_label (self->answers, answers != NULL ? answers : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answers), answers != NULL);
  gtk_label_set_label (self->input, input);
  has_features = cam_model_get_preparation (model) != NULL && cam_asker_get_kind (asker) != CAM_ASK_PICTURE && cam_asker_get_kind (asker) != CAM_ASK_TEXT;
  gtk_widget_set_visible (self->features_box, has_features);
  if (has_features)
    show_features (self, cam_model_get_preparation (model));
  show_layers (self, cam_model_get_network (model));
}
