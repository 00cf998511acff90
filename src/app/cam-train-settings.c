/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a run. The rows are built from the field tables of the engine, so that a new optimizer brings its own. */
#include "cam-train-settings.h"

#include <glib/gi18n-lib.h>

#include "cam-field-form.h"
#include "cam-metric-menu.h"
#include "cam-rate-curve.h"
#include "cam-schedule-propose.h"
#include "cam-train-edit.h"

/* What early stopping begins with when it is switched on: as in a proposed experiment. */
#define FIRST_PATIENCE 15

#define MIN_WIDTH 250
#define WIDTH 275

struct _CamTrainSettings
{
  AdwBin           parent_instance;

  /* owned */
  CamSession      *session;
  CamFieldForm    *optimizer_form;
  CamFieldForm    *fit_form;
  CamFieldForm    *early_form;
  json_t          *early_config;     /* as it was when it was last on; NULL: never */

  /* borrowed */
  GtkWidget       *rate_curve;       /* of the optimizer's rows */

  gboolean         is_showing;       /* the controls are made to show the document: their signals are ours */

  /* template children */
  AdwComboRow     *optimizer_row;
  GtkListBox      *optimizer_list;
  AdwComboRow     *loss_row;
  GtkLabel        *metrics_label;
  CamMetricMenu   *metrics_menu;
  GtkListBox      *fit_list;
  AdwActionRow    *early_row;
  GtkSwitch       *early_switch;
  GtkWidget       *later_label;
};

G_DEFINE_FINAL_TYPE (CamTrainSettings, cam_train_settings, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamExperiment *
get_experiment (CamTrainSettings *self)
{
  return self->session != NULL ? cam_document_get_experiment (cam_session_get_document (self->session)) : NULL;
}

static void show_experiment (CamTrainSettings *self);

/* Optimizer -------------------------------------------------------------------------------------------------------- */

static void
optimizer_field_cb (CamTrainSettings *self,
                    const CamField   *field,
                    json_t           *value)
{
  /* Refused: the row shows again what holds. */
  if (!cam_train_set_optimizer (self->session, field, value))
    show_experiment (self);
}

/* The rate's curve comes first below its schedule. */
static void
optimizer_built_cb (CamTrainSettings *self,
                    CamFieldEditor   *editor)
{
  if ((cam_field_editor_get_field (editor)->flags & CAM_FIELD_OR_NUMBER) == 0)
    return;
  self->rate_curve = cam_rate_curve_new ();
  adw_expander_row_add_row (ADW_EXPANDER_ROW (editor), self->rate_curve);
}

static void
optimizer_propose_cb (CamTrainSettings *self,
                      const CamField   *field,
                      const char       *class_name,
                      json_t           *config)
{
  cam_schedule_propose (config, cam_train_get_rate (get_experiment (self)), cam_train_count_steps (self->session));
}

static void
select_kind (AdwComboRow   *row,
             CamKindOf      of,
             const CamKind *kind)
{
  const CamKind *const *list = cam_kind_list (of);

  for (guint i = 0; list[i] != NULL; i++)
    if (list[i] == kind)
      adw_combo_row_set_selected (row, i);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), kind != NULL ? _(kind->note) : NULL);
}

static void
choose_kind (CamTrainSettings *self,
             AdwComboRow      *row,
             CamKindOf         of)
{
  guint selected = adw_combo_row_get_selected (row);

  if (!self->is_showing && self->session != NULL && selected != GTK_INVALID_LIST_POSITION)
    cam_train_set_kind (self->session, of, cam_kind_list (of)[selected]);
}

static void
optimizer_cb (CamTrainSettings *self)
{
  choose_kind (self, self->optimizer_row, CAM_KIND_OPTIMIZER);
}

static void
loss_cb (CamTrainSettings *self)
{
  choose_kind (self, self->loss_row, CAM_KIND_LOSS);
}

static void
fill_kinds (AdwComboRow *row,
            CamKindOf    of)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  const CamKind *const *list = cam_kind_list (of);

  for (guint i = 0; list[i] != NULL; i++)
    gtk_string_list_append (names, _(list[i]->title));
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

/* Metrics ---------------------------------------------------------------------------------------------------------- */

static void
metric_toggled_cb (CamTrainSettings *self,
                   const CamKind    *metric,
                   gboolean          is_on)
{
  if (self->session != NULL)
    cam_train_set_metric (self->session, metric, is_on);
}

static void
show_metrics (CamTrainSettings *self,
              CamExperiment    *experiment)
{
  const CamKind *const *list = cam_kind_list (CAM_KIND_METRIC);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; list[i] != NULL; i++)
    {
      gboolean is_on = cam_train_has_metric (experiment, list[i]);

      cam_metric_menu_check (self->metrics_menu, list[i], is_on);
      if (is_on)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", list[i]->name);
    }
  gtk_label_set_label (self->metrics_label, names->len > 0 ? names->str : C_("setting", "none"));
}

/* Fit and early stopping ------------------------------------------------------------------------------------------- */

static void
fit_field_cb (CamTrainSettings *self,
              const CamField   *field,
              json_t           *value)
{
  cam_train_set_fit (self->session, field, value);
}

static void
early_field_cb (CamTrainSettings *self,
                const CamField   *field,
                json_t           *value)
{
  g_autoptr(json_t) config = cam_train_dup_early_stopping (get_experiment (self));
  g_autofree char *title = g_utf8_strdown (_(field->title), -1);
  g_autofree char *name = NULL;

  if (config == NULL)
    return;
  /* translators: the name of an undoable step; %s is a setting, in lower case, such as patience */
  name = g_strdup_printf (_("Change %s"), title);
  json_object_set (config, field->key, value);
  cam_train_set_early_stopping (self->session, config, name);
}

static json_t *
dup_first_early_config (void)
{
  g_autoptr(json_t) given = json_pack ("{s:i, s:b}", "patience", FIRST_PATIENCE, "restore_best_weights", 1);

  return cam_fields_complete (cam_kind_find (CAM_KIND_CALLBACK, "EarlyStopping")->fields, given, "EarlyStopping", NULL);
}

static void
early_switch_cb (CamTrainSettings *self)
{
  g_autoptr(json_t) config = NULL;

  if (self->is_showing || self->session == NULL)
    return;
  if (!gtk_switch_get_active (self->early_switch))
    {
      cam_train_set_early_stopping (self->session, NULL, _("Switch early stopping off"));
      return;
    }
  config = self->early_config != NULL ? json_deep_copy (self->early_config) : dup_first_early_config ();
  cam_train_set_early_stopping (self->session, config, _("Switch early stopping on"));
}

static void
another_seed_cb (CamTrainSettings *self)
{
  const CamField *field = cam_fields_find (cam_experiment_fit_fields, "seed");
  g_autoptr(json_t) value = json_integer (g_random_int_range (0, 10000));

  cam_train_set_fit (self->session, field, value);
}

static void
fit_built_cb (CamTrainSettings *self,
              CamFieldEditor   *editor)
{
  GtkWidget *dice;

  if (!g_str_equal (cam_field_editor_get_field (editor)->key, "seed"))
    return;
  dice = gtk_button_new_from_icon_name ("camadas-seed-symbolic");
  gtk_widget_set_tooltip_text (dice, _("Another seed"));
  gtk_widget_set_valign (dice, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (dice, "flat");
  g_signal_connect_object (dice, "clicked", G_CALLBACK (another_seed_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (editor), dice);
}

static void
show_early (CamTrainSettings *self,
            CamExperiment    *experiment)
{
  g_autoptr(json_t) config = cam_train_dup_early_stopping (experiment);

  gtk_switch_set_active (self->early_switch, config != NULL);
  adw_action_row_set_subtitle (self->early_row, config != NULL ? cam_fields_choice (config, "monitor") : "");
  cam_field_form_set_fields (self->early_form, config != NULL ? cam_kind_find (CAM_KIND_CALLBACK, "EarlyStopping")->fields : NULL);
  if (config == NULL)
    return;
  cam_field_form_show (self->early_form, config);
  g_clear_pointer (&self->early_config, json_decref);
  self->early_config = g_steal_pointer (&config);
}

/* Following the session -------------------------------------------------------------------------------------------- */

static void
show_experiment (CamTrainSettings *self)
{
  CamExperiment *experiment = get_experiment (self);
  g_autoptr(json_t) config = NULL;
  const CamKind *optimizer = cam_train_peek_kind (experiment, CAM_KIND_OPTIMIZER, &config);

  if (experiment == NULL)
    return;
  self->is_showing = TRUE;
  cam_field_form_set_fields (self->optimizer_form, optimizer != NULL ? optimizer->fields : NULL);
  cam_field_form_show (self->optimizer_form, config);
  if (config != NULL)
    cam_rate_curve_show (CAM_RATE_CURVE (self->rate_curve), json_object_get (config, "learning_rate"), cam_train_count_steps (self->session));
  select_kind (self->optimizer_row, CAM_KIND_OPTIMIZER, optimizer);
  select_kind (self->loss_row, CAM_KIND_LOSS, cam_train_peek_kind (experiment, CAM_KIND_LOSS, NULL));
  show_metrics (self, experiment);
  cam_field_form_show (self->fit_form, cam_experiment_peek (experiment, "fit"));
  show_early (self, experiment);
  self->is_showing = FALSE;
}

static void
busy_cb (CamTrainSettings *self)
{
  gboolean is_busy;

  g_object_get (self->session, "busy", &is_busy, NULL);
  gtk_widget_set_visible (self->later_label, is_busy);
}

static void
take_session (CamTrainSettings *self,
              CamSession       *session)
{
  if (session == NULL || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (cam_session_get_document (session), "notify::experiment", G_CALLBACK (show_experiment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (show_experiment), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  show_experiment (self);
  busy_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* Overrides -------------------------------------------------------------------------------------------------------- */

static void
cam_train_settings_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, CAM_TRAIN_SETTINGS (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_train_settings_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  if (prop_id == PROP_SESSION)
    take_session (CAM_TRAIN_SETTINGS (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
cam_train_settings_dispose (GObject *object)
{
  CamTrainSettings *self = CAM_TRAIN_SETTINGS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->optimizer_form);
  g_clear_object (&self->fit_form);
  g_clear_object (&self->early_form);
  g_clear_pointer (&self->early_config, json_decref);
  G_OBJECT_CLASS (cam_train_settings_parent_class)->dispose (object);
}

static void
cam_train_settings_class_init (CamTrainSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cam_train_settings_get_property;
  object_class->set_property = cam_train_settings_set_property;
  object_class->dispose = cam_train_settings_dispose;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_METRIC_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-train-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, optimizer_row);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, optimizer_list);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, loss_row);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, metrics_label);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, metrics_menu);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, fit_list);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, early_row);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, early_switch);
  gtk_widget_class_bind_template_child (widget_class, CamTrainSettings, later_label);
  gtk_widget_class_bind_template_callback (widget_class, metric_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, optimizer_cb);
  gtk_widget_class_bind_template_callback (widget_class, loss_cb);
  gtk_widget_class_bind_template_callback (widget_class, early_switch_cb);
}

/* A width that does not change with what is chosen in the rows. */
static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  *minimum = MAX (*minimum, MIN_WIDTH);
  *natural = MAX (*minimum, WIDTH);
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

/* Of an optimizer the learning rate stands where the eye is. */
static void
build_forms (CamTrainSettings *self)
{
  self->optimizer_form = cam_field_form_new (GTK_WIDGET (self->optimizer_list), GTK_WIDGET (self->optimizer_row));
  cam_field_form_set_style (self->optimizer_form, CAM_FIELD_FORM_WHOLE, 1);
  g_signal_connect_object (self->optimizer_form, "changed", G_CALLBACK (optimizer_field_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->optimizer_form, "built", G_CALLBACK (optimizer_built_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->optimizer_form, "propose", G_CALLBACK (optimizer_propose_cb), self, G_CONNECT_SWAPPED);

  self->fit_form = cam_field_form_new (GTK_WIDGET (self->fit_list), NULL);
  g_signal_connect_object (self->fit_form, "changed", G_CALLBACK (fit_field_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fit_form, "built", G_CALLBACK (fit_built_cb), self, G_CONNECT_SWAPPED);
  cam_field_form_set_fields (self->fit_form, cam_experiment_fit_fields);

  self->early_form = cam_field_form_new (GTK_WIDGET (self->fit_list), GTK_WIDGET (self->early_row));
  g_signal_connect_object (self->early_form, "changed", G_CALLBACK (early_field_cb), self, G_CONNECT_SWAPPED);
}

static void
cam_train_settings_init (CamTrainSettings *self)
{
  self->is_showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gtk_custom_layout_new (NULL, measure, allocate));
  fill_kinds (self->optimizer_row, CAM_KIND_OPTIMIZER);
  fill_kinds (self->loss_row, CAM_KIND_LOSS);
  build_forms (self);
  self->is_showing = FALSE;
}

GtkWidget *
cam_train_settings_new (CamSession *session)
{
  g_return_val_if_fail (CAM_IS_SESSION (session), NULL);

  return g_object_new (CAM_TYPE_TRAIN_SETTINGS, "session", session, NULL);
}
