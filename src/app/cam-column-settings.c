/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the chosen columns. */

#include "cam-column-settings.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

enum { ROLE, KIND, MISSING, SCALING, CODING, N_CHOICES };
static const char *const keys[N_CHOICES] = { "role", "kind", "missing", "scaling", "coding" };

struct _CamColumnSettings
{
  AdwBin          parent_instance;

  /* owned */
  CamColumns     *columns;
  GStrv           words[N_CHOICES];      /* as the document spells them */
  gboolean        has_flag, has_fill;    /* the document knows them */

  gboolean        is_setting;
  guint           show_source;           /* shown anew once the row that was chosen from has done with its list */

  /* template children */
  AdwComboRow    *rows[N_CHOICES];
  AdwEntryRow    *fill_row;
  AdwActionRow   *flag_row;
  GtkSwitch      *flag_switch;
  GtkWidget      *preparation_title;
  GtkWidget      *preparation_list;
};

G_DEFINE_FINAL_TYPE (CamColumnSettings, cam_column_settings, ADW_TYPE_BIN)

enum { PROP_0, PROP_COLUMNS, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Words ------------------------------------------------------------------------------------------------------------- */

static const char *
get_label (guint       choice,
           const char *word)
{
  static const struct { guint choice; const char *word, *label; } labels[] = {
    { ROLE, "feature", NC_("role", "Feature") }, { ROLE, "target", NC_("role", "Target") },
    { ROLE, "group", NC_("role", "Group") }, { ROLE, "ignored", NC_("role", "Ignored") },
    { KIND, "number", NC_("kind", "Number") }, { KIND, "category", NC_("kind", "Category") }, { KIND, "yes/no", NC_("kind", "Yes/no") },
    { KIND, "date", NC_("kind", "Date") }, { KIND, "text", NC_("kind", "Text") },
    { MISSING, "drop", NC_("missing", "Leave row out") }, { MISSING, "mean", NC_("missing", "Mean") }, { MISSING, "median", NC_("missing", "Median") },
    { MISSING, "most_frequent", NC_("missing", "Most frequent") }, { MISSING, "constant", NC_("missing", "Constant") },
    { MISSING, "previous", NC_("missing", "Value before") },
    { SCALING, "none", NC_("scaling", "None") }, { SCALING, "standard", NC_("scaling", "Standard") },
    { SCALING, "min-max", NC_("scaling", "Min–max") }, { SCALING, "robust", NC_("scaling", "Robust") },
    { CODING, "one-hot", NC_("coding", "One-hot") }, { CODING, "ordinal", NC_("coding", "Ordinal") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i].choice == choice && strcmp (labels[i].word, word) == 0)
      return g_dpgettext2 (NULL, keys[choice], labels[i].label);
  return word;
}

/* The words that the document's schema lists for a column. */
static void
read_words (CamColumnSettings *self)
{
  g_autoptr(json_t) schema = cam_dataset_data_schema ();
  json_t *columns = json_object_get (json_object_get (schema, "properties"), "columns");
  json_t *properties_of = json_object_get (json_object_get (columns, "additionalProperties"), "properties");

  for (guint i = 0; i < N_CHOICES; i++)
    {
      json_t *list = json_object_get (json_object_get (properties_of, keys[i]), "enum");

      self->words[i] = g_new0 (char *, json_array_size (list) + 1);
      for (gsize k = 0; k < json_array_size (list); k++)
        self->words[i][k] = g_strdup (json_string_value (json_array_get (list, k)));
    }
  self->has_flag = json_object_get (properties_of, "flag") != NULL;
  self->has_fill = json_object_get (properties_of, "fill") != NULL;
}

/* What is in force -------------------------------------------------------------------------------------------------- */

typedef gboolean (*CamItemFunc) (CamColumnItem *item);

static guint
count_selected (CamColumnSettings *self,
                CamItemFunc        func)
{
  GtkBitsetIter iter;
  guint column, n = 0;

  if (gtk_bitset_iter_init_first (&iter, cam_columns_get_selection (self->columns), &column))
    do
      n += func == NULL || func (cam_columns_peek (self->columns, column));
    while (gtk_bitset_iter_next (&iter, &column));
  return n;
}

/* The value that all have; NULL: they differ. */
static const char *
find_common (CamColumnSettings *self,
             const char        *key)
{
  const char *common = NULL;
  GtkBitsetIter iter;
  guint column;

  if (gtk_bitset_iter_init_first (&iter, cam_columns_get_selection (self->columns), &column))
    do
      {
        const char *value = cam_column_item_peek (cam_columns_peek (self->columns, column), key);

        if (common != NULL && strcmp (value, common) != 0)
          return NULL;
        common = value;
      }
    while (gtk_bitset_iter_next (&iter, &column));
  return common;
}

static gboolean
can_scale (CamColumnItem *item)
{
  return cam_column_item_is_numeric (item);
}

static gboolean
can_code (CamColumnItem *item)
{
  const char *kind = cam_column_item_peek (item, "kind");

  return (g_str_equal (kind, "category") || g_str_equal (kind, "yes/no")) && !g_str_equal (cam_column_item_peek (item, "role"), "target");
}

static gboolean
is_used (CamColumnItem *item)
{
  const char *role = cam_column_item_peek (item, "role");

  return g_str_equal (role, "feature") || g_str_equal (role, "target");
}

static gboolean
is_flagged (CamColumnItem *item)
{
  return json_is_true (json_object_get (cam_column_item_get_settings (item), "flag"));
}

static gboolean
has_entries (GListModel *a,
             GListModel *b)
{
  /* Lists differ by the entry that says that columns differ, and by nothing else. */
  return a != NULL && g_list_model_get_n_items (a) == g_list_model_get_n_items (b);
}

/* One entry more where the columns differ: it says so, and choosing it changes nothing. */
static void
show_choice (CamColumnSettings *self,
             guint              choice)
{
  const char *common = find_common (self, keys[choice]);
  g_autoptr(GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION, n = 0;

  for (; self->words[choice][n] != NULL; n++)
    {
      gtk_string_list_append (model, get_label (choice, self->words[choice][n]));
      if (common != NULL && strcmp (self->words[choice][n], common) == 0)
        selected = n;
    }
  if (common == NULL)
    {
      gtk_string_list_append (model, _("Different"));
      selected = n;
    }
  if (!has_entries (adw_combo_row_get_model (self->rows[choice]), G_LIST_MODEL (model)))
    adw_combo_row_set_model (self->rows[choice], G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->rows[choice], selected);
}

static void
show_fill (CamColumnSettings *self)
{
  const char *common = find_common (self, "missing");
  int lead = cam_columns_get_lead (self->columns);
  const json_t *fill = lead >= 0 ? json_object_get (cam_column_item_get_settings (cam_columns_peek (self->columns, (guint) lead)), "fill") : NULL;
  char buf[CAM_NUMBER_BUF];

  gtk_widget_set_visible (GTK_WIDGET (self->fill_row), self->has_fill && g_strcmp0 (common, "constant") == 0);
  gtk_editable_set_text (GTK_EDITABLE (self->fill_row), json_is_string (fill) ? json_string_value (fill)
                         : json_is_number (fill) ? cam_number_shortest (buf, json_number_value (fill), FALSE) : "");
}

static void
show_flag (CamColumnSettings *self)
{
  guint n = count_selected (self, NULL), n_flagged = count_selected (self, is_flagged);
  g_autofree char *subtitle = n_flagged > 0 && n_flagged < n ? g_strdup_printf (_("%u of %u columns"), n_flagged, n) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->flag_row), self->has_flag);
  adw_action_row_set_subtitle (self->flag_row, subtitle != NULL ? subtitle : "");
  gtk_switch_set_active (self->flag_switch, n > 0 && n_flagged == n);
}

static void
show_settings (CamColumnSettings *self)
{
  gboolean are_used;

  if (self->columns == NULL || cam_columns_get_lead (self->columns) < 0 || self->show_source != 0)
    return;
  self->is_setting = TRUE;
  for (guint i = 0; i < N_CHOICES; i++)
    show_choice (self, i);
  show_fill (self);
  show_flag (self);
  self->is_setting = FALSE;
  are_used = count_selected (self, is_used) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->rows[SCALING]), count_selected (self, can_scale) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows[CODING]), count_selected (self, can_code) > 0);
  gtk_widget_set_visible (self->preparation_title, are_used);
  gtk_widget_set_visible (self->preparation_list, are_used);
}

static gboolean
show_cb (gpointer user_data)
{
  CamColumnSettings *self = user_data;

  self->show_source = 0;
  show_settings (self);
  return G_SOURCE_REMOVE;
}

/* A row must not get another list while it tells that one of the old list was chosen: it would choose again from the new one. */
static void
edit (CamColumnSettings *self,
      const json_t      *changes)
{
  if (self->show_source == 0)
    self->show_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, self, NULL);
  cam_columns_edit (self->columns, changes);
}

/* Edits ------------------------------------------------------------------------------------------------------------- */

/* A constant needs one: zero and an own word do no harm until the person says what it is. */
static void
selected_cb (AdwComboRow       *row,
             GParamSpec        *pspec,
             CamColumnSettings *self)
{
  guint choice = 0, selected = adw_combo_row_get_selected (row);
  g_autoptr(json_t) changes = NULL;
  const char *word;

  if (self->is_setting || self->columns == NULL)
    return;
  while (choice < N_CHOICES && self->rows[choice] != row)
    choice++;
  g_return_if_fail (choice < N_CHOICES);
  if (selected >= g_strv_length (self->words[choice]))
    return;
  word = self->words[choice][selected];
  changes = json_pack ("{s:s}", keys[choice], word);
  if (choice == MISSING && strcmp (word, "constant") == 0)
    json_object_set_new (changes, "fill", count_selected (self, can_scale) > 0 ? json_integer (0) : json_string (_("missing")));
  else if (choice == MISSING && self->has_fill)
    json_object_set_new (changes, "fill", json_null ());
  edit (self, changes);
}

static void
fill_cb (CamColumnSettings *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->fill_row));
  g_autoptr(json_t) changes = json_object ();
  double number;

  if (self->is_setting || self->columns == NULL)
    return;
  if (count_selected (self, can_scale) > 0)
    {
      char *end;

      number = g_ascii_strtod (text, &end);
      if (*text == '\0' || *end != '\0' || !isfinite (number))
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->fill_row), "error");
          return;
        }
      json_object_set_new (changes, "fill", number == floor (number) && fabs (number) < 1e15 ? json_integer ((json_int_t) number) : json_real (number));
    }
  else
    json_object_set_new (changes, "fill", json_string (text));
  gtk_widget_remove_css_class (GTK_WIDGET (self->fill_row), "error");
  edit (self, changes);
}

static void
flag_cb (CamColumnSettings *self)
{
  g_autoptr(json_t) changes = NULL;

  if (self->is_setting || self->columns == NULL)
    return;
  changes = json_pack ("{s:b}", "flag", gtk_switch_get_active (self->flag_switch));
  edit (self, changes);
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
set_columns (CamColumnSettings *self,
             CamColumns        *columns)
{
  if (!g_set_object (&self->columns, columns) || columns == NULL)
    return;
  g_signal_connect_object (columns, "selection-changed", G_CALLBACK (show_settings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "settings-changed", G_CALLBACK (show_settings), self, G_CONNECT_SWAPPED);
  show_settings (self);
}

static void
cam_column_settings_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_object (value, CAM_COLUMN_SETTINGS (object)->columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_settings_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      set_columns (CAM_COLUMN_SETTINGS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_settings_dispose (GObject *object)
{
  g_clear_handle_id (&CAM_COLUMN_SETTINGS (object)->show_source, g_source_remove);
  g_clear_object (&CAM_COLUMN_SETTINGS (object)->columns);
  G_OBJECT_CLASS (cam_column_settings_parent_class)->dispose (object);
}

static void
cam_column_settings_finalize (GObject *object)
{
  for (guint i = 0; i < N_CHOICES; i++)
    g_strfreev (CAM_COLUMN_SETTINGS (object)->words[i]);
  G_OBJECT_CLASS (cam_column_settings_parent_class)->finalize (object);
}

static void
cam_column_settings_class_init (CamColumnSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const row_names[N_CHOICES] = { "role_row", "kind_row", "missing_row", "scaling_row", "coding_row" };

  object_class->dispose = cam_column_settings_dispose;
  object_class->finalize = cam_column_settings_finalize;
  object_class->get_property = cam_column_settings_get_property;
  object_class->set_property = cam_column_settings_set_property;
  properties[PROP_COLUMNS] = g_param_spec_object ("columns", NULL, NULL, CAM_TYPE_COLUMNS, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-column-settings.ui");
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, row_names[i], FALSE,
      G_STRUCT_OFFSET (CamColumnSettings, rows) + (gssize) (i * sizeof (AdwComboRow *)));
  gtk_widget_class_bind_template_child (widget_class, CamColumnSettings, fill_row);
  gtk_widget_class_bind_template_child (widget_class, CamColumnSettings, flag_row);
  gtk_widget_class_bind_template_child (widget_class, CamColumnSettings, flag_switch);
  gtk_widget_class_bind_template_child (widget_class, CamColumnSettings, preparation_title);
  gtk_widget_class_bind_template_child (widget_class, CamColumnSettings, preparation_list);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, flag_cb);
}

static void
cam_column_settings_init (CamColumnSettings *self)
{
  read_words (self);
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_setting = FALSE;
}
