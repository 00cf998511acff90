/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart with its title, legend and menu. The chart that comes in is never changed: where the user has switched something, a copy is shown. */
#include "cam-chart-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-chart-export-dialog.h"
#include "cam-chart-legend.h"
#include "cam-chart-look.h"
#include "cam-chart-numbers.h"
#include "cam-window.h"

#define COPY_WIDTH 820
#define COPY_HEIGHT 520
#define COPY_SCALE 2

struct _CamChartCard
{
  AdwBin           parent_instance;

  /* owned */
  CamChart        *given;       /* as it came */
  CamChart        *shown;       /* as it is shown: the same, or a copy with switches applied */
  char            *title;
  char            *subtitle;
  char            *memory;      /* NULL: none */
  GtkWidget       *control;
  CamChartLook    *own_look;    /* without a memory */

  GtkWidget       *body;        /* borrowed: the stack has it; NULL: the view draws */
  CamChartLook    *look;        /* borrowed: of the memory, or its own */
  gboolean         is_setting;

  /* template children */
  GtkLabel        *title_label;
  GtkLabel        *subtitle_label;
  GtkBox          *control_box;
  GtkFlowBox      *legend;
  GtkStack        *stack;
  CamChartView    *view;
  CamChartNumbers *numbers;
  GtkScale        *smoothing_scale;
  GMenu           *chart_menu;
};

G_DEFINE_FINAL_TYPE (CamChartCard, cam_chart_card, ADW_TYPE_BIN)

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, PROP_CHART, PROP_LOG_X, PROP_LOG_Y, PROP_SMOOTHING, PROP_TABLE, PROP_MEMORY, PROP_CONTROL, PROP_EXTRA_MENU, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* What is shown ----------------------------------------------------------------------------------------------------- */

static gboolean
has_curves (CamChartCard *self)
{
  for (guint s = 0; self->given != NULL && s < cam_chart_get_n_series (self->given); s++)
    if (cam_chart_get_is_curve (self->given, s))
      return TRUE;
  return FALSE;
}

static void
update_actions (CamChartCard *self)
{
  static const char *const of_chart[] = { "card.export", "card.copy", "card.copy-numbers", "card.table" };
  static const char *const of_curves[] = { "card.log-x", "card.log-y" };

  for (guint i = 0; i < G_N_ELEMENTS (of_chart); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_chart[i], self->given != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (of_curves); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_curves[i], has_curves (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.show-all", cam_chart_zoom_is_on (cam_chart_view_get_zoom (self->view)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->smoothing_scale), has_curves (self));
}

static void
show_chart (CamChartCard *self)
{
  g_clear_pointer (&self->shown, cam_chart_unref);
  self->shown = self->given != NULL ? cam_chart_look_apply (self->look, self->given) : NULL;
  cam_chart_view_set_chart (self->view, self->shown);
  cam_chart_numbers_set_chart (self->numbers, self->shown, self->title);
}

static void
switched_cb (GtkWidget  *owner,
             const char *name,
             gboolean    is_visible)
{
  CamChartCard *self = CAM_CHART_CARD (owner);

  if (is_visible)
    g_hash_table_remove (self->look->hidden, name);
  else
    g_hash_table_add (self->look->hidden, g_strdup (name));
  show_chart (self);
}

/* Everything that the look says. */
static void
show_look (CamChartCard *self)
{
  cam_chart_legend_fill (self->legend, self->given, self->look->hidden, switched_cb, GTK_WIDGET (self));
  self->is_setting = TRUE;
  gtk_range_set_value (GTK_RANGE (self->smoothing_scale), self->look->smoothing);
  self->is_setting = FALSE;
  show_chart (self);
  gtk_stack_set_visible_child_name (self->stack, self->look->is_table ? "numbers" : self->body != NULL ? "body" : "drawing");
}

static void
smoothing_cb (CamChartCard *self)
{
  if (!self->is_setting)
    cam_chart_card_set_smoothing (self, gtk_range_get_value (GTK_RANGE (self->smoothing_scale)));
}

/* The menu ---------------------------------------------------------------------------------------------------------- */

static CamChart *
dup_titled (CamChartCard *self)
{
  CamChart *chart = cam_chart_copy (self->shown);

  cam_chart_set_title (chart, self->title, self->subtitle);
  cam_chart_zoom_apply (cam_chart_view_get_zoom (self->view), chart);
  return chart;
}

static void
tell (CamChartCard *self,
      const char   *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (CAM_IS_WINDOW (root))
    cam_window_toast (CAM_WINDOW (root), text);
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamChartCard *self = CAM_CHART_CARD (widget);
  g_autoptr(CamChart) chart = NULL;

  if (self->shown == NULL)
    return;
  chart = dup_titled (self);
  cam_chart_export_dialog_present (chart, widget);
}

static GdkTexture *
render (CamChartCard *self)
{
  CamChartPage page = { .width = COPY_WIDTH, .height = COPY_HEIGHT, .dpi = 96 * COPY_SCALE, .scale = 1 };
  g_autoptr(CamChart) chart = dup_titled (self);
  g_autoptr(GBytes) bytes = NULL;
  GdkTexture *texture;
  cairo_surface_t *surface;
  cairo_t *cr;
  int width, height, stride;

  page.theme = cam_chart_theme_get (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  cam_chart_page_pixels (&page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  stride = cairo_image_surface_get_stride (surface);
  cairo_surface_set_device_scale (surface, COPY_SCALE, COPY_SCALE);
  cr = cairo_create (surface);
  cam_chart_draw_page (chart, cr, &page);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  cairo_surface_destroy (surface);
  return texture;
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamChartCard *self = CAM_CHART_CARD (widget);
  g_autoptr(GdkTexture) texture = NULL;

  if (self->shown == NULL)
    return;
  texture = render (self);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  tell (self, _("Chart copied"));
}

static void
copy_numbers_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  CamChartCard *self = CAM_CHART_CARD (widget);
  g_autofree char *text = NULL;

  if (self->shown == NULL)
    return;
  text = cam_chart_dup_tabbed (self->shown);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  tell (self, _("Numbers copied, ready to paste into a spreadsheet"));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CamChartZoom none = CAM_CHART_ZOOM_NONE;

  cam_chart_view_set_zoom (CAM_CHART_CARD (widget)->view, &none);
  gtk_widget_grab_focus (GTK_WIDGET (CAM_CHART_CARD (widget)->view));
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
set_control (CamChartCard *self,
             GtkWidget    *control)
{
  if (self->control == control)
    return;
  if (self->control != NULL)
    gtk_box_remove (self->control_box, self->control);
  self->control = control;
  if (control != NULL)
    gtk_box_append (self->control_box, control);
}

static void
set_switch (CamChartCard *self,
            gboolean     *field,
            gboolean      value,
            guint         property)
{
  if (*field == !!value)
    return;
  *field = !!value;
  show_look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
cam_chart_card_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CamChartCard *self = CAM_CHART_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_CHART:
      g_value_set_boxed (value, self->shown);
      break;
    case PROP_LOG_X:
      g_value_set_boolean (value, self->look->is_x_log);
      break;
    case PROP_LOG_Y:
      g_value_set_boolean (value, self->look->is_y_log);
      break;
    case PROP_SMOOTHING:
      g_value_set_double (value, self->look->smoothing);
      break;
    case PROP_TABLE:
      g_value_set_boolean (value, self->look->is_table);
      break;
    case PROP_MEMORY:
      g_value_set_string (value, self->memory);
      break;
    case PROP_CONTROL:
      g_value_set_object (value, self->control);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_chart_card_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CamChartCard *self = CAM_CHART_CARD (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      cam_chart_card_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      cam_chart_card_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_CHART:
      cam_chart_card_set_chart (self, g_value_get_boxed (value));
      break;
    case PROP_LOG_X:
      set_switch (self, &self->look->is_x_log, g_value_get_boolean (value), PROP_LOG_X);
      break;
    case PROP_LOG_Y:
      set_switch (self, &self->look->is_y_log, g_value_get_boolean (value), PROP_LOG_Y);
      break;
    case PROP_SMOOTHING:
      cam_chart_card_set_smoothing (self, g_value_get_double (value));
      break;
    case PROP_TABLE:
      set_switch (self, &self->look->is_table, g_value_get_boolean (value), PROP_TABLE);
      break;
    case PROP_MEMORY:
      cam_chart_card_set_memory (self, g_value_get_string (value));
      break;
    case PROP_CONTROL:
      set_control (self, g_value_get_object (value));
      break;
    case PROP_EXTRA_MENU:
      if (g_value_get_object (value) != NULL)
        g_menu_insert_section (self->chart_menu, 1, NULL, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_chart_card_dispose (GObject *object)
{
  CamChartCard *self = CAM_CHART_CARD (object);

  if (self->view != NULL)
    self->look->zoom = *cam_chart_view_get_zoom (self->view);
  gtk_widget_dispose_template (GTK_WIDGET (self), CAM_TYPE_CHART_CARD);
  G_OBJECT_CLASS (cam_chart_card_parent_class)->dispose (object);
}

static void
cam_chart_card_finalize (GObject *object)
{
  CamChartCard *self = CAM_CHART_CARD (object);

  g_clear_pointer (&self->given, cam_chart_unref);
  g_clear_pointer (&self->shown, cam_chart_unref);
  cam_chart_look_free (self->own_look);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->memory);
  G_OBJECT_CLASS (cam_chart_card_parent_class)->finalize (object);
}

static void
cam_chart_card_class_init (CamChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_chart_card_dispose;
  object_class->finalize = cam_chart_card_finalize;
  object_class->get_property = cam_chart_card_get_property;
  object_class->set_property = cam_chart_card_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_CHART] = g_param_spec_boxed ("chart", NULL, NULL, CAM_TYPE_CHART, flags);
  properties[PROP_LOG_X] = g_param_spec_boolean ("log-x", NULL, NULL, FALSE, flags);
  properties[PROP_LOG_Y] = g_param_spec_boolean ("log-y", NULL, NULL, FALSE, flags);
  properties[PROP_SMOOTHING] = g_param_spec_double ("smoothing", NULL, NULL, 0, CAM_CHART_CARD_MAX_SMOOTHING, 0, flags);
  properties[PROP_TABLE] = g_param_spec_boolean ("table", NULL, NULL, FALSE, flags);
  properties[PROP_MEMORY] = g_param_spec_string ("memory", NULL, NULL, NULL, flags);
  properties[PROP_CONTROL] = g_param_spec_object ("control", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_EXTRA_MENU] = g_param_spec_object ("extra-menu", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "card.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "card.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "card.copy-numbers", NULL, copy_numbers_cb);
  gtk_widget_class_install_action (widget_class, "card.show-all", NULL, show_all_cb);
  gtk_widget_class_install_property_action (widget_class, "card.log-x", "log-x");
  gtk_widget_class_install_property_action (widget_class, "card.log-y", "log-y");
  gtk_widget_class_install_property_action (widget_class, "card.table", "table");

  g_type_ensure (CAM_TYPE_CHART_VIEW);
  g_type_ensure (CAM_TYPE_CHART_NUMBERS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, control_box);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, legend);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, view);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, numbers);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, smoothing_scale);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, chart_menu);
  gtk_widget_class_bind_template_callback (widget_class, smoothing_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
}

static void
cam_chart_card_init (CamChartCard *self)
{
  self->own_look = self->look = cam_chart_look_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

GtkWidget *
cam_chart_card_new (void)
{
  return g_object_new (CAM_TYPE_CHART_CARD, NULL);
}

void
cam_chart_card_set_title (CamChartCard *self,
                          const char   *title)
{
  g_return_if_fail (CAM_IS_CHART_CARD (self));

  if (g_strcmp0 (self->title, title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_label_set_label (self->title_label, title != NULL ? title : "");
  g_object_set (self->view, "title", title, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

void
cam_chart_card_set_subtitle (CamChartCard *self,
                             const char   *subtitle)
{
  g_return_if_fail (CAM_IS_CHART_CARD (self));

  if (g_strcmp0 (self->subtitle, subtitle) == 0)
    return;
  g_free (self->subtitle);
  self->subtitle = g_strdup (subtitle);
  gtk_label_set_label (self->subtitle_label, subtitle != NULL ? subtitle : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle_label), subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), subtitle != NULL && *subtitle != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

void
cam_chart_card_set_chart (CamChartCard *self,
                          CamChart     *chart)
{
  g_return_if_fail (CAM_IS_CHART_CARD (self));

  if (self->given == chart)
    return;
  g_clear_pointer (&self->given, cam_chart_unref);
  self->given = chart != NULL ? cam_chart_ref (chart) : NULL;
  cam_chart_legend_fill (self->legend, self->given, self->look->hidden, switched_cb, GTK_WIDGET (self));
  show_chart (self);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHART]);
}

CamChart *
cam_chart_card_get_chart (CamChartCard *self)
{
  g_return_val_if_fail (CAM_IS_CHART_CARD (self), NULL);

  return self->shown;
}

CamChartView *
cam_chart_card_get_view (CamChartCard *self)
{
  g_return_val_if_fail (CAM_IS_CHART_CARD (self), NULL);

  return self->view;
}

void
cam_chart_card_set_memory (CamChartCard *self,
                           const char   *memory)
{
  static const guint looked_at[] = { PROP_LOG_X, PROP_LOG_Y, PROP_SMOOTHING, PROP_TABLE, PROP_MEMORY };

  g_return_if_fail (CAM_IS_CHART_CARD (self));

  if (g_strcmp0 (self->memory, memory) == 0)
    return;
  self->look->zoom = *cam_chart_view_get_zoom (self->view);
  g_free (self->memory);
  self->memory = g_strdup (memory);
  self->look = memory != NULL ? cam_chart_look_get (memory) : self->own_look;
  show_look (self);
  cam_chart_view_set_zoom (self->view, &self->look->zoom);
  for (guint i = 0; i < G_N_ELEMENTS (looked_at); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[looked_at[i]]);
}

void
cam_chart_card_set_smoothing (CamChartCard *self,
                              double        weight)
{
  g_return_if_fail (CAM_IS_CHART_CARD (self));

  weight = CLAMP (weight, 0, CAM_CHART_CARD_MAX_SMOOTHING);
  if (self->look->smoothing == weight)
    return;
  self->look->smoothing = weight;
  show_look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMOOTHING]);
}

void
cam_chart_card_set_body (CamChartCard *self,
                         GtkWidget    *body)
{
  g_return_if_fail (CAM_IS_CHART_CARD (self) && GTK_IS_WIDGET (body) && self->body == NULL);

  self->body = body;
  gtk_stack_add_named (self->stack, body, "body");
  show_look (self);
}
