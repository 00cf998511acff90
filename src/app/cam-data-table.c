/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview of a table. */

#include "cam-data-table.h"

#include <glib/gi18n-lib.h>

#include "cam-data-find.h"
#include "cam-data-grid.h"
#include "cam-words.h"

struct _CamDataTable
{
  AdwBin          parent_instance;

  /* owned */
  CamColumns     *columns;
  GCancellable   *finding;        /* a reply counts only while this is its own */

  /* template children */
  CamDataGrid    *grid;
  GtkMenuButton  *row_button;
  GtkSpinButton  *row_entry;
  GtkLabel       *row_count;
  GtkSearchBar   *find_bar;
  GtkSearchEntry *find_entry;
  GtkLabel       *find_count;
};

G_DEFINE_FINAL_TYPE (CamDataTable, cam_data_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_COLUMNS, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamTable *
get_table (CamDataTable *self)
{
  CamSession *session = self->columns != NULL ? cam_columns_get_session (self->columns) : NULL;

  return session != NULL ? cam_session_get_table (session) : NULL;
}

/* A row by its number ----------------------------------------------------------------------------------------------- */

static void
row_map_cb (CamDataTable *self)
{
  CamTable *table = get_table (self);
  g_autofree char *count = NULL, *text = NULL;

  if (table == NULL)
    return;
  count = cam_words_count (cam_table_get_n_rows (table));
  text = g_strdup_printf (_("of %s"), count);
  gtk_label_set_label (self->row_count, text);
  gtk_spin_button_set_range (self->row_entry, 1, MAX ((double) cam_table_get_n_rows (table), 1));
  gtk_spin_button_set_value (self->row_entry, (double) cam_data_grid_get_row (self->grid) + 1);
  gtk_widget_grab_focus (GTK_WIDGET (self->row_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->row_entry), 0, -1);
}

static void
go_to_row_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  if (get_table (CAM_DATA_TABLE (widget)) != NULL)
    gtk_menu_button_popup (CAM_DATA_TABLE (widget)->row_button);
}

static void
go (CamDataTable *self)
{
  gtk_spin_button_update (self->row_entry);
  cam_data_grid_go_to (self->grid, (gsize) gtk_spin_button_get_value (self->row_entry) - 1);
  gtk_menu_button_popdown (self->row_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static gboolean
row_enter_cb (GtkWidget *entry,
              GVariant  *arguments,
              gpointer   user_data)
{
  go (user_data);
  return GDK_EVENT_STOP;
}

/* A value ----------------------------------------------------------------------------------------------------------- */

typedef struct
{
  CamTable     *table;
  GArray       *columns;
  char         *needle;
  gsize         from;
  gboolean      backward;
  CamDataFound  found;
} CamFindJob;

static void
find_job_free (gpointer data)
{
  CamFindJob *job = data;

  cam_table_unref (job->table);
  g_array_unref (job->columns);
  g_free (job->needle);
  g_free (job);
}

static void
find_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  CamFindJob *job = task_data;

  g_task_return_boolean (task, cam_data_find (job->table, job->needle, job->columns, job->from, job->backward, cancellable, &job->found));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  CamDataTable *self = CAM_DATA_TABLE (source);
  CamFindJob *job = g_task_get_task_data (G_TASK (result));
  gboolean is_found = g_task_propagate_boolean (G_TASK (result), NULL);
  g_autofree char *count = NULL, *text = NULL;

  if (self->finding != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->finding);
  if (is_found)
    {
      count = cam_words_count (job->found.n_all);
      text = g_strdup_printf (ngettext ("in %s row", "in %s rows", (guint) job->found.n_all), count);
      cam_data_grid_go_to (self->grid, job->found.row);
      cam_columns_select_one (self->columns, (int) job->found.column);
      gtk_widget_remove_css_class (GTK_WIDGET (self->find_entry), "error");
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->find_entry), "error");
  gtk_label_set_label (self->find_count, is_found ? text : _("not found"));
}

static void
stop_finding (CamDataTable *self)
{
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
}

static void
find (CamDataTable *self,
      gsize         from,
      gboolean      backward)
{
  const char *needle = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  CamTable *table = get_table (self);
  g_autoptr(GTask) task = NULL;
  CamFindJob *job;

  stop_finding (self);
  gtk_widget_remove_css_class (GTK_WIDGET (self->find_entry), "error");
  gtk_label_set_label (self->find_count, "");
  if (table == NULL || *needle == '\0')
    return;
  job = g_new0 (CamFindJob, 1);
  job->table = cam_table_ref (table);
  job->columns = cam_columns_list_in_order (self->columns);
  job->needle = g_strdup (needle);
  job->from = from;
  job->backward = backward;
  self->finding = g_cancellable_new ();
  task = g_task_new (self, self->finding, found_cb, NULL);
  g_task_set_task_data (task, job, find_job_free);
  g_task_run_in_thread (task, find_thread);
}

static void
find_changed_cb (CamDataTable *self)
{
  find (self, cam_data_grid_get_row (self->grid), FALSE);
}

static void
find_next_cb (CamDataTable *self)
{
  find (self, cam_data_grid_get_row (self->grid) + 1, FALSE);
}

static void
find_previous_cb (CamDataTable *self)
{
  find (self, cam_data_grid_get_row (self->grid), TRUE);
}

static void
find_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamDataTable *self = CAM_DATA_TABLE (widget);

  gtk_search_bar_set_search_mode (self->find_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
}

static void
find_mode_cb (CamDataTable *self)
{
  if (gtk_search_bar_get_search_mode (self->find_bar))
    return;
  stop_finding (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* The widget -------------------------------------------------------------------------------------------------------- */

static void
set_columns (CamDataTable *self,
             CamColumns   *columns)
{
  if (!g_set_object (&self->columns, columns) || columns == NULL)
    return;
  g_object_set (self->grid, "columns", columns, NULL);
  g_signal_connect_object (cam_columns_get_list (columns), "items-changed", G_CALLBACK (stop_finding), self, G_CONNECT_SWAPPED);
}

static void
cam_data_table_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_object (value, CAM_DATA_TABLE (object)->columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_table_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      set_columns (CAM_DATA_TABLE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_data_table_dispose (GObject *object)
{
  CamDataTable *self = CAM_DATA_TABLE (object);

  stop_finding (self);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (cam_data_table_parent_class)->dispose (object);
}

static void
cam_data_table_class_init (CamDataTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_data_table_dispose;
  object_class->get_property = cam_data_table_get_property;
  object_class->set_property = cam_data_table_set_property;
  properties[PROP_COLUMNS] = g_param_spec_object ("columns", NULL, NULL, CAM_TYPE_COLUMNS, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_action (widget_class, "table.go-to-row", NULL, go_to_row_cb);
  gtk_widget_class_install_action (widget_class, "table.find", NULL, find_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "table.go-to-row", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "table.find", NULL);

  g_type_ensure (CAM_TYPE_DATA_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-data-table.ui");
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, grid);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, row_button);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, row_entry);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, row_count);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, find_bar);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, find_entry);
  gtk_widget_class_bind_template_child (widget_class, CamDataTable, find_count);
  gtk_widget_class_bind_template_callback_full (widget_class, "go_cb", G_CALLBACK (go));
  gtk_widget_class_bind_template_callback (widget_class, row_map_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_mode_cb);
}

static void
cam_data_table_init (CamDataTable *self)
{
  GtkEventController *enter;
  GtkShortcut *shortcut;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->find_bar, GTK_EDITABLE (self->find_entry));
  /* A spin button has no signal for Return in 4.8. */
  enter = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (enter, GTK_PHASE_CAPTURE);
  shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Return|KP_Enter"), gtk_callback_action_new (row_enter_cb, self, NULL));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (enter), shortcut);
  gtk_widget_add_controller (GTK_WIDGET (self->row_entry), enter);
}

void
cam_data_table_go_to (CamDataTable *self,
                      gsize         row)
{
  g_return_if_fail (CAM_IS_DATA_TABLE (self));

  cam_data_grid_go_to (self->grid, row);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}
