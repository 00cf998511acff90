/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study on the Compare page. Its picture and table are made anew when runs are done, some times a second at most, and only while it is seen. */
#include "cam-study-view.h"

#include <math.h>

#include <cam-study-chart.h>
#include <glib/gi18n-lib.h>

#include "cam-chart-card.h"
#include "cam-study-table.h"
#include "cam-words.h"

#define UPDATE_MS 300

struct _CamStudyView
{
  AdwBin          parent_instance;

  /* owned */
  CamSession     *session;
  CamStudyItem   *item;
  GSignalGroup   *signals;       /* of the item */
  GtkStringList  *titles;
  GPtrArray      *ids;           /* of char *, of the pictures on offer */
  char           *id;            /* of the chosen one; NULL: the first */
  guint           update_source;
  gboolean        is_setting;
  gboolean        is_dirty;
  gboolean        is_maximised;

  /* template children */
  GtkLabel       *name, *line, *badge, *left, *finding, *warning;
  GtkWidget      *adopt_button, *table_button, *progress_box, *pause_button, *resume_button, *cancel_button;
  GtkProgressBar *progress;
  CamChartCard   *picture;
  GtkDropDown    *choice;
  CamStudyTable  *table;
};

G_DEFINE_FINAL_TYPE (CamStudyView, cam_study_view, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_ITEM, PROP_MAXIMISED, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* How far it is ------------------------------------------------------------------------------------------------------ */

static char *
describe_state (CamStudyItem *item)
{
  double left = cam_study_item_get_seconds_left (item);

  switch (cam_study_item_get_state (item))
    {
    case CAM_STUDY_PREPARING:
      return g_strdup (_("preparing the data"));
    case CAM_STUDY_WAITING:
      return g_strdup (_("waits for its turn"));
    case CAM_STUDY_RUNNING:
      if (isfinite (left))
        {
          g_autofree char *time = cam_words_duration (left);

          /* translators: %s is a time */
          return g_strdup_printf (_("about %s left"), time);
        }
      return g_strdup (_("running"));
    case CAM_STUDY_PAUSED:
      return g_strdup (_("paused"));
    case CAM_STUDY_STOPPING:
      return g_strdup (_("stopping"));
    case CAM_STUDY_UNFINISHED:
      return g_strdup (_("not finished"));
    case CAM_STUDY_FINISHED:
    default:
      return g_strdup ("");
    }
}

static void
show_progress (CamStudyView *self)
{
  CamStudyState state = cam_study_item_get_state (self->item);
  guint n_done = cam_study_item_get_n_done (self->item), n_runs = cam_study_item_get_n_runs (self->item);
  gboolean is_finished = state == CAM_STUDY_FINISHED;
  g_autofree char *left = describe_state (self->item);
  /* translators: runs of a study that are done */
  g_autofree char *badge = g_strdup_printf (_("%u of %u"), n_done, n_runs);

  gtk_label_set_label (self->badge, badge);
  gtk_widget_remove_css_class (GTK_WIDGET (self->badge), is_finished ? "slate" : "green");
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), is_finished ? "green" : "slate");
  gtk_widget_set_visible (GTK_WIDGET (self->progress_box), !is_finished);
  gtk_label_set_label (self->left, left);
  gtk_progress_bar_set_fraction (self->progress, cam_study_item_get_share (self->item));
  gtk_widget_set_visible (self->pause_button, state == CAM_STUDY_RUNNING);
  gtk_widget_set_visible (self->resume_button, state == CAM_STUDY_PAUSED || state == CAM_STUDY_UNFINISHED);
  gtk_widget_set_visible (self->cancel_button, cam_study_item_is_active (self->item));
  cam_study_view_update_actions (self);
}

static void
show_head (CamStudyView *self)
{
  g_autofree char *line = cam_study_item_describe (self->item);

  gtk_label_set_label (self->name, cam_study_item_get_name (self->item));
  gtk_label_set_label (self->line, line);
}

/* What was found ------------------------------------------------------------------------------------------------------ */

/* The pictures that there are, if they are others than before. */
static void
offer_pictures (CamStudyView *self,
                CamStudy     *study)
{
  g_autoptr(GPtrArray) pictures = cam_study_list_pictures (study);
  gboolean is_same = pictures->len == self->ids->len;
  guint chosen = 0;

  for (guint i = 0; i < pictures->len; i++)
    {
      const CamStudyPicture *picture = pictures->pdata[i];

      is_same = is_same && g_strcmp0 (self->ids->pdata[i], picture->id) == 0;
      if (g_strcmp0 (picture->id, self->id) == 0)
        chosen = i;
    }
  if (is_same)
    return;
  self->is_setting = TRUE;
  g_ptr_array_set_size (self->ids, 0);
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)), NULL);
  for (guint i = 0; i < pictures->len; i++)
    {
      const CamStudyPicture *picture = pictures->pdata[i];

      g_ptr_array_add (self->ids, g_strdup (picture->id));
      gtk_string_list_append (self->titles, picture->title);
    }
  gtk_drop_down_set_selected (self->choice, chosen);
  self->is_setting = FALSE;
}

static void
show_picture (CamStudyView *self,
              CamStudy     *study)
{
  guint selected = gtk_drop_down_get_selected (self->choice);
  g_autoptr(CamChart) chart = NULL;
  g_autofree char *memory = NULL;

  if (selected >= self->ids->len || !gtk_widget_get_visible (GTK_WIDGET (self->picture)))
    return;
  chart = cam_study_picture_new (study, self->ids->pdata[selected]);
  memory = g_strdup_printf ("study %s", (char *) self->ids->pdata[selected]);
  cam_chart_card_set_memory (self->picture, memory);
  cam_chart_card_set_title (self->picture, gtk_string_list_get_string (self->titles, selected));
  cam_chart_card_set_chart (self->picture, chart);
}

static void
update (CamStudyView *self)
{
  CamStudy *study;
  g_autofree char *finding = NULL;

  self->is_dirty = FALSE;
  if (self->item == NULL || self->session == NULL)
    return;
  show_head (self);
  show_progress (self);
  study = cam_session_peek_study (self->session, self->item);
  finding = study != NULL ? cam_study_dup_finding (study) : g_strdup (cam_study_item_get_message (self->item));
  gtk_label_set_label (self->finding, finding != NULL ? finding : "");
  gtk_label_set_label (self->warning, cam_study_item_get_warning (self->item) != NULL ? cam_study_item_get_warning (self->item) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), cam_study_item_get_warning (self->item) != NULL);
  cam_study_table_show (self->table, study);
  if (study == NULL)
    {
      cam_chart_card_set_chart (self->picture, NULL);
      return;
    }
  offer_pictures (self, study);
  show_picture (self, study);
}

static gboolean
update_cb (gpointer user_data)
{
  CamStudyView *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (CamStudyView *self)
{
  self->is_dirty = TRUE;
  if (self->update_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_source = g_timeout_add (UPDATE_MS, update_cb, self);
}

static void
item_changed_cb (CamStudyView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_progress (self);
}

static void
name_changed_cb (CamStudyView *self)
{
  show_head (self);
}

static void
choice_cb (CamStudyView *self)
{
  guint selected = gtk_drop_down_get_selected (self->choice);

  if (self->is_setting || selected >= self->ids->len || self->item == NULL)
    return;
  g_free (self->id);
  self->id = g_strdup (self->ids->pdata[selected]);
  update (self);
}

/* Beside each other on the whole page, else one of them. */
static void
show_body (CamStudyView *self)
{
  gboolean wants_table = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->table_button));

  gtk_widget_set_visible (self->table_button, !self->is_maximised);
  gtk_widget_set_visible (GTK_WIDGET (self->table), self->is_maximised || wants_table);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), self->is_maximised || !wants_table);
  gtk_label_set_lines (self->finding, self->is_maximised ? 6 : 2);
}

static void
table_cb (CamStudyView *self)
{
  show_body (self);
  queue_update (self);
}

/* The widget --------------------------------------------------------------------------------------------------------- */

static void
cam_study_view_map (GtkWidget *widget)
{
  CamStudyView *self = CAM_STUDY_VIEW (widget);

  GTK_WIDGET_CLASS (cam_study_view_parent_class)->map (widget);
  if (self->is_dirty)
    update (self);
}

static void
cam_study_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CamStudyView *self = CAM_STUDY_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;
    case PROP_MAXIMISED:
      g_value_set_boolean (value, self->is_maximised);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_maximised (CamStudyView *self,
               gboolean      is_maximised)
{
  if (self->is_maximised == is_maximised)
    return;
  self->is_maximised = is_maximised;
  show_body (self);
  queue_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAXIMISED]);
}

static void
cam_study_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CamStudyView *self = CAM_STUDY_VIEW (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    case PROP_ITEM:
      cam_study_view_set_item (self, g_value_get_object (value));
      break;
    case PROP_MAXIMISED:
      set_maximised (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cam_study_view_dispose (GObject *object)
{
  CamStudyView *self = CAM_STUDY_VIEW (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  G_OBJECT_CLASS (cam_study_view_parent_class)->dispose (object);
}

static void
cam_study_view_finalize (GObject *object)
{
  CamStudyView *self = CAM_STUDY_VIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->item);
  g_clear_object (&self->signals);
  g_clear_object (&self->titles);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->id);
  G_OBJECT_CLASS (cam_study_view_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, CamStudyView, name)

static void
cam_study_view_class_init (CamStudyViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = cam_study_view_dispose;
  object_class->finalize = cam_study_view_finalize;
  object_class->get_property = cam_study_view_get_property;
  object_class->set_property = cam_study_view_set_property;
  widget_class->map = cam_study_view_map;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CAM_TYPE_SESSION, flags);
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, CAM_TYPE_STUDY_ITEM, flags);
  properties[PROP_MAXIMISED] = g_param_spec_boolean ("maximised", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  cam_study_view_install_actions (widget_class);

  g_type_ensure (CAM_TYPE_CHART_CARD);
  g_type_ensure (CAM_TYPE_STUDY_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/camadas/Camadas/ui/cam-study-view.ui");
  BIND (name);
  BIND (line);
  BIND (badge);
  BIND (left);
  BIND (finding);
  BIND (warning);
  BIND (adopt_button);
  BIND (table_button);
  BIND (progress_box);
  BIND (pause_button);
  BIND (resume_button);
  BIND (cancel_button);
  BIND (progress);
  BIND (picture);
  BIND (choice);
  BIND (table);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_cb);
}

static void
cam_study_view_init (CamStudyView *self)
{
  static const char *const moving[] = { "notify::state", "notify::share", "notify::n-done", "notify::seconds-left" };

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->titles = gtk_string_list_new (NULL);
  self->signals = g_signal_group_new (CAM_TYPE_STUDY_ITEM);
  for (guint i = 0; i < G_N_ELEMENTS (moving); i++)
    g_signal_group_connect_swapped (self->signals, moving[i], G_CALLBACK (item_changed_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::name", G_CALLBACK (name_changed_cb), self);
  g_signal_group_connect_swapped (self->signals, "results", G_CALLBACK (queue_update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (self->titles));
  self->is_setting = FALSE;
  show_body (self);
}

void
cam_study_view_set_item (CamStudyView *self,
                         CamStudyItem *item)
{
  g_return_if_fail (CAM_IS_STUDY_VIEW (self));

  if (!g_set_object (&self->item, item))
    return;
  g_signal_group_set_target (self->signals, item);
  g_ptr_array_set_size (self->ids, 0);
  g_clear_pointer (&self->id, g_free);
  self->is_dirty = TRUE;
  if (item == NULL)
    set_maximised (self, FALSE);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

CamStudyItem *
cam_study_view_get_item (CamStudyView *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_VIEW (self), NULL);

  return self->item;
}

CamSession *
cam_study_view_get_session (CamStudyView *self)
{
  g_return_val_if_fail (CAM_IS_STUDY_VIEW (self), NULL);

  return self->session;
}
