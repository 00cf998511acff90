/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs beside each other. Rows are made once for each pair: a mark, a name, and a text for each side. */

#include "cam-run-diff-view.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-chart-card.h"
#include "cam-line-sample.h"
#include "cam-overlay.h"
#include "cam-run-diff-chart.h"
#include "cam-run-diff-source.h"
#include "cam-run-words.h"
#include "cam-window.h"
#include "cam-words.h"

struct _CamRunDiffView
{
  AdwBin         parent_instance;

  /* owned */
  CamSession    *session;
  CamRunItem    *runs[2];        /* the second NULL: the open experiment */
  CamRunDiff    *diff;           /* NULL: nothing shown */
  GtkStringList *keys;           /* "loss", "accuracy": without what says of which part */
  gboolean       only_different;
  gboolean       is_setting;

  /* template children */
  GtkLabel      *title;
  GtkLabel      *settings_note, *network_note, *data_note, *scores_note;
  GtkListBox    *settings_list, *network_list, *data_list, *scores_list, *events_list;
  GtkWidget     *scores_card, *events_card;
  CamChartCard  *chart_card;
  GtkDropDown   *chart_choice;
  GtkWidget     *scrolled;
};

G_DEFINE_FINAL_TYPE (CamRunDiffView, cam_run_diff_view, ADW_TYPE_BIN)

enum { PROP_0, PROP_ONLY_DIFFERENT, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Rows -------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, text != NULL && g_utf8_strlen (text, -1) > 16 ? text : NULL);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A text of one side: two lines of it, as a layer says much. */
static GtkWidget *
new_text (const char *text)
{
  GtkWidget *label = new_label (text != NULL ? text : "–", text == NULL ? "dim-label" : NULL);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* A name as Keras writes it gets no hyphen. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  return label;
}

/* @mark: not only by colour but by a sign, and for screen readers by a word. */
static GtkWidget *
add_row (GtkListBox  *list,
         CamDiffMark  mark,
         const char  *name,
         const char  *a,
         const char  *b,
         gboolean     is_inner)
{
  static const char *const looks[] = { [CAM_DIFF_SAME] = "same", [CAM_DIFF_CHANGED] = "changed", [CAM_DIFF_ADDED] = "added", [CAM_DIFF_REMOVED] = "removed" };
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *texts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *sign = gtk_label_new (is_inner ? "" : cam_diff_mark_sign (mark));
  g_autofree char *spoken = NULL;

  gtk_widget_set_size_request (sign, 14, -1);
  gtk_widget_set_valign (sign, GTK_ALIGN_START);
  gtk_widget_add_css_class (sign, "cam-diff-sign");
  gtk_box_set_homogeneous (GTK_BOX (texts), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), new_label (name, is_inner ? "dim-label" : NULL));
  gtk_label_set_yalign (GTK_LABEL (gtk_widget_get_first_child (texts)), 0);
  gtk_box_append (GTK_BOX (texts), new_text (a));
  gtk_box_append (GTK_BOX (texts), new_text (b));
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "cam-diff-row");
  gtk_widget_add_css_class (row, looks[mark]);
  /* translators: for screen readers: a setting, how it differs, and what it is on either side */
  spoken = g_strdup_printf (_("%s, %s: %s, %s"), name, cam_diff_mark_name (mark), a != NULL ? a : _("none"), b != NULL ? b : _("none"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (list, row);
  return texts;
}

/* A dim line where there is nothing to list. */
static void
add_word (GtkListBox *list,
          const char *text)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = new_label (text, "dim-label");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "cam-diff-row");
  gtk_list_box_append (list, row);
}

static void
empty (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* Whose column is which: the line of the chart, and the name. */
static GtkWidget *
make_head (CamRunDiffView *self,
           guint           side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (side == 0 || self->runs[1] != NULL)
    {
      GtkWidget *sample = cam_line_sample_new ();

      cam_line_sample_set_line (CAM_LINE_SAMPLE (sample), side, CAM_LINE_SOLID);
      gtk_box_append (GTK_BOX (box), sample);
    }
  gtk_box_append (GTK_BOX (box), new_label (self->diff->names[side], "cam-diff-name"));
  return box;
}

static void
add_head (CamRunDiffView *self,
          GtkListBox     *list)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *texts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *sign = gtk_label_new (NULL);

  gtk_widget_set_size_request (sign, 14, -1);
  gtk_box_set_homogeneous (GTK_BOX (texts), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (texts), make_head (self, 0));
  gtk_box_append (GTK_BOX (texts), make_head (self, 1));
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "cam-diff-row");
  gtk_list_box_append (list, row);
}

static void
show_rows (CamRunDiffView *self,
           GtkListBox     *list,
           GtkLabel       *note,
           GPtrArray      *rows)
{
  guint n = cam_diff_count (rows);
  /* translators: of so many settings, so many are not the same */
  g_autofree char *text = g_strdup_printf (ngettext ("%u of %u differs", "%u of %u differ", n), n, rows->len);

  gtk_label_set_label (note, text);
  empty (list);
  if (n == 0 && self->only_different)
    {
      add_word (list, _("No difference"));
      return;
    }
  add_head (self, list);
  for (guint i = 0; i < rows->len; i++)
    {
      const CamDiffRow *row = rows->pdata[i];

      if (row->mark != CAM_DIFF_SAME || !self->only_different)
        add_row (list, row->mark, row->name, row->a, row->b, FALSE);
    }
}

/* "2,305 → 4,609 parameters" */
static char *
describe_params (const CamRunDiff *diff)
{
  g_autofree char *a = cam_words_count (diff->n_params[0]);
  g_autofree char *b = cam_words_count (diff->n_params[1]);

  if (!diff->has_params[0] || !diff->has_params[1])
    return g_strdup ("");
  if (diff->n_params[0] == diff->n_params[1])
    return g_strdup_printf (_("%s parameters in both, those of a layer in brackets"), a);
  /* translators: of two networks: from, to */
  return g_strdup_printf (_("%s → %s parameters, those of a layer in brackets"), a, b);
}

static char *
join_params (char     *text,
             guint64   n,
             gboolean  is_known)
{
  g_autofree char *own = text;
  g_autofree char *count = NULL;

  if (own == NULL || !is_known)
    return g_steal_pointer (&own);
  count = cam_words_count (n);
  return *own != '\0' ? g_strdup_printf ("%s (%s)", own, count) : g_strdup_printf ("(%s)", count);
}

/* The whole stack, as a difference is understood by what stands around it. */
static void
show_network (CamRunDiffView *self)
{
  g_autofree char *params = describe_params (self->diff);

  gtk_label_set_label (self->network_note, params);
  gtk_widget_set_visible (GTK_WIDGET (self->network_note), *params != '\0');
  empty (self->network_list);
  add_head (self, self->network_list);
  for (guint i = 0; i < self->diff->layers->len; i++)
    {
      const CamDiffLayer *layer = self->diff->layers->pdata[i];
      g_autofree char *a = join_params (g_strdup (layer->a_text), layer->a_params, self->diff->has_params[0]);
      g_autofree char *b = join_params (g_strdup (layer->b_text), layer->b_params, self->diff->has_params[1]);

      add_row (self->network_list, layer->mark, layer->class_name, a, b, FALSE);
      for (guint k = 0; k < layer->fields->len; k++)
        {
          const CamDiffRow *field = layer->fields->pdata[k];

          add_row (self->network_list, CAM_DIFF_CHANGED, field->name, field->a, field->b, TRUE);
        }
    }
}

static void
stand_out (GtkWidget *label)
{
  g_autofree char *text = g_strdup_printf ("%s ✓", gtk_label_get_label (GTK_LABEL (label)));

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, _("The better one"));
  gtk_widget_add_css_class (label, "cam-diff-better");
}

static void
show_scores (CamRunDiffView *self)
{
  const CamRunDiff *diff = self->diff;

  empty (self->scores_list);
  gtk_widget_set_visible (self->scores_card, diff->scores->len + diff->course->len > 0);
  gtk_label_set_label (self->scores_note, diff->scores->len > 0 ? _("✓ the better one, and how far the second is from the first") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->scores_note), diff->scores->len > 0);
  add_head (self, self->scores_list);
  for (guint i = 0; i < diff->scores->len; i++)
    {
      const CamDiffScore *score = diff->scores->pdata[i];
      g_autofree char *name = cam_diff_score_dup_name (score);
      g_autofree char *a = cam_run_words_value (score->key, score->a);
      g_autofree char *b = cam_run_words_value (score->key, score->b);
      g_autofree char *difference = cam_diff_score_dup_difference (score);
      g_autofree char *second = isfinite (score->b - score->a) && score->a != score->b ? g_strdup_printf ("%s (%s)", b, difference) : g_strdup (b);
      GtkWidget *texts = add_row (self->scores_list, CAM_DIFF_SAME, name, a, second, FALSE);
      GtkWidget *first = gtk_widget_get_next_sibling (gtk_widget_get_first_child (texts));

      if (score->better != 0)
        stand_out (score->better < 0 ? first : gtk_widget_get_next_sibling (first));
    }
  for (guint i = 0; i < diff->course->len; i++)
    {
      const CamDiffRow *row = diff->course->pdata[i];

      add_row (self->scores_list, CAM_DIFF_SAME, row->name, row->a, row->b, FALSE);
    }
}

static void
show_events (CamRunDiffView *self)
{
  char **const *events = self->diff->events;

  empty (self->events_list);
  gtk_widget_set_visible (self->events_card, events[0][0] != NULL || events[1][0] != NULL);
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; events[side][i] != NULL; i++)
      {
        g_autofree char *text = g_strdup_printf ("%s · %s", self->diff->names[side], events[side][i]);

        add_word (self->events_list, text);
      }
}

/* Curves ------------------------------------------------------------------------------------------------------------ */

static const char *
get_base (const char *key)
{
  if (g_str_has_prefix (key, "val_"))
    return key + strlen ("val_");
  return g_str_has_prefix (key, CAM_REMEASURED_PREFIX) ? key + strlen (CAM_REMEASURED_PREFIX) : key;
}

static void
offer_keys (CamRunDiffView *self)
{
  g_autoptr(GPtrArray) runs = g_ptr_array_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  const char *const none[] = { NULL };

  for (guint i = 0; i < 2; i++)
    if (self->runs[i] != NULL)
      g_ptr_array_add (runs, self->runs[i]);
  all = cam_overlay_list_keys (runs);
  for (guint i = 0; i < all->len; i++)
    {
      const char *base = g_intern_string (get_base (all->pdata[i]));

      if (!g_ptr_array_find (keys, base, NULL))
        g_ptr_array_add (keys, (gpointer) base);
    }
  self->is_setting = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->chart_choice), keys->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->chart_card), keys->len > 0);
  g_ptr_array_add (keys, NULL);
  gtk_string_list_splice (self->keys, 0, g_list_model_get_n_items (G_LIST_MODEL (self->keys)), keys->len > 1 ? (const char *const *) keys->pdata : none);
  self->is_setting = FALSE;
}

static void
show_chart (CamRunDiffView *self)
{
  const char *base = gtk_string_list_get_string (self->keys, gtk_drop_down_get_selected (self->chart_choice));
  const CamKind *kind = base != NULL ? cam_run_words_metric (base) : NULL;
  g_autoptr(CamChart) chart = NULL;
  g_autofree char *memory = NULL;

  if (base == NULL)
    {
      cam_chart_card_set_chart (self->chart_card, NULL);
      return;
    }
  chart = cam_run_diff_chart_new (self->runs, (const char *const *) self->diff->names, base);
  memory = g_strdup_printf ("diff %s", base);
  cam_chart_card_set_memory (self->chart_card, memory);
  cam_chart_card_set_title (self->chart_card, kind != NULL ? _(kind->title) : strcmp (base, "loss") == 0 ? _("Loss") : base);
  cam_chart_card_set_chart (self->chart_card, chart);
}

static void
chart_choice_cb (CamRunDiffView *self)
{
  if (!self->is_setting && self->diff != NULL)
    show_chart (self);
}

/* The whole --------------------------------------------------------------------------------------------------------- */

static void
show_all (CamRunDiffView *self)
{
  g_autofree char *title = g_strdup_printf ("%s ↔ %s", self->diff->names[0], self->diff->names[1]);

  gtk_label_set_label (self->title, title);
  show_rows (self, self->settings_list, self->settings_note, self->diff->settings);
  show_rows (self, self->data_list, self->data_note, self->diff->data);
  show_network (self);
  show_scores (self);
  show_events (self);
  offer_keys (self);
  show_chart (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diff.swap", self->runs[1] != NULL);
}

gboolean
cam_run_diff_view_show (CamRunDiffView  *self,
                        CamSession      *session,
                        CamRunItem      *a,
                        CamRunItem      *b,
                        GError         **error)
{
  CamRunDiff *diff;

  g_return_val_if_fail (CAM_IS_RUN_DIFF_VIEW (self) && CAM_IS_SESSION (session) && CAM_IS_RUN_ITEM (a), FALSE);

  diff = cam_run_diff_source_compare (session, a, b, error);
  if (diff == NULL)
    return FALSE;
  cam_run_diff_free (self->diff);
  self->diff = diff;
  g_set_object (&self->session, session);
  g_set_object (&self->runs[0], a);
  g_set_object (&self->runs[1], b);
  show_all (self);
  return TRUE;
}

char *
cam_run_diff_view_dup_text (CamRunDiffView *self)
{
  g_return_val_if_fail (CAM_IS_RUN_DIFF_VIEW (self), NULL);

  return self->diff != NULL ? cam_run_diff_dup_text (self->diff, !self->only_different) : NULL;
}

static void
close_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_autofree char *text = cam_run_diff_view_dup_text (CAM_RUN_DIFF_VIEW (widget));
  GtkRoot *root = gtk_widget_get_root (widget);

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  if (CAM_IS_WINDOW (root))
    cam_window_toast (CAM_WINDOW (root), _("Comparison copied as text"));
}

static void
swap_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CamRunDiffView *self = CAM_RUN_DIFF_VIEW (widget);
  g_autoptr(CamRunItem) a = self->runs[0] != NULL ? g_object_ref (self->runs[0]) : NULL;
  g_autoptr(CamRunItem) b = self->runs[1] != NULL ? g_object_ref (self->runs[1]) : NULL;

  if (a != NULL && b != NULL)
    cam_run_diff_view_show (self, self->session, b, a, NULL);
}

static void
cam_run_diff_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ONLY_DIFFERENT:
      g_value_set_boolean (value, CAM_RUN_DIFF_VIEW (object)->only_different);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_run_diff_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  CamRunDiffView *self = CAM_RUN_DIFF_VIEW (object);

  switch (prop_id)
    {
    case PROP_ONLY_DIFFERENT:
      if (self->only_different == g_value_get_boolean (value))
        return;
      self->only_different = g_value_get_boolean (value);
      if (self->diff != NULL)
        {
          show_rows (self, self->settings_list, self->settings_note, self->diff->settings);
          show_rows (self, self->data_list, self->data_note, self->diff->data);
        }
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
cam_run_diff_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CAM_RUN_DIFF_VIEW (widget)->scrolled);
}

static void
cam_run_diff_view_dispose (GObject *object)
{
  CamRunDiffView *self = CAM_RUN_DIFF_VIEW (object);

  self->is_setting = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), CAM_TYPE_RUN_DIFF_VIEW);
  g_clear_object (&self->session);
  g_clear_object (&self->runs[0]);
  g_clear_object (&self->runs[1]);
  g_clear_object (&self->keys);
  g_clear_pointer (&self->diff, cam_run_diff_free);
  G_OBJECT_CLASS (cam_run_diff_view_parent_class)->dispose (object);
}

static void
cam_run_diff_view_class_init (CamRunDiffViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cam_run_diff_view_dispose;
  object_class->get_property = cam_run_diff_view_get_property;
  object_class->set_property = cam_run_diff_view_set_property;
  widget_class->grab_focus = cam_run_diff_view_grab_focus;

  properties[PROP_ONLY_DIFFERENT] = g_param_spec_boolean ("only-different", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CLOSED] = g_signal_new ("closed", CAM_TYPE_RUN_DIFF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "diff.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "diff.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "diff.swap", NULL, swap_cb);
  gtk_widget_class_install_property_action (widget_class, "diff.only-different", "only-different");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "diff.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "diff.copy", NULL);

  g_type_ensure (CAM_TYPE_CHART_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-run-diff-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, title);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, settings_note);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, network_note);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, data_note);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, scores_note);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, settings_list);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, network_list);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, data_list);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, scores_list);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, events_list);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, scores_card);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, events_card);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, chart_card);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, chart_choice);
  gtk_widget_class_bind_template_child (widget_class, CamRunDiffView, scrolled);
  gtk_widget_class_bind_template_callback (widget_class, chart_choice_cb);
}

static void
cam_run_diff_view_init (CamRunDiffView *self)
{
  self->only_different = TRUE;
  self->keys = gtk_string_list_new (NULL);
  self->is_setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->chart_choice, G_LIST_MODEL (self->keys));
  self->is_setting = FALSE;
}
