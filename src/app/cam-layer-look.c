/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours and titles of the categories of layers. */
#include "cam-layer-look.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *title;
  const char *colour;
} looks[] = {
  [CAM_LAYER_CORE] = { N_("Core"), "blue" },
  [CAM_LAYER_REGULARISATION] = { N_("Regularise"), "orange" },
  [CAM_LAYER_NORMALISATION] = { N_("Normalise"), "green" },
  [CAM_LAYER_IMAGE] = { N_("Image"), "violet" },
  [CAM_LAYER_SEQUENCE] = { N_("Sequence"), "cyan" },
  [CAM_LAYER_SHAPE] = { N_("Shape"), "slate" },
};

const char *
cam_layer_category_title (CamLayerCategory category)
{
  g_return_val_if_fail (category < G_N_ELEMENTS (looks), "");

  return _(looks[category].title);
}

void
cam_layer_tile_set_kind (GtkImage           *tile,
                         const CamLayerKind *kind)
{
  g_return_if_fail (GTK_IS_IMAGE (tile));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (tile), looks[i].colour);
  gtk_widget_add_css_class (GTK_WIDGET (tile), kind != NULL ? looks[cam_layer_kind_get_category (kind)].colour : "slate");
  gtk_image_set_from_icon_name (tile, kind != NULL ? cam_layer_kind_get_icon (kind) : "dialog-question-symbolic");
}
