/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The space of a search. The rows of single layers are made when somebody asks for them. */
#include "cam-study-space.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-study-values.h"

typedef struct
{
  const CamStudyChoice *choice;      /* borrowed */
  GtkWidget            *row, *check, *values;
} Row;

struct _CamStudySpace
{
  AdwBin      parent_instance;

  /* owned */
  GPtrArray  *choices;
  GArray     *rows;         /* Row */

  GtkWidget  *list, *more;
  gboolean    is_showing;
  gboolean    has_steps;
};

G_DEFINE_FINAL_TYPE (CamStudySpace, cam_study_space, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_ticked (const Row *row)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (row->check));
}

static void
show_rows (CamStudySpace *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      g_autofree char *values = is_ticked (row) ? cam_study_values_describe (CAM_STUDY_VALUES (row->values)) : NULL;
      g_autofree char *escaped = values != NULL ? g_markup_escape_text (values, -1) : NULL;

      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row->row), escaped != NULL ? escaped : "");
      gtk_widget_set_sensitive (row->values, is_ticked (row));
    }
}

static void
changed_cb (CamStudySpace *self)
{
  if (self->is_showing)
    return;
  show_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was ticked is to be seen. */
static void
ticked_cb (CamStudySpace  *self,
           GtkCheckButton *check)
{
  if (!self->is_showing && gtk_check_button_get_active (check))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (g_object_get_data (G_OBJECT (check), "row")), TRUE);
  changed_cb (self);
}

static void
add_row (CamStudySpace        *self,
         const CamStudyChoice *choice)
{
  Row row = { choice, adw_expander_row_new (), gtk_check_button_new (), cam_study_values_new (choice, TRUE) };
  GtkWidget *inner = adw_preferences_row_new ();
  /* translators: a setting of a search, to be ticked */
  g_autofree char *label = g_strdup_printf (_("Search %s"), choice->title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row.row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row.row), choice->title);
  gtk_widget_set_valign (row.check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row.check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (row.check), "row", row.row);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row.row), row.check);
  gtk_widget_set_margin_top (row.values, 8);
  gtk_widget_set_margin_bottom (row.values, 8);
  gtk_widget_set_margin_start (row.values, 10);
  gtk_widget_set_margin_end (row.values, 10);
  cam_study_values_set_steps (CAM_STUDY_VALUES (row.values), self->has_steps);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (inner), row.values);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (inner), FALSE);
  gtk_widget_set_focusable (inner, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row.row), inner);
  g_signal_connect_object (row.check, "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row.values, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_array_append_val (self->rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row.row);
}

static void
show_single_layers (CamStudySpace *self)
{
  if (self->more == NULL)
    return;
  gtk_list_box_remove (GTK_LIST_BOX (self->list), self->more);
  self->more = NULL;
  for (guint i = 0; i < self->choices->len; i++)
    {
      const CamStudyChoice *choice = self->choices->pdata[i];

      if (choice->is_single)
        add_row (self, choice);
    }
  show_rows (self);
}

static void
add_more (CamStudySpace *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("pan-down-symbolic");

  self->more = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more), _("Settings of single layers"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->more), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->more), icon);
  g_signal_connect_object (self->more, "activated", G_CALLBACK (show_single_layers), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->more);
}

static void
cam_study_space_dispose (GObject *object)
{
  CamStudySpace *self = CAM_STUDY_SPACE (object);

  /* Rows show settings that are about to go. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (cam_study_space_parent_class)->dispose (object);
}

static void
cam_study_space_finalize (GObject *object)
{
  CamStudySpace *self = CAM_STUDY_SPACE (object);

  g_array_unref (self->rows);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (cam_study_space_parent_class)->finalize (object);
}

static void
cam_study_space_class_init (CamStudySpaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cam_study_space_dispose;
  object_class->finalize = cam_study_space_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_study_space_init (CamStudySpace *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  adw_bin_set_child (ADW_BIN (self), self->list);
}

/* What a search usually is about is ticked. */
GtkWidget *
cam_study_space_new (GPtrArray *choices)
{
  CamStudySpace *self = g_object_new (CAM_TYPE_STUDY_SPACE, NULL);
  gboolean has_single = FALSE;

  self->choices = g_ptr_array_ref (choices);
  self->is_showing = TRUE;
  for (guint i = 0; i < choices->len; i++)
    {
      const CamStudyChoice *choice = choices->pdata[i];

      if (choice->is_single)
        has_single = TRUE;
      else
        add_row (self, choice);
    }
  if (has_single)
    add_more (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->check), g_str_has_suffix (row->choice->path, "/learning_rate") || g_str_equal (row->choice->path, "fit/batch_size"));
    }
  self->is_showing = FALSE;
  show_rows (self);

  return GTK_WIDGET (self);
}

void
cam_study_space_set_steps (CamStudySpace *self,
                           gboolean       has_steps)
{
  g_return_if_fail (CAM_IS_STUDY_SPACE (self));

  self->has_steps = has_steps;
  for (guint i = 0; i < self->rows->len; i++)
    cam_study_values_set_steps (CAM_STUDY_VALUES (g_array_index (self->rows, Row, i).values), has_steps);
}

json_t *
cam_study_space_dup (CamStudySpace  *self,
                     GError        **error)
{
  g_autoptr(json_t) space = json_object ();

  g_return_val_if_fail (CAM_IS_STUDY_SPACE (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      json_t *values = is_ticked (row) ? cam_study_values_dup (CAM_STUDY_VALUES (row->values), error) : NULL;

      if (is_ticked (row) && values == NULL)
        return NULL;
      if (values != NULL)
        json_object_set_new (space, row->choice->path, values);
    }

  return g_steal_pointer (&space);
}

void
cam_study_space_set (CamStudySpace *self,
                     const json_t  *space)
{
  g_return_if_fail (CAM_IS_STUDY_SPACE (self));

  self->is_showing = TRUE;
  show_single_layers (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      const json_t *values = json_object_get (space, row->choice->path);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->check), values != NULL);
      if (values != NULL)
        cam_study_values_set (CAM_STUDY_VALUES (row->values), values);
    }
  self->is_showing = FALSE;
  show_rows (self);
}
