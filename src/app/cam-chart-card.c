/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart with its title, legend and menu. The chart that comes in is never changed: where the user has switched something, a copy is shown. */
#include "cam-chart-card.h"

#include <glib/gi18n-lib.h>

#include "cam-chart-view.h"
#include "cam-line-sample.h"
#include "cam-window.h"

#define EXPORT_WIDTH 820
#define EXPORT_HEIGHT 520
#define EXPORT_DPI 300
#define COPY_SCALE 2
/* Legend entries that stand beside each other even in a narrow card. */
#define MIN_IN_LINE 2

struct _CamChartCard
{
  AdwBin        parent_instance;

  /* owned */
  CamChart     *given;          /* as it came */
  CamChart     *shown;          /* as it is shown: the same, or a copy with switches applied */
  char         *title;
  char         *subtitle;
  char         *legend_look;    /* names, colours and patterns that the legend shows */
  GtkWidget    *control;
  GHashTable   *hidden;         /* set of names */
  gboolean      is_log;
  gboolean      is_setting;

  /* template children */
  GtkLabel     *title_label;
  GtkLabel     *subtitle_label;
  GtkBox       *control_box;
  GtkFlowBox   *legend;
  CamChartView *view;
};

G_DEFINE_FINAL_TYPE (CamChartCard, cam_chart_card, ADW_TYPE_BIN)

enum { PROP_0, PROP_TITLE, PROP_SUBTITLE, PROP_CHART, PROP_LOG_AXIS, PROP_CONTROL, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* What is shown ----------------------------------------------------------------------------------------------------- */

static CamChart *
apply_switches (CamChartCard *self)
{
  CamChart *chart;

  if (self->given == NULL)
    return NULL;
  if (!self->is_log && g_hash_table_size (self->hidden) == 0)
    return cam_chart_ref (self->given);
  chart = cam_chart_copy (self->given);
  if (self->is_log)
    cam_chart_set_y_format (chart, CAM_AXIS_LOG);
  for (guint s = 0; s < cam_chart_get_n_series (chart); s++)
    if (g_hash_table_contains (self->hidden, cam_chart_get_name (chart, s)))
      cam_chart_set_visible (chart, s, FALSE);
  return chart;
}

static void
show_chart (CamChartCard *self)
{
  g_clear_pointer (&self->shown, cam_chart_unref);
  self->shown = apply_switches (self);
  cam_chart_view_set_chart (self->view, self->shown);
}

/* The legend -------------------------------------------------------------------------------------------------------- */

static void
entry_toggled_cb (CamChartCard    *self,
                  GtkToggleButton *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "series-name");

  if (self->is_setting)
    return;
  if (gtk_toggle_button_get_active (button))
    g_hash_table_remove (self->hidden, name);
  else
    g_hash_table_add (self->hidden, g_strdup (name));
  show_chart (self);
}

static void
add_entry (CamChartCard *self,
           guint         series)
{
  const char *name = cam_chart_get_name (self->given, series);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *sample = cam_line_sample_new ();
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *child;

  if (cam_chart_get_is_curve (self->given, series))
    cam_line_sample_set_line (CAM_LINE_SAMPLE (sample), cam_chart_get_colour (self->given, series), cam_chart_get_pattern (self->given, series));
  else
    cam_line_sample_set_dot (CAM_LINE_SAMPLE (sample), cam_chart_get_colour (self->given, series));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (box), sample);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !g_hash_table_contains (self->hidden, name));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cam-legend-entry");
  gtk_widget_set_tooltip_text (button, _("Show or hide this curve"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "series-name", g_strdup (name), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (entry_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->legend, button, -1);
  child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE);      /* the button inside is what can be reached */
  gtk_widget_set_halign (child, GTK_ALIGN_START);
}

/* Curves named at their ends, and rows, need no entry. */
static char *
describe_legend (const CamChart *chart)
{
  GString *look = g_string_new (NULL);

  for (guint s = 0; chart != NULL && s < cam_chart_get_n_series (chart); s++)
    if (cam_chart_get_listed (chart, s))
      g_string_append_printf (look, "%u %d %u %u %s\n", s, cam_chart_get_is_curve (chart, s), cam_chart_get_colour (chart, s), cam_chart_get_pattern (chart, s), cam_chart_get_name (chart, s));
  return g_string_free (look, FALSE);
}

static void
fill_legend (CamChartCard *self)
{
  g_autofree char *look = describe_legend (self->given);
  GtkWidget *child;
  guint n_entries = 0;

  if (g_strcmp0 (look, self->legend_look) == 0)
    return;
  g_free (self->legend_look);
  self->legend_look = g_steal_pointer (&look);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_flow_box_remove (self->legend, child);
  for (guint s = 0; self->given != NULL && s < cam_chart_get_n_series (self->given); s++)
    if (cam_chart_get_listed (self->given, s))
      {
        add_entry (self, s);
        n_entries++;
      }
  /* The width that a flow box asks for is that of its least number of children in a line, so that is what must be told. */
  gtk_flow_box_set_min_children_per_line (self->legend, CLAMP (n_entries, 1, MIN_IN_LINE));
  gtk_widget_set_visible (GTK_WIDGET (self->legend), n_entries > 0);
}

/* The menu ---------------------------------------------------------------------------------------------------------- */

static CamChart *
dup_titled (CamChartCard *self)
{
  CamChart *chart = cam_chart_copy (self->shown);

  cam_chart_set_title (chart, self->title, self->subtitle);
  return chart;
}

static char *
propose_name (CamChartCard *self)
{
  g_autofree char *name = g_strconcat (self->title != NULL && *self->title != '\0' ? self->title : _("Chart"), ".png", NULL);

  return g_strdelimit (g_utf8_strdown (name, -1), "/\\: ", '-');
}

static void
tell (CamChartCard *self,
      const char   *path,
      const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *shown = path != NULL ? g_filename_display_basename (path) : NULL;
  g_autofree char *text = NULL;

  if (!CAM_IS_WINDOW (root))
    return;
  if (error != NULL)
    {
      cam_window_show_failure (CAM_WINDOW (root), _("The chart could not be exported"), error->message);
      return;
    }
  text = shown != NULL ? g_strdup_printf (_("Saved “%s”"), shown) : g_strdup (_("Chart copied"));
  cam_window_toast (CAM_WINDOW (root), text);
}

static void
response_cb (CamChartCard         *self,
             int                   response,
             GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT && (file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))) != NULL
      && (path = g_file_get_path (file)) != NULL && self->shown != NULL)
    {
      cam_chart_card_export (self, path, &error);
      tell (self, path, error);
    }
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
}

static void
add_filter (GtkFileChooserNative *chooser)
{
  static const char *const endings[] = { "png", "svg", "pdf", "csv" };
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Picture, drawing or numbers (.png, .svg, .pdf, .csv)"));
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    gtk_file_filter_add_suffix (filter, endings[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
}

static void
export_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CamChartCard *self = CAM_CHART_CARD (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *name = NULL;
  GtkFileChooserNative *chooser;

  if (self->shown == NULL)
    return;
  name = propose_name (self);
  chooser = gtk_file_chooser_native_new (_("Export Chart"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  add_filter (chooser);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GdkTexture *
render (CamChartCard *self)
{
  const CamChartTheme *theme = cam_chart_theme_get (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? CAM_THEME_DARK : CAM_THEME_LIGHT);
  g_autoptr(CamChart) chart = dup_titled (self);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, EXPORT_WIDTH * COPY_SCALE, EXPORT_HEIGHT * COPY_SCALE);
  cairo_t *cr;
  g_autoptr(GBytes) bytes = NULL;
  GdkTexture *texture;
  int stride = cairo_image_surface_get_stride (surface);

  cairo_surface_set_device_scale (surface, COPY_SCALE, COPY_SCALE);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, (theme->card >> 16 & 255) / 255.0, (theme->card >> 8 & 255) / 255.0, (theme->card & 255) / 255.0);
  cairo_paint (cr);
  cam_chart_draw (chart, cr, EXPORT_WIDTH, EXPORT_HEIGHT, theme, CAM_CHART_WITH_TITLE | CAM_CHART_WITH_LEGEND, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * EXPORT_HEIGHT * COPY_SCALE);
  texture = gdk_memory_texture_new (EXPORT_WIDTH * COPY_SCALE, EXPORT_HEIGHT * COPY_SCALE, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
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
  tell (self, NULL, NULL);
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
update_actions (CamChartCard *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.export", self->given != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.copy", self->given != NULL);
}

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
    case PROP_LOG_AXIS:
      g_value_set_boolean (value, self->is_log);
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
    case PROP_LOG_AXIS:
      cam_chart_card_set_log_axis (self, g_value_get_boolean (value));
      break;
    case PROP_CONTROL:
      set_control (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_chart_card_finalize (GObject *object)
{
  CamChartCard *self = CAM_CHART_CARD (object);

  g_clear_pointer (&self->given, cam_chart_unref);
  g_clear_pointer (&self->shown, cam_chart_unref);
  g_hash_table_unref (self->hidden);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->legend_look);
  G_OBJECT_CLASS (cam_chart_card_parent_class)->finalize (object);
}

static void
cam_chart_card_class_init (CamChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = cam_chart_card_finalize;
  object_class->get_property = cam_chart_card_get_property;
  object_class->set_property = cam_chart_card_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_CHART] = g_param_spec_boxed ("chart", NULL, NULL, CAM_TYPE_CHART, flags);
  properties[PROP_LOG_AXIS] = g_param_spec_boolean ("log-axis", NULL, NULL, FALSE, flags);
  properties[PROP_CONTROL] = g_param_spec_object ("control", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "card.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "card.copy", NULL, copy_cb);
  gtk_widget_class_install_property_action (widget_class, "card.log-axis", "log-axis");

  g_type_ensure (CAM_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, control_box);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, legend);
  gtk_widget_class_bind_template_child (widget_class, CamChartCard, view);
}

static void
cam_chart_card_init (CamChartCard *self)
{
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  fill_legend (self);
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

gboolean
cam_chart_card_get_log_axis (CamChartCard *self)
{
  g_return_val_if_fail (CAM_IS_CHART_CARD (self), FALSE);

  return self->is_log;
}

void
cam_chart_card_set_log_axis (CamChartCard *self,
                             gboolean      is_log)
{
  g_return_if_fail (CAM_IS_CHART_CARD (self));

  is_log = !!is_log;
  if (self->is_log == is_log)
    return;
  self->is_log = is_log;
  show_chart (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_AXIS]);
}

gboolean
cam_chart_card_export (CamChartCard  *self,
                       const char    *path,
                       GError       **error)
{
  g_autoptr(CamChart) chart = NULL;

  g_return_val_if_fail (CAM_IS_CHART_CARD (self) && path != NULL, FALSE);
  g_return_val_if_fail (self->shown != NULL, FALSE);

  chart = dup_titled (self);
  return cam_chart_export (chart, path, EXPORT_WIDTH, EXPORT_HEIGHT, EXPORT_DPI, cam_chart_theme_get (CAM_THEME_LIGHT), FALSE, error);
}
