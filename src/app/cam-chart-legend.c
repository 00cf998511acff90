/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of a legend. */
#include "cam-chart-legend.h"

#include <glib/gi18n-lib.h>

#include "cam-line-sample.h"

/* Legend entries that stand beside each other even in a narrow card. */
#define MIN_IN_LINE 2
#define MAX_CHARS 24

typedef struct
{
  char               *name;     /* owned */
  CamChartLegendFunc  switched;
  GtkWidget          *owner;    /* borrowed */
  gboolean            is_setting;
} Entry;

static void
entry_free (gpointer  data,
            GClosure *closure)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static void
toggled_cb (GtkToggleButton *button,
            Entry           *entry)
{
  if (!entry->is_setting)
    entry->switched (entry->owner, entry->name, gtk_toggle_button_get_active (button));
}

static void
add_entry (GtkFlowBox         *legend,
           const CamChart     *chart,
           guint               series,
           gboolean            is_visible,
           CamChartLegendFunc  switched,
           GtkWidget          *owner)
{
  const char *name = cam_chart_get_name (chart, series), *note = cam_chart_get_note (chart, series);
  g_autofree char *tooltip = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  GtkWidget *sample = cam_line_sample_new ();
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button = gtk_toggle_button_new ();
  Entry *entry = g_new0 (Entry, 1);
  GtkWidget *child;

  if (cam_chart_get_is_curve (chart, series))
    cam_line_sample_set_line (CAM_LINE_SAMPLE (sample), cam_chart_get_colour (chart, series), cam_chart_get_pattern (chart, series));
  else
    cam_line_sample_set_dot (CAM_LINE_SAMPLE (sample), cam_chart_get_colour (chart, series));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_box_append (GTK_BOX (box), sample);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_visible);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cam-legend-entry");
  if (note != NULL)
    tooltip = g_strconcat (note, "\n", _("Show or hide this curve"), NULL);
  gtk_widget_set_tooltip_text (button, tooltip != NULL ? tooltip : _("Show or hide this curve"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  entry->name = g_strdup (name);
  entry->switched = switched;
  entry->owner = owner;
  g_object_set_data (G_OBJECT (button), "cam-legend-entry", entry);
  g_signal_connect_data (button, "toggled", G_CALLBACK (toggled_cb), entry, entry_free, 0);
  gtk_flow_box_insert (legend, button, -1);
  child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE);      /* the button inside is what can be reached */
  gtk_widget_set_halign (child, GTK_ALIGN_START);
}

/* Curves named at their ends, and rows, need no entry. */
static char *
describe (const CamChart *chart)
{
  GString *look = g_string_new (NULL);

  for (guint s = 0; chart != NULL && s < cam_chart_get_n_series (chart); s++)
    if (cam_chart_get_listed (chart, s))
      g_string_append_printf (look, "%u %d %u %u %s %s\n", s, cam_chart_get_is_curve (chart, s), cam_chart_get_colour (chart, s), cam_chart_get_pattern (chart, s), cam_chart_get_name (chart, s),
                              cam_chart_get_note (chart, s) != NULL ? cam_chart_get_note (chart, s) : "");
  return g_string_free (look, FALSE);
}

static void
set_switches (GtkFlowBox *legend,
              GHashTable *hidden)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (legend)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
      Entry *entry = g_object_get_data (G_OBJECT (button), "cam-legend-entry");

      entry->is_setting = TRUE;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !g_hash_table_contains (hidden, entry->name));
      entry->is_setting = FALSE;
    }
}

void
cam_chart_legend_fill (GtkFlowBox         *legend,
                       const CamChart     *chart,
                       GHashTable         *hidden,
                       CamChartLegendFunc  switched,
                       GtkWidget          *owner)
{
  g_autofree char *look = describe (chart);
  GtkWidget *child;
  guint n_entries = 0;

  if (g_strcmp0 (look, g_object_get_data (G_OBJECT (legend), "cam-legend-look")) == 0)
    {
      set_switches (legend, hidden);
      return;
    }
  g_object_set_data_full (G_OBJECT (legend), "cam-legend-look", g_steal_pointer (&look), g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (legend))) != NULL)
    gtk_flow_box_remove (legend, child);
  for (guint s = 0; chart != NULL && s < cam_chart_get_n_series (chart); s++)
    if (cam_chart_get_listed (chart, s))
      {
        add_entry (legend, chart, s, !g_hash_table_contains (hidden, cam_chart_get_name (chart, s)), switched, owner);
        n_entries++;
      }
  /* The width that a flow box asks for is that of its least number of children in a line, so that is what must be told. */
  gtk_flow_box_set_min_children_per_line (legend, CLAMP (n_entries, 1, MIN_IN_LINE));
  gtk_widget_set_visible (GTK_WIDGET (legend), n_entries > 0);
}
