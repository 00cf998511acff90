/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart on the screen. PLplot draws into a render node that is kept until chart, size or colours change; the read-out is GTK's own nodes on top, so
 * that following the pointer costs no drawing of curves. */
#include "cam-chart-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <time.h>

#include "cam-chart-input.h"
#include "cam-chart-pick.h"
#include "cam-chart-readout.h"
#include "cam-words.h"

#define LEAST_RECORD_US (66 * 1000)     /* between two drawings of charts that follow each other */
#define REST_PER_RECORD 30              /* a chart of very many points takes long to draw: then it is drawn less often */
#define MOST_RECORD_US (1000 * 1000)    /* … but no curve stands still for longer */
#define CATCH_UP_MS 40                  /* what has come into sight is shown as it was, and brought up to date when the page stands */
#define PICK_REACH 8                    /* pixels from a curve to a pointer that is on it */
#define DESCRIBE_MS 600                 /* screen readers are told when things have calmed down */

struct _CamChartView
{
  GtkWidget       parent_instance;

  /* owned */
  CamChart       *chart;
  CamChart       *zoomed;               /* the same with other limits; NULL: not zoomed */
  CamChartLink   *link;                 /* NULL: alone */
  char           *title;
  GskRenderNode  *node;                 /* NULL: to be recorded */

  CamChartLayout  layout;               /* of the node */
  int             node_width, node_height;
  guint           n_recorded;
  gint64          recorded_at;
  gint64          record_took;
  guint           redraw_timer;
  gboolean        is_behind;            /* the chart has changed since it was recorded */
  guint           describe_timer;
  double          readout_x;            /* NaN: none */
  int             picked;               /* the curve under the pointer; −1: none */
  CamChartZoom    zoom;
  graphene_rect_t selection;            /* being drawn by the pointer */
  gboolean        has_selection;
  char           *spot;                 /* owned; NULL: none */
  double          spot_x, spot_y;
};

G_DEFINE_FINAL_TYPE (CamChartView, cam_chart_view, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_CHART, PROP_TITLE, PROP_ZOOMED, N_PROPS };
static GParamSpec *properties[N_PROPS];
static guint activated_signal, series_signal;

/* Drawing ----------------------------------------------------------------------------------------------------------- */

static void
get_theme (CamChartTheme *theme)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  *theme = *cam_chart_theme_get (adw_style_manager_get_dark (manager) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  if (adw_style_manager_get_high_contrast (manager))
    {
      theme->grid = theme->axis;
      theme->axis = theme->muted = theme->text;
    }
}

/* Of this thread: what others do on the machine meanwhile does not make a chart dear. */
static gint64
processor_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
record (CamChartView        *self,
        int                  width,
        int                  height,
        const CamChartTheme *theme)
{
  gint64 began = processor_us ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  cam_chart_draw (self->zoomed != NULL ? self->zoomed : self->chart, cr, width, height, theme, CAM_CHART_PLAIN, &self->layout);
  cairo_destroy (cr);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node = gtk_snapshot_free_to_node (snapshot);
  self->node_width = width;
  self->node_height = height;
  self->recorded_at = g_get_monotonic_time ();
  self->record_took = processor_us () - began;
  self->is_behind = FALSE;
  self->n_recorded++;
}

static void
draw_selection (CamChartView        *self,
                const CamChartTheme *theme,
                GtkSnapshot         *snapshot)
{
  guint32 rgb = theme->series[0];
  GdkRGBA line = { (float) (rgb >> 16 & 255) / 255, (float) (rgb >> 8 & 255) / 255, (float) (rgb & 255) / 255, 0.9f }, fill = line;
  GskRoundedRect outline;

  fill.alpha = 0.14f;
  gsk_rounded_rect_init_from_rect (&outline, &self->selection, 0);
  gtk_snapshot_append_color (snapshot, &fill, &self->selection);
  gtk_snapshot_append_border (snapshot, &outline, (float[]) { 1, 1, 1, 1 }, (GdkRGBA[]) { line, line, line, line });
}

static void
cam_chart_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  CamChartView *self = CAM_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  CamChartTheme theme;

  if (self->chart == NULL || width < 1 || height < 1)
    return;
  get_theme (&theme);
  if (self->node == NULL || self->node_width != width || self->node_height != height)
    record (self, width, height, &theme);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
  if (self->has_selection)
    draw_selection (self, &theme, snapshot);
  else if (!isnan (self->readout_x))
    cam_chart_readout_draw (self->chart, self->readout_x, self->picked, &self->layout, &theme, widget, snapshot);
  if (self->spot != NULL && !self->has_selection)
    cam_chart_readout_draw_spot (self->spot, self->spot_x, self->spot_y, &theme, widget, snapshot);
  if (gtk_widget_has_visible_focus (widget))
    {
      GskRoundedRect outline;
      GdkRGBA blue = { 0.145f, 0.388f, 0.922f, 0.6f };

      gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (-3, -3, (float) width + 6, (float) height + 6), 6);
      gtk_snapshot_append_border (snapshot, &outline, (float[]) { 2, 2, 2, 2 }, (GdkRGBA[]) { blue, blue, blue, blue });
    }
}

static gboolean
redraw_cb (gpointer user_data)
{
  CamChartView *self = user_data;

  self->redraw_timer = 0;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* The last chart of a burst is always drawn, those before it only as often as eyes can follow. */
static void
invalidate (CamChartView *self)
{
  gint64 wait = self->recorded_at + CLAMP (REST_PER_RECORD * self->record_took, LEAST_RECORD_US, MOST_RECORD_US) - g_get_monotonic_time ();

  self->is_behind = TRUE;
  if (self->redraw_timer != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (wait > 0)
    self->redraw_timer = g_timeout_add ((guint) (wait / 1000) + 1, redraw_cb, self);
  else
    redraw_cb (self);
}

/* Unless there was nothing to show but the chart as it is. */
static gboolean
catch_up_cb (gpointer user_data)
{
  CamChartView *self = user_data;

  if (self->is_behind)
    return redraw_cb (self);
  self->redraw_timer = 0;
  return G_SOURCE_REMOVE;
}

static void
cam_chart_view_map (GtkWidget *widget)
{
  CamChartView *self = CAM_CHART_VIEW (widget);

  GTK_WIDGET_CLASS (cam_chart_view_parent_class)->map (widget);
  if (self->is_behind && self->redraw_timer == 0)
    self->redraw_timer = g_timeout_add (CATCH_UP_MS, catch_up_cb, self);
}

static void
style_changed_cb (CamChartView *self)
{
  g_clear_handle_id (&self->redraw_timer, g_source_remove);
  redraw_cb (self);
}

/* Words for screen readers ------------------------------------------------------------------------------------------ */

static char *
describe_zoom (CamChartView *self,
               const char   *summary)
{
  const char *axis = cam_chart_get_x_title (self->chart);
  g_autofree char *from = cam_words_number (cam_chart_layout_x (&self->layout, self->layout.left));
  g_autofree char *to = cam_words_number (cam_chart_layout_x (&self->layout, self->layout.right));

  /* translators: a chart in words, then what part of it is shown: the x axis, from, to */
  return g_strdup_printf (_("%s. Zoomed to %s %s to %s"), summary, axis != NULL && *axis != '\0' ? axis : "x", from, to);
}

static gboolean
describe_cb (gpointer user_data)
{
  CamChartView *self = user_data;
  g_autofree char *summary = self->chart != NULL ? cam_chart_dup_summary (self->chart) : NULL;
  g_autofree char *readout = NULL;
  const char *label = self->title;

  self->describe_timer = 0;
  if (label == NULL && self->chart != NULL)
    label = cam_chart_get_title (self->chart);
  if (self->chart != NULL && !isnan (self->readout_x))
    readout = cam_chart_readout_dup_text (self->chart, self->readout_x);
  else if (self->zoomed != NULL && self->node != NULL)
    readout = describe_zoom (self, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL && *label != '\0' ? label : _("Chart"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, readout != NULL ? readout : summary != NULL ? summary : "",
                                  -1);
  return G_SOURCE_REMOVE;
}

static void
describe_soon (CamChartView *self)
{
  if (self->describe_timer == 0)
    self->describe_timer = g_timeout_add (DESCRIBE_MS, describe_cb, self);
}

/* The read-out ------------------------------------------------------------------------------------------------------ */

static void
show_readout (CamChartView *self,
              double        x)
{
  if (x == self->readout_x || (isnan (x) && isnan (self->readout_x)))
    return;
  self->readout_x = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Another chart of the page is read out: here at the same place, if there is one. */
static void
moved_cb (CamChartView *self,
          gpointer      source,
          double        x)
{
  double nearest = self->chart != NULL && !isnan (x) ? cam_chart_readout_find (self->chart, x, 0) : NAN;

  if (source != self)
    show_readout (self, fabs (nearest - x) < 0.5 ? nearest : NAN);
}

void
cam_chart_view_set_readout (CamChartView *self,
                            double        x)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  if (x == self->readout_x || (isnan (x) && isnan (self->readout_x)))
    return;
  show_readout (self, x);
  if (self->link != NULL)
    cam_chart_link_move (self->link, self, x);
}

void
cam_chart_view_describe (CamChartView *self)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  g_clear_handle_id (&self->describe_timer, g_source_remove);
  describe_cb (self);
}

/* Zoom -------------------------------------------------------------------------------------------------------------- */

static void
take_zoom (CamChartView *self)
{
  g_clear_pointer (&self->zoomed, cam_chart_unref);
  if (self->chart == NULL || !cam_chart_zoom_is_on (&self->zoom))
    return;
  self->zoomed = cam_chart_copy (self->chart);
  cam_chart_zoom_apply (&self->zoom, self->zoomed);
}

/* What comes before the next drawing reckons with the limits that it will have. */
static void
foresee_layout (CamChartView *self)
{
  CamChartLayout extent;

  if (self->chart == NULL)
    return;
  cam_chart_find_extent (self->zoomed != NULL ? self->zoomed : self->chart, &extent);
  self->layout.x_min = extent.x_min;
  self->layout.x_max = extent.x_max;
  self->layout.y_min = extent.y_min;
  self->layout.y_max = extent.y_max;
  self->layout.x_log = extent.x_log;
  self->layout.y_log = extent.y_log;
}

void
cam_chart_view_set_zoom (CamChartView       *self,
                         const CamChartZoom *zoom)
{
  gboolean was_on;

  g_return_if_fail (CAM_IS_CHART_VIEW (self));
  g_return_if_fail (zoom != NULL);

  was_on = cam_chart_zoom_is_on (&self->zoom);
  self->zoom = *zoom;
  take_zoom (self);
  foresee_layout (self);
  g_clear_handle_id (&self->redraw_timer, g_source_remove);
  redraw_cb (self);
  describe_soon (self);
  if (was_on != cam_chart_zoom_is_on (zoom))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOMED]);
}

const CamChartZoom *
cam_chart_view_get_zoom (CamChartView *self)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), NULL);

  return &self->zoom;
}

const CamChartLayout *
cam_chart_view_get_layout (CamChartView *self)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), NULL);

  return self->chart != NULL && self->n_recorded > 0 ? &self->layout : NULL;
}

void
cam_chart_view_set_selection (CamChartView          *self,
                              const graphene_rect_t *selection)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  self->has_selection = selection != NULL;
  if (selection != NULL)
    self->selection = *selection;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cam_chart_view_activate (CamChartView *self,
                         double        x)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  g_signal_emit (self, activated_signal, 0, x);
}

gboolean
cam_chart_view_can_activate (CamChartView *self)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), FALSE);

  return g_signal_has_handler_pending (self, activated_signal, 0, FALSE);
}

int
cam_chart_view_pick (CamChartView *self,
                     double        x,
                     double        y)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), -1);

  if (cam_chart_view_get_layout (self) == NULL || !g_signal_has_handler_pending (self, series_signal, 0, FALSE))
    return -1;
  return cam_chart_pick (self->chart, &self->layout, x, y, PICK_REACH);
}

void
cam_chart_view_set_picked (CamChartView *self,
                           int           series)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  if (self->picked == series)
    return;
  self->picked = series;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), series >= 0 ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cam_chart_view_activate_series (CamChartView *self,
                                int           series)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self) && series >= 0);

  g_signal_emit (self, series_signal, 0, (guint) series);
}

/* Spots and brushes -------------------------------------------------------------------------------------------------- */

void
cam_chart_view_set_spot (CamChartView *self,
                         char         *text,
                         double        x,
                         double        y)
{
  gboolean had_one;

  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  had_one = self->spot != NULL;
  g_free (self->spot);
  self->spot = text;
  self->spot_x = x;
  self->spot_y = y;
  if (had_one || text != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A chart may be in use elsewhere: a brush is set on a copy. */
void
cam_chart_view_set_brush (CamChartView *self,
                          guint         axis,
                          double        low,
                          double        high)
{
  CamChart *brushed;

  g_return_if_fail (CAM_IS_CHART_VIEW (self));
  g_return_if_fail (self->chart != NULL && axis < cam_chart_get_n_axes (self->chart));

  brushed = cam_chart_copy (self->chart);
  cam_chart_set_brush (brushed, axis, low, high);
  cam_chart_unref (self->chart);
  self->chart = brushed;
  invalidate (self);
  describe_soon (self);
}

/* What was brushed stays so when more trials come. */
static void
carry_brushes (const CamChart  *from,
               CamChart       **to)
{
  gboolean is_own = FALSE;

  if (from == NULL || *to == NULL || cam_chart_get_n_axes (from) != cam_chart_get_n_axes (*to))
    return;
  for (guint axis = 0; axis < cam_chart_get_n_axes (from); axis++)
    {
      double low, high;

      if (!cam_chart_get_brush (from, axis, &low, &high))
        continue;
      if (!is_own)
        {
          CamChart *copy = cam_chart_copy (*to);

          cam_chart_unref (*to);
          *to = copy;
          is_own = TRUE;
        }
      cam_chart_set_brush (*to, axis, low, high);
    }
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
cam_chart_view_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = 40;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 200;
}

static void
cam_chart_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CamChartView *self = CAM_CHART_VIEW (object);

  switch (prop_id)
    {
    case PROP_CHART:
      g_value_set_boxed (value, self->chart);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ZOOMED:
      g_value_set_boolean (value, cam_chart_zoom_is_on (&self->zoom));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_chart_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CamChartView *self = CAM_CHART_VIEW (object);

  switch (prop_id)
    {
    case PROP_CHART:
      cam_chart_view_set_chart (self, g_value_get_boxed (value));
      break;
    case PROP_TITLE:
      if (g_strcmp0 (self->title, g_value_get_string (value)) == 0)
        return;
      g_free (self->title);
      self->title = g_value_dup_string (value);
      describe_soon (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_chart_view_dispose (GObject *object)
{
  CamChartView *self = CAM_CHART_VIEW (object);

  g_clear_handle_id (&self->redraw_timer, g_source_remove);
  g_clear_handle_id (&self->describe_timer, g_source_remove);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->chart, cam_chart_unref);
  g_clear_pointer (&self->zoomed, cam_chart_unref);
  g_clear_object (&self->link);
  G_OBJECT_CLASS (cam_chart_view_parent_class)->dispose (object);
}

static void
cam_chart_view_finalize (GObject *object)
{
  g_free (CAM_CHART_VIEW (object)->title);
  g_free (CAM_CHART_VIEW (object)->spot);
  G_OBJECT_CLASS (cam_chart_view_parent_class)->finalize (object);
}

static void
cam_chart_view_class_init (CamChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_chart_view_dispose;
  object_class->finalize = cam_chart_view_finalize;
  object_class->get_property = cam_chart_view_get_property;
  object_class->set_property = cam_chart_view_set_property;
  widget_class->snapshot = cam_chart_view_snapshot;
  widget_class->map = cam_chart_view_map;
  widget_class->measure = cam_chart_view_measure;

  properties[PROP_CHART] = g_param_spec_boxed ("chart", NULL, NULL, CAM_TYPE_CHART,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ZOOMED] = g_param_spec_boolean ("zoomed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  activated_signal = g_signal_new ("point-activated", CAM_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  series_signal = g_signal_new ("series-activated", CAM_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cam_chart_view_init (CamChartView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->readout_x = NAN;
  self->picked = -1;
  self->zoom = CAM_CHART_ZOOM_NONE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  cam_chart_input_connect (self);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  describe_soon (self);
}

GtkWidget *
cam_chart_view_new (void)
{
  return g_object_new (CAM_TYPE_CHART_VIEW, NULL);
}

void
cam_chart_view_set_chart (CamChartView *self,
                          CamChart     *chart)
{
  g_autoptr(CamChart) old = NULL;

  g_return_if_fail (CAM_IS_CHART_VIEW (self));

  if (self->chart == chart)
    return;
  old = self->chart;
  self->chart = chart != NULL ? cam_chart_ref (chart) : NULL;
  carry_brushes (old, &self->chart);
  cam_chart_view_set_spot (self, NULL, 0, 0);
  cam_chart_view_set_picked (self, -1);
  if (chart == NULL)
    self->readout_x = NAN;
  else if (!isnan (self->readout_x))
    self->readout_x = cam_chart_readout_find (chart, self->readout_x, 0);
  /* Where nothing of the new chart is to be seen, the zoom was for another one. */
  if (cam_chart_zoom_is_on (&self->zoom) && (chart == NULL || !cam_chart_zoom_sees (&self->zoom, chart)))
    {
      self->zoom = CAM_CHART_ZOOM_NONE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOMED]);
    }
  take_zoom (self);
  invalidate (self);
  describe_soon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHART]);
}

CamChart *
cam_chart_view_get_chart (CamChartView *self)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), NULL);

  return self->chart;
}

void
cam_chart_view_set_link (CamChartView *self,
                         CamChartLink *link)
{
  g_return_if_fail (CAM_IS_CHART_VIEW (self));
  g_return_if_fail (self->link == NULL);

  self->link = g_object_ref (link);
  g_signal_connect_object (link, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
}

gboolean
cam_chart_view_get_readout (CamChartView *self,
                            double       *x)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), FALSE);

  if (x != NULL)
    *x = self->readout_x;
  return !isnan (self->readout_x);
}

guint
cam_chart_view_get_n_recorded (CamChartView *self)
{
  g_return_val_if_fail (CAM_IS_CHART_VIEW (self), 0);

  return self->n_recorded;
}
