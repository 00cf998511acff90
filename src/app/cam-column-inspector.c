/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chosen column. The relation to the target is counted anew where column, target, or how either is taken has changed. */

#include "cam-column-inspector.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-chart-card.h"
#include "cam-column-chart.h"
#include "cam-column-settings.h"
#include "cam-words.h"

#define N_STATISTICS 9
#define MAX_NAMES 8

struct _CamColumnInspector
{
  AdwBin          parent_instance;

  /* owned */
  CamColumns     *columns;
  CamRelation    *relation;          /* of the column that is shown; NULL: being counted, or nothing to count */
  GCancellable   *counting;          /* a reply counts only while this is its own */
  char           *counted;           /* what relation, or the one to come, is of */

  CamColumnChart  chart;             /* the person's choice; another is shown where it is not there */
  gboolean        is_setting;

  /* template children */
  GtkStack       *stack;
  GtkWidget      *tile;
  GtkImage       *icon;
  GtkLabel       *name;
  GtkLabel       *subtitle;
  GtkWidget      *one;
  GtkLabel       *names;
  CamChartCard   *card;
  GtkDropDown    *picture;
  GtkGrid        *statistics;
  GtkWidget      *settings;
  GtkLabel       *note;
  GtkLabel       *values[N_STATISTICS];
  GtkLabel       *titles[N_STATISTICS];
};

G_DEFINE_FINAL_TYPE (CamColumnInspector, cam_column_inspector, ADW_TYPE_BIN)

enum { PROP_0, PROP_COLUMNS, N_PROPS };
static GParamSpec *properties[N_PROPS];

static CamColumnItem *
peek_lead (CamColumnInspector *self)
{
  int lead = self->columns != NULL ? cam_columns_get_lead (self->columns) : -1;

  return lead >= 0 && (guint) lead < cam_columns_get_n (self->columns) ? cam_columns_peek (self->columns, (guint) lead) : NULL;
}

/* The first target; NULL: none. */
static CamColumnItem *
peek_target (CamColumnInspector *self)
{
  for (guint i = 0; i < cam_columns_get_n (self->columns); i++)
    if (g_str_equal (cam_column_item_peek (cam_columns_peek (self->columns, i), "role"), "target"))
      return cam_columns_peek (self->columns, i);
  return NULL;
}

/* What is to be seen of texts is how long they are. */
static gboolean
is_text (CamColumnItem *item)
{
  return cam_table_get_kind (cam_column_item_get_table (item), cam_column_item_get_column (item)) == CAM_COLUMN_TEXT && g_str_equal (cam_column_item_peek (item, "kind"), "text");
}

/* Two values are two classes, even where they are written as numbers. */
static gboolean
is_target_number (CamColumnItem *target)
{
  const CamColumnFacts *facts = cam_column_item_get_facts (target);

  return cam_column_item_is_numeric (target) && !(facts->is_known && facts->n_different == 2);
}

/* Statistics -------------------------------------------------------------------------------------------------------- */

static void
set_statistic (CamColumnInspector *self,
               guint               i,
               const char         *title,
               char               *value)   /* taken */
{
  gtk_label_set_label (self->values[i], value);
  gtk_label_set_label (self->titles[i], title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->values[i]), value);
  g_free (value);
}

static void
show_numbers (CamColumnInspector *self,
              CamColumnItem      *item)
{
  const CamRelation *relation = self->relation;

  set_statistic (self, 0, _("min"), cam_column_item_dup_value (item, relation->min));
  set_statistic (self, 1, _("median"), cam_column_item_dup_value (item, relation->all.median));
  set_statistic (self, 2, _("max"), cam_column_item_dup_value (item, relation->max));
  /* translators: the lower quartile: a quarter of the values lie below it */
  set_statistic (self, 3, _("25 % below"), cam_column_item_dup_value (item, relation->all.q25));
  set_statistic (self, 4, _("mean"), cam_column_item_dup_value (item, relation->all.mean));
  set_statistic (self, 5, _("75 % below"), cam_column_item_dup_value (item, relation->all.q75));
  set_statistic (self, 6, _("deviation"), cam_words_number (relation->deviation));
}

static void
show_levels (CamColumnInspector *self)
{
  const CamRelation *relation = self->relation;
  gsize top = 0;

  for (guint group = 0; group < relation->n_groups && relation->n_levels > 0; group++)
    top += relation->level_counts[group * relation->n_levels];
  set_statistic (self, 0, _("most frequent"), g_strdup (relation->n_levels > 0 ? relation->levels[0] : "–"));
  set_statistic (self, 1, _("its rows"), relation->n_levels > 0 ? cam_words_count (top) : g_strdup ("–"));
  set_statistic (self, 2, _("its share"), relation->n > 0 ? cam_words_share ((double) top / (double) relation->n) : g_strdup ("–"));
}

static void
show_statistics (CamColumnInspector *self,
                 CamColumnItem      *item)
{
  const CamRelation *relation = self->relation;
  guint first = relation != NULL && relation->is_number ? 6 : 3;

  gtk_widget_set_visible (GTK_WIDGET (self->statistics), relation != NULL);
  if (relation == NULL)
    return;
  for (guint i = 0; i < N_STATISTICS; i++)
    gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->values[i])), i < first + 3);
  if (relation->is_number)
    show_numbers (self, item);
  else
    {
      show_levels (self);
      set_statistic (self, 3, _("values"), cam_words_count (relation->n));
    }
  set_statistic (self, first + 1, _("missing"), cam_words_count (relation->n_missing));
  set_statistic (self, first + 2, _("different"), relation->n_different >= 10000 ? g_strdup (_("10,000 or more")) : cam_words_count (relation->n_different));
}

/* The picture ------------------------------------------------------------------------------------------------------- */

static void
show_chart (CamColumnInspector *self,
            CamColumnItem      *item)
{
  CamColumnChart kind = self->chart;
  g_autoptr(CamChart) chart = NULL;
  g_autofree char *note = NULL;

  if (self->relation == NULL)
    return;
  if (!cam_column_chart_is_there (kind, self->relation))
    kind = CAM_COLUMN_CHART_VALUES;
  if (cam_column_chart_is_there (kind, self->relation))
    chart = cam_column_chart_new (kind, self->relation, item, peek_target (self), &note);
  cam_chart_card_set_title (self->card, is_text (item) && kind == CAM_COLUMN_CHART_VALUES ? _("Words per text") : cam_column_chart_get_title (kind, self->relation));
  cam_chart_card_set_subtitle (self->card, note);
  cam_chart_card_set_chart (self->card, chart);
  gtk_widget_set_visible (GTK_WIDGET (self->card), chart != NULL);
}

/* Pictures that there are of this column; the drop-down shows the one that is drawn. */
static void
show_pictures (CamColumnInspector *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n = 0, selected = 0;

  if (self->relation == NULL)
    return;
  for (CamColumnChart kind = 0; kind < CAM_COLUMN_N_CHARTS; kind++)
    if (cam_column_chart_is_there (kind, self->relation))
      {
        if (kind == self->chart)
          selected = n;
        gtk_string_list_append (names, cam_column_chart_get_name (kind));
        n++;
      }
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->picture, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->picture, n > 0 ? selected : GTK_INVALID_LIST_POSITION);
  self->is_setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->picture), n > 1);
}

static void
picture_cb (CamColumnInspector *self)
{
  guint selected = gtk_drop_down_get_selected (self->picture), n = 0;
  CamColumnItem *item = peek_lead (self);

  if (self->is_setting || self->relation == NULL || self->counting != NULL || item == NULL)
    return;
  for (CamColumnChart kind = 0; kind < CAM_COLUMN_N_CHARTS; kind++)
    if (cam_column_chart_is_there (kind, self->relation) && n++ == selected)
      {
        self->chart = kind;
        show_chart (self, item);
        return;
      }
}

/* Counting ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  CamTable        *table;
  CamRelationSide  column, target;
} CamRelationJob;

static void
relation_job_free (gpointer data)
{
  CamRelationJob *job = data;

  cam_table_unref (job->table);
  g_free (job);
}

static void
relation_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  CamRelationJob *job = task_data;

  g_task_return_pointer (task, cam_relation_new (job->table, job->column, job->target, cancellable), (GDestroyNotify) cam_relation_free);
}

static void
relation_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  CamColumnInspector *self = CAM_COLUMN_INSPECTOR (source);
  g_autoptr(CamRelation) relation = g_task_propagate_pointer (G_TASK (result), NULL);
  CamColumnItem *item = peek_lead (self);

  if (self->counting != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->counting);
  if (relation == NULL || item == NULL)
    return;
  g_clear_pointer (&self->relation, cam_relation_free);
  self->relation = g_steal_pointer (&relation);
  show_pictures (self);
  show_chart (self, item);
  show_statistics (self, item);
}

static void
stop_counting (CamColumnInspector *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

/* What was drawn stays until the new numbers are there: nothing blinks. */
static void
count (CamColumnInspector *self,
       CamColumnItem      *item)
{
  CamColumnItem *target = peek_target (self);
  CamRelationJob job = { cam_column_item_get_table (item), { (int) cam_column_item_get_column (item), cam_column_item_is_numeric (item) || is_text (item) }, { -1, FALSE } };
  g_autofree char *what = NULL;
  g_autoptr(GTask) task = NULL;

  if (target != NULL)
    job.target = (CamRelationSide) { (int) cam_column_item_get_column (target), is_target_number (target) };
  what = g_strdup_printf ("%p %d %d %d %d", (gpointer) job.table, job.column.column, job.column.is_number, job.target.column, job.target.is_number);
  if (g_strcmp0 (what, self->counted) == 0)
    return;
  g_free (self->counted);
  self->counted = g_steal_pointer (&what);
  stop_counting (self);
  self->counting = g_cancellable_new ();
  cam_table_ref (job.table);
  task = g_task_new (self, self->counting, relation_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_memdup2 (&job, sizeof job), relation_job_free);
  g_task_run_in_thread (task, relation_thread);
}

/* What is chosen ---------------------------------------------------------------------------------------------------- */

static char *
describe_one (CamColumnItem *item)
{
  const CamColumnFacts *facts = cam_column_item_get_facts (item);
  g_autofree char *different = cam_words_count (facts->n_different);

  if (!facts->is_known)
    return g_strdup (cam_column_item_get_kind (item));
  if (facts->n_different >= 10000)
    return g_strdup_printf (_("%s · %s different values or more"), cam_column_item_get_kind (item), different);
  /* translators: a column's kind, and how many different values it has */
  return g_strdup_printf (ngettext ("%s · %s value", "%s · %s different values", (guint) facts->n_different), cam_column_item_get_kind (item), different);
}

static char *
list_names (CamColumnInspector *self)
{
  GString *names = g_string_new (NULL);
  GtkBitsetIter iter;
  guint column, n = 0, n_all = (guint) gtk_bitset_get_size (cam_columns_get_selection (self->columns));

  if (gtk_bitset_iter_init_first (&iter, cam_columns_get_selection (self->columns), &column))
    do
      g_string_append_printf (names, "%s%s", n > 0 ? ", " : "", cam_column_item_get_name (cam_columns_peek (self->columns, column)));
    while (++n < MAX_NAMES && gtk_bitset_iter_next (&iter, &column));
  if (n_all > n)
    g_string_append_printf (names, _(" and %u more"), n_all - n);
  return g_string_free (names, FALSE);
}

static void
show_head (CamColumnInspector *self,
           CamColumnItem      *item)
{
  static const char *const tints[] = { "blue", "orange", "green", "violet", "slate" };
  const guint n = (guint) gtk_bitset_get_size (cam_columns_get_selection (self->columns));
  const char *hue = n == 1 ? cam_column_item_get_hue (item) + strlen ("cam-ink-") : "blue";
  g_autofree char *name = n == 1 ? NULL : g_strdup_printf (ngettext ("%u column", "%u columns", n), n);
  g_autofree char *subtitle = n == 1 ? describe_one (item) : g_strdup (_("edited together"));

  for (guint i = 0; i < G_N_ELEMENTS (tints); i++)
    if (g_str_equal (tints[i], hue))
      gtk_widget_add_css_class (self->tile, tints[i]);
    else
      gtk_widget_remove_css_class (self->tile, tints[i]);
  gtk_image_set_from_icon_name (self->icon, n == 1 ? cam_column_item_get_icon (item) : "camadas-table-symbolic");
  gtk_label_set_label (self->name, n == 1 ? cam_column_item_get_name (item) : name);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (self->one, n == 1);
  gtk_widget_set_visible (GTK_WIDGET (self->names), n > 1);
  /* Nothing is fitted to a column that is left out. */
  gtk_widget_set_visible (GTK_WIDGET (self->note), !g_str_equal (cam_column_item_peek (item, "role"), "ignored"));
  if (n > 1)
    {
      g_autofree char *names = list_names (self);

      gtk_label_set_label (self->names, names);
    }
}

static void
show (CamColumnInspector *self)
{
  CamColumnItem *item = peek_lead (self);

  gtk_stack_set_visible_child_name (self->stack, item != NULL ? "column" : "none");
  if (item == NULL)
    {
      stop_counting (self);
      g_clear_pointer (&self->counted, g_free);
      g_clear_pointer (&self->relation, cam_relation_free);
      return;
    }
  show_head (self, item);
  if (gtk_bitset_get_size (cam_columns_get_selection (self->columns)) == 1)
    count (self, item);
}

static void
dataset_changed_cb (CamColumnInspector *self)
{
  CamDataset *dataset = cam_session_get_dataset (cam_columns_get_session (self->columns));
  g_autofree char *rows = NULL, *note = NULL;

  if (dataset != NULL)
    {
      rows = cam_words_count (cam_dataset_get_n_rows (dataset, CAM_PART_TRAIN));
      note = g_strdup_printf (_("Fitted on the %s training rows only, and saved inside the model."), rows);
    }
  gtk_label_set_label (self->note, note != NULL ? note : "");
}

static void
session_changed_cb (CamColumnInspector *self)
{
  CamSession *session = cam_columns_get_session (self->columns);

  if (session == NULL)
    return;
  g_signal_connect_object (session, "notify::dataset", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  dataset_changed_cb (self);
}

static void
set_columns (CamColumnInspector *self,
             CamColumns         *columns)
{
  if (!g_set_object (&self->columns, columns) || columns == NULL)
    return;
  g_signal_connect_object (columns, "selection-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "settings-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "counted", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "notify::session", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  session_changed_cb (self);
  show (self);
}

static void
cam_column_inspector_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COLUMNS:
      g_value_set_object (value, CAM_COLUMN_INSPECTOR (object)->columns);
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
  switch (prop_id)
    {
    case PROP_COLUMNS:
      set_columns (CAM_COLUMN_INSPECTOR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_column_inspector_dispose (GObject *object)
{
  CamColumnInspector *self = CAM_COLUMN_INSPECTOR (object);

  stop_counting (self);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (cam_column_inspector_parent_class)->dispose (object);
}

static void
cam_column_inspector_finalize (GObject *object)
{
  CamColumnInspector *self = CAM_COLUMN_INSPECTOR (object);

  g_clear_pointer (&self->relation, cam_relation_free);
  g_free (self->counted);
  G_OBJECT_CLASS (cam_column_inspector_parent_class)->finalize (object);
}

static void
cam_column_inspector_class_init (CamColumnInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_column_inspector_dispose;
  object_class->finalize = cam_column_inspector_finalize;
  object_class->get_property = cam_column_inspector_get_property;
  object_class->set_property = cam_column_inspector_set_property;
  properties[PROP_COLUMNS] = g_param_spec_object ("columns", NULL, NULL, CAM_TYPE_COLUMNS, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CAM_TYPE_CHART_CARD);
  g_type_ensure (CAM_TYPE_COLUMN_SETTINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-column-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, tile);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, icon);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, name);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, one);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, names);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, card);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, picture);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, statistics);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, settings);
  gtk_widget_class_bind_template_child (widget_class, CamColumnInspector, note);
  gtk_widget_class_bind_template_callback (widget_class, picture_cb);
}

/* Three in a row: a figure over its name. */
static void
add_statistics (CamColumnInspector *self)
{
  for (guint i = 0; i < N_STATISTICS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      self->values[i] = GTK_LABEL (gtk_label_new (NULL));
      self->titles[i] = GTK_LABEL (gtk_label_new (NULL));
      gtk_label_set_xalign (self->values[i], 0);
      gtk_label_set_xalign (self->titles[i], 0);
      gtk_label_set_ellipsize (self->values[i], PANGO_ELLIPSIZE_END);
      gtk_label_set_ellipsize (self->titles[i], PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (self->values[i], 1);
      gtk_widget_set_hexpand (box, TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (self->values[i]), "cam-statistic");
      gtk_widget_add_css_class (GTK_WIDGET (self->values[i]), "numeric");
      gtk_widget_add_css_class (GTK_WIDGET (self->titles[i]), "cam-caption");
      gtk_widget_add_css_class (GTK_WIDGET (self->titles[i]), "dim-label");
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->values[i]), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->titles[i], NULL, -1);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->values[i]));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->titles[i]));
      gtk_grid_attach (self->statistics, box, (int) (i % 3), (int) (i / 3), 1, 1);
    }
}

static void
cam_column_inspector_init (CamColumnInspector *self)
{
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_setting = FALSE;
  add_statistics (self);
}

void
cam_column_inspector_edit (CamColumnInspector *self)
{
  g_return_if_fail (CAM_IS_COLUMN_INSPECTOR (self));

  gtk_widget_child_focus (self->settings, GTK_DIR_TAB_FORWARD);
}
