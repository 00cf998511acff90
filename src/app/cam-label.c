/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-label.h"

GtkWidget *
cam_label_new (const char *text,
               const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);

  return label;
}
