/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sample is, where it is no plain row. */

#include "cam-samples-window.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-chart-card.h"
#include "cam-samples-preview.h"
#include "cam-task-words.h"
#include "cam-words.h"

typedef enum { FIELD_COUNT, FIELD_SWITCH, FIELD_COLUMN } FieldKind;

typedef struct
{
  CamUnit  samples;
  FieldKind   kind;
  const char *key, *title, *subtitle, *step;
  double      min, max, fallback;       /* of a switch, fallback 1 is on */
} Field;

static const Field fields[] = {
  { CAM_UNIT_SEQUENCE, FIELD_COUNT, "length", N_("Window"), N_("rows that are seen"), N_("Change Window"), 1, 1000000, 24 },
  { CAM_UNIT_SEQUENCE, FIELD_COUNT, "horizon", N_("Horizon"), N_("rows that are told; 0: the last seen"), N_("Change Horizon"), 0, 100000, 1 },
  { CAM_UNIT_SEQUENCE, FIELD_COUNT, "stride", N_("Stride"), N_("rows from window to window"), N_("Change Stride"), 1, 1000000, 1 },
  { CAM_UNIT_SEQUENCE, FIELD_COLUMN, "order", N_("Ordered by"), "", N_("Change Order"), 0, 0, 0 },
  { CAM_UNIT_SEQUENCE, FIELD_SWITCH, "past_targets", N_("Past targets"), N_("the target's own past is an input"), N_("Change Past Targets"), 0, 1, 1 },
  { CAM_UNIT_SEQUENCE, FIELD_SWITCH, "relative", N_("Relative"), N_("differences from the last value"), N_("Change Differences"), 0, 1, 0 },
  { CAM_UNIT_TEXT, FIELD_COUNT, "vocabulary", N_("Vocabulary"), N_("most frequent words, with the two special ones"), N_("Change Vocabulary"), 3, 10000000, 10000 },
  { CAM_UNIT_TEXT, FIELD_COUNT, "length", N_("Length"), N_("words of a text; longer ones are cut"), N_("Change Length"), 1, 1000000, 50 },
  { CAM_UNIT_IMAGE, FIELD_COUNT, "height", N_("Height"), "", N_("Change Height"), 1, 16384, 1 },
  { CAM_UNIT_IMAGE, FIELD_COUNT, "width", N_("Width"), "", N_("Change Width"), 1, 16384, 1 },
  { CAM_UNIT_IMAGE, FIELD_COUNT, "channels", N_("Channels"), N_("1 is grey, 3 are colours"), N_("Change Channels"), 1, 1024, 1 },
};
#define N_FIELDS G_N_ELEMENTS (fields)

struct _CamSamplesWindow
{
  AdwWindow       parent_instance;

  CamSession     *session;               /* owned */
  CamUnit      samples;               /* that the rows are of */
  gsize           n;                     /* which sample is shown */
  gboolean        is_setting;
  GtkWidget      *controls[N_FIELDS];    /* children; NULL: of other samples */

  /* template children */
  AdwWindowTitle *title;
  GtkListBox     *list;
  GtkLabel       *note;
  GtkStack       *stack;
  CamChartCard   *series;
  CamChartCard   *window;
  GtkFlowBox     *words;
  GtkFlowBox     *pictures;
  AdwStatusPage  *problem;
  GtkButton      *another;
};

G_DEFINE_FINAL_TYPE (CamSamplesWindow, cam_samples_window, ADW_TYPE_WINDOW)

static const json_t *
peek_data (CamSamplesWindow *self)
{
  CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));

  return experiment != NULL ? cam_experiment_get_data (experiment) : NULL;
}

/* Settings ---------------------------------------------------------------------------------------------------------- */

static guint
find_field (CamSamplesWindow *self,
            gpointer          control)
{
  guint i = 0;

  while (i < N_FIELDS && self->controls[i] != control)
    i++;
  return i;
}

/* What the vocabulary counts is what the first layer must know. */
static void
edit (CamSamplesWindow *self,
      guint             i,
      json_t           *value)        /* taken; NULL: out */
{
  g_autofree char *path = g_strdup_printf ("data/%s/%s", cam_unit_get_key (self->samples), fields[i].key);
  g_autoptr(json_t) edits = json_object ();
  g_autoptr(json_t) owned = value;

  if (self->samples == CAM_UNIT_TEXT && g_str_equal (fields[i].key, "vocabulary"))
    {
      CamExperiment *experiment = cam_document_get_experiment (cam_session_get_document (self->session));
      const json_t *network = cam_experiment_get_network (experiment);
      int first = cam_network_find_first (network);
      g_autofree char *indices = g_strdup_printf ("network/%d/config/input_dim", first);

      json_object_set (edits, path, value);
      if (g_strcmp0 (json_string_value (json_object_get (json_array_get (network, first), "class_name")), "Embedding") == 0)
        json_object_set (edits, indices, value);
      cam_session_edit_all (self->session, edits, _(fields[i].step));
      return;
    }
  cam_session_edit (self->session, path, value, _(fields[i].step));
}

static void
value_cb (CamSamplesWindow *self,
          GtkSpinButton    *spin)
{
  guint i = find_field (self, spin);

  if (!self->is_setting && i < N_FIELDS)
    edit (self, i, json_integer ((json_int_t) gtk_spin_button_get_value (spin)));
}

static void
switch_cb (CamSamplesWindow *self,
           GParamSpec       *pspec,
           GtkSwitch        *control)
{
  guint i = find_field (self, control);

  if (!self->is_setting && i < N_FIELDS)
    edit (self, i, json_boolean (gtk_switch_get_active (control)));
}

static void
column_cb (CamSamplesWindow *self,
           GParamSpec       *pspec,
           AdwComboRow      *row)
{
  guint i = find_field (self, row), selected = adw_combo_row_get_selected (row);
  CamTable *table = cam_session_get_table (self->session);

  if (self->is_setting || i >= N_FIELDS || table == NULL || selected > cam_table_get_n_columns (table))
    return;
  edit (self, i, selected == 0 ? NULL : json_string (cam_table_get_name (table, selected - 1)));
}

static GtkWidget *
new_control (CamSamplesWindow *self,
             guint             i,
             GtkWidget       **row)
{
  GtkWidget *control;

  *row = fields[i].kind == FIELD_COLUMN ? g_object_new (ADW_TYPE_COMBO_ROW, NULL) : g_object_new (ADW_TYPE_ACTION_ROW, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (*row), _(fields[i].title));
  if (*fields[i].subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (*row), _(fields[i].subtitle));
  switch (fields[i].kind)
    {
    case FIELD_COUNT:
      control = gtk_spin_button_new_with_range (fields[i].min, fields[i].max, 1);
      gtk_editable_set_width_chars (GTK_EDITABLE (control), 5);
      gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, _(fields[i].title), -1);
      g_signal_connect_object (control, "value-changed", G_CALLBACK (value_cb), self, G_CONNECT_SWAPPED);
      break;
    case FIELD_SWITCH:
      control = gtk_switch_new ();
      gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
      g_signal_connect_object (control, "notify::active", G_CALLBACK (switch_cb), self, G_CONNECT_SWAPPED);
      break;
    case FIELD_COLUMN:
    default:
      g_signal_connect_object (*row, "notify::selected", G_CALLBACK (column_cb), self, G_CONNECT_SWAPPED);
      return *row;
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (*row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (*row), control);
  return control;
}

static void
make_rows (CamSamplesWindow *self)
{
  GtkWidget *child;

  self->is_setting = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      GtkWidget *row;

      self->controls[i] = NULL;
      if (fields[i].samples != self->samples)
        continue;
      self->controls[i] = new_control (self, i, &row);
      gtk_list_box_append (self->list, row);
    }
  self->is_setting = FALSE;
}

static void
show_column (CamSamplesWindow *self,
             guint             i,
             const char       *name)
{
  CamTable *table = cam_session_get_table (self->session);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("As they stand"));
  for (guint c = 0; table != NULL && c < cam_table_get_n_columns (table); c++)
    gtk_string_list_append (names, cam_table_get_name (table, c));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->controls[i]), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->controls[i]), name != NULL && table != NULL ? (guint) (cam_table_find (table, name) + 1) : 0);
}

static void
show_settings (CamSamplesWindow *self)
{
  const json_t *section = json_object_get (peek_data (self), cam_unit_get_key (self->samples));

  self->is_setting = TRUE;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const json_t *value = json_object_get (section, fields[i].key);

      if (self->controls[i] == NULL)
        continue;
      if (fields[i].kind == FIELD_COUNT)
        gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->controls[i]), json_is_integer (value) ? (double) json_integer_value (value) : fields[i].fallback);
      else if (fields[i].kind == FIELD_SWITCH)
        gtk_switch_set_active (GTK_SWITCH (self->controls[i]), value != NULL ? json_is_true (value) : fields[i].fallback > 0);
      else
        show_column (self, i, json_string_value (value));
    }
  self->is_setting = FALSE;
}

/* The preview ------------------------------------------------------------------------------------------------------- */

static void
show_sequence (CamSamplesWindow *self,
               CamDataset       *dataset)
{
  g_autoptr(CamChart) series = cam_samples_new_series (dataset);
  g_autoptr(CamChart) window = cam_samples_new_window (dataset, self->n);
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);

  cam_chart_card_set_title (self->series, cam_preparation_get_n_targets (preparation) > 0 ? cam_preparation_get_target_name (preparation, 0) : _("Series"));
  cam_chart_card_set_chart (self->series, series);
  cam_chart_card_set_chart (self->window, window);
}

static char *
describe (CamDataset *dataset)
{
  CamPreparation *preparation = cam_dataset_get_preparation (dataset);
  g_autofree char *count = NULL;
  const gsize n = cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) + cam_dataset_get_n_rows (dataset, CAM_PART_VALIDATION) + cam_dataset_get_n_rows (dataset, CAM_PART_TEST);

  if (cam_preparation_get_vocabulary (preparation) > 0)
    {
      g_autofree char *words = cam_words_count (cam_preparation_get_vocabulary (preparation));

      return g_strdup_printf (_("%s indices: padding, unknown, and the words of the training rows."), words);
    }
  count = cam_words_count (n);
  if (cam_preparation_is_sequence (preparation))
    return g_strdup_printf (ngettext ("%s window in all; none reaches into the future of its part.", "%s windows in all; none reaches into the future of its part.", (guint) n), count);
  return g_strdup_printf (ngettext ("%s picture in all.", "%s pictures in all.", (guint) n), count);
}

static void
show_preview (CamSamplesWindow *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->another), dataset != NULL);
  if (dataset == NULL)
    {
      g_object_get (self->session, "data-problem", &text, NULL);
      adw_status_page_set_description (self->problem, text);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      gtk_label_set_label (self->note, "");
      return;
    }
  text = describe (dataset);
  gtk_label_set_label (self->note, text);
  if (self->samples == CAM_UNIT_SEQUENCE)
    show_sequence (self, dataset);
  else if (self->samples == CAM_UNIT_TEXT)
    cam_samples_fill_words (dataset, self->n, self->words);
  else
    cam_samples_fill_pictures (dataset, self->n, self->pictures);
  gtk_stack_set_visible_child_name (self->stack, cam_unit_get_key (self->samples));
}

static void
another_cb (CamSamplesWindow *self)
{
  CamDataset *dataset = cam_session_get_dataset (self->session);
  const gsize n_rows = dataset != NULL ? cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN) : 0;

  /* A good way on: neighbouring windows look alike. */
  self->n += self->samples == CAM_UNIT_SEQUENCE ? MAX (n_rows / 7, 1) : 1;
  show_preview (self);
}

static void
experiment_changed_cb (CamSamplesWindow *self)
{
  CamUnit samples = cam_unit_of (peek_data (self));
  const char *const titles[] = { "", _("Sequence"), _("Text"), _("Pictures") };

  if (samples == CAM_UNIT_ROW)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (samples != self->samples)
    {
      self->samples = samples;
      self->n = 0;
      adw_window_title_set_title (self->title, titles[samples]);
      gtk_window_set_title (GTK_WINDOW (self), titles[samples]);
      make_rows (self);
    }
  show_settings (self);
}

/* The window -------------------------------------------------------------------------------------------------------- */

static void
cam_samples_window_dispose (GObject *object)
{
  g_clear_object (&CAM_SAMPLES_WINDOW (object)->session);
  G_OBJECT_CLASS (cam_samples_window_parent_class)->dispose (object);
}

static void
cam_samples_window_class_init (CamSamplesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_samples_window_dispose;
  g_type_ensure (CAM_TYPE_CHART_CARD);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-samples-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, title);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, note);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, series);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, window);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, words);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, pictures);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, CamSamplesWindow, another);
  gtk_widget_class_bind_template_callback (widget_class, another_cb);
}

static void
cam_samples_window_init (CamSamplesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The one that is open over @parent. */
static CamSamplesWindow *
find_window (GtkWindow *parent)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (CAM_IS_SAMPLES_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == parent)
      return l->data;
  return NULL;
}

void
cam_samples_window_show (CamSession *session,
                         GtkWindow  *parent)
{
  CamSamplesWindow *self = find_window (parent);

  g_return_if_fail (CAM_IS_SESSION (session));

  if (self == NULL)
    {
      self = g_object_new (CAM_TYPE_SAMPLES_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
      self->session = g_object_ref (session);
      g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (experiment_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      g_signal_connect_object (session, "notify::dataset", G_CALLBACK (show_preview), self, G_CONNECT_SWAPPED);
      experiment_changed_cb (self);
      show_preview (self);
    }
  gtk_window_present (GTK_WINDOW (self));
}
