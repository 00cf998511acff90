/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for one out of several things with settings of their own. */
#include "cam-field-picker.h"

#include <glib/gi18n-lib.h>

#include "cam-field-form.h"
#include "cam-field-row.h"

struct _CamFieldPicker
{
  AdwExpanderRow  parent_instance;

  /* borrowed */
  const CamField *field;

  /* owned */
  CamField        number_field;   /* of the number row */
  GArray         *options;        /* of CamFieldOption */
  json_t         *value;
  json_t         *number;         /* the last one; NULL: none */
  json_t         *configs;        /* class name → the settings it had last */
  CamFieldForm   *form;           /* of the chosen option */
  GtkWidget      *number_row;

  gboolean        is_showing;     /* the controls are made to show @value: their signals are ours */

  /* children */
  GtkWidget      *drop_down;
  GtkWidget      *arrow;
};

static void cam_field_picker_iface_init (CamFieldEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CamFieldPicker, cam_field_picker, ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (CAM_TYPE_FIELD_EDITOR, cam_field_picker_iface_init))

enum { PROPOSE, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_or_number (CamFieldPicker *self)
{
  return (self->field->flags & CAM_FIELD_OR_NUMBER) != 0;
}

/* Whether the first entry of the drop-down stands for none of the options. An object that is there in the open is always one of them: none stands for the usual one, which is shown. */
static gboolean
has_none (CamFieldPicker *self)
{
  gboolean must_be = self->field->type == CAM_FIELD_OBJECT && (self->field->flags & CAM_FIELD_ADVANCED) == 0;

  return is_or_number (self) || (!must_be && (self->field->flags & CAM_FIELD_NULLABLE) != 0);
}

static const CamFieldOption *
find_option (CamFieldPicker *self,
             const json_t   *value)
{
  const char *name = json_is_object (value) ? json_string_value (json_object_get (value, "class_name")) : json_string_value (value);

  for (guint i = 0; i < self->options->len; i++)
    {
      const CamFieldOption *option = &g_array_index (self->options, CamFieldOption, i);

      if (g_strcmp0 (name, option->class_name) == 0 || (name != NULL && g_strcmp0 (name, option->name) == 0))
        return option;
    }
  return NULL;
}

static guint
get_position (CamFieldPicker       *self,
              const CamFieldOption *option)
{
  if (option == NULL)
    return has_none (self) ? 0 : GTK_INVALID_LIST_POSITION;
  return (guint) (option - &g_array_index (self->options, CamFieldOption, 0)) + (has_none (self) ? 1 : 0);
}

/* The settings of what @value chooses, completed; NULL: it chooses nothing. New reference. */
static json_t *
dup_config (CamFieldPicker *self,
            const json_t   *value)
{
  const CamFieldOption *option = find_option (self, value);

  return option != NULL ? cam_fields_complete (option->fields, json_object_get (value, "config"), "", NULL) : NULL;
}

/* A name where it says everything. @config is borrowed. */
static json_t *
make_value (CamFieldPicker       *self,
            const CamFieldOption *option,
            const json_t         *config)
{
  g_autoptr(json_t) standard = cam_fields_complete (option->fields, NULL, "", NULL);
  json_t *value;

  if (option->name != NULL && json_equal (standard, config))
    return json_string (option->name);

  value = find_option (self, self->value) == option && json_is_object (self->value) ? json_copy (self->value) : json_object ();
  json_object_set_new (value, "class_name", json_string (option->class_name));
  json_object_set_new (value, "config", json_deep_copy (config));
  return value;
}

static void
show (CamFieldPicker *self)
{
  const CamFieldOption *option = find_option (self, self->value);
  g_autoptr(json_t) config = dup_config (self, self->value);
  gboolean is_expanded;
  guint n_shown;

  self->is_showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), get_position (self, option));
  gtk_widget_set_tooltip_text (self->drop_down, option != NULL ? option->note : NULL);
  cam_field_form_set_fields (self->form, option != NULL ? option->fields : NULL);
  n_shown = config != NULL ? cam_field_form_show (self->form, config) : 0;
  /* To allow unfolding is to unfold, for libadwaita; a person asks for it. */
  is_expanded = adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), n_shown > 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), is_expanded && n_shown > 0);
  gtk_widget_set_visible (self->arrow, n_shown > 0);
  if (self->number_row != NULL)
    {
      gtk_widget_set_visible (self->number_row, option == NULL);
      cam_field_editor_set_value (CAM_FIELD_EDITOR (self->number_row), self->number);
    }
  self->is_showing = FALSE;
}

/* Takes @value; without a signal. */
static void
take (CamFieldPicker *self,
      json_t         *value)
{
  const CamFieldOption *option;

  json_decref (self->value);
  self->value = value;
  option = find_option (self, value);
  if (option != NULL)
    json_object_set_new (self->configs, option->class_name, dup_config (self, value));
  if (json_is_number (value))
    {
      json_decref (self->number);
      self->number = json_incref (value);
    }
  show (self);
}

/* Callbacks -------------------------------------------------------------------------------------------------------- */

static void
selected_cb (CamFieldPicker *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));
  const CamFieldOption *option;
  g_autoptr(json_t) config = NULL;

  if (self->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (has_none (self) && selected == 0)
    {
      take (self, is_or_number (self) ? json_incref (self->number) : json_null ());
      cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
      return;
    }

  option = &g_array_index (self->options, CamFieldOption, selected - (has_none (self) ? 1 : 0));
  if (option == find_option (self, self->value))
    return;
  config = json_deep_copy (json_object_get (self->configs, option->class_name));
  if (config == NULL)
    {
      config = cam_fields_complete (option->fields, NULL, "", NULL);
      g_signal_emit (self, signals[PROPOSE], 0, option->class_name, config);
    }
  take (self, make_value (self, option, config));
  /* What there is to set of it is shown at once. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self)));
  cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

static void
form_changed_cb (CamFieldPicker *self,
                 const CamField *field,
                 json_t         *value)
{
  const CamFieldOption *option = find_option (self, self->value);
  g_autoptr(json_t) config = dup_config (self, self->value);

  if (self->is_showing || config == NULL)
    return;
  json_object_set (config, field->key, value);
  take (self, make_value (self, option, config));
  cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

static void
number_changed_cb (CamFieldPicker *self)
{
  if (self->is_showing)
    return;
  take (self, cam_field_editor_dup_value (CAM_FIELD_EDITOR (self->number_row)));
  cam_field_editor_emit_changed (CAM_FIELD_EDITOR (self));
}

/* Editor ----------------------------------------------------------------------------------------------------------- */

static const CamField *
cam_field_picker_get_field (CamFieldEditor *editor)
{
  return CAM_FIELD_PICKER (editor)->field;
}

static void
cam_field_picker_set_value (CamFieldEditor *editor,
                            const json_t   *value)
{
  CamFieldPicker *self = CAM_FIELD_PICKER (editor);
  g_autoptr(json_t) wanted = NULL;

  wanted = value != NULL && cam_field_check (self->field, value, "", NULL) ? json_deep_copy (value) : cam_fields_default (self->field);
  if (self->value == NULL || !json_equal (self->value, wanted))
    take (self, g_steal_pointer (&wanted));
}

static json_t *
cam_field_picker_dup_value (CamFieldEditor *editor)
{
  return json_deep_copy (CAM_FIELD_PICKER (editor)->value);
}

static void
cam_field_picker_iface_init (CamFieldEditorInterface *iface)
{
  iface->get_field = cam_field_picker_get_field;
  iface->set_value = cam_field_picker_set_value;
  iface->dup_value = cam_field_picker_dup_value;
}

/* Building --------------------------------------------------------------------------------------------------------- */

/* What libadwaita 1.2 lets nobody at: the arrow of an expander row, which has no place where nothing unfolds. */
static GtkWidget *
find_arrow (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_IMAGE (widget) && gtk_widget_has_css_class (widget, "expander-row-arrow"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_arrow (child);
  return found;
}

static void
setup_name_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* The button cuts a long name short; the list has room. */
static void
build_drop_down (CamFieldPicker *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkListItemFactory *standard;

  if (is_or_number (self))
    /* translators: a learning rate that does not follow a schedule */
    gtk_string_list_append (names, C_("schedule", "constant"));
  else if (has_none (self))
    gtk_string_list_append (names, C_("setting", "none"));
  for (guint i = 0; i < self->options->len; i++)
    gtk_string_list_append (names, g_array_index (self->options, CamFieldOption, i).title);

  self->drop_down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  standard = gtk_drop_down_get_factory (GTK_DROP_DOWN (self->drop_down));
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->drop_down), standard);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), factory);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->drop_down);
}

static void
build_number_row (CamFieldPicker *self)
{
  CamField number = CAM_F_FLOAT (self->field->key, self->field->title, self->field->hint, self->field->default_number, self->field->min, self->field->max,
                                 self->field->flags & ~(CAM_FIELD_OR_NUMBER | CAM_FIELD_NULLABLE));

  self->number_field = number;
  self->number_row = g_object_ref_sink (cam_field_row_new (&self->number_field));
  g_signal_connect_object (self->number_row, "changed", G_CALLBACK (number_changed_cb), self, G_CONNECT_SWAPPED);
}

static GArray *
list_variants (const CamField *field)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (CamFieldOption));

  for (guint i = 0; field->variants[i] != NULL; i++)
    {
      const CamVariant *variant = field->variants[i];
      CamFieldOption option = { variant->class_name, field->flags & CAM_FIELD_OR_NUMBER ? NULL : variant->name, _(variant->title),
                                variant->note != NULL ? _(variant->note) : NULL, variant->fields };

      g_array_append_val (options, option);
    }
  return options;
}

/* Overrides -------------------------------------------------------------------------------------------------------- */

static void
cam_field_picker_dispose (GObject *object)
{
  CamFieldPicker *self = CAM_FIELD_PICKER (object);

  g_clear_object (&self->form);
  g_clear_object (&self->number_row);
  G_OBJECT_CLASS (cam_field_picker_parent_class)->dispose (object);
}

static void
cam_field_picker_finalize (GObject *object)
{
  CamFieldPicker *self = CAM_FIELD_PICKER (object);

  g_array_unref (self->options);
  json_decref (self->value);
  json_decref (self->number);
  json_decref (self->configs);
  G_OBJECT_CLASS (cam_field_picker_parent_class)->finalize (object);
}

static void
cam_field_picker_class_init (CamFieldPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cam_field_picker_dispose;
  object_class->finalize = cam_field_picker_finalize;

  signals[PROPOSE] = g_signal_new ("propose", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
cam_field_picker_init (CamFieldPicker *self)
{
  self->configs = json_object ();
}

GtkWidget *
cam_field_picker_new (const CamField *field,
                      const GArray   *options)
{
  CamFieldPicker *self;

  g_return_val_if_fail (field->type == CAM_FIELD_VARIANT || (field->type == CAM_FIELD_OBJECT && options != NULL), NULL);

  self = g_object_new (CAM_TYPE_FIELD_PICKER, NULL);
  self->field = field;
  self->options = field->type == CAM_FIELD_VARIANT ? list_variants (field) : g_array_copy ((GArray *) options);
  self->arrow = find_arrow (GTK_WIDGET (self));
  g_assert (self->arrow != NULL);
  build_drop_down (self);
  if (is_or_number (self))
    {
      build_number_row (self);
      self->number = cam_fields_default (field);
    }
  /* Where the number stands above, this row is about what may take its place. */
  cam_field_editor_prepare_row (CAM_FIELD_EDITOR (self), is_or_number (self) ? _("Schedule") : _(field->title), self->drop_down);
  self->form = cam_field_form_new (GTK_WIDGET (self), NULL);
  cam_field_form_set_style (self->form, field->type == CAM_FIELD_VARIANT ? CAM_FIELD_FORM_SHORT : CAM_FIELD_FORM_WHOLE, G_MAXUINT);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  cam_field_picker_set_value (CAM_FIELD_EDITOR (self), NULL);

  return GTK_WIDGET (self);
}

GtkWidget *
cam_field_picker_get_number_row (CamFieldPicker *self)
{
  g_return_val_if_fail (CAM_IS_FIELD_PICKER (self), NULL);

  return self->number_row;
}
