/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study tries of one setting. */
#include "cam-study-values.h"

#include <math.h>

#include <cam-activation.h>
#include <cam-number.h>
#include <glib/gi18n-lib.h>

#include "cam-activation-curve.h"

typedef enum { LIST, RANGE, LOG_RANGE } Form;

struct _CamStudyValues
{
  GtkBox                parent_instance;

  /* borrowed */
  const CamStudyChoice *choice;

  json_t               *other;       /* owned: values of a plan that are none of the names as they are offered */
  gboolean              is_showing;
  gboolean              has_steps;

  /* children; NULL where the setting has names, or has numbers */
  GtkWidget            *flow;
  GtkWidget            *form, *list, *range, *from, *to, *steps_label, *steps;
};

G_DEFINE_FINAL_TYPE (CamStudyValues, cam_study_values, GTK_TYPE_BOX)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
changed_cb (CamStudyValues *self)
{
  if (!self->is_showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Names -------------------------------------------------------------------------------------------------------------- */

static GtkToggleButton *
get_button (CamStudyValues *self,
            guint           i)
{
  return GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->flow), (int) i)));
}

static gboolean
is_ticked (CamStudyValues *self,
           guint           i)
{
  return gtk_toggle_button_get_active (get_button (self, i));
}

static GtkWidget *
make_button (CamStudyValues *self,
             const char     *name,
             const char     *title)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (title);

  if (self->choice->is_activation)
    {
      const CamActivation *activation = cam_activation_find (name);
      GtkWidget *curve = cam_activation_curve_new (name);

      gtk_widget_set_size_request (curve, 44, 26);
      gtk_widget_set_halign (curve, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), curve);
      if (activation != NULL)
        gtk_widget_set_tooltip_text (button, _(cam_activation_get_note (activation)));
    }
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "cam-caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cam-choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), cam_study_choice_propose (self->choice, name));
  g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
build_names (CamStudyValues *self)
{
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->flow), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow), self->choice->is_activation ? 6 : 3);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), self->choice->is_activation ? 7 : 4);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 4);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 4);
  gtk_widget_add_css_class (self->flow, "cam-choices");
  gtk_widget_set_hexpand (self->flow, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL, self->choice->title, -1);
  for (guint i = 0; i < self->choice->names->len; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), make_button (self, self->choice->names->pdata[i], self->choice->titles->pdata[i]));
      gtk_flow_box_append (GTK_FLOW_BOX (self->flow), child);
    }
  gtk_box_append (GTK_BOX (self), self->flow);
}

static json_t *
dup_names (CamStudyValues *self)
{
  json_t *values = self->other != NULL ? json_copy (self->other) : json_array ();

  for (guint i = 0; i < self->choice->names->len; i++)
    if (is_ticked (self, i))
      json_array_append_new (values, cam_study_choice_make_value (self->choice, self->choice->names->pdata[i]));

  return values;
}

/* Numbers ------------------------------------------------------------------------------------------------------------ */

static Form
get_form (CamStudyValues *self)
{
  return self->form != NULL ? (Form) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->form)) : LIST;
}

static void
show_form (CamStudyValues *self)
{
  gboolean is_list = get_form (self) == LIST;

  gtk_widget_set_visible (self->list, is_list);
  gtk_widget_set_visible (self->range, !is_list);
  gtk_widget_set_visible (self->steps_label, self->has_steps);
  gtk_widget_set_visible (self->steps, self->has_steps);
}

static void
form_cb (CamStudyValues *self)
{
  show_form (self);
  changed_cb (self);
}

static GtkWidget *
make_entry (CamStudyValues *self,
            const char     *name,
            int             width)
{
  GtkWidget *entry = gtk_entry_new ();
  /* translators: a field of a setting: “Learning rate: from” */
  g_autofree char *full = g_strdup_printf (_("%s: %s"), self->choice->title, name);

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return entry;
}

static void
put_number (GtkWidget *entry,
            double     value)
{
  char buf[CAM_NUMBER_BUF];

  gtk_editable_set_text (GTK_EDITABLE (entry), cam_number_format (buf, value, 9));
}

static void
build_range (CamStudyValues *self)
{
  /* translators: how numbers to be tried are given */
  const char *const forms[] = { C_("numbers", "List"), C_("numbers", "Range"), C_("numbers", "Log range"), NULL };
  GtkWidget *dash = gtk_label_new ("–");

  self->form = gtk_drop_down_new_from_strings (forms);
  gtk_widget_set_valign (self->form, GTK_ALIGN_CENTER);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->form), self->choice->is_log && !self->choice->is_whole ? LOG_RANGE : LIST);
  {
    g_autofree char *full = g_strdup_printf (_("%s: %s"), self->choice->title, _("form of the values"));

    gtk_accessible_update_property (GTK_ACCESSIBLE (self->form), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  }
  g_signal_connect_object (self->form, "notify::selected", G_CALLBACK (form_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->form);

  self->range = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->from = make_entry (self, C_("numbers", "from"), 9);
  self->to = make_entry (self, C_("numbers", "to"), 9);
  self->steps = gtk_spin_button_new_with_range (2, 100, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->steps), 4);
  self->steps_label = gtk_label_new (C_("numbers", "steps"));
  gtk_widget_add_css_class (self->steps_label, "dim-label");
  gtk_widget_set_valign (self->steps, GTK_ALIGN_CENTER);
  {
    g_autofree char *full = g_strdup_printf (_("%s: %s"), self->choice->title, C_("numbers", "steps"));

    gtk_accessible_update_property (GTK_ACCESSIBLE (self->steps), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  }
  g_signal_connect_object (self->steps, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (self->from, TRUE);
  gtk_widget_set_hexpand (self->to, TRUE);
  gtk_box_append (GTK_BOX (self->range), self->from);
  gtk_box_append (GTK_BOX (self->range), dash);
  gtk_box_append (GTK_BOX (self->range), self->to);
  gtk_box_append (GTK_BOX (self->range), self->steps_label);
  gtk_box_append (GTK_BOX (self->range), self->steps);
  gtk_widget_set_hexpand (self->range, TRUE);
  gtk_box_append (GTK_BOX (self), self->range);
}

static void
build_numbers (CamStudyValues *self,
               gboolean        has_range)
{
  g_autoptr(json_t) numbers = cam_study_choice_propose_numbers (self->choice);
  g_autofree char *text = cam_study_numbers_format (numbers, FALSE);
  gsize n = json_array_size (numbers);

  if (has_range)
    build_range (self);
  self->list = make_entry (self, C_("numbers", "values"), 12);
  gtk_widget_set_hexpand (self->list, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->list), _("Numbers, with a comma between two"));
  gtk_editable_set_text (GTK_EDITABLE (self->list), text);
  gtk_box_append (GTK_BOX (self), self->list);
  if (!has_range)
    return;
  if (n > 0)
    {
      put_number (self->from, json_number_value (json_array_get (numbers, 0)));
      put_number (self->to, json_number_value (json_array_get (numbers, n - 1)));
    }
  show_form (self);
}

/* What stands in @entry. */
static json_t *
read_number (GtkWidget  *entry,
             gboolean    is_whole,
             GError    **error)
{
  g_autoptr(json_t) numbers = cam_study_numbers_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), FALSE, error);

  if (numbers == NULL)
    return NULL;
  if (json_array_size (numbers) != 1)
    {
      g_set_error_literal (error, CAM_JSON_ERROR, CAM_JSON_ERROR_VALUE, _("a range needs one number at each end"));
      return NULL;
    }

  return json_incref (json_array_get (numbers, 0));
}

static json_t *
dup_range (CamStudyValues  *self,
           GError         **error)
{
  g_autoptr(json_t) from = read_number (self->from, self->choice->is_whole, error);
  g_autoptr(json_t) to = from != NULL ? read_number (self->to, self->choice->is_whole, error) : NULL;
  json_t *range;

  if (to == NULL)
    return NULL;
  range = json_pack ("{s:O, s:O}", "from", from, "to", to);
  if (get_form (self) == LOG_RANGE)
    json_object_set_new (range, "scale", json_string ("log"));
  if (self->choice->is_whole)
    json_object_set_new (range, "integer", json_true ());
  if (self->has_steps)
    json_object_set_new (range, "steps", json_integer (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->steps))));

  return range;
}

/* The widget --------------------------------------------------------------------------------------------------------- */

static void
cam_study_values_finalize (GObject *object)
{
  json_decref (CAM_STUDY_VALUES (object)->other);
  G_OBJECT_CLASS (cam_study_values_parent_class)->finalize (object);
}

static void
cam_study_values_class_init (CamStudyValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_study_values_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_study_values_init (CamStudyValues *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 8);
}

GtkWidget *
cam_study_values_new (const CamStudyChoice *choice,
                      gboolean              has_range)
{
  CamStudyValues *self = g_object_new (CAM_TYPE_STUDY_VALUES, NULL);

  self->choice = choice;
  self->is_showing = TRUE;
  if (choice->names != NULL)
    build_names (self);
  else
    build_numbers (self, has_range);
  self->is_showing = FALSE;

  return GTK_WIDGET (self);
}

void
cam_study_values_set_steps (CamStudyValues *self,
                            gboolean        has_steps)
{
  g_return_if_fail (CAM_IS_STUDY_VALUES (self));

  self->has_steps = has_steps;
  if (self->form != NULL)
    show_form (self);
}

json_t *
cam_study_values_dup (CamStudyValues  *self,
                      GError         **error)
{
  json_t *values;

  g_return_val_if_fail (CAM_IS_STUDY_VALUES (self), NULL);

  if (self->flow != NULL)
    values = dup_names (self);
  else if (get_form (self) == LIST)
    values = cam_study_numbers_parse (gtk_editable_get_text (GTK_EDITABLE (self->list)), self->choice->is_whole, error);
  else
    values = dup_range (self, error);
  if (values == NULL)
    g_prefix_error (error, "%s: ", self->choice->title);

  return values;
}

json_t *
cam_study_values_dup_labels (CamStudyValues *self)
{
  json_t *labels;

  g_return_val_if_fail (CAM_IS_STUDY_VALUES (self), NULL);

  if (self->flow == NULL || self->other != NULL || !json_is_object (self->choice->current))
    return NULL;
  labels = json_array ();
  for (guint i = 0; i < self->choice->names->len; i++)
    if (is_ticked (self, i))
      json_array_append_new (labels, json_string (self->choice->names->pdata[i]));

  return labels;
}

void
cam_study_values_set (CamStudyValues *self,
                      const json_t   *values)
{
  g_return_if_fail (CAM_IS_STUDY_VALUES (self));

  self->is_showing = TRUE;
  if (self->flow != NULL)
    {
      g_autoptr(json_t) left = json_array ();
      const json_t *value;
      gsize k;

      for (guint i = 0; i < self->choice->names->len; i++)
        gtk_toggle_button_set_active (get_button (self, i), FALSE);
      json_array_foreach ((json_t *) values, k, value)
        {
          gboolean is_found = FALSE;

          for (guint i = 0; i < self->choice->names->len && !is_found; i++)
            {
              g_autoptr(json_t) offered = cam_study_choice_make_value (self->choice, self->choice->names->pdata[i]);

              is_found = json_equal (offered, value) || g_strcmp0 (json_string_value (value), self->choice->names->pdata[i]) == 0;
              if (is_found)
                gtk_toggle_button_set_active (get_button (self, i), TRUE);
            }
          if (!is_found)
            json_array_append (left, (json_t *) value);
        }
      g_clear_pointer (&self->other, json_decref);
      self->other = json_array_size (left) > 0 ? json_incref (left) : NULL;
    }
  else if (json_is_array (values))
    {
      g_autofree char *text = cam_study_numbers_format (values, FALSE);

      if (self->form != NULL)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->form), LIST);
      gtk_editable_set_text (GTK_EDITABLE (self->list), text);
    }
  else if (json_is_object (values) && self->form != NULL)
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->form), g_strcmp0 (json_string_value (json_object_get (values, "scale")), "log") == 0 ? LOG_RANGE : RANGE);
      put_number (self->from, json_number_value (json_object_get (values, "from")));
      put_number (self->to, json_number_value (json_object_get (values, "to")));
      if (json_object_get (values, "steps") != NULL)
        gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->steps), json_number_value (json_object_get (values, "steps")));
    }
  self->is_showing = FALSE;
}

char *
cam_study_values_describe (CamStudyValues *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (CAM_IS_STUDY_VALUES (self), NULL);

  if (self->flow != NULL)
    {
      for (guint i = 0; i < self->choice->names->len; i++)
        if (is_ticked (self, i))
          g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", (const char *) self->choice->titles->pdata[i]);
    }
  else if (get_form (self) == LIST)
    g_string_append (text, gtk_editable_get_text (GTK_EDITABLE (self->list)));
  else
    /* translators: a range of numbers: “0.0001 to 0.1” */
    g_string_append_printf (text, get_form (self) == LOG_RANGE ? _("%s to %s, even in factors") : _("%s to %s"), gtk_editable_get_text (GTK_EDITABLE (self->from)),
                            gtk_editable_get_text (GTK_EDITABLE (self->to)));

  return g_string_free (text, FALSE);
}
