/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer over one column. All values of the curve are asked at once. */

#include "cam-row-curve.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

#include "cam-chart-view.h"
#include "cam-prediction-table.h"

#define MAX_CURVES 6

struct _CamRowCurve
{
  AdwBin             parent_instance;

  /* borrowed */
  CamAsker          *asker;
  GPtrArray         *features;
  const char *const *texts;

  /* owned */
  GArray            *columns;          /* guint: features that are numbers */
  float             *outputs;          /* [CAM_ASKER_MAX_SWEEP, n_outputs] */
  gboolean           is_setting;

  /* template children */
  GtkDropDown       *choice;
  CamChartView      *view;
};

G_DEFINE_FINAL_TYPE (CamRowCurve, cam_row_curve, ADW_TYPE_BIN)

static void
add_curves (CamRowCurve          *self,
            CamChart             *chart,
            const CamPredictions *form,
            const double         *values)
{
  static const CamLinePattern patterns[] = { CAM_LINE_SOLID, CAM_LINE_DASHED, CAM_LINE_DASH_DOT };
  double y[CAM_ASKER_MAX_SWEEP];

  for (guint k = 0; k < MIN (form->n_outputs, MAX_CURVES); k++)
    {
      gboolean is_gauge = form->class_names != NULL && form->n_outputs == 1;
      const char *name = is_gauge ? form->class_names[1] : form->class_names != NULL ? form->class_names[k] : form->output_names[k];
      guint series;

      for (guint i = 0; i < CAM_ASKER_MAX_SWEEP; i++)
        y[i] = self->outputs[(gsize) i * form->n_outputs + k];
      series = cam_chart_add_curve (chart, name, values, y, CAM_ASKER_MAX_SWEEP, is_gauge ? 1 : cam_prediction_class_colour (k, form->n_outputs),
                                    form->class_names != NULL ? patterns[k % G_N_ELEMENTS (patterns)] : CAM_LINE_SOLID);
      /* The bars above say which colour a class has; values have names alone. */
      cam_chart_set_end_label (chart, series, form->class_names == NULL && form->n_outputs > 1);
    }
}

static void
draw (CamRowCurve *self)
{
  const CamPredictions *form = cam_asker_get_form (self->asker);
  guint column = g_array_index (self->columns, guint, gtk_drop_down_get_selected (self->choice));
  const CamFeature *feature = self->features->pdata[column];
  double min = feature->min, max = feature->max > feature->min ? feature->max : feature->min + 1, values[CAM_ASKER_MAX_SWEEP], at = NAN;
  g_autoptr(CamChart) chart = cam_chart_new ();
  g_autofree char *title = NULL;
  const char *text = self->texts[column];

  for (guint i = 0; i < CAM_ASKER_MAX_SWEEP; i++)
    values[i] = min + (max - min) * i / (CAM_ASKER_MAX_SWEEP - 1);
  cam_asker_sweep (self->asker, self->texts, column, values, CAM_ASKER_MAX_SWEEP, self->outputs);

  /* translators: of a chart: the answer over a column */
  title = g_strdup_printf (_("Answer over %s"), feature->name);
  cam_chart_set_title (chart, title, NULL);
  cam_chart_set_axes (chart, NULL, NULL, feature->is_date ? CAM_AXIS_DATE : CAM_AXIS_NUMBER, form->is_share ? CAM_AXIS_PERCENT : CAM_AXIS_NUMBER);
  if (form->is_share)
    cam_chart_set_y_range (chart, 0, 1);
  add_curves (self, chart, form, values);
  if (text != NULL && cam_number_parse (text, strlen (text), &at) && at >= min && at <= max)
    cam_chart_set_marker (chart, at, NAN, NULL);
  cam_chart_view_set_chart (self->view, chart);
}

static void
chosen_cb (CamRowCurve *self)
{
  if (!self->is_setting && self->asker != NULL && self->texts != NULL && self->columns->len > 0)
    draw (self);
}

static void
cam_row_curve_finalize (GObject *object)
{
  CamRowCurve *self = CAM_ROW_CURVE (object);

  g_clear_pointer (&self->columns, g_array_unref);
  g_free (self->outputs);
  G_OBJECT_CLASS (cam_row_curve_parent_class)->finalize (object);
}

static void
cam_row_curve_class_init (CamRowCurveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cam_row_curve_finalize;

  g_type_ensure (CAM_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-row-curve.ui");
  gtk_widget_class_bind_template_child (widget_class, CamRowCurve, choice);
  gtk_widget_class_bind_template_child (widget_class, CamRowCurve, view);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
cam_row_curve_init (CamRowCurve *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cam_row_curve_set_asker (CamRowCurve *self,
                         CamAsker    *asker,
                         GPtrArray   *features)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (CAM_IS_ROW_CURVE (self));

  self->asker = asker;
  self->features = features;
  self->texts = NULL;
  g_array_set_size (self->columns, 0);
  for (guint i = 0; asker != NULL && cam_asker_get_kind (asker) == CAM_ASK_COLUMNS && i < features->len; i++)
    {
      const CamFeature *feature = features->pdata[i];

      if (feature->levels != NULL || feature->is_text)
        continue;
      g_array_append_val (self->columns, i);
      gtk_string_list_append (names, feature->name);
    }
  if (self->columns->len > 0)
    self->outputs = g_renew (float, self->outputs, (gsize) CAM_ASKER_MAX_SWEEP * cam_asker_get_form (asker)->n_outputs);
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  gtk_drop_down_set_enable_search (self->choice, self->columns->len > 12);
  self->is_setting = FALSE;
  cam_chart_view_set_chart (self->view, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), self->columns->len > 0);
}

void
cam_row_curve_update (CamRowCurve       *self,
                      const char *const *texts)
{
  g_return_if_fail (CAM_IS_ROW_CURVE (self));

  self->texts = texts;
  if (self->asker != NULL && self->columns->len > 0)
    draw (self);
}

CamChart *
cam_row_curve_get_chart (CamRowCurve *self)
{
  g_return_val_if_fail (CAM_IS_ROW_CURVE (self), NULL);

  return cam_chart_view_get_chart (self->view);
}
