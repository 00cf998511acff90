/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for a number, a switch or a choice. Its control depends on the field's type, so it is built here and not in a template. */
#include "cam-field-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-field-number.h"

#define NUMBER_CHARS 6

struct _CamFieldRow
{
  AdwActionRow    parent_instance;

  /* borrowed */
  const CamField *field;

  double          number;        /* INT and FLOAT, NaN: null; BOOL 0 or 1; CHOICE the place in @choices, NaN: null */
  double          last_position; /* of the spin button's adjustment: tells a step from a value set from outside */
  gboolean        has_value;
  gboolean        is_showing;    /* the control is made to show @number: its signals are ours */

  /* children */
  GtkWidget      *control;
  GtkWidget      *clear_button;  /* numbers that may be null */
};

static void cam_field_row_iface_init (CamFieldEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamFieldRow, cam_field_row, ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (CAM_TYPE_FIELD_EDITOR, cam_field_row_iface_init))

static gboolean
is_number (CamFieldRow *self)
{
  return self->field->type == CAM_FIELD_INT || self->field->type == CAM_FIELD_FLOAT;
}

static gboolean
same_number (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static void
show_text (CamFieldRow *self)
{
  g_autofree char *text = cam_field_number_text (self->field, self->number);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->control)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->control), text);
}

/* Position and steps of the spin button; its text is left alone where @keep_text is set: somebody is typing. */
static void
show_number (CamFieldRow *self,
             gboolean     keep_text)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (self->control));
  gboolean was_showing = self->is_showing;

  self->is_showing = TRUE;
  if (!isnan (self->number))
    {
      double step = cam_field_number_increment (self->field, self->number);

      gtk_adjustment_set_step_increment (adjustment, step);
      gtk_adjustment_set_page_increment (adjustment, self->field->type == CAM_FIELD_INT ? 10 * step : 5 * step);
      if (!keep_text)
        gtk_adjustment_set_value (adjustment, self->number);
    }
  self->last_position = gtk_adjustment_get_value (adjustment);
  if (!keep_text)
    show_text (self);
  if (self->clear_button != NULL)
    gtk_widget_set_sensitive (self->clear_button, !isnan (self->number));
  self->is_showing = was_showing;
}

static void
show (CamFieldRow *self)
{
  self->is_showing = TRUE;
  if (is_number (self))
    cam_field_editor_mark (CAM_FIELD_EDITOR (self), self->control, NULL);
  if (self->field->type == CAM_FIELD_BOOL)
    gtk_switch_set_active (GTK_SWITCH (self->control), self->number != 0);
  else if (self->field->type == CAM_FIELD_CHOICE)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control),
                                isnan (self->number) ? 0 : (guint) self->number + ((self->field->flags & CAM_FIELD_NULLABLE) != 0 ? 1 : 0));
  else
    show_number (self, FALSE);
  self->is_showing = FALSE;
}

static gboolean
take (CamFieldRow *self,
      double       number)
{
  if (same_number (number, self->number))
    return FALSE;
  self->number = number;
  return TRUE;
}

/* Callbacks ------------------------------------------------------------------------------------------------------ */

static void
text_changed_cb (CamFieldRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));
  double number;

  /* A field just emptied is about to be filled. */
  if (self->is_showing || *text == '\0')
    return;
  if (!cam_field_number_parse (self->field, text, &number))
    {
      g_autofree char *reason = cam_field_number_reason (self->field, text);

      cam_field_editor_mark (CAM_FIELD_EDITOR (self), self->control, reason);
      return;
    }
  cam_field_editor_mark (CAM_FIELD_EDITOR (self), self->control, NULL);
  if (!take (self, number))
    return;
  show_number (self, TRUE);
  cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

/* Return or the focus leaves: what is typed and valid is already taken, anything else gives way to it. */
static int
input_cb (GtkSpinButton *spin,
          double        *position,
          CamFieldRow   *self)
{
  cam_field_editor_mark (CAM_FIELD_EDITOR (self), self->control, NULL);
  if (*gtk_editable_get_text (GTK_EDITABLE (spin)) == '\0' && cam_field_number_fits (self->field, NAN) && take (self, NAN))
    {
      show_number (self, TRUE);
      cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
    }
  *position = isnan (self->number) ? gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin)) : self->number;
  return TRUE;
}

static gboolean
output_cb (GtkSpinButton *spin,
           CamFieldRow   *self)
{
  gboolean was_showing = self->is_showing;

  self->is_showing = TRUE;
  show_text (self);
  self->is_showing = was_showing;
  return TRUE;
}

/* The buttons and keys ask for one step or a page; assistive technology sets a value. */
static double
find_number (CamFieldRow   *self,
             GtkAdjustment *adjustment)
{
  double position = gtk_adjustment_get_value (adjustment);
  double moved = position - self->last_position;
  double step = gtk_adjustment_get_step_increment (adjustment);
  double page = gtk_adjustment_get_page_increment (adjustment);
  int sign = moved < 0 ? -1 : 1;

  if (isnan (self->number))
    return self->last_position;
  if (fabs (fabs (moved) - step) < 1e-9 * step)
    return cam_field_number_step (self->field, self->number, sign);
  if (fabs (fabs (moved) - page) < 1e-9 * page)
    return cam_field_number_step (self->field, self->number, sign * (self->field->flags & CAM_FIELD_LOG ? 3 : 10));
  if (self->field->type == CAM_FIELD_INT)
    position = rint (position);
  /* A step that an open bound cut short lands on the bound. */
  return cam_field_number_fits (self->field, position) ? position : self->number;
}

static void
position_changed_cb (CamFieldRow   *self,
                     GtkAdjustment *adjustment)
{
  double number;

  if (self->is_showing)
    return;
  /* The commit of what was typed and taken. */
  if (gtk_adjustment_get_value (adjustment) == self->number)
    {
      self->last_position = self->number;
      return;
    }
  number = find_number (self, adjustment);
  if (take (self, number))
    {
      show (self);
      cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
    }
  else
    show (self);
}

static void
clear_cb (CamFieldRow *self)
{
  if (!take (self, NAN))
    return;
  show (self);
  gtk_widget_grab_focus (self->control);
  cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

static void
active_changed_cb (CamFieldRow *self)
{
  if (!self->is_showing && take (self, gtk_switch_get_active (GTK_SWITCH (self->control)) ? 1 : 0))
    cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

static void
selected_changed_cb (CamFieldRow *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control));
  gboolean has_none = (self->field->flags & CAM_FIELD_NULLABLE) != 0;

  if (self->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (take (self, has_none && selected == 0 ? NAN : (double) selected - (has_none ? 1 : 0)))
    cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

/* Building ------------------------------------------------------------------------------------------------------- */

static void
build_spin (CamFieldRow *self)
{
  double min = isfinite (self->field->min) ? self->field->min : -G_MAXDOUBLE;
  double max = isfinite (self->field->max) ? self->field->max : G_MAXDOUBLE;
  double start = isfinite (self->field->default_number) ? self->field->default_number : CLAMP (0, min, max);
  GtkAdjustment *adjustment = gtk_adjustment_new (start, min, max, 1, 10, 0);

  self->control = gtk_spin_button_new (adjustment, 0, 0);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->control), NUMBER_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->control), NUMBER_CHARS);
  gtk_widget_add_css_class (self->control, "numeric");
  g_signal_connect_object (self->control, "input", G_CALLBACK (input_cb), self, 0);
  g_signal_connect_object (self->control, "output", G_CALLBACK (output_cb), self, 0);
  g_signal_connect_object (self->control, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (position_changed_cb), self, G_CONNECT_SWAPPED);

  if ((self->field->flags & CAM_FIELD_NULLABLE) == 0)
    return;
  self->clear_button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->clear_button, _("Set to none"));
  gtk_widget_set_valign (self->clear_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->clear_button, "flat");
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->clear_button);
}

static void
build_drop_down (CamFieldRow *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  if ((self->field->flags & CAM_FIELD_NULLABLE) != 0)
    gtk_string_list_append (names, C_("setting", "none"));
  for (guint i = 0; self->field->choices[i] != NULL; i++)
    gtk_string_list_append (names, self->field->choices[i]);
  self->control = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  g_signal_connect_object (self->control, "notify::selected", G_CALLBACK (selected_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
build (CamFieldRow *self)
{
  const char *title = _(self->field->title);

  if (self->field->type == CAM_FIELD_BOOL)
    {
      self->control = gtk_switch_new ();
      g_signal_connect_object (self->control, "notify::active", G_CALLBACK (active_changed_cb), self, G_CONNECT_SWAPPED);
    }
  else if (self->field->type == CAM_FIELD_CHOICE)
    build_drop_down (self);
  else
    build_spin (self);

  cam_field_editor_prepare_row (CAM_FIELD_EDITOR (self), title, self->control);
  /* Two lines, as other languages need more room. A title narrower than "…" cannot be ellipsized: GTK complains of such a label. */
  if (g_utf8_strlen (title, -1) > 3)
    adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->control);
}

/* Editor ----------------------------------------------------------------------------------------------------------- */

static const CamField *
cam_field_row_get_field (CamFieldEditor *editor)
{
  return CAM_FIELD_ROW (editor)->field;
}

static double
read_value (CamFieldRow  *self,
            const json_t *value)
{
  if (json_is_boolean (value))
    return json_is_true (value) ? 1 : 0;
  if (json_is_number (value))
    return json_number_value (value);
  if (self->field->type == CAM_FIELD_CHOICE)
    for (guint i = 0; self->field->choices[i] != NULL; i++)
      if (g_strcmp0 (self->field->choices[i], json_string_value (value)) == 0)
        return i;
  return NAN;
}

/* The same number may be on its way through the keys: "1e-3" is not turned into "0.001" under the typing hand. */
static void
cam_field_row_set_value (CamFieldEditor *editor,
                         const json_t   *value)
{
  CamFieldRow *self = CAM_FIELD_ROW (editor);
  double number = read_value (self, value);

  if (isnan (number) && (self->field->flags & CAM_FIELD_NULLABLE) == 0)
    {
      g_autoptr(json_t) standard = cam_fields_default (self->field);

      number = read_value (self, standard);
      if (isnan (number))
        number = is_number (self) && isfinite (self->field->min) ? self->field->min : 0;
    }
  if (self->has_value && same_number (number, self->number))
    return;
  self->has_value = TRUE;
  self->number = number;
  show (self);
}

static json_t *
cam_field_row_dup_value (CamFieldEditor *editor)
{
  CamFieldRow *self = CAM_FIELD_ROW (editor);

  if (self->field->type == CAM_FIELD_BOOL)
    return json_boolean (self->number != 0);
  if (isnan (self->number))
    return json_null ();
  if (self->field->type == CAM_FIELD_CHOICE)
    return json_string (self->field->choices[(guint) self->number]);
  return self->field->type == CAM_FIELD_INT ? json_integer ((json_int_t) self->number) : json_real (self->number);
}

static void
cam_field_row_iface_init (CamFieldEditorInterface *iface)
{
  iface->get_field = cam_field_row_get_field;
  iface->set_value = cam_field_row_set_value;
  iface->dup_value = cam_field_row_dup_value;
}

static void
cam_field_row_class_init (CamFieldRowClass *klass)
{
}

static void
cam_field_row_init (CamFieldRow *self)
{
}

GtkWidget *
cam_field_row_new (const CamField *field)
{
  CamFieldRow *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (CAM_TYPE_FIELD_ROW, NULL);
  self->field = field;
  build (self);
  cam_field_row_set_value (CAM_FIELD_EDITOR (self), NULL);
  return GTK_WIDGET (self);
}
