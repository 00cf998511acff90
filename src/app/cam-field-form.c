/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows for a whole table of settings. */
#include "cam-field-form.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cam-field-picker.h"
#include "cam-field-entry.h"
#include "cam-field-number.h"
#include "cam-field-row.h"

struct _CamFieldForm
{
  GObject              parent_instance;

  /* borrowed */
  GtkWidget           *host;
  GtkWidget           *after;       /* NULL: none */
  const CamField      *fields;      /* whose rows are there; NULL: none */
  const char *const   *left_out;
  GtkWidget           *more;        /* “More settings”; NULL: there is none */

  /* owned */
  GPtrArray           *rows;        /* of GtkWidget: those in the host itself, in their order; each referenced */
  GPtrArray           *editors;     /* of CamFieldEditor, referenced: those in the open first */
  guint                n_in_open;

  CamFieldFormStyle    style;
  guint                n_open;
  CamFieldOptionsFunc  options;
  gpointer             options_data;
  gboolean             is_showing;  /* the rows are made to show a value: their signals are ours */
};

G_DEFINE_FINAL_TYPE (CamFieldForm, cam_field_form, G_TYPE_OBJECT)

enum { CHANGED, BUILT, PROPOSE, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_standard (const CamField *field,
             const json_t   *value)
{
  g_autoptr(json_t) standard = cam_fields_default (field);

  return json_equal (value, standard) || (json_is_number (value) && json_is_number (standard) && json_number_value (value) == json_number_value (standard));
}

/* "momentum 0.9 · Nesterov": what “More settings” hides, as far as somebody has changed it. */
static char *
describe_hidden (CamFieldForm *self,
                 const json_t *config)
{
  GString *text = g_string_new (NULL);

  for (guint i = self->n_in_open; i < self->editors->len; i++)
    {
      const CamField *field = cam_field_editor_get_field (self->editors->pdata[i]);
      const json_t *value = json_object_get (config, field->key);

      if (value == NULL || is_standard (field, value))
        continue;
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append (text, _(field->title));
      if (json_is_string (value))
        g_string_append_printf (text, " %s", json_string_value (value));
      else if (json_is_object (value))
        g_string_append_printf (text, " %s", json_string_value (json_object_get (value, "class_name")));
      else if (json_is_number (value))
        {
          g_autofree char *number = cam_field_number_text (field, json_number_value (value));

          g_string_append_printf (text, " %s", number);
        }
      else if (json_is_false (value))
        /* translators: after the name of a switch that is off, though it is on by default */
        g_string_append_printf (text, " %s", C_("setting", "off"));
    }

  return g_string_free (text, FALSE);
}

/* Callbacks -------------------------------------------------------------------------------------------------------- */

static void
changed_cb (CamFieldForm   *self,
            CamFieldEditor *editor)
{
  g_autoptr(json_t) value = NULL;

  if (self->is_showing)
    return;
  value = cam_field_editor_dup_value (editor);
  g_signal_emit (self, signals[CHANGED], 0, cam_field_editor_get_field (editor), value);
}

static void
propose_cb (CamFieldForm   *self,
            const char     *class_name,
            json_t         *config,
            CamFieldEditor *editor)
{
  g_signal_emit (self, signals[PROPOSE], 0, cam_field_editor_get_field (editor), class_name, config);
}

/* Building --------------------------------------------------------------------------------------------------------- */

static void
place (CamFieldForm *self,
       GtkWidget    *row)
{
  if (ADW_IS_EXPANDER_ROW (self->host))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self->host), row);
  else
    {
      int first = self->after != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->after)) + 1 : 0;

      gtk_list_box_insert (GTK_LIST_BOX (self->host), row, first + (int) self->rows->len);
    }
  g_ptr_array_add (self->rows, g_object_ref (row));
}

static void
clear (CamFieldForm *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    g_signal_handlers_disconnect_by_data (self->editors->pdata[i], self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (ADW_IS_EXPANDER_ROW (self->host))
        adw_expander_row_remove (ADW_EXPANDER_ROW (self->host), self->rows->pdata[i]);
      else
        gtk_list_box_remove (GTK_LIST_BOX (self->host), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->editors, 0);
  self->n_in_open = 0;
  self->more = NULL;
}

/* A floating widget; NULL: this setting has no row here. */
static GtkWidget *
make_editor (CamFieldForm   *self,
             const CamField *field)
{
  switch (field->type)
    {
    case CAM_FIELD_INTS:
    case CAM_FIELD_FLOATS:
    case CAM_FIELD_PAIRS:
    case CAM_FIELD_TEXT:
      return cam_field_entry_new (field);
    case CAM_FIELD_VARIANT:
      return cam_field_picker_new (field, NULL);
    case CAM_FIELD_OBJECT:
      {
        g_autoptr(GArray) options = self->options != NULL ? self->options (field, self->options_data) : NULL;

        return options != NULL ? cam_field_picker_new (field, options) : NULL;
      }
    case CAM_FIELD_INT:
    case CAM_FIELD_FLOAT:
    case CAM_FIELD_BOOL:
    case CAM_FIELD_CHOICE:
    default:
      return cam_field_row_new (field);
    }
}

static void
add (CamFieldForm *self,
     GtkWidget    *row)
{
  if (self->more != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self->more), row);
  else
    place (self, row);
}

static void
add_editor (CamFieldForm   *self,
            const CamField *field)
{
  GtkWidget *editor = make_editor (self, field);

  if (editor == NULL)
    return;
  if (CAM_IS_FIELD_PICKER (editor))
    {
      if (cam_field_picker_get_number_row (CAM_FIELD_PICKER (editor)) != NULL)
        add (self, cam_field_picker_get_number_row (CAM_FIELD_PICKER (editor)));
      g_signal_connect_object (editor, "propose", G_CALLBACK (propose_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (editor, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  add (self, editor);
  g_ptr_array_add (self->editors, g_object_ref (editor));
  if (self->more == NULL)
    self->n_in_open++;
  g_signal_emit (self, signals[BUILT], 0, editor);
}

static void
add_more (CamFieldForm *self)
{
  GtkWidget *more = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (more), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (more), _("More settings"));
  place (self, more);
  self->more = more;
}

static gboolean
is_left_out (CamFieldForm   *self,
             const CamField *field)
{
  return self->left_out != NULL && g_strv_contains (self->left_out, field->key);
}

/* Those in the open, then the others. */
static void
build (CamFieldForm *self)
{
  g_autoptr(GPtrArray) hidden = g_ptr_array_new ();

  for (const CamField *field = self->fields; field->key != NULL; field++)
    {
      if (is_left_out (self, field))
        continue;
      if (self->style == CAM_FIELD_FORM_SHORT || ((field->flags & CAM_FIELD_ADVANCED) == 0 && self->n_in_open < self->n_open))
        add_editor (self, field);
      else
        g_ptr_array_add (hidden, (gpointer) field);
    }
  if (hidden->len > 0)
    add_more (self);
  for (guint i = 0; i < hidden->len; i++)
    add_editor (self, hidden->pdata[i]);
}

/* Overrides -------------------------------------------------------------------------------------------------------- */

static void
cam_field_form_finalize (GObject *object)
{
  CamFieldForm *self = CAM_FIELD_FORM (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->editors);
  G_OBJECT_CLASS (cam_field_form_parent_class)->finalize (object);
}

static void
cam_field_form_class_init (CamFieldFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_field_form_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
  signals[BUILT] = g_signal_new ("built", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, CAM_TYPE_FIELD_EDITOR);
  signals[PROPOSE] = g_signal_new ("propose", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
cam_field_form_init (CamFieldForm *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_open = G_MAXUINT;
}

CamFieldForm *
cam_field_form_new (GtkWidget *host,
                    GtkWidget *after)
{
  CamFieldForm *self;

  g_return_val_if_fail (GTK_IS_LIST_BOX (host) || ADW_IS_EXPANDER_ROW (host), NULL);
  g_return_val_if_fail (after == NULL || GTK_IS_LIST_BOX_ROW (after), NULL);

  self = g_object_new (CAM_TYPE_FIELD_FORM, NULL);
  self->host = host;
  self->after = after;
  return self;
}

void
cam_field_form_set_style (CamFieldForm      *self,
                          CamFieldFormStyle  style,
                          guint              n_open)
{
  g_return_if_fail (CAM_IS_FIELD_FORM (self) && self->fields == NULL);

  self->style = style;
  self->n_open = n_open;
}

void
cam_field_form_set_options (CamFieldForm        *self,
                            CamFieldOptionsFunc  func,
                            gpointer             user_data)
{
  g_return_if_fail (CAM_IS_FIELD_FORM (self));

  self->options = func;
  self->options_data = user_data;
}

void
cam_field_form_leave_out (CamFieldForm      *self,
                          const char *const *keys)
{
  g_return_if_fail (CAM_IS_FIELD_FORM (self));

  self->left_out = keys;
}

void
cam_field_form_set_fields (CamFieldForm   *self,
                           const CamField *fields)
{
  g_return_if_fail (CAM_IS_FIELD_FORM (self));

  if (fields == self->fields)
    return;
  clear (self);
  self->fields = fields;
  if (fields != NULL)
    build (self);
}

guint
cam_field_form_show (CamFieldForm *self,
                     const json_t *config)
{
  guint n_shown = self->more != NULL ? 1 : 0;

  g_return_val_if_fail (CAM_IS_FIELD_FORM (self), 0);

  self->is_showing = TRUE;
  for (guint i = 0; i < self->editors->len; i++)
    {
      CamFieldEditor *editor = self->editors->pdata[i];
      const CamField *field = cam_field_editor_get_field (editor);
      const json_t *value = json_object_get (config, field->key);
      gboolean is_seen = self->style == CAM_FIELD_FORM_WHOLE || (field->flags & CAM_FIELD_ADVANCED) == 0 || (value != NULL && !is_standard (field, value));

      cam_field_editor_set_value (editor, value);
      if (self->style == CAM_FIELD_FORM_SHORT)
        gtk_widget_set_visible (GTK_WIDGET (editor), is_seen);
      if (is_seen && i < self->n_in_open)
        n_shown++;
    }
  self->is_showing = FALSE;
  if (self->more != NULL)
    {
      g_autofree char *hidden = describe_hidden (self, config);

      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->more), hidden);
    }

  return n_shown;
}

CamFieldEditor *
cam_field_form_find (CamFieldForm *self,
                     const char   *key)
{
  g_return_val_if_fail (CAM_IS_FIELD_FORM (self), NULL);

  for (guint i = 0; i < self->editors->len; i++)
    if (g_str_equal (cam_field_editor_get_field (self->editors->pdata[i])->key, key))
      return self->editors->pdata[i];

  return NULL;
}
