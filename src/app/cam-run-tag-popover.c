/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks for tags. */

#include "cam-run-tag-popover.h"

#include <glib/gi18n-lib.h>

#include "cam-run-item.h"
#include "cam-run-tags.h"

typedef struct
{
  GtkWidget    *popover;      /* borrowed */
  GtkWidget    *list, *scrolled;
  CamRunTagFunc func;
  gpointer      user_data;
} Tags;

static void
toggled_cb (GtkCheckButton *check,
            Tags           *self)
{
  gtk_check_button_set_inconsistent (check, FALSE);
  self->func (self->popover, g_object_get_data (G_OBJECT (check), "tag"), gtk_check_button_get_active (check), self->user_data);
}

static GtkWidget *
add_tag (Tags       *self,
         const char *tag,
         guint       n_have,
         guint       n_runs)
{
  GtkWidget *check = gtk_check_button_new (), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *chip = gtk_label_new (tag);

  gtk_widget_add_css_class (chip, "cam-chip");
  gtk_widget_add_css_class (chip, cam_run_tag_colour (tag));
  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (chip), 24);
  gtk_label_set_mnemonic_widget (GTK_LABEL (chip), check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), n_have == n_runs);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), n_have > 0 && n_have < n_runs);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, tag, -1);
  g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (tag), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), chip);
  gtk_box_prepend (GTK_BOX (self->list), row);
  return check;
}

static GtkWidget *
find_check (Tags       *self,
            const char *tag)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *check = gtk_widget_get_first_child (row);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (check), "tag"), tag) == 0)
        return check;
    }
  return NULL;
}

static void
entry_cb (GtkEntry *entry,
          Tags     *self)
{
  g_autofree char *tag = cam_run_tag_clean (gtk_editable_get_text (GTK_EDITABLE (entry)));
  GtkWidget *check;

  if (tag == NULL)
    return;
  check = find_check (self, tag);
  if (check == NULL)
    check = add_tag (self, tag, 0, 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

GtkWidget *
cam_run_tag_popover_new (GPtrArray     *tags,
                         GPtrArray     *runs,
                         CamRunTagFunc  func,
                         gpointer       user_data)
{
  Tags *self = g_new0 (Tags, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *entry = gtk_entry_new ();

  self->popover = gtk_popover_new ();
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->scrolled = gtk_scrolled_window_new ();
  self->func = func;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (self->popover), "tags", self, g_free);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("New tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New tag"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (entry_cb), self);
  for (guint i = tags->len; i > 0; i--)
    {
      guint n = 0;

      for (guint r = 0; r < runs->len; r++)
        n += cam_run_item_has_tag (runs->pdata[r], tags->pdata[i - 1]);
      add_tag (self, tags->pdata[i - 1], n, runs->len);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 260);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), self->scrolled);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  return self->popover;
}
