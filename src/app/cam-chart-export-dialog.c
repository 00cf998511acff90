/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Format, size, resolution, colours and size of the text of an exported chart. A size is kept in millimetres, whatever it is shown in: a picture has as many pixels as its resolution
 * makes of them, a drawing counts 96 to the inch, so that a change of the format does not change the page. */
#include "cam-chart-export-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cam-window.h"

#define MM_PER_INCH 25.4
#define PAGE_DPI 96.0
#define PREVIEW_MARGIN 12
#define PREVIEW_LINES 24

static const char *const endings[CAM_EXPORT_N_FORMATS] = { ".png", ".svg", ".pdf", ".csv" };

typedef enum { UNIT_PIXELS, UNIT_MM } Unit;

typedef struct
{
  CamExportFormat format;
  Unit            unit;
  double          width_mm, height_mm;
  double          dpi;
  CamThemeKind    theme;
  double          points;               /* of the numbers at the axes */
  gboolean        is_transparent;
} Choices;

/* Of the last dialog. 820 × 520 pixels at 96 to the inch are 217 × 138 mm. */
static Choices remembered = { CAM_EXPORT_PNG, UNIT_PIXELS, 820 * MM_PER_INCH / PAGE_DPI, 520 * MM_PER_INCH / PAGE_DPI, 200, CAM_THEME_LIGHT, 9, FALSE };

struct _CamChartExportDialog
{
  AdwWindow       parent_instance;

  /* owned */
  CamChart       *chart;
  char           *name;                 /* of the file, without an ending */

  GtkWidget      *from;                 /* weak: who is told */
  gboolean        is_setting;

  /* template children */
  AdwComboRow    *format_row;
  AdwComboRow    *unit_row;
  AdwComboRow    *theme_row;
  GtkSpinButton  *width_spin;
  GtkSpinButton  *height_spin;
  GtkSpinButton  *dpi_spin;
  GtkSpinButton  *font_spin;
  GtkSwitch      *transparent_switch;
  GtkWidget      *dpi_row;
  GtkWidget      *page_group;
  GtkWidget      *look_group;
  GtkStack       *preview_stack;
  GtkDrawingArea *preview;
  GtkLabel       *numbers_label;
  GtkLabel       *size_label;
};

G_DEFINE_FINAL_TYPE (CamChartExportDialog, cam_chart_export_dialog, ADW_TYPE_WINDOW)

/* How many of the unit an inch has. */
static double
units_per_inch (void)
{
  if (remembered.unit == UNIT_MM)
    return MM_PER_INCH;
  return remembered.format == CAM_EXPORT_PNG ? remembered.dpi : PAGE_DPI;
}

static double
to_unit (double mm)
{
  return mm / MM_PER_INCH * units_per_inch ();
}

static double
from_unit (double value)
{
  return value / units_per_inch () * MM_PER_INCH;
}

CamChartPage
cam_chart_export_dialog_get_page (CamChartExportDialog *self)
{
  CamChartPage page = {
    .width = remembered.width_mm / MM_PER_INCH * PAGE_DPI,
    .height = remembered.height_mm / MM_PER_INCH * PAGE_DPI,
    .dpi = remembered.dpi,
    .scale = remembered.points / CAM_CHART_TEXT_POINTS,
    .theme = cam_chart_theme_get (remembered.theme),
    .is_transparent = remembered.is_transparent,
  };

  return page;
}

/* The preview ------------------------------------------------------------------------------------------------------- */

/* Squares where nothing is painted. */
static void
draw_nothing_there (cairo_t *cr,
                    double   width,
                    double   height)
{
  const double size = 8;

  cairo_set_source_rgb (cr, 0.85, 0.85, 0.85);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.75, 0.75, 0.75);
  for (double y = 0; y < height; y += size)
    for (double x = ((int) (y / size) % 2) * size; x < width; x += 2 * size)
      cairo_rectangle (cr, x, y, MIN (size, width - x), MIN (size, height - y));
  cairo_fill (cr);
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  CamChartExportDialog *self = user_data;
  CamChartPage page = cam_chart_export_dialog_get_page (self);
  double scale = MIN ((width - 2 * PREVIEW_MARGIN) / page.width, (height - 2 * PREVIEW_MARGIN) / page.height);

  if (scale <= 0)
    return;
  cairo_translate (cr, (width - page.width * scale) / 2, (height - page.height * scale) / 2);
  if (page.is_transparent)
    draw_nothing_there (cr, page.width * scale, page.height * scale);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.45);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, 0, 0, page.width * scale, page.height * scale);
  cairo_stroke (cr);
  cairo_scale (cr, scale, scale);
  cam_chart_draw_page (self->chart, cr, &page);
}

static void
show_numbers (CamChartExportDialog *self)
{
  g_autofree char *text = cam_chart_dup_tabbed (self->chart);
  g_auto(GStrv) lines = g_strsplit (text, "\n", PREVIEW_LINES + 1);
  g_autofree char *head = NULL;

  if (g_strv_length (lines) > PREVIEW_LINES)
    {
      g_free (lines[PREVIEW_LINES]);
      lines[PREVIEW_LINES] = g_strdup ("…");
    }
  head = g_strjoinv ("\n", lines);
  gtk_label_set_label (self->numbers_label, head);
}

static void
show_size (CamChartExportDialog *self)
{
  CamChartPage page = cam_chart_export_dialog_get_page (self);
  g_autofree char *text = NULL;
  int width, height;

  cam_chart_page_pixels (&page, &width, &height);
  if (remembered.format == CAM_EXPORT_CSV)
    text = g_strdup (_("The numbers of the curves that are shown, a row for each point"));
  else if (remembered.format == CAM_EXPORT_PNG)
    /* translators: the size of a picture: millimetres, then pixels, then the resolution */
    text = g_strdup_printf (_("%.0f × %.0f mm · %d × %d pixels at %.0f dpi"), remembered.width_mm, remembered.height_mm, width, height, remembered.dpi);
  else
    /* translators: the size of a drawing in millimetres */
    text = g_strdup_printf (_("%.0f × %.0f mm, sharp at any size"), remembered.width_mm, remembered.height_mm);
  gtk_label_set_label (self->size_label, text);
}

/* Choices ----------------------------------------------------------------------------------------------------------- */

static void
show_choices (CamChartExportDialog *self)
{
  gboolean is_numbers = remembered.format == CAM_EXPORT_CSV;

  self->is_setting = TRUE;
  adw_combo_row_set_selected (self->format_row, remembered.format);
  adw_combo_row_set_selected (self->unit_row, remembered.unit);
  adw_combo_row_set_selected (self->theme_row, remembered.theme);
  gtk_spin_button_set_value (self->width_spin, to_unit (remembered.width_mm));
  gtk_spin_button_set_value (self->height_spin, to_unit (remembered.height_mm));
  gtk_spin_button_set_value (self->dpi_spin, remembered.dpi);
  gtk_spin_button_set_value (self->font_spin, remembered.points);
  gtk_switch_set_active (self->transparent_switch, remembered.is_transparent);
  self->is_setting = FALSE;

  gtk_widget_set_visible (self->dpi_row, remembered.format == CAM_EXPORT_PNG);
  gtk_widget_set_visible (self->page_group, !is_numbers);
  gtk_widget_set_visible (self->look_group, !is_numbers);
  gtk_stack_set_visible_child_name (self->preview_stack, is_numbers ? "numbers" : "picture");
  show_size (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

static void
chosen_cb (CamChartExportDialog *self)
{
  if (self->is_setting)
    return;
  remembered.format = MIN (adw_combo_row_get_selected (self->format_row), CAM_EXPORT_N_FORMATS - 1);
  remembered.unit = adw_combo_row_get_selected (self->unit_row) == UNIT_MM ? UNIT_MM : UNIT_PIXELS;
  remembered.theme = MIN (adw_combo_row_get_selected (self->theme_row), CAM_THEME_PRINT);
  remembered.dpi = gtk_spin_button_get_value (self->dpi_spin);
  remembered.points = gtk_spin_button_get_value (self->font_spin);
  remembered.is_transparent = gtk_switch_get_active (self->transparent_switch);
  show_choices (self);
}

static void
resized_cb (CamChartExportDialog *self)
{
  if (self->is_setting)
    return;
  remembered.width_mm = from_unit (gtk_spin_button_get_value (self->width_spin));
  remembered.height_mm = from_unit (gtk_spin_button_get_value (self->height_spin));
  show_size (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->preview));
}

/* Saving ------------------------------------------------------------------------------------------------------------ */

gboolean
cam_chart_export_dialog_save (CamChartExportDialog  *self,
                              const char            *path,
                              GError               **error)
{
  CamChartPage page = cam_chart_export_dialog_get_page (self);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *named = NULL;

  if (strchr (base, '.') == NULL)
    named = g_strconcat (path, endings[remembered.format], NULL);
  return cam_chart_export_page (self->chart, named != NULL ? named : path, &page, error);
}

static void
tell (GtkWidget    *from,
      const char   *path,
      const GError *error)
{
  GtkRoot *root = from != NULL ? gtk_widget_get_root (from) : NULL;
  g_autofree char *shown = g_filename_display_basename (path);
  g_autofree char *text = NULL;

  if (!CAM_IS_WINDOW (root))
    return;
  if (error != NULL)
    {
      cam_window_show_failure (CAM_WINDOW (root), _("The chart could not be exported"), error->message);
      return;
    }
  text = g_strdup_printf (_("Saved “%s”"), shown);
  cam_window_toast (CAM_WINDOW (root), text);
}

static void
response_cb (CamChartExportDialog *self,
             int                   response,
             GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT && (file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))) != NULL && (path = g_file_get_path (file)) != NULL)
    {
      cam_chart_export_dialog_save (self, path, &error);
      tell (self->from, path, error);
      gtk_window_close (GTK_WINDOW (self));
    }
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
}

static void
add_filter (GtkFileChooserNative *chooser)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Picture, drawing or numbers (.png, .svg, .pdf, .csv)"));
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    gtk_file_filter_add_suffix (filter, endings[i] + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamChartExportDialog *self = CAM_CHART_EXPORT_DIALOG (widget);
  g_autofree char *name = g_strconcat (self->name, endings[remembered.format], NULL);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export Chart"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  add_filter (chooser);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
cam_chart_export_dialog_dispose (GObject *object)
{
  CamChartExportDialog *self = CAM_CHART_EXPORT_DIALOG (object);

  g_clear_weak_pointer (&self->from);
  g_clear_pointer (&self->chart, cam_chart_unref);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (cam_chart_export_dialog_parent_class)->dispose (object);
}

static void
cam_chart_export_dialog_class_init (CamChartExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cam_chart_export_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "export.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-chart-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, unit_row);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, width_spin);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, height_spin);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, dpi_spin);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, font_spin);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, transparent_switch);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, dpi_row);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, page_group);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, look_group);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, preview_stack);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, numbers_label);
  gtk_widget_class_bind_template_child (widget_class, CamChartExportDialog, size_label);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
}

static void
cam_chart_export_dialog_init (CamChartExportDialog *self)
{
  self->is_setting = TRUE;      /* the template sets values too */
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->preview, draw_cb, self, NULL);
}

GtkWidget *
cam_chart_export_dialog_present (CamChart  *chart,
                                 GtkWidget *from)
{
  GtkRoot *root;
  CamChartExportDialog *self;
  const char *title;
  g_autofree char *summary = NULL;

  g_return_val_if_fail (chart != NULL && GTK_IS_WIDGET (from), NULL);

  root = gtk_widget_get_root (from);
  self = g_object_new (CAM_TYPE_CHART_EXPORT_DIALOG, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, NULL);
  self->chart = cam_chart_ref (chart);
  g_set_weak_pointer (&self->from, from);
  title = cam_chart_get_title (chart);
  self->name = g_strdelimit (g_utf8_strdown (title != NULL && *title != '\0' ? title : _("Chart"), -1), "/\\: ", '-');
  summary = cam_chart_dup_summary (chart);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  show_numbers (self);
  show_choices (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
