/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector of a column: histogram, statistics, role, kind and preparation. Rows show what is in force, defaults
 * included, and edit the document. */

#include "cam-column-inspector.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-bars.h"
#include "cam-column-card.h"
#include "cam-words.h"

#define N_BINS 26
#define N_LEVELS 12
/* Beyond this the histogram is not split by class: it would hold up the window. */
#define MAX_SPLIT_ROWS 300000

typedef struct
{
  const char *key;           /* in a column's settings */
  const char *step;          /* what undo calls it */
  const char *const *values;
} Choice;

static const char *const roles[] = { "feature", "target", "ignored", NULL };
static const char *const kinds[] = { "number", "category", "text", NULL };
static const char *const scalings[] = { "none", "standard", NULL };
static const char *const codings[] = { "one-hot", "ordinal", NULL };
static const char *const missings[] = { "drop", "mean", "most_frequent", NULL };

enum { ROLE, KIND, MISSING, SCALING, CODING, N_CHOICES };
static const Choice choices[N_CHOICES] = {
  [ROLE] = { "role", N_("Change Role"), roles },
  [KIND] = { "kind", N_("Change Kind"), kinds },
  [MISSING] = { "missing", N_("Change Missing Values"), missings },
  [SCALING] = { "scaling", N_("Change Scaling"), scalings },
  [CODING] = { "coding", N_("Change Coding"), codings },
};

struct _CamColumnInspector
{
  AdwBin       parent_instance;

  CamSession  *session;           /* owned */
  int          column;
  gboolean     is_setting;

  /* template children */
  GtkStack    *stack;
  GtkWidget   *tile;
  GtkImage    *icon;
  GtkLabel    *name;
  GtkLabel    *subtitle;
  CamBars     *bars;
  GtkLabel    *low;
  GtkLabel    *high;
  GtkLabel    *values[6];
  GtkLabel    *titles[6];
  AdwComboRow *rows[N_CHOICES];
  GtkLabel    *note;
};

G_DEFINE_FINAL_TYPE (CamColumnInspector, cam_column_inspector, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_COLUMN, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
set_statistic (CamColumnInspector *self,
               guint               i,
               const char         *title,
               char               *value)   /* taken */
{
  gtk_label_set_label (self->values[i], value);
  gtk_label_set_label (self->titles[i], title);
  g_free (value);
}

static void
show_statistics (CamColumnInspector *self,
                 CamTable           *table,
                 guint               column)
{
  CamColumnSummary summary;
  gsize counts[N_LEVELS] = { 0 };
  gboolean is_number = cam_column_kind_is_numeric (cam_table_get_kind (table, column));

  cam_table_summarise (table, column, &summary);
  if (is_number)
    {
      set_statistic (self, 0, _("mean"), cam_words_number (summary.mean));
      set_statistic (self, 1, _("deviation"), cam_words_number (summary.deviation));
      set_statistic (self, 2, _("median"), cam_words_number (summary.median));
      set_statistic (self, 3, _("min"), cam_words_number (summary.min));
      set_statistic (self, 4, _("max"), cam_words_number (summary.max));
      set_statistic (self, 5, _("missing"), cam_words_count (summary.n_missing));
    }
  else
    {
      guint n = cam_table_histogram (table, column, N_LEVELS, counts);

      set_statistic (self, 0, _("values"), cam_words_count (summary.n));
      set_statistic (self, 1, _("different"), cam_words_count (summary.n_different));
      set_statistic (self, 2, _("missing"), cam_words_count (summary.n_missing));
      set_statistic (self, 3, _("most frequent"), n > 0 ? cam_words_count (counts[0]) : g_strdup ("–"));
      set_statistic (self, 4, _("its share"),
                     n > 0 && summary.n > 0 ? cam_words_share ((double) counts[0] / (double) summary.n) : g_strdup ("–"));
      set_statistic (self, 5, "", g_strdup (""));
    }
  {
    g_autofree char *low = is_number ? cam_words_number (summary.min) : NULL;
    g_autofree char *high = is_number ? cam_words_number (summary.max) : NULL;

    gtk_label_set_label (self->low, low != NULL ? low : "");
    gtk_label_set_label (self->high, high != NULL ? high : "");
  }
}

/* The column of a binary task's target and the text of its second class; −1: another task. */
static int
find_binary_target (CamDataset  *dataset,
                    CamTable    *table,
                    const char **positive)
{
  CamPreparation *preparation;

  if (dataset == NULL || cam_dataset_get_task (dataset) != CAM_TASK_BINARY)
    return -1;
  preparation = cam_dataset_get_preparation (dataset);
  *positive = cam_preparation_get_class_name (preparation, 1);
  return cam_table_find (table, cam_preparation_get_target_name (preparation, 0));
}

static gboolean
is_positive (CamTable   *table,
             int         target,
             gsize       row,
             const char *positive,
             double      positive_value)
{
  int code;

  if (cam_column_kind_is_numeric (cam_table_get_kind (table, (guint) target)))
    return cam_table_get_number (table, (guint) target, row) == positive_value;
  code = cam_table_get_code (table, (guint) target, row);
  return code >= 0 && g_strcmp0 (cam_table_get_level (table, (guint) target, (guint) code), positive) == 0;
}

/* The counts of a number column, those of the positive class apart. */
static gboolean
show_split_bars (CamColumnInspector *self,
                 CamTable           *table,
                 guint               column)
{
  const gsize n_rows = cam_table_get_n_rows (table);
  const char *positive = NULL;
  int target = find_binary_target (cam_session_get_dataset (self->session), table, &positive);
  gsize lower[N_BINS] = { 0 }, upper[N_BINS] = { 0 };
  CamColumnSummary summary;
  double value;

  if (target < 0 || (guint) target == column || n_rows > MAX_SPLIT_ROWS)
    return FALSE;
  value = positive != NULL ? g_ascii_strtod (positive, NULL) : NAN;
  cam_table_summarise (table, column, &summary);
  if (!(summary.max > summary.min))
    return FALSE;
  for (gsize row = 0; row < n_rows; row++)
    {
      double x = cam_table_get_number (table, column, row);
      guint bin;

      if (!isfinite (x))
        continue;
      bin = (guint) CLAMP ((x - summary.min) / (summary.max - summary.min) * N_BINS, 0, N_BINS - 1);
      if (is_positive (table, target, row, positive, value))
        upper[bin]++;
      else
        lower[bin]++;
    }
  cam_bars_set_counts (self->bars, lower, upper, N_BINS);
  return TRUE;
}

static void
show_bars (CamColumnInspector *self,
           CamTable           *table,
           guint               column)
{
  gsize counts[N_BINS] = { 0 };
  gboolean is_number = cam_column_kind_is_numeric (cam_table_get_kind (table, column));
  g_autofree char *label = NULL;

  if (!is_number || !show_split_bars (self, table, column))
    {
      guint n = cam_table_histogram (table, column, is_number ? N_BINS : N_LEVELS, counts);

      cam_bars_set_counts (self->bars, counts, NULL, n);
    }
  label = g_strdup_printf (_("Histogram of %s"), cam_table_get_name (table, column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_choice (CamColumnInspector *self,
             guint               i,
             const json_t       *settings)
{
  const char *value = json_string_value (json_object_get (settings, choices[i].key));

  for (guint v = 0; value != NULL && choices[i].values[v] != NULL; v++)
    if (strcmp (choices[i].values[v], value) == 0)
      adw_combo_row_set_selected (self->rows[i], v);
}

static void
show_settings (CamColumnInspector *self)
{
  CamTable *table = self->session != NULL ? cam_session_get_table (self->session) : NULL;
  CamExperiment *experiment;
  g_autoptr(json_t) settings = NULL;
  g_autofree char *different = NULL, *subtitle = NULL, *note = NULL;
  const char *role, *kind;
  CamColumnSummary summary;

  if (table == NULL || self->column < 0 || (guint) self->column >= cam_table_get_n_columns (table))
    return;
  experiment = cam_document_get_experiment (cam_session_get_document (self->session));
  if (experiment == NULL)
    return;
  settings = cam_dataset_column_settings (table, cam_experiment_get_data (experiment), (guint) self->column);
  role = json_string_value (json_object_get (settings, "role"));
  kind = json_string_value (json_object_get (settings, "kind"));

  self->is_setting = TRUE;
  for (guint i = 0; i < N_CHOICES; i++)
    show_choice (self, i, settings);
  self->is_setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->rows[SCALING]), g_strcmp0 (kind, "number") == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows[CODING]), g_strcmp0 (kind, "category") == 0
                                                            && g_strcmp0 (role, "target") != 0);
  for (guint i = MISSING; i < N_CHOICES; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i]), g_strcmp0 (role, "ignored") != 0);

  gtk_image_set_from_icon_name (self->icon, cam_column_kind_icon (settings, table, (guint) self->column));
  cam_table_summarise (table, (guint) self->column, &summary);
  different = cam_words_count (summary.n_different);
  /* translators: a column's kind, and how many different values it has */
  subtitle = g_strdup_printf (summary.n_different >= 10000 ? _("%s · %s different values or more")
                                                           : _("%s · %s different values"),
                              cam_column_kind_word (settings), different);
  gtk_label_set_label (self->subtitle, subtitle);
  if (cam_session_get_dataset (self->session) != NULL)
    {
      g_autofree char *rows = cam_words_count (cam_dataset_get_n_rows (cam_session_get_dataset (self->session),
                                                                       CAM_PART_TRAIN));

      note = g_strdup_printf (_("Fitted on the %s training rows only, and saved inside the model."), rows);
    }
  gtk_label_set_label (self->note, note != NULL ? note : "");
}

static void
show_column (CamColumnInspector *self)
{
  CamTable *table = self->session != NULL ? cam_session_get_table (self->session) : NULL;

  if (table == NULL || self->column < 0 || (guint) self->column >= cam_table_get_n_columns (table))
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "column");
  gtk_label_set_label (self->name, cam_table_get_name (table, (guint) self->column));
  show_statistics (self, table, (guint) self->column);
  show_bars (self, table, (guint) self->column);
  show_settings (self);
}

static void
dataset_changed_cb (CamColumnInspector *self)
{
  CamTable *table = cam_session_get_table (self->session);

  if (table != NULL && self->column >= 0 && (guint) self->column < cam_table_get_n_columns (table))
    {
      show_bars (self, table, (guint) self->column);
      show_settings (self);
    }
}

static void
selected_cb (AdwComboRow        *row,
             GParamSpec         *pspec,
             CamColumnInspector *self)
{
  CamTable *table = self->session != NULL ? cam_session_get_table (self->session) : NULL;
  const char *column, *value;
  guint i = 0;

  if (self->is_setting || table == NULL || self->column < 0)
    return;
  while (i < N_CHOICES && self->rows[i] != row)
    i++;
  g_return_if_fail (i < N_CHOICES);
  column = cam_table_get_name (table, (guint) self->column);
  value = choices[i].values[adw_combo_row_get_selected (row)];
  if (i == ROLE)
    cam_session_set_role (self->session, column, value);
  else
    cam_session_set_column (self->session, column, choices[i].key, value, _(choices[i].step));
  show_settings (self);
}

static void
set_session (CamColumnInspector *self,
             CamSession         *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (show_settings), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (session, "notify::table", G_CALLBACK (show_column), self, G_CONNECT_SWAPPED);
}

static void
cam_column_inspector_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  CamColumnInspector *self = CAM_COLUMN_INSPECTOR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_COLUMN:
      g_value_set_int (value, self->column);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_inspector_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  CamColumnInspector *self = CAM_COLUMN_INSPECTOR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_COLUMN:
      if (self->column == g_value_get_int (value))
        break;
      self->column = g_value_get_int (value);
      show_column (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_inspector_dispose (GObject *object)
{
  g_clear_object (&CAM_COLUMN_INSPECTOR (object)->session);
  G_OBJECT_CLASS (cam_column_inspector_parent_class)->dispose (object);
}

static void
cam_column_inspector_class_init (CamColumnInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const row_names[N_CHOICES] = { "role_row", "kind_row", "missing_row", "scaling_row", "coding_row" };

  object_class->dispose = cam_column_inspector_dispose;
  object_class->get_property = cam_column_inspector_get_property;
  object_class->set_property = cam_column_inspector_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLUMN] = g_param_spec_int ("column", NULL, NULL, -1, G_MAXINT, -1,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_BARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-column-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, tile);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, icon);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, name);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, bars);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, low);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, high);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, note);
  for (guint i = 0; i < 6; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "value_%u", i);
      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
        G_STRUCT_OFFSET (CamColumnInspector, values) + (gssize) (i * sizeof (GtkLabel *)));
      g_snprintf (name, sizeof name, "title_%u", i);
      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
        G_STRUCT_OFFSET (CamColumnInspector, titles) + (gssize) (i * sizeof (GtkLabel *)));
    }
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, row_names[i], FALSE,
      G_STRUCT_OFFSET (CamColumnInspector, rows) + (gssize) (i * sizeof (AdwComboRow *)));
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
cam_column_inspector_init (CamColumnInspector *self)
{
  self->column = -1;
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_setting = FALSE;
}
