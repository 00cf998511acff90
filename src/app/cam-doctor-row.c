/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the doctor's list. */
#include "cam-doctor-row.h"

static GtkWidget *
make_text (const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, style);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

GtkWidget *
cam_doctor_row_new (const char *icon,
                    const char *ink,
                    const char *word,
                    const char *claim,
                    const char *reason)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "spacing", 10, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *title = make_text (claim, "cam-finding-title");

  gtk_widget_add_css_class (image, ink);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 2);
  if (word != NULL)
    gtk_widget_set_tooltip_text (image, word);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title);
  if (reason != NULL)
    {
      GtkWidget *label = make_text (reason, "cam-secondary");

      gtk_widget_add_css_class (title, "claim");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "cam-finding");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  if (word != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word, -1);
  return box;
}

void
cam_doctor_row_add_button (GtkWidget  *row,
                           GtkWidget  *button,
                           const char *name,
                           GCallback   clicked_cb,
                           guint       place)
{
  gtk_widget_add_css_class (button, "cam-fix");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", clicked_cb, GUINT_TO_POINTER (place));
  gtk_box_append (GTK_BOX (row), button);
}

GtkWidget *
cam_doctor_row_find_button (GtkWidget  *row,
                            const char *likeness)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) && (found == NULL || gtk_widget_has_css_class (child, likeness)))
      found = child;
  return found;
}
